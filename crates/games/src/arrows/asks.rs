//! Which clue cell asks for which answer: each answer has at most two cells that could, each cell has room for two clues.

use super::grid::{Arrow, At, CLUE, COLUMNS, ROWS};

pub(super) const CELLS: usize = COLUMNS * ROWS;
/// The letters of a grid being filled, row after row; 0 where nothing stands yet.
pub(super) type Letters = [u8; CELLS];

/// An answer that needs a clue: its first cell and its direction.
#[derive(Clone, Copy, Debug)]
struct Ask {
    first: u8,
    down: bool,
    cell: u8,
}

/// The answers that stand so far, each with the clue cell that asks for it.
#[derive(Clone, Debug)]
pub(super) struct Asks {
    asks: Vec<Ask>,
    count: [u8; CELLS],
}

impl Asks {
    pub fn none() -> Asks {
        Asks { asks: Vec::with_capacity(96), count: [0; CELLS] }
    }

    /// Takes one more answer in. `false` if no clue cell has room for it, however the others move.
    pub fn add(&mut self, letters: &Letters, first: usize, down: bool) -> bool {
        let Ok(first) = u8::try_from(first) else { return false };
        self.asks.push(Ask { first, down, cell: u8::MAX });
        let mut visited = [false; CELLS];
        self.seat(letters, self.asks.len() - 1, &mut visited)
    }

    /// Finds a cell for one answer, and if need be another one for the answer that has it: an augmenting path.
    fn seat(&mut self, letters: &Letters, index: usize, visited: &mut [bool; CELLS]) -> bool {
        for cell in candidates(letters, self.asks[index]).into_iter().flatten() {
            if std::mem::replace(&mut visited[cell], true) {
                continue;
            }
            if self.count[cell] < 2 {
                self.sit(index, cell);
                return true;
            }
            let sitting: Vec<usize> = self.sitting(cell);
            for other in sitting {
                self.stand_up(other);
                if self.seat(letters, other, visited) {
                    self.sit(index, cell);
                    return true;
                }
                self.sit(other, cell);
            }
        }
        false
    }

    /// Gives every clue cell among the first so many cells at least one clue. `false` if some cell cannot have one.
    pub fn share_out(&mut self, letters: &Letters, cells: usize) -> bool {
        let empty: Vec<usize> =
            (0..cells).filter(|cell| letters[*cell] == CLUE && self.count[*cell] == 0).collect();
        empty.into_iter().all(|cell| self.fetch(letters, cell, &mut [false; CELLS]))
    }

    fn fetch(&mut self, letters: &Letters, cell: usize, visited: &mut [bool; CELLS]) -> bool {
        visited[cell] = true;
        for index in 0..self.asks.len() {
            let from = usize::from(self.asks[index].cell);
            let could =
                candidates(letters, self.asks[index]).into_iter().flatten().any(|other| other == cell);
            if !could || visited[from] {
                continue;
            }
            if self.count[from] > 1 || self.fetch(letters, from, visited) {
                self.stand_up(index);
                self.sit(index, cell);
                return true;
            }
        }
        false
    }

    /// Every answer's clue cell, arrow and first cell.
    pub fn arrows(&self) -> impl Iterator<Item = (At, Arrow)> {
        self.asks.iter().map(|ask| {
            let (first, cell) = (usize::from(ask.first), usize::from(ask.cell));
            let arrow = match (ask.down, cell + 1 == first) {
                (false, true) => Arrow::Right,
                (false, false) => Arrow::DownRight,
                (true, false) => Arrow::Down,
                (true, true) => Arrow::RightDown,
            };
            (At(cell / COLUMNS, cell % COLUMNS), arrow)
        })
    }

    fn sitting(&self, cell: usize) -> Vec<usize> {
        (0..self.asks.len()).filter(|index| usize::from(self.asks[*index].cell) == cell).collect()
    }

    fn sit(&mut self, index: usize, cell: usize) {
        self.asks[index].cell = u8::try_from(cell).unwrap_or(u8::MAX);
        self.count[cell] += 1;
    }

    fn stand_up(&mut self, index: usize) {
        let cell = std::mem::replace(&mut self.asks[index].cell, u8::MAX);
        self.count[usize::from(cell)] -= 1;
    }
}

/// The cells that could ask: the one before the answer first, because a straight arrow is read faster than a bent one.
fn candidates(letters: &Letters, ask: Ask) -> [Option<usize>; 2] {
    let first = usize::from(ask.first);
    let left = (!first.is_multiple_of(COLUMNS) && letters[first - 1] == CLUE).then(|| first - 1);
    let above = (first >= COLUMNS && letters[first - COLUMNS] == CLUE).then(|| first - COLUMNS);
    if ask.down { [above, left] } else { [left, above] }
}
