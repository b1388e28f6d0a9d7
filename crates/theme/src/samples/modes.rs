//! Modes at the desk.

use story::Language;

use super::{ago, own_frame};
use crate::pages::{CautionForm, ClosedScope, DeskModesPage, Kind, Link, ModeForm, ModeView, Say};

pub(crate) fn modes(language: Language) -> Vec<(&'static str, DeskModesPage)> {
    let mode = |scope, waits: &str| ModeView {
        scope,
        span: None,
        waits: waits.into(),
        newcomers: 0,
        links: false,
        risk: None,
        relief: None,
        by: "Ulla <Berger>".into(),
        at: ago(600),
        end: "/desk/moderation/modes/3/end".into(),
    };
    let article = Link::new("/tannfeld/lokalbahn", "Die Lokalbahn fährt wieder <bis> Obertal");
    let page = DeskModesPage {
        frame: own_frame(language, Kind::Desk, "Modus"),
        modes: vec![
            ModeView { relief: Some(30), ..mode(ClosedScope::Article(article), "readers") },
            ModeView { span: Some("22:00–06:00".into()), ..mode(ClosedScope::Paper, "everything") },
            ModeView {
                newcomers: 3,
                links: true,
                risk: Some(80),
                ..mode(ClosedScope::Section(Link::new("/region", "Region")), "some")
            },
            mode(ClosedScope::Paper, "some"),
        ],
        form: ModeForm::default(),
        caution: CautionForm {
            alike: "3".into(),
            refused_percent: "50".into(),
            refused_days: "30".into(),
            thread_comments: "100".into(),
            error: None,
        },
        sections: vec![Link::new("tannfeld", "Tannfeld"), Link::new("region", "Region")],
        notice: Some(Say::new("say-modes-set")),
    };
    let refused = DeskModesPage {
        modes: Vec::new(),
        form: ModeForm {
            begins: "25:00".into(),
            newcomers: "viele".into(),
            links: true,
            error: Some(("begins".into(), Say::new("say-modes-span"))),
            ..ModeForm::default()
        },
        caution: CautionForm { error: Some(Say::new("say-modes-caution")), ..CautionForm::default() },
        notice: None,
        ..page.clone()
    };
    vec![("desk-modes", page), ("desk-modes-refused", refused)]
}
