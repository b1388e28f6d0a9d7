//! Today's paper and its sections: pages that lead to articles.

use serde::Serialize;
use story::Time;

use super::{Frame, Link, PictureView, ThreadState};

/// An article as it is announced elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Teaser {
    /// Its path.
    pub url: String,
    /// The line above the headline.
    pub kicker: Option<String>,
    /// The headline.
    pub headline: String,
    /// A short text under it; where there is no room the template leaves it out.
    pub lead: Option<String>,
    /// Its main picture.
    pub picture: Option<PictureView>,
    /// First published.
    pub at: Time,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// How many comments its thread has; nothing if it has no thread.
    pub comments: Option<u64>,
    /// How long its recording is, in milliseconds; nothing if there is none yet.
    pub recording_ms: Option<u64>,
    /// Whether it says an opinion, which is set in another weight.
    pub opinion: bool,
}

/// A line of the ticker.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TickerLine {
    /// When it happened or was written.
    pub at: Time,
    /// A headline.
    pub text: String,
    /// The article.
    pub url: String,
}

/// An article that is talked about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Discussed {
    /// Its thread.
    pub url: String,
    /// Its headline.
    pub headline: String,
    /// How many comments.
    pub comments: u64,
    /// Whether one can write now.
    pub state: ThreadState,
}

/// News that does not wait for its place on the page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breaking {
    /// When.
    pub at: Time,
    /// What.
    pub headline: String,
    /// The article.
    pub url: String,
}

/// A section on the front page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionBlock {
    /// Name and path.
    pub section: Link,
    /// Up to three with picture, in the paper's order.
    pub teasers: Vec<Teaser>,
    /// Further headlines, up to four.
    pub list: Vec<Teaser>,
}

/// The front page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FrontPage {
    /// What stands around it.
    pub frame: Frame,
    /// When something on it last changed.
    pub updated: Time,
    /// The number of this issue in its year, if the paper counts them.
    pub issue: Option<u32>,
    /// Whether comments can be written now, for the line under the nameplate.
    pub forum: Option<ThreadState>,
    /// At most one.
    pub breaking: Option<Breaking>,
    /// The lead story. Nothing only in a paper without articles.
    pub lead: Option<Teaser>,
    /// Up to two small ones under the lead story; an opinion among them stands with the author's portrait as picture.
    pub beneath: Vec<Teaser>,
    /// The left column, two or three.
    pub left: Vec<Teaser>,
    /// „Jetzt“, latest first, up to six.
    pub ticker: Vec<TickerLine>,
    /// „Meistdiskutiert“, up to four.
    pub discussed: Vec<Discussed>,
    /// „Zum Hören“, up to four with a recording.
    pub listen: Vec<Teaser>,
    /// How long all of today's recordings are together, in milliseconds.
    pub listen_ms: u64,
    /// How many recordings these are.
    pub listen_count: u64,
    /// The sections below.
    pub blocks: Vec<SectionBlock>,
}

/// A section: its articles, latest first, a page at a time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionPage {
    /// What stands around it.
    pub frame: Frame,
    /// Name and path of the section.
    pub section: Link,
    /// What it is about, in one sentence.
    pub about: Option<String>,
    /// Latest first.
    pub teasers: Vec<Teaser>,
    /// The path of the page with older ones.
    pub older: Option<String>,
    /// The path of the page with newer ones; nothing on the first.
    pub newer: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchPage {
    /// What stands around it.
    pub frame: Frame,
    /// What was looked for, as typed; empty before the first search.
    pub query: String,
    /// Found, in the order asked for.
    pub results: Vec<Teaser>,
    /// How many there are in all, if that is known.
    pub count: Option<u64>,
    /// The path of the next page.
    pub older: Option<String>,
}
