//! What is one's own: the address letters go to, everything the house knows, and the way out.

use std::collections::VecDeque;
use std::sync::Arc;

use ::forum::Why;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderValue, Response, StatusCode, header};
use reader::departure::{self, DAYS, Departure, DepartureId, Texts};
use reader::{Code, Mail, Reader, ReaderId, Refusal, Request, Secret, Session, address};
use serde::Deserialize;
use store::personal::{self, Personal};
use store::{Db, Failure, Time, Value};
use story::Language;
use theme::{AddressCodePage, AddressReturnPage, DeparturePage, Kind, OwnDataPage, Say};
use tracing::error;

use crate::personal::{say, signed_out_cookie};
use crate::reader::{refused, sign_in_again};
use crate::{Answer, Form, Paper, Trouble, Visit};

const PAGE: &str = "/account/data";
/// Where somebody who leaves can come back.
pub(crate) const DEPARTURE: &str = "/account/departure";

/// The rows of a person in all rooms, in the order in which they go: what refers to others before the others.
pub const PERSONAL: &[&[Personal]] =
    &[games::PERSONAL, ::moderation::PERSONAL, ::forum::PERSONAL, reader::PERSONAL, store::ledger::PERSONAL];

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/account/data", get(data))
        .route("/account/export", get(export))
        .route("/account/address", post(ask_to_move))
        .route("/account/address/{ticket}", post(move_address))
        .route("/account/address/returns/{undo}", get(move_back_first).post(move_back))
        .route("/account/departure", get(departing).post(depart_later))
        .route("/account/departure/return", post(come_back))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// What was just done.
    done: String,
}

/// `GET /account/data`
async fn data(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let session = visit.reader()?;
    let notice = (asked.done == "address").then(|| Say::new("say-address-changed"));
    visit.show(&data_page(&visit, session, "", None, notice).await?)
}

async fn data_page(
    visit: &Visit,
    session: &Session,
    typed: &str,
    error: Option<Say>,
    notice: Option<Say>,
) -> Result<OwnDataPage, Trouble> {
    let mut tx = visit.read().await?;
    let reader = reader::by_id(&mut tx, session.reader).await?.ok_or(Trouble::NotFound)?;
    let title = visit.in_words("Ihre Daten", "Your data");
    Ok(OwnDataPage {
        frame: visit.frame(&mut tx, Kind::Page, title).await?,
        mail: reader.mail.as_str().to_owned(),
        typed: typed.to_owned(),
        error,
        notice,
    })
}

/// Whoever signed in a moment ago, with everything about them; anybody else does so first (T3.8).
pub(crate) async fn fresh<'a>(
    visit: &'a Visit,
    then: &str,
) -> Result<Result<(&'a Session, Reader), Answer>, Trouble> {
    let session = visit.reader()?;
    if !session.is_fresh(visit.now) {
        return Ok(Err(sign_in_again(visit, then).await));
    }
    let reader = reader::by_id(&mut visit.read().await?, session.reader).await?.ok_or(Trouble::NotFound)?;
    Ok(Ok((session, reader)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewAddress {
    mail: String,
}

/// `POST /account/address`: a code goes to the new address.
async fn ask_to_move(visit: Visit, Form(typed): Form<NewAddress>) -> Answer {
    let (session, reader) = match fresh(&visit, PAGE).await? {
        Ok(who) => who,
        Err(answer) => return answer,
    };
    let (ticket, code) =
        (Secret::from_chance(visit.paper.random_bytes()), Code::from_chance(visit.paper.random_bytes()));
    let asked = match Mail::parse(&typed.mail) {
        Ok(mail) => {
            let mut tx = visit.begin().await?;
            let (place, house) = (visit.place(&mut tx).await?, visit.house());
            let request = Request {
                ticket: &ticket,
                code: &code,
                place: &place,
                house: &house,
                language: reader.language,
            };
            let asked = address::ask_to_move(&mut tx, &reader, &mail, &request, visit.now).await?;
            tx.commit().await?;
            asked
        }
        Err(refusal) => Err(refusal),
    };
    match asked {
        Ok(()) => visit.show(&code_page(&visit, &ticket, &typed.mail, None).await?),
        Err(refusal) => {
            let error = Some(say(&refusal, visit.now));
            refused(&visit, &refusal, &data_page(&visit, session, &typed.mail, error, None).await?)
        }
    }
}

async fn code_page(
    visit: &Visit,
    ticket: &Secret,
    mail: &str,
    error: Option<Say>,
) -> Result<AddressCodePage, Trouble> {
    let title = visit.in_words("Code eingeben", "Enter the code");
    Ok(AddressCodePage {
        frame: visit.frame(&mut visit.read().await?, Kind::Page, title).await?,
        action: format!("/account/address/{}", ticket.reveal()),
        mail: mail.to_owned(),
        error,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedCode {
    code: String,
    mail: String,
}

/// `POST /account/address/{ticket}`
async fn move_address(visit: Visit, Path(ticket): Path<String>, Form(typed): Form<TypedCode>) -> Answer {
    let session = visit.reader()?;
    let ticket = Secret::parse(&ticket).ok_or(Trouble::NotFound)?;
    let (code, undo) = (Code::typed(&typed.code), Secret::from_chance(visit.paper.random_bytes()));
    let mut tx = visit.begin().await?;
    let reader = reader::by_id(&mut tx, session.reader).await?.ok_or(Trouble::NotFound)?;
    let (place, house) = (visit.place(&mut tx).await?, visit.house());
    let request =
        Request { ticket: &ticket, code: &code, place: &place, house: &house, language: reader.language };
    let moved = address::move_address(&mut tx, &reader, &request, &undo, visit.now).await?;
    // The try counts, so it is written down.
    tx.commit().await?;
    match moved {
        Ok(()) => visit.see_other(&format!("{PAGE}?done=address")),
        Err(refusal @ Refusal::CodeWrong { .. }) => {
            let error = Some(say(&refusal, visit.now));
            refused(&visit, &refusal, &code_page(&visit, &ticket, &typed.mail, error).await?)
        }
        Err(refusal) => {
            let error = Some(say(&refusal, visit.now));
            refused(&visit, &refusal, &data_page(&visit, session, &typed.mail, error, None).await?)
        }
    }
}

async fn show_return(visit: &Visit, undo: Option<&Secret>, done: bool) -> Answer {
    let title = visit.in_words("Adresse zurücknehmen", "Take the address back");
    let page = AddressReturnPage {
        frame: visit.frame(&mut visit.read().await?, Kind::Page, title).await?,
        action: undo.map(|undo| format!("/account/address/returns/{}", undo.reveal())),
        done,
    };
    let status = if done || undo.is_some() { StatusCode::OK } else { StatusCode::GONE };
    visit.show_with(status, &page)
}

/// `GET /account/address/returns/{undo}`: a button, because looking changes nothing (T2.4). Whoever holds the letter may,
/// signed in or not.
async fn move_back_first(visit: Visit, Path(undo): Path<String>) -> Answer {
    let Some(undo) = Secret::parse(&undo) else { return show_return(&visit, None, false).await };
    let can = address::can_move_back(&mut visit.read().await?, &undo, visit.now).await?;
    show_return(&visit, can.then_some(&undo), false).await
}

/// `POST /account/address/returns/{undo}`
async fn move_back(visit: Visit, Path(undo): Path<String>) -> Answer {
    let Some(undo) = Secret::parse(&undo) else { return show_return(&visit, None, false).await };
    let mut tx = visit.begin().await?;
    let back = address::move_back(&mut tx, &undo, visit.now).await?;
    if back.is_ok() {
        tx.commit().await?;
    } else {
        drop(tx);
    }
    show_return(&visit, None, back.is_ok()).await
}

/// `GET /account/export`: everything in one JSON file, a slice at a time, so that it never lies in memory whole.
async fn export(visit: Visit) -> Answer {
    let (_, reader) = match fresh(&visit, PAGE).await? {
        Ok(who) => who,
        Err(answer) => return answer,
    };
    let lists = PERSONAL.concat().into_iter().rev().filter(|list| !list.theirs.is_empty());
    let parts: VecDeque<Part> = std::iter::once(Part::Head)
        .chain(lists.map(|list| Part::Table(list, None)))
        .chain([Part::Foot])
        .collect();
    let (paper, now, person) = (Arc::clone(&visit.paper), visit.now, reader.id);
    let pieces = stream::unfold(parts, move |mut parts| {
        let paper = Arc::clone(&paper);
        async move {
            let part = parts.pop_front()?;
            match written(&paper, part, person, now).await {
                Ok((text, rest)) => {
                    if let Some(rest) = rest {
                        parts.push_front(rest);
                    }
                    Some((Ok(Bytes::from(text)), parts))
                }
                Err(failure) => {
                    // The status has gone out long ago: all that is left is to break off, and to say so here.
                    error!(reader.id = %person, "the copy of reader {person}'s data broke off: {failure}");
                    Some((Err(failure), VecDeque::new()))
                }
            }
        }
    });
    let mut response = Response::new(Body::from_stream(pieces));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let file = HeaderValue::from_static("attachment; filename=\"my-data.json\"");
    headers.insert(header::CONTENT_DISPOSITION, file);
    Ok(response)
}

/// One piece of the file.
enum Part {
    Head,
    /// A table, from its first row or from where the piece before ended.
    Table(Personal, Option<personal::Place>),
    Foot,
}

/// A piece as it stands in the file, and the rest of its table if there is more.
async fn written(
    paper: &Paper,
    part: Part,
    person: ReaderId,
    now: Time,
) -> Result<(String, Option<Part>), Failure> {
    let (list, after) = match part {
        Part::Head => {
            let (paper, made) = (serde_json::to_string(&paper.house.name)?, moment(now));
            return Ok((format!("{{\"paper\":{paper},\"made\":\"{made}\""), None));
        }
        Part::Foot => return Ok(("}\n".to_owned(), None)),
        Part::Table(list, after) => (list, after),
    };
    let mut piece = match &after {
        Some(_) => String::new(),
        None => format!(",\n{}:[", serde_json::to_string(&name_of(&list))?),
    };
    let mut comma = after.is_some();
    let copied = personal::copy(&mut paper.db.read().await?, &list, person.0, after).await?;
    for row in copied.rows {
        let row: serde_json::Map<String, serde_json::Value> =
            row.into_iter().map(|(column, value)| (column.to_owned(), json(column, value))).collect();
        piece.push_str(if comma { "," } else { "" });
        piece.push_str(&serde_json::to_string(&row)?);
        comma = true;
    }
    match copied.next {
        Some(next) => Ok((piece, Some(Part::Table(list, Some(next))))),
        None => Ok((piece + "]", None)),
    }
}

/// One table may name a person in two ways; each is a list of its own.
fn name_of(list: &Personal) -> String {
    match list.column {
        "reader" => list.table.to_owned(),
        column => format!("{}.{column}", list.table),
    }
}

fn json(column: &str, value: Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Int(at) if column == "at" || column.ends_with("_at") || column == "until" => {
            moment(Time(at)).into()
        }
        Value::Int(number) => number.into(),
        Value::Real(number) => number.into(),
        Value::Text(text) => text.into(),
        Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
    }
}

fn moment(at: Time) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| at.to_string()).unwrap_or_default()
}

async fn departure_page(
    visit: &Visit,
    session: &Session,
    error: Option<Say>,
) -> Result<DeparturePage, Trouble> {
    let mut tx = visit.read().await?;
    let title = visit.in_words("Konto löschen", "Delete the account");
    Ok(DeparturePage {
        due: departure::departure(&mut tx, session.reader).await?.map(|leaving| leaving.due_at),
        days: DAYS,
        gone: false,
        error,
        frame: visit.frame(&mut tx, Kind::Page, title).await?,
    })
}

/// `GET /account/departure`: the form, or, while there is time, the way back.
async fn departing(visit: Visit) -> Answer {
    let session = visit.reader()?;
    visit.show(&departure_page(&visit, session, None).await?)
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Leaving {
    texts: String,
    when: String,
}

/// `POST /account/departure`: every session ends, this one too.
async fn depart_later(visit: Visit, Form(leaving): Form<Leaving>) -> Answer {
    let (session, reader) = match fresh(&visit, DEPARTURE).await? {
        Ok(who) => who,
        Err(answer) => return answer,
    };
    let Some(texts) = Texts::parse(&leaving.texts) else {
        let error = Some(Say::new("say-departure-choose"));
        return visit
            .show_with(StatusCode::UNPROCESSABLE_ENTITY, &departure_page(&visit, session, error).await?);
    };
    let due_at = if leaving.when == "now" { visit.now } else { visit.now.plus_minutes(DAYS * 24 * 60) };
    let mut tx = visit.begin().await?;
    let asked = departure::leave(&mut tx, &visit.house(), &reader, texts, due_at, visit.now).await?;
    if let Err(refusal) = asked {
        drop(tx);
        let error = Some(say(&refusal, visit.now));
        return refused(&visit, &refusal, &departure_page(&visit, session, error).await?);
    }
    tx.commit().await?;
    let mut page = departure_page(&visit, session, None).await?;
    page.frame.visitor = None;
    page.gone = true;
    let mut response = visit.show(&page)?;
    response.headers_mut().append(header::SET_COOKIE, signed_out_cookie()?);
    Ok(response)
}

/// `POST /account/departure/return`
async fn come_back(visit: Visit) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.begin().await?;
    let leaving = departure::departure(&mut tx, session.reader).await?;
    let back = departure::come_back(&mut tx, session.reader, visit.now).await?;
    tx.commit().await?;
    if leaving.is_some() && !back {
        let error = Some(Say::new("say-departure-begun"));
        return visit.show_with(StatusCode::CONFLICT, &departure_page(&visit, session, error).await?);
    }
    visit.see_other("/account")
}

/// Carries a departure out, a slice at a time, so that nobody who writes waits for more than one: texts if that was wished,
/// then rows by the lists of all rooms, then the person. Begun twice, it goes on where it was.
pub async fn depart(db: &Db, departure: DepartureId, language: Language, now: Time) -> Result<(), Failure> {
    let standing = departure::standing(&mut db.read().await?, departure).await?;
    let Some(leaving) = standing.filter(|leaving| leaving.due_at <= now) else { return Ok(()) };
    let mut tx = db.begin().await?;
    let goes = departure::begin(&mut tx, &leaving, now).await?;
    tx.commit().await?;
    if !goes {
        return Ok(());
    }
    if leaving.texts == Texts::Remove {
        take_texts_back(db, &leaving, now).await?;
    }
    for list in PERSONAL.concat() {
        loop {
            let mut tx = db.begin().await?;
            let gone = personal::let_go(&mut tx, &list, leaving.reader.0).await?;
            tx.commit().await?;
            if gone < personal::SLICE.unsigned_abs() {
                break;
            }
        }
    }
    let mut tx = db.begin().await?;
    ::forum::author_changed(&mut tx, leaving.reader, now).await?;
    departure::depart(&mut tx, &leaving, language, now).await?;
    tx.commit().await
}

/// Comments that are looked up or forgotten at once.
const SLICE: usize = 100;

async fn take_texts_back(db: &Db, leaving: &Departure, now: Time) -> Result<(), Failure> {
    loop {
        let comments = ::forum::standing_of(&mut db.read().await?, leaving.reader, SLICE).await?;
        // Each by itself: two threads held at once could wait in a circle with whoever answers there.
        for comment in &comments {
            let mut tx = db.begin().await?;
            ::forum::take_back(&mut tx, *comment, leaving.reader, Why::AccountClosed, now).await?;
            tx.commit().await?;
        }
        if comments.len() < SLICE {
            break;
        }
    }
    loop {
        let mut tx = db.begin().await?;
        let forgotten = ::forum::forget_texts(&mut tx, leaving.reader, SLICE).await?;
        tx.commit().await?;
        if forgotten < SLICE {
            return Ok(());
        }
    }
}
