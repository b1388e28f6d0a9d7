//! Posting, reading, removing and drafts, on both databases.

use crate::common::{ANA, BEN, CARLA, FERRY, FIRE, MORNING, Paper, ROOMS, about, with_key};
use forum::hours::{Reason, State};
use forum::{Body, Comment, CommentId, Contribution, Pace, Refusal, Sort, Thread, Words};
use reader::ReaderId;
use store::testing::on_both;
use store::{Db, Failure, Time};

async fn read(db: &Db, id: CommentId) -> Result<Comment, Failure> {
    let comment = forum::comment(&mut db.read().await?, id).await?;
    comment.ok_or_else(|| Failure::new("no such comment"))
}

async fn thread(db: &Db) -> Result<Option<Thread>, Failure> {
    Ok(forum::threads(&mut db.read().await?, &[FIRE]).await?.pop())
}

fn text(comment: &Comment) -> &str {
    match &comment.words {
        Words::Here(body) => body.as_str(),
        Words::Removed { .. } => "(removed)",
        Words::TakenBack { .. } => "(taken back)",
    }
}

on_both!(a_comment_is_read_as_it_was_posted, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let id = paper.says(ANA, "Es brennt.\n\nSchon wieder.", MORNING).await?.expect("taken");
    let reply = paper.answers(BEN, id, "Wo?", MORNING.plus(1)).await?.expect("taken");
    let deeper = paper.answers(ANA, reply, "Am Hafen.", MORNING.plus(2)).await?.expect("taken");
    let deepest = paper.answers(CARLA, deeper, "Danke!", MORNING.plus(3)).await?.expect("taken");

    let top = read(&db, id).await?;
    assert_eq!((text(&top), top.name.as_str(), top.replies), ("Es brennt.\n\nSchon wieder.", "Ana", 3));
    assert_eq!(top.latest_reply, Some(MORNING.plus(3)));
    let deepest = read(&db, deepest).await?;
    assert_eq!((deepest.root, deepest.parent, deepest.place), (Some(id), Some(deeper), 3));
    assert_eq!(deepest.answers.as_deref(), Some("Ana"));
    let above = forum::above(&mut db.read().await?, &deepest).await?;
    assert_eq!(above.iter().map(|c| c.id).collect::<Vec<_>>(), [id, reply, deeper]);
    let thread = thread(&db).await?.expect("a thread");
    assert_eq!((thread.comments, thread.changed), (4, MORNING.plus(3)));
    Ok(())
});

on_both!(t1_1_the_longest_text_comes_back_whole, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let longest = "🔥".repeat(1500);
    let id = paper.says(ANA, &longest, MORNING).await?.expect("taken");
    assert_eq!(text(&read(&db, id).await?), longest);
    Ok(())
});

on_both!(one_second_after_closing_nothing_is_taken_and_the_draft_is_kept, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let closing = paper.hours.next_flip(MORNING).expect("it closes");
    paper.says(ANA, "In letzter Sekunde.", closing.plus(-1)).await?.expect("taken");
    let late = about(FIRE, ANA, None, "Zu spät.");
    let mut tx = db.begin().await?;
    let refusal = forum::post(
        &mut tx,
        &late,
        paper.hours.state(closing.plus_seconds(1)),
        Pace::default(),
        closing.plus_seconds(1),
    )
    .await?;
    let opening = closing.plus_minutes(10 * 60);
    let state = State::Closed { until: Some(opening), reason: Reason::Night };
    assert_eq!(refusal, Err(Refusal::Closed { state }));
    forum::keep_draft(&mut tx, ANA, FIRE, None, &late.body, closing.plus_seconds(1)).await?;
    tx.commit().await?;

    assert_eq!(thread(&db).await?.map(|thread| thread.comments), Some(1));
    let draft = forum::draft(&mut db.read().await?, ANA, FIRE).await?.expect("kept");
    assert_eq!((draft.body.as_str(), draft.at), ("Zu spät.", closing.plus_seconds(1)));
    assert_eq!(forum::draft(&mut db.read().await?, BEN, FIRE).await?, None);
    paper.says(ANA, "Zu spät.", opening).await?.expect("taken");
    assert_eq!(forum::drafts(&mut db.read().await?, ANA).await?, []);
    Ok(())
});

on_both!(r2_a_form_sent_twice_is_one_comment, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let said = with_key(about(FIRE, ANA, None, "Einmal."), "form-0001");
    let first = paper.posts(&said, MORNING).await?.expect("taken");
    assert_eq!(paper.posts(&said, MORNING.plus(1)).await?, Ok(first));
    // The answer got lost in the evening: the retry after closing still finds the comment.
    assert_eq!(paper.posts(&said, MORNING.plus_minutes(18 * 60)).await?, Ok(first));
    assert_eq!(thread(&db).await?.map(|thread| thread.comments), Some(1));
    // The key is its author's own.
    let other = paper.posts(&with_key(about(FIRE, BEN, None, "Zweimal."), "form-0001"), MORNING).await?;
    assert_ne!(other, Ok(first));
    Ok(())
});

on_both!(r2_forty_sendings_at_once_are_one_comment, ROOMS, |db| async move {
    let paper = std::sync::Arc::new(Paper::new(db.clone()).await?);
    let mut sendings = Vec::new();
    for _ in 0..40 {
        let paper = std::sync::Arc::clone(&paper);
        sendings.push(tokio::spawn(async move {
            paper.posts(&with_key(about(FIRE, ANA, None, "Einmal."), "form-0001"), MORNING).await
        }));
    }
    let mut ids = std::collections::HashSet::new();
    for sending in sendings {
        ids.insert(sending.await??.expect("taken"));
    }
    assert_eq!(ids.len(), 1);
    assert_eq!(thread(&db).await?.map(|thread| thread.comments), Some(1));
    Ok(())
});

on_both!(r2_words_taken_back_can_be_said_again_and_two_people_thanked, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let rash = paper.says(ANA, "Genau so!", MORNING).await?.expect("taken");
    let mut tx = db.begin().await?;
    assert!(forum::take_back(&mut tx, rash, ANA, forum::Why::TakenBack, MORNING.plus(1)).await?);
    tx.commit().await?;
    let again = paper.says(ANA, "Genau so!", MORNING.plus(2)).await?.expect("the first is gone");
    assert_ne!(again, rash);

    let other = paper.says(BEN, "Drei Tage Steine geräumt.", MORNING).await?.expect("taken");
    let thanks = paper.answers(CARLA, again, "Danke!", MORNING.plus(3)).await?.expect("taken");
    paper.answers(CARLA, other, "Danke!", MORNING.plus(4)).await?.expect("thanks somebody else");
    let twice = paper.answers(CARLA, again, "Danke!", MORNING.plus(5)).await?;
    assert_eq!(twice, Err(Refusal::Repeated { first: thanks }));
    Ok(())
});

on_both!(the_same_words_twice_are_refused_for_ten_minutes, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let first = paper.says(ANA, "Genau so!", MORNING).await?.expect("taken");
    let again = paper.says(ANA, "  genau\nSO!", MORNING.plus_minutes(9)).await?;
    assert_eq!(again, Err(Refusal::Repeated { first }));
    paper.says(BEN, "Genau so!", MORNING).await?.expect("another reader may say the same");
    paper.posts(&about(FERRY, ANA, None, "Genau so!"), MORNING).await?.expect("in another thread too");
    paper.says(ANA, "Genau so!", MORNING.plus_minutes(10)).await?.expect("and later");
    Ok(())
});

on_both!(t5_3_a_flood_is_slowed_down, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    for n in 0..5 {
        paper.says(ANA, &format!("Nummer {n}"), MORNING.plus_seconds(n)).await?.expect("taken");
    }
    let again = MORNING.plus_minutes(1);
    assert_eq!(
        paper.says(ANA, "Nummer 5", MORNING.plus_seconds(59)).await?,
        Err(Refusal::TooOften { again })
    );
    paper.says(BEN, "Nummer 5", MORNING.plus_seconds(59)).await?.expect("others may go on");
    paper.says(ANA, "Nummer 5", again).await?.expect("taken");
    // Five a minute go on until the hour has its sixty.
    let mut taken = 6;
    let mut refused = None;
    for n in 6..80 {
        match paper.says(ANA, &format!("Nummer {n}"), MORNING.plus_seconds(n * 13)).await? {
            Ok(_) => taken += 1,
            Err(refusal) => refused = Some(refusal),
        }
    }
    assert_eq!((taken, refused), (60, Some(Refusal::TooOften { again: MORNING.plus_minutes(60) })));
    // A clock that jumps back does not lock anybody out.
    paper.says(ANA, "Gestern", MORNING.plus_minutes(-60)).await?.expect("taken");
    Ok(())
});

on_both!(t5_3_simultaneous_comments_do_not_pass_the_limit, ROOMS, |db| async move {
    let paper = std::sync::Arc::new(Paper::new(db.clone()).await?);
    let mut sendings = Vec::new();
    for n in 0..40 {
        let paper = std::sync::Arc::clone(&paper);
        sendings.push(tokio::spawn(async move { paper.says(ANA, &format!("Nummer {n}"), MORNING).await }));
    }
    let mut taken = 0;
    for sending in sendings {
        taken += i32::from(sending.await??.is_ok());
    }
    assert_eq!(taken, 5);
    assert_eq!(thread(&db).await?.map(|thread| thread.comments), Some(5));
    assert_eq!(forum::writer(&mut db.read().await?, ANA).await?.comments, 5);
    Ok(())
});

on_both!(simultaneous_replies_get_places_of_their_own, ROOMS, |db| async move {
    let paper = std::sync::Arc::new(Paper::new(db.clone()).await?);
    let root = paper.says(ANA, "Fragen?", MORNING).await?.expect("taken");
    let mut sendings = Vec::new();
    for n in 10..50 {
        let paper = std::sync::Arc::clone(&paper);
        sendings
            .push(tokio::spawn(async move { paper.answers(ReaderId(n), root, "Ja", MORNING.plus(n)).await }));
    }
    for sending in sendings {
        sending.await??.expect("taken");
    }
    let places: Vec<i64> =
        forum::replies(&mut db.read().await?, root, 0, 200).await?.iter().map(|reply| reply.place).collect();
    assert_eq!(places, (1..=40).collect::<Vec<_>>());
    assert_eq!(read(&db, root).await?.replies, 40);
    Ok(())
});

on_both!(an_answer_needs_a_comment_in_the_same_thread, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let elsewhere = paper.posts(&about(FERRY, ANA, None, "Anderswo"), MORNING).await?.expect("taken");
    assert_eq!(paper.answers(BEN, elsewhere, "Hier?", MORNING).await?, Err(Refusal::NoSuchComment));
    assert_eq!(paper.answers(BEN, CommentId(999), "Hier?", MORNING).await?, Err(Refusal::NoSuchComment));
    let removed = paper.says(ANA, "Frechheit", MORNING).await?.expect("taken");
    let mut tx = db.begin().await?;
    forum::remove(&mut tx, removed, 1, MORNING).await?.expect("removed");
    tx.commit().await?;
    assert_eq!(paper.answers(BEN, removed, "Selber!", MORNING).await?, Err(Refusal::NoSuchComment));
    Ok(())
});

on_both!(t4_3_a_removed_comment_keeps_its_place_and_loses_its_words, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let rude = paper.says(ANA, "Geheimwort", MORNING).await?.expect("taken");
    let reply = paper.answers(BEN, rude, "Bitte freundlich.", MORNING.plus(1)).await?.expect("taken");
    let mut tx = db.begin().await?;
    forum::remove(&mut tx, rude, 77, MORNING.plus(5)).await?.expect("removed");
    assert_eq!(forum::remove(&mut tx, rude, 78, MORNING.plus(6)).await?, None, "once is enough");
    tx.commit().await?;

    let mut tx = db.read().await?;
    for sort in [Sort::Newest, Sort::Oldest, Sort::Best, Sort::MostDiscussed] {
        let page = forum::page(&mut tx, FIRE, sort, None, 20).await?;
        let top = &page.conversations[0];
        assert_eq!(top.top.words, Words::Removed { decision: 77, at: MORNING.plus(5) });
        assert_eq!(top.replies[0].id, reply);
        assert!(!format!("{page:?}").contains("Geheimwort"));
    }
    assert!(!format!("{:?}", forum::above(&mut tx, &read(&db, reply).await?).await?).contains("Geheimwort"));
    assert!(!format!("{:?}", forum::comments(&mut tx, &[rude]).await?).contains("Geheimwort"));
    assert_eq!(thread(&db).await?.map(|t| (t.comments, t.changed)), Some((1, MORNING.plus(5))));
    // Its author and the desk can read it.
    let own = forum::own_comments(&mut tx, ANA, None, 20).await?;
    assert_eq!((own[0].body.as_str(), own[0].comment.is_removed()), ("Geheimwort", true));
    assert_eq!(
        forum::original(&mut tx, rude).await?.map(|o| o.body),
        Some(Body::parse("Geheimwort").expect("a body"))
    );
    drop(tx);

    let mut tx = db.begin().await?;
    forum::restore(&mut tx, rude, 79, MORNING.plus(9)).await?.expect("restored");
    assert_eq!(forum::restore(&mut tx, rude, 80, MORNING.plus(9)).await?, None);
    tx.commit().await?;
    assert_eq!(text(&read(&db, rude).await?), "Geheimwort");
    assert_eq!(thread(&db).await?.map(|t| t.comments), Some(2));
    let mut tx = db.begin().await?;
    forum::remove(&mut tx, rude, 81, MORNING.plus(12)).await?.expect("it can be removed again");
    tx.commit().await?;
    assert_eq!(read(&db, rude).await?.words, Words::Removed { decision: 81, at: MORNING.plus(12) });
    assert_eq!(forum::writer(&mut db.read().await?, ANA).await?, forum::Writer { comments: 1, removed: 1 });
    Ok(())
});

on_both!(t5_1_exactly_one_of_forty_removals_wins, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let rude = paper.says(ANA, "Frechheit", MORNING).await?.expect("taken");
    for round in 0..2 {
        for (expected_count, removes) in [(0, true), (1, false)] {
            let mut tries = Vec::new();
            for n in 0..40 {
                let db = db.clone();
                tries.push(tokio::spawn(async move {
                    let mut tx = db.begin().await?;
                    let won = if removes {
                        forum::remove(&mut tx, rude, n, MORNING).await?
                    } else {
                        forum::restore(&mut tx, rude, n, MORNING).await?
                    };
                    if won.is_some() {
                        tx.commit().await?;
                    }
                    Ok::<_, Failure>(won.is_some())
                }));
            }
            let mut winners = 0;
            for one in tries {
                winners += i32::from(one.await??);
            }
            assert_eq!(winners, 1, "round {round}, removing: {removes}");
            assert_eq!(thread(&db).await?.map(|t| t.comments), Some(expected_count));
        }
    }
    Ok(())
});

on_both!(a_page_goes_on_where_the_last_one_ended, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let mut ids = Vec::new();
    for n in 0..25_i64 {
        // Three at a time in the same millisecond, so that only the id tells them apart.
        let said = about(FIRE, ReaderId(4 + n), None, &format!("Nummer {n}"));
        ids.push(paper.posts(&said, MORNING.plus(n / 3)).await?.expect("taken"));
        for up in 0..(n % 5) {
            let mut tx = db.begin().await?;
            forum::vote(&mut tx, ids[n as usize], ReaderId(40 + up), Some(forum::Vote::Up), MORNING)
                .await?
                .expect("counted");
            tx.commit().await?;
        }
    }
    for (n, id) in ids.iter().enumerate() {
        for reply in 0..(n % 3) {
            let who = ReaderId(20 + n as i64);
            paper.answers(who, *id, &format!("Antwort {reply}"), MORNING.plus(500)).await?.expect("taken");
        }
    }
    let mut tx = db.read().await?;
    for sort in [Sort::Newest, Sort::Oldest, Sort::Best, Sort::MostDiscussed] {
        let mut seen = Vec::new();
        let mut bookmark = None;
        loop {
            let page = forum::page(&mut tx, FIRE, sort, bookmark, 4).await?;
            assert!(page.conversations.len() <= 4);
            seen.extend(page.conversations.iter().map(|c| c.top.id));
            match page.next {
                Some(next) => bookmark = Some(next.to_string().parse()?),
                None => break,
            }
        }
        let mut expected = ids.clone();
        match sort {
            Sort::Newest => expected.reverse(),
            Sort::Oldest => {}
            Sort::Best => expected.sort_by_key(|id| {
                let n = ids.iter().position(|other| other == id).unwrap_or(0);
                (std::cmp::Reverse(n % 5), std::cmp::Reverse(n))
            }),
            Sort::MostDiscussed => expected.sort_by_key(|id| {
                let n = ids.iter().position(|other| other == id).unwrap_or(0);
                (std::cmp::Reverse(n % 3), std::cmp::Reverse(n))
            }),
        }
        assert_eq!(seen, expected, "{sort:?}");
    }
    Ok(())
});

on_both!(two_replies_stand_below_and_the_others_are_folded, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let quiet = paper.says(ANA, "Ruhig hier", MORNING).await?.expect("taken");
    let busy = paper.says(ANA, "Was meint ihr?", MORNING).await?.expect("taken");
    for n in 0..5_i64 {
        let who = ReaderId(10 + n);
        paper.answers(who, busy, &format!("Antwort {n}"), MORNING.plus(n)).await?.expect("taken");
    }
    let mut tx = db.read().await?;
    let page = forum::page(&mut tx, FIRE, Sort::Oldest, None, 20).await?;
    assert_eq!(page.conversations.iter().map(|c| c.top.id).collect::<Vec<_>>(), [quiet, busy]);
    assert_eq!(page.conversations[0].replies, []);
    let shown: Vec<&str> = page.conversations[1].replies.iter().map(text).collect();
    assert_eq!(shown, ["Antwort 0", "Antwort 1"]);
    let top = &page.conversations[1].top;
    assert_eq!((top.replies, top.latest_reply), (5, Some(MORNING.plus(4))));
    let rest = forum::replies(&mut tx, busy, 2, 2).await?;
    assert_eq!(rest.iter().map(text).collect::<Vec<_>>(), ["Antwort 2", "Antwort 3"]);
    Ok(())
});

on_both!(the_liveliest_threads_come_first, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    paper.posts(&about(FERRY, ANA, None, "Fähre"), MORNING).await?.expect("taken");
    paper.says(ANA, "Feuer", MORNING.plus(1)).await?.expect("taken");
    paper.says(BEN, "Feuer!", MORNING.plus(2)).await?.expect("taken");
    let mut tx = db.read().await?;
    let lively = |threads: Vec<Thread>| threads.iter().map(|t| (t.article, t.comments)).collect::<Vec<_>>();
    assert_eq!(lively(forum::most_discussed(&mut tx, MORNING, 5).await?), [(FIRE, 2), (FERRY, 1)]);
    assert_eq!(lively(forum::most_discussed(&mut tx, MORNING.plus(1), 5).await?), [(FIRE, 2)]);
    assert_eq!(lively(forum::most_discussed(&mut tx, Time(0), 1).await?), [(FIRE, 2)]);
    assert_eq!(lively(forum::threads(&mut tx, &[FERRY, FIRE]).await?), [(FIRE, 2), (FERRY, 1)]);
    Ok(())
});

on_both!(the_desk_reads_the_latest_of_the_whole_paper, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let one = paper.says(ANA, "eins", MORNING).await?.expect("taken");
    let two = paper.posts(&about(FERRY, BEN, None, "zwei"), MORNING).await?.expect("taken");
    let three = paper.says(ANA, "drei", MORNING).await?.expect("taken");
    let mut tx = db.read().await?;
    let latest = forum::latest(&mut tx, None, 2).await?;
    let seen: Vec<_> = latest.iter().map(|o| (o.comment.id, o.is_first)).collect();
    assert_eq!(seen, [(three, false), (two, true)]);
    let earlier = forum::latest(&mut tx, Some(two), 2).await?;
    assert_eq!(earlier.iter().map(|o| o.comment.id).collect::<Vec<_>>(), [one]);
    assert_eq!(forum::newest(&mut tx).await?, Some(three));
    assert_eq!(forum::newer_than(&mut tx, one).await?, [(two, FERRY), (three, FIRE)]);
    Ok(())
});

on_both!(what_changes_a_thread_is_told_once_it_is_there, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let mut listener = store::events::listen(&db);
    let said: Contribution = about(FIRE, ANA, None, "Hört!");
    let mut tx = db.begin().await?;
    forum::post(&mut tx, &said, paper.hours.state(MORNING), Pace::default(), MORNING).await?.expect("taken");
    drop(tx);
    paper.posts(&said, MORNING).await?.expect("taken");
    let heard = listener.next().await;
    let expected = store::Event { topic: forum::THREAD.to_owned(), subject: FIRE.0 };
    assert_eq!(heard, Some(store::events::Heard::Event(expected)));
    Ok(())
});
