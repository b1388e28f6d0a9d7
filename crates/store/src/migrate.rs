//! The schema, step by step, room by room.

use story::Time;

use crate::{Db, Failure, Tx};

/// A room's schema: steps are only ever added at the end. `{id}`, `{int}`, `{real}`, `{bytes}` and `{strict}` stand for
/// what the two databases call differently; statements end with `;` at the end of a line.
#[derive(Clone, Copy, Debug)]
pub struct Migrations {
    /// The room's name.
    pub room: &'static str,
    /// The first step makes the first schema.
    pub steps: &'static [&'static str],
}

/// Brings the schema of every room up to date, in one transaction. Refuses a database that a newer Blatt has written (R10).
pub(crate) async fn migrate(db: &Db, rooms: &[Migrations], now: Time) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    tx.script(
        "create table if not exists migrations (
            room text not null, step {int} not null, at {int} not null, primary key (room, step)
        ) {strict};",
    )
    .await?;
    tx.alone("migrations").await?;
    for room in rooms {
        let done = steps_done(&mut tx, room.room).await?;
        if done > room.steps.len() {
            return Err(Failure::new(format!(
                "this paper was written by a newer Blatt (schema of {} at step {done}, this one knows {}): use that version or a newer one",
                room.room,
                room.steps.len()
            )));
        }
        for (index, step) in room.steps.iter().enumerate().skip(done) {
            tx.script(step).await?;
            let step = i64::try_from(index + 1).unwrap_or(i64::MAX);
            tx.execute("insert into migrations (room, step, at) values ($1, $2, $3)", (room.room, step, now))
                .await?;
        }
    }
    tx.commit().await
}

async fn steps_done(tx: &mut Tx, room: &str) -> Result<usize, Failure> {
    let (count,): (i64,) = tx.one("select count(*) from migrations where room = $1", (room,)).await?;
    Ok(usize::try_from(count).unwrap_or(0))
}
