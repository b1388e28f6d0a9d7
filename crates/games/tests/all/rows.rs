//! Puzzles as rows: one for everybody, however many ask at once.

use games::{Day, Game, Key, Level, keep, puzzle, seed};
use store::testing::on_both;
use store::{Migrations, Time};

const ROOMS: &[Migrations] = &[store::MIGRATIONS, reader::MIGRATIONS, games::MIGRATIONS];

on_both!(the_secret_is_written_once, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    let first = seed(&mut tx, [1; 32], Time(5)).await?;
    tx.commit().await?;
    let mut tx = db.begin().await?;
    let second = seed(&mut tx, [2; 32], Time(9)).await?;
    assert!(first.seed == second.seed && second.at == Time(5));
    assert_eq!(format!("{first:?}"), "Founded { seed: Seed(…), at: Time(5) }");
    Ok(())
});

on_both!(of_two_nodes_the_first_one_s_puzzle_stands, ROOMS, |db| async move {
    let day = Day::parse("2026-11-20").ok_or("a day")?;
    let key = Key::new(Game::Sudoku, Level::Easy, day);
    let mut asking = Vec::new();
    for node in 0..16 {
        let db = db.clone();
        asking.push(tokio::spawn(async move {
            let mut tx = db.begin().await?;
            let kept = keep(&mut tx, key, &format!("\"node {node}\""), Time(node)).await?;
            tx.commit().await?;
            Ok::<_, store::Failure>(kept)
        }));
    }
    let stands = {
        let mut kept = Vec::new();
        for node in asking {
            kept.push(node.await??);
        }
        kept.dedup();
        assert_eq!(kept.len(), 1, "{kept:?}");
        kept.remove(0)
    };
    let mut tx = db.read().await?;
    assert_eq!(puzzle(&mut tx, Game::Sudoku, Level::Easy, day).await?, Some(stands));
    assert_eq!(puzzle(&mut tx, Game::Sudoku, Level::Hard, day).await?, None);
    Ok(())
});
