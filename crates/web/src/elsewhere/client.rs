//! The one place where the paper asks somebody else over HTTP: the provider of logins, and nobody but the host that the
//! operator named (T6.4). One question, one answer, within five seconds and one megabyte; a redirect is an answer like any
//! other, and not followed.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use store::Failure;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long an answer may take, all told.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most bytes of an answer.
const LONGEST: usize = 1 << 20;

/// A host that may be asked: over HTTPS, or over HTTP if it is this machine (for tests).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Host {
    name: String,
    port: u16,
    encrypted: bool,
}

impl Host {
    /// The host of an address.
    pub(super) fn of(address: &Uri) -> Option<Host> {
        let name = address.host()?.to_ascii_lowercase();
        let encrypted = match address.scheme_str()? {
            "https" => true,
            "http" if ["localhost", "127.0.0.1", "[::1]"].contains(&name.as_str()) => false,
            _ => return None,
        };
        // A name before the host is how a link says it leads elsewhere than it does.
        if address.authority()?.as_str().contains('@') {
            return None;
        }
        let port = address.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
        Some(Host { name, port, encrypted })
    }

    /// Takes an address on this host.
    pub(super) fn address(&self, text: &str) -> Option<Uri> {
        let address: Uri = text.parse().ok()?;
        (Host::of(&address).as_ref() == Some(self)).then_some(address)
    }

    /// As sockets and certificates name it.
    fn bare(&self) -> &str {
        self.name.trim_matches(['[', ']'])
    }
}

/// Asks one host.
pub(super) struct Client {
    host: Host,
    tls: TlsConnector,
}

type Failed = Box<dyn std::error::Error + Send + Sync>;

impl Client {
    pub(super) fn new(host: Host) -> Result<Client, Failure> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Failure::because("TLS", error))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Client { host, tls: TlsConnector::from(Arc::new(config)) })
    }

    /// Asks for an address that [`Host::address`] took.
    pub(super) async fn ask(&self, request: Request<Full<Bytes>>) -> Result<(StatusCode, Bytes), Failure> {
        let path = request.uri().path().to_owned();
        let trouble = |why: Failed| Failure::new(format!("{}{path}: {why}", self.host.name));
        match tokio::time::timeout(PATIENCE, self.answer(request)).await {
            Ok(answer) => answer.map_err(trouble),
            Err(late) => Err(trouble(late.into())),
        }
    }

    async fn answer(&self, request: Request<Full<Bytes>>) -> Result<(StatusCode, Bytes), Failed> {
        let stream = TcpStream::connect((self.host.bare(), self.host.port)).await?;
        if self.host.encrypted {
            let name = ServerName::try_from(self.host.bare().to_owned())?;
            exchange(self.tls.connect(name, stream).await?, request).await
        } else {
            exchange(stream, request).await
        }
    }
}

/// One question and its answer on a connection of their own.
async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    mut request: Request<Full<Bytes>>,
) -> Result<(StatusCode, Bytes), Failed> {
    let authority = request.uri().authority().map(ToString::to_string).unwrap_or_default();
    let path = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str).parse()?;
    *request.uri_mut() = path;
    let headers = request.headers_mut();
    headers.insert(header::HOST, HeaderValue::try_from(authority)?);
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let speaks = async move {
        let answer = sender.send_request(request).await?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), LONGEST).collect().await?.to_bytes();
        Ok::<_, Failed>((status, body))
    };
    tokio::pin!(speaks, connection);
    tokio::select! {
        // The connection itself may be over as soon as the last byte is read.
        biased;
        answer = &mut speaks => answer,
        over = &mut connection => {
            over?;
            speaks.await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t6_4_only_the_named_host_is_asked() {
        #[track_caller]
        fn check(named: &str, asked: &str, expected: bool) {
            let host = Host::of(&named.parse().unwrap()).unwrap();
            assert_eq!(host.address(asked).is_some(), expected, "{named} {asked}");
        }
        check("https://konto.example/realm", "https://konto.example/realm/token", true);
        check("https://konto.example", "https://KONTO.example:443/keys?a=b", true);
        check("http://127.0.0.1:9000", "http://127.0.0.1:9000/keys", true);
        for elsewhere in [
            "http://konto.example/keys",
            "https://konto.example.evil.example/keys",
            "https://evil.example/keys",
            "https://konto.example:444/keys",
            "https://konto.example@evil.example/keys",
            "https://evil.example@konto.example/keys",
            "//konto.example/keys",
            "/keys",
            "file:///etc/passwd",
        ] {
            check("https://konto.example", elsewhere, false);
        }
        for plain in ["http://konto.example", "http://10.0.0.1", "http://localhost.evil.example"] {
            assert_eq!(Host::of(&plain.parse().unwrap()), None, "{plain}");
        }
    }
}
