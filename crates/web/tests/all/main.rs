//! The paper as whoever sends requests finds it, on both databases. One program, because linking many costs more than running them.

mod api;
mod around;
mod benefits;
mod cast;
mod desk;
mod doors;
mod elsewhere;
mod embed;
mod fairness;
mod games;
mod given_back;
mod hours;
mod inbox;
mod letters;
mod own;
mod own_data;
mod second_factor;
mod signing_in;
mod talk;
mod waiting;
