//! Sudoku: nine rows, nine columns, nine boxes, each with every digit once.
//!
//! A puzzle is dug out of a full grid, two cells at a time so that the pattern of what is given stays the same when the paper is
//! turned round ([`make`]). A cell may only go if a person could still get on: the solver ([`logic`]) works with named techniques
//! ([`Technique`]) and never guesses, so whatever it solves has one solution. The hardest technique it needed is the level.
//!
//! What it deliberately does not do: no chains of guesses, no puzzle that needs a technique without a name.

mod grid;
mod logic;
mod make;
mod patterns;
mod technique;

pub use grid::{Cell, Digits, Grid, House};
pub use logic::{Hint, Step, hint, techniques};
pub use make::{Sudoku, make};
pub use technique::Technique;

/// What is wrong or right with the cells of a grid that somebody filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every cell has its digit.
    Solved,
    /// So far all digits are right; so many cells are empty.
    GoodSoFar {
        /// Cells without a digit.
        empty: usize,
    },
    /// These cells have a wrong digit.
    Wrong(Vec<Cell>),
}

impl Sudoku {
    /// Judges what somebody filled in. Given cells count as given, whatever was sent in their place.
    #[must_use]
    pub fn judge(&self, filled: &Grid) -> Verdict {
        let grid = self.with(filled);
        let wrong: Vec<Cell> = Cell::all()
            .filter(|cell| grid.at(*cell).is_some_and(|digit| self.solution.at(*cell) != Some(digit)))
            .collect();
        let empty = Cell::all().filter(|cell| grid.at(*cell).is_none()).count();
        match (wrong.is_empty(), empty) {
            (false, _) => Verdict::Wrong(wrong),
            (true, 0) => Verdict::Solved,
            (true, empty) => Verdict::GoodSoFar { empty },
        }
    }

    /// What is given, with what somebody filled in around it.
    #[must_use]
    pub fn with(&self, filled: &Grid) -> Grid {
        let mut grid = *filled;
        for cell in Cell::all() {
            if let Some(digit) = self.given.at(cell) {
                grid.set(cell, Some(digit));
            }
        }
        grid
    }
}
