//! Where staff works. Never shared, never cached; `frame.visitor` is always somebody.

use serde::Serialize;
use story::Time;

use super::{CorrectionView, Frame, Link, Say};

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
