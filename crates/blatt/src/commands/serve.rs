//! `blatt serve`: the paper on the air.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use clap::Args;
use edition::{Copies, Copy, House, Made, Stands};
use jiff::tz::TimeZone;
use store::events::{self, Heard};
use store::{Clock, Db, Failure};
use story::Language;
use theme::{Accent, Colour, Settings, Theme};
use tokio::net::TcpListener;
use tracing::{info, warn};
use web::{Live, Mailbox, Paper, Provider, ProviderSettings};

use super::work::{self, Tools};
use super::{Place, init};
use crate::config::Config;
use crate::folder::Folder;
use crate::{outside, talk};

/// `blatt serve`
#[derive(Clone, Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address and port to serve on, instead of the configured one.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Start the paper's clock at this local time (2026-11-24T21:14), to look at it at another hour.
    #[arg(long, value_name = "TIME")]
    clock: Option<String>,
}

/// Serves until the process is told to stop.
pub async fn serve(command: Serve) -> Result<(), Failure> {
    let mut config = command.place.config()?;
    if let Some(listen) = command.listen {
        config.set("listen", listen);
    }
    let clock = match &command.clock {
        Some(start) => outside::clock_from(start, &zone(&config)?)?,
        None => outside::clock(),
    };
    let folder = command.place.folder();
    let db = folder.open(&config, clock.now()).await?;
    let listener = listen(config.get("listen")).await?;
    if !config.is_set("address") {
        config.set("address", format!("http://localhost:{}", listener.local_addr()?.port()));
    }
    init::welcome(&db, config.get("address").trim_end_matches('/'), clock.now()).await?;
    let tools = Tools::lay_out(&config, &folder, db.clone(), clock.clone())?;
    on_air(Arc::new(assemble(&config, &folder, db, clock)?), tools, listener).await
}

/// Takes the address, or says what to do about it.
pub async fn listen(address: &str) -> Result<TcpListener, Failure> {
    let address: SocketAddr = address
        .parse()
        .map_err(|_| Failure::new(format!("{address} is no address: write for example 127.0.0.1:8080")))?;
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Failure::new(format!(
            "{address} is in use: stop the other program or choose another port with --listen"
        )),
        _ => Failure::because(format!("{address} cannot be served on"), error),
    })
}

/// The zone the paper lives in.
pub fn zone(config: &Config) -> Result<TimeZone, Failure> {
    let name = config.get("zone");
    TimeZone::get(name)
        .map_err(|_| Failure::new(format!("{name} is no time zone: write for example Europe/Vienna")))
}

/// The language of the paper's own words.
pub fn language(config: &Config) -> Result<Language, Failure> {
    Language::parse(config.get("language")).ok_or_else(|| {
        Failure::new(format!("language must be de-AT, de-DE, de-CH or en-GB, not {}", config.get("language")))
    })
}

/// Puts the rooms together.
pub fn assemble(config: &Config, folder: &Folder, db: Db, clock: Clock) -> Result<Paper, Failure> {
    let language = language(config)?;
    let house = House {
        name: config.get("name").to_owned(),
        claim: config.get("claim").to_owned(),
        place: config.get("place").to_owned(),
        founded: config.given("founded").and_then(|year| year.parse().ok()),
        contact: config
            .get("contact")
            .split('|')
            .map(|line| line.trim().to_owned())
            .filter(|l| !l.is_empty())
            .collect(),
        publisher: config.get("publisher").to_owned(),
        report_mail: config.get("report_mail").to_owned(),
        address: config.get("address").trim_end_matches('/').to_owned(),
        zone: zone(config)?,
        language,
        nameplate: std::fs::read_to_string(folder.path().join("nameplate.svg")).ok(),
        icon: std::fs::read_to_string(folder.path().join("icon.svg")).ok(),
    };
    // A paper's own templates, styles and words lie in its folder and replace ours one by one.
    let own = Some(folder.theme()).filter(|own| own.is_dir());
    let theme = Theme::new(Settings { zone: house.zone.clone(), folder: own, accent: accent(config)? })?;
    let all = theme.assets().iter().map(|a| (a.path.clone(), a.content_type, Bytes::from(a.bytes.clone())));
    let all = assets(all, &clock);
    let megabytes = usize::try_from(config.number("pages_mb")?).unwrap_or(64);
    Ok(Paper {
        db,
        theme,
        house,
        copies: Copies::new(megabytes << 20),
        clock,
        chance: outside::chance,
        trusted_proxies: trusted_proxies(config)?,
        folder: folder.path().to_owned(),
        assets: all,
        mailbox: config.given("smtp.host").map_or(Mailbox::Administrators, |_| Mailbox::Away),
        hours: web::Openings::new(talk::timetable(config)?),
        pace: talk::pace(config)?,
        rules: talk::rules(folder)?,
        talk: talk::allowed(config)?,
        live: Live::default(),
        hook_secrets: hook_secrets(config),
        second_factor: config.yes("staff.second_factor")?,
        provider: provider(config)?,
        phases: web::Phases::default(),
        floods: talk::floods(config)?,
        embed: talk::embed(config)?,
    })
}

/// The paper's own accent; that it can be read is for `blatt check-theme` to say.
pub fn accent(config: &Config) -> Result<Option<Accent>, Failure> {
    let (Some(light), Some(dark)) = (config.given("accent"), config.given("accent_dark")) else {
        return match config.given("accent").or(config.given("accent_dark")) {
            Some(_) => Err(Failure::new("accent and accent_dark are given together or not at all")),
            None => Ok(None),
        };
    };
    let three = |key: &str, text: &str| {
        let colours: Vec<Colour> = text.split_whitespace().filter_map(Colour::parse).collect();
        <[Colour; 3]>::try_from(colours)
            .map_err(|_| Failure::new(format!("{key} must be three colours such as #0b566b #ffffff #e4eff1")))
    };
    Ok(Some(Accent { light: three("accent", light)?, dark: three("accent_dark", dark)? }))
}

fn hook_secrets(config: &Config) -> Vec<Vec<u8>> {
    config.get("benefits.hook_secret").split_whitespace().map(|secret| secret.as_bytes().to_vec()).collect()
}

/// Where people of the paper may have an account already.
fn provider(config: &Config) -> Result<Option<Provider>, Failure> {
    let Some(issuer) = config.given("login.issuer") else { return Ok(None) };
    let host = issuer.split('/').nth(2).unwrap_or(issuer);
    let settings = ProviderSettings {
        issuer: issuer.to_owned(),
        client_id: config.get("login.client_id").to_owned(),
        client_secret: config.get("login.client_secret").to_owned(),
        label: config.given("login.label").unwrap_or(host).to_owned(),
    };
    Provider::new(settings).map(Some)
}

fn trusted_proxies(config: &Config) -> Result<Vec<std::net::IpAddr>, Failure> {
    let proxies = config.get("trusted_proxies").split_whitespace();
    proxies
        .map(|text| text.parse().map_err(|_| Failure::new(format!("trusted_proxies: {text} is no address"))))
        .collect()
}

/// Serves the paper, does its jobs, listens to events and keeps time until the process is told to stop.
pub async fn on_air(paper: Arc<Paper>, tools: Tools, listener: TcpListener) -> Result<(), Failure> {
    let (stop_workers, stopping) = tokio::sync::watch::channel(false);
    paper.hours.read_again(&paper.db, paper.clock.now()).await?;
    paper.phases.read_again(&paper.db).await?;
    let lanes = work::start(Arc::new(tools), &stopping).await?;
    tokio::spawn(hear(Arc::clone(&paper)));
    tokio::spawn(hear_others(paper.db.clone()));
    tokio::spawn(keep_house(Arc::clone(&paper)));
    tokio::spawn(keep_words(paper.db.clone()));
    tokio::spawn(web::watch(Arc::clone(&paper)));
    if let Ok(address) = listener.local_addr() {
        info!("serving {} on http://{address}", paper.house.name);
    }
    let routes = web::routes(Arc::clone(&paper));
    let listening = Arc::clone(&paper);
    let stop = async move {
        told_to_stop().await;
        listening.live.close();
    };
    web::serve(paper, routes, listener, web::Limits::default(), stop).await;
    let _ = stop_workers.send(true);
    lanes.join_all().await;
    Ok(())
}

/// Copies that are no longer right are forgotten.
async fn hear(paper: Arc<Paper>) {
    let mut listener = events::listen(&paper.db);
    while let Some(heard) = listener.next().await {
        match heard {
            Heard::Event(event) => paper.copies.hear(&event),
            Heard::Lost => paper.copies.forget_all(),
        }
    }
}

/// Hears what other processes changed: another node, or a command on this machine.
pub async fn hear_others(db: Db) {
    let mut place = None;
    loop {
        let heard = match place {
            None => events::place(&db).await,
            Some(place) => events::catch_up(&db, place).await,
        };
        match heard {
            Ok(now_at) => place = Some(now_at),
            Err(failure) => warn!("events of other processes could not be read: {failure}"),
        }
        db.wait_for_others().await;
    }
}

/// Forgets what has no purpose any more, once an hour (T8.1).
async fn keep_house(paper: Arc<Paper>) {
    loop {
        let swept = async {
            // A slice at a time: everybody who writes waits for one slice only.
            loop {
                let mut tx = paper.db.begin().await?;
                let swept = events::sweep(&mut tx, paper.clock.now()).await?;
                tx.commit().await?;
                if swept < events::SWEPT {
                    break;
                }
            }
            loop {
                let mut tx = paper.db.begin().await?;
                let swept = reader::sweep(&mut tx, paper.clock.now()).await?;
                tx.commit().await?;
                if swept < reader::SWEPT {
                    break;
                }
            }
            loop {
                let mut tx = paper.db.begin().await?;
                let forgotten = forum::forget_drafts(&mut tx, paper.clock.now()).await?;
                tx.commit().await?;
                if forgotten < forum::FORGOTTEN {
                    break;
                }
            }
            let shelf = speech::Shelf::at(&paper.folder.join("sound"));
            speech::tidy(&paper.db, &shelf, paper.clock.now()).await.map(drop)
        };
        if let Err(failure) = swept.await {
            warn!("what has no purpose any more could not be forgotten: {failure}");
        }
        tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
    }
}

/// New comments can be found by their words: once a second, and on every node, in case this one is alone.
async fn keep_words(db: Db) {
    loop {
        if let Err(failure) = forum::keep_words(&db).await {
            warn!("words of comments could not be kept for the search: {failure}");
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

/// Returns when the operator or the system asks the process to end.
pub async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
        }
        Err(_) => drop(interrupted.await),
    }
}

/// Styles, elements and fonts, kept as copies for ever.
#[must_use]
pub fn assets(
    all: impl IntoIterator<Item = (String, &'static str, Bytes)>,
    clock: &Clock,
) -> HashMap<String, Copy> {
    all.into_iter()
        .map(|(path, content_type, body)| {
            (path, Copy::new(Made { content_type, body, stands: Stands::Firm, changed: None }, clock.now()))
        })
        .collect()
}
