//! Codes: what a partner's list holds, and how our own are made.

use std::collections::HashMap;

use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Failure, Time, Tx};

use super::Refusal;
use super::offers::{self, Kind, Offer, OfferId, tell};

/// A code as somebody wrote it, and as codes are compared: capital, without spaces and hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeText {
    text: String,
    key: String,
}

impl CodeText {
    /// The most characters.
    pub const LONGEST: usize = 60;

    /// Takes 3 to 60 letters, digits and hyphens; spaces at the ends do not count.
    pub fn parse(text: &str) -> Option<CodeText> {
        let text = text.trim();
        let is_code = |letter: char| letter.is_ascii_alphanumeric() || "-_. ".contains(letter);
        let key: String = text
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let fits =
            (3..=CodeText::LONGEST).contains(&text.len()) && text.chars().all(is_code) && key.len() >= 3;
        fits.then(|| CodeText { text: text.to_owned(), key })
    }

    /// As it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As it is compared.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// Letters and digits that nobody takes for one another: 32 of them, five bits each.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKMNPQRSTVWXYZ0123456789";

/// A code of 100 bits: twenty letters in groups of five.
#[must_use]
pub fn long(chance: [u8; 32]) -> String {
    let letters = letters(chance, 20);
    letters.chunks(5).map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join("-")
}

/// A short code of 30 bits after the offer's own letters: `DON-47K92M`. It needs the limit on tries of
/// [`spend`](super::spend).
#[must_use]
pub fn short(prefix: &str, chance: [u8; 32]) -> String {
    format!("{prefix}-{}", String::from_utf8_lossy(&letters(chance, 6)))
}

fn letters(chance: [u8; 32], count: usize) -> Vec<u8> {
    chance.iter().take(count).map(|byte| LETTERS[usize::from(byte % 32)]).collect()
}

/// The chance for another try, when the first gave a code that is in use.
pub(super) fn again(chance: [u8; 32]) -> [u8; 32] {
    Sha256::digest(chance).into()
}

/// Why a line of a list cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongCode {
    /// Not 3 to 60 letters, digits and hyphens.
    Unreadable,
    /// The same code stands in this line already.
    Twice(usize),
    /// The partner has given us this code before.
    Known,
}

/// The most codes of one list.
pub const LONGEST_LIST: usize = 20_000;

/// Adds a partner's codes to an offer, one a line; its stock grows by as many. With a line that cannot be taken, or without any,
/// nothing is taken: the lines are given back by number with their reasons. Do not commit then.
pub async fn add_codes(
    tx: &mut Tx,
    offer: &Offer,
    list: &str,
    by: &str,
    now: Time,
) -> Result<Result<Result<usize, Vec<(usize, WrongCode)>>, Refusal>, Failure> {
    if offer.kind != Kind::List {
        return Ok(Err(Refusal::Fixed));
    }
    let (codes, mut wrong) = read(list);
    if codes.len() > LONGEST_LIST {
        return Ok(Err(Refusal::TooLong { field: "codes", longest: LONGEST_LIST }));
    }
    if wrong.is_empty() {
        let sql = "insert into offer_codes (offer, partner, code, code_key, at) values ($1, $2, $3, $4, $5)
                   on conflict do nothing";
        for (line, code) in &codes {
            let row = (offer.id, offer.partner, code.as_str(), code.key(), now);
            if tx.execute(sql, row).await? == 0 {
                wrong.push((*line, WrongCode::Known));
            }
        }
    }
    if !wrong.is_empty() {
        return Ok(Ok(Err(wrong)));
    }
    let count = i64::try_from(codes.len()).unwrap_or(0);
    tx.execute("update offers set stock = stock + $2 where id = $1", (offer.id, count)).await?;
    offers::note(tx, "offer-codes", offer.id, json!({ "codes": count }), by, now);
    tell(tx, now).await?;
    Ok(Ok(Ok(codes.len())))
}

/// Lines that are no code, with what is wrong.
type Wrong = Vec<(usize, WrongCode)>;

fn read(list: &str) -> (Vec<(usize, CodeText)>, Wrong) {
    let (mut codes, mut wrong) = (Vec::new(), Vec::new());
    let mut seen = HashMap::new();
    let lines = list.trim_start_matches('\u{feff}').lines().enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        match CodeText::parse(cell(line)) {
            None => wrong.push((at + 1, WrongCode::Unreadable)),
            Some(code) => match seen.insert(code.key.clone(), at + 1) {
                Some(first) => wrong.push((at + 1, WrongCode::Twice(first))),
                None => codes.push((at + 1, code)),
            },
        }
    }
    if codes.is_empty() && wrong.is_empty() {
        wrong.push((1, WrongCode::Unreadable));
    }
    (codes, wrong)
}

/// A line of a table with one column, without what a spreadsheet puts around it.
fn cell(line: &str) -> &str {
    line.trim().trim_end_matches([';', ',']).trim_matches('"')
}

/// How many codes of a list nobody has yet.
pub async fn free_codes(tx: &mut Tx, offer: OfferId) -> Result<i64, Failure> {
    let sql = "select count(*) from offer_codes where offer = $1 and reservation is null";
    let (count,): (i64,) = tx.one(sql, (offer,)).await?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t5_4_a_long_code_has_100_bits() {
        let code = long(std::array::from_fn(|n| u8::try_from(n * 7).unwrap_or(0)));
        let letters: Vec<char> = code.chars().filter(|c| *c != '-').collect();
        assert_eq!((letters.len(), code.len()), (20, 23));
        assert_eq!(LETTERS.iter().collect::<std::collections::HashSet<_>>().len(), 32, "five bits a letter");
        assert!(CodeText::parse(&code).is_some());
    }

    #[test]
    fn codes_are_compared_as_people_copy_them() {
        #[track_caller]
        fn check(text: &str, key: Option<&str>) {
            assert_eq!(CodeText::parse(text).as_ref().map(CodeText::key), key, "{text:?}");
        }
        check(" don-47k92 ", Some("DON47K92"));
        check("DON 47K92", Some("DON47K92"));
        check("ab", None);
        check("---", None);
        check("кот-123", None);
        check("a\tb\tc", None);
        check(&"x".repeat(61), None);
    }

    #[test]
    fn a_list_with_duplicates_names_the_lines() {
        let (codes, wrong) = read("A-100\n\nA-200\na100\n??\n");
        assert_eq!(codes.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(wrong, [(4, WrongCode::Twice(1)), (5, WrongCode::Unreadable)]);
        assert_eq!(read(" \n\n").1, [(1, WrongCode::Unreadable)], "nothing is no list");
        let (codes, wrong) = read("\u{feff}\"A-100\";\n\"A 200\";\n");
        let texts: Vec<&str> = codes.iter().map(|(_, code)| code.as_str()).collect();
        assert_eq!((texts, wrong), (vec!["A-100", "A 200"], vec![]), "a column of a spreadsheet");
    }
}
