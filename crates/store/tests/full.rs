//! R4: the disk is full. Reading goes on, writing says so, and both work again when there is room.

use std::path::Path;
use std::process::Command;

use store::testing;
use store::{Address, Db, Failure, Kind, MIGRATIONS, Migrations, Time};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const NOTES: Migrations =
    Migrations { room: "notes", steps: &["create table notes (id {id}, text text not null) {strict};"] };
const ROOMS: &[Migrations] = &[MIGRATIONS, NOTES];

async fn note(db: &Db) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    tx.execute("insert into notes (text) values ($1)", ("note ".repeat(1000),)).await?;
    tx.commit().await
}

async fn count(db: &Db) -> Result<i64, Failure> {
    let (count,): (i64,) = db.read().await?.one("select count(*) from notes", ()).await?;
    Ok(count)
}

/// Writes until it fails; tells how many were answered with success, and how it failed.
async fn write_until_full(db: &Db) -> (i64, Failure) {
    let mut written = 0;
    loop {
        match note(db).await {
            Ok(()) => written += 1,
            Err(failure) => return (written, failure),
        }
    }
}

async fn limit(db: &Db, pages: i64) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    tx.first::<(i64,)>(&format!("pragma max_page_count = {pages}"), ()).await?;
    tx.commit().await
}

#[tokio::test]
async fn r4_a_paper_that_may_not_grow_reads_on_and_resumes() -> Outcome {
    let fresh = testing::sqlite(ROOMS).await?;
    let db = &fresh.db;
    limit(db, 60).await?;
    let (written, failure) = write_until_full(db).await;
    assert_eq!(failure.kind, Kind::Full, "{failure}");
    assert!(written > 10);
    assert_eq!(count(db).await?, written);
    assert_eq!(note(db).await.err().map(|failure| failure.kind), Some(Kind::Full));
    // Who needs no room is not held up.
    let mut tx = db.begin().await?;
    tx.execute("delete from notes where id = 1", ()).await?;
    tx.commit().await?;
    limit(db, 10_000).await?;
    note(db).await?;
    assert_eq!(count(db).await?, written);
    Ok(())
}

#[test]
fn r4_a_disk_that_is_full_reads_on_and_resumes() -> Outcome {
    let folder = tempfile::tempdir()?;
    let mount = "mount -t tmpfs -o size=2m none \"$0\" && exec \"$@\"";
    let alone = ["--user", "--map-root-user", "--mount", "sh", "-c"];
    let may = Command::new("unshare").args(alone).args([mount]).arg(folder.path()).arg("true").output();
    if !may.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: no small disk of our own can be mounted here");
        return Ok(());
    }
    let child = Command::new("unshare")
        .args(alone)
        .arg(mount)
        .arg(folder.path())
        .arg(std::env::current_exe()?)
        .args(["--exact", "on_a_small_disk", "--ignored", "--nocapture"])
        .env("SMALL_DISK", folder.path())
        .output()?;
    let said = String::from_utf8_lossy(&child.stdout);
    let trouble = String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success() && said.contains("resumed"), "{said}\n{trouble}");
    Ok(())
}

#[tokio::test]
#[ignore = "the child of the test above, which gives it a small disk"]
async fn on_a_small_disk() -> Outcome {
    let folder = std::env::var("SMALL_DISK")?;
    let folder = Path::new(&folder);
    std::fs::write(folder.join("reserve"), vec![1; 400_000])?;
    let db = Db::open(&Address::File(folder.join("paper.db")), ROOMS, Time(0)).await?;
    let (written, failure) = write_until_full(&db).await;
    assert_eq!(failure.kind, Kind::Full, "{failure}");
    assert!(written > 10, "{written}");
    for _ in 0..10 {
        assert_eq!(count(&db).await?, written);
        assert_eq!(note(&db).await.err().map(|failure| failure.kind), Some(Kind::Full));
    }
    std::fs::remove_file(folder.join("reserve"))?;
    note(&db).await?;
    assert_eq!(count(&db).await?, written + 1);
    assert_eq!(db.check().await?, Vec::<String>::new());
    drop(db);
    let db = Db::open(&Address::File(folder.join("paper.db")), ROOMS, Time(0)).await?;
    assert_eq!(count(&db).await?, written + 1);
    println!("resumed");
    Ok(())
}
