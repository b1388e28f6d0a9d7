//! Word rules: which words have a text wait, or keep it out of the paper, and under which clause of the house rules.
//!
//! A rule names words as they stand in a dictionary ([`Form`]); inflection, compounds, umlauts and the usual disguises are the
//! engine's work (`normal.rs`, `matcher.rs`). Words that contain another by accident are never meant: the house's own
//! list of them (`innocent.txt`), and what a rule names as its exceptions, which hold for all rules.
//!
//! A rule is a row that says who, when and under which clause. It is not changed: another takes its place and names it. Before it
//! holds it is tried on the comments of the last week ([`try_on_the_last_week`]); what came of it stands in the row.
//!
//! What this deliberately does not do: it does not know what a sentence means. Quoting a rude word meets the rule as well; so a rule
//! that is not quite sure has texts wait, and a person reads them.

mod form;
mod matcher;
mod normal;
mod rows;
mod starter;
#[cfg(test)]
mod tests;
mod trial;

pub use form::Form;
pub use rows::{RuleId, WordRule, add, all, end};
pub use starter::{Starter, starters};
pub use trial::{Caught, Trial, try_on_the_last_week};

use std::fmt;
use std::sync::OnceLock;

use matcher::Matcher;
use store::{Failure, FromColumn, Value};

use crate::Rules;

/// The most rules that hold at once.
pub const MOST_RULES: usize = 5000;
/// The most words of one rule, and the most exceptions.
pub const MOST_FORMS: usize = 50;

/// What becomes of a text that meets a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It waits until somebody of the desk has read it.
    Hold,
    /// It does not appear, and its author reads why.
    Withhold,
}

impl Action {
    /// How it is written in rows and forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Action::Hold => "hold",
            Action::Withhold => "withhold",
        }
    }

    /// Reads a key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Action> {
        [Action::Hold, Action::Withhold].into_iter().find(|action| action.key() == key)
    }
}

impl FromColumn for Action {
    fn from_column(value: Value) -> Option<Action> {
        Action::parse(&String::from_column(value)?)
    }
}

/// Why a rule is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It names no word at all, or something that is none.
    NoWord {
        /// What was typed.
        word: String,
    },
    /// A word with so few letters stands in too many others.
    ShortWord {
        /// What was typed.
        word: String,
        /// The fewest letters.
        fewest: usize,
    },
    /// A word that is longer than one may be.
    LongWord {
        /// What was typed.
        word: String,
        /// The most characters.
        longest: usize,
    },
    /// More words than one rule may have.
    ManyWords {
        /// The limit.
        most: usize,
    },
    /// The house rules have no such clause, or it is no ground for a decision.
    UnknownClause,
    /// Whoever writes something that does not appear is told why.
    NoReason,
    /// More characters than a reason may have.
    LongReason {
        /// The limit.
        longest: usize,
    },
    /// As many rules hold as may.
    ManyRules {
        /// The limit.
        most: usize,
    },
    /// The rule that it should replace has ended.
    NoSuchRule,
}

/// Words as they are typed: one to a line, or separated by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms(Vec<Form>);

impl Forms {
    /// Takes a list as it was typed; it may be empty.
    pub fn parse(text: &str) -> Result<Forms, Refusal> {
        // Counted before they are read, so that a long list costs nothing.
        let words = || text.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty());
        if words().take(MOST_FORMS + 1).count() > MOST_FORMS {
            return Err(Refusal::ManyWords { most: MOST_FORMS });
        }
        words().map(Form::parse).collect::<Result<_, _>>().map(Forms)
    }

    /// Each of them.
    #[must_use]
    pub fn as_slice(&self) -> &[Form] {
        &self.0
    }
}

impl fmt::Display for Forms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, form) in self.0.iter().enumerate() {
            f.write_str(if at > 0 { ", " } else { "" })?;
            f.write_str(form.as_str())?;
        }
        Ok(())
    }
}

/// What stands in a row was parsed when it was written.
impl FromColumn for Forms {
    fn from_column(value: Value) -> Option<Forms> {
        Forms::parse(&String::from_column(value)?).ok()
    }
}

/// A rule as somebody of the desk wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The words.
    pub forms: Forms,
    /// Words that are not meant.
    pub exceptions: Forms,
    /// The clause of the house rules.
    pub clause: String,
    /// What becomes of a text.
    pub action: Action,
    /// What the author of a text that does not appear is told; empty for a rule that only has texts wait.
    pub reason: String,
}

impl Draft {
    /// Takes a rule as it was typed.
    pub fn parse(
        rules: &Rules,
        forms: &str,
        exceptions: &str,
        clause: &str,
        action: Action,
        reason: &str,
    ) -> Result<Draft, Refusal> {
        let forms = Forms::parse(forms)?;
        if forms.0.is_empty() {
            return Err(Refusal::NoWord { word: String::new() });
        }
        let clause = rules.clause(clause).filter(|clause| clause.is_ground).ok_or(Refusal::UnknownClause)?;
        let reason = match (crate::Reason::parse(reason), action) {
            (Ok(reason), _) => reason.as_str().to_owned(),
            (Err(crate::Refusal::NoReason), Action::Hold) => String::new(),
            (Err(crate::Refusal::ReasonTooLong { longest }), _) => {
                return Err(Refusal::LongReason { longest });
            }
            (Err(_), _) => return Err(Refusal::NoReason),
        };
        let clause = clause.id.clone();
        Ok(Draft { forms, exceptions: Forms::parse(exceptions)?, clause, action, reason })
    }
}

/// Something that a rule found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The rule's row.
    pub id: RuleId,
    /// What it says.
    pub rule: &'a Draft,
    /// The piece of the text, as it was written.
    pub found: &'a str,
}

/// Rules ready to read texts. Made when they change; reading costs the same however many they are.
#[derive(Default)]
pub struct WordRules {
    /// Those that keep a text out stand first.
    rules: Vec<(RuleId, Draft)>,
    matcher: Option<Matcher>,
}

impl WordRules {
    /// Makes rules ready. What one names as an exception holds for all.
    pub fn new(mut rules: Vec<(RuleId, Draft)>) -> Result<WordRules, Failure> {
        if rules.is_empty() {
            return Ok(WordRules::default());
        }
        rules.sort_by_key(|(id, rule)| (rule.action == Action::Hold, *id));
        let exceptions = rules.iter().flat_map(|(_, rule)| rule.exceptions.as_slice());
        let forms = rules.iter().map(|(_, rule)| rule.forms.as_slice());
        let matcher = Matcher::build(forms, innocent().iter().chain(exceptions))?;
        Ok(WordRules { rules, matcher: Some(matcher) })
    }

    /// The first rule that keeps this text out, or else the first that has it wait.
    #[must_use]
    pub fn first<'a>(&'a self, text: &'a str) -> Option<Hit<'a>> {
        self.hits(text).next()
    }

    /// Everything that the rules find in a text, those first that keep it out; each rule once.
    pub fn hits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit<'a>> {
        let met = self.matcher.as_ref().map(|matcher| matcher.read(text)).unwrap_or_default();
        met.into_iter().filter_map(move |met| {
            let (id, rule) = self.rules.get(met.rule)?;
            Some(Hit { id: *id, rule, found: whole(text, met.place) })
        })
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rules.len()
    }
}

/// The place with the rest of its word, so that whoever reads it knows what was meant; at most so many bytes on either side.
fn whole(text: &str, (from, to): (usize, usize)) -> &str {
    const MOST: usize = 40;
    let (before, after) = (text.get(..from).unwrap_or_default(), text.get(to..).unwrap_or_default());
    let goes_on = |letter: &char| letter.is_alphanumeric();
    let left: usize = before.chars().rev().take(MOST).take_while(goes_on).map(char::len_utf8).sum();
    let right: usize = after.chars().take(MOST).take_while(goes_on).map(char::len_utf8).sum();
    let found = text.get(from - left..to + right).unwrap_or_default();
    found.trim_matches(|letter: char| letter.is_ascii_punctuation() && !"@$*".contains(letter))
}

/// The words in which another stands by accident.
fn innocent() -> &'static [Form] {
    static INNOCENT: OnceLock<Vec<Form>> = OnceLock::new();
    INNOCENT.get_or_init(|| {
        let lines = include_str!("innocent.txt").lines().filter(|line| !line.starts_with('#'));
        let words = lines.flat_map(str::split_whitespace);
        words.filter_map(|word| Form::parse(&word.replace('_', " ")).ok()).collect()
    })
}
