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
    /// The column that refers to the person, or to a row of theirs.
    pub column: &'static str,
    /// The table and column of theirs to which the column refers, if not to the person.
    pub through: Option<(&'static str, &'static str)>,
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

/// The rows that are copied at once, and that go in one transaction.
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
        Personal { table, column, through: None, theirs, leaving }
    }

    /// The same for rows that refer to a row in `through`, whose column names the person.
    #[must_use]
    pub const fn through(self, table: &'static str, column: &'static str) -> Personal {
        Personal { through: Some((table, column)), ..self }
    }

    /// Which rows are those of the person `$1`.
    #[must_use]
    pub fn condition(&self) -> String {
        match self.through {
            None => format!("{} = $1", self.column),
            Some((table, column)) => {
                format!("{} in (select id from {table} where {column} = $1)", self.column)
            }
        }
    }
}

impl FromRow for Values {
    fn from_row(row: &mut Row) -> Result<Values, Failure> {
        Ok(Values(row.rest()))
    }
}

/// Where a copy of a table goes on: behind the row that lies here.
#[derive(Clone, Debug)]
pub struct Place(Value);

/// A slice of a person's rows of one table, each value beside its column's name.
#[derive(Debug)]
pub struct Copied {
    /// The rows.
    pub rows: Vec<Vec<(&'static str, Value)>>,
    /// Where the next slice begins, if there may be one.
    pub next: Option<Place>,
}

/// Copies a slice of a person's rows of one table, from the first or from `after`. In the order in which they lie, so that
/// nobody sorts what is long.
pub async fn copy(
    tx: &mut Tx,
    personal: &Personal,
    person: i64,
    after: Option<Place>,
) -> Result<Copied, Failure> {
    let Personal { table, theirs, .. } = personal;
    if theirs.is_empty() {
        return Ok(Copied { rows: Vec::new(), next: None });
    }
    let (place, told, behind, first) = if tx.is_on_server() {
        ("ctid", "cast(ctid as text)", "cast(cast($2 as text) as tid)", Value::from("(0,0)"))
    } else {
        ("rowid", "rowid", "$2", Value::from(i64::MIN))
    };
    let sql = format!(
        "select {}, {told} from {table} where {} and {place} > {behind} order by {table}.{place} limit {SLICE}",
        theirs.join(", "),
        personal.condition(),
    );
    let mut rows: Vec<Values> = tx.all(&sql, (person, after.map_or(first, |place| place.0))).await?;
    let is_full = rows.len() as i64 == SLICE;
    let last = rows.iter_mut().filter_map(|row| row.0.pop()).last();
    Ok(Copied {
        rows: rows.into_iter().map(|row| theirs.iter().copied().zip(row.0).collect()).collect(),
        next: last.filter(|_| is_full).map(Place),
    })
}

/// Lets a slice of a person's rows go; tells how many. Call it until it is fewer than [`SLICE`].
pub async fn let_go(tx: &mut Tx, personal: &Personal, person: i64) -> Result<u64, Failure> {
    if personal.leaving != Leaving::Go {
        return Ok(0);
    }
    // Neither database has an order or a limit in a plain `delete`; both know a row by where it lies.
    let place = if tx.is_on_server() { "ctid" } else { "rowid" };
    let (table, condition) = (personal.table, personal.condition());
    let sql = format!(
        "delete from {table} where {place} in (select {place} from {table} where {condition} limit {SLICE})"
    );
    tx.execute(&sql, (person,)).await
}
