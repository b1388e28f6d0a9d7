//! The part of an address that names a section or an article.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Lower-case ASCII letters, digits and single hyphens, 1 to 80 characters: safe in every address and file name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// The most characters a slug may have.
    pub const LONGEST: usize = 80;

    /// Takes a slug as it is written, or nothing if it is not one.
    pub fn parse(text: &str) -> Option<Slug> {
        let good = !text.is_empty()
            && text.len() <= Slug::LONGEST
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        good.then(|| Slug(text.to_owned()))
    }

    /// Makes a slug from a headline: umlauts are spelled out, everything else that is not a letter or digit
    /// becomes a hyphen, and words that do not fit are left off whole. A text without a usable letter gives `fallback`.
    pub fn from_words(words: &str, fallback: &str) -> Slug {
        let mut slug = String::new();
        for word in plain_letters(words).split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty())
        {
            let room = Slug::LONGEST - slug.len();
            if slug.is_empty() {
                slug.push_str(&word[..word.len().min(room)]);
            } else if word.len() < room {
                slug.push('-');
                slug.push_str(word);
            } else {
                break;
            }
        }
        Slug::parse(&slug).or_else(|| Slug::parse(fallback)).unwrap_or_else(|| Slug("artikel".to_owned()))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Lower-case text in which German umlauts and common accents are plain ASCII letters, for addresses and for search.
#[must_use]
pub fn plain_letters(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut plain = String::with_capacity(text.len());
    for letter in text.nfc().flat_map(char::to_lowercase) {
        match letter {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            '\u{ad}' => {}
            other => {
                plain.extend(other.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)))
            }
        }
    }
    plain
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Slug, Self::Error> {
        Slug::parse(&text).ok_or("a slug has 1 to 80 lower-case letters, digits and single hyphens")
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_becomes_an_address() {
        #[track_caller]
        fn check(words: &str, expected: &str) {
            assert_eq!(Slug::from_words(words, "a-1").as_str(), expected);
        }
        check("Größe ist nicht alles", "groesse-ist-nicht-alles");
        check("„Ende“ der Café-Krise?", "ende-der-cafe-krise");
        check("漢字", "a-1");
        check(
            &"wort ".repeat(40),
            "wort-wort-wort-wort-wort-wort-wort-wort-wort-wort-wort-wort-wort-wort-wort-wort",
        );
    }

    #[test]
    fn only_a_slug_is_a_slug() {
        for wrong in ["", "-a", "a-", "a--b", "A", "a/b", "a.b", "ä", &"a".repeat(81)] {
            assert_eq!(Slug::parse(wrong), None, "{wrong}");
        }
        assert!(Slug::parse("1a-b2").is_some());
    }
}
