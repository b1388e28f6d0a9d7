//! From a crossword to an ipuz file (version 2). The solution is part of it: only the desk hands it out.

use serde_json::{Map, Value, json};

use super::{Cell, Clue, Crossword};

/// The file, for people to look into: with line breaks.
#[must_use]
pub fn write(crossword: &Crossword) -> String {
    let (rows, columns) = crossword.size();
    let mut file = Map::new();
    file.insert("version".to_owned(), json!("http://ipuz.org/v2"));
    file.insert("kind".to_owned(), json!(["http://ipuz.org/crossword#1"]));
    let lines = [
        ("title", &crossword.title),
        ("author", &crossword.author),
        ("copyright", &crossword.copyright),
        ("intro", &crossword.intro),
    ];
    for (key, line) in lines {
        if let Some(line) = line {
            file.insert(key.to_owned(), json!(marked_up(line)));
        }
    }
    file.insert("dimensions".to_owned(), json!({ "width": columns, "height": rows }));
    file.insert("block".to_owned(), json!("#"));
    file.insert("empty".to_owned(), json!(0));
    file.insert("puzzle".to_owned(), grid(crossword, shown));
    file.insert("solution".to_owned(), grid(crossword, solved));
    file.insert(
        "clues".to_owned(),
        json!({ "Across": clues(&crossword.across), "Down": clues(&crossword.down) }),
    );
    format!("{:#}", Value::Object(file))
}

fn grid(crossword: &Crossword, cell: fn(&Cell) -> Value) -> Value {
    crossword.cells.iter().map(|row| row.iter().map(cell).collect::<Value>()).collect()
}

fn shown(cell: &Cell) -> Value {
    let square = match cell {
        Cell::Void => return Value::Null,
        Cell::Block => return json!("#"),
        Cell::Letter(square) => square,
    };
    let label = square.number.unwrap_or(0);
    if !(square.circle || square.shaded || square.given) {
        return json!(label);
    }
    let mut style = Map::new();
    if square.circle {
        style.insert("shapebg".to_owned(), json!("circle"));
    }
    if square.shaded {
        style.insert("highlight".to_owned(), json!(true));
    }
    let mut object = Map::new();
    object.insert("cell".to_owned(), json!(label));
    object.insert("style".to_owned(), Value::Object(style));
    if square.given {
        object.insert("value".to_owned(), json!(square.answer.to_string()));
    }
    Value::Object(object)
}

fn solved(cell: &Cell) -> Value {
    match cell {
        Cell::Void => Value::Null,
        Cell::Block => json!("#"),
        Cell::Letter(square) => json!(square.answer.to_string()),
    }
}

fn clues(clues: &[Clue]) -> Value {
    clues
        .iter()
        .map(|clue| match &clue.enumeration {
            None => json!([clue.number, marked_up(&clue.text)]),
            Some(enumeration) => {
                json!({ "number": clue.number, "clue": marked_up(&clue.text), "enumeration": marked_up(enumeration) })
            }
        })
        .collect()
}

/// Readers of ipuz take the signs of HTML for markup, ours too.
fn marked_up(line: &str) -> String {
    line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
