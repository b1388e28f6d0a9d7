//! Votes, on both databases.

use std::sync::Arc;

use crate::common::{ANA, BEN, CARLA, FIRE, MORNING, Paper, ROOMS};
use forum::{CommentId, Refusal, Sort, Tally, Vote};
use reader::ReaderId;
use store::testing::on_both;
use store::{Db, Failure};

async fn votes(
    db: &Db,
    comment: CommentId,
    who: ReaderId,
    vote: Option<Vote>,
) -> Result<Result<(i64, i64), Refusal>, Failure> {
    let mut tx = db.begin().await?;
    let tally = forum::vote(&mut tx, comment, who, vote, MORNING).await?;
    tx.commit().await?;
    Ok(tally.map(|Tally { up, down }| (up, down)))
}

on_both!(a_vote_can_be_changed_and_taken_back, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(ANA, "Gut so.", MORNING).await?.expect("taken");
    assert_eq!(votes(&db, said, BEN, Some(Vote::Up)).await?, Ok((1, 0)));
    assert_eq!(votes(&db, said, BEN, Some(Vote::Up)).await?, Ok((1, 0)));
    assert_eq!(votes(&db, said, CARLA, Some(Vote::Down)).await?, Ok((1, 1)));
    assert_eq!(votes(&db, said, BEN, Some(Vote::Down)).await?, Ok((0, 2)));
    let own = forum::votes_of(&mut db.read().await?, BEN, &[said, CommentId(99)]).await?;
    assert_eq!(own, [(said, Vote::Down)]);
    assert_eq!(votes(&db, said, BEN, None).await?, Ok((0, 1)));
    assert_eq!(votes(&db, said, BEN, None).await?, Ok((0, 1)));
    assert_eq!(forum::votes_of(&mut db.read().await?, BEN, &[said]).await?, []);
    Ok(())
});

on_both!(nobody_votes_for_themselves_or_for_what_is_gone, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(ANA, "Gut so.", MORNING).await?.expect("taken");
    assert_eq!(votes(&db, said, ANA, Some(Vote::Up)).await?, Err(Refusal::Own));
    assert_eq!(votes(&db, CommentId(99), BEN, Some(Vote::Up)).await?, Err(Refusal::NoSuchComment));
    let mut tx = db.begin().await?;
    forum::remove(&mut tx, said, 1, MORNING).await?.expect("removed");
    tx.commit().await?;
    assert_eq!(votes(&db, said, BEN, Some(Vote::Up)).await?, Err(Refusal::NoSuchComment));
    Ok(())
});

on_both!(t5_1_forty_votes_of_one_reader_count_once, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(ANA, "Gut so.", MORNING).await?.expect("taken");
    let db = Arc::new(db);
    for (vote, expected) in
        [(Some(Vote::Up), (1, 0)), (Some(Vote::Down), (0, 1)), (None, (0, 0)), (Some(Vote::Down), (0, 1))]
    {
        let mut tries = Vec::new();
        for _ in 0..40 {
            let db = Arc::clone(&db);
            tries.push(tokio::spawn(async move { votes(&db, said, BEN, vote).await }));
        }
        for one in tries {
            one.await??.expect("counted");
        }
        let comment = forum::comment(&mut db.read().await?, said).await?.expect("there");
        assert_eq!((comment.up, comment.down), expected, "{vote:?}");
    }
    Ok(())
});

on_both!(a_restored_comment_stands_where_its_votes_put_it, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let liked = paper.says(ANA, "Beliebt", MORNING).await?.expect("taken");
    let other = paper.says(BEN, "Neuer", MORNING.plus(1)).await?.expect("taken");
    votes(&db, liked, CARLA, Some(Vote::Up)).await?.expect("counted");
    let best = async |db: &Db| -> Result<Vec<CommentId>, Failure> {
        let page = forum::page(&mut db.read().await?, FIRE, Sort::Best, None, 9).await?;
        Ok(page.conversations.iter().map(|c| c.top.id).collect())
    };
    assert_eq!(best(&db).await?, [liked, other]);
    let mut tx = db.begin().await?;
    forum::remove(&mut tx, liked, 1, MORNING).await?.expect("removed");
    tx.commit().await?;
    assert_eq!(best(&db).await?, [other, liked]);
    let mut tx = db.begin().await?;
    forum::restore(&mut tx, liked, 1, MORNING).await?.expect("restored");
    tx.commit().await?;
    assert_eq!(best(&db).await?, [liked, other]);
    Ok(())
});

on_both!(votes_from_elsewhere_count_beside_those_cast_here, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = paper.says(ANA, "Aus dem alten Forum.", MORNING).await?.expect("taken");
    let newer = paper.says(BEN, "Neu hier.", MORNING.plus(1)).await?.expect("taken");
    let mut tx = db.begin().await?;
    forum::carry_over(&mut tx, said, Tally { up: 74, down: 1 }).await?;
    tx.commit().await?;
    assert_eq!(votes(&db, said, BEN, Some(Vote::Up)).await?, Ok((75, 1)));
    assert_eq!(votes(&db, said, BEN, None).await?, Ok((74, 1)));
    let page = forum::page(&mut db.read().await?, FIRE, Sort::Best, None, 9).await?;
    assert_eq!(page.conversations.iter().map(|c| c.top.id).collect::<Vec<_>>(), [said, newer]);
    Ok(())
});
