//! What every answer carries, and what no request may do (threats T2, T7).

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Response};
use std::sync::Arc;

use crate::{Paper, Sites, Trouble};

/// No script, style, picture or frame from anywhere else, and none inside the page (T2.1).
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     media-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// In an answer: pages of these sites, and no others, may show it in a frame (T2.1). Everything else about it is as strict as elsewhere.
#[derive(Clone)]
pub struct Framed(pub Arc<Sites>);

impl Framed {
    /// `X-Frame-Options` knows no list; browsers that know the policy's do not look at it (CSP3 §6.4.2.2).
    pub fn let_in(&self, headers: &mut HeaderMap) {
        let policy = POLICY.replace("frame-ancestors 'none'", &format!("frame-ancestors {}", self.0));
        if let Ok(policy) = HeaderValue::try_from(policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            headers.remove(header::X_FRAME_OPTIONS);
        }
    }
}

/// Puts the headers of T2 on an answer; a route that set one of them itself keeps its own.
pub fn protect(headers: &mut HeaderMap, encrypted: bool) {
    let fixed: [(HeaderName, &'static str); 7] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), browsing-topics=()",
        ),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if encrypted {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
}

/// Lets a request that changes something through only if it comes from our own pages (T2.4).
pub async fn same_origin(State(paper): State<Arc<Paper>>, request: Request, next: Next) -> Response<Body> {
    // A mail program's own button comes from nowhere; what it may is in the address (RFC 8058).
    let is_a_way_out = request.uri().path().starts_with(crate::inbox::WAY_OUT);
    // Other programs have no pages; they sign what they send, and a browser's cookie gives them nothing.
    let signed = matches!(request.uri().path(), "/api/v1/memberships" | crate::announced::ADDRESS);
    if changes_something(request.method())
        && !is_a_way_out
        && !signed
        && !comes_from_us(request.headers(), &paper.house.address)
    {
        return Trouble::ForeignOrigin.into_marked_response();
    }
    next.run(request).await
}

fn changes_something(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// `Sec-Fetch-Site` decides where the browser sends it, else `Origin`; without either the request is refused.
fn comes_from_us(headers: &HeaderMap, address: &str) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    origin == address || (!host.is_empty() && authority == Some(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t2_4_a_change_comes_from_our_own_page_or_not_at_all() {
        #[track_caller]
        fn check(headers: &[(&'static str, &'static str)], expected: bool) {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.insert(*name, HeaderValue::from_static(value));
            }
            assert_eq!(comes_from_us(&map, "https://paper.example"), expected, "{headers:?}");
        }
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "same-site"), ("origin", "https://paper.example")], false);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "none")], false);
        check(&[("origin", "https://paper.example")], true);
        check(&[("origin", "http://localhost:8080"), ("host", "localhost:8080")], true);
        check(&[("origin", "https://paper.example.evil.example"), ("host", "paper.example")], false);
        check(&[("origin", "null"), ("host", "")], false);
        check(&[("host", "paper.example")], false);
    }
}
