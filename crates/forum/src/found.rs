//! Finding comments of one thread by their words.
//!
//! Words are kept after the comment, not with it: a comment is answered as soon as it is flushed, and is found a second or two
//! later. Until then its id waits in `unindexed`. What was removed or taken back is forgotten in the transaction that does it.

use archive::ArticleId;
use store::search::{self, Within};
use store::{Db, Failure, Tx, numbered};

use crate::{Comment, CommentId};

/// The table of the comments' words.
pub(crate) const WORDS: &str = "comment_words";
/// Comments whose words are kept in one transaction.
const SLICE: i64 = 200;
/// The most that are kept in one call of [`keep_words`].
const MOST: u64 = 500;

/// Comments of a thread in which every word asked for begins a word, latest first, at most `limit` (at most 200), of those
/// before `before`.
pub async fn search(
    tx: &mut Tx,
    article: ArticleId,
    question: &str,
    before: Option<CommentId>,
    limit: i64,
) -> Result<Vec<Comment>, Failure> {
    let Some(asked) = search::question_within(tx, article.0, question) else { return Ok(Vec::new()) };
    let before = before.map_or(i64::MAX, |comment| comment.0);
    let ids = search::latest(tx, WORDS, &asked, before, limit.clamp(1, 200)).await?;
    let ids: Vec<CommentId> = ids.into_iter().map(CommentId).collect();
    let mut found = crate::comments(tx, &ids).await?;
    // Nothing that is gone has words here; whoever forgets to forget them must not show them (T4.3).
    found.retain(|comment| !comment.is_gone());
    found.reverse();
    Ok(found)
}

/// Keeps the words of comments that wait for it, at most 500, and tells how many did. Called once a second: so searching never
/// takes from writing what writing needs (R6), and what a rush left behind is made up for afterwards.
pub async fn keep_words(db: &Db) -> Result<u64, Failure> {
    let mut kept = 0;
    while kept < MOST {
        // Most of the time nobody waits, and looking costs no turn to write.
        let first = "select comment from unindexed order by comment limit 1";
        if db.read().await?.first::<(i64,)>(first, ()).await?.is_none() {
            break;
        }
        let mut tx = db.begin().await?;
        kept += keep_slice(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(kept)
}

async fn keep_slice(tx: &mut Tx) -> Result<u64, Failure> {
    // Two nodes must not keep the same words at once.
    tx.alone(WORDS).await?;
    let rows: Vec<(CommentId, ArticleId, String)> = tx.all(WAITING, (SLICE,)).await?;
    let ids: Vec<store::Value> = rows.iter().map(|row| row.0.into()).collect();
    if ids.is_empty() {
        return Ok(0);
    }
    let list = numbered(1, ids.len());
    tx.execute(&format!("delete from unindexed where comment in ({list})"), ids.clone()).await?;
    search::forget_all(tx, WORDS, &ids).await?;
    let words: Vec<Within<'_>> =
        rows.iter().map(|(id, article, text)| Within { within: article.0, id: id.0, text }).collect();
    search::keep_within(tx, WORDS, &words).await?;
    Ok(rows.len() as u64)
}

pub(crate) const WAITING: &str =
    "select u.comment, c.article, c.text from unindexed u join comments c on c.id = u.comment
     order by u.comment limit $1";

/// The words of this comment are to be kept soon, in place of those it had.
pub(crate) async fn keep_later(tx: &mut Tx, comment: CommentId) -> Result<(), Failure> {
    let sql = "insert into unindexed (comment) values ($1) on conflict (comment) do nothing";
    tx.execute(sql, (comment,)).await.map(drop)
}

/// The comment is not found any more.
pub(crate) async fn forget_words(tx: &mut Tx, comment: CommentId) -> Result<(), Failure> {
    tx.execute("delete from unindexed where comment = $1", (comment,)).await?;
    search::forget(tx, WORDS, comment.0).await
}

/// Keeps the words of comments that are written in this transaction and have none yet.
pub(crate) async fn keep_at_once(tx: &mut Tx, words: &[Within<'_>]) -> Result<(), Failure> {
    search::keep_within(tx, WORDS, words).await
}
