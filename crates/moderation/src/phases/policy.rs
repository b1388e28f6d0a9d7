//! Everything that the desk has set, read once and kept in memory; the event `phases` says that it is to be read again. So a
//! comment costs no row to know what holds.

use std::sync::Arc;

use archive::ArticleId;
use forum::hours::Scope;
use store::{Failure, Tx};
use story::Slug;

use super::{Caution, Mode, Set, caution, modes};
use crate::words::{self, RuleId, WordRules};

/// Modes, cautions and word rules in force.
#[derive(Clone, Default)]
pub struct Policy {
    modes: Vec<Set>,
    caution: Caution,
    /// Which rules are in [`words`](Policy::words): a rule never changes.
    rules: Vec<RuleId>,
    words: Arc<WordRules>,
}

impl Policy {
    /// With these word rules and nothing else.
    #[must_use]
    pub fn of(words: WordRules, caution: Caution) -> Policy {
        Policy { caution, words: Arc::new(words), ..Policy::default() }
    }

    /// What the rows say now. The word rules are only made ready anew if others hold than before.
    pub async fn read_again(&self, tx: &mut Tx) -> Result<Policy, Failure> {
        let rules = words::all(tx).await?;
        let ids: Vec<RuleId> = rules.iter().map(|rule| rule.id).collect();
        let words = if ids == self.rules {
            Arc::clone(&self.words)
        } else {
            let rules = rules.into_iter().map(|rule| (rule.id, rule.draft));
            Arc::new(WordRules::new(rules.collect())?)
        };
        Ok(Policy { modes: modes(tx).await?, caution: caution(tx).await?, rules: ids, words })
    }

    /// The mode in force at this minute of the paper's day: that of the article before that of its section, and that before the
    /// paper's; of one place, the one for these hours before the one for the whole day.
    #[must_use]
    pub fn mode(&self, article: ArticleId, section: &Slug, minute: i64) -> Mode {
        if self.modes.is_empty() {
            return Mode::default();
        }
        let rank = |set: &&Set| {
            let width = match &set.scope {
                Scope::Article(one) if *one == article => 0,
                Scope::Section(one) if one == section => 2,
                Scope::Paper => 4,
                _ => return None,
            };
            match set.span {
                Some(span) => span.holds(minute).then_some(width),
                None => Some(width + 1),
            }
        };
        let held = self.modes.iter().filter_map(|set| rank(&set).map(|rank| (rank, set)));
        // Latest first in the list, so of two alike the latest is kept.
        held.min_by_key(|(rank, _)| *rank).map(|(_, set)| set.mode).unwrap_or_default()
    }

    /// What makes the desk careful.
    #[must_use]
    pub fn caution(&self) -> Caution {
        self.caution
    }

    /// The word rules.
    #[must_use]
    pub fn words(&self) -> &WordRules {
        &self.words
    }

    /// The modes that hold, latest first.
    #[must_use]
    pub fn modes(&self) -> &[Set] {
        &self.modes
    }
}
