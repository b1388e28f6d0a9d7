//! The newsroom's desk: what stands in the paper, a plain page to write and correct an article, and failing jobs.
//!
//! An article is written here as a text in our own file format. Whatever is refused comes back with the text as typed.

use std::sync::Arc;

use archive::{ArticleId, Bookmark, Published};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::Role;
use serde::Deserialize;
use store::{Failure, Tx, jobs};
use story::{Article, Line};
use theme::{
    CorrectionView, DeskArticlePage, DeskArticleRow, DeskArticlesPage, DeskJobsPage, DeskRecording,
    DeskState, JobView, Kind, Link, Say,
};

use crate::{Answer, Form, Paper, Trouble, Visit};

/// An article's text with room for the form around it.
const LARGEST: usize = 3 * story::LARGEST;
/// Articles on a page of the desk.
const PAGE: i64 = 50;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk", get(async |visit: Visit| visit.see_other(home(&visit)?)))
        .route("/desk/articles", get(list).post(publish))
        .route("/desk/articles/new", get(new))
        .route("/desk/articles/{id}", get(open).post(change))
        .route("/desk/jobs", get(failing))
        .route("/desk/jobs/{id}/tries", post(try_again))
        .layer(DefaultBodyLimit::max(LARGEST))
}

/// Where somebody of the staff begins to work.
fn home(visit: &Visit) -> Result<&'static str, Trouble> {
    let session = visit.staff(Role::Moderator)?;
    Ok(if session.role >= Role::Editor { "/desk/articles" } else { "/desk/moderation" })
}

#[derive(Deserialize)]
struct After {
    after: Option<String>,
}

async fn list(visit: Visit, Query(page): Query<After>) -> Answer {
    visit.staff(Role::Editor)?;
    let after = match page.after.as_deref() {
        None => None,
        Some(text) => Some(text.parse::<Bookmark>().map_err(|()| Trouble::NotFound)?),
    };
    let mut tx = visit.read().await?;
    let mut listed = archive::listed(&mut tx, after, PAGE + 1).await?;
    let more = i64::try_from(listed.len()).unwrap_or(0) > PAGE;
    listed.truncate(usize::try_from(PAGE).unwrap_or(0));
    let older = listed
        .last()
        .filter(|_| more)
        .map(|last| format!("/desk/articles?after={}", Bookmark { at: last.changed, id: last.id }));
    let ids: Vec<ArticleId> = listed.iter().map(|row| row.id).collect();
    let comments = crate::forum::counts(&mut tx, &ids).await?;
    let sections = archive::sections(&mut tx).await?;
    let mut rows = Vec::with_capacity(listed.len());
    for row in listed {
        rows.push(DeskArticleRow {
            edit: format!("/desk/articles/{}", row.id),
            url: row.withdrawn.is_none().then(|| format!("/{}/{}", row.section, row.slug)),
            section: sections
                .iter()
                .find(|s| s.slug == row.section)
                .map(|s| s.name.to_string())
                .unwrap_or_default(),
            headline: row.headline.to_string(),
            at: Some(row.published),
            changed: row.changed,
            state: state(row.withdrawn.is_some(), row.published > visit.now, row.corrections > 0),
            recording: match archive::any_article(&mut tx, row.id).await? {
                Some(found) => crate::speech::at_the_desk(&mut tx, &found).await?,
                None => DeskRecording::None,
            },
            comments: comments.get(&row.id).copied().unwrap_or(0),
        });
    }
    let frame = visit.frame(&mut tx, Kind::Desk, visit.in_words("Artikel", "Articles")).await?;
    drop(tx);
    visit.show(&DeskArticlesPage {
        frame,
        rows,
        older,
        newer: after.map(|_| "/desk/articles".to_owned()),
        notice: None,
    })
}

fn state(withdrawn: bool, ahead: bool, corrected: bool) -> DeskState {
    match (withdrawn, ahead, corrected) {
        (true, _, _) => DeskState::Withdrawn,
        (_, true, _) => DeskState::Draft,
        (_, _, true) => DeskState::Corrected,
        _ => DeskState::Published,
    }
}

/// What was typed into the article's page.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    text: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    act: String,
    /// The state that the text began with.
    #[serde(default)]
    revision: i64,
}

/// What to say about what was typed.
#[derive(Default)]
struct Said {
    error: Option<Say>,
    note_error: Option<Say>,
}

async fn new(visit: Visit) -> Answer {
    visit.staff(Role::Editor)?;
    show(&visit, None, Typed { text: template(&visit), ..Typed::default() }, Said::default()).await
}

/// The head of a new article, with its author filled in.
fn template(visit: &Visit) -> String {
    let author = visit.session.as_ref().map(|session| session.name.as_str().to_owned()).unwrap_or_default();
    format!(
        "+++\nsection = \"\"\nkicker = \"\"\nheadline = \"\"\nlead = \"\"\nauthors = [\"{author}\"]\n+++\n\n"
    )
}

async fn publish(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    let by = who(&visit).map_err(|trouble| trouble.giving_back(&typed.text))?;
    let mut article = match read(&visit, &typed) {
        Ok(article) => article,
        Err(error) => return show(&visit, None, typed, Said { error: Some(error), note_error: None }).await,
    };
    // A text that names no source gets one that nobody else has.
    if article.source.as_str() == UNNAMED {
        article.source = line("source", &format!("desk/{:016x}", visit.paper.random_number()))?;
    }
    let mut tx = visit.begin().await?;
    match ::newsroom::publish(&mut tx, &article, &by, visit.now).await? {
        Ok(id) => {
            ::speech::wanted(&mut tx, id, &article, visit.now).await?;
            tx.commit().await?;
            visit.see_other(&format!("/desk/articles/{id}"))
        }
        Err(refusal) => {
            drop(tx);
            let error = Some(refused(&visit, &refusal));
            show(&visit, None, typed, Said { error, note_error: None }).await
        }
    }
}

async fn open(visit: Visit, Path(id): Path<i64>) -> Answer {
    visit.staff(Role::Editor)?;
    let found =
        archive::any_article(&mut visit.read().await?, ArticleId(id)).await?.ok_or(Trouble::NotFound)?;
    let article = Article { published: Some(found.published), ..found.article.clone() };
    let text = story::markdown::write(&article);
    let revision = found.revision;
    show(&visit, Some(&found), Typed { text, revision, ..Typed::default() }, Said::default()).await
}

async fn change(visit: Visit, Path(id): Path<i64>, Form(typed): Form<Typed>) -> Answer {
    let by = who(&visit).map_err(|trouble| trouble.giving_back(&typed.text))?;
    let id = ArticleId(id);
    let found = archive::any_article(&mut visit.read().await?, id).await?.ok_or(Trouble::NotFound)?;
    let article = match read(&visit, &typed) {
        Ok(article) => article,
        Err(error) => {
            return show(&visit, Some(&found), typed, Said { error: Some(error), note_error: None }).await;
        }
    };
    // Readers are told why, in words of a person: neither act goes without a note.
    let Ok(note) = Line::parse("note", &typed.note, 500) else {
        let note_error = Some(Say::new("say-note-empty"));
        return show(&visit, Some(&found), typed, Said { error: None, note_error }).await;
    };
    let mut tx = visit.begin().await?;
    tx.alone(&format!("desk {id}")).await?;
    let newest = archive::any_article(&mut tx, id).await?.map(|newest| newest.revision);
    if newest != Some(typed.revision) {
        drop(tx);
        let error = Some(Say::new("say-article-changed"));
        return show(&visit, Some(&found), typed, Said { error, note_error: None }).await;
    }
    let done = if typed.act == "withdraw" {
        ::newsroom::withdraw(&mut tx, id, &note, &by, visit.now).await?
    } else {
        ::newsroom::correct(&mut tx, id, &article, &note, &by, visit.now).await?
    };
    match done {
        Ok(()) => {
            if typed.act == "withdraw" {
                ::speech::discard(&mut tx, id, visit.now).await?;
            } else {
                ::speech::wanted(&mut tx, id, &article, visit.now).await?;
            }
            tx.commit().await?;
            visit.see_other(&format!("/desk/articles/{id}"))
        }
        Err(refusal) => {
            drop(tx);
            let error = Some(refused(&visit, &refusal));
            show(&visit, Some(&found), typed, Said { error, note_error: None }).await
        }
    }
}

/// What the reader of a file calls an article whose head names no source.
const UNNAMED: &str = "desk/unnamed";

fn read(visit: &Visit, typed: &Typed) -> Result<Article, Say> {
    // Browsers send line ends as CR LF.
    let text = typed.text.replace("\r\n", "\n");
    story::markdown::read(&text, UNNAMED).map(|draft| draft.article).map_err(|refused| {
        Say::new("say-article-wrong").text("reason", visit.in_words(refused.german(), refused.to_string()))
    })
}

fn refused(visit: &Visit, refusal: &::newsroom::Refusal) -> Say {
    Say::new("say-article-wrong").text("reason", visit.in_words(refusal.german(), refusal.to_string()))
}

fn who(visit: &Visit) -> Result<Line, Trouble> {
    line("by", visit.staff(Role::Editor)?.name.as_str())
}

fn line(field: &'static str, text: &str) -> Result<Line, Trouble> {
    Line::parse(field, text, 200)
        .map_err(|trouble| Trouble::Failure(Failure::because("a name that is no line", trouble)))
}

/// The article's page: with what was typed, or as it stands.
async fn show(visit: &Visit, found: Option<&Published>, typed: Typed, said: Said) -> Answer {
    let mut tx = visit.read().await?;
    let (corrections, recording) = match found {
        Some(found) => {
            (corrections(&mut tx, found.id).await?, crate::speech::at_the_desk(&mut tx, found).await?)
        }
        None => (Vec::new(), DeskRecording::None),
    };
    let sections = archive::sections(&mut tx).await?;
    let title = found.map_or_else(
        || visit.in_words("Neuer Artikel", "New article").to_owned(),
        |f| f.article.headline.to_string(),
    );
    let frame = visit.frame(&mut tx, Kind::Desk, title).await?;
    drop(tx);
    let path = found.map(|found| format!("/{}/{}", found.article.section, found.article.slug));
    let is_wrong = said.error.is_some() || said.note_error.is_some();
    let page = DeskArticlePage {
        frame,
        id: found.map(|found| found.id.0),
        revision: typed.revision,
        url: path.clone().filter(|_| found.is_some_and(|found| found.withdrawn.is_none())),
        action: found
            .map_or_else(|| "/desk/articles".to_owned(), |found| format!("/desk/articles/{}", found.id)),
        text: typed.text,
        note: typed.note,
        error: said.error,
        note_error: said.note_error,
        state: found.map_or(DeskState::Draft, |found| {
            state(found.withdrawn.is_some(), found.published > visit.now, !corrections.is_empty())
        }),
        recording,
        versions: path
            .filter(|_| found.is_some_and(|found| found.revision > 1))
            .map(|path| format!("{path}/versions")),
        corrections,
        sections: sections.iter().map(|s| Link::new(format!("/{}", s.slug), s.name.as_str())).collect(),
        notice: None,
    };
    visit.show_with(if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &page)
}

async fn corrections(tx: &mut Tx, id: ArticleId) -> Result<Vec<CorrectionView>, Failure> {
    let corrections = archive::corrections(tx, id).await?;
    Ok(corrections
        .into_iter()
        .map(|correction| CorrectionView {
            at: correction.at,
            note: correction.note.to_string(),
            by: correction.by.to_string(),
        })
        .collect())
}

async fn failing(visit: Visit) -> Answer {
    visit.staff(Role::Administrator)?;
    let mut tx = visit.read().await?;
    let waiting = jobs::waiting(&mut tx).await?;
    let failing = jobs::failing(&mut tx).await?.into_iter().rev().map(|job| JobView {
        id: job.id,
        again: format!("/desk/jobs/{}/tries", job.id),
        kind: job.kind,
        tries: u32::try_from(job.tries).unwrap_or(0),
        next: (job.tries < jobs::MOST_TRIES).then_some(job.run_at),
        error: job.trouble,
    });
    let failing = failing.collect();
    let frame = visit.frame(&mut tx, Kind::Desk, visit.in_words("Aufgaben", "Jobs")).await?;
    drop(tx);
    visit.show(&DeskJobsPage { frame, waiting: u64::try_from(waiting).unwrap_or(0), failing })
}

/// `POST /desk/jobs/{id}/tries`: a person says that it is worth trying again. One that somebody is at, or that is done
/// meanwhile, needs no more.
async fn try_again(visit: Visit, Path(id): Path<i64>) -> Answer {
    visit.staff(Role::Administrator)?;
    let mut tx = visit.begin().await?;
    jobs::retry(&mut tx, id, visit.now).await?;
    tx.commit().await?;
    visit.see_other("/desk/jobs")
}
