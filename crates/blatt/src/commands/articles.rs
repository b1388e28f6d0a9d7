//! `blatt import`, `export`, `correct` and `withdraw`: articles in and out from the command line.

use std::path::{Path, PathBuf};

use archive::{ArticleId, Bookmark, Found};
use clap::{Args, ValueEnum};
use newsroom::Importer;
use store::{Db, Failure, Tx};
use story::ninjs::{Issue, Version};
use story::{Article, Block, Draft, Line, Slug};

use super::{Place, now};
use crate::folder::Folder;
use crate::progress;

/// `blatt import`
#[derive(Clone, Debug, Args)]
pub struct Import {
    #[command(flatten)]
    place: Place,
    /// Files and folders: Markdown with front matter (.md), ninjs (.json), lines of JSON (.jsonl).
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Open sections that do not exist instead of refusing their articles.
    #[arg(long)]
    new_sections: bool,
    /// Who brings them in.
    #[arg(long, default_value = "Redaktion")]
    by: String,
    /// Leave the recordings for later (`blatt speak`).
    #[arg(long)]
    without_sound: bool,
}

/// Brings articles in and prints the counted report. What was refused makes the command fail at the end.
pub async fn import(command: Import) -> Result<(), Failure> {
    let folder = command.place.folder();
    let db = command.place.open().await?;
    let importer = Importer {
        pictures: folder.pictures(),
        by: line("by", &command.by)?,
        new_sections: command.new_sections,
        now: now(),
    };
    let bar = progress::bar("bytes");
    let shown = bar.clone();
    let with_sound = !command.without_sound;
    let report = importer
        .import(
            &db,
            &command.files,
            move |progress| {
                shown.set_length(progress.bytes.1);
                shown.set_position(progress.bytes.0);
            },
            async move |tx: &mut Tx, ids: &[ArticleId]| {
                if with_sound {
                    for id in ids {
                        if let Some(found) = archive::any_article(tx, *id).await? {
                            speech::wanted(tx, *id, &found.article, now()).await?;
                        }
                    }
                }
                Ok(())
            },
        )
        .await?;
    bar.finish_and_clear();
    report.refusals.iter().for_each(|refused| eprintln!("refused: {refused}"));
    println!(
        "{} new, {} changed, {} unchanged, {} refused{}",
        report.new,
        report.changed,
        report.unchanged,
        report.refused,
        if report.left_out > 0 {
            format!("; {} parts had no place here and were left out", report.left_out)
        } else {
            String::new()
        }
    );
    match report.refused {
        0 => Ok(()),
        n => Err(Failure::new(format!(
            "{n} articles did not come in; correct them and import again, the others stay as they are"
        ))),
    }
}

/// `blatt correct`
#[derive(Clone, Debug, Args)]
pub struct Correct {
    #[command(flatten)]
    place: Place,
    /// The article's file with the right text (.md); its source id says which article it is.
    file: PathBuf,
    /// What was wrong and what is right, for readers.
    #[arg(long)]
    note: String,
    /// Who corrects.
    #[arg(long)]
    by: String,
}

/// Puts the right text in place of the wrong one, with a note under the article.
pub async fn correct(command: Correct) -> Result<(), Failure> {
    let db = command.place.open().await?;
    let Draft { mut article, slug_is_made, .. } = read(&command.file)?;
    let (note, by) = (line("note", &command.note)?, line("by", &command.by)?);
    let mut tx = db.begin().await?;
    hang_pictures(&mut tx, &mut article, &command.file, &command.place.folder()).await?;
    let (id, _) = archive::by_source(&mut tx, &article.source).await?.ok_or_else(|| {
        Failure::new(format!("no article has the source {}: import it first", article.source))
    })?;
    if slug_is_made {
        // A file without a slug does not move the article, whatever its headline says now.
        let found = archive::any_article(&mut tx, id).await?;
        article.slug = found.map_or(article.slug, |found| found.article.slug);
    }
    newsroom::correct(&mut tx, id, &article, &note, &by, now())
        .await?
        .map_err(|refusal| Failure::new(refusal.to_string()))?;
    speech::wanted(&mut tx, id, &article, now()).await?;
    tx.commit().await?;
    println!("corrected: /{}/{}", article.section, article.slug);
    Ok(())
}

/// `blatt withdraw`
#[derive(Clone, Debug, Args)]
pub struct Withdraw {
    #[command(flatten)]
    place: Place,
    /// The article's path: section/slug.
    address: String,
    /// Why, for readers.
    #[arg(long)]
    reason: String,
    /// Who withdraws it.
    #[arg(long)]
    by: String,
}

/// Takes an article out of the paper.
pub async fn withdraw(command: Withdraw) -> Result<(), Failure> {
    let db = command.place.open().await?;
    let (reason, by) = (line("reason", &command.reason)?, line("by", &command.by)?);
    let mut tx = db.begin().await?;
    let nothing = || Failure::new(format!("there is no article at {}", command.address));
    let (section, slug) = command.address.trim_matches('/').split_once('/').ok_or_else(nothing)?;
    let (section, slug) = (Slug::parse(section).ok_or_else(nothing)?, Slug::parse(slug).ok_or_else(nothing)?);
    let (Found::Here(found) | Found::Elsewhere(found)) =
        archive::article_at(&mut tx, &section, &slug, now()).await?.ok_or_else(nothing)?
    else {
        return Err(nothing());
    };
    newsroom::withdraw(&mut tx, found.id, &reason, &by, now())
        .await?
        .map_err(|refusal| Failure::new(refusal.to_string()))?;
    speech::discard(&mut tx, found.id, now()).await?;
    tx.commit().await?;
    println!("withdrawn: /{section}/{slug}");
    Ok(())
}

/// `blatt export`
#[derive(Clone, Debug, Args)]
pub struct Export {
    #[command(flatten)]
    place: Place,
    /// The folder to write to; it is made.
    to: PathBuf,
    /// The format.
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
}

/// A format to write articles in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Our own: Markdown with front matter, pictures beside it.
    Markdown,
    /// ninjs 3.1 (IPTC).
    Ninjs,
}

/// Writes every article that readers can see into a folder, one file each.
pub async fn export(command: Export) -> Result<(), Failure> {
    let db = command.place.open().await?;
    let origin = command.place.config()?.get("address").trim_end_matches('/').to_owned();
    std::fs::create_dir_all(&command.to)?;
    let (mut after, mut written) = (None, 0);
    loop {
        let page = page(&db, after).await?;
        let Some(last) = page.last() else { break };
        after = Some(Bookmark { at: last.published, id: last.id });
        for found in &page {
            write(&command, found, &db, &origin).await?;
            written += 1;
        }
    }
    println!("{written} articles in {}", command.to.display());
    Ok(())
}

async fn page(db: &Db, after: Option<Bookmark>) -> Result<Vec<archive::Published>, Failure> {
    let mut tx = db.read().await?;
    let mut page = Vec::new();
    for teaser in archive::latest(&mut tx, None, after, 100, now()).await? {
        page.extend(archive::article(&mut tx, teaser.id, now()).await?);
    }
    Ok(page)
}

async fn write(command: &Export, found: &archive::Published, db: &Db, origin: &str) -> Result<(), Failure> {
    let article = Article { published: Some(found.published), ..found.article.clone() };
    let corrections = archive::corrections(&mut db.read().await?, found.id).await?;
    let folder = command.to.join(article.section.as_str());
    std::fs::create_dir_all(&folder)?;
    match command.format {
        Format::Markdown => {
            for block in &article.body {
                if let Block::Picture(picture) = block {
                    let from = command.place.folder().pictures().join(&picture.file);
                    let to = folder.join(&picture.file);
                    if from.exists() && !to.exists() {
                        std::fs::copy(from, to)?;
                    }
                }
            }
            let text = story::markdown::write_with_corrections(&article, &corrections);
            std::fs::write(folder.join(format!("{}.md", article.slug)), text)?;
        }
        Format::Ninjs => {
            let sections = archive::sections(&mut db.read().await?).await?;
            let issue = Issue {
                version: Version::V3_1,
                uri: &format!("{origin}/a/{}", found.id),
                pictures: &format!("{origin}/pictures/"),
                section: sections
                    .iter()
                    .find(|s| s.slug == article.section)
                    .map_or("", |section| section.name.as_str()),
                published: found.published,
                changed: found.changed,
                revision: found.revision,
                corrections: &corrections,
            };
            let value = story::ninjs::write(&article, &issue);
            std::fs::write(
                folder.join(format!("{}.json", article.slug)),
                serde_json::to_vec_pretty(&value)?,
            )?;
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<Draft, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::because(format!("{} cannot be read", file.display()), error))?;
    story::markdown::read(&text, &newsroom::source_of(file))
        .map_err(|refused| Failure::new(format!("{}: {refused}", file.display())))
}

async fn hang_pictures(
    tx: &mut Tx,
    article: &mut Article,
    file: &Path,
    folder: &Folder,
) -> Result<(), Failure> {
    let beside = file.parent().unwrap_or(Path::new("")).to_owned();
    for block in &mut article.body {
        if let Block::Picture(picture) = block {
            let hung = newsroom::hang(&beside.join(&picture.file), &folder.pictures())?
                .map_err(|trouble| Failure::new(format!("{}: {trouble}", picture.file)))?;
            archive::add_picture(tx, &hung.file, hung.size, hung.bytes, now()).await?;
            picture.file = hung.file;
        }
    }
    Ok(())
}

fn line(field: &'static str, text: &str) -> Result<Line, Failure> {
    Line::parse(field, text, 500).map_err(|trouble| Failure::new(trouble.to_string()))
}
