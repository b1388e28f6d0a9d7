//! Series of days, from nothing but the days on which somebody solved the puzzle of the day.
//!
//! **Which day a solved puzzle counts for.** The day ends at midnight of the paper ([`Day`]). A solution that the house receives
//! before counts, whatever the clock of the device says. One that arrives later counts if the device says that it was finished
//! on the day, and it comes within [`GRACE`] days: somebody who solved it in a train without a network loses nothing. A device
//! whose clock is ahead of ours is not believed: its moment is taken to be ours. What does not count is solved all the same; it
//! just does not make the series longer.
//!
//! A series is kept as days, not as a number: the same day from two devices is one day, and a day that arrives late closes the
//! gap it left.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use store::Time;

use crate::Day;

/// How many days after its own a solved puzzle may arrive and still count.
pub const GRACE: i32 = 3;

/// Whether a puzzle of `day` counts for the series: it was finished at `claimed`, as the device says, and received at `received`.
#[must_use]
pub fn counts(day: Day, claimed: Option<Time>, received: Time, zone: &TimeZone) -> bool {
    let finished = claimed.map_or(received, |claimed| claimed.min(received));
    let arrived = Day::of(received, zone);
    Day::of(finished, zone) == day && arrived.since(day) <= GRACE
}

/// A series of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// Days in a row up to today, or up to yesterday if today is still open.
    pub current: u32,
    /// The longest there was.
    pub longest: u32,
    /// Today is part of it.
    pub today: bool,
}

/// The series as it stands on a day. Days after it are none of it.
#[must_use]
pub fn series(days: &BTreeSet<Day>, today: Day) -> Series {
    let mut longest = 0;
    let mut run = 0;
    let mut before: Option<Day> = None;
    for day in days.range(..=today) {
        run = if before.is_some_and(|before| before.after(1) == *day) { run + 1 } else { 1 };
        longest = longest.max(run);
        before = Some(*day);
    }
    let alive = before.is_some_and(|last| today.since(last) <= 1);
    Series { current: if alive { run } else { 0 }, longest, today: days.contains(&today) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ZONES: [&str; 5] =
        ["Europe/Vienna", "America/St_Johns", "Pacific/Apia", "America/Santiago", "Australia/Lord_Howe"];

    fn zone(n: usize) -> TimeZone {
        TimeZone::get(ZONES[n % ZONES.len()]).expect("a zone")
    }

    fn start() -> Day {
        // A fortnight before the clocks go back in Vienna, so that every history crosses a change somewhere.
        Day::parse("2026-10-11").expect("a day")
    }

    #[test]
    fn a_series_lives_through_yesterday_and_breaks_over_a_gap() {
        #[track_caller]
        fn check(solved: &[i32], today: i32, expected: (u32, u32, bool)) {
            let days = solved.iter().map(|n| start().after(*n)).collect();
            let said = series(&days, start().after(today));
            assert_eq!((said.current, said.longest, said.today), expected, "{solved:?} on {today}");
        }
        check(&[], 0, (0, 0, false));
        check(&[0, 1, 2], 2, (3, 3, true));
        check(&[0, 1, 2], 3, (3, 3, false));
        check(&[0, 1, 2], 4, (0, 3, false));
        check(&[0, 1, 3, 4, 5, 9], 5, (3, 3, true));
        check(&[13, 14, 15, 16], 16, (4, 4, true));
    }

    #[test]
    fn t5_4_a_clock_one_day_ahead_wins_nothing_and_loses_nothing() {
        let vienna = zone(0);
        let day = start();
        let noon = day.begins(&vienna).plus_minutes(12 * 60);
        let ahead = noon.plus_minutes(24 * 60);
        assert!(counts(day, Some(ahead), noon, &vienna), "it was received today");
        assert!(!counts(day.after(1), Some(ahead), noon, &vienna), "tomorrow's is not there yet");
        let late = day.ends(&vienna);
        assert!(!counts(day, None, late, &vienna), "midnight is tomorrow");
        assert!(
            counts(day, Some(late.plus(-1)), late, &vienna),
            "finished in the last moment, received after it"
        );
        let week = day.after(7).begins(&vienna);
        assert!(!counts(day, Some(noon), week, &vienna), "a week later nothing is believed");
    }

    /// One solved puzzle: on which day, how many minutes into it, on which of two devices, and how many minutes later it arrives.
    fn solved() -> impl Strategy<Value = (i32, i64, bool, i64)> {
        (0i32..40, 0i64..(26 * 60), any::<bool>(), 0i64..(3 * 24 * 60))
    }

    proptest! {
        /// Whatever the zone and however late two devices report: every day on which something was finished in time is there once.
        #[test]
        fn nothing_is_lost_and_nothing_doubled(
            zone_number in 0usize..5,
            history in proptest::collection::vec(solved(), 0..60),
            order in any::<u64>(),
        ) {
            let zone = zone(zone_number);
            // What really happened, told without any of our code: a moment lies between two midnights.
            let mut expected: BTreeSet<Day> = BTreeSet::new();
            let mut reports: Vec<(Day, Time, Time)> = Vec::new();
            for (n, minutes, both, delay) in &history {
                let day = start().after(*n);
                let finished = day.begins(&zone).plus_minutes(*minutes);
                let in_time = finished < day.ends(&zone);
                let received = finished.plus_minutes(*delay);
                if in_time {
                    expected.insert(day);
                }
                reports.push((day, finished, received));
                if *both {
                    // The other device has the same state and reports it too, later still, perhaps with its own time.
                    reports.push((day, finished, received.plus_minutes(37)));
                }
            }
            // They arrive in any order, some twice.
            let mut shuffled = reports.clone();
            shuffled.extend(reports.iter().take(3).copied());
            let length = shuffled.len().max(1);
            shuffled.rotate_left(usize::try_from(order % length as u64).unwrap_or(0));
            if order % 2 == 0 {
                shuffled.reverse();
            }
            let mut kept: BTreeSet<Day> = BTreeSet::new();
            for (day, finished, received) in shuffled {
                if counts(day, Some(finished), received, &zone) {
                    kept.insert(day);
                }
            }
            // The longest delay is three days, so that a report may cross the grace by hours: those days may be missing, no others.
            for day in &expected {
                let within = reports.iter().any(|(other, finished, received)| {
                    other == day && *finished < day.ends(&zone) && *received < day.after(GRACE + 1).begins(&zone)
                });
                prop_assert_eq!(kept.contains(day), within);
            }
            prop_assert!(kept.is_subset(&expected));
            let today = start().after(45);
            let said = series(&kept, today);
            prop_assert!(said.longest as usize <= kept.len() && said.current <= said.longest);
            // The longest run, counted the slow way.
            let slow = (0..46).map(|n| (n..46).take_while(|m| kept.contains(&start().after(*m))).count()).max();
            prop_assert_eq!(said.longest as usize, slow.unwrap_or(0));
        }

        /// A day is over for everybody at once, whatever clock they carry: the zone of the reader plays no part.
        #[test]
        fn midnight_is_the_papers(zone_number in 0usize..5, n in 0i32..400, minutes in 0i64..1500) {
            let zone = zone(zone_number);
            let day = start().after(n);
            let at = day.begins(&zone).plus_minutes(minutes);
            prop_assert_eq!(counts(day, None, at, &zone), at < day.ends(&zone));
        }
    }
}
