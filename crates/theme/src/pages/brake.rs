//! The brake at the desk.

use serde::Serialize;
use story::Time;

use super::{Frame, Say};

/// A brake that holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BrakeView {
    /// `newcomers` or `slow`.
    pub kind: String,
    /// Days or minutes.
    pub amount: i64,
    /// Why, for the desk.
    pub reason: String,
    /// Who pulled it.
    pub by: String,
    /// When.
    pub at: Time,
    /// When it ends by itself.
    pub until: Time,
    /// Where a POST lets it go.
    pub release: String,
}

/// The form as typed. Posts to `/desk/moderation/brakes`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BrakeForm {
    /// `newcomers` or `slow`.
    pub kind: String,
    /// Days an account must be old.
    pub days: String,
    /// Minutes between two comments of one person.
    pub minutes: String,
    /// For how long.
    pub hours: String,
    /// Why, for the desk.
    pub reason: String,
    /// What is wrong.
    pub error: Option<Say>,
}

impl Default for BrakeForm {
    /// What helps in most cases.
    fn default() -> BrakeForm {
        BrakeForm {
            kind: "newcomers".to_owned(),
            days: "7".to_owned(),
            minutes: "10".to_owned(),
            hours: "3".to_owned(),
            reason: String::new(),
            error: None,
        }
    }
}

/// Slowing the whole talk down for a while.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskBrakePage {
    /// What stands around it.
    pub frame: Frame,
    /// The brakes that hold now.
    pub pulled: Vec<BrakeView>,
    /// The form.
    pub form: BrakeForm,
    /// Something to say first.
    pub notice: Option<Say>,
}
