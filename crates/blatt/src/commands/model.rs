//! `blatt model`: the sorting aid from files. Train it on labelled texts, let it score others, measure what it is worth.
//!
//! The files are lines of JSON from anywhere; which field is the text and which the label is said on the command line.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, Subcommand};
use moderation::aid::{self, Example, Figures, Measured, Method, Model, TooFew};
use serde_json::{Value, json};
use store::Failure;

use crate::progress;

/// The longest line that is read, in bytes.
const LONGEST: u64 = 4 << 20;

/// `blatt model`
#[derive(Clone, Debug, Subcommand)]
pub enum Act {
    /// Learn from labelled texts and write what was learnt into a file.
    Train {
        #[command(flatten)]
        labelled: Labelled,
        /// The file to write.
        #[arg(long, value_name = "MODEL")]
        out: PathBuf,
    },
    /// Print one line for each text: {"id":…,"score":0…1,"label":0|1,"because":[…]}
    Score {
        /// A file that `train` wrote.
        #[arg(long)]
        model: PathBuf,
        /// The field with the text.
        #[arg(long, default_value = "text")]
        text: String,
        /// The field that names a text; a text without it is named by its line.
        #[arg(long, default_value = "id")]
        id: String,
        /// Lines of JSON; - is standard input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Cross-validate: learn from all folds but one, judge that one, and compare with what needs no aid.
    Measure {
        #[command(flatten)]
        labelled: Labelled,
        /// Into how many folds.
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=20))]
        folds: u8,
        /// What shuffles the texts.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

/// Labelled texts.
#[derive(Clone, Debug, Args)]
pub struct Labelled {
    /// The field with the text.
    #[arg(long, value_name = "FIELD")]
    text: String,
    /// The field with the label: true or false, a number (above 0 counts), or a list of these, one per annotator (the majority
    /// counts).
    #[arg(long, value_name = "FIELD")]
    label: String,
    /// Lines of JSON; - is standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Does what the command says.
pub fn model(act: &Act) -> Result<(), Failure> {
    match act {
        Act::Train { labelled, out } => train(labelled, out),
        Act::Score { model, text, id, files } => score(model, text, id, files),
        Act::Measure { labelled, folds, seed } => measure(labelled, usize::from(*folds), *seed),
    }
}

fn train(labelled: &Labelled, out: &Path) -> Result<(), Failure> {
    let examples = labelled.read()?;
    let began = Instant::now();
    let bar = progress::bar("steps");
    let trained = aid::train(&examples, |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let model = trained.map_err(too_few)?;
    let bytes = model.to_bytes();
    std::fs::write(out, &bytes)
        .map_err(|error| Failure::because(format!("{} cannot be written", out.display()), error))?;
    let (texts, risky) = model.learnt_from();
    println!(
        "learnt from {texts} texts, {risky} of them labelled, in {:.1} s; wrote {} ({:.1} MB)",
        began.elapsed().as_secs_f64(),
        out.display(),
        bytes.len() as f64 / 1e6
    );
    Ok(())
}

fn score(model: &Path, text: &str, id: &str, files: &[PathBuf]) -> Result<(), Failure> {
    let bytes = std::fs::read(model)
        .map_err(|error| Failure::because(format!("{} cannot be read", model.display()), error))?;
    let model = Model::from_bytes(&bytes)
        .map_err(|unreadable| Failure::new(format!("{}: {unreadable}", model.display())))?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for file in files {
        for_each_line(file, |line, place| {
            let words = text_of(&line, text).map_err(|why| at(file, place, &why))?;
            let score = aid::score(&model, words);
            let because: Vec<Value> = score
                .because
                .iter()
                .map(|because| json!({ "word": because.word, "weight": rounded(f64::from(because.weight)) }))
                .collect();
            // In the order that was promised, which a map would not keep.
            let id = line.get(id).cloned().unwrap_or_else(|| json!(place));
            let printed = writeln!(
                out,
                r#"{{"id":{id},"score":{},"label":{},"because":{}}}"#,
                rounded(score.risk),
                u8::from(score.is_likely),
                Value::Array(because)
            );
            printed.map_err(Failure::from)
        })?;
    }
    Ok(out.flush()?)
}

fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

fn measure(labelled: &Labelled, folds: usize, seed: u64) -> Result<(), Failure> {
    let examples = labelled.read()?;
    let risky = examples.iter().filter(|example| example.is_risky).count();
    println!(
        "{} texts, {risky} of them labelled ({:.1} %); {folds} stratified folds, seed {seed}",
        examples.len(),
        100.0 * risky as f64 / examples.len().max(1) as f64
    );
    let began = Instant::now();
    let bar = progress::bar("models");
    let measured = aid::measure(&examples, folds, seed, |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let measured = measured.map_err(too_few)?;
    print!("{}", report(&measured));
    println!("\nmeasured in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

/// The figures as a table, and what was said beside what was true.
fn report(measured: &Measured) -> String {
    let mut lines =
        vec![format!("\n{:<34} {:>8} {:>6} {:>14} {:>6}", "", "macro-F1", "AUC", "first quarter", "Brier")];
    for method in Method::ALL {
        let Figures { macro_f1, auc, first_quarter, brier } = measured.mean(method);
        let share = 100.0 * first_quarter;
        lines.push(format!("{:<34} {macro_f1:>8.3} {auc:>6.3} {share:>12.1} % {brier:>6.3}", name(method)));
    }
    lines.push(
        "first quarter: how much of what is labelled stands in the first quarter of the queue".to_owned(),
    );
    lines.push("\nfold by fold, the aid".to_owned());
    for (fold, f) in
        (1..).zip(measured.folds.iter().filter(|(method, _)| *method == Method::Aid).flat_map(|(_, f)| f))
    {
        let share = 100.0 * f.first_quarter;
        lines.push(format!(
            "  {fold:<32} {:>8.3} {:>6.3} {share:>12.1} % {:>6.3}",
            f.macro_f1, f.auc, f.brier
        ));
    }
    lines.push("\ncalibration: what the aid said (o) and how many were labelled (#), of 100; a good aid has them close".to_owned());
    for (tenth, tally) in measured.tenths.iter().enumerate().filter(|(_, tally)| tally.texts > 0) {
        let true_share = 100.0 * tally.risky as f64 / tally.texts as f64;
        let said = 100.0 * tally.said;
        let mut plot: Vec<char> =
            (0..=50).map(|at| if at as f64 * 2.0 <= true_share { '#' } else { ' ' }).collect();
        plot[((said / 2.0).round() as usize).min(50)] = 'o';
        let plot: String = plot.into_iter().collect();
        lines.push(format!(
            "  {:>3}-{:<3} {:>5} texts  said {said:>4.0}  labelled {true_share:>4.0}  |{plot}|",
            tenth * 10,
            tenth * 10 + 10,
            tally.texts
        ));
    }
    lines.join("\n") + "\n"
}

fn name(method: Method) -> &'static str {
    match method {
        Method::Aid => "the aid",
        Method::Plain => "plain: runs of 2-5, words, logistic",
        Method::All => "everything labelled",
        Method::None => "nothing labelled",
        Method::Chance => "by chance",
    }
}

fn too_few(TooFew { risky, others }: TooFew) -> Failure {
    Failure::new(format!(
        "there is too little to learn from: {risky} texts with the label and {others} without; at least {} of each are needed, in every fold",
        aid::FEWEST
    ))
}

impl Labelled {
    fn read(&self) -> Result<Vec<Example>, Failure> {
        let mut examples = Vec::new();
        for file in &self.files {
            for_each_line(file, |line, place| {
                let wrong = |why: String| at(file, place, &why);
                let text = text_of(&line, &self.text).map_err(wrong)?.to_owned();
                let label = line
                    .get(&self.label)
                    .ok_or_else(|| wrong(format!("there is no field \"{}\"", self.label)))?;
                let is_risky = label_of(label).ok_or_else(|| {
                    wrong(format!(
                        "\"{}\" is {label}: a label is true, false, a number, or a list of these",
                        self.label
                    ))
                })?;
                examples.push(Example { text, is_risky });
                Ok(())
            })?;
        }
        Ok(examples)
    }
}

fn text_of<'a>(line: &'a Value, field: &str) -> Result<&'a str, String> {
    match line.get(field) {
        None => Err(format!("there is no field \"{field}\"")),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(format!("the field \"{field}\" is no text")),
    }
}

/// Whether a label says yes: of several annotators, more than half.
fn label_of(label: &Value) -> Option<bool> {
    match label {
        Value::Bool(label) => Some(*label),
        Value::Number(number) => number.as_f64().map(|number| number > 0.0),
        Value::Array(labels) if !labels.is_empty() => {
            let labels: Vec<bool> = labels.iter().map(label_of).collect::<Option<_>>()?;
            Some(2 * labels.iter().filter(|label| **label).count() > labels.len())
        }
        _ => None,
    }
}

fn at(file: &Path, place: usize, why: &str) -> Failure {
    Failure::new(format!("{}, line {place}: {why}", file.display()))
}

/// Reads lines of JSON objects; empty lines are passed over. Lines count from 1.
fn for_each_line(
    file: &Path,
    mut each: impl FnMut(Value, usize) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let unreadable = |error| Failure::because(format!("{} cannot be read", file.display()), error);
    let mut reader: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(file).map_err(unreadable)?))
    };
    let mut line = Vec::new();
    for place in 1.. {
        line.clear();
        let read =
            std::io::Read::take(&mut reader, LONGEST).read_until(b'\n', &mut line).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        if read as u64 == LONGEST {
            return Err(at(file, place, "this line is longer than 4 MB"));
        }
        let text = std::str::from_utf8(&line).map_err(|_| at(file, place, "this is no UTF-8"))?;
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            continue;
        }
        match serde_json::from_str(text) {
            Ok(value @ Value::Object(_)) => each(value, place)?,
            Ok(_) => return Err(at(file, place, "this is JSON, but no object")),
            Err(error) => return Err(at(file, place, &format!("this is no JSON: {error}"))),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_read_from_what_files_have() {
        #[track_caller]
        fn check(label: Value, expected: Option<bool>) {
            assert_eq!(label_of(&label), expected, "{label}");
        }
        check(json!(1), Some(true));
        check(json!(0), Some(false));
        check(json!(0.5), Some(true));
        check(json!(true), Some(true));
        check(json!([0, 3, 4, 0]), Some(false));
        check(json!([0, 3, 4, 1]), Some(true));
        check(json!([true, false, true]), Some(true));
        check(json!([]), None);
        check(json!("1"), None);
        check(json!([1, "x"]), None);
        check(Value::Null, None);
    }

    #[test]
    fn what_is_wrong_is_said_with_file_and_line() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("talk.jsonl");
        for (lines, expected) in [
            ("{\"t\":\"a\",\"l\":1}\n\n{\"t\":\"b\"}\n", "line 3: there is no field \"l\""),
            ("{\"t\":4,\"l\":1}", "line 1: the field \"t\" is no text"),
            ("{\"t\":\"a\",\"l\":\"yes\"}", "line 1: \"l\" is \"yes\": a label is"),
            ("[1]\n", "line 1: this is JSON, but no object"),
            ("{\"t\":\"a\",\"l\":1}\n{oops\n", "line 2: this is no JSON"),
        ] {
            std::fs::write(&file, lines)?;
            let labelled =
                Labelled { text: "t".to_owned(), label: "l".to_owned(), files: vec![file.clone()] };
            let said = labelled.read().map(|_| ()).map_err(|failure| failure.to_string());
            let said = said.err().ok_or("it was taken")?;
            assert!(said.contains("talk.jsonl, ") && said.contains(expected), "{said}");
        }
        Ok(())
    }

    #[test]
    fn what_was_written_is_read_again_and_nothing_else() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let (talk, out) = (folder.path().join("talk.jsonl"), folder.path().join("talk.model"));
        let line = |n: usize| match n % 2 {
            0 => format!("{{\"t\":\"Danke, Nummer {n} ist gelungen.\",\"l\":0}}\n"),
            _ => format!("{{\"t\":\"Du Depp, Nummer {n} ist Mist!\",\"l\":1}}\n"),
        };
        std::fs::write(&talk, (0..40).map(line).collect::<String>())?;
        let labelled = Labelled { text: "t".to_owned(), label: "l".to_owned(), files: vec![talk.clone()] };
        train(&labelled, &out)?;
        score(&out, "t", "id", std::slice::from_ref(&talk))?;
        measure(&labelled, 2, 1)?;
        let refused =
            score(&talk, "t", "id", std::slice::from_ref(&talk)).map_err(|failure| failure.to_string());
        assert!(refused.is_err_and(|said| said.contains("talk.jsonl: this is no model of a sorting aid")));
        Ok(())
    }
}
