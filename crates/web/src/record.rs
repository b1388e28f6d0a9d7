//! The record of what people who work for the paper did: the ledger as a page for administrators, and as a table.
//!
//! It is read here and never written: each room notes its acts in the transaction of the act.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Query;
use axum::routing::get;
use http::header::{self, HeaderValue};
use http::{Response, StatusCode};
use jiff::civil::Date;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reader::{ReaderId, Role};
use serde::Deserialize;
use store::ledger::{self, By, Noted, Wish};
use store::{Failure, Time, Tx};
use theme::{ActRow, DeskRecordPage, Kind, RecordFilter, Say};

use crate::{Answer, Paper, Trouble, Visit};

const PAGE: &str = "/desk/record";
/// Acts on one page.
const ROWS: i64 = 50;
/// The most rows of a table; a longer one is fetched by days.
const LONGEST_TABLE: usize = 50_000;

/// Acts that have words; those of a newer Blatt are told by their key.
const ACTS: &[&str] = &[
    "removal",
    "restoration",
    "approval",
    "refusal",
    "case-stays",
    "prepared-reason",
    "feature",
    "feature-end",
    "brake",
    "brake-release",
    "closing",
    "reopening",
    "special-day",
    "appointment",
    "verification",
    "verification-end",
    "publication",
    "revision",
    "correction",
    "withdrawal",
    "reinstatement",
    "placement",
    "membership",
    "membership-end",
    "offer",
    "offer-change",
    "offer-withdrawal",
    "offer-codes",
    "draw-end",
    "draw",
    "prize-decline",
    "partner-person",
    "partner-person-end",
];

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new().route("/desk/record", get(record)).route("/desk/record.csv", get(table))
}

/// What the list is narrowed to, and where it goes on.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    by: String,
    act: String,
    kind: String,
    subject: String,
    from: String,
    until: String,
    before: Option<i64>,
}

/// `GET /desk/record`
async fn record(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    visit.staff(Role::Administrator)?;
    let mut tx = visit.read().await?;
    let wish = asked.wish(&mut tx, &visit).await?;
    let (mut rows, error) = match &wish {
        Some(wish) => (ledger::acts(&mut tx, wish, asked.before, ROWS + 1).await?, None),
        None => (Vec::new(), Some(Say::new("say-record-day"))),
    };
    let more = rows.len() as i64 > ROWS;
    rows.truncate(ROWS as usize);
    let older = rows.last().filter(|_| more).map(|last| asked.address(PAGE, Some(last.number)));
    let end = ledger::end(&mut tx).await?;
    let names = names(&mut tx, &rows).await?;
    let title = visit.in_words("Protokoll", "Record");
    let page = DeskRecordPage {
        frame: visit.frame(&mut tx, Kind::Desk, title).await?,
        rows: rows.iter().map(|row| view(row, &names)).collect(),
        acts: ACTS.iter().map(|act| ((*act).to_owned(), words(act))).collect(),
        end: (end.number > 0).then(|| end.to_string()),
        table: asked.address("/desk/record.csv", None),
        older,
        newer: asked.before.map(|_| asked.address(PAGE, None)),
        filter: asked.typed(),
        error,
    };
    drop(tx);
    let status = if page.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    visit.show_with(status, &page)
}

/// `GET /desk/record.csv`: the same rows with their hashes, latest first, at most 50,000.
async fn table(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    visit.staff(Role::Administrator)?;
    let mut tx = visit.read().await?;
    let wish = asked.wish(&mut tx, &visit).await?.ok_or(Trouble::NotFound)?;
    let head = ["number", "at", "by", "by_id", "act", "kind", "subject", "before", "after", "hash"];
    let mut lines = reader::benefits::table_line(&head);
    let (mut before, mut count) = (asked.before, 0);
    while count < LONGEST_TABLE {
        let rows = ledger::acts(&mut tx, &wish, before, ledger::MOST).await?;
        let Some(last) = rows.last() else { break };
        before = Some(last.number);
        count += rows.len();
        let names = names(&mut tx, &rows).await?;
        rows.iter().for_each(|row| lines.push_str(&line(row, &names)));
    }
    let mut response = Response::new(Body::from(lines));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers
        .insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"record.csv\""));
    Ok(response)
}

fn line(row: &Noted, names: &HashMap<i64, String>) -> String {
    let id = if let By::Person(id) = &row.by { id.to_string() } else { String::new() };
    let by = name(row, names).unwrap_or_default();
    reader::benefits::table_line(&[
        &row.number.to_string(),
        &row.at.timestamp().to_string(),
        &by,
        &id,
        &row.act,
        &row.kind,
        &row.subject,
        row.before.as_deref().unwrap_or_default(),
        row.after.as_deref().unwrap_or_default(),
        &row.hash,
    ])
}

impl Asked {
    /// What is asked of the ledger; nothing if a day is none. Days are those of the paper.
    async fn wish(&self, tx: &mut Tx, visit: &Visit) -> Result<Option<Wish>, Failure> {
        let given = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let Some(from) = day(&self.from, visit, 0) else { return Ok(None) };
        let Some(until) = day(&self.until, visit, 1) else { return Ok(None) };
        let by = match given(&self.by) {
            Some(name) => {
                let person = reader::by_name(tx, &name).await?.map(|person| person.id.0);
                Some((person, name))
            }
            None => None,
        };
        let (act, kind, subject) = (given(&self.act), given(&self.kind), given(&self.subject));
        Ok(Some(Wish { by, act, kind, subject, from, until }))
    }

    /// The address of this list from there on.
    fn address(&self, page: &str, before: Option<i64>) -> String {
        let fields = [
            ("by", &self.by),
            ("act", &self.act),
            ("kind", &self.kind),
            ("subject", &self.subject),
            ("from", &self.from),
            ("until", &self.until),
        ];
        let mut pairs: Vec<String> = fields
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(field, value)| format!("{field}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
            .collect();
        pairs.extend(before.map(|before| format!("before={before}")));
        if pairs.is_empty() { page.to_owned() } else { format!("{page}?{}", pairs.join("&")) }
    }

    fn typed(&self) -> RecordFilter {
        let plain = |text: &String| text.replace('\0', "");
        RecordFilter {
            by: plain(&self.by),
            act: plain(&self.act),
            kind: plain(&self.kind),
            subject: plain(&self.subject),
            from: plain(&self.from),
            until: plain(&self.until),
        }
    }
}

/// The moment a day begins, or one so many days later; `Some(None)` if none is asked for, nothing for what is no day.
fn day(text: &str, visit: &Visit, later: i64) -> Option<Option<Time>> {
    if text.trim().is_empty() {
        return Some(None);
    }
    let day: Date = text.trim().parse().ok()?;
    let day = day.checked_add(jiff::Span::new().try_days(later).ok()?).ok()?;
    Some(Some(Time::from(visit.paper.house.zone.to_timestamp(day.at(0, 0, 0, 0)).ok()?)))
}

/// The names of the people in these rows as they are now.
async fn names(tx: &mut Tx, rows: &[Noted]) -> Result<HashMap<i64, String>, Failure> {
    let mut names = HashMap::new();
    for row in rows {
        if let By::Person(id) = row.by
            && !names.contains_key(&id)
        {
            let person = reader::by_id(tx, ReaderId(id)).await?;
            names.insert(id, person.map_or_else(|| id.to_string(), |person| person.name.to_string()));
        }
    }
    Ok(names)
}

fn name(row: &Noted, names: &HashMap<i64, String>) -> Option<String> {
    match &row.by {
        By::Person(id) => names.get(id).cloned(),
        By::Named(name) => Some(name.clone()),
        By::House => None,
    }
}

fn view(row: &Noted, names: &HashMap<i64, String>) -> ActRow {
    let same = Asked { kind: row.kind.clone(), subject: row.subject.clone(), ..Asked::default() };
    ActRow {
        number: row.number,
        at: row.at,
        by: name(row, names),
        act: words(&row.act),
        subject: format!("{} {}", row.kind, row.subject),
        same: same.address(PAGE, None),
        before: facts(row.before.as_deref()),
        after: facts(row.after.as_deref()),
        hash: row.hash.chars().take(12).collect(),
    }
}

fn words(act: &str) -> Say {
    if ACTS.contains(&act) {
        Say::new(&format!("say-act-{act}"))
    } else {
        Say::new("say-act-other").text("act", act)
    }
}

/// What held, a line for each fact.
fn facts(json: Option<&str>) -> Vec<String> {
    let told = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match json.map(serde_json::from_str::<serde_json::Value>) {
        Some(Ok(serde_json::Value::Object(facts))) => facts
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| format!("{key}: {}", told(value)))
            .collect(),
        Some(Ok(value)) => vec![told(&value)],
        Some(Err(_)) | None => Vec::new(),
    }
}
