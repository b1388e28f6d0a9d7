//! Words that were typed and found no place: they come back, or go when their author says so. On both databases.

use crate::cast::{Browser, MORNING, Outcome, PASSWORD, ROOMS, article, paper, person, signed_in};
use axum::body::Body;
use http::{Request, StatusCode, header};
use reader::Role;
use std::sync::atomic::Ordering;
use store::testing::on_both;
use story::Line;
use web::Mailbox;

on_both!(words_come_back_when_the_session_was_over, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let mut browser = Browser::default();
    let removal: &[(&str, &str)] = &[("clause", "1"), ("reason", "Das ist eine Beleidigung.")];
    let closing: &[(&str, &str)] = &[("scope", "paper"), ("reason", "law"), ("note", "Das ist eine Notiz.")];
    let brake: &[(&str, &str)] = &[
        ("kind", "slow"),
        ("days", "7"),
        ("minutes", "9"),
        ("hours", "3"),
        ("reason", "Das ist die Welle."),
    ];
    let mark: &[(&str, &str)] = &[("value", "yes"), ("why", "Das ist Frau Berger.")];
    let change: &[(&str, &str)] = &[("text", "Das ist besser."), ("seen", "0")];
    let forms = [
        ("/comments/1/removal", removal),
        ("/desk/moderation/closings", closing),
        ("/desk/moderation/brakes", brake),
        ("/readers/1/verification", mark),
        ("/comments/1/revisions", change),
    ];
    for (path, fields) in forms {
        let answer = browser.post(&door, path, fields).await?;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.body);
        assert!(answer.body.contains("Das ist ") && answer.body.contains("/login?then="), "{path}");
    }
    let request = Request::post("/desk/moderation/brakes")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, "https://uferbote.example/desk/moderation/brake")
        .body(Body::from("kind=slow&days=7&minutes=9&hours=3&reason=Welle"))?;
    let back = browser.send(&door, request).await?;
    assert!(back.body.contains("/login?then=%2Fdesk%2Fmoderation%2Fbrake\""), "{}", back.body);
    Outcome::Ok(())
});

on_both!(words_come_back_when_the_article_is_gone, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (id, path) = article(&db).await?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut tx = db.begin().await?;
    let line = |text: &str| Line::parse("line", text, 200);
    archive::withdraw(&mut tx, id, &line("Falsch.")?, &line("Bea")?, MORNING).await?;
    tx.commit().await?;
    let thread = format!("{path}/comments");
    let typed = "Das <b>Dach</b> bleibt.";
    let answer = signed_in(&db, anna).await?.post(&door, &thread, &[("text", typed)]).await?;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.body.contains("Das &lt;b&gt;Dach"), "{}", answer.body);

    let form = [
        ("mail", "anna@example.org"),
        ("password", PASSWORD),
        ("draft_text", typed),
        ("draft_to", thread.as_str()),
        ("draft_reply_to", ""),
    ];
    let mut browser = Browser::default();
    let entered = browser.post(&door, "/login", &form).await?;
    assert!(entered.body.contains("Das &lt;b&gt;Dach"), "{}", entered.body);
    assert_eq!(browser.get(&door, "/account").await?.status, StatusCode::OK, "and she is signed in");
    Outcome::Ok(())
});

on_both!(a_draft_is_thrown_away_when_its_author_says_so_and_after_a_while, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (id, path) = article(&db).await?;
    let thread = format!("{path}/comments");
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let ben = person(&db, "Ben Wald", "ben@example.org", Role::Reader).await?;
    let (mut hers, mut his) = (signed_in(&db, anna).await?, signed_in(&db, ben).await?);
    let night = MORNING.plus_minutes(10 * 60);
    door.hand.store(night.0, Ordering::SeqCst);
    for browser in [&mut hers, &mut his] {
        let refused = browser.post(&door, &thread, &[("text", "Gute Nacht!")]).await?;
        assert_eq!(refused.status, StatusCode::CONFLICT);
    }
    let mine = hers.get(&door, &format!("{thread}/mine")).await?;
    let discard = mine.between("formaction=\"", "\"").ok_or("a button")?.to_owned();
    let account = hers.get(&door, "/account").await?;
    assert!(account.body.contains("Gute Nacht!") && account.body.contains("/deletion\""), "{}", account.body);
    let gone = hers.post(&door, &discard, &[("text", "Gute Nacht!"), ("key", "")]).await?;
    assert_eq!(gone.header(header::LOCATION), format!("{thread}/mine"));
    assert!(!hers.get(&door, "/account").await?.body.contains("Gute Nacht!"));
    assert!(his.get(&door, "/account").await?.body.contains("Gute Nacht!"), "his stays");

    let day = 24 * 60;
    for (days, kept) in [(90, true), (91, false)] {
        let mut tx = db.begin().await?;
        forum::forget_drafts(&mut tx, night.plus_minutes(days * day)).await?;
        tx.commit().await?;
        assert_eq!(forum::draft(&mut db.read().await?, ben, id).await?.is_some(), kept, "{days}");
    }
    Outcome::Ok(())
});
