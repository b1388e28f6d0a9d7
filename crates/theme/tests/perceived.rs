//! Pages by what a reader perceives: headings, text, links, fields, buttons and pictures, in reading order. Markup may
//! change freely; what is said may change only on purpose. `BLESS=1 cargo test -p theme` writes the files anew.

use std::path::Path;
use std::{env, fs};

use jiff::tz::TimeZone;
use story::Language;
use theme::{Settings, Theme};

const PAGES: [&str; 9] = [
    "front",
    "article",
    "article-withdrawn",
    "thread-closed",
    "comment",
    "login-refused",
    "account",
    "error-507",
    "desk-queue",
];

#[test]
fn pages_say_what_they_said() {
    let zone = TimeZone::get("Europe/Vienna").expect("a zone");
    let theme = Theme::new(Settings { zone, folder: None, accent: None }).expect("a theme");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/perceived");
    let mut changed = Vec::new();
    for (name, html) in theme.samples(Language::Austrian) {
        if !PAGES.contains(&name.as_str()) {
            continue;
        }
        let file = folder.join(format!("{name}.txt"));
        let now = perceived(&html.expect("a page"));
        if env::var_os("BLESS").is_some() {
            fs::write(&file, &now).expect("a file");
        }
        let before = fs::read_to_string(&file).unwrap_or_default();
        if let Some(line) = first_difference(&before, &now) {
            changed.push(format!("{name}: {line}"));
        }
    }
    assert!(changed.is_empty(), "pages say something else than before:\n{}", changed.join("\n"));
}

fn first_difference(before: &str, now: &str) -> Option<String> {
    let (mut old, mut new) = (before.lines(), now.lines());
    loop {
        match (old.next(), new.next()) {
            (None, None) => return None,
            (one, two) if one == two => {}
            (one, two) => return Some(format!("{:?} became {:?}", one.unwrap_or(""), two.unwrap_or(""))),
        }
    }
}

/// What a reader perceives of a page of ours, one line for each heading, link, field, button, picture and run of text.
fn perceived(html: &str) -> String {
    // Head and foot of the paper are the same everywhere; the front page shows them.
    let from = if html.contains("class=\"mast-top\"") { "<body>" } else { "<main id=\"main\">" };
    let body = html.split_once(from).map_or("", |(_, body)| body);
    let body = if from != "<body>" { body.split("</main>").next().unwrap_or_default() } else { body };
    let mut lines = Lines::default();
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        lines.text(&rest[..at]);
        let Some(end) = end_of_tag(&rest[at..]) else { break };
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        // What is for scripts only is not there for a reader without them.
        if tag.starts_with("template") {
            rest = rest.split_once("</template>").map_or("", |(_, after)| after);
        } else if tag.starts_with("button") && tag.ends_with(" hidden") {
            rest = rest.split_once("</button>").map_or("", |(_, after)| after);
        } else {
            lines.tag(tag);
        }
    }
    lines.all
}

/// A `>` inside a quoted attribute does not end a tag.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, letter)| {
        quoted ^= letter == '"';
        (letter == '>' && !quoted).then_some(at)
    })
}

#[derive(Default)]
struct Lines {
    all: String,
    line: String,
}

impl Lines {
    fn text(&mut self, text: &str) {
        let text =
            text.replace('\u{ad}', "|").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
        for word in text.replace("&#10;", " ").replace("&amp;", "&").split_whitespace() {
            if !self.line.is_empty() {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        let said = |attribute: &str| {
            let from = tag.split(&format!(" {attribute}=\"")).nth(1)?;
            from.split('"').next().filter(|value| !value.is_empty()).map(str::to_owned)
        };
        match name {
            "b" | "/b" | "strong" | "/strong" | "em" | "/em" | "span" | "/span" | "time" | "/time"
            | "small" | "/small" => return,
            _ => self.end_line(),
        }
        match name {
            "h1" | "h2" | "h3" => self.begin(&format!("{} ", "#".repeat(name[1..].parse().unwrap_or(1)))),
            "a" => self.begin(&format!("-> {} ", said("href").unwrap_or_default())),
            "button" => self.begin("[button] "),
            "img" => self.begin("[picture] "),
            "textarea" | "select" => self.begin(&format!("[{name} {}] ", said("name").unwrap_or_default())),
            "input" => {
                let kind = said("type").unwrap_or_default();
                let value = said("value").unwrap_or_default();
                self.begin(&format!("[{kind} {}] ", said("name").unwrap_or_default()));
                self.text(&value);
            }
            "form" => self.begin(&format!("[form {}]", said("action").unwrap_or_default())),
            _ => return,
        }
        for attribute in ["aria-label", "alt"] {
            if let Some(words) = said(attribute) {
                self.text(&words);
            }
        }
    }

    fn begin(&mut self, mark: &str) {
        self.line.push_str(mark.trim_end());
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.all.push_str(&self.line);
            self.all.push('\n');
            self.line.clear();
        }
    }
}
