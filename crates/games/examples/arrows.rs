//! Fills many Schwedenrätsel and says how long that took and what they look like.
//! `cargo run --release -p games --example arrows -- 1000`

use std::time::{Duration, Instant};

use games::arrows::{self, Words, pairs};
use games::{Chance, Day, Game, Key, Level, Seed};

#[path = "../tests/all/arrows/rules.rs"]
mod rules;

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
    println!("{} pairs, {count} grids, {broken} broken", words.len());
    println!("median {:?}, 99 of 100 under {:?}, longest {:?}", at(500), at(990), at(1000));
    println!("{figures}");
    if broken > 0 {
        std::process::exit(1);
    }
}
