//! What an editor, and whoever imports, would notice.

use std::path::{Path, PathBuf};

use archive::{ArticleId, Found};
use store::testing::on_both;
use store::{Db, Failure, Time, Tx};
use story::{Article, Line, Place, Reason, Slug};

use super::*;

const ROOMS: &[store::Migrations] = &[store::MIGRATIONS, archive::MIGRATIONS];
const NOON: Time = Time(1_772_362_800_000);

fn line(text: &str) -> Line {
    Line::parse("line", text, 1000).expect("a line")
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn article(name: &str) -> Article {
    let file =
        format!("+++\nslug = \"{name}\"\nsection = \"stadt\"\nheadline = \"Titel {name}\"\n+++\nText.\n");
    story::markdown::read(&file, name).expect("a good file").article
}

async fn at(tx: &mut Tx, section: &str, name: &str, now: Time) -> Result<Option<Found>, Failure> {
    archive::article_at(tx, &slug(section), &slug(name), now).await
}

/// A desk: a paper with one section, and a folder for files.
struct Desk {
    db: Db,
    folder: tempfile::TempDir,
}

impl Desk {
    async fn new(db: Db) -> Result<Desk, Failure> {
        let mut tx = db.begin().await?;
        open_section(&mut tx, &slug("stadt"), &line("Stadt"), NOON).await?.expect("a new section");
        tx.commit().await?;
        let folder = tempfile::tempdir()?;
        std::fs::create_dir(folder.path().join("pictures"))?;
        std::fs::create_dir(folder.path().join("in"))?;
        Ok(Desk { db, folder })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("in").join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, content).expect("a file");
        path
    }

    fn importer(&self) -> Importer {
        Importer {
            pictures: self.folder.path().join("pictures"),
            by: line("Import"),
            new_sections: false,
            now: NOON,
        }
    }

    async fn import(&self, paths: &[PathBuf]) -> Result<Report, Failure> {
        self.importer().import(&self.db, paths, |_| {}, async |_, _| Ok(())).await
    }

    async fn everything(&self) -> Result<Report, Failure> {
        self.import(&[self.folder.path().join("in")]).await
    }
}

fn counts(report: &Report) -> (u64, u64, u64, u64) {
    (report.new, report.changed, report.unchanged, report.refused)
}

fn markdown(source: &str, headline: &str, text: &str) -> String {
    format!("+++\nsource = \"{source}\"\nsection = \"stadt\"\nheadline = \"{headline}\"\n+++\n{text}\n")
}

on_both!(an_article_comes_out_is_corrected_and_goes, ROOMS, |db| async move {
    let desk = Desk::new(db).await?;
    let mut tx = desk.db.begin().await?;
    let mia = line("Mia Kern");
    let id = publish(&mut tx, &article("feuer"), &mia, NOON).await?.expect("published");
    let later = NOON.plus_minutes(5);
    let mut better = article("feuer");
    better.headline = line("Das Feuer war klein");
    correct(&mut tx, id, &better, &line("Es war klein."), &mia, later).await?.expect("corrected");
    let Some(Found::Here(found)) = at(&mut tx, "stadt", "feuer", later).await? else { panic!("not there") };
    assert_eq!((found.article.headline.as_str(), found.changed), ("Das Feuer war klein", later));
    assert_eq!(archive::corrections(&mut tx, id).await?[0].note, line("Es war klein."));
    let unchanged = found.revision;
    correct(&mut tx, id, &better, &line("Wirklich."), &mia, later.plus(1)).await?.expect("corrected");
    let again = archive::any_article(&mut tx, id).await?.ok_or("there")?;
    assert_eq!((again.revision, archive::corrections(&mut tx, id).await?.len()), (unchanged, 2));
    relocate(&mut tx, id, &slug("stadt"), &slug("brand"), &mia, later).await?.expect("moved");
    let moved = at(&mut tx, "stadt", "feuer", later).await?;
    assert_eq!(moved, Some(Found::Moved("/stadt/brand".to_owned())));
    withdraw(&mut tx, id, &line("Falsch."), &mia, later).await?.expect("withdrawn");
    assert_eq!(withdraw(&mut tx, id, &line("Falsch."), &mia, later).await?, Err(Refusal::AlreadyWithdrawn));
    assert!(matches!(at(&mut tx, "stadt", "brand", later).await?, Some(Found::Withdrawn(_))));
    reinstate(&mut tx, id, &line("Doch."), &mia, later).await?.expect("back");
    assert_eq!(reinstate(&mut tx, id, &line("Doch."), &mia, later).await?, Err(Refusal::NotWithdrawn));
    Ok(())
});

on_both!(the_newsroom_says_no_in_a_sentence, ROOMS, |db| async move {
    let desk = Desk::new(db).await?;
    let mut tx = desk.db.begin().await?;
    let mia = line("Mia Kern");
    publish(&mut tx, &article("feuer"), &mia, NOON).await?.expect("published");
    let id = publish(&mut tx, &article("fest"), &mia, NOON).await?.expect("published");
    let mut refusals = Vec::new();
    let mut other = article("feuer");
    refusals.push((publish(&mut tx, &other, &mia, NOON).await?.err(), Refusal::SourceTaken(line("feuer"))));
    other.source = line("other");
    let taken = Refusal::AddressTaken("/stadt/feuer".to_owned());
    refusals.push((publish(&mut tx, &other, &mia, NOON).await?.err(), taken.clone()));
    refusals.push((update(&mut tx, id, &other, &mia, NOON).await?.err(), taken));
    other.section = slug("meer");
    refusals.push((publish(&mut tx, &other, &mia, NOON).await?.err(), Refusal::NoSuchSection(slug("meer"))));
    let nobody = ArticleId(99);
    refusals.push((update(&mut tx, nobody, &other, &mia, NOON).await?.err(), Refusal::NoSuchArticle));
    refusals.push((withdraw(&mut tx, nobody, &mia, &mia, NOON).await?.err(), Refusal::NoSuchArticle));
    for reserved in ["desk", "a", "a-1f", "report"] {
        let refused = open_section(&mut tx, &slug(reserved), &mia, NOON).await?.err();
        refusals.push((refused, Refusal::ReservedSection(slug(reserved))));
    }
    let exists = open_section(&mut tx, &slug("stadt"), &mia, NOON).await?.err();
    refusals.push((exists, Refusal::SectionExists(slug("stadt"))));
    for (found, expected) in refusals {
        assert!(!expected.german().is_empty() && !expected.to_string().is_empty());
        assert_eq!(found, Some(expected));
    }
    Ok(())
});

on_both!(an_embargo_ends_with_a_job_that_tells_it, ROOMS, |db| async move {
    let desk = Desk::new(db).await?;
    let mut tx = desk.db.begin().await?;
    let mut waiting = article("feuer");
    waiting.published = Some(NOON.plus_minutes(30));
    let id = publish(&mut tx, &waiting, &line("Mia"), NOON).await?.expect("published");
    tx.commit().await?;
    assert!(store::jobs::claim(&desk.db, "w", NOON.plus_minutes(29)).await?.is_none());
    let job = store::jobs::claim(&desk.db, "w", NOON.plus_minutes(30)).await?.ok_or("a job")?;
    let mut listener = store::events::listen(&desk.db);
    let mut tx = desk.db.begin().await?;
    appear(&mut tx, job.read()?, NOON.plus_minutes(30)).await?;
    tx.commit().await?;
    let event = store::Event { topic: archive::ARTICLE.to_owned(), subject: id.0 };
    assert_eq!(listener.next().await, Some(store::events::Heard::Event(event)));
    Ok(())
});

on_both!(files_come_in_once, ROOMS, |db| async move {
    let desk = Desk::new(db).await?;
    desk.put("a.md", markdown("m/1", "Eins", "Text."));
    desk.put("tief/b.jsonl", "\u{feff}{\"section\": \"Stadt\", \"text\": \"Zwei kommt. Und mehr.\"}\n\n{\"id\": 3, \"section\": \"stadt\", \"text\": \"Drei.\"}");
    let ninjs = r#"{"uri": "https://x.example/4", "headlines": [{"value": "Vier"}], "bodies": [{"value": "Text."}], "subjects": [{"name": "Stadt", "rel": "section"}]}"#;
    desk.put("c.json", ninjs);
    desk.put(".versteckt.md", "nichts");
    desk.put("bild.xcf", "nichts");
    assert_eq!(counts(&desk.everything().await?), (4, 0, 0, 0));
    assert_eq!(counts(&desk.everything().await?), (0, 0, 4, 0));
    let mut tx = desk.db.read().await?;
    assert_eq!(archive::latest(&mut tx, None, None, 9, NOON).await?.len(), 4);
    let Some(Found::Here(found)) = at(&mut tx, "stadt", "zwei-kommt", NOON).await? else {
        panic!("not there")
    };
    assert_eq!(found.published, NOON);
    Ok(())
});

on_both!(a_changed_file_is_a_new_state_at_the_same_address, ROOMS, |db| async move {
    let desk = Desk::new(db).await?;
    desk.put("a.md", markdown("m/1", "Eins", "Text."));
    desk.everything().await?;
    desk.put("a.md", markdown("m/1", "Eins und mehr", "Neuer Text."));
    assert_eq!(counts(&desk.everything().await?), (0, 1, 0, 0));
    let mut tx = desk.db.begin().await?;
    let Some(Found::Here(found)) = at(&mut tx, "stadt", "eins", NOON).await? else { panic!("not there") };
    assert_eq!((found.article.headline.as_str(), found.revision), ("Eins und mehr", 2));
    // What the desk wrote since stays when the same file comes again.
    let mut desks = found.article.clone();
    desks.headline = line("Vom Desk");
    correct(&mut tx, found.id, &desks, &line("Anders."), &line("Mia"), NOON).await?.expect("corrected");
    tx.commit().await?;
    assert_eq!(counts(&desk.everything().await?), (0, 0, 1, 0));
    let with_correction = format!(
        "{}[[corrections]]\nat = 2026-03-01T12:30:00Z\nnote = \"Es waren zwei.\"\nby = \"Ada\"\n+++\nText.\n",
        markdown("m/1", "Vom Desk", "").trim_end().trim_end_matches("+++")
    );
    desk.put("a.md", with_correction);
    assert_eq!(counts(&desk.everything().await?), (0, 1, 0, 0));
    assert_eq!(counts(&desk.everything().await?), (0, 0, 1, 0));
    assert_eq!(archive::corrections(&mut desk.db.read().await?, found.id).await?.len(), 2);
    Ok(())
});

on_both!(made_addresses_get_a_number_and_written_ones_do_not, ROOMS, |db| async move {
    let desk = Desk::new(db).await?;
    let lines: String = (0..30)
        .map(|n| format!("{{\"id\": {n}, \"section\": \"stadt\", \"text\": \"Das Wetter.\"}}\n"))
        .collect();
    desk.put("wetter.jsonl", lines);
    assert_eq!(counts(&desk.everything().await?), (30, 0, 0, 0));
    assert_eq!(counts(&desk.everything().await?), (0, 0, 30, 0));
    let mut tx = desk.db.read().await?;
    for name in ["das-wetter", "das-wetter-2", "das-wetter-20"] {
        assert!(at(&mut tx, "stadt", name, NOON).await?.is_some(), "{name}");
    }
    drop(tx);
    let written = "+++\nslug = \"das-wetter\"\nsection = \"stadt\"\nheadline = \"H\"\n+++\nText.\n";
    let path = desk.put("neu.md", written);
    let report = desk.import(&[path]).await?;
    let taken = Why::Refused(Refusal::AddressTaken("/stadt/das-wetter".to_owned()));
    assert_eq!((report.refused, &report.refusals[0].why), (1, &taken));
    Ok(())
});

on_both!(what_is_refused_says_where_and_why_and_keeps_nothing_else_out, ROOMS, |db| async move {
    let desk = Desk::new(db).await?;
    let good = markdown("m/1", "Gut", "Text.");
    let head = markdown("m/2", "Schlecht", "");
    let files = [
        desk.put("gut.md", &good),
        desk.put("notiz.txt", "Text"),
        desk.path("fehlt.md"),
        desk.put("kopflos.md", "Nur Text"),
        desk.put("bytes.md", [head.as_bytes(), b"a\nb\xff"].concat()),
        desk.put("riesig.md", vec![b'a'; 50_000_000]),
        desk.put("bild.md", format!("{head}\n![](fehlt.png)")),
        desk.put("kaputt.json", "{\"uri\": "),
        desk.put("meer.md", good.replace("stadt", "meer").replace("m/1", "m/3")),
        desk.put(
            "z.jsonl",
            [
                &b"{\"section\": \"stadt\", \"text\": \"Gut.\"}\n{}\n\xff\n"[..],
                &[b'x'; 3_000_000],
                b"\n{\"id\": 8, \"section\": \"stadt\", \"text\": \"Auch gut.\"}",
            ]
            .concat(),
        ),
    ];
    let report = desk.import(&files).await?;
    assert_eq!(counts(&report), (3, 0, 0, 11));
    let told: Vec<(&str, Place, String)> = report
        .refusals
        .iter()
        .map(|refused| {
            let name = refused.position.file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            assert!(refused.german().contains(name) && refused.to_string().contains(name));
            (name, refused.position.place.clone(), format!("{:?}", refused.why))
        })
        .collect();
    let expected = [
        ("notiz.txt", Place::Whole, "UnknownKind"),
        ("fehlt.md", Place::Whole, "NotOpened"),
        ("kopflos.md", Place::Line(1), "NoFrontMatter"),
        ("bytes.md", Place::Line(8), "NotUtf8"),
        ("riesig.md", Place::Whole, "TooBig"),
        ("bild.md", Place::Whole, "Missing"),
        ("kaputt.json", Place::Line(1), "NotJson"),
        ("z.jsonl", Place::Line(2), "Missing(\"section\")"),
        ("z.jsonl", Place::Line(3), "NotUtf8"),
        ("z.jsonl", Place::Line(4), "TooBig"),
        ("meer.md", Place::Whole, "NoSuchSection"),
    ];
    for ((name, place, why), (file, at, reason)) in told.iter().zip(expected) {
        assert_eq!((*name, place), (file, &at));
        assert!(why.contains(reason), "{name}: {why}");
    }
    Ok(())
});

on_both!(new_sections_are_opened_on_request, ROOMS, |db| async move {
    let desk = Desk::new(db).await?;
    desk.put("a.jsonl", "{\"section\": \"Österreich & Welt\", \"text\": \"Eins.\"}\n{\"section\": \"desk\", \"text\": \"Zwei.\"}");
    desk.put("b.md", markdown("m/1", "Eins", "Text.").replace("stadt", "im-land"));
    let importer = Importer { new_sections: true, ..desk.importer() };
    let report =
        importer.import(&desk.db, &[desk.folder.path().join("in")], |_| {}, async |_, _| Ok(())).await?;
    assert_eq!(counts(&report), (2, 0, 0, 1));
    assert_eq!(report.sections, [line("Österreich & Welt"), line("Im Land")]);
    let refused = Why::Refused(Refusal::ReservedSection(slug("desk")));
    assert_eq!(report.refusals[0].why, refused);
    let names: Vec<String> =
        archive::sections(&mut desk.db.read().await?).await?.iter().map(|s| s.slug.to_string()).collect();
    assert_eq!(names, ["stadt", "oesterreich-welt", "im-land"]);
    Ok(())
});

on_both!(whoever_imports_hears_of_each_article_in_its_transaction, ROOMS, |db| async move {
    let desk = Desk::new(db).await?;
    let lines: String = (0..250)
        .map(|n| format!("{{\"id\": {n}, \"section\": \"stadt\", \"text\": \"Satz {n}.\"}}\n"))
        .collect();
    let path = desk.put("a.jsonl", lines);
    let (mut heard, mut steps) = (Vec::new(), Vec::new());
    let report = desk
        .importer()
        .import(
            &desk.db,
            std::slice::from_ref(&path),
            |progress| steps.push(progress),
            async |tx, articles| {
                assert!(articles.len() <= 100);
                for article in articles {
                    assert!(archive::any_article(tx, *article).await?.is_some());
                }
                heard.extend_from_slice(articles);
                Ok(())
            },
        )
        .await?;
    assert_eq!((report.new, heard.len()), (250, 250));
    let length = std::fs::metadata(&path)?.len();
    let done: Vec<u64> = steps.iter().map(|step| step.done).collect();
    assert_eq!(done, [100, 200, 250]);
    assert_eq!(steps.last().map(|step| step.bytes), Some((length, length)));
    let fails = desk.importer();
    desk.put("a.jsonl", "{\"id\": 900, \"section\": \"stadt\", \"text\": \"Neu.\"}");
    let failed = fails.import(&desk.db, &[path], |_| {}, async |_, _| Err(Failure::new("no voice"))).await;
    assert!(failed.is_err());
    assert!(archive::by_source(&mut desk.db.read().await?, &line("jsonl/900")).await?.is_none());
    Ok(())
});

on_both!(pictures_come_along, ROOMS, |db| async move {
    let desk = Desk::new(db).await?;
    let drawing =
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80"><path d="M0 0h9"/></svg>"##;
    desk.put("bilder/kran.svg", drawing);
    desk.put("a.md", markdown("m/1", "Eins", "![Ein Kran](bilder/kran.svg \"Am Kai | Ada\")"));
    let ninjs = r#"{"uri": "https://x.example/4", "headlines": [{"value": "Vier"}], "subjects": [{"name": "Stadt", "rel": "section"}],
        "bodies": [{"contentType": "text/html", "value": "<p>a</p><img src='https://x.example/1/bilder/kran.svg'><img src='bilder/kran.svg'>"}]}"#;
    desk.put("b.json", ninjs);
    let report = desk.everything().await?;
    assert_eq!((counts(&report), report.left_out), ((2, 0, 0, 0), 1));
    let mut tx = desk.db.read().await?;
    let hung: Vec<_> = std::fs::read_dir(desk.folder.path().join("pictures"))?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(hung.len(), 1, "{hung:?}");
    assert!(hung[0].ends_with(".svg") && hung[0].len() == 28);
    for name in ["eins", "vier"] {
        let Some(Found::Here(found)) = at(&mut tx, "stadt", name, NOON).await? else { panic!("not there") };
        let pictures: Vec<&str> = found.article.pictures().map(|picture| picture.file.as_str()).collect();
        assert_eq!(pictures, [&hung[0]]);
        assert_eq!(archive::sizes(&mut tx, &found.article).await?.get(&hung[0]), Some(&(120, 80)));
    }
    drop(tx);
    assert_eq!(counts(&desk.everything().await?), (0, 0, 2, 0));
    desk.put("bilder/kran.svg", drawing.replace("h9", "h8"));
    assert_eq!(counts(&desk.everything().await?), (0, 2, 0, 0), "another drawing is another article");
    Ok(())
});

#[test]
fn t6_2_a_picture_lies_beside_its_article() {
    for wrong in
        ["/etc/passwd", "../x.png", "a/../../x.png", "a\\b.png", "C:x.png", "", "a//b.png", "./a.png"]
    {
        let file = markdown("m/1", "Eins", &format!("a\n\n![b](<{wrong}>)"));
        let refused = story::markdown::read(&file, "f").expect_err(wrong);
        assert!(matches!(refused.reason, Reason::PicturePath(_)), "{wrong}: {refused}");
    }
}

#[test]
fn t6_3_a_picture_is_what_its_content_says() {
    for wrong in
        [&b""[..], b"MZ\x90", b"%PDF-1.7", b"\xff\xd8", b"RIFF\0\0\0\0WAVE", b"<html></html>", b"<svg", b"BM"]
    {
        assert_eq!(fresh(wrong), Err(PictureTrouble::NoPicture), "{:?}", String::from_utf8_lossy(wrong));
    }
}

#[test]
fn t6_3_a_drawing_only_shows_something() {
    #[track_caller]
    fn check(drawing: &str, is_good: bool) {
        let found = fresh(drawing.as_bytes());
        assert_eq!(found.is_ok(), is_good, "{drawing}: {found:?}");
    }
    let svg = |inside: &str| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>{inside}</svg>"
        )
    };
    for good in [
        "<defs><g id='a'/></defs><use href='#a'/><use xlink:href='#a'/>",
        "<style>.a { fill: url(#b) } /* c */</style><title>R&amp;B</title>",
        "<rect fill='url( \"#b\" )' style='fill:red'/>",
        "<text>https://x.example url(x) javascript:</text>",
    ] {
        check(&svg(good), true);
    }
    for active in [
        "<script>alert(1)</script>",
        "<SCRIPT/>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
        "<rect onload='a()'/>",
        "<rect OnClick='a()'/>",
        "<image href='https://x.example/a.png'/>",
        "<image href='data:image/png;base64,x'/>",
        "<use xlink:href='a.svg#b'/>",
        "<a href='javascript:x'/>",
        "<foreignObject/>",
        "<iframe/>",
        "<style>@import 'a'</style>",
        "<style>a { fill: u<!-- -->rl(x) }</style>",
        "<style>a { fill: u<![CDATA[rl(x)]]> }</style>",
        "<style>a { fill: u&#114;l(x) }</style>",
        "<style>a { fill: \\75rl(x) }</style>",
        "<style><g/>a { fill: url(x) }</style>",
        "<rect style='fill:url(//x.example)'/>",
        "<rect fill='u&#114;l(x)'/>",
        "<set attributeName='href' to='x'/>",
        "<animate attributeName='href'/>",
        "<g xml:base='//x.example'/>",
        "&xxe;",
        "<rect fill='&x;'/>",
        "<?xml-stylesheet href='x'?>",
    ] {
        check(&svg(active), false);
    }
    check(&format!("<!DOCTYPE svg [<!ENTITY x 'y'>]>{}", svg("")), false);
    check(
        &format!(
            "<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/x.dtd'>{}",
            svg("")
        ),
        true,
    );
    check("<html xmlns='http://www.w3.org/1999/xhtml'><svg/></html>", false);
    check(&svg("<g>"), false);
    let attributes: String = (0..300).map(|n| format!(" a{n}=''")).collect();
    check(&svg(&format!("<g{attributes}/>")), false);
    let size =
        |head: &str| fresh(format!("<svg {head}/>").as_bytes()).map(|found| (found.width, found.height));
    assert_eq!(size("viewBox='0 0 1200 750'"), Ok((1200, 750)));
    assert_eq!(size("viewBox='0,0,12.5,7' width='100%'"), Ok((13, 7)));
    assert_eq!(size("width='40px' height='30'"), Ok((40, 30)));
    assert_eq!(size(""), Ok((300, 150)));
    assert_eq!(size("width='1e30' height='5'"), Err(PictureTrouble::TooManyPixels));
}

#[test]
fn a_picture_that_is_too_big_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.png");
    std::fs::write(&path, vec![0; LARGEST_PICTURE + 1]).expect("a file");
    assert_eq!(hang(&path, folder.path()).expect("readable"), Err(PictureTrouble::TooBig));
    assert_eq!(hang(folder.path(), folder.path()).expect("readable"), Err(PictureTrouble::Missing));
    assert_eq!(
        hang(Path::new("nirgends.png"), folder.path()).expect("readable"),
        Err(PictureTrouble::Missing)
    );
}
