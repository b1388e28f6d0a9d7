//! The building itself is tested: who may lean on whom, who may name what, and whether the map is true.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

type Outcome = Result<(), Box<dyn Error>>;

/// A crate of the workspace, as its manifest and its sources have it.
struct Room {
    name: String,
    folder: PathBuf,
    manifest: toml::Table,
}

impl Room {
    /// The names of everything it is built from, tests included.
    fn leans_on(&self) -> Vec<String> {
        ["dependencies", "dev-dependencies", "build-dependencies"]
            .iter()
            .filter_map(|table| self.manifest.get(*table)?.as_table())
            .flat_map(|table| table.keys().cloned())
            .collect()
    }

    /// Each line of code that ends up in the product: no comments, nothing behind `#[cfg(test)]`, no files of tests.
    fn code(&self) -> Result<Vec<Line>, Box<dyn Error>> {
        let mut lines = Vec::new();
        for file in files_under(&self.folder.join("src"))? {
            let for_tests = file.ends_with("testing.rs") || file.ends_with("tests.rs");
            if file.extension().is_some_and(|ending| ending == "rs") && !for_tests {
                lines.extend(product_lines(&file)?);
            }
        }
        Ok(lines)
    }
}

struct Line {
    file: PathBuf,
    number: usize,
    text: String,
}

impl Line {
    fn place(&self) -> String {
        format!("{}:{}: {}", shown(&self.file), self.number, self.text.trim())
    }
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}

/// The crates in the order of the root manifest.
fn rooms() -> Result<Vec<Room>, Box<dyn Error>> {
    let workspace: toml::Table = fs::read_to_string(root().join("Cargo.toml"))?.parse()?;
    let members = workspace["workspace"]["members"].as_array().ok_or("members is a list")?;
    members
        .iter()
        .map(|member| {
            let folder = root().join(member.as_str().ok_or("a member is a path")?);
            let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml"))?.parse()?;
            let name = manifest["package"]["name"].as_str().ok_or("a crate has a name")?.to_owned();
            Ok(Room { name, folder, manifest })
        })
        .collect()
}

/// All files of the project below a folder, without what is built or fetched.
fn files_under(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|trouble| format!("{}: {trouble}", folder.display()))? {
            let entry = entry?;
            let name = entry.file_name();
            if entry.file_type()?.is_dir() {
                if name != "target" && name != "node_modules" && name != ".git" {
                    folders.push(entry.path());
                }
            } else if name != ".git" {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

fn product_lines(file: &Path) -> Result<Vec<Line>, Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    let lines =
        text.lines().enumerate().take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"));
    Ok(lines
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| Line { file: file.to_owned(), number: at + 1, text: line.to_owned() })
        .collect())
}

/// Fails and names every place.
#[track_caller]
fn none(places: &[String], rule: &str) {
    assert!(places.is_empty(), "{rule}:\n  {}", places.join("\n  "));
}

/// Every place outside `allowed` rooms where a room's code holds one of the words.
fn mentions(words: &[&str], allowed: &[&str]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut places = Vec::new();
    for room in rooms()?.iter().filter(|room| room.name != "xtask" && !allowed.contains(&room.name.as_str()))
    {
        for line in room.code()? {
            let lower = line.text.to_lowercase();
            if words.iter().any(|word| lower.contains(&word.to_lowercase())) {
                places.push(line.place());
            }
        }
    }
    Ok(places)
}

/// Every room outside `allowed` that is built from one of the crates.
fn builders_on(crates: &[&str], allowed: &[&str]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut places = Vec::new();
    for room in rooms()?.iter().filter(|room| !allowed.contains(&room.name.as_str())) {
        let leans_on = room.leans_on();
        places.extend(
            crates
                .iter()
                .filter(|name| leans_on.iter().any(|other| other == *name))
                .map(|name| format!("{} depends on {name}", room.name)),
        );
    }
    Ok(places)
}

#[test]
fn a_room_leans_only_on_rooms_above_it() -> Outcome {
    let rooms = rooms()?;
    let floor: BTreeMap<&str, usize> =
        rooms.iter().enumerate().map(|(at, room)| (room.name.as_str(), at)).collect();
    let mut places = Vec::new();
    for (at, room) in rooms.iter().enumerate() {
        for other in room.leans_on() {
            // A room's own tests may ask for a feature of the room.
            if other != room.name && floor.get(other.as_str()).is_some_and(|&above| above >= at) {
                places.push(format!("{} depends on {other}", room.name));
            }
        }
    }
    none(&places, "a crate depends only on crates listed above it in the root Cargo.toml");
    Ok(())
}

#[test]
fn the_map_lists_the_rooms_in_their_order() -> Outcome {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md"))?;
    let table =
        map.lines().skip_while(|line| !line.starts_with("| room ")).take_while(|line| line.starts_with('|'));
    let listed: Vec<&str> = table.filter_map(|row| row.strip_prefix("| `")?.split('`').next()).collect();
    let rooms = rooms()?;
    let built: Vec<&str> =
        rooms.iter().map(|room| room.name.as_str()).filter(|name| *name != "xtask").collect();
    assert_eq!(listed, built, "the table of ARCHITECTURE.md against the members of the root Cargo.toml");
    Ok(())
}

#[test]
fn only_the_store_names_a_database() -> Outcome {
    // The binary may say "postgres" to people, because an address begins with it; it is not built from one.
    none(&mentions(&["sqlite", "postgres"], &["store", "blatt"])?, "only `store` names a database");
    let drivers = ["rusqlite", "libsqlite3-sys", "tokio-postgres", "deadpool-postgres", "sqlx", "diesel"];
    none(&builders_on(&drivers, &["store"])?, "only `store` is built from a database");
    Ok(())
}

#[test]
fn only_the_web_knows_http() -> Outcome {
    let parts = [
        "axum",
        "axum-extra",
        "hyper",
        "hyper-util",
        "http",
        "http-body",
        "http-body-util",
        "tower",
        "tower-http",
    ];
    none(&builders_on(&parts, &["web"])?, "only `web` is built from HTTP");
    Ok(())
}

#[test]
fn only_the_binary_reads_the_clock_and_the_configuration() -> Outcome {
    let words = [
        "SystemTime::now",
        "Timestamp::now",
        "Zoned::now",
        "Instant::now",
        "std::env",
        "env::var",
        "env::args",
    ];
    none(&mentions(&words, &["blatt"])?, "time and configuration are arguments; only `blatt` reads them");
    Ok(())
}

#[test]
fn t9_4_only_the_voice_is_unsafe() -> Outcome {
    let mut places = Vec::new();
    for room in rooms()? {
        for line in room.code()? {
            let voice = shown(&line.file).starts_with("crates/speech/src/voice");
            let words = ["unsafe {", "unsafe fn", "unsafe impl", "unsafe extern", "allow(unsafe_code)"];
            if !voice && words.iter().any(|word| line.text.contains(word)) {
                places.push(line.place());
            }
        }
    }
    none(&places, "the voice is C, the rest of the house is not");
    Ok(())
}

#[test]
fn every_room_opens_with_its_story() -> Outcome {
    let mut places = Vec::new();
    for room in rooms()? {
        for file in [room.folder.join("src/lib.rs"), room.folder.join("src/main.rs")] {
            if file.exists() && !fs::read_to_string(&file)?.starts_with("//! ") {
                places.push(shown(&file));
            }
        }
    }
    none(&places, "a crate opens with what it is for");
    Ok(())
}

#[test]
fn every_link_between_our_pages_leads_somewhere() -> Outcome {
    let mut places = Vec::new();
    for page in
        files_under(&root())?.iter().filter(|file| file.extension().is_some_and(|ending| ending == "md"))
    {
        // The demo's articles name pictures of their paper, not files beside them.
        if shown(page).starts_with("crates/blatt/demo/articles/") {
            continue;
        }
        let text = without_samples(&fs::read_to_string(page)?);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next()) {
            let path = link.split('#').next().unwrap_or_default();
            let elsewhere = path.contains(':') || path.starts_with('/') || path.is_empty();
            if !elsewhere && !page.with_file_name("").join(path).exists() {
                places.push(format!("{} links to {link}", shown(page)));
            }
        }
    }
    none(&places, "a link inside the project leads to a file");
    Ok(())
}

/// A page without what stands in it as code: a sample names files of somebody else's folder.
fn without_samples(text: &str) -> String {
    let prose = text.split("```").step_by(2).collect::<String>();
    prose.split('`').step_by(2).collect()
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() -> Outcome {
    // Put together here, so that this file does not find itself.
    let folders = ["work", "root", "home", "tmp"].map(|name| format!("/{name}/"));
    let hosts = [["registry.npmjs", "org"], ["static.crates", "io"], ["pypi", "org"], ["deb.debian", "org"]]
        .map(|parts| parts.join("."));
    let mut places = Vec::new();
    for file in files_under(&root())? {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for (at, line) in text.lines().enumerate() {
            let path = folders.iter().any(|folder| {
                line.match_indices(folder.as_str()).any(|(start, _)| {
                    !line[..start]
                        .ends_with(|before: char| before.is_alphanumeric() || "/.}>)_-".contains(before))
                })
            });
            if path || hosts.iter().any(|host| line.contains(host.as_str())) {
                places.push(format!("{}:{}", shown(&file), at + 1));
            }
        }
    }
    none(&places, "no file names a folder of one machine or the address of a registry");
    Ok(())
}
