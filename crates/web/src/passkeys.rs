//! Passkeys: the owner's list, and the two pages on which a device is asked.
//!
//! A device can only be asked by a script. The question stands on a page of its own with the form that takes the answer
//! (`pass-key.js` fills in one hidden field); without scripts that page shows the other ways.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::passkeys::{self, KeyName};
use reader::{Proof, Reader, Refusal, Role, Secret, Session, second_factor};
use serde::Deserialize;
use theme::{Ceremony, Kind, PasskeyPage, PasskeyView, PasskeysPage, Say};

use crate::personal::say;
use crate::reader::{Typed, login_page, refused, sign_in, sign_in_again};
use crate::{Answer, Form, Paper, Trouble, Visit};

const PAGE: &str = "/account/passkeys";

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/account/passkeys", get(list).post(begin))
        .route("/account/passkeys/{ticket}", post(add))
        .route("/account/passkeys/{id}/removal", post(remove))
        .route("/login/passkey", post(ask))
        .route("/login/passkey/{ticket}", post(enter))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// What was just done.
    done: String,
}

/// `GET /account/passkeys`
async fn list(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let notice = match asked.done.as_str() {
        "added" => Some(Say::new("say-passkey-added")),
        "removed" => Some(Say::new("say-passkey-removed")),
        _ => None,
    };
    visit.show(&list_page(&visit, visit.whoever()?, notice).await?)
}

async fn list_page(visit: &Visit, session: &Session, notice: Option<Say>) -> Result<PasskeysPage, Trouble> {
    let mut tx = visit.read().await?;
    let view = |key: passkeys::Listed| PasskeyView {
        name: key.name.as_str().to_owned(),
        since: key.made_at,
        used: key.used_at,
        removal: format!("{PAGE}/{}/removal", key.id),
    };
    Ok(PasskeysPage {
        passkeys: passkeys::passkeys(&mut tx, session.reader).await?.into_iter().map(view).collect(),
        possible: passkeys::possible(&visit.house()),
        notice,
        frame: visit.frame(&mut tx, Kind::Page, "Passkeys").await?,
    })
}

/// Whoever may add a key now: signed in a moment ago, and, if they work for the paper, with both factors or with none to show.
async fn who_may_add(visit: &Visit) -> Result<Result<(&Session, Reader), Answer>, Trouble> {
    let session = visit.whoever()?;
    if !session.is_fresh(visit.now) {
        return Ok(Err(sign_in_again(visit, PAGE).await));
    }
    let mut tx = visit.read().await?;
    if visit.half.is_some() && !second_factor::may_set_up(&mut tx, session).await? {
        return Err(Trouble::SecondFactor { then: PAGE.to_owned() });
    }
    let reader = reader::by_id(&mut tx, session.reader).await?.ok_or(Trouble::NotFound)?;
    Ok(Ok((session, reader)))
}

/// `POST /account/passkeys`: the page on which the device is asked for a key.
async fn begin(visit: Visit) -> Answer {
    let (session, reader) = match who_may_add(&visit).await? {
        Ok(who) => who,
        Err(answer) => return answer,
    };
    let ticket = Secret::from_chance(visit.paper.random_bytes());
    let chance = visit.paper.random_bytes();
    let mut tx = visit.begin().await?;
    let question = passkeys::ask_to_add(&mut tx, &visit.house(), &reader, &ticket, chance, visit.now).await?;
    tx.commit().await?;
    match question {
        Ok(options) => visit.show(&ceremony(&visit, Ceremony::Create, &ticket, options, None).await?),
        Err(refusal) => {
            let page = list_page(&visit, session, Some(say(&refusal, visit.now))).await?;
            visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn ceremony(
    visit: &Visit,
    kind: Ceremony,
    ticket: &Secret,
    options: String,
    typed: Option<&Typed>,
) -> Result<PasskeyPage, Trouble> {
    let (under, title) = match kind {
        Ceremony::Create => (PAGE, visit.in_words("Passkey anlegen", "Create a passkey")),
        Ceremony::Get => ("/login/passkey", visit.in_words("Mit Passkey anmelden", "Sign in with a passkey")),
    };
    Ok(PasskeyPage {
        frame: visit.frame(&mut visit.read().await?, Kind::Page, title).await?,
        ceremony: kind,
        action: format!("{under}/{}", ticket.reveal()),
        options,
        then: typed.and_then(Typed::then),
        draft: typed.and_then(Typed::draft),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answered {
    name: String,
    credential: String,
}

/// `POST /account/passkeys/{ticket}`: the device's answer. Whoever was only half signed in has shown two factors now.
async fn add(visit: Visit, Path(ticket): Path<String>, Form(answered): Form<Answered>) -> Answer {
    let (session, reader) = match who_may_add(&visit).await? {
        Ok(who) => who,
        Err(answer) => return answer,
    };
    let ticket = Secret::parse(&ticket).ok_or(Trouble::NotFound)?;
    // A device has its key already: better a name of ours than none.
    let name = KeyName::parse(&answered.name).or_else(|_| KeyName::parse("Passkey"));
    let name = match name {
        Ok(name) => name,
        Err(refusal) => return refused_list(&visit, session, &refusal).await,
    };
    let mut tx = visit.begin().await?;
    let (house, credential) = (visit.house(), &answered.credential);
    let added = passkeys::add(&mut tx, &house, &reader, &ticket, credential, &name, visit.now).await?;
    match added {
        Ok(()) if visit.half.is_some() => {
            let typed = Typed::going_to(format!("{PAGE}?done=added"));
            sign_in(&visit, tx, reader.id, Proof::Both, &typed).await
        }
        Ok(()) => {
            tx.commit().await?;
            visit.see_other(&format!("{PAGE}?done=added"))
        }
        Err(refusal) => {
            tx.commit().await?;
            refused_list(&visit, session, &refusal).await
        }
    }
}

async fn refused_list(visit: &Visit, session: &Session, refusal: &Refusal) -> Answer {
    refused(visit, refusal, &list_page(visit, session, Some(say(refusal, visit.now))).await?)
}

/// `POST /account/passkeys/{id}/removal`: somebody else's is not there (T4.5).
async fn remove(visit: Visit, Path(id): Path<String>) -> Answer {
    let session = visit.reader()?;
    if !session.is_fresh(visit.now) {
        return sign_in_again(&visit, PAGE).await;
    }
    let id = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    let reader = reader::by_id(&mut tx, session.reader).await?.ok_or(Trouble::NotFound)?;
    if !passkeys::remove(&mut tx, &visit.house(), &reader, id, visit.now).await? {
        return Err(Trouble::NotFound);
    }
    let needs_one = visit.paper.second_factor && session.role >= Role::Moderator;
    if needs_one && !second_factor::factors(&mut tx, reader.id).await?.any() {
        drop(tx);
        return refused_list(&visit, session, &Refusal::LastFactor).await;
    }
    tx.commit().await?;
    visit.see_other(&format!("{PAGE}?done=removed"))
}

/// `POST /login/passkey`: the page on which a device is asked who it belongs to.
async fn ask(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    let ticket = Secret::from_chance(visit.paper.random_bytes());
    let mut tx = visit.begin().await?;
    let place = visit.place(&mut tx).await?;
    let question = passkeys::ask_to_sign_in(&mut tx, &visit.house(), &ticket, &place, visit.now).await?;
    tx.commit().await?;
    match question {
        Ok(options) => visit.show(&ceremony(&visit, Ceremony::Get, &ticket, options, Some(&typed)).await?),
        Err(refusal) => refused(&visit, &refusal, &login_page(&visit, &typed, Some(&refusal), None).await?),
    }
}

/// `POST /login/passkey/{ticket}`
async fn enter(visit: Visit, Path(ticket): Path<String>, Form(typed): Form<Typed>) -> Answer {
    let ticket = Secret::parse(&ticket).ok_or(Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    match passkeys::sign_in(&mut tx, &visit.house(), &ticket, &typed.credential, visit.now).await? {
        Ok(reader) => sign_in(&visit, tx, reader, Proof::Both, &typed).await,
        Err(refusal) => {
            // The question was answered, so it is taken away.
            tx.commit().await?;
            refused(&visit, &refusal, &login_page(&visit, &typed, Some(&refusal), None).await?)
        }
    }
}
