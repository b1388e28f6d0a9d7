//! Crosswords and pairs of answers and clues that the desk brings in, and crosswords that it takes out again: as ipuz and as CSV.
//! A file with a fault is given back with its faults and their places; nothing of it is kept.

use std::sync::Arc;

use ::games::arrows::{csv, pairs, shelf};
use ::games::crossword::{self, Crossword, Fault, Refused, Wanted};
use ::games::{Day, Game, PuzzleId};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::routing::{get, post};
use http::header::{self, HeaderValue};
use http::{Response, StatusCode};
use reader::Role;
use serde::Deserialize;
use store::Failure;
use story::Line;
use theme::{DeskCrossword, DeskLettersPage, FaultLine, Kind, Say};

use super::{count, noon, today};
use crate::enclosed::Enclosed;
use crate::{Answer, Paper, Trouble, Visit};

/// The most bytes of a form with a file in it: pasted, every byte of the file may need three.
const LARGEST: usize = 3 * csv::MOST_BYTES + 10_000;
/// Crosswords may be brought in so many days ahead.
const AHEAD: i32 = 366;
/// So many are listed.
const LISTED: i64 = 60;
/// The longest reason, in characters.
const REASON: usize = 500;

/// Addresses of the uploads.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    let files = Router::new()
        .route("/desk/games/crosswords", post(put_crossword))
        .route("/desk/games/pairs", get(take_out_pairs).post(put_pairs))
        .route("/desk/games/pairs/withdrawal", post(withdraw_pairs))
        .layer(DefaultBodyLimit::max(LARGEST));
    Router::new()
        .route("/desk/games/letters", get(show))
        .route("/desk/games/crosswords/{id}", get(take_out))
        .merge(files)
}

/// What was just done.
#[derive(Default, Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

/// `GET /desk/games/letters`
async fn show(visit: Visit, Query(done): Query<Done>) -> Answer {
    let notice = match done.done.as_str() {
        "crossword" => Some(Say::new("say-crossword-put")),
        "pairs" => Some(Say::new("say-pairs-put")),
        "withdrawal" => Some(Say::new("say-pairs-withdrawn")),
        _ => None,
    };
    let page = DeskLettersPage { notice, ..page(&visit).await? };
    visit.show(&page)
}

async fn page(visit: &Visit) -> Result<DeskLettersPage, Trouble> {
    visit.staff(Role::Editor)?;
    let now = today(&visit.paper, visit.now);
    let mut tx = visit.read().await?;
    let kept = ::games::played(&mut tx, Game::Crossword, now.after(AHEAD), LISTED).await?;
    let own = shelf::own(&mut tx).await?.len();
    let mut crosswords = Vec::new();
    for puzzle in &kept {
        crosswords.push(DeskCrossword {
            day: noon(&visit.paper, puzzle.key.day),
            title: Crossword::parse(&puzzle.content)?.title,
            url: format!("/desk/games/crossword/-/{}", puzzle.key.day),
            file: format!("/desk/games/crosswords/{}", puzzle.id),
        });
    }
    let last = kept.first().map_or(now, |puzzle| puzzle.key.day.max(now));
    Ok(DeskLettersPage {
        frame: visit.frame(&mut tx, Kind::Desk, visit.in_words("Rätselgitter", "Puzzle grids")).await?,
        crosswords,
        day: last.after(1).to_string(),
        own: u64::try_from(own).unwrap_or(0),
        ours: u64::try_from(pairs::ours().len()).unwrap_or(0),
        refused: String::new(),
        file: String::new(),
        faults: Vec::new(),
        notice: None,
    })
}

/// A crossword for a day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Placed {
    day: String,
    file: String,
}

/// `POST /desk/games/crosswords`
async fn put_crossword(visit: Visit, Enclosed(placed): Enclosed<Placed>) -> Answer {
    let page = page(&visit).await?;
    let refused = |status, faults: Vec<FaultLine>| {
        let (day, file) = (placed.day.replace('\0', ""), placed.file.replace('\0', ""));
        let page = DeskLettersPage { refused: "crossword".to_owned(), day, file, faults, ..page.clone() };
        visit.show_with(status, &page)
    };
    let about = |place: &str, say: &str| vec![FaultLine { place: place.to_owned(), say: Say::new(say) }];
    let now = today(&visit.paper, visit.now);
    let Some(day) = Day::parse(&placed.day).filter(|day| (now..=now.after(AHEAD)).contains(day)) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, about("", "say-crossword-day"));
    };
    let crossword = match crossword::read(&placed.file) {
        Ok(crossword) => crossword,
        Err(faults) => {
            return refused(StatusCode::UNPROCESSABLE_ENTITY, faults.iter().map(ipuz_fault).collect());
        }
    };
    let reason = visit.in_words("Neue Datei", "New file");
    let reason = Line::parse("reason", reason, REASON).map_err(|_| Failure::new("a reason of ours"))?;
    let mut tx = visit.begin().await?;
    let editor = visit.acting(&mut tx, Role::Editor).await?;
    if crossword::place(&mut tx, &crossword, day, editor, &reason, visit.now).await?.is_none() {
        drop(tx);
        return refused(StatusCode::CONFLICT, about("", "say-exchange-late"));
    }
    tx.commit().await?;
    visit.see_other("/desk/games/letters?done=crossword")
}

/// A list of pairs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    file: String,
}

/// `POST /desk/games/pairs`: puts the list in the place of the last one.
async fn put_pairs(visit: Visit, Enclosed(list): Enclosed<List>) -> Answer {
    let page = page(&visit).await?;
    let pairs = match csv::read(&list.file) {
        Ok(pairs) => pairs,
        Err(faults) => {
            let file = list.file.replace('\0', "");
            let faults = faults.iter().map(|fault| pairs_fault(&visit, fault)).collect();
            let page = DeskLettersPage { refused: "pairs".to_owned(), file, faults, ..page };
            return visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let mut tx = visit.begin().await?;
    let editor = visit.acting(&mut tx, Role::Editor).await?;
    shelf::replace(&mut tx, &pairs, editor, visit.now).await?;
    tx.commit().await?;
    visit.see_other("/desk/games/letters?done=pairs")
}

/// `POST /desk/games/pairs/withdrawal`: from now on only the pairs that come with Blatt.
async fn withdraw_pairs(visit: Visit) -> Answer {
    let mut tx = visit.begin().await?;
    let editor = visit.acting(&mut tx, Role::Editor).await?;
    shelf::replace(&mut tx, &[], editor, visit.now).await?;
    tx.commit().await?;
    visit.see_other("/desk/games/letters?done=withdrawal")
}

/// `GET /desk/games/pairs`: the paper's own list, as it can be brought in again.
async fn take_out_pairs(visit: Visit) -> Answer {
    visit.staff(Role::Editor)?;
    let pairs = shelf::own(&mut visit.read().await?).await?;
    file("text/csv; charset=utf-8", "pairs.csv", csv::write(&pairs))
}

/// `GET /desk/games/crosswords/{id}`: a crossword as an ipuz file, with its solution.
async fn take_out(visit: Visit, Path(id): Path<i64>) -> Answer {
    visit.staff(Role::Editor)?;
    let puzzle = ::games::numbered(&mut visit.read().await?, PuzzleId(id)).await?;
    let puzzle = puzzle.filter(|puzzle| puzzle.key.game == Game::Crossword).ok_or(Trouble::NotFound)?;
    let content = crossword::write(&Crossword::parse(&puzzle.content)?);
    file("application/json", &format!("{}.ipuz", puzzle.key.day), content)
}

/// A file of the desk's, to be saved under this name.
fn file(content_type: &'static str, name: &str, content: String) -> Answer {
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let name = format!("attachment; filename=\"{name}\"");
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::try_from(name).map_err(|why| Failure::because("a file's name", why))?,
    );
    Ok(response)
}

fn ipuz_fault(refused: &Refused) -> FaultLine {
    let say = match &refused.fault {
        Fault::TooLong => Say::new("say-ipuz-too-long"),
        Fault::Json { line, .. } => Say::new("say-ipuz-json").number("line", count(*line)),
        Fault::Missing => Say::new("say-ipuz-missing"),
        Fault::Wrong(wanted) => Say::new(match wanted {
            Wanted::Text => "say-ipuz-wants-text",
            Wanted::Number => "say-ipuz-wants-number",
            Wanted::List => "say-ipuz-wants-list",
            Wanted::Object => "say-ipuz-wants-object",
            Wanted::Cell => "say-ipuz-wants-cell",
            Wanted::Clue => "say-ipuz-wants-clue",
        }),
        Fault::Version => Say::new("say-ipuz-version"),
        Fault::Kind => Say::new("say-ipuz-kind"),
        Fault::Size => Say::new("say-ipuz-size").number("most", count(crossword::LARGEST)),
        Fault::Count { is, should } => {
            Say::new("say-ipuz-count").number("is", count(*is)).number("should", count(*should))
        }
        Fault::Text(_) => Say::new("say-ipuz-text").number("most", count(crossword::LONGEST_LINE)),
        Fault::OneLetter => Say::new("say-ipuz-one-letter"),
        Fault::BlockDiffers => Say::new("say-ipuz-block"),
        Fault::Bars => Say::new("say-ipuz-bars"),
        Fault::Twice(number) => Say::new("say-ipuz-twice").number("number", i64::from(*number)),
        Fault::Direction => Say::new("say-ipuz-direction"),
        Fault::NoAnswer(number) => Say::new("say-ipuz-no-answer").number("number", i64::from(*number)),
        Fault::NoNumber => Say::new("say-ipuz-no-number"),
        Fault::NoClue(number) => Say::new("say-ipuz-no-clue").number("number", i64::from(*number)),
        Fault::OtherCells => Say::new("say-ipuz-other-cells"),
        Fault::NoLetters => Say::new("say-ipuz-no-letters"),
    };
    FaultLine { place: refused.at.clone(), say }
}

fn pairs_fault(visit: &Visit, fault: &csv::FaultAt) -> FaultLine {
    use pairs::Fault;
    let say = match fault.fault {
        Fault::NoAnswer => Say::new("say-pairs-no-answer"),
        Fault::Length(length) => Say::new("say-pairs-length").number("length", count(length)),
        Fault::Letter(letter) => Say::new("say-pairs-letter").text("letter", letter.to_string()),
        Fault::NoClue => Say::new("say-pairs-no-clue"),
        Fault::ClueLength(length) => Say::new("say-pairs-clue-length").number("length", count(length)),
        Fault::ClueLetter(_) => Say::new("say-pairs-clue-letter"),
        Fault::Tells => Say::new("say-pairs-tells"),
        Fault::Twice => Say::new("say-pairs-twice"),
        Fault::Fields(fields) => Say::new("say-pairs-fields").number("fields", count(fields)),
        Fault::Quote => Say::new("say-pairs-quote"),
        Fault::TooMany => Say::new("say-pairs-too-many").number("most", count(csv::MOST_PAIRS)),
        Fault::TooLong => Say::new("say-pairs-too-long"),
        Fault::Nothing => Say::new("say-pairs-nothing"),
    };
    let (line, column) = (fault.line, fault.column);
    let place =
        visit.in_words(format!("Zeile {line}, Zeichen {column}"), format!("line {line}, character {column}"));
    FaultLine { place, say }
}
