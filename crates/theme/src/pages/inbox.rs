//! What the house tells one reader, and in which letters. Never shared, never cached.

use serde::Serialize;
use story::Time;

use super::{Frame, Say};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MessageView {
    /// Key of the words, after `message-`: `reply`, `mention`, `removed` …
    pub kind: String,
    /// Who did it.
    pub who: Option<String>,
    /// A headline or an offer; empty if there is none.
    pub title: String,
    /// The house's own words, such as a reason; empty if there are none.
    pub words: String,
    /// The path it leads to.
    pub url: String,
    /// When it was told.
    pub at: Time,
    /// Whether it waits to be read.
    pub unread: bool,
}

/// How a reader hears of one kind of thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WishView {
    /// The field's name and the key of the words after `topic-`: `replies`, `mentions` …
    pub topic: String,
    /// `at-once`, `hourly`, `daily` or `never`.
    pub carry: String,
}

/// What the house told a reader. Posts to `/account/inbox` (`until`: everything told until then was read) and to
/// `/account/inbox/mail` (one field for each topic).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InboxPage {
    /// What stands around it.
    pub frame: Frame,
    /// How many messages wait to be read; at 100 there may be more.
    pub unread: i64,
    /// This page's messages, latest first.
    pub messages: Vec<MessageView>,
    /// When the latest of them was told, for the button that notes them as read.
    pub until: Option<Time>,
    /// The path of the page with older ones.
    pub older: Option<String>,
    /// What goes into letters, in the order of the page.
    pub wishes: Vec<WishView>,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// The way out that stands in a letter: a button, because looking changes nothing (T2.4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnsubscribePage {
    /// What stands around it.
    pub frame: Frame,
    /// `/account/mail/{token}`; nothing if the way out is unknown or too old.
    pub action: Option<String>,
    /// Letters about what: a key after `topic-`; nothing for all of them.
    pub topic: Option<String>,
    /// Whether it was taken.
    pub done: bool,
}
