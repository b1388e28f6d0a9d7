//! `blatt backup` and `blatt restore`: everything of a paper in one folder, consistent while it is being written to.
//!
//! A backup is made beside its final name and renamed when it is complete and proven, so that a folder with that name
//! is always a whole one. Its `manifest.json` has the length and SHA-256 of each file.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Db, Failure};

use crate::folder::Folder;
use crate::progress;

const MANIFEST: &str = "manifest.json";

/// What a backup holds, by path.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    files: BTreeMap<String, Entry>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    bytes: u64,
    sha256: String,
}

/// Copies the paper to `target`, which must not exist yet.
pub async fn backup(folder: &Folder, db: &Db, target: &Path) -> Result<String, Failure> {
    if target.exists() {
        return Err(Failure::new(format!("{} is there already: choose another name", target.display())));
    }
    if is_inside(target, folder.path())? {
        return Err(Failure::new(format!(
            "{} lies in the paper's own folder, of which it would be a part: choose a place outside",
            target.display()
        )));
    }
    let partial = beside(target, "partial");
    let _ = std::fs::remove_dir_all(&partial);
    std::fs::create_dir_all(&partial)?;
    let bar = progress::bar("pages");
    let shown = bar.clone();
    db.copy_to(&partial.join("paper.db"), move |done, all| {
        shown.set_length(all);
        shown.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    prove(&partial.join("paper.db")).await?;
    // Files are named by what is in them and are complete before a row names them: copied after the rows, none is missing.
    for entry in std::fs::read_dir(folder.path())? {
        let entry = entry?;
        let name = entry.file_name();
        if !is_made_anew(&name.to_string_lossy()) {
            copy(&entry.path(), &partial.join(name))?;
        }
    }
    let manifest = Manifest { files: entries(&partial)? };
    std::fs::write(partial.join(MANIFEST), serde_json::to_vec_pretty(&manifest)?)?;
    check(&partial)?;
    flush(&partial)?;
    std::fs::rename(&partial, target)?;
    let bytes: u64 = manifest.files.values().map(|entry| entry.bytes).sum();
    Ok(format!("{} files, {:.1} MB in {}", manifest.files.len(), bytes as f64 / 1e6, target.display()))
}

/// Whether what is to be made at `target` would lie in `folder`, whatever links and dots are on the way.
fn is_inside(target: &Path, folder: &Path) -> Result<bool, Failure> {
    let target = std::path::absolute(target)?;
    let there = target.ancestors().find_map(|part| part.canonicalize().ok());
    Ok(there.is_some_and(|there| folder.canonicalize().is_ok_and(|folder| there.starts_with(folder))))
}

/// What is not copied as it lies there: the rows, which have been copied already, and what every start makes anew.
fn is_made_anew(name: &str) -> bool {
    name.starts_with("paper.db") || name == "voices"
}

/// Opens the copied rows and looks through all of them (R9).
async fn prove(copied: &Path) -> Result<(), Failure> {
    let db = Db::open(&store::Address::File(copied.to_owned()), crate::folder::ROOMS, super::now()).await?;
    match db.check().await?.first() {
        None => Ok(()),
        Some(trouble) => Err(Failure::new(format!("the copy is damaged: {trouble}"))),
    }
}

/// Makes a paper from a backup in a folder where there is none.
pub fn restore(backup: &Path, folder: &Folder) -> Result<String, Failure> {
    let occupied = std::fs::read_dir(folder.path()).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        return Err(Failure::new(format!(
            "{} is not empty: restore into a new folder",
            folder.path().display()
        )));
    }
    let files = check(backup)?;
    let partial = beside(folder.path(), "partial");
    let _ = std::fs::remove_dir_all(&partial);
    copy(backup, &partial)?;
    check(&partial)?;
    let _ = std::fs::remove_file(partial.join(MANIFEST));
    flush(&partial)?;
    let _ = std::fs::remove_dir(folder.path());
    std::fs::rename(&partial, folder.path())?;
    Ok(format!("{files} files restored to {}", folder.path().display()))
}

/// Compares every file with the manifest.
fn check(backup: &Path) -> Result<usize, Failure> {
    let path = backup.join(MANIFEST);
    let text = std::fs::read(&path).map_err(|error| {
        Failure::because(format!("{} is not a backup: it has no {MANIFEST}", backup.display()), error)
    })?;
    let manifest: Manifest = serde_json::from_slice(&text)?;
    let mut found = entries(backup)?;
    found.remove(MANIFEST);
    for (name, entry) in &manifest.files {
        match found.remove(name) {
            None => return Err(Failure::new(format!("the backup lacks {name}"))),
            Some(other) if other != *entry => {
                return Err(Failure::new(format!("{name} is not as it was backed up")));
            }
            Some(_) => {}
        }
    }
    match found.into_keys().next() {
        Some(name) => Err(Failure::new(format!("{name} was not backed up: somebody put it there"))),
        None => Ok(manifest.files.len()),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{name}.{ending}"))
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    if from.is_dir() {
        std::fs::create_dir_all(to)?;
        for entry in std::fs::read_dir(from)? {
            let entry = entry?;
            // A file that is being made has a name of its own until it is complete.
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".half") || name.starts_with('.') {
                continue;
            }
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    match std::fs::copy(from, to) {
        // A recording that was replaced meanwhile; the job that replaced it makes it anew from the rows.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        copied => Ok(copied.map(drop)?),
    }
}

fn entries(folder: &Path) -> Result<BTreeMap<String, Entry>, Failure> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        for entry in std::fs::read_dir(&path)? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            found.insert(name, read_through(&path)?);
        }
    }
    Ok(found)
}

fn read_through(path: &Path) -> Result<Entry, Failure> {
    let mut file = std::fs::File::open(path)?;
    let (mut hash, mut bytes, mut slice) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut slice)?;
        if read == 0 {
            let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            return Ok(Entry { bytes, sha256 });
        }
        bytes += read as u64;
        hash.update(&slice[..read]);
    }
}

fn flush(folder: &Path) -> Result<(), Failure> {
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            for entry in std::fs::read_dir(&path)? {
                waiting.push(entry?.path());
            }
        }
        std::fs::File::open(&path)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::{Address, Time};

    #[tokio::test]
    async fn r9_a_backup_is_whole_and_a_damaged_one_is_refused() -> Result<(), Box<dyn std::error::Error>> {
        let home = tempfile::tempdir()?;
        let folder = Folder::at(&home.path().join("paper"));
        folder.make()?;
        std::fs::write(folder.config_file(), "name = \"Bote\"")?;
        std::fs::write(folder.pictures().join("a.svg"), "<svg/>")?;
        std::fs::write(folder.path().join("rules.toml"), "# Hausregeln")?;
        let db = Db::open(&Address::File(folder.database_file()), crate::folder::ROOMS, Time(0)).await?;

        let target = home.path().join("copy");
        backup(&folder, &db, &target).await?;
        assert!(backup(&folder, &db, &target).await.is_err(), "never over another backup");

        for within in ["paper/copy", "paper/../paper/pictures/copy"] {
            let trouble = backup(&folder, &db, &home.path().join(within)).await.unwrap_err().to_string();
            assert!(trouble.contains("own folder"), "{trouble}");
        }
        assert_eq!(std::fs::read_dir(folder.pictures())?.count(), 1, "nothing was begun");

        let again = Folder::at(&home.path().join("again"));
        restore(&target, &again)?;
        assert_eq!(std::fs::read_to_string(again.pictures().join("a.svg"))?, "<svg/>");
        assert_eq!(std::fs::read_to_string(again.path().join("rules.toml"))?, "# Hausregeln");
        Db::open(&Address::File(again.database_file()), crate::folder::ROOMS, Time(0)).await?;
        assert!(restore(&target, &again).is_err(), "never over another paper");

        std::fs::write(target.join("pictures/a.svg"), "<svg>")?;
        let trouble = restore(&target, &Folder::at(&home.path().join("third"))).unwrap_err().to_string();
        assert!(trouble.contains("a.svg"), "{trouble}");
        assert!(!home.path().join("third").exists());
        Ok(())
    }
}
