//! What waits until somebody of the desk has read it: the queue at the desk, and how its author takes it back.

use std::sync::Arc;

use ::forum::waiting::{self, Waiting, WaitingId};
use ::moderation::{Moderator, Reason, Refusal};
use archive::ArticleId;
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::{ReaderId, Role};
use serde::Deserialize;
use store::{Failure, Time, Tx};
use theme::{AuthorFacts, CommentView, DeskWaitingPage, Html, Kind, Say, WaitingCase, WaitingView};

use crate::moderation::{clauses, say};
use crate::thread_view::{Looking, article_ref, unsigned};
use crate::{Answer, Form, Paper, Trouble, Visit};

const PAGE: &str = "/desk/moderation/waiting";
/// What is read on one page.
const ROWS: i64 = 20;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk/moderation/waiting", get(desk))
        .route("/desk/moderation/waiting/{id}/approval", post(approve))
        .route("/desk/moderation/waiting/{id}/refusal", post(refuse))
        .route("/account/waiting/{id}/withdrawal", post(withdraw))
}

/// What of this reader waits under an article, for the form in its thread.
pub(crate) async fn own(
    tx: &mut Tx,
    article: ArticleId,
    reader: ReaderId,
) -> Result<Vec<WaitingView>, Failure> {
    let waiting = waiting::under(tx, article, reader).await?.into_iter();
    let view = |it: Waiting| WaitingView {
        text: Html(::forum::markup::html(&it.body)),
        at: it.at,
        withdrawal: withdrawal(it.id),
    };
    Ok(waiting.map(view).collect())
}

/// Where a POST takes back what waits.
pub(crate) fn withdrawal(id: WaitingId) -> String {
    format!("/account/waiting/{id}/withdrawal")
}

/// `?after=` goes on, `?said=` is what was just done.
#[derive(Deserialize)]
struct Asked {
    after: Option<String>,
    #[serde(default)]
    said: String,
}

/// `GET /desk/moderation/waiting`
async fn desk(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    visit.staff(Role::Moderator)?;
    let after = asked.after.as_deref().map(bookmark).transpose()?;
    let notice = match asked.said.as_str() {
        "approved" => Some(Say::new("say-waiting-approved")),
        "refused" => Some(Say::new("say-waiting-refused")),
        _ => None,
    };
    visit.show(&page(&visit, after, notice).await?)
}

/// Where a page ended: `{time}-{id}`.
fn bookmark(text: &str) -> Result<(Time, WaitingId), Trouble> {
    let (at, id) = text.split_once('-').ok_or(Trouble::NotFound)?;
    let at = at.parse().map_err(|_| Trouble::NotFound)?;
    Ok((Time(at), id.parse().map_err(|_| Trouble::NotFound)?))
}

async fn page(
    visit: &Visit,
    after: Option<(Time, WaitingId)>,
    notice: Option<Say>,
) -> Result<DeskWaitingPage, Trouble> {
    let mut tx = visit.read().await?;
    let mut queue = waiting::queue(&mut tx, after, ROWS + 1).await?;
    let more = queue.len() as i64 > ROWS;
    queue.truncate(ROWS as usize);
    let last = queue.last().filter(|_| more).map(Waiting::bookmark);
    let mut rows = Vec::with_capacity(queue.len());
    for waiting in queue {
        rows.push(case(&mut tx, visit, waiting).await?);
    }
    let title = visit.in_words("Wartet auf Freigabe", "Waiting for approval");
    Ok(DeskWaitingPage {
        frame: visit.frame(&mut tx, Kind::Desk, title).await?,
        rows,
        next: last.map(|(at, id)| format!("{PAGE}?after={}-{id}", at.0)),
        first: after.map(|_| PAGE.to_owned()),
        clauses: clauses(&visit.paper),
        notice,
    })
}

/// One text with what its judge should know.
async fn case(tx: &mut Tx, visit: &Visit, waiting: Waiting) -> Result<WaitingCase, Trouble> {
    // Also under an article that is out of the paper: what was written there can still be refused.
    let found = archive::any_article(tx, waiting.article).await?.ok_or(Trouble::NotFound)?;
    let before: Option<CommentView> = match waiting.parent {
        Some(parent) => match ::forum::comment(tx, parent).await? {
            Some(it) => {
                let looking = Looking::at(tx, &visit.paper, &found, &[&it], None, visit.now).await?;
                Some(looking.comment(&it))
            }
            None => None,
        },
        None => None,
    };
    let writer = ::forum::writer(tx, waiting.author).await?;
    Ok(WaitingCase {
        id: waiting.id.0,
        article: article_ref(&found),
        before,
        text: Html(::forum::markup::html(&waiting.body)),
        at: waiting.at,
        author: AuthorFacts {
            name: waiting.name.to_string(),
            since: waiting.since,
            comments: unsigned(writer.comments),
            removed: unsigned(writer.removed),
        },
        clause: None,
        reason: String::new(),
        error: None,
    })
}

/// Somebody who may decide, asked in the transaction of the act: the session may be older than the appointment (T4.2).
async fn moderator(tx: &mut Tx, visit: &Visit) -> Result<Moderator, Trouble> {
    let session = visit.staff(Role::Moderator)?;
    Moderator::appointed(tx, session.reader).await?.ok_or(Trouble::Forbidden)
}

/// `POST /desk/moderation/waiting/{id}/approval`
async fn approve(visit: Visit, Path(id): Path<String>) -> Answer {
    visit.staff(Role::Moderator)?;
    let id: WaitingId = id.parse().map_err(|_| Trouble::NotFound)?;
    let hours = visit.paper.hours.current();
    let mut tx = visit.begin().await?;
    let moderator = moderator(&mut tx, &visit).await?;
    match ::moderation::approve(&mut tx, moderator, id, &hours, visit.now).await? {
        Ok(_) => {
            tx.commit().await?;
            visit.see_other(&format!("{PAGE}?said=approved"))
        }
        Err(refusal) => {
            tx.undo().await?;
            conflict(&visit, refusal).await
        }
    }
}

/// The queue as it is now, with the reason why nothing was decided.
async fn conflict(visit: &Visit, refusal: Refusal) -> Answer {
    visit.show_with(StatusCode::CONFLICT, &page(visit, None, Some(say(refusal))).await?)
}

/// What the form of a refusal sends.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Typed {
    clause: String,
    reason: String,
}

/// `POST /desk/moderation/waiting/{id}/refusal`
async fn refuse(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> Answer {
    visit.staff(Role::Moderator).map_err(|trouble| trouble.giving_back(&typed.reason))?;
    let id: WaitingId = id.parse().map_err(|_| Trouble::NotFound)?;
    let (rules, now) = (&visit.paper.rules, visit.now);
    let mut tx = visit.begin().await?;
    let moderator = moderator(&mut tx, &visit).await?;
    let answer = match Reason::parse(&typed.reason) {
        Ok(reason) => {
            ::moderation::refuse(&mut tx, rules, moderator, id, &typed.clause, &reason, now).await?
        }
        Err(refusal) => Err(refusal),
    };
    let Err(refusal) = answer else {
        tx.commit().await?;
        return visit.see_other(&format!("{PAGE}?said=refused"));
    };
    tx.undo().await?;
    match refusal {
        Refusal::NotWaiting => conflict(&visit, refusal).await,
        _ => given_back(&visit, id, typed, refusal).await,
    }
}

/// The one that was not decided, with what was typed and what is missing.
async fn given_back(visit: &Visit, id: WaitingId, typed: Typed, refusal: Refusal) -> Answer {
    let mut tx = visit.read().await?;
    let Some(waiting) = waiting::one(&mut tx, id).await? else {
        drop(tx);
        return conflict(visit, Refusal::NotWaiting).await;
    };
    let again = WaitingCase {
        clause: Some(typed.clause),
        reason: typed.reason.replace('\0', ""),
        error: Some(say(refusal)),
        ..case(&mut tx, visit, waiting).await?
    };
    drop(tx);
    let mut page = page(visit, None, None).await?;
    page.rows.retain(|row| row.id != again.id);
    page.rows.insert(0, again);
    visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// `POST /account/waiting/{id}/withdrawal`: by its author. Somebody else's is not there (T4.5).
async fn withdraw(visit: Visit, Path(id): Path<String>) -> Answer {
    let author = visit.reader()?.reader;
    let id: WaitingId = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    let withdrawn = waiting::withdraw(&mut tx, id, author).await?;
    tx.commit().await?;
    visit.see_other(if withdrawn {
        "/account?done=withdrawn#waiting"
    } else {
        "/account?done=not-waiting#waiting"
    })
}
