//! What the talk has to tell: messages for the inboxes of those whom a comment concerns.
//!
//! Whoever posts does not wait for it. A comment that answers, names or is awaited by somebody leaves a job behind; all
//! others leave nothing.

use std::collections::HashSet;

use archive::ArticleId;
use reader::inbox::Kind;
use reader::{Message, ReaderId};
use serde::{Deserialize, Serialize};
use store::{Failure, Time, Tx, jobs};

use crate::waiting::Waiting;
use crate::{Body, Comment, CommentId, Words};

/// How many people hear of a comment in one transaction.
const SLICE: i64 = 200;
/// How many people one comment may call by name.
const MOST_MENTIONS: usize = 5;
/// How many words a name has at most, when one is looked for in a text.
const WORDS_OF_A_NAME: usize = 4;

/// Tells everybody whom a comment concerns.
#[derive(Debug, Serialize, Deserialize)]
pub struct SpreadComment {
    comment: i64,
    /// The last of the author's followers who heard of it, and the last of the thread's; nothing once all have, or if only
    /// those are to hear of it whom it answers and calls by name.
    person: Option<i64>,
    thread: Option<i64>,
}

impl jobs::Later for SpreadComment {
    const KIND: &'static str = "spread-comment";

    fn name(&self) -> Option<String> {
        Some(format!("spread {} {:?} {:?}", self.comment, self.person, self.thread))
    }
}

pub(crate) async fn spread_later(tx: &mut Tx, comment: CommentId, now: Time) -> Result<(), Failure> {
    let job = SpreadComment { comment: comment.0, person: Some(0), thread: Some(0) };
    jobs::later(tx, &job, now).await
}

/// Tells those whom a comment calls by name since it was changed; nobody else hears of a change.
pub(crate) async fn call_later(tx: &mut Tx, comment: CommentId, now: Time) -> Result<(), Failure> {
    jobs::later(tx, &SpreadComment { comment: comment.0, person: None, thread: None }, now).await
}

/// Whether somebody waits for what this author says, or for what is said in this thread.
pub(crate) async fn is_awaited(tx: &mut Tx, author: ReaderId, article: ArticleId) -> Result<bool, Failure> {
    let (awaited,): (i64,) = tx.one(IS_AWAITED, (author, article)).await?;
    Ok(awaited == 1)
}

pub(crate) const IS_AWAITED: &str = "select case when exists (select 1 from follows where person = $1)
       or exists (select 1 from thread_follows where article = $2) then 1 else 0 end";

/// Does the job, a slice at a time. What is gone meanwhile is told to nobody.
pub async fn spread_comment(tx: &mut Tx, job: &SpreadComment, now: Time) -> Result<(), Failure> {
    let Some(comment) = crate::comment(tx, CommentId(job.comment)).await? else { return Ok(()) };
    let Words::Here(body) = &comment.words else { return Ok(()) };
    let Some(article) = archive::teasers(tx, &[comment.article], now).await?.into_iter().next() else {
        return Ok(());
    };
    let title = article.headline.to_string();
    let key = format!("comment {}", comment.id);
    let about =
        |kind| Message::new(kind, comment.address(), key.clone()).by(comment.author).about(title.clone());
    if matches!((job.person, job.thread), (Some(0), Some(0)) | (None, None)) {
        if let Some(answered) = answered(tx, &comment).await? {
            reader::tell(tx, answered, &about(Kind::Reply), now).await?;
        }
        for person in called(tx, comment.id, body).await? {
            reader::tell(tx, person, &about(Kind::Mention), now).await?;
        }
    }
    let person = match job.person {
        Some(after) => {
            let people = reader::followers(tx, comment.author, ReaderId(after), SLICE).await?;
            for person in &people {
                reader::tell(tx, *person, &about(Kind::Person), now).await?;
            }
            next_slice(&people)
        }
        None => None,
    };
    let thread = match job.thread {
        Some(after) => {
            let people = followers_of(tx, comment.article, ReaderId(after)).await?;
            let news = Message::new(
                Kind::Thread,
                format!("{}/comments", article.path()),
                format!("thread {}", comment.article),
            );
            let news = news.by(comment.author).about(title.clone()).renewing();
            for person in &people {
                // Who was told of this very comment need not hear that there is one.
                if !reader::inbox::was_told(tx, *person, &key).await? {
                    reader::tell(tx, *person, &news, now).await?;
                }
            }
            next_slice(&people)
        }
        None => None,
    };
    if person.is_some() || thread.is_some() {
        jobs::later(tx, &SpreadComment { comment: job.comment, person, thread }, now).await?;
    }
    Ok(())
}

fn next_slice(people: &[ReaderId]) -> Option<i64> {
    people.last().filter(|_| people.len() as i64 == SLICE).map(|last| last.0)
}

async fn answered(tx: &mut Tx, comment: &Comment) -> Result<Option<ReaderId>, Failure> {
    let Some(parent) = comment.parent else { return Ok(None) };
    let row: Option<(ReaderId,)> = tx.first("select author from comments where id = $1", (parent,)).await?;
    Ok(row.map(|row| row.0))
}

/// The people whom a comment calls by name, as `@Anna Berger`: the first few of all its versions, so that changing it does not
/// reach more. Of several names that begin alike the longest counts.
async fn called(tx: &mut Tx, comment: CommentId, latest: &Body) -> Result<Vec<ReaderId>, Failure> {
    let sql = "select text from comment_revisions where comment = $1 order by place";
    let earlier: Vec<(Body,)> = tx.all(sql, (comment,)).await?;
    let mut people = Vec::new();
    for body in earlier.iter().map(|row| &row.0).chain([latest]) {
        for names in body.mentions().into_iter().take(MOST_MENTIONS) {
            for name in names {
                if let Some(person) = reader::by_name(tx, &name).await? {
                    people.push(person.id);
                    break;
                }
            }
        }
    }
    let mut seen = HashSet::new();
    people.retain(|person| seen.insert(*person));
    people.truncate(MOST_MENTIONS);
    Ok(people)
}

impl Body {
    /// For each `@` that may begin a name: what the name may be, the longest first.
    pub(crate) fn mentions(&self) -> Vec<Vec<String>> {
        let text = self.as_str();
        let begins = text.match_indices('@').filter(|(at, _)| {
            !text[..*at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '@')
        });
        begins
            .map(|(at, _)| {
                let line = text[at + 1..].lines().next().unwrap_or_default();
                let words: Vec<&str> = line.split(' ').take(WORDS_OF_A_NAME).collect();
                let mut names: Vec<String> = Vec::new();
                for count in (1..=words.len()).rev() {
                    let said = words[..count].join(" ");
                    // A name may end in a sign, and a sentence may go on after one.
                    let bare = said.trim_end_matches(|c: char| !c.is_alphanumeric());
                    names.extend([said.clone(), bare.to_owned()].into_iter().filter(|name| !name.is_empty()));
                }
                names.dedup();
                names
            })
            .filter(|names| names.first().is_some_and(|name| name.starts_with(char::is_alphanumeric)))
            .collect()
    }
}

/// Who follows this thread and comes after that reader, by id.
async fn followers_of(tx: &mut Tx, article: ArticleId, after: ReaderId) -> Result<Vec<ReaderId>, Failure> {
    let sql = "select reader from thread_follows where article = $1 and reader > $2 order by reader limit $3";
    let rows: Vec<(ReaderId,)> = tx.all(sql, (article, after, SLICE)).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Follows a thread.
pub async fn follow_thread(
    tx: &mut Tx,
    reader: ReaderId,
    article: ArticleId,
    now: Time,
) -> Result<(), Failure> {
    let sql = "insert into thread_follows (reader, article, at) values ($1, $2, $3)
               on conflict (reader, article) do nothing";
    tx.execute(sql, (reader, article, now)).await.map(drop)
}

/// Follows it no longer.
pub async fn leave_thread(tx: &mut Tx, reader: ReaderId, article: ArticleId) -> Result<(), Failure> {
    let sql = "delete from thread_follows where reader = $1 and article = $2";
    tx.execute(sql, (reader, article)).await.map(drop)
}

/// Whether this reader follows this thread.
pub async fn follows_thread(tx: &mut Tx, reader: ReaderId, article: ArticleId) -> Result<bool, Failure> {
    let sql = "select 1 from thread_follows where reader = $1 and article = $2";
    let row: Option<(i64,)> = tx.first(sql, (reader, article)).await?;
    Ok(row.is_some())
}

/// The threads this reader follows, latest first, at most 200.
pub async fn followed_threads(tx: &mut Tx, reader: ReaderId) -> Result<Vec<ArticleId>, Failure> {
    let sql = "select article from thread_follows where reader = $1 order by at desc, article desc limit 200";
    let rows: Vec<(ArticleId,)> = tx.all(sql, (reader,)).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

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

/// Tells the author of something that was to wait that it does not appear, in the house's own `words`; `kind` says whether a
/// person refused it or a rule.
pub async fn tell_refused(
    tx: &mut Tx,
    waiting: &Waiting,
    kind: Kind,
    key: impl Into<String>,
    words: &str,
    now: Time,
) -> Result<(), Failure> {
    let message = Message::new(kind, "/account#waiting", key);
    let message = message.about(headline(tx, waiting.article, now).await?).saying(words);
    reader::tell(tx, waiting.author, &message, now).await.map(drop)
}

/// The headline as readers see it now; empty if they see none.
async fn headline(tx: &mut Tx, article: ArticleId, now: Time) -> Result<String, Failure> {
    let teasers = archive::teasers(tx, &[article], now).await?;
    Ok(teasers.first().map(|teaser| teaser.headline.to_string()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use crate::Body;

    #[test]
    fn a_name_in_a_text_may_be_long_or_short() {
        #[track_caller]
        fn check(text: &str, expected: &[&[&str]]) {
            let body = Body::parse(text).expect("a body");
            assert_eq!(body.mentions(), expected, "{text}");
        }
        check(
            "@Anna Berger, stimmt das?",
            &[&[
                "Anna Berger, stimmt das?",
                "Anna Berger, stimmt das",
                "Anna Berger, stimmt",
                "Anna Berger,",
                "Anna Berger",
                "Anna",
            ]],
        );
        check("Wie @Ulla\nsagt", &[&["Ulla"]]);
        check("post@uferbote.example", &[]);
        check("@@ und @", &[]);
    }
}
