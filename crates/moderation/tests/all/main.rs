//! The decisions, on both databases. One program, because linking many costs more than running them.

mod admissions;
mod decisions;
mod desk;
mod phases;
mod queues;
