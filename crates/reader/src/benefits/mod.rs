//! Benefits: what a membership is good for.
//!
//! A reader becomes a [member](members) at the desk or through their [subscription](subscribers). Partners make [offers];
//! a member [reserves](reserve()) a code, shows it or has it [spent](spend) at the partner's own small page, and finds a
//! [receipt](receipt) afterwards. [Draws](draws) are committed to before and can be repeated after by anybody.
//!
//! What is worth money is held by the rows and not by looking first (T5.1): unique indexes over codes, turns and entries,
//! checks over stock. Texts that bind are versions, and none is changed. This room keeps no trace of what a member looks
//! at, tells partners codes and never names, and reads neither clock nor chance.

mod codes;
mod csv;
mod draw_entries;
mod draw_form;
mod drawing;
mod draws;
mod form;
mod hook;
mod members;
mod numbers;
mod offers;
mod partners;
#[cfg(test)]
mod plans;
mod receipt;
pub mod recipe;
mod redeem;
mod refusal;
mod reserve;
mod subscribers;
mod terms;
mod tiers;

pub use codes::{CodeText, LONGEST_LIST, WrongCode, add_codes, free_codes, long, short};
pub use csv::line as table_line;
pub use draw_entries::{Entry, enter, entries, entry, entry_list, leave};
pub use draw_form::{DrawDraft, DrawForm};
pub use drawing::{Outcome, Placed, close, decline, result};
pub use draws::{CloseDraw, Draw, DrawId, all_draws, announce, cancel, draw, draw_by_id, draws};
pub use form::{moment_typed, typed};
pub use hook::{Message, Unheard, WINDOW, hear, seal};
pub use members::{
    Card, Gift, Listed, Membership, MembershipId, card, card_holds, end, give, members, membership,
    memberships, reader_named,
};
pub use numbers::{Numbers, numbers, table, table_of_codes};
pub use offers::{
    CHANGED, Kind, Offer, OfferDraft, OfferForm, OfferId, add_offer, all_offers, change_offer, offer,
    offer_by_id, offers_of, running, withdraw_offer,
};
pub use partners::{
    Partner, PartnerId, Person, add_partner, appoint, dismiss, partners, partners_of, people,
};
pub use redeem::{Redemption, RedemptionId, own_offer, spend, spent_by, undo};
pub use refusal::Refusal;
pub use reserve::{Reservation, ReservationId, UNDO, all_held, give_back, held, may_reserve, reserve};
pub use subscribers::{LONGEST_TABLE, Proof, Subscription, Wrong, claim, import};
pub use terms::{Terms, TermsId, TermsText, subject, terms, terms_by_id, versions, write_terms};
pub use tiers::{Tier, TierId, add_tier, tiers};
