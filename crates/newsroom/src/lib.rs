//! Where it is written and signed off: an article goes in, is corrected, withdrawn, comes back.
//!
//! The newsroom decides what the record keeps ([`archive`] never refuses on principle) and knows the way in: one article from
//! the desk ([`publish`]), one that another system serves and that is only talked about here ([`announce`]), or files from
//! anywhere ([`Importer`]), which may come twice and change nothing the second time.
//! What it does not do: it renders nothing, it makes no sound (whoever imports hears which articles changed, in the same
//! transaction), and it has no rows of its own.

mod acts;
mod elsewhere;
mod files;
mod import;
mod importer;
mod pictures;
mod refusal;

pub use acts::{Appear, appear, correct, open_section, publish, reinstate, relocate, update, withdraw};
pub use elsewhere::{Announced, announce};
pub use files::source_of;
pub use import::{Outcome, import_one};
pub use importer::{Importer, Progress, Report};
pub use pictures::{Fresh, LARGEST_PICTURE, PictureTrouble, fresh, hang};
pub use refusal::{Position, Refusal, RefusedFile, Why};

#[cfg(test)]
mod tests;
