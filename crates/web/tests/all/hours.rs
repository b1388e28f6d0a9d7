//! The opening hours at the desk and on the pages of readers, on both databases.

use std::sync::atomic::Ordering;

use crate::cast::{Browser, Door, MORNING, ROOMS, article, paper, person, signed_in};
use http::{StatusCode, header};
use reader::Role;
use store::Db;
use store::testing::on_both;
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

const DESK: &str = "/desk/moderation/hours";
const CLOSINGS: &str = "/desk/moderation/closings";
const DAYS: &str = "/desk/moderation/days";

struct Scene {
    door: Door,
    article: String,
    anna: Browser,
    carla: Browser,
    nobody: Browser,
}

impl Scene {
    async fn new(db: Db) -> Result<Scene, Failed> {
        let (_, article) = article(&db).await?;
        let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
        let carla = person(&db, "Carla Kern", "carla@example.org", Role::Moderator).await?;
        Ok(Scene {
            article,
            anna: signed_in(&db, anna).await?,
            carla: signed_in(&db, carla).await?,
            nobody: Browser::default(),
            door: paper(db, Mailbox::Away)?,
        })
    }
}

on_both!(a_closed_talk_says_so_on_its_page_and_takes_nothing, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let Scene { door, article, anna, carla, nobody } = &mut scene;
    let page = nobody.get(door, article).await?;
    assert!(page.body.contains("offen bis"), "{}", page.body);
    let address = format!("https://uferbote.example{article}?x#comments");
    let form = [
        ("scope", "article"),
        ("mode", "closed"),
        ("article", &address),
        ("reason", "mourning"),
        ("note", "Für die Familie."),
    ];
    let closed = carla.post(door, CLOSINGS, &form).await?;
    assert_eq!(closed.header(header::LOCATION), "/desk/moderation/hours?said=closed", "{}", closed.body);
    // The kept page is no longer handed out: nothing had to be forgotten by hand.
    let page = nobody.get(door, article).await?;
    assert!(page.body.contains("Aus Respekt vor den Betroffenen") && page.body.contains("Für die Familie."));
    let said = anna.post(door, &format!("{article}/comments"), &[("text", "Mein Beileid")]).await?;
    assert_eq!(said.status, StatusCode::CONFLICT);
    assert!(said.body.contains("Mein Beileid"), "the words are given back");

    let desk = carla.get(door, DESK).await?;
    let reopening = desk.between("action=\"/desk/moderation/closings/", "/reopening\"").ok_or("a form")?;
    let reopening = format!("{CLOSINGS}/{reopening}/reopening");
    let again = carla.post(door, CLOSINGS, &form).await?;
    assert_eq!(again.status, StatusCode::CONFLICT, "it is closed already");
    let opened = carla.post(door, &reopening, &[]).await?;
    assert_eq!(opened.header(header::LOCATION), "/desk/moderation/hours?said=reopened");
    let opened = carla.post(door, &reopening, &[]).await?;
    assert_eq!(opened.header(header::LOCATION), "/desk/moderation/hours?said=opened-before");
    let said = anna.post(door, &format!("{article}/comments"), &[("text", "Mein Beileid")]).await?;
    assert_eq!(said.status, StatusCode::SEE_OTHER);
    Ok::<(), Failed>(())
});

on_both!(a_single_day_stands_in_the_calendar_and_in_the_notice, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let Scene { door, article, carla, nobody, .. } = &mut scene;
    let today = door.paper.hours.current().paper().date(MORNING).to_string();
    let day = [
        ("day", today.as_str()),
        ("hours", "22:00-23:00"),
        ("note", "Betriebsversammlung <heute>"),
        ("act", "set"),
    ];
    let set = carla.post(door, DAYS, &day).await?;
    assert_eq!(set.header(header::LOCATION), "/desk/moderation/hours?said=day", "{}", set.body);
    let desk = carla.get(door, DESK).await?;
    assert!(desk.body.contains("22:00–23:00") && desk.body.contains("Betriebsversammlung &lt;heute&gt;"));
    assert!(nobody.get(door, article).await?.body.contains("Betriebsversammlung &lt;heute&gt;"));
    let usual = carla.post(door, DAYS, &[("day", today.as_str()), ("act", "usual")]).await?;
    assert_eq!(usual.status, StatusCode::SEE_OTHER);
    assert!(!nobody.get(door, article).await?.body.contains("Betriebsversammlung"));
    Ok::<(), Failed>(())
});

on_both!(what_is_wrong_comes_back_with_what_was_typed, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let Scene { door, carla, .. } = &mut scene;
    let ok = [("scope", "paper"), ("mode", "closed"), ("reason", "law")];
    let long = "<b>".repeat(70);
    for (field, sentence) in [
        (("article", "/gibt/es-nicht"), "steht kein Artikel"),
        (("until", "2020-01-01T10:00"), "schon vorbei"),
        (("until", "gestern"), "Diesen Zeitpunkt gibt es nicht"),
        (("reason", "laune"), "Wählen Sie"),
        (("mode", "offen"), "Wählen Sie"),
        (("note", long.as_str()), "länger als 200 Zeichen"),
    ] {
        let mut form: Vec<_> = ok.into_iter().filter(|(name, _)| *name != field.0).collect();
        if field.0 == "article" {
            form[0].1 = "article";
        }
        form.push(field);
        let answer = carla.post(door, CLOSINGS, &form).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field:?}");
        assert!(answer.body.contains(sentence), "{field:?}: {}", answer.body);
        let given_back = field.1.replace('<', "&lt;").replace('>', "&gt;");
        assert!(
            ["reason", "mode"].contains(&field.0) || answer.body.contains(&given_back),
            "{field:?} is given back"
        );
    }
    let answer = carla.post(door, DAYS, &[("day", "2026-12-24"), ("hours", "8-12")]).await?;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("value=\"8-12\""));
    assert!(door.paper.hours.current().in_general(MORNING).is_open(), "nothing was closed");
    Ok::<(), Failed>(())
});

on_both!(t4_1_only_the_desk_speaks_about_the_hours, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let Scene { door, anna, nobody, .. } = &mut scene;
    for (path, form) in [
        (CLOSINGS.to_owned(), vec![("scope", "paper"), ("mode", "closed"), ("reason", "law")]),
        (format!("{CLOSINGS}/1/reopening"), vec![]),
        (DAYS.to_owned(), vec![("day", "2026-12-24"), ("hours", "closed")]),
    ] {
        assert_eq!(anna.post(door, &path, &form).await?.status, StatusCode::FORBIDDEN, "{path}");
        assert_ne!(nobody.post(door, &path, &form).await?.status, StatusCode::OK, "{path}");
    }
    assert_eq!(anna.get(door, DESK).await?.status, StatusCode::FORBIDDEN);
    assert!(door.paper.hours.current().in_general(MORNING).is_open());
    Ok::<(), Failed>(())
});

on_both!(each_holiday_has_a_name_in_both_languages, ROOMS, |db| async move {
    let scene = Scene::new(db).await?;
    scene.door.hand.store(MORNING.0, Ordering::SeqCst);
    for language in [story::Language::Austrian, story::Language::Swiss, story::Language::English] {
        let paper = theme::Paper {
            name: "Der Uferbote".to_owned(),
            origin: "https://uferbote.example".to_owned(),
            nameplate: None,
            claim: None,
            place: None,
            founded: None,
            publisher: None,
            contact: Vec::new(),
        };
        let days = forum::hours::Holiday::all().map(|holiday| theme::CalendarDay {
            holiday: Some(holiday.key().to_owned()),
            ..theme::CalendarDay::default()
        });
        let page = theme::DeskHoursPage {
            frame: theme::Frame::new(paper, language, theme::Kind::Desk, "Zeiten", MORNING),
            state: theme::ThreadState::Open { until: None },
            outside: "closed".to_owned(),
            weeks: vec![days.collect()],
            closings: Vec::new(),
            sections: Vec::new(),
            reasons: Vec::new(),
            closing: theme::ClosingForm::default(),
            day: theme::DayForm::default(),
            notice: None,
        };
        let html = scene.door.paper.theme.render(&page)?;
        for holiday in forum::hours::Holiday::all() {
            assert!(!html.contains(&format!("holiday-{}", holiday.key())), "{}", holiday.key());
        }
    }
    Ok::<(), Failed>(())
});
