//! Finding one's way in a large talk: a search in a thread, the page of a writer, a comment among its neighbours.

use crate::cast::{Browser, MORNING, ROOMS, article, paper, person};
use archive::ArticleId;
use forum::hours::State;
use forum::{Body, CommentId, Contribution, Pace};
use http::StatusCode;
use reader::{ReaderId, Role};
use store::testing::on_both;
use store::{Db, Time};
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

async fn say(
    db: &Db,
    about: ArticleId,
    author: ReaderId,
    parent: Option<CommentId>,
    text: &str,
    at: Time,
) -> Result<CommentId, Failed> {
    let mut tx = db.begin().await?;
    let body = Body::parse(text).map_err(|refusal| format!("{refusal:?}"))?;
    let said = Contribution { article: about, author, parent, body, key: None };
    let pace = Pace { per_minute: 1000, per_hour: 1000 };
    let open = State::Open { until: None };
    let posted = forum::post(&mut tx, &said, open, pace, at).await?;
    tx.commit().await?;
    let posted = posted.map_err(|refusal| format!("{refusal:?}"))?;
    Ok(posted.here().ok_or("it waits")?)
}

on_both!(a_thread_is_searched_and_the_words_come_back_in_the_field, ROOMS, |db| async move {
    let (about, path) = article(&db).await?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    for n in 0..40 {
        say(&db, about, anna, None, &format!("Der Schuppen brannte, Zeuge {n}"), MORNING.plus(n)).await?;
    }
    say(&db, about, anna, None, "Niemand war <b>dort</b>", MORNING.plus(99)).await?;
    while forum::keep_words(&db).await? > 0 {}
    let door = paper(db, Mailbox::Away)?;
    let mut nobody = Browser::default();
    let page = nobody.get(&door, &format!("{path}/comments?q=schuppen")).await?.body;
    assert_eq!(page.matches("<li class=\"comment\"").count(), 30);
    assert!(page.contains("Zeuge 39") && !page.contains("Niemand war"), "{page}");
    let older = page
        .split("rel=\"next\" href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .ok_or("a next page")?;
    let older = older.trim_end_matches("#comments").replace("&amp;", "&");
    let page = nobody.get(&door, &older).await?.body;
    assert_eq!(page.matches("<li class=\"comment\"").count(), 10);
    let page = nobody.get(&door, &format!("{path}/comments?q=%22%3E%3Cb%3Eseilbahn")).await?;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("<b>seilbahn"), "what was typed is text");
    assert!(page.body.contains("noindex"), "a search is no page for search engines");
    Ok(())
});

on_both!(t4_5_only_who_has_said_something_has_a_page, ROOMS, |db| async move {
    let (about, _) = article(&db).await?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let bert = person(&db, "Bert Wald", "bert@example.org", Role::Reader).await?;
    let first = say(&db, about, anna, None, "Zuerst", MORNING).await?;
    let rude = say(&db, about, anna, None, "Grob", MORNING.plus(1)).await?;
    let only = say(&db, about, bert, None, "Nur das", MORNING.plus(2)).await?;
    let mut tx = db.begin().await?;
    for comment in [rude, only] {
        assert!(forum::remove(&mut tx, comment, 1, MORNING.plus(5)).await?.is_some());
    }
    tx.commit().await?;
    let door = paper(db, Mailbox::Away)?;
    let mut nobody = Browser::default();
    let page = nobody.get(&door, &format!("/readers/{anna}")).await?;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Anna Berger") && page.body.contains(&format!("/comments/{first}")));
    assert!(page.body.contains("Ein Kommentar"), "the removed one is not counted");
    assert!(!page.body.contains("Grob") && !page.body.contains(&format!("/comments/{rude}\"")), "T4.3");
    assert!(!page.body.contains("anna@example.org"));
    for nobodys in [format!("/readers/{bert}"), "/readers/4711".to_owned(), "/readers/x".to_owned()] {
        assert_eq!(nobody.get(&door, &nobodys).await?.status, StatusCode::NOT_FOUND, "{nobodys}");
    }
    Ok(())
});

on_both!(a_comment_leads_to_its_place_among_many, ROOMS, |db| async move {
    let (about, path) = article(&db).await?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut ids = Vec::new();
    for n in 0..60 {
        ids.push(say(&db, about, anna, None, &format!("Nummer {n}."), MORNING.plus(n)).await?);
    }
    let mut reply = ids[20];
    for n in 0..60 {
        let to = if n == 55 { reply } else { ids[20] };
        let id = say(&db, about, anna, Some(to), &format!("Antwort {n}."), MORNING.plus(100 + n)).await?;
        reply = if n == 0 { id } else { reply };
    }
    let door = paper(db, Mailbox::Away)?;
    let mut nobody = Browser::default();
    let page = nobody.get(&door, &format!("/comments/{reply}")).await?.body;
    assert!(page.contains("Nummer 20."), "what it answers");
    assert!(page.contains("Antwort 1."), "what came after it");
    assert!(page.contains("Antwort 55."), "what answers it, though fifty others stand between");
    assert!(!page.contains("Antwort 7."), "not the rest of the conversation");
    let start = page.find(&format!("{path}/comments?before=")).ok_or("the way to its place")?;
    let place = page[start..].split('"').next().ok_or("an address")?;
    let (address, mark) = place.split_once('#').ok_or("a mark")?;
    assert_eq!(mark, format!("c{}", ids[20]));
    let page = nobody.get(&door, address).await?.body;
    assert!(
        page.contains(&format!("id=\"{mark}\"")) && page.contains("Nummer 24."),
        "it stands among later ones"
    );
    Ok(())
});
