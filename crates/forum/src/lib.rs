//! The talk.
pub mod hours;
