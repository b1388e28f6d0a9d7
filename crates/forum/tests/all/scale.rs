//! What a large archive needs: many comments at once, words found within one thread, neighbours, what one reader said.

use crate::common::*;
use forum::{Brought, CommentId, Sort, Tally, Vote};
use reader::ReaderId;
use store::testing::on_both;
use store::{Db, Failure, Time, Tx};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Everything the forum keeps of a talk but ids of events and how fast somebody writes.
async fn rows(tx: &mut Tx) -> Outcome<String> {
    type Place = (i64, i64, Option<i64>, Option<i64>, i64, i64, String, i64);
    let sql = "select article, author, parent, root, place, fingerprint, text, at from comments order by id";
    let comments: Vec<Place> = tx.all(sql, ()).await?;
    let sql = "select up, down, score, replies, latest_reply from comments order by id";
    let numbers: Vec<(i64, i64, i64, i64, Option<i64>)> = tx.all(sql, ()).await?;
    let threads: Vec<(i64, i64, i64)> =
        tx.all("select article, comments, changed from threads order by article", ()).await?;
    let writers: Vec<(i64, i64, i64)> =
        tx.all("select reader, comments, removed from writers order by reader", ()).await?;
    Ok(format!("{comments:#?}\n{numbers:?}\n{threads:?}\n{writers:?}"))
}

/// Who says what to what, one minute after the other.
const SAID: [(ReaderId, Option<usize>, &str, usize); 6] = [
    (ANA, None, "Der Steg war morsch.", 3),
    (BEN, None, "Das wusste jeder.", 0),
    (CARLA, Some(0), "Seit Jahren.", 1),
    (ANA, Some(2), "Eben.", 2),
    (BEN, Some(0), "Wer zahlt?", 0),
    (CARLA, Some(1), "Ich nicht.", 4),
];

async fn posted(db: &Db) -> Outcome<String> {
    let paper = Paper::new(db.clone()).await?;
    let mut ids: Vec<CommentId> = Vec::new();
    for (n, (who, to, text, up)) in SAID.into_iter().enumerate() {
        let at = MORNING.plus_minutes(n as i64);
        let said = about(FIRE, who, to.map(|to| ids[to]), text);
        let id = paper.posts(&said, at).await?.expect("taken");
        for voter in 0..up {
            let mut tx = db.begin().await?;
            let voter = ReaderId(10 + voter as i64);
            forum::vote(&mut tx, id, voter, Some(Vote::Up), at).await?.expect("counted");
            tx.commit().await?;
        }
        ids.push(id);
    }
    while forum::keep_words(db).await? > 0 {}
    rows(&mut db.read().await?).await
}

async fn brought(db: &Db, slices: &[usize]) -> Outcome<String> {
    let _ = Paper::new(db.clone()).await?;
    let mut tx = db.begin().await?;
    let ids = forum::take_ids(&mut tx, SAID.len()).await?;
    let said: Vec<Brought> = SAID
        .into_iter()
        .enumerate()
        .map(|(n, (author, to, text, up))| Brought {
            id: ids[n],
            article: FIRE,
            author,
            parent: to.map(|to| ids[to]),
            body: forum::Body::parse(text).expect("a body"),
            at: MORNING.plus_minutes(n as i64),
            votes: Tally { up: up as i64, down: 0 },
        })
        .collect();
    let mut rest = &said[..];
    for slice in slices {
        let (some, others) = rest.split_at(*slice);
        forum::bring(&mut tx, some, MORNING).await?;
        rest = others;
    }
    tx.commit().await?;
    rows(&mut db.read().await?).await
}

#[tokio::test]
async fn what_is_brought_in_stands_as_if_it_had_been_posted() -> Outcome<()> {
    let one = store::testing::sqlite(ROOMS).await?;
    let expected = posted(&one.db).await?;
    for slices in [&[6][..], &[1, 1, 1, 1, 1, 1], &[3, 3]] {
        let other = store::testing::sqlite(ROOMS).await?;
        assert_eq!(brought(&other.db, slices).await?, expected);
        if let Some(other) = store::testing::postgres(ROOMS).await? {
            assert_eq!(brought(&other.db, slices).await?, expected);
        }
    }
    Ok(())
}

on_both!(somebody_posts_after_many_were_brought_in, ROOMS, |db| async move {
    let before = brought(&db, &[6]).await?;
    let open = forum::hours::State::Open { until: None };
    let mut tx = db.begin().await?;
    let said = about(FIRE, ANA, None, "Und jetzt?");
    let id = forum::post(&mut tx, &said, open, forum::Pace::default(), MORNING.plus_minutes(9)).await?;
    assert_eq!(id, Ok(forum::Posted::Here(CommentId(7))));
    tx.commit().await?;
    assert_ne!(rows(&mut db.read().await?).await?, before);
    Ok(())
});

async fn found(db: &Db, article: archive::ArticleId, question: &str) -> Result<Vec<i64>, Failure> {
    let found = forum::search(&mut db.read().await?, article, question, None, 50).await?;
    Ok(found.into_iter().map(|comment| comment.id.0).collect())
}

on_both!(words_are_found_in_their_own_thread_latest_first, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let first = paper.says(ANA, "Hochwasserschutz für den Hafen", MORNING).await?.expect("taken").0;
    let second = paper.says(BEN, "Das HOCHWASSER kam über den Hafen", MORNING).await?.expect("taken").0;
    let elsewhere =
        paper.posts(&about(FERRY, ANA, None, "Hochwasser auch hier"), MORNING).await?.expect("taken").0;
    assert!(found(&db, FIRE, "hafen").await?.is_empty(), "not yet");
    assert_eq!(forum::keep_words(&db).await?, 3);
    assert_eq!(forum::keep_words(&db).await?, 0, "nobody waits any more");
    assert_eq!(found(&db, FIRE, "hochwasser").await?, [second, first]);
    assert_eq!(found(&db, FERRY, "hochwasser").await?, [elsewhere]);
    assert_eq!(
        found(&db, FIRE, "uber hafen").await?,
        Vec::<i64>::new(),
        "umlauts are spelled out, not dropped"
    );
    assert_eq!(found(&db, FIRE, "über hafen").await?, [second]);
    assert_eq!(found(&db, FIRE, "\" OR 1x --").await?, Vec::<i64>::new());
    assert_eq!(found(&db, FIRE, " … ").await?, Vec::<i64>::new());
    let before = forum::search(&mut db.read().await?, FIRE, "hafen", Some(CommentId(second)), 50).await?;
    assert_eq!(before.iter().map(|comment| comment.id.0).collect::<Vec<_>>(), [first]);
    Ok(())
});

on_both!(t4_3_a_removed_comment_is_not_found, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let kept = paper.says(ANA, "Der Hafen brennt", MORNING).await?.expect("taken");
    assert_eq!(forum::keep_words(&db).await?, 1);
    let waiting = paper.says(BEN, "Der Hafen steht", MORNING).await?.expect("taken");
    for comment in [kept, waiting] {
        let mut tx = db.begin().await?;
        assert!(forum::remove(&mut tx, comment, 1, MORNING).await?.is_some());
        tx.commit().await?;
    }
    assert_eq!(forum::keep_words(&db).await?, 0, "what was removed before its words were kept never has any");
    assert!(found(&db, FIRE, "hafen").await?.is_empty());
    let mut tx = db.begin().await?;
    assert!(forum::restore(&mut tx, kept, 2, MORNING).await?.is_some());
    tx.commit().await?;
    assert_eq!(forum::keep_words(&db).await?, 1);
    assert_eq!(found(&db, FIRE, "hafen").await?, [kept.0]);
    Ok(())
});

on_both!(a_comment_knows_what_stands_around_it, ROOMS, |db| async move {
    brought(&db, &[6]).await?;
    let mut tx = db.read().await?;
    let around = async |tx: &mut Tx, id: i64| -> Outcome<(Option<i64>, Option<i64>)> {
        let comment = forum::comment(tx, CommentId(id)).await?.expect("it is there");
        let (before, after) = forum::neighbours(tx, &comment).await?;
        Ok((before.map(|c| c.id.0), after.map(|c| c.id.0)))
    };
    assert_eq!(around(&mut tx, 1).await?, (None, Some(2)));
    assert_eq!(around(&mut tx, 2).await?, (Some(1), None));
    assert_eq!(around(&mut tx, 4).await?, (Some(3), Some(5)));
    let answers = forum::answers(&mut tx, CommentId(3), CommentId(0), 9).await?;
    assert_eq!(answers.iter().map(|c| c.id.0).collect::<Vec<_>>(), [4]);
    let said = forum::said_by(&mut tx, ANA, None, 1).await?;
    assert_eq!(said.iter().map(|c| c.id.0).collect::<Vec<_>>(), [4]);
    let said = forum::said_by(&mut tx, ANA, Some(said[0].bookmark(Sort::Newest)), 9).await?;
    assert_eq!(said.iter().map(|c| c.id.0).collect::<Vec<_>>(), [1]);
    Ok(())
});

on_both!(the_page_of_a_comment_begins_a_few_above_it, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let mut ids = Vec::new();
    for n in 0..9_i64 {
        ids.push(
            paper.says(ReaderId(10 + n), &format!("Nummer {n}"), Time(MORNING.0 + n)).await?.expect("taken"),
        );
    }
    let reply = paper.answers(ANA, ids[2], "Wirklich?", MORNING.plus(99)).await?.expect("taken");
    let mut tx = db.read().await?;
    for asked in [ids[2], reply] {
        let comment = forum::comment(&mut tx, asked).await?.expect("it is there");
        let begins = forum::page_with(&mut tx, &comment, 2).await?;
        let page = forum::page(&mut tx, FIRE, Sort::Newest, begins, 3).await?;
        let shown: Vec<CommentId> = page.conversations.iter().map(|c| c.top.id).collect();
        assert_eq!(shown, [ids[4], ids[3], ids[2]]);
    }
    let last = forum::comment(&mut tx, ids[7]).await?.expect("it is there");
    assert_eq!(forum::page_with(&mut tx, &last, 2).await?, None, "it stands on the first page");
    Ok(())
});
