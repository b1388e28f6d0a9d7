//! The community desk: its queues, one case with everything its judge should know, and decisions.
//!
//! Whoever opens a case has it for some minutes. A page that is fetched ahead (`?ahead=`) takes nothing; the browser says when it
//! shows a case (`…/claim`) and when it moves on (`…/release`).

use std::collections::HashMap;
use std::sync::Arc;

use ::forum::waiting::Waiting;
use ::forum::{Body, Comment, CommentId, Original};
use ::moderation::queue::{Bookmark, Entry, Figures, MOST_COUNTED, QUEUES, Queue};
use ::moderation::{Act, Case, Claim, Desk, Moderator, Reason, Refusal, Verdict};
use archive::{ArticleId, Published, Teaser};
use axum::Router;
use axum::body::Body as HttpBody;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::{Response, StatusCode};
use reader::{ReaderId, Role};
use serde::Deserialize;
use store::{Failure, Time, Tx};
use theme::{
    AuthorFacts, ClockView, DecisionRow, DeskCase, DeskCasePage, DeskFigures, DeskQueuePage, DeskReasonsPage,
    GroundView, HolderView, Html, Kind, PreparedView, QueueRow, QueueTab, RemovalView, ReportView, SameView,
    Say, UndecidedView,
};

use crate::moderation::{clause_view, say};
use crate::thread_view::{Looking, article_ref, state_in_general, thread_state, unsigned};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// Cases on a page.
const ROWS: i64 = 30;
/// Decisions about one author beside a case.
const HISTORY: i64 = 10;
/// Other places where the same was said.
const SAME: i64 = 5;
/// The most cases of one act.
const MOST_AT_ONCE: usize = 100;
const PAGE: &str = "/desk/moderation";
/// All queues together.
const ALL: &str = "all";
/// The latest comments of the paper, whatever was decided about them.
const LATEST: &str = "latest";

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk/moderation", get(desk))
        .route("/desk/moderation/waiting", get(waiting))
        .route("/desk/moderation/cases/{case}", get(one))
        .route("/desk/moderation/cases/{case}/claim", post(claim))
        .route("/desk/moderation/cases/{case}/release", post(release))
        .route("/desk/moderation/decisions", post(decide))
        .route("/desk/moderation/reasons", get(reasons).post(prepare))
}

/// `GET /desk/moderation/waiting`: where what waits once had a page of its own.
async fn waiting(visit: Visit) -> Answer {
    visit.staff(Role::Moderator)?;
    visit.see_other("/desk/moderation?queue=waiting")
}

/// `?queue=` and `?after=` say what is listed, `?case=` (or `?comment=`) opens one, `?said=` is what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    queue: String,
    after: Option<String>,
    before: Option<String>,
    case: Option<String>,
    comment: Option<String>,
    said: String,
    n: i64,
}

/// `GET /desk/moderation`
async fn desk(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    visit.staff(Role::Moderator)?;
    let comment = asked.comment.as_deref().map(|id| id.parse().map(Case::Comment)).transpose();
    let comment = comment.map_err(|_| Trouble::NotFound)?;
    let case = asked.case.as_deref().map(str::parse).transpose().map_err(|_| Trouble::NotFound)?;
    let notice = match asked.said.as_str() {
        "decided" => Some(Say::new("say-cases-decided").number("n", asked.n.clamp(1, 100))),
        "released" => Some(Say::new("say-case-released")),
        _ => None,
    };
    let shown = Shown { case: case.or(comment), notice, ..Shown::of(&asked)? };
    if let Some(case) = shown.case {
        hold(&visit, case).await?;
    }
    visit.show(&page(&visit, shown).await?)
}

/// What of the desk is shown, and what was typed there.
#[derive(Default)]
pub(crate) struct Shown {
    queue: Listed,
    after: Option<Bookmark>,
    before: Option<CommentId>,
    case: Option<Case>,
    clause: Option<String>,
    reason: String,
    error: Option<Say>,
    notice: Option<Say>,
    undecided: Vec<UndecidedView>,
}

impl Shown {
    /// A comment with what was typed about it, and why that was not taken.
    pub(crate) fn again(comment: CommentId, clause: String, reason: String, error: Say) -> Shown {
        let case = Some(Case::Comment(comment));
        Shown { case, clause: Some(clause), reason, error: Some(error), ..Shown::default() }
    }

    fn of(asked: &Asked) -> Result<Shown, Trouble> {
        Ok(Shown {
            queue: Listed::parse(&asked.queue)?,
            after: asked.after.as_deref().map(str::parse).transpose().map_err(|_| Trouble::NotFound)?,
            before: asked.before.as_deref().map(str::parse).transpose().map_err(|_| Trouble::NotFound)?,
            ..Shown::default()
        })
    }
}

/// What the list shows.
#[derive(Clone, Copy, Default, PartialEq)]
enum Listed {
    #[default]
    All,
    Latest,
    One(&'static Queue),
}

impl Listed {
    fn parse(key: &str) -> Result<Listed, Trouble> {
        match key {
            "" | ALL => Ok(Listed::All),
            LATEST => Ok(Listed::Latest),
            key => ::moderation::queue::queue(key).map(Listed::One).ok_or(Trouble::NotFound),
        }
    }

    fn key(self) -> &'static str {
        match self {
            Listed::All => ALL,
            Listed::Latest => LATEST,
            Listed::One(queue) => queue.key,
        }
    }

    fn url(self) -> String {
        format!("{PAGE}?queue={}", self.key())
    }
}

/// Who looks, as a moderator.
async fn moderator(tx: &mut Tx, visit: &Visit) -> Result<Moderator, Trouble> {
    let session = visit.staff(Role::Moderator)?;
    Moderator::appointed(tx, session.reader).await?.ok_or(Trouble::Forbidden)
}

/// Whoever opens a case has it, unless somebody else does or nothing can be written now: the page comes in any case.
async fn hold(visit: &Visit, case: Case) -> Result<(), Trouble> {
    let mut tx = visit.read().await?;
    if ::moderation::queue::open(&mut tx, case).await?.is_none() {
        return Ok(());
    }
    drop(tx);
    let taken = async {
        let mut tx = visit.begin().await?;
        let moderator = moderator(&mut tx, visit).await?;
        if ::moderation::claim(&mut tx, moderator, case, visit.now).await?.is_ok() {
            tx.commit().await?;
        }
        Ok::<(), Trouble>(())
    };
    if let Err(Trouble::Failure(failure)) = taken.await {
        tracing::warn!(case = %case, "case {case} could not be taken: {failure}");
    }
    Ok(())
}

/// The desk.
pub(crate) async fn page(visit: &Visit, shown: Shown) -> Result<DeskQueuePage, Trouble> {
    let mut tx = visit.read().await?;
    let moderator = moderator(&mut tx, visit).await?;
    let mut figures = Vec::with_capacity(QUEUES.len());
    for queue in QUEUES {
        figures.push((queue, ::moderation::queue::figures(&mut tx, queue, visit.now).await?));
    }
    let (rows, next) = rows(&mut tx, visit, moderator, &shown).await?;
    let is_first = shown.after.is_none() && shown.before.is_none();
    let listed = shown.queue;
    let clauses = grounds(&mut tx, &visit.paper).await?;
    let over = over_all(&mut tx, visit, &figures).await?;
    let (notice, undecided) = (shown.notice.clone(), shown.undecided.clone());
    let case = match shown.case {
        Some(case) => Some(of_case(&mut tx, visit, moderator, case, shown).await?),
        None => None,
    };
    Ok(DeskQueuePage {
        frame: visit.frame(&mut tx, Kind::Desk, visit.in_words("Forum", "Talk")).await?,
        queue: listed.key().to_owned(),
        figures: over,
        tabs: tabs(&figures, listed),
        rows,
        next,
        first: (!is_first).then(|| listed.url()),
        case,
        clauses,
        undecided,
        notice,
    })
}

fn tabs(figures: &[(&'static Queue, Figures)], listed: Listed) -> Vec<QueueTab> {
    let tab = |of: Listed, figures: Option<Figures>| QueueTab {
        key: of.key().to_owned(),
        url: of.url(),
        count: figures.map(|figures| unsigned(figures.open)),
        more: figures.is_some_and(|figures| figures.open >= MOST_COUNTED),
        late: figures.map_or(0, |figures| unsigned(figures.late)),
        current: of == listed,
    };
    let all = sum(figures);
    let some = figures.iter().map(|(queue, figures)| tab(Listed::One(queue), Some(*figures)));
    [tab(Listed::All, Some(all))].into_iter().chain(some).chain([tab(Listed::Latest, None)]).collect()
}

fn sum(figures: &[(&'static Queue, Figures)]) -> Figures {
    figures.iter().fold(Figures::default(), |all, (_, one)| Figures {
        open: all.open + one.open,
        late: all.late + one.late,
        oldest: [all.oldest, one.oldest].into_iter().flatten().min(),
    })
}

async fn over_all(
    tx: &mut Tx,
    visit: &Visit,
    figures: &[(&'static Queue, Figures)],
) -> Result<DeskFigures, Failure> {
    let all = sum(figures);
    let (decided, refused) = ::moderation::closed_since(tx, visit.now.plus_minutes(-24 * 60)).await?;
    Ok(DeskFigures {
        state: state_in_general(&visit.paper, visit.now),
        open: unsigned(all.open),
        more: figures.iter().any(|(_, figures)| figures.open >= MOST_COUNTED),
        late: unsigned(all.late),
        oldest: all.oldest.map(|oldest| minutes(oldest, visit.now)),
        decided: unsigned(decided),
        refused: unsigned(refused),
    })
}

fn minutes(since: Time, now: Time) -> i64 {
    now.since(since).max(0) / 60_000
}

/// The list, and the path of the page after it.
async fn rows(
    tx: &mut Tx,
    visit: &Visit,
    moderator: Moderator,
    shown: &Shown,
) -> Result<(Vec<QueueRow>, Option<String>), Trouble> {
    let of = match shown.queue {
        Listed::Latest => return latest(tx, visit, shown).await,
        Listed::All => None,
        Listed::One(queue) => Some(queue),
    };
    let page = ::moderation::queue::page(tx, of, shown.after, ROWS).await?;
    let cases: Vec<Case> = page.entries.iter().map(|entry| entry.case).collect();
    let claims = ::moderation::claims(tx, moderator, &cases, visit.now).await?;
    let headlines = headlines(tx, page.entries.iter().map(|entry| entry.article), visit.now).await?;
    let url = shown.queue.url();
    let at = shown.after.map(|after| format!("&after={after}")).unwrap_or_default();
    let row = |entry: &Entry| {
        let case = entry.case;
        let holder = claims.iter().find(|claim| claim.case == case).map(holder);
        QueueRow {
            key: case.to_string(),
            url: format!("{url}{at}&case={case}"),
            ahead: format!("{PAGE}/cases/{case}?queue={}&ahead=1", shown.queue.key()),
            words: entry.body.first_words(140),
            name: entry.name.clone(),
            headline: headline(&headlines, entry.article),
            risk: (entry.risk > 0).then_some(entry.risk),
            queue: Some(entry.queue.key.to_owned()),
            clock: Some(clock(entry, visit.now)),
            at: entry.since,
            reports: unsigned(entry.reports),
            first: false,
            gone: entry.is_gone,
            holder,
            current: shown.case == Some(case),
        }
    };
    let next = page.next.map(|next| format!("{url}&after={next}"));
    Ok((page.entries.iter().map(row).collect(), next))
}

fn holder(claim: &Claim) -> HolderView {
    HolderView { name: claim.name.to_string(), mine: claim.is_mine, at: claim.at, until: claim.until }
}

fn clock(entry: &Entry, now: Time) -> ClockView {
    let (open, target) = (minutes(entry.since, now), entry.queue.target);
    ClockView { since: entry.since, minutes: open, target, over: (open > target).then_some(open - target) }
}

/// The latest comments, whatever was decided about them.
async fn latest(
    tx: &mut Tx,
    visit: &Visit,
    shown: &Shown,
) -> Result<(Vec<QueueRow>, Option<String>), Trouble> {
    let mut latest = ::forum::latest(tx, shown.before, ROWS + 1).await?;
    let more = latest.len() as i64 > ROWS;
    latest.truncate(ROWS as usize);
    let headlines = headlines(tx, latest.iter().map(|original| original.comment.article), visit.now).await?;
    let at = shown.before.map(|before| format!("&before={before}")).unwrap_or_default();
    let row = |original: &Original| {
        let (comment, case) = (&original.comment, Case::Comment(original.comment.id));
        QueueRow {
            key: case.to_string(),
            url: format!("{PAGE}?queue={LATEST}{at}&case={case}"),
            ahead: format!("{PAGE}/cases/{case}?queue={LATEST}&ahead=1"),
            words: original.body.first_words(140),
            name: comment.name.clone(),
            headline: headline(&headlines, comment.article),
            risk: None,
            queue: None,
            clock: None,
            at: comment.at,
            reports: 0,
            first: original.is_first,
            gone: comment.is_gone(),
            holder: None,
            current: shown.case == Some(case),
        }
    };
    let last = latest.last().filter(|_| more).map(|last| last.comment.id);
    let next = last.map(|last| format!("{PAGE}?queue={LATEST}&before={last}"));
    Ok((latest.iter().map(row).collect(), next))
}

async fn headlines(
    tx: &mut Tx,
    of: impl Iterator<Item = ArticleId>,
    now: Time,
) -> Result<HashMap<ArticleId, Teaser>, Failure> {
    let mut ids: Vec<ArticleId> = of.collect();
    ids.sort_unstable();
    ids.dedup();
    let teasers = archive::teasers(tx, &ids, now).await?;
    Ok(teasers.into_iter().map(|teaser| (teaser.id, teaser)).collect())
}

fn headline(headlines: &HashMap<ArticleId, Teaser>, article: ArticleId) -> String {
    headlines.get(&article).map(|story| story.headline.to_string()).unwrap_or_default()
}

/// The clauses that a decision may rest on, each with its prepared reason.
async fn grounds(tx: &mut Tx, paper: &Paper) -> Result<Vec<GroundView>, Failure> {
    let (prepared, language) = (::moderation::prepared(tx).await?, paper.house.language);
    let ground = |clause: &::moderation::Clause| GroundView {
        id: clause.id.clone(),
        title: clause.title.of(language).to_owned(),
        reason: match prepared.get(&clause.id) {
            Some(own) => own.text.clone(),
            None => clause.reason.of(language).to_owned(),
        },
    };
    Ok(paper.rules.grounds().map(ground).collect())
}

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
async fn of_case(
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

fn title_of(paper: &Paper, clause: &str) -> String {
    let title = paper.rules.clause(clause).map(|clause| clause.title.of(paper.house.language));
    title.unwrap_or_default().to_owned()
}

fn report_view(paper: &Paper, report: ::moderation::Report) -> ReportView {
    let title = title_of(paper, &report.clause);
    ReportView { at: report.at, clause: report.clause, title, words: report.words }
}

fn removal_view(paper: &Paper, decision: &::moderation::Decision) -> RemovalView {
    let clause = decision.clause.clone().unwrap_or_default();
    RemovalView {
        at: decision.at,
        by: decision.moderator.as_ref().map(ToString::to_string).unwrap_or_default(),
        title: title_of(paper, &clause),
        clause,
        reason: decision.reason.clone(),
    }
}

/// `?queue=` is where one came from; `?ahead=` looks without taking the case.
#[derive(Deserialize)]
struct Alone {
    #[serde(default)]
    queue: String,
    ahead: Option<String>,
}

/// `GET /desk/moderation/cases/{case}`
async fn one(visit: Visit, Path(case): Path<String>, Query(alone): Query<Alone>) -> Answer {
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
async fn claim(visit: Visit, Path(case): Path<String>) -> Answer {
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
struct LetGo {
    #[serde(default)]
    queue: String,
}

/// `POST /desk/moderation/cases/{case}/release`
async fn release(visit: Visit, Path(case): Path<String>, Form(from): Form<LetGo>) -> Answer {
    visit.staff(Role::Moderator)?;
    let case: Case = case.parse().map_err(|_| Trouble::NotFound)?;
    let queue = Listed::parse(&from.queue)?;
    let mut tx = visit.begin().await?;
    let moderator = moderator(&mut tx, &visit).await?;
    ::moderation::release(&mut tx, moderator, case).await?;
    tx.commit().await?;
    visit.see_other(&format!("{}&said=released", queue.url()))
}

/// What a decision about one case or many sends.
#[derive(Default)]
struct Typed {
    cases: Vec<Case>,
    refuses: bool,
    clause: String,
    reason: String,
    queue: Listed,
}

impl Typed {
    /// A form whose `case` may come many times; unknown fields are refused (T4.4).
    fn parse(pairs: Vec<(String, String)>) -> Result<Typed, Trouble> {
        let unreadable = |what: &str| Trouble::Unreadable(what.to_owned());
        let (mut typed, mut act) = (Typed::default(), None);
        for (field, value) in pairs {
            match field.as_str() {
                "case" => typed.cases.push(value.parse().map_err(|_| unreadable("case"))?),
                "act" => act = Some(value),
                "clause" => typed.clause = value,
                "reason" => typed.reason = value,
                "queue" => typed.queue = Listed::parse(&value)?,
                _ => return Err(unreadable("an unknown field")),
            }
        }
        typed.refuses = match act.as_deref() {
            Some("stand") => false,
            Some("refuse") => true,
            _ => return Err(unreadable("act")),
        };
        typed.cases.truncate(MOST_AT_ONCE);
        Ok(typed)
    }
}

/// `POST /desk/moderation/decisions`: about one case or many, each in a transaction of its own. Where nothing was typed, the text
/// prepared for the clause is the reason.
async fn decide(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let reason = pairs.iter().find(|(field, _)| field == "reason").map(|(_, value)| value.clone());
    visit.staff(Role::Moderator).map_err(|trouble| match &reason {
        Some(reason) => trouble.giving_back(reason),
        None => trouble,
    })?;
    let mut typed = Typed::parse(pairs)?;
    if typed.cases.is_empty() {
        let notice = Some(Say::new("say-case-none-chosen"));
        let shown = Shown { queue: typed.queue, notice, ..Shown::default() };
        return visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, shown).await?);
    }
    if typed.refuses && typed.reason.trim().is_empty() {
        let grounds = grounds(&mut visit.read().await?, &visit.paper).await?;
        let prepared = grounds.into_iter().find(|ground| ground.id == typed.clause);
        typed.reason = prepared.map(|ground| ground.reason).unwrap_or_default();
    }
    let reason = if typed.refuses { Reason::parse(&typed.reason).map(Some) } else { Ok(None) };
    let reason = match reason {
        Ok(reason) => reason,
        // Without a clause there is no prepared text either: that is what to say.
        Err(Refusal::NoReason) if typed.clause.is_empty() => {
            return again(&visit, typed, Refusal::UnknownClause).await;
        }
        Err(refusal) => return again(&visit, typed, refusal).await,
    };
    let act = match &reason {
        Some(reason) => Act::Refuse { clause: &typed.clause, reason },
        None => Act::LetStand,
    };
    let mut refusals = Vec::new();
    for case in &typed.cases {
        if let Err(refusal) = decide_one(&visit, *case, act).await? {
            refusals.push((*case, refusal));
        }
    }
    let done = typed.cases.len() - refusals.len();
    let Some((_, first)) = refusals.first() else {
        return visit.see_other(&format!("{}&said=decided&n={done}", typed.queue.url()));
    };
    if done == 0 && matches!(first, Refusal::UnknownClause) {
        return again(&visit, typed, Refusal::UnknownClause).await;
    }
    let url = typed.queue.url();
    let undecided = refusals.into_iter().map(|(case, refusal)| UndecidedView {
        key: case.to_string(),
        url: format!("{url}&case={case}"),
        why: refused(&visit, refusal),
    });
    let notice = (done > 0).then(|| Say::new("say-cases-decided").number("n", done as i64));
    let shown = Shown { queue: typed.queue, notice, undecided: undecided.collect(), ..Shown::default() };
    visit.show_with(StatusCode::CONFLICT, &page(&visit, shown).await?)
}

async fn decide_one(visit: &Visit, case: Case, act: Act<'_>) -> Result<Result<(), Refusal>, Trouble> {
    let hours = visit.paper.hours.current();
    let mut tx = visit.begin().await?;
    // Asked again in the transaction of the act: the session may be older than the appointment (T4.2).
    let moderator = moderator(&mut tx, visit).await?;
    let desk = Desk { rules: &visit.paper.rules, hours: &hours };
    let answer = ::moderation::decide(&mut tx, desk, moderator, case, act, visit.now).await?;
    if answer.is_ok() {
        tx.commit().await?;
    } else {
        tx.undo().await?;
    }
    Ok(answer)
}

/// The desk again, with what was typed and what is missing.
async fn again(visit: &Visit, typed: Typed, refusal: Refusal) -> Answer {
    let error = Some(refused(visit, refusal));
    let one = if let [case] = typed.cases[..] { Some(case) } else { None };
    let shown = Shown {
        queue: typed.queue,
        case: one,
        clause: Some(typed.clause),
        reason: typed.reason.replace('\0', ""),
        notice: error.clone().filter(|_| one.is_none()),
        error,
        ..Shown::default()
    };
    visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page(visit, shown).await?)
}

/// A refusal in the theme's words, with how long ago somebody else decided.
fn refused(visit: &Visit, refusal: Refusal) -> Say {
    match refusal {
        Refusal::Decided { by, at } => {
            Say::new("say-case-decided").text("name", by.to_string()).number("n", minutes(at, visit.now))
        }
        other => say(other),
    }
}

/// `GET /desk/moderation/reasons`
async fn reasons(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    visit.staff(Role::Moderator)?;
    let notice = (asked.said == "prepared").then(|| Say::new("say-prepared"));
    visit.show(&reasons_page(&visit, notice).await?)
}

async fn reasons_page(visit: &Visit, notice: Option<Say>) -> Result<DeskReasonsPage, Trouble> {
    let mut tx = visit.read().await?;
    let (mut prepared, language) = (::moderation::prepared(&mut tx).await?, visit.paper.house.language);
    let rows = visit.paper.rules.grounds().map(|clause| {
        let own = prepared.remove(&clause.id);
        PreparedView {
            clause: clause_view(clause, language),
            by: own.as_ref().map(|own| own.by.to_string()),
            at: own.as_ref().map(|own| own.at),
            text: own.map_or_else(|| clause.reason.of(language).to_owned(), |own| own.text),
            error: None,
        }
    });
    let rows = rows.collect();
    let frame = visit.frame(&mut tx, Kind::Desk, visit.in_words("Begründungen", "Reasons")).await?;
    Ok(DeskReasonsPage { frame, rows, notice })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    clause: String,
    text: String,
}

/// `POST /desk/moderation/reasons`
async fn prepare(visit: Visit, Form(typed): Form<Text>) -> Answer {
    visit.staff(Role::Moderator).map_err(|trouble| trouble.giving_back(&typed.text))?;
    let own = match Reason::parse(&typed.text) {
        Ok(reason) => Ok(Some(reason)),
        Err(Refusal::NoReason) => Ok(None),
        Err(refusal) => Err(refusal),
    };
    let answer = match own {
        Ok(own) => {
            let mut tx = visit.begin().await?;
            let moderator = moderator(&mut tx, &visit).await?;
            let rules = &visit.paper.rules;
            let answer =
                ::moderation::prepare(&mut tx, rules, moderator, &typed.clause, own.as_ref(), visit.now)
                    .await?;
            if answer.is_ok() {
                tx.commit().await?;
            } else {
                tx.undo().await?;
            }
            answer
        }
        Err(refusal) => Err(refusal),
    };
    let Err(refusal) = answer else { return visit.see_other("/desk/moderation/reasons?said=prepared") };
    let mut page = reasons_page(&visit, None).await?;
    let Some(row) = page.rows.iter_mut().find(|row| row.clause.id == typed.clause) else {
        return Err(Trouble::NotFound);
    };
    (row.text, row.error) = (typed.text.replace('\0', ""), Some(say(refusal)));
    visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
