//! Many who write at once: nobody waits for ever, nobody is told what is not true.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use store::testing::{self, Fresh, on_both};
use store::{Clock, Db, Failure, FromRow, Kind, MIGRATIONS, Migrations, Row, Time};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const NOTES: Migrations = Migrations {
    room: "notes",
    steps: &["create table notes (id {id}, text text not null unique) {strict};
              create table replies (id {id}, note {int} not null references notes (id)) {strict};"],
};
/// What no room may do: it makes `commit` itself fail.
const PROMISES: Migrations = Migrations {
    room: "promises",
    steps: &[
        "create table promises (id {id}, note {int} not null references notes (id) deferrable initially deferred) {strict};",
    ],
};
const ROOMS: &[Migrations] = &[MIGRATIONS, NOTES, PROMISES];

async fn note(db: &Db, text: &str) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    tx.execute("insert into notes (text) values ($1)", (text,)).await?;
    tx.commit().await
}

async fn count(db: &Db) -> Result<i64, Failure> {
    let (count,): (i64,) = db.read().await?.one("select count(*) from notes", ()).await?;
    Ok(count)
}

async fn fresh() -> Result<Fresh, Failure> {
    testing::sqlite(ROOMS).await
}

/// Lets every task that is ready come as far as it can.
async fn let_others_run() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn those_who_wait_together_share_a_flush() -> Outcome {
    let fresh = fresh().await?;
    let db = &fresh.db;
    let (_, before) = db.commits_and_flushes();
    let first = db.begin().await?;
    let tasks: Vec<_> = (0..200)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move { note(&db, &format!("n{n}")).await })
        })
        .collect();
    let_others_run().await;
    first.commit().await?;
    for task in tasks {
        task.await??;
    }
    let (_, after) = db.commits_and_flushes();
    assert_eq!(count(db).await?, 200);
    assert!(after - before <= 4, "201 commits in groups of 64 took {} flushes", after - before);
    Ok(())
}

#[tokio::test]
async fn a_writer_that_went_away_while_waiting_keeps_nobody_waiting() -> Outcome {
    let fresh = fresh().await?;
    let db = &fresh.db;
    let first = db.begin().await?;
    let tasks: Vec<_> = (0..100)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move { note(&db, &format!("n{n}")).await })
        })
        .collect();
    let_others_run().await;
    for task in tasks.iter().step_by(2) {
        task.abort();
    }
    first.commit().await?;
    let mut written = 0;
    for task in tasks {
        written += i64::from(matches!(task.await, Ok(Ok(()))));
    }
    assert_eq!((written, count(db).await?), (50, 50));
    note(db, "afterwards").await?;
    Ok(())
}

#[tokio::test]
async fn r6_the_queue_of_writers_has_an_end() -> Outcome {
    let fresh = fresh().await?;
    let first = fresh.db.begin().await?;
    let waiting: Vec<_> = (0..4096)
        .map(|_| {
            let db = fresh.db.clone();
            tokio::spawn(async move { db.begin().await.map(drop) })
        })
        .collect();
    let_others_run().await;
    let db = fresh.db.clone();
    let refused = tokio::spawn(async move { db.begin().await.map(drop) }).await?;
    assert_eq!(refused.err().map(|failure| failure.kind), Some(Kind::Busy));
    // Who went away makes room.
    waiting[7].abort();
    let_others_run().await;
    let db = fresh.db.clone();
    let one_more = tokio::spawn(async move { db.begin().await.map(drop) });
    let_others_run().await;
    drop(first);
    one_more.await??;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn r6_nobody_waits_for_a_turn_longer_than_ten_seconds() -> Outcome {
    let fresh = fresh().await?;
    let first = fresh.db.begin().await?;
    let db = fresh.db.clone();
    let refused = tokio::spawn(async move { db.begin().await.map(drop) }).await?;
    assert_eq!(refused.err().map(|failure| failure.kind), Some(Kind::Busy));
    drop(first);

    let mut readings = Vec::new();
    while let Ok(reading) = tokio::time::timeout(Duration::from_secs(1), fresh.db.read()).await {
        readings.push(reading?);
    }
    let refused = fresh.db.read().await.map(drop);
    assert_eq!(refused.err().map(|failure| failure.kind), Some(Kind::Busy));
    readings.pop();
    fresh.db.read().await?;
    Ok(())
}

#[tokio::test]
async fn a_second_write_in_the_task_that_holds_one_is_refused_at_once() -> Outcome {
    let fresh = fresh().await?;
    let check = |db: Db| async move {
        let held = db.begin().await?;
        let refusal = db.begin().await.map(drop).err().map(|failure| failure.to_string());
        assert!(refusal.is_some_and(|words| words.contains("wait for itself")));
        // Reading beside it is another connection.
        db.read().await?;
        drop(held);
        note(&db, &format!("{:?}", tokio::task::try_id())).await
    };
    check(fresh.db.clone()).await?;
    tokio::spawn(check(fresh.db.clone())).await??;
    Ok(())
}

/// A row whose reader has a bug.
struct Trap;
impl FromRow for Trap {
    fn from_row(_: &mut Row) -> Result<Trap, Failure> {
        panic!("a room that breaks in the middle of a statement, on purpose")
    }
}

on_both!(t9_4_a_panic_in_the_middle_of_a_statement_ends_one_transaction_only, ROOMS, |db| async move {
    note(&db, "before").await?;
    let breaking = {
        let db = db.clone();
        tokio::spawn(async move {
            let mut tx = db.begin().await?;
            tx.execute("insert into notes (text) values ('never')", ()).await?;
            tx.all::<Trap>("select id from notes", ()).await.map(drop)
        })
    };
    assert!(breaking.await.is_err());
    note(&db, "after").await?;
    assert_eq!(count(&db).await?, 2);
    Ok(())
});

on_both!(after_a_failed_statement_nothing_more_is_done, ROOMS, |db| async move {
    note(&db, "once").await?;
    let mut tx = db.begin().await?;
    assert!(tx.execute("insert into notes (text) values ('once')", ()).await.is_err());
    assert!(tx.execute("insert into notes (text) values ('twice')", ()).await.is_err());
    assert!(tx.commit().await.is_err());
    assert_eq!(count(&db).await?, 1);
    Ok(())
});

/// Begins a second member of the group that `first` opened.
async fn beside(db: &Db, first: store::Tx) -> Result<(Waiting, store::Tx), Box<dyn std::error::Error>> {
    let second = {
        let db = db.clone();
        tokio::spawn(async move { db.begin().await })
    };
    let_others_run().await;
    let first = tokio::spawn(first.commit());
    let second = second.await??;
    Ok((first, second))
}
type Waiting = tokio::task::JoinHandle<Result<(), Failure>>;

#[tokio::test]
async fn r1_a_statement_that_ends_the_whole_transaction_fails_everybody_in_it() -> Outcome {
    let fresh = fresh().await?;
    let db = &fresh.db;
    note(db, "there").await?;
    for ending in ["insert or rollback into notes (text) values ('there')", "rollback", "commit"] {
        let mut first = db.begin().await?;
        first.execute("insert into notes (text) values ('first')", ()).await?;
        let (first, mut second) = beside(db, first).await?;
        second.execute("insert into notes (text) values ('second')", ()).await?;
        assert!(second.execute(ending, ()).await.is_err(), "{ending}");
        assert!(second.commit().await.is_err(), "{ending}");
        assert!(first.await?.is_err(), "{ending}");
        let mut tx = db.begin().await?;
        tx.execute("delete from notes where text <> 'there'", ()).await?;
        tx.commit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn r3_a_commit_that_fails_fails_everybody_and_the_next_one_works() -> Outcome {
    let fresh = fresh().await?;
    let db = &fresh.db;
    let mut first = db.begin().await?;
    first.execute("insert into notes (text) values ('first')", ()).await?;
    let (first, mut second) = beside(db, first).await?;
    second.execute("insert into promises (note) values (99)", ()).await?;
    assert!(second.commit().await.is_err());
    assert!(first.await?.is_err());
    assert_eq!(count(db).await?, 0);
    note(db, "the next one").await?;
    assert_eq!(count(db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn r2_a_no_that_waits_is_true_only_if_what_it_saw_is_flushed() -> Outcome {
    let fresh = fresh().await?;
    let db = &fresh.db;
    let mut first = db.begin().await?;
    first.execute("insert into notes (text) values ('taken')", ()).await?;
    let (first, mut second) = beside(db, first).await?;
    let seen: Option<(i64,)> = second.first("select id from notes where text = 'taken'", ()).await?;
    assert!(seen.is_some(), "members of a group see each other");
    let third = {
        let db = db.clone();
        tokio::spawn(async move { db.begin().await })
    };
    let_others_run().await;
    let second = tokio::spawn(second.undo());
    let mut third = third.await??;
    assert!(third.execute("rollback", ()).await.is_err());
    drop(third);
    assert!(first.await?.is_err());
    assert!(second.await?.is_err(), "what it saw was never flushed");
    assert_eq!(count(db).await?, 0);

    let mut tx = db.begin().await?;
    tx.execute("insert into notes (text) values ('undone')", ()).await?;
    tx.undo().await?;
    assert_eq!(count(db).await?, 0);
    Ok(())
}

/// Writes the log into a string.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);
impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().map_err(|_| io::Error::other("poisoned"))?.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn who_keeps_everybody_waiting_is_named_in_the_log() -> Outcome {
    let log = Log::default();
    let written = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || log.clone()).finish();
    let _quiet = tracing::subscriber::set_default(subscriber);
    let (clock, hand) = Clock::standing(Time(0));
    let fresh = fresh().await?;
    let db = fresh.db.clone().watched(&clock);
    for pause in [50, 51] {
        let mut tx = db.begin().await?;
        tx.execute("insert into notes (text)\n values ($1)", (format!("what {pause} wrote"),)).await?;
        hand.fetch_add(pause, std::sync::atomic::Ordering::SeqCst);
        tx.commit().await?;
    }
    let text = String::from_utf8(written.0.lock().map_err(|_| "poisoned")?.clone())?;
    assert_eq!(text.matches("kept everybody waiting").count(), 1, "{text}");
    assert!(text.contains("51 ms") && text.contains("insert into notes (text) values ($1)"), "{text}");
    assert!(!text.contains("what 51 wrote"), "what a reader wrote is not for the log: {text}");
    Ok(())
}
