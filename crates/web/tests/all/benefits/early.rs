//! Reads every answer that somebody can reach, and looks for solutions and codes that are not theirs to know yet.
//!
//! The addresses are those that the code itself names, each with every value that there is, so that a new page is read from its
//! first day on.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;

use games::arrows::Grid;
use games::crossword::{self, Crossword};
use games::letters::Board;
use games::sudoku::Sudoku;
use games::word::Riddle;
use games::{Day, Game, Key, Level};
use http::StatusCode;
use reader::Role;
use reader::benefits;
use store::Db;
use store::testing::on_both;
use story::Line;
use web::Mailbox;

use super::{Failed, club, draw, signed_in};
use crate::cast::{self, Browser, Door, MORNING, ROOMS, article, paper, person};

const TODAY: &str = "2026-11-24";
const TOMORROW: &str = "2026-11-25";
/// Far more than there are; a page that links to a new page each time is a mistake of its own.
const MOST_PAGES: usize = 600;

/// The theme's words: some days' word stands in one of the house's own sentences, as „heute“ does.
const SENTENCES: [&str; 4] = [
    include_str!("../../../../theme/words/games.de.ftl"),
    include_str!("../../../../theme/words/letters.de.ftl"),
    include_str!("../../../../theme/words/frame.de.ftl"),
    include_str!("../../../../theme/words/benefits.de.ftl"),
];

/// A crossword whose answers are EIN, ES and NU.
fn ipuz(title: &str) -> String {
    format!(
        r##"{{"version": "http://ipuz.org/v2", "kind": ["http://ipuz.org/crossword#1"], "title": "{title}",
        "dimensions": {{"width": 3, "height": 2}}, "puzzle": [[1, 0, 2], [0, "#", 0]], "solution": [["E", "I", "N"], ["S", "#", "U"]],
        "clues": {{"Across": [[1, "Artikel"]], "Down": [[1, "Fürwort"], [2, "Augenblick"]]}}}}"##
    )
}

/// Something nobody may read yet, and what it is.
struct Secret {
    what: &'static str,
    text: String,
}

/// Makes today's and tomorrow's puzzles and a quiz, and gives their solutions.
async fn solutions(db: &Db, door: &Door, editor: &mut Browser) -> Result<Vec<Secret>, Failed> {
    let editors = person(db, "Eva Egger", "eva@example.org", Role::Editor).await?;
    let mut tx = db.begin().await?;
    let seed = games::seed(&mut tx, [3; 32], MORNING).await?.seed;
    for (day, title) in [(TODAY, "Von heute"), (TOMORROW, "MORGEN-GEHEIM")] {
        let crossword = crossword::read(&ipuz(title)).map_err(|refused| format!("{refused:?}"))?;
        let day = Day::parse(day).ok_or("a day")?;
        let reason = Line::parse("reason", "Neu", 100)?;
        crossword::place(&mut tx, &crossword, day, editors, &reason, MORNING).await?.ok_or("a crossword")?;
    }
    tx.commit().await?;
    let quiz = "title = \"Woche\"\n[[question]]\ntext = \"Was?\"\nanswers = [\"Ja\", \"Nein\"]\nright = 2\n\
                because = \"GEHEIMER-GRUND\"\narticle = \"/geheimer/artikel\"\n";
    let put = editor.post(door, "/desk/games/quiz", &[("monday", "2026-11-23"), ("quiz", quiz)]).await?;
    assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.body);
    let mut secrets: Vec<Secret> = ["GEHEIMER-GRUND", "/geheimer/artikel", "MORGEN-GEHEIM"]
        .map(|text| Secret { what: "what is written", text: text.to_owned() })
        .into();
    for (day, is_today) in [(TODAY, true), (TOMORROW, false)] {
        let day = Day::parse(day).ok_or("a day")?;
        // Of tomorrow's the dearest is left out: it is made as today's is.
        for key in Key::all_of(day).filter(|key| is_today || key.game != Game::Arrows) {
            let made = games::made(db, &seed, key, MORNING).await?.ok_or("a puzzle")?;
            secrets.extend(told(key, &made.content)?);
        }
    }
    let day = Day::parse(TODAY).ok_or("a day")?;
    let kept = games::puzzle(&mut db.read().await?, Game::Crossword, Level::Plain, day).await?;
    let crossword = Crossword::parse(&kept.ok_or("a crossword")?.content)?;
    let letters = Board::from(&crossword).letters().map(|(_, letter)| letter).collect();
    secrets.push(Secret { what: "the crossword", text: letters });
    Ok(secrets)
}

/// What would tell a puzzle's solution.
fn told(key: Key, content: &str) -> Result<Vec<Secret>, Failed> {
    Ok(match key.game {
        Game::Sudoku => {
            let text = serde_json::from_str::<Sudoku>(content)?.solution.to_string();
            vec![Secret { what: "a sudoku", text }]
        }
        Game::Word => {
            let text = serde_json::from_str::<Riddle>(content)?.solution.to_string();
            let is_ours = SENTENCES.iter().any(|sentences| sentences.to_uppercase().contains(&text));
            if is_ours { Vec::new() } else { vec![Secret { what: "the word", text }] }
        }
        Game::Arrows => {
            let board = Board::from(&Grid::read(content)?);
            let all = board.letters().map(|(_, letter)| letter).collect();
            let word = |word: &games::letters::Word| -> String {
                word.cells.iter().filter_map(|place| board.letter(*place)).collect()
            };
            let long = board.words.iter().map(word).filter(|text| text.len() >= 6);
            let answers = long.map(|text| Secret { what: "an answer", text });
            answers.chain([Secret { what: "the Schwedenrätsel", text: all }]).collect()
        }
        Game::Crossword | Game::Quiz => Vec::new(),
    })
}

/// Every address that the code names, with every value there is. Those that never end are left out.
fn addresses() -> Result<BTreeSet<String>, Failed> {
    let mut files = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut patterns = BTreeSet::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            for entry in std::fs::read_dir(path)? {
                files.push(entry?.path());
            }
            continue;
        }
        let code = std::fs::read_to_string(path)?;
        for after in code.split(".route(").skip(1) {
            let pattern = after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            patterns.extend(pattern.map(str::to_owned));
        }
    }
    assert!(patterns.len() > 150, "{} addresses: are they named in another way now?", patterns.len());
    let mut all: BTreeSet<String> = patterns.into_iter().filter(|path| !path.ends_with("/live")).collect();
    let values: [(&str, &[&str]); 7] = [
        ("{game}", &["sudoku", "word", "arrows", "crossword", "quiz"]),
        ("{level}", &["easy", "medium", "hard", "expert"]),
        ("{day}", &[TODAY, TOMORROW, "2026-11-23"]),
        ("{section}", &["chronik"]),
        ("{slug}", &["kurz", "lang", "liste", "gemeinsam", "huette", "feuer-im-hafen"]),
        ("{version}", &["1"]),
        ("{id}", &["1", "2"]),
    ];
    for (name, values) in values {
        let each = |path: String| {
            let with = values.iter().map(|value| path.replace(name, value)).collect::<BTreeSet<_>>();
            if path.contains(name) { with } else { BTreeSet::from([path]) }
        };
        all = all.into_iter().flat_map(each).collect();
    }
    // The day before is over: it may be told, and it is dear to make. And no offer is an article.
    all.retain(|path| !path.contains("2026-11-23") || path.starts_with("/games/quiz"));
    all.retain(|path| !path.contains("/feuer-im-hafen") || path.starts_with("/chronik/"));
    all.retain(|path| !path.starts_with("/chronik/") || path.contains("/feuer-im-hafen"));
    Ok(all.into_iter().map(|path| if path.contains('{') { blank(&path) } else { path }).collect())
}

/// Puts something that nothing is called in the place of every other name.
fn blank(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/")
}

/// The addresses of ours that a page leads to, but for games of other days and the ways out.
fn leads_to(body: &str) -> impl Iterator<Item = String> {
    let targets = ["href=\"/", "src=\"/"].into_iter().flat_map(|before| body.split(before).skip(1));
    let paths = targets.filter_map(|rest| rest.split(['"', '#']).next()).map(|path| format!("/{path}"));
    paths.filter(|path| {
        let other_day = path.starts_with("/games/") && path.contains("/20") && !path.contains(TODAY);
        !other_day && !path.starts_with("/a-") && !path.ends_with("/live")
    })
}

/// What a page shows besides its text: the single signs in fields, and those alone between two tags, each in order.
fn signs(body: &str) -> [String; 2] {
    let one = |text: &str, end: char| -> Option<char> {
        let mut signs = text.split(end).next()?.trim().chars();
        signs.next().filter(|_| signs.next().is_none())
    };
    let fields = body.split("value=\"").skip(1).filter_map(|rest| one(rest, '"')).collect();
    let between = body.split('>').skip(1).filter_map(|rest| one(rest, '<')).collect();
    [fields, between]
}

/// Reads all that this browser reaches; the secrets are in none of it. Gives how many answers were pages.
async fn reads_everything(
    door: &Door,
    browser: &mut Browser,
    who: &str,
    secrets: &[&Secret],
) -> Result<usize, Failed> {
    let mut known = addresses()?;
    // The desk is closed to all of them alike.
    known.retain(|path| who.is_empty() || !path.starts_with("/desk"));
    let mut next: VecDeque<String> = known.iter().cloned().collect();
    let mut pages = 0;
    while let Some(path) = next.pop_front() {
        let answer = browser.get(door, &path).await?;
        pages += usize::from(answer.status == StatusCode::OK);
        let shown = signs(&answer.body);
        for secret in secrets {
            let tells = |text: &String| text.contains(secret.text.as_str());
            let is_told = tells(&answer.body) || shown.iter().any(tells);
            assert!(!is_told, "{who} reads {} at {path}: {}", secret.what, secret.text);
        }
        next.extend(leads_to(&answer.body).filter(|path| known.insert(path.clone())));
        assert!(known.len() < MOST_PAGES, "{who}: {} addresses", known.len());
    }
    Ok(pages)
}

on_both!(t5_4_no_answer_to_anybody_tells_a_solution_or_a_code_before_its_time, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let club = club(&db).await?;
    draw(&db).await?;
    article(&db).await?;
    let editor = person(&db, "Ella Ruf", "ella@example.org", Role::Editor).await?;
    let mut editor = cast::signed_in(&db, editor).await?;
    let solutions = solutions(&db, &door, &mut editor).await?;
    // A member holds a code of three offers; one of a list is free, and nobody has asked for the shared one.
    let mut held = Vec::new();
    for offer in benefits::all_offers(&mut db.read().await?).await? {
        if offer.slug.as_str() == "gemeinsam" {
            continue;
        }
        let mut tx = db.begin().await?;
        let chance = [offer.id.0.to_be_bytes()[7] + 3; 32];
        let reserved = benefits::reserve(&mut tx, &offer, club.member, chance, MORNING).await?;
        let text = reserved.map_err(|refusal| format!("{refusal:?}"))?.code;
        held.push(Secret { what: "somebody's code", text });
        tx.commit().await?;
    }
    let listed = ["GEHEIM-LISTE-1", "GEHEIM-LISTE-2"].into_iter();
    let free = listed.filter(|code| held.iter().all(|secret| secret.text != *code));
    let free = free.chain(["GEHEIM-GEMEINSAM"]).map(str::to_owned).chain(["5e".repeat(32)]);
    let free: Vec<Secret> = free.map(|text| Secret { what: "a code or a seed", text }).collect();
    assert_eq!(free.len(), 3, "one code of the list is free");
    person(&db, "Fremde", "fremde@example.org", Role::Reader).await?;
    let unborn: Vec<&Secret> = solutions.iter().chain(&free).collect();
    let all: Vec<&Secret> = unborn.iter().copied().chain(&held).collect();
    // The member knows her own codes, and her codes' partner those that are given out.
    for (mail, secrets) in [
        ("", &all),
        ("fremde@example.org", &all),
        ("wilma@example.org", &all),
        ("paul@example.org", &unborn),
        ("anna@example.org", &unborn),
    ] {
        let mut browser = if mail.is_empty() { Browser::default() } else { signed_in(&door, mail).await? };
        let secrets: Vec<&Secret> = match mail {
            // Whoever spends a partner's shared code knows it.
            "wilma@example.org" => {
                secrets.iter().copied().filter(|secret| secret.text != "GEHEIM-GEMEINSAM").collect()
            }
            _ => secrets.clone(),
        };
        let pages = reads_everything(&door, &mut browser, mail, &secrets).await?;
        assert!(pages >= 60, "{mail}: {pages} pages");
        println!("{mail}: {pages} pages read");
    }
    Ok(())
});
