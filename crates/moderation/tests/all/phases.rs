//! What every text passes before it appears, and that whatever is kept out leaves its reason behind. On both databases.

use forum::hours::{Reason, Scope, State};
use forum::waiting::{self, WaitingId};
use forum::{Change, CommentId, Contribution, Pace};
use moderation::phases::{self, Caution, Mode, Policy, Span, Waits};
use moderation::words::{self, Action, Draft, RuleId, Trial};
use moderation::{AdmissionId, Changed, Door, Finding, Moderator, Outcome, Rules, Taken, finding_of};
use reader::ReaderId;
use reader::inbox::Kind;
use store::testing::on_both;
use store::{Db, Failure, Time};
use story::Slug;

use crate::desk::common::{ANA, BEN, CARLA, FERRY, FIRE, MORNING, Paper, about, with_key};
use crate::desk::{ROOMS, carla};

const OPEN: State = State::Open { until: None };

/// The paper with what the desk has set, read anew as the event would have it.
struct Desk {
    db: Db,
    policy: Policy,
    carla: Moderator,
    section: Slug,
    state: State,
    minute: i64,
    risk: Option<f32>,
}

impl Desk {
    async fn new(db: Db) -> Result<Desk, Failure> {
        Paper::new(db.clone()).await?;
        let carla = carla(&db).await?;
        let section = Slug::parse("stadt").expect("a slug");
        Ok(Desk { db, policy: Policy::default(), carla, section, state: OPEN, minute: 450, risk: None })
    }

    async fn read(&mut self) -> Result<(), Failure> {
        self.policy = self.policy.read_again(&mut self.db.read().await?).await?;
        Ok(())
    }

    async fn rule(&mut self, forms: &str, action: Action, reason: &str) -> Result<RuleId, Failure> {
        let draft = draft(forms, action, reason);
        let mut tx = self.db.begin().await?;
        let id = words::add(&mut tx, &draft, &Trial::default(), None, self.carla, MORNING).await?;
        tx.commit().await?;
        self.read().await?;
        Ok(id.expect("a rule"))
    }

    async fn mode(&mut self, scope: Scope, span: Option<Span>, mode: Mode) -> Result<(), Failure> {
        let mut tx = self.db.begin().await?;
        phases::set_mode(&mut tx, &scope, span, mode, self.carla, MORNING).await?;
        tx.commit().await?;
        self.read().await
    }

    async fn caution(&mut self, numbers: [i64; 4]) -> Result<(), Failure> {
        let mut tx = self.db.begin().await?;
        let caution = Caution::of(numbers).expect("in range");
        phases::change_caution(&mut tx, caution, self.carla, MORNING).await?;
        tx.commit().await?;
        self.read().await
    }

    fn door(&self, who: ReaderId) -> Door<'_> {
        Door {
            policy: &self.policy,
            state: &self.state,
            pace: Pace { per_minute: 1000, per_hour: 1000 },
            section: &self.section,
            minute: self.minute,
            is_staff: who == CARLA,
            risk: self.risk,
        }
    }

    async fn posts(&self, said: &Contribution, at: Time) -> Result<Result<Taken, forum::Refusal>, Failure> {
        let mut tx = self.db.begin().await?;
        let taken = moderation::post(&mut tx, said, &self.door(said.author), at).await?;
        if taken.is_ok() {
            tx.commit().await?;
        }
        Ok(taken)
    }

    async fn says(&self, who: ReaderId, text: &str, at: Time) -> Result<Taken, Failure> {
        Ok(self.posts(&about(FIRE, who, None, text), at).await?.expect("taken"))
    }

    async fn appears(&self, who: ReaderId, text: &str, at: Time) -> Result<CommentId, Failure> {
        match self.says(who, text, at).await? {
            Taken::Here(comment) => Ok(comment),
            other => Err(Failure::new(format!("{text} does not appear: {other:?}"))),
        }
    }

    /// The phase that has it wait, or `None` if it appears.
    async fn phase(&self, who: ReaderId, text: &str, at: Time) -> Result<Option<String>, Failure> {
        Ok(match self.says(who, text, at).await? {
            Taken::Here(_) => None,
            Taken::Waits(id) => Some(self.finding(id).await?.phase),
            Taken::Withheld(_) => Some("withheld".to_owned()),
        })
    }

    async fn finding(&self, id: WaitingId) -> Result<Finding, Failure> {
        let found = finding_of(&mut self.db.read().await?, id).await?;
        found.ok_or_else(|| Failure::new("it waits and nobody knows why"))
    }

    async fn changes(&self, comment: CommentId, text: &str) -> Result<Changed, Failure> {
        let body = about(FIRE, ANA, None, text).body;
        let change = Change { comment, author: ANA, body, seen: 0 };
        let mut tx = self.db.begin().await?;
        let door = self.door(ANA);
        let changed = moderation::change(&mut tx, &change, FIRE, 5, &door, MORNING.plus(9)).await?;
        tx.commit().await?;
        Ok(changed.expect("not refused by the forum"))
    }

    async fn told(&self) -> Result<Vec<(Kind, String)>, Failure> {
        let told = reader::inbox::messages(&mut self.db.read().await?, ANA, None, 9).await?;
        Ok(told.into_iter().map(|told| (told.kind, told.words)).collect())
    }
}

fn draft(forms: &str, action: Action, reason: &str) -> Draft {
    let house = Rules::parse(moderation::BUILT_IN).expect("rules");
    Draft::parse(&house, forms, "", "2.1", action, reason).expect("a rule")
}

on_both!(what_a_rule_keeps_out_leaves_its_reason_behind, ROOMS, |db| async move {
    let mut desk = Desk::new(db.clone()).await?;
    desk.rule("*idiot", Action::Withhold, "Beschimpfungen erscheinen hier nicht.").await?;
    let said = with_key(about(FIRE, ANA, None, "Lauter V0llidioten!"), "form-0001");
    let Taken::Withheld(why) = desk.posts(&said, MORNING).await?.expect("taken") else {
        return Err("it is not withheld".into());
    };
    assert_eq!((why.clause.as_str(), why.is_automatic), ("2.1", true));
    assert_eq!(why.reason, "Beschimpfungen erscheinen hier nicht.");

    // Its author has the words, the decision and a message; nobody else has anything.
    let mut tx = db.read().await?;
    let own = waiting::own(&mut tx, ANA, 9).await?;
    assert_eq!(
        own.iter().map(|it| (it.body.as_str(), it.decision)).collect::<Vec<_>>(),
        [("Lauter V0llidioten!", Some(why.id.0))]
    );
    assert_eq!(moderation::refused(&mut tx, &[why.id]).await?, std::slice::from_ref(&why));
    assert_eq!(desk.told().await?, [(Kind::Withheld, "Beschimpfungen erscheinen hier nicht.".to_owned())]);
    assert_eq!(waiting::queue(&mut tx, None, 9).await?, []);
    assert_eq!(forum::threads(&mut tx, &[FIRE]).await?, []);
    let finding = desk.finding(own[0].id).await?;
    assert_eq!((finding.phase.as_str(), finding.outcome), ("words", Outcome::Withhold));
    assert_eq!(finding.facts.found.as_deref(), Some("V0llidioten"));
    assert_eq!(finding.admission, Some(why.id));
    drop(tx);

    // R2: the form again is the same answer and no second decision.
    assert_eq!(desk.posts(&said, MORNING.plus(5)).await?, Ok(Taken::Withheld(why)));
    assert_eq!(moderation::refused(&mut db.read().await?, &[AdmissionId(2)]).await?, []);
    // Who works for the paper may name the word.
    desk.appears(CARLA, "Wir lassen „Idiot“ nicht stehen.", MORNING).await?;
    Ok(())
});

on_both!(what_a_rule_holds_waits_with_its_word_and_can_be_let_in, ROOMS, |db| async move {
    let mut desk = Desk::new(db.clone()).await?;
    let rule = desk.rule("Depp", Action::Hold, "").await?;
    let Taken::Waits(id) = desk.says(ANA, "So ein D e p p.", MORNING).await? else {
        return Err("it does not wait".into());
    };
    let finding = desk.finding(id).await?;
    assert_eq!((finding.phase.as_str(), finding.outcome, finding.author), ("words", Outcome::Hold, ANA));
    assert_eq!(finding.facts.rule, Some(rule.0));
    assert_eq!(moderation::findings_of(&mut db.read().await?, &[id, WaitingId(99)]).await?, [finding]);

    let mut tx = db.begin().await?;
    let hours = forum::hours::Timetable::always(jiff::tz::TimeZone::UTC);
    let comment = moderation::approve(&mut tx, desk.carla, id, &hours, MORNING.plus(7)).await?.expect("in");
    tx.commit().await?;
    let about = moderation::findings_about(&mut db.read().await?, comment).await?;
    assert_eq!(about.iter().map(|it| (it.waiting, it.phase.as_str())).collect::<Vec<_>>(), [(None, "words")]);
    // The next that waits gets the same number, and a finding of its own.
    desk.rule("Dolm", Action::Hold, "").await?;
    let Taken::Waits(next) = desk.says(BEN, "Du Dolm.", MORNING.plus(8)).await? else {
        return Err("it does not wait".into());
    };
    assert_eq!(desk.finding(next).await?.facts.found.as_deref(), Some("Dolm"));
    // A rule that has ended says nothing more.
    let mut tx = db.begin().await?;
    assert!(words::end(&mut tx, rule, desk.carla, MORNING).await?);
    assert!(!words::end(&mut tx, rule, desk.carla, MORNING).await?);
    tx.commit().await?;
    desk.read().await?;
    desk.appears(ANA, "Noch ein Depp.", MORNING.plus(9)).await?;
    Ok(())
});

on_both!(a_mode_says_what_waits_and_the_narrower_goes_first, ROOMS, |db| async move {
    let mut desk = Desk::new(db.clone()).await?;
    let nothing = Mode::default();
    assert_eq!(desk.phase(ANA, "Ohne Modus.", MORNING).await?, None);
    desk.mode(Scope::Paper, None, Mode { waits: Waits::Readers, ..nothing }).await?;
    assert_eq!(desk.phase(ANA, "Vor dem Erscheinen.", MORNING).await?.as_deref(), Some("readers"));
    assert_eq!(desk.phase(CARLA, "Vom Haus.", MORNING).await?, None);
    desk.mode(Scope::Section(desk.section.clone()), None, Mode { links: true, ..nothing }).await?;
    assert_eq!(desk.phase(ANA, "Nur Links.", MORNING).await?, None);
    assert_eq!(desk.phase(ANA, "Hier: www.example.at", MORNING).await?.as_deref(), Some("links"));
    let night = Span::parse("22:00", "06:00");
    desk.mode(Scope::Section(desk.section.clone()), night, Mode { waits: Waits::Everything, ..nothing })
        .await?;
    assert_eq!(desk.phase(CARLA, "Am Tag.", MORNING).await?, None);
    desk.minute = 23 * 60;
    assert_eq!(desk.phase(CARLA, "In der Nacht.", MORNING).await?.as_deref(), Some("everything"));
    desk.mode(Scope::Article(FIRE), None, Mode { risk: Some(70), ..nothing }).await?;
    assert_eq!(desk.phase(ANA, "Unter diesem Artikel.", MORNING).await?, None);
    desk.risk = Some(0.7);
    let Taken::Waits(id) = desk.says(ANA, "Das ist heikel.", MORNING).await? else {
        return Err("it does not wait".into());
    };
    let finding = desk.finding(id).await?;
    assert_eq!((finding.phase.as_str(), finding.facts.count, finding.facts.of), ("risk", Some(70), Some(70)));
    assert!(finding.score.is_some_and(|score| (score - 0.7).abs() < 1e-6));
    // Another of the same place takes its place.
    desk.mode(Scope::Article(FIRE), None, nothing).await?;
    assert_eq!(desk.policy.modes().len(), 4);
    assert_eq!(desk.phase(ANA, "Wieder sofort.", MORNING).await?, None);
    // Whatever the mode, where the talk waits everything does.
    desk.state = State::Waiting { until: None, reason: Reason::Night };
    assert_eq!(desk.phase(CARLA, "Nach Freigabe.", MORNING).await?.as_deref(), Some("talk-waits"));
    Ok(())
});

on_both!(new_people_wait_until_so_many_have_appeared, ROOMS, |db| async move {
    let mut desk = Desk::new(db.clone()).await?;
    desk.mode(Scope::Paper, None, Mode { newcomers: 2, ..Mode::default() }).await?;
    let hours = forum::hours::Timetable::always(jiff::tz::TimeZone::UTC);
    for (n, text) in ["Mein erster.", "Mein zweiter."].into_iter().enumerate() {
        let Taken::Waits(id) = desk.says(ANA, text, MORNING).await? else {
            return Err("it does not wait".into());
        };
        let facts = desk.finding(id).await?.facts;
        assert_eq!((facts.count, facts.of), (i64::try_from(n).ok(), Some(2)));
        let mut tx = db.begin().await?;
        moderation::approve(&mut tx, desk.carla, id, &hours, MORNING.plus(1)).await?.expect("in");
        tx.commit().await?;
    }
    let third = desk.appears(ANA, "Mein dritter.", MORNING.plus(2)).await?;
    // A removal counts against them, a mark of the desk for them.
    let mut tx = db.begin().await?;
    forum::remove(&mut tx, third, 1, MORNING.plus(3)).await?.expect("removed");
    tx.commit().await?;
    assert_eq!(desk.phase(ANA, "Mein vierter.", MORNING.plus(4)).await?, None);
    assert_eq!(desk.phase(BEN, "Neu hier.", MORNING.plus(4)).await?.as_deref(), Some("newcomer"));
    let mut tx = db.begin().await?;
    assert!(reader::verify(&mut tx, BEN, CARLA, "Ausweis gesehen", MORNING).await?);
    tx.commit().await?;
    assert_eq!(desk.phase(BEN, "Man kennt mich.", MORNING.plus(5)).await?, None);
    Ok(())
});

on_both!(when_too_much_waits_only_links_go_on_waiting, ROOMS, |db| async move {
    let mut desk = Desk::new(db.clone()).await?;
    let mode = Mode { waits: Waits::Readers, relief: Some(30), ..Mode::default() };
    desk.mode(Scope::Paper, None, mode).await?;
    assert_eq!(desk.phase(ANA, "Der erste wartet.", MORNING).await?.as_deref(), Some("readers"));
    let soon = MORNING.plus_minutes(30);
    assert_eq!(desk.phase(BEN, "Noch geht es.", soon).await?.as_deref(), Some("readers"));
    let late = soon.plus(1);
    assert_eq!(desk.phase(BEN, "Jetzt ist es zu viel.", late).await?, None);
    assert_eq!(desk.phase(BEN, "Außer https://example.at/", late).await?.as_deref(), Some("links"));
    Ok(())
});

on_both!(the_desk_is_careful_about_repetition_history_and_speed, ROOMS, |db| async move {
    let mut desk = Desk::new(db.clone()).await?;
    desk.caution([1, 0, 0, 0]).await?;
    let spam = "Kaufen Sie bei mir.";
    desk.appears(ANA, spam, MORNING).await?;
    let again = desk.posts(&about(FERRY, ANA, None, spam), MORNING.plus(1)).await?.expect("taken");
    let Taken::Waits(id) = again else { return Err("it does not wait".into()) };
    assert_eq!(desk.finding(id).await?.phase, "alike");
    let tomorrow = MORNING.plus_minutes(24 * 60 + 1);
    let later = desk.posts(&about(FERRY, ANA, None, spam), tomorrow).await?.expect("taken");
    assert!(matches!(later, Taken::Here(_)), "{later:?}");

    desk.caution([0, 50, 30, 0]).await?;
    desk.rule("Depp", Action::Withhold, "Nein.").await?;
    for n in 0..3 {
        assert_eq!(desk.phase(BEN, &format!("Depp Nummer {n}"), MORNING).await?.as_deref(), Some("withheld"));
    }
    let Taken::Waits(id) = desk.says(BEN, "Ganz brav.", MORNING.plus(2)).await? else {
        return Err("it does not wait".into());
    };
    let finding = desk.finding(id).await?;
    assert_eq!(
        (finding.phase.as_str(), finding.facts.count, finding.facts.of),
        ("refused-lately", Some(3), Some(3))
    );
    let month_later = MORNING.plus_minutes(31 * 24 * 60);
    assert_eq!(desk.phase(BEN, "Lange her.", month_later).await?, None);

    desk.caution([0, 0, 0, 3]).await?;
    let quick = MORNING.plus_minutes(90 * 24 * 60);
    for who in 4..7 {
        assert_eq!(desk.phase(ReaderId(who), "Schnell!", quick).await?, None, "{who}");
    }
    assert_eq!(desk.phase(ReaderId(7), "Zu schnell!", quick).await?.as_deref(), Some("fast-thread"));
    assert_eq!(desk.phase(ReaderId(8), "Ruhiger.", quick.plus_minutes(10)).await?, None);
    Ok(())
});

on_both!(a_change_passes_the_phases_too, ROOMS, |db| async move {
    let mut desk = Desk::new(db.clone()).await?;
    desk.mode(Scope::Paper, None, Mode { links: true, ..Mode::default() }).await?;
    desk.rule("Depp", Action::Withhold, "Keine Beschimpfungen.").await?;
    let said = desk.appears(ANA, "Ohne Link.", MORNING).await?;
    let text = async || {
        let comment = forum::original(&mut db.read().await?, said).await?.expect("there");
        Ok::<_, Failure>(comment.body.as_str().to_owned())
    };
    assert_eq!(desk.changes(said, "Mit www.example.at").await?, Changed::Rests);
    assert_eq!(text().await?, "Ohne Link.");
    let Changed::Withheld(why) = desk.changes(said, "Ohne Link, du Depp.").await? else {
        return Err("it is not withheld".into());
    };
    assert_eq!(text().await?, "Ohne Link.");
    assert_eq!(moderation::refused(&mut db.read().await?, &[why.id]).await?, [why]);
    assert_eq!(desk.told().await?, [(Kind::Withheld, "Keine Beschimpfungen.".to_owned())]);
    let found = moderation::findings_about(&mut db.read().await?, said).await?;
    let found: Vec<_> = found.iter().map(|it| (it.phase.as_str(), it.outcome)).collect();
    assert_eq!(found, [("words", Outcome::Withhold), ("links", Outcome::Hold)]);
    assert_eq!(desk.changes(said, "Ohne Link.").await?, Changed::Done, "nothing is changed by it");
    assert_eq!(desk.changes(said, "Ohne Link, aber schöner.").await?, Changed::Done);
    assert_eq!(text().await?, "Ohne Link, aber schöner.");
    Ok(())
});

on_both!(t5_1_forty_sendings_of_one_form_are_judged_once, ROOMS, |db| async move {
    let mut desk = Desk::new(db.clone()).await?;
    desk.rule("Depp", Action::Withhold, "Nein.").await?;
    let said = with_key(about(FIRE, ANA, None, "Du Depp."), "form-0001");
    let desk = std::sync::Arc::new(desk);
    let mut tries = Vec::new();
    for _ in 0..40 {
        let (desk, said) = (std::sync::Arc::clone(&desk), said.clone());
        tries.push(tokio::spawn(async move { desk.posts(&said, MORNING).await }));
    }
    let mut answers = Vec::new();
    for one in tries {
        answers.push(one.await??.expect("taken"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let (decisions,): (i64,) = db.read().await?.one("select count(*) from admissions", ()).await?;
    assert_eq!((decisions, desk.told().await?.len()), (1, 1));
    Ok(())
});

on_both!(a_rule_is_tried_on_the_last_week_before_it_holds, ROOMS, |db| async move {
    let desk = Desk::new(db.clone()).await?;
    let old = MORNING.plus_minutes(-8 * 24 * 60);
    desk.appears(BEN, "Ein alter Depp.", old).await?;
    let bad = desk.appears(BEN, "Ein junger Depp.", MORNING).await?;
    desk.appears(ANA, "Johnny Depp spielt im Hafen, der Depp.", MORNING.plus(1)).await?;
    desk.appears(ANA, "Johnny Depp.", MORNING.plus(2)).await?;
    let mut tx = db.begin().await?;
    forum::remove(&mut tx, bad, 1, MORNING.plus(3)).await?.expect("removed");
    let depp = draft("Depp", Action::Hold, "");
    let trial = words::try_on_the_last_week(&mut tx, &depp, None, MORNING.plus(4)).await?;
    assert_eq!((trial.tried, trial.caught, trial.fine), (3, 2, 1));
    let shown: Vec<_> =
        trial.examples.iter().map(|it| (it.comment == bad, it.is_fine, it.found.as_str())).collect();
    assert_eq!(shown, [(false, true, "Depp"), (true, false, "Depp")]);
    // A rule takes the place of another, and its row remembers what the trial showed.
    let first = words::add(&mut tx, &depp, &trial, None, desk.carla, MORNING).await?.expect("a rule");
    let better = draft("*depp", Action::Hold, "");
    let second =
        words::add(&mut tx, &better, &trial, Some(first), desk.carla, MORNING).await?.expect("a rule");
    let again = words::add(&mut tx, &better, &trial, Some(first), desk.carla, MORNING).await?;
    assert_eq!(again, Err(words::Refusal::NoSuchRule));
    let all = words::all(&mut tx).await?;
    let all: Vec<_> = all.iter().map(|it| (it.id, it.replaces, it.tried, it.caught, it.fine)).collect();
    assert_eq!(all, [(second, Some(first), 3, 2, 1)]);
    Ok(())
});

/// A paper that had decided before there were rules, opened anew.
async fn decided_before(fresh: store::testing::Fresh) -> Result<(), Box<dyn std::error::Error>> {
    Paper::new(fresh.db.clone()).await?;
    let mut tx = fresh.db.begin().await?;
    let sql = "insert into admissions (id, author, moderator, clause, reason, at) values (7, $1, $2, '2.1', 'Darum.', 5)";
    tx.execute(sql, (ANA, CARLA)).await?;
    tx.commit().await?;
    let db = Db::open(&fresh.address, ROOMS, MORNING).await?;
    let kept = moderation::refused(&mut db.read().await?, &[AdmissionId(7)]).await?;
    let kept: Vec<_> = kept.iter().map(|it| (it.reason.as_str(), it.is_automatic, it.at)).collect();
    assert_eq!(kept, [("Darum.", false, Time(5))]);
    let mut tx = db.begin().await?;
    let sql = "insert into admissions (author, clause, reason, automatic, at) values ($1, '2.1', 'Nein.', 1, 6) returning id";
    assert_eq!(tx.insert(sql, (ANA,)).await?, 8, "it goes on counting");
    Ok(())
}

#[tokio::test]
async fn r10_decisions_from_before_keep_their_numbers() -> Result<(), Box<dyn std::error::Error>> {
    let mut before = ROOMS.to_vec();
    let of_this_room = before.last_mut().ok_or("rooms")?;
    of_this_room.steps = &of_this_room.steps[..2];
    decided_before(store::testing::sqlite(&before).await?).await?;
    if let Some(fresh) = store::testing::postgres(&before).await? {
        decided_before(fresh).await?;
    }
    Ok(())
}
