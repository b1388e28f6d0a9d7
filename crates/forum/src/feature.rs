//! Comments that the desk chose: they stand before the others, and their authors hear of it.

use archive::ArticleId;
use reader::ReaderId;
use reader::inbox::Kind;
use store::ledger::{self, Act, By};
use store::{Failure, Time, Tx, events};

use crate::votes::REMOVED;
use crate::{COMMENT, CommentId, THREAD};

/// The most chosen comments of one thread that are told apart.
const MOST: i64 = 20;

/// Chooses a comment; tells whether it is new. Nothing happens to one that is chosen already, or gone.
pub async fn feature(
    tx: &mut Tx,
    comment: CommentId,
    moderator: ReaderId,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "insert into features (comment, article, round, moderator, at)
               select c.id, c.article,
                      (select count(*) from feature_ends e join features f on f.id = e.feature where f.comment = $1),
                      $2, $3
                 from comments c where c.id = $1 and c.score <> $4
               on conflict (comment, round) do nothing returning id, article";
    let row: Option<(i64, ArticleId)> = tx.first(sql, (comment, moderator, now, REMOVED)).await?;
    let Some((feature, article)) = row else { return Ok(false) };
    crate::tell_author(tx, comment, Kind::Featured, format!("feature {feature}"), "", now).await?;
    ledger::note(tx, Act::of(By::Person(moderator.0), "feature", "comment", comment), now);
    tell(tx, comment, article, now).await?;
    Ok(true)
}

/// Ends that; tells whether there was something to end.
pub async fn end_feature(
    tx: &mut Tx,
    comment: CommentId,
    moderator: ReaderId,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "select f.id, f.article from features f
                where f.comment = $1 and not exists (select 1 from feature_ends e where e.feature = f.id)";
    let row: Option<(i64, ArticleId)> = tx.first(sql, (comment,)).await?;
    let Some((feature, article)) = row else { return Ok(false) };
    let sql = "insert into feature_ends (feature, moderator, at) values ($1, $2, $3)
               on conflict (feature) do nothing";
    if tx.execute(sql, (feature, moderator, now)).await? == 0 {
        return Ok(false);
    }
    ledger::note(tx, Act::of(By::Person(moderator.0), "feature-end", "comment", comment), now);
    tell(tx, comment, article, now).await?;
    Ok(true)
}

async fn tell(tx: &mut Tx, comment: CommentId, article: ArticleId, now: Time) -> Result<(), Failure> {
    events::tell(tx, COMMENT, comment.0, now).await?;
    events::tell(tx, THREAD, article.0, now).await
}

/// The comments of this thread that are chosen now and stand, latest choice first, at most 20.
pub async fn featured(tx: &mut Tx, article: ArticleId) -> Result<Vec<CommentId>, Failure> {
    let rows: Vec<(CommentId,)> = tx.all(FEATURED, (article, REMOVED, MOST)).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub(crate) const FEATURED: &str = "select f.comment from features f join comments c on c.id = f.comment
    where f.article = $1 and c.score <> $2
      and not exists (select 1 from feature_ends e where e.feature = f.id)
    order by f.id desc limit $3";
