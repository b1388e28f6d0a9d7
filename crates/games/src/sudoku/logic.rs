//! Solving as people do: each step has a name and a reason, and nothing is guessed.

use super::patterns::{
    claiming, colouring, fish, hidden, hidden_singles, naked, naked_singles, pointing, xy_wing,
};
use super::technique::Technique as T;
use super::{Cell, Digits, Grid, House, Sudoku, Technique};

/// One thing that follows from what is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How one sees it.
    pub technique: Technique,
    /// The digits it is about.
    pub digits: Digits,
    /// The row, column or box in which one sees it, where it is one.
    pub house: Option<House>,
    /// The cells it rests on.
    pub because: Vec<Cell>,
    /// A cell whose digit is now known.
    pub place: Option<(Cell, u8)>,
    /// Digits that cannot stand in these cells.
    pub strike: Vec<(Cell, u8)>,
}

/// What is known of a grid: its digits, and which ones may still stand in its empty cells.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) grid: Grid,
    may: [Digits; 81],
}

impl Known {
    pub(super) fn new(given: &Grid) -> Known {
        let mut known = Known { grid: Grid::EMPTY, may: [Digits::ALL; 81] };
        for cell in Cell::all() {
            if let Some(digit) = given.at(cell) {
                known.place(cell, digit);
            }
        }
        known
    }

    pub(super) fn place(&mut self, cell: Cell, digit: u8) {
        self.grid.set(cell, Some(digit));
        self.may[cell.index()] = Digits::NONE;
        let gone = Digits::only(digit);
        for house in [House::Row(cell.row()), House::Column(cell.column()), House::Square(cell.square())] {
            for other in house.cells() {
                let may = &mut self.may[other.index()];
                *may = may.without(gone);
            }
        }
    }

    /// What may still stand in a cell; nothing if it has its digit.
    pub(super) fn may(&self, cell: Cell) -> Digits {
        self.may[cell.index()]
    }

    /// The places of a digit in a house, as bits by their order in it.
    pub(super) fn places(&self, house: House, digit: u8) -> u16 {
        house
            .cells()
            .enumerate()
            .fold(0, |places, (n, cell)| places | u16::from(self.may(cell).has(digit)) << n)
    }

    fn take(&mut self, step: &Step) {
        if let Some((cell, digit)) = step.place {
            self.place(cell, digit);
        }
        for (cell, digit) in &step.strike {
            let may = &mut self.may[cell.index()];
            *may = may.without(Digits::only(*digit));
        }
    }

    /// Places everything that singles give, without saying why. Returns the hardest of the two that was needed.
    pub(super) fn singles(&mut self) -> Option<Technique> {
        let mut hardest = None;
        loop {
            if self.place_hidden() {
                hardest = hardest.max(Some(T::HiddenSingle));
            } else if let Some((cell, digit)) = self.first_naked() {
                self.place(cell, digit);
                hardest = Some(T::NakedSingle);
            } else {
                return hardest;
            }
        }
    }

    /// Goes once through all houses and places digits that have one place left.
    fn place_hidden(&mut self) -> bool {
        let mut placed = false;
        for house in House::all() {
            for digit in self.seen_once(house).each() {
                let place = house.cells().find(|cell| self.may(*cell).has(digit));
                // The digit before it may have taken its place: then the grid has no solution, and it is seen at the end.
                if let Some(cell) = place {
                    self.place(cell, digit);
                    placed = true;
                }
            }
        }
        placed
    }

    fn first_naked(&self) -> Option<(Cell, u8)> {
        Cell::all().find_map(|cell| self.may(cell).single().map(|digit| (cell, digit)))
    }

    /// Digits that may stand in one cell of the house and in no other.
    pub(super) fn seen_once(&self, house: House) -> Digits {
        let (mut once, mut more) = (Digits::NONE, Digits::NONE);
        for cell in house.cells() {
            let may = self.may(cell);
            more = more.or(once.and(may));
            once = once.or(may);
        }
        once.without(more)
    }
}

/// The techniques that solve a grid, each tried only when no easier one gets on; nothing if they do not, or if none beyond
/// `limit` may be used. A grid that they solve has exactly this one solution, because no step leaves another open.
#[must_use]
pub fn techniques(given: &Grid, limit: Technique) -> Option<(Vec<Technique>, Grid)> {
    let mut known = Known::new(given);
    let mut used: Vec<Technique> = Vec::new();
    loop {
        used.extend(known.singles());
        if known.grid.filled() == 81 {
            used.sort_unstable();
            used.dedup();
            return known.grid.conflicts().is_empty().then_some((used, known.grid));
        }
        let step = next_beyond_singles(&known, limit)?;
        used.push(step.technique);
        known.take(&step);
    }
}

/// What helps somebody on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// First these cells have to be put right: their digits are wrong.
    Mistakes(Vec<Cell>),
    /// These steps lead to the next digit; the last one places it.
    Steps(Vec<Step>),
    /// There is nothing left to find.
    Full,
}

/// The next step from where somebody is, with all that must be seen before it.
#[must_use]
pub fn hint(puzzle: &Sudoku, filled: &Grid) -> Hint {
    let grid = puzzle.with(filled);
    if let super::Verdict::Wrong(cells) = puzzle.judge(filled) {
        return Hint::Mistakes(cells);
    }
    let mut known = Known::new(&grid);
    let mut steps = Vec::new();
    while known.grid.filled() < 81 {
        let step = hidden_single(&known)
            .or_else(|| naked_single(&known))
            .or_else(|| next_beyond_singles(&known, T::Colouring));
        // What was dug so that it can be solved can be solved from any right position.
        let Some(step) = step else { return Hint::Full };
        known.take(&step);
        let found = step.place.is_some();
        steps.push(step);
        if found {
            return Hint::Steps(needed(&grid, steps));
        }
    }
    Hint::Full
}

/// Leaves out steps that the last one does not need: each that can go without the end being lost.
fn needed(grid: &Grid, mut steps: Vec<Step>) -> Vec<Step> {
    let Some(end) = steps.pop() else { return steps };
    let follows = |steps: &[Step]| {
        let mut known = Known::new(grid);
        steps.iter().all(|step| {
            let sound = stands(&known, step);
            known.take(step);
            sound
        }) && stands(&known, &end)
    };
    for index in (0..steps.len()).rev() {
        let mut fewer = steps.clone();
        fewer.remove(index);
        if follows(&fewer) {
            steps = fewer;
        }
    }
    steps.push(end);
    steps
}

/// Whether a step can be seen from what is known: some technique of its name gives it.
fn stands(known: &Known, step: &Step) -> bool {
    every(known, step.technique).iter().any(|other| {
        other.place == step.place
            && other.because == step.because
            && step
                .strike
                .iter()
                .all(|struck| other.strike.contains(struck) || !known.may(struck.0).has(struck.1))
    })
}

fn next_beyond_singles(known: &Known, limit: Technique) -> Option<Step> {
    Technique::ALL
        .into_iter()
        .skip(2)
        .take_while(|technique| *technique <= limit)
        .find_map(|technique| find(known, technique, &mut |_| true))
}

/// All steps that a technique gives.
fn every(known: &Known, technique: Technique) -> Vec<Step> {
    let mut all = Vec::new();
    find(known, technique, &mut |step| {
        all.push(step.clone());
        false
    });
    all
}

/// Offers the steps of a technique, one after the other, until one is taken.
fn find(known: &Known, technique: Technique, take: &mut dyn FnMut(&Step) -> bool) -> Option<Step> {
    let mut found = None;
    let mut offer = |step: Step| {
        let useful = step.place.is_some() || !step.strike.is_empty();
        let taken = useful && take(&step);
        if taken {
            found = Some(step);
        }
        taken
    };
    match technique {
        T::HiddenSingle => hidden_singles(known, &mut offer),
        T::NakedSingle => naked_singles(known, &mut offer),
        T::Pointing => pointing(known, &mut offer),
        T::Claiming => claiming(known, &mut offer),
        T::NakedPair => naked(known, 2, technique, &mut offer),
        T::HiddenPair => hidden(known, 2, technique, &mut offer),
        T::NakedTriple => naked(known, 3, technique, &mut offer),
        T::HiddenTriple => hidden(known, 3, technique, &mut offer),
        T::XWing => fish(known, 2, technique, &mut offer),
        T::Swordfish => fish(known, 3, technique, &mut offer),
        T::XyWing => xy_wing(known, &mut offer),
        T::Colouring => colouring(known, &mut offer),
    };
    found
}

fn hidden_single(known: &Known) -> Option<Step> {
    find(known, T::HiddenSingle, &mut |_| true)
}

fn naked_single(known: &Known) -> Option<Step> {
    find(known, T::NakedSingle, &mut |_| true)
}
