//! The workshop: what is done to the paper's code, not by it.
//!
//! `cargo xtask check` runs everything that must hold before a change lands, and needs nothing but Rust, a C compiler
//! and Node; what Debian has and this machine lacks is installed where that is allowed. Nothing here is part of the binary.

mod check;
mod cluster;
mod debian;
mod run;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask check [--only STAGE]...   everything that must hold before a change lands; stages: ";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.split_first() {
        Some((&"check", rest)) => check::check(rest),
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
