//! Reports: a reader finds that a comment breaks a clause, and the desk looks at it.
//!
//! A report never hides anything. It opens a case, and the more people report, the earlier it is looked at. When the desk has
//! decided that the comment stays, the next report opens it again. Who reported is nobody's business, not the desk's either (T4.7).

use forum::CommentId;
use reader::ReaderId;
use store::{Failure, Time, Tx};

use crate::queue::{REPORTED, rank_of};
use crate::{Refusal, Rules};

/// How many reports one person may send in an hour (T5.3).
pub const PER_HOUR: i64 = 20;
/// The risk of a comment that one person reported, and what each further report adds, up to the last.
const FIRST: i64 = 50;
const FURTHER: i64 = 10;
const UTMOST: i64 = 95;
/// The most reports shown with a case.
const MOST: i64 = 20;

/// What somebody wants to say with a report; may be empty. At most 500 characters in one paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark(String);

impl Remark {
    /// The most characters.
    pub const LONGEST: usize = 500;

    /// Takes a remark as it was typed.
    pub fn parse(text: &str) -> Result<Remark, Refusal> {
        match story::Line::parse("words", text, Remark::LONGEST) {
            Ok(line) => Ok(Remark(line.to_string())),
            Err(story::Trouble::Empty { .. }) => Ok(Remark::default()),
            Err(story::Trouble::TooLong { longest, .. }) => Err(Refusal::ReasonTooLong { longest }),
            Err(_) => Err(Refusal::Unprintable),
        }
    }
}

/// A report, without who sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The clause that it names.
    pub clause: String,
    /// What was said with it; may be empty.
    pub words: String,
    /// When.
    pub at: Time,
}
store::row!(Report { clause, words, at });

/// Reports a comment. After a refusal there is nothing to commit.
pub async fn report(
    tx: &mut Tx,
    rules: &Rules,
    reader: ReaderId,
    comment: CommentId,
    clause: &str,
    remark: &Remark,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let Some(clause) = rules.clause(clause).filter(|clause| clause.is_ground) else {
        return Ok(Err(Refusal::UnknownClause));
    };
    let found = forum::comment(tx, comment).await?.filter(|comment| !comment.is_gone());
    match found {
        None => return Ok(Err(Refusal::NoSuchComment)),
        Some(found) if found.author == reader => return Ok(Err(Refusal::OwnComment)),
        Some(_) => {}
    }
    // One person's reports come one after the other, so that each counts those before.
    tx.alone(&format!("reports {reader}")).await?;
    let (sent,): (i64,) = tx.one(SENT, (reader, now.plus_minutes(-60), PER_HOUR)).await?;
    if sent >= PER_HOUR {
        return Ok(Err(Refusal::ReportsTooOften));
    }
    let sql = "insert into reports (comment, reader, clause, words, at) values ($1, $2, $3, $4, $5)
               on conflict (comment, reader) do nothing";
    if tx.execute(sql, (comment, reader, &clause.id, &remark.0, now)).await? == 0 {
        return Ok(Err(Refusal::ReportedAlready));
    }
    let sql = "insert into cases (comment, queue, rank, since, reports) values ($1, $2, $3, $4, 1)
               on conflict (comment) do update set queue = $2, reports = cases.reports + 1,
                   since = case when cases.queue = $2 then cases.since else $4 end,
                   rank = case when cases.queue <> $2 then $3
                               when cases.rank - $5 > $6 then cases.rank - $5 else $6 end";
    let values = (comment, REPORTED, rank_of(FIRST), now, FURTHER, rank_of(UTMOST));
    tx.execute(sql, values).await?;
    Ok(Ok(()))
}

pub(crate) const SENT: &str =
    "select count(*) from (select 1 from reports where reader = $1 and at > $2 limit $3) r";

/// What was reported about a comment, latest first, at most 20.
pub async fn reports(tx: &mut Tx, comment: CommentId) -> Result<Vec<Report>, Failure> {
    tx.all(REPORTS, (comment, MOST)).await
}

/// Few have one comment's reports, so they are put in order after they were found by key.
pub(crate) const REPORTS: &str =
    "select clause, words, at from reports where comment = $1 order by at desc, id desc limit $2";
