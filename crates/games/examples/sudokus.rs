//! Makes many sudokus and looks at each with a solver that shares nothing with the maker:
//! `cargo run --release -p games --example sudokus -- 10000`

use std::time::{Duration, Instant};

use games::sudoku::{Technique, make, techniques};
use games::{Chance, Day, Game, Key, Level, Seed};

#[path = "../tests/all/slow/mod.rs"]
mod slow;

fn main() {
    let count: i32 = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(400);
    let first = Day::parse("2026-11-20").unwrap_or_else(|| unreachable!("a day of the calendar"));
    let seed = Seed::of([42; 32]);
    let mut wrong = 0;
    let mut all: Vec<Duration> = Vec::new();
    for level in Level::ALL {
        let mut times: Vec<Duration> = Vec::new();
        for day in (0..count / 4).map(|n| first.after(n)) {
            let key = Key::new(Game::Sudoku, level, day);
            let began = Instant::now();
            let puzzle = make(&mut Chance::of(&seed, &key), level);
            times.push(began.elapsed());
            let unique = slow::solutions(&puzzle.given.to_string(), 2) == [puzzle.solution.to_string()];
            let graded = techniques(&puzzle.given, Technique::Colouring).map(|(used, _)| used);
            if !unique || puzzle.level() != level || graded.as_ref() != Some(&puzzle.techniques) {
                wrong += 1;
                println!("WRONG {level:?} {day}: {}", puzzle.given);
            }
        }
        println!("{level:?}: {}", said(&mut times));
        all.extend(times);
    }
    println!("all {}: {}; {wrong} wrong", all.len(), said(&mut all));
    if wrong > 0 {
        std::process::exit(1);
    }
}

fn said(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).or(times.last()).copied().unwrap_or_default();
    format!("median {:.2?}, 95 of 100 within {:.2?}, slowest {:.2?}", at(50), at(95), at(100))
}
