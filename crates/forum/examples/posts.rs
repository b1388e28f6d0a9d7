//! What a comment costs without the web around it: the bare row, and the whole verb.
//!
//! `cargo run --release -p forum --example posts [COUNT]` writes to a temporary SQLite beside the built programs, 64 comments to
//! a flush: first only their rows in a loop, then through [`forum::post`] by 64 tasks of as many readers.

use std::time::{Duration, Instant};

use archive::ArticleId;
use forum::hours::State;
use forum::{Body, Contribution, Key, Pace};
use reader::{Mail, Name, Newcomer, ReaderId, Role};
use store::{Address, Db, Failure, Migrations, Time};
use story::{Article, Language, Line, Slug};

const ROOMS: &[Migrations] = &[store::MIGRATIONS, archive::MIGRATIONS, reader::MIGRATIONS, forum::MIGRATIONS];
/// Tasks that post, readers they post for, and comments of one flush.
const TOGETHER: i64 = 64;
const NOW: Time = Time(1_795_514_400_000);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count: i64 = std::env::args().nth(1).map_or(Ok(20_000), |text| text.parse())?;
    let folder = tempfile::Builder::new().prefix("posts").tempdir_in("target")?;
    let db = Db::open(&Address::File(folder.path().join("paper.db")), ROOMS, NOW).await?;
    let (article, readers) = cast(&db).await?;
    let (cpu, started) = (cpu_time()?, Instant::now());
    bare(&db, article, &readers, count).await?;
    tell("bare rows", count, cpu, started)?;
    let (cpu, started) = (cpu_time()?, Instant::now());
    let tasks: Vec<_> = readers
        .into_iter()
        .map(|reader| tokio::spawn(post(db.clone(), article, reader, count / TOGETHER)))
        .collect();
    for task in tasks {
        task.await??;
    }
    tell("the whole verb", count, cpu, started)
}

fn tell(what: &str, count: i64, cpu: Duration, started: Instant) -> Result<(), Box<dyn std::error::Error>> {
    let rate = count as f64 / started.elapsed().as_secs_f64();
    let cost = (cpu_time()? - cpu).as_secs_f64() * 1e6 / count as f64;
    println!("{what}: {rate:.0}/s, {cost:.0} us of CPU each");
    Ok(())
}

async fn bare(db: &Db, article: ArticleId, readers: &[ReaderId], count: i64) -> Result<(), Failure> {
    let sql =
        "insert into comments (article, author, place, key, fingerprint, text, at, up, down, score, replies)
               values ($1, $2, 0, $3, $4, $5, $6, 0, 0, 0, 0) returning id";
    for first in (0..count).step_by(TOGETHER as usize) {
        let mut tx = db.begin().await?;
        for (number, reader) in (first..).zip(readers) {
            let (key, text) = (format!("bare-{number}"), said(number));
            tx.insert(sql, (article, *reader, key, number, text, NOW.plus(number))).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn post(db: Db, article: ArticleId, author: ReaderId, count: i64) -> Result<(), Failure> {
    let pace = Pace { per_minute: u32::MAX, per_hour: u32::MAX };
    for number in 0..count {
        let body = Body::parse(&said(number)).map_err(|refusal| Failure::new(format!("{refusal:?}")))?;
        let key = Key::parse(&format!("posted-{number}"));
        let said = Contribution { article, author, parent: None, body, key };
        let mut tx = db.begin().await?;
        let state = State::Open { until: None };
        forum::post(&mut tx, &said, state, pace, NOW.plus(number))
            .await?
            .map_err(|refusal| Failure::new(format!("{refusal:?}")))?;
        tx.commit().await?;
    }
    Ok(())
}

fn said(number: i64) -> String {
    format!("Der Steg ist seit Jahren morsch, das weiß jeder hier. Nummer {number}")
}

/// An article and as many readers as write at once.
async fn cast(db: &Db) -> Result<(ArticleId, Vec<ReaderId>), Box<dyn std::error::Error>> {
    let line = |text: &str| Line::parse("line", text, 200);
    let slug = |text: &str| Slug::parse(text).ok_or("no slug");
    let mut tx = db.begin().await?;
    archive::add_section(&mut tx, &slug("stadt")?, &line("Stadt")?, NOW).await?;
    let article = Article {
        source: line("steg")?,
        slug: slug("steg")?,
        section: slug("stadt")?,
        language: Language::Austrian,
        kicker: None,
        headline: line("Der Steg")?,
        lead: None,
        authors: vec![],
        agencies: vec![],
        place: None,
        published: None,
        body: vec![],
        figures: vec![],
    };
    let article = archive::publish(&mut tx, &article, &line("Ada")?, NOW).await?.map_err(|_| "a clash")?;
    let mut readers = Vec::new();
    for number in 0..TOGETHER {
        let letters = [b'a' + (number / 8) as u8, b'n' + (number % 8) as u8];
        let name = format!("Leser {}", String::from_utf8_lossy(&letters).repeat(2));
        let refused = |refusal: reader::Refusal| format!("{name}: {refusal:?}");
        let newcomer = Newcomer {
            name: Name::of_staff(&name).map_err(refused)?,
            mail: Mail::parse(&format!("leser{number}@example.org")).map_err(refused)?,
            password: None,
            language: Language::Austrian,
        };
        readers.push(reader::admit(&mut tx, &newcomer, Role::Reader, NOW).await?.map_err(refused)?);
    }
    tx.commit().await?;
    Ok((article, readers))
}

/// Processor time of this process so far.
fn cpu_time() -> Result<Duration, std::io::Error> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    // After the name, which may hold anything, in parentheses: the 12th and 13th fields are ticks of 10 ms.
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 10))
}
