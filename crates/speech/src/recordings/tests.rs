//! From published to heard, on both databases.

use std::num::NonZeroUsize;
use std::path::Path;

use store::testing::on_both;
use store::{events, jobs};
use story::{Block, Language, Line, Slug, Text};

use super::*;

const ROOMS: &[store::Migrations] = &[store::MIGRATIONS, archive::MIGRATIONS, MIGRATIONS];
const NOON: Time = Time(1_700_000_000_000);

fn line(text: &str) -> Line {
    Line::parse("line", text, 1000).unwrap_or_else(|trouble| panic!("{trouble}"))
}

fn slug(text: &str) -> Slug {
    Slug::from_words(text, "a")
}

fn article(headline: &str, words: &str) -> Article {
    Article {
        source: line(&format!("test/{headline}")),
        slug: slug(headline),
        section: slug("ort"),
        language: Language::Austrian,
        kicker: None,
        headline: line(headline),
        lead: None,
        authors: Vec::new(),
        agencies: Vec::new(),
        place: None,
        published: None,
        body: vec![Block::Paragraph(Text::plain(words))],
        figures: Vec::new(),
    }
}

fn fire() -> Article {
    article("Brand im Hafen", "Verletzt wurde niemand.")
}

/// A paper with a studio in a folder that goes away with the test.
struct Paper {
    db: Db,
    folder: tempfile::TempDir,
    studio: Studio,
    shelf: Shelf,
}

impl Paper {
    async fn open(db: Db) -> Result<Paper, Failure> {
        let folder = tempfile::tempdir()?;
        let studio = Studio::open(&folder.path().join("voices"), NonZeroUsize::MIN)?;
        let shelf = Shelf::at(&folder.path().join("sound"));
        std::fs::create_dir(folder.path().join("sound"))?;
        let mut tx = db.begin().await?;
        archive::add_section(&mut tx, &slug("ort"), &line("Ort"), NOON).await?;
        tx.commit().await?;
        Ok(Paper { db, folder, studio, shelf })
    }

    async fn publishes(&self, article: &Article) -> Result<ArticleId, Box<dyn std::error::Error>> {
        let mut tx = self.db.begin().await?;
        let id = archive::publish(&mut tx, article, &line("Ada"), NOON).await?;
        let id = id.map_err(|clash| format!("{clash:?}"))?;
        wanted(&mut tx, id, article, NOON).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn revises(&self, id: ArticleId, article: &Article) -> Result<(), Box<dyn std::error::Error>> {
        let mut tx = self.db.begin().await?;
        let revised = archive::revise(&mut tx, id, article, &line("Ada"), NOON).await?;
        revised.map_err(|clash| format!("{clash:?}"))?;
        wanted(&mut tx, id, article, NOON).await?;
        Ok(tx.commit().await?)
    }

    async fn state(&self, id: ArticleId, article: &Article) -> Result<State, Failure> {
        state(&mut self.db.read().await?, id, article).await
    }

    async fn makes(&self, speak: &Speak) -> Result<Made, Failure> {
        make(&self.db, &self.studio, &self.shelf, speak, NOON).await
    }

    /// What a worker does with every job that waits.
    async fn works(&self) -> Result<Vec<Made>, Failure> {
        let mut made = Vec::new();
        while let Some(job) = jobs::claim(&self.db, "w", NOON).await? {
            match job.kind.as_str() {
                <Speak as jobs::Later>::KIND => made.push(self.makes(&job.read()?).await?),
                <Clear as jobs::Later>::KIND => job.read::<Clear>()?.run(&self.db, &self.shelf).await?,
                other => panic!("a job of kind {other}"),
            }
            let mut tx = self.db.begin().await?;
            jobs::done(&mut tx, &job).await?;
            tx.commit().await?;
        }
        Ok(made)
    }

    async fn waiting(&self) -> Result<i64, Failure> {
        jobs::waiting(&mut self.db.read().await?).await
    }

    fn files(&self) -> Result<Vec<String>, Failure> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(self.folder.path().join("sound"))? {
            files.push(entry?.file_name().to_string_lossy().into_owned());
        }
        files.sort();
        Ok(files)
    }
}

fn files_of(recordings: &[&Recording]) -> Vec<String> {
    let mut files: Vec<String> =
        recordings.iter().flat_map(|r| [format!("{}.json", r.name()), format!("{}.mp3", r.name())]).collect();
    files.sort();
    files
}

on_both!(a_published_article_is_heard_once_its_job_is_done, ROOMS, |db| async move {
    let paper = Paper::open(db.clone()).await?;
    let id = paper.publishes(&fire()).await?;
    assert_eq!(paper.state(id, &fire()).await?, State::Making { since: NOON });
    let mut listener = events::listen(&db);
    let made = paper.works().await?;
    let [Made::Recording(recording)] = &made[..] else { panic!("{made:?}") };
    assert_eq!(paper.state(id, &fire()).await?, State::Ready(recording.clone()));
    loop {
        match listener.next().await {
            Some(events::Heard::Event(event)) if event.topic == RECORDING => {
                break assert_eq!(event.subject, id.0);
            }
            Some(_) => {}
            None => panic!("nothing was told"),
        }
    }
    let timings = paper.shelf.timings(recording).await?.ok_or("no timings")?;
    assert_eq!(i64::try_from(timings.duration_ms)?, recording.duration_ms);
    assert_eq!(timings.sentences.len(), 2);
    assert_eq!(std::fs::metadata(paper.shelf.sound(recording))?.len(), u64::try_from(recording.bytes)?);
    assert_eq!(recording.voice, "svox pico de-DE gl0");

    paper.revises(id, &fire()).await?;
    assert_eq!(paper.waiting().await?, 0, "the text is the same");
    assert_eq!(paper.makes(&Speak::of(id, &fire())).await?, Made::Already(recording.clone()));
    Ok(())
});

on_both!(a_corrected_text_is_spoken_anew_and_the_old_sound_goes, ROOMS, |db| async move {
    let paper = Paper::open(db).await?;
    let id = paper.publishes(&fire()).await?;
    paper.works().await?;
    let length = |found: &[Recording]| found.iter().map(|r| (r.article, r.key.clone())).collect::<Vec<_>>();
    let found = recordings(&mut paper.db.read().await?, &[id, ArticleId(999)]).await?;
    assert_eq!(length(&found), [(id, key(&fire()))]);
    let corrected = article("Brand im Hafen", "Verletzt wurde eine Person.");
    paper.revises(id, &corrected).await?;
    assert!(matches!(paper.state(id, &corrected).await?, State::Making { .. }));
    let found = recordings(&mut paper.db.read().await?, &[id]).await?;
    assert!(found.is_empty(), "the sound of the old text is offered to nobody");
    let made = paper.works().await?;
    let [Made::Recording(recording)] = &made[..] else { panic!("{made:?}") };
    assert_eq!(paper.files()?, files_of(&[recording]));
    assert_eq!(paper.state(id, &fire()).await?, State::None);
    assert_eq!(paper.makes(&Speak::of(id, &fire())).await?, Made::Superseded);

    let moved = Article { authors: vec![line("Ada Lind")], agencies: vec![line("APA")], ..corrected.clone() };
    paper.revises(id, &moved).await?;
    assert_eq!(paper.state(id, &moved).await?, State::Ready(recording.clone()), "no spoken word has changed");
    assert_eq!(paper.waiting().await?, 0);
    Ok(())
});

on_both!(a_text_corrected_while_it_is_spoken_leaves_nothing_behind, ROOMS, |db| async move {
    let paper = Paper::open(db.clone()).await?;
    let id = paper.publishes(&fire()).await?;
    let speak = Speak::of(id, &fire());
    let script = Script::of(&fire()).map_err(|refusal| format!("{refusal:?}"))?;
    let sound = paper.studio.speak(script).await?;
    let recording = Recording {
        article: id,
        key: speak.key.clone(),
        voice: String::new(),
        made_at: NOON,
        duration_ms: 1,
        bytes: 1,
        unspeakable: 0,
    };
    paper.shelf.put(&recording, sound).await?;
    let corrected = article("Brand im Hafen", "Verletzt wurde eine Person.");
    paper.revises(id, &corrected).await?;
    assert_eq!(keep(&db, &paper.shelf, &speak, recording, NOON).await?, Made::Superseded);
    assert!(paper.files()?.is_empty());
    let made = paper.works().await?;
    assert!(matches!(&made[..], [Made::Superseded, Made::Recording(_)]), "{made:?}");
    Ok(())
});

on_both!(what_cannot_be_spoken_is_not_tried_again, ROOMS, |db| async move {
    let paper = Paper::open(db).await?;
    let greek = article("Καλημέρα", "Γεια σου κόσμε.");
    let id = paper.publishes(&greek).await?;
    assert_eq!(paper.works().await?, [Made::Refused(Refusal::NothingToSay)]);
    assert_eq!(paper.state(id, &greek).await?, State::Refused(Refusal::NothingToSay));
    paper.revises(id, &greek).await?;
    assert_eq!(paper.waiting().await?, 0);
    assert!(backlog(&mut paper.db.read().await?, &paper.shelf, None).await?.jobs.is_empty());
    Ok(())
});

on_both!(r13_a_voice_that_fails_is_tried_again_and_shows_it, ROOMS, |db| async move {
    let paper = Paper::open(db.clone()).await?;
    let id = paper.publishes(&fire()).await?;
    std::fs::remove_dir_all(paper.folder.path().join("voices"))?;
    let job = jobs::claim(&db, "w", NOON).await?.ok_or("no job")?;
    let trouble = paper.makes(&job.read()?).await.err().ok_or("spoken without a voice")?;
    let mut tx = db.begin().await?;
    jobs::failed(&mut tx, &job, &trouble.to_string(), NOON).await?;
    tx.commit().await?;
    assert_eq!(
        paper.state(id, &fire()).await?,
        State::Failed { tries: 1, next: Some(NOON.plus_seconds(10)) }
    );
    assert!(paper.files()?.is_empty());
    Ok(())
});

on_both!(t6_6_the_sound_of_a_withdrawn_article_goes_from_disk, ROOMS, |db| async move {
    let paper = Paper::open(db.clone()).await?;
    let id = paper.publishes(&fire()).await?;
    paper.works().await?;
    let mut tx = db.begin().await?;
    archive::withdraw(&mut tx, id, &line("Falsch."), &line("Ada"), NOON).await?;
    discard(&mut tx, id, NOON).await?;
    tx.commit().await?;
    assert_eq!(paper.state(id, &fire()).await?, State::None);
    paper.works().await?;
    assert!(paper.files()?.is_empty());
    assert_eq!(paper.makes(&Speak::of(id, &fire())).await?, Made::Superseded);
    assert!(backlog(&mut db.read().await?, &paper.shelf, None).await?.jobs.is_empty());

    let mut tx = db.begin().await?;
    archive::reinstate(&mut tx, id, &line("Doch richtig."), &line("Ada"), NOON).await?;
    wanted(&mut tx, id, &fire(), NOON).await?;
    tx.commit().await?;
    assert!(matches!(paper.works().await?[..], [Made::Recording(_)]));
    Ok(())
});

on_both!(the_backlog_lists_what_has_no_sound, ROOMS, |db| async move {
    let paper = Paper::open(db.clone()).await?;
    let spoken = article("Eins", "Der Steg ist offen.");
    let lost = article("Zwei", "Der Steg ist zu.");
    let never = article("Drei", "Der Steg ist neu.");
    paper.publishes(&spoken).await?;
    let lost_id = paper.publishes(&lost).await?;
    paper.works().await?;
    let State::Ready(recording) = paper.state(lost_id, &lost).await? else { panic!("not made") };
    std::fs::remove_file(paper.shelf.sound(&recording))?;
    let never_id = paper.publishes(&never).await?;

    let looked = backlog(&mut db.read().await?, &paper.shelf, None).await?;
    assert_eq!(looked.jobs, [Speak::of(never_id, &never), Speak::of(lost_id, &lost)]);
    for speak in &looked.jobs {
        assert!(matches!(paper.makes(speak).await?, Made::Recording(_)));
    }
    assert!(paper.shelf.holds(&recording));
    let rest = backlog(&mut db.read().await?, &paper.shelf, looked.next).await?;
    assert_eq!(rest, Backlog { jobs: Vec::new(), next: None });
    Ok(())
});

on_both!(what_a_crash_leaves_is_cleared_away_when_it_is_old, ROOMS, |db| async move {
    let paper = Paper::open(db.clone()).await?;
    paper.publishes(&fire()).await?;
    paper.works().await?;
    let kept = paper.files()?;
    let folder = paper.folder.path().join("sound");
    for file in ["999-00ff.mp3", "999-00ff.json", ".being-written-abc", "note.txt"] {
        std::fs::write(folder.join(file), b"x")?;
    }
    assert_eq!(tidy(&db, &paper.shelf, Time(0)).await?, 0, "all too young");
    assert_eq!(paper.files()?.len(), 6);
    assert_eq!(tidy(&db, &paper.shelf, Time(i64::MAX)).await?, 1);
    let mut left = kept;
    left.push("note.txt".to_owned());
    assert_eq!(paper.files()?, left);
    assert!(Path::new(&folder).is_dir());
    Ok(())
});
