//! The clauses that a decision may rest on, and the reasons that the desk has prepared for each.

use ::moderation::{Clause, Reason, Refusal};
use axum::extract::Query;
use http::StatusCode;
use reader::Role;
use serde::Deserialize;
use store::{Failure, Tx};
use theme::{DeskReasonsPage, GroundView, Kind, PreparedView, Say};

use super::moderator;
use crate::moderation::{clause_view, say};
use crate::{Answer, Form, Paper, Said, Trouble, Visit};

/// The clauses that a decision may rest on, each with its prepared reason.
pub(super) async fn grounds(tx: &mut Tx, paper: &Paper) -> Result<Vec<GroundView>, Failure> {
    let (prepared, language) = (::moderation::prepared(tx).await?, paper.house.language);
    let ground = |clause: &Clause| GroundView {
        id: clause.id.clone(),
        title: clause.title.of(language).to_owned(),
        reason: match prepared.get(&clause.id) {
            Some(own) => own.text.clone(),
            None => clause.reason.of(language).to_owned(),
        },
    };
    Ok(paper.rules.grounds().map(ground).collect())
}

/// `GET /desk/moderation/reasons`
pub(super) async fn desk(visit: Visit, Query(said): Query<Said>) -> Answer {
    visit.staff(Role::Moderator)?;
    let notice = (said.said == "prepared").then(|| Say::new("say-prepared"));
    visit.show(&page(&visit, notice).await?)
}

async fn page(visit: &Visit, notice: Option<Say>) -> Result<DeskReasonsPage, Trouble> {
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
pub(super) struct Text {
    clause: String,
    text: String,
}

/// `POST /desk/moderation/reasons`
pub(super) async fn prepare(visit: Visit, Form(typed): Form<Text>) -> Answer {
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
    let mut page = page(&visit, None).await?;
    let Some(row) = page.rows.iter_mut().find(|row| row.clause.id == typed.clause) else {
        return Err(Trouble::NotFound);
    };
    (row.text, row.error) = (typed.text.replace('\0', ""), Some(say(refusal)));
    visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
