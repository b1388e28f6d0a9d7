//! One case with everything its judge should know, and who has it.

use ::forum::waiting::Waiting;
use ::forum::{Body, Comment, CommentId, Original};
use ::moderation::{Case, Moderator, Verdict};
use archive::{ArticleId, Published};
use axum::body::Body as HttpBody;
use axum::extract::{Path, Query};
use http::{Response, StatusCode};
use reader::{ReaderId, Role};
use serde::Deserialize;
use store::{Failure, Time, Tx};
use theme::{
    AuthorFacts, DecisionRow, DeskCase, DeskCasePage, Html, Kind, RemovalView, ReportView, SameView, Say,
};

use super::reasons::grounds;
use super::{LATEST, Listed, PAGE, Shown, clock, headline, headlines, hold, holder, moderator, refused};
use crate::thread_view::{Looking, article_ref, thread_state, unsigned};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// Decisions about one author beside a case.
const HISTORY: i64 = 10;
/// Other places where the same was said.
const SAME: i64 = 5;

/// What there is to say about the thing itself, whether it waits or stands.
struct Matter {
    article: ArticleId,
    author: ReaderId,
    name: String,
    since: Time,
    body: Body,
    at: Time,
    parent: Option<CommentId>,
    comment: Option<Comment>,
}

async fn matter(tx: &mut Tx, case: Case) -> Result<Option<Matter>, Failure> {
    Ok(match case {
        Case::Waiting(id) => ::forum::waiting::one(tx, id).await?.map(|it: Waiting| Matter {
            article: it.article,
            author: it.author,
            name: it.name.to_string(),
            since: it.since,
            body: it.body,
            at: it.at,
            parent: it.parent,
            comment: None,
        }),
        Case::Comment(id) => ::forum::original(tx, id).await?.map(|Original { comment, body, .. }| Matter {
            article: comment.article,
            author: comment.author,
            name: comment.name.clone(),
            since: comment.since,
            body,
            at: comment.at,
            parent: comment.parent,
            comment: Some(comment),
        }),
    })
}

/// One case with everything its judge should know. Its text stands here even if it is removed.
pub(super) async fn of_case(
    tx: &mut Tx,
    visit: &Visit,
    moderator: Moderator,
    case: Case,
    typed: Shown,
) -> Result<DeskCase, Trouble> {
    let (paper, now) = (&visit.paper, visit.now);
    let matter = matter(tx, case).await?.ok_or(Trouble::NotFound)?;
    // Also under an article that is out of the paper: what was said there can still be judged.
    let found = archive::any_article(tx, matter.article).await?.ok_or(Trouble::NotFound)?;
    let open = ::moderation::queue::open(tx, case).await?;
    let (before, after) = around(tx, &matter).await?;
    let all: Vec<&Comment> = before.iter().chain(&after).collect();
    let looking = Looking::at(tx, paper, &found, &all, None, now).await?;
    let claims = ::moderation::claims(tx, moderator, &[case], now).await?;
    let comment = matter.comment.as_ref();
    let (mut removal, mut reports) = (None, Vec::new());
    if let Some(comment) = comment {
        let decided = ::moderation::history(tx, comment.id).await?;
        removal = decided.first().filter(|_| comment.is_removed()).map(|it| removal_view(paper, it));
        reports = ::moderation::reports(tx, comment.id).await?;
    }
    Ok(DeskCase {
        key: case.to_string(),
        comment: comment.map(|comment| comment.id.0),
        queue: open.as_ref().map(|entry| entry.queue.key.to_owned()),
        clock: open.as_ref().map(|entry| clock(entry, now)),
        risk: open.as_ref().map(|entry| entry.risk).filter(|risk| *risk > 0),
        article: article_ref(&found),
        count: crate::thread_view::counts(tx, &[found.id]).await?.get(&found.id).copied().unwrap_or(0),
        state: state_under(tx, paper, &found, now).await?,
        before: before.iter().map(|comment| looking.comment(comment)).collect(),
        text: Html(::forum::markup::html(&matter.body)),
        at: matter.at,
        edited: comment.and_then(|comment| comment.edited),
        votes: comment.map(|comment| (unsigned(comment.up), unsigned(comment.down))),
        after: after.iter().map(|comment| looking.comment(comment)).collect(),
        author: author(tx, &matter, paper).await?,
        history: history(tx, matter.author).await?,
        same: same(tx, &matter, now).await?,
        reports: reports.into_iter().map(|report| report_view(paper, report)).collect(),
        holder: claims.first().map(holder),
        removal,
        taken_back: comment.is_some_and(|comment| comment.is_gone() && !comment.is_removed()),
        clause: typed.clause,
        reason: typed.reason,
        error: typed.error,
    })
}

/// What it answers, and what answers it.
async fn around(tx: &mut Tx, matter: &Matter) -> Result<(Vec<Comment>, Vec<Comment>), Failure> {
    if let Some(comment) = &matter.comment {
        let after = ::forum::replies(tx, comment.root.unwrap_or(comment.id), comment.place, 3).await?;
        return Ok((::forum::above(tx, comment).await?, after));
    }
    let Some(parent) = matter.parent else { return Ok((Vec::new(), Vec::new())) };
    let Some(parent) = ::forum::comment(tx, parent).await? else { return Ok((Vec::new(), Vec::new())) };
    let mut before = ::forum::above(tx, &parent).await?;
    before.push(parent);
    Ok((before, Vec::new()))
}

/// Whether one can write under it now; nothing while it is out of the paper.
async fn state_under(
    tx: &mut Tx,
    paper: &Paper,
    found: &Published,
    now: Time,
) -> Result<Option<theme::ThreadState>, Failure> {
    let teasers = archive::teasers(tx, &[found.id], now).await?;
    Ok(teasers.first().map(|teaser| thread_state(paper, &::forum::hours::Subject::from(teaser), now)))
}

async fn author(tx: &mut Tx, matter: &Matter, paper: &Paper) -> Result<AuthorFacts, Failure> {
    let writer = ::forum::writer(tx, matter.author).await?;
    // In tenths of a percent, rounded.
    let share = (writer.removed * 1000 + writer.comments / 2).checked_div(writer.comments).unwrap_or(0);
    let comma = if paper.house.language.is_german() { ',' } else { '.' };
    Ok(AuthorFacts {
        name: matter.name.clone(),
        since: matter.since,
        comments: unsigned(writer.comments),
        removed: unsigned(writer.removed),
        share: format!("{}{comma}{}", share / 10, share % 10),
    })
}

/// What was decided about an author's comments, latest first.
async fn history(tx: &mut Tx, author: ReaderId) -> Result<Vec<DecisionRow>, Failure> {
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

/// Where else the same was said, latest first.
async fn same(tx: &mut Tx, matter: &Matter, now: Time) -> Result<Vec<SameView>, Failure> {
    let own = matter.comment.as_ref().map(|comment| comment.id);
    let mut ids = ::forum::same_words(tx, &matter.body, SAME + 1).await?;
    ids.retain(|id| Some(*id) != own);
    ids.truncate(SAME as usize);
    let originals = ::forum::originals(tx, &ids).await?;
    let headlines = headlines(tx, originals.iter().map(|it| it.comment.article), now).await?;
    Ok(originals
        .into_iter()
        .rev()
        .map(|Original { comment, .. }| SameView {
            url: format!("{PAGE}?queue={LATEST}&comment={}", comment.id),
            at: comment.at,
            headline: headline(&headlines, comment.article),
            gone: comment.is_gone(),
            name: comment.name,
        })
        .collect())
}

fn report_view(paper: &Paper, report: ::moderation::Report) -> ReportView {
    let title = paper.clause_title(&report.clause);
    ReportView { at: report.at, clause: report.clause, title, words: report.words }
}

fn removal_view(paper: &Paper, decision: &::moderation::Decision) -> RemovalView {
    let clause = decision.clause.clone().unwrap_or_default();
    RemovalView {
        at: decision.at,
        by: decision.moderator.as_ref().map(ToString::to_string).unwrap_or_default(),
        title: paper.clause_title(&clause),
        clause,
        reason: decision.reason.clone(),
    }
}

/// `?queue=` is where one came from; `?ahead=` looks without taking the case.
#[derive(Deserialize)]
pub(super) struct Alone {
    #[serde(default)]
    queue: String,
    ahead: Option<String>,
}

/// `GET /desk/moderation/cases/{case}`
pub(super) async fn one(visit: Visit, Path(case): Path<String>, Query(alone): Query<Alone>) -> Answer {
    visit.staff(Role::Moderator)?;
    let case: Case = case.parse().map_err(|_| Trouble::NotFound)?;
    if alone.ahead.is_none() {
        hold(&visit, case).await?;
    }
    visit.show(&case_page(&visit, case, Listed::parse(&alone.queue)?, None).await?)
}

async fn case_page(
    visit: &Visit,
    case: Case,
    queue: Listed,
    notice: Option<Say>,
) -> Result<DeskCasePage, Trouble> {
    let mut tx = visit.read().await?;
    let moderator = moderator(&mut tx, visit).await?;
    let shown = of_case(&mut tx, visit, moderator, case, Shown::default()).await?;
    let clauses = grounds(&mut tx, &visit.paper).await?;
    let frame = visit.frame(&mut tx, Kind::Desk, visit.in_words("Fall", "Case")).await?;
    Ok(DeskCasePage { frame, queue: queue.key().to_owned(), case: shown, clauses, notice })
}

/// `POST /desk/moderation/cases/{case}/claim`: nothing to show, or the case with who has it.
pub(super) async fn claim(visit: Visit, Path(case): Path<String>) -> Answer {
    visit.staff(Role::Moderator)?;
    let case: Case = case.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    let moderator = moderator(&mut tx, &visit).await?;
    if ::moderation::queue::open(&mut tx, case).await?.is_none() {
        return Err(Trouble::NotFound);
    }
    match ::moderation::claim(&mut tx, moderator, case, visit.now).await? {
        Ok(()) => {
            tx.commit().await?;
            let mut nothing = Response::new(HttpBody::empty());
            *nothing.status_mut() = StatusCode::NO_CONTENT;
            Ok(nothing)
        }
        Err(refusal) => {
            tx.undo().await?;
            let page = case_page(&visit, case, Listed::All, Some(refused(&visit, refusal))).await?;
            visit.show_with(StatusCode::CONFLICT, &page)
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LetGo {
    #[serde(default)]
    queue: String,
}

/// `POST /desk/moderation/cases/{case}/release`
pub(super) async fn release(visit: Visit, Path(case): Path<String>, Form(from): Form<LetGo>) -> Answer {
    visit.staff(Role::Moderator)?;
    let case: Case = case.parse().map_err(|_| Trouble::NotFound)?;
    let queue = Listed::parse(&from.queue)?;
    let mut tx = visit.begin().await?;
    let moderator = moderator(&mut tx, &visit).await?;
    ::moderation::release(&mut tx, moderator, case).await?;
    tx.commit().await?;
    visit.see_other(&format!("{}&said=released", queue.url()))
}
