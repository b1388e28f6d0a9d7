//! A paper's own pairs, as a table saves them: two columns, answer and clue. The file is taken whole or not at all.

use std::collections::BTreeSet;

use super::pairs::{Fault, Pair};

/// The longest file, in bytes.
pub const MOST_BYTES: usize = 2_000_000;
/// The most pairs of one paper.
pub const MOST_PAIRS: usize = 20_000;
/// So many faults are told at once; whoever repairs a file should not have to upload it for each.
const MOST_FAULTS: usize = 20;

/// What is wrong, and where: line and column of the file, both counted from 1, the column in letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultAt {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// Reads `answer;clue` per line; a comma or a tab may stand for the semicolon, whichever the first line has. Fields may be put
/// in quotation marks (RFC 4180). A first line `answer;clue` or `Antwort;Frage` is a heading. Empty lines are skipped.
pub fn read(text: &str) -> Result<Vec<Pair>, Vec<FaultAt>> {
    let whole = |fault| Err(vec![FaultAt { line: 1, column: 1, fault }]);
    if text.len() > MOST_BYTES {
        return whole(Fault::TooLong);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let between = [';', '\t', ','].into_iter().find(|mark| first.contains(*mark)).unwrap_or(';');
    let (mut pairs, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        if line == 1 && is_heading(text, between) {
            continue;
        }
        match pair(text, between) {
            Ok(pair) if seen.insert(pair.clone()) => pairs.push(pair),
            Ok(_) => faults.push(FaultAt { line, column: 1, fault: Fault::Twice }),
            Err((column, fault)) => faults.push(FaultAt { line, column, fault }),
        }
        if pairs.len() > MOST_PAIRS {
            faults.push(FaultAt { line, column: 1, fault: Fault::TooMany });
        }
        if faults.len() >= MOST_FAULTS || pairs.len() > MOST_PAIRS {
            break;
        }
    }
    match (faults.is_empty(), pairs.is_empty()) {
        (true, false) => Ok(pairs),
        (true, true) => whole(Fault::Nothing),
        (false, _) => Err(faults),
    }
}

/// A list of pairs as [`read`] takes it.
#[must_use]
pub fn write(pairs: &[Pair]) -> String {
    let quoted = |clue: &str| format!("\"{}\"", clue.replace('"', "\"\""));
    let line = |pair: &Pair| format!("{};{}\n", pair.answer.as_str(), quoted(&pair.clue));
    std::iter::once("Antwort;Frage\n".to_owned()).chain(pairs.iter().map(line)).collect()
}

fn is_heading(line: &str, between: char) -> bool {
    let names = ["answer", "clue", "antwort", "frage", "lösung", "hinweis"];
    line.split(between).all(|name| names.contains(&name.trim_matches(['"', ' ']).to_lowercase().as_str()))
}

fn pair(line: &str, between: char) -> Result<Pair, (usize, Fault)> {
    let fields = fields(line, between)?;
    let [(answer_at, answer), (clue_at, clue)] = &fields[..] else {
        return Err((1, Fault::Fields(fields.len())));
    };
    Pair::of(answer, clue).map_err(|fault| match fault {
        Fault::NoClue | Fault::ClueLength(_) | Fault::ClueLetter(_) | Fault::Tells => (*clue_at, fault),
        _ => (*answer_at, fault),
    })
}

/// The fields of a line, each with the column in which it begins.
fn fields(line: &str, between: char) -> Result<Vec<(usize, String)>, (usize, Fault)> {
    let mut fields = Vec::new();
    let mut letters = (1..).zip(line.chars()).peekable();
    loop {
        let begins = letters.peek().map_or(line.chars().count() + 1, |(column, _)| *column);
        let mut field = String::new();
        let quoted = letters.next_if(|(_, letter)| *letter == '"').is_some();
        let mut open = quoted;
        loop {
            match letters.next() {
                None if open => return Err((begins, Fault::Quote)),
                None => {
                    fields.push((begins, field));
                    return Ok(fields);
                }
                Some((_, '"')) if open => {
                    if letters.next_if(|(_, letter)| *letter == '"').is_some() {
                        field.push('"');
                    } else {
                        open = false;
                    }
                }
                Some((_, letter)) if letter == between && !open => break,
                Some((column, letter)) if letter == '"' || quoted && !open => {
                    // After the closing mark only spaces may come; a mark inside a bare field is a slip.
                    if letter != ' ' {
                        return Err((column, Fault::Quote));
                    }
                }
                Some((_, letter)) => field.push(letter),
            }
        }
        fields.push((begins, field));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(usize, usize, Fault)> {
        let found = read(text).expect_err("a fault");
        found.iter().map(|at| (at.line, at.column, at.fault)).collect()
    }

    #[test]
    fn a_table_is_read_as_different_programs_save_it() {
        for text in [
            "Aue;Wald am Fluss\nGurk;Dom, südlich\n",
            "\u{feff}Antwort;Frage\r\nAUE;Wald am Fluss\r\n\r\nGURK;Dom, südlich",
            "answer,clue\nAUE,Wald am Fluss\nGURK,\"Dom, südlich\"\n",
            "AUE\tWald am Fluss\nGURK\t\"Dom, südlich\" \n",
        ] {
            let pairs = read(text).expect("pairs");
            let pairs: Vec<_> = pairs.iter().map(|pair| (pair.answer.as_str(), pair.clue.as_str())).collect();
            assert_eq!(pairs, [("AUE", "Wald am Fluss"), ("GURK", "Dom, südlich")], "{text}");
        }
        assert_eq!(read("AUE;ein \"\n").expect_err("a bare mark").len(), 1);
        assert_eq!(read("AUE;\"so \"\"genannt\"\"\"\n").expect("pairs")[0].clue, "so \"genannt\"");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let pairs = read("AUE;\"Wald; am \"\"Fluss\"\"\"\nGURK;Dom, südlich\n").expect("pairs");
        assert_eq!(read(&write(&pairs)), Ok(pairs));
    }

    #[test]
    fn every_fault_of_a_table_is_named_with_its_place_and_nothing_is_taken() {
        let text =
            "AUE;Wald am Fluss\nG RK;Dom\nEIS;kaltes Eis\nENNS\nAUE;Wald am Fluss\nINN;a;b\nTAL;\"offen\n";
        assert_eq!(
            faults(text),
            [
                (2, 1, Fault::Letter(' ')),
                (3, 5, Fault::Tells),
                (4, 1, Fault::Fields(1)),
                (5, 1, Fault::Twice),
                (6, 1, Fault::Fields(3)),
                (7, 5, Fault::Quote),
            ]
        );
        assert_eq!(faults(""), [(1, 1, Fault::Nothing)]);
        assert_eq!(faults("Antwort;Frage\n"), [(1, 1, Fault::Nothing)]);
        assert_eq!(faults(&"x".repeat(MOST_BYTES + 1)), [(1, 1, Fault::TooLong)]);
        assert_eq!(faults(&"A;b\n".repeat(100)).len(), MOST_FAULTS);
    }
}
