//! The talk: what readers say about an article, and when they can.
//!
//! A comment is posted while the talk is open ([`hours`]); it is kept whole or refused with a reason ([`Refusal`]). Where the
//! talk waits, or the moderation wants it to ([`hold`]), it is kept apart until the desk has read it ([`waiting`]). Its author
//! may [`change`] it for a few minutes, and everybody can read what it said before. Its markup comes from a small tree
//! ([`markup`]). A thread is read in pages by key, in four orders, each with an
//! index of its own, and every number that a page shows stands in a row: an archive of a million comments reads like one of ten.
//!
//! A removed comment keeps its row and its place; whoever reads the thread gets [`Words::Removed`] and never the text. Who
//! wrote it and who judges it read it through verbs of their own ([`own_comments`], [`original`]).
//!
//! What this room deliberately does not do: it does not judge a comment (`moderation` does, and calls [`remove`] and [`restore`]),
//! it does not know who may (that is asked before), and it starts no timers.

mod body;
pub mod brake;
mod bring;
mod draft;
mod feature;
mod found;
pub mod hours;
pub mod lanes;
mod lately;
mod leaving;
pub mod markup;
mod original;
#[cfg(test)]
mod plans;
mod post;
mod reading;
mod refusal;
mod removal;
mod revision;
mod telling;
mod votes;
pub mod waiting;

pub use body::Body;
pub use bring::{Brought, bring, take_ids};
pub use draft::{Draft, FORGOTTEN, discard_draft, draft, drafts, forget_drafts, keep_draft};
pub use feature::{end_feature, feature, featured};
pub use found::{keep_words, search};
pub use hours::Hours;
pub use lately::{Lately, SPELL_MINUTES, lately, written_since};
pub use leaving::{forget_texts, standing_of};
pub use original::{Original, Writer, latest, original, originals, own_comments, same_words, writer};
pub use post::{Contribution, Key, Pace, Posted, hold, post, posted};
pub use reading::{
    Bookmark, Comment, Conversation, Page, Sort, Thread, Words, above, answers, comment, comments,
    most_discussed, neighbours, newer_in, newer_than, newest, page, page_with, replies, said_by, threads,
};
pub use refusal::Refusal;
pub use removal::{remove, restore};
pub use revision::{
    Change, Revision, Why, author_changed, change, changes, is_changeable, may_change, revisions, take_back,
};
pub use telling::{
    SpreadComment, follow_thread, followed_threads, follows_thread, leave_thread, spread_comment,
    tell_author, tell_refused,
};
pub use votes::{Tally, Vote, carry_over, vote, votes_of};

use store::personal::Leaving::{Go, Stay};
use store::personal::Personal;

store::id!(
    /// Names a comment for ever.
    CommentId
);
store::id!(
    /// Names a removal: the state of being removed from one moment until a restoration.
    RemovalId
);

/// The forum's rows.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    room: "forum",
    steps: &[
        include_str!("rows.sql"),
        include_str!("hours.sql"),
        include_str!("scale.sql"),
        include_str!("talk.sql"),
        include_str!("brake.sql"),
        include_str!("counts.sql"),
        include_str!("waiting.sql"),
        include_str!("drafts.sql"),
        include_str!("spells.sql"),
        include_str!("lanes.sql"),
    ],
};

/// Which rows of this room belong to a person (T8.3).
pub const PERSONAL: &[Personal] = &[
    Personal::of("votes", "reader", &["comment", "value", "at"], Go),
    Personal::of("drafts", "reader", &["article", "text", "at"], Go),
    Personal::of("thread_follows", "reader", &["article", "at"], Go),
    // What nobody else has read does not become a comment of somebody who left.
    Personal::of("waiting", "author", &["id", "article", "parent", "text", "at"], Go),
    Personal::of(
        "comments",
        "author",
        &["id", "article", "parent", "text", "at", "up", "down"],
        Stay("the conversation; texts go by `take_back` and `forget_texts` if that is wished"),
    ),
    Personal::of(
        "comment_revisions",
        "comment",
        &["comment", "text", "at"],
        Stay("what a comment said before; `forget_texts` takes it along with the text"),
    )
    .through("comments", "author"),
    Personal::of("deletions", "reader", &["comment", "why", "at"], Stay("what was taken back stays so")),
    Personal::of(
        "writers",
        "reader",
        &["comments", "removed", "taken_back"],
        Stay("the counts of comments that stay"),
    ),
    Personal::of("closings", "moderator", &[], Stay("an act of the desk")),
    Personal::of("reopenings", "moderator", &[], Stay("an act of the desk")),
    Personal::of("special_days", "moderator", &[], Stay("an act of the desk")),
    Personal::of("features", "moderator", &[], Stay("an act of the desk")),
    Personal::of("feature_ends", "moderator", &[], Stay("an act of the desk")),
    Personal::of("brakes", "moderator", &[], Stay("an act of the desk")),
    Personal::of("brake_releases", "moderator", &[], Stay("an act of the desk")),
];

/// The topic of events about a thread (subject: article id): a comment is new, removed or restored, or votes changed.
pub const THREAD: &str = "thread";
/// The topic of events about the hours (subject: 0): the desk closed or opened a talk, or said something of a day.
pub const HOURS: &str = "hours";
/// The topic of events about one comment that stands already (subject: comment id): removed, restored, voted on.
pub const COMMENT: &str = "comment";
