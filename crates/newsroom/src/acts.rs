//! What an editor does to one article.

use archive::{ArticleId, Clash};
use serde::{Deserialize, Serialize};
use store::{Failure, Time, Tx, events, jobs};
use story::{Article, Line, Slug};

use crate::Refusal;

/// An article that waited for its moment comes out: pages made before then are out of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appear {
    /// The article.
    pub article: i64,
}

impl jobs::Later for Appear {
    const KIND: &'static str = "appear";
}

/// Does the job [`Appear`].
pub async fn appear(tx: &mut Tx, job: Appear, now: Time) -> Result<(), Failure> {
    events::tell(tx, archive::ARTICLE, job.article, now).await
}

/// If the article is not out yet, sees to it that its moment is told.
pub(crate) async fn appear_in_time(
    tx: &mut Tx,
    id: ArticleId,
    published: Option<Time>,
    now: Time,
) -> Result<(), Failure> {
    match published {
        Some(at) if at > now => jobs::at(tx, &Appear { article: id.0 }, at, now).await,
        _ => Ok(()),
    }
}

pub(crate) fn refusal(clash: Clash, article: &Article) -> Refusal {
    match clash {
        Clash::Source => Refusal::SourceTaken(article.source.clone()),
        Clash::Address => Refusal::AddressTaken(format!("/{}/{}", article.section, article.slug)),
        Clash::Section => Refusal::NoSuchSection(article.section.clone()),
    }
}

/// A new article comes out: now, or when it says.
pub async fn publish(
    tx: &mut Tx,
    article: &Article,
    by: &Line,
    now: Time,
) -> Result<Result<ArticleId, Refusal>, Failure> {
    match archive::publish(tx, article, by, now).await? {
        Err(clash) => Ok(Err(refusal(clash, article))),
        Ok(id) => {
            appear_in_time(tx, id, article.published, now).await?;
            Ok(Ok(id))
        }
    }
}

/// A new text without a note for readers: the story went on. The state before stays in the record, for everybody to read.
pub async fn update(
    tx: &mut Tx,
    id: ArticleId,
    article: &Article,
    by: &Line,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let Some(before) = archive::any_article(tx, id).await? else { return Ok(Err(Refusal::NoSuchArticle)) };
    // Whose it is does not change with its text.
    let article = Article { source: before.article.source.clone(), ..article.clone() };
    if article == before.article {
        return Ok(Ok(()));
    }
    match archive::revise(tx, id, &article, by, now).await? {
        Err(clash) => Ok(Err(refusal(clash, &article))),
        Ok(_) => {
            appear_in_time(tx, id, article.published, now).await?;
            Ok(Ok(()))
        }
    }
}

/// Something was wrong: a new text, and under it a note that says what and when. The text may stay as it is if the note
/// is all there is to say.
pub async fn correct(
    tx: &mut Tx,
    id: ArticleId,
    article: &Article,
    note: &Line,
    by: &Line,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if let Err(refusal) = update(tx, id, article, by, now).await? {
        return Ok(Err(refusal));
    }
    archive::correct(tx, id, note, by, now).await?;
    Ok(Ok(()))
}

/// The article goes out of the paper, with a reason for readers. Its text stays in the record.
pub async fn withdraw(
    tx: &mut Tx,
    id: ArticleId,
    reason: &Line,
    by: &Line,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if archive::any_article(tx, id).await?.is_none() {
        return Ok(Err(Refusal::NoSuchArticle));
    }
    let done = archive::withdraw(tx, id, reason, by, now).await?;
    Ok(if done { Ok(()) } else { Err(Refusal::AlreadyWithdrawn) })
}

/// A withdrawn article comes back into the paper.
pub async fn reinstate(
    tx: &mut Tx,
    id: ArticleId,
    reason: &Line,
    by: &Line,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if archive::any_article(tx, id).await?.is_none() {
        return Ok(Err(Refusal::NoSuchArticle));
    }
    let done = archive::reinstate(tx, id, reason, by, now).await?;
    Ok(if done { Ok(()) } else { Err(Refusal::NotWithdrawn) })
}

/// The article moves to another section or gets another slug; the old address leads to it for ever.
pub async fn relocate(
    tx: &mut Tx,
    id: ArticleId,
    section: &Slug,
    slug: &Slug,
    by: &Line,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let Some(found) = archive::any_article(tx, id).await? else { return Ok(Err(Refusal::NoSuchArticle)) };
    let article = Article { section: section.clone(), slug: slug.clone(), ..found.article };
    update(tx, id, &article, by, now).await
}

/// Addresses that belong to the paper itself; see the list of addresses in the architecture.
const RESERVED: &[&str] = &[
    "a",
    "account",
    "api",
    "benefits",
    "comments",
    "desk",
    "embed",
    "games",
    "healthz",
    "imprint",
    "login",
    "logout",
    "mail",
    "metrics",
    "pictures",
    "privacy",
    "readyz",
    "register",
    "report",
    "rules",
    "search",
    "sound",
    "transparency",
];

/// Opens a section, after the others.
pub async fn open_section(
    tx: &mut Tx,
    slug: &Slug,
    name: &Line,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if RESERVED.contains(&slug.as_str()) || slug.as_str().starts_with("a-") {
        return Ok(Err(Refusal::ReservedSection(slug.clone())));
    }
    let opened = archive::add_section(tx, slug, name, now).await?;
    Ok(if opened { Ok(()) } else { Err(Refusal::SectionExists(slug.clone())) })
}
