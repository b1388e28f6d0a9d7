//! Public holidays of Austria, by rule instead of by a list that ends.
//!
//! Source of the rule: § 7 Abs. 2 Arbeitsruhegesetz. Good Friday is not among them: since 2019 it is a day everybody chooses
//! for themselves.

use jiff::civil::{Date, date};

/// A public holiday of Austria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// 1 January
    NewYear,
    /// 6 January
    Epiphany,
    /// The day after Easter Sunday.
    EasterMonday,
    /// 1 May
    LabourDay,
    /// The 39th day after Easter Sunday.
    Ascension,
    /// The 50th day after Easter Sunday.
    WhitMonday,
    /// The 60th day after Easter Sunday.
    CorpusChristi,
    /// 15 August
    Assumption,
    /// 26 October
    NationalDay,
    /// 1 November
    AllSaints,
    /// 8 December
    ImmaculateConception,
    /// 25 December
    ChristmasDay,
    /// 26 December
    SaintStephen,
}

const FIXED: [(i8, i8, Holiday); 9] = [
    (1, 1, Holiday::NewYear),
    (1, 6, Holiday::Epiphany),
    (5, 1, Holiday::LabourDay),
    (8, 15, Holiday::Assumption),
    (10, 26, Holiday::NationalDay),
    (11, 1, Holiday::AllSaints),
    (12, 8, Holiday::ImmaculateConception),
    (12, 25, Holiday::ChristmasDay),
    (12, 26, Holiday::SaintStephen),
];

const AFTER_EASTER: [(i32, Holiday); 4] = [
    (1, Holiday::EasterMonday),
    (39, Holiday::Ascension),
    (50, Holiday::WhitMonday),
    (60, Holiday::CorpusChristi),
];

impl Holiday {
    /// The holiday on this date. When Ascension falls on 1 May, as in 2008, the date is Labour Day.
    #[must_use]
    pub fn on(day: Date) -> Option<Holiday> {
        let fixed = FIXED.iter().find(|(month, of, _)| (*month, *of) == (day.month(), day.day()));
        if let Some((_, _, holiday)) = fixed {
            return Some(*holiday);
        }
        let since_easter = day.since(easter(day.year())).ok()?.get_days();
        AFTER_EASTER.iter().find(|(days, _)| *days == since_easter).map(|(_, holiday)| *holiday)
    }
}

/// Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher, which has no exceptions.
#[must_use]
pub fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (golden, century, of_century) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let moon_shift = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - moon_shift + 15).rem_euclid(30);
    let weekday =
        (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    // Days after 22 March, the earliest possible date.
    let days = epact + weekday - 7 * late;
    let earliest = date(year, 3, 22);
    earliest.checked_add(jiff::Span::new().days(days)).unwrap_or(earliest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_where_the_published_tables_have_it() {
        // The federal office of metrology and others publish these; the last ones are the earliest and latest possible dates.
        for (year, month, day) in [
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2029, 4, 1),
            (2030, 4, 21),
            (1818, 3, 22),
            (1943, 4, 25),
            (2038, 4, 25),
            (1954, 4, 18),
            (1981, 4, 19),
        ] {
            assert_eq!(easter(year), date(year, month, day), "{year}");
        }
    }

    #[test]
    fn the_year_2026_has_its_thirteen_holidays() {
        let mut day = date(2026, 1, 1);
        let mut found = Vec::new();
        while day.year() == 2026 {
            if Holiday::on(day).is_some() {
                found.push((day.month(), day.day()));
            }
            day = day.tomorrow().expect("2026 is not the end of time");
        }
        let expected = [
            (1, 1),
            (1, 6),
            (4, 6),
            (5, 1),
            (5, 14),
            (5, 25),
            (6, 4),
            (8, 15),
            (10, 26),
            (11, 1),
            (12, 8),
            (12, 25),
            (12, 26),
        ];
        assert_eq!(found, expected);
        assert_eq!(Holiday::on(date(2008, 5, 1)), Some(Holiday::LabourDay));
    }
}
