//! `kill -9` in the middle of a posting load, over and over, on both databases: every comment that was answered with
//! success must be there afterwards, once, and the paper must be back within two seconds (R1, R2, R5).

use std::cell::RefCell;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use tokio::task::LocalSet;

use crate::cluster::Cluster;
use crate::http::{self, Connection};
use crate::measure::median;
use crate::paper::{self, House};

const CLIENTS: u64 = 8;

/// `cargo xtask torture [ROUNDS]`, 50 rounds unless said otherwise.
pub fn torture(words: &[&str]) -> Result<(), String> {
    let rounds = match words {
        [] => 50,
        [number] => number.parse().map_err(|_| format!("{number} is no number of rounds"))?,
        _ => return Err("the torture takes a number of rounds".to_owned()),
    };
    let binary = paper::binary(paper::Build::Checked)?;
    let scratch = tempfile::Builder::new().prefix("blatt-torture").tempdir().map_err(|e| e.to_string())?;
    suffer("SQLite", &House::for_load(binary.clone(), scratch.path().join("file"), None), rounds)?;
    let cluster = Cluster::start_durable()?;
    suffer(
        "PostgreSQL",
        &House::for_load(binary, scratch.path().join("server"), Some(&cluster.address())),
        rounds,
    )
}

fn suffer(database: &str, house: &House, rounds: u64) -> Result<(), String> {
    house.fill()?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    let mut serving = house.serve()?;
    let article = runtime.block_on(paper::article(serving.address))?;
    let cookie = runtime.block_on(house.sign_in("leser", serving.address))?;
    let (mut promised, mut starts) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        // Spread over the life of a group commit, the same in each run.
        let life = Duration::from_millis(60 + (round * 7919) % 400);
        let told = Rc::new(RefCell::new(Told::default()));
        let tasks = LocalSet::new();
        tasks.block_on(&runtime, async {
            for client in 0..CLIENTS {
                let first = (round * CLIENTS + client) * 100_000;
                tokio::task::spawn_local(write(
                    serving.address,
                    article.clone(),
                    cookie.clone(),
                    first,
                    Rc::clone(&told),
                ));
            }
            tokio::time::sleep(life).await;
        });
        // The clients are dropped only after the server is gone: none of them stops in time.
        serving.kill();
        drop(tasks);
        let Told { answered, open } = told.take();
        promised.extend(answered);
        serving = house.serve()?;
        promised.extend(runtime.block_on(again(serving.address, &article, &cookie, open))?);
        starts.push(serving.first_page.as_secs_f64());
        if starts.last().is_some_and(|start| *start > 2.0) {
            return Err(format!(
                "on {database} the start after kill number {} took {:.1} s",
                round + 1,
                starts[starts.len() - 1]
            ));
        }
    }
    let found = runtime.block_on(read_thread(serving.address, &article))?;
    serving.stop()?;
    let lost: Vec<&u64> = promised.iter().filter(|number| !found.contains_key(number)).collect();
    let twice: Vec<&u64> = found.iter().filter(|(_, times)| **times > 1).map(|(number, _)| number).collect();
    println!(
        "{database}: {rounds} kills, {} comments answered with success, {} found, {} lost, {} there twice; start {:.0} ms (middle), {:.0} ms (longest)",
        promised.len(),
        found.len(),
        lost.len(),
        twice.len(),
        median(&starts) * 1000.0,
        starts.iter().copied().fold(0.0, f64::max) * 1000.0,
    );
    if promised.is_empty() {
        return Err("no comment was accepted, so nothing was shown".to_owned());
    }
    if lost.is_empty() && twice.is_empty() {
        Ok(())
    } else {
        Err(format!("on {database} lost {lost:?}, twice {twice:?}"))
    }
}

/// What the clients know when the server is gone.
#[derive(Default)]
struct Told {
    /// Answered with success.
    answered: Vec<u64>,
    /// Sent, and no answer came.
    open: Vec<u64>,
}

/// Writes comment after comment until the connection breaks.
async fn write(address: SocketAddr, article: String, cookie: String, first: u64, told: Rc<RefCell<Told>>) {
    let Ok(mut connection) = Connection::open(address).await else { return };
    for number in first.. {
        told.borrow_mut().open.push(number);
        let Ok((status, _)) = connection.count(&comment(&article, &cookie, number)).await else { return };
        told.borrow_mut().open.retain(|other| *other != number);
        if status == 303 {
            told.borrow_mut().answered.push(number);
        } else {
            eprintln!("comment {number} was answered with {status}");
        }
    }
}

/// Sends what got no answer a second time with the same key, as a browser would. Whether it was written before the
/// kill or not, it must be there once.
async fn again(address: SocketAddr, article: &str, cookie: &str, open: Vec<u64>) -> Result<Vec<u64>, String> {
    let mut connection = Connection::open(address).await.map_err(|e| e.to_string())?;
    for &number in &open {
        let (status, _) =
            connection.count(&comment(article, cookie, number)).await.map_err(|e| e.to_string())?;
        if status != 303 {
            return Err(format!("comment {number}, sent again, was answered with {status}"));
        }
    }
    Ok(open)
}

fn comment(article: &str, cookie: &str, number: u64) -> Vec<u8> {
    let form = format!("text=Aussage+Nummer+Z{number}Z&key=torture-{number}");
    http::post(&format!("{article}/comments"), cookie, &form)
}

/// Every numbered comment of the thread, read page by page, with how often it is there.
async fn read_thread(address: SocketAddr, article: &str) -> Result<HashMap<u64, u32>, String> {
    let mut connection = Connection::open(address).await.map_err(|e| e.to_string())?;
    let mut found = HashMap::new();
    let mut path = Some(format!("{article}/comments?sort=oldest"));
    while let Some(here) = path {
        let answer = connection.ask(&http::get(&here, "")).await.map_err(|e| e.to_string())?;
        if answer.status != 200 {
            return Err(format!("{here} was answered with {}", answer.status));
        }
        let text = answer.text();
        // What programs are told in the head says each comment once more.
        let seen = text.split_once("</head>").map_or(&*text, |(_, seen)| seen);
        for number in seen.split("Nummer Z").skip(1).filter_map(|rest| rest.split('Z').next()?.parse().ok()) {
            *found.entry(number).or_insert(0) += 1;
        }
        path = next_page(&text);
    }
    Ok(found)
}

/// The way to the next page, as the thread's page names it.
fn next_page(text: &str) -> Option<String> {
    let link = text
        .split("<a ")
        .find(|link| link.split('>').next().is_some_and(|tag| tag.contains("rel=\"next\"")))?;
    let address = link.split("href=\"").nth(1)?.split(['"', '#']).next()?;
    Some(address.replace("&amp;", "&"))
}
