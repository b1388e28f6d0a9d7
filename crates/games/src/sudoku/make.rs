//! Making a puzzle: a full grid, out of which pairs of opposite cells are dug as long as the level allows.

use serde::{Deserialize, Serialize};

use super::logic::{Known, techniques};
use super::{Cell, Grid, Technique};
use crate::{Chance, Level};

/// A puzzle with its solution and what one needs for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sudoku {
    /// What is printed.
    pub given: Grid,
    /// What comes out.
    pub solution: Grid,
    /// The techniques a solver needs who always takes the easiest, easiest first.
    pub techniques: Vec<Technique>,
}

impl Sudoku {
    /// The level of its hardest technique.
    #[must_use]
    pub fn level(&self) -> Level {
        self.techniques.last().map_or(Level::Easy, |hardest| hardest.level())
    }
}

/// An easy puzzle keeps at least so many cells: it is for a coffee break.
const EASY_KEEPS: usize = 34;
/// A bound on how long the maker looks, far beyond what it needs (measured: a few tries at the hardest level).
const MOST_TRIES: u32 = 10_000;

/// Makes the puzzle that follows from this chance: with one solution, looking the same when the paper is turned round, and
/// needing a technique of exactly this level. Takes some milliseconds.
#[must_use]
pub fn make(chance: &mut Chance, level: Level) -> Sudoku {
    let level = level.max(Level::Easy);
    let mut puzzle = dig(chance, level);
    for _ in 0..MOST_TRIES {
        if puzzle.level() == level {
            break;
        }
        puzzle = dig(chance, level);
    }
    puzzle
}

/// The hardest technique of a level.
fn limit(level: Level) -> Technique {
    let of_it = |technique: &Technique| technique.level() == level;
    Technique::ALL.into_iter().rev().find(of_it).unwrap_or(Technique::NakedSingle)
}

/// Digs as far as the level below allows, and then looks which of the cells that had to stay can go after all with the
/// techniques of this level. So the dear search for a rare technique is made only where nothing else is left.
fn dig(chance: &mut Chance, level: Level) -> Sudoku {
    let solution = full(chance);
    let mut order: Vec<Cell> = Cell::all().take(41).collect();
    chance.shuffle(&mut order);
    let mut puzzle = Sudoku { given: solution, solution, techniques: Vec::new() };
    let (first, keeps) = match level {
        Level::Plain | Level::Easy => (limit(Level::Easy), EASY_KEEPS),
        Level::Medium => (limit(Level::Easy), 0),
        Level::Hard => (limit(Level::Medium), 0),
        Level::Expert => (limit(Level::Hard), 0),
    };
    let stayed: Vec<Cell> =
        order.into_iter().filter(|cell| !take_out(&mut puzzle, *cell, first, keeps)).collect();
    if level > Level::Easy {
        for cell in stayed {
            take_out(&mut puzzle, cell, limit(level), 0);
        }
    }
    puzzle
}

/// Takes a cell and its opposite out if the rest can be solved within the limit. False if it is worth another look later: it has
/// one solution, but not within the limit.
fn take_out(puzzle: &mut Sudoku, cell: Cell, limit: Technique, keeps: usize) -> bool {
    let mut given = puzzle.given;
    given.set(cell, None);
    given.set(cell.opposite(), None);
    if given.filled() < keeps || !has_one_solution(&Known::new(&given)) {
        return true;
    }
    let Some((techniques, _)) = techniques(&given, limit) else { return false };
    puzzle.given = given;
    puzzle.techniques = techniques;
    true
}

/// Whether a grid has exactly one solution, by trying; only to spare the search for reasons where there is none.
fn has_one_solution(known: &Known) -> bool {
    fn count(mut known: Known, most: u32) -> u32 {
        known.singles();
        let open = Cell::all().filter(|cell| known.grid.at(*cell).is_none());
        let Some(cell) = open.min_by_key(|cell| known.may(*cell).count()) else { return 1 };
        let mut found = 0;
        for digit in known.may(cell).each() {
            let mut further = known.clone();
            further.place(cell, digit);
            found += count(further, most - found);
            if found >= most {
                break;
            }
        }
        found
    }
    count(known.clone(), 2) == 1
}

/// A full grid: digits are tried in an order of chance, always at the cell that has the fewest left.
fn full(chance: &mut Chance) -> Grid {
    fill(&Known::new(&Grid::EMPTY), chance).unwrap_or(Grid::EMPTY)
}

fn fill(known: &Known, chance: &mut Chance) -> Option<Grid> {
    let open = Cell::all().filter(|cell| known.grid.at(*cell).is_none());
    let Some(cell) = open.min_by_key(|cell| known.may(*cell).count()) else { return Some(known.grid) };
    let mut fits: Vec<u8> = known.may(cell).each().collect();
    chance.shuffle(&mut fits);
    fits.into_iter().find_map(|digit| {
        let mut further = known.clone();
        further.place(cell, digit);
        fill(&further, chance)
    })
}
