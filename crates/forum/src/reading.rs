//! Reading the talk. Every list is read by key from an index of its own order; what was removed shows that and not its text.

use std::fmt;
use std::str::FromStr;

use archive::ArticleId;
use reader::{ReaderId, Role};
use store::{Failure, FromRow, Row, Time, Tx, Value, among};

use crate::{Body, CommentId};

/// The most rows that one verb reads, whatever it is asked for.
const MOST: i64 = 200;
/// How many replies stand below a comment before the others are folded.
const REPLIES_SHOWN: i64 = 2;
/// How many comments above a reply its permalink shows.
const MOST_ABOVE: usize = 5;

/// A comment as everybody may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The article it is about.
    pub article: ArticleId,
    /// Who wrote it.
    pub author: ReaderId,
    /// The name they go by now.
    pub name: String,
    /// What they are at the paper now.
    pub role: Role,
    /// Since when they have an account.
    pub since: Time,
    /// What it answers.
    pub parent: Option<CommentId>,
    /// The top of its conversation; nothing if it is that.
    pub root: Option<CommentId>,
    /// Whom it answers, if that is not the top of its conversation.
    pub answers: Option<String>,
    /// Whether the desk knows who that is.
    pub is_verified: bool,
    /// What it says, or that it is gone.
    pub words: Words,
    /// When.
    pub at: Time,
    /// When its author last changed it.
    pub edited: Option<Time>,
    /// Votes in favour.
    pub up: i64,
    /// Votes against.
    pub down: i64,
    /// Replies in its conversation, if it is the top of one.
    pub replies: i64,
    /// When the latest of them came.
    pub latest_reply: Option<Time>,
    /// Counts the replies of a conversation from 1; 0 at the top.
    pub place: i64,
    score: i64,
}

/// What a comment says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Its text.
    Here(Body),
    /// Nothing any more: it was removed.
    Removed {
        /// The moderation's decision.
        decision: i64,
        /// When.
        at: Time,
    },
    /// Nothing any more: its author took it back.
    TakenBack {
        /// When.
        at: Time,
    },
}

impl Comment {
    /// Its address for ever.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/comments/{}", self.id)
    }

    /// Where a page in this order goes on after this comment.
    #[must_use]
    pub fn bookmark(&self, sort: Sort) -> Bookmark {
        let order = match sort {
            Sort::Newest | Sort::Oldest => self.at.0,
            Sort::Best => self.score,
            Sort::MostDiscussed => self.replies,
        };
        Bookmark { order, id: self.id.0 }
    }

    /// Whether it says nothing any more, whoever wanted that.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        !matches!(self.words, Words::Here(_))
    }

    /// Whether it was removed.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        matches!(self.words, Words::Removed { .. })
    }
}

/// The one place that decides what of a comment can be seen (T4.3): the text of one that is gone never leaves the database here.
pub(crate) const READ_SELECT: &str = "select c.id, c.article, c.author, n.name,
           coalesce((select a.role from appointments a where a.reader = c.author order by a.id desc limit 1), 'reader'),
           n.created_at, c.parent, c.root, pn.name,
           case when exists (select 1 from verifications v where v.reader = c.author
                                and not exists (select 1 from verification_ends e where e.verification = v.id))
                then 1 else 0 end,
           case when r.id is null and d.comment is null then c.text else '' end, r.decision, r.at, d.at,
           c.at, c.edited, c.up, c.down, c.replies, c.latest_reply, c.place, c.score";
pub(crate) const READ_FROM: &str = "from comments c
      join readers n on n.id = c.author
      left join comments p on p.id = c.parent and c.parent <> c.root
      left join readers pn on pn.id = p.author
      left join deletions d on d.comment = c.id
      left join removals r on r.comment = c.id and not exists (select 1 from restorations s where s.removal = r.id)";

fn read(rest: &str) -> String {
    format!("{READ_SELECT} {READ_FROM} {rest}")
}

impl FromRow for Comment {
    fn from_row(row: &mut Row) -> Result<Comment, Failure> {
        Ok(Comment {
            id: row.take()?,
            article: row.take()?,
            author: row.take()?,
            name: row.take()?,
            role: row.take()?,
            since: row.take()?,
            parent: row.take()?,
            root: row.take()?,
            answers: row.take()?,
            is_verified: row.take()?,
            words: words(row)?,
            at: row.take()?,
            edited: row.take()?,
            up: row.take()?,
            down: row.take()?,
            replies: row.take()?,
            latest_reply: row.take()?,
            place: row.take()?,
            score: row.take()?,
        })
    }
}

/// A removal is what readers hear of, also where the author took the comment back before.
fn words(row: &mut Row) -> Result<Words, Failure> {
    let body: Body = row.take()?;
    let (decision, removed): (Option<i64>, Option<Time>) = (row.take()?, row.take()?);
    let taken_back: Option<Time> = row.take()?;
    Ok(match (decision.zip(removed), taken_back) {
        (Some((decision, at)), _) => Words::Removed { decision, at },
        (None, Some(at)) => Words::TakenBack { at },
        (None, None) => Words::Here(body),
    })
}

/// The order of a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Latest first.
    #[default]
    Newest,
    /// As it was written.
    Oldest,
    /// Most agreed with.
    Best,
    /// Most replies.
    MostDiscussed,
}

impl Sort {
    /// The word that stands for it in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
            Sort::Best => "best",
            Sort::MostDiscussed => "discussed",
        }
    }

    /// The order of this word; of no word, the newest first.
    #[must_use]
    pub fn parse(word: &str) -> Option<Sort> {
        let all = [Sort::Newest, Sort::Oldest, Sort::Best, Sort::MostDiscussed];
        if word.is_empty() { Some(Sort::Newest) } else { all.into_iter().find(|sort| sort.as_str() == word) }
    }
}

/// Where a page of a thread ended. Written `12-34`; what the numbers are depends on the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bookmark {
    order: i64,
    id: i64,
}

impl fmt::Display for Bookmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.order, self.id)
    }
}

impl FromStr for Bookmark {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Bookmark, Self::Err> {
        let (order, id) = text.rsplit_once('-').unwrap_or((text, ""));
        Ok(Bookmark { order: order.parse()?, id: id.parse()? })
    }
}

/// A comment at the top with the first of its replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// The comment at the top.
    pub top: Comment,
    /// The first replies, oldest first; `top.replies` says how many there are.
    pub replies: Vec<Comment>,
}

/// A page of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// In the order asked for.
    pub conversations: Vec<Conversation>,
    /// Where the next page goes on, if there is one.
    pub next: Option<Bookmark>,
}

/// A page of a thread: at most `limit` conversations (at most 200) after `after`.
pub async fn page(
    tx: &mut Tx,
    article: ArticleId,
    sort: Sort,
    after: Option<Bookmark>,
    limit: i64,
) -> Result<Page, Failure> {
    let limit = limit.clamp(1, MOST);
    let mut tops: Vec<Comment> = tx.all(&page_sql(sort), page_values(article, sort, after, limit)).await?;
    let more = tops.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        tops.pop();
    }
    let next = tops.last().filter(|_| more).map(|last| last.bookmark(sort));
    let mut replies = first_replies(tx, &tops).await?;
    let conversations = tops
        .into_iter()
        .map(|top| {
            let of_this = replies.extract_if(.., |reply| reply.root == Some(top.id)).collect();
            Conversation { top, replies: of_this }
        })
        .collect();
    Ok(Page { conversations, next })
}

pub(crate) fn page_sql(sort: Sort) -> String {
    let rest = match sort {
        Sort::Newest => "(c.at, c.id) < ($2, $3) order by c.at desc, c.id desc limit $4",
        Sort::Oldest => "(c.at, c.id) > ($2, $3) order by c.at, c.id limit $4",
        Sort::Best => "(c.score, c.id) < ($2, $3) order by c.score desc, c.id desc limit $4",
        Sort::MostDiscussed => "(c.replies, c.id) < ($2, $3) order by c.replies desc, c.id desc limit $4",
    };
    read(&format!("where c.article = $1 and c.root is null and {rest}"))
}

/// One row more than asked for says whether there is a next page.
pub(crate) fn page_values(article: ArticleId, sort: Sort, after: Option<Bookmark>, limit: i64) -> Vec<Value> {
    let beginning = if sort == Sort::Oldest { i64::MIN } else { i64::MAX };
    let after = after.unwrap_or(Bookmark { order: beginning, id: beginning });
    vec![article.into(), after.order.into(), after.id.into(), (limit + 1).into()]
}

async fn first_replies(tx: &mut Tx, tops: &[Comment]) -> Result<Vec<Comment>, Failure> {
    let (list, roots) = among(2, tops.iter().filter(|top| top.replies > 0).map(|top| top.id));
    if roots.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<Value> = std::iter::once(REPLIES_SHOWN.into()).chain(roots).collect();
    tx.all(&first_replies_sql(&list), values).await
}

pub(crate) fn first_replies_sql(roots: &str) -> String {
    read(&format!("where c.root in ({roots}) and c.place <= $1 order by c.root, c.place"))
}

/// Replies of a conversation after the given place (0 for all), oldest first, at most `limit` (at most 200).
pub async fn replies(
    tx: &mut Tx,
    root: CommentId,
    after_place: i64,
    limit: i64,
) -> Result<Vec<Comment>, Failure> {
    tx.all(&replies_sql(), (root, after_place, limit.clamp(1, MOST))).await
}

pub(crate) fn replies_sql() -> String {
    read("where c.root = $1 and c.place > $2 order by c.place limit $3")
}

/// One comment.
pub async fn comment(tx: &mut Tx, id: CommentId) -> Result<Option<Comment>, Failure> {
    tx.first(&read("where c.id = $1"), (id,)).await
}

/// These comments, by id, at most 200.
pub async fn comments(tx: &mut Tx, ids: &[CommentId]) -> Result<Vec<Comment>, Failure> {
    let ids = &ids[..ids.len().min(MOST as usize)];
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (list, values) = among(1, ids.iter().copied());
    tx.all(&read(&format!("where c.id in ({list}) order by c.id")), values).await
}

/// What answers this comment directly after the one with that id, oldest first, at most `limit` (at most 200). Below the top
/// that is only a part of the conversation; for a comment at the top see [`replies`].
pub async fn answers(
    tx: &mut Tx,
    to: CommentId,
    after: CommentId,
    limit: i64,
) -> Result<Vec<Comment>, Failure> {
    tx.all(&answers_sql(), (to, after, limit.clamp(1, MOST))).await
}

pub(crate) fn answers_sql() -> String {
    read("where c.parent = $1 and c.root is not null and c.id > $2 order by c.id limit $3")
}

/// What stands before and after a comment: in its conversation, or, at the top, in its thread as it was written.
pub async fn neighbours(tx: &mut Tx, of: &Comment) -> Result<(Option<Comment>, Option<Comment>), Failure> {
    let [before, after] = neighbours_sql(of.root.is_some());
    let values: Vec<Value> = match of.root {
        Some(root) => vec![root.into(), of.place.into()],
        None => vec![of.article.into(), of.at.into(), of.id.into()],
    };
    Ok((tx.first(&before, values.clone()).await?, tx.first(&after, values).await?))
}

pub(crate) fn neighbours_sql(of_reply: bool) -> [String; 2] {
    if of_reply {
        [
            "where c.root = $1 and c.place < $2 order by c.place desc limit 1",
            "where c.root = $1 and c.place > $2 order by c.place limit 1",
        ]
    } else {
        [
            "where c.article = $1 and c.root is null and (c.at, c.id) < ($2, $3) order by c.at desc, c.id desc limit 1",
            "where c.article = $1 and c.root is null and (c.at, c.id) > ($2, $3) order by c.at, c.id limit 1",
        ]
    }
    .map(read)
}

/// Where a page of a thread, latest first, begins so that this comment's conversation stands on it below `above` later ones.
/// Nothing if that is the first page.
pub async fn page_with(tx: &mut Tx, of: &Comment, above: i64) -> Result<Option<Bookmark>, Failure> {
    let root = of.root.unwrap_or(of.id);
    let above = above.clamp(1, MOST);
    let later: Vec<(i64, i64)> = tx.all(PAGE_WITH, (of.article, root, above + 1)).await?;
    let full = later.len() as i64 > above;
    Ok(later.last().filter(|_| full).map(|(order, id)| Bookmark { order: *order, id: *id }))
}

pub(crate) const PAGE_WITH: &str = "select c.at, c.id from comments c
     where c.article = $1 and c.root is null and (c.at, c.id) > ((select t.at from comments t where t.id = $2), $2)
     order by c.at, c.id limit $3";

/// What this reader wrote before that place, latest first, at most `limit` (at most 200): for everybody, so what was removed
/// shows that and not its text.
pub async fn said_by(
    tx: &mut Tx,
    reader: ReaderId,
    before: Option<Bookmark>,
    limit: i64,
) -> Result<Vec<Comment>, Failure> {
    let Bookmark { order, id } = before.unwrap_or(Bookmark { order: i64::MAX, id: i64::MAX });
    tx.all(&said_by_sql(), (reader, order, id, limit.clamp(1, MOST))).await
}

pub(crate) fn said_by_sql() -> String {
    read("where c.author = $1 and (c.at, c.id) < ($2, $3) order by c.at desc, c.id desc limit $4")
}

/// What a comment answers, from the top down. Of a long exchange the top and the last few.
pub async fn above(tx: &mut Tx, of: &Comment) -> Result<Vec<Comment>, Failure> {
    let mut chain = Vec::new();
    let mut next = of.parent;
    while let Some(id) = next.filter(|_| chain.len() < MOST_ABOVE) {
        let Some(found) = comment(tx, id).await? else { break };
        next = found.parent;
        chain.push(found);
    }
    if let Some(root) = of.root.filter(|_| next.is_some()) {
        chain.extend(comment(tx, root).await?);
    }
    chain.reverse();
    Ok(chain)
}

/// A thread's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The article it is about.
    pub article: ArticleId,
    /// Comments that stand, replies among them.
    pub comments: i64,
    /// When a comment last came, went or came back.
    pub changed: Time,
}
store::row!(Thread { article, comments, changed });

/// The numbers of these articles' threads, at most 200; those without a comment are missing.
pub async fn threads(tx: &mut Tx, articles: &[ArticleId]) -> Result<Vec<Thread>, Failure> {
    let articles = &articles[..articles.len().min(MOST as usize)];
    if articles.is_empty() {
        return Ok(Vec::new());
    }
    let (list, values) = among(1, articles.iter().copied());
    let sql =
        format!("select article, comments, changed from threads where article in ({list}) order by article");
    tx.all(&sql, values).await
}

/// The threads with most comments among those in which something happened since then, at most 200.
pub async fn most_discussed(tx: &mut Tx, since: Time, limit: i64) -> Result<Vec<Thread>, Failure> {
    tx.all(MOST_DISCUSSED, (since, limit.clamp(0, MOST))).await
}

pub(crate) const MOST_DISCUSSED: &str =
    "select article, comments, changed from threads where changed >= $1 and comments > 0
     order by comments desc, article desc limit $2";

/// Comments newer than that one, with their articles, oldest first, at most 200: for those who watch.
pub async fn newer_than(tx: &mut Tx, last: CommentId) -> Result<Vec<(CommentId, ArticleId)>, Failure> {
    tx.all(NEWER_THAN, (last, MOST)).await
}

pub(crate) const NEWER_THAN: &str = "select id, article from comments where id > $1 order by id limit $2";

/// The same of one thread only, for somebody who was away for a while.
pub async fn newer_in(tx: &mut Tx, article: ArticleId, last: CommentId) -> Result<Vec<CommentId>, Failure> {
    let rows: Vec<(CommentId,)> = tx.all(NEWER_IN, (last, article, MOST)).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub(crate) const NEWER_IN: &str =
    "select id from comments where id > $1 and article = $2 order by id limit $3";

/// The newest comment of the whole paper.
pub async fn newest(tx: &mut Tx) -> Result<Option<CommentId>, Failure> {
    let row: Option<(CommentId,)> = tx.first("select id from comments order by id desc limit 1", ()).await?;
    Ok(row.map(|row| row.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bookmark_reads_back() {
        for text in ["1765000000000-12", "-1-7", "0-1"] {
            assert_eq!(text.parse::<Bookmark>().map(|mark| mark.to_string()), Ok(text.to_owned()));
        }
        for wrong in ["", "-", "1", "1-", "-1", "a-1", "1-2-", "1-99999999999999999999"] {
            assert!(wrong.parse::<Bookmark>().is_err(), "{wrong}");
        }
    }
}
