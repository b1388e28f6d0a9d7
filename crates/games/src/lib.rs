//! The puzzles: one of each kind a day, the same for every reader of the paper.
//!
//! A puzzle is named by its game, its level and the paper's day ([`Key`]). What it holds follows from that name and from the
//! paper's secret ([`Seed`]): every node makes the same one, and nobody outside can compute tomorrow's. It is made the evening before
//! ([`ahead`]), or when somebody needs it first ([`made`]), and written down; from then on the row has the last word, so that a newer Blatt with a better maker changes
//! no puzzle that somebody is playing. The desk can put another in its place ([`exchange`]); both rows stay.
//!
//! What this room deliberately does not do: it shows nothing, it knows no address, and it trusts no browser. Whether a grid is
//! solved is judged here, from what was entered ([`sudoku::Grid`] and its like).

pub mod ahead;
pub mod arrows;
mod chance;
pub mod crossword;
mod day;
mod game;
pub mod letters;
mod make;
pub mod plays;
mod puzzle;
pub mod quiz;
mod seed;
pub mod streaks;
pub mod sudoku;
pub mod word;

pub use chance::Chance;
pub use day::Day;
pub use game::{Game, Key, Level};
pub use make::{content, fresh, made};
pub use puzzle::{
    Exchanged, Puzzle, exchange, exchanged, keep, latest, next, numbered, played, puzzle, puzzles,
};
pub use seed::{Founded, Seed, founded, seed};

store::id!(
    /// Names a puzzle.
    PuzzleId
);

store::id!(
    /// Names somebody's game of a puzzle.
    PlayId
);

use store::personal::Leaving::{Go, Stay};
use store::personal::Personal;

/// Which rows of this room belong to a person (T8.3).
pub const PERSONAL: &[Personal] = &[
    Personal::of("results", "reader", &["puzzle", "won", "score", "took", "hints", "received_at"], Go),
    Personal::of("plays", "reader", &["puzzle", "started_at", "saved_at", "elapsed", "hints"], Go),
    Personal::of("listings", "reader", &["shown", "at"], Go),
    Personal::of("exchanges", "editor", &[], Stay("an act of the desk")),
    Personal::of("crossword_uploads", "editor", &[], Stay("an act of the desk")),
    Personal::of("pair_lists", "editor", &[], Stay("an act of the desk")),
];

/// The rows of the games.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    room: "games",
    steps: &[include_str!("rows.sql"), include_str!("plays.sql"), include_str!("uploads.sql")],
};
