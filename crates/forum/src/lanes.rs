//! The desk's lanes: what waits, in the order in which it is looked at.
//!
//! The forum knows neither why something stands in a lane nor what its rank means; the moderation says both ([`put`]). What is
//! let in, refused or taken back is out of its lane by itself, because it no longer waits.

use store::{Failure, Time, Tx};

use crate::Body;
use crate::waiting::{Waiting, WaitingId, read};

/// The lane of the talks in which everything waits: where something stands unless the moderation put it elsewhere.
pub const APPROVAL: &str = "approval";

/// The most rows that one verb reads, whatever it is asked for.
const MOST: i64 = 200;

/// A place in a lane: rank, time, id. A list goes on behind it.
pub type Place = (i64, Time, i64);

/// Puts what waits into a lane, with a rank. False if it does not wait (any more).
pub async fn put(tx: &mut Tx, id: WaitingId, lane: &str, rank: i64) -> Result<bool, Failure> {
    let sql = "update waiting set lane = $2, rank = $3 where id = $1 and decision is null";
    Ok(tx.execute(sql, (id, lane, rank)).await? == 1)
}

/// What stands in a lane behind that place, in its order, at most `limit` (at most 200).
pub async fn page(tx: &mut Tx, lane: &str, after: Place, limit: i64) -> Result<Vec<Waiting>, Failure> {
    let (rank, at, id) = after;
    tx.all(&page_sql(), (lane, rank, at, id, limit.clamp(1, MOST))).await
}

pub(crate) fn page_sql() -> String {
    read(
        "where w.lane = $1 and w.decision is null and (w.rank, w.at, w.id) > ($2, $3, $4)
          order by w.rank, w.at, w.id limit $5",
    )
}

/// How much stands in a lane; stops counting at `most`.
pub async fn count(tx: &mut Tx, lane: &str, most: i64) -> Result<i64, Failure> {
    let (count,): (i64,) = tx.one(COUNT, (lane, most)).await?;
    Ok(count)
}

pub(crate) const COUNT: &str =
    "select count(*) from (select 1 from waiting where lane = $1 and decision is null limit $2) w";

/// How much of a lane is older than that; stops counting at `most`.
pub async fn older(tx: &mut Tx, lane: &str, than: Time, most: i64) -> Result<i64, Failure> {
    let (count,): (i64,) = tx.one(OLDER, (lane, than, most)).await?;
    Ok(count)
}

pub(crate) const OLDER: &str = "select count(*) from
     (select 1 from waiting where lane = $1 and decision is null and at < $2 limit $3) w";

/// Since when something has waited longest in a lane.
pub async fn oldest(tx: &mut Tx, lane: &str) -> Result<Option<Time>, Failure> {
    let row: Option<(Time,)> = tx.first(OLDEST, (lane,)).await?;
    Ok(row.map(|row| row.0))
}

pub(crate) const OLDEST: &str =
    "select at from waiting where lane = $1 and decision is null order by at limit 1";

/// What else waits and says the same, whoever wrote it, at most `limit` (at most 200).
pub async fn same_words(tx: &mut Tx, body: &Body, limit: i64) -> Result<Vec<WaitingId>, Failure> {
    let rows: Vec<(WaitingId,)> = tx.all(SAME_WORDS, (body.fingerprint(), limit.clamp(1, MOST))).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub(crate) const SAME_WORDS: &str =
    "select id from waiting where fingerprint = $1 and decision is null order by id limit $2";
