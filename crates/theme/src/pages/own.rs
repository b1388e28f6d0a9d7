//! What is one's own: pages for one reader about their address, their data and the way out.

use serde::Serialize;
use story::Time;

use super::{Frame, Say};

/// The address letters go to (a new one is posted to `/account/address`: `mail`), and the way to everything else.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnDataPage {
    /// What stands around it.
    pub frame: Frame,
    /// The present address.
    pub mail: String,
    /// A new one as typed.
    pub typed: String,
    /// Why it was refused.
    pub error: Option<Say>,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// Type the code that went to the new address. Posts to `action` (`code`, `mail`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AddressCodePage {
    /// What stands around it.
    pub frame: Frame,
    /// `/account/address/{ticket}`
    pub action: String,
    /// The new address, as typed.
    pub mail: String,
    /// Why the code was refused.
    pub error: Option<Say>,
}

/// The old address takes a change back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AddressReturnPage {
    /// What stands around it.
    pub frame: Frame,
    /// Where a POST does it; nothing if it is done, or too late.
    pub action: Option<String>,
    /// Whether it was just done.
    pub done: bool,
}

/// Leaving: posts to `/account/departure` (`texts`: keep or remove; `when`: now or later), or, while there is time, to
/// `/account/departure/return`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeparturePage {
    /// What stands around it.
    pub frame: Frame,
    /// When the account goes, if that was asked for.
    pub due: Option<Time>,
    /// Days in which one can come back.
    pub days: i64,
    /// Whether it was asked for just now.
    pub gone: bool,
    /// What is wrong with the form.
    pub error: Option<Say>,
}
