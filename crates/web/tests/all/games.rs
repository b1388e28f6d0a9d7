//! Games as browsers and nodes meet them, on both databases.

use crate::cast;
use std::sync::atomic::Ordering;

use crate::cast::{Browser, Door, MORNING, Outcome, ROOMS, article, paper, person, signed_in};
use games::sudoku::Sudoku;
use games::word::Riddle;
use games::{Day, Game, Level};
use http::StatusCode;
use reader::Role;
use store::testing::on_both;
use store::{Db, Time};
use web::Mailbox;

/// The theme's words on pages of games, and around every page.
const SENTENCES: [&str; 3] = [
    include_str!("../../../theme/words/games.de.ftl"),
    include_str!("../../../theme/words/frame.de.ftl"),
    include_str!("../../../theme/words/edition.de.ftl"),
];

type Failed = Box<dyn std::error::Error>;

/// The day of [`MORNING`] in Vienna.
const TODAY: &str = "2026-11-24";
const DAY: i64 = 24 * 3_600_000;

async fn sudoku(db: &Db, level: Level, day: &str) -> Result<Sudoku, Failed> {
    let day = Day::parse(day).ok_or("a day")?;
    let kept = games::puzzle(&mut db.read().await?, Game::Sudoku, level, day).await?.ok_or("a puzzle")?;
    Ok(serde_json::from_str(&kept.content)?)
}

async fn word(db: &Db, day: &str) -> Result<String, Failed> {
    let day = Day::parse(day).ok_or("a day")?;
    let kept =
        games::puzzle(&mut db.read().await?, Game::Word, Level::Plain, day).await?.ok_or("a puzzle")?;
    Ok(serde_json::from_str::<Riddle>(&kept.content)?.solution.to_string())
}

/// The digits on a page, field by field.
fn grid(page: &str) -> String {
    let fields = page.split("<input ").skip(1).filter(|field| field.contains("aria-label=\"Zeile"));
    fields
        .map(|field| {
            let tag = field.split('>').next().unwrap_or_default();
            tag.split("value=\"").nth(1).and_then(|value| value.chars().next()).unwrap_or('.')
        })
        .collect()
}

/// The form with every empty cell filled from a grid of 81 digits.
fn filled(puzzle: &Sudoku, with: &str) -> Vec<(String, String)> {
    let given = puzzle.given.to_string();
    let cells = given.chars().zip(with.chars()).enumerate().filter(|(_, (given, _))| *given == '.');
    cells.map(|(n, (_, digit))| (format!("c{}{}", n / 9 + 1, n % 9 + 1), digit.to_string())).collect()
}

async fn send(
    who: &mut Browser,
    door: &Door,
    path: &str,
    fields: &[(String, String)],
) -> Result<cast::Answer, Failed> {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    who.post(door, path, &fields).await
}

on_both!(the_same_day_is_the_same_puzzle_on_two_nodes_and_after_a_restart, ROOMS, |db| async move {
    let (one, two) = (paper(db.clone(), Mailbox::Away)?, paper(db.clone(), Mailbox::Away)?);
    let mut browser = Browser::default();
    for path in ["/games/sudoku/easy", "/games/sudoku/expert", "/games/word"] {
        let (first, second) = tokio::join!(
            async { Browser::default().get(&one, path).await.map_err(|error| error.to_string()) },
            async { Browser::default().get(&two, path).await.map_err(|error| error.to_string()) }
        );
        let (first, second) = (first?, second?);
        assert_eq!(first.status, StatusCode::OK, "{path}");
        assert_eq!(grid(&first.body), grid(&second.body), "{path}");
        let restarted = paper(db.clone(), Mailbox::Away)?;
        assert_eq!(browser.get(&restarted, path).await?.body, first.body, "{path}");
    }
    // At midnight of the paper, not before, it is another one, and today's is in the archive.
    let today = browser.get(&one, "/games/sudoku/easy").await?.body;
    one.hand.store(MORNING.0 + DAY / 24 * 13 - 1, Ordering::Relaxed);
    assert_eq!(grid(&browser.get(&one, "/games/sudoku/easy").await?.body), grid(&today));
    one.hand.store(MORNING.0 + DAY / 24 * 13, Ordering::Relaxed);
    assert_ne!(grid(&browser.get(&one, "/games/sudoku/easy").await?.body), grid(&today));
    let archived = browser.get(&one, &format!("/games/sudoku/easy/{TODAY}")).await?;
    assert_eq!(grid(&archived.body), grid(&today));
    Ok(())
});

on_both!(t5_4_no_public_answer_tells_a_solution_early, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let editor = person(&db, "Ella Ruf", "ella@example.org", Role::Editor).await?;
    let mut editor = signed_in(&db, editor).await?;
    let quiz = "title = \"Woche\"\n[[question]]\ntext = \"Was?\"\nanswers = [\"Ja\", \"Nein\"]\nright = 2\n\
                because = \"GEHEIMER-GRUND\"\narticle = \"/geheimer/artikel\"\n";
    let put = editor.post(&door, "/desk/games/quiz", &[("monday", "2026-11-23"), ("quiz", quiz)]).await?;
    assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.body);
    door.paper.copies.forget_all();
    let mut nobody = Browser::default();
    let mut paths: Vec<String> =
        ["/", "/games", "/games/word", "/games/quiz", "/games/quiz/2026-11-23", "/feed.rss"]
            .map(str::to_owned)
            .into();
    paths.extend([
        format!("/games/word/{TODAY}"),
        "/games/word/archive".to_owned(),
        "/sitemap.xml".to_owned(),
    ]);
    for level in Level::ALL.map(Level::as_str) {
        let under = format!("/games/sudoku/{level}");
        let of_today = ["", "/sheet", "/fastest"].map(|part| format!("{under}/{TODAY}{part}"));
        paths.extend([under.clone(), format!("{under}/archive")]);
        paths.extend(of_today);
    }
    let mut answers = Vec::new();
    for path in &paths {
        answers.push((path.clone(), nobody.get(&door, path).await?));
    }
    let word = word(&db, TODAY).await?;
    let mut solutions = Vec::new();
    for level in Level::ALL {
        let puzzle = sudoku(&db, level, TODAY).await?;
        let under = format!("/games/sudoku/{}/{TODAY}", level.as_str());
        // Half a grid, a wrong one, and a hint.
        let wrong = filled(&puzzle, &puzzle.solution.to_string().replace('1', "2").replace('3', "1"));
        for path in [format!("{under}/checks"), format!("{under}/hints")] {
            answers.push((path.clone(), send(&mut nobody, &door, &path, &[]).await?));
            answers.push((path.clone(), send(&mut nobody, &door, &path, &wrong).await?));
        }
        solutions.push(puzzle.solution.to_string());
    }
    for guess in ["ABEND", "xxxxx", "zu kurz"] {
        let path = format!("/games/word/{TODAY}/guesses");
        if guess != word {
            answers.push((
                path.clone(),
                nobody.post(&door, &path, &[("guess", guess), ("guesses", "APFEL")]).await?,
            ));
        }
    }
    for (path, answer) in &answers {
        assert!(answer.status.is_success() || answer.status == StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        // A grid is told by its cells in order or as a string of digits.
        let (cells, digits) =
            (grid(&answer.body), answer.body.chars().filter(char::is_ascii_digit).collect::<String>());
        for solution in &solutions {
            assert!(cells != *solution && !digits.contains(solution.as_str()), "{path} tells a solution");
        }
        // Some days' word stands in the house's own sentences, as „heute“ does: those of the theme are no secret.
        // The game writes it in capitals; in small letters it may be a word of HTML.
        let has = |text: &str| text.split(|c: char| !c.is_alphabetic()).any(|said| said == word);
        let is_ours = SENTENCES.iter().any(|sentences| has(&sentences.to_uppercase()));
        assert!(is_ours || !has(&answer.body), "{path} tells the word {word}");
        assert!(
            !answer.body.contains("GEHEIMER-GRUND") && !answer.body.contains("/geheimer/"),
            "{path} tells the quiz"
        );
    }
    // Tomorrow is not there at all.
    for path in
        ["/games/sudoku/easy/2026-11-25", "/games/word/2026-11-25", "/games/sudoku/easy/2026-11-25/sheet"]
    {
        assert_eq!(nobody.get(&door, path).await?.status, StatusCode::NOT_FOUND, "{path}");
    }
    // Sent answers are explained, and what is over may be told.
    let told = nobody.post(&door, "/games/quiz/2026-11-23/answers", &[("q1", "1")]).await?;
    assert!(told.body.contains("GEHEIMER-GRUND") && told.body.contains("0 von 1 richtig"));
    let yesterday = "/games/sudoku/easy/2026-11-23/sheet";
    let sheet = nobody.get(&door, yesterday).await?;
    let puzzle = sudoku(&db, Level::Easy, "2026-11-23").await?;
    let rows: String =
        sheet.body.split("<td").skip(1).filter_map(|cell| cell.split('>').nth(1)?.chars().next()).collect();
    let printed: String = rows.chars().filter(char::is_ascii_digit).collect();
    assert!(printed.ends_with(&puzzle.solution.to_string()), "the second sheet has the solution");
    Ok(())
});

on_both!(a_solved_sudoku_belongs_to_the_account_on_every_device, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut telephone = signed_in(&db, anna).await?;
    let mut tablet = Browser::with(telephone.token.clone());
    let under = format!("/games/sudoku/medium/{TODAY}");
    telephone.get(&door, &under).await?;
    let puzzle = sudoku(&db, Level::Medium, TODAY).await?;
    let begun = telephone.get(&door, &format!("{under}/play")).await?;
    assert_eq!(begun.header("cache-control"), "private, no-store");
    assert!(begun.body.contains("data-version=\"0\""));
    let state: String = filled(&puzzle, &puzzle.solution.to_string())
        .iter()
        .take(1)
        .map(|(_, digit)| digit.clone())
        .collect();
    let first = puzzle.given.to_string().find('.').unwrap_or(0);
    let fields = format!("{}{state}{}", ",".repeat(first), ",".repeat(80 - first));
    let saved =
        telephone.post(&door, &format!("{under}/play"), &[("state", &fields), ("version", "0")]).await?;
    assert!(saved.body.contains("data-version=\"1\"") && saved.body.contains(&fields), "{}", saved.body);
    let seen = tablet.get(&door, &format!("{under}/play")).await?;
    assert!(seen.body.contains(&fields), "the other device sees it");
    // It finishes in a minute and says that its clock is a day ahead.
    door.hand.store(MORNING.0 + 600_000, Ordering::Relaxed);
    let mut form = filled(&puzzle, &puzzle.solution.to_string());
    form.push(("elapsed".to_owned(), "600000".to_owned()));
    form.push(("finished".to_owned(), (MORNING.0 + DAY).to_string()));
    let done = send(&mut tablet, &door, &format!("{under}/checks"), &form).await?;
    assert!(done.body.contains("Gelöst"), "{}", done.body);
    send(&mut telephone, &door, &format!("{under}/checks"), &form).await?;
    let own = telephone.get(&door, "/games/own").await?;
    assert!(own.body.contains("1 Tag"), "{}", own.body);
    assert!(own.body.contains("10:00"), "the best time");
    // In the list only after a wish.
    let mut nobody = Browser::default();
    let list = format!("{under}/fastest");
    assert!(!nobody.get(&door, &list).await?.body.contains("Anna Berger"));
    telephone.post(&door, "/games/own/listing", &[("shown", "yes")]).await?;
    // The list may be a minute old, so that a thousand who look at it count its rows once.
    assert!(!nobody.get(&door, &list).await?.body.contains("Anna Berger"));
    door.hand.fetch_add(60_000, Ordering::Relaxed);
    assert!(nobody.get(&door, &list).await?.body.contains("Anna Berger"));
    telephone.post(&door, "/games/own/listing", &[("shown", "no")]).await?;
    door.hand.fetch_add(60_000, Ordering::Relaxed);
    assert!(!nobody.get(&door, &list).await?.body.contains("Anna Berger"));
    assert_eq!(nobody.get(&door, &format!("{under}/play")).await?.status, StatusCode::SEE_OTHER);
    Ok(())
});

on_both!(t5_1_of_forty_solutions_sent_at_once_one_counts, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let token = signed_in(&db, anna).await?.token;
    let under = format!("/games/sudoku/easy/{TODAY}");
    Browser::with(token.clone()).get(&door, &under).await?;
    let puzzle = sudoku(&db, Level::Easy, TODAY).await?;
    let form = filled(&puzzle, &puzzle.solution.to_string());
    let checks = format!("{under}/checks");
    let mut devices: Vec<Browser> = (0..40).map(|_| Browser::with(token.clone())).collect();
    let sending = devices.iter_mut().map(|device| send(device, &door, &checks, &form));
    for answer in futures_util::future::join_all(sending).await {
        let answer = answer?;
        assert!(answer.body.contains("Gelöst"), "{}", answer.body);
    }
    let mut tx = db.read().await?;
    let tallies = games::plays::tallies(&mut tx, anna).await?;
    assert_eq!(tallies.iter().map(|tally| (tally.finished, tally.won)).collect::<Vec<_>>(), [(1, 1)]);
    assert_eq!(games::plays::days_won(&mut tx, anna, Game::Sudoku).await?.len(), 1);
    Ok(())
});

on_both!(t5_1_nobody_with_an_account_gets_a_seventh_guess, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut anna = signed_in(&db, anna).await?;
    let path = format!("/games/word/{TODAY}/guesses");
    anna.get(&door, "/games/word").await?;
    let word = word(&db, TODAY).await?;
    let others = ["ABEND", "APFEL", "BIRNE", "CHAOS", "DAMPF", "ERNTE", "FEDER"];
    for guess in others.into_iter().filter(|guess| *guess != word).take(6) {
        // What the form says of earlier guesses is nothing for somebody with an account.
        let answer = anna.post(&door, &path, &[("guess", guess), ("guesses", "")]).await?;
        assert!(answer.status == StatusCode::OK, "{guess}");
    }
    let over = anna.post(&door, &path, &[("guess", &word)]).await?;
    assert!(over.body.contains(&format!("Gesucht war {word}")), "{}", over.body);
    assert!(anna.get(&door, "/games/own").await?.body.contains("0 Tage"));
    // Somebody else finds it at the second guess.
    let bert = person(&db, "Bert Wald", "bert@example.org", Role::Reader).await?;
    let mut bert = signed_in(&db, bert).await?;
    bert.post(&door, &path, &[("guess", if word == "ABEND" { "APFEL" } else { "ABEND" })]).await?;
    let found = bert.post(&door, &path, &[("guess", &word.to_lowercase())]).await?;
    assert!(found.body.contains("Gefunden in 2 Versuchen"), "{}", found.body);
    let share = found.between("<pre class=\"word-share\">", "</pre>").ok_or("something to share")?;
    assert!(share.contains("2/6") && share.contains("✓✓✓✓✓") && !share.contains(&word), "{share}");
    let refused = Browser::default().post(&door, &path, &[("guess", "qqqqq")]).await?;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("kennt unsere Liste nicht") && refused.body.contains("value=\"qqqqq\""));
    Ok(())
});

on_both!(the_desk_exchanges_a_puzzle_with_a_reason_and_readers_may_not, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let editor = person(&db, "Ella Ruf", "ella@example.org", Role::Editor).await?;
    let mut editor = signed_in(&db, editor).await?;
    let mo = person(&db, "Mo Kern", "mo@example.org", Role::Moderator).await?;
    let mut mo = signed_in(&db, mo).await?;
    let mut nobody = Browser::default();
    let before = grid(&nobody.get(&door, "/games/sudoku/hard").await?.body);
    let at_desk = format!("/desk/games/sudoku/hard/{TODAY}");
    assert_eq!(mo.get(&door, "/desk/games").await?.status, StatusCode::FORBIDDEN);
    assert_eq!(mo.get(&door, &at_desk).await?.status, StatusCode::FORBIDDEN);
    let exchange = format!("{at_desk}/exchange");
    assert_eq!(mo.post(&door, &exchange, &[("reason", "so")]).await?.status, StatusCode::FORBIDDEN);
    assert!(editor.get(&door, "/desk/games").await?.body.contains(&at_desk));
    let preview = editor.get(&door, &at_desk).await?;
    assert!(preview.body.contains("Lösung"), "the desk sees the solution");
    let refused = editor.post(&door, &exchange, &[("reason", " ")]).await?;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = editor.post(&door, &exchange, &[("reason", "Zu <schwer> für einen Dienstag")]).await?;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let calendar = editor.get(&door, "/desk/games?done=exchange").await?;
    assert!(
        calendar.body.contains("Zu &lt;schwer&gt; für einen Dienstag") && calendar.body.contains("Ella Ruf")
    );
    door.paper.copies.forget_all();
    let after = grid(&nobody.get(&door, "/games/sudoku/hard").await?.body);
    assert_ne!(before, after);
    // Tomorrow's can be looked at, and what was looked at is what is played.
    let tomorrow = "/desk/games/word/-/2026-11-25";
    assert_eq!(editor.get(&door, tomorrow).await?.status, StatusCode::OK);
    let word = word(&db, "2026-11-25").await?;
    assert!(editor.get(&door, tomorrow).await?.body.contains(&word));
    let broken = editor
        .post(&door, "/desk/games/quiz", &[("monday", "2026-11-23"), ("quiz", "title = \"x\"\nquestion = 3")])
        .await?;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(broken.body.contains("Zeile 2"), "the place is named");
    let old = editor.post(&door, "/desk/games/quiz", &[("monday", "2020-01-06"), ("quiz", "x")]).await?;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nobody.get(&door, "/games/quiz").await?.status, StatusCode::NOT_FOUND, "nothing half in");
    Ok(())
});

on_both!(a_check_on_an_emptier_page_leaves_what_the_account_has, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut anna = signed_in(&db, anna).await?;
    let under = format!("/games/sudoku/easy/{TODAY}");
    let shared = anna.get(&door, &under).await?;
    let id = shared.between("name=\"puzzle\" value=\"", "\"").ok_or("the puzzle's id")?.to_owned();
    let all = {
        let puzzle = sudoku(&db, Level::Easy, TODAY).await?;
        filled(&puzzle, &puzzle.solution.to_string())
    };
    let slip = |version: &str| {
        [("puzzle", id.as_str()), ("version", version)].map(|(a, b)| (a.to_owned(), b.to_owned()))
    };
    let version = |page: &cast::Answer| page.between("name=\"version\" value=\"", "\"").map(str::to_owned);
    let checks = format!("{under}/checks");
    // Twenty fields from the page that everybody shares.
    let first = send(&mut anna, &door, &checks, &[&all[..20], &slip("-1")[..]].concat()).await?;
    assert_eq!(version(&first).as_deref(), Some("1"));
    // That page again, a week later or on another device: one field.
    let second = send(&mut anna, &door, &checks, &[&all[..1], &slip("-1")[..]].concat()).await?;
    assert_eq!(version(&second).as_deref(), Some("-1"), "it was not made from what the account has");
    // Without scripts there is a way back.
    let play = anna.get(&door, &format!("{under}/play")).await?;
    let back_to = format!("{under}/play/grid");
    assert!(play.body.contains(&format!("href=\"{back_to}\"")), "{}", play.body);
    let back = anna.get(&door, &back_to).await?;
    let digits = |page: &str| grid(page).chars().filter(char::is_ascii_digit).count();
    assert_eq!(digits(&back.body), digits(&first.body), "all twenty are there");
    assert_eq!(version(&back).as_deref(), Some("1"));
    // From there they may take some back.
    let fewer = send(&mut anna, &door, &checks, &[&all[..5], &slip("1")[..]].concat()).await?;
    assert_eq!(version(&fewer).as_deref(), Some("2"));
    assert_eq!(digits(&anna.get(&door, &back_to).await?.body), digits(&back.body) - 15);
    // The end is the end, from whatever page.
    let solved = send(&mut anna, &door, &checks, &[&all[..], &slip("-1")[..]].concat()).await?;
    assert!(solved.body.contains("Gelöst"));
    assert!(anna.get(&door, &back_to).await?.body.contains("data-solved=\"true\""));
    assert_eq!(Browser::default().get(&door, &back_to).await?.status, StatusCode::SEE_OTHER);
    Ok(())
});

on_both!(whoever_has_a_puzzle_open_finishes_it_though_the_desk_exchanged_it, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let editor = person(&db, "Ella Ruf", "ella@example.org", Role::Editor).await?;
    let mut editor = signed_in(&db, editor).await?;
    let anna = person(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let mut anna = signed_in(&db, anna).await?;
    let under = format!("/games/sudoku/hard/{TODAY}");
    let open = anna.get(&door, &under).await?;
    let id = open.between("name=\"puzzle\" value=\"", "\"").ok_or("the puzzle's id")?.to_owned();
    let open_word = anna.get(&door, "/games/word").await?;
    let old = sudoku(&db, Level::Hard, TODAY).await?;
    let old_word = word(&db, TODAY).await?;
    for path in ["sudoku/hard", "word/-"] {
        let path = format!("/desk/games/{path}/{TODAY}/exchange");
        let done = editor.post(&door, &path, &[("reason", "Zu schwer")]).await?;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
    }
    let mut form = filled(&old, &old.solution.to_string());
    form.truncate(9);
    form.push(("puzzle".to_owned(), id.clone()));
    let good = send(&mut anna, &door, &format!("{under}/checks"), &form).await?;
    assert!(good.body.contains("Bis hierher stimmt alles"), "{}", good.body);
    assert_eq!(good.between("name=\"puzzle\" value=\"", "\""), Some(id.as_str()));
    let play = anna.get(&door, &format!("{under}/play?puzzle={id}")).await?;
    assert!(!play.body.contains("data-state=\"\""), "kept as a game of the old one");
    let fresh = anna.get(&door, &format!("{under}/play")).await?;
    assert!(fresh.body.contains("data-state=\"\""), "and not of the new one");
    // The word likewise; and the id of another day's or game's puzzle is none.
    let guesses = format!("/games/word/{TODAY}/guesses");
    assert_ne!(word(&db, TODAY).await?, old_word);
    let day = Day::parse(TODAY).ok_or("a day")?;
    let played =
        games::puzzle(&mut db.read().await?, Game::Word, Level::Plain, day).await?.ok_or("a word")?;
    let other = played.id.to_string();
    let strange = anna.post(&door, &format!("{under}/checks"), &[("puzzle", other.as_str())]).await?;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);
    let mut nobody = Browser::default();
    let before = open_word.between("name=\"puzzle\" value=\"", "\"").ok_or("the word's id")?;
    let found = nobody.post(&door, &guesses, &[("guess", &old_word), ("puzzle", before)]).await?;
    assert!(found.body.contains("Beim ersten"), "{}", found.body);
    Ok(())
});

on_both!(visitors_who_hang_up_leave_the_puzzle_for_the_next_one, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let mut nobody = Browser::default();
    let day = Day::parse("2026-11-20").ok_or("a day")?;
    let kept = async || games::puzzle(&mut db.read().await?, Game::Arrows, Level::Plain, day).await;
    let given_up = std::time::Instant::now() + std::time::Duration::from_secs(120);
    while kept().await?.is_none() {
        // Too short for a puzzle to be made. What was begun is finished all the same, once for all of them.
        let patience = std::time::Duration::from_millis(50);
        drop(tokio::time::timeout(patience, nobody.get(&door, "/games/arrows/2026-11-20/sheet")).await);
        assert!(std::time::Instant::now() < given_up, "nobody's puzzle is ever kept");
    }
    Ok(())
});

on_both!(
    of_two_editors_who_write_the_same_quiz_none_is_told_that_it_stands_when_it_does_not,
    ROOMS,
    |db| async move {
        let door = paper(db.clone(), Mailbox::Away)?;
        let mut editors = Vec::new();
        for (name, mail) in [("Ella Ruf", "ella@example.org"), ("Eva Egger", "eva@example.org")] {
            let editor = person(&db, name, mail, Role::Editor).await?;
            editors.push(signed_in(&db, editor).await?);
        }
        let [ella, eva] = &mut editors[..] else { return Err("two editors".into()) };
        let quiz = |text: &str| {
            format!(
                "title = \"Woche\"\n[[question]]\ntext = \"{text}\"\nanswers = [\"Ja\", \"Nein\"]\nright = 2\n"
            )
        };
        let mut rows = 0;
        // Once for a week without a quiz, once for one that has one.
        for round in 0..2 {
            let texts = [quiz(&format!("Von Ella, {round}?")), quiz(&format!("Von Eva, {round}?"))];
            let forms = texts.each_ref().map(|text| [("monday", "2026-11-23"), ("quiz", text.as_str())]);
            let put = "/desk/games/quiz";
            let (one, other) =
                tokio::join!(ella.post(&door, put, &forms[0]), eva.post(&door, put, &forms[1]));
            let week = Day::parse("2026-11-23").ok_or("a day")?;
            let stands = games::puzzle(&mut db.read().await?, Game::Quiz, Level::Plain, week)
                .await?
                .ok_or("a quiz")?;
            for (answer, name) in [(one?, "Von Ella"), (other?, "Von Eva")] {
                if answer.status == StatusCode::SEE_OTHER {
                    rows += 1;
                    continue;
                }
                assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
                assert!(
                    answer.body.contains(name) && !stands.content.contains(name),
                    "the text is given back"
                );
            }
            assert_eq!(stands.key.attempt + 1, rows, "each text that was taken has a row");
        }
        Ok(())
    }
);

on_both!(an_article_and_the_front_lead_to_the_games, ROOMS, |db| async move {
    let (_, path) = article(&db).await?;
    let door = paper(db, Mailbox::Away)?;
    let mut nobody = Browser::default();
    assert!(nobody.get(&door, &path).await?.body.contains("Kostenlose Spiele"));
    assert!(nobody.get(&door, "/").await?.body.contains("href=\"/games\""));
    // A strange field is refused, a strange level is nowhere.
    let strange = nobody.post(&door, &format!("/games/sudoku/easy/{TODAY}/checks"), &[("c00", "1")]).await?;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
    for nowhere in [
        "/games/sudoku/devilish",
        "/games/sudoku/easy/20261124",
        "/games/chess",
        "/games/sudoku/easy/1999-01-01",
    ] {
        assert_eq!(nobody.get(&door, nowhere).await?.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    Ok(())
});

#[test]
fn morning_is_the_day_that_these_tests_speak_of() -> Outcome {
    let zone = jiff::tz::TimeZone::get("Europe/Vienna")?;
    assert_eq!(Day::of(MORNING, &zone).to_string(), TODAY);
    assert_eq!(Day::of(Time(MORNING.0 + DAY / 24 * 13), &zone).to_string(), "2026-11-25");
    Ok(())
}
