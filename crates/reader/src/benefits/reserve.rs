//! A member takes a code, and may give it back within a minute where nobody can have used it.
//!
//! What must hold under simultaneous tries is held by the rows (T5.1): a unique index over offer, reader, period and turn;
//! a check that no more is taken than there is; a unique index over codes. Nothing here looks first and hopes.

use store::{Failure, Time, Tx};

use super::codes::{self, CodeText};
use super::members;
use super::offers::{Kind, Offer, OfferId, tell};
use super::{Refusal, terms};
use crate::ReaderId;

store::id!(
    /// Names a reservation.
    ReservationId
);

/// For how long something can be undone, in milliseconds.
pub const UNDO: i64 = 60_000;
/// A day, in milliseconds.
const DAY: i64 = 24 * 3_600_000;

/// A code that somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// The row.
    pub id: ReservationId,
    /// Of which offer.
    pub offer: OfferId,
    /// The code, as it is shown to its holder and to nobody else.
    pub code: String,
    /// Since when.
    pub at: Time,
    /// When the partner spent it.
    pub spent: Option<Time>,
}
store::row!(Reservation { id, offer, code, at, spent });

const RESERVATION: &str = "select r.id, r.offer, coalesce(r.code, ''), r.at,
        (select s.at from redemptions s where s.reservation = r.id and s.undone_at is null)
   from reservations r";

/// Gives a member a code. `chance` becomes the code where we make it. Undo the transaction when the answer is no.
pub async fn reserve(
    tx: &mut Tx,
    offer: &Offer,
    reader: ReaderId,
    chance: [u8; 32],
    now: Time,
) -> Result<Result<Reservation, Refusal>, Failure> {
    if let Err(refusal) = offer.runs(now) {
        return Ok(Err(refusal));
    }
    let member = members::membership(tx, reader, now).await?;
    if member.is_none_or(|member| member.rank < offer.rank) {
        return Ok(Err(Refusal::MembersOnly));
    }
    let period = period(offer, now);
    let Some(id) = take_turn(tx, offer, reader, period, now).await? else {
        return Ok(Err(Refusal::HadAlready {
            again: next_period(offer, period).filter(|at| *at < offer.closes),
        }));
    };
    let sql = "update offers set taken = taken + 1
                where id = $1 and withdrawn_at is null and (stock is null or taken < stock)";
    if tx.execute(sql, (offer.id,)).await? == 0 {
        return Ok(Err(Refusal::SoldOut));
    }
    // From here on nobody else is at this offer: its row is ours until the end of the transaction.
    if !hand_out(tx, offer, id, chance).await? {
        return Ok(Err(Refusal::SoldOut));
    }
    tell(tx, now).await?;
    Ok(Ok(tx.one(&format!("{RESERVATION} where r.id = $1"), (id,)).await?))
}

/// The period of an offer that a moment falls into: always the same one if it gives so many for ever. Periods are counted
/// from the offer's beginning and not from the last code, so that an index can hold them.
fn period(offer: &Offer, now: Time) -> i64 {
    offer.per_days.map_or(0, |days| now.since(offer.opens).max(0) / (days * DAY))
}

fn next_period(offer: &Offer, period: i64) -> Option<Time> {
    offer.per_days.map(|days| offer.opens.plus((period + 1) * days * DAY))
}

/// The turns somebody has taken in a period.
pub(super) const TURNS: &str = "select turn from reservations
                where offer = $1 and reader = $2 and period = $3 and returned_at is null order by turn limit 1000";

/// Takes the first turn of the reader's that is free in this period, if one is.
async fn take_turn(
    tx: &mut Tx,
    offer: &Offer,
    reader: ReaderId,
    period: i64,
    now: Time,
) -> Result<Option<ReservationId>, Failure> {
    let used: Vec<(i64,)> = tx.all(TURNS, (offer.id, reader, period)).await?;
    let Some(turn) = (0..offer.per_member.min(1000)).find(|turn| !used.contains(&(*turn,))) else {
        return Ok(None);
    };
    let agreed = terms::terms(tx, &offer.terms_subject(), None).await?.map(|terms| terms.id);
    let sql = "insert into reservations (offer, partner, reader, period, turn, terms, at, spent)
               values ($1, $2, $3, $4, $5, $6, $7, 0) on conflict do nothing returning id";
    let row: Option<(ReservationId,)> =
        tx.first(sql, (offer.id, offer.partner, reader, period, turn, agreed, now)).await?;
    Ok(row.map(|(id,)| id))
}

/// Takes the first code of a list that nobody has.
pub(super) const NEXT_CODE: &str = "update offer_codes set reservation = $2
                        where id = (select id from offer_codes where offer = $1 and reservation is null order by id limit 1)
                    returning code, code_key";

/// Puts a code into the reservation. Tells whether there was one.
async fn hand_out(tx: &mut Tx, offer: &Offer, id: ReservationId, chance: [u8; 32]) -> Result<bool, Failure> {
    match offer.kind {
        Kind::Shared => {
            let sql = "update reservations set code = $2 where id = $1";
            tx.execute(sql, (id, offer.shared_code.clone())).await?;
            Ok(true)
        }
        Kind::List => {
            let Some((code, key)) = tx.first::<(String, String)>(NEXT_CODE, (offer.id, id)).await? else {
                return Ok(false);
            };
            let sql = "update reservations set code = $2, code_key = $3 where id = $1";
            tx.execute(sql, (id, code, key)).await?;
            Ok(true)
        }
        Kind::Long | Kind::Short => invent(tx, offer, id, chance).await.map(|()| true),
    }
}

/// Makes a code that the partner has not in use. Two made alike at the same moment would meet in the index, and one fails.
async fn invent(tx: &mut Tx, offer: &Offer, id: ReservationId, mut chance: [u8; 32]) -> Result<(), Failure> {
    for _ in 0..20 {
        let code = match offer.kind {
            Kind::Short => codes::short(&offer.prefix, chance),
            _ => codes::long(chance),
        };
        let key = CodeText::parse(&code).map(|code| code.key().to_owned()).unwrap_or_default();
        let sql = "update reservations set code = $2, code_key = $3
                    where id = $1
                      and not exists (select 1 from reservations o
                                       where o.partner = $4 and o.code_key = $3 and o.returned_at is null)
                      and not exists (select 1 from offer_codes c where c.partner = $4 and c.code_key = $3)";
        if tx.execute(sql, (id, code, key, offer.partner)).await? == 1 {
            return Ok(());
        }
        chance = codes::again(chance);
    }
    Err(Failure::new("twenty new codes in a row were in use"))
}

/// Gives a code back within a minute: one more is there for others, and the turn is free again.
pub async fn give_back(
    tx: &mut Tx,
    offer: &Offer,
    reservation: ReservationId,
    reader: ReaderId,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if !offer.can_be_returned() {
        return Ok(Err(Refusal::TooLate));
    }
    // A row from the future, written while a clock was wrong, cannot be undone for longer than a minute either.
    let sql = "update reservations set returned_at = $4
                where id = $1 and offer = $2 and reader = $3 and returned_at is null and spent = 0
                  and at > $5 and at <= $6";
    let row = (reservation, offer.id, reader, now, now.plus(-UNDO), now.plus(UNDO));
    if tx.execute(sql, row).await? == 0 {
        return Ok(Err(Refusal::TooLate));
    }
    tx.execute("update offer_codes set reservation = null where reservation = $1", (reservation,)).await?;
    tx.execute("update offers set taken = taken - 1 where id = $1", (offer.id,)).await?;
    tell(tx, now).await?;
    Ok(Ok(()))
}

/// The codes of an offer that somebody holds, latest first, at most 50.
pub async fn held(tx: &mut Tx, offer: OfferId, reader: ReaderId) -> Result<Vec<Reservation>, Failure> {
    let sql = format!(
        "{RESERVATION} where r.offer = $1 and r.reader = $2 and r.returned_at is null order by r.id desc limit 50"
    );
    tx.all(&sql, (offer, reader)).await
}

/// All codes that somebody holds, latest first, at most 50: for their card.
pub async fn all_held(tx: &mut Tx, reader: ReaderId) -> Result<Vec<Reservation>, Failure> {
    let sql =
        format!("{RESERVATION} where r.reader = $1 and r.returned_at is null order by r.id desc limit 50");
    tx.all(&sql, (reader,)).await
}

/// Whether somebody can have another code of this offer now, and if not, why.
pub async fn may_reserve(
    tx: &mut Tx,
    offer: &Offer,
    reader: ReaderId,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if let Err(refusal) = offer.runs(now) {
        return Ok(Err(refusal));
    }
    let member = members::membership(tx, reader, now).await?;
    if member.is_none_or(|member| member.rank < offer.rank) {
        return Ok(Err(Refusal::MembersOnly));
    }
    let period = period(offer, now);
    let sql = "select count(*) from reservations
                where offer = $1 and reader = $2 and period = $3 and returned_at is null";
    let (had,): (i64,) = tx.one(sql, (offer.id, reader, period)).await?;
    Ok(if had >= offer.per_member {
        Err(Refusal::HadAlready { again: next_period(offer, period).filter(|at| *at < offer.closes) })
    } else if offer.left() == Some(0) {
        Err(Refusal::SoldOut)
    } else {
        Ok(())
    })
}
