//! Crosswords as files: what comes in goes out the same, and what is broken is named with its place and not taken.

use games::crossword::{self, Cell, Fault, Wanted, Way};
use serde_json::{Value, json};

/// A small grid with everything in it: a black square, a void, a circle, a colour, a given letter, clues in three forms.
fn small() -> Value {
    json!({
        "version": "http://ipuz.org/v2",
        "kind": ["http://ipuz.org/crossword#1"],
        "title": "Kleines <i>Gitter</i>", "author": "Mira Ebner", "copyright": "© Der Uferbote", "intro": "Fast & fein",
        "dimensions": { "width": 4, "height": 3 },
        "block": "#", "empty": 0,
        "styles": { "shade": { "color": "ffcc00" } },
        "puzzle": [
            [1, { "cell": "2", "style": { "shapebg": "circle" } }, 3, null],
            [{ "cell": 4, "style": "shade" }, 0, { "cell": 0, "value": "N" }, 5],
            ["#", 6, 0, 0]
        ],
        "solution": [
            ["e", "i", "S", null],
            [{ "value": "R" }, "N", "N", { "cell": "O" }],
            ["#", "N", "Ö", "T"]
        ],
        "clues": {
            "Across:Waagrecht": [[1, "Gefroren &amp; kalt"], { "number": 4, "clue": "…", "enumeration": "4" }, ["6", "Mangel"]],
            "Down": ["Männliches Fürwort", { "number": 2, "clue": "Fluss", "cells": [[2, 1], [2, 2], [2, 3]] }, [3, "Schnee"], [5, "ob"]]
        }
    })
}

fn faults(file: &str) -> Vec<(String, Fault)> {
    let refused = crossword::read(file).expect_err("a refusal");
    refused.into_iter().map(|refused| (refused.at, refused.fault)).collect()
}

#[test]
fn a_file_comes_in_as_it_was_meant() {
    let crossword = crossword::read(&small().to_string()).expect("a crossword");
    assert_eq!(crossword.title.as_deref(), Some("Kleines Gitter"));
    assert_eq!(crossword.intro.as_deref(), Some("Fast & fein"));
    assert_eq!(crossword.size(), (3, 4));
    let word: String = crossword.words(Way::Across)[2]
        .iter()
        .filter_map(|(row, column)| crossword.square(*row, *column))
        .map(|square| square.answer)
        .collect();
    assert_eq!(word, "NÖT");
    assert_eq!(crossword.cells[0][3], Cell::Void);
    assert_eq!(crossword.cells[2][0], Cell::Block);
    let square = |row, column| crossword.square(row, column).expect("a letter");
    assert!(square(0, 1).circle && square(1, 0).shaded && square(1, 2).given && !square(1, 1).given);
    assert_eq!(crossword.across[0].text, "Gefroren & kalt");
    assert_eq!(crossword.across[1].enumeration.as_deref(), Some("4"));
    assert_eq!(crossword.down[0].number, 1, "a bare text belongs to the next answer");
    // The same, as older programs wrap it.
    let wrapped = format!("\u{feff}ipuz({})", small());
    assert_eq!(crossword::read(&wrapped).expect("a crossword"), crossword);
}

#[test]
fn what_goes_out_comes_in_the_same() {
    let crossword = crossword::read(&small().to_string()).expect("a crossword");
    let file = crossword::write(&crossword);
    assert_eq!(crossword::read(&file).expect("our own file"), crossword);
    assert_eq!(crossword::write(&crossword::read(&file).expect("our own file")), file);
    let kept = crossword.content().expect("a text");
    assert_eq!(crossword::Crossword::parse(&kept).expect("our own row"), crossword);
}

#[test]
fn a_broken_file_is_named_with_its_place_and_not_taken() {
    #[track_caller]
    fn check(pointer: &str, value: Value, expected: &[(&str, Fault)]) {
        let mut file = small();
        let (parent, key) = pointer.rsplit_once('/').expect("a place");
        match file.pointer_mut(parent).expect("the place is there") {
            Value::Object(map) if value == json!("(gone)") => drop(map.remove(key)),
            Value::Object(map) => drop(map.insert(key.to_owned(), value)),
            Value::Array(list) => list[key.parse::<usize>().expect("a place")] = value,
            other => panic!("{other}"),
        }
        let expected: Vec<_> = expected.iter().map(|(at, fault)| ((*at).to_owned(), fault.clone())).collect();
        assert_eq!(faults(&file.to_string()), expected, "{pointer}");
    }
    let gone = || json!("(gone)");
    check("/version", gone(), &[("/version", Fault::Missing)]);
    check("/version", json!("http://ipuz.org/v9"), &[("/version", Fault::Version)]);
    check("/kind", json!(["http://ipuz.org/sudoku#1"]), &[("/kind", Fault::Kind)]);
    check("/kind", json!("crossword"), &[("/kind", Fault::Wrong(Wanted::List))]);
    check("/dimensions", gone(), &[("/dimensions", Fault::Missing)]);
    check("/dimensions/width", json!(1), &[("/dimensions/width", Fault::Size)]);
    check("/dimensions/width", json!(400), &[("/dimensions/width", Fault::Size)]);
    check("/dimensions/height", json!(-3), &[("/dimensions/height", Fault::Wrong(Wanted::Number))]);
    check(
        "/dimensions/height",
        json!(4),
        &[("/puzzle", Fault::Count { is: 3, should: 4 }), ("/solution", Fault::Count { is: 3, should: 4 })],
    );
    check("/puzzle/1", json!([0, 0]), &[("/puzzle/1", Fault::Count { is: 2, should: 4 })]);
    check("/puzzle/1", json!("4001"), &[("/puzzle/1", Fault::Wrong(Wanted::List))]);
    check(
        "/puzzle/0/2",
        json!(1),
        &[("/puzzle/0/2", Fault::Twice(1)), ("/clues/Down/2", Fault::NoAnswer(3))],
    );
    check(
        "/puzzle/0/0",
        json!(0),
        &[
            ("/puzzle/0/0", Fault::NoNumber),
            ("/clues/Across:Waagrecht/0", Fault::NoAnswer(1)),
            ("/puzzle/0/0", Fault::NoNumber),
            ("/clues/Down/1", Fault::Twice(2)),
        ],
    );
    check("/puzzle/1/1", json!([]), &[("/puzzle/1/1", Fault::Wrong(Wanted::Cell))]);
    check(
        "/puzzle/1/1",
        json!({ "cell": 0, "style": { "barred": "T" } }),
        &[("/puzzle/1/1/style", Fault::Bars)],
    );
    check("/solution", gone(), &[("/solution", Fault::Missing)]);
    check("/solution/1/1", json!("QU"), &[("/solution/1/1", Fault::OneLetter)]);
    check("/solution/2/0", json!("E"), &[("/solution/2/0", Fault::BlockDiffers)]);
    check("/clues", json!([]), &[("/clues", Fault::Wrong(Wanted::Object))]);
    check("/clues/Diagonal", json!([]), &[("/clues/Diagonal", Fault::Direction)]);
    check(
        "/clues/Down/1/cells",
        json!([[2, 1], [2, 2]]),
        &[("/clues/Down/1", Fault::OtherCells), ("/clues/Down", Fault::NoClue(2))],
    );
    check(
        "/clues/Down/2",
        json!([9, "?"]),
        &[("/clues/Down/2", Fault::NoAnswer(9)), ("/clues/Down", Fault::NoClue(3))],
    );
    check(
        "/clues/Down/2",
        json!([2, "?"]),
        &[("/clues/Down/2", Fault::Twice(2)), ("/clues/Down", Fault::NoClue(3))],
    );
    check(
        "/clues/Down/2",
        json!(7),
        &[("/clues/Down/2", Fault::Wrong(Wanted::Clue)), ("/clues/Down", Fault::NoClue(3))],
    );
    let long = story::Trouble::TooLong { field: "ipuz", longest: crossword::LONGEST_LINE };
    check("/title", json!("x".repeat(301)), &[("/title", Fault::Text(long))]);
    let unprintable = story::Trouble::Unprintable { field: "ipuz" };
    check(
        "/clues/Down/0",
        json!("a\u{0}b"),
        &[("/clues/Down/0", Fault::Text(unprintable)), ("/clues/Down", Fault::NoClue(1))],
    );
}

#[test]
fn a_missing_list_of_clues_names_every_answer_without_one() {
    let mut file = small();
    file["clues"] = json!({ "Down": small()["clues"]["Down"] });
    let expected: Vec<_> = [1, 4, 6].map(|number| ("/clues/Across".to_owned(), Fault::NoClue(number))).into();
    assert_eq!(faults(&file.to_string()), expected);
}

#[test]
fn t6_5_json_from_strangers_has_its_limits() {
    let file = small().to_string();
    let in_line = |text: &str| match faults(text).as_slice() {
        [(at, Fault::Json { line, .. })] if at.is_empty() => *line,
        other => panic!("{other:?}"),
    };
    for length in [0, 1, file.chars().count() / 3, file.chars().count() - 1] {
        let cut: String = file.chars().take(length).collect();
        assert_eq!(in_line(&cut), 1);
    }
    assert_eq!(in_line("{\n\"version\": 1,\n\"version\": 2}"), 3);
    assert_eq!(in_line(&"[".repeat(5000)), 1);
    assert_eq!(faults(&" ".repeat(crossword::MOST_BYTES + 1)), [(String::new(), Fault::TooLong)]);
    assert_eq!(faults("[1]"), [(String::new(), Fault::Wrong(Wanted::Object))]);
    // A file full of faults costs no more than twenty of them.
    let many = json!({ "clues": { "Down": vec![0; 5000] }, "puzzle": [], "solution": [] });
    assert!(faults(&many.to_string()).len() <= 20);
}

#[test]
fn no_text_at_all_brings_the_reader_down() {
    // Every value of a good file is replaced by each of these in turn: refused or taken, but always answered.
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(""),
        json!([]),
        json!({}),
        json!([[[]]]),
        json!("\u{202e}"),
    ];
    let mut places = Vec::new();
    walk(&small(), String::new(), &mut places);
    for place in &places {
        for value in &odd {
            let mut file = small();
            *file.pointer_mut(place).expect("a place") = value.clone();
            if let Err(refused) = crossword::read(&file.to_string()) {
                assert!(!refused.is_empty(), "{place} {value}");
            }
        }
    }
    assert!(places.len() > 60);
}

fn walk(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| walk(value, format!("{at}/{key}"), places)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| walk(value, format!("{at}/{index}"), places));
        }
        _ => {}
    }
    places.push(at);
}
