//! A small Schwedenrätsel and a small crossword.

use story::Language;

use super::games::teasers;
use super::{ago, frame, own_frame};
use crate::pages::{
    AskView, CellWord, ClueView, DeskCrossword, DeskLettersPage, FaultLine, Kind, LetterCell, LettersPage,
    LettersSheetPage, Say,
};

fn cell(is: &str, row: usize, column: usize) -> LetterCell {
    let number = |n: usize| u32::try_from(n + 1).unwrap_or(0);
    LetterCell { is: is.into(), row: number(row), column: number(column), ..LetterCell::default() }
}

fn clue(number: u32, text: &str, length: &str, row: u32, column: u32) -> ClueView {
    ClueView { number, text: text.into(), length: length.into(), row, column }
}

fn ask(number: u32, way: &str, arrow: &str, text: &str) -> AskView {
    AskView { number, way: way.into(), arrow: arrow.into(), text: text.into() }
}

fn word(way: &str, number: u32, text: &str, nth: u32, of: u32) -> CellWord {
    CellWord { way: way.into(), number, text: text.into(), nth, of }
}

/// Two rows: a clue cell, E, a clue cell; a clue cell, I, N.
fn rows() -> Vec<Vec<LetterCell>> {
    let mut rows = vec![
        vec![cell("asks", 0, 0), cell("letter", 0, 1), cell("asks", 0, 2)],
        vec![cell("asks", 1, 0), cell("letter", 1, 1), cell("letter", 1, 2)],
    ];
    rows[0][0].asks = vec![
        ask(1, "down", "right-down", "Henne legt <es> & brütet"),
        ask(2, "across", "down-right", "Zweites im Eck"),
    ];
    rows[0][2].asks = vec![ask(3, "down", "down", "Stickstoff")];
    rows[1][0].asks = vec![ask(4, "across", "right", "modisch gefragt")];
    rows[0][1].words = vec![word("down", 1, "Henne legt <es> & brütet", 1, 2)];
    rows[1][1].words =
        vec![word("across", 4, "modisch gefragt", 1, 2), word("down", 1, "Henne legt <es> & brütet", 2, 2)];
    rows[1][2].words = vec![word("across", 4, "modisch gefragt", 2, 2)];
    rows
}

pub(crate) fn letters(language: Language) -> Vec<(&'static str, LettersPage)> {
    let fresh = LettersPage {
        frame: frame(language, Kind::Page, "Schwedenrätsel"),
        game: "arrows".into(),
        day: ago(170),
        today: true,
        title: None,
        author: None,
        copyright: None,
        intro: None,
        url: "/games/arrows/2026-11-20".into(),
        puzzle: 7,
        version: -1,
        archive: "/games/arrows/archive".into(),
        rows: rows(),
        across: vec![clue(2, "Zweites im Eck", "2", 2, 1), clue(4, "modisch gefragt", "2", 2, 2)],
        down: vec![clue(1, "Henne legt <es> & brütet", "2", 1, 2), clue(3, "Stickstoff", "1", 2, 3)],
        verdict: None,
        solved: false,
        elapsed_ms: 0,
        earlier: Some("/games/arrows/2026-11-19".into()),
        later: None,
        more: teasers(),
    };
    let mut wrong = fresh.clone();
    wrong.rows[0][1].typed = "E".into();
    wrong.rows[1][1].typed = "<".into();
    wrong.rows[1][1].wrong = true;
    wrong.verdict = Some(Say::new("say-letters-wrong").number("n", 1));
    let mut told = fresh.clone();
    told.rows[1][2].typed = "N".into();
    told.rows[1][2].told = true;
    told.verdict =
        Some(Say::new("say-letters-told").text("letter", "N").number("row", 2).number("column", 3));
    let mut crossword = fresh.clone();
    crossword.game = "crossword".into();
    crossword.today = false;
    crossword.title = Some("Kreuzwort aus dem <Donautal>".into());
    crossword.author = Some("Edith & Kopetz".into());
    crossword.copyright = Some("© Der Marktbote".into());
    crossword.intro = Some("Umlaute bleiben Umlaute.".into());
    crossword.url = "/games/crossword/12".into();
    crossword.archive = "/games/crossword/archive".into();
    crossword.rows[0] = vec![cell("block", 0, 0), cell("letter", 0, 1), cell("void", 0, 2)];
    crossword.rows[1][0] = cell("block", 1, 0);
    crossword.rows[0][1].number = Some(1);
    crossword.rows[0][1].words = vec![word("down", 1, "Henne legt <es> & brütet", 1, 2)];
    crossword.rows[1][1].circle = true;
    crossword.rows[1][1].shaded = true;
    crossword.rows[1][2].given = true;
    crossword.rows[1][2].typed = "N".into();
    let mut solved = crossword.clone();
    solved.solved = true;
    solved.verdict = Some(Say::new("say-letters-solved"));
    solved.later = Some("/games/crossword/13".into());
    vec![
        ("letters", fresh),
        ("letters-wrong", wrong),
        ("letters-told", told),
        ("letters-crossword", crossword),
        ("letters-solved", solved),
    ]
}

pub(crate) fn sheet(language: Language) -> Vec<(&'static str, LettersSheetPage)> {
    let mut solved = rows();
    solved[0][1].typed = "E".into();
    let arrows = LettersSheetPage {
        frame: frame(language, Kind::Page, "Schwedenrätsel"),
        game: "arrows".into(),
        day: ago(170),
        title: None,
        author: None,
        copyright: None,
        rows: rows(),
        across: Vec::new(),
        down: Vec::new(),
        solution: Some((ago(1610), solved)),
    };
    let crossword = LettersSheetPage {
        game: "crossword".into(),
        title: Some("Kreuzwort aus dem <Donautal>".into()),
        author: Some("Edith & Kopetz".into()),
        copyright: Some("© Der Marktbote".into()),
        across: vec![clue(4, "modisch gefragt", "2", 2, 2)],
        down: vec![clue(1, "Henne legt <es> & brütet", "2", 1, 2)],
        solution: None,
        ..arrows.clone()
    };
    vec![("letters-sheet", arrows), ("letters-sheet-crossword", crossword)]
}

pub(crate) fn desk(language: Language) -> Vec<(&'static str, DeskLettersPage)> {
    let page = DeskLettersPage {
        frame: own_frame(language, Kind::Desk, "Rätselgitter"),
        crosswords: vec![DeskCrossword {
            day: ago(170),
            title: Some("Kreuzwort aus dem <Donautal>".into()),
            url: "/desk/games/crossword/-/2026-11-20".into(),
            file: "/desk/games/crosswords/12".into(),
        }],
        day: "2026-11-21".into(),
        own: 240,
        ours: 2300,
        refused: String::new(),
        file: String::new(),
        faults: Vec::new(),
        notice: Some(Say::new("say-crossword-put")),
    };
    let fault = |place: &str, say: Say| FaultLine { place: place.into(), say };
    let ipuz = DeskLettersPage {
        refused: "crossword".into(),
        file: "{ \"version\": \"<script>\" }".into(),
        faults: vec![
            fault("/version", Say::new("say-ipuz-version")),
            fault("/clues/Across", Say::new("say-ipuz-no-clue").number("number", 3)),
            fault("", Say::new("say-crossword-day")),
        ],
        notice: None,
        ..page.clone()
    };
    let pairs = DeskLettersPage {
        refused: "pairs".into(),
        file: "EIS;kaltes Eis".into(),
        faults: vec![fault("Zeile 1, Zeichen 5", Say::new("say-pairs-tells"))],
        notice: Some(Say::new("say-pairs-put")),
        crosswords: Vec::new(),
        own: 0,
        ..page.clone()
    };
    vec![("desk-letters", page), ("desk-letters-ipuz", ipuz), ("desk-letters-pairs", pairs)]
}
