//! From an ipuz file to a crossword (ipuz version 2, kind `http://ipuz.org/crossword#1`).
//!
//! Everything is read before anything is believed, so that the answer names all faults at once; only a file without any becomes
//! a crossword.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use story::{Line, Place};

use super::fault::{Fault, MOST, Refused, Wanted};
use super::text::{one_letter, plain, without_markup};
use super::{Cell, Clue, Crossword, LARGEST, LONGEST_LINE, MOST_BYTES, Square, Way};

/// Takes a file whole, or says what is wrong with it and where, from top to bottom, twenty faults at most.
pub fn read(file: &str) -> Result<Crossword, Vec<Refused>> {
    if file.len() > MOST_BYTES {
        return Err(vec![Refused { at: String::new(), fault: Fault::TooLong }]);
    }
    let value = story::json::read(bare(file), 1).map_err(|refused| {
        let line = if let Place::Line(line) = refused.place { line } else { 1 };
        vec![Refused { at: String::new(), fault: Fault::Json { line, reason: refused.reason } }]
    })?;
    let mut reader = Reader { faults: Vec::new() };
    let crossword = reader.crossword(&value);
    reader.faults.truncate(MOST);
    match crossword {
        Some(crossword) if reader.faults.is_empty() => Ok(crossword),
        _ => Err(reader.faults),
    }
}

/// Older programs wrap the object into a call, `ipuz({…})`.
fn bare(file: &str) -> &str {
    let file = file.trim_start_matches('\u{feff}').trim();
    let inside = file.strip_prefix("ipuz(").and_then(|rest| rest.trim_end_matches(';').strip_suffix(')'));
    inside.unwrap_or(file)
}

struct Reader {
    faults: Vec<Refused>,
}

/// A value with its place.
#[derive(Clone)]
struct Here<'a> {
    value: &'a Value,
    at: String,
}

impl<'a> Here<'a> {
    fn key(&self, key: &str) -> Option<Here<'a>> {
        let value = self.value.as_object()?.get(key)?;
        let key: String = key.chars().take(40).collect();
        Some(Here { value, at: format!("{}/{}", self.at, key.replace('~', "~0").replace('/', "~1")) })
    }

    fn item(&self, index: usize) -> Option<Here<'a>> {
        Some(Here { value: self.value.as_array()?.get(index)?, at: format!("{}/{index}", self.at) })
    }
}

impl Reader {
    fn fault(&mut self, at: impl Into<String>, fault: Fault) {
        // More are never told; a file of a million faults shall not cost a million places.
        if self.faults.len() < MOST {
            self.faults.push(Refused { at: at.into(), fault });
        }
    }

    fn wrong(&mut self, here: &Here<'_>, wanted: Wanted) {
        self.fault(here.at.clone(), Fault::Wrong(wanted));
    }

    /// A key that must be there.
    fn must<'a>(&mut self, here: &Here<'a>, key: &str) -> Option<Here<'a>> {
        let found = here.key(key);
        if found.is_none() {
            self.fault(format!("{}/{key}", here.at), Fault::Missing);
        }
        found
    }

    fn crossword(&mut self, value: &Value) -> Option<Crossword> {
        let whole = Here { value, at: String::new() };
        if !value.is_object() {
            self.wrong(&whole, Wanted::Object);
            return None;
        }
        self.version(&whole);
        self.kind(&whole);
        let mut line = |key| whole.key(key).and_then(|here| self.line(&here, true));
        let (title, author, copyright, intro) =
            (line("title"), line("author"), line("copyright"), line("intro"));
        let cells = self.cells(&whole)?;
        let mut crossword = Crossword {
            version: 1,
            title,
            author,
            copyright,
            intro,
            cells,
            across: Vec::new(),
            down: Vec::new(),
        };
        let clues = self.must(&whole, "clues")?;
        let Some(lists) = clues.value.as_object() else {
            self.wrong(&clues, Wanted::Object);
            return None;
        };
        let mut by_way: BTreeMap<Way, Here<'_>> = BTreeMap::new();
        for name in lists.keys() {
            let Some(list) = clues.key(name) else { continue };
            // „Across:Waagrecht“ names the list for people after the colon.
            let way = match name.split(':').next().unwrap_or_default() {
                "Across" => Way::Across,
                "Down" => Way::Down,
                _ => {
                    self.fault(list.at, Fault::Direction);
                    continue;
                }
            };
            by_way.insert(way, list);
        }
        for way in [Way::Across, Way::Down] {
            let list = by_way.get(&way);
            let found = self.clues(&crossword, way, list);
            match way {
                Way::Across => crossword.across = found,
                Way::Down => crossword.down = found,
            }
        }
        Some(crossword)
    }

    fn version(&mut self, whole: &Here<'_>) {
        let Some(version) = self.must(whole, "version") else { return };
        let known =
            ["http://ipuz.org/v1", "http://ipuz.org/v2", "https://ipuz.org/v1", "https://ipuz.org/v2"];
        if !version.value.as_str().is_some_and(|version| known.contains(&version)) {
            self.fault(version.at, Fault::Version);
        }
    }

    fn kind(&mut self, whole: &Here<'_>) {
        let Some(kinds) = self.must(whole, "kind") else { return };
        let Some(list) = kinds.value.as_array() else {
            return self.wrong(&kinds, Wanted::List);
        };
        let ours = |kind: &Value| {
            let name = kind.as_str().unwrap_or_default();
            name.split_once("://ipuz.org/")
                .is_some_and(|(_, kind)| kind == "crossword#1" || kind == "crossword")
        };
        if !list.iter().any(ours) {
            self.fault(kinds.at, Fault::Kind);
        }
    }

    /// One line of text without the markup that ipuz allows. Empty lines are left out where that is allowed.
    fn line(&mut self, here: &Here<'_>, may_be_empty: bool) -> Option<String> {
        let Some(text) = here.value.as_str() else {
            self.wrong(here, Wanted::Text);
            return None;
        };
        match Line::parse("ipuz", &without_markup(text), LONGEST_LINE) {
            Ok(line) => Some(line.to_string()),
            Err(story::Trouble::Empty { .. }) if may_be_empty => None,
            Err(trouble) => {
                self.fault(here.at.clone(), Fault::Text(trouble));
                None
            }
        }
    }

    fn number(&mut self, here: &Here<'_>) -> Option<u32> {
        let number = match here.value {
            Value::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| *number < 10_000);
        if number.is_none() {
            self.wrong(here, Wanted::Number);
        }
        number
    }

    fn side(&mut self, dimensions: &Here<'_>, key: &str) -> Option<usize> {
        let side = self.must(dimensions, key)?;
        let number = usize::try_from(self.number(&side)?).ok()?;
        if (2..=LARGEST).contains(&number) {
            return Some(number);
        }
        self.fault(side.at, Fault::Size);
        None
    }

    fn cells(&mut self, whole: &Here<'_>) -> Option<Vec<Vec<Cell>>> {
        let dimensions = self.must(whole, "dimensions")?;
        let (columns, rows) = (self.side(&dimensions, "width"), self.side(&dimensions, "height"));
        let (columns, rows) = (columns?, rows?);
        let marks = Marks {
            block: whole.key("block").and_then(|here| plain(here.value)).unwrap_or_else(|| "#".to_owned()),
            empty: whole.key("empty").and_then(|here| plain(here.value)).unwrap_or_else(|| "0".to_owned()),
            styles: whole.key("styles").and_then(|here| here.value.as_object()),
        };
        let (puzzle, solution) = (self.must(whole, "puzzle"), self.must(whole, "solution"));
        let (puzzle, solution) = (puzzle?, solution?);
        let whole_puzzle = self.is_grid(&puzzle, rows, columns);
        if !(self.is_grid(&solution, rows, columns) && whole_puzzle) {
            return None;
        }
        let mut numbers: BTreeMap<u32, String> = BTreeMap::new();
        let mut cells = Vec::with_capacity(rows);
        for row in 0..rows {
            let mut line = Vec::with_capacity(columns);
            for column in 0..columns {
                let find = |grid: &Here<'_>| {
                    grid.item(row).and_then(|row| row.item(column)).map(|here| (here.value.clone(), here.at))
                };
                let (Some((shown, shown_at)), Some((solved, solved_at))) = (find(&puzzle), find(&solution))
                else {
                    return None;
                };
                let shown = Here { value: &shown, at: shown_at };
                let solved = Here { value: &solved, at: solved_at };
                let cell = self.cell(&shown, &solved, &marks);
                if let Cell::Letter(Square { number: Some(number), .. }) = cell
                    && numbers.insert(number, shown.at.clone()).is_some()
                {
                    self.fault(shown.at, Fault::Twice(number));
                }
                line.push(cell);
            }
            cells.push(line);
        }
        if !cells.iter().flatten().any(|cell| matches!(cell, Cell::Letter(_))) {
            self.fault(puzzle.at, Fault::NoLetters);
        }
        Some(cells)
    }

    fn is_grid(&mut self, grid: &Here<'_>, rows: usize, columns: usize) -> bool {
        let before = self.faults.len();
        if self.has(grid, rows) {
            for row in 0..rows {
                if let Some(row) = grid.item(row) {
                    self.has(&row, columns);
                }
            }
        }
        self.faults.len() == before
    }

    fn has(&mut self, list: &Here<'_>, should: usize) -> bool {
        match list.value.as_array().map(Vec::len) {
            None => self.wrong(list, Wanted::List),
            Some(is) if is != should => self.fault(list.at.clone(), Fault::Count { is, should }),
            Some(_) => return true,
        }
        false
    }

    /// A cell of the puzzle together with the same cell of the solution.
    fn cell(&mut self, shown: &Here<'_>, solved: &Here<'_>, marks: &Marks<'_>) -> Cell {
        let (mut label, mut style, mut value) = (shown.clone(), None, None);
        if shown.value.is_object() {
            style = shown.key("style");
            value = shown.key("value");
            label = match shown.key("cell") {
                Some(cell) => cell,
                None => Here { value: &Value::Null, at: shown.at.clone() },
            };
        }
        let answer = match solved.key("value").or_else(|| solved.key("cell")) {
            Some(inner) => inner,
            None => solved.clone(),
        };
        let is_void = label.value.is_null() && (shown.value.is_null() || value.is_none() && style.is_none());
        let block = plain(label.value).is_some_and(|label| label == marks.block);
        let solved_block =
            answer.value.is_null() || plain(answer.value).is_some_and(|answer| answer == marks.block);
        if is_void || block {
            if !solved_block {
                self.fault(solved.at.clone(), Fault::BlockDiffers);
            }
            return if block { Cell::Block } else { Cell::Void };
        }
        let style = style.and_then(|style| self.style(&style, marks)).unwrap_or_default();
        let number = match plain(label.value) {
            Some(text) if text == marks.empty || text.is_empty() || text == "0" => None,
            None if label.value.is_null() => None,
            Some(_) => self.number(&label),
            None => {
                self.wrong(&label, Wanted::Cell);
                None
            }
        };
        let given =
            value.is_some_and(|value| value.value.as_str().is_some_and(|value| !value.trim().is_empty()));
        let letter = one_letter(answer.value);
        if solved_block {
            self.fault(solved.at.clone(), Fault::BlockDiffers);
        } else if letter.is_none() {
            self.fault(answer.at, Fault::OneLetter);
        }
        // A file with a fault is not taken; the sign in its place keeps the other words whole, so that they are judged alone.
        let answer = letter.unwrap_or('?');
        Cell::Letter(Square { answer, number, circle: style.circle, shaded: style.shaded, given })
    }

    fn style(&mut self, style: &Here<'_>, marks: &Marks<'_>) -> Option<Style> {
        let named = style.value.as_str().and_then(|name| marks.styles?.get(name));
        let Some(object) = named.or(Some(style.value)).and_then(Value::as_object) else {
            if !style.value.is_null() && !style.value.is_string() {
                self.wrong(style, Wanted::Object);
            }
            return None;
        };
        if object.contains_key("barred") {
            self.fault(style.at.clone(), Fault::Bars);
        }
        let has = |key: &str| {
            object.get(key).is_some_and(|value| !matches!(value, Value::Null | Value::Bool(false)))
        };
        Some(Style {
            circle: object.get("shapebg").and_then(Value::as_str) == Some("circle"),
            shaded: has("highlight") || has("color"),
        })
    }

    /// The clues of one way, each for an answer of the grid, and a clue for each answer.
    fn clues(&mut self, crossword: &Crossword, way: Way, list: Option<&Here<'_>>) -> Vec<Clue> {
        let words = crossword.words(way);
        let mut begins: BTreeMap<u32, &[(usize, usize)]> = BTreeMap::new();
        for word in &words {
            let (row, column) = word[0];
            match crossword.square(row, column).and_then(|square| square.number) {
                Some(number) => drop(begins.insert(number, word)),
                None => self.fault(format!("/puzzle/{row}/{column}"), Fault::NoNumber),
            }
        }
        let mut found: BTreeMap<u32, Clue> = BTreeMap::new();
        let items = list.map_or(&[][..], |list| list.value.as_array().map_or(&[], Vec::as_slice));
        if let Some(list) = list
            && !list.value.is_array()
        {
            self.wrong(list, Wanted::List);
        }
        let mut order = begins.keys();
        for (index, item) in items.iter().enumerate() {
            let next = order.next().copied();
            let at = list.map_or_else(String::new, |list| format!("{}/{index}", list.at));
            let here = Here { value: item, at };
            let Some((clue, cells)) = self.clue(&here, next) else { continue };
            match begins.get(&clue.number) {
                None => self.fault(here.at, Fault::NoAnswer(clue.number)),
                Some(word) if cells.is_some_and(|cells| cells != *word) => {
                    self.fault(here.at, Fault::OtherCells)
                }
                Some(_) => {
                    let number = clue.number;
                    if found.insert(number, clue).is_some() {
                        self.fault(here.at, Fault::Twice(number));
                    }
                }
            }
        }
        let name = list.map_or_else(
            || format!("/clues/{}", if way == Way::Across { "Across" } else { "Down" }),
            |list| list.at.clone(),
        );
        for number in begins.keys().filter(|number| !found.contains_key(number)) {
            self.fault(name.clone(), Fault::NoClue(*number));
        }
        found.into_values().collect()
    }

    /// A clue in one of its three forms, and the cells that it names. A bare text belongs to the next answer.
    #[allow(clippy::type_complexity, reason = "a list of cells that may be missing")]
    fn clue(&mut self, here: &Here<'_>, next: Option<u32>) -> Option<(Clue, Option<Vec<(usize, usize)>>)> {
        let (number, text, mut enumeration, mut cells) = match here.value {
            Value::String(_) => {
                let text = self.line(here, false)?;
                let Some(number) = next else {
                    self.fault(here.at.clone(), Fault::NoAnswer(0));
                    return None;
                };
                (number, text, None, None)
            }
            Value::Array(parts) if parts.len() == 2 => {
                let (number, text) = (here.item(0)?, here.item(1)?);
                let (number, text) = (self.number(&number), self.line(&text, false));
                (number?, text?, None, None)
            }
            Value::Object(_) => {
                let (number, text) = (self.must(here, "number"), self.must(here, "clue"));
                let (number, text) = (self.number(&number?), self.line(&text?, false));
                (number?, text?, here.key("enumeration"), here.key("cells"))
            }
            _ => {
                self.wrong(here, Wanted::Clue);
                return None;
            }
        };
        let enumeration = enumeration.take().and_then(|here| match here.value {
            Value::Number(number) => Some(number.to_string()),
            _ => self.line(&here, true),
        });
        let cells = match cells.take() {
            Some(here) => Some(self.named_cells(&here)?),
            None => None,
        };
        Some((Clue { number, text, enumeration }, cells))
    }

    /// `[[column, row], …]`, both from 1, as ipuz counts.
    fn named_cells(&mut self, here: &Here<'_>) -> Option<Vec<(usize, usize)>> {
        let Some(list) = here.value.as_array() else {
            self.wrong(here, Wanted::List);
            return None;
        };
        let place = |cell: &Value| {
            let side = |index: usize| usize::try_from(cell.get(index)?.as_u64()?).ok()?.checked_sub(1);
            Some((side(1)?, side(0)?))
        };
        let cells: Option<Vec<_>> = list.iter().map(place).collect();
        if cells.is_none() {
            self.wrong(here, Wanted::List);
        }
        cells
    }
}

/// What stands for a black square and an empty cell, and the styles that cells name.
struct Marks<'a> {
    block: String,
    empty: String,
    styles: Option<&'a Map<String, Value>>,
}

#[derive(Default)]
struct Style {
    circle: bool,
    shaded: bool,
}
