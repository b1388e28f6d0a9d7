//! Rows, transactions, jobs, events and time.
//!
//! Every room keeps its rows through [`Db`] and [`Tx`], with one text of SQL that is true on SQLite and on PostgreSQL.
//! On SQLite all transactions that wait together share one flush (group commit, see `sqlite/group.rs`); a commit is
//! answered only after its flush. Nothing outside this crate names a database. What people who work for the paper did stands in a
//! chain of rows ([`ledger`]).
//!
//! What is deliberately absent: an object mapper, a query builder, nested transactions, and any knowledge of the news.

mod clock;
mod db;
pub mod events;
mod failure;
pub mod jobs;
pub mod ledger;
mod migrate;
pub mod personal;
mod postgres;
pub mod search;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod value;

pub use clock::Clock;
pub use db::{Address, Db, Tx};
pub use events::Event;
pub use failure::{Failure, Kind};
pub use migrate::Migrations;
pub use story::Time;
pub use value::{FromColumn, FromRow, Params, Row, Value, among, json, numbered, places};

/// The store's own rows: jobs, events and the ledger of acts.
pub const MIGRATIONS: Migrations =
    Migrations { room: "store", steps: &[include_str!("rows.sql"), include_str!("ledger.sql")] };
