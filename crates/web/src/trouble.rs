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
    /// One of the others, told with what somebody had typed (R4).
    GivenBack {
        /// Which.
        trouble: Box<Trouble>,
        /// The words.
        typed: String,
    },
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        Trouble::Failure(failure)
    }
}

impl Trouble {
    /// Gives back what was typed, where the form does not come back with it: nobody's words are lost because the house broke
    /// down, the article went or a session ended.
    #[must_use]
    pub(crate) fn giving_back(self, typed: &str) -> Trouble {
        use Trouble as T;
        match self {
            T::SignIn { .. } | T::SecondFactor { .. } | T::Gone | T::Failure(_) if !typed.is_empty() => {
                T::GivenBack { trouble: Box::new(self), typed: typed.replace('\0', "") }
            }
            other => other,
        }
    }

    /// What it is, and the words that are given back with it.
    pub(crate) fn parts(&self) -> (&Trouble, Option<&str>) {
        match self {
            Trouble::GivenBack { trouble, typed } => (trouble, Some(typed)),
            other => (other, None),
        }
    }

    /// Where somebody signs in who must, to go on from there.
    pub(crate) fn door(&self) -> Option<String> {
        let (door, then) = match self.parts().0 {
            Trouble::SignIn { then } => ("/login", then),
            Trouble::SecondFactor { then } => (crate::second_factor::PAGE, then),
            _ => return None,
        };
        let then = percent_encoding::utf8_percent_encode(then, percent_encoding::NON_ALPHANUMERIC);
        Some(format!("{door}?then={then}"))
    }

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
            // A redirect would show nothing of the words.
            Trouble::GivenBack { trouble, .. } if trouble.door().is_some() => StatusCode::FORBIDDEN,
            Trouble::GivenBack { trouble, .. } => trouble.status(),
        }
    }

    pub(crate) fn retry_after(&self) -> Option<u32> {
        match self.parts().0 {
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
        // Somebody who has just signed in stays so.
        let cookie = response.headers_mut().remove(header::SET_COOKIE);
        response = page(&paper, &trouble).await;
        response.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    }
    safety::protect(response.headers_mut(), paper.is_encrypted());
    if let Some(framed) = response.extensions_mut().remove::<safety::Framed>() {
        framed.let_in(response.headers_mut());
    }
    response
}

async fn page(paper: &Paper, trouble: &Trouble) -> Response<Body> {
    let mut number = None;
    if let Trouble::Failure(failure) = trouble.parts().0 {
        let id = paper.random_number() % 1_000_000;
        error!(trouble.id = id, "a request failed: {failure}");
        number = Some(id);
    }
    let status = trouble.status();
    if let Some(door) = trouble.door().filter(|_| status == StatusCode::SEE_OTHER) {
        return see_other(&door);
    }
    let words = crate::pages::error(paper, trouble, number).await;
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
