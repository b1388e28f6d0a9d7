//! A provider of logins on loopback, which signs with real keys and lies on request.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderMap, StatusCode, header};
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::{self, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Time;

use crate::cast::MORNING;

pub const CLIENT: &str = "uferbote";
pub const SECRET: &str = "a secret: with & signs";

/// What the provider does wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lie {
    #[default]
    None,
    Unsigned,
    SignedWithPublicKey,
    SignedByAnother,
    Altered,
    OtherIssuer,
    OtherAudience,
    SharedAudience,
    OtherParty,
    OtherNonce,
    NoNonce,
    Expired,
    Old,
    FromTomorrow,
    CriticalUnknown,
    SpeaksOfAnother,
    NoSubject,
    NoToken,
    Redirects,
    Endless,
    Broken,
}

/// What the provider knows of somebody.
#[derive(Clone)]
pub struct Person {
    pub subject: &'static str,
    pub mail: Option<&'static str>,
    pub sure: bool,
    pub called: Option<&'static str>,
}

#[derive(Clone)]
struct Asked {
    person: Person,
    fields: HashMap<String, String>,
}

struct House {
    address: String,
    lie: Lie,
    new_key: bool,
    asked: HashMap<String, Asked>,
    tokens: HashMap<String, Person>,
}

#[derive(Clone)]
pub struct Provider {
    house: Arc<Mutex<House>>,
    pub key_sets: Arc<AtomicUsize>,
    pub address: String,
}

type Failed = Box<dyn std::error::Error>;

impl Provider {
    pub async fn open() -> Result<Provider, Failed> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}/realm", listener.local_addr()?);
        let house = House {
            address: address.clone(),
            lie: Lie::None,
            new_key: false,
            asked: HashMap::new(),
            tokens: HashMap::new(),
        };
        let provider = Provider { house: Arc::new(Mutex::new(house)), key_sets: Arc::default(), address };
        let routes = Router::new()
            .route("/realm/.well-known/openid-configuration", get(configuration))
            .route("/realm/keys", get(keys))
            .route("/realm/token", post(token))
            .route("/realm/me", get(me))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(provider)
    }

    /// The provider as the paper's operator writes it down.
    pub fn written_down(&self) -> Result<web::Provider, Failed> {
        Ok(web::Provider::new(web::ProviderSettings {
            issuer: self.address.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.to_owned(),
            label: "Haus Ufer".to_owned(),
        })?)
    }

    pub fn lies(&self, lie: Lie) {
        self.inside().lie = lie;
    }

    pub fn takes_a_new_key(&self) {
        self.inside().new_key = true;
    }

    /// Somebody signs in at the address they were sent to. Gives the path at which the paper expects them back.
    pub fn signs_in(&self, address: &str, person: &Person) -> Result<String, Failed> {
        let question = address.strip_prefix(&format!("{}/auth?", self.address)).ok_or("another address")?;
        let fields: HashMap<String, String> = question
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| {
                (
                    name.to_owned(),
                    percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned(),
                )
            })
            .collect();
        for (name, value) in [
            ("response_type", "code"),
            ("client_id", CLIENT),
            ("redirect_uri", "https://uferbote.example/login/elsewhere/return"),
            ("scope", "openid email profile"),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(fields.get(name).map(String::as_str), Some(value), "{name}");
        }
        let state = fields.get("state").ok_or("a state")?.clone();
        let mut house = self.inside();
        let code = format!("code-{}", house.asked.len());
        house.asked.insert(code.clone(), Asked { person: person.clone(), fields });
        Ok(format!("/login/elsewhere/return?code={code}&state={state}&iss={}", self.address))
    }

    fn inside(&self) -> std::sync::MutexGuard<'_, House> {
        self.house.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn configuration(State(provider): State<Provider>) -> Json<Value> {
    let address = &provider.address;
    Json(json!({
        "issuer": address,
        "authorization_endpoint": format!("{address}/auth"),
        "token_endpoint": format!("{address}/token"),
        "jwks_uri": format!("{address}/keys"),
        "userinfo_endpoint": format!("{address}/me"),
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    provider.key_sets.fetch_add(1, Ordering::SeqCst);
    let (name, key) = signing_key(provider.inside().new_key);
    let public = PublicKeyComponents::<Vec<u8>>::from(key.public_key());
    let (n, e) = (URL_SAFE_NO_PAD.encode(public.n), URL_SAFE_NO_PAD.encode(public.e));
    Json(json!({ "keys": [
        { "kty": "oct", "kid": name, "k": "AAAA" },
        { "kty": "RSA", "kid": "for letters", "use": "enc", "n": n, "e": e },
        { "kty": "RSA", "kid": name, "use": "sig", "alg": "RS256", "n": n, "e": e },
    ] }))
}

fn signing_key(new: bool) -> (&'static str, KeyPair) {
    let (name, der): (_, &[u8]) =
        if new { ("new", include_bytes!("new-key.der")) } else { ("old", include_bytes!("key.der")) };
    (name, KeyPair::from_pkcs8(der).expect("a key of the tests"))
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let mut house = provider.inside();
    match house.lie {
        Lie::Broken => return StatusCode::BAD_GATEWAY.into_response(),
        Lie::Redirects => {
            let elsewhere = format!("{}/token?again", provider.address);
            return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, elsewhere)]).into_response();
        }
        Lie::Endless => return format!("{{\"id_token\":\"{}\"}}", "a".repeat(1 << 20)).into_response(),
        _ => {}
    }
    // Both halves are encoded as in a form before they become one word.
    let both = STANDARD.encode(format!("{CLIENT}:a%20secret%3A%20with%20%26%20signs"));
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let code = form.get("code").cloned().unwrap_or_default();
    let Some(asked) = house.asked.remove(&code).filter(|_| shown == Some(&format!("Basic {both}"))) else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    };
    let verifier = form.get("code_verifier").map(String::as_bytes).unwrap_or_default();
    assert!(verifier.len() >= 43, "RFC 7636, section 4.1");
    assert_eq!(asked.fields["code_challenge"], URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)));
    assert_eq!(asked.fields.get("redirect_uri"), form.get("redirect_uri"));
    house.tokens.insert(format!("access-{code}"), asked.person.clone());
    let id_token = id_token(&house, &asked);
    let mut answer = json!({ "access_token": format!("access-{code}"), "token_type": "Bearer" });
    if house.lie != Lie::NoToken {
        answer["id_token"] = id_token.into();
    }
    Json(answer).into_response()
}

/// Like many providers, this one says in the token who somebody is, and on its own page what their address is.
fn id_token(house: &House, asked: &Asked) -> String {
    let now = MORNING.0 / 1000;
    let (mut iat, mut exp) = (now, now + 300);
    match house.lie {
        Lie::Expired => exp = now - 120,
        Lie::Old => iat = now - 3600,
        Lie::FromTomorrow => (iat, exp) = (now + 86_400, now + 90_000),
        _ => {}
    }
    let audience = match house.lie {
        Lie::OtherAudience => json!("another paper"),
        Lie::SharedAudience => json!([CLIENT, "another paper"]),
        _ => json!([CLIENT]),
    };
    let issuer = if house.lie == Lie::OtherIssuer { "https://evil.example" } else { &house.address };
    let mut claims = json!({
        "iss": issuer, "aud": audience, "sub": asked.person.subject, "iat": iat, "exp": exp,
        "nonce": asked.fields["nonce"],
    });
    match house.lie {
        Lie::OtherParty => claims["azp"] = json!("another paper"),
        Lie::OtherNonce => claims["nonce"] = json!("0".repeat(64)),
        Lie::NoNonce => claims["nonce"] = Value::Null,
        Lie::NoSubject => claims["sub"] = json!(""),
        _ => {}
    }
    let (name, key) = signing_key(house.new_key);
    let mut head = json!({ "alg": "RS256", "kid": name });
    match house.lie {
        Lie::Unsigned => head = json!({ "alg": "none" }),
        Lie::SignedWithPublicKey => head["alg"] = json!("HS256"),
        Lie::CriticalUnknown => head["crit"] = json!(["b64"]),
        _ => {}
    }
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&head), part(&claims));
    let signature = match house.lie {
        Lie::Unsigned => Vec::new(),
        Lie::SignedWithPublicKey => {
            let public = key.public_key().as_ref().to_vec();
            let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &public);
            ring::hmac::sign(&secret, signed.as_bytes()).as_ref().to_vec()
        }
        Lie::SignedByAnother => rsa(&signing_key(!house.new_key).1, &signed),
        _ => rsa(&key, &signed),
    };
    if house.lie == Lie::Altered {
        claims["sub"] = json!("somebody-else");
        return format!("{}.{}.{}", part(&head), part(&claims), URL_SAFE_NO_PAD.encode(signature));
    }
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn rsa(key: &KeyPair, signed: &str) -> Vec<u8> {
    let mut signature = vec![0; key.public().modulus_len()];
    let chance = ring::rand::SystemRandom::new();
    key.sign(&signature::RSA_PKCS1_SHA256, &chance, signed.as_bytes(), &mut signature).expect("a signature");
    signature
}

async fn me(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    let house = provider.inside();
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(person) = shown.and_then(|shown| house.tokens.get(shown.strip_prefix("Bearer ")?)) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let subject = if house.lie == Lie::SpeaksOfAnother { "somebody-else" } else { person.subject };
    Json(json!({
        "sub": subject, "email": person.mail, "email_verified": person.sure, "preferred_username": person.called,
    }))
    .into_response()
}

/// A moment later, for clocks that go on.
pub fn later(minutes: i64) -> Time {
    MORNING.plus_minutes(minutes)
}
