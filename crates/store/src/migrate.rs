//! The schema, step by step, room by room.

use story::Time;

use crate::{Db, Failure, Tx};

/// A room's schema: steps are only ever added at the end. `{id}`, `{int}`, `{real}`, `{bytes}` and `{strict}` stand for
/// what the two databases call differently (`{transaction}`, for the store's own events, is the number of the writing transaction); statements end with `;` at the end of a line.
/// A line `{search} name;` makes a table for [`search`](crate::search); `{counting} name;` has a table that was filled with its ids
/// give the next ones after the highest.
#[derive(Clone, Copy, Debug)]
pub struct Migrations {
    /// The room's name.
    pub room: &'static str,
    /// The first step makes the first schema. No constraint may be deferred to the commit: on SQLite it would fail for the whole group.
    pub steps: &'static [&'static str],
}

/// Brings the schema of every room up to date, in one transaction. Refuses a database that a newer Blatt has written (R10).
pub(crate) async fn migrate(db: &Db, rooms: &[Migrations], now: Time) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    tx.patiently().await?;
    // Before the first table: two nodes may start on an empty database at once.
    tx.alone("migrations").await?;
    tx.script(
        "create table if not exists migrations (
            room text not null, step {int} not null, at {int} not null, primary key (room, step)
        ) {strict};",
    )
    .await?;
    refuse_unknown(&mut tx, rooms).await?;
    for room in rooms {
        let done = steps_done(&mut tx, room.room).await?;
        for (index, step) in room.steps.iter().enumerate().skip(done) {
            tx.script(step).await.map_err(|failure| {
                Failure::because(format!("step {} of the schema of {}", index + 1, room.room), failure)
            })?;
            let step = i64::try_from(index + 1).unwrap_or(i64::MAX);
            tx.execute("insert into migrations (room, step, at) values ($1, $2, $3)", (room.room, step, now))
                .await?;
        }
    }
    tx.commit().await
}

/// Puts in what a table needs that was filled with its ids.
pub(crate) fn counting_on(script: &str, table: impl Fn(&str) -> String) -> String {
    let line = |line: &str| match line.trim().strip_prefix("{counting} ") {
        Some(name) => table(name.trim_end_matches(';')),
        None => line.to_owned(),
    };
    script.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A step or a room that this Blatt does not know was written by a newer one.
async fn refuse_unknown(tx: &mut Tx, rooms: &[Migrations]) -> Result<(), Failure> {
    let sql = "select room, max(step) from migrations group by room order by room";
    let written: Vec<(String, i64)> = tx.all(sql, ()).await?;
    for (room, step) in written {
        let known = rooms.iter().find(|known| known.room == room).map_or(0, |known| known.steps.len());
        if usize::try_from(step).unwrap_or(usize::MAX) > known {
            return Err(Failure::new(format!(
                "this paper was written by a newer Blatt (schema of {room} at step {step}, this one knows {known}): \
                 use that version or a newer one"
            )));
        }
    }
    Ok(())
}

async fn steps_done(tx: &mut Tx, room: &str) -> Result<usize, Failure> {
    let (count,): (i64,) = tx.one("select count(*) from migrations where room = $1", (room,)).await?;
    Ok(usize::try_from(count).unwrap_or(0))
}
