//! The brake, the floods and the proof of work, as readers and the desk meet them, on both databases (T5.3).

use std::sync::atomic::Ordering;

use crate::cast::{Answer, Browser, Door, MORNING, Outcome, ROOMS, article, paper, person, signed_in};
use http::{StatusCode, header};
use reader::Role;
use store::testing::on_both;
use web::Mailbox;

fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION)
}

on_both!(t5_3_a_pulled_brake_lets_newcomers_wait_and_keeps_their_words, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (_, path) = article(&db).await?;
    let thread = format!("{path}/comments");
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mo = person(&db, "Mo Wächter", "mo@example.org", Role::Moderator).await?;
    let (mut hers, mut desk) = (signed_in(&db, anna).await?, signed_in(&db, mo).await?);
    let fields = |hours: &'static str, reason: &'static str| {
        [("kind", "newcomers"), ("days", "7"), ("minutes", "10"), ("hours", hours), ("reason", reason)]
    };
    assert_eq!(hers.get(&door, "/desk/moderation/brake").await?.status, StatusCode::FORBIDDEN);
    assert_eq!(
        hers.post(&door, "/desk/moderation/brakes", &fields("3", "Spaß")).await?.status,
        StatusCode::FORBIDDEN
    );
    for (hours, reason) in [("3", ""), ("0", "Welle"), ("100", "Welle"), ("drei", "Welle")] {
        let wrong = desk.post(&door, "/desk/moderation/brakes", &fields(hours, reason)).await?;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{hours} {reason}");
    }
    let pulled =
        desk.post(&door, "/desk/moderation/brakes", &fields("3", "Eine <Welle> aus einem Netz")).await?;
    assert_eq!(leads_to(&pulled), "/desk/moderation/brake?said=pulled");
    let page = desk.get(&door, "/desk/moderation/brake").await?;
    assert!(page.body.contains("Mo Wächter") && page.body.contains("Eine &lt;Welle&gt;"), "{}", page.body);

    let refused = hers.post(&door, &thread, &[("text", "Was ist da los?")]).await?;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("mindestens 7 Tagen") && refused.body.contains("Was ist da los?"));
    assert!(hers.get(&door, "/account").await?.body.contains("Was ist da los?"), "the words are kept");
    leads_to(&desk.post(&door, &thread, &[("text", "Wir sehen nach.")]).await?);

    let action = page.between("action=\"/desk/moderation/brakes/", "\"").ok_or("a release")?.to_owned();
    let released = desk.post(&door, &format!("/desk/moderation/brakes/{action}"), &[]).await?;
    assert_eq!(leads_to(&released), "/desk/moderation/brake?said=released");
    let again = desk.post(&door, &format!("/desk/moderation/brakes/{action}"), &[]).await?;
    assert_eq!(leads_to(&again), "/desk/moderation/brake?said=gone");
    leads_to(&hers.post(&door, &thread, &[("text", "Was ist da los?")]).await?);
    Outcome::Ok(())
});

on_both!(t5_3_a_slow_brake_ends_by_itself, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (_, path) = article(&db).await?;
    let thread = format!("{path}/comments");
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mo = person(&db, "Mo Wächter", "mo@example.org", Role::Moderator).await?;
    let mut tx = db.begin().await?;
    let until = MORNING.plus_minutes(60);
    forum::brake::pull(&mut tx, forum::brake::Brake::Slow { minutes: 10 }, "Welle", mo, until, MORNING)
        .await?;
    tx.commit().await?;
    let mut hers = signed_in(&db, anna).await?;
    leads_to(&hers.post(&door, &thread, &[("text", "Eins.")]).await?);
    door.hand.store(MORNING.plus_minutes(4).0, Ordering::SeqCst);
    let second = hers.post(&door, &thread, &[("text", "Zwei.")]).await?;
    assert_eq!((second.status, second.header(header::RETRY_AFTER)), (StatusCode::TOO_MANY_REQUESTS, "360"));
    door.hand.store(MORNING.plus_minutes(10).0, Ordering::SeqCst);
    leads_to(&hers.post(&door, &thread, &[("text", "Zwei.")]).await?);
    door.hand.store(MORNING.plus_minutes(61).0, Ordering::SeqCst);
    leads_to(&hers.post(&door, &thread, &[("text", "Drei.")]).await?);
    leads_to(&hers.post(&door, &thread, &[("text", "Vier.")]).await?);
    Outcome::Ok(())
});

on_both!(r2_what_was_posted_before_a_brake_is_not_held_back_by_it, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (_, path) = article(&db).await?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mo = person(&db, "Mo Wächter", "mo@example.org", Role::Moderator).await?;
    let mut tx = db.begin().await?;
    let (slow, until) = (forum::brake::Brake::Slow { minutes: 10 }, MORNING.plus_minutes(60));
    forum::brake::pull(&mut tx, slow, "Welle", mo, until, MORNING).await?;
    tx.commit().await?;
    let mut hers = signed_in(&db, anna).await?;
    let form = [("text", "Eins."), ("key", "0123456789abcdef")];
    let thread = format!("{path}/comments");
    let first = leads_to(&hers.post(&door, &thread, &form).await?).to_owned();
    assert_eq!(leads_to(&hers.post(&door, &thread, &form).await?), first, "only its answer was lost");
    Outcome::Ok(())
});

/// Registers under a name and an address of its own.
async fn registers(
    door: &Door,
    number: usize,
    work: &[(&str, &str)],
) -> Result<Answer, Box<dyn std::error::Error>> {
    // All from one address, as many browsers.
    let (name, mail) = (format!("Leserin {number}"), format!("leserin{number}@example.org"));
    let mut fields = vec![("name", name.as_str()), ("mail", mail.as_str())];
    fields.extend(work);
    Browser::default().post(door, "/register", &fields).await
}

on_both!(t5_3_many_sign_ups_from_one_place_cost_their_browsers_work, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    for number in 0..20 {
        assert_eq!(registers(&door, number, &[]).await?.status, StatusCode::OK, "{number}");
    }
    let asked = registers(&door, 20, &[]).await?;
    assert_eq!(asked.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!asked.header(header::RETRY_AFTER).is_empty() && asked.body.contains("value=\"Leserin 20\""));
    let puzzle = asked.between("data-puzzle=\"", "\"").ok_or("a puzzle")?.to_owned();
    let lazy = registers(&door, 20, &[("work", &puzzle), ("worked", "1")]).await?;
    assert_eq!(lazy.status, StatusCode::TOO_MANY_REQUESTS, "a guess is no work");
    let puzzle = lazy.between("data-puzzle=\"", "\"").ok_or("another puzzle")?.to_owned();
    let answer = solved(&puzzle)?;
    let worked = registers(&door, 20, &[("work", &puzzle), ("worked", &answer)]).await?;
    assert_eq!(worked.status, StatusCode::OK, "{}", worked.body);
    let twice = registers(&door, 21, &[("work", &puzzle), ("worked", &answer)]).await?;
    assert_eq!(twice.status, StatusCode::TOO_MANY_REQUESTS, "an answer is good once");
    Outcome::Ok(())
});

/// Works the puzzle as a browser would.
fn solved(puzzle: &str) -> Result<String, Box<dyn std::error::Error>> {
    use sha2::{Digest, Sha256};
    let fits = |answer: &u32| {
        let hash = Sha256::digest(format!("{puzzle}:{answer}"));
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros() >= reader::work::BITS
    };
    Ok((0..u32::MAX).find(fits).ok_or("no answer")?.to_string())
}

on_both!(t5_3_a_flood_from_one_address_waits_and_its_words_are_kept, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (_, path) = article(&db).await?;
    let thread = format!("{path}/comments");
    let mut answers = Vec::new();
    for number in 0..61 {
        let who = person(&db, &format!("Leserin {number}"), &format!("l{number}@example.org"), Role::Reader)
            .await?;
        let text = format!("Das ist Nummer {number}.");
        answers.push(signed_in(&db, who).await?.post(&door, &thread, &[("text", &text)]).await?);
    }
    assert!(answers.iter().take(60).all(|answer| answer.status == StatusCode::SEE_OTHER));
    assert_eq!(answers[60].status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answers[60].body.contains("Das ist Nummer 60."));
    Outcome::Ok(())
});

on_both!(t5_5_administrators_read_and_carry_away_the_record_of_acts, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let mo = person(&db, "Mo Wächter", "mo@example.org", Role::Moderator).await?;
    let ada = person(&db, "Ada Chef", "ada@example.org", Role::Administrator).await?;
    let (mut desk, mut hers) = (signed_in(&db, mo).await?, signed_in(&db, ada).await?);
    let brake = [("kind", "slow"), ("days", "7"), ("minutes", "2"), ("hours", "3"), ("reason", "=Welle <b>")];
    leads_to(&desk.post(&door, "/desk/moderation/brakes", &brake).await?);
    for path in ["/desk/record", "/desk/record.csv"] {
        assert_eq!(desk.get(&door, path).await?.status, StatusCode::FORBIDDEN, "{path}");
        let nobody = Browser::default().get(&door, path).await?;
        assert!(!nobody.body.contains("Welle") && nobody.status != StatusCode::OK, "{path}");
    }
    let page = hers.get(&door, "/desk/record?by=Mo+W%C3%A4chter&act=brake").await?;
    assert_eq!(page.status, StatusCode::OK);
    for told in ["Bremse gezogen", "Mo Wächter", "reason: =Welle &lt;b&gt;", "/desk/record.csv?by=Mo%20W"] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let table = hers.get(&door, "/desk/record.csv?act=brake").await?;
    assert_eq!(table.body.lines().count(), 2, "{}", table.body);
    assert!(
        table.body.starts_with("number;at;by;by_id;act;kind;subject;before;after;hash\n"),
        "{}",
        table.body
    );
    let none = hers.get(&door, "/desk/record?by=Ada+Chef&act=brake").await?;
    assert!(none.body.contains("Dazu steht nichts im Protokoll."), "{}", none.body);
    let tomorrow = hers.get(&door, "/desk/record?from=2099-01-01").await?;
    assert!(!tomorrow.body.contains("Welle"));
    let wrong = hers.get(&door, "/desk/record?from=gestern").await?;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    Outcome::Ok(())
});
