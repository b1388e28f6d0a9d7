//! A solver as slow as one is who only knows the rules: first empty cell, digits in order, look at row, column and box.

/// Up to `most` solutions of a grid of 81 signs, in order.
pub fn solutions(grid: &str, most: usize) -> Vec<String> {
    let mut cells: Vec<u8> = grid.bytes().map(|sign| if sign == b'.' { b'0' } else { sign }).collect();
    let mut found = Vec::new();
    search(&mut cells, most, &mut found);
    found
}

fn search(cells: &mut [u8], most: usize, found: &mut Vec<String>) {
    let Some(at) = cells.iter().position(|sign| *sign == b'0') else {
        found.push(String::from_utf8_lossy(cells).into_owned());
        return;
    };
    for digit in b'1'..=b'9' {
        let clash = (0..81).any(|other| {
            let row = other / 9 == at / 9;
            let column = other % 9 == at % 9;
            let square = other / 27 == at / 27 && other % 9 / 3 == at % 9 / 3;
            cells[other] == digit && (row || column || square)
        });
        if clash {
            continue;
        }
        cells[at] = digit;
        search(cells, most, found);
        if found.len() >= most {
            break;
        }
    }
    cells[at] = b'0';
}
