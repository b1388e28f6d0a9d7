//! A paper of ours, run as an operator would: the binary, a folder, a port; stopped by its own process id.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::cluster::free_port;
use crate::http::{self, Connection};
use crate::run;

/// How the paper is to be run.
pub struct House {
    /// The binary.
    pub binary: PathBuf,
    /// The paper's folder.
    pub data: PathBuf,
    /// Configuration, as environment variables.
    pub settings: Vec<(String, String)>,
}

/// A running `blatt serve`.
pub struct Serving {
    child: Child,
    pub address: SocketAddr,
    /// From its start to its first page.
    pub first_page: Duration,
}

impl House {
    /// A house whose thread is always open and which lets one reader write as fast as they can, so that a load can be measured.
    pub fn for_load(binary: PathBuf, data: PathBuf, database: Option<&str>) -> House {
        let mut settings = vec![
            ("BLATT_COMMENTS_PER_MINUTE".to_owned(), "1000000000".to_owned()),
            ("BLATT_COMMENTS_IN_ALL".to_owned(), "1000000000".to_owned()),
            ("BLATT_COMMENTS_PER_THREAD".to_owned(), "1000000000".to_owned()),
            ("BLATT_COMMENTS_PER_ADDRESS".to_owned(), "1000000000".to_owned()),
            ("BLATT_COMMENTS_PER_HOUR".to_owned(), "1000000000".to_owned()),
            ("BLATT_VOICES".to_owned(), "0".to_owned()),
        ];
        for day in ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] {
            settings.push((format!("BLATT_HOURS_{}", day.to_uppercase()), "00:00-24:00".to_owned()));
        }
        settings.push(("BLATT_HOURS_HOLIDAYS".to_owned(), "as usual".to_owned()));
        settings.extend(database.map(|address| ("BLATT_DATABASE".to_owned(), address.to_owned())));
        House { binary, data, settings }
    }

    /// A command of the paper's binary on the paper's folder.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = run::command(&self.binary);
        command.args(words).arg("--data").arg(&self.data);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Fills the folder with the demo paper: starts it once, waits until it is served, and stops it.
    pub fn fill(&self) -> Result<(), String> {
        let serving = self.start("demo")?;
        serving.stop()
    }

    /// Serves the paper; returns with the first page.
    pub fn serve(&self) -> Result<Serving, String> {
        self.start("serve")
    }

    fn start(&self, word: &str) -> Result<Serving, String> {
        let port = free_port()?;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let log =
            std::fs::File::create(self.data.with_extension("log")).map_err(|trouble| trouble.to_string())?;
        let started = Instant::now();
        let child = self
            .command(&[word, "--listen", &address.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|trouble| format!("{} cannot be started: {trouble}", self.binary.display()))?;
        let mut serving = Serving { child, address, first_page: Duration::ZERO };
        while !answers(address) {
            if let Ok(Some(status)) = serving.child.try_wait() {
                return Err(format!("blatt {word} ended with {status}:\n{}", self.last_words()));
            }
            if started.elapsed() > Duration::from_secs(120) {
                return Err(format!("blatt {word} served no page in two minutes:\n{}", self.last_words()));
            }
            sleep(Duration::from_millis(1));
        }
        serving.first_page = started.elapsed();
        Ok(serving)
    }

    fn last_words(&self) -> String {
        let log = std::fs::File::open(self.data.with_extension("log"));
        let lines: Vec<String> =
            log.map(|file| BufReader::new(file).lines().map_while(Result::ok).collect()).unwrap_or_default();
        lines[lines.len().saturating_sub(10)..].join("\n")
    }

    /// Opens accounts for so many readers and signs them in; gives their cookies.
    pub async fn readers(&self, count: usize, address: SocketAddr) -> Result<Vec<String>, String> {
        let mut cookies = Vec::new();
        for number in 0..count {
            // Letters only, and none that looks like another: no two names may look alike.
            let name: String =
                [number / 16, number % 16].iter().map(|n| char::from(b"abcdefghkoprstuz"[n % 16])).collect();
            let (name, mail) = (format!("Messleser {name}"), format!("messleser{number}@messbote.example"));
            run::output(&mut self.command(&["user", "add", &name, &mail]))?;
            cookies.push(self.sign_in(&name, address).await?);
        }
        Ok(cookies)
    }

    /// Signs somebody in by the one-time link that the operator can make; gives the cookie.
    pub async fn sign_in(&self, name: &str, address: SocketAddr) -> Result<String, String> {
        let printed = run::output(&mut self.command(&["user", "link", name]))?;
        let path = printed.split_whitespace().find_map(path_of);
        let path = path.ok_or_else(|| format!("no link in what was printed: {printed}"))?;
        let mut connection = Connection::open(address).await.map_err(|trouble| trouble.to_string())?;
        let answer =
            connection.ask(&http::post(&path, "", "")).await.map_err(|trouble| trouble.to_string())?;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        cookie.map(str::to_owned).ok_or_else(|| format!("the link signs nobody in: {}", answer.head))
    }
}

impl Serving {
    /// The process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(mut self) -> Result<(), String> {
        run::output(Command::new("kill").args(["-TERM", &self.child.id().to_string()]))?;
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(15) {
            if let Ok(Some(status)) = self.child.try_wait() {
                return if status.success() { Ok(()) } else { Err(format!("blatt stopped with {status}")) };
            }
            sleep(Duration::from_millis(5));
        }
        Err("blatt did not stop within 15 seconds of SIGTERM".to_owned())
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The path of a whole address.
fn path_of(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    Some(rest[rest.find('/')?..].to_owned())
}

/// The first article the sitemap names.
pub async fn article(address: SocketAddr) -> Result<String, String> {
    let first = articles(address).await?.into_iter().next();
    first.ok_or_else(|| "the sitemap names no article".to_owned())
}

/// All articles that the sitemap names: addresses of two segments, section and slug.
pub async fn articles(address: SocketAddr) -> Result<Vec<String>, String> {
    let (_, _, map) = http::fetch(address, "/sitemap.xml", "").await?;
    let map = String::from_utf8_lossy(&map).into_owned();
    let addresses = map.split("<loc>").skip(1).filter_map(|rest| path_of(rest.split("</loc>").next()?));
    Ok(addresses.filter(|path| path.split('/').filter(|part| !part.is_empty()).count() == 2).collect())
}

/// Whether the front page comes.
fn answers(address: SocketAddr) -> bool {
    use std::io::{Read, Write};
    let Ok(mut stream) = TcpStream::connect(address) else { return false };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let asked = stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let mut status = [0; 12];
    asked.is_ok() && stream.read_exact(&mut status).is_ok() && status.ends_with(b"200")
}

/// Which binary.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// Of the same units as the tests, so that the check compiles nothing twice.
    Checked,
    /// As it is handed to a newsroom.
    Release,
}

/// The binary, built if need be; or the one that `BLATT_BINARY` names, to measure that.
pub fn binary(build: Build) -> Result<PathBuf, String> {
    if let Some(given) = std::env::var_os("BLATT_BINARY").filter(|_| build == Build::Release) {
        return Ok(PathBuf::from(given));
    }
    let (words, folder): (&[&str], _) = match build {
        Build::Checked => (&["--workspace", "--bins", "--tests"], "debug"),
        Build::Release => (&["--release", "--package", "blatt"], "release"),
    };
    run::must(run::command("cargo").args(["build", "--locked"]).args(words))?;
    let binary = run::target().join(folder).join("blatt");
    if Path::exists(&binary) { Ok(binary) } else { Err(format!("{} was not built", binary.display())) }
}
