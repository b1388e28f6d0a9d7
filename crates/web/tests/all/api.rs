//! Reading for other programs, on both databases.

use crate::cast::{Answer, Browser, Door, MORNING, ROOMS, article, paper, person};
use forum::hours::State;
use forum::{Body, CommentId, Contribution, Pace};
use http::{StatusCode, header};
use reader::{ReaderId, Role};
use serde_json::Value;
use store::Db;
use store::testing::on_both;
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

async fn says(
    db: &Db,
    (article, author): (archive::ArticleId, ReaderId),
    parent: Option<CommentId>,
    text: &str,
) -> Result<CommentId, Failed> {
    let body = Body::parse(text).map_err(|_| "a body")?;
    let said = Contribution { article, author, parent, body, key: None };
    let pace = Pace { per_minute: 500, per_hour: 500 };
    let mut tx = db.begin().await?;
    let id = forum::post(&mut tx, &said, State::Open { until: None }, pace, MORNING).await?;
    tx.commit().await?;
    Ok(id.map_err(|_| "refused")?.here().ok_or("it waits")?)
}

fn json(answer: &Answer) -> Result<Value, Failed> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/json");
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
    assert!(answer.headers.get(header::SET_COOKIE).is_none());
    Ok(serde_json::from_str(&answer.body)?)
}

/// The path of an address of ours.
fn path(address: &Value) -> String {
    address.as_str().unwrap_or_default().replace("https://uferbote.example", "")
}

async fn read(house: &Door, path: &str) -> Result<Value, Failed> {
    json(&Browser::default().get(house, path).await?)
}

on_both!(a_talk_is_read_page_by_page_and_nothing_twice, ROOMS, |db| async move {
    let (id, address) = article(&db).await?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut expected = Vec::new();
    for n in 0..60 {
        expected.push(says(&db, (id, anna), None, &format!("Nummer {n} <b>")).await?.0);
    }
    let top = says(&db, (id, anna), None, "Oben").await?;
    for n in 0..5 {
        says(&db, (id, anna), Some(top), &format!("Antwort {n}")).await?;
    }
    expected.push(top.0);
    let house = paper(db, Mailbox::Away)?;

    let list = read(&house, "/api/v1/articles").await?;
    assert_eq!(list["articles"][0]["headline"], "Feuer im Hafen");
    assert_eq!(list["articles"][0]["comments"], 66);
    assert_eq!(path(&list["articles"][0]["url"]), address);
    let whole = read(&house, &format!("/api/v1/articles/{id}")).await?;
    assert!(whole["html"].as_str().is_some_and(|html| html.contains("Schuppen")));

    let mut next = path(&list["articles"][0]["comments_url"]);
    let mut found = Vec::new();
    while !next.is_empty() {
        let page = read(&house, &next).await?;
        assert_eq!(page["open"], true);
        for comment in page["comments"].as_array().into_iter().flatten() {
            found.push(comment["id"].as_i64().ok_or("an id")?);
        }
        next = path(&page["next"]);
    }
    expected.reverse();
    assert_eq!(found, expected, "newest first, each once");

    let first = read(&house, &format!("/api/v1/articles/{id}/comments?sort=discussed")).await?;
    let conversation = &first["comments"][0];
    assert_eq!(conversation["id"], top.0);
    let shown = conversation["replies"].as_array().map_or(0, Vec::len);
    let further = read(&house, &path(&conversation["further_replies"])).await?;
    assert_eq!(shown + further["replies"].as_array().map_or(0, Vec::len), 5);
    assert_eq!(further["next"], Value::Null);
    let one = read(&house, &format!("/api/v1/comments/{}", expected[1])).await?;
    assert_eq!(one["html"], "<p>Nummer 59 &lt;b&gt;</p>");
    Ok::<(), Failed>(())
});

on_both!(t4_3_what_readers_may_not_see_is_not_there_for_programs_either, ROOMS, |db| async move {
    let (id, _) = article(&db).await?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let said = says(&db, (id, anna), None, "Ein böses Wort").await?;
    let mut tx = db.begin().await?;
    forum::remove(&mut tx, said, 1, MORNING).await?;
    tx.commit().await?;
    let house = paper(db.clone(), Mailbox::Away)?;
    for path in [format!("/api/v1/articles/{id}/comments"), format!("/api/v1/comments/{said}")] {
        let page = read(&house, &path).await?;
        assert!(!page.to_string().contains("böses"), "{path}");
        assert!(page.to_string().contains("\"removed\":true"), "{path}");
    }
    let mut tx = db.begin().await?;
    let line = |text: &str| story::Line::parse("line", text, 99);
    archive::withdraw(&mut tx, id, &line("Falsch")?, &line("Chefin")?, MORNING).await?;
    tx.commit().await?;
    for path in [
        format!("/api/v1/articles/{id}"),
        format!("/api/v1/articles/{id}/comments"),
        format!("/api/v1/comments/{said}"),
        format!("/api/v1/comments/{said}/replies"),
        "/api/v1/articles/999".to_owned(),
        "/api/v1/articles?after=nonsense".to_owned(),
        format!("/api/v1/articles/{id}/comments?sort=loudest"),
    ] {
        let answer = Browser::default().get(&house, &path).await?;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(read(&house, "/api/v1/articles").await?["articles"], Value::Array(Vec::new()));
    Ok::<(), Failed>(())
});

on_both!(the_description_names_what_can_be_read, ROOMS, |db| async move {
    let (id, _) = article(&db).await?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let said = says(&db, (id, anna), None, "Guten Morgen").await?;
    let house = paper(db, Mailbox::Away)?;
    let description = read(&house, "/api/openapi.json").await?;
    let paths = description["paths"].as_object().ok_or("paths")?;
    assert_eq!(paths.len(), 7);
    for (path, _) in paths.iter().filter(|(_, operations)| operations.get("get").is_some()) {
        let id = if path.contains("comments/{id}") { said.0 } else { id.0 };
        read(&house, &path.replace("{id}", &id.to_string())).await?;
    }
    let changed = Browser::default().post(&house, "/api/v1/articles", &[]).await?;
    assert_eq!(changed.status, StatusCode::METHOD_NOT_ALLOWED);
    Ok::<(), Failed>(())
});
