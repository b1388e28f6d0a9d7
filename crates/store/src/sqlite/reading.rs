//! The connections that read. In WAL mode they neither wait for the writer nor stop it.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{PATIENCE, QUEUE, connect, lock, statement};
use crate::{Failure, FromRow, Value};

/// The most memory for the pages of one connection, in KiB. The system keeps the file in memory once more, for all of them.
const CACHE: u32 = 8 * 1024;

pub(super) struct Readers {
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    path: PathBuf,
}

impl Readers {
    /// One for each core: a statement runs in the task that asks, so more could not run at once.
    pub(super) fn new(path: &Path) -> Arc<Readers> {
        let cores = std::thread::available_parallelism().map_or(4, NonZero::get);
        Arc::new(Readers {
            idle: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(cores.clamp(4, 8))),
            waiting: AtomicUsize::new(0),
            path: path.to_owned(),
        })
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Failure> {
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(permit);
        }
        let _waiting = Waiting::join(&self.waiting)?;
        match tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned()).await {
            Ok(permit) => permit.map_err(|error| Failure::because("the readers are closed", error)),
            Err(_) => Err(Failure::busy("the database had no turn for a reader within ten seconds")),
        }
    }
}

/// One who waits, counted until it stops waiting for whatever reason.
struct Waiting<'a>(&'a AtomicUsize);

impl Waiting<'_> {
    fn join(count: &AtomicUsize) -> Result<Waiting<'_>, Failure> {
        let before = count.fetch_add(1, Ordering::Relaxed);
        let waiting = Waiting(count);
        if before >= QUEUE { Err(Failure::busy("too many readers wait")) } else { Ok(waiting) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Begins to read; the state is that of the first statement.
pub(super) async fn read(readers: &Arc<Readers>) -> Result<Reading, Failure> {
    let permit = readers.permit().await?;
    let idle = lock(&readers.idle).pop();
    let connection = match idle {
        Some(connection) => connection,
        None => {
            let connection = connect(&readers.path, CACHE)?;
            connection.pragma_update(None, "query_only", true)?;
            connection
        }
    };
    connection.prepare_cached("begin")?.execute(())?;
    Ok(Reading { connection: Some(connection), readers: Arc::clone(readers), _permit: permit })
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
        statement::rows(self.connection()?, sql, values, most)
    }

    pub(crate) fn plan(&mut self, sql: &str, values: &[Value]) -> Result<String, Failure> {
        statement::plan(self.connection()?, sql, values)
    }

    fn connection(&self) -> Result<&Connection, Failure> {
        self.connection.as_ref().ok_or_else(|| Failure::new("a reading that has ended"))
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        let ended = connection.prepare_cached("rollback").and_then(|mut end| end.execute(()));
        // One that does not end its reading would hold back the log for ever: it is closed instead.
        if ended.is_ok() {
            lock(&self.readers.idle).push(connection);
        }
    }
}
