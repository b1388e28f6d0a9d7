//! Our own filler. It decides about layout and letters together: a cell becomes a clue cell where the words want to end.
//!
//! It works row by row from the top. A few dozen unfinished grids are kept at a time; each is continued by several next rows,
//! drawn at random among those that the tree of answers allows in both directions, and the most hopeful continuations survive.
//! Hope is an estimate of how easily the words begun downwards will end. Everything is whole numbers and one stream of chance:
//! the same stream gives the same grid on every machine.

use super::asks::{Asks, CELLS, Letters};
use super::grid::{Arrow, At, CLUE, COLUMNS, Clue, Grid, ROWS};
use super::words::{ALONE, NONE, ROOT, Words};
use crate::Chance;

/// Unfinished grids kept after each row.
const KEPT: usize = 36;
/// Rows drawn for each of them.
const DRAWN: usize = 9;
/// Of one grid's continuations, no more than these survive, so that the kept ones do not all resemble each other.
const SIBLINGS: usize = 3;
/// Cells tried for one row before it is given up.
const STEPS: u32 = 260;
/// The last rows are the hardest, because all words have to end: so many are tried anew, so often, on what stands above.
const LOWER: usize = 5;
const LOWER_ATTEMPTS: usize = 8;
/// Grids begun before the list is given up as too small.
const ATTEMPTS: usize = 60;
/// What a short answer costs: abbreviations and chemical signs are the least fun.
const TWO: i64 = 800;
const THREE: i64 = 200;
const FOUR: i64 = 20;
/// Clue cells that a grid of ours has, of 195: about a fifth to well under a third, as in the papers.
const CLUE_CELLS: std::ops::RangeInclusive<usize> = 39..=58;

/// Fills a grid from these answers. Nothing comes back only if the list is far too small for it (a few hundred answers of all
/// lengths are enough).
#[must_use]
pub fn fill(words: &Words, chance: &mut Chance) -> Option<Grid> {
    (0..ATTEMPTS).find_map(|_| attempt(words, chance))
}

fn attempt(words: &Words, chance: &mut Chance) -> Option<Grid> {
    let upper = grow(words, vec![Draft::empty()], 0..ROWS - LOWER, chance);
    (0..LOWER_ATTEMPTS).find_map(|_| {
        let whole = grow(words, upper.clone(), ROWS - LOWER..ROWS, chance);
        whole.into_iter().find_map(|draft| draft.finish(words, chance))
    })
}

/// Continues unfinished grids by these rows; the most hopeful come first. Empty if there was no way on.
fn grow(
    words: &Words,
    mut kept: Vec<Draft>,
    rows: std::ops::Range<usize>,
    chance: &mut Chance,
) -> Vec<Draft> {
    for row in rows {
        let mut next = Vec::with_capacity(KEPT * SIBLINGS);
        // Few parents have to give more.
        let few = (KEPT / kept.len().max(1)).clamp(1, KEPT);
        for draft in &kept {
            let mut born: Vec<Draft> =
                (0..DRAWN * few).filter_map(|_| Row::draw(words, draft, row, chance)).collect();
            born.sort_by_key(|draft| std::cmp::Reverse(draft.score));
            born.truncate(SIBLINGS * few);
            next.append(&mut born);
        }
        next.sort_by_key(|draft| std::cmp::Reverse(draft.score));
        next.truncate(KEPT);
        kept = next;
    }
    kept
}

/// A grid that is filled down to some row.
#[derive(Clone)]
struct Draft {
    letters: Letters,
    /// For each column the beginning that stands above; [`ROOT`] under a clue cell and under the upper edge.
    down: [u32; COLUMNS],
    /// Whether the letter above is part of an answer to the right.
    crossed: [bool; COLUMNS],
    used: Vec<u32>,
    asks: Asks,
    /// What the rows so far cost; `score` takes the hope of the columns in.
    cost: i64,
    score: i64,
}

impl Draft {
    fn empty() -> Draft {
        Draft {
            letters: [0; CELLS],
            down: [ROOT; COLUMNS],
            crossed: [false; COLUMNS],
            used: Vec::with_capacity(96),
            asks: Asks::none(),
            cost: 0,
            score: 0,
        }
    }

    /// What could not be known while it was filled: every clue cell asks something, all letters hang together, the share of clue
    /// cells is right.
    fn finish(self, words: &Words, chance: &mut Chance) -> Option<Grid> {
        let clue_cells = self.letters.iter().filter(|letter| **letter == CLUE).count();
        if !CLUE_CELLS.contains(&clue_cells) {
            return None;
        }
        let letters = self
            .letters
            .chunks(COLUMNS)
            .map(|row| row.iter().map(|letter| char::from(*letter)).collect())
            .collect();
        let mut grid = Grid { version: 1, letters, clues: Vec::new() };
        let mut arrows: Vec<(At, Arrow)> = self.asks.arrows().collect();
        arrows.sort_unstable();
        for (at, arrow) in arrows {
            let mut clue = Clue { at, arrow, text: String::new() };
            let choice: Vec<&str> = words.clues(&grid.answer(&clue)).collect();
            clue.text = (*chance.pick(&choice)?).to_owned();
            grid.clues.push(clue);
        }
        Some(grid)
    }
}

/// Whether all letters down to this row hang together, or still can through the rows below.
fn hangs_together(letters: &Letters, row: usize) -> bool {
    let drawn = (row + 1) * COLUMNS;
    let mut reached = [false; CELLS];
    let mut open: Vec<usize> = (row * COLUMNS..drawn).filter(|cell| letters[*cell] != CLUE).collect();
    if row + 1 == ROWS {
        open.truncate(1);
    }
    while let Some(cell) = open.pop() {
        if letters[cell] == CLUE || std::mem::replace(&mut reached[cell], true) {
            continue;
        }
        let column = cell % COLUMNS;
        open.extend((column > 0).then(|| cell - 1));
        open.extend((column + 1 < COLUMNS).then_some(cell + 1));
        open.extend(cell.checked_sub(COLUMNS));
        open.extend((cell + COLUMNS < drawn).then_some(cell + COLUMNS));
    }
    (0..drawn).all(|cell| reached[cell] || letters[cell] == CLUE)
}

/// One row being drawn under a draft, cell by cell from the left, with a way back.
struct Row<'a> {
    words: &'a Words,
    chance: &'a mut Chance,
    row: usize,
    draft: Draft,
    /// The beginnings that stood above this row.
    above: [u32; COLUMNS],
    /// Whether the letters above were crossed.
    above_crossed: [bool; COLUMNS],
    /// Bit n: a word to the right may end before column n, because a clue cell may stand there or the edge is there.
    may_end: u32,
    /// How many answers were used up before this row.
    used_before: usize,
    steps: u32,
}

/// Where the drawing of a row stands.
#[derive(Clone, Copy)]
struct Here {
    column: usize,
    /// The beginning that runs to the right and ends before this column.
    right: u32,
}

impl<'a> Row<'a> {
    fn draw(words: &'a Words, draft: &Draft, row: usize, chance: &'a mut Chance) -> Option<Draft> {
        let mut drawing = Row {
            words,
            chance,
            row,
            draft: draft.clone(),
            above: draft.down,
            above_crossed: draft.crossed,
            may_end: 0,
            used_before: draft.used.len(),
            steps: if row + 1 == ROWS { STEPS * 10 } else { STEPS },
        };
        drawing.may_end = (0..COLUMNS)
            .filter(|column| drawing.ends_above(*column))
            .fold(1 << COLUMNS, |bits, column| bits | 1 << column);
        if !drawing.go_on(Here { column: 0, right: ROOT }) || !drawing.ask() {
            return None;
        }
        drawing.judge();
        Some(drawing.draft)
    }

    /// Fills the row from this column on. `false` if there is no way, or the steps are used up.
    fn go_on(&mut self, here: Here) -> bool {
        if here.column == COLUMNS {
            return self.close(here).is_some_and(|_| true);
        }
        let mut choice = [(0u32, 0u8); 27];
        let mut count = self.choices(here, &mut choice);
        while count > 0 {
            if self.steps == 0 {
                return false;
            }
            self.steps -= 1;
            let taken = draw_one(&choice[..count], self.chance);
            let letter = choice[taken].1;
            choice[taken] = choice[count - 1];
            count -= 1;
            let used = self.draft.used.len();
            if let Some(next) = self.put(here, letter)
                && self.go_on(next)
            {
                return true;
            }
            self.draft.used.truncate(used);
        }
        false
    }

    /// What may stand here, each with a weight, and how many there are.
    fn choices(&self, here: Here, choice: &mut [(u32, u8); 27]) -> usize {
        let Here { column, right } = here;
        let mut count = 0;
        let above = self.above[column];
        let (upper, left) = (self.words.node(above), self.words.node(right));
        // At the beginning of a word every letter may come, because it may stand alone in one direction, not in both.
        let downwards = if above == ROOT { !0 } else { upper.letters };
        let rightwards = if right == ROOT { !0 } else { left.letters };
        let mut letters = downwards & rightwards & ((1 << 26) - 1);
        if above == ROOT && right == ROOT {
            letters &= upper.letters;
        }
        if (upper.depth == 1 && !self.may_run_down(column))
            || (left.depth == 1 && !self.may_run_right(column))
        {
            letters = 0;
        }
        // An answer along the upper edge would need a clue cell under each of its letters but the first.
        if self.row == 0 && left.depth > 0 {
            letters = 0;
        }
        while letters != 0 {
            let index = letters.trailing_zeros() as usize;
            letters &= letters - 1;
            let (down, on) = (self.words.after(above, index), self.words.after(right, index));
            let (down, on) = (self.words.node(down), self.words.node(on));
            let below = ROWS - 1 - self.row;
            let beside = COLUMNS - 1 - column;
            let ends_below = u32::from(down.ends) & ((2 << below) - 1);
            let ends_beside = u32::from(on.ends) & self.may_end >> (column + 1);
            // A single letter may stay alone.
            if (down.depth > 1 && ends_below == 0) || (on.depth > 1 && ends_beside == 0) {
                continue;
            }
            let weight = (down.hope(below) + 15) * (on.hope(beside) + 15) / 400 + 1;
            choice[count] = (weight, index as u8 + b'A');
            count += 1;
        }
        if let Some(wish) = self.clue_wish(here) {
            let others: u32 = choice[..count].iter().map(|(weight, _)| weight).sum();
            choice[count] = (others.max(1000) / (1000 - wish) * wish, CLUE);
            count += 1;
        }
        count
    }

    /// How much this cell would like to be a clue cell, in thousandths; none if it must not be one.
    fn clue_wish(&self, here: Here) -> Option<u32> {
        let Here { column, right } = here;
        let above = self.words.node(self.above[column]);
        let left = self.words.node(right);
        let ends_above = self.ends_above(column);
        let ends_left = left.depth < 2 || self.free(left.word);
        let last_column = column + 1 == COLUMNS;
        let corner = last_column && self.row + 2 >= ROWS || self.row + 1 == ROWS && column + 2 >= COLUMNS;
        if !ends_above || !ends_left || corner {
            return None;
        }
        let is_clue = |row: usize, column: usize| self.draft.letters[row * COLUMNS + column] == CLUE;
        let clue_left = column > 0 && is_clue(self.row, column - 1);
        let clue_above = self.row > 0 && is_clue(self.row - 1, column);
        if clue_left && clue_above && is_clue(self.row - 1, column - 1) {
            return None;
        }
        let mut wish = match (above.depth.min(2), left.depth.min(2)) {
            (0, 0) => 80,
            (2, 2) => 800,
            _ => 350,
        };
        if clue_left || clue_above {
            wish /= 3;
        }
        // Words of two letters and lone letters make a dull grid; the edge above and left cannot do without.
        if (left.depth == 1 && self.row > 0) || (above.depth == 1 && column > 0) {
            wish /= 4;
        }
        if left.depth == 2 || above.depth == 2 {
            wish /= 10;
        }
        Some(wish.max(1))
    }

    /// Whether the word that runs down this column could end in the row above.
    fn ends_above(&self, column: usize) -> bool {
        let above = self.words.node(self.above[column]);
        match above.depth {
            0 => true,
            1 => self.above_crossed[column],
            _ => self.free(above.word),
        }
    }

    fn free(&self, word: u32) -> bool {
        word != NONE && !self.draft.used.contains(&word)
    }

    /// Whether some cell could ask for an answer that begins in the row above and runs down this column.
    fn may_run_down(&self, column: usize) -> bool {
        self.row > 1 || column > 0 && self.draft.letters[(self.row - 1) * COLUMNS + column - 1] == CLUE
    }

    /// Whether some cell could ask for an answer that begins one cell to the left and runs to the right.
    fn may_run_right(&self, column: usize) -> bool {
        column > 1 || self.row > 0 && self.draft.letters[(self.row - 1) * COLUMNS + column - 1] == CLUE
    }

    /// Puts a letter or a clue cell here. None if that ends a word that cannot end.
    fn put(&mut self, here: Here, letter: u8) -> Option<Here> {
        let Here { column, right } = here;
        let above = self.above[column];
        if letter == CLUE {
            let upper = self.words.node(above);
            if upper.depth > 1 {
                self.draft.used.push(upper.word);
            }
            self.close(here)?;
            self.draft.letters[self.row * COLUMNS + column] = CLUE;
            self.draft.down[column] = ROOT;
            return Some(Here { column: column + 1, right: ROOT });
        }
        let index = usize::from(letter - b'A');
        self.draft.letters[self.row * COLUMNS + column] = letter;
        self.draft.down[column] = self.words.after(above, index);
        self.draft.crossed[column] = true;
        let on = self.words.after(right, index);
        Some(Here { column: column + 1, right: on })
    }

    /// Ends the word that runs to the right, before this column.
    fn close(&mut self, here: Here) -> Option<()> {
        let left = self.words.node(here.right);
        match left.depth {
            0 => {}
            1 => {
                let lone = here.column - 1;
                self.draft.crossed[lone] = false;
                let down = self.draft.down[lone];
                let alone = self.words.node(down).depth == 1;
                if alone && (down == ALONE || self.row + 1 == ROWS) {
                    return None;
                }
            }
            _ => {
                if !self.free(left.word) {
                    return None;
                }
                self.draft.used.push(left.word);
            }
        }
        Some(())
    }

    /// Gives the answers that this row makes certain their clues, and looks whether each clue cell above can have one.
    fn ask(&mut self) -> bool {
        let at = self.row * COLUMNS;
        let last = self.row + 1 == ROWS;
        for column in 0..COLUMNS {
            if self.draft.letters[at + column] == CLUE {
                continue;
            }
            let begins = column == 0 || self.draft.letters[at + column - 1] == CLUE;
            let goes_on = column + 1 < COLUMNS && self.draft.letters[at + column + 1] != CLUE;
            if begins && goes_on && !self.draft.asks.add(&self.draft.letters, at + column, false) {
                return false;
            }
            let node = self.words.node(self.draft.down[column]);
            if node.depth == 2 && !self.draft.asks.add(&self.draft.letters, at + column - COLUMNS, true) {
                return false;
            }
            if last && node.depth > 1 {
                if !self.free(node.word) {
                    return false;
                }
                self.draft.used.push(node.word);
            }
        }
        hangs_together(&self.draft.letters, self.row) && self.every_clue_cell_asks()
    }

    /// Whether each clue cell has, or may still get, an answer to ask for. Two rows further down nothing new can come.
    fn every_clue_cell_asks(&mut self) -> bool {
        let last = self.row + 1 == ROWS;
        let settled = if last { ROWS } else { self.row.saturating_sub(1) };
        if !self.draft.asks.share_out(&self.draft.letters, settled * COLUMNS) {
            return false;
        }
        (0..COLUMNS).all(|column| {
            (self.row == 0 || self.asks_something(self.row - 1, column))
                && (self.row < 2 || self.asks_something(self.row - 2, column))
                && (!last || self.asks_something(self.row, column))
        })
    }

    /// Whether a clue cell has, or may still get, an answer to ask for. True for letters.
    fn asks_something(&self, row: usize, column: usize) -> bool {
        let letter = |row: usize, column: usize| {
            // What lies below the drawn rows may become a letter; what lies outside never.
            row < ROWS
                && column < COLUMNS
                && (row > self.row || self.draft.letters[row * COLUMNS + column] != CLUE)
        };
        if letter(row, column) {
            return true;
        }
        let right = letter(row, column + 1)
            && (letter(row, column + 2)
                || letter(row + 1, column + 1) && (row == 0 || !letter(row - 1, column + 1)));
        let below = letter(row + 1, column)
            && (letter(row + 2, column)
                || letter(row + 1, column + 1) && (column == 0 || !letter(row + 1, column - 1)));
        right || below
    }

    /// What this row is worth.
    fn judge(&mut self) {
        let at = self.row * COLUMNS;
        let row = &self.draft.letters[at..at + COLUMNS];
        let clues = row.iter().filter(|letter| **letter == CLUE).count();
        let wanted = if self.row == 0 { 7 } else { 3 };
        let surplus = i64::try_from(clues.saturating_sub(wanted)).unwrap_or(0);
        let short: i64 = self.draft.used[self.used_before..]
            .iter()
            .map(|word| match self.words.length(*word) {
                2 => TWO,
                3 => THREE,
                4 => FOUR,
                _ => 0,
            })
            .sum();
        let lone = (0..COLUMNS).filter(|column| row[*column] != CLUE && !self.draft.crossed[*column]).count()
            + (0..COLUMNS)
                .filter(|column| row[*column] == CLUE && self.words.node(self.above[*column]).depth == 1)
                .count();
        self.draft.cost += short
            + surplus * surplus * 120
            + i64::try_from(lone).unwrap_or(0) * if self.row == 0 { 0 } else { 180 };
        let below = ROWS - 1 - self.row;
        let hope: i64 = (0..COLUMNS)
            .map(|column| {
                let node = self.words.node(self.draft.down[column]);
                let hope = i64::from(node.hope(below));
                if node.depth == 0 { 600 } else { hope * 1000 / (hope + 150) }
            })
            .sum();
        let luck = i64::try_from(self.chance.below(160)).unwrap_or(0);
        // Which first row is good shows later, and a cheap one may lead nowhere.
        self.draft.score = if self.row == 0 { luck } else { hope - self.draft.cost + luck };
    }
}

/// One of the choices, each as likely as its weight.
fn draw_one(choice: &[(u32, u8)], chance: &mut Chance) -> usize {
    let all: u32 = choice.iter().map(|(weight, _)| weight).sum();
    let mut drawn = u32::try_from(chance.below(all as usize)).unwrap_or(0);
    for (index, (weight, _)) in choice.iter().enumerate() {
        match drawn.checked_sub(*weight) {
            Some(rest) => drawn = rest,
            None => return index,
        }
    }
    choice.len() - 1
}
