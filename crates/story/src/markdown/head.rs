//! The front matter: each key is read by hand, so that a refusal names the key and its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::line_of;
use crate::draft;
use crate::refused::{Expected, Reason, Refused};
use crate::{Correction, Figure, Language, Line, Slug, Time, longest};

/// What the front matter says.
pub(super) struct Head {
    pub source: Line,
    pub slug: Option<Slug>,
    pub section: Slug,
    pub language: Language,
    pub kicker: Option<Line>,
    pub headline: Line,
    pub lead: Option<Line>,
    pub authors: Vec<Line>,
    pub agencies: Vec<Line>,
    pub place: Option<Line>,
    pub published: Option<Time>,
    pub figures: Vec<Figure>,
    pub corrections: Vec<Correction>,
    pub lead_rank: Option<i64>,
}

/// Reads the front matter, whose first line has number `first`. With `sample` the demo's keys are known too.
pub(super) fn read(front: &str, first: usize, name: &str, sample: Option<Time>) -> Result<Head, Refused> {
    let table = DeTable::parse(front).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Refused::line(line_of(front, at, first), Reason::NotToml(error.message().to_owned()))
    })?;
    let mut keys = Keys { text: front, first, table: table.into_inner(), line: first };
    let head = Head {
        source: match keys.line("source", longest::SOURCE)? {
            Some(source) => source,
            None => Line::parse("source", name, longest::SOURCE).map_err(|e| Refused::whole(e.into()))?,
        },
        slug: keys.take("slug", |value| text(value).and_then(Slug::parse).ok_or(Expected::Slug))?,
        section: keys
            .take("section", |value| text(value).and_then(section).ok_or(Expected::Slug))?
            .ok_or_else(|| keys.missing("section"))?,
        language: keys
            .take("language", |value| text(value).and_then(Language::parse).ok_or(Expected::Language))?
            .unwrap_or_default(),
        kicker: keys.line("kicker", longest::KICKER)?,
        headline: keys.line("headline", longest::HEADLINE)?.ok_or_else(|| keys.missing("headline"))?,
        lead: keys.line("lead", longest::LEAD)?,
        authors: keys.names("authors")?,
        agencies: keys.names("agencies")?,
        place: keys.line("place", longest::NAME)?,
        published: keys.moment("published", sample)?,
        figures: keys.tables("figures", longest::FIGURES, |figure| {
            Ok(Figure {
                value: figure.line("value", longest::FIGURE)?.ok_or_else(|| figure.missing("value"))?,
                label: figure.line("label", longest::FIGURE_LABEL)?.ok_or_else(|| figure.missing("label"))?,
            })
        })?,
        corrections: keys.tables("corrections", longest::CORRECTIONS, |correction| {
            Ok(Correction {
                at: correction.moment("at", sample)?.ok_or_else(|| correction.missing("at"))?,
                note: correction.line("note", longest::NOTE)?.ok_or_else(|| correction.missing("note"))?,
                by: correction.line("by", longest::NAME)?.ok_or_else(|| correction.missing("by"))?,
            })
        })?,
        lead_rank: match sample {
            Some(_) => keys.take("lead_rank", |value| number(value).ok_or(Expected::Number))?,
            None => None,
        },
    };
    keys.nothing_left()?;
    Ok(head)
}

/// The keys of one table that nobody has taken yet.
struct Keys<'a> {
    text: &'a str,
    first: usize,
    table: DeTable<'a>,
    /// Where the table begins.
    line: usize,
}

impl<'a> Keys<'a> {
    fn line_at(&self, span: Range<usize>) -> usize {
        line_of(self.text, span.start, self.first)
    }

    fn missing(&self, key: &'static str) -> Refused {
        Refused::line(self.line, Reason::Missing(key))
    }

    fn remove(&mut self, key: &str) -> Option<Spanned<DeValue<'a>>> {
        let key = self.table.keys().find(|known| known.get_ref().as_ref() == key)?.clone();
        self.table.remove(&key)
    }

    fn take<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&DeValue<'a>) -> Result<T, Expected>,
    ) -> Result<Option<T>, Refused> {
        let Some(value) = self.remove(key) else { return Ok(None) };
        read(value.get_ref()).map(Some).map_err(|expected| {
            Refused::line(self.line_at(value.span()), Reason::WrongKind { key: key.to_owned(), expected })
        })
    }

    fn line(&mut self, key: &'static str, most: usize) -> Result<Option<Line>, Refused> {
        let Some(value) = self.remove(key) else { return Ok(None) };
        let line = self.line_at(value.span());
        let words = text(value.get_ref()).ok_or_else(|| wrong(line, key, Expected::Text))?;
        draft::line(key, Some(words), most).map_err(|trouble| Refused::line(line, trouble.into()))
    }

    fn names(&mut self, key: &'static str) -> Result<Vec<Line>, Refused> {
        let Some(value) = self.remove(key) else { return Ok(Vec::new()) };
        let line = self.line_at(value.span());
        let DeValue::Array(list) = value.get_ref() else { return Err(wrong(line, key, Expected::Texts)) };
        if list.len() > longest::NAMES {
            return Err(Refused::line(line, Reason::TooMany { what: key, most: longest::NAMES }));
        }
        let mut names = Vec::with_capacity(list.len());
        for name in list.iter() {
            let line = self.line_at(name.span());
            let words = text(name.get_ref()).ok_or_else(|| wrong(line, key, Expected::Texts))?;
            names.push(Line::parse(key, words, longest::NAME).map_err(|e| Refused::line(line, e.into()))?);
        }
        Ok(names)
    }

    fn tables<T>(
        &mut self,
        key: &'static str,
        most: usize,
        read: impl Fn(&mut Keys<'a>) -> Result<T, Refused>,
    ) -> Result<Vec<T>, Refused> {
        let Some(value) = self.remove(key) else { return Ok(Vec::new()) };
        let line = self.line_at(value.span());
        let DeValue::Array(list) = value.into_inner() else { return Err(wrong(line, key, Expected::Tables)) };
        if list.len() > most {
            return Err(Refused::line(line, Reason::TooMany { what: key, most }));
        }
        list.into_iter()
            .map(|entry| {
                let line = self.line_at(entry.span());
                let DeValue::Table(table) = entry.into_inner() else {
                    return Err(wrong(line, key, Expected::Tables));
                };
                let mut keys = Keys { text: self.text, first: self.first, table, line };
                let read = read(&mut keys)?;
                keys.nothing_left()?;
                Ok(read)
            })
            .collect()
    }

    /// A moment under `key`, or in a sample as many minutes before now as `age_minutes` says.
    fn moment(&mut self, key: &str, sample: Option<Time>) -> Result<Option<Time>, Refused> {
        let written = self.take(key, |value| time(value).ok_or(Expected::Time))?;
        let Some(now) = sample else { return Ok(written) };
        let age = self.take("age_minutes", |value| number(value).ok_or(Expected::Number))?;
        Ok(written.or(age.map(|minutes| now.plus_minutes(minutes.saturating_neg()))))
    }

    fn nothing_left(&self) -> Result<(), Refused> {
        match self.table.keys().min_by_key(|key| key.span().start) {
            None => Ok(()),
            Some(key) => {
                let name = key.get_ref().chars().take(80).collect();
                Err(Refused::line(self.line_at(key.span()), Reason::UnknownKey(name)))
            }
        }
    }
}

fn wrong(line: usize, key: &str, expected: Expected) -> Refused {
    Refused::line(line, Reason::WrongKind { key: key.to_owned(), expected })
}

fn text<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    value.as_str()
}

fn number(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// Only a moment with its zone says when.
fn time(value: &DeValue<'_>) -> Option<Time> {
    value.as_datetime()?.to_string().parse::<jiff::Timestamp>().ok().and_then(Time::of_print)
}

/// A section as its slug or by its name: „Inland“ is the section `inland`.
fn section(text: &str) -> Option<Slug> {
    Slug::parse(text)
        .or_else(|| text.chars().any(char::is_alphanumeric).then(|| Slug::from_words(text, "ressort")))
}
