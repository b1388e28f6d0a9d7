//! `/api/v1/elsewhere`: another system announces its articles, and its pages ask how much is said about them.
//!
//! Only that system can begin a talk, since only it knows what it published: were a page's first visit enough, a stranger could
//! begin a million talks under headlines of their own.

use std::sync::Arc;

use archive::{ArticleId, Published};
use axum::extract::{DefaultBodyLimit, Query};
use axum::routing::get;
use axum::{Router, middleware};
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Response, StatusCode};
use newsroom::{Announced, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Failure, Time};
use story::{Line, Slug, longest};
use subtle::ConstantTimeEq;

use crate::api::{answer, for_everybody};
use crate::thread_view::{self, thread_path};
use crate::{Answer, Paper, Sites, Trouble, Visit};

/// The one address of this file.
pub(crate) const ADDRESS: &str = "/api/v1/elsewhere";
/// An announcement is a few lines.
const LONGEST: usize = 16 * 1024;
/// Pages that can be asked about at once: a front page has no more.
const PAGES: usize = 100;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route(ADDRESS, get(counts).post(announce))
        .layer(DefaultBodyLimit::max(LONGEST))
        .layer(middleware::map_response(for_everybody))
}

/// `GET /api/v1/elsewhere?url=…&url=…`: the talks about these pages; those nobody can talk about are left out.
async fn counts(visit: Visit, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    if asked.len() > PAGES || asked.iter().any(|(name, _)| name != "url") {
        return Err(Trouble::NotFound);
    }
    let mut tx = visit.read().await?;
    let mut found: Vec<Published> = Vec::new();
    for page in asked.iter().filter_map(|(_, address)| visit.paper.embed.sites.page(address)) {
        let article = archive::article_elsewhere(&mut tx, &page, visit.now).await?;
        found.extend(article.filter(|article| article.withdrawn.is_none()));
    }
    let ids: Vec<ArticleId> = found.iter().map(|article| article.id).collect();
    let counts = thread_view::counts(&mut tx, &ids).await?;
    let shown: Vec<Value> =
        found.iter().map(|article| shown(&visit.paper, article, counts.get(&article.id).copied())).collect();
    answer(&visit, &json!({ "articles": shown }))
}

fn shown(paper: &Paper, article: &Published, comments: Option<u64>) -> Value {
    let house = &paper.house;
    json!({
        "id": article.id.0,
        "url": article.elsewhere.as_ref().map(ToString::to_string),
        "headline": article.article.headline.to_string(),
        "comments": comments.unwrap_or(0),
        "talk": house.at(&thread_path(article)),
        "comments_url": house.at(&format!("/api/v1/articles/{}/comments", article.id)),
    })
}

/// What a system says of an article. Unknown fields are refused (T4.4).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    url: String,
    headline: String,
    id: Option<String>,
    section: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    published: Option<String>,
}

impl Told {
    /// What it says, or what is wrong with it, for the other system's log.
    fn parse(self, sites: &Sites) -> Result<Announced, String> {
        let line =
            |field, text: &str, most| Line::parse(field, text, most).map_err(|trouble| trouble.to_string());
        let moment = |text: String| {
            let at = text.parse().ok().and_then(Time::of_print);
            at.ok_or_else(|| format!("published: {text} is no moment: write 2026-11-24T06:00:00+01:00"))
        };
        let slug = |text: String| {
            Slug::parse(&text).ok_or_else(|| format!("section: {text} is no address of a section"))
        };
        if self.authors.len() > longest::NAMES {
            return Err(format!("authors: at most {}", longest::NAMES));
        }
        Ok(Announced {
            page: sites.page(&self.url).ok_or("url: no page of the sites in embed.sites")?,
            id: self.id.map(|id| line("id", &id, longest::SOURCE)).transpose()?,
            headline: line("headline", &self.headline, longest::HEADLINE)?,
            section: self.section.map(slug).transpose()?,
            authors: self
                .authors
                .iter()
                .map(|name| line("author", name, longest::NAME))
                .collect::<Result<_, _>>()?,
            published: self.published.map(moment).transpose()?,
        })
    }
}

/// `POST /api/v1/elsewhere`: an article of another system can be talked about from now on, or is called otherwise. The same again
/// changes nothing.
async fn announce(visit: Visit, body: Bytes) -> Answer {
    let embed = &visit.paper.embed;
    if !is_known(&visit.headers, &embed.secrets) {
        return Ok(told(StatusCode::UNAUTHORIZED, &refused("the secret does not fit")));
    }
    let announced = serde_json::from_slice::<Told>(&body)
        .map_err(|error| error.to_string())
        .and_then(|told| told.parse(&embed.sites));
    let announced = match announced {
        Ok(announced) => announced,
        Err(why) => return Ok(told(StatusCode::UNPROCESSABLE_ENTITY, &refused(&why))),
    };
    let by = Line::parse("by", &announced.page.origin(), usize::MAX)
        .map_err(|trouble| Failure::new(trouble.to_string()))?;
    let language = visit.paper.house.language;
    let mut tx = visit.begin().await?;
    let (status, id) = match newsroom::announce(&mut tx, &announced, language, &by, visit.now).await? {
        Outcome::New(id) => (StatusCode::CREATED, id),
        Outcome::Changed(id) | Outcome::Unchanged(id) => (StatusCode::OK, id),
        Outcome::Refused(refusal) => {
            return Ok(told(StatusCode::UNPROCESSABLE_ENTITY, &refused(&refusal.to_string())));
        }
    };
    let article = archive::any_article(&mut tx, id).await?.ok_or(Trouble::NotFound)?;
    let comments = thread_view::counts(&mut tx, &[id]).await?.get(&id).copied();
    tx.commit().await?;
    Ok(told(status, &shown(&visit.paper, &article, comments)))
}

/// Whether the request shows one of the secrets (RFC 6750 §2.1). Compared in constant time.
fn is_known(headers: &HeaderMap, secrets: &[Vec<u8>]) -> bool {
    let shown = headers.get(header::AUTHORIZATION).map(HeaderValue::as_bytes);
    let Some(shown) = shown.and_then(|shown| shown.strip_prefix(b"Bearer ")) else { return false };
    secrets.iter().any(|secret| secret.ct_eq(shown).into())
}

fn told(status: StatusCode, value: &Value) -> Response<axum::body::Body> {
    let mut response = Response::new(value.to_string().into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn refused(why: &str) -> Value {
    json!({ "refused": why })
}

/// This address in `/api/openapi.json`.
pub(crate) fn described() -> Value {
    let text = |what: &str| json!({ "type": "string", "description": what });
    json!({
        "get": {
            "summary": "The talks about pages of other systems",
            "parameters": [{ "name": "url", "in": "query", "schema": { "type": "array", "maxItems": PAGES, "items": text("a page") } }],
            "responses": { "200": { "description": "those that can be talked about, with counts" } },
        },
        "post": {
            "summary": "Announces an article of another system; the same again changes nothing",
            "security": [{ "embed": [] }],
            "requestBody": { "required": true, "content": { "application/json": { "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": ["url", "headline"],
                "properties": {
                    "url": text("where it stands"),
                    "headline": text("at most 200 characters"),
                    "id": text("its id there; by it the article is known when its address changes"),
                    "section": text("a section's address; without one the first of the paper"),
                    "authors": { "type": "array", "maxItems": longest::NAMES, "items": text("a name in the byline") },
                    "published": text("RFC 3339; without one now"),
                },
            } } } },
            "responses": {
                "200": { "description": "it was known" },
                "201": { "description": "it can be talked about from now on" },
                "401": { "description": "the secret does not fit" },
                "422": { "description": "it cannot be taken; `refused` says why" },
            },
        },
    })
}
