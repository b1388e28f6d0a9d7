//! Answers and clues: ours, and those that a paper adds.

use std::collections::BTreeSet;

/// Ours: one `ANSWER;Clue` per line, sorted. Written for Blatt.
const OURS: &str = include_str!("pairs.txt");

/// The shortest answer.
pub const SHORTEST: usize = 2;
/// The longest answer: a whole row.
pub const LONGEST: usize = 13;
/// The longest clue, in letters: more does not fit into a clue cell.
pub const LONGEST_CLUE: usize = 28;

/// An answer as it stands in the grid: A to Z. As is the custom in a Schwedenrätsel, Ä is written AE, Ö OE, Ü UE and ß SS.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Answer(String);

impl Answer {
    /// Takes a word as people write it.
    pub fn parse(text: &str) -> Result<Answer, Fault> {
        let letters = spelled(text.trim());
        if let Some(other) = letters.chars().find(|letter| !letter.is_ascii_uppercase()) {
            return Err(Fault::Letter(other));
        }
        match letters.len() {
            0 => Err(Fault::NoAnswer),
            length if (SHORTEST..=LONGEST).contains(&length) => Ok(Answer(letters)),
            length => Err(Fault::Length(length)),
        }
    }

    /// Its letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In capitals, with the umlauts written out; what is no letter stays.
fn spelled(text: &str) -> String {
    let mut letters = String::with_capacity(text.len() + 2);
    for letter in text.chars() {
        match letter {
            'ä' | 'Ä' => letters.push_str("AE"),
            'ö' | 'Ö' => letters.push_str("OE"),
            'ü' | 'Ü' => letters.push_str("UE"),
            'ß' | 'ẞ' => letters.push_str("SS"),
            other => letters.extend(other.to_uppercase()),
        }
    }
    letters
}

/// An answer and what is asked for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The answer.
    pub answer: Answer,
    /// The clue: one line, not empty, at most [`LONGEST_CLUE`] letters.
    pub clue: String,
}

impl Pair {
    /// Takes an answer and a clue that fits it: short enough, and not telling the answer.
    pub fn of(answer: &str, clue: &str) -> Result<Pair, Fault> {
        let answer = Answer::parse(answer)?;
        let clue = clue.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = clue.chars().count();
        if clue.is_empty() {
            return Err(Fault::NoClue);
        }
        if length > LONGEST_CLUE {
            return Err(Fault::ClueLength(length));
        }
        if let Some(control) = clue.chars().find(|letter| letter.is_control()) {
            return Err(Fault::ClueLetter(control));
        }
        if tells(&clue, answer.as_str()) {
            return Err(Fault::Tells);
        }
        Ok(Pair { answer, clue })
    }

    /// Takes `ANSWER;Clue`.
    pub fn parse(line: &str) -> Result<Pair, Fault> {
        let (answer, clue) = line.split_once(';').ok_or(Fault::NoClue)?;
        Pair::of(answer, clue)
    }
}

/// A clue tells its answer if that is one of its words; an answer of four letters or more, also inside a word.
fn tells(clue: &str, answer: &str) -> bool {
    spelled(clue)
        .split(|letter: char| !letter.is_alphabetic())
        .any(|word| word == answer || answer.len() > 3 && word.contains(answer))
}

/// Why something is no pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The answer is missing.
    NoAnswer,
    /// The answer has so many letters, too few or too many.
    Length(usize),
    /// The answer has this in it, which is no letter from A to Z.
    Letter(char),
    /// The clue is missing.
    NoClue,
    /// The clue has so many letters, too many.
    ClueLength(usize),
    /// The clue has this in it, which nobody can read.
    ClueLetter(char),
    /// The clue has the answer in it.
    Tells,
    /// The pair is in the file already.
    Twice,
    /// The line has so many fields, not two.
    Fields(usize),
    /// A quotation mark was opened and not closed, or stands inside a field.
    Quote,
    /// The file has more than [`MOST_PAIRS`](super::csv::MOST_PAIRS) pairs.
    TooMany,
    /// The file is longer than [`MOST_BYTES`](super::csv::MOST_BYTES).
    TooLong,
    /// The file is empty.
    Nothing,
}

/// Our own pairs.
#[must_use]
pub fn ours() -> Vec<Pair> {
    OURS.lines().filter_map(|line| Pair::parse(line).ok()).collect()
}

/// Ours and the paper's; a pair that is in both comes once.
#[must_use]
pub fn together(paper: Vec<Pair>) -> Vec<Pair> {
    ours().into_iter().chain(paper).collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_list_is_sorted_whole_and_without_a_repetition() {
        let lines: Vec<&str> = OURS.lines().collect();
        let faults: Vec<_> =
            lines.iter().filter_map(|line| Pair::parse(line).err().map(|fault| (line, fault))).collect();
        assert_eq!(faults, []);
        let answers: Vec<&str> = lines.iter().filter_map(|line| line.split(';').next()).collect();
        assert!(answers.is_sorted_by(|one, next| one < next), "sorted, each answer once");
        assert!(answers.iter().all(|answer| answer.bytes().all(|letter| letter.is_ascii_uppercase())));
        assert!(lines.len() >= 1800, "{} pairs", lines.len());
        let short = answers.iter().filter(|answer| (3..=7).contains(&answer.len())).count();
        assert!(short * 10 > lines.len() * 8, "{short} of three to seven letters");
    }

    #[test]
    fn a_pair_says_what_is_wrong_with_it() {
        #[track_caller]
        fn check(line: &str, expected: Result<(&str, &str), Fault>) {
            let pair = Pair::parse(line);
            let found = pair.as_ref().map(|pair| (pair.answer.as_str(), pair.clue.as_str()));
            assert_eq!(found, expected.as_ref().map(|pair| *pair), "{line}");
        }
        check("Käse; Laib  von der Alm ", Ok(("KAESE", "Laib von der Alm")));
        check("Straße;Weg", Ok(("STRASSE", "Weg")));
        check("EIS;Preis der Reise", Ok(("EIS", "Preis der Reise")));
        check("EIS;Kaltes Eis", Err(Fault::Tells));
        check("ERDE;wir werden", Err(Fault::Tells));
        check("ÖL;Oel", Err(Fault::Tells));
        check("KAFFEE HAUS;Lokal", Err(Fault::Letter(' ')));
        check("CAFÉ;Lokal", Err(Fault::Letter('É')));
        check("A;Buchstabe", Err(Fault::Length(1)));
        check("DONAUDAMPFSCHIFF;lang", Err(Fault::Length(16)));
        check(";nichts", Err(Fault::NoAnswer));
        check("EIS", Err(Fault::NoClue));
        check("EIS;", Err(Fault::NoClue));
        check("EIS;achtundzwanzig Buchstaben sind", Err(Fault::ClueLength(30)));
        check("EIS;kalt\u{7}", Err(Fault::ClueLetter('\u{7}')));
    }
}
