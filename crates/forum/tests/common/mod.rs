//! The cast: two articles, a handful of readers, and a talk that is open from six to eight in the evening.
#![allow(dead_code)]

use forum::hours::Settings;
use forum::{ArticleId, Body, CommentId, Contribution, Hours, Key, Pace, ReaderId, Refusal};
use store::{Db, Failure, Migrations, Time};

pub const STANDINS: Migrations = Migrations {
    room: "standins",
    steps: &["create table articles (id {id}) {strict};
create table readers (id {id}, name text not null) {strict};"],
};
pub const ROOMS: &[Migrations] = &[store::MIGRATIONS, STANDINS, forum::MIGRATIONS];

pub const FIRE: ArticleId = ArticleId(1);
pub const FERRY: ArticleId = ArticleId(2);
pub const ANA: ReaderId = ReaderId(1);
pub const BEN: ReaderId = ReaderId(2);
pub const CARLA: ReaderId = ReaderId(3);

/// Half past seven in the morning of 24 November 2026, in Vienna.
pub const MORNING: Time = Time(1_795_501_800_000);

pub struct Paper {
    pub db: Db,
    pub hours: Hours,
}

impl Paper {
    pub async fn new(db: Db) -> Result<Paper, Failure> {
        let mut tx = db.begin().await?;
        for id in 1..=2_i64 {
            tx.execute("insert into articles (id) values ($1)", (id,)).await?;
        }
        for (id, name) in (1_i64..).zip(["Ana", "Ben", "Carla"]) {
            tx.execute("insert into readers (id, name) values ($1, $2)", (id, name)).await?;
        }
        for id in 4..=60_i64 {
            tx.execute("insert into readers (id, name) values ($1, $2)", (id, format!("Leser {id}"))).await?;
        }
        tx.commit().await?;
        let day = "06:00-20:00".to_owned();
        let hours = Settings {
            zone: "Europe/Vienna".to_owned(),
            monday: day.clone(),
            tuesday: day.clone(),
            wednesday: day.clone(),
            thursday: day.clone(),
            friday: day.clone(),
            saturday: day.clone(),
            sunday: day,
            ..Settings::default()
        };
        Ok(Paper { db, hours: hours.hours().map_err(|e| Failure::new(e.to_string()))? })
    }

    /// Posts about the fire.
    pub async fn says(
        &self,
        who: ReaderId,
        text: &str,
        at: Time,
    ) -> Result<Result<CommentId, Refusal>, Failure> {
        self.posts(&about(FIRE, who, None, text), at).await
    }

    /// Answers a comment about the fire.
    pub async fn answers(
        &self,
        who: ReaderId,
        to: CommentId,
        text: &str,
        at: Time,
    ) -> Result<Result<CommentId, Refusal>, Failure> {
        self.posts(&about(FIRE, who, Some(to), text), at).await
    }

    pub async fn posts(&self, said: &Contribution, at: Time) -> Result<Result<CommentId, Refusal>, Failure> {
        let mut tx = self.db.begin().await?;
        let answer = forum::post(&mut tx, said, &self.hours, Pace::default(), at).await?;
        if answer.is_ok() {
            tx.commit().await?;
        }
        Ok(answer)
    }
}

pub fn about(article: ArticleId, author: ReaderId, parent: Option<CommentId>, text: &str) -> Contribution {
    let body = Body::parse(text).expect("the test's text is a body");
    Contribution { article, author, parent, body, key: None }
}

pub fn with_key(mut said: Contribution, key: &str) -> Contribution {
    said.key = Key::parse(key);
    assert!(said.key.is_some());
    said
}
