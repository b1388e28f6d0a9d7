//! A database per test, on both databases: `store::testing::on_both!(a_test_of_a_room, &[…migrations], |db| async move { … });`
//!
//! The PostgreSQL is the one named by `BLATT_TEST_POSTGRES` (the check starts one); without it that half says so and is skipped.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{Address, Db, Failure, Migrations, Time};

/// A fresh database that goes away with the test.
pub struct Fresh {
    /// The database.
    pub db: Db,
    _folder: Option<tempfile::TempDir>,
}

/// A fresh SQLite in a temporary folder.
pub async fn sqlite(rooms: &[Migrations]) -> Result<Fresh, Failure> {
    let folder = tempfile::tempdir()?;
    let db = Db::open(&Address::File(folder.path().join("paper.db")), rooms, Time(0)).await?;
    Ok(Fresh { db, _folder: Some(folder) })
}

/// A fresh schema in the PostgreSQL of the check, if there is one.
pub async fn postgres(rooms: &[Migrations]) -> Result<Option<Fresh>, Failure> {
    let Some(address) = postgres_address().await? else { return Ok(None) };
    let db = Db::open(&address, rooms, Time(0)).await?;
    Ok(Some(Fresh { db, _folder: None }))
}

/// The address of a fresh, empty schema in the PostgreSQL of the check, for tests that open it themselves.
pub async fn postgres_address() -> Result<Option<Address>, Failure> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let Ok(url) = std::env::var("BLATT_TEST_POSTGRES") else {
        eprintln!("SKIPPED on PostgreSQL: BLATT_TEST_POSTGRES names none (cargo xtask check starts one)");
        return Ok(None);
    };
    let schema = format!("t{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await?;
    let talking = tokio::spawn(connection);
    client.batch_execute(&format!("create schema {schema}")).await?;
    drop(client);
    let _ = talking.await;
    let joint = if url.contains('?') { '&' } else { '?' };
    Ok(Some(Address::Server(format!(
        "{url}{joint}options=-csearch_path%3D{schema}%20-csynchronous_commit%3Doff"
    ))))
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
