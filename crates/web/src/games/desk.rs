//! The games at the desk: a calendar, each puzzle with its solution, an exchange with a reason, a quiz to put in.

use std::sync::Arc;

use ::games::quiz::{Quiz, Refusal};
use ::games::{Day, Game, Key, Level, Puzzle};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::Role;
use serde::Deserialize;
use store::{Failure, Tx};
use story::Line;
use theme::{DeskExchange, DeskGamesDay, DeskGamesPage, DeskPuzzle, DeskPuzzlePage, Kind, Say};

use super::{arrows, count, crossword, fresh, made, noon, quiz, sudoku, today, word};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// Days ahead and back in the calendar.
const AHEAD: i32 = 7;
const BACK: i32 = 7;
/// The longest reason, in characters.
const REASON: usize = 500;

/// Addresses of the desk.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk/games", get(calendar))
        .route("/desk/games/quiz", post(put_quiz))
        .route("/desk/games/{game}/{level}/{day}", get(puzzle))
        .route("/desk/games/{game}/{level}/{day}/exchange", post(exchange))
}

/// What was just done.
#[derive(Default, Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

/// `GET /desk/games`
async fn calendar(visit: Visit, Query(done): Query<Done>) -> Answer {
    let notice = match done.done.as_str() {
        "quiz" => Some(Say::new("say-quiz-put")),
        "exchange" => Some(Say::new("say-exchange-done")),
        _ => None,
    };
    let page = DeskGamesPage { notice, ..calendar_page(&visit).await? };
    visit.show(&page)
}

async fn calendar_page(visit: &Visit) -> Result<DeskGamesPage, Trouble> {
    visit.staff(Role::Editor)?;
    let paper = &visit.paper;
    let now = today(paper, visit.now);
    let mut tx = visit.read().await?;
    let kept = ::games::puzzles(&mut tx, now.after(-BACK), now.after(AHEAD)).await?;
    let exchanges = ::games::exchanged(&mut tx, 10).await?;
    let day = |n: i32| {
        let day = now.after(n);
        DeskGamesDay { at: noon(paper, day), today: n == 0, puzzles: of_day(&kept, day) }
    };
    let this_week = now.monday();
    Ok(DeskGamesPage {
        frame: visit.frame(&mut tx, Kind::Desk, visit.in_words("Spiele", "Games")).await?,
        days: (-BACK..=AHEAD).rev().map(day).collect(),
        exchanges: exchanges
            .into_iter()
            .map(|one| DeskExchange {
                game: one.game.as_str().to_owned(),
                day: noon(paper, one.day),
                by: one.editor,
                reason: one.reason,
                at: one.at,
            })
            .collect(),
        mondays: (0..5)
            .map(|week| this_week.after(7 * week))
            .map(|day| (day.to_string(), noon(paper, day)))
            .collect(),
        quiz: String::new(),
        error: None,
        notice: None,
    })
}

/// The puzzles of a day: those that make themselves, and those that somebody wrote.
fn of_day(kept: &[Puzzle], day: Day) -> Vec<DeskPuzzle> {
    let mut all: Vec<(Game, Level)> = Key::all_of(day).map(|key| (key.game, key.level)).collect();
    for puzzle in kept.iter().filter(|puzzle| puzzle.key.day == day) {
        let name = (puzzle.key.game, puzzle.key.level);
        if !all.contains(&name) {
            all.push(name);
        }
    }
    let shown = |(game, level): (Game, Level)| {
        let found = kept
            .iter()
            .find(|puzzle| puzzle.key.day == day && (puzzle.key.game, puzzle.key.level) == (game, level));
        DeskPuzzle {
            game: game.as_str().to_owned(),
            level: level.as_str().to_owned(),
            url: address(game, level, day),
            made: found.is_some(),
            exchanged: found.map_or(0, |puzzle| puzzle.key.attempt),
        }
    };
    all.into_iter().map(shown).collect()
}

/// A puzzle's page at the desk. A game without levels has a dash in its address.
fn address(game: Game, level: Level, day: Day) -> String {
    let level = if level == Level::Plain { "-" } else { level.as_str() };
    format!("/desk/games/{}/{level}/{day}", game.as_str())
}

type Named = (String, String, String);

/// The name in an address.
fn key((game, level, day): &Named) -> Result<Key, Trouble> {
    let level = if level == "-" { Some(Level::Plain) } else { Level::parse(level) };
    let game = Game::parse(game).ok_or(Trouble::NotFound)?;
    Ok(Key::new(game, level.ok_or(Trouble::NotFound)?, Day::parse(day).ok_or(Trouble::NotFound)?))
}

/// A puzzle that the desk may look at: up to the end of the calendar; looked at is written down, so it is the one that will be played.
async fn kept(visit: &Visit, named: &Named) -> Result<Puzzle, Trouble> {
    visit.staff(Role::Editor)?;
    let key = key(named)?;
    let now = today(&visit.paper, visit.now);
    let first = super::first_day(&visit.paper, visit.now).await?;
    if key.day < first || key.day > now.after(AHEAD * 5) {
        return Err(Trouble::NotFound);
    }
    made(&visit.paper, key, visit.now).await
}

/// `GET /desk/games/{game}/{level}/{day}`
async fn puzzle(visit: Visit, Path(named): Path<Named>) -> Answer {
    let kept = kept(&visit, &named).await?;
    visit.show(&puzzle_page(&visit, &kept).await?)
}

async fn puzzle_page(visit: &Visit, kept: &Puzzle) -> Result<DeskPuzzlePage, Trouble> {
    let (game, level, day) = (kept.key.game, kept.key.level, kept.key.day);
    let mut tx = visit.read().await?;
    let public = match level {
        Level::Plain if game == Game::Crossword => crossword::url(kept.id),
        Level::Plain => format!("/games/{}/{day}", game.as_str()),
        level => format!("/games/{}/{}/{day}", game.as_str(), level.as_str()),
    };
    let title = visit.in_words("Rätsel", "Puzzle");
    let mut page = DeskPuzzlePage {
        frame: visit.frame(&mut tx, Kind::Desk, title).await?,
        game: game.as_str().to_owned(),
        level: level.as_str().to_owned(),
        day: noon(&visit.paper, day),
        url: address(game, level, day),
        public: (day <= today(&visit.paper, visit.now)).then_some(public),
        grids: None,
        techniques: Vec::new(),
        lines: Vec::new(),
        exchangeable: !matches!(game, Game::Quiz | Game::Crossword),
        plays: u64::try_from(::games::plays::begun(&mut tx, kept.id).await?).unwrap_or(0),
        reason: String::new(),
        error: None,
    };
    match game {
        Game::Sudoku => {
            let puzzle = sudoku::read(kept)?;
            page.grids = Some((sudoku::rows(&puzzle.given), sudoku::rows(&puzzle.solution)));
            page.techniques = puzzle.techniques.iter().map(|one| one.as_str().to_owned()).collect();
        }
        Game::Word => page.lines = vec![word::read(kept)?.solution.to_string()],
        Game::Quiz => {
            let line = |question: &::games::quiz::Question| {
                let right = question.answers.get(question.right.saturating_sub(1)).map_or("", String::as_str);
                format!("{} {right}", question.text)
            };
            page.lines = quiz::read(kept)?.questions.iter().map(line).collect();
        }
        Game::Arrows => page.lines = arrows::read(kept)?.letters,
        Game::Crossword => page.lines = crossword::lines(kept)?,
    }
    Ok(page)
}

/// Why something is exchanged.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Why {
    #[serde(default)]
    reason: String,
}

/// `POST /desk/games/{game}/{level}/{day}/exchange`
async fn exchange(visit: Visit, Path(named): Path<Named>, Form(why): Form<Why>) -> Answer {
    let old = kept(&visit, &named).await?;
    let refused = async |status, say: &str| {
        let page = puzzle_page(&visit, &old).await?;
        let reason = why.reason.replace('\0', "");
        visit.show_with(status, &DeskPuzzlePage { reason, error: Some(Say::new(say)), ..page })
    };
    let Ok(reason) = Line::parse("reason", &why.reason, REASON) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "say-exchange-reason").await;
    };
    let content = fresh(&visit.paper, old.key.next_attempt(), visit.now).await?;
    let mut tx = visit.begin().await?;
    if !replace(&visit, &mut tx, &old, &content, &reason).await? {
        drop(tx);
        return refused(StatusCode::CONFLICT, "say-exchange-late").await;
    }
    tx.commit().await?;
    visit.see_other("/desk/games?done=exchange")
}

/// Puts another content in the place of a puzzle: both rows stay, with who did it and why. False if somebody was faster.
async fn replace(
    visit: &Visit,
    tx: &mut Tx,
    old: &Puzzle,
    content: &str,
    reason: &Line,
) -> Result<bool, Trouble> {
    let editor = visit.acting(tx, Role::Editor).await?;
    let new = ::games::keep(tx, old.key.next_attempt(), content, visit.now).await?;
    let done = ::games::exchange(tx, old.id, new.id, editor, reason, visit.now).await?;
    store::events::tell(tx, archive::FRONT, 0, visit.now).await?;
    Ok(done && new.content == content)
}

/// A quiz as it was written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    monday: String,
    quiz: String,
}

/// `POST /desk/games/quiz`
async fn put_quiz(visit: Visit, Form(written): Form<Written>) -> Answer {
    let page = calendar_page(&visit).await?;
    let refused = |status, error: Say| {
        let quiz = written.quiz.replace('\0', "");
        visit.show_with(status, &DeskGamesPage { quiz, error: Some(error), ..page.clone() })
    };
    let chosen = page.mondays.iter().any(|(monday, _)| *monday == written.monday);
    let Some(day) = Day::parse(&written.monday).filter(|_| chosen) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, Say::new("say-quiz-week"));
    };
    let quiz = match Quiz::parse(&written.quiz) {
        Ok(quiz) => quiz,
        Err(refusal) => return refused(StatusCode::UNPROCESSABLE_ENTITY, say(refusal)),
    };
    let content = serde_json::to_string(&quiz).map_err(Failure::from)?;
    let mut tx = visit.begin().await?;
    let old = ::games::puzzle(&mut tx, Game::Quiz, Level::Plain, day).await?;
    let put = match old {
        Some(old) => {
            let reason = visit.in_words("Neuer Text", "New text");
            let reason =
                Line::parse("reason", reason, REASON).map_err(|_| Failure::new("a reason of ours"))?;
            replace(&visit, &mut tx, &old, &content, &reason).await?
        }
        None => {
            visit.acting(&mut tx, Role::Editor).await?;
            let key = Key::new(Game::Quiz, Level::Plain, day);
            let kept = ::games::keep(&mut tx, key, &content, visit.now).await?;
            store::events::tell(&mut tx, archive::FRONT, 0, visit.now).await?;
            kept.content == content
        }
    };
    if !put {
        drop(tx);
        return refused(StatusCode::CONFLICT, Say::new("say-exchange-late"));
    }
    tx.commit().await?;
    visit.see_other("/desk/games?done=quiz")
}

fn say(refusal: Refusal) -> Say {
    let number = |key: &str, number: usize| Say::new(key).number("number", count(number));
    match refusal {
        Refusal::Unreadable { line, what } => {
            Say::new("say-quiz-unreadable").number("line", count(line.unwrap_or(1))).text("what", what)
        }
        Refusal::Title => Say::new("say-quiz-title"),
        Refusal::Questions => Say::new("say-quiz-questions"),
        Refusal::Question { number: n } => number("say-quiz-question", n),
        Refusal::Article { number: n } => number("say-quiz-question-article", n),
    }
}
