//! A talk for programs that read along: its latest comments as a feed, and its page as JSON-LD for search engines.
//!
//! Both hold what everybody sees (T4.3): what was removed or taken back is not in them.

use std::sync::Arc;

use ::edition::feeds::{self, Feed, Form, Item};
use ::edition::structured::{Said, discussion};
use ::edition::{Made, Stands};
use ::forum::{Body, Comment, Conversation, Sort, Words};
use archive::{Found, Published};
use axum::Router;
use axum::routing::get;
use theme::Html;

use crate::forum::{Address, find, title};
use crate::front_desk::shared;
use crate::thread_view::thread_path;
use crate::{Answer, Paper, Trouble, Visit, edition::moved};

/// Conversations in the feed, each with the first of its replies.
const CONVERSATIONS: i64 = 30;
/// Characters of a comment in the title of its entry.
const TITLE: usize = 80;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new().route("/{section}/{slug}/comments.atom", get(feed))
}

/// What a comment says, if it stands.
fn words(comment: &Comment) -> Option<&Body> {
    match &comment.words {
        Words::Here(body) => Some(body),
        Words::Removed { .. } | Words::TakenBack { .. } => None,
    }
}

/// `GET /{section}/{slug}/comments.atom`: the latest conversations with the first replies, latest first.
async fn feed(visit: Visit, address: Address) -> Answer {
    let found = match find(&mut visit.read().await?, &address, visit.now).await? {
        Found::Here(found) | Found::Elsewhere(found) => found,
        Found::Moved(path) => return moved(&format!("{path}/comments.atom")),
        Found::Withdrawn(_) => return Err(Trouble::Gone),
    };
    let make = async {
        let mut tx = visit.read().await?;
        let page = ::forum::page(&mut tx, found.id, Sort::Newest, None, CONVERSATIONS).await?;
        drop(tx);
        let all = page.conversations.iter().flat_map(|c| std::iter::once(&c.top).chain(&c.replies));
        let mut items: Vec<Item> = all.filter_map(|comment| item(&visit.paper, &found, comment)).collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.published));
        let house = &visit.paper.house;
        let feed = Feed {
            title: format!("{} – {}", title(&visit.paper, &found), house.name),
            about: title(&visit.paper, &found),
            page: house.at(&thread_path(&found)),
            own: house.at(&thread_path(&found)),
            language: house.language,
            paper: house.name.clone(),
            updated: items.first().map_or(found.published, |item| item.updated),
            items,
        };
        Ok(Made {
            content_type: Form::Atom.content_type(),
            body: feeds::feed(&feed, Form::Atom)?.into(),
            stands: Stands::Article(found.id.0),
            changed: None,
        })
    };
    shared(&visit.paper, &format!("{}.atom", thread_path(&found)), &visit.headers, make).await
}

fn item(paper: &Paper, found: &Published, comment: &Comment) -> Option<Item> {
    let body = words(comment)?;
    let address = paper.house.at(&comment.address());
    Some(Item {
        permanent: address.clone(),
        address,
        title: format!("{}: {}", comment.name, body.first_words(TITLE)),
        summary: None,
        html: ::forum::markup::html(body),
        authors: vec![comment.name.clone()],
        section: found.article.section.to_string(),
        published: comment.at,
        updated: comment.edited.unwrap_or(comment.at),
        language: paper.house.language,
        sound: None,
    })
}

/// The comments of a page as JSON-LD.
pub(crate) fn for_search_engines(
    paper: &Paper,
    found: &Published,
    count: u64,
    conversations: &[Conversation],
) -> Html {
    let said = |comment: &Comment, replies: Vec<Said>| {
        Some(Said {
            address: paper.house.at(&comment.address()),
            name: comment.name.clone(),
            at: comment.at.timestamp().to_string(),
            text: words(comment)?.as_str().to_owned(),
            votes: (comment.up, comment.down),
            replies,
        })
    };
    let conversations: Vec<Said> = conversations
        .iter()
        .filter_map(|c| said(&c.top, c.replies.iter().filter_map(|reply| said(reply, Vec::new())).collect()))
        .collect();
    let article = found.elsewhere.as_ref().map_or_else(|| paper.house.at(&found.path()), ToString::to_string);
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    discussion(&article, found.article.headline.as_str(), count, &conversations)
}
