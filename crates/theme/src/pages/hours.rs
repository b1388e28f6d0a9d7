//! The desk's page of the opening hours.

use serde::Serialize;
use store::Time;

use super::{Frame, Link, Say, ThreadState};

/// One day of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CalendarDay {
    /// `2026-12-24`, for machines and forms.
    pub date: String,
    /// „24.12.“, as short as a column needs it.
    pub short: String,
    /// „6:00–20:00“, in the order of the day; none at all on a closed day.
    pub windows: Vec<String>,
    /// The key of its holiday.
    pub holiday: Option<String>,
    /// Whether it has hours of its own as a single date.
    pub special: bool,
    /// What readers are told about it.
    pub note: Option<String>,
    /// Whether it is today.
    pub today: bool,
    /// Whether it is over.
    pub past: bool,
}

/// What a closing is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum ClosedScope {
    /// Every talk.
    Paper,
    /// The talks of a section.
    Section(Link),
    /// One talk.
    Article(Link),
}

/// A talk that the desk closed or has wait.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClosingView {
    /// Where a form opens it again.
    pub reopening: String,
    /// What is closed, or waits.
    pub scope: ClosedScope,
    /// Which of the two: `closed` or `waiting`.
    pub mode: String,
    /// Why: `unstaffed`, `mourning`, `heated`, `law`, `other`.
    pub reason: String,
    /// In the desk's words.
    pub note: Option<String>,
    /// By whom.
    pub by: String,
    /// Since when.
    pub at: Time,
    /// Until when; nothing if somebody has to open it.
    pub until: Option<Time>,
}

/// The form that closes a talk, with what was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ClosingForm {
    /// `paper`, `section` or `article`.
    pub scope: String,
    /// `closed` or `waiting`.
    pub mode: String,
    /// The section chosen.
    pub section: String,
    /// The article's address as it was typed.
    pub article: String,
    /// The reason chosen.
    pub reason: String,
    /// The note.
    pub note: String,
    /// The end, as the field has it: `2026-11-24T18:00`.
    pub until: String,
    /// What is wrong.
    pub error: Option<Say>,
}

/// The form for a single date, with what was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DayForm {
    /// `2026-12-24`
    pub day: String,
    /// `08:00-14:00`
    pub hours: String,
    /// The note.
    pub note: String,
    /// What is wrong, in a sentence of the hours themselves.
    pub error: Option<String>,
}

/// When one can write: the coming weeks, what is closed, and the forms for both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskHoursPage {
    /// What stands around it.
    pub frame: Frame,
    /// Whether readers can write now.
    pub state: ThreadState,
    /// What holds outside of the windows: `closed` or `waiting`.
    pub outside: String,
    /// Weeks from Monday to Sunday.
    pub weeks: Vec<Vec<CalendarDay>>,
    /// What the desk has closed, oldest first.
    pub closings: Vec<ClosingView>,
    /// The paper's sections, each by its address.
    pub sections: Vec<Link>,
    /// The reasons to choose from, by their keys.
    pub reasons: Vec<String>,
    /// Closing a talk.
    pub closing: ClosingForm,
    /// A single date.
    pub day: DayForm,
    /// Something to say first.
    pub notice: Option<Say>,
}
