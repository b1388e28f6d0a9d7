//! The mark „name checked“: the desk knows who somebody is and says so, and the name they write under stays what it is.

use serde_json::json;
use store::ledger::{self, Act, By};
use store::{Failure, Time, Tx};

use crate::inbox::{Kind, Message, tell};
use crate::{Name, ReaderId};

/// That the desk knows somebody.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Who said so.
    pub moderator: Name,
    /// How they know, for the desk only.
    pub why: String,
    /// When.
    pub at: Time,
}
store::row!(Verified { moderator, why, at });

/// The mark that this reader bears now, with how it came, for the desk.
pub async fn verified(tx: &mut Tx, reader: ReaderId) -> Result<Option<Verified>, Failure> {
    let sql = "select m.name, v.why, v.at from verifications v join readers m on m.id = v.moderator
                where v.reader = $1 and not exists (select 1 from verification_ends e where e.verification = v.id)";
    tx.first(sql, (reader,)).await
}

/// Notes that the desk knows who this is, and how. Of many at once one is written; tells whether it was this one.
pub async fn verify(
    tx: &mut Tx,
    reader: ReaderId,
    moderator: ReaderId,
    why: &str,
    now: Time,
) -> Result<bool, Failure> {
    if verified(tx, reader).await?.is_some() {
        return Ok(false);
    }
    let sql = "insert into verifications (reader, round, moderator, why, at)
               select r.id, (select count(*) from verification_ends e join verifications v on v.id = e.verification
                              where v.reader = $1), $2, $3, $4 from readers r where r.id = $1
               on conflict (reader, round) do nothing returning id";
    let row: Option<(i64,)> = tx.first(sql, (reader, moderator, why, now)).await?;
    let Some((id,)) = row else { return Ok(false) };
    let message = Message::new(Kind::Verified, format!("/readers/{reader}"), format!("verification {id}"));
    tell(tx, reader, &message, now).await?;
    let act = Act::of(By::Person(moderator.0), "verification", "reader", reader).after(json!({ "why": why }));
    ledger::note(tx, act, now);
    Ok(true)
}

/// Takes the mark back, and says why; tells whether there was one.
pub async fn end_verification(
    tx: &mut Tx,
    reader: ReaderId,
    moderator: ReaderId,
    why: &str,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "insert into verification_ends (verification, moderator, why, at)
               select v.id, $2, $3, $4 from verifications v
                where v.reader = $1 and not exists (select 1 from verification_ends e where e.verification = v.id)
               on conflict (verification) do nothing";
    let ended = tx.execute(sql, (reader, moderator, why, now)).await? == 1;
    // Whoever leaves takes the mark along; that is no act of the desk.
    if ended && reader != moderator {
        let act = Act::of(By::Person(moderator.0), "verification-end", "reader", reader);
        ledger::note(tx, act.after(json!({ "why": why })), now);
    }
    Ok(ended)
}
