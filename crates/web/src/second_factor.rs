//! The second factor of people who work for the paper: the page that asks for it, and where it is set up (T3.2).

use std::sync::Arc;

use axum::Router;
use axum::extract::Query;
use axum::routing::{get, post};
use http::header;
use reader::second_factor::{self, RECOVERY_CODES, SharedSecret};
use reader::{Proof, Refusal, Session};
use serde::Deserialize;
use theme::{BegunApp, Kind, RecoveryCodesPage, Say, SecondFactorPage};

use crate::own_path::OwnPath;
use crate::personal::say;
use crate::reader::{Typed, refused, sign_in, sign_in_again};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// Where the second factor is asked for.
pub(crate) const PAGE: &str = "/account/second-factor";

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/account/second-factor", get(page).post(show_factor))
        .route("/account/second-factor/app", post(begin_app))
        .route("/account/second-factor/app/confirmation", post(confirm_app))
        .route("/account/second-factor/recovery-codes", post(new_codes))
}

/// The page that asks, and then goes on to `then`.
pub(crate) fn before(then: &str) -> String {
    let then = percent_encoding::utf8_percent_encode(then, percent_encoding::NON_ALPHANUMERIC);
    format!("{PAGE}?then={then}")
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    then: String,
}

/// `GET /account/second-factor`
async fn page(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    visit.show(&factor_page(&visit, visit.whoever()?, &asked.then, None).await?)
}

async fn factor_page(
    visit: &Visit,
    session: &Session,
    then: &str,
    error: Option<Say>,
) -> Result<SecondFactorPage, Trouble> {
    let mut tx = visit.read().await?;
    let factors = second_factor::factors(&mut tx, session.reader).await?;
    let may_set_up = second_factor::may_set_up(&mut tx, session).await?;
    let begun = match second_factor::begun_app(&mut tx, session.reader, visit.now).await? {
        Some(secret) if may_set_up => Some(begun(visit, session, &secret)),
        _ => None,
    };
    let title = visit.in_words("Zweiter Faktor", "Second factor");
    Ok(SecondFactorPage {
        frame: visit.frame(&mut tx, Kind::Page, title).await?,
        complete: visit.half.is_none(),
        app: factors.app,
        passkey: factors.passkey,
        passkeys: reader::passkeys::possible(&visit.house()),
        recovery: factors.recovery,
        may_set_up,
        begun,
        then: OwnPath::parse(then).map(OwnPath::into_string),
        error,
    })
}

fn begun(visit: &Visit, session: &Session, secret: &SharedSecret) -> BegunApp {
    let address = secret.address(&visit.paper.house.name, session.name.as_str());
    BegunApp { secret: secret.spoken(), address }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Shown {
    code: String,
    then: String,
}

/// `POST /account/second-factor`: a code of the app, or a recovery code. A rise in rights is a session of its own (T3.5).
async fn show_factor(visit: Visit, Form(shown): Form<Shown>) -> Answer {
    let session = visit.whoever()?;
    let mut tx = visit.begin().await?;
    let place = visit.place(&mut tx).await?;
    let reader = reader::by_id(&mut tx, session.reader).await?.ok_or(Trouble::NotFound)?;
    let house = visit.house();
    let answer = second_factor::show_factor(&mut tx, &house, &reader, &shown.code, &place, visit.now).await?;
    match answer {
        Ok(()) => sign_in(&visit, tx, reader.id, Proof::Both, &Typed::going_to(shown.then)).await,
        Err(refusal) => {
            // The try counts, so it is written down.
            tx.commit().await?;
            refused_page(&visit, session, &shown.then, &refusal).await
        }
    }
}

async fn refused_page(visit: &Visit, session: &Session, then: &str, refusal: &Refusal) -> Answer {
    refused(visit, refusal, &factor_page(visit, session, then, Some(say(refusal, visit.now))).await?)
}

/// Whoever may set up an app now: signed in a moment ago, with both factors, with none to show, or through the operator.
async fn who_may_set_up(visit: &Visit) -> Result<Result<&Session, Answer>, Trouble> {
    let session = visit.whoever()?;
    if !session.is_fresh(visit.now) {
        return Ok(Err(sign_in_again(visit, PAGE).await));
    }
    if second_factor::may_set_up(&mut visit.read().await?, session).await? {
        Ok(Ok(session))
    } else {
        Err(Trouble::SecondFactor { then: PAGE.to_owned() })
    }
}

/// `POST /account/second-factor/app`: a new secret waits for its first code.
async fn begin_app(visit: Visit, Form(shown): Form<Shown>) -> Answer {
    let session = match who_may_set_up(&visit).await? {
        Ok(session) => session,
        Err(answer) => return answer,
    };
    let secret = SharedSecret::from_chance(visit.paper.random_bytes());
    let mut tx = visit.begin().await?;
    second_factor::begin_app(&mut tx, session.reader, &secret, visit.now).await?;
    tx.commit().await?;
    visit.see_other(&before(&shown.then))
}

/// `POST /account/second-factor/app/confirmation`: the first code. The recovery codes are shown now and never again.
async fn confirm_app(visit: Visit, Form(shown): Form<Shown>) -> Answer {
    let session = match who_may_set_up(&visit).await? {
        Ok(session) => session,
        Err(answer) => return answer,
    };
    let mut tx = visit.begin().await?;
    let place = visit.place(&mut tx).await?;
    let reader = reader::by_id(&mut tx, session.reader).await?.ok_or(Trouble::NotFound)?;
    let (house, chance) = (visit.house(), chance(&visit));
    let confirmed =
        second_factor::confirm_app(&mut tx, &house, &reader, &shown.code, &place, &chance, visit.now).await?;
    let codes = match confirmed {
        Ok(codes) => codes,
        Err(refusal) => {
            tx.commit().await?;
            return refused_page(&visit, session, &shown.then, &refusal).await;
        }
    };
    let renewed = sign_in(&visit, tx, reader.id, Proof::Both, &Typed::default()).await?;
    let mut answer = show_codes(&visit, &codes, &shown.then).await?;
    if let Some(cookie) = renewed.headers().get(header::SET_COOKIE) {
        answer.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    Ok(answer)
}

fn chance(visit: &Visit) -> [[u8; 10]; RECOVERY_CODES] {
    std::array::from_fn(|_| visit.paper.random_bytes())
}

async fn show_codes(visit: &Visit, codes: &[second_factor::RecoveryCode], then: &str) -> Answer {
    let title = visit.in_words("Ersatzcodes", "Recovery codes");
    visit.show(&RecoveryCodesPage {
        frame: visit.frame(&mut visit.read().await?, Kind::Page, title).await?,
        codes: codes.iter().map(second_factor::RecoveryCode::spoken).collect(),
        then: OwnPath::parse(then).map_or_else(|| "/account".to_owned(), OwnPath::into_string),
    })
}

/// `POST /account/second-factor/recovery-codes`: new ones in place of the old.
async fn new_codes(visit: Visit) -> Answer {
    let session = visit.reader()?;
    if !session.is_fresh(visit.now) {
        return sign_in_again(&visit, PAGE).await;
    }
    let mut tx = visit.begin().await?;
    if !second_factor::factors(&mut tx, session.reader).await?.app {
        return Err(Trouble::NotFound);
    }
    let codes = second_factor::recovery_codes(&mut tx, session.reader, &chance(&visit), visit.now).await?;
    tx.commit().await?;
    show_codes(&visit, &codes, "/account").await
}
