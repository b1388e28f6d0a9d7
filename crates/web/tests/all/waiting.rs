//! A talk in which everything waits for approval: for who writes, for the desk, and for everybody else. On both databases.

use crate::cast::{Answer, Browser, Door, ROOMS, article, paper, person, signed_in};
use http::{StatusCode, header};
use reader::Role;
use store::Db;
use store::testing::on_both;
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

const QUEUE: &str = "/desk/moderation/waiting";

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
        let id = desk.between("action=\"/desk/moderation/waiting/", "/approval\"");
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
    assert!(desk.body.contains("Ein Wort zur Sache") && desk.body.contains("Freigabe (1)"), "{}", desk.body);
    let id = scene.first_in_line().await?;
    let approval = format!("{QUEUE}/{id}/approval");
    leads_to(&scene.carla.post(&scene.door, &approval, &[]).await?, &format!("{QUEUE}?said=approved"));
    let second = scene.carla.post(&scene.door, &approval, &[]).await?;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.body.contains("ist gerade schon entschieden worden"), "{}", second.body);
    assert!(scene.ben.get(&scene.door, &mine).await?.body.contains("Ein Wort zur Sache"));
    let inbox = scene.anna.get(&scene.door, "/account/inbox").await?;
    assert!(inbox.body.contains("Ihr Kommentar ist freigegeben und erschienen"), "{}", inbox.body);
    Ok::<(), Failed>(())
});

on_both!(a_refusal_needs_a_rule_and_a_reason_which_its_author_reads, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    scene.anna_says("Sie Dummkopf").await?;
    let id = scene.first_in_line().await?;
    let refusal = format!("{QUEUE}/{id}/refusal");
    for (form, sentence) in [
        ([("clause", "2.1"), ("reason", " ")], "Ohne Begründung wird nichts entschieden"),
        ([("clause", ""), ("reason", "Ein <Grund>")], "Wählen Sie die Hausregel"),
    ] {
        let again = scene.carla.post(&scene.door, &refusal, &form).await?;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains(sentence), "{}", again.body);
        assert!(form[1].1 == " " || again.body.contains("Ein &lt;Grund&gt;"), "the words are kept");
    }
    let form = [("clause", "2.1"), ("reason", "„Dummkopf“ ist eine Beschimpfung.")];
    leads_to(&scene.carla.post(&scene.door, &refusal, &form).await?, &format!("{QUEUE}?said=refused"));
    assert_eq!(scene.carla.post(&scene.door, &refusal, &form).await?.status, StatusCode::CONFLICT);
    for path in ["/account", "/account/inbox"] {
        let own = scene.anna.get(&scene.door, path).await?;
        assert!(own.body.contains("ist eine Beschimpfung."), "{path}: {}", own.body);
    }
    assert!(scene.anna.get(&scene.door, "/account").await?.body.contains("Nicht freigegeben am"));
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
    assert!(scene.carla.get(&scene.door, QUEUE).await?.body.contains("Nichts wartet"));
    Ok::<(), Failed>(())
});

on_both!(t4_1_only_the_desk_decides_about_what_waits, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    scene.anna_says("Wer liest das").await?;
    let id = scene.first_in_line().await?;
    let form = [("clause", "2.1"), ("reason", "Darum.")];
    assert_eq!(scene.anna.get(&scene.door, QUEUE).await?.status, StatusCode::FORBIDDEN);
    for act in ["approval", "refusal"] {
        let path = format!("{QUEUE}/{id}/{act}");
        let form = if act == "refusal" { &form[..] } else { &[] };
        assert_eq!(scene.anna.post(&scene.door, &path, form).await?.status, StatusCode::FORBIDDEN);
        assert_ne!(scene.nobody.post(&scene.door, &path, form).await?.status, StatusCode::OK);
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
    assert!(desk.body.contains("Nichts wartet"), "nobody need decide it again: {}", desk.body);
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
