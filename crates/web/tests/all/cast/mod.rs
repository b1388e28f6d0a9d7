//! A small paper behind its door, and a browser that follows what it is told.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use edition::{Copies, House};
use forum::hours::{Settings, Timetable};
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use jiff::tz::TimeZone;
use reader::{Mail, Name, Newcomer, Password, ReaderId, Role, Secret};
use store::{Clock, Db, Migrations, Time};
use story::Language;
use tower::ServiceExt;
use web::{Mailbox, Paper};

pub type Outcome = Result<(), Box<dyn std::error::Error>>;
type Failed = Box<dyn std::error::Error>;

pub const ROOMS: &[Migrations] = &[
    store::MIGRATIONS,
    archive::MIGRATIONS,
    speech::MIGRATIONS,
    reader::MIGRATIONS,
    forum::MIGRATIONS,
    moderation::MIGRATIONS,
    games::MIGRATIONS,
];

/// A Tuesday in November 2026, eleven in the morning in Vienna.
pub const MORNING: Time = Time(1_795_514_400_000);

/// What a subscription system signs with.
pub const HOOK_SECRET: &[u8] = b"a secret of both sides";

/// What another system shows that announces its articles, and where its pages are.
pub const EMBED_SECRET: &str = "a secret of a system that has its talk here";
pub const SITE: &str = "https://www.example.at";

/// A paper behind its door: its address map and the hand of its clock.
pub struct Door {
    pub paper: Arc<Paper>,
    pub routes: Router,
    pub hand: Arc<AtomicI64>,
}

/// Different bytes each time, and the same in every run.
fn chance(bytes: &mut [u8]) {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    for byte in bytes {
        let n = COUNT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        *byte = n.to_be_bytes()[0];
    }
}

pub fn paper(db: Db, mailbox: Mailbox) -> Result<Door, Failed> {
    paper_with(db, mailbox, false, None)
}

/// A paper whose people show a second factor (T3.2).
pub fn guarded_paper(db: Db) -> Result<Door, Failed> {
    paper_with(db, Mailbox::Away, true, None)
}

/// A paper whose people may have an account elsewhere.
pub fn paper_with_logins(db: Db, provider: web::Provider) -> Result<Door, Failed> {
    paper_with(db, Mailbox::Away, true, Some(provider))
}

fn paper_with(
    db: Db,
    mailbox: Mailbox,
    second_factor: bool,
    provider: Option<web::Provider>,
) -> Result<Door, Failed> {
    let (clock, hand) = Clock::standing(MORNING);
    let zone = TimeZone::get("Europe/Vienna")?;
    let house = House {
        name: "Der Uferbote".to_owned(),
        claim: String::new(),
        place: "Auersbruck".to_owned(),
        founded: None,
        contact: Vec::new(),
        publisher: "Uferbote Verlag".to_owned(),
        report_mail: "meldestelle@uferbote.example".to_owned(),
        address: "https://uferbote.example".to_owned(),
        zone: zone.clone(),
        language: Language::Austrian,
        nameplate: None,
        icon: None,
    };
    let paper = Arc::new(Paper {
        db,
        theme: theme::Theme::new(theme::Settings { zone, folder: None, accent: None })?,
        house,
        copies: Copies::new(1 << 20),
        clock,
        chance,
        trusted_proxies: Vec::new(),
        folder: std::path::PathBuf::new(),
        assets: HashMap::new(),
        mailbox,
        hours: web::Openings::new(Timetable::new(
            Settings::every_day("Europe/Vienna", "06:00-20:00").hours()?,
            [].into(),
            None,
        )),
        pace: forum::Pace::default(),
        rules: moderation::Rules::parse(moderation::BUILT_IN)?,
        talk: web::Talk::default(),
        live: web::Live::default(),
        hook_secrets: vec![HOOK_SECRET.to_vec()],
        second_factor,
        provider,
        phases: web::Phases::default(),
        floods: web::Floods::new(web::FloodLimits::default()),
        embed: web::Embed {
            sites: Arc::new(web::Sites::parse(SITE)?),
            secrets: vec![EMBED_SECRET.as_bytes().to_vec()],
        },
    });
    Ok(Door { routes: web::routes(Arc::clone(&paper)), paper, hand })
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The value of the form's field, as the browser would send it.
    pub fn between(&self, before: &str, after: &str) -> Option<&str> {
        let from = self.body.find(before)? + before.len();
        let to = self.body[from..].find(after)?;
        Some(&self.body[from..from + to])
    }
}

/// Where an answer sends the browser.
#[track_caller]
pub fn see_other(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION)
}

/// A browser with the two cookies there are: who is signed in, and who is on the way to a provider of logins.
#[derive(Default)]
pub struct Browser {
    pub token: Option<String>,
    pub journey: Option<String>,
}

impl Browser {
    /// One that holds this session.
    pub fn with(token: Option<String>) -> Browser {
        Browser { token, journey: None }
    }
}

impl Browser {
    pub async fn get(&mut self, house: &Door, path: &str) -> Result<Answer, Failed> {
        self.send(house, Request::get(path).body(Body::empty())?).await
    }

    pub async fn post(
        &mut self,
        house: &Door,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<Answer, Failed> {
        let form =
            fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form.join("&")))?;
        self.send(house, request).await
    }

    /// Sends a form with a file in it, as a browser does without any script: the file comes before the field of the same name.
    pub async fn enclose(
        &mut self,
        house: &Door,
        path: &str,
        (name, file): (&str, &[u8]),
        fields: &[(&str, &str)],
    ) -> Result<Answer, Failed> {
        const BETWEEN: &str = "----------------a line that is in no file";
        let chosen = if file.is_empty() { "" } else { "tabelle.csv" };
        let mut body = format!(
            "--{BETWEEN}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{chosen}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        for (name, value) in fields {
            let part =
                format!("\r\n--{BETWEEN}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}");
            body.extend_from_slice(part.as_bytes());
        }
        body.extend_from_slice(format!("\r\n--{BETWEEN}--\r\n").as_bytes());
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary=\"{BETWEEN}\""))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))?;
        self.send(house, request).await
    }

    pub async fn send(&mut self, house: &Door, mut request: Request<Body>) -> Result<Answer, Failed> {
        let headers = request.headers_mut();
        headers.insert(header::HOST, "uferbote.example".parse()?);
        headers.insert(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0".parse()?);
        for (name, cookie) in [("session", &self.token), ("journey", &self.journey)] {
            if let Some(cookie) = cookie {
                headers.append(header::COOKIE, format!("a=b; __Host-{name}={cookie}").parse()?);
            }
        }
        let response = house.routes.clone().oneshot(request).await?;
        let (parts, body) = response.into_parts();
        // The templates write a slash in an attribute as a reference; a browser reads it as a slash.
        let body = String::from_utf8(body.collect().await?.to_bytes().to_vec())?.replace("&#x2f;", "/");
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
            let (place, value) = match pair.split_once('=') {
                Some(("__Host-session", value)) => (&mut self.token, value),
                Some(("__Host-journey", value)) => (&mut self.journey, value),
                _ => return Err("another cookie".into()),
            };
            *place = (!value.is_empty()).then(|| value.to_owned());
        }
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The password of everybody here.
pub const PASSWORD: &str = "ein langes Wort";

pub async fn person(db: &Db, name: &str, mail: &str, role: Role) -> Result<ReaderId, Failed> {
    let refused = |refusal: reader::Refusal| format!("{refusal:?}");
    let newcomer = Newcomer {
        name: Name::of_staff(name).map_err(refused)?,
        mail: Mail::parse(mail).map_err(refused)?,
        password: Some(Password::typed(PASSWORD).map_err(refused)?.hash([5; 16])?),
        language: Language::Austrian,
    };
    let mut tx = db.begin().await?;
    let reader = reader::admit(&mut tx, &newcomer, role, MORNING).await?.map_err(refused)?;
    tx.commit().await?;
    Ok(reader)
}

/// The eight digits in the latest letter to this address.
pub async fn code_for(db: &Db, mail: &str) -> Result<String, Failed> {
    let letters = reader::letters(&mut db.read().await?).await?;
    let letter = letters.iter().find(|letter| letter.recipient.as_str() == mail).ok_or("no letter")?;
    let line = letter
        .text
        .lines()
        .find(|line| line.trim().len() == 9 && line.starts_with("    "))
        .ok_or("no code")?;
    Ok(line.trim().to_owned())
}

/// An article in a section of its own, with its path.
pub async fn article(db: &Db) -> Result<(archive::ArticleId, String), Failed> {
    let mut tx = db.begin().await?;
    let section = story::Slug::parse("chronik").ok_or("a section")?;
    let line = |text: &str| story::Line::parse("line", text, 200);
    archive::add_section(&mut tx, &section, &line("Chronik")?, MORNING).await?;
    let article = story::Article {
        source: line("feuer-1")?,
        slug: story::Slug::parse("feuer-im-hafen").ok_or("a slug")?,
        section,
        language: Language::Austrian,
        kicker: None,
        headline: line("Feuer im Hafen")?,
        lead: None,
        authors: Vec::new(),
        agencies: Vec::new(),
        place: None,
        published: None,
        body: vec![story::Block::Paragraph(story::Text::plain("Am Abend brannte ein Schuppen."))],
        figures: Vec::new(),
    };
    let id =
        archive::publish(&mut tx, &article, &line("Redaktion")?, MORNING).await?.map_err(|_| "a clash")?;
    let path = format!("/{}/{}", article.section, article.slug);
    tx.commit().await?;
    Ok((id, path))
}

/// Somebody signed in, without the pages of signing in.
pub async fn signed_in(db: &Db, who: ReaderId) -> Result<Browser, Failed> {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&who.0.to_be_bytes());
    let token = Secret::from_chance(bytes);
    let mut tx = db.begin().await?;
    reader::open_session(&mut tx, who, &token, "Firefox, Linux", MORNING).await?;
    tx.commit().await?;
    Ok(Browser::with(Some(token.reveal())))
}
