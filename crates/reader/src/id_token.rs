//! What a provider of logins says of somebody, signed: the ID token, and the keys that such tokens are signed with
//! (OpenID Connect Core 1.0, sections 2 and 3.1.3.7; RFC 7515, 7517 and 7518).
//!
//! Of all the ways to sign that the standards know this takes the one that every provider offers, RS256, and ES256. Anything
//! else is refused, `none` before all. The cryptography is ring's; what stands here reads and compares.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use store::Time;

use crate::Mail;

/// How far the provider's clock and ours may be apart, in milliseconds.
const LEEWAY: i64 = 60_000;
/// How old a token may be, in milliseconds: it answers a question of a few minutes ago.
const OLDEST: i64 = 10 * 60_000;
/// The most bytes of a token.
const LONGEST: usize = 16 * 1024;
/// The most characters of a subject; the standard says so.
const LONGEST_SUBJECT: usize = 255;

/// What a token must say.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The provider, letter by letter as it was configured.
    pub issuer: &'a str,
    /// What the provider calls this paper.
    pub client: &'a str,
    /// What was asked along with the question, so that no other answer fits.
    pub nonce: &'a str,
}

/// Why a token is worth nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distrust {
    /// None of the keys is the one that it names; the provider may have a new one.
    UnknownKey,
    /// It is of another time: a clock goes wrong, or it is an old one.
    Clock,
    /// Badly signed, for somebody else, for another question, or no token at all.
    Untrue,
}

/// Somebody as the provider knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Who, for ever, among the people of this provider.
    pub subject: String,
    /// Whether it spoke of a mail address at all.
    pub speaks_of_mail: bool,
    /// The address, if the provider has made sure that it is theirs.
    pub mail: Option<Mail>,
    /// What they like to be called; not more than a proposal.
    pub called: Option<String>,
}

impl Profile {
    /// Reads the claims of a token or of the provider's own page about somebody.
    #[must_use]
    pub fn parse(json: &[u8]) -> Option<Profile> {
        #[derive(Deserialize)]
        struct Written {
            sub: String,
            email: Option<String>,
            email_verified: Option<Value>,
            preferred_username: Option<String>,
            nickname: Option<String>,
        }
        let written: Written = serde_json::from_slice(json).ok()?;
        let fits = (1..=LONGEST_SUBJECT).contains(&written.sub.len());
        if !fits || !written.sub.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
            return None;
        }
        let sure = written.email_verified == Some(Value::Bool(true));
        Some(Profile {
            subject: written.sub,
            speaks_of_mail: written.email.is_some(),
            mail: written.email.filter(|_| sure).and_then(|mail| Mail::parse(&mail).ok()),
            called: written.preferred_username.or(written.nickname),
        })
    }
}

/// The keys a provider signs with.
#[derive(Clone, Debug)]
pub struct Keys(Vec<Key>);

#[derive(Clone, Debug)]
struct Key {
    name: Option<String>,
    half: PublicHalf,
}

#[derive(Clone, Debug)]
enum PublicHalf {
    Rsa(RsaPublicKeyComponents<Vec<u8>>),
    P256(Vec<u8>),
}

impl Keys {
    /// Reads a JWK set. Keys that sign nothing we take are left out.
    #[must_use]
    pub fn parse(json: &[u8]) -> Option<Keys> {
        #[derive(Deserialize)]
        struct Written {
            keys: Vec<Value>,
        }
        let written: Written = serde_json::from_slice(json).ok()?;
        Some(Keys(written.keys.into_iter().filter_map(Key::parse).collect()))
    }

    /// Who a token speaks of, if it is good at this moment.
    pub fn check(&self, token: &str, expected: &Expected<'_>, now: Time) -> Result<Profile, Distrust> {
        let (signed, signature) = token.rsplit_once('.').ok_or(Distrust::Untrue)?;
        let (head, claims) = signed.split_once('.').ok_or(Distrust::Untrue)?;
        if token.len() > LONGEST {
            return Err(Distrust::Untrue);
        }
        let (head, claims, signature) = (decoded(head)?, decoded(claims)?, decoded(signature)?);
        self.key_of(&read(&head)?)?.verify(signed.as_bytes(), &signature)?;
        read::<Claims>(&claims)?.check(expected, now)?;
        Profile::parse(&claims).ok_or(Distrust::Untrue)
    }

    fn key_of(&self, head: &Head) -> Result<&Key, Distrust> {
        // What somebody thinks critical and we do not know, we may not pass over (RFC 7515, section 4.1.11).
        if head.crit.is_some() || !["RS256", "ES256"].contains(&head.alg.as_str()) {
            return Err(Distrust::Untrue);
        }
        let mut fitting = self
            .0
            .iter()
            .filter(|key| key.half.algorithm() == head.alg && (head.kid.is_none() || head.kid == key.name));
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Ok(key),
            _ => Err(Distrust::UnknownKey),
        }
    }
}

impl Key {
    fn parse(key: Value) -> Option<Key> {
        #[derive(Deserialize)]
        struct Written {
            kty: String,
            kid: Option<String>,
            alg: Option<String>,
            #[serde(rename = "use")]
            purpose: Option<String>,
            n: Option<String>,
            e: Option<String>,
            crv: Option<String>,
            x: Option<String>,
            y: Option<String>,
        }
        let key: Written = serde_json::from_value(key).ok()?;
        let bytes = |text: Option<String>| decoded(&text?).ok();
        let half = match key.kty.as_str() {
            "RSA" => PublicHalf::Rsa(RsaPublicKeyComponents { n: bytes(key.n)?, e: bytes(key.e)? }),
            // An uncompressed point: 4, then both coordinates.
            "EC" if key.crv.as_deref() == Some("P-256") => {
                PublicHalf::P256([vec![4], bytes(key.x)?, bytes(key.y)?].concat())
            }
            _ => return None,
        };
        let signs = key.purpose.is_none_or(|purpose| purpose == "sig")
            && key.alg.is_none_or(|algorithm| algorithm == half.algorithm());
        signs.then_some(Key { name: key.kid, half })
    }

    fn verify(&self, signed: &[u8], signature: &[u8]) -> Result<(), Distrust> {
        let verified = match &self.half {
            PublicHalf::Rsa(key) => key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature),
            PublicHalf::P256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature)
            }
        };
        verified.map_err(|_| Distrust::Untrue)
    }
}

impl PublicHalf {
    fn algorithm(&self) -> &'static str {
        match self {
            PublicHalf::Rsa(_) => "RS256",
            PublicHalf::P256(_) => "ES256",
        }
    }
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    azp: Option<String>,
    /// Seconds, as all times in a token.
    exp: i64,
    iat: i64,
    nonce: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Claims {
    fn check(&self, expected: &Expected<'_>, now: Time) -> Result<(), Distrust> {
        let client = expected.client;
        let is_for_us = match &self.aud {
            Audience::One(one) => one == client,
            // A token for several says who asked for it.
            Audience::Many(many) => {
                many.iter().any(|one| one == client) && (many.len() == 1 || self.azp.is_some())
            }
        };
        let is_ours = is_for_us && self.azp.as_deref().is_none_or(|azp| azp == client);
        if !is_ours || self.iss != expected.issuer || self.nonce.as_deref() != Some(expected.nonce) {
            return Err(Distrust::Untrue);
        }
        let issued = Time(self.iat.saturating_mul(1000));
        let expires = Time(self.exp.saturating_mul(1000));
        let is_now =
            expires > now.plus(-LEEWAY) && issued <= now.plus(LEEWAY) && issued >= now.plus(-OLDEST - LEEWAY);
        if is_now { Ok(()) } else { Err(Distrust::Clock) }
    }
}

fn decoded(part: &str) -> Result<Vec<u8>, Distrust> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Distrust::Untrue)
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Distrust> {
    serde_json::from_slice(json).map_err(|_| Distrust::Untrue)
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::json;

    use super::*;

    const EXPECTED: Expected<'_> =
        Expected { issuer: "https://konto.example", client: "paper", nonce: "only this" };
    const NOW: Time = Time(1_795_514_400_000);

    /// A provider that signs with ES256 and says when.
    struct House {
        pair: EcdsaKeyPair,
        chance: SystemRandom,
    }

    impl House {
        fn new() -> House {
            let (way, chance) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
            let document = EcdsaKeyPair::generate_pkcs8(way, &chance).unwrap();
            House { pair: EcdsaKeyPair::from_pkcs8(way, document.as_ref(), &chance).unwrap(), chance }
        }

        fn keys(&self, key: Value) -> Keys {
            let point = self.pair.public_key().as_ref();
            let part = |bytes| URL_SAFE_NO_PAD.encode(bytes);
            let mut whole =
                json!({ "kty": "EC", "crv": "P-256", "x": part(&point[1..33]), "y": part(&point[33..]) });
            whole.as_object_mut().unwrap().extend(key.as_object().unwrap().clone());
            Keys::parse(json!({ "keys": [{ "kty": "from the future" }, 7, whole] }).to_string().as_bytes())
                .unwrap()
        }

        fn token(&self, head: &Value, issued: i64, expires: i64) -> String {
            let claims = json!({
                "iss": EXPECTED.issuer, "aud": EXPECTED.client, "nonce": EXPECTED.nonce, "sub": "u-17",
                "iat": NOW.0 / 1000 + issued, "exp": NOW.0 / 1000 + expires,
                "email": "anna@example.org", "email_verified": true,
            });
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            let signed = format!("{}.{}", part(head), part(&claims));
            let signature = self.pair.sign(&self.chance, signed.as_bytes()).unwrap();
            format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
        }
    }

    #[test]
    fn a_token_is_good_for_its_time_and_a_minute() {
        let house = House::new();
        let keys = house.keys(json!({ "kid": "a" }));
        let check = |issued, expires| {
            let token = house.token(&json!({ "alg": "ES256", "kid": "a" }), issued, expires);
            keys.check(&token, &EXPECTED, NOW).map(|who| who.subject)
        };
        let anna = Ok("u-17".to_owned());
        assert_eq!(check(0, 300), anna);
        assert_eq!(check(60, 300), anna);
        assert_eq!(check(61, 300), Err(Distrust::Clock));
        assert_eq!(check(-300, -59), anna);
        assert_eq!(check(-300, -60), Err(Distrust::Clock));
        assert_eq!(check(-660, 300), anna);
        assert_eq!(check(-661, 300), Err(Distrust::Clock));
        assert_eq!(check(i64::MIN / 2_000, i64::MAX / 2_000), Err(Distrust::Clock));
    }

    #[test]
    fn a_key_signs_what_it_is_for() {
        let house = House::new();
        let check = |key: Value, head: Value, expected: Result<(), Distrust>| {
            let found = house.keys(key.clone()).check(&house.token(&head, 0, 300), &EXPECTED, NOW);
            assert_eq!(found.map(drop), expected, "{key} {head}");
        };
        let head = json!({ "alg": "ES256", "kid": "a" });
        check(json!({ "kid": "a", "use": "sig", "alg": "ES256" }), head.clone(), Ok(()));
        check(json!({}), json!({ "alg": "ES256" }), Ok(()));
        check(json!({ "kid": "b" }), head.clone(), Err(Distrust::UnknownKey));
        check(json!({ "kid": "a", "use": "enc" }), head.clone(), Err(Distrust::UnknownKey));
        check(json!({ "kid": "a", "alg": "ES384" }), head.clone(), Err(Distrust::UnknownKey));
        check(json!({ "kid": "a", "crv": "P-384" }), head.clone(), Err(Distrust::UnknownKey));
        check(json!({ "kid": "a", "x": "AAAA" }), head, Err(Distrust::Untrue));
        check(json!({ "kid": "a" }), json!({ "alg": "RS256", "kid": "a" }), Err(Distrust::UnknownKey));
        for alg in ["none", "None", "HS256", "ES384", ""] {
            check(json!({ "kid": "a" }), json!({ "alg": alg, "kid": "a" }), Err(Distrust::Untrue));
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let keys = House::new().keys(json!({}));
        let long = format!("e30.e30.{}", "A".repeat(LONGEST));
        for text in ["", ".", "..", "a.b", "a.b.c.d", "e30.e30.", "e30=.e30.e30", &long] {
            assert_eq!(keys.check(text, &EXPECTED, NOW), Err(Distrust::Untrue), "{text:.20}");
        }
    }

    #[test]
    fn an_address_counts_if_the_provider_is_sure_of_it() {
        #[track_caller]
        fn check(json: &Value, expected: Option<Option<&str>>) {
            let found = Profile::parse(json.to_string().as_bytes());
            let mail = found.map(|who| who.mail.map(|mail| mail.as_str().to_owned()));
            assert_eq!(mail, expected.map(|mail| mail.map(str::to_owned)), "{json}");
        }
        let mail = "anna@example.org";
        check(&json!({ "sub": "a", "email": mail, "email_verified": true }), Some(Some(mail)));
        for unsure in [json!(false), json!("true"), json!(1), Value::Null] {
            check(&json!({ "sub": "a", "email": mail, "email_verified": unsure }), Some(None));
        }
        check(&json!({ "sub": "a", "email": "no address", "email_verified": true }), Some(None));
        for subject in [json!(""), json!("a\u{0}"), json!("ä"), json!("a".repeat(256)), json!(7)] {
            check(&json!({ "sub": subject }), None);
        }
    }
}
