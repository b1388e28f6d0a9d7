//! Rows, transactions, jobs and events, on both databases. One program, because linking many costs more than running them.

mod copying;
mod jobs;
mod lanes;
mod ledger;
mod nodes;
mod opening;
mod rows;
mod writers;
