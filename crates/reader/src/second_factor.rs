//! The second factor of people who work for the paper (T3.2): a passkey, or an app that counts codes with the time
//! (RFC 6238), or one of ten recovery codes on paper.
//!
//! A password and a code by mail are one factor, because whoever reads the mail has both. Until the second is shown, a
//! session of staff opens nothing but the page that asks for it. Who has none yet sets one up there; who lost theirs needs a
//! link of the operator, which is worth as much (`blatt user link`).
//!
//! The secret of an app must be known to count along, so it stands in the rows as it is: whoever copies the rows can count
//! too, and still needs the first factor.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use store::{Failure, Time, Tx};
use subtle::ConstantTimeEq;

use crate::letter::{self, House};
use crate::pace::{self, Act, Place};
use crate::session::Proof;
use crate::{Reader, ReaderId, Refusal, Session};

/// Length of a step of time (RFC 6238, 5.2).
const STEP_MS: i64 = 30_000;
/// A code may be one step old or early: clocks differ, and people type slowly.
const SKEW: i64 = 1;
/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// The letters of RFC 4648 base 32.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What an app and the house share: 160 bits, as RFC 4226 recommends.
#[derive(Clone, PartialEq, Eq)]
pub struct SharedSecret([u8; 20]);

impl SharedSecret {
    /// Makes one of fresh chance.
    #[must_use]
    pub fn from_chance(bytes: [u8; 20]) -> SharedSecret {
        SharedSecret(bytes)
    }

    /// For typing into an app by hand, in groups of four.
    #[must_use]
    pub fn spoken(&self) -> String {
        let text = base32(&self.0);
        text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
    }

    /// What apps read from a picture (`otpauth://…`).
    #[must_use]
    pub fn address(&self, paper: &str, name: &str) -> String {
        let plain = |text: &str| {
            text.bytes().fold(String::new(), |mut escaped, byte| {
                use std::fmt::Write;
                if byte.is_ascii_alphanumeric() {
                    escaped.push(char::from(byte));
                } else {
                    let _ = write!(escaped, "%{byte:02X}");
                }
                escaped
            })
        };
        let (paper, name) = (plain(paper), plain(name));
        format!("otpauth://totp/{paper}:{name}?secret={}&issuer={paper}", base32(&self.0))
    }

    /// The six digits of a step (RFC 4226, 5.3).
    fn code(&self, step: i64) -> String {
        // Only a key of impossible length is refused, and HMAC takes any.
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(&self.0) else { return String::new() };
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let offset = usize::from(hash[19] & 0x0f);
        let four: [u8; 4] = [hash[offset], hash[offset + 1], hash[offset + 2], hash[offset + 3]];
        format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
    }

    /// Which step around `now` a code belongs to.
    fn step_of(&self, typed: &str, now: Time) -> Option<i64> {
        let present = now.0.div_euclid(STEP_MS);
        (present - SKEW..=present + SKEW)
            .find(|step| self.code(*step).as_bytes().ct_eq(typed.as_bytes()).into())
    }
}

impl std::fmt::Debug for SharedSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SharedSecret(…)")
    }
}

/// Whole groups of five bits; 160 bits need no padding.
fn base32(bytes: &[u8]) -> String {
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    text
}

/// A code for the day on which the device is lost: 80 bits, `ABCD-EFGH-JKLM-NPQR`.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// Makes one of fresh chance.
    #[must_use]
    pub fn from_chance(bytes: [u8; 10]) -> RecoveryCode {
        RecoveryCode(base32(&bytes))
    }

    /// Takes what somebody typed, hyphens, spaces and case aside; a code has sixteen letters.
    #[must_use]
    pub fn typed(text: &str) -> Option<RecoveryCode> {
        let code: String =
            text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        (code.len() == 16 && code.bytes().all(|byte| BASE32.contains(&byte))).then_some(RecoveryCode(code))
    }

    /// In groups, as it is written down.
    #[must_use]
    pub fn spoken(&self) -> String {
        self.0.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
    }

    /// With its owner in it, so that nobody finds two alike among many.
    fn hash(&self, reader: ReaderId) -> Vec<u8> {
        Sha256::new().chain_update(reader.0.to_be_bytes()).chain_update(&self.0).finalize().to_vec()
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

/// What somebody has to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Factors {
    /// An app counts codes.
    pub app: bool,
    /// There is at least one passkey.
    pub passkey: bool,
    /// Recovery codes that were not used yet.
    pub recovery: i64,
}

impl Factors {
    /// Whether there is anything to show.
    #[must_use]
    pub fn any(self) -> bool {
        self.app || self.passkey
    }
}

/// What a reader has to show.
pub async fn factors(tx: &mut Tx, reader: ReaderId) -> Result<Factors, Failure> {
    let sql = "select (select count(*) from authenticators where reader = $1 and confirmed_at is not null),
                      (select count(*) from passkeys where reader = $1),
                      (select count(*) from recovery_codes where reader = $1 and used_at is null)";
    let (apps, passkeys, recovery): (i64, i64, i64) = tx.one(sql, (reader,)).await?;
    Ok(Factors { app: apps > 0, passkey: passkeys > 0, recovery })
}

/// Whether this session may set up a second factor: it is complete, or there is none yet, or the operator opened it.
/// It must also be [fresh](Session::is_fresh).
pub async fn may_set_up(tx: &mut Tx, session: &Session) -> Result<bool, Failure> {
    if session.second_at.is_some() || session.proof == Proof::Operator {
        return Ok(true);
    }
    Ok(!factors(tx, session.reader).await?.any())
}

/// Begins with an app: its secret counts once a code of it came back. One that was begun before is begun anew.
/// Ask [`may_set_up`] first.
pub async fn begin_app(
    tx: &mut Tx,
    reader: ReaderId,
    secret: &SharedSecret,
    now: Time,
) -> Result<(), Failure> {
    // A working app stays until the new one has shown that it works: the new secret waits beside it.
    let sql = "insert into challenges (ticket, purpose, reader, state, made_at, expires_at)
               values ($1, 'app', $2, $3, $4, $5)
               on conflict (ticket) do update set state = $3, made_at = $4, expires_at = $5";
    let ticket = app_ticket(reader);
    tx.execute(sql, (ticket, reader, base32(&secret.0), now, now.plus_minutes(15))).await.map(drop)
}

/// The secret that waits for its first code.
pub async fn begun_app(tx: &mut Tx, reader: ReaderId, now: Time) -> Result<Option<SharedSecret>, Failure> {
    let sql = "select state from challenges where ticket = $1 and purpose = 'app' and expires_at > $2";
    let row: Option<(String,)> = tx.first(sql, (app_ticket(reader), now)).await?;
    Ok(row.and_then(|(text,)| from_base32(&text)).map(SharedSecret))
}

/// One begun app per reader: the row is found by who it is for.
fn app_ticket(reader: ReaderId) -> Vec<u8> {
    Sha256::new().chain_update(b"app").chain_update(reader.0.to_be_bytes()).finalize().to_vec()
}

fn from_base32(text: &str) -> Option<[u8; 20]> {
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(20), 0_u32, 0);
    for letter in text.bytes() {
        held = held << 5 | u32::try_from(BASE32.iter().position(|known| *known == letter)?).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
        held &= (1 << bits) - 1;
    }
    bytes.try_into().ok()
}

/// Takes the first code of a begun app: from now on it counts, and there are new recovery codes, made of `chance`.
/// Commit also when the answer is no: the try counts.
pub async fn confirm_app(
    tx: &mut Tx,
    house: &House<'_>,
    reader: &Reader,
    typed: &str,
    place: &Place,
    chance: &[[u8; 10]],
    now: Time,
) -> Result<Result<Vec<RecoveryCode>, Refusal>, Failure> {
    if let Err(refusal) = pace::try_now(tx, Act::Factor, &reader.mail, place, now).await? {
        return Ok(Err(refusal));
    }
    let Some(secret) = begun_app(tx, reader.id, now).await? else { return Ok(Err(Refusal::ChallengeOver)) };
    let Some(step) = secret.step_of(&digits(typed), now) else { return Ok(Err(Refusal::FactorWrong)) };
    let sql = "delete from challenges where ticket = $1";
    if tx.execute(sql, (app_ticket(reader.id),)).await? == 0 {
        return Ok(Err(Refusal::ChallengeOver));
    }
    let sql = "insert into authenticators (reader, secret, made_at, confirmed_at, last_step) values ($1, $2, $3, $3, $4)
               on conflict (reader) do update set secret = $2, made_at = $3, confirmed_at = $3, last_step = $4";
    tx.execute(sql, (reader.id, secret.0.to_vec(), now, step)).await?;
    letter::post(tx, &reader.mail, letter::factor_changed(house, reader.language), now).await?;
    recovery_codes(tx, reader.id, chance, now).await.map(Ok)
}

/// Writes new recovery codes; the old ones are worth nothing from then on. Show them once: only their hashes stay.
pub async fn recovery_codes(
    tx: &mut Tx,
    reader: ReaderId,
    chance: &[[u8; 10]],
    now: Time,
) -> Result<Vec<RecoveryCode>, Failure> {
    tx.execute("delete from recovery_codes where reader = $1", (reader,)).await?;
    let codes: Vec<RecoveryCode> = chance.iter().copied().map(RecoveryCode::from_chance).collect();
    for code in &codes {
        let sql = "insert into recovery_codes (reader, hash, made_at) values ($1, $2, $3)";
        tx.execute(sql, (reader, code.hash(reader), now)).await?;
    }
    Ok(codes)
}

/// Takes six digits of an app or a recovery code. Each is good once: a step of time for an app, a row for a code.
/// Wrong ones are counted and slowed (T3.4). Commit also when the answer is no.
pub async fn show_factor(
    tx: &mut Tx,
    house: &House<'_>,
    reader: &Reader,
    typed: &str,
    place: &Place,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if let Err(refusal) = pace::try_now(tx, Act::Factor, &reader.mail, place, now).await? {
        return Ok(Err(refusal));
    }
    let fits = match RecoveryCode::typed(typed) {
        Some(code) => use_recovery_code(tx, house, reader, &code, now).await?,
        None => use_app_code(tx, reader.id, &digits(typed), now).await?,
    };
    Ok(if fits { Ok(()) } else { Err(Refusal::FactorWrong) })
}

fn digits(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).take(7).collect()
}

async fn use_app_code(tx: &mut Tx, reader: ReaderId, typed: &str, now: Time) -> Result<bool, Failure> {
    let sql = "select secret from authenticators where reader = $1 and confirmed_at is not null";
    let row: Option<(Vec<u8>,)> = tx.first(sql, (reader,)).await?;
    let Some(secret) = row.and_then(|(bytes,)| bytes.try_into().ok()).map(SharedSecret) else {
        return Ok(false);
    };
    let Some(step) = secret.step_of(typed, now) else { return Ok(false) };
    let sql = "update authenticators set last_step = $2 where reader = $1 and last_step < $2";
    Ok(tx.execute(sql, (reader, step)).await? == 1)
}

async fn use_recovery_code(
    tx: &mut Tx,
    house: &House<'_>,
    reader: &Reader,
    code: &RecoveryCode,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "update recovery_codes set used_at = $3 where reader = $1 and hash = $2 and used_at is null";
    if tx.execute(sql, (reader.id, code.hash(reader.id), now)).await? == 0 {
        return Ok(false);
    }
    let left = factors(tx, reader.id).await?.recovery;
    letter::post(tx, &reader.mail, letter::recovery_used(house, reader.language, left), now).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 6238, appendix B, cut to six digits; its seed is the ASCII text of ten digits twice.
    #[test]
    fn an_app_counts_as_the_standard_says() {
        let secret = SharedSecret(*b"12345678901234567890");
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret.code(seconds / 30), code, "{seconds}");
        }
        let now = Time(1_111_111_111_000);
        let step = now.0 / STEP_MS;
        assert_eq!(secret.step_of("050471", now), Some(step));
        assert_eq!(secret.step_of("050471", now.plus(STEP_MS)), Some(step), "one step late");
        assert_eq!(secret.step_of("050471", now.plus(2 * STEP_MS)), None);
        assert_eq!(secret.step_of("", now), None);
    }

    #[test]
    fn a_secret_is_written_for_apps() {
        let secret = SharedSecret(*b"12345678901234567890");
        assert_eq!(secret.spoken(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), Some(secret.0));
        assert_eq!(
            secret.address("Der Bote", "Mo"),
            "otpauth://totp/Der%20Bote:Mo?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Der%20Bote"
        );
        assert_eq!(format!("{secret:?}"), "SharedSecret(…)");
    }

    #[test]
    fn a_recovery_code_is_taken_as_it_is_typed() {
        let code = RecoveryCode::from_chance(*b"1234567890");
        assert_eq!(code.spoken(), "GEZD-GNBV-GY3T-QOJQ");
        assert_eq!(RecoveryCode::typed(" gezd gnbv-gy3t–qojq "), Some(code));
        assert_eq!(RecoveryCode::typed("123 456"), None);
        assert_eq!(RecoveryCode::typed("GEZD-GNBV-GY3T-QOJ1"), None);
    }
}
