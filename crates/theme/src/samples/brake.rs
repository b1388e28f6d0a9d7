//! The brake at the desk.

use story::Language;

use super::{NOW, ago, own_frame};
use crate::pages::{BrakeForm, BrakeView, DeskBrakePage, Kind, Say};

pub(crate) fn brake(language: Language) -> Vec<(&'static str, DeskBrakePage)> {
    let pulled = |kind: &str, amount| BrakeView {
        kind: kind.into(),
        amount,
        reason: "Eine Welle aus <einem> Netz.".into(),
        by: "Ulla <Berger>".into(),
        at: ago(30),
        until: NOW.plus_minutes(150),
        release: "/desk/moderation/brakes/3/release".into(),
    };
    let page = DeskBrakePage {
        frame: own_frame(language, Kind::Desk, "Bremse"),
        pulled: vec![pulled("newcomers", 7), pulled("slow", 1)],
        form: BrakeForm::default(),
        notice: Some(Say::new("say-brake-pulled")),
    };
    let refused = DeskBrakePage {
        pulled: Vec::new(),
        form: BrakeForm {
            kind: "slow".into(),
            hours: "viele".into(),
            error: Some(Say::new("say-brake-hours").number("longest", 72)),
            ..BrakeForm::default()
        },
        notice: None,
        ..page.clone()
    };
    vec![("desk-brake", page), ("desk-brake-refused", refused)]
}
