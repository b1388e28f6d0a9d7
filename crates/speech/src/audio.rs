//! From samples to a file: MP3 with a tag before it, and the times of its sentences.
//!
//! Constant 48 kbit/s at 16 kHz: a frame is 216 bytes and 36 ms, so any cut at a frame plays. The first frame holds no
//! sound but LAME's tag, from which decoders know the exact length; it is filled in when the length is known.

use mp3lame_encoder::{
    Bitrate, Builder, EncodeError, Encoder, FlushGap, Mode, MonoPcm, Quality, VbrMode,
    max_required_buffer_size,
};
use store::Failure;

use crate::script::{Script, Word};
use crate::timings::{SentenceTimes, Timings, share};
use crate::voice::{PER_MS, RATE};
use crate::{Unspeakable, id3};

/// What LAME may still hold back at the end.
const MOST_AT_THE_END: usize = 7200;

/// An article spoken.
#[derive(Clone, Debug)]
pub struct Sound {
    /// The MP3 file.
    pub mp3: Vec<u8>,
    /// When each sentence is heard.
    pub timings: Timings,
    /// What could not be spoken, for the desk.
    pub unspeakable: Vec<Unspeakable>,
}

/// Takes sentence after sentence and makes the file.
pub(crate) struct Recorder {
    encoder: Encoder,
    file: Vec<u8>,
    /// Where the tag ends and the sound begins.
    sound_from: usize,
    samples: usize,
    sentences: Vec<SentenceTimes>,
}

impl Recorder {
    pub(crate) fn new(script: &Script) -> Result<Recorder, Failure> {
        let file = id3::tag(&script.title, script.voice, script.language);
        Ok(Recorder { encoder: encoder()?, sound_from: file.len(), file, samples: 0, sentences: Vec::new() })
    }

    /// A sentence begins here.
    pub(crate) fn begin(&mut self, id: &str) {
        let now = self.now_ms();
        self.sentences.push(SentenceTimes {
            id: id.to_owned(),
            start_ms: now,
            end_ms: now,
            exact: true,
            words: Vec::new(),
        });
    }

    /// Words of the sentence that has begun, as they sound.
    pub(crate) fn words(&mut self, words: &[Word], samples: &[i16]) -> Result<(), Failure> {
        let start = self.now_ms();
        self.sound(samples)?;
        let end = self.now_ms();
        if let Some(sentence) = self.sentences.last_mut() {
            sentence.end_ms = end;
            sentence.words.extend(share(words, start, end - start));
        }
        Ok(())
    }

    /// Silence.
    pub(crate) fn pause(&mut self, milliseconds: usize) -> Result<(), Failure> {
        self.sound(&vec![0; milliseconds * PER_MS])
    }

    /// Ends the file.
    pub(crate) fn finish(mut self, unspeakable: Vec<Unspeakable>) -> Result<Sound, Failure> {
        self.file.reserve(MOST_AT_THE_END);
        self.encoder.flush_to_vec::<FlushGap>(&mut self.file).map_err(failed)?;
        let mut tag = Vec::with_capacity(self.encoder.lame_tag_size());
        self.encoder.lame_tag_encode_to_vec(&mut tag);
        if let Some(first_frame) = self.file.get_mut(self.sound_from..self.sound_from + tag.len()) {
            first_frame.copy_from_slice(&tag);
        }
        let timings = Timings { version: 1, duration_ms: self.now_ms(), sentences: self.sentences };
        Ok(Sound { mp3: self.file, timings, unspeakable })
    }

    fn sound(&mut self, samples: &[i16]) -> Result<(), Failure> {
        self.file.reserve(max_required_buffer_size(samples.len()));
        self.encoder.encode_to_vec(MonoPcm(samples), &mut self.file).map_err(failed)?;
        self.samples += samples.len();
        Ok(())
    }

    /// Exact, because sentences and pauses are whole milliseconds.
    fn now_ms(&self) -> u64 {
        (self.samples / PER_MS) as u64
    }
}

fn encoder() -> Result<Encoder, Failure> {
    let refused = |error| Failure::new(format!("LAME refuses its settings: {error}"));
    let mut builder = Builder::new().ok_or_else(|| Failure::new("no memory for LAME"))?;
    builder.set_num_channels(1).map_err(refused)?;
    builder.set_mode(Mode::Mono).map_err(refused)?;
    builder.set_sample_rate(RATE).map_err(refused)?;
    builder.set_brate(Bitrate::Kbps48).map_err(refused)?;
    builder.set_vbr_mode(VbrMode::Off).map_err(refused)?;
    builder.set_quality(Quality::Good).map_err(refused)?;
    builder.set_to_write_vbr_tag(true).map_err(refused)?;
    builder.build().map_err(refused)
}

fn failed(error: EncodeError) -> Failure {
    Failure::new(format!("LAME gave up: {error}"))
}
