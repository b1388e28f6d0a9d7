//! JSON lines: one article a line, `{"section": …, "text": …}` and perhaps an `id`, for bulk loading.
//!
//! Such a line has neither headline nor lead. The first sentence becomes the lead, a headline is made from it, and
//! a text without line breaks is cut into paragraphs of a few sentences.

use serde_json::Value;

use crate::refused::{Expected, Reason, Refused};
use crate::{Article, Block, Draft, Language, Line, Slug, Text, json, longest, sentences};

/// The longest headline that is made, in characters.
const HEADLINE: usize = 90;
/// The shortest that a cut at a clause may leave.
const SHORTEST: usize = 35;
/// Sentences of a paragraph.
const SENTENCES: usize = 4;

/// Reads one line; `number` is its number in the file. Section names become slugs. Without an `id` the source id is made from
/// the text, so that the same text is the same article.
pub fn read(line: &str, number: usize) -> Result<Draft, Refused> {
    let refuse = |reason| Refused::line(number, reason);
    let wrong = |key: &str, expected| refuse(Reason::WrongKind { key: key.to_owned(), expected });
    let Value::Object(mut object) = json::read(line, number)? else {
        return Err(refuse(Reason::NotJson("no object".to_owned())));
    };
    let section = match object.remove("section") {
        Some(Value::String(name)) => name,
        Some(_) => return Err(wrong("section", Expected::Text)),
        None => return Err(refuse(Reason::Missing("section"))),
    };
    let text = match object.remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err(wrong("text", Expected::Text)),
        None => return Err(refuse(Reason::Missing("text"))),
    };
    let id = match object.remove("id") {
        Some(Value::Number(id)) => id.to_string(),
        Some(Value::String(id)) => id,
        Some(Value::Null) | None => format!("{:016x}", fingerprint(&text)),
        Some(_) => return Err(wrong("id", Expected::Text)),
    };
    if let Some(key) = object.keys().next() {
        return Err(refuse(Reason::UnknownKey(key.chars().take(80).collect())));
    }
    let language = Language::default();
    let (lead, rest) = first_sentence(&text, language);
    let line = |field, words: &str, most| Line::parse(field, words, most).map_err(|e| refuse(e.into()));
    let headline = line("headline", &headline(lead), longest::HEADLINE)?;
    let lead = line("text", lead, longest::LEAD)?;
    let article = Article {
        source: line("id", &format!("jsonl/{id}"), longest::SOURCE)?,
        slug: Slug::from_words(headline.as_str(), "artikel"),
        section: section_slug(&section).ok_or_else(|| wrong("section", Expected::Slug))?,
        language,
        kicker: None,
        headline,
        lead: Some(lead),
        authors: Vec::new(),
        agencies: Vec::new(),
        place: None,
        published: None,
        body: paragraphs(rest, language).map_err(refuse)?,
        figures: Vec::new(),
    };
    let section_name = line("section", &section, longest::NAME)?;
    Ok(Draft {
        article,
        slug_is_made: true,
        section_name: Some(section_name),
        corrections: Vec::new(),
        left_out: 0,
    })
}

fn section_slug(name: &str) -> Option<Slug> {
    let slug = Slug::from_words(name, "-nothing-");
    name.chars().any(char::is_alphanumeric).then_some(slug)
}

/// A name for a text that has none: FNV-1a, 64 bits. It guards against importing twice by mistake, not against malice.
fn fingerprint(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// The first sentence, as far as a lead may be long, and everything after it.
fn first_sentence(text: &str, language: Language) -> (&str, &str) {
    let line_end =
        text.trim_start().find('\n').map_or(text.len(), |at| at + text.len() - text.trim_start().len());
    let first_line = &text[..line_end];
    let mut end = sentences::split(first_line, language).first().map_or(first_line.len(), |range| range.end);
    if let Some((limit, _)) = text[..end].char_indices().nth(longest::LEAD) {
        end = text[..limit].rfind(char::is_whitespace).filter(|&at| at > 0).unwrap_or(limit);
    }
    text.split_at(end)
}

fn paragraphs(text: &str, language: Language) -> Result<Vec<Block>, Reason> {
    let mut blocks = Vec::new();
    let has_lines = text.trim().contains('\n');
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if has_lines {
            blocks.push(paragraph(line)?);
            continue;
        }
        // As even as possible: nine sentences are 3 + 3 + 3, not 4 + 4 + 1.
        let ranges = sentences::split(line, language);
        let count = ranges.len().div_ceil(SENTENCES).max(1);
        for group in ranges.chunks(ranges.len().div_ceil(count).max(1)) {
            if let (Some(first), Some(last)) = (group.first(), group.last()) {
                blocks.push(paragraph(&line[first.start..last.end])?);
            }
        }
    }
    if blocks.len() > longest::BLOCKS {
        return Err(Reason::TooMany { what: "blocks", most: longest::BLOCKS });
    }
    Ok(blocks)
}

fn paragraph(words: &str) -> Result<Block, Reason> {
    Ok(Block::Paragraph(Text::parse("text", vec![crate::Run::Plain(words.to_owned())])?))
}

/// A headline from a sentence: cut at a clause, or between words, so that it does not end in the air.
fn headline(sentence: &str) -> String {
    let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let limit = sentence.char_indices().nth(HEADLINE).map_or(sentence.len(), |(at, _)| at);
    let whole = limit == sentence.len();
    let head = if whole {
        sentence.as_str()
    } else {
        let room = &sentence[..limit];
        clause(room).or_else(|| room.rfind(' ').map(|at| &room[..at])).unwrap_or(room)
    };
    let mut head = without_end(head);
    while let Some((rest, word)) = head.rsplit_once(' ') {
        if !HANGING.contains(&word.to_lowercase().as_str()) {
            break;
        }
        head = without_end(rest);
    }
    balanced(head)
}

/// The longest beginning that ends where a clause does, if it is long enough to say something.
fn clause(room: &str) -> Option<&str> {
    let long_enough = |at: usize| room[..at].chars().count() >= SHORTEST;
    [" – ", "; ", ": ", ", "]
        .iter()
        .filter_map(|mark| room.rfind(mark).filter(|&at| long_enough(at)))
        .max()
        .map(|at| &room[..at])
        // „… und findet, dass …“: what hangs on a cut clause goes with it.
        .map(|head| match room[head.len()..].strip_prefix(", ") {
            Some(rest) if ["dass", "ob", "wie", "zu", "um"].iter().any(|word| rest.starts_with(word)) => {
                [" und ", " sowie ", ", "]
                    .iter()
                    .filter_map(|mark| head.rfind(mark))
                    .filter(|&at| long_enough(at))
                    .max()
                    .map_or(head, |at| &head[..at])
            }
            _ => head,
        })
}

fn without_end(head: &str) -> &str {
    head.trim_end_matches(|c: char| c.is_whitespace() || ".,;:|–—-…".contains(c))
}

/// A quotation mark or bracket whose other half was cut off goes too.
fn balanced(head: &str) -> String {
    let mut head = head.to_owned();
    for (open, close) in [('„', '“'), ('(', ')'), ('»', '«'), ('[', ']')] {
        let lonely = head.matches(open).count() > head.matches(close).count();
        if let Some(at) = head.rfind(open).filter(|_| lonely) {
            head.remove(at);
        }
    }
    let lonely = head.matches('"').count() % 2 == 1;
    if let Some(at) = head.rfind('"').filter(|_| lonely) {
        head.remove(at);
    }
    head.trim().to_owned()
}

/// Words a headline cannot end in.
#[rustfmt::skip]
const HANGING: &[&str] = &[
    "ab", "aber", "als", "am", "an", "auch", "auf", "aus", "bei", "bis", "da", "dass", "das", "dem", "den", "denn", "der", "des", "die", "doch",
    "durch", "ein", "eine", "einem", "einen", "einer", "eines", "für", "gegen", "hinter", "ihr", "ihre", "ihren", "im", "in", "ist", "kein",
    "keine", "mehr", "mit", "nach", "nicht", "noch", "nun", "nur", "ob", "oder", "ohne", "sehr", "sein", "seine", "seinen", "seit", "sich", "sie",
    "so", "sowie", "um", "und", "unter", "vom", "von", "vor", "während", "war", "was", "weil", "wenn", "wie", "wird", "wo", "zu", "zum", "zur",
    "zwischen", "über",
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "her", "his", "into", "its", "of", "on", "or", "our", "than", "that", "the",
    "their", "to", "was", "were", "which", "who", "with",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refused::Place;

    #[test]
    fn a_line_becomes_an_article() {
        let line = r#"{"id": 4, "section": "Inland & Welt", "text": "Der Rat gab am Montag die Fähre frei. Sie fährt ab April. Sie hat keinen Motor. Das Seil ist neu. Es kam per Schiff. Alle freuten sich."}"#;
        let draft = read(line, 1).expect("a good line");
        let article = draft.article;
        assert_eq!(article.source.as_str(), "jsonl/4");
        assert_eq!(article.section.as_str(), "inland-welt");
        assert_eq!(article.headline.as_str(), "Der Rat gab am Montag die Fähre frei");
        assert_eq!(article.slug.as_str(), "der-rat-gab-am-montag-die-faehre-frei");
        assert_eq!(
            article.lead.map(|l| l.to_string()).as_deref(),
            Some("Der Rat gab am Montag die Fähre frei.")
        );
        assert_eq!(
            article.body,
            [
                Block::Paragraph(Text::plain("Sie fährt ab April. Sie hat keinen Motor. Das Seil ist neu.")),
                Block::Paragraph(Text::plain("Es kam per Schiff. Alle freuten sich.")),
            ]
        );
    }

    #[test]
    fn the_same_text_without_an_id_is_the_same_article() {
        let line = r#"{"section": "a", "text": "Ein Satz."}"#;
        let (one, other) = (read(line, 1).expect("good"), read(line, 9).expect("good"));
        assert_eq!(one, other);
        assert!(one.article.source.as_str().starts_with("jsonl/"));
    }

    #[test]
    fn line_breaks_are_paragraphs() {
        let draft =
            read(r#"{"section": "a", "text": "Erste Zeile ohne Punkt\nZweite. Dritte.\n\nVierte."}"#, 1)
                .expect("good");
        assert_eq!(draft.article.lead.map(|l| l.to_string()).as_deref(), Some("Erste Zeile ohne Punkt"));
        let words = |n: usize| match &draft.article.body[n] {
            Block::Paragraph(text) => text.words(),
            other => panic!("{other:?}"),
        };
        assert_eq!((words(0).as_str(), words(1).as_str()), ("Zweite. Dritte.", "Vierte."));
    }

    #[test]
    fn a_headline_does_not_end_in_the_air() {
        #[track_caller]
        fn check(sentence: &str, expected: &str) {
            assert_eq!(headline(sentence), expected);
        }
        check("Kurz und gut.", "Kurz und gut");
        check("Was nun?", "Was nun?");
        check(
            "Die Stadt lanciert den \"Fährenrechner\" und findet, dass die alte Form auf die obere Ebene beschränkt gehört.",
            "Die Stadt lanciert den \"Fährenrechner\"",
        );
        check(
            "Gemeinden verteidigen knappen Vorsprung – kritische Stimmen zum Seil, Kapitäne fehlen in der langen Pause im Winter.",
            "Gemeinden verteidigen knappen Vorsprung – kritische Stimmen zum Seil",
        );
        check(
            "Eine sehr lange Reihe von Worten ohne jedes Zeichen geht hier immer weiter bis sie an der Grenze der Zeile endet",
            "Eine sehr lange Reihe von Worten ohne jedes Zeichen geht hier immer weiter",
        );
        check(&format!("„{}“ sagte er", "lange ".repeat(20)), "lange ".repeat(14).trim());
        check(&"x".repeat(200), &"x".repeat(90));
    }

    #[test]
    fn a_bad_line_is_refused_with_its_number() {
        #[track_caller]
        fn check(line: &str, reason: Reason) {
            assert_eq!(read(line, 7), Err(Refused { place: Place::Line(7), reason }), "{line}");
        }
        check("[]", Reason::NotJson("no object".into()));
        check(r#"{"section": "a"}"#, Reason::Missing("text"));
        check(r#"{"text": "a"}"#, Reason::Missing("section"));
        check(r#"{"section": "a", "text": "b", "text": "c"}"#, Reason::Twice("text".into()));
        check(r#"{"section": "a", "text": "b", "x": 1}"#, Reason::UnknownKey("x".into()));
        check(
            r#"{"section": "!", "text": "b"}"#,
            Reason::WrongKind { key: "section".into(), expected: Expected::Slug },
        );
        check(
            r#"{"section": "a", "text": 5}"#,
            Reason::WrongKind { key: "text".into(), expected: Expected::Text },
        );
        check(r#"{"section": "a", "text": " "}"#, crate::Trouble::Empty { field: "headline" }.into());
        check(&format!("{}1{}", "[".repeat(99), "]".repeat(99)), Reason::TooDeep);
        assert!(matches!(
            read("{", 7).map_err(|r| (r.place, r.reason)),
            Err((Place::Line(7), Reason::NotJson(_)))
        ));
        let long = format!(r#"{{"section": "a", "text": "{}"}}"#, "wort ".repeat(500));
        assert!(read(&long, 1).is_ok_and(|draft| draft.article.words() > 490));
    }
}
