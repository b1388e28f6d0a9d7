//! The partner's own small pages.

use serde::Serialize;
use story::Time;

use crate::pages::{Frame, Link, Say};

/// A code that a partner spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpentView {
    /// The code.
    pub code: String,
    /// Of which offer.
    pub short: String,
    /// When.
    pub at: Time,
    /// When it was undone.
    pub undone: Option<Time>,
    /// Where to undo it, while that is possible.
    pub undo: Option<String>,
}

/// How an offer went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfferNumbers {
    /// The offer: at the partner's its numbers, at the desk its form.
    pub offer: Link,
    /// Whose.
    pub partner: String,
    /// From when.
    pub opens: Time,
    /// Until when.
    pub closes: Time,
    /// How many there are, if that is limited.
    pub stock: Option<i64>,
    /// How many are left.
    pub left: Option<i64>,
    /// Codes members hold.
    pub reserved: i64,
    /// Codes spent.
    pub spent: i64,
    /// Redemptions undone.
    pub undone: i64,
    /// Codes given back.
    pub returned: i64,
    /// The table of its codes.
    pub table: String,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

/// Whether a card holds, for a partner who looks at one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardCheck {
    /// The number as it was typed.
    pub number: String,
    /// The tier, if a membership holds now.
    pub tier: Option<String>,
    /// Until when, if it ends by itself.
    pub until: Option<Time>,
}

/// The partner's own small page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartnerPage {
    /// What stands around it.
    pub frame: Frame,
    /// For whom this reader spends codes.
    pub partners: Vec<String>,
    /// The code as it was typed or scanned.
    pub code: String,
    /// Why it could not be spent.
    pub error: Option<Say>,
    /// What was just spent.
    pub done: Option<SpentView>,
    /// A card that was looked at.
    pub card: Option<CardCheck>,
    /// What was spent lately.
    pub recent: Vec<SpentView>,
    /// The partner's offers.
    pub offers: Vec<OfferNumbers>,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// How one of a partner's offers goes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartnerOfferPage {
    /// What stands around it.
    pub frame: Frame,
    /// The numbers.
    pub numbers: OfferNumbers,
    /// Its page for readers.
    pub url: String,
}
