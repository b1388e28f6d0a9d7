//! The commands.

mod articles;
mod backup;
mod demo;
mod elsewhere;
mod init;
mod model;
mod serve;
mod speak;
mod user;
mod verify;
mod work;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use store::{Clock, Db, Failure};

use crate::config::Config;
use crate::folder::Folder;
use crate::outside;

/// A whole online newspaper in one binary.
#[derive(Debug, Parser)]
#[command(name = "blatt", version, about, arg_required_else_help = true)]
pub struct Command {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Serve a complete newspaper to try everything on.
    Demo(demo::Demo),
    /// Found a paper in a folder.
    Init(init::Init),
    /// Serve the paper, and do its jobs.
    Serve(serve::Serve),
    /// Bring articles in: Markdown, ninjs, JSON lines.
    Import(articles::Import),
    /// Write all articles into a folder.
    Export(articles::Export),
    /// Correct an article, with a note for readers.
    Correct(articles::Correct),
    /// Begin the talk about an article that another system serves.
    Elsewhere(elsewhere::Elsewhere),
    /// Take an article out of the paper, with a reason for readers.
    Withdraw(articles::Withdraw),
    /// Do the paper's jobs without serving it, beside other processes: letters, sound.
    Work(work::Work),
    /// Read articles aloud that have no sound yet.
    Speak(speak::Speak),
    /// Copy everything of the paper into a new folder, also while it is being served.
    Backup {
        #[command(flatten)]
        place: Place,
        /// The folder to make.
        target: PathBuf,
    },
    /// Make a paper from a backup, in a new folder.
    Restore {
        #[command(flatten)]
        place: Place,
        /// The backup.
        backup: PathBuf,
    },
    /// People of the paper: open accounts, give roles, sign in by link.
    #[command(subcommand)]
    User(user::User),
    /// The sorting aid: train it on labelled texts, let it score others, measure it. Nothing leaves this machine.
    #[command(subcommand)]
    Model(model::Act),
    /// Prove that nobody has rewritten the ledger of acts or an article's history.
    Verify(verify::Verify),
    /// Render every page of the paper's theme in every state and language, and measure its colours.
    CheckTheme {
        #[command(flatten)]
        place: Place,
    },
    /// Print every configuration key, its value, and where it came from.
    Config {
        #[command(flatten)]
        place: Place,
    },
}

/// Which paper.
#[derive(Clone, Debug, Args)]
struct Place {
    /// The paper's folder.
    #[arg(long, value_name = "DIR", env = "BLATT_DATA", default_value = ".")]
    data: PathBuf,
}

impl Place {
    fn folder(&self) -> Folder {
        Folder::at(&self.data)
    }

    fn config(&self) -> Result<Config, Failure> {
        Config::read(&self.data, |name| std::env::var(name).ok())
    }

    async fn open(&self) -> Result<Db, Failure> {
        self.folder().open(&self.config()?, now()).await
    }
}

/// Does what the command says.
pub async fn run(command: Command) -> Result<(), Failure> {
    match command.act {
        Act::Demo(demo) => demo::demo(demo).await,
        Act::Init(init) => init::init(init).await,
        Act::User(user) => user::user(user).await,
        Act::Import(import) => articles::import(import).await,
        Act::Export(export) => articles::export(export).await,
        Act::Correct(correct) => articles::correct(correct).await,
        Act::Elsewhere(elsewhere) => elsewhere::elsewhere(elsewhere).await,
        Act::Withdraw(withdraw) => articles::withdraw(withdraw).await,
        Act::Serve(serve) => serve::serve(serve).await,
        Act::Work(work) => work::work(work).await,
        Act::Speak(speak) => speak::speak(speak).await,
        Act::Backup { place, target } => {
            let db = place.open().await?;
            println!("{}", backup::backup(&place.folder(), &db, &target).await?);
            Ok(())
        }
        Act::Restore { place, backup } => {
            println!("{}", backup::restore(&backup, &place.folder())?);
            Ok(())
        }
        Act::Model(act) => model::model(&act),
        Act::Verify(verify) => verify::verify(verify).await,
        Act::CheckTheme { place } => check_theme(&place),
        Act::Config { place } => {
            place.config()?.lines().for_each(|line| println!("{line}"));
            Ok(())
        }
    }
}

/// Says what is wrong with the theme in the paper's folder, a line each.
fn check_theme(place: &Place) -> Result<(), Failure> {
    let config = place.config()?;
    let folder = Some(place.folder().theme()).filter(|own| own.is_dir());
    let settings = theme::Settings { zone: serve::zone(&config)?, folder, accent: serve::accent(&config)? };
    let troubles = theme::check(&theme::Theme::new(settings)?);
    if troubles.is_empty() {
        println!("the theme is in order");
        return Ok(());
    }
    let lines: Vec<String> = troubles.iter().map(ToString::to_string).collect();
    Err(Failure::new(format!("{} things are wrong with the theme:\n{}", lines.len(), lines.join("\n"))))
}

fn now() -> store::Time {
    clock().now()
}

fn clock() -> Clock {
    outside::clock()
}
