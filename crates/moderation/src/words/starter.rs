//! Rules to begin with, as an offer: a paper without rules of its own takes those it wants. None of them holds by itself.

use serde::Deserialize;
use store::Failure;

use super::{Action, Draft, Forms};
use crate::Rules;

/// A rule that the house proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starter {
    /// How it is called among the proposals.
    pub key: String,
    /// The words.
    pub forms: Forms,
    /// Words that are not meant.
    pub exceptions: Forms,
}

impl Starter {
    /// The rule under a clause of this paper. A proposal only has texts wait.
    pub fn under(&self, rules: &Rules, clause: &str) -> Result<Draft, super::Refusal> {
        let (forms, exceptions) = (self.forms.to_string(), self.exceptions.to_string());
        Draft::parse(rules, &forms, &exceptions, clause, Action::Hold, "")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rules: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    forms: Vec<String>,
    #[serde(default)]
    exceptions: Vec<String>,
}

/// The proposals, in the order of the file.
pub fn starters() -> Result<Vec<Starter>, Failure> {
    let file: File = toml::from_str(include_str!("starter.toml"))
        .map_err(|error| Failure::because("the proposed word rules", error))?;
    let forms = |words: &[String]| {
        Forms::parse(&words.join("\n"))
            .map_err(|refusal| Failure::new(format!("the proposed word rules: {refusal:?}")))
    };
    let read = |entry: Entry| {
        let (words, exceptions) = (forms(&entry.forms)?, forms(&entry.exceptions)?);
        Ok(Starter { key: entry.key, forms: words, exceptions })
    };
    file.rules.into_iter().map(read).collect()
}
