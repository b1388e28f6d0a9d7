//! What a writer and a thread did lately, for whoever decides whether a text may appear at once. All of it is found by key.

use archive::ArticleId;
use reader::ReaderId;
use store::{Failure, Time, Tx};

use crate::Body;

/// How long a spell of a thread lasts, in minutes: its comments are counted from the first of them.
pub const SPELL_MINUTES: i64 = 10;

/// What a writer and a thread did lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lately {
    /// Comments by this writer that appeared and were neither removed nor taken back.
    pub approved: i64,
    /// Under how many other articles they said the same since then, what waits included; stops counting at 20.
    pub alike: i64,
    /// Comments that this thread got in the spell that runs.
    pub in_thread: i64,
    /// Since when the oldest text waits that waits for the desk.
    pub oldest_waiting: Option<Time>,
}

/// What they did; `since` counts for what is alike.
pub async fn lately(
    tx: &mut Tx,
    author: ReaderId,
    article: ArticleId,
    body: &Body,
    since: Time,
    now: Time,
) -> Result<Lately, Failure> {
    type Row = (Option<i64>, i64, i64, Option<i64>, Option<Time>);
    let values = (author, body.fingerprint(), since, article, spell_since(now), now);
    let (approved, posted, waiting, in_thread, oldest_waiting): Row = tx.one(LATELY, values).await?;
    Ok(Lately {
        approved: approved.unwrap_or(0),
        alike: posted + waiting,
        in_thread: in_thread.unwrap_or(0),
        oldest_waiting,
    })
}

pub(crate) const LATELY: &str = "select
    (select w.comments - w.removed - w.taken_back from writers w where w.reader = $1),
    (select count(*) from (select 1 from comments c
      where c.author = $1 and c.fingerprint = $2 and c.at > $3 and c.article <> $4 limit 20) c),
    (select count(*) from (select 1 from waiting q
      where q.author = $1 and q.at > $3 and q.fingerprint = $2 and q.article <> $4 limit 20) q),
    (select t.in_spell from threads t where t.article = $4 and t.spell between $5 and $6),
    (select o.at from waiting o where o.decision is null order by o.at, o.id limit 1)";

/// Since when a spell must have begun to run still.
pub(crate) fn spell_since(now: Time) -> Time {
    now.plus_minutes(-SPELL_MINUTES).plus(1)
}

/// How many comments of this writer appeared since then; stops counting at `most`.
pub async fn written_since(tx: &mut Tx, author: ReaderId, since: Time, most: i64) -> Result<i64, Failure> {
    let (count,): (i64,) = tx.one(WRITTEN_SINCE, (author, since, most)).await?;
    Ok(count)
}

pub(crate) const WRITTEN_SINCE: &str =
    "select count(*) from (select 1 from comments where author = $1 and at > $2 limit $3) c";
