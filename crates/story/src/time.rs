//! A moment, as every row keeps it.

use serde::{Deserialize, Serialize};

/// A moment in UTC, in milliseconds since 1970. Zones exist only at the edge, where people read and write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    /// This many milliseconds later; negative goes back. Stops at the ends of time instead of wrapping.
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Time {
        Time(self.0.saturating_add(milliseconds))
    }

    /// This many whole seconds later.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Time {
        self.plus(seconds.saturating_mul(1000))
    }

    /// This many whole minutes later.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Time {
        self.plus_seconds(minutes.saturating_mul(60))
    }

    /// Milliseconds from `earlier` to here; negative if `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Time) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Takes a moment that a newspaper may have been printed at: from the year 1600 to 2200.
    #[must_use]
    pub fn of_print(at: jiff::Timestamp) -> Option<Time> {
        const YEAR_1600: i64 = -11_676_096_000_000;
        const YEAR_2200: i64 = 7_258_118_400_000;
        let time = Time::from(at);
        (YEAR_1600..YEAR_2200).contains(&time.0).then_some(time)
    }

    /// The same moment for calendar arithmetic.
    #[must_use]
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl From<jiff::Timestamp> for Time {
    fn from(at: jiff::Timestamp) -> Time {
        Time(at.as_millisecond())
    }
}
