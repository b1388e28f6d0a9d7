//! The record of acts.

use story::Language;

use super::{ago, own_frame};
use crate::pages::{ActRow, DeskRecordPage, Kind, RecordFilter, Say};

pub(crate) fn record(language: Language) -> Vec<(&'static str, DeskRecordPage)> {
    let row = |number, act: &str, by: Option<&str>| ActRow {
        number,
        at: ago(100 - number),
        by: by.map(str::to_owned),
        act: Say::new(act),
        subject: "comment 4711".into(),
        same: "/desk/record?kind=comment&subject=4711".into(),
        before: vec!["state: stands".into()],
        after: vec!["state: removed".into(), "clause: 2.1".into(), "reason: Das ist <keine> Kritik.".into()],
        hash: "9f86d081884c".into(),
    };
    let page = DeskRecordPage {
        frame: own_frame(language, Kind::Desk, "Protokoll"),
        rows: vec![
            row(3, "say-act-removal", Some("Ulla <Berger>")),
            ActRow { before: Vec::new(), after: Vec::new(), ..row(2, "say-act-appointment", None) },
            ActRow { act: Say::new("say-act-other").text("act", "neues"), ..row(1, "say-act-other", None) },
        ],
        acts: vec![
            ("removal".into(), Say::new("say-act-removal")),
            ("appointment".into(), Say::new("say-act-appointment")),
        ],
        filter: RecordFilter { act: "removal".into(), by: "Ulla <Berger>".into(), ..RecordFilter::default() },
        error: None,
        end: Some(format!("3:{}", "9f86d081".repeat(8))),
        table: "/desk/record.csv?act=removal".into(),
        older: Some("/desk/record?act=removal&before=1".into()),
        newer: None,
    };
    let empty = DeskRecordPage {
        rows: Vec::new(),
        filter: RecordFilter { from: "gestern".into(), ..RecordFilter::default() },
        error: Some(Say::new("say-record-day")),
        end: None,
        older: None,
        newer: Some("/desk/record".into()),
        ..page.clone()
    };
    vec![("desk-record", page), ("desk-record-empty", empty)]
}
