//! What every room relies on, on both databases.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use store::testing::on_both;
use store::{Db, Failure, MIGRATIONS, Migrations, Time, events};

const NOTES: Migrations = Migrations {
    room: "notes",
    steps: &[
        "create table notes (id {id}, text text not null unique, at {int} not null, rating {real}, raw {bytes}) {strict};
         create table replies (id {id}, note {int} not null references notes (id)) {strict};",
    ],
};
const ROOMS: &[Migrations] = &[MIGRATIONS, NOTES];

async fn note(db: &Db, text: &str) -> Result<i64, Failure> {
    let mut tx = db.begin().await?;
    let id = tx.insert("insert into notes (text, at) values ($1, $2) returning id", (text, Time(7))).await?;
    tx.commit().await?;
    Ok(id)
}

async fn count(db: &Db) -> Result<i64, Failure> {
    let (count,): (i64,) = db.read().await?.one("select count(*) from notes", ()).await?;
    Ok(count)
}

on_both!(a_row_comes_back_as_it_went, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    let sql = "insert into notes (text, at, rating, raw) values ($2, $1, $3, $4) returning id";
    let id = tx.insert(sql, (Time(-5), "Grüße", 0.5, vec![0_u8, 255])).await?;
    tx.commit().await?;
    let row: (String, Time, f64, Vec<u8>) =
        db.read().await?.one("select text, at, rating, raw from notes where id = $1", (id,)).await?;
    assert_eq!(row, ("Grüße".to_owned(), Time(-5), 0.5, vec![0, 255]));
    Ok(())
});

on_both!(what_is_not_committed_leaves_no_trace, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    tx.insert("insert into notes (text, at) values ('gone', 1) returning id", ()).await?;
    drop(tx);
    assert_eq!(count(&db).await?, 0);
    Ok(())
});

on_both!(a_failed_statement_never_commits, ROOMS, |db| async move {
    note(&db, "once").await?;
    let mut tx = db.begin().await?;
    let twice = tx.insert("insert into notes (text, at) values ('once', 1) returning id", ()).await;
    assert!(twice.is_err());
    drop(tx);
    assert_eq!(count(&db).await?, 1);
    note(&db, "twice").await?;
    Ok(())
});

on_both!(r1_six_hundred_writers_leave_what_was_acknowledged, ROOMS, |db| async move {
    let acknowledged = Arc::new(AtomicU64::new(0));
    let mut tasks = Vec::new();
    for n in 0..600 {
        let (db, acknowledged) = (db.clone(), Arc::clone(&acknowledged));
        tasks.push(tokio::spawn(async move {
            let mut tx = db.begin().await?;
            tx.insert("insert into notes (text, at) values ($1, 1) returning id", (format!("n{n}"),)).await?;
            match n % 6 {
                0 => return Ok(()),
                1 => panic!("a writer that breaks, on purpose"),
                2 => tokio::task::yield_now().await,
                3 => {
                    tx.insert("insert into notes (text, at) values ($1, 1) returning id", (format!("n{n}"),))
                        .await?;
                }
                _ => {}
            }
            tx.commit().await?;
            acknowledged.fetch_add(1, Ordering::SeqCst);
            Ok::<(), Failure>(())
        }));
    }
    for (n, task) in tasks.iter().enumerate() {
        if n % 50 == 4 {
            task.abort();
        }
    }
    for task in tasks {
        let _ = task.await;
    }
    let rows = u64::try_from(count(&db).await?)?;
    let told = acknowledged.load(Ordering::SeqCst);
    assert!(
        rows >= told && rows <= told + 12,
        "{rows} rows for {told} answers: only an aborted writer may have committed unheard"
    );
    note(&db, "the writer lives on").await?;
    Ok(())
});

on_both!(an_event_is_heard_after_the_commit_and_only_then, ROOMS, |db| async move {
    let mut listener = events::listen(&db);
    let mut tx = db.begin().await?;
    events::tell(&mut tx, "article", 1, Time(1)).await?;
    drop(tx);
    let mut tx = db.begin().await?;
    events::tell(&mut tx, "article", 2, Time(1)).await?;
    tx.commit().await?;
    let Some(events::Heard::Event(event)) = listener.next().await else { panic!("nothing heard") };
    assert_eq!((event.topic.as_str(), event.subject), ("article", 2));
    Ok(())
});

on_both!(t6_1_parameters_are_bound_by_their_number, ROOMS, |db| async move {
    let id = note(&db, "before").await?;
    let mut tx = db.begin().await?;
    assert_eq!(
        tx.execute("update notes set text = $2, at = $3 where id = $1", (id, "after", Time(9))).await?,
        1
    );
    let twice: (String, i64) =
        tx.one("select text, at from notes where id = $2 and text = $1 and text = $1", ("after", id)).await?;
    assert_eq!(twice, ("after".to_owned(), 9));
    let nasty = "'); drop table notes; --";
    tx.execute("update notes set text = $1 where id = $2", (nasty, id)).await?;
    tx.commit().await?;
    let (text,): (String,) = db.read().await?.one("select text from notes", ()).await?;
    assert_eq!(text, nasty);
    Ok(())
});

on_both!(what_one_database_would_take_and_the_other_not_is_refused_by_both, ROOMS, |db| async move {
    let insert = "insert into notes (text, at) values ($1, $2)";
    let mut refused = Vec::new();
    for (sql, values) in [
        (insert, vec![store::Value::from("nul\0byte"), 1_i64.into()]),
        (insert, vec!["too few".into()]),
        (insert, vec!["too many".into(), 1_i64.into(), 2_i64.into()]),
        (insert, vec!["no number".into(), "no number".into()]),
        (insert, vec!["bytes".into(), vec![1_u8].into()]),
        ("insert into notes (text, at, rating) values ($1, 1, $2)", vec!["nan".into(), f64::NAN.into()]),
        ("insert into notes (text, at) values ($1, 1); delete from notes", vec!["two at once".into()]),
        ("insert into notes (text, at) values (\"no column\", $1)", vec![1_i64.into()]),
        ("insert into notes (text, at) values (?, ?)", vec!["by place".into(), 1_i64.into()]),
    ] {
        let mut tx = db.begin().await?;
        if tx.execute(sql, values.clone()).await.is_ok() {
            refused.push(format!("{sql} took {values:?}"));
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
    assert_eq!(count(&db).await?, 0);
    Ok(())
});

on_both!(a_whole_number_fits_where_a_number_does, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    tx.execute("insert into notes (text, at, rating) values ('a', 1, $1)", (3_i64,)).await?;
    let (rating, none): (f64, Option<i64>) =
        tx.one("select rating, cast(null as bigint) from notes", ()).await?;
    assert_eq!((rating, none), (3.0, None));
    let sums: (i64, Option<f64>) =
        tx.one("select cast(sum(at) as bigint), avg(rating) from notes", ()).await?;
    assert_eq!(sums, (1, Some(3.0)));
    Ok(())
});

on_both!(a_row_that_names_none_is_refused_where_it_is_written, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    assert!(tx.insert("insert into replies (note) values (77) returning id", ()).await.is_err());
    Ok(())
});

on_both!(the_first_row_of_a_change_is_not_the_only_one_changed, ROOMS, |db| async move {
    for text in ["a", "b", "c"] {
        note(&db, text).await?;
    }
    let mut tx = db.begin().await?;
    let first: Option<(i64,)> = tx.first("update notes set at = 99 where at = 7 returning at", ()).await?;
    assert_eq!(first, Some((99,)));
    tx.commit().await?;
    let (changed,): (i64,) = db.read().await?.one("select count(*) from notes where at = 99", ()).await?;
    assert_eq!(changed, 3);
    Ok(())
});

on_both!(a_line_is_read_back_as_it_was_written, ROOMS, |db| async move {
    let lines = [
        "Feuer im Hafen: „Wir hatten Glück“",
        "Zo\u{200b}e\u{fe0f}\u{308} \u{a0} Müller\u{ad}straße 😀",
        "\u{1100}\u{115f}\u{1161}\u{11a8} 각",
    ];
    for text in lines {
        let line = story::Line::parse("headline", text, 100)?;
        let mut tx = db.begin().await?;
        let sql = "insert into notes (text, at) values ($1, 1) returning text";
        let (read,): (story::Line,) = tx.one(sql, (&line,)).await?;
        assert_eq!(read, line);
    }
    Ok(())
});

on_both!(a_reading_stays_as_it_began, ROOMS, |db| async move {
    note(&db, "before").await?;
    let mut reading = db.read().await?;
    let sql = "select count(*) from notes";
    assert_eq!(reading.one::<(i64,)>(sql, ()).await?, (1,));
    note(&db, "meanwhile").await?;
    assert_eq!(reading.one::<(i64,)>(sql, ()).await?, (1,));
    assert_eq!(count(&db).await?, 2);
    Ok(())
});

on_both!(a_statement_that_is_asked_with_many_lengths_of_list_is_not_kept_for_ever, ROOMS, |db| async move {
    for length in 1..700_i64 {
        let list = (1..=length).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
        let values: Vec<store::Value> = (1..=length).map(Into::into).collect();
        let mut tx = db.read().await?;
        tx.all::<(i64,)>(&format!("select id from notes where id in ({list})"), values).await?;
    }
    note(&db, "and it goes on").await?;
    Ok(())
});

on_both!(ids_taken_beforehand_are_nobody_elses, ROOMS, |db| async move {
    let first = note(&db, "zuerst").await?;
    let mut tx = db.begin().await?;
    let ids = tx.ids("notes", 3).await?;
    assert_eq!(ids, [first + 1, first + 2, first + 3]);
    let mut values: Vec<store::Value> = Vec::new();
    for id in &ids {
        values.extend::<[store::Value; 3]>([(*id).into(), format!("Notiz {id}").into(), 7_i64.into()]);
    }
    let sql = format!("insert into notes (id, text, at) values {}", store::places(3, 3));
    assert_eq!(tx.execute(&sql, values).await?, 3);
    tx.commit().await?;
    assert_eq!(note(&db, "danach").await?, first + 4);
    Ok(())
});
