//! Writing the record. `newsroom` decides what is written; this keeps it so that nothing is lost.

use sha2::{Digest, Sha256};
use store::{Failure, Time, Tx, events, json};
use story::{Article, Block, Line, Picture};

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

/// What tells two states of an article apart: the same text has the same fingerprint, on every machine and in every version.
pub fn fingerprint(article: &Article) -> Result<String, Failure> {
    let text = serde_json::to_string(article)?;
    Ok(Sha256::digest(text)[..16].iter().map(|byte| format!("{byte:02x}")).collect())
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
    let published = article.published.unwrap_or(now);
    let print = fingerprint(article)?;
    let (picture, file) = first_picture(article)?;
    let sql = "insert into articles (source, section, slug, language, kicker, headline, lead, authors, picture, picture_file,
                                     words, published, changed, revision, fingerprint)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, 1, $13)
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
                json(&article.authors)?,
                picture,
                file,
                words(article),
                published,
                print.clone(),
            ),
        )
        .await?;
    let Some((id,)) = row else {
        let taken: Option<(i64,)> =
            tx.first("select id from articles where source = $1", (&article.source,)).await?;
        return Ok(Err(if taken.is_some() { Clash::Source } else { Clash::Address }));
    };
    add_revision(tx, id, 1, article, by, &print, now).await?;
    keep_words(tx, id, article).await?;
    tell(tx, id, now).await?;
    Ok(Ok(id))
}

/// A new state of an article. If its address changes, the old one leads to it for ever.
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
        if tx.first::<(i64,)>(sql, (&article.section, &article.slug, id)).await?.is_some() {
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
    let print = fingerprint(article)?;
    let (picture, file) = first_picture(article)?;
    let sql = "update articles set section = $2, slug = $3, language = $4, kicker = $5, headline = $6, lead = $7, authors = $8,
                      picture = $9, picture_file = $10, words = $11, changed = $12, revision = $13, fingerprint = $14
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
            json(&article.authors)?,
            picture,
            file,
            words(article),
            now,
            revision + 1,
            print.clone(),
        ),
    )
    .await?;
    add_revision(tx, id, revision + 1, article, by, &print, now).await?;
    keep_words(tx, id, article).await?;
    tell(tx, id, now).await?;
    Ok(Ok(revision + 1))
}

/// Says under the article what was wrong. Call it with [`revise`] in one transaction.
pub async fn correct(tx: &mut Tx, id: ArticleId, note: &Line, by: &Line, now: Time) -> Result<(), Failure> {
    let sql = "insert into corrections (article, revision, at, by_whom, note)
               select id, revision, $2, $3, $4 from articles where id = $1";
    tx.execute(sql, (id, now, by, note)).await?;
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
    tell(tx, id, now).await?;
    Ok(true)
}

/// Places an article on the front; rank 1 is the lead story.
pub async fn place(tx: &mut Tx, id: ArticleId, rank: i64, by: &Line, now: Time) -> Result<(), Failure> {
    let sql = "insert into placements (article, rank, at, by_whom) values ($1, $2, $3, $4)
               on conflict (article) do update set rank = excluded.rank, at = excluded.at, by_whom = excluded.by_whom";
    tx.execute(sql, (id, rank, now, by)).await?;
    events::tell(tx, FRONT, 0, now).await
}

async fn add_revision(
    tx: &mut Tx,
    id: ArticleId,
    number: i64,
    article: &Article,
    by: &Line,
    print: &str,
    now: Time,
) -> Result<(), Failure> {
    let sql = "insert into revisions (article, number, at, by_whom, story, fingerprint) values ($1, $2, $3, $4, $5, $6)";
    tx.execute(sql, (id, number, now, by, json(article)?, print)).await.map(drop)
}

async fn tell(tx: &mut Tx, id: ArticleId, now: Time) -> Result<(), Failure> {
    events::tell(tx, ARTICLE, id.0, now).await
}

fn first_picture(article: &Article) -> Result<(store::Value, Option<String>), Failure> {
    let first: Option<&Picture> = article
        .body
        .iter()
        .find_map(|block| if let Block::Picture(picture) = block { Some(picture) } else { None });
    Ok(match first {
        Some(picture) => (json(picture)?, Some(picture.file.clone())),
        None => (store::Value::Null, None),
    })
}

fn words(article: &Article) -> i64 {
    let count = |text: &str| text.split_whitespace().count();
    let body: usize = article
        .body
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) | Block::Quote { text, .. } => count(&text.words()),
            Block::Subhead(line) => count(line.as_str()),
            Block::List { items, .. } => items.iter().map(|text| count(&text.words())).sum(),
            Block::Picture(_) => 0,
        })
        .sum();
    i64::try_from(body + article.lead.as_ref().map_or(0, |lead| count(lead.as_str()))).unwrap_or(i64::MAX)
}
