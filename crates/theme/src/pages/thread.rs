//! The talk about an article.

use serde::Serialize;
use story::Time;

use super::{Frame, Html, Link, Say};

/// Whether one can write in a thread now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum ThreadState {
    /// Open, and until when if it closes at all.
    Open {
        /// The next closing.
        until: Option<Time>,
    },
    /// What is written waits until the desk has read it.
    Waiting {
        /// When it appears at once again; nothing if nobody knows.
        until: Option<Time>,
        /// Why.
        why: Why,
    },
    /// Closed, and when it opens again.
    Closed {
        /// When it closed, if that is known.
        since: Option<Time>,
        /// The next opening; nothing if nobody knows.
        until: Option<Time>,
        /// Why.
        why: Why,
    },
    /// Over for good: it can be read.
    Ended {
        /// When.
        at: Option<Time>,
    },
}

/// Why a thread is not open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum Why {
    /// The weekly opening hours.
    Hours,
    /// A holiday, by its name.
    Holiday {
        /// The key of its name: `national-day`, of the word `holiday-national-day`.
        key: String,
    },
    /// Somebody of the desk said so.
    Desk {
        /// Why: the word `thread-why-` (`thread-waits-` where it waits) and this; `unstaffed`, `mourning`, `heated`, `law`, `other`, or `day` for a single date.
        reason: String,
        /// The reason, if one was given.
        note: Option<String>,
    },
}

/// What somebody is, beside the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum Badge {
    /// Wrote the article.
    Author,
    /// Of the newsroom.
    Staff,
    /// Of the community desk.
    Moderator,
    /// A reader since this year.
    Since {
        /// The year of registration.
        year: i16,
    },
}

/// What is left of a comment that was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemovedView {
    /// „4.1“; nothing if the author took it back.
    pub clause: Option<String>,
    /// „keine Angriffe auf Personen“
    pub title: Option<String>,
}

/// Replies that are folded away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Folded {
    /// How many are not shown here.
    pub count: u64,
    /// The time of the latest.
    pub latest: Time,
    /// The page that shows them.
    pub url: String,
}

/// A vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum VoteView {
    /// In favour.
    Up,
    /// Against.
    Down,
}

/// One comment, for `forum/part/comment.html`, where it is called `comment`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommentView {
    /// Its id; `/comments/{id}` is its permalink.
    pub id: i64,
    /// Who wrote it.
    pub name: String,
    /// Their id; `/readers/{by}` is their page.
    pub by: i64,
    /// What they are.
    pub badge: Option<Badge>,
    /// Whether the desk knows who that is.
    pub verified: bool,
    /// When.
    pub at: Time,
    /// Last changed by its author.
    pub edited: Option<Time>,
    /// Its paragraphs, made from a tree. Empty when removed.
    pub text: Html,
    /// Votes in favour.
    pub up: u64,
    /// Votes against.
    pub down: u64,
    /// To whom it replies, where that does not stand directly above.
    pub reply_to: Option<Link>,
    /// Replies shown below it, oldest first.
    pub replies: Vec<CommentView>,
    /// Replies not shown.
    pub folded: Option<Folded>,
    /// If it was removed, why.
    pub removed: Option<RemovedView>,
    /// Chosen by the desk.
    pub featured: bool,
    /// What the reader who looks voted; only on personal parts.
    pub voted: Option<VoteView>,
    /// Whether the reader who looks wrote it; only on personal parts.
    pub own: bool,
    /// What only the reader who looks can do with it; only on personal parts.
    pub personal: Option<Personal>,
}

/// What somebody signed in is to a comment and its author.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Personal {
    /// Hears when its author writes.
    pub follows: bool,
    /// Would rather not read its author.
    pub ignores: bool,
    /// Wrote it, and may still change it.
    pub changes: bool,
    /// Works at the community desk.
    pub judges: bool,
}

/// The order of a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Latest first.
    #[default]
    Newest,
    /// As it was written.
    Oldest,
    /// Most agreed with.
    Best,
    /// Most answered.
    Discussed,
}

/// One order to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SortTab {
    /// The order.
    pub sort: Sort,
    /// The page in this order.
    pub url: String,
    /// Whether it is this page.
    pub current: bool,
}

/// The comment a reply answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReplyTo {
    /// Its id.
    pub id: i64,
    /// Who wrote it.
    pub name: String,
    /// Its first words.
    pub words: String,
}

/// What its author alone sees in a thread: it waits for the desk. Its form posts to `withdrawal`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaitingView {
    /// Its paragraphs.
    pub text: Html,
    /// When it was written.
    pub at: Time,
    /// Where a POST takes it back.
    pub withdrawal: String,
}

/// Where one writes. Fields: `text`, `reply_to`, `key`; `do` is `preview` for a look before it is sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CommentForm {
    /// `/{section}/{slug}/comments`
    pub action: String,
    /// What was typed before.
    pub text: String,
    /// Why it was refused.
    pub error: Option<Say>,
    /// Something to say first, such as that a draft has not appeared yet.
    pub notice: Option<Say>,
    /// What the text will look like.
    pub preview: Option<Html>,
    /// When the text was kept as a draft.
    pub kept: Option<Time>,
    /// A POST to this throws the kept draft away.
    pub discard: Option<String>,
    /// What it answers.
    pub reply_to: Option<ReplyTo>,
    /// Makes a second sending of the same form the same comment. Empty on shared pages: there a script fills it in,
    /// and without scripts the same words by the same reader in the same thread count as sent twice.
    pub key: Option<String>,
    /// The most characters a comment may have.
    pub longest: u32,
    /// The name it will appear under, where that is known.
    pub name: Option<String>,
    /// What whoever looks wrote here that waits for the desk, oldest first; only on personal parts.
    pub waiting: Vec<WaitingView>,
}

/// The talk under an article or on its own page, for `forum/part/thread.html`, where it is called `thread`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThreadView {
    /// `/{section}/{slug}/comments`
    pub url: String,
    /// Where new comments and opening or closing are told, as server-sent events.
    pub live: Option<String>,
    /// How many comments, replies among them.
    pub count: u64,
    /// Whether one can write now.
    pub state: ThreadState,
    /// The day whose comments need no date beside the hour: the day the article appeared. Nothing: every comment has its date.
    pub day: Option<Time>,
    /// The standing notice, with its links. Empty shows the house's own words.
    pub notice: Html,
    /// The comment the desk chose.
    pub featured: Option<CommentView>,
    /// This page's comments, in the order chosen.
    pub comments: Vec<CommentView>,
    /// The page after this one.
    pub older: Option<String>,
    /// The page before this one; nothing on the first.
    pub newer: Option<String>,
    /// The orders to choose from.
    pub sorts: Vec<SortTab>,
    /// What was searched for in this thread: then `comments` are those that were found, latest first.
    pub searched: Option<String>,
    /// Whether the reader who looks follows it; nothing on shared pages.
    pub follows: Option<bool>,
    /// Where one writes; nothing if nobody can any more.
    pub form: Option<CommentForm>,
}

/// The article a page of comments belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ArticleRef {
    /// Its path.
    pub url: String,
    /// Its kicker.
    pub kicker: Option<String>,
    /// Its headline.
    pub headline: String,
}

/// A thread on its own page. Also what a refused comment comes back to, with the typed text in the form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThreadPage {
    /// What stands around it.
    pub frame: Frame,
    /// What it is about.
    pub article: ArticleRef,
    /// The talk.
    pub thread: ThreadView,
}

/// A talk in a frame on a page of another system: there one reads. Whoever wants to say something goes on to the thread's own
/// page, in a window of its own, since no cookie of ours comes along in a frame of another site.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FramedPage {
    /// What stands around it; not shown in a frame.
    pub frame: Frame,
    /// The origins, separated by blanks, that may ask how high the frame wants to be.
    pub sites: String,
    /// The talk, with pages and orders that stay in the frame, and without a form. Nothing: nobody talks about that page.
    pub thread: Option<ThreadView>,
    /// Where one takes part: the thread's own page.
    pub whole: Option<String>,
}

/// One comment with what it answers and what answers it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommentPage {
    /// What stands around it.
    pub frame: Frame,
    /// What it is about.
    pub article: ArticleRef,
    /// Whether one can write now.
    pub state: ThreadState,
    /// The thread, on the page where this comment stands among the others.
    pub thread_url: String,
    /// What was said before it: in its conversation, or at the top of the thread.
    pub before: Option<Link>,
    /// What was said after it.
    pub after: Option<Link>,
    /// What it answers, from the top; each without its replies.
    pub context: Vec<CommentView>,
    /// The comment, with its replies.
    pub comment: CommentView,
    /// Further replies.
    pub older: Option<String>,
    /// Where one answers it, or writes again what was refused.
    pub form: Option<CommentForm>,
    /// Something to say first, such as „Ihr Kommentar ist erschienen“.
    pub notice: Option<Say>,
    /// Where its author changes it.
    pub change: Option<ChangeForm>,
    /// Whether its author is asked if it should go.
    pub take_back: bool,
    /// What the community desk can do here.
    pub desk: Option<DeskTools>,
}

/// Where an author changes a comment. Posts to `/comments/{id}/revisions` (`text`, `seen`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeForm {
    /// The text, as it stands or as it was typed.
    pub text: String,
    /// How often it had been changed when this began.
    pub seen: i64,
    /// Why it was refused.
    pub error: Option<Say>,
    /// Until when it may be changed.
    pub until: Time,
    /// The most characters a comment may have.
    pub longest: u32,
}

/// What the community desk can do on the page of a comment. Posts to `/comments/{id}/feature` (`value`) and to
/// `/readers/{by}/verification` (`why`, `value`, `comment`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeskTools {
    /// Where the comment is judged.
    pub judge: String,
    /// Whether it is chosen now.
    pub featured: bool,
    /// How the desk knows its author; nothing if it does not.
    pub known: Option<Known>,
}

/// How the desk knows somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Known {
    /// Who said so.
    pub by: String,
    /// In their words.
    pub why: String,
    /// When.
    pub at: Time,
}

/// What only one reader sees of a thread, for the scripts of a page that everybody shares: each part takes the place of
/// its counterpart there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MinePage {
    /// What stands around it.
    pub frame: Frame,
    /// `/{section}/{slug}/comments`
    pub thread_url: String,
    /// Whether one can write now.
    pub state: ThreadState,
    /// Where one writes, with the draft and the name.
    pub form: Option<CommentForm>,
    /// Whether the reader follows the thread.
    pub follows: bool,
    /// How many messages wait to be read.
    pub unread: i64,
    /// The comments that were asked for; their texts are not shown.
    pub comments: Vec<CommentView>,
}

/// What a comment said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EarlierView {
    /// Its paragraphs then.
    pub text: Html,
    /// Until when.
    pub until: Time,
}

/// All versions of a comment: `/comments/{id}/revisions`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RevisionsPage {
    /// What stands around it.
    pub frame: Frame,
    /// What it is about.
    pub article: ArticleRef,
    /// As it stands now, without replies.
    pub comment: CommentView,
    /// What it said before, latest first.
    pub earlier: Vec<EarlierView>,
}

/// A comment among others of the same writer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SaidView {
    /// The article it is about.
    pub article: Link,
    /// The comment, without replies.
    pub comment: CommentView,
}

/// What somebody signed in thinks of another's company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CompanyView {
    /// Hears when they write.
    pub follows: bool,
    /// Would rather not read them.
    pub ignores: bool,
}

/// What everybody may know of somebody who writes in the talk: `/readers/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReaderPage {
    /// What stands around it.
    pub frame: Frame,
    /// Their id.
    pub id: i64,
    /// What the reader who looks thinks of their company; nothing on shared pages and on one's own.
    pub company: Option<CompanyView>,
    /// The name comments appear under.
    pub name: String,
    /// What they are.
    pub badge: Option<Badge>,
    /// Registered.
    pub since: Time,
    /// How many of their comments stand.
    pub count: u64,
    /// This page's comments, latest first.
    pub comments: Vec<SaidView>,
    /// The page after this one.
    pub older: Option<String>,
    /// The first page, if this is another.
    pub newer: Option<String>,
}
