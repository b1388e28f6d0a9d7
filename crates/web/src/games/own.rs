//! What is personal about games: kept with the account, shown to nobody else, and never part of a page that others get.

use std::sync::Arc;

use ::games::plays::{self, Ending, Play, State};
use ::games::{Game, Puzzle, streaks};
use axum::Router;
use axum::routing::{get, post};
use reader::ReaderId;
use serde::Deserialize;
use store::{Failure, Time, Tx};
use theme::{Kind, OwnGamesPage, PlayPage, ScoreView, SeriesDay, SeriesView, TallyView};

use super::{count, noon, today};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// The longest game that is counted, in milliseconds: a day.
const LONGEST: u64 = 24 * 3_600_000;

/// Addresses of one's own results.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new().route("/games/own", get(own)).route("/games/own/listing", post(list))
}

/// What a form of a game says besides what was filled in; see also [`super::puzzle_meant`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slip {
    /// The version of the account's state that this one was made from; -1 if it never was compared with it.
    pub(crate) version: i64,
    /// How long they have played, as their browser says; for themselves only.
    pub(crate) elapsed_ms: u64,
    /// When they made the last move, as their browser says.
    pub(crate) finished: Option<Time>,
}

impl Default for Slip {
    fn default() -> Slip {
        Slip { version: -1, elapsed_ms: 0, finished: None }
    }
}

impl Slip {
    /// What goes with a state that the account keeps.
    pub(crate) fn of(play: &Play) -> Slip {
        let elapsed_ms = u64::try_from(play.elapsed).unwrap_or(0);
        Slip { version: play.version, elapsed_ms, finished: None }
    }

    /// Takes a field of the form; false if it is not one of a slip.
    pub(crate) fn take(&mut self, name: &str, text: &str) -> bool {
        match name {
            "puzzle" => {}
            "version" => self.version = text.parse().unwrap_or(-1),
            "elapsed" => self.elapsed_ms = text.parse::<u64>().unwrap_or(0).min(LONGEST),
            "finished" => self.finished = text.parse().ok().map(Time),
            _ => return false,
        }
        true
    }

    /// A state of a game that came with it.
    pub(crate) fn report(&self, text: String, filled: usize) -> State {
        let elapsed = i64::try_from(self.elapsed_ms).unwrap_or(0);
        State { text, progress: count(filled), elapsed, knew: self.version }
    }
}

/// A state as a device sends it in one piece.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    /// In the game's own form.
    pub(crate) state: String,
    /// Which puzzle it is of, if not the one that is played now.
    pub(crate) puzzle: Option<i64>,
    #[serde(default)]
    elapsed: u64,
    #[serde(default)]
    version: i64,
}

impl Kept {
    /// What it says besides the state.
    pub(crate) fn slip(&self) -> Slip {
        Slip { version: self.version, elapsed_ms: self.elapsed.min(LONGEST), finished: None }
    }
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

/// Keeps where somebody stands, and how it ended if it did; does nothing for a visitor without an account. The answer is the
/// version that they know from now on: a fuller grid from another device stands, and theirs was not made from it.
pub(crate) async fn remember(
    visit: &Visit,
    puzzle: &Puzzle,
    state: &State,
    ended: Option<Ended>,
) -> Result<i64, Trouble> {
    let Some(session) = &visit.session else { return Ok(-1) };
    let mut tx = visit.begin().await?;
    let play = plays::begin(&mut tx, session.reader, puzzle.id, visit.now).await?;
    // The end is the last word, whatever another device had.
    let knew = if ended.is_some() { play.version } else { state.knew };
    let stands = plays::save(&mut tx, &play, &State { knew, ..state.clone() }, visit.now).await?;
    if let Some(ended) = ended {
        plays::finish(&mut tx, &play, ending(visit, puzzle, ended), visit.now).await?;
    }
    tx.commit().await?;
    Ok(if stands.state == state.text { stands.version } else { state.knew })
}

/// `GET …/play`: what the account knows of a puzzle. Small, because every page of the puzzle asks for it.
pub(crate) async fn play(visit: Visit, puzzle: &Puzzle, url: String) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let play = plays::play(&mut tx, session.reader, puzzle.id).await?;
    let title = visit.in_words("Ihr Spielstand", "Your game");
    let page = PlayPage {
        frame: visit.frame(&mut tx, Kind::Page, title).await?,
        url,
        state: play.as_ref().map(|play| play.state.clone()).unwrap_or_default(),
        elapsed_ms: play.as_ref().map_or(0, |play| u64::try_from(play.elapsed).unwrap_or(0)),
        version: play.as_ref().map_or(0, |play| play.version),
        finished: play.is_some_and(|play| play.finished),
        series: series(&visit, &mut tx, session.reader, puzzle.key.game).await?,
    };
    visit.show(&page)
}

/// Where somebody stands, to be shown in the puzzle's own form; without scripts there is no other way back to it.
pub(crate) async fn standing(visit: &Visit, puzzle: &Puzzle) -> Result<Option<Play>, Trouble> {
    let reader = visit.reader()?.reader;
    Ok(plays::play(&mut visit.read().await?, reader, puzzle.id).await?)
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
