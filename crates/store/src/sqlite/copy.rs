//! Copying a paper while others write, and looking whether it is sound.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::connect;
use crate::Failure;

/// Pages per step, and so per word about progress: 4 MB.
const STEP: i32 = 1000;
/// The most memory for pages, in KiB: each is read once.
const CACHE: u32 = 1024;

/// Copies one consistent state into a file that is not there yet; what is half done is removed.
pub(super) fn copy(path: &Path, target: &Path, progress: impl FnMut(u64, u64)) -> Result<(), Failure> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(target)
        .map_err(|error| Failure::because(format!("{} cannot be made", target.display()), error))?;
    let unfinished = Unfinished(target);
    copy_pages(path, target, progress)?;
    std::mem::forget(unfinished);
    Ok(())
}

/// A copy that is removed if it stays half done, whatever ends it.
struct Unfinished<'a>(&'a Path);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(self.0);
    }
}

fn copy_pages(path: &Path, target: &Path, mut progress: impl FnMut(u64, u64)) -> Result<(), Failure> {
    let source = connect(path, CACHE)?;
    // One reading transaction holds the same state from the first page to the last; else every commit would begin the copy anew.
    source.execute_batch("pragma query_only = on; begin; select count(*) from migrations;")?;
    let mut copy = Connection::open(target)?;
    let backup = Backup::new(&source, &mut copy)?;
    loop {
        let step = backup.step(STEP)?;
        let at = backup.progress();
        let all = u64::try_from(at.pagecount).unwrap_or(0);
        progress(all.saturating_sub(u64::try_from(at.remaining).unwrap_or(0)), all);
        match step {
            StepResult::Done => break,
            StepResult::More => {}
            _ => return Err(Failure::busy("the database could not be read for the copy")),
        }
    }
    drop(backup);
    // Without a log beside it, the copy is one file.
    let mode: String = copy.query_row("pragma journal_mode = delete", (), |row| row.get(0))?;
    if mode != "delete" {
        return Err(Failure::new(format!("the copy is not one file but has a log ({mode})")));
    }
    drop(copy);
    File::open(target)?.sync_all()?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(File::open(folder)?.sync_all()?)
}

/// What is wrong with a paper, a sentence each and at most forty; nothing if it is sound.
pub(super) fn check(path: &Path) -> Result<Vec<String>, Failure> {
    let connection = connect(path, 8 * CACHE)?;
    connection.execute_batch("pragma query_only = on; begin;")?;
    let mut troubles = Vec::new();
    let mut statement = connection.prepare("pragma quick_check(20)")?;
    let mut lines = statement.query(())?;
    while let Some(line) = lines.next()? {
        troubles.push(line.get::<_, String>(0)?);
    }
    troubles.retain(|line| line != "ok");
    let mut statement = connection.prepare("pragma foreign_key_check")?;
    let mut rows = statement.query(())?;
    for _ in 0..20 {
        let Some(row) = rows.next()? else { break };
        let (table, id, other): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let id = id.map_or("?".to_owned(), |id| id.to_string());
        troubles.push(format!("row {id} of {table} names a row of {other} that is not there"));
    }
    Ok(troubles)
}
