//! The puzzles of a day are made the evening before: at midnight, when many ask for them at once, they are there.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::jobs::{self, Later};
use store::{Db, Failure, Time};

use crate::{Day, Key, make};

/// So long before its day begins a puzzle is made, in minutes: late enough for what the desk changes during the day.
const BEFORE: i64 = 120;

/// Makes the puzzles of a day that nobody has made yet, and leaves the same for the next.
#[derive(Debug, Serialize, Deserialize)]
pub struct MakeAhead {
    day: String,
}

impl Later for MakeAhead {
    const KIND: &'static str = "make-puzzles";

    fn name(&self) -> Option<String> {
        Some(format!("puzzles {}", self.day))
    }
}

impl MakeAhead {
    /// For a day. A paper that starts asks for today's, and so for all that follow.
    #[must_use]
    pub fn of(day: Day) -> MakeAhead {
        MakeAhead { day: day.to_string() }
    }

    /// Does it. A worker that was away for days takes up with today. `chance` becomes the paper's secret if it has none yet.
    pub async fn run(&self, db: &Db, chance: [u8; 32], zone: &TimeZone, now: Time) -> Result<(), Failure> {
        let day = Day::parse(&self.day).ok_or_else(|| Failure::new("puzzles of no day"))?;
        let day = day.max(Day::of(now, zone));
        let mut tx = db.begin().await?;
        let seed = crate::seed(&mut tx, chance, now).await?.seed;
        tx.commit().await?;
        for key in Key::all_of(day) {
            make::made(db, &seed, key, now).await?;
        }
        let next = day.after(1);
        let mut tx = db.begin().await?;
        jobs::at(&mut tx, &MakeAhead::of(next), next.begins(zone).plus_minutes(-BEFORE), now).await?;
        tx.commit().await
    }
}
