//! What the newsroom says no to.

use std::fmt;
use std::path::PathBuf;

use story::{Line, Place, Slug};

use crate::PictureTrouble;

/// Why an act of the newsroom is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such section.
    NoSuchSection(Slug),
    /// Another article stands, or once stood, at this path.
    AddressTaken(String),
    /// Another article has this source id.
    SourceTaken(Line),
    /// The article does not exist.
    NoSuchArticle,
    /// It is out of the paper already.
    AlreadyWithdrawn,
    /// It is not out of the paper.
    NotWithdrawn,
    /// A section cannot be called so: the paper itself uses the address.
    ReservedSection(Slug),
    /// There is such a section already.
    SectionExists(Slug),
    /// Another article stands at this address of another system.
    PageTaken(String),
    /// The paper has no section yet.
    NoSections,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NoSuchSection(slug) => {
                write!(f, "there is no section {slug}: correct it, or import with --new-sections to open it")
            }
            Refusal::AddressTaken(path) => {
                write!(f, "{path} belongs to another article, now or once: choose another slug")
            }
            Refusal::SourceTaken(source) => {
                write!(f, "another article has the source {source}: choose another, or correct that article")
            }
            Refusal::NoSuchArticle => f.write_str("there is no such article"),
            Refusal::AlreadyWithdrawn => f.write_str("the article is withdrawn already"),
            Refusal::NotWithdrawn => f.write_str("the article is not withdrawn"),
            Refusal::ReservedSection(slug) => {
                write!(
                    f,
                    "a section cannot be called {slug}: the paper itself uses this address. Choose another name"
                )
            }
            Refusal::SectionExists(slug) => write!(f, "there is a section {slug} already"),
            Refusal::PageTaken(page) => {
                write!(
                    f,
                    "another article stands at {page}: announce it under the id it was first announced with"
                )
            }
            Refusal::NoSections => f.write_str("the paper has no section yet: open one first"),
        }
    }
}

impl Refusal {
    /// The same in German.
    #[must_use]
    pub fn german(&self) -> String {
        match self {
            Refusal::NoSuchSection(slug) => format!(
                "das Ressort „{slug}“ gibt es nicht: Bitte eines nehmen, das die Zeitung hat; ein neues eröffnet, wer sie betreibt"
            ),
            Refusal::AddressTaken(path) => {
                format!(
                    "{path} gehört einem anderen Artikel oder hat ihm gehört: Bitte wählen Sie einen anderen Slug"
                )
            }
            Refusal::SourceTaken(source) => format!(
                "ein anderer Artikel hat die Kennung „{source}“: Bitte wählen Sie eine andere oder berichtigen Sie diesen Artikel"
            ),
            Refusal::NoSuchArticle => "diesen Artikel gibt es nicht".to_owned(),
            Refusal::AlreadyWithdrawn => "der Artikel ist schon zurückgezogen".to_owned(),
            Refusal::NotWithdrawn => "der Artikel ist nicht zurückgezogen".to_owned(),
            Refusal::ReservedSection(slug) => format!(
                "ein Ressort kann nicht „{slug}“ heißen: Diese Adresse braucht die Zeitung selbst. Bitte wählen Sie einen anderen Namen"
            ),
            Refusal::SectionExists(slug) => format!("das Ressort „{slug}“ gibt es schon"),
            Refusal::PageTaken(page) => format!(
                "unter {page} steht schon ein anderer Artikel: Bitte melden Sie ihn mit der Kennung, mit der er zuerst gemeldet wurde"
            ),
            Refusal::NoSections => {
                "die Zeitung hat noch kein Ressort: Bitte eröffnen Sie zuerst eines".to_owned()
            }
        }
    }
}

/// Where in what was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file.
    pub file: PathBuf,
    /// Where in it.
    pub place: Place,
}

/// Why something did not come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It cannot be read.
    Unreadable(story::Reason),
    /// The newsroom refuses it.
    Refused(Refusal),
    /// A picture it names cannot be taken: the file, and why.
    Picture(String, PictureTrouble),
    /// The file cannot be opened; the system's words.
    NotOpened(String),
    /// Blatt does not know this kind of file.
    UnknownKind,
}

/// Something that did not come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedFile {
    /// Where.
    pub position: Position,
    /// Why.
    pub why: Why,
}

impl fmt::Display for RefusedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.position.file.display())?;
        match &self.position.place {
            Place::Whole => {}
            Place::Line(line) => write!(f, ", line {line}")?,
            Place::Pointer(pointer) => write!(f, ", {pointer}")?,
        }
        match &self.why {
            Why::Unreadable(reason) => write!(f, ": {reason}"),
            Why::Refused(refusal) => write!(f, ": {refusal}"),
            Why::Picture(file, trouble) => write!(f, ": the picture {file:?} {trouble}"),
            Why::NotOpened(words) => write!(f, ": cannot be opened: {words}"),
            Why::UnknownKind => f.write_str(
                ": not a kind of file Blatt reads: .md (Markdown with front matter), .json (ninjs), .jsonl",
            ),
        }
    }
}

impl RefusedFile {
    /// The same in German.
    #[must_use]
    pub fn german(&self) -> String {
        let file = self.position.file.display();
        let place = match &self.position.place {
            Place::Whole => String::new(),
            Place::Line(line) => format!(", Zeile {line}"),
            Place::Pointer(pointer) => format!(", {pointer}"),
        };
        let why = match &self.why {
            Why::Unreadable(reason) => reason.german(),
            Why::Refused(refusal) => refusal.german(),
            Why::Picture(picture, trouble) => format!("das Bild „{picture}“ {}", trouble.german()),
            Why::NotOpened(words) => format!("lässt sich nicht öffnen: {words}"),
            Why::UnknownKind => {
                "diese Art Datei liest Blatt nicht: .md (Markdown mit Kopf), .json (ninjs), .jsonl".to_owned()
            }
        };
        format!("{file}{place}: {why}")
    }
}
