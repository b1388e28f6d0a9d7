//! The sorting aid: from a text, how likely the desk restricts it, and which words say so.
//!
//! It learns from labelled texts on the paper's own machine ([`train`]) and gives each new one a [`Score`]: a risk from 0 to 1, the
//! words that raised it most, and whether it is more likely than not, measured by how often the teacher says so. What it looks at
//! is in [`features`], [`text`] and [`lexicon`]; how it weighs is a linear model ([`linear`]), so that each word's share can be told;
//! how good it is says [`measure`](measure()), by texts it has not learnt from.
//!
//! What it deliberately is not: no judge. It knows runs of letters and words, not what somebody meant; it does not read the text that a
//! comment answers, and is blind for irony and for every word it has not seen. It sorts a queue. It has no rows and does no I/O here:
//! text in, score out.

mod features;
mod file;
mod lexicon;
mod linear;
mod measure;
mod text;

use std::collections::HashMap;

use features::{Bag, Name, Seen};
use linear::{Row, fit, logistic};
use text::Text;

pub use file::Unreadable;
pub use measure::{Figures, Measured, Method, Tally, figures, measure};

/// The most words of a [`Score`] that say why.
const REASONS: usize = 5;
/// Into how many parts the texts are cut to see what the model says of texts it does not know.
const PARTS: usize = 3;
/// The fewest texts of each kind that can be learnt from.
pub const FEWEST: usize = 10;
/// How much the numbers of a text weigh beside its runs and words, each of which has length 1.
const NUMBERS_WEIGH: f32 = 0.12;
/// No number of a text counts as further from the mean than so many standard deviations.
const FAR: f32 = 3.0;
/// See [`fit`].
const TRUST: f64 = 3.0;

/// A labelled text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The words.
    pub text: String,
    /// Whether it is of the kind that is looked for.
    pub is_risky: bool,
}

/// What is weighed of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recipe {
    /// Runs of letters, words, manner and meaning.
    Whole,
    /// Runs of letters and words only: the yardstick in [`measure`](measure()).
    Plain,
}

/// What was learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    recipe: Recipe,
    /// How many texts it learnt from, and how many of them were risky.
    learnt_from: (u64, u64),
    runs: HashMap<Name, Term>,
    words: HashMap<Name, Term>,
    numbers: Vec<Number>,
    bias: f32,
    /// Slope and height of the curve that makes a chance of a sum.
    curve: (f64, f64),
    /// The risk from which a text is called likely.
    threshold: f64,
}

/// A run or a word: how rare it is, and what it weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Term {
    rarity: f32,
    weight: f32,
}

/// One of the numbers of a text: what is usual, and what it weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Number {
    mean: f32,
    deviation: f32,
    weight: f32,
}

/// What the aid says of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// From 0 to 1: of a hundred texts with 0.3, about thirty were restricted where it learnt.
    pub risk: f64,
    /// Whether it belongs to the part that the teacher would restrict, were that part as large as among what was learnt.
    pub is_likely: bool,
    /// The words that raised the risk most, the heaviest first; each once, at most five.
    pub because: Vec<Because>,
}

/// A word that weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    /// As it was written.
    pub word: String,
    /// Its share of the sum; what raises the sum by 1 makes the chance about 2.7 times as good.
    pub weight: f32,
}

/// Why nothing can be learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    /// Risky texts there are.
    pub risky: usize,
    /// Others there are.
    pub others: usize,
}

/// Learns. `progress` hears how many of how many steps are done. The same texts in the same order give the same model.
pub fn train(examples: &[Example], progress: impl FnMut(usize, usize)) -> Result<Model, TooFew> {
    train_by(Recipe::Whole, &examples.iter().collect::<Vec<_>>(), progress)
}

/// The risk of a text.
#[must_use]
pub fn score(model: &Model, text: &str) -> Score {
    let text = Text::of(text);
    let mut shares = vec![0.0; text.words.len()];
    let sum = model.sum(&text, &mut shares);
    let risk = model.risk(sum);
    Score { risk, is_likely: risk >= model.threshold, because: reasons(&text, &shares) }
}

pub(crate) fn train_by(
    recipe: Recipe,
    examples: &[&Example],
    mut progress: impl FnMut(usize, usize),
) -> Result<Model, TooFew> {
    let risky = examples.iter().filter(|example| example.is_risky).count();
    let others = examples.len() - risky;
    if risky < FEWEST || others < FEWEST {
        return Err(TooFew { risky, others });
    }
    let taken: Vec<Taken> = examples.iter().map(|example| Taken::of(example)).collect();
    let steps = PARTS + 1;
    let (mut sums, mut labels) = (Vec::new(), Vec::new());
    // A model knows its own texts too well to say how sure it is: that is learnt from texts it was not shown.
    let parts = measure::parts(&taken.iter().map(|taken| taken.is_risky).collect::<Vec<_>>(), PARTS, 0);
    for part in 0..PARTS {
        let known: Vec<&Taken> = in_part(&taken, &parts, |other| other != part);
        let model = learn(recipe, &known);
        for unknown in in_part(&taken, &parts, |other| other == part) {
            sums.push(model.sum_of(&unknown.bag, &unknown.numbers, &mut []));
            labels.push(unknown.is_risky);
        }
        progress(part + 1, steps);
    }
    let mut model = learn(recipe, &taken.iter().collect::<Vec<_>>());
    model.curve = curve(&sums, &labels);
    let mut risks: Vec<f64> = sums.iter().map(|sum| model.risk(*sum)).collect();
    risks.sort_by(f64::total_cmp);
    // Between the last that is too many and the first that is not; there are both, since there are texts of both kinds.
    model.threshold = f64::midpoint(risks[others - 1], risks[others]);
    progress(steps, steps);
    Ok(model)
}

fn in_part<'a>(taken: &'a [Taken], parts: &[usize], wanted: impl Fn(usize) -> bool) -> Vec<&'a Taken> {
    taken.iter().zip(parts).filter(|(_, part)| wanted(**part)).map(|(taken, _)| taken).collect()
}

/// A labelled text, taken apart once.
struct Taken {
    bag: Bag,
    numbers: Vec<f32>,
    is_risky: bool,
}

impl Taken {
    fn of(example: &Example) -> Taken {
        let text = Text::of(&example.text);
        Taken { bag: Bag::of(&text), numbers: text.numbers(), is_risky: example.is_risky }
    }
}

/// The weights, without curve and threshold.
fn learn(recipe: Recipe, taken: &[&Taken]) -> Model {
    let mut model = Model {
        recipe,
        learnt_from: (taken.len() as u64, taken.iter().filter(|taken| taken.is_risky).count() as u64),
        // A run that stands in one text only says nothing about others; of words there are few enough.
        runs: rarities(taken, |taken| &taken.bag.runs, 2),
        words: rarities(taken, |taken| &taken.bag.words, 1),
        numbers: usual(taken, recipe),
        bias: 0.0,
        curve: (1.0, 0.0),
        threshold: 0.5,
    };
    let places: [HashMap<Name, u32>; 2] = {
        // In order of their names, so that the same texts give the same sums to the last bit.
        let sorted = |terms: &HashMap<Name, Term>| {
            let mut names: Vec<Name> = terms.keys().copied().collect();
            names.sort_unstable();
            names
        };
        let (runs, words) = (sorted(&model.runs), sorted(&model.words));
        let first = runs.len() as u32;
        [runs.into_iter().zip(0..).collect(), words.into_iter().zip(first..).collect()]
    };
    let first_number = (model.runs.len() + model.words.len()) as u32;
    let columns = first_number as usize + model.numbers.len() + 1;
    let rows: Vec<Row> = taken
        .iter()
        .map(|taken| {
            let runs = scaled(&taken.bag.runs, &model.runs);
            let words = scaled(&taken.bag.words, &model.words);
            let mut row: Vec<(u32, f32)> =
                runs.iter().map(|(name, value)| (places[0][name], *value)).collect();
            row.extend(words.iter().map(|(name, value)| (places[1][name], *value)));
            row.extend(
                (first_number..).zip(model.numbers.iter().zip(&taken.numbers).map(|(n, x)| n.value(*x))),
            );
            row.push((columns as u32 - 1, 1.0));
            row.sort_unstable_by_key(|(column, _)| *column);
            Row { columns: row, is_one: taken.is_risky }
        })
        .collect();
    let weights = fit(&rows, columns, TRUST);
    for (group, places) in [&mut model.runs, &mut model.words].into_iter().zip(&places) {
        group.iter_mut().for_each(|(name, term)| term.weight = weights[places[name] as usize]);
    }
    for (number, weight) in model.numbers.iter_mut().zip(&weights[first_number as usize..]) {
        number.weight = *weight;
    }
    model.bias = weights[columns - 1];
    model
}

/// What stands in at least `least` texts, with how rare it is.
fn rarities(
    taken: &[&Taken],
    group: impl Fn(&Taken) -> &HashMap<Name, Seen>,
    least: u32,
) -> HashMap<Name, Term> {
    let mut texts: HashMap<Name, u32> = HashMap::new();
    for name in taken.iter().flat_map(|taken| group(taken).keys()) {
        *texts.entry(*name).or_default() += 1;
    }
    let all = taken.len() as f64 + 1.0;
    let rarity = |texts: u32| ((all / (f64::from(texts) + 1.0)).ln() + 1.0) as f32;
    texts
        .into_iter()
        .filter(|(_, texts)| *texts >= least)
        .map(|(name, texts)| (name, Term { rarity: rarity(texts), weight: 0.0 }))
        .collect()
}

/// What is usual for each number.
fn usual(taken: &[&Taken], recipe: Recipe) -> Vec<Number> {
    if recipe == Recipe::Plain {
        return Vec::new();
    }
    let all = taken.len() as f64;
    (0..text::count())
        .map(|at| {
            let values = || taken.iter().map(|taken| f64::from(taken.numbers[at]));
            let mean = values().sum::<f64>() / all;
            let variance = values().map(|value| (value - mean).powi(2)).sum::<f64>() / all;
            Number { mean: mean as f32, deviation: variance.sqrt() as f32, weight: 0.0 }
        })
        .collect()
}

impl Number {
    /// How far from the usual, as the model takes it.
    fn value(&self, number: f32) -> f32 {
        if self.deviation <= f32::EPSILON {
            return 0.0;
        }
        ((number - self.mean) / self.deviation).clamp(-FAR, FAR) * NUMBERS_WEIGH
    }
}

/// The known names of a group with their values, in order of the names, scaled to length 1.
fn scaled(seen: &HashMap<Name, Seen>, terms: &HashMap<Name, Term>) -> Vec<(Name, f32)> {
    let value = |times: u32, term: &Term| (1.0 + (times as f32).ln()) * term.rarity;
    let mut values: Vec<(Name, f32)> = seen
        .iter()
        .filter_map(|(name, seen)| terms.get(name).map(|term| (*name, value(seen.times, term))))
        .collect();
    values.sort_unstable_by_key(|(name, _)| *name);
    let length = values.iter().map(|(_, value)| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    values.iter_mut().for_each(|(_, value)| *value /= length);
    values
}

impl Model {
    /// How many texts it learnt from, and how many of them were risky.
    #[must_use]
    pub fn learnt_from(&self) -> (u64, u64) {
        self.learnt_from
    }

    /// The risk from which a text is called likely.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.threshold
    }

    fn risk(&self, sum: f64) -> f64 {
        logistic(self.curve.0 * sum + self.curve.1)
    }

    /// The sum of a text; `shares` gets what each word adds to it.
    fn sum(&self, text: &Text, shares: &mut [f32]) -> f64 {
        let numbers = if self.numbers.is_empty() { Vec::new() } else { text.numbers() };
        let sum = self.sum_of(&Bag::of(text), &numbers, shares);
        self.share_meaning(text, &numbers, shares);
        sum
    }

    /// The sum; `shares`, unless it is empty, gets what runs and words add by the words they stand in.
    fn sum_of(&self, bag: &Bag, numbers: &[f32], shares: &mut [f32]) -> f64 {
        let mut sum = f64::from(self.bias);
        for (seen, terms) in [(&bag.runs, &self.runs), (&bag.words, &self.words)] {
            for (name, value) in scaled(seen, terms) {
                let part = terms[&name].weight * value;
                sum += f64::from(part);
                if let Some(words) = seen.get(&name).map(|seen| &seen.words).filter(|_| !shares.is_empty()) {
                    let each = part / words.len().max(1) as f32;
                    words.iter().for_each(|word| shares[*word as usize] += each);
                }
            }
        }
        sum + self.numbers.iter().zip(numbers).map(|(n, x)| f64::from(n.weight * n.value(*x))).sum::<f64>()
    }

    /// What the classes of words add beyond a text without any of them goes to the words of the class.
    fn share_meaning(&self, text: &Text, numbers: &[f32], shares: &mut [f32]) {
        for (at, (number, value)) in self.numbers.iter().zip(numbers).enumerate() {
            let Some(class) = text::class_of(at) else { continue };
            let part = number.weight * (number.value(*value) - number.value(0.0));
            let words: Vec<usize> =
                (0..text.words.len()).filter(|word| text.words[*word].classes.contains(&class)).collect();
            words.iter().for_each(|word| shares[*word] += part / words.len() as f32);
        }
    }
}

/// The words with the greatest shares, each once.
fn reasons(text: &Text, shares: &[f32]) -> Vec<Because> {
    let mut heaviest: HashMap<&str, (&str, f32)> = HashMap::new();
    for (word, share) in text.words.iter().zip(shares) {
        heaviest.entry(word.lower.as_str()).or_insert((word.written, 0.0)).1 += *share;
    }
    let mut reasons: Vec<Because> = heaviest
        .into_values()
        .filter(|(_, weight)| *weight > 0.02)
        .map(|(word, weight)| Because { word: word.to_owned(), weight })
        .collect();
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
    reasons.truncate(REASONS);
    reasons
}

/// The curve that makes chances of sums (Platt, 1999): its two numbers by Newton's method, with his targets that keep a few texts
/// from making it certain of everything.
fn curve(sums: &[f64], labels: &[bool]) -> (f64, f64) {
    let ones = labels.iter().filter(|label| **label).count() as f64;
    let others = labels.len() as f64 - ones;
    let target = |label: bool| if label { (ones + 1.0) / (ones + 2.0) } else { 1.0 / (others + 2.0) };
    let (mut slope, mut height) = (1.0, ((ones + 1.0) / (others + 1.0)).ln());
    for _ in 0..50 {
        let (mut g, mut h) = ([0.0; 2], [1e-9, 0.0, 1e-9]);
        for (sum, label) in sums.iter().zip(labels) {
            let chance = logistic(slope * sum + height);
            let (off, bend) = (chance - target(*label), chance * (1.0 - chance));
            g = [g[0] + off * sum, g[1] + off];
            h = [h[0] + bend * sum * sum, h[1] + bend * sum, h[2] + bend];
        }
        let det = h[0] * h[2] - h[1] * h[1];
        if det.abs() < 1e-12 {
            break;
        }
        let step = [(h[2] * g[0] - h[1] * g[1]) / det, (h[0] * g[1] - h[1] * g[0]) / det];
        (slope, height) = (slope - step[0].clamp(-5.0, 5.0), height - step[1].clamp(-5.0, 5.0));
        if step.iter().all(|step| step.abs() < 1e-9) {
            break;
        }
    }
    // A curve that falls would say that what was learnt is worse than chance: then nothing is known.
    if slope > 0.0 { (slope, height) } else { (0.0, (ones / others).ln()) }
}

#[cfg(test)]
mod tests;
