//! Reading, writing, voting and judging as a browser meets it, on both databases.

use std::sync::atomic::Ordering;

use crate::cast::{
    Answer, Browser, Door, MORNING, Outcome, ROOMS, article, paper, person, see_other, signed_in,
};
use http::{StatusCode, header};
use reader::Role;
use store::testing::on_both;
use store::{Db, Time};
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

/// Eight in the evening of the same day, in Vienna: the talk closes.
const CLOSING: Time = Time(MORNING.0 + 9 * 3_600_000);

/// A paper with one article, a reader Anna, a reader Bert and Carla of the community desk.
struct Scene {
    door: Door,
    article: String,
    thread: String,
    anna: Browser,
    bert: Browser,
    carla: Browser,
    nobody: Browser,
}

impl Scene {
    async fn new(db: Db) -> Result<Scene, Failed> {
        let (_, path) = article(&db).await?;
        let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
        let bert = person(&db, "Bert Wald", "bert@example.org", Role::Reader).await?;
        let carla = person(&db, "Carla Kern", "carla@example.org", Role::Moderator).await?;
        Ok(Scene {
            thread: format!("{path}/comments"),
            article: path,
            anna: signed_in(&db, anna).await?,
            bert: signed_in(&db, bert).await?,
            carla: signed_in(&db, carla).await?,
            nobody: Browser::default(),
            door: paper(db, Mailbox::Away)?,
        })
    }

    /// Anna says something; gives the path of her comment.
    async fn anna_says(&mut self, text: &str) -> Result<String, Failed> {
        let answer = self.anna.post(&self.door, &self.thread, &[("text", text)]).await?;
        let path = see_other(&answer).split('?').next().unwrap_or_default().to_owned();
        assert!(path.starts_with("/comments/"), "{path}");
        Ok(path)
    }

    async fn reads(&mut self, path: &str) -> Result<Answer, Failed> {
        // Kept pages are told of changes by events, which run in the background of a paper on the air.
        self.door.paper.copies.forget_all();
        self.nobody.get(&self.door, path).await
    }

    fn at(&self, now: Time) {
        self.door.hand.store(now.0, Ordering::SeqCst);
    }
}

on_both!(a_comment_stands_in_the_thread_and_under_the_article, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let path = scene.anna_says("Wo <b>genau</b>?\n\n> Am Hafen.\nhttps://karte.example/hafen").await?;
    let article = scene.article.clone();
    let shown = "<p>Wo &lt;b&gt;genau&lt;/b&gt;?</p><blockquote><p>Am Hafen.</p></blockquote>";
    let link = "rel=\"nofollow ugc noopener\">https://karte.example/hafen</a>";
    for page in [scene.thread.clone(), article, path] {
        let answer = scene.reads(&page).await?;
        assert_eq!(answer.status, StatusCode::OK);
        for expected in ["Anna Berger", shown, link] {
            assert!(answer.body.contains(expected), "{page}: {expected}\n{}", answer.body);
        }
        assert!(answer.headers.get(header::SET_COOKIE).is_none(), "T8.4");
    }
    Outcome::Ok(())
});

on_both!(t1_1_a_hundred_thousand_characters_come_back_whole_with_a_sentence, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    for letter in ["x", "ü", "🔥"] {
        let long = letter.repeat(100_000);
        let answer = scene.anna.post(&scene.door, &scene.thread, &[("text", &long)]).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(&long), "the words typed are kept");
        assert!(answer.body.contains("1.500"), "the sentence says how much fits");
    }
    for (nothing, sentence) in
        [("", "noch nichts"), ("\u{200b}\u{2060}\u{feff}", "noch nichts"), ("vor\0gestern", "nicht drucken")]
    {
        let answer = scene.anna.post(&scene.door, &scene.thread, &[("text", nothing)]).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(sentence), "{nothing:?}\n{}", answer.body);
    }
    let many: String = "Zeile\n".repeat(41);
    let answer = scene.anna.post(&scene.door, &scene.thread, &[("text", &many)]).await?;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let huge = "x".repeat(3 << 20);
    let answer = scene.anna.post(&scene.door, &scene.thread, &[("text", &huge)]).await?;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(scene.reads(&scene.thread.clone()).await?.body.contains("Noch kein"), "nothing of it was posted");
    Outcome::Ok(())
});

on_both!(who_is_not_signed_in_signs_in_with_their_words, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let answer = scene.nobody.post(&scene.door, &scene.thread, &[("text", "Ich \"auch\"!")]).await?;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(
        answer.body.contains("name=\"draft_text\"") && answer.body.contains("Ich &quot;auch&quot;!"),
        "{}",
        answer.body
    );
    assert!(answer.headers.get(header::SET_COOKIE).is_none());
    // What could not be posted anyway is said at once.
    let long = "x".repeat(1501);
    let answer = scene.nobody.post(&scene.door, &scene.thread, &[("text", &long)]).await?;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(&long));
    Outcome::Ok(())
});

on_both!(r2_a_form_sent_twice_is_one_comment, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let form = [("text", "Einmal."), ("key", "0123456789abcdef")];
    let first = scene.anna.post(&scene.door, &scene.thread, &form).await?;
    let again = scene.anna.post(&scene.door, &scene.thread, &form).await?;
    assert_eq!(see_other(&first), see_other(&again));
    // Without a key, as without scripts, the same words lead to the comment that stands.
    let third = scene.anna.post(&scene.door, &scene.thread, &[("text", "einmal.")]).await?;
    let (path, said) = see_other(&third).split_once('?').unwrap_or_default();
    assert!(see_other(&first).starts_with(path) && said == "said=again");
    let page = scene.anna.get(&scene.door, see_other(&third)).await?;
    assert!(page.body.contains("schon geschrieben"), "{}", page.body);
    Outcome::Ok(())
});

on_both!(one_second_after_closing_the_words_are_kept_as_a_draft, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    scene.at(CLOSING.plus_seconds(1));
    let answer = scene.anna.post(&scene.door, &scene.thread, &[("text", "Zu spät & doch da.")]).await?;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    for expected in ["ruht bis Mittwoch, 6", "Zu spät &amp; doch da.", "Entwurf"] {
        assert!(answer.body.contains(expected), "{expected}\n{}", answer.body);
    }
    assert!(scene.reads(&scene.thread.clone()).await?.body.contains("ruht bis Mittwoch, 6"));
    let account = scene.anna.get(&scene.door, "/account").await?;
    assert!(account.body.contains("Zu spät &amp; doch da."), "{}", account.body);

    let mine = format!("{}/mine", scene.thread);
    let page = scene.anna.get(&scene.door, &mine).await?;
    assert!(page.body.contains("Zu spät &amp; doch da."), "{}", page.body);
    assert!(page.header(header::CACHE_CONTROL).contains("no-store"), "T7.4");
    assert!(!scene.bert.get(&scene.door, &mine).await?.body.contains("Zu spät"), "a draft is its author's");
    see_other(&scene.nobody.get(&scene.door, &mine).await?);

    scene.at(CLOSING.plus_minutes(10 * 60));
    scene.anna_says("Zu spät & doch da.").await?;
    let page = scene.anna.get(&scene.door, &mine).await?;
    assert!(page.body.matches("Zu spät").count() == 1, "posted, and no draft any more");
    Outcome::Ok(())
});

on_both!(t5_3_who_writes_too_fast_is_told_when_it_goes_on, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    for n in 0..5 {
        scene.anna_says(&format!("Nummer {n}")).await?;
    }
    let answer = scene.anna.post(&scene.door, &scene.thread, &[("text", "Nummer 5")]).await?;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.header(header::RETRY_AFTER), "60");
    assert!(answer.body.contains("Nummer 5") && answer.body.contains("60 Sekunden"), "{}", answer.body);
    Outcome::Ok(())
});

on_both!(t2_4_a_comment_from_another_site_is_refused, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = http::Request::post(&scene.thread)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body("text=Untergeschoben".into())?;
        assert_eq!(scene.anna.send(&scene.door, request).await?.status, StatusCode::FORBIDDEN);
    }
    assert!(!scene.reads(&scene.thread.clone()).await?.body.contains("Untergeschoben"));
    // T4.4: a field nobody asked for is refused.
    let more = scene.anna.post(&scene.door, &scene.thread, &[("text", "x"), ("author", "1")]).await?;
    assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY);
    Outcome::Ok(())
});

on_both!(t1_3_hostile_words_are_words_on_every_page, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let hostile =
        "</textarea></p><script>alert(1)</script><img src=x onerror=alert(1)> \"onfocus=alert(1) {{ 7*7 }}";
    let path = scene.anna_says(hostile).await?;
    let desk = format!("/desk/moderation?comment={}", path.trim_start_matches("/comments/"));
    let answer = scene.carla.get(&scene.door, &desk).await?;
    assert!(
        answer.body.contains("&lt;script&gt;") && !answer.body.contains("<script>alert"),
        "{}",
        answer.body
    );
    scene.at(CLOSING);
    let kept = format!("{hostile} später");
    scene.anna.post(&scene.door, &scene.thread, &[("text", &kept)]).await?;
    let mine = format!("{}/mine", scene.thread);
    let report = format!("/report?comment={}", path.trim_start_matches("/comments/"));
    for page in [scene.thread.as_str(), &scene.article, &path, &mine, "/account", &report, "/"] {
        let answer = scene.anna.get(&scene.door, page).await?;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        // In the structured data a quotation mark stands behind a backslash and ends nothing.
        let body = answer.body.replace("\\\"onfocus", "");
        for wrong in ["<script>alert", "<img src=x", "\"onfocus", " 49 "] {
            assert!(!body.contains(wrong), "{wrong} on {page}\n{}", answer.body);
        }
    }
    Outcome::Ok(())
});

on_both!(replies_fold_and_a_permalink_shows_what_it_answers, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let top = scene.anna_says("Was meint ihr?").await?;
    let id = top.trim_start_matches("/comments/").to_owned();
    let mut last = String::new();
    for n in 1..=4 {
        let form = [("text", format!("Antwort {n}")), ("reply_to", id.clone())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = scene.bert.post(&scene.door, &scene.thread, &form).await?;
        last = see_other(&answer).split('?').next().unwrap_or_default().to_owned();
    }
    let thread = scene.reads(&scene.thread.clone()).await?;
    assert!(thread.body.contains("Antwort 2") && !thread.body.contains("Antwort 3"), "{}", thread.body);
    let more = format!("{top}/replies?after=2");
    assert!(thread.body.contains(&more), "{}", thread.body);
    let rest = scene.reads(&more).await?;
    assert!(
        rest.body.contains("Antwort 3")
            && rest.body.contains("Antwort 4")
            && !rest.body.contains("Antwort 2")
    );
    let page = scene.reads(&last).await?;
    assert!(page.body.contains("Was meint ihr?") && page.body.contains("Antwort 4"), "{}", page.body);
    for wrong in ["/comments/999", "/comments/x", "/comments/999/replies", "/chronik/nichts/comments"] {
        assert_eq!(scene.reads(wrong).await?.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    Outcome::Ok(())
});

on_both!(a_thread_goes_on_page_by_page_in_three_orders, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    for n in 0..35 {
        scene.at(MORNING.plus_minutes(n));
        scene.anna_says(&format!("Nummer ({n})")).await?;
    }
    let thread = scene.thread.clone();
    let first = scene.reads(&thread).await?;
    assert!(first.body.contains("Nummer (34)") && !first.body.contains("Nummer (4)"), "{}", first.body);
    let next = first.between("rel=\"next\" href=\"", "\"").ok_or("a next page")?.replace("&amp;", "&");
    let second = scene.reads(&next).await?;
    assert!(second.body.contains("Nummer (4)") && !second.body.contains("Nummer (5)"), "{}", second.body);
    assert!(!second.body.contains("rel=\"next\""));
    let oldest = scene.reads(&format!("{thread}?sort=oldest")).await?;
    assert!(oldest.body.contains("Nummer (0)") && !oldest.body.contains("Nummer (34)"));
    assert_eq!(scene.reads(&format!("{thread}?sort=best")).await?.status, StatusCode::OK);
    for wrong in ["?sort=loudest", "?before=x", "?before=1", "?sort=best&before=1-2-"] {
        assert_eq!(scene.reads(&format!("{thread}{wrong}")).await?.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let article = scene.article.clone();
    let article = scene.reads(&article).await?;
    assert_eq!(article.body.matches("Nummer (").count(), 20, "the first 20 stand in the article's own page");
    Outcome::Ok(())
});

on_both!(t5_1_a_vote_counts_once_however_often_it_is_sent, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let path = scene.anna_says("Gut so.").await?;
    let votes = format!("{path}/votes");
    let up = [("value", "up")];
    let tries: Vec<_> = (0..40)
        .map(|_| {
            let (door, token) = (&scene.door, scene.bert.token.clone());
            let votes = votes.clone();
            async move { Browser::with(token).post(door, &votes, &up).await.map(|answer| answer.status) }
        })
        .collect();
    for status in futures_util::future::join_all(tries).await {
        assert_eq!(status?, StatusCode::SEE_OTHER);
    }
    let page = scene.bert.get(&scene.door, &path).await?;
    let button = page.between("value=\"none\"", "</button>").ok_or("Bert's own vote shows")?;
    assert!(button.ends_with(">1") && button.contains("aria-pressed=\"true\""), "{button}");
    assert!(!scene.reads(&path).await?.body.contains("aria-pressed"), "and nobody else's");

    let own = scene.anna.post(&scene.door, &votes, &up).await?;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    let strange = scene.bert.post(&scene.door, &votes, &[("value", "9")]).await?;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unknown = scene.bert.post(&scene.door, "/comments/999/votes", &up).await?;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let nobody = scene.nobody.post(&scene.door, &votes, &up).await?;
    assert_eq!(see_other(&nobody), format!("/login?then={path}"));
    assert_eq!(see_other(&scene.nobody.get(&scene.door, &votes).await?), path);
    Outcome::Ok(())
});

on_both!(a_moderator_removes_with_a_reason_and_restores, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let path = scene.anna_says("Sie Dummkopf!").await?;
    let form = [("clause", "2.1"), ("reason", "„Dummkopf“ greift die Person an.")];
    let removal = format!("{path}/removal");
    let answer = scene.carla.post(&scene.door, &removal, &form).await?;
    let id = path.trim_start_matches("/comments/");
    assert_eq!(see_other(&answer), format!("/desk/moderation?comment={id}"));

    for page in [scene.thread.clone(), scene.article.clone(), path.clone()] {
        let answer = scene.reads(&page).await?;
        assert!(!answer.body.contains("Dummkopf"), "{page}\n{}", answer.body);
        for expected in ["2.1", "Keine Angriffe auf Personen", "/rules#r2.1"] {
            assert!(answer.body.contains(expected), "{expected} on {page}\n{}", answer.body);
        }
    }
    let account = scene.anna.get(&scene.door, "/account").await?;
    assert!(
        account.body.contains("greift die Person an") && account.body.contains("Keine Angriffe"),
        "{}",
        account.body
    );
    assert!(!account.body.contains("Carla"), "T4.6: who decided is the desk's to know");
    let desk = scene.carla.get(&scene.door, see_other(&answer)).await?;
    assert!(desk.body.contains("Sie Dummkopf!") && desk.body.contains("Carla Kern"), "{}", desk.body);
    assert_eq!(scene.carla.post(&scene.door, &removal, &form).await?.status, StatusCode::CONFLICT);

    let restoration = format!("{path}/restoration");
    let back = scene.carla.post(&scene.door, &restoration, &[("reason", "Es war ein Zitat.")]).await?;
    see_other(&back);
    assert!(scene.reads(&path).await?.body.contains("Sie Dummkopf!"));
    let account = scene.anna.get(&scene.door, "/account").await?;
    assert!(account.body.contains("Es war ein Zitat."), "{}", account.body);
    assert_eq!(
        scene.carla.post(&scene.door, &restoration, &[("reason", "Noch einmal.")]).await?.status,
        StatusCode::CONFLICT
    );
    Outcome::Ok(())
});

on_both!(a_decision_without_rule_or_reason_is_not_taken, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let path = scene.anna_says("Ganz brav.").await?;
    let removal = format!("{path}/removal");
    let long = "x".repeat(1001);
    for (clause, reason) in
        [("", "Darum."), ("9.9", "Darum."), ("4.1", "Darum."), ("2.1", " "), ("2.1", &long)]
    {
        let form = [("clause", clause), ("reason", reason)];
        let answer = scene.carla.post(&scene.door, &removal, &form).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{clause} {reason}");
        assert!(answer.body.contains(reason.trim()), "what was typed is kept\n{}", answer.body);
    }
    assert!(scene.reads(&path).await?.body.contains("Ganz brav."));
    Outcome::Ok(())
});

on_both!(t4_1_only_the_desk_judges, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let path = scene.anna_says("Bleibt stehen.").await?;
    let form = [("clause", "2.1"), ("reason", "Darum.")];
    for act in ["removal", "restoration"] {
        let act = format!("{path}/{act}");
        let form = if act.ends_with("removal") { &form[..] } else { &form[1..] };
        assert_eq!(scene.bert.post(&scene.door, &act, form).await?.status, StatusCode::FORBIDDEN);
        assert_eq!(
            scene.anna.post(&scene.door, &act, form).await?.status,
            StatusCode::FORBIDDEN,
            "not even one's own"
        );
        let nobody = scene.nobody.post(&scene.door, &act, form).await?;
        assert!(nobody.status == StatusCode::FORBIDDEN && nobody.body.contains("/login?then="));
        let unknown = act.replace(&path, "/comments/999");
        assert_eq!(
            scene.carla.post(&scene.door, &unknown, form).await?.status,
            StatusCode::NOT_FOUND,
            "T4.5"
        );
    }
    assert_eq!(scene.bert.get(&scene.door, "/desk/moderation").await?.status, StatusCode::FORBIDDEN);
    assert!(see_other(&scene.nobody.get(&scene.door, "/desk/moderation").await?).starts_with("/login"));
    let desk = scene.carla.get(&scene.door, "/desk/moderation?queue=latest").await?;
    assert!(desk.status == StatusCode::OK && desk.body.contains("Bleibt stehen."));
    assert!(!desk.body.contains("anna@example.org"), "T4.6");
    assert!(scene.reads(&path).await?.body.contains("Bleibt stehen."));
    Outcome::Ok(())
});

on_both!(t4_3_comments_of_a_withdrawn_article_are_gone_with_it, ROOMS, |db| async move {
    let mut scene = Scene::new(db.clone()).await?;
    let path = scene.anna_says("Dazu habe ich etwas gesagt.").await?;
    let mut tx = db.begin().await?;
    let line = |text: &str| story::Line::parse("line", text, 200);
    archive::withdraw(&mut tx, archive::ArticleId(1), &line("Redaktion")?, &line("Falsch.")?, MORNING)
        .await?;
    tx.commit().await?;
    assert_eq!(scene.reads(&path).await?.status, StatusCode::NOT_FOUND);
    let (thread, live) = (scene.thread.clone(), format!("{}/live", scene.thread));
    assert_eq!(scene.reads(&thread).await?.status, StatusCode::GONE);
    assert_eq!(scene.reads(&live).await?.status, StatusCode::NOT_FOUND);
    let late = scene.anna.post(&scene.door, &thread, &[("text", "Noch etwas.")]).await?;
    assert_eq!(late.status, StatusCode::GONE);
    let report = scene.reads("/report?comment=1").await?;
    assert!(report.status == StatusCode::OK && !report.body.contains("Dazu habe ich"));
    Outcome::Ok(())
});

on_both!(t7_4_the_first_page_of_a_thread_is_the_same_for_everybody, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    scene.anna_says("Gut so.").await?;
    let thread = scene.thread.clone();
    let nobody = scene.reads(&thread).await?;
    let anna = scene.anna.get(&scene.door, &thread).await?;
    assert_eq!(nobody.body, anna.body);
    assert_eq!(anna.header(header::CACHE_CONTROL), "public, no-cache");
    assert_eq!(nobody.header(header::ETAG), anna.header(header::ETAG));
    Outcome::Ok(())
});

on_both!(rules_and_the_way_to_the_office_are_open_to_everybody, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    scene.at(CLOSING);
    let rules = scene.reads("/rules").await?;
    for expected in ["id=\"r2.1\"", "Keine Angriffe auf Personen", "Montag bis Sonntag", "6 bis 20"] {
        assert!(rules.body.contains(expected), "{expected}\n{}", rules.body);
    }
    let json: serde_json::Value = serde_json::from_str(&scene.reads("/rules.json").await?.body)?;
    let clauses = json["clauses"].as_array().ok_or("a list")?;
    let clause = clauses.iter().find(|clause| clause["id"] == "2.1").ok_or("2.1")?;
    assert_eq!((&clause["title"]["en"], &clause["ground"]), (&"No attacks on persons".into(), &true.into()));
    let report = scene.reads("/report").await?;
    assert!(report.body.contains("meldestelle@uferbote.example"), "{}", report.body);
    Outcome::Ok(())
});

on_both!(whoever_looks_on_gets_a_stream, ROOMS, |db| async move {
    let mut scene = Scene::new(db).await?;
    let id = scene.anna_says("Eins.").await?.trim_start_matches("/comments/").to_owned();
    let request = http::Request::get(format!("{}/live", scene.thread))
        .header(header::HOST, "uferbote.example")
        .header("last-event-id", "0")
        .body(axum::body::Body::empty())?;
    let response = tower::ServiceExt::oneshot(scene.door.routes.clone(), request).await?;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    let mut body = response.into_body();
    let first = http_body_util::BodyExt::frame(&mut body).await.ok_or("a message")??;
    let first = String::from_utf8(first.into_data().map_err(|_| "data")?.to_vec())?;
    assert!(first.starts_with("retry: 3000\n\n"), "{first}");
    assert!(
        first.contains(&format!("event: thread\ndata: {{\"count\":1,\"ids\":[{id}],\"new\":1}}\n\n")),
        "{first}"
    );
    scene.door.paper.live.close();
    assert!(
        http_body_util::BodyExt::frame(&mut body).await.is_none(),
        "the paper lets everybody go when it stops"
    );
    let live = format!("{}/live", scene.thread);
    assert_eq!(scene.reads(&live).await?.status, StatusCode::SERVICE_UNAVAILABLE);
    Outcome::Ok(())
});
