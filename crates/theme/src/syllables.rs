//! Where a German word may break in a very narrow column, such as a clue cell: between syllables, by the rule for letters alone.
//! It knows no dictionary; compounds it sees by the letters that begin German words. Running text is left to the browser.

/// The shortest word that is broken, and what stays together at its ends.
const SHORTEST: usize = 8;
const ENDS: usize = 3;
/// Consonants that are one sound, or begin a word together; the longest first.
const TOGETHER: &[&str] = &[
    "sch", "ch", "ck", "ph", "th", "qu", "st", "sp", "bl", "br", "dr", "fl", "fr", "gl", "gr", "kl", "kn",
    "kr", "pl", "pr", "tr", "zw",
];

/// The text with soft hyphens between the syllables of its longer words.
pub(crate) fn breakable(text: &str) -> String {
    let mut set = String::with_capacity(text.len() + 8);
    let mut word: Vec<char> = Vec::new();
    for letter in text.chars() {
        if letter.is_alphabetic() {
            word.push(letter);
            continue;
        }
        push(&mut set, &word);
        word.clear();
        set.push(letter);
    }
    push(&mut set, &word);
    set
}

fn push(set: &mut String, word: &[char]) {
    let breaks = if word.len() < SHORTEST { Vec::new() } else { breaks(word) };
    for (index, letter) in word.iter().enumerate() {
        if breaks.contains(&index) {
            set.push('\u{ad}');
        }
        set.push(*letter);
    }
}

/// Before which letters a syllable begins: before the last consonant, or the last that belong together, between two vowels.
fn breaks(word: &[char]) -> Vec<usize> {
    let lower: Vec<char> = word.iter().flat_map(|letter| letter.to_lowercase()).collect();
    if lower.len() != word.len() {
        return Vec::new();
    }
    let vowel = |at: usize| "aeiouyäöüé".contains(lower[at]);
    let mut found = Vec::new();
    let mut at = 0;
    while at < lower.len() {
        let end = (at..lower.len()).find(|next| vowel(*next) != vowel(at)).unwrap_or(lower.len());
        let inside = at > 0 && end < lower.len();
        if !vowel(at) && inside {
            let begins = at + onset(&lower[at..end]);
            if begins >= ENDS && word.len() - begins >= ENDS {
                found.push(begins);
            }
        }
        at = end;
    }
    found
}

/// Where in a group of consonants the next syllable begins.
fn onset(group: &[char]) -> usize {
    let text: String = group.iter().collect();
    // Between vowels „st“ is two sounds (Meis-ter); after a consonant it begins a word (Haupt-stadt).
    if text == "st" || text == "sp" {
        return 1;
    }
    let together = TOGETHER.iter().find(|together| text.ends_with(*together));
    group.len() - together.map_or(1, |together| together.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_breaks_between_its_syllables() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(breakable(text).replace('\u{ad}', "|"), expected);
        }
        check("griechischer Buchstabe", "grie|chi|scher Buch|stabe");
        check("Hauptstadt", "Haupt|stadt");
        check("Bürgermeisterin", "Bür|ger|meis|te|rin");
        check("Dreivierteltakt", "Drei|vier|tel|takt");
        check("Frauenstimme (Alt)", "Frauen|stimme (Alt)");
        check("Fluss in Tirol", "Fluss in Tirol");
        check("Zeppelin-Werft", "Zep|pe|lin-Werft");
        check("", "");
    }
}
