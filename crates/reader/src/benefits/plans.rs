//! What a press of a button costs does not grow with the codes that are out: each statement on its way goes by an index.

use store::Db;
use store::testing::on_both;

use super::{numbers, redeem, reserve};

/// A thousand codes held, a thousand free: enough that no planner takes the whole table for short.
async fn filled(db: &Db) -> Result<(), store::Failure> {
    let mut tx = db.begin().await?;
    let statements = [
        "insert into readers (name, name_folded, name_skeleton, mail, mail_key, language, created_at)
         with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000)
         select 'r' || i, 'r' || i, 'r' || i, 'r' || i, 'r' || i, 'de-AT', 0 from n",
        "insert into tiers (slug, name, rank, made_at) values ('abo', 'Abo', 1, 0)",
        "insert into partners (slug, name, made_at) values ('eins', 'Eins', 0)",
        "insert into partner_people (reader, partner, at) values (1, 1, 0)",
        "insert into offers (slug, partner, kicker, headline, lead, short, valid, redeem, text, picture_alt, picture_credit, tier,
                opens_at, closes_at, stock, taken, per_member, kind, prefix, spent_here, made_at, changed_at)
         values ('liste', 1, '', '', '', '', '', '', '', '', '', 1, 0, 1, 2000, 1000, 1, 'list', '', 1, 0, 0)",
        "insert into reservations (offer, partner, reader, period, turn, code, code_key, at, spent)
         select 1, 1, id, 0, 0, name, name, 0, 0 from readers",
        "insert into offer_codes (offer, partner, code, code_key, at) select 1, 1, 'c' || id, 'c' || id, 0 from readers",
    ];
    for sql in statements {
        tx.execute(sql, ()).await?;
    }
    tx.commit().await
}

on_both!(
    taking_and_spending_a_code_goes_by_indexes,
    &[store::MIGRATIONS, crate::MIGRATIONS],
    |db| async move {
        filled(&db).await?;
        let mut tx = db.begin().await?;
        for plan in [
            tx.plan(redeem::HOLDER, (1_i64, "r7")).await?,
            tx.plan(reserve::TURNS, (1_i64, 7_i64, 0_i64)).await?,
            tx.plan(reserve::NEXT_CODE, (1_i64, 1_i64)).await?,
            tx.plan(numbers::NUMBERS, (2_i64,)).await?,
        ] {
            for whole in [
                "SCAN r",
                "SCAN u",
                "SCAN s",
                "SCAN offer_codes",
                "Seq Scan on reservations",
                "Seq Scan on offer_codes",
            ] {
                assert!(!plan.contains(whole), "{plan}");
            }
        }
        Ok(())
    }
);
