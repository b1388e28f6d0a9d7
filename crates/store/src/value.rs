//! What a column may hold, and how it becomes a type of a room.

use serde::Serialize;
use story::{Line, Slug, Time};

use crate::Failure;

/// One value of a column. There are no other types: truth is 0 or 1, times are milliseconds, lists are JSON text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// `bigint`
    Int(i64),
    /// `double precision`
    Real(f64),
    /// `text`
    Text(String),
    /// `blob` or `bytea`
    Bytes(Vec<u8>),
}

impl Value {
    /// Refuses what only one of the databases would take: PostgreSQL has no text with a NUL byte, SQLite turns "not a number" into nothing.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        match self {
            Value::Text(text) if text.contains('\0') => {
                Err(Failure::new("a text with a NUL byte: refuse it at the door"))
            }
            Value::Real(x) if x.is_nan() => Err(Failure::new("a number that is none")),
            _ => Ok(()),
        }
    }
}

macro_rules! into_value {
    ($($from:ty => $make:expr;)*) => {$(
        impl From<$from> for Value { fn from(from: $from) -> Value { let make: fn($from) -> Value = $make; make(from) } }
    )*};
}
into_value! {
    i64 => Value::Int;
    i32 => |n| Value::Int(i64::from(n));
    u32 => |n| Value::Int(i64::from(n));
    bool => |yes| Value::Int(i64::from(yes));
    f64 => Value::Real;
    &str => |text| Value::Text(text.to_owned());
    String => Value::Text;
    &String => |text| Value::Text(text.clone());
    Vec<u8> => Value::Bytes;
    &[u8] => |bytes| Value::Bytes(bytes.to_vec());
    Time => |at| Value::Int(at.0);
    &Slug => |slug| Value::Text(slug.as_str().to_owned());
    &Line => |line| Value::Text(line.as_str().to_owned());
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(from: Option<T>) -> Value {
        from.map_or(Value::Null, Into::into)
    }
}

/// The values for `$1`, `$2`, … of a statement.
pub trait Params {
    /// Their values in order.
    fn values(self) -> Vec<Value>;
}

impl Params for Vec<Value> {
    fn values(self) -> Vec<Value> {
        self
    }
}

/// A type that a column becomes.
pub trait FromColumn: Sized {
    /// Takes the value, or nothing if it is of another kind.
    fn from_column(value: Value) -> Option<Self>;
}

impl FromColumn for i64 {
    fn from_column(value: Value) -> Option<i64> {
        if let Value::Int(n) = value { Some(n) } else { None }
    }
}
impl FromColumn for bool {
    fn from_column(value: Value) -> Option<bool> {
        i64::from_column(value).map(|n| n != 0)
    }
}
impl FromColumn for f64 {
    fn from_column(value: Value) -> Option<f64> {
        match value {
            Value::Real(x) => Some(x),
            Value::Int(n) => Some(n as f64),
            _ => None,
        }
    }
}
impl FromColumn for String {
    fn from_column(value: Value) -> Option<String> {
        if let Value::Text(text) = value { Some(text) } else { None }
    }
}
impl FromColumn for Vec<u8> {
    fn from_column(value: Value) -> Option<Vec<u8>> {
        if let Value::Bytes(bytes) = value { Some(bytes) } else { None }
    }
}
impl FromColumn for Time {
    fn from_column(value: Value) -> Option<Time> {
        i64::from_column(value).map(Time)
    }
}
impl FromColumn for Slug {
    fn from_column(value: Value) -> Option<Slug> {
        Slug::parse(&String::from_column(value)?)
    }
}
impl FromColumn for Line {
    fn from_column(value: Value) -> Option<Line> {
        Line::parse("column", &String::from_column(value)?, usize::MAX).ok()
    }
}
impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(value: Value) -> Option<Option<T>> {
        if value == Value::Null { Some(None) } else { T::from_column(value).map(Some) }
    }
}

/// One row on its way to a type: its columns are taken in the order of the `select`.
pub struct Row {
    values: std::vec::IntoIter<Value>,
    taken: usize,
}

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Row {
        Row { values: values.into_iter(), taken: 0 }
    }

    /// The columns that are left, as they are.
    pub(crate) fn rest(&mut self) -> Vec<Value> {
        self.values.by_ref().collect()
    }

    /// The next column.
    pub fn take<T: FromColumn>(&mut self) -> Result<T, Failure> {
        self.taken += 1;
        let value =
            self.values.next().ok_or_else(|| Failure::new(format!("a row without column {}", self.taken)))?;
        T::from_column(value).ok_or_else(|| {
            Failure::new(format!("column {} is not a {}", self.taken, std::any::type_name::<T>()))
        })
    }
}

/// A type that a row becomes; made with [`row!`](crate::row) or by hand.
pub trait FromRow: Sized {
    /// Takes the columns in the order of the `select`.
    fn from_row(row: &mut Row) -> Result<Self, Failure>;
}

macro_rules! tuples {
    ($(($($name:ident)+))*) => {$(
        #[allow(non_snake_case)]
        impl<$($name: Into<Value>),+> Params for ($($name,)+) {
            fn values(self) -> Vec<Value> { let ($($name,)+) = self; vec![$($name.into()),+] }
        }
        impl<$($name: FromColumn),+> FromRow for ($($name,)+) {
            fn from_row(row: &mut Row) -> Result<Self, Failure> { Ok(($(row.take::<$name>()?,)+)) }
        }
    )*};
}
tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) (A B C D E F G H I)
    (A B C D E F G H I J) (A B C D E F G H I J K) (A B C D E F G H I J K L) (A B C D E F G H I J K L M)
    (A B C D E F G H I J K L M N) (A B C D E F G H I J K L M N O) (A B C D E F G H I J K L M N O P)
}

impl Params for () {
    fn values(self) -> Vec<Value> {
        Vec::new()
    }
}

/// Makes a struct readable from a row whose columns stand in the order of the fields named here:
/// `store::row!(Comment { id, author, text, at });`
#[macro_export]
macro_rules! row {
    ($type:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::FromRow for $type {
            fn from_row(row: &mut $crate::Row) -> Result<$type, $crate::Failure> {
                Ok($type { $($field: row.take()?),+ })
            }
        }
    };
}

/// Makes the id type of a noun: `store::id!(/// Names an article. ArticleId);`
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);
        impl From<$name> for $crate::Value {
            fn from(id: $name) -> $crate::Value { $crate::Value::Int(id.0) }
        }
        impl $crate::FromColumn for $name {
            fn from_column(value: $crate::Value) -> Option<$name> { i64::from_column(value).map($name) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<$name, Self::Err> { text.parse().map($name) }
        }
    };
}

/// Places for the values of a list: `$2, $3, $4` for three from the second on.
#[must_use]
pub fn numbered(from: usize, count: usize) -> String {
    (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// A list for `… in (…)`: its places from that one on, and its values. Its last value is repeated up to a length that is a power
/// of two, so that few statements serve lists of all lengths, and each of them is parsed and planned once on a connection.
pub fn among<T: Into<Value>>(from: usize, list: impl IntoIterator<Item = T>) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = list.into_iter().map(Into::into).collect();
    if let Some(last) = values.last().cloned() {
        values.resize(values.len().next_power_of_two(), last);
    }
    (numbered(from, values.len()), values)
}

/// The places of many rows in one statement: `($1, $2), ($3, $4)` for two rows of two columns.
#[must_use]
pub fn places(rows: usize, columns: usize) -> String {
    let row = |row: usize| format!("({})", numbered(row * columns + 1, columns));
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// A list as one column.
pub fn json<T: Serialize>(list: &T) -> Result<Value, Failure> {
    Ok(Value::Text(serde_json::to_string(list)?))
}
