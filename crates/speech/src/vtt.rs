//! Captions: one for each sentence, for those who read along.

use std::fmt::Write;

use crate::Timings;

/// The sentences as WebVTT. A sentence that does not sound has no caption.
#[must_use]
pub fn captions(timings: &Timings) -> String {
    let mut file = String::from("WEBVTT\n");
    for sentence in timings.sentences.iter().filter(|sentence| sentence.end_ms > sentence.start_ms) {
        let words: Vec<&str> = sentence.words.iter().map(|word| word.text.as_str()).collect();
        // Writing to a String cannot fail.
        let _ = write!(
            file,
            "\n{}\n{} --> {}\n{}\n",
            sentence.id,
            clock(sentence.start_ms),
            clock(sentence.end_ms),
            escaped(&words.join(" "))
        );
    }
    file
}

fn clock(ms: u64) -> String {
    format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

/// `&`, `<` and `>` have a meaning in a caption, the last also in the arrow between the times.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timings::{SentenceTimes, WordTime};

    #[test]
    fn a_caption_has_id_times_and_words() {
        let sentence = |id: &str, start_ms, end_ms, words: &[&str]| SentenceTimes {
            id: id.into(),
            start_ms,
            end_ms,
            exact: true,
            words: words.iter().map(|text| WordTime { text: (*text).into(), start_ms }).collect(),
        };
        let timings = Timings {
            version: 1,
            duration_ms: 3_700_000,
            sentences: vec![
                sentence("s1", 0, 1250, &["Müller", "&", "Söhne", "-->", "<b>"]),
                sentence("s2", 1250, 1250, &[]),
                sentence("s3", 3_661_002, 3_700_000, &["Ende."]),
            ],
        };
        assert_eq!(
            captions(&timings),
            "WEBVTT\n\ns1\n00:00:00.000 --> 00:00:01.250\nMüller &amp; Söhne --&gt; &lt;b&gt;\n\n\
             s3\n01:01:01.002 --> 01:01:40.000\nEnde.\n"
        );
    }
}
