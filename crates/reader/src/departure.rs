//! Leaving. Somebody asks to be forgotten, with their texts or without; for seven days they can come back, unless they want
//! it at once. Then a job takes the rows away by the lists of all rooms ([`PERSONAL`](crate::PERSONAL) is this room's), and
//! here the person becomes nobody: no address, no password, no name.
//!
//! The row itself stays, empty, because comments, decisions and cases name it: what was decided about a text must be
//! answered for after its author left (Regulation (EU) 2022/2065, articles 17 and 20; GDPR, article 17 (3) b and e).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Failure, FromColumn, Time, Tx, Value, jobs};
use story::Language;

use crate::letter::House;
use crate::letter_account as letter;
use crate::session::{self, Why};
use crate::{Reader, ReaderId, Refusal, Role, account, verified};

store::id!(
    /// Names somebody's wish to leave.
    DepartureId
);

/// Days in which one can come back.
pub const DAYS: i64 = 7;
/// How long a name stays reserved, in minutes.
const RESERVED: i64 = 365 * 24 * 60;

/// What becomes of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// They stay, without the person.
    Keep,
    /// They go; their places in the talk stay.
    Remove,
}

impl Texts {
    /// Takes the word of a form or a row.
    #[must_use]
    pub fn parse(word: &str) -> Option<Texts> {
        [Texts::Keep, Texts::Remove].into_iter().find(|texts| texts.as_str() == word)
    }

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Texts::Keep => "keep",
            Texts::Remove => "remove",
        }
    }
}

impl FromColumn for Texts {
    fn from_column(value: Value) -> Option<Texts> {
        Texts::parse(&String::from_column(value)?)
    }
}

/// A wish to leave that has not been carried out.
#[derive(Clone, Copy, Debug)]
pub struct Departure {
    /// The row.
    pub id: DepartureId,
    /// Who leaves.
    pub reader: ReaderId,
    /// What becomes of the texts.
    pub texts: Texts,
    /// When it is carried out.
    pub due_at: Time,
}
store::row!(Departure { id, reader, texts, due_at });

/// Carries a departure out.
#[derive(Debug, Serialize, Deserialize)]
pub struct Depart {
    /// Which.
    pub departure: i64,
}

impl jobs::Later for Depart {
    const KIND: &'static str = "depart";

    fn name(&self) -> Option<String> {
        Some(format!("departure {}", self.departure))
    }
}

const OPEN: &str = "select d.id, d.reader, d.texts, d.due_at from departures d
     where d.done_at is null and not exists (select 1 from comings_back b where b.departure = d.id)";

/// Somebody's wish to leave, if there is one.
pub async fn departure(tx: &mut Tx, reader: ReaderId) -> Result<Option<Departure>, Failure> {
    tx.first(&format!("{OPEN} and d.reader = $1 order by d.id desc"), (reader,)).await
}

/// One wish to leave, if it still stands.
pub async fn standing(tx: &mut Tx, departure: DepartureId) -> Result<Option<Departure>, Failure> {
    tx.first(&format!("{OPEN} and d.id = $1"), (departure,)).await
}

/// Asks to leave: all sessions end, and a letter says until when one can come back. Ask for a
/// [fresh](crate::Session::is_fresh) session first. Of many at once, one is written.
pub async fn leave(
    tx: &mut Tx,
    house: &House<'_>,
    reader: &Reader,
    texts: Texts,
    due_at: Time,
    now: Time,
) -> Result<Result<DepartureId, Refusal>, Failure> {
    if reader.role != Role::Reader {
        return Ok(Err(Refusal::WorksHere));
    }
    tx.alone(&format!("departure {}", reader.id)).await?;
    if departure(tx, reader.id).await?.is_some() {
        return Ok(Err(Refusal::LeavesAlready));
    }
    let sql = "insert into departures (reader, texts, asked_at, due_at) values ($1, $2, $3, $4) returning id";
    let id = tx.insert(sql, (reader.id, texts.as_str(), now, due_at)).await?;
    session::end_all(tx, reader.id, Why::Left, now).await?;
    let text = letter::leaving(house, reader.language, due_at > now);
    crate::letter::post(tx, &reader.mail, text, now).await?;
    jobs::at(tx, &Depart { departure: id }, due_at, now).await?;
    Ok(Ok(DepartureId(id)))
}

/// Comes back; tells whether there was still time.
pub async fn come_back(tx: &mut Tx, reader: ReaderId, now: Time) -> Result<bool, Failure> {
    tx.alone(&format!("departure {reader}")).await?;
    let Some(open) = departure(tx, reader).await?.filter(|open| open.due_at > now) else { return Ok(false) };
    let sql = "insert into comings_back (departure, at) values ($1, $2) on conflict (departure) do nothing";
    Ok(tx.execute(sql, (open.id, now)).await? == 1)
}

/// Begins to carry a departure out: whoever is still signed in, or about to be, is so no more. Tells whether it may go on:
/// who works for the paper by now stays (T4.2), as in [`leave`].
pub async fn begin(tx: &mut Tx, departure: &Departure, now: Time) -> Result<bool, Failure> {
    let reader = departure.reader;
    tx.alone(&format!("departure {reader}")).await?;
    if account::by_id(tx, reader).await?.is_none_or(|person| person.role != Role::Reader) {
        let sql =
            "insert into comings_back (departure, at) values ($1, $2) on conflict (departure) do nothing";
        tx.execute(sql, (departure.id, now)).await?;
        return Ok(false);
    }
    tx.execute("update codes set used_at = $2 where reader = $1 and used_at is null", (reader, now)).await?;
    session::end_all(tx, reader, Why::Left, now).await?;
    Ok(standing(tx, departure.id).await?.is_some())
}

/// Undoes a wish to leave that somebody else may have had, since they got hold of the account.
pub(crate) async fn undo_since(tx: &mut Tx, reader: ReaderId, since: Time, now: Time) -> Result<(), Failure> {
    tx.alone(&format!("departure {reader}")).await?;
    let sql = "insert into comings_back (departure, at)
               select id, $3 from departures where reader = $1 and asked_at >= $2 and done_at is null
               on conflict (departure) do nothing";
    tx.execute(sql, (reader, since, now)).await.map(drop)
}

/// The last step: the person becomes nobody. `called` stands beside texts that stay. Their rows of all rooms are gone
/// already. Done twice, it is done once.
pub async fn depart(
    tx: &mut Tx,
    departure: &Departure,
    language: Language,
    now: Time,
) -> Result<(), Failure> {
    let reader = departure.reader;
    tx.alone(&format!("departure {reader}")).await?;
    if standing(tx, departure.id).await?.is_none() {
        return Ok(());
    }
    let Some(person) = account::by_id(tx, reader).await? else { return Ok(()) };
    let sql = "insert into reserved_names (skeleton, until) values ($1, $2)
               on conflict (skeleton) do update set until = excluded.until";
    tx.execute(sql, (name_hash(&person.name.skeleton()), now.plus_minutes(RESERVED))).await?;
    tx.execute("delete from letters where recipient = $1", (&person.mail,)).await?;
    let called = if language.is_german() { "Ehemaliges Mitglied" } else { "Former member" };
    // A space keeps the stand-in apart from every name and address that can be typed.
    let nobody = format!("gone {reader}");
    let sql = "update readers set name = $2, name_folded = $3, name_skeleton = $3, mail = '', mail_key = $3,
                      password = null where id = $1";
    tx.execute(sql, (reader, called, nobody)).await?;
    session::end_all(tx, reader, Why::Left, now).await?;
    // „Name checked“ beside no name would be a lie.
    verified::end_verification(tx, reader, reader, "left", now).await?;
    tx.execute("update departures set done_at = $2 where id = $1", (departure.id, now)).await.map(drop)
}

/// Whether somebody who left had this name, or one that looks like it, within the last year.
pub(crate) async fn is_reserved(tx: &mut Tx, skeleton: &str, now: Time) -> Result<bool, Failure> {
    let sql = "select 1 from reserved_names where skeleton = $1 and until > $2";
    let row: Option<(i64,)> = tx.first(sql, (name_hash(skeleton), now)).await?;
    Ok(row.is_some())
}

fn name_hash(skeleton: &str) -> Vec<u8> {
    Sha256::new().chain_update(b"name ").chain_update(skeleton).finalize().to_vec()
}
