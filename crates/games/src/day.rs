//! The paper's day: a date on the wall of the newsroom.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::{FromColumn, Time, Value};

/// A day of the paper. It begins and ends at midnight in the paper's zone, however long that takes: 23 hours in spring, 25 in
/// autumn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day that `at` lies in, where the paper is made.
    #[must_use]
    pub fn of(at: Time, zone: &TimeZone) -> Day {
        Day(zone.to_datetime(at.timestamp()).date())
    }

    /// The day with this date.
    #[must_use]
    pub fn of_date(date: Date) -> Day {
        Day(date)
    }

    /// Takes `2026-11-20`, written in exactly this way; nothing else is an address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Day> {
        let date: Date = text.parse().ok()?;
        let day = Day(date);
        (day.to_string() == text).then_some(day)
    }

    /// Its first moment. Where a zone jumps over midnight, the first moment there is.
    #[must_use]
    pub fn begins(self, zone: &TimeZone) -> Time {
        let midnight = self.0.at(0, 0, 0, 0);
        zone.to_ambiguous_timestamp(midnight).compatible().map_or(Time(0), Time::from)
    }

    /// The first moment that is no longer part of it.
    #[must_use]
    pub fn ends(self, zone: &TimeZone) -> Time {
        self.after(1).begins(zone)
    }

    /// So many days later; negative goes back. Stops at the ends of the calendar.
    #[must_use]
    pub fn after(self, days: i32) -> Day {
        Day(self.0.saturating_add(days.days()))
    }

    /// The Monday of its week (ISO 8601).
    #[must_use]
    pub fn monday(self) -> Day {
        self.after(-i32::from(self.0.weekday().to_monday_zero_offset()))
    }

    /// How many days it lies after `earlier`.
    #[must_use]
    pub fn since(self, earlier: Day) -> i32 {
        self.0.since(earlier.0).map_or(0, |span| span.get_days())
    }

    /// The date, for whoever says it in words.
    #[must_use]
    pub fn date(self) -> Date {
        self.0
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Value {
        Value::Text(day.to_string())
    }
}

impl FromColumn for Day {
    fn from_column(value: Value) -> Option<Day> {
        Day::parse(&String::from_column(value)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_as_long_as_the_clock_on_the_wall_says() {
        #[track_caller]
        fn check(zone: &str, day: &str, hours: i64) {
            let zone = TimeZone::get(zone).expect("a zone");
            let day = Day::parse(day).expect("a day");
            let (begins, ends) = (day.begins(&zone), day.ends(&zone));
            assert_eq!(ends.since(begins), hours * 3_600_000, "{day}");
            assert_eq!(Day::of(begins, &zone), day);
            assert_eq!(Day::of(ends.plus(-1), &zone), day);
            assert_eq!(Day::of(ends, &zone), day.after(1));
        }
        check("Europe/Vienna", "2026-11-20", 24);
        check("Europe/Vienna", "2026-03-29", 23);
        check("Europe/Vienna", "2026-10-25", 25);
        // There the day of the change has no midnight.
        check("America/Santiago", "2026-09-06", 23);
    }

    #[test]
    fn an_address_names_a_day_in_one_way() {
        assert_eq!(
            Day::parse("2026-11-20").map(|day| day.monday().to_string()).as_deref(),
            Some("2026-11-16")
        );
        for other in ["2026-11-31", "20261120", "2026-11-2", " 2026-11-20", "2026-11-20T00:00", ""] {
            assert_eq!(Day::parse(other), None, "{other}");
        }
        let new_year = Day::parse("2027-01-01").expect("a day");
        assert_eq!(new_year.since(Day::parse("2026-11-20").expect("a day")), 42);
    }
}
