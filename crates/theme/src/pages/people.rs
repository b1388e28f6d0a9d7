//! Pages for one reader: signing in, and what the house knows about them. Never shared, never cached.

use serde::Serialize;
use story::Time;

use super::{ElsewhereView, Frame, Html, Link, Say};

/// Words typed before signing in, which travel along in hidden fields so that nothing is lost.
/// Fields: `draft_text`, `draft_to`, `draft_reply_to`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The comment.
    pub text: String,
    /// `/{section}/{slug}/comments`
    pub to: String,
    /// The comment it answers.
    pub reply_to: Option<i64>,
}

/// Sign in, with a password or with a code by mail. Posts to `/login` (`mail`, `password`, `then`) and `/login/code` (`mail`, `then`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LoginPage {
    /// What stands around it.
    pub frame: Frame,
    /// The address as typed.
    pub mail: String,
    /// The path to go to afterwards.
    pub then: Option<String>,
    /// Why it was refused; alike whether an account exists or not (T3.3).
    pub error: Option<Say>,
    /// Something to say first, such as that the session is over.
    pub notice: Option<Say>,
    /// A comment that waits for its author.
    pub draft: Option<Draft>,
    /// Whether one can sign in with a passkey, which begins with a POST to `/login/passkey` (`then` and the draft).
    pub passkeys: bool,
    /// Whose account opens one here too, which begins with a POST to `/login/elsewhere` (`then` and the draft).
    pub elsewhere: Option<String>,
    /// Whether somebody has just signed out here: this device forgets what they typed.
    pub signed_out: bool,
}

/// Become a reader with a name. Posts to `/register` (`name`, `mail`, `password` if wanted, `then`, and `link` if there is one).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegisterPage {
    /// What stands around it.
    pub frame: Frame,
    /// The name as typed.
    pub name: String,
    /// The address as typed.
    pub mail: String,
    /// The path to go to afterwards.
    pub then: Option<String>,
    /// What is wrong with the name.
    pub name_error: Option<Say>,
    /// What is wrong with the address.
    pub mail_error: Option<Say>,
    /// What is wrong with the password.
    pub password_error: Option<Say>,
    /// Something to say first.
    pub notice: Option<Say>,
    /// The token of the link that makes the first administrator; goes along in a hidden field. Then no code is sent.
    pub link: Option<String>,
    /// A comment that waits for its author.
    pub draft: Option<Draft>,
    /// What the browser works first, because many came from its place. Goes along as `work` and `worked`.
    pub work: Option<WorkView>,
}

/// A puzzle for a browser: find a number with which SHA-256 of „puzzle:number“ begins with so many nought bits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkView {
    /// The puzzle.
    pub puzzle: String,
    /// How many bits.
    pub bits: u32,
}

/// Type the code that came by mail. Posts to `/login/code/{id}` (`code`, `mail`, `then`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CodePage {
    /// What stands around it.
    pub frame: Frame,
    /// `/login/code/{id}`
    pub action: String,
    /// The address it went to, as typed.
    pub mail: String,
    /// When the code stops working.
    pub expires: Time,
    /// The path to go to afterwards.
    pub then: Option<String>,
    /// Why it was refused.
    pub error: Option<Say>,
    /// A comment that waits for its author.
    pub draft: Option<Draft>,
}

/// A one-time link was opened: a button signs in, so that a mail program that follows links does not use it up (T2.4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkPage {
    /// What stands around it.
    pub frame: Frame,
    /// `/account/link/{token}`; nothing if the link is used up, unknown or too old.
    pub action: Option<String>,
    /// Whose link it is.
    pub name: Option<String>,
}

/// What became of one's own comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum OwnState {
    /// Everybody can read it.
    Published,
    /// It waits for the desk.
    Waiting {
        /// Where a POST takes it back.
        withdrawal: String,
    },
    /// It waited for the desk, or a rule kept it out, and does not appear.
    Refused {
        /// „4.1“
        clause: String,
        /// „keine Angriffe auf Personen“
        title: String,
        /// The reason the desk wrote to its author.
        reason: String,
        /// Whether a rule refused it, and no person.
        automatic: bool,
        /// When.
        at: Time,
    },
    /// It was removed.
    Removed {
        /// „4.1“
        clause: String,
        /// „keine Angriffe auf Personen“
        title: String,
        /// The reason the desk wrote to its author.
        reason: String,
        /// When.
        at: Time,
    },
    /// It was removed and stands again.
    Restored {
        /// The reason the desk wrote to its author.
        reason: String,
        /// When.
        at: Time,
    },
    /// The reader took it back.
    Deleted,
}

/// One's own comment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnComment {
    /// Its permalink; the thread, while it has none.
    pub url: String,
    /// The article.
    pub article: Link,
    /// When.
    pub at: Time,
    /// Its paragraphs.
    pub text: Html,
    /// What became of it.
    pub state: OwnState,
}

/// A device that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionView {
    /// „Firefox auf Linux“
    pub device: String,
    /// Since when.
    pub since: Time,
    /// Last seen.
    pub seen: Time,
    /// Whether it is the one looking.
    pub current: bool,
    /// Where a POST ends it.
    pub end: Option<String>,
}

/// Somebody in a reader's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// `/readers/{id}` is their page.
    pub id: i64,
    /// The name they go by.
    pub name: String,
}

/// Words kept for later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftView {
    /// The article's headline, or its number if it is gone.
    pub article: String,
    /// The article's thread, where it can be sent; nothing if the article is gone.
    pub url: Option<String>,
    /// A POST to this throws it away.
    pub discard: String,
    /// As typed.
    pub text: String,
    /// When it was kept.
    pub at: Time,
    /// When the thread opens.
    pub opens: Option<Time>,
}

/// A reader's own page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountPage {
    /// What stands around it.
    pub frame: Frame,
    /// The name comments appear under.
    pub name: String,
    /// The address mail goes to.
    pub mail: String,
    /// Registered.
    pub since: Time,
    /// What else they are: keys `role-…` of the words, such as `role-moderator`.
    pub roles: Vec<Say>,
    /// How many messages wait to be read.
    pub unread: i64,
    /// Drafts.
    pub drafts: Vec<DraftView>,
    /// What waits for the desk or was refused there, latest first.
    pub waiting: Vec<OwnComment>,
    /// Own comments, latest first.
    pub comments: Vec<OwnComment>,
    /// The path of the page with older ones.
    pub older: Option<String>,
    /// Whom they follow.
    pub follows: Vec<PersonView>,
    /// Whom they would rather not read.
    pub ignores: Vec<PersonView>,
    /// The threads they follow; `{url}/follow` ends it.
    pub threads: Vec<Link>,
    /// Where one is signed in.
    pub sessions: Vec<SessionView>,
    /// Whether a password is set. A new one is posted to `/account/password` (`password`).
    pub has_password: bool,
    /// Why a new password was refused.
    pub password_error: Option<Say>,
    /// The account that is kept elsewhere, if the paper knows a provider of logins.
    pub elsewhere: Option<ElsewhereView>,
    /// Something to say first.
    pub notice: Option<Say>,
}
