//! An article to ninjs.

use serde_json::{Map, Value, json};

use super::{CORRECTION, FIGURE};
use crate::{Article, Block, Correction, Picture, Run, Text, Time};

/// A form of ninjs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// What most partners read.
    #[default]
    V2_2,
    /// With events and planning.
    V3_0,
    /// The newest.
    V3_1,
}

impl Version {
    fn number(self) -> &'static str {
        match self {
            Version::V2_2 => "2.2",
            Version::V3_0 => "3.0",
            Version::V3_1 => "3.1",
        }
    }
}

/// What is to be said of an article beside its text.
#[derive(Clone, Debug)]
pub struct Issue<'a> {
    /// The form.
    pub version: Version,
    /// The article's own address on the web, for ever.
    pub uri: &'a str,
    /// What stands before a picture's file name to make its address on the web.
    pub pictures: &'a str,
    /// The section's name.
    pub section: &'a str,
    /// When it appeared.
    pub published: Time,
    /// When its text last changed.
    pub changed: Time,
    /// Its state, counted from 1.
    pub revision: i64,
    /// What was corrected.
    pub corrections: &'a [Correction],
}

/// Writes an article.
#[must_use]
pub fn write(article: &Article, issue: &Issue<'_>) -> Value {
    let number = issue.version.number();
    let mut item = Map::new();
    let mut say = |key: &str, value: Value| {
        let is_nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !is_nothing {
            item.insert(key.to_owned(), value);
        }
    };
    say("uri", json!(issue.uri));
    say(
        "standard",
        json!({
            "name": "ninjs", "version": number,
            "schema": format!("http://www.iptc.org/std/ninjs/ninjs-schema_{number}.json"),
        }),
    );
    say("type", json!("text"));
    say("representationType", json!("full"));
    say("pubStatus", json!("usable"));
    say("version", json!(issue.revision.to_string()));
    say("firstCreated", moment(issue.published));
    say("versionCreated", moment(issue.changed));
    say("language", json!(article.language.tag()));
    say("slugline", json!(article.slug));
    say("headlines", headlines(article));
    say("descriptions", article.lead.iter().map(|lead| json!({"role": "lead", "value": lead})).collect());
    say("bodies", bodies(article, issue));
    let by = article.authors.iter().map(|author| author.as_str()).collect::<Vec<_>>().join(", ");
    say("by", if by.is_empty() { Value::Null } else { json!(by) });
    say("people", article.authors.iter().map(|name| json!({"name": name, "rel": "author"})).collect());
    say("infoSources", article.agencies.iter().map(|name| json!({ "name": name })).collect());
    say("located", article.place.as_ref().map_or(Value::Null, |place| json!(place)));
    say("subjects", json!([{"name": issue.section, "rel": "section", "literal": article.section}]));
    say("associations", associations(article, issue));
    let item = Value::Object(item);
    if issue.version == Version::V2_2 { small(item) } else { item }
}

/// The form of 2.x: keys in small letters, associations without a relation.
fn small(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let is_association = object.contains_key("uri") && object.contains_key("rel");
            let keys = object.into_iter().filter(|(key, _)| !(is_association && key == "rel"));
            Value::Object(keys.map(|(key, value)| (key.to_ascii_lowercase(), small(value))).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(small).collect()),
        other => other,
    }
}

fn moment(at: Time) -> Value {
    json!(at.timestamp().to_string())
}

fn headlines(article: &Article) -> Value {
    let kicker = article.kicker.iter().map(|kicker| json!({"role": "kicker", "value": kicker}));
    std::iter::once(json!({"role": "main", "value": article.headline})).chain(kicker).collect()
}

fn bodies(article: &Article, issue: &Issue<'_>) -> Value {
    let html: String = article.body.iter().map(|block| self::html(block, issue)).collect();
    let words = article.body.iter().filter_map(plain).collect::<Vec<_>>().join("\n\n");
    if html.is_empty() {
        return Value::Null;
    }
    let counts = (words.chars().count(), words.split_whitespace().count());
    json!([
        {"role": "main", "contentType": "text/html", "charCount": counts.0, "wordCount": counts.1, "value": html},
        {"role": "text", "contentType": "text/plain", "charCount": counts.0, "wordCount": counts.1, "value": words},
    ])
}

fn plain(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(text) => Some(text.words()),
        Block::Subhead(line) => Some(line.to_string()),
        Block::Quote { text, by } => {
            let by = by.as_ref().map_or_else(String::new, |by| format!("\n— {by}"));
            Some(format!("„{}“{by}", text.words()))
        }
        Block::List { items, .. } => {
            Some(items.iter().map(|item| format!("– {}", item.words())).collect::<Vec<_>>().join("\n"))
        }
        Block::Picture(_) => None,
    }
}

fn html(block: &Block, issue: &Issue<'_>) -> String {
    match block {
        Block::Paragraph(text) => format!("<p>{}</p>\n", inline(text)),
        Block::Subhead(line) => format!("<h2>{}</h2>\n", escaped(line.as_str())),
        Block::Quote { text, by } => {
            let by = by.as_ref().map_or_else(String::new, |by| format!("<p>— {}</p>", escaped(by.as_str())));
            format!("<blockquote><p>{}</p>{by}</blockquote>\n", inline(text))
        }
        Block::List { ordered, items } => {
            let tag = if *ordered { "ol" } else { "ul" };
            let items: String = items.iter().map(|item| format!("<li>{}</li>", inline(item))).collect();
            format!("<{tag}>{items}</{tag}>\n")
        }
        Block::Picture(picture) => figure_of(picture, issue),
    }
}

fn figure_of(picture: &Picture, issue: &Issue<'_>) -> String {
    let caption = picture.caption.as_ref().map_or_else(String::new, |caption| escaped(caption.as_str()));
    let credit = picture
        .credit
        .as_ref()
        .map_or_else(String::new, |credit| format!(" <small>{}</small>", escaped(credit.as_str())));
    let said = if caption.is_empty() && credit.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{caption}{credit}</figcaption>")
    };
    let address = escaped(&format!("{}{}", issue.pictures, picture.file));
    format!("<figure><img src=\"{address}\" alt=\"{}\">{said}</figure>\n", escaped(&picture.alt))
}

fn inline(text: &Text) -> String {
    let run = |run: &Run| match run {
        Run::Plain(words) => escaped(words),
        Run::Emphasis(words) => format!("<em>{}</em>", escaped(words)),
        Run::Strong(words) => format!("<strong>{}</strong>", escaped(words)),
        Run::Link { text, to } => format!("<a href=\"{}\">{}</a>", escaped(to), escaped(text)),
    };
    text.0.iter().map(run).collect()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn associations(article: &Article, issue: &Issue<'_>) -> Value {
    let pictures = article.pictures().enumerate().map(|(index, picture)| {
        let address = format!("{}{}", issue.pictures, picture.file);
        let said = [
            ("caption", picture.caption.as_ref().map(|caption| caption.as_str())),
            ("creditline", picture.credit.as_ref().map(|credit| credit.as_str())),
            ("alt", Some(picture.alt.as_str()).filter(|alt| !alt.is_empty())),
        ];
        let descriptions: Vec<Value> = said
            .into_iter()
            .filter_map(|(role, value)| value.map(|value| json!({"role": role, "value": value})))
            .collect();
        let mut association = json!({
            "name": format!("picture-{}", index + 1), "uri": address, "rel": "picture", "type": "picture",
            "renditions": [{"name": "original", "href": address}],
        });
        if !descriptions.is_empty() {
            association["descriptions"] = Value::Array(descriptions);
        }
        association
    });
    let figures = article.figures.iter().enumerate().map(|(index, figure)| {
        let name = format!("{FIGURE}-{}", index + 1);
        json!({
            "name": name, "uri": format!("{}#{name}", issue.uri), "rel": FIGURE, "type": "component",
            "headlines": [{"role": "main", "value": figure.value}],
            "descriptions": [{"role": "caption", "value": figure.label}],
        })
    });
    let corrections = issue.corrections.iter().enumerate().map(|(index, correction)| {
        let name = format!("{CORRECTION}-{}", index + 1);
        json!({
            "name": name, "uri": format!("{}#{name}", issue.uri), "rel": CORRECTION, "type": "text",
            "versionCreated": moment(correction.at), "by": correction.by,
            "descriptions": [{"role": "note", "value": correction.note}],
        })
    });
    pictures.chain(figures).chain(corrections).collect()
}
