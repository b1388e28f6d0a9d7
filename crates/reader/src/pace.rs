//! How fast somebody may try (T3.4): by place, in total, by account from that place, and by account from everywhere. Too fast
//! means later, and a stranger's tries do not keep an owner out: the narrow limit of an account is that of one place, the one
//! from everywhere is much wider, and a code by mail goes another way than a password.
//!
//! One row per key holds the moment at which everything used is free again; a try is one statement that pushes it on. The
//! place is asked first, so that whoever tries too often uses up nothing of an account and leaves no more rows.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Failure, Time, Tx, jobs};

use crate::letter::{self, House};
use crate::{Mail, Refusal, account};

/// Where a request comes from, as far as limits need it: hashed with a key that does not outlive the day (T8.1).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Place([u8; 16]);

impl Place {
    /// An IPv4 address stands for itself, an IPv6 address for its /64, which is what one household gets.
    #[must_use]
    pub fn new(address: IpAddr, key: &[u8; 32]) -> Place {
        let hash = Sha256::new().chain_update(key);
        let hash = match address.to_canonical() {
            IpAddr::V4(v4) => hash.chain_update(v4.octets()),
            IpAddr::V6(v6) => hash.chain_update(&v6.octets()[..8]),
        };
        let mut place = [0; 16];
        place.copy_from_slice(&hash.finalize()[..16]);
        Place(place)
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Place(…)")
    }
}

/// The place an address stands for today. `chance` becomes the day's key if this is the day's first request;
/// all nodes share it, and [`sweep`](crate::sweep) forgets it.
pub async fn place(tx: &mut Tx, address: IpAddr, chance: [u8; 32], now: Time) -> Result<Place, Failure> {
    let today = now.0.div_euclid(DAY);
    let known: Option<(Vec<u8>,)> = tx.first("select key from place_keys where day = $1", (today,)).await?;
    let key = match known {
        Some((key,)) => key,
        None => {
            let sql = "insert into place_keys (day, key) values ($1, $2) on conflict (day) do nothing";
            tx.execute(sql, (today, chance.to_vec())).await?;
            tx.one::<(Vec<u8>,)>("select key from place_keys where day = $1", (today,)).await?.0
        }
    };
    let key = key.try_into().map_err(|_| Failure::new("a key of places is not 32 bytes long"))?;
    Ok(Place::new(address, &key))
}

/// A day in milliseconds.
pub(crate) const DAY: i64 = 24 * 3_600_000;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Password,
    Letter,
    WorkedFor,
    Passkey,
    Factor,
    /// Hashing a password for somebody without an account yet.
    Hash,
    /// Getting a puzzle to work on.
    Puzzle,
    /// Setting out to a provider of logins.
    Elsewhere,
}

/// So many at once, then one more per so many milliseconds.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    pub at_once: i64,
    pub one_per: i64,
}

/// The paces of one act.
struct Paces {
    place: Pace,
    total: Pace,
    /// On one account: from one place, and from everywhere.
    account: Option<(Pace, Pace)>,
}

/// What each account allows each place, and what it allows everybody together.
const LETTERS: (Pace, Pace) = (Pace { at_once: 5, one_per: 120_000 }, Pace { at_once: 20, one_per: 40_000 });

impl Act {
    fn word(self) -> &'static str {
        match self {
            Act::Password => "password",
            Act::Letter => "letter",
            Act::WorkedFor => "worked for",
            Act::Passkey => "passkey",
            Act::Factor => "factor",
            Act::Hash => "hash",
            Act::Puzzle => "puzzle",
            Act::Elsewhere => "elsewhere",
        }
    }

    /// A whole school may sit behind one address; a password costs tens of milliseconds of a core.
    fn paces(self) -> Paces {
        let pace = |at_once, one_per| Pace { at_once, one_per };
        let (place, total, account) = match self {
            Act::Password => (pace(30, 5_000), pace(300, 50), Some((pace(10, 30_000), pace(100, 6_000)))),
            Act::Letter => (pace(20, 30_000), pace(200, 200), Some(LETTERS)),
            // A browser has worked for it a second or two; the address is guarded as before.
            Act::WorkedFor => (pace(200, 3_000), pace(400, 100), Some(LETTERS)),
            // A question to a device, or a journey to a provider, costs a row; the answer costs a check of a signature.
            Act::Passkey | Act::Elsewhere => (pace(40, 5_000), pace(300, 50), None),
            // Three of a million codes are right at a time: at this pace a guess succeeds once in years. Whoever gets here
            // has shown one factor, so no stranger uses this up.
            Act::Factor => (pace(20, 30_000), pace(100, 1_000), Some((pace(5, 300_000), pace(10, 300_000)))),
            Act::Hash => (pace(60, 2_000), pace(300, 50), None),
            Act::Puzzle => (pace(200, 3_000), pace(400, 100), None),
        };
        Paces { place, total, account }
    }
}

/// Counts a try on an account from a place. Whether there is such an account makes no difference (T3.3).
pub(crate) async fn try_now(
    tx: &mut Tx,
    act: Act,
    mail: &Mail,
    place: &Place,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if let Err(refusal) = try_here(tx, act, place, now).await? {
        return Ok(Err(refusal));
    }
    let Some((from_here, from_everywhere)) = act.paces().account else { return Ok(Ok(())) };
    let account = format!("{} account {}", act.word(), hex(&Sha256::digest(mail.key())[..16]));
    let here = format!("{account} {}", hex(&place.0));
    for (key, pace) in [(here, from_here), (account, from_everywhere)] {
        if let Err(refusal) = take(tx, &key, pace, now).await? {
            if act == Act::Password {
                jobs::later(tx, &WarnOwner { mail: mail.as_str().to_owned() }, now).await?;
            }
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}

/// Counts a try from a place by somebody who has not said who they are.
pub(crate) async fn try_here(
    tx: &mut Tx,
    act: Act,
    place: &Place,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let (word, paces) = (act.word(), act.paces());
    for (key, pace) in
        [(format!("{word} place {}", hex(&place.0)), paces.place), (format!("{word} total"), paces.total)]
    {
        if let Err(refusal) = take(tx, &key, pace, now).await? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}

/// Counts a password that is to be hashed for somebody without an account. Ask before hashing, and commit also when the
/// answer is no.
pub async fn may_hash(tx: &mut Tx, place: &Place, now: Time) -> Result<Result<(), Refusal>, Failure> {
    try_here(tx, Act::Hash, place, now).await
}

async fn take(tx: &mut Tx, key: &str, pace: Pace, now: Time) -> Result<Result<(), Refusal>, Failure> {
    Ok(next(tx, key, pace, now).await?.map_err(|again| Refusal::TooOften { again }))
}

/// Counts a try under this key; too early, it says when it goes on. A moment that this pace cannot have reached comes from a
/// clock that was ahead, and counts as past (R12).
pub(crate) async fn next(tx: &mut Tx, key: &str, pace: Pace, now: Time) -> Result<Result<(), Time>, Failure> {
    let reserve = (pace.at_once - 1) * pace.one_per;
    let sql = "insert into paces (key, free_at) values ($1, $2)
               on conflict (key) do update
                  set free_at = case when paces.free_at between $3 and $5 then paces.free_at + $4 else $2 end
                where paces.free_at <= $5 or paces.free_at > $6";
    let (full, most) = (now.plus(reserve), now.plus(reserve + pace.one_per));
    let taken = tx.execute(sql, (key, now.plus(pace.one_per), now, pace.one_per, full, most)).await?;
    if taken == 1 {
        return Ok(Ok(()));
    }
    let (free_at,): (Time,) = tx.one("select free_at from paces where key = $1", (key,)).await?;
    Ok(Err(free_at.plus(-reserve)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Tells somebody that their password is being guessed. Enqueued whether or not there is such an account,
/// so that who guesses cannot tell.
#[derive(Serialize, Deserialize)]
pub struct WarnOwner {
    mail: String,
}

impl jobs::Later for WarnOwner {
    const KIND: &'static str = "warn-owner";

    fn name(&self) -> Option<String> {
        Some(format!("warn-owner {}", hex(&Sha256::digest(&self.mail)[..16])))
    }
}

/// Writes the owner a letter, at most one a day.
pub async fn warn_owner(tx: &mut Tx, job: &WarnOwner, house: &House<'_>, now: Time) -> Result<(), Failure> {
    let Ok(mail) = Mail::parse(&job.mail) else { return Ok(()) };
    let Some(owner) = account::by_mail(tx, &mail).await? else { return Ok(()) };
    let daily = Pace { at_once: 1, one_per: DAY };
    if take(tx, &format!("warned {}", owner.id), daily, now).await?.is_ok() {
        letter::post(tx, &owner.mail, letter::many_tries(house, owner.language), now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn t3_4_a_household_is_one_place() {
        let place = |text: &str| text.parse().map(|address| Place::new(address, &[1; 32]).0);
        assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_ne!(place("192.0.2.1"), place("192.0.2.2"));
        assert_eq!(place("192.0.2.1"), place("::ffff:192.0.2.1"));
        let other_day = "192.0.2.1".parse().map(|address| Place::new(address, &[2; 32]).0);
        assert_ne!(place("192.0.2.1"), other_day);
    }
}
