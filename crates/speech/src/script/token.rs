//! A word of the page, cut into itself and the punctuation around it; and the shapes of numbers.

/// A word and what clings to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// Quotation marks, brackets and dashes before it.
    pub(super) before: &'a str,
    /// The word, with signs that belong to it (`€`, `%`, `§`, a minus before a digit).
    pub(super) core: &'a str,
    /// The punctuation after it.
    pub(super) after: &'a str,
}

impl<'a> Token<'a> {
    pub(super) fn cut(word: &'a str) -> Token<'a> {
        let opening = |c: char| is_quote(c) || matches!(c, '(' | '[' | '{' | '…' | '.' | ',' | '¿' | '¡');
        let closing = |c: char| {
            is_quote(c) || matches!(c, ')' | ']' | '}' | '…' | '.' | ',' | ';' | ':' | '!' | '?' | '/')
        };
        let rest = word.trim_start_matches(opening);
        let before = &word[..word.len() - rest.len()];
        let core = rest.trim_end_matches(closing);
        // „3,–“ and „3,-“ are amounts; any other dash at an end is a pause.
        let bare = if core.ends_with(",–") || core.ends_with(",-") {
            core
        } else {
            core.trim_end_matches(is_dash)
        };
        let core = if bare.is_empty() { core } else { bare };
        Token { before, core, after: &rest[core.len()..] }
    }

    /// Whether the word is only a dash.
    pub(super) fn is_dash(&self) -> bool {
        !self.core.is_empty() && self.core.chars().all(is_dash)
    }

    /// Whether a full stop follows at once, as after an abbreviation.
    pub(super) fn is_dotted(&self) -> bool {
        self.after.starts_with('.')
    }

    /// Whether nothing stands between this word and the next.
    pub(super) fn runs_on(&self) -> bool {
        self.after.is_empty()
    }

    /// The pause that the marks before the word ask for.
    pub(super) fn opening(&self) -> &'static str {
        if self.before.contains(['(', '[', '{', '–', '—']) { ", " } else { "" }
    }

    /// The marks after the word as the voice understands them.
    pub(super) fn closing(&self) -> String {
        self.after
            .chars()
            .filter_map(|mark| match mark {
                '.' | ',' | ';' | ':' | '!' | '?' => Some(mark),
                ')' | ']' | '}' | '…' | '–' | '—' => Some(','),
                _ => None,
            })
            .collect()
    }
}

pub(super) fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '–' | '—' | '‐' | '‑' | '−')
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '„' | '“' | '”' | '‚' | '‘' | '’' | '\'' | '»' | '«' | '›' | '‹' | '*' | '_' | '|')
}

/// A number as it is written, with the decimal mark and the marks between thousands of its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number<'a> {
    /// All of it.
    pub(super) text: &'a str,
    /// Before the decimal mark.
    pub(super) whole: &'a str,
    /// After it; a dash for „3,–“.
    pub(super) decimals: Option<&'a str>,
}

/// The longest number, so that a page of digits is none.
const MOST_DIGITS: usize = 24;

impl<'a> Number<'a> {
    /// The number at the start of a text, and the rest.
    pub(super) fn leading(text: &'a str, point: char, groups: &[char]) -> Option<(Number<'a>, &'a str)> {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let mut end = digits(text);
        if end == 0 || end > MOST_DIGITS {
            return None;
        }
        while end <= 3 || text[..end].contains(groups) {
            let Some(rest) = text[end..].strip_prefix(groups) else { break };
            if digits(rest) != 3 || end > MOST_DIGITS {
                break;
            }
            end = text.len() - rest.len() + 3;
        }
        let (whole, rest) = text.split_at(end);
        let number = |decimals: Option<&'a str>, rest: &'a str| {
            Some((Number { text: &text[..text.len() - rest.len()], whole, decimals }, rest))
        };
        if let Some(after) = rest.strip_prefix(point) {
            let count = digits(after);
            let dash = after.chars().next().filter(|c| is_dash(*c)).map_or(0, char::len_utf8);
            if (1..=MOST_DIGITS).contains(&count) {
                return number(Some(&after[..count]), &after[count..]);
            } else if dash == after.len() && dash > 0 {
                return number(Some(after), "");
            }
        }
        number(None, rest)
    }

    /// A text that is a number and nothing else.
    pub(super) fn parse(text: &'a str, point: char, groups: &[char]) -> Option<Number<'a>> {
        Number::leading(text, point, groups).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number)
    }

    /// Whether it is exactly one.
    pub(super) fn is_one(&self) -> bool {
        self.text == "1"
    }
}

/// Hours and minutes of `9.30` or `9:30`.
pub(super) fn time_of_day(text: &str) -> Option<(&str, &str)> {
    let (hours, minutes) = text.split_once([':', '.'])?;
    let fits = |text: &str, below: u8, shortest: usize| {
        (shortest..=2).contains(&text.len()) && text.parse::<u8>().is_ok_and(|n| n < below)
    };
    (fits(hours, 25, 1) && fits(minutes, 60, 2)).then_some((hours, minutes))
}

/// One to four digits and nothing else.
pub(super) fn is_small_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
