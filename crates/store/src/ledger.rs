//! The ledger: what people who work for the paper did, as a chain of rows that cannot be changed unseen (T5.5).
//!
//! A room's verb [`note`]s its act; the row is written when the transaction commits, and only then. So the act and its row are one,
//! an undone act leaves no row, and on PostgreSQL, where a chain needs one writer at a time, the others wait for a commit and not
//! for a transaction: the lock is the last that is taken, and nobody who holds it waits for another.
//!
//! Each row's hash covers the hash before it, so a row that was altered, removed or put elsewhere breaks the chain there
//! ([`check`]); the end is noted apart, so rows missing at the end are missed too. Whoever may write every row could forge a whole
//! new chain: against that helps only an end that was written down elsewhere ([`Whole::end`]).
//!
//! This file knows no noun of the news: an act, its kind of subject and what was before and after are the room's words. What
//! readers wrote does not belong in it: a row here outlives every text.

use std::fmt;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::personal::{Leaving, Personal};
use crate::{Failure, FromRow, Row, Time, Tx, Value};

/// The most rows that one page of the ledger has.
pub const MOST: i64 = 500;
/// How many rows the check reads at once.
const SLICE: i64 = 1000;

/// Which rows of it belong to a person.
pub const PERSONAL: &[Personal] =
    &[Personal::of("acts", "by_person", &[], Leaving::Stay("an act of somebody who worked for the paper"))];

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody with an account: the id of a reader.
    Person(i64),
    /// Somebody who signed with this name.
    Named(String),
    /// Nobody: a command of the operator, or the paper by itself.
    House,
}

/// One act, about to be noted.
#[derive(Clone, Debug)]
pub struct Act {
    by: By,
    act: &'static str,
    kind: &'static str,
    subject: String,
    before: Option<Json>,
    after: Option<Json>,
}

impl Act {
    /// `by` did `act` (such as `comment-removal`) to the `kind` of thing (such as `comment`) that has this id.
    #[must_use]
    pub fn of(by: By, act: &'static str, kind: &'static str, subject: impl fmt::Display) -> Act {
        Act { by, act, kind, subject: subject.to_string(), before: None, after: None }
    }

    /// What held before.
    #[must_use]
    pub fn before(self, before: Json) -> Act {
        Act { before: Some(before), ..self }
    }

    /// What holds since.
    #[must_use]
    pub fn after(self, after: Json) -> Act {
        Act { after: Some(after), ..self }
    }
}

/// Notes an act; its row is written when this transaction commits.
pub fn note(tx: &mut Tx, act: Act, now: Time) {
    tx.remember_act(act, now);
}

/// A row of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Its place in the chain, from 1.
    pub number: i64,
    /// When.
    pub at: Time,
    /// Who.
    pub by: By,
    /// What.
    pub act: String,
    /// On what kind of thing.
    pub kind: String,
    /// Its id.
    pub subject: String,
    /// What held before, as JSON.
    pub before: Option<String>,
    /// What holds since, as JSON.
    pub after: Option<String>,
    /// 64 hexadecimal digits.
    pub hash: String,
}

impl FromRow for Noted {
    fn from_row(row: &mut Row) -> Result<Noted, Failure> {
        let (number, at) = (row.take()?, row.take()?);
        let (person, name): (Option<i64>, Option<String>) = (row.take()?, row.take()?);
        let by = match (person, name) {
            (Some(person), _) => By::Person(person),
            (None, Some(name)) => By::Named(name),
            (None, None) => By::House,
        };
        Ok(Noted {
            number,
            at,
            by,
            act: row.take()?,
            kind: row.take()?,
            subject: row.take()?,
            before: row.take()?,
            after: row.take()?,
            hash: row.take()?,
        })
    }
}

impl Noted {
    /// The hash this row must have behind that one: over every part with its length before it, so that nothing can be moved from
    /// one column to the next.
    fn seal(&self, before: &str) -> String {
        let (person, name) = columns(&self.by);
        let mut hash = Sha256::new();
        let mut part = |part: Option<&str>| match part {
            None => hash.update(u64::MAX.to_le_bytes()),
            Some(part) => {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        };
        part(Some(before));
        part(Some(&self.number.to_string()));
        part(Some(&self.at.0.to_string()));
        part(person.map(|person| person.to_string()).as_deref());
        part(name);
        part(Some(&self.act));
        part(Some(&self.kind));
        part(Some(&self.subject));
        part(self.before.as_deref());
        part(self.after.as_deref());
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn columns(by: &By) -> (Option<i64>, Option<&str>) {
    match by {
        By::Person(person) => (Some(*person), None),
        By::Named(name) => (None, Some(name)),
        By::House => (None, None),
    }
}

/// Writes what was noted, as the last thing before the commit.
pub(crate) async fn write(tx: &mut Tx, noted: Vec<(Act, Time)>) -> Result<(), Failure> {
    if noted.is_empty() {
        return Ok(());
    }
    tx.alone("the ledger").await?;
    let End { mut number, mut hash } = end(tx).await?;
    for (act, at) in noted {
        number += 1;
        let text = |json: Option<Json>| json.map(|json| json.to_string());
        let mut row = Noted {
            number,
            at,
            by: act.by,
            act: act.act.to_owned(),
            kind: act.kind.to_owned(),
            subject: act.subject,
            before: text(act.before),
            after: text(act.after),
            hash: String::new(),
        };
        row.hash = row.seal(&hash);
        hash = row.hash.clone();
        let (person, name) = columns(&row.by);
        let sql =
            "insert into acts (number, at, by_person, by_name, act, kind, subject, before_it, after_it, hash)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let name = name.map(str::to_owned);
        let what = (row.act, row.kind, row.subject, row.before, row.after, row.hash);
        let values = (number, at, person, name, what.0, what.1, what.2, what.3, what.4, what.5);
        tx.execute(sql, values).await?;
    }
    let sql = "insert into act_ends (id, number, hash) values (1, $1, $2)
               on conflict (id) do update set number = excluded.number, hash = excluded.hash";
    tx.execute(sql, (number, hash)).await.map(drop)
}

/// The last row of the chain: how many there are, and a hash that covers them all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// Its number, 0 while there is none.
    pub number: i64,
    /// Its hash.
    pub hash: String,
}
crate::row!(End { number, hash });

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, self.hash)
    }
}

impl End {
    /// Reads an end as it was written down: `120:9f86d0…`.
    #[must_use]
    pub fn parse(text: &str) -> Option<End> {
        let (number, hash) = text.trim().split_once(':')?;
        let number = number.parse().ok().filter(|number| *number > 0)?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then(|| End { number, hash: hash.to_ascii_lowercase() })
    }
}

/// Where the chain ends now.
pub async fn end(tx: &mut Tx) -> Result<End, Failure> {
    Ok(tx.first("select number, hash from act_ends where id = 1", ()).await?.unwrap_or_default())
}

/// Which rows one asks for; an empty wish is all of them.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// By this person, whether by their account or by the name they sign with.
    pub by: Option<(Option<i64>, String)>,
    /// This act.
    pub act: Option<String>,
    /// About this kind of thing.
    pub kind: Option<String>,
    /// About the thing with this id.
    pub subject: Option<String>,
    /// From then on.
    pub from: Option<Time>,
    /// Before then.
    pub until: Option<Time>,
}

/// Rows before that number, latest first, at most `limit` (at most 500).
pub async fn acts(tx: &mut Tx, wish: &Wish, before: Option<i64>, limit: i64) -> Result<Vec<Noted>, Failure> {
    let (sql, values) = wish.statement(before, limit);
    tx.all(&sql, values).await
}

impl Wish {
    /// The statement, with only the conditions that are asked for, and their values.
    fn statement(&self, before: Option<i64>, limit: i64) -> (String, Vec<Value>) {
        let mut values: Vec<Value> = vec![before.unwrap_or(i64::MAX).into(), limit.clamp(1, MOST).into()];
        let mut place = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        let mut conditions = vec!["number < $1".to_owned()];
        conditions.extend(self.by.as_ref().map(|(person, name)| match person {
            None => format!("by_name = {}", place(name.into())),
            Some(person) => {
                format!("(by_person = {} or by_name = {})", place((*person).into()), place(name.into()))
            }
        }));
        for (column, wanted) in [("act", &self.act), ("kind", &self.kind), ("subject", &self.subject)] {
            conditions.extend(wanted.as_ref().map(|wanted| format!("{column} = {}", place(wanted.into()))));
        }
        conditions.extend(self.from.map(|from| format!("at >= {}", place(from.into()))));
        conditions.extend(self.until.map(|until| format!("at < {}", place(until.into()))));
        (format!("{ROWS} where {} order by number desc limit $2", conditions.join(" and ")), values)
    }
}

const ROWS: &str =
    "select number, at, by_person, by_name, act, kind, subject, before_it, after_it, hash from acts";

/// A chain that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Its end: written down somewhere else, it proves later that the chain up to there is still the same.
    pub end: End,
}

/// The first place where the chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The row of this number is not there, and later ones are.
    Missing(i64),
    /// The row of this number is not what was written there: it was altered, or rows changed places.
    Altered(i64),
    /// The rows from this number on are gone, up to the end.
    CutOff(i64),
    /// Rows stand behind the noted end, from this number on.
    Added(i64),
    /// The end is noted with another hash than the last row's.
    End,
    /// The row of this number has another hash than the one that was written down.
    NotAsWrittenDown(i64),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Missing(number) => write!(f, "row {number} is missing"),
            Broken::Altered(number) => {
                write!(
                    f,
                    "row {number} is not what was written there: it was altered, or rows changed places"
                )
            }
            Broken::CutOff(number) => write!(f, "the rows from {number} on were cut off"),
            Broken::Added(number) => write!(f, "the rows from {number} on were added behind the end"),
            Broken::End => f.write_str("the noted end is not the hash of the last row"),
            Broken::NotAsWrittenDown(number) => {
                write!(f, "row {number} has another hash than the one written down: the chain was made anew")
            }
        }
    }
}

/// Walks the whole chain and says where it breaks first. `progress` hears how many rows are done, and of how many.
/// The rows are read in slices of one reading transaction: give it one of its own.
pub async fn check(
    tx: &mut Tx,
    written_down: Option<&End>,
    mut progress: impl FnMut(i64, i64),
) -> Result<Result<Whole, Broken>, Failure> {
    let noted = end(tx).await?;
    let mut last = End::default();
    loop {
        let sql = format!("{ROWS} where number > $1 order by number limit {SLICE}");
        let slice: Vec<Noted> = tx.all(&sql, (last.number,)).await?;
        if slice.is_empty() {
            break;
        }
        for row in slice {
            if row.number != last.number + 1 {
                return Ok(Err(Broken::Missing(last.number + 1)));
            }
            if row.hash != row.seal(&last.hash) {
                return Ok(Err(Broken::Altered(row.number)));
            }
            if row.number > noted.number {
                return Ok(Err(Broken::Added(row.number)));
            }
            if written_down.is_some_and(|end| end.number == row.number && end.hash != row.hash) {
                return Ok(Err(Broken::NotAsWrittenDown(row.number)));
            }
            last = End { number: row.number, hash: row.hash };
        }
        progress(last.number, noted.number);
    }
    let known = noted.number.max(written_down.map_or(0, |end| end.number));
    if last.number < known {
        return Ok(Err(Broken::CutOff(last.number + 1)));
    }
    Ok(if last == noted { Ok(Whole { end: last }) } else { Err(Broken::End) })
}
