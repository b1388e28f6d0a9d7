//! Finding the words of all rules in one pass.
//!
//! All shapes of all rules stand in one automaton (Aho and Corasick, 1975), built once when the rules change. A text runs through
//! it byte by byte; what it costs does not depend on how many rules there are, and no rule can make it slower: there is nothing to
//! go back to. At each place a bounded number of shapes can end, because a shape is short and each stands there once.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use store::Failure;

use super::form::{Form, LONGEST_ENDING, Left, Right, Shape};
use super::normal::{GAP, Normal, Words, is_word, once};

/// What the automaton says when it has found a shape.
#[derive(Clone, Copy, Debug)]
struct Meaning {
    /// The place of the rule in the list.
    rule: usize,
    left: Left,
    right: Right,
    /// Whether a letter stands in it twice: then a doubled letter of the text means nothing.
    is_doubled: bool,
}

/// One automaton with what its patterns mean.
struct Side {
    automaton: AhoCorasick,
    meanings: Vec<Vec<Meaning>>,
}

impl Side {
    fn build(shapes: impl IntoIterator<Item = (Vec<u8>, Meaning)>) -> Result<Side, Failure> {
        let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut patterns: Vec<Vec<u8>> = Vec::new();
        let mut meanings: Vec<Vec<Meaning>> = Vec::new();
        for (letters, meaning) in shapes {
            let at = *places.entry(letters).or_insert_with_key(|letters| {
                patterns.push(letters.clone());
                meanings.push(Vec::new());
                patterns.len() - 1
            });
            // Of rules that say the same the first counts: so many of them cost no more than one.
            let same = |other: &Meaning| {
                (other.left, other.right, other.is_doubled)
                    == (meaning.left, meaning.right, meaning.is_doubled)
            };
            if !meanings[at].iter().any(same) {
                meanings[at].push(meaning);
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&patterns)
            .map_err(|error| Failure::because("the automaton of the word rules", error))?;
        Ok(Side { automaton, meanings })
    }

    /// Everything that is found here, from left to right.
    fn find(
        &self,
        words: &Words,
        alone_from: usize,
        accepts: impl Fn(&Meaning) -> bool,
        mut found: impl FnMut(Span),
    ) {
        let bytes = &words.bytes;
        for hit in self.automaton.find_overlapping_iter(bytes) {
            let (from, to) = (hit.start(), hit.end());
            for meaning in &self.meanings[hit.pattern().as_usize()] {
                if accepts(meaning) && fits(bytes, from, to, alone_from, meaning) {
                    found(Span { from, to, meaning: *meaning });
                }
            }
        }
    }
}

/// Whether it begins and ends in the word as its form wants it.
fn fits(bytes: &[u8], from: usize, to: usize, alone_from: usize, meaning: &Meaning) -> bool {
    if from >= alone_from {
        return true;
    }
    let begins = from.checked_sub(1).and_then(|at| bytes.get(at)).is_none_or(|byte| !is_word(*byte));
    (begins || meaning.left == Left::Anything) && meaning.right.takes(rest(bytes, to))
}

/// What stands behind `to` in the same word, up to one byte more than an ending can have.
fn rest(bytes: &[u8], to: usize) -> &[u8] {
    let behind = bytes.get(to..).unwrap_or_default();
    let behind = &behind[..behind.len().min(LONGEST_ENDING + 1)];
    let length = behind.iter().position(|byte| !is_word(*byte)).unwrap_or(behind.len());
    &behind[..length]
}

/// Where something was found.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: usize,
    to: usize,
    meaning: Meaning,
}

/// A rule that was met, and where in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Met {
    /// The place of the rule in the list.
    pub(super) rule: usize,
    /// From where to where the piece of text goes.
    pub(super) place: (usize, usize),
}

/// The automatons of one state of the rules.
pub(super) struct Matcher {
    words: Side,
    innocent: Side,
    once: Side,
    innocent_once: Side,
}

impl Matcher {
    /// Builds it from the forms of each rule and from the words that no rule means. Of two rules that say the same the first counts.
    pub(super) fn build<'a>(
        rules: impl IntoIterator<Item = &'a [Form]>,
        innocent: impl IntoIterator<Item = &'a Form>,
    ) -> Result<Matcher, Failure> {
        let rules = rules.into_iter().enumerate();
        let rules = rules.flat_map(|(rule, forms)| forms.iter().map(move |form| (rule, form)));
        let (words, once_words) = both(rules);
        let (innocent, innocent_once) = both(innocent.into_iter().map(|form| (0, form)));
        Ok(Matcher {
            words: Side::build(words)?,
            once: Side::build(once_words)?,
            innocent: Side::build(innocent)?,
            innocent_once: Side::build(innocent_once)?,
        })
    }

    /// The rules that this text meets, in the order of the rules, each once with its first place. Empty for most.
    pub(super) fn read(&self, text: &str) -> Vec<Met> {
        let normal = Normal::of(text);
        let mut met = Vec::new();
        let (plain, once) = ((&self.words, &self.innocent), (&self.once, &self.innocent_once));
        look(&mut met, plain, &normal.words, normal.alone_from, Letters::AsTheyAre);
        look(&mut met, once, &normal.stretched, usize::MAX, Letters::AsTheyAre);
        look(&mut met, once, &normal.doubled, usize::MAX, Letters::Doubled);
        met.sort_by_key(|met| met.rule);
        met.dedup_by_key(|met| met.rule);
        met
    }
}

type Shapes = Vec<(Vec<u8>, Meaning)>;

/// All shapes as they are, and with every letter once.
fn both<'a>(forms: impl Iterator<Item = (usize, &'a Form)>) -> (Shapes, Shapes) {
    let (mut plain, mut thin) = (Vec::new(), Vec::new());
    for (rule, form) in forms {
        for Shape { letters, left, right } in form.shapes() {
            let single = once(&letters);
            let is_doubled = single.len() < letters.len();
            let meaning = Meaning { rule, left, right, is_doubled };
            // Too little is left of a very short word to know it again.
            if single.len() >= 4 && !letters.contains(&GAP) {
                thin.push((single, meaning));
            }
            plain.push((letters, meaning));
        }
    }
    (plain, thin)
}

/// How the words were read that are looked through.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// Each letter counts.
    AsTheyAre,
    /// Each word has a doubled letter that was left out. So a rule whose own word has one says nothing, and an innocent word that
    /// has one may be the very word: „vergaß“ beside „vergasen“.
    Doubled,
}

/// Looks through words, and leaves out what is part of a word that no rule means.
fn look(
    met: &mut Vec<Met>,
    (rules, innocent): (&Side, &Side),
    words: &Words,
    alone_from: usize,
    letters: Letters,
) {
    let mut found: Vec<Span> = Vec::new();
    let accepts = |meaning: &Meaning| letters == Letters::AsTheyAre || !meaning.is_doubled;
    rules.find(words, alone_from, accepts, |span| found.push(span));
    if found.is_empty() {
        return;
    }
    let shelter = Shelter::of(innocent, words, alone_from, letters);
    let guilty = found.iter().filter(|span| !shelter.covers(span));
    met.extend(guilty.map(|span| Met { rule: span.meaning.rule, place: words.place(span.from, span.to) }));
}

/// How far the innocent words reach that begin at or before each place.
struct Shelter {
    /// The furthest end of those that begin before a place, and of those that begin at it.
    reach: Vec<(usize, usize)>,
}

impl Shelter {
    fn of(innocent: &Side, words: &Words, alone_from: usize, letters: Letters) -> Shelter {
        let mut ends = vec![0; words.bytes.len()];
        innocent.find(
            words,
            usize::MAX,
            |_| true,
            |span| {
                // Letters that stood alone have no words around them that could be meant.
                if span.from < alone_from {
                    let Meaning { right, is_doubled, .. } = span.meaning;
                    let ending = if right == Right::Anything { 0 } else { rest(&words.bytes, span.to).len() };
                    let is_the_word = letters == Letters::Doubled && is_doubled;
                    ends[span.from] = ends[span.from].max(span.to + ending + usize::from(is_the_word));
                }
            },
        );
        let mut furthest = 0;
        let reach = ends.into_iter().map(|end: usize| {
            let before = furthest;
            furthest = furthest.max(end);
            (before, end)
        });
        Shelter { reach: reach.collect() }
    }

    /// Whether an innocent word holds all of this and more.
    fn covers(&self, span: &Span) -> bool {
        self.reach.get(span.from).is_some_and(|(before, at)| *before >= span.to || *at > span.to)
    }
}
