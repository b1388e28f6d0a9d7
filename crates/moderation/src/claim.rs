//! Who has a case open. Two people never decide about the same one: whoever opens it has it for some minutes.

use reader::Name;
use store::{Failure, Time, Tx, Value};

use crate::queue::{self, Bookmark, Case, Queue};
use crate::{Moderator, Refusal};

/// How long a case stays with whoever opened it, in minutes, if they neither decide nor let go of it.
pub const CLAIM_MINUTES: i64 = 10;
/// Cases that are looked at in one go for one that is free.
const AHEAD: i64 = 40;

/// Who has a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The case.
    pub case: Case,
    /// Who.
    pub name: Name,
    /// Whether that is who asked.
    pub is_mine: bool,
    /// Since when.
    pub at: Time,
    /// Until when, if they do nothing.
    pub until: Time,
}

/// Takes a case, or takes it for longer. Of many at once one succeeds; the others learn who has it.
pub async fn claim(
    tx: &mut Tx,
    moderator: Moderator,
    case: Case,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let sql = "insert into case_claims (subject, moderator, at, until) values ($1, $2, $3, $4)
               on conflict (subject) do update set moderator = $2, until = $4,
                   at = case when case_claims.moderator = $2 and case_claims.until > $3 then case_claims.at else $3 end
                where case_claims.moderator = $2 or case_claims.until <= $3";
    let until = now.plus_minutes(CLAIM_MINUTES);
    if tx.execute(sql, (case.to_string(), moderator.id(), now, until)).await? == 1 {
        return Ok(Ok(()));
    }
    Ok(match held_by_another(tx, moderator, case, now).await? {
        Some(refusal) => Err(refusal),
        // Let go of in this very moment: whoever asks again gets it.
        None => Err(Refusal::Claimed { by: None, until: now }),
    })
}

/// Why this moderator should not decide about a case: somebody else has it.
pub(crate) async fn held_by_another(
    tx: &mut Tx,
    moderator: Moderator,
    case: Case,
    now: Time,
) -> Result<Option<Refusal>, Failure> {
    let found = claims(tx, moderator, &[case], now).await?.into_iter().find(|claim| !claim.is_mine);
    Ok(found.map(|claim| Refusal::Claimed { by: Some(claim.name), until: claim.until }))
}

/// Lets go of a case. Nothing happens if somebody else has it.
pub async fn release(tx: &mut Tx, moderator: Moderator, case: Case) -> Result<(), Failure> {
    let sql = "delete from case_claims where subject = $1 and moderator = $2";
    tx.execute(sql, (case.to_string(), moderator.id())).await.map(drop)
}

/// A case that was decided about is nobody's any more.
pub(crate) async fn end(tx: &mut Tx, case: Case) -> Result<(), Failure> {
    tx.execute("delete from case_claims where subject = $1", (case.to_string(),)).await.map(drop)
}

/// Who has these cases now, at most 100 of them; those that are free are missing.
pub async fn claims(
    tx: &mut Tx,
    moderator: Moderator,
    cases: &[Case],
    now: Time,
) -> Result<Vec<Claim>, Failure> {
    let cases = &cases[..cases.len().min(100)];
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let sql = claims_sql(cases.len());
    let mut values = vec![Value::from(now), Value::from(moderator.id())];
    values.extend(cases.iter().map(|case| Value::from(case.to_string())));
    let rows: Vec<(String, Name, bool, Time, Time)> = tx.all(&sql, values).await?;
    let claim = |(subject, name, is_mine, at, until): (String, Name, bool, Time, Time)| {
        Some(Claim { case: subject.parse().ok()?, name, is_mine, at, until })
    };
    Ok(rows.into_iter().filter_map(claim).collect())
}

pub(crate) fn claims_sql(cases: usize) -> String {
    format!(
        "select c.subject, n.name, case when c.moderator = $2 then 1 else 0 end, c.at, c.until
           from case_claims c join readers n on n.id = c.moderator
          where c.until > $1 and c.subject in ({})",
        store::numbered(3, cases)
    )
}

/// Takes the first case of a queue (or of all) that nobody has. Whoever asks at the same time comes after, so that nobody waits
/// for a case that somebody else is about to take.
pub async fn next(
    tx: &mut Tx,
    moderator: Moderator,
    of: Option<&'static Queue>,
    now: Time,
) -> Result<Option<Case>, Failure> {
    tx.alone("desk next").await?;
    let mut after: Option<Bookmark> = None;
    loop {
        let places = queue::places(tx, of, after, AHEAD).await?;
        let cases: Vec<Case> = places.iter().map(|place| place.case).collect();
        let claims = claims(tx, moderator, &cases, now).await?;
        for case in cases {
            let is_free = !claims.iter().any(|claim| claim.case == case && !claim.is_mine);
            if is_free && claim(tx, moderator, case, now).await?.is_ok() {
                // Between the look and the claim somebody may have decided.
                if queue::open(tx, case).await?.is_some() {
                    return Ok(Some(case));
                }
                end(tx, case).await?;
            }
        }
        match places.last() {
            Some(last) => after = Some(*last),
            None => return Ok(None),
        }
    }
}
