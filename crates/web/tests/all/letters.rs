//! Schwedenrätsel and crosswords behind the door: shown without their solution, judged here, alike on every node.

use crate::cast;
use std::collections::HashMap;
use std::sync::atomic::Ordering;

use crate::cast::{Browser, MORNING, ROOMS, paper, person};
use games::arrows::Grid;
use games::letters::Board;
use games::{Day, Game, Level, crossword};
use http::StatusCode;
use reader::Role;
use store::Db;
use store::testing::on_both;
use story::Line;
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

const TODAY: &str = "2026-11-24";
/// A day, in milliseconds.
const DAY: i64 = 24 * 3_600_000;

/// A crossword of three words: EIN across, and ES and NU downwards.
const IPUZ: &str = r##"{
  "version": "http://ipuz.org/v2", "kind": ["http://ipuz.org/crossword#1"], "title": "Klein <b>und</b> fein", "author": "Mira Ebner",
  "dimensions": {"width": 3, "height": 2},
  "puzzle": [[1, 0, 2], [0, "#", 0]], "solution": [["E", "I", "N"], ["S", "#", "U"]],
  "clues": {"Across": [[1, "unbestimmter Artikel"]], "Down": [[1, "sächliches Fürwort"], [2, "kurzer Augenblick"]]}
}"##;

async fn board(db: &Db, day: &str) -> Result<Board, Failed> {
    let day = Day::parse(day).ok_or("a day")?;
    let puzzle =
        games::puzzle(&mut db.read().await?, Game::Arrows, Level::Plain, day).await?.ok_or("a puzzle")?;
    Ok(Board::from(&Grid::read(&puzzle.content)?))
}

fn fields(board: &Board) -> Vec<(String, String)> {
    board
        .letters()
        .map(|((row, column), letter)| (format!("c{}-{}", row + 1, column + 1), letter.to_string()))
        .collect()
}

fn form(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, letter)| (name.as_str(), letter.as_str())).collect()
}

/// The values of the letter fields of a page.
fn typed(body: &str) -> HashMap<String, String> {
    let inputs = body.split("<input id=\"c").skip(1).filter_map(|input| input.split('>').next());
    let value = |input: &str| Some(input.split_once(" value=\"")?.1.split('"').next()?.to_owned());
    inputs.filter_map(|input| Some((format!("c{}", input.split('"').next()?), value(input)?))).collect()
}

on_both!(the_arrow_words_of_a_day_are_shown_judged_and_told_letter_by_letter, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let mut reader = Browser::default();
    let page = reader.get(&door, "/games/arrows").await?;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(typed(&page.body).is_empty(), "no letter of the solution is on the page");
    let board = board(&db, TODAY).await?;
    let mut all = fields(&board);
    let of_day = reader.get(&door, &format!("/games/arrows/{TODAY}")).await?;
    assert_eq!(of_day.body, page.body);

    let url = format!("/games/arrows/{TODAY}/checks");
    let good = reader.post(&door, &url, &form(&all[..5])).await?;
    assert!(good.body.contains("Bis hierher stimmt alles."), "{}", good.body);
    assert_eq!(typed(&good.body).len(), 5, "what was typed comes back, and nothing else");
    let right = std::mem::replace(&mut all[2].1, "Q".to_owned());
    let wrong = reader.post(&door, &url, &form(&all[..5])).await?;
    assert!(wrong.body.contains("Ein Buchstabe stimmt nicht"), "{}", wrong.body);
    assert_eq!(wrong.body.matches("aria-invalid").count(), 1);
    assert!(wrong.body.contains(": Q, falsch."), "the label says so, too");
    all[2].1 = right.to_lowercase();
    let solved = reader.post(&door, &url, &form(&all)).await?;
    assert!(solved.body.contains("Gelöst. Alles richtig!"));

    let url = format!("/games/arrows/{TODAY}/letters");
    let told = reader.post(&door, &url, &[]).await?;
    assert_eq!(typed(&told.body), HashMap::from([all[0].clone()]), "one letter, the first");
    let place = all[7].0[1..].replace('-', ",");
    let told = reader.post(&door, &url, &[("at", place.as_str())]).await?;
    assert_eq!(typed(&told.body), HashMap::from([all[7].clone()]), "one letter, the one asked for");
    assert!(told.body.contains(", verraten"));
    let none = reader.post(&door, &url, &form(&all)).await?;
    assert!(none.body.contains("nichts mehr zu verraten"));

    for strange in [("c1-1", "A"), ("c99-1", "A"), ("cx", "A"), ("solution", "A")] {
        let answer = reader.post(&door, &format!("/games/arrows/{TODAY}/checks"), &[strange]).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "t4_4 {strange:?}");
    }
    Ok(())
});

on_both!(a_solution_is_on_no_page_before_its_day_is_over, ROOMS, |db| async move {
    let door = paper(db.clone(), Mailbox::Away)?;
    let mut reader = Browser::default();
    for path in [
        "/games/arrows/2026-11-25",
        "/games/arrows/2026-11-25/sheet",
        "/games/arrows/2026-10-01",
        "/games/arrows/heute",
    ] {
        assert_eq!(reader.get(&door, path).await?.status, StatusCode::NOT_FOUND, "{path}");
    }
    let sheet = reader.get(&door, &format!("/games/arrows/{TODAY}/sheet")).await?;
    let own = board(&db, TODAY).await?;
    let before = board(&db, "2026-11-23").await?;
    let solution = |board: &Board| board.letters().map(|(_, letter)| letter).collect::<String>();
    // What a browser shows of both tables: the letters that stand alone in a cell.
    let shown: String =
        sheet.body.split("<td class=\"\">").skip(1).filter_map(|cell| cell.split("</td>").next()).collect();
    assert_eq!(shown, solution(&before), "the day before, and not a letter of today's");
    assert!(sheet.body.contains("ab Mitternacht hier"));
    door.hand.fetch_add(DAY, Ordering::Relaxed);
    let sheet = reader.get(&door, &format!("/games/arrows/{TODAY}/sheet")).await?;
    let shown: String =
        sheet.body.split("<td class=\"\">").skip(1).filter_map(|cell| cell.split("</td>").next()).collect();
    assert_eq!(shown, solution(&own), "and on the day after it is told");
    Ok(())
});

on_both!(two_nodes_and_a_restart_show_the_same_arrow_words, ROOMS, |db| async move {
    let (one, other) = (paper(db.clone(), Mailbox::Away)?, paper(db.clone(), Mailbox::Away)?);
    let (mut anna, mut ben) = (Browser::default(), Browser::default());
    let path = "/games/arrows/2026-11-20";
    let (first, second) = tokio::join!(anna.get(&one, path), ben.get(&other, path));
    let (first, second) = (first?.body, second?.body);
    assert_eq!(first, second);
    let again = paper(db, Mailbox::Away)?;
    assert_eq!(ben.get(&again, path).await?.body, first);
    Ok(())
});

async fn shelved(db: &Db, day: &str, file: &str) -> Result<i64, Failed> {
    let editor = person(db, "Eva Egger", "eva@example.org", Role::Editor).await?;
    let crossword = crossword::read(file).map_err(|refused| format!("{refused:?}"))?;
    let day = Day::parse(day).ok_or("a day")?;
    let mut tx = db.begin().await?;
    let reason = Line::parse("reason", "Neu", 100)?;
    let placed = crossword::place(&mut tx, &crossword, day, editor, &reason, MORNING).await?;
    tx.commit().await?;
    Ok(placed.ok_or("somebody else was first")?.id.0)
}

on_both!(a_crossword_is_played_from_its_day_on, ROOMS, |db| async move {
    let id = shelved(&db, TODAY, IPUZ).await?;
    let door = paper(db, Mailbox::Away)?;
    let mut reader = Browser::default();
    let page = reader.get(&door, &format!("/games/crossword/{id}")).await?;
    assert!(page.body.contains("Klein und fein") && page.body.contains("Mira Ebner"), "{}", page.body);
    assert!(page.body.contains("Zeile 1, Spalte 3: leer. waagrecht 1: unbestimmter Artikel, Buchstabe 3 von 3. senkrecht 2: kurzer Augenblick, Buchstabe 1 von 2."), "{}", page.body);
    assert!(typed(&page.body).is_empty());
    assert!(reader.get(&door, "/games").await?.body.contains("Klein und fein"));
    let all = [("c1-1", "e"), ("c1-2", "i"), ("c1-3", "n"), ("c2-1", "s"), ("c2-3", "u")];
    let solved = reader.post(&door, &format!("/games/crossword/{id}/checks"), &all).await?;
    assert!(solved.body.contains("Gelöst"), "{}", solved.body);
    let sheet = reader.get(&door, &format!("/games/crossword/{id}/sheet")).await?;
    assert!(!sheet.body.contains(">U<") && sheet.body.contains("Mitternacht"), "{}", sheet.body);
    door.hand.fetch_add(DAY, Ordering::Relaxed);
    let sheet = reader.get(&door, &format!("/games/crossword/{id}/sheet")).await?;
    assert!(sheet.body.contains(">U<"));
    let archive = reader.get(&door, "/games/crossword/archive").await?;
    assert!(archive.body.contains(&format!("/games/crossword/{id}")));
    Ok(())
});

on_both!(a_crossword_of_tomorrow_is_not_there_today, ROOMS, |db| async move {
    let id = shelved(&db, "2026-11-25", IPUZ).await?;
    let door = paper(db, Mailbox::Away)?;
    let mut reader = Browser::default();
    for path in [format!("/games/crossword/{id}"), format!("/games/crossword/{id}/sheet")] {
        assert_eq!(reader.get(&door, &path).await?.status, StatusCode::NOT_FOUND, "{path}");
    }
    for part in ["checks", "letters"] {
        let answer = reader.post(&door, &format!("/games/crossword/{id}/{part}"), &[]).await?;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{part}");
    }
    assert!(
        !reader.get(&door, "/games/crossword/archive").await?.body.contains(&format!("/crossword/{id}\""))
    );
    door.hand.fetch_add(DAY, Ordering::Relaxed);
    assert_eq!(reader.get(&door, &format!("/games/crossword/{id}")).await?.status, StatusCode::OK);
    Ok(())
});

async fn signed_in(db: &Db, name: &str, mail: &str, role: Role) -> Result<Browser, Failed> {
    cast::signed_in(db, person(db, name, mail, role).await?).await
}

on_both!(a_broken_ipuz_file_is_given_back_with_its_places_and_nothing_is_kept, ROOMS, |db| async move {
    let mut eva = signed_in(&db, "Eva Egger", "eva@example.org", Role::Editor).await?;
    let door = paper(db.clone(), Mailbox::Away)?;
    let broken = IPUZ
        .replace("[1, \"unbestimmter Artikel\"]", "[7, \"unbestimmter Artikel\"]")
        .replace("\"U\"", "\"QU\"");
    let form = [("day", TODAY), ("file", broken.as_str())];
    let back = eva.post(&door, "/desk/games/crosswords", &form).await?;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", back.body);
    for place in ["/solution/1/2", "/clues/Across/0", "/clues/Across"] {
        assert!(
            back.body.contains(&format!("<code>{}</code>", place.replace('/', "&#x2f;")))
                || back.body.contains(&format!("<code>{place}</code>")),
            "{place}: {}",
            back.body
        );
    }
    assert!(back.body.contains("unbestimmter Artikel"), "the file is given back");
    let day = Day::parse(TODAY).ok_or("a day")?;
    let kept = games::puzzle(&mut db.read().await?, Game::Crossword, Level::Plain, day).await?;
    assert_eq!(kept, None);
    let yesterday =
        eva.post(&door, "/desk/games/crosswords", &[("day", "2026-11-23"), ("file", IPUZ)]).await?;
    assert_eq!(yesterday.status, StatusCode::UNPROCESSABLE_ENTITY);

    let taken = eva.post(&door, "/desk/games/crosswords", &[("day", TODAY), ("file", IPUZ)]).await?;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let first = games::latest(&mut db.read().await?, Game::Crossword, day).await?.ok_or("a crossword")?;
    let file = eva.get(&door, &format!("/desk/games/crosswords/{}", first.id)).await?;
    assert_eq!(crossword::read(&file.body), crossword::read(IPUZ), "what went in comes out");
    let other = IPUZ.replace("kurzer Augenblick", "Moment");
    eva.post(&door, "/desk/games/crosswords", &[("day", TODAY), ("file", &other)]).await?;
    let second = games::latest(&mut db.read().await?, Game::Crossword, day).await?.ok_or("a crossword")?;
    assert_eq!((second.key.attempt, second.id == first.id), (1, false), "the day's crossword is exchanged");
    let mut reader = Browser::default();
    let old = reader.get(&door, &format!("/games/crossword/{}", first.id)).await?;
    assert_eq!(old.status, StatusCode::OK, "whoever has begun the old one can finish it");
    Ok(())
});

on_both!(a_broken_list_of_pairs_names_line_and_character_and_changes_nothing, ROOMS, |db| async move {
    let mut eva = signed_in(&db, "Eva Egger", "eva@example.org", Role::Editor).await?;
    let mut anna = signed_in(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let door = paper(db.clone(), Mailbox::Away)?;
    let good = "Antwort;Frage\nAUERSBRUCK;Stadt am Fluss\nTannfeld;Ort im Mühltal\n";
    let taken = eva.post(&door, "/desk/games/pairs", &[("file", good)]).await?;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let own = async |db: &Db| -> Result<usize, Failed> {
        Ok(games::arrows::shelf::own(&mut db.read().await?).await?.len())
    };
    assert_eq!(own(&db).await?, 2);
    let broken = "AUE;Wald am Fluss\nEIS;kaltes Eis\n";
    let back = eva.post(&door, "/desk/games/pairs", &[("file", broken)]).await?;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.body.contains("Zeile 2, Zeichen 5"), "{}", back.body);
    assert!(back.body.contains("Die Frage verrät die Antwort."));
    assert_eq!(own(&db).await?, 2, "the last list still holds");
    let empty = eva.post(&door, "/desk/games/pairs", &[("file", " ")]).await?;
    assert_eq!(
        (empty.status, own(&db).await?),
        (StatusCode::UNPROCESSABLE_ENTITY, 2),
        "a slip takes nothing away"
    );
    let file = eva.get(&door, "/desk/games/pairs").await?.body;
    assert_eq!(games::arrows::csv::read(&file), games::arrows::csv::read(good), "what went in comes out");
    let withdrawn = eva.post(&door, "/desk/games/pairs/withdrawal", &[]).await?;
    assert_eq!((withdrawn.status, own(&db).await?), (StatusCode::SEE_OTHER, 0));
    assert_eq!(anna.post(&door, "/desk/games/pairs/withdrawal", &[]).await?.status, StatusCode::FORBIDDEN);
    assert_eq!(anna.get(&door, "/desk/games/pairs").await?.status, StatusCode::FORBIDDEN);

    for (path, form) in [("/desk/games/pairs", ("file", good)), ("/desk/games/crosswords", ("file", IPUZ))] {
        let form = [form, ("day", TODAY)];
        let form = if path.ends_with("pairs") { &form[..1] } else { &form[..] };
        assert_eq!(anna.post(&door, path, form).await?.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(anna.get(&door, "/desk/games/letters").await?.status, StatusCode::FORBIDDEN);
    assert_eq!(anna.get(&door, "/desk/games/crosswords/1").await?.status, StatusCode::FORBIDDEN);
    Ok(())
});

on_both!(a_file_comes_in_as_a_pasted_text_does, ROOMS, |db| async move {
    let mut eva = signed_in(&db, "Eva Egger", "eva@example.org", Role::Editor).await?;
    let mut anna = signed_in(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let door = paper(db.clone(), Mailbox::Away)?;
    let own = async || games::arrows::shelf::own(&mut db.read().await?).await;
    let pairs = "/desk/games/pairs";
    // As a spreadsheet of a German office saves it: Windows-1252, lines that end in CR LF.
    let good = b"Antwort;Frage\r\nTANNFELD;Ort im M\xfchltal\r\n";
    let taken = eva.enclose(&door, pairs, ("file", good), &[("file", "")]).await?;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let kept = own().await?;
    assert_eq!(kept.iter().map(|pair| pair.clue.as_str()).collect::<Vec<_>>(), ["Ort im Mühltal"]);
    // Of a file and a text the file counts; it is given back with its faults, and the last list still holds.
    let broken = "AUE;Wald am Fluss\nEIS;kaltes Eis\n".as_bytes();
    let back = eva.enclose(&door, pairs, ("file", broken), &[("file", "ENTE;schwimmt")]).await?;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        back.body.contains("Zeile 2, Zeichen 5") && back.body.contains("AUE;Wald am Fluss"),
        "{}",
        back.body
    );
    assert_eq!(own().await?, kept);
    for picture in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"PK\x03\x04\0\0", b""] {
        let back = eva.enclose(&door, pairs, ("file", picture), &[("file", "")]).await?;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.body.contains("Zeile 1, Zeichen 1"), "{}", back.body);
    }
    // Where no file was chosen, what is pasted counts.
    let pasted = eva.enclose(&door, pairs, ("file", b""), &[("file", "ENTE;schwimmt\r\n")]).await?;
    assert_eq!(pasted.status, StatusCode::SEE_OTHER, "{}", pasted.body);
    assert_eq!(own().await?[0].clue, "schwimmt");
    let large = "ENTE;schwimmt\n".repeat(200_000);
    let back = eva.enclose(&door, pairs, ("file", large.as_bytes()), &[("file", "")]).await?;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "more than the list may have");
    let huge = vec![b'x'; 7_000_000];
    let back = eva.enclose(&door, pairs, ("file", &huge), &[("file", "")]).await?;
    assert_eq!(back.status, StatusCode::PAYLOAD_TOO_LARGE, "T1.2");
    assert_eq!(own().await?.len(), 1);
    let strange = eva.enclose(&door, pairs, ("file", good), &[("other", "x")]).await?;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY, "T4.4");
    assert_eq!(anna.enclose(&door, pairs, ("file", good), &[]).await?.status, StatusCode::FORBIDDEN);

    let put = "/desk/games/crosswords";
    let day = [("day", TODAY), ("file", "")];
    let broken = IPUZ.replace("\"U\"", "\"QU\"");
    let back = eva.enclose(&door, put, ("file", broken.as_bytes()), &day).await?;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.body.contains("<code>/solution/1/2</code>"), "{}", back.body);
    let kept = async || {
        let day = Day::parse(TODAY).ok_or("a day")?;
        Ok::<_, Failed>(games::puzzle(&mut db.read().await?, Game::Crossword, Level::Plain, day).await?)
    };
    assert_eq!(kept().await?, None, "nothing half in");
    let taken = eva.enclose(&door, put, ("file", IPUZ.as_bytes()), &day).await?;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    assert!(kept().await?.is_some());
    Ok(())
});

on_both!(what_somebody_fills_in_is_kept_with_their_account, ROOMS, |db| async move {
    let mut anna = signed_in(&db, "Anna Berger", "anna@example.org", Role::Reader).await?;
    let door = paper(db.clone(), Mailbox::Away)?;
    let url = format!("/games/arrows/{TODAY}");
    anna.get(&door, &url).await?;
    let board = board(&db, TODAY).await?;
    let mut state: String = board.letters().map(|_| '.').collect();
    state.replace_range(..2, "xy");
    let saved = anna
        .post(&door, &format!("{url}/play"), &[("state", &state), ("elapsed", "5000"), ("version", "0")])
        .await?;
    assert!(saved.body.contains("data-state=\"XY."), "{}", saved.body);
    let all = fields(&board);
    let solved = anna.post(&door, &format!("{url}/checks"), &form(&all)).await?;
    assert!(solved.body.contains("Gelöst"));
    let play = anna.get(&door, &format!("{url}/play")).await?;
    assert!(play.body.contains("data-finished=\"true\""), "{}", play.body);
    let mut nobody = Browser::default();
    assert_eq!(nobody.get(&door, &format!("{url}/play")).await?.status, StatusCode::SEE_OTHER);
    Ok(())
});
