//! Deciding about comments, on both databases.

use std::sync::Arc;

use crate::desk::common::{ANA, BEN, CARLA, MORNING, Paper};
use crate::desk::{ROOMS, carla, reason};
use forum::CommentId;
use moderation::{Decision, DecisionId, Moderator, Reason, Refusal, Rules, Verdict};
use reader::{ReaderId, Role};
use store::ledger::{self, By, Wish};
use store::testing::on_both;
use store::{Db, Failure};

/// The demo paper's own rules, so that a slip in them is found here.
fn rules() -> Rules {
    Rules::parse(include_str!("../../../blatt/demo/rules.toml")).expect("the demo's rules are rules")
}

async fn removes(
    db: &Db,
    who: Moderator,
    comment: CommentId,
    clause: &str,
    why: &Reason,
) -> Result<Result<DecisionId, Refusal>, Failure> {
    let mut tx = db.begin().await?;
    let answer = moderation::remove(&mut tx, &rules(), who, comment, clause, why, MORNING.plus(9)).await?;
    if answer.is_ok() {
        tx.commit().await?;
    }
    Ok(answer)
}

on_both!(t4_1_only_who_is_appointed_may_judge, ROOMS, |db| async move {
    Paper::new(db.clone()).await?;
    let mut tx = db.begin().await?;
    assert_eq!(Moderator::appointed(&mut tx, BEN).await?, None);
    assert_eq!(Moderator::appointed(&mut tx, ReaderId(999)).await?, None);
    for (role, may) in
        [(Role::Moderator, true), (Role::Editor, true), (Role::Administrator, true), (Role::Reader, false)]
    {
        // A second administrator, so that the first may step down.
        if role == Role::Reader {
            reader::appoint(&mut tx, ANA, Role::Administrator, None, MORNING).await?.expect("appointed");
        }
        reader::appoint(&mut tx, BEN, role, None, MORNING).await?.expect("appointed");
        assert_eq!(Moderator::appointed(&mut tx, BEN).await?.is_some(), may, "{role:?}");
    }
    Ok(())
});

on_both!(an_author_reads_why_and_by_which_rule, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let rude = paper.says(ANA, "Sie Dummkopf!", MORNING).await?.expect("taken");
    let carla = carla(&db).await?;
    let why = reason("„Dummkopf“ ist eine Beschimpfung.\nSchreiben Sie es gern noch einmal ohne.");
    let removal = removes(&db, carla, rude, "2.1", &why).await?.expect("removed");
    assert!(forum::comment(&mut db.read().await?, rude).await?.expect("there").is_removed());

    let mut tx = db.begin().await?;
    moderation::restore(&mut tx, carla, rude, &reason("Es war ein Zitat."), MORNING.plus(20))
        .await?
        .expect("ok");
    tx.commit().await?;
    assert!(!forum::comment(&mut db.read().await?, rude).await?.expect("there").is_removed());

    let mut tx = db.read().await?;
    let about = moderation::decisions_about(&mut tx, ANA, None, 20).await?;
    let told: Vec<_> = about.iter().map(|d| (d.verdict, d.clause.as_deref(), d.reason.as_str())).collect();
    assert_eq!(
        told,
        [
            (Verdict::Restored, None, "Es war ein Zitat."),
            (
                Verdict::Removed,
                Some("2.1"),
                "„Dummkopf“ ist eine Beschimpfung. Schreiben Sie es gern noch einmal ohne."
            ),
        ]
    );
    assert_eq!(moderation::decisions_about(&mut tx, BEN, None, 20).await?, []);
    let earlier: Vec<Decision> = moderation::decisions_about(&mut tx, ANA, Some(about[0].id), 20).await?;
    assert_eq!(earlier.iter().map(|d| d.id).collect::<Vec<_>>(), [removal]);
    assert_eq!(moderation::history(&mut tx, rude).await?, about);
    assert_eq!(moderation::decisions(&mut tx, &[removal, DecisionId(999)]).await?, earlier);
    assert_eq!(moderation::removals_since(&mut tx, MORNING).await?, 1);
    assert_eq!(moderation::removals_since(&mut tx, MORNING.plus(10)).await?, 0);
    Ok(())
});

on_both!(a_removal_needs_a_rule_a_reason_and_something_to_remove, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(ANA, "Ganz brav.", MORNING).await?.expect("taken");
    let carla = carla(&db).await?;
    let why = reason("Darum.");
    for no_ground in ["", "9.9", "2", "6.2", "2.1 ", "' or 1=1"] {
        assert_eq!(
            removes(&db, carla, said, no_ground, &why).await?,
            Err(Refusal::UnknownClause),
            "{no_ground}"
        );
    }
    assert_eq!(removes(&db, carla, CommentId(999), "2.1", &why).await?, Err(Refusal::NoSuchComment));
    assert_eq!(Reason::parse(" \u{200b}\n"), Err(Refusal::NoReason));
    assert_eq!(Reason::parse(&"x".repeat(1001)), Err(Refusal::ReasonTooLong { longest: 1000 }));
    assert_eq!(Reason::parse("weil\0"), Err(Refusal::Unprintable));

    let mut tx = db.begin().await?;
    let nothing = moderation::restore(&mut tx, carla, said, &why, MORNING).await?;
    assert_eq!(nothing, Err(Refusal::NotRemoved));
    drop(tx);
    assert_eq!(moderation::history(&mut db.read().await?, said).await?, []);
    removes(&db, carla, said, "2.1", &why).await?.expect("removed");
    assert_eq!(removes(&db, carla, said, "2.1", &why).await?, Err(Refusal::RemovedAlready));
    Ok(())
});

on_both!(t5_1_forty_moderators_at_once_leave_one_decision, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let rude = paper.says(ANA, "Frechheit", MORNING).await?.expect("taken");
    let carla = carla(&db).await?;
    let db = Arc::new(db);
    let mut tries = Vec::new();
    for n in 0..40 {
        let db = Arc::clone(&db);
        tries.push(tokio::spawn(async move {
            removes(&db, carla, rude, "2.1", &reason(&format!("Grund {n}"))).await
        }));
    }
    let mut winners = Vec::new();
    for one in tries {
        match one.await?? {
            Ok(decision) => winners.push(decision),
            Err(refusal) => assert_eq!(refusal, Refusal::RemovedAlready),
        }
    }
    let history = moderation::history(&mut db.read().await?, rude).await?;
    assert_eq!(history.iter().map(|decision| decision.id).collect::<Vec<_>>(), winners);
    assert_eq!(winners.len(), 1);
    Ok(())
});

on_both!(an_author_hears_of_every_decision_with_its_reason, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let rude = paper.says(ANA, "Sie Dummkopf!", MORNING).await?.expect("taken");
    let carla = carla(&db).await?;
    removes(&db, carla, rude, "2.1", &reason("Eine Beschimpfung.")).await?.expect("removed");
    let mut tx = db.begin().await?;
    moderation::restore(&mut tx, carla, rude, &reason("Es war ein Zitat."), MORNING.plus(20))
        .await?
        .expect("ok");
    tx.commit().await?;
    let mut tx = db.read().await?;
    let told = reader::inbox::messages(&mut tx, ANA, None, 9).await?;
    assert_eq!(
        told.iter().map(|told| &*told.words).collect::<Vec<_>>(),
        ["Es war ein Zitat.", "Eine Beschimpfung."]
    );
    assert!(reader::inbox::messages(&mut tx, BEN, None, 9).await?.is_empty());
    Ok(())
});

on_both!(t5_5_every_decision_stands_in_the_ledger_with_its_state_before_and_after, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let rude = paper.says(ANA, "Sie Dummkopf!", MORNING).await?.expect("taken");
    let carla = carla(&db).await?;
    removes(&db, carla, rude, "2.1", &reason("Eine Beschimpfung.")).await?.expect("removed");
    removes(&db, carla, rude, "2.1", &reason("Noch einmal.")).await?.expect_err("removed already");
    let mut tx = db.begin().await?;
    moderation::restore(&mut tx, carla, rude, &reason("Ein Zitat."), MORNING.plus(10))
        .await?
        .expect("restored");
    tx.commit().await?;
    let mut tx = db.read().await?;
    let about = Wish { kind: Some("comment".to_owned()), subject: Some(rude.to_string()), ..Wish::default() };
    let acts = ledger::acts(&mut tx, &about, None, 10).await?;
    let told: Vec<_> = acts.iter().map(|act| (act.act.as_str(), &act.by, act.at)).collect();
    let by = By::Person(CARLA.0);
    assert_eq!(told, [("restoration", &by, MORNING.plus(10)), ("removal", &by, MORNING.plus(9))]);
    let after = acts[1].after.as_deref().ok_or("what holds since")?;
    assert!(after.contains("\"clause\":\"2.1\"") && after.contains("Beschimpfung"), "{after}");
    assert!(
        !acts.iter().any(|act| format!("{act:?}").contains("Dummkopf")),
        "what readers write stays out of it"
    );
    assert!(ledger::check(&mut tx, None, |_, _| {}).await?.is_ok());
    Ok(())
});
