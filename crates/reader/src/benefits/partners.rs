//! Partners who offer something, and the people who spend codes for them.

use serde_json::json;
use store::ledger::{self, Act, By};
use store::{Failure, Time, Tx};
use story::{Line, Slug};

use super::Refusal;
use crate::{ReaderId, account};

store::id!(
    /// Names a partner.
    PartnerId
);

/// A partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// The row.
    pub id: PartnerId,
    /// Its short name in forms.
    pub slug: Slug,
    /// What readers call it.
    pub name: Line,
}
store::row!(Partner { id, slug, name });

/// All partners by name, at most 500.
pub async fn partners(tx: &mut Tx) -> Result<Vec<Partner>, Failure> {
    tx.all("select id, slug, name from partners order by name, id limit 500", ()).await
}

/// Adds a partner.
pub async fn add_partner(
    tx: &mut Tx,
    slug: &Slug,
    name: &Line,
    now: Time,
) -> Result<Result<PartnerId, Refusal>, Failure> {
    let sql = "insert into partners (slug, name, made_at) values ($1, $2, $3)
               on conflict (slug) do nothing returning id";
    let row: Option<(PartnerId,)> = tx.first(sql, (slug, name, now)).await?;
    Ok(row.map(|(id,)| id).ok_or(Refusal::Taken))
}

/// Lets somebody spend codes for a partner.
pub async fn appoint(
    tx: &mut Tx,
    partner: PartnerId,
    name: &str,
    by: Option<ReaderId>,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let Some(person) = account::by_name(tx, name).await? else { return Ok(Err(Refusal::Nobody)) };
    let sql = "insert into partner_people (reader, partner, appointed_by, at) values ($1, $2, $3, $4)
               on conflict do nothing";
    if tx.execute(sql, (person.id, partner, by, now)).await? == 1 {
        let by = by.map_or(By::House, |by| By::Person(by.0));
        let act = Act::of(by, "partner-person", "reader", person.id);
        ledger::note(tx, act.after(json!({ "partner": partner.0 })), now);
    }
    Ok(Ok(()))
}

/// Takes that back. Tells whether there was something to take back.
pub async fn dismiss(
    tx: &mut Tx,
    partner: PartnerId,
    reader: ReaderId,
    by: ReaderId,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "update partner_people set ended_at = $3, ended_by = $4
                where partner = $1 and reader = $2 and ended_at is null";
    let dismissed = tx.execute(sql, (partner, reader, now, by)).await? > 0;
    if dismissed {
        let act = Act::of(By::Person(by.0), "partner-person-end", "reader", reader);
        ledger::note(tx, act.before(json!({ "partner": partner.0 })), now);
    }
    Ok(dismissed)
}

/// Somebody who spends codes for a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub reader: ReaderId,
    /// Their name.
    pub name: String,
    /// For whom.
    pub partner: PartnerId,
}
store::row!(Person { reader, name, partner });

/// Everybody who spends codes for partners now, at most 1,000.
pub async fn people(tx: &mut Tx) -> Result<Vec<Person>, Failure> {
    let sql = "select p.reader, r.name, p.partner from partner_people p join readers r on r.id = p.reader
                where p.ended_at is null order by r.name, p.id limit 1000";
    tx.all(sql, ()).await
}

/// The partners somebody spends codes for now.
pub async fn partners_of(tx: &mut Tx, reader: ReaderId) -> Result<Vec<Partner>, Failure> {
    let sql = "select p.id, p.slug, p.name from partners p join partner_people h on h.partner = p.id
                where h.reader = $1 and h.ended_at is null order by p.name, p.id limit 100";
    tx.all(sql, (reader,)).await
}
