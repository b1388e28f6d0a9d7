//! What waits where, and what makes the desk careful everywhere.

use serde::Serialize;
use story::Time;

use super::{ClosedScope, Frame, Link, Say};

/// A mode that holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModeView {
    /// Where.
    pub scope: ClosedScope,
    /// `22:00–06:00`; nothing for the whole day.
    pub span: Option<String>,
    /// `some`, `readers`, `everything`.
    pub waits: String,
    /// Comments asked of newcomers, or 0.
    pub newcomers: i64,
    /// Whether texts with addresses wait.
    pub links: bool,
    /// From which risk on texts wait, in percent.
    pub risk: Option<i64>,
    /// After how many minutes only links go on waiting.
    pub relief: Option<i64>,
    /// Who set it.
    pub by: String,
    /// When.
    pub at: Time,
    /// Where a POST ends it.
    pub end: String,
}

/// The form as typed. Posts to `/desk/moderation/modes`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModeForm {
    /// `article`, `section`, `paper`.
    pub scope: String,
    /// The section's slug.
    pub section: String,
    /// The article's address.
    pub article: String,
    /// `22:00`, or empty.
    pub begins: String,
    /// `06:00`, or empty.
    pub ends: String,
    /// `some`, `readers`, `everything`.
    pub waits: String,
    /// A number, or empty.
    pub newcomers: String,
    /// Whether texts with addresses wait.
    pub links: bool,
    /// Percent, or empty.
    pub risk: String,
    /// Minutes, or empty.
    pub relief: String,
    /// The field that is wrong, and what is wrong with it.
    pub error: Option<(String, Say)>,
}

impl Default for ModeForm {
    fn default() -> ModeForm {
        let empty = String::new;
        ModeForm {
            scope: "paper".to_owned(),
            section: empty(),
            article: empty(),
            begins: empty(),
            ends: empty(),
            waits: "some".to_owned(),
            newcomers: empty(),
            links: false,
            risk: empty(),
            relief: empty(),
            error: None,
        }
    }
}

/// What makes the desk careful, as typed. Posts to `/desk/moderation/cautions`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CautionForm {
    /// The same text under so many articles.
    pub alike: String,
    /// Percent of what somebody wrote that was refused.
    pub refused_percent: String,
    /// In so many days.
    pub refused_days: String,
    /// Comments in a thread in ten minutes.
    pub thread_comments: String,
    /// What is wrong.
    pub error: Option<Say>,
}

/// Modes and cautions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskModesPage {
    /// What stands around it.
    pub frame: Frame,
    /// The modes that hold.
    pub modes: Vec<ModeView>,
    /// The form for one more.
    pub form: ModeForm,
    /// The form for the cautions, filled in with what holds.
    pub caution: CautionForm,
    /// The paper's sections, by slug.
    pub sections: Vec<Link>,
    /// Something to say first.
    pub notice: Option<Say>,
}
