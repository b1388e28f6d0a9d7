//! When each sentence and each word is heard.

use serde::{Deserialize, Serialize};

use crate::script::Word;

/// When everything in a recording is heard, in milliseconds from its start; the form is that of `audio.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timings {
    /// The version of this form, 1.
    pub version: u32,
    /// How long the recording lasts.
    pub duration_ms: u64,
    /// In the order they are heard.
    pub sentences: Vec<SentenceTimes>,
}

/// One sentence. One that the voice could not speak starts and ends in the same moment and has no words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceTimes {
    /// Its id in the page.
    pub id: String,
    /// When it starts.
    pub start_ms: u64,
    /// When it ends; the pause after it belongs to no sentence.
    pub end_ms: u64,
    /// Whether start and end are counted and not estimated.
    pub exact: bool,
    /// Its words as they stand in the page. Their starts are estimated from their letters: half of them are off by less than a tenth of a second.
    pub words: Vec<WordTime>,
}

/// One word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordTime {
    /// As it stands in the page, with its punctuation.
    pub text: String,
    /// About when it starts.
    pub start_ms: u64,
}

/// Shares the time of a breath among its words by their letters, with a little more where the voice pauses.
pub(crate) fn share(words: &[Word], start_ms: u64, length_ms: u64) -> Vec<WordTime> {
    let whole: u64 = words.iter().map(|word| weight(&word.said)).sum::<u64>().max(1);
    let mut before = 0;
    let place = |word: &Word| {
        let start_ms = start_ms + length_ms * before / whole;
        before += weight(&word.said);
        WordTime { text: word.text.clone(), start_ms }
    };
    words.iter().map(place).collect()
}

/// A letter counts one, a digit as much as the word for it, every spoken word one more, a pause five.
fn weight(said: &str) -> u64 {
    said.chars()
        .map(|letter| match letter {
            '0'..='9' => 5,
            ',' | ';' | ':' => 5,
            c if c.is_alphabetic() => 1,
            _ => 0,
        })
        .sum::<u64>()
        + said.split_whitespace().count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_the_one_players_read() {
        let timings = Timings {
            version: 1,
            duration_ms: 1500,
            sentences: vec![SentenceTimes {
                id: "s1".into(),
                start_ms: 0,
                end_ms: 1200,
                exact: true,
                words: vec![WordTime { text: "Guten".into(), start_ms: 0 }],
            }],
        };
        let json = serde_json::to_string(&timings).unwrap_or_default();
        assert_eq!(
            json,
            r#"{"version":1,"duration_ms":1500,"sentences":[{"id":"s1","start_ms":0,"end_ms":1200,"exact":true,"words":[{"text":"Guten","start_ms":0}]}]}"#
        );
    }

    #[test]
    fn longer_words_take_longer_and_silent_ones_nothing() {
        let word = |text: &str, said: &str| Word { text: text.into(), said: said.into() };
        let words = [
            word("z.", "zum Beispiel"),
            word("B.", ""),
            word("Gemeinderat", "Gemeinderat"),
            word("ja.", "ja."),
        ];
        let starts: Vec<u64> = share(&words, 1000, 2800).iter().map(|word| word.start_ms).collect();
        assert_eq!(starts, [1000, 2300, 2300, 3500]);
    }
}
