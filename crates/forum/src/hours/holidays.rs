//! Public holidays of Austria, Germany and Switzerland, by rule instead of by a list that ends.
//!
//! Sources. Austria: § 7 Abs. 2 Arbeitsruhegesetz; a state's own day (its patron, Carinthia's plebiscite) is no day off for
//! everybody, but schools and offices keep it (§ 2 Abs. 4 Schulzeitgesetz 1985), so it counts for a paper that names its state.
//! Germany: Art. 2 Abs. 2 Einigungsvertrag and the holiday acts of the sixteen states. Switzerland: Art. 110 Abs. 3 of the
//! Federal Constitution and the acts of the cantons on days of rest; days that only some districts or communes keep are left
//! out, as are half days. What a paper keeps beyond that is an exception of its own.
//!
//! A holiday is named by a key (`whit-monday`); the words for it are the theme's.

use jiff::civil::{Date, Weekday, date};

/// A public holiday, by the key of its name: `holiday-` and this key is a word of the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holiday(&'static str);

/// A country or one of its states, whose holidays a paper keeps. Written by ISO 3166: `AT`, `AT-5`, `DE-BY`, `CH-ZH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    country: &'static Country,
    state: Option<&'static str>,
}

#[derive(Debug, PartialEq, Eq)]
struct Country {
    code: &'static str,
    states: &'static str,
    calendar: &'static [(Rule, &'static str, &'static str)],
}

/// Which day of a year it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Month and day.
    On(i8, i8),
    /// Days after Easter Sunday.
    Easter(i32),
    /// Month and day, in one year alone.
    Once(i16, i8, i8),
    /// Month and day, if it is one of these weekdays.
    OnlyOn(i8, i8, &'static [Weekday]),
    /// This many days after the nth Sunday of a month.
    AfterSunday(i8, i8, i32),
    /// The Wednesday before 23 November: eleven days before the first Sunday of Advent.
    Repentance,
    /// The first Thursday of April, a week later if that is in Holy Week.
    Naefels,
}

use Rule::{AfterSunday, Easter, Naefels, On, Once, OnlyOn, Repentance};

/// Rule, key of the name, states that keep it; no state named means all of them. Where two fall on one day, the first names it.
type Calendar = &'static [(Rule, &'static str, &'static str)];

const AUSTRIA: Calendar = &[
    (On(1, 1), "new-year", ""),
    (On(1, 6), "epiphany", ""),
    (On(3, 19), "joseph", "2 6 7 8"),
    (Easter(1), "easter-monday", ""),
    (On(5, 1), "labour-day-at", ""),
    (On(5, 4), "florian", "4"),
    (Easter(39), "ascension", ""),
    (Easter(50), "whit-monday", ""),
    (Easter(60), "corpus-christi", ""),
    (On(8, 15), "assumption", ""),
    (On(9, 24), "rupert", "5"),
    (On(10, 10), "plebiscite", "2"),
    (On(10, 26), "national-day", ""),
    (On(11, 1), "all-saints", ""),
    (On(11, 11), "martin", "1"),
    (On(11, 15), "leopold", "3 9"),
    (On(12, 8), "immaculate-conception", ""),
    (On(12, 25), "christmas-at", ""),
    (On(12, 26), "stephen-at", ""),
];

const GERMANY: Calendar = &[
    (On(1, 1), "new-year", ""),
    (On(1, 6), "epiphany", "BW BY ST"),
    (On(3, 8), "womens-day", "BE MV"),
    (Easter(-2), "good-friday", ""),
    (Easter(0), "easter-sunday", "BB"),
    (Easter(1), "easter-monday", ""),
    (On(5, 1), "labour-day", ""),
    (Once(2025, 5, 8), "liberation-day", "BE"),
    (Easter(39), "ascension", ""),
    (Once(2028, 6, 17), "uprising-day", "BE"),
    (Easter(49), "whit-sunday", "BB"),
    (Easter(50), "whit-monday", ""),
    (Easter(60), "corpus-christi", "BW BY HE NW RP SL"),
    // In Bavaria in the communes with more Catholic than Protestant people, which are most (Art. 1 Abs. 1 Nr. 2 BayFTG).
    (On(8, 15), "assumption", "BY SL"),
    (On(9, 20), "childrens-day", "TH"),
    (On(10, 3), "unity-day", ""),
    (On(10, 31), "reformation-day", "BB HB HH MV NI SH SN ST TH"),
    (On(11, 1), "all-saints", "BW BY NW RP SL"),
    (Repentance, "repentance-day", "SN"),
    (On(12, 25), "christmas-de", ""),
    (On(12, 26), "second-christmas-de", ""),
];

use Weekday::{Friday, Monday, Sunday, Thursday, Wednesday};
/// Stephen's day is left out after and before a Sunday, so that three days of rest do not follow each other.
const NOT_AT_A_SUNDAY: &[Weekday] = &[Monday, Wednesday, Thursday, Friday, Sunday];

const SWITZERLAND: Calendar = &[
    (On(1, 1), "new-year", ""),
    (On(1, 2), "berchtold", "AG BE JU LU TG VD"),
    (OnlyOn(1, 2, &[Monday]), "berchtold", "NE"),
    (On(1, 6), "epiphany", "SZ TI UR"),
    (On(3, 1), "neuchatel-republic", "NE"),
    (On(3, 19), "joseph", "NW SZ TI UR VS"),
    (Naefels, "naefels", "GL"),
    (Easter(-2), "good-friday", "AG AI AR BE BL BS FR GE GL JU LU NE NW OW SG SH SO SZ TG UR VD ZG ZH"),
    (Easter(1), "easter-monday", "AG AI AR BE BL BS GE GL GR JU LU SG SH SZ TG TI UR VD ZH"),
    (On(5, 1), "labour-day", "AG BL BS JU NE SH TG TI ZH"),
    (Easter(39), "ascension-ch", ""),
    (Easter(50), "whit-monday", "AG AI AR BE BL BS GE GL GR JU LU SG SH SZ TG TI UR VD ZH"),
    (Easter(60), "corpus-christi", "AG AI JU LU NE NW OW SZ TI UR VS ZG"),
    (On(6, 23), "jura-independence", "JU"),
    (On(6, 29), "peter-and-paul", "TI"),
    (On(8, 1), "federal-day", ""),
    (On(8, 15), "assumption", "AG AI JU LU NW OW SZ TI UR VS ZG"),
    (AfterSunday(9, 1, 4), "geneva-fast", "GE"),
    (AfterSunday(9, 3, 1), "fast-monday", "VD"),
    (On(9, 25), "niklaus", "OW"),
    (On(11, 1), "all-saints", "AG AI GL JU LU NW OW SG SZ TI UR VS ZG"),
    (On(12, 8), "immaculate-conception", "AG AI LU NW OW SZ TI UR VS ZG"),
    (On(12, 25), "christmas-ch", ""),
    (On(12, 26), "stephen-ch", "AG BE BL BS GL GR LU SG SH SZ TG TI ZH"),
    (OnlyOn(12, 26, NOT_AT_A_SUNDAY), "stephen-ch", "AI AR UR"),
    (OnlyOn(12, 26, &[Monday]), "stephen-ch", "NE"),
    (On(12, 31), "geneva-restoration", "GE"),
];

static COUNTRIES: [Country; 3] = [
    Country { code: "AT", states: "1 2 3 4 5 6 7 8 9", calendar: AUSTRIA },
    Country { code: "DE", states: "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH", calendar: GERMANY },
    Country {
        code: "CH",
        states: "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH",
        calendar: SWITZERLAND,
    },
];

impl Default for Region {
    fn default() -> Region {
        Region { country: &COUNTRIES[0], state: None }
    }
}

impl Region {
    /// Reads `AT`, `DE-BY`, `CH-ZH`; nothing if there is no such state.
    #[must_use]
    pub fn parse(text: &str) -> Option<Region> {
        let text = text.trim().to_ascii_uppercase();
        let (country, state) = match text.split_once('-') {
            Some((country, state)) => (country, Some(state)),
            None => (text.as_str(), None),
        };
        let country = COUNTRIES.iter().find(|known| known.code == country)?;
        let state = match state {
            Some(state) => Some(country.states.split(' ').find(|known| *known == state)?),
            None => None,
        };
        Some(Region { country, state })
    }

    /// Every country and state there is, as it is written.
    pub fn all() -> impl Iterator<Item = String> {
        COUNTRIES.iter().flat_map(|country| {
            let states = country.states.split(' ').map(|state| format!("{}-{state}", country.code));
            std::iter::once(country.code.to_owned()).chain(states)
        })
    }

    /// The holiday on this date. When Ascension falls on 1 May, as in 2008, the date is Labour Day.
    #[must_use]
    pub fn holiday(self, day: Date) -> Option<Holiday> {
        let kept = |states: &str| {
            states.is_empty() || self.state.is_some_and(|state| states.split(' ').any(|one| one == state))
        };
        let rows = self.country.calendar.iter();
        rows.filter(|(_, _, states)| kept(states))
            .find(|(rule, _, _)| rule.falls_on(day))
            .map(|(_, key, _)| Holiday(key))
    }
}

impl Holiday {
    /// `whit-monday`
    #[must_use]
    pub fn key(self) -> &'static str {
        self.0
    }

    /// Every holiday there is, so that the theme can prove that it has a word for each.
    pub fn all() -> impl Iterator<Item = Holiday> {
        COUNTRIES.iter().flat_map(|country| country.calendar.iter().map(|(_, key, _)| Holiday(key)))
    }
}

impl Rule {
    fn falls_on(self, day: Date) -> bool {
        let is = |month: i8, of_month: i8| (day.month(), day.day()) == (month, of_month);
        match self {
            On(month, of_month) => is(month, of_month),
            Once(year, month, of_month) => day.year() == year && is(month, of_month),
            OnlyOn(month, of_month, weekdays) => is(month, of_month) && weekdays.contains(&day.weekday()),
            Easter(days) => after(easter(day.year()), days) == day,
            AfterSunday(month, nth, days) => {
                let sunday = date(day.year(), month, 1).nth_weekday_of_month(nth, Sunday);
                sunday.is_ok_and(|sunday| after(sunday, days) == day)
            }
            Repentance => day.month() == 11 && (16..=22).contains(&day.day()) && day.weekday() == Wednesday,
            Naefels => {
                let first = date(day.year(), 4, 1).nth_weekday_of_month(1, Thursday);
                first.is_ok_and(|first| {
                    let is_maundy = after(easter(day.year()), -3) == first;
                    day == if is_maundy { after(first, 7) } else { first }
                })
            }
        }
    }
}

fn after(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
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
    after(date(year, 3, 22), epact + weekday - 7 * late)
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
    fn a_region_is_a_country_or_one_of_its_states() {
        assert_eq!(Region::parse("at"), Some(Region::default()));
        assert!(Region::parse("DE-BY").is_some() && Region::parse("CH-ZH").is_some());
        for nonsense in ["", "FR", "AT-10", "DE-ZH", "DE-", "AT-1 2"] {
            assert_eq!(Region::parse(nonsense), None, "{nonsense}");
        }
        assert_eq!(Region::all().count(), 3 + 9 + 16 + 26);
        for region in Region::all() {
            assert!(Region::parse(&region).is_some(), "{region}");
        }
    }

    #[test]
    fn two_on_one_day_are_named_by_the_first() {
        let austria = Region::default();
        assert_eq!(austria.holiday(date(2008, 5, 1)), Some(Holiday("labour-day-at")));
        // The first Thursday of April, unless it is Maundy Thursday, as in 2026.
        let glarus = Region::parse("CH-GL").expect("a canton");
        assert_eq!(glarus.holiday(date(2029, 4, 5)), Some(Holiday("naefels")));
        assert_eq!(glarus.holiday(date(2026, 4, 9)), Some(Holiday("naefels")));
    }
}
