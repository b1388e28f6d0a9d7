//! Deciding about what waits, on both databases.

use std::sync::Arc;

use crate::desk::common::{ANA, BEN, CARLA, FERRY, FIRE, MORNING, Paper, about};
use crate::desk::{ROOMS, carla, reason};
use forum::hours::{Mode, Order, Scope, State, Timetable, Why};
use forum::waiting::{self, WaitingId};
use forum::{CommentId, Contribution, Pace, Posted};
use moderation::{AdmissionId, Moderator, Refusal, Rules};
use reader::inbox::Kind;
use store::testing::on_both;
use store::{Db, Failure, Time};

async fn waits(db: &Db, said: &Contribution) -> Result<WaitingId, Failure> {
    let state = State::Waiting { until: None, reason: forum::hours::Reason::Night };
    let mut tx = db.begin().await?;
    let posted = forum::post(&mut tx, said, state, Pace::default(), MORNING).await?;
    tx.commit().await?;
    match posted {
        Ok(Posted::Waits(id)) => Ok(id),
        other => Err(Failure::new(format!("it does not wait: {other:?}"))),
    }
}

/// The hours of the paper with what the desk says.
async fn hours(paper: &Paper, now: Time) -> Result<Timetable, Failure> {
    let timetable = Timetable::new(paper.hours.clone(), [].into(), None);
    timetable.with_the_desk(&mut paper.db.read().await?, now).await
}

async fn approves(
    db: &Db,
    who: Moderator,
    id: WaitingId,
    hours: &Timetable,
    now: Time,
) -> Result<Result<CommentId, Refusal>, Failure> {
    let mut tx = db.begin().await?;
    let answer = moderation::approve(&mut tx, who, id, hours, now).await?;
    if answer.is_ok() {
        tx.commit().await?;
    }
    Ok(answer)
}

async fn refuses(
    db: &Db,
    who: Moderator,
    id: WaitingId,
    clause: &str,
    why: &str,
) -> Result<Result<AdmissionId, Refusal>, Failure> {
    let rules = Rules::parse(moderation::BUILT_IN).expect("rules");
    let mut tx = db.begin().await?;
    let answer = moderation::refuse(&mut tx, &rules, who, id, clause, &reason(why), MORNING.plus(9)).await?;
    if answer.is_ok() {
        tx.commit().await?;
    }
    Ok(answer)
}

on_both!(t5_1_forty_approvals_at_once_are_one_comment, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let id = waits(&db, &about(FIRE, ANA, None, "Es brennt.")).await?;
    let (carla, hours) = (carla(&db).await?, Arc::new(hours(&paper, MORNING).await?));
    let db = Arc::new(db);
    let mut tries = Vec::new();
    for _ in 0..40 {
        let (db, hours) = (Arc::clone(&db), Arc::clone(&hours));
        tries.push(tokio::spawn(async move { approves(&db, carla, id, &hours, MORNING.plus(1)).await }));
    }
    let mut comments = Vec::new();
    for one in tries {
        match one.await?? {
            Ok(comment) => comments.push(comment),
            Err(refusal) => assert_eq!(refusal, Refusal::NotWaiting),
        }
    }
    assert_eq!(comments.len(), 1);
    let mut tx = db.read().await?;
    assert_eq!(forum::threads(&mut tx, &[FIRE]).await?.first().map(|thread| thread.comments), Some(1));
    let told = reader::inbox::messages(&mut tx, ANA, None, 9).await?;
    let told: Vec<_> = told.iter().map(|told| (told.kind, told.url.as_str())).collect();
    assert_eq!(told, [(Kind::Approved, format!("/comments/{}", comments[0]).as_str())]);
    Ok(())
});

on_both!(an_author_reads_why_something_does_not_appear, ROOMS, |db| async move {
    Paper::new(db.clone()).await?;
    let carla = carla(&db).await?;
    let id = waits(&db, &about(FIRE, ANA, None, "Sie Dummkopf!")).await?;
    for no_ground in ["", "9.9", "6.2"] {
        assert_eq!(refuses(&db, carla, id, no_ground, "Darum.").await?, Err(Refusal::UnknownClause));
    }
    let decision = refuses(&db, carla, id, "2.1", "Das ist eine Beschimpfung.").await?.expect("refused");
    assert_eq!(refuses(&db, carla, id, "2.1", "Noch einmal.").await?, Err(Refusal::NotWaiting));

    let mut tx = db.read().await?;
    let own = waiting::own(&mut tx, ANA, 9).await?;
    assert_eq!(own.iter().map(|it| it.decision).collect::<Vec<_>>(), [Some(decision.0)]);
    let why = moderation::refused(&mut tx, &[decision, AdmissionId(99)]).await?;
    let why: Vec<_> = why.iter().map(|it| (it.id, it.clause.as_str(), it.reason.as_str())).collect();
    assert_eq!(why, [(decision, "2.1", "Das ist eine Beschimpfung.")]);
    let told = reader::inbox::messages(&mut tx, ANA, None, 9).await?;
    let told: Vec<_> = told.iter().map(|told| (told.kind, told.words.as_str())).collect();
    assert_eq!(told, [(Kind::Refused, "Das ist eine Beschimpfung.")]);
    assert!(reader::inbox::messages(&mut tx, BEN, None, 9).await?.is_empty());
    Ok(())
});

on_both!(nothing_appears_under_a_closed_talk_or_a_withdrawn_article, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let carla = carla(&db).await?;
    let fire = waits(&db, &about(FIRE, ANA, None, "Unter dem Feuer.")).await?;
    let ferry = waits(&db, &about(FERRY, ANA, None, "Unter der Fähre.")).await?;
    let mut tx = db.begin().await?;
    let (scope, why) = (Scope::Article(FIRE), Why::Mourning);
    let order = Order { scope, mode: Mode::Closed, why, note: None, until: None };
    forum::hours::close(&mut tx, &order, CARLA, MORNING).await?.expect("closed");
    let line = |text: &str| story::Line::parse("line", text, 200).expect("a line");
    assert!(archive::withdraw(&mut tx, FERRY, &line("Falsch."), &line("Ada Berger"), MORNING).await?);
    tx.commit().await?;
    let hours = hours(&paper, MORNING).await?;
    assert_eq!(approves(&db, carla, fire, &hours, MORNING).await?, Err(Refusal::TalkClosed));
    assert_eq!(approves(&db, carla, ferry, &hours, MORNING).await?, Err(Refusal::Withdrawn));
    assert_eq!(waiting::count(&mut db.read().await?).await?, 2, "both still wait");
    // Refusing them is possible wherever they stand.
    refuses(&db, carla, ferry, "2.1", "Beschimpfung.").await?.expect("refused");
    Ok(())
});
