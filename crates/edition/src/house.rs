//! What the paper says of itself.

use jiff::tz::TimeZone;
use story::Language;

/// The paper's own facts, the same on every page.
#[derive(Clone, Debug)]
pub struct House {
    /// The paper's name.
    pub name: String,
    /// One line under the name.
    pub claim: String,
    /// Where it is made.
    pub place: String,
    /// The year of its first issue.
    pub founded: Option<u16>,
    /// Publisher's address lines for the foot of the page.
    pub contact: Vec<String>,
    /// The publisher's name.
    pub publisher: String,
    /// Mail address of the reporting-and-redress office.
    pub report_mail: String,
    /// Where readers reach it, without a slash at the end: `https://paper.example`.
    pub address: String,
    /// The zone its hours and dates are told in.
    pub zone: TimeZone,
    /// The language of its own words.
    pub language: Language,
    /// The nameplate as inline SVG, if it has one.
    pub nameplate: Option<String>,
    /// The small picture of the paper as SVG, for browser tabs.
    pub icon: Option<String>,
}

impl House {
    /// The whole address of a path.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}
