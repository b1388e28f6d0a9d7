//! Which games there are, and how a puzzle is named.

use store::{FromColumn, Value};

use crate::Day;

/// A game of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Game {
    /// Nine digits, four levels a day.
    Sudoku,
    /// Five letters, six tries.
    Word,
    /// Schwedenrätsel: the clues stand in the grid.
    Arrows,
    /// A crossword with numbered clues.
    Crossword,
    /// The quiz of the week, on its Monday.
    Quiz,
}

impl Game {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Game; 5] = [Game::Sudoku, Game::Word, Game::Arrows, Game::Crossword, Game::Quiz];

    /// The word in rows and addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Game::Sudoku => "sudoku",
            Game::Word => "word",
            Game::Arrows => "arrows",
            Game::Crossword => "crossword",
            Game::Quiz => "quiz",
        }
    }

    /// The game of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Game> {
        Game::ALL.into_iter().find(|game| game.as_str() == word)
    }
}

/// How hard a puzzle is. Games that have one puzzle a day have the level [`Plain`](Level::Plain).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The game knows no levels.
    Plain,
    /// For a coffee break.
    Easy,
    /// For the train.
    Medium,
    /// For the evening.
    Hard,
    /// For Sunday.
    Expert,
}

impl Level {
    /// The levels of a game that has some, easiest first.
    pub const ALL: [Level; 4] = [Level::Easy, Level::Medium, Level::Hard, Level::Expert];

    /// The word in rows and addresses; empty for [`Plain`](Level::Plain).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Plain => "",
            Level::Easy => "easy",
            Level::Medium => "medium",
            Level::Hard => "hard",
            Level::Expert => "expert",
        }
    }

    /// The level of this word in an address; there is none for [`Plain`](Level::Plain).
    #[must_use]
    pub fn parse(word: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == word)
    }
}

macro_rules! words {
    ($($type:ty = $all:expr;)*) => {$(
        impl From<$type> for Value {
            fn from(one: $type) -> Value {
                Value::Text(one.as_str().to_owned())
            }
        }
        impl FromColumn for $type {
            fn from_column(value: Value) -> Option<$type> {
                let word = String::from_column(value)?;
                $all.into_iter().find(|one| one.as_str() == word)
            }
        }
    )*};
}
words! {
    Game = Game::ALL;
    Level = Level::ALL.into_iter().chain([Level::Plain]);
}

/// The name of a puzzle: what it is made from, together with the paper's secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which game.
    pub game: Game,
    /// How hard.
    pub level: Level,
    /// The paper's day it is for; for the quiz its Monday.
    pub day: Day,
    /// 0, or how often the desk exchanged it.
    pub attempt: u32,
}

impl Key {
    /// The first puzzle of this game, level and day.
    #[must_use]
    pub fn new(game: Game, level: Level, day: Day) -> Key {
        Key { game, level, day, attempt: 0 }
    }

    /// The puzzles that every day has: those that make themselves.
    pub fn all_of(day: Day) -> impl Iterator<Item = Key> {
        let sudokus = Level::ALL.into_iter().map(|level| (Game::Sudoku, level));
        sudokus
            .chain([(Game::Word, Level::Plain), (Game::Arrows, Level::Plain)])
            .map(move |(game, level)| Key::new(game, level, day))
    }

    /// What the desk puts in its place.
    #[must_use]
    pub fn next_attempt(self) -> Key {
        Key { attempt: self.attempt.saturating_add(1), ..self }
    }
}

impl std::fmt::Display for Key {
    /// For a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {} {}", self.game.as_str(), self.level.as_str(), self.day, self.attempt)
    }
}
