//! The spoken article.

use std::collections::HashMap;

use archive::{ArticleId, Published, Teaser};
use store::{Failure, Tx};
use theme::PlayerView;

use crate::Paper;

/// How long the recordings of these articles are, in milliseconds.
pub async fn durations(_tx: &mut Tx, _ids: &[ArticleId]) -> Result<HashMap<ArticleId, u64>, Failure> {
    Ok(HashMap::new())
}

/// Bytes and milliseconds of the recordings of these articles.
pub async fn files(_tx: &mut Tx, _ids: &[ArticleId]) -> Result<HashMap<ArticleId, (u64, u64)>, Failure> {
    Ok(HashMap::new())
}

/// The player of an article.
pub async fn player(
    _tx: &mut Tx,
    _paper: &Paper,
    _found: &Published,
    _previous: Option<&Teaser>,
    _next: Option<&Teaser>,
) -> Result<Option<PlayerView>, Failure> {
    Ok(None)
}

/// How far the recording of an article is, for the newsroom.
pub async fn at_the_desk(_tx: &mut Tx, _id: ArticleId) -> Result<theme::DeskRecording, Failure> {
    Ok(theme::DeskRecording::None)
}
