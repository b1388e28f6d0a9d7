//! An article back to our own file format. What is written reads back the same.

use super::body;
use crate::{Article, Block, Correction, Line, Picture, Run, Text, Time};

/// Writes an article.
#[must_use]
pub fn write(article: &Article) -> String {
    write_with_corrections(article, &[])
}

/// Writes an article and the corrections made to it.
#[must_use]
pub fn write_with_corrections(article: &Article, corrections: &[Correction]) -> String {
    let mut file = String::from("+++\n");
    key(&mut file, "source", article.source.as_str());
    key(&mut file, "slug", article.slug.as_str());
    key(&mut file, "section", article.section.as_str());
    key(&mut file, "language", article.language.tag());
    optional(&mut file, "kicker", article.kicker.as_ref());
    key(&mut file, "headline", article.headline.as_str());
    optional(&mut file, "lead", article.lead.as_ref());
    names(&mut file, "authors", &article.authors);
    names(&mut file, "agencies", &article.agencies);
    optional(&mut file, "place", article.place.as_ref());
    if let Some(at) = article.published {
        moment(&mut file, "published", at);
    }
    for figure in &article.figures {
        file.push_str("\n[[figures]]\n");
        key(&mut file, "value", figure.value.as_str());
        key(&mut file, "label", figure.label.as_str());
    }
    for correction in corrections {
        file.push_str("\n[[corrections]]\n");
        moment(&mut file, "at", correction.at);
        key(&mut file, "note", correction.note.as_str());
        key(&mut file, "by", correction.by.as_str());
    }
    file.push_str("+++\n");
    let mut other_mark = false;
    for (index, block) in article.body.iter().enumerate() {
        // Two lists in a row would run together if they had the same mark.
        let before = index.checked_sub(1).and_then(|index| article.body.get(index));
        other_mark = !other_mark && is_list(before) && is_list(Some(block));
        file.push('\n');
        self::block(&mut file, block, other_mark);
    }
    file
}

fn key(file: &mut String, key: &str, words: &str) {
    file.push_str(&format!("{key} = {}\n", quoted(words)));
}

fn optional(file: &mut String, name: &str, line: Option<&Line>) {
    if let Some(line) = line {
        key(file, name, line.as_str());
    }
}

fn names(file: &mut String, key: &str, names: &[Line]) {
    if !names.is_empty() {
        let names: Vec<String> = names.iter().map(|name| quoted(name.as_str())).collect();
        file.push_str(&format!("{key} = [{}]\n", names.join(", ")));
    }
}

fn moment(file: &mut String, key: &str, at: Time) {
    file.push_str(&format!("{key} = {}\n", at.timestamp()));
}

/// A line has no control characters, so quotation marks and backslashes are all there is to mask.
fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_list(block: Option<&Block>) -> bool {
    matches!(block, Some(Block::List { .. }))
}

fn block(file: &mut String, block: &Block, other_mark: bool) {
    match block {
        Block::Paragraph(text) => file.push_str(&inline(text)),
        Block::Subhead(line) => {
            file.push_str("## ");
            file.push_str(&masked_in(line.as_str(), &[MARKS, "#"].concat()));
        }
        Block::Quote { text, by } => {
            file.push_str("> ");
            file.push_str(&inline(text));
            if let Some(by) = by {
                file.push_str("\n> — ");
                file.push_str(&masked(by.as_str()));
            }
        }
        Block::List { ordered, items } => {
            for (index, item) in items.iter().enumerate() {
                let mark = match (ordered, other_mark) {
                    (true, false) => format!("{}. ", index + 1),
                    (true, true) => format!("{}) ", index + 1),
                    (false, false) => "- ".to_owned(),
                    (false, true) => "* ".to_owned(),
                };
                if index > 0 {
                    file.push('\n');
                }
                file.push_str(&mark);
                file.push_str(&inline(item));
            }
        }
        Block::Picture(picture) => self::picture(file, picture),
    }
    file.push('\n');
}

fn picture(file: &mut String, picture: &Picture) {
    let caption = picture.caption.as_ref().map_or("", Line::as_str);
    let title = match &picture.credit {
        Some(credit) => format!("{caption} | {credit}"),
        None if caption.contains(" | ") => format!("{caption} | "),
        None => caption.to_owned(),
    };
    file.push_str(&format!("![{}](<{}>", masked(&picture.alt), masked_in(&picture.file, "\\<>&")));
    if !title.is_empty() {
        file.push_str(&format!(" \"{}\"", masked_in(&title, "\\\"&")));
    }
    file.push(')');
}

/// A text whose emphasis Markdown cannot express (a stressed bracket in the middle of a word) is written without it:
/// the words matter more.
fn inline(text: &Text) -> String {
    let mut written = String::new();
    for run in &text.0 {
        match run {
            Run::Plain(words) => written.push_str(&masked(words)),
            Run::Emphasis(words) => written.push_str(&format!("*{}*", masked(words))),
            Run::Strong(words) => written.push_str(&format!("**{}**", masked(words))),
            Run::Link { text, to } => {
                written.push_str(&format!("[{}](<{}>)", masked(text), masked_in(to, "\\<>&")));
            }
        }
    }
    let written = mask_start(&written);
    if body::runs(&written).as_ref() == Some(text) { written } else { mask_start(&masked(&text.words())) }
}

/// What Markdown would read as markup within a line.
const MARKS: &str = "\\*_`[]<&";

fn masked(words: &str) -> String {
    masked_in(words, MARKS)
}

fn masked_in(words: &str, marks: &str) -> String {
    let mut masked = String::with_capacity(words.len());
    for (at, letter) in words.char_indices() {
        let harmless =
            letter == '&' && !words[at + 1..].starts_with(|c: char| c == '#' || c.is_alphanumeric());
        if marks.contains(letter) && !harmless {
            masked.push('\\');
        }
        masked.push(letter);
    }
    masked
}

/// What would make a paragraph something else: `#`, `>`, `-`, `+`, `=`, `~`, `1.`, `—` at its start.
fn mask_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = &line[digits..];
    if digits > 0 && after.starts_with(['.', ')']) {
        return format!("{}\\{after}", &line[..digits]);
    }
    if line.starts_with(['#', '>', '-', '+', '=', '~']) { format!("\\{line}") } else { line.to_owned() }
}
