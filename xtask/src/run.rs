//! Running other programs: what they print is shown as it comes, and the closing lines of test runners are added up.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the root `Cargo.toml`.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A command in the root folder, without what cargo told this process about the package it runs: build scripts that
/// watch those variables would otherwise run again each time somebody changes between `cargo test` and the check.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        let about_us = name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST");
        if about_us || name == "CARGO" || name == "OUT_DIR" {
            command.env_remove(&*name);
        }
    }
    command
}

/// Runs to the end and refuses any exit but zero.
pub fn must(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|trouble| cannot_start(command, &trouble))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", name(command))) }
}

/// Runs to the end and gives what was printed on standard output.
pub fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|trouble| cannot_start(command, &trouble))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(format!("{} ended with {}:\n{said}", name(command), output.status))
    }
}

/// Runs a test runner: shows what it prints, and adds the tests it counts to `tally`.
pub fn tests(command: &mut Command, tally: &mut Tally) -> Result<(), String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|trouble| cannot_start(command, &trouble))?;
    if let Some(printed) = child.stdout.take() {
        for line in BufReader::new(printed).split(b'\n') {
            let line = line.map_err(|trouble| trouble.to_string())?;
            let line = String::from_utf8_lossy(&line);
            tally.hear(&line);
            // A closed terminal must not end a check that others wait for.
            let _ = writeln!(std::io::stdout(), "{line}");
        }
    }
    let status = child.wait().map_err(|trouble| trouble.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", name(command))) }
}

fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args().take(3));
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command, trouble: &std::io::Error) -> String {
    format!("{} cannot be started: {trouble}", name(command))
}

/// How many tests ran.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    /// Takes the closing lines of cargo's and of Node's test runner; other lines say nothing.
    fn hear(&mut self, line: &str) {
        let words: Vec<&str> = line.split([' ', ';']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            ["test", "result:", rest @ ..] => {
                for pair in rest.windows(2) {
                    match pair {
                        [count, "passed"] => self.passed += count.parse().unwrap_or(0),
                        [count, "failed"] => self.failed += count.parse().unwrap_or(0),
                        _ => {}
                    }
                }
            }
            ["#" | "ℹ", "pass", count] => self.passed += count.parse().unwrap_or(0),
            ["#" | "ℹ", "fail" | "cancelled", count] => self.failed += count.parse().unwrap_or(0),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn closing_lines_of_both_runners_are_added_up() {
        let mut tally = Tally::default();
        for line in [
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s",
            "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out",
            "test somebody_says_7_passed ... ok",
            "ℹ pass 4",
            "ℹ fail 0",
            "ℹ cancelled 1",
            "# pass 10",
            "# fail 2",
        ] {
            tally.hear(line);
        }
        assert_eq!(tally, Tally { passed: 21, failed: 6 });
    }
}
