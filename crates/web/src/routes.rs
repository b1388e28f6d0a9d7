//! The map of addresses (see `docs/` for the list, `design` for why they are English nouns).

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use axum::{Router, middleware};
use http::{Method, Uri};

use crate::{Answer, Paper, Trouble, Visit, account, letters, reader, safety, trouble};

/// The most bytes of an ordinary form; a route that takes more says so itself.
const FORM: usize = 256 * 1024;

/// Every address of the paper. Each room adds its own in its file.
pub fn routes(paper: Arc<Paper>) -> Router {
    Router::new()
        .merge(crate::edition::routes())
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .merge(account::routes())
        .merge(crate::api::routes())
        .merge(crate::announced::routes())
        .merge(crate::embed::routes())
        .merge(crate::hours::routes())
        .merge(crate::benefits::routes())
        .merge(crate::house::routes())
        .merge(crate::forum::routes())
        .merge(crate::inbox::routes())
        .merge(crate::games::routes())
        .merge(letters::routes())
        .merge(crate::company::routes())
        .merge(crate::own_comment::routes())
        .merge(crate::thread_feed::routes())
        .merge(crate::moderation::routes())
        .merge(crate::newsroom::routes())
        .merge(crate::queue::routes())
        .merge(reader::routes())
        .merge(crate::elsewhere::routes())
        .merge(crate::passkeys::routes())
        .merge(crate::own_data::routes())
        .merge(crate::brake::routes())
        .merge(crate::record::routes())
        .merge(crate::second_factor::routes())
        .merge(crate::speech::routes())
        .merge(crate::waiting::routes())
        .merge(crate::modes::routes())
        .merge(crate::words::routes())
        .merge(crate::writers::routes())
        .fallback(elsewhere)
        .method_not_allowed_fallback(async || Trouble::WrongMethod)
        .layer(DefaultBodyLimit::max(FORM))
        .layer(middleware::from_fn_with_state(Arc::clone(&paper), safety::same_origin))
        .layer(middleware::from_fn_with_state(Arc::clone(&paper), trouble::tell))
        .with_state(paper)
}

/// Fit to serve: the rows can be read (R14). This machine also hears how many commits shared how many flushes.
async fn ready(visit: Visit) -> Result<String, Trouble> {
    archive::sections(&mut visit.read().await?).await?;
    if !visit.peer.is_loopback() {
        return Ok("ready\n".to_owned());
    }
    let (commits, flushes) = visit.paper.db.commits_and_flushes();
    Ok(format!("ready\ncommits {commits}\nflushes {flushes}\n"))
}

/// No address of ours. With a slash too many at its end it may be one.
async fn elsewhere(method: Method, uri: Uri) -> Answer {
    let path = uri.path();
    let trimmed = path.trim_end_matches('/');
    let reads = matches!(method, Method::GET | Method::HEAD);
    // „//host“ would lead to another host (T2.5).
    if reads && trimmed != path && !trimmed.is_empty() && !path.starts_with("//") {
        return crate::edition::moved(trimmed);
    }
    Err(Trouble::NotFound)
}
