//! Lists stay as fast with a million articles as with ten: they walk an index and sort nothing.

use store::testing::on_both;
use store::{Failure, Time, Tx};
use story::{Line, Slug};

use crate::ArticleId;
use crate::lists::latest_sql;

const ROOMS: &[store::Migrations] = &[store::MIGRATIONS, crate::MIGRATIONS];

async fn many_articles(tx: &mut Tx) -> Result<(), Failure> {
    let line = |text: &str| Line::parse("line", text, 100).expect("a line");
    for section in ["stadt", "land"] {
        crate::add_section(tx, &Slug::parse(section).expect("a slug"), &line(section), Time(0)).await?;
    }
    for n in 0_i64..400 {
        let sql = "insert into articles (source, section, slug, language, headline, authors, words, published, changed, revision)
                   values ($1, $2, $1, 'de-AT', $1, '[]', 1, $3, $3, 1)";
        let section = if n % 2 == 0 { "stadt" } else { "land" };
        tx.execute(sql, (format!("a{n}"), section, Time(n))).await?;
    }
    tx.execute("analyze articles", ()).await.map(drop)
}

on_both!(a_page_of_a_list_walks_its_index, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    many_articles(&mut tx).await?;
    if db.is_shared() {
        // Four hundred rows are sorted as fast as an index is walked; what counts is that it can be.
        tx.execute("set local enable_seqscan = off", ()).await?;
        tx.execute("set local enable_sort = off", ()).await?;
        tx.execute("set local enable_bitmapscan = off", ()).await?;
    }
    let now = Time(1_000);
    for (of_section, index) in [(false, "articles_by_time"), (true, "articles_by_section")] {
        let mut values = vec![now.into(), Time(399).into(), ArticleId(5).into(), 20_i64.into()];
        if of_section {
            values.push("stadt".into());
        }
        let plan = tx.plan(&latest_sql(of_section), values).await?;
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("Sort") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
    Ok(())
});
