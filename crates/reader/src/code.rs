//! One-time codes and links (T3.2): used once, at most ten minutes old, hashed at rest, tried at most five times.
//!
//! A code in a letter belongs to the window that asked for it: that page holds a *ticket* in the address of its form,
//! and neither is worth anything without the other. Where there is no account the same rows are written (T3.3).

use store::{Failure, Time, Tx};
use story::Language;
use subtle::ConstantTimeEq;

use crate::account::{self, Admitted, Newcomer, ReaderId, Role, Tongue};
use crate::letter::{self, House};
use crate::pace::{self, Act, Place};
use crate::{Hashed, Mail, Name, Refusal, Secret};

/// How long a code or link is good for, in minutes.
pub const GOOD_FOR: i64 = 10;
/// How often a code may be tried.
const MOST_TRIES: i64 = 5;

/// The eight digits in a letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Makes one of fresh chance.
    #[must_use]
    pub fn from_chance(bytes: [u8; 8]) -> Code {
        Code(format!("{:08}", u64::from_be_bytes(bytes) % 100_000_000))
    }

    /// Takes what somebody copied from the letter, spaces and all.
    #[must_use]
    pub fn typed(text: &str) -> Code {
        Code(text.chars().filter(char::is_ascii_digit).take(9).collect())
    }

    pub(crate) fn digits(&self) -> &str {
        &self.0
    }

    /// In two groups, as it is read aloud: `1234 5678`.
    #[must_use]
    pub fn spoken(&self) -> String {
        let (first, second) = self.0.split_at(self.0.len().min(4));
        format!("{first} {second}")
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

/// A request for a letter: what the window holds, what the letter will say, and where the request came from.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Fresh chance; goes into the address of the form that takes the code.
    pub ticket: &'a Secret,
    /// Fresh chance; goes into the letter.
    pub code: &'a Code,
    /// Where the request came from.
    pub place: &'a Place,
    /// The paper that writes the letter.
    pub house: &'a House<'a>,
    /// The language of the page; a letter to a reader uses the reader's own.
    pub language: Language,
}

/// Begins to open an account: a code goes to the address, and the account is opened when it comes back.
/// Who has an account under this address gets a code to sign in instead, and the page says the same (T3.3).
/// The name is not in the letter: it would let strangers write to strangers.
pub async fn register(
    tx: &mut Tx,
    newcomer: &Newcomer,
    request: &Request<'_>,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    register_as(tx, Act::Letter, newcomer, request, now).await
}

/// The same for somebody whose browser has [worked](crate::work) for it: more may do so from one place.
pub async fn register_after_work(
    tx: &mut Tx,
    newcomer: &Newcomer,
    request: &Request<'_>,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    register_as(tx, Act::WorkedFor, newcomer, request, now).await
}

async fn register_as(
    tx: &mut Tx,
    act: Act,
    newcomer: &Newcomer,
    request: &Request<'_>,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if let Err(refusal) = pace::try_now(tx, act, &newcomer.mail, request.place, now).await? {
        return Ok(Err(refusal));
    }
    if account::is_taken(tx, &newcomer.name, now).await? {
        return Ok(Err(Refusal::NameTaken));
    }
    let known = account::by_mail(tx, &newcomer.mail).await?;
    let (purpose, text) = match &known {
        None => ("register", letter::welcome(request.house, request.language, request.code)),
        Some(reader) => ("login", letter::already_here(request.house, reader.language, request.code)),
    };
    let sql = "insert into codes (purpose, ticket, hash, reader, name, mail, password, language, tries, made_at, expires_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)";
    tx.execute(
        sql,
        (
            purpose,
            request.ticket.hash(),
            request.ticket.hash_with(&request.code.0),
            known.map(|reader| reader.id),
            &newcomer.name,
            &newcomer.mail,
            newcomer.password.as_ref(),
            Tongue(newcomer.language),
            now,
            now.plus_minutes(GOOD_FOR),
        ),
    )
    .await?;
    letter::post(tx, &newcomer.mail, text, now).await?;
    Ok(Ok(()))
}

/// Asks for a code to sign in. Somebody without an account gets a letter too, which says so.
pub async fn ask_for_code(
    tx: &mut Tx,
    mail: &Mail,
    request: &Request<'_>,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if let Err(refusal) = pace::try_now(tx, Act::Letter, mail, request.place, now).await? {
        return Ok(Err(refusal));
    }
    let known = account::by_mail(tx, mail).await?;
    let text = match &known {
        Some(reader) => letter::code(request.house, reader.language, request.code),
        None => letter::not_here(request.house, request.language),
    };
    let sql = "insert into codes (purpose, ticket, hash, reader, tries, made_at, expires_at)
               values ('login', $1, $2, $3, 0, $4, $5)";
    let hash = request.ticket.hash_with(&request.code.0);
    let reader = known.map(|reader| reader.id);
    tx.execute(sql, (request.ticket.hash(), hash, reader, now, now.plus_minutes(GOOD_FOR))).await?;
    letter::post(tx, mail, text, now).await?;
    Ok(Ok(()))
}

/// Who came in with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entered {
    /// Who it is.
    pub reader: ReaderId,
    /// Whether the account was opened just now.
    pub is_new: bool,
}

/// Takes a code. Commit the transaction also when the answer is no: the try counts.
pub async fn use_code(
    tx: &mut Tx,
    ticket: &Secret,
    typed: &Code,
    now: Time,
) -> Result<Result<Entered, Refusal>, Failure> {
    let sql = "update codes set tries = tries + 1
                where ticket = $1 and purpose in ('login', 'register')
                  and used_at is null and expires_at > $2 and tries < $3
            returning id, hash, tries, reader, name, mail, password, language";
    let row: Option<Waiting> = tx.first(sql, (ticket.hash(), now, MOST_TRIES)).await?;
    let Some(waiting) = row else { return Ok(Err(Refusal::CodeOver)) };
    let is_right = bool::from(waiting.hash.ct_eq(&ticket.hash_with(&typed.0)));
    // A code that was asked for an address without an account fits nothing.
    if !is_right || (waiting.reader.is_none() && waiting.newcomer.is_none()) {
        return Ok(Err(match MOST_TRIES - waiting.tries {
            0 => Refusal::CodeOver,
            left => Refusal::CodeWrong { left },
        }));
    }
    tx.execute("update codes set used_at = $2 where id = $1", (waiting.id, now)).await?;
    match (waiting.reader, waiting.newcomer) {
        (Some(reader), _) => Ok(Ok(Entered { reader, is_new: false })),
        (None, Some(newcomer)) => Ok(match account::open(tx, &newcomer, now).await? {
            Admitted::New(reader) => Ok(Entered { reader, is_new: true }),
            // Registered twice and confirmed twice: the letter proves whose account it is.
            Admitted::MailKnown(reader) => Ok(Entered { reader, is_new: false }),
            Admitted::NameTaken => Err(Refusal::NameTaken),
        }),
        (None, None) => Ok(Err(Refusal::CodeOver)),
    }
}

/// When the code of this window stops working; nothing if the window asked for none.
pub async fn expires(tx: &mut Tx, ticket: &Secret) -> Result<Option<Time>, Failure> {
    let sql = "select expires_at from codes where ticket = $1 and purpose in ('login', 'register')";
    Ok(tx.first(sql, (ticket.hash(),)).await?.map(|(at,)| at))
}

struct Waiting {
    id: i64,
    hash: Vec<u8>,
    tries: i64,
    reader: Option<ReaderId>,
    newcomer: Option<Newcomer>,
}

impl store::FromRow for Waiting {
    fn from_row(row: &mut store::Row) -> Result<Waiting, Failure> {
        let (id, hash, tries, reader) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let (name, mail): (Option<Name>, Option<Mail>) = (row.take()?, row.take()?);
        let (password, language): (Option<Hashed>, Option<Tongue>) = (row.take()?, row.take()?);
        let newcomer = match (name, mail, language) {
            (Some(name), Some(mail), Some(Tongue(language))) => {
                Some(Newcomer { name, mail, password, language })
            }
            _ => None,
        };
        Ok(Waiting { id, hash, tries, reader, newcomer })
    }
}

/// Makes a link that signs `name` in once; the address is `/account/link/` and the revealed `token`.
pub async fn link(
    tx: &mut Tx,
    name: &str,
    token: &Secret,
    now: Time,
) -> Result<Result<ReaderId, Refusal>, Failure> {
    let Some(reader) = account::by_name(tx, name).await? else { return Ok(Err(Refusal::Nobody)) };
    write_link(tx, "link", Some(reader.id), token, now).await?;
    Ok(Ok(reader.id))
}

/// Makes a link that lets whoever holds it become the first administrator (T3.7). Tells whether it was made:
/// a paper that has an administrator gets none.
pub async fn first_administrator_code(tx: &mut Tx, token: &Secret, now: Time) -> Result<bool, Failure> {
    if account::administrators(tx).await? > 0 {
        return Ok(false);
    }
    write_link(tx, "first-administrator", None, token, now).await?;
    Ok(true)
}

async fn write_link(
    tx: &mut Tx,
    purpose: &str,
    reader: Option<ReaderId>,
    token: &Secret,
    now: Time,
) -> Result<(), Failure> {
    let sql = "insert into codes (purpose, ticket, reader, tries, made_at, expires_at) values ($1, $2, $3, 0, $4, $5)";
    tx.execute(sql, (purpose, token.hash(), reader, now, now.plus_minutes(GOOD_FOR))).await.map(drop)
}

/// What a link is for, shown before it is used: following a link changes nothing (T2.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkFor {
    /// It signs this reader in.
    SignIn(Name),
    /// It makes the first administrator.
    FirstAdministrator,
}

/// Looks at a link without using it.
pub async fn link_for(tx: &mut Tx, token: &Secret, now: Time) -> Result<Option<LinkFor>, Failure> {
    let sql = "select r.name from codes c left join readers r on r.id = c.reader
                where c.ticket = $1 and c.purpose in ('link', 'first-administrator')
                  and c.used_at is null and c.expires_at > $2";
    let row: Option<(Option<Name>,)> = tx.first(sql, (token.hash(), now)).await?;
    Ok(row.map(|(name,)| name.map_or(LinkFor::FirstAdministrator, LinkFor::SignIn)))
}

/// Uses a link to sign in.
pub async fn use_link(tx: &mut Tx, token: &Secret, now: Time) -> Result<Result<ReaderId, Refusal>, Failure> {
    let sql = "update codes set used_at = $2, tries = tries + 1
                where ticket = $1 and purpose = 'link' and used_at is null and expires_at > $2
            returning reader";
    let row: Option<(ReaderId,)> = tx.first(sql, (token.hash(), now)).await?;
    Ok(row.map(|(reader,)| reader).ok_or(Refusal::LinkOver))
}

/// Uses a link to become the first administrator. Drop the transaction when the answer is no, and the link still works.
pub async fn first_administrator(
    tx: &mut Tx,
    token: &Secret,
    newcomer: &Newcomer,
    now: Time,
) -> Result<Result<ReaderId, Refusal>, Failure> {
    tx.alone("appointments").await?;
    let sql = "update codes set used_at = $2, tries = tries + 1
                where ticket = $1 and purpose = 'first-administrator' and used_at is null and expires_at > $2";
    if tx.execute(sql, (token.hash(), now)).await? == 0 {
        return Ok(Err(Refusal::LinkOver));
    }
    if account::administrators(tx).await? > 0 {
        return Ok(Err(Refusal::AdministratorExists));
    }
    account::admit(tx, newcomer, Role::Administrator, now).await
}
