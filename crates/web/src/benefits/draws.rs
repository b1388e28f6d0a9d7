//! Prize draws: announced, entered, drawn; and everything anybody needs to repeat them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::ReaderId;
use reader::benefits::{self, Draw, Refusal};
use serde::Deserialize;
use store::Tx;
use story::Slug;
use theme::{DrawPage, DrawState, EntryView, Kind, Link, OutcomeView};

use super::view::{self, for_a_minute, public_frame, say};
use super::{Done, show_terms, signed_in};
use crate::{Answer, Form, Paper, Trouble, Visit};

pub(super) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/benefits/draws/{slug}", get(draw).post(enter))
        .route("/benefits/draws/{slug}/mine", get(mine))
        .route("/benefits/draws/{slug}/withdrawal", post(leave))
        .route("/benefits/draws/{slug}/entries.txt", get(entries))
        .route("/benefits/draws/{slug}/terms", get(terms))
        .route("/benefits/draws/{slug}/terms.txt", get(terms_text))
        .route("/benefits/draws/{slug}/terms/{version}", get(terms_of))
}

/// The draw at this address. One that has not begun is not there (T4.3).
async fn found(visit: &Visit, tx: &mut Tx, slug: &str) -> Result<Draw, Trouble> {
    let slug = Slug::parse(slug).ok_or(Trouble::NotFound)?;
    let draw = benefits::draw(tx, &slug).await?.ok_or(Trouble::NotFound)?;
    let ahead = draw.opens > visit.now && visit.staff(reader::Role::Editor).is_err();
    if ahead { Err(Trouble::NotFound) } else { Ok(draw) }
}

/// `GET /benefits/draws/{slug}`: the same for everybody.
async fn draw(visit: Visit, Path(slug): Path<String>) -> Answer {
    for_a_minute(&visit, shared_page(&visit, &slug)).await
}

async fn shared_page(visit: &Visit, slug: &str) -> Result<DrawPage, Trouble> {
    let mut tx = visit.read().await?;
    let draw = found(visit, &mut tx, slug).await?;
    let outcome = outcome(&mut tx, &draw).await?;
    let state = match draw.runs(visit.now) {
        // Who took part finds the ticket behind the same button.
        Err(refusal) if outcome.is_none() => DrawState::No { why: say(visit, &refusal) },
        _ => DrawState::Everybody,
    };
    let mut page = draw_page(visit, &mut tx, &draw, state, outcome).await?;
    page.frame = public_frame(visit, &mut tx, &draw.headline, &draw.path()).await?;
    Ok(page)
}

async fn outcome(tx: &mut Tx, draw: &Draw) -> Result<Option<OutcomeView>, Trouble> {
    Ok(benefits::result(tx, draw.id).await?.map(|outcome| view::outcome(draw, outcome, false)))
}

async fn draw_page(
    visit: &Visit,
    tx: &mut Tx,
    draw: &Draw,
    state: DrawState,
    outcome: Option<OutcomeView>,
) -> Result<DrawPage, Trouble> {
    let mut frame = visit.frame(tx, Kind::Page, draw.headline.as_str()).await?;
    frame.section = Some("/benefits".to_owned());
    Ok(DrawPage {
        frame,
        url: draw.path(),
        kicker: draw.kicker.clone(),
        headline: draw.headline.clone(),
        lead: draw.lead.clone(),
        prize: draw.prize.clone(),
        picture: view::picture(draw.picture.as_deref(), &draw.picture_alt, &draw.picture_credit),
        region: draw.region.clone(),
        tier: draw.tier_name.clone(),
        closes: draw.closes,
        winners: draw.winners,
        substitutes: draw.substitutes,
        terms: format!("{}/terms", draw.path()),
        commitment: draw.commitment.clone(),
        cancelled: draw.cancelled.map(|at| (at, draw.cancelled_why.clone().unwrap_or_default())),
        state,
        outcome,
        notice: None,
    })
}

/// `GET /benefits/draws/{slug}/mine`: the draw with the ticket of whoever is signed in.
async fn mine(visit: Visit, Path(slug): Path<String>, Query(done): Query<Done>) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let draw = found(&visit, &mut tx, &slug).await?;
    let mut page = mine_page(&visit, &mut tx, &draw, session.reader).await?;
    page.notice = done.say(&[("entered", "say-benefit-entered-now"), ("left", "say-benefit-left")]);
    drop(tx);
    visit.show(&page)
}

async fn mine_page(visit: &Visit, tx: &mut Tx, draw: &Draw, reader: ReaderId) -> Result<DrawPage, Trouble> {
    let outcome = outcome(tx, draw).await?;
    let member = benefits::membership(tx, reader, visit.now).await?;
    let is_member = draw.rank.is_none_or(|rank| member.is_some_and(|member| member.rank >= rank));
    let state = match (benefits::entry(tx, draw.id, reader).await?, draw.runs(visit.now)) {
        (Some(entry), _) => {
            let place = outcome.as_ref().and_then(|outcome| {
                outcome.places.iter().find(|place| place.number == entry.number && !place.declined)
            });
            DrawState::Entered {
                entry: EntryView {
                    number: entry.number,
                    ticket: entry.ticket,
                    shows_name: entry.shows_name,
                    wins: place.is_some_and(|place| place.wins),
                    place: place.map(|place| place.place),
                },
            }
        }
        (None, Err(refusal)) => DrawState::No { why: say(visit, &refusal) },
        (None, Ok(())) if is_member => DrawState::Ready,
        (None, Ok(())) => DrawState::Stranger,
    };
    draw_page(visit, tx, draw, state, outcome).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entering {
    #[serde(default)]
    show_name: String,
}

/// `POST /benefits/draws/{slug}`: enters, once. A second press finds the ticket of the first.
async fn enter(visit: Visit, Path(slug): Path<String>, Form(typed): Form<Entering>) -> Answer {
    let session = signed_in(&visit, &format!("/benefits/draws/{slug}/mine"))?;
    let mut tx = visit.begin().await?;
    let draw = found(&visit, &mut tx, &slug).await?;
    let (shows_name, chance) = (typed.show_name == "yes", visit.paper.random_bytes());
    match benefits::enter(&mut tx, draw.id, session.reader, shows_name, chance, visit.now).await? {
        Ok(_) => {
            tx.commit().await?;
            visit.see_other(&format!("{}/mine?done=entered#ticket", draw.path()))
        }
        Err(refusal) => {
            tx.undo().await?;
            refused(&visit, &draw, &refusal).await
        }
    }
}

/// `POST /benefits/draws/{slug}/withdrawal`: takes one's ticket back while the list is open.
async fn leave(visit: Visit, Path(slug): Path<String>) -> Answer {
    let session = signed_in(&visit, &format!("/benefits/draws/{slug}/mine"))?;
    let mut tx = visit.begin().await?;
    let draw = found(&visit, &mut tx, &slug).await?;
    match benefits::leave(&mut tx, draw.id, session.reader, visit.now).await? {
        Ok(()) => {
            tx.commit().await?;
            visit.see_other(&format!("{}/mine?done=left#ticket", draw.path()))
        }
        Err(refusal) => {
            tx.undo().await?;
            refused(&visit, &draw, &refusal).await
        }
    }
}

async fn refused(visit: &Visit, draw: &Draw, refusal: &Refusal) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let mut page = mine_page(visit, &mut tx, draw, session.reader).await?;
    page.notice = Some(say(visit, refusal));
    drop(tx);
    visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// `GET /benefits/draws/{slug}/entries.txt`: the list, once it is frozen.
async fn entries(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.read().await?;
    let draw = found(&visit, &mut tx, &slug).await?;
    if draw.closed.is_none() {
        return Err(Trouble::NotFound);
    }
    Ok(plain(benefits::entry_list(&mut tx, draw.id).await?))
}

/// `GET /benefits/draws/{slug}/terms.txt`: the terms to the byte, as they went into the commitment.
async fn terms_text(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.read().await?;
    let draw = found(&visit, &mut tx, &slug).await?;
    let terms = benefits::terms_by_id(&mut tx, draw.terms).await?.ok_or(Trouble::NotFound)?;
    Ok(plain(terms.text))
}

fn plain(text: String) -> http::Response<Body> {
    let mut response = http::Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("public, no-cache"));
    response
}

async fn terms(visit: Visit, Path(slug): Path<String>) -> Answer {
    terms_page(visit, &slug, None).await
}

async fn terms_of(visit: Visit, Path((slug, version)): Path<(String, i64)>) -> Answer {
    terms_page(visit, &slug, Some(version)).await
}

async fn terms_page(visit: Visit, slug: &str, version: Option<i64>) -> Answer {
    let mut tx = visit.read().await?;
    let draw = found(&visit, &mut tx, slug).await?;
    let of = Link::new(draw.path(), draw.headline.as_str());
    let page =
        show_terms(&visit, &mut tx, &draw.terms_subject(), of, version).await?.ok_or(Trouble::NotFound)?;
    drop(tx);
    visit.show_shared(&page)
}
