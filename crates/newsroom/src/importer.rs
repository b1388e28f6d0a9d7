//! Many files at once: a hundred articles share a transaction and its flush.

use std::path::{Path, PathBuf};

use archive::ArticleId;
use store::{Db, Failure, Time, Tx};
use story::{Block, Draft, Line};

use crate::acts::open_section;
use crate::files::{self, Entry};
use crate::import::section_name;
use crate::pictures::{Hung, hang};
use crate::{Outcome, Position, RefusedFile, Why, import_one};

/// Articles of one transaction.
const BATCH: usize = 100;
/// Bytes of one transaction: a batch of long articles ends earlier.
const BATCH_BYTES: u64 = 4_000_000;
/// Refusals that are kept with their reason; all are counted.
const REMEMBERED: usize = 1_000;

/// Brings files in.
#[derive(Clone, Debug)]
pub struct Importer {
    /// The paper's folder of pictures.
    pub pictures: PathBuf,
    /// Who brings them in.
    pub by: Line,
    /// Sections that do not exist are opened instead of refusing their articles.
    pub new_sections: bool,
    /// The moment of the import; articles that do not say when they appeared appear now.
    pub now: Time,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Articles read.
    pub done: u64,
    /// How many of them did not come in.
    pub refused: u64,
    /// Bytes read, and how many there are.
    pub bytes: (u64, u64),
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Articles that are new.
    pub new: u64,
    /// Articles that were there with another text.
    pub changed: u64,
    /// Articles that were there.
    pub unchanged: u64,
    /// How many did not come in.
    pub refused: u64,
    /// The first thousand of them, with reasons.
    pub refusals: Vec<RefusedFile>,
    /// Parts of foreign articles that had no place here: scripts, players, pictures that did not come along.
    pub left_out: u64,
    /// Sections that were opened.
    pub sections: Vec<Line>,
}

/// An article that is ready to come in.
struct Ready {
    position: Position,
    draft: Draft,
    pictures: Vec<Hung>,
}

impl Importer {
    /// Brings files, and the files in folders, in. `progress` hears after each transaction; `also` does what is to be done for
    /// new and changed articles, in the same transaction. An article that is refused keeps no other out.
    pub async fn import(
        &self,
        db: &Db,
        paths: &[PathBuf],
        mut progress: impl FnMut(Progress),
        mut also: impl AsyncFnMut(&mut Tx, &[ArticleId]) -> Result<(), Failure>,
    ) -> Result<Report, Failure> {
        let mut report = Report::default();
        let files = files::spread(paths);
        let length = |file: &PathBuf| std::fs::metadata(file).map_or(0, |found| found.len());
        let mut so_far = Progress { bytes: (0, files.iter().map(length).sum()), ..Progress::default() };
        let mut articles = files.iter().flat_map(|file| files::read(file));
        loop {
            let mut batch = Vec::new();
            let mut bytes = 0;
            let mut ended = true;
            for read in articles.by_ref() {
                so_far.done += 1;
                bytes += read.bytes;
                match self.make_ready(read)? {
                    Ok(ready) => batch.push(ready),
                    Err(refused) => report.refuse(refused),
                }
                if batch.len() == BATCH || bytes > BATCH_BYTES {
                    ended = false;
                    break;
                }
            }
            self.take_in(db, batch, &mut report, &mut also).await?;
            so_far.bytes.0 += bytes;
            so_far.refused = report.refused;
            progress(so_far);
            if ended {
                return Ok(report);
            }
        }
    }

    /// Hangs the pictures of an article. Those that did not come along with a foreign one are left out.
    fn make_ready(&self, read: Entry) -> Result<Result<Ready, RefusedFile>, Failure> {
        let Entry { position, draft, is_foreign, .. } = read;
        let mut draft = match draft {
            Ok(draft) => draft,
            Err(why) => return Ok(Err(RefusedFile { position, why })),
        };
        let folder = position.file.parent().unwrap_or(Path::new(""));
        let mut pictures = Vec::new();
        let mut body = Vec::with_capacity(draft.article.body.len());
        for mut block in std::mem::take(&mut draft.article.body) {
            if let Block::Picture(picture) = &mut block {
                match hang(&folder.join(&picture.file), &self.pictures)? {
                    Ok(hung) => {
                        picture.file = hung.file.clone();
                        pictures.push(hung);
                    }
                    Err(_) if is_foreign => {
                        draft.left_out += 1;
                        continue;
                    }
                    Err(trouble) => {
                        let why = Why::Picture(picture.file.clone(), trouble);
                        return Ok(Err(RefusedFile { position, why }));
                    }
                }
            }
            body.push(block);
        }
        draft.article.body = body;
        Ok(Ok(Ready { position, draft, pictures }))
    }

    async fn take_in(
        &self,
        db: &Db,
        batch: Vec<Ready>,
        report: &mut Report,
        also: &mut impl AsyncFnMut(&mut Tx, &[ArticleId]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if batch.is_empty() {
            return Ok(());
        }
        let mut tx = db.begin().await?;
        let mut fresh = Vec::new();
        for Ready { position, draft, pictures } in batch {
            for picture in pictures {
                archive::add_picture(&mut tx, &picture.file, picture.size, picture.bytes, self.now).await?;
            }
            if let Err(refusal) = self.see_to_section(&mut tx, &draft, report).await? {
                report.refuse(RefusedFile { position, why: Why::Refused(refusal) });
                continue;
            }
            report.left_out += draft.left_out as u64;
            match import_one(&mut tx, &draft, &self.by, self.now).await? {
                Outcome::New(id) => {
                    report.new += 1;
                    fresh.push(id);
                }
                Outcome::Changed(id) => {
                    report.changed += 1;
                    fresh.push(id);
                }
                Outcome::Unchanged(_) => report.unchanged += 1,
                Outcome::Refused(refusal) => {
                    report.refuse(RefusedFile { position, why: Why::Refused(refusal) })
                }
            }
        }
        also(&mut tx, &fresh).await?;
        tx.commit().await
    }

    async fn see_to_section(
        &self,
        tx: &mut Tx,
        draft: &Draft,
        report: &mut Report,
    ) -> Result<Result<(), crate::Refusal>, Failure> {
        let slug = &draft.article.section;
        if !self.new_sections || archive::section(tx, slug).await?.is_some() {
            return Ok(Ok(()));
        }
        let Some(name) = section_name(draft) else { return Ok(Ok(())) };
        let opened = open_section(tx, slug, &name, self.now).await?;
        if opened.is_ok() {
            report.sections.push(name);
        }
        Ok(opened)
    }
}

impl Report {
    fn refuse(&mut self, refused: RefusedFile) {
        self.refused += 1;
        if self.refusals.len() < REMEMBERED {
            self.refusals.push(refused);
        }
    }
}
