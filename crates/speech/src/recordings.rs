//! What was recorded, what is still to be, and what cannot be.
//!
//! A recording belongs to one state of an article's text, named by its [`key`]. So whether there is one that fits is a question
//! to rows and not to memory; a correction that changes no spoken word needs nothing made anew, and a job that comes too late
//! for its text does nothing. Publishing and correcting call [`wanted`] in their transaction, a worker calls [`make`].

use archive::{ArticleId, Bookmark};
use serde::{Deserialize, Serialize};
use store::{Db, Failure, Time, Tx, events, jobs};
use story::Article;

use crate::{Refusal, Script, Shelf, Studio, key};

/// The room's rows.
pub const MIGRATIONS: store::Migrations =
    store::Migrations { room: "speech", steps: &[include_str!("rows.sql")] };

/// The topic of events about an article's sound: made, not possible, or gone (subject: the article's id).
pub const RECORDING: &str = "recording";

/// An article's text, recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// Whose text it is.
    pub article: ArticleId,
    /// Which state of the text.
    pub key: String,
    /// Engine and voice.
    pub voice: String,
    /// When it was made.
    pub made_at: Time,
    /// How long it lasts.
    pub duration_ms: i64,
    /// How large its MP3 file is.
    pub bytes: i64,
    /// How many letters could not be spoken.
    pub unspeakable: i64,
}
store::row!(Recording { article, key, voice, made_at, duration_ms, bytes, unspeakable });

impl Recording {
    /// Names its files; also a strong ETag, since the same name never has other bytes.
    #[must_use]
    pub fn name(&self) -> String {
        name(self.article, &self.key)
    }
}

fn name(article: ArticleId, key: &str) -> String {
    format!("{article}-{key}")
}

/// How an article's sound is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be heard.
    Ready(Recording),
    /// It waits or is being made.
    Making {
        /// Since when.
        since: Time,
    },
    /// Making it failed; it is tried again.
    Failed {
        /// How often it was tried.
        tries: i64,
        /// When it is tried next; after [`jobs::MOST_TRIES`] it waits for a person.
        next: Option<Time>,
    },
    /// It will not be made.
    Refused(Refusal),
    /// Nobody asked for it.
    None,
}

/// The job that makes an article's sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speak {
    article: i64,
    key: String,
}

impl Speak {
    /// The job for the text an article has now.
    #[must_use]
    pub fn of(id: ArticleId, article: &Article) -> Speak {
        Speak { article: id.0, key: key(article) }
    }

    /// Whose sound it makes.
    #[must_use]
    pub fn article(&self) -> ArticleId {
        ArticleId(self.article)
    }
}

impl jobs::Later for Speak {
    const KIND: &'static str = "speak";

    /// With the key: while an old text is being spoken, the job for the corrected one is another.
    fn name(&self) -> Option<String> {
        Some(format!("speak {} {}", self.article, self.key))
    }
}

/// The job that takes the files of a withdrawn article off the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clear {
    article: i64,
    keys: Vec<String>,
}

impl jobs::Later for Clear {
    const KIND: &'static str = "clear sound";
}

impl Clear {
    /// Removes the files, except of a recording that was made anew meanwhile.
    pub async fn run(&self, db: &Db, shelf: &Shelf) -> Result<(), Failure> {
        let mut tx = db.read().await?;
        let mut gone = Vec::new();
        for key in &self.keys {
            if kept(&mut tx, ArticleId(self.article), key).await?.is_none() {
                gone.push(name(ArticleId(self.article), key));
            }
        }
        drop(tx);
        shelf.remove(&gone).await
    }
}

/// What came of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// A recording.
    Recording(Recording),
    /// It was there already.
    Already(Recording),
    /// The article has another text by now, or is gone.
    Superseded,
    /// It cannot be made, and is not tried again for this text.
    Refused(Refusal),
}

/// Asks for the sound of an article, unless there is one for its text; the sound of an older text is discarded, so that nobody
/// hears what was corrected. Call it in the transaction that publishes, corrects or reinstates the article.
pub async fn wanted(tx: &mut Tx, id: ArticleId, article: &Article, now: Time) -> Result<(), Failure> {
    let speak = Speak::of(id, article);
    if kept(tx, id, &speak.key).await?.is_some() || refused(tx, id, &speak.key).await?.is_some() {
        return Ok(());
    }
    discard(tx, id, now).await?;
    jobs::later(tx, &speak, now).await
}

/// The recording that fits the text of an article.
pub async fn recording(tx: &mut Tx, id: ArticleId, article: &Article) -> Result<Option<Recording>, Failure> {
    kept(tx, id, &key(article)).await
}

/// The recordings of several articles, for lists that tell how long each is; of the first 200 named. Articles without one are left out.
pub async fn recordings(tx: &mut Tx, ids: &[ArticleId]) -> Result<Vec<Recording>, Failure> {
    let ids = &ids[..ids.len().min(200)];
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (places, values) = store::among(1, ids.iter().copied());
    let sql = format!("{READ} where article in ({places}) order by article, key");
    tx.all(&sql, values).await
}

/// How the sound of an article with this text is doing.
pub async fn state(tx: &mut Tx, id: ArticleId, article: &Article) -> Result<State, Failure> {
    let speak = Speak::of(id, article);
    if let Some(recording) = kept(tx, id, &speak.key).await? {
        return Ok(State::Ready(recording));
    }
    if let Some(refusal) = refused(tx, id, &speak.key).await? {
        return Ok(State::Refused(refusal));
    }
    let name = jobs::Later::name(&speak).unwrap_or_default();
    Ok(match jobs::named(tx, &name).await? {
        None => State::None,
        Some(job) if job.trouble.is_none() => State::Making { since: job.since },
        Some(job) => {
            let next = (job.tries < jobs::MOST_TRIES).then_some(job.run_at);
            State::Failed { tries: job.tries, next }
        }
    })
}

/// Makes the sound of an article, if it still has the text the job was for: files first, then the row, then the files of older
/// texts go. Can run twice without harm, also at once.
pub async fn make(
    db: &Db,
    studio: &Studio,
    shelf: &Shelf,
    speak: &Speak,
    now: Time,
) -> Result<Made, Failure> {
    let mut tx = db.read().await?;
    let Some(article) = text_for(&mut tx, speak).await? else { return Ok(Made::Superseded) };
    let there = kept(&mut tx, speak.article(), &speak.key).await?;
    drop(tx);
    if let Some(recording) = there.filter(|recording| shelf.holds(recording)) {
        return Ok(Made::Already(recording));
    }
    let script = match Script::of(&article) {
        Ok(script) => script,
        Err(refusal) => return refuse(db, speak, refusal, now).await,
    };
    let voice = script.voice.name().to_owned();
    let sound = studio.speak(script).await?;
    let recording = Recording {
        article: speak.article(),
        key: speak.key.clone(),
        voice,
        made_at: now,
        duration_ms: i64::try_from(sound.timings.duration_ms).unwrap_or(i64::MAX),
        bytes: i64::try_from(sound.mp3.len()).unwrap_or(i64::MAX),
        unspeakable: sound
            .unspeakable
            .iter()
            .map(|note| i64::try_from(note.letters).unwrap_or(i64::MAX))
            .sum(),
    };
    shelf.put(&recording, sound).await?;
    keep(db, shelf, speak, recording, now).await
}

/// Writes the row, if the text is still the same, and clears away what it replaces.
async fn keep(
    db: &Db,
    shelf: &Shelf,
    speak: &Speak,
    recording: Recording,
    now: Time,
) -> Result<Made, Failure> {
    let mut tx = db.begin().await?;
    if text_for(&mut tx, speak).await?.is_none() {
        drop(tx);
        shelf.remove(&[recording.name()]).await?;
        return Ok(Made::Superseded);
    }
    let older = remove_others(&mut tx, recording.article, &recording.key).await?;
    let sql = "insert into recordings (article, key, voice, made_at, duration_ms, bytes, unspeakable)
               values ($1, $2, $3, $4, $5, $6, $7)
               on conflict (article, key) do update set made_at = excluded.made_at, duration_ms = excluded.duration_ms,
                   bytes = excluded.bytes, unspeakable = excluded.unspeakable";
    let r = &recording;
    tx.execute(sql, (r.article, &r.key, &r.voice, now, r.duration_ms, r.bytes, r.unspeakable)).await?;
    events::tell(&mut tx, RECORDING, r.article.0, now).await?;
    tx.commit().await?;
    shelf.remove(&older.iter().map(Recording::name).collect::<Vec<_>>()).await?;
    if !shelf.holds(&recording) {
        // A job that cleared away an older recording of the same text came between; tried again, this one is made anew.
        return Err(Failure::new("the files of a recording were cleared away while it was made"));
    }
    Ok(Made::Recording(recording))
}

async fn refuse(db: &Db, speak: &Speak, refusal: Refusal, now: Time) -> Result<Made, Failure> {
    let mut tx = db.begin().await?;
    let sql = "insert into silences (article, key, reason, at) values ($1, $2, $3, $4) on conflict (article, key) do nothing";
    tx.execute(sql, (speak.article, &speak.key, refusal.word(), now)).await?;
    events::tell(&mut tx, RECORDING, speak.article, now).await?;
    tx.commit().await?;
    Ok(Made::Refused(refusal))
}

/// The sound of a withdrawn article goes at once: the rows in this transaction, the files with the job it enqueues (T6.6).
pub async fn discard(tx: &mut Tx, id: ArticleId, now: Time) -> Result<(), Failure> {
    let gone = remove_others(tx, id, "").await?;
    if gone.is_empty() {
        return Ok(());
    }
    events::tell(tx, RECORDING, id.0, now).await?;
    let keys = gone.into_iter().map(|recording| recording.key).collect();
    jobs::later(tx, &Clear { article: id.0, keys }, now).await
}

/// A part of the paper looked through for articles without sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// What is to be made.
    pub jobs: Vec<Speak>,
    /// Where to look on; nothing at the end.
    pub next: Option<Bookmark>,
}

/// Looks through at most 200 articles, latest change first, for those whose text has no recording with its files.
pub async fn backlog(tx: &mut Tx, shelf: &Shelf, after: Option<Bookmark>) -> Result<Backlog, Failure> {
    let listed = archive::listed(tx, after, 200).await?;
    let next = listed.last().map(|last| Bookmark { at: last.changed, id: last.id });
    let mut jobs = Vec::new();
    for id in listed.iter().filter(|listed| listed.withdrawn.is_none()).map(|listed| listed.id) {
        let Some(published) = archive::any_article(tx, id).await? else { continue };
        let speak = Speak::of(id, &published.article);
        let there = kept(tx, id, &speak.key).await?.is_some_and(|recording| shelf.holds(&recording));
        if !there && refused(tx, id, &speak.key).await?.is_none() {
            jobs.push(speak);
        }
    }
    Ok(Backlog { jobs, next })
}

/// Removes files that no row names, as a crash may leave them; only those an hour old, since newer ones may be about to get
/// their row. Returns how many recordings went.
pub async fn tidy(db: &Db, shelf: &Shelf, now: Time) -> Result<usize, Failure> {
    let (names, unfinished) = shelf.names(now.plus_minutes(-60))?;
    for file in unfinished {
        std::fs::remove_file(file)?;
    }
    let mut orphans = Vec::new();
    let mut tx = db.read().await?;
    for name in names {
        let Some((article, key)) = name.split_once('-') else { continue };
        let Ok(article) = article.parse() else { continue };
        if kept(&mut tx, article, key).await?.is_none() {
            orphans.push(name);
        }
    }
    drop(tx);
    shelf.remove(&orphans).await?;
    Ok(orphans.len())
}

/// The article of a job, if it is not withdrawn and has the text the job is for.
/// One that is not out yet is spoken too, so that it appears with its sound.
async fn text_for(tx: &mut Tx, speak: &Speak) -> Result<Option<Article>, Failure> {
    let published = archive::any_article(tx, speak.article()).await?;
    let published = published.filter(|published| published.withdrawn.is_none());
    Ok(published.map(|published| published.article).filter(|article| key(article) == speak.key))
}

const READ: &str = "select article, key, voice, made_at, duration_ms, bytes, unspeakable from recordings";

async fn kept(tx: &mut Tx, id: ArticleId, key: &str) -> Result<Option<Recording>, Failure> {
    tx.first(&format!("{READ} where article = $1 and key = $2"), (id, key)).await
}

async fn refused(tx: &mut Tx, id: ArticleId, key: &str) -> Result<Option<Refusal>, Failure> {
    let row: Option<(String,)> =
        tx.first("select reason from silences where article = $1 and key = $2", (id, key)).await?;
    Ok(row.and_then(|(reason,)| Refusal::read(&reason)))
}

async fn remove_others(tx: &mut Tx, id: ArticleId, key: &str) -> Result<Vec<Recording>, Failure> {
    let others = tx.all(&format!("{READ} where article = $1 and key <> $2 limit 100"), (id, key)).await?;
    tx.execute("delete from recordings where article = $1 and key <> $2", (id, key)).await?;
    Ok(others)
}

#[cfg(test)]
mod tests;
