//! Telling other processes that something changed, and hearing it from them.
//!
//! The rows of the events carry the news; a notice only says "read now". It is sent after the commit, on a connection of its own and
//! gathered: a `notify` inside the transaction would make all commits of the server wait for each other, one flush each.
//! If a notice is lost, or the connection breaks, whoever waits reads after a second all the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_postgres::{AsyncMessage, Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;
use tracing::warn;

use crate::Failure;

/// Changes within this time share one notice.
const GATHER: Duration = Duration::from_millis(20);
/// After a break, how long until the connection is made anew.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) struct Ear {
    bells: Arc<Bells>,
    life: JoinHandle<()>,
}

#[derive(Default)]
struct Bells {
    /// Another process changed something.
    heard: Notify,
    /// This process changed something.
    changed: Notify,
}

impl Ear {
    pub(super) fn open(config: Config, tls: MakeRustlsConnect) -> Ear {
        let bells = Arc::<Bells>::default();
        let life = tokio::spawn(live(config, tls, Arc::clone(&bells)));
        Ear { bells, life }
    }

    pub(super) fn tell_others(&self) {
        self.bells.changed.notify_one();
    }

    pub(super) async fn wait(&self, most: Duration) {
        let _ = tokio::time::timeout(most, self.bells.heard.notified()).await;
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.life.abort();
    }
}

async fn live(config: Config, tls: MakeRustlsConnect, bells: Arc<Bells>) {
    loop {
        if let Err(failure) = converse(&config, &tls, &bells).await {
            warn!("the connection that hears of changes broke and is made anew: {failure}");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// One connection, until it breaks.
async fn converse(config: &Config, tls: &MakeRustlsConnect, bells: &Bells) -> Result<(), Failure> {
    let (client, mut connection) = config.connect(tls.clone()).await?;
    let mut messages = futures_util::stream::poll_fn(move |context| connection.poll_message(context));
    let ourselves = AtomicI32::new(0);
    let hear = async {
        while let Some(message) = messages.next().await {
            if let AsyncMessage::Notification(notice) = message?
                && notice.process_id() != ourselves.load(Ordering::Relaxed)
            {
                bells.heard.notify_one();
            }
        }
        Ok(())
    };
    tokio::select! {
        heard = hear => heard,
        spoken = speak(&client, bells, &ourselves) => spoken,
    }
}

async fn speak(client: &Client, bells: &Bells, ourselves: &AtomicI32) -> Result<(), Failure> {
    let row = client.query_one("select pg_backend_pid()", &[]).await?;
    ourselves.store(row.try_get(0)?, Ordering::Relaxed);
    client.batch_execute("listen blatt").await?;
    // Something may have changed before we listened.
    bells.heard.notify_one();
    loop {
        bells.changed.notified().await;
        client.batch_execute("notify blatt").await?;
        tokio::time::sleep(GATHER).await;
    }
}
