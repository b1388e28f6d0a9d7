//! What the desk is told when a decision cannot be taken. The words for it are the theme's.

use reader::Name;
use store::Time;

/// Why a decision is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its author must be told why.
    NoReason,
    /// More characters than a reason may have.
    ReasonTooLong {
        /// The limit in Unicode characters.
        longest: usize,
    },
    /// A character no page can print, such as NUL.
    Unprintable,
    /// The house rules have no such clause, or it is no ground for a removal.
    UnknownClause,
    /// There is no such comment.
    NoSuchComment,
    /// Somebody removed it before.
    RemovedAlready,
    /// It stands; there is nothing to restore.
    NotRemoved,
    /// It does not wait any more: somebody decided before, or its author took it back.
    NotWaiting,
    /// Its article is out of the paper.
    Withdrawn,
    /// The talk it belongs to is closed now.
    TalkClosed,
    /// Somebody else has it open.
    Claimed {
        /// Who; nobody if they let go of it in this moment.
        by: Option<Name>,
        /// Until when, if they do nothing.
        until: Time,
    },
    /// Somebody else decided before.
    Decided {
        /// Who.
        by: Name,
        /// When.
        at: Time,
    },
    /// The comment stands, and nobody asked the desk about it.
    NotOpen,
    /// Nobody reports their own comment.
    OwnComment,
    /// One report per person and comment.
    ReportedAlready,
    /// More reports than one person may send in an hour.
    ReportsTooOften,
}
