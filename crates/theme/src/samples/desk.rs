//! Where staff works.

use story::Language;

use super::{NOW, ago, own_frame};
use crate::pages::{
    CorrectionView, DeskArticlePage, DeskArticleRow, DeskArticlesPage, DeskJobsPage, DeskMailPage,
    DeskRecording, DeskState, Frame, JobView, Kind, Link, MailView, Say,
};

fn desk(language: Language) -> Frame {
    own_frame(language, Kind::Desk, "Schreibtisch")
}

pub(crate) fn articles(language: Language) -> Vec<(&'static str, DeskArticlesPage)> {
    let row = |headline: &str, state, recording| DeskArticleRow {
        edit: "/desk/articles/17".into(),
        url: (state != DeskState::Draft).then(|| "/tannfeld/lokalbahn".into()),
        headline: headline.into(),
        section: "Tannfeld".into(),
        at: (state != DeskState::Draft).then(|| ago(208)),
        changed: ago(38),
        state,
        recording,
        comments: 1_214,
    };
    let page = DeskArticlesPage {
        frame: desk(language),
        rows: vec![
            row("Die Lokalbahn fährt wieder bis Obertal", DeskState::Corrected, DeskRecording::Ready),
            row("Das Silo am Bahnhof bleibt", DeskState::Published, DeskRecording::Making),
            row("Der Rufbus kommt jetzt auch in der Nacht", DeskState::Withdrawn, DeskRecording::None),
            row("Wem gehört der Badeteich?", DeskState::Draft, DeskRecording::Failed),
        ],
        older: Some("/desk?before=4".into()),
        newer: None,
        notice: Some(Say::new("say-article-published").text("at", "14:10 Uhr")),
    };
    let empty = DeskArticlesPage { rows: Vec::new(), older: None, notice: None, ..page.clone() };
    vec![("desk-articles", page), ("desk-articles-empty", empty)]
}

pub(crate) fn article(language: Language) -> Vec<(&'static str, DeskArticlePage)> {
    let new = DeskArticlePage {
        frame: desk(language),
        id: None,
        revision: 0,
        url: None,
        action: "/desk/articles".into(),
        text: String::new(),
        note: String::new(),
        error: None,
        note_error: None,
        state: DeskState::Draft,
        recording: DeskRecording::None,
        corrections: Vec::new(),
        versions: None,
        sections: vec![Link::new("/tannfeld", "Tannfeld"), Link::new("/region", "Region")],
        notice: None,
    };
    let refused = DeskArticlePage {
        id: Some(17),
        revision: 2,
        url: Some("/tannfeld/lokalbahn".into()),
        action: "/desk/articles/17".into(),
        text: "+++\nslug = \"lokalbahn\"\nsection = \"tannfeld\"\nkicker = \"Schienenverkehr\"\nheadline = \"Die Lokalbahn fährt wieder bis Obertal\"\n+++\n\nUm 6.10 Uhr am Montag wird im Bahnhof der erste Zug stehen.\n\n## Ein Netz aus Stahl\n\n</textarea><script>\n".into(),
        note: "16,8 statt".into(),
        error: Some(Say::new("say-article-wrong-line").number("line", 3).text("reason", "Das Ressort fehlt.")),
        note_error: Some(Say::new("say-note-empty")),
        state: DeskState::Corrected,
        recording: DeskRecording::Ready,
        corrections: vec![CorrectionView { at: ago(60), note: "18,6 statt 16,8 Mio. €.".into(), by: "Karin Aigner".into() }],
        versions: Some("/tannfeld/lokalbahn/versions".into()),
        notice: Some(Say::new("say-article-corrected").text("at", "14:10 Uhr")),
        ..new.clone()
    };
    vec![("desk-article-new", new), ("desk-article", refused)]
}

pub(crate) fn mail(language: Language) -> Vec<(&'static str, DeskMailPage)> {
    let page = DeskMailPage {
        frame: desk(language),
        mails: vec![MailView {
            id: 1,
            at: ago(2),
            to: "ulla@post.example".into(),
            subject: "Ihr Code: <4711>".into(),
            text: "Ihr Code ist\n\n  4711-0815\n\nOder gleich hier: https://marktbote.example/account/link/abc_d-9\n\nAndere Adressen: https://anderswo.example/".into(),
        }],
        older: Some("/desk/mail?before=1".into()),
    };
    let empty = DeskMailPage { mails: Vec::new(), older: None, ..page.clone() };
    vec![("desk-mail", page), ("desk-mail-empty", empty)]
}

pub(crate) fn jobs(language: Language) -> Vec<(&'static str, DeskJobsPage)> {
    let job = |id, next| JobView {
        id,
        kind: "record".into(),
        tries: 3,
        next,
        error: "the voice: no such language <xx>".into(),
        again: format!("/desk/jobs/{id}/tries"),
    };
    let page = DeskJobsPage {
        frame: desk(language),
        waiting: 2,
        failing: vec![job(7, Some(NOW.plus_minutes(5))), job(8, None)],
    };
    let fine = DeskJobsPage { failing: Vec::new(), waiting: 0, ..page.clone() };
    vec![("desk-jobs", page), ("desk-jobs-fine", fine)]
}
