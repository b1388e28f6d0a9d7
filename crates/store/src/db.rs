//! The two handles every room works with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use story::Time;

use crate::events::{Event, Wire};
use crate::{Failure, FromRow, Migrations, Params, Value, postgres, sqlite};

/// Where a paper keeps its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A file of SQLite.
    File(PathBuf),
    /// A PostgreSQL, as `postgres://…`.
    Server(String),
}

impl Address {
    /// Takes `postgres://…` as a server and everything else as a file.
    #[must_use]
    pub fn parse(text: &str) -> Address {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Address::Server(text.to_owned())
        } else {
            Address::File(PathBuf::from(text))
        }
    }
}

/// A paper's rows. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    wire: Arc<Wire>,
}

#[derive(Clone)]
enum Engine {
    Sqlite(sqlite::Engine),
    Postgres(postgres::Engine),
}

impl Db {
    /// Opens the rows and brings their schema up to date. `rooms` stand in the order of the workspace.
    /// Fails with a sentence for the operator if the file is not a paper or belongs to a newer Blatt.
    pub async fn open(address: &Address, rooms: &[Migrations], now: Time) -> Result<Db, Failure> {
        let engine = match address {
            Address::File(path) => Engine::Sqlite(sqlite::Engine::open(path)?),
            Address::Server(url) => Engine::Postgres(postgres::Engine::open(url).await?),
        };
        let db = Db { engine, wire: Arc::new(Wire::new()) };
        crate::migrate::migrate(&db, rooms, now).await?;
        Ok(db)
    }

    /// Begins to write. Do not await anything but rows while holding it: on SQLite everybody else waits.
    pub async fn begin(&self) -> Result<Tx, Failure> {
        let held = match &self.engine {
            Engine::Sqlite(engine) => Held::Sqlite(engine.begin().await?),
            Engine::Postgres(engine) => Held::Postgres(engine.begin(false).await?),
        };
        Ok(Tx { held, events: Vec::new(), wire: Arc::clone(&self.wire) })
    }

    /// Begins to read one consistent state. Writing through it fails.
    pub async fn read(&self) -> Result<Tx, Failure> {
        let held = match &self.engine {
            Engine::Sqlite(engine) => Held::SqliteReader(engine.read().await?),
            Engine::Postgres(engine) => Held::Postgres(engine.begin(true).await?),
        };
        Ok(Tx { held, events: Vec::new(), wire: Arc::clone(&self.wire) })
    }

    /// Copies everything, consistently and while others write, into a new file of SQLite.
    /// `progress` hears pages done and pages in all. A PostgreSQL has its own tools for this and is refused.
    pub async fn copy_to(
        &self,
        target: &Path,
        progress: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<(), Failure> {
        match &self.engine {
            Engine::Sqlite(engine) => engine.copy_to(target.to_owned(), progress).await,
            Engine::Postgres(_) => Err(Failure::new("a paper on PostgreSQL is backed up with pg_dump")),
        }
    }

    /// Waits until another process may have written something; returns after a second at the latest.
    pub async fn wait_for_others(&self) {
        match &self.engine {
            Engine::Sqlite(_) => tokio::time::sleep(std::time::Duration::from_millis(500)).await,
            Engine::Postgres(engine) => engine.wait_for_notice().await,
        }
    }

    /// How many transactions were committed and how many flushes they shared, since start. Zero on PostgreSQL, which counts for itself.
    #[must_use]
    pub fn commits_and_flushes(&self) -> (u64, u64) {
        match &self.engine {
            Engine::Sqlite(engine) => engine.commits_and_flushes(),
            Engine::Postgres(_) => (0, 0),
        }
    }

    /// Whether several processes on several machines may write.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    pub(crate) fn wire(&self) -> &Wire {
        &self.wire
    }
}

/// One transaction. Dropped without [`commit`](Tx::commit), it leaves no trace.
pub struct Tx {
    held: Held,
    events: Vec<(i64, Event)>,
    wire: Arc<Wire>,
}

enum Held {
    Sqlite(sqlite::Member),
    SqliteReader(sqlite::Reading),
    Postgres(postgres::Held),
}

impl Tx {
    /// All rows of a `select`. Give it a limit.
    pub async fn all<T: FromRow>(&mut self, sql: &str, params: impl Params) -> Result<Vec<T>, Failure> {
        let values = params.values();
        match &mut self.held {
            Held::Sqlite(member) => member.rows(sql, &values, usize::MAX),
            Held::SqliteReader(reading) => reading.rows(sql, &values, usize::MAX),
            Held::Postgres(held) => held.rows(sql, &values).await,
        }
    }

    /// The first row, if there is one.
    pub async fn first<T: FromRow>(&mut self, sql: &str, params: impl Params) -> Result<Option<T>, Failure> {
        let values = params.values();
        let rows = match &mut self.held {
            Held::Sqlite(member) => member.rows(sql, &values, 1),
            Held::SqliteReader(reading) => reading.rows(sql, &values, 1),
            Held::Postgres(held) => held.rows(sql, &values).await,
        };
        Ok(rows?.into_iter().next())
    }

    /// The one row there must be.
    pub async fn one<T: FromRow>(&mut self, sql: &str, params: impl Params) -> Result<T, Failure> {
        self.first(sql, params).await?.ok_or_else(|| Failure::new(format!("no row where one must be: {sql}")))
    }

    /// Changes rows; tells how many.
    pub async fn execute(&mut self, sql: &str, params: impl Params) -> Result<u64, Failure> {
        let values = params.values();
        match &mut self.held {
            Held::Sqlite(member) => member.execute(sql, &values),
            Held::SqliteReader(_) => Err(Failure::new("a write in a transaction that reads")),
            Held::Postgres(held) => held.execute(sql, &values).await,
        }
    }

    /// Adds a row; the statement ends in `returning id`.
    pub async fn insert(&mut self, sql: &str, params: impl Params) -> Result<i64, Failure> {
        let (id,): (i64,) = self.one(sql, params).await?;
        Ok(id)
    }

    /// Keeps others from changing what `name` stands for until this transaction ends. SQLite writes one at a time anyway.
    pub async fn alone(&mut self, name: &str) -> Result<(), Failure> {
        match &mut self.held {
            Held::Postgres(held) => held.alone(name).await,
            Held::Sqlite(_) | Held::SqliteReader(_) => Ok(()),
        }
    }

    /// Commits: returns once everything is flushed to disk, and then tells the events.
    pub async fn commit(self) -> Result<(), Failure> {
        match self.held {
            Held::Sqlite(member) => member.commit(self.events, self.wire).await,
            Held::SqliteReader(_) => Ok(()),
            Held::Postgres(held) => {
                held.commit(!self.events.is_empty()).await?;
                self.wire.tell(self.events);
                Ok(())
            }
        }
    }

    pub(crate) fn remember_event(&mut self, id: i64, event: Event) {
        self.events.push((id, event));
    }

    /// The words that claim one job: the second place where the databases differ (full-text search is the first).
    pub(crate) fn skip_claimed(&self) -> &'static str {
        if matches!(self.held, Held::Postgres(_)) { "for update skip locked" } else { "" }
    }

    /// Runs statements of a schema, with the words that differ put in.
    pub(crate) async fn script(&mut self, script: &str) -> Result<(), Failure> {
        match &mut self.held {
            Held::Sqlite(member) => member.script(&sqlite::dialect(script)),
            Held::SqliteReader(_) => Err(Failure::new("a write in a transaction that reads")),
            Held::Postgres(held) => held.script(&postgres::dialect(script)).await,
        }
    }

    /// The plan the database makes for a statement, for tests that forbid a full scan.
    pub async fn plan(&mut self, sql: &str, params: impl Params) -> Result<String, Failure> {
        let values: Vec<Value> = params.values();
        match &mut self.held {
            Held::Sqlite(member) => member.plan(sql, &values),
            Held::SqliteReader(reading) => reading.plan(sql, &values),
            Held::Postgres(held) => held.plan(sql, &values).await,
        }
    }
}
