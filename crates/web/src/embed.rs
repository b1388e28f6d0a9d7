//! The talk on pages of other systems: a frame that only their pages may show, and the script that puts it there.
//!
//! In the frame one reads. No cookie of ours comes along in a frame of another site (`SameSite=Lax`), and that stays so: whoever
//! wants to say something goes on to the thread's own page, in a window of its own.

use std::fmt;
use std::sync::Arc;

use ::edition::{Made, Stands};
use ::forum::Sort;
use archive::{ArticleId, Elsewhere, Published};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::routing::get;
use http::header::{self, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use serde::Deserialize;
use store::Time;
use theme::{FramedPage, Kind};

use crate::forum::{Order, thread_frame};
use crate::front_desk::shared;
use crate::safety::Framed;
use crate::thread_view::{self, Asked, thread_path};
use crate::trouble::see_other;
use crate::{Answer, Paper, Trouble, Visit};

/// How long a page of another system may keep the script, in place of asking each time.
const KEEP_SCRIPT: &str = "public, max-age=3600";

/// Other systems whose articles are talked about here.
#[derive(Clone, Debug, Default)]
pub struct Embed {
    /// Whose articles may have a talk, and whose pages may show it in a frame.
    pub sites: Arc<Sites>,
    /// What such a system shows when it announces an article; several while one takes the place of another.
    pub secrets: Vec<Vec<u8>>,
}

/// Sites by their origin: scheme, host and port. They are compared whole, never by how they begin or end (T2.5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sites(Vec<String>);

impl Sites {
    /// Takes origins separated by blanks; one that is none is given back.
    pub fn parse(text: &str) -> Result<Sites, &str> {
        // Whatever else a host may hold would mean something else in the policy.
        let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, ':' | '/' | '.' | '-');
        let site = |word| {
            let origin = Elsewhere::parse(word).map(|page| page.origin());
            origin.filter(|origin| word == origin && word.chars().all(plain)).ok_or(word)
        };
        text.split_whitespace().map(site).collect::<Result<_, _>>().map(Sites)
    }

    /// The address of a page of one of these sites.
    #[must_use]
    pub fn page(&self, address: &str) -> Option<Elsewhere> {
        Elsewhere::parse(address).filter(|page| self.hold(page))
    }

    /// Whether a page belongs to one of these sites.
    #[must_use]
    pub fn hold(&self, page: &Elsewhere) -> bool {
        self.0.contains(&page.origin())
    }
}

impl fmt::Display for Sites {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/embed", get(first))
        .route("/embed/{id}", get(further))
        .route("/embed/open", get(open))
        .route("/embed.js", get(script))
}

/// `?url=`, the address of a page of another system.
#[derive(Deserialize)]
struct About {
    url: String,
}

/// `GET /embed?url=`: the talk about that page, for a frame on it.
async fn first(visit: Visit, Query(about): Query<About>) -> Answer {
    let page = visit.paper.embed.sites.page(&about.url).ok_or(Trouble::NotFound)?;
    let found = archive::article_elsewhere(&mut visit.read().await?, &page, visit.now).await?;
    framed(&visit, found, Asked { sort: Sort::Newest, after: None, reader: None }).await
}

/// `GET /embed/{id}?sort=&before=`: where the orders and pages in the frame lead.
async fn further(visit: Visit, Path(id): Path<i64>, Query(order): Query<Order>) -> Answer {
    let (sort, after) = order.parse()?;
    let sites = &visit.paper.embed.sites;
    let found = archive::article(&mut visit.read().await?, ArticleId(id), visit.now).await?;
    let found = found.filter(|found| found.elsewhere.as_ref().is_some_and(|page| sites.hold(page)));
    framed(&visit, found, Asked { sort, after, reader: None }).await
}

/// `GET /embed/open?url=`: the whole talk, for a link that works without the frame.
async fn open(visit: Visit, Query(about): Query<About>) -> Answer {
    let page = visit.paper.embed.sites.page(&about.url).ok_or(Trouble::NotFound)?;
    let found = archive::article_elsewhere(&mut visit.read().await?, &page, visit.now).await?;
    visit.see_other(&thread_path(&found.ok_or(Trouble::NotFound)?))
}

/// A page of a talk that the sites may show in a frame; also one that says that there is none.
async fn framed(visit: &Visit, found: Option<Published>, asked: Asked) -> Answer {
    let paper = &visit.paper;
    let mut response = match found.filter(|found| found.withdrawn.is_none()) {
        Some(found) if is_first(asked) => {
            let make = async {
                let page = page(paper, &found, asked, visit.now).await?;
                Ok(Made {
                    content_type: "text/html; charset=utf-8",
                    body: paper.theme.render(&page)?.into(),
                    stands: Stands::Article(found.id.0),
                    changed: None,
                })
            };
            // No path of a request: the front desk would send the copy without its policy.
            shared(paper, &format!("embed/{}", found.id), &visit.headers, make).await?
        }
        Some(found) => visit.show_shared(&page(paper, &found, asked, visit.now).await?)?,
        None => visit.show_with(StatusCode::NOT_FOUND, &none(visit).await?)?,
    };
    response.extensions_mut().insert(Framed(Arc::clone(&paper.embed.sites)));
    Ok(response)
}

fn is_first(asked: Asked) -> bool {
    asked.sort == Sort::Newest && asked.after.is_none()
}

async fn page(paper: &Paper, found: &Published, asked: Asked, now: Time) -> Result<FramedPage, Trouble> {
    let mut tx = paper.db.read().await?;
    let mut frame = thread_frame(&mut tx, paper, found, now).await?;
    frame.feeds.clear();
    let mut thread = if is_first(asked) {
        thread_view::first_view(&mut tx, paper, found, now).await?
    } else {
        thread_view::thread_view(&mut tx, paper, found, asked, now).await?
    };
    let (whole, here) = (thread_path(found), format!("/embed/{}", found.id));
    let pages = thread.older.iter_mut().chain(&mut thread.newer).chain(std::iter::once(&mut thread.url));
    for address in pages.chain(thread.sorts.iter_mut().map(|tab| &mut tab.url)) {
        *address = address.replacen(&whole, &here, 1);
    }
    thread.form = None;
    Ok(FramedPage { frame, sites: paper.embed.sites.to_string(), thread: Some(thread), whole: Some(whole) })
}

async fn none(visit: &Visit) -> Result<FramedPage, Trouble> {
    let title = visit.in_words("Kommentare", "Comments");
    let frame = visit.frame(&mut visit.read().await?, Kind::Page, title).await?;
    Ok(FramedPage { frame, sites: visit.paper.embed.sites.to_string(), thread: None, whole: None })
}

/// `GET /embed.js`: always at this address, for pages that cannot know the one that names its content.
async fn script(visit: Visit) -> Answer {
    let paper = &visit.paper;
    let asset = paper.theme.assets().iter().find(|asset| asset.path.ends_with("/embed.js"));
    let asset = asset.ok_or(Trouble::NotFound)?;
    let made = Made {
        content_type: asset.content_type,
        body: asset.bytes.clone().into(),
        stands: Stands::Firm,
        changed: None,
    };
    // No path of a request, as above.
    let mut response = shared(paper, "embed.js", &visit.headers, async { Ok(made) }).await?;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEEP_SCRIPT));
    let anybody = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(anybody, HeaderValue::from_static("cross-origin"));
    Ok(response)
}

/// From an article's own address to the page where it stands; to its talk if that site is none of ours any more (T2.5).
pub(crate) fn lead_out(paper: &Paper, found: &Published) -> Response<Body> {
    let page = found.elsewhere.as_ref().filter(|page| paper.embed.sites.hold(page));
    let mut response = see_other(&page.map_or_else(|| thread_path(found), ToString::to_string));
    *response.status_mut() = StatusCode::FOUND;
    response
}

#[cfg(test)]
mod tests {
    use super::Sites;

    #[test]
    fn t2_5_a_site_is_one_origin_and_nothing_more() {
        let sites = Sites::parse(" https://www.example.at  http://localhost:8080 ").expect("sites");
        for good in ["https://www.example.at/a?b", "https://www.example.at:443/", "http://localhost:8080"] {
            assert!(sites.page(good).is_some(), "{good}");
        }
        for wrong in [
            "http://www.example.at/",
            "https://example.at/",
            "https://www.example.at:8443/",
            "https://www.example.at./",
            "https://www.example.at.evil.example/",
            "https://evil.example/https://www.example.at/",
            "https://www.example.at@evil.example/",
            "http://localhost/",
        ] {
            assert!(sites.page(wrong).is_none(), "{wrong}");
        }
        for wrong in [
            "https://www.example.at/",
            "https://WWW.example.at",
            "https://www.example.at/talk",
            "https://*.example.at",
            "https://a;script-src",
            "https://[::1]",
            "www.example.at",
            "*",
            "'none'",
        ] {
            assert_eq!(Sites::parse(wrong), Err(wrong));
        }
        assert_eq!(Sites::parse(""), Ok(Sites::default()));
    }
}
