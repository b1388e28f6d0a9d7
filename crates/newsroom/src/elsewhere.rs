//! Articles that another system writes and serves, so that readers can talk about them here.

use archive::Elsewhere;
use store::{Failure, Time, Tx};
use story::{Article, Draft, Language, Line, Slug};

use crate::{Outcome, Refusal, import_one};

/// What another system says of an article of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Announced {
    /// Where it stands.
    pub page: Elsewhere,
    /// Its id there, by which it is known when its address changes; nothing: it is known by its address. At most 200 characters.
    pub id: Option<Line>,
    /// Its headline. At most 200 characters.
    pub headline: Line,
    /// The section whose opening hours and desk its talk has; nothing: the first of the paper.
    pub section: Option<Slug>,
    /// Names in the byline: what they write in the talk is marked. At most 12.
    pub authors: Vec<Line>,
    /// First published; nothing: now.
    pub published: Option<Time>,
}

/// Takes note of an article that stands elsewhere, for the first time or again: the same again changes nothing, another
/// headline is a new state of it, and another address leads there from now on. After a refusal there is nothing to commit.
pub async fn announce(
    tx: &mut Tx,
    announced: &Announced,
    language: Language,
    by: &Line,
    now: Time,
) -> Result<Outcome, Failure> {
    let source = announced.id.as_ref().map_or(announced.page.as_str(), Line::as_str);
    let source = Line::parse("source", &format!("elsewhere/{source}"), usize::MAX)
        .map_err(|trouble| Failure::new(trouble.to_string()))?;
    // Two messages about one article, sent at once, are one article.
    tx.alone(source.as_str()).await?;
    let Some(section) = section(tx, announced).await? else {
        return Ok(Outcome::Refused(Refusal::NoSections));
    };
    let draft = Draft {
        article: Article {
            slug: Slug::from_words(announced.headline.as_str(), "artikel"),
            source,
            section,
            language,
            kicker: None,
            headline: announced.headline.clone(),
            lead: None,
            authors: announced.authors.clone(),
            agencies: Vec::new(),
            place: None,
            published: announced.published,
            body: Vec::new(),
            figures: Vec::new(),
        },
        slug_is_made: true,
        section_name: None,
        corrections: Vec::new(),
        left_out: 0,
    };
    let outcome = import_one(tx, &draft, by, now).await?;
    let (Outcome::New(id) | Outcome::Changed(id) | Outcome::Unchanged(id)) = outcome else {
        return Ok(outcome);
    };
    if archive::stands_elsewhere(tx, id, &announced.page, now).await? {
        Ok(outcome)
    } else {
        Ok(Outcome::Refused(Refusal::PageTaken(announced.page.to_string())))
    }
}

async fn section(tx: &mut Tx, announced: &Announced) -> Result<Option<Slug>, Failure> {
    Ok(match &announced.section {
        Some(section) => Some(section.clone()),
        None => archive::sections(tx).await?.into_iter().next().map(|first| first.slug),
    })
}
