//! The sections of the paper, in its order.

use store::{Failure, Time, Tx, events};
use story::{Line, Slug};

/// A section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its part of the address.
    pub slug: Slug,
    /// Its name.
    pub name: Line,
}
store::row!(Section { slug, name });

/// All sections in the paper's order, at most 100.
pub async fn sections(tx: &mut Tx) -> Result<Vec<Section>, Failure> {
    tx.all("select slug, name from sections order by rank, slug limit 100", ()).await
}

/// One section.
pub async fn section(tx: &mut Tx, slug: &Slug) -> Result<Option<Section>, Failure> {
    tx.first("select slug, name from sections where slug = $1", (slug,)).await
}

/// Adds a section at the end, if there is none of that address yet. Tells whether it was added.
pub async fn add_section(tx: &mut Tx, slug: &Slug, name: &Line, now: Time) -> Result<bool, Failure> {
    let sql = "insert into sections (slug, name, rank)
               select $1, $2, (select coalesce(max(rank), 0) + 1 from sections) where true
               on conflict (slug) do nothing";
    let added = tx.execute(sql, (slug, name)).await? > 0;
    if added {
        events::tell(tx, crate::FRONT, 0, now).await?;
    }
    Ok(added)
}
