//! The rules of a Schwedenrätsel, written from the rules alone: this file knows nothing of how a grid is made.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use games::arrows::{Arrow, Grid, pairs};

/// Everything that is wrong with a grid; empty if it is right.
pub fn faults(grid: &Grid) -> Vec<String> {
    let cells: Vec<Vec<char>> = grid.letters.iter().map(|row| row.chars().collect()).collect();
    let mut faults = Vec::new();
    if cells.len() != 15 || cells.iter().any(|row| row.len() != 13) {
        faults.push("not 13 columns and 15 rows".to_owned());
        return faults;
    }
    let runs = runs(&cells);
    let known: BTreeSet<(String, String)> =
        pairs::ours().into_iter().map(|pair| (pair.answer.as_str().to_owned(), pair.clue)).collect();

    // Each clue belongs to exactly one run, and each run has exactly one clue that is known for it.
    let mut asked: BTreeMap<(usize, usize, bool), &str> = BTreeMap::new();
    let mut in_cell: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for clue in &grid.clues {
        let (row, column) = (clue.at.0, clue.at.1);
        let (first, down) = match clue.arrow {
            Arrow::Right => ((row, column + 1), false),
            Arrow::Down => ((row + 1, column), true),
            Arrow::RightDown => ((row, column + 1), true),
            Arrow::DownRight => ((row + 1, column), false),
        };
        if cells.get(row).and_then(|cells| cells.get(column)) != Some(&'#') {
            faults.push(format!("the clue {} stands in no clue cell", clue.text));
        }
        *in_cell.entry((row, column)).or_default() += 1;
        if asked.insert((first.0, first.1, down), &clue.text).is_some() {
            faults.push(format!("two clues for one answer: {}", clue.text));
        }
    }
    let mut answers = BTreeSet::new();
    for run in &runs {
        let Some(clue) = asked.remove(&(run.row, run.column, run.down)) else {
            faults.push(format!("{} has no clue", run.letters));
            continue;
        };
        if !known.contains(&(run.letters.clone(), clue.to_owned())) {
            faults.push(format!("{clue} does not ask for {}", run.letters));
        }
        if !answers.insert(run.letters.clone()) {
            faults.push(format!("{} comes twice", run.letters));
        }
    }
    faults.extend(asked.values().map(|clue| format!("{clue} asks for nothing")));
    faults.extend(cell_faults(&cells, &runs, &in_cell));
    faults
}

fn cell_faults(cells: &[Vec<char>], runs: &[Run], in_cell: &BTreeMap<(usize, usize), usize>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut part: BTreeSet<(usize, usize)> = BTreeSet::new();
    for run in runs {
        for n in 0..run.letters.len() {
            part.insert(if run.down { (run.row + n, run.column) } else { (run.row, run.column + n) });
        }
    }
    let mut clue_cells = 0;
    for (row, line) in cells.iter().enumerate() {
        for (column, cell) in line.iter().enumerate() {
            match cell {
                '#' => {
                    clue_cells += 1;
                    let clues = in_cell.get(&(row, column)).copied().unwrap_or(0);
                    if !(1..=2).contains(&clues) {
                        faults.push(format!("{clues} clues in row {row}, column {column}"));
                    }
                }
                'A'..='Z' if !part.contains(&(row, column)) => {
                    faults.push(format!("row {row}, column {column} is part of no answer"));
                }
                'A'..='Z' => {}
                other => faults.push(format!("{other:?} in row {row}, column {column}")),
            }
        }
    }
    if !(39..=58).contains(&clue_cells) {
        faults.push(format!("{clue_cells} clue cells"));
    }
    // All letters hang together: spread from one until nothing new is met.
    let mut met: BTreeSet<(usize, usize)> = part.iter().take(1).copied().collect();
    loop {
        let next: BTreeSet<_> = part
            .iter()
            .filter(|(row, column)| met.iter().any(|(r, c)| row.abs_diff(*r) + column.abs_diff(*c) <= 1))
            .copied()
            .collect();
        if next.len() == met.len() {
            break;
        }
        met = next;
    }
    if met.len() != part.len() {
        faults.push("the grid falls into pieces".to_owned());
    }
    faults
}

/// Two or more letters in a row or column, as far as they go.
struct Run {
    row: usize,
    column: usize,
    down: bool,
    letters: String,
}

fn runs(cells: &[Vec<char>]) -> Vec<Run> {
    let mut runs = Vec::new();
    for down in [false, true] {
        let (outer, inner) = if down { (13, 15) } else { (15, 13) };
        for line in 0..outer {
            let at = |n: usize| if down { (n, line) } else { (line, n) };
            let mut n = 0;
            while n < inner {
                let cell = |n: usize| cells[at(n).0][at(n).1];
                let letters: String = (n..inner).map(cell).take_while(|cell| *cell != '#').collect();
                let ((row, column), length) = (at(n), letters.len());
                if length > 1 {
                    runs.push(Run { row, column, down, letters });
                }
                n += length + 1;
            }
        }
    }
    runs
}

/// What many grids look like.
#[derive(Default)]
pub struct Figures {
    grids: usize,
    clue_cells: usize,
    letters: usize,
    crossed: usize,
    lengths: BTreeMap<usize, usize>,
}

impl Figures {
    /// Counts one more.
    pub fn add(&mut self, grid: &Grid) {
        let cells: Vec<Vec<char>> = grid.letters.iter().map(|row| row.chars().collect()).collect();
        let clue_cells = cells.iter().flatten().filter(|cell| **cell == '#').count();
        let runs = runs(&cells);
        let filled: usize = runs.iter().map(|run| run.letters.len()).sum();
        self.grids += 1;
        self.clue_cells += clue_cells;
        self.letters += 195 - clue_cells;
        self.crossed += filled - (195 - clue_cells);
        for run in runs {
            *self.lengths.entry(run.letters.len()).or_default() += 1;
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grids = self.grids.max(1);
        let answers: usize = self.lengths.values().sum();
        write!(
            f,
            "on average {}.{} clue cells ({} %), {} answers, {} % of the letters crossed; answers by length:",
            self.clue_cells / grids,
            self.clue_cells * 10 / grids % 10,
            self.clue_cells * 100 / (grids * 195),
            answers / grids,
            self.crossed * 100 / self.letters.max(1),
        )?;
        self.lengths
            .iter()
            .try_for_each(|(length, count)| write!(f, " {length}: {} %", count * 100 / answers.max(1)))
    }
}
