//! One statement on one connection.

use rusqlite::types::{Null, ValueRef};
use rusqlite::{Connection, Statement};

use crate::{Failure, FromRow, Row, Value};

/// At most `most` rows of a statement.
pub(super) fn rows<T: FromRow>(
    connection: &Connection,
    sql: &str,
    values: &[Value],
    most: usize,
) -> Result<Vec<T>, Failure> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    let columns = statement.column_count();
    let mut found = Vec::new();
    let mut cursor = statement.raw_query();
    while found.len() < most {
        let Some(row) = cursor.next()? else { break };
        let mut taken = Vec::with_capacity(columns);
        for index in 0..columns {
            taken.push(value(row.get_ref(index)?)?);
        }
        found.push(T::from_row(&mut Row::new(taken))?);
    }
    Ok(found)
}

pub(super) fn execute(connection: &Connection, sql: &str, values: &[Value]) -> Result<u64, Failure> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    Ok(statement.raw_execute()? as u64)
}

pub(super) fn plan(connection: &Connection, sql: &str, values: &[Value]) -> Result<String, Failure> {
    let lines: Vec<(i64, i64, i64, String)> =
        rows(connection, &format!("explain query plan {sql}"), values, usize::MAX)?;
    Ok(lines.into_iter().map(|line| line.3).collect::<Vec<_>>().join("\n"))
}

/// Binds by the number in the name: SQLite numbers `$2` by first appearance, not by what it says.
/// A value that no parameter takes is refused, as PostgreSQL does.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<(), Failure> {
    let parameters = statement.parameter_count();
    if parameters != values.len() {
        return Err(Failure::new(format!("{} values for {parameters} parameters", values.len())));
    }
    for index in 1..=parameters {
        let value = statement
            .parameter_name(index)
            .and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok()?.checked_sub(1))
            .and_then(|place| values.get(place))
            .ok_or_else(|| Failure::new("parameters are $1, $2, … without a gap"))?;
        match value {
            Value::Null => statement.raw_bind_parameter(index, Null)?,
            Value::Int(n) => statement.raw_bind_parameter(index, n)?,
            Value::Real(x) => statement.raw_bind_parameter(index, x)?,
            Value::Text(text) => statement.raw_bind_parameter(index, text)?,
            Value::Bytes(bytes) => statement.raw_bind_parameter(index, bytes)?,
        }
    }
    Ok(())
}

fn value(column: ValueRef<'_>) -> Result<Value, Failure> {
    Ok(match column {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(x) => Value::Real(x),
        ValueRef::Text(text) => Value::Text(
            std::str::from_utf8(text)
                .map_err(|error| Failure::because("text that is not UTF-8", error))?
                .to_owned(),
        ),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    #[test]
    fn a_statement_is_planned_once_whatever_is_bound_to_it() -> Result<(), Failure> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("paper.db");
        let connection = super::super::connect_new(&path)?;
        // To know whether the index may be asked, SQLite would look at what is bound, and plan again for each other value.
        connection.execute_batch(
            "create table comments (id integer primary key, author integer, root integer);
             create index comments_of_somebody on comments (author) where root = 1;",
        )?;
        let mut statement = connection.prepare("select id from comments where author = $1 and root = $2")?;
        for root in [1, 2, 1, 3] {
            bind(&mut statement, &[Value::Int(7), Value::Int(root)])?;
            assert!(statement.raw_query().next()?.is_none());
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
        Ok(())
    }
}
