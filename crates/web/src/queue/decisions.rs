//! Decisions about one case or many.

use ::moderation::{Act, Case, Desk, Reason, Refusal};
use http::StatusCode;
use reader::Role;
use theme::{Say, UndecidedView};

use super::reasons::grounds;
use super::{Listed, Shown, moderator, page, refused};
use crate::{Answer, Form, Trouble, Visit};

/// The most cases of one act.
const MOST_AT_ONCE: usize = 100;

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
pub(super) async fn decide(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
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
