//! T5.5: what people who work for the paper did is a chain, and whoever changes it is seen.

use serde_json::json;
use store::ledger::{self, Act, Broken, By, End, Wish};
use store::testing::on_both;
use store::{Db, Failure, MIGRATIONS, Migrations, Time, Tx};

const ROOMS: &[Migrations] = &[MIGRATIONS];

/// Five acts by three hands, in three transactions.
async fn a_morning(db: &Db) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    let removal = Act::of(By::Person(7), "comment-removal", "comment", 12);
    let removal =
        removal.before(json!({"state": "stands"})).after(json!({"state": "removed", "clause": "2.1"}));
    ledger::note(&mut tx, removal, Time(1));
    ledger::note(&mut tx, Act::of(By::Person(8), "comment-removal", "comment", 13), Time(2));
    tx.commit().await?;
    let mut tx = db.begin().await?;
    ledger::note(&mut tx, Act::of(By::Named("Ada".to_owned()), "correction", "article", 12), Time(3));
    ledger::note(&mut tx, Act::of(By::House, "appointment", "reader", 7), Time(4));
    tx.commit().await?;
    let mut tx = db.begin().await?;
    ledger::note(&mut tx, Act::of(By::Person(7), "restoration", "comment", 12), Time(5));
    tx.commit().await
}

async fn whole(tx: &mut Tx) -> Result<Result<End, Broken>, Failure> {
    Ok(ledger::check(tx, None, |_, _| {}).await?.map(|whole| whole.end))
}

on_both!(t5_5_an_act_is_noted_with_its_transaction_or_not_at_all, ROOMS, |db| async move {
    assert_eq!(whole(&mut db.read().await?).await?, Ok(End::default()), "an empty chain is whole");
    a_morning(&db).await?;
    let mut tx = db.begin().await?;
    ledger::note(&mut tx, Act::of(By::House, "undone", "comment", 1), Time(6));
    tx.undo().await?;
    let mut tx = db.begin().await?;
    ledger::note(&mut tx, Act::of(By::House, "dropped", "comment", 1), Time(6));
    drop(tx);
    let mut tx = db.read().await?;
    let rows = ledger::acts(&mut tx, &Wish::default(), None, 100).await?;
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
    assert_eq!(rows[4].by, By::Person(7));
    assert_eq!(rows[4].before.as_deref(), Some(r#"{"state":"stands"}"#));
    assert_eq!(rows[4].after.as_deref(), Some(r#"{"clause":"2.1","state":"removed"}"#));
    assert_eq!(whole(&mut tx).await?.map(|end| end.number), Ok(5));
    Ok(())
});

on_both!(the_ledger_is_read_by_person_act_thing_and_time, ROOMS, |db| async move {
    a_morning(&db).await?;
    let mut tx = db.read().await?;
    let text = |text: &str| Some(text.to_owned());
    for (wish, expected) in [
        (Wish { by: Some((Some(7), "Ada".to_owned())), ..Wish::default() }, vec![5, 3, 1]),
        (Wish { by: Some((None, "Ada".to_owned())), ..Wish::default() }, vec![3]),
        (Wish { act: text("comment-removal"), ..Wish::default() }, vec![2, 1]),
        (Wish { kind: text("comment"), subject: text("12"), ..Wish::default() }, vec![5, 1]),
        (Wish { from: Some(Time(2)), until: Some(Time(4)), ..Wish::default() }, vec![3, 2]),
        (
            Wish { by: Some((Some(8), "Bo' or 1=1".to_owned())), from: Some(Time(3)), ..Wish::default() },
            vec![],
        ),
    ] {
        let rows = ledger::acts(&mut tx, &wish, None, 100).await?;
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), expected, "{wish:?}");
    }
    let page = ledger::acts(&mut tx, &Wish::default(), Some(4), 2).await?;
    assert_eq!(page.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 2]);
    Ok(())
});

on_both!(t5_5_the_chain_breaks_where_a_row_is_altered_removed_or_put_elsewhere, ROOMS, |db| async move {
    a_morning(&db).await?;
    let swapped =
        "update acts set number = case number when 2 then -3 when 3 then -2 end where number in (2, 3);
                   update acts set number = -number where number < 0";
    let moved = "update acts set kind = 'commen', subject = 't12' where number = 1";
    let forged = "insert into acts (number, at, act, kind, subject, hash) values (6, 6, 'pardon', 'reader', '9', 'ab')";
    for (damage, expected) in [
        ("update acts set at = 9 where number = 2", Broken::Altered(2)),
        ("update acts set by_person = 9 where number = 1", Broken::Altered(1)),
        ("update acts set by_person = null where number = 5", Broken::Altered(5)),
        ("update acts set by_name = 'Bea' where number = 3", Broken::Altered(3)),
        ("update acts set by_name = 'House' where number = 4", Broken::Altered(4)),
        ("update acts set act = 'restoration' where number = 2", Broken::Altered(2)),
        ("update acts set subject = '14' where number = 2", Broken::Altered(2)),
        ("update acts set before_it = null where number = 1", Broken::Altered(1)),
        ("update acts set after_it = '{}' where number = 1", Broken::Altered(1)),
        ("update acts set hash = 'ab' where number = 4", Broken::Altered(4)),
        (moved, Broken::Altered(1)),
        (swapped, Broken::Altered(2)),
        ("delete from acts where number = 1", Broken::Missing(1)),
        ("delete from acts where number = 3", Broken::Missing(3)),
        ("delete from acts where number = 5", Broken::CutOff(5)),
        ("delete from acts", Broken::CutOff(1)),
        (
            "delete from acts where number = 3; update acts set number = number - 1 where number > 3",
            Broken::Altered(3),
        ),
        (forged, Broken::Altered(6)),
        ("update act_ends set number = 4", Broken::Added(5)),
        ("update act_ends set hash = 'ab'", Broken::End),
        ("delete from act_ends", Broken::Added(1)),
    ] {
        let mut tx = db.begin().await?;
        for statement in damage.split(';') {
            tx.execute(statement, ()).await?;
        }
        assert_eq!(whole(&mut tx).await?, Err(expected), "{damage}");
    }
    assert!(whole(&mut db.read().await?).await?.is_ok(), "nothing of it was kept");
    Ok(())
});

on_both!(t5_5_an_end_that_was_written_down_betrays_a_chain_made_anew, ROOMS, |db| async move {
    a_morning(&db).await?;
    let kept = ledger::end(&mut db.read().await?).await?;
    let kept = End::parse(&kept.to_string()).ok_or("what is printed can be read")?;
    let mut tx = db.begin().await?;
    tx.execute("delete from acts", ()).await?;
    tx.execute("delete from act_ends", ()).await?;
    tx.commit().await?;
    assert_eq!(ledger::check(&mut db.read().await?, Some(&kept), |_, _| {}).await?, Err(Broken::CutOff(1)));
    a_morning(&db).await?;
    a_morning(&db).await?;
    let same = ledger::check(&mut db.read().await?, Some(&kept), |_, _| {}).await?;
    assert!(same.is_ok(), "the same acts make the same chain");
    let mut tx = db.begin().await?;
    tx.execute("delete from acts", ()).await?;
    tx.execute("delete from act_ends", ()).await?;
    for number in 0..6 {
        ledger::note(&mut tx, Act::of(By::House, "correction", "article", number), Time(1));
    }
    tx.commit().await?;
    assert!(whole(&mut db.read().await?).await?.is_ok(), "by itself the new chain holds");
    let betrayed = ledger::check(&mut db.read().await?, Some(&kept), |_, _| {}).await?;
    assert_eq!(betrayed, Err(Broken::NotAsWrittenDown(5)));
    Ok(())
});

on_both!(forty_hands_at_once_leave_a_chain_without_a_gap, ROOMS, |db| async move {
    let hands: Vec<_> = (0..40)
        .map(|hand| {
            let db = db.clone();
            tokio::spawn(async move {
                for act in 0..3 {
                    let mut tx = db.begin().await?;
                    ledger::note(
                        &mut tx,
                        Act::of(By::Person(hand), "comment-removal", "comment", act),
                        Time(act),
                    );
                    // A reader's post takes no turn: it is not in this chain.
                    if hand % 4 == 3 {
                        tx.undo().await?;
                    } else {
                        tx.commit().await?;
                    }
                }
                Ok::<_, Failure>(())
            })
        })
        .collect();
    for hand in hands {
        hand.await??;
    }
    assert_eq!(whole(&mut db.read().await?).await?.map(|end| end.number), Ok(90));
    Ok(())
});
