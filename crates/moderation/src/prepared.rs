//! Prepared reasons: for each clause a text that a moderator changes where it needs to be.

use std::collections::HashMap;

use reader::Name;
use serde_json::json;
use store::ledger::{self, Act};
use store::{Failure, Time, Tx};

use crate::{Moderator, Reason, Refusal, Rules};

/// The desk's own text for a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The clause.
    pub clause: String,
    /// What authors are told.
    pub text: String,
    /// Who wrote it.
    pub by: Name,
    /// When.
    pub at: Time,
}
store::row!(Prepared { clause, text, by, at });

/// The desk's own texts by clause; a clause without one has the built-in text ([`Clause::reason`](crate::Clause::reason)).
pub async fn prepared(tx: &mut Tx) -> Result<HashMap<String, Prepared>, Failure> {
    let rows: Vec<Prepared> = tx.all(PREPARED, ()).await?;
    Ok(rows.into_iter().map(|row| (row.clause.clone(), row)).collect())
}

/// There are as many rows as somebody has ever changed a text: a handful.
const PREPARED: &str = "select p.clause, p.text, n.name, p.at
      from prepared_reasons p join readers n on n.id = p.moderator
     where p.text is not null
       and not exists (select 1 from prepared_reasons l where l.clause = p.clause and l.id > p.id)
     order by p.clause";

/// Prepares a text for a clause; without one the built-in text is used again.
pub async fn prepare(
    tx: &mut Tx,
    rules: &Rules,
    moderator: Moderator,
    clause: &str,
    text: Option<&Reason>,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let Some(clause) = rules.clause(clause).filter(|clause| clause.is_ground) else {
        return Ok(Err(Refusal::UnknownClause));
    };
    let sql =
        "insert into prepared_reasons (clause, text, moderator, at) values ($1, $2, $3, $4) returning id";
    let text = text.map(Reason::as_str);
    let id = tx.insert(sql, (&clause.id, text, moderator.id(), now)).await?;
    let act = Act::of(moderator.by(), "prepared-reason", "prepared reason", id)
        .after(json!({ "clause": clause.id, "text": text }));
    ledger::note(tx, act, now);
    Ok(Ok(()))
}
