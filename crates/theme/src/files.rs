//! The files the theme is made of: built in, and replaced one by one by the paper's own.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use store::Failure;

/// Path below the theme's folder, such as `templates/edition/front.html`, and content.
static BUILT_IN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// What a paper's folder may hold besides replacements: rules after all others, and words before all others.
const ADDITIONS: [&str; 3] = ["theme.css", "words/own.de.ftl", "words/own.en.ftl"];

/// All files by path, in the order of their paths.
pub(crate) struct Files(BTreeMap<String, Cow<'static, [u8]>>);

impl Files {
    /// The built-in files with those of the paper's folder in their place. A file the theme does not know is left alone.
    pub(crate) fn new(folder: Option<&Path>) -> Result<Files, Failure> {
        let mut files: BTreeMap<String, Cow<'static, [u8]>> =
            BUILT_IN.iter().map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes))).collect();
        if let Some(folder) = folder {
            let known: Vec<String> = files.keys().cloned().chain(ADDITIONS.map(str::to_owned)).collect();
            for path in known {
                match fs::read(folder.join(&path)) {
                    Ok(bytes) => drop(files.insert(path, Cow::Owned(bytes))),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    Err(error) => return Err(Failure::because(format!("the theme's file {path}"), error)),
                }
            }
        }
        Ok(Files(files))
    }

    /// Files below a folder with this ending: path inside the folder, and bytes.
    pub(crate) fn bytes<'a>(
        &'a self,
        folder: &'a str,
        ending: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.0.iter().filter_map(move |(path, bytes)| {
            let inside = path.strip_prefix(folder)?;
            inside.ends_with(ending).then_some((inside, &**bytes))
        })
    }

    /// The same as text; a file that is not UTF-8 is a failure that names it.
    pub(crate) fn texts(&self, folder: &str, ending: &str) -> Result<Vec<(String, String)>, Failure> {
        self.bytes(folder, ending)
            .map(|(path, bytes)| match std::str::from_utf8(bytes) {
                Ok(text) => Ok((path.to_owned(), text.to_owned())),
                Err(error) => Err(Failure::because(format!("the theme's file {folder}{path}"), error)),
            })
            .collect()
    }
}
