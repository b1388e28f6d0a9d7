//! What the talk does not take, and why. The words for it are the theme's.

use store::Time;

use crate::CommentId;
use crate::hours::State;

/// Why a comment, a vote or a draft is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is left once spaces and invisible characters are gone.
    Empty,
    /// More characters than a comment may have.
    TooLong {
        /// The limit in Unicode characters.
        longest: usize,
    },
    /// More lines than a comment may have.
    TooManyLines {
        /// The limit.
        most: usize,
    },
    /// A character no page can print, such as NUL.
    Unprintable,
    /// The talk is closed.
    Closed {
        /// [`State::Closed`], with when it opens and why it is closed.
        state: State,
    },
    /// The same reader said the same in the same thread a moment ago.
    Repeated {
        /// Where it stands.
        first: CommentId,
    },
    /// More comments than one person may post in so short a time (T5.3).
    TooOften {
        /// When the next one is taken.
        again: Time,
    },
    /// What it answers or votes on was removed meanwhile, or stands in another thread.
    NoSuchComment,
    /// Nobody votes on their own comment.
    Own,
    /// A comment may be changed for so many minutes after it was posted.
    TooLate {
        /// The limit.
        minutes: i64,
    },
    /// The author changed the comment in another window meanwhile.
    ChangedMeanwhile,
    /// A comment may be changed so many times.
    ChangedOften {
        /// The limit.
        most: i64,
    },
    /// While the talk waits, what stands is not changed.
    ChangesRest,
    /// The desk has pulled a [brake](crate::brake): who is new waits.
    TooNew {
        /// The days one must have been here.
        days: i64,
        /// When the brake ends by itself.
        until: Time,
    },
}
