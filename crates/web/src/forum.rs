//! The talk: who may write, read and vote.
//!
//! The first page of a thread is the same for everybody and kept ready. What is personal (own votes, the draft, the name) is on
//! `…/comments/mine` and on permalinks, which nobody keeps for whoever is signed in.

use std::collections::HashMap;
use std::sync::Arc;

use ::edition::{Made, Stands};
use ::forum::hours::Subject;
use ::forum::{Body, Bookmark, Comment, CommentId, Contribution, Key, Posted, Refusal, Sort, Vote};
use ::reader::{Role, Session};
use archive::{ArticleId, Found, Published};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::routing::{get, post};
use http::{HeaderValue, Response, StatusCode, header};
use serde::Deserialize;
use store::{Failure, Time, Tx};
use story::Slug;
use theme::{
    CommentPage, CommentView, DeskTools, Discussed, Draft, Html, Kind, Known, MinePage, Say, ThreadPage,
    ThreadState, ThreadView,
};

use crate::edition::moved;
use crate::front_desk::shared;
use crate::pages::frame;
use crate::personal::seconds;
use crate::thread_view::{self, Asked, Looking, article_ref, state_in_general, thread_path, thread_state};
use crate::{
    Answer, Form, Paper, Trouble, Visit, account, live, own_comment, reader as signing, thread_feed, waiting,
};

/// A hundred thousand characters of any kind arrive whole, so that they can be refused and given back.
const LARGEST: usize = 2 << 20;
/// Replies on the page of one comment.
const REPLIES: i64 = 50;
/// Later conversations above a comment on the page of its thread to which its own page leads.
const ABOVE: i64 = 5;
/// Characters of a search that count.
const LONGEST_SEARCH: usize = 200;
/// The most comments whose personal part is given at once.
const MOST_OF_MINE: usize = 200;
/// Threads in the list of what is talked about, and how many days back that looks.
const DISCUSSED: i64 = 5;
const DISCUSSED_DAYS: i64 = 3;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/{section}/{slug}/comments", get(thread).post(create).layer(DefaultBodyLimit::max(LARGEST)))
        .route("/{section}/{slug}/comments/mine", get(mine))
        .route("/{section}/{slug}/comments/live", get(live::listen))
        .route("/comments/{id}", get(permalink))
        .route("/comments/{id}/replies", get(replies))
        .route("/comments/{id}/votes", post(vote).get(back_to_comment))
}

/// Whether one can write now, in general.
pub(crate) fn state(paper: &Paper, now: Time) -> Option<ThreadState> {
    Some(state_in_general(paper, now))
}

/// How many comments these articles have.
pub(crate) async fn counts(tx: &mut Tx, ids: &[ArticleId]) -> Result<HashMap<ArticleId, u64>, Failure> {
    thread_view::counts(tx, ids).await
}

/// What is talked about most.
pub(crate) async fn discussed(tx: &mut Tx, paper: &Paper, now: Time) -> Result<Vec<Discussed>, Failure> {
    let since = now.plus_minutes(-DISCUSSED_DAYS * 24 * 60);
    let threads = ::forum::most_discussed(tx, since, 4 * DISCUSSED).await?;
    let ids: Vec<ArticleId> = threads.iter().map(|thread| thread.article).collect();
    let articles = archive::teasers(tx, &ids, now).await?;
    let shown = threads.iter().filter_map(|thread| {
        // The front says what is in the paper, also here.
        let article = articles.iter().find(|it| it.id == thread.article && it.elsewhere.is_none())?;
        Some(Discussed {
            url: format!("{}/comments", article.path()),
            headline: article.headline.to_string(),
            comments: thread_view::unsigned(thread.comments),
            state: thread_state(paper, &Subject::from(article), now),
        })
    });
    Ok(shown.take(DISCUSSED as usize).collect())
}

/// The first comments of an article, its opening state and its form, for the article's page.
pub(crate) async fn first_view(
    tx: &mut Tx,
    paper: &Paper,
    found: &Published,
    now: Time,
) -> Result<Option<ThreadView>, Failure> {
    thread_view::first_view(tx, paper, found, now).await.map(Some)
}

/// The address of a thread.
pub(crate) type Address = Path<(String, String)>;

/// What readers find at an address, or nothing there is.
pub(crate) async fn find(tx: &mut Tx, Path((section, slug)): &Address, now: Time) -> Result<Found, Trouble> {
    let (section, slug) = Slug::parse(section).zip(Slug::parse(slug)).ok_or(Trouble::NotFound)?;
    archive::article_at(tx, &section, &slug, now).await?.ok_or(Trouble::NotFound)
}

/// `?sort=` and `?before=`, or `?q=` and `?before=`; what they cannot mean is not there.
#[derive(Deserialize)]
pub(crate) struct Order {
    #[serde(default)]
    sort: String,
    before: Option<String>,
    q: Option<String>,
}

impl Order {
    pub(crate) fn parse(&self) -> Result<(Sort, Option<Bookmark>), Trouble> {
        let sort = Sort::parse(&self.sort).ok_or(Trouble::NotFound)?;
        let after = self.before.as_deref().map(str::parse).transpose().map_err(|_| Trouble::NotFound)?;
        Ok((sort, after))
    }
}

/// `GET /{section}/{slug}/comments`
async fn thread(visit: Visit, address: Address, Query(order): Query<Order>) -> Answer {
    if let Some(words) = order.q.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        return search(&visit, &address, words, order.before.as_deref()).await;
    }
    let (sort, after) = order.parse()?;
    let found = match find(&mut visit.read().await?, &address, visit.now).await? {
        Found::Here(found) | Found::Elsewhere(found) => found,
        Found::Moved(path) => return moved(&format!("{path}/comments")),
        Found::Withdrawn(_) => return Err(Trouble::Gone),
    };
    let asked = Asked { sort, after, reader: None };
    if after.is_some() {
        return visit.show_shared(&thread_page(&visit.paper, &found, asked, visit.now).await?);
    }
    let make = async {
        let page = thread_page(&visit.paper, &found, asked, visit.now).await?;
        Ok(Made {
            content_type: "text/html; charset=utf-8",
            body: visit.paper.theme.render(&page)?.into(),
            stands: Stands::Article(found.id.0),
            changed: None,
        })
    };
    // The first page in each order is what most people read; what follows is made for whoever asks.
    let path = thread_view::page_url(&thread_path(&found), sort, None);
    shared(&visit.paper, &path, &visit.headers, make).await
}

/// `GET /{section}/{slug}/comments?q=`: what was said about something in one thread.
async fn search(visit: &Visit, address: &Address, words: &str, before: Option<&str>) -> Answer {
    let before = before.map(str::parse).transpose().map_err(|_| Trouble::NotFound)?;
    let words: String = words.chars().take(LONGEST_SEARCH).collect();
    let mut tx = visit.read().await?;
    let found = match find(&mut tx, address, visit.now).await? {
        Found::Here(found) | Found::Elsewhere(found) => found,
        Found::Moved(path) => return moved(&format!("{path}/comments")),
        Found::Withdrawn(_) => return Err(Trouble::Gone),
    };
    let mut frame = thread_frame(&mut tx, &visit.paper, &found, visit.now).await?;
    frame.listed = false;
    let thread = thread_view::search_view(&mut tx, &visit.paper, &found, &words, before, visit.now).await?;
    drop(tx);
    visit.show_shared(&ThreadPage { frame, article: article_ref(&found), thread })
}

/// The page of a thread that everybody shares.
async fn thread_page(
    paper: &Paper,
    found: &Published,
    asked: Asked,
    now: Time,
) -> Result<ThreadPage, Trouble> {
    let mut tx = paper.db.read().await?;
    let mut frame = thread_frame(&mut tx, paper, found, now).await?;
    frame.listed = asked.after.is_none() && asked.sort == Sort::Newest;
    frame.feeds.push(theme::Feed {
        url: format!("{}.atom", thread_path(found)),
        content_type: "application/atom+xml".to_owned(),
        name: frame.title.clone(),
    });
    let page = ::forum::page(&mut tx, found.id, asked.sort, asked.after, thread_view::ON_PAGE).await?;
    let said = paper.talk.json_ld.then(|| page.conversations.clone());
    let thread = thread_view::view(&mut tx, paper, found, page, asked, now).await?;
    frame.json_ld = said.map(|said| thread_feed::for_search_engines(paper, found, thread.count, &said));
    Ok(ThreadPage { frame, article: article_ref(found), thread })
}

pub(crate) async fn thread_frame(
    tx: &mut Tx,
    paper: &Paper,
    found: &Published,
    now: Time,
) -> Result<theme::Frame, Failure> {
    let sections = archive::sections(tx).await?;
    let mut frame = frame(paper, &sections, Kind::Article, title(paper, found), now);
    frame.section = Some(format!("/{}", found.article.section));
    frame.canonical = Some(paper.house.at(&thread_path(found)));
    Ok(frame)
}

pub(crate) fn title(paper: &Paper, found: &Published) -> String {
    let talk = if paper.house.language.is_german() { "Kommentare" } else { "Comments" };
    format!("{talk}: {}", found.article.headline)
}

/// What of one's own a script asks for, and where somebody comes from.
#[derive(Default, Deserialize)]
#[serde(default)]
struct AskedOfMine {
    /// The comments on a page that everybody shares: only what is personal about them is wanted.
    part: Option<String>,
    /// What was just done.
    said: String,
}

/// `GET /{section}/{slug}/comments/mine`: the thread as whoever is signed in sees it, with their draft. With `?part=1,2,3` only
/// what is personal about the form and these comments; then whoever is not signed in is told so without a page (204).
async fn mine(visit: Visit, address: Address, Query(asked): Query<AskedOfMine>) -> Answer {
    if asked.part.is_some() && visit.session.is_none() {
        return Ok(nobody());
    }
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let found = match find(&mut tx, &address, visit.now).await? {
        Found::Here(found) | Found::Elsewhere(found) => found,
        Found::Moved(path) => return moved(&format!("{path}/comments/mine")),
        Found::Withdrawn(_) => return Err(Trouble::Gone),
    };
    let draft = ::forum::draft(&mut tx, session.reader, found.id).await?;
    if let Some(ids) = asked.part {
        let page = mine_page(&visit, &mut tx, &found, &ids, draft).await?;
        drop(tx);
        return visit.show(&page);
    }
    let mut page = personal_thread(&visit, &mut tx, &found).await?;
    if let Some(form) = &mut page.thread.form {
        let kept = draft.is_some();
        if let Some(draft) = draft {
            fill_in(&mut tx, form, draft).await?;
        }
        form.notice = match (asked.said.as_str(), &page.thread.state) {
            ("draft", ThreadState::Closed { .. } | ThreadState::Ended { .. }) if kept => {
                Some(Say::new("say-draft-waits-closed"))
            }
            ("draft", ThreadState::Waiting { .. }) if kept => Some(Say::new("say-draft-waits-send")),
            ("draft", ThreadState::Open { .. }) if kept => Some(Say::new("say-draft-waits")),
            ("waits", _) => Some(Say::new("say-comment-waits")),
            _ => None,
        };
    }
    drop(tx);
    visit.show(&page)
}

/// Nothing is personal for somebody who is not signed in.
fn nobody() -> Response<axum::body::Body> {
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

async fn fill_in(tx: &mut Tx, form: &mut theme::CommentForm, draft: ::forum::Draft) -> Result<(), Failure> {
    form.text = draft.body.as_str().to_owned();
    form.kept = Some(draft.at);
    form.discard = Some(format!("{}?then={}/mine", account::discard_path(draft.article), form.action));
    form.reply_to = answered(tx, draft.reply_to).await?;
    Ok(())
}

/// What is personal about a thread's form and about these comments.
async fn mine_page(
    visit: &Visit,
    tx: &mut Tx,
    found: &Published,
    ids: &str,
    draft: Option<::forum::Draft>,
) -> Result<MinePage, Trouble> {
    let session = visit.reader()?;
    let ids: Vec<CommentId> = ids.split(',').filter_map(|id| id.parse().ok()).take(MOST_OF_MINE).collect();
    let mut comments = ::forum::comments(tx, &ids).await?;
    comments.retain(|comment| comment.article == found.id && !comment.is_gone());
    let all: Vec<&Comment> = comments.iter().collect();
    let looking = Looking::at(tx, &visit.paper, found, &all, Some(session.reader), visit.now).await?;
    let url = thread_path(found);
    let mut form = own_form(visit, &url);
    form.waiting = waiting::own(tx, found.id, session.reader).await?;
    if let Some(draft) = draft {
        fill_in(tx, &mut form, draft).await?;
    }
    Ok(MinePage {
        frame: visit.frame(tx, Kind::Article, title(&visit.paper, found)).await?,
        state: thread_state(&visit.paper, &Subject::from(found), visit.now),
        form: Some(form),
        follows: ::forum::follows_thread(tx, session.reader, found.id).await?,
        unread: reader::inbox::unread(tx, session.reader).await?,
        comments: comments.iter().map(|comment| looking.comment(comment)).collect(),
        thread_url: url,
    })
}

/// An empty form of this visitor alone, with a key and their name.
fn own_form(visit: &Visit, thread: &str) -> theme::CommentForm {
    theme::CommentForm {
        action: thread.to_owned(),
        longest: Body::LONGEST as u32,
        key: Some(format!("{:016x}", visit.paper.random_number())),
        name: visit.session.as_ref().map(|session| session.name.as_str().to_owned()),
        ..theme::CommentForm::default()
    }
}

async fn answered(tx: &mut Tx, id: Option<CommentId>) -> Result<Option<theme::ReplyTo>, Failure> {
    let Some(id) = id else { return Ok(None) };
    let comment = ::forum::comment(tx, id).await?;
    Ok(comment.as_ref().and_then(thread_view::reply_to))
}

/// A thread for one visitor alone, with a key in its form.
async fn personal_thread(visit: &Visit, tx: &mut Tx, found: &Published) -> Result<ThreadPage, Trouble> {
    let mut frame = visit.frame(tx, Kind::Article, title(&visit.paper, found)).await?;
    frame.section = Some(format!("/{}", found.article.section));
    let asked = Asked { sort: Sort::Newest, after: None, reader: visit.session.as_ref().map(|s| s.reader) };
    let mut thread = thread_view::thread_view(tx, &visit.paper, found, asked, visit.now).await?;
    thread.form = thread.form.map(|form| own_form(visit, &form.action));
    if let Some((form, session)) = thread.form.as_mut().zip(visit.session.as_ref()) {
        form.waiting = waiting::own(tx, found.id, session.reader).await?;
    }
    Ok(ThreadPage { frame, article: article_ref(found), thread })
}

/// What the form of a thread sends.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Typed {
    text: String,
    reply_to: String,
    key: String,
    /// `preview` for a look at it before it is sent.
    #[serde(rename = "do")]
    wish: String,
}

impl Typed {
    /// What it answers; a number that is none answers nothing that is there.
    fn parent(&self) -> Option<CommentId> {
        let given = self.reply_to.trim();
        (!given.is_empty()).then(|| CommentId(given.parse().unwrap_or(0)))
    }
}

/// `POST /{section}/{slug}/comments`
async fn create(visit: Visit, address: Address, Form(typed): Form<Typed>) -> Answer {
    take_in(&visit, &address, &typed).await.map_err(|trouble| trouble.giving_back(&typed.text))
}

async fn take_in(visit: &Visit, address: &Address, typed: &Typed) -> Answer {
    let Some(subject) = subject(&mut visit.read().await?, address, visit.now).await? else {
        return elsewhere(visit, address).await;
    };
    let body = match Body::parse(&typed.text) {
        Ok(body) => body,
        Err(refusal) => return refused(visit, address, typed, &refusal, None).await,
    };
    if typed.wish == "preview" {
        return preview(visit, address, typed, &body).await;
    }
    let Some(session) = &visit.session else {
        let reply_to = typed.parent().map(|id| id.0);
        let Path((section, slug)) = address;
        let to = format!("/{section}/{slug}/comments");
        return signing::sign_in_first(visit, Draft { text: typed.text.clone(), to, reply_to }).await;
    };
    let contribution = Contribution {
        article: subject.article,
        author: session.reader,
        parent: typed.parent(),
        body,
        key: Key::parse(&typed.key),
    };
    let mut tx = visit.begin().await?;
    let paper = &visit.paper;
    let state = paper.hours.current().state(&subject, visit.now);
    let posted = match held(visit, &mut tx, session, &contribution).await? {
        Some(refusal) => Err(refusal),
        None => ::forum::post(&mut tx, &contribution, state, paper.pace, visit.now).await?,
    };
    match posted {
        Ok(Posted::Here(comment)) => {
            tx.commit().await?;
            visit.see_other(&format!("/comments/{comment}?said=new"))
        }
        Ok(Posted::Waits(_)) => {
            tx.commit().await?;
            let Path((section, slug)) = &address;
            visit.see_other(&format!("/{section}/{slug}/comments/mine?said=waits#waiting"))
        }
        Err(Refusal::Repeated { first }) => {
            // The first one may belong to somebody who waits for the same flush: "it stands there" is true after it (R1).
            tx.undo().await?;
            visit.see_other(&format!("/comments/{first}?said=again"))
        }
        Err(refusal) => {
            // In a transaction of its own: after a refusal there is nothing to commit.
            tx.undo().await?;
            let mut tx = visit.begin().await?;
            let Contribution { article, author, parent, body, .. } = &contribution;
            ::forum::keep_draft(&mut tx, *author, *article, *parent, body, visit.now).await?;
            tx.commit().await?;
            refused(visit, address, typed, &refusal, Some(visit.now)).await
        }
    }
}

/// Whether a flood or a brake holds this comment back. What was posted already is not: only its answer was lost (R2).
async fn held(
    visit: &Visit,
    tx: &mut Tx,
    session: &Session,
    contribution: &Contribution,
) -> Result<Option<Refusal>, Failure> {
    if ::forum::posted(tx, contribution).await?.is_some() {
        return Ok(None);
    }
    match visit.paper.floods.take(visit.peer, contribution.article, visit.now) {
        _ if session.role.is_staff() => Ok(None),
        Err(again) => Ok(Some(Refusal::TooOften { again })),
        Ok(()) => ::forum::brake::holds(tx, session.reader, visit.now).await,
    }
}

/// What a talk's hours depend on, if its article stands at this address; read without the article's text, since most comments
/// need no page.
async fn subject(
    tx: &mut Tx,
    Path((section, slug)): &Address,
    now: Time,
) -> Result<Option<Subject>, Trouble> {
    let (section, slug) = Slug::parse(section).zip(Slug::parse(slug)).ok_or(Trouble::NotFound)?;
    let stands = archive::stands_at(tx, &section, &slug, now).await?;
    Ok(stands.map(|(article, published)| Subject { article, section, published }))
}

/// Where a talk has gone that is not at this address.
async fn elsewhere(visit: &Visit, address: &Address) -> Answer {
    match find(&mut visit.read().await?, address, visit.now).await? {
        Found::Here(_) | Found::Elsewhere(_) => Err(Trouble::NotFound),
        Found::Moved(path) => moved(&format!("{path}/comments")),
        Found::Withdrawn(_) => Err(Trouble::Gone),
    }
}

/// The article at this address, for a page about its talk.
async fn here(tx: &mut Tx, address: &Address, now: Time) -> Result<Box<Published>, Trouble> {
    match find(tx, address, now).await? {
        Found::Here(found) | Found::Elsewhere(found) => Ok(found),
        Found::Moved(_) => Err(Trouble::NotFound),
        Found::Withdrawn(_) => Err(Trouble::Gone),
    }
}

/// The thread again, with what the comment will look like and the words typed.
async fn preview(visit: &Visit, address: &Address, typed: &Typed, body: &Body) -> Answer {
    let mut tx = visit.read().await?;
    let found = here(&mut tx, address, visit.now).await?;
    let mut page = personal_thread(visit, &mut tx, &found).await?;
    if let Some(form) = &mut page.thread.form {
        form.text = typed.text.clone();
        form.preview = Some(Html(::forum::markup::html(body)));
        form.reply_to = answered(&mut tx, typed.parent()).await?;
        if Key::parse(&typed.key).is_some() {
            form.key = Some(typed.key.clone());
        }
    }
    drop(tx);
    visit.show(&page)
}

/// The thread again, with the words typed and the reason why they are not in it.
async fn refused(
    visit: &Visit,
    address: &Address,
    typed: &Typed,
    refusal: &Refusal,
    kept: Option<Time>,
) -> Answer {
    let mut tx = visit.read().await?;
    let found = here(&mut tx, address, visit.now).await?;
    let mut page = personal_thread(visit, &mut tx, &found).await?;
    if let Some(form) = &mut page.thread.form {
        form.text = typed.text.replace('\0', "");
        form.error = Some(say(refusal, visit.now));
        form.kept = kept;
        form.reply_to = answered(&mut tx, typed.parent()).await?;
    }
    drop(tx);
    let mut response = visit.show_with(status(refusal), &page)?;
    if let Refusal::TooOften { again } = refusal {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds(*again, visit.now)));
    }
    Ok(response)
}

pub(crate) fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Closed { .. }
        | Refusal::Repeated { .. }
        | Refusal::TooLate { .. }
        | Refusal::ChangedMeanwhile
        | Refusal::ChangedOften { .. }
        | Refusal::ChangesRest => StatusCode::CONFLICT,
        Refusal::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A refusal of the forum in the theme's words.
pub(crate) fn say(refusal: &Refusal, now: Time) -> Say {
    let many = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match refusal {
        Refusal::Empty => Say::new("say-comment-empty"),
        Refusal::TooLong { longest } => Say::new("say-comment-long").number("longest", many(*longest)),
        Refusal::TooManyLines { most } => Say::new("say-comment-lines").number("most", many(*most)),
        Refusal::Unprintable => Say::new("say-comment-unprintable"),
        Refusal::Closed { .. } => Say::new("say-comment-closed"),
        Refusal::Repeated { .. } => Say::new("say-comment-repeated"),
        Refusal::TooOften { again } => {
            Say::new("say-comment-often").number("seconds", i64::from(seconds(*again, now)))
        }
        Refusal::NoSuchComment => Say::new("say-comment-gone"),
        Refusal::Own => Say::new("say-vote-own"),
        Refusal::TooNew { days, until } => {
            let hours = (i64::from(seconds(*until, now)) + 3599) / 3600;
            Say::new("say-comment-too-new").number("days", *days).number("hours", hours)
        }
        Refusal::TooLate { minutes } => Say::new("say-comment-late").number("minutes", *minutes),
        Refusal::ChangedMeanwhile => Say::new("say-comment-changed-meanwhile"),
        Refusal::ChangedOften { most } => Say::new("say-comment-changed-often").number("most", *most),
        Refusal::ChangesRest => Say::new("say-changes-rest"),
    }
}

/// `?said=` and `?do=` at a comment.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    /// What was just done.
    said: String,
    /// What its reader is about to do: change it, take it back, quote it.
    #[serde(rename = "do")]
    wish: String,
}

impl Said {
    /// The words for it; `name` is the author's.
    fn notice(&self, name: &str) -> Option<Say> {
        let key = match self.said.as_str() {
            "new" => "say-comment-posted",
            "again" => "say-comment-repeated",
            "changed" => "say-comment-changed",
            "taken-back" => "say-comment-taken-back",
            "followed" => "say-followed",
            "ignored" => "say-ignored",
            "neither" => "say-neither",
            "featured" => "say-featured",
            "featured-no" => "say-featured-no",
            "verified" => "say-verified",
            "verified-no" => "say-verified-no",
            _ => return None,
        };
        Some(Say::new(key).text("name", name))
    }
}

/// `GET /comments/{id}`: one comment with what it answers and what answers it.
async fn permalink(visit: Visit, Path(id): Path<String>, Query(said): Query<Said>) -> Answer {
    let id = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut page = comment_page(&visit, id, 0, None).await?;
    page.notice = said.notice(&page.comment.name);
    match said.wish.as_str() {
        "change" => {
            let mut tx = visit.read().await?;
            if let Some(comment) = ::forum::comment(&mut tx, id).await? {
                page.change = own_comment::change_form(&visit, &mut tx, &comment).await?;
            }
        }
        "take-back" => page.take_back = page.comment.own && page.comment.removed.is_none(),
        "quote" => quote(&mut visit.read().await?, id, &mut page).await?,
        _ => {}
    }
    if visit.session.is_some() { visit.show(&page) } else { visit.show_shared(&page) }
}

/// Puts the comment's words into the form, as a quote to go on from.
async fn quote(tx: &mut Tx, id: CommentId, page: &mut CommentPage) -> Result<(), Failure> {
    let Some(Comment { words: ::forum::Words::Here(body), .. }) = ::forum::comment(tx, id).await? else {
        return Ok(());
    };
    if let Some(form) = &mut page.form {
        let lines = body.as_str().lines().filter(|line| !line.starts_with('>') && !line.is_empty());
        form.text = lines.map(|line| format!("> {line}\n")).collect::<String>() + "\n";
    }
    Ok(())
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: i64,
}

/// `GET /comments/{id}/replies`: what answers a comment, after the given place.
async fn replies(visit: Visit, Path(id): Path<String>, Query(after): Query<After>) -> Answer {
    let id = id.parse().map_err(|_| Trouble::NotFound)?;
    let page = comment_page(&visit, id, after.after, None).await?;
    if visit.session.is_some() { visit.show(&page) } else { visit.show_shared(&page) }
}

pub(crate) async fn comment_page(
    visit: &Visit,
    id: CommentId,
    after: i64,
    notice: Option<Say>,
) -> Result<CommentPage, Trouble> {
    let mut tx = visit.read().await?;
    let comment = ::forum::comment(&mut tx, id).await?.ok_or(Trouble::NotFound)?;
    let found = archive::article(&mut tx, comment.article, visit.now).await?.ok_or(Trouble::NotFound)?;
    let above = ::forum::above(&mut tx, &comment).await?;
    // Below the top, an answer is found by what it answers: the rest of the conversation may be long.
    let mut below = match comment.root {
        None => ::forum::replies(&mut tx, comment.id, after, REPLIES + 1).await?,
        Some(_) => ::forum::answers(&mut tx, comment.id, CommentId(after), REPLIES + 1).await?,
    };
    let more = below.len() as i64 > REPLIES;
    below.truncate(REPLIES as usize);
    let last = below.last().map(|reply| if comment.root.is_none() { reply.place } else { reply.id.0 });
    let (before, later) = ::forum::neighbours(&mut tx, &comment).await?;
    let page = ::forum::page_with(&mut tx, &comment, ABOVE).await?;
    let all: Vec<&Comment> = above.iter().chain([&comment]).chain(&below).collect();
    let reader = visit.session.as_ref().map(|session| session.reader);
    let looking = Looking::at(&mut tx, &visit.paper, &found, &all, reader, visit.now).await?;
    let mut frame = visit.frame(&mut tx, Kind::Article, title(&visit.paper, &found)).await?;
    frame.section = Some(format!("/{}", found.article.section));
    let mut shown: CommentView = looking.comment(&comment);
    shown.replies = below.iter().map(|reply| looking.comment(reply)).collect();
    let mut form = own_form(visit, &thread_path(&found));
    form.reply_to = thread_view::reply_to(&comment);
    form.key = form.key.filter(|_| visit.session.is_some());
    let desk = desk_tools(visit, &mut tx, &comment, shown.featured).await?;
    Ok(CommentPage {
        frame,
        article: article_ref(&found),
        state: thread_state(&visit.paper, &Subject::from(&found), visit.now),
        thread_url: thread_view::page_at(&found, page, &comment),
        before: before.as_ref().map(beside),
        after: later.as_ref().map(beside),
        context: above.iter().map(|comment| looking.comment(comment)).collect(),
        older: last.filter(|_| more).map(|last| format!("/comments/{id}/replies?after={last}")),
        form: (!comment.is_gone()).then_some(form),
        comment: shown,
        notice,
        change: None,
        take_back: false,
        desk,
    })
}

/// A neighbour, by its first words.
fn beside(comment: &Comment) -> theme::Link {
    let words = match &comment.words {
        ::forum::Words::Here(body) => format!("{}: {}", comment.name, body.first_words(80)),
        _ => "…".to_owned(),
    };
    theme::Link::new(comment.address(), words)
}

/// What whoever works at the community desk can do here; nobody else.
async fn desk_tools(
    visit: &Visit,
    tx: &mut Tx,
    comment: &Comment,
    featured: bool,
) -> Result<Option<DeskTools>, Failure> {
    let judges = visit.session.as_ref().is_some_and(|session| session.role >= Role::Moderator);
    if !judges || comment.is_gone() {
        return Ok(None);
    }
    let known = reader::verified(tx, comment.author).await?;
    Ok(Some(DeskTools {
        judge: format!("/desk/moderation?comment={}", comment.id),
        featured,
        known: known.map(|known| Known {
            by: known.moderator.as_str().to_owned(),
            why: known.why,
            at: known.at,
        }),
    }))
}

/// What a vote's buttons send.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ballot {
    value: String,
}

/// `POST /comments/{id}/votes`
async fn vote(visit: Visit, Path(id): Path<String>, Form(ballot): Form<Ballot>) -> Answer {
    let id: CommentId = id.parse().map_err(|_| Trouble::NotFound)?;
    let vote = match ballot.value.as_str() {
        "up" => Some(Vote::Up),
        "down" => Some(Vote::Down),
        "none" => None,
        _ => return Err(Trouble::Unreadable("value must be up, down or none".to_owned())),
    };
    let Some(session) = &visit.session else {
        return visit.see_other(&format!("/login?then=/comments/{id}"));
    };
    let mut tx = visit.begin().await?;
    match ::forum::vote(&mut tx, id, session.reader, vote, visit.now).await? {
        Ok(_) => {
            tx.commit().await?;
            visit.see_other(&format!("/comments/{id}"))
        }
        Err(Refusal::NoSuchComment) => Err(Trouble::NotFound),
        Err(refusal) => {
            drop(tx);
            let page = comment_page(&visit, id, 0, Some(say(&refusal, visit.now))).await?;
            visit.show_with(status(&refusal), &page)
        }
    }
}

/// Whoever asks for the votes themselves sees them at the comment.
async fn back_to_comment(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CommentId = id.parse().map_err(|_| Trouble::NotFound)?;
    visit.see_other(&format!("/comments/{id}"))
}
