//! Benefits: what members find, what partners do, and how the desk sets it up.

use serde::Serialize;
use story::Time;

use super::{Frame, Html, Link, PictureView, Say};

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
