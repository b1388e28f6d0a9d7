//! The puzzles. What stands here is the same for everybody, or came from whoever asks; a solution is never part of a page
//! before the day is over or the puzzle solved.

use serde::Serialize;
use story::Time;

use super::{Frame, Link, Say};

/// A game as it is announced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GameTeaser {
    /// `sudoku`, `word`, `arrows`, `crossword` or `quiz`: chooses name and sentence.
    pub game: String,
    /// Today's.
    pub url: String,
    /// Its levels, easiest first; empty for games without any. The name is the level's word.
    pub levels: Vec<Link>,
    /// A name of its own, such as a quiz has.
    pub title: Option<String>,
}

/// All games of the day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GamesPage {
    /// What stands around it.
    pub frame: Frame,
    /// Noon of the paper's day.
    pub day: Time,
    /// Today's games.
    pub games: Vec<GameTeaser>,
    /// Where somebody's own results are.
    pub own: String,
}

/// A day of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArchiveDay {
    /// Noon of the day.
    pub at: Time,
    /// Its puzzle.
    pub url: String,
}

/// The puzzles of a month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GameArchivePage {
    /// What stands around it.
    pub frame: Frame,
    /// Which game.
    pub game: String,
    /// The level; empty without levels.
    pub level: String,
    /// The same month of the other levels.
    pub levels: Vec<Link>,
    /// Latest first.
    pub days: Vec<ArchiveDay>,
    /// The month before.
    pub older: Option<String>,
    /// The month after.
    pub newer: Option<String>,
}

/// A cell of a sudoku.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SudokuCell {
    /// 1 to 9.
    pub row: u32,
    /// 1 to 9.
    pub column: u32,
    /// The digit that is printed.
    pub given: Option<u8>,
    /// What was typed: one digit, or notes (several, or with a point before them).
    pub typed: String,
    /// Its digit is wrong, as the house found when asked.
    pub wrong: bool,
    /// The hint is about it.
    pub hinted: bool,
}

/// A sudoku.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SudokuPage {
    /// What stands around it.
    pub frame: Frame,
    /// Noon of its day.
    pub day: Time,
    /// Whether that is today.
    pub today: bool,
    /// `easy`, `medium`, `hard` or `expert`.
    pub level: String,
    /// The same day's other levels; the name is the level's word.
    pub levels: Vec<Link>,
    /// Its address with the day, to which the forms are sent.
    pub url: String,
    /// Nine rows of nine cells.
    pub rows: Vec<Vec<SudokuCell>>,
    /// How many steps of each technique it needs is not told, but their names are: keys after `sudoku-technique-`.
    pub techniques: Vec<String>,
    /// What the house found when asked.
    pub verdict: Option<Say>,
    /// The steps to the next digit.
    pub hint: Vec<Say>,
    /// All is right and full.
    pub solved: bool,
    /// Played so far, in milliseconds.
    pub elapsed_ms: u64,
    /// The day before, if it is in the archive.
    pub earlier: Option<String>,
    /// The day after, if it has come.
    pub later: Option<String>,
    /// The other games of today.
    pub more: Vec<GameTeaser>,
}

/// A sudoku on paper: the puzzle on the first sheet; on the second a solution, of this one when its day is over, else of the day before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SudokuSheetPage {
    /// What stands around it.
    pub frame: Frame,
    /// Noon of its day.
    pub day: Time,
    /// `easy`, `medium`, `hard` or `expert`.
    pub level: String,
    /// Nine rows of nine digits; nothing where a cell is empty.
    pub rows: Vec<Vec<Option<u8>>>,
    /// The solution that may be told, with noon of its day.
    pub solution: Option<SolutionView>,
}

/// A solution whose time has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SolutionView {
    /// Noon of the day it belongs to.
    pub day: Time,
    /// Nine rows of nine digits.
    pub rows: Vec<Vec<Option<u8>>>,
}
