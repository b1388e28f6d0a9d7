//! The engine of the embedded voices, behind one safe verb.
//!
//! The engine is C from 2009. What it needs of us: memory of its own that starts as zeros (otherwise its noise differs from
//! run to run), one system per thread, a path to each voice file of fewer than 512 bytes, and text without `<`, because it
//! executes tags. [`Utterance`] is the only text it ever gets. A fresh system for every utterance makes the sound a function
//! of voice and words alone, so a sentence sounds the same wherever it stands and can be kept.

use std::ffi::{CString, c_void};
use std::path::Path;
use std::ptr;

use ttspico_sys as c;

use super::utterance::Utterance;
use super::{PER_MS, Samples};

/// German needs a little more than 2 MB, English less.
const ARENA_BYTES: usize = 4 << 20;
/// The engine copies a path into 512 bytes without looking at its length.
const LONGEST_PATH: usize = 500;
/// The longest a letter may last, in samples: past it something is wrong and the engine is stopped.
const MOST_PER_LETTER: usize = 600 * PER_MS;
/// The engine is asked this often for nothing before it counts as stuck.
const MOST_SILENT_STEPS: usize = 200_000;

/// Why the engine gave no sound.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The path to a voice file is too long for the engine, or holds a NUL byte.
    Path,
    /// The engine said no, with its own number for why.
    Engine(i32),
    /// It did not come to an end.
    Stuck,
}

/// Speaks one utterance with the voice in these two files: 16 kHz, mono, silence at both ends.
pub(crate) fn speak(files: [&Path; 2], utterance: &Utterance) -> Result<Samples, Trouble> {
    run(files, &utterance.for_engine(), utterance.letters())
}

fn run(files: [&Path; 2], text: &[u8], letters: usize) -> Result<Samples, Trouble> {
    let mut system = System::new()?;
    for file in files {
        system.load(file)?;
    }
    system.begin()?;
    system.read_aloud(text, letters.saturating_mul(MOST_PER_LETTER).saturating_add(5000 * PER_MS))
}

/// One engine with its memory. It is not `Send`, and lives only as long as one utterance.
struct System {
    system: c::pico_System,
    engine: c::pico_Engine,
    /// The engine's memory: it allocates nothing elsewhere. 64-bit words, so that it is aligned for whatever the engine keeps in it.
    _arena: Vec<u64>,
}

const VOICE: *const u8 = c"voice".as_ptr().cast();

fn check(status: c::pico_Status) -> Result<(), Trouble> {
    // Warnings are positive, errors negative.
    if status < c::PICO_OK { Err(Trouble::Engine(status)) } else { Ok(()) }
}

#[allow(unsafe_code)]
impl System {
    fn new() -> Result<System, Trouble> {
        let mut arena = vec![0_u64; ARENA_BYTES / size_of::<u64>()];
        let mut system = ptr::null_mut();
        // SAFETY: the arena holds ARENA_BYTES bytes, is not touched by us again, and outlives the system: `System` keeps it and
        // terminates the engine before it is dropped. The voice definition is created on the system just made.
        unsafe {
            check(c::pico_initialize(
                arena.as_mut_ptr().cast::<c_void>(),
                ARENA_BYTES as c::pico_Uint32,
                &raw mut system,
            ))?;
        }
        let system = System { system, engine: ptr::null_mut(), _arena: arena };
        // SAFETY: `system` was initialised above; the name is a NUL-terminated constant of fewer than 32 bytes.
        unsafe { check(c::pico_createVoiceDefinition(system.system, VOICE))? };
        Ok(system)
    }

    fn load(&mut self, file: &Path) -> Result<(), Trouble> {
        let bytes = file.as_os_str().as_encoded_bytes();
        if bytes.len() > LONGEST_PATH {
            return Err(Trouble::Path);
        }
        let path = CString::new(bytes).map_err(|_| Trouble::Path)?;
        let mut resource = ptr::null_mut();
        let mut name = [0; c::PICO_RETSTRINGSIZE];
        // SAFETY: the system is alive; the path is NUL-terminated and shorter than the engine's 512 bytes; `name` has the
        // 200 bytes that the engine's interface asks for, and the engine ends it with NUL.
        unsafe {
            check(c::pico_loadResource(self.system, path.as_ptr().cast(), &raw mut resource))?;
            check(c::pico_getResourceName(self.system, resource, name.as_mut_ptr()))?;
            check(c::pico_addResourceToVoiceDefinition(self.system, VOICE, name.as_ptr().cast()))
        }
    }

    fn begin(&mut self) -> Result<(), Trouble> {
        // SAFETY: the system is alive and the voice defined; one engine per system, as its interface demands.
        unsafe { check(c::pico_newEngine(self.system, VOICE, &raw mut self.engine)) }
    }

    /// Puts the text in as fast as the engine takes it, and collects at most `most` samples.
    fn read_aloud(&mut self, text: &[u8], most: usize) -> Result<Samples, Trouble> {
        let mut rest = text;
        let mut samples = Samples::new();
        while !rest.is_empty() {
            rest = &rest[self.put(rest)?..];
            self.collect(&mut samples, most)?;
        }
        Ok(samples)
    }

    fn put(&mut self, text: &[u8]) -> Result<usize, Trouble> {
        let offered = c::pico_Int16::try_from(text.len()).unwrap_or(c::pico_Int16::MAX);
        let mut taken: c::pico_Int16 = 0;
        // SAFETY: the engine is alive; `offered` is at most the length of `text`.
        unsafe { check(c::pico_putTextUtf8(self.engine, text.as_ptr(), offered, &raw mut taken))? };
        let taken = usize::try_from(taken).unwrap_or(0).min(text.len());
        if taken == 0 { Err(Trouble::Stuck) } else { Ok(taken) }
    }

    fn collect(&mut self, samples: &mut Samples, most: usize) -> Result<(), Trouble> {
        let mut buffer = [0_i16; 512];
        let mut silent = 0;
        loop {
            let (mut received, mut kind): (c::pico_Int16, c::pico_Int16) = (0, 0);
            // SAFETY: the engine is alive; the size is that of `buffer` in bytes.
            let status = unsafe {
                c::pico_getData(
                    self.engine,
                    buffer.as_mut_ptr().cast::<c_void>(),
                    size_of_val(&buffer) as c::pico_Int16,
                    &raw mut received,
                    &raw mut kind,
                )
            };
            let received = usize::try_from(received).unwrap_or(0) / size_of::<i16>();
            samples.extend_from_slice(&buffer[..received.min(buffer.len())]);
            silent = if received == 0 { silent + 1 } else { 0 };
            match status {
                c::PICO_STEP_IDLE => return Ok(()),
                c::PICO_STEP_BUSY if silent < MOST_SILENT_STEPS && samples.len() < most => {}
                c::PICO_STEP_BUSY => return Err(Trouble::Stuck),
                other => return Err(Trouble::Engine(other)),
            }
        }
    }
}

#[allow(unsafe_code)]
impl Drop for System {
    fn drop(&mut self) {
        // SAFETY: both handles came from the engine (or are null, and then skipped), and are not used again; the engine goes
        // before its system, the system before its memory. Voice files that are still loaded are unloaded with the system.
        unsafe {
            if !self.engine.is_null() {
                c::pico_disposeEngine(self.system, &raw mut self.engine);
            }
            if !self.system.is_null() {
                c::pico_terminate(&raw mut self.system);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::Voices;

    /// Without this the test that commands do no harm would prove nothing.
    #[test]
    fn the_engine_does_execute_what_an_utterance_cannot_hold() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        Voices::install(folder.path())?;
        let written = folder.path().join("written.wav");
        let command = format!("<genfile file=\"{}\">Hallo</genfile>\0", written.display());
        let files = ["de-DE_ta.bin", "de-DE_gl0_sg.bin"].map(|name| folder.path().join(name));
        run([&files[0], &files[1]], command.as_bytes(), 200).map_err(|trouble| format!("{trouble:?}"))?;
        assert!(written.exists());
        Ok(())
    }

    #[test]
    fn a_voice_that_is_not_there_is_an_error() {
        let missing = Path::new("missing.bin");
        assert!(matches!(run([missing, missing], b"x\0", 1), Err(Trouble::Engine(_))));
        let long = "x".repeat(600) + ".bin";
        assert_eq!(run([Path::new(&long), missing], b"x\0", 1), Err(Trouble::Path));
    }
}
