//! What each technique looks for: where a grid allows a step, and what follows from it.

use super::logic::{Known, Step};
use super::technique::Technique as T;
use super::{Cell, Digits, House, Technique};

/// Takes a step; true ends the search.
pub(super) type Offer<'a> = &'a mut dyn FnMut(Step) -> bool;

pub(super) fn hidden_singles(known: &Known, offer: Offer) -> bool {
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

pub(super) fn naked_singles(known: &Known, offer: Offer) -> bool {
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

pub(super) fn pointing(known: &Known, offer: Offer) -> bool {
    (0..9).any(|square| {
        let (row, column) = (square / 3 * 3, square % 3 * 3);
        let lines = (row..row + 3).map(House::Row).chain((column..column + 3).map(House::Column));
        lines.into_iter().any(|line| locked(known, T::Pointing, House::Square(square), line, offer))
    })
}

pub(super) fn claiming(known: &Known, offer: Offer) -> bool {
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

pub(super) fn naked(known: &Known, size: usize, technique: Technique, offer: Offer) -> bool {
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

pub(super) fn hidden(known: &Known, size: usize, technique: Technique, offer: Offer) -> bool {
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
pub(super) fn fish(known: &Known, size: usize, technique: Technique, offer: Offer) -> bool {
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

pub(super) fn xy_wing(known: &Known, offer: Offer) -> bool {
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
pub(super) fn colouring(known: &Known, offer: Offer) -> bool {
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
