//! `blatt demo`: the complete newspaper „Der Uferbote“, to look at and to try everything on.
//!
//! The paper is written by us (`demo/`), stands in the binary, and is brought in through the same verbs a newsroom
//! uses: nothing here writes rows of its own. Articles and comments carry their age, so that the paper is always of today.

mod benefits;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use archive::ArticleId;
use clap::Args;
use forum::hours::State;
use forum::{CommentId, Contribution, Pace, Vote};
use games::quiz::Quiz;
use games::{Day, Game, Key, Level, crossword};
use jiff::tz::TimeZone;
use moderation::{Moderator, Reason, Rules};
use reader::{Mail, Name, Newcomer, ReaderId, Role};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{Db, Failure, Time, Tx};
use story::{Article, Block, Language, Line, Slug};
use web::Mailbox;

use super::work::Tools;
use super::{serve, user};
use crate::config::Config;
use crate::folder::Folder;
use crate::outside;

const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/demo.rs"));

/// `blatt demo`
#[derive(Clone, Debug, Args)]
pub struct Demo {
    /// Keep the paper in this folder instead of a temporary one.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Address and port to serve on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Start the paper's clock at this local time (2026-11-24T05:30), to look at it at another hour.
    #[arg(long, value_name = "TIME")]
    clock: Option<String>,
}

const SECTIONS: [(&str, &str); 6] = [
    ("auersbruck", "Auersbruck"),
    ("region", "Region"),
    ("politik", "Politik"),
    ("wirtschaft", "Wirtschaft"),
    ("kultur", "Kultur"),
    ("sport", "Sport"),
];

/// The people a visitor can be: name, role.
const PEOPLE: [(&str, Role); 5] = [
    ("leser", Role::Reader),
    ("partner", Role::Reader),
    ("moderator", Role::Moderator),
    ("redakteur", Role::Editor),
    ("chefin", Role::Administrator),
];

/// Founds the paper if it is not there yet, and serves it.
pub async fn demo(command: Demo) -> Result<(), Failure> {
    let (path, passing) = match command.data {
        Some(path) => (path, None),
        None => {
            let passing = Passing::new()?;
            (passing.0.clone(), Some(passing))
        }
    };
    let listener = serve::listen(&command.listen).await?;
    let folder = Folder::at(&path);
    let is_new = !folder.is_a_paper();
    if is_new {
        folder.make()?;
        std::fs::create_dir_all(path.join("pages"))?;
        let pages = FILES.iter().map(|(name, _)| *name).filter(|name| name.starts_with("pages/"));
        for name in pages.chain(["nameplate.svg", "icon.svg", "rules.toml"]) {
            std::fs::write(path.join(name), file(name)?)?;
        }
        std::fs::write(folder.config_file(), CONFIGURATION)?;
    }
    let mut config = Config::read(&path, |name| std::env::var(name).ok())?;
    let address = listener.local_addr()?;
    config.set("address", format!("http://localhost:{}", address.port()));
    let clock = match &command.clock {
        Some(start) => outside::clock_from(start, &serve::zone(&config)?)?,
        None => outside::clock(),
    };
    let db = folder.open(&config, clock.now()).await?;
    if is_new {
        found(&db, &folder, &serve::zone(&config)?, clock.now()).await?;
    }
    let links = sign_in_links(&db, config.get("address"), clock.now()).await?;
    println!(
        "Der Uferbote: {}\n\nSign in (once each, within ten minutes; later: blatt user link --data {} NAME)",
        config.get("address"),
        path.display()
    );
    links.iter().for_each(|(name, link)| println!("  {name:<10} {link}"));
    println!(
        "\nStop with Ctrl+C.{}",
        if passing.is_some() { " The paper goes away with it; --data DIR keeps one." } else { "" }
    );
    let tools = Tools::lay_out(&config, &folder, db.clone(), clock.clone())?;
    let mut paper = serve::assemble(&config, &folder, db, clock)?;
    // Nobody here has a real address, so the letters lie open; but only for whoever sits at this machine.
    if listener.local_addr()?.ip().is_loopback() {
        paper.mailbox = Mailbox::Open;
    }
    let paper = Arc::new(paper);
    serve::on_air(paper, tools, listener).await
}

async fn sign_in_links(db: &Db, address: &str, now: Time) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut links = Vec::new();
    for (name, _) in PEOPLE {
        links.push((name, format!("{address}{}", user::link(db, name, now).await?)));
    }
    Ok(links)
}

const CONFIGURATION: &str = r#"# Der Uferbote, the demo paper.
name = "Der Uferbote"
claim = "Zeitung für Auersbruck und das Donautal"
place = "Auersbruck"
founded = "1868"
publisher = "Uferboten-Verlag Auersbruck"
contact = "Redaktion: Ländgasse 4, 3799 Auersbruck | Telefon 02799 41 0"
report_mail = "meldestelle@uferbote.example"

[staff]
# So that a visitor is everybody at once. A paper of one's own leaves this line out.
second_factor = false

[hours]
# Closed for an hour in the early morning, so that a visitor finds the forum open at almost any time.
monday = "06:00-05:00"
tuesday = "06:00-05:00"
wednesday = "06:00-05:00"
thursday = "06:00-05:00"
friday = "06:00-05:00"
saturday = "06:00-05:00"
sunday = "06:00-05:00"
"#;

/// A temporary folder that goes away with the demo.
struct Passing(PathBuf);

impl Passing {
    fn new() -> Result<Passing, Failure> {
        let mut bytes = [0; 8];
        outside::chance(&mut bytes);
        let path = std::env::temp_dir().join(format!("uferbote-{:016x}", u64::from_le_bytes(bytes)));
        std::fs::create_dir(&path)?;
        Ok(Passing(path))
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn file(name: &str) -> Result<&'static [u8], Failure> {
    FILES
        .iter()
        .find(|(other, _)| *other == name)
        .map(|(_, bytes)| *bytes)
        .ok_or_else(|| Failure::new(format!("the demo paper lacks {name}")))
}

fn text(name: &str) -> Result<&'static str, Failure> {
    std::str::from_utf8(file(name)?).map_err(|error| Failure::because(format!("{name} is not UTF-8"), error))
}

/// Brings everything in.
async fn found(db: &Db, folder: &Folder, zone: &TimeZone, now: Time) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    for (slug, name) in SECTIONS {
        archive::add_section(&mut tx, &slug_of(slug)?, &line(name)?, now).await?;
    }
    let articles = bring_articles(&mut tx, folder, now).await?;
    tx.commit().await?;
    let mut tx = db.begin().await?;
    let people = admit_people(&mut tx, now).await?;
    benefits::bring(&mut tx, folder, &people.ids, &people.voters, now).await?;
    bring_talk(&mut tx, &articles, people, now).await?;
    bring_puzzles(&mut tx, Day::of(now, zone), now).await?;
    tx.commit().await
}

/// The quiz of this week and a crossword for today; all other puzzles make themselves.
async fn bring_puzzles(tx: &mut Tx, today: Day, now: Time) -> Result<(), Failure> {
    let quiz =
        Quiz::parse(text("quiz.toml")?).map_err(|refusal| Failure::new(format!("quiz.toml: {refusal:?}")))?;
    let key = Key::new(Game::Quiz, Level::Plain, today.monday());
    games::keep(tx, key, &serde_json::to_string(&quiz)?, now).await?;
    let crossword = crossword::read(text("crossword.ipuz")?)
        .map_err(|faults| Failure::new(format!("crossword.ipuz: {faults:?}")))?;
    let key = Key::new(Game::Crossword, Level::Plain, today);
    games::keep(tx, key, &crossword.content()?, now).await.map(drop)
}

async fn bring_articles(
    tx: &mut Tx,
    folder: &Folder,
    now: Time,
) -> Result<HashMap<String, ArticleId>, Failure> {
    let mut brought = HashMap::new();
    for (name, bytes) in FILES.iter().filter(|(name, _)| name.starts_with("articles/")) {
        let words = std::str::from_utf8(bytes)
            .map_err(|error| Failure::because(format!("{name} is not UTF-8"), error))?;
        let (draft, rank) = story::markdown::read_sample(words, name, now)
            .map_err(|refused| Failure::new(format!("{name}: {refused}")))?;
        let mut article = draft.article;
        hang_pictures(tx, &mut article, folder, now).await?;
        let by = article.authors.first().cloned().unwrap_or(line("Redaktion")?);
        let published = article.published.unwrap_or(now);
        let id = archive::publish(tx, &article, &by, published)
            .await?
            .map_err(|clash| Failure::new(format!("{name}: {clash:?}")))?;
        speech::wanted(tx, id, &article, now).await?;
        if let Some(rank) = rank {
            archive::place(tx, id, rank, &by, now).await?;
        }
        for author in &article.authors {
            let portrait = format!("pictures/autor-{}.svg", Slug::from_words(author.as_str(), "autor"));
            if let Ok(bytes) = file(&portrait) {
                let hung = hang(tx, bytes, folder, now).await?;
                archive::add_portrait(tx, author, &hung, now).await?;
            }
        }
        for correction in &draft.corrections {
            archive::correct(tx, id, &correction.note, &correction.by, correction.at).await?;
        }
        brought.insert(article.source.to_string(), id);
    }
    Ok(brought)
}

async fn hang_pictures(
    tx: &mut Tx,
    article: &mut Article,
    folder: &Folder,
    now: Time,
) -> Result<(), Failure> {
    for block in &mut article.body {
        if let Block::Picture(picture) = block {
            picture.file = hang(tx, file(&format!("pictures/{}", picture.file))?, folder, now).await?;
        }
    }
    Ok(())
}

/// Puts one of our drawings among the paper's pictures, named by what is in it.
async fn hang(tx: &mut Tx, bytes: &[u8], folder: &Folder, now: Time) -> Result<String, Failure> {
    let name: String = Sha256::digest(bytes)[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let name = format!("{name}.svg");
    std::fs::write(folder.pictures().join(&name), bytes)?;
    let size =
        if bytes.windows(14).any(|window| window == b"\"0 0 1200 750\"") { (1200, 750) } else { (120, 120) };
    archive::add_picture(tx, &name, size, i64::try_from(bytes.len()).unwrap_or(0), now).await?;
    Ok(name)
}

#[derive(Deserialize)]
struct Talk {
    people: Vec<Person>,
    comments: Vec<Said>,
}

#[derive(Deserialize)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Said {
    id: String,
    article: String,
    reply_to: Option<String>,
    by: String,
    age_minutes: i64,
    text: String,
    #[serde(default)]
    up: usize,
    #[serde(default)]
    down: usize,
    removed: Option<Removed>,
    /// Chosen by the desk.
    #[serde(default)]
    featured: bool,
}

#[derive(Deserialize)]
struct Removed {
    clause: String,
    reason: String,
}

struct People {
    talk: Talk,
    ids: HashMap<String, ReaderId>,
    /// Readers who only vote.
    voters: Vec<ReaderId>,
}

async fn admit_people(tx: &mut Tx, now: Time) -> Result<People, Failure> {
    let talk: Talk =
        toml::from_str(text("comments.toml")?).map_err(|error| Failure::because("comments.toml", error))?;
    let long_ago = now.plus_minutes(-60 * 24 * 400);
    let mut ids = HashMap::new();
    for (name, role) in PEOPLE {
        ids.insert(name.to_owned(), admit(tx, name, role, long_ago).await?);
    }
    for person in &talk.people {
        ids.insert(person.name.clone(), admit(tx, &person.name, Role::Reader, long_ago).await?);
    }
    for said in &talk.comments {
        // Whoever answers under their own name wrote the article.
        if !ids.contains_key(&said.by) {
            ids.insert(said.by.clone(), admit(tx, &said.by, Role::Editor, long_ago).await?);
        }
    }
    let most = talk.comments.iter().map(|said| said.up + said.down).max().unwrap_or(0);
    let mut voters = Vec::new();
    for number in 0..most {
        voters.push(admit(tx, &format!("Stimme {}", spelled(number)), Role::Reader, long_ago).await?);
    }
    Ok(People { talk, ids, voters })
}

/// Names that do not look alike: digits would count as the letters they resemble.
fn spelled(mut number: usize) -> String {
    const SYLLABLES: [&str; 12] = ["ba", "ke", "mu", "fo", "ri", "ta", "ne", "pu", "so", "di", "ga", "we"];
    let mut name = String::new();
    loop {
        name.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
        if number == 0 {
            return name;
        }
    }
}

async fn admit(tx: &mut Tx, name: &str, role: Role, now: Time) -> Result<ReaderId, Failure> {
    let refused = |refusal: reader::Refusal| Failure::new(format!("{name}: {refusal:?}"));
    let mail = format!("{}@uferbote.example", Slug::from_words(name, "leser"));
    let newcomer = Newcomer {
        name: Name::of_staff(name).map_err(refused)?,
        mail: Mail::parse(&mail).map_err(refused)?,
        password: None,
        language: Language::Austrian,
    };
    reader::admit(tx, &newcomer, role, now).await?.map_err(refused)
}

async fn bring_talk(
    tx: &mut Tx,
    articles: &HashMap<String, ArticleId>,
    people: People,
    now: Time,
) -> Result<(), Failure> {
    let rules = Rules::parse(text("rules.toml")?)
        .map_err(|trouble| Failure::new(format!("rules.toml: {trouble}")))?;
    let moderator = Moderator::appointed(tx, people.ids["moderator"])
        .await?
        .ok_or_else(|| Failure::new("the demo's moderator is none"))?;
    let mut said: Vec<&Said> = people.talk.comments.iter().collect();
    said.sort_by_key(|said| std::cmp::Reverse(said.age_minutes));
    let pace = Pace { per_minute: 1000, per_hour: 1000 };
    let mut comments: HashMap<&str, CommentId> = HashMap::new();
    for said in said {
        let trouble = |what: &str| Failure::new(format!("comment {}: {what}", said.id));
        let article = articles.get(&said.article).ok_or_else(|| trouble("no such article"))?;
        let contribution = Contribution {
            article: *article,
            author: *people.ids.get(&said.by).ok_or_else(|| trouble("nobody of that name"))?,
            parent: said.reply_to.as_deref().and_then(|id| comments.get(id).copied()),
            body: forum::Body::parse(&said.text).map_err(|refusal| trouble(&format!("{refusal:?}")))?,
            key: None,
        };
        let at = now.plus_minutes(-said.age_minutes);
        let id = forum::post(tx, &contribution, State::Open { until: None }, pace, at)
            .await?
            .map_err(|r| trouble(&format!("{r:?}")))?
            .here()
            .ok_or_else(|| trouble("it waits for approval"))?;
        comments.insert(&said.id, id);
        let votes = std::iter::repeat_n(Vote::Up, said.up).chain(std::iter::repeat_n(Vote::Down, said.down));
        for (voter, vote) in people.voters.iter().zip(votes) {
            forum::vote(tx, id, *voter, Some(vote), at).await?.map_err(|r| trouble(&format!("{r:?}")))?;
        }
    }
    for said in people.talk.comments.iter().filter(|said| said.featured) {
        let at = now.plus_minutes(9 - said.age_minutes);
        forum::feature(tx, comments[&*said.id], people.ids["moderator"], at).await?;
    }
    // Decisions come last: what was removed could still be answered while it stood.
    for (said, removed) in people.talk.comments.iter().filter_map(|said| Some((said, said.removed.as_ref()?)))
    {
        let trouble = |what: String| Failure::new(format!("comment {}: {what}", said.id));
        let reason = Reason::parse(&removed.reason).map_err(|refusal| trouble(format!("{refusal:?}")))?;
        let at = now.plus_minutes(6 - said.age_minutes);
        moderation::remove(tx, &rules, moderator, comments[&*said.id], &removed.clause, &reason, at)
            .await?
            .map_err(|refusal| trouble(format!("{refusal:?}")))?;
    }
    Ok(())
}

fn slug_of(text: &str) -> Result<Slug, Failure> {
    Slug::parse(text).ok_or_else(|| Failure::new(format!("{text} is no slug")))
}

fn line(text: &str) -> Result<Line, Failure> {
    Line::parse("name", text, 200).map_err(|trouble| Failure::new(trouble.to_string()))
}
