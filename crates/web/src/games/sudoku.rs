//! The sudoku of a day: its page, what was typed judged, the next step explained, a sheet for paper.

use std::collections::HashMap;
use std::sync::Arc;

use ::games::plays::State;
use ::games::sudoku::{Cell, Digits, Grid, Hint, House, Step, Sudoku, Technique, Verdict, hint};
use ::games::{Day, Game, Level, Puzzle};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use theme::{FastLine, FastestPage, Say, SolutionView, SudokuCell, SudokuPage, SudokuSheetPage};

use super::own::{self, Kept, Slip};
use super::{
    Meant, Month, archive_page, copy, count, first_day, frame, level_and_day, levels, noon, puzzle_in,
    puzzle_meant, puzzle_of, teasers, today, until_midnight,
};
use crate::front_desk::each_minute;
use crate::{Answer, Form, Paper, Trouble, Visit};

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
        .route("/games/sudoku/{level}/{day}/play/grid", get(resume))
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
        let kept = puzzle_of(&visit, Game::Sudoku, level, day).await?;
        copy(&visit.paper, &page(&visit, &kept, &read(&kept)?, &Typed::default()).await?)
    };
    until_midnight(&visit, make).await
}

/// What somebody has on their grid.
#[derive(Default)]
struct Typed {
    /// Field by field as it was typed: digits and notes.
    fields: HashMap<Cell, String>,
    /// The digits among them.
    grid: Grid,
    /// What else the form says.
    slip: Slip,
}

impl Typed {
    /// Takes the fields of the form; a field that is not one of ours is refused (T4.4).
    fn parse(form: HashMap<String, String>) -> Result<Typed, Trouble> {
        let strange = |name: &str| Trouble::Unreadable(format!("a field {name} that the grid does not have"));
        let mut typed = Typed::default();
        for (name, text) in form {
            if !typed.slip.take(&name, &text) {
                typed.put(cell_named(&name).ok_or_else(|| strange(&name))?, &text);
            }
        }
        Ok(typed)
    }

    /// Takes what an account keeps.
    fn of_state(state: &str, slip: Slip) -> Typed {
        let mut typed = Typed { slip, ..Typed::default() };
        for (cell, text) in Cell::all().zip(state.split(',')) {
            typed.put(cell, text);
        }
        typed
    }

    /// What of a field's text means something: digits, and the point before notes. A digit alone is an answer.
    fn put(&mut self, cell: Cell, text: &str) {
        let marks: String =
            text.chars().filter(|sign| matches!(sign, '1'..='9' | '·' | '.')).take(10).collect();
        if let [digit @ b'1'..=b'9'] = marks.as_bytes() {
            self.grid.set(cell, Some(digit - b'0'));
        }
        self.fields.insert(cell, marks);
    }

    /// All fields in order, as an account keeps them.
    fn state(&self, puzzle: &Sudoku) -> String {
        let field = |cell: Cell| {
            self.fields.get(&cell).filter(|_| puzzle.given.at(cell).is_none()).map_or("", String::as_str)
        };
        Cell::all().map(field).collect::<Vec<_>>().join(",")
    }

    /// The same as a report.
    fn report(&self, puzzle: &Sudoku) -> State {
        self.slip.report(self.state(puzzle), self.grid.filled())
    }
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
    let kept = puzzle_meant(&visit, (Game::Sudoku, level, day), puzzle_in(&form)).await?;
    let typed = Typed::parse(form)?;
    let puzzle = read(&kept)?;
    let mut page = page(&visit, &kept, &puzzle, &typed).await?;
    let verdict = puzzle.judge(&typed.grid);
    let finished = typed.slip.finished;
    let ending = (verdict == Verdict::Solved).then_some(own::Ended { won: true, score: 0, finished });
    page.version = own::remember(&visit, &kept, &typed.report(&puzzle), ending).await?;
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
    let kept = puzzle_meant(&visit, (Game::Sudoku, level, day), puzzle_in(&form)).await?;
    let typed = Typed::parse(form)?;
    let puzzle = read(&kept)?;
    own::took_hint(&visit, &kept).await?;
    let mut page = page(&visit, &kept, &puzzle, &typed).await?;
    match hint(&puzzle, &typed.grid) {
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

/// `POST /games/sudoku/{level}/{day}/play`: keeps where somebody stands; the answer says what stands then.
async fn save(visit: Visit, Path((level, day)): Path<(String, String)>, Form(sent): Form<Kept>) -> Answer {
    visit.reader()?;
    let (level, day) = level_and_day(&level, &day)?;
    let kept = puzzle_meant(&visit, (Game::Sudoku, level, day), sent.puzzle).await?;
    let typed = Typed::of_state(&sent.state, sent.slip());
    own::remember(&visit, &kept, &typed.report(&read(&kept)?), None).await?;
    own::play(visit, &kept, url(level, day)).await
}

/// `GET /games/sudoku/{level}/{day}/play`: what the account knows of it.
async fn play(
    visit: Visit,
    Path((level, day)): Path<(String, String)>,
    Query(meant): Query<Meant>,
) -> Answer {
    visit.reader()?;
    let (level, day) = level_and_day(&level, &day)?;
    let kept = puzzle_meant(&visit, (Game::Sudoku, level, day), meant.puzzle).await?;
    own::play(visit, &kept, url(level, day)).await
}

/// `GET /games/sudoku/{level}/{day}/play/grid`: the page with what the account keeps in it.
async fn resume(visit: Visit, Path((level, day)): Path<(String, String)>) -> Answer {
    visit.reader()?;
    let (level, day) = level_and_day(&level, &day)?;
    let kept = puzzle_of(&visit, Game::Sudoku, level, day).await?;
    let (typed, solved) = match own::standing(&visit, &kept).await? {
        Some(play) => (Typed::of_state(&play.state, Slip::of(&play)), play.finished),
        None => (Typed::default(), false),
    };
    visit.show(&SudokuPage { solved, ..page(&visit, &kept, &read(&kept)?, &typed).await? })
}

fn url(level: Level, day: Day) -> String {
    format!("/games/sudoku/{}/{day}", level.as_str())
}

/// Nobody has placed more than one digit a second over a whole puzzle; after an hour it is no race any more.
fn possible(puzzle: &Sudoku) -> std::ops::Range<i64> {
    let empty = count(81 - puzzle.given.filled());
    empty * 1000..3_600_000
}

/// `GET /games/sudoku/{level}/{day}/fastest`
async fn fastest(visit: Visit, Path((level, day)): Path<(String, String)>) -> Answer {
    let (level, day) = level_and_day(&level, &day)?;
    let make = async {
        let kept = puzzle_of(&visit, Game::Sudoku, level, day).await?;
        let possible = possible(&read(&kept)?);
        let fast = ::games::plays::fastest(&mut visit.read().await?, kept.id, possible, 20).await?;
        let date = super::in_title(&visit, day);
        let title = visit.in_words(format!("Die Schnellsten vom {date}"), format!("The fastest of {date}"));
        let ms = |took| u64::try_from(took).unwrap_or(0);
        let page = FastestPage {
            frame: frame(&visit, title, None).await?,
            url: url(level, day),
            level: level.as_str().to_owned(),
            day: noon(&visit.paper, day),
            lines: fast.into_iter().map(|one| FastLine { name: one.name, ms: ms(one.took) }).collect(),
        };
        copy(&visit.paper, &page)
    };
    each_minute(&visit, make).await
}

/// `GET /games/sudoku/{level}/archive`
async fn archive(visit: Visit, Path(level): Path<String>, Query(month): Query<Month>) -> Answer {
    archive_page(visit, Game::Sudoku, Level::parse(&level).ok_or(Trouble::NotFound)?, month).await
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

async fn page(visit: &Visit, kept: &Puzzle, puzzle: &Sudoku, typed: &Typed) -> Result<SudokuPage, Trouble> {
    let (paper, level, day) = (&visit.paper, kept.key.level, kept.key.day);
    let now = today(paper, visit.now);
    let first = first_day(paper, visit.now).await?;
    let url = |day: Day| url(level, day);
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
        puzzle: kept.id.0,
        version: typed.slip.version,
        rows: rows.collect(),
        techniques: puzzle
            .techniques
            .iter()
            .map(|technique| Technique::as_str(*technique).to_owned())
            .collect(),
        verdict: None,
        hint: Vec::new(),
        solved: false,
        elapsed_ms: typed.slip.elapsed_ms,
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
