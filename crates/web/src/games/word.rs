//! The word of the day: each guess is judged here, and the word is told only when the game is over.
//!
//! Without an account the guesses so far travel with the form, and are judged anew each time. With one they stand in the
//! reader's row: nobody gets a seventh.

use std::sync::Arc;

use ::games::plays::{self, State};
use ::games::word::{Ending, Mark, Refusal, Riddle, TRIES, Word};
use ::games::{Day, Game, Level, Puzzle};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use serde::Deserialize;
use theme::{Say, WordLetter, WordPage};

use super::{
    Month, archive_page, copy, count, first_day, frame, noon, own, puzzle_meant, puzzle_of, teasers, today,
    until_midnight,
};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// The letters that a word may have, in the order of the overview.
const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ";

/// Addresses of the word of the day.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/games/word", get(todays))
        .route("/games/word/archive", get(archive))
        .route("/games/word/{day}", get(of_day))
        .route("/games/word/{day}/play", get(play))
        .route("/games/word/{day}/guesses", post(guess))
}

/// A puzzle as it was kept.
pub(crate) fn read(puzzle: &Puzzle) -> Result<Riddle, Trouble> {
    Ok(serde_json::from_str(&puzzle.content).map_err(store::Failure::from)?)
}

/// `GET /games/word/archive`
async fn archive(visit: Visit, Query(month): Query<Month>) -> Answer {
    archive_page(visit, Game::Word, Level::Plain, month).await
}

/// `GET /games/word`
async fn todays(visit: Visit) -> Answer {
    let day = today(&visit.paper, visit.now);
    show(visit, day).await
}

/// `GET /games/word/{day}`
async fn of_day(visit: Visit, Path(day): Path<String>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    show(visit, day).await
}

async fn show(visit: Visit, day: Day) -> Answer {
    let make = async {
        let kept = puzzle_of(&visit, Game::Word, Level::Plain, day).await?;
        copy(&visit.paper, &page(&visit, &kept, &read(&kept)?, &[], false).await?)
    };
    until_midnight(&visit, make).await
}

/// `GET /games/word/{day}/play`: the page with what the account remembers.
async fn play(visit: Visit, Path(day): Path<String>) -> Answer {
    let session = visit.reader()?;
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let kept = puzzle_of(&visit, Game::Word, Level::Plain, day).await?;
    let play = plays::play(&mut visit.read().await?, session.reader, kept.id).await?;
    let guesses = play.map(|play| words(&play.state)).unwrap_or_default();
    visit.show(&page(&visit, &kept, &read(&kept)?, &guesses, true).await?)
}

/// What the form sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    /// Which puzzle, if not the one that is played now.
    puzzle: Option<i64>,
    #[serde(default)]
    guesses: String,
    #[serde(default)]
    guess: String,
}

/// Guesses as they stand in a form or a row. What is no word, or too much, is left out.
fn words(list: &str) -> Vec<Word> {
    list.split(',').filter_map(|word| Word::guess(word).ok()).take(TRIES).collect()
}

fn list(guesses: &[Word]) -> String {
    guesses.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// `POST /games/word/{day}/guesses`
async fn guess(visit: Visit, Path(day): Path<String>, Form(typed): Form<Typed>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let kept = puzzle_meant(&visit, (Game::Word, Level::Plain, day), typed.puzzle).await?;
    let riddle = read(&kept)?;
    let guess = Word::guess(&typed.guess);
    let (guesses, own) = match &visit.session {
        Some(session) => (remembered(&visit, session.reader, &kept, &riddle, guess).await?, true),
        None => {
            let mut guesses = words(&typed.guesses);
            if riddle.ending(&guesses).is_none() {
                guesses.extend(guess);
            }
            (guesses, false)
        }
    };
    let mut page = page(&visit, &kept, &riddle, &guesses, own).await?;
    if let (Err(refusal), None) = (guess, &page.ended) {
        page.error = Some(say(refusal, &typed.guess));
        page.typed = typed.guess.chars().take(10).filter(|sign| !sign.is_control()).collect();
        return visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    visit.show(&page)
}

/// The guesses of somebody with an account, with this one: of two at once one is kept (T5.1), and after the end none.
async fn remembered(
    visit: &Visit,
    reader: reader::ReaderId,
    kept: &Puzzle,
    riddle: &Riddle,
    guess: Result<Word, Refusal>,
) -> Result<Vec<Word>, Trouble> {
    let mut tx = visit.begin().await?;
    let play = plays::begin(&mut tx, reader, kept.id, visit.now).await?;
    let mut guesses = words(&play.state);
    let Ok(guess) = guess else { return Ok(guesses) };
    if riddle.ending(&guesses).is_none() {
        guesses.push(guess);
        let state = State {
            text: list(&guesses),
            progress: count(guesses.len()),
            elapsed: visit.now.since(play.started_at),
            knew: play.version,
        };
        guesses = words(&plays::save(&mut tx, &play, &state, visit.now).await?.state);
        if let Some(ending) = riddle.ending(&guesses) {
            let won = ending == Ending::Found;
            let ended = own::Ended { won, score: count(guesses.len()), finished: None };
            plays::finish(&mut tx, &play, own::ending(visit, kept, ended), visit.now).await?;
        }
    }
    tx.commit().await?;
    Ok(guesses)
}

fn say(refusal: Refusal, typed: &str) -> Say {
    match refusal {
        Refusal::NotFive => Say::new("say-word-five"),
        Refusal::NoLetter => Say::new("say-word-letters"),
        Refusal::Unknown => Say::new("say-word-unknown").text("word", typed.trim().to_uppercase()),
    }
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Here => "here",
        Mark::Elsewhere => "elsewhere",
        Mark::Absent => "absent",
    }
}

async fn page(
    visit: &Visit,
    kept: &Puzzle,
    riddle: &Riddle,
    guesses: &[Word],
    own: bool,
) -> Result<WordPage, Trouble> {
    let (paper, day) = (&visit.paper, kept.key.day);
    let now = today(paper, visit.now);
    let first = first_day(paper, visit.now).await?;
    let url = |day: Day| format!("/games/word/{day}");
    let date = super::in_title(visit, day);
    let title = visit.in_words(format!("Wort vom {date}"), format!("Word of {date}"));
    let ending = riddle.ending(guesses);
    let letter = |letter: char, mark: Option<Mark>| WordLetter {
        letter: letter.to_string(),
        mark: mark.map(mark_name).unwrap_or_default().to_owned(),
    };
    let row = |guess: &Word| {
        guess
            .letters()
            .into_iter()
            .zip(riddle.marks(*guess))
            .map(|(sign, mark)| letter(sign, Some(mark)))
            .collect()
    };
    let known = |sign: char| {
        let marks = guesses.iter().flat_map(|guess| guess.letters().into_iter().zip(riddle.marks(*guess)));
        marks.filter(|(other, _)| *other == sign).map(|(_, mark)| mark).max()
    };
    let open = if ending.is_some() { 0 } else { TRIES.saturating_sub(guesses.len()) };
    let solution = riddle.solution.to_string();
    let count = count(guesses.len());
    Ok(WordPage {
        frame: frame(visit, title, if own { None } else { Some(url(day)) }.as_deref()).await?,
        day: noon(paper, day),
        today: day == now,
        url: url(day),
        puzzle: kept.id.0,
        rows: guesses.iter().map(row).collect(),
        left: u32::try_from(open).unwrap_or(0),
        guesses: if own { String::new() } else { list(guesses) },
        typed: String::new(),
        error: None,
        alphabet: ALPHABET.chars().map(|sign| letter(sign, known(sign))).collect(),
        ended: ending.map(|ending| match ending {
            Ending::Found => Say::new("say-word-found").number("n", count).text("word", solution),
            Ending::Missed => Say::new("say-word-missed").text("word", solution),
        }),
        found: ending == Some(Ending::Found),
        share: ending.map(|ending| share(visit, riddle, day, guesses, ending)),
        own,
        earlier: (day > first).then(|| url(day.after(-1))),
        later: (day < now).then(|| url(day.after(1))),
        more: teasers(visit, Some(Game::Word)).await?,
    })
}

/// What can be shown to others: the signs without the letters.
fn share(visit: &Visit, riddle: &Riddle, day: Day, guesses: &[Word], ending: Ending) -> String {
    let needed = if ending == Ending::Found { guesses.len().to_string() } else { "–".to_owned() };
    let of = visit.in_words("Wort des Tages", "Word of the day");
    let mut text = format!("{}, {of}, {day}: {needed}/{TRIES}", visit.paper.house.name);
    for guess in guesses {
        text.push('\n');
        text.extend(riddle.marks(*guess).iter().map(|mark| match mark {
            Mark::Here => '✓',
            Mark::Elsewhere => '↔',
            Mark::Absent => '×',
        }));
    }
    text
}
