//! Where recordings stand: files beside the rows, named by us.
//!
//! A file appears under its name only when it is whole and flushed, and never changes afterwards: another text has another
//! key and so another name.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use store::{Failure, Time};

use crate::{Recording, Sound, Timings};

/// How the name of a file begins until it is whole.
const UNFINISHED: &str = ".being-written-";

/// The folder of the recordings. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// The shelf in this folder, which must be there before something is put on it.
    #[must_use]
    pub fn at(folder: &Path) -> Shelf {
        Shelf { folder: folder.to_owned() }
    }

    /// The MP3 file of a recording. A restored paper may have the row and not the file: then it is as if not made yet.
    #[must_use]
    pub fn sound(&self, recording: &Recording) -> PathBuf {
        self.folder.join(format!("{}.mp3", recording.name()))
    }

    /// When its sentences are heard, as the bytes of `audio.json`; nothing if the file is gone.
    pub async fn timings_json(&self, recording: &Recording) -> Result<Option<Vec<u8>>, Failure> {
        match tokio::fs::read(self.timings_file(recording)).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// When its sentences are heard; nothing if the file is gone.
    pub async fn timings(&self, recording: &Recording) -> Result<Option<Timings>, Failure> {
        let bytes = self.timings_json(recording).await?;
        Ok(bytes.map(|bytes| serde_json::from_slice(&bytes)).transpose()?)
    }

    /// Whether both files are there.
    #[must_use]
    pub fn holds(&self, recording: &Recording) -> bool {
        self.sound(recording).is_file() && self.timings_file(recording).is_file()
    }

    /// Puts the files of a recording on the shelf. When it returns, they are whole and will be after a power cut.
    pub(crate) async fn put(&self, recording: &Recording, sound: Sound) -> Result<(), Failure> {
        let (shelf, recording) = (self.clone(), recording.clone());
        let putting = tokio::task::spawn_blocking(move || {
            shelf.write(&shelf.timings_file(&recording), &serde_json::to_vec(&sound.timings)?)?;
            shelf.write(&shelf.sound(&recording), &sound.mp3)?;
            // The names are in the folder, so it is flushed too.
            Ok(std::fs::File::open(&shelf.folder)?.sync_all()?)
        });
        putting.await.map_err(|error| Failure::because("writing a recording broke off", error))?
    }

    /// Takes the files of recordings with these names off the shelf; those that are gone already are fine.
    pub(crate) async fn remove(&self, names: &[String]) -> Result<(), Failure> {
        for file in names.iter().flat_map(|name| [format!("{name}.mp3"), format!("{name}.json")]) {
            match tokio::fs::remove_file(self.folder.join(file)).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The names of recordings whose files were last written before `before`, and the files that a crash left half written.
    pub(crate) fn names(&self, before: Time) -> Result<(BTreeSet<String>, Vec<PathBuf>), Failure> {
        let (mut names, mut unfinished) = (BTreeSet::new(), Vec::new());
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let written =
                entry.metadata()?.modified()?.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
            if i64::try_from(written).is_ok_and(|written| written >= before.0) {
                continue;
            }
            let file = entry.file_name().to_string_lossy().into_owned();
            if file.starts_with(UNFINISHED) {
                unfinished.push(entry.path());
            } else if let Some(name) = file.strip_suffix(".mp3").or_else(|| file.strip_suffix(".json")) {
                names.insert(name.to_owned());
            }
        }
        Ok((names, unfinished))
    }

    fn timings_file(&self, recording: &Recording) -> PathBuf {
        self.folder.join(format!("{}.json", recording.name()))
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let mut fresh = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.folder)?;
        fresh.write_all(bytes)?;
        fresh.as_file().sync_all()?;
        fresh.persist(file).map_err(|error| error.error)?;
        Ok(())
    }
}
