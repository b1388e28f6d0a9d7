//! What waits for the desk: written while the talk waits ([`State::Waiting`](crate::hours::State)) or held by the moderation
//! ([`hold`](crate::hold)), read by its author and by whoever judges it, and by nobody else.
//!
//! It is no comment yet. It has rows of its own, so that no page, count, search or feed can show by mistake what nobody has
//! read. Whoever judges lets it in ([`release`]), which posts it as [`post`](crate::post()) would have, or refuses it ([`refuse`]);
//! why is the moderation's to say.

use archive::ArticleId;
use reader::{Name, ReaderId};
use store::{Failure, Time, Tx};

use crate::{Body, CommentId, Contribution, Key, post};

store::id!(
    /// Names what waits.
    WaitingId
);

/// The most rows that one verb reads, whatever it is asked for.
const MOST: i64 = 200;

/// Something that waits, or that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its id.
    pub id: WaitingId,
    /// The article it is about.
    pub article: ArticleId,
    /// Who wrote it.
    pub author: ReaderId,
    /// The name they go by now.
    pub name: Name,
    /// Since when they have an account.
    pub since: Time,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// What it says.
    pub body: Body,
    /// When it was written.
    pub at: Time,
    /// The moderation's decision, if it was refused.
    pub decision: Option<i64>,
    /// Its rank among what waits in its lane ([`lanes`](crate::lanes)): 0 is looked at first.
    pub rank: i64,
}
store::row!(Waiting { id, article, author, name, since, parent, body, at, decision, rank });

impl Waiting {
    /// Where a list goes on after this one.
    #[must_use]
    pub fn bookmark(&self) -> (Time, WaitingId) {
        (self.at, self.id)
    }
}

/// Keeps a contribution until the desk has read it. What it answers stands, and its author's pace was kept.
pub(crate) async fn keep(tx: &mut Tx, contribution: &Contribution, now: Time) -> Result<WaitingId, Failure> {
    let Contribution { article, author, parent, body, key } = contribution;
    let sql = "insert into waiting (article, author, parent, key, fingerprint, text, at)
               values ($1, $2, $3, $4, $5, $6, $7) returning id";
    let key = key.as_ref().map(Key::as_str);
    tx.insert(sql, (*article, *author, *parent, key, body.fingerprint(), body, now)).await.map(WaitingId)
}

/// What waits already and says the same, by the same writer in the same place, since then.
pub(crate) async fn said_before(
    tx: &mut Tx,
    contribution: &Contribution,
    since: Time,
) -> Result<Option<WaitingId>, Failure> {
    let Contribution { article, author, parent, body, .. } = contribution;
    let parent = parent.map_or(0, |parent| parent.0);
    let values = (*author, *article, since, body.fingerprint(), parent);
    let row: Option<(WaitingId,)> = tx.first(SAID_BEFORE, values).await?;
    Ok(row.map(|row| row.0))
}

/// Among the few that one writer may send in so short a time.
pub(crate) const SAID_BEFORE: &str = "select id from waiting
     where author = $1 and article = $2 and at > $3 and fingerprint = $4 and coalesce(parent, 0) = $5
       and decision is null
     order by at, id limit 1";

pub(crate) fn read(rest: &str) -> String {
    format!(
        "select w.id, w.article, w.author, n.name, n.created_at, w.parent, w.text, w.at, w.decision, w.rank
           from waiting w join readers n on n.id = w.author {rest}"
    )
}

/// What waits after that one, oldest first, at most `limit` (at most 200): for the desk.
pub async fn queue(
    tx: &mut Tx,
    after: Option<(Time, WaitingId)>,
    limit: i64,
) -> Result<Vec<Waiting>, Failure> {
    let (at, id) = after.unwrap_or((Time(i64::MIN), WaitingId(i64::MIN)));
    tx.all(&queue_sql(), (at, id, limit.clamp(1, MOST))).await
}

pub(crate) fn queue_sql() -> String {
    read("where w.decision is null and (w.at, w.id) > ($1, $2) order by w.at, w.id limit $3")
}

/// How much waits; stops counting at 100.
pub async fn count(tx: &mut Tx) -> Result<i64, Failure> {
    let (count,): (i64,) = tx.one(COUNT, ()).await?;
    Ok(count)
}

pub(crate) const COUNT: &str =
    "select count(*) from (select 1 from waiting where decision is null limit 100) w";

/// One thing that waits. Nothing if it was let in, refused or withdrawn.
pub async fn one(tx: &mut Tx, id: WaitingId) -> Result<Option<Waiting>, Failure> {
    tx.first(&read("where w.id = $1 and w.decision is null"), (id,)).await
}

/// The moderation's decision about this, if it was refused. Nothing if it waits, or is no longer here.
pub async fn decision(tx: &mut Tx, id: WaitingId) -> Result<Option<i64>, Failure> {
    let row: Option<(Option<i64>,)> = tx.first("select decision from waiting where id = $1", (id,)).await?;
    Ok(row.and_then(|row| row.0))
}

/// What of this reader waits under this article, oldest first, at most 200.
pub async fn under(tx: &mut Tx, article: ArticleId, reader: ReaderId) -> Result<Vec<Waiting>, Failure> {
    tx.all(&under_sql(), (reader, article, MOST)).await
}

pub(crate) fn under_sql() -> String {
    read("where w.author = $1 and w.article = $2 and w.decision is null order by w.at, w.id limit $3")
}

/// What of this reader waits or was refused, latest first, at most `limit` (at most 200).
pub async fn own(tx: &mut Tx, reader: ReaderId, limit: i64) -> Result<Vec<Waiting>, Failure> {
    tx.all(&own_sql(), (reader, limit.clamp(1, MOST))).await
}

pub(crate) fn own_sql() -> String {
    read("where w.author = $1 order by w.at desc, w.id desc limit $2")
}

/// Takes back what still waits, for good. False if it does not wait (any more), or is somebody else's.
pub async fn withdraw(tx: &mut Tx, id: WaitingId, author: ReaderId) -> Result<bool, Failure> {
    let sql = "delete from waiting where id = $1 and author = $2 and decision is null";
    Ok(tx.execute(sql, (id, author)).await? == 1)
}

/// Lets in what waits: it becomes a comment of this moment. Of many at once one gets its id, the others nothing.
///
/// What it answers may be gone by now. It still stands below it, like an answer that came a moment before the removal.
pub async fn release(tx: &mut Tx, id: WaitingId, now: Time) -> Result<Option<CommentId>, Failure> {
    let Some(found) = one(tx, id).await? else { return Ok(None) };
    tx.alone(&format!("writer {}", found.author)).await?;
    let sql = "delete from waiting where id = $1 and decision is null returning key";
    let Some((key,)) = tx.first::<(Option<String>,)>(sql, (id,)).await? else { return Ok(None) };
    tx.execute("update writers set comments = comments + 1 where reader = $1", (found.author,)).await?;
    let contribution = Contribution {
        article: found.article,
        author: found.author,
        parent: found.parent,
        body: found.body,
        key: key.as_deref().and_then(Key::parse),
    };
    let root = match contribution.parent {
        Some(parent) => Some(post::root_of(tx, parent).await?),
        None => None,
    };
    post::appear(tx, &contribution, root, now).await.map(Some)
}

/// Refuses what waits: its author reads `decision`. Of many at once one hears `true`.
pub async fn refuse(tx: &mut Tx, id: WaitingId, decision: i64) -> Result<bool, Failure> {
    let sql = "update waiting set decision = $2 where id = $1 and decision is null";
    Ok(tx.execute(sql, (id, decision)).await? == 1)
}
