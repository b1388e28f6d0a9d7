//! Puzzles of letters: the Schwedenrätsel and the crossword. A letter of the solution is part of a page only if somebody has typed
//! it, or asked to be told it.

use serde::Serialize;
use story::Time;

use super::{Frame, GameTeaser, Say};

/// A clue where it is printed in a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AskView {
    /// Its number in the list.
    pub number: u32,
    /// `across` or `down`.
    pub way: String,
    /// `right`, `down`, `right-down` or `down-right`.
    pub arrow: String,
    /// What is asked.
    pub text: String,
}

/// A word that a cell is part of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CellWord {
    /// `across` or `down`.
    pub way: String,
    /// Its number.
    pub number: u32,
    /// What is asked.
    pub text: String,
    /// Which of its letters this is, from 1.
    pub nth: u32,
    /// How many letters it has.
    pub of: u32,
}

/// A cell of a puzzle of letters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LetterCell {
    /// `letter`, `asks`, `block` or `void`.
    pub is: String,
    /// From 1.
    pub row: u32,
    /// From 1.
    pub column: u32,
    /// The number that is printed in the corner.
    pub number: Option<u32>,
    /// The clues of a clue cell.
    pub asks: Vec<AskView>,
    /// The words it is part of, one or two.
    pub words: Vec<CellWord>,
    /// What was typed, or is printed.
    pub typed: String,
    /// Is printed and cannot be changed.
    pub given: bool,
    /// Its letter is wrong, as the house found when asked.
    pub wrong: bool,
    /// Its letter was told by the house.
    pub told: bool,
    /// Marked by a circle.
    pub circle: bool,
    /// Marked by a colour; the label says so too.
    pub shaded: bool,
}

/// A clue in the list beside the grid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ClueView {
    /// Its number.
    pub number: u32,
    /// What is asked.
    pub text: String,
    /// „5“, or „3,4“ as its author writes it.
    pub length: String,
    /// Row of the first letter, from 1.
    pub row: u32,
    /// Column of the first letter, from 1.
    pub column: u32,
}

/// A puzzle of letters, to be played.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LettersPage {
    /// What stands around it.
    pub frame: Frame,
    /// `arrows` or `crossword`.
    pub game: String,
    /// Noon of its day.
    pub day: Time,
    /// Whether that is today.
    pub today: bool,
    /// A title of its own.
    pub title: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// Who owns it.
    pub copyright: Option<String>,
    /// What one should know before.
    pub intro: Option<String>,
    /// Its lasting address, under which the forms are sent.
    pub url: String,
    /// Its id, which the forms send along: the desk may exchange it while it is played.
    pub puzzle: i64,
    /// The version of the account's state that stands on the page, which the forms send along; -1 if none does.
    pub version: i64,
    /// Where others like it are.
    pub archive: String,
    /// The cells.
    pub rows: Vec<Vec<LetterCell>>,
    /// The clues to the right, by number.
    pub across: Vec<ClueView>,
    /// The clues downwards, by number.
    pub down: Vec<ClueView>,
    /// What the house found when asked.
    pub verdict: Option<Say>,
    /// All is right and full.
    pub solved: bool,
    /// Played so far, in milliseconds.
    pub elapsed_ms: u64,
    /// The one before.
    pub earlier: Option<String>,
    /// The one after.
    pub later: Option<String>,
    /// The other games of today.
    pub more: Vec<GameTeaser>,
}

/// A puzzle of letters on paper: the empty grid and its clues, and on a sheet of its own a solution whose time has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LettersSheetPage {
    /// What stands around it.
    pub frame: Frame,
    /// `arrows` or `crossword`.
    pub game: String,
    /// Noon of its day.
    pub day: Time,
    /// A title of its own.
    pub title: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// Who owns it.
    pub copyright: Option<String>,
    /// The cells, empty but for what is printed.
    pub rows: Vec<Vec<LetterCell>>,
    /// The clues to the right; none for a Schwedenrätsel, where they stand in the grid.
    pub across: Vec<ClueView>,
    /// The clues downwards.
    pub down: Vec<ClueView>,
    /// Noon of the day of the solution, and its cells.
    pub solution: Option<(Time, Vec<Vec<LetterCell>>)>,
}

/// A fault of a file, and where it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FaultLine {
    /// „Zeile 3, Zeichen 1“, or a key path such as `/clues/Across/3`; empty for the whole file.
    pub place: String,
    /// What is wrong.
    pub say: Say,
}

/// A crossword at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeskCrossword {
    /// Noon of its day.
    pub day: Time,
    /// Its title.
    pub title: Option<String>,
    /// Its page at the desk.
    pub url: String,
    /// The ipuz file.
    pub file: String,
}

/// Crosswords and pairs of answers and clues at the desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskLettersPage {
    /// What stands around it.
    pub frame: Frame,
    /// Latest first, the coming ones among them.
    pub crosswords: Vec<DeskCrossword>,
    /// The day that is offered for the next one, as a date field has it.
    pub day: String,
    /// How many pairs the paper has added.
    pub own: u64,
    /// How many come with Blatt.
    pub ours: u64,
    /// Which form was refused: `crossword`, `pairs`, or none.
    pub refused: String,
    /// What was sent with it.
    pub file: String,
    /// Why.
    pub faults: Vec<FaultLine>,
    /// Something to say first.
    pub notice: Option<Say>,
}
