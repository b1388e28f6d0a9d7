//! Taking connections: limits, time limits, and an orderly end.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use futures_util::future::BoxFuture;
use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;
use tracing::{info, warn};

use crate::floods::household;
use crate::patience::Patient;
use crate::{Paper, front_desk, safety};

/// What one connection and one address may use (T7.2).
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time for the head of a request.
    pub head: Duration,
    /// Time for a whole request to be answered; streams go on after that.
    pub request: Duration,
    /// Time during which nothing of an answer is taken before the connection is broken off; a stream of events too.
    pub stalled: Duration,
    /// Connections of one address, of IPv6 of one /64; this machine and trusted proxies speak for many.
    pub per_address: usize,
    /// Connections in all: fewer than the descriptors a process may have, so that the rows can still be opened (R7).
    pub in_all: usize,
    /// Time for open requests after the signal to stop.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head: Duration::from_secs(10),
            request: Duration::from_secs(30),
            stalled: Duration::from_secs(30),
            per_address: 256,
            in_all: 30_000,
            drain: Duration::from_secs(9),
        }
    }
}

/// Who is connected: put into each request for [`Visit`](crate::Visit).
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Serves until `stop` resolves, then lets open requests end.
pub async fn serve(
    paper: Arc<Paper>,
    routes: Router,
    listener: TcpListener,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let (stopping, stopped) = watch::channel(false);
    let seats = Seats::default();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of descriptors: pause, so that some can be given back (R7).
                    warn!("no connection could be taken: {error}");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let is_proxy = peer.ip().is_loopback() || paper.trusted_proxies.contains(&peer.ip());
        let most = if is_proxy { usize::MAX } else { limits.per_address };
        let Some(seat) = seats.take(household(peer.ip()), most, limits.in_all) else { continue };
        let talk = connection(Arc::clone(&paper), routes.clone(), stream, peer, limits, stopped.clone());
        tokio::spawn(async move {
            talk.await;
            drop(seat);
        });
    }
    drop(listener);
    info!("stopping: open requests have {} seconds", limits.drain.as_secs());
    let _ = stopping.send(true);
    // Each connection holds a receiver: when the last is gone, the channel is closed.
    drop(stopped);
    let _ = tokio::time::timeout(limits.drain, stopping.closed()).await;
}

/// Boxed, so that all of HTTP is compiled here and once, not with the program that calls [`serve`].
fn connection(
    paper: Arc<Paper>,
    routes: Router,
    stream: TcpStream,
    peer: SocketAddr,
    limits: Limits,
    mut stopped: watch::Receiver<bool>,
) -> BoxFuture<'static, ()> {
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let (paper, routes) = (Arc::clone(&paper), routes.clone());
        async move { Ok::<_, Infallible>(answer(&paper, routes, request, peer, limits.request).await) }
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_headers(100)
        .max_buf_size(32 * 1024);
    let stream = Patient::new(stream, limits.stalled);
    let talk = builder.serve_connection(TokioIo::new(stream), service);
    Box::pin(async move {
        let mut talk = std::pin::pin!(talk);
        tokio::select! {
            _ = talk.as_mut() => return,
            _ = stopped.wait_for(|stopped| *stopped) => {}
        }
        talk.as_mut().graceful_shutdown();
        let _ = talk.await;
    })
}

async fn answer(
    paper: &Paper,
    routes: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
    patience: Duration,
) -> Response<Body> {
    if front_desk::is_ambiguous(&request) {
        let mut answer = plain(paper, StatusCode::BAD_REQUEST, "This request can be read in two ways.\n");
        // What follows on this connection cannot be trusted either (RFC 9112 §6.3).
        answer.headers_mut().insert(http::header::CONNECTION, http::HeaderValue::from_static("close"));
        return answer;
    }
    if let Some(ready) = front_desk::ready(paper, &request) {
        return ready;
    }
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(Peer(peer.ip()));
    match tokio::time::timeout(patience, routes.oneshot(request)).await {
        Ok(Ok(response)) => response,
        Err(_) => plain(paper, StatusCode::SERVICE_UNAVAILABLE, "This took too long. Please try again.\n"),
    }
}

fn plain(paper: &Paper, status: StatusCode, words: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(words));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    safety::protect(headers, paper.is_encrypted());
    response
}

/// Connections by [`household`], and in all.
#[derive(Clone, Default)]
struct Seats(Arc<Mutex<(HashMap<u64, usize>, usize)>>);

struct Seat {
    seats: Seats,
    household: u64,
}

impl Seats {
    fn take(&self, household: u64, most: usize, in_all: usize) -> Option<Seat> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (households, all) = &mut *taken;
        let count = households.get(&household).copied().unwrap_or(0);
        if count >= most || *all >= in_all {
            return None;
        }
        households.insert(household, count + 1);
        *all += 1;
        Some(Seat { seats: self.clone(), household })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (households, all) = &mut *taken;
        *all -= 1;
        if let Some(count) = households.get_mut(&self.household) {
            *count -= 1;
            if *count == 0 {
                households.remove(&self.household);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t7_2_a_household_has_its_seats_and_the_house_has_no_more_than_it_has() {
        let seats = Seats::default();
        let home = |text: &str| household(text.parse().unwrap_or(IpAddr::V4([127, 0, 0, 1].into())));
        let first = seats.take(home("2001:db8:1:2::1"), 2, 3);
        let second = seats.take(home("2001:db8:1:2:ffff::9"), 2, 3);
        assert!(first.is_some() && second.is_some());
        assert!(seats.take(home("2001:db8:1:2::3"), 2, 3).is_none(), "one /64 is one household");
        let third = seats.take(home("2001:db8:1:3::1"), 2, 3);
        assert!(third.is_some() && seats.take(home("192.0.2.1"), 2, 3).is_none(), "the house is full");
        drop(first);
        assert!(seats.take(home("192.0.2.1"), 2, 3).is_some());
    }
}
