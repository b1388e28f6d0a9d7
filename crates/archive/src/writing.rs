//! Writing the record. `newsroom` decides what is written; this keeps it so that nothing is lost.

use serde_json::json;
use sha2::{Digest, Sha256};
use store::ledger::{self, Act, By};
use store::{Failure, Time, Tx, events};
use story::{Article, Line};

use crate::search::keep_words;
use crate::{ARTICLE, ArticleId, FRONT};

/// Why an article cannot be written as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Another article has this source id.
    Source,
    /// Another article stands at this address.
    Address,
    /// There is no such section.
    Section,
}

/// A new article in its first state, out from `article.published` (or `now`) on.
pub async fn publish(
    tx: &mut Tx,
    article: &Article,
    by: &Line,
    now: Time,
) -> Result<Result<ArticleId, Clash>, Failure> {
    if crate::section(tx, &article.section).await?.is_none() {
        return Ok(Err(Clash::Section));
    }
    if once_stood_elsewhere(tx, article, None).await? {
        return Ok(Err(Clash::Address));
    }
    let published = article.published.unwrap_or(now);
    let (picture, file) = first_picture(article)?;
    let sql = "insert into articles (source, section, slug, language, kicker, headline, lead, authors, picture, picture_file,
                                     words, published, changed, revision)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, 1)
               on conflict do nothing returning id";
    let row: Option<(ArticleId,)> = tx
        .first(
            sql,
            (
                &article.source,
                &article.section,
                &article.slug,
                article.language.tag(),
                article.kicker.as_ref(),
                &article.headline,
                article.lead.as_ref(),
                store::json(&article.authors)?,
                picture,
                file,
                words(article),
                published,
            ),
        )
        .await?;
    let Some((id,)) = row else {
        let taken: Option<(i64,)> =
            tx.first("select id from articles where source = $1", (&article.source,)).await?;
        return Ok(Err(if taken.is_some() { Clash::Source } else { Clash::Address }));
    };
    add_revision(tx, id, 1, article, by, now).await?;
    keep_words(tx, id, article).await?;
    tell(tx, id, now).await?;
    Ok(Ok(id))
}

/// A new state of an article, with a new moment of publication if it names one. If its address changes, the old one leads to it for ever.
pub async fn revise(
    tx: &mut Tx,
    id: ArticleId,
    article: &Article,
    by: &Line,
    now: Time,
) -> Result<Result<i64, Clash>, Failure> {
    if crate::section(tx, &article.section).await?.is_none() {
        return Ok(Err(Clash::Section));
    }
    tx.alone(&format!("article {id}")).await?;
    let (section, slug, revision): (String, String, i64) =
        tx.one("select section, slug, revision from articles where id = $1", (id,)).await?;
    if section != article.section.as_str() || slug != article.slug.as_str() {
        let sql = "select id from articles where section = $1 and slug = $2 and id <> $3";
        let taken = tx.first::<(i64,)>(sql, (&article.section, &article.slug, id)).await?.is_some();
        if taken || once_stood_elsewhere(tx, article, Some(id)).await? {
            return Ok(Err(Clash::Address));
        }
        let sql = "insert into addresses (section, slug, article) values ($1, $2, $3)
                   on conflict (section, slug) do update set article = excluded.article";
        tx.execute(sql, (section, slug, id)).await?;
        tx.execute(
            "delete from addresses where section = $1 and slug = $2",
            (&article.section, &article.slug),
        )
        .await?;
    }
    let (picture, file) = first_picture(article)?;
    let sql = "update articles set section = $2, slug = $3, language = $4, kicker = $5, headline = $6, lead = $7, authors = $8,
                      picture = $9, picture_file = $10, words = $11, changed = $12, revision = $13,
                      published = coalesce($14, published)
                where id = $1";
    tx.execute(
        sql,
        (
            id,
            &article.section,
            &article.slug,
            article.language.tag(),
            article.kicker.as_ref(),
            &article.headline,
            article.lead.as_ref(),
            store::json(&article.authors)?,
            picture,
            file,
            words(article),
            now,
            revision + 1,
            article.published,
        ),
    )
    .await?;
    add_revision(tx, id, revision + 1, article, by, now).await?;
    keep_words(tx, id, article).await?;
    tell(tx, id, now).await?;
    Ok(Ok(revision + 1))
}

/// Says under the article what was wrong; saying the same of the same moment again changes nothing.
/// Call it with [`revise`] in one transaction.
pub async fn correct(tx: &mut Tx, id: ArticleId, said: &Line, by: &Line, now: Time) -> Result<(), Failure> {
    let sql = "insert into corrections (article, revision, at, by_whom, note)
               select id, revision, $2, $3, $4 from articles where id = $1
               on conflict (article, at, note) do nothing";
    if tx.execute(sql, (id, now, by, said)).await? == 0 {
        return Ok(());
    }
    note(tx, "correction", id, json!({ "note": said.as_str() }), by, now);
    tx.execute("update articles set changed = $2 where id = $1 and changed < $2", (id, now)).await?;
    tell(tx, id, now).await
}

/// Takes an article out of the paper; its text stays in the record. Tells whether it stood there.
pub async fn withdraw(
    tx: &mut Tx,
    id: ArticleId,
    reason: &Line,
    by: &Line,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "update articles set withdrawn = $2 where id = $1 and withdrawn is null";
    if tx.execute(sql, (id, now)).await? == 0 {
        return Ok(false);
    }
    let sql = "insert into withdrawals (article, at, by_whom, reason) values ($1, $2, $3, $4)";
    tx.execute(sql, (id, now, by, reason)).await?;
    note(tx, "withdrawal", id, json!({ "reason": reason.as_str() }), by, now);
    tell(tx, id, now).await?;
    Ok(true)
}

/// Puts a withdrawn article back into the paper. Tells whether it was out of it.
pub async fn reinstate(
    tx: &mut Tx,
    id: ArticleId,
    reason: &Line,
    by: &Line,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "update articles set withdrawn = null where id = $1 and withdrawn is not null";
    if tx.execute(sql, (id,)).await? == 0 {
        return Ok(false);
    }
    let sql = "insert into reinstatements (withdrawal, at, by_whom, reason)
               select max(id), $2, $3, $4 from withdrawals where article = $1";
    tx.execute(sql, (id, now, by, reason)).await?;
    note(tx, "reinstatement", id, json!({ "reason": reason.as_str() }), by, now);
    tell(tx, id, now).await?;
    Ok(true)
}

/// Remembers what was last imported as an article, so that the same file changes nothing the next time.
pub async fn remember_import(tx: &mut Tx, id: ArticleId, hash: &str) -> Result<(), Failure> {
    tx.execute("update articles set imported = $2 where id = $1", (id, hash)).await.map(drop)
}

/// Takes an article off its place on the front.
pub async fn take_off_front(tx: &mut Tx, id: ArticleId, now: Time) -> Result<(), Failure> {
    tx.execute("delete from placements where article = $1", (id,)).await?;
    events::tell(tx, FRONT, 0, now).await
}

/// Places an article on the front; rank 1 is the lead story.
pub async fn place(tx: &mut Tx, id: ArticleId, rank: i64, by: &Line, now: Time) -> Result<(), Failure> {
    let sql = "insert into placements (article, rank, at, by_whom) values ($1, $2, $3, $4)
               on conflict (article) do update set rank = excluded.rank, at = excluded.at, by_whom = excluded.by_whom";
    tx.execute(sql, (id, rank, now, by)).await?;
    note(tx, "placement", id, json!({ "rank": rank }), by, now);
    events::tell(tx, FRONT, 0, now).await
}

/// Whether another article once stood at the address of this one: the old address leads to it for ever.
async fn once_stood_elsewhere(
    tx: &mut Tx,
    article: &Article,
    but: Option<ArticleId>,
) -> Result<bool, Failure> {
    let sql = "select article from addresses where section = $1 and slug = $2";
    let other: Option<(ArticleId,)> = tx.first(sql, (&article.section, &article.slug)).await?;
    Ok(other.is_some_and(|(other,)| Some(other) != but))
}

/// Adds a state to the chain: its hash covers the hash of the state before it.
async fn add_revision(
    tx: &mut Tx,
    id: ArticleId,
    number: i64,
    article: &Article,
    by: &Line,
    now: Time,
) -> Result<(), Failure> {
    let sql = "select hash from revisions where article = $1 and number = $2 - 1";
    let before: Option<(String,)> = tx.first(sql, (id, number)).await?;
    let before = before.map_or_else(String::new, |before| before.0);
    let story = serde_json::to_string(article)?;
    let hash = hash(&before, number, now, by.as_str(), &story);
    let sql =
        "insert into revisions (article, number, at, by_whom, story, hash) values ($1, $2, $3, $4, $5, $6)";
    tx.execute(sql, (id, number, now, by, story, &hash)).await?;
    let act = if number == 1 { "publication" } else { "revision" };
    let act = Act::of(By::Named(by.to_string()), act, "article", id);
    let act = if before.is_empty() { act } else { act.before(json!({ "hash": before })) };
    ledger::note(tx, act.after(json!({ "revision": number, "hash": hash })), now);
    Ok(())
}

/// Notes what somebody did to an article; the states of its text chain by themselves, and the ledger names their hashes.
fn note(tx: &mut Tx, act: &'static str, id: ArticleId, after: serde_json::Value, by: &Line, now: Time) {
    ledger::note(tx, Act::of(By::Named(by.to_string()), act, "article", id).after(after), now);
}

fn hash(before: &str, number: i64, at: Time, by: &str, story: &str) -> String {
    let mut hash = Sha256::new();
    for part in [before, &number.to_string(), &at.0.to_string(), by, story] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether nobody has rewritten a state of this article behind the paper's back (T5.6).
pub async fn history_is_whole(tx: &mut Tx, id: ArticleId) -> Result<bool, Failure> {
    let sql = "select number, at, by_whom, story, hash from revisions where article = $1 order by number";
    let states: Vec<(i64, Time, String, String, String)> = tx.all(sql, (id,)).await?;
    let mut before = String::new();
    for (expected, (number, at, by, story, kept)) in (1_i64..).zip(&states) {
        let whole = hash(&before, *number, *at, by, story);
        if *number != expected || *kept != whole {
            return Ok(false);
        }
        before = whole;
    }
    let (revision,): (i64,) = tx.one("select revision from articles where id = $1", (id,)).await?;
    Ok(i64::try_from(states.len()) == Ok(revision))
}

async fn tell(tx: &mut Tx, id: ArticleId, now: Time) -> Result<(), Failure> {
    events::tell(tx, ARTICLE, id.0, now).await
}

fn first_picture(article: &Article) -> Result<(store::Value, Option<String>), Failure> {
    Ok(match article.pictures().next() {
        Some(picture) => (store::json(picture)?, Some(picture.file.clone())),
        None => (store::Value::Null, None),
    })
}

fn words(article: &Article) -> i64 {
    i64::try_from(article.words()).unwrap_or(i64::MAX)
}
