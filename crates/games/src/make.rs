//! Which game makes its puzzles how, and where: a few at a time, on threads that nobody waits for with a page.

use store::{Db, Failure, Time};
use tokio::sync::Semaphore;

use crate::arrows::{self, Pair, Words};
use crate::{Chance, Game, Key, Level, Puzzle, Seed, sudoku, word};

/// So many puzzles are made at once, whoever asks: the same processors serve pages, hash passwords and speak.
static PLACES: Semaphore = Semaphore::const_new(2);

/// The puzzle of this name: the one that is played, or made now and written down; nothing if the game makes none of that name.
/// Takes up to some seconds, and more where others wait. Spawn it if whoever asks may go away: half a puzzle is none.
pub async fn made(db: &Db, seed: &Seed, key: Key, now: Time) -> Result<Option<Puzzle>, Failure> {
    let found = crate::puzzle(&mut db.read().await?, key.game, key.level, key.day).await?;
    if found.is_some() {
        return Ok(found);
    }
    let Some(content) = fresh(db, seed, key).await? else { return Ok(None) };
    let mut tx = db.begin().await?;
    let kept = crate::keep(&mut tx, key, &content, now).await?;
    tx.commit().await?;
    Ok(Some(kept))
}

/// What a puzzle of this name holds, made on a thread of its own when there is a place; nothing is written down.
pub async fn fresh(db: &Db, seed: &Seed, key: Key) -> Result<Option<String>, Failure> {
    let place =
        PLACES.acquire().await.map_err(|error| Failure::because("no place to make a puzzle", error))?;
    let pairs = match key.game {
        Game::Arrows => arrows::shelf::all(&mut db.read().await?).await?,
        _ => Vec::new(),
    };
    let seed = seed.clone();
    let making = tokio::task::spawn_blocking(move || {
        // The place is free when the work is done, not when nobody waits for it any more.
        let _place = place;
        content(&seed, key, &pairs)
    });
    making.await.map_err(|error| Failure::because("a puzzle could not be made", error))?
}

/// What a puzzle of this name holds, as JSON; nothing if the game has no puzzle of that name, or its puzzles are written by people.
/// `pairs` are what a Schwedenrätsel is filled with ([`arrows::shelf::all`]); no other game looks at them.
/// Takes from milliseconds to some seconds: not for a thread that others wait for.
pub fn content(seed: &Seed, key: Key, pairs: &[Pair]) -> Result<Option<String>, Failure> {
    let mut chance = Chance::of(seed, &key);
    match (key.game, key.level) {
        (Game::Word, Level::Plain) => Ok(Some(serde_json::to_string(&word::make(seed, key))?)),
        (Game::Arrows, Level::Plain) => {
            arrows::fill(&Words::of(pairs), &mut chance).map(|grid| grid.write()).transpose()
        }
        (Game::Arrows, _) => Ok(None),
        (Game::Sudoku, Level::Plain) | (Game::Word | Game::Crossword | Game::Quiz, _) => Ok(None),
        (Game::Sudoku, level) => Ok(Some(serde_json::to_string(&sudoku::make(&mut chance, level))?)),
    }
}
