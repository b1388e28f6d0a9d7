//! What stands around every page: the paper, its sections, what machines read about the page, who is looking.

use std::collections::BTreeMap;

use serde::Serialize;
use story::{Language, Time};

/// Markup that is already safe: made by us from a tree (T1.3), never from somebody's text. Goes onto the page as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

impl From<&str> for Html {
    fn from(html: &str) -> Html {
        Html(html.to_owned())
    }
}

/// Words of the theme that somebody outside chooses: a key of `words/*.ftl` with what it speaks about.
/// A refusal becomes a sentence this way, in the language of the page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Say {
    /// The key. A key that does not exist is shown as it is and logged.
    pub key: String,
    /// What the words speak about, by name.
    pub with: BTreeMap<String, Arg>,
}

/// One thing words speak about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Arg {
    /// A count; words can have a plural for it.
    Number(i64),
    /// A name, a limit in words, a reason.
    Text(String),
}

impl Say {
    /// Words without anything to fill in.
    #[must_use]
    pub fn new(key: &str) -> Say {
        Say { key: key.to_owned(), with: BTreeMap::new() }
    }

    /// The same with a count.
    #[must_use]
    pub fn number(mut self, name: &str, number: i64) -> Say {
        self.with.insert(name.to_owned(), Arg::Number(number));
        self
    }

    /// The same with a text.
    #[must_use]
    pub fn text(mut self, name: &str, text: impl Into<String>) -> Say {
        self.with.insert(name.to_owned(), Arg::Text(text.into()));
        self
    }
}

/// A way to another page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// A path of this paper, or an address.
    pub url: String,
    /// What is read.
    pub name: String,
}

impl Link {
    /// A way to `url`, called `name`.
    pub fn new(url: impl Into<String>, name: impl Into<String>) -> Link {
        Link { url: url.into(), name: name.into() }
    }
}

/// The paper, as every page knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// „Der Uferbote“
    pub name: String,
    /// `https://uferbote.example`, without a slash at the end.
    pub origin: String,
    /// The nameplate as SVG drawn in `currentColor`, with a `viewBox`; without one the name stands in the serif.
    pub nameplate: Option<Html>,
    /// „Zeitung für Auersbruck und das Donautal“
    pub claim: Option<String>,
    /// The place it is made in.
    pub place: Option<String>,
    /// The year of its first issue.
    pub founded: Option<u16>,
    /// Who publishes it, for the last line of the page.
    pub publisher: Option<String>,
    /// Address and telephone of the newsroom, one line each.
    pub contact: Vec<String>,
}

/// What a page is, as far as the frame looks different for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Today's paper, with the big nameplate.
    Front,
    /// Any other page for readers.
    #[default]
    Page,
    /// A page that is read down: article, thread.
    Article,
    /// Where staff works.
    Desk,
}

/// A feed of the paper or of one section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// `application/rss+xml`, `application/atom+xml` or `application/feed+json`.
    pub content_type: String,
    /// What a feed reader calls it.
    pub name: String,
}

/// The same page in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternate {
    /// Absolute address.
    pub url: String,
    /// BCP 47 tag.
    pub language: String,
}

/// What another site shows of this page (Open Graph).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Share {
    /// Whether it is an article; otherwise it is a website.
    pub article: bool,
    /// Absolute address of a picture, with its size, and what it shows.
    pub picture: Option<PictureView>,
    /// First published.
    pub published: Option<Time>,
    /// Last changed.
    pub modified: Option<Time>,
}

/// Somebody signed in. Only on pages that are kept from every cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Visitor {
    /// The name they are known by.
    pub name: String,
    /// May open the desk's articles.
    pub newsroom: bool,
    /// May judge comments.
    pub moderation: bool,
    /// How much waits for somebody who may; 100 is many. Only where staff works.
    pub waiting: i64,
    /// May see mail and jobs.
    pub administration: bool,
}

/// Something the paper has beside its news. The theme has its words: `extra-games` where there is little room, `extra-long-games`
/// under an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Extra {
    /// `games` or `benefits`.
    pub name: String,
    /// Where it is.
    pub url: String,
}

/// What stands around a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frame {
    /// The language of the page and of its interface.
    pub language: Language,
    /// What the page is, without the paper's name.
    pub title: String,
    /// One or two sentences for search engines.
    pub description: Option<String>,
    /// The page's one address, absolute. Pages without one are not for search engines.
    pub canonical: Option<String>,
    /// The paper.
    pub paper: Paper,
    /// The sections, in the paper's order.
    pub sections: Vec<Link>,
    /// What the paper has beside its news.
    pub extras: Vec<Extra>,
    /// The path of the section or extra this page belongs to; `/` on the front.
    pub section: Option<String>,
    /// Feeds to offer.
    pub feeds: Vec<Feed>,
    /// What the page is.
    pub kind: Kind,
    /// The page in other languages.
    pub alternates: Vec<Alternate>,
    /// What other sites show of it.
    pub share: Option<Share>,
    /// JSON-LD, ready to stand in a script element: `<`, `>`, `&`, U+2028 and U+2029 escaped (T1.4).
    pub json_ld: Option<Html>,
    /// Whether search engines may list it.
    pub listed: bool,
    /// When the page was made.
    pub made: Time,
    /// Who is looking; nobody on shared pages.
    pub visitor: Option<Visitor>,
    /// Where the mailbox that stands in for mail delivery can be read, if the paper runs with one (the demo does).
    pub mailbox: Option<String>,
}

impl Frame {
    /// A listed page of `paper` in `language`, with nothing special about it yet.
    pub fn new(paper: Paper, language: Language, kind: Kind, title: impl Into<String>, made: Time) -> Frame {
        Frame {
            language,
            title: title.into(),
            description: None,
            canonical: None,
            paper,
            sections: Vec::new(),
            extras: Vec::new(),
            section: None,
            feeds: Vec::new(),
            kind,
            alternates: Vec::new(),
            share: None,
            json_ld: None,
            listed: true,
            made,
            visitor: None,
            mailbox: None,
        }
    }
}

/// A picture on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PictureView {
    /// Its address.
    pub url: String,
    /// Width in pixels, so that the page does not move when it arrives.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What somebody who cannot see it should know; empty for decoration.
    pub alt: String,
    /// The text under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}
