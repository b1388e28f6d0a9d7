//! Numbers of an offer, for the desk and for its partner; as tables too. No name stands in them.

use store::{Failure, Time, Tx};

use super::csv;
use super::offers::{Offer, OfferId};

/// How an offer went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Codes that members took and hold.
    pub reserved: i64,
    /// Codes that were given back within the minute.
    pub returned: i64,
    /// Codes that the partner spent.
    pub spent: i64,
    /// Redemptions that were undone.
    pub undone: i64,
    /// Different members who hold a code.
    pub members: i64,
}
store::row!(Numbers { reserved, returned, spent, undone, members });

/// Counts an offer.
pub async fn numbers(tx: &mut Tx, offer: OfferId) -> Result<Numbers, Failure> {
    tx.one(NUMBERS, (offer,)).await
}

pub(super) const NUMBERS: &str = "select count(case when r.returned_at is null then 1 end),
        count(case when r.returned_at is not null then 1 end),
        count(case when r.spent = 1 then 1 end),
        (select count(*) from reservations u join redemptions s on s.reservation = u.id and s.undone_at is not null
          where u.offer = $1),
        count(distinct case when r.returned_at is null then r.reader end)
   from reservations r where r.offer = $1";

/// The most lines of a table of codes.
const LONGEST: i64 = 50_000;

/// The codes of an offer that members hold, with the moments of taking and spending: a table for the partner, so that a
/// shop without our page can tick them off. Times are ISO 8601 in UTC.
pub async fn table_of_codes(tx: &mut Tx, offer: &Offer) -> Result<String, Failure> {
    let sql = "select coalesce(r.code, ''), r.at,
                      (select s.at from redemptions s where s.reservation = r.id and s.undone_at is null)
                 from reservations r where r.offer = $1 and r.returned_at is null order by r.id limit $2";
    let rows: Vec<(String, Time, Option<Time>)> = tx.all(sql, (offer.id, LONGEST)).await?;
    let mut table = csv::line(&["code", "reserved", "spent"]);
    for (code, at, spent) in rows {
        let spent = spent.map(|at| at.timestamp().to_string()).unwrap_or_default();
        table.push_str(&csv::line(&[&code, &at.timestamp().to_string(), &spent]));
    }
    Ok(table)
}

/// All these offers with their numbers, a line each.
pub async fn table(tx: &mut Tx, offers: &[Offer]) -> Result<String, Failure> {
    let head = [
        "offer", "partner", "opens", "closes", "stock", "left", "reserved", "returned", "spent", "undone",
        "members",
    ];
    let mut table = csv::line(&head);
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    for offer in offers {
        let n = numbers(tx, offer.id).await?;
        let (opens, closes) = (offer.opens.timestamp().to_string(), offer.closes.timestamp().to_string());
        let counts = [n.reserved, n.returned, n.spent, n.undone, n.members].map(|n| n.to_string());
        let (stock, left) = (number(offer.stock), number(offer.left()));
        let mut cells = vec![offer.slug.as_str(), &offer.partner_name, &opens, &closes, &stock, &left];
        cells.extend(counts.iter().map(String::as_str));
        table.push_str(&csv::line(&cells));
    }
    Ok(table)
}
