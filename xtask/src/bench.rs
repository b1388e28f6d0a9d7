//! Figures, measured in one run on this machine, so that they can be compared with each other and with nothing else.
//!
//! What is compared with something is measured in pairs, one right after the other, several times; the ratio of each
//! pair is kept and the middle one printed. Latencies include the load generator, which shares the two cores.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use crate::http;
use crate::load::{Load, load};
use crate::measure::{cpu, median, memory};
use crate::nginx::Nginx;
use crate::paper::{self, House, Serving};
use crate::{check, comments, debian, live, run, threads};

const ROUNDS: usize = 7;

/// `cargo xtask bench [PART]...`: all figures, or those of some parts.
pub fn bench(words: &[&str]) -> Result<(), String> {
    const PARTS: [&str; 6] = ["phases", "page", "comments", "threads", "live", "weights"];
    if let Some(unknown) = words.iter().find(|word| !PARTS.contains(word)) {
        return Err(format!("the bench has no part `{unknown}`; it has {}", PARTS.join(", ")));
    }
    let wanted = |part: &str| words.is_empty() || words.contains(&part);
    if wanted("phases") {
        phases()?;
    }
    if words == ["phases"] {
        return Ok(());
    }
    let binary = paper::binary(paper::Build::Release)?;
    let scratch = tempfile::Builder::new().prefix("blatt-bench").tempdir().map_err(|e| e.to_string())?;
    if wanted("page") {
        page(&House::for_load(binary.clone(), scratch.path().join("page"), None))?;
    }
    if wanted("comments") {
        comments::comments(&binary, scratch.path())?;
    }
    if wanted("threads") {
        threads::threads(&binary, scratch.path())?;
    }
    if wanted("live") {
        live::live(&binary, scratch.path())?;
    }
    if wanted("weights") {
        weights(&binary)?;
    }
    Ok(())
}

/// What every comment passes, without the paper around it.
fn phases() -> Result<(), String> {
    let example = ["run", "--locked", "--quiet", "--release", "--package", "xtask", "--example", "phases"];
    run::must(run::command("cargo").args(example))
}

/// An article page beside nginx; start and memory on the way.
fn page(house: &House) -> Result<(), String> {
    house.fill()?;
    let serving = house.serve()?;
    let starts = restarts(house, serving, 5)?;
    println!("start to first page: {:.0} ms (middle of 5)", median(&starts));

    let serving = house.serve()?;
    let (pss, rss) = memory(serving.pid());
    println!("memory at rest: {pss:.1} MB (of its own), {rss:.1} MB (resident)");
    let article = wait(paper::article(serving.address))?;
    twenty_comments(house, &serving, &article)?;
    let (_, head, body) = wait(http::fetch(serving.address, &article, "Accept-Encoding: gzip\r\n"))?;
    println!("article page {article}: {} bytes with gzip, head of {} bytes", body.len(), head.len());
    let nginx = Nginx::start(&head, &body)?;
    let (_, other_head, other_body) = wait(http::fetch(nginx.address, "/page", ""))?;
    if other_body != body {
        return Err("nginx does not send the same bytes".to_owned());
    }
    println!("nginx sends the same content with a head of {} bytes", other_head.len());
    for clients in [1, 16, 64] {
        beside_nginx(clients, &serving, &article, &nginx)?;
    }
    let (pss, rss) = memory(serving.pid());
    println!("memory after that load: {pss:.1} MB (of its own), {rss:.1} MB (resident)");
    serving.stop()
}

fn restarts(house: &House, first: Serving, times: usize) -> Result<Vec<f64>, String> {
    let mut starts = vec![first.first_page.as_secs_f64() * 1000.0];
    first.stop()?;
    while starts.len() < times {
        let serving = house.serve()?;
        starts.push(serving.first_page.as_secs_f64() * 1000.0);
        serving.stop()?;
    }
    Ok(starts)
}

fn beside_nginx(clients: usize, ours: &Serving, article: &str, nginx: &Nginx) -> Result<(), String> {
    const REQUESTS: u64 = 20_000;
    let (mut ratios, mut our_cpu, mut its_cpu) = (Vec::new(), Vec::new(), Vec::new());
    let (mut our_rate, mut its_rate, mut our_p99, mut its_p99) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let (mine, mine_cpu) = read(ours.address, ours.pid(), article, clients, REQUESTS)?;
        let (its, other_cpu) = read(nginx.address, nginx.pid(), "/page", clients, REQUESTS)?;
        // The first round fills caches on both sides.
        if round > 0 {
            ratios.push(mine_cpu / other_cpu);
            our_cpu.push(mine_cpu);
            its_cpu.push(other_cpu);
            our_rate.push(mine.rate());
            its_rate.push(its.rate());
            our_p99.push(mine.percentile(0.99));
            its_p99.push(its.percentile(0.99));
        }
    }
    println!(
        "page, {clients} clients: {:.1} us of CPU per request, nginx {:.1}: {:.2} times (middle of {ROUNDS} pairs, {:.2} to {:.2}); \
         {:.0}/s and {:.0}/s; p99 {:.2} ms and {:.2} ms",
        median(&our_cpu),
        median(&its_cpu),
        median(&ratios),
        ratios.iter().copied().fold(f64::INFINITY, f64::min),
        ratios.iter().copied().fold(0.0, f64::max),
        median(&our_rate),
        median(&its_rate),
        median(&our_p99),
        median(&its_p99),
    );
    Ok(())
}

/// Reads one page over and over; gives the load and the server's processor time per request.
fn read(
    address: SocketAddr,
    pid: u32,
    path: &str,
    clients: usize,
    total: u64,
) -> Result<(Load, f64), String> {
    let request = http::get(path, "Accept-Encoding: gzip\r\n");
    let before = cpu(pid);
    let load = load(address, clients, total, 200, move |_| request.clone())?;
    let used = cpu(pid) - before;
    if load.bad.0 > 0 {
        return Err(format!(
            "{} of {total} requests for {path} were answered with {}",
            load.bad.0, load.bad.1
        ));
    }
    Ok((load, used / total as f64))
}

fn twenty_comments(house: &House, serving: &Serving, article: &str) -> Result<(), String> {
    let cookie = wait(house.sign_in("leser", serving.address))?;
    comments::post(serving.address, vec![article.to_owned()], vec![cookie], 1, 20, 9_000_000)?;
    // Changes of a page are gathered for a second before it is made anew.
    std::thread::sleep(Duration::from_millis(2500));
    Ok(())
}

/// What a first view costs, as the browser counts it.
fn weights(binary: &Path) -> Result<(), String> {
    check::npm_packages()?;
    let chromium = debian::need("chromium", &[], "chromium")?;
    let mut node = run::command("node");
    run::must(node.env("CHROMIUM", chromium).arg("tests/walks/weigh.js").env("BLATT_BINARY", binary))
}

pub fn wait<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|e| e.to_string())?.block_on(work)
}
