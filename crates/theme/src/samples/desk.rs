//! Where staff works.

use story::Language;

use super::thread::comment_view;
use super::{NOW, ago, house, own_frame};
use crate::pages::{
    ArticleRef, AuthorFacts, CommentView, CorrectionView, DecisionRow, DeskArticlePage, DeskArticleRow,
    DeskArticlesPage, DeskCase, DeskCommentRow, DeskForumPage, DeskJobsPage, DeskMailPage, DeskRecording,
    DeskState, DeskWaitingPage, Frame, JobView, Kind, Link, MailView, RemovalView, RemovedView, Say,
    ThreadState, WaitingCase,
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

fn rows() -> Vec<DeskCommentRow> {
    let row = |minutes: i64, words: &str, name: &str| DeskCommentRow {
        url: format!("/desk/moderation?comment={minutes}"),
        words: words.into(),
        name: name.into(),
        at: ago(minutes),
        headline: "Die Lokalbahn fährt wieder bis Obertal".into(),
        first: minutes == 17,
        removed: minutes == 33,
        current: minutes == 4,
    };
    vec![
        row(
            4,
            "Dem Lokführer sollte man einmal die Meinung sagen, aber persönlich, der wohnt eh gleich beim Bahnhof, das weiß jeder.",
            "Bogen & Pfeil",
        ),
        row(17, "Und wann sagt uns jemand, wo die Bauzufahrt hinkommt?", "Neu im Tal"),
        row(33, "Günstige Fahrkarten, einfach auf mein Profil gehen", "bahnprofi24"),
        row(1_500, "Danke an die Feuerwehr. Das muss auch einmal gesagt werden.", "Herbstzeitlose"),
    ]
}

fn case() -> DeskCase {
    DeskCase {
        article: ArticleRef {
            url: "/tannfeld/lokalbahn".into(),
            kicker: Some("Schienenverkehr".into()),
            headline: "Die Lokalbahn fährt wieder bis Obertal".into(),
        },
        count: 214,
        comment: comment_view(
            40,
            "Bogen & Pfeil",
            4,
            "Dem Lokführer sollte man einmal die Meinung sagen, aber persönlich, der wohnt eh gleich beim Bahnhof, das weiß jeder.",
            1,
            9,
        ),
        before: Some(comment_view(
            39,
            "Kilometer 12",
            21,
            "Der Pointner hat die Strecke als Einziger verteidigt. Fragen darf man ihn schon, warum.",
            4,
            0,
        )),
        after: vec![comment_view(41, "Herta aus Obertal", 2, "Bitte was? So redet man hier nicht.", 12, 0)],
        author: AuthorFacts {
            name: "Bogen & Pfeil".into(),
            since: ago(900_000),
            comments: 1_268,
            removed: 4,
        },
        history: vec![
            DecisionRow {
                at: ago(16_000),
                words: "Den Planer sollte man …".into(),
                clause: Some("4.1".into()),
                removed: true,
                by: "Eva Kopp".into(),
            },
            DecisionRow {
                at: ago(90_000),
                words: "Endlich sagt das einer".into(),
                clause: None,
                removed: false,
                by: "Jan Wall".into(),
            },
        ],
        removal: None,
        clause: None,
        reason: String::new(),
        error: None,
    }
}

pub(crate) fn forum(language: Language) -> Vec<(&'static str, DeskForumPage)> {
    let page = DeskForumPage {
        frame: desk(language),
        state: ThreadState::Open { until: Some(NOW.plus_minutes(312)) },
        today: 312,
        removed_today: 4,
        rows: rows(),
        older: Some("/desk/moderation?before=40".into()),
        newer: Some("/desk/moderation".into()),
        case: Some(case()),
        clauses: house::clauses(),
        notice: None,
    };
    let incomplete = DeskForumPage {
        case: Some(DeskCase {
            clause: Some("4.1".into()),
            error: Some(Say::new("say-reason-empty")),
            history: Vec::new(),
            before: None,
            after: Vec::new(),
            ..case()
        }),
        ..page.clone()
    };
    let removed = DeskForumPage {
        case: Some(DeskCase {
            removal: Some(RemovalView {
                at: ago(1),
                by: "Ulla Berger".into(),
                clause: "4.1".into(),
                title: "keine Angriffe auf Personen".into(),
                reason: "Sie rufen dazu auf, jemanden zu Hause aufzusuchen.".into(),
            }),
            before: Some(CommentView {
                removed: Some(RemovedView { clause: None, title: None }),
                ..comment_view(39, "", 21, "", 0, 0)
            }),
            ..case()
        }),
        notice: Some(Say::new("say-comment-removed")),
        ..page.clone()
    };
    let empty =
        DeskForumPage { rows: Vec::new(), case: None, older: None, newer: None, today: 1, ..page.clone() };
    let list = DeskForumPage { case: None, ..page.clone() };
    vec![
        ("desk-forum", page),
        ("desk-forum-incomplete", incomplete),
        ("desk-forum-removed", removed),
        ("desk-forum-list", list),
        ("desk-forum-empty", empty),
    ]
}

pub(crate) fn waiting(language: Language) -> Vec<(&'static str, DeskWaitingPage)> {
    let DeskCase { article, before, author, comment, .. } = case();
    let answer = WaitingCase {
        id: 3,
        article: article.clone(),
        before,
        text: comment.text,
        at: ago(300),
        author,
        clause: None,
        reason: String::new(),
        error: None,
    };
    let gone = CommentView {
        removed: Some(RemovedView { clause: None, title: None }),
        ..comment_view(39, "", 21, "", 0, 0)
    };
    let incomplete = WaitingCase {
        id: 4,
        before: Some(gone),
        clause: Some("4.1".into()),
        reason: "Weil <so>".into(),
        error: Some(Say::new("say-decision-reason")),
        ..answer.clone()
    };
    let page = DeskWaitingPage {
        frame: desk(language),
        rows: vec![answer, incomplete],
        next: Some("/desk/moderation/waiting?after=12-4".into()),
        first: Some("/desk/moderation/waiting".into()),
        clauses: house::clauses(),
        notice: Some(Say::new("say-waiting-decided")),
    };
    let empty = DeskWaitingPage { rows: Vec::new(), next: None, first: None, notice: None, ..page.clone() };
    vec![("desk-waiting", page), ("desk-waiting-empty", empty)]
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
