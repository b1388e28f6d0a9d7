//! The Schwedenrätsel of many days, judged by a checker that knows nothing of how they are made.

use games::arrows::{self, Words, pairs};
use games::{Chance, Day, Game, Key, Level, Seed};

mod rules;

fn chance(day: i32) -> Chance {
    let first = Day::parse("2027-01-01").expect("a day");
    Chance::of(&Seed::of([9; 32]), &Key::new(Game::Arrows, Level::Plain, first.after(day)))
}

#[test]
fn every_grid_keeps_the_rules() {
    let words = Words::of(&pairs::ours());
    let mut figures = rules::Figures::default();
    for day in 0..8 {
        let grid = arrows::fill(&words, &mut chance(day)).expect("a grid");
        assert_eq!(rules::faults(&grid), Vec::<String>::new(), "day {day}: {:#?}", grid.letters);
        figures.add(&grid);
    }
    println!("{figures}");
}

#[test]
fn the_checker_sees_a_grid_that_breaks_a_rule() {
    let words = Words::of(&pairs::ours());
    let grid = arrows::fill(&words, &mut chance(0)).expect("a grid");
    let broken = |change: fn(&mut arrows::Grid)| {
        let mut grid = grid.clone();
        change(&mut grid);
        rules::faults(&grid).join("; ")
    };
    assert!(broken(|grid| grid.clues[0].text.push('!')).contains("does not ask for"));
    assert!(broken(|grid| drop(grid.clues.pop())).contains("has no clue"));
    assert!(broken(|grid| grid.letters[0] = "#".repeat(13)).contains("asks for nothing"));
    assert!(broken(|grid| grid.clues[0].at = arrows::At(0, 1)).contains("stands in no clue cell"));
    assert!(broken(|grid| grid.letters.truncate(14)).contains("not 13 columns"));
}

#[test]
fn the_same_day_gives_the_same_grid_whatever_the_order_of_the_list() {
    let mut list = pairs::ours();
    let grid = arrows::fill(&Words::of(&list), &mut chance(0));
    list.reverse();
    assert_eq!(arrows::fill(&Words::of(&list), &mut chance(0)), grid);
    assert_ne!(arrows::fill(&Words::of(&list), &mut chance(1)), grid);
}

#[test]
fn a_list_that_is_far_too_small_fills_nothing() {
    let list: Vec<_> = pairs::ours().into_iter().take(12).collect();
    assert_eq!(arrows::fill(&Words::of(&list), &mut chance(0)), None);
}
