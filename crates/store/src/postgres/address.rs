//! The address of a server, and whether somebody could listen in between (T9.2).
//!
//! A server on this machine may do without TLS. Any other needs it, with a certificate that is checked against its name;
//! there is no mode that encrypts without checking, because that stops nobody who can redirect.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::Failure;

/// How long a connection may take to be made, and to notice that nobody is there any more.
const NETWORK: Duration = Duration::from_secs(5);
/// A statement that runs or waits for longer is ended; so is a transaction that lies idle (a node that hangs holds its locks no longer than this).
const LIMITS: &str = "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=10s";

/// Reads `postgres://user@host/name?sslmode=verify-full&sslrootcert=FILE`.
pub(super) fn parse(url: &str) -> Result<(Config, MakeRustlsConnect), Failure> {
    let (address, mode, authority) = take_tls(url)?;
    let mut config: Config = address
        .parse()
        .map_err(|_| Failure::new("the database address is not one: write postgres://user@host/name"))?;
    let secret = match mode.as_deref() {
        Some("disable") => false,
        Some("require" | "verify-ca" | "verify-full") => true,
        None if is_here(&config) => false,
        None => {
            return Err(Failure::new(
                "the database is on another machine: add ?sslmode=verify-full to its address (and &sslrootcert=FILE \
                 if it has a certificate authority of its own), or ?sslmode=disable if nobody can listen in between",
            ));
        }
        Some(other) => {
            return Err(Failure::new(format!(
                "sslmode={other} may do without encryption unseen: write verify-full or disable"
            )));
        }
    };
    config.ssl_mode(if secret { SslMode::Require } else { SslMode::Disable });
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(NETWORK);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(NETWORK);
    }
    if config.get_application_name().is_none() {
        config.application_name("blatt");
    }
    // What the address says comes later and wins.
    let options = config.get_options().unwrap_or_default();
    let options = format!("{LIMITS} {options}");
    config.options(options);
    Ok((config, MakeRustlsConnect::new(tls(authority.as_deref().map(Path::new))?)))
}

/// Takes what concerns TLS out of an address, because the driver knows only a part of it.
fn take_tls(url: &str) -> Result<(String, Option<String>, Option<String>), Failure> {
    let Some((server, query)) = url.split_once('?') else { return Ok((url.to_owned(), None, None)) };
    let (mut mode, mut authority, mut others) = (None, None, Vec::new());
    for pair in query.split('&') {
        let value = |text: &str| {
            let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
            decoded
                .map(|text| text.into_owned())
                .map_err(|_| Failure::new("the database address is not UTF-8"))
        };
        match pair.split_once('=') {
            Some(("sslmode", text)) => mode = Some(value(text)?),
            Some(("sslrootcert", text)) => authority = Some(value(text)?),
            _ => others.push(pair),
        }
    }
    let joint = if others.is_empty() { "" } else { "?" };
    Ok((format!("{server}{joint}{}", others.join("&")), mode, authority))
}

/// Whether every server it names is on this machine.
fn is_here(config: &Config) -> bool {
    let hosts = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
        Host::Unix(_) => true,
    });
    hosts && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// Trusts the authorities that browsers trust, or only those in a file of our own.
fn tls(authority: Option<&Path>) -> Result<ClientConfig, Failure> {
    let mut roots = RootCertStore::empty();
    match authority {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(file) => {
            let trouble = |error: Box<dyn std::error::Error + Send + Sync>| {
                Failure::because(format!("sslrootcert: no certificates in {}", file.display()), error)
            };
            let certificates = CertificateDer::pem_file_iter(file).map_err(|error| trouble(error.into()))?;
            for certificate in certificates {
                let certificate = certificate.map_err(|error| trouble(error.into()))?;
                roots.add(certificate).map_err(|error| trouble(error.into()))?;
            }
            if roots.is_empty() {
                return Err(trouble("it is empty".into()));
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::because("TLS", error))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Result<SslMode, &str>) {
        match (parse(url).map(|(config, _)| config.get_ssl_mode()), expected) {
            (Ok(found), Ok(mode)) => assert_eq!(found, mode),
            (Err(failure), Err(words)) => assert!(failure.to_string().contains(words), "{failure}"),
            (Ok(found), Err(_)) => panic!("{url} is taken as {found:?}"),
            (Err(failure), Ok(_)) => panic!("{url}: {failure}"),
        }
    }

    #[test]
    fn t9_2_a_server_elsewhere_needs_tls_unless_somebody_says_otherwise() {
        check("postgres://blatt@127.0.0.1/blatt", Ok(SslMode::Disable));
        check("postgres://blatt@[::1]:5433/blatt", Ok(SslMode::Disable));
        check("postgres://blatt@localhost/blatt?application_name=x", Ok(SslMode::Disable));
        check("postgres://blatt@%2Frun%2Fpostgresql/blatt", Ok(SslMode::Disable));
        check("postgres://blatt@db.example/blatt", Err("sslmode=verify-full"));
        check("postgres://blatt@10.0.0.4/blatt", Err("sslmode=verify-full"));
        check("postgres://blatt@localhost,db.example/blatt", Err("sslmode=verify-full"));
        check("postgres://blatt@localhost/blatt?hostaddr=10.0.0.4", Err("sslmode=verify-full"));
        check("postgres://blatt@db.example/blatt?sslmode=disable", Ok(SslMode::Disable));
        check("postgres://blatt@db.example/blatt?sslmode=verify-full", Ok(SslMode::Require));
        check("postgres://blatt@localhost/blatt?sslmode=require&connect_timeout=3", Ok(SslMode::Require));
        check("postgres://blatt@db.example/blatt?sslmode=prefer", Err("unseen"));
        check(
            "postgres://blatt@localhost/blatt?sslmode=require&sslrootcert=%2Fnot%2Fthere",
            Err("/not/there"),
        );
        check("postgres://nonsense::", Err("write postgres://"));
    }

    #[test]
    fn what_the_address_says_wins_over_our_limits() -> Result<(), Failure> {
        let (config, _) = parse("postgres://a@localhost/b?options=-c%20statement_timeout%3D7s")?;
        let options = config.get_options().unwrap_or_default();
        let ours = options.find("statement_timeout=30s");
        assert!(ours.is_some() && ours < options.find("statement_timeout=7s"), "{options}");
        Ok(())
    }
}
