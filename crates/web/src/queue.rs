//! The community desk: its queues. One case, decisions and prepared reasons have files of their own.
//!
//! Whoever opens a case has it for some minutes. A page that is fetched ahead (`?ahead=`) takes nothing; the browser says when it
//! shows a case (`…/claim`) and when it moves on (`…/release`).

mod case;
mod decisions;
mod reasons;

use std::collections::HashMap;
use std::sync::Arc;

use ::forum::{CommentId, Original};
use ::moderation::queue::{Bookmark, Entry, Figures, MOST_COUNTED, QUEUES, Queue};
use ::moderation::{Case, Claim, Moderator, Refusal};
use archive::{ArticleId, Teaser};
use axum::Router;
use axum::extract::Query;
use axum::routing::{get, post};
use reader::Role;
use serde::Deserialize;
use store::{Failure, Time, Tx};
use theme::{
    ClockView, DeskFigures, DeskQueuePage, HolderView, Kind, QueueRow, QueueTab, Say, UndecidedView,
};

use crate::moderation::say;
use crate::thread_view::{state_in_general, unsigned};
use crate::{Answer, Paper, Trouble, Visit};

/// Cases on a page.
const ROWS: i64 = 30;
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
        .route("/desk/moderation/cases/{case}", get(case::one))
        .route("/desk/moderation/cases/{case}/claim", post(case::claim))
        .route("/desk/moderation/cases/{case}/release", post(case::release))
        .route("/desk/moderation/decisions", post(decisions::decide))
        .route("/desk/moderation/reasons", get(reasons::desk).post(reasons::prepare))
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
    let clauses = reasons::grounds(&mut tx, &visit.paper).await?;
    let over = over_all(&mut tx, visit, &figures).await?;
    let (notice, undecided) = (shown.notice.clone(), shown.undecided.clone());
    let case = match shown.case {
        Some(case) => Some(case::of_case(&mut tx, visit, moderator, case, shown).await?),
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

/// A refusal in the theme's words, with how long ago somebody else decided.
fn refused(visit: &Visit, refusal: Refusal) -> Say {
    match refusal {
        Refusal::Decided { by, at } => {
            Say::new("say-case-decided").text("name", by.to_string()).number("n", minutes(at, visit.now))
        }
        other => say(other),
    }
}
