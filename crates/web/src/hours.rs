//! The opening hours as this process knows them: the configuration's, with what the desk has said since; and the desk's page
//! on which it says so.

use std::sync::{Arc, PoisonError, RwLock};

use ::forum::hours::{self, Closing, ClosingId, Day, Mode, Order, Scope, SpecialDay, Timetable, Why};
use ::moderation::Moderator;
use archive::Found;
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use jiff::civil::{Date, DateTime};
use reader::Role;
use serde::Deserialize;
use store::{Db, Event, Failure, Time, Tx};
use story::{Line, Slug};
use theme::{CalendarDay, ClosedScope, ClosingForm, ClosingView, DayForm, DeskHoursPage, Kind, Link, Say};
use tracing::warn;

use crate::thread_view::state_in_general;
use crate::{Answer, Form, Paper, Said, Trouble, Visit};

/// Weeks of the calendar, this one included.
const WEEKS: usize = 6;
/// The most characters of a note.
const LONGEST_NOTE: usize = 200;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk/moderation/hours", get(desk))
        .route("/desk/moderation/closings", post(close))
        .route("/desk/moderation/closings/{id}/reopening", post(reopen))
        .route("/desk/moderation/days", post(set_day))
}

/// The timetable in force. Read again when the event `hours` says so.
pub struct Openings {
    settings: Timetable,
    current: RwLock<Arc<Timetable>>,
}

impl Openings {
    /// The hours of the configuration, as long as nobody has read what the desk says.
    #[must_use]
    pub fn new(settings: Timetable) -> Openings {
        Openings { current: RwLock::new(Arc::new(settings.clone())), settings }
    }

    /// The timetable in force.
    #[must_use]
    pub fn current(&self) -> Arc<Timetable> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in what the desk has said.
    pub async fn read_again(&self, db: &Db, now: Time) -> Result<(), Failure> {
        let read = self.settings.with_the_desk(&mut db.read().await?, now).await?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(read);
        Ok(())
    }
}

/// Takes in what was just said at this desk, so that the next page shows it; other nodes hear the event. It is said already:
/// if it cannot be read now, the event brings it within a second or two, and the desk is not told that it failed.
async fn take_in(paper: &Paper, now: Time) {
    match paper.hours.read_again(&paper.db, now).await {
        Ok(()) => paper.copies.hear(&Event { topic: ::forum::HOURS.to_owned(), subject: 0 }),
        Err(failure) => warn!("the opening hours could not be read: {failure}"),
    }
}

/// `GET /desk/moderation/hours`
async fn desk(visit: Visit, Query(said): Query<Said>) -> Answer {
    visit.staff(Role::Moderator)?;
    let notice = match said.said.as_str() {
        "closed" => Some(Say::new("say-hours-closed")),
        "waiting" => Some(Say::new("say-hours-waiting")),
        "reopened" => Some(Say::new("say-hours-reopened")),
        "opened-before" => Some(Say::new("say-hours-open-already")),
        "day" => Some(Say::new("say-hours-day")),
        _ => None,
    };
    let page = page(&visit, ClosingForm::default(), DayForm::default(), notice).await?;
    visit.show(&page)
}

async fn page(
    visit: &Visit,
    mut closing: ClosingForm,
    day: DayForm,
    notice: Option<Say>,
) -> Result<DeskHoursPage, Trouble> {
    let (paper, now) = (&visit.paper, visit.now);
    let timetable = paper.hours.current();
    let mut tx = visit.read().await?;
    let sections = archive::sections(&mut tx).await?;
    let mut closings = Vec::new();
    for closing in hours::closings(&mut tx, now).await? {
        closings.push(view(visit, &mut tx, &sections, &closing).await?);
    }
    if closing.scope.is_empty() {
        "article".clone_into(&mut closing.scope);
        Mode::default().key().clone_into(&mut closing.mode);
    }
    let title = visit.in_words("Öffnungszeiten", "Opening hours");
    Ok(DeskHoursPage {
        frame: visit.frame(&mut tx, Kind::Desk, title).await?,
        state: state_in_general(paper, now),
        outside: timetable.paper().outside().key().to_owned(),
        weeks: weeks(visit, &timetable),
        closings,
        sections: sections.iter().map(|s| Link::new(s.slug.as_str(), s.name.as_str())).collect(),
        reasons: Why::ALL.map(|why| why.key().to_owned()).into(),
        closing,
        day,
        notice,
    })
}

async fn view(
    visit: &Visit,
    tx: &mut Tx,
    sections: &[archive::Section],
    closing: &Closing,
) -> Result<ClosingView, Failure> {
    let Order { scope, mode, why, note, until } = &closing.order;
    let scope = closed_scope(visit, tx, sections, scope).await?;
    let by = reader::by_id(tx, closing.moderator).await?;
    Ok(ClosingView {
        reopening: format!("/desk/moderation/closings/{}/reopening", closing.id),
        scope,
        mode: mode.key().to_owned(),
        reason: why.key().to_owned(),
        note: note.as_ref().map(ToString::to_string),
        by: by.map(|reader| reader.name.as_str().to_owned()).unwrap_or_default(),
        at: closing.at,
        until: *until,
    })
}

/// A scope with the way to what it names.
pub(crate) async fn closed_scope(
    visit: &Visit,
    tx: &mut Tx,
    sections: &[archive::Section],
    scope: &Scope,
) -> Result<ClosedScope, Failure> {
    Ok(match scope {
        Scope::Paper => ClosedScope::Paper,
        Scope::Section(slug) => {
            let name = sections.iter().find(|section| section.slug == *slug);
            let name = name.map_or(slug.as_str(), |section| section.name.as_str());
            ClosedScope::Section(Link::new(format!("/{slug}"), name))
        }
        Scope::Article(article) => {
            let teasers = archive::teasers(tx, &[*article], visit.now).await?;
            ClosedScope::Article(match teasers.first() {
                Some(teaser) => Link::new(teaser.path(), teaser.headline.as_str()),
                None => Link::new(format!("/a/{article}"), article.to_string()),
            })
        }
    })
}

/// The calendar from this week's Monday on.
fn weeks(visit: &Visit, timetable: &Timetable) -> Vec<Vec<CalendarDay>> {
    let today = timetable.paper().date(visit.now);
    let monday = today.checked_sub(jiff::Span::new().days(today.weekday().to_monday_zero_offset()));
    let days: Vec<CalendarDay> = timetable
        .calendar(monday.unwrap_or(today))
        .take(7 * WEEKS)
        .map(|day| calendar_day(visit, day, today))
        .collect();
    days.chunks(7).map(<[CalendarDay]>::to_vec).collect()
}

fn calendar_day(visit: &Visit, day: Day, today: Date) -> CalendarDay {
    let wall = |minutes: i16| match (minutes / 60, minutes % 60) {
        (24, 0) => "24:00".to_owned(),
        (hours, minutes) => format!("{}:{minutes:02}", hours % 24),
    };
    let german = visit.paper.house.language.is_german();
    CalendarDay {
        date: day.date.to_string(),
        short: day.date.strftime(if german { "%-d.%-m." } else { "%-d %b" }).to_string(),
        windows: day.windows.iter().map(|(from, to)| format!("{}–{}", wall(*from), wall(*to))).collect(),
        holiday: day.holiday.map(|holiday| holiday.key().to_owned()),
        special: day.is_special,
        note: day.note,
        today: day.date == today,
        past: day.date < today,
    }
}

/// What the form that closes a talk sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    #[serde(default)]
    scope: String,
    #[serde(default)]
    mode: String,
    #[serde(default)]
    section: String,
    #[serde(default)]
    article: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    until: String,
}

/// `POST /desk/moderation/closings`
async fn close(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    let session = visit.staff(Role::Moderator).map_err(|trouble| trouble.giving_back(&typed.note))?;
    let mut tx = visit.begin().await?;
    // Asked again in the transaction of the act: the session may be older than the appointment (T4.2).
    Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    let refusal = match parse(&mut tx, &visit, &typed).await? {
        Err(refusal) => refusal,
        Ok(order) => match hours::close(&mut tx, &order, session.reader, visit.now).await? {
            Some(_) => {
                tx.commit().await?;
                take_in(&visit.paper, visit.now).await;
                return visit.see_other(&format!("/desk/moderation/hours?said={}", order.mode.key()));
            }
            None if order.until.is_some_and(|until| until <= visit.now) => "say-hours-over",
            None => "say-hours-already",
        },
    };
    drop(tx);
    let status = match refusal {
        "say-hours-already" => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let Typed { scope, mode, section, article, reason, note, until } = typed;
    let error = Some(Say::new(refusal));
    let again = ClosingForm { scope, mode, section, article, reason, note, until, error };
    visit.show_with(status, &page(&visit, again, DayForm::default(), None).await?)
}

/// What was typed as what it means, or the word for what is wrong with it.
async fn parse(tx: &mut Tx, visit: &Visit, typed: &Typed) -> Result<Result<Order, &'static str>, Failure> {
    let scope = match scope_of(tx, visit, &typed.scope, &typed.section, &typed.article).await? {
        Ok(scope) => scope,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (Some(mode), Some(why)) = (Mode::parse(&typed.mode), Why::parse(&typed.reason)) else {
        return Ok(Err("say-hours-scope"));
    };
    let note = Some(typed.note.trim()).filter(|note| !note.is_empty());
    let Ok(note) = note.map(|note| Line::parse("the note", note, LONGEST_NOTE)).transpose() else {
        return Ok(Err("say-hours-note"));
    };
    let until = Some(typed.until.trim()).filter(|until| !until.is_empty());
    let Ok(until) = until.map(|until| moment(visit, until)).transpose() else {
        return Ok(Err("say-hours-until"));
    };
    Ok(Ok(Order { scope, mode, why, note, until }))
}

/// The scope that a form names, or the word for what is wrong with it.
pub(crate) async fn scope_of(
    tx: &mut Tx,
    visit: &Visit,
    scope: &str,
    section: &str,
    address: &str,
) -> Result<Result<Scope, &'static str>, Failure> {
    let found = match scope {
        "paper" => Some(Scope::Paper),
        "section" => {
            let sections = archive::sections(tx).await?;
            sections.into_iter().find(|it| it.slug.as_str() == section).map(|it| Scope::Section(it.slug))
        }
        "article" => return Ok(article(tx, visit, address).await?.ok_or("say-hours-article")),
        _ => None,
    };
    Ok(found.ok_or("say-hours-scope"))
}

/// A moment as a field has it, by the paper's clock.
fn moment(visit: &Visit, typed: &str) -> Result<Time, jiff::Error> {
    let wall: DateTime = typed.parse()?;
    Ok(Time::from(visit.paper.house.zone.to_timestamp(wall)?))
}

/// The article at an address as a browser shows it, with or without the host and what follows the article's own path.
async fn article(tx: &mut Tx, visit: &Visit, typed: &str) -> Result<Option<Scope>, Failure> {
    let path = typed.trim().trim_start_matches(visit.paper.house.address.as_str());
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.trim_matches('/').split('/').map(Slug::parse);
    let (Some(Some(section)), Some(Some(slug))) = (parts.next(), parts.next()) else { return Ok(None) };
    Ok(match archive::article_at(tx, &section, &slug, visit.now).await? {
        Some(Found::Here(found) | Found::Elsewhere(found)) => Some(Scope::Article(found.id)),
        _ => None,
    })
}

/// `POST /desk/moderation/closings/{id}/reopening`
async fn reopen(visit: Visit, Path(id): Path<String>) -> Answer {
    let session = visit.staff(Role::Moderator)?;
    let id: ClosingId = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    let opened = hours::reopen(&mut tx, id, session.reader, visit.now).await?;
    tx.commit().await?;
    take_in(&visit.paper, visit.now).await;
    visit.see_other(if opened {
        "/desk/moderation/hours?said=reopened"
    } else {
        "/desk/moderation/hours?said=opened-before"
    })
}

/// What the form of a single date sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedDay {
    #[serde(default)]
    day: String,
    #[serde(default)]
    hours: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    act: String,
}

/// `POST /desk/moderation/days`
async fn set_day(visit: Visit, Form(typed): Form<TypedDay>) -> Answer {
    let session = visit.staff(Role::Moderator).map_err(|trouble| trouble.giving_back(&typed.note))?;
    let mut tx = visit.begin().await?;
    Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    match SpecialDay::parse(&typed.day, &typed.hours, &typed.note) {
        Ok(special) => {
            if typed.act == "usual" {
                hours::forget_day(&mut tx, special.day, session.reader, visit.now).await?;
            } else {
                hours::set_day(&mut tx, &special, session.reader, visit.now).await?;
            }
            tx.commit().await?;
            take_in(&visit.paper, visit.now).await;
            visit.see_other("/desk/moderation/hours?said=day")
        }
        Err(trouble) => {
            drop(tx);
            let TypedDay { day, hours, note, .. } = typed;
            let again = DayForm { day, hours, note, error: Some(trouble.what) };
            let page = page(&visit, ClosingForm::default(), again, None).await?;
            visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}
