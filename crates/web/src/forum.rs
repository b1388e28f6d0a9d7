//! The talk: who may write, read and vote.
//!
//! The first page of a thread is the same for everybody and kept ready. What is personal (own votes, the draft, the name) is on
//! `…/comments/mine` and on permalinks, which nobody keeps for whoever is signed in. Posting and the page of one comment have files
//! of their own.

mod comment;
mod posting;

use std::collections::HashMap;
use std::sync::Arc;

use ::edition::{Made, Stands};
use ::forum::hours::Subject;
use ::forum::{Body, Bookmark, Comment, CommentId, Sort};
use archive::{ArticleId, Found, Published};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::routing::get;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Deserialize;
use store::{Failure, Time, Tx};
use story::Slug;
use theme::{Discussed, Kind, MinePage, Say, ThreadPage, ThreadState, ThreadView};

use crate::edition::moved;
use crate::front_desk::shared;
use crate::pages::frame;
use crate::thread_view::{self, Asked, Looking, article_ref, state_in_general, thread_path, thread_state};
use crate::{Answer, Paper, Trouble, Visit, account, live, thread_feed, waiting};

pub(crate) use comment::comment_page;
pub(crate) use posting::{say, say_withheld, status};

/// A hundred thousand characters of any kind arrive whole, so that they can be refused and given back.
const LARGEST: usize = 2 << 20;
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
        .route(
            "/{section}/{slug}/comments",
            get(thread).post(posting::create).layer(DefaultBodyLimit::max(LARGEST)),
        )
        .route("/{section}/{slug}/comments/mine", get(mine))
        .route("/{section}/{slug}/comments/live", get(live::listen))
        .merge(comment::routes())
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
