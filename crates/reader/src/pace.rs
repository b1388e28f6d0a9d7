//! How fast somebody may try (T3.4): by account, by place and in total. Too fast means later, never locked out:
//! one try after the other becomes free again by itself, and a code by mail goes another way than a password.
//!
//! One row per key holds the moment at which everything used is free again; a try is one statement that pushes it on.

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
}

/// So many at once, then one more per so many milliseconds.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    pub at_once: i64,
    pub one_per: i64,
}

impl Act {
    fn word(self) -> &'static str {
        match self {
            Act::Password => "password",
            Act::Letter => "letter",
            Act::WorkedFor => "worked for",
            Act::Passkey => "passkey",
            Act::Factor => "factor",
        }
    }

    /// By account, by place, in total. A whole school may sit behind one address; a password costs tens of milliseconds of a core.
    fn paces(self) -> [Pace; 3] {
        match self {
            Act::Password => [
                Pace { at_once: 10, one_per: 30_000 },
                Pace { at_once: 30, one_per: 5_000 },
                Pace { at_once: 300, one_per: 50 },
            ],
            Act::Letter => [
                Pace { at_once: 5, one_per: 120_000 },
                Pace { at_once: 20, one_per: 30_000 },
                Pace { at_once: 200, one_per: 200 },
            ],
            // A browser has worked for it a second or two; the address is guarded as before.
            Act::WorkedFor => [
                Pace { at_once: 5, one_per: 120_000 },
                Pace { at_once: 200, one_per: 3_000 },
                Pace { at_once: 400, one_per: 100 },
            ],
            // A question to a device costs a row, its answer a check of a signature.
            Act::Passkey => [
                Pace { at_once: 20, one_per: 10_000 },
                Pace { at_once: 40, one_per: 5_000 },
                Pace { at_once: 300, one_per: 50 },
            ],
            // Three of a million codes are right at a time: at this pace a guess succeeds once in decades.
            Act::Factor => [
                Pace { at_once: 5, one_per: 300_000 },
                Pace { at_once: 20, one_per: 30_000 },
                Pace { at_once: 100, one_per: 1_000 },
            ],
        }
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
    let word = act.word();
    let [by_account, by_place, in_total] = act.paces();
    let account = format!("{word} account {}", hex(&Sha256::digest(mail.key())[..16]));
    let place = format!("{word} place {}", hex(&place.0));
    for (key, pace) in
        [(account.as_str(), by_account), (&place, by_place), (&format!("{word} total"), in_total)]
    {
        if let Err(refusal) = take(tx, key, pace, now).await? {
            if act == Act::Password && key == account {
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
    let word = act.word();
    let [_, by_place, in_total] = act.paces();
    for (key, pace) in
        [(format!("{word} place {}", hex(&place.0)), by_place), (format!("{word} total"), in_total)]
    {
        if let Err(refusal) = take(tx, &key, pace, now).await? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}

async fn take(tx: &mut Tx, key: &str, pace: Pace, now: Time) -> Result<Result<(), Refusal>, Failure> {
    Ok(next(tx, key, pace, now).await?.map_err(|again| Refusal::TooOften { again }))
}

/// Counts a try under this key; too early, it says when it goes on.
pub(crate) async fn next(tx: &mut Tx, key: &str, pace: Pace, now: Time) -> Result<Result<(), Time>, Failure> {
    let reserve = (pace.at_once - 1) * pace.one_per;
    let sql = "insert into paces (key, free_at) values ($1, $2)
               on conflict (key) do update
                  set free_at = case when paces.free_at > $3 then paces.free_at + $4 else $2 end
                where paces.free_at <= $5";
    let taken = tx.execute(sql, (key, now.plus(pace.one_per), now, pace.one_per, now.plus(reserve))).await?;
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
