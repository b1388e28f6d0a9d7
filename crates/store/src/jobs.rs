//! Work that can wait, as rows: written in the transaction that causes it, claimed once, tried again with back-off,
//! visible when it fails. A job can run twice without harm (a worker may die after the work and before the row).

use serde::Serialize;
use serde::de::DeserializeOwned;
use story::Time;

use crate::{Db, Failure, Tx, Value, events, numbered};

/// The topic that wakes workers.
pub const WAITING: &str = "job";
/// How long a worker may take before somebody else may claim its job.
const CLAIM_MINUTES: i64 = 15;
/// After this many tries a job waits for a person.
pub const MOST_TRIES: i64 = 8;

/// Something to do later.
pub trait Later: Serialize + DeserializeOwned {
    /// What workers dispatch on.
    const KIND: &'static str;

    /// Jobs of one name wait only once: a later one takes the place of the first. If the first is being done already,
    /// it is done again afterwards, because it may have read what has changed since.
    fn name(&self) -> Option<String> {
        None
    }
}

/// A job that a worker holds.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its row.
    pub id: i64,
    /// What workers dispatch on.
    pub kind: String,
    /// What [`Later`] wrote, as JSON.
    pub payload: String,
    /// How often it was tried before.
    pub tries: i64,
    /// How often it had been asked for when it was claimed.
    asked: i64,
}
crate::row!(Job { id, kind, payload, tries, asked });

/// A job that failed, for the desk.
#[derive(Clone, Debug)]
pub struct Failing {
    /// Its row.
    pub id: i64,
    /// What it does.
    pub kind: String,
    /// How often it was tried.
    pub tries: i64,
    /// The last error.
    pub trouble: String,
    /// When it is tried next, if it was tried fewer than [`MOST_TRIES`] times; else it waits for [`retry`].
    pub run_at: Time,
}
crate::row!(Failing { id, kind, tries, trouble, run_at });

impl Job {
    /// What was to be done.
    pub fn read<J: Later>(&self) -> Result<J, Failure> {
        Ok(serde_json::from_str(&self.payload)?)
    }
}

/// Enqueues a job for now.
pub async fn later<J: Later>(tx: &mut Tx, job: &J, now: Time) -> Result<(), Failure> {
    at(tx, job, now, now).await
}

/// Enqueues a job for `run_at`.
pub async fn at<J: Later>(tx: &mut Tx, job: &J, run_at: Time, now: Time) -> Result<(), Failure> {
    let sql = "insert into jobs (kind, name, payload, asked, run_at, tries, created_at) values ($1, $2, $3, 1, $4, 0, $5)
               on conflict (name) do update
                  set payload = excluded.payload, asked = jobs.asked + 1,
                      tries = case when jobs.claimed_until is null then 0 else jobs.tries end,
                      run_at = case when jobs.run_at < excluded.run_at then jobs.run_at else excluded.run_at end";
    let payload = serde_json::to_string(job)?;
    tx.execute(sql, (J::KIND, job.name(), payload, run_at, now)).await?;
    events::tell(tx, WAITING, 0, now).await
}

/// Which jobs a worker takes, so that what is slow does not keep others waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinds {
    /// All.
    All,
    /// Those of this kind.
    Only(&'static str),
    /// All but those of these kinds.
    Except(&'static [&'static str]),
}

/// Claims the job that has waited longest, for `worker`; nobody else gets it for a quarter of an hour.
/// One that was claimed [`MOST_TRIES`] times and never answered for is left alone: it may be what ends the workers.
pub async fn claim(db: &Db, worker: &str, now: Time) -> Result<Option<Job>, Failure> {
    claim_of(db, worker, Kinds::All, now).await
}

/// The same, of some kinds only.
pub async fn claim_of(db: &Db, worker: &str, kinds: Kinds, now: Time) -> Result<Option<Job>, Failure> {
    let mut tx = db.begin().await?;
    let (which, named) = match kinds {
        Kinds::All => (String::new(), &[][..]),
        Kinds::Only(ref kind) => ("and kind = $5".to_owned(), std::slice::from_ref(kind)),
        Kinds::Except(kinds) => (format!("and kind not in ({})", numbered(5, kinds.len())), kinds),
    };
    let sql = format!(
        "update jobs set claimed_by = $1, claimed_until = $2, tries = tries + 1
          where id = (select id from jobs
                       where run_at <= $3 and (claimed_until is null or claimed_until <= $3) and tries < $4
                         {which}
                       order by run_at, id limit 1 {})
          returning id, kind, payload, tries - 1, asked",
        tx.skip_claimed()
    );
    let until = now.plus_minutes(CLAIM_MINUTES);
    let mut values: Vec<Value> = vec![worker.into(), until.into(), now.into(), MOST_TRIES.into()];
    values.extend(named.iter().map(|kind| Value::from(*kind)));
    let job = tx.first(&sql, values).await?;
    tx.commit().await?;
    Ok(job)
}

/// The job is done. Give it the transaction that holds its result. If it was asked for again meanwhile, it waits once more.
pub async fn done(tx: &mut Tx, job: &Job) -> Result<(), Failure> {
    if tx.execute("delete from jobs where id = $1 and asked = $2", (job.id, job.asked)).await? > 0 {
        return Ok(());
    }
    // Only if nobody else claimed it meanwhile, because this worker was slow.
    let sql = "update jobs set claimed_by = null, claimed_until = null, tries = 0, trouble = null
                where id = $1 and tries = $2";
    tx.execute(sql, (job.id, job.tries + 1)).await.map(drop)
}

/// The worker stops before the job is done: somebody else may claim it at once, and it does not count as a try.
pub async fn give_back(tx: &mut Tx, job: &Job) -> Result<(), Failure> {
    let sql = "update jobs set claimed_by = null, claimed_until = null, tries = tries - 1
                where id = $1 and tries = $2";
    tx.execute(sql, (job.id, job.tries + 1)).await.map(drop)
}

/// The job failed: it is tried again after 10 s, 40 s, 160 s … (at most six hours); after [`MOST_TRIES`] it waits for a person.
pub async fn failed(tx: &mut Tx, job: &Job, trouble: &str, now: Time) -> Result<(), Failure> {
    let tries = job.tries + 1;
    let pause = (10_i64 << (2 * tries.clamp(1, 7) - 2)).min(6 * 3600);
    let sql = "update jobs set claimed_by = null, claimed_until = null, trouble = $3, run_at = $4
                where id = $1 and tries = $2";
    tx.execute(sql, (job.id, tries, trouble, now.plus_seconds(pause))).await.map(drop)
}

/// Tries a job again from the start, because a person says so. Tells whether there is such a job and nobody is at it.
pub async fn retry(tx: &mut Tx, id: i64, now: Time) -> Result<bool, Failure> {
    let sql = "update jobs set claimed_by = null, claimed_until = null, tries = 0, run_at = $2
                where id = $1 and (claimed_until is null or claimed_until <= $2)";
    let found = tx.execute(sql, (id, now)).await? > 0;
    events::tell(tx, WAITING, 0, now).await?;
    Ok(found)
}

/// When the next job is due, or the next claim runs out, if there is any.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Time>, Failure> {
    let sql =
        "select run_at from jobs where claimed_until is null and tries < $1 order by run_at, id limit 1";
    let due: Option<(Time,)> = tx.first(sql, (MOST_TRIES,)).await?;
    let sql = "select claimed_until from jobs where claimed_until is not null and tries < $1
                order by claimed_until limit 1";
    let free: Option<(Time,)> = tx.first(sql, (MOST_TRIES,)).await?;
    Ok(due.into_iter().chain(free).map(|row| row.0).min())
}

/// Jobs that failed at least once, oldest first, at most 100.
pub async fn failing(tx: &mut Tx) -> Result<Vec<Failing>, Failure> {
    let sql = "select id, kind, tries, coalesce(trouble, 'the worker ended without a word'), run_at from jobs
                where trouble is not null or (tries >= $1 and claimed_until is not null)
                order by id limit 100";
    tx.all(sql, (MOST_TRIES,)).await
}

/// How a job with a name is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// When it was enqueued.
    pub since: Time,
    /// How often it was tried, the present try counted.
    pub tries: i64,
    /// The last error, if a try has failed.
    pub trouble: Option<String>,
    /// When it is due, or was.
    pub run_at: Time,
}
crate::row!(Progress { since, tries, trouble, run_at });

/// The job with this name (see [`Later::name`]), if it waits or is being done.
pub async fn named(tx: &mut Tx, name: &str) -> Result<Option<Progress>, Failure> {
    tx.first("select created_at, tries, trouble, run_at from jobs where name = $1", (name,)).await
}

/// How many wait, are being done or have been given up.
pub async fn waiting(tx: &mut Tx) -> Result<i64, Failure> {
    let (count,): (i64,) = tx.one("select count(*) from jobs", ()).await?;
    Ok(count)
}
