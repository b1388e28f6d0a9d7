//! How many durable transactions a second, how many share a flush, and what one costs.
//!
//! `cargo run --release -p store --example commits [SECONDS]` writes to a temporary SQLite beside the built programs, so
//! many seconds for each number of tasks. One transaction is what a comment is: a look at the reader and one at the thread,
//! a row, two counts, an event.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use store::{Address, Db, Failure, MIGRATIONS, Migrations, Time, events};

const COMMENTS: Migrations = Migrations {
    room: "comments",
    steps: &["create table threads (id {id}, comments {int} not null) {strict};
              create table readers (id {id}, name text not null unique, comments {int} not null) {strict};
              create table comments (id {id}, thread {int} not null references threads (id),
                reader {int} not null references readers (id), body text not null, at {int} not null) {strict};
              create index comments_of_thread on comments (thread, at, id);
              create index comments_of_reader on comments (reader, at, id);"],
};
const ROOMS: &[Migrations] = &[MIGRATIONS, COMMENTS];
const THREADS: i64 = 200;
const READERS: i64 = 2000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seconds = std::env::args().nth(1).map_or(Ok(3), |text| text.parse())?;
    let folder = tempfile::Builder::new().prefix("commits").tempdir_in("target")?;
    let address = Address::File(folder.path().join("paper.db"));
    let db = Db::open(&address, ROOMS, Time(0)).await?;
    measure(&db, Duration::from_secs(seconds)).await
}

async fn measure(db: &Db, time: Duration) -> Result<(), Box<dyn std::error::Error>> {
    let mut tx = db.begin().await?;
    for _ in 0..THREADS {
        tx.execute("insert into threads (comments) values (0)", ()).await?;
    }
    for n in 0..READERS {
        tx.execute("insert into readers (name, comments) values ($1, 0)", (format!("r{n}"),)).await?;
    }
    tx.commit().await?;
    println!("tasks  commits/s  per flush  CPU ms  p50 ms  p99 ms  longest ms");
    for tasks in [1, 16, 64, 256] {
        let (commits, flushes) = db.commits_and_flushes();
        let (cpu, started) = (cpu_time()?, Instant::now());
        let mut took = write(db, tasks, time).await?;
        let seconds = started.elapsed().as_secs_f64();
        let cpu = (cpu_time()? - cpu).as_secs_f64() * 1000.0 / took.len() as f64;
        let (commits_now, flushes_now) = db.commits_and_flushes();
        let shared = (commits_now - commits) as f64 / (flushes_now - flushes).max(1) as f64;
        took.sort_unstable();
        let at = |share: f64| took[(took.len() as f64 * share) as usize % took.len()].as_secs_f64() * 1000.0;
        let longest = took.last().map_or(0.0, Duration::as_secs_f64) * 1000.0;
        println!(
            "{tasks:>5} {:>10.0} {shared:>10.1} {cpu:>7.3} {:>7.2} {:>7.2} {longest:>11.2}",
            took.len() as f64 / seconds,
            at(0.5),
            at(0.99),
        );
    }
    Ok(())
}

/// Writes with so many tasks; gives how long each transaction took, answer included.
async fn write(db: &Db, tasks: i64, time: Duration) -> Result<Vec<Duration>, Box<dyn std::error::Error>> {
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..tasks)
        .map(|task| {
            let (db, stop) = (db.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut took = Vec::new();
                let mut n = task;
                while !stop.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    comment(&db, n).await?;
                    took.push(begun.elapsed());
                    n += tasks;
                }
                Ok::<_, Failure>(took)
            })
        })
        .collect();
    tokio::time::sleep(time).await;
    stop.store(true, Ordering::Relaxed);
    let mut took = Vec::new();
    for writer in writers {
        took.extend(writer.await??);
    }
    Ok(took)
}

async fn comment(db: &Db, n: i64) -> Result<(), Failure> {
    let (thread, name) = (1 + n % THREADS, format!("r{}", n * 7 % READERS));
    let mut tx = db.begin().await?;
    let (reader, _): (i64, i64) = tx.one("select id, comments from readers where name = $1", (name,)).await?;
    let (_, _): (i64, i64) = tx.one("select id, comments from threads where id = $1", (thread,)).await?;
    let body = "Das Wasser stand am Morgen noch immer bis an die Brücke, sagt die Feuerwehr. ".repeat(3);
    tx.insert(
        "insert into comments (thread, reader, body, at) values ($1, $2, $3, $4) returning id",
        (thread, reader, body, Time(n)),
    )
    .await?;
    tx.execute("update threads set comments = comments + 1 where id = $1", (thread,)).await?;
    tx.execute("update readers set comments = comments + 1 where id = $1", (reader,)).await?;
    events::tell(&mut tx, "thread", thread, Time(n)).await?;
    tx.commit().await
}

/// The CPU time of this process so far; the kernel counts in hundredths of a second.
fn cpu_time() -> Result<Duration, Box<dyn std::error::Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(") ").ok_or("no process facts")?.1;
    let ticks: u64 = fields.split(' ').skip(11).take(2).map(|ticks| ticks.parse().unwrap_or(0)).sum();
    Ok(Duration::from_millis(ticks * 10))
}
