use story::Language;

use super::{NOW, ago, own_frame};
use crate::pages::*;

pub(crate) fn hours(language: Language) -> Vec<(&'static str, DeskHoursPage)> {
    let day = |n: i32| CalendarDay {
        date: format!("2026-11-{n:02}"),
        short: format!("{n}.11."),
        windows: vec!["6:00–12:00".into(), "13:00–20:00".into()],
        today: n == 20,
        past: n < 20,
        ..CalendarDay::default()
    };
    let holiday =
        CalendarDay { holiday: Some("national-day".into()), windows: vec!["8:00–18:00".into()], ..day(24) };
    let closed = CalendarDay {
        windows: Vec::new(),
        special: true,
        note: Some("Betriebs<versammlung>".into()),
        ..day(25)
    };
    let mut frame = own_frame(language, Kind::Desk, "Öffnungszeiten");
    frame.section = Some("/desk/moderation".into());
    let closing = |scope, until: Option<_>| ClosingView {
        reopening: "/desk/moderation/closings/3/reopening".into(),
        scope,
        mode: if until.is_some() { "closed" } else { "waiting" }.into(),
        reason: "heated".into(),
        note: Some("Wir lesen <nach>.".into()),
        by: "Ulla Berger".into(),
        at: ago(40),
        until,
    };
    let page = DeskHoursPage {
        frame,
        state: ThreadState::Open { until: Some(NOW.plus_minutes(312)) },
        outside: "closed".into(),
        weeks: vec![
            (16..23).map(day).collect(),
            vec![day(23), holiday, closed, day(26), day(27), day(28), day(29)],
        ],
        closings: vec![
            closing(
                ClosedScope::Article(Link::new("/region/steg", "Der Steg bleibt & <gesperrt>")),
                Some(NOW.plus_minutes(20)),
            ),
            closing(ClosedScope::Section(Link::new("/sport", "Sport")), None),
            closing(ClosedScope::Paper, None),
        ],
        sections: vec![Link::new("sport", "Sport"), Link::new("region", "Region")],
        reasons: ["unstaffed", "mourning", "heated", "law", "other"].map(String::from).into(),
        closing: ClosingForm { scope: "article".into(), mode: "closed".into(), ..ClosingForm::default() },
        day: DayForm::default(),
        notice: Some(Say::new("say-hours-closed")),
    };
    let empty = DeskHoursPage {
        state: ThreadState::Waiting { until: None, why: Why::Hours },
        outside: "waiting".into(),
        closings: Vec::new(),
        notice: None,
        ..page.clone()
    };
    let wrong = DeskHoursPage {
        closing: ClosingForm {
            scope: "section".into(),
            mode: "waiting".into(),
            section: "region".into(),
            article: "\"><b>".into(),
            reason: "law".into(),
            note: "Bis <morgen>".into(),
            until: "2026-11-20T10:00".into(),
            error: Some(Say::new("say-hours-over")),
        },
        day: DayForm {
            day: "2026-12-24".into(),
            hours: "8-12".into(),
            note: String::new(),
            error: Some("„8-12“ is no window".into()),
        },
        ..empty.clone()
    };
    vec![("desk-hours", page), ("desk-hours-empty", empty), ("desk-hours-wrong", wrong)]
}
