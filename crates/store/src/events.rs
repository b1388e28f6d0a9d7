//! What changed, told to whoever keeps something that depends on it, on this node and on others.
//!
//! An event is a row written with the change. After the flush it is told at once in this process;
//! other processes read the rows (on PostgreSQL woken by `notify`). A listener may hear an event twice or late,
//! never not at all: who falls behind hears [`Heard::Lost`] and forgets everything it kept.

use std::collections::{HashSet, VecDeque};
use std::sync::Mutex;

use tokio::sync::broadcast;

use crate::{Db, Failure, Time, Tx};

/// Something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which noun: "article", "thread", "job", …
    pub topic: String,
    /// Its id, or 0.
    pub subject: i64,
}

/// What a listener hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something changed.
    Event(Event),
    /// Some events were missed: anything may have changed.
    Lost,
}

/// How many events a slow listener may fall behind before it is told that some are lost.
const BACKLOG: usize = 4096;
/// How many ids are remembered so that an event told in this process is not told again from its row.
const REMEMBERED: usize = 20_000;
/// Rows read at once.
const PAGE: usize = 1000;
/// After this many pages it is cheaper to forget everything than to hear each event.
const PAGES: usize = 40;

pub(crate) struct Wire {
    sender: broadcast::Sender<Heard>,
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    ids: HashSet<i64>,
    order: VecDeque<i64>,
}

impl Wire {
    pub(crate) fn new() -> Wire {
        Wire { sender: broadcast::channel(BACKLOG).0, told: Mutex::default() }
    }

    /// Tells each event once. Called after the flush.
    pub(crate) fn tell(&self, events: Vec<(i64, Event)>) {
        for (id, event) in events {
            if self.remember(id) {
                // Nobody listening is fine.
                let _ = self.sender.send(Heard::Event(event));
            }
        }
    }

    fn remember(&self, id: i64) -> bool {
        let mut told = self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !told.ids.insert(id) {
            return false;
        }
        told.order.push_back(id);
        if told.order.len() > REMEMBERED
            && let Some(old) = told.order.pop_front()
        {
            told.ids.remove(&old);
        }
        true
    }

    fn lost(&self) {
        let _ = self.sender.send(Heard::Lost);
    }
}

/// Hears events.
pub struct Listener(broadcast::Receiver<Heard>);

impl Listener {
    /// The next event; waits for it. `None` when the database is closed.
    pub async fn next(&mut self) -> Option<Heard> {
        match self.0.recv().await {
            Ok(heard) => Some(heard),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Heard::Lost),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

/// Listens from now on.
pub fn listen(db: &Db) -> Listener {
    Listener(db.wire().sender.subscribe())
}

/// Writes the event with the change it tells of.
pub async fn tell(tx: &mut Tx, topic: &str, subject: i64, now: Time) -> Result<(), Failure> {
    let id = tx
        .insert(
            "insert into events (topic, subject, at) values ($1, $2, $3) returning id",
            (topic, subject, now),
        )
        .await?;
    tx.remember_event(id, Event { topic: topic.to_owned(), subject });
    Ok(())
}

/// Where reading the rows of other processes stands: on SQLite the last id that was read, on PostgreSQL the oldest
/// transaction that may still have been writing. There an id is given out long before its commit, and a lower one may appear
/// after a higher one; but what such a transaction wrote carries its number.
#[derive(Clone, Copy, Debug)]
pub struct Place(i64);

/// The place after everything that is written now.
pub async fn place(db: &Db) -> Result<Place, Failure> {
    here(db, &mut db.read().await?).await
}

async fn here(db: &Db, tx: &mut Tx) -> Result<Place, Failure> {
    let sql = if db.is_shared() {
        "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    } else {
        "select coalesce(max(id), 0) from events"
    };
    let (at,): (i64,) = tx.one(sql, ()).await?;
    Ok(Place(at))
}

/// Reads what other processes wrote since `place` and tells it here. Call it when woken, and every second.
pub async fn catch_up(db: &Db, place: Place) -> Result<Place, Failure> {
    let mut tx = db.read().await?;
    let next = here(db, &mut tx).await?;
    let since = if db.is_shared() { "written_in >= $1" } else { "id > $1" };
    let sql = format!("select id, topic, subject from events where {since} and id > $2 order by id limit $3");
    let mut last = 0;
    for _ in 0..PAGES {
        let rows: Vec<(i64, String, i64)> = tx.all(&sql, (place.0, last, PAGE as i64)).await?;
        let full = rows.len() == PAGE;
        last = rows.last().map_or(last, |row| row.0);
        db.wire().tell(rows.into_iter().map(|(id, topic, subject)| (id, Event { topic, subject })).collect());
        if !full {
            return Ok(next);
        }
    }
    db.wire().lost();
    Ok(next)
}

/// The most rows that one [`sweep`] looks at.
pub const SWEPT: u64 = 2000;

/// Forgets events older than an hour, at most [`SWEPT`] of them; every reader is long past them. If it tells that many,
/// there may be more. The last one stays, so that its id is not given out again.
pub async fn sweep(tx: &mut Tx, now: Time) -> Result<u64, Failure> {
    let sql = "delete from events where at < $1 and id < (select max(id) from events)
                and id in (select id from events order by id limit $2)";
    tx.execute(sql, (now.plus_minutes(-60), SWEPT as i64)).await
}
