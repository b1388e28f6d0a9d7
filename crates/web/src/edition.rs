//! Today's paper for readers: front, sections, articles, feeds, pictures, and what machines ask for.

use std::collections::HashMap;
use std::sync::Arc;

use ::edition::feeds::{self, Feed, Form, Item};
use ::edition::front::{Beside, Offer, is_opinion};
use ::edition::{Made, Stands};
use archive::{ArticleId, Bookmark, Found, Published, Section, Teaser};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::get;
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use store::{Failure, Time, Tx};
use story::Slug;
use theme::{Kind, Link, SearchPage, SectionPage};

use crate::front_desk::shared;
use crate::media::{self, Media};
use crate::pages::{self, frame};
use crate::{Answer, Paper, Trouble, Visit};

const HTML: &str = "text/html; charset=utf-8";
/// Stories the front page chooses from.
const FRONT_STORIES: i64 = 60;
/// Articles on a page of a section.
const SECTION_LENGTH: i64 = 24;

/// Addresses of this file.
pub fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/", get(front))
        .route("/{section}", get(section))
        .route("/{section}/{slug}", get(article))
        .route("/{section}/{slug}/versions", get(versions))
        .route("/a/{id}", get(permanent))
        .route("/search", get(search))
        .route("/feed.rss", get(async |visit: Visit| paper_feed(visit, Form::Rss).await))
        .route("/feed.atom", get(async |visit: Visit| paper_feed(visit, Form::Atom).await))
        .route("/feed.json", get(async |visit: Visit| paper_feed(visit, Form::Json).await))
        .route("/sitemap.xml", get(sitemap))
        .route("/news-sitemap.xml", get(news_sitemap))
        .route("/robots.txt", get(robots))
        .route("/icon.svg", get(icon))
        .route("/pictures/{file}", get(picture))
}

async fn front(visit: Visit) -> Answer {
    let paper = &visit.paper;
    shared(paper, "/", &visit.headers, make_front(paper, visit.now)).await
}

async fn make_front(paper: &Paper, now: Time) -> Result<Made, Trouble> {
    let mut tx = paper.db.read().await?;
    let sections = archive::sections(&mut tx).await?;
    let mut stories = archive::front(&mut tx, FRONT_STORIES, now).await?;
    let latest = archive::latest(&mut tx, None, None, FRONT_STORIES, now).await?;
    for story in latest {
        if !stories.iter().any(|other| other.id == story.id) {
            stories.push(story);
        }
    }
    let teasers = teasers(&mut tx, &stories).await?;
    let offers: Vec<Offer> = stories
        .iter()
        .zip(teasers)
        .map(|(story, teaser)| Offer { section: story.section.clone(), teaser })
        .collect();
    let mut frame = frame(paper, &sections, Kind::Front, paper.house.name.clone(), now);
    frame.canonical = Some(paper.house.at("/"));
    frame.section = Some("/".to_owned());
    frame.description = Some(paper.house.claim.clone()).filter(|claim| !claim.is_empty());
    let beside = Beside {
        sections: sections
            .iter()
            .map(|s| (s.slug.clone(), Link::new(format!("/{}", s.slug), s.name.as_str())))
            .collect(),
        discussed: crate::forum::discussed(&mut tx, paper, now).await?,
        forum: crate::forum::state(paper, now),
        portraits: portraits(&mut tx, &stories).await?,
    };
    drop(tx);
    let changed = ::edition::front::latest(stories.iter().map(|story| story.changed));
    let page = ::edition::front::front_page(frame, &offers, beside);
    html(paper, &page, Stands::Front, changed)
}

fn html<P: theme::Page>(
    paper: &Paper,
    page: &P,
    stands: Stands,
    changed: Option<Time>,
) -> Result<Made, Trouble> {
    Ok(Made { content_type: HTML, body: Bytes::from(paper.theme.render(page)?), stands, changed })
}

/// Teasers with what other rooms know of these articles: comments and recordings.
async fn teasers(tx: &mut Tx, stories: &[Teaser]) -> Result<Vec<theme::Teaser>, Failure> {
    let ids: Vec<ArticleId> = stories.iter().map(|story| story.id).collect();
    let comments = crate::forum::counts(tx, &ids).await?;
    let sounds = crate::speech::durations(tx, &ids).await?;
    Ok(stories.iter().map(|story| teaser(story, &comments, &sounds)).collect())
}

fn teaser(
    story: &Teaser,
    comments: &HashMap<ArticleId, u64>,
    sounds: &HashMap<ArticleId, u64>,
) -> theme::Teaser {
    let picture = story.picture.as_ref().map(|(picture, width, height)| {
        let sizes = HashMap::from([(picture.file.clone(), (*width, *height))]);
        ::edition::picture_view(picture, &sizes, "")
    });
    theme::Teaser {
        url: story.path(),
        kicker: story.kicker.as_ref().map(ToString::to_string),
        headline: story.headline.to_string(),
        lead: story.lead.as_ref().map(ToString::to_string),
        picture,
        at: story.published,
        authors: story.authors.iter().map(ToString::to_string).collect(),
        comments: Some(comments.get(&story.id).copied().unwrap_or(0)),
        recording_ms: sounds.get(&story.id).copied(),
        opinion: is_opinion(story.kicker.as_ref().map(|kicker| kicker.as_str())),
    }
}

/// Small pictures of columnists: `autor-vorname-nachname.svg` among the paper's pictures.
async fn portraits(tx: &mut Tx, stories: &[Teaser]) -> Result<HashMap<String, theme::PictureView>, Failure> {
    let mut found = HashMap::new();
    for name in stories.iter().flat_map(|story| &story.authors) {
        if found.contains_key(name.as_str()) {
            continue;
        }
        if let Some(picture) = portrait(tx, name.as_str()).await? {
            found.insert(name.to_string(), picture);
        }
    }
    Ok(found)
}

async fn portrait(tx: &mut Tx, name: &str) -> Result<Option<theme::PictureView>, Failure> {
    let file = archive::portrait(tx, name).await?;
    Ok(file.map(|(file, width, height)| theme::PictureView {
        url: format!("/pictures/{file}"),
        width,
        height,
        ..theme::PictureView::default()
    }))
}

#[derive(Deserialize)]
struct After {
    after: Option<String>,
}

async fn section(visit: Visit, Path(slug): Path<String>, Query(page): Query<After>) -> Answer {
    // Feeds of a section have an ending where a section has none.
    let slug = Slug::parse(&slug).ok_or(Trouble::NotFound)?;
    let paper = &visit.paper;
    match page.after.as_deref().map(|after| after.parse::<Bookmark>().ok()) {
        None => {
            shared(paper, &format!("/{slug}"), &visit.headers, make_section(paper, &slug, None, visit.now))
                .await
        }
        Some(None) => Err(Trouble::NotFound),
        Some(after) => {
            let made = make_section(paper, &slug, after, visit.now).await?;
            Ok(crate::front_desk::unkept(paper, &visit.headers, made))
        }
    }
}

async fn make_section(
    paper: &Paper,
    slug: &Slug,
    after: Option<Bookmark>,
    now: Time,
) -> Result<Made, Trouble> {
    let mut tx = paper.db.read().await?;
    let sections = archive::sections(&mut tx).await?;
    let section = sections.iter().find(|section| section.slug == *slug).ok_or(Trouble::NotFound)?;
    let mut stories = archive::latest(&mut tx, Some(slug), after, SECTION_LENGTH + 1, now).await?;
    let more = stories.len() > usize::try_from(SECTION_LENGTH).unwrap_or(0);
    stories.truncate(usize::try_from(SECTION_LENGTH).unwrap_or(0));
    let older = stories
        .last()
        .filter(|_| more)
        .map(|last| format!("/{slug}?after={}", Bookmark { at: last.published, id: last.id }));
    let teasers = teasers(&mut tx, &stories).await?;
    drop(tx);
    let path = format!("/{slug}");
    let mut frame = frame(paper, &sections, Kind::Page, section.name.as_str(), now);
    frame.canonical = after.is_none().then(|| paper.house.at(&path));
    frame.listed = after.is_none();
    frame.section = Some(path.clone());
    frame.feeds = pages::feeds(&path, section.name.as_str());
    let page = SectionPage {
        frame,
        section: Link::new(&path, section.name.as_str()),
        about: None,
        teasers,
        older,
        newer: after.map(|_| path.clone()),
    };
    html(paper, &page, Stands::Front, ::edition::front::latest(stories.iter().map(|story| story.changed)))
}

async fn article(visit: Visit, Path((section, slug)): Path<(String, String)>) -> Answer {
    let section = Slug::parse(&section).ok_or(Trouble::NotFound)?;
    if let Some(form) = feed_form(&slug) {
        return section_feed(visit, &section, form).await;
    }
    let slug = Slug::parse(&slug).ok_or(Trouble::NotFound)?;
    let mut tx = visit.read().await?;
    let found = archive::article_at(&mut tx, &section, &slug, visit.now).await?;
    drop(tx);
    match found.ok_or(Trouble::NotFound)? {
        Found::Moved(path) => moved(&path),
        Found::Withdrawn(article) => withdrawn(&visit, &article).await,
        Found::Elsewhere(article) => Ok(crate::embed::lead_out(&visit.paper, &article)),
        Found::Here(article) => {
            let path = format!("/{section}/{slug}");
            shared(&visit.paper, &path, &visit.headers, make_article(&visit.paper, &article, visit.now)).await
        }
    }
}

/// What is left of an article that was taken out of the paper: its headline, when and why.
async fn withdrawn(visit: &Visit, found: &Published) -> Answer {
    let mut tx = visit.read().await?;
    let withdrawal = archive::withdrawal(&mut tx, found.id).await?.ok_or(Trouble::Gone)?;
    let sections = archive::sections(&mut tx).await?;
    drop(tx);
    let section = sections.iter().find(|s| s.slug == found.article.section).ok_or(Trouble::Gone)?;
    let mut frame = frame(&visit.paper, &sections, Kind::Article, found.article.headline.as_str(), visit.now);
    frame.listed = false;
    let section = Link::new(format!("/{}", section.slug), section.name.as_str());
    visit.show_with(StatusCode::GONE, &::edition::page::withdrawn_page(found, &withdrawal, frame, section))
}

async fn make_article(paper: &Paper, found: &Published, now: Time) -> Result<Made, Trouble> {
    let mut tx = paper.db.read().await?;
    let sections = archive::sections(&mut tx).await?;
    let section = sections.iter().find(|s| s.slug == found.article.section).ok_or(Trouble::NotFound)?;
    let sizes = archive::sizes(&mut tx, &found.article).await?;
    let corrections = archive::corrections(&mut tx, found.id).await?;
    let here = Bookmark { at: found.published, id: found.id };
    let (previous, next) = archive::neighbours(&mut tx, &found.article.section, here, now).await?;
    let mut related = archive::latest(&mut tx, Some(&found.article.section), None, 5, now).await?;
    related.retain(|story| story.id != found.id);
    related.truncate(4);
    let related = teasers(&mut tx, &related).await?;
    let mut portraits = HashMap::new();
    for name in &found.article.authors {
        if let Some(picture) = portrait(&mut tx, name.as_str()).await? {
            portraits.insert(name.to_string(), picture);
        }
    }
    let thread = crate::forum::first_view(&mut tx, paper, found, now).await?;
    let player = crate::speech::player(&mut tx, paper, found, previous.as_ref(), next.as_ref()).await?;
    drop(tx);
    let mut frame = frame(paper, &sections, Kind::Article, found.article.headline.as_str(), now);
    frame.section = Some(format!("/{}", section.slug));
    let around = ::edition::page::Around {
        frame,
        section: Link::new(format!("/{}", section.slug), section.name.as_str()),
        sizes,
        corrections,
        portraits,
        related,
        thread,
        player,
        previous: previous.as_ref().map(link),
        next: next.as_ref().map(link),
    };
    let page = ::edition::page::article_page(&paper.house, found, around);
    html(paper, &page, Stands::Article(found.id.0), Some(found.changed))
}

/// A way to an article.
pub fn link(story: &Teaser) -> Link {
    Link::new(story.path(), story.headline.as_str())
}

async fn versions(visit: Visit, Path((section, slug)): Path<(String, String)>) -> Answer {
    let (section, slug) =
        (Slug::parse(&section).ok_or(Trouble::NotFound)?, Slug::parse(&slug).ok_or(Trouble::NotFound)?);
    let mut tx = visit.read().await?;
    let found = match archive::article_at(&mut tx, &section, &slug, visit.now).await? {
        Some(Found::Here(found)) => found,
        Some(Found::Elsewhere(found)) => return Ok(crate::embed::lead_out(&visit.paper, &found)),
        Some(Found::Moved(path)) => return moved(&format!("{path}/versions")),
        Some(Found::Withdrawn(_)) => return Err(Trouble::Gone),
        None => return Err(Trouble::NotFound),
    };
    let mut revisions = archive::revisions(&mut tx, found.id).await?;
    // A state that had another after it before the article came out was never in the paper (T4.3).
    let first = revisions
        .iter()
        .filter(|revision| revision.at <= found.published)
        .map(|revision| revision.number)
        .max();
    revisions.retain(|revision| Some(revision.number) >= first);
    let mut corrections = archive::corrections(&mut tx, found.id).await?;
    corrections.retain(|correction| correction.at >= found.published);
    let sizes = archive::sizes(&mut tx, &found.article).await?;
    let sections = archive::sections(&mut tx).await?;
    drop(tx);
    let frame = frame(&visit.paper, &sections, Kind::Article, found.article.headline.as_str(), visit.now);
    visit.show_shared(&::edition::page::versions_page(&found, frame, &revisions, &corrections, &sizes))
}

async fn permanent(visit: Visit, Path(id): Path<i64>) -> Answer {
    let found = archive::article(&mut visit.read().await?, ArticleId(id), visit.now)
        .await?
        .ok_or(Trouble::NotFound)?;
    moved(&format!("/{}/{}", found.article.section, found.article.slug))
}

/// Leads on for ever (308 keeps the method).
pub(crate) fn moved(path: &str) -> Answer {
    let mut response = crate::trouble::see_other(path);
    *response.status_mut() = http::StatusCode::PERMANENT_REDIRECT;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    Ok(response)
}

#[derive(Deserialize)]
struct Question {
    #[serde(default)]
    q: String,
}

async fn search(visit: Visit, Query(question): Query<Question>) -> Answer {
    let mut tx = visit.read().await?;
    let query: String = question.q.chars().take(200).collect();
    let stories = archive::search(&mut tx, &query, visit.now).await?;
    let results = teasers(&mut tx, &stories).await?;
    let shown: String = query.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
    let search = visit.in_words("Suche", "Search");
    let title = if shown.is_empty() { search.to_owned() } else { format!("{search}: {shown}") };
    let frame = visit.frame(&mut tx, Kind::Page, title).await?;
    drop(tx);
    visit.show(&SearchPage { frame, query, count: Some(results.len() as u64), results, older: None })
}

fn feed_form(name: &str) -> Option<Form> {
    [Form::Rss, Form::Atom, Form::Json]
        .into_iter()
        .find(|form| name.strip_prefix("feed.") == Some(form.ending()))
}

async fn paper_feed(visit: Visit, form: Form) -> Answer {
    let paper = &visit.paper;
    shared(
        paper,
        &format!("/feed.{}", form.ending()),
        &visit.headers,
        make_feed(paper, None, form, visit.now),
    )
    .await
}

async fn section_feed(visit: Visit, section: &Slug, form: Form) -> Answer {
    let paper = &visit.paper;
    let path = format!("/{section}/feed.{}", form.ending());
    shared(paper, &path, &visit.headers, make_feed(paper, Some(section), form, visit.now)).await
}

async fn make_feed(paper: &Paper, section: Option<&Slug>, form: Form, now: Time) -> Result<Made, Trouble> {
    let mut tx = paper.db.read().await?;
    let sections = archive::sections(&mut tx).await?;
    let named = match section {
        Some(slug) => Some(sections.iter().find(|section| section.slug == *slug).ok_or(Trouble::NotFound)?),
        None => None,
    };
    let limit = i64::try_from(feeds::FEED_LENGTH).unwrap_or(50);
    let stories = archive::latest(&mut tx, section, None, limit, now).await?;
    let items = items(&mut tx, paper, &sections, &stories, now).await?;
    drop(tx);
    let path = named.map_or(String::new(), |section| format!("/{}", section.slug));
    let updated = ::edition::front::latest(stories.iter().map(|story| story.changed));
    let feed = Feed {
        title: named
            .map_or(paper.house.name.clone(), |section| format!("{}: {}", paper.house.name, section.name)),
        about: if paper.house.claim.is_empty() {
            paper.house.name.clone()
        } else {
            paper.house.claim.clone()
        },
        page: paper.house.at(if path.is_empty() { "/" } else { &path }),
        own: paper.house.at(&format!("{path}/feed")),
        language: paper.house.language,
        paper: paper.house.name.clone(),
        updated: updated.unwrap_or(Time(0)),
        items,
    };
    Ok(Made {
        content_type: form.content_type(),
        body: feeds::feed(&feed, form)?.into(),
        stands: Stands::Front,
        changed: updated,
    })
}

async fn items(
    tx: &mut Tx,
    paper: &Paper,
    sections: &[Section],
    stories: &[Teaser],
    now: Time,
) -> Result<Vec<Item>, Failure> {
    let ids: Vec<ArticleId> = stories.iter().map(|story| story.id).collect();
    let sounds = crate::speech::files(tx, &ids).await?;
    let mut items = Vec::with_capacity(stories.len());
    for story in stories {
        let Some(found) = archive::article(tx, story.id, now).await? else { continue };
        let sizes = archive::sizes(tx, &found.article).await?;
        items.push(Item {
            permanent: paper.house.at(&format!("/a/{}", story.id)),
            address: paper.house.at(&story.path()),
            title: story.headline.to_string(),
            summary: story.lead.as_ref().map(ToString::to_string),
            html: ::edition::printed_for_feeds(&found.article, &sizes, &paper.house.address),
            authors: story.authors.iter().map(ToString::to_string).collect(),
            section: sections
                .iter()
                .find(|s| s.slug == story.section)
                .map(|s| s.name.to_string())
                .unwrap_or_default(),
            published: story.published,
            updated: story.changed,
            language: story.language,
            sound: sounds.get(&story.id).map(|(bytes, milliseconds)| {
                (paper.house.at(&format!("{}/audio.mp3", story.path())), *bytes, *milliseconds)
            }),
        });
    }
    Ok(items)
}

async fn sitemap(visit: Visit) -> Answer {
    let paper = &visit.paper;
    let make = async {
        let mut tx = paper.db.read().await?;
        let mut addresses = vec![(paper.house.at("/"), None)];
        addresses.extend(
            archive::sections(&mut tx).await?.iter().map(|s| (paper.house.at(&format!("/{}", s.slug)), None)),
        );
        let articles = archive::addresses(&mut tx, visit.now).await?;
        addresses.extend(articles.into_iter().map(|(path, changed)| (paper.house.at(&path), Some(changed))));
        xml(feeds::sitemap(&addresses)?)
    };
    shared(paper, "/sitemap.xml", &visit.headers, make).await
}

async fn news_sitemap(visit: Visit) -> Answer {
    const TWO_DAYS: i64 = 2 * 24 * 60;
    let paper = &visit.paper;
    let make = async {
        let mut tx = paper.db.read().await?;
        let sections = archive::sections(&mut tx).await?;
        let mut stories = archive::latest(&mut tx, None, None, 200, visit.now).await?;
        stories.retain(|story| story.published >= visit.now.plus_minutes(-TWO_DAYS));
        let items = items(&mut tx, paper, &sections, &stories, visit.now).await?;
        xml(feeds::news_sitemap(&paper.house.name, &items)?)
    };
    shared(paper, "/news-sitemap.xml", &visit.headers, make).await
}

fn xml(body: String) -> Result<Made, Trouble> {
    Ok(Made {
        content_type: "application/xml; charset=utf-8",
        body: body.into(),
        stands: Stands::Front,
        changed: None,
    })
}

async fn robots(visit: Visit) -> Answer {
    let house = &visit.paper.house;
    let body = format!(
        "User-agent: *\nDisallow: /desk\nDisallow: /account\nDisallow: /login\nDisallow: /search\n\nSitemap: {}\nSitemap: {}\n",
        house.at("/sitemap.xml"),
        house.at("/news-sitemap.xml")
    );
    let made = Made {
        content_type: "text/plain; charset=utf-8",
        body: body.into(),
        stands: Stands::Firm,
        changed: None,
    };
    shared(&visit.paper, "/robots.txt", &visit.headers, async { Ok(made) }).await
}

async fn icon(visit: Visit) -> Answer {
    let body = visit.paper.house.icon.clone().unwrap_or_else(|| include_str!("../pages/icon.svg").to_owned());
    let made = Made { content_type: "image/svg+xml", body: body.into(), stands: Stands::Firm, changed: None };
    shared(&visit.paper, "/icon.svg", &visit.headers, async { Ok(made) }).await
}

/// Pictures have fixed types and can run nothing, wherever they are opened (T6.3).
async fn picture(visit: Visit, Path(file): Path<String>) -> Answer {
    let (name, ending) = file.rsplit_once('.').ok_or(Trouble::NotFound)?;
    Slug::parse(name).ok_or(Trouble::NotFound)?;
    let content_type = match ending {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        _ => return Err(Trouble::NotFound),
    };
    let path = visit.paper.folder.join("pictures").join(&file);
    let media = Media { path: &path, content_type, tag: name, keep: "public, max-age=31536000, immutable" };
    let mut response = media::send(media, &visit.headers).await?;
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    Ok(response)
}
