//! The commands.

mod backup;
mod demo;
mod init;
mod serve;
mod speak;
mod user;
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
        Act::Config { place } => {
            place.config()?.lines().for_each(|line| println!("{line}"));
            Ok(())
        }
    }
}

fn now() -> store::Time {
    clock().now()
}

fn clock() -> Clock {
    outside::clock()
}
