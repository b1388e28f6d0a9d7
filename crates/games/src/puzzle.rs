//! Puzzles as they were made, and what the desk put in their place.

use reader::ReaderId;
use store::{Failure, Time, Tx};
use story::Line;

use crate::{Day, Game, Key, Level, PuzzleId};

/// The most rows that one list has.
const MOST: i64 = 400;

/// A puzzle that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Puzzle {
    /// Its id.
    pub id: PuzzleId,
    /// Its name.
    pub key: Key,
    /// What it holds, as JSON in its game's own form; the solution is part of it, so it never goes onto a page as it is.
    pub content: String,
    /// When it was written down.
    pub made_at: Time,
}

impl store::FromRow for Puzzle {
    fn from_row(row: &mut store::Row) -> Result<Puzzle, Failure> {
        let id = row.take()?;
        let (game, level, day) = (row.take()?, row.take()?, row.take()?);
        let attempt: i64 = row.take()?;
        let attempt = u32::try_from(attempt).map_err(|_| Failure::new("a puzzle's attempt below zero"))?;
        Ok(Puzzle { id, key: Key { game, level, day, attempt }, content: row.take()?, made_at: row.take()? })
    }
}

/// The puzzle that is played for this game, level and day, if it was written down: the one that was put in last.
pub async fn puzzle(tx: &mut Tx, game: Game, level: Level, day: Day) -> Result<Option<Puzzle>, Failure> {
    let sql = "select id, game, level, day, attempt, content, made_at from puzzles
                where game = $1 and level = $2 and day = $3
                order by attempt desc limit 1";
    tx.first(sql, (game, level, day)).await
}

/// The latest puzzle of a game without levels up to a day: the quiz of this week, or of the last one that had any.
pub async fn latest(tx: &mut Tx, game: Game, to: Day) -> Result<Option<Puzzle>, Failure> {
    let sql = "select id, game, level, day, attempt, content, made_at from puzzles
                where game = $1 and level = $2 and day <= $3
                order by day desc, attempt desc limit 1";
    tx.first(sql, (game, Level::Plain, to)).await
}

/// Writes a puzzle down under its name, once: whoever comes second gets the first one's.
/// Make it before the transaction begins; making takes milliseconds that other writers would wait.
pub async fn keep(tx: &mut Tx, key: Key, content: &str, now: Time) -> Result<Puzzle, Failure> {
    let sql =
        "insert into puzzles (game, level, day, attempt, content, made_at) values ($1, $2, $3, $4, $5, $6)
               on conflict do nothing";
    tx.execute(sql, (key.game, key.level, key.day, key.attempt, content, now)).await?;
    let sql = "select id, game, level, day, attempt, content, made_at from puzzles
                where game = $1 and level = $2 and day = $3 and attempt = $4";
    tx.one(sql, (key.game, key.level, key.day, key.attempt)).await
}

/// The puzzles that are played from one day to another, both included, by day and game.
pub async fn puzzles(tx: &mut Tx, from: Day, to: Day) -> Result<Vec<Puzzle>, Failure> {
    let sql = "select id, game, level, day, attempt, content, made_at from puzzles
                where day >= $1 and day <= $2
                  and not exists (select 1 from exchanges where exchanges.puzzle = puzzles.id)
                order by day, game, level limit $3";
    tx.all(sql, (from, to, MOST)).await
}

/// Puts another puzzle, that was kept under the name [`Key::next_attempt`], in the place of one. Of two editors who do it at
/// once, one does: the answer says whether it was this one. Whoever has the old one open can finish
/// it: their form says its id.
pub async fn exchange(
    tx: &mut Tx,
    old: PuzzleId,
    replacement: PuzzleId,
    editor: ReaderId,
    reason: &Line,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "insert into exchanges (puzzle, replacement, editor, reason, at) values ($1, $2, $3, $4, $5)
               on conflict do nothing";
    Ok(tx.execute(sql, (old, replacement, editor, reason, now)).await? == 1)
}

/// What was put in a place: day, game and level, who, why and when, latest first.
pub async fn exchanged(tx: &mut Tx, limit: i64) -> Result<Vec<Exchanged>, Failure> {
    let sql = "select puzzles.game, puzzles.level, puzzles.day, readers.name, exchanges.reason, exchanges.at
                 from exchanges
                 join puzzles on puzzles.id = exchanges.puzzle
                 join readers on readers.id = exchanges.editor
                order by exchanges.id desc limit $1";
    tx.all(sql, (limit.min(MOST),)).await
}

/// One exchange, for the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanged {
    /// Which game.
    pub game: Game,
    /// Which level.
    pub level: Level,
    /// Which day.
    pub day: Day,
    /// Who did it.
    pub editor: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Time,
}
store::row!(Exchanged { game, level, day, editor, reason, at });

/// The puzzle with this id, whatever was put in its place since: whoever has begun it can finish it.
pub async fn numbered(tx: &mut Tx, id: PuzzleId) -> Result<Option<Puzzle>, Failure> {
    let sql = "select id, game, level, day, attempt, content, made_at from puzzles where id = $1";
    tx.first(sql, (id,)).await
}

/// The puzzles of a game that are played and whose day has come, latest first, from `until` back.
pub async fn played(tx: &mut Tx, game: Game, until: Day, limit: i64) -> Result<Vec<Puzzle>, Failure> {
    let sql = "select id, game, level, day, attempt, content, made_at from puzzles
                where game = $1 and day <= $2
                  and not exists (select 1 from exchanges where exchanges.puzzle = puzzles.id)
                order by day desc, id desc limit $3";
    tx.all(sql, (game, until, limit.min(MOST))).await
}

/// The puzzle of a game that follows a day, if its day has come by `until`.
pub async fn next(tx: &mut Tx, game: Game, after: Day, until: Day) -> Result<Option<Puzzle>, Failure> {
    let sql = "select id, game, level, day, attempt, content, made_at from puzzles
                where game = $1 and day > $2 and day <= $3
                  and not exists (select 1 from exchanges where exchanges.puzzle = puzzles.id)
                order by day, id limit 1";
    tx.first(sql, (game, after, until)).await
}
