//! The word of the day: five letters, six tries, and after each the house says of every letter what it knows.
//!
//! Ä, Ö and Ü are letters of their own, as in a crossword of today; ß is written SS. Solutions are a list chosen by hand, so that
//! nobody loses to a word they have never heard; guesses may be any German word, in any of its forms. Within one round of the
//! list no word comes twice; what the desk exchanges is replaced from a reserve that the round leaves out.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{Chance, Day, Key, Seed};

/// So many tries.
pub const TRIES: usize = 6;
/// So many letters.
pub const LETTERS: usize = 5;

static SOLUTIONS: LazyLock<Vec<Word>> = LazyLock::new(|| words(include_str!("solutions.txt")).collect());
static KNOWN: LazyLock<HashSet<Word>> =
    LazyLock::new(|| words(include_str!("guesses.txt")).chain(SOLUTIONS.iter().copied()).collect());

fn words(list: &'static str) -> impl Iterator<Item = Word> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| Word::parse(line).ok())
}

/// Five letters from A to Z, Ä, Ö and Ü.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word([char; LETTERS]);

/// Why something typed is no guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It does not have five letters, counting ß as two.
    NotFive,
    /// There is something in it that is no letter of the game.
    NoLetter,
    /// Five letters, but no word we know.
    Unknown,
}

impl Word {
    /// Takes a word as it was typed, in small or capital letters, with its umlauts in one piece or two.
    pub fn parse(typed: &str) -> Result<Word, Refusal> {
        let mut letters: Vec<char> = Vec::with_capacity(LETTERS);
        for sign in typed.trim().chars().take(4 * LETTERS) {
            match sign {
                'ß' | 'ẞ' => letters.extend(['S', 'S']),
                // An umlaut in two pieces: the letter, and two dots that go on top of it.
                '\u{308}' => match letters.pop() {
                    Some('A') => letters.push('Ä'),
                    Some('O') => letters.push('Ö'),
                    Some('U') => letters.push('Ü'),
                    _ => return Err(Refusal::NoLetter),
                },
                'a'..='z' | 'A'..='Z' => letters.push(sign.to_ascii_uppercase()),
                'ä' | 'Ä' => letters.push('Ä'),
                'ö' | 'Ö' => letters.push('Ö'),
                'ü' | 'Ü' => letters.push('Ü'),
                _ => return Err(Refusal::NoLetter),
            }
        }
        letters.try_into().map(Word).map_err(|_| Refusal::NotFive)
    }

    /// Takes a guess: a word that German has.
    pub fn guess(typed: &str) -> Result<Word, Refusal> {
        let word = Word::parse(typed)?;
        if KNOWN.contains(&word) { Ok(word) } else { Err(Refusal::Unknown) }
    }

    /// Its letters.
    #[must_use]
    pub fn letters(self) -> [char; LETTERS] {
        self.0
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{letter}"))
    }
}

impl Serialize for Word {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
        Word::parse(&String::deserialize(deserializer)?)
            .map_err(|_| serde::de::Error::custom("not a word of five letters"))
    }
}

/// What the house says of one letter of a guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It is not in the word, or not once more.
    Absent,
    /// It is in the word, at another place.
    Elsewhere,
    /// It stands here.
    Here,
}

/// The puzzle of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Riddle {
    /// What is looked for.
    pub solution: Word,
}

impl Riddle {
    /// Marks a guess. A letter that the word has once is marked once, where it stands if the guess has it there.
    #[must_use]
    pub fn marks(&self, guess: Word) -> [Mark; LETTERS] {
        let mut marks = [Mark::Absent; LETTERS];
        let mut left: Vec<char> = Vec::with_capacity(LETTERS);
        for (n, letter) in self.solution.0.into_iter().enumerate() {
            if guess.0[n] == letter {
                marks[n] = Mark::Here;
            } else {
                left.push(letter);
            }
        }
        for (n, letter) in guess.0.into_iter().enumerate() {
            if marks[n] == Mark::Here {
                continue;
            }
            if let Some(at) = left.iter().position(|other| *other == letter) {
                left.swap_remove(at);
                marks[n] = Mark::Elsewhere;
            }
        }
        marks
    }

    /// Whether these guesses end the game, and how.
    #[must_use]
    pub fn ending(&self, guesses: &[Word]) -> Option<Ending> {
        if guesses.iter().take(TRIES).any(|guess| *guess == self.solution) {
            Some(Ending::Found)
        } else {
            (guesses.len() >= TRIES).then_some(Ending::Missed)
        }
    }
}

/// How a game ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The word was found.
    Found,
    /// Six guesses were not enough: the word may be told.
    Missed,
}

/// The first day of the first round: the rounds of all papers are counted from here.
const EPOCH: &str = "2026-01-01";

/// So many words at the end of each round's order are never the word of a day: they stand in for words that are exchanged.
const RESERVE: usize = 30;

/// The word of this name: the next one in this round's order of the list, which only the paper's secret gives; for an exchange one
/// of the reserve. There neighbours have different ones, so that a word comes again at the earliest after [`RESERVE`] days.
#[must_use]
pub fn make(seed: &Seed, key: Key) -> Riddle {
    let list = &*SOLUTIONS;
    let round = list.len().saturating_sub(RESERVE);
    let count = i32::try_from(round).unwrap_or(i32::MAX).max(1);
    let epoch = Day::parse(EPOCH).unwrap_or(key.day);
    let days = key.day.since(epoch);
    let first_of_round = epoch.after(days.div_euclid(count) * count);
    let place = usize::try_from(days.rem_euclid(count)).unwrap_or(0);
    let mut order: Vec<usize> = (0..list.len()).collect();
    Chance::of(seed, &Key { day: first_of_round, attempt: 0, ..key }).shuffle(&mut order);
    let place = match usize::try_from(key.attempt).unwrap_or(0).checked_sub(1) {
        None => place,
        Some(before) => round + (place + before) % RESERVE,
    };
    let solution = order.get(place).and_then(|index| list.get(*index)).copied();
    Riddle { solution: solution.unwrap_or(Word(['A', 'B', 'E', 'N', 'D'])) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Game, Level};

    #[test]
    fn umlauts_are_letters_and_sharp_s_is_two() {
        #[track_caller]
        fn check(typed: &str, expected: Result<&str, Refusal>) {
            assert_eq!(
                Word::parse(typed).map(|word| word.to_string()),
                expected.map(str::to_owned),
                "{typed}"
            );
        }
        check(" tüten ", Ok("TÜTEN"));
        check("Fuß", Err(Refusal::NotFive));
        check("Fluß", Ok("FLUSS"));
        check("mo\u{308}hre", Ok("MÖHRE"));
        check("abend!", Err(Refusal::NoLetter));
        check("e\u{308}bend", Err(Refusal::NoLetter));
        check("abende", Err(Refusal::NotFive));
        check(&"a".repeat(100_000), Err(Refusal::NotFive));
        assert_eq!(Word::guess("qqqqq"), Err(Refusal::Unknown));
        assert!(Word::guess("gehst").is_ok(), "forms of verbs are words");
    }

    #[test]
    fn a_letter_is_marked_as_often_as_the_word_has_it() {
        #[track_caller]
        fn check(solution: &str, guess: &str, expected: &str) {
            let riddle = Riddle { solution: Word::parse(solution).expect("a word") };
            let marks = riddle.marks(Word::parse(guess).expect("a word"));
            let said: String = marks
                .iter()
                .map(|mark| match mark {
                    Mark::Here => '#',
                    Mark::Elsewhere => '+',
                    Mark::Absent => '.',
                })
                .collect();
            assert_eq!(said, expected, "{guess} for {solution}");
        }
        check("ABEND", "ABEND", "#####");
        check("ABEND", "DREHT", "+.#..");
        check("KANNE", "NONNE", "..###");
        check("NATUR", "ANNAS", "++...");
        check("MÖHRE", "MOHRE", "#.###");
    }

    #[test]
    fn the_list_is_long_fair_and_known() {
        assert!(SOLUTIONS.len() >= 600, "{} solutions", SOLUTIONS.len());
        assert!(KNOWN.len() >= 7000, "{} guesses", KNOWN.len());
        let lines = |list: &'static str| list.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(lines(include_str!("solutions.txt")), SOLUTIONS.len(), "every line is a word");
        assert_eq!(SOLUTIONS.iter().collect::<HashSet<_>>().len(), SOLUTIONS.len(), "none twice");
    }

    #[test]
    fn no_word_comes_twice_in_a_round_and_every_paper_has_its_own_order() {
        let first = Day::parse(EPOCH).expect("a day");
        let word = |paper: u8, n: i32| {
            make(&Seed::of([paper; 32]), Key::new(Game::Word, Level::Plain, first.after(n)))
        };
        let count = i32::try_from(SOLUTIONS.len() - RESERVE).expect("a count");
        let round: HashSet<Word> = (0..count).map(|n| word(1, n).solution).collect();
        assert_eq!(round.len(), SOLUTIONS.len() - RESERVE);
        assert!((0..20).any(|n| word(1, n) != word(2, n)));
        assert_eq!(word(1, 300), word(1, 300));
    }

    #[test]
    fn an_exchanged_word_is_replaced_by_one_that_this_round_does_not_have() {
        let first = Day::parse(EPOCH).expect("a day");
        let seed = Seed::of([1; 32]);
        let key = |n: i32| Key::new(Game::Word, Level::Plain, first.after(n));
        let count = i32::try_from(SOLUTIONS.len() - RESERVE).expect("a count");
        let round: HashSet<Word> = (0..count).map(|n| make(&seed, key(n)).solution).collect();
        for n in 320..340 {
            let (once, twice) = (key(n).next_attempt(), key(n).next_attempt().next_attempt());
            let (once, twice) = (make(&seed, once).solution, make(&seed, twice).solution);
            assert!(!round.contains(&once) && !round.contains(&twice) && once != twice, "{once}, {twice}");
        }
    }

    #[test]
    fn six_misses_end_it_and_a_seventh_try_is_none() {
        let riddle = Riddle { solution: Word::parse("abend").expect("a word") };
        let other = Word::parse("apfel").expect("a word");
        assert_eq!(riddle.ending(&[other; 5]), None);
        assert_eq!(riddle.ending(&[other; 6]), Some(Ending::Missed));
        let mut late = vec![other; 6];
        late.push(riddle.solution);
        assert_eq!(riddle.ending(&late), Some(Ending::Missed));
        assert_eq!(riddle.ending(&[other, riddle.solution]), Some(Ending::Found));
    }
}
