//! The workshop: what is done to the paper's code, not by it.
//!
//! `cargo xtask check` runs everything that must hold before a change lands, and needs nothing but Rust, a C compiler
//! and Node; what Debian has and this machine lacks is installed where that is allowed. Nothing here is part of the binary.

mod bench;
mod bless;
mod check;
mod cluster;
mod comments;
mod debian;
mod fill;
mod http;
mod live;
mod load;
mod measure;
mod nginx;
mod paper;
mod run;
mod threads;
mod torture;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask check [--only STAGE]...   everything that must hold before a change lands
cargo xtask bench [PART]...           figures of the release build; parts: phases, page, comments, threads, live, weights
cargo xtask fill --data DIR           a large archive to measure on, made anew from a seed
    [--articles N] [--comments N] [--database postgres://…] [--seed N]
cargo xtask bless                     records the picture in the README and the weights of first views anew
cargo xtask torture [ROUNDS]          kill -9 while readers write, 50 times on both databases
The stages of the check are ";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.split_first() {
        Some((&"check", rest)) => check::check(rest),
        Some((&"bench", rest)) => bench::bench(rest),
        Some((&"bless", [])) => bless::bless(),
        Some((&"fill", rest)) => fill::fill(rest),
        Some((&"torture", rest)) => torture::torture(rest),
        _ => Err(format!("{USAGE}{}", check::names())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
