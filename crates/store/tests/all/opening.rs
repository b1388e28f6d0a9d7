//! What is opened, what is refused with a sentence, and that a refused file stays as it was.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use store::testing::{self, on_both};
use store::{Address, Db, Failure, MIGRATIONS, Migrations, Time};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const ONE: Migrations = Migrations { room: "notes", steps: &["create table notes (id {id}) {strict};"] };
const TWO: Migrations =
    Migrations { room: "notes", steps: &[ONE.steps[0], "alter table notes add column text text;"] };
const BROKEN: Migrations = Migrations {
    room: "notes",
    steps: &[
        ONE.steps[0],
        "create table half (id {id}) {strict};
         insert into half (id) values (1);
         insert into nowhere (id) values (1);",
    ],
};

async fn open(path: &Path, rooms: &[Migrations]) -> Result<Db, Failure> {
    Db::open(&Address::File(path.to_owned()), rooms, Time(0)).await
}

async fn refusal(address: &Address, rooms: &[Migrations]) -> Result<String, String> {
    match Db::open(address, rooms, Time(0)).await {
        Ok(_) => Err("it was opened".to_owned()),
        Err(failure) => Ok(failure.to_string()),
    }
}

#[tokio::test]
async fn a_file_that_is_not_ours_is_refused_and_stays_as_it_was() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("paper.db");
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other)?.execute_batch("create table accounts (id integer); vacuum;")?;
    let marked = folder.path().join("marked.db");
    rusqlite::Connection::open(&marked)?.execute_batch("pragma application_id = 7; create table a (b);")?;
    let files: [(&str, Vec<u8>); 4] = [
        ("not a database", b"Dear editor, this is a letter and no database.".repeat(10)),
        ("not a database", vec![0]),
        ("another program's", std::fs::read(other)?),
        ("another program's", std::fs::read(marked)?),
    ];
    for (words, bytes) in files {
        std::fs::write(&path, &bytes)?;
        let said = refusal(&Address::File(path.clone()), &[MIGRATIONS, ONE]).await?;
        assert!(said.contains(words) && said.contains("paper.db"), "{said}");
        assert_eq!(std::fs::read(&path)?, bytes, "{words}");
        let beside: Vec<_> = ["paper.db-wal", "paper.db-shm", "paper.db-journal"]
            .iter()
            .filter(|name| folder.path().join(name).exists())
            .collect();
        assert!(beside.is_empty(), "{beside:?}");
    }
    let said = refusal(&Address::File(folder.path().to_owned()), &[ONE]).await?;
    assert!(said.contains("it is a folder"), "{said}");
    let said = refusal(&Address::File(folder.path().join("no/such/folder.db")), &[ONE]).await?;
    assert!(said.contains("cannot be made"), "{said}");
    Ok(())
}

/// What a paper says, wherever its bytes lie at the moment: in the file or still in its log.
fn content(path: &Path) -> Result<Vec<String>, rusqlite::Error> {
    let sql = "select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_schema
               union all select room || ' ' || step || ' ' || at from migrations order by 1";
    let paper = rusqlite::Connection::open(path)?;
    paper.prepare(sql)?.query_map((), |row| row.get(0))?.collect()
}

#[tokio::test]
async fn r10_a_paper_of_a_newer_blatt_is_refused_and_stays_as_it_was() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("paper.db");
    drop(open(&path, &[MIGRATIONS, TWO]).await?);
    let before = content(&path)?;
    let said = refusal(&Address::File(path.clone()), &[MIGRATIONS, ONE]).await?;
    assert!(said.contains("newer Blatt") && said.contains("step 2, this one knows 1"), "{said}");
    let said = refusal(&Address::File(path.clone()), &[MIGRATIONS]).await?;
    assert!(said.contains("schema of notes"), "a room this one does not know: {said}");
    assert_eq!(content(&path)?, before);
    drop(open(&path, &[MIGRATIONS, TWO]).await?);
    assert_eq!(content(&path)?, before, "and opening what is up to date changes nothing either");
    Ok(())
}

#[tokio::test]
async fn r10_a_server_with_a_newer_schema_is_refused() -> Outcome {
    let Some(address) = testing::postgres_address().await? else { return Ok(()) };
    drop(Db::open(&address, &[MIGRATIONS, TWO], Time(0)).await?);
    let said = refusal(&address, &[MIGRATIONS, ONE]).await?;
    assert!(said.contains("newer Blatt"), "{said}");
    Ok(())
}

async fn a_failing_step_leaves_nothing(address: &Address) -> Outcome {
    drop(Db::open(address, &[MIGRATIONS, ONE], Time(0)).await?);
    let said = refusal(address, &[MIGRATIONS, BROKEN]).await?;
    assert!(said.contains("step 2 of the schema of notes"), "{said}");
    // The table of the failing step is not there, and its right form can still be made.
    let db = Db::open(address, &[MIGRATIONS, TWO], Time(0)).await?;
    let mut tx = db.begin().await?;
    assert!(tx.all::<(i64,)>("select id from half", ()).await.is_err());
    drop(tx);
    let mut tx = db.begin().await?;
    tx.execute("insert into notes (text) values ('it goes on')", ()).await?;
    Ok(tx.commit().await?)
}

#[tokio::test]
async fn r10_a_failing_step_leaves_nothing_on_sqlite() -> Outcome {
    let folder = tempfile::tempdir()?;
    a_failing_step_leaves_nothing(&Address::File(folder.path().join("paper.db"))).await
}

#[tokio::test]
async fn r10_a_failing_step_leaves_nothing_on_postgres() -> Outcome {
    match testing::postgres_address().await? {
        Some(address) => a_failing_step_leaves_nothing(&address).await,
        None => Ok(()),
    }
}

async fn many_open_it_at_once(address: &Address) -> Outcome {
    let opening = (0..6).map(|_| {
        let address = address.clone();
        tokio::spawn(async move { Db::open(&address, &[MIGRATIONS, TWO], Time(0)).await.map(drop) })
    });
    for opened in futures_util::future::join_all(opening).await {
        opened??;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r11_nodes_that_start_at_once_on_an_empty_database_all_come_up() -> Outcome {
    if let Some(address) = testing::postgres_address().await? {
        many_open_it_at_once(&address).await?;
    }
    let folder = tempfile::tempdir()?;
    many_open_it_at_once(&Address::File(folder.path().join("paper.db"))).await
}

#[tokio::test]
async fn t9_6_a_paper_is_its_owners_and_flushes_what_it_commits() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("paper.db");
    let db = open(&path, &[MIGRATIONS]).await?;
    for file in ["paper.db", "paper.db-wal"] {
        assert_eq!(
            std::fs::metadata(folder.path().join(file))?.permissions().mode() & 0o777,
            0o600,
            "{file}"
        );
    }
    let mut tx = db.begin().await?;
    for (pragma, expected) in
        [("synchronous", 2), ("foreign_keys", 1), ("mmap_size", 0), ("trusted_schema", 0)]
    {
        let found: Option<(i64,)> = tx.first(&format!("pragma {pragma}"), ()).await?;
        assert_eq!(found, Some((expected,)), "{pragma}");
    }
    Ok(())
}

on_both!(a_reader_writes_nothing, &[MIGRATIONS, TWO], |db| async move {
    let insert = "insert into notes (text) values ('x') returning id";
    assert!(db.read().await?.execute("insert into notes (text) values ('x')", ()).await.is_err());
    assert!(db.read().await?.insert(insert, ()).await.is_err());
    assert!(db.begin().await?.insert(insert, ()).await.is_ok());
    Ok(())
});

/// A server that says it cannot do TLS hears neither name nor password.
#[tokio::test]
async fn t9_2_a_server_that_says_it_has_no_tls_is_told_nothing() -> Outcome {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    let server = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await?;
        let mut asked = [0; 8];
        socket.read_exact(&mut asked).await?;
        socket.write_all(b"N").await?;
        let mut more = Vec::new();
        socket.read_to_end(&mut more).await?;
        Ok::<_, std::io::Error>(more)
    });
    let address =
        Address::parse(&format!("postgres://blatt:secret@127.0.0.1:{port}/blatt?sslmode=verify-full"));
    let said = refusal(&address, &[MIGRATIONS]).await?;
    assert!(said.contains("TLS") && !said.contains("secret"), "{said}");
    assert_eq!(server.await??, b"");
    Ok(())
}
