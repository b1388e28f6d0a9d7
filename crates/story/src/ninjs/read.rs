//! ninjs to a draft.

use serde_json::{Map, Value};

use super::{CORRECTION, FIGURE};
use crate::draft::{line, something_to_read};
use crate::refused::{Expected, Reason, Refused};
use crate::{
    Article, Block, Correction, Draft, Figure, Language, Line, Picture, Slug, Text, Time, body, html, json,
    longest,
};

/// Every key of ninjs 3.x; 2.x has them in small letters. An article with another one is not what it says it is.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "altIds", "associations", "bodies", "by", "contentCreated", "copyrightHolder", "copyrightNotice", "descriptions", "digitalSourceType",
    "edNote", "embargoedUntil", "eventDetails", "events", "expires", "firstCreated", "genres", "headlines", "infoSources", "language",
    "located", "name", "objects", "organisations", "people", "places", "plannedCoverage", "profile", "pubStatus", "rel", "renditions",
    "representationType", "rightsInfo", "slugline", "standard", "subjects", "title", "trustIndicators", "type", "uri", "urgency",
    "usageTerms", "version", "versionCreated",
];

/// Reads an article. Its pictures are named by the last part of their addresses, for a file beside the article's.
pub fn read(text: &str) -> Result<Draft, Refused> {
    let Value::Object(item) = json::read(text.trim_start_matches('\u{feff}'), 1)? else {
        return Err(Refused::whole(Reason::NotNinjs));
    };
    let item = Item { object: &item, pointer: String::new() };
    if item.object.contains_key("body_text")
        || item.object.contains_key("body_html")
        || item.object.contains_key("headline")
    {
        return Err(Refused::whole(Reason::NotNinjs));
    }
    only_known_keys(&item)?;
    is_for_readers(&item)?;
    let headlines = item.texts("headlines")?;
    let descriptions = item.texts("descriptions")?;
    let bodies = item.texts("bodies")?;
    if headlines.is_empty() && bodies.is_empty() {
        return Err(Refused::whole(Reason::NotNinjs));
    }
    let headline = by_role(&headlines, &["main", "headline", ""])
        .or(headlines.iter().find(|text| text.role != "kicker" && text.role != "subhead"))
        .map(|text| (text.value, text.pointer.clone()));
    let headline = match (headline, item.text("title")?) {
        (Some(headline), _) => headline,
        (None, Some(title)) => (title, "/title".to_owned()),
        (None, None) => return Err(Refused::pointer("/headlines", Reason::Missing("headlines"))),
    };
    let headline = needed("headline", headline.0, longest::HEADLINE, &headline.1)?;
    let mut left_out = 0;
    let mut article = Article {
        source: needed("uri", item.text("uri")?.unwrap_or_default(), longest::SOURCE, "/uri")?,
        slug: Slug::from_words(headline.as_str(), "artikel"),
        section: section(&item)?.0,
        language: language(&item)?,
        kicker: role_line(&headlines, "kicker", longest::KICKER)?,
        headline,
        lead: lead(&descriptions, &bodies, &headlines)?,
        authors: authors(&item)?,
        agencies: item.names("infoSources", |_| true)?,
        place: optional("located", item.text("located")?, longest::NAME, "/located")?,
        published: published(&item)?,
        body: blocks(&bodies, &mut left_out)?,
        figures: Vec::new(),
    };
    let corrections = associations(&item, &mut article, &mut left_out)?;
    something_to_read(&article).map_err(Refused::whole)?;
    let (_, section_name) = section(&item)?;
    let slug = item.text("slugline")?.and_then(Slug::parse);
    let slug_is_made = slug.is_none();
    article.slug = slug.unwrap_or(article.slug);
    Ok(Draft { article, slug_is_made, section_name, corrections, left_out })
}

fn only_known_keys(item: &Item<'_>) -> Result<(), Refused> {
    for key in item.object.keys() {
        let Some(known) = KEYS.iter().find(|known| *known == key || small(known) == *key) else {
            return Err(Refused::pointer(format!("/{}", short(key)), Reason::UnknownKey(short(key))));
        };
        // The same said in both ways could say two things.
        if known != key && item.object.contains_key(*known) {
            return Err(Refused::pointer(item.at(key), Reason::Twice(key.clone())));
        }
    }
    Ok(())
}

/// A key as 2.x writes it.
fn small(key: &str) -> String {
    if key == "embargoedUntil" { "embargoed".to_owned() } else { key.to_ascii_lowercase() }
}

/// One object of the file, and where it stands.
struct Item<'a> {
    object: &'a Map<String, Value>,
    pointer: String,
}

/// One of `headlines`, `descriptions` or `bodies`.
struct Worded<'a> {
    role: &'a str,
    kind: &'a str,
    value: &'a str,
    pointer: String,
}

impl<'a> Item<'a> {
    /// Where a key stands, as the file writes it.
    fn at(&self, key: &str) -> String {
        let small = small(key);
        let written = if self.object.contains_key(&small) { &small } else { key };
        format!("{}/{written}", self.pointer)
    }

    fn get(&self, key: &str) -> Option<&'a Value> {
        self.object.get(key).or_else(|| self.object.get(&small(key)))
    }

    fn wrong(&self, key: &str, expected: Expected) -> Refused {
        Refused::pointer(self.at(key), Reason::WrongKind { key: key.to_owned(), expected })
    }

    fn text(&self, key: &str) -> Result<Option<&'a str>, Refused> {
        match self.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong(key, Expected::Text)),
        }
    }

    fn moment(&self, key: &str) -> Result<Option<Time>, Refused> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        let time = text.parse::<jiff::Timestamp>().ok().and_then(Time::of_print);
        time.map(Some).ok_or_else(|| self.wrong(key, Expected::Time))
    }

    fn list(&self, key: &str) -> Result<Vec<Item<'a>>, Refused> {
        let list = match self.get(key) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(self.wrong(key, Expected::List)),
        };
        let item = |(index, value): (usize, &'a Value)| {
            let pointer = format!("{}/{index}", self.at(key));
            match value {
                Value::Object(object) => Ok(Item { object, pointer }),
                _ => Err(Refused::pointer(
                    pointer,
                    Reason::WrongKind { key: key.to_owned(), expected: Expected::Object },
                )),
            }
        };
        list.iter().enumerate().map(item).collect()
    }

    fn texts(&self, key: &str) -> Result<Vec<Worded<'a>>, Refused> {
        let worded = |item: &Item<'a>| {
            Ok(Worded {
                role: item.text("role")?.unwrap_or_default(),
                kind: item.text("contentType")?.unwrap_or_default(),
                value: item
                    .text("value")?
                    .ok_or_else(|| Refused::pointer(item.at("value"), Reason::Missing("value")))?,
                pointer: item.at("value"),
            })
        };
        self.list(key)?.iter().map(worded).collect()
    }

    /// The names in a list, each once.
    fn names(&self, key: &'static str, wanted: impl Fn(&str) -> bool) -> Result<Vec<Line>, Refused> {
        let mut names: Vec<Line> = Vec::new();
        for item in self.list(key)? {
            if !wanted(item.text("rel")?.or(item.text("role")?).unwrap_or_default()) {
                continue;
            }
            let name = optional(key, item.text("name")?, longest::NAME, &item.at("name"))?;
            names.extend(name.filter(|name| !names.contains(name)));
        }
        if names.len() > longest::NAMES {
            return Err(Refused::pointer(self.at(key), Reason::TooMany { what: key, most: longest::NAMES }));
        }
        Ok(names)
    }
}

fn short(key: &str) -> String {
    key.chars().take(80).collect()
}

fn needed(field: &'static str, text: &str, most: usize, pointer: &str) -> Result<Line, Refused> {
    Line::parse(field, text, most).map_err(|trouble| Refused::pointer(pointer, trouble.into()))
}

fn optional(
    field: &'static str,
    text: Option<&str>,
    most: usize,
    pointer: &str,
) -> Result<Option<Line>, Refused> {
    line(field, text, most).map_err(|trouble| Refused::pointer(pointer, trouble.into()))
}

/// Only what its sender lets readers see comes in.
fn is_for_readers(item: &Item<'_>) -> Result<(), Refused> {
    let refuse = |key: &str, reason| Err(Refused::pointer(item.at(key), reason));
    match item.text("pubStatus")? {
        None | Some("usable") => {}
        Some("withheld") => return refuse("pubStatus", Reason::Withheld),
        Some("canceled") => return refuse("pubStatus", Reason::Canceled),
        Some(_) => {
            return refuse(
                "pubStatus",
                Reason::WrongKind { key: "pubStatus".to_owned(), expected: Expected::Text },
            );
        }
    }
    match item.text("type")? {
        None | Some("text" | "composite") => Ok(()),
        Some(kind) => refuse("type", Reason::NotAnArticle(short(kind))),
    }
}

fn by_role<'t, 'a>(texts: &'t [Worded<'a>], roles: &[&str]) -> Option<&'t Worded<'a>> {
    roles.iter().find_map(|role| texts.iter().find(|text| text.role.eq_ignore_ascii_case(role)))
}

fn role_line(texts: &[Worded<'_>], role: &'static str, most: usize) -> Result<Option<Line>, Refused> {
    match by_role(texts, &[role]) {
        Some(text) => optional(role, Some(text.value), most, &text.pointer),
        None => Ok(None),
    }
}

/// The lead: said to be one, or a summary, or the headline's second part.
fn lead(
    descriptions: &[Worded<'_>],
    bodies: &[Worded<'_>],
    headlines: &[Worded<'_>],
) -> Result<Option<Line>, Refused> {
    let found = by_role(bodies, &["lead"])
        .or_else(|| by_role(descriptions, &["lead", "summary", "drol:summary", ""]))
        .or_else(|| by_role(headlines, &["subhead"]));
    let Some(found) = found else { return Ok(None) };
    let mut words = found.value.to_owned();
    if is_html(found) {
        let foreign =
            html::read(found.value, false).map_err(|reason| Refused::pointer(&found.pointer, reason))?;
        words = foreign.blocks.iter().map(words_of).collect::<Vec<_>>().join(" ");
    }
    optional("lead", Some(&words), longest::LEAD, &found.pointer)
}

fn words_of(block: &Block) -> String {
    match block {
        Block::Paragraph(text) | Block::Quote { text, .. } => text.words(),
        Block::Subhead(line) => line.to_string(),
        Block::List { items, .. } => items.iter().map(Text::words).collect::<Vec<_>>().join(" "),
        Block::Picture(_) => String::new(),
    }
}

fn is_html(text: &Worded<'_>) -> bool {
    text.kind.contains("html")
}

/// The section: a subject said to be one, or else the first subject, or genre.
fn section(item: &Item<'_>) -> Result<(Slug, Option<Line>), Refused> {
    let subjects = item.list("subjects")?;
    let mut chosen = None;
    for subject in &subjects {
        if subject.text("rel")? == Some("section") {
            chosen = Some(subject);
            break;
        }
    }
    let genres = item.list("genres")?;
    let chosen = chosen.or(subjects.first()).or(genres.first());
    let missing = || Refused::pointer("/subjects", Reason::Missing("subjects"));
    let chosen = chosen.ok_or_else(missing)?;
    let name = match (chosen.text("name")?, chosen.text("literal")?) {
        (Some(name), _) | (None, Some(name)) => name,
        (None, None) => return Err(missing()),
    };
    let pointer = chosen.at("name");
    let named = optional("section", Some(name), longest::NAME, &pointer)?.ok_or_else(missing)?;
    let literal = chosen.text("literal")?.and_then(Slug::parse);
    let made = || name.chars().any(char::is_alphanumeric).then(|| Slug::from_words(name, "ressort"));
    let slug = literal.or_else(made).ok_or_else(|| chosen.wrong("name", Expected::Text))?;
    Ok((slug, Some(named)))
}

fn language(item: &Item<'_>) -> Result<Language, Refused> {
    match item.text("language")? {
        None => Ok(Language::default()),
        Some(tag) => Language::parse(tag).ok_or_else(|| item.wrong("language", Expected::Language)),
    }
}

/// People said to be authors, or the byline as it is.
fn authors(item: &Item<'_>) -> Result<Vec<Line>, Refused> {
    let people = item.names("people", |rel| rel == "author" || rel == "creator")?;
    if !people.is_empty() {
        return Ok(people);
    }
    Ok(optional("by", item.text("by")?, longest::NAME, "/by")?.into_iter().collect())
}

/// When it appeared. Under an embargo it appears when that ends.
fn published(item: &Item<'_>) -> Result<Option<Time>, Refused> {
    let created = match item.moment("firstCreated")? {
        Some(created) => Some(created),
        None => match item.moment("contentCreated")? {
            Some(created) => Some(created),
            None => item.moment("versionCreated")?,
        },
    };
    let embargo = item.moment("embargoedUntil")?;
    Ok(created.max(embargo))
}

/// The body: of several forms the one that says most.
fn blocks(bodies: &[Worded<'_>], left_out: &mut usize) -> Result<Vec<Block>, Refused> {
    let texts = || bodies.iter().filter(|body| !body.role.eq_ignore_ascii_case("lead"));
    let Some(chosen) = texts().find(|body| is_html(body)).or_else(|| texts().next()) else {
        return Ok(Vec::new());
    };
    let refuse = |reason| Refused::pointer(&chosen.pointer, reason);
    if is_html(chosen) {
        let foreign = html::read(chosen.value, chosen.kind.contains("xhtml")).map_err(refuse)?;
        *left_out += foreign.left_out;
        return Ok(foreign.blocks);
    }
    let mut flow = body::Flow::default();
    let has_blank_lines = chosen.value.replace('\r', "").contains("\n\n");
    for line in chosen.value.lines() {
        flow.words(line);
        flow.words("\n");
        if !has_blank_lines || line.trim().is_empty() {
            flow.paragraph_ends().map_err(refuse)?;
        }
    }
    flow.finish().map_err(refuse)
}

/// Pictures, and what another Blatt wrote there: figures and corrections. Other associations are left out.
fn associations(
    item: &Item<'_>,
    article: &mut Article,
    left_out: &mut usize,
) -> Result<Vec<Correction>, Refused> {
    let mut corrections = Vec::new();
    let mut new_pictures = Vec::new();
    for association in item.list("associations")? {
        match (association.text("type")?.unwrap_or_default(), relation(&association)?) {
            (_, FIGURE) => article.figures.push(figure(&association)?),
            (_, CORRECTION) => corrections.push(correction(&association)?),
            ("picture" | "graphic", _) => match picture(&association)? {
                Some(picture) => new_pictures.push(picture),
                None => *left_out += 1,
            },
            _ => *left_out += 1,
        }
    }
    if article.figures.len() > longest::FIGURES {
        return Err(Refused::pointer(
            "/associations",
            Reason::TooMany { what: "figures", most: longest::FIGURES },
        ));
    }
    if corrections.len() > longest::CORRECTIONS {
        return Err(Refused::pointer(
            "/associations",
            Reason::TooMany { what: "corrections", most: longest::CORRECTIONS },
        ));
    }
    // A picture that stands in the text already is told more of here; the others stand before the text.
    new_pictures.retain(|new| !describe(&mut article.body, new));
    let pictures = new_pictures.into_iter().map(Block::Picture);
    article.body.splice(0..0, pictures);
    if article.body.len() > longest::BLOCKS {
        return Err(Refused::pointer("/bodies", Reason::TooMany { what: "blocks", most: longest::BLOCKS }));
    }
    Ok(corrections)
}

/// What an association is to the article. 2.x has no word for it: there its name and its address say it.
fn relation<'a>(association: &Item<'a>) -> Result<&'a str, Refused> {
    if let Some(rel) = association.text("rel")? {
        return Ok(rel);
    }
    let name = association.text("name")?.unwrap_or_default();
    let fragment =
        association.text("uri")?.and_then(|uri| uri.rsplit_once('#')).map(|(_, fragment)| fragment);
    let relation = name.rsplit_once('-').map_or("", |(relation, _)| relation);
    Ok(if fragment == Some(name) { relation } else { "" })
}

fn describe(blocks: &mut [Block], new: &Picture) -> bool {
    let mut found = false;
    for block in blocks {
        let Block::Picture(picture) = block else { continue };
        if picture.file == new.file {
            found = true;
            picture.caption = picture.caption.take().or(new.caption.clone());
            picture.credit = picture.credit.take().or(new.credit.clone());
            if picture.alt.is_empty() {
                picture.alt.clone_from(&new.alt);
            }
        }
    }
    found
}

fn picture(association: &Item<'_>) -> Result<Option<Picture>, Refused> {
    let mut address = None;
    for rendition in association.list("renditions")? {
        address = address.or(rendition.text("href")?);
    }
    let address = address.or(association.text("uri")?).unwrap_or_default();
    let descriptions = association.texts("descriptions")?;
    let said = |roles: &[&str]| by_role(&descriptions, roles).map_or("", |text| text.value);
    let alt = said(&["alt", "alttext"]);
    let caption = said(&["caption", ""]);
    let credit = match said(&["creditline", "credit"]) {
        "" => association.text("by")?.or(association.text("copyrightHolder")?).unwrap_or_default(),
        credit => credit,
    };
    let file = html::file_name(address);
    Ok(file.and_then(|file| body::picture(file, alt, caption, credit).ok()))
}

fn figure(association: &Item<'_>) -> Result<Figure, Refused> {
    let headlines = association.texts("headlines")?;
    let descriptions = association.texts("descriptions")?;
    let first = |texts: &[Worded<'_>], field, most, key: &'static str| match texts.first() {
        Some(text) => needed(field, text.value, most, &text.pointer),
        None => Err(Refused::pointer(association.at(key), Reason::Missing(key))),
    };
    Ok(Figure {
        value: first(&headlines, "value", longest::FIGURE, "headlines")?,
        label: first(&descriptions, "label", longest::FIGURE_LABEL, "descriptions")?,
    })
}

fn correction(association: &Item<'_>) -> Result<Correction, Refused> {
    let missing = |key: &'static str| Refused::pointer(association.at(key), Reason::Missing(key));
    let descriptions = association.texts("descriptions")?;
    let note = descriptions.first().ok_or_else(|| missing("descriptions"))?;
    Ok(Correction {
        at: association.moment("versionCreated")?.ok_or_else(|| missing("versionCreated"))?,
        note: needed("note", note.value, longest::NOTE, &note.pointer)?,
        by: needed("by", association.text("by")?.unwrap_or_default(), longest::NAME, &association.at("by"))?,
    })
}
