//! The text of an article as HTML, made from its blocks: nothing reaches the page that is not made here (T1.3).

use std::collections::HashMap;
use std::ops::Range;

use story::{Article, Block, Line, Part, Picture, Run, Sentence, Text, spoken_order};
use theme::{Html, PictureView};

/// Width and height of the pictures an article shows, by file name.
pub type Sizes = HashMap<String, (u32, u32)>;

/// The parts of an article as HTML, each sentence in an element with the id that its sound has.
pub struct Printed {
    /// The lead.
    pub lead: Option<Html>,
    /// Everything below it, without the main picture.
    pub body: Html,
    /// The picture that stands first, if the text begins with one.
    pub picture: Option<PictureView>,
    /// The id of the kicker, which is one sentence.
    pub kicker_id: Option<String>,
    /// The id of the headline, which is one sentence.
    pub headline_id: Option<String>,
    /// How many sentences are read aloud.
    pub sentences: usize,
}

/// Prints an article for its page.
#[must_use]
pub fn printed(article: &Article, sizes: &Sizes) -> Printed {
    let sentences = spoken_order(article);
    let mut marks: HashMap<Part, Vec<&Sentence>> = HashMap::new();
    for sentence in &sentences {
        marks.entry(sentence.part).or_default().push(sentence);
    }
    let picture = match article.body.first() {
        Some(Block::Picture(picture)) => Some(picture_view(picture, sizes, "")),
        _ => None,
    };
    let from = usize::from(picture.is_some());
    let id = |part| marks.get(&part)?.first().map(|sentence| sentence.id.clone());
    let (kicker_id, headline_id) = (id(Part::Kicker), id(Part::Headline));
    let mut press = Press { marks, sizes, origin: "", out: String::new(), place: article.place.as_ref() };
    let lead = article.lead.as_ref().map(|lead| {
        press.text(Part::Lead, &Text::plain(lead.as_str()));
        Html(std::mem::take(&mut press.out))
    });
    press.blocks(article.body.iter().enumerate().skip(from));
    Printed { lead, body: Html(press.out), picture, kicker_id, headline_id, sentences: sentences.len() }
}

/// Prints an article for feeds: without ids, with whole addresses, pictures included.
#[must_use]
pub fn printed_for_feeds(article: &Article, sizes: &Sizes, origin: &str) -> String {
    let mut press =
        Press { marks: HashMap::new(), sizes, origin, out: String::new(), place: article.place.as_ref() };
    press.blocks(article.body.iter().enumerate());
    press.out
}

/// Prints a page of the house.
#[must_use]
pub fn printed_page(blocks: &[Block]) -> Html {
    let sizes = Sizes::new();
    let mut press =
        Press { marks: HashMap::new(), sizes: &sizes, origin: "", out: String::new(), place: None };
    press.blocks(blocks.iter().enumerate());
    Html(press.out)
}

/// A picture as a page shows it.
#[must_use]
pub fn picture_view(picture: &Picture, sizes: &Sizes, origin: &str) -> PictureView {
    let (width, height) = sizes.get(&picture.file).copied().unwrap_or((1200, 750));
    PictureView {
        url: format!("{origin}/pictures/{}", picture.file),
        width,
        height,
        alt: picture.alt.clone(),
        caption: picture.caption.as_ref().map(ToString::to_string),
        credit: picture.credit.as_ref().map(ToString::to_string),
    }
}

struct Press<'a> {
    marks: HashMap<Part, Vec<&'a Sentence>>,
    sizes: &'a Sizes,
    origin: &'a str,
    out: String,
    /// Stands in bold before the first words, once.
    place: Option<&'a Line>,
}

impl Press<'_> {
    fn blocks<'b>(&mut self, blocks: impl Iterator<Item = (usize, &'b Block)>) {
        for (index, block) in blocks {
            self.block(index, block);
        }
    }

    fn block(&mut self, index: usize, block: &Block) {
        match block {
            Block::Paragraph(text) => {
                self.out.push_str("<p>");
                if let Some(place) = self.place.take() {
                    self.out.push_str("<b class=\"place\">");
                    escape(place.as_str(), &mut self.out);
                    self.out.push_str(".</b> ");
                }
                self.text(Part::Block(index), text);
                self.out.push_str("</p>\n");
            }
            Block::Subhead(line) => {
                self.out.push_str("<h2>");
                self.text(Part::Block(index), &Text::plain(line.as_str()));
                self.out.push_str("</h2>\n");
            }
            Block::Quote { text, by } => {
                self.out.push_str("<figure class=\"quote\"><blockquote><p>");
                self.text(Part::Block(index), text);
                self.out.push_str("</p></blockquote>");
                if let Some(by) = by {
                    self.out.push_str("<figcaption>");
                    self.text(Part::Speaker(index), &Text::plain(by.as_str()));
                    self.out.push_str("</figcaption>");
                }
                self.out.push_str("</figure>\n");
            }
            Block::List { ordered, items } => {
                let name = if *ordered { "ol" } else { "ul" };
                self.out.push_str(&format!("<{name}>"));
                for (item, text) in items.iter().enumerate() {
                    self.out.push_str("<li>");
                    self.text(Part::Item(index, item), text);
                    self.out.push_str("</li>");
                }
                self.out.push_str(&format!("</{name}>\n"));
            }
            Block::Picture(picture) => self.picture(picture),
        }
    }

    fn picture(&mut self, picture: &Picture) {
        let view = picture_view(picture, self.sizes, self.origin);
        self.out.push_str("<figure><img src=\"");
        escape(&view.url, &mut self.out);
        self.out.push_str(&format!(
            "\" width=\"{}\" height=\"{}\" loading=\"lazy\" alt=\"",
            view.width, view.height
        ));
        escape(&view.alt, &mut self.out);
        self.out.push_str("\">");
        if view.caption.is_some() || view.credit.is_some() {
            self.out.push_str("<figcaption>");
            escape(view.caption.as_deref().unwrap_or_default(), &mut self.out);
            if let Some(credit) = &view.credit {
                self.out.push_str(" <small>");
                escape(credit, &mut self.out);
                self.out.push_str("</small>");
            }
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    /// Sentence by sentence; an emphasis that crosses a full stop becomes two.
    fn text(&mut self, part: Part, text: &Text) {
        let words = text.words();
        let sentences = self.marks.remove(&part).unwrap_or_default();
        let mut done = 0;
        for sentence in sentences {
            self.runs(text, done..sentence.range.start);
            self.out.push_str(&format!("<span id=\"{}\">", sentence.id));
            self.runs(text, sentence.range.clone());
            self.out.push_str("</span>");
            done = sentence.range.end;
        }
        self.runs(text, done..words.len());
    }

    fn runs(&mut self, text: &Text, range: Range<usize>) {
        let mut start = 0;
        for run in &text.0 {
            let words = run.words();
            let (from, to) = (range.start.max(start), range.end.min(start + words.len()));
            if from < to {
                self.run(run, &words[from - start..to - start]);
            }
            start += words.len();
        }
    }

    fn run(&mut self, run: &Run, words: &str) {
        let (open, close) = match run {
            Run::Plain(_) => (String::new(), ""),
            Run::Emphasis(_) => ("<em>".to_owned(), "</em>"),
            Run::Strong(_) => ("<strong>".to_owned(), "</strong>"),
            Run::Link { to, .. } => {
                let mut open = "<a href=\"".to_owned();
                let origin = if to.starts_with('/') { self.origin } else { "" };
                escape(&format!("{origin}{to}"), &mut open);
                open.push_str("\">");
                (open, "</a>")
            }
        };
        self.out.push_str(&open);
        escape(&theme::typeset(words), &mut self.out);
        self.out.push_str(close);
    }
}

/// Signs that mean something in HTML, in text and in quoted attributes, become entities (T1.4).
pub fn escape(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            other => out.push(other),
        }
    }
}
