//! What this room says no to. The sentences are the theme's.

use store::Time;

/// A no to a person, which the page says in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A field of a form cannot be taken.
    Field {
        /// Its name in the form.
        field: &'static str,
    },
    /// A field has more characters than fit.
    TooLong {
        /// Its name in the form.
        field: &'static str,
        /// How many fit.
        longest: usize,
    },
    /// Another offer, draw, partner or tier has this address already, or the house uses it.
    Taken,
    /// It is only for members of a tier that this reader does not have.
    MembersOnly,
    /// It has not begun.
    NotYet {
        /// When it begins.
        opens: Time,
    },
    /// It is over, or was taken back.
    Over,
    /// Nothing is left.
    SoldOut,
    /// This member has had as many as the offer gives.
    HadAlready {
        /// When there is another one, if ever.
        again: Option<Time>,
    },
    /// The minute in which it could be undone is over, or it was undone already.
    TooLate,
    /// No code of this partner reads like that, or nobody holds it now.
    NoSuchCode,
    /// The code was spent already.
    Spent {
        /// When.
        at: Time,
    },
    /// Number and proof do not belong together, or somebody else holds the number; which, is not said.
    NoSuchNumber,
    /// Too many tries: it goes on at a later time by itself.
    TooOften {
        /// When it goes on.
        again: Time,
    },
    /// Nobody has this name.
    Nobody,
    /// A reader enters a draw once.
    EnteredAlready,
    /// The entry list is frozen: nothing is added to it and nothing taken from it.
    Frozen,
    /// The draw cannot take place before its closing time.
    StillOpen,
    /// What readers may have relied on is not changed any more: the terms of a draw, the way codes are made.
    Fixed,
}
