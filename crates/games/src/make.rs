//! Which game makes its puzzles how.

use store::Failure;

use crate::arrows::{self, Pair, Words};
use crate::{Chance, Game, Key, Level, Seed, sudoku, word};

/// What a puzzle of this name holds, as JSON; nothing if the game has no puzzle of that name, or its puzzles are written by people.
/// `pairs` are what a Schwedenrätsel is filled with ([`arrows::shelf::all`]); no other game looks at them.
/// Takes from milliseconds to a second: not for a thread that others wait for.
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
