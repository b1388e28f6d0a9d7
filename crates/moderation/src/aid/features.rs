//! What of a text is weighed: runs of 2 to 5 letters within a token, words and pairs of words, and the numbers of [`text`](super::text).
//!
//! Runs and words are named by a hash of 32 bits, so a model holds no piece of anybody's text. The two are scaled apart to length 1,
//! so that a long text weighs no more than a short one.

use std::collections::HashMap;

use super::text::Text;

/// The longest run of letters.
const LONGEST_RUN: usize = 5;
/// The shortest.
const SHORTEST_RUN: usize = 2;

/// A hash that names a run or a word.
pub(super) type Name = u32;

/// How often something stands in a text, and in which words.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) times: u32,
    /// The places in [`Text::words`], once for each time and word.
    pub(super) words: Vec<u32>,
}

/// The two groups that are scaled apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Runs of letters.
    Runs,
    /// Words and pairs of words.
    Words,
}

/// What stands in a text, by group.
pub(super) struct Bag {
    pub(super) runs: HashMap<Name, Seen>,
    pub(super) words: HashMap<Name, Seen>,
}

impl Bag {
    pub(super) fn of(text: &Text) -> Bag {
        let mut bag = Bag { runs: HashMap::new(), words: HashMap::new() };
        let mut of_token = vec![Vec::new(); text.tokens.len()];
        for (at, word) in (0_u32..).zip(&text.words) {
            of_token[word.token].push(at);
        }
        for (token, words) in text.tokens.iter().zip(&of_token) {
            bag.add_runs(token, words);
        }
        let known: Vec<(u32, &str)> = (0_u32..)
            .zip(&text.words)
            .filter(|(_, word)| word.lower.chars().nth(1).is_some())
            .map(|(at, word)| (at, word.lower.as_str()))
            .collect();
        for (at, word) in &known {
            bag.add_words(&[word], &[*at]);
        }
        for pair in known.windows(2) {
            bag.add_words(&[pair[0].1, pair[1].1], &[pair[0].0, pair[1].0]);
        }
        bag
    }

    fn add_words(&mut self, words: &[&str], places: &[u32]) {
        let letters = words.iter().flat_map(|word| word.chars().chain([' ']));
        add(&mut self.words, name(Group::Words, letters), places);
    }

    /// The runs of a token with a blank before and behind it; one that is shorter than a run counts as a whole, once.
    fn add_runs(&mut self, token: &str, words: &[u32]) {
        let letters: Vec<char> = [' '].into_iter().chain(token.chars()).chain([' ']).collect();
        for length in SHORTEST_RUN..=LONGEST_RUN {
            if letters.len() <= length {
                add(&mut self.runs, name(Group::Runs, letters.iter().copied()), words);
                return;
            }
            for run in letters.windows(length) {
                add(&mut self.runs, name(Group::Runs, run.iter().copied()), words);
            }
        }
    }
}

fn add(group: &mut HashMap<Name, Seen>, name: Name, words: &[u32]) {
    let seen = group.entry(name).or_default();
    seen.times += 1;
    seen.words.extend(words);
}

/// FNV-1a over the letters, folded to 32 bits; the same on every machine and for ever, because models name things by it.
fn name(group: Group, letters: impl Iterator<Item = char>) -> Name {
    let start = match group {
        Group::Runs => 0xcbf2_9ce4_8422_2325_u64,
        Group::Words => 0x8422_2325_cbf2_9ce4,
    };
    let hash = letters.fold(start, |hash, letter| {
        u32::from(letter)
            .to_le_bytes()
            .into_iter()
            .fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    });
    (hash >> 32) as u32 ^ hash as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_named_alike_wherever_it_stands() {
        let (one, two) = (Bag::of(&Text::of("Das ist dumm")), Bag::of(&Text::of("DUMM gelaufen")));
        let shared = one.runs.keys().filter(|name| two.runs.contains_key(name)).count();
        // ` dumm ` with its blanks: five runs of two letters, four of three, three of four, two of five.
        assert_eq!(shared, 14);
        assert_eq!(one.words.keys().filter(|name| two.words.contains_key(name)).count(), 1);
    }
}
