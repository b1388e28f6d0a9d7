//! No list of the forum reads more rows than it shows: every statement a page needs goes through an index of its own order.

use store::testing::on_both;
use store::{Db, Failure, Migrations, Value};

use crate::{Bookmark, Sort, found, lanes, lately, original, post, reading, removal, waiting};
use archive::ArticleId;

const ROOMS: &[Migrations] = &[store::MIGRATIONS, archive::MIGRATIONS, reader::MIGRATIONS, crate::MIGRATIONS];

/// How the database means to find the rows; PostgreSQL is told that whole tables are dear, since these are empty.
async fn plan_of(db: &Db, sql: &str, values: Vec<Value>) -> Result<String, Failure> {
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
    let plan = plan_of(db, sql, values).await?;
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
        (Sort::MostDiscussed, "comments_by_replies"),
    ];
    for (sort, index) in indexes {
        let after: Bookmark = "5-5".parse()?;
        let values = reading::page_values(ArticleId(1), sort, Some(after), 20);
        goes_by_key(&db, index, &reading::page_sql(sort), values).await?;
    }
    let values = vec![1_i64.into(), 2_i64.into(), 50_i64.into()];
    goes_by_key(&db, "comments_of_a_root", &reading::replies_sql(), values).await?;
    let values = vec![1_i64.into(), 2_i64.into(), 50_i64.into()];
    goes_by_key(&db, "comments_answering", &reading::answers_sql(), values).await?;
    Ok(())
});

on_both!(what_stands_around_a_comment_is_found_by_key, ROOMS, |db| async move {
    let three = || vec![1_i64.into(), 2_i64.into(), 3_i64.into()];
    for sql in reading::neighbours_sql(false) {
        goes_by_key(&db, "comments_in_order", &sql, three()).await?;
    }
    for sql in reading::neighbours_sql(true) {
        goes_by_key(&db, "comments_of_a_root", &sql, vec![1_i64.into(), 2_i64.into()]).await?;
    }
    goes_by_key(&db, "comments_in_order", reading::PAGE_WITH, three()).await?;
    Ok(())
});

on_both!(words_are_found_by_their_own_index, ROOMS, |db| async move {
    let tx = db.read().await?;
    let (sql, server) = (store::search::latest_sql(&tx, found::WORDS), db.is_shared());
    let index = if server { "comment_words_by_word" } else { "VIRTUAL TABLE INDEX" };
    let asked = store::search::question_within(&tx, 1, "hafen").expect("a word");
    drop(tx);
    let mut tx = db.begin().await?;
    if server {
        tx.execute("set local enable_seqscan = off", ()).await?;
        tx.execute("set local enable_indexscan = off", ()).await?;
    }
    let plan = tx.plan(&sql, (asked, 9_i64, 9_i64)).await?;
    // SQLite calls it a scan when its index of words is asked; what counts is what it is asked with.
    assert!(plan.contains(index) && !plan.contains("Seq Scan") && !plan.contains("TEMP B-TREE"), "{plan}");
    drop(tx);
    let key = if server { "unindexed_pkey" } else { "INTEGER PRIMARY KEY" };
    let plan = plan_of(&db, found::WAITING, vec![9_i64.into()]).await?;
    assert!(plan.contains(key) && !plan.contains("SCAN c"), "{plan}");
    Ok(())
});

// What posting, voting and judging ask for: one row or a few, each by a key.
on_both!(what_is_written_is_found_by_key, ROOMS, |db| async move {
    let server = db.is_shared();
    let key = |table: &str| if server { format!("{table}_pkey") } else { "INTEGER PRIMARY KEY".to_owned() };
    let (one, text) = (|| store::Value::from(1_i64), || store::Value::from("key"));
    // Either database names the index of a constraint in its own way.
    let by_author = if server { "comments_author_key_key" } else { "autoindex_comments_1" };
    let waiting_by_author = if server { "waiting_author_key_key" } else { "autoindex_waiting_1" };
    let by_round = if server { "removals_comment_round_key" } else { "autoindex_removals_1" };
    let votes = if server { "votes_pkey" } else { "autoindex_votes_1" };
    // Both ways are short: what this writer said lately, and how often they said just this.
    let alike = if server { "Index Scan using comments_" } else { "comments_alike" };
    for (index, sql, values) in [
        (by_author, post::WITH_KEY, vec![one(), text()]),
        (waiting_by_author, post::WITH_KEY, vec![one(), text()]),
        (alike, post::SAID_BEFORE, vec![one(), one(), one(), one(), one(), one()]),
        (&*key("comments"), post::ROOT_OF, vec![one(), one()]),
        (by_round, post::ROOT_OF, vec![one(), one()]),
        (by_round, removal::STANDING, vec![one()]),
        (votes, "select value from votes where comment = $1 and reader = $2", vec![one(), one()]),
        (&*key("writers"), "select comments from writers where reader = $1", vec![one()]),
        (&*key("threads"), "select comments from threads where article = $1", vec![one()]),
    ] {
        goes_by_key(&db, index, sql, values).await?;
    }
    Ok(())
});

on_both!(lists_of_the_desk_and_of_an_author_go_by_key, ROOMS, |db| async move {
    let key = if db.is_shared() { "comments_pkey" } else { "INTEGER PRIMARY KEY" };
    goes_by_key(&db, key, &original::latest_sql(), vec![5_i64.into(), 5_i64.into()]).await?;
    let values = vec![5_i64.into(), 5_i64.into(), 5_i64.into(), 5_i64.into()];
    goes_by_key(&db, "comments_of_an_author", &original::own_sql(), values.clone()).await?;
    goes_by_key(&db, "comments_of_an_author", &reading::said_by_sql(), values).await?;
    let values = vec![5_i64.into(), 5_i64.into(), 5_i64.into()];
    goes_by_key(&db, key, reading::NEWER_IN, values).await?;
    goes_by_key(&db, key, reading::NEWER_THAN, vec![5_i64.into(), 5_i64.into()]).await?;
    Ok(())
});

on_both!(what_waits_is_found_by_key, ROOMS, |db| async move {
    let some = |count: i64| (1..=count).map(Value::from).collect::<Vec<_>>();
    for (index, sql, values) in [
        ("waiting_in_order", waiting::queue_sql(), some(3)),
        ("waiting_in_a_thread", waiting::under_sql(), some(3)),
        ("waiting_in_a_thread", waiting::SAID_BEFORE.to_owned(), some(5)),
        ("waiting_of_an_author", waiting::own_sql(), some(2)),
    ] {
        goes_by_key(&db, index, &sql, values).await?;
    }
    // The first hundred entries of any index in which nothing refused stands.
    let plan = plan_of(&db, waiting::COUNT, vec![]).await?;
    assert!(plan.contains("waiting_") && !plan.contains("Seq Scan"), "{plan}");
    Ok(())
});

on_both!(the_lanes_of_the_desk_go_by_key, ROOMS, |db| async move {
    let (lane, one) = (|| Value::from("approval"), || Value::from(1_i64));
    for (index, sql, values) in [
        ("waiting_by_rank", lanes::page_sql(), vec![lane(), one(), one(), one(), one()]),
        ("waiting_by_age", lanes::OLDEST.to_owned(), vec![lane()]),
        ("waiting_of_words", lanes::SAME_WORDS.to_owned(), vec![one(), one()]),
        ("comments_of_words", original::SAME_WORDS.to_owned(), vec![one(), one()]),
    ] {
        goes_by_key(&db, index, &sql, values).await?;
    }
    // What is counted was found by key; the count itself is a pass over that.
    for (index, sql, values) in [
        ("waiting_by_age", lanes::OLDER, vec![lane(), one(), one()]),
        ("waiting_by_", lanes::COUNT, vec![lane(), one()]),
    ] {
        let plan = plan_of(&db, sql, values).await?;
        assert!(plan.contains(index), "{sql}\n{plan}");
        assert!(!plan.contains("SCAN waiting") && !plan.contains("Seq Scan"), "{sql}\n{plan}");
    }
    Ok(())
});

// Each part finds its rows by key and reads a few of them; the oldest that waits is the first entry of its index.
on_both!(what_somebody_did_lately_is_found_by_key, ROOMS, |db| async move {
    let some = |count: i64| (1..=count).map(Value::from).collect::<Vec<_>>();
    let lately = plan_of(&db, lately::LATELY, some(6)).await?;
    let written = plan_of(&db, lately::WRITTEN_SINCE, some(3)).await?;
    for (plan, index) in [(&lately, "waiting_in_order"), (&written, "comments_of_an_author")] {
        assert!(plan.contains(index) && !plan.contains("Seq Scan"), "{plan}");
        for whole in ["SCAN comments", "SCAN waiting", "SCAN writers", "SCAN threads"] {
            assert!(!plan.contains(whole), "{plan}");
        }
    }
    Ok(())
});

on_both!(what_is_sorted_is_only_what_was_found_by_key, ROOMS, |db| async move {
    // The replies of one page, and threads in which something happened lately: few rows, found by key, then put in order.
    let roots = vec![2_i64.into(), 7_i64.into(), 8_i64.into()];
    for (index, sql, values) in [
        ("comments_of_a_root", reading::first_replies_sql("$2, $3"), roots),
        ("threads_changed", reading::MOST_DISCUSSED.to_owned(), vec![5_i64.into(), 5_i64.into()]),
    ] {
        let plan = plan_of(&db, &sql, values).await?;
        assert!(plan.contains(index), "{sql}\n{plan}");
        assert!(!plan.contains("SCAN") && !plan.contains("Seq Scan"), "{sql}\n{plan}");
    }
    Ok(())
});
