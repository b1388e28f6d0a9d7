//! The provider of logins: what it says of itself, the way to it, and the exchange of a code for somebody
//! (OpenID Connect Core 1.0 and Discovery 1.0; RFC 7636 for PKCE, RFC 9207 for the answer's sender).
//!
//! What it says of itself is read when it is first needed, kept for an hour, and read again when a token is signed with a key
//! that is not known, once a minute at most. While it does not answer, the old word counts.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, Request, StatusCode, Uri, header};
use http_body_util::Full;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reader::elsewhere::{Journey, Obstacle};
use reader::id_token::{Distrust, Expected, Keys, Profile};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use store::{Failure, Time};
use tokio::sync::Mutex;
use tracing::warn;

use super::client::{Client, Host};

/// How long the provider's word about itself counts, in milliseconds.
const KEPT: i64 = 3_600_000;
/// After so many milliseconds it is asked again for the sake of a new key.
const AGAIN: i64 = 60_000;
/// After so many milliseconds it is asked again when it did not answer.
const SOON: i64 = 10_000;

/// Where people of the paper have an account, as the operator configured it.
#[derive(Clone, Default)]
pub struct Settings {
    /// The provider's name for itself: an `https://` address.
    pub issuer: String,
    /// What it calls this paper.
    pub client_id: String,
    /// What the paper shows it; empty if the provider knows it without.
    pub client_secret: String,
    /// What readers call it: „Mit dem Konto von … anmelden“.
    pub label: String,
}

/// A provider of logins.
pub struct Provider {
    settings: Settings,
    host: Host,
    client: Client,
    word: Mutex<Word>,
}

/// What it last said of itself, and when it was last asked.
#[derive(Default)]
struct Word {
    known: Option<Arc<Known>>,
    asked_at: Option<Time>,
}

struct Known {
    authorization: Uri,
    token: Uri,
    profile: Option<Uri>,
    secret_in_form: bool,
    names_itself: bool,
    keys: Keys,
    at: Time,
}

/// What came back in the address.
pub(super) struct Back<'a> {
    pub(super) code: &'a str,
    pub(super) issuer: Option<&'a str>,
    /// Where it came back to, as it was told before.
    pub(super) to: &'a str,
}

impl Provider {
    /// Takes what was configured; nothing is asked yet.
    pub fn new(settings: Settings) -> Result<Provider, Failure> {
        let wrong = |what: &str| Failure::new(format!("login.issuer: {} {what}", settings.issuer));
        let issuer: Uri = settings.issuer.parse().map_err(|_| wrong("is no address"))?;
        if issuer.query().is_some() || settings.issuer.contains('#') {
            return Err(wrong("has more than a path at its end"));
        }
        let host = Host::of(&issuer)
            .ok_or_else(|| wrong("must begin with https:// (http:// only for one on this machine)"))?;
        if settings.client_id.is_empty() {
            return Err(Failure::new(
                "login.client_id must say what the provider of logins calls this paper",
            ));
        }
        let client = Client::new(host.clone())?;
        Ok(Provider { settings, host, client, word: Mutex::default() })
    }

    /// The provider's name for itself.
    pub(super) fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// What readers call it.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.settings.label
    }

    /// The address at which somebody on this journey signs in there, and is sent back to `to`.
    pub(super) async fn way(&self, journey: &Journey, to: &str, now: Time) -> Result<String, Obstacle> {
        let known = self.known(now, false).await?;
        let question = form(&[
            ("response_type", "code"),
            ("client_id", &self.settings.client_id),
            ("redirect_uri", to),
            ("scope", "openid email profile"),
            ("state", &journey.state()),
            ("nonce", &journey.nonce()),
            ("code_challenge", &journey.challenge()),
            ("code_challenge_method", "S256"),
        ]);
        let joint = if known.authorization.query().is_some() { '&' } else { '?' };
        Ok(format!("{}{joint}{question}", known.authorization))
    }

    /// Who came back.
    pub(super) async fn who(
        &self,
        journey: &Journey,
        back: &Back<'_>,
        now: Time,
    ) -> Result<Profile, Obstacle> {
        let mut known = self.known(now, false).await?;
        // An answer that another provider sent through the same browser (RFC 9207, section 2.4).
        if back.issuer.map_or(known.names_itself, |issuer| issuer != self.issuer()) {
            return Err(Obstacle::Untrue);
        }
        let tokens = self.exchange(&known, journey, back).await?;
        let nonce = journey.nonce();
        let expected = Expected { issuer: self.issuer(), client: &self.settings.client_id, nonce: &nonce };
        let mut checked = known.keys.check(&tokens.id_token, &expected, now);
        if checked == Err(Distrust::UnknownKey) {
            known = self.known(now, true).await?;
            checked = known.keys.check(&tokens.id_token, &expected, now);
        }
        let who = checked.map_err(|distrust| {
            warn!("the provider of logins sent a token that is worth nothing: {distrust:?}");
            if distrust == Distrust::Clock { Obstacle::Clock } else { Obstacle::Untrue }
        })?;
        match (&known.profile, tokens.access_token) {
            (Some(address), Some(token)) if !who.speaks_of_mail => self.profile(address, &token, who).await,
            _ => Ok(who),
        }
    }

    /// Gives the code and the proof of who set out, and gets the tokens.
    async fn exchange(&self, known: &Known, journey: &Journey, back: &Back<'_>) -> Result<Tokens, Obstacle> {
        let Settings { client_id, client_secret, .. } = &self.settings;
        let verifier = journey.verifier();
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", back.code),
            ("redirect_uri", back.to),
            ("code_verifier", &verifier),
        ];
        let mut request =
            Request::post(&known.token).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if client_secret.is_empty() || known.secret_in_form {
            fields.push(("client_id", client_id));
            if !client_secret.is_empty() {
                fields.push(("client_secret", client_secret));
            }
        } else {
            // Both are encoded as in a form first (RFC 6749, section 2.3.1).
            let both = format!("{}:{}", encoded(client_id), encoded(client_secret));
            request = request.header(header::AUTHORIZATION, secret("Basic", &STANDARD.encode(both))?);
        }
        let request = request.body(Full::from(form(&fields))).map_err(|_| Obstacle::Untrue)?;
        self.ask(request).await.and_then(|body| read(&body))
    }

    /// What its own page says of them, which must be about the same person (Core, section 5.3.2).
    async fn profile(&self, address: &Uri, token: &str, who: Profile) -> Result<Profile, Obstacle> {
        let request = Request::get(address)
            .header(header::AUTHORIZATION, secret("Bearer", token)?)
            .body(Full::default())
            .map_err(|_| Obstacle::Untrue)?;
        let body = self.ask(request).await?;
        Profile::parse(&body).filter(|told| told.subject == who.subject).ok_or_else(|| {
            warn!("the provider of logins spoke of somebody else");
            Obstacle::Untrue
        })
    }

    /// What it says of itself; `more` if that lacked a key.
    async fn known(&self, now: Time, more: bool) -> Result<Arc<Known>, Obstacle> {
        let mut word = self.word.lock().await;
        let pause = match &word.known {
            Some(known) if !more && (0..KEPT).contains(&now.since(known.at)) => return Ok(Arc::clone(known)),
            Some(_) => AGAIN,
            None => SOON,
        };
        if !word.asked_at.is_some_and(|at| (0..pause).contains(&now.since(at))) {
            word.asked_at = Some(now);
            if let Ok(known) = self.discover(now).await {
                word.known = Some(Arc::new(known));
            }
        }
        word.known.clone().ok_or(Obstacle::Away)
    }

    async fn discover(&self, now: Time) -> Result<Known, Obstacle> {
        let address = format!("{}/.well-known/openid-configuration", self.issuer().trim_end_matches('/'));
        let written: Written = read(&self.get(&address).await?)?;
        if written.issuer != self.issuer() {
            warn!("the provider of logins calls itself {:?}, and not as login.issuer does", written.issuer);
            return Err(Obstacle::Untrue);
        }
        let methods = written.token_endpoint_auth_methods_supported.unwrap_or_default();
        let may = |method: &str| methods.iter().any(|one| one == method);
        let keys = self.get(&written.jwks_uri).await?;
        Ok(Known {
            authorization: self.own(&written.authorization_endpoint)?,
            token: self.own(&written.token_endpoint)?,
            // Asked only where the token says no mail address; one on another host is not asked at all (T6.4).
            profile: written.userinfo_endpoint.and_then(|address| self.host.address(&address)),
            secret_in_form: may("client_secret_post") && !may("client_secret_basic"),
            names_itself: written.authorization_response_iss_parameter_supported,
            keys: Keys::parse(&keys).ok_or(Obstacle::Untrue)?,
            at: now,
        })
    }

    /// An address on the provider's own host.
    fn own(&self, address: &str) -> Result<Uri, Obstacle> {
        self.host.address(address).ok_or_else(|| {
            warn!("the provider of logins names an address that is not on its own host: {address:?}");
            Obstacle::Untrue
        })
    }

    async fn get(&self, address: &str) -> Result<Bytes, Obstacle> {
        let request = Request::get(self.own(address)?).body(Full::default());
        self.ask(request.map_err(|_| Obstacle::Untrue)?).await
    }

    /// The body of an answer that says yes.
    async fn ask(&self, request: Request<Full<Bytes>>) -> Result<Bytes, Obstacle> {
        let path = request.uri().path().to_owned();
        match self.client.ask(request).await {
            Ok((StatusCode::OK, body)) => Ok(body),
            Ok((status, _)) => {
                warn!("the provider of logins answered {status} at {path}");
                Err(if status.is_client_error() { Obstacle::Untrue } else { Obstacle::Away })
            }
            Err(failure) => {
                warn!("the provider of logins cannot be reached: {failure}");
                Err(Obstacle::Away)
            }
        }
    }
}

/// What the provider writes about itself.
#[derive(Deserialize)]
struct Written {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Obstacle> {
    serde_json::from_slice(json).map_err(|error| {
        // Not the error itself: it may repeat a token.
        warn!("the provider of logins cannot be understood: {:?} error", error.classify());
        Obstacle::Untrue
    })
}

/// A header that is not shown in logs.
fn secret(kind: &str, token: &str) -> Result<HeaderValue, Obstacle> {
    let mut value = HeaderValue::try_from(format!("{kind} {token}")).map_err(|_| Obstacle::Untrue)?;
    value.set_sensitive(true);
    Ok(value)
}

fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn encoded(text: &str) -> impl std::fmt::Display {
    const SIGNS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, SIGNS)
}
