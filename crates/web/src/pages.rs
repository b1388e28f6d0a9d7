//! Pages that belong to no room: troubles.

use crate::{Paper, Trouble};

/// The page that tells a trouble; `number` finds it in the log.
pub fn error(_paper: &Paper, trouble: &Trouble, number: Option<u64>) -> String {
    format!("<!doctype html><html lang=de><title>{}</title><p>{}", trouble.status(), number.unwrap_or(0))
}
