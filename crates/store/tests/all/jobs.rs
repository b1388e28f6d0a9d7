//! Work that can wait: done once, asked for again, given up, never forgotten.

use store::jobs::{self, Job, Later, MOST_TRIES};
use store::testing::on_both;
use store::{Db, Failure, MIGRATIONS, Migrations, Time};

const ROOMS: &[Migrations] = &[MIGRATIONS];
const NOW: Time = Time(1_000_000);

#[derive(serde::Serialize, serde::Deserialize)]
struct Print {
    article: i64,
    edition: i64,
}

impl Later for Print {
    const KIND: &'static str = "print";
    fn name(&self) -> Option<String> {
        Some(format!("print {}", self.article))
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Mail {
    letter: i64,
}

impl Later for Mail {
    const KIND: &'static str = "mail";
}

async fn ask(db: &Db, article: i64, edition: i64, now: Time) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    jobs::later(&mut tx, &Print { article, edition }, now).await?;
    tx.commit().await
}

async fn claim(db: &Db, now: Time) -> Result<Job, Failure> {
    jobs::claim(db, "worker", now).await?.ok_or_else(|| Failure::new("nothing waits"))
}

async fn fail(db: &Db, job: &Job, now: Time) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    jobs::failed(&mut tx, job, "no paper", now).await?;
    tx.commit().await
}

async fn finish(db: &Db, job: &Job) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    jobs::done(&mut tx, job).await?;
    tx.commit().await
}

async fn waiting(db: &Db) -> Result<i64, Failure> {
    jobs::waiting(&mut db.read().await?).await
}

on_both!(r11_each_of_fifty_jobs_is_claimed_by_one_of_twenty_workers, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    for letter in 0..50 {
        jobs::later(&mut tx, &Mail { letter }, NOW).await?;
    }
    tx.commit().await?;
    let workers = (0..20).map(|n| {
        let db = db.clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            while let Some(job) = jobs::claim(&db, &format!("w{n}"), NOW).await? {
                mine.push(job.read::<Mail>()?.letter);
            }
            Ok::<_, Failure>(mine)
        })
    });
    let mut letters = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        letters.extend(worker.await??);
    }
    letters.sort_unstable();
    assert_eq!(letters, (0..50).collect::<Vec<_>>());
    Ok(())
});

on_both!(a_failed_job_is_tried_again_later_and_is_seen, ROOMS, |db| async move {
    ask(&db, 4, 1, NOW).await?;
    let job = claim(&db, NOW).await?;
    fail(&db, &job, NOW).await?;
    assert!(claim(&db, NOW.plus_seconds(9)).await.is_err());
    assert_eq!(jobs::next_due(&mut db.read().await?).await?, Some(NOW.plus_seconds(10)));
    assert_eq!(jobs::failing(&mut db.read().await?).await?[0].trouble, "no paper");
    let again = claim(&db, NOW.plus_seconds(10)).await?;
    assert_eq!(again.tries, 1);
    finish(&db, &again).await?;
    assert_eq!((waiting(&db).await?, jobs::failing(&mut db.read().await?).await?.len()), (0, 0));
    Ok(())
});

on_both!(the_job_of_a_worker_that_died_is_claimed_again_after_a_quarter_of_an_hour, ROOMS, |db| async move {
    ask(&db, 4, 1, NOW).await?;
    let dead = claim(&db, NOW).await?;
    let free = NOW.plus_minutes(15);
    assert!(claim(&db, free.plus(-1)).await.is_err());
    assert_eq!(
        jobs::next_due(&mut db.read().await?).await?,
        Some(free),
        "a worker that sleeps must know when to look"
    );
    let heir = claim(&db, free).await?;
    assert_eq!((heir.id, heir.tries), (dead.id, 1));
    // It was only slow. That it failed does not take the job from whoever is at it now.
    fail(&db, &dead, free).await?;
    assert!(claim(&db, free.plus_minutes(1)).await.is_err());
    finish(&db, &heir).await?;
    assert_eq!(waiting(&db).await?, 0);
    Ok(())
});

on_both!(after_the_last_try_a_job_waits_for_a_person, ROOMS, |db| async move {
    ask(&db, 4, 1, NOW).await?;
    let mut now = NOW;
    for _ in 0..MOST_TRIES {
        let job = claim(&db, now).await?;
        fail(&db, &job, now).await?;
        now = now.plus_minutes(6 * 60);
    }
    let for_ever = now.plus_minutes(60 * 24 * 365);
    assert!(claim(&db, for_ever).await.is_err());
    assert_eq!(jobs::next_due(&mut db.read().await?).await?, None);
    let failing = jobs::failing(&mut db.read().await?).await?;
    assert_eq!((failing.len(), failing[0].tries), (1, MOST_TRIES));
    let mut tx = db.begin().await?;
    assert!(jobs::retry(&mut tx, failing[0].id, for_ever).await?);
    tx.commit().await?;
    let job = claim(&db, for_ever).await?;
    assert_eq!(job.tries, 0);
    let mut tx = db.begin().await?;
    assert!(!jobs::retry(&mut tx, job.id, for_ever).await?, "somebody is at it");
    Ok(())
});

on_both!(a_job_that_ends_its_workers_is_left_alone_in_the_end_and_is_seen, ROOMS, |db| async move {
    ask(&db, 4, 1, NOW).await?;
    let mut now = NOW;
    for _ in 0..MOST_TRIES {
        claim(&db, now).await?;
        now = now.plus_minutes(15);
    }
    assert!(claim(&db, now).await.is_err());
    assert_eq!(jobs::next_due(&mut db.read().await?).await?, None);
    let failing = jobs::failing(&mut db.read().await?).await?;
    assert!(failing[0].trouble.contains("without a word"), "{failing:?}");
    Ok(())
});

on_both!(a_job_asked_for_twice_waits_once_and_does_what_was_asked_last, ROOMS, |db| async move {
    ask(&db, 4, 1, NOW).await?;
    ask(&db, 4, 2, NOW).await?;
    ask(&db, 5, 1, NOW).await?;
    assert_eq!(waiting(&db).await?, 2);
    let job = claim(&db, NOW).await?;
    assert_eq!((job.read::<Print>()?.article, job.read::<Print>()?.edition), (4, 2));
    finish(&db, &job).await?;
    assert_eq!(waiting(&db).await?, 1);
    Ok(())
});

on_both!(a_job_asked_for_while_it_is_being_done_is_done_once_more, ROOMS, |db| async move {
    ask(&db, 4, 1, NOW).await?;
    let job = claim(&db, NOW).await?;
    ask(&db, 4, 2, NOW.plus_seconds(1)).await?;
    assert!(claim(&db, NOW.plus_seconds(1)).await.is_err(), "not while the first is at it");
    finish(&db, &job).await?;
    let again = claim(&db, NOW.plus_seconds(2)).await?;
    assert_eq!((again.read::<Print>()?.edition, again.tries), (2, 0));
    finish(&db, &again).await?;
    assert_eq!(waiting(&db).await?, 0);
    Ok(())
});

on_both!(a_job_given_up_is_tried_when_it_is_asked_for_again, ROOMS, |db| async move {
    ask(&db, 4, 1, NOW).await?;
    let mut now = NOW;
    for _ in 0..MOST_TRIES {
        let job = claim(&db, now).await?;
        fail(&db, &job, now).await?;
        now = now.plus_minutes(6 * 60);
    }
    ask(&db, 4, 2, now).await?;
    assert_eq!(claim(&db, now).await?.read::<Print>()?.edition, 2);
    Ok(())
});

on_both!(a_job_is_enqueued_only_with_its_cause, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    jobs::at(&mut tx, &Mail { letter: 1 }, NOW.plus_minutes(5), NOW).await?;
    drop(tx);
    assert_eq!(waiting(&db).await?, 0);
    let mut tx = db.begin().await?;
    jobs::at(&mut tx, &Mail { letter: 1 }, NOW.plus_minutes(5), NOW).await?;
    tx.commit().await?;
    assert!(claim(&db, NOW.plus_minutes(4)).await.is_err());
    assert_eq!(claim(&db, NOW.plus_minutes(5)).await?.kind, "mail");
    Ok(())
});
