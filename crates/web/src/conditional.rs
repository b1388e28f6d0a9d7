//! Sending kept bytes: encodings, entity tags, 304 (RFC 9110 §8.8.3, §12.5.3, §13).

use ::edition::{Copy, Encoding};
use axum::body::Body;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Response, StatusCode};
use std::time::{Duration, UNIX_EPOCH};

/// How long others may keep what we send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Anybody may keep it, and asks whether it is still right.
    Ask,
    /// It never changes: its address has its hash.
    Forever,
}

impl Keep {
    fn header(self) -> HeaderValue {
        match self {
            Keep::Ask => HeaderValue::from_static("public, no-cache"),
            Keep::Forever => HeaderValue::from_static("public, max-age=31536000, immutable"),
        }
    }
}

/// Sends a copy in the encoding the visitor prefers, or says that they have it already.
pub fn send(copy: &Copy, asked: &HeaderMap, keep: Keep) -> Response<Body> {
    let encoding = if is_packed_already(copy.content_type) { Encoding::Plain } else { preferred(asked) };
    let (bytes, entity_tag) = copy.packed(encoding);
    let mut response = if has_it(asked, &entity_tag) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        Response::new(Body::from(bytes))
    };
    let headers = response.headers_mut();
    headers.reserve(20);
    if let Ok(tag) = HeaderValue::from_maybe_shared(entity_tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, keep.header());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(copy.content_type));
    match encoding {
        Encoding::Plain => {}
        Encoding::Gzip => drop(headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))),
        Encoding::Brotli => drop(headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"))),
        Encoding::Zstd => drop(headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("zstd"))),
    }
    if let Some(changed) = copy.changed.and_then(|at| u64::try_from(at.0).ok()) {
        let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(changed));
        if let Ok(date) = HeaderValue::try_from(date) {
            headers.insert(header::LAST_MODIFIED, date);
        }
    }
    response
}

fn is_packed_already(content_type: &str) -> bool {
    content_type.starts_with("font/") || content_type == "image/png" || content_type == "image/jpeg"
}

/// The best encoding the visitor takes; ours in order: brotli is smallest, then zstd, then gzip.
fn preferred(asked: &HeaderMap) -> Encoding {
    let Some(accepted) = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()) else {
        return Encoding::Plain;
    };
    let mut best = Encoding::Plain;
    for offer in accepted.split(',') {
        let mut parts = offer.split(';');
        let name = parts.next().unwrap_or_default().trim();
        let refused = parts.any(|q| matches!(q.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        let encoding = match name {
            _ if refused => continue,
            "br" => Encoding::Brotli,
            "zstd" => Encoding::Zstd,
            "gzip" | "x-gzip" | "*" => Encoding::Gzip,
            _ => continue,
        };
        if rank(encoding) > rank(best) {
            best = encoding;
        }
    }
    best
}

fn rank(encoding: Encoding) -> u8 {
    match encoding {
        Encoding::Plain => 0,
        Encoding::Gzip => 1,
        Encoding::Zstd => 2,
        Encoding::Brotli => 3,
    }
}

/// Whether `If-None-Match` names this entity (weak comparison, RFC 9110 §13.1.2).
pub fn has_it(asked: &HeaderMap, entity_tag: &[u8]) -> bool {
    asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|list| {
        list.split(',')
            .map(|tag| tag.trim())
            .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag).as_bytes() == entity_tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_visitor_gets_the_smallest_encoding_they_take() {
        #[track_caller]
        fn check(accepted: &'static str, expected: Encoding) {
            let mut asked = HeaderMap::new();
            asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            assert_eq!(preferred(&asked), expected, "{accepted}");
        }
        check("gzip, deflate, br, zstd", Encoding::Brotli);
        check("gzip, br;q=0", Encoding::Gzip);
        check("zstd;q=1.0, gzip", Encoding::Zstd);
        check("identity", Encoding::Plain);
        check("", Encoding::Plain);
        check("*", Encoding::Gzip);
    }

    #[test]
    fn a_tag_is_found_in_a_list() {
        let mut asked = HeaderMap::new();
        asked.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"a\", W/\"b\""));
        assert!(has_it(&asked, b"\"b\""));
        assert!(!has_it(&asked, b"\"c\""));
    }
}
