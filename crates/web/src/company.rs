//! Whom somebody follows or ignores, which threads they follow; and what the community desk says of a comment or its author
//! in public: chosen, name checked.

use std::sync::Arc;

use ::forum::CommentId;
use ::moderation::Moderator;
use archive::Found;
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::post;
use reader::{Company, ReaderId, Role};
use serde::Deserialize;

use crate::edition::moved;
use crate::forum::{Address, find};
use crate::own_path::OwnPath;
use crate::thread_view::thread_path;
use crate::{Answer, Form, Paper, Trouble, Visit};

/// The most characters of a reason at the desk.
const LONGEST_WHY: usize = 300;

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/readers/{id}/company", post(keep_company))
        .route("/readers/{id}/verification", post(verification))
        .route("/comments/{id}/feature", post(feature))
        .route("/{section}/{slug}/comments/follow", post(follow_thread))
}

/// Where the button stood.
#[derive(Default, Deserialize)]
#[serde(default)]
struct From {
    comment: Option<i64>,
    then: String,
}

impl From {
    /// The page to go back to, with what was done in `said`.
    fn back(&self, person: ReaderId, said: &str) -> String {
        match (self.comment, OwnPath::parse(&self.then)) {
            (Some(comment), _) => format!("/comments/{comment}?said={said}"),
            (None, Some(then)) => then.into_string(),
            (None, None) => format!("/readers/{person}"),
        }
    }
}

/// What a button with one value sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pressed {
    value: String,
}

impl Pressed {
    fn is_yes(&self) -> Result<bool, Trouble> {
        match self.value.as_str() {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(Trouble::Unreadable("value must be yes or no".to_owned())),
        }
    }
}

/// `POST /readers/{id}/company`
async fn keep_company(
    visit: Visit,
    Path(id): Path<String>,
    Query(from): Query<From>,
    Form(pressed): Form<Pressed>,
) -> Answer {
    let person: ReaderId = id.parse().map_err(|_| Trouble::NotFound)?;
    let reader = visit.reader()?.reader;
    let (company, said) = match pressed.value.as_str() {
        "follow" => (Some(Company::Follows), "followed"),
        "ignore" => (Some(Company::Ignores), "ignored"),
        "neither" => (None, "neither"),
        _ => return Err(Trouble::Unreadable("value must be follow, ignore or neither".to_owned())),
    };
    let mut tx = visit.begin().await?;
    if !reader::keep_company(&mut tx, reader, person, company, visit.now).await? {
        return Err(Trouble::NotFound);
    }
    tx.commit().await?;
    visit.see_other(&from.back(person, said))
}

/// `POST /{section}/{slug}/comments/follow`
async fn follow_thread(
    visit: Visit,
    address: Address,
    Query(from): Query<From>,
    Form(pressed): Form<Pressed>,
) -> Answer {
    let reader = visit.reader()?.reader;
    let follows = pressed.is_yes()?;
    let found = match find(&mut visit.read().await?, &address, visit.now).await? {
        Found::Here(found) | Found::Elsewhere(found) => found,
        Found::Moved(path) => return moved(&format!("{path}/comments")),
        Found::Withdrawn(_) => return Err(Trouble::Gone),
    };
    let mut tx = visit.begin().await?;
    if follows {
        ::forum::follow_thread(&mut tx, reader, found.id, visit.now).await?;
    } else {
        ::forum::leave_thread(&mut tx, reader, found.id).await?;
    }
    tx.commit().await?;
    let then = OwnPath::parse(&from.then).map(OwnPath::into_string);
    visit.see_other(&then.unwrap_or_else(|| format!("{}/mine", thread_path(&found))))
}

/// `POST /comments/{id}/feature`: the community desk chooses a comment, or chooses it no longer.
async fn feature(visit: Visit, Path(id): Path<String>, Form(pressed): Form<Pressed>) -> Answer {
    let id: CommentId = id.parse().map_err(|_| Trouble::NotFound)?;
    let moderator = visit.staff(Role::Moderator)?.reader;
    let mut tx = visit.begin().await?;
    Moderator::appointed(&mut tx, moderator).await?.ok_or(Trouble::Forbidden)?;
    ::forum::comment(&mut tx, id).await?.filter(|c| !c.is_gone()).ok_or(Trouble::NotFound)?;
    let said = if pressed.is_yes()? {
        ::forum::feature(&mut tx, id, moderator, visit.now).await?;
        "featured"
    } else {
        ::forum::end_feature(&mut tx, id, moderator, visit.now).await?;
        "featured-no"
    };
    tx.commit().await?;
    visit.see_other(&format!("/comments/{id}?said={said}"))
}

/// What the desk says of somebody, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verification {
    value: String,
    why: String,
    comment: Option<i64>,
}

/// `POST /readers/{id}/verification`: the community desk knows who somebody is, or no longer says so. Never without a reason.
async fn verification(visit: Visit, Path(id): Path<String>, Form(typed): Form<Verification>) -> Answer {
    let person: ReaderId = id.parse().map_err(|_| Trouble::NotFound)?;
    let staff = visit.staff(Role::Moderator).map_err(|trouble| trouble.giving_back(&typed.why))?;
    let moderator = staff.reader;
    let why = typed.why.trim();
    if why.is_empty() || why.chars().count() > LONGEST_WHY || why.chars().any(char::is_control) {
        return Err(Trouble::Unreadable(format!("why must be 1 to {LONGEST_WHY} characters in one line")));
    }
    let knows = Pressed { value: typed.value }.is_yes()?;
    let mut tx = visit.begin().await?;
    Moderator::appointed(&mut tx, moderator).await?.ok_or(Trouble::Forbidden)?;
    reader::by_id(&mut tx, person).await?.ok_or(Trouble::NotFound)?;
    let said = if knows {
        reader::verify(&mut tx, person, moderator, why, visit.now).await?;
        "verified"
    } else {
        reader::end_verification(&mut tx, person, moderator, why, visit.now).await?;
        "verified-no"
    };
    ::forum::author_changed(&mut tx, person, visit.now).await?;
    tx.commit().await?;
    let from = From { comment: typed.comment, then: String::new() };
    visit.see_other(&from.back(person, said))
}
