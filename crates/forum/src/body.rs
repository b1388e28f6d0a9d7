//! What somebody says: the text of a comment.

use store::{FromColumn, Value};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::Refusal;

/// The text of a comment: 1 to 1,500 characters in at most 40 lines, composed (NFC), without control, zero-width and
/// bidirectional characters (T1.7). Kept whole or refused, never cut (T1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// The most characters.
    pub const LONGEST: usize = 1500;
    /// The most lines, with the empty ones between paragraphs.
    pub const MOST_LINES: usize = 40;
    /// The most marks above and below one letter; languages need fewer, and more of them run over the lines around.
    const MOST_MARKS: usize = 6;

    /// Takes a text as it was typed. Line ends become `\n`, space around lines goes, several empty lines are one.
    pub fn parse(text: &str) -> Result<Body, Refusal> {
        // Composing never makes a twentieth of a text: this much cannot become short enough.
        if text.len() > 20 * 4 * Body::LONGEST {
            return Err(Refusal::TooLong { longest: Body::LONGEST });
        }
        let body = tidy(&clean(text)?);
        if body.chars().all(looks_like_nothing) {
            return Err(Refusal::Empty);
        }
        if body.chars().count() > Body::LONGEST {
            return Err(Refusal::TooLong { longest: Body::LONGEST });
        }
        if body.lines().count() > Body::MOST_LINES {
            return Err(Refusal::TooManyLines { most: Body::MOST_LINES });
        }
        Ok(Body(body))
    }

    /// The text as it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first words, at most `longest` characters, for lists; with „…“ if there is more.
    #[must_use]
    pub fn first_words(&self, longest: usize) -> String {
        let mut words = String::new();
        let mut length = 0;
        for word in self.0.split_whitespace().filter(|word| *word != ">") {
            let gap = usize::from(length > 0);
            let more = gap + word.chars().count();
            if length + more > longest {
                let room = longest.saturating_sub(length + gap + 1);
                if length == 0 {
                    words.extend(word.chars().take(room));
                }
                words.push('…');
                break;
            }
            words.push_str(&" "[..gap]);
            words.push_str(word);
            length += more;
        }
        words
    }

    /// A number that two texts share if somebody would call them the same: spaces and capitals do not matter.
    pub(crate) fn fingerprint(&self) -> i64 {
        // FNV-1a: stays the same from version to version, which the standard hasher does not promise. Whoever finds
        // two texts with one number only refuses a comment of their own.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for letter in self.0.split_whitespace().flat_map(str::chars).flat_map(char::to_lowercase) {
            for byte in u32::from(letter).to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash.cast_signed()
    }
}

impl From<&Body> for Value {
    fn from(body: &Body) -> Value {
        Value::Text(body.0.clone())
    }
}

/// What stands in a row was parsed when it was written.
impl FromColumn for Body {
    fn from_column(value: Value) -> Option<Body> {
        String::from_column(value).map(Body)
    }
}

/// Composed text of printable characters and `\n`.
fn clean(text: &str) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n");
    let mut cleaned = String::with_capacity(text.len());
    let mut marks = 0;
    for letter in text.nfc().filter(|letter| !story::is_invisible(*letter)) {
        marks = if is_combining_mark(letter) { marks + 1 } else { 0 };
        match letter {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' => cleaned.push(' '),
            c if c.is_control() || marks > Body::MOST_MARKS => return Err(Refusal::Unprintable),
            c => cleaned.push(c),
        }
    }
    Ok(cleaned)
}

fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut empty_lines = 0;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        if !tidied.is_empty() {
            tidied.push_str(if empty_lines > 0 { "\n\n" } else { "\n" });
        }
        empty_lines = 0;
        tidied.push_str(line);
    }
    tidied
}

/// Space of any kind, and characters that print like it: soft hyphen, empty Braille cell, marks without a letter.
fn looks_like_nothing(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{AD}' | '\u{2800}' | '\u{34F}') || is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, Refusal>) {
        assert_eq!(Body::parse(text).map(|body| body.0), expected.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn a_body_is_kept_as_it_was_meant() {
        check("  Gut gesagt.  ", Ok("Gut gesagt."));
        check("\n\n Eins  \r\nzwei\r\rdrei\n\n\n\nvier\n", Ok("Eins\nzwei\n\ndrei\n\nvier"));
        check("Gru\u{308}ße", Ok("Grüße"));
        check("a\tb", Ok("a b"));
    }

    #[test]
    fn a_body_says_why_it_refuses() {
        check("", Err(Refusal::Empty));
        check(" \n\t\u{a0}\n", Err(Refusal::Empty));
        check("vor\0gestern", Err(Refusal::Unprintable));
        check("\u{1b}[2J", Err(Refusal::Unprintable));
        check(&format!("Z{}", "\u{301}".repeat(9)), Err(Refusal::Unprintable));
        check(&"Zeile\n".repeat(41), Err(Refusal::TooManyLines { most: 40 }));
    }

    #[test]
    fn t1_1_a_long_text_is_refused_whole() {
        check(&"ä".repeat(1500), Ok(&"ä".repeat(1500)));
        check(&"ä".repeat(1501), Err(Refusal::TooLong { longest: 1500 }));
        check(&"x".repeat(100_000), Err(Refusal::TooLong { longest: 1500 }));
        check(&"x".repeat(1_000_000), Err(Refusal::TooLong { longest: 1500 }));
        // Two code points that compose into one letter count as one.
        check(&"u\u{308}".repeat(1500), Ok(&"ü".repeat(1500)));
    }

    #[test]
    fn t1_7_what_cannot_be_seen_is_not_a_comment() {
        for nothing in [
            "\u{200b}\u{200b}",
            "\u{200d}\u{feff}\u{2060}",
            "\u{202e}\u{202c}",
            "\u{3164}",
            "\u{ad}",
            "\u{2800}\u{2800}",
            "\u{301}",
            "\u{e0041}",
        ] {
            check(nothing, Err(Refusal::Empty));
        }
    }

    #[test]
    fn t1_7_characters_that_disguise_are_gone() {
        check("Re\u{202e}gnahc", Ok("Regnahc"));
        check("http://gut\u{200b}.example", Ok("http://gut.example"));
    }

    #[test]
    fn texts_that_somebody_would_call_the_same_share_a_number() {
        let number = |text| Body::parse(text).expect("a body").fingerprint();
        assert_eq!(number("Das  ist\nes"), number("das ist es"));
        assert_ne!(number("das ist es"), number("das ist es!"));
    }

    #[test]
    fn lists_show_first_words_whole() {
        let body = Body::parse("> Wirklich?\nJa, wirklich und wahrhaftig.").expect("a body");
        assert_eq!(body.first_words(20), "Wirklich? Ja,…");
        assert_eq!(body.first_words(99), "Wirklich? Ja, wirklich und wahrhaftig.");
        let long = Body::parse(&"x".repeat(99)).expect("a body");
        assert_eq!(long.first_words(10), "xxxxxxxxx…");
    }
}
