//! Letters on their way, over a real connection to a small mail server.

use crate::cast;
use crate::cast::{HOUSE, NOON, Outcome, ROOMS, Window, newcomer};
use crate::post::{mail_server, office};
use reader::{House, Mail, PostOffice, Protection, Smtp, letter};
use store::testing::on_both;
use store::{Db, jobs};
use story::Language;

/// Registers Anna, so that one letter waits; gives its job.
async fn one_letter(db: &Db) -> Result<jobs::Job, Box<dyn std::error::Error>> {
    let anna = newcomer("Anna Berger", "anna@example.org")?;
    Window::new(1).registers(db, &anna, NOON).await?.map_err(|r| format!("{r:?}"))?;
    Ok(jobs::claim(db, "worker", NOON).await?.ok_or("a letter waits")?)
}

on_both!(a_letter_reaches_the_mail_server, ROOMS, |db| async move {
    let (port, serving) = mail_server("250 fine").await?;
    let job = one_letter(&db).await?;
    let id = reader::LetterId(job.read::<reader::SendLetter>()?.letter);
    let office = office(port)?;
    reader::send_letter(&db, &office, id, NOON.plus_seconds(3)).await?;
    // A second try finds it sent and does not connect: the server takes one letter only.
    reader::send_letter(&db, &office, id, NOON.plus_seconds(4)).await?;

    let heard = serving.await??;
    let has = |line: &str| heard.iter().any(|heard| heard == line);
    assert!(has("RCPT TO:<anna@example.org>") && has("Auto-Submitted: auto-generated"), "{heard:#?}");
    assert!(
        has("From: \"Der Uferbote\" <post@uferbote.example>") && has("To: anna@example.org"),
        "{heard:#?}"
    );
    assert!(has("Subject: Ihre Registrierung bei Der Uferbote"), "{heard:#?}");
    assert!(heard.iter().any(|line| line.contains("1200 0001")), "{heard:#?}");
    assert_eq!(heard.iter().filter(|line| line.starts_with("RCPT")).count(), 1, "T1.6: one recipient");
    let letter = letter::letter(&mut db.read().await?, id).await?.ok_or("the letter's row")?;
    assert_eq!(
        (letter.sent_at, letter.text.as_str()),
        (Some(NOON.plus_seconds(3)), ""),
        "no code stays behind"
    );
    Outcome::Ok(())
});

on_both!(a_letter_that_is_refused_waits_and_says_why_without_the_address, ROOMS, |db| async move {
    let (port, serving) = mail_server("550 no such box anna@example.org").await?;
    let job = one_letter(&db).await?;
    let id = reader::LetterId(job.read::<reader::SendLetter>()?.letter);
    let trouble =
        reader::send_letter(&db, &office(port)?, id, NOON).await.err().ok_or("it is refused")?.to_string();
    serving.abort();
    assert!(trouble.contains("550") && !trouble.contains("anna"), "{trouble}");
    let mut tx = db.begin().await?;
    jobs::failed(&mut tx, &job, &trouble, NOON).await?;
    tx.commit().await?;
    assert_eq!(jobs::failing(&mut db.read().await?).await?.len(), 1);
    assert_eq!(letter::letter(&mut db.read().await?, id).await?.and_then(|letter| letter.sent_at), None);
    Outcome::Ok(())
});

on_both!(without_a_mail_server_letters_stay_in_the_house, ROOMS, |db| async move {
    let job = one_letter(&db).await?;
    let id = reader::LetterId(job.read::<reader::SendLetter>()?.letter);
    reader::send_letter(&db, &PostOffice::LocalMailbox, id, NOON).await?;
    let letters = reader::letters(&mut db.read().await?).await?;
    assert_eq!(letters[0].sent_at, Some(NOON));
    assert!(letters[0].text.contains("1200 0001"));
    Outcome::Ok(())
});

on_both!(a_code_that_is_too_old_is_not_sent, ROOMS, |db| async move {
    let job = one_letter(&db).await?;
    let id = reader::LetterId(job.read::<reader::SendLetter>()?.letter);
    reader::send_letter(&db, &PostOffice::LocalMailbox, id, NOON.plus_minutes(11)).await?;
    assert_eq!(letter::letter(&mut db.read().await?, id).await?.and_then(|letter| letter.sent_at), None);
    Outcome::Ok(())
});

#[test]
fn letters_never_travel_unprotected_to_another_machine() {
    let far = Smtp {
        host: "post.example".to_owned(),
        port: 25,
        protection: Protection::None,
        login: None,
        from: "post@uferbote.example".to_owned(),
    };
    assert!(PostOffice::through(&far).is_err());
    assert!(PostOffice::through(&Smtp { protection: Protection::StartTls, ..far.clone() }).is_ok());
    assert!(
        PostOffice::through(&Smtp { from: "nobody".to_owned(), protection: Protection::Tls, ..far }).is_err()
    );
}

#[test]
fn t1_6_a_subject_is_one_line_whatever_the_paper_is_called() {
    let house = House { name: "Bote\r\nBcc: all@example.org", address: "https://bote.example" };
    let subject = letter::not_here(&house, Language::English).subject;
    assert!(!subject.contains(['\r', '\n']), "{subject:?}");
}

#[test]
fn every_letter_is_written_in_both_languages() {
    let house = cast::HOUSE;
    let code = cast::code(4);
    for language in [Language::Austrian, Language::English] {
        let letters = [
            letter::code(&house, language, &code),
            letter::welcome(&house, language, &code),
            letter::already_here(&house, language, &code),
            letter::not_here(&house, language),
            letter::password_changed(&house, language),
            letter::many_tries(&house, language),
        ];
        for letter in letters {
            let greeting = if language.is_german() { "Guten Tag!" } else { "Hello," };
            assert!(letter.text.starts_with(greeting) && letter.text.contains(house.name), "{}", letter.text);
            assert!(!letter.subject.is_empty());
        }
    }
    assert!(Mail::parse("anna@example.org").is_ok());
}

on_both!(r13_a_code_does_not_wait_behind_a_days_digests, ROOMS, |db| async move {
    let anna = cast::anna(&db).await?;
    let mut tx = db.begin().await?;
    for _ in 0..3 {
        let text = reader::letter::password_changed(&HOUSE, anna.language);
        reader::letter::post(&mut tx, &anna.mail, text, NOON).await?;
    }
    tx.commit().await?;
    assert_eq!(Window::new(1).asks(&db, &anna.mail, NOON.plus(1)).await?, Ok(()));
    let kind = jobs::Kinds::Only(<reader::SendAtOnce as jobs::Later>::KIND);
    let job = jobs::claim_of(&db, "worker", kind, NOON.plus(1)).await?.ok_or("the code")?;
    let id = reader::LetterId(job.read::<reader::SendAtOnce>()?.letter);
    let letter = reader::letter::letter(&mut db.read().await?, id).await?.ok_or("a letter")?;
    assert!(letter.text.contains("1200 0001"), "{}", letter.text);
    assert!(jobs::claim_of(&db, "worker", kind, NOON.plus(1)).await?.is_none(), "the others have their own");
    Outcome::Ok(())
});
