//! Words of a form on their way to types: what the desk types about offers and draws.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use store::Time;
use story::{Line, Slug};

use super::Refusal;

/// A line of at most `longest` characters; it may be empty.
pub(super) fn line(field: &'static str, text: &str, longest: usize) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    match Line::parse(field, text, longest) {
        Ok(line) => Ok(line.to_string()),
        Err(story::Trouble::TooLong { field, longest }) => Err(Refusal::TooLong { field, longest }),
        Err(_) => Err(Refusal::Field { field }),
    }
}

/// A line that must say something.
pub(super) fn given(field: &'static str, text: &str, longest: usize) -> Result<String, Refusal> {
    line(field, text, longest)
        .and_then(|line| if line.is_empty() { Err(Refusal::Field { field }) } else { Ok(line) })
}

/// Several lines; they may be empty. Each is a line as above.
pub(super) fn lines(field: &'static str, text: &str, longest: usize) -> Result<String, Refusal> {
    if text.chars().count() > longest {
        return Err(Refusal::TooLong { field, longest });
    }
    let lines = text.lines().map(|one| line(field, one, longest)).collect::<Result<Vec<_>, _>>()?;
    Ok(lines.join("\n").trim().to_owned())
}

/// Addresses below `/benefits` that are not offers.
const OUR_OWN: [&str; 7] = ["card", "draws", "partner", "terms", "pictures", "members", "mine"];

/// The last part of an address.
pub(super) fn slug(text: &str) -> Result<Slug, Refusal> {
    let slug = Slug::parse(text.trim()).ok_or(Refusal::Field { field: "slug" })?;
    if OUR_OWN.contains(&slug.as_str()) { Err(Refusal::Taken) } else { Ok(slug) }
}

/// A moment as a browser's field gives it, `2026-11-24T08:00`, in the zone of the paper.
pub(super) fn moment(field: &'static str, text: &str, zone: &TimeZone) -> Result<Time, Refusal> {
    let parsed: Result<DateTime, _> = text.trim().parse();
    parsed
        .ok()
        .and_then(|at| at.to_zoned_datetime(zone.clone()).ok())
        .and_then(|at| Time::of_print(at.timestamp()))
        .ok_or(Refusal::Field { field })
}

/// A moment as a browser's field gives it, for a form of another room.
pub fn moment_typed(text: &str, zone: &TimeZone) -> Result<Time, Refusal> {
    moment("until", text, zone)
}

/// A moment as such a field shows it.
#[must_use]
pub fn typed(at: Time, zone: &TimeZone) -> String {
    at.timestamp().to_zoned_datetime(zone.clone()).datetime().strftime("%Y-%m-%dT%H:%M").to_string()
}

/// A whole number from `least` to a million; empty is none.
pub(super) fn count(field: &'static str, text: &str, least: i64) -> Result<Option<i64>, Refusal> {
    match text.trim() {
        "" => Ok(None),
        digits => digits
            .parse()
            .ok()
            .filter(|n| (least..=1_000_000).contains(n))
            .map(Some)
            .ok_or(Refusal::Field { field }),
    }
}

/// The name of one of the paper's pictures, such as `3f2a….svg`; empty is none.
pub(super) fn picture(text: &str) -> Result<Option<String>, Refusal> {
    let text = text.trim().trim_start_matches("/pictures/");
    if text.is_empty() {
        return Ok(None);
    }
    let (name, ending) = text.rsplit_once('.').ok_or(Refusal::Field { field: "picture" })?;
    let known = ["svg", "png", "jpg", "webp", "gif"].contains(&ending) && Slug::parse(name).is_some();
    if known { Ok(Some(text.to_owned())) } else { Err(Refusal::Field { field: "picture" }) }
}
