//! What the house says about itself: imprint, privacy, and how to report a weakness.
//!
//! The texts are files in the paper's folder (`pages/imprint.de.md`); without one, a page says what is missing.

use std::sync::Arc;

use ::edition::{Made, Stands};
use axum::Router;
use axum::routing::get;
use store::Failure;
use theme::{Kind, PlainPage};

use crate::front_desk::shared;
use crate::pages::frame;
use crate::{Answer, Paper, Trouble, Visit};

/// Addresses of this file.
pub fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/imprint", get(async |visit: Visit| page(visit, "imprint").await))
        .route("/privacy", get(async |visit: Visit| page(visit, "privacy").await))
        .route("/.well-known/security.txt", get(security))
}

/// Our own text where the paper has none.
fn own_text(name: &str, german: bool) -> &'static str {
    match (name, german) {
        ("imprint", true) => include_str!("../pages/imprint.de.md"),
        ("imprint", false) => include_str!("../pages/imprint.en.md"),
        (_, true) => include_str!("../pages/privacy.de.md"),
        (_, false) => include_str!("../pages/privacy.en.md"),
    }
}

async fn page(visit: Visit, name: &'static str) -> Answer {
    let paper = &visit.paper;
    let make = async {
        let german = paper.house.language.is_german();
        let file = format!("{name}.{}.md", if german { "de" } else { "en" });
        let text = match tokio::fs::read_to_string(paper.folder.join("pages").join(&file)).await {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => own_text(name, german).to_owned(),
            Err(error) => return Err(Failure::from(error).into()),
        };
        let (title, blocks) = story::markdown::read_page(&text)
            .map_err(|refused| Failure::new(format!("pages/{file}: {refused}")))?;
        let sections = archive::sections(&mut paper.db.read().await?).await?;
        let mut frame = frame(paper, &sections, Kind::Page, title.as_str(), visit.now);
        frame.canonical = Some(paper.house.at(&format!("/{name}")));
        let page = PlainPage {
            frame,
            headline: title.to_string(),
            lead: None,
            body: ::edition::printed_page(&blocks),
            updated: None,
        };
        let body = paper.theme.render(&page)?.into();
        Ok(Made { content_type: "text/html; charset=utf-8", body, stands: Stands::Firm, changed: None })
    };
    shared(paper, &format!("/{name}"), &visit.headers, make).await
}

/// RFC 9116; the address is the office's, which answers for everything.
async fn security(visit: Visit) -> Answer {
    let house = &visit.paper.house;
    if house.report_mail.is_empty() {
        return Err(Trouble::NotFound);
    }
    let expires = visit.now.plus_minutes(60 * 24 * 180).timestamp();
    let body = format!(
        "Contact: mailto:{}\nExpires: {expires}\nPreferred-Languages: de, en\nCanonical: {}\n",
        house.report_mail,
        house.at("/.well-known/security.txt")
    );
    let made = Made {
        content_type: "text/plain; charset=utf-8",
        body: body.into(),
        stands: Stands::Firm,
        changed: None,
    };
    Ok(crate::front_desk::unkept(&visit.paper, &visit.headers, made))
}
