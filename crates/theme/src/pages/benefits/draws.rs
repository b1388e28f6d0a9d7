//! Prize draws: the announcement, somebody's own ticket, what came of it.

use serde::Serialize;
use story::Time;

use crate::pages::{Frame, PictureView, Say};

/// A reader's entry. Only on pages that are kept from every cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// Its number.
    pub number: i64,
    /// Its ticket.
    pub ticket: String,
    /// Whether the name may be shown.
    pub shows_name: bool,
    /// Its place among winners and substitutes, if it has one.
    pub place: Option<i64>,
    /// Whether that place wins.
    pub wins: bool,
}

/// A place of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceView {
    /// From 1.
    pub place: i64,
    /// The entry's number.
    pub number: i64,
    /// The name, if it may be shown; at the desk always.
    pub name: Option<String>,
    /// Whether they declined.
    pub declined: bool,
    /// Whether this place wins.
    pub wins: bool,
    /// When they were told.
    pub told: Option<Time>,
}

/// What came of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeView {
    /// The seed in hexadecimal digits.
    pub seed: String,
    /// The hash of the entry list.
    pub list_hash: String,
    /// The entry list itself.
    pub list: String,
    /// How many entries.
    pub entries: i64,
    /// When the list was frozen.
    pub at: Time,
    /// Winners and substitutes in order.
    pub places: Vec<PlaceView>,
    /// Whether the list is still what it was.
    pub is_unchanged: bool,
}

/// What the framed part of a draw says to whoever looks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum DrawState {
    /// Nobody is signed in: the same for everybody.
    Everybody,
    /// Signed in, and not a member of the tier it takes.
    Stranger,
    /// May enter.
    Ready,
    /// Has entered.
    Entered {
        /// The entry.
        entry: EntryView,
    },
    /// Not now.
    No {
        /// Why.
        why: Say,
    },
}

/// One draw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DrawPage {
    /// What stands around it.
    pub frame: Frame,
    /// Its page; its form posts there.
    pub url: String,
    /// „Musik“
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// A sentence or two.
    pub lead: String,
    /// What one wins.
    pub prize: String,
    /// Its picture.
    pub picture: Option<PictureView>,
    /// Where it is of use.
    pub region: Option<String>,
    /// Which tier it takes; nothing for everybody with an account.
    pub tier: Option<String>,
    /// Until when one can enter.
    pub closes: Time,
    /// How many win.
    pub winners: i64,
    /// How many stand by.
    pub substitutes: i64,
    /// Its terms.
    pub terms: String,
    /// Published before the first entry.
    pub commitment: String,
    /// When it was called off, and why.
    pub cancelled: Option<(Time, String)>,
    /// What can be done.
    pub state: DrawState,
    /// What came of it.
    pub outcome: Option<OutcomeView>,
    /// Something to say first.
    pub notice: Option<Say>,
}
