//! What the check needs from Debian: found, installed as root, or named.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Once;

use crate::run;

/// Finds a program in `PATH` or in one of the folders; installs `package` if it is missing and this is Debian and we are root.
pub fn need(program: &str, folders: &[PathBuf], package: &str) -> Result<PathBuf, String> {
    if let Some(found) = find(program, folders) {
        return Ok(found);
    }
    install(package).map_err(|why| format!("`{program}` is missing, and {why}"))?;
    find(program, folders)
        .ok_or_else(|| format!("`{program}` is missing, although Debian's {package} is installed"))
}

/// Finds a program in `PATH` or in one of the folders.
pub fn find(program: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(folders.iter().cloned())
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Whether this process may install packages and become another user.
pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|this| this.uid() == 0)
}

/// The folders of each PostgreSQL that Debian has installed, newest first.
pub fn postgres_folders() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let version = entry.file_name().to_string_lossy().parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    folders.sort_by(|a, b| b.cmp(a));
    folders.into_iter().map(|(_, folder)| folder).collect()
}

fn install(package: &str) -> Result<(), String> {
    if !Path::new("/usr/bin/apt-get").exists() {
        return Err(format!("this is no Debian: install what Debian calls {package}"));
    }
    if !is_root() {
        return Err(format!("only root may install it: sudo apt-get install {package}"));
    }
    static LISTS: Once = Once::new();
    LISTS.call_once(|| {
        // An old list may still name the package, so the install below has the last word.
        if let Err(why) = run::must(run::command("apt-get").args(["update", "-qq"])) {
            eprintln!("{why}");
        }
    });
    println!("installing Debian's {package}");
    run::must(run::command("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args([
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
        package,
    ]))
    .map_err(|why| format!("Debian's {package} could not be installed: {why}"))
}
