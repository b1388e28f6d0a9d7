//! Offers at the desk: write, change, take back; a partner's codes; numbers; the general terms.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::Role;
use reader::benefits::{self, Offer, OfferDraft, OfferForm, OfferId, Partner, Refusal, TermsText, WrongCode};
use serde::{Deserialize, Serialize};
use store::Tx;
use theme::{
    DeskBenefitPage, DeskBenefitsPage, DeskDrawRow, DeskPartner, Kind, Link, OfferNumbers, Say, TypedPartner,
};

use super::desk_form::{Known, OFFER_FIELDS, Why, one};
use super::partner::csv;
use super::view::{self, say};
use super::{Done, GENERAL, own_terms};
use crate::enclosed::Enclosed;
use crate::{Answer, Form, Paper, Trouble, Visit};

/// A list of 20,000 codes, percent-encoded.
const LARGEST: usize = 4 * 1024 * 1024;

pub(super) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk/benefits", get(show))
        .route("/desk/benefits/numbers.csv", get(numbers_table))
        .route("/desk/benefits/terms", get(general_terms).post(write_general_terms))
        .route("/desk/benefits/offers/new", get(new_offer).post(add_offer))
        .route("/desk/benefits/offers/{id}", get(open_offer).post(change_offer))
        .route("/desk/benefits/offers/{id}/codes", post(add_codes))
        .route("/desk/benefits/offers/{id}/codes.csv", get(codes_table))
        .route("/desk/benefits/offers/{id}/withdrawal", post(withdraw))
        .layer(DefaultBodyLimit::max(LARGEST))
}

/// `GET /desk/benefits`
async fn show(visit: Visit, Query(done): Query<Done>) -> Answer {
    let mut page = overview(&visit).await?;
    page.notice = done.say(&[("saved", "say-benefit-saved")]);
    visit.show(&page)
}

/// The desk's first page; other files show it again with what could not be done.
pub(super) async fn overview(visit: &Visit) -> Result<DeskBenefitsPage, Trouble> {
    visit.staff(Role::Editor)?;
    let mut tx = visit.read().await?;
    let mut offers = Vec::new();
    for offer in benefits::all_offers(&mut tx).await? {
        offers.push(numbers(&mut tx, &offer).await?);
    }
    let mut draws = Vec::new();
    for draw in benefits::all_draws(&mut tx).await? {
        draws.push(DeskDrawRow {
            draw: Link::new(format!("/desk/benefits/draws/{}", draw.id), draw.headline.as_str()),
            closes: draw.closes,
            entries: benefits::entries(&mut tx, draw.id).await?,
            drawn: draw.closed.is_some(),
            cancelled: draw.cancelled.is_some(),
        });
    }
    let people = benefits::people(&mut tx).await?;
    let partner = |partner: Partner| {
        let action = format!("/desk/benefits/partners/{}/people", partner.id);
        let own = people.iter().filter(|person| person.partner == partner.id);
        DeskPartner {
            slug: partner.slug.to_string(),
            name: partner.name.to_string(),
            people: own
                .map(|person| Link::new(format!("{action}/{}/end", person.reader), person.name.as_str()))
                .collect(),
            action,
        }
    };
    Ok(DeskBenefitsPage {
        partners: benefits::partners(&mut tx).await?.into_iter().map(partner).collect(),
        frame: visit.frame(&mut tx, Kind::Desk, visit.in_words("Vorteile", "Benefits")).await?,
        offers,
        draws,
        typed: TypedPartner::default(),
        wrong: None,
        notice: None,
        error: None,
    })
}

async fn numbers(tx: &mut Tx, offer: &Offer) -> Result<OfferNumbers, Trouble> {
    let counted = benefits::numbers(tx, offer.id).await?;
    let url = format!("/desk/benefits/offers/{}", offer.id);
    let table = format!("{url}/codes.csv");
    Ok(view::numbers(offer, &counted, url, table))
}

async fn numbers_table(visit: Visit) -> Answer {
    visit.staff(Role::Editor)?;
    let mut tx = visit.read().await?;
    let offers = benefits::all_offers(&mut tx).await?;
    Ok(csv(benefits::table(&mut tx, &offers).await?, "benefits"))
}

async fn codes_table(visit: Visit, Path(id): Path<i64>) -> Answer {
    visit.staff(Role::Editor)?;
    let mut tx = visit.read().await?;
    let offer = benefits::offer_by_id(&mut tx, OfferId(id)).await?.ok_or(Trouble::NotFound)?;
    Ok(csv(benefits::table_of_codes(&mut tx, &offer).await?, offer.slug.as_str()))
}

async fn new_offer(visit: Visit) -> Answer {
    visit.staff(Role::Editor)?;
    let now = benefits::typed(visit.now, &visit.paper.house.zone);
    let form = OfferForm {
        per_member: "1".to_owned(),
        opens: now,
        spent_here: "yes".to_owned(),
        ..OfferForm::default()
    };
    visit.show(&new_offer_page(&visit, &form, None).await?)
}

async fn new_offer_page(
    visit: &Visit,
    form: &OfferForm,
    refusal: Option<&Refusal>,
) -> Result<DeskBenefitPage, Trouble> {
    let mut tx = visit.read().await?;
    let known = Known::read(&mut tx).await?;
    let mut page = one(visit, &mut tx, visit.in_words("Neues Angebot", "New offer"), false).await?;
    page.action = Some("/desk/benefits/offers/new".to_owned());
    page.fields = known.fields(visit, &OFFER_FIELDS, form, refusal)?;
    page.error = refusal.map(|_| Say::new("say-benefit-field-at"));
    Ok(page)
}

/// `POST /desk/benefits/offers/new`
async fn add_offer(visit: Visit, Form(form): Form<OfferForm>) -> Answer {
    let session = visit.staff(Role::Editor)?;
    let mut tx = visit.begin().await?;
    visit.acting(&mut tx, Role::Editor).await?;
    let known = Known::read(&mut tx).await?;
    let answer = match OfferDraft::parse(&form, &known.partners, &known.tiers, &visit.paper.house.zone) {
        Ok(draft) => benefits::add_offer(&mut tx, &draft, session.name.as_str(), visit.now).await?,
        Err(refusal) => Err(refusal),
    };
    match answer {
        Ok(id) => {
            tx.commit().await?;
            visit.see_other(&format!("/desk/benefits/offers/{id}?done=saved"))
        }
        Err(refusal) => {
            tx.undo().await?;
            visit.show_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &new_offer_page(&visit, &form, Some(&refusal)).await?,
            )
        }
    }
}

/// `GET /desk/benefits/offers/{id}`
async fn open_offer(visit: Visit, Path(id): Path<i64>, Query(done): Query<Done>) -> Answer {
    visit.staff(Role::Editor)?;
    let mut page = offer_page(&visit, OfferId(id), None, None).await?;
    page.notice = done.say(&[("saved", "say-benefit-saved")]);
    visit.show(&page)
}

async fn offer_page(
    visit: &Visit,
    id: OfferId,
    typed: Option<&OfferForm>,
    refusal: Option<&Refusal>,
) -> Result<DeskBenefitPage, Trouble> {
    let mut tx = visit.read().await?;
    let offer = benefits::offer_by_id(&mut tx, id).await?.ok_or(Trouble::NotFound)?;
    let known = Known::read(&mut tx).await?;
    let terms = benefits::terms(&mut tx, &offer.terms_subject(), None).await?;
    let form = match typed {
        Some(typed) => typed.clone(),
        None => form_of(visit, &offer, &known, terms.map(|terms| terms.text).unwrap_or_default()),
    };
    let mut page = one(visit, &mut tx, &offer.headline, false).await?;
    page.headline = Some(offer.headline.clone());
    page.url = Some(offer.path());
    page.action = Some(format!("/desk/benefits/offers/{id}"));
    page.fields = known.fields(visit, &OFFER_FIELDS, &form, refusal)?;
    page.numbers = Some(numbers(&mut tx, &offer).await?);
    page.codes = (offer.kind == benefits::Kind::List).then(|| format!("/desk/benefits/offers/{id}/codes"));
    page.end = offer.withdrawn.is_none().then(|| format!("/desk/benefits/offers/{id}/withdrawal"));
    page.error = refusal.map(|refusal| match refusal {
        Refusal::Field { .. } | Refusal::TooLong { .. } => Say::new("say-benefit-field-at"),
        other => say(visit, other),
    });
    Ok(page)
}

/// An offer as its form shows it.
fn form_of(visit: &Visit, offer: &Offer, known: &Known, terms: String) -> OfferForm {
    let zone = &visit.paper.house.zone;
    let partner = known.partners.iter().find(|it| it.id == offer.partner);
    let tier = known.tiers.iter().find(|it| it.id == offer.tier);
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    OfferForm {
        slug: offer.slug.to_string(),
        partner: partner.map(|it| it.slug.to_string()).unwrap_or_default(),
        kicker: offer.kicker.clone(),
        headline: offer.headline.clone(),
        lead: offer.lead.clone(),
        short: offer.short.clone(),
        valid: offer.valid.clone(),
        redeem: offer.redeem.clone(),
        text: offer.text.clone(),
        picture: offer.picture.clone().unwrap_or_default(),
        picture_alt: offer.picture_alt.clone(),
        picture_credit: offer.picture_credit.clone(),
        region: offer.region.clone().unwrap_or_default(),
        tier: tier.map(|it| it.slug.to_string()).unwrap_or_default(),
        opens: benefits::typed(offer.opens, zone),
        closes: benefits::typed(offer.closes, zone),
        stock: number(offer.stock),
        per_member: offer.per_member.to_string(),
        per_days: number(offer.per_days),
        kind: offer.kind.as_str().to_owned(),
        shared_code: offer.shared_code.clone().unwrap_or_default(),
        prefix: offer.prefix.clone(),
        spent_here: if offer.spent_here { "yes".to_owned() } else { String::new() },
        terms,
    }
}

/// `POST /desk/benefits/offers/{id}`
async fn change_offer(visit: Visit, Path(id): Path<i64>, Form(form): Form<OfferForm>) -> Answer {
    let session = visit.staff(Role::Editor)?;
    let mut tx = visit.begin().await?;
    visit.acting(&mut tx, Role::Editor).await?;
    let offer = benefits::offer_by_id(&mut tx, OfferId(id)).await?.ok_or(Trouble::NotFound)?;
    let known = Known::read(&mut tx).await?;
    let answer = match OfferDraft::parse(&form, &known.partners, &known.tiers, &visit.paper.house.zone) {
        Ok(draft) => {
            benefits::change_offer(&mut tx, &offer, &draft, session.name.as_str(), visit.now).await?
        }
        Err(refusal) => Err(refusal),
    };
    match answer {
        Ok(()) => {
            tx.commit().await?;
            visit.see_other(&format!("/desk/benefits/offers/{id}?done=saved"))
        }
        Err(refusal) => {
            tx.undo().await?;
            let page = offer_page(&visit, OfferId(id), Some(&form), Some(&refusal)).await?;
            visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    codes: String,
}

/// `POST /desk/benefits/offers/{id}/codes`: a partner's list, as a file or pasted, whole or not at all.
async fn add_codes(visit: Visit, Path(id): Path<i64>, Enclosed(typed): Enclosed<Codes>) -> Answer {
    let session = visit.staff(Role::Editor)?;
    let mut tx = visit.begin().await?;
    visit.acting(&mut tx, Role::Editor).await?;
    let offer = benefits::offer_by_id(&mut tx, OfferId(id)).await?.ok_or(Trouble::NotFound)?;
    let answer = benefits::add_codes(&mut tx, &offer, &typed.codes, session.name.as_str(), visit.now).await?;
    if let Ok(Ok(count)) = answer {
        tx.commit().await?;
        let mut page = offer_page(&visit, OfferId(id), None, None).await?;
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        page.notice = Some(Say::new("say-benefit-codes-added").number("n", count));
        return visit.show(&page);
    }
    tx.undo().await?;
    let mut page = offer_page(&visit, OfferId(id), None, None).await?;
    page.list = typed.codes;
    match answer {
        Ok(Err(lines)) => {
            page.refused = lines.into_iter().take(100).map(|(line, why)| (line, say_code(&why))).collect()
        }
        Err(refusal) => page.error = Some(say(&visit, &refusal)),
        Ok(Ok(_)) => {}
    }
    visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn say_code(why: &WrongCode) -> Say {
    match why {
        WrongCode::Unreadable => Say::new("say-code-unreadable"),
        WrongCode::Twice(line) => {
            Say::new("say-code-twice").number("line", i64::try_from(*line).unwrap_or(i64::MAX))
        }
        WrongCode::Known => Say::new("say-code-known"),
    }
}

/// `POST /desk/benefits/offers/{id}/withdrawal`
async fn withdraw(visit: Visit, Path(id): Path<i64>, Form(typed): Form<Why>) -> Answer {
    let session = visit.staff(Role::Editor)?;
    let why = match typed.parse() {
        Ok(why) => why,
        Err(refusal) => {
            let mut page = offer_page(&visit, OfferId(id), None, None).await?;
            page.error = Some(say(&visit, &refusal));
            page.why = typed.why;
            return visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let mut tx = visit.begin().await?;
    visit.acting(&mut tx, Role::Editor).await?;
    benefits::withdraw_offer(&mut tx, OfferId(id), &why, session.name.as_str(), visit.now).await?;
    tx.commit().await?;
    visit.see_other(&format!("/desk/benefits/offers/{id}?done=saved"))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct General {
    terms: String,
}

/// `GET /desk/benefits/terms`: the general terms, to write a new version.
async fn general_terms(visit: Visit, Query(done): Query<Done>) -> Answer {
    visit.staff(Role::Editor)?;
    let present = benefits::terms(&mut visit.read().await?, GENERAL, None).await?;
    let own = || own_terms(&visit).splitn(3, "+++").nth(2).unwrap_or_default().trim().to_owned();
    let form = General { terms: present.map_or_else(own, |terms| terms.text) };
    let mut page = general_page(&visit, &form, None).await?;
    page.notice = done.say(&[("saved", "say-benefit-saved")]);
    visit.show(&page)
}

async fn general_page(
    visit: &Visit,
    form: &General,
    refusal: Option<&Refusal>,
) -> Result<DeskBenefitPage, Trouble> {
    let mut tx = visit.read().await?;
    let known = Known::read(&mut tx).await?;
    let title = visit.in_words("Teilnahmebedingungen", "Terms and conditions");
    let mut page = one(visit, &mut tx, title, false).await?;
    page.headline = Some(title.to_owned());
    page.url = Some("/benefits/terms".to_owned());
    page.action = Some("/desk/benefits/terms".to_owned());
    page.fields = known.fields(visit, &[("terms", "text", true)], form, refusal)?;
    Ok(page)
}

/// `POST /desk/benefits/terms`: a new version.
async fn write_general_terms(visit: Visit, Form(form): Form<General>) -> Answer {
    let session = visit.staff(Role::Editor)?;
    match TermsText::parse(&form.terms) {
        Ok(text) => {
            let mut tx = visit.begin().await?;
            visit.acting(&mut tx, Role::Editor).await?;
            benefits::write_terms(&mut tx, GENERAL, &text, session.name.as_str(), visit.now).await?;
            tx.commit().await?;
            visit.see_other("/desk/benefits/terms?done=saved")
        }
        Err(refusal) => {
            let page = general_page(&visit, &form, Some(&refusal)).await?;
            visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}
