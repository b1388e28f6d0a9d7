//! The community desk, the house rules, and the way to the reporting office.

use std::collections::HashMap;
use std::sync::Arc;

use ::edition::{Made, Stands};
use ::forum::hours::Mode;
use ::forum::{Comment, CommentId, Original};
use ::moderation::{Clause, Decision, DecisionId, Moderator, Reason, Refusal, Verdict};
use archive::Teaser;
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
use theme::{
    AuthorFacts, ClauseGroup, ClauseView, DecisionRow, DeskCase, DeskCommentRow, DeskForumPage, HoursLine,
    Html, Kind, RemovalView, ReportPage, ReportSubject, RulesPage, Say,
};

use crate::front_desk::shared;
use crate::pages::frame;
use crate::thread_view::{Looking, article_ref, escaped, state_in_general, unsigned};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// Comments in the list of the desk.
const ROWS: i64 = 30;
/// Decisions about one author beside a case.
const HISTORY: i64 = 10;
/// How many of the latest comments are looked at to say how many came in a day.
const COUNTED: i64 = 200;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/rules", get(rules))
        .route("/rules.json", get(rules_json))
        .route("/report", get(report))
        .route("/desk/moderation", get(desk))
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

fn clause_view(clause: &Clause, language: Language) -> ClauseView {
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
}

/// `GET /report`: the way to the office, day and night and without an account.
async fn report(visit: Visit, Query(about): Query<About>) -> Answer {
    let mut tx = visit.read().await?;
    let subject = match about.comment.as_deref().and_then(|id| id.parse().ok()) {
        Some(id) => subject(&mut tx, id, visit.now).await?,
        None => None,
    };
    let title = visit.in_words("Meldestelle", "Reporting office");
    let frame = frame(&visit.paper, &archive::sections(&mut tx).await?, Kind::Page, title, visit.now);
    drop(tx);
    visit.show_shared(&ReportPage {
        frame,
        mail: visit.paper.house.report_mail.clone(),
        emergency: match visit.paper.house.language {
            Language::Austrian => Some("133".to_owned()),
            Language::German => Some("110".to_owned()),
            Language::Swiss => Some("117".to_owned()),
            Language::English => None,
        },
        subject,
    })
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

/// `?comment=` opens one, `?before=` goes on.
#[derive(Deserialize)]
struct Opened {
    comment: Option<String>,
    before: Option<String>,
}

/// `GET /desk/moderation`
async fn desk(visit: Visit, Query(opened): Query<Opened>) -> Answer {
    visit.staff(Role::Moderator)?;
    let id = |text: Option<String>| text.map(|text| text.parse()).transpose().map_err(|_| Trouble::NotFound);
    let desk = Desk { open: id(opened.comment)?, before: id(opened.before)?, ..Desk::default() };
    visit.show(&desk_page(&visit, desk).await?)
}

/// What of the desk is shown, and what was typed there.
#[derive(Default)]
struct Desk {
    open: Option<CommentId>,
    before: Option<CommentId>,
    clause: Option<String>,
    reason: String,
    error: Option<Say>,
}

async fn desk_page(visit: &Visit, desk: Desk) -> Result<DeskForumPage, Trouble> {
    let (paper, now) = (&visit.paper, visit.now);
    let mut tx = visit.read().await?;
    let mut latest = ::forum::latest(&mut tx, desk.before, ROWS + 1).await?;
    let more = latest.len() as i64 > ROWS;
    latest.truncate(ROWS as usize);
    let last = latest.last().map(|original| original.comment.id);
    let headlines = headlines(&mut tx, &latest, now).await?;
    let current = desk.open;
    let rows = latest.iter().map(|original| row(original, &headlines, current)).collect();
    let today = now.plus_minutes(-24 * 60);
    let newest = ::forum::latest(&mut tx, None, COUNTED).await?;
    let before = desk.before;
    let case = match desk.open {
        Some(id) => Some(case(&mut tx, visit, id, desk).await?),
        None => None,
    };
    let title = visit.in_words("Gespräch", "Talk");
    Ok(DeskForumPage {
        frame: visit.frame(&mut tx, Kind::Desk, title).await?,
        state: state_in_general(paper, now),
        today: newest.iter().filter(|original| original.comment.at >= today).count() as u64,
        removed_today: unsigned(::moderation::removals_since(&mut tx, today).await?),
        rows,
        older: last.filter(|_| more).map(|last| format!("/desk/moderation?before={last}")),
        newer: before.map(|_| "/desk/moderation".to_owned()),
        case,
        clauses: clauses(paper),
        notice: None,
    })
}

/// The clauses that a decision may rest on.
pub(crate) fn clauses(paper: &Paper) -> Vec<ClauseView> {
    paper.rules.grounds().map(|clause| clause_view(clause, paper.house.language)).collect()
}

async fn headlines(
    tx: &mut Tx,
    latest: &[Original],
    now: Time,
) -> Result<HashMap<archive::ArticleId, Teaser>, Failure> {
    let mut ids: Vec<_> = latest.iter().map(|original| original.comment.article).collect();
    ids.sort_unstable();
    ids.dedup();
    let teasers = archive::teasers(tx, &ids, now).await?;
    Ok(teasers.into_iter().map(|teaser| (teaser.id, teaser)).collect())
}

fn row(
    original: &Original,
    headlines: &HashMap<archive::ArticleId, Teaser>,
    current: Option<CommentId>,
) -> DeskCommentRow {
    let comment = &original.comment;
    DeskCommentRow {
        url: format!("/desk/moderation?comment={}", comment.id),
        words: original.body.first_words(120),
        name: comment.name.clone(),
        at: comment.at,
        headline: headlines.get(&comment.article).map(|story| story.headline.to_string()).unwrap_or_default(),
        first: original.is_first,
        removed: comment.is_removed(),
        current: current == Some(comment.id),
    }
}

/// One comment with everything its judge should know. Its text stands here even if it is removed.
async fn case(tx: &mut Tx, visit: &Visit, id: CommentId, desk: Desk) -> Result<DeskCase, Trouble> {
    let (paper, now) = (&visit.paper, visit.now);
    let Original { comment, body, .. } = ::forum::original(tx, id).await?.ok_or(Trouble::NotFound)?;
    // Also under an article that is out of the paper: what was said there can still be judged.
    let found = archive::any_article(tx, comment.article).await?.ok_or(Trouble::NotFound)?;
    let above = ::forum::above(tx, &comment).await?;
    let below = ::forum::replies(tx, comment.root.unwrap_or(comment.id), comment.place, 3).await?;
    let all: Vec<&Comment> = above.iter().chain([&comment]).chain(&below).collect();
    let looking = Looking::at(tx, paper, &found, &all, None, now).await?;
    let mut shown = looking.comment(&comment);
    shown.text = Html(::forum::markup::html(&body));
    let decisions = ::moderation::history(tx, id).await?;
    let removal = decisions.first().filter(|_| comment.is_removed()).map(|decision| removal(paper, decision));
    let writer = ::forum::writer(tx, comment.author).await?;
    Ok(DeskCase {
        article: article_ref(&found),
        count: crate::thread_view::counts(tx, &[found.id]).await?.get(&found.id).copied().unwrap_or(0),
        before: above.last().map(|comment| looking.comment(comment)),
        after: below.iter().map(|comment| looking.comment(comment)).collect(),
        author: AuthorFacts {
            name: comment.name.clone(),
            since: comment.since,
            comments: unsigned(writer.comments),
            removed: unsigned(writer.removed),
        },
        history: history(tx, comment.author).await?,
        comment: shown,
        removal,
        clause: desk.clause,
        reason: desk.reason,
        error: desk.error,
    })
}

fn removal(paper: &Paper, decision: &Decision) -> RemovalView {
    let clause = decision.clause.clone().unwrap_or_default();
    let title = paper.rules.clause(&clause).map(|clause| clause.title.of(paper.house.language).to_owned());
    RemovalView {
        at: decision.at,
        by: decision.moderator.as_ref().map(ToString::to_string).unwrap_or_default(),
        title: title.unwrap_or_default(),
        clause,
        reason: decision.reason.clone(),
    }
}

async fn history(tx: &mut Tx, author: reader::ReaderId) -> Result<Vec<DecisionRow>, Failure> {
    let decisions = ::moderation::decisions_about(tx, author, None, HISTORY).await?;
    let ids: Vec<CommentId> = decisions.iter().map(|decision| decision.comment).collect();
    let originals = ::forum::originals(tx, &ids).await?;
    let words = |id: CommentId| {
        originals.iter().find(|original| original.comment.id == id).map(|found| found.body.first_words(80))
    };
    Ok(decisions
        .into_iter()
        .map(|decision| DecisionRow {
            at: decision.at,
            words: words(decision.comment).unwrap_or_default(),
            removed: decision.verdict == Verdict::Removed,
            by: decision.moderator.map(|name| name.to_string()).unwrap_or_default(),
            clause: decision.clause,
        })
        .collect())
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
        ::moderation::remove(tx, &visit.paper.rules, moderator, id, &typed.clause, reason, visit.now).await
    })
    .await
}

/// `POST /comments/{id}/restoration`
async fn restore(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> Answer {
    decide(visit, &id, typed, async |tx, visit, moderator, id, _, reason| {
        ::moderation::restore(tx, moderator, id, reason, visit.now).await
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
    ) -> Result<Result<DecisionId, Refusal>, Failure>,
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
        Refusal::RemovedAlready | Refusal::NotRemoved => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let desk = Desk {
        open: Some(id),
        before: None,
        clause: Some(typed.clause),
        // Somebody was faster: the form asks for something else now, so the words stand beside it, not in it.
        reason: if status == StatusCode::CONFLICT { String::new() } else { typed.reason.replace('\0', "") },
        error: Some(say(refusal).text("reason", typed.reason.replace('\0', ""))),
    };
    visit.show_with(status, &desk_page(&visit, desk).await?)
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
    }
}
