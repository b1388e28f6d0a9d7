//! Posting: a comment comes in, is looked at beforehand, is refused with its words, or stands there.

use ::forum::hours::Subject;
use ::forum::{Body, CommentId, Contribution, Key, Refusal};
use ::moderation::{Refused, Taken};
use ::reader::Session;
use archive::{Found, Published};
use axum::extract::Path;
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use store::{Failure, Time, Tx};
use story::Slug;
use theme::{Draft, Html, Say};

use super::{Address, answered, find, personal_thread};
use crate::edition::moved;
use crate::personal::seconds;
use crate::phases::door;
use crate::{Answer, Form, Trouble, Visit, reader as signing};

/// What the form of a thread sends.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Typed {
    text: String,
    reply_to: String,
    key: String,
    /// `preview` for a look at it before it is sent.
    #[serde(rename = "do")]
    wish: String,
}

impl Typed {
    /// What it answers; a number that is none answers nothing that is there.
    fn parent(&self) -> Option<CommentId> {
        let given = self.reply_to.trim();
        (!given.is_empty()).then(|| CommentId(given.parse().unwrap_or(0)))
    }
}

/// `POST /{section}/{slug}/comments`
pub(super) async fn create(visit: Visit, address: Address, Form(typed): Form<Typed>) -> Answer {
    take_in(&visit, &address, &typed).await.map_err(|trouble| trouble.giving_back(&typed.text))
}

async fn take_in(visit: &Visit, address: &Address, typed: &Typed) -> Answer {
    let Some(subject) = subject(&mut visit.read().await?, address, visit.now).await? else {
        return elsewhere(visit, address).await;
    };
    let body = match Body::parse(&typed.text) {
        Ok(body) => body,
        Err(refusal) => return given_back(visit, address, typed, &Back::refused(&refusal, visit.now)).await,
    };
    if typed.wish == "preview" {
        return preview(visit, address, typed, &body).await;
    }
    let Some(session) = &visit.session else {
        let reply_to = typed.parent().map(|id| id.0);
        let Path((section, slug)) = address;
        let to = format!("/{section}/{slug}/comments");
        return signing::sign_in_first(visit, Draft { text: typed.text.clone(), to, reply_to }).await;
    };
    let contribution = Contribution {
        article: subject.article,
        author: session.reader,
        parent: typed.parent(),
        body,
        key: Key::parse(&typed.key),
    };
    let mut tx = visit.begin().await?;
    let (state, policy) =
        (visit.paper.hours.current().state(&subject, visit.now), visit.paper.phases.current());
    let door = door(visit, &policy, &subject, &state, session.role.is_staff());
    let taken = match held(visit, &mut tx, session, &contribution).await? {
        Some(refusal) => Err(refusal),
        None => ::moderation::post(&mut tx, &contribution, &door, visit.now).await?,
    };
    match taken {
        Ok(Taken::Here(comment)) => {
            tx.commit().await?;
            visit.see_other(&format!("/comments/{comment}?said=new"))
        }
        Ok(Taken::Waits(_)) => {
            tx.commit().await?;
            let Path((section, slug)) = &address;
            visit.see_other(&format!("/{section}/{slug}/comments/mine?said=waits#waiting"))
        }
        Ok(Taken::Withheld(why)) => {
            tx.commit().await?;
            given_back(visit, address, typed, &Back::withheld(visit, &why)).await
        }
        Err(Refusal::Repeated { first }) => {
            // The first one may belong to somebody who waits for the same flush: "it stands there" is true after it (R1).
            tx.undo().await?;
            visit.see_other(&format!("/comments/{first}?said=again"))
        }
        Err(refusal) => {
            // In a transaction of its own: after a refusal there is nothing to commit.
            tx.undo().await?;
            let mut tx = visit.begin().await?;
            let Contribution { article, author, parent, body, .. } = &contribution;
            ::forum::keep_draft(&mut tx, *author, *article, *parent, body, visit.now).await?;
            tx.commit().await?;
            let back = Back { kept: Some(visit.now), ..Back::refused(&refusal, visit.now) };
            given_back(visit, address, typed, &back).await
        }
    }
}

/// Whether a flood or a brake holds this comment back. What was posted already is not: only its answer was lost (R2).
async fn held(
    visit: &Visit,
    tx: &mut Tx,
    session: &Session,
    contribution: &Contribution,
) -> Result<Option<Refusal>, Failure> {
    if ::forum::posted(tx, contribution).await?.is_some() {
        return Ok(None);
    }
    match visit.paper.floods.take(visit.peer, contribution.article, visit.now) {
        _ if session.role.is_staff() => Ok(None),
        Err(again) => Ok(Some(Refusal::TooOften { again })),
        Ok(()) => ::forum::brake::holds(tx, session.reader, visit.now).await,
    }
}

/// What a talk's hours depend on, if its article stands at this address; read without the article's text, since most comments
/// need no page.
async fn subject(
    tx: &mut Tx,
    Path((section, slug)): &Address,
    now: Time,
) -> Result<Option<Subject>, Trouble> {
    let (section, slug) = Slug::parse(section).zip(Slug::parse(slug)).ok_or(Trouble::NotFound)?;
    let stands = archive::stands_at(tx, &section, &slug, now).await?;
    Ok(stands.map(|(article, published)| Subject { article, section, published }))
}

/// Where a talk has gone that is not at this address.
async fn elsewhere(visit: &Visit, address: &Address) -> Answer {
    match find(&mut visit.read().await?, address, visit.now).await? {
        Found::Here(_) | Found::Elsewhere(_) => Err(Trouble::NotFound),
        Found::Moved(path) => moved(&format!("{path}/comments")),
        Found::Withdrawn(_) => Err(Trouble::Gone),
    }
}

/// The article at this address, for a page about its talk.
async fn here(tx: &mut Tx, address: &Address, now: Time) -> Result<Box<Published>, Trouble> {
    match find(tx, address, now).await? {
        Found::Here(found) | Found::Elsewhere(found) => Ok(found),
        Found::Moved(_) => Err(Trouble::NotFound),
        Found::Withdrawn(_) => Err(Trouble::Gone),
    }
}

/// The thread again, with what the comment will look like and the words typed.
async fn preview(visit: &Visit, address: &Address, typed: &Typed, body: &Body) -> Answer {
    let mut tx = visit.read().await?;
    let found = here(&mut tx, address, visit.now).await?;
    let mut page = personal_thread(visit, &mut tx, &found).await?;
    if let Some(form) = &mut page.thread.form {
        form.text = typed.text.clone();
        form.preview = Some(Html(::forum::markup::html(body)));
        form.reply_to = answered(&mut tx, typed.parent()).await?;
        if Key::parse(&typed.key).is_some() {
            form.key = Some(typed.key.clone());
        }
    }
    drop(tx);
    visit.show(&page)
}

/// Why the words typed are not in the thread.
struct Back {
    status: StatusCode,
    error: Say,
    /// Since when they are kept as a draft.
    kept: Option<Time>,
    /// When the next comment is taken, in seconds.
    again: Option<u32>,
}

impl Back {
    fn refused(refusal: &Refusal, now: Time) -> Back {
        let again = match refusal {
            Refusal::TooOften { again } => Some(seconds(*again, now)),
            _ => None,
        };
        Back { status: status(refusal), error: say(refusal, now), kept: None, again }
    }

    fn withheld(visit: &Visit, why: &Refused) -> Back {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Back { status, error: say_withheld(visit, "say-comment-withheld", why), kept: None, again: None }
    }
}

/// What a rule says to the author of a text that it keeps out: the clause, the rule's words, and that no person decided.
pub(crate) fn say_withheld(visit: &Visit, key: &'static str, why: &Refused) -> Say {
    let title = visit.paper.clause_title(&why.clause);
    Say::new(key).text("clause", &*why.clause).text("title", title).text("reason", &*why.reason)
}

/// The thread again, with the words typed and the reason why they are not in it.
async fn given_back(visit: &Visit, address: &Address, typed: &Typed, back: &Back) -> Answer {
    let mut tx = visit.read().await?;
    let found = here(&mut tx, address, visit.now).await?;
    let mut page = personal_thread(visit, &mut tx, &found).await?;
    if let Some(form) = &mut page.thread.form {
        form.text = typed.text.replace('\0', "");
        form.error = Some(back.error.clone());
        form.kept = back.kept;
        form.reply_to = answered(&mut tx, typed.parent()).await?;
    }
    drop(tx);
    let mut response = visit.show_with(back.status, &page)?;
    if let Some(again) = back.again {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(again));
    }
    Ok(response)
}

pub(crate) fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Closed { .. }
        | Refusal::Repeated { .. }
        | Refusal::TooLate { .. }
        | Refusal::ChangedMeanwhile
        | Refusal::ChangedOften { .. }
        | Refusal::ChangesRest => StatusCode::CONFLICT,
        Refusal::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A refusal of the forum in the theme's words.
pub(crate) fn say(refusal: &Refusal, now: Time) -> Say {
    let many = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match refusal {
        Refusal::Empty => Say::new("say-comment-empty"),
        Refusal::TooLong { longest } => Say::new("say-comment-long").number("longest", many(*longest)),
        Refusal::TooManyLines { most } => Say::new("say-comment-lines").number("most", many(*most)),
        Refusal::Unprintable => Say::new("say-comment-unprintable"),
        Refusal::Closed { .. } => Say::new("say-comment-closed"),
        Refusal::Repeated { .. } => Say::new("say-comment-repeated"),
        Refusal::TooOften { again } => {
            Say::new("say-comment-often").number("seconds", i64::from(seconds(*again, now)))
        }
        Refusal::NoSuchComment => Say::new("say-comment-gone"),
        Refusal::Own => Say::new("say-vote-own"),
        Refusal::TooNew { days, until } => {
            let hours = (i64::from(seconds(*until, now)) + 3599) / 3600;
            Say::new("say-comment-too-new").number("days", *days).number("hours", hours)
        }
        Refusal::TooLate { minutes } => Say::new("say-comment-late").number("minutes", *minutes),
        Refusal::ChangedMeanwhile => Say::new("say-comment-changed-meanwhile"),
        Refusal::ChangedOften { most } => Say::new("say-comment-changed-often").number("most", *most),
        Refusal::ChangesRest => Say::new("say-changes-rest"),
    }
}
