//! R1: what was answered with success is there, once, also if the process was killed the moment after.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use store::testing;
use store::{Address, Db, Failure, MIGRATIONS, Migrations, Time, events};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const NOTES: Migrations = Migrations {
    room: "notes",
    steps: &["create table notes (id {id}, text text not null) {strict};
              create table replies (id {id}, note {int} not null references notes (id)) {strict};"],
};
const ROOMS: &[Migrations] = &[MIGRATIONS, NOTES];
const ROUNDS: usize = 10;
/// Answers to wait for before the kill; the child never stops by itself.
const ANSWERS: usize = 150;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the child that is killed"]
async fn a_writer_without_end() -> Outcome {
    let (address, round) = (std::env::var("PAPER")?, std::env::var("ROUND")?);
    let db = Db::open(&Address::parse(&address), ROOMS, Time(0)).await?;
    let writers: Vec<_> = (0..16)
        .map(|writer| {
            let (db, round) = (db.clone(), round.clone());
            tokio::spawn(async move {
                for n in 0.. {
                    let text = format!("{round}-{writer}-{n}");
                    let mut tx = db.begin().await?;
                    let sql = "insert into notes (text) values ($1) returning id";
                    let id = tx.insert(sql, (&text,)).await?;
                    tx.execute("insert into replies (note) values ($1)", (id,)).await?;
                    events::tell(&mut tx, "thread", id, Time(0)).await?;
                    tx.commit().await?;
                    println!("answered {text}");
                }
                Ok::<_, Failure>(())
            })
        })
        .collect();
    for writer in writers {
        writer.await??;
    }
    Ok(())
}

/// Lets a child write, kills it, and gives what it had answered.
fn kill_a_writer(address: &str, round: usize) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["--exact", "a_writer_without_end", "--ignored", "--nocapture"])
        .envs([("PAPER", address), ("ROUND", &round.to_string())])
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    let output = child.stdout.take().ok_or("a child without output")?;
    let mut answered = Vec::new();
    for line in BufReader::new(output).lines() {
        if let Some(text) = line?.strip_prefix("answered ") {
            answered.push(text.to_owned());
            if answered.len() == ANSWERS + round {
                // SIGKILL; what it wrote until then is still read to the end.
                child.kill()?;
            }
        }
    }
    child.wait()?;
    Ok(answered)
}

async fn nothing_is_lost(address: &Address, named: &str) -> Outcome {
    let mut answered: HashSet<String> = HashSet::new();
    for round in 0..ROUNDS {
        let heard = kill_a_writer(named, round)?;
        assert!(heard.len() >= ANSWERS, "the child stopped by itself after {}", heard.len());
        answered.extend(heard);

        let db = Db::open(address, ROOMS, Time(0)).await?;
        assert_eq!(db.check().await?, Vec::<String>::new());
        let mut tx = db.read().await?;
        let rows: Vec<(String, i64)> = tx
            .all("select text, (select count(*) from replies where note = notes.id) from notes", ())
            .await?;
        let texts: HashSet<&str> = rows.iter().map(|row| row.0.as_str()).collect();
        assert_eq!(texts.len(), rows.len(), "something is there twice");
        assert!(rows.iter().all(|row| row.1 == 1), "something is there by half");
        let lost: Vec<_> = answered.iter().filter(|text| !texts.contains(text.as_str())).collect();
        assert!(lost.is_empty(), "answered and lost in round {round}: {lost:?}");
        let unheard = rows.len() - answered.len();
        assert!(unheard <= 16 * (round + 1) + 64, "{unheard} rows nobody was told of");
    }
    Ok(())
}

#[tokio::test]
async fn r1_a_killed_process_loses_nothing_it_answered_on_sqlite() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("paper.db");
    nothing_is_lost(&Address::File(path.clone()), &path.display().to_string()).await
}

#[tokio::test]
async fn r1_a_killed_process_loses_nothing_it_answered_on_postgres() -> Outcome {
    match testing::postgres_address().await? {
        Some(Address::Server(url)) => nothing_is_lost(&Address::parse(&url), &url).await,
        _ => Ok(()),
    }
}
