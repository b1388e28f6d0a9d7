//! The brake that the desk pulls when a crowd arrives (T5.3): for a while only people who have been here for some days write,
//! or everybody writes more slowly. It is a row that says who, when and why, and it ends by itself, so that nobody forgets it.
//!
//! It holds comments, not readers: reading, voting, reporting and what was written before go on as they are.

use reader::{Name, ReaderId};
use serde_json::json;
use store::ledger::{self, Act, By};
use store::{Failure, FromRow, Row, Time, Tx};

use crate::Refusal;

store::id!(
    /// Names a pulled brake.
    BrakeId
);

/// How the talk is slowed down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brake {
    /// Who has an account for fewer than so many days does not write.
    Newcomers {
        /// 1 to 365.
        days: i64,
    },
    /// Nobody writes twice within so many minutes.
    Slow {
        /// 1 to 60.
        minutes: i64,
    },
}

impl Brake {
    /// The longest it holds, in hours.
    pub const LONGEST_HOURS: i64 = 72;

    /// Takes the word of a form or a row, with its amount.
    #[must_use]
    pub fn parse(kind: &str, amount: i64) -> Option<Brake> {
        match kind {
            "newcomers" if (1..=365).contains(&amount) => Some(Brake::Newcomers { days: amount }),
            "slow" if (1..=60).contains(&amount) => Some(Brake::Slow { minutes: amount }),
            _ => None,
        }
    }

    /// The word for its kind.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Brake::Newcomers { .. } => "newcomers",
            Brake::Slow { .. } => "slow",
        }
    }

    /// How many days or minutes.
    #[must_use]
    pub fn amount(self) -> i64 {
        match self {
            Brake::Newcomers { days } => days,
            Brake::Slow { minutes } => minutes,
        }
    }
}

/// A brake that holds now.
#[derive(Clone, Debug)]
pub struct Pulled {
    /// What releases it.
    pub id: BrakeId,
    /// How it slows.
    pub brake: Brake,
    /// Why, in the words of whoever pulled it; for the desk.
    pub reason: String,
    /// Who pulled it.
    pub by: Name,
    /// When.
    pub at: Time,
    /// When it ends by itself.
    pub until: Time,
}

impl FromRow for Pulled {
    fn from_row(row: &mut Row) -> Result<Pulled, Failure> {
        let id = row.take()?;
        let (kind, amount): (String, i64) = (row.take()?, row.take()?);
        let brake = Brake::parse(&kind, amount).ok_or_else(|| Failure::new("a brake of no known kind"))?;
        Ok(Pulled { id, brake, reason: row.take()?, by: row.take()?, at: row.take()?, until: row.take()? })
    }
}

/// Pulls a brake until `until`. A brake of the same kind that holds already is released by it.
pub async fn pull(
    tx: &mut Tx,
    brake: Brake,
    reason: &str,
    moderator: ReaderId,
    until: Time,
    now: Time,
) -> Result<BrakeId, Failure> {
    tx.alone("brakes").await?;
    for other in pulled(tx, now).await?.into_iter().filter(|other| other.brake.kind() == brake.kind()) {
        release(tx, other.id, moderator, now).await?;
    }
    let sql =
        "insert into brakes (kind, amount, reason, moderator, at, until) values ($1, $2, $3, $4, $5, $6)
               returning id";
    let of = (brake.kind(), brake.amount(), reason, moderator, now, until);
    let id = BrakeId(tx.insert(sql, of).await?);
    let act = Act::of(By::Person(moderator.0), "brake", "brake", id).after(json!({
        "kind": brake.kind(), "amount": brake.amount(), "reason": reason, "until": until.0,
    }));
    ledger::note(tx, act, now);
    Ok(id)
}

/// Lets a brake go; tells whether it held.
pub async fn release(tx: &mut Tx, brake: BrakeId, moderator: ReaderId, now: Time) -> Result<bool, Failure> {
    let sql = "insert into brake_releases (brake, moderator, at)
               select id, $2, $3 from brakes where id = $1 and until > $3
               on conflict (brake) do nothing";
    let released = tx.execute(sql, (brake, moderator, now)).await? == 1;
    if released {
        ledger::note(tx, Act::of(By::Person(moderator.0), "brake-release", "brake", brake), now);
    }
    Ok(released)
}

/// The brakes that hold now, latest first; at most one of each kind.
pub async fn pulled(tx: &mut Tx, now: Time) -> Result<Vec<Pulled>, Failure> {
    let sql = "select b.id, b.kind, b.amount, b.reason, r.name, b.at, b.until
                 from brakes b join readers r on r.id = b.moderator
                where b.until > $1 and not exists (select 1 from brake_releases l where l.brake = b.id)
                order by b.at desc, b.id desc limit 10";
    tx.all(sql, (now,)).await
}

/// Why this person cannot write now, if a brake holds them. Ask before [`post`](crate::post); people who work for the paper
/// are not asked about.
pub async fn holds(tx: &mut Tx, author: ReaderId, now: Time) -> Result<Option<Refusal>, Failure> {
    for pulled in pulled(tx, now).await? {
        match pulled.brake {
            Brake::Newcomers { days } => {
                let sql = "select created_at from readers where id = $1";
                let (since,): (Time,) = tx.one(sql, (author,)).await?;
                if now.since(since) < days * 24 * 3_600_000 {
                    return Ok(Some(Refusal::TooNew { days, until: pulled.until }));
                }
            }
            Brake::Slow { minutes } => {
                let sql = "select at from comments where author = $1 order by at desc, id desc limit 1";
                let latest: Option<(Time,)> = tx.first(sql, (author,)).await?;
                let again = latest.map(|(at,)| at.plus_minutes(minutes).min(pulled.until));
                if let Some(again) = again.filter(|again| *again > now) {
                    return Ok(Some(Refusal::TooOften { again }));
                }
            }
        }
    }
    Ok(None)
}
