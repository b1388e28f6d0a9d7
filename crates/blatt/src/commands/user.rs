//! `blatt user`: people of the paper.

use clap::{Subcommand, ValueEnum};
use reader::{Mail, Name, Newcomer, Refusal, Role, Secret};
use store::{Db, Failure, Time};
use story::Language;

use super::{Place, now};
use crate::outside;

/// `blatt user`
#[derive(Clone, Debug, Subcommand)]
pub enum User {
    /// Open an account.
    Add {
        #[command(flatten)]
        place: Place,
        /// The name in the talk.
        name: String,
        /// The mail address.
        mail: String,
        /// What this person may do.
        #[arg(long, value_enum, default_value_t = Task::Reader)]
        role: Task,
    },
    /// Print a link that signs somebody in once, within ten minutes.
    Link {
        #[command(flatten)]
        place: Place,
        /// The name in the talk.
        name: String,
    },
    /// Give somebody a role, or take it back (reader).
    Role {
        #[command(flatten)]
        place: Place,
        /// The name in the talk.
        name: String,
        /// What this person may do from now on.
        #[arg(value_enum)]
        role: Task,
    },
    /// List the people who work for the paper.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Sign everybody out, on every device.
    SignOutEverybody {
        #[command(flatten)]
        place: Place,
    },
}

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Task {
    /// Reads and talks.
    Reader,
    /// Works at the community desk.
    Moderator,
    /// Writes and publishes.
    Editor,
    /// Runs the paper.
    Administrator,
}

impl Task {
    fn role(self) -> Role {
        match self {
            Task::Reader => Role::Reader,
            Task::Moderator => Role::Moderator,
            Task::Editor => Role::Editor,
            Task::Administrator => Role::Administrator,
        }
    }
}

/// Does what the command says.
pub async fn user(command: User) -> Result<(), Failure> {
    match command {
        User::Add { place, name, mail, role } => {
            let db = place.open().await?;
            add(&db, &name, &mail, role.role()).await?;
            println!("{name} has an account as {}", role.role().as_str());
        }
        User::Link { place, name } => {
            let db = place.open().await?;
            println!(
                "{}{}",
                place.config()?.get("address").trim_end_matches('/'),
                link(&db, &name, now()).await?
            );
        }
        User::Role { place, name, role } => {
            let db = place.open().await?;
            let mut tx = db.begin().await?;
            let person = reader::by_name(&mut tx, &name).await?.ok_or_else(|| nobody(&name))?;
            reader::appoint(&mut tx, person.id, role.role(), None, now()).await?.map_err(refused)?;
            tx.commit().await?;
            println!("{name} is {} now; their sessions have ended", role.role().as_str());
        }
        User::List { place } => {
            for person in reader::staff(&mut place.open().await?.read().await?).await? {
                println!("{:<14} {}", person.role.as_str(), person.name.as_str());
            }
        }
        User::SignOutEverybody { place } => {
            let db = place.open().await?;
            let mut tx = db.begin().await?;
            let ended = reader::end_everybody(&mut tx, now()).await?;
            tx.commit().await?;
            println!("{ended} sessions have ended");
        }
    }
    Ok(())
}

/// Opens an account without a password: its owner signs in with a code by mail or a link.
pub async fn add(db: &Db, name: &str, mail: &str, role: Role) -> Result<reader::ReaderId, Failure> {
    let name = if role.is_staff() { Name::of_staff(name) } else { Name::parse(name, "") }.map_err(refused)?;
    let mail = Mail::parse(mail).map_err(refused)?;
    let newcomer = Newcomer { name, mail, password: None, language: Language::Austrian };
    let mut tx = db.begin().await?;
    let id = reader::admit(&mut tx, &newcomer, role, now()).await?.map_err(refused)?;
    tx.commit().await?;
    Ok(id)
}

/// The path that signs `name` in once.
pub async fn link(db: &Db, name: &str, now: Time) -> Result<String, Failure> {
    let mut bytes = [0; 32];
    outside::chance(&mut bytes);
    let token = Secret::from_chance(bytes);
    let mut tx = db.begin().await?;
    reader::link(&mut tx, name, &token, now).await?.map_err(|_| nobody(name))?;
    tx.commit().await?;
    Ok(format!("/account/link/{}", token.reveal()))
}

fn nobody(name: &str) -> Failure {
    Failure::new(format!("nobody is called {name}: blatt user list shows who works here"))
}

fn refused(refusal: Refusal) -> Failure {
    Failure::new(match refusal {
        Refusal::NameTaken => "somebody has this name, or one that looks like it: choose another".to_owned(),
        Refusal::MailTaken => "somebody has an account with this mail address".to_owned(),
        Refusal::LastAdministrator => "this is the last administrator: appoint another one first".to_owned(),
        other => format!("refused: {other:?}"),
    })
}
