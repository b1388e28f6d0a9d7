//! Signing in and out: by password, by a code in a letter, by a link of the operator; and becoming a reader. Passkeys and
//! accounts that are kept elsewhere have files of their own.
//!
//! All forms carry the same hidden fields, so that whoever was sent here comes back to where they were (`then`), with the
//! comment they had typed (`draft_…`). Every no shows the same form again with what was typed, except the password.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::{StatusCode, header};
use reader::{
    Code, Context, LinkFor, Mail, Name, Newcomer, Password, Proof, ReaderId, Refusal, Request, Secret, Why,
};
use serde::{Deserialize, Serialize};
use store::{Failure, Time, Tx};
use theme::{CodePage, Draft, Kind, LinkPage, LoginPage, RegisterPage, Say, WorkView};
use tokio::sync::Semaphore;
use tracing::info;

use crate::own_path::OwnPath;
use crate::personal::{say, seconds, signed_in_cookie, signed_out_cookie};
use crate::trouble::see_other;
use crate::{Answer, Form, Paper, Trouble, Visit, account, own_data, second_factor};

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/login", get(login).post(log_in))
        .route("/login/code", post(ask_for_code))
        .route("/login/code/{ticket}", post(use_code))
        .route("/register", get(registration).post(register))
        .route("/logout", post(log_out))
        .route("/account/link/{token}", get(link).post(use_link))
}

/// What the forms of this file send; each uses the fields it has. Without `Debug`: a password is in it.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Typed {
    pub(crate) name: String,
    mail: String,
    password: String,
    code: String,
    link: String,
    pub(crate) credential: String,
    work: String,
    worked: String,
    then: String,
    draft_text: String,
    draft_to: String,
    draft_reply_to: String,
}

impl Typed {
    /// Nothing typed, and a path of ours to go to.
    pub(crate) fn going_to(then: impl Into<String>) -> Typed {
        Typed { then: then.into(), ..Typed::default() }
    }

    /// Only hidden fields: somebody changes from one form to the other, and a comment travels along.
    fn is_blank(&self) -> bool {
        [&self.name, &self.mail, &self.password, &self.link].iter().all(|field| field.is_empty())
    }

    pub(crate) fn then(&self) -> Option<String> {
        OwnPath::parse(&self.then).map(OwnPath::into_string)
    }

    pub(crate) fn draft(&self) -> Option<Draft> {
        let to = OwnPath::parse(&self.draft_to)?.into_string();
        let text = self.draft_text.clone();
        (!text.is_empty()).then(|| Draft { text, to, reply_to: self.draft_reply_to.parse().ok() })
    }
}

/// What goes along with somebody who leaves the paper to sign in; nothing that is secret.
#[derive(Default, Deserialize, Serialize)]
struct Luggage {
    then: String,
    draft_text: String,
    draft_to: String,
    draft_reply_to: String,
}

impl Typed {
    /// The hidden fields, for a row: a way of ours, and a draft that could be a comment. What could not is not worth a row.
    pub(crate) fn packed(&self) -> Result<String, Failure> {
        let mut kept = Luggage { then: self.then().unwrap_or_default(), ..Luggage::default() };
        if let Some(draft) = self.draft().filter(|draft| ::forum::Body::parse(&draft.text).is_ok()) {
            kept.draft_text = draft.text;
            kept.draft_to = draft.to;
            kept.draft_reply_to = draft.reply_to.map(|id| id.to_string()).unwrap_or_default();
        }
        Ok(serde_json::to_string(&kept)?)
    }

    /// The hidden fields as they were.
    pub(crate) fn unpacked(luggage: &str) -> Result<Typed, Failure> {
        let Luggage { then, draft_text, draft_to, draft_reply_to } = serde_json::from_str(luggage)?;
        Ok(Typed { then, draft_text, draft_to, draft_reply_to, ..Typed::default() })
    }
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    then: String,
}

/// `GET /login`
async fn login(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let typed = Typed { then: asked.then, ..Typed::default() };
    visit.show(&login_page(&visit, &typed, None, None).await?)
}

/// Asks somebody to sign in who has just sent a comment; what they typed goes along.
pub(crate) async fn sign_in_first(visit: &Visit, draft: Draft) -> Answer {
    let typed = Typed {
        draft_text: draft.text,
        draft_to: draft.to,
        draft_reply_to: draft.reply_to.map(|id| id.to_string()).unwrap_or_default(),
        ..Typed::default()
    };
    let notice =
        if visit.cookie(crate::SESSION).is_some() { "say-session-over" } else { "say-sign-in-to-post" };
    let page = login_page(visit, &typed, None, Some(Say::new(notice))).await?;
    visit.show_with(StatusCode::UNAUTHORIZED, &page)
}

/// Asks somebody who is signed in to prove who they are once more, and to go on at `then`.
pub(crate) async fn sign_in_again(visit: &Visit, then: &str) -> Answer {
    let typed = Typed { then: then.to_owned(), ..Typed::default() };
    let page = login_page(visit, &typed, None, Some(Say::new("say-sign-in-again"))).await?;
    visit.show_with(StatusCode::UNAUTHORIZED, &page)
}

/// `POST /login`
async fn log_in(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    if typed.is_blank() {
        return visit.show(&login_page(&visit, &typed, None, None).await?);
    }
    match who_by_password(&visit, &typed).await? {
        Ok(reader) => sign_in(&visit, visit.begin().await?, reader, Proof::First, &typed).await,
        Err(refusal) => refused(&visit, &refusal, &login_page(&visit, &typed, Some(&refusal), None).await?),
    }
}

async fn who_by_password(visit: &Visit, typed: &Typed) -> Result<Result<ReaderId, Refusal>, Trouble> {
    let mail = match Mail::parse(&typed.mail) {
        Ok(mail) => mail,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // Too short for a password here is a wrong one, like any other.
    let Ok(password) = Password::typed(&typed.password) else { return Ok(Err(Refusal::WrongPassword)) };
    let mut tx = visit.begin().await?;
    let place = visit.place(&mut tx).await?;
    let credentials = reader::credentials(&mut tx, &mail, &place, visit.now).await?;
    tx.commit().await?;
    match credentials {
        Ok(credentials) => slowly(move || credentials.check(&password)).await,
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Work that is slow on purpose, off the threads that serve, two at a time: it costs 19 MiB each. Whoever finds too many
/// waiting is told to come again, before their request runs out of time.
pub(crate) async fn slowly<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Trouble> {
    static SEATS: Semaphore = Semaphore::const_new(2);
    static QUEUE: Semaphore = Semaphore::const_new(200);
    let Ok(_queued) = QUEUE.try_acquire() else {
        return Err(Failure::busy("too many passwords wait to be hashed").into());
    };
    let seat = SEATS.acquire().await.map_err(|e| Failure::because("no seat to hash a password", e))?;
    let done = tokio::task::spawn_blocking(work).await;
    drop(seat);
    Ok(done.map_err(|e| Failure::because("hashing a password broke", e))??)
}

/// Whether a password may be hashed for somebody here: asked before the work, which is ours (T7.2).
pub(crate) async fn may_hash(visit: &Visit) -> Result<Result<(), Refusal>, Trouble> {
    let mut tx = visit.begin().await?;
    let place = visit.place(&mut tx).await?;
    let answer = reader::may_hash(&mut tx, &place, visit.now).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Opens the session, ends the one before it in this browser (T3.5), keeps a comment that was typed before, and goes on.
/// Who works for the paper goes on by way of the second factor.
pub(crate) async fn sign_in(
    visit: &Visit,
    mut tx: Tx,
    reader: ReaderId,
    proof: Proof,
    typed: &Typed,
) -> Answer {
    if let Ok(old) = visit.whoever() {
        reader::end_session(&mut tx, old.reader, old.id, Why::Renewed, visit.now).await?;
    }
    let leaving = reader::departure::departure(&mut tx, reader).await?;
    if leaving.is_some_and(|leaving| leaving.due_at <= visit.now) {
        // The try counts, so it is written down.
        tx.commit().await?;
        let page = login_page(visit, typed, None, Some(Say::new("say-departure-begun"))).await?;
        return visit.show_with(StatusCode::FORBIDDEN, &page);
    }
    let token = Secret::from_chance(visit.paper.random_bytes());
    let agent = visit.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let device = reader::device(agent.unwrap_or_default());
    let session = reader::open_session_by(&mut tx, reader, proof, &token, &device, visit.now).await?;
    let kept = match typed.draft() {
        Some(draft) => account::keep_draft(visit, &mut tx, reader, &draft).await?,
        None => None,
    };
    let opened = reader::session(&mut tx, &token, visit.now).await?;
    tx.commit().await?;
    info!(session.id = %session, "reader {reader} signed in");
    if let (Some(draft), None) = (typed.draft(), &kept) {
        // Their article went while they signed in: the words are given back.
        let mut response = Trouble::Gone.giving_back(&draft.text).into_marked_response();
        response.headers_mut().append(header::SET_COOKIE, signed_in_cookie(&token)?);
        return Ok(response);
    }
    let path = kept.or_else(|| typed.then()).unwrap_or_else(|| "/account".to_owned());
    // Whoever is about to leave learns first that they can stay.
    let path = if leaving.is_some() { own_data::DEPARTURE.to_owned() } else { path };
    let half = visit.paper.second_factor && opened.is_some_and(|opened| opened.is_half());
    let mut response = see_other(&if half { second_factor::before(&path) } else { path });
    response.headers_mut().append(header::SET_COOKIE, signed_in_cookie(&token)?);
    Ok(response)
}

/// `POST /logout`
async fn log_out(visit: Visit) -> Answer {
    if let Ok(session) = visit.whoever() {
        let mut tx = visit.begin().await?;
        reader::end_session(&mut tx, session.reader, session.id, Why::SignedOut, visit.now).await?;
        tx.commit().await?;
    }
    // A page of its own, at no address: a link to it could make a device forget what its owner is typing.
    let mut page = login_page(&visit, &Typed::default(), None, Some(Say::new("say-signed-out"))).await?;
    (page.frame.visitor, page.signed_out) = (None, true);
    let mut response = visit.show(&page)?;
    response.headers_mut().append(header::SET_COOKIE, signed_out_cookie()?);
    Ok(response)
}

/// `POST /login/code`
async fn ask_for_code(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    let asked = match Mail::parse(&typed.mail) {
        Ok(mail) => {
            in_a_letter(&visit, async |tx, request| {
                reader::ask_for_code(tx, &mail, &request, visit.now).await
            })
            .await?
        }
        Err(refusal) => Err(refusal),
    };
    match asked {
        Ok(ticket) => code_again(&visit, &typed, &ticket, None).await,
        Err(refusal) => refused(&visit, &refusal, &login_page(&visit, &typed, Some(&refusal), None).await?),
    }
}

/// Has a letter with a code written; gives the ticket of the window that waits for it.
async fn in_a_letter(
    visit: &Visit,
    write: impl AsyncFnOnce(&mut Tx, Request<'_>) -> Result<Result<(), Refusal>, Failure>,
) -> Result<Result<Secret, Refusal>, Trouble> {
    let ticket = Secret::from_chance(visit.paper.random_bytes());
    let code = Code::from_chance(visit.paper.random_bytes());
    let house = visit.house();
    let mut tx = visit.begin().await?;
    let place = visit.place(&mut tx).await?;
    let language = visit.paper.house.language;
    let request = Request { ticket: &ticket, code: &code, place: &place, house: &house, language };
    let answer = write(&mut tx, request).await?;
    tx.commit().await?;
    Ok(answer.map(|()| ticket))
}

/// `POST /login/code/{ticket}`
async fn use_code(visit: Visit, Path(ticket): Path<String>, Form(typed): Form<Typed>) -> Answer {
    let ticket = Secret::parse(&ticket).ok_or(Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    match reader::use_code(&mut tx, &ticket, &Code::typed(&typed.code), visit.now).await? {
        Ok(entered) => sign_in(&visit, tx, entered.reader, Proof::First, &typed).await,
        Err(refusal) => {
            // The try counts, so it is written down.
            tx.commit().await?;
            match &refusal {
                Refusal::CodeWrong { .. } => code_again(&visit, &typed, &ticket, Some(&refusal)).await,
                Refusal::NameTaken => registration_again(&visit, &typed, &[refusal]).await,
                _ => refused(&visit, &refusal, &login_page(&visit, &typed, Some(&refusal), None).await?),
            }
        }
    }
}

/// `GET /register`
async fn registration(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let typed = Typed { then: asked.then, ..Typed::default() };
    visit.show(&register_page(&visit, &typed, &[]).await?)
}

/// `POST /register`: sends a code to the address; with the operator's link it makes the first administrator at once.
async fn register(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    if typed.is_blank() {
        return visit.show(&register_page(&visit, &typed, &[]).await?);
    }
    // Only whoever holds the operator's link may take a name that speaks for the house (T1.7).
    if !typed.link.is_empty() && !founds(&visit, &typed.link).await? {
        return registration_again(&visit, &typed, &[Refusal::LinkOver]).await;
    }
    let newcomer = match newcomer(&visit, &typed).await? {
        Ok(newcomer) => newcomer,
        Err(refusals) => return registration_again(&visit, &typed, &refusals).await,
    };
    if let Some(token) = Secret::parse(&typed.link) {
        return found(&visit, &typed, &token, &newcomer).await;
    }
    let work = Secret::parse(&typed.work);
    let asked = in_a_letter(&visit, async |tx, request| {
        let worked = match &work {
            Some(puzzle) => reader::work::is_done(tx, puzzle, &typed.worked, visit.now).await?,
            None => false,
        };
        if worked {
            reader::register_after_work(tx, &newcomer, &request, visit.now).await
        } else {
            reader::register(tx, &newcomer, &request, visit.now).await
        }
    })
    .await?;
    match asked {
        Ok(ticket) => code_again(&visit, &typed, &ticket, None).await,
        Err(refusal @ Refusal::TooOften { .. }) => work_first(&visit, &typed, &refusal).await,
        Err(refusal) => registration_again(&visit, &typed, &[refusal]).await,
    }
}

/// Many came from this place: a browser that works for it goes on at once, anybody else waits (T5.3).
async fn work_first(visit: &Visit, typed: &Typed, refusal: &Refusal) -> Answer {
    let puzzle = Secret::from_chance(visit.paper.random_bytes());
    let mut tx = visit.begin().await?;
    let place = visit.place(&mut tx).await?;
    let set = reader::work::set(&mut tx, &puzzle, &place, visit.now).await?;
    tx.commit().await?;
    let mut page = register_page(visit, typed, std::slice::from_ref(refusal)).await?;
    page.work = set.ok().map(|()| WorkView { puzzle: puzzle.reveal(), bits: reader::work::BITS });
    refused(visit, refusal, &page)
}

/// Everything that is wrong with what was typed, or somebody who may become a reader.
async fn newcomer(visit: &Visit, typed: &Typed) -> Result<Result<Newcomer, Vec<Refusal>>, Trouble> {
    let house = &visit.paper.house;
    let name = if typed.link.is_empty() {
        Name::parse(&typed.name, &house.name)
    } else {
        Name::of_staff(&typed.name)
    };
    let (name, mail) = match (name, Mail::parse(&typed.mail)) {
        (Ok(name), Ok(mail)) => (name, mail),
        (name, mail) => return Ok(Err([name.err(), mail.err()].into_iter().flatten().collect())),
    };
    let mut password = None;
    if !typed.password.is_empty() {
        let context = Context { paper: &house.name, name: &name, mail: &mail };
        match Password::chosen(&typed.password, &context) {
            Ok(chosen) => {
                if let Err(refusal) = may_hash(visit).await? {
                    return Ok(Err(vec![refusal]));
                }
                let salt = visit.paper.random_bytes();
                password = Some(slowly(move || chosen.hash(salt)).await?);
            }
            Err(refusal) => return Ok(Err(vec![refusal])),
        }
    }
    Ok(Ok(Newcomer { name, mail, password, language: house.language }))
}

/// Whether this link makes the first administrator.
async fn founds(visit: &Visit, link: &str) -> Result<bool, Trouble> {
    let Some(token) = Secret::parse(link) else { return Ok(false) };
    let link = reader::link_for(&mut visit.read().await?, &token, visit.now).await?;
    Ok(link == Some(LinkFor::FirstAdministrator))
}

async fn found(visit: &Visit, typed: &Typed, token: &Secret, newcomer: &Newcomer) -> Answer {
    let mut tx = visit.begin().await?;
    match reader::first_administrator(&mut tx, token, newcomer, visit.now).await? {
        Ok(reader) => sign_in(visit, tx, reader, Proof::Operator, typed).await,
        Err(refusal) => {
            drop(tx);
            registration_again(visit, typed, &[refusal]).await
        }
    }
}

/// `GET /account/link/{token}`: a button, because looking changes nothing (T2.4).
async fn link(visit: Visit, Path(token): Path<String>) -> Answer {
    let mut tx = visit.read().await?;
    let found = match Secret::parse(&token) {
        Some(secret) => reader::link_for(&mut tx, &secret, visit.now).await?,
        None => None,
    };
    drop(tx);
    match found {
        Some(LinkFor::SignIn(name)) => visit.show(&link_page(&visit, Some((&token, &name))).await?),
        Some(LinkFor::FirstAdministrator) => {
            let typed = Typed { link: token, ..Typed::default() };
            visit.show(&register_page(&visit, &typed, &[]).await?)
        }
        None => visit.show_with(StatusCode::GONE, &link_page(&visit, None).await?),
    }
}

/// `POST /account/link/{token}`
async fn use_link(visit: Visit, Path(token): Path<String>) -> Answer {
    let Some(token) = Secret::parse(&token) else {
        return visit.show_with(StatusCode::GONE, &link_page(&visit, None).await?);
    };
    let mut tx = visit.begin().await?;
    match reader::use_link(&mut tx, &token, visit.now).await? {
        Ok(reader) => sign_in(&visit, tx, reader, Proof::Operator, &Typed::going_to("/")).await,
        Err(_) => {
            drop(tx);
            visit.show_with(StatusCode::GONE, &link_page(&visit, None).await?)
        }
    }
}

/// A form given back: 429 with the time to wait, or 422.
pub(crate) fn refused<P: theme::Page>(visit: &Visit, refusal: &Refusal, page: &P) -> Answer {
    let Refusal::TooOften { again } = refusal else {
        return visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, page);
    };
    let mut response = visit.show_with(StatusCode::TOO_MANY_REQUESTS, page)?;
    response.headers_mut().insert(header::RETRY_AFTER, seconds(*again, visit.now).into());
    Ok(response)
}

pub(crate) async fn login_page(
    visit: &Visit,
    typed: &Typed,
    refusal: Option<&Refusal>,
    notice: Option<Say>,
) -> Result<LoginPage, Trouble> {
    let title = visit.in_words("Anmelden", "Sign in");
    Ok(LoginPage {
        frame: visit.frame(&mut visit.read().await?, Kind::Page, title).await?,
        mail: typed.mail.clone(),
        then: typed.then(),
        error: refusal.map(|refusal| say(refusal, visit.now)),
        notice,
        draft: typed.draft(),
        passkeys: reader::passkeys::possible(&visit.house()),
        elsewhere: visit.paper.provider.as_ref().map(|provider| provider.label().to_owned()),
        signed_out: false,
    })
}

async fn register_page(visit: &Visit, typed: &Typed, refusals: &[Refusal]) -> Result<RegisterPage, Trouble> {
    use Refusal as R;
    let title = visit.in_words("Registrieren", "Register");
    let mut page = RegisterPage {
        frame: visit.frame(&mut visit.read().await?, Kind::Page, title).await?,
        name: typed.name.clone(),
        mail: typed.mail.clone(),
        then: typed.then(),
        name_error: None,
        mail_error: None,
        password_error: None,
        notice: None,
        link: Secret::parse(&typed.link).map(|token| token.reveal()),
        draft: typed.draft(),
        work: None,
    };
    for refusal in refusals {
        let place = match refusal {
            R::NameTooShort | R::NameTooLong | R::NameUnusual { .. } => &mut page.name_error,
            R::NameMixed | R::NameReserved | R::NameTaken => &mut page.name_error,
            R::MailTaken | R::MailUnlikely => &mut page.mail_error,
            R::PasswordTooShort | R::PasswordTooLong => &mut page.password_error,
            R::PasswordCommon | R::PasswordPersonal => &mut page.password_error,
            _ => &mut page.notice,
        };
        *place = Some(say(refusal, visit.now));
    }
    Ok(page)
}

async fn registration_again(visit: &Visit, typed: &Typed, refusals: &[Refusal]) -> Answer {
    let page = register_page(visit, typed, refusals).await?;
    refused(visit, refusals.first().unwrap_or(&Refusal::NameTaken), &page)
}

async fn code_again(visit: &Visit, typed: &Typed, ticket: &Secret, refusal: Option<&Refusal>) -> Answer {
    let mut tx = visit.read().await?;
    let expires: Option<Time> = reader::expires(&mut tx, ticket).await?;
    let title = visit.in_words("Code eingeben", "Enter the code");
    let page = CodePage {
        frame: visit.frame(&mut tx, Kind::Page, title).await?,
        action: format!("/login/code/{}", ticket.reveal()),
        mail: typed.mail.clone(),
        expires: expires.unwrap_or(visit.now),
        then: typed.then(),
        error: refusal.map(|refusal| say(refusal, visit.now)),
        draft: typed.draft(),
    };
    drop(tx);
    match refusal {
        Some(refusal) => refused(visit, refusal, &page),
        None => visit.show(&page),
    }
}

async fn link_page(visit: &Visit, link: Option<(&str, &Name)>) -> Result<LinkPage, Trouble> {
    let title = visit.in_words("Anmelden", "Sign in");
    Ok(LinkPage {
        frame: visit.frame(&mut visit.read().await?, Kind::Page, title).await?,
        action: link.map(|(token, _)| format!("/account/link/{token}")),
        name: link.map(|(_, name)| name.as_str().to_owned()),
    })
}
