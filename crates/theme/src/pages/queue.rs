//! The community desk: queues, one case with everything its judge should know, and the decision.

use serde::Serialize;
use story::Time;

use super::{ArticleRef, ClauseView, CommentView, Frame, Html, Say, ThreadState};

/// A queue with its figures, as a way to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QueueTab {
    /// Its word: `all`, `latest`, or a queue of the moderation. Its name is `queue-{key}`.
    pub key: String,
    /// Its path.
    pub url: String,
    /// How many cases; nothing for the latest, which are not counted.
    pub count: Option<u64>,
    /// Whether there are more than `count` says.
    pub more: bool,
    /// How many of them are over their target.
    pub late: u64,
    /// Whether it is the one shown.
    pub current: bool,
}

/// Who has a case open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HolderView {
    /// Who.
    pub name: String,
    /// Whether that is who looks.
    pub mine: bool,
    /// Since when.
    pub at: Time,
    /// Until when, if they do nothing.
    pub until: Time,
}

/// How long a case is open, against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ClockView {
    /// Since when.
    pub since: Time,
    /// Minutes since then.
    pub minutes: i64,
    /// Minutes it should take.
    pub target: i64,
    /// Minutes over the target; nothing if there is time left.
    pub over: Option<i64>,
}

/// A case in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QueueRow {
    /// `w12` waits, `c34` is a comment.
    pub key: String,
    /// The path of the desk with this case opened.
    pub url: String,
    /// The path of the case by itself, which does not take it.
    pub ahead: String,
    /// Its first words.
    pub words: String,
    /// Who wrote it.
    pub name: String,
    /// The article's headline.
    pub headline: String,
    /// From 1 to 100; nothing if nobody judged it.
    pub risk: Option<i64>,
    /// Its queue's word; nothing where nothing is open about it.
    pub queue: Option<String>,
    /// Its clock, while something is open about it.
    pub clock: Option<ClockView>,
    /// When it was written, where there is no clock.
    pub at: Time,
    /// Open reports.
    pub reports: u64,
    /// Whether it is its author's first.
    pub first: bool,
    /// Whether it is gone: removed, or taken back.
    pub gone: bool,
    /// Who has it.
    pub holder: Option<HolderView>,
    /// Whether it is the one opened.
    pub current: bool,
}

/// What was decided about comments of one author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    /// When.
    pub at: Time,
    /// The comment's first words.
    pub words: String,
    /// „4.1“; nothing if it stayed or came back.
    pub clause: Option<String>,
    /// Whether it was removed or restored.
    pub removed: bool,
    /// Who decided.
    pub by: String,
}

/// What the desk may know about an author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuthorFacts {
    /// The name.
    pub name: String,
    /// Registered.
    pub since: Time,
    /// How many comments.
    pub comments: u64,
    /// How many of them were removed.
    pub removed: u64,
    /// Which share of them, in percent with one digit: „1,5“.
    pub share: String,
}

/// A removal that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemovalView {
    /// When.
    pub at: Time,
    /// Who.
    pub by: String,
    /// „4.1“
    pub clause: String,
    /// Its title.
    pub title: String,
    /// What its author was told.
    pub reason: String,
}

/// A report, without who sent it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportView {
    /// When.
    pub at: Time,
    /// „4.1“
    pub clause: String,
    /// The clause's title.
    pub title: String,
    /// What was said with it; may be empty.
    pub words: String,
}

/// Another place where the same was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SameView {
    /// Its path at the desk.
    pub url: String,
    /// Who wrote it.
    pub name: String,
    /// When.
    pub at: Time,
    /// Under which article.
    pub headline: String,
    /// Whether it is gone.
    pub gone: bool,
}

/// One case. Decisions are posted to `/desk/moderation/decisions` (`case`, `act` = `stand` or `refuse`, `clause`, `reason`, `queue`); a removed
/// comment is restored at `/comments/{id}/restoration` (`reason`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskCase {
    /// `w12` waits, `c34` is a comment.
    pub key: String,
    /// The comment's id; nothing while it waits.
    pub comment: Option<i64>,
    /// Its queue's word; nothing where nothing is open about it.
    pub queue: Option<String>,
    /// Its clock, while something is open about it.
    pub clock: Option<ClockView>,
    /// From 1 to 100; nothing if nobody judged it.
    pub risk: Option<i64>,
    /// The article.
    pub article: ArticleRef,
    /// How many comments its thread has.
    pub count: u64,
    /// Whether one can write there now.
    pub state: Option<ThreadState>,
    /// What it answers, from the top down.
    pub before: Vec<CommentView>,
    /// What it says; also if it is removed.
    pub text: Html,
    /// When it was written.
    pub at: Time,
    /// When its author last changed it.
    pub edited: Option<Time>,
    /// Votes in favour and against, once it stands.
    pub votes: Option<(u64, u64)>,
    /// What answers it, up to three.
    pub after: Vec<CommentView>,
    /// Who wrote it.
    pub author: AuthorFacts,
    /// What was decided about this author before, latest first.
    pub history: Vec<DecisionRow>,
    /// Where else the same was said.
    pub same: Vec<SameView>,
    /// What was reported, latest first.
    pub reports: Vec<ReportView>,
    /// Who has it.
    pub holder: Option<HolderView>,
    /// If it is removed, by whom and why.
    pub removal: Option<RemovalView>,
    /// Whether its author took it back.
    pub taken_back: bool,
    /// The clause chosen before, when the form comes back.
    pub clause: Option<String>,
    /// The reason typed before, when the form comes back.
    pub reason: String,
    /// What is missing in the form.
    pub error: Option<Say>,
}

/// A clause to refuse under, with the reason prepared for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroundView {
    /// „4.1“
    pub id: String,
    /// „Keine Angriffe auf Personen“
    pub title: String,
    /// What its author is told, unless somebody changes it.
    pub reason: String,
}

/// A case about which nothing was decided, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UndecidedView {
    /// Its key.
    pub key: String,
    /// Its path at the desk.
    pub url: String,
    /// Why.
    pub why: Say,
}

/// The figures over the queues.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskFigures {
    /// Whether readers can write now.
    pub state: ThreadState,
    /// Open cases; `more` if there are more.
    pub open: u64,
    /// Whether there are more than `open`.
    pub more: bool,
    /// Cases over their target.
    pub late: u64,
    /// Minutes since when the oldest is open.
    pub oldest: Option<i64>,
    /// Cases decided in 24 hours.
    pub decided: u64,
    /// How many of them restricted somebody.
    pub refused: u64,
}

/// The community desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskQueuePage {
    /// What stands around it.
    pub frame: Frame,
    /// The word of the queue that is shown.
    pub queue: String,
    /// Figures over everything.
    pub figures: DeskFigures,
    /// The queues.
    pub tabs: Vec<QueueTab>,
    /// The riskiest first; of the latest, the latest.
    pub rows: Vec<QueueRow>,
    /// The path of the page after this one.
    pub next: Option<String>,
    /// The path of the first page, if this is another.
    pub first: Option<String>,
    /// The one opened.
    pub case: Option<DeskCase>,
    /// The clauses to choose from.
    pub clauses: Vec<GroundView>,
    /// Cases of the last act about which nothing was decided.
    pub undecided: Vec<UndecidedView>,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// One case by itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskCasePage {
    /// What stands around it.
    pub frame: Frame,
    /// The word of the queue one came from.
    pub queue: String,
    /// The case.
    pub case: DeskCase,
    /// The clauses to choose from.
    pub clauses: Vec<GroundView>,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// The desk's text for a clause.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PreparedView {
    /// The clause.
    pub clause: ClauseView,
    /// What authors are told; as typed when the form comes back.
    pub text: String,
    /// Who changed it last, if it is not the built-in text.
    pub by: Option<String>,
    /// When.
    pub at: Option<Time>,
    /// What is wrong with what was typed.
    pub error: Option<Say>,
}

/// The prepared reasons. Each is posted to `/desk/moderation/reasons` (`clause`, `text`; an empty text brings the built-in one back).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskReasonsPage {
    /// What stands around it.
    pub frame: Frame,
    /// Clause by clause.
    pub rows: Vec<PreparedView>,
    /// Something to say first.
    pub notice: Option<Say>,
}
