//! What pages of all rooms share: the frame around them, and the pages that belong to no room.

use ::edition::Made;
use archive::Section;
use axum::body::Body;
use http::Response;
use reader::Role;
use store::{Failure, Time, Tx};
use theme::{ErrorPage, Extra, Feed, Frame, Html, Kind, Link, Say, Visitor};

use crate::visit::{Mailbox, Paper, Visit};
use crate::{Trouble, front_desk};

/// What the paper has beside its news: an address each, with words in the theme.
const EXTRAS: [&str; 2] = ["games", "benefits"];

/// The frame of a page that is the same for everybody.
pub fn frame(paper: &Paper, sections: &[Section], kind: Kind, title: impl Into<String>, now: Time) -> Frame {
    let house = &paper.house;
    let given = |text: &String| (!text.is_empty()).then(|| text.clone());
    let about = theme::Paper {
        name: house.name.clone(),
        origin: house.address.clone(),
        nameplate: house.nameplate.clone().map(Html),
        claim: given(&house.claim),
        place: given(&house.place),
        founded: house.founded,
        publisher: given(&house.publisher),
        contact: house.contact.clone(),
    };
    let mut frame = Frame::new(about, house.language, kind, title, now);
    frame.sections = sections.iter().map(|s| Link::new(format!("/{}", s.slug), s.name.as_str())).collect();
    frame.extras = EXTRAS.map(|name| Extra { name: name.to_owned(), url: format!("/{name}") }).into();
    frame.feeds = feeds("", &house.name);
    frame.mailbox = (paper.mailbox == Mailbox::Open).then(|| "/desk/mail".to_owned());
    frame
}

/// The three feeds under a path.
pub fn feeds(under: &str, name: &str) -> Vec<Feed> {
    [::edition::feeds::Form::Rss, ::edition::feeds::Form::Atom, ::edition::feeds::Form::Json]
        .into_iter()
        .map(|form| Feed {
            url: format!("{under}/feed.{}", form.ending()),
            content_type: form.content_type().split(';').next().unwrap_or_default().to_owned(),
            name: name.to_owned(),
        })
        .collect()
}

impl Visit {
    /// The frame of a page for this visitor alone: with their name, and not for search engines.
    pub async fn frame(&self, tx: &mut Tx, kind: Kind, title: impl Into<String>) -> Result<Frame, Failure> {
        let sections = archive::sections(tx).await?;
        let mut frame = frame(&self.paper, &sections, kind, title, self.now);
        frame.listed = false;
        if kind == Kind::Desk {
            frame.section = Some(self.path.split('/').take(3).collect::<Vec<_>>().join("/"));
        }
        let moderates = self.session.as_ref().is_some_and(|session| session.role >= Role::Moderator);
        let waiting = if kind == Kind::Desk && moderates { ::forum::waiting::count(tx).await? } else { 0 };
        frame.visitor = self.session.as_ref().map(|session| Visitor {
            name: session.name.as_str().to_owned(),
            newsroom: session.role >= Role::Editor,
            moderation: moderates,
            waiting,
            administration: session.role >= Role::Administrator,
        });
        Ok(frame)
    }

    /// Sends a page that is the same for everybody but not worth keeping.
    pub fn show_shared<P: theme::Page>(&self, page: &P) -> Result<Response<Body>, Trouble> {
        let body = self.paper.theme.render(page)?.into();
        let made = Made {
            content_type: "text/html; charset=utf-8",
            body,
            stands: ::edition::Stands::Firm,
            changed: None,
        };
        Ok(front_desk::unkept(&self.paper, &self.headers, made))
    }
}

/// The page that tells a trouble; `number` finds it in the log.
pub async fn error(paper: &Paper, trouble: &Trouble, number: Option<u64>) -> String {
    // The page must also come when the rows do not: then it stands without sections.
    let sections = match paper.db.read().await {
        Ok(mut tx) => archive::sections(&mut tx).await.unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    let status = trouble.status().as_u16();
    let sign_in = if paper.house.language.is_german() { "Anmelden" } else { "Sign in" };
    let mut frame = frame(paper, &sections, Kind::Page, status.to_string(), paper.clock.now());
    frame.listed = false;
    let page = ErrorPage {
        frame,
        status,
        detail: match trouble.parts().0 {
            Trouble::ForeignOrigin => Some(Say::new("say-foreign-origin")),
            Trouble::SignIn { .. } | Trouble::SecondFactor { .. } => Some(Say::new("say-session-over")),
            _ => None,
        },
        id: number.map(|number| format!("{number:06}")),
        retry_after: trouble.retry_after(),
        typed: trouble.parts().1.map(str::to_owned),
        links: trouble.door().map(|door| Link::new(door, sign_in)).into_iter().collect(),
    };
    paper.theme.render(&page).unwrap_or_else(|failure| {
        tracing::error!("the error page itself failed: {failure}");
        format!("<!doctype html><html lang=de><title>{status}</title><p>{status}")
    })
}
