//! What somebody signed in sees and does besides writing: their part of a shared page, changing and taking back, following
//! and hiding, and what the desk says in public. On both databases.

use std::sync::atomic::Ordering;

use crate::cast::{
    Answer, Browser, Door, MORNING, Outcome, ROOMS, article, paper, person, see_other, signed_in,
};
use http::{StatusCode, header};
use reader::{ReaderId, Role};
use store::testing::on_both;
use store::{Db, Time};
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

struct Scene {
    door: Door,
    thread: String,
    anna: Browser,
    bert: Browser,
    carla: Browser,
    nobody: Browser,
    bert_id: ReaderId,
}

impl Scene {
    async fn new(db: Db) -> Result<Scene, Failed> {
        let (_, path) = article(&db).await?;
        let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
        let bert = person(&db, "Bert Wald", "bert@example.org", Role::Reader).await?;
        let carla = person(&db, "Carla Kern", "carla@example.org", Role::Moderator).await?;
        Ok(Scene {
            thread: format!("{path}/comments"),
            anna: signed_in(&db, anna).await?,
            bert: signed_in(&db, bert).await?,
            carla: signed_in(&db, carla).await?,
            nobody: Browser::default(),
            bert_id: bert,
            door: paper(db, Mailbox::Away)?,
        })
    }

    /// Anna says something; gives the path of her comment.
    async fn anna_says(&mut self, text: &str) -> Result<String, Failed> {
        let answer = self.anna.post(&self.door, &self.thread, &[("text", text)]).await?;
        Ok(see_other(&answer).split('?').next().unwrap_or_default().to_owned())
    }

    async fn bert_says(&mut self, text: &str) -> Result<String, Failed> {
        let answer = self.bert.post(&self.door, &self.thread, &[("text", text)]).await?;
        Ok(see_other(&answer).split('?').next().unwrap_or_default().to_owned())
    }

    async fn everybody_reads(&mut self, path: &str) -> Result<Answer, Failed> {
        self.door.paper.copies.forget_all();
        self.nobody.get(&self.door, path).await
    }

    fn at(&self, now: Time) {
        self.door.hand.store(now.0, Ordering::SeqCst);
    }
}

fn number(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

on_both!(a_shared_page_has_a_part_for_whoever_is_signed_in_and_none_for_others, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let (hers, his) = (scene.anna_says("Von mir.").await?, scene.bert_says("Von Bert.").await?);
    scene.anna.post(&scene.door, &format!("{his}/votes"), &[("value", "up")]).await?;
    let part = format!("{}/mine?part={},{},999,x", scene.thread, number(&hers), number(&his));

    let nobody = scene.nobody.get(&scene.door, &part).await?;
    assert_eq!((nobody.status, nobody.body.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(nobody.header(header::CACHE_CONTROL), "private, no-store");
    assert!(nobody.header(header::SET_COOKIE).is_empty(), "T7.4");

    let mine = scene.anna.get(&scene.door, &part).await?;
    assert_eq!((mine.status, mine.header(header::CACHE_CONTROL)), (StatusCode::OK, "private, no-store"));
    assert!(mine.body.contains("Sie schreiben als <b>Anna Berger</b>"), "{}", mine.body);
    assert_eq!(mine.body.matches("aria-pressed=\"true\"").count(), 1, "her vote");
    assert_eq!(mine.body.matches("disabled aria-label=\"Zustimmung: 0. Über den eigenen").count(), 1);
    assert!(
        mine.body.contains(&format!("{hers}?do=change#change")) && !mine.body.contains(&format!("{his}?do="))
    );
    assert!(!mine.body.contains("Von Bert."), "texts stand on the page already");
    assert!(!mine.body.contains("Moderieren"));
    let carlas = scene.carla.get(&scene.door, &part).await?;
    assert!(carlas.body.contains("Moderieren"), "{}", carlas.body);

    // Whoever goes there without a script is asked to sign in.
    let asked = scene.nobody.get(&scene.door, &format!("{}/mine", scene.thread)).await?;
    assert!(see_other(&asked).starts_with("/login?then="));
    Outcome::Ok(())
});

on_both!(an_author_changes_a_comment_for_a_few_minutes, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let path = scene.anna_says("Der Steg ist mosch.").await?;
    let form = scene.anna.get(&scene.door, &format!("{path}?do=change")).await?;
    assert!(form.body.contains("Der Steg ist mosch.</textarea>"), "{}", form.body);
    let change = format!("{path}/revisions");
    let long = "x".repeat(1_501);
    let refused = scene.anna.post(&scene.door, &change, &[("text", &long), ("seen", "0")]).await?;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(&long), "T1.1: nothing typed is lost");
    let done =
        scene.anna.post(&scene.door, &change, &[("text", "Der Steg ist *morsch*."), ("seen", "0")]).await?;
    assert_eq!(see_other(&done), format!("{path}?said=changed"));
    let stale = scene.anna.post(&scene.door, &change, &[("text", "Zweites Fenster."), ("seen", "0")]).await?;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("Zweites Fenster.</textarea>"), "{}", stale.body);
    let thread = scene.thread.clone();
    let read = scene.everybody_reads(&thread).await?;
    assert!(
        read.body.contains("Der Steg ist <em>morsch</em>.") && read.body.contains(&change),
        "{}",
        read.body
    );
    let versions = scene.everybody_reads(&change).await?;
    assert!(versions.body.contains("Der Steg ist mosch."), "what stood there is read by all");

    let bert = scene.bert.post(&scene.door, &change, &[("text", "Nein."), ("seen", "1")]).await?;
    assert_eq!(bert.status, StatusCode::NOT_FOUND, "T4.5");
    let nobody = scene.nobody.post(&scene.door, &change, &[("text", "Nein."), ("seen", "1")]).await?;
    assert_eq!(nobody.status, StatusCode::FORBIDDEN);
    assert!(
        nobody.body.contains("/login?then=") && nobody.body.contains("Nein.</textarea>"),
        "{}",
        nobody.body
    );
    scene.at(MORNING.plus_minutes(5));
    let late = scene.anna.post(&scene.door, &change, &[("text", "Zu spät."), ("seen", "1")]).await?;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("Zu spät.</textarea>") && late.body.contains("5 Minuten"), "{}", late.body);
    Outcome::Ok(())
});

on_both!(an_author_takes_a_comment_back_and_its_place_says_so, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let path = scene.anna_says("Das nehme ich zurück.").await?;
    let asked = scene.anna.get(&scene.door, &format!("{path}?do=take-back")).await?;
    assert!(asked.body.contains(&format!("action=\"{path}/deletion\"")), "T2.4: looking only asks");
    assert!(!scene.bert.get(&scene.door, &format!("{path}?do=take-back")).await?.body.contains("/deletion"));
    let bert = scene.bert.post(&scene.door, &format!("{path}/deletion"), &[]).await?;
    assert_eq!(bert.status, StatusCode::NOT_FOUND, "T4.5");
    let done = scene.anna.post(&scene.door, &format!("{path}/deletion"), &[]).await?;
    assert_eq!(see_other(&done), format!("{path}?said=taken-back"));
    let again = scene.anna.post(&scene.door, &format!("{path}/deletion"), &[]).await?;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let (thread, feed) = (scene.thread.clone(), format!("{}.atom", scene.thread));
    for page in [&thread, &path, &feed] {
        let read = scene.everybody_reads(page).await?;
        assert!(!read.body.contains("Das nehme ich"), "T4.3, T1.5: {page}");
    }
    assert!(scene.everybody_reads(&thread).await?.body.contains("von seinem Verfasser gelöscht"));
    assert_eq!(scene.everybody_reads(&format!("{path}/revisions")).await?.status, StatusCode::NOT_FOUND);
    let account = scene.anna.get(&scene.door, "/account").await?;
    assert!(account.body.contains("Das nehme ich zurück.") && account.body.contains("gelöscht"));
    Outcome::Ok(())
});

on_both!(a_preview_shows_and_keeps_and_does_not_publish, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let typed = [("text", "> Zitat\n\nUnd *so*."), ("do", "preview"), ("key", "abcdefgh12345678")];
    for browser in [&mut scene.anna, &mut Browser::default()] {
        let seen = browser.post(&scene.door, &scene.thread, &typed).await?;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(
            seen.body.contains("<blockquote><p>Zitat</p></blockquote><p>Und <em>so</em>.</p>"),
            "{}",
            seen.body
        );
        assert!(seen.body.contains("&gt; Zitat&#10;&#10;Und *so*.</textarea>"), "{}", seen.body);
        assert!(seen.body.contains("value=\"abcdefgh12345678\""), "R2: the form stays the same form");
    }
    let thread = scene.thread.clone();
    assert!(scene.everybody_reads(&thread).await?.body.contains("Noch kein Kommentar"));
    Outcome::Ok(())
});

on_both!(every_refusal_of_a_comment_keeps_it_as_a_draft, ROOMS, |db| async move {
    let mut scene = Scene::new(db.clone()).await?;
    for n in 0..5 {
        scene.anna_says(&format!("Nummer {n}.")).await?;
    }
    let flood = scene.anna.post(&scene.door, &scene.thread, &[("text", "Nummer sechs.")]).await?;
    assert_eq!(flood.status, StatusCode::TOO_MANY_REQUESTS);
    let mine = scene.anna.get(&scene.door, &format!("{}/mine?part=", scene.thread)).await?;
    assert!(mine.body.contains("Nummer sechs.</textarea>"), "{}", mine.body);
    assert!(mine.body.contains("Sie haben hier einen Entwurf"), "{}", mine.body);
    Outcome::Ok(())
});

on_both!(following_and_hiding_is_between_a_reader_and_the_house, ROOMS, |db| async move {
    let mut scene = Scene::new(db.clone()).await?;
    let his = scene.bert_says("Von Bert.").await?;
    let company = format!("/readers/{}/company?comment={}", scene.bert_id, number(&his));
    let nobody = scene.nobody.post(&scene.door, &company, &[("value", "follow")]).await?;
    assert!(see_other(&nobody).starts_with("/login"));
    let followed = scene.anna.post(&scene.door, &company, &[("value", "follow")]).await?;
    assert_eq!(see_other(&followed), format!("{his}?said=followed"));
    let account = scene.anna.get(&scene.door, "/account").await?;
    assert!(account.body.contains("Wem Sie folgen"), "{}", account.body);
    scene.anna.post(&scene.door, &company, &[("value", "ignore")]).await?;
    let mine = scene.anna.get(&scene.door, &format!("{}/mine", scene.thread)).await?;
    assert!(mine.body.contains("<details class=\"ignored\">"), "{}", mine.body);
    let part = scene.anna.get(&scene.door, &format!("{}/mine?part={}", scene.thread, number(&his))).await?;
    assert!(part.body.contains("data-ignored=\"Ein Kommentar von Bert Wald"), "{}", part.body);
    let thread = scene.thread.clone();
    assert!(
        !scene.everybody_reads(&thread).await?.body.contains("class=\"ignored\""),
        "the others notice nothing"
    );
    let own = scene.bert.post(&scene.door, &company, &[("value", "follow")]).await?;
    assert_eq!(own.status, StatusCode::NOT_FOUND, "nobody follows themselves");
    let strange = scene.anna.post(&scene.door, &company, &[("value", "marry")]).await?;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);

    let follow = format!("{}/follow", scene.thread);
    scene.anna.post(&scene.door, &follow, &[("value", "yes")]).await?;
    assert!(scene.anna.get(&scene.door, "/account").await?.body.contains("Gespräche, denen Sie folgen"));
    let away =
        scene.anna.post(&scene.door, &format!("{follow}?then=//evil.example"), &[("value", "no")]).await?;
    assert_eq!(see_other(&away), format!("{}/mine", scene.thread), "T2.5");
    Outcome::Ok(())
});

on_both!(t4_1_only_the_desk_chooses_and_checks, ROOMS, |db| async move {
    let mut scene = Scene::new(db.clone()).await?;
    let his = scene.bert_says("Drei Tage Steine geräumt.").await?;
    let (feature, verify) = (format!("{his}/feature"), format!("/readers/{}/verification", scene.bert_id));
    let why = [("value", "yes"), ("why", "Ausweis gesehen."), ("comment", number(&his))];
    assert_eq!(
        scene.bert.post(&scene.door, &feature, &[("value", "yes")]).await?.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(scene.anna.post(&scene.door, &verify, &why).await?.status, StatusCode::FORBIDDEN);
    assert!(!scene.anna.get(&scene.door, &his).await?.body.contains("Community-Tisch"));
    assert!(scene.carla.get(&scene.door, &his).await?.body.contains("Community-Tisch"));
    scene.carla.post(&scene.door, &feature, &[("value", "yes")]).await?;
    let empty = [("value", "yes"), ("why", " ")];
    assert_eq!(
        scene.carla.post(&scene.door, &verify, &empty).await?.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "T5.2: never without a reason"
    );
    scene.carla.post(&scene.door, &verify, &why).await?;
    let thread = scene.thread.clone();
    let read = scene.everybody_reads(&thread).await?;
    assert!(read.body.contains("class=\"featured\"") && read.body.contains("Name geprüft"), "{}", read.body);
    assert!(!read.body.contains("Ausweis gesehen."), "T4.6: the reason is for the desk");
    assert!(scene.carla.get(&scene.door, &his).await?.body.contains("Ausweis gesehen."));
    scene.carla.post(&scene.door, &feature, &[("value", "no")]).await?;
    scene.carla.post(&scene.door, &verify, &[("value", "no"), ("why", "Verwechselt.")]).await?;
    let read = scene.everybody_reads(&thread).await?;
    assert!(!read.body.contains("class=\"featured\"") && !read.body.contains("Name geprüft"));
    let inbox = scene.bert.get(&scene.door, "/account/inbox").await?;
    assert!(inbox.body.contains("Die Redaktion hat Ihren Kommentar ausgewählt"), "{}", inbox.body);
    Outcome::Ok(())
});

on_both!(t1_4_programs_read_the_talk_too, ROOMS, |db| async move {
    let mut scene = Scene::new(db.clone()).await?;
    let text = "</script><script>alert(1)</script> & ]]> \u{2028} Ende";
    let path = scene.anna_says(text).await?;
    let thread = scene.thread.clone();
    let read = scene.everybody_reads(&thread).await?;
    let json = read.between("<script type=\"application/ld+json\">", "</script>").ok_or("JSON-LD")?;
    let value: serde_json::Value = serde_json::from_str(json)?;
    let comment = &value["comment"][0];
    assert_eq!(comment["@type"], "Comment");
    assert_eq!(comment["text"], "</script><script>alert(1)</script> & ]]>\nEnde", "nothing is lost");
    assert_eq!(comment["url"], format!("https://uferbote.example{path}"));
    let feed = scene.everybody_reads(&format!("{thread}.atom")).await?;
    assert_eq!(feed.header(header::CONTENT_TYPE).split(';').next(), Some("application/atom+xml"));
    assert!(!feed.body.contains("<script"), "{}", feed.body);
    assert!(feed.body.contains("Anna Berger"), "{}", feed.body);
    Outcome::Ok(())
});

on_both!(a_quote_is_ready_to_be_answered, ROOMS, |db| async move {
    let mut scene = Scene::new(db.clone()).await?;
    let path = scene.anna_says("> Von anderen.\n\nErste Zeile\nzweite").await?;
    let quoted = scene.bert.get(&scene.door, &format!("{path}?do=quote")).await?;
    assert!(quoted.body.contains("&gt; Erste Zeile&#10;&gt; zweite&#10;&#10;</textarea>"), "{}", quoted.body);
    Outcome::Ok(())
});
