//! `blatt speak`: reads articles aloud that have no sound yet, now and with progress.

use std::num::NonZeroUsize;
use std::time::Instant;

use archive::{ArticleId, Found};
use clap::Args;
use indicatif::ProgressBar;
use speech::{Made, Shelf, Speak as Wish, Studio};
use store::{Db, Failure};
use story::Slug;
use tokio::task::JoinSet;

use super::{Place, now};
use crate::progress;

/// `blatt speak`
#[derive(Clone, Debug, Args)]
pub struct Speak {
    #[command(flatten)]
    place: Place,
    /// Ids or addresses (/section/slug) of articles; without any: all that have no sound for their text.
    articles: Vec<String>,
    /// How many voices read at the same time, instead of the configured number.
    #[arg(long)]
    voices: Option<NonZeroUsize>,
}

/// What came of it.
#[derive(Debug, Default)]
struct Tally {
    spoken: usize,
    already: usize,
    passed: usize,
    failed: usize,
    milliseconds: i64,
}

/// Speaks what was asked for, and tells what came of it.
pub async fn speak(command: Speak) -> Result<(), Failure> {
    let config = command.place.config()?;
    let folder = command.place.folder();
    let db = folder.open(&config, now()).await?;
    let configured = NonZeroUsize::new(usize::try_from(config.number("voices")?).unwrap_or(1));
    let voices = command.voices.or(configured).unwrap_or(NonZeroUsize::MIN);
    let studio = Studio::open(&folder.voices(), voices)?;
    let shelf = Shelf::at(&folder.sound());
    let wishes = if command.articles.is_empty() {
        everything(&db, &shelf).await?
    } else {
        named(&db, &command.articles).await?
    };
    let began = Instant::now();
    let tally = make_all(&db, &studio, &shelf, wishes, voices).await;
    let (sound, spent) = (tally.milliseconds as f64 / 1000.0, began.elapsed().as_secs_f64());
    println!(
        "{} spoken ({:.0} minutes of sound in {spent:.0} s, {:.0} times real time), {} had sound already, {} cannot be spoken or have changed",
        tally.spoken,
        sound / 60.0,
        sound / spent.max(0.001),
        tally.already,
        tally.passed
    );
    match tally.failed {
        0 => Ok(()),
        failed => {
            Err(Failure::new(format!("{failed} articles could not be spoken: what went wrong stands above")))
        }
    }
}

async fn everything(db: &Db, shelf: &Shelf) -> Result<Vec<Wish>, Failure> {
    let (mut wishes, mut place) = (Vec::new(), None);
    loop {
        let looked = speech::backlog(&mut db.read().await?, shelf, place).await?;
        wishes.extend(looked.jobs);
        match looked.next {
            Some(next) => place = Some(next),
            None => return Ok(wishes),
        }
    }
}

async fn named(db: &Db, names: &[String]) -> Result<Vec<Wish>, Failure> {
    let mut tx = db.read().await?;
    let mut wishes = Vec::new();
    for name in names {
        let found = match (name.parse::<ArticleId>(), name.trim_matches('/').split_once('/')) {
            (Ok(id), _) => archive::any_article(&mut tx, id).await?,
            (_, Some((section, slug))) => match (Slug::parse(section), Slug::parse(slug)) {
                (Some(section), Some(slug)) => {
                    match archive::article_at(&mut tx, &section, &slug, now()).await? {
                        Some(Found::Here(found)) => Some(*found),
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        };
        let found = found.ok_or_else(|| {
            Failure::new(format!("there is no article {name}: give an id or /section/slug"))
        })?;
        wishes.push(Wish::of(found.id, &found.article));
    }
    Ok(wishes)
}

async fn make_all(db: &Db, studio: &Studio, shelf: &Shelf, wishes: Vec<Wish>, voices: NonZeroUsize) -> Tally {
    let bar = progress::bar("articles");
    bar.set_length(wishes.len() as u64);
    let (mut tally, mut reading) = (Tally::default(), JoinSet::new());
    for wish in wishes {
        if reading.len() >= voices.get() {
            count(&mut tally, reading.join_next().await, &bar);
        }
        let (db, studio, shelf) = (db.clone(), studio.clone(), shelf.clone());
        reading.spawn(async move {
            let made = speech::make(&db, &studio, &shelf, &wish, now()).await;
            (wish.article(), made)
        });
    }
    while let Some(done) = reading.join_next().await {
        count(&mut tally, Some(done), &bar);
    }
    bar.finish_and_clear();
    tally
}

type Outcome = Result<(ArticleId, Result<Made, Failure>), tokio::task::JoinError>;

fn count(tally: &mut Tally, outcome: Option<Outcome>, bar: &ProgressBar) {
    bar.inc(1);
    match outcome {
        None => {}
        Some(Ok((_, Ok(Made::Recording(recording))))) => {
            tally.spoken += 1;
            tally.milliseconds += recording.duration_ms;
        }
        Some(Ok((_, Ok(Made::Already(_))))) => tally.already += 1,
        Some(Ok((_, Ok(Made::Refused(_) | Made::Superseded)))) => tally.passed += 1,
        Some(Ok((article, Err(failure)))) => {
            tally.failed += 1;
            bar.suspend(|| eprintln!("article {article}: {failure}"));
        }
        Some(Err(error)) => {
            tally.failed += 1;
            bar.suspend(|| eprintln!("a voice broke off: {error}"));
        }
    }
}
