//! The talk, on both databases. One program, because linking many costs more than running them.

mod changes;
mod closings;
mod common;
mod hostile;
mod hours;
mod scale;
mod talk;
mod votes;
mod waiting;
