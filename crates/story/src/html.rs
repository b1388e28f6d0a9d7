//! Foreign HTML to blocks.
//!
//! The tokenizer of html5ever reads it as a browser would; what comes out is our own [`Block`]s, so no element or
//! attribute of the sender ever reaches a page (T1.3). Scripts, styles, frames, drawings, forms' fields and players
//! vanish with their contents and are counted; elements we do not know leave their words.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::body::{Flow, picture};
use crate::refused::Reason;
use crate::{Block, Picture};

/// What was found.
pub(crate) struct Foreign {
    pub blocks: Vec<Block>,
    /// How many elements vanished, and links and pictures that lead nowhere.
    pub left_out: usize,
}

/// Bytes that the tokenizer gets at once.
const BITE: usize = 16_384;
/// What may separate attributes of one tag; the tokenizer takes time in proportion to the square of their number (T1.8).
const MOST_SEPARATORS: usize = 5_000;

/// Reads a body. In XHTML a tag that closes itself has no contents, in HTML it may have.
pub(crate) fn read(html: &str, is_xhtml: bool) -> Result<Foreign, Reason> {
    let reader = RefCell::new(Reader { is_xhtml, ..Reader::default() });
    let tokenizer = Tokenizer::new(
        Sink { reader, trouble: Cell::new(None), tokens: Cell::new(0) },
        TokenizerOpts::default(),
    );
    let input = BufferQueue::default();
    let (mut rest, mut tokens, mut separators) = (html, 0, 0);
    while !rest.is_empty() {
        let end =
            (BITE.min(rest.len())..=rest.len()).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
        let (bite, more) = rest.split_at(end);
        input.push_back(StrTendril::from_slice(bite));
        let _ = tokenizer.feed(&input);
        let is_in_one_tag = tokenizer.sink.tokens.get() == tokens;
        let here = bite.bytes().filter(|byte| byte.is_ascii_whitespace() || b"/\"'".contains(byte)).count();
        separators = if is_in_one_tag { separators + here } else { here };
        if separators > MOST_SEPARATORS {
            return Err(Reason::TooMany {
                what: "attributes in one tag, or a large picture written into the text",
                most: MOST_SEPARATORS,
            });
        }
        tokens = tokenizer.sink.tokens.get();
        rest = more;
    }
    tokenizer.end();
    let Sink { reader, trouble, .. } = tokenizer.sink;
    if let Some(reason) = trouble.into_inner() {
        return Err(reason);
    }
    let mut reader = reader.into_inner();
    reader.figure_ends()?;
    Ok(Foreign { blocks: reader.flow.finish()?, left_out: reader.left_out })
}

/// The reader behind the tokenizer, which lends it out immutably.
struct Sink {
    reader: RefCell<Reader>,
    /// The first trouble it met.
    trouble: Cell<Option<Reason>>,
    /// How much it was given.
    tokens: Cell<u64>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::ParseError(_) = token {
            return TokenSinkResult::Continue;
        }
        self.tokens.set(self.tokens.get() + 1);
        let before = self.trouble.take();
        if before.is_some() {
            self.trouble.set(before);
            return TokenSinkResult::Continue;
        }
        let mut reader = self.reader.borrow_mut();
        let taken = match token {
            Token::CharacterTokens(words) => {
                reader.words(&words);
                Ok(None)
            }
            Token::TagToken(tag) => reader.tag(&tag),
            _ => Ok(None),
        };
        match taken {
            Ok(None) => TokenSinkResult::Continue,
            Ok(Some(raw)) => TokenSinkResult::RawData(raw),
            Err(reason) => {
                self.trouble.set(Some(reason));
                TokenSinkResult::Continue
            }
        }
    }
}

#[derive(Default)]
struct Reader {
    is_xhtml: bool,
    flow: Flow,
    left_out: usize,
    /// The element that vanishes, and how many of its name are open.
    vanishing: Option<(String, usize)>,
    figure: Option<Figure>,
}

/// A figure whose pictures wait for their caption.
#[derive(Default)]
struct Figure {
    pictures: Vec<Picture>,
    caption: String,
    credit: String,
    part: Part,
}

#[derive(Default, PartialEq)]
enum Part {
    #[default]
    Outside,
    Caption,
    Credit,
}

/// How an element is read.
enum Kind {
    /// Words run on.
    Inline,
    /// A line ends.
    Break,
    Paragraph,
    Heading,
    Quote,
    List {
        ordered: bool,
    },
    Item,
    Emphasis,
    Strong,
    Link,
    Picture,
    Figure,
    Caption,
    Credit,
    /// Goes with its contents, which the tokenizer reads as text of this kind.
    Vanishes(Option<RawKind>),
    /// Goes, and has no contents.
    VanishesEmpty,
}

fn kind(name: &str) -> Kind {
    match name {
        "br" => Kind::Break,
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav" | "address"
        | "pre" | "table" | "caption" | "tr" | "dl" | "dt" | "dd" | "hr" | "body" | "html" | "center"
        | "fieldset" | "legend" | "form" | "details" | "summary" => Kind::Paragraph,
        "td" | "th" => Kind::Break,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
        "blockquote" => Kind::Quote,
        "ul" | "menu" | "dir" => Kind::List { ordered: false },
        "ol" => Kind::List { ordered: true },
        "li" => Kind::Item,
        "em" | "i" => Kind::Emphasis,
        "strong" | "b" => Kind::Strong,
        "a" => Kind::Link,
        "img" | "image" => Kind::Picture,
        "figure" => Kind::Figure,
        "figcaption" => Kind::Caption,
        "small" | "cite" => Kind::Credit,
        "script" => Kind::Vanishes(Some(RawKind::ScriptData)),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => {
            Kind::Vanishes(Some(RawKind::Rawtext))
        }
        "textarea" | "title" => Kind::Vanishes(Some(RawKind::Rcdata)),
        "svg" | "math" | "object" | "applet" | "template" | "select" | "button" | "video" | "audio"
        | "canvas" | "head" | "frameset" | "map" | "datalist" => Kind::Vanishes(None),
        "input" | "embed" | "source" | "track" | "frame" | "link" | "meta" | "base" | "param" | "area"
        | "keygen" => Kind::VanishesEmpty,
        _ => Kind::Inline,
    }
}

impl Reader {
    fn words(&mut self, words: &str) {
        if self.vanishing.is_some() {
            return;
        }
        match &mut self.figure {
            Some(figure) if figure.part == Part::Caption => figure.caption.push_str(words),
            Some(figure) if figure.part == Part::Credit => figure.credit.push_str(words),
            _ => self.flow.words(words),
        }
    }

    fn tag(&mut self, tag: &Tag) -> Result<Option<RawKind>, Reason> {
        let name: &str = &tag.name;
        let opens = tag.kind == TagKind::StartTag;
        let is_empty = self.is_xhtml && tag.self_closing;
        if let Some((vanishing, open)) = &mut self.vanishing {
            if vanishing == name && !is_empty {
                *open = if opens { *open + 1 } else { *open - 1 };
                if *open == 0 {
                    self.vanishing = None;
                }
            }
            return Ok(None);
        }
        match (kind(name), opens) {
            (Kind::Vanishes(raw), true) => {
                self.left_out += 1;
                if is_empty {
                    return Ok(None);
                }
                self.vanishing = Some((name.to_owned(), 1));
                return Ok(raw);
            }
            (Kind::VanishesEmpty, true) => self.left_out += 1,
            (kind, true) => {
                self.opens(kind, tag)?;
                if is_empty {
                    self.closes(self::kind(name))?;
                }
            }
            (kind, false) => self.closes(kind)?,
        }
        Ok(None)
    }

    fn opens(&mut self, kind: Kind, tag: &Tag) -> Result<(), Reason> {
        match kind {
            Kind::Break => self.words("\n"),
            Kind::Paragraph => self.flow.paragraph_ends()?,
            Kind::Heading => self.flow.heading_begins()?,
            Kind::Quote => self.flow.quote_begins()?,
            Kind::List { ordered } => self.flow.list_begins(ordered)?,
            Kind::Item => self.flow.item_ends(),
            Kind::Emphasis => self.flow.emphasis_begins(),
            Kind::Strong => self.flow.strong_begins(),
            Kind::Link => {
                let to = attribute(tag, "href").map(|href| (crate::link(&href), href));
                self.left_out += usize::from(matches!(&to, Some((None, href)) if !href.starts_with('#')));
                self.flow.link(to.and_then(|(to, _)| to));
            }
            Kind::Picture => self.picture(tag)?,
            Kind::Figure => {
                self.figure_ends()?;
                self.flow.paragraph_ends()?;
                self.figure = Some(Figure::default());
            }
            Kind::Caption => self.part(Part::Caption),
            Kind::Credit => {
                if self.figure.as_ref().is_some_and(|figure| figure.part == Part::Caption) {
                    self.part(Part::Credit);
                }
            }
            Kind::Inline | Kind::Vanishes(_) | Kind::VanishesEmpty => {}
        }
        Ok(())
    }

    fn closes(&mut self, kind: Kind) -> Result<(), Reason> {
        match kind {
            Kind::Break => self.words("\n"),
            Kind::Paragraph => self.flow.paragraph_ends()?,
            Kind::Heading => self.flow.heading_ends()?,
            Kind::Quote => self.flow.quote_ends()?,
            Kind::List { .. } => self.flow.list_ends()?,
            Kind::Item => self.flow.item_ends(),
            Kind::Emphasis => self.flow.emphasis_ends(),
            Kind::Strong => self.flow.strong_ends(),
            Kind::Link => self.flow.link(None),
            Kind::Figure => self.figure_ends()?,
            Kind::Caption => self.part(Part::Outside),
            Kind::Credit => {
                if self.figure.as_ref().is_some_and(|figure| figure.part == Part::Credit) {
                    self.part(Part::Caption);
                }
            }
            Kind::Inline | Kind::Picture | Kind::Vanishes(_) | Kind::VanishesEmpty => {}
        }
        Ok(())
    }

    fn part(&mut self, part: Part) {
        if let Some(figure) = &mut self.figure {
            figure.part = part;
        }
    }

    /// A picture is known by the last part of its address; whether that file came along is the importer's question.
    fn picture(&mut self, tag: &Tag) -> Result<(), Reason> {
        let src = attribute(tag, "src").unwrap_or_default();
        let alt = attribute(tag, "alt").unwrap_or_default();
        let Some(picture) = file_name(&src).and_then(|file| picture(file, &alt, "", "").ok()) else {
            self.left_out += 1;
            return Ok(());
        };
        match &mut self.figure {
            Some(figure) => {
                figure.pictures.push(picture);
                Ok(())
            }
            None => self.flow.picture(picture),
        }
    }

    /// The pictures of a figure go into the body; a caption whose picture vanished stays as a paragraph.
    fn figure_ends(&mut self) -> Result<(), Reason> {
        let Some(mut figure) = self.figure.take() else { return Ok(()) };
        match figure.pictures.first_mut() {
            Some(first) => {
                let captioned = picture(&first.file, &first.alt, &figure.caption, &figure.credit)?;
                *first = captioned;
            }
            None => {
                self.flow.words(&figure.caption);
                self.flow.words(&figure.credit);
            }
        }
        self.flow.paragraph_ends()?;
        figure.pictures.into_iter().try_for_each(|picture| self.flow.picture(picture))
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|found| found.value.to_string())
}

/// The file in an address on the web, or the path if it is one.
pub(crate) fn file_name(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?;
    match path.split_once("://") {
        Some(("http" | "https", rest)) => rest.split_once('/')?.1.rsplit('/').next(),
        Some(_) => None,
        None => Some(path.trim_start_matches('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Line, Run, Text};

    fn words(html: &str) -> (String, usize) {
        let foreign = read(html, false).expect("some blocks");
        let said = |block: &Block| match block {
            Block::Paragraph(text) => text.words(),
            Block::Subhead(line) => format!("# {line}"),
            Block::Quote { text, by } => {
                let by = by.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("> {} ({by})", text.words())
            }
            Block::List { ordered, items } => {
                let mark = if *ordered { "1" } else { "-" };
                items.iter().map(|item| format!("{mark} {}", item.words())).collect::<Vec<_>>().join(" ")
            }
            Block::Picture(picture) => {
                let part = |line: &Option<Line>| line.as_ref().map(ToString::to_string).unwrap_or_default();
                format!(
                    "[{} {} {} {}]",
                    picture.file,
                    picture.alt,
                    part(&picture.caption),
                    part(&picture.credit)
                )
            }
        };
        (foreign.blocks.iter().map(said).collect::<Vec<_>>().join(" | "), foreign.left_out)
    }

    #[track_caller]
    fn check(html: &str, expected: &str, left_out: usize) {
        assert_eq!(words(html), (expected.to_owned(), left_out), "{html}");
    }

    #[test]
    fn blocks_come_out_of_foreign_html() {
        check("<p>a<p>b", "a | b", 0);
        check("lose <b>Worte</b><div>da</div>", "lose Worte | da", 0);
        check("<h1>A</h1><h3>B</h3>c", "# A | # B | c", 0);
        check("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a - b - c", 0);
        check("<ol><li><p>a</p><p>b</p></li></ol>", "1 a b", 0);
        check("<blockquote><p>„a“</p><footer>– Eva, Rätin</footer></blockquote>", "> a (Eva, Rätin)", 0);
        check("<table><tr><td>a<td>b<tr><td>c</table>", "a b | c", 0);
        check("a&nbsp;b &amp; c&auml;&lt;b&gt;", "a\u{a0}b & cä<b>", 0);
        check("a<br>b<!-- nichts -->", "a b", 0);
        check(
            "<figure><img src=/x/b.png alt=Kran><figcaption>Am Kai <small>Ada</small></figcaption></figure>",
            "[x/b.png Kran Am Kai Ada]",
            0,
        );
        check("<figure><video src=x></video><figcaption>Kein Bild</figcaption></figure>", "Kein Bild", 1);
        check("<p>a <img src='https://b.example/c.jpg'> d", "a | [c.jpg   ] | d", 0);
    }

    #[test]
    fn t1_3_what_is_hostile_vanishes_with_its_contents() {
        check("<script>alert(1)</script>a", "a", 1);
        check("<SCRIPT SRC=x>b</SCRIPT>a<style>p{}</style>", "a", 2);
        check("<scr<script>ipt>alert(1)</script>a", "ipt>alert(1)a", 0);
        check("a<script>b", "a", 1);
        check("a<iframe src=x><p>b</iframe>c", "ac", 1);
        check("<svg><script>x</script><svg></svg><text>t</text></svg>a", "a", 1);
        check("<math><mi>x</mi></math><object><embed><p>b</object>a", "a", 2);
        check("<form action=x>Name <input name=q><button>Los</button></form>a", "Name | a", 2);
        check("<template><p>b</template><noscript><img src=x></noscript>a", "a", 2);
        check("<p onclick=alert(1) style='x'>a</p>", "a", 0);
        check("<img src=javascript:alert(1)><img src='data:image/png;base64,x'><img>a", "a", 3);
        check("<plaintext>a<b>c", "ac", 0);
        check("<xmp><b>x</b></xmp>a", "a", 1);
        check("</p></div></li></blockquote></ul></em>a", "a", 0);
        check("&#106;avascript&colon; <!doctype x>a", "javascript: a", 0);
    }

    #[test]
    fn t1_3_a_link_is_judged_after_decoding() {
        let link = |html: &str| {
            let foreign = read(html, false).expect("a paragraph");
            let Some(Block::Paragraph(Text(runs))) = foreign.blocks.into_iter().next() else {
                panic!("no paragraph")
            };
            runs.into_iter().find_map(|run| if let Run::Link { to, .. } = run { Some(to) } else { None })
        };
        assert_eq!(
            link("<a href='https://x.example/?a=1&amp;b=2'>x</a>").as_deref(),
            Some("https://x.example/?a=1&b=2")
        );
        for wrong in [
            "java&#115;cript:alert(1)",
            "java\tscript:x",
            "&#1;javascript:x",
            "#anker",
            "x.html",
            "//x.example",
        ] {
            assert_eq!(link(&format!("<a href='{wrong}'>x</a>")), None, "{wrong}");
        }
    }

    #[test]
    fn t1_8_hostile_html_takes_time_in_proportion() {
        let many = |make: fn(usize) -> String| (0..).map(make).take(25_000).collect::<String>();
        let attributes =
            [many(|n| format!(" a{n}")), many(|n| format!("/a{n}")), many(|n| format!("a<{n}=\"\""))];
        let repeated = [
            "<div>",
            "<b>",
            "<a href=x>",
            "<ul><li>",
            "<blockquote>",
            "<svg>",
            "<",
            "&",
            "<!--",
            "<p a",
            "</p>",
            "<table><td>",
        ];
        let hostile = repeated.map(|hostile| hostile.repeat(250_000 / hostile.len())).into_iter();
        for html in hostile.chain(attributes.map(|attributes| format!("<p {}>", attributes.repeat(3)))) {
            let started = std::time::Instant::now();
            let _ = read(&html, false);
            let start = &html[..20];
            assert!(started.elapsed().as_secs() < 20, "{start:?} took {:?}", started.elapsed());
        }
        let picture = format!("<img src='data:image/png;base64,{}'>a", "/9j4".repeat(4_000));
        assert!(read(&picture, false).is_ok());
    }
}
