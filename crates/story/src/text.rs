//! Text as it is printed: one line, or a paragraph with a little emphasis and links.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// What is wrong with a text, in words for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing is left once spaces and invisible characters are gone.
    Empty {
        /// The field, in the newsroom's word for it.
        field: &'static str,
    },
    /// More characters than the field may have.
    TooLong {
        /// The field, in the newsroom's word for it.
        field: &'static str,
        /// The limit in Unicode characters.
        longest: usize,
    },
    /// A character no page can print and no database keeps, such as NUL.
    Unprintable {
        /// The field, in the newsroom's word for it.
        field: &'static str,
    },
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Empty { field } => write!(f, "{field} is empty"),
            Trouble::TooLong { field, longest } => write!(f, "{field} has more than {longest} characters"),
            Trouble::Unprintable { field } => write!(f, "{field} holds a control character"),
        }
    }
}

impl std::error::Error for Trouble {}

/// One printed line: composed (NFC), trimmed, single spaces, no line break, no control, bidirectional or zero-width character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Line(String);

impl Line {
    /// Takes a line of at most `longest` characters; runs of white space become one space.
    pub fn parse(field: &'static str, text: &str, longest: usize) -> Result<Line, Trouble> {
        let line = clean(field, text)?.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.chars().count() {
            0 => Err(Trouble::Empty { field }),
            n if n > longest => Err(Trouble::TooLong { field, longest }),
            _ => Ok(Line(line)),
        }
    }

    /// The line as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Composed text without characters that hide or reorder others; soft hyphens and no-break spaces stay.
pub(crate) fn clean(field: &'static str, text: &str) -> Result<String, Trouble> {
    let mut cleaned = String::with_capacity(text.len());
    for letter in text.nfc() {
        match letter {
            '\n' | '\t' | '\r' => cleaned.push(letter),
            c if c.is_control() => return Err(Trouble::Unprintable { field }),
            c if is_invisible(c) => {}
            c => cleaned.push(c),
        }
    }
    Ok(cleaned)
}

/// Zero-width and bidirectional control characters, which can disguise a name or a link (T1.7).
/// The soft hyphen is not one of them.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
        | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180E}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A paragraph: runs of text in reading order. Runs do not nest; a newspaper's emphasis does not either.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Run>);

/// A stretch of text that looks the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Run {
    /// As it is.
    Plain(String),
    /// Stressed: italic.
    Emphasis(String),
    /// Important: bold.
    Strong(String),
    /// A way to another place.
    Link {
        /// What is read.
        text: String,
        /// An `http`, `https` or `mailto` address, or a path of this paper. Judged when parsed.
        to: String,
    },
}

impl Run {
    /// What is read of this run.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Run::Plain(words) | Run::Emphasis(words) | Run::Strong(words) | Run::Link { text: words, .. } => {
                words
            }
        }
    }
}

impl Text {
    /// A paragraph without emphasis or links.
    #[must_use]
    pub fn plain(words: impl Into<String>) -> Text {
        Text(vec![Run::Plain(words.into())])
    }

    /// What is read, without markup.
    #[must_use]
    pub fn words(&self) -> String {
        self.0.iter().map(Run::words).collect()
    }
}
