//! New and changed comments, opening and closing, told to whoever looks on (server-sent events, WHATWG HTML §9.2).
//!
//! One task hears the events of the rows and looks once a second: whatever happened in a thread in that second is one message,
//! made once and shared by all who listen. A listener that does not keep up is let go; the browser comes back by itself, says
//! with `Last-Event-ID` what it heard last, and is told what it missed. A message names comments and never carries their
//! text: whoever wants to read them asks for the page, which knows what may be seen.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::forum::{CommentId, Hours};
use archive::{ArticleId, Found};
use axum::body::Body;
use axum::extract::Path;
use bytes::Bytes;
use futures_util::stream;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use serde_json::json;
use store::events::{self, Heard};
use store::{Db, Event, Failure, Time, Tx};
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};
use tracing::warn;

use crate::{Answer, Paper, Trouble, Visit};

/// How long what happens in a thread is gathered.
const GATHER: Duration = Duration::from_secs(1);
/// Silence is broken this often, so that proxies keep the connection and dead ones are noticed.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How long a browser waits before it comes back, in milliseconds.
const COME_BACK: u32 = 3000;
/// The most listeners of one process (R6).
const MOST_LISTENERS: usize = 20_000;
/// Messages a listener may be behind before it is let go.
const BEHIND: usize = 16;
/// Changed comments named one by one in a second; of more it is only said that there are some.
const MOST_CHANGED: usize = 20;
/// Whoever was away for more comments of the whole paper than this is told to look for themselves.
const FAR_BEHIND: i64 = 10_000;
/// PostgreSQL hands out ids before the commit, so a lower one may appear after a higher one; this far back is looked again.
const LATE: i64 = 100;

/// Who listens to which thread.
#[derive(Default)]
pub struct Live {
    threads: Mutex<HashMap<ArticleId, Sender<Bytes>>>,
    listeners: AtomicUsize,
    closed: AtomicBool,
}

impl Live {
    fn threads(&self) -> MutexGuard<'_, HashMap<ArticleId, Sender<Bytes>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn join(&self, article: ArticleId) -> Receiver<Bytes> {
        self.threads().entry(article).or_insert_with(|| broadcast::channel(BEHIND).0).subscribe()
    }

    /// Tells everybody at this thread.
    fn tell(&self, article: ArticleId, message: &Bytes) {
        if let Some(sender) = self.threads().get(&article) {
            // Whoever left meanwhile hears nothing, which is right.
            let _ = sender.send(message.clone());
        }
    }

    /// The threads somebody listens to. The others are forgotten.
    fn watched(&self) -> HashSet<ArticleId> {
        let mut threads = self.threads();
        threads.retain(|_, sender| sender.receiver_count() > 0);
        threads.keys().copied().collect()
    }

    /// Lets everybody go and takes nobody any more: the process is about to stop.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.threads().clear();
    }
}

/// Hears what happens, tells it once a second, and notices when the talk opens or closes. Runs until the rows are closed.
pub async fn watch(paper: Arc<Paper>) {
    let mut listener = events::listen(&paper.db);
    let mut round = Round::default();
    let mut seconds = tokio::time::interval(GATHER);
    loop {
        tokio::select! {
            heard = listener.next() => match heard {
                Some(heard) => round.hear(heard),
                None => return,
            },
            _ = seconds.tick() => {
                let now = paper.clock.now();
                if round.flips(&paper.hours, now) {
                    paper.copies.hear(&Event { topic: "hours".to_owned(), subject: 0 });
                    round.tell_flip(&paper.live);
                }
                if let Err(failure) = round.tell(&paper.live, &paper.db).await {
                    warn!("listeners could not be told: {failure}");
                }
            }
        }
    }
}

/// What happened since the last look.
#[derive(Default)]
struct Round {
    threads: HashSet<ArticleId>,
    comments: BTreeSet<CommentId>,
    lost: bool,
    open: Option<bool>,
    newest: Option<CommentId>,
    /// Ids already told, as far back as later ones may still turn up.
    told: BTreeSet<CommentId>,
}

impl Round {
    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Lost => self.lost = true,
            Heard::Event(event) if event.topic == ::forum::THREAD => {
                self.threads.insert(ArticleId(event.subject));
            }
            Heard::Event(event) if event.topic == ::forum::COMMENT => {
                self.comments.insert(CommentId(event.subject));
            }
            Heard::Event(_) => {}
        }
    }

    /// Whether the talk has opened or closed since it was last asked.
    fn flips(&mut self, hours: &Hours, now: Time) -> bool {
        let open = hours.state(now).is_open();
        self.open.replace(open).is_some_and(|before| before != open)
    }

    fn tell_flip(&self, live: &Live) {
        let message = message(self.newest, "hours", &json!({ "open": self.open == Some(true) }));
        for article in live.watched() {
            live.tell(article, &message);
        }
    }

    async fn tell(&mut self, live: &Live, db: &Db) -> Result<(), Failure> {
        let mut threads = std::mem::take(&mut self.threads);
        let changed = std::mem::take(&mut self.comments);
        let lost = std::mem::take(&mut self.lost);
        if self.newest.is_some() && threads.is_empty() && changed.is_empty() && !lost {
            return Ok(());
        }
        let mut tx = db.read().await?;
        let new = self.new_comments(&mut tx).await?;
        let watched = live.watched();
        if lost {
            threads.clone_from(&watched);
        }
        threads.retain(|article| watched.contains(article));
        self.tell_threads(&mut tx, live, &threads, &new).await?;
        self.tell_changed(&mut tx, live, &watched, &changed).await?;
        if lost {
            for article in watched {
                live.tell(article, &message(self.newest, "changed", &json!({ "id": 0 })));
            }
        }
        Ok(())
    }

    /// Comments that were not told yet, by thread. The first look only remembers where the paper stands.
    async fn new_comments(&mut self, tx: &mut Tx) -> Result<HashMap<ArticleId, Vec<i64>>, Failure> {
        let first_look = self.newest.is_none();
        let newest = match self.newest {
            Some(newest) => newest,
            None => ::forum::newest(tx).await?.unwrap_or(CommentId(0)),
        };
        let mut new = HashMap::<ArticleId, Vec<i64>>::new();
        let mut from = CommentId(newest.0 - LATE);
        loop {
            let rows = ::forum::newer_than(tx, from).await?;
            let Some((last, _)) = rows.last() else { break };
            from = *last;
            for (id, article) in rows {
                if self.told.insert(id) && !first_look {
                    new.entry(article).or_default().push(id.0);
                }
            }
        }
        let newest = newest.max(from);
        self.newest = Some(newest);
        self.told = self.told.split_off(&CommentId(newest.0 - LATE));
        Ok(new)
    }

    async fn tell_threads(
        &self,
        tx: &mut Tx,
        live: &Live,
        threads: &HashSet<ArticleId>,
        new: &HashMap<ArticleId, Vec<i64>>,
    ) -> Result<(), Failure> {
        let articles: Vec<ArticleId> = threads.iter().copied().collect();
        for some in articles.chunks(200) {
            for thread in ::forum::threads(tx, some).await? {
                let ids = new.get(&thread.article).map_or(&[][..], Vec::as_slice);
                let told = json!({ "count": thread.comments, "new": ids.len(), "ids": ids });
                live.tell(thread.article, &message(self.newest, "thread", &told));
            }
        }
        Ok(())
    }

    async fn tell_changed(
        &self,
        tx: &mut Tx,
        live: &Live,
        watched: &HashSet<ArticleId>,
        changed: &BTreeSet<CommentId>,
    ) -> Result<(), Failure> {
        if watched.is_empty() {
            return Ok(());
        }
        let ids: Vec<CommentId> = changed.iter().copied().collect();
        let mut by_thread = HashMap::<ArticleId, Vec<i64>>::new();
        for some in ids.chunks(200) {
            for comment in ::forum::comments(tx, some).await? {
                by_thread.entry(comment.article).or_default().push(comment.id.0);
            }
        }
        for (article, ids) in by_thread {
            let named = if ids.len() > MOST_CHANGED { vec![0] } else { ids };
            for id in named {
                live.tell(article, &message(self.newest, "changed", &json!({ "id": id })));
            }
        }
        Ok(())
    }
}

/// One event on the wire. Its id is the newest comment of the paper, which means the same on every node.
fn message(newest: Option<CommentId>, event: &str, data: &serde_json::Value) -> Bytes {
    let id = newest.unwrap_or(CommentId(0));
    Bytes::from(format!("id: {id}\nevent: {event}\ndata: {data}\n\n"))
}

/// `GET /{section}/{slug}/comments/live`
pub(crate) async fn listen(visit: Visit, address: Path<(String, String)>) -> Answer {
    let mut tx = visit.read().await?;
    let Found::Here(found) = crate::forum::find(&mut tx, &address, visit.now).await? else {
        return Err(Trouble::NotFound);
    };
    let seat = Seat::take(&visit.paper).ok_or(Trouble::NotYet { seconds: 30 })?;
    let receiver = visit.paper.live.join(found.id);
    // Who was away is told what they missed; joined first, so that nothing falls in between.
    let missed = match last_heard(&visit.headers) {
        Some(last) => missed(&mut tx, &visit.paper.hours, found.id, last, visit.now).await?,
        None => String::new(),
    };
    drop(tx);
    let first = Bytes::from(format!("retry: {COME_BACK}\n\n{missed}"));
    let mut response = Response::new(stream_to(first, receiver, seat));
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Tells proxies that know it to pass each message on at once.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// What somebody heard last; anything that is no number counts as nothing heard.
fn last_heard(headers: &HeaderMap) -> Option<CommentId> {
    let id = headers.get("last-event-id")?.to_str().ok()?.parse().ok()?;
    Some(CommentId(id)).filter(|id| id.0 >= 0)
}

/// The messages somebody missed, as one; whether the talk is open comes along, since that may have changed too.
async fn missed(
    tx: &mut Tx,
    hours: &Hours,
    article: ArticleId,
    last: CommentId,
    now: Time,
) -> Result<String, Failure> {
    let newest = ::forum::newest(tx).await?.unwrap_or(CommentId(0));
    let ids: Vec<i64> = if newest.0 - last.0 > FAR_BEHIND {
        Vec::new()
    } else {
        ::forum::newer_in(tx, article, last).await?.iter().map(|id| id.0).collect()
    };
    let count = ::forum::threads(tx, &[article]).await?.first().map_or(0, |thread| thread.comments);
    let thread = json!({ "count": count, "new": ids.len(), "ids": ids });
    let open = json!({ "open": hours.state(now).is_open() });
    let told = [message(Some(newest), "thread", &thread), message(Some(newest), "hours", &open)];
    Ok(told.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect())
}

/// One of the places for listeners; free again when the listener is gone.
struct Seat(Arc<Paper>);

impl Seat {
    fn take(paper: &Arc<Paper>) -> Option<Seat> {
        if paper.live.closed.load(Ordering::SeqCst) {
            return None;
        }
        let seat = Seat(Arc::clone(paper));
        (seat.0.live.listeners.fetch_add(1, Ordering::Relaxed) < MOST_LISTENERS).then_some(seat)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.live.listeners.fetch_sub(1, Ordering::Relaxed);
    }
}

fn stream_to(first: Bytes, receiver: Receiver<Bytes>, seat: Seat) -> Body {
    Body::from_stream(stream::unfold((Some(first), receiver, seat), async |(first, mut receiver, seat)| {
        if let Some(first) = first {
            return Some((Ok::<_, Infallible>(first), (None, receiver, seat)));
        }
        let message = match tokio::time::timeout(HEARTBEAT, receiver.recv()).await {
            Ok(Ok(message)) => message,
            Err(_) => Bytes::from_static(b":\n\n"),
            Ok(Err(RecvError::Lagged(_) | RecvError::Closed)) => return None,
        };
        Some((Ok(message), (None, receiver, seat)))
    }))
}

#[cfg(test)]
mod tests;
