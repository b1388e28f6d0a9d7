//! Who reads: accounts, sessions, roles, one-time codes, letters.
//!
//! A reader has a name for the talk, an address for letters and, if they like, a password. Whoever works for the paper is a
//! reader with an appointment. Signing in goes by password ([`credentials`]), by a code in a letter ([`ask_for_code`]), by a
//! device that keeps a key ([`passkeys`]) or by a link that the operator hands out ([`link`]); each ends in [`open_session_by`].
//! Who works for the paper shows a [second factor](second_factor). What the house has to tell a reader waits in their
//! [`inbox`]. Whether an address has an account is told to
//! nobody but its owner: register, sign in and ask for a code answer alike, do the same work and write a letter either way.
//!
//! This room does not know what is read, and keeps no trace of it. It reads neither clock nor chance: both are arguments.
//! Logins of other houses and the deletion of an account come later; a session only ever needs a [`ReaderId`].

mod account;
pub mod benefits;
mod code;
mod company;
pub mod inbox;
pub mod letter;
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

pub use account::{
    Appointment, Newcomer, Reader, ReaderId, Role, admit, appoint, appointments, by_id, by_mail, by_name,
    people, speak, staff,
};
pub use code::{
    Code, Entered, GOOD_FOR, LinkFor, Request, ask_for_code, expires, first_administrator,
    first_administrator_code, link, link_for, register, use_code, use_link,
};
pub use company::{
    Companion, Company, MOST_PEOPLE, company, company_among, company_of, followers, keep_company,
};
pub use inbox::{CarryMessages, Message, Told, carry_messages, tell};
pub use letter::{House, Letter, LetterId, SendLetter, letters};
pub use login::{Credentials, change_password, credentials};
pub use mail::Mail;
pub use name::Name;
pub use pace::{Place, WarnOwner, place, warn_owner};
pub use password::{Context, Hashed, Password};
pub use post_office::{PostOffice, Protection, Smtp, send_letter};
pub use refusal::Refusal;
pub use secret::Secret;
pub use session::{
    ENDED, Listed, Proof, Session, SessionId, Why, device, end_all, end_everybody, end_others, end_session,
    open_session, open_session_by, seen, session, sessions,
};
pub use verified::{Verified, end_verification, verified, verify};

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
    ],
};

/// Forgets what has no purpose any more (T8.1): codes after a day, limits once they are free, sessions 90 days after
/// their end, letters after 14 days, questions to devices after minutes, messages and the ways out of letters after a
/// year, the key of places after two days, seals of messages when they could not come again. Tells how many rows went.
pub async fn sweep(tx: &mut Tx, now: Time) -> Result<u64, Failure> {
    let day = 24 * 60;
    let mut gone = 0;
    gone += tx.execute("delete from place_keys where day < $1", (now.0.div_euclid(pace::DAY) - 1,)).await?;
    for (sql, before) in [
        ("delete from codes where expires_at < $1", now.plus_minutes(-day)),
        ("delete from paces where free_at < $1", now),
        ("delete from challenges where expires_at < $1", now),
        ("delete from sessions where coalesce(ended_at, expires_at) < $1", now.plus_minutes(-90 * day)),
        ("delete from letters where made_at < $1", now.plus_minutes(-14 * day)),
        ("delete from messages where at < $1", now.plus_minutes(-365 * day)),
        ("delete from unsubscriptions where made_at < $1", now.plus_minutes(-365 * day)),
        ("delete from heard_messages where at < $1", now.plus(-4 * benefits::WINDOW)),
    ] {
        gone += tx.execute(sql, (before,)).await?;
    }
    Ok(gone)
}
