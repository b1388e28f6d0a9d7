//! Which rows belong to a person, so that they can have them and take them away (T8.3).
//!
//! Each room lists its own; a test reads the schema and finds the table that nobody listed. This file knows no noun: it
//! copies and deletes by the lists.

use crate::{Failure, FromRow, Row, Tx, Value};

/// A column that names a person, and what becomes of its rows.
#[derive(Clone, Copy, Debug)]
pub struct Personal {
    /// The table.
    pub table: &'static str,
    /// The column that refers to the person.
    pub column: &'static str,
    /// The columns the person gets; none where the row is about others (a follower's list, a moderator's act).
    pub theirs: &'static [&'static str],
    /// What becomes of the rows when the person leaves.
    pub leaving: Leaving,
}

/// What becomes of rows when their person leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// They go.
    Go,
    /// They stay and name somebody who is nobody any more, for this reason.
    Stay(&'static str),
}

/// The most rows of one table in a copy.
pub const MOST: i64 = 20_000;
/// The rows that go in one transaction.
pub const SLICE: i64 = 500;

struct Values(Vec<Value>);

impl Personal {
    /// A line of a room's list.
    #[must_use]
    pub const fn of(
        table: &'static str,
        column: &'static str,
        theirs: &'static [&'static str],
        leaving: Leaving,
    ) -> Personal {
        Personal { table, column, theirs, leaving }
    }
}

impl FromRow for Values {
    fn from_row(row: &mut Row) -> Result<Values, Failure> {
        Ok(Values(row.rest()))
    }
}

/// A person's rows of one table, at most [`MOST`], in the order of their columns; each value beside its column's name.
pub async fn copy(
    tx: &mut Tx,
    personal: &Personal,
    person: i64,
) -> Result<Vec<Vec<(&'static str, Value)>>, Failure> {
    let Personal { table, column, theirs, .. } = personal;
    if theirs.is_empty() {
        return Ok(Vec::new());
    }
    let order = (1..=theirs.len()).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select {} from {table} where {column} = $1 order by {order} limit {MOST}",
        theirs.join(", ")
    );
    let rows: Vec<Values> = tx.all(&sql, (person,)).await?;
    Ok(rows.into_iter().map(|row| theirs.iter().copied().zip(row.0).collect()).collect())
}

/// Lets a slice of a person's rows go; tells how many. Call it until it is fewer than [`SLICE`].
pub async fn let_go(tx: &mut Tx, personal: &Personal, person: i64) -> Result<u64, Failure> {
    let Personal { table, column, leaving, .. } = personal;
    if *leaving != Leaving::Go {
        return Ok(0);
    }
    // Neither database has an order or a limit in a plain `delete`; both know a row by where it lies.
    let place = if tx.is_on_server() { "ctid" } else { "rowid" };
    let sql = format!(
        "delete from {table} where {place} in (select {place} from {table} where {column} = $1 limit {SLICE})"
    );
    tx.execute(&sql, (person,)).await
}
