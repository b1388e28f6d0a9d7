//! Offers: announced, opened, and the voucher a member holds.

use serde::Serialize;
use story::Time;

use crate::pages::{Frame, Html, Link, PictureView, Say};

/// How an offer or a draw stands, in the line under its headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum OfferState {
    /// There is some, until then.
    Until {
        /// The end.
        at: Time,
    },
    /// There are so many left.
    Left {
        /// How many.
        n: i64,
    },
    /// Nothing is left.
    Gone,
    /// A draw that was drawn.
    Drawn,
}

/// An offer or a draw announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfferTeaser {
    /// Its page.
    pub url: String,
    /// „Bühne“
    pub kicker: String,
    /// „Zwei Karten zum Preis von einer“
    pub headline: String,
    /// Its picture.
    pub picture: Option<PictureView>,
    /// How it stands.
    pub state: OfferState,
}

/// One way of looking at a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Where it leads.
    pub url: String,
    /// What it is called.
    pub name: String,
    /// Whether it is the present one.
    pub current: bool,
}

/// All offers and draws.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BenefitsPage {
    /// What stands around it.
    pub frame: Frame,
    /// Offers, those that end first at the front.
    pub offers: Vec<OfferTeaser>,
    /// Draws.
    pub draws: Vec<OfferTeaser>,
    /// Regions to choose from, if there are several.
    pub regions: Vec<Choice>,
}

/// What an offer says to everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfferView {
    /// Its page.
    pub url: String,
    /// „Bühne“
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// A sentence or two.
    pub lead: String,
    /// Its picture.
    pub picture: Option<PictureView>,
    /// For what it holds.
    pub valid: String,
    /// How to use it.
    pub redeem: String,
    /// Whose it is.
    pub partner: String,
    /// Where it is of use.
    pub region: Option<String>,
    /// More, in paragraphs.
    pub text: String,
    /// Its terms.
    pub terms: String,
    /// When it was taken back, and why.
    pub withdrawn: Option<(Time, String)>,
}

/// A code somebody holds. Only on pages that are kept from every cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldCode {
    /// The code.
    pub code: String,
    /// Since when.
    pub at: Time,
    /// When it was spent.
    pub spent: Option<Time>,
    /// What a partner's telephone reads: an address with the code.
    pub scan: Option<String>,
    /// Where to give it back, while that is possible, with the number of the reservation.
    pub back: Option<Link>,
}

/// What the voucher says to whoever looks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum VoucherState {
    /// Nobody is signed in: the same for everybody.
    Everybody,
    /// Signed in, and not a member of the tier it takes.
    Stranger,
    /// A member who may take a code.
    Ready,
    /// Not now.
    No {
        /// Why.
        why: Say,
    },
}

/// The framed part of an offer's page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VoucherView {
    /// The offer's page; its form posts there.
    pub url: String,
    /// Whose.
    pub partner: String,
    /// „2 für 1“
    pub short: String,
    /// Which tier it takes.
    pub tier: String,
    /// Until when it can be used.
    pub until: Time,
    /// How many are left.
    pub left: Option<i64>,
    /// How many there are in all.
    pub stock: Option<i64>,
    /// How many each member gets …
    pub per_member: i64,
    /// … in so many days, or ever.
    pub per_days: Option<i64>,
    /// What can be done.
    pub state: VoucherState,
    /// Codes of whoever looks.
    pub codes: Vec<HeldCode>,
    /// Whether the partner spends codes by scanning.
    pub scanned: bool,
}

/// One offer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OfferPage {
    /// What stands around it.
    pub frame: Frame,
    /// The offer.
    pub offer: OfferView,
    /// The framed part.
    pub voucher: VoucherView,
    /// Other offers.
    pub more: Vec<OfferTeaser>,
    /// How many offers there are.
    pub all: usize,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// One version of somebody's terms.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermsPage {
    /// What stands around it.
    pub frame: Frame,
    /// What they are about.
    pub of: Link,
    /// The text.
    pub body: Html,
    /// Which version.
    pub version: i64,
    /// Since when it holds.
    pub since: Time,
    /// Whether a later one holds now.
    pub is_old: bool,
    /// All versions, latest first, with the moments since when they hold.
    pub versions: Vec<(Link, Time)>,
}
