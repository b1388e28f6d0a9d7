//! What the desk has to decide, in queues: the riskiest first, of equal risk the oldest.
//!
//! A queue is one entry in [`QUEUES`]. What has not appeared yet is read from a lane of the forum; what stands already and should be
//! looked at again is a row of `cases`. Every list goes by key, every count stops.

use std::fmt;
use std::str::FromStr;

use archive::ArticleId;
use forum::lanes;
use forum::waiting::WaitingId;
use forum::{Body, CommentId};
use reader::ReaderId;
use store::{Failure, Time, Tx};

/// Something to decide about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// A text that waits.
    Waiting(WaitingId),
    /// A comment that stands, or was removed.
    Comment(CommentId),
}

/// As in addresses: `w12`, `c34`.
impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Case::Waiting(id) => write!(f, "w{id}"),
            Case::Comment(id) => write!(f, "c{id}"),
        }
    }
}

/// This names no case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoCase;

impl FromStr for Case {
    type Err = NoCase;

    fn from_str(text: &str) -> Result<Case, NoCase> {
        let (kind, number) = text.split_at_checked(1).ok_or(NoCase)?;
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NoCase);
        }
        match kind {
            "w" => number.parse().map(Case::Waiting).map_err(|_| NoCase),
            "c" => number.parse().map(Case::Comment).map_err(|_| NoCase),
            _ => Err(NoCase),
        }
    }
}

/// Where the cases of a queue stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// In this lane of what waits.
    Lane(&'static str),
    /// Among `cases`, under the queue's own name.
    Cases,
}

/// A queue of the desk.
#[derive(Debug, PartialEq, Eq)]
pub struct Queue {
    /// Its word in addresses and in rows.
    pub key: &'static str,
    /// After so many minutes a case should be decided.
    pub target: i64,
    source: Source,
}

/// The lane of what a phase held.
pub const BY_RULE: &str = "rule";
/// The lane of first comments by new people.
pub const BY_NEW_PEOPLE: &str = "new";
/// The queue of reported comments.
pub(crate) const REPORTED: &str = "reported";
/// The queue of comments that were changed after a decision.
pub(crate) const EDITED: &str = "edited";

/// The queues in the order in which the desk shows them.
pub const QUEUES: &[Queue] = &[
    Queue { key: REPORTED, target: 15, source: Source::Cases },
    Queue { key: "waiting", target: 30, source: Source::Lane(lanes::APPROVAL) },
    Queue { key: BY_RULE, target: 30, source: Source::Lane(BY_RULE) },
    Queue { key: BY_NEW_PEOPLE, target: 60, source: Source::Lane(BY_NEW_PEOPLE) },
    Queue { key: EDITED, target: 120, source: Source::Cases },
];

/// Counting stops here.
pub const MOST_COUNTED: i64 = 1000;
/// The most cases on a page.
const MOST: i64 = 100;
/// The rank of what has no risk; a risk of 100 has rank 0.
const LAST: i64 = 100;

/// The queue of this name.
#[must_use]
pub fn queue(key: &str) -> Option<&'static Queue> {
    QUEUES.iter().find(|queue| queue.key == key)
}

/// Puts what a phase holds into its lane, by its risk from 0 to 1 if the sorting aid was asked.
pub(crate) async fn put(tx: &mut Tx, id: WaitingId, phase: &str, risk: Option<f32>) -> Result<(), Failure> {
    let lane = match phase {
        "talk-waits" | "everything" | "readers" => lanes::APPROVAL,
        "newcomer" => BY_NEW_PEOPLE,
        _ => BY_RULE,
    };
    #[allow(clippy::cast_possible_truncation, reason = "a share in percent")]
    let percent = risk.map_or(0, |risk| (f64::from(risk) * 100.0).round() as i64);
    lanes::put(tx, id, lane, rank_of(percent)).await.map(drop)
}

/// The rank of a risk from 0 to 100.
#[must_use]
pub fn rank_of(risk: i64) -> i64 {
    LAST - risk.clamp(0, LAST)
}

/// A case in its queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is about.
    pub case: Case,
    /// Where it stands.
    pub queue: &'static Queue,
    /// From 0 to 100; 0 if nobody has judged it.
    pub risk: i64,
    /// Since when it can be decided.
    pub since: Time,
    /// Reports that nobody has decided about.
    pub reports: i64,
    /// Under which article.
    pub article: ArticleId,
    /// Who wrote it.
    pub author: ReaderId,
    /// The name they go by now.
    pub name: String,
    /// What it says.
    pub body: Body,
    /// Whether it is gone already: taken back by its author, say.
    pub is_gone: bool,
}

impl Entry {
    /// When it should have been decided.
    #[must_use]
    pub fn due(&self) -> Time {
        self.since.plus_minutes(self.queue.target)
    }

    /// Where a list goes on after this one.
    #[must_use]
    pub fn bookmark(&self) -> Bookmark {
        Bookmark { rank: rank_of(self.risk), since: self.since, case: self.case }
    }
}

/// Where a page ended. Written `100-1765000000000-w12`. Of equal rank and time what waits comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bookmark {
    rank: i64,
    since: Time,
    pub(crate) case: Case,
}

impl fmt::Display for Bookmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.rank, self.since.0, self.case)
    }
}

impl FromStr for Bookmark {
    type Err = NoCase;

    fn from_str(text: &str) -> Result<Bookmark, NoCase> {
        let mut parts = text.splitn(3, '-');
        let mut number = || parts.next().and_then(|part| part.parse().ok()).ok_or(NoCase);
        let (rank, since) = (number()?, Time(number()?));
        Ok(Bookmark { rank, since, case: parts.next().ok_or(NoCase)?.parse()? })
    }
}

/// A page of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// In their order.
    pub entries: Vec<Entry>,
    /// Where the next page goes on, if there is one.
    pub next: Option<Bookmark>,
}

/// A page of one queue, or of all of them together: at most `limit` cases (at most 100) after `after`.
pub async fn page(
    tx: &mut Tx,
    of: Option<&'static Queue>,
    after: Option<Bookmark>,
    limit: i64,
) -> Result<Page, Failure> {
    let limit = limit.clamp(1, MOST);
    let mut entries = Vec::new();
    for queue in QUEUES.iter().filter(|queue| of.is_none_or(|of| of == *queue)) {
        entries.extend(entries_of(tx, queue, after, limit + 1).await?);
    }
    entries.sort_by_key(Entry::bookmark);
    let more = entries.len() as i64 > limit;
    entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = entries.last().filter(|_| more).map(Entry::bookmark);
    Ok(Page { entries, next })
}

async fn entries_of(
    tx: &mut Tx,
    queue: &'static Queue,
    after: Option<Bookmark>,
    limit: i64,
) -> Result<Vec<Entry>, Failure> {
    match queue.source {
        Source::Lane(lane) => {
            let waiting = lanes::page(tx, lane, place_in_lane(after), limit).await?.into_iter();
            Ok(waiting.map(|waiting| of_waiting(queue, waiting)).collect())
        }
        Source::Cases => {
            let rows = rows_of(tx, queue, after, limit).await?;
            with_words(tx, queue, &rows).await
        }
    }
}

/// The same without the words: what stands behind that place, in its order.
pub(crate) async fn places(
    tx: &mut Tx,
    of: Option<&'static Queue>,
    after: Option<Bookmark>,
    limit: i64,
) -> Result<Vec<Bookmark>, Failure> {
    let mut places = Vec::new();
    for queue in QUEUES.iter().filter(|queue| of.is_none_or(|of| of == *queue)) {
        if let Source::Lane(lane) = queue.source {
            let waiting = lanes::page(tx, lane, place_in_lane(after), limit).await?.into_iter();
            places.extend(waiting.map(|it| Bookmark {
                rank: it.rank,
                since: it.at,
                case: Case::Waiting(it.id),
            }));
        } else {
            let rows = rows_of(tx, queue, after, limit).await?.into_iter();
            places.extend(rows.map(|it| Bookmark {
                rank: it.rank,
                since: it.since,
                case: Case::Comment(it.comment),
            }));
        }
    }
    places.sort_unstable();
    places.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(places)
}

/// Before every place.
const BEGINNING: (i64, Time, i64) = (i64::MIN, Time(i64::MIN), i64::MIN);

fn place_in_lane(after: Option<Bookmark>) -> lanes::Place {
    after.map_or(BEGINNING, |mark| match mark.case {
        Case::Waiting(id) => (mark.rank, mark.since, id.0),
        Case::Comment(_) => (mark.rank, mark.since, i64::MAX),
    })
}

async fn rows_of(
    tx: &mut Tx,
    queue: &Queue,
    after: Option<Bookmark>,
    limit: i64,
) -> Result<Vec<Open>, Failure> {
    let (rank, since, id) = after.map_or(BEGINNING, |mark| match mark.case {
        Case::Waiting(_) => (mark.rank, mark.since, i64::MIN),
        Case::Comment(id) => (mark.rank, mark.since, id.0),
    });
    tx.all(PAGE, (queue.key, rank, since, id, limit)).await
}

fn of_waiting(queue: &'static Queue, waiting: forum::waiting::Waiting) -> Entry {
    Entry {
        case: Case::Waiting(waiting.id),
        queue,
        risk: LAST - waiting.rank,
        since: waiting.at,
        reports: 0,
        article: waiting.article,
        author: waiting.author,
        name: waiting.name.to_string(),
        body: waiting.body,
        is_gone: false,
    }
}

struct Open {
    comment: CommentId,
    rank: i64,
    since: Time,
    reports: i64,
}
store::row!(Open { comment, rank, since, reports });

pub(crate) const PAGE: &str = "select comment, rank, since, reports from cases
     where queue = $1 and (rank, since, comment) > ($2, $3, $4)
     order by rank, since, comment limit $5";

async fn with_words(tx: &mut Tx, queue: &'static Queue, rows: &[Open]) -> Result<Vec<Entry>, Failure> {
    let ids: Vec<CommentId> = rows.iter().map(|row| row.comment).collect();
    let originals = forum::originals(tx, &ids).await?;
    let entry = |row: &Open| {
        let found = originals.iter().find(|original| original.comment.id == row.comment)?;
        Some(Entry {
            case: Case::Comment(row.comment),
            queue,
            risk: LAST - row.rank,
            since: row.since,
            reports: row.reports,
            article: found.comment.article,
            author: found.comment.author,
            name: found.comment.name.clone(),
            body: found.body.clone(),
            is_gone: found.comment.is_gone(),
        })
    };
    Ok(rows.iter().filter_map(entry).collect())
}

/// One case, if it is open.
pub async fn open(tx: &mut Tx, case: Case) -> Result<Option<Entry>, Failure> {
    match case {
        Case::Waiting(id) => {
            let sql = "select lane from waiting where id = $1 and decision is null";
            let lane: Option<(String,)> = tx.first(sql, (id,)).await?;
            let Some(waiting) = forum::waiting::one(tx, id).await? else { return Ok(None) };
            let stands_in = |queue: &&Queue| matches!(queue.source, Source::Lane(of) if lane.as_ref().is_some_and(|lane| lane.0 == of));
            Ok(QUEUES.iter().find(stands_in).map(|queue| of_waiting(queue, waiting)))
        }
        Case::Comment(id) => {
            let sql = "select queue, comment, rank, since, reports from cases where comment = $1";
            let row: Option<(String, CommentId, i64, Time, i64)> = tx.first(sql, (id,)).await?;
            let Some((key, comment, rank, since, reports)) = row else { return Ok(None) };
            let Some(queue) = queue(&key) else { return Ok(None) };
            Ok(with_words(tx, queue, &[Open { comment, rank, since, reports }]).await?.pop())
        }
    }
}

/// The figures of a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Cases; stops at [`MOST_COUNTED`].
    pub open: i64,
    /// Those over their target; stops there too.
    pub late: i64,
    /// Since when the oldest is open.
    pub oldest: Option<Time>,
}

/// The figures of a queue now.
pub async fn figures(tx: &mut Tx, of: &'static Queue, now: Time) -> Result<Figures, Failure> {
    let due = now.plus_minutes(-of.target);
    if let Source::Lane(lane) = of.source {
        return Ok(Figures {
            open: lanes::count(tx, lane, MOST_COUNTED).await?,
            late: lanes::older(tx, lane, due, MOST_COUNTED).await?,
            oldest: lanes::oldest(tx, lane).await?,
        });
    }
    let (open,): (i64,) = tx.one(COUNT, (of.key, MOST_COUNTED)).await?;
    let (late,): (i64,) = tx.one(OLDER, (of.key, due, MOST_COUNTED)).await?;
    let oldest: Option<(Time,)> = tx.first(OLDEST, (of.key,)).await?;
    Ok(Figures { open, late, oldest: oldest.map(|row| row.0) })
}

pub(crate) const COUNT: &str = "select count(*) from (select 1 from cases where queue = $1 limit $2) c";
pub(crate) const OLDER: &str =
    "select count(*) from (select 1 from cases where queue = $1 and since < $2 limit $3) c";
pub(crate) const OLDEST: &str = "select since from cases where queue = $1 order by since limit 1";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_and_a_bookmark_read_back() {
        for text in ["100-1765000000000-w12", "0-5-c34"] {
            assert_eq!(text.parse::<Bookmark>().map(|mark| mark.to_string()), Ok(text.to_owned()));
        }
        for wrong in ["", "w", "x1", "1", "w-1", "w1.5", "ü1", "c99999999999999999999"] {
            assert!(wrong.parse::<Case>().is_err(), "{wrong}");
            assert!(format!("1-2-{wrong}").parse::<Bookmark>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_riskiest_comes_first_and_of_equal_risk_the_oldest() {
        let mark = |risk, since, case: &str| Bookmark {
            rank: rank_of(risk),
            since: Time(since),
            case: case.parse().expect("a case"),
        };
        let order = [
            mark(101, 9, "w9"),
            mark(92, 5, "c1"),
            mark(50, 1, "w2"),
            mark(50, 1, "c1"),
            mark(50, 2, "w1"),
            mark(-3, 0, "c1"),
        ];
        assert!(order.is_sorted());
    }
}
