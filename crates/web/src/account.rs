//! A reader's own page: drafts, own comments and what became of them, where they are signed in.

use std::sync::Arc;

use archive::{ArticleId, Found};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use forum::hours::Subject;
use forum::waiting::Waiting;
use forum::{CommentId, Original};
use moderation::{AdmissionId, Decision, Refused, Verdict};
use reader::{Company, Context, House, Password, ReaderId, Role, Why};
use serde::Deserialize;
use store::{Failure, Time, Tx};
use story::Slug;
use theme::{
    AccountPage, Draft, DraftView, Html, Kind, Link, OwnComment, OwnState, PersonView, Say, SessionView,
};

use crate::elsewhere;
use crate::own_path::OwnPath;
use crate::personal::say;
use crate::reader::{may_hash, refused, sign_in_again, slowly};
use crate::{Answer, Form, Paper, Trouble, Visit, waiting};

/// How many of one's own comments stand on a page.
const COMMENTS: usize = 20;
/// How much of what waits or was refused.
const WAITING: i64 = 50;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/account", get(account))
        .route("/account/password", post(change_password))
        .route("/account/sessions/{id}/end", post(end_session))
        .route("/account/drafts/{article}/deletion", post(discard_draft))
}

#[derive(Debug, Deserialize)]
struct Asked {
    /// The comment before which older ones begin.
    before: Option<i64>,
    /// What was just done.
    #[serde(default)]
    done: String,
}

/// `GET /account`, with `?before=` for older comments.
async fn account(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let notice = match asked.done.as_str() {
        "password" => Some("say-password-changed"),
        "connected" => Some("say-elsewhere-done"),
        "disconnected" => Some("say-elsewhere-removed"),
        "withdrawn" => Some("say-comment-withdrawn"),
        "not-waiting" => Some("say-comment-not-waiting"),
        _ => None,
    };
    let before = asked.before.map(CommentId);
    visit.show(&account_page_before(&visit, before, notice.map(Say::new)).await?)
}

/// The page with the latest comments and something to say first.
pub(crate) async fn account_page(visit: &Visit, notice: Option<Say>) -> Result<AccountPage, Trouble> {
    account_page_before(visit, None, notice).await
}

async fn account_page_before(
    visit: &Visit,
    before: Option<CommentId>,
    notice: Option<Say>,
) -> Result<AccountPage, Trouble> {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let reader = reader::by_id(&mut tx, session.reader).await?.ok_or(Trouble::NotFound)?;
    let sessions = reader::sessions(&mut tx, reader.id, visit.now)
        .await?
        .into_iter()
        .map(|listed| SessionView {
            current: listed.id == session.id,
            end: (listed.id != session.id).then(|| format!("/account/sessions/{}/end", listed.id)),
            device: if listed.device.is_empty() {
                visit.in_words("unbekanntes Gerät", "unknown device").to_owned()
            } else {
                listed.device
            },
            since: listed.opened_at,
            seen: listed.seen_at,
        })
        .collect();
    let (comments, older) = own_comments(visit, &mut tx, reader.id, before).await?;
    let drafts = own_drafts(visit, &mut tx, reader.id).await?;
    let waiting = own_waiting(visit, &mut tx, reader.id).await?;
    let title = visit.in_words("Ihr Konto", "Your account");
    Ok(AccountPage {
        frame: visit.frame(&mut tx, Kind::Page, title).await?,
        name: reader.name.as_str().to_owned(),
        mail: reader.mail.as_str().to_owned(),
        since: reader.created_at,
        roles: roles(reader.role),
        follows: people(&mut tx, reader.id, Company::Follows).await?,
        ignores: people(&mut tx, reader.id, Company::Ignores).await?,
        threads: followed_threads(visit, &mut tx, reader.id).await?,
        unread: reader::inbox::unread(&mut tx, reader.id).await?,
        drafts,
        waiting,
        comments,
        older,
        sessions,
        has_password: reader.has_password,
        password_error: None,
        elsewhere: elsewhere::view(visit, &mut tx, &reader).await?,
        notice,
    })
}

/// A page of one's own comments and the path of the next.
async fn own_comments(
    visit: &Visit,
    tx: &mut Tx,
    reader: ReaderId,
    before: Option<CommentId>,
) -> Result<(Vec<OwnComment>, Option<String>), Trouble> {
    let before = match before {
        // A bookmark that is not one's own comment leads to the beginning.
        Some(id) => forum::comment(tx, id).await?.filter(|comment| comment.author == reader),
        None => None,
    };
    let limit = i64::try_from(COMMENTS + 1).unwrap_or(i64::MAX);
    let mut originals = forum::own_comments(tx, reader, before.as_ref(), limit).await?;
    let more = originals.len() > COMMENTS;
    originals.truncate(COMMENTS);
    let older =
        originals.last().filter(|_| more).map(|last| format!("/account?before={}#comments", last.comment.id));
    let articles: Vec<ArticleId> = originals.iter().map(|original| original.comment.article).collect();
    let links = links(visit, tx, &articles).await?;
    let mut comments = Vec::with_capacity(originals.len());
    for (original, article) in originals.into_iter().zip(links) {
        // Latest first: the first decision is the one that holds.
        let decision = moderation::history(tx, original.comment.id).await?.into_iter().next();
        comments.push(OwnComment {
            url: original.comment.address(),
            article,
            at: original.comment.at,
            text: Html(forum::markup::html(&original.body)),
            state: own_state(visit, &original, decision),
        });
    }
    Ok((comments, older))
}

/// What became of a comment; whether it stands is the forum's to say, why is the moderation's.
fn own_state(visit: &Visit, original: &Original, decision: Option<Decision>) -> OwnState {
    if matches!(original.comment.words, forum::Words::TakenBack { .. }) {
        return OwnState::Deleted;
    }
    match (original.comment.is_removed(), decision) {
        (true, Some(Decision { clause, reason, at, .. })) => {
            let clause = clause.unwrap_or_default();
            OwnState::Removed { title: visit.paper.clause_title(&clause), clause, reason, at }
        }
        (false, Some(Decision { verdict: Verdict::Restored, reason, at, .. })) => {
            OwnState::Restored { reason, at }
        }
        (true, None) => OwnState::Deleted,
        (false, _) => OwnState::Published,
    }
}

/// What of one's own waits for the desk, or was refused there and why.
async fn own_waiting(visit: &Visit, tx: &mut Tx, reader: ReaderId) -> Result<Vec<OwnComment>, Trouble> {
    let own = forum::waiting::own(tx, reader, WAITING).await?;
    let articles: Vec<ArticleId> = own.iter().map(|it| it.article).collect();
    let decisions: Vec<AdmissionId> = own.iter().filter_map(|it| it.decision).map(AdmissionId).collect();
    let refused = moderation::refused(tx, &decisions).await?;
    let links = links(visit, tx, &articles).await?;
    let view = |(it, article): (Waiting, Link)| OwnComment {
        url: format!("{}/comments", article.url),
        article,
        at: it.at,
        text: Html(forum::markup::html(&it.body)),
        state: match refused.iter().find(|refused| Some(refused.id.0) == it.decision) {
            Some(Refused { clause, reason, at, is_automatic, .. }) => OwnState::Refused {
                title: visit.paper.clause_title(clause),
                clause: clause.clone(),
                reason: reason.clone(),
                automatic: *is_automatic,
                at: *at,
            },
            None => OwnState::Waiting { withdrawal: waiting::withdrawal(it.id) },
        },
    };
    Ok(own.into_iter().zip(links).map(view).collect())
}

async fn people(tx: &mut Tx, reader: ReaderId, company: Company) -> Result<Vec<PersonView>, Trouble> {
    let people = reader::company(tx, reader, company).await?.into_iter();
    Ok(people.map(|it| PersonView { id: it.person.0, name: it.name.as_str().to_owned() }).collect())
}

/// The threads this reader follows, of articles that can be read.
async fn followed_threads(visit: &Visit, tx: &mut Tx, reader: ReaderId) -> Result<Vec<Link>, Trouble> {
    let articles = forum::followed_threads(tx, reader).await?;
    let teasers = archive::teasers(tx, &articles, visit.now).await?;
    let found = articles.iter().filter_map(|id| teasers.iter().find(|teaser| teaser.id == *id));
    Ok(found.map(|it| Link::new(format!("{}/comments", it.path()), it.headline.as_str())).collect())
}

async fn own_drafts(visit: &Visit, tx: &mut Tx, reader: ReaderId) -> Result<Vec<DraftView>, Trouble> {
    let drafts = forum::drafts(tx, reader).await?;
    let articles: Vec<ArticleId> = drafts.iter().map(|draft| draft.article).collect();
    let teasers = archive::teasers(tx, &articles, visit.now).await?;
    let timetable = visit.paper.hours.current();
    let view = |draft: forum::Draft| {
        let article = teasers.iter().find(|teaser| teaser.id == draft.article);
        let state = article.map(|article| timetable.state(&Subject::from(article), visit.now));
        DraftView {
            article: article.map_or_else(|| gone(visit, draft.article), |it| it.headline.to_string()),
            url: article.map(|article| format!("{}/comments/mine", article.path())),
            discard: discard_path(draft.article),
            text: draft.body.as_str().to_owned(),
            at: draft.at,
            opens: state.filter(|state| state.is_closed()).and_then(|state| state.until()),
        }
    };
    Ok(drafts.into_iter().map(view).collect())
}

/// Where a draft is thrown away.
pub(crate) fn discard_path(article: ArticleId) -> String {
    format!("/account/drafts/{article}/deletion")
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Then {
    then: String,
}

/// `POST /account/drafts/{article}/deletion`: from the account, or from the form whose words are not wanted any more.
async fn discard_draft(visit: Visit, Path(article): Path<String>, Query(then): Query<Then>) -> Answer {
    let reader = visit.reader()?.reader;
    let article: ArticleId = article.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    forum::discard_draft(&mut tx, reader, article).await?;
    tx.commit().await?;
    let then = OwnPath::parse(&then.then).map(OwnPath::into_string);
    visit.see_other(then.as_deref().unwrap_or("/account"))
}

/// What stands for an article that was withdrawn.
fn gone(visit: &Visit, article: ArticleId) -> String {
    format!("{} {article}", visit.in_words("Artikel", "Article"))
}

/// The way to each of these articles, in their order. One that was withdrawn is only a number.
async fn links(visit: &Visit, tx: &mut Tx, articles: &[ArticleId]) -> Result<Vec<Link>, Trouble> {
    let teasers = archive::teasers(tx, articles, visit.now).await?;
    let link = |id: &ArticleId| match teasers.iter().find(|teaser| teaser.id == *id) {
        Some(teaser) => Link::new(teaser.path(), teaser.headline.as_str()),
        None => Link::new(format!("/a/{id}"), gone(visit, *id)),
    };
    Ok(articles.iter().map(link).collect())
}

fn roles(role: Role) -> Vec<Say> {
    if role.is_staff() { vec![Say::new(&format!("role-{}", role.as_str()))] } else { Vec::new() }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    password: String,
}

/// `POST /account/password`: only soon after signing in (T3.8), so that a borrowed device is not enough.
async fn change_password(visit: Visit, Form(typed): Form<NewPassword>) -> Answer {
    let session = visit.reader()?;
    if !session.is_fresh(visit.now) {
        return sign_in_again(&visit, "/account#password").await;
    }
    let reader = reader::by_id(&mut visit.read().await?, session.reader).await?.ok_or(Trouble::NotFound)?;
    let paper = &visit.paper.house;
    let context = Context { paper: &paper.name, name: &reader.name, mail: &reader.mail };
    let chosen = match Password::chosen(&typed.password, &context) {
        Ok(password) => may_hash(&visit).await?.map(|()| password),
        Err(refusal) => Err(refusal),
    };
    let password = match chosen {
        Ok(password) => password,
        Err(refusal) => {
            let mut page = account_page(&visit, None).await?;
            page.password_error = Some(say(&refusal, visit.now));
            return refused(&visit, &refusal, &page);
        }
    };
    let salt = visit.paper.random_bytes();
    let hash = slowly(move || password.hash(salt)).await?;
    let house = House { name: &paper.name, address: &paper.address };
    let mut tx = visit.begin().await?;
    reader::change_password(&mut tx, reader.id, &hash, session.id, &house, visit.now).await?;
    tx.commit().await?;
    visit.see_other("/account?done=password")
}

/// `POST /account/sessions/{id}/end`: somebody else's session is not there (T4.5).
async fn end_session(visit: Visit, Path(id): Path<String>) -> Answer {
    let session = visit.reader()?;
    let id = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    let ended = reader::end_session(&mut tx, session.reader, id, Why::SignedOut, visit.now).await?;
    if !ended {
        return Err(Trouble::NotFound);
    }
    tx.commit().await?;
    visit.see_other("/account")
}

/// Keeps a comment that was typed before signing in; gives the path of its thread. Nothing if the text is no comment or the
/// thread is not there any more.
pub(crate) async fn keep_draft(
    visit: &Visit,
    tx: &mut Tx,
    reader: ReaderId,
    draft: &Draft,
) -> Result<Option<String>, Trouble> {
    let Ok(body) = forum::Body::parse(&draft.text) else { return Ok(None) };
    let mut path = draft.to.strip_suffix("/comments").unwrap_or_default().to_owned();
    let mut found = article_at(tx, &path, visit.now).await?;
    if let Some(Found::Moved(to)) = found {
        found = article_at(tx, &to, visit.now).await?;
        path = to;
    }
    let Some(Found::Here(article) | Found::Elsewhere(article)) = found else { return Ok(None) };
    let reply_to = draft.reply_to.map(forum::CommentId);
    forum::keep_draft(tx, reader, article.id, reply_to, &body, visit.now).await?;
    Ok(Some(format!("{path}/comments/mine?said=draft#reply")))
}

async fn article_at(tx: &mut Tx, path: &str, now: Time) -> Result<Option<Found>, Failure> {
    let parts = path.trim_start_matches('/').split_once('/');
    let slugs = parts.and_then(|(section, slug)| Slug::parse(section).zip(Slug::parse(slug)));
    let Some((section, slug)) = slugs else { return Ok(None) };
    archive::article_at(tx, &section, &slug, now).await
}
