//! The Schwedenrätsel of a day: its page, what was typed judged, a letter told, a sheet for paper.

use std::collections::HashMap;
use std::sync::Arc;

use ::games::arrows::Grid;
use ::games::letters::{Board, Typed};
use ::games::{Day, Game, Level, Puzzle};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use theme::{LettersPage, LettersSheetPage};

use super::letters::{Kept, Sent, cells, checked, clues, play, save, told};
use super::{Month, archive_page, copy, first_day, frame, noon, puzzle_of, teasers, today, until_midnight};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// Addresses of the Schwedenrätsel.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/games/arrows", get(todays))
        .route("/games/arrows/archive", get(archive))
        .route("/games/arrows/{day}", get(of_day))
        .route("/games/arrows/{day}/sheet", get(sheet))
        .route("/games/arrows/{day}/checks", post(check))
        .route("/games/arrows/{day}/letters", post(tell))
        .route("/games/arrows/{day}/play", get(own_play).post(keep))
}

/// `GET /games/arrows`
async fn todays(visit: Visit) -> Answer {
    let day = today(&visit.paper, visit.now);
    show(visit, day).await
}

/// `GET /games/arrows/archive?month=2026-11`
async fn archive(visit: Visit, Query(month): Query<Month>) -> Answer {
    archive_page(visit, Game::Arrows, Level::Plain, month).await
}

/// `GET /games/arrows/{day}`
async fn of_day(visit: Visit, Path(day): Path<String>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    show(visit, day).await
}

async fn show(visit: Visit, day: Day) -> Answer {
    let make = async {
        let (_, board) = found(&visit, day).await?;
        copy(&visit.paper, &page(&visit, day, &board, &Sent::default()).await?)
    };
    until_midnight(&visit, make).await
}

/// A grid as it was kept.
pub(super) fn read(puzzle: &Puzzle) -> Result<Grid, Trouble> {
    Ok(Grid::read(&puzzle.content)?)
}

async fn found(visit: &Visit, day: Day) -> Result<(Puzzle, Board), Trouble> {
    let puzzle = puzzle_of(visit, Game::Arrows, Level::Plain, day).await?;
    let board = Board::from(&read(&puzzle)?);
    Ok((puzzle, board))
}

fn url(day: Day) -> String {
    format!("/games/arrows/{day}")
}

/// `POST /games/arrows/{day}/checks`: what is wrong, or that nothing is.
async fn check(visit: Visit, Path(day): Path<String>, Form(form): Form<HashMap<String, String>>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (puzzle, board) = found(&visit, day).await?;
    let sent = Sent::parse(form, &board)?;
    let page = page(&visit, day, &board, &sent).await?;
    checked(&visit, &puzzle, page, &board, &sent).await
}

/// `POST /games/arrows/{day}/letters`: one letter of the solution.
async fn tell(visit: Visit, Path(day): Path<String>, Form(form): Form<HashMap<String, String>>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (puzzle, board) = found(&visit, day).await?;
    let sent = Sent::parse(form, &board)?;
    let page = page(&visit, day, &board, &sent).await?;
    told(&visit, &puzzle, page, &board, &sent).await
}

/// `GET /games/arrows/{day}/play`: what the account knows of it.
async fn own_play(visit: Visit, Path(day): Path<String>) -> Answer {
    visit.reader()?;
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (puzzle, _) = found(&visit, day).await?;
    play(visit, &puzzle, url(day)).await
}

/// `POST /games/arrows/{day}/play`: keeps where somebody stands.
async fn keep(visit: Visit, Path(day): Path<String>, Form(kept): Form<Kept>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (puzzle, board) = found(&visit, day).await?;
    save(visit, &puzzle, &board, url(day), kept).await
}

async fn page(visit: &Visit, day: Day, board: &Board, sent: &Sent) -> Result<LettersPage, Trouble> {
    let paper = &visit.paper;
    let now = today(paper, visit.now);
    let first = first_day(paper, visit.now).await?;
    let title = visit.in_words(format!("Schwedenrätsel vom {day}"), format!("Arrow words of {day}"));
    Ok(LettersPage {
        frame: frame(visit, title, Some(&url(day))).await?,
        game: Game::Arrows.as_str().to_owned(),
        day: noon(paper, day),
        today: day == now,
        title: None,
        author: None,
        copyright: None,
        intro: None,
        url: url(day),
        archive: "/games/arrows/archive".to_owned(),
        rows: cells(board, &sent.typed),
        across: clues(board, false),
        down: clues(board, true),
        verdict: None,
        solved: false,
        elapsed_ms: sent.elapsed_ms,
        earlier: (day > first).then(|| url(day.after(-1))),
        later: (day < now).then(|| url(day.after(1))),
        more: teasers(visit, Some(Game::Arrows)).await?,
    })
}

/// `GET /games/arrows/{day}/sheet`: the empty grid, and on a second sheet the solution of the latest day that is over.
async fn sheet(visit: Visit, Path(day): Path<String>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (_, own) = found(&visit, day).await?;
    let over = if day < today(&visit.paper, visit.now) { day } else { day.after(-1) };
    let solved = if over == day {
        Some(own.clone())
    } else if over >= first_day(&visit.paper, visit.now).await? {
        Some(found(&visit, over).await?.1)
    } else {
        None
    };
    let title =
        visit.in_words(format!("Schwedenrätsel vom {day}, Blatt"), format!("Arrow words of {day}, sheet"));
    let page = LettersSheetPage {
        frame: frame(&visit, title, None).await?,
        game: Game::Arrows.as_str().to_owned(),
        day: noon(&visit.paper, day),
        title: None,
        author: None,
        copyright: None,
        rows: cells(&own, &Typed::new()),
        // They stand in the grid.
        across: Vec::new(),
        down: Vec::new(),
        solution: solved.map(|board| (noon(&visit.paper, over), cells(&board, &board.letters().collect()))),
    };
    visit.show_shared(&page)
}
