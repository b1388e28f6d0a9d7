//! Signing in with an account that is kept elsewhere: a publisher who has a login of its own is a *provider* of logins by
//! OpenID Connect, and sends its people over with a signed [token](id_token).
//!
//! Somebody goes there and comes back: a [`Journey`] with a row here, once, within ten minutes, in the same browser. Who they
//! are is decided by provider and subject, never by their mail address: an address is what an account can be taken over with.
//! Whom nobody here knows gets a new account, if the provider has made sure of the address and nobody has it; whoever has an
//! account already signs in as always and connects it.
//!
//! Speaking with the provider is for whoever knows HTTP. This room keeps no token, and asks the provider for nothing later.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use store::{Failure, Time, Tx};
use story::Language;

use crate::account::{self, Admitted};
use crate::id_token::Profile;
use crate::letter::{self, House};
use crate::letter_account;
use crate::pace::{self, Act, Place};
use crate::{Mail, Name, Newcomer, Reader, ReaderId, Refusal, Secret};

/// How long a journey may last, and how long somebody may choose a name, in minutes.
pub const GOOD_FOR: i64 = 10;

/// Why an account elsewhere did not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The provider does not answer, or not as it should.
    Away,
    /// They turned back there.
    TurnedBack,
    /// Nobody is expected back: too late, a second time, or another browser.
    NotExpected,
    /// What came back is not what the provider says of whoever was sent there.
    Untrue,
    /// It is of another time.
    Clock,
    /// Nobody here knows them, and the provider has not made sure of an address.
    NoMail,
    /// Somebody has an account with this address; it is for them to connect it.
    MailKnown,
    /// It opens another account already, or this account is opened by another one.
    Connected,
}

impl From<Obstacle> for Refusal {
    fn from(obstacle: Obstacle) -> Refusal {
        Refusal::Elsewhere(obstacle)
    }
}

/// Somebody on the way to the provider and back. All that goes along and all that is expected back follows from two
/// secrets, of which the rows know the hashes only.
#[derive(Clone, Copy, Debug)]
pub struct Journey {
    state: Secret,
    browser: Secret,
}

impl Journey {
    /// Begins one with fresh chance.
    #[must_use]
    pub fn from_chance(state: [u8; 32], browser: [u8; 32]) -> Journey {
        Journey { state: Secret::from_chance(state), browser: Secret::from_chance(browser) }
    }

    /// One that may be ending: what came back in the address, and what stayed in the browser.
    #[must_use]
    pub fn resume(state: &str, browser: &str) -> Option<Journey> {
        Some(Journey { state: Secret::parse(state)?, browser: Secret::parse(browser)? })
    }

    /// What goes to the provider and back in the address.
    #[must_use]
    pub fn state(&self) -> String {
        self.state.reveal()
    }

    /// What stays in the browser.
    #[must_use]
    pub fn browser(&self) -> String {
        self.browser.reveal()
    }

    /// What the token must repeat.
    #[must_use]
    pub fn nonce(&self) -> String {
        self.browser.derived("nonce").reveal()
    }

    /// What proves that whoever asks for the token is who set out (RFC 7636).
    #[must_use]
    pub fn verifier(&self) -> String {
        self.browser.derived("verifier").reveal()
    }

    /// What goes to the provider in its place: its SHA-256.
    #[must_use]
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier()))
    }
}

/// Somebody sets out, who wants to sign in, or is `reader` and wants to connect an account. `luggage` comes back as it went.
pub async fn set_out(
    tx: &mut Tx,
    journey: &Journey,
    reader: Option<ReaderId>,
    luggage: &str,
    place: &Place,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if let Err(refusal) = pace::try_here(tx, Act::Elsewhere, place, now).await? {
        return Ok(Err(refusal));
    }
    let sql = "insert into journeys (state, browser, reader, luggage, made_at, expires_at)
               values ($1, $2, $3, $4, $5, $6)";
    let until = now.plus_minutes(GOOD_FOR);
    tx.execute(sql, (journey.state.hash(), journey.browser.hash(), reader, luggage, now, until)).await?;
    Ok(Ok(()))
}

/// Who came back, and what they had with them.
#[derive(Clone, Debug)]
pub struct Returned {
    /// Who wants to connect an account; nobody if somebody wants to sign in.
    pub reader: Option<ReaderId>,
    /// As it went.
    pub luggage: String,
}
store::row!(Returned { reader, luggage });

/// Somebody comes back. Of many who say so, one does; commit before anything else is done.
pub async fn come_back(tx: &mut Tx, journey: &Journey, now: Time) -> Result<Option<Returned>, Failure> {
    let sql = "delete from journeys where state = $1 and browser = $2 and expires_at > $3 returning reader, luggage";
    tx.first(sql, (journey.state.hash(), journey.browser.hash(), now)).await
}

/// Whose account it opens, if anybody's; notes that it did.
pub async fn owner(tx: &mut Tx, issuer: &str, subject: &str, now: Time) -> Result<Option<ReaderId>, Failure> {
    let sql = "update outside_logins set used_at = $3 where issuer = $1 and subject = $2 returning reader";
    Ok(tx.first(sql, (issuer, subject, now)).await?.map(|(reader,)| reader))
}

/// The provider vouches for somebody whom nobody here knows: they may choose a name, with this `ticket`.
pub async fn arrive(
    tx: &mut Tx,
    issuer: &str,
    who: &Profile,
    ticket: &Secret,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let Some(mail) = &who.mail else { return Ok(Err(Obstacle::NoMail.into())) };
    if account::by_mail(tx, mail).await?.is_some() {
        return Ok(Err(Obstacle::MailKnown.into()));
    }
    let sql = "insert into arrivals (ticket, issuer, subject, mail, made_at, expires_at)
               values ($1, $2, $3, $4, $5, $6)";
    let until = now.plus_minutes(GOOD_FOR);
    tx.execute(sql, (ticket.hash(), issuer, &who.subject, mail, now, until)).await?;
    Ok(Ok(()))
}

/// The address of whoever is choosing a name.
pub async fn arriving(tx: &mut Tx, ticket: &Secret, now: Time) -> Result<Option<Mail>, Failure> {
    let sql = "select mail from arrivals where ticket = $1 and expires_at > $2";
    Ok(tx.first(sql, (ticket.hash(), now)).await?.map(|(mail,)| mail))
}

/// Opens an account for whoever arrived, under this name. Drop the transaction when the answer is no, and the ticket still
/// works.
pub async fn admit(
    tx: &mut Tx,
    ticket: &Secret,
    name: Name,
    language: Language,
    now: Time,
) -> Result<Result<ReaderId, Refusal>, Failure> {
    let sql = "delete from arrivals where ticket = $1 and expires_at > $2 returning issuer, subject, mail";
    let row: Option<(String, String, Mail)> = tx.first(sql, (ticket.hash(), now)).await?;
    let Some((issuer, subject, mail)) = row else { return Ok(Err(Obstacle::NotExpected.into())) };
    let newcomer = Newcomer { name, mail, password: None, language };
    let reader = match account::open(tx, &newcomer, now).await? {
        Admitted::New(reader) => reader,
        Admitted::MailKnown(_) => return Ok(Err(Obstacle::MailKnown.into())),
        Admitted::NameTaken => return Ok(Err(Refusal::NameTaken)),
    };
    let is_first = keep(tx, reader, &issuer, &subject, now).await?;
    Ok(if is_first { Ok(reader) } else { Err(Obstacle::Connected.into()) })
}

/// Lets an account elsewhere open this reader's account; tells the owner by letter (T3.8). `provider` is what the paper calls
/// it. Ask for a [fresh](crate::Session::is_fresh) session before somebody sets out.
pub async fn connect(
    tx: &mut Tx,
    house: &House<'_>,
    provider: &str,
    reader: &Reader,
    issuer: &str,
    subject: &str,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if !keep(tx, reader.id, issuer, subject, now).await? {
        return Ok(Err(Obstacle::Connected.into()));
    }
    let text = letter_account::login_connected(house, reader.language, provider);
    letter::post(tx, &reader.mail, text, now).await?;
    Ok(Ok(()))
}

/// Tells whether it was kept: one account here for one there, and one there for one here.
async fn keep(
    tx: &mut Tx,
    reader: ReaderId,
    issuer: &str,
    subject: &str,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "insert into outside_logins (reader, issuer, subject, made_at) values ($1, $2, $3, $4)
               on conflict do nothing";
    Ok(tx.execute(sql, (reader, issuer, subject, now)).await? == 1)
}

/// An account elsewhere as its owner sees it.
#[derive(Clone, Copy, Debug)]
pub struct Connected {
    /// Since when.
    pub made_at: Time,
    /// When it last signed them in.
    pub used_at: Option<Time>,
}
store::row!(Connected { made_at, used_at });

/// The account of this provider that opens the reader's account.
pub async fn connected(tx: &mut Tx, reader: ReaderId, issuer: &str) -> Result<Option<Connected>, Failure> {
    let sql = "select made_at, used_at from outside_logins where reader = $1 and issuer = $2";
    tx.first(sql, (reader, issuer)).await
}

/// Takes the connection away, and tells the owner by letter; tells whether there was one. Every account has an address for
/// letters, so a code by mail always remains to sign in with.
pub async fn disconnect(
    tx: &mut Tx,
    house: &House<'_>,
    provider: &str,
    reader: &Reader,
    issuer: &str,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "delete from outside_logins where reader = $1 and issuer = $2";
    if tx.execute(sql, (reader.id, issuer)).await? == 0 {
        return Ok(false);
    }
    let text = letter_account::login_disconnected(house, reader.language, provider);
    letter::post(tx, &reader.mail, text, now).await?;
    Ok(true)
}
