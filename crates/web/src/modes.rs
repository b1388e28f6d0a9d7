//! Modes and cautions at the desk: what waits where, and what makes the desk careful everywhere.

use std::sync::Arc;

use ::forum::hours::Scope;
use ::moderation::Moderator;
use ::moderation::phases::{self, Caution, Mode, ModeId, Set, Span, Waits};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::Role;
use serde::Deserialize;
use store::{Failure, Tx};
use theme::{CautionForm, DeskModesPage, Kind, Link, ModeForm, ModeView, Say};

use crate::hours::{closed_scope, scope_of};
use crate::{Answer, Form, Paper, Said, Trouble, Visit};

const PAGE: &str = "/desk/moderation/modes";

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk/moderation/modes", get(desk).post(set))
        .route("/desk/moderation/modes/{id}/end", post(end))
        .route("/desk/moderation/cautions", post(careful))
}

/// `GET /desk/moderation/modes`
async fn desk(visit: Visit, Query(said): Query<Said>) -> Answer {
    visit.staff(Role::Moderator)?;
    let notice = match said.said.as_str() {
        "set" => Some(Say::new("say-modes-set")),
        "ended" => Some(Say::new("say-modes-ended")),
        "gone" => Some(Say::new("say-modes-gone")),
        "careful" => Some(Say::new("say-modes-careful")),
        _ => None,
    };
    visit.show(&page(&visit, ModeForm::default(), None, notice).await?)
}

async fn page(
    visit: &Visit,
    form: ModeForm,
    caution: Option<CautionForm>,
    notice: Option<Say>,
) -> Result<DeskModesPage, Trouble> {
    let mut tx = visit.read().await?;
    let sections = archive::sections(&mut tx).await?;
    let mut modes = Vec::new();
    for set in phases::modes(&mut tx).await? {
        modes.push(view(visit, &mut tx, &sections, set).await?);
    }
    let caution = match caution {
        Some(typed) => typed,
        None => filled_in(phases::caution(&mut tx).await?),
    };
    Ok(DeskModesPage {
        frame: visit.frame(&mut tx, Kind::Desk, visit.in_words("Modus", "Mode")).await?,
        modes,
        form,
        caution,
        sections: sections.iter().map(|s| Link::new(s.slug.as_str(), s.name.as_str())).collect(),
        notice,
    })
}

async fn view(
    visit: &Visit,
    tx: &mut Tx,
    sections: &[archive::Section],
    set: Set,
) -> Result<ModeView, Failure> {
    let wall = |minutes: i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let Mode { waits, newcomers, links, risk, relief } = set.mode;
    Ok(ModeView {
        scope: closed_scope(visit, tx, sections, &set.scope).await?,
        span: set.span.map(|span| format!("{}–{}", wall(span.begins), wall(span.ends))),
        waits: waits.key().to_owned(),
        newcomers,
        links,
        risk,
        relief,
        by: set.by.as_str().to_owned(),
        at: set.at,
        end: format!("{PAGE}/{}/end", set.id),
    })
}

fn filled_in(caution: Caution) -> CautionForm {
    CautionForm {
        alike: caution.alike.to_string(),
        refused_percent: caution.refused_percent.to_string(),
        refused_days: caution.refused_days.to_string(),
        thread_comments: caution.thread_comments.to_string(),
        error: None,
    }
}

/// What the form of a mode sends.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Typed {
    scope: String,
    section: String,
    article: String,
    begins: String,
    ends: String,
    waits: String,
    newcomers: String,
    links: String,
    risk: String,
    relief: String,
}

/// A number in a field that may be empty; `Err` if it is none, or not in the range.
fn number(typed: &str, least: i64, most: i64) -> Result<Option<i64>, ()> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().ok().filter(|n| (least..=most).contains(n)).map(Some).ok_or(()),
    }
}

impl Typed {
    /// What was typed, or the field that is wrong with what is wrong about it.
    fn parse(&self, waits: Waits) -> Result<(Option<Span>, Mode), (&'static str, Say)> {
        let span = match (self.begins.trim(), self.ends.trim()) {
            ("", "") => None,
            (begins, ends) => {
                Some(Span::parse(begins, ends).ok_or_else(|| ("begins", Say::new("say-modes-span")))?)
            }
        };
        let most = Mode::MOST_NEWCOMERS;
        let newcomers = number(&self.newcomers, 0, most)
            .map_err(|()| ("newcomers", Say::new("say-modes-newcomers").number("most", most)))?;
        let risk = number(&self.risk, 1, 100).map_err(|()| ("risk", Say::new("say-modes-risk")))?;
        let most = Mode::LONGEST_RELIEF;
        let relief = number(&self.relief, 1, most)
            .map_err(|()| ("relief", Say::new("say-modes-relief").number("most", most)))?;
        let links = self.links == "yes";
        Ok((span, Mode { waits, newcomers: newcomers.unwrap_or(0), links, risk, relief }))
    }

    fn form(self, (field, why): (&str, Say)) -> ModeForm {
        let kept = |text: String| text.replace('\0', "");
        ModeForm {
            scope: kept(self.scope),
            section: kept(self.section),
            article: kept(self.article),
            begins: kept(self.begins),
            ends: kept(self.ends),
            waits: kept(self.waits),
            newcomers: kept(self.newcomers),
            links: self.links == "yes",
            risk: kept(self.risk),
            relief: kept(self.relief),
            error: Some((field.to_owned(), why)),
        }
    }
}

/// `POST /desk/moderation/modes`
async fn set(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    let session = visit.staff(Role::Moderator)?;
    // Chosen from a list: another word did not come from our page, and must not let everything appear.
    let waits = match typed.waits.as_str() {
        "" => Waits::default(),
        key => Waits::parse(key).ok_or_else(|| Trouble::Unreadable("waits".to_owned()))?,
    };
    let mut tx = visit.begin().await?;
    let moderator = Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    let scope = scope_of(&mut tx, &visit, &typed.scope, &typed.section, &typed.article).await?;
    let parsed = match scope {
        Err(why) => Err(("article", Say::new(why))),
        Ok(scope) => typed.parse(waits).map(|(span, mode)| (scope, span, mode)),
    };
    let (scope, span, mode): (Scope, Option<Span>, Mode) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            drop(tx);
            let page = page(&visit, typed.form(error), None, None).await?;
            return visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let id = phases::set_mode(&mut tx, &scope, span, mode, moderator, visit.now).await?;
    tx.commit().await?;
    tracing::info!(mode.id = %id, "reader {} set the mode {id}", session.reader);
    crate::phases::take_in(&visit.paper).await;
    visit.see_other(&format!("{PAGE}?said=set"))
}

/// `POST /desk/moderation/modes/{id}/end`
async fn end(visit: Visit, Path(id): Path<String>) -> Answer {
    let session = visit.staff(Role::Moderator)?;
    let id: ModeId = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    let moderator = Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    let ended = phases::end_mode(&mut tx, id, moderator, visit.now).await?;
    tx.commit().await?;
    crate::phases::take_in(&visit.paper).await;
    visit.see_other(&format!("{PAGE}?said={}", if ended { "ended" } else { "gone" }))
}

/// What the form of the cautions sends.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct TypedCaution {
    alike: String,
    refused_percent: String,
    refused_days: String,
    thread_comments: String,
}

/// `POST /desk/moderation/cautions`
async fn careful(visit: Visit, Form(typed): Form<TypedCaution>) -> Answer {
    let session = visit.staff(Role::Moderator)?;
    let fields = [&typed.alike, &typed.refused_percent, &typed.refused_days, &typed.thread_comments];
    let numbers = fields.map(|field| number(field, 0, i64::MAX).map(|number| number.unwrap_or(0)));
    let caution = match numbers {
        [Ok(alike), Ok(percent), Ok(days), Ok(comments)] => Caution::of([alike, percent, days, comments]),
        _ => None,
    };
    let Some(caution) = caution else {
        let kept = |text: String| text.replace('\0', "");
        let again = CautionForm {
            alike: kept(typed.alike),
            refused_percent: kept(typed.refused_percent),
            refused_days: kept(typed.refused_days),
            thread_comments: kept(typed.thread_comments),
            error: Some(Say::new("say-modes-caution")),
        };
        let page = page(&visit, ModeForm::default(), Some(again), None).await?;
        return visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let mut tx = visit.begin().await?;
    let moderator = Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    phases::change_caution(&mut tx, caution, moderator, visit.now).await?;
    tx.commit().await?;
    crate::phases::take_in(&visit.paper).await;
    visit.see_other(&format!("{PAGE}?said=careful"))
}
