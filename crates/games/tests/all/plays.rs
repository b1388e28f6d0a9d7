//! What readers have played: one result each, however many devices report it how often, on both databases.

use std::collections::BTreeSet;

use games::plays::{self, Ending, State};
use games::{Day, Game, Key, Level, PuzzleId, keep, streaks};
use jiff::tz::TimeZone;
use reader::{Mail, Name, Newcomer, ReaderId, Role};
use store::testing::on_both;
use store::{Db, Migrations, Time};
use story::Language;

type Failed = Box<dyn std::error::Error>;

const ROOMS: &[Migrations] = &[store::MIGRATIONS, reader::MIGRATIONS, games::MIGRATIONS];
const NOON: Time = Time(1_795_172_400_000);

async fn person(db: &Db, name: &str) -> Result<ReaderId, Failed> {
    let refused = |refusal: reader::Refusal| format!("{refusal:?}");
    let newcomer = Newcomer {
        name: Name::of_staff(name).map_err(refused)?,
        mail: Mail::parse(&format!("{}@example.org", name.to_lowercase())).map_err(refused)?,
        password: None,
        language: Language::Austrian,
    };
    let mut tx = db.begin().await?;
    let reader = reader::admit(&mut tx, &newcomer, Role::Reader, NOON).await?.map_err(refused)?;
    tx.commit().await?;
    Ok(reader)
}

async fn puzzle(db: &Db, day: Day) -> Result<PuzzleId, Failed> {
    let mut tx = db.begin().await?;
    let kept = keep(&mut tx, Key::new(Game::Sudoku, Level::Easy, day), "{}", NOON).await?;
    tx.commit().await?;
    Ok(kept.id)
}

fn day() -> Result<Day, Failed> {
    Ok(Day::parse("2026-11-20").ok_or("a day")?)
}

fn state(text: &str, progress: i64, knew: i64) -> State {
    State { text: text.to_owned(), progress, elapsed: progress * 1000, knew }
}

const WON: Ending = Ending { won: true, on_time: true, score: 0 };

on_both!(t5_1_of_40_simultaneous_results_one_counts, ROOMS, |db| async move {
    let anna = person(&db, "Anna").await?;
    for round in 0..50 {
        let one = puzzle(&db, day()?.after(round)).await?;
        let mut reporting = Vec::new();
        for n in 0..40 {
            let db = db.clone();
            reporting.push(tokio::spawn(async move {
                let mut tx = db.begin().await?;
                let play = plays::begin(&mut tx, anna, one, NOON.plus(n)).await?;
                let first = plays::finish(&mut tx, &play, WON, NOON.plus(60_000 + n)).await?;
                tx.commit().await?;
                Ok::<_, store::Failure>(first)
            }));
        }
        let mut first = 0;
        for report in reporting {
            first += i32::from(report.await??);
        }
        let mut tx = db.read().await?;
        assert_eq!((first, plays::begun(&mut tx, one).await?), (1, 1), "round {round}");
        let tallies = plays::tallies(&mut tx, anna).await?;
        let counted: Vec<_> = tallies.iter().map(|tally| (tally.finished, tally.won)).collect();
        assert_eq!(counted, [(i64::from(round) + 1, i64::from(round) + 1)], "round {round}");
    }
    Ok(())
});

on_both!(of_two_devices_that_were_apart_the_fuller_grid_stays, ROOMS, |db| async move {
    let (anna, one) = (person(&db, "Anna").await?, puzzle(&db, day()?).await?);
    let mut tx = db.begin().await?;
    let play = plays::begin(&mut tx, anna, one, NOON).await?;
    let telephone = plays::save(&mut tx, &play, &state("12", 2, 0), NOON).await?;
    assert_eq!((telephone.state.as_str(), telephone.version), ("12", 1));
    // The tablet knew nothing of that and has less: it hears what stands.
    let tablet = plays::save(&mut tx, &play, &state("1", 1, 0), NOON).await?;
    assert_eq!((tablet.state.as_str(), tablet.version), ("12", 1));
    // It has more: that stands.
    let tablet = plays::save(&mut tx, &play, &state("1234", 4, 0), NOON).await?;
    assert_eq!((tablet.state.as_str(), tablet.version, tablet.elapsed), ("1234", 2, 4000));
    // The telephone knows it, and takes some back: it may.
    let telephone = plays::save(&mut tx, &play, &state("123", 3, 2), NOON).await?;
    assert_eq!((telephone.state.as_str(), telephone.version, telephone.elapsed), ("123", 3, 4000));
    // What is finished stays as it is.
    assert!(plays::finish(&mut tx, &play, WON, NOON).await?);
    let late = plays::save(&mut tx, &play, &state("12345", 5, 3), NOON).await?;
    assert!(late.finished && late.state == "123");
    // No state is longer than it may be.
    let other = puzzle_in(&mut tx, day()?.after(1)).await?;
    let play = plays::begin(&mut tx, anna, other, NOON).await?;
    let long = state(&"x".repeat(plays::LONGEST_STATE + 1), 9, 0);
    assert!(plays::save(&mut tx, &play, &long, NOON).await.is_err());
    let full = state(&"𝔄".repeat(35 * 35), 35 * 35, 0);
    assert_eq!(plays::save(&mut tx, &play, &full, NOON).await?.state, full.text);
    tx.commit().await?;
    Ok(())
});

async fn puzzle_in(tx: &mut store::Tx, day: Day) -> Result<PuzzleId, store::Failure> {
    Ok(keep(tx, Key::new(Game::Sudoku, Level::Easy, day), "{}", NOON).await?.id)
}

on_both!(a_series_is_the_same_in_whatever_order_two_devices_report, ROOMS, |db| async move {
    let zone = TimeZone::get("Europe/Vienna")?;
    // Over the night in which the clocks go back.
    let first = Day::parse("2026-10-22").ok_or("a day")?;
    let mut reports: Vec<(Day, Time, Time)> = Vec::new();
    for n in 0..6 {
        let day = first.after(n);
        let finished = day.ends(&zone).plus_minutes(-5);
        // One device is on the air, the other comes out of the mountains two days later.
        reports.push((day, finished, finished.plus_minutes(1)));
        reports.push((day, finished, finished.plus_minutes(2 * 24 * 60)));
    }
    for order in 0..3 {
        let anna = person(&db, &format!("Anna{order}")).await?;
        match order {
            0 => {}
            1 => reports.reverse(),
            _ => reports.rotate_left(5),
        }
        for (day, finished, received) in &reports {
            let mut tx = db.begin().await?;
            let puzzle = puzzle_in(&mut tx, *day).await?;
            let play = plays::begin(&mut tx, anna, puzzle, *finished).await?;
            // The late device is believed for some, and one report comes without a moment: then what is received counts.
            let on_time = streaks::counts(*day, Some(*finished), *received, &zone);
            plays::finish(&mut tx, &play, Ending { on_time, ..WON }, *received).await?;
            let without = streaks::counts(*day, None, *received, &zone);
            plays::finish(&mut tx, &play, Ending { on_time: without, ..WON }, *received).await?;
            tx.commit().await?;
        }
        let days = plays::days_won(&mut db.read().await?, anna, Game::Sudoku).await?;
        assert_eq!(days, (0..6).map(|n| first.after(n)).collect::<BTreeSet<_>>(), "order {order}");
        assert_eq!(streaks::series(&days, first.after(6)).current, 6);
        let tallies = plays::tallies(&mut db.read().await?, anna).await?;
        assert_eq!(tallies.iter().map(|tally| tally.finished).sum::<i64>(), 6, "nothing doubled");
    }
    Ok(())
});

on_both!(a_late_report_that_it_was_on_time_adds_the_day, ROOMS, |db| async move {
    let (anna, one) = (person(&db, "Anna").await?, puzzle(&db, day()?).await?);
    let mut tx = db.begin().await?;
    let play = plays::begin(&mut tx, anna, one, NOON).await?;
    plays::finish(&mut tx, &play, Ending { on_time: false, ..WON }, NOON).await?;
    assert!(plays::days_won(&mut tx, anna, Game::Sudoku).await?.is_empty());
    plays::finish(&mut tx, &play, WON, NOON.plus(9)).await?;
    assert_eq!(plays::days_won(&mut tx, anna, Game::Sudoku).await?.len(), 1);
    plays::finish(&mut tx, &play, Ending { on_time: false, ..WON }, NOON.plus(10)).await?;
    assert_eq!(plays::days_won(&mut tx, anna, Game::Sudoku).await?.len(), 1, "no report takes it away");
    tx.commit().await?;
    Ok(())
});

on_both!(t5_4_the_list_names_who_wants_it_and_only_what_people_can_do, ROOMS, |db| async move {
    let one = puzzle(&db, day()?).await?;
    let possible = 40_000..3_600_000;
    let mut tx = db.begin().await?;
    // Who, how fast, hints, listed.
    let said = [
        ("Anna", 90_000, 0, true),
        ("Bert", 80_000, 0, false),
        ("Carla", 3_000, 0, true),
        ("Dora", 70_000, 1, true),
        ("Emil", 60_000, 0, true),
    ];
    for (name, took, hints, listed) in said {
        tx.commit().await?;
        let reader = person(&db, name).await?;
        tx = db.begin().await?;
        plays::list(&mut tx, reader, !listed, NOON).await?;
        plays::list(&mut tx, reader, listed, NOON).await?;
        assert_eq!(plays::is_listed(&mut tx, reader).await?, listed);
        let play = plays::begin(&mut tx, reader, one, NOON).await?;
        for _ in 0..hints {
            plays::took_hint(&mut tx, &play).await?;
        }
        plays::finish(&mut tx, &play, WON, NOON.plus(took)).await?;
    }
    let fast = plays::fastest(&mut tx, one, possible, 10).await?;
    let lines: Vec<_> = fast.iter().map(|line| (line.name.as_str(), line.took)).collect();
    assert_eq!(lines, [("Emil", 60_000), ("Anna", 90_000)]);
    tx.commit().await?;
    Ok(())
});
