//! Styles, elements and fonts as they are served: under one address that names their content, so that a browser may
//! keep them for ever (`/a-{hash}/…`).

use sha2::{Digest, Sha256};
use store::Failure;

use crate::Accent;
use crate::files::Files;

/// One file for the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// `/a-0123456789ab/paper.css`
    pub path: String,
    /// For the header of the same name.
    pub content_type: &'static str,
    /// The content, not compressed.
    pub bytes: Vec<u8>,
}

/// All assets, and the folder of their addresses.
pub(crate) fn assets(files: &Files, accent: Option<&Accent>) -> Result<(String, Vec<Asset>), Failure> {
    let mut named: Vec<(String, Vec<u8>)> = vec![
        ("paper.css".to_owned(), styles(files, accent)?.into_bytes()),
        ("house.css".to_owned(), more_styles(files, "house/")?.into_bytes()),
        ("games.css".to_owned(), more_styles(files, "games/")?.into_bytes()),
        ("desk.css".to_owned(), more_styles(files, "desk/")?.into_bytes()),
    ];
    for (folder, ending) in [("elements/", ".js"), ("fonts/", ".woff2")] {
        named.extend(files.bytes(folder, ending).map(|(name, bytes)| (name.to_owned(), bytes.to_vec())));
    }
    let mut hash = Sha256::new();
    for (name, bytes) in &named {
        hash.update(name.as_bytes());
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    let hash: String = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let folder = format!("/a-{hash}");
    let assets = named
        .into_iter()
        .map(|(name, bytes)| Asset {
            path: format!("{folder}/{name}"),
            content_type: content_type(&name),
            bytes,
        })
        .collect();
    Ok((folder, assets))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "font/woff2",
    }
}

/// One style sheet from one file per component. The order of the layers decides, not the order of the files.
fn styles(files: &Files, accent: Option<&Accent>) -> Result<String, Failure> {
    let mut css = String::from("@layer reset, base, components, pages, theme;\n");
    for (name, text) in files.texts("styles/", ".css")? {
        if !name.contains('/') {
            css.push_str(&text);
        }
    }
    css.push_str(&icons(files)?);
    if let Some(accent) = accent {
        css.push_str(&accent.css());
    }
    for (_, own) in files.texts("theme.css", "")? {
        css.push_str(&format!("@layer theme {{ {own} }}"));
    }
    Ok(squeezed(&css))
}

/// What an article and the front page do without: forms and texts of the house, the desk.
fn more_styles(files: &Files, folder: &str) -> Result<String, Failure> {
    let texts = files.texts(&format!("styles/{folder}"), ".css")?;
    Ok(squeezed(&texts.into_iter().map(|(_, text)| text).collect::<String>()))
}

/// A rule for each icon: `.i-up` shows `icons/up.svg` in the colour of the text. In the style sheet an icon costs no
/// request, and on the page no element.
fn icons(files: &Files) -> Result<String, Failure> {
    let mut css = String::from("@layer components {");
    for (name, svg) in files.texts("icons/", ".svg")? {
        let name = name.trim_end_matches(".svg");
        let svg = svg.trim().replace('"', "'").replace('#', "%23").replace('<', "%3C").replace('>', "%3E");
        css.push_str(&format!(".i-{name} {{ --i: url(\"data:image/svg+xml,{svg}\") }}\n"));
    }
    css.push('}');
    Ok(css)
}

/// Without comments and without the white space nobody needs. Strings stay as they are.
pub(crate) fn squeezed(css: &str) -> String {
    let mut small = String::with_capacity(css.len());
    let mut rest = css.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '/' if rest.peek() == Some(&'*') => {
                rest.next();
                let mut before = ' ';
                for letter in rest.by_ref() {
                    if before == '*' && letter == '/' {
                        break;
                    }
                    before = letter;
                }
            }
            '"' => {
                small.push(letter);
                for letter in rest.by_ref() {
                    small.push(letter);
                    if letter == '"' {
                        break;
                    }
                }
            }
            letter if letter.is_whitespace() => {
                let next = rest.clone().find(|c| !c.is_whitespace()).unwrap_or('}');
                let before = small.chars().next_back().unwrap_or('}');
                let needless = |c: char| matches!(c, '{' | '}' | ';' | ',' | '>');
                if !needless(before) && !matches!(before, ':' | ' ') && !needless(next) {
                    small.push(' ');
                }
            }
            '}' => {
                if small.ends_with(';') {
                    small.pop();
                }
                small.push('}');
            }
            '.' if [" 0", ":0", "(0", ",0"].iter().any(|zero| small.ends_with(zero)) => {
                small.pop();
                small.push('.');
            }
            letter => small.push(letter),
        }
    }
    small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_lose_only_what_nobody_needs() {
        #[track_caller]
        fn check(css: &str, expected: &str) {
            assert_eq!(squeezed(css), expected);
        }
        check("/* why */ a , b {\n  color : red;\n  margin: 0 auto;\n}\n", "a,b{color :red;margin:0 auto}");
        check(
            "a { b: 0.5rem 10.0px -0.1em; c: calc(0.5 * 1px) }",
            "a{b:.5rem 10.0px -0.1em;c:calc(.5 * 1px)}",
        );
        check("a > b { c: d }", "a>b{c:d}");
        check("a :hover { width: calc(1px + 2px) }", "a :hover{width:calc(1px + 2px)}");
        check("a::before { content: \"  ; }  \" }", "a::before{content:\"  ; }  \"}");
        check("@media (min-width: 1px) { a { b: c } }", "@media (min-width:1px){a{b:c}}");
        check("a { b: c } /* at the end", "a{b:c}");
    }
}
