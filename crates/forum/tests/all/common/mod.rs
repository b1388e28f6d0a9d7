//! The cast: two articles, a handful of readers, and a talk that is open from six to eight in the evening.
#![allow(dead_code)]

use archive::ArticleId;
use forum::hours::Settings;
use forum::{Body, CommentId, Contribution, Hours, Key, Pace, Refusal};
use reader::{Mail, Name, Newcomer, ReaderId, Role};
use store::{Db, Failure, Migrations, Time, Tx};
use story::{Article, Language, Line, Slug};

pub const ROOMS: &[Migrations] =
    &[store::MIGRATIONS, archive::MIGRATIONS, reader::MIGRATIONS, forum::MIGRATIONS];

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
        archive::add_section(&mut tx, &slug("stadt"), &line("Stadt"), Time(0)).await?;
        for (name, expected) in [("hafenbrand", FIRE), ("faehre", FERRY)] {
            let published = archive::publish(&mut tx, &article(name), &line("Ada Berger"), Time(0)).await?;
            assert_eq!(published, Ok(expected));
        }
        for (id, name) in (1..).zip(["Ana", "Ben", "Carla"]) {
            assert_eq!(admit(&mut tx, name).await?, ReaderId(id));
        }
        for id in 4..=60 {
            assert_eq!(admit(&mut tx, &format!("Leser {id}")).await?, ReaderId(id));
        }
        tx.commit().await?;
        Ok(Paper { db, hours: settings().hours().map_err(|e| Failure::new(e.to_string()))? })
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
        let answer = forum::post(&mut tx, said, self.hours.state(at), Pace::default(), at).await?;
        if answer.is_ok() {
            tx.commit().await?;
        }
        Ok(answer.map(|posted| posted.here().expect("here nothing waits")))
    }
}

/// From six to eight in the evening, every day.
pub fn settings() -> Settings {
    Settings::every_day("Europe/Vienna", "06:00-20:00")
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

fn line(text: &str) -> Line {
    Line::parse("line", text, 200).expect("a line")
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn article(name: &str) -> Article {
    Article {
        source: line(name),
        slug: slug(name),
        section: slug("stadt"),
        language: Language::Austrian,
        kicker: None,
        headline: line(name),
        lead: None,
        authors: vec![line("Ada Berger")],
        agencies: vec![],
        place: None,
        published: None,
        body: vec![],
        figures: vec![],
    }
}

async fn admit(tx: &mut Tx, name: &str) -> Result<ReaderId, Failure> {
    let mail = Mail::parse(&format!("{}@example.org", name.replace(' ', ""))).expect("an address");
    let name = Name::of_staff(name).expect("a name");
    let newcomer = Newcomer { name, mail, password: None, language: Language::Austrian };
    let admitted = reader::admit(tx, &newcomer, Role::Reader, Time(0)).await?;
    Ok(admitted.expect("nobody has this name yet"))
}
