//! What listeners hear, on both databases. Time stands still: each look is made by hand.

use super::*;

use ::forum::hours::{Mode, Order, Scope, State};
use ::forum::{Body as Words, Contribution, Pace};
use reader::{Mail, Name, Newcomer, ReaderId, Role};
use store::Migrations;
use store::testing::on_both;
use story::{Article, Language, Line, Slug};

const ROOMS: &[Migrations] = &[
    store::MIGRATIONS,
    archive::MIGRATIONS,
    reader::MIGRATIONS,
    ::forum::MIGRATIONS,
    ::moderation::MIGRATIONS,
    ::games::MIGRATIONS,
];
const NOON: Time = Time(1_795_510_800_000);

fn line(text: &str) -> Line {
    Line::parse("line", text, 200).expect("a line")
}

async fn article(tx: &mut Tx, name: &str) -> Result<ArticleId, Failure> {
    let slug = |text| Slug::parse(text).expect("a slug");
    archive::add_section(tx, &slug("stadt"), &line("Stadt"), NOON).await?;
    let article = Article {
        source: line(name),
        slug: slug(name),
        section: slug("stadt"),
        language: Language::Austrian,
        kicker: None,
        headline: line(name),
        lead: None,
        authors: vec![],
        agencies: vec![],
        place: None,
        published: None,
        body: vec![],
        figures: vec![],
    };
    Ok(archive::publish(tx, &article, &line("Ada"), NOON).await?.expect("published"))
}

async fn admit(tx: &mut Tx, name: &str) -> Result<ReaderId, Failure> {
    let mail = Mail::parse(&format!("{name}@example.org")).expect("an address");
    let name = Name::of_staff(name).expect("a name");
    let newcomer = Newcomer { name, mail, password: None, language: Language::Austrian };
    Ok(reader::admit(tx, &newcomer, Role::Reader, NOON).await?.expect("admitted"))
}

/// Every article here stands in the same section.
fn subject(article: ArticleId) -> Subject {
    Subject { article, section: Slug::parse("stadt").expect("a slug"), published: NOON }
}

/// A paper with two articles and two readers, somebody who watches the events, and whoever listens.
struct Scene {
    db: Db,
    live: Live,
    round: Round,
    events: events::Listener,
    fire: ArticleId,
    ferry: ArticleId,
    people: [ReaderId; 2],
}

impl Scene {
    async fn new(db: Db) -> Result<Scene, Failure> {
        let mut tx = db.begin().await?;
        let (fire, ferry) = (article(&mut tx, "brand").await?, article(&mut tx, "faehre").await?);
        let people = [admit(&mut tx, "Anna").await?, admit(&mut tx, "Bert").await?];
        tx.commit().await?;
        let events = events::listen(&db);
        let mut scene =
            Scene { db, live: Live::default(), round: Round::default(), events, fire, ferry, people };
        scene.look().await?;
        Ok(scene)
    }

    async fn says(&self, article: ArticleId, text: &str) -> Result<CommentId, Failure> {
        let body = Words::parse(text).expect("a body");
        let said = Contribution { article, author: self.people[0], parent: None, body, key: None };
        let mut tx = self.db.begin().await?;
        let pace = Pace { per_minute: 500, per_hour: 500 };
        let posted =
            ::forum::post(&mut tx, &said, State::Open { until: None }, pace, NOON).await?.expect("taken");
        tx.commit().await?;
        Ok(posted.here().expect("it is open"))
    }

    /// Looks at the clock; says whether kept pages are no longer right.
    async fn look_at(&mut self, hours: &Openings, now: Time) -> Result<bool, Failure> {
        self.round.look_at_the_clock(hours, &self.live, &self.db, now).await
    }

    /// Hears everything told so far, and makes one look.
    async fn look(&mut self) -> Result<(), Failure> {
        // A sentence of our own marks the end of what was told before it.
        let mut tx = self.db.begin().await?;
        events::tell(&mut tx, "mark", 0, NOON).await?;
        tx.commit().await?;
        while let Some(heard) = self.events.next().await {
            if matches!(&heard, Heard::Event(event) if event.topic == "mark") {
                break;
            }
            self.round.hear(heard);
        }
        self.round.tell(&self.live, &self.db).await
    }
}

fn heard(receiver: &mut Receiver<Bytes>) -> Vec<String> {
    let messages = std::iter::from_fn(|| receiver.try_recv().ok());
    messages.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

on_both!(what_happens_in_a_second_is_one_message, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let mut listener = scene.live.join(subject(scene.fire));
    let mut elsewhere = scene.live.join(subject(scene.ferry));
    let one = scene.says(scene.fire, "Es brennt!").await?;
    let two = scene.says(scene.fire, "Immer noch.").await?;
    scene.look().await?;
    let expected =
        format!("id: {two}\nevent: thread\ndata: {{\"count\":2,\"ids\":[{one},{two}],\"new\":2}}\n\n");
    assert_eq!(heard(&mut listener), [expected]);
    assert_eq!(heard(&mut elsewhere), [""; 0]);
    scene.look().await?;
    assert_eq!(heard(&mut listener), [""; 0], "nothing is told twice");
    Ok(())
});

on_both!(what_was_said_before_the_start_is_not_news, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    scene.says(scene.fire, "Gestern.").await?;
    scene.round = Round::default();
    scene.look().await?;
    let mut listener = scene.live.join(subject(scene.fire));
    let today = scene.says(scene.fire, "Heute.").await?;
    scene.look().await?;
    let told = heard(&mut listener);
    assert!(told.len() == 1 && told[0].contains(&format!("\"ids\":[{today}]")), "{told:?}");
    Ok(())
});

on_both!(a_vote_and_a_removal_are_changes_of_a_comment, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let said = scene.says(scene.fire, "Es brennt!").await?;
    scene.look().await?;
    let mut listener = scene.live.join(subject(scene.fire));
    let mut tx = scene.db.begin().await?;
    ::forum::vote(&mut tx, said, scene.people[1], Some(::forum::Vote::Up), NOON).await?.expect("counted");
    ::forum::remove(&mut tx, said, 1, NOON).await?.expect("removed");
    tx.commit().await?;
    scene.look().await?;
    assert_eq!(
        heard(&mut listener),
        [
            format!("id: {said}\nevent: thread\ndata: {{\"count\":0,\"ids\":[],\"new\":0}}\n\n"),
            format!("id: {said}\nevent: changed\ndata: {{\"id\":{said}}}\n\n"),
        ]
    );
    Ok(())
});

on_both!(what_could_not_be_looked_up_is_told_as_a_change_of_everything, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let said = scene.says(scene.fire, "Es brennt!").await?;
    scene.look().await?;
    let mut listener = scene.live.join(subject(scene.fire));
    let mut tx = scene.db.begin().await?;
    ::forum::remove(&mut tx, said, 1, NOON).await?.expect("removed");
    tx.execute("alter table threads rename to away", ()).await?;
    tx.commit().await?;
    assert!(scene.look().await.is_err());
    let mut tx = scene.db.begin().await?;
    tx.execute("alter table away rename to threads", ()).await?;
    tx.commit().await?;
    scene.look().await?;
    let told = heard(&mut listener).concat();
    assert!(told.contains("\"count\":0") && told.contains("data: {\"id\":0}"), "{told}");
    Ok(())
});

on_both!(t1_5_a_message_never_carries_words, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let mut listener = scene.live.join(subject(scene.fire));
    scene.says(scene.fire, "</script>\n\nevent: hours\ndata: {}").await?;
    scene.look().await?;
    let told = heard(&mut listener);
    assert!(told.len() == 1 && !told[0].contains("script") && !told[0].contains("hours"), "{told:?}");
    Ok(())
});

on_both!(who_comes_back_is_told_what_they_missed, ROOMS, |db| async move {
    let scene = Scene::new(db).await?;
    let first = scene.says(scene.fire, "eins").await?;
    scene.says(scene.ferry, "anderswo").await?;
    let last = scene.says(scene.fire, "zwei").await?;
    let hours = Timetable::always(jiff::tz::TimeZone::UTC);
    let mut tx = scene.db.read().await?;
    let told = missed(&mut tx, &hours, &subject(scene.fire), first, NOON).await?;
    assert!(told.contains(&format!("\"ids\":[{last}],\"new\":1")), "{told}");
    assert!(told.contains("event: hours\ndata: {\"open\":true}\n\n"), "{told}");
    // A number from nowhere tells nothing wrong.
    let told = missed(&mut tx, &hours, &subject(scene.fire), CommentId(i64::MAX), NOON).await?;
    assert!(told.contains("\"ids\":[],\"new\":0"), "{told}");
    Ok(())
});

on_both!(a_listener_that_stalls_holds_nobody_up, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let mut stalled = scene.live.join(subject(scene.fire));
    for n in 0..BEHIND + 5 {
        scene.says(scene.fire, &format!("Nummer {n}")).await?;
        scene.look().await?;
    }
    let mut fresh = scene.live.join(subject(scene.fire));
    scene.says(scene.fire, "Ende").await?;
    scene.look().await?;
    assert_eq!(heard(&mut fresh).len(), 1);
    assert!(matches!(stalled.recv().await, Err(RecvError::Lagged(_))), "it is let go");
    drop((stalled, fresh));
    assert!(scene.live.watched().is_empty(), "a thread nobody listens to is forgotten");
    Ok(())
});

on_both!(lost_events_make_everybody_look_again, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let said = scene.says(scene.fire, "Es brennt!").await?;
    scene.look().await?;
    let mut listener = scene.live.join(subject(scene.fire));
    scene.round.hear(Heard::Lost);
    scene.look().await?;
    let told = heard(&mut listener);
    assert!(told.contains(&format!("id: {said}\nevent: changed\ndata: {{\"id\":0}}\n\n")), "{told:?}");
    Ok(())
});

on_both!(a_talk_flips_once_by_the_clock_and_by_the_desk, ROOMS, |db| async move {
    let week = ::forum::hours::Settings {
        zone: "UTC".to_owned(),
        monday: "06:00-20:00".to_owned(),
        ..::forum::hours::Settings::default()
    };
    let hours = Openings::new(Timetable::new(week.hours()?, [].into(), None));
    let mut scene = Scene::new(db).await?;
    let (mut fire, mut ferry) = (scene.live.join(subject(scene.fire)), scene.live.join(subject(scene.ferry)));
    // Monday, 23 November 2026.
    let six = Time(1_795_413_600_000);
    assert!(!scene.look_at(&hours, six.plus(-1)).await?, "the first look only remembers");
    assert!(scene.look_at(&hours, six).await?);
    assert!(!scene.look_at(&hours, six.plus(1)).await?);
    let opened = ["id: 0\nevent: hours\ndata: {\"open\":true}\n\n"];
    assert_eq!(
        (heard(&mut fire), heard(&mut ferry)),
        (opened.map(String::from).into(), opened.map(String::from).into())
    );

    let ten = six.plus_minutes(4 * 60);
    let until = Some(ten.plus_minutes(30));
    let mut tx = scene.db.begin().await?;
    let order = Order {
        scope: Scope::Article(scene.fire),
        mode: Mode::Closed,
        why: ::forum::hours::Why::Heated,
        note: None,
        until,
    };
    assert!(::forum::hours::close(&mut tx, &order, scene.people[0], ten).await?.is_some());
    tx.commit().await?;
    scene.look().await?;
    assert!(scene.look_at(&hours, ten).await?, "the desk has closed a talk");
    assert!(scene.look_at(&hours, ten.plus_minutes(30)).await?, "its time is over");
    let break_ = ["id: 0\nevent: hours\ndata: {\"open\":false}\n\n", opened[0]];
    assert_eq!(heard(&mut fire), break_);
    assert!(heard(&mut ferry).is_empty(), "nothing has changed there");

    assert!(scene.look_at(&hours, six.plus_minutes(14 * 60)).await?);
    assert_eq!(heard(&mut ferry), [break_[0]]);
    assert!(scene.look_at(&hours, six.plus_minutes(60)).await?, "the clock was set back");
    assert_eq!(heard(&mut ferry), [opened[0]]);
    Ok(())
});

on_both!(t3_6_streams_of_somebody_whose_session_ended_are_over, ROOMS, |db| async move {
    let scene = Scene::new(db).await?;
    let [anna, bert] = scene.people;
    let mut listener = scene.live.join(subject(scene.fire));
    let (mut annas, mut berts) = (Some(scene.live.sign_in(anna)), Some(scene.live.sign_in(bert)));
    let told = |subject| Heard::Event(Event { topic: reader::ENDED.to_owned(), subject });
    scene.live.hear(&told(anna.0));
    assert_eq!(next(&mut listener, &mut annas).await, None);
    scene.live.tell(scene.fire, &Bytes::from_static(b"news"));
    assert_eq!(next(&mut listener, &mut berts).await.as_deref(), Some(&b"news"[..]), "the others hear on");
    scene.live.hear(&told(0));
    assert_eq!(next(&mut listener, &mut berts).await, None, "everybody was signed out");
    scene.live.tell(scene.fire, &Bytes::from_static(b"more"));
    assert_eq!(next(&mut listener, &mut None).await.as_deref(), Some(&b"more"[..]), "who never was is not");
    Ok(())
});
