//! Benefits as browsers meet them: who sees a code and when, what a partner finds, what the hook answers.

mod early;

use crate::cast;
use crate::cast::{Answer, Browser, Door, MORNING, Outcome, PASSWORD, ROOMS, paper, person, see_other};
use axum::body::Body;
use http::{Request, StatusCode, header};
use reader::benefits::{self, DrawDraft, DrawForm, Gift, OfferDraft, OfferForm};
use reader::{ReaderId, Role};
use std::sync::atomic::Ordering;
use store::testing::on_both;
use store::{Db, Time};
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

const DAY: i64 = 24 * 3_600_000;

async fn signed_in(door: &Door, mail: &str) -> Result<Browser, Failed> {
    let mut browser = Browser::default();
    let answer = browser.post(door, "/login", &[("mail", mail), ("password", PASSWORD)]).await?;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    Ok(browser)
}

/// A tier, two partners with one person each, a member, and an offer of each kind.
struct Club {
    member: ReaderId,
}

fn form(slug: &str, partner: &str, kind: &str) -> OfferForm {
    let typed = |at: Time| benefits::typed(at, &jiff::tz::TimeZone::UTC);
    OfferForm {
        slug: slug.to_owned(),
        partner: partner.to_owned(),
        kicker: "Bühne".to_owned(),
        headline: format!("Angebot {slug}"),
        short: format!("Gutschein {slug}"),
        tier: "abo".to_owned(),
        opens: typed(MORNING.plus(-DAY)),
        closes: typed(MORNING.plus(30 * DAY)),
        stock: "10".to_owned(),
        per_member: "1".to_owned(),
        kind: kind.to_owned(),
        shared_code: "GEHEIM-GEMEINSAM".to_owned(),
        prefix: "AKT".to_owned(),
        spent_here: "yes".to_owned(),
        terms: "Ein Code gilt **einmal**.".to_owned(),
        ..OfferForm::default()
    }
}

async fn club(db: &Db) -> Result<Club, Failed> {
    let member = person(db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    person(db, "Paul Kassa", "paul@example.org", Role::Reader).await?;
    person(db, "Wilma Keller", "wilma@example.org", Role::Reader).await?;
    person(db, "Chefin", "chefin@example.org", Role::Administrator).await?;
    let refused = |refusal: benefits::Refusal| format!("{refusal:?}");
    let line = |text: &str| story::Line::parse("line", text, 80);
    let slug = |text: &str| story::Slug::parse(text).ok_or("a slug");
    let mut tx = db.begin().await?;
    let tier = benefits::add_tier(&mut tx, &slug("abo")?, &line("Abo")?, MORNING).await?.map_err(refused)?;
    for (partner, who) in [("buehne", "Paul Kassa"), ("wein", "Wilma Keller")] {
        let id = benefits::add_partner(&mut tx, &slug(partner)?, &line(partner)?, MORNING)
            .await?
            .map_err(refused)?;
        benefits::appoint(&mut tx, id, who, None, MORNING).await?.map_err(refused)?;
    }
    let gift = Gift { reader: member, tier, from: MORNING.plus(-DAY), until: None, why: "Abo", by: None };
    benefits::give(&mut tx, &gift, [9; 8], MORNING).await?;
    let (partners, tiers) = (benefits::partners(&mut tx).await?, benefits::tiers(&mut tx).await?);
    for form in [
        form("kurz", "buehne", "short"),
        form("lang", "buehne", "long"),
        form("liste", "buehne", "list"),
        form("gemeinsam", "wein", "shared"),
    ] {
        let draft = OfferDraft::parse(&form, &partners, &tiers, &jiff::tz::TimeZone::UTC).map_err(refused)?;
        let id = benefits::add_offer(&mut tx, &draft, "Redaktion", MORNING).await?.map_err(refused)?;
        let offer = benefits::offer_by_id(&mut tx, id).await?.ok_or("an offer")?;
        if form.kind == "list" {
            let added = benefits::add_codes(
                &mut tx,
                &offer,
                "GEHEIM-LISTE-1\nGEHEIM-LISTE-2\n",
                "Redaktion",
                MORNING,
            )
            .await?;
            assert_eq!(added, Ok(Ok(2)));
        }
    }
    tx.commit().await?;
    Ok(Club { member })
}

async fn draw(db: &Db) -> Outcome {
    let typed = |at: Time| benefits::typed(at, &jiff::tz::TimeZone::UTC);
    let form = DrawForm {
        slug: "huette".to_owned(),
        kicker: "Berge".to_owned(),
        headline: "Eine Woche in der Hütte".to_owned(),
        prize: "eine Woche für zwei".to_owned(),
        opens: typed(MORNING.plus(-DAY)),
        closes: typed(MORNING.plus(DAY)),
        winners: "1".to_owned(),
        terms: "Ein Los je Person.".to_owned(),
        ..DrawForm::default()
    };
    let draft = DrawDraft::parse(&form, &[], &jiff::tz::TimeZone::UTC).map_err(|r| format!("{r:?}"))?;
    let mut tx = db.begin().await?;
    benefits::announce(&mut tx, &draft, "Redaktion", [0x5e; 32], MORNING)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    tx.commit().await?;
    Ok(())
}

on_both!(t5_4_codes_and_seeds_never_leave_early, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let club = club(&db).await?;
    draw(&db).await?;
    // Another member holds one code of each offer: nobody else may see those either.
    let mut secrets: Vec<String> =
        ["GEHEIM-LISTE-1", "GEHEIM-LISTE-2", "GEHEIM-GEMEINSAM"].map(str::to_owned).into();
    secrets.push("5e".repeat(32));
    for offer in benefits::all_offers(&mut db.read().await?).await? {
        let mut tx = db.begin().await?;
        let held =
            benefits::reserve(&mut tx, &offer, club.member, [offer.taken.to_be_bytes()[7] + 3; 32], MORNING)
                .await?;
        secrets.push(held.map_err(|r| format!("{r:?}"))?.code);
        tx.commit().await?;
    }
    let mut paths = vec!["/".to_owned(), "/benefits".to_owned(), "/benefits/terms".to_owned()];
    for slug in ["kurz", "lang", "liste", "gemeinsam"] {
        for end in ["", "/mine", "/terms", "/terms/1"] {
            paths.push(format!("/benefits/{slug}{end}"));
        }
        paths.push(format!("/benefits/partner/{slug}"));
        paths.push(format!("/benefits/partner/{slug}/codes.csv"));
    }
    for end in ["", "/mine", "/terms", "/terms.txt", "/entries.txt"] {
        paths.push(format!("/benefits/draws/huette{end}"));
    }
    paths.extend(["/benefits/card", "/benefits/partner", "/feed.rss", "/sitemap.xml"].map(str::to_owned));
    // Nobody, and somebody with an account who is neither member nor partner nor staff.
    person(&db, "Fremde", "fremde@example.org", Role::Reader).await?;
    for mut browser in [Browser::default(), signed_in(&door, "fremde@example.org").await?] {
        for path in &paths {
            let answer = browser.get(&door, path).await?;
            for secret in &secrets {
                assert!(!answer.body.contains(secret.as_str()), "{path} shows {secret}");
            }
            if browser.token.is_none() {
                assert!(answer.headers.get(header::SET_COOKIE).is_none(), "T8.4: {path}");
            }
        }
    }
    let overview = Browser::default().get(&door, "/benefits").await?;
    for slug in ["kurz", "lang", "liste", "gemeinsam"] {
        assert!(overview.body.contains(&format!("/benefits/{slug}")), "everybody sees every offer");
    }
    let offer = Browser::default().get(&door, "/benefits/kurz").await?;
    assert!(offer.body.contains("Anmelden und Code holen"), "{}", offer.body);
    Outcome::Ok(())
});

on_both!(a_member_takes_a_code_and_the_partner_spends_it, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    club(&db).await?;
    let mut anna = signed_in(&door, "anna@example.org").await?;
    assert_eq!(
        see_other(&Browser::default().post(&door, "/benefits/kurz", &[]).await?),
        "/login?then=%2Fbenefits%2Fkurz%2Fmine"
    );
    let taken = anna.post(&door, "/benefits/kurz", &[]).await?;
    assert_eq!(see_other(&taken), "/benefits/kurz/mine?done=taken#voucher");
    let mine = anna.get(&door, "/benefits/kurz/mine").await?;
    assert!(mine.header(header::CACHE_CONTROL).contains("no-store"), "T7.4");
    let code = mine.between("<code>", "</code>").ok_or("a code")?.to_owned();
    assert!(code.starts_with("AKT-") && mine.body.contains("<svg class=\"qr\""), "{}", mine.body);
    let again = anna.post(&door, "/benefits/kurz", &[]).await?;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains(&code), "a second press finds the code of the first");

    let mut paul = signed_in(&door, "paul@example.org").await?;
    let scanned = paul.get(&door, &format!("/benefits/partner?code={code}")).await?;
    assert!(scanned.body.contains(&format!("value=\"{code}\"")), "T2.4: a scan fills in the field");
    let spent = paul.post(&door, "/benefits/partner", &[("code", &code.to_lowercase())]).await?;
    let page = paul.get(&door, see_other(&spent)).await?;
    assert!(
        page.body.contains("Eingelöst: Gutschein kurz") && !page.body.contains("Anna Berger"),
        "{}",
        page.body
    );
    let twice = paul.post(&door, "/benefits/partner", &[("code", &code)]).await?;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("schon eingelöst"), "{}", twice.body);

    let undo = page.between("action=\"/benefits/partner/redemptions/", "\"").ok_or("a way to undo")?;
    let undo = format!("/benefits/partner/redemptions/{undo}");
    assert_eq!(see_other(&paul.post(&door, &undo, &[]).await?), "/benefits/partner?done=undone");
    see_other(&paul.post(&door, "/benefits/partner", &[("code", &code)]).await?);
    door.hand.fetch_add(61_000, Ordering::SeqCst);
    let late = paul.get(&door, "/benefits/partner").await?;
    assert!(!late.body.contains("/undoing"), "a minute later there is no button");
    let mine = anna.get(&door, "/benefits/kurz/mine").await?;
    assert!(mine.body.contains("Eingelöst am"), "{}", mine.body);
    Outcome::Ok(())
});

on_both!(t4_5_a_partner_finds_only_their_own, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    club(&db).await?;
    let mut wilma = signed_in(&door, "wilma@example.org").await?;
    assert_eq!(wilma.get(&door, "/benefits/partner/gemeinsam").await?.status, StatusCode::OK);
    for path in
        ["/benefits/partner/kurz", "/benefits/partner/kurz/codes.csv", "/benefits/partner/gibt-es-nicht"]
    {
        assert_eq!(wilma.get(&door, path).await?.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = wilma.get(&door, "/benefits/partner").await?;
    assert!(page.body.contains("Angebot gemeinsam") && !page.body.contains("Angebot kurz"), "{}", page.body);
    let mut anna = signed_in(&door, "anna@example.org").await?;
    anna.post(&door, "/benefits/kurz", &[]).await?;
    let code = anna
        .get(&door, "/benefits/kurz/mine")
        .await?
        .between("<code>", "</code>")
        .ok_or("a code")?
        .to_owned();
    let foreign = wilma.post(&door, "/benefits/partner", &[("code", &code)]).await?;
    assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unknown = wilma.post(&door, "/benefits/partner", &[("code", "AKT-NICHTS")]).await?;
    let without = |answer: &Answer, code: &str| answer.body.replace(code, "…");
    assert_eq!(without(&foreign, &code), without(&unknown, "AKT-NICHTS"), "another's code reads like none");
    for path in ["/benefits/partner", "/benefits/partner/kurz"] {
        assert_eq!(
            anna.get(&door, path).await?.status,
            StatusCode::NOT_FOUND,
            "{path} for somebody who is no partner"
        );
    }
    for path in
        ["/desk/benefits", "/desk/benefits/members", "/desk/benefits/offers/1", "/desk/benefits/numbers.csv"]
    {
        assert_eq!(wilma.get(&door, path).await?.status, StatusCode::FORBIDDEN, "{path}");
    }
    Outcome::Ok(())
});

on_both!(a_subscription_is_claimed_and_shows_a_card, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    club(&db).await?;
    let mut chefin = signed_in(&door, "chefin@example.org").await?;
    let bad = "number;postcode;tier;from;until\nA-1;1010;abo;;\nA-1;1010;abo;;\n";
    let refused = chefin.post(&door, "/desk/benefits/subscriptions", &[("table", bad)]).await?;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Zeile 3:") && refused.body.contains("steht schon in Zeile 2"),
        "{}",
        refused.body
    );
    let good = "number;postcode;tier;from;until\nA-1;1010;abo;;\n";
    let taken = chefin.post(&door, "/desk/benefits/subscriptions", &[("table", good)]).await?;
    assert!(taken.body.contains("1 neu, 0 geändert, 0 unverändert"), "{}", taken.body);

    let mut paul = signed_in(&door, "paul@example.org").await?;
    let wrong = paul.post(&door, "/benefits/card", &[("number", "A-1"), ("proof", "9999")]).await?;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let claimed = paul.post(&door, "/benefits/card", &[("number", "a 1"), ("proof", "1010")]).await?;
    let card = paul.get(&door, see_other(&claimed)).await?;
    let number = card.between("<code>", "</code>").ok_or("a number")?.to_owned();
    assert!(card.body.contains("<svg class=\"qr\""), "{}", card.body);
    let looked = paul.get(&door, &format!("/benefits/partner?card={}", number.replace(' ', "%20"))).await?;
    assert!(looked.body.contains("Die Karte gilt: Abo"), "{}", looked.body);
    Outcome::Ok(())
});

on_both!(the_desk_writes_an_offer_and_a_bad_list_is_not_taken, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    club(&db).await?;
    let mut chefin = signed_in(&door, "chefin@example.org").await?;
    let typed = form("neu", "buehne", "list");
    let fields = serde_json::to_value(&typed)?;
    let fields: Vec<(&str, &str)> = fields
        .as_object()
        .ok_or("an object")?
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str().unwrap_or_default()))
        .collect();
    let added = chefin.post(&door, "/desk/benefits/offers/new", &fields).await?;
    let page = see_other(&added).split('?').next().unwrap_or_default().to_owned();
    let again = chefin.post(&door, "/desk/benefits/offers/new", &fields).await?;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("schon vergeben"), "{}", again.body);
    let codes = format!("{page}/codes");
    let refused = chefin.post(&door, &codes, &[("codes", "NEU-1\nNEU-2\nneu1")]).await?;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Zeile 3:") && refused.body.contains("NEU-2"),
        "the list comes back: {}",
        refused.body
    );
    let taken = chefin.post(&door, &codes, &[("codes", "NEU-1\nNEU-2")]).await?;
    assert!(taken.body.contains("2 Codes sind dazugekommen"), "{}", taken.body);
    let mut anna = signed_in(&door, "anna@example.org").await?;
    see_other(&anna.post(&door, "/benefits/neu", &[]).await?);
    let table = chefin.get(&door, &format!("{page}/codes.csv")).await?;
    assert!(
        table.body.contains("NEU-1;") && !table.body.contains("NEU-2") && !table.body.contains("Anna"),
        "{}",
        table.body
    );
    Outcome::Ok(())
});

on_both!(lists_come_in_as_files_whole_or_not_at_all, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    club(&db).await?;
    let mut chefin = signed_in(&door, "chefin@example.org").await?;
    let offer = benefits::all_offers(&mut db.read().await?).await?;
    let offer = offer.into_iter().find(|offer| offer.slug.as_str() == "liste").ok_or("an offer")?.id;
    let codes = format!("/desk/benefits/offers/{offer}/codes");
    let free = async || benefits::free_codes(&mut db.read().await?, offer).await;
    let before = free().await?;
    let twice =
        chefin.enclose(&door, &codes, ("codes", b"NEU-1\r\nNEU-2\r\nneu1\r\n"), &[("codes", "")]).await?;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        twice.body.contains("Zeile 3:") && twice.body.contains("steht schon in Zeile 1"),
        "{}",
        twice.body
    );
    let none = chefin.enclose(&door, &codes, ("codes", b""), &[("codes", " ")]).await?;
    assert_eq!((none.status, free().await?), (StatusCode::UNPROCESSABLE_ENTITY, before), "nothing half in");
    let taken = chefin.enclose(&door, &codes, ("codes", b"\"NEU-1\";\r\n\"NEU-2\";\r\n"), &[]).await?;
    assert!(taken.body.contains("2 Codes sind dazugekommen"), "{}", taken.body);
    assert_eq!(free().await?, before + 2);

    let table = "/desk/benefits/subscriptions";
    let bad = b"Nummer;PLZ;Stufe;Von;Bis\r\nA-1;1010;abo;1.1.2026;31.12.2026\r\nA-2;1010;abo;;31.2.2026\r\n";
    let refused = chefin.enclose(&door, table, ("table", bad), &[("table", "")]).await?;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Zeile 3:") && refused.body.contains("„31.2.2026“ ist kein Tag"),
        "{}",
        refused.body
    );
    let headless = chefin.enclose(&door, table, ("table", b"Nummer;Stufe\r\nA-1;abo\r\n"), &[]).await?;
    assert!(headless.body.contains("die Spalte Postleitzahl fehlt"), "{}", headless.body);
    let good = b"Nummer;PLZ;Stufe;Von;Bis\r\nA-1;1010;abo;1.1.2026;31.12.2026\r\n";
    let taken = chefin.enclose(&door, table, ("table", good), &[]).await?;
    assert!(taken.body.contains("1 neu, 0 geändert, 0 unverändert"), "nothing was half in: {}", taken.body);
    let same = "number,proof,tier,from,until\nA-1,1010,abo,2026-01-01,2026-12-31\n";
    let again = chefin.enclose(&door, table, ("table", b""), &[("table", same)]).await?;
    assert!(again.body.contains("0 neu, 0 geändert, 1 unverändert"), "{}", again.body);
    let huge = vec![b'1'; 5_000_000];
    for path in [codes.as_str(), table] {
        let name = if path == table { "table" } else { "codes" };
        let answer = chefin.enclose(&door, path, (name, &huge), &[]).await?;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "T1.2: {path}");
    }
    let mut paul = signed_in(&door, "paul@example.org").await?;
    for (path, name) in [(codes.as_str(), "codes"), (table, "table")] {
        assert_eq!(
            paul.enclose(&door, path, (name, good), &[]).await?.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    Outcome::Ok(())
});

on_both!(a_draw_is_entered_and_drawn, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    club(&db).await?;
    draw(&db).await?;
    let path = "/benefits/draws/huette";
    let open = Browser::default().get(&door, path).await?;
    let commitment = benefits::recipe::commitment(&"5e".repeat(32), "Ein Los je Person.");
    assert!(open.body.contains(&commitment), "{}", open.body);
    let mut anna = signed_in(&door, "anna@example.org").await?;
    assert_eq!(
        see_other(&anna.post(&door, path, &[("show_name", "yes")]).await?),
        "/benefits/draws/huette/mine?done=entered#ticket"
    );
    let mut paul = signed_in(&door, "paul@example.org").await?;
    see_other(&paul.post(&door, path, &[]).await?);
    assert_eq!(paul.post(&door, path, &[]).await?.status, StatusCode::UNPROCESSABLE_ENTITY);
    door.hand.fetch_add(DAY, Ordering::SeqCst);
    let mut tx = db.begin().await?;
    let id = benefits::all_draws(&mut tx).await?[0].id;
    assert_eq!(benefits::close(&mut tx, id, door.paper.clock.now()).await?, Ok(()));
    tx.commit().await?;
    let drawn = Browser::default().get(&door, path).await?;
    assert!(drawn.body.contains(&"5e".repeat(32)), "the seed is there afterwards");
    assert!(!drawn.body.contains("Paul Kassa"), "a name is shown only with consent");
    let list = Browser::default().get(&door, &format!("{path}/entries.txt")).await?;
    assert_eq!(list.body.lines().count(), 2);
    assert!(drawn.body.contains(&benefits::recipe::list_hash(&list.body)));
    let terms = Browser::default().get(&door, &format!("{path}/terms.txt")).await?;
    assert_eq!(terms.body, "Ein Los je Person.");
    Outcome::Ok(())
});

on_both!(the_hook_needs_no_page_and_a_seal, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    club(&db).await?;
    let body = r#"{"number":"A-7","proof":"1070","tier":"abo"}"#;
    let seconds = (MORNING.0 / 1000).to_string();
    let send = async |seal: &str| {
        let request = Request::post("/api/v1/memberships")
            .header("blatt-timestamp", &seconds)
            .header("blatt-signature", seal)
            .body(Body::from(body))?;
        Browser::default().send(&door, request).await
    };
    assert_eq!(send("").await?.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        send(&benefits::seal(b"falsch", &seconds, body.as_bytes())).await?.status,
        StatusCode::UNAUTHORIZED
    );
    let good = benefits::seal(cast::HOOK_SECRET, &seconds, body.as_bytes());
    let heard = send(&good).await?;
    assert_eq!((heard.status, heard.body.as_str()), (StatusCode::OK, "{\"changed\":true}"));
    assert_eq!(send(&good).await?.status, StatusCode::CONFLICT);
    door.hand.fetch_add(DAY, Ordering::SeqCst);
    assert_eq!(send(&good).await?.status, StatusCode::UNAUTHORIZED, "a day later");
    Outcome::Ok(())
});
