//! Signing in with an account that is kept elsewhere, on both databases, with a provider that lies on request.

mod provider;

use crate::cast;
use std::sync::atomic::Ordering;

use crate::cast::{
    Answer, Browser, Door, Outcome, PASSWORD, ROOMS, paper, paper_with_logins, person, signed_in,
};
use http::{StatusCode, header};
use provider::{Lie, Person, Provider, later};
use reader::Role;
use store::Db;
use store::testing::on_both;
use web::Mailbox;

const ANNA: Person =
    Person { subject: "u-17", mail: Some("anna@example.org"), sure: true, called: Some("Anna vom Ufer") };

fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION)
}

#[track_caller]
fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.body.contains(words), "{words}: {}", answer.body);
    assert!(answer.body.contains("name=\"password\""), "the other ways stand below");
}

type Failed = Box<dyn std::error::Error>;

/// Somebody sets out from the page to sign in; gives the address at the provider.
async fn sets_out(browser: &mut Browser, door: &Door, fields: &[(&str, &str)]) -> Result<String, Failed> {
    address_in(&browser.post(door, "/login/elsewhere", fields).await?)
}

fn address_in(page: &Answer) -> Result<String, Failed> {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let address = page.between("class=\"button primary\" href=\"", "\"").ok_or("a link")?;
    let address = address.replace("&amp;", "&");
    assert_eq!(page.header(header::REFRESH), format!("0; url={address}"), "it goes on by itself");
    assert!(page.header(header::CACHE_CONTROL).contains("no-store"));
    Ok(address)
}

/// Somebody goes there and comes back.
async fn comes_back(
    browser: &mut Browser,
    door: &Door,
    elsewhere: &Provider,
    who: &Person,
) -> Result<Answer, Failed> {
    let address = sets_out(browser, door, &[("then", "/chronik/feuer-im-hafen")]).await?;
    browser.get(door, &elsewhere.signs_in(&address, who)?).await
}

/// How many people and connections there are.
async fn count(db: &Db) -> Result<(usize, usize), Failed> {
    let mut tx = db.read().await?;
    let people = reader::people(&mut tx, None).await?;
    let mut connected = 0;
    for person in &people {
        let (links,): (i64,) =
            tx.one("select count(*) from outside_logins where reader = $1", (person.id,)).await?;
        connected += usize::try_from(links)?;
    }
    Ok((people.len(), connected))
}

on_both!(t4_1_without_a_provider_there_is_nothing, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut browser = signed_in(&db, anna).await?;
    let ticket = format!("/login/elsewhere/{}", "a".repeat(64));
    for path in ["/login/elsewhere", &ticket, "/account/elsewhere", "/account/elsewhere/removal"] {
        assert_eq!(browser.post(&door, path, &[]).await?.status, StatusCode::NOT_FOUND, "{path}");
    }
    let back = format!("/login/elsewhere/return?code=a&state={}", "a".repeat(64));
    assert_eq!(browser.get(&door, &back).await?.status, StatusCode::NOT_FOUND);
    assert!(!Browser::default().get(&door, "/login").await?.body.contains("/elsewhere"));
    assert!(!browser.get(&door, "/account").await?.body.contains("/elsewhere"));
    Outcome::Ok(())
});

on_both!(somebody_new_chooses_a_name_and_comes_back_to_where_they_were, ROOMS, |db| async move {
    let elsewhere = Provider::open().await?;
    let door = paper_with_logins(db.clone(), elsewhere.written_down()?)?;
    person(&db, "Anna Berger", "other@example.org", Role::Reader).await?;
    let login = Browser::default().get(&door, "/login?then=/sport").await?;
    assert!(login.body.contains("Mit dem Konto von Haus Ufer anmelden"), "{}", login.body);
    assert!(login.body.contains("action=\"/login/elsewhere\""));

    let mut browser = Browser::default();
    let arrived = comes_back(&mut browser, &door, &elsewhere, &ANNA).await?;
    assert_eq!(arrived.status, StatusCode::OK, "{}", arrived.body);
    assert!(arrived.body.contains("value=\"Anna vom Ufer\"") && arrived.body.contains("anna@example.org"));
    assert_eq!((&browser.token, &browser.journey), (&None, &None), "nobody is signed in yet");
    let action = arrived.between("<form class=\"form\" method=\"post\" action=\"", "\"").ok_or("a form")?;
    let then = ("then", "/chronik/feuer-im-hafen");
    for (name, words) in [("Anna Berger", "value=\"Anna Berger\""), ("Redaktion", "name-error")] {
        let again = browser.post(&door, action, &[("name", name), then]).await?;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            again.body.contains(words) && again.body.contains("/chronik/feuer-im-hafen"),
            "{}",
            again.body
        );
    }
    let entered = browser.post(&door, action, &[("name", "Anna vom Ufer"), then]).await?;
    assert_eq!(leads_to(&entered), "/chronik/feuer-im-hafen");
    let account = browser.get(&door, "/account").await?;
    assert!(account.body.contains("Anna vom Ufer") && account.body.contains("Konto von Haus Ufer"));
    assert!(account.body.contains("Firefox, Linux"), "the list of sessions has it");
    let again = Browser::default().post(&door, action, &[("name", "Anna die Zweite")]).await?;
    refused(&again, "zu lange gedauert");
    assert_eq!(count(&db).await?, (2, 1));

    let mut tablet = Browser::default();
    let entered = comes_back(&mut tablet, &door, &elsewhere, &Person { mail: None, ..ANNA }).await?;
    assert_eq!(leads_to(&entered), "/chronik/feuer-im-hafen", "the address does not matter any more");
    let old = tablet.token.clone();
    comes_back(&mut tablet, &door, &elsewhere, &ANNA).await?;
    assert_ne!(old, tablet.token, "T3.5: a session of its own each time");
    leads_to(&Browser::with(old).get(&door, "/account").await?);
    Outcome::Ok(())
});

on_both!(t3_no_lie_of_a_provider_signs_anybody_in, ROOMS, |db| async move {
    let elsewhere = Provider::open().await?;
    let door = paper_with_logins(db.clone(), elsewhere.written_down()?)?;
    let (unsure, clock, away) = ("nicht sicher feststellen", "Die Uhr dort", "antwortet gerade niemand");
    for (lie, words) in [
        (Lie::Unsigned, unsure),
        (Lie::SignedWithPublicKey, unsure),
        (Lie::SignedByAnother, unsure),
        (Lie::Altered, unsure),
        (Lie::OtherIssuer, unsure),
        (Lie::OtherAudience, unsure),
        (Lie::SharedAudience, unsure),
        (Lie::OtherParty, unsure),
        (Lie::OtherNonce, unsure),
        (Lie::NoNonce, unsure),
        (Lie::CriticalUnknown, unsure),
        (Lie::SpeaksOfAnother, unsure),
        (Lie::NoSubject, unsure),
        (Lie::NoToken, unsure),
        (Lie::Expired, clock),
        (Lie::Old, clock),
        (Lie::FromTomorrow, clock),
        (Lie::Redirects, away),
        (Lie::Endless, away),
        (Lie::Broken, away),
    ] {
        elsewhere.lies(lie);
        let mut browser = Browser::default();
        let answer = comes_back(&mut browser, &door, &elsewhere, &ANNA).await?;
        assert!(answer.body.contains(words), "{lie:?}: {}", answer.body);
        refused(&answer, words);
        assert_eq!((browser.token, browser.journey), (None, None), "{lie:?}");
    }
    assert_eq!(count(&db).await?, (0, 0));
    elsewhere.lies(Lie::None);
    let answer = comes_back(&mut Browser::default(), &door, &elsewhere, &ANNA).await?;
    assert_eq!(answer.status, StatusCode::OK, "and the truth is believed");
    Outcome::Ok(())
});

on_both!(t3_2_a_journey_ends_once_in_its_own_browser_and_in_time, ROOMS, |db| async move {
    let elsewhere = Provider::open().await?;
    let door = paper_with_logins(db.clone(), elsewhere.written_down()?)?;
    let over = "zu lange gedauert";
    let mut anna = Browser::default();
    let address = sets_out(&mut anna, &door, &[]).await?;
    let back = elsewhere.signs_in(&address, &ANNA)?;
    refused(&Browser::default().get(&door, &back).await?, over);
    let mut mallory = Browser::default();
    sets_out(&mut mallory, &door, &[]).await?;
    refused(&mallory.get(&door, &back).await?, over);
    let kept = anna.journey.clone();
    assert_eq!(anna.get(&door, &back).await?.status, StatusCode::OK, "a stranger's try has not spoilt it");
    let mut again = Browser { journey: kept, ..Browser::default() };
    refused(&again.get(&door, &back).await?, over);

    let address = sets_out(&mut anna, &door, &[]).await?;
    let back = elsewhere.signs_in(&address, &ANNA)?;
    door.hand.store(later(10).0, Ordering::SeqCst);
    refused(&anna.get(&door, &back).await?, over);
    let rows: (i64,) = {
        let mut tx = db.begin().await?;
        reader::sweep(&mut tx, later(21)).await?;
        let sql = "select (select count(*) from journeys) + (select count(*) from arrivals)";
        let rows = tx.one(sql, ()).await?;
        tx.commit().await?;
        rows
    };
    assert_eq!(rows.0, 0, "T8.1: nothing stays");
    Outcome::Ok(())
});

on_both!(t5_1_of_many_who_come_back_at_once_one_does, ROOMS, |db| async move {
    let elsewhere = Provider::open().await?;
    let door = paper_with_logins(db.clone(), elsewhere.written_down()?)?;
    let mut anna = Browser::default();
    let address = sets_out(&mut anna, &door, &[]).await?;
    let back = elsewhere.signs_in(&address, &ANNA)?;
    let tries: Vec<_> = (0..40)
        .map(|_| {
            let (door, back, journey) = (&door, &back, anna.journey.clone());
            async move { Browser { token: None, journey }.get(door, back).await }
        })
        .collect();
    let mut arrived = Vec::new();
    for answer in futures_util::future::join_all(tries).await {
        arrived.extend(Some(answer?).filter(|answer| answer.status == StatusCode::OK));
    }
    let [page] = arrived.as_slice() else { return Err(format!("{} came back", arrived.len()).into()) };
    let action = page.between("<form class=\"form\" method=\"post\" action=\"", "\"").ok_or("a form")?;
    let tries: Vec<_> = (0..40)
        .map(|n| {
            let (door, name) = (&door, format!("Anna {}", n + 100));
            async move { Browser::default().post(door, action, &[("name", &name)]).await }
        })
        .collect();
    let mut entered = 0;
    for answer in futures_util::future::join_all(tries).await {
        entered += usize::from(answer?.status == StatusCode::SEE_OTHER);
    }
    assert_eq!((entered, count(&db).await?), (1, (1, 1)));
    Outcome::Ok(())
});

on_both!(an_answer_of_another_provider_is_not_taken, ROOMS, |db| async move {
    let elsewhere = Provider::open().await?;
    let door = paper_with_logins(db.clone(), elsewhere.written_down()?)?;
    let mut browser = Browser::default();
    for iss in ["&iss=https://evil.example", ""] {
        let address = sets_out(&mut browser, &door, &[]).await?;
        let back = elsewhere.signs_in(&address, &ANNA)?;
        let (path, _) = back.split_once("&iss=").ok_or("a sender")?;
        refused(&browser.get(&door, &format!("{path}{iss}")).await?, "nicht sicher feststellen");
    }
    Outcome::Ok(())
});

on_both!(whoever_turns_back_keeps_their_words_and_other_ways, ROOMS, |db| async move {
    let elsewhere = Provider::open().await?;
    let door = paper_with_logins(db.clone(), elsewhere.written_down()?)?;
    let draft = [("draft_text", "Brennt es noch?"), ("draft_to", "/chronik/feuer-im-hafen/comments")];
    let mut browser = Browser::default();
    for (error, words) in [("access_denied", "abgebrochen"), ("temporarily_unavailable", "niemand")] {
        let address = sets_out(&mut browser, &door, &draft).await?;
        let back = elsewhere.signs_in(&address, &ANNA)?;
        let answer = browser.get(&door, &back.replace("code=", &format!("error={error}&was="))).await?;
        refused(&answer, words);
        assert!(answer.body.contains("Brennt es noch?"), "{}", answer.body);
    }
    assert_eq!(count(&db).await?, (0, 0));
    Outcome::Ok(())
});

on_both!(t3_an_address_alone_takes_over_no_account, ROOMS, |db| async move {
    let elsewhere = Provider::open().await?;
    let door = paper_with_logins(db.clone(), elsewhere.written_down()?)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    for unsure in [Person { sure: false, ..ANNA }, Person { mail: None, ..ANNA }] {
        let answer = comes_back(&mut Browser::default(), &door, &elsewhere, &unsure).await?;
        refused(&answer, "noch nicht bestätigt");
    }
    let mut browser = Browser::default();
    let answer = comes_back(&mut browser, &door, &elsewhere, &ANNA).await?;
    refused(&answer, "gibt es hier schon ein Konto");
    assert_eq!((browser.token.clone(), count(&db).await?), (None, (1, 0)));

    let then = answer.between("name=\"then\" value=\"", "\"").ok_or("a way on")?;
    let fields = [("mail", "anna@example.org"), ("password", PASSWORD), ("then", then)];
    assert_eq!(leads_to(&browser.post(&door, "/login", &fields).await?), "/account#elsewhere");
    assert!(browser.get(&door, "/account").await?.body.contains("Konto verbinden"));
    let address = address_in(&browser.post(&door, "/account/elsewhere", &[]).await?)?;
    let answer = browser.get(&door, &elsewhere.signs_in(&address, &ANNA)?).await?;
    assert_eq!(leads_to(&answer), "/account?done=connected");
    assert_eq!(count(&db).await?, (1, 1));
    let letters = reader::letters(&mut db.read().await?).await?;
    assert!(letters[0].text.contains("Haus Ufer"), "T3.8: {}", letters[0].text);
    let entered = comes_back(&mut Browser::default(), &door, &elsewhere, &ANNA).await?;
    assert_eq!(leads_to(&entered), "/chronik/feuer-im-hafen");
    let copy = browser.get(&door, "/account/export").await?;
    assert!(copy.body.contains("\"outside_logins\"") && copy.body.contains("u-17"), "T8.3: {}", copy.body);

    let removed = browser.post(&door, "/account/elsewhere/removal", &[]).await?;
    assert_eq!(leads_to(&removed), "/account?done=disconnected");
    assert_eq!(count(&db).await?, (1, 0));
    assert_eq!(browser.post(&door, "/account/elsewhere/removal", &[]).await?.status, StatusCode::NOT_FOUND);
    let letters = reader::letters(&mut db.read().await?).await?;
    assert!(letters.iter().any(|letter| letter.text.contains("öffnet Ihr Konto nicht mehr")));

    // What is not fresh may not add a way in, nor take one away.
    let mut old = signed_in(&db, anna).await?;
    door.hand.store(later(11).0, Ordering::SeqCst);
    for path in ["/account/elsewhere", "/account/elsewhere/removal"] {
        assert_eq!(old.post(&door, path, &[]).await?.status, StatusCode::UNAUTHORIZED, "T3.8 {path}");
    }
    Outcome::Ok(())
});

on_both!(one_account_elsewhere_opens_one_account_here, ROOMS, |db| async move {
    let elsewhere = Provider::open().await?;
    let door = paper_with_logins(db.clone(), elsewhere.written_down()?)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let ben = person(&db, "Ben Huber", "ben@example.org", Role::Reader).await?;
    let bens = Person { subject: "u-18", ..ANNA };
    for (who, account, expected) in
        [(anna, &ANNA, true), (anna, &bens, false), (ben, &ANNA, false), (ben, &bens, true)]
    {
        let mut browser = signed_in_again(&db, who).await?;
        let address = address_in(&browser.post(&door, "/account/elsewhere", &[]).await?)?;
        let answer = browser.get(&door, &elsewhere.signs_in(&address, account)?).await?;
        if expected {
            assert_eq!(leads_to(&answer), "/account?done=connected");
        } else {
            assert!(answer.body.contains("schon mit einem anderen verbunden"), "{}", answer.body);
        }
    }
    // Ben signs in where Anna set out to connect: what came back is neither's.
    let mut browser = signed_in_again(&db, anna).await?;
    browser.post(&door, "/account/elsewhere/removal", &[]).await?;
    let address = address_in(&browser.post(&door, "/account/elsewhere", &[]).await?)?;
    browser.token = signed_in_again(&db, ben).await?.token;
    let answer = browser.get(&door, &elsewhere.signs_in(&address, &ANNA)?).await?;
    assert!(answer.body.contains("zu lange gedauert"), "{}", answer.body);
    assert_eq!(count(&db).await?, (2, 1));
    Outcome::Ok(())
});

/// Each time another session, in a browser of its own.
async fn signed_in_again(db: &Db, who: reader::ReaderId) -> Result<Browser, Failed> {
    static COUNT: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(1);
    let token = reader::Secret::from_chance([COUNT.fetch_add(1, Ordering::Relaxed); 32]);
    let mut tx = db.begin().await?;
    reader::open_session(&mut tx, who, &token, "", cast::MORNING).await?;
    tx.commit().await?;
    Ok(Browser::with(Some(token.reveal())))
}

on_both!(t3_2_staff_still_show_their_second_factor, ROOMS, |db| async move {
    let elsewhere = Provider::open().await?;
    let door = paper_with_logins(db.clone(), elsewhere.written_down()?)?;
    comes_back_and_is_called(&door, &elsewhere, "Anna vom Ufer").await?;
    let mut tx = db.begin().await?;
    let anna = reader::by_name(&mut tx, "Anna vom Ufer").await?.ok_or("Anna is here")?;
    reader::appoint(&mut tx, anna.id, Role::Editor, None, cast::MORNING)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    tx.commit().await?;
    let mut browser = Browser::default();
    let entered = comes_back(&mut browser, &door, &elsewhere, &ANNA).await?;
    assert!(leads_to(&entered).starts_with("/account/second-factor?then="), "{:?}", entered.headers);
    assert!(leads_to(&browser.get(&door, "/desk/articles").await?).starts_with("/account/second-factor"));
    Outcome::Ok(())
});

async fn comes_back_and_is_called(door: &Door, elsewhere: &Provider, name: &str) -> Outcome {
    let mut browser = Browser::default();
    let arrived = comes_back(&mut browser, door, elsewhere, &ANNA).await?;
    let action = arrived.between("<form class=\"form\" method=\"post\" action=\"", "\"").ok_or("a form")?;
    leads_to(&browser.post(door, action, &[("name", name)]).await?);
    Ok(())
}

on_both!(r13_a_provider_that_is_away_is_asked_again_later, ROOMS, |db| async move {
    let elsewhere = Provider::open().await?;
    let nobody = web::Provider::new(web::ProviderSettings {
        issuer: "http://127.0.0.1:9".to_owned(),
        client_id: provider::CLIENT.to_owned(),
        ..web::ProviderSettings::default()
    })?;
    let door = paper_with_logins(db.clone(), nobody)?;
    let answer = Browser::default().post(&door, "/login/elsewhere", &[]).await?;
    refused(&answer, "antwortet gerade niemand");

    let door = paper_with_logins(db.clone(), elsewhere.written_down()?)?;
    comes_back_and_is_called(&door, &elsewhere, "Anna vom Ufer").await?;
    assert_eq!(elsewhere.key_sets.load(Ordering::SeqCst), 1, "its word is kept");
    elsewhere.takes_a_new_key();
    let unsure = "nicht sicher feststellen";
    refused(&comes_back(&mut Browser::default(), &door, &elsewhere, &ANNA).await?, unsure);
    assert_eq!(elsewhere.key_sets.load(Ordering::SeqCst), 1, "once a minute at most");
    door.hand.store(later(1).0, Ordering::SeqCst);
    for _ in 0..2 {
        leads_to(&comes_back(&mut Browser::default(), &door, &elsewhere, &ANNA).await?);
    }
    assert_eq!(elsewhere.key_sets.load(Ordering::SeqCst), 2);
    Outcome::Ok(())
});

on_both!(t6_4_a_provider_names_no_other_host, ROOMS, |db| async move {
    for issuer in
        ["http://konto.example", "https://konto.example/?a=b", "konto.example", "ftp://konto.example"]
    {
        let settings = web::ProviderSettings {
            issuer: issuer.to_owned(),
            client_id: provider::CLIENT.to_owned(),
            ..web::ProviderSettings::default()
        };
        assert!(web::Provider::new(settings).is_err(), "{issuer}");
    }
    // It calls itself otherwise than the operator does: a slash is enough.
    let elsewhere = Provider::open().await?;
    let other = web::Provider::new(web::ProviderSettings {
        issuer: format!("{}/", elsewhere.address),
        client_id: provider::CLIENT.to_owned(),
        ..web::ProviderSettings::default()
    })?;
    let door = paper_with_logins(db.clone(), other)?;
    let answer = Browser::default().post(&door, "/login/elsewhere", &[]).await?;
    refused(&answer, "antwortet gerade niemand");
    Outcome::Ok(())
});
