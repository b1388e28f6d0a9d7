//! The article.

use serde::{Deserialize, Serialize};

use crate::{Line, Slug, Text, Time};

/// The limits of an article's parts, in characters and counts. They are enforced where a file or a form is read.
pub mod longest {
    /// Characters of a source id.
    pub const SOURCE: usize = 200;
    /// Characters of the line above the headline.
    pub const KICKER: usize = 120;
    /// Characters of the headline.
    pub const HEADLINE: usize = 200;
    /// Characters of the lead.
    pub const LEAD: usize = 1_000;
    /// Characters of an author, an agency or a place.
    pub const NAME: usize = 120;
    /// Authors, and agencies.
    pub const NAMES: usize = 12;
    /// Characters of a subhead.
    pub const SUBHEAD: usize = 200;
    /// Characters of who said a quote.
    pub const SPEAKER: usize = 200;
    /// Items of a list.
    pub const ITEMS: usize = 500;
    /// Blocks of a body.
    pub const BLOCKS: usize = 2_000;
    /// Figures.
    pub const FIGURES: usize = 8;
    /// Characters of a figure's value.
    pub const FIGURE: usize = 40;
    /// Characters of a figure's label.
    pub const FIGURE_LABEL: usize = 200;
    /// Characters of a picture's path.
    pub const PICTURE_PATH: usize = 200;
    /// Characters of what somebody who cannot see a picture should know.
    pub const ALT: usize = 1_000;
    /// Characters of the text under a picture.
    pub const CAPTION: usize = 1_000;
    /// Characters of a picture's credit.
    pub const CREDIT: usize = 200;
    /// Characters of a correction's note.
    pub const NOTE: usize = 2_000;
    /// Corrections of one article that a file may list.
    pub const CORRECTIONS: usize = 100;
}

/// One article in one state, as the newsroom wrote it. What happens to it (published, corrected, withdrawn) are rows of the archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The id given by whoever wrote it: unique in the paper, what makes an import idempotent. At most 200 characters.
    pub source: Line,
    /// Its part of the address.
    pub slug: Slug,
    /// The section it stands in.
    pub section: Slug,
    /// The language it is written in.
    pub language: Language,
    /// The line above the headline. At most 120 characters.
    pub kicker: Option<Line>,
    /// At most 200 characters.
    pub headline: Line,
    /// The bold text under the headline. At most 1,000 characters.
    pub lead: Option<Line>,
    /// Names in the byline. At most 12.
    pub authors: Vec<Line>,
    /// Agencies named as source. At most 12.
    pub agencies: Vec<Line>,
    /// Where it was reported from.
    pub place: Option<Line>,
    /// First published, if the file says so; otherwise the moment it is published.
    pub published: Option<Time>,
    /// The body, at most 2,000 blocks.
    pub body: Vec<Block>,
    /// The facts box beside the text, at most 8.
    pub figures: Vec<Figure>,
}

/// A number that explains the story, with what it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// „18,6 Mio. €“
    pub value: Line,
    /// „Kosten laut Bauamt“
    pub label: Line,
}

/// One block of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// A subhead.
    Subhead(Line),
    /// Somebody's words, without quotation marks around them.
    Quote {
        /// The words.
        text: Text,
        /// Who said them.
        by: Option<Line>,
    },
    /// A list.
    List {
        /// Numbered, or with dots.
        ordered: bool,
        /// At most 500.
        items: Vec<Text>,
    },
    /// A picture.
    Picture(Picture),
}

/// A picture with what is said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The file's name in the paper's picture folder, or in an import the path beside the article's file.
    pub file: String,
    /// What somebody who cannot see it should know.
    pub alt: String,
    /// The text under it.
    pub caption: Option<Line>,
    /// Who made it.
    pub credit: Option<Line>,
}

/// What was wrong and when it was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When it was corrected.
    pub at: Time,
    /// What was wrong and what is right, for readers.
    pub note: Line,
    /// The name of whoever corrected it.
    pub by: Line,
}

/// The languages Blatt speaks, with the region for hyphenation and voice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// German as written in Austria.
    #[default]
    #[serde(rename = "de-AT")]
    Austrian,
    /// German as written in Germany.
    #[serde(rename = "de-DE")]
    German,
    /// German as written in Switzerland (ss for ß).
    #[serde(rename = "de-CH")]
    Swiss,
    /// English.
    #[serde(rename = "en-GB")]
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 4] = [Language::Austrian, Language::German, Language::Swiss, Language::English];

    /// Takes a BCP 47 tag; a bare or unknown region of a known language gets that language's first form here.
    pub fn parse(tag: &str) -> Option<Language> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        match tag.split('-').next() {
            Some("de") => Some(match tag.as_str() {
                "de-de" => Language::German,
                "de-ch" | "de-li" => Language::Swiss,
                _ => Language::Austrian,
            }),
            Some("en") => Some(Language::English),
            _ => None,
        }
    }

    /// The BCP 47 tag, for `lang` and feeds.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::Austrian => "de-AT",
            Language::German => "de-DE",
            Language::Swiss => "de-CH",
            Language::English => "en-GB",
        }
    }

    /// Whether its words are German.
    #[must_use]
    pub fn is_german(self) -> bool {
        self != Language::English
    }
}

impl Article {
    /// How many words somebody reads: kicker, headline, lead and body without captions.
    #[must_use]
    pub fn words(&self) -> usize {
        let count = |text: &str| text.split_whitespace().count();
        let line = |line: &Option<Line>| line.as_ref().map_or(0, |line| count(line.as_str()));
        let body: usize = self
            .body
            .iter()
            .map(|block| match block {
                Block::Paragraph(text) => count(&text.words()),
                Block::Subhead(line) => count(line.as_str()),
                Block::Quote { text, by } => count(&text.words()) + line(by),
                Block::List { items, .. } => items.iter().map(|item| count(&item.words())).sum(),
                Block::Picture(_) => 0,
            })
            .sum();
        line(&self.kicker) + count(self.headline.as_str()) + line(&self.lead) + body
    }

    /// The pictures of the body, in order.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        self.body.iter().filter_map(|block| match block {
            Block::Picture(picture) => Some(picture),
            _ => None,
        })
    }
}
