//! Sudokus of many days, looked at by a solver that shares nothing with the one they were made with.

use crate::slow;
use games::sudoku::{Cell, Grid, Hint, Sudoku, Technique, Verdict, hint, make, techniques};
use games::{Chance, Day, Game, Key, Level, Seed};

fn sudoku(day: Day, level: Level) -> Sudoku {
    make(&mut Chance::of(&Seed::of([9; 32]), &Key::new(Game::Sudoku, level, day)), level)
}

fn days(count: i32) -> impl Iterator<Item = Day> {
    let first = Day::parse("2026-11-20").expect("a day");
    (0..count).map(move |n| first.after(n))
}

/// The bench `examples/sudokus.rs` does the same with ten thousand.
#[test]
fn each_has_one_solution_is_symmetric_and_of_its_level() {
    for level in Level::ALL {
        for day in days(12) {
            let puzzle = sudoku(day, level);
            let text = puzzle.given.to_string();
            assert_eq!(slow::solutions(&text, 2), vec![puzzle.solution.to_string()], "{text}");
            let symmetric =
                |cell: Cell| puzzle.given.at(cell).is_some() == puzzle.given.at(cell.opposite()).is_some();
            assert!(Cell::all().all(symmetric), "{text}");
            assert_eq!(puzzle.level(), level, "{text}");
            assert!((17..=52).contains(&puzzle.given.filled()), "{text}");
            assert_eq!(sudoku(day, level), puzzle, "the same day gives the same puzzle");
            let again = techniques(&puzzle.given, Technique::Colouring).expect("it was solved once");
            assert_eq!(again.0, puzzle.techniques, "the grade is stable");
        }
    }
}

#[test]
fn hints_alone_lead_to_the_end_and_never_astray() {
    for level in Level::ALL {
        let puzzle = sudoku(days(1).next().expect("a day"), level);
        let mut grid = puzzle.given;
        loop {
            match hint(&puzzle, &grid) {
                Hint::Steps(steps) => {
                    let (cell, digit) =
                        steps.last().and_then(|step| step.place).expect("the last step places");
                    assert!(grid.at(cell).is_none() && puzzle.solution.at(cell) == Some(digit));
                    for (cell, digit) in steps.iter().flat_map(|step| &step.strike) {
                        assert_ne!(puzzle.solution.at(*cell), Some(*digit), "a right digit is never struck");
                    }
                    grid.set(cell, Some(digit));
                }
                Hint::Full => break,
                Hint::Mistakes(cells) => panic!("{cells:?}"),
            }
        }
        assert_eq!(puzzle.judge(&grid), Verdict::Solved);
    }
}

#[test]
fn a_judge_names_what_is_wrong_and_keeps_what_is_given() {
    let puzzle = sudoku(days(1).next().expect("a day"), Level::Easy);
    assert_eq!(puzzle.judge(&Grid::EMPTY), Verdict::GoodSoFar { empty: 81 - puzzle.given.filled() });
    let empty = Cell::all().find(|cell| puzzle.given.at(*cell).is_none()).expect("an empty cell");
    let given = Cell::all().find(|cell| puzzle.given.at(*cell).is_some()).expect("a given cell");
    let right = puzzle.solution.at(empty).expect("a digit");
    let mut grid = Grid::EMPTY;
    grid.set(empty, Some(right % 9 + 1));
    // Somebody who overwrites what is given has changed nothing.
    grid.set(given, puzzle.solution.at(given).map(|digit| digit % 9 + 1));
    assert_eq!(puzzle.judge(&grid), Verdict::Wrong(vec![empty]));
    assert_eq!(hint(&puzzle, &grid), Hint::Mistakes(vec![empty]));
    assert_eq!(puzzle.judge(&puzzle.solution), Verdict::Solved);
}
