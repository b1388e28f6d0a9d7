//! Crosswords as puzzles of a day: brought in at the desk, one a day.

use reader::ReaderId;
use store::{Failure, Time, Tx};
use story::Line;

use super::Crossword;
use crate::{Day, Game, Key, Level, Puzzle};

/// Gives a day its crossword. One that it has already is exchanged, for this reason. None if somebody else did the same at the
/// same moment: then theirs stands, and it is for people to decide.
pub async fn place(
    tx: &mut Tx,
    crossword: &Crossword,
    day: Day,
    editor: ReaderId,
    reason: &Line,
    now: Time,
) -> Result<Option<Puzzle>, Failure> {
    let content = crossword.content()?;
    let old = crate::puzzle(tx, Game::Crossword, Level::Plain, day).await?;
    let key = match &old {
        Some(old) if old.content == content => return Ok(Some(old.clone())),
        Some(old) => old.key.next_attempt(),
        None => Key::new(Game::Crossword, Level::Plain, day),
    };
    let kept = crate::keep(tx, key, &content, now).await?;
    if kept.content != content {
        return Ok(None);
    }
    if let Some(old) = old
        && !crate::exchange(tx, old.id, kept.id, editor, reason, now).await?
    {
        return Ok(None);
    }
    let sql = "insert into crossword_uploads (puzzle, editor, at) values ($1, $2, $3) on conflict do nothing";
    tx.execute(sql, (kept.id, editor, now)).await?;
    store::events::tell(tx, "front", 0, now).await?;
    Ok(Some(kept))
}
