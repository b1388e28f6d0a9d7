//! Fills many Schwedenrätsel, has each looked at by a checker that shares nothing with the filler, and says how long that took and
//! what they look like. `cargo run --release -p games --example arrows -- 1000`

use std::time::{Duration, Instant};

use games::arrows::{self, Words, pairs};
use games::{Chance, Day, Game, Key, Level, Seed};

#[path = "../tests/all/arrows/rules.rs"]
mod rules;

/// What the median stays under.
const BUDGET: Duration = Duration::from_secs(2);

fn main() {
    let count: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1000);
    let words = Words::of(&pairs::ours());
    let first = Day::parse("2026-01-01").expect("a day");
    let mut times: Vec<Duration> = Vec::new();
    let (mut figures, mut broken) = (rules::Figures::default(), 0);
    for number in 0..count {
        let key = Key::new(Game::Arrows, Level::Plain, first.after(i32::try_from(number).unwrap_or(0)));
        let mut chance = Chance::of(&Seed::of([5; 32]), &key);
        let begun = Instant::now();
        let Some(grid) = arrows::fill(&words, &mut chance) else {
            println!("{}: no grid", key.day);
            broken += 1;
            continue;
        };
        times.push(begun.elapsed());
        let faults = rules::faults(&grid);
        if !faults.is_empty() {
            println!("{}: {faults:?}", key.day);
            broken += 1;
        }
        figures.add(&grid);
        if number < 2 {
            grid.letters.iter().for_each(|row| println!("{}", row.replace('#', "·")));
            println!();
        }
    }
    times.sort_unstable();
    let at = |per_mille: usize| {
        times.get(times.len().saturating_sub(1) * per_mille / 1000).copied().unwrap_or_default()
    };
    let is_late = at(500) >= BUDGET;
    println!(
        "{} pairs, {count} grids of 13 x 15, {} keep every rule, {broken} broken",
        words.len(),
        count - broken
    );
    println!("median {:.2?}, p99 {:.2?}, longest {:.2?}", at(500), at(990), at(1000));
    println!("median under {BUDGET:?}: {}", if is_late { "no" } else { "yes" });
    println!("{figures}");
    if is_late || broken > 0 {
        std::process::exit(1);
    }
}
