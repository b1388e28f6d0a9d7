//! Why a file cannot be taken: where, and in words for the person who sent it.

use std::fmt;

use crate::Trouble;

/// The most bytes of one article in any format.
pub const LARGEST: usize = 2_000_000;

/// A file, or one article of it, that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where in the file.
    pub place: Place,
    /// Why.
    pub reason: Reason,
}

/// Where in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Everywhere.
    Whole,
    /// A line, counted from 1.
    Line(usize),
    /// A JSON pointer, such as `/headlines/0/value`.
    Pointer(String),
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A text is not one.
    Text(Trouble),
    /// More than [`LARGEST`] bytes.
    TooBig,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// The file does not begin with a line `+++`.
    NoFrontMatter,
    /// The front matter has no second line `+++`.
    OpenFrontMatter,
    /// The front matter is no TOML; the parser's words.
    NotToml(String),
    /// The text is no JSON; the parser's words.
    NotJson(String),
    /// JSON nested deeper than anything of ours.
    TooDeep,
    /// The same key twice.
    Twice(String),
    /// A key nobody knows.
    UnknownKey(String),
    /// A key that must be there.
    Missing(&'static str),
    /// A value of another kind than the key has.
    WrongKind {
        /// The key.
        key: String,
        /// What it should be.
        expected: Expected,
    },
    /// More of something than an article may have.
    TooMany {
        /// Of what.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// Neither a lead nor a body.
    NothingToRead,
    /// A picture's file that is not a plain path beside the article.
    PicturePath(String),
    /// ninjs: the sender holds the article back.
    Withheld,
    /// ninjs: the sender has withdrawn the article.
    Canceled,
    /// ninjs: a picture, a video, an event, …
    NotAnArticle(String),
    /// ninjs 1.x, or something else.
    NotNinjs,
}

/// What a value should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text in quotation marks.
    Text,
    /// A list of texts.
    Texts,
    /// A list of tables.
    Tables,
    /// A whole number.
    Number,
    /// A moment with its zone.
    Time,
    /// A slug.
    Slug,
    /// A language we speak.
    Language,
    /// A list.
    List,
    /// An object.
    Object,
}

impl Refused {
    pub(crate) fn whole(reason: Reason) -> Refused {
        Refused { place: Place::Whole, reason }
    }

    pub(crate) fn line(line: usize, reason: Reason) -> Refused {
        Refused { place: Place::Line(line), reason }
    }

    pub(crate) fn pointer(pointer: impl Into<String>, reason: Reason) -> Refused {
        Refused { place: Place::Pointer(pointer.into()), reason }
    }

    /// The same in German.
    #[must_use]
    pub fn german(&self) -> String {
        match &self.place {
            Place::Whole => self.reason.german(),
            Place::Line(line) => format!("Zeile {line}: {}", self.reason.german()),
            Place::Pointer(pointer) => format!("bei {pointer}: {}", self.reason.german()),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Whole => write!(f, "{}", self.reason),
            Place::Line(line) => write!(f, "line {line}: {}", self.reason),
            Place::Pointer(pointer) => write!(f, "at {pointer}: {}", self.reason),
        }
    }
}

impl std::error::Error for Refused {}

impl From<Trouble> for Reason {
    fn from(trouble: Trouble) -> Reason {
        Reason::Text(trouble)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Text(trouble) => write!(f, "{trouble}"),
            Reason::TooBig => f.write_str("larger than 2 MB: an article is text, put pictures beside it as files"),
            Reason::NotUtf8 => f.write_str("not UTF-8: save the file as UTF-8"),
            Reason::NoFrontMatter => {
                f.write_str("no front matter: begin with a line +++, then section = \"…\" and headline = \"…\", then a line +++")
            }
            Reason::OpenFrontMatter => f.write_str("the front matter does not end: put a line +++ before the text"),
            Reason::NotToml(words) => write!(f, "the front matter is not TOML: {words}"),
            Reason::NotJson(words) => write!(f, "not JSON: {words}"),
            Reason::TooDeep => f.write_str("nested too deeply"),
            Reason::Twice(key) => write!(f, "the key {key:?} stands there twice"),
            Reason::UnknownKey(key) => write!(f, "the key {key:?} is unknown: correct or remove it"),
            Reason::Missing(key) => write!(f, "{key:?} is missing"),
            Reason::WrongKind { key, expected } => write!(f, "{key:?} is not {expected}"),
            Reason::TooMany { what, most } => write!(f, "more than {most} {what}"),
            Reason::NothingToRead => f.write_str("neither a lead nor a text: there is nothing to read"),
            Reason::PicturePath(file) => {
                write!(f, "the picture {file:?} must lie beside the article: write its file name, without / at the start and without ..")
            }
            Reason::Withheld => f.write_str("the sender holds it back (pubStatus withheld): import it when it is usable"),
            Reason::Canceled => {
                f.write_str("the sender has withdrawn it (pubStatus canceled): withdraw the article if it is in the paper")
            }
            Reason::NotAnArticle(kind) => write!(f, "a {kind}, not an article of type text or composite"),
            Reason::NotNinjs => f.write_str("not ninjs 2.x or 3.x: headlines and bodies are missing"),
        }
    }
}

impl Reason {
    /// The same in German.
    #[must_use]
    pub fn german(&self) -> String {
        match self {
            Reason::Text(trouble) => trouble.german(),
            Reason::TooBig => {
                "größer als 2 MB: Ein Artikel ist Text, Bilder legen Sie als Dateien daneben".to_owned()
            }
            Reason::NotUtf8 => "kein UTF-8: Bitte speichern Sie die Datei als UTF-8".to_owned(),
            Reason::NoFrontMatter => {
                "ohne Kopf: Beginnen Sie mit einer Zeile +++, dann section = \"…\" und headline = \"…\", dann eine Zeile +++".to_owned()
            }
            Reason::OpenFrontMatter => "der Kopf endet nicht: Vor dem Text fehlt eine Zeile +++".to_owned(),
            Reason::NotToml(words) => format!("der Kopf ist kein TOML: {words}"),
            Reason::NotJson(words) => format!("kein JSON: {words}"),
            Reason::TooDeep => "zu tief verschachtelt".to_owned(),
            Reason::Twice(key) => format!("der Schlüssel „{key}“ steht zweimal da"),
            Reason::UnknownKey(key) => format!("den Schlüssel „{key}“ gibt es nicht: Bitte ausbessern oder löschen"),
            Reason::Missing(key) => format!("„{key}“ fehlt"),
            Reason::WrongKind { key, expected } => format!("„{key}“ ist nicht {}", expected.german()),
            Reason::TooMany { what, most } => format!("mehr als {most} „{what}“"),
            Reason::NothingToRead => "weder Vorspann noch Text: Es gibt nichts zu lesen".to_owned(),
            Reason::PicturePath(file) => {
                format!("das Bild „{file}“ muss neben dem Artikel liegen: nur der Dateiname, ohne / am Anfang und ohne ..")
            }
            Reason::Withheld => {
                "der Absender hält den Artikel zurück (pubStatus withheld): Importieren Sie ihn, wenn er frei ist".to_owned()
            }
            Reason::Canceled => {
                "der Absender hat den Artikel zurückgezogen (pubStatus canceled): Ziehen Sie ihn zurück, falls er in der Zeitung steht".to_owned()
            }
            Reason::NotAnArticle(kind) => format!("„{kind}“ ist kein Artikel: type text oder composite"),
            Reason::NotNinjs => "kein ninjs 2.x oder 3.x: headlines und bodies fehlen".to_owned(),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Expected::Text => "a text in quotation marks",
            Expected::Texts => "a list of texts in quotation marks",
            Expected::Tables => "a list of tables",
            Expected::Number => "a whole number",
            Expected::Time => "a moment with its zone such as 2026-03-01T18:30:00+01:00",
            Expected::Slug => "a part of an address: 1 to 80 of a-z, 0-9 and single hyphens",
            Expected::Language => "a language of this paper: de-AT, de-DE, de-CH or en-GB",
            Expected::List => "a list",
            Expected::Object => "an object",
        })
    }
}

impl Expected {
    fn german(self) -> &'static str {
        match self {
            Expected::Text => "ein Text in Anführungszeichen",
            Expected::Texts => "eine Liste von Texten in Anführungszeichen",
            Expected::Tables => "eine Liste von Tabellen",
            Expected::Number => "eine ganze Zahl",
            Expected::Time => "ein Zeitpunkt mit Zone wie 2026-03-01T18:30:00+01:00",
            Expected::Slug => {
                "der Teil einer Adresse: 1 bis 80 Zeichen aus a–z, 0–9 und einzelnen Bindestrichen"
            }
            Expected::Language => "eine Sprache dieser Zeitung: de-AT, de-DE, de-CH oder en-GB",
            Expected::List => "eine Liste",
            Expected::Object => "ein Objekt",
        }
    }
}
