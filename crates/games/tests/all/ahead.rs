//! Puzzles are there before their day begins, on both databases.

use games::ahead::MakeAhead;
use games::{Day, Key};
use jiff::tz::TimeZone;
use store::jobs::{self, Later};
use store::testing::on_both;
use store::{Db, Migrations, Time};

type Failed = Box<dyn std::error::Error>;

const ROOMS: &[Migrations] = &[store::MIGRATIONS, reader::MIGRATIONS, games::MIGRATIONS];
/// A morning in November 2026.
const MORNING: Time = Time(1_795_514_400_000);
const CHANCE: [u8; 32] = [7; 32];

/// The ids of a day's puzzles.
async fn made(db: &Db, day: Day) -> Result<Vec<i64>, Failed> {
    Ok(games::puzzles(&mut db.read().await?, day, day).await?.into_iter().map(|puzzle| puzzle.id.0).collect())
}

on_both!(tomorrows_puzzles_are_made_this_evening_and_so_on, ROOMS, |db| async move {
    let zone = TimeZone::get("Europe/Vienna")?;
    let today = Day::of(MORNING, &zone);
    let mut tx = db.begin().await?;
    jobs::later(&mut tx, &MakeAhead::of(today), MORNING).await?;
    tx.commit().await?;
    let work = async |now: Time| -> Result<bool, Failed> {
        let Some(job) = jobs::claim(&db, "worker", now).await? else { return Ok(false) };
        assert_eq!(job.kind, MakeAhead::KIND);
        job.read::<MakeAhead>()?.run(&db, CHANCE, &zone, now).await?;
        let mut tx = db.begin().await?;
        jobs::done(&mut tx, &job).await?;
        tx.commit().await?;
        Ok(true)
    };
    assert!(work(MORNING).await?);
    let first = made(&db, today).await?;
    assert_eq!(first.len(), Key::all_of(today).count(), "a paper that starts has today's");
    let evening = today.ends(&zone).plus_minutes(-120);
    assert!(!work(evening.plus(-1)).await?, "the desk has the day to change what tomorrow is made from");
    assert!(work(evening).await?);
    assert_eq!(made(&db, today.after(1)).await?.len(), first.len());
    assert!(!work(evening).await?, "once an evening");
    // The paper was away for a week: what nobody asked for is not made up for.
    let later = today.after(7).begins(&zone).plus_minutes(60);
    assert!(work(later).await?);
    assert_eq!(made(&db, today.after(2)).await?, Vec::<i64>::new());
    assert_eq!(made(&db, today.after(7)).await?.len(), first.len());
    // Started again, it makes nothing twice.
    MakeAhead::of(today).run(&db, [8; 32], &zone, MORNING).await?;
    assert_eq!(made(&db, today).await?, first);
    Ok(())
});
