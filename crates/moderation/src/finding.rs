//! What the phases found: the rows for the desk, and why a text waits.

use forum::CommentId;
use forum::waiting::WaitingId;
use reader::ReaderId;
use serde::{Deserialize, Serialize};
use store::{Failure, FromColumn, Time, Tx, Value};

use crate::AdmissionId;

store::id!(
    /// Names a finding.
    FindingId
);

/// The most rows that one verb reads.
const MOST: usize = 200;

/// What becomes of a text that does not simply appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It waits for the desk.
    Hold,
    /// A rule keeps it out.
    Withhold,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Outcome::Hold => "hold",
            Outcome::Withhold => "withhold",
        }
    }
}

impl FromColumn for Outcome {
    fn from_column(value: Value) -> Option<Outcome> {
        let word = String::from_column(value)?;
        [Outcome::Hold, Outcome::Withhold].into_iter().find(|outcome| outcome.as_str() == word)
    }
}

/// What a phase saw, as far as it says anything; the rest is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Facts {
    /// The word rule that was met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<i64>,
    /// The piece of the text in which its word stands, at most 80 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// How many: addresses in the text, the same text elsewhere, approved comments, comments in a thread, refused ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// Of how many, or how many are needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<i64>,
    /// In how many days or minutes, as the phase says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<i64>,
}

impl Facts {
    /// Keeps a piece of text short.
    pub(crate) fn found(rule: i64, piece: &str) -> Facts {
        Facts { rule: Some(rule), found: Some(piece.chars().take(80).collect()), ..Facts::default() }
    }
}

impl FromColumn for Facts {
    fn from_column(value: Value) -> Option<Facts> {
        serde_json::from_str(&String::from_column(value)?).ok()
    }
}

/// Why a text waits, or was kept out.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its id.
    pub id: FindingId,
    /// What waits, as long as it does, or what was kept out.
    pub waiting: Option<WaitingId>,
    /// The comment that was to be changed, or that the text has become since.
    pub comment: Option<CommentId>,
    /// The refusal, if it was kept out.
    pub admission: Option<AdmissionId>,
    /// Who wrote it.
    pub author: ReaderId,
    /// The phase, by its name in [`PHASES`](crate::phases::PHASES).
    pub phase: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What the phase saw.
    pub facts: Facts,
    /// How risky the sorting aid found it, 0 to 1, if it was asked.
    pub score: Option<f64>,
    /// When.
    pub at: Time,
}
store::row!(Finding { id, waiting, comment, admission, author, phase, outcome, facts, score, at });

const READ: &str =
    "select id, waiting, comment, admission, author, phase, outcome, facts, score, at from findings";

/// Why this waits. Nothing for what began to wait before there were phases.
pub async fn finding_of(tx: &mut Tx, waiting: WaitingId) -> Result<Option<Finding>, Failure> {
    tx.first(&format!("{READ} where waiting = $1"), (waiting,)).await
}

/// Why these wait, by id, at most 200.
pub async fn findings_of(tx: &mut Tx, waiting: &[WaitingId]) -> Result<Vec<Finding>, Failure> {
    let waiting = &waiting[..waiting.len().min(MOST)];
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let (list, values) = store::among(1, waiting.iter().copied());
    tx.all(&format!("{READ} where waiting in ({list}) order by id"), values).await
}

/// What was found about a comment while it waited and when it was to be changed, latest first, at most 200.
pub async fn findings_about(tx: &mut Tx, comment: CommentId) -> Result<Vec<Finding>, Failure> {
    tx.all(&format!("{READ} where comment = $1 order by id desc limit 200"), (comment,)).await
}

/// What a finding is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    Waiting(WaitingId),
    Change(CommentId),
}

/// Writes down a finding.
pub(crate) async fn write(
    tx: &mut Tx,
    about: About,
    admission: Option<AdmissionId>,
    author: ReaderId,
    found: &crate::phases::Found,
    score: Option<f32>,
    now: Time,
) -> Result<(), Failure> {
    let (waiting, comment) = match about {
        About::Waiting(waiting) => (Some(waiting), None),
        About::Change(comment) => (None, Some(comment)),
    };
    let outcome = if admission.is_some() { Outcome::Withhold } else { Outcome::Hold };
    let facts = serde_json::to_string(&found.facts).map_err(|error| Failure::because("facts", error))?;
    // The number of a text that is gone may be given to another: what was found in the first one stays, and names it no longer.
    if let Some(waiting) = waiting {
        tx.execute("update findings set waiting = null where waiting = $1", (waiting,)).await?;
    }
    let sql = "insert into findings (waiting, comment, admission, author, phase, outcome, facts, score, at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let score = score.map(f64::from).filter(|score| !score.is_nan());
    let values = (waiting, comment, admission, author, found.phase, outcome.as_str(), facts, score, now);
    tx.execute(sql, values).await.map(drop)
}

/// What waited has become this comment; the number under which it waited may be given again.
pub(crate) async fn let_in(tx: &mut Tx, waiting: WaitingId, comment: CommentId) -> Result<(), Failure> {
    let sql = "update findings set waiting = null, comment = $2 where waiting = $1";
    tx.execute(sql, (waiting, comment)).await.map(drop)
}
