//! Group commit: transactions that wait together share one flush.
//!
//! The first transaction opens a group with `begin immediate`; each transaction is a savepoint in it.
//! A member that commits adds its answer to the group and hands the connection to whoever waits next, or, when nobody
//! waits or the group is full, to the flush thread. That thread commits once for all, answers all, and opens the next group
//! for whoever came meanwhile. It never waits for a group to fill. A member that is dropped (an error, a panic, a closed
//! browser) rolls back to its savepoint and hands on in the same way, which works in `drop` because rusqlite is synchronous.
//!
//! Two rules hold everything together. Every exit of a member passes the connection on: a lost one would stop all writing.
//! And once the transaction of a group is gone, whoever took it, nobody in the group hears that it succeeded.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, mpsc};

use rusqlite::Connection;
use tokio::sync::oneshot;
use tracing::warn;

use super::{PATIENCE, QUEUE, connect, lock, statement};
use crate::events::{Event, Wire};
use crate::{Clock, Failure, FromRow, Kind, Time, Value};

/// The most transactions that share one flush.
const GROUP: usize = 64;
/// After this many statements a group is flushed, so that an import does not keep a comment waiting for 63 more slices.
const STATEMENTS: usize = 1000;
/// The most memory for pages, in KiB.
const CACHE: u32 = 16 * 1024;
/// Who keeps everybody else waiting for longer, in milliseconds, is named in the log.
const LONG: i64 = 50;

pub(super) struct Writer {
    state: Mutex<State>,
    flush: mpsc::Sender<Box<Group>>,
    commits: AtomicU64,
    flushes: AtomicU64,
    clock: OnceLock<Clock>,
    path: PathBuf,
}

/// Either the connection lies idle, or somebody has it and the others wait.
struct State {
    idle: Option<Connection>,
    waiting: VecDeque<Waiter>,
    holder: Option<Holder>,
}

type Waiter = oneshot::Sender<Result<Member, Failure>>;

/// Who holds the connection: a task, or a thread that runs a future outside of tasks (`main`, a test).
#[derive(Clone, Copy, PartialEq)]
enum Holder {
    Task(tokio::task::Id),
    Thread(std::thread::ThreadId),
}

impl Holder {
    fn here() -> Holder {
        tokio::task::try_id().map_or_else(|| Holder::Thread(std::thread::current().id()), Holder::Task)
    }
}

enum Turn {
    Now(Member),
    Later(oneshot::Receiver<Result<Member, Failure>>),
}

/// The open transaction on its way from member to member.
struct Group {
    connection: Connection,
    members: usize,
    statements: usize,
    answers: Vec<Answer>,
    /// The whole transaction was rolled back under us: nobody in it may be told that it succeeded.
    lost: Option<Failure>,
}

fn open_group(connection: Connection) -> Box<Group> {
    let begun = connection.prepare_cached("begin immediate").and_then(|mut begin| begin.execute(()));
    let lost = begun.err().map(Failure::from);
    Box::new(Group { connection, members: 0, statements: 0, answers: Vec::new(), lost })
}

impl Group {
    /// Why it is lost, told once more.
    fn failure(&self) -> Failure {
        self.lost.as_ref().map_or_else(|| Failure::new("a transaction that did not begin"), Failure::again)
    }

    fn has_room(&self) -> bool {
        self.lost.is_none() && self.members < GROUP && self.statements < STATEMENTS
    }

    /// Runs a statement of ours. If it fails, the state of the transaction is unknown: the group is lost.
    fn run(&mut self, sql: &str) {
        if self.lost.is_some() {
            return;
        }
        let ran = self.connection.prepare_cached(sql).and_then(|mut statement| statement.execute(()));
        self.lost = ran.err().map(Failure::from);
        self.look();
    }

    /// Full disks, broken ones and a few other errors end the whole transaction and not only a statement.
    fn look(&mut self) {
        if self.lost.is_none() && self.connection.is_autocommit() {
            self.lost = Some(Failure::new("the transaction ended before its commit"));
        }
    }
}

struct Answer {
    sender: oneshot::Sender<Result<(), Failure>>,
    /// Whether it changed something, or undid everything and only waits for what it saw.
    kept: bool,
    events: Vec<(i64, Event)>,
    wire: Arc<Wire>,
}

/// Waits for a turn to write.
pub(super) async fn begin(writer: &Arc<Writer>) -> Result<Member, Failure> {
    let holder = Holder::here();
    let mut member = match writer.take_turn(holder)? {
        Turn::Now(member) => member,
        Turn::Later(turn) => match tokio::time::timeout(PATIENCE, turn).await {
            Ok(Ok(member)) => member?,
            Ok(Err(_)) => return Err(Failure::new("the writer went away")),
            Err(_) => return Err(Failure::busy("the database had no turn for a write within ten seconds")),
        },
    };
    lock(&writer.state).holder = Some(holder);
    member.since = writer.clock.get().map(Clock::now);
    Ok(member)
}

impl Writer {
    pub(super) fn start(path: &Path) -> Result<Arc<Writer>, Failure> {
        let idle = Some(connect(path, CACHE)?);
        let (flush, groups) = mpsc::channel::<Box<Group>>();
        let writer = Arc::new(Writer {
            state: Mutex::new(State { idle, waiting: VecDeque::new(), holder: None }),
            flush,
            commits: AtomicU64::new(0),
            flushes: AtomicU64::new(0),
            clock: OnceLock::new(),
            path: path.to_owned(),
        });
        let flushing = Arc::downgrade(&writer);
        let flush_all = move || {
            while let Ok(group) = groups.recv() {
                let Some(writer) = flushing.upgrade() else { return };
                writer.flush_group(*group);
            }
        };
        std::thread::Builder::new()
            .name("flush".to_owned())
            .spawn(flush_all)
            .map_err(|error| Failure::because("the flush thread", error))?;
        Ok(writer)
    }

    pub(super) fn commits_and_flushes(&self) -> (u64, u64) {
        (self.commits.load(Ordering::Relaxed), self.flushes.load(Ordering::Relaxed))
    }

    pub(super) fn watch(&self, clock: &Clock) {
        let _ = self.clock.set(clock.clone());
    }

    fn take_turn(self: &Arc<Writer>, holder: Holder) -> Result<Turn, Failure> {
        let mut state = lock(&self.state);
        if state.holder == Some(holder) {
            return Err(Failure::new(
                "a write begun by a task that holds a transaction already would wait for itself",
            ));
        }
        let Some(connection) = state.idle.take() else {
            if state.waiting.len() >= QUEUE {
                state.waiting.retain(|waiter| !waiter.is_closed());
            }
            if state.waiting.len() >= QUEUE {
                return Err(Failure::busy("too many writes wait"));
            }
            let (sender, receiver) = oneshot::channel();
            state.waiting.push_back(sender);
            return Ok(Turn::Later(receiver));
        };
        drop(state);
        self.admit(open_group(connection)).map(Turn::Now).map_err(|group| {
            let failure = group.failure();
            self.flush_group(*group);
            failure
        })
    }

    /// Makes a member of the group, or gives back a group that is lost.
    fn admit(self: &Arc<Writer>, mut group: Box<Group>) -> Result<Member, Box<Group>> {
        // Outside a transaction a savepoint would begin one, and what the others wrote would be missing from it unseen.
        group.look();
        group.run("savepoint member");
        if group.lost.is_some() {
            return Err(group);
        }
        group.members += 1;
        Ok(Member { group: Some(group), writer: Arc::clone(self), since: None, last: String::new() })
    }

    /// Gives the open group to whoever waits, or to the flush thread.
    fn hand_on(self: &Arc<Writer>, mut group: Box<Group>) {
        if group.has_room() {
            match self.admit_next(group) {
                Some(unwanted) => group = unwanted,
                None => return,
            }
        }
        if let Err(mpsc::SendError(group)) = self.flush.send(group) {
            self.flush_group(*group);
        }
    }

    /// Lets the first who still waits into the group. Gives it back if nobody does, or if it is lost.
    fn admit_next(self: &Arc<Writer>, mut group: Box<Group>) -> Option<Box<Group>> {
        while let Some(waiter) = self.next_waiter() {
            match self.admit(group) {
                Ok(member) => match waiter.send(Ok(member)) {
                    // Gone while waiting: its empty savepoint is undone and the next one is tried.
                    Err(Ok(mut member)) => group = member.step_back()?,
                    _ => return None,
                },
                Err(lost) => {
                    let _ = waiter.send(Err(lost.failure()));
                    return Some(lost);
                }
            }
        }
        Some(group)
    }

    fn next_waiter(&self) -> Option<Waiter> {
        let mut state = lock(&self.state);
        while let Some(waiter) = state.waiting.pop_front() {
            if !waiter.is_closed() {
                return Some(waiter);
            }
        }
        None
    }

    /// Commits for everybody in the group and tells them. A failed flush is never tried again into success (R3).
    fn flush_group(self: &Arc<Writer>, mut group: Group) {
        group.look();
        let outcome = match group.lost.take() {
            Some(failure) => Err(failure),
            // Nobody kept anything, and nobody waits to hear that what it saw has been flushed.
            None if group.answers.is_empty() => {
                group.connection.execute_batch("rollback").map_err(Failure::from)
            }
            None => group.connection.execute_batch("commit").map_err(Failure::from),
        };
        let mut connection = group.connection;
        if let Err(failure) = &outcome {
            warn!("{} transactions were not committed: {failure}", group.answers.len());
            if !connection.is_autocommit() {
                let _ = connection.execute_batch("rollback");
            }
            connection = self.renewed(connection, failure);
        } else {
            let kept = group.answers.iter().filter(|answer| answer.kept).count();
            self.commits.fetch_add(kept as u64, Ordering::Relaxed);
            self.flushes.fetch_add(u64::from(kept > 0), Ordering::Relaxed);
        }
        for answer in group.answers {
            let heard = match &outcome {
                Ok(()) => {
                    answer.wire.tell(answer.events);
                    Ok(())
                }
                Err(failure) => Err(failure.again()),
            };
            let _ = answer.sender.send(heard);
        }
        self.lay_down(connection);
    }

    /// After a breakdown, what a connection believes to be in the file may be wrong: a new one reads it from the log.
    fn renewed(&self, connection: Connection, failure: &Failure) -> Connection {
        if failure.kind != Kind::Broken {
            return connection;
        }
        connect(&self.path, CACHE).unwrap_or(connection)
    }

    /// Opens the next group for whoever waits, or lays the connection down.
    fn lay_down(self: &Arc<Writer>, mut connection: Connection) {
        loop {
            {
                // One lock for both: else somebody could join the queue after it was found empty and wait for ever.
                let mut state = lock(&self.state);
                while state.waiting.pop_front_if(|waiter| waiter.is_closed()).is_some() {}
                if state.waiting.is_empty() {
                    state.idle = Some(connection);
                    return;
                }
            }
            let Some(mut unwanted) = self.admit_next(open_group(connection)) else { return };
            connection = match unwanted.lost.take() {
                Some(failure) => self.renewed(unwanted.connection, &failure),
                None => unwanted.connection,
            };
            if !connection.is_autocommit() {
                let _ = connection.execute_batch("rollback");
            }
        }
    }
}

/// One transaction of a group.
pub(crate) struct Member {
    group: Option<Box<Group>>,
    writer: Arc<Writer>,
    /// Since when it keeps the others waiting, if somebody watches.
    since: Option<Time>,
    last: String,
}

impl Member {
    pub(crate) fn rows<T: FromRow>(
        &mut self,
        sql: &str,
        values: &[Value],
        most: usize,
    ) -> Result<Vec<T>, Failure> {
        self.attempt(sql, |connection| statement::rows(connection, sql, values, most))
    }

    pub(crate) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Failure> {
        self.attempt(sql, |connection| statement::execute(connection, sql, values))
    }

    pub(crate) fn script(&mut self, script: &str) -> Result<(), Failure> {
        self.attempt(script, |connection| Ok(connection.execute_batch(script)?))
    }

    pub(crate) fn plan(&mut self, sql: &str, values: &[Value]) -> Result<String, Failure> {
        self.attempt(sql, |connection| statement::plan(connection, sql, values))
    }

    fn attempt<T>(
        &mut self,
        sql: &str,
        act: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let group = self.group.as_mut().ok_or_else(ended)?;
        if let Some(lost) = &group.lost {
            return Err(lost.again());
        }
        if self.since.is_some() {
            self.last.clear();
            self.last.push_str(sql);
        }
        group.statements += 1;
        let done = act(&group.connection);
        if let Err(failure) = &done
            && group.connection.is_autocommit()
        {
            group.lost = Some(failure.again());
        }
        group.look();
        match &group.lost {
            None => done,
            Some(lost) => Err(lost.again()),
        }
    }

    /// Keeps everything and waits for the flush.
    pub(crate) async fn commit(mut self, events: Vec<(i64, Event)>, wire: Arc<Wire>) -> Result<(), Failure> {
        let mut group = self.group.take().ok_or_else(ended)?;
        group.run("release member");
        self.answer(group, true, events, wire).await
    }

    /// Undoes everything and waits for the flush of what it saw.
    pub(crate) async fn undo(mut self, wire: Arc<Wire>) -> Result<(), Failure> {
        let group = self.step_back().ok_or_else(ended)?;
        self.answer(group, false, Vec::new(), wire).await
    }

    async fn answer(
        self,
        mut group: Box<Group>,
        kept: bool,
        events: Vec<(i64, Event)>,
        wire: Arc<Wire>,
    ) -> Result<(), Failure> {
        let (sender, receiver) = oneshot::channel();
        group.answers.push(Answer { sender, kept, events, wire });
        self.let_go(group);
        receiver.await.map_err(|_| Failure::new("the flush thread went away"))?
    }

    /// Undoes this member's statements and takes the group from it.
    fn step_back(&mut self) -> Option<Box<Group>> {
        let mut group = self.group.take()?;
        group.run("rollback to member");
        group.run("release member");
        Some(group)
    }

    fn let_go(&self, group: Box<Group>) {
        if let (Some(since), Some(clock)) = (self.since, self.writer.clock.get()) {
            let held = clock.now().since(since);
            if held > LONG {
                let last = self.last.split_whitespace().collect::<Vec<_>>().join(" ");
                warn!(held, "a transaction kept everybody waiting for {held} ms; its last statement: {last}");
            }
        }
        lock(&self.writer.state).holder = None;
        self.writer.hand_on(group);
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        if let Some(group) = self.step_back() {
            self.let_go(group);
        }
    }
}

fn ended() -> Failure {
    Failure::new("a transaction that has ended")
}
