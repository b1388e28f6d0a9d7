//! Entries of a draw: one for each reader, known in public by number and ticket.

use store::{Failure, Time, Tx};

use super::draws::{DrawId, draw_by_id, lock};
use super::{Refusal, members, recipe};
use crate::ReaderId;

/// A reader's entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the list, from 1.
    pub number: i64,
    /// Sixteen hexadecimal digits by which its owner finds it in the list.
    pub ticket: String,
    /// Whether the name may be shown if it wins.
    pub shows_name: bool,
    /// When it was made.
    pub at: Time,
}
store::row!(Entry { number, ticket, shows_name, at });

/// Enters a reader, once. `chance` becomes the ticket.
pub async fn enter(
    tx: &mut Tx,
    draw: DrawId,
    reader: ReaderId,
    shows_name: bool,
    chance: [u8; 8],
    now: Time,
) -> Result<Result<Entry, Refusal>, Failure> {
    tx.alone(&lock(draw)).await?;
    let Some(draw) = draw_by_id(tx, draw).await? else { return Ok(Err(Refusal::Over)) };
    if let Err(refusal) = draw.runs(now) {
        return Ok(Err(refusal));
    }
    if let Some(rank) = draw.rank {
        let member = members::membership(tx, reader, now).await?;
        if member.is_none_or(|member| member.rank < rank) {
            return Ok(Err(Refusal::MembersOnly));
        }
    }
    let (last,): (i64,) =
        tx.one("select coalesce(max(number), 0) from draw_entries where draw = $1", (draw.id,)).await?;
    let sql = "insert into draw_entries (draw, reader, number, ticket, shows_name, at)
               values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning number, ticket, shows_name, at";
    let row = (draw.id, reader, last + 1, recipe::hex(&chance), shows_name, now);
    let entry: Option<Entry> = tx.first(sql, row).await?;
    Ok(entry.ok_or(Refusal::EnteredAlready))
}

/// Takes an entry back while the list is open. Nothing of it stays.
pub async fn leave(
    tx: &mut Tx,
    draw: DrawId,
    reader: ReaderId,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    tx.alone(&lock(draw)).await?;
    // Between the closing time and the drawing the list is as good as frozen.
    match draw_by_id(tx, draw).await? {
        Some(draw) if draw.runs(now).is_ok() => {}
        _ => return Ok(Err(Refusal::Frozen)),
    }
    let sql = "delete from draw_entries where draw = $1 and reader = $2
                  and not exists (select 1 from draw_closings c where c.draw = $1)";
    let gone = tx.execute(sql, (draw, reader)).await? == 1;
    Ok(if gone { Ok(()) } else { Err(Refusal::Frozen) })
}

/// A reader's entry in a draw.
pub async fn entry(tx: &mut Tx, draw: DrawId, reader: ReaderId) -> Result<Option<Entry>, Failure> {
    let sql = "select number, ticket, shows_name, at from draw_entries where draw = $1 and reader = $2";
    tx.first(sql, (draw, reader)).await
}

/// How many entries a draw has.
pub async fn entries(tx: &mut Tx, draw: DrawId) -> Result<i64, Failure> {
    Ok(tx.one::<(i64,)>("select count(*) from draw_entries where draw = $1", (draw,)).await?.0)
}

/// All entries of a draw in the order of the list: number, row, ticket.
pub(super) async fn tickets(tx: &mut Tx, draw: DrawId) -> Result<Vec<(i64, i64, String)>, Failure> {
    tx.all("select number, id, ticket from draw_entries where draw = $1 order by number", (draw,)).await
}

/// The entry list as it stands in the rows.
pub async fn entry_list(tx: &mut Tx, draw: DrawId) -> Result<String, Failure> {
    let entries = tickets(tx, draw).await?;
    Ok(recipe::list(entries.iter().map(|(number, _, ticket)| (*number, ticket.as_str()))))
}
