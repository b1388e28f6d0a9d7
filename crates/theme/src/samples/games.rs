//! The puzzles of one day.

use story::Language;

use super::{ago, frame, own_frame};
use crate::pages::{
    ArchiveDay, DeskExchange, DeskGamesDay, DeskGamesPage, DeskPuzzle, DeskPuzzlePage, FastLine, FastestPage,
    GameArchivePage, GameTeaser, GamesPage, Kind, Link, OwnGamesPage, PlayPage, QuizAnswer, QuizPage,
    QuizQuestion, Say, ScoreView, SeriesDay, SeriesView, SolutionView, SudokuCell, SudokuPage,
    SudokuSheetPage, TallyView, WordLetter, WordPage,
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
        puzzle: 3,
        version: -1,
        rows: rows(),
        techniques: ["hidden-single", "naked-single", "pointing", "claiming", "naked-pair", "hidden-pair"]
            .map(String::from)
            .into(),
        verdict: None,
        hint: Vec::new(),
        solved: false,
        elapsed_ms: 0,
        fastest: Some("/games/sudoku/medium/2026-11-20/fastest".into()),
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

fn letters(word: &str, marks: &str) -> Vec<WordLetter> {
    let mark = |sign| match sign {
        '#' => "here",
        '+' => "elsewhere",
        '.' => "absent",
        _ => "",
    };
    let pair =
        |(letter, sign): (char, char)| WordLetter { letter: letter.to_string(), mark: mark(sign).into() };
    word.chars().zip(marks.chars()).map(pair).collect()
}

pub(crate) fn word(language: Language) -> Vec<(&'static str, WordPage)> {
    let fresh = WordPage {
        frame: frame(language, Kind::Page, "Wort des Tages"),
        day: ago(170),
        today: true,
        url: "/games/word/2026-11-20".into(),
        puzzle: 5,
        rows: Vec::new(),
        left: 6,
        guesses: String::new(),
        typed: String::new(),
        error: None,
        alphabet: letters("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ", &" ".repeat(29)),
        ended: None,
        found: false,
        share: None,
        own: false,
        earlier: Some("/games/word/2026-11-19".into()),
        later: None,
        more: teasers(),
    };
    let begun = WordPage {
        rows: vec![letters("ABEND", "..+.."), letters("TÜREN", ".#+#.")],
        left: 4,
        guesses: "ABEND,TÜREN".into(),
        typed: "xxäß".into(),
        error: Some(Say::new("say-word-unknown").text("word", "<XXÄSS>")),
        alphabet: letters("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ", ".. .#        .   + .        #"),
        ..fresh.clone()
    };
    let won = WordPage {
        rows: vec![letters("MÜSSE", "##..#"), letters("MÜHLE", "#####")],
        left: 0,
        today: false,
        own: true,
        later: Some("/games/word/2026-11-21".into()),
        ended: Some(Say::new("say-word-found").number("n", 2).text("word", "MÜHLE")),
        found: true,
        share: Some("Der Marktbote, Wort vom 20.11.2026: 2/6\n✓✓××✓\n✓✓✓✓✓".into()),
        ..begun.clone()
    };
    let lost = WordPage {
        ended: Some(Say::new("say-word-missed").text("word", "MÜHLE")),
        found: false,
        share: None,
        ..won.clone()
    };
    vec![("word", fresh), ("word-begun", begun), ("word-found", won), ("word-missed", lost)]
}

pub(crate) fn quiz(language: Language) -> Vec<(&'static str, QuizPage)> {
    let answer = |number, text: &str| QuizAnswer { number, text: text.into(), ..QuizAnswer::default() };
    let fresh = QuizPage {
        frame: frame(language, Kind::Page, "Quiz"),
        title: "Wer hat <den> Fluss gezähmt & wann?".into(),
        day: ago(170),
        url: "/games/quiz/2026-11-16".into(),
        questions: vec![QuizQuestion {
            number: 1,
            text: "Was kehrt zurück?".into(),
            answers: vec![answer(1, "Die Fähre"), answer(2, "Der <Bär>"), answer(3, "Niemand")],
            because: None,
            article: None,
        }],
        result: None,
        earlier: Some("/games/quiz/2026-11-09".into()),
        more: teasers(),
    };
    let mut judged = fresh.clone();
    judged.result = Some(Say::new("say-quiz-result").number("right", 0).number("of", 1));
    judged.questions[0].answers[0].right = true;
    judged.questions[0].answers[1].chosen = true;
    judged.questions[0].because = Some("Seit \"Freitag\" fährt sie wieder.".into());
    judged.questions[0].article = Some("/tannfeld/faehre".into());
    let mut short = judged.clone();
    short.questions[0].because = None;
    short.earlier = None;
    vec![("quiz", fresh), ("quiz-judged", judged), ("quiz-judged-short", short)]
}

pub(crate) fn series(current: u32) -> SeriesView {
    let day = |n: i64| SeriesDay { at: ago(n * 1440), done: n % 3 != 2 };
    SeriesView { game: "sudoku".into(), current, longest: 19, week: (0..7).rev().map(day).collect() }
}

pub(crate) fn own(language: Language) -> Vec<(&'static str, OwnGamesPage)> {
    let tally = |game: &str, level: &str, best_ms| TallyView {
        game: game.into(),
        level: level.into(),
        finished: 12,
        won: 11,
        best_ms,
    };
    let page = OwnGamesPage {
        frame: own_frame(language, Kind::Page, "Ihre Spiele"),
        series: vec![series(1), SeriesView { game: "word".into(), ..series(0) }],
        tallies: vec![tally("sudoku", "easy", Some(372_000)), tally("word", "", None)],
        scores: vec![ScoreView { score: 1, count: 1 }, ScoreView { score: 4, count: 7 }],
        listed: true,
        name: "Ulla <Berger>".into(),
    };
    let bare = OwnGamesPage { tallies: Vec::new(), scores: Vec::new(), listed: false, ..page.clone() };
    vec![("own-games", page), ("own-games-bare", bare)]
}

pub(crate) fn play(language: Language) -> Vec<(&'static str, PlayPage)> {
    let page = PlayPage {
        frame: own_frame(language, Kind::Page, "Ihr Spielstand"),
        url: "/games/sudoku/easy/2026-11-20".into(),
        state: format!("1,·25{}", ",".repeat(79)),
        elapsed_ms: 61_000,
        version: 3,
        finished: false,
        series: series(6),
    };
    let done = PlayPage { finished: true, ..page.clone() };
    let letters = PlayPage { state: "E.<".into(), url: "/games/arrows/2026-11-20".into(), ..page.clone() };
    vec![("sudoku-play", page), ("sudoku-play-done", done), ("letters-play", letters)]
}

pub(crate) fn fastest(language: Language) -> Vec<(&'static str, FastestPage)> {
    let page = FastestPage {
        frame: frame(language, Kind::Page, "Die Schnellsten"),
        url: "/games/sudoku/easy/2026-11-20".into(),
        level: "easy".into(),
        day: ago(170),
        lines: vec![FastLine { name: "Ulla <Berger>".into(), ms: 222_000 }],
    };
    let none = FastestPage { lines: Vec::new(), ..page.clone() };
    vec![("fastest", page), ("fastest-none", none)]
}

pub(crate) fn desk(language: Language) -> Vec<(&'static str, DeskGamesPage)> {
    let puzzle = |game: &str, level: &str, made, exchanged| DeskPuzzle {
        game: game.into(),
        level: level.into(),
        url: format!("/desk/games/{game}/{level}"),
        made,
        exchanged,
    };
    let page = DeskGamesPage {
        frame: own_frame(language, Kind::Desk, "Spiele"),
        days: vec![
            DeskGamesDay { at: ago(-1270), today: false, puzzles: vec![puzzle("sudoku", "easy", false, 0)] },
            DeskGamesDay {
                at: ago(170),
                today: true,
                puzzles: vec![puzzle("sudoku", "easy", true, 1), puzzle("word", "", true, 0)],
            },
        ],
        exchanges: vec![DeskExchange {
            game: "word".into(),
            day: ago(170),
            by: "Ulla <Berger>".into(),
            reason: "Das Wort steht heute in der <Schlagzeile>.".into(),
            at: ago(500),
        }],
        mondays: vec![("2026-11-16".into(), ago(5930))],
        quiz: "title = \"<Woche>\"".into(),
        error: Some(Say::new("say-quiz-unreadable").number("line", 3).text("what", "expected <x>")),
        notice: Some(Say::new("say-quiz-put")),
    };
    let bare = DeskGamesPage {
        exchanges: Vec::new(),
        quiz: String::new(),
        error: None,
        notice: None,
        ..page.clone()
    };
    vec![("desk-games", page), ("desk-games-bare", bare)]
}

pub(crate) fn desk_puzzle(language: Language) -> Vec<(&'static str, DeskPuzzlePage)> {
    let rows: Vec<Vec<Option<u8>>> =
        rows().into_iter().map(|row| row.into_iter().map(|cell| cell.given).collect()).collect();
    let page = DeskPuzzlePage {
        frame: own_frame(language, Kind::Desk, "Sudoku"),
        game: "sudoku".into(),
        level: "hard".into(),
        day: ago(170),
        url: "/desk/games/sudoku/hard/2026-11-20".into(),
        public: Some("/games/sudoku/hard/2026-11-20".into()),
        grids: Some((rows.clone(), rows)),
        techniques: vec!["x-wing".into()],
        lines: Vec::new(),
        exchangeable: true,
        plays: 12,
        reason: "zu <schwer>".into(),
        error: Some(Say::new("say-exchange-reason")),
    };
    let quiz = DeskPuzzlePage {
        game: "quiz".into(),
        level: String::new(),
        public: None,
        grids: None,
        techniques: Vec::new(),
        lines: vec!["1. Was kehrt zurück? Die Fähre".into()],
        exchangeable: false,
        plays: 1,
        ..page.clone()
    };
    vec![("desk-puzzle", page), ("desk-puzzle-quiz", quiz)]
}
