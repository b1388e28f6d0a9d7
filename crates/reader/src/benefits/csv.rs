//! Tables as spreadsheets write them (RFC 4180, with semicolons as well as commas).

/// The cells of one line and the number of the line they begin in, from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cells {
    pub line: usize,
    pub cells: Vec<String>,
}

/// Reads a table; lines without any text are left out. A quote that is never closed is told by its line.
pub(crate) fn read(text: &str) -> Result<Vec<Cells>, usize> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let between = if head.contains(';') { ';' } else { ',' };
    let mut rows = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let (mut line, mut began, mut quoted) = (1, 1, None);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted.is_some() && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted.is_some() => quoted = None,
            '"' if cell.is_empty() => quoted = Some(line),
            '\n' if quoted.is_none() => {
                row.push(std::mem::take(&mut cell));
                rows.push(Cells { line: began, cells: std::mem::take(&mut row) });
                line += 1;
                began = line;
            }
            '\r' if quoted.is_none() => {}
            letter if letter == between && quoted.is_none() => row.push(std::mem::take(&mut cell)),
            letter => {
                line += usize::from(letter == '\n');
                cell.push(letter);
            }
        }
    }
    if let Some(line) = quoted {
        return Err(line);
    }
    row.push(cell);
    rows.push(Cells { line: began, cells: row });
    for row in &mut rows {
        row.cells.iter_mut().for_each(|cell| *cell = cell.trim().to_owned());
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    Ok(rows)
}

/// A line of a table. A cell that a spreadsheet would take for a formula is disarmed with an apostrophe.
pub fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| {
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            let cell = if formula { format!("'{cell}") } else { (*cell).to_owned() };
            if cell.contains([';', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
        })
        .collect();
    format!("{}\n", cells.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_spreadsheets_write_it() {
        #[track_caller]
        fn check(text: &str, expected: Result<&[(usize, &[&str])], usize>) {
            let found =
                read(text).map(|rows| rows.into_iter().map(|row| (row.line, row.cells)).collect::<Vec<_>>());
            let expected = expected.map(|rows| {
                rows.iter()
                    .map(|(line, cells)| (*line, cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>()))
                    .collect::<Vec<_>>()
            });
            assert_eq!(found, expected, "{text:?}");
        }
        check(
            "a;b\r\n1; 2 \r\n\r\n3;\"x;\"\"y\"\"\"\n",
            Ok(&[(1, &["a", "b"]), (2, &["1", "2"]), (4, &["3", "x;\"y\""])]),
        );
        check(
            "\u{feff}a,b\n\"zwei\nZeilen\",2\n3,4",
            Ok(&[(1, &["a", "b"]), (2, &["zwei\nZeilen", "2"]), (4, &["3", "4"])]),
        );
        check("a;b\n1;\"offen\n3;4", Err(2));
        check("", Ok(&[]));
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(line(&["=1+1", "a;b", "c\"d"]), "'=1+1;\"a;b\";\"c\"\"d\"\n");
    }
}
