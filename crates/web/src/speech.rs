//! The spoken article: its player in the page, its file, captions and timings at their addresses.
//!
//! Everything here is the same for everybody. Who listened to what is written down nowhere (T8.4).

use std::collections::HashMap;
use std::sync::Arc;

use ::edition::{Made, Stands};
use ::speech::{Recording, Shelf, State, Voice};
use archive::{ArticleId, Bookmark, Found, Published, Teaser};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use bytes::Bytes;
use store::{Failure, Time, Tx};
use story::Slug;
use theme::{Link, PlayerView, QueueLine, RecordingState};

use crate::front_desk::unkept;
use crate::media::{self, Media};
use crate::{Answer, Paper, Trouble, Visit};

/// How many articles wait in the player's list.
const QUEUE: usize = 6;
/// When to ask again for a sound that is being made, in seconds: longer than most articles take.
const SOON: u32 = 10;

/// Addresses of this file.
pub fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/{section}/{slug}/audio.mp3", get(sound))
        .route("/{section}/{slug}/audio.vtt", get(captions))
        .route("/{section}/{slug}/audio.json", get(timings))
}

/// How long the recordings of these articles are, in milliseconds.
pub async fn durations(tx: &mut Tx, ids: &[ArticleId]) -> Result<HashMap<ArticleId, u64>, Failure> {
    Ok(files(tx, ids).await?.into_iter().map(|(id, (_, milliseconds))| (id, milliseconds)).collect())
}

/// Bytes and milliseconds of the recordings of these articles.
pub async fn files(tx: &mut Tx, ids: &[ArticleId]) -> Result<HashMap<ArticleId, (u64, u64)>, Failure> {
    let recordings = ::speech::recordings(tx, ids).await?;
    Ok(recordings.iter().map(|r| (r.article, (count(r.bytes), count(r.duration_ms)))).collect())
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// The player of an article; none if nobody asked for its sound or it cannot be spoken. A listener goes on from the newest
/// article of a section to older ones, so what is read next is what was published before.
pub async fn player(
    tx: &mut Tx,
    paper: &Paper,
    found: &Published,
    older: Option<&Teaser>,
    newer: Option<&Teaser>,
) -> Result<Option<PlayerView>, Failure> {
    let article = &found.article;
    let (state, duration_ms) = match ::speech::state(tx, found.id, article).await? {
        State::Ready(recording) => (RecordingState::Ready, count(recording.duration_ms)),
        State::Making { .. } => (RecordingState::Making { done: 0, total: 0 }, 0),
        State::Failed { .. } => (RecordingState::Failed, 0),
        State::Refused(_) | State::None => return Ok(None),
    };
    let here = Bookmark { at: found.published, id: found.id };
    let queue = queue(tx, &article.section, here, paper.clock.now()).await?;
    let beside: Vec<ArticleId> = older.iter().chain(&newer).map(|story| story.id).collect();
    let spoken = durations(tx, &beside).await?;
    let link = |story: Option<&Teaser>| {
        story.filter(|story| spoken.contains_key(&story.id)).map(|s| Link::new(s.path(), s.headline.as_str()))
    };
    let url = format!("/{}/{}", article.section, article.slug);
    Ok(Some(PlayerView {
        state,
        mp3: format!("{url}/audio.mp3"),
        json: format!("{url}/audio.json"),
        vtt: format!("{url}/audio.vtt"),
        duration_ms,
        sentences: u32::try_from(story::spoken_order(article).len()).unwrap_or(u32::MAX),
        voice: Voice::of(article.language).label().to_owned(),
        language: article.language,
        kicker: article.kicker.as_ref().map(ToString::to_string),
        headline: article.headline.to_string(),
        url,
        previous: link(newer),
        next: link(older),
        queue,
    }))
}

/// What is read after an article: older ones of its section that have a recording.
async fn queue(tx: &mut Tx, section: &Slug, here: Bookmark, now: Time) -> Result<Vec<QueueLine>, Failure> {
    let older = archive::latest(tx, Some(section), Some(here), 2 * QUEUE as i64, now).await?;
    let spoken = durations(tx, &older.iter().map(|story| story.id).collect::<Vec<_>>()).await?;
    let line = |story: &Teaser| {
        let duration_ms = *spoken.get(&story.id)?;
        Some(QueueLine { url: story.path(), headline: story.headline.to_string(), duration_ms })
    };
    Ok(older.iter().filter_map(line).take(QUEUE).collect())
}

/// The MP3 file, whole or in parts.
async fn sound(visit: Visit, Path(place): Path<(String, String)>) -> Answer {
    let recording = match recording(&visit, place, "audio.mp3").await? {
        Ok(recording) => recording,
        Err(elsewhere) => return elsewhere,
    };
    let path = shelf(&visit.paper).sound(&recording);
    let name = recording.name();
    let media = Media { path: &path, content_type: "audio/mpeg", tag: &name, keep: "public, no-cache" };
    media::send(media, &visit.headers).await
}

/// The times of its sentences and words.
async fn timings(visit: Visit, Path(place): Path<(String, String)>) -> Answer {
    let recording = match recording(&visit, place, "audio.json").await? {
        Ok(recording) => recording,
        Err(elsewhere) => return elsewhere,
    };
    let json = shelf(&visit.paper).timings_json(&recording).await?.ok_or(Trouble::NotFound)?;
    Ok(beside(&visit, "application/json", json.into(), &recording))
}

/// Its sentences as captions.
async fn captions(visit: Visit, Path(place): Path<(String, String)>) -> Answer {
    let recording = match recording(&visit, place, "audio.vtt").await? {
        Ok(recording) => recording,
        Err(elsewhere) => return elsewhere,
    };
    let timings = shelf(&visit.paper).timings(&recording).await?.ok_or(Trouble::NotFound)?;
    Ok(beside(&visit, "text/vtt; charset=utf-8", ::speech::captions(&timings).into(), &recording))
}

fn beside(
    visit: &Visit,
    content_type: &'static str,
    body: Bytes,
    recording: &Recording,
) -> http::Response<axum::body::Body> {
    let made = Made { content_type, body, stands: Stands::Firm, changed: Some(recording.made_at) };
    unkept(&visit.paper, &visit.headers, made)
}

/// The recording of what readers may see at this address now (T4.3), or the way to where it moved.
async fn recording(
    visit: &Visit,
    (section, slug): (String, String),
    file: &str,
) -> Result<Result<Recording, Answer>, Trouble> {
    let section = Slug::parse(&section).ok_or(Trouble::NotFound)?;
    let slug = Slug::parse(&slug).ok_or(Trouble::NotFound)?;
    let mut tx = visit.read().await?;
    let found = match archive::article_at(&mut tx, &section, &slug, visit.now).await? {
        Some(Found::Here(found)) => found,
        Some(Found::Moved(path)) => return Ok(Err(crate::edition::moved(&format!("{path}/{file}")))),
        Some(Found::Withdrawn(_)) => return Err(Trouble::Gone),
        Some(Found::Elsewhere(_)) | None => return Err(Trouble::NotFound),
    };
    match ::speech::state(&mut tx, found.id, &found.article).await? {
        State::Ready(recording) => Ok(Ok(recording)),
        State::Making { .. } => Err(Trouble::NotYet { seconds: SOON }),
        State::Failed { next: Some(next), .. } => {
            let seconds = u32::try_from(next.since(visit.now) / 1000).unwrap_or(0);
            Err(Trouble::NotYet { seconds: seconds.clamp(SOON, 3600) })
        }
        State::Failed { next: None, .. } | State::Refused(_) | State::None => Err(Trouble::NotFound),
    }
}

fn shelf(paper: &Paper) -> Shelf {
    Shelf::at(&paper.folder.join("sound"))
}

/// How far the recording of an article is, for the newsroom.
pub async fn at_the_desk(tx: &mut Tx, found: &Published) -> Result<theme::DeskRecording, Failure> {
    use theme::DeskRecording as Desk;
    Ok(match ::speech::state(tx, found.id, &found.article).await? {
        State::Ready(_) => Desk::Ready,
        State::Making { .. } => Desk::Making,
        State::Failed { .. } | State::Refused(_) => Desk::Failed,
        State::None => Desk::None,
    })
}

#[cfg(test)]
mod tests;
