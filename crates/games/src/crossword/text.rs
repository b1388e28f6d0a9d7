//! Texts of an ipuz file as we print them.

use serde_json::Value;
use story::Line;

/// A text or a number as text.
pub(super) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Exactly one letter or digit, as a capital.
pub(super) fn one_letter(value: &Value) -> Option<char> {
    let text = value.as_str()?.trim();
    let line = Line::parse("ipuz", text, 1).ok()?;
    let letter = line.as_str().chars().next().filter(|letter| letter.is_alphanumeric())?;
    let mut capitals = letter.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => Some(capital),
        // ß stays what it is.
        _ => Some(letter),
    }
}

/// ipuz allows a little HTML in clues; we print plain text.
pub(super) fn without_markup(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let tags = [
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<em>",
            "</em>",
            "<strong>",
            "</strong>",
            "<s>",
            "</s>",
            "<u>",
            "</u>",
            "<sub>",
            "</sub>",
            "<sup>",
            "</sup>",
        ];
        let signs = [
            ("<br>", " "),
            ("<br/>", " "),
            ("<br />", " "),
            ("&amp;", "&"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&nbsp;", "\u{a0}"),
        ];
        let known = tags.iter().map(|tag| (*tag, "")).chain(signs);
        let lower: String = rest.chars().take(9).flat_map(char::to_lowercase).collect();
        match known.into_iter().find(|(sign, _)| lower.starts_with(sign)) {
            Some((sign, stands_for)) => {
                plain.push_str(stands_for);
                rest = &rest[sign.len()..];
            }
            None => {
                plain.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}
