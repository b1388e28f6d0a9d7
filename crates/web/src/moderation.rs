//! The community desk, the house rules, and the way to the reporting office.

use std::sync::Arc;

use ::edition::{Made, Stands};
use ::forum::CommentId;
use ::forum::hours::Mode;
use ::moderation::{Act, Case, Clause, Desk, Moderator, Reason, Refusal, Remark};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::header::{self, HeaderValue};
use http::{Response, StatusCode};
use jiff::civil::Weekday;
use reader::Role;
use serde::Deserialize;
use serde_json::json;
use store::{Failure, Time, Tx};
use story::Language;
use theme::{ClauseGroup, ClauseView, HoursLine, Html, Kind, ReportPage, ReportSubject, RulesPage, Say};

use crate::front_desk::shared;
use crate::pages::frame;
use crate::queue::{self, Shown};
use crate::thread_view::escaped;
use crate::{Answer, Form, Paper, Trouble, Visit};

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/rules", get(rules))
        .route("/rules.json", get(rules_json))
        .route("/report", get(report))
        .route("/comments/{id}/reports", post(send_report))
        .route("/comments/{id}/removal", post(remove))
        .route("/comments/{id}/restoration", post(restore))
}

/// `GET /rules`
async fn rules(visit: Visit) -> Answer {
    let paper = &visit.paper;
    let make = async {
        let sections = archive::sections(&mut paper.db.read().await?).await?;
        let language = paper.house.language;
        let title = visit.in_words("Hausregeln", "House rules");
        let mut frame = frame(paper, &sections, Kind::Page, title, visit.now);
        frame.canonical = Some(paper.house.at("/rules"));
        let page = RulesPage {
            frame,
            since: None,
            preface: crate::thread_view::standing_notice(paper),
            groups: paper
                .rules
                .chapters
                .iter()
                .map(|chapter| ClauseGroup {
                    number: chapter.id.clone(),
                    title: chapter.title.of(language).to_owned(),
                    clauses: chapter.clauses.iter().map(|clause| clause_view(clause, language)).collect(),
                })
                .collect(),
            hours: hours_lines(paper),
        };
        Ok(Made {
            content_type: "text/html; charset=utf-8",
            body: paper.theme.render(&page)?.into(),
            stands: Stands::Firm,
            changed: None,
        })
    };
    shared(paper, "/rules", &visit.headers, make).await
}

pub(crate) fn clause_view(clause: &Clause, language: Language) -> ClauseView {
    ClauseView {
        id: clause.id.clone(),
        title: clause.title.of(language).to_owned(),
        text: Html(format!("<p>{}</p>", escaped(clause.text.of(language)))),
    }
}

/// `GET /rules.json`: the same for programs, in both languages, with what a decision may rest on.
async fn rules_json(visit: Visit) -> Answer {
    let paper = &visit.paper;
    let both = |both: &::moderation::Both| json!({ "de": both.of(Language::Austrian), "en": both.of(Language::English) });
    let clauses: Vec<_> = paper
        .rules
        .chapters
        .iter()
        .flat_map(|chapter| chapter.clauses.iter().map(move |clause| (chapter, clause)))
        .map(|(chapter, clause)| {
            json!({
                "id": clause.id, "chapter": both(&chapter.title), "title": both(&clause.title), "text": both(&clause.text),
                "ground": clause.is_ground, "dropped": clause.is_dropped, "url": paper.house.at(&format!("/rules#r{}", clause.id)),
            })
        })
        .collect();
    let mut response = Response::new(Body::from(json!({ "version": 1, "clauses": clauses }).to_string()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    Ok(response)
}

/// The week in words, days with the same hours together.
fn hours_lines(paper: &Paper) -> Vec<HoursLine> {
    let language = paper.house.language;
    let mut lines: Vec<(Weekday, Weekday, String)> = Vec::new();
    let timetable = paper.hours.current();
    let outside = timetable.paper().outside();
    for (day, windows) in timetable.paper().week() {
        let hours = windows_in_words(&windows, outside, language);
        match lines.last_mut() {
            Some((_, last, before)) if *before == hours => *last = day,
            _ => lines.push((day, day, hours)),
        }
    }
    lines
        .into_iter()
        .map(|(first, last, hours)| HoursLine {
            days: match (day_name(first, language), day_name(last, language)) {
                (first, last) if first == last => first.to_owned(),
                (first, last) if language.is_german() => format!("{first} bis {last}"),
                (first, last) => format!("{first} to {last}"),
            },
            hours,
        })
        .collect()
}

fn windows_in_words(windows: &[(i16, i16)], outside: Mode, language: Language) -> String {
    let german = language.is_german();
    if windows.is_empty() {
        let words = match (outside, german) {
            (Mode::Closed, true) => "geschlossen",
            (Mode::Closed, false) => "closed",
            (Mode::Waiting, true) => "nach Freigabe",
            (Mode::Waiting, false) => "after approval",
        };
        return words.to_owned();
    }
    let clock = |minutes: i16| match (minutes / 60 % 24, minutes % 60) {
        (0, 0) if minutes > 0 => "24".to_owned(),
        (hours, 0) if german => hours.to_string(),
        (hours, minutes) if german => format!("{hours}.{minutes:02}"),
        (hours, minutes) => format!("{hours}:{minutes:02}"),
    };
    let one = |(from, to): &(i16, i16)| match (from, to) {
        (0, 1440) if german => "rund um die Uhr".to_owned(),
        (0, 1440) => "around the clock".to_owned(),
        (from, to) if german => format!("{} bis {} Uhr", clock(*from), clock(*to)),
        (from, to) => format!("{} to {}", clock(*from), clock(*to)),
    };
    windows.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn day_name(day: Weekday, language: Language) -> &'static str {
    let (german, english) = match day {
        Weekday::Monday => ("Montag", "Monday"),
        Weekday::Tuesday => ("Dienstag", "Tuesday"),
        Weekday::Wednesday => ("Mittwoch", "Wednesday"),
        Weekday::Thursday => ("Donnerstag", "Thursday"),
        Weekday::Friday => ("Freitag", "Friday"),
        Weekday::Saturday => ("Samstag", "Saturday"),
        Weekday::Sunday => ("Sonntag", "Sunday"),
    };
    if language.is_german() { german } else { english }
}

#[derive(Deserialize)]
struct About {
    comment: Option<String>,
    said: Option<String>,
}

/// `GET /report`: the way to the office, day and night and without an account.
async fn report(visit: Visit, Query(about): Query<About>) -> Answer {
    let notice = (about.said.as_deref() == Some("reported")).then(|| Say::new("say-reported"));
    let comment = about.comment.as_deref().and_then(|id| id.parse().ok());
    let page = report_page(&visit, comment, notice).await?;
    if page.notice.is_some() { visit.show(&page) } else { visit.show_shared(&page) }
}

async fn report_page(
    visit: &Visit,
    comment: Option<CommentId>,
    notice: Option<Say>,
) -> Result<ReportPage, Trouble> {
    let mut tx = visit.read().await?;
    let subject = match comment {
        Some(id) => subject(&mut tx, id, visit.now).await?,
        None => None,
    };
    let title = visit.in_words("Meldestelle", "Reporting office");
    let language = visit.paper.house.language;
    Ok(ReportPage {
        frame: frame(&visit.paper, &archive::sections(&mut tx).await?, Kind::Page, title, visit.now),
        mail: visit.paper.house.report_mail.clone(),
        emergency: match language {
            Language::Austrian => Some("133".to_owned()),
            Language::German => Some("110".to_owned()),
            Language::Swiss => Some("117".to_owned()),
            Language::English => None,
        },
        subject,
        clauses: clauses(&visit.paper),
        words: String::new(),
        clause: None,
        error: None,
        notice,
    })
}

/// What a report sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reported {
    #[serde(default)]
    clause: String,
    #[serde(default)]
    words: String,
}

/// `POST /comments/{id}/reports`
async fn send_report(visit: Visit, Path(id): Path<String>, Form(typed): Form<Reported>) -> Answer {
    let reader = visit.reader().map_err(|trouble| trouble.giving_back(&typed.words))?.reader;
    let id: CommentId = id.parse().map_err(|_| Trouble::NotFound)?;
    let answer = match Remark::parse(&typed.words) {
        Ok(remark) => {
            let (rules, now) = (&visit.paper.rules, visit.now);
            let mut tx = visit.begin().await?;
            let answer =
                ::moderation::report(&mut tx, rules, reader, id, &typed.clause, &remark, now).await?;
            if answer.is_ok() {
                tx.commit().await?;
            } else {
                tx.undo().await?;
            }
            answer
        }
        Err(refusal) => Err(refusal),
    };
    let status = match &answer {
        Ok(()) => return visit.see_other(&format!("/report?comment={id}&said=reported")),
        Err(Refusal::NoSuchComment) => return Err(Trouble::NotFound),
        Err(Refusal::ReportedAlready) => StatusCode::CONFLICT,
        Err(Refusal::ReportsTooOften) => StatusCode::TOO_MANY_REQUESTS,
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = ReportPage {
        words: typed.words.replace('\0', ""),
        clause: Some(typed.clause),
        error: answer.err().map(say),
        ..report_page(&visit, Some(id), None).await?
    };
    visit.show_with(status, &page)
}

/// What somebody wants to report, as everybody can see it.
async fn subject(tx: &mut Tx, id: CommentId, now: Time) -> Result<Option<ReportSubject>, Failure> {
    let Some(comment) = ::forum::comment(tx, id).await? else { return Ok(None) };
    let ::forum::Words::Here(body) = &comment.words else { return Ok(None) };
    if archive::article(tx, comment.article, now).await?.is_none() {
        return Ok(None);
    }
    let (url, words) = (comment.address(), body.first_words(200));
    Ok(Some(ReportSubject { url, words, name: comment.name, at: comment.at }))
}

/// The clauses that a decision may rest on.
pub(crate) fn clauses(paper: &Paper) -> Vec<ClauseView> {
    paper.rules.grounds().map(|clause| clause_view(clause, paper.house.language)).collect()
}

/// What the forms of the desk send.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Typed {
    clause: String,
    reason: String,
}

/// `POST /comments/{id}/removal`
async fn remove(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> Answer {
    decide(visit, &id, typed, async |tx, visit, moderator, id, typed, reason| {
        let hours = visit.paper.hours.current();
        let desk = Desk { rules: &visit.paper.rules, hours: &hours };
        let act = Act::Refuse { clause: &typed.clause, reason };
        ::moderation::decide(tx, desk, moderator, Case::Comment(id), act, visit.now).await
    })
    .await
}

/// `POST /comments/{id}/restoration`
async fn restore(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> Answer {
    decide(visit, &id, typed, async |tx, visit, moderator, id, _, reason| {
        Ok(::moderation::restore(tx, moderator, id, reason, visit.now).await?.map(drop))
    })
    .await
}

/// A decision of whoever may take one: back to the desk, or the desk again with what was typed and what is missing.
async fn decide(
    visit: Visit,
    id: &str,
    typed: Typed,
    act: impl AsyncFnOnce(
        &mut Tx,
        &Visit,
        Moderator,
        CommentId,
        &Typed,
        &Reason,
    ) -> Result<Result<(), Refusal>, Failure>,
) -> Answer {
    let session = visit.staff(Role::Moderator).map_err(|trouble| trouble.giving_back(&typed.reason))?;
    let id: CommentId = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    // Asked again in the transaction of the act: the session may be older than the appointment (T4.2).
    let moderator = Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    let answer = match Reason::parse(&typed.reason) {
        Ok(reason) => act(&mut tx, &visit, moderator, id, &typed, &reason).await?,
        Err(refusal) => Err(refusal),
    };
    let refusal = match answer {
        Ok(_) => {
            tx.commit().await?;
            return visit.see_other(&format!("/desk/moderation?comment={id}"));
        }
        Err(refusal) => refusal,
    };
    drop(tx);
    let status = match refusal {
        Refusal::NoSuchComment => return Err(Trouble::NotFound),
        Refusal::RemovedAlready | Refusal::NotRemoved | Refusal::Decided { .. } | Refusal::Claimed { .. } => {
            StatusCode::CONFLICT
        }
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    // Somebody was faster: the form asks for something else now, so the words stand beside it, not in it.
    let words = typed.reason.replace('\0', "");
    let reason = if status == StatusCode::CONFLICT { String::new() } else { words.clone() };
    let shown = Shown::again(id, typed.clause, reason, say(refusal).text("reason", words));
    visit.show_with(status, &queue::page(&visit, shown).await?)
}

/// A refusal of the moderation in the theme's words.
pub(crate) fn say(refusal: Refusal) -> Say {
    match refusal {
        Refusal::NoReason => Say::new("say-decision-reason"),
        Refusal::ReasonTooLong { longest } => {
            Say::new("say-decision-long").number("longest", i64::try_from(longest).unwrap_or(i64::MAX))
        }
        Refusal::Unprintable => Say::new("say-comment-unprintable"),
        Refusal::UnknownClause => Say::new("say-decision-clause"),
        Refusal::NoSuchComment => Say::new("say-comment-gone"),
        Refusal::RemovedAlready => Say::new("say-decision-removed-already"),
        Refusal::NotRemoved => Say::new("say-decision-not-removed"),
        Refusal::NotWaiting => Say::new("say-waiting-decided"),
        Refusal::Withdrawn => Say::new("say-waiting-withdrawn-article"),
        Refusal::TalkClosed => Say::new("say-waiting-talk-closed"),
        Refusal::Claimed { by: Some(by), .. } => Say::new("say-case-claimed").text("name", by.to_string()),
        Refusal::Claimed { by: None, .. } => Say::new("say-case-claimed-now"),
        Refusal::Decided { .. } => Say::new("say-waiting-decided"),
        Refusal::NotOpen => Say::new("say-case-not-open"),
        Refusal::OwnComment => Say::new("say-report-own"),
        Refusal::ReportedAlready => Say::new("say-report-again"),
        Refusal::ReportsTooOften => Say::new("say-report-often"),
    }
}
