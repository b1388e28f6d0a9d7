//! How the desk sets benefits up.

use serde::Serialize;
use story::Time;

use super::draws::OutcomeView;
use super::partner::OfferNumbers;
use crate::pages::{Frame, Link, Say};

/// One field of a form at the desk. Its words are `benefits-field-` and its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FormField {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub value: String,
    /// `line`, `text`, `moment`, `number` or `choice`.
    pub kind: &'static str,
    /// Values and names to choose from.
    pub options: Vec<Link>,
    /// Whether there is a hint: `benefits-hint-` and its name.
    pub hint: bool,
    /// What is wrong with it.
    pub error: Option<Say>,
}

/// An offer or a draw at the desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskBenefitPage {
    /// What stands around it.
    pub frame: Frame,
    /// What it is called, if it is there already.
    pub headline: Option<String>,
    /// Whether it is a draw.
    pub draw: bool,
    /// Its page for readers.
    pub url: Option<String>,
    /// Where the form posts to; nothing if it cannot be changed any more.
    pub action: Option<String>,
    /// The fields.
    pub fields: Vec<FormField>,
    /// How the offer goes.
    pub numbers: Option<OfferNumbers>,
    /// Where a list of codes posts to.
    pub codes: Option<String>,
    /// The list as it was typed, when it could not be taken.
    pub list: String,
    /// Lines that could not be taken, with the reasons.
    pub refused: Vec<(usize, Say)>,
    /// Where taking it back posts to.
    pub end: Option<String>,
    /// The reason for that as it was typed, when it could not be taken.
    pub why: String,
    /// What came of a draw.
    pub outcome: Option<OutcomeView>,
    /// Something to say first.
    pub notice: Option<Say>,
    /// Why nothing was kept.
    pub error: Option<Say>,
}

/// A draw in the desk's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeskDrawRow {
    /// Its page at the desk.
    pub draw: Link,
    /// Until when.
    pub closes: Time,
    /// How many entries.
    pub entries: i64,
    /// Whether it is drawn.
    pub drawn: bool,
    /// Whether it was called off.
    pub cancelled: bool,
}

/// A partner at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeskPartner {
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Who spends codes for it: where to take that back, and the name.
    pub people: Vec<Link>,
    /// Where to appoint somebody.
    pub action: String,
}

/// Offers and draws at the desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskBenefitsPage {
    /// What stands around it.
    pub frame: Frame,
    /// All offers.
    pub offers: Vec<OfferNumbers>,
    /// All draws.
    pub draws: Vec<DeskDrawRow>,
    /// All partners.
    pub partners: Vec<DeskPartner>,
    /// What was typed and could not be taken.
    pub typed: TypedPartner,
    /// The field that is wrong: `slug`, `long` or `name`.
    pub wrong: Option<String>,
    /// Something to say first.
    pub notice: Option<Say>,
    /// Why nothing was kept.
    pub error: Option<Say>,
}

/// The forms for partners as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TypedPartner {
    /// A new partner's name.
    pub long: String,
    /// Its short name.
    pub short: String,
    /// A partner's short name, and whom to appoint there.
    pub person: Option<(String, String)>,
}
