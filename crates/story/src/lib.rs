//! What an article is made of: headline, lead, blocks, authors, times.
//!
//! Everything here is pure: nothing is read from disk, a database, a clock or the network. Other rooms keep
//! an [`Article`], render it and read it aloud; this one says what may be in it, and how it is written down
//! in the file formats a newsroom meets.

mod article;
mod body;
mod draft;
mod html;
pub mod json;
pub mod jsonl;
pub mod markdown;
pub mod ninjs;
mod refused;
pub mod sentences;
mod slug;
mod spoken;
mod text;
mod time;

pub use article::{Article, Block, Correction, Figure, Language, Picture, longest};
pub use draft::Draft;
pub use refused::{Expected, LARGEST, Place, Reason, Refused};
pub use slug::{Slug, plain_letters};
pub use spoken::{Part, Sentence, spoken_order};
pub use text::{Line, Run, Text, Trouble, is_invisible, link};
pub use time::Time;
