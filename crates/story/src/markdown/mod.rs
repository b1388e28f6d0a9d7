//! Our own file format: TOML front matter between two lines `+++`, then Markdown.
//!
//! Of Markdown only what a newspaper article has: paragraphs, headings (all are subheads), quotes, lists, pictures,
//! emphasis, strong emphasis and links. Everything else (raw HTML, code) stays on the page as the plain text it was
//! typed as: nothing is executed and no word is lost. Quotes end in a line `— Name, role`; a picture is
//! `![what is seen](file "Caption | Credit")`.

mod body;
mod head;
mod write;

use crate::draft::{Draft, something_to_read};
use crate::refused::{LARGEST, Reason, Refused};
use crate::{Article, Block, Line, Slug, Time, longest};

pub use write::{write, write_with_corrections};

/// Reads an article. `name` is the source id of one that names none, usually the file's name.
pub fn read(text: &str, name: &str) -> Result<Draft, Refused> {
    read_as(text, name, None).map(|(draft, _)| draft)
}

/// Reads an article of the demo paper, whose files say how old they are instead of when they appeared:
/// `age_minutes`, also in corrections, and `lead_rank`, its place on the front page, which is returned.
pub fn read_sample(text: &str, name: &str, now: Time) -> Result<(Draft, Option<i64>), Refused> {
    read_as(text, name, Some(now))
}

/// Reads a page of the house, such as the imprint: a `title` in the front matter, then text.
pub fn read_page(text: &str) -> Result<(Line, Vec<Block>), Refused> {
    if text.len() > LARGEST {
        return Err(Refused::whole(Reason::TooBig));
    }
    let (front, front_line, rest, rest_line) = split(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    let table: toml::Table = front
        .parse()
        .map_err(|error: toml::de::Error| Refused::line(front_line, Reason::NotToml(error.to_string())))?;
    let title = table.get("title").and_then(toml::Value::as_str).unwrap_or_default();
    let title = Line::parse("title", title, longest::HEADLINE)
        .map_err(|trouble| Refused::line(front_line, Reason::Text(trouble)))?;
    Ok((title, body::read(rest, rest_line)?))
}

fn read_as(text: &str, name: &str, sample: Option<Time>) -> Result<(Draft, Option<i64>), Refused> {
    if text.len() > LARGEST {
        return Err(Refused::whole(Reason::TooBig));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (front, front_line, rest, rest_line) = split(text)?;
    let head = head::read(front, front_line, name, sample)?;
    let body = body::read(rest, rest_line)?;
    let slug_is_made = head.slug.is_none();
    let article = Article {
        slug: head.slug.unwrap_or_else(|| Slug::from_words(head.headline.as_str(), "artikel")),
        source: head.source,
        section: head.section,
        language: head.language,
        kicker: head.kicker,
        headline: head.headline,
        lead: head.lead,
        authors: head.authors,
        agencies: head.agencies,
        place: head.place,
        published: head.published,
        body,
        figures: head.figures,
    };
    something_to_read(&article).map_err(Refused::whole)?;
    let draft =
        Draft { article, slug_is_made, section_name: None, corrections: head.corrections, left_out: 0 };
    Ok((draft, head.lead_rank))
}

/// The front matter and the text after it, each with the number of its first line.
fn split(text: &str) -> Result<(&str, usize, &str, usize), Refused> {
    let mut start = 0;
    let mut opened = None;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        match (line.trim_end() == "+++", opened) {
            (true, None) => opened = Some((end, index + 2)),
            (true, Some((from, first))) => return Ok((&text[from..start], first, &text[end..], index + 2)),
            (false, None) if !line.trim().is_empty() => {
                return Err(Refused::line(index + 1, Reason::NoFrontMatter));
            }
            _ => {}
        }
        start = end;
    }
    match opened {
        Some((_, first)) => Err(Refused::line(first - 1, Reason::OpenFrontMatter)),
        None => Err(Refused::line(1, Reason::NoFrontMatter)),
    }
}

/// The number of the line in which byte `at` of `text` stands, if its first line has number `first`.
fn line_of(text: &str, at: usize, first: usize) -> usize {
    first + text.as_bytes()[..at.min(text.len())].iter().filter(|&&b| b == b'\n').count()
}

#[cfg(test)]
mod tests;
