//! The paper's folder: `blatt.toml`, `paper.db`, `pictures/`, `sound/`, `voices/`, `theme/`.

use std::path::{Path, PathBuf};

use store::{Address, Db, Failure, Migrations, Time};

use crate::config::Config;

/// The rooms with rows, in the order of the workspace.
pub const ROOMS: &[Migrations] = &[
    store::MIGRATIONS,
    archive::MIGRATIONS,
    speech::MIGRATIONS,
    reader::MIGRATIONS,
    forum::MIGRATIONS,
    moderation::MIGRATIONS,
    games::MIGRATIONS,
];

/// Where a paper lives.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// A folder that need not exist yet.
    #[must_use]
    pub fn at(path: &Path) -> Folder {
        Folder { path: path.to_owned() }
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The paper's configuration file.
    #[must_use]
    pub fn config_file(&self) -> PathBuf {
        self.path.join(crate::config::FILE)
    }

    /// The rows, for a paper on SQLite.
    #[must_use]
    pub fn database_file(&self) -> PathBuf {
        self.path.join("paper.db")
    }

    /// Pictures, named by their hash.
    #[must_use]
    pub fn pictures(&self) -> PathBuf {
        self.path.join("pictures")
    }

    /// Recordings.
    #[must_use]
    pub fn sound(&self) -> PathBuf {
        self.path.join("sound")
    }

    /// What the voices need on disk.
    #[must_use]
    pub fn voices(&self) -> PathBuf {
        self.path.join("voices")
    }

    /// The paper's own templates, words and texts in place of ours.
    #[must_use]
    pub fn theme(&self) -> PathBuf {
        self.path.join("theme")
    }

    /// Makes the folder and what is always in it.
    pub fn make(&self) -> Result<(), Failure> {
        for path in [self.path.clone(), self.pictures(), self.sound(), self.voices()] {
            std::fs::create_dir_all(&path)
                .map_err(|error| Failure::because(format!("{} cannot be made", path.display()), error))?;
        }
        Ok(())
    }

    /// Whether a paper was founded here.
    #[must_use]
    pub fn is_a_paper(&self) -> bool {
        self.config_file().exists() || self.database_file().exists()
    }

    /// Opens the rows of the paper that was founded here.
    pub async fn open(&self, config: &Config, now: Time) -> Result<Db, Failure> {
        if !self.is_a_paper() {
            return Err(Failure::new(format!(
                "there is no paper in {}: found one with blatt init --data {}",
                self.path.display(),
                self.path.display()
            )));
        }
        self.make()?;
        let address = match config.given("database") {
            Some(address) => Address::parse(address),
            None => Address::File(self.database_file()),
        };
        Db::open(&address, ROOMS, now).await
    }
}
