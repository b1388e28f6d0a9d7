//! Fills a paper that has just been founded: articles, readers, a talk under each article, and removals with reasons.
//!
//! How much is said where follows a power law, as in a real forum: one thread has a tenth of everything, most have few
//! comments; a few readers write most. Everything comes from one seed. Articles, readers and removals go through the verbs that a
//! newsroom uses, comments through [`forum::bring`]. Called by `cargo xtask fill`: `fill DATABASE ARTICLES COMMENTS SEED`.

mod chance;
mod language;
mod talk;

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use archive::ArticleId;
use chance::Chance;
use forum::CommentId;
use moderation::{Moderator, Reason, Rules};
use reader::{Mail, Name, Newcomer, ReaderId, Role};
use store::{Address, Db, Failure, Time};
use story::{Article, Block, Language, Line, Slug, Text};
use talk::Talk;

/// Rows of one transaction: whoever else writes waits for it.
const SLICE: usize = 500;
/// Days that the archive covers.
const DAYS: u64 = 730;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [database, articles, comments, seed] = words.as_slice() else {
        return Err(Failure::new("fill DATABASE ARTICLES COMMENTS SEED"));
    };
    let number =
        |word: &String| word.parse::<u64>().map_err(|_| Failure::new(format!("{word} is no number")));
    let (articles, comments, seed) = (number(articles)?, number(comments)?, number(seed)?);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let now = Time(i64::try_from(now).unwrap_or(i64::MAX));
    let db = Db::open_as_it_is(&Address::parse(database)).await?;
    let mut chance = Chance::new(seed);
    let published = publish(&db, articles, &mut chance, now).await?;
    let (readers, moderator) = admit(&db, comments, now).await?;
    let ids = say(&db, comments, published, &readers, &mut chance, now).await?;
    remove(&db, &ids, moderator, &mut chance, now).await?;
    if db.is_shared() {
        // It would look at the new rows by itself in a minute or so; whoever measures does not wait for that.
        let mut tx = db.begin().await?;
        tx.execute("analyze", ()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Says how far something is, on one line that is written over.
struct Progress {
    what: &'static str,
    all: u64,
    since: Instant,
}

impl Progress {
    fn new(what: &'static str, all: u64) -> Progress {
        Progress { what, all, since: Instant::now() }
    }

    fn at(&self, done: u64) {
        let end = if done >= self.all { '\n' } else { '\r' };
        let seconds = self.since.elapsed().as_secs_f64();
        eprint!(
            "{}: {done} of {} ({} %), {seconds:.1} s  {end}",
            self.what,
            self.all,
            done * 100 / self.all.max(1)
        );
    }
}

async fn publish(
    db: &Db,
    count: u64,
    chance: &mut Chance,
    now: Time,
) -> Result<Vec<(ArticleId, Time)>, Failure> {
    let progress = Progress::new("articles", count);
    let sections = archive::sections(&mut db.read().await?).await?;
    let mut published = Vec::new();
    for first in (0..count).step_by(50) {
        let mut tx = db.begin().await?;
        for number in first..(first + 50).min(count) {
            let minutes = DAYS * 24 * 60;
            // Oldest first, so that ids go with time.
            let age = minutes - number * minutes / count.max(1);
            let at = now.plus_minutes(-i64::try_from(age).unwrap_or(0));
            let section = &sections[usize::try_from(number).unwrap_or(0) % sections.len()].slug;
            let article = article(number, section, chance)?;
            let id = archive::publish(
                &mut tx,
                &Article { published: Some(at), ..article },
                &line("Redaktion")?,
                at,
            )
            .await?
            .map_err(|clash| Failure::new(format!("article {number}: {clash:?}")))?;
            published.push((id, at));
        }
        tx.commit().await?;
        progress.at((first + 50).min(count));
    }
    Ok(published)
}

fn article(number: u64, section: &Slug, chance: &mut Chance) -> Result<Article, Failure> {
    let headline = language::headline(chance);
    let slug = Slug::from_words(&format!("{headline} {number}"), "artikel");
    let paragraph = |chance: &mut Chance| Block::Paragraph(Text::plain(language::paragraph(chance, 4)));
    Ok(Article {
        source: line(&format!("fill-{number}"))?,
        slug,
        section: section.clone(),
        language: Language::Austrian,
        kicker: None,
        headline: line(&headline)?,
        lead: Some(line(&language::paragraph(chance, 1))?),
        authors: vec![line("Redaktion")?],
        agencies: Vec::new(),
        place: None,
        published: None,
        body: (0..6).map(|_| paragraph(chance)).collect(),
        figures: Vec::new(),
    })
}

/// One reader for every hundred and fifty comments, and a moderator.
async fn admit(db: &Db, comments: u64, now: Time) -> Result<(Vec<ReaderId>, ReaderId), Failure> {
    let count = (comments / 150).clamp(500, 8_000);
    let progress = Progress::new("readers", count);
    let long_ago = now.plus_minutes(-10 * 365 * 24 * 60);
    let mut readers = Vec::new();
    for first in (0..count).step_by(200) {
        let mut tx = db.begin().await?;
        for number in first..(first + 200).min(count) {
            let since = long_ago.plus_minutes(i64::try_from(number * 400).unwrap_or(0));
            readers.push(open(&mut tx, &language::name(number), number, Role::Reader, since).await?);
        }
        tx.commit().await?;
        progress.at((first + 200).min(count));
    }
    let mut tx = db.begin().await?;
    let moderator = open(&mut tx, "Moderation vom Dienst", count, Role::Moderator, long_ago).await?;
    tx.commit().await?;
    Ok((readers, moderator))
}

async fn open(
    tx: &mut store::Tx,
    name: &str,
    number: u64,
    role: Role,
    since: Time,
) -> Result<ReaderId, Failure> {
    let refused = |refusal: reader::Refusal| Failure::new(format!("{name}: {refusal:?}"));
    let newcomer = Newcomer {
        name: Name::of_staff(name).map_err(refused)?,
        mail: Mail::parse(&format!("leser{number}@messbote.example")).map_err(refused)?,
        password: None,
        language: Language::Austrian,
    };
    reader::admit(tx, &newcomer, role, since).await?.map_err(refused)
}

async fn say(
    db: &Db,
    count: u64,
    published: Vec<(ArticleId, Time)>,
    readers: &[ReaderId],
    chance: &mut Chance,
    now: Time,
) -> Result<Vec<CommentId>, Failure> {
    let progress = Progress::new("comments", count);
    let mut talk = Talk::plan(count, published, chance, now);
    let mut all = Vec::new();
    loop {
        let mut tx = db.begin().await?;
        let ids = forum::take_ids(&mut tx, SLICE).await?;
        let said = talk.next(&ids, readers, chance)?;
        if said.is_empty() {
            return Ok(all);
        }
        forum::bring(&mut tx, &said, now).await?;
        tx.commit().await?;
        all.extend(said.iter().map(|said| said.id));
        progress.at(all.len() as u64);
    }
}

/// One comment in a hundred was removed, with a reason.
async fn remove(
    db: &Db,
    ids: &[CommentId],
    moderator: ReaderId,
    chance: &mut Chance,
    now: Time,
) -> Result<(), Failure> {
    let rules = Rules::parse(moderation::BUILT_IN).map_err(|trouble| Failure::new(trouble.to_string()))?;
    let clause =
        rules.grounds().next().map(|clause| clause.id.clone()).ok_or_else(|| Failure::new("no clause"))?;
    let reason = Reason::parse("Das ging gegen eine Person.")
        .map_err(|refusal| Failure::new(format!("{refusal:?}")))?;
    let count = ids.len() / 100;
    let progress = Progress::new("removals", count as u64);
    for first in (0..count).step_by(50) {
        let mut tx = db.begin().await?;
        let who =
            Moderator::appointed(&mut tx, moderator).await?.ok_or_else(|| Failure::new("no moderator"))?;
        for number in first..(first + 50).min(count) {
            let comment = ids[100 * number + chance.below(100)];
            moderation::remove(&mut tx, &rules, who, comment, &clause, &reason, now)
                .await?
                .map_err(|refusal| Failure::new(format!("{comment}: {refusal:?}")))?;
        }
        tx.commit().await?;
        progress.at((first + 50).min(count) as u64);
    }
    Ok(())
}

fn line(text: &str) -> Result<Line, Failure> {
    Line::parse("line", text, 1_000).map_err(|trouble| Failure::new(trouble.to_string()))
}
