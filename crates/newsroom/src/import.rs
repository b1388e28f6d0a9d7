//! One article from elsewhere, which may have come before.

use archive::{ArticleId, Clash};
use sha2::{Digest, Sha256};
use store::{Failure, Time, Tx};
use story::{Article, Draft, Line, Slug};

use crate::Refusal;
use crate::acts::{appear_in_time, refusal};

/// What became of an article from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    New(ArticleId),
    /// It was there with another text, which is now an earlier state of it.
    Changed(ArticleId),
    /// It was there. What the desk made of it since stays.
    Unchanged(ArticleId),
    /// It did not come in.
    Refused(Refusal),
}

/// Takes in an article. The same draft again changes nothing: what was last imported under its source id is remembered.
/// Pictures must have been hung ([`hang`](crate::hang)) before.
pub async fn import_one(tx: &mut Tx, draft: &Draft, by: &Line, now: Time) -> Result<Outcome, Failure> {
    let hash = hash(draft)?;
    let outcome = match archive::by_source(tx, &draft.article.source).await? {
        Some((id, imported)) if imported.as_deref() == Some(hash.as_str()) => {
            return Ok(Outcome::Unchanged(id));
        }
        Some((id, _)) => again(tx, id, draft, by, now).await?,
        None => first_time(tx, draft, by, now).await?,
    };
    if let Outcome::New(id) | Outcome::Changed(id) | Outcome::Unchanged(id) = outcome {
        for correction in &draft.corrections {
            archive::correct(tx, id, &correction.note, &correction.by, correction.at).await?;
        }
        archive::remember_import(tx, id, &hash).await?;
    }
    Ok(outcome)
}

fn hash(draft: &Draft) -> Result<String, Failure> {
    let text = serde_json::to_vec(draft)?;
    Ok(Sha256::digest(text)[..16].iter().map(|byte| format!("{byte:02x}")).collect())
}

/// How many articles of one made slug a section may have before the source id has to tell them apart.
const NUMBERED: usize = 20;

async fn first_time(tx: &mut Tx, draft: &Draft, by: &Line, now: Time) -> Result<Outcome, Failure> {
    let mut article = draft.article.clone();
    for slug in slugs(draft) {
        article.slug = slug;
        match archive::publish(tx, &article, by, now).await? {
            Ok(id) => {
                appear_in_time(tx, id, article.published, now).await?;
                return Ok(Outcome::New(id));
            }
            Err(Clash::Address) => {}
            Err(clash) => return Ok(Outcome::Refused(refusal(clash, &article))),
        }
    }
    Ok(Outcome::Refused(refusal(Clash::Address, &draft.article)))
}

/// The slugs to try: the one in the file and no other, or the one made from the headline, with a number if it is taken.
fn slugs(draft: &Draft) -> Vec<Slug> {
    let slug = &draft.article.slug;
    let mut slugs = vec![slug.clone()];
    if draft.slug_is_made {
        let source: String = Sha256::digest(draft.article.source.as_str())[..4]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let endings = (2..=NUMBERED).map(|number| number.to_string()).chain([source]);
        slugs.extend(endings.filter_map(|ending| {
            let room = Slug::LONGEST - ending.len() - 1;
            let start = &slug.as_str()[..slug.as_str().len().min(room)];
            Slug::parse(&format!("{}-{ending}", start.trim_end_matches('-')))
        }));
    }
    slugs
}

async fn again(tx: &mut Tx, id: ArticleId, draft: &Draft, by: &Line, now: Time) -> Result<Outcome, Failure> {
    let Some(found) = archive::any_article(tx, id).await? else {
        return Ok(Outcome::Refused(Refusal::NoSuchArticle));
    };
    let mut article = draft.article.clone();
    if draft.slug_is_made {
        // Another headline is no reason for another address.
        article.slug = found.article.slug.clone();
    }
    if article == found.article {
        let news = archive::corrections(tx, id).await?;
        let is_news = draft.corrections.iter().any(|correction| !news.contains(correction));
        return Ok(if is_news { Outcome::Changed(id) } else { Outcome::Unchanged(id) });
    }
    match archive::revise(tx, id, &article, by, now).await? {
        Ok(_) => {
            appear_in_time(tx, id, article.published, now).await?;
            Ok(Outcome::Changed(id))
        }
        Err(clash) => Ok(Outcome::Refused(refusal(clash, &article))),
    }
}

/// The name of a section that is opened by an import: what the file calls it, or its slug with capitals.
pub(crate) fn section_name(draft: &Draft) -> Option<Line> {
    let Article { section, .. } = &draft.article;
    let words = section.as_str().split('-').map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
            .unwrap_or_default()
    });
    let made = words.collect::<Vec<_>>().join(" ");
    draft.section_name.clone().or_else(|| Line::parse("section", &made, story::longest::NAME).ok())
}
