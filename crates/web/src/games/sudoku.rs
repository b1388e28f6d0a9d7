//! The sudoku of a day: its page, what was typed judged, the next step explained, a sheet for paper.

use std::collections::HashMap;
use std::sync::Arc;

use ::games::plays::State;
use ::games::sudoku::{Cell, Digits, Grid, Hint, House, Step, Sudoku, Technique, Verdict, hint};
use ::games::{Day, Game, Level, Puzzle};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use serde::Deserialize;
use store::Time;
use theme::{
    FastLine, FastestPage, Kind, Say, SolutionView, SudokuCell, SudokuPage, SudokuPlayPage, SudokuSheetPage,
};

use super::{
    Month, archive_page, copy, first_day, frame, level_and_day, levels, noon, own, puzzle_of, teasers, today,
    until_midnight,
};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// The longest game that is counted, in milliseconds: a day.
const LONGEST: u64 = 24 * 3_600_000;

/// Addresses of the sudoku.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/games/sudoku", get(async |visit: Visit| visit.see_other("/games/sudoku/medium")))
        .route("/games/sudoku/{level}", get(todays))
        .route("/games/sudoku/{level}/archive", get(archive))
        .route("/games/sudoku/{level}/{day}", get(of_day))
        .route("/games/sudoku/{level}/{day}/sheet", get(sheet))
        .route("/games/sudoku/{level}/{day}/fastest", get(fastest))
        .route("/games/sudoku/{level}/{day}/play", get(play).post(save))
        .route("/games/sudoku/{level}/{day}/checks", post(check))
        .route("/games/sudoku/{level}/{day}/hints", post(help))
}

/// A puzzle as it was kept.
pub(crate) fn read(puzzle: &Puzzle) -> Result<Sudoku, Trouble> {
    Ok(serde_json::from_str(&puzzle.content).map_err(store::Failure::from)?)
}

/// `GET /games/sudoku/{level}`
async fn todays(visit: Visit, Path(level): Path<String>) -> Answer {
    let level = Level::parse(&level).ok_or(Trouble::NotFound)?;
    let day = today(&visit.paper, visit.now);
    show(visit, level, day).await
}

/// `GET /games/sudoku/{level}/{day}`
async fn of_day(visit: Visit, Path((level, day)): Path<(String, String)>) -> Answer {
    let (level, day) = level_and_day(&level, &day)?;
    show(visit, level, day).await
}

async fn show(visit: Visit, level: Level, day: Day) -> Answer {
    let make = async {
        let puzzle = read(&puzzle_of(&visit, Game::Sudoku, level, day).await?)?;
        copy(&visit.paper, &page(&visit, &puzzle, level, day, &Typed::default()).await?)
    };
    until_midnight(&visit, make).await
}

/// What somebody has on their grid.
#[derive(Default)]
pub(crate) struct Typed {
    /// Field by field as it was typed: digits and notes.
    fields: HashMap<Cell, String>,
    /// The digits among them.
    pub(crate) grid: Option<Grid>,
    /// How long they have played, as their browser says; for themselves only.
    pub(crate) elapsed_ms: u64,
    /// When they made the last move, as their browser says.
    pub(crate) finished: Option<Time>,
}

impl Typed {
    /// Takes the fields of the form; a field that is not one of ours is refused (T4.4).
    pub(crate) fn parse(form: HashMap<String, String>) -> Result<Typed, Trouble> {
        let strange = |name: &str| Trouble::Unreadable(format!("a field {name} that the grid does not have"));
        let mut typed = Typed::default();
        let mut grid = Grid::EMPTY;
        for (name, text) in form {
            if name == "finished" {
                typed.finished = text.parse().ok().map(Time);
                continue;
            }
            if name == "elapsed" {
                typed.elapsed_ms = text.parse::<u64>().unwrap_or(0).min(LONGEST);
                continue;
            }
            let cell = cell_named(&name).ok_or_else(|| strange(&name))?;
            let marks: String =
                text.chars().filter(|sign| matches!(sign, '1'..='9' | '·' | '.')).take(10).collect();
            if let [digit @ b'1'..=b'9'] = marks.as_bytes() {
                grid.set(cell, Some(digit - b'0'));
            }
            typed.fields.insert(cell, marks);
        }
        typed.grid = Some(grid);
        Ok(typed)
    }

    /// All fields in order, as an account keeps them.
    fn state(&self, puzzle: &Sudoku) -> String {
        let field = |cell: Cell| {
            self.fields.get(&cell).filter(|_| puzzle.given.at(cell).is_none()).map_or("", String::as_str)
        };
        Cell::all().map(field).collect::<Vec<_>>().join(",")
    }

    /// How many digits stand on the grid.
    fn progress(&self) -> i64 {
        count(self.grid.map_or(0, |grid| grid.filled()))
    }
}

/// What of a field's text means something: digits, and the point before notes.
fn marks(text: &str) -> String {
    text.chars().filter(|sign| matches!(sign, '1'..='9' | '·' | '.')).take(10).collect()
}

/// `c37` is row 3, column 7.
fn cell_named(name: &str) -> Option<Cell> {
    let [b'c', row @ b'1'..=b'9', column @ b'1'..=b'9'] = name.as_bytes() else { return None };
    Cell::new(usize::from(row - b'1') * 9 + usize::from(column - b'1'))
}

/// `POST /games/sudoku/{level}/{day}/checks`: what is wrong, or that nothing is.
async fn check(
    visit: Visit,
    Path((level, day)): Path<(String, String)>,
    Form(form): Form<HashMap<String, String>>,
) -> Answer {
    let (level, day) = level_and_day(&level, &day)?;
    let typed = Typed::parse(form)?;
    let kept = puzzle_of(&visit, Game::Sudoku, level, day).await?;
    let puzzle = read(&kept)?;
    let mut page = page(&visit, &puzzle, level, day, &typed).await?;
    let verdict = puzzle.judge(&typed.grid.unwrap_or(Grid::EMPTY));
    let ending =
        (verdict == Verdict::Solved).then_some(own::Ended { won: true, score: 0, finished: typed.finished });
    own::remember(&visit, &kept, &report(&puzzle, &typed, i64::MAX), ending).await?;
    match verdict {
        Verdict::Solved => {
            page.solved = true;
            page.verdict = Some(Say::new("say-sudoku-solved"));
        }
        Verdict::GoodSoFar { empty } => {
            page.verdict = Some(Say::new("say-sudoku-good").number("n", count(empty)));
        }
        Verdict::Wrong(cells) => {
            page.verdict = Some(Say::new("say-sudoku-wrong").number("n", count(cells.len())));
            mark(&mut page, &cells, |cell| cell.wrong = true);
        }
    }
    visit.show(&page)
}

/// `POST /games/sudoku/{level}/{day}/hints`: the steps to the next digit, with their names.
async fn help(
    visit: Visit,
    Path((level, day)): Path<(String, String)>,
    Form(form): Form<HashMap<String, String>>,
) -> Answer {
    let (level, day) = level_and_day(&level, &day)?;
    let typed = Typed::parse(form)?;
    let kept = puzzle_of(&visit, Game::Sudoku, level, day).await?;
    let puzzle = read(&kept)?;
    own::took_hint(&visit, &kept).await?;
    let mut page = page(&visit, &puzzle, level, day, &typed).await?;
    match hint(&puzzle, &typed.grid.unwrap_or(Grid::EMPTY)) {
        Hint::Steps(steps) => {
            page.hint = steps.iter().map(|step| said(&visit, step)).collect();
            let about: Vec<Cell> = steps.iter().filter_map(|step| step.place).map(|(cell, _)| cell).collect();
            mark(&mut page, &about, |cell| cell.hinted = true);
        }
        Hint::Mistakes(cells) => {
            let named = cells.iter().map(|cell| in_short(&visit, *cell)).collect::<Vec<_>>().join(", ");
            page.hint = vec![Say::new("say-sudoku-mistakes").text("cells", named)];
            mark(&mut page, &cells, |cell| cell.wrong = true);
        }
        Hint::Full => page.hint = vec![Say::new("say-sudoku-full")],
    }
    visit.show(&page)
}

/// What was typed, as a state to be kept by whoever knew this version.
fn report(puzzle: &Sudoku, typed: &Typed, knew: i64) -> State {
    State {
        text: typed.state(puzzle),
        progress: typed.progress(),
        elapsed: i64::try_from(typed.elapsed_ms).unwrap_or(0),
        knew,
    }
}

/// A state as a device sends it in one piece.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    state: String,
    #[serde(default)]
    elapsed: u64,
    #[serde(default)]
    version: i64,
}

/// `POST /games/sudoku/{level}/{day}/play`: keeps where somebody stands; the answer says what stands then.
async fn save(visit: Visit, Path((level, day)): Path<(String, String)>, Form(sent): Form<Sent>) -> Answer {
    visit.reader()?;
    let (level, day) = level_and_day(&level, &day)?;
    let kept = puzzle_of(&visit, Game::Sudoku, level, day).await?;
    let puzzle = read(&kept)?;
    let mut typed = Typed { elapsed_ms: sent.elapsed.min(LONGEST), ..Typed::default() };
    let mut grid = Grid::EMPTY;
    for (cell, field) in Cell::all().zip(sent.state.split(',')) {
        let marks = marks(field);
        if let [digit @ b'1'..=b'9'] = marks.as_bytes() {
            grid.set(cell, Some(digit - b'0'));
        }
        typed.fields.insert(cell, marks);
    }
    typed.grid = Some(grid);
    own::remember(&visit, &kept, &report(&puzzle, &typed, sent.version), None).await?;
    own_play(visit, level, day, &kept).await
}

/// `GET /games/sudoku/{level}/{day}/play`: what the account knows of it.
async fn play(visit: Visit, Path((level, day)): Path<(String, String)>) -> Answer {
    visit.reader()?;
    let (level, day) = level_and_day(&level, &day)?;
    let kept = puzzle_of(&visit, Game::Sudoku, level, day).await?;
    own_play(visit, level, day, &kept).await
}

async fn own_play(visit: Visit, level: Level, day: Day, kept: &Puzzle) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let play = ::games::plays::play(&mut tx, session.reader, kept.id).await?;
    let title = visit.in_words("Ihr Spielstand", "Your game");
    let page = SudokuPlayPage {
        frame: visit.frame(&mut tx, Kind::Page, title).await?,
        url: format!("/games/sudoku/{}/{day}", level.as_str()),
        state: play.as_ref().map(|play| play.state.clone()).unwrap_or_default(),
        elapsed_ms: play.as_ref().and_then(|play| u64::try_from(play.elapsed).ok()).unwrap_or(0),
        version: play.as_ref().and_then(|play| u64::try_from(play.version).ok()).unwrap_or(0),
        finished: play.is_some_and(|play| play.finished),
        series: own::series(&visit, &mut tx, session.reader, Game::Sudoku).await?,
    };
    visit.show(&page)
}

/// Nobody has placed more than one digit a second over a whole puzzle; after an hour it is no race any more.
fn possible(puzzle: &Sudoku) -> std::ops::Range<i64> {
    let empty = count(81 - puzzle.given.filled());
    empty * 1000..3_600_000
}

/// `GET /games/sudoku/{level}/{day}/fastest`
async fn fastest(visit: Visit, Path((level, day)): Path<(String, String)>) -> Answer {
    let (level, day) = level_and_day(&level, &day)?;
    let kept = puzzle_of(&visit, Game::Sudoku, level, day).await?;
    let possible = possible(&read(&kept)?);
    let fast = ::games::plays::fastest(&mut visit.read().await?, kept.id, possible, 20).await?;
    let date = super::in_title(&visit, day);
    let title = visit.in_words(format!("Die Schnellsten vom {date}"), format!("The fastest of {date}"));
    let line =
        |fast: ::games::plays::Fast| FastLine { name: fast.name, ms: u64::try_from(fast.took).unwrap_or(0) };
    let page = FastestPage {
        frame: frame(&visit, title, None).await?,
        url: format!("/games/sudoku/{}/{day}", level.as_str()),
        level: level.as_str().to_owned(),
        day: noon(&visit.paper, day),
        lines: fast.into_iter().map(line).collect(),
    };
    visit.show_shared(&page)
}

/// `GET /games/sudoku/{level}/archive`
async fn archive(visit: Visit, Path(level): Path<String>, Query(month): Query<Month>) -> Answer {
    archive_page(visit, Game::Sudoku, Level::parse(&level).ok_or(Trouble::NotFound)?, month).await
}

pub(crate) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn mark(page: &mut SudokuPage, cells: &[Cell], how: impl Fn(&mut SudokuCell)) {
    for cell in cells {
        if let Some(shown) = page.rows.get_mut(cell.row()).and_then(|row| row.get_mut(cell.column())) {
            how(shown);
        }
    }
}

/// A step of a hint in the theme's words.
fn said(visit: &Visit, step: &Step) -> Say {
    let digits = |digits: Digits| {
        let list: Vec<String> = digits.each().map(|digit| digit.to_string()).collect();
        list.join(visit.in_words(" und ", " and "))
    };
    let cells = step.because.iter().map(|cell| in_short(visit, *cell)).collect::<Vec<_>>().join(", ");
    let say = Say::new(&format!("say-sudoku-step-{}", step.technique.as_str()))
        .text("digits", digits(step.digits))
        .text("cells", cells);
    match step.house {
        Some(house) => say.text("house", house_in_words(visit, house)),
        None => say,
    }
}

/// „Z3 S7“, short enough for a list.
fn in_short(visit: &Visit, cell: Cell) -> String {
    let (row, column) = (cell.row() + 1, cell.column() + 1);
    visit.in_words(format!("Z{row}\u{a0}S{column}"), format!("R{row}\u{a0}C{column}"))
}

fn house_in_words(visit: &Visit, house: House) -> String {
    let (german, english, number) = match house {
        House::Row(n) => ("Zeile", "row", n),
        House::Column(n) => ("Spalte", "column", n),
        House::Square(n) => ("Block", "box", n),
    };
    format!("{}\u{a0}{}", visit.in_words(german, english), number + 1)
}

async fn page(
    visit: &Visit,
    puzzle: &Sudoku,
    level: Level,
    day: Day,
    typed: &Typed,
) -> Result<SudokuPage, Trouble> {
    let paper = &visit.paper;
    let now = today(paper, visit.now);
    let first = first_day(paper, visit.now).await?;
    let url = |day: Day| format!("/games/sudoku/{}/{day}", level.as_str());
    let date = super::in_title(visit, day);
    let title = visit.in_words(format!("Sudoku vom {date}"), format!("Sudoku of {date}"));
    let rows = (0..9).map(|row| House::Row(row).cells().map(|cell| shown(puzzle, cell, typed)).collect());
    Ok(SudokuPage {
        frame: frame(visit, title, Some(&url(day))).await?,
        day: noon(paper, day),
        today: day == now,
        level: level.as_str().to_owned(),
        levels: levels(Game::Sudoku, &if day == now { String::new() } else { format!("/{day}") }),
        url: url(day),
        rows: rows.collect(),
        techniques: puzzle
            .techniques
            .iter()
            .map(|technique| Technique::as_str(*technique).to_owned())
            .collect(),
        verdict: None,
        hint: Vec::new(),
        solved: false,
        elapsed_ms: typed.elapsed_ms,
        fastest: Some(format!("{}/fastest", url(day))),
        earlier: (day > first).then(|| url(day.after(-1))),
        later: (day < now).then(|| url(day.after(1))),
        more: teasers(visit, Some(Game::Sudoku)).await?,
    })
}

fn shown(puzzle: &Sudoku, cell: Cell, typed: &Typed) -> SudokuCell {
    let number = |n: usize| u32::try_from(n + 1).unwrap_or(0);
    let given = puzzle.given.at(cell);
    SudokuCell {
        row: number(cell.row()),
        column: number(cell.column()),
        given,
        typed: typed.fields.get(&cell).filter(|_| given.is_none()).cloned().unwrap_or_default(),
        wrong: false,
        hinted: false,
    }
}

/// A grid as rows of digits.
pub(crate) fn rows(grid: &Grid) -> Vec<Vec<Option<u8>>> {
    (0..9).map(|row| House::Row(row).cells().map(|cell| grid.at(cell)).collect()).collect()
}

/// `GET /games/sudoku/{level}/{day}/sheet`: the puzzle, and on a second sheet the solution of the latest day that is over.
async fn sheet(visit: Visit, Path((level, day)): Path<(String, String)>) -> Answer {
    let (level, day) = level_and_day(&level, &day)?;
    let puzzle = read(&puzzle_of(&visit, Game::Sudoku, level, day).await?)?;
    let over = if day < today(&visit.paper, visit.now) { day } else { day.after(-1) };
    let solution = if over == day {
        Some(puzzle.solution)
    } else if over >= first_day(&visit.paper, visit.now).await? {
        Some(read(&puzzle_of(&visit, Game::Sudoku, level, over).await?)?.solution)
    } else {
        None
    };
    let rows =
        |grid: &Grid| (0..9).map(|row| House::Row(row).cells().map(|cell| grid.at(cell)).collect()).collect();
    let date = super::in_title(&visit, day);
    let title = visit.in_words(format!("Sudoku vom {date}, Blatt"), format!("Sudoku of {date}, sheet"));
    let page = SudokuSheetPage {
        frame: frame(&visit, title, None).await?,
        day: noon(&visit.paper, day),
        level: level.as_str().to_owned(),
        rows: rows(&puzzle.given),
        solution: solution.map(|grid| SolutionView { day: noon(&visit.paper, over), rows: rows(&grid) }),
    };
    visit.show_shared(&page)
}
