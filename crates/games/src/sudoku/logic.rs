//! Solving as people do: each step has a name and a reason, and nothing is guessed.

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
    fn places(&self, house: House, digit: u8) -> u16 {
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
    fn seen_once(&self, house: House) -> Digits {
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

/// Takes a step; true ends the search.
type Offer<'a> = &'a mut dyn FnMut(Step) -> bool;

fn hidden_single(known: &Known) -> Option<Step> {
    find(known, T::HiddenSingle, &mut |_| true)
}

fn naked_single(known: &Known) -> Option<Step> {
    find(known, T::NakedSingle, &mut |_| true)
}

fn hidden_singles(known: &Known, offer: Offer) -> bool {
    for house in House::all() {
        for digit in known.seen_once(house).each() {
            let Some(cell) = house.cells().find(|cell| known.may(*cell).has(digit)) else { continue };
            let step = Step {
                technique: T::HiddenSingle,
                digits: Digits::only(digit),
                house: Some(house),
                because: vec![cell],
                place: Some((cell, digit)),
                strike: Vec::new(),
            };
            if offer(step) {
                return true;
            }
        }
    }
    false
}

fn naked_singles(known: &Known, offer: Offer) -> bool {
    Cell::all().any(|cell| {
        known.may(cell).single().is_some_and(|digit| {
            offer(Step {
                technique: T::NakedSingle,
                digits: Digits::only(digit),
                house: None,
                because: vec![cell],
                place: Some((cell, digit)),
                strike: Vec::new(),
            })
        })
    })
}

/// Whatever of `digits` may stand in `cells`, as it is struck.
fn struck(known: &Known, cells: impl Iterator<Item = Cell>, digits: Digits) -> Vec<(Cell, u8)> {
    cells.flat_map(|cell| known.may(cell).and(digits).each().map(move |digit| (cell, digit))).collect()
}

/// Where a digit stands in `inside` only within `across`, it goes from the rest of `across`.
fn locked(known: &Known, technique: Technique, inside: House, across: House, offer: Offer) -> bool {
    let mut shared = Digits::NONE;
    let mut beside = Digits::NONE;
    for cell in inside.cells() {
        let seen = if across.has(cell) { &mut shared } else { &mut beside };
        *seen = seen.or(known.may(cell));
    }
    for digit in shared.without(beside).each() {
        let because: Vec<Cell> = inside.cells().filter(|cell| known.may(*cell).has(digit)).collect();
        if because.len() < 2 {
            continue;
        }
        let outside = across.cells().filter(|cell| !inside.has(*cell));
        let strike = struck(known, outside, Digits::only(digit));
        let digits = Digits::only(digit);
        if offer(Step { technique, digits, house: Some(inside), because, place: None, strike }) {
            return true;
        }
    }
    false
}

fn pointing(known: &Known, offer: Offer) -> bool {
    (0..9).any(|square| {
        let (row, column) = (square / 3 * 3, square % 3 * 3);
        let lines = (row..row + 3).map(House::Row).chain((column..column + 3).map(House::Column));
        lines.into_iter().any(|line| locked(known, T::Pointing, House::Square(square), line, offer))
    })
}

fn claiming(known: &Known, offer: Offer) -> bool {
    House::rows().chain(House::columns()).any(|line| {
        (0..3).any(|third| {
            let square = match line {
                House::Row(row) => row / 3 * 3 + third,
                House::Column(column) | House::Square(column) => third * 3 + column / 3,
            };
            locked(known, T::Claiming, line, House::Square(square), offer)
        })
    })
}

/// Calls for every choice of `size` among `from`, until one answers true.
fn choices<T: Copy>(
    from: &[T],
    size: usize,
    chosen: &mut Vec<T>,
    call: &mut dyn FnMut(&[T]) -> bool,
) -> bool {
    if chosen.len() == size {
        return call(chosen);
    }
    for (n, one) in from.iter().enumerate() {
        chosen.push(*one);
        let done = choices(&from[n + 1..], size, chosen, call);
        chosen.pop();
        if done {
            return true;
        }
    }
    false
}

fn naked(known: &Known, size: usize, technique: Technique, offer: Offer) -> bool {
    House::all().any(|house| {
        let few = |cell: &Cell| (2..=size).contains(&(known.may(*cell).count() as usize));
        let cells: Vec<Cell> = house.cells().filter(few).collect();
        choices(&cells, size, &mut Vec::new(), &mut |chosen| {
            let digits = chosen.iter().fold(Digits::NONE, |all, cell| all.or(known.may(*cell)));
            if digits.count() as usize != size {
                return false;
            }
            let strike = struck(known, house.cells().filter(|cell| !chosen.contains(cell)), digits);
            offer(Step {
                technique,
                digits,
                house: Some(house),
                because: chosen.to_vec(),
                place: None,
                strike,
            })
        })
    })
}

fn hidden(known: &Known, size: usize, technique: Technique, offer: Offer) -> bool {
    House::all().any(|house| {
        let places: Vec<(u8, u16)> = (1..=9)
            .map(|digit| (digit, known.places(house, digit)))
            .filter(|(_, places)| (2..=size).contains(&(places.count_ones() as usize)))
            .collect();
        choices(&places, size, &mut Vec::new(), &mut |chosen| {
            let together = chosen.iter().fold(0, |all, (_, places)| all | places);
            if together.count_ones() as usize != size {
                return false;
            }
            let digits = chosen.iter().fold(Digits::NONE, |all, (digit, _)| all.or(Digits::only(*digit)));
            let because: Vec<Cell> = house
                .cells()
                .enumerate()
                .filter(|(n, _)| together & 1 << n != 0)
                .map(|(_, cell)| cell)
                .collect();
            let strike = struck(known, because.iter().copied(), Digits::ALL.without(digits));
            offer(Step { technique, digits, house: Some(house), because, place: None, strike })
        })
    })
}

/// X-wing and swordfish: in `size` lines a digit stands in the same `size` crossing lines.
fn fish(known: &Known, size: usize, technique: Technique, offer: Offer) -> bool {
    let lines: [fn(usize) -> House; 2] = [House::Row, House::Column];
    (1..=9).any(|digit| {
        (0..2).any(|way| {
            let (base, cover) = (lines[way], lines[1 - way]);
            let places: Vec<(usize, u16)> = (0..9)
                .map(|line| (line, known.places(base(line), digit)))
                .filter(|(_, places)| (2..=size).contains(&(places.count_ones() as usize)))
                .collect();
            choices(&places, size, &mut Vec::new(), &mut |chosen| {
                let together = chosen.iter().fold(0, |all, (_, places)| all | places);
                if together.count_ones() as usize != size {
                    return false;
                }
                let based = |cell: &Cell| chosen.iter().any(|(line, _)| base(*line).has(*cell));
                let crossing =
                    || (0..9).filter(|line| together & 1 << line != 0).flat_map(|line| cover(line).cells());
                let holds = |cell: &Cell| based(cell) && known.may(*cell).has(digit);
                let because: Vec<Cell> = crossing().filter(holds).collect();
                let strike = struck(known, crossing().filter(|cell| !based(cell)), Digits::only(digit));
                let house = chosen.first().map(|(line, _)| base(*line));
                offer(Step { technique, digits: Digits::only(digit), house, because, place: None, strike })
            })
        })
    })
}

fn xy_wing(known: &Known, offer: Offer) -> bool {
    let pairs: Vec<Cell> = Cell::all().filter(|cell| known.may(*cell).count() == 2).collect();
    pairs.iter().any(|hinge| {
        let wings: Vec<Cell> = pairs
            .iter()
            .copied()
            .filter(|wing| hinge.sees(*wing) && known.may(*hinge).and(known.may(*wing)).count() == 1)
            .collect();
        choices(&wings, 2, &mut Vec::new(), &mut |two| {
            let [one, other] = two else { return false };
            let hinged = known.may(*hinge);
            let shared = known.may(*one).and(known.may(*other)).without(hinged);
            let covers = hinged.without(known.may(*one)).without(known.may(*other)).is_empty();
            if shared.count() != 1 || !covers {
                return false;
            }
            let seen = Cell::all().filter(|cell| cell.sees(*one) && cell.sees(*other) && cell != hinge);
            let strike = struck(known, seen, shared);
            let because = vec![*hinge, *one, *other];
            offer(Step { technique: T::XyWing, digits: shared, house: None, because, place: None, strike })
        })
    })
}

/// Simple colouring: where a digit has two places in a house, exactly one of them is right. Chains of such pairs are coloured in
/// turn. If two cells of one colour see each other, that colour is wrong; and a cell that sees both colours cannot have the digit.
fn colouring(known: &Known, offer: Offer) -> bool {
    (1..=9).any(|digit| {
        let mut colour = [0u8; 81];
        let mut links: Vec<(Cell, Cell)> = Vec::new();
        for house in House::all() {
            let cells: Vec<Cell> = house.cells().filter(|cell| known.may(*cell).has(digit)).collect();
            if let [one, other] = cells[..] {
                links.push((one, other));
            }
        }
        links.iter().any(|(start, _)| {
            if colour[start.index()] != 0 {
                return false;
            }
            let chain = coloured(*start, &links, &mut colour);
            let of = |wanted: u8| {
                chain.iter().copied().filter(|cell| colour[cell.index()] == wanted).collect::<Vec<_>>()
            };
            let sides = [of(1), of(2)];
            let clash = sides.iter().find(|side| side.iter().any(|a| side.iter().any(|b| a.sees(*b))));
            let strike = if let Some(wrong) = clash {
                struck(known, wrong.iter().copied(), Digits::only(digit))
            } else {
                let sees = |cell: Cell, side: &[Cell]| side.iter().any(|other| cell.sees(*other));
                let both = Cell::all()
                    .filter(|cell| !chain.contains(cell) && sees(*cell, &sides[0]) && sees(*cell, &sides[1]));
                struck(known, both, Digits::only(digit))
            };
            let mut because = chain.clone();
            because.sort_unstable();
            let digits = Digits::only(digit);
            offer(Step { technique: T::Colouring, digits, house: None, because, place: None, strike })
        })
    })
}

/// Colours all that hangs together with `start`, in turn 1 and 2.
fn coloured(start: Cell, links: &[(Cell, Cell)], colour: &mut [u8; 81]) -> Vec<Cell> {
    colour[start.index()] = 1;
    let mut chain = vec![start];
    let mut next = 0;
    while let Some(cell) = chain.get(next).copied() {
        next += 1;
        for (one, other) in links {
            let beyond = if *one == cell {
                *other
            } else if *other == cell {
                *one
            } else {
                continue;
            };
            if colour[beyond.index()] == 0 {
                colour[beyond.index()] = 3 - colour[cell.index()];
                chain.push(beyond);
            }
        }
    }
    chain
}
