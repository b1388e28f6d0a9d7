//! What is one's own: a copy of everything, another address, and the way out; on both databases (T3.8, T8.3).

use crate::cast;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use crate::cast::{
    Answer, Browser, MORNING, Outcome, PASSWORD, ROOMS, article, code_for, paper, person, signed_in,
};
use forum::hours::State;
use forum::{Body, Change, Contribution, Pace};
use http::{StatusCode, header};
use reader::departure::{self, DepartureId, Texts};
use reader::inbox::Kind;
use reader::{Mail, Message, Name, Newcomer, Refusal, Role};
use store::personal::{self, Leaving};
use store::testing::on_both;
use store::{Db, Failure, Time};
use story::Language;
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

const ANNA: (&str, &str) = ("mail", "anna@example.org");

fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION)
}

/// Every column that refers to a reader, as the database has it.
async fn references(db: &Db) -> Result<BTreeSet<(String, String)>, Failure> {
    let sql = if db.is_shared() {
        "select cast(t.table_name as text), cast(k.column_name as text)
           from information_schema.table_constraints t
           join information_schema.key_column_usage k using (constraint_schema, constraint_name)
           join information_schema.constraint_column_usage u using (constraint_schema, constraint_name)
          where t.constraint_type = 'FOREIGN KEY' and u.table_name = 'readers'
            and t.constraint_schema = current_schema()"
    } else {
        r#"select m.name, f."from" from sqlite_schema m join pragma_foreign_key_list(m.name) f
            where m.type = 'table' and f."table" = 'readers'"#
    };
    Ok(db.read().await?.all::<(String, String)>(sql, ()).await?.into_iter().collect())
}

on_both!(t8_3_no_table_with_a_person_in_it_is_forgotten, ROOMS, |db| async move {
    let lists = web::PERSONAL.concat();
    let listed: BTreeSet<_> =
        lists.iter().map(|list| (list.table.to_owned(), list.column.to_owned())).collect();
    let unlisted: Vec<_> =
        references(&db).await?.into_iter().filter(|known| !listed.contains(known)).collect();
    assert!(unlisted.is_empty(), "say in PERSONAL of their rooms what becomes of {unlisted:?}");
    let anna = person(&db, "Anna Berger", ANNA.1, Role::Reader).await?;
    let mut tx = db.begin().await?;
    for list in &lists {
        personal::copy(&mut tx, list, anna.0, None).await.map_err(|e| format!("{list:?}: {e}"))?;
        personal::let_go(&mut tx, list, anna.0).await.map_err(|e| format!("{list:?}: {e}"))?;
        if let Leaving::Stay(why) = list.leaving {
            assert!(!why.is_empty());
        }
    }
    Outcome::Ok(())
});

/// Anna has written, voted, followed and been told something; Ben answered her.
async fn a_life(db: &Db) -> Result<(reader::ReaderId, reader::ReaderId, forum::CommentId), Failed> {
    let anna = person(db, "Anna Berger", ANNA.1, Role::Reader).await?;
    let ben = person(db, "Ben Wald", "ben@example.org", Role::Reader).await?;
    let (article, _) = article(db).await?;
    let mut written = Vec::new();
    for (author, text) in [(anna, "Das Dach bleibt."), (ben, "Ein Geheimnis von Ben.")] {
        let mut tx = db.begin().await?;
        let body = Body::parse(text).map_err(|r| format!("{r:?}"))?;
        let said = Contribution { article, author, parent: None, body, key: None };
        let open = State::Open { until: None };
        let comment = forum::post(&mut tx, &said, open, Pace::default(), MORNING).await?;
        let comment = comment.map_err(|r| format!("{r:?}"))?.here().ok_or("it waits")?;
        tx.commit().await?;
        written.push(comment);
    }
    let mut tx = db.begin().await?;
    reader::tell(
        &mut tx,
        anna,
        &Message::new(Kind::Reply, "/comments/2", "reply 2").by(ben).about("Feuer"),
        MORNING,
    )
    .await?;
    tx.commit().await?;
    Ok((anna, ben, written[0]))
}

on_both!(t8_3_a_copy_holds_everything_of_ones_own_and_nothing_of_others, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (anna, _, comment) = a_life(&db).await?;
    let mut tx = db.begin().await?;
    let body = Body::parse("Das Dach bleibt dicht.").map_err(|r| format!("{r:?}"))?;
    let change = Change { comment, author: anna, body, seen: 0 };
    let open = State::Open { until: None };
    forum::change(&mut tx, &change, 5, open, MORNING).await?.map_err(|r| format!("{r:?}"))?;
    let sql = "insert into consents (reader, what, given, at) values ($1, $2, 1, $3)";
    for n in 0..1_200 {
        tx.execute(sql, (anna, format!("consent {n}"), MORNING)).await?;
    }
    tx.commit().await?;
    let mut browser = signed_in(&db, anna).await?;
    let copy = browser.get(&door, "/account/export").await?;
    assert_eq!((copy.status, copy.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/json"));
    assert!(copy.header(header::CONTENT_DISPOSITION).contains("attachment"));
    let all: serde_json::Value = serde_json::from_str(&copy.body)?;
    assert_eq!(all["readers.id"][0]["mail"], ANNA.1);
    assert_eq!(all["comments.author"][0]["text"], "Das Dach bleibt dicht.");
    assert_eq!(all["comment_revisions.comment"][0]["text"], "Das Dach bleibt.");
    let consents = all["consents"].as_array().ok_or("consents")?;
    let different: BTreeSet<_> = consents.iter().map(|consent| consent["what"].to_string()).collect();
    assert_eq!((consents.len(), different.len()), (1_201, 1_201), "all of them, and each once");
    assert_eq!(all["messages"][0]["title"], "Feuer");
    assert_eq!(all["sessions"][0]["device"], "Firefox, Linux");
    assert!(all["readers.id"][0]["created_at"].as_str().is_some_and(|at| at.starts_with("2026-11-24T")));
    for secret in ["Geheimnis", "ben@example.org", "argon2", "Ben Wald"] {
        assert!(!copy.body.contains(secret), "{secret} is nobody else's business");
    }
    door.hand.store(MORNING.plus_minutes(11).0, Ordering::SeqCst);
    assert_eq!(browser.get(&door, "/account/export").await?.status, StatusCode::UNAUTHORIZED);
    leads_to(&Browser::default().get(&door, "/account/export").await?);
    Outcome::Ok(())
});

/// Asks for another address and gives the path that takes the code.
async fn asks(door: &cast::Door, browser: &mut Browser, mail: &str) -> Result<String, Failed> {
    let page = browser.post(door, "/account/address", &[("mail", mail)]).await?;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    Ok(format!("/account/address/{}", page.between("action=\"/account/address/", "\"").ok_or("a ticket")?))
}

on_both!(t3_8_an_address_changes_with_a_code_and_the_old_one_can_take_it_back, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", ANNA.1, Role::Reader).await?;
    let mut thief = signed_in(&db, anna).await?;
    let action = asks(&door, &mut thief, "thief@example.org").await?;
    let code = code_for(&db, "thief@example.org").await?;
    let wrong = thief.post(&door, &action, &[("code", "1"), ("mail", "thief@example.org")]).await?;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = thief.post(&door, &action, &[("code", &code), ("mail", "thief@example.org")]).await?;
    assert_eq!(leads_to(&right), "/account/data?done=address");
    let again = thief.post(&door, &action, &[("code", &code), ("mail", "thief@example.org")]).await?;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "once");

    let letters = reader::letters(&mut db.read().await?).await?;
    let letter = letters
        .iter()
        .find(|letter| letter.recipient.as_str() == ANNA.1)
        .ok_or("the old address hears of it")?;
    assert!(!letter.text.contains("thief@"));
    let path = letter
        .text
        .lines()
        .find_map(|line| line.trim().strip_prefix("https://uferbote.example"))
        .ok_or("a link")?;
    assert!(path.starts_with("/account/address/returns/"), "{path}");
    let mut owner = Browser::default();
    let looked = owner.get(&door, path).await?;
    assert!(
        looked.body.contains("wieder einsetzen")
            && thief.get(&door, "/account").await?.status == StatusCode::OK,
        "T2.4"
    );
    // What the thief changed next is taken back as well.
    let second = asks(&door, &mut thief, "hideout@example.org").await?;
    let code = code_for(&db, "hideout@example.org").await?;
    leads_to(&thief.post(&door, &second, &[("code", &code), ("mail", "hideout@example.org")]).await?);
    assert_eq!(owner.post(&door, path, &[]).await?.status, StatusCode::OK);
    leads_to(&thief.get(&door, "/account").await?);
    let back = reader::by_id(&mut db.read().await?, anna).await?.ok_or("Anna is here")?;
    assert_eq!((back.mail.as_str(), back.has_password), (ANNA.1, false));
    assert_eq!(owner.post(&door, path, &[]).await?.status, StatusCode::GONE, "once");
    Outcome::Ok(())
});

on_both!(t3_3_an_address_that_has_an_account_answers_alike, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", ANNA.1, Role::Reader).await?;
    person(&db, "Ben Wald", "ben@example.org", Role::Reader).await?;
    let mut browser = signed_in(&db, anna).await?;
    let mut pages = Vec::new();
    for mail in ["ben@example.org", "new@example.org"] {
        let page = browser.post(&door, "/account/address", &[("mail", mail)]).await?;
        let ticket = page.between("action=\"/account/address/", "\"").ok_or("a ticket")?.to_owned();
        pages.push(page.body.replace(mail, "…").replace(&ticket, "…"));
    }
    assert_eq!(pages[0], pages[1]);
    let letters = reader::letters(&mut db.read().await?).await?;
    let to_ben =
        letters.iter().find(|letter| letter.recipient.as_str() == "ben@example.org").ok_or("a letter")?;
    assert!(to_ben.subject.contains("gehört schon"), "{}", to_ben.subject);
    door.hand.store(MORNING.plus_minutes(11).0, Ordering::SeqCst);
    let late = browser.post(&door, "/account/address", &[("mail", "x@example.org")]).await?;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED, "T3.8: a fresh sign-in");
    Outcome::Ok(())
});

/// Every place in the rows where a text has these words.
async fn mentions(db: &Db, words: &str) -> Result<Vec<String>, Failure> {
    let sql = if db.is_shared() {
        "select cast(table_name as text), cast(column_name as text) from information_schema.columns
          where table_schema = current_schema() and data_type = 'text'"
    } else {
        "select m.name, i.name from sqlite_schema m join pragma_table_info(m.name) i
          where m.type = 'table' and lower(i.type) = 'text' and m.sql not like 'create virtual%'"
    };
    let mut tx = db.read().await?;
    let columns: Vec<(String, String)> = tx.all(sql, ()).await?;
    let mut found = Vec::new();
    for (table, column) in columns {
        let sql = format!("select count(*) from {table} where lower({column}) like $1");
        let (count,): (i64,) = tx.one(&sql, (format!("%{}%", words.to_lowercase()),)).await?;
        if count > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    Ok(found)
}

on_both!(t8_3_whoever_leaves_is_nowhere_any_more, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (anna, _, comment) = a_life(&db).await?;
    assert!(!mentions(&db, "anna").await?.is_empty());
    let mut browser = signed_in(&db, anna).await?;
    let unsaid = browser.post(&door, "/account/departure", &[("when", "now")]).await?;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let gone = browser.post(&door, "/account/departure", &[("texts", "remove"), ("when", "now")]).await?;
    assert_eq!((gone.status, &browser.token), (StatusCode::OK, &None), "{}", gone.body);
    web::depart(&db, DepartureId(1), Language::Austrian, MORNING).await?;
    assert_eq!(mentions(&db, "anna").await?, Vec::<String>::new());
    assert_eq!(mentions(&db, "Das Dach bleibt").await?, Vec::<String>::new());
    assert!(!mentions(&db, "Geheimnis von Ben").await?.is_empty(), "others' words stay");
    assert!(forum::comment(&mut db.read().await?, comment).await?.is_some(), "its place stays");
    web::depart(&db, DepartureId(1), Language::Austrian, MORNING).await?;

    let mut tx = db.begin().await?;
    let refused = |r: Refusal| format!("{r:?}");
    let again = Newcomer {
        name: Name::parse("Anna Bergér", "").map_err(refused)?,
        mail: Mail::parse(ANNA.1).map_err(refused)?,
        password: None,
        language: Language::Austrian,
    };
    let early = reader::admit(&mut tx, &again, Role::Reader, MORNING.plus_minutes(60)).await?;
    assert_eq!(early, Err(Refusal::NameTaken), "the name rests for a year");
    let late = reader::admit(&mut tx, &again, Role::Reader, MORNING.plus_minutes(366 * 24 * 60)).await?;
    assert!(late.is_ok(), "{late:?}");
    Outcome::Ok(())
});

on_both!(whoever_leaves_their_texts_leaves_them_without_a_name, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (anna, _, comment) = a_life(&db).await?;
    let mut browser = signed_in(&db, anna).await?;
    browser.post(&door, "/account/departure", &[("texts", "keep"), ("when", "later")]).await?;
    web::depart(&db, DepartureId(1), Language::Austrian, MORNING.plus_minutes(60)).await?;
    assert!(reader::by_name(&mut db.read().await?, "Anna Berger").await?.is_some(), "not before its time");
    let week = MORNING.plus_minutes(7 * 24 * 60);
    web::depart(&db, DepartureId(1), Language::Austrian, week).await?;
    let page = browser.get(&door, &format!("/comments/{comment}")).await?;
    assert!(
        page.body.contains("Das Dach bleibt.") && page.body.contains("Ehemaliges Mitglied"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("Anna"));
    Outcome::Ok(())
});

on_both!(within_a_week_one_can_come_back, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (anna, _, _) = a_life(&db).await?;
    signed_in(&db, anna)
        .await?
        .post(&door, "/account/departure", &[("texts", "remove"), ("when", "later")])
        .await?;
    let mut browser = Browser::default();
    let entered = browser.post(&door, "/login", &[ANNA, ("password", PASSWORD), ("then", "/sport")]).await?;
    assert_eq!(leads_to(&entered), "/account/departure");
    assert!(browser.get(&door, "/account/departure").await?.body.contains("Ich bleibe"));
    assert_eq!(leads_to(&browser.post(&door, "/account/departure/return", &[]).await?), "/account");
    web::depart(&db, DepartureId(1), Language::Austrian, MORNING.plus_minutes(30 * 24 * 60)).await?;
    let stays = reader::by_id(&mut db.read().await?, anna).await?.ok_or("Anna is here")?;
    assert_eq!(stays.name.as_str(), "Anna Berger");
    Outcome::Ok(())
});

on_both!(t5_1_of_forty_who_leave_at_once_one_does, ROOMS, |db| async move {
    let anna = person(&db, "Anna Berger", ANNA.1, Role::Reader).await?;
    let mo = person(&db, "Mo Wächter", "mo@example.org", Role::Moderator).await?;
    let leave = async |db: Db, who: reader::ReaderId, now: Time| {
        let mut tx = db.begin().await?;
        let reader = reader::by_id(&mut tx, who).await?.ok_or(Failure::new("somebody"))?;
        let house = reader::House { name: "Der Uferbote", address: "https://uferbote.example" };
        let left = departure::leave(&mut tx, &house, &reader, Texts::Keep, now, now).await?;
        if left.is_ok() {
            tx.commit().await?;
        }
        Ok::<_, Failure>(left)
    };
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..40 {
        tries.spawn(leave(db.clone(), anna, MORNING));
    }
    let mut left = 0;
    while let Some(answer) = tries.join_next().await {
        match answer?? {
            Ok(_) => left += 1,
            Err(refusal) => assert_eq!(refusal, Refusal::LeavesAlready),
        }
    }
    assert_eq!(left, 1);
    assert_eq!(leave(db.clone(), mo, MORNING).await?.map(drop), Err(Refusal::WorksHere));
    Outcome::Ok(())
});

on_both!(what_a_person_has_is_found_by_key, ROOMS, |db| async move {
    for list in web::PERSONAL.concat() {
        if list.theirs.is_empty() && list.leaving != store::personal::Leaving::Go {
            continue;
        }
        let mut tx = db.begin().await?;
        if db.is_shared() {
            tx.execute("set local enable_seqscan = off", ()).await?;
        }
        let sql = format!("select * from {} where {}", list.table, list.condition());
        let plan = tx.plan(&sql, (1_i64,)).await?;
        assert!(!plan.contains("SCAN") && !plan.contains("Seq Scan"), "{sql}\n{plan}");
    }
    Outcome::Ok(())
});

on_both!(whoever_comes_back_too_late_is_told_so_and_who_works_here_stays, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let (anna, ben, _) = a_life(&db).await?;
    let week = MORNING.plus_minutes(7 * 24 * 60);
    let mut hers = signed_in(&db, anna).await?;
    hers.post(&door, "/account/departure", &[("texts", "remove"), ("when", "later")]).await?;
    door.hand.store(week.plus(-1).0, Ordering::SeqCst);
    let entered = hers.post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?;
    assert_eq!(leads_to(&entered), "/account/departure");
    door.hand.store(week.0, Ordering::SeqCst);
    let late = hers.post(&door, "/account/departure/return", &[]).await?;
    assert!(
        late.status == StatusCode::CONFLICT && late.body.contains("nicht mehr aufhalten"),
        "{}",
        late.body
    );
    let again = Browser::default().post(&door, "/login", &[ANNA, ("password", PASSWORD)]).await?;
    assert_eq!(again.status, StatusCode::FORBIDDEN, "{}", again.body);

    let mo = person(&db, "Mo Wächter", "mo@example.org", Role::Moderator).await?;
    let mut tx = db.begin().await?;
    assert!(reader::verify(&mut tx, anna, mo, "Ausweis", MORNING).await?);
    tx.commit().await?;
    web::depart(&db, DepartureId(1), Language::Austrian, week).await?;
    leads_to(&hers.get(&door, "/account").await?);
    assert!(reader::verified(&mut db.read().await?, anna).await?.is_none(), "nobody's name is checked");

    door.hand.store(MORNING.0, Ordering::SeqCst);
    signed_in(&db, ben)
        .await?
        .post(&door, "/account/departure", &[("texts", "remove"), ("when", "later")])
        .await?;
    let mut tx = db.begin().await?;
    reader::appoint(&mut tx, ben, Role::Moderator, None, week).await?.map_err(|r| format!("{r:?}"))?;
    tx.commit().await?;
    web::depart(&db, DepartureId(2), Language::Austrian, week).await?;
    let stays = reader::by_id(&mut db.read().await?, ben).await?.ok_or("Ben is here")?;
    assert_eq!((stays.name.as_str(), stays.role), ("Ben Wald", Role::Moderator), "T4.2");
    Outcome::Ok(())
});
