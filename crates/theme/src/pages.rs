//! The pages of the paper, each a struct of plain data with a template of its own.
//!
//! A struct is the contract between the rooms that know the news and the templates that show it. It holds what the
//! page says and nothing about how; times are moments (the theme says them in the paper's zone), texts are plain and
//! escaped by the template, and only [`Html`] goes onto the page as it is. What is personal is an `Option` that is
//! empty on every page that everybody shares.

mod article;
mod benefits;
mod brake;
mod desk;
mod frame;
mod front;
mod games;
mod hours;
mod house;
mod inbox;
mod keys;
mod letters;
mod modes;
mod own;
mod people;
mod queue;
mod record;
mod thread;
mod words;

pub use article::*;
pub use benefits::*;
pub use brake::*;
pub use desk::*;
pub use frame::*;
pub use front::*;
pub use games::*;
pub use hours::*;
pub use house::*;
pub use inbox::*;
pub use keys::*;
pub use letters::*;
pub use modes::*;
pub use own::*;
pub use people::*;
pub use queue::*;
pub use record::*;
pub use thread::*;
pub use words::*;

use serde::Serialize;
use store::Failure;
use story::Language;

use crate::{Theme, samples};

/// One kind of page.
pub trait Page: Serialize {
    /// The template's path in `templates/`. Inside it the page is called `page`.
    const TEMPLATE: &'static str;

    /// What stands around it.
    fn frame(&self) -> &Frame;

    /// The page in the states it can have, each with a name for files and reports.
    fn samples(language: Language) -> Vec<(&'static str, Self)>
    where
        Self: Sized;
}

/// Ties a page to its template and its samples, and lists them all for the theme check.
macro_rules! pages {
    ($($page:ident => $template:literal, $samples:path;)*) => {
        $(impl Page for $page {
            const TEMPLATE: &'static str = $template;

            fn frame(&self) -> &Frame {
                &self.frame
            }

            fn samples(language: Language) -> Vec<(&'static str, Self)> {
                $samples(language)
            }
        })*

        /// Every page in every state, rendered: name and HTML, or what went wrong.
        pub(crate) fn rendered_samples(theme: &Theme, language: Language) -> Vec<(String, Result<String, Failure>)> {
            let mut rendered = Vec::new();
            $(for (name, page) in $page::samples(language) {
                rendered.push((name.to_owned(), theme.render(&page)));
            })*
            rendered
        }
    };
}

pages! {
    FrontPage => "edition/front.html", samples::front::front;
    SectionPage => "edition/section.html", samples::front::section;
    SearchPage => "edition/search.html", samples::front::search;
    ArticlePage => "archive/article.html", samples::article::article;
    VersionsPage => "archive/versions.html", samples::article::versions;
    ThreadPage => "forum/thread.html", samples::thread::thread;
    FramedPage => "forum/framed.html", samples::thread::framed;
    CommentPage => "forum/comment.html", samples::thread::comment;
    ReaderPage => "forum/reader.html", samples::thread::reader;
    MinePage => "forum/mine.html", samples::thread::mine;
    RevisionsPage => "forum/revisions.html", samples::thread::revisions;
    RulesPage => "moderation/rules.html", samples::house::rules;
    ReportPage => "moderation/report.html", samples::house::report;
    LoginPage => "reader/login.html", samples::people::login;
    RegisterPage => "reader/register.html", samples::people::register;
    CodePage => "reader/code.html", samples::people::code;
    LinkPage => "reader/link.html", samples::people::link;
    AccountPage => "reader/account.html", samples::people::account;
    OwnDataPage => "reader/own-data.html", samples::own::own_data;
    AddressCodePage => "reader/address-code.html", samples::own::address_code;
    AddressReturnPage => "reader/address-return.html", samples::own::address_return;
    DeparturePage => "reader/departure.html", samples::own::departure;
    DeskRecordPage => "desk/record.html", samples::record::record;
    DeskBrakePage => "desk/brake.html", samples::brake::brake;
    DeskModesPage => "desk/modes.html", samples::modes::modes;
    DeskWordsPage => "desk/words.html", samples::words::words;
    PasskeysPage => "reader/passkeys.html", samples::keys::passkeys;
    PasskeyPage => "reader/passkey.html", samples::keys::passkey;
    SecondFactorPage => "reader/second-factor.html", samples::keys::second_factor;
    ElsewherePage => "reader/elsewhere.html", samples::keys::elsewhere;
    ArrivalPage => "reader/arrival.html", samples::keys::arrival;
    RecoveryCodesPage => "reader/recovery-codes.html", samples::keys::recovery_codes;
    InboxPage => "reader/inbox.html", samples::inbox::inbox;
    UnsubscribePage => "reader/unsubscribe.html", samples::inbox::unsubscribe;
    GamesPage => "games/games.html", samples::games::games;
    GameArchivePage => "games/archive.html", samples::games::archive;
    SudokuPage => "games/sudoku.html", samples::games::sudoku;
    SudokuSheetPage => "games/sheet.html", samples::games::sheet;
    PlayPage => "games/play.html", samples::games::play;
    FastestPage => "games/fastest.html", samples::games::fastest;
    WordPage => "games/word.html", samples::games::word;
    QuizPage => "games/quiz.html", samples::games::quiz;
    OwnGamesPage => "games/own.html", samples::games::own;
    DeskGamesPage => "desk/games.html", samples::games::desk;
    DeskPuzzlePage => "desk/puzzle.html", samples::games::desk_puzzle;
    LettersPage => "games/letters.html", samples::letters::letters;
    LettersSheetPage => "games/letters-sheet.html", samples::letters::sheet;
    DeskLettersPage => "desk/letters.html", samples::letters::desk;
    PlainPage => "house/plain.html", samples::house::plain;
    ErrorPage => "house/error.html", samples::house::error;
    DeskArticlesPage => "desk/articles.html", samples::desk::articles;
    DeskArticlePage => "desk/article.html", samples::desk::article;
    DeskQueuePage => "desk/queue.html", samples::queue::queue;
    DeskCasePage => "desk/case.html", samples::queue::case_alone;
    DeskReasonsPage => "desk/reasons.html", samples::queue::reasons;
    DeskHoursPage => "desk/hours.html", samples::hours::hours;
    DeskMailPage => "desk/mail.html", samples::desk::mail;
    DeskJobsPage => "desk/jobs.html", samples::desk::jobs;
    BenefitsPage => "benefits/overview.html", samples::benefits::overview;
    OfferPage => "benefits/offer.html", samples::benefits::offer;
    CardPage => "benefits/card.html", samples::benefits::card;
    TermsPage => "benefits/terms.html", samples::benefits::terms;
    DrawPage => "benefits/draw.html", samples::benefits::draw;
    PartnerPage => "benefits/partner.html", samples::benefits::partner;
    PartnerOfferPage => "benefits/partner-offer.html", samples::benefits::partner_offer;
    DeskBenefitsPage => "benefits/desk.html", samples::benefits::desk;
    DeskBenefitPage => "benefits/desk-one.html", samples::benefits::desk_one;
    DeskMembersPage => "benefits/desk-members.html", samples::benefits::desk_members;
}
