//! What becomes of the talk when somebody leaves: the comments they want taken along, and the words in them.

use reader::ReaderId;
use store::{Failure, Tx};

use crate::CommentId;
use crate::votes::REMOVED;

/// What stands in place of a text that is forgotten. Nobody reads it: its comment was taken back.
const NOTHING: &str = "…";
/// Comments of this author that stand, latest first, at most `limit`.
pub async fn standing_of(tx: &mut Tx, author: ReaderId, limit: usize) -> Result<Vec<CommentId>, Failure> {
    let sql = "select id from comments where author = $1 and score <> $2 order by at desc, id desc limit $3";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<(CommentId,)> = tx.all(sql, (author, REMOVED, limit)).await?;
    Ok(rows.into_iter().map(|(comment,)| comment).collect())
}

/// Forgets the words of at most `limit` comments that this author took back, with what they said before they were changed;
/// tells how many. Call it until they are fewer. What the desk removed keeps its words: the decision is answered for.
pub async fn forget_texts(tx: &mut Tx, author: ReaderId, limit: usize) -> Result<usize, Failure> {
    let sql = "select c.id from comments c join deletions d on d.comment = c.id
                where c.author = $1 and c.text <> $2
                  and not exists (select 1 from removals r where r.comment = c.id)
                order by c.at desc, c.id desc limit $3";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let comments: Vec<(CommentId,)> = tx.all(sql, (author, NOTHING, limit)).await?;
    for (comment,) in &comments {
        tx.execute("delete from comment_revisions where comment = $1", (*comment,)).await?;
        tx.execute("update comments set text = $2 where id = $1", (*comment, NOTHING)).await?;
    }
    Ok(comments.len())
}
