//! No list of the forum reads more rows than it shows: every statement a page needs goes through an index of its own order.

use store::testing::on_both;
use store::{Db, Failure, Migrations, Value};

use crate::{Bookmark, Sort, original, reading};
use archive::ArticleId;

const ROOMS: &[Migrations] = &[store::MIGRATIONS, archive::MIGRATIONS, reader::MIGRATIONS, crate::MIGRATIONS];

/// How the database means to find the rows; PostgreSQL is told that whole tables are dear, since these are empty.
async fn plan(db: &Db, sql: &str, values: Vec<Value>) -> Result<String, Failure> {
    let mut tx = db.begin().await?;
    if db.is_shared() {
        for cheap in ["enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin"] {
            tx.execute(&format!("set local {cheap} = off"), ()).await?;
        }
    }
    tx.plan(sql, values).await
}

/// Neither reads a whole table nor sorts what it found.
async fn goes_by_key(db: &Db, index: &str, sql: &str, values: Vec<Value>) -> Result<(), Failure> {
    let plan = plan(db, sql, values).await?;
    assert!(plan.contains(index), "{index} is not used\n{sql}\n{plan}");
    for slow in ["SCAN", "Seq Scan", "TEMP B-TREE", "Sort"] {
        assert!(!plan.contains(slow), "{slow}\n{sql}\n{plan}");
    }
    Ok(())
}

on_both!(pages_of_a_thread_go_by_key, ROOMS, |db| async move {
    let indexes = [
        (Sort::Newest, "comments_in_order"),
        (Sort::Oldest, "comments_in_order"),
        (Sort::Best, "comments_by_score"),
    ];
    for (sort, index) in indexes {
        let after: Bookmark = "5-5".parse()?;
        let values = reading::page_values(ArticleId(1), sort, Some(after), 20);
        goes_by_key(&db, index, &reading::page_sql(sort), values).await?;
    }
    let values = vec![1_i64.into(), 2_i64.into(), 50_i64.into()];
    goes_by_key(&db, "comments_of_a_root", &reading::replies_sql(), values).await?;
    Ok(())
});

on_both!(lists_of_the_desk_and_of_an_author_go_by_key, ROOMS, |db| async move {
    let key = if db.is_shared() { "comments_pkey" } else { "INTEGER PRIMARY KEY" };
    goes_by_key(&db, key, &original::latest_sql(), vec![5_i64.into(), 5_i64.into()]).await?;
    let values = vec![5_i64.into(), 5_i64.into(), 5_i64.into(), 5_i64.into()];
    goes_by_key(&db, "comments_of_an_author", &original::own_sql(), values).await?;
    Ok(())
});

on_both!(what_is_sorted_is_only_what_was_found_by_key, ROOMS, |db| async move {
    // The replies of one page, and threads in which something happened lately: few rows, found by key, then put in order.
    let roots = vec![2_i64.into(), 7_i64.into(), 8_i64.into()];
    for (index, sql, values) in [
        ("comments_of_a_root", reading::first_replies_sql(2), roots),
        ("threads_changed", reading::MOST_DISCUSSED.to_owned(), vec![5_i64.into(), 5_i64.into()]),
    ] {
        let plan = plan(&db, &sql, values).await?;
        assert!(plan.contains(index), "{sql}\n{plan}");
        assert!(!plan.contains("SCAN") && !plan.contains("Seq Scan"), "{sql}\n{plan}");
    }
    Ok(())
});
