//! Passkeys: a device answers a question with a key that never leaves it, after its owner unlocked it. That is two factors
//! in one, and nothing a stranger's page could ask for: the answer names the paper it was given to.
//!
//! Each ceremony has two steps with a row between them. The question is kept here, never in a cookie; the page holds a
//! *ticket* for it, as with a [code](crate::Code). Whoever answers takes the row, so an answer counts once, on every node.
//!
//! The questions themselves are drawn by the library that checks the answers: the one chance in this room that is not an
//! argument. Makers of devices are not asked who they are (no attestation): a paper has no use for that.

use store::{Failure, FromColumn, Time, Tx, Value};
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::letter::{self, House};
use crate::pace::{self, Act, Place};
use crate::{Reader, ReaderId, Refusal, Secret, account};

store::id!(
    /// Names a passkey to its owner. It opens nothing.
    PasskeyId
);

/// How long a question waits for its answer, in minutes. Fetching a key from another room takes a while.
const GOOD_FOR: i64 = 5;
/// The most passkeys one reader may have.
pub const MOST: usize = 20;
/// The most bytes of an answer that are looked at.
const LONGEST_ANSWER: usize = 16 * 1024;

/// What its owner calls a passkey: 1 to 60 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyName(String);

impl KeyName {
    /// The most characters.
    pub const LONGEST: usize = 60;

    /// Takes a name as typed.
    pub fn parse(text: &str) -> Result<KeyName, Refusal> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = (1..=KeyName::LONGEST).contains(&name.chars().count());
        if fits && !name.chars().any(char::is_control) {
            Ok(KeyName(name))
        } else {
            Err(Refusal::KeyNameUnfit)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&KeyName> for Value {
    fn from(name: &KeyName) -> Value {
        Value::Text(name.0.clone())
    }
}

impl FromColumn for KeyName {
    fn from_column(value: Value) -> Option<KeyName> {
        String::from_column(value).map(KeyName)
    }
}

/// A passkey in its owner's list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What removes it.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: KeyName,
    /// Since when.
    pub made_at: Time,
    /// When it last signed somebody in.
    pub used_at: Option<Time>,
}
store::row!(Listed { id, name, made_at, used_at });

/// Whether devices can keep keys for a paper at this address: it needs a name, a bare number will not do, and a secure
/// connection everywhere but on one's own machine.
#[must_use]
pub fn possible(house: &House<'_>) -> bool {
    house.address.starts_with("https://") && library(house).is_ok()
        || house.address.starts_with("http://localhost") && library(house).is_ok()
}

/// Asks a device to make a key for this reader. Gives what the browser's `navigator.credentials.create` takes, as JSON.
/// `chance` becomes the name under which devices know the reader, if they have no passkey yet: it tells nobody who they are.
/// Ask for a [fresh](crate::Session::is_fresh) session first (T3.8).
pub async fn ask_to_add(
    tx: &mut Tx,
    house: &House<'_>,
    reader: &Reader,
    ticket: &Secret,
    chance: [u8; 16],
    now: Time,
) -> Result<Result<String, Refusal>, Failure> {
    let sql = "select credential, handle from passkeys where reader = $1 order by id limit 100";
    let known: Vec<(Vec<u8>, Vec<u8>)> = tx.all(sql, (reader.id,)).await?;
    if known.len() >= MOST {
        return Ok(Err(Refusal::PasskeysTooMany));
    }
    let handle = known.first().and_then(|(_, handle)| Uuid::from_slice(handle).ok());
    let handle = handle.unwrap_or_else(|| Uuid::from_bytes(chance));
    // One device keeps one key for a reader: it is told which keys there are.
    let others: Vec<CredentialID> = known.into_iter().map(|(credential, _)| credential).collect();
    let name = reader.name.as_str();
    let (question, state) = library(house)?
        .start_passkey_registration(handle, name, name, Some(others))
        .map_err(|error| Failure::because("a device could not be asked for a key", error))?;
    // The key must be found without a name being typed first: then signing in tells nobody who has an account (T3.3).
    let mut question = serde_json::to_value(&question.public_key)
        .map_err(|error| Failure::because("a question to a device could not be written down", error))?;
    question["authenticatorSelection"]["residentKey"] = "required".into();
    question["authenticatorSelection"]["requireResidentKey"] = true.into();
    keep(tx, "add", ticket, Some(reader.id), &(handle, state), now).await?;
    Ok(Ok(question.to_string()))
}

/// Takes a device's answer and keeps its key; tells the owner by letter (T3.8). Commit also when the answer is no: the
/// question has been answered.
pub async fn add(
    tx: &mut Tx,
    house: &House<'_>,
    reader: &Reader,
    ticket: &Secret,
    answer: &str,
    name: &KeyName,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let kept: Option<(Option<ReaderId>, (Uuid, PasskeyRegistration))> = take(tx, "add", ticket, now).await?;
    let Some((_, (handle, state))) = kept.filter(|(whose, _)| *whose == Some(reader.id)) else {
        return Ok(Err(Refusal::ChallengeOver));
    };
    let Some(answer) = parse::<RegisterPublicKeyCredential>(answer) else {
        return Ok(Err(Refusal::PasskeyWrong));
    };
    let Ok(key) = library(house)?.finish_passkey_registration(&answer, &state) else {
        return Ok(Err(Refusal::PasskeyWrong));
    };
    let sql = "insert into passkeys (reader, credential, handle, key, name, made_at) values ($1, $2, $3, $4, $5, $6)
               on conflict (credential) do nothing";
    let credential = key.cred_id().as_slice().to_vec();
    let handle = handle.as_bytes().to_vec();
    if tx.execute(sql, (reader.id, credential, handle, json(&key)?, name, now)).await? == 0 {
        return Ok(Err(Refusal::PasskeyKnown));
    }
    letter::post(tx, &reader.mail, letter::passkey_added(house, reader.language, name), now).await?;
    Ok(Ok(()))
}

/// Asks whatever device is there who it belongs to. Gives what the browser's `navigator.credentials.get` takes, as JSON.
/// The question is the same for everybody.
pub async fn ask_to_sign_in(
    tx: &mut Tx,
    house: &House<'_>,
    ticket: &Secret,
    place: &Place,
    now: Time,
) -> Result<Result<String, Refusal>, Failure> {
    if let Err(refusal) = pace::try_here(tx, Act::Passkey, place, now).await? {
        return Ok(Err(refusal));
    }
    let (question, state) = library(house)?
        .start_discoverable_authentication()
        .map_err(|error| Failure::because("a device could not be asked for its owner", error))?;
    keep(tx, "sign-in", ticket, None, &state, now).await?;
    Ok(Ok(json(&question.public_key)?))
}

/// Takes a device's answer: who it belongs to. Commit also when the answer is no.
/// A key whose counter went back has a copy somewhere: it signs nobody in, and its owner gets a letter.
pub async fn sign_in(
    tx: &mut Tx,
    house: &House<'_>,
    ticket: &Secret,
    answer: &str,
    now: Time,
) -> Result<Result<ReaderId, Refusal>, Failure> {
    let kept: Option<(Option<ReaderId>, DiscoverableAuthentication)> =
        take(tx, "sign-in", ticket, now).await?;
    let Some((_, state)) = kept else { return Ok(Err(Refusal::ChallengeOver)) };
    let Some(answer) = parse::<PublicKeyCredential>(answer) else { return Ok(Err(Refusal::PasskeyWrong)) };
    let sql = "select id, reader, handle, key from passkeys where credential = $1";
    let found: Option<(PasskeyId, ReaderId, Vec<u8>, String)> =
        tx.first(sql, (answer.get_credential_id().to_vec(),)).await?;
    let Some((id, reader, handle, old)) = found else { return Ok(Err(Refusal::PasskeyWrong)) };
    if answer.get_user_unique_id() != Some(handle.as_slice()) {
        return Ok(Err(Refusal::PasskeyWrong));
    }
    let mut key: Passkey = serde_json::from_str(&old)
        .map_err(|error| Failure::because("a passkey in the rows cannot be read", error))?;
    let library = library(house)?;
    let result =
        match library.finish_discoverable_authentication_v2(&answer, state, DiscoverableKey::from(&key)) {
            Ok(result) => result,
            Err(WebauthnError::CredentialPossibleCompromise) => {
                if let Some(owner) = account::by_id(tx, reader).await? {
                    letter::post(tx, &owner.mail, letter::passkey_copied(house, owner.language), now).await?;
                }
                return Ok(Err(Refusal::PasskeyWrong));
            }
            Err(_) => return Ok(Err(Refusal::PasskeyWrong)),
        };
    key.update_credential(&result);
    // If somebody else moved the counter meanwhile, this answer stands on an old one.
    let sql = "update passkeys set key = $2, used_at = $3 where id = $1 and key = $4";
    let moved = tx.execute(sql, (id, json(&key)?, now, old)).await?;
    Ok(if moved == 1 { Ok(reader) } else { Err(Refusal::PasskeyWrong) })
}

/// A reader's passkeys, oldest first.
pub async fn passkeys(tx: &mut Tx, reader: ReaderId) -> Result<Vec<Listed>, Failure> {
    let sql = "select id, name, made_at, used_at from passkeys where reader = $1 order by id limit 100";
    tx.all(sql, (reader,)).await
}

/// Removes a passkey, if it is the reader's, and tells them by letter; tells whether it was there (T4.5).
pub async fn remove(
    tx: &mut Tx,
    house: &House<'_>,
    reader: &Reader,
    passkey: PasskeyId,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "delete from passkeys where id = $1 and reader = $2 returning name";
    let Some((name,)): Option<(KeyName,)> = tx.first(sql, (passkey, reader.id)).await? else {
        return Ok(false);
    };
    letter::post(tx, &reader.mail, letter::passkey_removed(house, reader.language, &name), now).await?;
    Ok(true)
}

fn library(house: &House<'_>) -> Result<Webauthn, Failure> {
    let wrong = |error: &dyn std::fmt::Display| {
        Failure::new(format!("passkeys need an address with a name: {error}"))
    };
    let address = Url::parse(house.address).map_err(|error| wrong(&error))?;
    let host = address.domain().ok_or_else(|| wrong(&house.address))?.to_owned();
    WebauthnBuilder::new(&host, &address)
        .and_then(|builder| builder.rp_name(house.name).build())
        .map_err(|error| wrong(&error))
}

async fn keep(
    tx: &mut Tx,
    purpose: &str,
    ticket: &Secret,
    reader: Option<ReaderId>,
    state: &impl serde::Serialize,
    now: Time,
) -> Result<(), Failure> {
    let sql = "insert into challenges (ticket, purpose, reader, state, made_at, expires_at)
               values ($1, $2, $3, $4, $5, $6)";
    let until = now.plus_minutes(GOOD_FOR);
    tx.execute(sql, (ticket.hash(), purpose, reader, json(state)?, now, until)).await.map(drop)
}

/// Of many who hold the ticket, one gets the question.
async fn take<S: serde::de::DeserializeOwned>(
    tx: &mut Tx,
    purpose: &str,
    ticket: &Secret,
    now: Time,
) -> Result<Option<(Option<ReaderId>, S)>, Failure> {
    let sql = "delete from challenges where ticket = $1 and purpose = $2 and expires_at > $3 returning reader, state";
    let row: Option<(Option<ReaderId>, String)> = tx.first(sql, (ticket.hash(), purpose, now)).await?;
    let Some((reader, state)) = row else { return Ok(None) };
    let state = serde_json::from_str(&state)
        .map_err(|error| Failure::because("a question in the rows cannot be read", error))?;
    Ok(Some((reader, state)))
}

fn parse<T: serde::de::DeserializeOwned>(answer: &str) -> Option<T> {
    (answer.len() <= LONGEST_ANSWER).then(|| serde_json::from_str(answer).ok()).flatten()
}

fn json(what: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(what)
        .map_err(|error| Failure::because("a passkey could not be written down", error))
}
