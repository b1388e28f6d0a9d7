//! Whose turn it is to make a page that nobody has yet.
//!
//! After a correction of the story everybody reads, hundreds ask for the same page at the same moment. One of them makes it;
//! the others wait for their turn, and find it made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Mutex as Door, OwnedMutexGuard};

type Doors = HashMap<Box<str>, Arc<Door<()>>>;

/// One door a path; a path that nobody waits for has none.
#[derive(Default)]
pub(crate) struct Turns(Mutex<Doors>);

/// The right to look again, and to make the page if it is still not there. Dropped, the next one has it.
pub struct Turn<'a> {
    turns: &'a Turns,
    path: Box<str>,
    inside: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    pub(crate) async fn take(&self, path: &str) -> Turn<'_> {
        // Made before waiting, so that somebody who goes away while waiting leaves no door behind.
        let mut turn = Turn { turns: self, path: path.into(), inside: None };
        let door = Arc::clone(self.doors().entry(path.into()).or_default());
        turn.inside = Some(door.lock_owned().await);
        turn
    }

    fn doors(&self) -> MutexGuard<'_, Doors> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut doors = self.turns.doors();
        self.inside = None;
        if doors.get(&self.path).is_some_and(|door| Arc::strong_count(door) == 1) {
            doors.remove(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    /// Asks a future once.
    fn ask<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> Poll<T> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn one_makes_a_page_while_the_others_wait_and_nothing_stays_behind() {
        let turns = Turns::default();
        let Poll::Ready(first) = ask(pin!(turns.take("/stadt/a"))) else { panic!("nobody is there") };
        assert!(matches!(ask(pin!(turns.take("/stadt/b"))), Poll::Ready(_)), "another page is another door");
        let mut second = pin!(turns.take("/stadt/a"));
        assert!(ask(second.as_mut()).is_pending());
        {
            let mut third = pin!(turns.take("/stadt/a"));
            assert!(ask(third.as_mut()).is_pending(), "and goes away while waiting");
        }
        drop(first);
        let Poll::Ready(second) = ask(second) else { panic!("the turn is passed on") };
        drop(second);
        assert!(turns.doors().is_empty());
    }
}
