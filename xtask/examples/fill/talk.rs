//! Who says what, where and when.

use archive::ArticleId;
use forum::{Body, Brought, CommentId, Tally};
use reader::ReaderId;
use store::{Failure, Time};

use crate::chance::Chance;
use crate::language;

/// How steeply the sizes of threads fall, and how flat they begin.
const STEEPNESS: f64 = 1.2;
const BEGINNING: f64 = 5.0;
/// The largest thread has this part of all comments.
const LARGEST: u64 = 10;
/// How often a comment answers another one.
const ANSWERS: f64 = 0.55;
/// Half of what is said about an article is said within so many minutes.
const HALF: f64 = 300.0;

/// Everything that will be said, in the order in which it is.
pub struct Talk {
    articles: Vec<ArticleId>,
    /// When, and about which article, by its place in the list.
    moments: std::vec::IntoIter<(Time, u32)>,
    /// What was said about each article so far.
    said: Vec<Vec<CommentId>>,
}

impl Talk {
    pub fn plan(count: u64, published: Vec<(ArticleId, Time)>, chance: &mut Chance, now: Time) -> Talk {
        let mut moments = Vec::new();
        for (place, size) in sizes(count, published.len(), chance).into_iter().enumerate() {
            let from = published[place].1;
            for _ in 0..size {
                // What could still come after now came in the time there was.
                let minutes = HALF * -(1.0 - chance.share()).log2();
                let after = from.plus((minutes * 60_000.0) as i64);
                let last = now.since(from).max(1);
                let at = if after < now { after } else { from.plus((chance.share() * last as f64) as i64) };
                moments.push((at, u32::try_from(place).unwrap_or(0)));
            }
        }
        moments.sort_unstable();
        let said = vec![Vec::new(); published.len()];
        let articles = published.into_iter().map(|(id, _)| id).collect();
        Talk { articles, moments: moments.into_iter(), said }
    }

    /// What is said next, at most one comment for each of the ids.
    pub fn next(
        &mut self,
        ids: &[CommentId],
        readers: &[ReaderId],
        chance: &mut Chance,
    ) -> Result<Vec<Brought>, Failure> {
        let mut next = Vec::with_capacity(ids.len());
        for (id, (at, place)) in ids.iter().zip(&mut self.moments) {
            let place = place as usize;
            let thread = &mut self.said[place];
            let parent = answered(thread, chance);
            thread.push(*id);
            let text = language::comment(chance);
            let body = Body::parse(&text).map_err(|refusal| Failure::new(format!("{refusal:?}: {text}")))?;
            next.push(Brought {
                id: *id,
                article: self.articles[place],
                author: *author(readers, chance),
                parent,
                body,
                at,
                votes: Tally { up: votes(chance, 1.3), down: votes(chance, 2.2) },
            });
        }
        Ok(next)
    }
}

/// How many comments each article has: one has a tenth of all, the others fall by a power law in an order of chance.
fn sizes(count: u64, articles: usize, chance: &mut Chance) -> Vec<u64> {
    let weights: Vec<f64> = (1..articles).map(|rank| (rank as f64 + BEGINNING).powf(-STEEPNESS)).collect();
    let all: f64 = weights.iter().sum();
    let largest = count / LARGEST;
    let rest = count - largest;
    let mut sizes: Vec<u64> = weights.iter().map(|weight| (rest as f64 * weight / all) as u64).collect();
    for place in (1..sizes.len()).rev() {
        sizes.swap(place, chance.below(place + 1));
    }
    // Not the latest article: its talk must have had the time.
    sizes.insert(articles * 9 / 10, largest);
    let missing = count - sizes.iter().sum::<u64>();
    for _ in 0..missing {
        let place = chance.below(articles);
        sizes[place] += 1;
    }
    sizes
}

/// Half of the answers go to one of the latest comments, half to any, rather an early one.
fn answered(thread: &[CommentId], chance: &mut Chance) -> Option<CommentId> {
    if thread.is_empty() || !chance.happens(ANSWERS) {
        return None;
    }
    let latest = &thread[thread.len().saturating_sub(20)..];
    Some(*if chance.happens(0.5) { chance.one_of(latest) } else { chance.one_of_the_first(thread) })
}

/// A few write most of it.
fn author<'a>(readers: &'a [ReaderId], chance: &mut Chance) -> &'a ReaderId {
    let share = chance.share().powi(3);
    &readers[((share * readers.len() as f64) as usize).min(readers.len() - 1)]
}

/// Most comments have few votes, some have hundreds.
fn votes(chance: &mut Chance, steepness: f64) -> i64 {
    ((1.0 - chance.share()).powf(-1.0 / steepness) as i64 - 1).min(900)
}
