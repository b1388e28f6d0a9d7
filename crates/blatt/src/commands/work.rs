//! `blatt work`, and the workers inside `blatt serve`: jobs are claimed, done, and tried again when they fail.
//!
//! One lane does what is short. Letters go by two lanes of their own, since a mail server may let us wait: one for those that
//! are of use for minutes only, one for the others. As many lanes as the paper has voices read articles aloud. A worker that is
//! told to stop gives its job back, so that the next process takes it up at once; one that is killed is replaced when its claim
//! runs out.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use forum::SpreadComment;
use games::Day;
use games::ahead::MakeAhead;
use jiff::tz::TimeZone;
use newsroom::Appear;
use reader::benefits::CloseDraw;
use reader::departure::{Depart, DepartureId};
use reader::letter::House;
use reader::{
    CarryMessages, LetterId, PostOffice, Protection, Secret, SendAtOnce, SendLetter, Smtp, WarnOwner,
};
use speech::{Clear, Made, Shelf, Speak, Studio};
use store::events::{self, Heard, Listener};
use store::jobs::{self, Job, Kinds, Later};
use store::{Clock, Db, Failure};
use story::Language;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::{info, warn};

use super::{Place, serve};
use crate::config::Config;
use crate::folder::Folder;
use crate::outside;

/// How long a worker without work waits before it looks for jobs whose event it may have missed.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// How soon it looks again if something was due for another lane, or the rows could not be read.
const LOOK_SOON: Duration = Duration::from_secs(1);

/// `blatt work`
#[derive(Clone, Debug, Args)]
pub struct Work {
    #[command(flatten)]
    place: Place,
}

/// Works until the process is told to stop.
pub async fn work(command: Work) -> Result<(), Failure> {
    let config = command.place.config()?;
    let folder = command.place.folder();
    let clock = outside::clock();
    let db = folder.open(&config, clock.now()).await?;
    let tools = Arc::new(Tools::lay_out(&config, &folder, db.clone(), clock)?);
    tokio::spawn(serve::hear_others(db));
    info!("working for {}", config.get("name"));
    let (stop, stopping) = watch::channel(false);
    let lanes = start(tools, &stopping).await?;
    serve::told_to_stop().await;
    let _ = stop.send(true);
    lanes.join_all().await;
    Ok(())
}

/// What workers need.
pub struct Tools {
    db: Db,
    clock: Clock,
    post_office: PostOffice,
    /// Nothing if the paper is not read aloud.
    studio: Option<Studio>,
    voices: usize,
    shelf: Shelf,
    name: String,
    language: Language,
    zone: TimeZone,
    address: String,
}

impl Tools {
    /// Lays out the tools that the configuration asks for.
    pub fn lay_out(config: &Config, folder: &Folder, db: Db, clock: Clock) -> Result<Tools, Failure> {
        let voices = usize::try_from(config.number("voices")?).unwrap_or(0);
        let studio =
            NonZeroUsize::new(voices).map(|desks| Studio::open(&folder.voices(), desks)).transpose()?;
        Ok(Tools {
            db,
            clock,
            post_office: post_office(config)?,
            studio,
            voices,
            shelf: Shelf::at(&folder.sound()),
            name: config.get("name").to_owned(),
            language: serve::language(config)?,
            zone: serve::zone(config)?,
            address: config.get("address").trim_end_matches('/').to_owned(),
        })
    }
}

fn post_office(config: &Config) -> Result<PostOffice, Failure> {
    let Some(host) = config.given("smtp.host") else { return Ok(PostOffice::LocalMailbox) };
    let protection = match config.get("smtp.tls") {
        "starttls" => Protection::StartTls,
        "tls" => Protection::Tls,
        "none" => Protection::None,
        other => return Err(Failure::new(format!("smtp.tls must be starttls, tls or none, not {other}"))),
    };
    PostOffice::through(&Smtp {
        host: host.to_owned(),
        port: u16::try_from(config.number("smtp.port")?)
            .map_err(|_| Failure::new("smtp.port must be a number up to 65535"))?,
        protection,
        login: config
            .given("smtp.user")
            .map(|user| (user.to_owned(), config.get("smtp.password").to_owned())),
        from: config.get("smtp.from").to_owned(),
    })
}

/// What the lanes take, beside those that read aloud.
const KINDS: [Kinds; 3] = [
    Kinds::Except(&[Speak::KIND, SendLetter::KIND, SendAtOnce::KIND]),
    Kinds::Only(SendAtOnce::KIND),
    Kinds::Only(SendLetter::KIND),
];

/// Starts the lanes. They end when `stopping` says so. Today's puzzles are their first work, and bring tomorrow's with them.
pub async fn start(tools: Arc<Tools>, stopping: &watch::Receiver<bool>) -> Result<JoinSet<()>, Failure> {
    let now = tools.clock.now();
    let mut tx = tools.db.begin().await?;
    jobs::later(&mut tx, &MakeAhead::of(Day::of(now, &tools.zone)), now).await?;
    tx.commit().await?;
    let mut lanes = JoinSet::new();
    let kinds = KINDS.into_iter().chain(std::iter::repeat_n(Kinds::Only(Speak::KIND), tools.voices));
    for (number, kinds) in kinds.enumerate() {
        let worker = format!("{}-{number}", std::process::id());
        lanes.spawn(lane(Arc::clone(&tools), worker, kinds, stopping.clone()));
    }
    Ok(lanes)
}

async fn lane(tools: Arc<Tools>, worker: String, kinds: Kinds, mut stopping: watch::Receiver<bool>) {
    let mut listener = events::listen(&tools.db);
    while !*stopping.borrow() {
        let pause = match one(&tools, &worker, kinds, &mut stopping).await {
            Ok(true) => continue,
            Ok(false) => until_due(&tools).await,
            Err(failure) => {
                warn!("a worker could not go on: {failure}");
                LOOK_SOON
            }
        };
        tokio::select! {
            () = hear_of_work(&mut listener) => {}
            () = tokio::time::sleep(pause) => {}
            _ = stopping.changed() => {}
        }
    }
}

/// Does one job, if one is due; tells whether.
async fn one(
    tools: &Arc<Tools>,
    worker: &str,
    kinds: Kinds,
    stopping: &mut watch::Receiver<bool>,
) -> Result<bool, Failure> {
    let Some(job) = jobs::claim_of(&tools.db, worker, kinds, tools.clock.now()).await? else {
        return Ok(false);
    };
    // In a task of its own, so that a panic ends this job and not the lane.
    let mut acting = {
        let (tools, job) = (Arc::clone(tools), job.clone());
        tokio::spawn(async move { act(&tools, &job).await })
    };
    let outcome = tokio::select! {
        ended = &mut acting => Some(ended.unwrap_or_else(|error| Err(Failure::because("the work broke", error)))),
        _ = stopping.changed() => {
            acting.abort();
            None
        }
    };
    let mut tx = tools.db.begin().await?;
    match outcome {
        None => jobs::give_back(&mut tx, &job).await?,
        Some(Ok(())) => jobs::done(&mut tx, &job).await?,
        Some(Err(failure)) => {
            warn!(job.id, job.kind, "job {} ({}) failed: {failure}", job.id, job.kind);
            jobs::failed(&mut tx, &job, &failure.to_string(), tools.clock.now()).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

/// What each kind of job means.
async fn act(tools: &Tools, job: &Job) -> Result<(), Failure> {
    let (db, now) = (&tools.db, tools.clock.now());
    match job.kind.as_str() {
        SendLetter::KIND | SendAtOnce::KIND => {
            let letter = LetterId(job.read::<SendLetter>()?.letter);
            reader::send_letter(db, &tools.post_office, letter, now).await
        }
        WarnOwner::KIND => {
            let mut tx = db.begin().await?;
            let house = House { name: &tools.name, address: &tools.address };
            reader::warn_owner(&mut tx, &job.read()?, &house, now).await?;
            tx.commit().await
        }
        CarryMessages::KIND => {
            let mut token = [0; 32];
            outside::chance(&mut token);
            let house = House { name: &tools.name, address: &tools.address };
            let mut tx = db.begin().await?;
            reader::carry_messages(&mut tx, &job.read()?, &house, &Secret::from_chance(token), now).await?;
            tx.commit().await
        }
        SpreadComment::KIND => {
            let mut tx = db.begin().await?;
            forum::spread_comment(&mut tx, &job.read()?, now).await?;
            tx.commit().await
        }
        CloseDraw::KIND => {
            let mut tx = db.begin().await?;
            let drawn = reader::benefits::close(&mut tx, job.read::<CloseDraw>()?.draw(), now).await?;
            tx.commit().await?;
            // A worker whose clock was ahead of the others': the job is tried again.
            drawn.map_err(|refusal| Failure::new(format!("it is too early to draw: {refusal:?}")))
        }
        Depart::KIND => {
            let departure = DepartureId(job.read::<Depart>()?.departure);
            web::depart(db, departure, tools.language, now).await
        }
        Speak::KIND => match &tools.studio {
            Some(studio) => say(tools, studio, &job.read()?).await,
            None => Ok(()),
        },
        Appear::KIND => {
            let mut tx = db.begin().await?;
            newsroom::appear(&mut tx, job.read()?, now).await?;
            tx.commit().await
        }
        MakeAhead::KIND => {
            let mut fresh = [0; 32];
            outside::chance(&mut fresh);
            job.read::<MakeAhead>()?.run(db, fresh, &tools.zone, now).await
        }
        Clear::KIND => job.read::<Clear>()?.run(db, &tools.shelf).await,
        other => Err(Failure::new(format!("this Blatt knows no job of kind {other}"))),
    }
}

async fn say(tools: &Tools, studio: &Studio, speak: &Speak) -> Result<(), Failure> {
    let article = speak.article();
    match speech::make(&tools.db, studio, &tools.shelf, speak, tools.clock.now()).await? {
        Made::Recording(recording) => {
            let seconds = recording.duration_ms / 1000;
            info!(article.id = %article, "spoke article {article}: {}:{:02} minutes", seconds / 60, seconds % 60);
        }
        Made::Refused(refusal) => {
            info!(article.id = %article, "article {article} cannot be spoken: {refusal:?}");
        }
        Made::Already(_) | Made::Superseded => {}
    }
    Ok(())
}

async fn until_due(tools: &Tools) -> Duration {
    let due = async { jobs::next_due(&mut tools.db.read().await?).await };
    match due.await {
        Ok(Some(at)) => {
            let milliseconds = u64::try_from(at.since(tools.clock.now())).unwrap_or(0);
            Duration::from_millis(milliseconds).clamp(LOOK_SOON, LOOK_AGAIN)
        }
        Ok(None) => LOOK_AGAIN,
        Err(_) => LOOK_SOON,
    }
}

/// Returns when a job was enqueued, or events were missed.
async fn hear_of_work(listener: &mut Listener) {
    loop {
        match listener.next().await {
            Some(Heard::Event(event)) if event.topic != jobs::WAITING => {}
            Some(_) => return,
            None => std::future::pending().await,
        }
    }
}
