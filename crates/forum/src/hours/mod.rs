//! When the talk is open.
//!
//! A paper opens its threads while somebody reads along: by the hours of a week, by other hours on holidays, and by single
//! dates that are different. This file answers one question, "is it open at this moment, and until when?", from a table and
//! a moment. It keeps no rows and starts no timers: who must act at the next flip asks [`Hours::next_flip`] and waits.
//!
//! **Wall clocks and daylight saving.** A window opens the first time that the clock on the wall shows its beginning or
//! later, and closes after the last time that it shows less than its end. So in spring a window that begins in the missing
//! hour opens at the first minute that exists, and one that lies within that hour does not happen; in autumn the first
//! occurrence of a repeated hour opens and the last one closes, so the talk is rather open too long than too short. Windows that meet or overlap are one.
//!
//! A window that crosses midnight belongs to the day on which it begins: „Freitag 20:00–02:00“ ends on Saturday even if
//! Saturday itself is a closed day.
//!
//! **Closed or waiting.** Where a talk is not open, it is closed, or what is written waits for the desk ([`Mode`]): the
//! paper's hours say which for all that lies outside of their windows, and the desk with each closing. Where several hold,
//! the stricter one counts.

mod closings;
mod holidays;
mod settings;
mod timetable;

pub use closings::{
    Closing, ClosingId, Order, Scope, SpecialDay, Why, close, closings, forget_day, reopen, set_day,
    special_days,
};
pub use holidays::{Holiday, Region, easter};
pub use settings::{Settings, Trouble};
pub use timetable::{Day, Subject, Timetable};

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, AmbiguousTimestamp, TimeZone};
use jiff::{Span, Timestamp};
use store::{FromColumn, Value};
use story::{Line, Time};

/// How many days ahead the next flip is looked for; a week's rhythm with holidays shows itself within a year.
pub const HORIZON_DAYS: i16 = 370;
/// How many days back the last closing is looked for.
const LOOK_BACK_DAYS: i16 = 30;

/// The opening hours of a paper's talk.
#[derive(Clone, Debug)]
pub struct Hours {
    zone: TimeZone,
    region: Region,
    /// Monday first.
    week: [Vec<Window>; 7],
    holidays: HolidayRule,
    exceptions: BTreeMap<Date, Exception>,
    /// What holds outside of the windows.
    outside: Mode,
}

/// What holds where a talk is not open. Written `closed` and `waiting`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Nothing is taken.
    #[default]
    Closed,
    /// Comments are taken, and each waits until somebody of the desk has read it ([`crate::waiting`]).
    Waiting,
}

impl Mode {
    /// How it is written in rows, forms and the configuration.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Mode::Closed => "closed",
            Mode::Waiting => "waiting",
        }
    }

    /// Reads a key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Mode> {
        [Mode::Closed, Mode::Waiting].into_iter().find(|mode| mode.key() == key)
    }

    fn state(self, until: Option<Time>, reason: Reason) -> State {
        match self {
            Mode::Closed => State::Closed { until, reason },
            Mode::Waiting => State::Waiting { until, reason },
        }
    }
}

impl FromColumn for Mode {
    fn from_column(value: Value) -> Option<Mode> {
        Mode::parse(&String::from_column(value)?)
    }
}

/// A stretch of one day by the clock on the wall, in minutes since midnight. `from` is less than 24 hours, `to` at most 48:
/// more than 24 means tomorrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Window {
    from: i16,
    to: i16,
}

const DAY: i16 = 24 * 60;

#[derive(Clone, Debug, PartialEq, Eq)]
enum HolidayRule {
    /// The weekday decides.
    AsUsual,
    /// The region's holidays have windows of their own, perhaps none.
    Own(Vec<Window>),
}

#[derive(Clone, Debug)]
struct Exception {
    windows: Vec<Window>,
    note: Option<Line>,
}

/// Whether the talk is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Comments are taken.
    Open {
        /// When that ends; nothing if it does not within [`HORIZON_DAYS`].
        until: Option<Time>,
    },
    /// Comments are taken and wait for the desk. Reading, voting and reporting go on.
    Waiting {
        /// When they appear at once again; nothing if they do not within [`HORIZON_DAYS`].
        until: Option<Time>,
        /// Why, for the notice.
        reason: Reason,
    },
    /// Reading, voting and reporting go on.
    Closed {
        /// When comments are taken again; nothing if they are not within [`HORIZON_DAYS`].
        until: Option<Time>,
        /// Why, for the notice.
        reason: Reason,
    },
}

/// Why the talk is not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Outside the hours of an ordinary day.
    Night,
    /// Today is a holiday with other hours than its weekday.
    Holiday(Holiday),
    /// Today is a single date with hours of its own, and perhaps the paper says why.
    Exception(Option<Line>),
    /// No window opens within [`HORIZON_DAYS`].
    Always,
    /// The desk closed it.
    Desk {
        /// Why.
        why: Why,
        /// In the desk's words.
        note: Option<Line>,
        /// Since when.
        since: Time,
    },
    /// The article is so old that its talk is over.
    Ended {
        /// Since when.
        at: Time,
    },
}

impl State {
    /// Whether comments are taken and appear at once.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, State::Open { .. })
    }

    /// Whether no comments are taken.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self, State::Closed { .. })
    }

    /// When it flips.
    #[must_use]
    pub fn until(&self) -> Option<Time> {
        match self {
            State::Open { until } | State::Waiting { until, .. } | State::Closed { until, .. } => *until,
        }
    }
}

impl Hours {
    /// Open day and night, in this zone.
    #[must_use]
    pub fn always(zone: TimeZone) -> Hours {
        let week = std::array::from_fn(|_| vec![Window { from: 0, to: DAY }]);
        Hours {
            zone,
            region: Region::default(),
            week,
            holidays: HolidayRule::AsUsual,
            exceptions: BTreeMap::new(),
            outside: Mode::Closed,
        }
    }

    /// The zone in which the paper's clock runs.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// What holds outside of the windows.
    #[must_use]
    pub fn outside(&self) -> Mode {
        self.outside
    }

    /// The ordinary week from Monday on: for each day its windows in minutes since midnight, by their beginning, those that
    /// meet joined; an end after 1,440 is on the next day.
    pub fn week(&self) -> impl Iterator<Item = (Weekday, Vec<(i16, i16)>)> {
        Weekday::Monday.cycle_forward().take(7).zip(&self.week).map(|(day, windows)| (day, joined(windows)))
    }

    /// The date that the paper's clock shows.
    #[must_use]
    pub fn date(&self, at: Time) -> Date {
        self.zone.to_datetime(at.timestamp()).date()
    }

    /// How many minutes of that day are over, by the clock on the wall.
    #[must_use]
    pub fn minute(&self, at: Time) -> i64 {
        let wall = self.zone.to_datetime(at.timestamp());
        i64::from(wall.hour()) * 60 + i64::from(wall.minute())
    }

    /// When the paper's date changes next.
    #[must_use]
    pub fn next_midnight(&self, at: Time) -> Time {
        let tomorrow = self.date(at).tomorrow();
        tomorrow.map_or(at.plus_minutes(24 * 60), |tomorrow| self.begins(tomorrow))
    }

    /// The first moment of a date; where the clock jumps over midnight, the moment of the jump.
    pub(super) fn begins(&self, date: Date) -> Time {
        self.opens(date.to_datetime(jiff::civil::Time::MIN))
    }

    /// How this date is in the calendar.
    #[must_use]
    pub fn day(&self, date: Date) -> Day {
        let special = self.exceptions.get(&date);
        Day {
            date,
            windows: joined(self.windows(date)),
            holiday: self.region.holiday(date),
            is_special: special.is_some(),
            note: special.and_then(|special| special.note.as_ref()).map(ToString::to_string),
        }
    }

    /// A look through a year would find no flip either, but would take a year's steps each time somebody asks.
    fn never_closes(&self) -> bool {
        let whole_day = |windows: &[Window]| joined(windows).first().is_some_and(|w| w.0 == 0 && w.1 >= DAY);
        let holidays = match &self.holidays {
            HolidayRule::AsUsual => true,
            HolidayRule::Own(windows) => whole_day(windows),
        };
        holidays && self.exceptions.is_empty() && self.week.iter().all(|windows| whole_day(windows))
    }

    /// Whether the talk is open at `at`, and until when.
    #[must_use]
    pub fn state(&self, at: Time) -> State {
        if self.never_closes() {
            return State::Open { until: None };
        }
        let today = self.zone.to_datetime(at.timestamp()).date();
        let mut open_until: Option<Time> = None;
        // A window of the day before yesterday may still run where a zone has skipped a whole day.
        for ahead in -2..=HORIZON_DAYS {
            let Ok(day) = today.checked_add(Span::new().days(ahead)) else { break };
            if open_until.is_some_and(|end| end < self.opens(day.to_datetime(jiff::civil::Time::MIN))) {
                return State::Open { until: open_until };
            }
            for (start, end) in self.stretches(day) {
                match open_until {
                    None if end <= at => {}
                    None if start > at => {
                        return self.outside.state(Some(start), self.reason(today));
                    }
                    None => open_until = Some(end),
                    Some(until) if start <= until => open_until = Some(until.max(end)),
                    Some(_) => return State::Open { until: open_until },
                }
            }
        }
        match open_until {
            Some(_) => State::Open { until: None },
            None => self.outside.state(None, Reason::Always),
        }
    }

    /// The first moment after `at` at which the talk opens or closes; nothing if there is none within [`HORIZON_DAYS`].
    #[must_use]
    pub fn next_flip(&self, at: Time) -> Option<Time> {
        self.state(at).until()
    }

    /// When the talk closed, if it is closed at `at` and was open within the last 30 days.
    #[must_use]
    pub fn closed_since(&self, at: Time) -> Option<Time> {
        let today = self.zone.to_datetime(at.timestamp()).date();
        let mut closed = None;
        for back in -LOOK_BACK_DAYS..=0 {
            let Ok(day) = today.checked_add(Span::new().days(back)) else { break };
            for (start, end) in self.stretches(day) {
                if start <= at && at < end {
                    return None;
                }
                closed = closed.max(Some(end).filter(|end| *end <= at));
            }
        }
        closed
    }

    /// The windows that begin on this date.
    fn windows(&self, day: Date) -> &[Window] {
        if let Some(exception) = self.exceptions.get(&day) {
            return &exception.windows;
        }
        match (&self.holidays, self.region.holiday(day)) {
            (HolidayRule::Own(windows), Some(_)) => windows,
            _ => self.weekday(day),
        }
    }

    fn weekday(&self, day: Date) -> &[Window] {
        let index = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        &self.week[index]
    }

    /// Why it is closed on this date.
    fn reason(&self, day: Date) -> Reason {
        if let Some(exception) = self.exceptions.get(&day) {
            return Reason::Exception(exception.note.clone());
        }
        match self.region.holiday(day) {
            Some(holiday) if self.windows(day) != self.weekday(day) => Reason::Holiday(holiday),
            _ => Reason::Night,
        }
    }

    /// The windows of this date as moments, by their beginning. A window that daylight saving swallows is left out.
    fn stretches(&self, day: Date) -> impl Iterator<Item = (Time, Time)> {
        self.windows(day).iter().filter_map(move |window| {
            let start = self.opens(on_the_wall(day, window.from)?);
            let end = self.closes(on_the_wall(day, window.to)?);
            (start < end).then_some((start, end))
        })
    }

    /// The first moment at which the clock on the wall shows `wall` or later.
    fn opens(&self, wall: DateTime) -> Time {
        let shown = self.zone.to_ambiguous_timestamp(wall);
        match shown.offset() {
            AmbiguousOffset::Gap { .. } => self.jump(shown),
            AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => moment(shown.earlier()),
        }
    }

    /// The moment after the last at which the clock on the wall shows less than `wall`.
    fn closes(&self, wall: DateTime) -> Time {
        // Asking for the last millisecond before keeps a repeated hour that begins just at `wall` out of it.
        let Ok(just_before) = wall.checked_sub(Span::new().milliseconds(1)) else { return Time(i64::MIN) };
        let shown = self.zone.to_ambiguous_timestamp(just_before);
        match shown.offset() {
            AmbiguousOffset::Gap { .. } => self.jump(shown),
            AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => {
                moment(shown.later()).plus(1)
            }
        }
    }

    /// The moment at which the clock jumps over a time that it never shows.
    fn jump(&self, skipped: AmbiguousTimestamp) -> Time {
        // Both readings of a time that does not exist enclose the jump.
        let before = skipped.earlier();
        let jump = before.as_ref().ok().and_then(|before| self.zone.following(*before).next());
        jump.map_or(moment(before), |jump| Time::from(jump.timestamp()))
    }
}

/// Windows in the order of their beginning, those that meet made one.
fn joined(windows: &[Window]) -> Vec<(i16, i16)> {
    let mut joined: Vec<(i16, i16)> = Vec::new();
    for window in windows {
        match joined.last_mut() {
            Some((_, to)) if window.from <= *to => *to = window.to.max(*to),
            _ => joined.push((window.from, window.to)),
        }
    }
    joined
}

/// Only dates at the ends of time have no moment.
fn moment(found: Result<Timestamp, jiff::Error>) -> Time {
    Time::from(found.unwrap_or(Timestamp::MAX))
}

fn on_the_wall(day: Date, minutes: i16) -> Option<DateTime> {
    let midnight = day.to_datetime(jiff::civil::Time::MIN);
    midnight.checked_add(Span::new().minutes(minutes)).ok()
}
