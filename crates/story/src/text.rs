//! Text as it is printed: one line, or a paragraph with a little emphasis and links.

use std::fmt;
use std::ops::Range;

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
    /// A link that leads neither to the web, nor to a mail address, nor into this paper.
    Link {
        /// Where it would lead, shortened.
        to: String,
    },
}

impl Trouble {
    /// The same in German.
    #[must_use]
    pub fn german(&self) -> String {
        match self {
            Trouble::Empty { field } => format!("„{field}“ ist leer"),
            Trouble::TooLong { field, longest } => format!("„{field}“ hat mehr als {longest} Zeichen"),
            Trouble::Unprintable { field } => format!("„{field}“ enthält ein Steuerzeichen"),
            Trouble::Link { to } => {
                format!(
                    "der Link „{to}“ geht nicht: http://, https://, mailto: oder ein Pfad dieser Zeitung wie /sport"
                )
            }
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Empty { field } => write!(f, "{field} is empty"),
            Trouble::TooLong { field, longest } => write!(f, "{field} has more than {longest} characters"),
            Trouble::Unprintable { field } => write!(f, "{field} holds a control character"),
            Trouble::Link { to } => {
                write!(
                    f,
                    "the link {to:?} does not work: write http://, https://, mailto: or a path of this paper such as /sport"
                )
            }
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
    // Before composing: an invisible character may stand between a letter and its accent, and cleaning twice must change nothing.
    let visible = || text.chars().filter(|letter| !is_invisible(*letter));
    if visible().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\t' | '\r')) {
        return Err(Trouble::Unprintable { field });
    }
    Ok(visible().nfc().collect())
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

impl Run {
    pub(crate) fn words_mut(&mut self) -> &mut String {
        match self {
            Run::Plain(words) | Run::Emphasis(words) | Run::Strong(words) | Run::Link { text: words, .. } => {
                words
            }
        }
    }

    pub(crate) fn looks_like(&self, other: &Run) -> bool {
        match (self, other) {
            (Run::Link { to: one, .. }, Run::Link { to: other, .. }) => one == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Text {
    /// The most characters of one paragraph, quote or list item.
    pub const LONGEST: usize = 20_000;

    /// Takes runs as they were found: composes and cleans them, makes every white space one space, joins what looks
    /// the same and judges the links. White space at the border of a run belongs to the plain text around it,
    /// so that no underline hangs over. No-break spaces stay.
    pub fn parse(field: &'static str, runs: Vec<Run>) -> Result<Text, Trouble> {
        let mut tidy: Vec<Run> = Vec::with_capacity(runs.len());
        let mut length = 0;
        let mut gap = false;
        for mut run in runs {
            if let Run::Link { to, .. } = &mut run {
                *to = link(to).ok_or_else(|| Trouble::Link { to: to.chars().take(80).collect() })?;
            }
            let words = clean(field, run.words())?;
            let mut pieces = words.split(is_space).filter(|piece| !piece.is_empty()).peekable();
            gap |= words.starts_with(is_space) || (pieces.peek().is_none() && !words.is_empty());
            if pieces.peek().is_none() {
                continue;
            }
            let joined = pieces.collect::<Vec<_>>().join(" ");
            length += joined.chars().count() + usize::from(gap);
            if length > Text::LONGEST {
                return Err(Trouble::TooLong { field, longest: Text::LONGEST });
            }
            let ends_in_gap = words.ends_with(is_space);
            *run.words_mut() = joined;
            push(&mut tidy, run, gap);
            gap = ends_in_gap;
        }
        if tidy.iter().all(|run| run.words().trim().is_empty()) {
            return Err(Trouble::Empty { field });
        }
        Ok(Text(tidy))
    }

    /// A paragraph without emphasis or links, as it is.
    #[must_use]
    pub fn plain(words: impl Into<String>) -> Text {
        Text(vec![Run::Plain(words.into())])
    }

    /// What is read, without markup.
    #[must_use]
    pub fn words(&self) -> String {
        self.0.iter().map(Run::words).collect()
    }

    /// The runs within a range of bytes of [`words`](Text::words), cut where the range begins and ends:
    /// what a page wraps to mark one sentence. A border inside a letter moves to the letter's end.
    #[must_use]
    pub fn cut(&self, range: Range<usize>) -> Text {
        let mut start = 0;
        let mut cut = Vec::new();
        for run in &self.0 {
            let words = run.words();
            let from = border(words, range.start.saturating_sub(start));
            let to = border(words, range.end.saturating_sub(start));
            if from < to {
                let mut piece = run.clone();
                *piece.words_mut() = words[from..to].to_owned();
                cut.push(piece);
            }
            start += words.len();
        }
        Text(cut)
    }
}

/// The next border between letters at or after `at`, at most the end.
fn border(words: &str, at: usize) -> usize {
    (at..words.len()).find(|&at| words.is_char_boundary(at)).unwrap_or(words.len())
}

/// White space that may become one space; a no-break space holds two words together and stays.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}')
}

/// Adds a run after a space, if there was one; the space goes to whichever side is plain.
fn push(tidy: &mut Vec<Run>, mut run: Run, gap: bool) {
    let Some(last) = tidy.last_mut() else {
        tidy.push(run);
        return;
    };
    if last.looks_like(&run) {
        if gap {
            last.words_mut().push(' ');
        }
        last.words_mut().push_str(run.words());
        return;
    }
    if gap {
        match (&mut *last, &mut run) {
            (Run::Plain(words), _) => words.push(' '),
            (_, Run::Plain(words)) => words.insert(0, ' '),
            _ => tidy.push(Run::Plain(" ".to_owned())),
        }
    }
    tidy.push(run);
}

/// Takes where a link leads: `http`, `https`, `mailto`, or a path of this paper. Anything a browser might
/// read differently from us (white space, control or invisible characters, backslashes, `//host`) is no link (T1.3).
#[must_use]
pub fn link(to: &str) -> Option<String> {
    const LONGEST: usize = 2000;
    let to = to.trim();
    let odd = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || c == '\\';
    if to.len() > LONGEST || to.contains(odd) {
        return None;
    }
    let lower = to.get(..8.min(to.len())).unwrap_or(to).to_ascii_lowercase();
    let own_path = to.starts_with('/') && !to.starts_with("//");
    let elsewhere = ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme) && to.len() > scheme.len());
    (own_path || elsewhere).then(|| to.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn t1_3_only_links_that_lead_somewhere_are_links() {
        for good in
            ["https://blatt.example/a?b=c#d", "HTTP://x.example", "mailto:redaktion@x.example", "/sport", "/"]
        {
            assert_eq!(link(good).as_deref(), Some(good));
        }
        for wrong in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "ftp://x",
            "https://",
            "mailto:",
            "sport",
            "#a",
            "",
            "https://a b",
            "https://a\u{202e}b",
            "\u{1}javascript:x",
        ] {
            assert_eq!(link(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn runs_are_tidied_without_losing_a_word() {
        #[track_caller]
        fn check(runs: Vec<Run>, expected: Vec<Run>) {
            assert_eq!(Text::parse("paragraph", runs), Ok(Text(expected)));
        }
        let plain = |t: &str| Run::Plain(t.to_owned());
        let em = |t: &str| Run::Emphasis(t.to_owned());
        let strong = |t: &str| Run::Strong(t.to_owned());
        check(vec![plain("  a\n "), plain(" b ")], vec![plain("a b")]);
        check(vec![plain("a"), em(" b "), plain("c")], vec![plain("a "), em("b"), plain(" c")]);
        check(vec![em("a "), strong("b")], vec![em("a"), plain(" "), strong("b")]);
        check(vec![plain("18,6\u{a0}Mio.")], vec![plain("18,6\u{a0}Mio.")]);
        check(vec![plain("a\u{200b}b")], vec![plain("ab")]);
        check(vec![plain("a"), plain(" "), em(" "), plain("b")], vec![plain("a b")]);
    }

    #[test]
    fn a_text_says_why_it_refuses() {
        #[track_caller]
        fn check(runs: Vec<Run>, expected: Trouble) {
            assert_eq!(Text::parse("paragraph", runs), Err(expected));
        }
        check(vec![], Trouble::Empty { field: "paragraph" });
        check(vec![Run::Plain("\u{200b} \u{a0}".into())], Trouble::Empty { field: "paragraph" });
        check(vec![Run::Plain("a\0".into())], Trouble::Unprintable { field: "paragraph" });
        check(vec![Run::Plain("a".repeat(20_001))], Trouble::TooLong { field: "paragraph", longest: 20_000 });
        let to = "javascript:x".to_owned();
        check(vec![Run::Link { text: "a".into(), to: to.clone() }], Trouble::Link { to });
    }

    #[test]
    fn a_sentence_is_cut_out_with_its_emphasis() {
        let text = Text(vec![
            Run::Plain("Für ".into()),
            Run::Emphasis("alle da".into()),
            Run::Plain(". Ende".into()),
        ]);
        assert_eq!(text.cut(5..14), Text(vec![Run::Emphasis("alle da".into()), Run::Plain(". ".into())]));
        assert_eq!(text.cut(0..2), Text::plain("Fü"));
        assert_eq!(text.cut(90..99), Text(vec![]));
    }

    proptest! {
        /// A line is read back from its row by parsing it again.
        #[test]
        fn a_line_parsed_again_is_the_same(text in "[a-zäÖ \u{a0}\u{ad}\u{200b}\u{fe0f}\u{300}-\u{330}\u{1100}-\u{11ff}가-각\u{3131}]{1,20}|\\PC{1,20}") {
            if let Ok(line) = Line::parse("line", &text, usize::MAX) {
                prop_assert_eq!(Line::parse("line", line.as_str(), usize::MAX).ok(), Some(line));
            }
        }
    }

    #[test]
    fn t1_7_an_accent_behind_something_invisible_is_still_composed() {
        let line = Line::parse("name", "Zo\u{200b}e\u{fe0f}\u{308}", 10).map(|line| line.to_string());
        assert_eq!(line.ok().as_deref(), Some("Zo\u{eb}"));
    }
}
