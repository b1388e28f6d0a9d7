//! The map of addresses (see `docs/` for the list, `design` for why they are English nouns).

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use axum::{Router, middleware};

use crate::{Paper, Trouble, account, letters, reader, safety, trouble};

/// The most bytes of an ordinary form; a route that takes more says so itself.
const FORM: usize = 256 * 1024;

/// Every address of the paper. Each room adds its own in its file.
pub fn routes(paper: Arc<Paper>) -> Router {
    Router::new()
        .merge(crate::edition::routes())
        .route("/healthz", get(async || "alive\n"))
        .merge(account::routes())
        .merge(crate::house::routes())
        .merge(letters::routes())
        .merge(reader::routes())
        .merge(crate::speech::routes())
        .fallback(async || Trouble::NotFound)
        .layer(DefaultBodyLimit::max(FORM))
        .layer(middleware::from_fn_with_state(Arc::clone(&paper), safety::same_origin))
        .layer(middleware::from_fn_with_state(Arc::clone(&paper), trouble::tell))
        .with_state(paper)
}
