//! Word rules at the desk: seeing them, trying one on the last week, having it hold, ending it.

use std::sync::Arc;

use ::moderation::Moderator;
use ::moderation::words::{self, Action, Draft, Refusal, RuleId, Trial, WordRule};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use http::StatusCode;
use reader::Role;
use serde::Deserialize;
use store::Tx;
use theme::{CaughtView, DeskWordsPage, Kind, Say, StarterView, TrialView, WordRuleForm, WordRuleView};

use crate::moderation::clauses;
use crate::{Answer, Form, Paper, Trouble, Visit};

const PAGE: &str = "/desk/moderation/words";

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/desk/moderation/words", get(desk).post(take))
        .route("/desk/moderation/words/{id}/end", post(end))
}

/// `?said=` is what was just done, `?change=` a rule for the form, `?starter=` a proposal for it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    said: String,
    change: String,
    starter: String,
}

/// `GET /desk/moderation/words`
async fn desk(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    visit.staff(Role::Moderator)?;
    let notice = match asked.said.as_str() {
        "started" => Some(Say::new("say-words-started")),
        "ended" => Some(Say::new("say-words-ended")),
        "gone" => Some(Say::new("say-words-gone")),
        _ => None,
    };
    let mut tx = visit.read().await?;
    let rules = words::all(&mut tx).await?;
    let form = match asked.change.parse().map(RuleId) {
        Ok(id) => rules.iter().find(|rule| rule.id == id).map(form_of),
        Err(_) => {
            words::starters()?.into_iter().find(|starter| starter.key == asked.starter).map(|starter| {
                WordRuleForm {
                    forms: starter.forms.to_string(),
                    exceptions: starter.exceptions.to_string(),
                    ..WordRuleForm::default()
                }
            })
        }
    };
    let page = DeskWordsPage { notice, ..page(&visit, &mut tx, rules, form.unwrap_or_default()).await? };
    visit.show(&page)
}

fn form_of(rule: &WordRule) -> WordRuleForm {
    let Draft { forms, exceptions, clause, action, reason } = &rule.draft;
    WordRuleForm {
        replaces: rule.id.to_string(),
        forms: forms.to_string(),
        exceptions: exceptions.to_string(),
        clause: clause.clone(),
        action: action.key().to_owned(),
        reason: reason.clone(),
        error: None,
    }
}

async fn page(
    visit: &Visit,
    tx: &mut Tx,
    rules: Vec<WordRule>,
    form: WordRuleForm,
) -> Result<DeskWordsPage, Trouble> {
    let view = |rule: WordRule| WordRuleView {
        id: rule.id.0,
        forms: rule.draft.forms.to_string(),
        exceptions: rule.draft.exceptions.to_string(),
        clause: rule.draft.clause,
        action: rule.draft.action.key().to_owned(),
        reason: rule.draft.reason,
        tried: rule.tried,
        caught: rule.caught,
        fine: rule.fine,
        by: rule.by.as_str().to_owned(),
        at: rule.at,
        change: format!("{PAGE}?change={}", rule.id),
        end: format!("{PAGE}/{}/end", rule.id),
    };
    let starters = words::starters()?.into_iter();
    let starters = starters.map(|it| StarterView { url: format!("{PAGE}?starter={}", it.key), key: it.key });
    Ok(DeskWordsPage {
        frame: visit.frame(tx, Kind::Desk, visit.in_words("Wortregeln", "Word rules")).await?,
        rules: rules.into_iter().map(view).collect(),
        form,
        trial: None,
        starters: starters.collect(),
        clauses: clauses(&visit.paper),
        notice: None,
    })
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Typed {
    replaces: String,
    forms: String,
    exceptions: String,
    clause: String,
    action: String,
    reason: String,
    /// `start` for a rule that holds from now on; anything else tries it.
    #[serde(rename = "do")]
    wish: String,
}

impl Typed {
    fn form(self, error: Option<(String, Say)>) -> WordRuleForm {
        let kept = |text: String| text.replace('\0', "");
        WordRuleForm {
            replaces: kept(self.replaces),
            forms: kept(self.forms),
            exceptions: kept(self.exceptions),
            clause: kept(self.clause),
            action: if self.action == "withhold" { self.action } else { "hold".to_owned() },
            reason: kept(self.reason),
            error,
        }
    }

    /// What was typed, or the field that is wrong with what is wrong about it.
    fn parse(&self, visit: &Visit) -> Result<(Draft, Option<RuleId>), (String, Say)> {
        let action = Action::parse(&self.action).unwrap_or(Action::Hold);
        // Exceptions are looked at first, so that what is said of a word is said at its field.
        words::Forms::parse(&self.exceptions).map_err(|refusal| ("exceptions".to_owned(), say(&refusal)))?;
        let draft = Draft::parse(
            &visit.paper.rules,
            &self.forms,
            &self.exceptions,
            &self.clause,
            action,
            &self.reason,
        );
        let draft = draft.map_err(|refusal| (field(&refusal).to_owned(), say(&refusal)))?;
        Ok((draft, self.replaces.parse().ok().map(RuleId)))
    }
}

/// `POST /desk/moderation/words`: tries a rule, or has it hold.
async fn take(visit: Visit, Form(typed): Form<Typed>) -> Answer {
    visit.staff(Role::Moderator).map_err(|trouble| trouble.giving_back(&typed.forms))?;
    let (draft, replaces) = match typed.parse(&visit) {
        Ok(parsed) => parsed,
        Err(error) => return refused(&visit, typed, error).await,
    };
    let mut tx = visit.read().await?;
    let trial = words::try_on_the_last_week(&mut tx, &draft, replaces, visit.now).await?;
    if typed.wish != "start" {
        let rules = words::all(&mut tx).await?;
        let page = page(&visit, &mut tx, rules, typed.form(None)).await?;
        return visit.show(&DeskWordsPage { trial: Some(view(trial)), ..page });
    }
    drop(tx);
    let mut tx = visit.begin().await?;
    let session = visit.staff(Role::Moderator)?;
    let moderator = Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    match words::add(&mut tx, &draft, &trial, replaces, moderator, visit.now).await? {
        Ok(id) => {
            tx.commit().await?;
            tracing::info!(rule.id = %id, "reader {} made the word rule {id}", session.reader);
            crate::phases::take_in(&visit.paper).await;
            visit.see_other(&format!("{PAGE}?said=started"))
        }
        Err(refusal) => {
            tx.undo().await?;
            refused(&visit, typed, (field(&refusal).to_owned(), say(&refusal))).await
        }
    }
}

fn view(trial: Trial) -> TrialView {
    let caught = |it: words::Caught| CaughtView {
        url: format!("/comments/{}", it.comment),
        text: it.text,
        found: it.found,
        at: it.at,
        fine: it.is_fine,
    };
    TrialView {
        tried: trial.tried,
        caught: trial.caught,
        fine: trial.fine,
        examples: trial.examples.into_iter().map(caught).collect(),
    }
}

/// The page with what was typed and what is wrong with it.
async fn refused(visit: &Visit, typed: Typed, error: (String, Say)) -> Answer {
    let mut tx = visit.read().await?;
    let rules = words::all(&mut tx).await?;
    let page = page(visit, &mut tx, rules, typed.form(Some(error))).await?;
    visit.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn field(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::UnknownClause => "clause",
        Refusal::NoReason | Refusal::LongReason { .. } => "reason",
        _ => "forms",
    }
}

fn say(refusal: &Refusal) -> Say {
    let many = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match refusal {
        Refusal::NoWord { .. } => Say::new("say-words-none"),
        Refusal::ShortWord { word, fewest } => {
            Say::new("say-words-short").text("word", &**word).number("fewest", many(*fewest))
        }
        Refusal::LongWord { word, longest } => {
            Say::new("say-words-long").text("word", &**word).number("longest", many(*longest))
        }
        Refusal::ManyWords { most } => Say::new("say-words-many").number("most", many(*most)),
        Refusal::UnknownClause => Say::new("say-decision-clause"),
        Refusal::NoReason => Say::new("say-words-reason"),
        Refusal::LongReason { longest } => Say::new("say-decision-long").number("longest", many(*longest)),
        Refusal::ManyRules { most } => Say::new("say-words-rules").number("most", many(*most)),
        Refusal::NoSuchRule => Say::new("say-words-gone"),
    }
}

/// `POST /desk/moderation/words/{id}/end`
async fn end(visit: Visit, Path(id): Path<String>) -> Answer {
    let session = visit.staff(Role::Moderator)?;
    let id: RuleId = id.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = visit.begin().await?;
    let moderator = Moderator::appointed(&mut tx, session.reader).await?.ok_or(Trouble::Forbidden)?;
    let ended = words::end(&mut tx, id, moderator, visit.now).await?;
    tx.commit().await?;
    crate::phases::take_in(&visit.paper).await;
    visit.see_other(&format!("{PAGE}?said={}", if ended { "ended" } else { "gone" }))
}
