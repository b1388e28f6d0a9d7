//! How good the aid is: by texts it has not learnt from, in folds that keep the share of risky texts, beside what anybody could do
//! without it.

use super::{Example, Model, Recipe, TooFew, score, train_by};

/// What judges a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The aid.
    Aid,
    /// Runs of 2 to 5 letters and words with logistic regression, cut at one half: what an afternoon of work gives.
    Plain,
    /// Every text is risky.
    All,
    /// No text is risky.
    None,
    /// By chance, as many as there are.
    Chance,
}

impl Method {
    /// In the order in which they are told.
    pub const ALL: [Method; 5] = [Method::Aid, Method::Plain, Method::All, Method::None, Method::Chance];
}

/// How good it was, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// The mean of the F1 of both kinds.
    pub macro_f1: f64,
    /// The chance that of two texts, one of each kind, the risky one has the greater risk; ties count half.
    pub auc: f64,
    /// How much of what is risky stands in the first quarter of the queue.
    pub first_quarter: f64,
    /// The mean square between risk and truth: 0 is perfect.
    pub brier: f64,
}

/// Texts whose risk was said to be in one tenth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// How many.
    pub texts: usize,
    /// How many of them were risky.
    pub risky: usize,
    /// The mean of what was said.
    pub said: f64,
}

/// What came of measuring.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The figures of each method, fold by fold.
    pub folds: Vec<(Method, Vec<Figures>)>,
    /// What the aid said and what was true, by tenths of the risk.
    pub tenths: [Tally; 10],
}

impl Measured {
    /// The mean over the folds.
    #[must_use]
    pub fn mean(&self, method: Method) -> Figures {
        let folds = self.folds.iter().find(|(other, _)| *other == method).map_or(&[][..], |(_, folds)| folds);
        let count = folds.len().max(1) as f64;
        let mean = |figure: fn(&Figures) -> f64| folds.iter().map(figure).sum::<f64>() / count;
        Figures {
            macro_f1: mean(|f| f.macro_f1),
            auc: mean(|f| f.auc),
            first_quarter: mean(|f| f.first_quarter),
            brier: mean(|f| f.brier),
        }
    }
}

/// Learns from all folds but one and judges that one, for each fold. `seed` shuffles; `progress` hears steps done and in all.
pub fn measure(
    examples: &[Example],
    folds: usize,
    seed: u64,
    mut progress: impl FnMut(usize, usize),
) -> Result<Measured, TooFew> {
    let labels: Vec<bool> = examples.iter().map(|example| example.is_risky).collect();
    let parts = parts(&labels, folds, seed);
    let mut all: Vec<(Method, Vec<Figures>)> = Method::ALL.map(|method| (method, Vec::new())).to_vec();
    let mut tenths = [Tally::default(); 10];
    for fold in 0..folds {
        let known: Vec<&Example> = chosen(examples, &parts, |part| part != fold);
        let unknown: Vec<&Example> = chosen(examples, &parts, |part| part == fold);
        let truth: Vec<bool> = unknown.iter().map(|example| example.is_risky).collect();
        let aid = train_by(Recipe::Whole, &known, |_, _| {})?;
        progress(2 * fold + 1, 2 * folds);
        let plain = train_by(Recipe::Plain, &known, |_, _| {})?;
        progress(2 * fold + 2, 2 * folds);
        let said: Vec<(f64, bool)> = unknown.iter().map(|example| judged(&aid, &example.text)).collect();
        for ((risk, _), is_risky) in said.iter().zip(&truth) {
            let tenth = &mut tenths[((risk * 10.0) as usize).min(9)];
            tenth.said += risk;
            tenth.texts += 1;
            tenth.risky += usize::from(*is_risky);
        }
        let share =
            known.iter().filter(|example| example.is_risky).count() as f64 / known.len().max(1) as f64;
        let mut chance = Chance(seed ^ (fold as u64 + 1));
        for (method, told) in &mut all {
            let said = match method {
                Method::Aid => said.clone(),
                Method::Plain => {
                    unknown.iter().map(|example| judged_plainly(&plain, &example.text)).collect()
                }
                Method::All => vec![(1.0, true); truth.len()],
                Method::None => vec![(0.0, false); truth.len()],
                Method::Chance => {
                    truth.iter().map(|_| chance.fraction()).map(|x| (x, x >= 1.0 - share)).collect()
                }
            };
            told.push(figures(&said, &truth));
        }
    }
    for tenth in &mut tenths {
        tenth.said /= tenth.texts.max(1) as f64;
    }
    Ok(Measured { folds: all, tenths })
}

fn judged(model: &Model, text: &str) -> (f64, bool) {
    let score = score(model, text);
    (score.risk, score.is_likely)
}

/// The plain yardstick is cut where its sum turns, without a curve.
fn judged_plainly(model: &Model, text: &str) -> (f64, bool) {
    let sum = model.sum(&super::Text::of(text), &mut []);
    (super::logistic(sum), sum >= 0.0)
}

fn chosen<'a>(examples: &'a [Example], parts: &[usize], wanted: impl Fn(usize) -> bool) -> Vec<&'a Example> {
    examples.iter().zip(parts).filter(|(_, part)| wanted(**part)).map(|(example, _)| example).collect()
}

/// How good what was said is.
#[must_use]
pub fn figures(said: &[(f64, bool)], truth: &[bool]) -> Figures {
    let count = |said_so: bool, is_so: bool| {
        said.iter().zip(truth).filter(|((_, said), truth)| *said == said_so && **truth == is_so).count()
            as f64
    };
    let f1 = |kind: bool| {
        let right = count(kind, kind);
        2.0 * right / (2.0 * right + count(kind, !kind) + count(!kind, kind)).max(1.0)
    };
    let mut queue: Vec<(f64, bool)> =
        said.iter().zip(truth).map(|((risk, _), truth)| (*risk, *truth)).collect();
    queue.sort_by(|a, b| b.0.total_cmp(&a.0));
    let risky = truth.iter().filter(|truth| **truth).count() as f64;
    let off = |(risk, truth): &(f64, bool)| (risk - f64::from(u8::from(*truth))).powi(2);
    Figures {
        macro_f1: (f1(true) + f1(false)) / 2.0,
        auc: auc(&queue, risky),
        first_quarter: in_first(&queue, queue.len() / 4) / risky.max(1.0),
        brier: queue.iter().map(off).sum::<f64>() / queue.len().max(1) as f64,
    }
}

/// How many risky texts stand among the first so many; of those with the same risk at the edge, their share.
fn in_first(queue: &[(f64, bool)], wanted: usize) -> f64 {
    let (mut left, mut found) = (wanted as f64, 0.0);
    for same in queue.chunk_by(|a, b| a.0 == b.0) {
        let risky = same.iter().filter(|text| text.1).count() as f64;
        let part = (left / same.len() as f64).min(1.0);
        found += risky * part;
        left -= same.len() as f64 * part;
        if left <= 0.0 {
            break;
        }
    }
    found
}

fn auc(queue: &[(f64, bool)], risky: f64) -> f64 {
    let others = queue.len() as f64 - risky;
    if risky == 0.0 || others == 0.0 {
        return 0.5;
    }
    let (mut above, mut won) = (0.0, 0.0);
    for same in queue.chunk_by(|a, b| a.0 == b.0) {
        let ones = same.iter().filter(|text| text.1).count() as f64;
        let zeros = same.len() as f64 - ones;
        won += zeros * (above + ones / 2.0);
        above += ones;
    }
    won / (risky * others)
}

/// A part from 0 for each text, with the same share of both kinds in each.
pub(super) fn parts(labels: &[bool], parts: usize, seed: u64) -> Vec<usize> {
    let mut chance = Chance(seed);
    let mut given = vec![0; labels.len()];
    for kind in [true, false] {
        let mut places: Vec<usize> = (0..labels.len()).filter(|at| labels[*at] == kind).collect();
        for left in (1..places.len()).rev() {
            let other = (chance.next() % (left as u64 + 1)) as usize;
            places.swap(left, other);
        }
        for (turn, place) in places.into_iter().enumerate() {
            given[place] = turn % parts.max(1);
        }
    }
    given
}

/// SplitMix64 (Steele, Lea and Flood, 2014): chance that comes again with its seed.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to less than 1.
    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_what_the_textbook_says() {
        let truth = [true, true, false, false];
        let perfect = figures(&[(0.9, true), (0.8, true), (0.2, false), (0.1, false)], &truth);
        assert_eq!((perfect.macro_f1, perfect.auc, perfect.first_quarter), (1.0, 1.0, 0.5));
        let none = figures(&[(0.0, false); 4], &truth);
        assert!((none.macro_f1 - 1.0 / 3.0).abs() < 1e-9, "{none:?}");
        assert_eq!((none.auc, none.first_quarter), (0.5, 0.25));
        let mixed = figures(&[(0.9, true), (0.3, false), (0.5, true), (0.1, false)], &truth);
        assert_eq!((mixed.macro_f1, mixed.auc), (0.5, 0.75));
    }

    #[test]
    fn parts_have_the_same_share_of_both_kinds() {
        let labels: Vec<bool> = (0..103).map(|n| n % 4 == 0).collect();
        let given = parts(&labels, 5, 7);
        for part in 0..5 {
            let risky = (0..103).filter(|at| given[*at] == part && labels[*at]).count();
            assert!((5..=6).contains(&risky), "{risky}");
        }
        assert_eq!(given, parts(&labels, 5, 7), "the same seed, the same parts");
        assert_ne!(given, parts(&labels, 5, 8));
    }
}
