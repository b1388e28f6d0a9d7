//! Passkeys and the second factor: pages for one reader.

use serde::Serialize;
use story::Time;

use super::{Draft, Frame, Say};

/// A passkey in its owner's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PasskeyView {
    /// What its owner calls it.
    pub name: String,
    /// Since when.
    pub since: Time,
    /// When it last signed somebody in.
    pub used: Option<Time>,
    /// Where a POST removes it.
    pub removal: String,
}

/// One's own passkeys. A new one begins with a POST to `/account/passkeys`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PasskeysPage {
    /// What stands around it.
    pub frame: Frame,
    /// Oldest first.
    pub passkeys: Vec<PasskeyView>,
    /// Whether devices can keep keys for the paper's address.
    pub possible: bool,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// What a device is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ceremony {
    /// To make a key.
    Create,
    /// To show that it has one.
    Get,
}

/// A device is asked. Posts to `action` (`credential`; `name` for a new key; `then` and the draft when signing in).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PasskeyPage {
    /// What stands around it.
    pub frame: Frame,
    /// What it is asked.
    pub ceremony: Ceremony,
    /// Where the answer goes, with the ticket of the question.
    pub action: String,
    /// The question, as JSON for the browser.
    pub options: String,
    /// The path to go to afterwards.
    pub then: Option<String>,
    /// A comment that waits for its author.
    pub draft: Option<Draft>,
}

/// An app that waits for its first code.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BegunApp {
    /// The secret, to type by hand.
    pub secret: String,
    /// `otpauth://…`: drawn to be scanned, and a link that opens an app on the same device.
    pub address: String,
}

/// The second factor: shown (POST to `/account/second-factor`: `code`, `then`), or set up (`…/app`, `…/app/confirmation`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SecondFactorPage {
    /// What stands around it.
    pub frame: Frame,
    /// Whether it was shown already; then this page is where it is looked after.
    pub complete: bool,
    /// An app counts codes.
    pub app: bool,
    /// There is a passkey.
    pub passkey: bool,
    /// Whether devices can keep keys for the paper's address.
    pub passkeys: bool,
    /// Recovery codes that are left.
    pub recovery: i64,
    /// Whether one may be set up now.
    pub may_set_up: bool,
    /// An app that waits for its first code.
    pub begun: Option<BegunApp>,
    /// The path to go to afterwards.
    pub then: Option<String>,
    /// Why a code was refused.
    pub error: Option<Say>,
}

/// New recovery codes, shown this once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecoveryCodesPage {
    /// What stands around it.
    pub frame: Frame,
    /// In groups of four letters.
    pub codes: Vec<String>,
    /// The path to go to afterwards.
    pub then: String,
}
