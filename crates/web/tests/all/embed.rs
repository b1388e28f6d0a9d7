//! The talk about articles of another system, on both databases.

use crate::cast::{
    Answer, Browser, Door, EMBED_SECRET, MORNING, ROOMS, SITE, article, paper, person, signed_in,
};
use archive::Elsewhere;
use axum::body::Body;
use http::{Request, StatusCode, header};
use newsroom::{Announced, Outcome};
use reader::Role;
use serde_json::{Value, json};
use store::Db;
use store::testing::on_both;
use story::{Language, Line};
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

const PAGE: &str = "https://www.example.at/2026/seilbahn?id=7";
const HEADLINE: &str = "Seilbahn <b>steht";
const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     media-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ";

async fn announces(house: &Door, told: &Value, secret: &str) -> Result<Answer, Failed> {
    let request = Request::post("/api/v1/elsewhere")
        .header(header::AUTHORIZATION, format!("Bearer {secret}"))
        .body(Body::from(told.to_string()))?;
    Browser::default().send(house, request).await
}

/// A paper with an article of its own, and one that stands elsewhere: its id and the path of its talk.
async fn with_a_talk(db: Db) -> Result<(Door, i64, String), Failed> {
    article(&db).await?;
    let house = paper(db, Mailbox::Away)?;
    let answer = announces(&house, &json!({ "url": PAGE, "headline": HEADLINE }), EMBED_SECRET).await?;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let told: Value = serde_json::from_str(&answer.body)?;
    let talk = told["talk"].as_str().ok_or("an address")?.replace("https://uferbote.example", "");
    Ok((house, told["id"].as_i64().ok_or("an id")?, talk))
}

fn framed(page: &str) -> String {
    format!("/embed?url={}", percent(page))
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

on_both!(t2_1_only_the_frame_may_be_framed_and_only_by_its_sites, ROOMS, |db| async move {
    let (house, id, talk) = with_a_talk(db).await?;
    let mut nobody = Browser::default();
    let further = [format!("/embed/{id}"), format!("/embed/{id}?sort=best")];
    for path in [framed(PAGE), framed(PAGE)].into_iter().chain(further) {
        let answer = nobody.get(&house, &path).await?;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header(header::CONTENT_SECURITY_POLICY), format!("{STRICT}{SITE}"), "{path}");
        assert!(answer.headers.get(header::X_FRAME_OPTIONS).is_none(), "{path}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert!(answer.headers.get(header::SET_COOKIE).is_none());
        assert!(!answer.body.contains("<form"), "what a frame sends comes without a cookie");
    }
    // The front desk knows no policy but one: it must not have this page.
    let path = format!("/embed/{id}");
    assert!(matches!(house.paper.copies.hand(&path, MORNING), edition::Handed::Make(_)));
    let unknown = nobody.get(&house, &framed("https://www.example.at/nothing")).await?;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(unknown.header(header::CONTENT_SECURITY_POLICY), format!("{STRICT}{SITE}"));
    for path in [
        "/".to_owned(),
        "/login".to_owned(),
        "/embed.js".to_owned(),
        format!("/embed/open?url={}", percent(PAGE)),
        framed("https://evil.example/"),
        framed("https://www.example.at.evil.example/2026/seilbahn?id=7"),
        "/embed".to_owned(),
        "/embed/x".to_owned(),
        "/api/v1/elsewhere".to_owned(),
        talk.trim_end_matches("/comments").to_owned(),
        talk,
    ] {
        let answer = nobody.get(&house, &path).await?;
        assert_eq!(answer.header(header::CONTENT_SECURITY_POLICY), format!("{STRICT}'none'"), "{path}");
        assert_eq!(answer.header(header::X_FRAME_OPTIONS), "DENY", "{path}");
    }
    let script = nobody.get(&house, "/embed.js").await?;
    assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
    assert!(script.body.len() < 2048 && script.body.contains("data-blatt-talk"));
    Ok(())
});

on_both!(only_the_other_system_begins_a_talk, ROOMS, |db| async move {
    article(&db).await?;
    let house = paper(db, Mailbox::Away)?;
    let good = json!({ "url": PAGE, "headline": HEADLINE });
    for secret in ["", "wrong", &EMBED_SECRET[1..], &format!("{EMBED_SECRET} ")] {
        assert_eq!(announces(&house, &good, secret).await?.status, StatusCode::UNAUTHORIZED, "{secret:?}");
    }
    let without = Request::post("/api/v1/elsewhere").body(Body::from(good.to_string()))?;
    assert_eq!(Browser::default().send(&house, without).await?.status, StatusCode::UNAUTHORIZED);
    for wrong in [
        json!({ "url": PAGE }),
        json!({ "url": PAGE, "headline": " " }),
        json!({ "url": PAGE, "headline": "a".repeat(201) }),
        json!({ "url": PAGE, "headline": HEADLINE, "section": "nirgends" }),
        json!({ "url": PAGE, "headline": HEADLINE, "section": "../desk" }),
        json!({ "url": PAGE, "headline": HEADLINE, "published": "gestern" }),
        json!({ "url": PAGE, "headline": HEADLINE, "authors": vec!["Ada"; 13] }),
        json!({ "url": PAGE, "headline": HEADLINE, "is_front": true }),
        json!({ "url": "https://evil.example/", "headline": HEADLINE }),
        json!({ "url": "https://www.example.at@evil.example/", "headline": HEADLINE }),
        json!({ "url": "javascript:alert(1)//https://www.example.at", "headline": HEADLINE }),
        json!({ "url": "https://www.example.at/\r\nset-cookie: a=b", "headline": HEADLINE }),
        json!(["https://www.example.at/"]),
    ] {
        let answer = announces(&house, &wrong, EMBED_SECRET).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {}", answer.body);
    }
    let frame = Browser::default().get(&house, &framed(PAGE)).await?;
    assert_eq!(frame.status, StatusCode::NOT_FOUND, "nothing of this began a talk");
    Ok::<(), Failed>(())
});

on_both!(an_article_is_known_by_its_id_or_else_by_its_address, ROOMS, |db| async move {
    let (house, id, talk) = with_a_talk(db).await?;
    let (moved, other) = ("https://www.example.at/seilbahn-neu", "https://www.example.at/anderes");
    let said = async |told: Value| -> Result<(StatusCode, Value), Failed> {
        let answer = announces(&house, &told, EMBED_SECRET).await?;
        Ok((answer.status, serde_json::from_str(&answer.body)?))
    };
    let (status, again) = said(json!({ "url": PAGE, "headline": HEADLINE })).await?;
    assert_eq!((status, &again["id"]), (StatusCode::OK, &json!(id)));
    let (status, called) = said(json!({ "url": PAGE, "headline": "Seilbahn fährt" })).await?;
    assert_eq!((status, &called["id"]), (StatusCode::OK, &json!(id)));
    assert!(
        called["talk"].as_str().is_some_and(|there| there.ends_with(&talk)),
        "the talk stays where it is"
    );
    assert!(Browser::default().get(&house, &talk).await?.body.contains("Seilbahn fährt"));

    let (status, first) = said(json!({ "id": "wp-7", "url": other, "headline": "Anderes" })).await?;
    assert_eq!(status, StatusCode::CREATED);
    let (status, refused) = said(json!({ "id": "wp-7", "url": PAGE, "headline": "Anderes" })).await?;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    let (status, second) = said(json!({ "id": "wp-7", "url": moved, "headline": "Anderes" })).await?;
    assert_eq!((status, &second["id"]), (StatusCode::OK, &first["id"]));
    assert_eq!(second["url"], moved);
    assert_eq!(Browser::default().get(&house, &framed(moved)).await?.status, StatusCode::OK);
    assert_eq!(Browser::default().get(&house, &framed(other)).await?.status, StatusCode::NOT_FOUND);
    Ok::<(), Failed>(())
});

on_both!(t4_3_an_article_elsewhere_is_in_no_list_of_the_paper, ROOMS, |db| async move {
    let (house, id, talk) = with_a_talk(db).await?;
    let mut nobody = Browser::default();
    let seen = nobody.get(&house, &talk).await?;
    assert!(seen.body.contains("Seilbahn &lt;b&gt;steht"), "its talk is there");
    for path in [
        "/",
        "/chronik",
        "/chronik/feuer-im-hafen",
        "/search?q=Seilbahn",
        "/feed.rss",
        "/feed.atom",
        "/feed.json",
        "/chronik/feed.rss",
        "/sitemap.xml",
        "/news-sitemap.xml",
        "/api/v1/articles",
        "/api/v1/articles?section=chronik",
    ] {
        let answer = nobody.get(&house, path).await?;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.body.contains("eilbahn <") && !answer.body.contains("seilbahn-b"), "{path}");
        assert!(!answer.body.contains("eilbahn &lt;"), "{path}");
    }
    let mut tx = house.paper.db.read().await?;
    assert!(archive::listed(&mut tx, None, 9).await?.iter().all(|listed| listed.id.0 != id));
    Ok(())
});

on_both!(one_reads_in_the_frame_and_writes_on_the_papers_own_page, ROOMS, |db| async move {
    let (house, id, talk) = with_a_talk(db).await?;
    let anna = person(&house.paper.db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut anna = signed_in(&house.paper.db, anna).await?;
    let posted = anna.post(&house, &talk, &[("text", "Sie <b>fährt</b> wieder.")]).await?;
    assert_eq!(posted.status, StatusCode::SEE_OTHER, "{}", posted.body);
    let permalink = posted.header(header::LOCATION).split('?').next().unwrap_or_default().to_owned();

    let mut nobody = Browser::default();
    for path in [framed(PAGE), talk.clone(), permalink.clone(), format!("/embed/{id}?sort=oldest")] {
        let page = nobody.get(&house, &path).await?.body;
        assert!(page.contains("Sie &lt;b&gt;fährt&lt;/b&gt; wieder."), "{path}");
    }
    let frame = nobody.get(&house, &framed(PAGE)).await?.body;
    assert!(frame.contains(&format!("href=\"{talk}#reply\"")), "the way to take part");
    assert!(frame.contains("noindex, indexifembedded"));
    assert!(!frame.contains("application/ld+json"));
    for path in [&talk, &permalink] {
        let page = nobody.get(&house, path).await?.body;
        assert!(page.contains(&format!("<p class=\"thread-of\"><a href=\"{PAGE}\">")), "{path}");
    }
    let whole = nobody.get(&house, &talk).await?.body;
    assert!(whole.contains(&format!("\"url\":\"{PAGE}\"")), "search engines learn what it is about");
    let address = talk.trim_end_matches("/comments");
    for path in [address.to_owned(), format!("{address}/versions")] {
        let leads = nobody.get(&house, &path).await?;
        assert_eq!((leads.status, leads.header(header::LOCATION)), (StatusCode::FOUND, PAGE), "{path}");
    }
    assert_eq!(nobody.get(&house, &format!("{address}/audio.mp3")).await?.status, StatusCode::NOT_FOUND);
    let open = nobody.get(&house, &format!("/embed/open?url={}", percent(PAGE))).await?;
    assert_eq!((open.status, open.header(header::LOCATION)), (StatusCode::SEE_OTHER, talk.as_str()));

    let asked = format!("/api/v1/elsewhere?url={}&url={}", percent(PAGE), percent("https://evil.example/"));
    let counts: Value = serde_json::from_str(&nobody.get(&house, &asked).await?.body)?;
    assert_eq!(counts["articles"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&counts["articles"][0]["comments"], &counts["articles"][0]["url"]),
        (&json!(1), &json!(PAGE))
    );
    let one = nobody.get(&house, &format!("/api/v1/articles/{id}")).await?;
    assert_eq!(serde_json::from_str::<Value>(&one.body)?["url"], PAGE);
    Ok(())
});

on_both!(the_frame_has_twenty_comments_and_its_pages_stay_in_it, ROOMS, |db| async move {
    let (house, id, talk) = with_a_talk(db).await?;
    let ben = person(&house.paper.db, "Ben Kurz", "ben@example.org", Role::Reader).await?;
    let pace = forum::Pace { per_minute: 99, per_hour: 99 };
    let open = forum::hours::State::Open { until: None };
    let mut tx = house.paper.db.begin().await?;
    for n in 0..25 {
        let said = forum::Contribution {
            article: archive::ArticleId(id),
            author: ben,
            parent: None,
            body: forum::Body::parse(&format!("Nummer {n}.")).map_err(|_| "a body")?,
            key: None,
        };
        forum::post(&mut tx, &said, open.clone(), pace, MORNING.plus(n)).await?.map_err(|_| "refused")?;
    }
    tx.commit().await?;
    let mut nobody = Browser::default();
    let first = nobody.get(&house, &framed(PAGE)).await?;
    assert_eq!(first.body.matches("<li class=\"comment\"").count(), 20);
    let older = first.between("rel=\"next\" href=\"", "\"").ok_or("a next page")?.replace("&amp;", "&");
    assert!(older.starts_with(&format!("/embed/{id}?before=")), "{older}");
    for sort in ["best", "discussed", "oldest"] {
        assert!(first.body.contains(&format!("target=\"_self\" href=\"/embed/{id}?sort={sort}\"")), "{sort}");
    }
    assert!(first.body.contains("<base target=\"_blank\">"), "every other link leaves the frame");
    assert!(first.body.contains(&format!("data-live=\"{talk}/live\"")));
    let last = nobody.get(&house, &older).await?;
    assert_eq!(last.body.matches("<li class=\"comment\"").count(), 5);
    assert!(last.body.contains(&format!("rel=\"prev\" href=\"/embed/{id}\"")));
    Ok(())
});

on_both!(a_withdrawn_talk_is_gone_from_the_frame, ROOMS, |db| async move {
    let (house, id, talk) = with_a_talk(db).await?;
    let mut tx = house.paper.db.begin().await?;
    let (reason, by) = (Line::parse("reason", "Ein Irrtum.", 90)?, Line::parse("by", "Redaktion", 90)?);
    newsroom::withdraw(&mut tx, archive::ArticleId(id), &reason, &by, MORNING)
        .await?
        .map_err(|refusal| refusal.to_string())?;
    tx.commit().await?;
    let mut nobody = Browser::default();
    for path in [framed(PAGE), format!("/embed/{id}")] {
        let frame = nobody.get(&house, &path).await?;
        assert_eq!(frame.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!frame.body.contains("Seilbahn"), "{path}");
    }
    assert_eq!(nobody.get(&house, &talk).await?.status, StatusCode::GONE);
    // Announced again it stays out: bringing it back is the newsroom's.
    announces(&house, &json!({ "url": PAGE, "headline": "Neu" }), EMBED_SECRET).await?;
    assert_eq!(nobody.get(&house, &talk).await?.status, StatusCode::GONE);
    let asked = nobody.get(&house, &format!("/api/v1/elsewhere?url={}", percent(PAGE))).await?;
    assert_eq!(asked.body, "{\"articles\":[]}");
    Ok(())
});

on_both!(t2_5_a_site_that_is_ours_no_more_is_not_led_to, ROOMS, |db| async move {
    article(&db).await?;
    let announced = Announced {
        page: Elsewhere::parse("https://old.example/a").ok_or("an address")?,
        id: None,
        headline: Line::parse("headline", "Alt", 90)?,
        section: None,
        authors: Vec::new(),
        published: None,
    };
    let by = Line::parse("by", "Redaktion", 90)?;
    let mut tx = db.begin().await?;
    let outcome = newsroom::announce(&mut tx, &announced, Language::Austrian, &by, MORNING).await?;
    let Outcome::New(id) = outcome else { return Err(format!("{outcome:?}").into()) };
    tx.commit().await?;
    let house = paper(db, Mailbox::Away)?;
    let mut nobody = Browser::default();
    assert_eq!(nobody.get(&house, "/chronik/alt").await?.header(header::LOCATION), "/chronik/alt/comments");
    assert_eq!(nobody.get(&house, &format!("/embed/{id}")).await?.status, StatusCode::NOT_FOUND);
    assert_eq!(nobody.get(&house, &framed("https://old.example/a")).await?.status, StatusCode::NOT_FOUND);
    Ok(())
});
