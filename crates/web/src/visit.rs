//! One request and everything it brings along.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;

use ::edition::{Copies, Copy, House};
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderValue};
use http::request::Parts;
use http::{Method, Response, StatusCode};
use reader::{ReaderId, Role, Secret, Session};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use store::{Clock, Db, Time, Tx};

use crate::own_path::OwnPath;
use crate::serve::Peer;
use crate::trouble::{Trouble, see_other};

/// What a handler gives.
pub type Answer = Result<Response<Body>, Trouble>;

/// `?said=`: what the last act was, on the way back to its page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    pub said: String,
}

/// The running paper: what every handler may use. Made once by the binary.
pub struct Paper {
    /// The rows.
    pub db: Db,
    /// Templates and words.
    pub theme: theme::Theme,
    /// What the paper says of itself.
    pub house: House,
    /// Pages kept ready.
    pub copies: Copies,
    /// What time it is.
    pub clock: Clock,
    /// Fills a slice with random bytes.
    pub chance: fn(&mut [u8]),
    /// Proxies whose `X-Forwarded-For` counts (T7.3).
    pub trusted_proxies: Vec<IpAddr>,
    /// The paper's folder: `pictures/`, `sound/`.
    pub folder: PathBuf,
    /// Styles, elements and fonts by path, kept for ever by browsers.
    pub assets: HashMap<String, Copy>,
    /// Who may read the letters of a paper without a mail server.
    pub mailbox: Mailbox,
    /// When one can write.
    pub hours: crate::Openings,
    /// How much one reader may write.
    pub pace: forum::Pace,
    /// The house rules.
    pub rules: moderation::Rules,
    /// What the talk allows.
    pub talk: Talk,
    /// Who listens to which thread.
    pub live: crate::Live,
    /// What a subscription system signs with; several while one takes the place of another.
    pub hook_secrets: Vec<Vec<u8>>,
    /// Whether people who work for the paper show a second factor (T3.2).
    pub second_factor: bool,
    /// Where people of the paper may have an account already.
    pub provider: Option<crate::Provider>,
    /// What the phases go by that each text passes.
    pub phases: crate::Phases,
    /// How fast comments come in.
    pub floods: crate::Floods,
    /// Other systems whose pages have their talk here.
    pub embed: crate::Embed,
}

/// What the talk allows.
#[derive(Clone, Copy, Debug)]
pub struct Talk {
    /// For how many minutes an author may change a comment.
    pub change_minutes: i64,
    /// Whether a thread's page tells search engines its comments one by one.
    pub json_ld: bool,
}

impl Default for Talk {
    fn default() -> Talk {
        Talk { change_minutes: 5, json_ld: true }
    }
}

/// Who may read the letters at `/desk/mail`. Codes to sign in stand in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailbox {
    /// Nobody: letters go through a mail server.
    Away,
    /// Administrators, in a paper that has no mail server yet.
    Administrators,
    /// Everybody who reaches the paper: the demo, where nobody has a real address.
    Open,
}

impl Paper {
    /// The style, element or font at this path.
    #[must_use]
    pub fn asset(&self, path: &str) -> Option<&Copy> {
        path.starts_with("/a-").then(|| self.assets.get(path)).flatten()
    }

    /// The title of a clause in the paper's language; of one that the rules do not have any more, its number.
    #[must_use]
    pub fn clause_title(&self, id: &str) -> String {
        let found = self.rules.clause(id);
        found.map_or_else(|| id.to_owned(), |clause| clause.title.of(self.house.language).to_owned())
    }

    /// Whether readers reach the paper through HTTPS.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.house.address.starts_with("https://")
    }

    /// A number nobody can guess.
    #[must_use]
    pub fn random_number(&self) -> u64 {
        let mut bytes = [0; 8];
        (self.chance)(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    /// Bytes nobody can guess, for tokens and codes.
    #[must_use]
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.chance)(&mut bytes);
        bytes
    }
}

/// One request: the paper, who asks, when, and what their browser said.
pub struct Visit {
    /// The running paper.
    pub paper: Arc<Paper>,
    /// The moment of the request; everything it does happens at this moment.
    pub now: Time,
    /// The path asked for.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// Where the request comes from.
    pub peer: IpAddr,
    /// Who is signed in, if anybody is.
    pub session: Option<Session>,
    /// Who works for the paper and has not shown their second factor yet: to every page but the one that asks for it, this
    /// is nobody (T3.2).
    pub half: Option<Session>,
    method: Method,
}

/// The cookie of whoever is signed in (T2.3); a journey to a provider of logins has one of its own for minutes.
pub const SESSION: &str = "__Host-session";

impl Visit {
    /// Who is signed in; anybody else is asked to, and comes back here.
    pub fn reader(&self) -> Result<&Session, Trouble> {
        self.session.as_ref().ok_or_else(|| {
            let then = if self.method == Method::GET { Some(self.path.clone()) } else { self.form_page() };
            let then = then.unwrap_or_else(|| "/".to_owned());
            if self.half.is_some() { Trouble::SecondFactor { then } } else { Trouble::SignIn { then } }
        })
    }

    /// The page of ours whose form was sent, as browsers tell.
    fn form_page(&self) -> Option<String> {
        let page = self.headers.get(header::REFERER)?.to_str().ok()?;
        OwnPath::parse(page.strip_prefix(&self.paper.house.address)?).map(OwnPath::into_string)
    }

    /// Who is signed in, also half: for the pages on which a second factor is shown or set up, and for signing out.
    pub(crate) fn whoever(&self) -> Result<&Session, Trouble> {
        match &self.half {
            Some(half) => Ok(half),
            None => self.reader(),
        }
    }

    /// Somebody who works for the paper in this role or a higher one.
    pub fn staff(&self, role: Role) -> Result<&Session, Trouble> {
        let session = self.reader()?;
        if session.role >= role { Ok(session) } else { Err(Trouble::Forbidden) }
    }

    /// Who acts in this role, asked again in the transaction of the act: the session may be older than the appointment (T4.2).
    pub async fn acting(&self, tx: &mut Tx, role: Role) -> Result<ReaderId, Trouble> {
        let person = reader::by_id(tx, self.staff(role)?.reader).await?;
        person.filter(|person| person.role >= role).map(|person| person.id).ok_or(Trouble::Forbidden)
    }

    /// Begins to write.
    pub async fn begin(&self) -> Result<Tx, Trouble> {
        Ok(self.paper.db.begin().await?)
    }

    /// Begins to read.
    pub async fn read(&self) -> Result<Tx, Trouble> {
        Ok(self.paper.db.read().await?)
    }

    /// A cookie by name.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|list| list.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// A page for this visitor alone: nobody keeps it (T7.4).
    pub fn show<P: theme::Page>(&self, page: &P) -> Answer {
        self.show_with(StatusCode::OK, page)
    }

    /// The same with another status, such as 422 for a form given back.
    pub fn show_with<P: theme::Page>(&self, status: StatusCode, page: &P) -> Answer {
        let mut response = Response::new(Body::from(self.paper.theme.render(page)?));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        Ok(response)
    }

    /// Sends the visitor to one of our own paths.
    pub fn see_other(&self, path: &str) -> Answer {
        Ok(see_other(path))
    }
}

impl FromRequestParts<Arc<Paper>> for Visit {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, paper: &Arc<Paper>) -> Result<Visit, Trouble> {
        let mut visit = Visit {
            paper: Arc::clone(paper),
            now: paper.clock.now(),
            path: parts.uri.path().to_owned(),
            headers: parts.headers.clone(),
            peer: visitor_address(parts, &paper.trusted_proxies),
            session: None,
            half: None,
            method: parts.method.clone(),
        };
        let held = held_session(&visit).await?;
        if paper.second_factor && held.as_ref().is_some_and(Session::is_half) {
            visit.half = held;
        } else {
            visit.session = held;
        }
        Ok(visit)
    }
}

/// Where a request comes from: the connection, or what a trusted proxy says of it. Each proxy adds to the right of
/// `X-Forwarded-For`; the first address from there that is not one of ours is the visitor's. Anything left of it may be invented.
fn visitor_address(parts: &Parts, trusted: &[IpAddr]) -> IpAddr {
    let connected = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0);
    if !trusted.contains(&connected) {
        return connected;
    }
    let said = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> =
        said.flat_map(|list| list.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !trusted.contains(hop)).unwrap_or(connected)
}

/// Looks up who is signed in; only a request with the cookie costs a look.
async fn held_session(visit: &Visit) -> Result<Option<Session>, Trouble> {
    let Some(token) = visit.cookie(SESSION).and_then(Secret::parse) else { return Ok(None) };
    let session = reader::session(&mut visit.read().await?, &token, visit.now).await?;
    if let Some(stale) = session.as_ref().filter(|session| session.is_stale(visit.now)) {
        // Reading goes on when nothing can be written (R4); the visit is noted another time.
        if let Err(failure) = note_visit(visit, stale.id).await {
            tracing::warn!("a visit could not be noted: {failure}");
        }
    }
    Ok(session)
}

async fn note_visit(visit: &Visit, session: reader::SessionId) -> Result<(), store::Failure> {
    let mut tx = visit.paper.db.begin().await?;
    reader::seen(&mut tx, session, visit.now).await?;
    tx.commit().await
}

/// A form whose fields are all known; unknown ones are refused (T4.4: put `#[serde(deny_unknown_fields)]` on the type).
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Paper>> for Form<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, paper: &Arc<Paper>) -> Result<Form<T>, Trouble> {
        let (parts, body) = request.into_parts();
        let body = match Bytes::from_request(Request::from_parts(parts.clone(), body), paper).await {
            Ok(body) => body,
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(Trouble::TooLarge);
            }
            Err(rejection) => return Err(Trouble::Unreadable(rejection.body_text())),
        };
        let request = Request::from_parts(parts, Body::from(one_kind_of_line_end(&body)));
        match axum::extract::Form::<T>::from_request(request, paper).await {
            Ok(axum::extract::Form(form)) => Ok(Form(form)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Trouble::TooLarge),
            Err(rejection) => Err(Trouble::Unreadable(rejection.body_text())),
        }
    }
}

/// Browsers send the line ends of a text field as CR LF, percent-encoded; a text that is given back with them would have each twice.
fn one_kind_of_line_end(form: &[u8]) -> Vec<u8> {
    const CRLF: &[u8] = b"%0D%0A";
    let mut cleaned = Vec::with_capacity(form.len());
    let mut rest = form;
    while let Some((first, after)) = rest.split_first() {
        if rest.len() >= CRLF.len() && rest[..CRLF.len()].eq_ignore_ascii_case(CRLF) {
            cleaned.extend_from_slice(&CRLF[3..]);
            rest = &rest[CRLF.len()..];
        } else {
            cleaned.push(*first);
            rest = after;
        }
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_with_the_line_ends_it_had() {
        assert_eq!(one_kind_of_line_end(b"text=a%0D%0Ab%0d%0Ac%0A%0D&x=%0"), b"text=a%0Ab%0Ac%0A%0D&x=%0");
    }

    #[test]
    fn t7_3_only_a_trusted_proxy_says_where_a_request_comes_from() {
        #[track_caller]
        fn check(connected: &str, forwarded: &str, expected: &str) {
            let mut parts = http::Request::builder()
                .header("x-forwarded-for", forwarded)
                .body(())
                .unwrap()
                .into_parts()
                .0;
            parts.extensions.insert(Peer(connected.parse().unwrap()));
            let trusted = ["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
            assert_eq!(
                visitor_address(&parts, &trusted),
                expected.parse::<IpAddr>().unwrap(),
                "{connected} {forwarded}"
            );
        }
        check("198.51.100.7", "203.0.113.9", "198.51.100.7");
        check("10.0.0.1", "203.0.113.9", "203.0.113.9");
        check("10.0.0.1", "192.0.2.66, 203.0.113.9, 10.0.0.2", "203.0.113.9");
        check("10.0.0.1", "nonsense", "10.0.0.1");
        check("10.0.0.1", "2001:db8::7", "2001:db8::7");
    }
}
