//! How letters leave the house: through a mail server, or into the local mailbox of a paper that has none.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use store::{Db, Failure, Time};
use tracing::info;

use crate::letter::{Letter, LetterId, letter};

/// How long a mail server may take for one letter (R13).
const PATIENCE: Duration = Duration::from_secs(30);

/// How the way to the mail server is protected (T9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// TLS begins after a greeting (usually port 587); without it nothing is sent.
    StartTls,
    /// TLS from the first byte (usually port 465).
    Tls,
    /// None; only to a server on this machine.
    None,
}

/// A mail server, as configured.
#[derive(Clone)]
pub struct Smtp {
    /// Its host name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is protected.
    pub protection: Protection,
    /// Name and password, if it asks for them.
    pub login: Option<(String, String)>,
    /// Who writes, as in `Der Uferbote <post@uferbote.example>`.
    pub from: String,
}

/// Takes letters.
pub enum PostOffice {
    /// A mail server.
    Server(Box<Server>),
    /// Nobody: letters stay in their rows and are shown at the desk. For the demo and for trying a paper out.
    LocalMailbox,
}

/// A mail server and who writes to it.
pub struct Server {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl PostOffice {
    /// Prepares to write through a mail server; connects with the first letter. Fails with a sentence for the operator.
    pub fn through(smtp: &Smtp) -> Result<PostOffice, Failure> {
        let from: Mailbox = smtp.from.parse().map_err(|e| {
            Failure::because(
                "the sender of letters is not a mail address: write Name <post@zeitung.example>",
                e,
            )
        })?;
        let is_local = matches!(smtp.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        let parameters = || {
            TlsParameters::new(smtp.host.clone())
                .map_err(|e| Failure::because("the mail server's name cannot be checked", e))
        };
        let tls = match smtp.protection {
            Protection::StartTls => Tls::Required(parameters()?),
            Protection::Tls => Tls::Wrapper(parameters()?),
            Protection::None if is_local => Tls::None,
            Protection::None => {
                return Err(Failure::new(
                    "letters would travel unprotected: choose starttls or tls for a mail server on another machine",
                ));
            }
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
            .port(smtp.port)
            .tls(tls)
            .timeout(Some(PATIENCE));
        if let Some((name, password)) = &smtp.login {
            builder = builder.credentials(Credentials::new(name.clone(), password.clone()));
        }
        Ok(PostOffice::Server(Box::new(Server { transport: builder.build(), from })))
    }

    /// Whether letters stay in the house.
    #[must_use]
    pub fn is_local(&self) -> bool {
        matches!(self, PostOffice::LocalMailbox)
    }
}

/// Carries a letter: the work of [`SendLetter`](crate::letter::SendLetter) and [`SendAtOnce`](crate::letter::SendAtOnce). A letter that went, or that came too late to be
/// of use, is left alone. Carried twice (a crash between the server's answer and our row) it has the same Message-ID.
pub async fn send_letter(db: &Db, post_office: &PostOffice, id: LetterId, now: Time) -> Result<(), Failure> {
    let waiting = letter(&mut db.read().await?, id).await?;
    let Some(letter) = waiting.filter(|letter| letter.sent_at.is_none()) else { return Ok(()) };
    if letter.useful_until < now {
        info!(letter.id = %id, "letter {id} was not sent: it is too late for it");
        return Ok(());
    }
    let sql = match post_office {
        PostOffice::LocalMailbox => "update letters set sent_at = $2 where id = $1",
        PostOffice::Server(server) => {
            server.take(&letter, now).await?;
            "update letters set sent_at = $2, text = '', unsubscribe = null where id = $1"
        }
    };
    let mut tx = db.begin().await?;
    tx.execute(sql, (id, now)).await?;
    tx.commit().await
}

impl Server {
    async fn take(&self, letter: &Letter, now: Time) -> Result<(), Failure> {
        let message = compose(&self.from, letter, now)?;
        self.transport.send(message).await.map(drop).map_err(|error| refused(&error))
    }
}

fn compose(from: &Mailbox, letter: &Letter, now: Time) -> Result<Message, Failure> {
    let recipient =
        letter.recipient.as_str().parse().map_err(|_| {
            Failure::new("the recipient of a letter is not an address the mail library takes")
        })?;
    let machine = HeaderName::new_from_ascii_str("Auto-Submitted");
    let sent = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now.0).unwrap_or(0));
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, recipient))
        .subject(letter.subject.clone())
        .date(sent)
        .message_id(Some(format!("<letter-{}-{}@{}>", letter.id, letter.made_at.0, from.email.domain())))
        // RFC 3834: nobody's holiday notice answers a machine.
        .raw_header(HeaderValue::new(machine, "auto-generated".to_owned()));
    if let Some(address) = &letter.unsubscribe {
        // RFC 8058: the mail program's own button posts to this address.
        for (name, value) in [
            ("List-Unsubscribe", format!("<{address}>")),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
        ] {
            builder = builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
        }
    }
    builder
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text.clone())
        .map_err(|e| Failure::because("a letter could not be composed", e))
}

/// What went wrong, without the server's own words: they often repeat the address (T8.2).
fn refused(error: &lettre::transport::smtp::Error) -> Failure {
    Failure::new(if let Some(code) = error.status() {
        format!("the mail server refused a letter with code {code}")
    } else if error.is_timeout() {
        "the mail server did not answer in time".to_owned()
    } else if error.is_tls() {
        format!("no protected connection to the mail server: {error}")
    } else {
        format!("the mail server cannot be reached: {error}")
    })
}
