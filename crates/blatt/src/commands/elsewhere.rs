//! `blatt elsewhere`: the talk about an article that another system serves, begun by hand.

use clap::Args;
use newsroom::{Announced, Outcome};
use store::Failure;
use story::{Line, Slug, longest};

use super::{Place, now};
use crate::talk;

/// `blatt elsewhere`
#[derive(Clone, Debug, Args)]
pub struct Elsewhere {
    #[command(flatten)]
    place: Place,
    /// Where it stands, on one of the sites in `embed.sites`.
    url: String,
    /// Its headline; given again, the talk gets this one.
    headline: String,
    /// The section whose opening hours its talk has; without one the first of the paper.
    #[arg(long)]
    section: Option<String>,
    /// Who does it.
    #[arg(long, default_value = "Redaktion")]
    by: String,
}

/// Takes note of the article and prints where its talk is.
pub async fn elsewhere(command: Elsewhere) -> Result<(), Failure> {
    let config = command.place.config()?;
    let db = command.place.open().await?;
    let line = |field: &'static str, text: &str, most| {
        Line::parse(field, text, most).map_err(|trouble| Failure::new(trouble.to_string()))
    };
    let page = talk::sites(&config)?.page(&command.url).ok_or_else(|| {
        Failure::new(format!("{} is no page of the sites in embed.sites: add its site there", command.url))
    })?;
    let section = match &command.section {
        Some(section) => Some(
            Slug::parse(section)
                .ok_or_else(|| Failure::new(format!("{section} is no address of a section")))?,
        ),
        None => None,
    };
    let announced = Announced {
        page,
        id: None,
        headline: line("headline", &command.headline, longest::HEADLINE)?,
        section,
        authors: Vec::new(),
        published: None,
    };
    let by = line("by", &command.by, longest::NAME)?;
    let language = super::serve::language(&config)?;
    let mut tx = db.begin().await?;
    let id = match newsroom::announce(&mut tx, &announced, language, &by, now()).await? {
        Outcome::New(id) | Outcome::Changed(id) | Outcome::Unchanged(id) => id,
        Outcome::Refused(refusal) => return Err(Failure::new(refusal.to_string())),
    };
    let found = archive::any_article(&mut tx, id).await?;
    tx.commit().await?;
    let path = found.map_or_else(String::new, |found| found.path());
    println!("the talk: {}{path}/comments", config.get("address").trim_end_matches('/'));
    Ok(())
}
