//! Benefits for readers: all offers, one offer, the member's card, terms. Partners and the desk have files of their own.
//!
//! An offer's page is the same for everybody and holds no code. What a member holds stands on `…/mine`, which nobody
//! keeps; the page shows that part to whoever is signed in.

mod api;
mod desk;
mod desk_draws;
mod desk_form;
mod desk_members;
mod draws;
mod partner;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::benefits::{self, Offer, Refusal, Reservation, ReservationId, UNDO};
use reader::{ReaderId, Session};
use serde::Deserialize;
use store::Tx;
use story::Slug;
use theme::{
    BenefitsPage, CardPage, CardView, Choice, HeldCode, HeldOffer, Kind, Link, OfferPage, PlainPage, Say,
    TermsPage, VoucherState, VoucherView,
};

use crate::{Answer, Form, Paper, Trouble, Visit};
use view::{for_a_minute, public_frame, say};

pub(crate) use api::described;

/// Offers below an offer.
const MORE: usize = 4;

/// The addresses of these files.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/benefits", get(overview))
        .route("/benefits/terms", get(general_terms))
        .route("/benefits/terms/{version}", get(general_terms_of))
        .route("/benefits/card", get(card).post(claim))
        .route("/benefits/{slug}", get(offer).post(reserve))
        .route("/benefits/{slug}/mine", get(mine))
        .route("/benefits/{slug}/returns", post(give_back))
        .route("/benefits/{slug}/terms", get(terms))
        .route("/benefits/{slug}/terms/{version}", get(terms_of))
        .merge(draws::routes())
        .merge(partner::routes())
        .merge(desk::routes())
        .merge(desk_draws::routes())
        .merge(desk_members::routes())
        .merge(api::routes())
}

#[derive(Deserialize)]
struct Where {
    #[serde(default)]
    region: String,
}

/// `GET /benefits`, with `?region=` for what is of use there.
async fn overview(visit: Visit, Query(asked): Query<Where>) -> Answer {
    let page = overview_page(&visit, &asked.region);
    if asked.region.is_empty() { for_a_minute(&visit, page).await } else { visit.show_shared(&page.await?) }
}

async fn overview_page(visit: &Visit, region: &str) -> Result<BenefitsPage, Trouble> {
    let mut tx = visit.read().await?;
    let offers = benefits::running(&mut tx, visit.now).await?;
    let draws = benefits::draws(&mut tx, visit.now).await?;
    let here = |of: &Option<String>| region.is_empty() || of.as_ref().is_none_or(|of| of == region);
    let mut regions: Vec<&String> = offers
        .iter()
        .filter_map(|o| o.region.as_ref())
        .chain(draws.iter().filter_map(|d| d.region.as_ref()))
        .collect();
    regions.sort();
    regions.dedup();
    let regions = if regions.len() < 2 { Vec::new() } else { choices(&regions, region) };
    let title = visit.in_words("Vorteile", "Benefits");
    Ok(BenefitsPage {
        frame: public_frame(visit, &mut tx, title, "/benefits").await?,
        offers: offers.iter().filter(|offer| here(&offer.region)).map(view::teaser).collect(),
        draws: draws
            .iter()
            .filter(|draw| here(&draw.region))
            .map(|draw| view::draw_teaser(draw, visit.now))
            .collect(),
        regions,
    })
}

/// Everywhere, then each region.
fn choices(regions: &[&String], asked: &str) -> Vec<Choice> {
    let everywhere = Choice { url: "/benefits".to_owned(), name: String::new(), current: asked.is_empty() };
    let choice = |region: &&String| Choice {
        url: format!("/benefits?region={}", view::percent(region)),
        name: (*region).clone(),
        current: *region == asked,
    };
    std::iter::once(everywhere).chain(regions.iter().map(choice)).collect()
}

/// The offer at this address. One that has not begun is not there (T4.3).
async fn found(visit: &Visit, tx: &mut Tx, slug: &str) -> Result<Offer, Trouble> {
    let slug = Slug::parse(slug).ok_or(Trouble::NotFound)?;
    let offer = benefits::offer(tx, &slug).await?.ok_or(Trouble::NotFound)?;
    let ahead = offer.opens > visit.now && visit.staff(reader::Role::Editor).is_err();
    if ahead { Err(Trouble::NotFound) } else { Ok(offer) }
}

/// `GET /benefits/{slug}`: the same for everybody, without any code.
async fn offer(visit: Visit, Path(slug): Path<String>) -> Answer {
    for_a_minute(&visit, shared_page(&visit, &slug)).await
}

async fn shared_page(visit: &Visit, slug: &str) -> Result<OfferPage, Trouble> {
    let mut tx = visit.read().await?;
    let offer = found(visit, &mut tx, slug).await?;
    let frame = public_frame(visit, &mut tx, &offer.headline, &offer.path()).await?;
    let state = match offer.runs(visit.now) {
        Ok(()) if offer.left() == Some(0) => VoucherState::No { why: say(visit, &Refusal::SoldOut) },
        Ok(()) => VoucherState::Everybody,
        Err(refusal) => VoucherState::No { why: say(visit, &refusal) },
    };
    let mut page = offer_page(visit, &mut tx, &offer, voucher(&offer, state)).await?;
    page.frame =
        theme::Frame { description: Some(offer.lead.clone()).filter(|lead| !lead.is_empty()), ..frame };
    Ok(page)
}

fn voucher(offer: &Offer, state: VoucherState) -> VoucherView {
    VoucherView {
        url: offer.path(),
        partner: offer.partner_name.clone(),
        short: offer.short.clone(),
        tier: offer.tier_name.clone(),
        until: offer.closes,
        left: offer.left(),
        stock: offer.stock,
        per_member: offer.per_member,
        per_days: offer.per_days,
        state,
        codes: Vec::new(),
        scanned: offer.spent_here,
    }
}

async fn offer_page(
    visit: &Visit,
    tx: &mut Tx,
    offer: &Offer,
    voucher: VoucherView,
) -> Result<OfferPage, Trouble> {
    let all = benefits::running(tx, visit.now).await?;
    let more = all.iter().filter(|other| other.id != offer.id).take(MORE).map(view::teaser).collect();
    Ok(OfferPage {
        frame: visit.frame(tx, Kind::Page, offer.headline.as_str()).await?,
        offer: view::offer(offer),
        voucher,
        more,
        all: all.len(),
        notice: None,
    })
}

/// Who is signed in; anybody else comes back to this path after signing in.
fn signed_in<'a>(visit: &'a Visit, then: &str) -> Result<&'a Session, Trouble> {
    visit.session.as_ref().ok_or_else(|| Trouble::SignIn { then: then.to_owned() })
}

#[derive(Default, Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

impl Done {
    /// What to say about what was just done, if it is one of these.
    fn say(&self, known: &[(&str, &str)]) -> Option<Say> {
        known.iter().find(|(word, _)| *word == self.done).map(|(_, key)| Say::new(key))
    }
}

/// `GET /benefits/{slug}/mine`: the offer with the codes of whoever is signed in.
async fn mine(visit: Visit, Path(slug): Path<String>, Query(done): Query<Done>) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let offer = found(&visit, &mut tx, &slug).await?;
    let mut page = mine_page(&visit, &mut tx, &offer, session.reader).await?;
    page.notice = done.say(&[("taken", "say-benefit-taken-code"), ("returned", "say-benefit-returned")]);
    drop(tx);
    visit.show(&page)
}

async fn mine_page(
    visit: &Visit,
    tx: &mut Tx,
    offer: &Offer,
    reader: ReaderId,
) -> Result<OfferPage, Trouble> {
    let state = match benefits::may_reserve(tx, offer, reader, visit.now).await? {
        Ok(()) => VoucherState::Ready,
        Err(Refusal::MembersOnly) => VoucherState::Stranger,
        Err(refusal) => VoucherState::No { why: say(visit, &refusal) },
    };
    let codes = benefits::held(tx, offer.id, reader).await?;
    let codes = codes.into_iter().map(|held| held_code(visit, offer, held)).collect();
    let voucher = VoucherView { codes, ..voucher(offer, state) };
    let mut page = offer_page(visit, tx, offer, voucher).await?;
    page.frame.section = Some("/benefits".to_owned());
    Ok(page)
}

fn held_code(visit: &Visit, offer: &Offer, held: Reservation) -> HeldCode {
    let fresh = visit.now.since(held.at).abs() < UNDO;
    let scan = visit.paper.house.at(&format!("/benefits/partner?code={}", view::percent(&held.code)));
    HeldCode {
        at: held.at,
        spent: held.spent,
        scan: offer.spent_here.then_some(scan),
        back: (fresh && held.spent.is_none() && offer.can_be_returned())
            .then(|| Link::new(format!("{}/returns", offer.path()), held.id.to_string())),
        code: held.code,
    }
}

/// `POST /benefits/{slug}`: takes a code. A second press finds the code of the first.
async fn reserve(visit: Visit, Path(slug): Path<String>) -> Answer {
    let session = signed_in(&visit, &format!("/benefits/{slug}/mine"))?;
    let mut tx = visit.begin().await?;
    let offer = found(&visit, &mut tx, &slug).await?;
    let chance = visit.paper.random_bytes();
    match benefits::reserve(&mut tx, &offer, session.reader, chance, visit.now).await? {
        Ok(_) => {
            tx.commit().await?;
            visit.see_other(&format!("{}/mine?done=taken#voucher", offer.path()))
        }
        Err(refusal) => {
            tx.undo().await?;
            refused(&visit, &offer.slug, &refusal).await
        }
    }
}

/// The offer once more, with the reason.
async fn refused(visit: &Visit, slug: &Slug, refusal: &Refusal) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let offer = benefits::offer(&mut tx, slug).await?.ok_or(Trouble::NotFound)?;
    let mut page = mine_page(visit, &mut tx, &offer, session.reader).await?;
    page.notice = Some(say(visit, refusal));
    drop(tx);
    visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Back {
    reservation: String,
}

/// `POST /benefits/{slug}/returns`: gives a code back within the minute.
async fn give_back(visit: Visit, Path(slug): Path<String>, Form(back): Form<Back>) -> Answer {
    let session = signed_in(&visit, &format!("/benefits/{slug}/mine"))?;
    let id: ReservationId = back.reservation.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    let offer = found(&visit, &mut tx, &slug).await?;
    match benefits::give_back(&mut tx, &offer, id, session.reader, visit.now).await? {
        Ok(()) => {
            tx.commit().await?;
            visit.see_other(&format!("{}/mine?done=returned#voucher", offer.path()))
        }
        Err(refusal) => {
            tx.undo().await?;
            refused(&visit, &offer.slug, &refusal).await
        }
    }
}

/// `GET /benefits/card`
async fn card(visit: Visit, Query(done): Query<Done>) -> Answer {
    let mut page = card_page(&visit).await?;
    page.notice = done.say(&[("claimed", "say-benefit-claimed")]);
    visit.show(&page)
}

async fn card_page(visit: &Visit) -> Result<CardPage, Trouble> {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let membership = benefits::membership(&mut tx, session.reader, visit.now).await?;
    let card = benefits::card(&mut tx, session.reader).await?.map(|card| CardView {
        number: view::grouped(&card.number),
        tier: membership.as_ref().map(|membership| membership.name.clone()),
        since: card.since,
        until: membership.as_ref().and_then(|membership| membership.until),
        scan: visit.paper.house.at(&format!("/benefits/partner?card={}", card.number)),
    });
    let mut held = Vec::new();
    for reservation in benefits::all_held(&mut tx, session.reader).await? {
        let Some(offer) = benefits::offer_by_id(&mut tx, reservation.offer).await? else { continue };
        held.push(HeldOffer {
            offer: Link::new(format!("{}/mine", offer.path()), offer.headline),
            partner: offer.partner_name,
            until: offer.closes,
            spent: reservation.spent,
        });
    }
    let mut frame = visit.frame(&mut tx, Kind::Page, visit.in_words("Mitgliedskarte", "Member card")).await?;
    frame.section = Some("/benefits".to_owned());
    let name = session.name.as_str().to_owned();
    Ok(CardPage { frame, name, card, held, number: String::new(), error: None, notice: None })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    number: String,
    proof: String,
}

/// `POST /benefits/card`: makes a subscription one's own.
async fn claim(visit: Visit, Form(typed): Form<Claim>) -> Answer {
    let session = signed_in(&visit, "/benefits/card")?;
    let chance = visit.paper.random_bytes();
    let mut tx = visit.begin().await?;
    let answer =
        benefits::claim(&mut tx, session.reader, &typed.number, &typed.proof, chance, visit.now).await?;
    // The try counts also when the answer is no.
    tx.commit().await?;
    match answer {
        Ok(()) => visit.see_other("/benefits/card?done=claimed"),
        Err(refusal) => {
            let mut page = card_page(&visit).await?;
            page.number = typed.number;
            page.error = Some(say(&visit, &refusal));
            visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn terms(visit: Visit, Path(slug): Path<String>) -> Answer {
    terms_page(visit, &slug, None).await
}

async fn terms_of(visit: Visit, Path((slug, version)): Path<(String, i64)>) -> Answer {
    terms_page(visit, &slug, Some(version)).await
}

/// `GET /benefits/{slug}/terms`, with a version of long ago if asked for.
async fn terms_page(visit: Visit, slug: &str, version: Option<i64>) -> Answer {
    let mut tx = visit.read().await?;
    let offer = found(&visit, &mut tx, slug).await?;
    let of = Link::new(offer.path(), offer.headline.as_str());
    let page =
        show_terms(&visit, &mut tx, &offer.terms_subject(), of, version).await?.ok_or(Trouble::NotFound)?;
    drop(tx);
    visit.show_shared(&page)
}

/// One version of terms, and the way to the others.
async fn show_terms(
    visit: &Visit,
    tx: &mut Tx,
    subject: &str,
    of: Link,
    version: Option<i64>,
) -> Result<Option<TermsPage>, Trouble> {
    let Some(terms) = benefits::terms(tx, subject, version).await? else { return Ok(None) };
    let versions = benefits::versions(tx, subject).await?;
    let at = |version: i64| format!("{}/terms/{version}", of.url);
    let title = format!("{}: {}", visit.in_words("Teilnahmebedingungen", "Terms and conditions"), of.name);
    Ok(Some(TermsPage {
        frame: public_frame(visit, tx, &title, &at(terms.version)).await?,
        body: ::edition::printed_page(&terms.blocks()),
        version: terms.version,
        since: terms.at,
        is_old: versions.first().is_some_and(|(latest, _)| *latest > terms.version),
        versions: versions
            .into_iter()
            .map(|(version, since)| (Link::new(at(version), version.to_string()), since))
            .collect(),
        of,
    }))
}

/// What the general terms are filed under.
const GENERAL: &str = "general";

async fn general_terms(visit: Visit) -> Answer {
    general_terms_page(visit, None).await
}

async fn general_terms_of(visit: Visit, Path(version): Path<i64>) -> Answer {
    general_terms_page(visit, Some(version)).await
}

/// `GET /benefits/terms`: what holds for all offers and draws; as long as the paper has written nothing, our own text.
async fn general_terms_page(visit: Visit, version: Option<i64>) -> Answer {
    let mut tx = visit.read().await?;
    let of = Link::new("/benefits", visit.in_words("Vorteile", "Benefits"));
    if let Some(page) = show_terms(&visit, &mut tx, GENERAL, of, version).await? {
        drop(tx);
        return visit.show_shared(&page);
    }
    if version.is_some() {
        return Err(Trouble::NotFound);
    }
    let (title, blocks) = story::markdown::read_page(own_terms(&visit))
        .map_err(|refused| store::Failure::new(format!("our own terms: {refused}")))?;
    let page = PlainPage {
        frame: public_frame(&visit, &mut tx, title.as_str(), "/benefits/terms").await?,
        headline: title.to_string(),
        lead: None,
        body: ::edition::printed_page(&blocks),
        updated: None,
    };
    drop(tx);
    visit.show_shared(&page)
}

fn own_terms(visit: &Visit) -> &'static str {
    visit.in_words(include_str!("../pages/benefits.de.md"), include_str!("../pages/benefits.en.md"))
}
