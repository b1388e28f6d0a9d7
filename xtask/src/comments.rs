//! Durable acceptance of comments, beside what would be the least: the rows alone, and a form that is answered without them.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::bench::wait;
use crate::cluster::Cluster;
use crate::http::{self, Connection};
use crate::load::{Load, load};
use crate::measure::{cpu, family, median, memory};
use crate::paper::{self, House, Serving};
use crate::run;

/// Comments of one round, and rounds.
const EACH: u64 = 6_000;
const ROUNDS: usize = 5;
/// Readers who write, each signed in.
const READERS: usize = 64;
/// Articles they write about.
const ARTICLES: usize = 10;

/// Measures on both databases.
pub fn comments(binary: &Path, scratch: &Path) -> Result<(), String> {
    let example = ["run", "--locked", "--quiet", "--release", "--package", "forum", "--example", "posts"];
    run::must(run::command("cargo").args(example))?;
    measure("SQLite", &House::for_load(binary.to_owned(), scratch.join("comments"), None), None)?;
    let cluster = Cluster::start_durable()?;
    let house = House::for_load(binary.to_owned(), scratch.join("server"), Some(&cluster.address()));
    measure("PostgreSQL", &house, Some(&cluster))
}

fn measure(database: &str, house: &House, cluster: Option<&Cluster>) -> Result<(), String> {
    house.fill()?;
    let serving = house.serve()?;
    let articles: Vec<String> = wait(paper::articles(serving.address))?.into_iter().take(ARTICLES).collect();
    let cookies = wait(house.readers(READERS, serving.address))?;
    empty_form(&serving)?;
    let mut written = 0;
    for clients in [1, 16, 64] {
        let flushes_before = flushes(serving.address);
        let mut rounds = Rounds::default();
        for _ in 0..ROUNDS {
            let total = if clients == 1 { EACH / 6 } else { EACH };
            let before = (cpu(serving.pid()), cluster.map_or(0.0, |cluster| cpu(cluster.pid())));
            let load = post(serving.address, articles.clone(), cookies.clone(), clients, total, written)?;
            written += total;
            rounds.costs.push((cpu(serving.pid()) - before.0) / total as f64);
            rounds.others.push((cluster.map_or(0.0, |cluster| cpu(cluster.pid())) - before.1) / total as f64);
            rounds.take(&load);
        }
        let other = cluster
            .map(|_| format!(" and {:.0} us in PostgreSQL", median(&rounds.others)))
            .unwrap_or_default();
        println!(
            "comments on {database}, {clients} clients: {:.0}/s, {:.0} us of CPU each{other}, p50 {:.1} ms, p99 {:.1} ms, {}",
            median(&rounds.rates),
            median(&rounds.costs),
            median(&rounds.p50),
            median(&rounds.p99),
            shared(flushes_before, flushes(serving.address)),
        );
    }
    while_reading(database, &serving, &articles, &cookies, written)?;
    let (pss, rss) = memory(serving.pid());
    println!(
        "memory after {written} comments on {database}: {pss:.1} MB (of its own), {rss:.1} MB (resident), {} processes",
        family(serving.pid()).len()
    );
    serving.stop()
}

#[derive(Default)]
struct Rounds {
    rates: Vec<f64>,
    costs: Vec<f64>,
    others: Vec<f64>,
    p50: Vec<f64>,
    p99: Vec<f64>,
}

impl Rounds {
    fn take(&mut self, load: &Load) {
        self.rates.push(load.rate());
        self.p50.push(load.percentile(0.5));
        self.p99.push(load.percentile(0.99));
    }
}

/// A form that is read, checked and answered, and touches no row: a vote by somebody who is not signed in.
fn empty_form(serving: &Serving) -> Result<(), String> {
    let (mut rates, mut costs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let before = cpu(serving.pid());
        let form = |_| http::post("/comments/1/votes", "", "value=up");
        let load = load(serving.address, READERS, EACH, 303, form)?;
        rates.push(load.rate());
        costs.push((cpu(serving.pid()) - before) / EACH as f64);
    }
    println!(
        "a form without rows, {READERS} clients: {:.0}/s, {:.0} us of CPU each",
        median(&rates),
        median(&costs)
    );
    Ok(())
}

/// Sends comments of these readers about these articles.
pub fn post(
    address: SocketAddr,
    articles: Vec<String>,
    cookies: Vec<String>,
    clients: usize,
    total: u64,
    from: u64,
) -> Result<Load, String> {
    let load = load(address, clients, total, 303, move |number| {
        let number = from + number;
        let (reader, article) = (number as usize % cookies.len(), number as usize / 7 % articles.len());
        let form = format!(
            "text=Der+Steg+ist+seit+Jahren+morsch%2C+das+wei%C3%9F+jeder+hier.+Nummer+{number}&key=bench-{number}"
        );
        http::post(&format!("{}/comments", articles[article]), &cookies[reader], &form)
    })?;
    if load.bad.0 > 0 {
        return Err(format!("{} of {total} comments were answered with {}", load.bad.0, load.bad.1));
    }
    Ok(load)
}

/// Pages of the articles that are written about, two hundred a second, while 64 readers write.
fn while_reading(
    database: &str,
    serving: &Serving,
    articles: &[String],
    cookies: &[String],
    from: u64,
) -> Result<(), String> {
    let over = Arc::new(AtomicBool::new(false));
    let (address, asked, end) = (serving.address, articles.to_vec(), Arc::clone(&over));
    let reading = std::thread::spawn(move || wait(read(address, asked, end)));
    let load = post(address, articles.to_vec(), cookies.to_vec(), READERS, 3 * EACH, from);
    over.store(true, Ordering::SeqCst);
    let mut took = reading.join().map_err(|_| "the reading thread broke")??;
    let load = load?;
    took.sort_by(f64::total_cmp);
    let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN);
    println!(
        "{} pages read meanwhile on {database}: p50 {:.1} ms, p99 {:.1} ms, beside {:.0} comments/s",
        took.len(),
        at(0.5),
        at(0.99),
        load.rate()
    );
    Ok(())
}

async fn read(address: SocketAddr, articles: Vec<String>, over: Arc<AtomicBool>) -> Result<Vec<f64>, String> {
    let mut connection = Connection::open(address).await.map_err(|e| e.to_string())?;
    let (mut took, mut number) = (Vec::new(), 0);
    while !over.load(Ordering::SeqCst) {
        let article = &articles[number % articles.len()];
        let path = if number % 2 == 0 { article.clone() } else { format!("{article}/comments?sort=best") };
        let sent = Instant::now();
        let (status, _) = connection
            .count(&http::get(&path, "Accept-Encoding: gzip\r\n"))
            .await
            .map_err(|e| e.to_string())?;
        if status != 200 {
            return Err(format!("{path} was answered with {status}"));
        }
        took.push(sent.elapsed().as_secs_f64() * 1000.0);
        number += 1;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(took)
}

fn shared(before: Option<(f64, f64)>, after: Option<(f64, f64)>) -> String {
    match (before, after) {
        (Some(before), Some(after)) if after.1 > before.1 => {
            format!("{:.1} commits per flush", (after.0 - before.0) / (after.1 - before.1))
        }
        _ => "flushes are PostgreSQL's own".to_owned(),
    }
}

/// Commits and flushes since start, as `/readyz` says them to this machine.
fn flushes(address: SocketAddr) -> Option<(f64, f64)> {
    let (_, _, text) = wait(http::fetch(address, "/readyz", "")).ok()?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let figure = |name: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = words.iter().position(|word| word.trim_end_matches(':') == name)?;
        words.get(at + 1)?.parse::<f64>().ok()
    };
    Some((figure("commits")?, figure("flushes")?))
}
