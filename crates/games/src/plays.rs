//! What readers with an account have played: where they stand, what they finished, how long it took.
//!
//! There is one play for a reader and a puzzle, and at most one result ([`finish`]), whatever arrives how often from how many
//! devices. The state of a game is replaced by a device that knew of the last one, or by one that got further; so of two
//! devices that were apart the fuller grid stays.

use std::collections::BTreeSet;

use reader::ReaderId;
use store::{Failure, Time, Tx};

use crate::{Day, Game, Level, PlayId, PuzzleId};

/// The longest state of a game, in bytes: a crossword of 35 times 35 fields, full of letters of four bytes, has room.
pub const LONGEST_STATE: usize = 5000;
/// The most rows that one verb reads.
const MOST: i64 = 5000;

/// A game that somebody is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Play {
    /// Its id.
    pub id: PlayId,
    /// Whose.
    pub reader: ReaderId,
    /// Of which puzzle.
    pub puzzle: PuzzleId,
    /// When the house first heard of it.
    pub started_at: Time,
    /// Where it stands, in its game's own form.
    pub state: String,
    /// How far that is; more is further.
    pub progress: i64,
    /// Played so far, in milliseconds, as the device says: for the reader, not for the list.
    pub elapsed: i64,
    /// Hints taken.
    pub hints: i64,
    /// Rises with every state that is kept.
    pub version: i64,
    /// Whether it has a result.
    pub finished: bool,
}
store::row!(Play { id, reader, puzzle, started_at, state, progress, elapsed, hints, version, finished });

const COLUMNS: &str = "select plays.id, plays.reader, plays.puzzle, started_at, state, progress, plays.elapsed, plays.hints, version,
        case when results.play is null then 0 else 1 end
   from plays left join results on results.play = plays.id";

/// Somebody's game of a puzzle, if they have begun one.
pub async fn play(tx: &mut Tx, reader: ReaderId, puzzle: PuzzleId) -> Result<Option<Play>, Failure> {
    let sql = format!("{COLUMNS} where plays.reader = $1 and plays.puzzle = $2");
    tx.first(&sql, (reader, puzzle)).await
}

/// How many readers with an account have begun a puzzle.
pub async fn begun(tx: &mut Tx, puzzle: PuzzleId) -> Result<i64, Failure> {
    let sql = "select count(*) from plays where puzzle = $1";
    tx.one(sql, (puzzle,)).await.map(|(count,): (i64,)| count)
}

/// Begins a game, or gives the one that was begun.
pub async fn begin(tx: &mut Tx, reader: ReaderId, puzzle: PuzzleId, now: Time) -> Result<Play, Failure> {
    let sql =
        "insert into plays (reader, puzzle, started_at, saved_at, state, progress, elapsed, hints, version)
               values ($1, $2, $3, $3, '', 0, 0, 0, 0)
               on conflict do nothing";
    tx.execute(sql, (reader, puzzle, now)).await?;
    play(tx, reader, puzzle).await?.ok_or_else(|| Failure::new("a game that was begun is not there"))
}

/// Where a game stands, as a device reports it.
#[derive(Clone, Debug)]
pub struct State {
    /// In the game's own form, at most [`LONGEST_STATE`] bytes.
    pub text: String,
    /// How far that is.
    pub progress: i64,
    /// Played so far, in milliseconds.
    pub elapsed: i64,
    /// The version that the device knew.
    pub knew: i64,
}

/// Keeps a state if the device knew the last one or got further than it; gives what stands then. A finished game stays as it is.
/// The time played never goes back. A state longer than [`LONGEST_STATE`] is a failure: no game of ours has one.
pub async fn save(tx: &mut Tx, play: &Play, state: &State, now: Time) -> Result<Play, Failure> {
    if state.text.len() > LONGEST_STATE {
        return Err(Failure::new("a game's state is too long to be kept"));
    }
    let sql = "update plays
                  set state = $1, progress = $2, saved_at = $3, version = version + 1,
                      elapsed = case when elapsed > $4 then elapsed else $4 end
                where id = $5 and (version = $6 or progress < $2)
                  and not exists (select 1 from results where results.play = plays.id)";
    tx.execute(sql, (state.text.clone(), state.progress, now, state.elapsed, play.id, state.knew)).await?;
    let sql = format!("{COLUMNS} where plays.id = $1");
    tx.one(&sql, (play.id,)).await
}

/// Counts a hint that was taken.
pub async fn took_hint(tx: &mut Tx, play: &Play) -> Result<(), Failure> {
    tx.execute("update plays set hints = hints + 1 where id = $1", (play.id,)).await.map(drop)
}

/// How a game ended, as it was judged here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Solved, or only over.
    pub won: bool,
    /// It counts for the series, see [`crate::streaks::counts`].
    pub on_time: bool,
    /// What the game counts: guesses needed, questions right; 0 where it counts nothing.
    pub score: i64,
}

/// Writes down the result of a game, once (T5.1): true for whoever was first. A second report can only add that it was on time,
/// because the other device finished it before midnight.
pub async fn finish(tx: &mut Tx, play: &Play, ending: Ending, now: Time) -> Result<bool, Failure> {
    let sql = "insert into results (play, reader, puzzle, won, on_time, score, elapsed, took, hints, received_at)
               select id, reader, puzzle, $1, $2, $3, elapsed, $4 - started_at, hints, $4 from plays where id = $5
               on conflict do nothing";
    let first = tx.execute(sql, (ending.won, ending.on_time, ending.score, now, play.id)).await? == 1;
    if !first && ending.on_time {
        let sql = "update results set on_time = 1 where play = $1 and on_time = 0 and won = $2";
        tx.execute(sql, (play.id, ending.won)).await?;
    }
    Ok(first)
}

/// The days on which somebody solved the puzzle of the day of a game, at any level.
pub async fn days_won(tx: &mut Tx, reader: ReaderId, game: Game) -> Result<BTreeSet<Day>, Failure> {
    let sql = "select distinct puzzles.day from results
                 join puzzles on puzzles.id = results.puzzle
                where results.reader = $1 and puzzles.game = $2 and won = 1 and on_time = 1
                order by puzzles.day desc limit $3";
    let days: Vec<(Day,)> = tx.all(sql, (reader, game, MOST)).await?;
    Ok(days.into_iter().map(|(day,)| day).collect())
}

/// What somebody has done in one game and level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Which game.
    pub game: Game,
    /// Which level.
    pub level: Level,
    /// Games with a result.
    pub finished: i64,
    /// Of those solved.
    pub won: i64,
    /// The best time of a solved one without hints, in milliseconds; nothing if there is none or no time was told.
    pub best: Option<i64>,
    /// What the solved ones counted, all together.
    pub score: i64,
}
store::row!(Tally { game, level, finished, won, best, score });

/// What somebody has done, by game and level.
pub async fn tallies(tx: &mut Tx, reader: ReaderId) -> Result<Vec<Tally>, Failure> {
    let sql = "select game, level, count(*), cast(sum(won) as bigint),
                      min(case when won = 1 and hints = 0 and elapsed > 0 then elapsed end),
                      cast(sum(case when won = 1 then score else 0 end) as bigint)
                 from results join puzzles on puzzles.id = results.puzzle
                where results.reader = $1
                group by game, level
                order by game, level";
    tx.all(sql, (reader,)).await
}

/// How often somebody's solved games of a game counted what: score and how many, lowest first.
pub async fn scores(tx: &mut Tx, reader: ReaderId, game: Game) -> Result<Vec<(i64, i64)>, Failure> {
    let sql = "select score, count(*) from results join puzzles on puzzles.id = results.puzzle
                where results.reader = $1 and game = $2 and won = 1
                group by score order by score";
    tx.all(sql, (reader, game)).await
}

/// Says whether somebody wants to stand in the lists of the fastest. Each change of mind is a row.
pub async fn list(tx: &mut Tx, reader: ReaderId, shown: bool, now: Time) -> Result<(), Failure> {
    tx.execute("insert into listings (reader, shown, at) values ($1, $2, $3)", (reader, shown, now))
        .await
        .map(drop)
}

/// Whether somebody wants to stand in the lists.
pub async fn is_listed(tx: &mut Tx, reader: ReaderId) -> Result<bool, Failure> {
    let sql = "select shown from listings where reader = $1 order by id desc limit 1";
    Ok(tx.first(sql, (reader,)).await?.is_some_and(|(shown,): (bool,)| shown))
}

/// A line of the list of the fastest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fast {
    /// The name they are known by.
    pub name: String,
    /// From the first move that the house heard of to the solution, in milliseconds; pauses count.
    pub took: i64,
}
store::row!(Fast { name, took });

/// The fastest of those who want to be named, who solved it on its day without a hint and in a time that is possible for
/// people (T5.4). The time is measured here: from the first move that the house heard of to the solution, pauses included.
pub async fn fastest(
    tx: &mut Tx,
    puzzle: PuzzleId,
    possible: std::ops::Range<i64>,
    limit: i64,
) -> Result<Vec<Fast>, Failure> {
    let sql = "select readers.name, results.took
                 from results join readers on readers.id = results.reader
                where results.puzzle = $1 and won = 1 and on_time = 1 and hints = 0 and took >= $2 and took < $3
                  and 1 = (select shown from listings where listings.reader = results.reader order by id desc limit 1)
                order by took, results.play limit $4";
    tx.all(sql, (puzzle, possible.start, possible.end, limit.min(100))).await
}
