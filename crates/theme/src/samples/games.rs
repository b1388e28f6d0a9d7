//! The puzzles of one day.

use story::Language;

use super::{ago, frame};
use crate::pages::{
    ArchiveDay, GameArchivePage, GameTeaser, GamesPage, Kind, Link, Say, SolutionView, SudokuCell,
    SudokuPage, SudokuSheetPage,
};

const GIVEN: &str = "..6..71..\
                     ..4.5..3.\
                     9...23...\
                     ..52..81.\
                     ....9.563\
                     .983.6.4.\
                     .4...8.5.\
                     56...2.81\
                     8.79.5...";

fn levels(under: &str) -> Vec<Link> {
    ["easy", "medium", "hard", "expert"].map(|level| Link::new(format!("{under}/{level}"), level)).into()
}

pub(crate) fn teasers() -> Vec<GameTeaser> {
    vec![
        GameTeaser {
            game: "sudoku".into(),
            url: "/games/sudoku/medium".into(),
            levels: levels("/games/sudoku"),
            title: None,
        },
        GameTeaser { game: "word".into(), url: "/games/word".into(), ..GameTeaser::default() },
        GameTeaser {
            game: "quiz".into(),
            url: "/games/quiz".into(),
            title: Some("Wer hat <den> Fluss gezähmt & wann?".into()),
            ..GameTeaser::default()
        },
        GameTeaser { game: "arrows".into(), url: "/games/arrows".into(), ..GameTeaser::default() },
        GameTeaser { game: "crossword".into(), url: "/games/crossword".into(), ..GameTeaser::default() },
    ]
}

pub(crate) fn games(language: Language) -> Vec<(&'static str, GamesPage)> {
    let page = GamesPage {
        frame: frame(language, Kind::Page, "Spiele"),
        day: ago(170),
        games: teasers(),
        own: "/games/own".into(),
    };
    vec![("games", page)]
}

pub(crate) fn archive(language: Language) -> Vec<(&'static str, GameArchivePage)> {
    let day =
        |n: i64| ArchiveDay { at: ago(n * 1440), url: format!("/games/sudoku/hard/2026-11-{:02}", 20 - n) };
    let page = GameArchivePage {
        frame: frame(language, Kind::Page, "Sudoku-Archiv"),
        game: "sudoku".into(),
        level: "hard".into(),
        levels: levels("/games/sudoku"),
        days: (0..19).map(day).collect(),
        older: Some("/games/sudoku/hard/archive?month=2026-10".into()),
        newer: None,
    };
    let words = GameArchivePage {
        game: "word".into(),
        level: String::new(),
        levels: Vec::new(),
        days: vec![day(0)],
        older: None,
        ..page.clone()
    };
    vec![("game-archive", page), ("game-archive-plain", words)]
}

fn rows() -> Vec<Vec<SudokuCell>> {
    let mut cells = GIVEN.bytes().enumerate().map(|(n, sign)| SudokuCell {
        row: u32::try_from(n / 9 + 1).unwrap_or(0),
        column: u32::try_from(n % 9 + 1).unwrap_or(0),
        given: sign.is_ascii_digit().then(|| sign - b'0'),
        ..SudokuCell::default()
    });
    (0..9).map(|_| cells.by_ref().take(9).collect()).collect()
}

pub(crate) fn sudoku(language: Language) -> Vec<(&'static str, SudokuPage)> {
    let fresh = SudokuPage {
        frame: frame(language, Kind::Page, "Sudoku"),
        day: ago(170),
        today: true,
        level: "medium".into(),
        levels: levels("/games/sudoku"),
        url: "/games/sudoku/medium/2026-11-20".into(),
        rows: rows(),
        techniques: ["hidden-single", "naked-single", "pointing", "claiming", "naked-pair", "hidden-pair"]
            .map(String::from)
            .into(),
        verdict: None,
        hint: Vec::new(),
        solved: false,
        elapsed_ms: 0,
        earlier: Some("/games/sudoku/medium/2026-11-19".into()),
        later: None,
        more: teasers(),
    };
    let mut wrong = fresh.clone();
    wrong.rows[5][3] = SudokuCell { typed: "9".into(), wrong: true, ..wrong.rows[5][3].clone() };
    wrong.rows[0][0].typed = "23".into();
    wrong.rows[0][1].typed = "·5".into();
    wrong.verdict = Some(Say::new("say-sudoku-wrong").number("n", 1));
    let mut hinted = fresh.clone();
    hinted.rows[4][4].hinted = true;
    hinted.hint = vec![
        Say::new("say-sudoku-step-pointing")
            .text("house", "Block 5")
            .text("digits", "1")
            .text("cells", "Z5 S5, Z5 S6"),
        Say::new("say-sudoku-step-naked-single").text("digits", "1").text("cells", "Z5 S6"),
    ];
    let mut solved = fresh.clone();
    solved.solved = true;
    solved.techniques.extend(
        ["naked-triple", "hidden-triple", "x-wing", "xy-wing", "swordfish", "colouring"].map(String::from),
    );
    solved.elapsed_ms = 444_000;
    solved.today = false;
    solved.later = Some("/games/sudoku/medium/2026-11-21".into());
    solved.verdict = Some(Say::new("say-sudoku-solved"));
    vec![("sudoku", fresh), ("sudoku-wrong", wrong), ("sudoku-hint", hinted), ("sudoku-solved", solved)]
}

pub(crate) fn sheet(language: Language) -> Vec<(&'static str, SudokuSheetPage)> {
    let rows: Vec<Vec<Option<u8>>> =
        rows().into_iter().map(|row| row.into_iter().map(|cell| cell.given).collect()).collect();
    let page = SudokuSheetPage {
        frame: frame(language, Kind::Page, "Sudoku"),
        day: ago(170),
        level: "expert".into(),
        rows: rows.clone(),
        solution: Some(SolutionView { day: ago(1610), rows }),
    };
    let first = SudokuSheetPage { solution: None, ..page.clone() };
    vec![("sudoku-sheet", page), ("sudoku-sheet-first", first)]
}
