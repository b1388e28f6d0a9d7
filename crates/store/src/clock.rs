//! What time it is, as an argument.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::Time;

/// Tells the time. The binary makes one from the system; tests make one that stands still until it is set.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Time + Send + Sync>);

impl Clock {
    /// A clock that asks `read` each time.
    pub fn new(read: impl Fn() -> Time + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(read))
    }

    /// A clock that stands at `at`, and the hand that moves it (milliseconds since 1970).
    #[must_use]
    pub fn standing(at: Time) -> (Clock, Arc<AtomicI64>) {
        let hand = Arc::new(AtomicI64::new(at.0));
        let read = Arc::clone(&hand);
        (Clock::new(move || Time(read.load(Ordering::SeqCst))), hand)
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Time {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now().0)
    }
}
