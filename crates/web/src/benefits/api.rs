//! `POST /api/v1/memberships`: the hook of a subscription system. The seal says who speaks; there is no session and no page.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use reader::benefits::{self, Message, Unheard};

use crate::{Answer, Paper, Visit};

/// A message is a few lines.
const LONGEST: usize = 16 * 1024;

pub(super) fn routes() -> Router<Arc<Paper>> {
    Router::new().route("/api/v1/memberships", post(hear)).layer(DefaultBodyLimit::max(LONGEST))
}

/// The hook for `/api/openapi.json`.
pub(crate) fn described() -> serde_json::Value {
    let header = |name: &str, what: &str| serde_json::json!({ "name": name, "in": "header", "required": true, "description": what, "schema": { "type": "string" } });
    let text = || serde_json::json!({ "type": "string" });
    serde_json::json!({ "post": {
        "summary": "Tells of one subscription",
        "parameters": [
            header("Blatt-Timestamp", "seconds since 1970, at most five minutes away"),
            header("Blatt-Signature", "HMAC-SHA256 over timestamp, a dot and the body, in hexadecimal digits"),
        ],
        "requestBody": { "required": true, "content": { "application/json": { "schema": {
            "type": "object",
            "additionalProperties": false,
            "required": ["number", "proof", "tier"],
            "properties": { "number": text(), "proof": text(), "tier": text(), "from": text(), "until": text() },
        } } } },
        "responses": {
            "200": { "description": "heard; `changed` tells whether anything is new" },
            "401": { "description": "the signature does not fit, or the time is too far away" },
            "409": { "description": "this message came before" },
            "422": { "description": "the message cannot be taken; `refused` says why" },
        },
    } })
}

async fn hear(visit: Visit, body: Bytes) -> Answer {
    let said = |name: &str| text(&visit.headers, name);
    let (timestamp, seal) = (said("blatt-timestamp"), said("blatt-signature"));
    let message = Message { timestamp: &timestamp, seal: &seal, body: &body };
    let paper = &visit.paper;
    let answer = match message.opened(&paper.hook_secrets, visit.now) {
        Ok(sealed) => {
            let mut tx = visit.begin().await?;
            let answer = benefits::hear(&mut tx, &sealed, &paper.house.zone, visit.now).await?;
            tx.commit().await?;
            answer
        }
        Err(unheard) => Err(unheard),
    };
    let (status, words) = match answer {
        Ok(changed) => (StatusCode::OK, serde_json::json!({ "changed": changed })),
        Err(Unheard::Seal) => (StatusCode::UNAUTHORIZED, refused("the signature does not fit")),
        Err(Unheard::Late) => {
            (StatusCode::UNAUTHORIZED, refused("the timestamp is more than five minutes away"))
        }
        Err(Unheard::Again) => (StatusCode::CONFLICT, refused("this message came before")),
        Err(Unheard::Text(why)) => (StatusCode::UNPROCESSABLE_ENTITY, refused(&why)),
    };
    let mut response = Response::new(Body::from(words.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn text(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

fn refused(why: &str) -> serde_json::Value {
    serde_json::json!({ "refused": why })
}
