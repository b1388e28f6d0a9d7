//! Where staff works. Never shared, never cached; `frame.visitor` is always somebody.

use serde::Serialize;
use story::Time;

use super::{ArticleRef, ClauseView, CommentView, CorrectionView, Frame, Html, Link, Say, ThreadState};

/// What an article is at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeskState {
    /// In the paper.
    Published,
    /// In the paper, with a correction.
    Corrected,
    /// Taken out of the paper.
    Withdrawn,
    /// Not in the paper yet.
    Draft,
}

/// How far its recording is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeskRecording {
    /// There is none and none is made.
    None,
    /// Being made.
    Making,
    /// It can be heard.
    Ready,
    /// It could not be made.
    Failed,
}

/// An article in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskArticleRow {
    /// The path of its desk page.
    pub edit: String,
    /// Its path in the paper; nothing while it is not in it.
    pub url: Option<String>,
    /// Its headline.
    pub headline: String,
    /// Its section's name.
    pub section: String,
    /// First published.
    pub at: Option<Time>,
    /// Last changed.
    pub changed: Time,
    /// What it is.
    pub state: DeskState,
    /// Its recording.
    pub recording: DeskRecording,
    /// How many comments.
    pub comments: u64,
}

/// All articles.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskArticlesPage {
    /// What stands around it.
    pub frame: Frame,
    /// Latest change first.
    pub rows: Vec<DeskArticleRow>,
    /// The path of the page with older ones.
    pub older: Option<String>,
    /// The path of the page with newer ones.
    pub newer: Option<String>,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// One article as text. Posts to `/desk/articles` (`text`) or `/desk/articles/{id}` (`text`, `note`, `act` = `correct` or `withdraw`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskArticlePage {
    /// What stands around it.
    pub frame: Frame,
    /// Nothing for a new one.
    pub id: Option<i64>,
    /// The state of the article that the text began with; the form sends it along as `revision`.
    pub revision: i64,
    /// Its path in the paper.
    pub url: Option<String>,
    /// Where it posts to.
    pub action: String,
    /// The article in our file format: Markdown under a TOML head.
    pub text: String,
    /// The note for readers, as typed.
    pub note: String,
    /// What is wrong with the text, with the line it is in.
    pub error: Option<Say>,
    /// What is wrong with the note.
    pub note_error: Option<Say>,
    /// What it is.
    pub state: DeskState,
    /// Its recording.
    pub recording: DeskRecording,
    /// What was corrected so far, latest first.
    pub corrections: Vec<CorrectionView>,
    /// The page with all versions.
    pub versions: Option<String>,
    /// The sections there are: what `section` in the head may say.
    pub sections: Vec<Link>,
    /// Something to say first, such as „Erschienen um 14:10“.
    pub notice: Option<Say>,
}

/// A comment in the list of the community desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskCommentRow {
    /// The path of the desk page with this comment opened.
    pub url: String,
    /// Its first words.
    pub words: String,
    /// Who wrote it.
    pub name: String,
    /// When.
    pub at: Time,
    /// The article's headline.
    pub headline: String,
    /// Whether it is its author's first.
    pub first: bool,
    /// Whether it was removed.
    pub removed: bool,
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

/// The comment being judged. Posts to `/comments/{id}/removal` (`clause`, `reason`) and `/comments/{id}/restoration` (`reason`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskCase {
    /// The article.
    pub article: ArticleRef,
    /// How many comments its thread has.
    pub count: u64,
    /// The comment; its text stands here even if it is removed.
    pub comment: CommentView,
    /// What it answers.
    pub before: Option<CommentView>,
    /// What answers it, up to three.
    pub after: Vec<CommentView>,
    /// Who wrote it.
    pub author: AuthorFacts,
    /// What was decided about this author before, latest first.
    pub history: Vec<DecisionRow>,
    /// If it is removed, by whom and why.
    pub removal: Option<RemovalView>,
    /// The clause chosen before, when the form comes back.
    pub clause: Option<String>,
    /// The reason typed before, when the form comes back.
    pub reason: String,
    /// What is missing in the form.
    pub error: Option<Say>,
}

/// The community desk: the latest comments, and one opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskForumPage {
    /// What stands around it.
    pub frame: Frame,
    /// Whether readers can write now.
    pub state: ThreadState,
    /// Comments in the last 24 hours.
    pub today: u64,
    /// Removals in the last 24 hours.
    pub removed_today: u64,
    /// Latest first.
    pub rows: Vec<DeskCommentRow>,
    /// The path of the page with older ones.
    pub older: Option<String>,
    /// The path of the page with newer ones.
    pub newer: Option<String>,
    /// The one opened.
    pub case: Option<DeskCase>,
    /// The clauses to choose from.
    pub clauses: Vec<ClauseView>,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// Something that waits. Posts to `/desk/moderation/waiting/{id}/approval` and `…/refusal` (`clause`, `reason`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaitingCase {
    /// Its id.
    pub id: i64,
    /// The article.
    pub article: ArticleRef,
    /// What it answers.
    pub before: Option<CommentView>,
    /// Its paragraphs.
    pub text: Html,
    /// When it was written.
    pub at: Time,
    /// Who wrote it.
    pub author: AuthorFacts,
    /// The clause chosen before, when the form comes back.
    pub clause: Option<String>,
    /// The reason typed before, when the form comes back.
    pub reason: String,
    /// What is missing in the form.
    pub error: Option<Say>,
}

/// What waits until somebody of the desk has read it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskWaitingPage {
    /// What stands around it.
    pub frame: Frame,
    /// Oldest first.
    pub rows: Vec<WaitingCase>,
    /// The path of the page after this one.
    pub next: Option<String>,
    /// The path of the first page, if this is another.
    pub first: Option<String>,
    /// The clauses to choose from.
    pub clauses: Vec<ClauseView>,
    /// Something to say first.
    pub notice: Option<Say>,
}

/// A mail that was not sent, because the paper has no mail server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MailView {
    /// Its id.
    pub id: i64,
    /// When it was written.
    pub at: Time,
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text, plain; addresses of this paper in it become links.
    pub text: String,
}

/// The mailbox that stands in for mail delivery.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskMailPage {
    /// What stands around it.
    pub frame: Frame,
    /// Latest first.
    pub mails: Vec<MailView>,
    /// The path of the page with older ones.
    pub older: Option<String>,
}

/// A job that fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobView {
    /// Its id.
    pub id: i64,
    /// What it does, by its kind: `record`, `mail` …
    pub kind: String,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried again.
    pub next: Option<Time>,
    /// What went wrong the last time.
    pub error: String,
    /// Where a form has it tried again.
    pub again: String,
}

/// What is left to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskJobsPage {
    /// What stands around it.
    pub frame: Frame,
    /// How many wait.
    pub waiting: u64,
    /// Those that fail, latest first.
    pub failing: Vec<JobView>,
}
