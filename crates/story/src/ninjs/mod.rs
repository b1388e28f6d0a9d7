//! ninjs, the IPTC's news in JSON: read in its forms 2.x and 3.x, written as 2.2, 3.0 or 3.1.
//!
//! In 2.x keys are written small (`contenttype`), in 3.x with capitals (`contentType`); both are read in every place.
//!
//! What ninjs has no place for (figures, corrections with their moment) is written as associations, which every reader of
//! ninjs may skip, so that nothing is lost on the way from one Blatt to another.

mod read;
mod write;

pub use read::read;
pub use write::{Issue, Version, write};

/// The relation of an association that is a figure.
const FIGURE: &str = "figure";
/// The relation of an association that is a correction.
const CORRECTION: &str = "correction";

#[cfg(test)]
mod tests;
