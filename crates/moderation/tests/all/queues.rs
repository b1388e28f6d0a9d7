//! The desk's queues: order, claims, decisions of many at once, reports. On both databases.

use std::collections::HashMap;
use std::sync::Arc;

use forum::hours::{State, Timetable};
use forum::waiting::WaitingId;
use forum::{CommentId, Contribution, Pace, Posted, lanes};
use moderation::queue::{self, QUEUES, page};
use moderation::{Act, Case, Desk, Moderator, Refusal, Remark, Rules, claim, decide, report};
use reader::{ReaderId, Role};
use store::testing::on_both;
use store::{Db, Failure, Time, Tx};

use crate::desk::common::{ANA, BEN, CARLA, FIRE, MORNING, Paper, about};
use crate::desk::{ROOMS, reason};

fn rules() -> Rules {
    Rules::parse(moderation::BUILT_IN).expect("rules")
}

fn timetable(paper: &Paper) -> Timetable {
    Timetable::new(paper.hours.clone(), [].into(), None)
}

async fn appointed(db: &Db, who: impl IntoIterator<Item = i64>) -> Result<Vec<Moderator>, Failure> {
    let mut tx = db.begin().await?;
    let mut moderators = Vec::new();
    for id in who.into_iter().map(ReaderId) {
        reader::appoint(&mut tx, id, Role::Moderator, None, MORNING).await?.expect("appointed");
        moderators.push(Moderator::appointed(&mut tx, id).await?.expect("one now"));
    }
    tx.commit().await?;
    Ok(moderators)
}

async fn waits(tx: &mut Tx, said: &Contribution, now: Time) -> Result<WaitingId, Failure> {
    let state = State::Waiting { until: None, reason: forum::hours::Reason::Night };
    match forum::post(tx, said, state, Pace { per_minute: 999, per_hour: 999 }, now).await? {
        Ok(Posted::Waits(id)) => Ok(id),
        other => Err(Failure::new(format!("it does not wait: {other:?}"))),
    }
}

async fn decides(
    db: &Db,
    desk: Desk<'_>,
    who: Moderator,
    case: Case,
    act: Act<'_>,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let mut tx = db.begin().await?;
    let answer = decide(&mut tx, desk, who, case, act, now).await?;
    if answer.is_ok() {
        tx.commit().await?;
    }
    Ok(answer)
}

async fn reports(
    db: &Db,
    who: ReaderId,
    comment: CommentId,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let mut tx = db.begin().await?;
    let remark = Remark::parse("Da wird jemand beschimpft.").expect("a remark");
    let answer = report(&mut tx, &rules(), who, comment, "2.1", &remark, now).await?;
    if answer.is_ok() {
        tx.commit().await?;
    }
    Ok(answer)
}

/// Reported comments, as if so many readers had been busy.
async fn many_reported(db: &Db, count: i64) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    for id in 1..=count {
        let sql = "insert into comments (id, article, author, place, fingerprint, text, at, up, down, score, replies)
                   values ($1, $2, $3, 0, $1, 'Ein Satz.', $4, 0, 0, 0, 0)";
        tx.execute(sql, (id, FIRE, ANA, MORNING)).await?;
        let sql =
            "insert into cases (comment, queue, rank, since, reports) values ($1, 'reported', $2, $3, 1)";
        tx.execute(sql, (id, id % 7, MORNING.plus(id / 3))).await?;
    }
    let sql = "insert into threads (article, comments, changed) values ($1, $2, $3)";
    tx.execute(sql, (FIRE, count, MORNING)).await?;
    let sql = "insert into writers (reader, comments, removed, minute, in_minute, hour, in_hour) values ($1, $2, 0, 0, 0, 0, 0)";
    tx.execute(sql, (ANA, count)).await?;
    tx.commit().await
}

/// Takes one case after the other until nothing is left; gives what this moderator decided.
async fn a_shift(db: Arc<Db>, who: Moderator, hours: Arc<Timetable>) -> Result<Vec<Case>, Failure> {
    let (rules, insult, mut decided) = (rules(), reason("Eine Beschimpfung."), Vec::new());
    loop {
        let mut tx = db.begin().await?;
        let Some(case) = moderation::next(&mut tx, who, None, MORNING).await? else { return Ok(decided) };
        tx.commit().await?;
        let removes = decided.len() % 10 == 9;
        let act = if removes { Act::Refuse { clause: "2.1", reason: &insult } } else { Act::LetStand };
        let desk = Desk { rules: &rules, hours: &hours };
        decides(&db, desk, who, case, act, MORNING.plus(1))
            .await?
            .map_err(|refusal| Failure::new(format!("{case} was claimed and yet: {refusal:?}")))?;
        decided.push(case);
    }
}

on_both!(t5_1_twenty_moderators_decide_five_thousand_cases_once_each, ROOMS, |db| async move {
    const CASES: i64 = 5000;
    let paper = Paper::new(db.clone()).await?;
    many_reported(&db, CASES).await?;
    let moderators = appointed(&db, 20..40).await?;
    let (db, hours) = (Arc::new(db), Arc::new(timetable(&paper)));
    let shifts =
        moderators.into_iter().map(|who| tokio::spawn(a_shift(Arc::clone(&db), who, Arc::clone(&hours))));
    let mut decided: HashMap<Case, usize> = HashMap::new();
    for shift in shifts.collect::<Vec<_>>() {
        for case in shift.await?? {
            *decided.entry(case).or_default() += 1;
        }
    }
    assert_eq!(decided.len() as i64, CASES, "none is lost");
    assert!(decided.values().all(|times| *times == 1), "none is decided twice");
    let mut tx = db.read().await?;
    let (ends, left, held): (i64, i64, i64) = tx
        .one("select (select count(*) from case_ends), (select count(*) from cases), (select count(*) from case_claims)", ())
        .await?;
    assert_eq!((ends, left, held), (CASES, 0, 0));
    Ok(())
});

on_both!(t5_1_of_forty_decisions_at_once_one_counts_and_the_others_are_told_whose, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let moderators = appointed(&db, 4..44).await?;
    let mut tx = db.begin().await?;
    let id = waits(&mut tx, &about(FIRE, ANA, None, "Es brennt."), MORNING).await?;
    tx.commit().await?;
    let comment = paper.says(BEN, "Und wie.", MORNING).await?.expect("posted");
    reports(&db, ANA, comment, MORNING).await?.expect("reported");
    let (db, hours) = (Arc::new(db), Arc::new(timetable(&paper)));
    for case in [Case::Waiting(id), Case::Comment(comment)] {
        let mut tries = Vec::new();
        for (n, who) in moderators.iter().copied().enumerate() {
            let (db, hours) = (Arc::clone(&db), Arc::clone(&hours));
            tries.push(tokio::spawn(async move {
                let (rules, insult) = (rules(), reason("Eine Beschimpfung."));
                let act =
                    if n % 2 == 0 { Act::LetStand } else { Act::Refuse { clause: "2.1", reason: &insult } };
                decides(&db, Desk { rules: &rules, hours: &hours }, who, case, act, MORNING.plus(1)).await
            }));
        }
        let mut won = 0;
        for one in tries {
            match one.await?? {
                Ok(()) => won += 1,
                Err(Refusal::Decided { .. } | Refusal::Claimed { .. }) => {}
                Err(other) => panic!("{case}: {other:?}"),
            }
        }
        let (ends,): (i64,) = db
            .read()
            .await?
            .one("select count(*) from case_ends where subject = $1", (case.to_string(),))
            .await?;
        // Whoever let the comment stand is followed by nobody: only what is open can stay, and what stands can still be removed.
        assert!(if case == Case::Waiting(id) { won == 1 } else { (1..=2).contains(&won) }, "{case}: {won}");
        assert_eq!(ends, won, "{case}");
    }
    Ok(())
});

on_both!(a_case_belongs_to_whoever_opened_it_until_they_let_go_or_time_is_over, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let [eva, jakob] = appointed(&db, [10, 11]).await?[..] else { panic!("two") };
    let (rules, hours) = (rules(), timetable(&paper));
    let desk = Desk { rules: &rules, hours: &hours };
    let mut tx = db.begin().await?;
    let case = Case::Waiting(waits(&mut tx, &about(FIRE, ANA, None, "Es brennt."), MORNING).await?);
    claim(&mut tx, eva, case, MORNING).await?.expect("hers");
    let over = MORNING.plus_minutes(moderation::CLAIM_MINUTES);
    match claim(&mut tx, jakob, case, MORNING.plus(1)).await? {
        Err(Refusal::Claimed { by, until }) => {
            assert_eq!((by.map(|name| name.to_string()).as_deref(), until), (Some("Leser 10"), over));
        }
        other => panic!("{other:?}"),
    }
    let seen =
        moderation::claims(&mut tx, jakob, &[case, Case::Comment(CommentId(9))], MORNING.plus(1)).await?;
    assert_eq!(seen.iter().map(|it| (it.case, it.is_mine)).collect::<Vec<_>>(), [(case, false)]);
    assert_eq!(moderation::next(&mut tx, jakob, None, MORNING.plus(1)).await?, None, "nothing is free");
    tx.commit().await?;
    let early = decides(&db, desk, jakob, case, Act::LetStand, MORNING.plus(2)).await?;
    assert!(matches!(early, Err(Refusal::Claimed { .. })), "{early:?}");

    // Letting go of what somebody else has does nothing; of one's own it is free at once.
    let mut tx = db.begin().await?;
    moderation::release(&mut tx, jakob, case).await?;
    assert!(claim(&mut tx, jakob, case, MORNING.plus(3)).await?.is_err());
    moderation::release(&mut tx, eva, case).await?;
    claim(&mut tx, jakob, case, MORNING.plus(4)).await?.expect("his");
    // He goes to lunch: at the end of his time it is anybody's.
    let lapsed = MORNING.plus(4).plus_minutes(moderation::CLAIM_MINUTES);
    assert!(claim(&mut tx, eva, case, lapsed.plus(-1)).await?.is_err());
    claim(&mut tx, eva, case, lapsed).await?.expect("hers again");
    tx.commit().await?;
    decides(&db, desk, eva, case, Act::LetStand, lapsed.plus(1)).await?.expect("decided");
    match decides(&db, desk, jakob, case, Act::LetStand, lapsed.plus(2)).await? {
        Err(Refusal::Decided { by, at }) => assert_eq!((by.as_str(), at), ("Leser 10", lapsed.plus(1))),
        other => panic!("{other:?}"),
    }
    Ok(())
});

on_both!(a_reported_comment_comes_back_with_the_next_report_also_after_approval, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let [eva] = appointed(&db, [10]).await?[..] else { panic!("one") };
    let (rules, hours) = (rules(), timetable(&paper));
    let desk = Desk { rules: &rules, hours: &hours };
    let comment = paper.says(ANA, "Sie Dummkopf!", MORNING).await?.expect("posted");
    let case = Case::Comment(comment);
    assert_eq!(reports(&db, ANA, comment, MORNING).await?, Err(Refusal::OwnComment));
    assert_eq!(reports(&db, BEN, CommentId(99), MORNING).await?, Err(Refusal::NoSuchComment));
    reports(&db, BEN, comment, MORNING).await?.expect("reported");
    assert_eq!(reports(&db, BEN, comment, MORNING).await?, Err(Refusal::ReportedAlready));
    let first = queue::open(&mut db.read().await?, case).await?.expect("open");
    reports(&db, CARLA, comment, MORNING.plus(5)).await?.expect("reported");
    let second = queue::open(&mut db.read().await?, case).await?.expect("open");
    assert!(second.risk > first.risk && second.reports == 2 && second.since == MORNING, "{second:?}");

    decides(&db, desk, eva, case, Act::LetStand, MORNING.plus(6)).await?.expect("it stays");
    assert_eq!(queue::open(&mut db.read().await?, case).await?, None);
    assert!(matches!(
        decides(&db, desk, eva, case, Act::LetStand, MORNING.plus(7)).await?,
        Err(Refusal::Decided { .. })
    ));
    reports(&db, ReaderId(12), comment, MORNING.plus(8)).await?.expect("reported");
    let again = queue::open(&mut db.read().await?, case).await?.expect("it is back");
    assert_eq!((again.reports, again.since), (1, MORNING.plus(8)));
    let said = moderation::reports(&mut db.read().await?, comment).await?;
    assert_eq!(said.len(), 3, "the desk sees what was said before too");

    let insult = reason("„Dummkopf“ ist eine Beschimpfung.");
    let refuse = Act::Refuse { clause: "2.1", reason: &insult };
    decides(&db, desk, eva, case, refuse, MORNING.plus(9)).await?.expect("removed");
    let mut tx = db.read().await?;
    assert_eq!(queue::open(&mut tx, case).await?, None);
    let told = reader::inbox::messages(&mut tx, ANA, None, 9).await?;
    assert_eq!(
        told.iter().map(|told| told.words.as_str()).collect::<Vec<_>>(),
        ["„Dummkopf“ ist eine Beschimpfung."]
    );
    assert_eq!(moderation::closed_since(&mut tx, MORNING).await?, (2, 1));
    Ok(())
});

on_both!(t5_3_nobody_reports_more_than_twenty_comments_in_an_hour, ROOMS, |db| async move {
    Paper::new(db.clone()).await?;
    many_reported(&db, 25).await?;
    for id in 1..=moderation::PER_HOUR {
        reports(&db, BEN, CommentId(id), MORNING).await?.expect("reported");
    }
    assert_eq!(reports(&db, BEN, CommentId(21), MORNING.plus(1)).await?, Err(Refusal::ReportsTooOften));
    reports(&db, BEN, CommentId(21), MORNING.plus_minutes(61)).await?.expect("an hour later");
    Ok(())
});

on_both!(a_change_after_a_decision_is_looked_at_again, ROOMS, |db| async move {
    let paper = Paper::new(db.clone()).await?;
    let [eva] = appointed(&db, [10]).await?[..] else { panic!("one") };
    let (rules, hours) = (rules(), timetable(&paper));
    let comment = paper.says(ANA, "Schön.", MORNING).await?.expect("posted");
    let mut tx = db.begin().await?;
    assert!(!moderation::look_again(&mut tx, comment, MORNING).await?, "nobody had read it");
    tx.commit().await?;
    reports(&db, BEN, comment, MORNING).await?.expect("reported");
    let desk = Desk { rules: &rules, hours: &hours };
    decides(&db, desk, eva, Case::Comment(comment), Act::LetStand, MORNING).await?.expect("it stays");
    let mut tx = db.begin().await?;
    assert!(moderation::look_again(&mut tx, comment, MORNING.plus(1)).await?);
    let open = queue::open(&mut tx, Case::Comment(comment)).await?.expect("open");
    assert_eq!((open.queue.key, open.reports), ("edited", 0));
    tx.commit().await?;
    reports(&db, CARLA, comment, MORNING.plus(2)).await?.expect("reported");
    let open = queue::open(&mut db.read().await?, Case::Comment(comment)).await?.expect("open");
    assert_eq!((open.queue.key, open.reports), ("reported", 1), "what is reported goes before");
    Ok(())
});

on_both!(queues_go_by_risk_then_by_age_and_every_case_is_on_one_page, ROOMS, |db| async move {
    Paper::new(db.clone()).await?;
    many_reported(&db, 30).await?;
    let mut tx = db.begin().await?;
    for n in 0..30_i64 {
        let author = ReaderId(4 + n);
        let id =
            waits(&mut tx, &about(FIRE, author, None, &format!("Wort {n}")), MORNING.plus(n / 4)).await?;
        let (lane, risk) = [("rule", 70), ("new", n), (lanes::APPROVAL, 0)][n as usize % 3];
        assert!(lanes::put(&mut tx, id, lane, queue::rank_of(risk)).await?);
    }
    tx.commit().await?;
    let mut tx = db.read().await?;
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = page(&mut tx, None, after, 7).await?;
        seen.extend(page.entries);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 60);
    assert!(seen.is_sorted_by_key(|entry| (queue::rank_of(entry.risk), entry.since)));
    let mut cases: Vec<Case> = seen.iter().map(|entry| entry.case).collect();
    cases.sort_unstable();
    cases.dedup();
    assert_eq!(cases.len(), 60, "each once");
    for queue in QUEUES {
        let of_this = seen.iter().filter(|entry| entry.queue == queue);
        let figures = queue::figures(&mut tx, queue, MORNING.plus_minutes(queue.target).plus(4)).await?;
        assert_eq!(figures.open, of_this.clone().count() as i64, "{}", queue.key);
        assert_eq!(
            figures.late,
            of_this.clone().filter(|entry| entry.since < MORNING.plus(4)).count() as i64,
            "{}",
            queue.key
        );
        assert_eq!(figures.oldest, of_this.map(|entry| entry.since).min(), "{}", queue.key);
        let one = page(&mut tx, Some(queue), None, 100).await?;
        assert!(one.entries.iter().eq(seen.iter().filter(|entry| entry.queue == queue)), "{}", queue.key);
    }
    Ok(())
});

on_both!(the_desks_own_text_for_a_clause_is_the_latest_one, ROOMS, |db| async move {
    Paper::new(db.clone()).await?;
    let [eva] = appointed(&db, [10]).await?[..] else { panic!("one") };
    let rules = rules();
    let mut tx = db.begin().await?;
    for text in ["Erst so.", "Dann so."] {
        moderation::prepare(&mut tx, &rules, eva, "2.1", Some(&reason(text)), MORNING).await?.expect("kept");
    }
    moderation::prepare(&mut tx, &rules, eva, "2.2", Some(&reason("Kurz.")), MORNING).await?.expect("kept");
    moderation::prepare(&mut tx, &rules, eva, "2.2", None, MORNING).await?.expect("built in again");
    let no_ground = moderation::prepare(&mut tx, &rules, eva, "4.1", None, MORNING).await?;
    assert_eq!(no_ground, Err(Refusal::UnknownClause));
    let texts = moderation::prepared(&mut tx).await?;
    let texts: Vec<_> =
        texts.values().map(|it| (it.clause.as_str(), it.text.as_str(), it.by.as_str())).collect();
    assert_eq!(texts, [("2.1", "Dann so.", "Leser 10")]);
    Ok(())
});
