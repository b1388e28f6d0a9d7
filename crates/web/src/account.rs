//! A reader's own page: drafts, own comments and what became of them, where they are signed in.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use reader::{ReaderId, Role, Why};
use store::Tx;
use story::Slug;
use theme::{AccountPage, Draft, Kind, Say, SessionView};

use crate::{Answer, Paper, Trouble, Visit};

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new().route("/account", get(account)).route("/account/sessions/{id}/end", post(end_session))
}

/// `GET /account`
async fn account(visit: Visit) -> Answer {
    let session = visit.reader()?;
    let mut tx = visit.read().await?;
    let reader = reader::by_id(&mut tx, session.reader).await?.ok_or(Trouble::NotFound)?;
    let sessions = reader::sessions(&mut tx, reader.id, visit.now)
        .await?
        .into_iter()
        .map(|listed| SessionView {
            current: listed.id == session.id,
            end: (listed.id != session.id).then(|| format!("/account/sessions/{}/end", listed.id)),
            device: listed.device,
            since: listed.opened_at,
            seen: listed.seen_at,
        })
        .collect();
    let title = visit.in_words("Ihr Konto", "Your account");
    visit.show(&AccountPage {
        frame: visit.frame(&mut tx, Kind::Page, title).await?,
        name: reader.name.as_str().to_owned(),
        mail: reader.mail.as_str().to_owned(),
        since: reader.created_at,
        roles: roles(reader.role),
        drafts: Vec::new(),
        comments: Vec::new(),
        older: None,
        sessions,
        notice: None,
    })
}

fn roles(role: Role) -> Vec<Say> {
    if role.is_staff() { vec![Say::new(&format!("role-{}", role.as_str()))] } else { Vec::new() }
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

/// Keeps a comment that was typed before signing in; gives the path of its thread. A text that is no comment, or a thread that
/// is not there, is left: the form it came from had been checked.
pub(crate) async fn keep_draft(
    visit: &Visit,
    tx: &mut Tx,
    reader: ReaderId,
    draft: &Draft,
) -> Result<Option<String>, Trouble> {
    let Some((section, slug)) = draft
        .to
        .trim_start_matches('/')
        .strip_suffix("/comments")
        .and_then(|path| path.split_once('/'))
        .and_then(|(section, slug)| Slug::parse(section).zip(Slug::parse(slug)))
    else {
        return Ok(None);
    };
    let Ok(body) = forum::Body::parse(&draft.text) else { return Ok(None) };
    let Some(archive::Found::Here(article)) = archive::article_at(tx, &section, &slug, visit.now).await?
    else {
        return Ok(None);
    };
    let reply_to = draft.reply_to.map(forum::CommentId);
    forum::keep_draft(tx, reader, article.id, reply_to, &body, visit.now).await?;
    Ok(Some(draft.to.clone()))
}
