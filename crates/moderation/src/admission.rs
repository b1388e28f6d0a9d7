//! Deciding about what waits: it appears, or its author reads why it does not.

use archive::ArticleId;
use forum::CommentId;
use forum::hours::{self, State, Subject, Timetable};
use forum::waiting::{self, WaitingId};
use reader::inbox::Kind;
use serde_json::json;
use store::ledger::{self, Act};
use store::{Failure, Time, Tx};

use crate::{Moderator, Reason, Refusal, Rules, finding};

store::id!(
    /// Names a decision about something that waited.
    AdmissionId
);

/// The most rows that one verb reads.
const MOST: usize = 200;

/// Why something does not appear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The decision.
    pub id: AdmissionId,
    /// The clause it rests on.
    pub clause: String,
    /// What its author was told.
    pub reason: String,
    /// Whether no person took the decision, but a rule.
    pub is_automatic: bool,
    /// When.
    pub at: Time,
}
store::row!(Refused { id, clause, reason, is_automatic, at });

/// Lets in what waits. Of many at once one succeeds (T5.1). While the article is out of the paper or its talk is closed for now,
/// nothing appears there; where it has ended for good meanwhile, what came in time still does. After a refusal there is nothing to
/// commit.
pub async fn approve(
    tx: &mut Tx,
    moderator: Moderator,
    id: WaitingId,
    timetable: &Timetable,
    now: Time,
) -> Result<Result<CommentId, Refusal>, Failure> {
    let Some(found) = waiting::one(tx, id).await? else { return Ok(Err(Refusal::NotWaiting)) };
    let Some(talk) = subject(tx, found.article, now).await? else { return Ok(Err(Refusal::Withdrawn)) };
    match timetable.state(&talk, now) {
        State::Closed { reason: hours::Reason::Ended { .. }, .. } => {}
        state if state.is_closed() => return Ok(Err(Refusal::TalkClosed)),
        _ => {}
    }
    let Some(comment) = waiting::release(tx, id, now).await? else { return Ok(Err(Refusal::NotWaiting)) };
    let sql = "insert into admissions (author, moderator, comment, automatic, at) values ($1, $2, $3, 0, $4) returning id";
    let admission = tx.insert(sql, (found.author, moderator.id(), comment, now)).await?;
    finding::let_in(tx, id, comment).await?;
    forum::tell_author(tx, comment, Kind::Approved, format!("admission {admission}"), "", now).await?;
    let act = Act::of(moderator.by(), "approval", "comment", comment)
        .before(json!({ "state": "waits", "waiting": id.0 }))
        .after(json!({ "state": "stands", "admission": admission }));
    ledger::note(tx, act, now);
    Ok(Ok(comment))
}

async fn subject(tx: &mut Tx, article: ArticleId, now: Time) -> Result<Option<Subject>, Failure> {
    Ok(archive::teasers(tx, &[article], now).await?.first().map(Subject::from))
}

/// Refuses what waits, with the clause it breaks and a reason for its author. Of many at once one succeeds (T5.1).
/// After a refusal there is nothing to commit.
pub async fn refuse(
    tx: &mut Tx,
    rules: &Rules,
    moderator: Moderator,
    id: WaitingId,
    clause: &str,
    reason: &Reason,
    now: Time,
) -> Result<Result<AdmissionId, Refusal>, Failure> {
    let Some(clause) = rules.clause(clause).filter(|clause| clause.is_ground) else {
        return Ok(Err(Refusal::UnknownClause));
    };
    let Some(found) = waiting::one(tx, id).await? else { return Ok(Err(Refusal::NotWaiting)) };
    // Its author may be sending the same words again at this moment.
    tx.alone(&format!("writer {}", found.author)).await?;
    let sql = "insert into admissions (author, moderator, clause, reason, automatic, at) values ($1, $2, $3, $4, 0, $5)
               returning id";
    let values = (found.author, moderator.id(), &clause.id, reason.as_str(), now);
    let admission = AdmissionId(tx.insert(sql, values).await?);
    if !waiting::refuse(tx, id, admission.0).await? {
        return Ok(Err(Refusal::NotWaiting));
    }
    let key = format!("admission {admission}");
    forum::tell_refused(tx, &found, Kind::Refused, key, reason.as_str(), now).await?;
    let act =
        Act::of(moderator.by(), "refusal", "waiting", id).before(json!({ "state": "waits" })).after(json!({
            "state": "refused", "admission": admission.0, "clause": clause.id, "reason": reason.as_str(),
        }));
    ledger::note(tx, act, now);
    Ok(Ok(admission))
}

/// Why these were refused, by id, at most 200.
pub async fn refused(tx: &mut Tx, ids: &[AdmissionId]) -> Result<Vec<Refused>, Failure> {
    let ids = &ids[..ids.len().min(MOST)];
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (list, values) = store::among(1, ids.iter().copied());
    let sql = format!(
        "select id, clause, reason, automatic, at from admissions where id in ({list}) and clause is not null order by id"
    );
    tx.all(&sql, values).await
}
