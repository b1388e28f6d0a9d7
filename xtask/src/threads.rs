//! Does a large archive behave like a small one? Pages of the talk against ten thousand comments and against a million, in pairs.
//!
//! Each round starts the server anew on the small archive and on the large one, and asks for each kind of page once at each of many
//! places, so that nothing comes from a kept copy. What is timed is the whole answer over loopback, packed as for a browser.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::cluster::Cluster;
use crate::fill::{self, Filling};
use crate::http::{self, Connection};
use crate::measure::{cpu, median};
use crate::paper::{self, House, Serving};

const ROUNDS: usize = 3;
/// Places asked for of each kind and round.
const PLACES: usize = 100;
/// A thread of so many comments fills its first page.
const FULL: u64 = 70;
/// Comments and articles of the two archives.
const SIZES: [(u64, u64); 2] = [(10_000, 200), (1_000_000, 2_000)];
/// What a browser says it can unpack.
const BROWSER: &str = "Accept-Encoding: gzip, deflate, br, zstd\r\n";

/// Measures on both databases. The archives are kept in `BLATT_ARCHIVES`, if that names a folder, for the next time.
pub fn threads(binary: &Path, scratch: &Path) -> Result<(), String> {
    let kept = std::env::var_os("BLATT_ARCHIVES").map(PathBuf::from);
    let folder = kept.unwrap_or_else(|| scratch.to_owned());
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let mut archives = Vec::new();
    for (comments, articles) in SIZES {
        archives.push(Archive::open(binary, folder.join(comments.to_string()), None, comments, articles)?);
    }
    compare("SQLite", &archives)?;
    let mut clusters = Vec::new();
    let mut archives = Vec::new();
    for (comments, articles) in SIZES {
        let cluster = Cluster::start()?;
        let data = scratch.join(format!("server-{comments}"));
        archives.push(Archive::open(binary, data, Some(&cluster.address()), comments, articles)?);
        clusters.push(cluster);
    }
    compare("PostgreSQL", &archives)
}

/// An archive and the places in it that are asked for.
struct Archive {
    house: House,
    places: Vec<(&'static str, Vec<String>)>,
}

impl Archive {
    fn open(
        binary: &Path,
        data: PathBuf,
        database: Option<&str>,
        comments: u64,
        articles: u64,
    ) -> Result<Archive, String> {
        if !data.join("blatt.toml").exists() {
            let started = Instant::now();
            fill::make(binary, &Filling { data: &data, database, articles, comments, seed: 1 })?;
            println!("{comments} comments were filled in within {:.0} s", started.elapsed().as_secs_f64());
        }
        let house = House::for_load(binary.to_owned(), data, database);
        let serving = house.serve()?;
        let places = crate::bench::wait(places(&serving, comments))?;
        serving.stop()?;
        Ok(Archive { house, places })
    }
}

/// Where each kind of page is asked for: spread over the archive, the largest thread among them.
async fn places(serving: &Serving, comments: u64) -> Result<Vec<(&'static str, Vec<String>)>, String> {
    let mut connection = Connection::open(serving.address).await.map_err(|e| e.to_string())?;
    let mut threads = Vec::new();
    let articles = paper::articles(serving.address).await?;
    // Enough of them to have the largest among them: it stands where the newest tenth begins.
    let largest = articles.len() - 1 - articles.len() * 9 / 10;
    let some = articles.iter().step_by((articles.len() / PLACES).max(1)).chain(articles.get(largest));
    for article in some {
        let path = format!("{article}/comments");
        let page = connection.ask(&http::get(&path, "")).await.map_err(|e| e.to_string())?.text();
        threads.push((count(&page), path, nouns(&page)));
    }
    threads.sort_by_key(|thread| std::cmp::Reverse(thread.0));
    let mut largest = threads[0].clone();
    largest.2 = filling(&mut connection, &largest.1, largest.2).await?;
    // Pages are compared that are full in both archives; each is asked for once, because a second look would be at a kept copy.
    threads.retain(|thread| thread.0 >= FULL);
    let some: Vec<_> = threads.iter().take(PLACES).cloned().collect();
    let ordered = |sort: &str| some.iter().map(|thread| format!("{}?sort={sort}", thread.1)).collect();
    let ids = |of: u64| (0..PLACES as u64).map(move |n| 1 + n * of / PLACES as u64 % of);
    let search = |(_, path, words): &(u64, String, Vec<String>), n: usize| {
        words.get(n % words.len().max(1)).map(|word| format!("{path}?q={}", encoded(word)))
    };
    let in_largest = ["best", "discussed", "oldest"].map(|sort| format!("{}?sort={sort}", largest.1));
    Ok(vec![
        ("best", ordered("best")),
        ("most discussed", ordered("discussed")),
        ("oldest", ordered("oldest")),
        ("newest", some.iter().map(|thread| thread.1.clone()).collect()),
        ("permalink", ids(comments).map(|id| format!("/comments/{id}")).collect()),
        ("profile", ids(comments / 150).map(|id| format!("/readers/{id}")).collect()),
        ("search", some.iter().enumerate().filter_map(|(n, thread)| search(thread, n)).collect()),
        ("largest, in any order", in_largest.to_vec()),
        ("largest, search", (0..PLACES).filter_map(|n| search(&largest, n)).collect()),
    ])
}

/// Of these words those that fill a page of what was found: a page of three comments is no measure for one of thirty.
async fn filling(
    connection: &mut Connection,
    thread: &str,
    words: Vec<String>,
) -> Result<Vec<String>, String> {
    let mut filling = Vec::new();
    for word in words {
        let path = format!("{thread}?q={}", encoded(&word));
        let page = connection.ask(&http::get(&path, "")).await.map_err(|e| e.to_string())?.text();
        if page.contains("before=") {
            filling.push(word);
        }
    }
    if filling.is_empty() { Err(format!("no word fills a page of {thread}")) } else { Ok(filling) }
}

/// The number in the heading of a thread.
fn count(page: &str) -> u64 {
    let heading = page.split("id=\"thread-head\">").nth(1).and_then(|rest| rest.split('<').next());
    let digits: String = heading.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// Long words with a capital, from what was said: people search for such.
fn nouns(page: &str) -> Vec<String> {
    let said = page.split("class=\"said\">").skip(1).filter_map(|rest| rest.split("</div>").next());
    let mut nouns: Vec<String> = said
        .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().count() > 8 && word.chars().next().is_some_and(char::is_uppercase))
        .map(str::to_owned)
        .collect();
    nouns.sort();
    nouns.dedup();
    nouns
}

fn encoded(word: &str) -> String {
    word.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Rounds on both archives, one after the other; the middle ratio of the pairs is what counts.
fn compare(database: &str, archives: &[Archive]) -> Result<(), String> {
    let kinds = archives[0].places.len();
    let mut rounds: Vec<Vec<[Figures; 2]>> = vec![Vec::new(); kinds];
    for round in 0..=ROUNDS {
        let mut measured = Vec::new();
        for archive in archives {
            let serving = archive.house.serve()?;
            measured.push(crate::bench::wait(ask(&serving, &archive.places))?);
            serving.stop()?;
        }
        // The first round fills the caches of the system.
        for kind in (0..kinds).filter(|_| round > 0) {
            rounds[kind].push([measured[0][kind], measured[1][kind]]);
        }
    }
    for (kind, rounds) in archives[0].places.iter().zip(&rounds) {
        let middle = |of: fn(&[Figures; 2]) -> f64| median(&rounds.iter().map(of).collect::<Vec<_>>());
        println!(
            "{database}, {}: median {:.2} ms and {:.2} ms, {:.2} times; p99 {:.2} ms and {:.2} ms; \
             {:.0} us and {:.0} us of CPU in the server, {:.2} times (middle of {ROUNDS} pairs)",
            kind.0,
            middle(|r| r[0].median),
            middle(|r| r[1].median),
            middle(|r| r[1].median / r[0].median),
            middle(|r| r[0].p99),
            middle(|r| r[1].p99),
            middle(|r| r[0].cpu),
            middle(|r| r[1].cpu),
            middle(|r| r[1].cpu / r[0].cpu),
        );
    }
    Ok(())
}

/// Of one kind of page: milliseconds, and microseconds of processor time.
#[derive(Clone, Copy)]
struct Figures {
    median: f64,
    p99: f64,
    cpu: f64,
}

async fn ask(serving: &Serving, places: &[(&str, Vec<String>)]) -> Result<Vec<Figures>, String> {
    let mut connection = Connection::open(serving.address).await.map_err(|e| e.to_string())?;
    let mut figures = Vec::new();
    for (kind, paths) in places {
        let mut took = Vec::with_capacity(paths.len());
        let before = cpu(serving.pid());
        for path in paths {
            let request = http::get(path, BROWSER);
            let sent = Instant::now();
            let (status, _) = connection.count(&request).await.map_err(|e| e.to_string())?;
            took.push(sent.elapsed().as_secs_f64() * 1000.0);
            // A comment's article may be removed, a reader may have said nothing: those are no answers to be timed.
            if status == 404 {
                took.pop();
            } else if status != 200 {
                return Err(format!("{kind}: {path} was answered with {status}"));
            }
        }
        took.sort_by(f64::total_cmp);
        let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN);
        let cpu = (cpu(serving.pid()) - before) / paths.len() as f64;
        figures.push(Figures { median: at(0.5), p99: at(0.99), cpu });
    }
    Ok(figures)
}
