//! What the desk says about the hours while the paper runs: a talk that is closed now or waits, and single days that are
//! different.
//!
//! A closing is a row that says who, when, why and until when; opening again is another row. A special day is a row too, and
//! the newest one of a date counts. Each tells the event `hours`, so that every node reads the timetable anew.

use std::fmt;

use archive::ArticleId;
use jiff::civil::Date;
use reader::ReaderId;
use serde_json::json;
use store::ledger::{self, Act, By};
use store::{Failure, FromColumn, Time, Tx, Value, events};
use story::{Line, Slug};

use super::settings::{LONGEST_NOTE, windows_of};
use super::{Exception, Mode, Trouble};
use crate::HOURS;

store::id!(
    /// Names a closing.
    ClosingId
);

/// What a closing without an end is open until: the last moment of the year 9999.
const FOR_GOOD: Time = Time(253_402_300_799_999);
/// The most days that a calendar of special days reads.
const MOST_DAYS: i64 = 1000;

/// How far a closing reaches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Every thread.
    Paper,
    /// The threads of a section.
    Section(Slug),
    /// One thread.
    Article(ArticleId),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::Paper => f.write_str("paper"),
            Scope::Section(section) => write!(f, "section {section}"),
            Scope::Article(article) => write!(f, "article {article}"),
        }
    }
}

/// Why the desk closes a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody is there to read along.
    Unstaffed,
    /// An article of mourning.
    Mourning,
    /// The talk got out of hand.
    Heated,
    /// A court's or an authority's order, or a running case.
    Law,
    /// As the note says.
    Other,
}

impl Why {
    /// Each of them, in the order in which the desk offers them.
    pub const ALL: [Why; 5] = [Why::Unstaffed, Why::Mourning, Why::Heated, Why::Law, Why::Other];

    /// How it is written in rows and forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Why::Unstaffed => "unstaffed",
            Why::Mourning => "mourning",
            Why::Heated => "heated",
            Why::Law => "law",
            Why::Other => "other",
        }
    }

    /// Reads a key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Why> {
        Why::ALL.into_iter().find(|why| why.key() == key)
    }
}

impl FromColumn for Why {
    fn from_column(value: Value) -> Option<Why> {
        Why::parse(&String::from_column(value)?)
    }
}

/// What the desk wants to be no longer open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// What is closed, or waits.
    pub scope: Scope,
    /// Which of the two.
    pub mode: Mode,
    /// Why.
    pub why: Why,
    /// In the desk's words, for readers.
    pub note: Option<Line>,
    /// Until when; nothing if somebody has to open it again.
    pub until: Option<Time>,
}

/// A talk that is closed, or waits, because the desk said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Its id.
    pub id: ClosingId,
    /// What was ordered.
    pub order: Order,
    /// By whom.
    pub moderator: ReaderId,
    /// Since when.
    pub at: Time,
}

/// A date with hours of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialDay {
    /// The date.
    pub day: Date,
    /// Its windows as they were written: `08:00-14:00`, `closed`.
    pub hours: String,
    /// Why, for readers.
    pub note: Option<Line>,
}

impl SpecialDay {
    /// Judges what was written for a date; empty hours mean `closed`.
    pub fn parse(day: &str, hours: &str, note: &str) -> Result<SpecialDay, Trouble> {
        let wrong = |what: String| Trouble { key: "day".to_owned(), what };
        let day: Date = day
            .trim()
            .parse()
            .map_err(|_| wrong(format!("\"{day}\" is no date; write for example 2026-12-24")))?;
        windows_of("day", hours)?;
        let note = Some(note.trim()).filter(|note| !note.is_empty());
        let note = note.map(|note| Line::parse("the note", note, LONGEST_NOTE)).transpose();
        let note = note.map_err(|trouble| wrong(trouble.to_string()))?;
        Ok(SpecialDay { day, hours: hours.trim().to_owned(), note })
    }

    pub(super) fn exception(&self) -> Option<Exception> {
        let windows = windows_of("day", &self.hours).ok()?;
        Some(Exception { windows, note: self.note.clone() })
    }
}

/// Closes a talk or has it wait; one that waits can be closed. Nothing if the desk said something else of the same scope already,
/// or if `until` is over.
pub async fn close(
    tx: &mut Tx,
    order: &Order,
    moderator: ReaderId,
    now: Time,
) -> Result<Option<ClosingId>, Failure> {
    let Order { scope, mode, why, note, until } = order;
    tx.alone("closings").await?;
    if until.is_some_and(|until| until <= now) {
        return Ok(None);
    }
    match closings(tx, now).await?.into_iter().find(|closing| closing.order.scope == *scope) {
        Some(waits) if (waits.order.mode, *mode) == (Mode::Waiting, Mode::Closed) => {
            reopen(tx, waits.id, moderator, now).await?;
        }
        Some(_) => return Ok(None),
        None => {}
    }
    let (section, article) = match scope {
        Scope::Paper => (None, None),
        Scope::Section(section) => (Some(section.as_str()), None),
        Scope::Article(article) => (None, Some(*article)),
    };
    let sql = "insert into closings (section, article, mode, reason, note, moderator, at, until)
               values ($1, $2, $3, $4, $5, $6, $7, $8) returning id";
    let note = note.as_ref().map(Line::as_str);
    let until = until.unwrap_or(FOR_GOOD);
    let values = (section, article, mode.key(), why.key(), note, moderator, now, until);
    let id = ClosingId(tx.insert(sql, values).await?);
    let act = Act::of(By::Person(moderator.0), "closing", "talk", scope).after(json!({
        "closing": id.0, "mode": mode.key(), "why": why.key(), "note": note, "until": until.0,
    }));
    ledger::note(tx, act, now);
    events::tell(tx, HOURS, 0, now).await?;
    Ok(Some(id))
}

/// Opens a closed talk again, as far as the hours allow. False if it was not closed (any more).
pub async fn reopen(
    tx: &mut Tx,
    closing: ClosingId,
    moderator: ReaderId,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "insert into reopenings (closing, moderator, at)
               select id, $2, $3 from closings where id = $1 and until > $3
               on conflict (closing) do nothing";
    let opened = tx.execute(sql, (closing, moderator, now)).await? == 1;
    if opened {
        ledger::note(tx, Act::of(By::Person(moderator.0), "reopening", "closing", closing), now);
        events::tell(tx, HOURS, 0, now).await?;
    }
    Ok(opened)
}

/// The closings in force, oldest first.
pub async fn closings(tx: &mut Tx, now: Time) -> Result<Vec<Closing>, Failure> {
    type Row = (ClosingId, Option<Slug>, Option<ArticleId>, Mode, Why, Option<Line>, ReaderId, Time, Time);
    let sql = "select id, section, article, mode, reason, note, moderator, at, until from closings
                where until > $1 and not exists (select 1 from reopenings where closing = closings.id)
                order by id";
    let rows: Vec<Row> = tx.all(sql, (now,)).await?;
    let found = rows
        .into_iter()
        .map(|(id, section, article, mode, why, note, moderator, at, until)| {
            let scope = match (section, article) {
                (_, Some(article)) => Scope::Article(article),
                (Some(section), None) => Scope::Section(section),
                (None, None) => Scope::Paper,
            };
            let until = Some(until).filter(|until| *until < FOR_GOOD);
            Closing { id, order: Order { scope, mode, why, note, until }, moderator, at }
        })
        .collect();
    Ok(found)
}

/// Gives a date hours of its own; what was said of it before no longer counts.
pub async fn set_day(
    tx: &mut Tx,
    special: &SpecialDay,
    moderator: ReaderId,
    now: Time,
) -> Result<(), Failure> {
    let note = special.note.as_ref().map(Line::as_str);
    say(tx, special.day, Some(special.hours.as_str()), note, moderator, now).await
}

/// Makes a date a day as usual again, whatever the configuration says of it.
pub async fn forget_day(tx: &mut Tx, day: Date, moderator: ReaderId, now: Time) -> Result<(), Failure> {
    say(tx, day, None, None, moderator, now).await
}

async fn say(
    tx: &mut Tx,
    day: Date,
    hours: Option<&str>,
    note: Option<&str>,
    moderator: ReaderId,
    now: Time,
) -> Result<(), Failure> {
    let sql = "insert into special_days (day, hours, note, moderator, at) values ($1, $2, $3, $4, $5)";
    tx.execute(sql, (day.to_string(), hours, note, moderator, now)).await?;
    let act = Act::of(By::Person(moderator.0), "special-day", "day", day)
        .after(json!({ "hours": hours, "note": note }));
    ledger::note(tx, act, now);
    events::tell(tx, HOURS, 0, now).await
}

/// What the desk said of single dates from `first` on; nothing beside a date means "as usual".
pub async fn special_days(tx: &mut Tx, first: Date) -> Result<Vec<(Date, Option<SpecialDay>)>, Failure> {
    let sql = "select day, hours, note from special_days s
                where day >= $1 and id = (select max(id) from special_days n where n.day = s.day)
                order by day limit $2";
    let rows: Vec<(String, Option<String>, Option<Line>)> =
        tx.all(sql, (first.to_string(), MOST_DAYS)).await?;
    let days = rows.into_iter().map(|(day, hours, note)| {
        let day: Date = day.parse().map_err(|error| Failure::because("a special day is no date", error))?;
        Ok((day, hours.map(|hours| SpecialDay { day, hours, note })))
    });
    days.collect()
}
