//! Reading for other programs: articles and their talk as JSON, in pages by key. What everybody may read on the pages can be
//! read here without a key, and nothing else; writing goes by the forms.
//!
//! A page is asked for by the `next` of the page before it. Whoever reads along keeps the entity tag: an unchanged page costs a
//! 304. The addresses and fields are described in `/api/openapi.json`, which a test holds to the routes.

use std::sync::Arc;

use ::edition::{Made, Stands};
use ::forum::hours::{State, Subject};
use ::forum::{Bookmark, Comment, CommentId, Conversation, Sort, Words};
use archive::{ArticleId, Published, Teaser};
use axum::extract::{Path, Query};
use axum::routing::get;
use axum::{Router, middleware};
use http::header::{self, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Time, Tx};

use crate::front_desk::unkept;
use crate::{Answer, Paper, Trouble, Visit};

/// Articles on a page.
const ARTICLES: i64 = 50;
/// Conversations on a page, each with its first replies.
const CONVERSATIONS: i64 = 50;
/// Replies on a page.
const REPLIES: i64 = 100;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/api/openapi.json", get(description))
        .route("/api/v1/articles", get(articles))
        .route("/api/v1/articles/{id}", get(article))
        .route("/api/v1/articles/{id}/comments", get(comments))
        .route("/api/v1/comments/{id}", get(comment))
        .route("/api/v1/comments/{id}/replies", get(replies))
        .layer(middleware::map_response(for_everybody))
}

/// Any page may read this: it carries nobody's cookies and says nothing that is not public (T2.6).
pub(crate) async fn for_everybody(
    mut response: http::Response<axum::body::Body>,
) -> http::Response<axum::body::Body> {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    response
}

pub(crate) fn answer(visit: &Visit, value: &Value) -> Answer {
    let made = Made {
        content_type: "application/json",
        body: value.to_string().into(),
        stands: Stands::Firm,
        changed: None,
    };
    Ok(unkept(&visit.paper, &visit.headers, made))
}

/// RFC 3339
fn told(at: Time) -> String {
    at.timestamp().to_string()
}

/// `?section=` and `?after=`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Articles {
    section: Option<String>,
    after: Option<String>,
}

/// `GET /api/v1/articles`: latest first.
async fn articles(visit: Visit, Query(asked): Query<Articles>) -> Answer {
    let section = match asked.section.as_deref() {
        Some(section) => Some(story::Slug::parse(section).ok_or(Trouble::NotFound)?),
        None => None,
    };
    let after = match asked.after.as_deref() {
        Some(after) => Some(after.parse::<archive::Bookmark>().map_err(|()| Trouble::NotFound)?),
        None => None,
    };
    let mut tx = visit.read().await?;
    let mut found = archive::latest(&mut tx, section.as_ref(), after, ARTICLES + 1, visit.now).await?;
    let more = i64::try_from(found.len()).unwrap_or(0) > ARTICLES;
    found.truncate(usize::try_from(ARTICLES).unwrap_or(0));
    let ids: Vec<ArticleId> = found.iter().map(|teaser| teaser.id).collect();
    let counts = crate::thread_view::counts(&mut tx, &ids).await?;
    let next = found.last().filter(|_| more).map(|last| {
        let section = section.as_ref().map(|section| format!("section={section}&")).unwrap_or_default();
        let place = archive::Bookmark { at: last.published, id: last.id };
        visit.paper.house.at(&format!("/api/v1/articles?{section}after={place}"))
    });
    let shown: Vec<Value> =
        found.iter().map(|teaser| in_list(&visit, teaser, counts.get(&teaser.id).copied())).collect();
    answer(&visit, &json!({ "articles": shown, "next": next }))
}

fn in_list(visit: &Visit, teaser: &Teaser, comments: Option<u64>) -> Value {
    let house = &visit.paper.house;
    json!({
        "id": teaser.id.0,
        "url": teaser.elsewhere.as_ref().map_or_else(|| house.at(&teaser.path()), ToString::to_string),
        "section": teaser.section.as_str(),
        "language": teaser.language.tag(),
        "kicker": teaser.kicker.as_ref().map(ToString::to_string),
        "headline": teaser.headline.to_string(),
        "lead": teaser.lead.as_ref().map(ToString::to_string),
        "authors": teaser.authors.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "published": told(teaser.published),
        "changed": told(teaser.changed),
        "comments": comments.unwrap_or(0),
        "comments_url": house.at(&format!("/api/v1/articles/{}/comments", teaser.id)),
    })
}

/// `GET /api/v1/articles/{id}`
async fn article(visit: Visit, Path(id): Path<i64>) -> Answer {
    let mut tx = visit.read().await?;
    let found = here(&mut tx, &visit, id).await?;
    let teasers = archive::teasers(&mut tx, &[found.id], visit.now).await?;
    let teaser = teasers.first().ok_or(Trouble::NotFound)?;
    let count = crate::thread_view::counts(&mut tx, &[found.id]).await?.get(&found.id).copied();
    let sizes = archive::sizes(&mut tx, &found.article).await?;
    let mut shown = in_list(&visit, teaser, count);
    shown["place"] = json!(found.article.place.as_ref().map(ToString::to_string));
    shown["agencies"] = json!(found.article.agencies.iter().map(ToString::to_string).collect::<Vec<_>>());
    shown["revision"] = json!(found.revision);
    shown["html"] = json!(::edition::printed_for_feeds(&found.article, &sizes, &visit.paper.house.address));
    answer(&visit, &shown)
}

async fn here(tx: &mut Tx, visit: &Visit, id: i64) -> Result<Published, Trouble> {
    archive::article(tx, ArticleId(id), visit.now).await?.ok_or(Trouble::NotFound)
}

/// `?sort=` and `?after=`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Talk {
    #[serde(default)]
    sort: String,
    after: Option<String>,
}

/// `GET /api/v1/articles/{id}/comments`: conversations with their first replies.
async fn comments(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Talk>) -> Answer {
    let sort = Sort::parse(&asked.sort).ok_or(Trouble::NotFound)?;
    let after: Option<Bookmark> =
        asked.after.as_deref().map(str::parse).transpose().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.read().await?;
    let found = here(&mut tx, &visit, id).await?;
    let page = ::forum::page(&mut tx, found.id, sort, after, CONVERSATIONS).await?;
    let count = crate::thread_view::counts(&mut tx, &[found.id]).await?.get(&found.id).copied();
    let next = page.next.map(|next| {
        let sort = sort.as_str();
        visit.paper.house.at(&format!("/api/v1/articles/{id}/comments?sort={sort}&after={next}"))
    });
    let state = visit.paper.hours.current().state(&Subject::from(&found), visit.now);
    let conversations: Vec<Value> =
        page.conversations.iter().map(|conversation| with_replies(&visit, conversation)).collect();
    answer(
        &visit,
        &json!({
            "article": id,
            "url": visit.paper.house.at(&crate::thread_view::thread_path(&found)),
            "count": count.unwrap_or(0),
            // What is written while it waits is taken, and is not here until the desk has read it.
            "open": !state.is_closed(),
            "waits": matches!(state, State::Waiting { .. }),
            "until": state.until().map(told),
            "comments": conversations,
            "next": next,
        }),
    )
}

fn with_replies(visit: &Visit, Conversation { top, replies }: &Conversation) -> Value {
    let mut shown = one(visit, top);
    shown["replies"] = replies.iter().map(|reply| one(visit, reply)).collect();
    let last = replies.last().map_or(0, |reply| reply.place);
    let url = visit.paper.house.at(&format!("/api/v1/comments/{}/replies?after={last}", top.id));
    shown["further_replies"] = json!((top.replies > last).then_some(url));
    shown
}

fn one(visit: &Visit, comment: &Comment) -> Value {
    let (html, text) = match &comment.words {
        Words::Here(body) => (Some(::forum::markup::html(body)), Some(body.as_str())),
        Words::Removed { .. } | Words::TakenBack { .. } => (None, None),
    };
    json!({
        "id": comment.id.0,
        "url": visit.paper.house.at(&comment.address()),
        "article": comment.article.0,
        "answers": comment.parent.map(|parent| parent.0),
        "name": comment.name,
        "at": told(comment.at),
        "removed": comment.is_gone(),
        "text": text,
        "html": html,
        "up": comment.up,
        "down": comment.down,
        "reply_count": comment.replies,
    })
}

/// `GET /api/v1/comments/{id}`
async fn comment(visit: Visit, Path(id): Path<i64>) -> Answer {
    let mut tx = visit.read().await?;
    let found = ::forum::comment(&mut tx, CommentId(id)).await?.ok_or(Trouble::NotFound)?;
    here(&mut tx, &visit, found.article.0).await?;
    answer(&visit, &one(&visit, &found))
}

/// `?after=`, the place of the last reply that is known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Further {
    #[serde(default)]
    after: i64,
}

/// `GET /api/v1/comments/{id}/replies`: of a comment at the top of a conversation, oldest first.
async fn replies(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Further>) -> Answer {
    let mut tx = visit.read().await?;
    let top = ::forum::comment(&mut tx, CommentId(id)).await?.ok_or(Trouble::NotFound)?;
    here(&mut tx, &visit, top.article.0).await?;
    let found = ::forum::replies(&mut tx, top.id, asked.after, REPLIES).await?;
    let last = found.last().map_or(asked.after, |reply| reply.place);
    let next = (top.replies > last && !found.is_empty())
        .then(|| visit.paper.house.at(&format!("/api/v1/comments/{id}/replies?after={last}")));
    let shown: Vec<Value> = found.iter().map(|reply| one(&visit, reply)).collect();
    answer(&visit, &json!({ "comment": id, "replies": shown, "next": next }))
}

/// `GET /api/openapi.json` (OpenAPI 3.1)
async fn description(visit: Visit) -> Answer {
    let text = |what: &str| json!({ "type": "string", "description": what });
    let operation = |what: &str, parameters: Vec<Value>| {
        json!({ "get": {
            "summary": what,
            "parameters": parameters,
            "responses": {
                "200": { "description": "found", "content": { "application/json": { "schema": { "type": "object" } } } },
                "304": { "description": "as the entity tag says" },
                "404": { "description": "there is no such thing, or not for everybody" },
            },
        } })
    };
    let id = || json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } });
    let query = |name: &str, schema: Value| json!({ "name": name, "in": "query", "schema": schema });
    let after = || query("after", text("where the page before ended; stands in its `next`"));
    let sort =
        query("sort", json!({ "enum": ["newest", "oldest", "best", "discussed"], "default": "newest" }));
    answer(
        &visit,
        &json!({
            "openapi": "3.1.0",
            "info": { "title": visit.paper.house.name, "version": "1" },
            "servers": [{ "url": visit.paper.house.address }],
            "paths": {
                "/api/v1/articles": operation("Articles, latest first", vec![query("section", text("a section's address")), after()]),
                "/api/v1/articles/{id}": operation("An article with its text", vec![id()]),
                "/api/v1/articles/{id}/comments": operation("Its talk, in pages", vec![id(), sort, after()]),
                "/api/v1/comments/{id}": operation("A comment", vec![id()]),
                "/api/v1/comments/{id}/replies": operation("The replies of a conversation, oldest first", vec![id(), after()]),
                "/api/v1/memberships": crate::benefits::described(),
                (crate::announced::ADDRESS): crate::announced::described(),
            },
            "components": { "securitySchemes": { "embed": { "type": "http", "scheme": "bearer" } } },
        }),
    )
}
