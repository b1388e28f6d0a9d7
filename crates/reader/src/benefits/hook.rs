//! The hook of a subscription system: a message, sealed with a secret that both sides hold.
//!
//! The seal is HMAC-SHA256 (RFC 2104) over the time in seconds, a dot and the message as it was sent. A message is heard
//! within five minutes of its time and once: its seal is kept as long as it could come again.

use hmac::{Hmac, KeyInit, Mac};
use jiff::tz::TimeZone;
use serde::Deserialize;
use sha2::Sha256;
use store::{Failure, Time, Tx};

use super::subscribers::{self, Kept, Subscription, Wrong};
use super::tiers;

/// How far the sender's clock may be from ours, in milliseconds.
pub const WINDOW: i64 = 5 * 60_000;

/// A message as it came.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// What the sender's clock said, in seconds since 1970.
    pub timestamp: &'a str,
    /// The seal: 64 hexadecimal digits.
    pub seal: &'a str,
    /// The text.
    pub body: &'a [u8],
}

/// Why a message is not heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unheard {
    /// The seal does not fit, or there is no secret.
    Seal,
    /// Its time is more than five minutes away.
    Late,
    /// It came before.
    Again,
    /// It cannot be read, or something in it cannot be taken.
    Text(String),
}

/// What a message says. Unknown fields are refused (T4.4).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    number: String,
    proof: String,
    tier: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

/// A message whose seal and time were looked at: only such a one gets a turn at the rows.
#[derive(Debug)]
pub struct Sealed<'a> {
    seal: Vec<u8>,
    body: &'a [u8],
}

impl<'a> Message<'a> {
    /// Looks at seal and time. Any of `secrets` may have sealed it, so that one can be replaced while the other still counts.
    pub fn opened(&self, secrets: &[Vec<u8>], now: Time) -> Result<Sealed<'a>, Unheard> {
        let seal = bytes(self.seal)
            .filter(|seal| secrets.iter().any(|key| fits(key, self, seal)))
            .ok_or(Unheard::Seal)?;
        let said: i64 = self.timestamp.parse().map_err(|_| Unheard::Late)?;
        if now.since(Time(said.saturating_mul(1000))).saturating_abs() > WINDOW {
            return Err(Unheard::Late);
        }
        Ok(Sealed { seal, body: self.body })
    }
}

/// Hears a message; tells whether anything changed.
pub async fn hear(
    tx: &mut Tx,
    message: &Sealed<'_>,
    zone: &TimeZone,
    now: Time,
) -> Result<Result<bool, Unheard>, Failure> {
    let told: Told = match serde_json::from_slice(message.body) {
        Ok(told) => told,
        Err(error) => return Ok(Err(Unheard::Text(error.to_string()))),
    };
    let tiers = tiers::tiers(tx).await?;
    let period = [told.from.as_str(), told.until.as_str()];
    let told = match Subscription::parse(&told.number, &told.proof, &told.tier, period, &tiers, zone, now) {
        Ok(told) => told,
        Err(wrong) => return Ok(Err(Unheard::Text(sentence(&wrong)))),
    };
    let sql = "insert into heard_messages (seal, at) values ($1, $2) on conflict do nothing";
    if tx.execute(sql, (message.seal.as_slice(), now)).await? == 0 {
        return Ok(Err(Unheard::Again));
    }
    let kept = subscribers::keep(tx, &told, "subscription system", now).await?;
    Ok(Ok(!matches!(kept, Kept::Unchanged)))
}

/// The seal of a message, for whoever sends one.
#[must_use]
pub fn seal(secret: &[u8], timestamp: &str, body: &[u8]) -> String {
    mac(secret, timestamp, body)
        .map(|mac| mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect())
        .unwrap_or_default()
}

fn mac(secret: &[u8], timestamp: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

/// Compared in constant time.
fn fits(secret: &[u8], message: &Message<'_>, seal: &[u8]) -> bool {
    mac(secret, message.timestamp, message.body).is_some_and(|mac| mac.verify_slice(seal).is_ok())
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..32).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()).collect()
}

/// For the other program's log, in English as all of the API.
fn sentence(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Number => "number: 1 to 30 letters, digits and hyphens".to_owned(),
        Wrong::Proof => "proof: 3 to 30 letters and digits".to_owned(),
        Wrong::Tier(tier) => format!("tier: there is none called {tier}"),
        Wrong::Date(day) => format!("{day} is no day, or no end after the beginning: write 2026-12-31"),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::seal;

    /// Made with another program: HMAC-SHA256 of `1795514400.{"number":"A-1"}`.
    #[test]
    fn a_seal_is_what_other_programs_make() {
        let sealed = seal(b"a secret of both sides", "1795514400", b"{\"number\":\"A-1\"}");
        assert_eq!(sealed, "15f7f132e0a023b8c1fd87a6078cb4c99a1eac77a413bdcee5746e9b2c372405");
    }
}
