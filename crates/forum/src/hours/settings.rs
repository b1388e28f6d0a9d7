//! Opening hours as a newsroom writes them down.
//!
//! ```toml
//! [hours]
//! zone = "Europe/Vienna"
//! monday = "06:00-20:00"
//! tuesday = "06:00-12:00, 13:00-20:00"
//! friday = "06:00-02:00"        # until two on Saturday morning
//! saturday = "always"           # the same as 00:00-24:00
//! sunday = "08:00-18:00"        # a day that is not named is closed
//! region = "AT-9"               # whose holidays: a country (AT, DE, CH) or one of its states by ISO 3166-2
//! holidays = "sunday"           # on them: like a named day, "as usual", "closed", or windows
//! outside = "waiting"           # what holds outside of the windows: "closed", or what is written waits for the desk
//!
//! [hours.exceptions]
//! 2026-12-24 = "08:00-14:00"
//! 2026-12-31 = { hours = "closed", note = "Die Redaktion feiert den Jahreswechsel." }
//! ```

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use story::Line;

use super::{DAY, Exception, HolidayRule, Hours, Mode, Region, Window};

/// The most windows of one day.
const MOST_WINDOWS: usize = 24;
/// The most exceptions.
const MOST_EXCEPTIONS: usize = 1000;
/// The most characters of a note.
pub(super) const LONGEST_NOTE: usize = 200;

/// What stands in the configuration, not yet judged.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Its name in the time zone database.
    pub zone: String,
    /// Windows such as `06:00-12:00, 13:00-20:00`, or `always`, or `closed`, which is also what an empty text means.
    pub monday: String,
    /// As `monday`.
    pub tuesday: String,
    /// As `monday`.
    pub wednesday: String,
    /// As `monday`.
    pub thursday: String,
    /// As `monday`.
    pub friday: String,
    /// As `monday`.
    pub saturday: String,
    /// As `monday`.
    pub sunday: String,
    /// Whose public holidays are kept: `AT`, `DE-BY`, `CH-ZH`; empty means `AT`.
    pub region: String,
    /// What holds on public holidays: `as usual` (also when empty), the name of a weekday, or as `monday`.
    pub holidays: String,
    /// What holds outside of the windows: `closed` (also when empty), or `waiting`.
    pub outside: String,
    /// By date (`2026-12-24`).
    pub exceptions: BTreeMap<String, ExceptionSetting>,
}

/// Hours of a single date, with or without a reason.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum ExceptionSetting {
    /// Only the windows.
    Hours(String),
    /// The windows, and a note that readers see while it is closed.
    WithNote {
        /// As `monday`.
        hours: String,
        /// At most 200 characters.
        note: String,
    },
}

/// What is wrong with the opening hours, for whoever wrote them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The key in the configuration.
    pub key: String,
    /// A sentence that says what is meant.
    pub what: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "hours.{}: {}", self.key, self.what)
    }
}

impl std::error::Error for Trouble {}

impl Settings {
    /// The same windows on each day of the week, in a zone of the database.
    #[must_use]
    pub fn every_day(zone: &str, windows: &str) -> Settings {
        let day = || windows.to_owned();
        Settings {
            zone: zone.to_owned(),
            monday: day(),
            tuesday: day(),
            wednesday: day(),
            thursday: day(),
            friday: day(),
            saturday: day(),
            sunday: day(),
            ..Settings::default()
        }
    }

    /// Judges what was written; the first mistake is named with its key.
    pub fn hours(&self) -> Result<Hours, Trouble> {
        let zone = TimeZone::get(&self.zone).map_err(|_| {
            trouble("zone", format!("\"{}\" is no time zone; write for example \"Europe/Vienna\"", self.zone))
        })?;
        let days = self.days();
        let mut week: [Vec<Window>; 7] = Default::default();
        for (windows, (name, text)) in week.iter_mut().zip(days) {
            *windows = windows_of(name, text)?;
        }
        let region = match self.region.trim() {
            "" => Region::default(),
            named => Region::parse(named).ok_or_else(|| {
                let what =
                    format!("there is no region \"{named}\"; write for example AT, AT-9, DE-BY or CH-ZH");
                trouble("region", what)
            })?,
        };
        let holidays = self.holiday_rule(&week)?;
        let outside = match self.outside.trim() {
            "" => Mode::Closed,
            named => Mode::parse(named).ok_or_else(|| {
                trouble("outside", format!("\"{named}\" is neither \"closed\" nor \"waiting\""))
            })?,
        };
        if self.exceptions.len() > MOST_EXCEPTIONS {
            return Err(trouble("exceptions", format!("more than {MOST_EXCEPTIONS}; remove past ones")));
        }
        let exceptions =
            self.exceptions.iter().map(|(date, set)| exception(date, set)).collect::<Result<_, _>>()?;
        Ok(Hours { zone, region, week, holidays, exceptions, outside })
    }

    /// The hours of a section beside those of its paper: in the paper's zone and region, with its holidays and what holds
    /// outside of the windows unless it has a rule of its own, and with its exceptions unless it has one for the same date.
    #[must_use]
    pub fn beside(mut self, paper: &Settings) -> Settings {
        let missing = |own: &mut String, theirs: &str| {
            if own.is_empty() {
                theirs.clone_into(own);
            }
        };
        missing(&mut self.zone, &paper.zone);
        missing(&mut self.region, &paper.region);
        missing(&mut self.holidays, &paper.holidays);
        missing(&mut self.outside, &paper.outside);
        for (date, hours) in &paper.exceptions {
            self.exceptions.entry(date.clone()).or_insert_with(|| hours.clone());
        }
        self
    }

    fn days(&self) -> [(&'static str, &str); 7] {
        [
            ("monday", &self.monday),
            ("tuesday", &self.tuesday),
            ("wednesday", &self.wednesday),
            ("thursday", &self.thursday),
            ("friday", &self.friday),
            ("saturday", &self.saturday),
            ("sunday", &self.sunday),
        ]
    }

    fn holiday_rule(&self, week: &[Vec<Window>; 7]) -> Result<HolidayRule, Trouble> {
        let rule = self.holidays.trim().to_lowercase();
        if rule.is_empty() || rule == "as usual" {
            return Ok(HolidayRule::AsUsual);
        }
        let like = self.days().iter().position(|(name, _)| *name == rule);
        Ok(HolidayRule::Own(match like {
            Some(day) => week[day].clone(),
            None => windows_of("holidays", &rule)?,
        }))
    }
}

fn trouble(key: &str, what: impl Into<String>) -> Trouble {
    Trouble { key: key.to_owned(), what: what.into() }
}

fn exception(date: &str, set: &ExceptionSetting) -> Result<(Date, Exception), Trouble> {
    let key = format!("exceptions.{date}");
    let day: Date = date.parse().map_err(|_| trouble(&key, "no such date; write for example 2026-12-24"))?;
    let (hours, note) = match set {
        ExceptionSetting::Hours(hours) => (hours, None),
        ExceptionSetting::WithNote { hours, note } => (hours, Some(note)),
    };
    let note = note.map(|note| Line::parse("the note", note, LONGEST_NOTE)).transpose();
    let note = note.map_err(|wrong| trouble(&key, wrong.to_string()))?;
    Ok((day, Exception { windows: windows_of(&key, hours)?, note }))
}

/// Reads `06:00-12:00, 13:00-20:00`; sorts by the beginning.
pub(super) fn windows_of(key: &str, text: &str) -> Result<Vec<Window>, Trouble> {
    let mut windows = match text.trim().to_lowercase().as_str() {
        "" | "closed" => Vec::new(),
        "always" => vec![Window { from: 0, to: DAY }],
        list => list.split(',').map(|one| window(key, one.trim())).collect::<Result<_, _>>()?,
    };
    if windows.len() > MOST_WINDOWS {
        return Err(trouble(key, format!("more than {MOST_WINDOWS} windows in one day")));
    }
    windows.sort_unstable();
    Ok(windows)
}

fn window(key: &str, text: &str) -> Result<Window, Trouble> {
    let wrong = || {
        trouble(
            key,
            format!("\"{text}\" is no window; write for example \"06:00-20:00\", \"always\" or \"closed\""),
        )
    };
    let (from, to) = text.split_once(['-', '–']).ok_or_else(wrong)?;
    let (from, to) = (minutes(from.trim()).ok_or_else(wrong)?, minutes(to.trim()).ok_or_else(wrong)?);
    if from == to || from == DAY {
        return Err(trouble(key, format!("\"{text}\" is empty; a whole day is written \"00:00-24:00\"")));
    }
    Ok(Window { from, to: if to < from { to + DAY } else { to } })
}

/// `06:00` as minutes since midnight, up to `24:00`.
fn minutes(text: &str) -> Option<i16> {
    let (hours, minutes) = text.split_once(':')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !two_digits(minutes) || !(two_digits(hours) || hours.len() == 1) {
        return None;
    }
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && (0..=DAY).contains(&all)).then_some(all)
}
