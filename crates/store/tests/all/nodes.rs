//! Several nodes on one database: what one changes, the others hear; what breaks, heals.

use std::time::Duration;

use store::events::{self, Heard, Listener};
use store::testing::{self, Fresh};
use store::{Db, Failure, MIGRATIONS, Migrations, Time};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const NOTES: Migrations =
    Migrations { room: "notes", steps: &["create table notes (id {id}, text text not null) {strict};"] };
const ROOMS: &[Migrations] = &[MIGRATIONS, NOTES];

/// One database of each kind.
async fn databases() -> Result<Vec<Fresh>, Failure> {
    let sqlite = testing::sqlite(ROOMS).await?;
    Ok(testing::postgres(ROOMS).await?.into_iter().chain([sqlite]).collect())
}

async fn another_node(fresh: &Fresh) -> Result<Db, Failure> {
    Db::open(&fresh.address, ROOMS, Time(0)).await
}

async fn tell(db: &Db, subject: i64) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    events::tell(&mut tx, "article", subject, Time(1)).await?;
    tx.commit().await
}

/// What has been told and not yet heard.
async fn heard(listener: &mut Listener) -> Vec<Heard> {
    let mut all = Vec::new();
    while let Ok(Some(heard)) = tokio::time::timeout(Duration::ZERO, listener.next()).await {
        all.push(heard);
    }
    all
}

fn subjects(heard: &[Heard]) -> Vec<i64> {
    heard.iter().map(|heard| if let Heard::Event(event) = heard { event.subject } else { -1 }).collect()
}

#[tokio::test]
async fn r11_nodes_hear_each_other_once() -> Outcome {
    for fresh in databases().await? {
        let (here, there) = (&fresh.db, &another_node(&fresh).await?);
        let (mut here_hears, mut there_hears) = (events::listen(here), events::listen(there));
        let (here_at, there_at) = (events::place(here).await?, events::place(there).await?);
        tell(here, 1).await?;
        tell(there, 2).await?;
        let (here_at, there_at) =
            (events::catch_up(here, here_at).await?, events::catch_up(there, there_at).await?);
        assert_eq!(subjects(&heard(&mut here_hears).await), [1, 2]);
        assert_eq!(subjects(&heard(&mut there_hears).await), [2, 1]);
        tell(here, 3).await?;
        events::catch_up(here, here_at).await?;
        events::catch_up(there, there_at).await?;
        assert_eq!(subjects(&heard(&mut here_hears).await), [3]);
        assert_eq!(subjects(&heard(&mut there_hears).await), [3]);
    }
    Ok(())
}

#[tokio::test]
async fn a_change_committed_long_after_its_id_was_given_out_is_heard() -> Outcome {
    let Some(fresh) = testing::postgres(ROOMS).await? else { return Ok(()) };
    let (here, there) = (&fresh.db, &another_node(&fresh).await?);
    let mut listener = events::listen(there);
    let place = events::place(there).await?;
    let mut late = here.begin().await?;
    events::tell(&mut late, "article", 1, Time(1)).await?;
    let mut tx = here.begin().await?;
    for subject in 2..=1500 {
        events::tell(&mut tx, "article", subject, Time(1)).await?;
    }
    tx.commit().await?;
    let place = events::catch_up(there, place).await?;
    assert_eq!(heard(&mut listener).await.len(), 1499);
    late.commit().await?;
    let place = events::catch_up(there, place).await?;
    assert_eq!(subjects(&heard(&mut listener).await), [1]);
    tell(here, 1501).await?;
    events::catch_up(there, place).await?;
    assert_eq!(subjects(&heard(&mut listener).await), [1501]);
    Ok(())
}

#[tokio::test]
async fn who_falls_behind_is_told_so() -> Outcome {
    for fresh in databases().await? {
        let (here, there) = (&fresh.db, &another_node(&fresh).await?);
        let (mut slow, place) = (events::listen(there), events::place(there).await?);
        let mut tx = here.begin().await?;
        for subject in 0..4200 {
            events::tell(&mut tx, "article", subject, Time(1)).await?;
        }
        tx.commit().await?;
        // More than one page of rows: all of them are told, and only the listener that sleeps loses some.
        let place = events::catch_up(there, place).await?;
        let all = heard(&mut slow).await;
        assert_eq!(all.first(), Some(&Heard::Lost));
        assert_eq!(subjects(&all).last(), Some(&4199));
        tell(here, 4200).await?;
        events::catch_up(there, place).await?;
        assert_eq!(subjects(&heard(&mut slow).await), [4200]);
    }
    Ok(())
}

#[tokio::test]
async fn r8_old_events_are_swept_in_slices_and_ids_are_never_given_out_twice() -> Outcome {
    for fresh in databases().await? {
        let db = &fresh.db;
        let mut tx = db.begin().await?;
        for subject in 0..2500 {
            events::tell(&mut tx, "article", subject, Time(1)).await?;
        }
        tx.commit().await?;
        let later = Time(1).plus_minutes(61);
        let mut swept = Vec::new();
        for _ in 0..3 {
            let mut tx = db.begin().await?;
            swept.push(events::sweep(&mut tx, later).await?);
            tx.commit().await?;
        }
        assert_eq!(swept, [events::SWEPT, 499, 0]);
        tell(db, 1).await?;
        let (last,): (i64,) = db.read().await?.one("select max(id) from events", ()).await?;
        assert_eq!(last, 2501);
    }
    Ok(())
}

/// The process id of the server's side of a connection, and how many of ours there are.
const OURS: &str = "select cast(pid as bigint) from pg_stat_activity
                     where application_name = current_setting('application_name') and pid <> pg_backend_pid()";

async fn end(db: &Db, which: &str) -> Result<i64, Failure> {
    let sql = format!(
        "select count(*) from (select pg_terminate_backend(cast(pid as int)) from ({OURS} {which}) p) t"
    );
    let (count,): (i64,) = db.read().await?.one(&sql, ()).await?;
    Ok(count)
}

#[tokio::test]
async fn r11_a_connection_cut_in_the_middle_fails_its_transaction_and_no_other() -> Outcome {
    let Some(fresh) = testing::postgres(ROOMS).await? else { return Ok(()) };
    let (here, there) = (&fresh.db, &another_node(&fresh).await?);
    let mut tx = here.begin().await?;
    tx.execute("insert into notes (text) values ('cut')", ()).await?;
    let (pid,): (i64,) = tx.one("select cast(pg_backend_pid() as bigint)", ()).await?;
    assert_eq!(end(there, &format!("and pid = {pid}")).await?, 1);
    assert!(tx.execute("insert into notes (text) values ('lost')", ()).await.is_err());
    assert!(tx.commit().await.is_err());

    let mut tx = here.begin().await?;
    tx.execute("insert into notes (text) values ('cut at the commit')", ()).await?;
    let (pid,): (i64,) = tx.one("select cast(pg_backend_pid() as bigint)", ()).await?;
    end(there, &format!("and pid = {pid}")).await?;
    assert!(tx.commit().await.is_err());

    // All that lie in the pool, as when the server was started anew.
    let readings = futures_util::future::join_all((0..12).map(|_| here.read())).await;
    assert!(readings.iter().all(Result::is_ok));
    drop(readings);
    assert!(end(there, "").await? >= 12);
    for n in 0..20 {
        let mut tx = here.begin().await?;
        tx.execute("insert into notes (text) values ($1)", (format!("after {n}"),)).await?;
        tx.commit().await?;
    }
    let (count,): (i64,) = here.read().await?.one("select count(*) from notes", ()).await?;
    assert_eq!(count, 20);
    Ok(())
}

async fn listeners(db: &Db) -> Result<Vec<(i64,)>, Failure> {
    db.read().await?.all(&format!("{OURS} and query = 'listen blatt'"), ()).await
}

#[tokio::test]
async fn the_connection_that_hears_of_changes_is_made_anew() -> Outcome {
    let Some(fresh) = testing::postgres(ROOMS).await? else { return Ok(()) };
    let (here, there) = (&fresh.db, &another_node(&fresh).await?);
    let mut before = listeners(here).await?;
    while before.len() < 2 {
        there.wait_for_others().await;
        before = listeners(here).await?;
    }
    assert_eq!(end(here, "and query = 'listen blatt'").await?, 2);
    let mut after = listeners(here).await?;
    while after.len() < 2 || after.iter().any(|pid| before.contains(pid)) {
        there.wait_for_others().await;
        after = listeners(here).await?;
    }
    // Woken by the notice, well before the second after which it would look by itself.
    let mut quick = false;
    for subject in 0..5 {
        let waiting = {
            let there = there.clone();
            tokio::spawn(async move { there.wait_for_others().await })
        };
        tell(here, subject).await?;
        quick |= tokio::time::timeout(Duration::from_millis(700), waiting).await.is_ok();
    }
    assert!(quick, "no notice arrived");
    Ok(())
}

/// A browser that closes its connection drops the future at any moment.
#[tokio::test]
async fn a_future_dropped_at_any_moment_leaves_no_open_transaction_in_the_pool() -> Outcome {
    let Some(fresh) = testing::postgres(ROOMS).await? else { return Ok(()) };
    let db = &fresh.db;
    for moment in 0..400_u32 {
        let writing = async {
            let mut tx = db.begin().await?;
            tx.execute("insert into notes (text) values ($1)", (format!("n{moment}"),)).await?;
            events::tell(&mut tx, "article", 1, Time(1)).await?;
            tx.commit().await
        };
        let _ = futures_util::future::select(Box::pin(writing), Box::pin(polls(moment % 40))).await;
    }
    let written = "select count(*), count(distinct text) from notes";
    let (rows, texts): (i64, i64) = db.read().await?.one(written, ()).await?;
    assert_eq!(rows, texts);
    assert!(
        rows > 0 && rows < 400,
        "{rows} of 400 were written: some moments must lie before the commit and some after"
    );
    let open = format!("{OURS} and state like 'idle in transaction%'");
    let mut left: Vec<(i64,)> = db.read().await?.all(&open, ()).await?;
    for _ in 0..5 {
        if !left.is_empty() {
            db.wait_for_others().await;
            left = db.read().await?.all(&open, ()).await?;
        }
    }
    assert!(left.is_empty(), "{} connections lie in an open transaction", left.len());
    Ok(())
}

/// Is ready after it has been asked so many times.
async fn polls(count: u32) {
    for _ in 0..count {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn r3_a_statement_given_up_half_way_is_never_committed() -> Outcome {
    let Some(fresh) = testing::postgres(ROOMS).await? else { return Ok(()) };
    let db = &fresh.db;
    let mut given_up = 0;
    for moment in 0..20 {
        let mut tx = db.begin().await?;
        tx.execute("insert into notes (text) values ('first')", ()).await?;
        let failing = Box::pin(tx.execute("insert into notes (text) values (null)", ()));
        let answered = futures_util::future::select(failing, Box::pin(polls(moment))).await;
        given_up += i32::from(matches!(answered, futures_util::future::Either::Right(_)));
        drop(answered);
        assert!(tx.commit().await.is_err(), "the server answers such a commit with a silent rollback");
    }
    assert!(given_up > 0, "the server was quicker than every look");
    let (count,): (i64,) = db.read().await?.one("select count(*) from notes", ()).await?;
    assert_eq!(count, 0);
    Ok(())
}
