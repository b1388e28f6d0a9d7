//! The voices that come with the program, and the files they live in.

mod pico;
mod utterance;

use std::io::Write;
use std::path::{Path, PathBuf};

use store::Failure;
use story::Language;

pub use utterance::Utterance;

/// Sound as the voices make it: 16-bit, mono, [`RATE`].
pub type Samples = Vec<i16>;
/// Samples in a second.
pub const RATE: u32 = 16_000;
/// Samples in a millisecond.
pub(crate) const PER_MS: usize = 16;
/// What is quieter than this at the ends of an utterance is silence (-46 dB below full scale).
const SILENCE: i16 = 160;
/// Kept of the silence before and after, so that soft consonants stay whole.
const MARGIN_MS: usize = 20;

/// A voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// A woman's voice, German.
    German,
    /// A woman's voice, British English.
    English,
}

struct File {
    name: &'static str,
    bytes: &'static [u8],
}

macro_rules! file {
    ($name:literal) => {
        File { name: $name, bytes: include_bytes!(concat!("../voices/", $name)) }
    };
}
static GERMAN: [File; 2] = [file!("de-DE_ta.bin"), file!("de-DE_gl0_sg.bin")];
static ENGLISH: [File; 2] = [file!("en-GB_ta.bin"), file!("en-GB_kh0_sg.bin")];

impl Voice {
    /// The voice for texts of a language.
    #[must_use]
    pub fn of(language: Language) -> Voice {
        if language.is_german() { Voice::German } else { Voice::English }
    }

    /// Engine and voice, as kept with every recording (Regulation (EU) 2024/1689, Art. 50).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Voice::German => "svox pico de-DE gl0",
            Voice::English => "svox pico en-GB kh0",
        }
    }

    /// What readers call it, after the words „synthetic voice“.
    #[must_use]
    pub fn label(self) -> &'static str {
        "Pico"
    }

    fn files(self) -> &'static [File; 2] {
        match self {
            Voice::German => &GERMAN,
            Voice::English => &ENGLISH,
        }
    }
}

/// The voices, written out where the engine can load them.
#[derive(Clone, Debug)]
pub struct Voices {
    folder: PathBuf,
}

impl Voices {
    /// Writes the voice files to `folder`, unless the same bytes are there already.
    pub fn install(folder: &Path) -> Result<Voices, Failure> {
        std::fs::create_dir_all(folder)?;
        for file in GERMAN.iter().chain(&ENGLISH) {
            let path = folder.join(file.name);
            if std::fs::read(&path).is_ok_and(|bytes| bytes == file.bytes) {
                continue;
            }
            let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
            fresh.write_all(file.bytes)?;
            fresh.persist(&path).map_err(|error| error.error)?;
        }
        Ok(Voices { folder: folder.to_owned() })
    }

    /// Speaks an utterance: whole milliseconds, without the silence around it. The same words give the same bytes.
    /// Blocks for about a two-hundredth of the time it sounds.
    pub fn speak(&self, voice: Voice, utterance: &Utterance) -> Result<Samples, Failure> {
        let [first, second] = voice.files().each_ref().map(|file| self.folder.join(file.name));
        match pico::speak([&first, &second], utterance) {
            Ok(samples) => Ok(trimmed(samples)),
            Err(pico::Trouble::Path) => Err(Failure::new(format!(
                "the path to the voices is too long for the engine: {}",
                self.folder.display()
            ))),
            Err(trouble) => Err(Failure::new(format!("the voice gave no sound ({trouble:?})"))),
        }
    }
}

/// Without the silence at both ends, filled up to whole milliseconds.
fn trimmed(mut samples: Samples) -> Samples {
    let loud = |sample: &i16| sample.unsigned_abs() > SILENCE.unsigned_abs();
    let (Some(first), Some(last)) = (samples.iter().position(loud), samples.iter().rposition(loud)) else {
        return Samples::new();
    };
    samples.truncate((last + 1 + MARGIN_MS * PER_MS).min(samples.len()));
    samples.drain(..first.saturating_sub(MARGIN_MS * PER_MS));
    samples.resize(samples.len().next_multiple_of(PER_MS), 0);
    samples
}
