//! Drawings: read whole, and refused if they do more than show something (T6.3).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{LONGEST_SIDE, PictureTrouble};

type Size = (u32, u32);

/// Reads a drawing whole and refuses what is more than a drawing. It is served with a policy that forbids scripts as well.
pub(super) fn size(bytes: &[u8]) -> Result<Size, PictureTrouble> {
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
