//! How fast somebody may try (T3.4), on both databases.

mod cast;

use cast::{HOUSE, NOON, Outcome, ROOMS, Window, anna, count, place};
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
        assert_eq!(tries(&db, &anna.mail, n, NOON).await?, Ok(()), "try {n}");
    }
    let again = NOON.plus_seconds(30);
    assert_eq!(tries(&db, &anna.mail, 99, NOON).await?, Err(Refusal::TooOften { again }));
    assert_eq!(tries(&db, &anna.mail, 99, again.plus(-1)).await?, Err(Refusal::TooOften { again }));
    assert_eq!(tries(&db, &anna.mail, 99, again).await?, Ok(()), "the owner gets in after half a minute");
    let window = Window::new(98);
    assert_eq!(window.asks(&db, &anna.mail, NOON).await?, Ok(()), "or at once with a code");
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
    for n in 0..5 {
        assert_eq!(Window::new(n).asks(&db, &mail, NOON).await?, Ok(()));
    }
    assert!(matches!(Window::new(6).asks(&db, &mail, NOON).await?, Err(Refusal::TooOften { .. })));
    assert_eq!(count(&db, "letters").await?, 5);
    assert_eq!(Window::new(6).asks(&db, &mail, NOON.plus_minutes(2)).await?, Ok(()));
    Outcome::Ok(())
});

on_both!(t3_4_the_owner_is_told_once_a_day_and_nobody_else, ROOMS, |db| async move {
    let anna = anna(&db).await?;
    let nobody = Mail::parse("nobody@example.org").map_err(|r| format!("{r:?}"))?;
    for mail in [&anna.mail, &nobody] {
        for n in 0..13 {
            tries(&db, mail, n, NOON).await?.ok();
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
