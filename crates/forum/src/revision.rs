//! An author changes a comment, or takes it back.
//!
//! A change is allowed for a few minutes, for slips of the pen; everybody can read what stood there before. What was taken
//! back leaves its place behind, and its text stays in the row: a case may rest on it.

use archive::ArticleId;
use reader::ReaderId;
use store::{Failure, Time, Tx, events};

use crate::hours::State;
use crate::removal::lock_writer;
use crate::votes::REMOVED;
use crate::{Body, COMMENT, CommentId, Refusal, THREAD};

/// The most versions that one page shows.
const MOST: i64 = 100;
/// How often a comment may be changed: each time what it said before is kept.
const MOST_CHANGES: i64 = 10;

/// What a comment said until it was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its text then.
    pub body: Body,
    /// Until when.
    pub until: Time,
}
store::row!(Revision { body, until });

/// A change to a comment.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which.
    pub comment: CommentId,
    /// Who changes it; only its author may.
    pub author: ReaderId,
    /// What it says from now on.
    pub body: Body,
    /// How often it had been changed when the author began to, so that two windows do not undo each other.
    pub seen: i64,
}

/// Changes a comment within `minutes` after it appeared, while the talk is open (`state`). While it waits, what somebody has read
/// does not become something that nobody has: then nothing is changed.
/// After a refusal there is nothing to commit.
pub async fn change(
    tx: &mut Tx,
    change: &Change,
    minutes: i64,
    state: State,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let (article, before) = match looked_at(tx, change, minutes, &state, now).await? {
        Ok(Some(found)) => found,
        Ok(None) => return Ok(Ok(())),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Change { comment, body, seen, .. } = change;
    let sql = "insert into comment_revisions (comment, place, text, at) values ($1, $2, $3, $4)
               on conflict (comment, place) do nothing";
    if tx.execute(sql, (*comment, seen + 1, &before, now)).await? == 0 {
        return Ok(Err(Refusal::ChangedMeanwhile));
    }
    let sql = "update comments set text = $2, fingerprint = $3, edited = $4 where id = $1";
    tx.execute(sql, (*comment, body, body.fingerprint(), now)).await?;
    crate::found::keep_later(tx, *comment).await?;
    if body.as_str().contains('@') {
        crate::telling::call_later(tx, *comment, now).await?;
    }
    events::tell(tx, COMMENT, comment.0, now).await?;
    events::tell(tx, THREAD, article.0, now).await?;
    Ok(Ok(()))
}

/// Whether [`change`] would change anything, or why not. `false` says that the comment reads like this already.
pub async fn may_change(
    tx: &mut Tx,
    change: &Change,
    minutes: i64,
    state: &State,
    now: Time,
) -> Result<Result<bool, Refusal>, Failure> {
    Ok(looked_at(tx, change, minutes, state, now).await?.map(|found| found.is_some()))
}

/// The article of the comment and what it says until now; nothing if that is the same.
async fn looked_at(
    tx: &mut Tx,
    change: &Change,
    minutes: i64,
    state: &State,
    now: Time,
) -> Result<Result<Option<(ArticleId, Body)>, Refusal>, Failure> {
    let Change { comment, author, body, seen } = change;
    tx.alone(&format!("writer {author}")).await?;
    let sql = "select article, at, text from comments where id = $1 and author = $2 and score <> $3";
    let row: Option<(ArticleId, Time, Body)> = tx.first(sql, (*comment, *author, REMOVED)).await?;
    let Some((article, at, before)) = row else { return Ok(Err(Refusal::NoSuchComment)) };
    if &before == body {
        return Ok(Ok(None));
    }
    if !is_changeable(at, minutes, now) {
        return Ok(Err(Refusal::TooLate { minutes }));
    }
    match state {
        State::Open { .. } => {}
        State::Waiting { .. } => return Ok(Err(Refusal::ChangesRest)),
        State::Closed { .. } => return Ok(Err(Refusal::Closed { state: state.clone() })),
    }
    if *seen >= MOST_CHANGES {
        return Ok(Err(Refusal::ChangedOften { most: MOST_CHANGES }));
    }
    if changes(tx, *comment).await? != *seen {
        return Ok(Err(Refusal::ChangedMeanwhile));
    }
    Ok(Ok(Some((article, before))))
}

/// Whether a comment posted at `at` may still be changed.
#[must_use]
pub fn is_changeable(at: Time, minutes: i64, now: Time) -> bool {
    now < at.plus_minutes(minutes)
}

/// How often a comment was changed.
pub async fn changes(tx: &mut Tx, comment: CommentId) -> Result<i64, Failure> {
    let sql = "select coalesce(max(place), 0) from comment_revisions where comment = $1";
    let (changes,): (i64,) = tx.one(sql, (comment,)).await?;
    Ok(changes)
}

/// What a comment said before it said what it says now, latest first, at most 100.
/// Ask only for one that stands: what is gone has no versions for readers (T4.3).
pub async fn revisions(tx: &mut Tx, comment: CommentId) -> Result<Vec<Revision>, Failure> {
    let sql = "select text, at from comment_revisions where comment = $1 order by place desc limit $2";
    tx.all(sql, (comment, MOST)).await
}

/// Why a comment is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its author wanted to.
    TakenBack,
    /// Its author closed their account and took the texts along.
    AccountClosed,
}

impl Why {
    fn as_str(self) -> &'static str {
        match self {
            Why::TakenBack => "taken back",
            Why::AccountClosed => "account closed",
        }
    }
}

/// Takes a comment back, day and night. Of many at once one does it; the others, and whoever is not its author or finds it
/// removed, hear `false`.
pub async fn take_back(
    tx: &mut Tx,
    comment: CommentId,
    author: ReaderId,
    why: Why,
    now: Time,
) -> Result<bool, Failure> {
    // Rows are locked in the order in which posting locks them: writer, comments, thread.
    lock_writer(tx, author).await?;
    let sql = "insert into deletions (comment, reader, why, at)
               select c.id, c.author, $3, $4 from comments c where c.id = $1 and c.author = $2 and c.score <> $5
               on conflict (comment) do nothing";
    if tx.execute(sql, (comment, author, why.as_str(), now, REMOVED)).await? == 0 {
        return Ok(false);
    }
    let sql = "update comments set score = $2 where id = $1 returning article";
    let (article,): (ArticleId,) = tx.one(sql, (comment, REMOVED)).await?;
    let sql = "update writers set taken_back = taken_back + 1 where reader = $1";
    tx.execute(sql, (author,)).await?;
    let sql = "update threads set comments = comments - 1, changed = $2 where article = $1";
    tx.execute(sql, (article, now)).await?;
    crate::found::forget_words(tx, comment).await?;
    events::tell(tx, COMMENT, comment.0, now).await?;
    events::tell(tx, THREAD, article.0, now).await?;
    Ok(true)
}

/// Whether its author took this comment back.
pub(crate) async fn is_taken_back(tx: &mut Tx, comment: CommentId) -> Result<bool, Failure> {
    let row: Option<(i64,)> = tx.first("select 1 from deletions where comment = $1", (comment,)).await?;
    Ok(row.is_some())
}

/// Something beside the name of this author is another: their latest comments look different.
pub async fn author_changed(tx: &mut Tx, author: ReaderId, now: Time) -> Result<(), Failure> {
    let sql = "select distinct article from comments
                where id in (select id from comments where author = $1 order by at desc, id desc limit $2)
                order by article";
    let articles: Vec<(ArticleId,)> = tx.all(sql, (author, MOST)).await?;
    for (article,) in articles {
        events::tell(tx, THREAD, article.0, now).await?;
    }
    Ok(())
}
