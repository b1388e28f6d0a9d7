//! Offers and draws at the desk: write, change, take back; a partner's codes; numbers.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::Role;
use reader::benefits::{
    self, Draw, DrawDraft, DrawForm, DrawId, Offer, OfferDraft, OfferForm, OfferId, Partner, Refusal,
    TermsText, Tier, WrongCode,
};
use serde::{Deserialize, Serialize};
use store::Tx;
use theme::{
    DeskBenefitPage, DeskBenefitsPage, DeskDrawRow, DeskPartner, FormField, Kind, Link, OfferNumbers, Say,
};

use super::partner::csv;
use super::view::{self, say};
use super::{Done, GENERAL, own_terms};
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
        .route("/desk/benefits/draws/new", get(new_draw).post(announce))
        .route("/desk/benefits/draws/{id}", get(open_draw).post(cancel))
        .route("/desk/benefits/draws/{id}/declined", post(decline))
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

/// The fields of an offer's form: name, kind, whether there is a hint.
const OFFER_FIELDS: [(&str, &str, bool); 24] = [
    ("headline", "line", false),
    ("slug", "line", true),
    ("partner", "choice", false),
    ("kicker", "line", false),
    ("lead", "line", false),
    ("short", "line", true),
    ("valid", "line", false),
    ("redeem", "line", false),
    ("text", "text", false),
    ("picture", "line", true),
    ("picture_alt", "line", false),
    ("picture_credit", "line", false),
    ("region", "line", false),
    ("tier", "choice", true),
    ("opens", "moment", false),
    ("closes", "moment", false),
    ("kind", "choice", false),
    ("shared_code", "line", false),
    ("prefix", "line", true),
    ("spent_here", "choice", false),
    ("stock", "number", true),
    ("per_member", "number", false),
    ("per_days", "number", true),
    ("terms", "text", true),
];

/// The fields of a draw's form.
const DRAW_FIELDS: [(&str, &str, bool); 15] = [
    ("headline", "line", false),
    ("slug", "line", true),
    ("kicker", "line", false),
    ("lead", "line", false),
    ("prize", "line", false),
    ("picture", "line", true),
    ("picture_alt", "line", false),
    ("picture_credit", "line", false),
    ("region", "line", false),
    ("tier", "choice", true),
    ("opens", "moment", false),
    ("closes", "moment", false),
    ("winners", "number", false),
    ("substitutes", "number", false),
    ("terms", "text", true),
];

/// What a form is filled in from and chosen from.
struct Known {
    partners: Vec<Partner>,
    tiers: Vec<Tier>,
}

impl Known {
    async fn read(tx: &mut Tx) -> Result<Known, Trouble> {
        Ok(Known { partners: benefits::partners(tx).await?, tiers: benefits::tiers(tx).await? })
    }

    /// The form's fields as they were typed, and what is wrong with one of them.
    fn fields<F: Serialize>(
        &self,
        visit: &Visit,
        fields: &[(&'static str, &'static str, bool)],
        form: &F,
        refusal: Option<&Refusal>,
    ) -> Result<Vec<FormField>, Trouble> {
        let typed = serde_json::to_value(form).map_err(store::Failure::from)?;
        let wrong = match refusal {
            Some(Refusal::Field { field } | Refusal::TooLong { field, .. }) => Some(*field),
            Some(Refusal::Taken) => Some("slug"),
            _ => None,
        };
        let field = |&(name, kind, hint): &(&'static str, &'static str, bool)| FormField {
            name: name.to_owned(),
            value: typed.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
            kind,
            options: self.options(visit, name, fields.len() == DRAW_FIELDS.len()),
            hint,
            error: refusal.filter(|_| wrong == Some(name)).map(|refusal| say(visit, refusal)),
        };
        Ok(fields.iter().map(field).collect())
    }

    fn options(&self, visit: &Visit, name: &str, is_draw: bool) -> Vec<Link> {
        let choice = |(value, german, english): (&str, &str, &str)| {
            Link::new(value, *visit.in_words(&german, &english))
        };
        match name {
            "partner" => {
                self.partners.iter().map(|it| Link::new(it.slug.as_str(), it.name.as_str())).collect()
            }
            "tier" => {
                let everybody = is_draw.then(|| choice(("", "alle mit Konto", "everybody with an account")));
                let tiers = self.tiers.iter().map(|it| Link::new(it.slug.as_str(), it.name.as_str()));
                everybody.into_iter().chain(tiers).collect()
            }
            "kind" => [
                (
                    "list",
                    "je Mitglied einer aus der Liste des Partners",
                    "each member one of the partner's list",
                ),
                ("short", "je Mitglied ein kurzer von uns", "each member a short one of ours"),
                (
                    "long",
                    "je Mitglied ein langer von uns (100 Bit)",
                    "each member a long one of ours (100 bits)",
                ),
                ("shared", "ein Code für alle", "one code for everybody"),
            ]
            .into_iter()
            .map(choice)
            .collect(),
            "spent_here" => [("yes", "ja", "yes"), ("", "nein", "no")].into_iter().map(choice).collect(),
            _ => Vec::new(),
        }
    }
}

/// An empty page of the desk for an offer or a draw.
async fn one(visit: &Visit, tx: &mut Tx, title: &str, is_draw: bool) -> Result<DeskBenefitPage, Trouble> {
    Ok(DeskBenefitPage {
        frame: visit.frame(tx, Kind::Desk, title).await?,
        headline: None,
        draw: is_draw,
        url: None,
        action: None,
        fields: Vec::new(),
        numbers: None,
        codes: None,
        list: String::new(),
        refused: Vec::new(),
        end: None,
        outcome: None,
        notice: None,
        error: None,
    })
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

/// `POST /desk/benefits/offers/{id}/codes`: a partner's list, whole or not at all.
async fn add_codes(visit: Visit, Path(id): Path<i64>, Form(typed): Form<Codes>) -> Answer {
    visit.staff(Role::Editor)?;
    let mut tx = visit.begin().await?;
    let offer = benefits::offer_by_id(&mut tx, OfferId(id)).await?.ok_or(Trouble::NotFound)?;
    let answer = benefits::add_codes(&mut tx, &offer, &typed.codes, visit.now).await?;
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Why {
    pub(super) why: String,
}

impl Why {
    /// A reason that says something and fits.
    pub(super) fn parse(&self) -> Result<String, Refusal> {
        story::Line::parse("why", &self.why, 300)
            .map(|why| why.to_string())
            .map_err(|_| Refusal::Field { field: "why" })
    }
}

/// `POST /desk/benefits/offers/{id}/withdrawal`
async fn withdraw(visit: Visit, Path(id): Path<i64>, Form(typed): Form<Why>) -> Answer {
    visit.staff(Role::Editor)?;
    let why = match typed.parse() {
        Ok(why) => why,
        Err(refusal) => {
            let mut page = offer_page(&visit, OfferId(id), None, None).await?;
            page.error = Some(say(&visit, &refusal));
            return visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let mut tx = visit.begin().await?;
    benefits::withdraw_offer(&mut tx, OfferId(id), &why, visit.now).await?;
    tx.commit().await?;
    visit.see_other(&format!("/desk/benefits/offers/{id}?done=saved"))
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
    visit.staff(Role::Editor)?;
    let mut tx = visit.begin().await?;
    let answer = match typed.parse() {
        Ok(why) => benefits::cancel(&mut tx, DrawId(id), &why, visit.now).await?,
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
    let session = visit.staff(Role::Editor)?;
    let Ok(why) = (Why { why: typed.why }).parse() else { return Err(Trouble::Unreadable("why".to_owned())) };
    let mut tx = visit.begin().await?;
    benefits::decline(&mut tx, DrawId(id), typed.place, session.reader, &why, visit.now).await?;
    tx.commit().await?;
    visit.see_other(&format!("/desk/benefits/draws/{id}?done=saved"))
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
