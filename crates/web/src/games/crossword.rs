//! The crosswords that the desk brought in: one a day at most, each under its number.

use std::collections::HashMap;
use std::sync::Arc;

use ::games::crossword::Crossword;
use ::games::letters::{Board, Typed};
use ::games::{Game, Puzzle, PuzzleId};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use theme::{ArchiveDay, GameArchivePage, LettersPage, LettersSheetPage};

use super::letters::{Sent, cells, checked, clues, resumed, save, told};
use super::own::{self, Kept};
use super::{copy, frame, in_title, noon, teasers, today, until_midnight};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// How many the archive lists.
const LISTED: i64 = 400;

/// Addresses of the crosswords.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/games/crossword", get(latest))
        .route("/games/crossword/archive", get(archive))
        .route("/games/crossword/{id}", get(show))
        .route("/games/crossword/{id}/sheet", get(sheet))
        .route("/games/crossword/{id}/checks", post(check))
        .route("/games/crossword/{id}/letters", post(tell))
        .route("/games/crossword/{id}/play", get(play).post(keep))
        .route("/games/crossword/{id}/play/grid", get(resume))
}

/// A crossword's own title.
pub(super) fn title_of(puzzle: &Puzzle) -> Result<Option<String>, Trouble> {
    Ok(Crossword::parse(&puzzle.content)?.title)
}

/// The solution row by row, for the desk.
pub(super) fn lines(puzzle: &Puzzle) -> Result<Vec<String>, Trouble> {
    let board = Board::from(&Crossword::parse(&puzzle.content)?);
    let sign = |row: usize, column: usize| board.letter((row, column)).unwrap_or('#');
    Ok((0..board.rows.len())
        .map(|row| (0..board.rows[row].len()).map(|column| sign(row, column)).collect())
        .collect())
}

/// `GET /games/crossword`: the latest, or the list of games in a paper that has none.
async fn latest(visit: Visit) -> Answer {
    let now = today(&visit.paper, visit.now);
    let all = ::games::played(&mut visit.read().await?, Game::Crossword, now, 1).await?;
    match all.first() {
        Some(puzzle) => visit.see_other(&url(puzzle.id)),
        None => visit.see_other("/games"),
    }
}

/// `GET /games/crossword/archive`
async fn archive(visit: Visit) -> Answer {
    let now = today(&visit.paper, visit.now);
    let all = ::games::played(&mut visit.read().await?, Game::Crossword, now, LISTED).await?;
    let title = visit.in_words("Archiv der Kreuzworträtsel", "Archive of crosswords").to_owned();
    let day = |puzzle: &Puzzle| ArchiveDay { at: noon(&visit.paper, puzzle.key.day), url: url(puzzle.id) };
    let page = GameArchivePage {
        frame: frame(&visit, title, None).await?,
        game: Game::Crossword.as_str().to_owned(),
        level: String::new(),
        levels: Vec::new(),
        days: all.iter().map(day).collect(),
        older: None,
        newer: None,
    };
    visit.show_shared(&page)
}

/// A crossword's lasting address.
pub(super) fn url(id: PuzzleId) -> String {
    format!("/games/crossword/{id}")
}

/// A crossword whose day has come.
async fn found(visit: &Visit, id: i64) -> Result<(Puzzle, Crossword), Trouble> {
    let puzzle = ::games::numbered(&mut visit.read().await?, PuzzleId(id)).await?;
    let now = today(&visit.paper, visit.now);
    let puzzle = puzzle.filter(|puzzle| puzzle.key.game == Game::Crossword && puzzle.key.day <= now);
    let puzzle = puzzle.ok_or(Trouble::NotFound)?;
    let crossword = Crossword::parse(&puzzle.content)?;
    Ok((puzzle, crossword))
}

/// `GET /games/crossword/{id}`
async fn show(visit: Visit, Path(id): Path<i64>) -> Answer {
    let make = async {
        let (puzzle, crossword) = found(&visit, id).await?;
        let page = page(&visit, &puzzle, &crossword, &Board::from(&crossword), &Sent::default()).await?;
        copy(&visit.paper, &page)
    };
    until_midnight(&visit, make).await
}

/// `POST /games/crossword/{id}/checks`: what is wrong, or that nothing is.
async fn check(visit: Visit, Path(id): Path<i64>, Form(form): Form<HashMap<String, String>>) -> Answer {
    let (puzzle, crossword) = found(&visit, id).await?;
    let board = Board::from(&crossword);
    let sent = Sent::parse(form, &board)?;
    let page = page(&visit, &puzzle, &crossword, &board, &sent).await?;
    checked(&visit, &puzzle, page, &board, &sent).await
}

/// `POST /games/crossword/{id}/letters`: one letter of the solution.
async fn tell(visit: Visit, Path(id): Path<i64>, Form(form): Form<HashMap<String, String>>) -> Answer {
    let (puzzle, crossword) = found(&visit, id).await?;
    let board = Board::from(&crossword);
    let sent = Sent::parse(form, &board)?;
    let page = page(&visit, &puzzle, &crossword, &board, &sent).await?;
    told(&visit, &puzzle, page, &board, &sent).await
}

/// `GET /games/crossword/{id}/play`: what the account knows of it.
async fn play(visit: Visit, Path(id): Path<i64>) -> Answer {
    visit.reader()?;
    let (puzzle, _) = found(&visit, id).await?;
    own::play(visit, &puzzle, url(puzzle.id)).await
}

/// `GET /games/crossword/{id}/play/grid`: the page with what the account keeps in it.
async fn resume(visit: Visit, Path(id): Path<i64>) -> Answer {
    visit.reader()?;
    let (puzzle, crossword) = found(&visit, id).await?;
    let board = Board::from(&crossword);
    let (sent, solved) = resumed(&visit, &puzzle, &board).await?;
    visit.show(&LettersPage { solved, ..page(&visit, &puzzle, &crossword, &board, &sent).await? })
}

/// `POST /games/crossword/{id}/play`: keeps where somebody stands.
async fn keep(visit: Visit, Path(id): Path<i64>, Form(kept): Form<Kept>) -> Answer {
    let (puzzle, crossword) = found(&visit, id).await?;
    save(visit, &puzzle, &Board::from(&crossword), url(puzzle.id), kept).await
}

async fn page(
    visit: &Visit,
    puzzle: &Puzzle,
    crossword: &Crossword,
    board: &Board,
    sent: &Sent,
) -> Result<LettersPage, Trouble> {
    let (day, now) = (puzzle.key.day, today(&visit.paper, visit.now));
    let mut tx = visit.read().await?;
    let earlier = ::games::played(&mut tx, Game::Crossword, day.after(-1), 1).await?;
    let later = ::games::next(&mut tx, Game::Crossword, day, now).await?;
    drop(tx);
    Ok(LettersPage {
        frame: frame(visit, title(visit, puzzle, crossword), Some(&url(puzzle.id))).await?,
        game: Game::Crossword.as_str().to_owned(),
        day: noon(&visit.paper, day),
        today: day == now,
        title: crossword.title.clone(),
        author: crossword.author.clone(),
        copyright: crossword.copyright.clone(),
        intro: crossword.intro.clone(),
        url: url(puzzle.id),
        puzzle: puzzle.id.0,
        version: sent.slip.version,
        archive: "/games/crossword/archive".to_owned(),
        rows: cells(board, &sent.typed),
        across: clues(board, false),
        down: clues(board, true),
        verdict: None,
        solved: false,
        elapsed_ms: sent.slip.elapsed_ms,
        earlier: earlier.first().map(|puzzle| url(puzzle.id)),
        later: later.map(|puzzle| url(puzzle.id)),
        more: teasers(visit, Some(Game::Crossword)).await?,
    })
}

fn title(visit: &Visit, puzzle: &Puzzle, crossword: &Crossword) -> String {
    let date = in_title(visit, puzzle.key.day);
    let plain = || visit.in_words(format!("Kreuzworträtsel vom {date}"), format!("Crossword of {date}"));
    crossword.title.clone().unwrap_or_else(plain)
}

/// `GET /games/crossword/{id}/sheet`: the empty grid and its clues, and on a second sheet the solution, once its day is over.
async fn sheet(visit: Visit, Path(id): Path<i64>) -> Answer {
    let (puzzle, crossword) = found(&visit, id).await?;
    let board = Board::from(&crossword);
    let over = puzzle.key.day < today(&visit.paper, visit.now);
    let day = noon(&visit.paper, puzzle.key.day);
    let page = LettersSheetPage {
        frame: frame(&visit, title(&visit, &puzzle, &crossword), None).await?,
        game: Game::Crossword.as_str().to_owned(),
        day,
        title: crossword.title.clone(),
        author: crossword.author.clone(),
        copyright: crossword.copyright.clone(),
        rows: cells(&board, &Typed::new()),
        across: clues(&board, false),
        down: clues(&board, true),
        solution: over.then(|| (day, cells(&board, &board.letters().collect()))),
    };
    visit.show_shared(&page)
}
