//! What a visitor is told when it does not go as asked: one page, one sentence, what to do next.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::IntoResponse;
use http::header::{self, HeaderValue};
use http::{Response, StatusCode};
use std::sync::Arc;
use store::{Failure, Kind};
use tracing::error;

use crate::{Paper, safety};

/// Why a visitor does not get what they asked for.
#[derive(Debug)]
pub enum Trouble {
    /// There is nothing here, or it is not theirs to see (T4.5).
    NotFound,
    /// It was here and was withdrawn.
    Gone,
    /// They must sign in first; then they go on to this path.
    SignIn {
        /// A path of this paper.
        then: String,
    },
    /// They work for the paper and show their second factor first; then they go on to this path.
    SecondFactor {
        /// A path of this paper.
        then: String,
    },
    /// They are signed in, and may not.
    Forbidden,
    /// The request changes something and does not come from our own pages.
    ForeignOrigin,
    /// The form does not fit: a field is missing, unknown or not readable.
    Unreadable(String),
    /// The address is there, but not for this method.
    WrongMethod,
    /// More bytes than this form may have.
    TooLarge,
    /// Too often; try again in so many seconds.
    TooOften {
        /// Seconds until it may work.
        seconds: u32,
    },
    /// Not ready yet, such as a sound that is being made; try again in so many seconds.
    NotYet {
        /// Seconds until it may work.
        seconds: u32,
    },
    /// Ours: logged once, where the page is made.
    Failure(Failure),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        Trouble::Failure(failure)
    }
}

impl Trouble {
    /// The status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Trouble::NotFound => StatusCode::NOT_FOUND,
            Trouble::Gone => StatusCode::GONE,
            Trouble::SignIn { .. } | Trouble::SecondFactor { .. } => StatusCode::SEE_OTHER,
            Trouble::Forbidden | Trouble::ForeignOrigin => StatusCode::FORBIDDEN,
            Trouble::Unreadable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Trouble::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Trouble::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Trouble::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Trouble::NotYet { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Trouble::Failure(failure) => match failure.kind {
                Kind::Full => StatusCode::INSUFFICIENT_STORAGE,
                Kind::Busy => StatusCode::SERVICE_UNAVAILABLE,
                Kind::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    fn retry_after(&self) -> Option<u32> {
        match self {
            Trouble::TooOften { seconds } | Trouble::NotYet { seconds } => Some(*seconds),
            Trouble::Failure(failure) if failure.kind == Kind::Full => Some(60),
            Trouble::Failure(failure) if failure.kind == Kind::Busy => Some(2),
            _ => None,
        }
    }

    /// An answer that only carries the trouble; [`tell`] makes the page of it.
    pub(crate) fn into_marked_response(self) -> Response<Body> {
        self.into_response()
    }
}

/// The trouble on its way to the page, which needs the paper's theme.
#[derive(Clone)]
struct Marked(Arc<Trouble>);

impl IntoResponse for Trouble {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        response.extensions_mut().insert(Marked(Arc::new(self)));
        response
    }
}

/// Turns marked answers into pages, and puts the headers of T2 on everything.
pub async fn tell(State(paper): State<Arc<Paper>>, request: Request, next: Next) -> Response<Body> {
    let mut response = next.run(request).await;
    // An address whose parts cannot be read, such as `/a/abc`, leads nowhere.
    if response.status() == StatusCode::BAD_REQUEST {
        response = Trouble::NotFound.into_response();
    }
    if let Some(Marked(trouble)) = response.extensions_mut().remove::<Marked>() {
        response = page(&paper, &trouble).await;
    }
    safety::protect(response.headers_mut(), paper.is_encrypted());
    if let Some(framed) = response.extensions_mut().remove::<safety::Framed>() {
        framed.let_in(response.headers_mut());
    }
    response
}

async fn page(paper: &Paper, trouble: &Trouble) -> Response<Body> {
    let mut number = None;
    if let Trouble::Failure(failure) = trouble {
        let id = paper.random_number() % 1_000_000;
        error!(trouble.id = id, "a request failed: {failure}");
        number = Some(id);
    }
    let door = match trouble {
        Trouble::SignIn { then } => Some(("/login", then)),
        Trouble::SecondFactor { then } => Some((crate::second_factor::PAGE, then)),
        _ => None,
    };
    if let Some((door, then)) = door {
        let then = percent_encoding::utf8_percent_encode(then, percent_encoding::NON_ALPHANUMERIC);
        return see_other(&format!("{door}?then={then}"));
    }
    let status = trouble.status();
    let words = crate::pages::error(paper, trouble, number, trouble.retry_after()).await;
    let mut response = Response::new(Body::from(words));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = trouble.retry_after() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Sends the visitor to one of our own paths, to be read with GET.
pub fn see_other(path: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response
        .headers_mut()
        .insert(header::LOCATION, HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/")));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
