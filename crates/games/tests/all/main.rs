//! The puzzles, made and judged. One program, because linking many costs more than running them.

mod ahead;
mod arrows;
mod ipuz;
mod plays;
mod rows;
mod slow;
mod sudokus;
