//! The pages of the paper, each a struct of plain data with a template of its own.
//!
//! A struct is the contract between the rooms that know the news and the templates that show it. It holds what the
//! page says and nothing about how; times are moments (the theme says them in the paper's zone), texts are plain and
//! escaped by the template, and only [`Html`] goes onto the page as it is. What is personal is an `Option` that is
//! empty on every page that everybody shares.

mod article;
mod desk;
mod frame;
mod front;
mod house;
mod people;
mod thread;

pub use article::*;
pub use desk::*;
pub use frame::*;
pub use front::*;
pub use house::*;
pub use people::*;
pub use thread::*;

use serde::Serialize;

/// One kind of page.
pub trait Page: Serialize {
    /// The template's path in `templates/`. Inside it the page is called `page`.
    const TEMPLATE: &'static str;

    /// What stands around it.
    fn frame(&self) -> &Frame;
}

/// Ties a page to its template.
macro_rules! pages {
    ($($page:ident => $template:literal,)*) => {
        $(impl Page for $page {
            const TEMPLATE: &'static str = $template;

            fn frame(&self) -> &Frame {
                &self.frame
            }
        })*
    };
}

pages! {
    FrontPage => "edition/front.html",
    SectionPage => "edition/section.html",
    SearchPage => "edition/search.html",
    ArticlePage => "archive/article.html",
    VersionsPage => "archive/versions.html",
    ThreadPage => "forum/thread.html",
    CommentPage => "forum/comment.html",
    RulesPage => "moderation/rules.html",
    ReportPage => "moderation/report.html",
    LoginPage => "reader/login.html",
    RegisterPage => "reader/register.html",
    CodePage => "reader/code.html",
    LinkPage => "reader/link.html",
    AccountPage => "reader/account.html",
    PlainPage => "house/plain.html",
    ErrorPage => "house/error.html",
    DeskArticlesPage => "desk/articles.html",
    DeskArticlePage => "desk/article.html",
    DeskForumPage => "desk/forum.html",
    DeskMailPage => "desk/mail.html",
    DeskJobsPage => "desk/jobs.html",
}
