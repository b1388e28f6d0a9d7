//! Who reads: accounts, sessions, roles, one-time codes, letters.
//!
//! A reader has a name for the talk, an address for letters and, if they like, a password. Whoever works for the paper is a
//! reader with an appointment. Signing in goes by password ([`credentials`]), by a code in a letter ([`ask_for_code`]), by a
//! device that keeps a key ([`passkeys`]), by an account that another house keeps ([`elsewhere`]) or by a link that the operator
//! hands out ([`link`]); each ends in [`open_session_by`].
//! Who works for the paper shows a [second factor](second_factor). What the house has to tell a reader waits in their
//! [`inbox`]. Whether an address has an account is told to
//! nobody but its owner: register, sign in and ask for a code answer alike, do the same work and write a letter either way.
//!
//! This room does not know what is read, and keeps no trace of it. It reads neither clock nor chance: both are arguments.
//! An account's [`address`] changes with the consent of the old one, and an account ends by [`departure`].

mod account;
pub mod address;
pub mod benefits;
mod code;
mod company;
pub mod departure;
pub mod elsewhere;
pub mod id_token;
pub mod inbox;
pub mod letter;
mod letter_account;
mod login;
mod look_alikes;
mod mail;
mod name;
mod pace;
pub mod passkeys;
mod password;
mod post_office;
mod refusal;
pub mod second_factor;
mod secret;
mod session;
mod verified;
pub mod work;

pub use account::{
    Appointment, Newcomer, Reader, ReaderId, Role, admit, appoint, appointments, by_id, by_mail, by_name,
    people, speak, staff,
};
pub use code::{
    Code, Entered, GOOD_FOR, LinkFor, Request, ask_for_code, expires, first_administrator,
    first_administrator_code, link, link_for, register, register_after_work, use_code, use_link,
};
pub use company::{
    Companion, Company, MOST_PEOPLE, company, company_among, company_of, followers, keep_company,
};
pub use inbox::{CarryMessages, Message, Told, carry_messages, tell};
pub use letter::{House, Letter, LetterId, SendAtOnce, SendLetter, letters};
pub use login::{Credentials, change_password, credentials};
pub use mail::Mail;
pub use name::Name;
pub use pace::{Place, WarnOwner, may_hash, place, warn_owner};
pub use password::{Context, Hashed, Password};
pub use post_office::{PostOffice, Protection, Smtp, send_letter};
pub use refusal::Refusal;
pub use secret::Secret;
pub use session::{
    ENDED, Listed, Proof, Session, SessionId, Why, device, end_all, end_everybody, end_others, end_session,
    open_session, open_session_by, seen, session, sessions,
};
pub use verified::{Verified, end_verification, verified, verify};

use store::personal::Leaving::{Go, Stay};
use store::personal::Personal;
use store::{Failure, Migrations, Time, Tx};

/// The room's rows.
pub const MIGRATIONS: Migrations = Migrations {
    room: "reader",
    steps: &[
        include_str!("rows.sql"),
        include_str!("inbox.sql"),
        include_str!("verified.sql"),
        include_str!("benefits/rows.sql"),
        include_str!("passkeys.sql"),
        include_str!("second_factor.sql"),
        include_str!("going.sql"),
        include_str!("keys.sql"),
        include_str!("benefits/numbers.sql"),
        include_str!("elsewhere.sql"),
    ],
};

/// Which rows of this room belong to a person (T8.3). What refers to other rows of theirs stands before them.
pub const PERSONAL: &[Personal] = &[
    Personal::of(
        "readers",
        "id",
        &["name", "mail", "language", "created_at"],
        Stay("comments and decisions name the row; `departure::depart` empties it"),
    ),
    Personal::of("appointments", "reader", &["role", "at"], Stay("who decided in which role stays known")),
    Personal::of("appointments", "appointed_by", &[], Stay("who appointed whom stays known")),
    Personal::of("consents", "reader", &["what", "given", "at"], Stay("the proof of what was agreed to")),
    Personal::of("sessions", "reader", &["device", "opened_at", "seen_at", "ended_at", "ended_why"], Go),
    Personal::of("codes", "reader", &["purpose", "made_at", "expires_at", "used_at"], Go),
    Personal::of("messages", "reader", &["kind", "title", "words", "url", "at", "read_at"], Go),
    Personal::of("messages", "who", &[], Stay("the message is another reader's")),
    Personal::of("mail_wishes", "reader", &["topic", "carry", "at"], Go),
    Personal::of("unsubscriptions", "reader", &["topic", "made_at", "used_at"], Go),
    Personal::of("follows", "reader", &["person", "at"], Go),
    Personal::of("follows", "person", &[], Go),
    Personal::of("ignores", "reader", &["person", "at"], Go),
    Personal::of("ignores", "person", &[], Go),
    Personal::of("verifications", "reader", &["at"], Stay("what the desk said of somebody's comments")),
    Personal::of("verifications", "moderator", &[], Stay("an act of the desk")),
    Personal::of("verification_ends", "moderator", &[], Stay("an act of the desk")),
    Personal::of("passkeys", "reader", &["name", "made_at", "used_at"], Go),
    Personal::of("challenges", "reader", &["purpose", "made_at", "expires_at"], Go),
    Personal::of("outside_logins", "reader", &["issuer", "subject", "made_at", "used_at"], Go),
    Personal::of("journeys", "reader", &["made_at", "expires_at"], Go),
    Personal::of("authenticators", "reader", &["made_at", "confirmed_at"], Go),
    Personal::of("recovery_codes", "reader", &["made_at", "used_at"], Go),
    Personal::of("address_changes", "reader", &["mail", "before", "made_at", "done_at"], Go),
    Personal::of(
        "departures",
        "reader",
        &["texts", "asked_at", "due_at", "done_at"],
        Stay("the wish itself"),
    ),
    Personal::of("claims", "reader", &["at"], Go),
    Personal::of("memberships", "reader", &["from_at", "until_at", "why", "at", "ended_at", "ended_why"], Go),
    Personal::of("memberships", "given_by", &[], Stay("an act of the desk")),
    Personal::of("memberships", "ended_by", &[], Stay("an act of the desk")),
    Personal::of("cards", "reader", &["number", "made_at"], Go),
    Personal::of("partner_people", "reader", &["at", "ended_at"], Stay("who took vouchers for a partner")),
    Personal::of("partner_people", "appointed_by", &[], Stay("an act of the desk")),
    Personal::of("partner_people", "ended_by", &[], Stay("an act of the desk")),
    Personal::of(
        "reservations",
        "reader",
        &["offer", "code", "at", "returned_at"],
        Stay("what a partner settles with the paper, without the person"),
    ),
    Personal::of("redemptions", "spent_by", &[], Stay("what a partner settles with the paper")),
    Personal::of("redemptions", "undone_by", &[], Stay("what a partner settles with the paper")),
    Personal::of(
        "draw_entries",
        "reader",
        &["draw", "number", "ticket", "at"],
        Stay("a draw can be repeated from its list, without the person"),
    ),
    Personal::of("draw_places", "declined_by", &[], Stay("an act of the desk")),
];

/// The most rows of one table that go in one [`sweep`].
pub const SWEPT: u64 = 500;

/// Forgets a slice of what has no purpose any more (T8.1): codes after a day, limits once they are free, sessions 90 days
/// after the last moment they could be used, letters after 14 days, questions to devices and journeys to a provider after
/// minutes, changes of address after 14 days, reserved names after a year, messages and the ways out of letters after a year,
/// the key of places after two days, seals of messages when they could not come again. Tells how many rows went; if [`SWEPT`]
/// or more, there may be more.
pub async fn sweep(tx: &mut Tx, now: Time) -> Result<u64, Failure> {
    let day = 24 * 60;
    let mut gone = 0;
    gone += tx.execute("delete from place_keys where day < $1", (now.0.div_euclid(pace::DAY) - 1,)).await?;
    for (table, key, age, before) in [
        ("codes", "id", "expires_at", now.plus_minutes(-day)),
        ("paces", "key", "free_at", now),
        ("challenges", "id", "expires_at", now),
        ("journeys", "id", "expires_at", now),
        ("arrivals", "id", "expires_at", now),
        ("address_changes", "id", "made_at", now.plus_minutes(-14 * day)),
        ("reserved_names", "skeleton", "until", now),
        ("sessions", "id", "expires_at", now.plus_minutes(-90 * day)),
        ("letters", "id", "made_at", now.plus_minutes(-14 * day)),
        ("messages", "id", "at", now.plus_minutes(-365 * day)),
        ("unsubscriptions", "id", "made_at", now.plus_minutes(-365 * day)),
        ("heard_messages", "seal", "at", now.plus(-4 * benefits::WINDOW)),
    ] {
        let sql = format!(
            "delete from {table} where {key} in
                 (select {key} from {table} where {age} < $1 order by {age} limit {SWEPT}) and {age} < $1"
        );
        gone += tx.execute(&sql, (before,)).await?;
    }
    Ok(gone)
}
