//! What the talk has to tell: messages for the inboxes of those whom a comment concerns.

use archive::ArticleId;
use reader::inbox::Kind;
use reader::{Message, ReaderId};
use store::{Failure, Time, Tx};

use crate::CommentId;

/// Tells the author of a comment what became of it, in the house's own `words` (may be empty). Of several tellings with one
/// `key` the first counts.
pub async fn tell_author(
    tx: &mut Tx,
    comment: CommentId,
    kind: Kind,
    key: impl Into<String>,
    words: &str,
    now: Time,
) -> Result<(), Failure> {
    let sql = "select article, author from comments where id = $1";
    let row: Option<(ArticleId, ReaderId)> = tx.first(sql, (comment,)).await?;
    let Some((article, author)) = row else { return Ok(()) };
    // What was removed is only in its author's own list.
    let url =
        if kind == Kind::Removed { "/account#comments".to_owned() } else { format!("/comments/{comment}") };
    let message = Message::new(kind, url, key).about(headline(tx, article, now).await?).saying(words);
    reader::tell(tx, author, &message, now).await.map(drop)
}

/// The headline as readers see it now; empty if they see none.
async fn headline(tx: &mut Tx, article: ArticleId, now: Time) -> Result<String, Failure> {
    let teasers = archive::teasers(tx, &[article], now).await?;
    Ok(teasers.first().map(|teaser| teaser.headline.to_string()).unwrap_or_default())
}
