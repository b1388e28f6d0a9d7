//! The paper's secret, from which its puzzles follow.

use store::{Failure, Time, Tx};

/// 32 bytes that nobody outside the paper knows. Our source is open: without them anybody could compute tomorrow's puzzle.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed(pub(crate) [u8; 32]);

impl Seed {
    /// These bytes; for tests and examples.
    #[must_use]
    pub fn of(bytes: [u8; 32]) -> Seed {
        Seed(bytes)
    }
}

impl std::fmt::Debug for Seed {
    /// A log must not tell it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(…)")
    }
}

/// The secret of a paper, and since when it has one.
#[derive(Clone, Debug)]
pub struct Founded {
    /// The secret.
    pub seed: Seed,
    /// When it was written: the archive goes back some weeks from here, and no further.
    pub at: Time,
}

/// The paper's secret, if it has one already.
pub async fn founded(tx: &mut Tx) -> Result<Option<Founded>, Failure> {
    let row: Option<(Vec<u8>, Time)> = tx.first("select bytes, made_at from seeds where id = 1", ()).await?;
    let Some((bytes, at)) = row else { return Ok(None) };
    let bytes = bytes.try_into().map_err(|_| Failure::new("the games' secret is not 32 bytes long"))?;
    Ok(Some(Founded { seed: Seed(bytes), at }))
}

/// The paper's secret; `fresh` becomes it if there is none yet. Of several nodes that try at once, one wins and all get its bytes.
pub async fn seed(tx: &mut Tx, fresh: [u8; 32], now: Time) -> Result<Founded, Failure> {
    let sql = "insert into seeds (id, bytes, made_at) values (1, $1, $2) on conflict do nothing";
    tx.execute(sql, (&fresh[..], now)).await?;
    founded(tx).await?.ok_or_else(|| Failure::new("the games' secret was not written"))
}
