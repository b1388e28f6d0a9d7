//! A PostgreSQL of our own: a cluster in a temporary folder, on a free loopback port, gone when dropped.
//!
//! For tests it never flushes, because they are about rows, not about disks; for measurements and torture it does.

use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::{debian, run};

/// A running PostgreSQL.
pub struct Cluster {
    server: Child,
    port: u16,
    _folder: TempDir,
}

impl Cluster {
    /// Makes and starts one that forgets at a power cut; PostgreSQL is installed if it is missing.
    pub fn start() -> Result<Cluster, String> {
        Cluster::start_with(&["fsync=off", "synchronous_commit=off", "full_page_writes=off"])
    }

    /// The same as a newsroom has it: what is answered is flushed.
    pub fn start_durable() -> Result<Cluster, String> {
        Cluster::start_with(&[])
    }

    fn start_with(settings: &[&str]) -> Result<Cluster, String> {
        let initdb = debian::need("initdb", &debian::postgres_folders(), "postgresql")?;
        // The link Debian or an administrator may have put into PATH leads to the folder that has the server too.
        let initdb = initdb.canonicalize().unwrap_or(initdb);
        let folder = tempfile::Builder::new().prefix("blatt-postgres").tempdir().map_err(said)?;
        let owner = owner(folder.path())?;
        let data = folder.path().join("data");
        run::output(
            as_user(&initdb, owner)
                .args(["--auth=trust", "--username=postgres", "--no-locale", "--encoding=UTF8", "--no-sync"])
                .arg("-D")
                .arg(&data),
        )?;
        let server = initdb.with_file_name("postgres");
        for _ in 0..3 {
            if let Some((child, port)) = serve(&server, &data, owner, settings)? {
                return Ok(Cluster { server: child, port, _folder: folder });
            }
        }
        Err(format!("PostgreSQL did not come up; its last words:\n{}", last_words(folder.path())))
    }

    /// The process id of the server.
    pub fn pid(&self) -> u32 {
        self.server.id()
    }

    /// The address for a client, as `postgres://…`.
    pub fn address(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT asks for a fast shutdown; whoever does not listen within ten seconds is ended.
        let _ = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(10) {
            if matches!(self.server.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            sleep(Duration::from_millis(20));
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Starts the server on a port that was free a moment ago; `None` if somebody was quicker.
fn serve(
    server: &Path,
    data: &Path,
    owner: Option<(u32, u32)>,
    settings: &[&str],
) -> Result<Option<(Child, u16)>, String> {
    let port = free_port()?;
    let log = std::fs::File::create(data.with_file_name("log")).map_err(said)?;
    let mut command = as_user(server, owner);
    command.arg("-D").arg(data).args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]);
    command.args(["-c", &format!("port={port}"), "-c", "max_connections=300", "-c", "shared_buffers=64MB"]);
    for setting in settings {
        command.args(["-c", setting]);
    }
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().map_err(said)?;
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(30) {
        if child.try_wait().map_err(said)?.is_some() {
            return Ok(None);
        }
        // The server writes "ready" into its file of process facts once it takes connections.
        let facts = std::fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
        if facts.lines().last().is_some_and(|line| line.trim() == "ready")
            && TcpStream::connect(("127.0.0.1", port)).is_ok()
        {
            return Ok(Some((child, port)));
        }
        sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    let _ = child.wait();
    Ok(None)
}

/// A loopback port nobody listens on.
pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(said)?;
    Ok(listener.local_addr().map_err(said)?.port())
}

/// PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`, and owns the folder.
fn owner(folder: &Path) -> Result<Option<(u32, u32)>, String> {
    if !debian::is_root() {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd").map_err(said)?;
    let ids = ["postgres", "nobody"].iter().find_map(|name| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    let (user, group) = ids.ok_or("neither a user `postgres` nor `nobody` is here to run PostgreSQL")?;
    chown(folder, Some(user), Some(group)).map_err(said)?;
    Ok(Some((user, group)))
}

fn as_user(program: &Path, owner: Option<(u32, u32)>) -> Command {
    let mut command = run::command(program);
    command.current_dir("/").env("LC_ALL", "C");
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command
}

fn last_words(folder: &Path) -> String {
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    let lines: Vec<&str> = log.lines().rev().take(10).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}

fn said(trouble: impl std::fmt::Display) -> String {
    trouble.to_string()
}
