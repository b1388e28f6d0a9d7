//! A breakdown of ours: not a refusal. It travels with `?` and is logged once, where it stops.

use std::error::Error;
use std::fmt;

/// What kind of breakdown, as far as it changes what to tell the person who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The disk is full: reads go on, writes wait for room.
    Full,
    /// Too much to do at once: try again soon.
    Busy,
    /// Anything else.
    Broken,
}

/// Something of ours broke.
#[derive(Debug)]
pub struct Failure {
    /// What kind of breakdown.
    pub kind: Kind,
    what: String,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// A breakdown in words.
    pub fn new(what: impl Into<String>) -> Failure {
        Failure { kind: Kind::Broken, what: what.into(), cause: None }
    }

    /// Refused because too much waits already.
    pub fn busy(what: impl Into<String>) -> Failure {
        Failure { kind: Kind::Busy, what: what.into(), cause: None }
    }

    /// A breakdown with the error it came from.
    pub fn because(what: impl Into<String>, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Failure {
        Failure { kind: Kind::Broken, what: what.into(), cause: Some(cause.into()) }
    }

    /// The same failure told to another member of its group.
    pub(crate) fn again(&self) -> Failure {
        Failure { kind: self.kind, what: self.to_string(), cause: None }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        let mut cause = self.cause.as_ref().map(|c| &**c as &dyn Error);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl Error for Failure {}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Failure {
        use rusqlite::ErrorCode;
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Kind::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
            _ => Kind::Broken,
        };
        Failure { kind, what: "the database".to_owned(), cause: Some(Box::new(error)) }
    }
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Failure {
        use tokio_postgres::error::SqlState as State;
        const FULL: &[State] = &[State::DISK_FULL];
        const BUSY: &[State] = &[
            State::LOCK_NOT_AVAILABLE,
            State::QUERY_CANCELED,
            State::T_R_DEADLOCK_DETECTED,
            State::T_R_SERIALIZATION_FAILURE,
            State::TOO_MANY_CONNECTIONS,
            State::CANNOT_CONNECT_NOW,
            State::ADMIN_SHUTDOWN,
        ];
        let kind = match error.code() {
            Some(code) if FULL.contains(code) => Kind::Full,
            Some(code) if BUSY.contains(code) => Kind::Busy,
            _ => Kind::Broken,
        };
        Failure { kind, what: "the database".to_owned(), cause: Some(Box::new(error)) }
    }
}

impl From<deadpool_postgres::PoolError> for Failure {
    fn from(error: deadpool_postgres::PoolError) -> Failure {
        // Nothing has been asked of it yet: whether it is busy or away for a moment, trying again is safe.
        Failure {
            kind: Kind::Busy,
            what: "the database gave no connection".to_owned(),
            cause: Some(Box::new(error)),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        let full =
            matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded);
        let kind = if full { Kind::Full } else { Kind::Broken };
        Failure { kind, what: "a file".to_owned(), cause: Some(Box::new(error)) }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::because("a row that does not read back", error)
    }
}
