//! What the phases go by as this process knows it: modes, cautions and word rules in force; and the door through which a text
//! comes in.

use std::sync::{Arc, PoisonError, RwLock};

use ::forum::hours::{State, Subject};
use ::moderation::Door;
use ::moderation::phases::Policy;
use store::{Db, Failure};
use tracing::warn;

use crate::{Paper, Visit};

/// The policy in force. Read again when the event `phases` says so.
#[derive(Default)]
pub struct Phases {
    current: RwLock<Arc<Policy>>,
    /// Held while the rows are read: of two who read at once the later one would else put back what the earlier one saw.
    reading: tokio::sync::Mutex<()>,
}

impl Phases {
    /// The policy in force.
    #[must_use]
    pub fn current(&self) -> Arc<Policy> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in what the desk has set.
    pub async fn read_again(&self, db: &Db) -> Result<(), Failure> {
        let _one_at_a_time = self.reading.lock().await;
        let read = self.current().read_again(&mut db.read().await?).await?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(read);
        Ok(())
    }
}

/// Takes in what was just set at this desk, so that the next page shows it; other nodes hear the event. It is set already:
/// if it cannot be read now, the event brings it within a second or two.
pub(crate) async fn take_in(paper: &Paper) {
    if let Err(failure) = paper.phases.read_again(&paper.db).await {
        warn!("what the phases go by could not be read: {failure}");
    }
}

/// What holds where a text comes in.
pub(crate) fn door<'a>(
    visit: &Visit,
    policy: &'a Policy,
    subject: &'a Subject,
    state: &'a State,
    is_staff: bool,
) -> Door<'a> {
    let paper = &visit.paper;
    Door {
        policy,
        state,
        pace: paper.pace,
        section: &subject.section,
        minute: paper.hours.current().paper().minute(visit.now),
        is_staff,
        risk: None,
    }
}
