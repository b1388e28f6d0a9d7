//! What a reader or the desk looks up goes by key, however many decisions there are.

use store::testing::on_both;
use store::{Migrations, Value};

use crate::decision::{about_sql, history_sql};

const ROOMS: &[Migrations] =
    &[store::MIGRATIONS, archive::MIGRATIONS, reader::MIGRATIONS, forum::MIGRATIONS, crate::MIGRATIONS];

on_both!(decisions_go_by_key, ROOMS, |db| async move {
    let numbers = |count: i64| (1..=count).map(Value::from).collect::<Vec<_>>();
    for (index, sql, values) in
        [("decisions_about", about_sql(), numbers(3)), ("decisions_of", history_sql(), numbers(2))]
    {
        let mut tx = db.begin().await?;
        if db.is_shared() {
            for cheap in ["enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin"] {
                tx.execute(&format!("set local {cheap} = off"), ()).await?;
            }
        }
        let plan = tx.plan(&sql, values).await?;
        assert!(plan.contains(index), "{sql}\n{plan}");
        for slow in ["SCAN", "Seq Scan", "TEMP B-TREE", "Sort"] {
            assert!(!plan.contains(slow), "{sql}\n{plan}");
        }
    }
    Ok(())
});
