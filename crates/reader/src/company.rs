//! Whom a reader follows, and whom they would rather not read. Only the reader knows: the other is never told.

use std::collections::HashMap;

use store::{Failure, Time, Tx, Value};

use crate::{Name, ReaderId};

/// The most people that one list has.
pub const MOST_PEOPLE: i64 = 500;

/// What a reader thinks of somebody's company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// They hear when the other writes.
    Follows,
    /// What the other writes is folded away, and nothing is told of it.
    Ignores,
}

/// Somebody in a reader's list.
#[derive(Clone, Debug)]
pub struct Companion {
    /// Who.
    pub person: ReaderId,
    /// The name they go by now.
    pub name: Name,
    /// Since when.
    pub since: Time,
}
store::row!(Companion { person, name, since });

fn rows(company: Company) -> &'static str {
    match company {
        Company::Follows => "follows",
        Company::Ignores => "ignores",
    }
}

/// Seeks or shuns somebody's company; `None` is neither. Whoever is followed is not ignored, and the other way round.
/// Gives whether there is such a person to choose: nobody follows or ignores themselves.
pub async fn keep_company(
    tx: &mut Tx,
    reader: ReaderId,
    person: ReaderId,
    company: Option<Company>,
    now: Time,
) -> Result<bool, Failure> {
    let there: Option<(i64,)> = tx.first("select 1 from readers where id = $1", (person,)).await?;
    if reader == person || there.is_none() {
        return Ok(false);
    }
    for other in [Company::Follows, Company::Ignores].into_iter().filter(|other| Some(*other) != company) {
        let sql = format!("delete from {} where reader = $1 and person = $2", rows(other));
        tx.execute(&sql, (reader, person)).await?;
    }
    if let Some(company) = company {
        let sql = format!(
            "insert into {} (reader, person, at) values ($1, $2, $3) on conflict (reader, person) do nothing",
            rows(company)
        );
        tx.execute(&sql, (reader, person, now)).await?;
    }
    Ok(true)
}

/// Whom this reader follows or ignores, by name, at most 500.
pub async fn company(tx: &mut Tx, reader: ReaderId, company: Company) -> Result<Vec<Companion>, Failure> {
    let sql = format!(
        "select k.person, p.name, k.at from {} k join readers p on p.id = k.person
          where k.reader = $1 order by p.name_folded, k.person limit $2",
        rows(company)
    );
    tx.all(&sql, (reader, MOST_PEOPLE)).await
}

/// What this reader thinks of that person's company.
pub async fn company_of(tx: &mut Tx, reader: ReaderId, person: ReaderId) -> Result<Option<Company>, Failure> {
    let sql = "select (select 1 from follows where reader = $1 and person = $2),
                      (select 1 from ignores where reader = $1 and person = $2)";
    let (follows, ignores): (Option<i64>, Option<i64>) = tx.one(sql, (reader, person)).await?;
    Ok(follows.map(|_| Company::Follows).or(ignores.map(|_| Company::Ignores)))
}

/// Whom of these people this reader follows or ignores.
pub async fn company_among(
    tx: &mut Tx,
    reader: ReaderId,
    people: &[ReaderId],
) -> Result<HashMap<ReaderId, Company>, Failure> {
    let mut kept = HashMap::new();
    if people.is_empty() {
        return Ok(kept);
    }
    let (numbers, people) = store::among(2, people.iter().copied());
    for company in [Company::Follows, Company::Ignores] {
        let sql = format!(
            "select person from {} where reader = $1 and person in ({numbers}) order by person",
            rows(company)
        );
        let mut values: Vec<Value> = vec![reader.into()];
        values.extend(people.iter().cloned());
        let found: Vec<(ReaderId,)> = tx.all(&sql, values).await?;
        kept.extend(found.into_iter().map(|row| (row.0, company)));
    }
    Ok(kept)
}

/// Who follows this person and comes after that reader, by id, at most `limit`: for telling them in slices.
pub async fn followers(
    tx: &mut Tx,
    person: ReaderId,
    after: ReaderId,
    limit: i64,
) -> Result<Vec<ReaderId>, Failure> {
    let sql = "select reader from follows where person = $1 and reader > $2 order by reader limit $3";
    let rows: Vec<(ReaderId,)> = tx.all(sql, (person, after, limit)).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
