//! The talk: who may write, read and vote.

use std::collections::HashMap;

use archive::{ArticleId, Published};
use store::{Failure, Time, Tx};
use theme::{Discussed, ThreadState, ThreadView};

use crate::Paper;

/// Whether one can write now.
pub fn state(_paper: &Paper, _now: Time) -> Option<ThreadState> {
    None
}

/// How many comments these articles have.
pub async fn counts(_tx: &mut Tx, _ids: &[ArticleId]) -> Result<HashMap<ArticleId, u64>, Failure> {
    Ok(HashMap::new())
}

/// What is talked about most.
pub async fn discussed(_tx: &mut Tx, _paper: &Paper, _now: Time) -> Result<Vec<Discussed>, Failure> {
    Ok(Vec::new())
}

/// The first comments of an article, its opening state and its form, for the article's page.
pub async fn first_view(
    _tx: &mut Tx,
    _paper: &Paper,
    _found: &Published,
    _now: Time,
) -> Result<Option<ThreadView>, Failure> {
    Ok(None)
}
