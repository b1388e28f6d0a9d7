//! A small newspaper that does not exist, so that every page can be looked at and checked without a database.
//!
//! The samples hold what templates stumble over: long words, signs that must be escaped, counts of none and one,
//! empty lists, and every state a page can be in.

pub(crate) mod article;
pub(crate) mod benefits;
pub(crate) mod brake;
pub(crate) mod desk;
pub(crate) mod front;
pub(crate) mod games;
pub(crate) mod hours;
pub(crate) mod house;
pub(crate) mod inbox;
pub(crate) mod keys;
pub(crate) mod letters;
pub(crate) mod modes;
pub(crate) mod own;
pub(crate) mod people;
pub(crate) mod queue;
pub(crate) mod record;
pub(crate) mod thread;
pub(crate) mod words;

use story::{Language, Time};

use crate::pages::{Extra, Feed, Frame, Html, Kind, Link, Paper, PictureView, Teaser, Visitor};

/// Friday, 20 November 2026, 14:48 in Vienna.
pub(crate) const NOW: Time = Time(1_795_182_480_000);

/// So many minutes before [`NOW`].
pub(crate) fn ago(minutes: i64) -> Time {
    NOW.plus_minutes(-minutes)
}

pub(crate) fn frame(language: Language, kind: Kind, title: &str) -> Frame {
    let paper = Paper {
        name: "Der Marktbote".into(),
        origin: "https://marktbote.example".into(),
        nameplate: None,
        claim: Some("Zeitung für Tannfeld & das Mühltal".into()),
        place: Some("Tannfeld".into()),
        founded: Some(1871),
        publisher: Some("Marktbote-Verlag Tannfeld".into()),
        contact: vec!["Redaktion: Lindenplatz 2, 3999 Tannfeld".into(), "Telefon 02799 12 34".into()],
    };
    let mut frame = Frame::new(paper, language, kind, title, NOW);
    frame.description = Some("Nachrichten aus Tannfeld, \"frisch\" & <kurz>.".into());
    frame.canonical = Some("https://marktbote.example/".into());
    frame.sections = [
        ("tannfeld", "Tannfeld"),
        ("region", "Region"),
        ("wirtschaft", "Wirtschaft"),
        ("kultur", "Kultur"),
        ("sport", "Sport"),
        ("meinung", "Meinung"),
    ]
    .map(|(path, name)| Link::new(format!("/{path}"), name))
    .into();
    frame.extras =
        ["games", "benefits"].map(|name| Extra { name: name.into(), url: format!("/{name}") }).into();
    frame.section = Some("/tannfeld".into());
    frame.feeds = vec![Feed {
        url: "/feed.rss".into(),
        content_type: "application/rss+xml".into(),
        name: "Der Marktbote".into(),
    }];
    frame
}

/// A page for somebody signed in.
pub(crate) fn own_frame(language: Language, kind: Kind, title: &str) -> Frame {
    let mut frame = frame(language, kind, title);
    frame.listed = false;
    frame.canonical = None;
    frame.section = None;
    frame.mailbox = Some("/desk/mail".into());
    frame.visitor = Some(Visitor {
        name: "Ulla <Berger>".into(),
        newsroom: true,
        moderation: true,
        waiting: 3,
        administration: true,
    });
    frame
}

pub(crate) fn picture(file: &str) -> PictureView {
    PictureView {
        url: format!("/pictures/{file}.svg"),
        width: 1200,
        height: 750,
        alt: "Eine Zeichnung zum Artikel".into(),
        caption: Some("So soll es am Ende aussehen, sagt die Gemeinde.".into()),
        credit: Some("Illustration: Der Marktbote".into()),
    }
}

pub(crate) fn teaser(minutes: i64, kicker: &str, headline: &str, lead: &str) -> Teaser {
    let slug: String = headline.to_lowercase().chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    Teaser {
        url: format!("/tannfeld/{slug}"),
        kicker: Some(kicker.into()),
        headline: headline.into(),
        lead: (!lead.is_empty()).then(|| lead.into()),
        picture: None,
        at: ago(minutes),
        authors: Vec::new(),
        comments: None,
        recording_ms: None,
        opinion: false,
    }
}

pub(crate) fn html(text: &str) -> Html {
    Html(text.into())
}
