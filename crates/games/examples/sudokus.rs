//! Makes many sudokus and looks at each with a solver that shares nothing with the maker; says what holds of how many, and how
//! long each level takes. `cargo run --release -p games --example sudokus -- 10000`

use std::time::{Duration, Instant};

use games::sudoku::{Cell, Sudoku, Technique, make, techniques};
use games::{Chance, Day, Game, Key, Level, Seed};

#[path = "../tests/all/slow/mod.rs"]
mod slow;

/// What the median of every level stays under.
const BUDGET: Duration = Duration::from_millis(50);

fn main() {
    let count: i32 = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(400);
    let first = Day::parse("2026-11-20").unwrap_or_else(|| unreachable!("a day of the calendar"));
    let seed = Seed::of([42; 32]);
    let (mut all, mut is_late) = (Held::default(), false);
    for level in Level::ALL {
        let (mut times, mut held) = (Vec::new(), Held::default());
        for day in (0..count / 4).map(|n| first.after(n)) {
            let key = Key::new(Game::Sudoku, level, day);
            let began = Instant::now();
            let puzzle = make(&mut Chance::of(&seed, &key), level);
            times.push(began.elapsed());
            if !held.count(&puzzle, level) {
                println!("WRONG {level:?} {day}: {}", puzzle.given);
            }
        }
        times.sort_unstable();
        let at =
            |part: usize| times.get(times.len() * part / 100).or(times.last()).copied().unwrap_or_default();
        is_late |= at(50) >= BUDGET;
        println!("{level:?}: median {:.2?}, p99 {:.2?}, slowest {:.2?}; {held}", at(50), at(99), at(100));
        all.add(&held);
    }
    println!("all levels: {all}");
    println!("median of every level under {BUDGET:?}: {}", if is_late { "no" } else { "yes" });
    if is_late || !all.is_right() {
        std::process::exit(1);
    }
}

/// How many puzzles there were, and of how many each promise held.
#[derive(Default)]
struct Held {
    made: usize,
    unique: usize,
    symmetric: usize,
    of_level: usize,
    stable: usize,
}

impl Held {
    /// Looks at one more; false if something does not hold.
    fn count(&mut self, puzzle: &Sudoku, level: Level) -> bool {
        let given = |cell: Cell| puzzle.given.at(cell).is_some();
        let graded = techniques(&puzzle.given, Technique::Colouring).map(|(used, _)| used);
        let unique = slow::solutions(&puzzle.given.to_string(), 2) == [puzzle.solution.to_string()];
        let symmetric = Cell::all().all(|cell| given(cell) == given(cell.opposite()));
        let (of_level, stable) = (puzzle.level() == level, graded.as_ref() == Some(&puzzle.techniques));
        self.made += 1;
        self.unique += usize::from(unique);
        self.symmetric += usize::from(symmetric);
        self.of_level += usize::from(of_level);
        self.stable += usize::from(stable);
        unique && symmetric && of_level && stable
    }

    fn add(&mut self, other: &Held) {
        self.made += other.made;
        self.unique += other.unique;
        self.symmetric += other.symmetric;
        self.of_level += other.of_level;
        self.stable += other.stable;
    }

    fn is_right(&self) -> bool {
        [self.unique, self.symmetric, self.of_level, self.stable].iter().all(|held| *held == self.made)
    }
}

impl std::fmt::Display for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Held { made, unique, symmetric, of_level, stable } = self;
        write!(
            f,
            "of {made}: {unique} unique, {symmetric} symmetric, {of_level} of their level, {stable} graded again the same"
        )
    }
}
