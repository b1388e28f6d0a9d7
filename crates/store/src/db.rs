//! The two handles every room works with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use story::Time;

use crate::events::{Event, Wire};
use crate::ledger::{self, Act};
use crate::{Clock, Failure, FromRow, Migrations, Params, Value, postgres, sqlite};

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
        let db = Db::open_as_it_is(address).await?;
        crate::migrate::migrate(&db, rooms, now).await?;
        Ok(db)
    }

    /// Opens rows that a Blatt of the same version has made, whatever rooms it has: for a tool that works on some of them.
    pub async fn open_as_it_is(address: &Address) -> Result<Db, Failure> {
        let engine = match address {
            Address::File(path) => Engine::Sqlite(sqlite::Engine::open(path)?),
            Address::Server(url) => Engine::Postgres(postgres::Engine::open(url).await?),
        };
        Ok(Db { engine, wire: Arc::new(Wire::new()) })
    }

    /// Names in the log whoever keeps all other writers waiting for more than 50 ms. Without it nobody is measured.
    #[must_use]
    pub fn watched(self, clock: &Clock) -> Db {
        if let Engine::Sqlite(engine) = &self.engine {
            engine.watch(clock);
        }
        self
    }

    /// Begins to write. Do not await anything but rows while holding it: on SQLite everybody else waits,
    /// and a task that begins a second one is refused, because it would wait for itself. What takes long (an import,
    /// a deletion run) comes in slices of a few hundred rows, each in a transaction of its own.
    ///
    /// It may see what others wrote and have not flushed yet. An answer that rests on it ("this was posted already")
    /// is certain only after [`commit`](Tx::commit) or [`undo`](Tx::undo).
    pub async fn begin(&self) -> Result<Tx, Failure> {
        let held = match &self.engine {
            Engine::Sqlite(engine) => Held::Sqlite(engine.begin().await?),
            Engine::Postgres(engine) => Held::Postgres(engine.begin(false).await?),
        };
        Ok(Tx { held, sound: true, events: Vec::new(), acts: Vec::new(), wire: Arc::clone(&self.wire) })
    }

    /// Begins to read one consistent state. Writing through it fails.
    pub async fn read(&self) -> Result<Tx, Failure> {
        let held = match &self.engine {
            Engine::Sqlite(engine) => Held::SqliteReader(engine.read().await?),
            Engine::Postgres(engine) => Held::Postgres(engine.begin(true).await?),
        };
        Ok(Tx { held, sound: true, events: Vec::new(), acts: Vec::new(), wire: Arc::clone(&self.wire) })
    }

    /// Copies everything, consistently and while others write, into a new file of SQLite, and flushes it.
    /// `progress` hears pages done and pages in all. A file that is there already is refused, and so is a PostgreSQL,
    /// which has its own tools for this. The copy goes on if the future is dropped.
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

    /// Looks for damage and for rows that name a row which is not there: sentences for the operator, none if all is well.
    /// It reads everything. A PostgreSQL guards itself and is not looked at.
    pub async fn check(&self) -> Result<Vec<String>, Failure> {
        match &self.engine {
            Engine::Sqlite(engine) => engine.check().await,
            Engine::Postgres(_) => Ok(Vec::new()),
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
///
/// After a statement that failed, on either database, nothing more can be done in it: look before (`on conflict do nothing`
/// and the count), do not try and catch.
pub struct Tx {
    held: Held,
    /// No statement has failed, and none was given up half-way.
    sound: bool,
    events: Vec<(i64, Event)>,
    /// What goes into the ledger at the commit.
    acts: Vec<(Act, Time)>,
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
        let values = self.about_to(params)?;
        let answer = match &mut self.held {
            Held::Sqlite(member) => member.rows(sql, &values, usize::MAX),
            Held::SqliteReader(reading) => reading.rows(sql, &values, usize::MAX),
            Held::Postgres(held) => held.rows(sql, &values).await,
        };
        self.after(answer)
    }

    /// The first row, if there is one.
    pub async fn first<T: FromRow>(&mut self, sql: &str, params: impl Params) -> Result<Option<T>, Failure> {
        let values = self.about_to(params)?;
        let answer = match &mut self.held {
            Held::Sqlite(member) => member.rows(sql, &values, 1),
            Held::SqliteReader(reading) => reading.rows(sql, &values, 1),
            Held::Postgres(held) => held.rows(sql, &values).await,
        };
        Ok(self.after(answer)?.into_iter().next())
    }

    /// The one row there must be.
    pub async fn one<T: FromRow>(&mut self, sql: &str, params: impl Params) -> Result<T, Failure> {
        self.first(sql, params).await?.ok_or_else(|| Failure::new(format!("no row where one must be: {sql}")))
    }

    /// Changes rows; tells how many.
    pub async fn execute(&mut self, sql: &str, params: impl Params) -> Result<u64, Failure> {
        let values = self.about_to(params)?;
        let answer = match &mut self.held {
            Held::Sqlite(member) => member.execute(sql, &values),
            Held::SqliteReader(_) => Err(Failure::new("a write in a transaction that reads")),
            Held::Postgres(held) => held.execute(sql, &values).await,
        };
        self.after(answer)
    }

    /// Adds a row; the statement ends in `returning id`.
    pub async fn insert(&mut self, sql: &str, params: impl Params) -> Result<i64, Failure> {
        let (id,): (i64,) = self.one(sql, params).await?;
        Ok(id)
    }

    /// Takes ids for rows that are about to be written together and name each other. Nobody else gets them.
    pub async fn ids(&mut self, table: &'static str, count: usize) -> Result<Vec<i64>, Failure> {
        let count = i64::try_from(count).unwrap_or(0);
        if self.is_on_server() {
            let sql = "select nextval(pg_get_serial_sequence($1, 'id')) from generate_series(1::bigint, $2::bigint)";
            let rows: Vec<(i64,)> = self.all(sql, (table, count)).await?;
            return Ok(rows.into_iter().map(|row| row.0).collect());
        }
        // One writes at a time, and a new row gets the id after the highest.
        let (last,): (i64,) = self.one(&format!("select coalesce(max(id), 0) from {table}"), ()).await?;
        Ok((last + 1..=last + count).collect())
    }

    /// Keeps others from changing what `name` stands for until this transaction ends. SQLite writes one at a time anyway.
    pub async fn alone(&mut self, name: &str) -> Result<(), Failure> {
        let values = self.about_to((name,))?;
        let answer = match &mut self.held {
            Held::Postgres(held) => held.alone(&values).await,
            Held::Sqlite(_) | Held::SqliteReader(_) => Ok(()),
        };
        self.after(answer)
    }

    /// Commits: returns once everything is flushed to disk, and then tells the events.
    /// If the future is dropped meanwhile, the commit happens all the same.
    pub async fn commit(mut self) -> Result<(), Failure> {
        if !self.sound {
            return Err(Failure::new("a transaction in which a statement failed cannot be committed"));
        }
        let acts = std::mem::take(&mut self.acts);
        ledger::write(&mut self, acts).await?;
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

    /// Undoes everything, and returns once what this transaction saw is flushed to disk: for a "no" that must be true.
    /// Merely dropping it does not wait.
    pub async fn undo(self) -> Result<(), Failure> {
        match self.held {
            Held::Sqlite(member) => member.undo(self.wire).await,
            Held::SqliteReader(_) => Ok(()),
            // What others have not committed is not seen there, and dropping undoes.
            Held::Postgres(_) => Ok(()),
        }
    }

    /// Takes the values of a statement. Until it has been answered, the transaction counts as failed:
    /// a statement that was given up half-way may have failed unheard, and then a commit would silently undo everything.
    fn about_to(&mut self, params: impl Params) -> Result<Vec<Value>, Failure> {
        if !self.sound {
            return Err(Failure::new(
                "a statement failed before in this transaction: nothing more can be done in it",
            ));
        }
        self.sound = false;
        let values = params.values();
        values.iter().try_for_each(Value::check)?;
        Ok(values)
    }

    fn after<T>(&mut self, answer: Result<T, Failure>) -> Result<T, Failure> {
        self.sound = answer.is_ok();
        answer
    }

    pub(crate) fn remember_event(&mut self, id: i64, event: Event) {
        self.events.push((id, event));
    }

    pub(crate) fn remember_act(&mut self, act: Act, now: Time) {
        self.acts.push((act, now));
    }

    /// The words that claim one job: the second place where the databases differ (full-text search is the first).
    pub(crate) fn skip_claimed(&self) -> &'static str {
        if matches!(self.held, Held::Postgres(_)) { "for update skip locked" } else { "" }
    }

    /// Lets this transaction take as long as it takes: a schema may need longer than the words of a reader.
    pub(crate) async fn patiently(&mut self) -> Result<(), Failure> {
        match &mut self.held {
            Held::Postgres(held) => {
                held.script("set local statement_timeout = 0; set local lock_timeout = 0;").await
            }
            Held::Sqlite(_) | Held::SqliteReader(_) => Ok(()),
        }
    }

    pub(crate) fn is_on_server(&self) -> bool {
        matches!(self.held, Held::Postgres(_))
    }

    /// Runs statements of a schema, with the words that differ put in.
    pub(crate) async fn script(&mut self, script: &str) -> Result<(), Failure> {
        self.about_to(())?;
        let answer = match &mut self.held {
            Held::Sqlite(member) => member.script(&sqlite::dialect(script)),
            Held::SqliteReader(_) => Err(Failure::new("a write in a transaction that reads")),
            Held::Postgres(held) => held.script(&postgres::dialect(script)).await,
        };
        self.after(answer)
    }

    /// The plan the database makes for a statement, for tests that forbid a full scan.
    pub async fn plan(&mut self, sql: &str, params: impl Params) -> Result<String, Failure> {
        let values = self.about_to(params)?;
        let answer = match &mut self.held {
            Held::Sqlite(member) => member.plan(sql, &values),
            Held::SqliteReader(reading) => reading.plan(sql, &values),
            Held::Postgres(held) => held.plan(sql, &values).await,
        };
        self.after(answer)
    }
}
