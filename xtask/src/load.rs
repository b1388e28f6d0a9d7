//! Load: a number of clients, each with one connection and one request at a time, for a number of requests in all.
//!
//! All clients share one thread, so that the server keeps as much of the machine as possible, and only loopback is loaded.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::task::LocalSet;

use crate::http::Connection;

/// What came of it.
pub struct Load {
    /// Answered as hoped.
    pub good: u64,
    /// Answered otherwise, with the status of the last.
    pub bad: (u64, u16),
    pub took: Duration,
    /// Microseconds each, sorted.
    pub latencies: Vec<u32>,
}

impl Load {
    /// Good answers in a second.
    pub fn rate(&self) -> f64 {
        self.good as f64 / self.took.as_secs_f64()
    }

    /// The latency that this share of requests stayed below, in milliseconds.
    pub fn percentile(&self, share: f64) -> f64 {
        let at = (self.latencies.len() as f64 * share) as usize;
        f64::from(self.latencies.get(at.min(self.latencies.len().saturating_sub(1))).copied().unwrap_or(0))
            / 1000.0
    }
}

/// Sends `total` requests from `clients` connections; `request` makes the one with this number, `hoped` is the status that counts as good.
pub fn load(
    address: SocketAddr,
    clients: usize,
    total: u64,
    hoped: u16,
    request: impl Fn(u64) -> Vec<u8> + 'static,
) -> Result<Load, String> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    let next = Rc::new(Cell::new(0));
    let request = Rc::new(request);
    let started = Instant::now();
    let tasks = LocalSet::new();
    let parts = tasks.block_on(&runtime, async {
        let clients: Vec<_> = (0..clients)
            .map(|_| {
                tokio::task::spawn_local(client(address, Rc::clone(&next), total, hoped, Rc::clone(&request)))
            })
            .collect();
        let mut parts = Vec::new();
        for client in clients {
            parts.push(
                client.await.map_err(|e| e.to_string())?.map_err(|e| format!("a client was cut off: {e}"))?,
            );
        }
        Ok::<_, String>(parts)
    })?;
    let took = started.elapsed();
    let mut load = Load { good: 0, bad: (0, 0), took, latencies: Vec::new() };
    for part in parts {
        load.good += part.good;
        load.bad.0 += part.bad.0;
        load.bad.1 = load.bad.1.max(part.bad.1);
        load.latencies.extend(part.latencies);
    }
    load.latencies.sort_unstable();
    Ok(load)
}

struct Part {
    good: u64,
    bad: (u64, u16),
    latencies: Vec<u32>,
}

async fn client(
    address: SocketAddr,
    next: Rc<Cell<u64>>,
    total: u64,
    hoped: u16,
    request: Rc<impl Fn(u64) -> Vec<u8>>,
) -> std::io::Result<Part> {
    let mut connection = Connection::open(address).await?;
    let mut part = Part { good: 0, bad: (0, 0), latencies: Vec::new() };
    loop {
        let number = next.get();
        if number >= total {
            return Ok(part);
        }
        next.set(number + 1);
        let sent = Instant::now();
        let (status, _) = connection.count(&request(number)).await?;
        part.latencies.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
        if status == hoped {
            part.good += 1;
        } else {
            part.bad = (part.bad.0 + 1, status);
        }
    }
}
