//! The answers as a tree of letters, and how well a beginning can go on.

use std::collections::BTreeMap;

use super::{Answer, Pair};

/// No word, no node.
pub(super) const NONE: u32 = u32::MAX;
/// The tree's root: nothing of a word stands yet.
pub(super) const ROOT: u32 = 0;
/// A single letter with which no answer begins. It may stand alone in its direction, but nothing can follow it.
pub(super) const ALONE: u32 = 1;

/// One beginning.
#[derive(Clone, Debug)]
pub(super) struct Node {
    next: [u32; 26],
    /// The letters that may follow, as bits.
    pub letters: u32,
    /// The answer that ends here, or [`NONE`].
    pub word: u32,
    /// How many letters stand already.
    pub depth: u8,
    /// Bit n: some answer ends n letters further on.
    pub ends: u16,
    /// See [`Node::hope`]; by the cells that are left, the last for that many and more.
    hopes: [u32; FAR + 1],
}

/// From so many cells on it makes no difference how many are left.
const FAR: usize = 6;

impl Node {
    /// How likely it is, in thousandths, that crossing words let it become an answer within so many more cells.
    pub fn hope(&self, cells: usize) -> u32 {
        self.hopes[cells.min(FAR)]
    }

    fn at(depth: u8) -> Node {
        Node { next: [NONE; 26], letters: 0, word: NONE, depth, ends: 0, hopes: [0; FAR + 1] }
    }
}

/// The answers with their clues, and the tree of their letters.
#[derive(Clone, Debug)]
pub struct Words {
    nodes: Vec<Node>,
    list: Vec<(Answer, Vec<usize>)>,
    clues: Vec<String>,
    /// How often each letter comes in the answers, in thousandths.
    share: [u32; 26],
}

impl Words {
    /// Puts pairs in order. One answer may have several clues; the order in which the pairs come does not matter, so that every
    /// node makes the same puzzle from the same list.
    #[must_use]
    pub fn of<'a>(pairs: impl IntoIterator<Item = &'a Pair>) -> Words {
        let mut sorted: BTreeMap<&Answer, Vec<&str>> = BTreeMap::new();
        for pair in pairs {
            sorted.entry(&pair.answer).or_default().push(pair.clue.as_str());
        }
        let mut words = Words {
            nodes: vec![Node::at(0), Node::at(1)],
            list: Vec::with_capacity(sorted.len()),
            clues: Vec::new(),
            share: [0; 26],
        };
        for (answer, mut clues) in sorted {
            clues.sort_unstable();
            clues.dedup();
            let first = words.clues.len();
            words.clues.extend(clues.into_iter().map(str::to_owned));
            words.plant(answer.as_str().as_bytes());
            words.list.push((answer.clone(), (first..words.clues.len()).collect()));
        }
        words.weigh();
        words
    }

    fn plant(&mut self, letters: &[u8]) {
        let mut at = ROOT;
        for (depth, letter) in (1u8..).zip(letters) {
            let index = usize::from(letter - b'A');
            self.share[index] += 1;
            let node = &mut self.nodes[at as usize];
            node.letters |= 1 << index;
            node.ends |= 1 << (letters.len() + 1 - usize::from(depth));
            at = match node.next[index] {
                NONE => {
                    let fresh = u32::try_from(self.nodes.len()).unwrap_or(NONE);
                    self.nodes[at as usize].next[index] = fresh;
                    self.nodes.push(Node::at(depth));
                    fresh
                }
                known => known,
            };
        }
        let word = u32::try_from(self.list.len()).unwrap_or(NONE);
        let last = &mut self.nodes[at as usize];
        last.word = word;
        last.ends |= 1;
    }

    /// Counts the letters, then the hope of each beginning, the longest beginnings first.
    fn weigh(&mut self) {
        let all: u32 = self.share.iter().sum::<u32>().max(1);
        for share in &mut self.share {
            *share = *share * 1000 / all;
        }
        // A node is younger than the one before it, so the end of the list comes first.
        for at in (0..self.nodes.len()).rev() {
            for cells in 0..=FAR {
                let node = &self.nodes[at];
                let fewer = if cells == FAR { FAR } else { cells.saturating_sub(1) };
                let further: u32 = (0..26)
                    .filter(|index| cells > 0 && node.next[*index] != NONE)
                    .map(|index| {
                        (self.share[index] + 8) * self.nodes[node.next[index] as usize].hopes[fewer] / 1000
                    })
                    .sum();
                // At the edge a word ends by itself, elsewhere it needs a clue cell, and a short one is a poor end.
                let here = match (node.word, cells, node.depth) {
                    (NONE, _, _) => 0,
                    (_, 0, _) => 1000,
                    (_, _, 2) => 150,
                    (_, _, 3) => 350,
                    _ => 500,
                };
                self.nodes[at].hopes[cells] = (here + further * 3).min(1000);
            }
        }
    }

    /// How many answers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The clues of an answer, in the order of the alphabet; none if it is not in the list.
    pub fn clues(&self, answer: &str) -> impl Iterator<Item = &str> {
        let found = self.list.binary_search_by(|(known, _)| known.as_str().cmp(answer));
        let clues = found.map_or(&[][..], |at| &self.list[at].1[..]);
        clues.iter().map(|clue| self.clues[*clue].as_str())
    }

    /// How many letters an answer has, by its place in the list.
    pub(super) fn length(&self, word: u32) -> usize {
        self.list.get(word as usize).map_or(0, |(answer, _)| answer.as_str().len())
    }

    pub(super) fn node(&self, at: u32) -> &Node {
        &self.nodes[at as usize]
    }

    /// The beginning that is one letter longer. A first letter with which nothing begins is [`ALONE`].
    pub(super) fn after(&self, at: u32, letter: usize) -> u32 {
        match self.nodes[at as usize].next[letter] {
            NONE if at == ROOT => ALONE,
            next => next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_knows_how_far_its_answers_are() {
        let pairs = ["ERLE;Baum am Wasser", "ERLE;Birkengewächs", "ERZ;Gestein", "OB;Bindewort"]
            .map(|line| Pair::parse(line).expect("a pair"));
        let words = Words::of(&pairs);
        let er = words.after(words.after(ROOT, 4), 17);
        assert_eq!((words.node(er).depth, words.node(er).ends, words.node(er).word), (2, 0b110, NONE));
        assert_eq!(words.node(words.after(er, 25)).word, 1);
        assert_eq!((words.after(ROOT, 0), words.after(er, 0)), (ALONE, NONE));
        assert_eq!(words.clues("ERLE").collect::<Vec<_>>(), ["Baum am Wasser", "Birkengewächs"]);
        assert_eq!((words.clues("ER").count(), words.len()), (0, 3));
    }
}
