//! Trying a rule before it holds: what would it have caught in the last week, and what of that was fine?

use forum::{CommentId, Original};
use store::{Failure, Time, Tx};

use super::{Draft, RuleId, WordRules, all};

/// How far back a trial looks, in minutes.
const WEEK: i64 = 7 * 24 * 60;
/// The most comments that it looks at.
const MOST: i64 = 10_000;
/// Rows read at once.
const SLICE: i64 = 200;
/// The most examples that are kept to be looked at.
const EXAMPLES: usize = 50;

/// A comment that a rule would have caught.
#[derive(Clone, Debug)]
pub struct Caught {
    /// Which.
    pub comment: CommentId,
    /// What it says.
    pub text: String,
    /// The piece in which the rule found its word.
    pub found: String,
    /// When it was posted.
    pub at: Time,
    /// Whether it still stands: then the desk had nothing against it.
    pub is_fine: bool,
}

/// What came of a trial.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// Comments that were looked at: those of the last week, at most the latest 10,000.
    pub tried: i64,
    /// How many it would have caught.
    pub caught: i64,
    /// How many of those still stand.
    pub fine: i64,
    /// The latest of them, at most 50; those that still stand first.
    pub examples: Vec<Caught>,
}

/// Reads the comments of the last week as if this rule held already, in place of the one it `replaces`.
pub async fn try_on_the_last_week(
    tx: &mut Tx,
    draft: &Draft,
    replaces: Option<RuleId>,
    now: Time,
) -> Result<Trial, Failure> {
    let mut others = all(tx).await?;
    others.retain(|rule| Some(rule.id) != replaces);
    // What other rules name as exceptions holds for this one too.
    let exceptions = others.iter().flat_map(|rule| rule.draft.exceptions.as_slice());
    let mut alone = draft.clone();
    alone.exceptions.0.extend(exceptions.cloned());
    let rule = WordRules::new(vec![(RuleId(0), alone)])?;
    let since = now.plus_minutes(-WEEK);
    let (mut trial, mut before) = (Trial::default(), None);
    loop {
        let slice = forum::latest(tx, before, SLICE).await?;
        let Some(last) = slice.last().map(|original| original.comment.id) else { break };
        let recent: Vec<&Original> = slice.iter().filter(|original| original.comment.at >= since).collect();
        for original in &recent {
            trial.look_at(original, &rule);
        }
        if recent.is_empty() || trial.tried >= MOST {
            break;
        }
        before = Some(last);
    }
    trial.examples.sort_by_key(|caught| !caught.is_fine);
    Ok(trial)
}

impl Trial {
    fn look_at(&mut self, original: &Original, rule: &WordRules) {
        self.tried += 1;
        let Some(hit) = rule.first(original.body.as_str()) else { return };
        let is_fine = !original.comment.is_gone();
        self.caught += 1;
        self.fine += i64::from(is_fine);
        if self.examples.len() < EXAMPLES {
            self.examples.push(Caught {
                comment: original.comment.id,
                text: original.body.as_str().to_owned(),
                found: hit.found.to_owned(),
                at: original.comment.at,
                is_fine,
            });
        }
    }
}
