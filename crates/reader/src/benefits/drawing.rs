//! The drawing: the list is frozen, the places follow from it by the [recipe], winners are told, substitutes move up.

use serde_json::json;
use store::ledger::{self, Act, By};
use store::{Failure, Time, Tx};

use super::draw_entries::{entry_list, tickets};
use super::draws::{Draw, DrawId, draw_by_id, lock};
use super::offers::tell;
use super::{Refusal, receipt, recipe};
use crate::ReaderId;

/// Freezes the list, draws, and tells the winners. Done once; again, it changes nothing.
pub async fn close(tx: &mut Tx, draw: DrawId, now: Time) -> Result<Result<(), Refusal>, Failure> {
    tx.alone(&lock(draw)).await?;
    let Some(draw) = draw_by_id(tx, draw).await? else { return Ok(Ok(())) };
    if draw.closed.is_some() || draw.cancelled.is_some() {
        return Ok(Ok(()));
    }
    if now < draw.closes {
        return Ok(Err(Refusal::StillOpen));
    }
    let entries = tickets(tx, draw.id).await?;
    let list = recipe::list(entries.iter().map(|(number, _, ticket)| (*number, ticket.as_str())));
    let hash = recipe::list_hash(&list);
    let sql = "insert into draw_closings (draw, list_hash, entries, at) values ($1, $2, $3, $4)";
    tx.execute(sql, (draw.id, &hash, i64::try_from(entries.len()).unwrap_or(i64::MAX), now)).await?;
    let numbers: Vec<i64> = entries.iter().map(|(number, ..)| *number).collect();
    let most = usize::try_from(draw.winners + draw.substitutes).unwrap_or(usize::MAX);
    let seed = seed(tx, draw.id).await?;
    for (place, number) in (1_i64..).zip(recipe::order(&seed, &hash, &numbers).into_iter().take(most)) {
        let found = entries.binary_search_by_key(&number, |(number, ..)| *number);
        let Some((_, entry, _)) = found.ok().and_then(|at| entries.get(at)) else { continue };
        let sql = "insert into draw_places (draw, place, entry) values ($1, $2, $3)";
        tx.execute(sql, (draw.id, place, *entry)).await?;
    }
    tell_winners(tx, &draw, now).await?;
    tell(tx, now).await?;
    Ok(Ok(()))
}

async fn seed(tx: &mut Tx, draw: DrawId) -> Result<String, Failure> {
    let (seed,): (Vec<u8>,) = tx.one("select seed from draws where id = $1", (draw,)).await?;
    Ok(recipe::hex(&seed))
}

/// Tells everybody who wins and was not told yet: after the drawing, and after somebody declined.
async fn tell_winners(tx: &mut Tx, draw: &Draw, now: Time) -> Result<(), Failure> {
    let sql = "select p.id, e.reader, coalesce(p.told_at, 0)
                 from draw_places p join draw_entries e on e.id = p.entry
                where p.draw = $1 and p.declined_at is null order by p.place limit $2";
    let winning: Vec<(i64, ReaderId, i64)> = tx.all(sql, (draw.id, draw.winners)).await?;
    for (place, reader, _) in winning.into_iter().filter(|(.., told)| *told == 0) {
        tx.execute("update draw_places set told_at = $2 where id = $1", (place, now)).await?;
        receipt::won(tx, reader, draw, now).await?;
    }
    Ok(())
}

/// A winner does not want the prize or cannot be reached: the next substitute moves up and is told.
pub async fn decline(
    tx: &mut Tx,
    draw: DrawId,
    place: i64,
    by: ReaderId,
    why: &str,
    now: Time,
) -> Result<bool, Failure> {
    tx.alone(&lock(draw)).await?;
    let sql = "update draw_places set declined_at = $3, declined_by = $4, declined_why = $5
                where draw = $1 and place = $2 and declined_at is null";
    let done = tx.execute(sql, (draw, place, now, by, why)).await? == 1;
    if done {
        let act = Act::of(By::Person(by.0), "prize-decline", "draw", draw);
        ledger::note(tx, act.after(json!({ "place": place, "why": why })), now);
    }
    if let Some(draw) = draw_by_id(tx, draw).await? {
        tell_winners(tx, &draw, now).await?;
    }
    tell(tx, now).await?;
    Ok(done)
}

/// Somebody on a place of the draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// From 1.
    pub place: i64,
    /// The entry's number.
    pub number: i64,
    /// The reader's name; for the desk, and for everybody if they said so.
    pub name: String,
    /// Whether they said so.
    pub shows_name: bool,
    /// When they were told that they won.
    pub told: Option<Time>,
    /// When they declined.
    pub declined: Option<Time>,
}
store::row!(Placed { place, number, name, shows_name, told, declined });

/// What came of a draw, as it is published.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The seed in hexadecimal digits.
    pub seed: String,
    /// The hash of the frozen list.
    pub list_hash: String,
    /// How many entries it had.
    pub entries: i64,
    /// When it was frozen.
    pub at: Time,
    /// Winners and substitutes in order.
    pub places: Vec<Placed>,
    /// Whether the rows still say what the frozen list said. If not, somebody changed them.
    pub is_unchanged: bool,
}

/// What came of a draw; nothing before it is closed, the seed least of all.
pub async fn result(tx: &mut Tx, draw: DrawId) -> Result<Option<Outcome>, Failure> {
    let sql = "select list_hash, entries, at from draw_closings where draw = $1";
    let closing: Option<(String, i64, Time)> = tx.first(sql, (draw,)).await?;
    let Some((list_hash, entries, at)) = closing else { return Ok(None) };
    let sql = "select p.place, e.number, r.name, e.shows_name, p.told_at, p.declined_at
                 from draw_places p join draw_entries e on e.id = p.entry join readers r on r.id = e.reader
                where p.draw = $1 order by p.place limit 2000";
    let places = tx.all(sql, (draw,)).await?;
    let now = recipe::list_hash(&entry_list(tx, draw).await?);
    Ok(Some(Outcome {
        seed: seed(tx, draw).await?,
        is_unchanged: now == list_hash,
        list_hash,
        entries,
        at,
        places,
    }))
}
