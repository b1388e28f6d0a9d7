//! The first look at a request: most are answered here, from a kept copy, before any route is looked up.

use ::edition::{Copy, Handed, Made};
use axum::body::Body;
use http::header::{self, HeaderMap};
use http::{Method, Request, Response};
use std::future::Future;

use crate::conditional::{Keep, send};
use crate::{Answer, Paper, Trouble, Visit, safety};

/// The answer, if it is ready.
pub fn ready<B>(paper: &Paper, request: &Request<B>) -> Option<Response<Body>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) || request.uri().query().is_some() {
        return None;
    }
    let path = request.uri().path();
    let mut response = if let Some(asset) = paper.asset(path) {
        send(asset, request.headers(), Keep::Forever)
    } else {
        match paper.copies.hand(path, paper.clock.now()) {
            Handed::Copy(copy) => send(&copy, request.headers(), Keep::Ask),
            Handed::Make(_) => return None,
        }
    };
    safety::protect(response.headers_mut(), paper.is_encrypted());
    Some(response)
}

/// Sends the kept copy of a page that is the same for everybody, or makes it now and keeps it.
pub async fn shared(
    paper: &Paper,
    path: &str,
    asked: &HeaderMap,
    make: impl Future<Output = Result<Made, Trouble>>,
) -> Result<Response<Body>, Trouble> {
    let handed = match paper.copies.hand(path, paper.clock.now()) {
        Handed::Make(making) if making.is_first() => {
            // Held until the page is kept: whoever waits behind finds it there.
            let turn = paper.copies.turn(path).await;
            (paper.copies.hand(path, paper.clock.now()), Some(turn))
        }
        handed => (handed, None),
    };
    let now = paper.clock.now();
    let copy = match handed {
        (Handed::Copy(copy), _) => copy,
        (Handed::Make(making), _turn) => {
            let made = make.await?;
            paper.copies.keep(path, &making, made, now)
        }
    };
    Ok(send(&copy, asked, Keep::Ask))
}

/// Sends the copy of a page that may be a minute old, or makes it: for what also depends on the time.
pub async fn each_minute(visit: &Visit, make: impl Future<Output = Result<Made, Trouble>>) -> Answer {
    // No request has such a path: the copy is found here only, where the minute is known.
    let name = format!("{} {}", visit.now.0 / 60_000, visit.path);
    shared(&visit.paper, &name, &visit.headers, make).await
}

/// Sends a page that is the same for everybody but not worth keeping, such as a later page of a thread.
pub fn unkept(paper: &Paper, asked: &HeaderMap, made: Made) -> Response<Body> {
    send(&Copy::for_once(made, paper.clock.now()), asked, Keep::Ask)
}

/// A message that two servers might read in two ways is refused (T7.1, RFC 9112 §6.3).
pub fn is_ambiguous<B>(request: &Request<B>) -> bool {
    let headers = request.headers();
    let lengths = headers.get_all(header::CONTENT_LENGTH).iter().count();
    let codings = headers.get_all(header::TRANSFER_ENCODING).iter().count();
    let hosts = headers.get_all(header::HOST).iter().count();
    lengths > 1
        || codings > 1
        || (lengths > 0 && codings > 0)
        || hosts != 1
        || *request.method() == Method::TRACE
}
