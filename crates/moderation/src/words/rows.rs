//! The rules as rows.

use reader::Name;
use store::{Failure, FromRow, Row, Time, Tx, events};

use super::{Draft, MOST_RULES, Refusal, Trial};
use crate::{Moderator, PHASES_CHANGED};

store::id!(
    /// Names a word rule.
    RuleId
);

/// A rule that holds.
#[derive(Clone, Debug)]
pub struct WordRule {
    /// Its id.
    pub id: RuleId,
    /// The rule whose place it took.
    pub replaces: Option<RuleId>,
    /// What it says.
    pub draft: Draft,
    /// How many comments it was tried on.
    pub tried: i64,
    /// How many of them it would have caught.
    pub caught: i64,
    /// How many of those still stood.
    pub fine: i64,
    /// Who made it.
    pub by: Name,
    /// When.
    pub at: Time,
}

impl FromRow for WordRule {
    fn from_row(row: &mut Row) -> Result<WordRule, Failure> {
        let (id, replaces) = (row.take()?, row.take()?);
        let draft = Draft {
            forms: row.take()?,
            exceptions: row.take()?,
            clause: row.take()?,
            action: row.take()?,
            reason: row.take()?,
        };
        let (tried, caught, fine) = (row.take()?, row.take()?, row.take()?);
        Ok(WordRule { id, replaces, draft, tried, caught, fine, by: row.take()?, at: row.take()? })
    }
}

/// The rules that hold, latest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<WordRule>, Failure> {
    let sql =
        "select w.id, w.replaces, w.forms, w.exceptions, w.clause, w.action, w.reason, w.tried, w.caught,
                      w.fine, r.name, w.at
                 from word_rules w join readers r on r.id = w.moderator
                where not exists (select 1 from word_rule_ends e where e.rule = w.id)
                order by w.id desc limit $1";
    tx.all(sql, (i64::try_from(MOST_RULES).unwrap_or(i64::MAX),)).await
}

/// A rule holds from now on; `replaces` ends with it, if it still held. After a refusal there is nothing to commit.
pub async fn add(
    tx: &mut Tx,
    draft: &Draft,
    trial: &Trial,
    replaces: Option<RuleId>,
    moderator: Moderator,
    now: Time,
) -> Result<Result<RuleId, Refusal>, Failure> {
    tx.alone("word rules").await?;
    if let Some(before) = replaces
        && !end(tx, before, moderator, now).await?
    {
        return Ok(Err(Refusal::NoSuchRule));
    }
    let sql = "select count(*) from word_rules w
                where not exists (select 1 from word_rule_ends e where e.rule = w.id)";
    let (count,): (i64,) = tx.one(sql, ()).await?;
    if count >= i64::try_from(MOST_RULES).unwrap_or(i64::MAX) {
        return Ok(Err(Refusal::ManyRules { most: MOST_RULES }));
    }
    let sql = "insert into word_rules (replaces, forms, exceptions, clause, action, reason, tried, caught, fine, moderator, at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id";
    let Draft { forms, exceptions, clause, action, reason } = draft;
    let values = (
        replaces,
        forms.to_string(),
        exceptions.to_string(),
        clause,
        action.key(),
        reason,
        trial.tried,
        trial.caught,
        trial.fine,
        moderator.id(),
        now,
    );
    let id = RuleId(tx.insert(sql, values).await?);
    events::tell(tx, PHASES_CHANGED, 0, now).await?;
    Ok(Ok(id))
}

/// A rule holds no longer. False if it did not (any more).
pub async fn end(tx: &mut Tx, rule: RuleId, moderator: Moderator, now: Time) -> Result<bool, Failure> {
    let sql =
        "insert into word_rule_ends (rule, moderator, at) select id, $2, $3 from word_rules where id = $1
               on conflict (rule) do nothing";
    let ended = tx.execute(sql, (rule, moderator.id(), now)).await? == 1;
    if ended {
        events::tell(tx, PHASES_CHANGED, 0, now).await?;
    }
    Ok(ended)
}
