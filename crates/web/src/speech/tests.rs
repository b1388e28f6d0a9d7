//! The sound at its addresses, on both databases.

use std::num::NonZeroUsize;

use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use speech::{Speak, Studio};
use store::testing::on_both;
use store::{Clock, Db, Migrations};
use story::{Article, Block, Language, Line, Text};
use tower::Service;

use super::*;

const ROOMS: &[Migrations] = &[
    store::MIGRATIONS,
    archive::MIGRATIONS,
    ::speech::MIGRATIONS,
    reader::MIGRATIONS,
    ::forum::MIGRATIONS,
    ::moderation::MIGRATIONS,
    ::games::MIGRATIONS,
];
const NOON: Time = Time(1_795_510_800_000);
const RULES: &str = "standing_de = \"Es gelten die {rules}, offen ist die {report}.\"
standing_en = \"The {rules} apply, the {report} is open.\"
[[chapters]]
id = \"1\"
de = \"Ton\"
en = \"Tone\"
[[clauses]]
id = \"1.1\"
de = \"Freundlich\"
de_text = \"Seien Sie freundlich.\"
en = \"Kind\"
en_text = \"Be kind.\"
";

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn line(text: &str) -> Line {
    Line::parse("line", text, 200).expect("a line")
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn fire() -> Article {
    Article {
        source: line("fire"),
        slug: slug("brand"),
        section: slug("stadt"),
        language: Language::Austrian,
        kicker: Some(line("Feuerwehr")),
        headline: line("Brand & Rauch im Hafen"),
        lead: Some(line("Verletzt wurde niemand. Der Schaden ist hoch.")),
        authors: vec![],
        agencies: vec![],
        place: None,
        published: None,
        body: vec![Block::Paragraph(Text::plain("Um 2.14 Uhr kam der Alarm. Dann ging es schnell."))],
        figures: vec![],
    }
}

struct Newspaper {
    paper: Arc<Paper>,
    folder: tempfile::TempDir,
}

struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answered {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Newspaper {
    async fn open(db: Db) -> Outcome<Newspaper> {
        let folder = tempfile::tempdir()?;
        std::fs::create_dir(folder.path().join("sound"))?;
        let zone = jiff::tz::TimeZone::UTC;
        let house = ::edition::House {
            name: "Der Test".into(),
            claim: String::new(),
            place: String::new(),
            founded: None,
            contact: vec![],
            publisher: String::new(),
            report_mail: String::new(),
            address: "http://localhost".into(),
            zone: zone.clone(),
            language: Language::Austrian,
            nameplate: None,
            icon: None,
        };
        let mut tx = db.begin().await?;
        archive::add_section(&mut tx, &slug("stadt"), &line("Stadt"), NOON).await?;
        tx.commit().await?;
        let paper = Paper {
            trusted_proxies: Vec::new(),
            db,
            theme: theme::Theme::new(theme::Settings { zone: zone.clone(), folder: None, accent: None })?,
            house,
            copies: ::edition::Copies::new(1 << 20),
            clock: Clock::standing(NOON).0,
            chance: |bytes| bytes.fill(7),
            folder: folder.path().to_owned(),
            assets: HashMap::new(),
            mailbox: crate::Mailbox::Administrators,
            hours: crate::Openings::new(::forum::hours::Timetable::always(zone)),
            pace: ::forum::Pace::default(),
            rules: ::moderation::Rules::parse(RULES).map_err(|trouble| trouble.to_string())?,
            talk: crate::Talk::default(),
            live: crate::Live::default(),
            hook_secrets: Vec::new(),
            second_factor: false,
            provider: None,
            phases: crate::Phases::default(),
            floods: crate::Floods::new(crate::FloodLimits::default()),
            embed: crate::Embed::default(),
        };
        Ok(Newspaper { paper: Arc::new(paper), folder })
    }

    async fn publishes(&self, article: &Article) -> Outcome<ArticleId> {
        let mut tx = self.paper.db.begin().await?;
        let id = archive::publish(&mut tx, article, &line("Ada"), NOON).await?;
        tx.commit().await?;
        id.map_err(|clash| format!("{clash:?}").into())
    }

    async fn asks_for_sound(&self, id: ArticleId, article: &Article) -> Outcome<()> {
        let mut tx = self.paper.db.begin().await?;
        ::speech::wanted(&mut tx, id, article, NOON).await?;
        Ok(tx.commit().await?)
    }

    async fn speaks(&self, id: ArticleId, article: &Article) -> Outcome<()> {
        let studio = Studio::open(&self.folder.path().join("voices"), NonZeroUsize::MIN)?;
        let speak = Speak::of(id, article);
        ::speech::make(&self.paper.db, &studio, &shelf(&self.paper), &speak, NOON).await?;
        self.paper.copies.forget_all();
        Ok(())
    }

    async fn asked(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Outcome<Answered> {
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = crate::routes(Arc::clone(&self.paper)).call(request.body(Body::empty())?).await?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await?.to_bytes().to_vec();
        Ok(Answered { status: parts.status, headers: parts.headers, body })
    }

    async fn get(&self, path: &str) -> Outcome<Answered> {
        self.asked(Method::GET, path, &[]).await
    }
}

on_both!(a_sound_is_asked_for_made_and_heard, ROOMS, |db| async move {
    let newspaper = Newspaper::open(db).await?;
    let id = newspaper.publishes(&fire()).await?;
    for file in ["audio.mp3", "audio.json", "audio.vtt"] {
        let answer = newspaper.get(&format!("/stadt/brand/{file}")).await?;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{file} was not asked for");
    }
    assert!(!newspaper.get("/stadt/brand").await?.text().contains("audio.mp3"));

    newspaper.asks_for_sound(id, &fire()).await?;
    let waiting = newspaper.get("/stadt/brand/audio.mp3").await?;
    assert_eq!((waiting.status, waiting.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "10"));
    assert_eq!(waiting.header("cache-control"), "no-store");

    newspaper.speaks(id, &fire()).await?;
    let whole = newspaper.get("/stadt/brand/audio.mp3").await?;
    assert_eq!((whole.status, whole.header("content-type")), (StatusCode::OK, "audio/mpeg"));
    assert_eq!(whole.header("content-length"), whole.body.len().to_string());
    assert!(whole.body.starts_with(b"ID3"));
    let head = newspaper.asked(Method::HEAD, "/stadt/brand/audio.mp3", &[]).await?;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("content-length"), whole.header("content-length"));
    let tag = whole.header("etag").to_owned();
    let again = newspaper.asked(Method::GET, "/stadt/brand/audio.mp3", &[("if-none-match", &tag)]).await?;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    Ok(())
});

on_both!(a_player_may_ask_for_any_part, ROOMS, |db| async move {
    let newspaper = Newspaper::open(db).await?;
    let id = newspaper.publishes(&fire()).await?;
    newspaper.speaks(id, &fire()).await?;
    let path = "/stadt/brand/audio.mp3";
    let whole = newspaper.get(path).await?.body;
    let length = whole.len();
    let first = newspaper.asked(Method::GET, path, &[("range", "bytes=0-1")]).await?;
    assert_eq!((first.status, &first.body[..]), (StatusCode::PARTIAL_CONTENT, &whole[..2]));
    assert_eq!(first.header("content-range"), format!("bytes 0-1/{length}"));
    let rest = newspaper.asked(Method::GET, path, &[("range", "bytes=1000-")]).await?;
    assert!(rest.body == whole[1000..]);
    let beyond = format!("bytes={length}-");
    let beyond = newspaper.asked(Method::GET, path, &[("range", &beyond)]).await?;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    let stale = [("range", "bytes=0-1"), ("if-range", "\"another\"")];
    assert_eq!(newspaper.asked(Method::GET, path, &stale).await?.status, StatusCode::OK);
    Ok(())
});

on_both!(timings_and_captions_speak_of_the_page, ROOMS, |db| async move {
    let newspaper = Newspaper::open(db).await?;
    let id = newspaper.publishes(&fire()).await?;
    newspaper.asks_for_sound(id, &fire()).await?;
    newspaper.speaks(id, &fire()).await?;
    let page = newspaper.get("/stadt/brand").await?.text();
    assert!(page.contains("/stadt/brand/audio.mp3"));
    let timings = newspaper.get("/stadt/brand/audio.json").await?;
    assert_eq!(timings.header("content-type"), "application/json");
    let timings: ::speech::Timings = serde_json::from_slice(&timings.body)?;
    assert_eq!(timings.sentences.len(), 6);
    for sentence in &timings.sentences {
        let marked = [
            format!("id=\"{}\"", sentence.id),
            format!("id={}>", sentence.id),
            format!("id={} ", sentence.id),
        ];
        assert!(marked.iter().any(|id| page.contains(id)), "{} is not in the page: {page}", sentence.id);
    }
    let captions = newspaper.get("/stadt/brand/audio.vtt").await?;
    assert_eq!(captions.header("content-type"), "text/vtt; charset=utf-8");
    assert!(captions.text().starts_with("WEBVTT\n\ns1\n00:00:00.000 --> "));
    assert!(captions.text().contains("\nBrand &amp; Rauch im Hafen\n"));
    Ok(())
});

on_both!(t4_3_nobody_hears_what_nobody_may_read, ROOMS, |db| async move {
    let newspaper = Newspaper::open(db.clone()).await?;
    let tomorrow = Article { published: Some(NOON.plus_minutes(24 * 60)), ..fire() };
    let id = newspaper.publishes(&tomorrow).await?;
    newspaper.speaks(id, &tomorrow).await?;
    assert!(
        std::fs::read_dir(newspaper.folder.path().join("sound"))?.count() == 2,
        "it waits with its sound"
    );
    assert_eq!(newspaper.get("/stadt/brand/audio.mp3").await?.status, StatusCode::NOT_FOUND);

    let report = Article { source: line("report"), slug: slug("bericht"), ..fire() };
    let id = newspaper.publishes(&report).await?;
    newspaper.speaks(id, &report).await?;
    let mut tx = db.begin().await?;
    archive::withdraw(&mut tx, id, &line("Falsch."), &line("Ada"), NOON).await?;
    tx.commit().await?;
    for file in ["audio.mp3", "audio.json", "audio.vtt"] {
        assert_eq!(newspaper.get(&format!("/stadt/bericht/{file}")).await?.status, StatusCode::GONE);
    }
    assert_eq!(newspaper.get("/stadt/bericht/audio.wav").await?.status, StatusCode::NOT_FOUND);
    Ok(())
});
