//! What the house says about itself: rules, imprint, errors, the way to the office.

use serde::Serialize;
use story::Time;

use super::{Frame, Html, Link, Say};

/// A clause of the house rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseView {
    /// „4.1“. Its anchor on the rules page is `r4.1`.
    pub id: String,
    /// „Keine Angriffe auf Personen“
    pub title: String,
    /// What it means.
    pub text: Html,
}

/// Clauses that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseGroup {
    /// „4“
    pub number: String,
    /// „Was wir entfernen“
    pub title: String,
    /// In order.
    pub clauses: Vec<ClauseView>,
}

/// One line of the opening hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HoursLine {
    /// „Montag bis Freitag“
    pub days: String,
    /// „6 bis 20 Uhr“
    pub hours: String,
}

/// The house rules.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RulesPage {
    /// What stands around it.
    pub frame: Frame,
    /// Since when this version holds.
    pub since: Option<Time>,
    /// A paragraph or two before the clauses.
    pub preface: Html,
    /// The clauses.
    pub groups: Vec<ClauseGroup>,
    /// When one can write.
    pub hours: Vec<HoursLine>,
}

/// Imprint, privacy and other texts of the house.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlainPage {
    /// What stands around it.
    pub frame: Frame,
    /// The headline.
    pub headline: String,
    /// The text under it.
    pub lead: Option<String>,
    /// The text, made from its blocks.
    pub body: Html,
    /// Last changed.
    pub updated: Option<Time>,
}

/// Something did not work: what, and what to do next. Words by status: 400, 403, 404, 405, 410, 413, 422, 429, 500, 503, 507;
/// others speak like 400 or 500.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorPage {
    /// What stands around it.
    pub frame: Frame,
    /// The HTTP status.
    pub status: u16,
    /// Something more exact than the status' own sentence.
    pub detail: Option<Say>,
    /// What to tell us when asking (T9.3).
    pub id: Option<String>,
    /// Seconds after which another try is worth it.
    pub retry_after: Option<u32>,
    /// What was typed and could not be kept: given back to be copied (T1.1, R4).
    pub typed: Option<String>,
    /// Where to go on.
    pub links: Vec<Link>,
}

/// What somebody wants to report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportSubject {
    /// Its permalink.
    pub url: String,
    /// Who wrote it.
    pub name: String,
    /// When.
    pub at: Time,
    /// Its first words.
    pub words: String,
}

/// The way to the reporting-and-redress office: by mail, until the office has its own desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportPage {
    /// What stands around it.
    pub frame: Frame,
    /// The office's mail address.
    pub mail: String,
    /// A telephone number for danger, „133“.
    pub emergency: Option<String>,
    /// What it is about. A report to the desk is posted to its `/reports` (`clause`, `words`).
    pub subject: Option<ReportSubject>,
    /// The clauses to choose from.
    pub clauses: Vec<ClauseView>,
    /// The clause chosen before, when the form comes back.
    pub clause: Option<String>,
    /// What was typed before.
    pub words: String,
    /// What is wrong with the report.
    pub error: Option<Say>,
    /// Something to say first.
    pub notice: Option<Say>,
}
