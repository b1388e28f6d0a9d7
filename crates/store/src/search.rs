//! Finding rows by their words: one of the two places where the databases differ (claiming a job is the other).
//!
//! Words are folded here, not by the database (small letters, umlauts spelled out, accents gone), so that both find the same.
//! A room makes a table with a line `{search} article_words;` in its schema, keeps the words of a row under its id, and
//! puts [`matches`] into the `where` of a query of its own, beside its rules on who may see what.
//!
//! Words can be kept [within](keep_within) something, such as a thread: its number stands before each of them, so that a
//! question looks only there and costs the same however much is kept elsewhere.

use std::collections::BTreeSet;

use crate::{Failure, Tx, Value};

/// The most words of a question that count.
const MOST_WORDS: usize = 8;
/// Longer words are cut: nobody types more.
const LONGEST_WORD: usize = 40;
/// Bytes of different words of one row; what comes later in the alphabet is not found. A book has fewer.
const MOST_BYTES: usize = 400_000;

/// Keeps the words of the row `id`; earlier ones are forgotten.
pub async fn keep(tx: &mut Tx, table: &'static str, id: i64, text: &str) -> Result<(), Failure> {
    forget(tx, table, id).await?;
    add(tx, table, vec![id.into(), different_words("", text).into()]).await
}

/// A row whose words are only found within something.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a> {
    /// What they are found within, such as a thread.
    pub within: i64,
    /// The row.
    pub id: i64,
    /// What it says.
    pub text: &'a str,
}

/// Keeps the words of rows that have none yet, in one statement: at most a few hundred.
pub async fn keep_within(tx: &mut Tx, table: &'static str, rows: &[Within<'_>]) -> Result<(), Failure> {
    if rows.is_empty() {
        return Ok(());
    }
    let words = |row: &Within<'_>| different_words(&prefix(row.within), row.text);
    let values = rows.iter().flat_map(|row| [Value::from(row.id), Value::from(words(row))]).collect();
    add(tx, table, values).await
}

/// Adds pairs of an id and its words.
async fn add(tx: &mut Tx, table: &'static str, values: Vec<Value>) -> Result<(), Failure> {
    let rows = values.len() / 2;
    let sql = if tx.is_on_server() {
        let row = |n: usize| {
            format!("(${}, array_to_tsvector(string_to_array(${}::text, ' ')))", 2 * n + 1, 2 * n + 2)
        };
        format!(
            "insert into {table} (id, words) values {}",
            (0..rows).map(row).collect::<Vec<_>>().join(", ")
        )
    } else {
        format!("insert into {table} (rowid, words) values {}", crate::places(rows, 2))
    };
    tx.execute(&sql, values).await.map(drop)
}

/// Each word of a text once, with what stands before it.
fn different_words(prefix: &str, text: &str) -> String {
    let mut room = MOST_BYTES;
    let different: BTreeSet<String> = fold(text).into_iter().collect();
    let fitting = different.into_iter().map(|word| format!("{prefix}{word}")).take_while(|word| {
        room = room.saturating_sub(word.len() + 1);
        room > 0
    });
    fitting.collect::<Vec<_>>().join(" ")
}

/// No number is the beginning of another one's words: they differ before the letter.
fn prefix(within: i64) -> String {
    format!("{within}x")
}

/// Forgets the words of the row `id`.
pub async fn forget(tx: &mut Tx, table: &'static str, id: i64) -> Result<(), Failure> {
    let key = if tx.is_on_server() { "id" } else { "rowid" };
    tx.execute(&format!("delete from {table} where {key} = $1"), (id,)).await.map(drop)
}

/// Forgets the words of these rows, at most a few hundred.
pub async fn forget_all(tx: &mut Tx, table: &'static str, ids: &[Value]) -> Result<(), Failure> {
    let key = if tx.is_on_server() { "id" } else { "rowid" };
    let list = crate::numbered(1, ids.len());
    tx.execute(&format!("delete from {table} where {key} in ({list})"), ids.to_vec()).await.map(drop)
}

/// The ids of rows that hold the words of a [question](question_within), the highest first, below `before`, at most `most`.
pub async fn latest(
    tx: &mut Tx,
    table: &'static str,
    question: &str,
    before: i64,
    most: i64,
) -> Result<Vec<i64>, Failure> {
    let sql = latest_sql(tx, table);
    let rows: Vec<(i64,)> = tx.all(&sql, (question, before, most)).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The statement of [`latest`], for a test that looks at its plan.
#[must_use]
pub fn latest_sql(tx: &Tx, table: &'static str) -> String {
    if tx.is_on_server() {
        // Found first, sorted then: else it may walk all rows from the highest down, in the hope that many of them match.
        format!(
            "with found as materialized (select id from {table} where words @@ $1::text::tsquery)
             select id from found where id < $2 order by id desc limit $3"
        )
    } else {
        format!(
            "select rowid from {table} where {table} match $1 and rowid < $2 order by rowid desc limit $3"
        )
    }
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
    asked(tx, "", typed)
}

/// The same of words that are kept [within](keep_within) something.
#[must_use]
pub fn question_within(tx: &Tx, within: i64, typed: &str) -> Option<String> {
    asked(tx, &prefix(within), typed)
}

fn asked(tx: &Tx, prefix: &str, typed: &str) -> Option<String> {
    let words: Vec<String> = fold(typed).into_iter().take(MOST_WORDS).collect();
    // A word is letters and digits only, so nothing in it can be read as an operator.
    let (quote, beginning, and) = if tx.is_on_server() { ('\'', ":*", " & ") } else { ('"', "*", " AND ") };
    let form = |word: &String| {
        let beginning = if word.chars().count() > 1 { beginning } else { "" };
        format!("{quote}{prefix}{word}{quote}{beginning}")
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
