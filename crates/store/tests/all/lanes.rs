//! Workers that take some kinds of jobs only, on both databases.

use store::testing::on_both;
use store::{MIGRATIONS, Time, jobs};

#[derive(serde::Serialize, serde::Deserialize)]
struct Long;
impl jobs::Later for Long {
    const KIND: &'static str = "long";
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Short;
impl jobs::Later for Short {
    const KIND: &'static str = "short";
}

on_both!(a_letter_does_not_wait_for_long_work, &[MIGRATIONS], |db| async move {
    let now = Time(1_000);
    let mut tx = db.begin().await?;
    for _ in 0..3 {
        jobs::later(&mut tx, &Long, now).await?;
    }
    jobs::later(&mut tx, &Short, now).await?;
    tx.commit().await?;
    let kind = |job: Option<jobs::Job>| job.map(|job| job.kind);
    assert_eq!(
        kind(jobs::claim_of(&db, "a", jobs::Kinds::Except(&["long", "dull"]), now).await?).as_deref(),
        Some("short")
    );
    assert_eq!(kind(jobs::claim_of(&db, "a", jobs::Kinds::Except(&["long", "dull"]), now).await?), None);
    assert_eq!(
        kind(jobs::claim_of(&db, "b", jobs::Kinds::Only("long"), now).await?).as_deref(),
        Some("long")
    );
    assert_eq!(kind(jobs::claim(&db, "c", now).await?).as_deref(), Some("long"));
    Ok(())
});

on_both!(a_job_given_back_is_free_at_once_and_was_not_tried, &[MIGRATIONS], |db| async move {
    let now = Time(1_000);
    let mut tx = db.begin().await?;
    jobs::later(&mut tx, &Long, now).await?;
    tx.commit().await?;
    let job = jobs::claim(&db, "a", now).await?.ok_or("no job")?;
    assert!(jobs::claim(&db, "b", now).await?.is_none());
    let mut tx = db.begin().await?;
    jobs::give_back(&mut tx, &job).await?;
    tx.commit().await?;
    let again = jobs::claim(&db, "b", now).await?.ok_or("not given back")?;
    assert_eq!((again.id, again.tries), (job.id, 0));
    Ok(())
});
