//! Crosswords that people make: a grid with black squares, numbers and clues across and down. They come as ipuz files
//! ([`read`]) and go out as such ([`write`]); in between they are this module's [`Crossword`], which is whole or is not there.
//!
//! What it deliberately does not take, because a page of ours could not show it truly: several letters in one cell, bars instead
//! of black squares, clues in other directions than across and down, puzzles without their solution.

mod fault;
mod read;
mod shelf;
mod text;
mod write;

pub use fault::{Fault, Refused, Wanted};
pub use read::read;
use serde::{Deserialize, Serialize};
pub use shelf::place;
pub use write::write;

/// The most cells of a row or a column.
pub const LARGEST: usize = 35;
/// The longest file, in bytes.
pub const MOST_BYTES: usize = 512 * 1024;
/// The longest title, name of an author or clue, in characters.
pub const LONGEST_LINE: usize = 300;

/// A crossword, with its solution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossword {
    /// The form of these fields; 1.
    pub version: u32,
    /// Its title.
    pub title: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// Who owns it.
    pub copyright: Option<String>,
    /// What one should know before.
    pub intro: Option<String>,
    /// The cells, row by row.
    pub cells: Vec<Vec<Cell>>,
    /// The clues to the right, by number.
    pub across: Vec<Clue>,
    /// The clues downwards, by number.
    pub down: Vec<Clue>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cell {
    /// Not part of the grid.
    Void,
    /// A black square.
    Block,
    /// A place for a letter.
    Letter(Square),
}

/// A place for a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Square {
    /// The letter that belongs here, in capitals: one letter of any alphabet, or a digit.
    pub answer: char,
    /// Its number, if a word begins here.
    pub number: Option<u32>,
    /// Marked by a circle, as part of a solution word for instance.
    pub circle: bool,
    /// Marked by a colour.
    pub shaded: bool,
    /// Whether the letter stands there from the beginning.
    pub given: bool,
}

/// One clue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clue {
    /// The number of the cell in which the answer begins.
    pub number: u32,
    /// What it asks.
    pub text: String,
    /// How many letters the words of the answer have, as its author writes it: „3,4“.
    pub enumeration: Option<String>,
}

/// Which way an answer runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// To the right.
    Across,
    /// Downwards.
    Down,
}

impl Crossword {
    /// Rows and columns.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.cells.len(), self.cells.first().map_or(0, Vec::len))
    }

    /// The letter's place in a cell, if it is one.
    #[must_use]
    pub fn square(&self, row: usize, column: usize) -> Option<&Square> {
        match self.cells.get(row)?.get(column)? {
            Cell::Letter(square) => Some(square),
            Cell::Void | Cell::Block => None,
        }
    }

    /// Where the answers of one way begin, from top left, each with its cells (row and column from 0).
    #[must_use]
    pub fn words(&self, way: Way) -> Vec<Vec<(usize, usize)>> {
        let (rows, columns) = self.size();
        let mut words = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                let before = match way {
                    Way::Across => column.checked_sub(1).map(|column| (row, column)),
                    Way::Down => row.checked_sub(1).map(|row| (row, column)),
                };
                if before.is_some_and(|(row, column)| self.square(row, column).is_some()) {
                    continue;
                }
                let step = |n: usize| if way == Way::Across { (row, column + n) } else { (row + n, column) };
                let word: Vec<_> = (0..)
                    .map(step)
                    .take_while(|(row, column)| self.square(*row, *column).is_some())
                    .collect();
                if word.len() > 1 {
                    words.push(word);
                }
            }
        }
        words
    }

    /// The clues of one way.
    #[must_use]
    pub fn clues(&self, way: Way) -> &[Clue] {
        match way {
            Way::Across => &self.across,
            Way::Down => &self.down,
        }
    }

    /// Reads a kept crossword. The row is our own writing, so one that does not read is a breakdown and not a refusal.
    pub fn parse(content: &str) -> Result<Crossword, store::Failure> {
        serde_json::from_str(content)
            .map_err(|why| store::Failure::new(format!("a crossword's row does not read: {why}")))
    }

    /// What is kept.
    pub fn content(&self) -> Result<String, store::Failure> {
        serde_json::to_string(self)
            .map_err(|why| store::Failure::new(format!("a crossword does not write: {why}")))
    }
}
