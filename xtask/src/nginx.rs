//! The yardstick: nginx with one worker, sending the same bytes with the same header fields from a file.

use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

use crate::cluster::free_port;
use crate::{debian, run};

/// A running nginx.
pub struct Nginx {
    master: Child,
    pub address: SocketAddr,
    _folder: TempDir,
}

/// Fields that nginx writes itself.
const ITS_OWN: [&str; 8] = [
    "content-length",
    "content-type",
    "date",
    "etag",
    "last-modified",
    "server",
    "connection",
    "accept-ranges",
];

impl Nginx {
    /// Serves `body` at `/page` with the header fields of `head`, the head of an answer of ours.
    pub fn start(head: &str, body: &[u8]) -> Result<Nginx, String> {
        let program = debian::need("nginx", &["/usr/sbin".into()], "nginx-light")?;
        let folder = tempfile::Builder::new().prefix("blatt-nginx").tempdir().map_err(|e| e.to_string())?;
        let port = free_port()?;
        fs::write(folder.path().join("page"), body).map_err(|e| e.to_string())?;
        fs::write(folder.path().join("nginx.conf"), configuration(folder.path(), port, head))
            .map_err(|e| e.to_string())?;
        let mut master = run::command(program)
            .arg("-p")
            .arg(folder.path())
            .args(["-c", "nginx.conf", "-e", "error.log"])
            .stdin(Stdio::null())
            .spawn()
            .map_err(|trouble| format!("nginx cannot be started: {trouble}"))?;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        for _ in 0..500 {
            if TcpStream::connect(address).is_ok() {
                return Ok(Nginx { master, address, _folder: folder });
            }
            sleep(Duration::from_millis(10));
        }
        let _ = master.kill();
        Err("nginx did not come up".to_owned())
    }

    /// The process id of the master.
    pub fn pid(&self) -> u32 {
        self.master.id()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.master.id().to_string()]).status();
        let _ = self.master.wait();
    }
}

/// As fast as nginx is made to send one file: no log, kept connections, the open file remembered.
fn configuration(folder: &Path, port: u16, head: &str) -> String {
    let fields = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let added: String = fields
        .filter(|(name, _)| !ITS_OWN.contains(&name.to_lowercase().as_str()))
        .map(|(name, value)| {
            format!("add_header {name} \"{}\";\n", value.replace('"', "\\\"").replace('$', ""))
        })
        .collect();
    let user = if debian::is_root() { "user root;" } else { "" };
    format!(
        "{user} daemon off; worker_processes 1; pid nginx.pid;
events {{ worker_connections 512; }}
http {{
access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000;
open_file_cache max=16 inactive=1h; open_file_cache_valid 1h; server_tokens off;
client_body_temp_path temp-body; proxy_temp_path temp-proxy; fastcgi_temp_path temp-fastcgi;
uwsgi_temp_path temp-uwsgi; scgi_temp_path temp-scgi;
server {{ listen 127.0.0.1:{port}; root {}; charset utf-8;
location = /page {{ default_type text/html; {added} }} }} }}
",
        folder.display()
    )
}
