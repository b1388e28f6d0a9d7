//! Deciding about a comment, and reading what was decided.

use forum::CommentId;
use reader::inbox::Kind;
use reader::{Name, ReaderId, Role};
use serde_json::json;
use store::ledger::{self, Act, By};
use store::{Failure, FromColumn, Time, Tx, Value};

use crate::{DecisionId, Refusal, Rules};

/// The most rows that one verb reads, whatever it is asked for.
const MOST: i64 = 200;

/// Somebody who may judge comments. There is one only for a reader who was appointed, asked in the transaction of the act
/// (T4.1, T4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moderator(ReaderId);

impl Moderator {
    /// The reader as a moderator, if they are one at this moment.
    pub async fn appointed(tx: &mut Tx, who: ReaderId) -> Result<Option<Moderator>, Failure> {
        let person = reader::by_id(tx, who).await?;
        Ok(person.filter(|person| person.role >= Role::Moderator).map(|person| Moderator(person.id)))
    }

    pub(crate) fn id(self) -> ReaderId {
        self.0
    }

    /// Who acts, for the ledger.
    pub(crate) fn by(self) -> By {
        By::Person(self.0.0)
    }
}

/// What a comment's author is told: 1 to 1,000 characters in one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// The most characters.
    pub const LONGEST: usize = 1000;

    /// Takes a reason as it was typed.
    pub fn parse(text: &str) -> Result<Reason, Refusal> {
        match story::Line::parse("reason", text, Reason::LONGEST) {
            Ok(line) => Ok(Reason(line.to_string())),
            Err(story::Trouble::Empty { .. }) => Err(Refusal::NoReason),
            Err(story::Trouble::TooLong { longest, .. }) => Err(Refusal::ReasonTooLong { longest }),
            Err(_) => Err(Refusal::Unprintable),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What became of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is hidden.
    Removed,
    /// It stands again.
    Restored,
}

impl Verdict {
    fn as_str(self) -> &'static str {
        match self {
            Verdict::Removed => "removed",
            Verdict::Restored => "restored",
        }
    }
}

impl FromColumn for Verdict {
    fn from_column(value: Value) -> Option<Verdict> {
        let word = String::from_column(value)?;
        [Verdict::Removed, Verdict::Restored].into_iter().find(|verdict| verdict.as_str() == word)
    }
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The comment it is about.
    pub comment: CommentId,
    /// What it says.
    pub verdict: Verdict,
    /// The clause a removal rests on.
    pub clause: Option<String>,
    /// What the author was told.
    pub reason: String,
    /// Who decided; for the desk, not for readers. Nobody if no person did.
    pub moderator: Option<Name>,
    /// When.
    pub at: Time,
}
store::row!(Decision { id, comment, verdict, clause, reason, moderator, at });

/// Removes a comment, with the clause it breaks and a reason for its author. Of many at once one succeeds (T5.1).
/// After a refusal there is nothing to commit.
pub async fn remove(
    tx: &mut Tx,
    rules: &Rules,
    moderator: Moderator,
    comment: CommentId,
    clause: &str,
    reason: &Reason,
    now: Time,
) -> Result<Result<DecisionId, Refusal>, Failure> {
    let Some(clause) = rules.clause(clause).filter(|clause| clause.is_ground) else {
        return Ok(Err(Refusal::UnknownClause));
    };
    let Some(decision) =
        write(tx, comment, moderator, Verdict::Removed, Some(&clause.id), reason, now).await?
    else {
        return Ok(Err(Refusal::NoSuchComment));
    };
    match forum::remove(tx, comment, decision.0, now).await? {
        Some(_) => {
            tell_author(tx, comment, Kind::Removed, decision, reason, now).await?;
            let act = Act::of(moderator.by(), "removal", "comment", comment)
                .before(json!({ "state": "stands" }))
                .after(json!({ "state": "removed", "decision": decision.0, "clause": clause.id, "reason": reason.0 }));
            ledger::note(tx, act, now);
            Ok(Ok(decision))
        }
        None => Ok(Err(Refusal::RemovedAlready)),
    }
}

/// Shows a removed comment again, with a reason for its author. After a refusal there is nothing to commit.
pub async fn restore(
    tx: &mut Tx,
    moderator: Moderator,
    comment: CommentId,
    reason: &Reason,
    now: Time,
) -> Result<Result<DecisionId, Refusal>, Failure> {
    let Some(decision) = write(tx, comment, moderator, Verdict::Restored, None, reason, now).await? else {
        return Ok(Err(Refusal::NoSuchComment));
    };
    match forum::restore(tx, comment, decision.0, now).await? {
        Some(_) => {
            tell_author(tx, comment, Kind::Restored, decision, reason, now).await?;
            let act = Act::of(moderator.by(), "restoration", "comment", comment)
                .before(json!({ "state": "removed" }))
                .after(json!({ "state": "stands", "decision": decision.0, "reason": reason.0 }));
            ledger::note(tx, act, now);
            Ok(Ok(decision))
        }
        None => Ok(Err(Refusal::NotRemoved)),
    }
}

/// The author hears of it in the same transaction: no decision without its reason.
async fn tell_author(
    tx: &mut Tx,
    comment: CommentId,
    kind: Kind,
    decision: DecisionId,
    reason: &Reason,
    now: Time,
) -> Result<(), Failure> {
    forum::tell_author(tx, comment, kind, format!("decision {decision}"), &reason.0, now).await
}

async fn write(
    tx: &mut Tx,
    comment: CommentId,
    moderator: Moderator,
    verdict: Verdict,
    clause: Option<&str>,
    reason: &Reason,
    now: Time,
) -> Result<Option<DecisionId>, Failure> {
    let sql = "insert into decisions (comment, author, moderator, verdict, clause, reason, automatic, at)
               select c.id, c.author, $2, $3, $4, $5, 0, $6 from comments c where c.id = $1
               returning id";
    let values = (comment, moderator.0, verdict.as_str(), clause, reason.0.as_str(), now);
    let row: Option<(DecisionId,)> = tx.first(sql, values).await?;
    Ok(row.map(|row| row.0))
}

fn read(rest: &str) -> String {
    format!(
        "select d.id, d.comment, d.verdict, d.clause, d.reason, m.name, d.at
           from decisions d left join readers m on m.id = d.moderator {rest}"
    )
}

/// What was decided about this reader's comments before that decision, latest first, at most `limit` (at most 200).
pub async fn decisions_about(
    tx: &mut Tx,
    reader: ReaderId,
    before: Option<DecisionId>,
    limit: i64,
) -> Result<Vec<Decision>, Failure> {
    let before = before.unwrap_or(DecisionId(i64::MAX));
    tx.all(&about_sql(), (reader, before, limit.clamp(1, MOST))).await
}

pub(crate) fn about_sql() -> String {
    read("where d.author = $1 and d.id < $2 order by d.id desc limit $3")
}

/// What was decided about one comment, latest first, at most 200.
pub async fn history(tx: &mut Tx, comment: CommentId) -> Result<Vec<Decision>, Failure> {
    tx.all(&history_sql(), (comment, MOST)).await
}

pub(crate) fn history_sql() -> String {
    read("where d.comment = $1 order by d.id desc limit $2")
}

/// These decisions, by id, at most 200.
pub async fn decisions(tx: &mut Tx, ids: &[DecisionId]) -> Result<Vec<Decision>, Failure> {
    let ids = &ids[..ids.len().min(MOST as usize)];
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (list, values) = store::among(1, ids.iter().copied());
    tx.all(&read(&format!("where d.id in ({list}) order by d.id")), values).await
}

/// How many removals since then; stops counting at 1,000.
pub async fn removals_since(tx: &mut Tx, since: Time) -> Result<i64, Failure> {
    let sql =
        "select count(*) from (select 1 from decisions where at >= $1 and verdict = 'removed' limit 1000) d";
    let (count,): (i64,) = tx.one(sql, (since,)).await?;
    Ok(count)
}
