//! The people of these tests, and chance that is not chance.

use std::sync::atomic::{AtomicU64, Ordering};

use reader::{Code, House, Mail, Name, Newcomer, Place, Refusal, Request, Secret};
use store::{Db, Failure, Migrations, Time};
use story::Language;

pub type Outcome = Result<(), Box<dyn std::error::Error>>;

pub const ROOMS: &[Migrations] = &[store::MIGRATIONS, reader::MIGRATIONS];
pub const NOON: Time = Time(1_780_000_000_000);
pub const HOUSE: House<'static> = House { name: "Der Uferbote", address: "https://uferbote.example" };

/// A different secret each time.
pub fn secret() -> Secret {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    Secret::from_chance(bytes)
}

pub fn code(number: u64) -> Code {
    Code::from_chance(number.to_be_bytes())
}

/// A place of its own for each number.
pub fn place(number: u8) -> Place {
    Place::new([192, 0, 2, number].into(), &[9; 32])
}

pub fn newcomer(name: &str, mail: &str) -> Result<Newcomer, String> {
    let refused = |refusal: Refusal| format!("{refusal:?}");
    let (name, mail) = (Name::of_staff(name).map_err(refused)?, Mail::parse(mail).map_err(refused)?);
    Ok(Newcomer { name, mail, password: None, language: Language::Austrian })
}

/// Asks and answers for one window.
pub struct Window {
    pub ticket: Secret,
    pub code: Code,
    pub place: Place,
}

impl Window {
    pub fn new(number: u8) -> Window {
        Window { ticket: secret(), code: code(12_000_000 + u64::from(number)), place: place(number) }
    }

    pub fn request(&self) -> Request<'_> {
        Request {
            ticket: &self.ticket,
            code: &self.code,
            place: &self.place,
            house: &HOUSE,
            language: Language::Austrian,
        }
    }

    pub async fn registers(
        &self,
        db: &Db,
        newcomer: &Newcomer,
        now: Time,
    ) -> Result<Result<(), Refusal>, Failure> {
        let mut tx = db.begin().await?;
        let answer = reader::register(&mut tx, newcomer, &self.request(), now).await?;
        tx.commit().await?;
        Ok(answer)
    }

    pub async fn asks(&self, db: &Db, mail: &Mail, now: Time) -> Result<Result<(), Refusal>, Failure> {
        let mut tx = db.begin().await?;
        let answer = reader::ask_for_code(&mut tx, mail, &self.request(), now).await?;
        tx.commit().await?;
        Ok(answer)
    }

    pub async fn types(
        &self,
        db: &Db,
        code: &Code,
        now: Time,
    ) -> Result<Result<reader::Entered, Refusal>, Failure> {
        let mut tx = db.begin().await?;
        let answer = reader::use_code(&mut tx, &self.ticket, code, now).await?;
        tx.commit().await?;
        Ok(answer)
    }
}

/// Anna Berger, admitted at noon.
pub async fn anna(db: &Db) -> Result<reader::Reader, Box<dyn std::error::Error>> {
    let mut tx = db.begin().await?;
    let anna = newcomer("Anna Berger", "anna@example.org")?;
    reader::admit(&mut tx, &anna, reader::Role::Reader, NOON).await?.map_err(|r| format!("{r:?}"))?;
    let anna = reader::by_name(&mut tx, "anna berger").await?.ok_or("Anna is here")?;
    tx.commit().await?;
    Ok(anna)
}

pub async fn count(db: &Db, table: &str) -> Result<i64, Failure> {
    let (count,): (i64,) = db.read().await?.one(&format!("select count(*) from {table}"), ()).await?;
    Ok(count)
}
