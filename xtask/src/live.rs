//! Many who listen to one thread: whether all hear everything, how soon, and what one of them costs.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinHandle;

use crate::cluster::Cluster;
use crate::http::{self, Connection};
use crate::measure::{median, memory};
use crate::paper::{self, House};

const LISTENERS: usize = 10_000;
const STALLED: usize = 1_000;
/// Comments in a second, and for how many seconds.
const PACE: u64 = 20;
const SECONDS: u64 = 20;

/// Measures one node on SQLite, then two on PostgreSQL.
pub fn live(binary: &Path, scratch: &Path) -> Result<(), String> {
    let house = House::for_load(binary.to_owned(), scratch.join("live"), None);
    house.fill()?;
    let serving = house.serve()?;
    let runtime = runtime()?;
    let (_, before) = memory(serving.pid());
    let (address, house) = (serving.address, &house);
    runtime.block_on(async {
        let article = paper::article(address).await?;
        let cookie = house.sign_in("leser", address).await?;
        let crowd = Crowd::gather(address, &article, LISTENERS).await?;
        let (_, now) = memory(serving.pid());
        println!(
            "{LISTENERS} listeners: {:.1} kB of memory each",
            (now - before) * 1024.0 / LISTENERS as f64
        );
        crowd.told(&[address], &article, &cookie, "").await?;
        let mut stalled = Vec::new();
        for _ in 0..STALLED {
            stalled.push(stall(address, &article).await.map_err(|e| e.to_string())?);
        }
        let words = format!(", beside {STALLED} who take nothing");
        crowd.told(&[address], &article, &cookie, &words).await
    })?;
    serving.stop()?;
    two_nodes(binary, scratch, &runtime)
}

/// Comments come in at one node and are heard at the other.
fn two_nodes(binary: &Path, scratch: &Path, runtime: &tokio::runtime::Runtime) -> Result<(), String> {
    let cluster = Cluster::start_durable()?;
    let house = House::for_load(binary.to_owned(), scratch.join("nodes"), Some(&cluster.address()));
    house.fill()?;
    let (one, other) = (house.serve()?, house.serve()?);
    runtime.block_on(async {
        let article = paper::article(one.address).await?;
        let cookie = house.sign_in("leser", one.address).await?;
        let crowd = Crowd::gather(other.address, &article, 100).await?;
        crowd.told(&[one.address], &article, &cookie, " of another node").await
    })?;
    one.stop()?;
    other.stop()
}

fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|e| e.to_string())
}

/// When each message was heard by each listener, and which comments it named.
type Heard = Arc<Mutex<HashMap<String, Vec<Instant>>>>;

/// Everybody who listens.
struct Crowd {
    heard: Heard,
    listeners: Vec<JoinHandle<()>>,
}

impl Crowd {
    async fn gather(address: SocketAddr, article: &str, count: usize) -> Result<Crowd, String> {
        let heard = Heard::default();
        let mut listeners = Vec::with_capacity(count);
        for _ in 0..count {
            let mut stream = TcpStream::connect(address).await.map_err(|e| e.to_string())?;
            let request = http::get(&format!("{article}/comments/live"), "");
            stream.write_all(&request).await.map_err(|e| e.to_string())?;
            let mut head = [0; 1024];
            let count = stream.read(&mut head).await.map_err(|e| e.to_string())?;
            if !head[..count].starts_with(b"HTTP/1.1 200") {
                return Err(format!("nobody may listen: {}", String::from_utf8_lossy(&head[..count])));
            }
            listeners.push(tokio::spawn(listen(stream, Arc::clone(&heard))));
        }
        Ok(Crowd { heard, listeners })
    }

    /// Posts for a while, waits until everything must have been heard, and says how it went.
    async fn told(
        &self,
        nodes: &[SocketAddr],
        article: &str,
        cookie: &str,
        beside: &str,
    ) -> Result<(), String> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let posted = post(nodes[0], article, cookie).await?;
        tokio::time::sleep(Duration::from_secs(4)).await;
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut delivered, mut delays) = (0, Vec::new());
        for (ids, moments) in heard.iter() {
            for id in ids.split(',') {
                let Some(sent) = posted.get(id) else { continue };
                delivered += moments.len();
                delays.extend(moments.iter().map(|at| at.duration_since(*sent).as_secs_f64()));
            }
        }
        delays.sort_by(f64::total_cmp);
        let at = |share: f64| delays.get((delays.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN);
        let gone = self.listeners.iter().filter(|listener| listener.is_finished()).count();
        println!(
            "{} listeners{beside}, {PACE} comments/s: {delivered} of {} heard, {gone} gone, median {:.2} s, p99 {:.2} s, last {:.2} s",
            self.listeners.len(),
            posted.len() * self.listeners.len(),
            median(&delays),
            at(0.99),
            delays.last().copied().unwrap_or(f64::NAN),
        );
        Ok(())
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.listeners.iter().for_each(JoinHandle::abort);
    }
}

/// Hears until the stream is over. A message comes in one piece; what comes between two is kept for the next look.
async fn listen(mut stream: TcpStream, heard: Heard) {
    let mut kept = Vec::new();
    let mut some = [0; 2048];
    while let Ok(count @ 1..) = stream.read(&mut some).await {
        let now = Instant::now();
        kept.extend_from_slice(&some[..count]);
        let text = String::from_utf8_lossy(&kept).into_owned();
        let Some((whole, rest)) = text.rsplit_once("\n\n") else { continue };
        for ids in whole.split("\"ids\":[").skip(1).filter_map(|rest| rest.split(']').next()) {
            let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
            heard.entry(ids.to_owned()).or_default().push(now);
        }
        kept = rest.as_bytes().to_vec();
    }
}

/// Asks for the stream and never reads it; what the system would keep for it is little.
async fn stall(address: SocketAddr, article: &str) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(4096)?;
    let mut stream = socket.connect(address).await?;
    stream.write_all(&http::get(&format!("{article}/comments/live"), "")).await?;
    Ok(stream)
}

/// Posts at an even pace; gives when each comment was sent, by its id.
async fn post(address: SocketAddr, article: &str, cookie: &str) -> Result<HashMap<String, Instant>, String> {
    let mut connection = Connection::open(address).await.map_err(|e| e.to_string())?;
    let mut posted = HashMap::new();
    let began = Instant::now();
    for number in 0..PACE * SECONDS {
        let due = began + Duration::from_millis(number * 1000 / PACE);
        tokio::time::sleep_until(due.into()).await;
        let form = format!("text=Und+was+ist+mit+dem+Steg%3F+Nummer+{number}+{}", due.elapsed().as_nanos());
        let sent = Instant::now();
        let request = http::post(&format!("{article}/comments"), cookie, &form);
        let answer = connection.ask(&request).await.map_err(|e| e.to_string())?;
        let id =
            answer.header("location").and_then(|place| place.split(['/', '?']).nth(2)).map(str::to_owned);
        posted.insert(id.ok_or_else(|| format!("a comment was answered with {}", answer.status))?, sent);
    }
    Ok(posted)
}
