//! What is personal about games: kept with the account, shown to nobody else, and never part of a page that others get.

use std::sync::Arc;

use ::games::plays::{self, Ending, State};
use ::games::{Game, Puzzle, streaks};
use axum::Router;
use axum::routing::{get, post};
use reader::ReaderId;
use serde::Deserialize;
use store::{Failure, Time, Tx};
use theme::{Kind, OwnGamesPage, ScoreView, SeriesDay, SeriesView, TallyView};

use super::{noon, today};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// Addresses of one's own results.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new().route("/games/own", get(own)).route("/games/own/listing", post(list))
}

/// How a game ended, as far as the judge knows.
#[derive(Clone, Copy)]
pub(crate) struct Ended {
    /// It was solved.
    pub(crate) won: bool,
    /// What the game counts.
    pub(crate) score: i64,
    /// When, as the device says.
    pub(crate) finished: Option<Time>,
}

/// Keeps where somebody stands, and how it ended if it did; does nothing for a visitor without an account.
/// A state that knows version `i64::MAX` is the newest, because the reader sees it judged.
pub(crate) async fn remember(
    visit: &Visit,
    puzzle: &Puzzle,
    state: &State,
    ended: Option<Ended>,
) -> Result<(), Trouble> {
    let Some(session) = &visit.session else { return Ok(()) };
    let mut tx = visit.begin().await?;
    let play = plays::begin(&mut tx, session.reader, puzzle.id, visit.now).await?;
    let knew = if state.knew == i64::MAX { play.version } else { state.knew };
    plays::save(&mut tx, &play, &State { knew, ..state.clone() }, visit.now).await?;
    if let Some(ended) = ended {
        plays::finish(&mut tx, &play, ending(visit, puzzle, ended), visit.now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What is written down about an end: whether it counts for the series is decided by the paper's clock.
pub(crate) fn ending(visit: &Visit, puzzle: &Puzzle, ended: Ended) -> Ending {
    let on_time = streaks::counts(puzzle.key.day, ended.finished, visit.now, &visit.paper.house.zone);
    Ending { won: ended.won, on_time, score: ended.score }
}

/// Counts a hint for somebody with an account.
pub(crate) async fn took_hint(visit: &Visit, puzzle: &Puzzle) -> Result<(), Trouble> {
    let Some(session) = &visit.session else { return Ok(()) };
    let mut tx = visit.begin().await?;
    let play = plays::begin(&mut tx, session.reader, puzzle.id, visit.now).await?;
    plays::took_hint(&mut tx, &play).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody's series in a game.
pub(crate) async fn series(
    visit: &Visit,
    tx: &mut Tx,
    reader: ReaderId,
    game: Game,
) -> Result<SeriesView, Failure> {
    let days = plays::days_won(tx, reader, game).await?;
    let now = today(&visit.paper, visit.now);
    let series = streaks::series(&days, now);
    let day = |n: i32| {
        let day = now.after(-n);
        SeriesDay { at: noon(&visit.paper, day), done: days.contains(&day) }
    };
    Ok(SeriesView {
        game: game.as_str().to_owned(),
        current: series.current,
        longest: series.longest,
        week: (0..7).rev().map(day).collect(),
    })
}

/// `GET /games/own`
async fn own(visit: Visit) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let whole = |n: i64| u64::try_from(n).unwrap_or(0);
    let tallies = plays::tallies(&mut tx, session.reader).await?;
    let scores = plays::scores(&mut tx, session.reader, Game::Word).await?;
    let mut all = Vec::new();
    for game in [Game::Sudoku, Game::Word, Game::Arrows] {
        all.push(series(&visit, &mut tx, session.reader, game).await?);
    }
    let title = visit.in_words("Ihre Ergebnisse", "Your results");
    let page = OwnGamesPage {
        frame: visit.frame(&mut tx, Kind::Page, title).await?,
        series: all,
        tallies: tallies
            .into_iter()
            .map(|tally| TallyView {
                game: tally.game.as_str().to_owned(),
                level: tally.level.as_str().to_owned(),
                finished: whole(tally.finished),
                won: whole(tally.won),
                best_ms: tally.best.map(whole),
            })
            .collect(),
        scores: scores
            .into_iter()
            .map(|(score, count)| ScoreView { score: whole(score), count: whole(count) })
            .collect(),
        listed: plays::is_listed(&mut tx, session.reader).await?,
        name: session.name.as_str().to_owned(),
    };
    visit.show(&page)
}

/// Whether somebody wants to be named.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    shown: String,
}

/// `POST /games/own/listing`
async fn list(visit: Visit, Form(wish): Form<Wish>) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.begin().await?;
    plays::list(&mut tx, session.reader, wish.shown == "yes", visit.now).await?;
    tx.commit().await?;
    visit.see_other("/games/own")
}
