//! Word rules at the desk.

use serde::Serialize;
use story::Time;

use super::{ClauseView, Frame, Say};

/// A rule that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordRuleView {
    /// Its number.
    pub id: i64,
    /// `Idiot, *depp`
    pub forms: String,
    /// Words that are not meant; may be empty.
    pub exceptions: String,
    /// „2.1“
    pub clause: String,
    /// `hold` or `withhold`.
    pub action: String,
    /// What an author is told; may be empty.
    pub reason: String,
    /// How many comments it was tried on.
    pub tried: i64,
    /// How many of them it would have caught.
    pub caught: i64,
    /// How many of those still stood.
    pub fine: i64,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: Time,
    /// The page with this rule in its form.
    pub change: String,
    /// Where a POST ends it.
    pub end: String,
}

/// The form as typed. Posts to `/desk/moderation/words`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordRuleForm {
    /// The rule whose place it takes; may be empty.
    pub replaces: String,
    /// The words.
    pub forms: String,
    /// Words that are not meant.
    pub exceptions: String,
    /// The clause.
    pub clause: String,
    /// `hold` or `withhold`.
    pub action: String,
    /// What an author is told.
    pub reason: String,
    /// The field that is wrong, and what is wrong with it.
    pub error: Option<(String, Say)>,
}

impl Default for WordRuleForm {
    fn default() -> WordRuleForm {
        WordRuleForm {
            replaces: String::new(),
            forms: String::new(),
            exceptions: String::new(),
            clause: String::new(),
            action: "hold".to_owned(),
            reason: String::new(),
            error: None,
        }
    }
}

/// A comment that a rule would have caught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaughtView {
    /// Its page.
    pub url: String,
    /// What it says.
    pub text: String,
    /// The piece in which the rule found its word.
    pub found: String,
    /// When it was posted.
    pub at: Time,
    /// Whether it still stands.
    pub fine: bool,
}

/// What the rule in the form would have done in the last week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrialView {
    /// Comments that were looked at.
    pub tried: i64,
    /// How many it would have caught.
    pub caught: i64,
    /// How many of those still stand.
    pub fine: i64,
    /// Some of them.
    pub examples: Vec<CaughtView>,
}

/// A rule that the house proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StarterView {
    /// `words-starter-{key}` is how it is called.
    pub key: String,
    /// The page with this proposal in its form.
    pub url: String,
}

/// The word rules, and a form for one more.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskWordsPage {
    /// What stands around it.
    pub frame: Frame,
    /// The rules that hold.
    pub rules: Vec<WordRuleView>,
    /// The form.
    pub form: WordRuleForm,
    /// What came of its trial, if it was tried just now.
    pub trial: Option<TrialView>,
    /// Proposals.
    pub starters: Vec<StarterView>,
    /// The clauses a rule may rest on.
    pub clauses: Vec<ClauseView>,
    /// Something to say first.
    pub notice: Option<Say>,
}
