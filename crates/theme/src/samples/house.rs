//! What the house says about itself.

use story::Language;

use super::{ago, frame, html};
use crate::pages::{
    ClauseGroup, ClauseView, ErrorPage, HoursLine, Kind, Link, PlainPage, ReportPage, ReportSubject,
    RulesPage, Say,
};

pub(crate) fn clauses() -> Vec<ClauseView> {
    [
        ("4.1", "Keine Angriffe auf Personen", "<p>Streiten Sie über die Sache. Wer jemanden beschimpft, bedroht oder bloßstellt, verliert den Kommentar.</p>"),
        ("4.2", "Keine Hetze", "<p>Niemand wird wegen Herkunft, Glauben, Geschlecht oder Behinderung herabgesetzt.</p>"),
        ("4.3", "Keine privaten Daten anderer", "<p>Adressen, Nummern und Bilder anderer gehören nicht hierher.</p>"),
    ]
    .map(|(id, title, text)| ClauseView { id: id.into(), title: title.into(), text: html(text) })
    .into()
}

pub(crate) fn rules(language: Language) -> Vec<(&'static str, RulesPage)> {
    let line = |days: &str, hours: &str| HoursLine { days: days.into(), hours: hours.into() };
    let page = RulesPage {
        frame: frame(language, Kind::Page, "Hausregeln"),
        since: Some(ago(370_000)),
        preface: html("<p>Hier reden Nachbarn miteinander. Damit das so bleibt, gilt Folgendes.</p>"),
        groups: vec![ClauseGroup {
            number: "4".into(),
            title: "Was wir entfernen".into(),
            clauses: clauses(),
        }],
        hours: vec![line("Montag bis Freitag", "6 bis 20 Uhr"), line("Samstag, Sonntag", "8 bis 20 Uhr")],
    };
    let bare = RulesPage { since: None, preface: html(""), hours: Vec::new(), ..page.clone() };
    vec![("rules", page), ("rules-bare", bare)]
}

pub(crate) fn report(language: Language) -> Vec<(&'static str, ReportPage)> {
    let page = ReportPage {
        frame: frame(language, Kind::Page, "Einen Inhalt melden"),
        mail: "meldestelle@marktbote.example".into(),
        emergency: Some("133".into()),
        subject: Some(ReportSubject {
            url: "/comments/4".into(),
            name: "Bogen & Pfeil".into(),
            at: ago(90),
            words: "Dem Lokführer sollte man einmal die Meinung sagen, aber persönlich …".into(),
        }),
        clauses: clauses(),
        clause: None,
        words: String::new(),
        error: None,
        notice: Some(Say::new("say-reported")),
    };
    let bare = ReportPage { emergency: None, subject: None, notice: None, ..page.clone() };
    let again = ReportPage {
        clause: Some("4.1".into()),
        words: "Das ist <so>.".into(),
        error: Some(Say::new("say-report-again")),
        ..page.clone()
    };
    vec![("report", page), ("report-bare", bare), ("report-again", again)]
}

pub(crate) fn plain(language: Language) -> Vec<(&'static str, PlainPage)> {
    let page = PlainPage {
        frame: frame(language, Kind::Page, "Impressum"),
        headline: "Impressum".into(),
        lead: Some("Der Marktbote erscheint seit 1871, seit 1998 auch im Netz.".into()),
        body: html(
            "<h2>Medieninhaber</h2><p>Marktbote-Verlag Tannfeld, Lindenplatz 2, 3999 Tannfeld.</p><ul><li>Firmenbuch 12345 a</li><li>Telefon 02799 12 34</li></ul>",
        ),
        updated: Some(ago(9_000)),
    };
    let bare = PlainPage { lead: None, updated: None, ..page.clone() };
    vec![("plain", page), ("plain-bare", bare)]
}

pub(crate) fn error(language: Language) -> Vec<(&'static str, ErrorPage)> {
    let page = |status: u16| {
        let mut frame = frame(language, Kind::Page, "404");
        frame.listed = false;
        frame.canonical = None;
        frame.section = None;
        ErrorPage { frame, status, detail: None, id: None, retry_after: None, typed: None, links: Vec::new() }
    };
    let full = ErrorPage {
        detail: Some(Say::new("say-session-over")),
        id: Some("a81f".into()),
        retry_after: Some(30),
        typed: Some("Ein langer\n  <Kommentar>, der nicht verloren geht.".into()),
        links: vec![Link::new("/tannfeld", "Tannfeld")],
        ..page(507)
    };
    vec![
        ("error-404", page(404)),
        ("error-400", page(400)),
        ("error-403", page(403)),
        ("error-405", page(405)),
        ("error-410", page(410)),
        ("error-413", page(413)),
        ("error-418", page(418)),
        ("error-422", page(422)),
        ("error-429", page(429)),
        ("error-500", page(500)),
        ("error-502", page(502)),
        ("error-503", ErrorPage { retry_after: Some(1), ..page(503) }),
        ("error-507-bare", page(507)),
        ("error-507", full),
    ]
}
