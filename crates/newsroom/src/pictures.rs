//! Pictures that come with an article: what they are is judged by their content, never by their name (T6.3), and they
//! lie in the paper's folder under the hash of that content.

use std::fmt;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use sha2::{Digest, Sha256};

/// The most bytes of a picture.
pub const LARGEST_PICTURE: usize = 10_000_000;
/// The most pixels of a side.
const LONGEST_SIDE: u32 = 20_000;

/// What a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// The ending of its file, which says its kind: svg, png, jpg, webp or gif.
    pub ending: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
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
    /// Wider or higher than any page needs.
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
                f.write_str("is wider or higher than 20,000 pixels: save it smaller")
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
                "ist breiter oder höher als 20.000 Pixel: Bitte speichern Sie es kleiner".to_owned()
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
    let sniffed = match sniff(&bytes) {
        Ok(sniffed) => sniffed,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let hash: String = Sha256::digest(&bytes)[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let file = format!("{hash}.{}", sniffed.ending);
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
    let size = (sniffed.width, sniffed.height);
    Ok(Ok(Hung { file, size, bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX) }))
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

/// What a picture is, by its content.
pub fn sniff(bytes: &[u8]) -> Result<Sniffed, PictureTrouble> {
    let size = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        ("png", png(bytes))
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        ("gif", pair(bytes.get(6..10), u16::from_le_bytes))
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        ("jpg", jpeg(bytes))
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        ("webp", webp(bytes))
    } else if looks_like_xml(bytes) {
        ("svg", Some(svg(bytes)?))
    } else {
        return Err(PictureTrouble::NoPicture);
    };
    let (ending, Some((width, height))) = size else { return Err(PictureTrouble::NoPicture) };
    if width == 0 || height == 0 {
        return Err(PictureTrouble::NoPicture);
    }
    if width > LONGEST_SIDE || height > LONGEST_SIDE {
        return Err(PictureTrouble::TooManyPixels);
    }
    Ok(Sniffed { ending, width, height })
}

type Size = (u32, u32);

fn pair(bytes: Option<&[u8]>, number: fn([u8; 2]) -> u16) -> Option<Size> {
    let &[a, b, c, d] = bytes? else { return None };
    Some((number([a, b]).into(), number([c, d]).into()))
}

fn png(bytes: &[u8]) -> Option<Size> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    (bytes.get(12..16)? == b"IHDR").then_some((number(16)?, number(20)?))
}

/// Walks the segments to the frame header, which holds the size.
fn jpeg(bytes: &[u8]) -> Option<Size> {
    let mut at = 2;
    loop {
        let &[0xff, marker] = bytes.get(at..at + 2)? else { return None };
        match marker {
            0xff => at += 1,
            0xd8 | 0x01 | 0xd0..=0xd7 => at += 2,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let (height, width) = pair(bytes.get(at + 5..at + 9), u16::from_be_bytes)?;
                return Some((width, height));
            }
            _ => {
                let length = u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?);
                at += 2 + usize::from(length.max(2));
            }
        }
    }
}

fn webp(bytes: &[u8]) -> Option<Size> {
    let byte = |at: usize| bytes.get(at).copied().map(u32::from);
    match bytes.get(12..16)? {
        b"VP8X" => {
            let side = |at: usize| Some((byte(at)? | byte(at + 1)? << 8 | byte(at + 2)? << 16) + 1);
            Some((side(24)?, side(27)?))
        }
        b"VP8L" => {
            let bits = u32::from_le_bytes(bytes.get(21..25)?.try_into().ok()?);
            (byte(20)? == 0x2f).then_some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8 " => {
            let (width, height) = pair(bytes.get(26..30), u16::from_le_bytes)?;
            (bytes.get(23..26)? == b"\x9d\x01\x2a").then_some((width & 0x3fff, height & 0x3fff))
        }
        _ => None,
    }
}

fn looks_like_xml(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

/// Reads a drawing whole and refuses what is more than a drawing. It is served with a policy that forbids scripts as well.
fn svg(bytes: &[u8]) -> Result<Size, PictureTrouble> {
    let broken = |_| PictureTrouble::NoPicture;
    let text = std::str::from_utf8(bytes).map_err(|_| PictureTrouble::NoPicture)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut size = None;
    let mut style = Style::default();
    loop {
        let event = reader.read_event().map_err(broken)?;
        match event {
            Event::Start(element) => {
                check_element(&element, size.is_none())?;
                size = size.or_else(|| Some(svg_size(&element)));
                style.open(&element);
            }
            Event::Empty(element) => {
                check_element(&element, size.is_none())?;
                size = size.or_else(|| Some(svg_size(&element)));
            }
            Event::Text(text) => style.say(&text),
            Event::CData(text) => style.say(&text),
            Event::End(_) => style.close()?,
            Event::DocType(doctype) if doctype.contains('[') => return Err(active("entities")),
            Event::PI(_) => return Err(active("a processing instruction")),
            Event::GeneralRef(name) if style.depth > 0 || !is_plain_reference(&name) => {
                return Err(active("entities"));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    size.ok_or(PictureTrouble::NoPicture)
}

/// The text of a style, put together before it is judged: a comment or a section must not hide a word from us.
#[derive(Default)]
struct Style {
    depth: usize,
    text: String,
}

impl Style {
    fn open(&mut self, element: &BytesStart<'_>) {
        if self.depth > 0 || local(element.name().as_ref()) == "style" {
            self.depth += 1;
        }
    }

    fn say(&mut self, text: &str) {
        if self.depth > 0 {
            self.text.push_str(text);
        }
    }

    fn close(&mut self) -> Result<(), PictureTrouble> {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 { check_value(&std::mem::take(&mut self.text)) } else { Ok(()) }
    }
}

fn active(what: &str) -> PictureTrouble {
    PictureTrouble::Active(what.to_owned())
}

fn is_plain_reference(name: &str) -> bool {
    name.starts_with('#') || ["amp", "lt", "gt", "quot", "apos"].contains(&name)
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// Elements that run, load or embed something.
const ACTIVE: &[&str] = &[
    "script",
    "foreignobject",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "canvas",
    "handler",
    "listener",
    "animate",
    "animatemotion",
    "animatetransform",
    "animatecolor",
    "set",
    "discard",
    "mpath",
    "feimage",
];

/// More attributes than any drawing program writes on one element.
const MOST_ATTRIBUTES: usize = 200;

fn check_element(element: &BytesStart<'_>, is_root: bool) -> Result<(), PictureTrouble> {
    let name = local(element.name().as_ref());
    if is_root && name != "svg" {
        return Err(PictureTrouble::NoPicture);
    }
    if ACTIVE.contains(&name.as_str()) {
        return Err(PictureTrouble::Active(format!("<{name}>")));
    }
    for (count, attribute) in element.attributes().enumerate() {
        if count == MOST_ATTRIBUTES {
            return Err(active("too many attributes"));
        }
        let attribute = attribute.map_err(|_| PictureTrouble::NoPicture)?;
        let name = local(attribute.key.as_ref());
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|_| active("entities"))?;
        if name.starts_with("on") {
            return Err(PictureTrouble::Active(name));
        }
        let is_namespace = attribute.key.as_ref().starts_with("xmlns");
        if matches!(name.as_str(), "href" | "src" | "base" | "data") && !value.trim_start().starts_with('#') {
            return Err(PictureTrouble::Active(format!("{name}=…")));
        }
        if !is_namespace {
            check_value(&value)?;
        }
    }
    Ok(())
}

/// Looks for ways out in a value or a style: addresses that are not within the drawing.
fn check_value(value: &str) -> Result<(), PictureTrouble> {
    let value = value.to_ascii_lowercase();
    if value.contains("javascript:") || value.contains("@import") || value.contains("expression(") {
        return Err(active("code in a style"));
    }
    for (at, _) in value.match_indices("url") {
        let rest = value[at + 3..].trim_start();
        let target = rest.strip_prefix('(').map(|target| target.trim_start_matches([' ', '\'', '"']));
        if target.is_some_and(|target| !target.starts_with('#')) {
            return Err(active("url(…)"));
        }
    }
    // An escaped letter could spell any of these.
    if value.contains('\\') { Err(active("\\")) } else { Ok(()) }
}

/// Width and height as the drawing says, or else those of its view box.
fn svg_size(root: &BytesStart<'_>) -> Size {
    let attribute = |name: &str| Some(root.try_get_attribute(name).ok().flatten()?.value.into_owned());
    let pixels = |text: &str| {
        let number = text.trim().trim_end_matches("px").parse::<f64>().ok()?;
        // Beyond the limit is beyond the limit, however far.
        (number > 0.0).then(|| number.min(f64::from(LONGEST_SIDE) + 1.0).ceil() as u32)
    };
    let stated =
        attribute("width").as_deref().and_then(pixels).zip(attribute("height").as_deref().and_then(pixels));
    let boxed = || {
        let view = attribute("viewBox")?;
        let mut numbers = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2).map(pixels);
        Some((numbers.next()??, numbers.next()??))
    };
    // CSS gives a drawing without a size 300 by 150.
    stated.or_else(boxed).unwrap_or((300, 150))
}
