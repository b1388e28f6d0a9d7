//! The second factor as people who work for the paper meet it, on both databases.

use crate::cast::{Answer, Browser, MORNING, Outcome, PASSWORD, ROOMS, guarded_paper, person, signed_in};
use http::{StatusCode, header};
use reader::second_factor::{self, SharedSecret};
use reader::{House, Place, Role};
use std::sync::atomic::Ordering;
use store::testing::on_both;
use store::{Db, Time};

const MO: (&str, &str) = ("mail", "mo@example.org");

fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION)
}

/// The moment of a vector of RFC 6238 with its code, and a later one.
const FIRST: (Time, &str) = (Time(1_111_111_111_000), "050471");
const SECOND: (Time, &str) = (Time(1_234_567_890_000), "005924");

/// Mo has an app with the secret of the standard's vectors.
async fn has_an_app(db: &Db, who: reader::ReaderId) -> Result<String, Box<dyn std::error::Error>> {
    let mut tx = db.begin().await?;
    let reader = reader::by_id(&mut tx, who).await?.ok_or("Mo is here")?;
    second_factor::begin_app(&mut tx, who, &SharedSecret::from_chance(*b"12345678901234567890"), FIRST.0)
        .await?;
    let place = Place::new([192, 0, 2, 9].into(), &[1; 32]);
    let house = House { name: "Der Uferbote", address: "https://uferbote.example" };
    let codes =
        second_factor::confirm_app(&mut tx, &house, &reader, FIRST.1, &place, &[[3; 10], [4; 10]], FIRST.0)
            .await?;
    tx.commit().await?;
    Ok(codes.map_err(|r| format!("{r:?}"))?[0].spoken())
}

on_both!(t3_2_without_the_second_factor_staff_are_nobody, ROOMS, |db| async move {
    let door = guarded_paper(db.clone())?;
    let mo = person(&db, "Mo Wächter", MO.1, Role::Administrator).await?;
    has_an_app(&db, mo).await?;
    door.hand.store(SECOND.0.0, Ordering::SeqCst);
    let mut browser = Browser::default();
    let entered =
        browser.post(&door, "/login", &[MO, ("password", PASSWORD), ("then", "/desk/jobs")]).await?;
    assert_eq!(leads_to(&entered), "/account/second-factor?then=%2Fdesk%2Fjobs");
    for path in ["/account", "/account/inbox", "/desk/jobs", "/desk/moderation", "/desk/articles"] {
        let answer = browser.get(&door, path).await?;
        assert!(leads_to(&answer).starts_with("/account/second-factor?then="), "{path}: {}", answer.status);
    }
    let began = browser.post(&door, "/account/second-factor/app", &[]).await?;
    assert!(
        leads_to(&began).starts_with("/account/second-factor?then="),
        "whoever has one does not set up another"
    );
    let key = browser.post(&door, "/account/passkeys", &[]).await?;
    assert!(leads_to(&key).starts_with("/account/second-factor?then="));
    let half = browser.token.clone();

    let wrong =
        browser.post(&door, "/account/second-factor", &[("code", "000000"), ("then", "/desk/jobs")]).await?;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("stimmt nicht") && wrong.body.contains("/desk/jobs"), "{}", wrong.body);
    let right =
        browser.post(&door, "/account/second-factor", &[("code", SECOND.1), ("then", "/desk/jobs")]).await?;
    assert_eq!(leads_to(&right), "/desk/jobs");
    assert_eq!(browser.get(&door, "/desk/jobs").await?.status, StatusCode::OK);
    assert_ne!(half, browser.token, "T3.5: a rise in rights is a session of its own");
    leads_to(&Browser::with(half).get(&door, "/account/second-factor").await?);

    let mut other = Browser::default();
    other.post(&door, "/login", &[MO, ("password", PASSWORD)]).await?;
    let again = other.post(&door, "/account/second-factor", &[("code", SECOND.1)]).await?;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a step of time is used once");
    Outcome::Ok(())
});

on_both!(t3_2_a_recovery_code_opens_once_and_signing_out_works_half_way, ROOMS, |db| async move {
    let door = guarded_paper(db.clone())?;
    let mo = person(&db, "Mo Wächter", MO.1, Role::Moderator).await?;
    let code = has_an_app(&db, mo).await?;
    let mut browser = signed_in(&db, mo).await?;
    let shown = browser.post(&door, "/account/second-factor", &[("code", &code)]).await?;
    assert_eq!(leads_to(&shown), "/account");
    let mut other = Browser::default();
    other.post(&door, "/login", &[MO, ("password", PASSWORD)]).await?;
    let again = other.post(&door, "/account/second-factor", &[("code", &code)]).await?;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let token = other.token.clone();
    other.post(&door, "/logout", &[]).await?;
    assert_eq!(
        leads_to(&Browser::with(token).get(&door, "/account/second-factor").await?),
        "/login?then=%2Faccount%2Fsecond%2Dfactor"
    );
    Outcome::Ok(())
});

on_both!(t3_2_who_has_none_sets_one_up_at_once, ROOMS, |db| async move {
    let door = guarded_paper(db.clone())?;
    let mo = person(&db, "Mo Wächter", MO.1, Role::Editor).await?;
    let mut browser = signed_in(&db, mo).await?;
    let page = browser.get(&door, "/account/second-factor").await?;
    assert!(page.body.contains("App einrichten") && !page.body.contains("name=\"code\""), "{}", page.body);
    browser.post(&door, "/account/second-factor/app", &[]).await?;
    let page = browser.get(&door, "/account/second-factor").await?;
    assert!(
        page.body.contains("<svg class=\"qr\"") && page.body.contains("otpauth://totp/Der%20Uferbote:Mo")
    );
    let spoken = page.between("<code class=\"code\">", "</code>").ok_or("the secret, to type by hand")?;
    assert_eq!(spoken.split(' ').map(str::len).collect::<Vec<_>>(), [4; 8]);
    let wrong = browser.post(&door, "/account/second-factor/app/confirmation", &[("code", "12")]).await?;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains(spoken), "the same picture again");

    Outcome::Ok(())
});

on_both!(t3_2_the_first_code_completes_the_session_and_shows_recovery_codes, ROOMS, |db| async move {
    let door = guarded_paper(db.clone())?;
    let mo = person(&db, "Mo Wächter", MO.1, Role::Editor).await?;
    let mut tx = db.begin().await?;
    second_factor::begin_app(&mut tx, mo, &SharedSecret::from_chance(*b"12345678901234567890"), FIRST.0)
        .await?;
    tx.commit().await?;
    let mut tx = db.begin().await?;
    let token = reader::Secret::from_chance([8; 32]);
    reader::open_session(&mut tx, mo, &token, "", FIRST.0).await?;
    tx.commit().await?;
    door.hand.store(FIRST.0.0, Ordering::SeqCst);
    let mut browser = Browser::with(Some(token.reveal()));
    let fields = [("code", "050 471"), ("then", "/desk/articles")];
    let codes = browser.post(&door, "/account/second-factor/app/confirmation", &fields).await?;
    assert_eq!(codes.status, StatusCode::OK, "{}", codes.body);
    assert_eq!(codes.body.matches("<li><code class=\"code\">").count(), 10);
    assert_eq!(browser.get(&door, "/desk/articles").await?.status, StatusCode::OK, "both factors were shown");
    let fresh = browser.post(&door, "/account/second-factor/recovery-codes", &[]).await?;
    assert_eq!(fresh.body.matches("<li><code class=\"code\">").count(), 10);
    assert_ne!(fresh.body, codes.body);
    Outcome::Ok(())
});

on_both!(readers_are_asked_for_one_factor_and_passkeys_have_a_page, ROOMS, |db| async move {
    let door = guarded_paper(db.clone())?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut browser = signed_in(&db, anna).await?;
    assert_eq!(browser.get(&door, "/account").await?.status, StatusCode::OK);
    let list = browser.get(&door, "/account/passkeys").await?;
    assert!(list.body.contains("Passkey anlegen"), "{}", list.body);
    let ask = browser.post(&door, "/account/passkeys", &[]).await?;
    assert!(
        ask.body.contains("<pass-key data-ceremony=\"create\"") && ask.body.contains("&quot;challenge&quot;")
    );
    let action = ask.between("action=\"/account/passkeys/", "\"").ok_or("a ticket")?.to_owned();
    let wrong = browser
        .post(&door, &format!("/account/passkeys/{action}"), &[("name", "Telefon"), ("credential", "{}")])
        .await?;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    door.hand.store(MORNING.plus_minutes(11).0, Ordering::SeqCst);
    let late = browser.post(&door, "/account/passkeys", &[]).await?;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED, "T3.8: a fresh sign-in");
    assert_eq!(
        browser.post(&door, "/account/passkeys/7/removal", &[]).await?.status,
        StatusCode::UNAUTHORIZED
    );

    let mut nobody = Browser::default();
    let login = nobody.get(&door, "/login?then=/sport").await?;
    assert!(login.body.contains("action=\"/login/passkey\""));
    let ask = nobody.post(&door, "/login/passkey", &[("then", "/sport")]).await?;
    assert!(ask.body.contains("<pass-key data-ceremony=\"get\"") && ask.body.contains("value=\"/sport\""));
    let action = ask.between("action=\"/login/passkey/", "\"").ok_or("a ticket")?.to_owned();
    let fields = [("credential", "{\"id\":\"AA\"}"), ("then", "/sport")];
    let wrong = nobody.post(&door, &format!("/login/passkey/{action}"), &fields).await?;
    assert_eq!((wrong.status, nobody.token), (StatusCode::UNPROCESSABLE_ENTITY, None));
    Outcome::Ok(())
});
