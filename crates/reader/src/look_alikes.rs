//! Which letters a name may have, and what they look like beside Latin ones.
//!
//! The tables are ours and coarse on purpose: a pair that is missing lets a disguise through, a pair too many only means
//! that somebody has to choose another name. They serve comparison and are never shown.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Alphabets in which a name may be written; one name uses one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Georgian,
    EastAsian,
    Hangul,
}

/// The alphabet of a letter, or nothing if it is not a letter of these.
pub(crate) fn script(letter: char) -> Option<Script> {
    let script = match letter {
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{531}'..='\u{587}' => Script::Armenian,
        '\u{5D0}'..='\u{5EA}' => Script::Hebrew,
        '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}' => Script::Arabic,
        '\u{900}'..='\u{963}' => Script::Devanagari,
        '\u{10A0}'..='\u{10FF}' => Script::Georgian,
        '\u{3041}'..='\u{30FA}' | '\u{30FC}' | '\u{4E00}'..='\u{9FFF}' => Script::EastAsian,
        '\u{AC00}'..='\u{D7A3}' => Script::Hangul,
        _ => return None,
    };
    // Devanagari writes its vowels as marks; everywhere else a mark that did not compose is decoration.
    (letter.is_alphabetic() || script == Script::Devanagari).then_some(script)
}

/// Letters of other alphabets, digits and signs, each with what it is taken for at a glance. Capitals stand here where
/// they resemble another letter than their small form does.
const RESEMBLES: &[(&str, &str)] = &[
    ("a", "аαΑАӑӓ@4ɑ"),
    ("b", "вВΒ8ЬьЪъβƄ"),
    ("c", "сСϲϹ"),
    ("d", "ԁԀ"),
    ("e", "еЕёЁєЄεΕ3"),
    ("f", "ғҒƒ"),
    ("g", "ɡԌ9"),
    ("h", "һҺнНΗћ"),
    ("j", "јЈϳ"),
    ("k", "кКκΚқҚĸ"),
    ("l", "iIlL1ıİіІїЇιΙӏӀ|!"),
    ("m", "мМΜ"),
    ("n", "ΝηпПл"),
    ("o", "оОοΟ0øØөӨσօՕ"),
    ("p", "рРρΡþÞ"),
    ("q", "ԛԚ"),
    ("r", "гГΓяЯ"),
    ("s", "ѕЅ5$"),
    ("t", "тТτΤ7+"),
    ("u", "υцЦսԱ"),
    ("v", "νѵѴ"),
    ("w", "ωшШщԝԜѡ"),
    ("x", "хХχΧ×"),
    ("y", "уУүҮΥγч"),
    ("z", "ΖζʐƵƶ2"),
    ("ae", "æÆ"),
    ("oe", "œŒ"),
    ("6", "б"),
];

/// Pairs that read as one letter in most typefaces.
const RUN_TOGETHER: &[(&str, &str)] = &[("rn", "m"), ("vv", "w")];

/// What is left of a name when everything is gone that a reader may overlook: case, accents, spaces and hyphens, and which of
/// several look-alikes a letter is. Two names with the same skeleton are not told apart in a thread.
///
/// The dots of ä, ö and ü count: „Müller“ and „Muller“ are two people in German.
pub(crate) fn skeleton(name: &str) -> String {
    let mut skeleton = String::with_capacity(name.len());
    for letter in name.nfkc() {
        if let Some(dotted) = umlaut(letter) {
            skeleton.push(dotted);
            continue;
        }
        for part in std::iter::once(letter).nfkd().filter(|part| !is_combining_mark(*part)) {
            push_resembled(&mut skeleton, part);
        }
    }
    for (pair, one) in RUN_TOGETHER {
        skeleton = skeleton.replace(pair, one);
    }
    skeleton
}

fn umlaut(letter: char) -> Option<char> {
    match letter {
        'ä' | 'Ä' | 'ӓ' | 'Ӓ' => Some('ä'),
        'ö' | 'Ö' | 'ӧ' | 'Ӧ' => Some('ö'),
        'ü' | 'Ü' => Some('ü'),
        _ => None,
    }
}

fn push_resembled(skeleton: &mut String, letter: char) {
    if letter == 'ß' || letter == 'ẞ' {
        skeleton.push_str("ss");
    } else if let Some((latin, _)) = RESEMBLES.iter().find(|(_, like)| like.contains(letter)) {
        skeleton.push_str(latin);
    } else {
        let small = letter.to_lowercase().filter(|c| c.is_alphanumeric());
        skeleton.extend(small.map(|c| if c == 'i' { 'l' } else { c }));
    }
}

/// A name as it is found again: compatibility forms, case and runs of white space do not count.
pub(crate) fn folded(name: &str) -> String {
    let lower: String = name.nfkc().flat_map(char::to_lowercase).collect();
    lower.replace('ß', "ss").split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn alike(one: &str, other: &str) {
        assert_eq!(skeleton(one), skeleton(other), "{one} / {other}");
    }

    #[track_caller]
    fn apart(one: &str, other: &str) {
        assert_ne!(skeleton(one), skeleton(other), "{one} / {other}");
    }

    #[test]
    fn t1_7_names_that_look_alike_have_one_skeleton() {
        alike("Anna Berger", "anna berger");
        alike("Anna Berger", "Anna-Berger");
        alike("Anna Berger", "АnnаВеrgеr");
        alike("Anna Berger", "Ａｎｎａ Ｂｅｒｇｅｒ");
        alike("Anna Berger", "4nna 8erger");
        alike("Anna Berger", "Ánnà Bérgêr");
        alike("HANNA", "ΗΑΝΝΑ");
        alike("Otto", "0tt0");
        alike("Iris", "lris");
        alike("Emil", "Emi1");
        alike("Bernd", "Bemd");
        alike("Straßer", "STRASSER");
        alike("Max Power", "Маx Роwer");
    }

    #[test]
    fn different_people_have_different_skeletons() {
        apart("Müller", "Muller");
        apart("Müller", "Mueller");
        apart("Leser1984", "Leser1985");
        apart("Clara", "Dara");
        apart("Mila", "Milla");
        apart("Анна", "Anna");
    }
}
