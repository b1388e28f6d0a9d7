//! The opening hours as this process knows them: the configuration's, with what the desk has said since.

use std::sync::{Arc, PoisonError, RwLock};

use ::forum::hours::Timetable;
use store::{Db, Event, Failure, Time};

use crate::Paper;

/// The timetable in force. Read again when the event `hours` says so.
pub struct Openings {
    settings: Timetable,
    current: RwLock<Arc<Timetable>>,
}

impl Openings {
    /// The hours of the configuration, as long as nobody has read what the desk says.
    #[must_use]
    pub fn new(settings: Timetable) -> Openings {
        Openings { current: RwLock::new(Arc::new(settings.clone())), settings }
    }

    /// The timetable in force.
    #[must_use]
    pub fn current(&self) -> Arc<Timetable> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in what the desk has said.
    pub async fn read_again(&self, db: &Db, now: Time) -> Result<(), Failure> {
        let read = self.settings.with_the_desk(&mut db.read().await?, now).await?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(read);
        Ok(())
    }
}

/// Takes in what was just said at this desk, so that the next page shows it; other nodes hear the event.
pub(crate) async fn hours_changed(paper: &Paper, now: Time) -> Result<(), Failure> {
    paper.hours.read_again(&paper.db, now).await?;
    paper.copies.hear(&Event { topic: ::forum::HOURS.to_owned(), subject: 0 });
    Ok(())
}
