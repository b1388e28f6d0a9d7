//! Messages as their reader meets them, and the way out of letters, on both databases.

use crate::cast::{Browser, MORNING, Outcome, ROOMS, paper, person, signed_in};
use http::{Request, StatusCode, header};
use reader::inbox::{Carry, Kind, Topic};
use reader::{CarryMessages, House, Message, Role, Secret};
use store::testing::on_both;
use store::{Db, Time, jobs};
use web::Mailbox;

async fn tell(db: &Db, reader: reader::ReaderId, message: &Message, now: Time) -> Outcome {
    let mut tx = db.begin().await?;
    reader::tell(&mut tx, reader, message, now).await?;
    tx.commit().await?;
    Ok(())
}

on_both!(an_inbox_is_its_owners, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let bert = person(&db, "Bert Wald", "bert@example.org", Role::Reader).await?;
    let (mut hers, mut his) = (signed_in(&db, anna).await?, signed_in(&db, bert).await?);
    for n in 0..35 {
        let message = Message::new(Kind::Reply, format!("/comments/{n}"), format!("comment {n}"))
            .by(bert)
            .about("Feuer <b>im</b> Hafen");
        tell(&db, anna, &message, MORNING.plus_minutes(-n)).await?;
    }
    let inbox = hers.get(&door, "/account/inbox").await?;
    assert_eq!((inbox.status, inbox.header(header::CACHE_CONTROL)), (StatusCode::OK, "private, no-store"));
    assert!(inbox.body.contains("Bert Wald hat auf Ihren Kommentar geantwortet"), "{}", inbox.body);
    assert!(inbox.body.contains("Feuer &lt;b&gt;im&lt;/b&gt; Hafen"), "T1.4");
    assert!(inbox.body.contains("35 ungelesene"));
    let older = inbox.between("rel=\"next\" href=\"", "\"").ok_or("an older page")?.to_owned();
    let older = hers.get(&door, &older).await?;
    assert_eq!(older.body.matches("hat auf Ihren Kommentar geantwortet").count(), 5);
    assert!(his.get(&door, "/account/inbox").await?.body.contains("Noch ist nichts da"), "T4.5");
    let nobody = Browser::default().get(&door, "/account/inbox").await?;
    assert_eq!(nobody.header(header::LOCATION), "/login?then=%2Faccount%2Finbox");

    // Looking changed nothing (T2.4); the button does, and leaves what came after the page.
    let until = inbox.between("name=\"until\" value=\"", "\"").ok_or("a button")?.to_owned();
    tell(&db, anna, &Message::new(Kind::Featured, "/comments/1", "featured 1"), MORNING.plus_minutes(1))
        .await?;
    let read = hers.post(&door, "/account/inbox", &[("until", &until)]).await?;
    assert_eq!(read.status, StatusCode::SEE_OTHER);
    let account = hers.get(&door, "/account").await?;
    assert!(account.body.contains("Nachrichten: eine neu"), "{}", account.body);
    Outcome::Ok(())
});

on_both!(wishes_are_kept_and_strange_ones_refused, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut hers = signed_in(&db, anna).await?;
    let strange = hers.post(&door, "/account/inbox/mail", &[("replies", "sometimes")]).await?;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
    hers.post(&door, "/account/inbox/mail", &[("replies", "hourly"), ("decisions", "never")]).await?;
    let wishes = reader::inbox::wishes(&mut db.read().await?, anna).await?;
    assert!(
        wishes.contains(&(Topic::Replies, Carry::Hourly))
            && wishes.contains(&(Topic::Decisions, Carry::Never))
    );
    let inbox = hers.get(&door, "/account/inbox?done=mail").await?;
    assert!(inbox.body.contains("<option value=\"hourly\" selected>"), "{}", inbox.body);
    Outcome::Ok(())
});

on_both!(t2_4_a_way_out_is_a_button_and_a_mail_programs_click, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    tell(&db, anna, &Message::new(Kind::Removed, "/account#comments", "decision 1"), MORNING).await?;
    let job = jobs::claim(&db, "worker", MORNING).await?.ok_or("a letter is due")?;
    let (house, token) = (House { name: "Der Uferbote", address: "https://uferbote.example" }, [9; 32]);
    let mut tx = db.begin().await?;
    reader::carry_messages(
        &mut tx,
        &job.read::<CarryMessages>()?,
        &house,
        &Secret::from_chance(token),
        MORNING,
    )
    .await?;
    tx.commit().await?;
    let path = format!("/account/mail/{}", Secret::from_chance(token).reveal());
    let wish = async || -> Result<Carry, Box<dyn std::error::Error>> {
        let wishes = reader::inbox::wishes(&mut db.read().await?, anna).await?;
        Ok(wishes.into_iter().find(|wish| wish.0 == Topic::Decisions).ok_or("a wish")?.1)
    };

    let mut anybody = Browser::default();
    let looked = anybody.get(&door, &path).await?;
    assert!(looked.body.contains(&format!("method=\"post\" action=\"{path}\"")), "{}", looked.body);
    assert_eq!(wish().await?, Carry::AtOnce);

    // As RFC 8058 has it: no cookie, no origin, this body.
    let click = Request::post(&path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("List-Unsubscribe=One-Click"))?;
    let clicked = anybody.send(&door, click).await?;
    assert_eq!(clicked.status, StatusCode::OK, "{}", clicked.body);
    assert!(clicked.header(header::SET_COOKIE).is_empty());
    assert_eq!(wish().await?, Carry::Never);

    let unknown = anybody.get(&door, "/account/mail/abc").await?;
    assert_eq!(unknown.status, StatusCode::GONE);
    // Every other change still has to come from our own pages.
    let foreign = Request::post("/account/inbox").body(axum::body::Body::empty())?;
    assert_eq!(anybody.send(&door, foreign).await?.status, StatusCode::FORBIDDEN);
    Outcome::Ok(())
});
