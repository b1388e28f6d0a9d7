//! Votes: one per reader and comment, held by a constraint (T5.1), and counted on the comment in the same transaction.
//!
//! The best comments are ordered by the lower end of Wilson's confidence interval: of two comments with nine in ten in
//! favour, the one with a hundred votes stands before the one with ten, and neither before all are asked.

use archive::ArticleId;
use reader::ReaderId;
use store::{Failure, Time, Tx, Value, events};

use crate::{COMMENT, CommentId, Refusal, THREAD};

/// How sure the score is: 95 percent, as the quantile of the normal distribution.
const Z: f64 = 1.96;
/// The score of a removed comment: below every other.
pub(crate) const REMOVED: i64 = -1;

/// What a reader thinks of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vote {
    /// In favour.
    Up,
    /// Against.
    Down,
}

impl Vote {
    fn value(self) -> i64 {
        match self {
            Vote::Up => 1,
            Vote::Down => -1,
        }
    }

    fn from_value(value: i64) -> Vote {
        if value > 0 { Vote::Up } else { Vote::Down }
    }
}

/// A comment's votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// In favour.
    pub up: i64,
    /// Against.
    pub down: i64,
}

/// Votes on a comment, changes the vote, or with `None` takes it back. The same vote again changes nothing. Works day and night.
pub async fn vote(
    tx: &mut Tx,
    comment: CommentId,
    reader: ReaderId,
    vote: Option<Vote>,
    now: Time,
) -> Result<Result<Tally, Refusal>, Failure> {
    let sql = "select article, author, up, down, score from comments where id = $1";
    let row: Option<(ArticleId, ReaderId, i64, i64, i64)> = tx.first(sql, (comment,)).await?;
    let Some((article, author, up, down, score)) = row else { return Ok(Err(Refusal::NoSuchComment)) };
    if score == REMOVED {
        return Ok(Err(Refusal::NoSuchComment));
    }
    if author == reader {
        return Ok(Err(Refusal::Own));
    }
    let (more_up, more_down) = match vote {
        Some(vote) => cast(tx, comment, reader, vote, now).await?,
        None => take_back(tx, comment, reader).await?,
    };
    if (more_up, more_down) == (0, 0) {
        return Ok(Ok(Tally { up, down }));
    }
    let sql = "update comments set up = up + $2, down = down + $3 where id = $1 returning up, down";
    let (up, down): (i64, i64) = tx.one(sql, (comment, more_up, more_down)).await?;
    // A removal that came between keeps its score.
    let sql = "update comments set score = $2 where id = $1 and score <> $3";
    tx.execute(sql, (comment, score_of(up, down), REMOVED)).await?;
    events::tell(tx, COMMENT, comment.0, now).await?;
    events::tell(tx, THREAD, article.0, now).await?;
    Ok(Ok(Tally { up, down }))
}

/// How many votes more (in favour, against) this one makes.
async fn cast(
    tx: &mut Tx,
    comment: CommentId,
    reader: ReaderId,
    vote: Vote,
    now: Time,
) -> Result<(i64, i64), Failure> {
    let sql = "insert into votes (comment, reader, value, at) values ($1, $2, $3, $4)
               on conflict (comment, reader) do nothing";
    let new = tx.execute(sql, (comment, reader, vote.value(), now)).await? == 1;
    let sql = "update votes set value = $3, at = $4 where comment = $1 and reader = $2 and value <> $3";
    let changed = !new && tx.execute(sql, (comment, reader, vote.value(), now)).await? == 1;
    Ok(match (vote, new, changed) {
        (Vote::Up, true, _) => (1, 0),
        (Vote::Down, true, _) => (0, 1),
        (Vote::Up, _, true) => (1, -1),
        (Vote::Down, _, true) => (-1, 1),
        (_, false, false) => (0, 0),
    })
}

async fn take_back(tx: &mut Tx, comment: CommentId, reader: ReaderId) -> Result<(i64, i64), Failure> {
    let sql = "delete from votes where comment = $1 and reader = $2 returning value";
    let row: Option<(i64,)> = tx.first(sql, (comment, reader)).await?;
    Ok(match row.map(|(value,)| Vote::from_value(value)) {
        Some(Vote::Up) => (-1, 0),
        Some(Vote::Down) => (0, -1),
        None => (0, 0),
    })
}

/// Counts votes that were cast where a comment comes from: in another forum, or in the making of the demo paper.
/// Nobody here cast them, so nobody here can take them back.
pub async fn carry_over(tx: &mut Tx, comment: CommentId, tally: Tally) -> Result<(), Failure> {
    let sql =
        "update comments set up = up + $2, down = down + $3 where id = $1 and score <> $4 returning up, down";
    let row: Option<(i64, i64)> =
        tx.first(sql, (comment, tally.up.max(0), tally.down.max(0), REMOVED)).await?;
    let Some((up, down)) = row else { return Ok(()) };
    let sql = "update comments set score = $2 where id = $1";
    tx.execute(sql, (comment, score_of(up, down))).await.map(drop)
}

/// What this reader voted on these comments, for the parts of a page that are personal.
pub async fn votes_of(
    tx: &mut Tx,
    reader: ReaderId,
    comments: &[CommentId],
) -> Result<Vec<(CommentId, Vote)>, Failure> {
    if comments.is_empty() {
        return Ok(Vec::new());
    }
    let (list, ids) = store::among(2, comments.iter().copied());
    let sql = format!(
        "select comment, value from votes where reader = $1 and comment in ({list}) order by comment"
    );
    let values: Vec<Value> = std::iter::once(reader.into()).chain(ids).collect();
    let rows: Vec<(CommentId, i64)> = tx.all(&sql, values).await?;
    Ok(rows.into_iter().map(|(comment, value)| (comment, Vote::from_value(value))).collect())
}

/// The lower end of Wilson's interval in millionths, from 0 to 999,999.
pub(crate) fn score_of(up: i64, down: i64) -> i64 {
    let (up, down) = (up.max(0) as f64, down.max(0) as f64);
    let all = up + down;
    if all == 0.0 {
        return 0;
    }
    let share = up / all;
    let spread = Z * ((share * (1.0 - share) + Z * Z / (4.0 * all)) / all).sqrt();
    let lower = (share + Z * Z / (2.0 * all) - spread) / (1.0 + Z * Z / all);
    (lower.clamp(0.0, 0.999_999) * 1_000_000.0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_votes_weigh_more_than_few_of_the_same_share() {
        assert!(score_of(90, 10) > score_of(9, 1));
        assert!(score_of(9, 1) > score_of(1, 0));
        assert!(score_of(1, 0) > score_of(0, 0));
        assert_eq!(score_of(0, 5), 0);
        assert_eq!(score_of(i64::MAX, 0), 999_999);
        // Worked out by hand from Wilson's formula: 1 of 1 gives 0.2065.
        assert_eq!(score_of(1, 0), 206_543);
    }
}
