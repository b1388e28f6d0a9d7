//! One article, and everything it ever said.

use serde::Serialize;
use story::{Language, Time};

use super::{Frame, Html, Link, PictureView, Say, Teaser, ThreadView};

/// Who wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Byline {
    /// The name.
    pub name: String,
    /// A small square picture of the author.
    pub portrait: Option<PictureView>,
}

/// What was wrong and when it was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CorrectionView {
    /// When it was corrected.
    pub at: Time,
    /// What was wrong and what is right.
    pub note: String,
    /// Who corrected it.
    pub by: String,
}

/// A number that explains the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureView {
    /// „18,6 Mio. €“
    pub value: String,
    /// „Kosten laut Bauamt“
    pub label: String,
}

/// How far the recording of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum RecordingState {
    /// Being made: sentences done, and how many there are (0 while that is not known).
    Making {
        /// Sentences done.
        done: u32,
        /// Sentences in all.
        total: u32,
    },
    /// It can be heard.
    Ready,
    /// It could not be made; somebody was told.
    Failed,
}

/// The recording of an article, for `speech/player.html`, where it is called `player`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlayerView {
    /// How far it is.
    pub state: RecordingState,
    /// `/…/audio.mp3`
    pub mp3: String,
    /// `/…/audio.json`, the timings.
    pub json: String,
    /// `/…/audio.vtt`, the captions.
    pub vtt: String,
    /// How long it is, in milliseconds; 0 while it is being made.
    pub duration_ms: u64,
    /// How many sentences it has.
    pub sentences: u32,
    /// The voice's name, „Lene“.
    pub voice: String,
    /// The language it is spoken in.
    pub language: Language,
    /// The article's kicker.
    pub kicker: Option<String>,
    /// The article's headline.
    pub headline: String,
    /// The article's path.
    pub url: String,
    /// The article read before this one.
    pub previous: Option<Link>,
    /// The article read after this one.
    pub next: Option<Link>,
    /// What is read next, the current article not among it; up to six.
    pub queue: Vec<QueueLine>,
}

/// An article that waits to be read aloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QueueLine {
    /// Its path.
    pub url: String,
    /// Its headline.
    pub headline: String,
    /// How long it is, in milliseconds.
    pub duration_ms: u64,
}

/// Why an article's text is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// When.
    pub at: Time,
    /// Why, for readers.
    pub note: String,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticlePage {
    /// What stands around it; `frame.json_ld` and `frame.share` are filled.
    pub frame: Frame,
    /// Its id in the archive.
    pub id: i64,
    /// The language it is written in, which need not be the page's.
    pub language: Language,
    /// Its path.
    pub url: String,
    /// Name and path of its section.
    pub section: Link,
    /// The line above the headline.
    pub kicker: Option<String>,
    /// Its id as a sentence that is read aloud.
    pub kicker_id: Option<String>,
    /// The headline.
    pub headline: String,
    /// Its id as a sentence that is read aloud.
    pub headline_id: Option<String>,
    /// The bold text under it.
    pub lead: Option<String>,
    /// The same with an element around each sentence, where it is read aloud.
    pub lead_html: Option<Html>,
    /// Who wrote it.
    pub authors: Vec<Byline>,
    /// Agencies named as source.
    pub agencies: Vec<String>,
    /// Where it was reported from; stands in bold before the first words.
    pub place: Option<String>,
    /// First published.
    pub published: Time,
    /// Last changed, if it was.
    pub updated: Option<Time>,
    /// Whether it says an opinion.
    pub opinion: bool,
    /// Latest first; the latest stands above the text, all under it.
    pub corrections: Vec<CorrectionView>,
    /// The page with all versions, if there is more than one.
    pub versions: Option<String>,
    /// The recording; nothing if the paper does not speak this language.
    pub player: Option<PlayerView>,
    /// The main picture.
    pub picture: Option<PictureView>,
    /// The text, made from its blocks. Elements the styles know: `p`, `h2`, `ul`, `ol`, `figure` with `img` and `figcaption` (credit in `small`), `figure class="quote"` with `blockquote` and `figcaption`, `a`, `em`, `strong`; a sentence is a `span` with its id.
    pub body: Html,
    /// „In Zahlen“, up to eight.
    pub figures: Vec<FigureView>,
    /// „Zum Thema“, up to four.
    pub related: Vec<Teaser>,
    /// What it is about.
    pub tags: Vec<Link>,
    /// The talk about it.
    pub thread: Option<ThreadView>,
    /// The article published before it in its section.
    pub previous: Option<Link>,
    /// The article published after it in its section.
    pub next: Option<Link>,
    /// If it was withdrawn, the page says when and why instead of showing the text.
    pub withdrawn: Option<Withdrawal>,
}

/// One state of an article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VersionView {
    /// Counted from 1.
    pub number: u32,
    /// From when it stood in the paper.
    pub at: Time,
    /// Who brought it into the paper.
    pub by: Option<String>,
    /// The correction that made it, in words for readers; nothing for the first.
    pub note: Option<String>,
    /// Its headline.
    pub headline: String,
    /// Its lead.
    pub lead: Option<String>,
    /// Its text as it was.
    pub body: Html,
}

/// Everything an article ever said, latest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VersionsPage {
    /// What stands around it.
    pub frame: Frame,
    /// The article as it is now.
    pub article: Link,
    /// The notices without a new text, and those with one, latest first.
    pub corrections: Vec<CorrectionView>,
    /// All states, latest first.
    pub versions: Vec<VersionView>,
    /// Something to say first, such as that the article was withdrawn.
    pub notice: Option<Say>,
}
