//! What a reader or the desk looks up goes by key, however many decisions there are.

use store::testing::on_both;
use store::{Db, Failure, Migrations, Value};

use crate::decision::{about_sql, history_sql};
use crate::{claim, decide, queue, report};

const ROOMS: &[Migrations] =
    &[store::MIGRATIONS, archive::MIGRATIONS, reader::MIGRATIONS, forum::MIGRATIONS, crate::MIGRATIONS];

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

on_both!(decisions_and_queues_go_by_key, ROOMS, |db| async move {
    let numbers = |count: i64| (1..=count).map(Value::from).collect::<Vec<_>>();
    let named = |count: i64| [Value::from("reported")].into_iter().chain(numbers(count)).collect::<Vec<_>>();
    let claimed = vec![1_i64.into(), 2_i64.into(), "w1".into(), "c2".into()];
    for (index, sql, values) in [
        ("decisions_about", about_sql(), numbers(3)),
        ("decisions_of", history_sql(), numbers(2)),
        ("cases_by_rank", queue::PAGE.to_owned(), named(4)),
        ("cases_by_age", queue::OLDEST.to_owned(), named(0)),
        ("case_ends_of", decide::LATEST_END.to_owned(), vec!["w1".into()]),
        ("case_claims", claim::claims_sql(2), claimed),
    ] {
        let plan = plan_of(&db, &sql, values).await?;
        assert!(plan.contains(index), "{sql}\n{plan}");
        for slow in ["SCAN", "Seq Scan", "TEMP B-TREE", "Sort"] {
            assert!(!plan.contains(slow), "{sql}\n{plan}");
        }
    }
    // What is counted was found by key; the count itself is a pass over that.
    for (index, table, sql, values) in [
        ("cases_by_", "cases", queue::COUNT, named(1)),
        ("cases_by_age", "cases", queue::OLDER, named(2)),
        ("case_ends_age", "case_ends", decide::CLOSED_SINCE, numbers(1)),
        ("reports_by", "reports", report::SENT, numbers(3)),
    ] {
        let plan = plan_of(&db, sql, values).await?;
        let scan = format!("SCAN {table}");
        assert!(plan.contains(index) && !plan.contains(&scan) && !plan.contains("Seq Scan"), "{sql}\n{plan}");
    }
    // The few reports about one comment are found by key and then put in order.
    let plan = plan_of(&db, report::REPORTS, numbers(2)).await?;
    assert!(!plan.contains("SCAN") && !plan.contains("Seq Scan"), "{plan}");
    Ok(())
});
