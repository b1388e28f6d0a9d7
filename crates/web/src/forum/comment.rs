//! One comment: its page with what it answers and what answers it, and the votes about it.

use std::sync::Arc;

use ::forum::hours::Subject;
use ::forum::{Comment, CommentId, Refusal, Vote};
use ::reader::Role;
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use serde::Deserialize;
use store::{Failure, Tx};
use theme::{CommentPage, CommentView, DeskTools, Kind, Known, Say};

use super::posting::{say, status};
use super::{own_form, title};
use crate::thread_view::{self, Looking, article_ref, thread_path, thread_state};
use crate::{Answer, Form, Paper, Trouble, Visit, own_comment};

/// The addresses of this file.
pub(super) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/comments/{id}", get(permalink))
        .route("/comments/{id}/replies", get(replies))
        .route("/comments/{id}/votes", post(vote).get(back_to_comment))
}

/// Replies on the page of one comment.
const REPLIES: i64 = 50;
/// Later conversations above a comment on the page of its thread to which its own page leads.
const ABOVE: i64 = 5;

/// `?said=` and `?do=` at a comment.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    /// What was just done.
    said: String,
    /// What its reader is about to do: change it, take it back, quote it.
    #[serde(rename = "do")]
    wish: String,
}

impl Said {
    /// The words for it; `name` is the author's.
    fn notice(&self, name: &str) -> Option<Say> {
        let key = match self.said.as_str() {
            "new" => "say-comment-posted",
            "again" => "say-comment-repeated",
            "changed" => "say-comment-changed",
            "taken-back" => "say-comment-taken-back",
            "followed" => "say-followed",
            "ignored" => "say-ignored",
            "neither" => "say-neither",
            "featured" => "say-featured",
            "featured-no" => "say-featured-no",
            "verified" => "say-verified",
            "verified-no" => "say-verified-no",
            _ => return None,
        };
        Some(Say::new(key).text("name", name))
    }
}

/// `GET /comments/{id}`: one comment with what it answers and what answers it.
async fn permalink(visit: Visit, Path(id): Path<String>, Query(said): Query<Said>) -> Answer {
    let id = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut page = comment_page(&visit, id, 0, None).await?;
    page.notice = said.notice(&page.comment.name);
    match said.wish.as_str() {
        "change" => {
            let mut tx = visit.read().await?;
            if let Some(comment) = ::forum::comment(&mut tx, id).await? {
                page.change = own_comment::change_form(&visit, &mut tx, &comment).await?;
            }
        }
        "take-back" => page.take_back = page.comment.own && page.comment.removed.is_none(),
        "quote" => quote(&mut visit.read().await?, id, &mut page).await?,
        _ => {}
    }
    if visit.session.is_some() { visit.show(&page) } else { visit.show_shared(&page) }
}

/// Puts the comment's words into the form, as a quote to go on from.
async fn quote(tx: &mut Tx, id: CommentId, page: &mut CommentPage) -> Result<(), Failure> {
    let Some(Comment { words: ::forum::Words::Here(body), .. }) = ::forum::comment(tx, id).await? else {
        return Ok(());
    };
    if let Some(form) = &mut page.form {
        let lines = body.as_str().lines().filter(|line| !line.starts_with('>') && !line.is_empty());
        form.text = lines.map(|line| format!("> {line}\n")).collect::<String>() + "\n";
    }
    Ok(())
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: i64,
}

/// `GET /comments/{id}/replies`: what answers a comment, after the given place.
async fn replies(visit: Visit, Path(id): Path<String>, Query(after): Query<After>) -> Answer {
    let id = id.parse().map_err(|_| Trouble::NotFound)?;
    let page = comment_page(&visit, id, after.after, None).await?;
    if visit.session.is_some() { visit.show(&page) } else { visit.show_shared(&page) }
}

pub(crate) async fn comment_page(
    visit: &Visit,
    id: CommentId,
    after: i64,
    notice: Option<Say>,
) -> Result<CommentPage, Trouble> {
    let mut tx = visit.read().await?;
    let comment = ::forum::comment(&mut tx, id).await?.ok_or(Trouble::NotFound)?;
    let found = archive::article(&mut tx, comment.article, visit.now).await?.ok_or(Trouble::NotFound)?;
    let above = ::forum::above(&mut tx, &comment).await?;
    // Below the top, an answer is found by what it answers: the rest of the conversation may be long.
    let mut below = match comment.root {
        None => ::forum::replies(&mut tx, comment.id, after, REPLIES + 1).await?,
        Some(_) => ::forum::answers(&mut tx, comment.id, CommentId(after), REPLIES + 1).await?,
    };
    let more = below.len() as i64 > REPLIES;
    below.truncate(REPLIES as usize);
    let last = below.last().map(|reply| if comment.root.is_none() { reply.place } else { reply.id.0 });
    let (before, later) = ::forum::neighbours(&mut tx, &comment).await?;
    let page = ::forum::page_with(&mut tx, &comment, ABOVE).await?;
    let all: Vec<&Comment> = above.iter().chain([&comment]).chain(&below).collect();
    let reader = visit.session.as_ref().map(|session| session.reader);
    let looking = Looking::at(&mut tx, &visit.paper, &found, &all, reader, visit.now).await?;
    let mut frame = visit.frame(&mut tx, Kind::Article, title(&visit.paper, &found)).await?;
    frame.section = Some(format!("/{}", found.article.section));
    let mut shown: CommentView = looking.comment(&comment);
    shown.replies = below.iter().map(|reply| looking.comment(reply)).collect();
    let mut form = own_form(visit, &thread_path(&found));
    form.reply_to = thread_view::reply_to(&comment);
    form.key = form.key.filter(|_| visit.session.is_some());
    let desk = desk_tools(visit, &mut tx, &comment, shown.featured).await?;
    Ok(CommentPage {
        frame,
        article: article_ref(&found),
        state: thread_state(&visit.paper, &Subject::from(&found), visit.now),
        thread_url: thread_view::page_at(&found, page, &comment),
        before: before.as_ref().map(beside),
        after: later.as_ref().map(beside),
        context: above.iter().map(|comment| looking.comment(comment)).collect(),
        older: last.filter(|_| more).map(|last| format!("/comments/{id}/replies?after={last}")),
        form: (!comment.is_gone()).then_some(form),
        comment: shown,
        notice,
        change: None,
        take_back: false,
        desk,
    })
}

/// A neighbour, by its first words.
fn beside(comment: &Comment) -> theme::Link {
    let words = match &comment.words {
        ::forum::Words::Here(body) => format!("{}: {}", comment.name, body.first_words(80)),
        _ => "…".to_owned(),
    };
    theme::Link::new(comment.address(), words)
}

/// What whoever works at the community desk can do here; nobody else.
async fn desk_tools(
    visit: &Visit,
    tx: &mut Tx,
    comment: &Comment,
    featured: bool,
) -> Result<Option<DeskTools>, Failure> {
    let judges = visit.session.as_ref().is_some_and(|session| session.role >= Role::Moderator);
    if !judges || comment.is_gone() {
        return Ok(None);
    }
    let known = reader::verified(tx, comment.author).await?;
    Ok(Some(DeskTools {
        judge: format!("/desk/moderation?comment={}", comment.id),
        featured,
        known: known.map(|known| Known {
            by: known.moderator.as_str().to_owned(),
            why: known.why,
            at: known.at,
        }),
    }))
}

/// What a vote's buttons send.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ballot {
    value: String,
}

/// `POST /comments/{id}/votes`
async fn vote(visit: Visit, Path(id): Path<String>, Form(ballot): Form<Ballot>) -> Answer {
    let id: CommentId = id.parse().map_err(|_| Trouble::NotFound)?;
    let vote = match ballot.value.as_str() {
        "up" => Some(Vote::Up),
        "down" => Some(Vote::Down),
        "none" => None,
        _ => return Err(Trouble::Unreadable("value must be up, down or none".to_owned())),
    };
    let Some(session) = &visit.session else {
        return visit.see_other(&format!("/login?then=/comments/{id}"));
    };
    let mut tx = visit.begin().await?;
    match ::forum::vote(&mut tx, id, session.reader, vote, visit.now).await? {
        Ok(_) => {
            tx.commit().await?;
            visit.see_other(&format!("/comments/{id}"))
        }
        Err(Refusal::NoSuchComment) => Err(Trouble::NotFound),
        Err(refusal) => {
            drop(tx);
            let page = comment_page(&visit, id, 0, Some(say(&refusal, visit.now))).await?;
            visit.show_with(status(&refusal), &page)
        }
    }
}

/// Whoever asks for the votes themselves sees them at the comment.
async fn back_to_comment(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CommentId = id.parse().map_err(|_| Trouble::NotFound)?;
    visit.see_other(&format!("/comments/{id}"))
}
