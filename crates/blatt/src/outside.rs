//! The outside world that rooms get as arguments: the clock and chance.

use store::{Clock, Failure, Time};

/// The machine's clock.
#[must_use]
pub fn clock() -> Clock {
    Clock::new(|| jiff::Timestamp::now().into())
}

/// A clock that runs like the machine's, but starts at `start`: to look at a paper at another hour.
/// `start` is a local time of `zone`, such as `2026-11-24T21:14`.
pub fn clock_from(start: &str, zone: &jiff::tz::TimeZone) -> Result<Clock, Failure> {
    let local: jiff::civil::DateTime = start
        .parse()
        .map_err(|_| Failure::new(format!("{start} is no local time: write for example 2026-11-24T21:14")))?;
    let start = zone
        .to_ambiguous_timestamp(local)
        .compatible()
        .map_err(|e| Failure::because("that time does not exist", e))?;
    let ahead = Time::from(start).since(jiff::Timestamp::now().into());
    Ok(Clock::new(move || Time::from(jiff::Timestamp::now()).plus(ahead)))
}

/// Fills a slice with bytes nobody can guess. A machine that has none cannot run a paper.
#[allow(clippy::expect_used)]
pub fn chance(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}
