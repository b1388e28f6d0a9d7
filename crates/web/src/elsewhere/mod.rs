//! Signing in with an account that is kept elsewhere: the way to the provider, the way back, and the connection at one's own
//! page. A paper without a provider has none of these addresses.
//!
//! One sets out with a form, because following a link changes nothing (T2.4). The answer is a page that leads on by itself: our
//! policy lets forms go nowhere but to us, also by way of a redirect (T2.1). The way back is the one link that changes
//! something; what it carries fits only the browser that set out, and once.

mod client;
mod provider;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::{HeaderValue, Response, header};
use reader::elsewhere::{self, GOOD_FOR, Journey, Obstacle, Returned};
use reader::id_token::Profile;
use reader::{Name, Proof, Reader, Refusal, Secret};
use serde::Deserialize;
use store::{Failure, Tx};
use theme::{ArrivalPage, ElsewherePage, ElsewhereView, Kind, Say};

use crate::account::account_page;
use crate::own_data::fresh;
use crate::personal::{cookie, say, seconds};
use crate::reader::{Typed, login_page, refused, sign_in};
use crate::{Answer, Form, Paper, Trouble, Visit};

use provider::Back;
pub use provider::{Provider, Settings as ProviderSettings};

/// The cookie of somebody who is on the way; it lasts as long as the journey may.
const COOKIE: &str = "__Host-journey";
/// Where the provider sends people back to; it knows this address letter by letter.
const BACK: &str = "/login/elsewhere/return";

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/login/elsewhere", post(set_out))
        .route(BACK, get(come_back))
        .route("/login/elsewhere/{ticket}", post(choose_name))
        .route("/account/elsewhere", post(connect))
        .route("/account/elsewhere/removal", post(disconnect))
}

fn provider(visit: &Visit) -> Result<&Provider, Trouble> {
    visit.paper.provider.as_ref().ok_or(Trouble::NotFound)
}

/// `POST /login/elsewhere`
async fn set_out(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    match page_of_the_way(&visit, None, &typed).await? {
        Ok(answer) => Ok(answer),
        Err(refusal) => not_signed_in(&visit, &refusal, &typed).await,
    }
}

/// `POST /account/elsewhere`: only soon after signing in (T3.8).
async fn connect(visit: Visit) -> Answer {
    provider(&visit)?;
    let (_, reader) = match fresh(&visit, "/account").await? {
        Ok(who) => who,
        Err(answer) => return answer,
    };
    match page_of_the_way(&visit, Some(&reader), &Typed::default()).await? {
        Ok(answer) => Ok(answer),
        Err(refusal) => not_connected(&visit, &refusal).await,
    }
}

/// The page that leads to the provider, with the cookie that fits what comes back.
async fn page_of_the_way(
    visit: &Visit,
    reader: Option<&Reader>,
    typed: &Typed,
) -> Result<Result<Response<Body>, Refusal>, Trouble> {
    let provider = provider(visit)?;
    let journey = Journey::from_chance(visit.paper.random_bytes(), visit.paper.random_bytes());
    let mut tx = visit.begin().await?;
    let place = visit.place(&mut tx).await?;
    let (who, luggage) = (reader.map(|reader| reader.id), typed.packed()?);
    let set_out = elsewhere::set_out(&mut tx, &journey, who, &luggage, &place, visit.now).await?;
    tx.commit().await?;
    if let Err(refusal) = set_out {
        return Ok(Err(refusal));
    }
    let address = match provider.way(&journey, &back_to(visit), visit.now).await {
        Ok(address) => address,
        Err(obstacle) => return Ok(Err(obstacle.into())),
    };
    let mut answer = visit.show(&ElsewherePage {
        frame: visit.frame(&mut visit.read().await?, Kind::Page, provider.label()).await?,
        provider: provider.label().to_owned(),
        address: address.clone(),
    })?;
    let headers = answer.headers_mut();
    let at_once = HeaderValue::try_from(format!("0; url={address}"))
        .map_err(|error| Failure::because("an address that is no header", error))?;
    headers.insert(header::REFRESH, at_once);
    let lasts = seconds(visit.now.plus_minutes(GOOD_FOR), visit.now);
    headers.append(header::SET_COOKIE, cookie(COOKIE, &journey.browser(), lasts)?);
    Ok(Ok(answer))
}

fn back_to(visit: &Visit) -> String {
    format!("{}{BACK}", visit.paper.house.address)
}

/// What the provider sends back in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Brought {
    state: String,
    code: String,
    iss: Option<String>,
    error: Option<String>,
}

/// `GET /login/elsewhere/return`: whatever becomes of it, the journey is over.
async fn come_back(visit: Visit, Query(brought): Query<Brought>) -> Answer {
    let provider = provider(&visit)?;
    let journey = visit.cookie(COOKIE).and_then(|browser| Journey::resume(&brought.state, browser));
    let returned = match &journey {
        Some(journey) => {
            let mut tx = visit.begin().await?;
            let returned = elsewhere::come_back(&mut tx, journey, visit.now).await?;
            tx.commit().await?;
            returned
        }
        None => None,
    };
    let Some((journey, returned)) = journey.zip(returned) else {
        return not_signed_in(&visit, &Obstacle::NotExpected.into(), &Typed::default()).await;
    };
    let who = match brought.error.as_deref() {
        Some("access_denied") => Err(Obstacle::TurnedBack),
        Some(_) => Err(Obstacle::Away),
        None => {
            let back = Back { code: &brought.code, issuer: brought.iss.as_deref(), to: &back_to(&visit) };
            provider.who(&journey, &back, visit.now).await
        }
    };
    let mut answer = welcome(&visit, provider, returned, who).await?;
    answer.headers_mut().append(header::SET_COOKIE, cookie(COOKIE, "", 0)?);
    Ok(answer)
}

/// Whoever came back connects an account, signs in, or chooses a name; or is told why not.
async fn welcome(
    visit: &Visit,
    provider: &Provider,
    returned: Returned,
    who: Result<Profile, Obstacle>,
) -> Answer {
    let typed = Typed::unpacked(&returned.luggage)?;
    let who = match who {
        Ok(who) => who,
        Err(obstacle) if returned.reader.is_some() => return not_connected(visit, &obstacle.into()).await,
        Err(obstacle) => return not_signed_in(visit, &obstacle.into(), &typed).await,
    };
    let mut tx = visit.begin().await?;
    if let Some(reader) = returned.reader {
        // Somebody else may have signed in here meanwhile.
        if visit.reader()?.reader != reader {
            return not_connected(visit, &Obstacle::NotExpected.into()).await;
        }
        return connected(visit, tx, provider, &who).await;
    }
    if let Some(owner) = elsewhere::owner(&mut tx, provider.issuer(), &who.subject, visit.now).await? {
        return sign_in(visit, tx, owner, Proof::First, &typed).await;
    }
    let ticket = Secret::from_chance(visit.paper.random_bytes());
    match elsewhere::arrive(&mut tx, provider.issuer(), &who, &ticket, visit.now).await? {
        Ok(()) => {
            tx.commit().await?;
            // A proposal that would be refused is none.
            let paper = &visit.paper.house.name;
            let proposed = who.called.filter(|name| Name::parse(name, paper).is_ok()).unwrap_or_default();
            visit.show(&arrival_page(visit, &ticket, &proposed, &typed, None).await?)
        }
        Err(refusal) => {
            drop(tx);
            not_signed_in(visit, &refusal, &typed).await
        }
    }
}

async fn connected(visit: &Visit, mut tx: Tx, provider: &Provider, who: &Profile) -> Answer {
    let session = visit.reader()?;
    let reader = reader::by_id(&mut tx, session.reader).await?.ok_or(Trouble::NotFound)?;
    let (house, label, issuer) = (visit.house(), provider.label(), provider.issuer());
    match elsewhere::connect(&mut tx, &house, label, &reader, issuer, &who.subject, visit.now).await? {
        Ok(()) => {
            tx.commit().await?;
            visit.see_other("/account?done=connected")
        }
        Err(refusal) => {
            drop(tx);
            not_connected(visit, &refusal).await
        }
    }
}

/// `POST /login/elsewhere/{ticket}`: the name somebody chose.
async fn choose_name(visit: Visit, Path(ticket): Path<String>, Form(typed): Form<Typed>) -> Answer {
    provider(&visit)?;
    let ticket = Secret::parse(&ticket).ok_or(Trouble::NotFound)?;
    let house = &visit.paper.house;
    let name = match Name::parse(&typed.name, &house.name) {
        Ok(name) => name,
        Err(refusal) => return another_name(&visit, &ticket, &typed, &refusal).await,
    };
    let mut tx = visit.begin().await?;
    match elsewhere::admit(&mut tx, &ticket, name, house.language, visit.now).await? {
        Ok(reader) => sign_in(&visit, tx, reader, Proof::First, &typed).await,
        Err(refusal) => {
            drop(tx);
            another_name(&visit, &ticket, &typed, &refusal).await
        }
    }
}

async fn another_name(visit: &Visit, ticket: &Secret, typed: &Typed, refusal: &Refusal) -> Answer {
    if let Refusal::Elsewhere(_) = refusal {
        return not_signed_in(visit, refusal, typed).await;
    }
    if elsewhere::arriving(&mut visit.read().await?, ticket, visit.now).await?.is_none() {
        return not_signed_in(visit, &Obstacle::NotExpected.into(), typed).await;
    }
    let error = Some(say(refusal, visit.now));
    refused(visit, refusal, &arrival_page(visit, ticket, &typed.name, typed, error).await?)
}

async fn arrival_page(
    visit: &Visit,
    ticket: &Secret,
    name: &str,
    typed: &Typed,
    name_error: Option<Say>,
) -> Result<ArrivalPage, Trouble> {
    let mut tx = visit.read().await?;
    let mail = elsewhere::arriving(&mut tx, ticket, visit.now).await?.ok_or(Trouble::NotFound)?;
    Ok(ArrivalPage {
        frame: visit.frame(&mut tx, Kind::Page, visit.in_words("Ihr Name", "Your name")).await?,
        action: format!("/login/elsewhere/{}", ticket.reveal()),
        provider: provider(visit)?.label().to_owned(),
        mail: mail.as_str().to_owned(),
        name: name.to_owned(),
        name_error,
        then: typed.then(),
        draft: typed.draft(),
    })
}

/// `POST /account/elsewhere/removal`
async fn disconnect(visit: Visit) -> Answer {
    let provider = provider(&visit)?;
    let (_, reader) = match fresh(&visit, "/account").await? {
        Ok(who) => who,
        Err(answer) => return answer,
    };
    let (house, label, issuer) = (visit.house(), provider.label(), provider.issuer());
    let mut tx = visit.begin().await?;
    if !elsewhere::disconnect(&mut tx, &house, label, &reader, issuer, visit.now).await? {
        return Err(Trouble::NotFound);
    }
    tx.commit().await?;
    visit.see_other("/account?done=disconnected")
}

/// The provider as one's own page shows it.
pub(crate) async fn view(
    visit: &Visit,
    tx: &mut Tx,
    reader: &Reader,
) -> Result<Option<ElsewhereView>, Trouble> {
    let Some(provider) = &visit.paper.provider else { return Ok(None) };
    let connected = elsewhere::connected(tx, reader.id, provider.issuer()).await?;
    Ok(Some(ElsewhereView {
        provider: provider.label().to_owned(),
        since: connected.map(|it| it.made_at),
        used: connected.and_then(|it| it.used_at),
    }))
}

/// The other ways to sign in, and why this one was none. Whoever has an account already connects it next.
async fn not_signed_in(visit: &Visit, refusal: &Refusal, typed: &Typed) -> Answer {
    let mut page = login_page(visit, typed, None, Some(say(refusal, visit.now))).await?;
    if *refusal == Obstacle::MailKnown.into() {
        page.then = Some("/account#elsewhere".to_owned());
    }
    refused(visit, refusal, &page)
}

async fn not_connected(visit: &Visit, refusal: &Refusal) -> Answer {
    refused(visit, refusal, &account_page(visit, Some(say(refusal, visit.now))).await?)
}
