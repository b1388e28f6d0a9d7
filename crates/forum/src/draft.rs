//! Drafts: words that could not be posted yet, because the talk was closed. Only their author ever sees them, and after 90 days
//! nobody (T8.1).

use archive::ArticleId;
use reader::ReaderId;
use store::{Failure, Time, Tx};

use crate::{Body, CommentId};

/// The most drafts that one page lists.
const MOST: i64 = 50;

/// What a reader typed and did not post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The article it is about.
    pub article: ArticleId,
    /// The comment it answers.
    pub reply_to: Option<CommentId>,
    /// The text.
    pub body: Body,
    /// When it was kept.
    pub at: Time,
}
store::row!(Draft { article, reply_to, body, at });

/// Keeps a draft; there is one per reader and thread, and the latest counts.
pub async fn keep_draft(
    tx: &mut Tx,
    reader: ReaderId,
    article: ArticleId,
    reply_to: Option<CommentId>,
    body: &Body,
    now: Time,
) -> Result<(), Failure> {
    // What it answers is only kept if it stands in this thread.
    let sql = "insert into drafts (reader, article, reply_to, text, at)
               values ($1, $2, (select id from comments where id = $3 and article = $2), $4, $5)
               on conflict (reader, article) do update set reply_to = excluded.reply_to, text = $4, at = $5";
    tx.execute(sql, (reader, article, reply_to, body, now)).await.map(drop)
}

/// The draft of this reader in this thread.
pub async fn draft(tx: &mut Tx, reader: ReaderId, article: ArticleId) -> Result<Option<Draft>, Failure> {
    let sql = "select article, reply_to, text, at from drafts where reader = $1 and article = $2";
    tx.first(sql, (reader, article)).await
}

/// All drafts of this reader, latest first, at most 50.
pub async fn drafts(tx: &mut Tx, reader: ReaderId) -> Result<Vec<Draft>, Failure> {
    let sql = "select article, reply_to, text, at from drafts where reader = $1
                order by at desc, article desc limit $2";
    tx.all(sql, (reader, MOST)).await
}

/// The most drafts that go in one [`forget_drafts`].
pub const FORGOTTEN: u64 = 500;

/// Forgets a slice of the drafts that are older than 90 days; tells how many. If [`FORGOTTEN`], there may be more.
pub async fn forget_drafts(tx: &mut Tx, now: Time) -> Result<u64, Failure> {
    let sql = format!(
        "delete from drafts where (reader, article) in
             (select reader, article from drafts where at < $1 order by at limit {FORGOTTEN}) and at < $1"
    );
    tx.execute(&sql, (now.plus_minutes(-90 * 24 * 60),)).await
}

/// Throws the draft away, if there is one.
pub async fn discard_draft(tx: &mut Tx, reader: ReaderId, article: ArticleId) -> Result<(), Failure> {
    tx.execute("delete from drafts where reader = $1 and article = $2", (reader, article)).await.map(drop)
}
