//! Markdown to blocks.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::line_of;
use crate::body::{Flow, picture};
use crate::refused::{Reason, Refused};
use crate::{Block, Text};

/// Reads the text after the front matter, whose first line has number `first`.
pub(super) fn read(text: &str, first: usize) -> Result<Vec<Block>, Refused> {
    if let Some(line) = text.lines().position(|line| marks_at_start(line) > DEEPEST) {
        return Err(Refused::line(first + line, Reason::TooDeep));
    }
    let mut reader = Reader::default();
    let mut last = 0;
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        let taken = match event {
            Event::Start(tag) => reader.open(tag),
            Event::End(tag) => reader.close(tag),
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) | Event::Html(words) => {
                reader.words(&words);
                Ok(())
            }
            Event::SoftBreak | Event::HardBreak => {
                reader.words("\n");
                Ok(())
            }
            // A rule carries no word; the other events belong to extensions that are off.
            _ => Ok(()),
        };
        taken.map_err(|reason| Refused::line(line_of(text, range.start, first), reason))?;
        last = range.start;
    }
    reader.flow.finish().map_err(|reason| Refused::line(line_of(text, last, first), reason))
}

/// Lists and quotes that may open in one line. The parser takes time in proportion to the square of it (T1.8).
const DEEPEST: usize = 50;

fn marks_at_start(line: &str) -> usize {
    let mut marks = 0;
    for word in line.split_ascii_whitespace() {
        let mark = word.trim_start_matches('>');
        marks += word.len() - mark.len();
        let mark = mark.trim_start_matches(|c: char| c.is_ascii_digit());
        match mark {
            "-" | "*" | "+" | "." | ")" => marks += 1,
            "" => {}
            _ => break,
        }
    }
    marks
}

/// The runs of one paragraph on its own, as [`write`](super::write) checks them.
pub(super) fn runs(text: &str) -> Option<Text> {
    match read(text, 1).ok()?.as_slice() {
        [Block::Paragraph(text)] => Some(text.clone()),
        _ => None,
    }
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    picture: Option<Seen>,
}

/// A picture whose description is still being read.
struct Seen {
    file: String,
    title: String,
    alt: String,
}

impl Reader {
    fn words(&mut self, words: &str) {
        match &mut self.picture {
            Some(seen) => seen.alt.push_str(words),
            None => self.flow.words(words),
        }
    }

    fn open(&mut self, tag: Tag<'_>) -> Result<(), Reason> {
        match tag {
            Tag::Heading { .. } => self.flow.heading_begins()?,
            Tag::BlockQuote(_) => self.flow.quote_begins()?,
            Tag::List(number) => self.flow.list_begins(number.is_some())?,
            Tag::Item => self.flow.item_ends(),
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => self.flow.paragraph_ends()?,
            Tag::Emphasis => self.flow.emphasis_begins(),
            Tag::Strong => self.flow.strong_begins(),
            Tag::Link { dest_url, .. } => self.flow.link(Some(dest_url.into_string())),
            Tag::Image { dest_url, title, .. } if self.picture.is_none() => {
                self.picture = Some(Seen {
                    file: dest_url.into_string(),
                    title: title.into_string(),
                    alt: String::new(),
                });
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, tag: TagEnd) -> Result<(), Reason> {
        match tag {
            TagEnd::Heading(_) => self.flow.heading_ends()?,
            TagEnd::BlockQuote(_) => self.flow.quote_ends()?,
            TagEnd::List(_) => self.flow.list_ends()?,
            TagEnd::Item => self.flow.item_ends(),
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.flow.paragraph_ends()?,
            TagEnd::Emphasis => self.flow.emphasis_ends(),
            TagEnd::Strong => self.flow.strong_ends(),
            TagEnd::Link => self.flow.link(None),
            TagEnd::Image => {
                if let Some(seen) = self.picture.take() {
                    let (caption, credit) = seen.title.rsplit_once(" | ").unwrap_or((&seen.title, ""));
                    self.flow.picture(picture(&seen.file, &seen.alt, caption, credit)?)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
