//! What a Schwedenrätsel and a crossword have in common once they are played: cells for letters, and words that ask for them.

use std::collections::HashMap;

use crate::arrows::{At, Grid};
use crate::crossword::{Cell, Crossword, Square, Way};

/// A place on a board: row and column, from 0.
pub type Place = (usize, usize);
/// What somebody has typed.
pub type Typed = HashMap<Place, char>;

/// A puzzle of letters, with its solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Row by row.
    pub rows: Vec<Vec<Spot>>,
    /// The words, by number; of one number the one to the right first.
    pub words: Vec<Word>,
}

/// One cell of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Not part of the grid.
    Void,
    /// A black square.
    Block,
    /// A clue cell: which words it asks for.
    Asks(Vec<usize>),
    /// A place for a letter.
    Letter(Square),
}

/// One word of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its number: in a crossword the one that is printed, in a Schwedenrätsel its place in the list.
    pub number: u32,
    /// Whether it runs down.
    pub down: bool,
    /// What is asked.
    pub text: String,
    /// How many letters its parts have, as an author writes it.
    pub enumeration: Option<String>,
    /// The arrow in its clue cell, in the words of [`crate::arrows::Arrow::as_str`]; nothing in a crossword.
    pub arrow: Option<&'static str>,
    /// Where its letters stand.
    pub cells: Vec<Place>,
}

/// What the house says to what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every letter is right.
    Solved,
    /// Nothing is wrong; so many cells are empty.
    GoodSoFar {
        /// How many.
        empty: usize,
    },
    /// These are wrong.
    Wrong(Vec<Place>),
}

impl Board {
    /// The letter that belongs in a place.
    #[must_use]
    pub fn letter(&self, (row, column): Place) -> Option<char> {
        match self.rows.get(row)?.get(column)? {
            Spot::Letter(square) => Some(square.answer),
            Spot::Void | Spot::Block | Spot::Asks(_) => None,
        }
    }

    /// The places of letters with the letters, row by row.
    pub fn letters(&self) -> impl Iterator<Item = (Place, char)> {
        let places = self
            .rows
            .iter()
            .enumerate()
            .flat_map(|(row, line)| (0..line.len()).map(move |column| (row, column)));
        places.filter_map(|place| Some((place, self.letter(place)?)))
    }

    /// Judges what was typed. Letters are compared as capitals.
    #[must_use]
    pub fn judge(&self, typed: &Typed) -> Verdict {
        let wrong: Vec<Place> = self
            .letters()
            .filter(|(place, answer)| typed.get(place).is_some_and(|letter| capital(*letter) != *answer))
            .map(|(place, _)| place)
            .collect();
        let empty = self.letters().filter(|(place, _)| !typed.contains_key(place)).count();
        match (wrong.is_empty(), empty) {
            (false, _) => Verdict::Wrong(wrong),
            (true, 0) => Verdict::Solved,
            (true, empty) => Verdict::GoodSoFar { empty },
        }
    }

    /// The letter that somebody wants to be told: of this place, or of the first that is empty or wrong. None if all is right.
    #[must_use]
    pub fn tell(&self, typed: &Typed, wanted: Option<Place>) -> Option<(Place, char)> {
        if let Some(place) = wanted
            && let Some(answer) = self.letter(place)
        {
            return Some((place, answer));
        }
        self.letters()
            .find(|(place, answer)| typed.get(place).is_none_or(|letter| capital(*letter) != *answer))
    }
}

/// The capital of a letter; ß stays what it is.
#[must_use]
pub fn capital(letter: char) -> char {
    let mut capitals = letter.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ => letter,
    }
}

impl From<&Grid> for Board {
    fn from(grid: &Grid) -> Board {
        let (rows, columns) = grid.size();
        let words = (1..).zip(&grid.clues).map(|(number, clue)| Word {
            number,
            down: clue.arrow.runs_down(),
            text: clue.text.clone(),
            enumeration: None,
            arrow: Some(clue.arrow.as_str()),
            cells: grid.cells(clue).into_iter().map(|At(row, column)| (row, column)).collect(),
        });
        let asks = |at: At| (0..grid.clues.len()).filter(|index| grid.clues[*index].at == at).collect();
        let spot = |at: At| match grid.letter(at) {
            Some(answer) => {
                Spot::Letter(Square { answer, number: None, circle: false, shaded: false, given: false })
            }
            None => Spot::Asks(asks(at)),
        };
        Board {
            rows: (0..rows).map(|row| (0..columns).map(|column| spot(At(row, column))).collect()).collect(),
            words: words.collect(),
        }
    }
}

impl From<&Crossword> for Board {
    fn from(crossword: &Crossword) -> Board {
        let mut words = Vec::new();
        for way in [Way::Across, Way::Down] {
            let number = |place: Place| crossword.square(place.0, place.1).and_then(|square| square.number);
            let starts: Vec<Vec<Place>> = crossword.words(way);
            for clue in crossword.clues(way) {
                let cells = starts.iter().find(|cells| number(cells[0]) == Some(clue.number));
                words.push(Word {
                    number: clue.number,
                    down: way == Way::Down,
                    text: clue.text.clone(),
                    enumeration: clue.enumeration.clone(),
                    arrow: None,
                    cells: cells.cloned().unwrap_or_default(),
                });
            }
        }
        words.sort_by_key(|word| (word.number, word.down));
        let spot = |cell: &Cell| match cell {
            Cell::Void => Spot::Void,
            Cell::Block => Spot::Block,
            Cell::Letter(square) => Spot::Letter(square.clone()),
        };
        Board { rows: crossword.cells.iter().map(|row| row.iter().map(spot).collect()).collect(), words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrows::{Arrow, Clue};

    fn board() -> Board {
        let clue =
            |row, column, arrow, text: &str| Clue { at: At(row, column), arrow, text: text.to_owned() };
        Board::from(&Grid {
            version: 1,
            letters: vec!["#E#".to_owned(), "#IN".to_owned()],
            clues: vec![
                clue(0, 0, Arrow::RightDown, "Henne legt es"),
                clue(1, 0, Arrow::Right, "modisch gefragt"),
            ],
        })
    }

    #[test]
    fn a_board_knows_its_words_and_judges_what_was_typed() {
        let board = board();
        assert_eq!(board.words[0].cells, [(0, 1), (1, 1)]);
        assert_eq!(board.words[1].cells, [(1, 1), (1, 2)]);
        assert_eq!(board.rows[0][2], Spot::Asks(vec![]));
        #[track_caller]
        fn check(board: &Board, typed: &str, expected: &Verdict) {
            let places = [(0, 1), (1, 1), (1, 2)];
            let typed = places.into_iter().zip(typed.chars()).filter(|(_, letter)| *letter != ' ').collect();
            assert_eq!(board.judge(&typed), *expected);
        }
        check(&board, "ein", &Verdict::Solved);
        check(&board, "E N", &Verdict::GoodSoFar { empty: 1 });
        check(&board, "", &Verdict::GoodSoFar { empty: 3 });
        check(&board, "EIM", &Verdict::Wrong(vec![(1, 2)]));
        check(&board, "Ä", &Verdict::Wrong(vec![(0, 1)]));
    }

    #[test]
    fn a_letter_is_told_where_it_was_asked_for_or_first_missing() {
        let board = board();
        let typed = Typed::from([((0, 1), 'E'), ((1, 1), 'X')]);
        assert_eq!(board.tell(&typed, Some((1, 2))), Some(((1, 2), 'N')));
        assert_eq!(board.tell(&typed, None), Some(((1, 1), 'I')));
        assert_eq!(board.tell(&typed, Some((0, 0))), Some(((1, 1), 'I')), "no letter belongs there");
        let whole: Typed = board.letters().collect();
        assert_eq!(board.tell(&whole, None), None);
    }
}
