//! SQLite: one writer that is handed from task to task, and a small pool of readers.
//!
//! **Group commit.** The first transaction opens a group with `begin immediate`; each transaction is a savepoint in it.
//! A member that commits adds its answer to the group and hands the connection to whoever waits next, or, when nobody
//! waits or the group is full, to the flush thread. That thread commits once for all, answers all, and opens the next group
//! for whoever came meanwhile. It never waits for a group to fill. A member that is dropped (an error, a panic, a closed
//! browser) rolls back to its savepoint and hands on in the same way, which works in `drop` because rusqlite is synchronous.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Statement};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::events::{Event, Wire};
use crate::{Failure, FromRow, Row, Value};

/// The most transactions that share one flush.
const GROUP: usize = 64;
/// The most transactions that may wait; more are refused at once (R6).
const QUEUE: usize = 4096;
/// Connections that read.
const READERS: usize = 4;
/// How long a transaction waits for its turn before it is refused.
const PATIENCE: Duration = Duration::from_secs(10);
/// "Blat": says that a file is a paper of ours.
const APPLICATION: i64 = 0x426c_6174;
/// Older ones can corrupt a database in WAL mode (T9.6).
const OLDEST: i32 = 3_051_003;

/// The words of a schema in SQLite's dialect.
pub(crate) fn dialect(script: &str) -> String {
    script
        .replace("{id}", "integer primary key")
        .replace("{int}", "integer")
        .replace("{real}", "real")
        .replace("{bytes}", "blob")
        .replace("{strict}", "strict")
}

#[derive(Clone)]
pub(crate) struct Engine {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
    path: Arc<PathBuf>,
}

impl Engine {
    pub(crate) fn open(path: &Path) -> Result<Engine, Failure> {
        if rusqlite::version_number() < OLDEST {
            return Err(Failure::new("this SQLite can corrupt a paper: 3.51.3 or newer is needed"));
        }
        let connection = connect(path)?;
        introduce(&connection, path)?;
        let (flush, groups) = mpsc::channel();
        let writer = Arc::new(Writer {
            state: Mutex::new(State { idle: Some(connection), waiting: VecDeque::new() }),
            flush,
            commits: AtomicU64::new(0),
            flushes: AtomicU64::new(0),
            path: path.to_owned(),
        });
        let flushing = Arc::downgrade(&writer);
        std::thread::Builder::new()
            .name("flush".to_owned())
            .spawn(move || {
                while let Ok(group) = groups.recv() {
                    let Some(writer) = flushing.upgrade() else { return };
                    writer.flush_group(group);
                }
            })
            .map_err(|e| Failure::because("the flush thread", e))?;
        let readers = Arc::new(Readers {
            idle: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(READERS)),
            path: path.to_owned(),
        });
        Ok(Engine { writer, readers, path: Arc::new(path.to_owned()) })
    }

    pub(crate) async fn begin(&self) -> Result<Member, Failure> {
        let turn = match self.writer.take_turn()? {
            Turn::Now(member) => return Ok(member),
            Turn::Later(turn) => turn,
        };
        match tokio::time::timeout(PATIENCE, turn).await {
            Ok(Ok(member)) => member,
            Ok(Err(_)) => Err(Failure::new("the writer went away")),
            Err(_) => Err(Failure::busy("the database had no turn for a write within ten seconds")),
        }
    }

    pub(crate) async fn read(&self) -> Result<Reading, Failure> {
        let permit = Arc::clone(&self.readers.permits)
            .acquire_owned()
            .await
            .map_err(|e| Failure::because("the readers are closed", e))?;
        let idle = lock(&self.readers.idle).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => {
                let connection = connect(&self.readers.path)?;
                connection.pragma_update(None, "query_only", true)?;
                connection
            }
        };
        connection.prepare_cached("begin")?.execute(())?;
        Ok(Reading { connection: Some(connection), readers: Arc::clone(&self.readers), _permit: permit })
    }

    pub(crate) async fn copy_to(
        &self,
        target: PathBuf,
        mut progress: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<(), Failure> {
        let path = Arc::clone(&self.path);
        let copying = tokio::task::spawn_blocking(move || -> Result<(), Failure> {
            let source = connect(&path)?;
            // One reading transaction holds the same state from the first page to the last, while others write on.
            source.execute_batch("begin; select count(*) from migrations;")?;
            let mut copy = Connection::open(&target)?;
            let backup = rusqlite::backup::Backup::new(&source, &mut copy)?;
            loop {
                let step = backup.step(1000)?;
                let at = backup.progress();
                let all = u64::try_from(at.pagecount).unwrap_or(0);
                progress(all.saturating_sub(u64::try_from(at.remaining).unwrap_or(0)), all);
                match step {
                    rusqlite::backup::StepResult::Done => break,
                    rusqlite::backup::StepResult::More => {}
                    _ => std::thread::sleep(Duration::from_millis(20)),
                }
            }
            drop(backup);
            copy.pragma_update(None, "journal_mode", "DELETE")?;
            Ok(())
        });
        copying.await.map_err(|e| Failure::because("copying the database", e))?
    }

    pub(crate) fn commits_and_flushes(&self) -> (u64, u64) {
        (self.writer.commits.load(Ordering::Relaxed), self.writer.flushes.load(Ordering::Relaxed))
    }
}

fn connect(path: &Path) -> Result<Connection, Failure> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)
        .map_err(|e| Failure::because(format!("{} cannot be opened", path.display()), e))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(256);
    connection
        .execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
             pragma cache_size = -32768; pragma trusted_schema = off; pragma mmap_size = 0; pragma temp_store = memory;",
        )
        .map_err(|e| not_ours(path, e))?;
    Ok(connection)
}

fn not_ours(path: &Path, error: rusqlite::Error) -> Failure {
    if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) {
        return Failure::new(format!("{} is not a paper: it is not a database at all", path.display()));
    }
    Failure::from(error)
}

/// Marks a new file as ours and refuses one that somebody else wrote.
fn introduce(connection: &Connection, path: &Path) -> Result<(), Failure> {
    let application: i64 = connection.query_row("pragma application_id", (), |row| row.get(0))?;
    let tables: i64 = connection.query_row("select count(*) from sqlite_schema", (), |row| row.get(0))?;
    match (application, tables) {
        (APPLICATION, _) => Ok(()),
        (0, 0) => Ok(connection.pragma_update(None, "application_id", APPLICATION)?),
        _ => Err(Failure::new(format!(
            "{} is not a paper: another program's database. Choose another folder",
            path.display()
        ))),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Writer {
    state: Mutex<State>,
    flush: mpsc::Sender<Group>,
    commits: AtomicU64,
    flushes: AtomicU64,
    path: PathBuf,
}

/// Either the connection lies idle, or somebody holds it and the others wait.
struct State {
    idle: Option<Connection>,
    waiting: VecDeque<Waiter>,
}

type Waiter = oneshot::Sender<Result<Member, Failure>>;

enum Turn {
    Now(Member),
    Later(oneshot::Receiver<Result<Member, Failure>>),
}

/// The open transaction on its way from member to member.
struct Group {
    connection: Connection,
    members: usize,
    answers: Vec<Answer>,
    /// The whole transaction was rolled back under us: nobody in it may be told that it succeeded.
    lost: Option<Failure>,
}

struct Answer {
    sender: oneshot::Sender<Result<(), Failure>>,
    events: Vec<(i64, Event)>,
    wire: Arc<Wire>,
}

impl Writer {
    fn take_turn(self: &Arc<Writer>) -> Result<Turn, Failure> {
        let mut state = lock(&self.state);
        match state.idle.take() {
            None if state.waiting.len() >= QUEUE => Err(Failure::busy("too many writes wait")),
            None => {
                let (sender, receiver) = oneshot::channel();
                state.waiting.push_back(sender);
                Ok(Turn::Later(receiver))
            }
            Some(connection) => {
                drop(state);
                self.open_group(connection).map(Turn::Now).map_err(|(connection, failure)| {
                    self.lay_down(connection);
                    failure
                })
            }
        }
    }

    fn open_group(self: &Arc<Writer>, connection: Connection) -> Result<Member, (Connection, Failure)> {
        let begun = connection.prepare_cached("begin immediate").and_then(|mut begin| begin.execute(()));
        if let Err(error) = begun {
            return Err((connection, error.into()));
        }
        let group = Group { connection, members: 0, answers: Vec::new(), lost: None };
        self.admit(group).map_err(|(group, failure)| {
            let _ = group.connection.execute_batch("rollback");
            (group.connection, failure)
        })
    }

    fn admit(self: &Arc<Writer>, mut group: Group) -> Result<Member, (Group, Failure)> {
        let saved = group.connection.prepare_cached("savepoint member").and_then(|mut save| save.execute(()));
        match saved {
            Ok(_) => {
                group.members += 1;
                Ok(Member { group: Some(group), writer: Arc::clone(self) })
            }
            Err(error) => Err((group, error.into())),
        }
    }

    /// Gives the open group to whoever waits, or to the flush thread.
    fn hand_on(self: &Arc<Writer>, mut group: Group) {
        while group.members < GROUP && group.lost.is_none() {
            let Some(waiter) = self.next_waiter() else { break };
            match self.admit(group) {
                Ok(member) => match waiter.send(Ok(member)) {
                    Ok(()) => return,
                    // Gone while waiting: its empty savepoint is undone and the next one is tried.
                    Err(Ok(mut member)) => match member.step_back() {
                        Some(back) => group = back,
                        None => return,
                    },
                    Err(Err(_)) => return,
                },
                Err((back, failure)) => {
                    let _ = waiter.send(Err(failure));
                    group = back;
                    break;
                }
            }
        }
        if let Err(mpsc::SendError(group)) = self.flush.send(group) {
            self.flush_group(group);
        }
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
        let outcome = match group.lost.take() {
            Some(failure) => Err(failure),
            None if group.answers.is_empty() => {
                group.connection.execute_batch("rollback").map_err(Failure::from)
            }
            None => group.connection.execute_batch("commit").map_err(Failure::from),
        };
        if outcome.is_err() && !group.connection.is_autocommit() {
            let _ = group.connection.execute_batch("rollback");
        }
        if outcome.is_ok() && !group.answers.is_empty() {
            self.flushes.fetch_add(1, Ordering::Relaxed);
            self.commits.fetch_add(group.answers.len() as u64, Ordering::Relaxed);
        }
        let broken = matches!(&outcome, Err(failure) if failure.kind == crate::Kind::Broken);
        for answer in group.answers {
            match &outcome {
                Ok(()) => {
                    answer.wire.tell(answer.events);
                    let _ = answer.sender.send(Ok(()));
                }
                Err(failure) => {
                    let _ = answer.sender.send(Err(failure.again()));
                }
            }
        }
        let mut connection = group.connection;
        if broken {
            // What this connection believes to be in the file may be wrong: a new one reads it from the log.
            if let Ok(fresh) = connect(&self.path) {
                connection = fresh;
            }
        }
        self.lay_down(connection);
    }

    /// Opens the next group for whoever waits, or lays the connection down.
    fn lay_down(self: &Arc<Writer>, mut connection: Connection) {
        loop {
            let waiter = {
                let mut state = lock(&self.state);
                match state.waiting.pop_front() {
                    Some(waiter) => waiter,
                    None => {
                        state.idle = Some(connection);
                        return;
                    }
                }
            };
            if waiter.is_closed() {
                continue;
            }
            match self.open_group(connection) {
                Ok(member) => match waiter.send(Ok(member)) {
                    Err(Ok(mut member)) => match member.step_back() {
                        Some(group) => {
                            let _ = group.connection.execute_batch("rollback");
                            connection = group.connection;
                        }
                        None => return,
                    },
                    _ => return,
                },
                Err((back, failure)) => {
                    let _ = waiter.send(Err(failure));
                    connection = back;
                }
            }
        }
    }
}

/// One transaction of a group.
pub(crate) struct Member {
    group: Option<Group>,
    writer: Arc<Writer>,
}

impl Member {
    pub(crate) fn rows<T: FromRow>(
        &mut self,
        sql: &str,
        values: &[Value],
        most: usize,
    ) -> Result<Vec<T>, Failure> {
        self.attempt(|connection| rows(connection, sql, values, most))
    }

    pub(crate) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Failure> {
        self.attempt(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            bind(&mut statement, values)?;
            Ok(statement.raw_execute()? as u64)
        })
    }

    pub(crate) fn script(&mut self, script: &str) -> Result<(), Failure> {
        self.attempt(|connection| Ok(connection.execute_batch(script)?))
    }

    pub(crate) fn plan(&mut self, sql: &str, values: &[Value]) -> Result<String, Failure> {
        self.attempt(|connection| plan(connection, sql, values))
    }

    /// Runs one statement. Some errors roll back the whole transaction, with everybody in it.
    fn attempt<T>(&mut self, act: impl FnOnce(&Connection) -> Result<T, Failure>) -> Result<T, Failure> {
        let group = self.group.as_mut().ok_or_else(|| Failure::new("a transaction that has ended"))?;
        if let Some(lost) = &group.lost {
            return Err(lost.again());
        }
        act(&group.connection).inspect_err(|failure| {
            if group.connection.is_autocommit() {
                group.lost = Some(failure.again());
            }
        })
    }

    pub(crate) async fn commit(mut self, events: Vec<(i64, Event)>, wire: Arc<Wire>) -> Result<(), Failure> {
        let Some(mut group) = self.group.take() else {
            return Err(Failure::new("a transaction that has ended"));
        };
        if group.lost.is_none() {
            let released =
                group.connection.prepare_cached("release member").and_then(|mut release| release.execute(()));
            if let Err(error) = released {
                group.lost = Some(error.into());
            }
        }
        let (sender, receiver) = oneshot::channel();
        group.answers.push(Answer { sender, events, wire });
        self.writer.hand_on(group);
        receiver.await.map_err(|_| Failure::new("the flush thread went away"))?
    }

    /// Undoes this member's statements and gives back the group, or ends a group that was lost.
    fn step_back(&mut self) -> Option<Group> {
        let mut group = self.group.take()?;
        if group.lost.is_none() {
            let undone = group
                .connection
                .prepare_cached("rollback to member")
                .and_then(|mut back| back.execute(()))
                .and_then(|_| group.connection.prepare_cached("release member")?.execute(()));
            if let Err(error) = undone {
                group.lost = Some(error.into());
            }
        }
        Some(group)
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        if let Some(group) = self.step_back() {
            self.writer.hand_on(group);
        }
    }
}

struct Readers {
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
    path: PathBuf,
}

/// One consistent state being read.
pub(crate) struct Reading {
    connection: Option<Connection>,
    readers: Arc<Readers>,
    _permit: OwnedSemaphorePermit,
}

impl Reading {
    pub(crate) fn rows<T: FromRow>(
        &mut self,
        sql: &str,
        values: &[Value],
        most: usize,
    ) -> Result<Vec<T>, Failure> {
        rows(self.connection()?, sql, values, most)
    }

    pub(crate) fn plan(&mut self, sql: &str, values: &[Value]) -> Result<String, Failure> {
        plan(self.connection()?, sql, values)
    }

    fn connection(&self) -> Result<&Connection, Failure> {
        self.connection.as_ref().ok_or_else(|| Failure::new("a reading that has ended"))
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            let ended = connection.prepare_cached("rollback").and_then(|mut end| end.execute(()));
            if ended.is_ok() {
                lock(&self.readers.idle).push(connection);
            }
        }
    }
}

fn rows<T: FromRow>(
    connection: &Connection,
    sql: &str,
    values: &[Value],
    most: usize,
) -> Result<Vec<T>, Failure> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    let columns = statement.column_count();
    let mut found = Vec::new();
    let mut cursor = statement.raw_query();
    while found.len() < most {
        let Some(row) = cursor.next()? else { break };
        let mut taken = Vec::with_capacity(columns);
        for index in 0..columns {
            taken.push(value(row.get_ref(index)?)?);
        }
        found.push(T::from_row(&mut Row::new(taken))?);
    }
    Ok(found)
}

fn plan(connection: &Connection, sql: &str, values: &[Value]) -> Result<String, Failure> {
    let lines: Vec<(i64, i64, i64, String)> =
        rows(connection, &format!("explain query plan {sql}"), values, usize::MAX)?;
    Ok(lines.into_iter().map(|line| line.3).collect::<Vec<_>>().join("\n"))
}

/// Binds by the number in the name: SQLite numbers `$2` by first appearance, not by what it says.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<(), Failure> {
    for index in 1..=statement.parameter_count() {
        let number = statement.parameter_name(index).and_then(|name| name[1..].parse::<usize>().ok());
        let value = number
            .and_then(|n| n.checked_sub(1))
            .and_then(|n| values.get(n))
            .ok_or_else(|| Failure::new(format!("a statement without a value for its parameter {index}")))?;
        match value {
            Value::Null => statement.raw_bind_parameter(index, rusqlite::types::Null)?,
            Value::Int(n) => statement.raw_bind_parameter(index, n)?,
            Value::Real(x) => statement.raw_bind_parameter(index, x)?,
            Value::Text(text) => statement.raw_bind_parameter(index, text)?,
            Value::Bytes(bytes) => statement.raw_bind_parameter(index, bytes)?,
        }
    }
    Ok(())
}

fn value(column: ValueRef<'_>) -> Result<Value, Failure> {
    Ok(match column {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(x) => Value::Real(x),
        ValueRef::Text(text) => Value::Text(
            String::from_utf8(text.to_vec()).map_err(|e| Failure::because("text that is not UTF-8", e))?,
        ),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}
