//! Finding rows by their words: one of the two places where the databases differ (claiming a job is the other).
//!
//! Words are folded here, not by the database (small letters, umlauts spelled out, accents gone), so that both find the same.
//! A room makes a table with a line `{search} article_words;` in its schema, keeps the words of a row under its id, and
//! puts [`matches`] into the `where` of a query of its own, beside its rules on who may see what.

use std::collections::BTreeSet;

use crate::{Failure, Tx};

/// The most words of a question that count.
const MOST_WORDS: usize = 8;
/// Longer words are cut: nobody types more.
const LONGEST_WORD: usize = 40;
/// Bytes of different words of one row; what comes later in the alphabet is not found. A book has fewer.
const MOST_BYTES: usize = 400_000;

/// Keeps the words of the row `id`; earlier ones are forgotten.
pub async fn keep(tx: &mut Tx, table: &'static str, id: i64, text: &str) -> Result<(), Failure> {
    forget(tx, table, id).await?;
    let mut room = MOST_BYTES;
    let different: BTreeSet<String> = fold(text).into_iter().collect();
    let fitting = different.into_iter().take_while(|word| {
        room = room.saturating_sub(word.len() + 1);
        room > 0
    });
    let words = fitting.collect::<Vec<_>>().join(" ");
    let sql = if tx.is_on_server() {
        format!(
            "insert into {table} (id, words) values ($1, array_to_tsvector(string_to_array($2::text, ' ')))"
        )
    } else {
        format!("insert into {table} (rowid, words) values ($1, $2)")
    };
    tx.execute(&sql, (id, words)).await.map(drop)
}

/// Forgets the words of the row `id`.
pub async fn forget(tx: &mut Tx, table: &'static str, id: i64) -> Result<(), Failure> {
    let key = if tx.is_on_server() { "id" } else { "rowid" };
    tx.execute(&format!("delete from {table} where {key} = $1"), (id,)).await.map(drop)
}

/// A `select` of the ids of all rows that hold the words bound to `$parameter`, for `… in (…)`. Bind [`question`] to it.
#[must_use]
pub fn matches(tx: &Tx, table: &'static str, parameter: usize) -> String {
    if tx.is_on_server() {
        format!("select id from {table} where words @@ ${parameter}::text::tsquery")
    } else {
        format!("select rowid from {table} where {table} match ${parameter}")
    }
}

/// What somebody typed, as [`matches`] takes it: every word must occur, as a word or as the beginning of one; a single
/// letter only as a word, since half of all words begin with it. Nothing if there is no word in it.
#[must_use]
pub fn question(tx: &Tx, typed: &str) -> Option<String> {
    let words: Vec<String> = fold(typed).into_iter().take(MOST_WORDS).collect();
    // A word is letters and digits only, so nothing in it can be read as an operator.
    let (quote, beginning, and) = if tx.is_on_server() { ('\'', ":*", " & ") } else { ('"', "*", " AND ") };
    let form = |word: &String| {
        let beginning = if word.chars().count() > 1 { beginning } else { "" };
        format!("{quote}{word}{quote}{beginning}")
    };
    (!words.is_empty()).then(|| words.iter().map(form).collect::<Vec<_>>().join(and))
}

fn fold(text: &str) -> Vec<String> {
    story::plain_letters(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST_WORD).collect())
        .collect()
}

/// Puts in the tables that a schema asks for.
pub(crate) fn tables(script: &str, table: impl Fn(&str) -> String) -> String {
    let line = |line: &str| match line.trim().strip_prefix("{search} ") {
        Some(name) => table(name.trim_end_matches(';')),
        None => line.to_owned(),
    };
    script.lines().map(line).collect::<Vec<_>>().join("\n")
}
