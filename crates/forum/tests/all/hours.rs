//! Opening hours: a table of moments, and a slow oracle that walks minute by minute.

use forum::hours::{Holiday, Hours, Reason, Region, Settings, State};
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use store::Time;

const PAPER: &str = r#"
    zone = "Europe/Vienna"
    monday = "06:00-20:00"
    tuesday = "06:00-12:00, 12:00-20:00"
    wednesday = "20:00-22:00, 06:00-20:00"
    thursday = "06:00-20:00"
    friday = "06:00-02:00"
    saturday = "always"
    sunday = "00:00-18:00"
    holidays = "08:00-18:00"
    [exceptions]
    2026-12-24 = "08:00-14:00"
    2026-06-16 = { hours = "closed", note = "Die Redaktion trauert." }
    2026-06-20 = "closed"
"#;

fn hours(toml: &str) -> Hours {
    let settings: Settings = toml::from_str(toml).expect("the test's hours are TOML");
    settings.hours().expect("the test's hours are hours")
}

/// A moment in Vienna, such as `2026-06-15 19:59`.
fn vienna(text: &str) -> Time {
    moment(text, "Europe/Vienna")
}

fn moment(text: &str, zone: &str) -> Time {
    let wall: DateTime = text.replace(' ', "T").parse().expect("a date and a time");
    let zone = TimeZone::get(zone).expect("a zone");
    Time::from(zone.to_timestamp(wall).expect("a moment"))
}

/// What is kept in Austria on this date.
fn holiday(date: &str) -> Holiday {
    Region::default().holiday(date.parse().expect("a date")).expect("a holiday")
}

#[track_caller]
fn open(hours: &Hours, at: &str, until: &str) {
    assert_eq!(hours.state(vienna(at)), State::Open { until: Some(vienna(until)) }, "at {at}");
}

#[track_caller]
fn closed(hours: &Hours, at: &str, until: &str, reason: Reason) {
    assert_eq!(hours.state(vienna(at)), State::Closed { until: Some(vienna(until)), reason }, "at {at}");
}

#[test]
fn weekdays_open_and_close_to_the_millisecond() {
    let paper = hours(PAPER);
    open(&paper, "2026-06-15 06:00", "2026-06-15 20:00");
    open(&paper, "2026-06-15 19:59:59.999", "2026-06-15 20:00");
    closed(&paper, "2026-06-17 22:00", "2026-06-18 06:00", Reason::Night);
    closed(&paper, "2026-06-18 05:59:59.999", "2026-06-18 06:00", Reason::Night);
}

#[test]
fn a_closed_talk_knows_since_when() {
    let paper = hours(PAPER);
    let since = |at: &str| paper.closed_since(vienna(at));
    assert_eq!(since("2026-06-17 22:00"), Some(vienna("2026-06-17 22:00")));
    assert_eq!(since("2026-06-18 05:59"), Some(vienna("2026-06-17 22:00")));
    assert_eq!(since("2026-06-18 06:00"), None, "it is open");
    assert_eq!(since("2026-06-20 12:00"), Some(vienna("2026-06-20 02:00")));
    assert_eq!(hours("zone = \"UTC\"").closed_since(Time(0)), None, "it never was open");
}

#[test]
fn windows_that_meet_are_one() {
    let paper = hours(PAPER);
    open(&paper, "2026-06-23 11:59", "2026-06-23 20:00");
    open(&paper, "2026-06-17 07:00", "2026-06-17 22:00");
    // Friday evening runs into Saturday, which is open around the clock, and on into Sunday.
    open(&paper, "2026-06-26 06:00", "2026-06-28 18:00");
    closed(&paper, "2026-06-28 18:00", "2026-06-29 06:00", Reason::Night);
}

#[test]
fn a_window_over_midnight_belongs_to_its_evening() {
    let paper = hours(PAPER);
    open(&paper, "2026-06-19 23:59", "2026-06-20 02:00");
    open(&paper, "2026-06-20 00:00", "2026-06-20 02:00");
    closed(&paper, "2026-06-20 02:00", "2026-06-21 00:00", Reason::Exception(None));
}

#[test]
fn single_dates_go_before_the_week_and_say_why() {
    let paper = hours(PAPER);
    let mourning = story::Line::parse("note", "Die Redaktion trauert.", 99).expect("a line");
    closed(&paper, "2026-06-16 12:00", "2026-06-17 06:00", Reason::Exception(Some(mourning)));
    open(&paper, "2026-12-24 13:59", "2026-12-24 14:00");
    closed(&paper, "2026-12-24 14:00", "2026-12-25 08:00", Reason::Exception(None));
}

#[test]
fn holidays_go_before_the_weekday() {
    let paper = hours(PAPER);
    closed(&paper, "2026-10-26 07:00", "2026-10-26 08:00", Reason::Holiday(holiday("2026-10-26")));
    open(&paper, "2026-10-26 08:00", "2026-10-26 18:00");
    closed(&paper, "2026-04-06 19:00", "2026-04-07 06:00", Reason::Holiday(holiday("2026-04-06")));
    let like_sunday = hours(&PAPER.replace("holidays = \"08:00-18:00\"", "holidays = \"sunday\""));
    open(&like_sunday, "2026-10-26 03:00", "2026-10-26 18:00");
    // All Saints' 2026 is a Sunday: its hours are those of any Sunday, so nothing about it needs explaining.
    closed(&like_sunday, "2026-11-01 18:30", "2026-11-02 06:00", Reason::Night);
    let as_usual = hours(&PAPER.replace("holidays = \"08:00-18:00\"", "holidays = \"as usual\""));
    open(&as_usual, "2026-10-26 07:00", "2026-10-26 20:00");
}

/// The table names every region and year; a day too many or too few in any of them is found.
#[test]
fn holidays_are_those_of_the_published_tables() {
    let table = include_str!("holidays.txt").lines().filter(|line| !line.starts_with('#'));
    let mut regions = std::collections::BTreeSet::new();
    let mut years = 0;
    for line in table {
        let (head, days) = line.split_once(": ").expect("region and year, then days");
        let (name, year) = head.split_once(' ').expect("a region and a year");
        let region = Region::parse(name).expect("a region");
        let first = date(year.parse().expect("a year"), 1, 1);
        let found: Vec<String> = (0..i64::from(first.days_in_year()))
            .map(|n| first.checked_add(jiff::Span::new().days(n)).expect("a date"))
            .filter(|day| region.holiday(*day).is_some())
            .map(|day| format!("{:02}-{:02}", day.month(), day.day()))
            .collect();
        assert_eq!(found.join(" "), days, "{head}");
        regions.insert(name.to_owned());
        years += 1;
    }
    assert_eq!(regions, Region::all().collect());
    assert_eq!(years, 7 * regions.len());
}

#[test]
fn a_paper_keeps_the_holidays_of_its_region() {
    let carnival = |region: &str| {
        hours(&format!("{PAPER}\n").replacen("zone", &format!("region = \"{region}\"\nzone"), 1))
    };
    let munich = carnival("DE-BY");
    let assumption = moment("2026-08-15 07:00", "Europe/Vienna");
    let kept = Region::parse("DE-BY").and_then(|bavaria| bavaria.holiday(date(2026, 8, 15)));
    let reason = Reason::Holiday(kept.expect("Assumption Day"));
    assert_eq!(munich.state(assumption), State::Closed { until: Some(vienna("2026-08-15 08:00")), reason });
    // A Saturday as any other in Berlin.
    assert!(carnival("DE-BE").state(assumption).is_open());
}

#[test]
fn the_leap_day_is_a_day() {
    let paper = hours(PAPER);
    // 29 February 2028 is a Tuesday.
    closed(&paper, "2028-02-28 20:00", "2028-02-29 06:00", Reason::Night);
    open(&paper, "2028-02-29 06:00", "2028-02-29 20:00");
    closed(&paper, "2028-02-29 20:00", "2028-03-01 06:00", Reason::Night);
}

#[test]
fn in_spring_the_missing_hour_opens_late_and_closes_early() {
    // On 29 March 2026 the clock goes from 02:00 to 03:00.
    let opens_in_it = hours("zone = \"Europe/Vienna\"\nsunday = \"02:30-04:00\"");
    let first_minute = moment("2026-03-29 01:00", "UTC");
    assert_eq!(opens_in_it.next_flip(vienna("2026-03-29 01:59")), Some(first_minute));
    assert_eq!(opens_in_it.next_flip(first_minute), Some(vienna("2026-03-29 04:00")));
    let closes_in_it = hours("zone = \"Europe/Vienna\"\nsunday = \"01:00-02:30\"");
    assert_eq!(closes_in_it.next_flip(vienna("2026-03-29 01:30")), Some(first_minute));
    let lies_in_it = hours("zone = \"Europe/Vienna\"\nsunday = \"02:10-02:50\"");
    assert_eq!(lies_in_it.next_flip(vienna("2026-03-29 01:30")), Some(vienna("2026-04-05 02:10")));
}

#[test]
fn in_autumn_the_first_repeated_hour_opens_and_the_last_closes() {
    // On 25 October 2026 the clock goes from 03:00 back to 02:00.
    let within = hours("zone = \"Europe/Vienna\"\nsunday = \"02:15-02:45\"");
    let (first_quarter, last_three_quarters) =
        (moment("2026-10-25 00:15", "UTC"), moment("2026-10-25 01:45", "UTC"));
    assert_eq!(within.next_flip(vienna("2026-10-25 01:00")), Some(first_quarter));
    assert_eq!(within.next_flip(first_quarter), Some(last_three_quarters));
    // A window that ends where the repeated hour begins ends at its first occurrence.
    let before = hours("zone = \"Europe/Vienna\"\nsunday = \"00:00-02:00\"");
    assert_eq!(before.next_flip(vienna("2026-10-25 01:00")), Some(moment("2026-10-25 00:00", "UTC")));
}

#[test]
fn around_the_clock_and_never_have_no_flip() {
    let always = hours(
        "zone = \"UTC\"\nmonday = \"always\"\ntuesday = \"always\"\nwednesday = \"00:00-24:00\"\nthursday = \"always\"
         friday = \"00:00-12:00, 12:00-00:00\"\nsaturday = \"always\"\nsunday = \"always\"",
    );
    assert_eq!(always.state(Time(0)), State::Open { until: None });
    assert_eq!(Hours::always(TimeZone::UTC).state(Time(0)), State::Open { until: None });
    let never = hours("zone = \"UTC\"");
    assert_eq!(never.state(Time(0)), State::Closed { until: None, reason: Reason::Always });
    let all_waits = hours("zone = \"UTC\"\noutside = \"waiting\"");
    assert_eq!(all_waits.state(Time(0)), State::Waiting { until: None, reason: Reason::Always });
}

#[test]
fn what_is_no_hours_is_named_with_its_key() {
    #[track_caller]
    fn check(toml: &str, expected: &str) {
        let settings: Settings = toml::from_str(toml).expect("TOML");
        let trouble = settings.hours().expect_err("a mistake").to_string();
        assert!(trouble.contains(expected), "{trouble}");
    }
    check("zone = \"Wien\"", "hours.zone: \"Wien\" is no time zone");
    check("zone = \"UTC\"\nmonday = \"6-20\"", "hours.monday: \"6-20\" is no window");
    check("zone = \"UTC\"\nregion = \"Wien\"", "hours.region: there is no region \"Wien\"");
    check("zone = \"UTC\"\nmonday = \"06:00-24:01\"", "hours.monday");
    check("zone = \"UTC\"\nmonday = \"06:00-06:00\"", "a whole day is written \"00:00-24:00\"");
    check("zone = \"UTC\"\nmonday = \"06:60-08:00\"", "hours.monday");
    check("zone = \"UTC\"\nholidays = \"sometimes\"", "hours.holidays");
    check("zone = \"UTC\"\noutside = \"open\"", "hours.outside: \"open\" is neither");
    check(
        "zone = \"UTC\"\n[exceptions]\n2026-02-30 = \"closed\"",
        "hours.exceptions.2026-02-30: no such date",
    );
    assert!(toml::from_str::<Settings>("zone = \"UTC\"\nmontag = \"always\"").is_err());
}

/// What the hours mean, said in the slowest way: every minute between two dates with what the clock on the wall shows.
struct Oracle {
    minutes: Vec<(Time, DateTime)>,
}

impl Oracle {
    fn new(zone: &str, from: Date, days: i64) -> Oracle {
        let zone = TimeZone::get(zone).expect("a zone");
        let start = Time::from(zone.to_timestamp(from.to_datetime(jiff::civil::Time::MIN)).expect("a start"));
        let minutes = (0..days * 24 * 60)
            .map(|n| start.plus_minutes(n))
            .map(|at| (at, zone.to_datetime(at.timestamp())))
            .collect();
        Oracle { minutes }
    }

    /// Which minutes are open if each of these wall-clock stretches is.
    fn open_minutes(&self, stretches: &[(DateTime, DateTime)]) -> Vec<bool> {
        let mut open = vec![false; self.minutes.len()];
        for (from, to) in stretches {
            let first = self.minutes.iter().position(|(_, wall)| wall >= from);
            let last = self.minutes.iter().rposition(|(_, wall)| wall < to);
            if let (Some(first), Some(last)) = (first, last) {
                open.iter_mut().take(last + 1).skip(first).for_each(|minute| *minute = true);
            }
        }
        open
    }
}

/// Zones with a date on which their clocks change, the odd ones included: midnight that does not exist or comes twice,
/// half an hour's change, and a day that was left out.
const CHANGES: [(&str, Date); 12] = [
    ("Europe/Vienna", date(2026, 3, 29)),
    ("Europe/Vienna", date(2026, 10, 25)),
    ("Europe/Vienna", date(2028, 2, 29)),
    ("Europe/Zurich", date(1981, 3, 29)),
    ("Europe/Berlin", date(1980, 4, 6)),
    ("UTC", date(2026, 12, 31)),
    ("Pacific/Auckland", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Havana", date(2026, 11, 1)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("America/St_Johns", date(2006, 10, 29)),
    ("Pacific/Apia", date(2011, 12, 30)),
];

/// The minutes before, at and after each quarter of an hour (all windows begin and end at one) in the two days around each
/// change of the clock, each turn of a year and each 29 February of twenty years, in the zones papers live in and one on the
/// other side of the world: the state is what a walk along the clock on the wall finds.
#[test]
fn twenty_years_of_edges_are_as_the_clock_on_the_wall_says() {
    let week = "monday = \"06:00-20:00\"\ntuesday = \"06:00-12:00, 13:00-20:00\"\nwednesday = \"always\"
        thursday = \"02:30-03:30, 23:00-02:15\"\nfriday = \"22:00-02:30\"\nsaturday = \"01:45-02:45, 20:00-24:00\"
        sunday = \"00:00-02:00, 02:30-05:00\"";
    let windows: [&[(i64, i64)]; 7] = [
        &[(360, 1200)],
        &[(360, 720), (780, 1200)],
        &[(0, 1440)],
        &[(150, 210), (1380, 1575)],
        &[(1320, 1590)],
        &[(105, 165), (1200, 1440)],
        &[(0, 120), (150, 300)],
    ];
    let mut looked = 0;
    for zone in ["Europe/Vienna", "Europe/Berlin", "Europe/Zurich", "UTC", "Pacific/Auckland"] {
        let paper = hours(&format!("zone = \"{zone}\"\n{week}"));
        for edge in edges(zone) {
            let first = edge.checked_sub(jiff::Span::new().days(3)).expect("a date");
            let oracle = Oracle::new(zone, first, 6);
            let stretches = first.series(jiff::Span::new().days(1)).take(6).flat_map(|day| {
                let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).expect("a weekday");
                let midnight = day.to_datetime(jiff::civil::Time::MIN);
                let wall = move |m: i64| midnight.checked_add(jiff::Span::new().minutes(m)).expect("a time");
                windows[weekday].iter().map(move |(from, to)| (wall(*from), wall(*to)))
            });
            let open = oracle.open_minutes(&stretches.collect::<Vec<_>>());
            // The day before the edge and the day itself.
            for minute in (2 * 1440..4 * 1440).filter(|minute| [14, 0, 1].contains(&(minute % 15))) {
                let (at, wall) = oracle.minutes[minute];
                assert_eq!(paper.state(at).is_open(), open[minute], "{zone} {wall}");
                looked += 1;
            }
        }
    }
    assert!(looked > 150_000, "{looked} minutes");
}

/// The dates between 2015 and 2035 on which something is odd.
fn edges(zone: &str) -> Vec<Date> {
    let zone = TimeZone::get(zone).expect("a zone");
    let start = date(2015, 1, 1).to_datetime(jiff::civil::Time::MIN);
    let start = zone.to_timestamp(start).expect("a start");
    let changes = zone.following(start).map(|change| zone.to_datetime(change.timestamp()).date());
    let mut edges: Vec<Date> = changes.take_while(|day| day.year() < 2035).collect();
    edges.extend((2015..2035).map(|year| date(year, 12, 31)));
    edges.extend((2015..2035).filter_map(|year| Date::new(year, 2, 29).ok()));
    edges
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_state_is_what_a_walk_through_all_minutes_finds(
        which in 0..CHANGES.len(),
        week in proptest::collection::vec(proptest::collection::vec((0..96_i16, 1..=96_i16), 0..4), 7),
        probes in proptest::collection::vec(0..(7 * 24 * 60_usize), 40),
        waits in any::<bool>(),
    ) {
        let (zone, change) = CHANGES[which];
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let quarter = |q: i16| format!("{:02}:{:02}", q / 4, q % 4 * 15);
        let text = |day: &[(i16, i16)]| day.iter()
            .filter(|(from, to)| from != to)
            .map(|(from, to)| format!("{}-{}", quarter(*from), quarter(*to)))
            .collect::<Vec<_>>().join(", ");
        let table = names.iter().zip(&week).map(|(name, day)| format!("{name} = \"{}\"\n", text(day)));
        let outside = if waits { "waiting" } else { "closed" };
        let hours =
            hours(&format!("zone = \"{zone}\"\noutside = \"{outside}\"\n{}", table.collect::<String>()));

        let first = change.checked_sub(jiff::Span::new().days(6)).expect("a date");
        let oracle = Oracle::new(zone, first, 18);
        let mut stretches = Vec::new();
        for ahead in 0..18 {
            let day = first.checked_add(jiff::Span::new().days(ahead)).expect("a date");
            let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).expect("a weekday");
            for (from, to) in week[weekday].iter().filter(|(from, to)| from != to) {
                let to = if to < from { *to + 96 } else { *to };
                let wall = |q: i16| day.to_datetime(jiff::civil::Time::MIN)
                    .checked_add(jiff::Span::new().minutes(q * 15)).expect("a time");
                stretches.push((wall(*from), wall(to)));
            }
        }
        let open = oracle.open_minutes(&stretches);
        for probe in probes {
            // Three days' grace at the beginning for windows that began before the walk.
            let probe = probe + 3 * 24 * 60;
            let (at, _) = oracle.minutes[probe];
            let state = hours.state(at);
            let found = match state {
                State::Open { .. } => "open",
                State::Waiting { .. } => "waiting",
                State::Closed { .. } => "closed",
            };
            let expected = if open[probe] { "open" } else { outside };
            prop_assert_eq!(found, expected, "at {}", at.timestamp());
            let flip = (probe..open.len() - 2 * 24 * 60).find(|later| open[*later] != open[probe]);
            if let Some(flip) = flip {
                prop_assert_eq!(state.until(), Some(oracle.minutes[flip].0), "flip after {}", at.timestamp());
            }
        }
    }
}
