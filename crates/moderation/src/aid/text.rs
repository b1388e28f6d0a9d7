//! A text, taken apart: tokens between blanks, the words in them, and the numbers that describe its manner.

use super::lexicon::{LEXICON, fold};

/// A run of letters and digits.
pub(super) struct Word<'a> {
    /// As it was written.
    pub(super) written: &'a str,
    pub(super) lower: String,
    /// The token it stands in.
    pub(super) token: usize,
    /// What it is about.
    pub(super) classes: Vec<u8>,
}

/// A text, taken apart.
pub(super) struct Text<'a> {
    whole: &'a str,
    /// What stands between two blanks, in lower case.
    pub(super) tokens: Vec<String>,
    pub(super) words: Vec<Word<'a>>,
}

impl<'a> Text<'a> {
    pub(super) fn of(whole: &'a str) -> Text<'a> {
        let (mut tokens, mut words) = (Vec::new(), Vec::new());
        for written in whole.split_whitespace() {
            let parts = written.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            words.extend(parts.filter(|part| !part.is_empty()).map(|part| Word {
                written: part,
                lower: part.to_lowercase(),
                token: tokens.len(),
                classes: LEXICON.classes(&fold(part)),
            }));
            tokens.push(written.to_lowercase());
        }
        Text { whole, tokens, words }
    }

    /// The numbers that describe the text: its manner, then what its words are about. Always [`count`] of them.
    pub(super) fn numbers(&self) -> Vec<f32> {
        let mut numbers = self.manner();
        let mut hits = vec![0_f64; LEXICON.len()];
        for class in self.words.iter().flat_map(|word| &word.classes) {
            hits[usize::from(*class)] += 1.0;
        }
        let words = self.words.len() as f64 + 3.0;
        numbers.extend(hits.iter().map(|hits| hits.min(1.0) as f32));
        numbers.extend(hits.iter().map(|hits| hits.ln_1p() as f32));
        numbers.extend(hits.iter().map(|hits| (hits / words).sqrt() as f32));
        numbers
    }

    /// How it is written: length, capitals, marks, emoji, form of address. In this order for ever: models rely on it.
    fn manner(&self) -> Vec<f32> {
        let (text, words) = (self.whole, &self.words);
        let count = words.len() as f64 + 1.0;
        let letters: Vec<char> = text.chars().collect();
        let many =
            |wanted: &dyn Fn(char) -> bool| letters.iter().filter(|letter| wanted(**letter)).count() as f64;
        let any_of = |marks: &'static str| many(&|letter| marks.contains(letter)).ln_1p();
        let in_words =
            |wanted: &dyn Fn(&Word) -> bool| words.iter().filter(|word| wanted(word)).count() as f64;
        let ends = |wanted: &dyn Fn(char) -> bool| {
            f64::from(u8::from(letters.iter().rev().find(|l| !l.is_whitespace()).is_some_and(|l| wanted(*l))))
        };
        let alphabetic = many(&char::is_alphabetic) + 1.0;
        let sentences =
            text.split(['.', '!', '?']).filter(|sentence| !sentence.trim().is_empty()).count() as f64;
        let mut different: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
        different.sort_unstable();
        different.dedup();
        let smileys =
            [";)", ";-)", ":)", ":-)", ":D"].iter().map(|smiley| text.matches(smiley).count()).sum::<usize>();
        [
            count.ln(),
            (letters.len() as f64 + 1.0).ln(),
            many(&char::is_uppercase) / alphabetic,
            in_words(&shouts).ln_1p(),
            any_of("!"),
            any_of("?"),
            (runs(&letters, |letter| letter == '.', 3) + many(&|letter| letter == '…')).ln_1p(),
            runs(&letters, |letter| "!?".contains(letter), 2).ln_1p(),
            many(&is_emoji).ln_1p(),
            any_of("😂🤣😅😆😁🤪😜🙈"),
            any_of("🤮🤢😡🤬💩🖕🤦🤡🙄"),
            any_of("👍❤👏🙏😊😍💪💚🥰"),
            any_of("\"„“»"),
            any_of("@"),
            f64::from(u8::from(text.starts_with('@'))),
            (text.matches("http").count() as f64).ln_1p(),
            many(&|letter| letter.is_ascii_digit()).ln_1p(),
            (count / (sentences + 1.0) + 1.0).ln(),
            words.iter().map(|word| word.written.chars().count()).sum::<usize>() as f64 / count,
            any_of(","),
            any_of("."),
            f64::from(u8::from(letters.first().is_some_and(|first| first.is_lowercase()))),
            any_of("\n"),
            (text.split('*').skip(1).step_by(2).filter(|part| is_one_word(part)).count() as f64).ln_1p(),
            drawn_out(&letters).ln_1p(),
            in_words(&|word| word.written.chars().count() > 10) / count,
            different.len() as f64 / count,
            in_words(&|word| matches!(word.written, "Sie" | "Ihnen" | "Ihr" | "Ihre" | "Ihren" | "Ihrer"))
                .ln_1p(),
            (smileys as f64).ln_1p(),
            ends(&|letter| letter == '?'),
            ends(&|letter| letter == '!'),
            ends(&char::is_alphanumeric),
            (in_words(&|word| word.written.starts_with(char::is_uppercase)) / count).ln_1p(),
        ]
        .map(|number| number as f32)
        .to_vec()
    }
}

/// How many numbers describe the manner of a text.
pub(super) const MANNER: usize = 33;

/// How many numbers describe a text.
pub(super) fn count() -> usize {
    MANNER + 3 * LEXICON.len()
}

/// The classes of words stand three times behind the manner: whether, how many, how densely. Which of the three and which class
/// this is.
pub(super) fn class_of(number: usize) -> Option<u8> {
    let behind = number.checked_sub(MANNER)?;
    u8::try_from(behind % LEXICON.len()).ok()
}

/// Whether a word is written in capitals; names in capitals that stand for removed ones are not meant.
fn shouts(word: &Word) -> bool {
    word.written != "USER"
        && word.written.chars().count() > 2
        && word.written.chars().any(char::is_uppercase)
        && !word.written.chars().any(char::is_lowercase)
}

fn is_one_word(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// Symbols and pictures, without the marks that choose how one of them is drawn.
fn is_emoji(letter: char) -> bool {
    letter > '\u{2190}' && !('\u{fe00}'..='\u{fe0f}').contains(&letter)
}

/// How often at least `least` such letters stand in a row.
fn runs(letters: &[char], wanted: impl Fn(char) -> bool, least: usize) -> f64 {
    letters
        .chunk_by(|a, b| wanted(*a) == wanted(*b))
        .filter(|run| wanted(run[0]) && run.len() >= least)
        .count() as f64
}

/// How often the same letter stands three times in a row.
fn drawn_out(letters: &[char]) -> f64 {
    letters.chunk_by(|a, b| a == b).filter(|run| run.len() >= 3).count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_as_many_numbers() {
        for text in
            ["", " ", "Nein.", "WAS SOLL DAS?!?!?! 🤮🤮", "*lach* soooo … ;-)", "@USER http://x \0 a\u{fe0f}"]
        {
            let numbers = Text::of(text).numbers();
            assert_eq!(numbers.len(), count(), "{text:?}");
            assert!(numbers.iter().all(|number| number.is_finite()), "{text:?}");
        }
        assert_eq!(Text::of("").manner().len(), MANNER);
    }

    #[test]
    fn words_know_their_token() {
        let text = Text::of("Na, *du* Depp!!");
        let words: Vec<_> = text.words.iter().map(|word| (word.written, word.token)).collect();
        assert_eq!(words, [("Na", 0), ("du", 1), ("Depp", 2)]);
    }
}
