//! The Schwedenrätsel: a grid of letters in which the clues stand in cells of their own, with arrows to where the answers begin.
//!
//! The rules that a grid of ours keeps, and that the checker in the tests knows from here and not from the filler:
//! every row or column of two or more letters, as far as it goes, is an answer with its clue; no answer comes twice; every letter
//! is part of an answer; every clue cell has one or two clues; all letters hang together; clue cells are a fifth to three tenths
//! of the grid.

mod asks;
pub mod csv;
mod fill;
mod grid;
pub mod pairs;
pub mod shelf;
mod words;

pub use fill::fill;
pub use grid::{Arrow, At, CLUE, COLUMNS, Clue, Grid, ROWS};
pub use pairs::{Answer, Fault, Pair};
pub use words::Words;
