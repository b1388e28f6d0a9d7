//! Members, tiers and subscriptions at the desk.

use serde::Serialize;
use story::Time;

use crate::pages::{Frame, Link, Say};

/// The forms for members as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TypedMember {
    /// A new tier's name.
    pub long: String,
    /// Its short name.
    pub short: String,
    /// Who is to be a member.
    pub name: String,
    /// Of which tier.
    pub tier: String,
    /// Until when.
    pub until: String,
    /// Why.
    pub why: String,
    /// Which membership is to end, and why.
    pub end: Option<(i64, String)>,
}

/// A member at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeskMember {
    /// The membership's number.
    pub id: i64,
    /// Who.
    pub name: String,
    /// Which tier.
    pub tier: String,
    /// Until when, if it ends by itself.
    pub until: Option<Time>,
    /// Why.
    pub why: String,
    /// Where to end it.
    pub end: String,
}

/// What came of a table of subscriptions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportReport {
    /// New numbers.
    pub new: usize,
    /// Known numbers with something else.
    pub changed: usize,
    /// Known numbers just like that.
    pub unchanged: usize,
    /// Lines that could not be taken, with the reasons.
    pub refused: Vec<(usize, Say)>,
}

/// Members, tiers and subscriptions at the desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskMembersPage {
    /// What stands around it.
    pub frame: Frame,
    /// Tiers by short name, the lowest first.
    pub tiers: Vec<Link>,
    /// How the names looked for begin.
    pub sought: String,
    /// Members, latest first.
    pub members: Vec<DeskMember>,
    /// The report of a table.
    pub report: Option<ImportReport>,
    /// The table as it was typed, when it could not be taken.
    pub table: String,
    /// What was typed elsewhere and could not be taken.
    pub typed: TypedMember,
    /// The field that is wrong: `slug`, `long`, `name`, `tier`, `until` or `why`.
    pub wrong: Option<String>,
    /// Something to say first.
    pub notice: Option<Say>,
    /// Why nothing was kept.
    pub error: Option<Say>,
}
