//! Accounts: who there is, under which name, and in which role.

use serde_json::json;
use store::ledger::{self, Act, By};
use store::{Failure, FromColumn, Time, Tx, Value};
use story::Language;

use crate::{Hashed, Mail, Name, Refusal, departure, session};

store::id!(
    /// Names a reader. Whoever works for the paper is a reader with an appointment.
    ReaderId
);

/// What somebody may do. A later one may do what the earlier ones may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads and talks.
    Reader,
    /// Works at the community desk.
    Moderator,
    /// Writes and publishes.
    Editor,
    /// Runs the paper: appoints people, sets the paper up.
    Administrator,
}

impl Role {
    /// All roles, the least first.
    pub const ALL: [Role; 4] = [Role::Reader, Role::Moderator, Role::Editor, Role::Administrator];

    /// Takes the word a row or a command line has for it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Moderator => "moderator",
            Role::Editor => "editor",
            Role::Administrator => "administrator",
        }
    }

    /// Whether the house answers for what this person does.
    #[must_use]
    pub fn is_staff(self) -> bool {
        self != Role::Reader
    }
}

impl From<Role> for Value {
    fn from(role: Role) -> Value {
        Value::from(role.as_str())
    }
}

impl FromColumn for Role {
    fn from_column(value: Value) -> Option<Role> {
        Role::parse(&String::from_column(value)?)
    }
}

/// The language a reader gets pages and letters in, as a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tongue(pub Language);

impl From<Tongue> for Value {
    fn from(tongue: Tongue) -> Value {
        Value::from(tongue.0.tag())
    }
}

impl FromColumn for Tongue {
    fn from_column(value: Value) -> Option<Tongue> {
        Language::parse(&String::from_column(value)?).map(Tongue)
    }
}

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The row.
    pub id: ReaderId,
    /// The name in the talk.
    pub name: Name,
    /// The present role.
    pub role: Role,
    /// The address; shown to its owner and to administrators only (T4.6).
    pub mail: Mail,
    /// The language of pages and letters.
    pub language: Language,
    /// Whether a password is set; without one, codes by mail.
    pub has_password: bool,
    /// When the account was opened.
    pub created_at: Time,
}

impl store::FromRow for Reader {
    fn from_row(row: &mut store::Row) -> Result<Reader, Failure> {
        Ok(Reader {
            id: row.take()?,
            name: row.take()?,
            role: row.take()?,
            mail: row.take()?,
            language: row.take::<Tongue>()?.0,
            has_password: row.take()?,
            created_at: row.take()?,
        })
    }
}

/// Somebody about to have an account.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// The name in the talk.
    pub name: Name,
    /// The address.
    pub mail: Mail,
    /// The password, if one was chosen; without it, codes by mail.
    pub password: Option<Hashed>,
    /// The language of pages and letters.
    pub language: Language,
}

/// Everything about a reader, for the few places that need all of it; `where` comes after.
const READER: &str = "select r.id, r.name,
        coalesce((select a.role from appointments a where a.reader = r.id order by a.id desc limit 1), 'reader'),
        r.mail, r.language, case when r.password is null then 0 else 1 end, r.created_at
   from readers r";

/// Opens an account for somebody whose address is known to be theirs.
/// The two refusals that can come of it, a taken name and a taken address, are told apart by [`Admitted`].
pub(crate) async fn open(tx: &mut Tx, newcomer: &Newcomer, now: Time) -> Result<Admitted, Failure> {
    let sql = "insert into readers (name, name_folded, name_skeleton, mail, mail_key, password, language, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8)
               on conflict do nothing returning id";
    if departure::is_reserved(tx, &newcomer.name.skeleton(), now).await? {
        return Ok(Admitted::NameTaken);
    }
    let row: Option<(ReaderId,)> = tx
        .first(
            sql,
            (
                &newcomer.name,
                newcomer.name.folded(),
                newcomer.name.skeleton(),
                &newcomer.mail,
                newcomer.mail.key(),
                newcomer.password.as_ref(),
                Tongue(newcomer.language),
                now,
            ),
        )
        .await?;
    if let Some((reader,)) = row {
        let sql = "insert into consents (reader, what, given, at) values ($1, 'terms', 1, $2)";
        tx.execute(sql, (reader, now)).await?;
        return Ok(Admitted::New(reader));
    }
    Ok(match by_mail(tx, &newcomer.mail).await? {
        Some(reader) => Admitted::MailKnown(reader.id),
        None => Admitted::NameTaken,
    })
}

/// What came of opening an account.
pub(crate) enum Admitted {
    New(ReaderId),
    MailKnown(ReaderId),
    NameTaken,
}

/// Opens an account from the command line or for the demo paper, with a role and without a letter.
pub async fn admit(
    tx: &mut Tx,
    newcomer: &Newcomer,
    role: Role,
    now: Time,
) -> Result<Result<ReaderId, Refusal>, Failure> {
    match open(tx, newcomer, now).await? {
        Admitted::New(reader) => {
            if role.is_staff() {
                record_appointment(tx, reader, (Role::Reader, role), None, now).await?;
            }
            Ok(Ok(reader))
        }
        Admitted::MailKnown(_) => Ok(Err(Refusal::MailTaken)),
        Admitted::NameTaken => Ok(Err(Refusal::NameTaken)),
    }
}

/// Gives somebody a role, or takes it back by giving [`Role::Reader`]. `by` is nobody when the command line does it.
/// Ends all sessions of the person: rights rise and fall with a fresh one only (T3.5, T3.6).
pub async fn appoint(
    tx: &mut Tx,
    reader: ReaderId,
    role: Role,
    by: Option<ReaderId>,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    tx.alone("appointments").await?;
    let Some(person) = by_id(tx, reader).await? else { return Ok(Err(Refusal::Nobody)) };
    if person.role == role {
        return Ok(Ok(()));
    }
    if person.role == Role::Administrator && administrators(tx).await? <= 1 {
        return Ok(Err(Refusal::LastAdministrator));
    }
    record_appointment(tx, reader, (person.role, role), by, now).await?;
    session::end_all(tx, reader, session::Why::RoleChanged, now).await?;
    Ok(Ok(()))
}

pub(crate) async fn record_appointment(
    tx: &mut Tx,
    reader: ReaderId,
    (before, role): (Role, Role),
    by: Option<ReaderId>,
    now: Time,
) -> Result<(), Failure> {
    let sql = "insert into appointments (reader, role, appointed_by, at) values ($1, $2, $3, $4)";
    tx.execute(sql, (reader, role, by, now)).await?;
    let who = by.map_or(By::House, |by| By::Person(by.0));
    let act = Act::of(who, "appointment", "reader", reader)
        .before(json!({ "role": before.as_str() }))
        .after(json!({ "role": role.as_str() }));
    ledger::note(tx, act, now);
    Ok(())
}

/// How many administrators the paper has now.
pub(crate) async fn administrators(tx: &mut Tx) -> Result<i64, Failure> {
    let sql = "select count(*) from appointments a
                where a.role = 'administrator'
                  and not exists (select 1 from appointments b where b.reader = a.reader and b.id > a.id)";
    let (count,): (i64,) = tx.one(sql, ()).await?;
    Ok(count)
}

/// One step in somebody's career at the paper.
#[derive(Clone, Debug)]
pub struct Appointment {
    /// The role from then on.
    pub role: Role,
    /// Who gave it, by name; nobody if the command line did.
    pub by: Option<Name>,
    /// When.
    pub at: Time,
}
store::row!(Appointment { role, by, at });

/// Which roles somebody had, latest first, at most 100.
pub async fn appointments(tx: &mut Tx, reader: ReaderId) -> Result<Vec<Appointment>, Failure> {
    let sql = "select a.role, b.name, a.at from appointments a left join readers b on b.id = a.appointed_by
                where a.reader = $1 order by a.id desc limit 100";
    tx.all(sql, (reader,)).await
}

/// The reader of this id.
pub async fn by_id(tx: &mut Tx, reader: ReaderId) -> Result<Option<Reader>, Failure> {
    tx.first(&format!("{READER} where r.id = $1"), (reader,)).await
}

/// The reader of this name, however its case.
pub async fn by_name(tx: &mut Tx, name: &str) -> Result<Option<Reader>, Failure> {
    let folded = crate::look_alikes::folded(name);
    tx.first(&format!("{READER} where r.name_folded = $1"), (folded,)).await
}

/// The reader of this address.
pub async fn by_mail(tx: &mut Tx, mail: &Mail) -> Result<Option<Reader>, Failure> {
    tx.first(&format!("{READER} where r.mail_key = $1"), (mail.key(),)).await
}

/// Whether the name, or one that looks like it, is somebody's.
pub(crate) async fn is_taken(tx: &mut Tx, name: &Name, now: Time) -> Result<bool, Failure> {
    if departure::is_reserved(tx, &name.skeleton(), now).await? {
        return Ok(true);
    }
    let sql = "select 1 from readers where name_skeleton = $1 or name_folded = $2 limit 1";
    let row: Option<(i64,)> = tx.first(sql, (name.skeleton(), name.folded())).await?;
    Ok(row.is_some())
}

/// People with accounts by id, a page of at most 100 after `after`. For administrators: it shows addresses.
pub async fn people(tx: &mut Tx, after: Option<ReaderId>) -> Result<Vec<Reader>, Failure> {
    tx.all(&format!("{READER} where r.id > $1 order by r.id limit 100"), (after.unwrap_or(ReaderId(0)),))
        .await
}

/// People who work for the paper, at most 500, by name.
pub async fn staff(tx: &mut Tx) -> Result<Vec<Reader>, Failure> {
    let sql = format!(
        "{READER} where r.id in (select a.reader from appointments a
                                  where a.role <> 'reader'
                                    and not exists (select 1 from appointments b
                                                     where b.reader = a.reader and b.id > a.id))
          order by r.name, r.id limit 500"
    );
    tx.all(&sql, ()).await
}

/// Changes the language of pages and letters.
pub async fn speak(tx: &mut Tx, reader: ReaderId, language: Language) -> Result<(), Failure> {
    tx.execute("update readers set language = $2 where id = $1", (reader, Tongue(language))).await.map(drop)
}
