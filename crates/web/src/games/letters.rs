//! What a Schwedenrätsel and a crossword share as pages: the grid as it is shown, what was typed, the house's answer to it.

use std::collections::HashMap;

use ::games::letters::{Board, Place, Spot, Typed, Verdict, Word};
use theme::{AskView, CellWord, ClueView, LetterCell, LettersPage, Say};

use crate::{Answer, Trouble, Visit};

/// The longest game that is counted, in milliseconds: a day.
const LONGEST: u64 = 24 * 3_600_000;

/// A form as it came: letters in their fields, the field to be told, the time played.
#[derive(Default)]
pub(crate) struct Sent {
    /// The letters.
    pub(crate) typed: Typed,
    /// Which field somebody wants to be told.
    at: Option<Place>,
    /// How long they have played, as their browser says; for themselves only.
    pub(crate) elapsed_ms: u64,
}

impl Sent {
    /// Takes the fields of the form; a field that the board does not have is refused (T4.4).
    pub(crate) fn parse(form: HashMap<String, String>, board: &Board) -> Result<Sent, Trouble> {
        let mut sent = Sent::default();
        for (name, text) in form {
            match name.as_str() {
                "elapsed" => sent.elapsed_ms = text.parse::<u64>().unwrap_or(0).min(LONGEST),
                "at" => sent.at = place(&text, ','),
                _ => {
                    let place = name.strip_prefix('c').and_then(|name| place(name, '-'));
                    let Some(place) = place.filter(|place| board.letter(*place).is_some()) else {
                        return Err(Trouble::Unreadable(format!(
                            "a field {name} that the grid does not have"
                        )));
                    };
                    if let Some(letter) = text.trim().chars().next().filter(|letter| letter.is_alphanumeric())
                    {
                        sent.typed.insert(place, ::games::letters::capital(letter));
                    }
                }
            }
        }
        // What is printed is not a field, and right.
        for ((row, column), answer) in board.letters() {
            if matches!(&board.rows[row][column], Spot::Letter(square) if square.given) {
                sent.typed.insert((row, column), answer);
            }
        }
        Ok(sent)
    }
}

/// `3-7` or `3,7`: row and column, from 1.
fn place(text: &str, between: char) -> Option<Place> {
    let (row, column) = text.split_once(between)?;
    let number = |text: &str| text.trim().parse::<usize>().ok()?.checked_sub(1);
    Some((number(row)?, number(column)?))
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn way(down: bool) -> String {
    (if down { "down" } else { "across" }).to_owned()
}

/// The cells of a board with these letters in them; letters that are printed always stand there.
pub(crate) fn cells(board: &Board, typed: &Typed) -> Vec<Vec<LetterCell>> {
    let mut words: HashMap<Place, Vec<CellWord>> = HashMap::new();
    for word in &board.words {
        for (nth, cell) in word.cells.iter().enumerate() {
            words.entry(*cell).or_default().push(CellWord {
                way: way(word.down),
                number: word.number,
                text: word.text.clone(),
                nth: number(nth + 1),
                of: number(word.cells.len()),
            });
        }
    }
    let cell = |row: usize, column: usize, spot: &Spot| {
        let mut cell =
            LetterCell { row: number(row + 1), column: number(column + 1), ..LetterCell::default() };
        match spot {
            Spot::Void => "void".clone_into(&mut cell.is),
            Spot::Block => "block".clone_into(&mut cell.is),
            Spot::Asks(asks) => {
                "asks".clone_into(&mut cell.is);
                cell.asks = asks.iter().filter_map(|index| board.words.get(*index)).map(ask).collect();
            }
            Spot::Letter(square) => {
                "letter".clone_into(&mut cell.is);
                let letter = typed.get(&(row, column)).copied().or(square.given.then_some(square.answer));
                cell.typed = letter.map(String::from).unwrap_or_default();
                cell.number = square.number;
                cell.words = words.remove(&(row, column)).unwrap_or_default();
                (cell.given, cell.circle, cell.shaded) = (square.given, square.circle, square.shaded);
            }
        }
        cell
    };
    let mut rows = Vec::with_capacity(board.rows.len());
    let mut cell = cell;
    for (row, line) in board.rows.iter().enumerate() {
        rows.push(line.iter().enumerate().map(|(column, spot)| cell(row, column, spot)).collect());
    }
    rows
}

fn ask(word: &Word) -> AskView {
    AskView {
        number: word.number,
        way: way(word.down),
        arrow: word.arrow.unwrap_or_default().to_owned(),
        text: word.text.clone(),
    }
}

/// The clues of one direction.
pub(crate) fn clues(board: &Board, down: bool) -> Vec<ClueView> {
    let clue = |word: &Word| {
        let (row, column) = word.cells.first().copied().unwrap_or_default();
        ClueView {
            number: word.number,
            text: word.text.clone(),
            length: word.enumeration.clone().unwrap_or_else(|| word.cells.len().to_string()),
            row: number(row + 1),
            column: number(column + 1),
        }
    };
    board.words.iter().filter(|word| word.down == down).map(clue).collect()
}

/// Answers a form that asked whether all is right so far.
pub(crate) fn checked(visit: &Visit, mut page: LettersPage, board: &Board, sent: &Sent) -> Answer {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let said = match board.judge(&sent.typed) {
        Verdict::Solved => {
            page.solved = true;
            Say::new("say-letters-solved")
        }
        Verdict::GoodSoFar { empty } => Say::new("say-letters-good").number("n", count(empty)),
        Verdict::Wrong(places) => {
            for (row, column) in &places {
                page.rows[*row][*column].wrong = true;
            }
            Say::new("say-letters-wrong").number("n", count(places.len()))
        }
    };
    page.verdict = Some(said);
    visit.show(&page)
}

/// Answers a form that asked for a letter: the one letter, and nothing else of the solution.
pub(crate) fn told(visit: &Visit, mut page: LettersPage, board: &Board, sent: &Sent) -> Answer {
    let said = match board.tell(&sent.typed, sent.at) {
        None => Say::new("say-letters-nothing-to-tell"),
        Some(((row, column), letter)) => {
            let cell = &mut page.rows[row][column];
            (cell.typed, cell.told) = (letter.to_string(), true);
            let place = |n: usize| i64::try_from(n + 1).unwrap_or(i64::MAX);
            Say::new("say-letters-told")
                .text("letter", letter.to_string())
                .number("row", place(row))
                .number("column", place(column))
        }
    };
    page.verdict = Some(said);
    visit.show(&page)
}
