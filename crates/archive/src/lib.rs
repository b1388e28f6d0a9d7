//! The record: what was published, corrected and withdrawn, and how to find it again.
//!
//! An article keeps every state it ever had ([`revisions`]); a correction, a withdrawal and a move are rows with who, when
//! and why, and nothing is overwritten. Reading goes through one gate, [`VISIBLE`]: what is not out yet or was withdrawn is on no
//! page, in no list, feed or search. An article may stand in another system and have only its talk here ([`Elsewhere`]): the gate of
//! lists, [`IN_THE_PAPER`], keeps it out of them. This room does not judge what is published; `newsroom` does.

mod elsewhere;
mod lists;
mod pictures;
mod reading;
mod search;
mod sections;
mod writing;

pub use elsewhere::{Elsewhere, article_elsewhere, stands_elsewhere};
pub use lists::{
    Bookmark, Listed, Teaser, addresses, front, latest, listed, neighbours, next_to_appear, teasers,
};
pub use pictures::{add_picture, add_portrait, portrait, sizes};
pub use reading::{
    Found, Published, Revision, Withdrawal, any_article, article, article_at, by_source, corrections,
    revisions, stands_at, withdrawal,
};
pub use search::search;
pub use sections::{Section, add_section, section, sections};
pub use writing::{
    Clash, correct, history_is_whole, place, publish, reinstate, remember_import, revise, take_off_front,
    withdraw,
};

store::id!(
    /// Names an article for ever.
    ArticleId
);

/// The archive's rows.
pub const MIGRATIONS: store::Migrations =
    store::Migrations { room: "archive", steps: &[include_str!("rows.sql"), include_str!("elsewhere.sql")] };

/// The topic of events about an article's text or state (subject: its id).
pub const ARTICLE: &str = "article";
/// The topic of events about what stands on the front (subject: 0).
pub const FRONT: &str = "front";

/// What readers may see (T4.3): out by now (`$1`), and not withdrawn. Whatever is read by its key has it in its `where`.
/// The plus sign keeps the databases from walking an index by this condition: nearly all articles fulfil it, and a list
/// has a better one, its bookmark.
pub(crate) const VISIBLE: &str = "+a.published <= $1 and a.withdrawn is null";

/// What readers may see, and what stands in this paper and not in another system. Every list, feed and search has it in its
/// `where`; the indexes of lists hold only such articles.
pub(crate) const IN_THE_PAPER: &str = "+a.published <= $1 and a.withdrawn is null and a.elsewhere is null";

#[cfg(test)]
mod plans;
