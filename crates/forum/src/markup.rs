//! How a comment's text becomes markup: parsed into a small tree, rendered from it and from nothing else (T1.3).
//!
//! The tree knows paragraphs, quotes (lines that begin with `>`), line breaks, emphasis (words between two stars) and
//! addresses that become links. So the page has `p`, `blockquote`, `br`, `em` and `a` with `href` and `rel`, whatever somebody
//! types. There is no picture, and no way to call an address by another name: a link shows where it goes.

use crate::Body;

/// A part of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Lines that belong together.
    Paragraph(Vec<Line<'a>>),
    /// Lines that somebody else said.
    Quote(Vec<Line<'a>>),
}

/// One line in reading order.
pub type Line<'a> = Vec<Run<'a>>;

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run<'a> {
    /// As it is.
    Words(&'a str),
    /// Said with weight.
    Emphasis(&'a str),
    /// An `http` or `https` address with a plain host, to be followed.
    Address(&'a str),
}

impl Body {
    /// What the text is made of, in reading order.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        for block in self.as_str().split("\n\n") {
            for line in block.lines() {
                match (line.trim_start().strip_prefix('>'), parts.last_mut()) {
                    (Some(quoted), Some((true, Part::Quote(lines)))) => lines.push(runs(quoted.trim())),
                    (Some(quoted), _) => parts.push((true, Part::Quote(vec![runs(quoted.trim())]))),
                    (None, Some((true, Part::Paragraph(lines)))) => lines.push(runs(line)),
                    (None, _) => parts.push((true, Part::Paragraph(vec![runs(line)]))),
                }
            }
            // The empty line ends whatever stands above it.
            if let Some((open, _)) = parts.last_mut() {
                *open = false;
            }
        }
        parts.into_iter().map(|(_, part)| part).collect()
    }
}

/// The text as markup, safe to put onto a page as it is.
#[must_use]
pub fn html(body: &Body) -> String {
    let mut html = String::with_capacity(body.as_str().len() + 32);
    for part in body.paragraphs() {
        match part {
            Part::Paragraph(lines) => paragraph(&mut html, &lines),
            Part::Quote(lines) => {
                html.push_str("<blockquote>");
                paragraph(&mut html, &lines);
                html.push_str("</blockquote>");
            }
        }
    }
    html
}

fn paragraph(html: &mut String, lines: &[Line<'_>]) {
    html.push_str("<p>");
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            html.push_str("<br>");
        }
        for run in line {
            match run {
                Run::Words(words) => escape(html, words),
                Run::Emphasis(words) => {
                    html.push_str("<em>");
                    escape(html, words);
                    html.push_str("</em>");
                }
                Run::Address(address) => {
                    html.push_str("<a href=\"");
                    escape(html, address);
                    html.push_str("\" rel=\"nofollow ugc noopener\">");
                    escape(html, address);
                    html.push_str("</a>");
                }
            }
        }
    }
    html.push_str("</p>");
}

fn escape(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
}

/// Cuts a line into words and addresses.
fn runs(line: &str) -> Line<'_> {
    let mut runs = Vec::new();
    let mut words_from = 0;
    let mut search_from = 0;
    while let Some(found) = line[search_from..].find("http").map(|at| at + search_from) {
        search_from = found + 4;
        // Within a word, as in „xhttp://“, it is not the beginning of an address.
        if line[..found].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let Some(length) = address(&line[found..]) else { continue };
        emphasized(&mut runs, &line[words_from..found]);
        runs.push(Run::Address(&line[found..found + length]));
        (words_from, search_from) = (found + length, found + length);
    }
    emphasized(&mut runs, &line[words_from..]);
    if runs.is_empty() {
        runs.push(Run::Words(line));
    }
    runs
}

/// Cuts words at the stars that stand around some of them, as in „das ist *kein* Spaß“. A star between letters or digits, or
/// beside a space on the inner side, is a star.
fn emphasized<'a>(runs: &mut Vec<Run<'a>>, words: &'a str) {
    let mut from = 0;
    let mut open: Option<usize> = None;
    for (at, _) in words.match_indices('*') {
        let (before, after) = (words[..at].chars().next_back(), words[at + 1..].chars().next());
        let outside = |letter: Option<char>| !letter.is_some_and(|c| c.is_alphanumeric() || c == '*');
        let inside = |letter: Option<char>| letter.is_some_and(|c| !c.is_whitespace() && c != '*');
        match open {
            Some(start) if inside(before) && outside(after) && at > start + 1 => {
                if start > from {
                    runs.push(Run::Words(&words[from..start]));
                }
                runs.push(Run::Emphasis(&words[start + 1..at]));
                (from, open) = (at + 1, None);
            }
            _ if outside(before) && inside(after) => open = Some(at),
            _ => {}
        }
    }
    if from < words.len() {
        runs.push(Run::Words(&words[from..]));
    }
}

/// How many bytes of the text are an address to follow, if it begins with one.
fn address(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let scheme = text.len() - rest.len();
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '„' | '“' | '”' | '\\'));
    let rest = without_closing_marks(&rest[..end.unwrap_or(rest.len())]);
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    is_plain_host(&rest[..host_end]).then_some(scheme + rest.len())
}

/// A full stop after an address ends the sentence, and a bracket may have been opened before it.
fn without_closing_marks(mut text: &str) -> &str {
    while let Some(last) = text.chars().next_back() {
        let ends = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '‘' | '»' | '«' | '›' | '‹' | '…' | '*'
            | '_' => true,
            ')' => text.matches(')').count() > text.matches('(').count(),
            ']' => text.matches(']').count() > text.matches('[').count(),
            _ => false,
        };
        if !ends {
            break;
        }
        text = &text[..text.len() - last.len_utf8()];
    }
    text
}

/// A name with at least one dot, in ASCII, perhaps with a port. No user before an `@` (which disguises the host), no bare
/// number, and no letters of other scripts, among which look-alikes hide; such an address stays plain text.
fn is_plain_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let is_port = |port: &str| port.parse::<u16>().is_ok() && port.bytes().all(|b| b.is_ascii_digit());
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.len() <= 253
        && name.contains('.')
        && name.split('.').all(is_label)
        && last.bytes().any(|b| b.is_ascii_alphabetic())
        && port.is_none_or(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(html(&Body::parse(text).expect("a body")), expected);
    }

    #[test]
    fn lines_paragraphs_and_quotes_stand_as_typed() {
        check("Eins\nzwei\n\ndrei", "<p>Eins<br>zwei</p><p>drei</p>");
        check(
            "> So nicht.\n> Nie.\nDoch.\n\n> Gut.",
            "<blockquote><p>So nicht.<br>Nie.</p></blockquote><p>Doch.</p><blockquote><p>Gut.</p></blockquote>",
        );
        check("3 > 2 & „5 < 7“", "<p>3 &gt; 2 &amp; „5 &lt; 7“</p>");
    }

    #[test]
    fn addresses_become_links_that_show_where_they_go() {
        let link = |to: &str| format!("<a href=\"{to}\" rel=\"nofollow ugc noopener\">{to}</a>");
        check("https://a.example/b?c=1#d", &format!("<p>{}</p>", link("https://a.example/b?c=1#d")));
        check("(http://a.example).", &format!("<p>({}).</p>", link("http://a.example")));
        check("http://a.example/x_(y), ja", &format!("<p>{}, ja</p>", link("http://a.example/x_(y)")));
        check("„https://a.example:8080/“", &format!("<p>„{}“</p>", link("https://a.example:8080/")));
        check(
            "http://a.example http://b.example",
            &format!("<p>{} {}</p>", link("http://a.example"), link("http://b.example")),
        );
        check("https://a.example/?a=1&b=2", &format!("<p>{}</p>", link("https://a.example/?a=1&amp;b=2")));
    }

    #[test]
    fn t1_3_an_address_that_disguises_its_host_stays_text() {
        for text in [
            "https://uferbote.example@evil.example/",
            "http://аррle.example",
            "http://127.0.0.1/",
            "http://localhost/",
            "http://2130706433/",
            "http://[::1]/",
            "https:///evil.example",
            "https://",
            "http://a..example",
            "http://-a.example",
            "http://a.example:99999",
            "xhttp://a.example",
            "HTTPS://a.example",
        ] {
            let html = html(&Body::parse(text).expect("a body"));
            assert!(!html.contains("<a "), "{html}");
        }
    }
}
