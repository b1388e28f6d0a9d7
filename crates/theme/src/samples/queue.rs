//! The community desk.

use story::Language;

use super::thread::comment_view;
use super::{NOW, ago, house, own_frame};
use crate::pages::{
    ArticleRef, AuthorFacts, ClockView, CommentView, DecisionRow, DeskCase, DeskCasePage, DeskFigures,
    DeskQueuePage, DeskReasonsPage, Frame, GroundView, HolderView, Html, Kind, PreparedView, QueueRow,
    QueueTab, RemovalView, RemovedView, ReportView, SameView, Say, ThreadState, UndecidedView,
};

const WORDS: &str = "Dem Lokführer sollte man einmal die Meinung sagen, aber persönlich, der wohnt eh gleich beim Bahnhof, das weiß jeder.";

fn desk(language: Language) -> Frame {
    own_frame(language, Kind::Desk, "Forum")
}

fn clock(minutes: i64, target: i64) -> ClockView {
    let over = (minutes > target).then_some(minutes - target);
    ClockView { since: ago(minutes), minutes, target, over }
}

fn holder(name: &str, mine: bool) -> HolderView {
    HolderView { name: name.into(), mine, at: ago(2), until: NOW.plus_minutes(8) }
}

fn row(key: &str, minutes: i64, target: i64, words: &str, name: &str) -> QueueRow {
    QueueRow {
        key: key.into(),
        url: format!("/desk/moderation?queue=all&case={key}"),
        ahead: format!("/desk/moderation/cases/{key}?queue=all&ahead=1"),
        words: words.into(),
        name: name.into(),
        headline: "Die Lokalbahn fährt wieder bis Obertal".into(),
        risk: None,
        queue: Some("waiting".into()),
        clock: Some(clock(minutes, target)),
        at: ago(minutes),
        reports: 0,
        first: false,
        gone: false,
        holder: None,
        current: false,
    }
}

fn rows() -> Vec<QueueRow> {
    vec![
        QueueRow {
            risk: Some(92),
            queue: Some("reported".into()),
            reports: 2,
            current: true,
            holder: Some(holder("Ulla Berger", true)),
            ..row("c40", 4, 15, WORDS, "Bogen & Pfeil")
        },
        QueueRow {
            risk: Some(71),
            queue: Some("rule".into()),
            holder: Some(holder("Eva Kopp", false)),
            ..row("w7", 79, 30, "Günstige Fahrkarten, einfach auf mein Profil gehen", "bahnprofi24")
        },
        QueueRow {
            first: true,
            queue: Some("new".into()),
            ..row("w8", 17, 60, "Und wann sagt uns jemand, wo die Bauzufahrt hinkommt?", "Neu im Tal")
        },
        QueueRow {
            gone: true,
            queue: Some("edited".into()),
            risk: Some(8),
            ..row(
                "c33",
                100,
                120,
                "Danke an die Feuerwehr. Das muss auch einmal gesagt werden.",
                "Herbstzeitlose",
            )
        },
    ]
}

fn case() -> DeskCase {
    DeskCase {
        key: "c40".into(),
        comment: Some(40),
        queue: Some("reported".into()),
        clock: Some(clock(4, 15)),
        risk: Some(92),
        article: ArticleRef {
            url: "/tannfeld/lokalbahn".into(),
            kicker: Some("Schienenverkehr".into()),
            headline: "Die Lokalbahn fährt wieder bis Obertal".into(),
        },
        count: 214,
        state: Some(ThreadState::Open { until: Some(NOW.plus_minutes(312)) }),
        before: vec![comment_view(
            39,
            "Kilometer 12",
            21,
            "Der Pointner hat die Strecke als Einziger verteidigt. Fragen darf man ihn schon, warum.",
            4,
            0,
        )],
        text: Html(format!("<p>{WORDS}</p>")),
        at: ago(4),
        edited: Some(ago(3)),
        votes: Some((1, 9)),
        after: vec![comment_view(41, "Herta aus Obertal", 2, "Bitte was? So redet man hier nicht.", 12, 0)],
        author: AuthorFacts {
            name: "Bogen & Pfeil".into(),
            since: ago(900_000),
            comments: 1_268,
            removed: 4,
            share: "0,3".into(),
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
        same: vec![SameView {
            url: "/desk/moderation?comment=12".into(),
            name: "Bogen <2>".into(),
            at: ago(50),
            headline: "Das Silo am Bahnhof bleibt".into(),
            gone: true,
        }],
        reports: vec![
            ReportView {
                at: ago(2),
                clause: "4.1".into(),
                title: "keine Angriffe auf Personen".into(),
                words: "Das ist eine <Drohung>.".into(),
            },
            ReportView {
                at: ago(3),
                clause: "4.1".into(),
                title: "keine Angriffe auf Personen".into(),
                words: String::new(),
            },
        ],
        holder: Some(holder("Ulla Berger", true)),
        removal: None,
        taken_back: false,
        clause: None,
        reason: String::new(),
        error: None,
    }
}

fn grounds() -> Vec<GroundView> {
    house::clauses()
        .into_iter()
        .map(|clause| GroundView {
            reason: format!("Ihr Kommentar verstößt gegen „{}“.", clause.title),
            id: clause.id,
            title: clause.title,
        })
        .collect()
}

fn waiting() -> DeskCase {
    DeskCase {
        key: "w7".into(),
        comment: None,
        queue: Some("rule".into()),
        clock: Some(clock(79, 30)),
        votes: None,
        edited: None,
        reports: Vec::new(),
        same: Vec::new(),
        history: Vec::new(),
        before: vec![CommentView {
            removed: Some(RemovedView { clause: None, title: None }),
            ..comment_view(39, "", 21, "", 0, 0)
        }],
        after: Vec::new(),
        holder: Some(holder("Eva Kopp", false)),
        risk: None,
        ..case()
    }
}

pub(crate) fn queue(language: Language) -> Vec<(&'static str, DeskQueuePage)> {
    let tab = |key: &str, count, late| QueueTab {
        key: key.into(),
        url: format!("/desk/moderation?queue={key}"),
        count,
        more: count == Some(1000),
        late,
        current: key == "all",
    };
    let page = DeskQueuePage {
        frame: desk(language),
        queue: "all".into(),
        figures: DeskFigures {
            state: ThreadState::Open { until: Some(NOW.plus_minutes(312)) },
            open: 1_007,
            more: true,
            late: 1,
            oldest: Some(79),
            decided: 312,
            refused: 57,
        },
        tabs: vec![
            tab("all", Some(1_007), 1),
            tab("reported", Some(2), 0),
            tab("waiting", Some(1000), 0),
            tab("rule", Some(1), 1),
            tab("new", Some(3), 0),
            tab("edited", Some(1), 0),
            tab("latest", None, 0),
        ],
        rows: rows(),
        next: Some("/desk/moderation?queue=all&after=8-5-c33".into()),
        first: Some("/desk/moderation?queue=all".into()),
        case: Some(case()),
        clauses: grounds(),
        undecided: Vec::new(),
        notice: None,
    };
    let incomplete = DeskQueuePage {
        case: Some(DeskCase {
            clause: Some("4.1".into()),
            reason: "Weil <so>".into(),
            error: Some(Say::new("say-decision-clause")),
            ..case()
        }),
        undecided: vec![UndecidedView {
            key: "w8".into(),
            url: "/desk/moderation?queue=all&case=w8".into(),
            why: Say::new("say-case-decided").text("name", "Eva Kopp").number("n", 3),
        }],
        notice: Some(Say::new("say-cases-decided").number("n", 3)),
        ..page.clone()
    };
    let removed = DeskQueuePage {
        queue: "latest".into(),
        case: Some(DeskCase {
            queue: None,
            clock: None,
            holder: None,
            removal: Some(RemovalView {
                at: ago(1),
                by: "Ulla Berger".into(),
                clause: "4.1".into(),
                title: "keine Angriffe auf Personen".into(),
                reason: "Sie rufen dazu auf, jemanden zu Hause aufzusuchen.".into(),
            }),
            ..case()
        }),
        ..page.clone()
    };
    let held = DeskQueuePage { case: Some(waiting()), ..page.clone() };
    let empty = DeskQueuePage { rows: Vec::new(), case: None, next: None, first: None, ..page.clone() };
    let list = DeskQueuePage { case: None, ..page.clone() };
    vec![
        ("desk-queue", page),
        ("desk-queue-incomplete", incomplete),
        ("desk-queue-removed", removed),
        ("desk-queue-held", held),
        ("desk-queue-list", list),
        ("desk-queue-empty", empty),
    ]
}

pub(crate) fn case_alone(language: Language) -> Vec<(&'static str, DeskCasePage)> {
    let page = DeskCasePage {
        frame: desk(language),
        queue: "rule".into(),
        case: DeskCase { holder: None, taken_back: true, ..case() },
        clauses: grounds(),
        notice: None,
    };
    vec![("desk-case", page)]
}

pub(crate) fn reasons(language: Language) -> Vec<(&'static str, DeskReasonsPage)> {
    let row = |clause, by: Option<&str>| PreparedView {
        clause,
        text: "Ihr Kommentar greift einen Menschen an.".into(),
        by: by.map(Into::into),
        at: by.map(|_| ago(90)),
        error: None,
    };
    let mut rows: Vec<PreparedView> = house::clauses().into_iter().map(|clause| row(clause, None)).collect();
    if let Some(first) = rows.first_mut() {
        *first = row(first.clause.clone(), Some("Eva Kopp"));
    }
    if let Some(last) = rows.last_mut() {
        last.error = Some(Say::new("say-decision-long").number("longest", 1000));
    }
    vec![(
        "desk-reasons",
        DeskReasonsPage { frame: desk(language), rows, notice: Some(Say::new("say-prepared")) },
    )]
}
