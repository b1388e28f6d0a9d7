//! The puzzles. What stands here is the same for everybody, or came from whoever asks; a solution is never part of a page
//! before the day is over or the puzzle solved.

use serde::Serialize;
use story::Time;

use super::{Frame, Link, Say};

/// A game as it is announced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GameTeaser {
    /// `sudoku`, `word`, `arrows`, `crossword` or `quiz`: chooses name and sentence.
    pub game: String,
    /// Today's.
    pub url: String,
    /// Its levels, easiest first; empty for games without any. The name is the level's word.
    pub levels: Vec<Link>,
    /// A name of its own, such as a quiz has.
    pub title: Option<String>,
}

/// All games of the day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GamesPage {
    /// What stands around it.
    pub frame: Frame,
    /// Noon of the paper's day.
    pub day: Time,
    /// Today's games.
    pub games: Vec<GameTeaser>,
    /// Where somebody's own results are.
    pub own: String,
}

/// A day of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArchiveDay {
    /// Noon of the day.
    pub at: Time,
    /// Its puzzle.
    pub url: String,
}

/// The puzzles of a month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GameArchivePage {
    /// What stands around it.
    pub frame: Frame,
    /// Which game.
    pub game: String,
    /// The level; empty without levels.
    pub level: String,
    /// The same month of the other levels.
    pub levels: Vec<Link>,
    /// Latest first.
    pub days: Vec<ArchiveDay>,
    /// The month before.
    pub older: Option<String>,
    /// The month after.
    pub newer: Option<String>,
}

/// A cell of a sudoku.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SudokuCell {
    /// 1 to 9.
    pub row: u32,
    /// 1 to 9.
    pub column: u32,
    /// The digit that is printed.
    pub given: Option<u8>,
    /// What was typed: one digit, or notes (several, or with a point before them).
    pub typed: String,
    /// Its digit is wrong, as the house found when asked.
    pub wrong: bool,
    /// The hint is about it.
    pub hinted: bool,
}

/// A sudoku.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SudokuPage {
    /// What stands around it.
    pub frame: Frame,
    /// Noon of its day.
    pub day: Time,
    /// Whether that is today.
    pub today: bool,
    /// `easy`, `medium`, `hard` or `expert`.
    pub level: String,
    /// The same day's other levels; the name is the level's word.
    pub levels: Vec<Link>,
    /// Its address with the day, to which the forms are sent.
    pub url: String,
    /// Its id, which the forms send along: the desk may exchange it while it is played.
    pub puzzle: i64,
    /// The version of the account's state that stands on the page, which the forms send along; -1 if none does.
    pub version: i64,
    /// Nine rows of nine cells.
    pub rows: Vec<Vec<SudokuCell>>,
    /// How many steps of each technique it needs is not told, but their names are: keys after `sudoku-technique-`.
    pub techniques: Vec<String>,
    /// What the house found when asked.
    pub verdict: Option<Say>,
    /// The steps to the next digit.
    pub hint: Vec<Say>,
    /// All is right and full.
    pub solved: bool,
    /// Played so far, in milliseconds.
    pub elapsed_ms: u64,
    /// The list of the fastest.
    pub fastest: Option<String>,
    /// The day before, if it is in the archive.
    pub earlier: Option<String>,
    /// The day after, if it has come.
    pub later: Option<String>,
    /// The other games of today.
    pub more: Vec<GameTeaser>,
}

/// Nine rows of nine digits; nothing where a cell is empty.
pub type DigitRows = Vec<Vec<Option<u8>>>;

/// A sudoku on paper: the puzzle on the first sheet; on the second a solution, of this one when its day is over, else of the day before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SudokuSheetPage {
    /// What stands around it.
    pub frame: Frame,
    /// Noon of its day.
    pub day: Time,
    /// `easy`, `medium`, `hard` or `expert`.
    pub level: String,
    /// Nine rows of nine digits; nothing where a cell is empty.
    pub rows: DigitRows,
    /// The solution that may be told, with noon of its day.
    pub solution: Option<SolutionView>,
}

/// A solution whose time has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SolutionView {
    /// Noon of the day it belongs to.
    pub day: Time,
    /// Nine rows of nine digits.
    pub rows: DigitRows,
}

/// A letter of a guess, with what the house says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordLetter {
    /// One capital letter.
    pub letter: String,
    /// `here`, `elsewhere` or `absent`; empty for a letter nobody has tried.
    pub mark: String,
}

/// The word of the day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordPage {
    /// What stands around it.
    pub frame: Frame,
    /// Noon of its day.
    pub day: Time,
    /// Whether that is today.
    pub today: bool,
    /// Its address with the day.
    pub url: String,
    /// Its id, which the form sends along: the desk may exchange it while it is played.
    pub puzzle: i64,
    /// The guesses, first to last.
    pub rows: Vec<Vec<WordLetter>>,
    /// How many more there may be.
    pub left: u32,
    /// The guesses once more, as the form sends them along; empty when the account remembers them.
    pub guesses: String,
    /// What was typed and refused.
    pub typed: String,
    /// Why.
    pub error: Option<Say>,
    /// What the guesses tell about each letter of the alphabet.
    pub alphabet: Vec<WordLetter>,
    /// The end, in words.
    pub ended: Option<Say>,
    /// Whether it ended with the word found.
    pub found: bool,
    /// What can be shown to others without telling the word.
    pub share: Option<String>,
    /// Somebody's own page: the account remembers.
    pub own: bool,
    /// The day before, if it is in the archive.
    pub earlier: Option<String>,
    /// The day after, if it has come.
    pub later: Option<String>,
    /// The other games of today.
    pub more: Vec<GameTeaser>,
}

/// An answer to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QuizAnswer {
    /// Counted from 1.
    pub number: u32,
    /// What it says.
    pub text: String,
    /// Somebody chose it.
    pub chosen: bool,
    /// It is the right one; known only once the answers were sent.
    pub right: bool,
}

/// A question of a quiz.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuizQuestion {
    /// Counted from 1.
    pub number: u32,
    /// What is asked.
    pub text: String,
    /// What one can answer.
    pub answers: Vec<QuizAnswer>,
    /// Why the right answer is right; only once the answers were sent.
    pub because: Option<String>,
    /// Where it stood; only once the answers were sent.
    pub article: Option<String>,
}

/// The quiz of the week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuizPage {
    /// What stands around it.
    pub frame: Frame,
    /// What it is called.
    pub title: String,
    /// Noon of its Monday.
    pub day: Time,
    /// Its address.
    pub url: String,
    /// In order.
    pub questions: Vec<QuizQuestion>,
    /// The result, in words, once the answers were sent.
    pub result: Option<Say>,
    /// The quiz before.
    pub earlier: Option<String>,
    /// The other games of today.
    pub more: Vec<GameTeaser>,
}

/// One of the last seven days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeriesDay {
    /// Noon of the day.
    pub at: Time,
    /// Solved in time.
    pub done: bool,
}

/// Somebody's series in a game.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeriesView {
    /// Which game.
    pub game: String,
    /// Days in a row up to today or yesterday.
    pub current: u32,
    /// The longest there was.
    pub longest: u32,
    /// The last seven days, today last.
    pub week: Vec<SeriesDay>,
}

/// What somebody has done in a game and level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TallyView {
    /// Which game.
    pub game: String,
    /// Which level; empty without.
    pub level: String,
    /// Games with a result.
    pub finished: u64,
    /// Of those solved.
    pub won: u64,
    /// The best time, in milliseconds.
    pub best_ms: Option<u64>,
}

/// How often the word was found with so many guesses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreView {
    /// Guesses needed.
    pub score: u64,
    /// How often.
    pub count: u64,
}

/// Somebody's own results.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnGamesPage {
    /// What stands around it.
    pub frame: Frame,
    /// By game.
    pub series: Vec<SeriesView>,
    /// By game and level.
    pub tallies: Vec<TallyView>,
    /// The word of the day by guesses.
    pub scores: Vec<ScoreView>,
    /// They want to stand in the lists of the fastest.
    pub listed: bool,
    /// The name they would stand there with.
    pub name: String,
}

/// What an account knows of somebody's game: a part of the puzzle's page, and a page of its own without scripts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlayPage {
    /// What stands around it.
    pub frame: Frame,
    /// The puzzle's address.
    pub url: String,
    /// In the game's own form: 81 fields with commas between them, or one sign for each field and a point for an empty one.
    /// Nothing if they have not begun.
    pub state: String,
    /// Played so far, in milliseconds.
    pub elapsed_ms: u64,
    /// Rises with each state kept.
    pub version: i64,
    /// It has a result.
    pub finished: bool,
    /// Their series.
    pub series: SeriesView,
}

/// A line of the list of the fastest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FastLine {
    /// Who.
    pub name: String,
    /// In milliseconds.
    pub ms: u64,
}

/// Who solved a puzzle fastest, of those who want to be named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FastestPage {
    /// What stands around it.
    pub frame: Frame,
    /// The puzzle's address.
    pub url: String,
    /// Its level.
    pub level: String,
    /// Noon of its day.
    pub day: Time,
    /// Fastest first.
    pub lines: Vec<FastLine>,
}

/// A puzzle in the desk's calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeskPuzzle {
    /// Which game.
    pub game: String,
    /// Which level; empty without.
    pub level: String,
    /// Its page at the desk.
    pub url: String,
    /// It is written down already; others are made when they are needed.
    pub made: bool,
    /// How often it was exchanged.
    pub exchanged: u32,
}

/// A day in the desk's calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeskGamesDay {
    /// Noon of the day.
    pub at: Time,
    /// It is today.
    pub today: bool,
    /// Its puzzles.
    pub puzzles: Vec<DeskPuzzle>,
}

/// An exchange, for the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeskExchange {
    /// Which game.
    pub game: String,
    /// Noon of the puzzle's day.
    pub day: Time,
    /// Who did it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Time,
}

/// The desk's calendar of puzzles.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskGamesPage {
    /// What stands around it.
    pub frame: Frame,
    /// Latest first, the coming ones among them.
    pub days: Vec<DeskGamesDay>,
    /// The last exchanges.
    pub exchanges: Vec<DeskExchange>,
    /// The Mondays a quiz can be put on: the date as an address says it, and noon of the day.
    pub mondays: Vec<(String, Time)>,
    /// The quiz that was typed and refused.
    pub quiz: String,
    /// Why.
    pub error: Option<Say>,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// A puzzle as the desk sees it, with its solution.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskPuzzlePage {
    /// What stands around it.
    pub frame: Frame,
    /// Which game.
    pub game: String,
    /// Which level; empty without.
    pub level: String,
    /// Noon of its day.
    pub day: Time,
    /// Its page at the desk, to which the exchange is sent.
    pub url: String,
    /// The page readers see, if its day has come.
    pub public: Option<String>,
    /// A sudoku: what is printed and what comes out.
    pub grids: Option<(DigitRows, DigitRows)>,
    /// What it needs, as keys after `sudoku-technique-`.
    pub techniques: Vec<String>,
    /// Other games: their content as lines.
    pub lines: Vec<String>,
    /// It can be exchanged by pressing a button; a quiz is replaced by writing another.
    pub exchangeable: bool,
    /// How many readers with an account have begun it.
    pub plays: u64,
    /// The reason as it was typed.
    pub reason: String,
    /// What is wrong with it.
    pub error: Option<Say>,
}
