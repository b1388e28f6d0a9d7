//! What the desk is told when a decision cannot be taken. The words for it are the theme's.

/// Why a decision is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}
