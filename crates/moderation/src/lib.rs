//! The decisions about comments, with reasons.
//!
//! A moderator removes a comment under a clause of the house rules ([`Rules`]) and tells its author why; the same transaction hides
//! it ([`forum::remove`]). Restoring is another decision that follows the first. A decision is never changed (T5.2), and its
//! author reads it in their account ([`decisions_about`]). What was written while a talk waits is let in ([`approve`]) or refused
//! in the same manner ([`refuse`]).
//!
//! What this room deliberately does not do: it keeps no comments, it does not say where a complaint goes, and no program decides
//! anything yet; the column that would say so is there, because readers are told which of the two it was.

mod admission;
mod decision;
#[cfg(test)]
mod plans;
mod refusal;
mod rules;

pub use admission::{AdmissionId, Refused, approve, refuse, refused};
pub use decision::{
    Decision, Moderator, Reason, Verdict, decisions, decisions_about, history, removals_since, remove,
    restore,
};
pub use refusal::Refusal;
pub use rules::{Both, Chapter, Clause, Piece, Rules, Trouble};

/// House rules for a paper that has none of its own.
pub const BUILT_IN: &str = include_str!("rules.toml");

store::id!(
    /// Names a decision.
    DecisionId
);

use store::personal::Leaving::Stay;
use store::personal::Personal;

/// Which rows of this room belong to a person (T8.3).
pub const PERSONAL: &[Personal] = &[
    Personal::of(
        "decisions",
        "author",
        &["comment", "verdict", "clause", "reason", "automatic", "at"],
        Stay(
            "a decision is answered for after its author left (Regulation (EU) 2022/2065, articles 17 and 20)",
        ),
    ),
    Personal::of("decisions", "moderator", &[], Stay("an act of the desk")),
    Personal::of(
        "admissions",
        "author",
        &["comment", "clause", "reason", "at"],
        Stay("a refusal is answered for like a removal; the text itself goes with its author"),
    ),
    Personal::of("admissions", "moderator", &[], Stay("an act of the desk")),
];

/// The moderation's rows.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    room: "moderation",
    steps: &[include_str!("rows.sql"), include_str!("admission.sql")],
};
