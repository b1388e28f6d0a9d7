//! SQLite: one file, one connection that writes and goes from task to task (`sqlite/group.rs`), and a few that read.

mod copy;
mod group;
mod reading;
mod statement;

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::{Clock, Failure};
pub(crate) use group::Member;
use group::Writer;
use reading::Readers;
pub(crate) use reading::Reading;

/// How long a transaction waits for its turn before it is refused.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most transactions that may wait; more are refused at once (R6).
const QUEUE: usize = 4096;
/// What a file begins with if it is a database at all.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// "Blat": says that a database is a paper of ours. Bytes 68 to 71 of the file.
const APPLICATION: u32 = 0x426c_6174;
/// Older ones can corrupt a database in WAL mode (T9.6).
const OLDEST: i32 = 3_051_003;

/// The words of a schema in SQLite's dialect.
pub(crate) fn dialect(script: &str) -> String {
    // A new row gets the id after the highest by itself.
    let script = crate::migrate::counting_on(script, |_| String::new());
    crate::search::tables(&script, |name| {
        // The words are folded before they come here: every byte that is not an ASCII mark is part of a word.
        format!(
            "create virtual table {name} using fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');"
        )
    })
        .replace("{id}", "integer primary key")
        .replace("{int}", "integer")
        .replace("{real}", "real")
        .replace("{bytes}", "blob")
        .replace("{transaction}", "integer")
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
        let new = look(path)?;
        if new {
            mark(path)?;
        }
        let writer = Writer::start(path)?;
        Ok(Engine { writer, readers: Readers::new(path), path: Arc::new(path.to_owned()) })
    }

    pub(crate) async fn begin(&self) -> Result<Member, Failure> {
        group::begin(&self.writer).await
    }

    pub(crate) async fn read(&self) -> Result<Reading, Failure> {
        reading::read(&self.readers).await
    }

    pub(crate) async fn copy_to(
        &self,
        target: PathBuf,
        progress: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<(), Failure> {
        let path = Arc::clone(&self.path);
        tokio::task::spawn_blocking(move || copy::copy(&path, &target, progress))
            .await
            .map_err(|error| Failure::because("copying the database", error))?
    }

    pub(crate) async fn check(&self) -> Result<Vec<String>, Failure> {
        let path = Arc::clone(&self.path);
        tokio::task::spawn_blocking(move || copy::check(&path))
            .await
            .map_err(|error| Failure::because("checking the database", error))?
    }

    pub(crate) fn commits_and_flushes(&self) -> (u64, u64) {
        self.writer.commits_and_flushes()
    }

    pub(crate) fn watch(&self, clock: &Clock) {
        self.writer.watch(clock);
    }
}

/// Looks at a file before anything is opened, because opening already writes. Tells whether it is new.
fn look(path: &Path) -> Result<bool, Failure> {
    let shown = path.display();
    // Readers' secrets are in it: nobody but the owner may read it.
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match made {
        Ok(_) => return Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(Failure::because(format!("{shown} cannot be made"), error)),
    }
    if path.is_dir() {
        return Err(Failure::new(format!("{shown} is not a paper: it is a folder")));
    }
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(100).read_to_end(&mut head))
        .map_err(|error| Failure::because(format!("{shown} cannot be read"), error))?;
    if head.is_empty() {
        return Ok(true);
    }
    if !head.starts_with(MAGIC) {
        return Err(Failure::new(format!("{shown} is not a paper: it is not a database at all")));
    }
    if head.get(68..72) != Some(APPLICATION.to_be_bytes().as_slice()) {
        return Err(Failure::new(format!(
            "{shown} is not a paper: another program's database. Choose another folder"
        )));
    }
    Ok(false)
}

/// Marks a new file as ours, before it is switched to a log of its own: so the mark is in the file and [`look`] finds it.
fn mark(path: &Path) -> Result<(), Failure> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    Ok(())
}

/// A connection to a paper that is there. `cache` is the most memory for its pages, in KiB.
fn connect(path: &Path, cache: u32) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)
        .map_err(|error| Failure::because(format!("{} cannot be opened", path.display()), error))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // A plan must not depend on the values bound: else a statement that compares one with a constant is planned anew at
    // every run, three times for each comment.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(256);
    let mode: String = connection.query_row("pragma journal_mode = wal", (), |row| row.get(0))?;
    if mode != "wal" {
        return Err(Failure::new(format!(
            "{} lies on a disk where SQLite cannot keep its log ({mode}): use a local disk",
            path.display()
        )));
    }
    // Moving the log into the file every 4000 pages (16 MB) instead of every 1000 halves the longest waits: decision 2.
    connection.execute_batch(&format!(
        "pragma synchronous = full; pragma foreign_keys = on; pragma trusted_schema = off; pragma mmap_size = 0;
         pragma temp_store = memory; pragma cache_size = -{cache}; pragma journal_size_limit = 67108864;
         pragma wal_autocheckpoint = 4000;"
    ))?;
    Ok(connection)
}

#[cfg(test)]
fn connect_new(path: &Path) -> Result<Connection, Failure> {
    look(path)?;
    mark(path)?;
    connect(path, 1024)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
