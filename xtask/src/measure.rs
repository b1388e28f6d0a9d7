//! What the kernel knows about a process: processor time and memory.

use std::fs;

/// Processor time of a process and of its children that still run, in microseconds.
pub fn cpu(pid: u32) -> f64 {
    family(pid).into_iter().map(own_cpu).sum()
}

/// The process and its children, such as the workers of nginx or the connections of PostgreSQL.
pub fn family(pid: u32) -> Vec<u32> {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|child| child.parse().ok());
    std::iter::once(pid).chain(children).collect()
}

/// The scheduler counts nanoseconds per thread; where it does not, the clock ticks of the process must do.
fn own_cpu(pid: u32) -> f64 {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let nanoseconds: Option<f64> = threads
        .map(|thread| {
            let line = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            line.split_whitespace().next()?.parse::<f64>().ok()
        })
        .sum();
    nanoseconds.map_or_else(|| ticks(pid), |nanoseconds| nanoseconds / 1000.0)
}

fn ticks(pid: u32) -> f64 {
    let line = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name of the program may hold spaces; the fields after it are numbers.
    let fields: Vec<&str> = line.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let field = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (field(11) + field(12)) * 10_000.0
}

/// Memory that is this process's share, in MB: proportional set size, and resident set size.
pub fn memory(pid: u32) -> (f64, f64) {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let field = |name: &str| {
        let line = rollup.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
    };
    (field("Pss:"), field("Rss:"))
}

/// The middle of some figures.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::{cpu, median, memory};

    #[test]
    fn this_process_has_used_some_time_and_some_memory() {
        let busy = (0..2_000_000_u64).fold(0, |sum, n| std::hint::black_box(sum ^ n));
        assert!(cpu(std::process::id()) > 0.0, "{busy}");
        assert!(memory(std::process::id()).1 > 0.5);
    }

    #[test]
    fn the_middle_is_the_middle() {
        assert!((median(&[9.0, 1.0, 5.0]) - 5.0).abs() < f64::EPSILON);
    }
}
