//! What a Schwedenrätsel and a crossword share as pages: the grid as it is shown, what was typed, the house's answer to it.

use std::collections::HashMap;

use ::games::Puzzle;
use ::games::letters::{Board, Place, Spot, Typed, Verdict, Word};
use ::games::plays::State;
use theme::{AskView, CellWord, ClueView, LetterCell, LettersPage, Say};

use super::own::{Kept, Slip};
use super::{count, own};
use crate::{Answer, Trouble, Visit};

/// A form as it came: letters in their fields, the field to be told, and what else it says.
#[derive(Default)]
pub(crate) struct Sent {
    /// The letters.
    pub(crate) typed: Typed,
    /// Which field somebody wants to be told.
    at: Option<Place>,
    /// What else.
    pub(crate) slip: Slip,
}

impl Sent {
    /// Takes the fields of the form; a field that the board does not have is refused (T4.4).
    pub(crate) fn parse(form: HashMap<String, String>, board: &Board) -> Result<Sent, Trouble> {
        let mut sent = Sent::default();
        for (name, text) in form {
            if name == "at" {
                sent.at = place(&text, ',');
                continue;
            }
            if sent.slip.take(&name, &text) {
                continue;
            }
            let place = name.strip_prefix('c').and_then(|name| place(name, '-'));
            let Some(place) = place.filter(|place| board.letter(*place).is_some()) else {
                return Err(Trouble::Unreadable(format!("a field {name} that the grid does not have")));
            };
            if let Some(letter) = text.trim().chars().next().filter(|letter| letter.is_alphanumeric()) {
                sent.typed.insert(place, ::games::letters::capital(letter));
            }
        }
        sent.print(board);
        Ok(sent)
    }

    /// What is printed is not a field, and right.
    fn print(&mut self, board: &Board) {
        for ((row, column), answer) in board.letters() {
            if matches!(&board.rows[row][column], Spot::Letter(square) if square.given) {
                self.typed.insert((row, column), answer);
            }
        }
    }

    /// What an account keeps: one sign for each field, a point for an empty one.
    fn of_state(state: &str, slip: Slip, board: &Board) -> Sent {
        let mut sent = Sent { slip, ..Sent::default() };
        for ((place, _), sign) in board.letters().zip(state.chars()) {
            if sign.is_alphanumeric() {
                sent.typed.insert(place, ::games::letters::capital(sign));
            }
        }
        sent.print(board);
        sent
    }

    /// The same, of what was typed.
    fn report(&self, board: &Board) -> State {
        let sign = |place: &Place| self.typed.get(place).copied().unwrap_or('.');
        self.slip.report(board.letters().map(|(place, _)| sign(&place)).collect(), self.typed.len())
    }
}

/// Keeps where somebody stands; the answer says what stands then.
pub(crate) async fn save(visit: Visit, puzzle: &Puzzle, board: &Board, url: String, kept: Kept) -> Answer {
    visit.reader()?;
    let sent = Sent::of_state(&kept.state, kept.slip(), board);
    own::remember(&visit, puzzle, &sent.report(board), None).await?;
    own::play(visit, puzzle, url).await
}

/// What the account keeps of a puzzle, as if it had been sent; and whether that is finished.
pub(crate) async fn resumed(visit: &Visit, puzzle: &Puzzle, board: &Board) -> Result<(Sent, bool), Trouble> {
    Ok(match own::standing(visit, puzzle).await? {
        Some(play) => (Sent::of_state(&play.state, Slip::of(&play), board), play.finished),
        None => (Sent::default(), false),
    })
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
pub(crate) async fn checked(
    visit: &Visit,
    puzzle: &Puzzle,
    mut page: LettersPage,
    board: &Board,
    sent: &Sent,
) -> Answer {
    let verdict = board.judge(&sent.typed);
    let ended = (verdict == Verdict::Solved).then_some(own::Ended {
        won: true,
        score: 0,
        finished: sent.slip.finished,
    });
    page.version = own::remember(visit, puzzle, &sent.report(board), ended).await?;
    let said = match verdict {
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
pub(crate) async fn told(
    visit: &Visit,
    puzzle: &Puzzle,
    mut page: LettersPage,
    board: &Board,
    sent: &Sent,
) -> Answer {
    own::took_hint(visit, puzzle).await?;
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
