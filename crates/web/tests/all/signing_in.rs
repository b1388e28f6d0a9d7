//! Signing in and out and becoming a reader, as a browser meets it, on both databases.

use crate::cast;
use crate::cast::{Browser, MORNING, Outcome, PASSWORD, ROOMS, code_for, paper, person, see_other};
use axum::body::Body;
use http::{Request, StatusCode, header};
use reader::{Role, Secret};
use std::sync::atomic::Ordering;
use store::testing::on_both;
use web::Mailbox;

const ANNA: (&str, &str) = ("mail", "anna@example.org");

on_both!(a_reader_signs_in_and_out, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut browser = Browser::default();
    let asked = browser.get(&door, "/account").await?;
    assert_eq!(see_other(&asked), "/login?then=%2Faccount");
    assert_eq!(browser.token, None, "T8.4: no cookie before signing in");

    let answer = browser.post(&door, "/login", &[ANNA, ("password", PASSWORD), ("then", "/account")]).await?;
    assert_eq!(see_other(&answer), "/account");
    let cookie = answer.header(header::SET_COOKIE).to_owned();
    for part in ["__Host-session=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "T2.3: {cookie} has {part}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let account = browser.get(&door, "/account").await?;
    assert_eq!(account.status, StatusCode::OK);
    assert!(
        account.body.contains("Anna Berger") && account.body.contains("Firefox, Linux"),
        "{}",
        account.body
    );
    assert!(account.header(header::CACHE_CONTROL).contains("no-store"), "T7.4");

    let token = browser.token.clone();
    let out = browser.post(&door, "/logout", &[]).await?;
    assert!(out.status == StatusCode::OK && out.body.contains("<signed-in value=\"no\">"), "{}", out.body);
    assert!(!out.body.contains("Anna Berger"));
    assert_eq!(browser.token, None);
    let mut thief = Browser::with(token);
    see_other(&thief.get(&door, "/account").await?);
    Outcome::Ok(())
});

on_both!(t3_5_signing_in_again_gives_a_fresh_session_and_ends_the_old_one, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut browser = Browser::default();
    browser.post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?;
    let old = browser.token.clone();
    browser.post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?;
    assert_ne!(old, browser.token);
    see_other(&Browser::with(old).get(&door, "/account").await?);
    assert_eq!(browser.get(&door, "/account").await?.status, StatusCode::OK);
    Outcome::Ok(())
});

on_both!(t3_3_a_wrong_password_and_an_unknown_address_look_alike, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut pages = Vec::new();
    for (mail, password) in [
        ("anna@example.org", "ein falsches Wort"),
        ("nobody@example.org", PASSWORD),
        ("anna@example.org", "kurz"),
    ] {
        let answer =
            Browser::default().post(&door, "/login", &[("mail", mail), ("password", password)]).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains(mail) && !answer.body.contains(password),
            "the address is kept, the password is not"
        );
        pages.push(answer.body.replace(mail, "…"));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
    Outcome::Ok(())
});

on_both!(t3_3_registering_shows_the_same_page_whether_the_address_is_known, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut pages = Vec::new();
    for mail in ["anna@example.org", "new@example.org"] {
        let answer =
            Browser::default().post(&door, "/register", &[("name", "Somebody"), ("mail", mail)]).await?;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let ticket = answer.between("action=\"/login/code/", "\"").ok_or("a ticket")?.to_owned();
        pages.push(answer.body.replace(mail, "…").replace(&ticket, "…"));
    }
    assert_eq!(pages[0], pages[1]);
    Outcome::Ok(())
});

on_both!(a_code_by_mail_makes_a_reader, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Open)?;
    let mut browser = Browser::default();
    let fields = [("name", "Anna Berger"), ANNA, ("password", "Karpfen im Strom"), ("then", "/sport")];
    let page = browser.post(&door, "/register", &fields).await?;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(!page.body.contains("Karpfen"), "a password never comes back");
    let action = format!("/login/code/{}", page.between("action=\"/login/code/", "\"").ok_or("a ticket")?);
    assert!(page.body.contains("value=\"/sport\""), "{}", page.body);

    let wrong = browser.post(&door, &action, &[("code", "0000 0000"), ANNA, ("then", "/sport")]).await?;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains(&action) && wrong.body.contains("anna@example.org"), "the same form again");

    let mailbox = Browser::default().get(&door, "/desk/mail").await?;
    let code = code_for(&db, "anna@example.org").await?;
    assert!(mailbox.body.contains(&code), "{}", mailbox.body);
    let answer = browser.post(&door, &action, &[("code", &code), ANNA, ("then", "/sport")]).await?;
    assert_eq!(see_other(&answer), "/sport");
    assert!(browser.get(&door, "/account").await?.body.contains("Anna Berger"));

    let mut other = Browser::default();
    let answer = other.post(&door, "/login", &[ANNA, ("password", "Karpfen im Strom")]).await?;
    assert_eq!(see_other(&answer), "/account");
    Outcome::Ok(())
});

on_both!(a_code_signs_in_somebody_who_forgot_the_password, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut browser = Browser::default();
    let page = browser.post(&door, "/login/code", &[ANNA, ("password", "")]).await?;
    let action = format!("/login/code/{}", page.between("action=\"/login/code/", "\"").ok_or("a ticket")?);
    let code = code_for(&db, "anna@example.org").await?;
    door.hand.store(MORNING.plus_minutes(11).0, Ordering::SeqCst);
    let late = browser.post(&door, &action, &[("code", &code), ANNA]).await?;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "T3.2: ten minutes");
    door.hand.store(MORNING.plus_minutes(9).0, Ordering::SeqCst);
    assert_eq!(see_other(&browser.post(&door, &action, &[("code", &code), ANNA]).await?), "/account");
    Outcome::Ok(())
});

on_both!(everything_wrong_with_a_registration_is_said_at_its_field, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    for (name, mail, password, wrong) in [
        ("Jo", "no address", "", &["name", "mail"][..]),
        ("An\u{200B}na", "a@example.org", "", &["name"]),
        ("Redaktion", "a@example.org", "", &["name"]),
        ("ANNA-BERGER", "a@example.org", "", &["name"]),
        ("Ben Wald", "a@example.org", "passwort", &["password"]),
        ("Ben Wald", "a@example.org", "benwald1", &["password"]),
    ] {
        let fields = [("name", name), ("mail", mail), ("password", password)];
        let answer = Browser::default().post(&door, "/register", &fields).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        for field in ["name", "mail", "password"] {
            let said = answer.body.contains(&format!("id=\"{field}-error\""));
            assert_eq!(said, wrong.contains(&field), "{name} {mail} {password}: {field}");
        }
    }
    Outcome::Ok(())
});

on_both!(t2_4_a_link_leads_to_a_button_and_works_once, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let token = Secret::from_chance([7; 32]);
    let mut tx = db.begin().await?;
    assert_eq!(reader::link(&mut tx, "Anna Berger", &token, MORNING).await?, Ok(anna));
    tx.commit().await?;
    let path = format!("/account/link/{}", token.reveal());
    let mut browser = Browser::default();
    for _ in 0..2 {
        let page = browser.get(&door, &path).await?;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.body.contains("Anna Berger") && page.body.contains(&format!("action=\"{path}\"")),
            "{}",
            page.body
        );
    }
    assert_eq!(browser.token, None);
    assert_eq!(see_other(&browser.post(&door, &path, &[]).await?), "/");
    assert_eq!(browser.get(&door, "/account").await?.status, StatusCode::OK);
    assert_eq!(Browser::default().post(&door, &path, &[]).await?.status, StatusCode::GONE);
    assert_eq!(Browser::default().get(&door, &path).await?.status, StatusCode::GONE);
    assert_eq!(Browser::default().get(&door, "/account/link/nonsense").await?.status, StatusCode::GONE);
    Outcome::Ok(())
});

on_both!(t3_7_the_first_administrator_comes_through_the_printed_link, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Administrators)?;
    let token = Secret::from_chance([8; 32]);
    let mut tx = db.begin().await?;
    assert!(reader::first_administrator_code(&mut tx, &token, MORNING).await?);
    tx.commit().await?;
    let token = token.reveal();
    let mut browser = Browser::default();
    let page = browser.get(&door, &format!("/account/link/{token}")).await?;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(&format!("name=\"link\" value=\"{token}\"")), "{}", page.body);
    let chef =
        [("name", "Chefin"), ("mail", "chefin@example.org"), ("password", "passwort"), ("link", &token)];
    assert_eq!(browser.post(&door, "/register", &chef).await?.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chef = [
        ("name", "Chefin"),
        ("mail", "chefin@example.org"),
        ("password", "Drei Fische, ein Boot"),
        ("link", &token),
    ];
    assert_eq!(see_other(&browser.post(&door, "/register", &chef).await?), "/account");
    assert_eq!(browser.get(&door, "/desk/mail").await?.status, StatusCode::OK, "she may see the mailbox");
    let again = Browser::default().post(&door, "/register", &chef).await?;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    Outcome::Ok(())
});

on_both!(the_mailbox_is_read_by_whom_the_paper_says, ROOMS, |db| async move {
    person(&db, "Anna Berger", "anna@example.org", Role::Editor).await?;
    person(&db, "Chefin", "chefin@example.org", Role::Administrator).await?;
    for (mailbox, nobody, editor, chef) in [
        (Mailbox::Away, 404, 404, 404),
        (Mailbox::Administrators, 303, 403, 200),
        (Mailbox::Open, 200, 200, 200),
    ] {
        let door = paper(db.clone(), mailbox)?;
        let mut browsers = [Browser::default(), Browser::default(), Browser::default()];
        browsers[1].post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?;
        browsers[2].post(&door, "/login", &[("mail", "chefin@example.org"), ("password", PASSWORD)]).await?;
        for (browser, expected) in browsers.iter_mut().zip([nobody, editor, chef]) {
            let answer = browser.get(&door, "/desk/mail").await?;
            assert_eq!(answer.status.as_u16(), expected, "{mailbox:?}");
        }
    }
    Outcome::Ok(())
});

on_both!(t2_5_nobody_is_sent_to_another_site, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    for then in
        ["https://evil.example", "//evil.example", "/\\evil.example", "/x\r\nSet-Cookie: a=b", "/login"]
    {
        let answer =
            Browser::default().post(&door, "/login", &[ANNA, ("password", PASSWORD), ("then", then)]).await?;
        assert_eq!(see_other(&answer), "/account", "{then:?}");
        let page = Browser::default().get(&door, "/login?then=//evil.example/path").await?;
        assert!(!page.body.contains("evil.example"), "{}", page.body);
    }
    Outcome::Ok(())
});

on_both!(t2_4_nobody_is_signed_in_or_out_from_another_site, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    for path in ["/login", "/login/code", "/register", "/logout", "/account/sessions/1/end"] {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site")
            .body(Body::from("mail=anna%40example.org&password=x"))?;
        assert_eq!(Browser::default().send(&door, request).await?.status, StatusCode::FORBIDDEN, "{path}");
        if path != "/login" && path != "/register" {
            let looked = Browser::default().get(&door, path).await?;
            assert_eq!(looked.status, StatusCode::METHOD_NOT_ALLOWED, "{path} has no GET");
        }
    }
    Outcome::Ok(())
});

on_both!(t4_5_somebody_elses_session_is_not_there, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    person(&db, "Ben Wald", "ben@example.org", Role::Reader).await?;
    let (mut phone, mut desk, mut ben) = (Browser::default(), Browser::default(), Browser::default());
    phone.post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?;
    desk.post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?;
    ben.post(&door, "/login", &[("mail", "ben@example.org"), ("password", PASSWORD)]).await?;
    let account = desk.get(&door, "/account").await?;
    let end = format!(
        "/account/sessions/{}/end",
        account.between("/account/sessions/", "/end").ok_or("the phone")?
    );
    assert_eq!(ben.post(&door, &end, &[]).await?.status, StatusCode::NOT_FOUND);
    assert_eq!(ben.post(&door, "/account/sessions/9999/end", &[]).await?.status, StatusCode::NOT_FOUND);
    assert_eq!(ben.post(&door, "/account/sessions/x/end", &[]).await?.status, StatusCode::NOT_FOUND);
    assert_eq!(phone.get(&door, "/account").await?.status, StatusCode::OK);
    assert_eq!(see_other(&desk.post(&door, &end, &[]).await?), "/account");
    see_other(&phone.get(&door, "/account").await?);
    Outcome::Ok(())
});

on_both!(t3_4_too_many_tries_say_when_it_goes_on, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let mut browser = Browser::default();
    for _ in 0..10 {
        browser.post(&door, "/login", &[ANNA, ("password", "ein falsches Wort")]).await?;
    }
    let answer = browser.post(&door, "/login", &[ANNA, ("password", "ein falsches Wort")]).await?;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.header(header::RETRY_AFTER), "30");
    Outcome::Ok(())
});

on_both!(a_comment_typed_before_signing_in_is_not_lost, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let (id, path) = cast::article(&db).await?;
    let to = format!("{path}/comments");
    let draft = [
        ("draft_text", "Erste Zeile\nzweite <b>Zeile</b>"),
        ("draft_to", to.as_str()),
        ("draft_reply_to", ""),
    ];
    let mut browser = Browser::default();

    let wrong = browser
        .post(&door, "/login", &[&[ANNA, ("password", "ein falsches Wort")][..], &draft].concat())
        .await?;
    assert!(wrong.body.contains("zweite &lt;b&gt;Zeile"), "it stands in the form again: {}", wrong.body);
    let register = browser.post(&door, "/register", &draft).await?;
    assert_eq!(register.status, StatusCode::OK, "changing to the other form takes it along");
    assert!(
        register.body.contains("name=\"draft_text\"") && !register.body.contains("-error\""),
        "{}",
        register.body
    );

    let answer =
        browser.post(&door, "/login", &[&[ANNA, ("password", PASSWORD)][..], &draft].concat()).await?;
    let thread = see_other(&answer).split('#').next().unwrap_or_default().to_owned();
    assert!(thread.starts_with(&to), "{thread}");
    let page = browser.get(&door, &thread).await?;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("zweite &lt;b&gt;Zeile"), "it stands in the form: {}", page.body);
    let kept = forum::draft(&mut db.read().await?, anna, id).await?.ok_or("a draft")?;
    assert!(kept.body.as_str().contains("zweite <b>Zeile</b>"));
    assert!(browser.get(&door, "/account").await?.body.contains("zweite &lt;b&gt;Zeile"));
    Outcome::Ok(())
});

on_both!(t4_4_a_form_with_a_field_nobody_knows_is_refused, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let answer = Browser::default()
        .post(&door, "/register", &[("name", "Anna"), ANNA, ("role", "administrator")])
        .await?;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(reader::letters(&mut db.read().await?).await?.len(), 0);
    Outcome::Ok(())
});

on_both!(t3_8_a_new_password_needs_a_fresh_session_and_signs_the_others_out, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let (mut desk, mut phone) = (Browser::default(), Browser::default());
    phone.post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?;
    desk.post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?;
    let new = [("password", "Vier Enten am Ufer")];

    door.hand.store(MORNING.plus_minutes(11).0, Ordering::SeqCst);
    let stale = desk.post(&door, "/account/password", &new).await?;
    assert_eq!(stale.status, StatusCode::UNAUTHORIZED);
    assert!(stale.body.contains("value=\"/account#password\""), "{}", stale.body);
    desk.post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?;
    let weak = desk.post(&door, "/account/password", &[("password", "annaberger")]).await?;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.body.contains("id=\"password-error\""), "{}", weak.body);

    let done = desk.post(&door, "/account/password", &new).await?;
    assert_eq!(see_other(&done), "/account?done=password");
    assert_eq!(desk.get(&door, "/account?done=password").await?.status, StatusCode::OK);
    see_other(&phone.get(&door, "/account").await?);
    assert_eq!(
        phone.post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(see_other(&phone.post(&door, "/login", &[ANNA, new[0]]).await?), "/account");
    let letters = reader::letters(&mut db.read().await?).await?;
    assert!(letters[0].subject.contains("Passwort"), "the owner is told: {}", letters[0].subject);
    Outcome::Ok(())
});

on_both!(t7_2_a_password_is_hashed_only_at_a_pace, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let mut tx = db.begin().await?;
    while reader::may_hash(&mut tx, &reader::Place::new([192, 0, 2, 1].into(), &[1; 32]), MORNING)
        .await?
        .is_ok()
    {}
    let sql = "update paces set free_at = $1 where key = 'hash total'";
    tx.execute(sql, (MORNING.plus(300 * 50),)).await?;
    tx.commit().await?;
    let named = [("name", "Anna Berger"), ANNA];
    let with = |field: (&'static str, &'static str)| [named.as_slice(), &[field]].concat();
    let mut browser = Browser::default();
    let hurried = browser.post(&door, "/register", &with(("password", "Karpfen im Strom"))).await?;
    assert_eq!(hurried.status, StatusCode::TOO_MANY_REQUESTS, "{}", hurried.body);
    assert!(hurried.body.contains("value=\"Anna Berger\""));
    let forged = "00".repeat(32);
    let fields = [with(("password", "Karpfen im Strom")), vec![("link", forged.as_str())]].concat();
    let forged = browser.post(&door, "/register", &fields).await?;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY, "a link that leads nowhere costs no work");
    assert_eq!(browser.post(&door, "/register", &named).await?.status, StatusCode::OK, "a code does");
    Outcome::Ok(())
});
