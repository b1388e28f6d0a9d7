//! The brake at the desk: pulling it, letting it go, and seeing who pulled it and why (T5.3).

use std::sync::Arc;

use ::forum::brake::{self, Brake, BrakeId};
use ::moderation::Moderator;
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::Role;
use serde::Deserialize;
use theme::{BrakeForm, BrakeView, DeskBrakePage, Kind, Say};

use crate::{Answer, Form, Paper, Said, Trouble, Visit};

const PAGE: &str = "/desk/moderation/brake";
/// The most characters of a reason.
const LONGEST_REASON: usize = 300;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk/moderation/brake", get(desk))
        .route("/desk/moderation/brakes", post(pull))
        .route("/desk/moderation/brakes/{id}/release", post(release))
}

/// `GET /desk/moderation/brake`
async fn desk(visit: Visit, Query(said): Query<Said>) -> Answer {
    visit.staff(Role::Moderator)?;
    let notice = match said.said.as_str() {
        "pulled" => Some(Say::new("say-brake-pulled")),
        "released" => Some(Say::new("say-brake-released")),
        "gone" => Some(Say::new("say-brake-gone")),
        _ => None,
    };
    visit.show(&page(&visit, BrakeForm::default(), notice).await?)
}

async fn page(visit: &Visit, form: BrakeForm, notice: Option<Say>) -> Result<DeskBrakePage, Trouble> {
    let mut tx = visit.read().await?;
    let view = |pulled: brake::Pulled| BrakeView {
        kind: pulled.brake.kind().to_owned(),
        amount: pulled.brake.amount(),
        reason: pulled.reason,
        by: pulled.by.as_str().to_owned(),
        at: pulled.at,
        until: pulled.until,
        release: format!("/desk/moderation/brakes/{}/release", pulled.id),
    };
    let title = visit.in_words("Bremse", "Brake");
    Ok(DeskBrakePage {
        pulled: brake::pulled(&mut tx, visit.now).await?.into_iter().map(view).collect(),
        form,
        notice,
        frame: visit.frame(&mut tx, Kind::Desk, title).await?,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    kind: String,
    days: String,
    minutes: String,
    hours: String,
    reason: String,
}

/// What was typed, or what is wrong with it.
fn parse(typed: &Typed) -> Result<(Brake, i64, &str), Say> {
    let amount = if typed.kind == "slow" { &typed.minutes } else { &typed.days };
    let brake = amount.trim().parse().ok().and_then(|amount| Brake::parse(&typed.kind, amount));
    let brake = brake.ok_or_else(|| Say::new("say-brake-amount"))?;
    let hours = typed.hours.trim().parse().ok().filter(|hours| (1..=Brake::LONGEST_HOURS).contains(hours));
    let hours = hours.ok_or_else(|| Say::new("say-brake-hours").number("longest", Brake::LONGEST_HOURS))?;
    let reason = typed.reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON || reason.contains('\0') {
        return Err(Say::new("say-brake-reason").number("longest", LONGEST_REASON as i64));
    }
    Ok((brake, hours, reason))
}

/// `POST /desk/moderation/brakes`
async fn pull(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    let session = visit.staff(Role::Moderator).map_err(|trouble| trouble.giving_back(&typed.reason))?;
    let (brake, hours, reason) = match parse(&typed) {
        Ok(parsed) => parsed,
        Err(error) => {
            let form = BrakeForm {
                kind: typed.kind,
                days: typed.days,
                minutes: typed.minutes,
                hours: typed.hours,
                reason: typed.reason.replace('\0', ""),
                error: Some(error),
            };
            return visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, form, None).await?);
        }
    };
    let mut tx = visit.begin().await?;
    Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    let until = visit.now.plus_minutes(hours * 60);
    let id = brake::pull(&mut tx, brake, reason, session.reader, until, visit.now).await?;
    tx.commit().await?;
    tracing::info!(brake.id = %id, "reader {} pulled the brake {id}", session.reader);
    visit.see_other(&format!("{PAGE}?said=pulled"))
}

/// `POST /desk/moderation/brakes/{id}/release`
async fn release(visit: Visit, Path(id): Path<String>) -> Answer {
    let session = visit.staff(Role::Moderator)?;
    let id: BrakeId = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    let released = brake::release(&mut tx, id, session.reader, visit.now).await?;
    tx.commit().await?;
    visit.see_other(&format!("{PAGE}?said={}", if released { "released" } else { "gone" }))
}
