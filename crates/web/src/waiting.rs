//! What waits until somebody of the desk has read it, as its author sees it and takes it back. The desk reads it in its queues.

use std::sync::Arc;

use ::forum::waiting::{self, Waiting, WaitingId};
use archive::ArticleId;
use axum::Router;
use axum::extract::Path;
use axum::routing::post;
use reader::ReaderId;
use store::{Failure, Tx};
use theme::{Html, WaitingView};

use crate::{Answer, Paper, Trouble, Visit};

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new().route("/account/waiting/{id}/withdrawal", post(withdraw))
}

/// What of this reader waits under an article, for the form in its thread.
pub(crate) async fn own(
    tx: &mut Tx,
    article: ArticleId,
    reader: ReaderId,
) -> Result<Vec<WaitingView>, Failure> {
    let waiting = waiting::under(tx, article, reader).await?.into_iter();
    let view = |it: Waiting| WaitingView {
        text: Html(::forum::markup::html(&it.body)),
        at: it.at,
        withdrawal: withdrawal(it.id),
    };
    Ok(waiting.map(view).collect())
}

/// Where a POST takes back what waits.
pub(crate) fn withdrawal(id: WaitingId) -> String {
    format!("/account/waiting/{id}/withdrawal")
}

/// `POST /account/waiting/{id}/withdrawal`: by its author. Somebody else's is not there (T4.5).
async fn withdraw(visit: Visit, Path(id): Path<String>) -> Answer {
    let author = visit.reader()?.reader;
    let id: WaitingId = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    let withdrawn = waiting::withdraw(&mut tx, id, author).await?;
    tx.commit().await?;
    visit.see_other(if withdrawn {
        "/account?done=withdrawn#waiting"
    } else {
        "/account?done=not-waiting#waiting"
    })
}
