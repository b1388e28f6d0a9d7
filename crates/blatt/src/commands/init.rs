//! `blatt init`: founds a paper in a folder.

use clap::Args;
use store::Failure;
use story::{Line, Slug};

use super::{Place, now};
use crate::outside;

/// `blatt init`
#[derive(Clone, Debug, Args)]
pub struct Init {
    #[command(flatten)]
    place: Place,
    /// The paper's name.
    #[arg(long, default_value = "Blatt")]
    name: String,
    /// Its sections in order, separated by commas.
    #[arg(long, default_value = "Inland,Ausland,Wirtschaft,Kultur,Sport", value_delimiter = ',')]
    sections: Vec<String>,
    /// postgres://… for a paper on PostgreSQL; without it, a file in the folder.
    #[arg(long)]
    database: Option<String>,
}

/// Makes the folder, its configuration and its rows, and the code for the first administrator.
pub async fn init(command: Init) -> Result<(), Failure> {
    let folder = command.place.folder();
    if folder.is_a_paper() {
        return Err(Failure::new(format!(
            "{} holds a paper already: nothing was changed",
            folder.path().display()
        )));
    }
    folder.make()?;
    let database =
        command.database.as_deref().map(|url| format!("database = {}\n", quoted(url))).unwrap_or_default();
    let text = format!(
        "# The paper's settings. `blatt config` prints every key with its meaning.\nname = {}\n{database}",
        quoted(&command.name)
    );
    std::fs::write(folder.config_file(), text)?;
    if let Err(failure) = fill(&command).await {
        // Nothing half done: the next try begins anew.
        let _ = std::fs::remove_file(folder.config_file());
        return Err(failure);
    }
    println!("{} is founded in {}", command.name, folder.path().display());
    println!("next: blatt serve --data {}", folder.path().display());
    Ok(())
}

/// Makes the rows and opens the sections.
async fn fill(command: &Init) -> Result<(), Failure> {
    let db = command.place.folder().open(&command.place.config()?, now()).await?;
    let mut tx = db.begin().await?;
    for name in &command.sections {
        let name = Line::parse("section", name, 60).map_err(|trouble| Failure::new(trouble.to_string()))?;
        let slug = Slug::from_words(name.as_str(), "ressort");
        newsroom::open_section(&mut tx, &slug, &name, now())
            .await?
            .map_err(|refusal| Failure::new(refusal.to_string()))?;
    }
    tx.commit().await
}

/// Prints the link that makes the first administrator, if the paper has none (T3.7).
pub async fn welcome(db: &store::Db, address: &str, now: store::Time) -> Result<(), Failure> {
    let mut bytes = [0; 32];
    outside::chance(&mut bytes);
    let token = reader::Secret::from_chance(bytes);
    let mut tx = db.begin().await?;
    if reader::first_administrator_code(&mut tx, &token, now).await? {
        tx.commit().await?;
        println!(
            "this paper has no administrator yet; within ten minutes, open {address}/account/link/{}",
            token.reveal()
        );
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
