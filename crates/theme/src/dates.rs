//! Moments, lengths and counts as people say them.

use jiff::ZonedDateTime;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use story::{Language, Time};

/// The zone and the language of whoever reads.
#[derive(Clone)]
pub(crate) struct Calendar {
    pub(crate) zone: TimeZone,
    pub(crate) language: Language,
}

impl Calendar {
    fn at(&self, time: Time) -> ZonedDateTime {
        time.timestamp().to_zoned_datetime(self.zone.clone())
    }

    /// „14:48“
    pub(crate) fn clock(&self, time: Time) -> String {
        let at = self.at(time);
        format!("{}:{:02}", at.hour(), at.minute())
    }

    /// „Freitag, 20. November 2026“
    pub(crate) fn day(&self, time: Time) -> String {
        let at = self.at(time);
        let date = self.date(time);
        match self.language {
            Language::English => format!("{} {date}", self.weekday(&at)),
            _ => format!("{}, {date}", self.weekday(&at)),
        }
    }

    /// „20. November 2026“
    pub(crate) fn date(&self, time: Time) -> String {
        let at = self.at(time);
        format!("{} {}", self.day_of_month(&at), at.year())
    }

    /// „20. November 2026, 11:20 Uhr“
    pub(crate) fn moment(&self, time: Time) -> String {
        format!("{}, {}", self.date(time), self.oclock(time))
    }

    /// „11:20 Uhr“
    pub(crate) fn oclock(&self, time: Time) -> String {
        match self.language {
            Language::English => self.clock(time),
            _ => format!("{}\u{a0}Uhr", self.clock(time)),
        }
    }

    /// „6 Uhr“, „6:30 Uhr“: an hour that somebody fixed.
    pub(crate) fn hour(&self, time: Time) -> String {
        match self.language {
            Language::English => self.clock(time),
            _ if self.at(time).minute() == 0 => format!("{}\u{a0}Uhr", self.at(time).hour()),
            _ => self.oclock(time),
        }
    }

    /// „Samstag, 6 Uhr“, or with the date if that is more than six days after `now`. Never „morgen“: a page may be
    /// read after midnight.
    pub(crate) fn until(&self, time: Time, now: Time) -> String {
        let at = self.at(time);
        let hour = self.hour(time);
        if (0..6 * 24 * 3_600_000).contains(&time.since(now)) {
            format!("{}, {hour}", self.weekday(&at))
        } else {
            format!("{}, {hour}", self.day_of_month(&at))
        }
    }

    /// As short as it can be understood on the day of `now`: „14:32“, „Donnerstag, 18:00“, „9. November“, „9. November 2025“.
    pub(crate) fn when(&self, time: Time, now: Time) -> String {
        let (at, today) = (self.at(time), self.at(now));
        let days = at.date().until(today.date()).map_or(i32::MAX, |span| span.get_days());
        match days {
            0 => self.clock(time),
            1..=6 => format!("{}, {}", self.weekday(&at), self.clock(time)),
            _ if at.year() == today.year() => self.day_of_month(&at),
            _ => self.date(time),
        }
    }

    /// The same with the hour, for whatever was said at a moment: „13:20“, „21. November, 9:05“.
    pub(crate) fn said(&self, time: Time, day: Time) -> String {
        let (at, today) = (self.at(time), self.at(day));
        match () {
            () if at.date() == today.date() => self.clock(time),
            () if at.year() == today.year() => format!("{}, {}", self.day_of_month(&at), self.clock(time)),
            () => format!("{}, {}", self.date(time), self.clock(time)),
        }
    }

    /// „Fr“, for the days of a week side by side.
    pub(crate) fn shortest(&self, time: Time) -> String {
        self.weekday(&self.at(time)).chars().take(if self.is_german() { 2 } else { 3 }).collect()
    }

    /// „Fr., 20. 11.“, for narrow places.
    pub(crate) fn short(&self, time: Time) -> String {
        let at = self.at(time);
        let weekday = self.shortest(time);
        match self.language {
            Language::English => format!("{weekday} {} {}", at.day(), self.month(&at)),
            _ => format!("{weekday}., {}.\u{a0}{}.", at.day(), at.month()),
        }
    }

    /// For machines: `2026-11-20T11:20:00+01:00`.
    pub(crate) fn iso(&self, time: Time) -> String {
        let whole = Time(time.0.div_euclid(1000) * 1000);
        self.at(whole).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// The year, for counting volumes.
    pub(crate) fn year(&self, time: Time) -> i64 {
        i64::from(self.at(time).year())
    }

    fn is_german(&self) -> bool {
        self.language.is_german()
    }

    fn day_of_month(&self, at: &ZonedDateTime) -> String {
        match self.language {
            Language::English => format!("{} {}", at.day(), self.month(at)),
            _ => format!("{}.\u{a0}{}", at.day(), self.month(at)),
        }
    }

    fn weekday(&self, at: &ZonedDateTime) -> &'static str {
        let (german, english) = match at.weekday() {
            Weekday::Monday => ("Montag", "Monday"),
            Weekday::Tuesday => ("Dienstag", "Tuesday"),
            Weekday::Wednesday => ("Mittwoch", "Wednesday"),
            Weekday::Thursday => ("Donnerstag", "Thursday"),
            Weekday::Friday => ("Freitag", "Friday"),
            Weekday::Saturday => ("Samstag", "Saturday"),
            Weekday::Sunday => ("Sonntag", "Sunday"),
        };
        if self.is_german() { german } else { english }
    }

    fn month(&self, at: &ZonedDateTime) -> &'static str {
        const GERMAN: [&str; 12] = [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ];
        const ENGLISH: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let index = usize::from(at.month().unsigned_abs() - 1);
        match self.language {
            Language::Austrian if index == 0 => "Jänner",
            Language::English => ENGLISH[index],
            _ => GERMAN[index],
        }
    }
}

/// „1.240“
pub(crate) fn number(number: i64, language: Language) -> String {
    let separator = match language {
        Language::English => ',',
        Language::Swiss => '’',
        _ => '.',
    };
    let digits = number.unsigned_abs().to_string();
    let mut printed = String::from(if number < 0 { "−" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            printed.push(separator);
        }
        printed.push(digit);
    }
    printed
}

/// Milliseconds as „6:12“, or „1:06:12“ from an hour on.
pub(crate) fn minutes(milliseconds: u64) -> String {
    let seconds = (milliseconds + 500) / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(language: Language) -> Calendar {
        Calendar { zone: TimeZone::get("Europe/Vienna").expect("a zone"), language }
    }

    fn time(text: &str) -> Time {
        Time::from(text.parse::<jiff::Timestamp>().expect("a timestamp"))
    }

    #[test]
    fn moments_are_said_in_the_papers_zone() {
        let calendar = calendar(Language::Austrian);
        let at = time("2026-11-20T10:20:00Z");
        assert_eq!(calendar.clock(at), "11:20");
        assert_eq!(calendar.day(at), "Freitag, 20.\u{a0}November 2026");
        assert_eq!(calendar.moment(at), "20.\u{a0}November 2026, 11:20\u{a0}Uhr");
        assert_eq!(calendar.iso(at), "2026-11-20T11:20:00+01:00");
        assert_eq!(calendar.iso(time("2026-07-01T10:20:00.999Z")), "2026-07-01T12:20:00+02:00");
        assert_eq!(calendar.short(at), "Fr., 20.\u{a0}11.");
    }

    #[test]
    fn an_hour_that_was_fixed_has_no_minutes_unless_it_has_some() {
        let german = calendar(Language::Austrian);
        assert_eq!(german.hour(time("2026-11-21T05:00:00Z")), "6\u{a0}Uhr");
        assert_eq!(german.hour(time("2026-11-21T05:30:00Z")), "6:30\u{a0}Uhr");
        assert_eq!(calendar(Language::English).hour(time("2026-11-21T05:00:00Z")), "6:00");
    }

    #[test]
    fn the_next_opening_names_its_day() {
        let calendar = calendar(Language::Austrian);
        let now = time("2026-11-20T20:14:00Z");
        assert_eq!(calendar.until(time("2026-11-21T05:00:00Z"), now), "Samstag, 6\u{a0}Uhr");
        assert_eq!(calendar.until(time("2026-12-01T05:00:00Z"), now), "1.\u{a0}Dezember, 6\u{a0}Uhr");
    }

    #[test]
    fn a_teaser_says_no_more_of_its_time_than_today_needs() {
        #[track_caller]
        fn check(at: &str, expected: &str) {
            let now = time("2026-01-09T12:00:00Z");
            assert_eq!(calendar(Language::Austrian).when(time(at), now), expected);
        }
        check("2026-01-09T05:04:00Z", "6:04");
        check("2026-01-08T22:59:00Z", "Donnerstag, 23:59");
        check("2026-01-08T23:00:00Z", "0:00");
        check("2026-01-02T11:00:00Z", "2.\u{a0}Jänner");
        check("2025-12-31T11:00:00Z", "31.\u{a0}Dezember 2025");
        check("2026-01-10T11:00:00Z", "10.\u{a0}Jänner");
    }

    #[test]
    fn only_austria_has_a_jaenner() {
        let at = time("2026-01-09T12:00:00Z");
        assert_eq!(calendar(Language::German).date(at), "9.\u{a0}Januar 2026");
        assert_eq!(calendar(Language::English).day(at), "Friday 9 January 2026");
    }

    #[test]
    fn counts_and_lengths() {
        assert_eq!(number(1_240, Language::Austrian), "1.240");
        assert_eq!(number(-12_345_678, Language::English), "−12,345,678");
        assert_eq!(number(999, Language::Swiss), "999");
        assert_eq!(minutes(372_000), "6:12");
        assert_eq!(minutes(59_600), "1:00");
        assert_eq!(minutes(3_972_000), "1:06:12");
    }
}
