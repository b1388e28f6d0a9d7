//! The page of one article, and of everything it ever said.

use std::collections::HashMap;

use archive::{Published, Revision, Withdrawal};
use story::Correction;
use theme::{
    ArticlePage, Byline, CorrectionView, FigureView, Frame, Link, PictureView, PlayerView, Share, Teaser,
    ThreadView, VersionView, VersionsPage,
};

use crate::body::{Sizes, printed};
use crate::feeds::rfc_3339;
use crate::front::is_opinion;
use crate::house::House;
use crate::structured::{NewsArticle, news_article};

/// What stands around an article on its page.
pub struct Around {
    /// The frame, still without what machines read.
    pub frame: Frame,
    /// Its section.
    pub section: Link,
    /// Sizes of its pictures.
    pub sizes: Sizes,
    /// Latest first.
    pub corrections: Vec<Correction>,
    /// Small pictures of its authors, by name.
    pub portraits: HashMap<String, PictureView>,
    /// Other articles.
    pub related: Vec<Teaser>,
    /// The talk about it.
    pub thread: Option<ThreadView>,
    /// Its recording.
    pub player: Option<PlayerView>,
    /// Published before it in its section.
    pub previous: Option<Link>,
    /// Published after it.
    pub next: Option<Link>,
}

/// The page of an article that readers may see.
#[must_use]
pub fn article_page(house: &House, found: &Published, around: Around) -> ArticlePage {
    let article = &found.article;
    let url = format!("/{}/{}", article.section, article.slug);
    let printed = printed(article, &around.sizes);
    let kicker = article.kicker.as_ref().map(ToString::to_string);
    let opinion = is_opinion(kicker.as_deref());
    let mut page = ArticlePage {
        frame: around.frame,
        id: found.id.0,
        language: article.language,
        section: around.section,
        headline: article.headline.to_string(),
        lead: article.lead.as_ref().map(ToString::to_string),
        kicker_id: printed.kicker_id,
        headline_id: printed.headline_id,
        lead_html: printed.lead,
        authors: article
            .authors
            .iter()
            .map(|name| Byline {
                name: name.to_string(),
                portrait: around.portraits.get(name.as_str()).cloned(),
            })
            .collect(),
        agencies: article.agencies.iter().map(ToString::to_string).collect(),
        place: article.place.as_ref().map(ToString::to_string),
        published: found.published,
        updated: (found.changed > found.published).then_some(found.changed),
        opinion,
        corrections: correction_views(&around.corrections),
        versions: (found.revision > 1).then(|| format!("{url}/versions")),
        player: around.player,
        picture: printed.picture,
        body: printed.body,
        figures: article
            .figures
            .iter()
            .map(|figure| FigureView { value: figure.value.to_string(), label: figure.label.to_string() })
            .collect(),
        related: around.related,
        tags: Vec::new(),
        thread: around.thread,
        previous: around.previous,
        next: around.next,
        withdrawn: None,
        kicker,
        url,
    };
    introduce(house, found, &mut page);
    page
}

/// What is left of an article that was withdrawn: its headline, when and why. Nothing of its text.
#[must_use]
pub fn withdrawn_page(
    found: &Published,
    withdrawal: &Withdrawal,
    frame: Frame,
    section: Link,
) -> ArticlePage {
    let article = &found.article;
    ArticlePage {
        frame,
        id: found.id.0,
        language: article.language,
        url: format!("/{}/{}", article.section, article.slug),
        section,
        kicker: None,
        kicker_id: None,
        headline: article.headline.to_string(),
        headline_id: None,
        lead: None,
        lead_html: None,
        authors: Vec::new(),
        agencies: Vec::new(),
        place: None,
        published: found.published,
        updated: None,
        opinion: false,
        corrections: Vec::new(),
        versions: None,
        player: None,
        picture: None,
        body: theme::Html::default(),
        figures: Vec::new(),
        related: Vec::new(),
        tags: Vec::new(),
        thread: None,
        previous: None,
        next: None,
        withdrawn: Some(theme::Withdrawal { at: withdrawal.at, note: withdrawal.reason.to_string() }),
    }
}

/// What machines read about the page.
fn introduce(house: &House, found: &Published, page: &mut ArticlePage) {
    let address = house.at(&page.url);
    page.frame.description = page.lead.clone();
    page.frame.canonical = Some(address.clone());
    page.frame.share = Some(Share {
        article: true,
        picture: page.picture.clone().map(|picture| PictureView { url: house.at(&picture.url), ..picture }),
        published: Some(found.published),
        modified: Some(found.changed),
    });
    let authors: Vec<String> = page.authors.iter().map(|author| author.name.clone()).collect();
    let picture = page.picture.as_ref().map(|picture| house.at(&picture.url));
    let sound =
        page.player.as_ref().filter(|player| player.duration_ms > 0).map(|player| house.at(&player.mp3));
    let seen = page.picture.as_ref();
    page.frame.json_ld = Some(news_article(&NewsArticle {
        address: &address,
        headline: &page.headline,
        kicker: page.kicker.as_deref(),
        lead: page.lead.as_deref(),
        authors: &authors,
        place: page.place.as_deref(),
        section: &page.section.name,
        language: found.article.language.tag(),
        published: &rfc_3339(found.published),
        modified: &rfc_3339(found.changed),
        words: found.words,
        picture: picture.as_deref().map(|url| {
            (url, seen.and_then(|p| p.caption.as_deref()), seen.and_then(|p| p.credit.as_deref()))
        }),
        paper: (&house.name, &house.address),
        comments: page.thread.as_ref().map(|thread| thread.count),
        corrections: page.corrections.iter().map(|c| (rfc_3339(c.at), c.note.clone())).collect(),
        sound: sound.as_deref().zip(page.player.as_ref().map(|player| player.duration_ms)),
        opinion: page.opinion,
    }));
}

/// Everything an article ever said.
#[must_use]
pub fn versions_page(
    found: &Published,
    frame: Frame,
    revisions: &[Revision],
    corrections: &[Correction],
    sizes: &Sizes,
) -> VersionsPage {
    let article = &found.article;
    let version = |revision: &Revision| VersionView {
        number: u32::try_from(revision.number).unwrap_or(0),
        at: revision.at,
        by: Some(revision.by.to_string()),
        note: corrections.iter().find(|correction| correction.at == revision.at).map(|c| c.note.to_string()),
        headline: revision.article.headline.to_string(),
        lead: revision.article.lead.as_ref().map(ToString::to_string),
        body: theme::Html(crate::printed_for_feeds(&revision.article, sizes, "")),
    };
    VersionsPage {
        frame,
        article: Link::new(format!("/{}/{}", article.section, article.slug), article.headline.as_str()),
        corrections: correction_views(corrections),
        versions: revisions.iter().map(version).collect(),
        notice: None,
    }
}

fn correction_views(corrections: &[Correction]) -> Vec<CorrectionView> {
    corrections
        .iter()
        .map(|correction| CorrectionView {
            at: correction.at,
            note: correction.note.to_string(),
            by: correction.by.to_string(),
        })
        .collect()
}
