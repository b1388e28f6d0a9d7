//! The only text an engine ever gets.

use unicode_normalization::UnicodeNormalization;

/// The longest word in bytes: the engine keeps a word in 255 bytes and does not look whether it fits.
const LONGEST_WORD: usize = 120;

/// Words that are safe to speak: Latin letters, digits and a little punctuation, single spaces, no word longer than 120 bytes.
/// No `<`, which would begin a command to the engine, and no control character, of which NUL would end the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Utterance(String);

/// What becomes of one character.
enum Kept {
    Letter(char),
    Mark(char),
    Gap,
    Foreign,
    Nothing,
}

impl Utterance {
    /// Keeps what can be spoken. Also tells how many letters could not, because they are of another script;
    /// there is no utterance if nothing is left that sounds.
    #[must_use]
    pub fn parse(text: &str) -> (Option<Utterance>, usize) {
        let mut spoken = String::with_capacity(text.len());
        let (mut word, mut letters, mut foreign) = (0, 0, 0);
        for kept in text.nfc().flat_map(kept) {
            match kept {
                Kept::Letter(letter) => {
                    if word >= LONGEST_WORD {
                        word = gap(&mut spoken);
                    }
                    spoken.push(letter);
                    letters += 1;
                    word += letter.len_utf8();
                }
                Kept::Mark(mark) if spoken.ends_with(|c: char| c.is_alphanumeric() || c == '%') => {
                    spoken.push(mark);
                    word += 1;
                }
                Kept::Mark(_) | Kept::Gap => word = gap(&mut spoken),
                Kept::Foreign => {
                    foreign += 1;
                    word = gap(&mut spoken);
                }
                Kept::Nothing => {}
            }
        }
        spoken.truncate(spoken.trim_end().len());
        ((letters > 0).then_some(Utterance(spoken)), foreign)
    }

    /// The words as they are spoken.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many letters, digits and marks.
    pub(super) fn letters(&self) -> usize {
        self.0.chars().count()
    }

    /// As the engine wants it: at half volume, where it does not clip, and ended by the NUL byte that starts it.
    pub(super) fn for_engine(&self) -> Vec<u8> {
        format!("<volume level=\"50\">{}</volume>\0", self.0).into_bytes()
    }
}

fn gap(spoken: &mut String) -> usize {
    if !spoken.is_empty() && !spoken.ends_with(' ') {
        spoken.push(' ');
    }
    0
}

/// Letters the voices do not know lose their accents: a name is then a little wrong and not silent.
fn kept(letter: char) -> impl Iterator<Item = Kept> {
    let (first, second) = match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | 'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü' | 'ß' | 'é' | 'è' | 'à' => {
            (Kept::Letter(letter), None)
        }
        '.' | ',' | ';' | ':' | '!' | '?' | '-' | '\'' | '%' => (Kept::Mark(letter), None),
        '’' => (Kept::Mark('\''), None),
        '\u{AD}' => (Kept::Nothing, None),
        c if story::is_invisible(c) => (Kept::Nothing, None),
        'ẞ' => (Kept::Letter('ß'), None),
        'ø' | 'œ' => (Kept::Letter('ö'), None),
        'Ø' | 'Œ' => (Kept::Letter('Ö'), None),
        'æ' => (Kept::Letter('ä'), None),
        'Æ' => (Kept::Letter('Ä'), None),
        'ł' => (Kept::Letter('l'), None),
        'Ł' => (Kept::Letter('L'), None),
        'đ' | 'ð' => (Kept::Letter('d'), None),
        'Đ' | 'Ð' => (Kept::Letter('D'), None),
        'ı' => (Kept::Letter('i'), None),
        'þ' => (Kept::Letter('t'), Some(Kept::Letter('h'))),
        'Þ' => (Kept::Letter('T'), Some(Kept::Letter('h'))),
        c if c.is_alphanumeric() => match c.nfd().next() {
            Some(base) if base.is_ascii_alphanumeric() => (Kept::Letter(base), None),
            _ => (Kept::Foreign, None),
        },
        c if unicode_normalization::char::is_combining_mark(c) => (Kept::Nothing, None),
        _ => (Kept::Gap, None),
    };
    std::iter::once(first).chain(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, spoken: &str, foreign: usize) {
        let (utterance, lost) = Utterance::parse(text);
        assert_eq!((utterance.as_ref().map_or("", Utterance::as_str), lost), (spoken, foreign), "{text:?}");
    }

    #[test]
    fn t1_8_nothing_the_engine_would_execute_is_left() {
        check("<genfile file=\"/etc/x.wav\">Hallo</genfile>", "genfile file etc x.wav Hallo genfile", 0);
        check("<play file='x'/>a < b > c", "play file x' a b c", 0);
        check("<<usesig<volume level=\"500\">", "usesig volume level 500", 0);
        check("vor\0nach\u{1}\u{7f}ende\r\nneu", "vor nach ende neu", 0);
        check("＜genfile＞ ‹genfile› ﹤x﹥", "genfile genfile x", 0);
        check("<\u{338} x", "x", 0);
    }

    #[test]
    fn letters_that_the_voice_does_not_know_lose_their_accents() {
        check("Škoda, Øresund, Łódź, Île, Þór", "Skoda, Öresund, Lodz, Ile, Thor", 0);
        check("Gro\u{308}ße, Stra\u{ad}ße", "Größe, Straße", 0);
    }

    #[test]
    fn other_scripts_are_counted_and_left_out() {
        check("Москва heißt Moskau", "heißt Moskau", 6);
        check("東京", "", 2);
        check("…!?", "", 0);
    }

    #[test]
    fn no_word_is_longer_than_the_engine_can_hold() {
        for text in ["a".repeat(10_000), "1.".repeat(10_000), "ä-".repeat(400), "....".repeat(500)] {
            let (utterance, _) = Utterance::parse(&text);
            let longest = utterance.iter().flat_map(|u| u.0.split(' ')).map(str::len).max();
            assert!(longest < Some(130), "{longest:?}");
        }
    }
}
