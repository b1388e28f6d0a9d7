//! How fast somebody may try (T3.4), on both databases.

use crate::cast::{HOUSE, NOON, Outcome, ROOMS, Window, anna, count, place, secret};
use reader::{Mail, Refusal};
use store::testing::on_both;
use store::{Db, Failure, Time, jobs};

async fn tries(db: &Db, mail: &Mail, from: u8, now: Time) -> Result<Result<(), Refusal>, Failure> {
    let mut tx = db.begin().await?;
    let answer = reader::credentials(&mut tx, mail, &place(from), now).await?;
    tx.commit().await?;
    Ok(answer.map(drop))
}

on_both!(t3_4_guessing_at_one_account_gets_slow_and_never_locked, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    for n in 0..10 {
        assert_eq!(tries(&db, &anna.mail, 1, NOON).await?, Ok(()), "try {n}");
    }
    let again = NOON.plus_seconds(30);
    assert_eq!(tries(&db, &anna.mail, 1, NOON).await?, Err(Refusal::TooOften { again }));
    assert_eq!(tries(&db, &anna.mail, 1, again.plus(-1)).await?, Err(Refusal::TooOften { again }));
    assert_eq!(tries(&db, &anna.mail, 1, again).await?, Ok(()));
    for n in 0..100 {
        tries(&db, &anna.mail, 10 + n % 50, again).await?.ok();
    }
    let again = Refusal::TooOften { again: again.plus_seconds(6) };
    assert_eq!(tries(&db, &anna.mail, 99, NOON.plus_seconds(30)).await?, Err(again), "from many places");
    let window = Window::new(98);
    assert_eq!(window.asks(&db, &anna.mail, NOON).await?, Ok(()), "a code gets its owner in");
    Outcome::Ok(())
});

on_both!(t3_4_a_stranger_does_not_keep_an_owner_out, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let (stranger, owner) = (Window::new(1), Window::new(2));
    // For half an hour, as fast as one place may.
    for n in 0..360 {
        let now = NOON.plus_seconds(5 * n);
        tries(&db, &anna.mail, 1, now).await?.ok();
        Window { place: stranger.place, ..Window::new(1) }.asks(&db, &anna.mail, now).await?.ok();
    }
    let now = NOON.plus_minutes(30);
    assert_eq!(tries(&db, &anna.mail, 2, now).await?, Ok(()));
    assert_eq!(owner.asks(&db, &anna.mail, now).await?, Ok(()));
    Outcome::Ok(())
});

on_both!(t3_4_a_place_that_tries_too_often_leaves_no_more_rows, ROOMS, |db| async move {
    let mut rows = Vec::new();
    for n in 0..90 {
        let mail = Mail::parse(&format!("reader{n}@example.org")).map_err(|r| format!("{r:?}"))?;
        tries(&db, &mail, 1, NOON).await?.ok();
        rows.push(count(&db, "paces").await?);
    }
    assert_eq!((rows[29], rows[89]), (2 + 2 * 30, 2 + 2 * 30), "a place, a total, and two for each account");
    let mut tx = db.begin().await?;
    let mut set = 0;
    for _ in 0..300 {
        set += usize::from(reader::work::set(&mut tx, &secret(), &place(1), NOON).await?.is_ok());
    }
    assert_eq!(set, 200, "puzzles are rows too");
    Outcome::Ok(())
});

on_both!(r12_a_clock_that_was_ahead_keeps_nobody_waiting, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let ahead = NOON.plus_minutes(24 * 60);
    for _ in 0..10 {
        assert_eq!(tries(&db, &anna.mail, 1, ahead).await?, Ok(()));
    }
    assert!(tries(&db, &anna.mail, 1, ahead).await?.is_err());
    for n in 0..10 {
        assert_eq!(tries(&db, &anna.mail, 1, NOON).await?, Ok(()), "try {n}");
    }
    assert!(tries(&db, &anna.mail, 1, NOON).await?.is_err(), "and the pace is kept as ever");
    Outcome::Ok(())
});

on_both!(t3_4_one_place_cannot_try_many_accounts, ROOMS, |db| async move {
    for n in 0..31 {
        let mail = Mail::parse(&format!("reader{n}@example.org")).map_err(|r| format!("{r:?}"))?;
        let answer = tries(&db, &mail, 1, NOON).await?;
        assert_eq!(answer.is_ok(), n < 30, "account {n}");
        assert!(n % 10 != 0 || tries(&db, &mail, 2, NOON).await?.is_ok(), "another place goes on");
    }
    Outcome::Ok(())
});

on_both!(t3_4_letters_to_one_address_are_few, ROOMS, |db| async move {
    let mail = Mail::parse("anna@example.org").map_err(|r| format!("{r:?}"))?;
    for _ in 0..5 {
        assert_eq!(Window::new(1).asks(&db, &mail, NOON).await?, Ok(()));
    }
    assert!(matches!(Window::new(1).asks(&db, &mail, NOON).await?, Err(Refusal::TooOften { .. })));
    assert_eq!(Window::new(1).asks(&db, &mail, NOON.plus_minutes(2)).await?, Ok(()));
    for n in 2..100 {
        Window::new(n).asks(&db, &mail, NOON.plus_minutes(2)).await?.ok();
    }
    assert_eq!(count(&db, "letters").await?, 23, "however many places ask");
    Outcome::Ok(())
});

on_both!(t3_4_the_owner_is_told_once_a_day_and_nobody_else, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let nobody = Mail::parse("nobody@example.org").map_err(|r| format!("{r:?}"))?;
    for mail in [&anna.mail, &nobody] {
        for _ in 0..13 {
            tries(&db, mail, 1, NOON).await?.ok();
        }
    }
    let mut warned = 0;
    while let Some(job) = jobs::claim(&db, "worker", NOON).await? {
        assert_eq!(job.kind, "warn-owner");
        let mut tx = db.begin().await?;
        reader::warn_owner(&mut tx, &job.read()?, &HOUSE, NOON).await?;
        reader::warn_owner(&mut tx, &job.read()?, &HOUSE, NOON).await?;
        // The letter's own job is not what this test waits for.
        tx.execute("delete from jobs where kind = 'send-letter'", ()).await?;
        jobs::done(&mut tx, &job).await?;
        tx.commit().await?;
        warned += 1;
    }
    assert_eq!(warned, 2, "the same work whether there is such an account (T3.3)");
    let letters = reader::letters(&mut db.read().await?).await?;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].recipient, anna.mail);
    Outcome::Ok(())
});
