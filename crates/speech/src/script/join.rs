//! Puts what is said for each word into one line.

/// Joins words with spaces; punctuation clings to what is before it, and of several marks the strongest stays.
/// The line ends like a sentence, because the voice lowers at its end.
pub(super) fn join<'a>(said: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for piece in said.flat_map(str::split_whitespace) {
        let words = piece.trim_start_matches(is_mark);
        for mark in piece[..piece.len() - words.len()].chars() {
            cling(&mut line, mark);
        }
        let tail = words.trim_end_matches(is_mark);
        if !tail.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(tail);
        }
        for mark in words[tail.len()..].chars() {
            cling(&mut line, mark);
        }
    }
    if line.ends_with(|end| strength(end) < 3) {
        cling(&mut line, '.');
    }
    line
}

fn is_mark(letter: char) -> bool {
    strength(letter) > 0
}

fn strength(letter: char) -> u8 {
    match letter {
        '.' | '!' | '?' => 3,
        ':' | ';' => 2,
        ',' => 1,
        _ => 0,
    }
}

fn cling(line: &mut String, mark: char) {
    match line.chars().next_back() {
        None => {}
        Some(last) if strength(last) >= strength(mark) => {}
        Some(last) if strength(last) > 0 => {
            line.pop();
            line.push(mark);
        }
        Some(_) => line.push(mark),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_cling_and_the_strongest_stays() {
        #[track_caller]
        fn check(said: &[&str], line: &str) {
            assert_eq!(join(said.iter().copied()), line);
        }
        check(&["Die", ", SPÖ,", ",", "sagt", "."], "Die, SPÖ, sagt.");
        check(&[", oder", ",", "doch", ",."], "oder, doch.");
        check(&["", " ", "zum Beispiel", ""], "zum Beispiel.");
        check(&["was?!", "..."], "was?");
    }
}
