//! A member's card, and the codes they hold.

use serde::Serialize;
use story::Time;

use crate::pages::{Frame, Link, Say};

/// A member's card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardView {
    /// The number in groups.
    pub number: String,
    /// The tier's name; nothing if no membership holds now.
    pub tier: Option<String>,
    /// Since when there is a card.
    pub since: Time,
    /// Until when the membership holds, if it ends by itself.
    pub until: Option<Time>,
    /// What a telephone reads.
    pub scan: String,
}

/// A code on the card's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldOffer {
    /// The way to the voucher.
    pub offer: Link,
    /// Whose.
    pub partner: String,
    /// Until when.
    pub until: Time,
    /// When it was spent.
    pub spent: Option<Time>,
}

/// The member's card, their codes, and the way to become a member.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardPage {
    /// What stands around it.
    pub frame: Frame,
    /// Who.
    pub name: String,
    /// The card, if there is one.
    pub card: Option<CardView>,
    /// Codes.
    pub held: Vec<HeldOffer>,
    /// The number as it was typed.
    pub number: String,
    /// Why the number could not be taken.
    pub error: Option<Say>,
    /// Something to say first.
    pub notice: Option<Say>,
}
