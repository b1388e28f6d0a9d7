//! Deciding about a case: it may stand, or it is kept out with a clause and a reason.
//!
//! One verb for everything in the queues. It does what [`approve`], [`refuse`] and [`remove`] do, writes down that the case is
//! closed, and lets go of it, in one transaction. Of many at once one succeeds; the others learn who was faster.

use forum::CommentId;
use forum::hours::Timetable;
use reader::Name;
use serde_json::json;
use store::ledger;
use store::{Failure, Time, Tx};

use crate::queue::{self, Case, EDITED, Entry};
use crate::{Moderator, Reason, Refusal, Rules, admission, claim, decision};

/// What holds at the desk.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The house rules.
    pub rules: &'a Rules,
    /// When one can write.
    pub hours: &'a Timetable,
}

/// What somebody decides.
#[derive(Clone, Copy, Debug)]
pub enum Act<'a> {
    /// What waits appears; what stands stays.
    LetStand,
    /// What waits does not appear; what stands is removed.
    Refuse {
        /// The clause it breaks.
        clause: &'a str,
        /// What its author is told.
        reason: &'a Reason,
    },
}

/// Decides about a case. After a refusal there is nothing to commit.
pub async fn decide(
    tx: &mut Tx,
    desk: Desk<'_>,
    moderator: Moderator,
    case: Case,
    act: Act<'_>,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if let Some(refusal) = claim::held_by_another(tx, moderator, case, now).await? {
        return Ok(Err(refusal));
    }
    let open = queue::open(tx, case).await?;
    let done = match (case, act) {
        (Case::Waiting(id), Act::LetStand) => {
            let answer = admission::approve(tx, moderator, id, desk.hours, now).await?;
            answer.map(|_| "approved")
        }
        (Case::Waiting(id), Act::Refuse { clause, reason }) => {
            let answer = admission::refuse(tx, desk.rules, moderator, id, clause, reason, now).await?;
            answer.map(|_| "refused")
        }
        (Case::Comment(id), Act::LetStand) => {
            let closed = tx.execute("delete from cases where comment = $1", (id,)).await? == 1;
            if closed {
                let reports = open.as_ref().map_or(0, |entry| entry.reports);
                let queue = open.as_ref().map(|entry| entry.queue.key);
                let act = ledger::Act::of(moderator.by(), "case-stays", "comment", id)
                    .after(json!({ "queue": queue, "reports": reports }));
                ledger::note(tx, act, now);
            }
            if closed { Ok("stays") } else { Err(Refusal::NotOpen) }
        }
        (Case::Comment(id), Act::Refuse { clause, reason }) => {
            let answer = decision::remove(tx, desk.rules, moderator, id, clause, reason, now).await?;
            answer.map(|_| "removed")
        }
    };
    let act = match done {
        Ok(act) => act,
        Err(refusal) => return Ok(Err(faster(tx, case, refusal).await?)),
    };
    if let Case::Comment(id) = case {
        tx.execute("delete from cases where comment = $1", (id,)).await?;
    }
    write(tx, case, open.as_ref(), moderator, act, now).await?;
    claim::end(tx, case).await?;
    Ok(Ok(()))
}

async fn write(
    tx: &mut Tx,
    case: Case,
    open: Option<&Entry>,
    moderator: Moderator,
    act: &str,
    now: Time,
) -> Result<(), Failure> {
    let sql =
        "insert into case_ends (subject, queue, moderator, act, since, at) values ($1, $2, $3, $4, $5, $6)";
    let queue = open.map(|entry| entry.queue.key);
    let since = open.map_or(now, |entry| entry.since);
    tx.execute(sql, (case.to_string(), queue, moderator.id(), act, since, now)).await.map(drop)
}

/// Whoever comes too late learns who was faster.
async fn faster(tx: &mut Tx, case: Case, refusal: Refusal) -> Result<Refusal, Failure> {
    if !matches!(refusal, Refusal::NotWaiting | Refusal::NotOpen | Refusal::RemovedAlready) {
        return Ok(refusal);
    }
    let row: Option<(Name, Time)> = tx.first(LATEST_END, (case.to_string(),)).await?;
    Ok(row.map_or(refusal, |(by, at)| Refusal::Decided { by, at }))
}

pub(crate) const LATEST_END: &str =
    "select n.name, e.at from case_ends e join readers n on n.id = e.moderator
     where e.subject = $1 order by e.id desc limit 1";

/// An author changed a comment. The desk looks at it again if it had decided about it: else a change could undo what it read.
pub async fn look_again(tx: &mut Tx, comment: CommentId, now: Time) -> Result<bool, Failure> {
    let sql = "insert into cases (comment, queue, rank, since, reports)
               select c.id, $2, $3, $4, 0 from comments c
                where c.id = $1
                  and (exists (select 1 from admissions a where a.comment = c.id)
                    or exists (select 1 from decisions d where d.comment = c.id)
                    or exists (select 1 from case_ends e where e.subject = $5))
               on conflict (comment) do nothing";
    let subject = Case::Comment(comment).to_string();
    Ok(tx.execute(sql, (comment, EDITED, queue::rank_of(0), now, subject)).await? == 1)
}

/// How many cases were closed since then, and how many of them restricted somebody; stops counting at 1,000.
pub async fn closed_since(tx: &mut Tx, since: Time) -> Result<(i64, i64), Failure> {
    tx.one(CLOSED_SINCE, (since,)).await
}

pub(crate) const CLOSED_SINCE: &str =
    "select count(*), count(case when act in ('refused', 'removed') then 1 end)
      from (select act from case_ends where at >= $1 limit 1000) e";
