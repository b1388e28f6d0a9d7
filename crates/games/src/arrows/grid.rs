//! A filled grid: what is kept as a row, and what a page may know of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Cells side by side.
pub const COLUMNS: usize = 13;
/// Cells one below the other. A grid that is a little higher than wide fits a newspaper's columns and a phone.
pub const ROWS: usize = 15;
/// What stands for a clue cell among the letters of a row.
pub const CLUE: u8 = b'#';

/// A cell: row and column, both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct At(pub usize, pub usize);

/// How an answer leaves its clue cell. Two of the arrows are bent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrow {
    /// Begins in the cell to the right and runs to the right.
    Right,
    /// Begins in the cell below and runs down.
    Down,
    /// Begins in the cell to the right and runs down.
    RightDown,
    /// Begins in the cell below and runs to the right.
    DownRight,
}

impl Arrow {
    /// All four, in the order in which a clue cell shows its clues.
    pub const ALL: [Arrow; 4] = [Arrow::Right, Arrow::RightDown, Arrow::DownRight, Arrow::Down];

    /// The word in rows and templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Arrow::Right => "right",
            Arrow::Down => "down",
            Arrow::RightDown => "right-down",
            Arrow::DownRight => "down-right",
        }
    }

    /// Whether the answer runs down.
    #[must_use]
    pub fn runs_down(self) -> bool {
        matches!(self, Arrow::Down | Arrow::RightDown)
    }

    /// The first cell of the answer.
    #[must_use]
    pub fn first(self, clue: At) -> At {
        match self {
            Arrow::Right | Arrow::RightDown => At(clue.0, clue.1 + 1),
            Arrow::Down | Arrow::DownRight => At(clue.0 + 1, clue.1),
        }
    }
}

/// One clue: where it stands, where it points, what it asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clue {
    /// The clue cell.
    pub at: At,
    /// Where it points.
    pub arrow: Arrow,
    /// What it asks.
    pub text: String,
}

/// A filled grid. `letters` is the solution: it stays on the server until the reader has entered it or asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// The form of these fields; 1.
    pub version: u32,
    /// One text per row, A to Z for a letter, `#` for a clue cell.
    pub letters: Vec<String>,
    /// All clues, by cell from top left, in a cell as in [`Arrow::ALL`].
    pub clues: Vec<Clue>,
}

impl Grid {
    /// Rows and columns.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.letters.len(), self.letters.first().map_or(0, String::len))
    }

    /// The letter that belongs in a cell; none in a clue cell and outside.
    #[must_use]
    pub fn letter(&self, at: At) -> Option<char> {
        let letter = *self.letters.get(at.0)?.as_bytes().get(at.1)?;
        letter.is_ascii_uppercase().then_some(char::from(letter))
    }

    /// The cells that the answer to a clue fills, in order.
    #[must_use]
    pub fn cells(&self, clue: &Clue) -> Vec<At> {
        let At(row, column) = clue.arrow.first(clue.at);
        let step = |n: usize| if clue.arrow.runs_down() { At(row + n, column) } else { At(row, column + n) };
        (0..).map(step).take_while(|at| self.letter(*at).is_some()).collect()
    }

    /// The answer to a clue.
    #[must_use]
    pub fn answer(&self, clue: &Clue) -> String {
        self.cells(clue).into_iter().filter_map(|at| self.letter(at)).collect()
    }

    /// The clues by their cells.
    #[must_use]
    pub fn clue_cells(&self) -> BTreeMap<At, Vec<&Clue>> {
        let mut cells: BTreeMap<At, Vec<&Clue>> = BTreeMap::new();
        for clue in &self.clues {
            cells.entry(clue.at).or_default().push(clue);
        }
        cells
    }

    /// Reads a kept grid. The row is our own writing, so a grid that does not read is a breakdown and not a refusal.
    pub fn read(content: &str) -> Result<Grid, store::Failure> {
        serde_json::from_str(content)
            .map_err(|why| store::Failure::new(format!("an arrow puzzle's row does not read: {why}")))
    }

    /// What is kept.
    pub fn write(&self) -> Result<String, store::Failure> {
        serde_json::to_string(self)
            .map_err(|why| store::Failure::new(format!("an arrow puzzle does not write: {why}")))
    }
}
