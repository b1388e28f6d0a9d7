//! Who writes in the talk, as everybody may know them: `/readers/{id}`.
//!
//! There is a page for whoever has a comment that stands, and for nobody else: an account alone is nobody's business.

use std::sync::Arc;

use ::forum::{Bookmark, Comment, Sort};
use archive::{ArticleId, Teaser};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::get;
use reader::{Company, ReaderId};
use serde::Deserialize;
use theme::{CompanyView, Kind, Link, ReaderPage, SaidView};

use crate::thread_view::{Looking, badge, unsigned};
use crate::{Answer, Paper, Trouble, Visit};

/// Comments on a page.
const ROWS: i64 = 30;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new().route("/readers/{id}", get(writer))
}

#[derive(Deserialize)]
struct Before {
    before: Option<String>,
}

/// `GET /readers/{id}`
async fn writer(visit: Visit, Path(id): Path<String>, Query(before): Query<Before>) -> Answer {
    let id: ReaderId = id.parse().map_err(|_| Trouble::NotFound)?;
    let before: Option<Bookmark> =
        before.before.as_deref().map(str::parse).transpose().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.read().await?;
    let totals = ::forum::writer(&mut tx, id).await?;
    let count = unsigned(totals.comments - totals.removed);
    let person = reader::by_id(&mut tx, id).await?.filter(|_| count > 0).ok_or(Trouble::NotFound)?;
    let mut said = ::forum::said_by(&mut tx, id, before, ROWS + 1).await?;
    let more = said.len() as i64 > ROWS;
    said.truncate(ROWS as usize);
    let next = said.last().filter(|_| more).map(|last| last.bookmark(Sort::Newest));
    // What is gone is told where it stood; here it would only put somebody on show.
    said.retain(|comment| !comment.is_gone());
    let comments = said_views(&visit, &mut tx, &said).await?;
    let name = person.name.as_str();
    let mut frame = visit.frame(&mut tx, Kind::Page, name).await?;
    // What somebody said is found where they said it; search engines need no list of it.
    frame.listed = false;
    let company = match visit.session.as_ref().filter(|session| session.reader != id) {
        Some(session) => Some(reader::company_of(&mut tx, session.reader, id).await?),
        None => None,
    };
    drop(tx);
    let page = ReaderPage {
        id: id.0,
        company: company.map(|company| CompanyView {
            follows: company == Some(Company::Follows),
            ignores: company == Some(Company::Ignores),
        }),
        frame,
        name: name.to_owned(),
        badge: badge(&visit.paper, person.role, person.created_at, visit.now),
        since: person.created_at,
        count,
        comments,
        older: next.map(|next| format!("/readers/{id}?before={next}")),
        newer: before.map(|_| format!("/readers/{id}")),
    };
    if visit.session.is_some() { visit.show(&page) } else { visit.show_shared(&page) }
}

/// Comments with the articles they are about; those of articles that cannot be read are left out (T4.3).
async fn said_views(visit: &Visit, tx: &mut store::Tx, said: &[Comment]) -> Result<Vec<SaidView>, Trouble> {
    let mut ids: Vec<ArticleId> = said.iter().map(|comment| comment.article).collect();
    ids.sort_unstable();
    ids.dedup();
    let articles = archive::teasers(tx, &ids, visit.now).await?;
    let all: Vec<&Comment> = said.iter().collect();
    let looking = Looking::under(tx, &visit.paper, &[], &all, None, visit.now).await?;
    let view = |comment: &Comment| {
        let article: &Teaser = articles.iter().find(|article| article.id == comment.article)?;
        let link = Link::new(article.path(), article.headline.to_string());
        Some(SaidView { article: link, comment: looking.comment(comment) })
    };
    Ok(said.iter().filter_map(view).collect())
}
