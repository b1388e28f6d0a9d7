//! Hiding a comment and showing it again. Whether that is right is decided by the moderation, whose decision is named in the row.

use archive::ArticleId;
use reader::ReaderId;
use store::{Failure, Time, Tx, events};

use crate::revision::is_taken_back;
use crate::votes::{REMOVED, score_of};
use crate::{COMMENT, CommentId, RemovalId, THREAD};

/// Hides a comment; its replies stay. `decision` is the row of the moderation that says by whom and why.
/// Of many simultaneous removals one gets its id, the others nothing, like the removal of a comment that is not there.
pub async fn remove(
    tx: &mut Tx,
    comment: CommentId,
    decision: i64,
    now: Time,
) -> Result<Option<RemovalId>, Failure> {
    let Some((article, author)) = whose(tx, comment).await? else { return Ok(None) };
    let sql = "insert into removals (comment, round, decision, at)
               values ($1, (select count(*) from restorations s join removals r on r.id = s.removal where r.comment = $1),
                       $2, $3)
               on conflict (comment, round) do nothing returning id";
    let Some((removal,)) = tx.first(sql, (comment, decision, now)).await? else { return Ok(None) };
    // Rows are locked in the order in which posting locks them: writer, comments, thread.
    lock_writer(tx, author).await?;
    // What its author had taken back is not counted any more.
    let counts = !is_taken_back(tx, comment).await?;
    if counts {
        count_for_writer(tx, author, 1).await?;
    }
    tx.execute("update comments set score = $2 where id = $1", (comment, REMOVED)).await?;
    if counts {
        count_for_thread(tx, article, 1, now).await?;
    }
    crate::found::forget_words(tx, comment).await?;
    tell(tx, comment, article, now).await?;
    Ok(Some(removal))
}

/// Shows a removed comment again. Nothing if it is not removed (any more). What its author took back stays gone.
pub async fn restore(
    tx: &mut Tx,
    comment: CommentId,
    decision: i64,
    now: Time,
) -> Result<Option<RemovalId>, Failure> {
    let Some((article, author)) = whose(tx, comment).await? else { return Ok(None) };
    let Some((removal,)) = tx.first::<(RemovalId,)>(STANDING, (comment,)).await? else { return Ok(None) };
    let sql = "insert into restorations (removal, decision, at) values ($1, $2, $3)
               on conflict (removal) do nothing";
    if tx.execute(sql, (removal, decision, now)).await? == 0 {
        return Ok(None);
    }
    lock_writer(tx, author).await?;
    if is_taken_back(tx, comment).await? {
        tell(tx, comment, article, now).await?;
        return Ok(Some(removal));
    }
    count_for_writer(tx, author, -1).await?;
    let sql = "update comments set score = 0 where id = $1 returning up, down";
    let (up, down): (i64, i64) = tx.one(sql, (comment,)).await?;
    tx.execute("update comments set score = $2 where id = $1", (comment, score_of(up, down))).await?;
    count_for_thread(tx, article, -1, now).await?;
    crate::found::keep_later(tx, comment).await?;
    tell(tx, comment, article, now).await?;
    Ok(Some(removal))
}

/// The removal that no restoration names.
pub(crate) const STANDING: &str = "select r.id from removals r where r.comment = $1
     and not exists (select 1 from restorations s where s.removal = r.id)";

async fn whose(tx: &mut Tx, comment: CommentId) -> Result<Option<(ArticleId, ReaderId)>, Failure> {
    tx.first("select article, author from comments where id = $1", (comment,)).await
}

/// Makes whoever takes back, removes or restores a comment of this writer do so one after the other, so that each sees what
/// the others did. Posting begins with this row too.
pub(crate) async fn lock_writer(tx: &mut Tx, author: ReaderId) -> Result<(), Failure> {
    tx.execute("update writers set removed = removed where reader = $1", (author,)).await.map(drop)
}

async fn count_for_writer(tx: &mut Tx, author: ReaderId, removed: i64) -> Result<(), Failure> {
    tx.execute("update writers set removed = removed + $2 where reader = $1", (author, removed))
        .await
        .map(drop)
}

async fn count_for_thread(tx: &mut Tx, article: ArticleId, removed: i64, now: Time) -> Result<(), Failure> {
    let sql = "update threads set comments = comments - $2, changed = $3 where article = $1";
    tx.execute(sql, (article, removed, now)).await.map(drop)
}

async fn tell(tx: &mut Tx, comment: CommentId, article: ArticleId, now: Time) -> Result<(), Failure> {
    events::tell(tx, COMMENT, comment.0, now).await?;
    events::tell(tx, THREAD, article.0, now).await
}
