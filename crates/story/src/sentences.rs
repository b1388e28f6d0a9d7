//! Text into sentences, in German and English, in one pass.
//!
//! A full stop ends a sentence unless something speaks against it: a small letter follows, the word before is an
//! abbreviation or an initial, or the number before is an ordinal („3. Oktober“). It is a newspaper's rule of thumb, not
//! grammar: a missed border costs a longer highlight, a wrong one a breath in the wrong place.

use std::ops::Range;

use crate::Language;

/// The sentences of `text` as ranges of bytes, in order. Between them, before the first and after the last there is
/// nothing but white space: no letter is lost. Takes time in proportion to the text.
#[must_use]
pub fn split(text: &str, language: Language) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = skip_space(text, 0);
    let mut at = start;
    while let Some(found) = text[at..].find(['.', '!', '?', '…']) {
        let mark = at + found;
        let after = end_of_marks(text, mark);
        let next = skip_space(text, after);
        if next == text.len() {
            break;
        }
        if next > after && ends(text, start, mark, next, language) {
            sentences.push(start..after);
            start = next;
        }
        at = next;
    }
    let end = text.trim_end().len();
    if start < end {
        sentences.push(start..end);
    }
    sentences
}

/// The byte after a run of full stops, question and exclamation marks and the quotation marks and brackets that close after them.
fn end_of_marks(text: &str, mark: usize) -> usize {
    let run = |c: char| ".!?…“”’‘\"'»«›‹)]".contains(c);
    text[mark..].find(|c| !run(c)).map_or(text.len(), |length| mark + length)
}

fn skip_space(text: &str, at: usize) -> usize {
    text[at..].find(|c: char| !c.is_whitespace()).map_or(text.len(), |length| at + length)
}

/// Whether the mark at `mark` ends the sentence that began at `start`, when the next word begins at `next`.
fn ends(text: &str, start: usize, mark: usize, next: usize, language: Language) -> bool {
    let next = first_word(&text[next..]);
    let goes_on = next.starts_with(|c: char| c.is_lowercase() || "–—-,;:)&/".contains(c));
    if goes_on {
        return false;
    }
    // Only a single full stop can be something else than an end.
    if !text[mark..].starts_with('.') || text[mark + 1..].starts_with(['.', '!', '?']) {
        return true;
    }
    let word = last_word(&text[start..mark]);
    if word.is_empty() {
        return true;
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return number_ends(word, next, language);
    }
    let starts_anew = STARTERS.contains(&next);
    let bare = word.rsplit('.').next().unwrap_or(word);
    let is_initial = bare.chars().count() == 1 && bare.chars().all(char::is_alphabetic);
    if is_initial || is_roman(word) {
        return starts_anew;
    }
    if NEVER_LAST.contains(&word) {
        return false;
    }
    if OFTEN_LAST.contains(&word) {
        return starts_anew;
    }
    let before_a_number = BEFORE_A_NUMBER.contains(&word) || word.ends_with("str");
    !(before_a_number && next.starts_with(|c: char| c.is_ascii_digit()))
}

/// „am 3. Oktober“, „der 2. Platz“, „im 19. Jahrhundert“, but „seit 2015. Rapid …“, and in English always an end.
fn number_ends(number: &str, next: &str, language: Language) -> bool {
    if STARTERS.contains(&next) {
        return true;
    }
    if !language.is_german() {
        return true;
    }
    let is_word = next.starts_with(char::is_alphabetic) || next.starts_with(|c: char| c.is_ascii_digit());
    !(is_word && number.len() <= 2)
}

/// The word at the start, without quotation marks and brackets that open.
fn first_word(text: &str) -> &str {
    const MOST: usize = 24;
    let text = text.trim_start_matches(|c: char| "„“”\"'‚‘»«›‹([".contains(c));
    let end = text
        .char_indices()
        .take(MOST)
        .skip(1)
        .find(|(_, c)| !c.is_alphanumeric() && *c != '\u{ad}')
        .map_or_else(|| text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at), |(at, _)| at);
    &text[..end]
}

/// The word at the end, with full stops within it („z.B“).
fn last_word(text: &str) -> &str {
    const MOST: usize = 24;
    let start =
        text.char_indices().rev().take(MOST).find(|(_, c)| !c.is_alphanumeric() && *c != '.').map_or_else(
            || text.char_indices().rev().nth(MOST - 1).map_or(0, |(at, _)| at),
            |(at, c)| at + c.len_utf8(),
        );
    text[start..].trim_matches('.')
}

/// „Johannes Paul II. kam“; a lone capital is an initial.
fn is_roman(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// Words that begin a sentence and hardly follow an abbreviation, an initial or an ordinal within one.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "Aber", "Alle", "Als", "Am", "An", "Auch", "Auf", "Aus", "Bei", "Beide", "Bis", "Da", "Dabei", "Dafür", "Dagegen", "Daher", "Damit",
    "Danach", "Dann", "Daran", "Darauf", "Darum", "Das", "Dass", "Dazu", "Dem", "Den", "Denn", "Der", "Des", "Deshalb", "Die", "Dies",
    "Diese", "Dieser", "Dieses", "Doch", "Dort", "Durch", "Ein", "Eine", "Einem", "Einen", "Einer", "Er", "Erst", "Es", "Für", "Gegen",
    "Hier", "Ich", "Ihr", "Ihre", "Im", "In", "Ist", "Ja", "Jetzt", "Kein", "Keine", "Laut", "Man", "Mit", "Nach", "Nachdem", "Nein",
    "Nicht", "Noch", "Nun", "Nur", "Ob", "Obwohl", "Oder", "Ohne", "Schon", "Sein", "Seine", "Seit", "Sie", "So", "Sollte", "Trotz",
    "Über", "Um", "Und", "Unter", "Viele", "Vom", "Von", "Vor", "Wann", "War", "Warum", "Was", "Wegen", "Weil", "Weiter", "Wenn", "Wer",
    "Wie", "Wir", "Wo", "Während", "Zu", "Zudem", "Zuletzt", "Zum", "Zur", "Zwar", "Zwischen",
    "A", "After", "All", "And", "As", "At", "Before", "But", "By", "For", "From", "He", "Her", "His", "How", "However", "I", "If",
    "It", "Its", "No", "Now", "On", "One", "Our", "She", "Since", "The", "Their", "There", "These", "They", "This", "Those", "To",
    "We", "What", "When", "While", "Who", "Why", "With", "You",
];

/// Abbreviations that something must follow, as they are written.
#[rustfmt::skip]
const NEVER_LAST: &[&str] = &[
    "Abt", "allg", "Bgm", "bzw", "Bzw", "ca", "Ca", "d.h", "Dipl", "Dir", "Dr", "Dres", "entspr", "evtl", "Evtl", "exkl", "Fa", "Fam", "Fr",
    "geb", "Gebr", "gem", "Gen", "gest", "gez", "ggf", "hl", "Hl", "Hr", "Hrn", "hrsg", "Hrsg", "inkl", "Ing", "insb", "insbes", "Kfm", "lt",
    "Lt", "Mag", "mind", "Mio", "Mrd", "Nr", "o.g", "phil", "Prof", "rd", "rer", "röm", "sog", "St", "Sta", "stellv", "Tsd", "u.a", "Univ",
    "urspr", "verh", "vgl", "Vgl", "Vors", "z.B", "Z.B", "zzgl",
    "Mr", "Mrs", "Ms", "Messrs", "Rev", "Hon", "Gov", "Sen", "Rep", "Col", "Capt", "Sgt", "Mt", "Ft", "vs", "approx", "i.e", "e.g",
];

/// Abbreviations that may also stand at the end; then what follows says it.
#[rustfmt::skip]
const OFTEN_LAST: &[&str] = &[
    "usw", "etc", "uvm", "u.v.m", "u.ä", "o.ä", "Co", "Jh", "Jhdt", "max", "min", "Min", "Std", "Sek", "Chr", "v.Chr", "n.Chr", "e.V", "jun",
    "sen", "MwSt", "USt", "Inc", "Ltd", "Corp", "Bros", "Jr", "Sr", "a.m", "p.m", "D.C", "U.S", "U.K", "A.D",
    "Jän", "Jan", "Feb", "Apr", "Aug", "Sep", "Sept", "Okt", "Oct", "Nov", "Dez", "Dec", "NÖ", "OÖ", "Bgld", "Stmk", "Ktn", "Sbg", "Vbg",
];

/// Abbreviations only before a number.
const BEFORE_A_NUMBER: &[&str] =
    &["Abs", "abs", "Art", "No", "no", "Kap", "Abb", "Tel", "lit", "Fig", "est", "S", "Bd", "Z"];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `|` marks the borders.
    #[track_caller]
    fn check(marked: &str) {
        check_in(marked, Language::Austrian);
    }

    #[track_caller]
    fn check_in(marked: &str, language: Language) {
        let text = marked.replace('|', "");
        let found: Vec<&str> = split(&text, language).into_iter().map(|range| &text[range]).collect();
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn german_sentences() {
        check("Die Brücke ist zu. |Sie bleibt es bis Freitag. |Dann kommt der Kran.");
        check("Am 3. Oktober 2026 fährt sie. |Im 19. Jahrhundert fuhr sie auch.");
        check("Das war 2024. |Rapid wurde Dritter. |Im Jahr 1971. |Die Stadt wuchs.");
        check("Sie wurde 2. und er 3. |Das genügt.");
        check("Es geht z. B. um Holz, d. h. um Geld, u. a. bei Dr. Maier und Mag. a. Huber.");
        check("Es kostet 18,6 Mio. Euro, ca. 1.500 Euro je Kopf (inkl. Steuer) usw. |Das ist viel.");
        check("Um 20.45 Uhr beginnt es. |Karten: Tel. 02799 555.");
        check("„Es ist aus.“ |„Wirklich?“ |Sie ging. |„Halt!“ rief er. |»Warum?« fragte sie.");
        check("Er sagte: „Ich gehe. |Und ihr bleibt.“ |Dann ging er.");
        check("Josef K. Müller wohnt in St. Nikola, Bergstr. 5. |Er ist 40.");
        check("Papst Johannes Paul II. kam nach Wien. |König Karl I. |Er regierte kurz.");
        check("Was nun …? |Man weiß es nicht… |Vielleicht.");
        check("Er mag diese Art. |Das sagt Art. 5 Abs. 2 auch.");
        check("Das ist gut so. |Rapid gewann. |Max kam mit seinem Freund Max. |Beide lachten.");
        check("Siehe www.blatt.example. |Dort steht es.");
        check("Er kam nicht. – Warum nicht?");
        check("Ohne Punkt am Ende");
        check("3.400 m³ Erde, −42 % Bedarf. |12 Menschen halfen. |7 davon nachts.");
    }

    #[test]
    fn english_sentences() {
        let check = |marked: &str| check_in(marked, Language::English);
        check("Mr. Brown met Dr. Hill at 5 p.m. on Friday. |They talked.");
        check("It was 5 p.m. |The ferry left.");
        check("She came in 12. |Brown came in No. 3.");
        check("“Is it safe?” she asked. |“No. |Not yet.”");
        check("She said no. |Then she left, e.g. by boat.");
        check("J. R. Hale wrote it. |He lives in Washington D.C. |He likes it.");
    }

    #[test]
    fn t1_8_splitting_takes_time_in_proportion() {
        for hostile in [".", ". ", "A. ", "1. ", "„", "a.“ ", "…!?", "z.B.", "\u{a0}. "] {
            let text = hostile.repeat(1_000_000 / hostile.len());
            let started = std::time::Instant::now();
            let _ = split(&text, Language::Austrian);
            assert!(started.elapsed().as_secs() < 5, "{hostile:?} took {:?}", started.elapsed());
        }
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "([a-zA-ZäÖß„“ .!?…\n0-9,()–\u{a0}]|z\\. B\\. |Dr\\. |\\PC){0,60}") {
            let mut at = 0;
            for range in split(&text, Language::Austrian) {
                prop_assert!(text[at..range.start].trim().is_empty());
                prop_assert!(range.start < range.end);
                prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
                at = range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
