//! A copy made while others write, and a look whether a paper is sound.

use std::io::{Seek, SeekFrom, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use store::testing;
use store::{Address, Db, Failure, MIGRATIONS, Migrations, Time};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const PURSES: Migrations = Migrations {
    room: "purses",
    steps: &["create table purses (id {id}, coins {int} not null) {strict};
              create table slips (id {id}, purse {int} not null references purses (id), text text not null) {strict};"],
};
const ROOMS: &[Migrations] = &[MIGRATIONS, PURSES];

/// Ten purses with a hundred coins each, and some megabytes of paper.
async fn fill(db: &Db) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    for _ in 0..10 {
        tx.insert("insert into purses (coins) values (100) returning id", ()).await?;
    }
    let sql = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 30000)
               insert into slips (purse, text) select 1 + i % 10, $1 from n";
    tx.execute(sql, ("slip ".repeat(80),)).await?;
    tx.commit().await
}

/// Moves coins from purse to purse and writes a slip for it, in one transaction.
async fn move_coins(db: &Db, from: i64, to: i64) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    tx.execute("update purses set coins = coins - 7 where id = $1", (from,)).await?;
    tx.execute("insert into slips (purse, text) values ($1, 'moved')", (to,)).await?;
    tx.execute("update purses set coins = coins + 7 where id = $1", (to,)).await?;
    tx.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r9_a_copy_is_consistent_while_others_write() -> Outcome {
    let fresh = testing::sqlite(ROOMS).await?;
    let db = &fresh.db;
    fill(db).await?;
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..8_i64)
        .map(|n| {
            let (db, stop) = (db.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut moved = 0_i64;
                while !stop.load(Ordering::Relaxed) {
                    move_coins(&db, 1 + n, 1 + (n + moved) % 10).await?;
                    moved += 1;
                }
                Ok::<_, Failure>(moved)
            })
        })
        .collect();

    let folder = tempfile::tempdir()?;
    let mut slips = Vec::new();
    for n in 0..3 {
        let target = folder.path().join(format!("copy{n}.db"));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let hearing = Arc::clone(&heard);
        db.copy_to(&target, move |done, all| {
            if let Ok(mut heard) = hearing.lock() {
                heard.push((done, all));
            }
        })
        .await?;
        let heard = heard.lock().map_err(|_| "poisoned")?.clone();
        assert!(heard.len() > 2 && heard.is_sorted(), "progress: {heard:?}");
        assert!(heard.last().is_some_and(|(done, all)| done == all && *all > 2000), "{heard:?}");
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 1 + n, "the copy is one file");

        let copy = Db::open(&Address::File(target), ROOMS, Time(0)).await?;
        assert_eq!(copy.check().await?, Vec::<String>::new());
        let (coins, moved): (i64, i64) = copy
            .read()
            .await?
            .one(
                "select (select cast(sum(coins) as bigint) from purses), (select count(*) from slips where text = 'moved')",
                (),
            )
            .await?;
        assert_eq!(coins, 1000);
        slips.push(moved);
    }
    stop.store(true, Ordering::Relaxed);
    let mut moved = 0;
    for writer in writers {
        moved += writer.await??;
    }
    assert!(
        slips.is_sorted() && slips[0] < slips[2] && slips[2] <= moved,
        "writing went on: {slips:?}, {moved}"
    );
    Ok(())
}

#[tokio::test]
async fn r9_a_copy_overwrites_nothing_and_leaves_nothing_half_done() -> Outcome {
    let fresh = testing::sqlite(ROOMS).await?;
    let folder = tempfile::tempdir()?;
    let target = folder.path().join("copy.db");
    std::fs::write(&target, "a letter")?;
    assert!(fresh.db.copy_to(&target, |_, _| ()).await.is_err());
    assert_eq!(std::fs::read(&target)?, b"a letter");
    let nowhere = folder.path().join("no/such/copy.db");
    assert!(fresh.db.copy_to(&nowhere, |_, _| ()).await.is_err());

    // A reader's bug in the middle of it takes nothing down.
    let broken = folder.path().join("broken.db");
    assert!(fresh.db.copy_to(&broken, |_, _| panic!("a bar that breaks, on purpose")).await.is_err());
    assert!(!broken.exists());
    fresh.db.copy_to(&folder.path().join("whole.db"), |_, _| ()).await?;
    Ok(())
}

#[tokio::test]
async fn r5_a_look_finds_damage_and_rows_that_name_none() -> Outcome {
    let fresh = testing::sqlite(ROOMS).await?;
    fill(&fresh.db).await?;
    assert_eq!(fresh.db.check().await?, Vec::<String>::new());

    let folder = tempfile::tempdir()?;
    let path = folder.path().join("copy.db");
    fresh.db.copy_to(&path, |_, _| ()).await?;
    let other = rusqlite::Connection::open(&path)?;
    other.execute_batch(
        "pragma foreign_keys = off; delete from purses where id = 3; pragma foreign_keys = on;",
    )?;
    drop(other);
    let copy = Db::open(&Address::File(path.clone()), ROOMS, Time(0)).await?;
    let troubles = copy.check().await?;
    assert!(!troubles.is_empty() && troubles[0].contains("of slips names a row of purses"), "{troubles:?}");
    assert!(troubles.len() <= 40);
    drop(copy);

    let mut file = std::fs::OpenOptions::new().write(true).open(&path)?;
    file.seek(SeekFrom::Start(4096 * 1000))?;
    file.write_all(&[0xAA; 4096 * 3])?;
    drop(file);
    let copy = Db::open(&Address::File(path), ROOMS, Time(0)).await?;
    let found = copy.check().await;
    assert!(
        !matches!(&found, Ok(troubles) if troubles.iter().all(|line| line.contains("names a row"))),
        "{found:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_server_has_its_own_tools_for_this() -> Outcome {
    let Some(fresh) = testing::postgres(ROOMS).await? else { return Ok(()) };
    let said =
        fresh.db.copy_to("never.db".as_ref(), |_, _| ()).await.err().map(|failure| failure.to_string());
    assert!(said.is_some_and(|said| said.contains("pg_dump")));
    Ok(())
}
