//! Everything that must hold before a change lands, as a list of named stages.
//!
//! All stages build with one profile and one set of features, so that nothing is compiled twice: the binary that the
//! browser walks through is the one the tests are linked with.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::cluster::Cluster;
use crate::run::{self, Tally};
use crate::{debian, paper, torture};

/// One thing that must hold.
struct Stage {
    name: &'static str,
    what: &'static str,
    run: fn(&mut Tally) -> Result<(), String>,
}

/// In the order in which a mistake is cheapest to hear of.
const STAGES: &[Stage] = &[
    Stage { name: "format", what: "rustfmt has nothing to change", run: format },
    Stage { name: "lints", what: "clippy has nothing to say", run: lints },
    Stage { name: "tests", what: "every test, on SQLite and on PostgreSQL", run: rust_tests },
    Stage { name: "types", what: "elements and walks are what their types say", run: types },
    Stage { name: "elements", what: "each element does what it says, on a page made for it", run: elements },
    Stage { name: "walks", what: "a browser reads, hears and discusses the demo paper", run: walks },
    Stage { name: "kills", what: "what was answered survives kill -9, on both databases", run: kills },
    Stage { name: "licences", what: "what we build on may be built on", run: licences },
];

/// The names of all stages, for the usage line.
pub fn names() -> String {
    STAGES.iter().map(|stage| stage.name).collect::<Vec<_>>().join(", ")
}

/// Runs all stages, or those asked for, to the end; then says how long each took and how many tests ran.
pub fn check(words: &[&str]) -> Result<(), String> {
    let wanted = wanted(words)?;
    let mut tally = Tally::default();
    let mut report: Vec<(&str, Duration, Result<(), String>)> = Vec::new();
    for stage in STAGES.iter().filter(|stage| wanted.is_empty() || wanted.contains(stage.name)) {
        println!("\n== {}: {}", stage.name, stage.what);
        let started = Instant::now();
        let outcome = (stage.run)(&mut tally);
        if let Err(why) = &outcome {
            println!("== {} FAILED: {why}", stage.name);
        }
        report.push((stage.name, started.elapsed(), outcome));
    }
    println!();
    for (name, took, outcome) in &report {
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("{name:10} {:7.1} s  {word}", took.as_secs_f64());
    }
    for (name, _, outcome) in &report {
        if let Err(why) = outcome {
            println!("{name}: {why}");
        }
    }
    println!("\n{} passed, {} failed", tally.passed, tally.failed);
    verdict(&report, &tally, wanted.is_empty())
}

fn wanted(words: &[&str]) -> Result<HashSet<String>, String> {
    let mut wanted = HashSet::new();
    let mut words = words.iter();
    while let Some(&word) = words.next() {
        let name = match word {
            "--only" => words.next().copied().unwrap_or_default(),
            _ => return Err(format!("the check knows no `{word}`, only `--only STAGE`")),
        };
        if !STAGES.iter().any(|stage| stage.name == name) {
            return Err(format!("the check has no stage `{name}`; it has {}", names()));
        }
        wanted.insert(name.to_owned());
    }
    Ok(wanted)
}

fn verdict(
    report: &[(&str, Duration, Result<(), String>)],
    tally: &Tally,
    whole: bool,
) -> Result<(), String> {
    let broken: Vec<&str> =
        report.iter().filter(|(_, _, outcome)| outcome.is_err()).map(|(name, ..)| *name).collect();
    if !broken.is_empty() {
        return Err(format!("the check failed in: {}", broken.join(", ")));
    }
    if tally.failed > 0 {
        return Err("a test failed".to_owned());
    }
    if whole && tally.passed == 0 {
        return Err("no test ran, which proves nothing".to_owned());
    }
    Ok(())
}

fn cargo() -> Command {
    run::command("cargo")
}

fn format(_: &mut Tally) -> Result<(), String> {
    run::must(cargo().args(["fmt", "--all", "--check"]))
}

fn lints(_: &mut Tally) -> Result<(), String> {
    run::must(cargo().args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))
}

fn rust_tests(tally: &mut Tally) -> Result<(), String> {
    let cluster = Cluster::start()?;
    println!("a PostgreSQL of our own is at {}", cluster.address());
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    run::tests(tests.env("BLATT_TEST_POSTGRES", cluster.address()), tally)
}

fn types(_: &mut Tally) -> Result<(), String> {
    npm_packages()?;
    for folder in ["crates/theme/elements", "tests/walks"] {
        run::must(run::command(run::root().join("node_modules/.bin/tsc")).args(["--noEmit", "-p", folder]))?;
    }
    Ok(())
}

fn elements(tally: &mut Tally) -> Result<(), String> {
    npm_packages()?;
    let chromium = debian::need("chromium", &[], "chromium")?;
    let mut node = run::command("node");
    node_tests("tests/elements", |_| true, 1, tally, node.env("CHROMIUM", chromium))
}

fn walks(tally: &mut Tally) -> Result<(), String> {
    npm_packages()?;
    let chromium = debian::need("chromium", &[], "chromium")?;
    debian::need("java", &[], "default-jre-headless")?;
    let binary = paper::binary(paper::Build::Checked)?;
    let node = || {
        let mut node = run::command("node");
        node.env("CHROMIUM", &chromium).env("BLATT_BINARY", &binary);
        node
    };
    let timed = |name: &str| TIMED.contains(&name);
    let walked = node_tests("tests/walks", |name| !timed(name), 2, tally, &mut node());
    let kept_time = node_tests("tests/walks", timed, 1, tally, &mut node());
    walked.and(kept_time)
}

/// Walks in which something must happen within a second or two: alone. All others go two at a time.
const TIMED: [&str; 2] = ["hours", "listen"];

/// A few rounds only: `cargo xtask torture` has the patience for fifty.
fn kills(tally: &mut Tally) -> Result<(), String> {
    torture::torture(&["3"])?;
    tally.passed += 2;
    Ok(())
}

/// Runs the `*.test.js` of a folder whose names are `wanted`, so many at once. The files are named one by one because what Node
/// makes of a folder depends on its version.
fn node_tests(
    folder: &str,
    wanted: impl Fn(&str) -> bool,
    at_once: usize,
    tally: &mut Tally,
    node: &mut Command,
) -> Result<(), String> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(run::root().join(folder))
        .map_err(|trouble| format!("{folder}: {trouble}"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| {
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.strip_suffix(".test.js").is_some_and(&wanted)
        })
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(format!("{folder} holds no test"));
    }
    node.args(["--test", "--test-reporter=spec"]).arg(format!("--test-concurrency={at_once}")).args(files);
    run::tests(node, tally)
}

/// Installs what `package-lock.json` names unless that was done since it last changed.
pub fn npm_packages() -> Result<(), String> {
    let root = run::root();
    let changed = |file: &Path| std::fs::metadata(file).and_then(|facts| facts.modified()).ok();
    let lock = changed(&root.join("package-lock.json")).ok_or("there is no package-lock.json")?;
    if changed(&root.join("node_modules/.package-lock.json")).is_some_and(|installed| installed >= lock) {
        return Ok(());
    }
    debian::need("npm", &[], "npm")?;
    run::must(run::command("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

fn licences(_: &mut Tally) -> Result<(), String> {
    let tools = run::root().join("target/tools");
    let deny = match debian::find("cargo-deny", &[tools.join("bin")]) {
        Some(deny) => deny,
        None => {
            println!("installing cargo-deny, which takes a minute or two once");
            // It runs for a second: built without optimisation it is there in half the time.
            let install = ["install", "cargo-deny", "--locked", "--quiet", "--debug", "--root"];
            run::must(cargo().args(install).arg(&tools))?;
            tools.join("bin/cargo-deny")
        }
    };
    run::must(run::command(deny).args(["--workspace", "check", "licenses", "bans", "sources"]))?;
    println!(
        "SKIPPED: known security holes; that list is on the network (`cargo deny check advisories` where it can be reached)"
    );
    Ok(())
}
