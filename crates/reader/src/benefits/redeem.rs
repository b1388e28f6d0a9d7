//! The partner spends codes, on a small page of their own, and may undo it within a minute.
//!
//! A partner learns the code and nothing about who holds it.

use store::{Failure, Time, Tx};

use super::codes::CodeText;
use super::offers::{Offer, OfferId, offer_by_id};
use super::reserve::{ReservationId, UNDO};
use super::{Refusal, receipt};
use crate::ReaderId;
use crate::pace::{self, Pace};

store::id!(
    /// Names a redemption.
    RedemptionId
);

/// How fast somebody may try codes: an evening at the door of a theatre, and nothing like a search through short codes,
/// of which there are a thousand million.
const TRIES: Pace = Pace { at_once: 60, one_per: 2_000 };

/// A code that was spent.
#[derive(Clone, Debug)]
pub struct Redemption {
    /// The row.
    pub id: RedemptionId,
    /// Of which offer.
    pub offer: OfferId,
    /// What the offer is called on the voucher.
    pub short: String,
    /// The code.
    pub code: String,
    /// When.
    pub at: Time,
    /// When it was undone.
    pub undone: Option<Time>,
}
store::row!(Redemption { id, offer, short, code, at, undone });

const REDEMPTION: &str = "select s.id, r.offer, o.short, coalesce(r.code, ''), s.at, s.undone_at
   from redemptions s join reservations r on r.id = s.reservation join offers o on o.id = r.offer";

/// Who holds the code with this key, of the partners somebody spends codes for.
pub(super) const HOLDER: &str =
    "select r.id, r.offer, r.reader from reservations r join partner_people h on h.partner = r.partner
                where h.reader = $1 and h.ended_at is null and r.code_key = $2 and r.returned_at is null
                order by r.id desc limit 1";

/// Spends a code. Somebody else's codes are not there (T4.5). Commit also when the answer is no: the try counts.
pub async fn spend(
    tx: &mut Tx,
    by: ReaderId,
    code: &CodeText,
    now: Time,
) -> Result<Result<Redemption, Refusal>, Failure> {
    if let Err(again) = pace::next(tx, &format!("codes by {by}"), TRIES, now).await? {
        return Ok(Err(Refusal::TooOften { again }));
    }
    let found: Option<(ReservationId, OfferId, ReaderId)> = tx.first(HOLDER, (by, code.key())).await?;
    let Some((reservation, offer, holder)) = found else { return Ok(Err(Refusal::NoSuchCode)) };
    let offer = match offer_by_id(tx, offer).await? {
        Some(offer) if offer.spent_here => offer,
        _ => return Ok(Err(Refusal::NoSuchCode)),
    };
    if now >= offer.closes {
        return Ok(Err(Refusal::Over));
    }
    // The reservation's own row decides between all who try at once, and against its holder giving it back.
    let sql = "update reservations set spent = 1 where id = $1 and spent = 0 and returned_at is null";
    if tx.execute(sql, (reservation,)).await? == 0 {
        let sql = "select at from redemptions where reservation = $1 and undone_at is null";
        return Ok(Err(match tx.first::<(Time,)>(sql, (reservation,)).await? {
            Some((at,)) => Refusal::Spent { at },
            None => Refusal::NoSuchCode,
        }));
    }
    let sql = "insert into redemptions (reservation, spent_by, at) values ($1, $2, $3) returning id";
    let id = tx.insert(sql, (reservation, by, now)).await?;
    receipt::spent(tx, holder, &offer, RedemptionId(id), code.as_str(), now).await?;
    Ok(Ok(tx.one(&format!("{REDEMPTION} where s.id = $1"), (id,)).await?))
}

/// Undoes a redemption within a minute, by whoever spent the code: it can be spent once more.
pub async fn undo(
    tx: &mut Tx,
    redemption: RedemptionId,
    by: ReaderId,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let sql = "update redemptions set undone_at = $3, undone_by = $2
                where id = $1 and spent_by = $2 and undone_at is null and at > $4 and at <= $5
            returning reservation";
    let row = (redemption, by, now, now.plus(-UNDO), now.plus(UNDO));
    let Some((reservation,)) = tx.first::<(ReservationId,)>(sql, row).await? else {
        return Ok(Err(Refusal::TooLate));
    };
    tx.execute("update reservations set spent = 0 where id = $1 and spent = 1", (reservation,)).await?;
    let sql = "select offer, reader from reservations where id = $1";
    let (offer, holder): (OfferId, ReaderId) = tx.one(sql, (reservation,)).await?;
    if let Some(offer) = offer_by_id(tx, offer).await? {
        receipt::undone(tx, holder, &offer, redemption, now).await?;
    }
    Ok(Ok(()))
}

/// What somebody spent lately, latest first, at most 20.
pub async fn spent_by(tx: &mut Tx, by: ReaderId) -> Result<Vec<Redemption>, Failure> {
    tx.all(&format!("{REDEMPTION} where s.spent_by = $1 order by s.id desc limit 20"), (by,)).await
}

/// One offer of a partner this reader spends codes for; another's is not there (T4.5).
pub async fn own_offer(tx: &mut Tx, by: ReaderId, slug: &story::Slug) -> Result<Option<Offer>, Failure> {
    let sql = "select o.id from offers o join partner_people h on h.partner = o.partner
                where o.slug = $1 and h.reader = $2 and h.ended_at is null";
    match tx.first::<(OfferId,)>(sql, (slug, by)).await? {
        Some((id,)) => offer_by_id(tx, id).await,
        None => Ok(None),
    }
}
