//! Keeping time: what must happen at a moment although no request comes in.

use std::sync::Arc;
use std::time::Duration;

use store::{Failure, Time, events};
use tracing::{info, warn};
use web::Paper;

/// Looks at the clock every second until the process ends.
pub async fn keep_time(paper: Arc<Paper>) {
    let mut seen = Seen { open: paper.hours.state(paper.clock.now()).is_open(), until: paper.clock.now() };
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if let Err(failure) = tick(&paper, &mut seen, paper.clock.now()).await {
            warn!("what the hour asks for could not be done: {failure}");
        }
    }
}

/// What was true at the last look.
pub struct Seen {
    open: bool,
    until: Time,
}

/// Tells of everything that changed by itself since the last look: the talk opened or closed, articles dated ahead came out.
pub async fn tick(paper: &Paper, seen: &mut Seen, now: Time) -> Result<(), Failure> {
    let open = paper.hours.state(now).is_open();
    let next = archive::next_to_appear(&mut paper.db.read().await?, seen.until).await?;
    let due = next.filter(|(at, _)| *at <= now);
    if open != seen.open || due.is_some() {
        let mut tx = paper.db.begin().await?;
        if open != seen.open {
            info!("the talk is {}", if open { "open" } else { "closed" });
            events::tell(&mut tx, "hours", 0, now).await?;
        }
        if let Some((_, article)) = due {
            // One stands for all that came out since: each of them changes the front.
            events::tell(&mut tx, archive::ARTICLE, article.0, now).await?;
        }
        tx.commit().await?;
    }
    *seen = Seen { open, until: now };
    Ok(())
}
