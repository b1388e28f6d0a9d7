//! Prize draws at the desk: announced once and never changed, called off with a reason, substitutes who move up.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::Role;
use reader::benefits::{self, Draw, DrawDraft, DrawForm, DrawId, Refusal};
use serde::Deserialize;
use theme::{DeskBenefitPage, Say};

use super::Done;
use super::desk_form::{DRAW_FIELDS, Known, Why, one};
use super::view::{self, say};
use crate::{Answer, Form, Paper, Trouble, Visit};

pub(super) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk/benefits/draws/new", get(new_draw).post(announce))
        .route("/desk/benefits/draws/{id}", get(open_draw).post(cancel))
        .route("/desk/benefits/draws/{id}/declined", post(decline))
}

async fn new_draw(visit: Visit) -> Answer {
    visit.staff(Role::Editor)?;
    let now = benefits::typed(visit.now, &visit.paper.house.zone);
    let form =
        DrawForm { opens: now, winners: "1".to_owned(), substitutes: "3".to_owned(), ..DrawForm::default() };
    visit.show(&new_draw_page(&visit, &form, None).await?)
}

async fn new_draw_page(
    visit: &Visit,
    form: &DrawForm,
    refusal: Option<&Refusal>,
) -> Result<DeskBenefitPage, Trouble> {
    let mut tx = visit.read().await?;
    let known = Known::read(&mut tx).await?;
    let mut page = one(visit, &mut tx, visit.in_words("Neue Verlosung", "New prize draw"), true).await?;
    page.action = Some("/desk/benefits/draws/new".to_owned());
    page.fields = known.fields(visit, &DRAW_FIELDS, form, refusal)?;
    page.error = refusal.map(|_| Say::new("say-benefit-field-at"));
    Ok(page)
}

/// `POST /desk/benefits/draws/new`: from here on the draw is committed to.
async fn announce(visit: Visit, Form(form): Form<DrawForm>) -> Answer {
    let session = visit.staff(Role::Editor)?;
    let mut tx = visit.begin().await?;
    visit.acting(&mut tx, Role::Editor).await?;
    let known = Known::read(&mut tx).await?;
    let answer = match DrawDraft::parse(&form, &known.tiers, &visit.paper.house.zone) {
        Ok(draft) => {
            let seed = visit.paper.random_bytes();
            benefits::announce(&mut tx, &draft, session.name.as_str(), seed, visit.now).await?
        }
        Err(refusal) => Err(refusal),
    };
    match answer {
        Ok(id) => {
            tx.commit().await?;
            visit.see_other(&format!("/desk/benefits/draws/{id}?done=saved"))
        }
        Err(refusal) => {
            tx.undo().await?;
            visit.show_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &new_draw_page(&visit, &form, Some(&refusal)).await?,
            )
        }
    }
}

/// `GET /desk/benefits/draws/{id}`
async fn open_draw(visit: Visit, Path(id): Path<i64>, Query(done): Query<Done>) -> Answer {
    visit.staff(Role::Editor)?;
    let mut page = draw_page(&visit, DrawId(id)).await?;
    page.notice = done.say(&[("saved", "say-benefit-saved")]);
    visit.show(&page)
}

async fn draw_page(visit: &Visit, id: DrawId) -> Result<DeskBenefitPage, Trouble> {
    let mut tx = visit.read().await?;
    let draw: Draw = benefits::draw_by_id(&mut tx, id).await?.ok_or(Trouble::NotFound)?;
    let mut page = one(visit, &mut tx, &draw.headline, true).await?;
    page.headline = Some(draw.headline.clone());
    page.url = Some(draw.path());
    page.end = draw.cancelled.is_none().then(|| format!("/desk/benefits/draws/{id}"));
    page.outcome = benefits::result(&mut tx, id).await?.map(|outcome| view::outcome(&draw, outcome, true));
    Ok(page)
}

/// `POST /desk/benefits/draws/{id}`: calls a draw off.
async fn cancel(visit: Visit, Path(id): Path<i64>, Form(typed): Form<Why>) -> Answer {
    let session = visit.staff(Role::Editor)?;
    let by = session.name.as_str();
    let mut tx = visit.begin().await?;
    visit.acting(&mut tx, Role::Editor).await?;
    let answer = match typed.parse() {
        Ok(why) => benefits::cancel(&mut tx, DrawId(id), &why, by, visit.now).await?,
        Err(refusal) => Err(refusal),
    };
    match answer {
        Ok(()) => {
            tx.commit().await?;
            visit.see_other(&format!("/desk/benefits/draws/{id}?done=saved"))
        }
        Err(refusal) => {
            tx.undo().await?;
            let mut page = draw_page(&visit, DrawId(id)).await?;
            page.error = Some(say(&visit, &refusal));
            page.why = typed.why;
            visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declined {
    place: i64,
    why: String,
}

/// `POST /desk/benefits/draws/{id}/declined`: the next substitute moves up.
async fn decline(visit: Visit, Path(id): Path<i64>, Form(typed): Form<Declined>) -> Answer {
    let why = match (Why { why: typed.why.clone() }).parse() {
        Ok(why) => why,
        Err(refusal) => {
            visit.staff(Role::Editor)?;
            let mut page = draw_page(&visit, DrawId(id)).await?;
            page.error = Some(say(&visit, &refusal));
            page.why = typed.why;
            return visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let mut tx = visit.begin().await?;
    let by = visit.acting(&mut tx, Role::Editor).await?;
    benefits::decline(&mut tx, DrawId(id), typed.place, by, &why, visit.now).await?;
    tx.commit().await?;
    visit.see_other(&format!("/desk/benefits/draws/{id}?done=saved"))
}
