//! Taking in what somebody wrote: it passes the phases, and what they say is done and written down in the same transaction.
//!
//! What a rule keeps out is refused like any other text ([`refuse`](crate::refuse)): its author reads clause and reason, and that
//! no person decided; the words stay theirs. A change that would have to wait is not made: the comment stays as somebody may
//! have read it (decision 011).

use archive::ArticleId;
use forum::hours::State;
use forum::waiting::{self, WaitingId};
use forum::{Body, Change, CommentId, Contribution, Pace, Posted};
use reader::ReaderId;
use reader::inbox::Kind;
use store::{Failure, Time, Tx};
use story::Slug;

use crate::finding::{self, About};
use crate::phases::{Found, Ground, Matter, Mode, Policy, Record, Standing, consider};
use crate::{AdmissionId, Refused, queue, refused};

/// A day, in which the same text counts as said again.
const ALIKE_MINUTES: i64 = 24 * 60;

/// What holds where a text comes in.
#[derive(Clone, Copy)]
pub struct Door<'a> {
    /// What the desk has set.
    pub policy: &'a Policy,
    /// Whether the talk under the article is open.
    pub state: &'a State,
    /// How much one person may write.
    pub pace: Pace,
    /// The article's section.
    pub section: &'a Slug,
    /// The minute of the paper's day.
    pub minute: i64,
    /// Whether its author works for the paper.
    pub is_staff: bool,
    /// How risky the sorting aid finds the text, 0 to 1, if it was asked.
    pub risk: Option<f32>,
}

/// What became of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is a comment that everybody can read.
    Here(CommentId),
    /// It waits for the desk.
    Waits(WaitingId),
    /// It does not appear; its author has it, with the reason.
    Withheld(Refused),
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is made.
    Done,
    /// The desk would have to read it first, so the comment stays as it is.
    Rests,
    /// A rule does not allow it; the comment stays as it is.
    Withheld(Refused),
}

/// Posts a comment, has it wait, or keeps it out. After a refusal of the forum there is nothing to commit.
pub async fn post(
    tx: &mut Tx,
    contribution: &Contribution,
    door: &Door<'_>,
    now: Time,
) -> Result<Result<Taken, forum::Refusal>, Failure> {
    let Contribution { author, article, body, .. } = contribution;
    // As the forum does: one person's attempts come one after the other, so that a form sent twice is judged once.
    tx.alone(&format!("writer {author}")).await?;
    if let Some(posted) = forum::posted(tx, contribution).await? {
        return before(tx, posted).await.map(Ok);
    }
    let found = look(tx, *author, *article, body, door, now).await?;
    let state = door.state.clone();
    let posted = match &found {
        None => forum::post(tx, contribution, state, door.pace, now).await?,
        Some(_) => forum::hold(tx, contribution, state, door.pace, now).await?,
    };
    let (id, found) = match (posted, found) {
        (Err(refusal), _) => return Ok(Err(refusal)),
        (Ok(Posted::Here(comment)), _) => return Ok(Ok(Taken::Here(comment))),
        (Ok(Posted::Waits(id)), None) => return Ok(Ok(Taken::Waits(id))),
        (Ok(Posted::Waits(id)), Some(found)) => (id, found),
    };
    let Some(ground) = &found.ground else {
        finding::write(tx, About::Waiting(id), None, *author, &found, door.risk, now).await?;
        queue::put(tx, id, found.phase, door.risk).await?;
        return Ok(Ok(Taken::Waits(id)));
    };
    let refused = keep_out(tx, id, *author, ground, now).await?;
    finding::write(tx, About::Waiting(id), Some(refused.id), *author, &found, door.risk, now).await?;
    Ok(Ok(Taken::Withheld(refused)))
}

/// What the same contribution became before.
async fn before(tx: &mut Tx, posted: Posted) -> Result<Taken, Failure> {
    let id = match posted {
        Posted::Here(comment) => return Ok(Taken::Here(comment)),
        Posted::Waits(id) => id,
    };
    let decision = waiting::decision(tx, id).await?.map(AdmissionId);
    let refused = refused(tx, decision.as_slice()).await?.into_iter().next();
    Ok(refused.map_or(Taken::Waits(id), Taken::Withheld))
}

/// Changes a comment if the new words may appear at once. After a refusal of the forum there is nothing to commit.
pub async fn change(
    tx: &mut Tx,
    change: &Change,
    article: ArticleId,
    minutes: i64,
    door: &Door<'_>,
    now: Time,
) -> Result<Result<Changed, forum::Refusal>, Failure> {
    let Change { comment, author, body, .. } = change;
    tx.alone(&format!("writer {author}")).await?;
    match forum::may_change(tx, change, minutes, door.state, now).await? {
        Err(refusal) => return Ok(Err(refusal)),
        Ok(false) => return Ok(Ok(Changed::Done)),
        Ok(true) => {}
    }
    let Some(found) = look(tx, *author, article, body, door, now).await? else {
        let changed = forum::change(tx, change, minutes, door.state.clone(), now).await?;
        return Ok(changed.map(|()| Changed::Done));
    };
    let about = About::Change(*comment);
    let Some(ground) = &found.ground else {
        finding::write(tx, about, None, *author, &found, door.risk, now).await?;
        return Ok(Ok(Changed::Rests));
    };
    let refused = state_reasons(tx, *author, ground, now).await?;
    let key = format!("admission {}", refused.id);
    forum::tell_author(tx, *comment, Kind::Withheld, key, &ground.reason, now).await?;
    finding::write(tx, about, Some(refused.id), *author, &found, door.risk, now).await?;
    Ok(Ok(Changed::Withheld(refused)))
}

/// Passes a text through the phases, with the rows that they need.
async fn look(
    tx: &mut Tx,
    author: ReaderId,
    article: ArticleId,
    body: &Body,
    door: &Door<'_>,
    now: Time,
) -> Result<Option<Found>, Failure> {
    let policy = door.policy;
    let mode = policy.mode(article, door.section, door.minute);
    let mut matter = Matter {
        text: body.as_str(),
        standing: if door.is_staff { Standing::Staff } else { Standing::Reader },
        talk_waits: matches!(door.state, State::Waiting { .. }),
        mode,
        caution: policy.caution(),
        words: policy.words(),
        record: Record::default(),
        risk: door.risk,
        now,
    };
    if !door.is_staff && asks_rows(policy, &mode) {
        matter.record = record(tx, author, article, body, policy, now).await?;
        if reader::verified(tx, author).await?.is_some() {
            matter.standing = Standing::Verified;
        }
    }
    Ok(consider(&matter))
}

/// Whether any phase wants to know what its author did until now; in most papers at most hours none does.
fn asks_rows(policy: &Policy, mode: &Mode) -> bool {
    mode.newcomers > 0 || mode.links || mode.relief.is_some() || policy.caution().is_any()
}

async fn record(
    tx: &mut Tx,
    author: ReaderId,
    article: ArticleId,
    body: &Body,
    policy: &Policy,
    now: Time,
) -> Result<Record, Failure> {
    let lately = forum::lately(tx, author, article, body, now.plus_minutes(-ALIKE_MINUTES), now).await?;
    let caution = policy.caution();
    let (mut refused, mut written) = (0, 0);
    if caution.refused_percent > 0 {
        let since = now.plus_minutes(-caution.refused_days * 24 * 60);
        let (removed, kept_out): (i64, i64) = tx.one(REFUSED_SINCE, (author, since)).await?;
        refused = removed + kept_out;
        // Who has few of them needs no share.
        if refused >= crate::phases::FEWEST_REFUSED {
            // From so many on, the share is below what the desk minds, however many more there are.
            let enough = refused * 100 / caution.refused_percent + 1;
            written = forum::written_since(tx, author, since, enough).await? + kept_out;
        }
    }
    Ok(Record {
        approved: lately.approved,
        alike: lately.alike,
        refused,
        written,
        in_thread: lately.in_thread,
        oldest_waiting: lately.oldest_waiting,
    })
}

/// Removals that stand and refusals among the latest fifty of either.
pub(crate) const REFUSED_SINCE: &str = "select
    (select count(*) from (select d.id, d.comment, d.verdict, d.at from decisions d
                            where d.author = $1 order by d.id desc limit 50) d
      where d.at > $2 and d.verdict = 'removed'
        and not exists (select 1 from decisions r where r.comment = d.comment and r.id > d.id)),
    (select count(*) from (select a.clause, a.at from admissions a
                            where a.author = $1 order by a.id desc limit 50) a
      where a.at > $2 and a.clause is not null)";

/// What was about to wait is refused by a rule.
async fn keep_out(
    tx: &mut Tx,
    id: WaitingId,
    author: ReaderId,
    ground: &Ground,
    now: Time,
) -> Result<Refused, Failure> {
    let waits = waiting::one(tx, id).await?.ok_or_else(|| Failure::new("what was just kept is not there"))?;
    let refused = state_reasons(tx, author, ground, now).await?;
    if !waiting::refuse(tx, id, refused.id.0).await? {
        return Err(Failure::new("what was just kept was decided already"));
    }
    let key = format!("admission {}", refused.id);
    forum::tell_refused(tx, &waits, Kind::Withheld, key, &ground.reason, now).await?;
    Ok(refused)
}

/// The statement of reasons: which clause, in which words, and that no person decided (Regulation (EU) 2022/2065, article 17).
async fn state_reasons(
    tx: &mut Tx,
    author: ReaderId,
    ground: &Ground,
    now: Time,
) -> Result<Refused, Failure> {
    let Ground { clause, reason } = ground;
    let sql = "insert into admissions (author, clause, reason, automatic, at) values ($1, $2, $3, 1, $4) returning id";
    let id = AdmissionId(tx.insert(sql, (author, clause, reason, now)).await?);
    Ok(Refused { id, clause: clause.clone(), reason: reason.clone(), is_automatic: true, at: now })
}
