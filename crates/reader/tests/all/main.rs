//! Who reads, on both databases. One program, because linking many costs more than running them.

mod accounts;
mod benefits;
mod cast;
mod club;
mod device;
mod draws;
mod inbox;
mod letters;
mod paces;
mod passkeys;
mod post;
