//! A talk in which everything waits for approval: for who writes, for the desk, and for everybody else. On both databases.

use crate::cast::{Answer, Browser, Door, ROOMS, article, paper, person, signed_in};
use http::{StatusCode, header};
use reader::Role;
use store::Db;
use store::testing::on_both;
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

const QUEUE: &str = "/desk/moderation?queue=waiting";
const DECISIONS: &str = "/desk/moderation/decisions";

struct Scene {
    door: Door,
    article: String,
    anna: Browser,
    ben: Browser,
    carla: Browser,
    nobody: Browser,
}

impl Scene {
    /// Carla has had everything under the article wait.
    async fn new(db: Db) -> Result<Scene, Failed> {
        let (_, article) = article(&db).await?;
        let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
        let ben = person(&db, "Ben Wald", "ben@example.org", Role::Reader).await?;
        let carla = person(&db, "Carla Kern", "carla@example.org", Role::Moderator).await?;
        let mut scene = Scene {
            anna: signed_in(&db, anna).await?,
            ben: signed_in(&db, ben).await?,
            carla: signed_in(&db, carla).await?,
            nobody: Browser::default(),
            door: paper(db, Mailbox::Away)?,
            article,
        };
        let form = [
            ("scope", "article"),
            ("mode", "waiting"),
            ("article", scene.article.as_str()),
            ("reason", "heated"),
            ("note", "Wir sind gleich da."),
        ];
        let ordered = scene.carla.post(&scene.door, "/desk/moderation/closings", &form).await?;
        leads_to(&ordered, "/desk/moderation/hours?said=waiting");
        Ok(scene)
    }

    fn thread(&self) -> String {
        format!("{}/comments", self.article)
    }

    async fn anna_says(&mut self, text: &str) -> Result<Answer, Failed> {
        let thread = self.thread();
        self.anna.post(&self.door, &thread, &[("text", text), ("key", &format!("key-{text:8.8}"))]).await
    }

    /// The number of what waits longest.
    async fn first_in_line(&mut self) -> Result<String, Failed> {
        let desk = self.carla.get(&self.door, QUEUE).await?;
        let id = desk.between("data-key=\"w", "\"");
        Ok(id.ok_or_else(|| format!("nothing waits: {}", desk.body))?.to_owned())
    }
}

#[track_caller]
fn leads_to(answer: &Answer, path: &str) {
    assert_eq!(answer.header(header::LOCATION), path, "{}", answer.body);
}

on_both!(what_waits_is_read_by_nobody_until_it_is_approved, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let (thread, mine) = (scene.thread(), format!("{}/mine", scene.thread()));
    let page = scene.nobody.get(&scene.door, &thread).await?;
    for said in ["liest die Redaktion jeden Beitrag", "Wir sind gleich da.", "Zur Freigabe schicken"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let sent = scene.anna_says("Ein Wort zur Sache").await?;
    leads_to(&sent, &format!("{mine}?said=waits#waiting"));
    leads_to(&scene.anna_says("Ein Wort zur Sache").await?, &format!("{mine}?said=waits#waiting"));
    let own = scene.anna.get(&scene.door, &format!("{mine}?said=waits")).await?;
    assert!(own.body.contains("Ein Wort zur Sache") && own.body.contains("Wartet auf Freigabe, seit"));
    let part = scene.anna.get(&scene.door, &format!("{mine}?part=1")).await?;
    assert!(part.body.contains("Ein Wort zur Sache"), "scripts put it in its place");
    assert!(scene.anna.get(&scene.door, "/account").await?.body.contains("Ein Wort zur Sache"));

    let others =
        [thread.as_str(), &scene.article.clone(), "/", "/search?q=Sache", &format!("{thread}?q=Sache")];
    for path in others.iter().copied().chain([&*format!("{thread}.atom"), "/api/v1/articles/1/comments"]) {
        for browser in [&mut scene.nobody, &mut scene.ben] {
            let seen = browser.get(&scene.door, path).await?;
            assert!(!seen.body.contains("Wort zur Sache"), "{path}: {}", seen.body);
        }
    }
    assert!(!scene.ben.get(&scene.door, &mine).await?.body.contains("Wort zur Sache"));

    let desk = scene.carla.get(&scene.door, QUEUE).await?;
    assert!(desk.body.contains("Ein Wort zur Sache") && desk.body.contains("Forum (1)"), "{}", desk.body);
    let id = scene.first_in_line().await?;
    let approval = [("case", &*format!("w{id}")), ("act", "stand"), ("queue", "waiting")];
    let done = scene.carla.post(&scene.door, DECISIONS, &approval).await?;
    leads_to(&done, &format!("{QUEUE}&said=decided&n=1"));
    let second = scene.carla.post(&scene.door, DECISIONS, &approval).await?;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.body.contains("Darüber hat Carla Kern gerade eben schon entschieden"), "{}", second.body);
    assert!(scene.ben.get(&scene.door, &mine).await?.body.contains("Ein Wort zur Sache"));
    let inbox = scene.anna.get(&scene.door, "/account/inbox").await?;
    assert!(inbox.body.contains("Ihr Kommentar ist freigegeben und erschienen"), "{}", inbox.body);
    Ok::<(), Failed>(())
});

on_both!(a_refusal_needs_a_rule_and_a_reason_which_its_author_reads, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    scene.anna_says("Sie Dummkopf").await?;
    let id = scene.first_in_line().await?;
    let case = format!("w{id}");
    let refusal =
        |clause, reason| [("case", &*case), ("act", "refuse"), ("clause", clause), ("reason", reason)];
    let long = "x".repeat(1001);
    for (clause, reason, sentence) in [
        ("", " ", "Wählen Sie die Hausregel"),
        ("", "Ein <Grund>", "Wählen Sie die Hausregel"),
        ("2.1", &*long, "Die Begründung ist zu lang"),
    ] {
        let again = scene.carla.post(&scene.door, DECISIONS, &refusal(clause, reason)).await?;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains(sentence), "{}", again.body);
        assert!(reason != "Ein <Grund>" || again.body.contains("Ein &lt;Grund&gt;"), "the words are kept");
    }
    let form = refusal("2.1", "„Dummkopf“ ist eine Beschimpfung.");
    let done = scene.carla.post(&scene.door, DECISIONS, &form).await?;
    leads_to(&done, "/desk/moderation?queue=all&said=decided&n=1");
    assert_eq!(scene.carla.post(&scene.door, DECISIONS, &form).await?.status, StatusCode::CONFLICT);
    for path in ["/account", "/account/inbox"] {
        let own = scene.anna.get(&scene.door, path).await?;
        assert!(own.body.contains("ist eine Beschimpfung."), "{path}: {}", own.body);
    }
    let account = scene.anna.get(&scene.door, "/account").await?;
    assert!(account.body.contains("Nicht freigegeben am"), "{}", account.body);
    assert!(account.body.contains("Entschieden hat ein Mensch aus der Redaktion"), "{}", account.body);
    let export = scene.anna.get(&scene.door, "/account/export").await?;
    assert!(export.body.contains("Sie Dummkopf"), "it is among one's own data: {}", export.body);
    Ok::<(), Failed>(())
});

on_both!(t4_5_an_author_takes_back_what_waits_and_nobody_else_does, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    scene.anna_says("Lieber doch nicht").await?;
    let id = scene.first_in_line().await?;
    let withdrawal = format!("/account/waiting/{id}/withdrawal");
    let foreign = scene.ben.post(&scene.door, &withdrawal, &[]).await?;
    leads_to(&foreign, "/account?done=not-waiting#waiting");
    assert_eq!(scene.first_in_line().await?, id, "it still waits");
    leads_to(&scene.anna.post(&scene.door, &withdrawal, &[]).await?, "/account?done=withdrawn#waiting");
    assert!(scene.carla.get(&scene.door, QUEUE).await?.body.contains("Nichts zu entscheiden"));
    Ok::<(), Failed>(())
});

on_both!(t4_1_only_the_desk_decides_about_what_waits, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    scene.anna_says("Wer liest das").await?;
    let id = scene.first_in_line().await?;
    let case = format!("w{id}");
    let form = |act| [("case", &*case), ("act", act), ("clause", "2.1"), ("reason", "Darum.")];
    for path in [QUEUE, &format!("/desk/moderation/cases/{case}"), "/desk/moderation/reasons"] {
        assert_eq!(scene.anna.get(&scene.door, path).await?.status, StatusCode::FORBIDDEN, "{path}");
        assert_ne!(scene.nobody.get(&scene.door, path).await?.status, StatusCode::OK, "{path}");
    }
    for act in ["stand", "refuse"] {
        let answer = scene.anna.post(&scene.door, DECISIONS, &form(act)).await?;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_ne!(scene.nobody.post(&scene.door, DECISIONS, &form(act)).await?.status, StatusCode::OK);
    }
    for act in ["claim", "release"] {
        let path = format!("/desk/moderation/cases/{case}/{act}");
        assert_eq!(scene.anna.post(&scene.door, &path, &[]).await?.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(scene.first_in_line().await?, id, "it still waits");
    Ok::<(), Failed>(())
});

/// Carla's rule keeps a word out of the paper.
async fn forbids(scene: &Scene, forms: &str) -> Result<(), Failed> {
    use moderation::words::{Action, Draft, Trial, add};
    let (db, rules) = (&scene.door.paper.db, &scene.door.paper.rules);
    let reason = "Beschimpfungen <erscheinen> hier nicht.";
    let draft = Draft::parse(rules, forms, "", "2.1", Action::Withhold, reason);
    let draft = draft.map_err(|refusal| format!("{refusal:?}"))?;
    let mut tx = db.begin().await?;
    let carla = reader::ReaderId(3);
    let carla = moderation::Moderator::appointed(&mut tx, carla).await?.ok_or("no moderator")?;
    add(&mut tx, &draft, &Trial::default(), None, carla, crate::cast::MORNING)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    tx.commit().await?;
    scene.door.paper.phases.read_again(db).await?;
    Ok(())
}

on_both!(a_rule_keeps_a_text_out_and_its_author_reads_why, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    forbids(&scene, "*idiot").await?;
    let kept_out = scene.anna_says("Lauter V0llidioten").await?;
    assert_eq!(kept_out.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Eine automatische Regel", "Hausregel 2.1", "Beschimpfungen &lt;erscheinen&gt; hier nicht."]
    {
        assert!(kept_out.body.contains(said), "{said}: {}", kept_out.body);
    }
    assert!(kept_out.body.contains("Lauter V0llidioten</textarea>"), "the words are kept: {}", kept_out.body);
    let again = scene.anna_says("Lauter V0llidioten").await?;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a form sent twice has one answer");
    for path in ["/account", "/account/inbox"] {
        let own = scene.anna.get(&scene.door, path).await?;
        assert!(own.body.contains("Beschimpfungen &lt;erscheinen&gt; hier nicht."), "{path}: {}", own.body);
        assert!(own.body.contains("automatische Regel"), "{path}: {}", own.body);
    }
    let desk = scene.carla.get(&scene.door, QUEUE).await?;
    assert!(desk.body.contains("Nichts zu entscheiden"), "nobody need decide it again: {}", desk.body);
    let mine = scene.ben.get(&scene.door, &scene.thread()).await?;
    assert!(!mine.body.contains("V0llidioten"));
    Ok::<(), Failed>(())
});

on_both!(a_word_rule_is_tried_before_it_holds_and_can_be_ended, ROOMS, |db| async move {
    const WORDS: &str = "/desk/moderation/words";
    let mut scene = Scene::new(db).await?;
    assert_eq!(scene.anna.get(&scene.door, WORDS).await?.status, StatusCode::FORBIDDEN);
    let list = scene.carla.get(&scene.door, WORDS).await?;
    assert!(list.body.contains("Keine Wortregel gilt."), "{}", list.body);
    let proposed = scene.carla.get(&scene.door, &format!("{WORDS}?starter=insults")).await?;
    assert!(proposed.body.contains("Dummkopf"), "{}", proposed.body);

    // What is missing is said, and what was typed comes back.
    for (forms, clause, action, sentence) in [
        ("", "2.1", "hold", "mindestens ein Wort"),
        ("ab", "2.1", "hold", "ist zu kurz"),
        ("Dolm", "", "hold", "Wählen Sie die Hausregel"),
        ("Dolm", "2.1", "withhold", "Schreiben Sie eine Begründung"),
    ] {
        let form = [("forms", forms), ("clause", clause), ("action", action), ("exceptions", "Dolmen")];
        let again = scene.carla.post(&scene.door, WORDS, &form).await?;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains(sentence) && again.body.contains("Dolmen"), "{sentence}: {}", again.body);
    }
    let rule =
        [("forms", "Dolm"), ("clause", "2.1"), ("action", "withhold"), ("reason", "Ohne <Dolm>, bitte.")];
    let with = |wish| [&rule[..], &[("do", wish)]].concat();
    let tried = scene.carla.post(&scene.door, WORDS, &with("try")).await?;
    assert!(tried.body.contains("Kein Kommentar von 0 der letzten Woche"), "{}", tried.body);
    leads_to(
        &scene.anna_says("Du D0lm, erstens").await?,
        &format!("{}/mine?said=waits#waiting", scene.thread()),
    );
    leads_to(&scene.carla.post(&scene.door, WORDS, &with("start")).await?, &format!("{WORDS}?said=started"));
    let kept_out = scene.anna_says("Zweitens du D0lm").await?;
    assert_eq!(kept_out.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kept_out.body.contains("Ohne &lt;Dolm&gt;, bitte."), "{}", kept_out.body);

    let changing = scene.carla.get(&scene.door, &format!("{WORDS}?change=1")).await?;
    assert!(changing.body.contains("Statt Regel 1"), "{}", changing.body);
    let end = format!("{WORDS}/1/end");
    assert_eq!(scene.ben.post(&scene.door, &end, &[]).await?.status, StatusCode::FORBIDDEN);
    leads_to(&scene.carla.post(&scene.door, &end, &[]).await?, &format!("{WORDS}?said=ended"));
    leads_to(&scene.carla.post(&scene.door, &end, &[]).await?, &format!("{WORDS}?said=gone"));
    let waits = format!("{}/mine?said=waits#waiting", scene.thread());
    leads_to(&scene.anna_says("Drittens: der Dolm.").await?, &waits);
    Ok::<(), Failed>(())
});

on_both!(the_desk_sets_what_waits_and_ends_it, ROOMS, |db| async move {
    const MODES: &str = "/desk/moderation/modes";
    let mut scene = Scene::new(db).await?;
    // The talk itself waits no longer.
    scene.carla.post(&scene.door, "/desk/moderation/closings/1/reopening", &[]).await?;
    assert_eq!(scene.ben.get(&scene.door, MODES).await?.status, StatusCode::FORBIDDEN);
    let list = scene.carla.get(&scene.door, MODES).await?;
    assert!(list.body.contains("Kein Modus ist gesetzt"), "{}", list.body);
    let unknown = [("scope", "paper"), ("waits", "anything")];
    let answer = scene.carla.post(&scene.door, MODES, &unknown).await?;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "what is in no list sets nothing");
    for (field, value, sentence) in [
        ("begins", "25:00", "Schreiben Sie beide Zeiten"),
        ("newcomers", "viele", "Wählen Sie 0 bis 50 Kommentare."),
        ("risk", "101", "Wählen Sie 1 bis 100 Prozent"),
        ("relief", "0", "Wählen Sie 1 bis 1.440 Minuten"),
        ("article", "/nirgendwo", ""),
    ] {
        let scope = if field == "article" { "article" } else { "paper" };
        let form = [("scope", scope), ("waits", "readers"), (field, value)];
        let again = scene.carla.post(&scene.door, MODES, &form).await?;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(again.body.contains(sentence) && again.body.contains(value), "{field}: {}", again.body);
    }
    let article = scene.article.clone();
    let links = [("scope", "article"), ("article", article.as_str()), ("waits", "some"), ("links", "yes")];
    leads_to(&scene.carla.post(&scene.door, MODES, &links).await?, &format!("{MODES}?said=set"));
    let newcomers =
        [("scope", "paper"), ("waits", "some"), ("newcomers", "1"), ("begins", "22:00"), ("ends", "06:00")];
    leads_to(&scene.carla.post(&scene.door, MODES, &newcomers).await?, &format!("{MODES}?said=set"));
    let list = scene.carla.get(&scene.door, MODES).await?;
    for said in ["22:00–06:00", "Neue warten, bis ein Kommentar", "Texte mit Links warten", "Carla Kern"] {
        assert!(list.body.contains(said), "{said}: {}", list.body);
    }
    let waits = format!("{}/mine?said=waits#waiting", scene.thread());
    leads_to(&scene.anna_says("Eins: www.example.at").await?, &waits);
    let appeared = scene.anna_says("Zwei ohne Link").await?;
    let comment = appeared.header(header::LOCATION).trim_end_matches("?said=new").to_owned();
    assert!(comment.starts_with("/comments/"), "{comment}");
    // A change that would have to wait is not made, and the words stay in the field.
    let change = [("text", "Zwei mit www.example.at"), ("seen", "0")];
    let rests = scene.anna.post(&scene.door, &format!("{comment}/revisions"), &change).await?;
    assert_eq!(rests.status, StatusCode::CONFLICT);
    for said in ["müsste die Redaktion erst lesen", "Zwei mit www.example.at</textarea>"] {
        assert!(rests.body.contains(said), "{said}: {}", rests.body);
    }
    let careful =
        [("alike", "3"), ("refused_percent", "50"), ("refused_days", "30"), ("thread_comments", "0")];
    let answer = scene.carla.post(&scene.door, "/desk/moderation/cautions", &careful).await?;
    leads_to(&answer, &format!("{MODES}?said=careful"));
    let shareless = [("refused_percent", "50"), ("refused_days", "0")];
    let answer = scene.carla.post(&scene.door, "/desk/moderation/cautions", &shareless).await?;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    leads_to(
        &scene.carla.post(&scene.door, &format!("{MODES}/1/end"), &[]).await?,
        &format!("{MODES}?said=ended"),
    );
    leads_to(
        &scene.carla.post(&scene.door, &format!("{MODES}/1/end"), &[]).await?,
        &format!("{MODES}?said=gone"),
    );
    let after = scene.anna_says("Drei: www.example.at").await?;
    assert!(after.header(header::LOCATION).ends_with("?said=new"), "{}", after.header(header::LOCATION));
    Ok::<(), Failed>(())
});

on_both!(
    many_cases_are_decided_at_once_and_without_a_reason_the_prepared_one_is_read,
    ROOMS,
    |db| async move {
        let mut scene = Scene::new(db).await?;
        for text in ["Eins: Sie Dummkopf", "Zwei: Sie Dummkopf", "Drei: danke"] {
            scene.anna_says(text).await?;
        }
        let prepared = [("clause", "2.1"), ("text", "So reden wir hier nicht miteinander.")];
        let kept = scene.carla.post(&scene.door, "/desk/moderation/reasons", &prepared).await?;
        leads_to(&kept, "/desk/moderation/reasons?said=prepared");
        let desk = scene.carla.get(&scene.door, QUEUE).await?.body;
        let ids: Vec<String> = desk
            .split("data-key=\"")
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
            .collect();
        let [one, two, three] = &ids[..] else { return Err(format!("three wait: {ids:?}").into()) };
        let refusal = [("case", &**one), ("case", two), ("act", "refuse"), ("clause", "2.1")];
        leads_to(
            &scene.carla.post(&scene.door, DECISIONS, &refusal).await?,
            "/desk/moderation?queue=all&said=decided&n=2",
        );
        let account = scene.anna.get(&scene.door, "/account").await?.body;
        assert_eq!(account.matches("So reden wir hier nicht miteinander.").count(), 2, "{account}");
        // One that is decided already does not keep the others back.
        let both = [("case", &**one), ("case", three), ("act", "stand")];
        let some = scene.carla.post(&scene.door, DECISIONS, &both).await?;
        assert_eq!(some.status, StatusCode::CONFLICT);
        assert!(
            some.body.contains("Ein Fall ist entschieden")
                && some.body.contains(&format!("data-undecided=\"{one}\""))
        );
        assert!(
            scene
                .ben
                .get(&scene.door, &format!("{}/mine", scene.thread()))
                .await?
                .body
                .contains("Drei: danke")
        );
        for (form, status) in [
            (&[("act", "stand")][..], StatusCode::UNPROCESSABLE_ENTITY),
            (
                &[("case", "w1"), ("act", "stand"), ("role", "administrator")],
                StatusCode::UNPROCESSABLE_ENTITY,
            ),
            (&[("case", "w1 or 1=1"), ("act", "stand")], StatusCode::UNPROCESSABLE_ENTITY),
            (&[("case", "w1"), ("act", "delete")], StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            assert_eq!(scene.carla.post(&scene.door, DECISIONS, form).await?.status, status, "T4.4 {form:?}");
        }
        Ok::<(), Failed>(())
    }
);

on_both!(whoever_opens_a_case_has_it_and_a_look_ahead_takes_nothing, ROOMS, |db| async move {
    let dora = person(&db, "Dora Lind", "dora@example.org", Role::Moderator).await?;
    let mut dora = signed_in(&db, dora).await?;
    let mut scene = Scene::new(db).await?;
    scene.anna_says("Wer liest das").await?;
    let case = format!("w{}", scene.first_in_line().await?);
    let ahead = format!("/desk/moderation/cases/{case}?queue=waiting&ahead=1");
    assert!(dora.get(&scene.door, &ahead).await?.body.contains("data-act=\"stand\""));
    let opened = scene.carla.get(&scene.door, &format!("{QUEUE}&case={case}")).await?;
    assert!(opened.body.contains("bei Ihnen"), "{}", opened.body);
    let seen = dora.get(&scene.door, &format!("{QUEUE}&case={case}")).await?;
    assert!(seen.body.contains("Carla Kern entscheidet gerade") && !seen.body.contains("data-act=\"stand\""));
    let claim = format!("/desk/moderation/cases/{case}/claim");
    assert_eq!(dora.post(&scene.door, &claim, &[]).await?.status, StatusCode::CONFLICT);
    let form = [("case", &*case), ("act", "stand")];
    let told = dora.post(&scene.door, DECISIONS, &form).await?;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.body.contains("Darüber entscheidet gerade Carla Kern"), "{}", told.body);
    let release = format!("/desk/moderation/cases/{case}/release");
    leads_to(
        &scene.carla.post(&scene.door, &release, &[("queue", "waiting")]).await?,
        &format!("{QUEUE}&said=released"),
    );
    assert_eq!(dora.post(&scene.door, &claim, &[]).await?.status, StatusCode::NO_CONTENT);
    assert_eq!(dora.post(&scene.door, DECISIONS, &form).await?.status, StatusCode::SEE_OTHER);
    Ok::<(), Failed>(())
});

on_both!(t4_7_a_reader_reports_a_comment_and_nobody_learns_who, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let end = scene.carla.get(&scene.door, "/desk/moderation/hours").await?;
    let reopening = end
        .between("action=\"/desk/moderation/closings/", "\"")
        .map(|rest| format!("/desk/moderation/closings/{rest}"));
    scene.carla.post(&scene.door, &reopening.ok_or("there is a closing")?, &[]).await?;
    let said = scene.anna_says("Sie Dummkopf").await?;
    let comment = said.header(header::LOCATION).split('?').next().unwrap_or_default().to_owned();
    let id = comment.rsplit('/').next().unwrap_or_default().to_owned();
    let page = scene.ben.get(&scene.door, &format!("/report?comment={id}")).await?;
    assert!(page.body.contains(&format!("action=\"{comment}/reports\"")), "{}", page.body);
    let reports = format!("{comment}/reports");
    let form = [("clause", "2.1"), ("words", "Da wird <jemand> beschimpft.")];
    let stranger = scene.nobody.post(&scene.door, &reports, &form).await?;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    assert!(stranger.body.contains("Da wird &lt;jemand&gt; beschimpft."), "the words are given back");
    let unclear = scene.ben.post(&scene.door, &reports, &[("clause", ""), ("words", "Darum.")]).await?;
    assert_eq!(unclear.status, StatusCode::UNPROCESSABLE_ENTITY);
    leads_to(
        &scene.ben.post(&scene.door, &reports, &form).await?,
        &format!("/report?comment={id}&said=reported"),
    );
    assert_eq!(scene.ben.post(&scene.door, &reports, &form).await?.status, StatusCode::CONFLICT);
    assert_eq!(scene.anna.post(&scene.door, &reports, &form).await?.status, StatusCode::UNPROCESSABLE_ENTITY);
    let desk = scene.carla.get(&scene.door, &format!("/desk/moderation?queue=reported&case=c{id}")).await?;
    assert!(
        desk.body.contains("1 Meldung") && desk.body.contains("Da wird &lt;jemand&gt; beschimpft."),
        "{}",
        desk.body
    );
    assert!(!desk.body.contains("Ben Wald"), "who reported is nobody's business");
    let stays = [("case", &*format!("c{id}")), ("act", "stand"), ("queue", "reported")];
    leads_to(
        &scene.carla.post(&scene.door, DECISIONS, &stays).await?,
        "/desk/moderation?queue=reported&said=decided&n=1",
    );
    assert!(
        scene
            .carla
            .get(&scene.door, "/desk/moderation?queue=reported")
            .await?
            .body
            .contains("Nichts zu entscheiden")
    );
    Ok::<(), Failed>(())
});
