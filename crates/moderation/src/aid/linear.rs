//! Logistic regression on sparse rows, by L-BFGS (Liu and Nocedal, 1989): a convex problem, so the same rows give the same weights
//! whatever their order, and nothing is left to chance.

/// How many steps back the method remembers.
const MEMORY: usize = 8;
/// The most steps; a few thousand texts need about fifty.
const MOST_STEPS: usize = 200;
/// The slope, compared with the first one, at which it stops.
const FLAT: f64 = 1e-3;

/// A text as the columns that are not 0 and their values, and whether it belongs to the class.
pub(super) struct Row {
    pub(super) columns: Vec<(u32, f32)>,
    pub(super) is_one: bool,
}

/// The weight of each column that makes the rows most likely; both classes count the same, however rare one is. A greater
/// `trust` follows the rows more and the wish for small weights less.
pub(super) fn fit(rows: &[Row], columns: usize, trust: f64) -> Vec<f32> {
    let ones = rows.iter().filter(|row| row.is_one).count().max(1) as f64;
    let others = (rows.len() as f64 - ones).max(1.0);
    let half = rows.len() as f64 / 2.0;
    let problem = Problem { rows, counts: (trust * half / others, trust * half / ones) };
    let mut weights = vec![0.0; columns];
    let mut slope = vec![0.0; columns];
    let mut cost = problem.cost(&weights, &mut slope);
    let first = norm(&slope);
    let mut past: Vec<Step> = Vec::new();
    for _ in 0..MOST_STEPS {
        if norm(&slope) <= FLAT * first {
            break;
        }
        let direction = downhill(&slope, &past);
        let Some((next, next_slope, next_cost)) =
            walk(&problem, &weights, &slope, cost, &direction, past.is_empty())
        else {
            break;
        };
        let moved: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> = next_slope.iter().zip(&slope).map(|(a, b)| a - b).collect();
        let along = dot(&moved, &turned);
        if along > 1e-12 {
            if past.len() == MEMORY {
                past.remove(0);
            }
            past.push(Step { moved, turned, along });
        }
        (weights, slope, cost) = (next, next_slope, next_cost);
    }
    weights.into_iter().map(|weight| weight as f32).collect()
}

struct Problem<'a> {
    rows: &'a [Row],
    /// What a row that does not belong counts, and one that does.
    counts: (f64, f64),
}

impl Problem<'_> {
    /// What these weights cost; `slope` becomes the direction in which it grows.
    fn cost(&self, weights: &[f64], slope: &mut [f64]) -> f64 {
        let mut cost = 0.5 * dot(weights, weights);
        slope.copy_from_slice(weights);
        for row in self.rows {
            let sign = if row.is_one { 1.0 } else { -1.0 };
            let count = if row.is_one { self.counts.1 } else { self.counts.0 };
            let value: f64 =
                row.columns.iter().map(|(column, value)| weights[*column as usize] * f64::from(*value)).sum();
            let margin = sign * value;
            cost += count * log_of_one_plus_exp(-margin);
            let pull = -count * sign * logistic(-margin);
            for (column, value) in &row.columns {
                slope[*column as usize] += pull * f64::from(*value);
            }
        }
        cost
    }
}

struct Step {
    moved: Vec<f64>,
    turned: Vec<f64>,
    along: f64,
}

/// Where to go: against the slope, bent by what the last steps taught.
fn downhill(slope: &[f64], past: &[Step]) -> Vec<f64> {
    let mut direction: Vec<f64> = slope.iter().map(|slope| -slope).collect();
    let mut kept = Vec::with_capacity(past.len());
    for step in past.iter().rev() {
        let share = dot(&step.moved, &direction) / step.along;
        add(&mut direction, -share, &step.turned);
        kept.push(share);
    }
    if let Some(last) = past.last() {
        let scale = last.along / dot(&last.turned, &last.turned);
        direction.iter_mut().for_each(|part| *part *= scale);
    }
    for (step, share) in past.iter().zip(kept.into_iter().rev()) {
        let back = dot(&step.turned, &direction) / step.along;
        add(&mut direction, share - back, &step.moved);
    }
    direction
}

/// Goes that way as far as it really goes down; nothing if it does not.
fn walk(
    problem: &Problem,
    weights: &[f64],
    slope: &[f64],
    cost: f64,
    direction: &[f64],
    is_first: bool,
) -> Option<(Vec<f64>, Vec<f64>, f64)> {
    let steep = dot(slope, direction);
    if steep >= 0.0 {
        return None;
    }
    let mut length = if is_first { 1.0 / norm(direction).max(1.0) } else { 1.0 };
    let mut next_slope = vec![0.0; weights.len()];
    for _ in 0..30 {
        let mut next = weights.to_vec();
        add(&mut next, length, direction);
        let next_cost = problem.cost(&next, &mut next_slope);
        if next_cost <= cost + 1e-4 * length * steep {
            return Some((next, next_slope, next_cost));
        }
        length *= 0.5;
    }
    None
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn add(to: &mut [f64], times: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += times * what);
}

/// 0 to 1, for any number.
pub(super) fn logistic(x: f64) -> f64 {
    if x >= 0.0 { 1.0 / (1.0 + (-x).exp()) } else { x.exp() / (1.0 + x.exp()) }
}

fn log_of_one_plus_exp(x: f64) -> f64 {
    if x > 0.0 { x + (-x).exp().ln_1p() } else { x.exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(columns: &[(u32, f32)], is_one: bool) -> Row {
        Row { columns: columns.to_vec(), is_one }
    }

    #[test]
    fn what_tells_the_classes_apart_gets_the_weight() {
        let rows: Vec<Row> =
            (0..40).map(|n| row(&[(0, 1.0), (if n % 2 == 0 { 1 } else { 2 }, 1.0)], n % 2 == 0)).collect();
        let weights = fit(&rows, 4, 1.0);
        assert!(weights[1] > 0.5 && weights[2] < -0.5, "{weights:?}");
        assert!(weights[0].abs() < 0.01 && weights[3] == 0.0, "{weights:?}");
    }

    #[test]
    fn one_class_alone_is_no_trouble() {
        let rows: Vec<Row> = (0..5).map(|_| row(&[(0, 1.0)], true)).collect();
        assert!(fit(&rows, 1, 1.0)[0] > 0.0);
        assert_eq!(fit(&[], 2, 1.0), [0.0, 0.0]);
    }

    #[test]
    fn the_answer_is_where_the_slope_is_flat() {
        let rows =
            [row(&[(0, 1.0), (1, 0.5)], true), row(&[(0, -0.3), (1, 1.0)], false), row(&[(1, 0.2)], true)];
        let weights: Vec<f64> = fit(&rows, 2, 2.0).into_iter().map(f64::from).collect();
        let problem = Problem { rows: &rows, counts: (2.0 * 1.5, 2.0 * 0.75) };
        let mut slope = vec![0.0; 2];
        problem.cost(&weights, &mut slope);
        assert!(norm(&slope) < 0.01, "{slope:?}");
    }
}
