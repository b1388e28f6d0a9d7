//! Tiers: what a membership is called, and which of two is the higher.

use store::{Failure, Time, Tx};
use story::{Line, Slug};

use super::Refusal;

store::id!(
    /// Names a tier.
    TierId
);

/// A kind of membership. A higher rank has everything a lower one has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The row.
    pub id: TierId,
    /// What imports call it.
    pub slug: Slug,
    /// What people call it.
    pub name: Line,
    /// Its place among the others, from 1.
    pub rank: i64,
}
store::row!(Tier { id, slug, name, rank });

/// The most tiers a paper has; a member should be able to tell them apart.
const MOST: i64 = 20;

/// All tiers, the lowest first.
pub async fn tiers(tx: &mut Tx) -> Result<Vec<Tier>, Failure> {
    tx.all("select id, slug, name, rank from tiers order by rank limit $1", (MOST,)).await
}

/// Adds a tier above all others.
pub async fn add_tier(
    tx: &mut Tx,
    slug: &Slug,
    name: &Line,
    now: Time,
) -> Result<Result<TierId, Refusal>, Failure> {
    tx.alone("tiers").await?;
    let known = tiers(tx).await?;
    if known.iter().any(|tier| tier.slug == *slug) || known.len() >= 20 {
        return Ok(Err(Refusal::Taken));
    }
    let rank = known.last().map_or(1, |tier| tier.rank + 1);
    let sql = "insert into tiers (slug, name, rank, made_at) values ($1, $2, $3, $4) returning id";
    Ok(Ok(TierId(tx.insert(sql, (slug, name, rank, now)).await?)))
}
