//! The partner's own small page: spend a code, undo it within a minute, look at a card, see how one's offers go.
//!
//! A partner sees their own offers and codes and nobody's name; another's are not there (T4.5).

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::{HeaderValue, Response, StatusCode, header};
use reader::benefits::{self, CodeText, Offer, Partner, Redemption, RedemptionId, Refusal, UNDO};
use serde::Deserialize;
use store::Tx;
use story::Slug;
use theme::{CardCheck, Kind, PartnerOfferPage, PartnerPage, Say, SpentView};

use super::signed_in;
use super::view::{self, say};
use crate::{Answer, Form, Paper, Trouble, Visit};

pub(super) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/benefits/partner", get(show).post(spend))
        .route("/benefits/partner/redemptions/{id}/undoing", post(undo))
        .route("/benefits/partner/{slug}", get(offer))
        .route("/benefits/partner/{slug}/codes.csv", get(table))
}

#[derive(Default, Deserialize)]
struct Asked {
    /// A code that was scanned.
    #[serde(default)]
    code: String,
    /// A card that was scanned or typed.
    #[serde(default)]
    card: String,
    /// The redemption just made.
    spent: Option<i64>,
    #[serde(default)]
    done: String,
}

/// Whom this visitor spends codes for; nobody else finds this page.
async fn partners(visit: &Visit, tx: &mut Tx) -> Result<Vec<Partner>, Trouble> {
    let session = visit.reader()?;
    let partners = benefits::partners_of(tx, session.reader).await?;
    if partners.is_empty() { Err(Trouble::NotFound) } else { Ok(partners) }
}

/// `GET /benefits/partner`: a scanned code stands in the field and is spent by the button (T2.4).
async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    // Whoever scans before signing in goes on with the same code.
    let then = match CodeText::parse(&asked.code) {
        Some(code) => format!("/benefits/partner?code={}", code.key()),
        None => "/benefits/partner".to_owned(),
    };
    signed_in(&visit, &then)?;
    let mut page = page(&visit).await?;
    page.done = asked.spent.and_then(|spent| {
        let undo = format!("/benefits/partner/redemptions/{spent}/undoing");
        page.recent.iter().find(|view| view.undo.as_ref() == Some(&undo)).cloned()
    });
    page.notice = (asked.done == "undone").then(|| Say::new("say-benefit-undone"));
    page.code = asked.code.chars().take(CodeText::LONGEST).collect();
    if !asked.card.is_empty() {
        page.card = Some(check(&visit, &asked.card).await?);
    }
    visit.show(&page)
}

async fn check(visit: &Visit, number: &str) -> Result<CardCheck, Trouble> {
    let digits: String = number.chars().filter(char::is_ascii_digit).take(10).collect();
    let holds = benefits::card_holds(&mut visit.read().await?, &digits, visit.now).await?;
    Ok(CardCheck {
        number: view::grouped(&digits),
        tier: holds.as_ref().map(|membership| membership.name.clone()),
        until: holds.and_then(|membership| membership.until),
    })
}

async fn page(visit: &Visit) -> Result<PartnerPage, Trouble> {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let partners = partners(visit, &mut tx).await?;
    let mut offers = Vec::new();
    for partner in &partners {
        for offer in benefits::offers_of(&mut tx, partner.id).await? {
            offers.push(numbers(&mut tx, &offer).await?);
        }
    }
    let recent = benefits::spent_by(&mut tx, session.reader).await?;
    let mut frame =
        visit.frame(&mut tx, Kind::Page, visit.in_words("Codes einlösen", "Redeem codes")).await?;
    frame.section = Some("/benefits".to_owned());
    Ok(PartnerPage {
        frame,
        partners: partners.into_iter().map(|partner| partner.name.to_string()).collect(),
        code: String::new(),
        error: None,
        done: None,
        card: None,
        recent: recent.into_iter().map(|spent| spent_view(visit, spent)).collect(),
        offers,
        notice: None,
    })
}

async fn numbers(tx: &mut Tx, offer: &Offer) -> Result<theme::OfferNumbers, Trouble> {
    let counted = benefits::numbers(tx, offer.id).await?;
    let url = format!("/benefits/partner/{}", offer.slug);
    let table = format!("{url}/codes.csv");
    Ok(view::numbers(offer, &counted, url, table))
}

fn spent_view(visit: &Visit, spent: Redemption) -> SpentView {
    let fresh = spent.undone.is_none() && visit.now.since(spent.at).abs() < UNDO;
    SpentView {
        code: spent.code,
        short: spent.short,
        at: spent.at,
        undone: spent.undone,
        undo: fresh.then(|| format!("/benefits/partner/redemptions/{}/undoing", spent.id)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    code: String,
}

/// `POST /benefits/partner`: spends a code.
async fn spend(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    let session = signed_in(&visit, "/benefits/partner")?;
    let mut tx = visit.begin().await?;
    partners(&visit, &mut tx).await?;
    let answer = match CodeText::parse(&typed.code) {
        Some(code) => benefits::spend(&mut tx, session.reader, &code, visit.now).await?,
        None => Err(Refusal::NoSuchCode),
    };
    // The try counts also when the answer is no.
    tx.commit().await?;
    match answer {
        Ok(spent) => visit.see_other(&format!("/benefits/partner?spent={}", spent.id)),
        Err(refusal) => {
            let mut page = page(&visit).await?;
            page.code = typed.code.chars().take(CodeText::LONGEST).collect();
            page.error = Some(say(&visit, &refusal));
            visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// `POST /benefits/partner/redemptions/{id}/undoing`
async fn undo(visit: Visit, Path(id): Path<RedemptionPath>) -> Answer {
    let session = signed_in(&visit, "/benefits/partner")?;
    let mut tx = visit.begin().await?;
    partners(&visit, &mut tx).await?;
    match benefits::undo(&mut tx, RedemptionId(id), session.reader, visit.now).await? {
        Ok(()) => {
            tx.commit().await?;
            visit.see_other("/benefits/partner?done=undone")
        }
        Err(refusal) => {
            tx.undo().await?;
            let mut page = page(&visit).await?;
            page.notice = Some(say(&visit, &refusal));
            visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

type RedemptionPath = i64;

/// The partner's own offer at this address.
async fn own(visit: &Visit, tx: &mut Tx, slug: &str) -> Result<Offer, Trouble> {
    let session = visit.reader()?;
    let slug = Slug::parse(slug).ok_or(Trouble::NotFound)?;
    benefits::own_offer(tx, session.reader, &slug).await?.ok_or(Trouble::NotFound)
}

/// `GET /benefits/partner/{slug}`: how one of the partner's offers goes.
async fn offer(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.read().await?;
    let offer = own(&visit, &mut tx, &slug).await?;
    let page = PartnerOfferPage {
        frame: visit.frame(&mut tx, Kind::Page, offer.headline.as_str()).await?,
        numbers: numbers(&mut tx, &offer).await?,
        url: offer.path(),
    };
    drop(tx);
    visit.show(&page)
}

/// `GET /benefits/partner/{slug}/codes.csv`
async fn table(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.read().await?;
    let offer = own(&visit, &mut tx, &slug).await?;
    let table = benefits::table_of_codes(&mut tx, &offer).await?;
    Ok(csv(table, offer.slug.as_str()))
}

/// A table to keep, for whoever asked for it alone.
pub(super) fn csv(table: String, name: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(table));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{name}.csv\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
