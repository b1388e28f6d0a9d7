//! The decisions about comments, with reasons.
//!
//! A moderator removes a comment under a clause of the house rules ([`Rules`]) and tells its author why; the same transaction hides
//! it ([`forum::remove`]). Restoring is another decision that follows the first. A decision is never changed (T5.2), and its
//! author reads it in their account ([`decisions_about`]). What waits is let in ([`approve`]) or refused in the same manner
//! ([`refuse`]).
//!
//! Every new comment and every change comes in through this room ([`post`], [`change`]) and passes one list of phases
//! ([`phases::PHASES`]): it appears, it waits, or a word rule ([`words`]) keeps it out with a reason to its author. Readers are
//! told whether a person decided or a rule; why a text waits is a row ([`finding_of`]).
//!
//! What there is to decide stands in queues ([`queue`]), the riskiest first: texts that wait, and comments that readers reported
//! ([`report()`]) or that changed after a decision ([`look_again`]). Whoever opens a case has it for some minutes ([`claim()`]), and one
//! verb decides about every kind ([`decide()`]). For each clause a reason is prepared ([`prepared()`]).
//!
//! What this room deliberately does not do: it keeps no comments, and it does not say where a complaint goes. No rule removes what
//! stands; that is for people.

mod admission;
pub mod aid;
mod claim;
mod decide;
mod decision;
mod finding;
pub mod phases;
#[cfg(test)]
mod plans;
mod prepared;
pub mod queue;
mod refusal;
mod report;
mod rules;
mod take_in;
pub mod words;

pub use admission::{AdmissionId, Refused, approve, refuse, refused};
pub use claim::{CLAIM_MINUTES, Claim, claim, claims, next, release};
pub use decide::{Act, Desk, closed_since, decide, look_again};
pub use decision::{
    Decision, Moderator, Reason, Verdict, decisions, decisions_about, history, removals_since, remove,
    restore,
};
pub use finding::{Facts, Finding, FindingId, Outcome, finding_of, findings_about, findings_of};
pub use prepared::{Prepared, prepare, prepared};
pub use queue::Case;
pub use refusal::Refusal;
pub use report::{PER_HOUR, Remark, Report, report, reports};
pub use rules::{Both, Chapter, Clause, Piece, Rules, Trouble};
pub use take_in::{Changed, Door, Taken, change, post};

/// House rules for a paper that has none of its own.
pub const BUILT_IN: &str = include_str!("rules.toml");

/// The topic of events about what the phases go by (subject: 0): a mode, a caution or a word rule is new or has ended; every node
/// reads them anew.
pub const PHASES_CHANGED: &str = "phases";

store::id!(
    /// Names a decision.
    DecisionId
);

use store::personal::Leaving::{Go, Stay};
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
        &["comment", "clause", "reason", "automatic", "at"],
        Stay("a refusal is answered for like a removal; the text itself goes with its author"),
    ),
    Personal::of("admissions", "moderator", &[], Stay("an act of the desk")),
    Personal::of(
        "findings",
        "author",
        &["comment", "phase", "outcome", "facts", "score", "at"],
        Stay(
            "why a text waited or was kept out is answered for like the decision; of its words only the piece with a word of a rule stays",
        ),
    ),
    Personal::of("modes", "moderator", &[], Stay("an act of the desk")),
    Personal::of("mode_ends", "moderator", &[], Stay("an act of the desk")),
    Personal::of("cautions", "moderator", &[], Stay("an act of the desk")),
    Personal::of("word_rules", "moderator", &[], Stay("an act of the desk")),
    Personal::of("word_rule_ends", "moderator", &[], Stay("an act of the desk")),
    Personal::of("case_claims", "moderator", &[], Go),
    Personal::of("case_ends", "moderator", &[], Stay("an act of the desk")),
    Personal::of(
        "reports",
        "reader",
        &["comment", "clause", "words", "at"],
        Stay("what the desk decided may rest on it; nobody is told who it was"),
    ),
    Personal::of("prepared_reasons", "moderator", &[], Stay("an act of the desk")),
];

/// The moderation's rows.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    room: "moderation",
    steps: &[
        include_str!("rows.sql"),
        include_str!("admission.sql"),
        include_str!("phases.sql"),
        include_str!("words.sql"),
        include_str!("desk.sql"),
    ],
};
