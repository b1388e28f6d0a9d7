//! Pictures that come with an article: what they are is judged by their content, never by their name (T6.3). A photograph is
//! decoded and encoded anew, a drawing is read whole and refused if it does more than show something. They lie in the paper's
//! folder under the hash of their content.

mod drawing;
mod raster;

use std::fmt;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

/// The most bytes of a picture.
pub const LARGEST_PICTURE: usize = 10_000_000;
/// The most pixels of a side.
const LONGEST_SIDE: u32 = 20_000;

/// A picture as the paper keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// The ending of its file, which says its kind: svg, png or jpg.
    pub ending: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why a picture is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureTrouble {
    /// It is not there.
    Missing,
    /// More than [`LARGEST_PICTURE`] bytes.
    TooBig,
    /// Neither SVG, PNG, JPEG, WebP nor GIF, or broken.
    NoPicture,
    /// More pixels than any camera makes.
    TooManyPixels,
    /// A drawing that does more than show something; what it does.
    Active(String),
}

impl fmt::Display for PictureTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PictureTrouble::Missing => f.write_str("is not there: put the file beside the article"),
            PictureTrouble::TooBig => f.write_str("is larger than 10 MB: save it smaller"),
            PictureTrouble::NoPicture => f.write_str("is no whole SVG, PNG, JPEG, WebP or GIF"),
            PictureTrouble::TooManyPixels => {
                f.write_str("has a side of more than 20,000 or more than 60 million pixels: save it smaller")
            }
            PictureTrouble::Active(what) => {
                write!(
                    f,
                    "is a drawing with {what}: save it as a plain SVG without scripts, links to elsewhere and entities"
                )
            }
        }
    }
}

impl PictureTrouble {
    /// The same in German.
    #[must_use]
    pub fn german(&self) -> String {
        match self {
            PictureTrouble::Missing => "fehlt: Bitte legen Sie die Datei neben den Artikel".to_owned(),
            PictureTrouble::TooBig => "ist größer als 10 MB: Bitte speichern Sie es kleiner".to_owned(),
            PictureTrouble::NoPicture => "ist kein ganzes SVG, PNG, JPEG, WebP oder GIF".to_owned(),
            PictureTrouble::TooManyPixels => {
                "hat eine Seite mit mehr als 20.000 oder insgesamt mehr als 60 Millionen Pixel: Bitte speichern Sie es kleiner".to_owned()
            }
            PictureTrouble::Active(what) => format!(
                "ist eine Zeichnung mit {what}: Bitte als einfaches SVG speichern, ohne Skripte, Verweise nach außen und Entitäten"
            ),
        }
    }
}

/// A picture that lies in the paper's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hung {
    /// The name of its file there.
    pub file: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Its size.
    pub bytes: i64,
}

/// Copies a picture into the paper's folder of pictures, unless it is there, under the hash of its content.
/// The rest is an [`archive::add_picture`].
pub fn hang(picture: &Path, folder: &Path) -> std::io::Result<Result<Hung, PictureTrouble>> {
    let bytes = match read(picture)? {
        Ok(bytes) => bytes,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let Fresh { ending, width, height, bytes } = match fresh(&bytes) {
        Ok(fresh) => fresh,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let hash: String = Sha256::digest(&bytes)[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let file = format!("{hash}.{ending}");
    let target = folder.join(&file);
    if !target.exists() {
        // A half-written file never has the name: it gets it once it is whole and on disk.
        let half = folder.join(format!("{file}.{}.half", std::process::id()));
        let written = write_whole(&half, &bytes).and_then(|()| std::fs::rename(&half, &target));
        if written.is_err() {
            let _ = std::fs::remove_file(&half);
        }
        written?;
    }
    Ok(Ok(Hung { file, size: (width, height), bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX) }))
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn read(picture: &Path) -> std::io::Result<Result<Vec<u8>, PictureTrouble>> {
    let is_file = std::fs::metadata(picture).is_ok_and(|found| found.is_file());
    if !is_file {
        return Ok(Err(PictureTrouble::Missing));
    }
    let mut bytes = Vec::new();
    File::open(picture)?.take(LARGEST_PICTURE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() > LARGEST_PICTURE { Err(PictureTrouble::TooBig) } else { Ok(bytes) })
}

/// The picture as the paper keeps it, judged by its content.
pub fn fresh(bytes: &[u8]) -> Result<Fresh, PictureTrouble> {
    if !looks_like_xml(bytes) {
        return raster::anew(bytes);
    }
    let (width, height) = drawing::size(bytes)?;
    if width == 0 || height == 0 {
        return Err(PictureTrouble::NoPicture);
    }
    if width > LONGEST_SIDE || height > LONGEST_SIDE {
        return Err(PictureTrouble::TooManyPixels);
    }
    Ok(Fresh { ending: "svg", width, height, bytes: bytes.to_vec() })
}

fn looks_like_xml(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}
