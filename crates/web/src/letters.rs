//! The mailbox that stands in for mail delivery.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use reader::Role;
use theme::{DeskMailPage, Kind, MailView};

use crate::{Answer, Mailbox, Paper, Trouble, Visit};

/// The addresses of this file.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new().route("/desk/mail", get(mailbox))
}

/// `GET /desk/mail`: not there at all once letters go through a mail server.
async fn mailbox(visit: Visit) -> Answer {
    match visit.paper.mailbox {
        Mailbox::Away => return Err(Trouble::NotFound),
        Mailbox::Administrators => drop(visit.staff(Role::Administrator)?),
        Mailbox::Open => {}
    }
    let mut tx = visit.read().await?;
    let mails = reader::letters(&mut tx)
        .await?
        .into_iter()
        .map(|letter| MailView {
            id: letter.id.0,
            at: letter.made_at,
            to: letter.recipient.as_str().to_owned(),
            subject: letter.subject,
            text: letter.text,
        })
        .collect();
    let title = visit.in_words("Postfach", "Mailbox");
    visit.show(&DeskMailPage { frame: visit.frame(&mut tx, Kind::Desk, title).await?, mails, older: None })
}
