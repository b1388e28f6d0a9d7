//! Members, tiers, subscriptions and the people of partners at the desk: for administrators, since rights with money's worth are given here.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::benefits::{self, Gift, MembershipId, PartnerId, Proof, Refusal, Wrong};
use reader::{ReaderId, Role};
use serde::Deserialize;
use store::{Time, Tx};
use story::{Line, Slug};
use theme::{DeskMember, DeskMembersPage, ImportReport, Kind, Link, Say, TypedMember, TypedPartner};

use super::Done;
use super::desk::overview;
use super::desk_form::Why;
use super::view::say;
use crate::enclosed::Enclosed;
use crate::{Answer, Form, Paper, Trouble, Visit};

/// A table of 20,000 subscriptions, percent-encoded.
const LARGEST: usize = 4 * 1024 * 1024;

pub(super) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk/benefits/members", get(show).post(give))
        .route("/desk/benefits/members/{id}/end", post(end))
        .route("/desk/benefits/tiers", post(add_tier))
        .route("/desk/benefits/subscriptions", post(import))
        .route("/desk/benefits/partners", post(add_partner))
        .route("/desk/benefits/partners/{id}/people", post(appoint))
        .route("/desk/benefits/partners/{id}/people/{reader}/end", post(dismiss))
        .layer(DefaultBodyLimit::max(LARGEST))
}

#[derive(Default, Deserialize)]
struct Sought {
    /// How the name begins.
    #[serde(default)]
    q: String,
}

async fn show(visit: Visit, Query(done): Query<Done>, Query(sought): Query<Sought>) -> Answer {
    let mut page = members_page(&visit, &sought.q).await?;
    page.notice = done.say(&[("saved", "say-benefit-saved")]);
    visit.show(&page)
}

async fn members_page(visit: &Visit, sought: &str) -> Result<DeskMembersPage, Trouble> {
    visit.staff(Role::Administrator)?;
    let mut tx = visit.read().await?;
    let tiers = benefits::tiers(&mut tx).await?;
    let member = |listed: benefits::Listed| DeskMember {
        id: listed.id.0,
        name: listed.name,
        tier: listed.tier,
        until: listed.until,
        why: listed.why,
        end: format!("/desk/benefits/members/{}/end", listed.id),
    };
    Ok(DeskMembersPage {
        members: benefits::members(&mut tx, sought, visit.now).await?.into_iter().map(member).collect(),
        frame: visit.frame(&mut tx, Kind::Desk, visit.in_words("Mitglieder", "Members")).await?,
        tiers: tiers.iter().map(|tier| Link::new(tier.slug.as_str(), tier.name.as_str())).collect(),
        sought: sought.to_owned(),
        report: None,
        table: String::new(),
        typed: TypedMember::default(),
        wrong: None,
        notice: None,
        error: None,
    })
}

/// Done: back to the list. Not done: the list with the reason, and what was typed.
async fn done_or(visit: &Visit, tx: Tx, answer: Result<(), Refusal>, typed: TypedMember) -> Answer {
    match answer {
        Ok(()) => {
            tx.commit().await?;
            visit.see_other("/desk/benefits/members?done=saved")
        }
        Err(refusal) => {
            tx.undo().await?;
            let mut page = members_page(visit, "").await?;
            page.wrong = wrong_field(&refusal);
            page.error = Some(say(visit, &refusal));
            page.typed = typed;
            visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// The field that a refusal is about.
fn wrong_field(refusal: &Refusal) -> Option<String> {
    match refusal {
        Refusal::Field { field } => Some((*field).to_owned()),
        Refusal::Taken => Some("slug".to_owned()),
        Refusal::Nobody => Some("name".to_owned()),
        _ => None,
    }
}

fn named(slug: &str, name: &str) -> Result<(Slug, Line), Refusal> {
    let slug = Slug::parse(slug.trim()).ok_or(Refusal::Field { field: "slug" })?;
    let name = Line::parse("name", name, 80).map_err(|_| Refusal::Field { field: "long" })?;
    Ok((slug, name))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewTier {
    tier_slug: String,
    tier_name: String,
}

/// `POST /desk/benefits/tiers`
async fn add_tier(visit: Visit, Form(typed): Form<NewTier>) -> Answer {
    let mut tx = visit.begin().await?;
    visit.acting(&mut tx, Role::Administrator).await?;
    let answer = match named(&typed.tier_slug, &typed.tier_name) {
        Ok((slug, name)) => benefits::add_tier(&mut tx, &slug, &name, visit.now).await?.map(drop),
        Err(refusal) => Err(refusal),
    };
    let typed = TypedMember { long: typed.tier_name, short: typed.tier_slug, ..TypedMember::default() };
    done_or(&visit, tx, answer, typed).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    name: String,
    tier: String,
    until: String,
    why: String,
}

/// `POST /desk/benefits/members`: makes somebody a member.
async fn give(visit: Visit, Form(typed): Form<Given>) -> Answer {
    let mut tx = visit.begin().await?;
    let by = visit.acting(&mut tx, Role::Administrator).await?;
    let answer = given(&visit, &mut tx, &typed, by).await?;
    let typed = TypedMember {
        name: typed.name,
        tier: typed.tier,
        until: typed.until,
        why: typed.why,
        ..TypedMember::default()
    };
    done_or(&visit, tx, answer, typed).await
}

async fn given(
    visit: &Visit,
    tx: &mut Tx,
    typed: &Given,
    by: ReaderId,
) -> Result<Result<(), Refusal>, Trouble> {
    let Some(reader) = benefits::reader_named(tx, &typed.name).await? else {
        return Ok(Err(Refusal::Nobody));
    };
    let tiers = benefits::tiers(tx).await?;
    let Some(tier) = tiers.iter().find(|tier| tier.slug.as_str() == typed.tier) else {
        return Ok(Err(Refusal::Field { field: "tier" }));
    };
    let Ok(why) = (Why { why: typed.why.clone() }).parse() else {
        return Ok(Err(Refusal::Field { field: "why" }));
    };
    let until = match until(visit, &typed.until) {
        Ok(until) => until,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let gift = Gift { reader, tier: tier.id, from: visit.now, until, why: &why, by: Some(by) };
    benefits::give(tx, &gift, visit.paper.random_bytes(), visit.now).await?;
    Ok(Ok(()))
}

fn until(visit: &Visit, text: &str) -> Result<Option<Time>, Refusal> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let at = benefits::moment_typed(text, &visit.paper.house.zone)?;
    if at > visit.now { Ok(Some(at)) } else { Err(Refusal::Field { field: "until" }) }
}

/// `POST /desk/benefits/members/{id}/end`
async fn end(visit: Visit, Path(id): Path<i64>, Form(typed): Form<Why>) -> Answer {
    let mut tx = visit.begin().await?;
    let by = visit.acting(&mut tx, Role::Administrator).await?;
    let answer = match typed.parse() {
        Ok(why) => {
            benefits::end(&mut tx, MembershipId(id), Some(by), &why, visit.now).await?;
            Ok(())
        }
        Err(refusal) => Err(refusal),
    };
    done_or(&visit, tx, answer, TypedMember { end: Some((id, typed.why)), ..TypedMember::default() }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    table: String,
}

/// `POST /desk/benefits/subscriptions`: a table of subscriptions, as a file or pasted, whole or not at all, and the report.
async fn import(visit: Visit, Enclosed(typed): Enclosed<Table>) -> Answer {
    let mut tx = visit.begin().await?;
    visit.acting(&mut tx, Role::Administrator).await?;
    let proof = benefits::import(&mut tx, &typed.table, &visit.paper.house.zone, visit.now).await?;
    let refused = !proof.refused.is_empty();
    if refused {
        tx.undo().await?
    } else {
        tx.commit().await?
    }
    let mut page = members_page(&visit, "").await?;
    page.report = Some(report(proof));
    if !refused {
        return visit.show(&page);
    }
    page.table = typed.table;
    visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn report(proof: Proof) -> ImportReport {
    ImportReport {
        new: proof.new,
        changed: proof.changed,
        unchanged: proof.unchanged,
        refused: proof.refused.into_iter().take(100).map(|(line, why)| (line, say_wrong(why))).collect(),
    }
}

fn say_wrong(wrong: Wrong) -> Say {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match wrong {
        Wrong::NoColumn(column) => Say::new("say-table-column").text("column", column),
        Wrong::Number => Say::new("say-table-number"),
        Wrong::Twice(line) => Say::new("say-code-twice").number("line", number(line)),
        Wrong::Proof => Say::new("say-table-proof"),
        Wrong::Tier(tier) => Say::new("say-table-tier").text("tier", tier),
        Wrong::Date(day) => Say::new("say-table-date").text("day", day),
        Wrong::Quote => Say::new("say-table-quote"),
        Wrong::TooMany => Say::new("say-table-many").number("longest", number(benefits::LONGEST_TABLE)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPartner {
    partner_slug: String,
    partner_name: String,
}

/// Done: back to the desk. Not done: the desk with the reason, and what was typed.
async fn desk_or(visit: &Visit, tx: Tx, answer: Result<(), Refusal>, typed: TypedPartner) -> Answer {
    match answer {
        Ok(()) => {
            tx.commit().await?;
            visit.see_other("/desk/benefits?done=saved")
        }
        Err(refusal) => {
            tx.undo().await?;
            let mut page = overview(visit).await?;
            page.wrong = wrong_field(&refusal);
            page.error = Some(say(visit, &refusal));
            page.typed = typed;
            visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// `POST /desk/benefits/partners`
async fn add_partner(visit: Visit, Form(typed): Form<NewPartner>) -> Answer {
    let mut tx = visit.begin().await?;
    visit.acting(&mut tx, Role::Administrator).await?;
    let answer = match named(&typed.partner_slug, &typed.partner_name) {
        Ok((slug, name)) => benefits::add_partner(&mut tx, &slug, &name, visit.now).await?.map(drop),
        Err(refusal) => Err(refusal),
    };
    let typed = TypedPartner { long: typed.partner_name, short: typed.partner_slug, person: None };
    desk_or(&visit, tx, answer, typed).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Appointed {
    name: String,
}

/// `POST /desk/benefits/partners/{id}/people`
async fn appoint(visit: Visit, Path(id): Path<i64>, Form(typed): Form<Appointed>) -> Answer {
    let mut tx = visit.begin().await?;
    let by = visit.acting(&mut tx, Role::Administrator).await?;
    let known = benefits::partners(&mut tx).await?;
    let partner = known.iter().find(|partner| partner.id == PartnerId(id)).ok_or(Trouble::NotFound)?;
    let answer = benefits::appoint(&mut tx, partner.id, &typed.name, Some(by), visit.now).await?;
    let person = Some((partner.slug.to_string(), typed.name));
    desk_or(&visit, tx, answer, TypedPartner { person, ..TypedPartner::default() }).await
}

/// `POST /desk/benefits/partners/{id}/people/{reader}/end`
async fn dismiss(visit: Visit, Path((id, person)): Path<(i64, i64)>) -> Answer {
    let mut tx = visit.begin().await?;
    let by = visit.acting(&mut tx, Role::Administrator).await?;
    benefits::dismiss(&mut tx, PartnerId(id), ReaderId(person), by, visit.now).await?;
    desk_or(&visit, tx, Ok(()), TypedPartner::default()).await
}
