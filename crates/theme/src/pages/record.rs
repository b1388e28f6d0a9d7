//! The record of what people who work for the paper did.

use serde::Serialize;
use story::Time;

use super::{Frame, Say};

/// One act.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActRow {
    /// Its place in the chain.
    pub number: i64,
    /// When.
    pub at: Time,
    /// Who, by name; nothing if it was the house itself.
    pub by: Option<String>,
    /// What.
    pub act: Say,
    /// On what: its kind and its id.
    pub subject: String,
    /// All acts on the same.
    pub same: String,
    /// What held before, a line for each fact.
    pub before: Vec<String>,
    /// What holds since.
    pub after: Vec<String>,
    /// The beginning of its hash.
    pub hash: String,
}

/// What the list is narrowed to, as typed. A GET to `/desk/record`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordFilter {
    /// A name.
    pub by: String,
    /// The key of an act.
    pub act: String,
    /// A kind of thing.
    pub kind: String,
    /// Its id.
    pub subject: String,
    /// The first day, `2026-11-20`.
    pub from: String,
    /// The last day.
    pub until: String,
}

/// What was done at the desks, latest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskRecordPage {
    /// What stands around it.
    pub frame: Frame,
    /// The acts.
    pub rows: Vec<ActRow>,
    /// The acts to choose from: key and words.
    pub acts: Vec<(String, Say)>,
    /// What was asked for.
    pub filter: RecordFilter,
    /// What is wrong with it.
    pub error: Option<Say>,
    /// Where the chain ends, as `blatt verify` prints it; nothing while it is empty.
    pub end: Option<String>,
    /// The same as a table.
    pub table: String,
    /// Older ones.
    pub older: Option<String>,
    /// Back to the latest.
    pub newer: Option<String>,
}
