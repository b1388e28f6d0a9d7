//! A reader's messages, what of them goes into letters, and the way out that stands in each letter.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::inbox::{Carry, MessageId, Topic, Unsubscription};
use reader::{Secret, Told};
use serde::Deserialize;
use store::Time;
use theme::{InboxPage, Kind, MessageView, Say, UnsubscribePage, WishView};

use crate::{Answer, Form, Paper, Trouble, Visit};

/// Messages on a page.
const MESSAGES: usize = 30;
/// Where the ways out of letters begin. Mail programs post there by themselves (RFC 8058), so they come from elsewhere.
pub(crate) const WAY_OUT: &str = "/account/mail/";

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/account/inbox", get(inbox).post(note_read))
        .route("/account/inbox/mail", post(wish))
        .route("/account/mail/{token}", get(way_out).post(take_way_out))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Time and number of the message before which older ones begin.
    before: String,
    /// What was just done.
    done: String,
}

/// `GET /account/inbox`, with `?before=` for older messages.
async fn inbox(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let session = visit.reader()?;
    let before = asked
        .before
        .split_once('-')
        .and_then(|(at, id)| Some((Time(at.parse().ok()?), MessageId(id.parse().ok()?))));
    let mut tx = visit.read().await?;
    let limit = i64::try_from(MESSAGES + 1).unwrap_or(i64::MAX);
    let mut told = reader::inbox::messages(&mut tx, session.reader, before, limit).await?;
    let more = told.len() > MESSAGES;
    told.truncate(MESSAGES);
    let older =
        told.last().filter(|_| more).map(|last| format!("/account/inbox?before={}-{}", last.at.0, last.id));
    let wishes = reader::inbox::wishes(&mut tx, session.reader).await?;
    let page = InboxPage {
        unread: reader::inbox::unread(&mut tx, session.reader).await?,
        until: told.first().map(|latest| latest.at),
        messages: told.into_iter().map(view).collect(),
        older,
        wishes: wishes
            .into_iter()
            .map(|(topic, carry)| WishView { topic: topic.as_str().into(), carry: carry.as_str().into() })
            .collect(),
        notice: (asked.done == "mail").then(|| Say::new("say-wishes-kept")),
        frame: visit.frame(&mut tx, Kind::Page, visit.in_words("Nachrichten", "Messages")).await?,
    };
    visit.show(&page)
}

fn view(told: Told) -> MessageView {
    MessageView {
        kind: told.kind.as_str().to_owned(),
        who: told.who.map(|name| name.as_str().to_owned()),
        title: told.title,
        words: told.words,
        url: told.url,
        at: told.at,
        unread: told.read_at.is_none(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    /// The time of the latest message that was on the page.
    until: i64,
}

/// `POST /account/inbox`: what was on the page was read; what came meanwhile was not.
async fn note_read(visit: Visit, Form(read): Form<Read>) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.begin().await?;
    reader::inbox::read(&mut tx, session.reader, Time(read.until), visit.now).await?;
    tx.commit().await?;
    visit.see_other("/account/inbox")
}

/// `POST /account/inbox/mail`: a field for each topic that has a wish.
async fn wish(visit: Visit, Form(wishes): Form<HashMap<String, String>>) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.begin().await?;
    for (topic, carry) in wishes {
        let topic = Topic::ALL.into_iter().find(|known| known.as_str() == topic);
        let Some((topic, carry)) = topic.zip(Carry::parse(&carry)) else {
            return Err(Trouble::Unreadable("a topic or a wish that we do not know".to_owned()));
        };
        reader::inbox::wish(&mut tx, session.reader, topic, carry, visit.now).await?;
    }
    tx.commit().await?;
    visit.see_other("/account/inbox?done=mail")
}

/// `GET /account/mail/{token}`: a button, because looking changes nothing (T2.4).
async fn way_out(visit: Visit, Path(token): Path<String>) -> Answer {
    let mut tx = visit.read().await?;
    let found = match Secret::parse(&token) {
        Some(secret) => reader::inbox::unsubscription(&mut tx, &secret).await?,
        None => None,
    };
    drop(tx);
    show_way_out(&visit, &token, found, false).await
}

/// `POST /account/mail/{token}`: from the button, or from the mail program with one click (RFC 8058). The token is the right
/// to do it, whoever is signed in; what else the form says does not matter.
async fn take_way_out(visit: Visit, Path(token): Path<String>) -> Answer {
    let Some(secret) = Secret::parse(&token) else { return show_way_out(&visit, &token, None, true).await };
    let mut tx = visit.begin().await?;
    let taken = reader::inbox::unsubscribe(&mut tx, &secret, visit.now).await?;
    tx.commit().await?;
    show_way_out(&visit, &token, taken, true).await
}

async fn show_way_out(visit: &Visit, token: &str, found: Option<Unsubscription>, done: bool) -> Answer {
    let title = visit.in_words("E-Mails abbestellen", "Stop mails");
    let page = UnsubscribePage {
        frame: visit.frame(&mut visit.read().await?, Kind::Page, title).await?,
        action: found.map(|_| format!("{WAY_OUT}{token}")),
        topic: found.and_then(|found| found.topic).map(|topic| topic.as_str().to_owned()),
        done,
    };
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::GONE };
    visit.show_with(status, &page)
}
