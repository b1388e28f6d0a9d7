//! Prize draws, on both databases: exactly one entry each, frozen once, and repeated by another program.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::cast::{NOON, Outcome, ROOMS};
use crate::club::{Club, PLUS_DAY, reader};
use reader::benefits::{self, DrawDraft, DrawForm, DrawId, Refusal, recipe};
use reader::{ReaderId, Role};
use store::testing::on_both;
use store::{Db, Time};

type Failed = Box<dyn std::error::Error>;

const CLOSES: Time = Time(NOON.0 + PLUS_DAY);

async fn announced(db: &Db, club: &Club, slug: &str, winners: u8) -> Result<DrawId, Failed> {
    let typed = |at: Time| benefits::typed(at, &jiff::tz::TimeZone::UTC);
    let form = DrawForm {
        slug: slug.to_owned(),
        kicker: "Berge".to_owned(),
        headline: "Eine Woche in der Hütte".to_owned(),
        prize: "eine Woche für zwei".to_owned(),
        opens: typed(NOON.plus(-PLUS_DAY)),
        closes: typed(CLOSES),
        winners: winners.to_string(),
        substitutes: "2".to_owned(),
        terms: "Ein Los je Person.".to_owned(),
        ..DrawForm::default()
    };
    let draft =
        DrawDraft::parse(&form, &club.tiers, &jiff::tz::TimeZone::UTC).map_err(|r| format!("{r:?}"))?;
    let mut tx = db.begin().await?;
    let seed = std::array::from_fn(|at| u8::try_from(at * 5).unwrap_or(0));
    let id =
        benefits::announce(&mut tx, &draft, "Redaktion", seed, NOON).await?.map_err(|r| format!("{r:?}"))?;
    tx.commit().await?;
    Ok(id)
}

async fn enter(
    db: &Db,
    draw: DrawId,
    who: ReaderId,
    now: Time,
) -> Result<Result<(), Refusal>, store::Failure> {
    let mut tx = db.begin().await?;
    let ticket = (who.0.unsigned_abs() * 0x9E37_79B9).to_be_bytes();
    let answer = benefits::enter(&mut tx, draw, who, who.0 % 2 == 0, ticket, now).await?;
    if answer.is_ok() {
        tx.commit().await?
    } else {
        tx.undo().await?
    }
    Ok(answer.map(drop))
}

async fn close(db: &Db, draw: DrawId, now: Time) -> Result<Result<(), Refusal>, store::Failure> {
    let mut tx = db.begin().await?;
    let answer = benefits::close(&mut tx, draw, now).await?;
    tx.commit().await?;
    Ok(answer)
}

on_both!(t5_1_forty_entries_at_once_are_one, ROOMS, |db| async move {
    let club = Arc::new(Club::found(&db).await?);
    for round in 0..50 {
        let draw = announced(&db, &club, &format!("runde-{round}"), 1).await?;
        let tries: Vec<_> = (0..40)
            .map(|_| {
                let (db, club) = (db.clone(), Arc::clone(&club));
                tokio::spawn(async move { enter(&db, draw, club.member, NOON).await })
            })
            .collect();
        let mut entered = 0;
        for one in tries {
            match one.await?? {
                Ok(()) => entered += 1,
                Err(refusal) => assert_eq!(refusal, Refusal::EnteredAlready),
            }
        }
        assert_eq!(entered, 1, "round {round}");
        assert_eq!(benefits::entries(&mut db.read().await?, draw).await?, 1, "round {round}");
    }
    Outcome::Ok(())
});

on_both!(a_draw_is_closed_once_and_tells_its_winners, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let draw = announced(&db, &club, "huette", 1).await?;
    for (number, name) in ["Ana", "Bea", "Cleo", "Dora"].into_iter().enumerate() {
        let who = reader(&db, name, Role::Reader).await?;
        assert_eq!(enter(&db, draw, who, NOON.plus(i64::try_from(number)?)).await?, Ok(()));
    }
    assert!(benefits::result(&mut db.read().await?, draw).await?.is_none(), "the seed is secret before");
    assert_eq!(close(&db, draw, CLOSES.plus_minutes(-1)).await?, Err(Refusal::StillOpen));
    assert_eq!(close(&db, draw, CLOSES).await?, Ok(()));
    assert_eq!(close(&db, draw, CLOSES.plus(PLUS_DAY)).await?, Ok(()), "again changes nothing");
    let result = benefits::result(&mut db.read().await?, draw).await?.ok_or("a result")?;
    assert_eq!((result.places.len(), result.entries, result.is_unchanged), (3, 4, true));
    let told = result.places.iter().filter(|place| place.told.is_some()).count();
    assert_eq!(told, 1, "only who wins is told");
    let stored = benefits::draw_by_id(&mut db.read().await?, draw).await?.ok_or("a draw")?;
    assert_eq!(stored.commitment, recipe::commitment(&result.seed, "Ein Los je Person."));

    let mut tx = db.begin().await?;
    assert!(benefits::decline(&mut tx, draw, 1, club.member, "meldet sich nicht", CLOSES).await?);
    tx.commit().await?;
    let after = benefits::result(&mut db.read().await?, draw).await?.ok_or("a result")?;
    assert!(after.places[0].declined.is_some() && after.places[1].told.is_some(), "the substitute moves up");
    let mut won = 0;
    for name in ["Ana", "Bea", "Cleo", "Dora"] {
        let mut tx = db.read().await?;
        let reader = reader::by_name(&mut tx, name).await?.ok_or("a reader")?.id;
        let told = reader::inbox::messages(&mut tx, reader, None, 10).await?;
        won += told.iter().filter(|told| told.title.starts_with("Sie haben gewonnen")).count();
    }
    assert_eq!(won, 2);
    Outcome::Ok(())
});

on_both!(t5_1_forty_workers_at_once_draw_once_and_tell_each_winner_once, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    for round in 0..10 {
        let draw = announced(&db, &club, &format!("runde-{round}"), 1).await?;
        enter(&db, draw, club.member, NOON).await?.map_err(|r| format!("{r:?}"))?;
        let tries: Vec<_> = (0..40)
            .map(|n| {
                let db = db.clone();
                tokio::spawn(async move { close(&db, draw, CLOSES.plus(n)).await })
            })
            .collect();
        for one in tries {
            assert_eq!(one.await??, Ok(()));
        }
        let mut tx = db.read().await?;
        let result = benefits::result(&mut tx, draw).await?.ok_or("a result")?;
        assert_eq!((result.places.len(), result.entries, result.is_unchanged), (1, 1, true));
        let told = reader::inbox::messages(&mut tx, club.member, None, 50).await?;
        assert_eq!(told.len(), round + 1, "one letter for each prize");
    }
    Outcome::Ok(())
});

on_both!(a_clock_one_day_ahead_closes_a_draw_for_good, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let draw = announced(&db, &club, "huette", 1).await?;
    let late = reader(&db, "Ana", Role::Reader).await?;
    enter(&db, draw, club.member, NOON).await?.map_err(|r| format!("{r:?}"))?;
    // A machine whose clock is a day ahead draws; then the clock is set right, and it is before the closing time again.
    assert_eq!(close(&db, draw, CLOSES.plus(1)).await?, Ok(()));
    assert_eq!(enter(&db, draw, late, NOON.plus_minutes(1)).await?, Err(Refusal::Frozen));
    let mut tx = db.begin().await?;
    assert_eq!(benefits::leave(&mut tx, draw, club.member, NOON).await?, Err(Refusal::Frozen));
    assert_eq!(
        benefits::cancel(&mut tx, draw, "anders überlegt", "Redaktion", NOON).await?,
        Err(Refusal::Frozen)
    );
    tx.undo().await?;
    // And a machine whose clock is a day behind takes nobody in after the closing time of the others.
    let other = announced(&db, &club, "karten", 1).await?;
    assert_eq!(enter(&db, other, late, CLOSES).await?, Err(Refusal::Over));
    Outcome::Ok(())
});

on_both!(an_entry_can_be_taken_back_while_the_list_is_open, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let draw = announced(&db, &club, "huette", 1).await?;
    enter(&db, draw, club.member, NOON).await?.map_err(|r| format!("{r:?}"))?;
    let mut tx = db.begin().await?;
    let late = benefits::leave(&mut tx, draw, club.member, CLOSES).await?;
    assert_eq!(late, Err(Refusal::Frozen), "the time is over, and the list is not frozen yet");
    assert_eq!(benefits::leave(&mut tx, draw, club.member, NOON).await?, Ok(()));
    assert_eq!(benefits::entries(&mut tx, draw).await?, 0);
    tx.commit().await?;
    assert_eq!(enter(&db, draw, club.member, NOON).await?, Ok(()));
    Outcome::Ok(())
});

/// Ten thousand entries, drawn by us, and drawn again by a script of another language from what is published alone.
#[tokio::test]
async fn another_program_draws_the_same_winners_and_sees_a_changed_list() -> Outcome {
    let fresh = store::testing::sqlite(ROOMS).await?;
    let db = &fresh.db;
    let club = Club::found(db).await?;
    let draw = announced(db, &club, "zehntausend", 10).await?;
    // Rows as readers would leave them; ten thousand registrations would test something else.
    let mut tx = db.begin().await?;
    for n in 1..=10_000_i64 {
        let sql =
            "insert into readers (name, name_folded, name_skeleton, mail, mail_key, language, created_at)
                   values ($1, $1, $1, $1, $1, 'de-AT', 0) returning id";
        let who = ReaderId(tx.insert(sql, (format!("leser-{n}"),)).await?);
        let ticket = (n.unsigned_abs() * 0x9E37_79B9_7F4A).to_be_bytes();
        benefits::enter(&mut tx, draw, who, false, ticket, NOON).await?.map_err(|r| format!("{r:?}"))?;
    }
    tx.commit().await?;
    assert_eq!(close(db, draw, CLOSES).await?, Ok(()));
    let result = benefits::result(&mut db.read().await?, draw).await?.ok_or("a result")?;
    assert_eq!((result.entries, result.places.len(), result.is_unchanged), (10_000, 12, true));

    let list = benefits::entry_list(&mut db.read().await?, draw).await?;
    let stored = benefits::draw_by_id(&mut db.read().await?, draw).await?.ok_or("a draw")?;
    let published = [stored.commitment.as_str(), "Ein Los je Person.", &result.seed, &result.list_hash];
    let drawn = repeat(&published, &list, 12)?;
    let ours: Vec<String> = result.places.iter().map(|place| place.number.to_string()).collect();
    assert_eq!(drawn.trim().split('\n').collect::<Vec<_>>(), ours);

    // One ticket is exchanged afterwards: we notice, and so does the script.
    let mut tx = db.begin().await?;
    let sql = "update draw_entries set ticket = 'ffffffffffffffff' where draw = $1 and number = 77";
    assert_eq!(tx.execute(sql, (draw,)).await?, 1);
    tx.commit().await?;
    let after = benefits::result(&mut db.read().await?, draw).await?.ok_or("a result")?;
    assert!(!after.is_unchanged);
    let changed = benefits::entry_list(&mut db.read().await?, draw).await?;
    let noticed = repeat(&published, &changed, 12).err().ok_or("the script takes a changed list")?;
    assert!(noticed.to_string().contains("the list is not the one that was frozen"), "{noticed}");
    Ok(())
}

/// Runs the script beside the walks; the list comes through its standard input.
fn repeat(published: &[&str; 4], list: &str, places: u32) -> Result<String, Failed> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/draw/repeat.js");
    let mut node = Command::new("node")
        .arg(script)
        .args(published)
        .arg(places.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    node.stdin.take().ok_or("a standard input")?.write_all(list.as_bytes())?;
    let output = node.wait_with_output()?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?)
    } else {
        Err(String::from_utf8(output.stderr)?.into())
    }
}
