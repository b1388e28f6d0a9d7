//! How fast comments may come from one address, into one thread and into the whole paper (T5.3), beside what one person may
//! write ([`forum::Pace`]). Counted in memory, by each process for itself: a flood is over when it is over, and no row need
//! remember it. An address is known by its hash only, under a key that each process draws for itself, and forgotten with the
//! next comment a minute later (T8.1).

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use archive::ArticleId;
use store::Time;

/// Comments in a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FloodLimits {
    /// From one address; of IPv6, from one /64, which is what a household gets. A whole school may sit behind one.
    pub per_address: u32,
    /// In one thread.
    pub per_thread: u32,
    /// In all.
    pub in_all: u32,
}

impl Default for FloodLimits {
    fn default() -> FloodLimits {
        FloodLimits { per_address: 60, per_thread: 600, in_all: 6_000 }
    }
}

/// What is counted together.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Whose {
    /// A household, hashed with the key of this process.
    Address(u64),
    Thread(i64),
    All,
}

/// How fast comments come.
pub struct Floods {
    limits: FloodLimits,
    key: RandomState,
    counts: Mutex<Counts>,
}

/// When all that was taken is free again, by what is counted together, and when that was last looked through; in microseconds.
#[derive(Default)]
struct Counts {
    free_at: HashMap<Whose, i64>,
    cleared: i64,
}

const MINUTE: i64 = 60_000_000;

impl Floods {
    /// Nothing has come yet.
    #[must_use]
    pub fn new(limits: FloodLimits) -> Floods {
        Floods { limits, key: RandomState::new(), counts: Mutex::default() }
    }

    /// Counts a comment, or says when the next one can be taken.
    pub fn take(&self, address: IpAddr, thread: ArticleId, now: Time) -> Result<(), Time> {
        let limits = self.limits;
        let all = [
            (Whose::Address(self.key.hash_one(household(address))), limits.per_address),
            (Whose::Thread(thread.0), limits.per_thread),
            (Whose::All, limits.in_all),
        ];
        let now_us = now.0.saturating_mul(1000);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.clear(now_us);
        // First looked at, then counted: what one limit refuses uses up none of the others.
        for (whose, per_minute) in all {
            let at = counts.free_at(whose, now_us) + one(per_minute);
            if at - now_us > MINUTE {
                return Err(Time((at - MINUTE + 999) / 1000));
            }
        }
        for (whose, per_minute) in all {
            let at = counts.free_at(whose, now_us) + one(per_minute);
            counts.free_at.insert(whose, at);
        }
        Ok(())
    }
}

impl Counts {
    /// Later than in a minute it cannot be, unless the clock was ahead; then it counts as free (R12).
    fn free_at(&self, whose: Whose, now: i64) -> i64 {
        self.free_at.get(&whose).copied().filter(|at| still_counts(*at, now)).unwrap_or(now)
    }

    /// Forgets what is free, once a minute.
    fn clear(&mut self, now: i64) {
        if (self.cleared..self.cleared + MINUTE).contains(&now) {
            return;
        }
        self.free_at.retain(|_, at| still_counts(*at, now));
        self.cleared = now;
    }
}

fn still_counts(at: i64, now: i64) -> bool {
    (now..=now + MINUTE).contains(&at)
}

/// What one comment uses of the minute.
fn one(per_minute: u32) -> i64 {
    MINUTE / i64::from(per_minute.max(1))
}

/// An IPv4 address, or the /64 of an IPv6 address: what is counted as one.
pub(crate) fn household(address: IpAddr) -> u64 {
    match address.to_canonical() {
        IpAddr::V4(v4) => u64::from(u32::from(v4)),
        IpAddr::V6(v6) => (u128::from(v6) >> 64) as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap_or(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST))
    }

    #[test]
    fn t5_3_a_household_a_thread_and_the_paper_have_their_limits() {
        let floods = Floods::new(FloodLimits { per_address: 3, per_thread: 5, in_all: 7 });
        let (one, two) = (ArticleId(1), ArticleId(2));
        let now = Time(1_000_000);
        for n in 1..=3 {
            assert_eq!(floods.take(address(&format!("2001:db8:1:2::{n}")), one, now), Ok(()));
        }
        let again = floods.take(address("2001:db8:1:2:ffff::1"), two, now);
        assert_eq!(again, Err(Time(1_020_000)), "one comes free every 20 seconds");
        assert_eq!(floods.take(address("192.0.2.1"), one, now), Ok(()));
        assert_eq!(floods.take(address("192.0.2.2"), one, now), Ok(()));
        assert!(floods.take(address("192.0.2.3"), one, now).is_err(), "the thread is full");
        assert_eq!(floods.take(address("192.0.2.3"), two, now), Ok(()));
        assert_eq!(floods.take(address("192.0.2.4"), two, now), Ok(()));
        assert!(floods.take(address("192.0.2.5"), two, now).is_err(), "the paper is full");
        assert_eq!(floods.take(address("192.0.2.5"), two, now.plus_minutes(1)), Ok(()));
    }

    #[test]
    fn t8_1_what_is_free_is_forgotten() {
        let floods = Floods::new(FloodLimits { per_address: 60, per_thread: 1_000_000, in_all: 10_000_000 });
        for n in 0..1_000 {
            let _ = floods.take(IpAddr::V4(n.into()), ArticleId(1), Time(0));
        }
        let _ = floods.take(address("192.0.2.1"), ArticleId(1), Time(120_000));
        assert!(floods.counts.lock().is_ok_and(|counts| counts.free_at.len() == 3));
    }

    #[test]
    fn r12_a_clock_that_was_ahead_keeps_nobody_waiting() {
        let floods = Floods::new(FloodLimits { per_address: 2, per_thread: 5, in_all: 7 });
        let (here, ahead) = (address("192.0.2.1"), Time(86_400_000));
        assert_eq!(floods.take(here, ArticleId(1), ahead), Ok(()));
        assert_eq!(floods.take(here, ArticleId(1), ahead), Ok(()));
        let now = Time(60_000);
        assert_eq!(floods.take(here, ArticleId(1), now), Ok(()));
        assert_eq!(floods.take(here, ArticleId(1), now), Ok(()));
        assert!(floods.take(here, ArticleId(1), now).is_err(), "and the pace is kept as ever");
    }
}
