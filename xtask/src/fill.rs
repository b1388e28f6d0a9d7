//! `cargo xtask fill`: a large archive to measure on.
//!
//! The paper is founded by `blatt init`; what stands in it comes from `examples/fill`, which is built for release like the
//! paper, because a million comments are written. The same seed makes the same archive.

use std::path::{Path, PathBuf};

use crate::paper::{self, Build};
use crate::run;

/// What is to be filled, and how much.
pub struct Filling<'a> {
    pub data: &'a Path,
    pub database: Option<&'a str>,
    pub articles: u64,
    pub comments: u64,
    pub seed: u64,
}

/// `cargo xtask fill --data DIR [--articles N] [--comments N] [--database URL] [--seed N]`
pub fn fill(words: &[&str]) -> Result<(), String> {
    let (mut data, mut database) = (None, None);
    let (mut articles, mut comments, mut seed) = (2_000, 1_000_000, 1);
    let mut words = words.iter();
    while let Some(key) = words.next() {
        let value = words.next().ok_or_else(|| format!("{key} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{key} needs a number, not {value}"));
        match *key {
            "--data" => data = Some(PathBuf::from(value)),
            "--database" => database = Some(*value),
            "--articles" => articles = number()?,
            "--comments" => comments = number()?,
            "--seed" => seed = number()?,
            other => return Err(format!("fill knows no {other}")),
        }
    }
    let data = data.ok_or("--data says in which folder the archive is to be made")?;
    let data = std::path::absolute(data).map_err(|e| e.to_string())?;
    let binary = paper::binary(Build::Release)?;
    make(&binary, &Filling { data: &data, database, articles, comments, seed })
}

/// Founds the paper and fills it.
pub fn make(binary: &Path, filling: &Filling<'_>) -> Result<(), String> {
    let mut init = run::command(binary);
    init.arg("init").arg("--data").arg(filling.data).args(["--name", "Der Messbote"]);
    init.args(filling.database.iter().flat_map(|url| ["--database", url]));
    run::output(&mut init)?;
    let rows = filling.database.map_or_else(|| filling.data.join("paper.db"), PathBuf::from);
    let counts = [filling.articles, filling.comments, filling.seed].map(|count| count.to_string());
    let example =
        ["run", "--locked", "--quiet", "--release", "--package", "xtask", "--example", "fill", "--"];
    run::must(run::command("cargo").args(example).arg(rows).args(counts))
}
