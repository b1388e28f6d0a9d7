//! Where scripts become sound: a few desks, so that speech never takes the whole machine.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use store::Failure;
use tokio::sync::Semaphore;

use crate::audio::{Recorder, Sound};
use crate::{Script, Unspeakable, Voices};

/// Speaks scripts, as many at once as it has desks. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Studio {
    voices: Voices,
    desks: Arc<Semaphore>,
}

impl Studio {
    /// Opens a studio and writes the voices to the folder `voices`, because the engine loads them from there.
    pub fn open(voices: &Path, desks: NonZeroUsize) -> Result<Studio, Failure> {
        Ok(Studio { voices: Voices::install(voices)?, desks: Arc::new(Semaphore::new(desks.get())) })
    }

    /// Speaks a script on a thread that may block, when a desk is free. Dropped, it stops after the sentence it is at.
    pub async fn speak(&self, script: Script) -> Result<Sound, Failure> {
        let desk = Arc::clone(&self.desks).acquire_owned().await;
        let desk = desk.map_err(|_| Failure::new("the studio is closed"))?;
        let leaving = Leaving(Arc::new(AtomicBool::new(false)));
        let (voices, left) = (self.voices.clone(), Arc::clone(&leaving.0));
        let speaking = tokio::task::spawn_blocking(move || {
            let _desk = desk;
            record_until(&voices, &script, &left)
        });
        speaking.await.map_err(|error| Failure::because("the voice broke off", error))?
    }
}

/// Tells the desk that nobody waits any more.
struct Leaving(Arc<AtomicBool>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Speaks a script here and now. Blocks.
pub fn record(voices: &Voices, script: &Script) -> Result<Sound, Failure> {
    record_until(voices, script, &AtomicBool::new(false))
}

fn record_until(voices: &Voices, script: &Script, left: &AtomicBool) -> Result<Sound, Failure> {
    let mut recorder = Recorder::new(script)?;
    let mut unspeakable = Vec::new();
    for passage in &script.passages {
        if left.load(Ordering::Relaxed) {
            return Err(Failure::new("nobody waits for this sound any more"));
        }
        recorder.begin(&passage.id);
        let (mut sounded, mut foreign) = (false, 0);
        for breath in passage.breaths() {
            let (utterance, letters) = breath.utterance();
            foreign += letters;
            let Some(utterance) = utterance else { continue };
            let samples = voices.speak(script.voice, &utterance)?;
            sounded |= !samples.is_empty();
            recorder.words(breath.words, &samples)?;
        }
        if sounded {
            recorder.pause(passage.pause_ms)?;
        }
        if foreign > 0 || !sounded {
            unspeakable.push(Unspeakable {
                sentence: passage.id.clone(),
                letters: foreign,
                silent: !sounded,
            });
        }
    }
    recorder.finish(unspeakable)
}
