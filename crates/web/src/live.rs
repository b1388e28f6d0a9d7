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

use ::forum::CommentId;
use ::forum::hours::{Subject, Timetable};
use archive::{ArticleId, Found};
use axum::body::Body;
use axum::extract::Path;
use bytes::Bytes;
use futures_util::stream;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use reader::ReaderId;
use serde_json::json;
use store::events::{self, Heard};
use store::{Db, Event, Failure, Time, Tx};
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};
use tracing::warn;

use crate::{Answer, Openings, Paper, Phases, Trouble, Visit};

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
    threads: Mutex<HashMap<ArticleId, (Subject, Sender<Bytes>)>>,
    /// Who of them is signed in: their streams end when a sender goes.
    signed_in: Mutex<HashMap<ReaderId, Sender<()>>>,
    listeners: AtomicUsize,
    closed: AtomicBool,
}

impl Live {
    fn threads(&self) -> MutexGuard<'_, HashMap<ArticleId, (Subject, Sender<Bytes>)>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn join(&self, subject: Subject) -> Receiver<Bytes> {
        let mut threads = self.threads();
        let thread = threads.entry(subject.article);
        thread.or_insert_with(|| (subject, broadcast::channel(BEHIND).0)).1.subscribe()
    }

    fn signed_in(&self) -> MutexGuard<'_, HashMap<ReaderId, Sender<()>>> {
        self.signed_in.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody signed in listens: what is given breaks off when a session of theirs ends.
    fn sign_in(&self, reader: ReaderId) -> Receiver<()> {
        self.signed_in().entry(reader).or_insert_with(|| broadcast::channel(1).0).subscribe()
    }

    /// Ends the streams of those whose sessions ended, here or on another node (T3.6). Who may still listen comes back by itself.
    fn hear(&self, heard: &Heard) {
        match heard {
            Heard::Event(event) if event.topic == reader::ENDED && event.subject != 0 => {
                self.signed_in().remove(&ReaderId(event.subject));
            }
            Heard::Event(event) if event.topic != reader::ENDED => {}
            Heard::Event(_) | Heard::Lost => self.signed_in().clear(),
        }
    }

    /// Tells everybody at this thread.
    fn tell(&self, article: ArticleId, message: &Bytes) {
        if let Some((_, sender)) = self.threads().get(&article) {
            // Whoever left meanwhile hears nothing, which is right.
            let _ = sender.send(message.clone());
        }
    }

    /// The threads somebody listens to. The others are forgotten.
    fn watched(&self) -> HashSet<ArticleId> {
        self.signed_in().retain(|_, sender| sender.receiver_count() > 0);
        let mut threads = self.threads();
        threads.retain(|_, (_, sender)| sender.receiver_count() > 0);
        threads.keys().copied().collect()
    }

    /// Tells those whose talk opens or closes, or does so for another reason or until another moment than was said.
    fn tell_hours(&self, newest: Option<CommentId>, before: (&Timetable, Time), after: (&Timetable, Time)) {
        for (subject, sender) in self.threads().values() {
            let state = after.0.state(subject, after.1);
            if state != before.0.state(subject, before.1) {
                // Whoever left meanwhile hears nothing, which is right.
                let _ = sender.send(message(newest, "hours", &json!({ "open": state.is_open() })));
            }
        }
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
                Some(heard) => {
                    paper.live.hear(&heard);
                    round.hear(heard);
                }
                None => return,
            },
            _ = seconds.tick() => {
                let now = paper.clock.now();
                if let Err(failure) = round.read_phases(&paper.phases, &paper.db).await {
                    warn!("what the phases go by could not be read: {failure}");
                }
                match round.look_at_the_clock(&paper.hours, &paper.live, &paper.db, now).await {
                    Ok(false) => {}
                    Ok(true) => paper.copies.hear(&Event { topic: ::forum::HOURS.to_owned(), subject: 0 }),
                    Err(failure) => warn!("the opening hours could not be read: {failure}"),
                }
                if let Err(failure) = round.tell(&paper.live, &paper.db).await {
                    warn!("listeners could not be told: {failure}");
                }
            }
        }
    }
}

/// The timetable at the last look at the clock, and when it says something new.
struct Looked {
    timetable: Arc<Timetable>,
    at: Time,
    next: Time,
}

/// What happened since the last look.
#[derive(Default)]
struct Round {
    threads: HashSet<ArticleId>,
    comments: BTreeSet<CommentId>,
    lost: bool,
    /// Whether the desk has said something about the hours.
    hours: bool,
    /// Whether it has set something that the phases go by.
    phases: bool,
    looked: Option<Looked>,
    newest: Option<CommentId>,
    /// Ids already told, as far back as later ones may still turn up.
    told: BTreeSet<CommentId>,
}

impl Round {
    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Lost => (self.lost, self.hours, self.phases) = (true, true, true),
            Heard::Event(event) if event.topic == ::moderation::PHASES_CHANGED => self.phases = true,
            Heard::Event(event) if event.topic == ::forum::HOURS => self.hours = true,
            Heard::Event(event) if event.topic == ::forum::THREAD => {
                self.threads.insert(ArticleId(event.subject));
            }
            Heard::Event(event) if event.topic == ::forum::COMMENT => {
                self.comments.insert(CommentId(event.subject));
            }
            Heard::Event(_) => {}
        }
    }

    /// Takes in what the desk has set for the phases; what cannot be read now is read a second later.
    async fn read_phases(&mut self, phases: &Phases, db: &Db) -> Result<(), Failure> {
        if self.phases {
            phases.read_again(db).await?;
            self.phases = false;
        }
        Ok(())
    }

    /// Notices when talks open or close, by the clock or by the desk, and tells the listeners. True says that kept pages are
    /// no longer right.
    async fn look_at_the_clock(
        &mut self,
        hours: &Openings,
        live: &Live,
        db: &Db,
        now: Time,
    ) -> Result<bool, Failure> {
        if self.hours {
            hours.read_again(db, now).await?;
            self.hours = false;
        }
        let timetable = hours.current();
        let before = self.looked.take();
        let is_first_look = before.is_none();
        match before {
            // Nothing can have changed, unless the clock was set back (R12).
            Some(before)
                if Arc::ptr_eq(&before.timetable, &timetable) && (before.at..before.next).contains(&now) =>
            {
                self.looked = Some(Looked { at: now, ..before });
                return Ok(false);
            }
            Some(before) => live.tell_hours(self.newest, (&before.timetable, before.at), (&timetable, now)),
            None => {}
        }
        self.looked = Some(Looked { next: timetable.next_change(now), at: now, timetable });
        Ok(!is_first_look)
    }

    /// Tells what happened. If that fails, what was heard is lost, and the next time it is said everywhere that something
    /// changed.
    async fn tell(&mut self, live: &Live, db: &Db) -> Result<(), Failure> {
        let told = self.tell_what_was_heard(live, db).await;
        self.lost |= told.is_err();
        told
    }

    async fn tell_what_was_heard(&mut self, live: &Live, db: &Db) -> Result<(), Failure> {
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
    let found = match crate::forum::find(&mut tx, &address, visit.now).await? {
        Found::Here(found) | Found::Elsewhere(found) => found,
        Found::Moved(_) | Found::Withdrawn(_) => return Err(Trouble::NotFound),
    };
    let seat = Seat::take(&visit.paper).ok_or(Trouble::NotYet { seconds: 30 })?;
    let subject = Subject::from(&*found);
    let receiver = visit.paper.live.join(subject.clone());
    let ended = visit.session.as_ref().map(|session| visit.paper.live.sign_in(session.reader));
    // Who was away is told what they missed; joined first, so that nothing falls in between.
    let missed = match last_heard(&visit.headers) {
        Some(last) => missed(&mut tx, &visit.paper.hours.current(), &subject, last, visit.now).await?,
        None => String::new(),
    };
    drop(tx);
    let first = Bytes::from(format!("retry: {COME_BACK}\n\n{missed}"));
    let mut response = Response::new(stream_to(first, receiver, ended, seat));
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
    hours: &Timetable,
    subject: &Subject,
    last: CommentId,
    now: Time,
) -> Result<String, Failure> {
    let newest = ::forum::newest(tx).await?.unwrap_or(CommentId(0));
    let ids: Vec<i64> = if newest.0 - last.0 > FAR_BEHIND {
        Vec::new()
    } else {
        ::forum::newer_in(tx, subject.article, last).await?.iter().map(|id| id.0).collect()
    };
    let count = ::forum::threads(tx, &[subject.article]).await?.first().map_or(0, |thread| thread.comments);
    let thread = json!({ "count": count, "new": ids.len(), "ids": ids });
    let open = json!({ "open": hours.state(subject, now).is_open() });
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

fn stream_to(first: Bytes, receiver: Receiver<Bytes>, ended: Option<Receiver<()>>, seat: Seat) -> Body {
    let state = (Some(first), receiver, ended, seat);
    Body::from_stream(stream::unfold(state, async |(first, mut receiver, mut ended, seat)| {
        let message = match first {
            Some(first) => first,
            None => next(&mut receiver, &mut ended).await?,
        };
        Some((Ok::<_, Infallible>(message), (None, receiver, ended, seat)))
    }))
}

/// What is to be sent next; nothing if the stream is over: it fell behind, the paper stops, or a session of its listener ended.
async fn next(receiver: &mut Receiver<Bytes>, ended: &mut Option<Receiver<()>>) -> Option<Bytes> {
    let over = async {
        match ended {
            Some(ended) => drop(ended.recv().await),
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        heard = tokio::time::timeout(HEARTBEAT, receiver.recv()) => match heard {
            Ok(Ok(message)) => Some(message),
            Err(_) => Some(Bytes::from_static(b":\n\n")),
            Ok(Err(RecvError::Lagged(_) | RecvError::Closed)) => None,
        },
        () = over => None,
    }
}

#[cfg(test)]
mod tests;
