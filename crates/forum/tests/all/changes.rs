//! Comments that change, go, are chosen, and are told of, on both databases.

use crate::common::{ANA, BEN, CARLA, FERRY, FIRE, MORNING, Paper, ROOMS, about};
use forum::{Body, Change, CommentId, Refusal, SpreadComment, Vote, Why, Words, spread_comment};
use reader::inbox::{self, Kind};
use reader::{Company, ReaderId};
use store::testing::on_both;
use store::{Db, Failure, Time, jobs};

const MINUTES: i64 = 5;

async fn changes(
    paper: &Paper,
    who: ReaderId,
    comment: CommentId,
    text: &str,
    seen: i64,
    at: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let body = Body::parse(text).expect("the test's text is a body");
    let mut tx = paper.db.begin().await?;
    let change = Change { comment, author: who, body, seen };
    let answer = forum::change(&mut tx, &change, MINUTES, paper.hours.state(at), at).await?;
    if answer.is_ok() {
        tx.commit().await?;
    }
    Ok(answer)
}

async fn takes_back(db: &Db, who: ReaderId, comment: CommentId) -> Result<bool, Failure> {
    let mut tx = db.begin().await?;
    let done = forum::take_back(&mut tx, comment, who, Why::TakenBack, MORNING.plus(9)).await?;
    tx.commit().await?;
    Ok(done)
}

/// What stands in the thread about the fire.
async fn stands(db: &Db, comment: CommentId) -> Result<Words, Failure> {
    Ok(forum::comment(&mut db.read().await?, comment).await?.expect("there").words)
}

async fn counted(db: &Db) -> Result<i64, Failure> {
    Ok(forum::threads(&mut db.read().await?, &[FIRE]).await?.first().map_or(0, |thread| thread.comments))
}

/// Does the jobs that tell, and gives what this reader was told, latest last.
async fn told(db: &Db, reader: ReaderId) -> Result<Vec<(Kind, String)>, Failure> {
    while let Some(job) =
        jobs::claim_of(db, "w", jobs::Kinds::Only("spread-comment"), MORNING.plus(99)).await?
    {
        let mut tx = db.begin().await?;
        spread_comment(&mut tx, &job.read::<SpreadComment>()?, MORNING.plus(99)).await?;
        jobs::done(&mut tx, &job).await?;
        tx.commit().await?;
    }
    let mut told = inbox::messages(&mut db.read().await?, reader, None, 100).await?;
    told.reverse();
    Ok(told.into_iter().map(|told| (told.kind, told.url)).collect())
}

on_both!(a_slip_of_the_pen_is_mended_and_what_stood_there_is_read_by_all, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(ANA, "Der Steg ist mosch.", MORNING).await?.expect("taken");
    let soon = MORNING.plus_minutes(4);
    changes(&paper, ANA, said, "Der Steg ist morsch.", 0, soon).await?.expect("in time");
    let mut tx = db.read().await?;
    let comment = forum::comment(&mut tx, said).await?.expect("there");
    assert_eq!(comment.edited, Some(soon));
    assert_eq!(comment.words, Words::Here(Body::parse("Der Steg ist morsch.").expect("a body")));
    let earlier = forum::revisions(&mut tx, said).await?;
    assert_eq!((earlier[0].body.as_str(), earlier[0].until), ("Der Steg ist mosch.", soon));
    drop(tx);

    let late = changes(&paper, ANA, said, "Anders.", 1, MORNING.plus_minutes(5)).await?;
    assert_eq!(late, Err(Refusal::TooLate { minutes: MINUTES }));
    let stranger = changes(&paper, BEN, said, "Anders.", 1, soon).await?;
    assert_eq!(stranger, Err(Refusal::NoSuchComment), "T4.5");
    let other_window = changes(&paper, ANA, said, "Anders.", 0, soon).await?;
    assert_eq!(other_window, Err(Refusal::ChangedMeanwhile));
    changes(&paper, ANA, said, "Der Steg ist morsch.", 0, soon).await?.expect("nothing changes");
    assert_eq!(forum::changes(&mut db.read().await?, said).await?, 1);
    Ok(())
});

on_both!(nothing_is_changed_while_the_talk_is_closed, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    // Two minutes before eight in the evening.
    let evening = MORNING.plus_minutes(12 * 60 + 28);
    let said = paper.says(ANA, "Noch schnell.", evening).await?.expect("taken");
    let closed = changes(&paper, ANA, said, "Anders.", 0, evening.plus_minutes(3)).await?;
    assert!(matches!(closed, Err(Refusal::Closed { .. })), "{closed:?}");
    Ok(())
});

on_both!(t5_1_of_forty_changes_at_once_one_counts, ROOMS, |db| async move {
    let paper = std::sync::Arc::new(Paper::new(db.clone()).await?);
    let said = paper.says(ANA, "Eins.", MORNING).await?.expect("taken");
    let tries = (0..40).map(|n| {
        let paper = std::sync::Arc::clone(&paper);
        tokio::spawn(
            async move { changes(&paper, ANA, said, &format!("Zwei {n}."), 0, MORNING.plus(9)).await },
        )
    });
    let mut done = 0;
    for attempt in tries.collect::<Vec<_>>() {
        done += usize::from(attempt.await??.is_ok());
    }
    assert_eq!(done, 1);
    assert_eq!(forum::revisions(&mut db.read().await?, said).await?.len(), 1);
    Ok(())
});

on_both!(t5_3_a_comment_is_changed_ten_times_at_most, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(ANA, "Fassung 0.", MORNING).await?.expect("taken");
    for seen in 0..10 {
        let text = format!("Fassung {}.", seen + 1);
        changes(&paper, ANA, said, &text, seen, MORNING.plus(9)).await?.expect("taken");
    }
    let more = changes(&paper, ANA, said, "Fassung 11.", 10, MORNING.plus(9)).await?;
    assert_eq!(more, Err(Refusal::ChangedOften { most: 10 }));
    changes(&paper, ANA, said, "Fassung 10.", 10, MORNING.plus(9)).await?.expect("nothing changes");
    Ok(())
});

on_both!(t5_3_a_change_calls_nobody_whom_a_comment_may_not_call, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let mut tx = db.begin().await?;
    forum::follow_thread(&mut tx, CARLA, FIRE, MORNING).await?;
    tx.commit().await?;
    let said = paper.says(ANA, "@Ben und @Niemand", MORNING).await?.expect("taken");
    assert_eq!(told(&db, CARLA).await?.len(), 1);
    let mut tx = db.begin().await?;
    inbox::read(&mut tx, CARLA, MORNING.plus(99), MORNING.plus(100)).await?;
    tx.commit().await?;

    for (seen, first) in [(0, 4), (1, 9), (2, 14)] {
        let names: Vec<String> = (first..first + 5).map(|n| format!("@Leser {n},")).collect();
        changes(&paper, ANA, said, &names.join(" "), seen, MORNING.plus(9)).await?.expect("taken");
        told(&db, BEN).await?;
    }
    assert_eq!(told(&db, ReaderId(7)).await?.len(), 1, "who was named later hears of it");
    let sql = "select count(*) from messages where kind = 'mention'";
    let (mentions,): (i64,) = db.read().await?.one(sql, ()).await?;
    assert_eq!(mentions, 5, "five people, however often it changes");
    assert_eq!(inbox::unread(&mut db.read().await?, CARLA).await?, 0, "a change is no news of the thread");
    Ok(())
});

on_both!(t5_1_of_forty_deletions_at_once_one_counts, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(ANA, "Das nehme ich zurück.", MORNING).await?.expect("taken");
    let answer = paper.answers(BEN, said, "Schade.", MORNING).await?.expect("taken");
    assert!(!takes_back(&db, BEN, said).await?, "T4.5: not theirs");
    let tries = (0..40).map(|_| {
        let db = db.clone();
        tokio::spawn(async move { takes_back(&db, ANA, said).await })
    });
    let mut done = 0;
    for attempt in tries.collect::<Vec<_>>() {
        done += usize::from(attempt.await??);
    }
    assert_eq!((done, counted(&db).await?), (1, 1), "counted down once");
    assert_eq!(stands(&db, said).await?, Words::TakenBack { at: MORNING.plus(9) });
    assert!(matches!(stands(&db, answer).await?, Words::Here(_)), "answers stay");
    let kept = forum::original(&mut db.read().await?, said).await?.expect("for a case");
    assert_eq!(kept.body.as_str(), "Das nehme ich zurück.");

    let mut tx = db.begin().await?;
    assert_eq!(forum::vote(&mut tx, said, BEN, Some(Vote::Up), MORNING).await?, Err(Refusal::NoSuchComment));
    drop(tx);
    assert_eq!(paper.answers(CARLA, said, "Doch noch.", MORNING).await?, Err(Refusal::NoSuchComment));
    assert_eq!(changes(&paper, ANA, said, "Anders.", 0, MORNING).await?, Err(Refusal::NoSuchComment));
    Ok(())
});

on_both!(what_was_taken_back_and_judged_is_counted_once_and_stays_gone, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(ANA, "Unerhört!", MORNING).await?.expect("taken");
    assert!(takes_back(&db, ANA, said).await?);
    let mut tx = db.begin().await?;
    assert!(forum::remove(&mut tx, said, 1, MORNING.plus(10)).await?.is_some(), "a case goes on");
    tx.commit().await?;
    assert_eq!(counted(&db).await?, 0);
    let writer = forum::writer(&mut db.read().await?, ANA).await?;
    assert_eq!((writer.comments, writer.removed), (0, 0), "its author had counted it down already");
    assert!(matches!(stands(&db, said).await?, Words::Removed { .. }));
    let mut tx = db.begin().await?;
    assert!(forum::restore(&mut tx, said, 2, MORNING.plus(11)).await?.is_some());
    tx.commit().await?;
    assert_eq!(counted(&db).await?, 0);
    let writer = forum::writer(&mut db.read().await?, ANA).await?;
    assert_eq!((writer.comments, writer.removed), (0, 0));
    assert!(matches!(stands(&db, said).await?, Words::TakenBack { .. }));
    Ok(())
});

on_both!(t5_1_the_desk_chooses_a_comment_once_and_its_author_hears_of_it, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(ANA, "Drei Tage Steine geräumt.", MORNING).await?.expect("taken");
    let tries = (0..40).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            let mut tx = db.begin().await?;
            let new = forum::feature(&mut tx, said, CARLA, MORNING.plus(5)).await?;
            tx.commit().await?;
            Ok::<bool, Failure>(new)
        })
    });
    let mut done = 0;
    for attempt in tries.collect::<Vec<_>>() {
        done += usize::from(attempt.await??);
    }
    assert_eq!(done, 1);
    assert_eq!(told(&db, ANA).await?, [(Kind::Featured, format!("/comments/{said}"))]);
    let mut tx = db.begin().await?;
    assert_eq!(forum::featured(&mut tx, FIRE).await?, [said]);
    assert_eq!(forum::featured(&mut tx, FERRY).await?, []);
    assert!(forum::end_feature(&mut tx, said, CARLA, MORNING.plus(6)).await?);
    assert!(!forum::end_feature(&mut tx, said, CARLA, MORNING.plus(7)).await?);
    assert_eq!(forum::featured(&mut tx, FIRE).await?, []);
    assert!(forum::feature(&mut tx, said, CARLA, MORNING.plus(8)).await?, "chosen again");
    tx.commit().await?;
    assert!(takes_back(&db, ANA, said).await?);
    assert_eq!(forum::featured(&mut db.read().await?, FIRE).await?, [], "what is gone is not shown");
    Ok(())
});

on_both!(whom_a_comment_concerns_hears_of_it_once, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let mut tx = db.begin().await?;
    reader::keep_company(&mut tx, CARLA, BEN, Some(Company::Follows), MORNING).await?;
    let (leaves, stays) = (ReaderId(10), ReaderId(11));
    for reader in [ANA, leaves, stays] {
        forum::follow_thread(&mut tx, reader, FIRE, MORNING).await?;
    }
    forum::leave_thread(&mut tx, leaves, FIRE).await?;
    tx.commit().await?;

    let said = paper.says(ANA, "Wer weiß mehr?", MORNING).await?.expect("taken");
    told(&db, ANA).await?;
    let answer = paper.answers(BEN, said, "@Leser 12 war dort, @ana.", MORNING).await?.expect("taken");
    let here = |kind| (kind, format!("/comments/{answer}"));
    let thread = (Kind::Thread, "/stadt/hafenbrand/comments".to_owned());
    assert_eq!(told(&db, ANA).await?, [here(Kind::Reply)], "and not of the mention and the thread besides");
    assert_eq!(told(&db, ReaderId(12)).await?, [here(Kind::Mention)]);
    assert_eq!(told(&db, CARLA).await?, [here(Kind::Person)]);
    assert_eq!(told(&db, stays).await?, [thread]);
    assert!(told(&db, leaves).await?.is_empty() && told(&db, BEN).await?.is_empty());

    // What was taken back before anybody was told is told to nobody.
    let rash = paper.answers(BEN, said, "Unsinn!", MORNING).await?.expect("taken");
    assert!(takes_back(&db, BEN, rash).await?);
    assert_eq!(told(&db, ANA).await?.len(), 1);
    Ok(())
});

on_both!(a_comment_that_concerns_nobody_leaves_no_job_behind, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    paper.says(ANA, "Für alle.", MORNING).await?.expect("taken");
    assert_eq!(jobs::waiting(&mut db.read().await?).await?, 0);
    let said = paper.posts(&about(FERRY, BEN, None, "Für @Ana."), MORNING).await?.expect("taken");
    assert_eq!(jobs::waiting(&mut db.read().await?).await?, 1, "{said}");
    Ok(())
});

on_both!(many_followers_are_told_a_slice_at_a_time, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let mut tx = db.begin().await?;
    let sql = "insert into readers (name, name_folded, name_skeleton, mail, mail_key, language, created_at)
               values ($1, $1, $1, $1, $1, 'de-AT', 0) returning id";
    let mut last = ANA;
    for n in 0..450 {
        last = ReaderId(tx.insert(sql, (format!("folgt {n}"),)).await?);
        reader::keep_company(&mut tx, last, ANA, Some(Company::Follows), MORNING).await?;
    }
    tx.commit().await?;
    paper.says(ANA, "Für alle, die warten.", MORNING).await?.expect("taken");
    assert_eq!(told(&db, last).await?.len(), 1);
    let (count,): (i64,) = db.read().await?.one("select count(*) from messages", ()).await?;
    assert_eq!(count, 450);
    Ok(())
});
