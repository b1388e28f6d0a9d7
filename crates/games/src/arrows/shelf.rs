//! The pairs that a paper adds to ours.

use reader::ReaderId;
use store::{Failure, Time, Tx};

use super::{Pair, pairs};

/// The paper's own pairs, as last brought in.
pub async fn own(tx: &mut Tx) -> Result<Vec<Pair>, Failure> {
    let sql = "select pairs from pair_lists order by id desc limit 1";
    let list: Option<(String,)> = tx.first(sql, ()).await?;
    Ok(list.map_or_else(Vec::new, |(list,)| list.lines().filter_map(|line| Pair::parse(line).ok()).collect()))
}

/// Puts a list in the place of the last one. Puzzles that are written down already stay as they are.
pub async fn replace(tx: &mut Tx, list: &[Pair], editor: ReaderId, now: Time) -> Result<(), Failure> {
    let text: String = list.iter().map(|pair| format!("{};{}\n", pair.answer.as_str(), pair.clue)).collect();
    let count = i64::try_from(list.len()).unwrap_or(i64::MAX);
    let sql = "insert into pair_lists (pairs, count, editor, at) values ($1, $2, $3, $4)";
    tx.execute(sql, (text, count, editor, now)).await.map(drop)
}

/// Everything a puzzle of this paper can be filled with.
pub async fn all(tx: &mut Tx) -> Result<Vec<Pair>, Failure> {
    Ok(pairs::together(own(tx).await?))
}
