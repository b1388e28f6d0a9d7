//! Files into drafts, one at a time: never a whole file of many articles in memory.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use story::{Draft, LARGEST, Place, Reason, Refused};

use crate::{Position, Why};

/// What came out of a file.
pub(crate) struct Entry {
    /// Where it stood.
    pub position: Position,
    /// An article, or why there is none.
    pub draft: Result<Draft, Why>,
    /// Bytes of the file that it took.
    pub bytes: u64,
    /// Pictures may be missing: the format is not ours and names them by addresses elsewhere.
    pub is_foreign: bool,
}

/// Folders are replaced by the files in them that can be read, in order; files stay as they were named.
pub(crate) fn spread(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut files, DEEPEST);
        } else {
            files.push(path.clone());
        }
    }
    files
}

/// Folders within folders that are looked into.
const DEEPEST: usize = 16;

fn walk(folder: &Path, files: &mut Vec<PathBuf>, depth: usize) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        // Opening it as a file tells why it cannot be read.
        files.push(folder.to_owned());
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
        if is_hidden {
            continue;
        }
        if path.is_dir() && !is_link && depth > 0 {
            walk(&path, files, depth - 1);
        } else if kind(&path).is_some() {
            files.push(path);
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Markdown,
    Ninjs,
    Lines,
}

fn kind(path: &Path) -> Option<Kind> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Some(Kind::Markdown),
        "json" | "ninjs" => Some(Kind::Ninjs),
        "jsonl" | "ndjson" => Some(Kind::Lines),
        _ => None,
    }
}

/// Opens one file. What cannot be opened, or is too large to be one article, is one refused entry.
pub(crate) fn read(path: &Path) -> Reading {
    let position = |place| Position { file: path.to_owned(), place };
    let refused = |why| {
        Reading::One(Some(Box::new(Entry {
            position: position(Place::Whole),
            draft: Err(why),
            bytes: 0,
            is_foreign: false,
        })))
    };
    let Some(kind) = kind(path) else { return refused(Why::UnknownKind) };
    let opened = std::fs::metadata(path).and_then(|found| {
        if found.is_file() { Ok(found.len()) } else { Err(std::io::Error::other("not a file")) }
    });
    let length = match opened {
        Ok(length) => length,
        Err(error) => return refused(Why::NotOpened(error.to_string())),
    };
    if !matches!(kind, Kind::Lines) && length > LARGEST as u64 {
        return refused(Why::Unreadable(Reason::TooBig));
    }
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return refused(Why::NotOpened(error.to_string())),
    };
    match kind {
        Kind::Lines => {
            Reading::Lines(Lines { path: path.to_owned(), input: BufReader::new(file), number: 0 })
        }
        Kind::Markdown | Kind::Ninjs => whole(path, file, kind),
    }
}

/// The articles of one file.
pub(crate) enum Reading {
    One(Option<Box<Entry>>),
    Lines(Lines),
}

impl Iterator for Reading {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        match self {
            Reading::One(read) => read.take().map(|entry| *entry),
            Reading::Lines(lines) => lines.next(),
        }
    }
}

fn whole(path: &Path, file: File, kind: Kind) -> Reading {
    let mut bytes = Vec::new();
    let read = file.take(LARGEST as u64 + 1).read_to_end(&mut bytes);
    let name = path.to_string_lossy();
    let draft = match read {
        Err(error) => Err((Place::Whole, Why::NotOpened(error.to_string()))),
        Ok(_) => utf8(&bytes, 1)
            .and_then(|text| match kind {
                Kind::Ninjs => story::ninjs::read(text),
                _ => story::markdown::read(text, &name),
            })
            .map_err(|refused| (refused.place, Why::Unreadable(refused.reason))),
    };
    let bytes = bytes.len() as u64;
    let is_foreign = matches!(kind, Kind::Ninjs);
    let (place, draft) = match draft {
        Ok(draft) => (Place::Whole, Ok(draft)),
        Err((place, why)) => (place, Err(why)),
    };
    Reading::One(Some(Box::new(Entry {
        position: Position { file: path.to_owned(), place },
        draft,
        bytes,
        is_foreign,
    })))
}

/// The text, or the line in which it stops being one. `first` is the number of its first line.
fn utf8(bytes: &[u8], first: usize) -> Result<&str, Refused> {
    std::str::from_utf8(bytes).map_err(|error| {
        let lines = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        Refused { place: Place::Line(first + lines), reason: Reason::NotUtf8 }
    })
}

/// A file of JSON lines.
pub(crate) struct Lines {
    path: PathBuf,
    input: BufReader<File>,
    number: usize,
}

impl Lines {
    fn next(&mut self) -> Option<Entry> {
        let mut line = Vec::new();
        loop {
            self.number += 1;
            line.clear();
            let result = (&mut self.input).take(LARGEST as u64 + 1).read_until(b'\n', &mut line);
            let bytes = line.len() as u64;
            let answer = |place, draft| {
                Some(Entry {
                    position: Position { file: self.path.clone(), place },
                    draft,
                    bytes,
                    is_foreign: false,
                })
            };
            match result {
                Err(error) => {
                    return answer(Place::Line(self.number), Err(Why::NotOpened(error.to_string())));
                }
                Ok(0) => return None,
                Ok(_) if line.len() > LARGEST => {
                    let place = Place::Line(self.number);
                    let skipped = skip_line(&mut self.input);
                    let position = Position { file: self.path.clone(), place };
                    let draft = Err(Why::Unreadable(Reason::TooBig));
                    return Some(Entry { position, draft, bytes: bytes + skipped, is_foreign: false });
                }
                Ok(_) => {}
            }
            let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
            if text.is_empty() {
                continue;
            }
            let read = utf8(text, self.number).and_then(|text| story::jsonl::read(text, self.number));
            let draft = read.map_err(|refused| Why::Unreadable(refused.reason));
            return answer(Place::Line(self.number), draft);
        }
    }
}

/// Goes to the end of a line without keeping it.
fn skip_line(input: &mut impl BufRead) -> u64 {
    let mut skipped = 0;
    while let Ok(buffer) = input.fill_buf() {
        let (length, ends) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(length);
        skipped += length as u64;
        if ends {
            break;
        }
    }
    skipped
}
