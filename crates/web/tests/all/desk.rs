//! What administrators see of the paper's work, on both databases.

use crate::cast::{MORNING, ROOMS, paper, person, signed_in};
use http::StatusCode;
use reader::Role;
use serde::{Deserialize, Serialize};
use store::jobs::{self, Later};
use store::testing::on_both;
use web::Mailbox;

type Failed = Box<dyn std::error::Error>;

#[derive(Serialize, Deserialize)]
struct Impossible;

impl Later for Impossible {
    const KIND: &'static str = "impossible";
}

on_both!(a_job_that_failed_is_tried_again_when_an_administrator_says_so, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    jobs::later(&mut tx, &Impossible, MORNING).await?;
    tx.commit().await?;
    let job = jobs::claim(&db, "worker", MORNING).await?.ok_or("a job")?;
    let mut tx = db.begin().await?;
    jobs::failed(&mut tx, &job, "nobody can do this", MORNING).await?;
    tx.commit().await?;
    assert!(jobs::claim(&db, "worker", MORNING).await?.is_none(), "it waits before it is tried again");

    let mut browsers = Vec::new();
    for (name, role) in [("Chefin", Role::Administrator), ("Anna", Role::Editor)] {
        let reader = person(&db, name, &format!("{name}@example.org"), role).await?;
        browsers.push(signed_in(&db, reader).await?);
    }
    let door = paper(db.clone(), Mailbox::Away)?;
    let page = browsers[0].get(&door, "/desk/jobs").await?;
    assert!(page.body.contains("nobody can do this"));
    let again = page.between("action=\"/desk/jobs/", "\"").ok_or("a button")?;
    let again = format!("/desk/jobs/{again}");
    assert_eq!(browsers[1].post(&door, &again, &[]).await?.status, StatusCode::FORBIDDEN);
    assert!(jobs::claim(&db, "worker", MORNING).await?.is_none());
    assert_eq!(browsers[0].post(&door, &again, &[]).await?.status, StatusCode::SEE_OTHER);
    assert_eq!(jobs::claim(&db, "worker", MORNING).await?.map(|job| job.tries), Some(0));
    Ok::<(), Failed>(())
});
