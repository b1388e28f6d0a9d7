//! What an author does with a comment that stands: change it, take it back. And what everybody can read of that.

use std::sync::Arc;

use ::forum::hours::{State, Subject};
use ::forum::{Body, Change, Comment, CommentId, Refusal, Words};
use ::moderation::Changed as Outcome;
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use http::StatusCode;
use serde::Deserialize;
use store::Tx;
use theme::{ChangeForm, CommentPage, EarlierView, Html, Kind, RevisionsPage, Say};

use crate::forum::{comment_page, say, say_withheld, status, title};
use crate::phases::door;
use crate::thread_view::{Looking, article_ref};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/comments/{id}/revisions", get(revisions).post(change))
        .route("/comments/{id}/deletion", post(take_back))
}

/// `GET /comments/{id}/revisions`: what stood here before. What is gone has no versions for readers (T4.3).
async fn revisions(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CommentId = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.read().await?;
    let comment = ::forum::comment(&mut tx, id).await?.filter(|c| !c.is_gone()).ok_or(Trouble::NotFound)?;
    let found = archive::article(&mut tx, comment.article, visit.now).await?.ok_or(Trouble::NotFound)?;
    let looking = Looking::at(&mut tx, &visit.paper, &found, &[&comment], None, visit.now).await?;
    let earlier = ::forum::revisions(&mut tx, id).await?.into_iter();
    let earlier = earlier
        .map(|revision| EarlierView {
            text: Html(::forum::markup::html(&revision.body)),
            until: revision.until,
        })
        .collect();
    let mut frame = visit.frame(&mut tx, Kind::Article, title(&visit.paper, &found)).await?;
    frame.section = Some(format!("/{}", found.article.section));
    let page =
        RevisionsPage { frame, article: article_ref(&found), comment: looking.comment(&comment), earlier };
    if visit.session.is_some() { visit.show(&page) } else { visit.show_shared(&page) }
}

/// The form in which an author changes this comment, if they still can.
pub(crate) async fn change_form(
    visit: &Visit,
    tx: &mut Tx,
    comment: &Comment,
) -> Result<Option<ChangeForm>, Trouble> {
    let minutes = visit.paper.talk.change_minutes;
    let is_own = visit.session.as_ref().is_some_and(|session| session.reader == comment.author);
    let Words::Here(body) = &comment.words else { return Ok(None) };
    if !is_own || !::forum::is_changeable(comment.at, minutes, visit.now) {
        return Ok(None);
    }
    Ok(Some(ChangeForm {
        text: body.as_str().to_owned(),
        seen: ::forum::changes(tx, comment.id).await?,
        error: None,
        until: comment.at.plus_minutes(minutes),
        longest: Body::LONGEST as u32,
    }))
}

/// What the form sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    text: String,
    seen: i64,
}

/// `POST /comments/{id}/revisions`
async fn change(visit: Visit, Path(id): Path<String>, Form(changed): Form<Changed>) -> Answer {
    let id: CommentId = id.parse().map_err(|_| Trouble::NotFound)?;
    let session = visit.reader().map_err(|trouble| trouble.giving_back(&changed.text))?;
    let (author, is_staff) = (session.reader, session.role.is_staff());
    let body = match Body::parse(&changed.text) {
        Ok(body) => body,
        Err(refusal) => return no(&visit, id, changed, &refusal).await,
    };
    let Some((subject, state)) = where_it_stands(&visit, id).await? else { return Err(Trouble::NotFound) };
    if let Err(again) = visit.paper.floods.take(visit.peer, subject.article, visit.now) {
        return no(&visit, id, changed, &Refusal::TooOften { again }).await;
    }
    let wanted = Change { comment: id, author, body, seen: changed.seen };
    let minutes = visit.paper.talk.change_minutes;
    let policy = visit.paper.phases.current();
    let door = door(&visit, &policy, &subject, &state, is_staff);
    let mut tx = visit.begin().await?;
    match ::moderation::change(&mut tx, &wanted, subject.article, minutes, &door, visit.now).await? {
        Ok(Outcome::Done) => {
            ::moderation::look_again(&mut tx, id, visit.now).await?;
            tx.commit().await?;
            visit.see_other(&format!("/comments/{id}?said=changed"))
        }
        Ok(Outcome::Rests) => {
            tx.commit().await?;
            given_back(&visit, id, changed, StatusCode::CONFLICT, Say::new("say-change-rests")).await
        }
        Ok(Outcome::Withheld(why)) => {
            tx.commit().await?;
            let why = say_withheld(&visit, "say-change-withheld", &why);
            given_back(&visit, id, changed, StatusCode::UNPROCESSABLE_ENTITY, why).await
        }
        // Somebody else's comment, or one that is gone (T4.5).
        Err(Refusal::NoSuchComment) => Err(Trouble::NotFound),
        Err(refusal) => {
            drop(tx);
            no(&visit, id, changed, &refusal).await
        }
    }
}

/// The article under which this comment stands, and whether one can write there.
async fn where_it_stands(visit: &Visit, id: CommentId) -> Result<Option<(Subject, State)>, Trouble> {
    let mut tx = visit.read().await?;
    let Some(comment) = ::forum::comment(&mut tx, id).await? else { return Ok(None) };
    let found = archive::article(&mut tx, comment.article, visit.now).await?;
    let timetable = visit.paper.hours.current();
    Ok(found.map(|found| {
        let subject = Subject::from(&found);
        let state = timetable.state(&subject, visit.now);
        (subject, state)
    }))
}

async fn no(visit: &Visit, id: CommentId, changed: Changed, refusal: &Refusal) -> Answer {
    given_back(visit, id, changed, status(refusal), say(refusal, visit.now)).await
}

/// The comment again, with the words typed and the reason why it does not say them.
async fn given_back(visit: &Visit, id: CommentId, changed: Changed, status: StatusCode, why: Say) -> Answer {
    let mut page: CommentPage = comment_page(visit, id, 0, None).await?;
    if !page.comment.own || page.comment.removed.is_some() {
        return Err(Trouble::NotFound);
    }
    let mut tx = visit.read().await?;
    page.change = Some(ChangeForm {
        text: changed.text.replace('\0', ""),
        seen: ::forum::changes(&mut tx, id).await?,
        error: Some(why),
        until: page.comment.at.plus_minutes(visit.paper.talk.change_minutes),
        longest: Body::LONGEST as u32,
    });
    page.form = None;
    visit.show_with(status, &page)
}

/// `POST /comments/{id}/deletion`: by its author, once.
async fn take_back(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CommentId = id.parse().map_err(|_| Trouble::NotFound)?;
    let author = visit.reader()?.reader;
    let mut tx = visit.begin().await?;
    if ::forum::take_back(&mut tx, id, author, ::forum::Why::TakenBack, visit.now).await? {
        tx.commit().await?;
        return visit.see_other(&format!("/comments/{id}?said=taken-back"));
    }
    drop(tx);
    let page = comment_page(&visit, id, 0, Some(Say::new("say-comment-cannot-go"))).await?;
    if page.comment.own { visit.show_with(StatusCode::CONFLICT, &page) } else { Err(Trouble::NotFound) }
}
