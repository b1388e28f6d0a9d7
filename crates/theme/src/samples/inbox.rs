//! Messages, letters and the way out of them.

use story::Language;

use super::{ago, own_frame};
use crate::pages::{Frame, InboxPage, Kind, MessageView, Say, UnsubscribePage, WishView};

pub(crate) fn inbox(language: Language) -> Vec<(&'static str, InboxPage)> {
    let kinds = [
        "reply", "mention", "person", "thread", "removed", "restored", "approved", "refused", "withheld",
        "featured", "verified", "decided", "benefit",
    ];
    let message = |(n, kind): (usize, &&str)| MessageView {
        kind: (*kind).into(),
        who: ["reply", "mention", "person"].contains(kind).then(|| "Ulla <Berger>".into()),
        title: "Die Lokalbahn fährt wieder bis Obertal & zurück".into(),
        words: if ["removed", "restored", "refused", "withheld", "decided"].contains(kind) {
            "Der zweite Satz nennt einen Nachbarn beim Namen.\n\nOhne ihn steht der Kommentar gern da.".into()
        } else {
            String::new()
        },
        url: "/comments/30".into(),
        at: ago(i64::try_from(n).unwrap_or(0) * 400),
        unread: n < 3,
    };
    let wish = |(topic, carry): (&str, &str)| WishView { topic: topic.into(), carry: carry.into() };
    let page = InboxPage {
        frame: own_frame(language, Kind::Page, "Nachrichten"),
        unread: 3,
        messages: kinds.iter().enumerate().map(message).collect(),
        until: Some(ago(0)),
        older: Some("/account/inbox?before=1-30".into()),
        wishes: [
            ("replies", "daily"),
            ("mentions", "hourly"),
            ("followed", "never"),
            ("decisions", "at-once"),
            ("featured", "daily"),
            ("benefits", "at-once"),
        ]
        .map(wish)
        .into(),
        notice: Some(Say::new("say-wishes-kept")),
    };
    let somebody = MessageView { who: None, ..page.messages[0].clone() };
    let one = InboxPage { unread: 1, messages: vec![somebody], older: None, notice: None, ..page.clone() };
    let empty = InboxPage { unread: 0, messages: Vec::new(), until: None, ..one.clone() };
    vec![("inbox", page), ("inbox-one", one), ("inbox-empty", empty)]
}

pub(crate) fn unsubscribe(language: Language) -> Vec<(&'static str, UnsubscribePage)> {
    let frame = Frame { visitor: None, ..own_frame(language, Kind::Page, "Abbestellen") };
    let page = UnsubscribePage {
        frame,
        action: Some("/account/mail/abc".into()),
        topic: Some("replies".into()),
        done: false,
    };
    let all = UnsubscribePage { topic: None, ..page.clone() };
    let done = UnsubscribePage { done: true, ..page.clone() };
    let all_done = UnsubscribePage { done: true, ..all.clone() };
    let over = UnsubscribePage { action: None, ..page.clone() };
    vec![
        ("unsubscribe", page),
        ("unsubscribe-all", all),
        ("unsubscribe-done", done),
        ("unsubscribe-all-done", all_done),
        ("unsubscribe-over", over),
    ]
}
