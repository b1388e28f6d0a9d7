//! A database per test, on both databases: `store::testing::on_both!(a_test_of_a_room, &[…migrations], |db| async move { … });`
//!
//! The PostgreSQL is the one named by `BLATT_TEST_POSTGRES` (the check starts one); without it that half says so and is skipped.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{Address, Db, Failure, Migrations, Time};

/// A fresh database that goes away with the test.
pub struct Fresh {
    /// The database.
    pub db: Db,
    /// Where it is, to open it once more as another process would.
    pub address: Address,
    _place: Place,
}

enum Place {
    Folder { _folder: tempfile::TempDir },
    Schema { url: String, name: String },
}

/// A fresh SQLite in a temporary folder.
pub async fn sqlite(rooms: &[Migrations]) -> Result<Fresh, Failure> {
    let folder = tempfile::tempdir()?;
    let address = Address::File(folder.path().join("paper.db"));
    let db = Db::open(&address, rooms, Time(0)).await?;
    Ok(Fresh { db, address, _place: Place::Folder { _folder: folder } })
}

/// A fresh schema in the PostgreSQL of the check, if there is one.
pub async fn postgres(rooms: &[Migrations]) -> Result<Option<Fresh>, Failure> {
    let Some((url, name)) = schema().await? else { return Ok(None) };
    let address = address(&url, &name);
    let place = Place::Schema { url, name };
    let db = Db::open(&address, rooms, Time(0)).await?;
    Ok(Some(Fresh { db, address, _place: place }))
}

/// The address of a fresh, empty schema in the PostgreSQL of the check, for tests that open it themselves.
pub async fn postgres_address() -> Result<Option<Address>, Failure> {
    Ok(schema().await?.map(|(url, name)| address(&url, &name)))
}

/// The name of the schema is that of its connections too, so that a test can find them among the others.
fn address(url: &str, schema: &str) -> Address {
    let joint = if url.contains('?') { '&' } else { '?' };
    Address::Server(format!(
        "{url}{joint}application_name={schema}&options=-csearch_path%3D{schema}%20-csynchronous_commit%3Doff"
    ))
}

async fn schema() -> Result<Option<(String, String)>, Failure> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let Ok(url) = std::env::var("BLATT_TEST_POSTGRES") else {
        eprintln!("SKIPPED on PostgreSQL: BLATT_TEST_POSTGRES names none (cargo xtask check starts one)");
        return Ok(None);
    };
    let mut chance = [0; 4];
    getrandom::fill(&mut chance).map_err(|error| Failure::new(format!("no chance: {error}")))?;
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("t{:08x}_{count}", u32::from_be_bytes(chance));
    run(&url, &format!("create schema {name}")).await?;
    Ok(Some((url, name)))
}

async fn run(url: &str, sql: &str) -> Result<(), Failure> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    let talking = tokio::spawn(connection);
    let done = client.batch_execute(sql).await;
    drop(client);
    let _ = talking.await;
    Ok(done?)
}

impl Drop for Place {
    /// Removes the schema, unless a test left somebody in it.
    fn drop(&mut self) {
        let Place::Schema { url, name } = self else { return };
        let (url, sql) = (url.clone(), format!("set lock_timeout = '2s'; drop schema {name} cascade"));
        // On a thread of its own: the runtime of the test waits here and cannot be asked to wait.
        let removing = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(run(&url, &sql))
        });
        if let Ok(Err(failure)) = removing.join() {
            eprintln!("a schema of a test stays behind: {failure}");
        }
    }
}

/// Makes one test for SQLite and one for PostgreSQL of the same body.
#[macro_export]
macro_rules! on_both {
    ($(#[$doc:meta])* $name:ident, $rooms:expr, |$db:ident| $body:expr) => {
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($db: $crate::Db) -> Result<(), Box<dyn std::error::Error>> {
                $body.await
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() -> Result<(), Box<dyn std::error::Error>> {
                let fresh = $crate::testing::sqlite($rooms).await?;
                body(fresh.db.clone()).await
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() -> Result<(), Box<dyn std::error::Error>> {
                match $crate::testing::postgres($rooms).await? {
                    Some(fresh) => body(fresh.db.clone()).await,
                    None => Ok(()),
                }
            }
        }
    };
}
pub use crate::on_both;
