//! Passkeys and the second factor, with a device made of software, on both databases.

use crate::cast::{HOUSE, NOON, Outcome, ROOMS, anna, count, newcomer, place, secret};
use crate::device::Device;
use reader::passkeys::{self, KeyName};
use reader::second_factor::{self, RecoveryCode, SharedSecret};
use reader::{Proof, Reader, Refusal, Role};
use store::testing::on_both;
use store::{Db, Failure, Time};

type Failed = Box<dyn std::error::Error>;

fn name(text: &str) -> Result<KeyName, String> {
    KeyName::parse(text).map_err(|r| format!("{r:?}"))
}

/// A device keeps a key for this reader.
async fn has_a_device(db: &Db, reader: &Reader, seed: u8) -> Result<Result<Device, Refusal>, Failed> {
    let ticket = secret();
    let mut tx = db.begin().await?;
    let question = passkeys::ask_to_add(&mut tx, &HOUSE, reader, &ticket, [seed; 16], NOON)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    let (device, answer) = Device::make(seed, HOUSE.address, &question)?;
    let added =
        passkeys::add(&mut tx, &HOUSE, reader, &ticket, &answer, &name("Telefon")?, NOON.plus_minutes(1))
            .await?;
    tx.commit().await?;
    Ok(added.map(|()| device))
}

async fn question(db: &Db, ticket: &reader::Secret, now: Time) -> Result<String, Failed> {
    let mut tx = db.begin().await?;
    let question = passkeys::ask_to_sign_in(&mut tx, &HOUSE, ticket, &place(3), now).await?;
    tx.commit().await?;
    Ok(question.map_err(|r| format!("{r:?}"))?)
}

async fn answered(
    db: &Db,
    ticket: &reader::Secret,
    answer: &str,
    now: Time,
) -> Result<Result<reader::ReaderId, Refusal>, Failure> {
    let mut tx = db.begin().await?;
    let answer = passkeys::sign_in(&mut tx, &HOUSE, ticket, answer, now).await?;
    tx.commit().await?;
    Ok(answer)
}

on_both!(a_device_signs_its_owner_in, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let mut device = has_a_device(&db, &anna, 7).await?.map_err(|r| format!("{r:?}"))?;
    let letters = reader::letters(&mut db.read().await?).await?;
    assert!(letters[0].subject.contains("Neuer Passkey"), "T3.8: {}", letters[0].subject);
    let ticket = secret();
    let asked = question(&db, &ticket, NOON).await?;
    assert!(!asked.contains("Anna"), "the question is the same for everybody: {asked}");
    let answer = device.answer(&asked)?;
    assert_eq!(answered(&db, &ticket, &answer, NOON.plus_minutes(2)).await?, Ok(anna.id));
    assert_eq!(
        answered(&db, &ticket, &answer, NOON.plus_minutes(2)).await?,
        Err(Refusal::ChallengeOver),
        "T3.2: once"
    );
    let listed = passkeys::passkeys(&mut db.read().await?, anna.id).await?;
    assert_eq!((listed.len(), listed[0].used_at), (1, Some(NOON.plus_minutes(2))));
    Outcome::Ok(())
});

on_both!(t3_2_a_device_that_answers_too_late_or_for_another_paper_opens_nothing, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let mut device = has_a_device(&db, &anna, 7).await?.map_err(|r| format!("{r:?}"))?;
    let (late, early) = (secret(), secret());
    let answer = device.answer(&question(&db, &late, NOON).await?)?;
    assert_eq!(answered(&db, &late, &answer, NOON.plus_minutes(6)).await?, Err(Refusal::ChallengeOver));
    question(&db, &early, NOON).await?;
    assert_eq!(answered(&db, &early, &answer, NOON).await?, Err(Refusal::PasskeyWrong), "another question's");

    let ticket = secret();
    let mut tx = db.begin().await?;
    let asked = passkeys::ask_to_add(&mut tx, &HOUSE, &anna, &ticket, [9; 16], NOON)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    let (_, answer) = Device::make(9, "https://uferbote.example.evil.example", &asked)?;
    let added = passkeys::add(&mut tx, &HOUSE, &anna, &ticket, &answer, &name("Fremd")?, NOON).await?;
    assert_eq!(added, Err(Refusal::PasskeyWrong));
    for nonsense in ["", "{}", "[[[[", &"9".repeat(20_000)] {
        let ticket = secret();
        passkeys::ask_to_sign_in(&mut tx, &HOUSE, &ticket, &place(3), NOON)
            .await?
            .map_err(|r| format!("{r:?}"))?;
        let answer = passkeys::sign_in(&mut tx, &HOUSE, &ticket, nonsense, NOON).await?;
        assert_eq!(answer, Err(Refusal::PasskeyWrong));
    }
    Outcome::Ok(())
});

on_both!(t3_2_a_key_belongs_to_one_reader_and_a_copy_to_nobody, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let mut device = has_a_device(&db, &anna, 7).await?.map_err(|r| format!("{r:?}"))?;
    let mut tx = db.begin().await?;
    reader::admit(&mut tx, &newcomer("Ben Wald", "ben@example.org")?, Role::Reader, NOON)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    let ben = reader::by_name(&mut tx, "Ben Wald").await?.ok_or("Ben is here")?;
    tx.commit().await?;
    let taken = has_a_device(&db, &ben, 7).await?.map(drop);
    assert_eq!(taken, Err(Refusal::PasskeyKnown), "the same key once more");

    device.counter = 40;
    let first = secret();
    let answer = device.answer(&question(&db, &first, NOON).await?)?;
    assert_eq!(answered(&db, &first, &answer, NOON).await?, Ok(anna.id));
    device.counter = 20;
    let second = secret();
    let answer = device.answer(&question(&db, &second, NOON).await?)?;
    assert_eq!(
        answered(&db, &second, &answer, NOON).await?,
        Err(Refusal::PasskeyWrong),
        "the counter went back"
    );
    let letters = reader::letters(&mut db.read().await?).await?;
    assert!(letters.iter().any(|letter| letter.subject.contains("kopiert")), "her owner hears of it");

    let id = passkeys::passkeys(&mut db.read().await?, anna.id).await?[0].id;
    let mut tx = db.begin().await?;
    assert!(!passkeys::remove(&mut tx, &HOUSE, &ben, id, NOON).await?, "T4.5");
    assert!(passkeys::remove(&mut tx, &HOUSE, &anna, id, NOON).await?);
    tx.commit().await?;
    let third = secret();
    device.counter = 60;
    let answer = device.answer(&question(&db, &third, NOON).await?)?;
    assert_eq!(answered(&db, &third, &answer, NOON).await?, Err(Refusal::PasskeyWrong));
    Outcome::Ok(())
});

/// What an app shows: the first code that the house takes at this moment.
async fn app_of(db: &Db, reader: &Reader, now: Time) -> Result<Vec<RecoveryCode>, Failed> {
    let mut tx = db.begin().await?;
    second_factor::begin_app(&mut tx, reader.id, &SharedSecret::from_chance(*b"12345678901234567890"), now)
        .await?;
    let begun =
        second_factor::begun_app(&mut tx, reader.id, now).await?.ok_or("it waits for its first code")?;
    assert_eq!(begun, SharedSecret::from_chance(*b"12345678901234567890"));
    let chance: Vec<[u8; 10]> = (0..10).map(|n| [n; 10]).collect();
    let codes =
        second_factor::confirm_app(&mut tx, &HOUSE, reader, "050471", &place(4), &chance, now).await?;
    tx.commit().await?;
    Ok(codes.map_err(|r| format!("{r:?}"))?)
}

/// The moment of a vector of RFC 6238, whose code is 050471.
const VECTOR: Time = Time(1_111_111_111_000);

on_both!(t3_2_a_code_of_the_app_is_good_once, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    app_of(&db, &anna, VECTOR).await?;
    let mut tx = db.begin().await?;
    // The code that confirmed the app is used up, and so is every earlier one.
    for code in ["050471", "081804", "000000", ""] {
        let shown = second_factor::show_factor(&mut tx, &HOUSE, &anna, code, &place(4), VECTOR).await?;
        assert_eq!(shown, Err(Refusal::FactorWrong), "{code}");
    }
    let later = Time(1_234_567_890_000);
    let shown = second_factor::show_factor(&mut tx, &HOUSE, &anna, "005 924", &place(4), later).await?;
    assert_eq!(shown, Ok(()));
    Outcome::Ok(())
});

on_both!(t3_4_guesses_at_codes_are_slowed, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    app_of(&db, &anna, VECTOR).await?;
    let mut tx = db.begin().await?;
    let later = VECTOR.plus_minutes(60);
    let mut guess = async |from: u8, at: Time| {
        second_factor::show_factor(&mut tx, &HOUSE, &anna, "000000", &place(from), at).await
    };
    for n in 0..5 {
        assert_eq!(guess(4, later).await?, Err(Refusal::FactorWrong), "{n}");
    }
    let sixth = guess(4, later).await?;
    assert!(matches!(sixth, Err(Refusal::TooOften { again }) if again > later), "{sixth:?}");
    for from in 5..10 {
        assert_eq!(guess(from, later).await?, Err(Refusal::FactorWrong), "from place {from}");
    }
    let from_everywhere = guess(10, later).await?;
    assert!(matches!(from_everywhere, Err(Refusal::TooOften { .. })), "{from_everywhere:?}");
    let again = guess(10, later.plus_minutes(6)).await?;
    assert_eq!(again, Err(Refusal::FactorWrong), "never locked out for good");
    Outcome::Ok(())
});

on_both!(t5_1_of_forty_who_use_one_recovery_code_one_comes_in, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let codes = app_of(&db, &anna, VECTOR).await?;
    assert_eq!(codes.len(), 10);
    let typed = codes[3].spoken().to_lowercase();
    let mut tries = tokio::task::JoinSet::new();
    for n in 0..40 {
        let (db, anna, typed) = (db.clone(), anna.clone(), typed.clone());
        tries.spawn(async move {
            let mut tx = db.begin().await?;
            // Far apart in time, so that the pace lets them all try.
            let now = VECTOR.plus_minutes(60 + 10 * n);
            let shown = second_factor::show_factor(&mut tx, &HOUSE, &anna, &typed, &place(4), now).await?;
            tx.commit().await?;
            Ok::<_, Failure>(shown)
        });
    }
    let mut came_in = 0;
    while let Some(shown) = tries.join_next().await {
        came_in += usize::from(shown??.is_ok());
    }
    assert_eq!(came_in, 1);
    assert_eq!(second_factor::factors(&mut db.read().await?, anna.id).await?.recovery, 9);
    assert_eq!(count(&db, "recovery_codes").await?, 10);
    Outcome::Ok(())
});

on_both!(t3_2_who_has_a_factor_sets_up_another_only_with_it_or_with_the_operator, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let mut tx = db.begin().await?;
    let mut sessions = Vec::new();
    for proof in [Proof::First, Proof::Operator, Proof::Both] {
        let token = secret();
        reader::open_session_by(&mut tx, anna.id, proof, &token, "Firefox", VECTOR).await?;
        sessions.push(reader::session(&mut tx, &token, VECTOR).await?.ok_or("a session")?);
    }
    for session in &sessions {
        assert!(second_factor::may_set_up(&mut tx, session).await?, "there is none yet");
    }
    tx.commit().await?;
    app_of(&db, &anna, VECTOR).await?;
    let mut tx = db.read().await?;
    let mut may = Vec::new();
    for session in &sessions {
        may.push(second_factor::may_set_up(&mut tx, session).await?);
    }
    assert_eq!(may, [false, true, true]);
    assert_eq!(
        sessions.iter().map(reader::Session::is_half).collect::<Vec<_>>(),
        [false; 3],
        "she does not work here"
    );
    Outcome::Ok(())
});
