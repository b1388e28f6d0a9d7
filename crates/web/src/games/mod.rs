//! The games: which puzzle is asked for, which page shows it, and where an answer goes to be judged.
//!
//! A page of a puzzle is the same for everybody and kept ready, under its address together with the paper's day: at midnight it
//! says other things. What somebody typed comes back only to them. What is personal is a part under `…/play`.

mod arrows;
mod crossword;
mod desk;
mod letters;
mod own;
mod quiz;
mod sudoku;
mod uploads;
mod word;

use std::collections::HashMap;
use std::sync::Arc;

use ::edition::{Made, Stands};
use ::games::{Day, Founded, Game, Key, Level, Puzzle, PuzzleId};
use archive::Section;
use axum::Router;
use axum::routing::get;
use jiff::civil::Date;
use serde::Deserialize;
use store::{Failure, Time};
use theme::{ArchiveDay, Frame, GameArchivePage, GameTeaser, GamesPage, Kind, Link};

use crate::front_desk::shared;
use crate::{Answer, Paper, Trouble, Visit, pages};

/// The archive begins so many days before the paper got its games.
const DAYS_BEFORE: i32 = 30;

/// Addresses of the games.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/games", get(games))
        .merge(arrows::routes())
        .merge(crossword::routes())
        .merge(sudoku::routes())
        .merge(word::routes())
        .merge(quiz::routes())
        .merge(own::routes())
        .merge(desk::routes())
        .merge(uploads::routes())
}

/// Noon of a day, which stands for the day on pages.
pub(crate) fn noon(paper: &Paper, day: Day) -> Time {
    day.begins(&paper.house.zone).plus_minutes(12 * 60)
}

/// The paper's day at a moment.
pub(crate) fn today(paper: &Paper, now: Time) -> Day {
    Day::of(now, &paper.house.zone)
}

/// „24.11.2026“, for titles; the pages themselves have the theme say it.
pub(crate) fn in_title(visit: &Visit, day: Day) -> String {
    day.date().strftime(visit.in_words("%-d.%-m.%Y", "%-d %B %Y")).to_string()
}

/// The paper's secret. The first to need it writes it down.
pub(crate) async fn founded(paper: &Paper, now: Time) -> Result<Founded, Failure> {
    let mut tx = paper.db.read().await?;
    if let Some(founded) = ::games::founded(&mut tx).await? {
        return Ok(founded);
    }
    drop(tx);
    let mut tx = paper.db.begin().await?;
    let founded = ::games::seed(&mut tx, paper.random_bytes(), now).await?;
    tx.commit().await?;
    Ok(founded)
}

/// The first day that has puzzles.
pub(crate) async fn first_day(paper: &Paper, now: Time) -> Result<Day, Failure> {
    Ok(Day::of(founded(paper, now).await?.at, &paper.house.zone).after(-DAYS_BEFORE))
}

/// The puzzle of a day that has come and is not too long ago; made now if nobody needed it before.
pub(crate) async fn puzzle_of(visit: &Visit, game: Game, level: Level, day: Day) -> Result<Puzzle, Trouble> {
    let paper = &visit.paper;
    if day > today(paper, visit.now) || day < first_day(paper, visit.now).await? {
        return Err(Trouble::NotFound);
    }
    made(paper, Key::new(game, level, day), visit.now).await
}

/// The puzzle that a form of this name was sent from, even if the desk has put another in its place since.
pub(crate) async fn puzzle_meant(
    visit: &Visit,
    (game, level, day): (Game, Level, Day),
    id: Option<i64>,
) -> Result<Puzzle, Trouble> {
    let played = puzzle_of(visit, game, level, day).await?;
    let Some(id) = id.filter(|id| *id != played.id.0) else { return Ok(played) };
    let meant = ::games::numbered(&mut visit.read().await?, PuzzleId(id)).await?;
    let meant = meant.filter(|one| (one.key.game, one.key.level, one.key.day) == (game, level, day));
    meant.ok_or(Trouble::NotFound)
}

/// Which puzzle a form says that it is about.
pub(crate) fn puzzle_in(form: &HashMap<String, String>) -> Option<i64> {
    form.get("puzzle")?.parse().ok()
}

/// Which puzzle an address says that it is about.
#[derive(Deserialize)]
pub(crate) struct Meant {
    puzzle: Option<i64>,
}

/// A number of things as sentences and rows take it.
pub(crate) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The puzzle of this name, written down already or made now.
pub(crate) async fn made(paper: &Arc<Paper>, key: Key, now: Time) -> Result<Puzzle, Trouble> {
    let found = ::games::puzzle(&mut paper.db.read().await?, key.game, key.level, key.day).await?;
    if let Some(found) = found {
        return Ok(found);
    }
    let seed = founded(paper, now).await?.seed;
    let paper = Arc::clone(paper);
    // In a task of its own: a visitor who hangs up leaves the puzzle for the next one, and cannot have it made twice.
    let making = tokio::spawn(async move {
        // No request has such a path: of those who ask for the same puzzle one makes it.
        let _turn = paper.copies.turn(&format!("puzzle {key}")).await;
        ::games::made(&paper.db, &seed, key, now).await
    });
    let made = making.await.map_err(|error| Failure::because("a puzzle could not be made", error))??;
    made.ok_or(Trouble::NotFound)
}

/// Makes what a puzzle of this name holds and writes nothing down; not found if the game makes none of that name.
pub(crate) async fn fresh(paper: &Paper, key: Key, now: Time) -> Result<String, Trouble> {
    let seed = founded(paper, now).await?.seed;
    ::games::fresh(&paper.db, &seed, key).await?.ok_or(Trouble::NotFound)
}

/// Sends the copy of a page that is the same for everybody until midnight, or makes it.
pub(crate) async fn until_midnight(
    visit: &Visit,
    make: impl Future<Output = Result<Made, Trouble>>,
) -> Answer {
    // No request has such a path: the copy is found here only, where the day is known.
    let name = format!("{} {}", today(&visit.paper, visit.now), visit.path);
    shared(&visit.paper, &name, &visit.headers, make).await
}

/// A page of the games as a copy. Whatever the desk exchanges tells the event `front`.
pub(crate) fn copy<P: theme::Page>(paper: &Paper, page: &P) -> Result<Made, Trouble> {
    let body = paper.theme.render(page)?.into();
    Ok(Made { content_type: "text/html; charset=utf-8", body, stands: Stands::Front, changed: None })
}

/// The frame of a page of the games.
pub(crate) async fn frame(visit: &Visit, title: String, canonical: Option<&str>) -> Result<Frame, Trouble> {
    let sections: Vec<Section> = archive::sections(&mut visit.read().await?).await?;
    let mut frame = pages::frame(&visit.paper, &sections, Kind::Page, title, visit.now);
    frame.section = Some("/games".to_owned());
    frame.canonical = canonical.map(|path| visit.paper.house.at(path));
    frame.listed = canonical.is_some();
    Ok(frame)
}

/// The levels of a game as links: `/games/sudoku/easy`, with the day or another part at the end.
pub(crate) fn levels(game: Game, end: &str) -> Vec<Link> {
    Level::ALL
        .into_iter()
        .map(|level| Link::new(format!("/games/{}/{}{end}", game.as_str(), level.as_str()), level.as_str()))
        .collect()
}

/// Today's games, except the one somebody is at.
pub(crate) async fn teasers(visit: &Visit, but: Option<Game>) -> Result<Vec<GameTeaser>, Trouble> {
    let one = |game: Game, url: &str| GameTeaser {
        game: game.as_str().to_owned(),
        url: url.to_owned(),
        ..GameTeaser::default()
    };
    let mut all = vec![
        GameTeaser { levels: levels(Game::Sudoku, ""), ..one(Game::Sudoku, "/games/sudoku/medium") },
        one(Game::Word, "/games/word"),
        one(Game::Arrows, "/games/arrows"),
    ];
    let today = today(&visit.paper, visit.now);
    if let Some(puzzle) = ::games::latest(&mut visit.read().await?, Game::Quiz, today).await? {
        let title = Some(quiz::read(&puzzle)?.title);
        all.push(GameTeaser { title, ..one(Game::Quiz, "/games/quiz") });
    }
    if let Some(puzzle) = ::games::latest(&mut visit.read().await?, Game::Crossword, today).await? {
        let title = crossword::title_of(&puzzle)?;
        all.push(GameTeaser { title, ..one(Game::Crossword, &format!("/games/crossword/{}", puzzle.id)) });
    }
    all.retain(|teaser| but.is_none_or(|game| teaser.game != game.as_str()));
    Ok(all)
}

/// `GET /games`
async fn games(visit: Visit) -> Answer {
    let make = async {
        let title = visit.in_words("Spiele", "Games").to_owned();
        let page = GamesPage {
            frame: frame(&visit, title, Some("/games")).await?,
            day: noon(&visit.paper, today(&visit.paper, visit.now)),
            games: teasers(&visit, None).await?,
            own: "/games/own".to_owned(),
        };
        copy(&visit.paper, &page)
    };
    until_midnight(&visit, make).await
}

/// Which month of an archive.
#[derive(Deserialize)]
pub(crate) struct Month {
    month: Option<String>,
}

/// `GET /games/sudoku/easy/archive?month=2026-11`
pub(crate) async fn archive_page(visit: Visit, game: Game, level: Level, asked: Month) -> Answer {
    let (first, last) =
        (first_day(&visit.paper, visit.now).await?.date(), today(&visit.paper, visit.now).date());
    let month = match &asked.month {
        None => last.first_of_month(),
        Some(text) => Day::parse(&format!("{text}-01")).ok_or(Trouble::NotFound)?.date(),
    };
    if month > last || month.last_of_month() < first {
        return Err(Trouble::NotFound);
    }
    let under = match level {
        Level::Plain => format!("/games/{}", game.as_str()),
        level => format!("/games/{}/{}", game.as_str(), level.as_str()),
    };
    let other = |month: Date| format!("{under}/archive?month={}", month.strftime("%Y-%m"));
    let days = month.last_of_month().min(last).series(-jiff::ToSpan::day(1));
    let days = days.take_while(|day| *day >= month && *day >= first).map(Day::of_date);
    let title = visit.in_words("Archiv der Rätsel", "Archive of puzzles").to_owned();
    let page = GameArchivePage {
        frame: frame(&visit, title, None).await?,
        game: game.as_str().to_owned(),
        level: level.as_str().to_owned(),
        levels: if level == Level::Plain { Vec::new() } else { levels(game, "/archive") },
        days: days
            .map(|day| ArchiveDay { at: noon(&visit.paper, day), url: format!("{under}/{day}") })
            .collect(),
        older: month.yesterday().ok().filter(|day| *day >= first).map(|day| other(day.first_of_month())),
        newer: month.last_of_month().tomorrow().ok().filter(|day| *day <= last).map(other),
    };
    visit.show_shared(&page)
}

/// What an address says: a level, and a day that is written in our way.
pub(crate) fn level_and_day(level: &str, day: &str) -> Result<(Level, Day), Trouble> {
    Ok((Level::parse(level).ok_or(Trouble::NotFound)?, Day::parse(day).ok_or(Trouble::NotFound)?))
}
