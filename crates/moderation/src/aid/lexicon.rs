//! What words are about: 34 classes of German words, from insults to thanks, written by hand in `lexicon.txt`.
//!
//! A few thousand decisions are too few to learn every word's meaning; with the class a word seen for the first time weighs like its
//! kin. Which class weighs how much is learnt: nothing here says that a word is bad.

use std::collections::HashMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("lexicon.txt");

/// The classes of the house.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(FILE));

/// Words by class.
pub(super) struct Lexicon {
    names: Vec<String>,
    whole: HashMap<String, Vec<u8>>,
    beginning: HashMap<String, Vec<u8>>,
    ending: HashMap<String, Vec<u8>>,
    inside: Vec<(String, u8)>,
    /// The longest beginning or ending, in letters.
    longest: usize,
}

impl Lexicon {
    /// Reads `[class]` lines and the words under each. More than 255 classes are not told apart.
    fn read(file: &str) -> Lexicon {
        let mut lexicon = Lexicon {
            names: Vec::new(),
            whole: HashMap::new(),
            beginning: HashMap::new(),
            ending: HashMap::new(),
            inside: Vec::new(),
            longest: 0,
        };
        for line in file.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[') {
                lexicon.names.push(name.trim_end_matches(']').to_owned());
                continue;
            }
            let class = u8::try_from(lexicon.names.len().saturating_sub(1)).unwrap_or(u8::MAX);
            line.split_whitespace().for_each(|pattern| lexicon.add(pattern, class));
        }
        lexicon
    }

    fn add(&mut self, pattern: &str, class: u8) {
        let word = fold(pattern.trim_matches('*'));
        let letters = word.chars().count();
        let (shelf, is_part) = match (pattern.starts_with('*'), pattern.ends_with('*')) {
            (true, true) => return self.inside.push((word, class)),
            (true, false) => (&mut self.ending, true),
            (false, true) => (&mut self.beginning, true),
            (false, false) => (&mut self.whole, false),
        };
        if is_part {
            self.longest = self.longest.max(letters);
        }
        shelf.entry(word).or_default().push(class);
    }

    /// How many classes there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The classes of a [folded](fold) word, in order, each once.
    pub(super) fn classes(&self, word: &str) -> Vec<u8> {
        let mut found: Vec<u8> = self.whole.get(word).into_iter().flatten().copied().collect();
        for (at, letter) in word.char_indices().take(self.longest) {
            let beginning = &word[..at + letter.len_utf8()];
            found.extend(self.beginning.get(beginning).into_iter().flatten());
        }
        for (at, _) in word.char_indices().rev().take(self.longest) {
            found.extend(self.ending.get(&word[at..]).into_iter().flatten());
        }
        found.extend(self.inside.iter().filter(|(part, _)| word.contains(part)).map(|(_, class)| *class));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A word as the lexicon reads it: lower case, `ae` for `ä`, digits that stand for letters as letters, and what is drawn out
/// (`soooo`) with one letter.
pub(super) fn fold(word: &str) -> String {
    let has_letters = word.chars().any(char::is_alphabetic);
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let mut folded = String::with_capacity(word.len() + 4);
    for run in letters.chunk_by(|a, b| a == b) {
        let times = if run.len() > 2 { 1 } else { run.len() };
        for letter in run.iter().take(times) {
            match if has_letters { letter_of(*letter) } else { *letter } {
                'ä' => folded.push_str("ae"),
                'ö' => folded.push_str("oe"),
                'ü' => folded.push_str("ue"),
                'ß' => folded.push_str("ss"),
                other => folded.push(other),
            }
        }
    }
    folded
}

/// The letter a digit between letters stands for.
fn letter_of(digit: char) -> char {
    match digit {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(word: &str) -> Vec<&'static str> {
        LEXICON
            .classes(&fold(word))
            .into_iter()
            .map(|class| LEXICON.names[usize::from(class)].as_str())
            .collect()
    }

    #[test]
    fn a_word_is_known_inflected_compounded_and_disguised() {
        for word in ["Idiot", "IDIOTEN", "Vollidiot", "1d1ot", "Idiiiioten"] {
            assert!(named(word).contains(&"person-insult"), "{word}: {:?}", named(word));
        }
        for word in ["Lügen", "Luegen", "gelogen"] {
            assert!(named(word).contains(&"lies"), "{word}: {:?}", named(word));
        }
        assert_eq!(named("Quitte"), [""; 0]);
    }

    #[test]
    fn every_class_has_words_and_a_name_of_its_own() {
        let mut names = LEXICON.names.clone();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), LEXICON.len());
        let all = LEXICON.whole.values().chain(LEXICON.beginning.values()).chain(LEXICON.ending.values());
        let used: std::collections::BTreeSet<u8> = all.flatten().copied().collect();
        assert_eq!(used.len(), LEXICON.len());
    }
}
