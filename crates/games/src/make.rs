//! Which game makes its puzzles how.

use store::Failure;

use crate::{Chance, Game, Key, Level, Seed, sudoku, word};

/// What a puzzle of this name holds, as JSON; nothing if the game has no puzzle of that name, or its puzzles are written by people.
/// Takes from milliseconds to a second: not for a thread that others wait for.
pub fn content(seed: &Seed, key: Key) -> Result<Option<String>, Failure> {
    let mut chance = Chance::of(seed, &key);
    match (key.game, key.level) {
        (Game::Word, Level::Plain) => Ok(Some(serde_json::to_string(&word::make(seed, key))?)),
        (Game::Sudoku, Level::Plain) | (Game::Word | Game::Arrows | Game::Crossword | Game::Quiz, _) => {
            Ok(None)
        }
        (Game::Sudoku, level) => Ok(Some(serde_json::to_string(&sudoku::make(&mut chance, level))?)),
    }
}
