//! What waits for the desk: who sees it, how it becomes a comment, and that one of many who decide wins. On both databases.

use std::sync::Arc;

use crate::common::{ANA, BEN, CARLA, FERRY, FIRE, MORNING, Paper, ROOMS, about, with_key};
use forum::hours::{Reason, State};
use forum::waiting::{self, Waiting, WaitingId};
use forum::{CommentId, Contribution, Pace, Posted, Refusal, Sort, Words};
use reader::ReaderId;
use store::events::Heard;
use store::testing::on_both;
use store::{Db, Failure, Time};

fn waits() -> State {
    State::Waiting { until: None, reason: Reason::Night }
}

async fn sends(
    db: &Db,
    said: &Contribution,
    state: State,
    at: Time,
) -> Result<Result<Posted, Refusal>, Failure> {
    let mut tx = db.begin().await?;
    let answer = forum::post(&mut tx, said, state, Pace::default(), at).await?;
    if answer.is_ok() {
        tx.commit().await?;
    }
    Ok(answer)
}

/// Sends something while the talk waits.
async fn waiting(db: &Db, said: &Contribution, at: Time) -> Result<WaitingId, Failure> {
    match sends(db, said, waits(), at).await? {
        Ok(Posted::Waits(id)) => Ok(id),
        other => Err(Failure::new(format!("it does not wait: {other:?}"))),
    }
}

async fn release(db: &Db, id: WaitingId, at: Time) -> Result<Option<CommentId>, Failure> {
    let mut tx = db.begin().await?;
    let comment = waiting::release(&mut tx, id, at).await?;
    tx.commit().await?;
    Ok(comment)
}

async fn refuse(db: &Db, id: WaitingId, decision: i64) -> Result<bool, Failure> {
    let mut tx = db.begin().await?;
    let refused = waiting::refuse(&mut tx, id, decision).await?;
    tx.commit().await?;
    Ok(refused)
}

async fn withdraw(db: &Db, id: WaitingId, who: ReaderId) -> Result<bool, Failure> {
    let mut tx = db.begin().await?;
    let withdrawn = waiting::withdraw(&mut tx, id, who).await?;
    tx.commit().await?;
    Ok(withdrawn)
}

async fn queue(db: &Db) -> Result<Vec<WaitingId>, Failure> {
    let queue = waiting::queue(&mut db.read().await?, None, 200).await?;
    Ok(queue.into_iter().map(|it| it.id).collect())
}

on_both!(t4_3_what_waits_is_read_by_its_author_and_the_desk_alone, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let mut tx = db.begin().await?;
    forum::keep_draft(&mut tx, ANA, FIRE, None, &about(FIRE, ANA, None, "Noch").body, MORNING).await?;
    tx.commit().await?;
    let id = waiting(&db, &about(FIRE, ANA, None, "Es @Ben brennt."), MORNING).await?;

    let mut tx = db.read().await?;
    assert_eq!(forum::threads(&mut tx, &[FIRE]).await?, [], "no count knows it");
    assert_eq!(forum::page(&mut tx, FIRE, Sort::Newest, None, 20).await?.conversations, []);
    assert_eq!(forum::latest(&mut tx, None, 20).await?, []);
    assert_eq!(forum::newest(&mut tx).await?, None);
    assert_eq!(forum::search(&mut tx, FIRE, "brennt", None, 20).await?, []);
    assert_eq!(forum::said_by(&mut tx, ANA, None, 20).await?, []);
    assert_eq!(forum::writer(&mut tx, ANA).await?.comments, 0);
    assert_eq!(reader::inbox::unread(&mut tx, BEN).await?, 0);
    assert_eq!(waiting::under(&mut tx, FIRE, BEN).await?, []);
    assert_eq!(waiting::under(&mut tx, FERRY, ANA).await?, []);
    assert_eq!(forum::draft(&mut tx, ANA, FIRE).await?, None, "it was sent");
    let own = waiting::under(&mut tx, FIRE, ANA).await?;
    assert_eq!(own.iter().map(|it| (it.id, it.body.as_str())).collect::<Vec<_>>(), [(id, "Es @Ben brennt.")]);
    assert_eq!(waiting::queue(&mut tx, None, 20).await?, own);
    assert_eq!(waiting::queue(&mut tx, own.first().map(Waiting::bookmark), 20).await?, []);
    assert_eq!(waiting::count(&mut tx).await?, 1);
    drop(tx);
    drop(paper);
    Ok(())
});

on_both!(what_is_let_in_is_a_comment_like_any_other, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let top = paper.says(BEN, "Wo brennt es?", MORNING).await?.expect("taken");
    let id = waiting(&db, &about(FIRE, ANA, Some(top), "Am Hafen."), MORNING.plus(5)).await?;
    let later = MORNING.plus_minutes(60);
    let mut listener = store::events::listen(&db);
    let comment = release(&db, id, later).await?.expect("released");
    let told = store::Event { topic: forum::THREAD.to_owned(), subject: FIRE.0 };
    while listener.next().await.expect("open pages hear of it") != Heard::Event(told.clone()) {}

    let mut tx = db.read().await?;
    let read = forum::comment(&mut tx, comment).await?.expect("there");
    assert_eq!(read.words, Words::Here(about(FIRE, ANA, None, "Am Hafen.").body));
    assert_eq!((read.root, read.place, read.at), (Some(top), 1, later), "it appeared now");
    let above = forum::comment(&mut tx, top).await?.expect("there");
    assert_eq!((above.replies, above.latest_reply), (1, Some(later)));
    assert_eq!(forum::threads(&mut tx, &[FIRE]).await?.first().map(|t| t.comments), Some(2));
    assert_eq!(forum::writer(&mut tx, ANA).await?.comments, 1);
    assert_eq!(waiting::own(&mut tx, ANA, 20).await?, []);
    drop(tx);
    // Whom it answers is told by the same job as always.
    let job = store::jobs::claim(&db, "test", later.plus(1)).await?.expect("a job");
    let spread: forum::SpreadComment = job.read()?;
    let mut tx = db.begin().await?;
    forum::spread_comment(&mut tx, &spread, later).await?;
    assert_eq!(reader::inbox::unread(&mut tx, BEN).await?, 1);
    Ok(())
});

on_both!(r2_a_form_sent_twice_waits_once, ROOMS, |db| async move {
    Paper::new(db.clone()).await?;
    let said = with_key(about(FIRE, ANA, None, "Einmal."), "form-0001");
    let tries = futures_util::future::join_all((0..40).map(|_| waiting(&db, &said, MORNING))).await;
    let ids = tries.into_iter().collect::<Result<Vec<_>, _>>()?;
    assert!(ids.iter().all(|id| *id == ids[0]));
    assert_eq!(queue(&db).await?, ids[..1]);
    // The talk opens, and the browser tries once more: it still waits. Then it is a comment, and so is the retry.
    let open = || State::Open { until: None };
    assert_eq!(sends(&db, &said, open(), MORNING.plus(9)).await?, Ok(Posted::Waits(ids[0])));
    let comment = release(&db, ids[0], MORNING.plus(10)).await?.expect("released");
    assert_eq!(sends(&db, &said, waits(), MORNING.plus(11)).await?, Ok(Posted::Here(comment)));
    // Without a key the same words count as sent twice, also once they are in the thread.
    let again = about(FIRE, ANA, None, "Einmal.");
    let repeated = Err(Refusal::Repeated { first: comment });
    assert_eq!(sends(&db, &again, waits(), MORNING.plus(12)).await?, repeated);
    let other = about(FIRE, ANA, None, "Zweimal.");
    let first = waiting(&db, &other, MORNING.plus(13)).await?;
    assert_eq!(waiting(&db, &other, MORNING.plus(14)).await?, first);
    assert_ne!(waiting(&db, &about(FERRY, ANA, None, "Zweimal."), MORNING.plus(15)).await?, first);
    Ok(())
});

on_both!(t5_3_what_waits_keeps_the_pace_of_comments, ROOMS, |db| async move {
    Paper::new(db.clone()).await?;
    for n in 0..5 {
        waiting(&db, &about(FIRE, ANA, None, &format!("Nummer {n}")), MORNING).await?;
    }
    let sixth = sends(&db, &about(FIRE, ANA, None, "Nummer 6"), waits(), MORNING).await?;
    assert_eq!(sixth, Err(Refusal::TooOften { again: MORNING.plus_minutes(1) }));
    assert_eq!(queue(&db).await?.len(), 5);
    Ok(())
});

on_both!(an_answer_waits_below_what_stands_and_stays_there, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let top = paper.says(BEN, "Wo?", MORNING).await?.expect("taken");
    let early = waiting(&db, &about(FIRE, ANA, Some(top), "Da."), MORNING.plus(1)).await?;
    let mut tx = db.begin().await?;
    forum::remove(&mut tx, top, 1, MORNING.plus(2)).await?.expect("removed");
    tx.commit().await?;
    let late = about(FIRE, ANA, Some(top), "Dort.");
    assert_eq!(sends(&db, &late, waits(), MORNING.plus(3)).await?, Err(Refusal::NoSuchComment));
    let comment = release(&db, early, MORNING.plus(4)).await?.expect("released");
    let read = forum::comment(&mut db.read().await?, comment).await?.expect("there");
    assert_eq!((read.root, read.is_gone()), (Some(top), false));
    Ok(())
});

on_both!(what_is_refused_is_left_for_its_author, ROOMS, |db| async move {
    Paper::new(db.clone()).await?;
    let id = waiting(&db, &about(FIRE, ANA, None, "Frechheit."), MORNING).await?;
    assert!(refuse(&db, id, 7).await?);
    let mut tx = db.read().await?;
    let own = waiting::own(&mut tx, ANA, 20).await?;
    assert_eq!(own.iter().map(|it| (it.id, it.decision)).collect::<Vec<_>>(), [(id, Some(7))]);
    assert_eq!(waiting::under(&mut tx, FIRE, ANA).await?, []);
    assert_eq!(waiting::one(&mut tx, id).await?, None);
    assert_eq!(waiting::count(&mut tx).await?, 0);
    drop(tx);
    assert!(!withdraw(&db, id, ANA).await?);
    assert_eq!(release(&db, id, MORNING).await?, None);
    Ok(())
});

on_both!(t5_1_of_all_who_decide_at_once_one_does, ROOMS, |db| async move {
    Paper::new(db.clone()).await?;
    let id = waiting(&db, &about(FIRE, ANA, None, "Entscheidet euch."), MORNING).await?;
    let db = Arc::new(db);
    assert!(!withdraw(&db, id, BEN).await?, "T4.5: nobody else takes it back");
    let mut tries = Vec::new();
    for n in 0..45_i64 {
        let db = Arc::clone(&db);
        tries.push(tokio::spawn(async move {
            match n % 3 {
                0 => release(&db, id, MORNING.plus(n)).await.map(|comment| comment.is_some()),
                1 => refuse(&db, id, n).await,
                _ => withdraw(&db, id, ANA).await,
            }
        }));
    }
    let mut winners = 0;
    for one in tries {
        winners += i64::from(one.await??);
    }
    assert_eq!(winners, 1);
    assert_eq!(queue(&db).await?, []);
    let (rows, comments): (i64, i64) = {
        let sql = "select (select count(*) from waiting), (select count(*) from comments)";
        db.read().await?.one(sql, ()).await?
    };
    assert!(rows + comments <= 1, "{rows} {comments}");
    assert_eq!(forum::writer(&mut db.read().await?, ANA).await?.comments, comments);
    Ok(())
});

on_both!(while_the_talk_waits_what_stands_is_not_changed, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(CARLA, "Gelesen.", MORNING).await?.expect("taken");
    let body = about(FIRE, CARLA, None, "Ungelesen.").body;
    let change = forum::Change { comment: said, author: CARLA, body, seen: 0 };
    let mut tx = db.begin().await?;
    let answer = forum::change(&mut tx, &change, 5, waits(), MORNING.plus(1)).await?;
    assert_eq!(answer, Err(Refusal::ChangesRest));
    Ok(())
});
