//! Passkeys, the second factor, and accounts that are kept elsewhere: pages for one reader.

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

/// An account that is kept elsewhere. A POST to `/account/elsewhere` connects it, one to `/account/elsewhere/removal` ends that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ElsewhereView {
    /// What readers call the provider.
    pub provider: String,
    /// Since when it is connected, if it is.
    pub since: Option<Time>,
    /// When it last signed its owner in.
    pub used: Option<Time>,
}

/// The way to the provider, for browsers that do not go on by themselves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ElsewherePage {
    /// What stands around it.
    pub frame: Frame,
    /// What readers call the provider.
    pub provider: String,
    /// Where one signs in there.
    pub address: String,
}

/// Somebody came from the provider and has no account yet. Posts to `action` (`name`, `then` and the draft).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArrivalPage {
    /// What stands around it.
    pub frame: Frame,
    /// Where the name goes, with the ticket.
    pub action: String,
    /// What readers call the provider.
    pub provider: String,
    /// The address that the provider has made sure of.
    pub mail: String,
    /// A proposal, or the name as typed.
    pub name: String,
    /// What is wrong with the name.
    pub name_error: Option<Say>,
    /// The path to go to afterwards.
    pub then: Option<String>,
    /// A comment that waits for its author.
    pub draft: Option<Draft>,
}
