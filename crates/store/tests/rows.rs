//! What every room relies on, on both databases.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use store::testing::on_both;
use store::{Db, Failure, MIGRATIONS, Migrations, Time, events, jobs};

const NOTES: Migrations = Migrations {
    room: "notes",
    steps: &[
        "create table notes (id {id}, text text not null unique, at {int} not null, rating {real}, raw {bytes}) {strict};",
    ],
};
const ROOMS: &[Migrations] = &[MIGRATIONS, NOTES];

async fn note(db: &Db, text: &str) -> Result<i64, Failure> {
    let mut tx = db.begin().await?;
    let id = tx.insert("insert into notes (text, at) values ($1, $2) returning id", (text, Time(7))).await?;
    tx.commit().await?;
    Ok(id)
}

async fn count(db: &Db) -> Result<i64, Failure> {
    let (count,): (i64,) = db.read().await?.one("select count(*) from notes", ()).await?;
    Ok(count)
}

on_both!(a_row_comes_back_as_it_went, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    let sql = "insert into notes (text, at, rating, raw) values ($2, $1, $3, $4) returning id";
    let id = tx.insert(sql, (Time(-5), "Grüße", 0.5, vec![0_u8, 255])).await?;
    tx.commit().await?;
    let row: (String, Time, f64, Vec<u8>) =
        db.read().await?.one("select text, at, rating, raw from notes where id = $1", (id,)).await?;
    assert_eq!(row, ("Grüße".to_owned(), Time(-5), 0.5, vec![0, 255]));
    Ok(())
});

on_both!(what_is_not_committed_leaves_no_trace, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    tx.insert("insert into notes (text, at) values ('gone', 1) returning id", ()).await?;
    drop(tx);
    assert_eq!(count(&db).await?, 0);
    Ok(())
});

on_both!(a_failed_statement_never_commits, ROOMS, |db| async move {
    note(&db, "once").await?;
    let mut tx = db.begin().await?;
    let twice = tx.insert("insert into notes (text, at) values ('once', 1) returning id", ()).await;
    assert!(twice.is_err());
    drop(tx);
    assert_eq!(count(&db).await?, 1);
    note(&db, "twice").await?;
    Ok(())
});

on_both!(r1_six_hundred_writers_leave_what_was_acknowledged, ROOMS, |db| async move {
    let acknowledged = Arc::new(AtomicU64::new(0));
    let mut tasks = Vec::new();
    for n in 0..600 {
        let (db, acknowledged) = (db.clone(), Arc::clone(&acknowledged));
        tasks.push(tokio::spawn(async move {
            let mut tx = db.begin().await?;
            tx.insert("insert into notes (text, at) values ($1, 1) returning id", (format!("n{n}"),)).await?;
            match n % 6 {
                0 => return Ok(()),
                1 => panic!("a writer that breaks, on purpose"),
                2 => tokio::task::yield_now().await,
                3 => {
                    tx.insert("insert into notes (text, at) values ($1, 1) returning id", (format!("n{n}"),))
                        .await?;
                }
                _ => {}
            }
            tx.commit().await?;
            acknowledged.fetch_add(1, Ordering::SeqCst);
            Ok::<(), Failure>(())
        }));
    }
    for (n, task) in tasks.iter().enumerate() {
        if n % 50 == 4 {
            task.abort();
        }
    }
    for task in tasks {
        let _ = task.await;
    }
    let rows = u64::try_from(count(&db).await?)?;
    let told = acknowledged.load(Ordering::SeqCst);
    assert!(
        rows >= told && rows <= told + 12,
        "{rows} rows for {told} answers: only an aborted writer may have committed unheard"
    );
    note(&db, "the writer lives on").await?;
    Ok(())
});

on_both!(an_event_is_heard_after_the_commit_and_only_then, ROOMS, |db| async move {
    let mut listener = events::listen(&db);
    let mut tx = db.begin().await?;
    events::tell(&mut tx, "article", 1, Time(1)).await?;
    drop(tx);
    let mut tx = db.begin().await?;
    events::tell(&mut tx, "article", 2, Time(1)).await?;
    tx.commit().await?;
    let Some(events::Heard::Event(event)) = listener.next().await else { panic!("nothing heard") };
    assert_eq!((event.topic.as_str(), event.subject), ("article", 2));
    Ok(())
});

#[derive(serde::Serialize, serde::Deserialize)]
struct Print {
    article: i64,
}

impl jobs::Later for Print {
    const KIND: &'static str = "print";
    fn name(&self) -> Option<String> {
        Some(format!("print {}", self.article))
    }
}

on_both!(a_job_is_claimed_once_and_tried_again_later, ROOMS, |db| async move {
    let now = Time(1_000_000);
    let mut tx = db.begin().await?;
    jobs::later(&mut tx, &Print { article: 4 }, now).await?;
    jobs::later(&mut tx, &Print { article: 4 }, now).await?;
    tx.commit().await?;

    let claims = futures_util::future::join_all((0..8).map(|n| {
        let db = db.clone();
        async move { jobs::claim(&db, &format!("w{n}"), now).await }
    }))
    .await;
    let mut claimed: Vec<jobs::Job> =
        claims.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    assert_eq!(claimed.len(), 1);
    let job = claimed.remove(0);
    assert_eq!(job.read::<Print>()?.article, 4);

    let mut tx = db.begin().await?;
    jobs::failed(&mut tx, &job, "no paper", now).await?;
    tx.commit().await?;
    assert!(jobs::claim(&db, "w", now.plus_seconds(9)).await?.is_none());
    let again = jobs::claim(&db, "w", now.plus_seconds(11)).await?.ok_or("it waits to be tried again")?;
    assert_eq!(jobs::failing(&mut db.read().await?).await?[0].trouble, "no paper");

    let mut tx = db.begin().await?;
    jobs::done(&mut tx, &again).await?;
    tx.commit().await?;
    assert_eq!(jobs::waiting(&mut db.read().await?).await?, 0);
    Ok(())
});
