//! Posting a comment.

use archive::ArticleId;
use reader::ReaderId;
use store::{Failure, Time, Tx, events};

use crate::hours::State;
use crate::votes::REMOVED;
use crate::waiting::{self, WaitingId};
use crate::{Body, CommentId, Refusal, THREAD, telling};

/// How long the same words by the same reader count as sent twice, in minutes.
const ALIKE_MINUTES: i64 = 10;

/// What somebody wants to say.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// The article it is about.
    pub article: ArticleId,
    /// Who says it.
    pub author: ReaderId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The text.
    pub body: Body,
    /// Makes a second sending the same comment.
    pub key: Option<Key>,
}

/// What a form carries so that sending it twice posts once (R2): 8 to 64 letters, digits, `-` and `_`, unique per author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// Takes a key, or nothing if it is not one.
    pub fn parse(text: &str) -> Option<Key> {
        let good = (8..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        good.then(|| Key(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What became of a contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// It is a comment that everybody can read.
    Here(CommentId),
    /// It waits for the desk.
    Waits(WaitingId),
}

impl Posted {
    /// The comment it is, unless it waits.
    #[must_use]
    pub fn here(self) -> Option<CommentId> {
        match self {
            Posted::Here(comment) => Some(comment),
            Posted::Waits(_) => None,
        }
    }
}

/// How many comments one person may post (T5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// In a minute that begins with the first of them.
    pub per_minute: u32,
    /// In an hour that begins with the first of them.
    pub per_hour: u32,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { per_minute: 5, per_hour: 60 }
    }
}

/// Posts a comment, or keeps it for the desk while the talk waits, and discards the reader's draft in that thread. After a
/// refusal there is nothing to commit. `state` says whether the talk under this article is open now
/// ([`crate::hours::Timetable::state`]).
///
/// A contribution with a key that was posted before is what it was then, even if the talk has closed meanwhile.
pub async fn post(
    tx: &mut Tx,
    contribution: &Contribution,
    state: State,
    pace: Pace,
    now: Time,
) -> Result<Result<Posted, Refusal>, Failure> {
    let appears = state.is_open();
    take_in(tx, contribution, state, appears, pace, now).await
}

/// Keeps a contribution for the desk wherever it would be posted, under the same conditions as [`post`]. After a refusal there is
/// nothing to commit.
pub async fn hold(
    tx: &mut Tx,
    contribution: &Contribution,
    state: State,
    pace: Pace,
    now: Time,
) -> Result<Result<Posted, Refusal>, Failure> {
    take_in(tx, contribution, state, false, pace, now).await
}

async fn take_in(
    tx: &mut Tx,
    contribution: &Contribution,
    state: State,
    appears: bool,
    pace: Pace,
    now: Time,
) -> Result<Result<Posted, Refusal>, Failure> {
    let author = contribution.author;
    // One person's attempts come one after the other, so that each sees what the others did.
    tx.alone(&format!("writer {author}")).await?;
    if let Some(posted) = posted(tx, contribution).await? {
        return Ok(Ok(posted));
    }
    if state.is_closed() {
        return Ok(Err(Refusal::Closed { state }));
    }
    // What waits is not counted as a comment until it is one.
    if let Err(refusal) = keep_pace(tx, author, pace, i64::from(appears), now).await? {
        return Ok(Err(refusal));
    }
    let since = now.plus_minutes(-ALIKE_MINUTES);
    if let Some(first) = said_before(tx, contribution, since).await? {
        return Ok(Err(Refusal::Repeated { first }));
    }
    let root = match contribution.parent {
        Some(parent) => match standing_root_of(tx, parent, contribution.article).await? {
            Some(root) => Some(root),
            None => return Ok(Err(Refusal::NoSuchComment)),
        },
        None => None,
    };
    crate::discard_draft(tx, author, contribution.article).await?;
    // The same words again are what waits already, also if they would appear by now: there is nothing to point to.
    if let Some(first) = waiting::said_before(tx, contribution, since).await? {
        return Ok(Ok(Posted::Waits(first)));
    }
    Ok(Ok(if appears {
        Posted::Here(appear(tx, contribution, root, now).await?)
    } else {
        Posted::Waits(waiting::keep(tx, contribution, now).await?)
    }))
}

/// A contribution becomes a comment, below `root` if it answers something.
pub(crate) async fn appear(
    tx: &mut Tx,
    contribution: &Contribution,
    root: Option<CommentId>,
    now: Time,
) -> Result<CommentId, Failure> {
    let Contribution { article, author, body, .. } = contribution;
    let place = match root {
        Some(root) => take_place(tx, root, now).await?,
        None => 0,
    };
    let sql = "insert into comments (article, author, parent, root, place, key, fingerprint, text, at, up, down, score, replies)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, 0) returning id";
    let key = contribution.key.as_ref().map(Key::as_str);
    let values = (*article, *author, contribution.parent, root, place, key, body.fingerprint(), body, now);
    let id = CommentId(tx.insert(sql, values).await?);
    let sql = "insert into threads (article, comments, changed, spell, in_spell) values ($1, 1, $2, $2, 1)
               on conflict (article) do update set comments = threads.comments + 1, changed = $2,
                   spell = case when threads.spell between $3 and $2 then threads.spell else $2 end,
                   in_spell = case when threads.spell between $3 and $2 then threads.in_spell + 1 else 1 end";
    tx.execute(sql, (*article, now, crate::lately::spell_since(now))).await?;
    crate::found::keep_later(tx, id).await?;
    let concerns_somebody = contribution.parent.is_some()
        || body.as_str().contains('@')
        || telling::is_awaited(tx, *author, *article).await?;
    if concerns_somebody {
        telling::spread_later(tx, id, now).await?;
    }
    events::tell(tx, THREAD, article.0, now).await?;
    Ok(id)
}

/// What a contribution with this key became, if it was posted before.
pub async fn posted(tx: &mut Tx, contribution: &Contribution) -> Result<Option<Posted>, Failure> {
    let Some(key) = &contribution.key else { return Ok(None) };
    let row: Option<(i64, bool)> = tx.first(WITH_KEY, (contribution.author, key.as_str())).await?;
    Ok(row.map(|(id, waits)| match waits {
        true => Posted::Waits(WaitingId(id)),
        false => Posted::Here(CommentId(id)),
    }))
}

pub(crate) const WITH_KEY: &str = "select id, 0 from comments where author = $1 and key = $2
     union all select id, 1 from waiting where author = $1 and key = $2";

/// Counts `comments` more of this writer and one more sent, or says when the next one is taken. A count begins anew when its minute or
/// hour is over, or if the clock went back behind its beginning (R12).
async fn keep_pace(
    tx: &mut Tx,
    author: ReaderId,
    pace: Pace,
    comments: i64,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let sql = "insert into writers (reader, comments, removed, minute, in_minute, hour, in_hour) values ($1, $7, 0, $2, 1, $2, 1)
        on conflict (reader) do update set
            comments = writers.comments + $7,
            minute = case when writers.minute between $3 and $2 then writers.minute else $2 end,
            in_minute = case when writers.minute between $3 and $2 then writers.in_minute + 1 else 1 end,
            hour = case when writers.hour between $4 and $2 then writers.hour else $2 end,
            in_hour = case when writers.hour between $4 and $2 then writers.in_hour + 1 else 1 end
        where (writers.minute not between $3 and $2 or writers.in_minute < $5)
          and (writers.hour not between $4 and $2 or writers.in_hour < $6)";
    let (a_minute_ago, an_hour_ago) = (now.plus_minutes(-1).plus(1), now.plus_minutes(-60).plus(1));
    let values = (author, now, a_minute_ago, an_hour_ago, pace.per_minute, pace.per_hour, comments);
    let counted = tx.execute(sql, values).await?;
    if counted == 1 {
        return Ok(Ok(()));
    }
    let sql = "select minute, hour, in_hour from writers where reader = $1";
    let (minute, hour, in_hour): (Time, Time, i64) = tx.one(sql, (author,)).await?;
    let hour_is_full = hour >= an_hour_ago && in_hour >= i64::from(pace.per_hour);
    let again = if hour_is_full { hour.plus_minutes(60) } else { minute.plus_minutes(1) };
    Ok(Err(Refusal::TooOften { again }))
}

/// The comment in which this writer said the same since then, in the same place, and which still stands.
async fn said_before(
    tx: &mut Tx,
    contribution: &Contribution,
    since: Time,
) -> Result<Option<CommentId>, Failure> {
    let parent = contribution.parent.map_or(0, |parent| parent.0);
    let values =
        (contribution.author, contribution.body.fingerprint(), contribution.article, since, parent, REMOVED);
    let row: Option<(CommentId,)> = tx.first(SAID_BEFORE, values).await?;
    Ok(row.map(|row| row.0))
}

/// In the order of the index, which is that of time.
pub(crate) const SAID_BEFORE: &str = "select id from comments
     where author = $1 and fingerprint = $2 and article = $3 and at > $4
       and coalesce(parent, 0) = $5 and score <> $6
     order by at, id limit 1";

/// The top of the conversation in which a comment of this thread stands. Nothing if it does not stand there (any more).
async fn standing_root_of(
    tx: &mut Tx,
    comment: CommentId,
    article: ArticleId,
) -> Result<Option<CommentId>, Failure> {
    let row: Option<(CommentId,)> = tx.first(ROOT_OF, (comment, article)).await?;
    Ok(row.map(|row| row.0))
}

/// The top of the conversation of a comment, whatever became of it.
pub(crate) async fn root_of(tx: &mut Tx, comment: CommentId) -> Result<CommentId, Failure> {
    let (root,) = tx.one("select coalesce(root, id) from comments where id = $1", (comment,)).await?;
    Ok(root)
}

/// The place of one more reply in a conversation.
async fn take_place(tx: &mut Tx, root: CommentId, now: Time) -> Result<i64, Failure> {
    let sql = "update comments set replies = replies + 1, latest_reply = $2 where id = $1 returning replies";
    let (place,): (i64,) = tx.one(sql, (root, now)).await?;
    Ok(place)
}

pub(crate) const ROOT_OF: &str = "select coalesce(c.root, c.id) from comments c
     where c.id = $1 and c.article = $2
       and not exists (select 1 from deletions d where d.comment = c.id)
       and not exists (select 1 from removals r where r.comment = c.id
                          and not exists (select 1 from restorations s where s.removal = r.id))";
