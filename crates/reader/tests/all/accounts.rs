//! Opening an account, signing in, signing out, on both databases.

use crate::cast::{HOUSE, NOON, Outcome, ROOMS, Window, anna, code, count, newcomer, place, secret};
use reader::departure::Texts;
use reader::{Mail, Password, Refusal, Role, Why, address, departure, elsewhere};
use store::testing::on_both;
use story::Language;

on_both!(a_code_opens_the_account_and_only_then, ROOMS, |db| async move {
    let window = Window::new(1);
    assert_eq!(window.registers(&db, &newcomer("Anna Berger", "anna@example.org")?, NOON).await?, Ok(()));
    assert_eq!(count(&db, "readers").await?, 0);
    let letters = reader::letters(&mut db.read().await?).await?;
    assert!(letters[0].text.contains("1200 0001"), "{}", letters[0].text);
    assert!(!letters[0].text.contains("Anna"), "a stranger's words do not travel: {}", letters[0].text);

    let entered = window.types(&db, &window.code, NOON.plus_minutes(2)).await?;
    assert!(entered.as_ref().is_ok_and(|entered| entered.is_new), "{entered:?}");
    let anna = reader::by_name(&mut db.read().await?, "ANNA berger").await?.ok_or("Anna is here")?;
    assert_eq!((anna.role, anna.language, anna.has_password), (Role::Reader, Language::Austrian, false));
    Outcome::Ok(())
});

on_both!(t1_7_a_name_that_looks_like_another_is_taken, ROOMS, |db| async move {
    anna(&db).await?;
    for name in ["anna berger", "Anna-Berger", "Anná 8erger", "ANNABERGER"] {
        let answer = Window::new(2).registers(&db, &newcomer(name, "other@example.org")?, NOON).await?;
        assert_eq!(answer, Err(Refusal::NameTaken), "{name}");
    }
    assert_eq!(
        Window::new(3).registers(&db, &newcomer("Anna Bergner", "a@example.org")?, NOON).await?,
        Ok(())
    );
    Outcome::Ok(())
});

on_both!(t3_3_registering_answers_alike_whether_the_address_is_known, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let jobs = count(&db, "jobs").await?;
    let (known, unknown) = (Window::new(4), Window::new(5));
    let first = known.registers(&db, &newcomer("Somebody", "anna@example.org")?, NOON).await?;
    let jobs_for_known = count(&db, "jobs").await? - jobs;
    let second = unknown.registers(&db, &newcomer("Somebody", "new@example.org")?, NOON).await?;
    assert_eq!(first, second);
    assert_eq!(count(&db, "jobs").await? - jobs, 2 * jobs_for_known, "the same work");
    let letters = reader::letters(&mut db.read().await?).await?;
    assert_eq!(
        letters.iter().map(|letter| letter.recipient.as_str()).collect::<Vec<_>>(),
        ["new@example.org", "anna@example.org"]
    );
    assert!(letters[1].subject.contains("schon ein Konto"), "{}", letters[1].subject);

    assert_eq!(known.types(&db, &code(1), NOON).await?, unknown.types(&db, &code(1), NOON).await?);
    let entered = known.types(&db, &known.code, NOON).await?.map_err(|r| format!("{r:?}"))?;
    assert_eq!((entered.reader, entered.is_new), (anna.id, false), "the owner of the address signs in");
    Outcome::Ok(())
});

on_both!(t3_3_asking_for_a_code_answers_alike_whether_the_address_is_known, ROOMS, |db| async move {
    anna(&db).await?;
    let (known, unknown) = (Window::new(6), Window::new(7));
    let (anna, nobody) = (Mail::parse("anna@example.org"), Mail::parse("nobody@example.org"));
    let (Ok(anna), Ok(nobody)) = (anna, nobody) else { return Err("addresses".into()) };
    assert_eq!(known.asks(&db, &anna, NOON).await?, unknown.asks(&db, &nobody, NOON).await?);
    assert_eq!((count(&db, "codes").await?, count(&db, "letters").await?), (2, 2));
    let wrong = [known.types(&db, &code(1), NOON).await?, unknown.types(&db, &code(1), NOON).await?];
    assert_eq!(wrong[0], Err(Refusal::CodeWrong { left: 4 }));
    assert_eq!(wrong[0], wrong[1]);
    assert_eq!(unknown.types(&db, &unknown.code, NOON).await?, Err(Refusal::CodeWrong { left: 3 }));
    Outcome::Ok(())
});

on_both!(t3_3_a_wrong_password_and_a_wrong_address_are_the_same_answer, ROOMS, |db| async move {
    let password = Password::typed("ein langes Wort").map_err(|r| format!("{r:?}"))?;
    let mut anna = newcomer("Anna Berger", "anna@example.org")?;
    anna.password = Some(password.hash([3; 16])?);
    let mut tx = db.begin().await?;
    let id = reader::admit(&mut tx, &anna, Role::Reader, NOON).await?.map_err(|r| format!("{r:?}"))?;
    reader::admit(&mut tx, &newcomer("Ben Wald", "ben@example.org")?, Role::Reader, NOON).await?.ok();
    let wrong = Password::typed("ein anderes Wort").map_err(|r| format!("{r:?}"))?;
    for (mail, typed, expected) in [
        ("ANNA@example.org", &password, Ok(id)),
        ("anna@example.org", &wrong, Err(Refusal::WrongPassword)),
        ("nobody@example.org", &password, Err(Refusal::WrongPassword)),
        ("ben@example.org", &password, Err(Refusal::WrongPassword)),
    ] {
        let mail = Mail::parse(mail).map_err(|r| format!("{r:?}"))?;
        let credentials =
            reader::credentials(&mut tx, &mail, &place(8), NOON).await?.map_err(|r| format!("{r:?}"))?;
        assert_eq!(credentials.check(typed)?, expected, "{}", mail.as_str());
    }
    Outcome::Ok(())
});

on_both!(t3_2_a_code_works_once_and_for_ten_minutes, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let window = Window::new(9);
    window.asks(&db, &anna.mail, NOON).await?.map_err(|r| format!("{r:?}"))?;
    assert_eq!(window.types(&db, &window.code, NOON.plus_minutes(10)).await?, Err(Refusal::CodeOver));
    assert!(window.types(&db, &window.code, NOON.plus_minutes(9)).await?.is_ok());
    assert_eq!(window.types(&db, &window.code, NOON.plus_minutes(9)).await?, Err(Refusal::CodeOver));
    Outcome::Ok(())
});

on_both!(t3_2_a_code_is_tried_five_times, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let window = Window::new(10);
    window.asks(&db, &anna.mail, NOON).await?.map_err(|r| format!("{r:?}"))?;
    for left in [4, 3, 2, 1] {
        assert_eq!(window.types(&db, &code(5), NOON).await?, Err(Refusal::CodeWrong { left }));
    }
    assert_eq!(window.types(&db, &code(5), NOON).await?, Err(Refusal::CodeOver));
    assert_eq!(window.types(&db, &window.code, NOON).await?, Err(Refusal::CodeOver));
    Outcome::Ok(())
});

on_both!(t3_2_a_code_belongs_to_the_window_that_asked, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let (window, thief) = (Window::new(11), Window::new(12));
    window.asks(&db, &anna.mail, NOON).await?.map_err(|r| format!("{r:?}"))?;
    thief.asks(&db, &anna.mail, NOON).await?.map_err(|r| format!("{r:?}"))?;
    assert_eq!(thief.types(&db, &window.code, NOON).await?, Err(Refusal::CodeWrong { left: 4 }));
    assert_eq!(Window::new(13).types(&db, &window.code, NOON).await?, Err(Refusal::CodeOver));
    Outcome::Ok(())
});

on_both!(t3_2_and_t3_5_no_row_holds_a_code_a_link_or_a_token, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let (window, link, token) = (Window::new(14), secret(), secret());
    let mut tx = db.begin().await?;
    reader::ask_for_code(&mut tx, &anna.mail, &window.request(), NOON)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    reader::link(&mut tx, "Anna Berger", &link, NOON).await?.map_err(|r| format!("{r:?}"))?;
    reader::open_session(&mut tx, anna.id, &token, "", NOON).await?;
    let mut kept: Vec<(Vec<u8>,)> = tx.all("select ticket from codes", ()).await?;
    kept.extend(tx.all::<(Vec<u8>,)>("select hash from codes where hash is not null", ()).await?);
    kept.extend(tx.all::<(Vec<u8>,)>("select token from sessions", ()).await?);
    assert_eq!(kept.len(), 4);
    for (bytes,) in kept {
        let shown: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(![&window.ticket, &link, &token].iter().any(|secret| secret.reveal() == shown));
        assert!(!String::from_utf8_lossy(&bytes).contains("12000014"));
    }
    Outcome::Ok(())
});

on_both!(forty_simultaneous_registrations_of_one_name_leave_one, ROOMS, |db| async move {
    let mut tasks = Vec::new();
    for n in 0..40_u8 {
        let db = db.clone();
        tasks.push(tokio::spawn(async move {
            let window = Window::new(100 + n);
            let person = newcomer("Anna Berger", &format!("anna{n}@example.org"))?;
            let asked = window.registers(&db, &person, NOON).await.map_err(|e| e.to_string())?;
            assert_eq!(asked, Ok(()));
            Ok::<_, String>((window, db))
        }));
    }
    let mut windows = Vec::new();
    for task in tasks {
        windows.push(task.await??);
    }
    let confirming: Vec<_> = windows
        .into_iter()
        .map(|(window, db)| tokio::spawn(async move { window.types(&db, &window.code, NOON).await }))
        .collect();
    let (mut won, mut taken) = (0, 0);
    for answer in confirming {
        match answer.await?? {
            Ok(_) => won += 1,
            Err(refusal) => {
                assert_eq!(refusal, Refusal::NameTaken);
                taken += 1;
            }
        }
    }
    assert_eq!((won, taken, count(&db, "readers").await?), (1, 39, 1));
    Outcome::Ok(())
});

on_both!(t5_1_forty_who_type_one_code_at_once_come_in_once, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let window = std::sync::Arc::new(Window::new(1));
    window.asks(&db, &anna.mail, NOON).await?.map_err(|refusal| format!("{refusal:?}"))?;
    let typing: Vec<_> = (0..40)
        .map(|_| {
            let (db, window) = (db.clone(), std::sync::Arc::clone(&window));
            tokio::spawn(async move { window.types(&db, &window.code, NOON).await })
        })
        .collect();
    let mut entered = 0;
    for answer in typing {
        match answer.await?? {
            Ok(_) => entered += 1,
            Err(refusal) => assert_eq!(refusal, Refusal::CodeOver),
        }
    }
    assert_eq!(entered, 1);
    Outcome::Ok(())
});

on_both!(t5_1_of_forty_who_check_one_name_one_is_written, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let mut tx = db.begin().await?;
    let carla = newcomer("Carla Kern", "carla@example.org")?;
    let carla = reader::admit(&mut tx, &carla, Role::Moderator, NOON).await?.map_err(|r| format!("{r:?}"))?;
    tx.commit().await?;
    let checking: Vec<_> = (0..40)
        .map(|_| {
            let (db, anna) = (db.clone(), anna.id);
            tokio::spawn(async move {
                let mut tx = db.begin().await?;
                let new = reader::verify(&mut tx, anna, carla, "Ausweis gesehen.", NOON).await?;
                tx.commit().await?;
                Ok::<bool, store::Failure>(new)
            })
        })
        .collect();
    let mut written = 0;
    for answer in checking {
        written += usize::from(answer.await??);
    }
    assert_eq!((written, count(&db, "verifications").await?), (1, 1));
    let mut tx = db.begin().await?;
    assert!(reader::end_verification(&mut tx, anna.id, carla, "Verwechselt.", NOON).await?);
    assert!(!reader::end_verification(&mut tx, anna.id, carla, "Verwechselt.", NOON).await?);
    assert!(reader::verified(&mut tx, anna.id).await?.is_none());
    assert!(reader::verify(&mut tx, anna.id, carla, "Doch.", NOON).await?, "and again");
    tx.commit().await?;
    Outcome::Ok(())
});

on_both!(t3_5_a_session_ends_when_idle_and_when_old, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let token = secret();
    let day = 24 * 60;
    let mut tx = db.begin().await?;
    let id = reader::open_session(&mut tx, anna.id, &token, "Firefox, Linux", NOON).await?;
    let session = reader::session(&mut tx, &token, NOON).await?.ok_or("a session")?;
    assert_eq!((session.reader, session.name.as_str(), session.role), (anna.id, "Anna Berger", Role::Reader));
    assert!(!session.is_stale(NOON.plus_minutes(4)) && session.is_stale(NOON.plus_minutes(5)));
    assert!(session.is_fresh(NOON.plus_minutes(10)) && !session.is_fresh(NOON.plus_minutes(11)));

    assert!(reader::session(&mut tx, &token, NOON.plus_minutes(14 * day - 1)).await?.is_some());
    assert!(reader::session(&mut tx, &token, NOON.plus_minutes(14 * day)).await?.is_none(), "idle");
    for visit in [10, 20, 29] {
        reader::seen(&mut tx, id, NOON.plus_minutes(visit * day)).await?;
    }
    assert!(reader::session(&mut tx, &token, NOON.plus_minutes(30 * day - 1)).await?.is_some());
    assert!(reader::session(&mut tx, &token, NOON.plus_minutes(30 * day)).await?.is_none(), "old");
    assert!(reader::session(&mut tx, &secret(), NOON).await?.is_none());
    Outcome::Ok(())
});

on_both!(t3_5_a_session_of_staff_lasts_a_working_day, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    let mo = reader::admit(&mut tx, &newcomer("Mo Reed", "mo@example.org")?, Role::Moderator, NOON)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    let token = secret();
    let id = reader::open_session(&mut tx, mo, &token, "", NOON).await?;
    assert!(reader::session(&mut tx, &token, NOON.plus_minutes(8 * 60)).await?.is_none(), "idle");
    reader::seen(&mut tx, id, NOON.plus_minutes(7 * 60)).await?;
    assert!(reader::session(&mut tx, &token, NOON.plus_minutes(12 * 60 - 1)).await?.is_some());
    assert!(reader::session(&mut tx, &token, NOON.plus_minutes(12 * 60)).await?.is_none(), "old");
    Outcome::Ok(())
});

on_both!(t3_6_signing_out_a_new_password_and_a_new_role_end_sessions, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let mut tx = db.begin().await?;
    let chef = reader::admit(&mut tx, &newcomer("Chefin", "chefin@example.org")?, Role::Administrator, NOON)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    let tokens = [secret(), secret(), secret()];
    let mut ids = Vec::new();
    for token in &tokens {
        ids.push(reader::open_session(&mut tx, anna.id, token, "", NOON).await?);
    }
    assert_eq!(reader::sessions(&mut tx, anna.id, NOON).await?.len(), 3);

    assert!(
        !reader::end_session(&mut tx, chef, ids[0], Why::SignedOut, NOON).await?,
        "T4.5: not hers to end"
    );
    assert!(reader::end_session(&mut tx, anna.id, ids[0], Why::SignedOut, NOON).await?);
    assert!(reader::session(&mut tx, &tokens[0], NOON).await?.is_none());

    let hash = Password::typed("ein neues Wort").map_err(|r| format!("{r:?}"))?.hash([4; 16])?;
    reader::change_password(&mut tx, anna.id, &hash, ids[1], &HOUSE, NOON).await?;
    assert!(reader::session(&mut tx, &tokens[1], NOON).await?.is_some(), "the one at hand stays");
    assert!(reader::session(&mut tx, &tokens[2], NOON).await?.is_none());
    let letters = reader::letters(&mut tx).await?;
    assert!(letters[0].subject.contains("geändert") && letters[0].recipient.as_str() == "anna@example.org");

    reader::appoint(&mut tx, anna.id, Role::Moderator, Some(chef), NOON)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    assert!(
        reader::session(&mut tx, &tokens[1], NOON).await?.is_none(),
        "rights rise with a fresh session only"
    );
    let token = secret();
    reader::open_session(&mut tx, anna.id, &token, "", NOON).await?;
    reader::appoint(&mut tx, anna.id, Role::Reader, Some(chef), NOON).await?.map_err(|r| format!("{r:?}"))?;
    assert!(reader::session(&mut tx, &token, NOON).await?.is_none(), "and fall at once");
    let career = reader::appointments(&mut tx, anna.id).await?;
    assert_eq!(career.iter().map(|step| step.role).collect::<Vec<_>>(), [Role::Reader, Role::Moderator]);
    assert_eq!(career[0].by.as_ref().map(reader::Name::as_str), Some("Chefin"));
    assert_eq!(reader::staff(&mut tx).await?.len(), 1);

    let token = secret();
    reader::open_session(&mut tx, chef, &token, "", NOON).await?;
    assert_eq!(reader::end_everybody(&mut tx, NOON).await?, 1);
    assert!(reader::session(&mut tx, &token, NOON).await?.is_none());
    Outcome::Ok(())
});

on_both!(t3_6_the_end_of_a_session_is_told_to_open_streams, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let mut listener = store::events::listen(&db);
    let mut tx = db.begin().await?;
    reader::end_all(&mut tx, anna.id, Why::SignedOut, NOON).await?;
    tx.commit().await?;
    let heard = listener.next().await;
    let event = store::Event { topic: reader::ENDED.to_owned(), subject: anna.id.0 };
    assert_eq!(heard, Some(store::events::Heard::Event(event)));
    Outcome::Ok(())
});

on_both!(t3_7_the_first_administrator_comes_with_a_link_and_only_once, ROOMS, |db| async move {
    let (first, second) = (secret(), secret());
    let mut tx = db.begin().await?;
    assert!(reader::first_administrator_code(&mut tx, &first, NOON).await?);
    assert!(reader::first_administrator_code(&mut tx, &second, NOON).await?);
    assert_eq!(reader::link_for(&mut tx, &first, NOON).await?, Some(reader::LinkFor::FirstAdministrator));
    assert_eq!(reader::use_link(&mut tx, &first, NOON).await?, Err(Refusal::LinkOver), "it signs nobody in");
    let chef = newcomer("Chefin", "chefin@example.org")?;
    assert_eq!(
        reader::first_administrator(&mut tx, &first, &chef, NOON.plus_minutes(10)).await?,
        Err(Refusal::LinkOver)
    );
    let id =
        reader::first_administrator(&mut tx, &first, &chef, NOON).await?.map_err(|r| format!("{r:?}"))?;
    tx.commit().await?;

    let mut tx = db.begin().await?;
    let other = newcomer("Andere", "andere@example.org")?;
    assert_eq!(reader::first_administrator(&mut tx, &first, &other, NOON).await?, Err(Refusal::LinkOver));
    assert_eq!(
        reader::first_administrator(&mut tx, &second, &other, NOON).await?,
        Err(Refusal::AdministratorExists)
    );
    assert!(!reader::first_administrator_code(&mut tx, &secret(), NOON).await?);
    assert_eq!(
        reader::appoint(&mut tx, id, Role::Reader, None, NOON).await?,
        Err(Refusal::LastAdministrator)
    );
    Outcome::Ok(())
});

on_both!(a_link_signs_in_once, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let token = secret();
    let mut tx = db.begin().await?;
    assert_eq!(reader::link(&mut tx, "Nobody Here", &token, NOON).await?, Err(Refusal::Nobody));
    assert_eq!(reader::link(&mut tx, "ANNA BERGER", &token, NOON).await?, Ok(anna.id));
    for _ in 0..2 {
        let shown = reader::link_for(&mut tx, &token, NOON).await?;
        assert_eq!(shown, Some(reader::LinkFor::SignIn(anna.name.clone())), "T2.4: looking uses nothing up");
    }
    assert_eq!(reader::use_link(&mut tx, &token, NOON.plus_minutes(10)).await?, Err(Refusal::LinkOver));
    assert_eq!(reader::use_link(&mut tx, &token, NOON).await?, Ok(anna.id));
    assert_eq!(reader::use_link(&mut tx, &token, NOON).await?, Err(Refusal::LinkOver));
    assert_eq!(reader::link_for(&mut tx, &token, NOON).await?, None);
    Outcome::Ok(())
});

on_both!(t8_1_what_has_no_purpose_any_more_is_forgotten, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let window = Window::new(15);
    window.asks(&db, &anna.mail, NOON).await?.map_err(|r| format!("{r:?}"))?;
    let day = 24 * 60;
    let mut tx = db.begin().await?;
    reader::open_session(&mut tx, anna.id, &secret(), "", NOON).await?;
    let here = reader::place(&mut tx, [192, 0, 2, 1].into(), [1; 32], NOON).await?;
    assert_eq!(reader::place(&mut tx, [192, 0, 2, 1].into(), [2; 32], NOON).await?, here, "one key a day");
    assert_ne!(reader::place(&mut tx, [192, 0, 2, 1].into(), [2; 32], NOON.plus_minutes(day)).await?, here);
    reader::sweep(&mut tx, NOON).await?;
    tx.commit().await?;
    assert_eq!((count(&db, "codes").await?, count(&db, "letters").await?), (1, 1));
    assert_eq!(count(&db, "paces").await?, 4);
    let mut tx = db.begin().await?;
    reader::sweep(&mut tx, NOON.plus_minutes(15 * day)).await?;
    tx.commit().await?;
    assert_eq!(
        (count(&db, "codes").await?, count(&db, "letters").await?, count(&db, "paces").await?),
        (0, 0, 0)
    );
    assert_eq!((count(&db, "sessions").await?, count(&db, "place_keys").await?), (1, 0));
    let mut tx = db.begin().await?;
    reader::sweep(&mut tx, NOON.plus_minutes(121 * day)).await?;
    tx.commit().await?;
    assert_eq!(count(&db, "sessions").await?, 0);
    Outcome::Ok(())
});

on_both!(what_is_forgotten_goes_a_slice_at_a_time, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    for n in 0..1_200 {
        tx.execute("insert into paces (key, free_at) values ($1, $2)", (format!("{n}"), NOON)).await?;
    }
    tx.commit().await?;
    let mut swept = Vec::new();
    for _ in 0..4 {
        let mut tx = db.begin().await?;
        swept.push(reader::sweep(&mut tx, NOON.plus(1)).await?);
        tx.commit().await?;
    }
    assert_eq!(swept, [500, 500, 200, 0]);
    Outcome::Ok(())
});

on_both!(t3_8_nothing_a_thief_began_outlives_taking_the_address_back, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let refused = |refusal: Refusal| format!("{refusal:?}");
    let (change, undo) = (Window::new(1), secret());
    let away = Mail::parse("thief@example.org").map_err(refused)?;
    let mut tx = db.begin().await?;
    address::ask_to_move(&mut tx, &anna, &away, &change.request(), NOON).await?.map_err(refused)?;
    address::move_address(&mut tx, &anna, &change.request(), &undo, NOON).await?.map_err(refused)?;
    tx.commit().await?;

    let door = Window::new(2);
    door.asks(&db, &away, NOON.plus(1)).await?.map_err(refused)?;
    let (later, week) = (NOON.plus(2), NOON.plus_minutes(7 * 24 * 60));
    let mut tx = db.begin().await?;
    departure::leave(&mut tx, &HOUSE, &anna, Texts::Remove, week, later).await?.map_err(refused)?;
    let sql = "insert into authenticators (reader, secret, made_at, confirmed_at, last_step) values ($1, $2, $3, $3, 0)";
    tx.execute(sql, (anna.id, vec![0_u8; 20], later)).await?;
    let sql = "insert into recovery_codes (reader, hash, made_at) values ($1, $2, $3)";
    tx.execute(sql, (anna.id, vec![0_u8; 32], later)).await?;
    let (provider, thief) = ("https://konto.example", "u-66");
    elsewhere::connect(&mut tx, &HOUSE, "Konto", &anna, provider, thief, later).await?.map_err(refused)?;
    assert_eq!(address::move_back(&mut tx, &undo, NOON.plus(3)).await?, Ok(anna.id));
    tx.commit().await?;

    assert_eq!(door.types(&db, &door.code, NOON.plus(4)).await?, Err(Refusal::CodeOver));
    assert!(departure::departure(&mut db.read().await?, anna.id).await?.is_none(), "she stays");
    assert_eq!((count(&db, "authenticators").await?, count(&db, "recovery_codes").await?), (0, 0));
    assert_eq!(count(&db, "outside_logins").await?, 0);
    Outcome::Ok(())
});
