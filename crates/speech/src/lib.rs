//! The spoken paper: article, then script, then sound with the times of its sentences.
//!
//! [`Script::of`] decides what is said, a [`Voice`] speaks it sentence by sentence, and the result is a [`Sound`]: an MP3 file
//! and [`Timings`] to lay beside the page. Everything runs in the house, and the same text always gives the same bytes.
//!
//! What this room deliberately does not do: serve the files, decide who may hear them, or let a text reach the engine that is
//! not an [`Utterance`].

mod audio;
mod id3;
mod recordings;
mod script;
mod shelf;
mod studio;
mod timings;
mod voice;
mod vtt;

pub use audio::Sound;
pub use recordings::{
    Backlog, Clear, MIGRATIONS, Made, RECORDING, Recording, Speak, State, backlog, discard, make, recording,
    recordings, state, tidy, wanted,
};
pub use script::{Passage, Refusal, Script, Unspeakable, Word, key};
pub use shelf::Shelf;
pub use studio::{Studio, record};
pub use timings::{SentenceTimes, Timings, WordTime};
pub use voice::{RATE, Samples, Utterance, Voice, Voices};
pub use vtt::captions;
