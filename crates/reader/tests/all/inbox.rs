//! What the house tells a reader, on the site and in letters, over a real connection to a small mail server.

use crate::cast;
use crate::cast::{HOUSE, NOON, Outcome, ROOMS, anna, newcomer};
use crate::post;
use reader::inbox::{self, Carry, Kind, Topic};
use reader::{CarryMessages, Company, Message, ReaderId, Role, carry_messages, tell};
use store::testing::on_both;
use store::{Db, Failure, Time, jobs};

async fn told(db: &Db, reader: ReaderId, message: &Message, now: Time) -> Result<bool, Failure> {
    let mut tx = db.begin().await?;
    let told = tell(&mut tx, reader, message, now).await?;
    tx.commit().await?;
    Ok(told.is_some())
}

async fn wishes(db: &Db, reader: ReaderId, topic: Topic, carry: Carry) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    inbox::wish(&mut tx, reader, topic, carry, NOON).await?;
    tx.commit().await
}

/// Does what is due at `now`; gives the letters that were written, latest last.
async fn work(db: &Db, now: Time) -> Result<Vec<reader::Letter>, Box<dyn std::error::Error>> {
    while let Some(job) = jobs::claim_of(db, "worker", jobs::Kinds::Except(&["send-letter"]), now).await? {
        let mut tx = db.begin().await?;
        carry_messages(&mut tx, &job.read::<CarryMessages>()?, &HOUSE, &cast::secret(), now).await?;
        jobs::done(&mut tx, &job).await?;
        tx.commit().await?;
    }
    let mut letters = reader::letters(&mut db.read().await?).await?;
    letters.reverse();
    Ok(letters)
}

fn reply(n: i64) -> Message {
    Message::new(Kind::Reply, format!("/comments/{n}"), format!("comment {n}")).about("Feuer im Hafen")
}

async fn karl(db: &Db) -> Result<ReaderId, Box<dyn std::error::Error>> {
    let mut tx = db.begin().await?;
    let karl = newcomer("Karl Wolf", "karl@example.org")?;
    let karl = reader::admit(&mut tx, &karl, Role::Reader, NOON).await?.map_err(|r| format!("{r:?}"))?;
    tx.commit().await?;
    Ok(karl)
}

on_both!(telling_twice_is_telling_once, ROOMS, |db| async move {
    let anna = anna(&db).await?.id;
    assert!(told(&db, anna, &reply(1), NOON).await?);
    assert!(!told(&db, anna, &reply(1), NOON.plus_minutes(1)).await?);
    let tellings = (0..40).map(|_| {
        let db = db.clone();
        tokio::spawn(async move { told(&db, anna, &reply(2), NOON).await })
    });
    let mut times = 0;
    for telling in tellings.collect::<Vec<_>>() {
        times += usize::from(telling.await??);
    }
    assert_eq!(times, 1, "T5.1: of forty at once one tells");
    let mut tx = db.read().await?;
    assert_eq!(inbox::messages(&mut tx, anna, None, 100).await?.len(), 2);
    assert_eq!(inbox::unread(&mut tx, anna).await?, 2);
    Outcome::Ok(())
});

on_both!(what_happens_over_and_over_is_one_message_that_is_new_again, ROOMS, |db| async move {
    let anna = anna(&db).await?.id;
    let news = Message::new(Kind::Thread, "/chronik/feuer/comments", "thread 1").renewing();
    assert!(told(&db, anna, &news, NOON).await?);
    assert!(!told(&db, anna, &news, NOON.plus_minutes(1)).await?, "it waits already");
    let mut tx = db.begin().await?;
    inbox::read(&mut tx, anna, NOON, NOON.plus_minutes(2)).await?;
    tx.commit().await?;
    assert!(told(&db, anna, &news, NOON.plus_minutes(3)).await?);
    let mut tx = db.read().await?;
    let messages = inbox::messages(&mut tx, anna, None, 100).await?;
    assert_eq!(messages.len(), 1);
    assert_eq!((messages[0].at, messages[0].read_at), (NOON.plus_minutes(3), None));
    Outcome::Ok(())
});

on_both!(nobody_hears_of_themselves_or_of_people_they_ignore, ROOMS, |db| async move {
    let (anna, karl) = (anna(&db).await?.id, karl(&db).await?);
    assert!(!told(&db, anna, &reply(1).by(anna), NOON).await?);
    let mut tx = db.begin().await?;
    assert!(reader::keep_company(&mut tx, anna, karl, Some(Company::Ignores), NOON).await?);
    assert!(!reader::keep_company(&mut tx, anna, anna, Some(Company::Follows), NOON).await?);
    tx.commit().await?;
    assert!(!told(&db, anna, &reply(2).by(karl), NOON).await?);
    let mut tx = db.begin().await?;
    reader::keep_company(&mut tx, anna, karl, Some(Company::Follows), NOON).await?;
    assert!(reader::company(&mut tx, anna, Company::Ignores).await?.is_empty(), "followed is not ignored");
    assert_eq!(reader::followers(&mut tx, karl, ReaderId(0), 9).await?, [anna]);
    tx.commit().await?;
    assert!(told(&db, anna, &reply(2).by(karl), NOON).await?);
    Outcome::Ok(())
});

on_both!(a_digest_holds_what_waited_and_a_wish_says_when, ROOMS, |db| async move {
    let anna = anna(&db).await?.id;
    wishes(&db, anna, Topic::Replies, Carry::Hourly).await?;
    for n in 1..=3 {
        told(&db, anna, &reply(n), NOON.plus_minutes(n)).await?;
    }
    assert!(work(&db, NOON.plus_minutes(4)).await?.is_empty(), "the hour is not over");
    let letters = work(&db, NOON.plus_minutes(61)).await?;
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(letter.subject, "3 Nachrichten von Der Uferbote");
    for n in 1..=3 {
        assert!(letter.text.contains(&format!("https://uferbote.example/comments/{n}\n")), "{}", letter.text);
    }
    assert!(work(&db, NOON.plus_minutes(200)).await?.len() == 1, "each message once");

    wishes(&db, anna, Topic::Replies, Carry::AtOnce).await?;
    told(&db, anna, &reply(4), NOON.plus_minutes(201)).await?;
    let letters = work(&db, NOON.plus_minutes(201)).await?;
    assert_eq!(letters.last().map(|l| &*l.subject), Some("Eine Antwort auf Ihren Kommentar: Feuer im Hafen"));

    wishes(&db, anna, Topic::Replies, Carry::Never).await?;
    told(&db, anna, &reply(5), NOON.plus_minutes(202)).await?;
    assert_eq!(work(&db, NOON.plus_minutes(5_000)).await?.len(), 2);
    assert_eq!(inbox::unread(&mut db.read().await?, anna).await?, 5, "on the site it all stands");
    Outcome::Ok(())
});

on_both!(what_was_read_meanwhile_is_not_sent, ROOMS, |db| async move {
    let anna = anna(&db).await?.id;
    told(&db, anna, &reply(1), NOON).await?;
    let mut tx = db.begin().await?;
    inbox::read(&mut tx, anna, NOON, NOON.plus_minutes(1)).await?;
    tx.commit().await?;
    assert!(work(&db, NOON.plus_minutes(5_000)).await?.is_empty());
    Outcome::Ok(())
});

on_both!(more_than_a_letter_holds_goes_in_the_next_one, ROOMS, |db| async move {
    let anna = anna(&db).await?.id;
    for n in 0..120 {
        told(&db, anna, &reply(n), NOON).await?;
    }
    let letters = work(&db, NOON.plus_minutes(5_000)).await?;
    let links = |text: &str| text.matches("/comments/").count();
    assert_eq!(letters.iter().map(|letter| links(&letter.text)).collect::<Vec<_>>(), [50, 50, 20]);
    Outcome::Ok(())
});

on_both!(a_letter_carries_its_way_out_as_rfc_8058_wants_it, ROOMS, |db| async move {
    let anna = anna(&db).await?.id;
    let removed = Message::new(Kind::Removed, "/account#comments", "decision 1")
        .about("Feuer im Hafen")
        .saying("Der Satz nennt einen Namen.\nOhne ihn gern.");
    told(&db, anna, &removed, NOON).await?;
    let letter = work(&db, NOON).await?.pop().ok_or("what was decided is told at once")?;

    let (port, serving) = post::mail_server("250 fine").await?;
    reader::send_letter(&db, &post::office(port)?, letter.id, NOON).await?;
    let heard = post::unfolded(&serving.await??);
    let line = |start: &str| heard.iter().find_map(|line| line.strip_prefix(start)).map(str::to_owned);
    let address = line("List-Unsubscribe: <https://uferbote.example/account/mail/").ok_or("the address")?;
    assert_eq!(line("List-Unsubscribe-Post: ").as_deref(), Some("List-Unsubscribe=One-Click"));
    assert!(heard.iter().any(|line| line.contains("Der Satz nennt einen Namen.")), "{heard:#?}");
    assert_eq!(
        cast::count(&db, "letters where unsubscribe is not null").await?,
        0,
        "nothing stays in the row"
    );

    let token = reader::Secret::parse(address.trim_end_matches('>')).ok_or("a token")?;
    let mut tx = db.begin().await?;
    assert_eq!(
        inbox::unsubscription(&mut tx, &token).await?.and_then(|way| way.topic),
        Some(Topic::Decisions)
    );
    assert!(inbox::wishes(&mut tx, anna).await?.contains(&(Topic::Decisions, Carry::AtOnce)), "T2.4");
    for _ in 0..2 {
        assert!(inbox::unsubscribe(&mut tx, &token, NOON).await?.is_some());
    }
    let after = inbox::wishes(&mut tx, anna).await?;
    assert!(
        after.contains(&(Topic::Decisions, Carry::Never)) && after.contains(&(Topic::Replies, Carry::Daily))
    );
    assert!(inbox::unsubscribe(&mut tx, &cast::secret(), NOON).await?.is_none());
    tx.commit().await?;
    Outcome::Ok(())
});

on_both!(t1_6_no_readers_words_are_in_a_letter, ROOMS, |db| async move {
    let (anna, karl) = (anna(&db).await?.id, karl(&db).await?);
    wishes(&db, anna, Topic::Replies, Carry::AtOnce).await?;
    told(&db, anna, &reply(1).by(karl), NOON).await?;
    let letter = work(&db, NOON).await?.pop().ok_or("a letter")?;
    assert!(!letter.text.contains("Karl") && !letter.subject.contains("Karl"), "{}", letter.text);
    let names = inbox::messages(&mut db.read().await?, anna, None, 9).await?;
    assert_eq!(names[0].who.as_ref().map(|name| name.as_str()), Some("Karl Wolf"), "on the site it stands");
    Outcome::Ok(())
});

on_both!(t8_1_messages_and_ways_out_are_forgotten_after_a_year, ROOMS, |db| async move {
    let anna = anna(&db).await?.id;
    wishes(&db, anna, Topic::Replies, Carry::AtOnce).await?;
    told(&db, anna, &reply(1), NOON).await?;
    work(&db, NOON).await?;
    let mut tx = db.begin().await?;
    reader::sweep(&mut tx, NOON.plus_minutes(366 * 24 * 60)).await?;
    tx.commit().await?;
    assert_eq!(cast::count(&db, "messages").await? + cast::count(&db, "unsubscriptions").await?, 0);
    Outcome::Ok(())
});
