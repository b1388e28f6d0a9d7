//! Blatt: a whole online newspaper in one binary.
//!
//! This crate alone reads the configuration, the environment and the clock, and hands them to the rooms as arguments.
//! Each command is a file in `commands/`. Exit code 0: done; 1: refused, with a sentence on standard error; 2: wrong usage.

mod commands;
mod config;
mod folder;
mod outside;
mod progress;
mod talk;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let command = commands::Command::parse();
    let filter = EnvFilter::try_from_env("BLATT_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("blatt: the machine gives no threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(commands::run(command));
    // A voice in the middle of a sentence is not waited for: its job is made again.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("blatt: {failure}");
            ExitCode::FAILURE
        }
    }
}
