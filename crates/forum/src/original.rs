//! Comments with their text even if they were removed: for those who wrote them and those who judge them, and nobody else.

use reader::ReaderId;
use store::{Failure, FromRow, Row, Time, Tx, among};

use crate::reading::{READ_FROM, READ_SELECT};
use crate::{Body, Comment, CommentId};

const MOST: i64 = 200;

/// A comment and what its author wrote, whatever became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// As everybody sees it.
    pub comment: Comment,
    /// What its author wrote.
    pub body: Body,
    /// Whether it is its author's first.
    pub is_first: bool,
}

impl FromRow for Original {
    fn from_row(row: &mut Row) -> Result<Original, Failure> {
        Ok(Original { comment: Comment::from_row(row)?, body: row.take()?, is_first: row.take()? })
    }
}

fn read(rest: &str) -> String {
    format!(
        "{READ_SELECT}, c.text, case when c.id =
            (select x.id from comments x where x.author = c.author order by x.at, x.id limit 1) then 1 else 0 end
         {READ_FROM} {rest}"
    )
}

/// One comment in full.
pub async fn original(tx: &mut Tx, id: CommentId) -> Result<Option<Original>, Failure> {
    tx.first(&read("where c.id = $1"), (id,)).await
}

/// These comments in full, by id, at most 200.
pub async fn originals(tx: &mut Tx, ids: &[CommentId]) -> Result<Vec<Original>, Failure> {
    let ids = &ids[..ids.len().min(MOST as usize)];
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (list, values) = among(1, ids.iter().copied());
    tx.all(&read(&format!("where c.id in ({list}) order by c.id")), values).await
}

/// The latest comments of the whole paper before that one, latest first, at most `limit` (at most 200): for the desk.
pub async fn latest(tx: &mut Tx, before: Option<CommentId>, limit: i64) -> Result<Vec<Original>, Failure> {
    let before = before.unwrap_or(CommentId(i64::MAX));
    tx.all(&latest_sql(), (before, limit.clamp(1, MOST))).await
}

pub(crate) fn latest_sql() -> String {
    read("where c.id < $1 order by c.id desc limit $2")
}

/// What this reader wrote before that comment, latest first, at most `limit` (at most 200).
pub async fn own_comments(
    tx: &mut Tx,
    reader: ReaderId,
    before: Option<&Comment>,
    limit: i64,
) -> Result<Vec<Original>, Failure> {
    let (at, id) = before.map_or((Time(i64::MAX), CommentId(i64::MAX)), |comment| (comment.at, comment.id));
    tx.all(&own_sql(), (reader, at, id, limit.clamp(1, MOST))).await
}

pub(crate) fn own_sql() -> String {
    read("where c.author = $1 and (c.at, c.id) < ($2, $3) order by c.at desc, c.id desc limit $4")
}

/// The latest comments that say the same, whoever wrote them and whatever became of them, at most `limit` (at most 200): for the
/// desk. Spaces and capitals do not count.
pub async fn same_words(tx: &mut Tx, body: &Body, limit: i64) -> Result<Vec<CommentId>, Failure> {
    let rows: Vec<(CommentId,)> = tx.all(SAME_WORDS, (body.fingerprint(), limit.clamp(1, MOST))).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub(crate) const SAME_WORDS: &str =
    "select id from comments where fingerprint = $1 order by id desc limit $2";

/// The totals of one writer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Writer {
    /// Comments posted and not taken back.
    pub comments: i64,
    /// How many of them are removed.
    pub removed: i64,
}
store::row!(Writer { comments, removed });

/// The totals of this writer.
pub async fn writer(tx: &mut Tx, reader: ReaderId) -> Result<Writer, Failure> {
    let row =
        tx.first("select comments - taken_back, removed from writers where reader = $1", (reader,)).await?;
    Ok(row.unwrap_or_default())
}
