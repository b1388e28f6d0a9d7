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

use super::letters::{Sent, cells, checked, clues, resumed, save, told};
use super::own::{self, Kept};
use super::{
    Meant, Month, archive_page, copy, first_day, frame, in_title, noon, puzzle_in, puzzle_meant, teasers,
    today, until_midnight,
};
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
        .route("/games/arrows/{day}/play", get(play).post(keep))
        .route("/games/arrows/{day}/play/grid", get(resume))
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
        let (puzzle, board) = found(&visit, day, None).await?;
        copy(&visit.paper, &page(&visit, &puzzle, &board, &Sent::default()).await?)
    };
    until_midnight(&visit, make).await
}

/// A grid as it was kept.
pub(super) fn read(puzzle: &Puzzle) -> Result<Grid, Trouble> {
    Ok(Grid::read(&puzzle.content)?)
}

/// The puzzle of a day, or the one that a form was sent from.
async fn found(visit: &Visit, day: Day, meant: Option<i64>) -> Result<(Puzzle, Board), Trouble> {
    let puzzle = puzzle_meant(visit, (Game::Arrows, Level::Plain, day), meant).await?;
    let board = Board::from(&read(&puzzle)?);
    Ok((puzzle, board))
}

fn url(day: Day) -> String {
    format!("/games/arrows/{day}")
}

/// `POST /games/arrows/{day}/checks`: what is wrong, or that nothing is.
async fn check(visit: Visit, Path(day): Path<String>, Form(form): Form<HashMap<String, String>>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (puzzle, board) = found(&visit, day, puzzle_in(&form)).await?;
    let sent = Sent::parse(form, &board)?;
    let page = page(&visit, &puzzle, &board, &sent).await?;
    checked(&visit, &puzzle, page, &board, &sent).await
}

/// `POST /games/arrows/{day}/letters`: one letter of the solution.
async fn tell(visit: Visit, Path(day): Path<String>, Form(form): Form<HashMap<String, String>>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (puzzle, board) = found(&visit, day, puzzle_in(&form)).await?;
    let sent = Sent::parse(form, &board)?;
    let page = page(&visit, &puzzle, &board, &sent).await?;
    told(&visit, &puzzle, page, &board, &sent).await
}

/// `GET /games/arrows/{day}/play`: what the account knows of it.
async fn play(visit: Visit, Path(day): Path<String>, Query(meant): Query<Meant>) -> Answer {
    visit.reader()?;
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (puzzle, _) = found(&visit, day, meant.puzzle).await?;
    own::play(visit, &puzzle, url(day)).await
}

/// `GET /games/arrows/{day}/play/grid`: the page with what the account keeps in it.
async fn resume(visit: Visit, Path(day): Path<String>) -> Answer {
    visit.reader()?;
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (puzzle, board) = found(&visit, day, None).await?;
    let (sent, solved) = resumed(&visit, &puzzle, &board).await?;
    visit.show(&LettersPage { solved, ..page(&visit, &puzzle, &board, &sent).await? })
}

/// `POST /games/arrows/{day}/play`: keeps where somebody stands.
async fn keep(visit: Visit, Path(day): Path<String>, Form(kept): Form<Kept>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (puzzle, board) = found(&visit, day, kept.puzzle).await?;
    save(visit, &puzzle, &board, url(day), kept).await
}

async fn page(visit: &Visit, puzzle: &Puzzle, board: &Board, sent: &Sent) -> Result<LettersPage, Trouble> {
    let (paper, day) = (&visit.paper, puzzle.key.day);
    let now = today(paper, visit.now);
    let first = first_day(paper, visit.now).await?;
    let date = in_title(visit, day);
    let title = visit.in_words(format!("Schwedenrätsel vom {date}"), format!("Arrow words of {date}"));
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
        puzzle: puzzle.id.0,
        version: sent.slip.version,
        archive: "/games/arrows/archive".to_owned(),
        rows: cells(board, &sent.typed),
        across: clues(board, false),
        down: clues(board, true),
        verdict: None,
        solved: false,
        elapsed_ms: sent.slip.elapsed_ms,
        earlier: (day > first).then(|| url(day.after(-1))),
        later: (day < now).then(|| url(day.after(1))),
        more: teasers(visit, Some(Game::Arrows)).await?,
    })
}

/// `GET /games/arrows/{day}/sheet`: the empty grid, and on a second sheet the solution of the latest day that is over.
async fn sheet(visit: Visit, Path(day): Path<String>) -> Answer {
    let day = Day::parse(&day).ok_or(Trouble::NotFound)?;
    let (_, own) = found(&visit, day, None).await?;
    let over = if day < today(&visit.paper, visit.now) { day } else { day.after(-1) };
    let solved = if over == day {
        Some(own.clone())
    } else if over >= first_day(&visit.paper, visit.now).await? {
        Some(found(&visit, over, None).await?.1)
    } else {
        None
    };
    let date = in_title(&visit, day);
    let title =
        visit.in_words(format!("Schwedenrätsel vom {date}, Blatt"), format!("Arrow words of {date}, sheet"));
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
