//! A body being put together from what a reader of Markdown or HTML meets, in reading order.
//!
//! Only the outermost quote or list is a block. What is nested in it becomes lines of the quote or further items of
//! the list, and pictures in it stand after it: a newspaper's body is flat, and no word is lost on the way.

use crate::draft::{self, picture_path};
use crate::refused::Reason;
use crate::{Block, Line, Picture, Run, Text, longest};

/// The body so far and what is open.
#[derive(Default)]
pub(crate) struct Flow {
    blocks: Vec<Block>,
    /// The words of the paragraph, heading, item or quote that is open.
    runs: Vec<Run>,
    heading: bool,
    quotes: usize,
    lists: usize,
    /// Whether the outermost list is numbered, and its items so far.
    ordered: bool,
    items: Vec<Vec<Run>>,
    emphasis: usize,
    strong: usize,
    link: Option<String>,
    later: Vec<Picture>,
}

impl Flow {
    /// The blocks, once everything is read.
    pub fn finish(mut self) -> Result<Vec<Block>, Reason> {
        self.quotes = usize::from(self.quotes > 0);
        self.lists = usize::from(self.lists > 0);
        self.quote_ends()?;
        self.list_ends()?;
        self.paragraph_ends()?;
        Ok(self.blocks)
    }

    /// Words, or `\n` where a line of a quote ends.
    pub fn words(&mut self, words: &str) {
        let run = match (&self.link, self.strong, self.emphasis) {
            (Some(to), ..) => Run::Link { text: words.to_owned(), to: to.clone() },
            (None, 1.., _) => Run::Strong(words.to_owned()),
            (None, 0, 1..) => Run::Emphasis(words.to_owned()),
            (None, 0, 0) => Run::Plain(words.to_owned()),
        };
        match self.runs.last_mut() {
            Some(last) if last.looks_like(&run) => last.words_mut().push_str(words),
            _ => self.runs.push(run),
        }
    }

    pub fn emphasis_begins(&mut self) {
        self.emphasis += 1;
    }

    pub fn emphasis_ends(&mut self) {
        self.emphasis = self.emphasis.saturating_sub(1);
    }

    pub fn strong_begins(&mut self) {
        self.strong += 1;
    }

    pub fn strong_ends(&mut self) {
        self.strong = self.strong.saturating_sub(1);
    }

    /// From here on words lead somewhere, or no longer.
    pub fn link(&mut self, to: Option<String>) {
        self.link = to;
    }

    /// A paragraph begins or ends; within a quote or an item it is a line of it.
    pub fn paragraph_ends(&mut self) -> Result<(), Reason> {
        if self.quotes + self.lists > 0 {
            self.words("\n");
            return Ok(());
        }
        let runs = std::mem::take(&mut self.runs);
        if self.heading {
            self.subhead(runs)?;
        } else if !is_blank(&runs) {
            self.add(Block::Paragraph(Text::parse("paragraph", runs)?))?;
        }
        self.pictures_follow()
    }

    pub fn heading_begins(&mut self) -> Result<(), Reason> {
        self.paragraph_ends()?;
        self.heading = self.quotes + self.lists == 0;
        Ok(())
    }

    pub fn heading_ends(&mut self) -> Result<(), Reason> {
        self.paragraph_ends()?;
        self.heading = false;
        Ok(())
    }

    pub fn quote_begins(&mut self) -> Result<(), Reason> {
        self.paragraph_ends()?;
        self.quotes += 1;
        Ok(())
    }

    pub fn quote_ends(&mut self) -> Result<(), Reason> {
        if self.quotes == 1 && self.lists == 0 {
            let runs = std::mem::take(&mut self.runs);
            self.quote(runs)?;
            self.pictures_follow()?;
        }
        self.quotes = self.quotes.saturating_sub(1);
        Ok(())
    }

    pub fn list_begins(&mut self, ordered: bool) -> Result<(), Reason> {
        self.paragraph_ends()?;
        if self.lists + self.quotes == 0 {
            self.ordered = ordered;
        }
        self.lists += 1;
        Ok(())
    }

    pub fn list_ends(&mut self) -> Result<(), Reason> {
        self.item_ends();
        self.lists = self.lists.saturating_sub(1);
        if self.lists == 0 && self.quotes == 0 {
            let items = std::mem::take(&mut self.items);
            self.list(items)?;
            self.pictures_follow()?;
        }
        Ok(())
    }

    /// An item begins or ends; within a quote it is a line of it.
    pub fn item_ends(&mut self) {
        if self.quotes > 0 {
            self.words("\n");
        } else if self.lists > 0 {
            let runs = std::mem::take(&mut self.runs);
            if !is_blank(&runs) {
                self.items.push(runs);
            }
        }
    }

    /// A picture. Words before it in the same paragraph stay before it.
    pub fn picture(&mut self, picture: Picture) -> Result<(), Reason> {
        if self.later.len() + self.blocks.len() >= longest::BLOCKS {
            return Err(Reason::TooMany { what: "blocks", most: longest::BLOCKS });
        }
        self.later.push(picture);
        if self.quotes + self.lists == 0 && !self.heading { self.paragraph_ends() } else { Ok(()) }
    }

    fn pictures_follow(&mut self) -> Result<(), Reason> {
        std::mem::take(&mut self.later).into_iter().try_for_each(|picture| self.add(Block::Picture(picture)))
    }

    /// A heading longer than a subhead may be is a paragraph.
    fn subhead(&mut self, runs: Vec<Run>) -> Result<(), Reason> {
        let words = Text(runs.clone()).words();
        match Line::parse("subhead", &words, longest::SUBHEAD) {
            Ok(line) => self.add(Block::Subhead(line)),
            Err(crate::Trouble::Empty { .. }) => Ok(()),
            Err(crate::Trouble::TooLong { .. }) => {
                self.add(Block::Paragraph(Text::parse("paragraph", runs)?))
            }
            Err(trouble) => Err(trouble.into()),
        }
    }

    /// If the last line of a quote begins with a dash, it says who spoke.
    fn quote(&mut self, mut runs: Vec<Run>) -> Result<(), Reason> {
        if is_blank(&runs) {
            return Ok(());
        }
        let by = take_speaker(&mut runs);
        let by = by.map(|name| Line::parse("speaker", &name, longest::SPEAKER)).transpose()?;
        let text = without_quotation_marks(Text::parse("quote", runs)?);
        self.add(Block::Quote { text, by })
    }

    fn list(&mut self, items: Vec<Vec<Run>>) -> Result<(), Reason> {
        if items.len() > longest::ITEMS {
            return Err(Reason::TooMany { what: "list items", most: longest::ITEMS });
        }
        let items =
            items.into_iter().map(|runs| Text::parse("list item", runs)).collect::<Result<Vec<_>, _>>()?;
        if items.is_empty() { Ok(()) } else { self.add(Block::List { ordered: self.ordered, items }) }
    }

    fn add(&mut self, block: Block) -> Result<(), Reason> {
        if self.blocks.len() == longest::BLOCKS {
            return Err(Reason::TooMany { what: "blocks", most: longest::BLOCKS });
        }
        self.blocks.push(block);
        Ok(())
    }
}

/// Takes what a file says of a picture. The file lies beside the article.
pub(crate) fn picture(file: &str, alt: &str, caption: &str, credit: &str) -> Result<Picture, Reason> {
    let alt = draft::line("alt", Some(alt), longest::ALT)?;
    Ok(Picture {
        file: picture_path(file)?,
        alt: alt.map_or_else(String::new, |alt| alt.to_string()),
        caption: draft::line("caption", Some(caption), longest::CAPTION)?,
        credit: draft::line("credit", Some(credit), longest::CREDIT)?,
    })
}

fn is_blank(runs: &[Run]) -> bool {
    runs.iter().all(|run| run.words().chars().all(|c| c.is_whitespace() || crate::is_invisible(c)))
}

/// Takes the last line off, if it is „— Name, Amt“.
fn take_speaker(runs: &mut Vec<Run>) -> Option<String> {
    let words: String = runs.iter().map(Run::words).collect();
    let start = words.trim_end().rfind('\n')? + 1;
    let name = dashed(words[start..].trim()).filter(|_| !words[..start].trim().is_empty())?.to_owned();
    *runs = Text(std::mem::take(runs)).cut(0..start).0;
    Some(name)
}

/// The text after an opening dash.
fn dashed(line: &str) -> Option<&str> {
    let name = ["—", "–", "―", "--"].iter().find_map(|dash| line.strip_prefix(dash))?.trim();
    (!name.is_empty()).then_some(name)
}

/// Quotation marks around a whole quote are the page's business.
fn without_quotation_marks(text: Text) -> Text {
    let words = text.words();
    for (open, close) in [("„", "“"), ("“", "”"), ("»", "«"), ("«", "»"), ("\"", "\"")] {
        let Some(inner) = words.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) else {
            continue;
        };
        if !inner.trim().is_empty() && !inner.contains(open) && !inner.contains(close) {
            return text.cut(open.len()..words.len() - close.len());
        }
    }
    text
}
