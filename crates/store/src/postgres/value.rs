//! Values on their way to PostgreSQL and back.

use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::Row;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::{Failure, Value};

pub(super) fn params(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

pub(super) fn columns(row: &Row) -> Result<Vec<Value>, Failure> {
    let mut values = Vec::with_capacity(row.len());
    for (index, column) in row.columns().iter().enumerate() {
        values.push(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(index)?.map_or(Value::Null, Value::Int),
            Type::INT4 => row.try_get::<_, Option<i32>>(index)?.map_or(Value::Null, |n| Value::Int(n.into())),
            Type::FLOAT8 => row.try_get::<_, Option<f64>>(index)?.map_or(Value::Null, Value::Real),
            Type::TEXT | Type::VARCHAR => {
                row.try_get::<_, Option<String>>(index)?.map_or(Value::Null, Value::Text)
            }
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index)?.map_or(Value::Null, Value::Bytes),
            ref other => {
                return Err(Failure::new(format!("column {} is of type {other}: cast it", column.name())));
            }
        });
    }
    Ok(values)
}

/// The bytes of a value say nothing of its type: eight letters would pass for a number. So both must agree here.
impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, kind) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(n), &Type::INT8) => n.to_sql(kind, out),
            (Value::Int(n), &Type::INT4) => i32::try_from(*n)?.to_sql(kind, out),
            (Value::Int(n), &Type::FLOAT8) => (*n as f64).to_sql(kind, out),
            (Value::Real(x), &Type::FLOAT8) => x.to_sql(kind, out),
            (Value::Text(text), &(Type::TEXT | Type::VARCHAR)) => text.to_sql(kind, out),
            (Value::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(kind, out),
            (Value::Int(_), _) => Err(format!("a whole number for a {kind}").into()),
            (Value::Real(_), _) => Err(format!("a number for a {kind}").into()),
            (Value::Text(_), _) => Err(format!("a text for a {kind}").into()),
            (Value::Bytes(_), _) => Err(format!("bytes for a {kind}").into()),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::INT4 | Type::FLOAT8 | Type::TEXT | Type::VARCHAR | Type::BYTEA)
    }

    to_sql_checked!();
}
