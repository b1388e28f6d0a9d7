//! The recipe of a draw: pure, short, and published (docs/benefits.md), so that anybody can repeat it.
//!
//! 1. Before the first entry a seed of 32 random bytes is made. Published at once: the commitment, SHA-256 of the seed in
//!    hexadecimal digits, a line end, and the terms.
//! 2. When the draw closes, the entry list is frozen: for each entry a line with its number, a space and its ticket, in the
//!    order of the numbers. Published: the list, its SHA-256, and the seed.
//! 3. For each entry: SHA-256 of `seed:list:number`, the first two in hexadecimal digits. Entries in the order of these
//!    values: the first are the winners, the next the substitutes.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Hexadecimal digits of bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// What is published before the first entry.
#[must_use]
pub fn commitment(seed: &str, terms: &str) -> String {
    sha256(&format!("{seed}\n{terms}"))
}

/// The entry list as it is published; entries in the order of their numbers.
#[must_use]
pub fn list<'a>(entries: impl IntoIterator<Item = (i64, &'a str)>) -> String {
    entries.into_iter().fold(String::new(), |mut list, (number, ticket)| {
        let _ = writeln!(list, "{number} {ticket}");
        list
    })
}

/// The hash of an entry list.
#[must_use]
pub fn list_hash(list: &str) -> String {
    sha256(list)
}

/// The numbers of all entries in the order of the draw: winners, then substitutes, then the others.
#[must_use]
pub fn order(seed: &str, list_hash: &str, numbers: &[i64]) -> Vec<i64> {
    let mut order: Vec<(String, i64)> =
        numbers.iter().map(|number| (sha256(&format!("{seed}:{list_hash}:{number}")), *number)).collect();
    order.sort();
    order.into_iter().map(|(_, number)| number).collect()
}
