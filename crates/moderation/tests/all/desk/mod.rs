//! Somebody who decides, on the forum's test paper.

#[path = "../../../../forum/tests/all/common/mod.rs"]
pub mod common;

use common::{CARLA, MORNING};
use moderation::{Moderator, Reason};
use reader::Role;
use store::{Db, Failure, Migrations};

pub const ROOMS: &[Migrations] =
    &[store::MIGRATIONS, archive::MIGRATIONS, reader::MIGRATIONS, forum::MIGRATIONS, moderation::MIGRATIONS];

pub fn reason(text: &str) -> Reason {
    Reason::parse(text).expect("a reason")
}

/// Appoints Carla and gives her desk.
pub async fn carla(db: &Db) -> Result<Moderator, Failure> {
    let mut tx = db.begin().await?;
    reader::appoint(&mut tx, CARLA, Role::Moderator, None, MORNING).await?.expect("appointed");
    let moderator = Moderator::appointed(&mut tx, CARLA).await?.expect("she is one now");
    tx.commit().await?;
    Ok(moderator)
}
