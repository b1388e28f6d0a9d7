//! A model as bytes, our own format: eight letters, a version, the payload, and the SHA-256 over all of it. Read with suspicion: what
//! is not ours, newer or damaged is refused in words, and no byte makes it panic.

use std::collections::HashMap;
use std::fmt;

use sha2::{Digest, Sha256};

use super::features::Name;
use super::text;
use super::{Model, Number, Recipe, Term};

/// What every model begins with.
const MARK: &[u8; 8] = b"BLATTAID";
/// The version that this Blatt writes. It grows whenever a text is taken apart otherwise.
const VERSION: u32 = 1;
const SEAL: usize = 32;

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// They do not begin as ours do.
    NotOurs,
    /// Another version of Blatt made it.
    Version(u32),
    /// Something is missing, or was changed.
    Damaged,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::NotOurs => f.write_str("this is no model of a sorting aid"),
            Unreadable::Version(version) => write!(
                f,
                "this model has version {version} and this Blatt reads version {VERSION}: train it anew"
            ),
            Unreadable::Damaged => {
                f.write_str("this model is damaged: its checksum does not hold; train it anew")
            }
        }
    }
}

impl std::error::Error for Unreadable {}

impl Model {
    /// The model as bytes: about 12 for each run or word it knows.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.push(u8::from(self.recipe == Recipe::Whole));
        for count in [self.learnt_from.0, self.learnt_from.1] {
            bytes.extend(count.to_le_bytes());
        }
        for number in [self.curve.0, self.curve.1, self.threshold] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(self.bias.to_le_bytes());
        bytes.extend((self.numbers.len() as u32).to_le_bytes());
        for Number { mean, deviation, weight } in &self.numbers {
            [mean, deviation, weight].iter().for_each(|part| bytes.extend(part.to_le_bytes()));
        }
        for group in [&self.runs, &self.words] {
            let mut terms: Vec<(&Name, &Term)> = group.iter().collect();
            terms.sort_unstable_by_key(|(name, _)| **name);
            bytes.extend((terms.len() as u32).to_le_bytes());
            for (name, term) in terms {
                bytes.extend(name.to_le_bytes());
                bytes.extend(term.rarity.to_le_bytes());
                bytes.extend(term.weight.to_le_bytes());
            }
        }
        bytes.extend(Sha256::digest(&bytes));
        bytes
    }

    /// Reads what [`Model::to_bytes`] made.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, Unreadable> {
        let rest = bytes.strip_prefix(MARK).ok_or(Unreadable::NotOurs)?;
        let mut reading = Reading(rest);
        match reading.u32()? {
            VERSION => {}
            other => return Err(Unreadable::Version(other)),
        }
        let (body, seal) =
            bytes.split_at_checked(bytes.len().wrapping_sub(SEAL)).ok_or(Unreadable::Damaged)?;
        if Sha256::digest(body).as_slice() != seal {
            return Err(Unreadable::Damaged);
        }
        reading.0 = reading.0.get(..reading.0.len().wrapping_sub(SEAL)).ok_or(Unreadable::Damaged)?;
        let model = reading.model()?;
        let is_whole = reading.0.is_empty()
            && (model.numbers.is_empty() || model.numbers.len() == text::count())
            && (model.recipe == Recipe::Whole) != model.numbers.is_empty();
        if is_whole { Ok(model) } else { Err(Unreadable::Damaged) }
    }
}

/// What is left to read.
struct Reading<'a>(&'a [u8]);

impl Reading<'_> {
    fn model(&mut self) -> Result<Model, Unreadable> {
        Ok(Model {
            recipe: if self.take::<1>()? == [1] { Recipe::Whole } else { Recipe::Plain },
            learnt_from: (u64::from_le_bytes(self.take()?), u64::from_le_bytes(self.take()?)),
            curve: (self.f64()?, self.f64()?),
            threshold: self.f64()?,
            bias: self.f32()?,
            numbers: (0..self.u32()?)
                .map(|_| Ok(Number { mean: self.f32()?, deviation: self.f32()?, weight: self.f32()? }))
                .collect::<Result<_, Unreadable>>()?,
            runs: self.terms()?,
            words: self.terms()?,
        })
    }

    fn terms(&mut self) -> Result<HashMap<Name, Term>, Unreadable> {
        (0..self.u32()?)
            .map(|_| Ok((self.u32()?, Term { rarity: self.f32()?, weight: self.f32()? })))
            .collect()
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(Unreadable::Damaged)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn u32(&mut self) -> Result<u32, Unreadable> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    fn f32(&mut self) -> Result<f32, Unreadable> {
        Some(f32::from_le_bytes(self.take()?)).filter(|number| number.is_finite()).ok_or(Unreadable::Damaged)
    }

    fn f64(&mut self) -> Result<f64, Unreadable> {
        Some(f64::from_le_bytes(self.take()?)).filter(|number| number.is_finite()).ok_or(Unreadable::Damaged)
    }
}
