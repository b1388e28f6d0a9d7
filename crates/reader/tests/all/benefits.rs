//! Members, offers and codes, on both databases: what must hold when everybody presses at once.

use std::collections::HashSet;
use std::sync::Arc;

use crate::cast::{NOON, Outcome, ROOMS};
use crate::club::{Club, Failed, PLUS_DAY, reader};
use reader::benefits::{self, CodeText, Kind, Message, Offer, Refusal, Unheard, WrongCode};
use reader::{Role, benefits::OfferForm};
use store::testing::on_both;
use store::{Db, Time};

/// So many at once (must show 4).
const AT_ONCE: usize = 40;
/// So often.
const ROUNDS: usize = 50;

on_both!(t5_1_forty_redemptions_at_once_spend_a_code_once, ROOMS, |db| async move {
    let club = Arc::new(Club::found(&db).await?);
    let people = club.staff_of_the_partner(&db, 8).await?;
    for round in 0..ROUNDS {
        let offer = club.offer(&db, &club.form(&format!("runde-{round}"), "short")).await?;
        let held = club.reserve(&db, &offer, club.member).await?.map_err(|r| format!("{r:?}"))?;
        let code = CodeText::parse(&held.code).ok_or("a code")?;
        let tries = (0..AT_ONCE).map(|n| {
            let (db, code, person) = (db.clone(), code.clone(), people[n % people.len()]);
            tokio::spawn(async move {
                let mut tx = db.begin().await?;
                let answer = benefits::spend(&mut tx, person, &code, later(round, n)).await?;
                tx.commit().await?;
                Ok::<_, store::Failure>(answer)
            })
        });
        let answers = all(tries).await?;
        let spent = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(spent, 1, "round {round}: {answers:?}");
        let spent_before = |answer: &Result<_, Refusal>| matches!(answer, Err(Refusal::Spent { .. }));
        assert_eq!(answers.iter().filter(|a| spent_before(a)).count(), AT_ONCE - 1, "{answers:?}");
    }
    Outcome::Ok(())
});

/// Tries far enough apart that nobody is too fast.
fn later(round: usize, n: usize) -> Time {
    NOON.plus_minutes(i64::try_from(round * 10).unwrap_or(0)).plus(i64::try_from(n).unwrap_or(0))
}

async fn all<T: Send + 'static>(
    tries: impl Iterator<Item = tokio::task::JoinHandle<Result<T, store::Failure>>>,
) -> Result<Vec<T>, Box<dyn std::error::Error>> {
    let tries: Vec<_> = tries.collect();
    let mut answers = Vec::with_capacity(tries.len());
    for one in tries {
        answers.push(one.await??);
    }
    Ok(answers)
}

on_both!(t5_1_the_last_item_goes_to_one_of_forty, ROOMS, |db| async move {
    let club = Arc::new(Club::found(&db).await?);
    let members = club.members(&db, AT_ONCE).await?;
    for round in 0..ROUNDS {
        let form = OfferForm { stock: "1".to_owned(), ..club.form(&format!("runde-{round}"), "long") };
        let offer = Arc::new(club.offer(&db, &form).await?);
        let tries = members.iter().map(|member| {
            let (db, offer, club, member) = (db.clone(), Arc::clone(&offer), Arc::clone(&club), *member);
            tokio::spawn(async move { club.reserve(&db, &offer, member).await })
        });
        let answers = all(tries).await?;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "round {round}");
        let sold_out = answers.iter().filter(|answer| matches!(answer, Err(Refusal::SoldOut))).count();
        assert_eq!(sold_out, AT_ONCE - 1, "round {round}: {answers:?}");
        let after = benefits::offer_by_id(&mut db.read().await?, offer.id).await?.ok_or("an offer")?;
        assert_eq!((after.left(), after.taken), (Some(0), 1));
    }
    Outcome::Ok(())
});

on_both!(t5_1_one_member_presses_forty_times_and_has_one_code, ROOMS, |db| async move {
    let club = Arc::new(Club::found(&db).await?);
    for round in 0..10 {
        let offer = Arc::new(club.offer(&db, &club.form(&format!("runde-{round}"), "long")).await?);
        let tries = (0..AT_ONCE).map(|_| {
            let (db, offer, club) = (db.clone(), Arc::clone(&offer), Arc::clone(&club));
            tokio::spawn(async move { club.reserve(&db, &offer, club.member).await })
        });
        let answers = all(tries).await?;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "round {round}");
        let numbers = benefits::numbers(&mut db.read().await?, offer.id).await?;
        let after = benefits::offer_by_id(&mut db.read().await?, offer.id).await?.ok_or("an offer")?;
        assert_eq!((numbers.reserved, after.taken), (1, 1), "round {round}");
    }
    Outcome::Ok(())
});

/// 250 requests in each of 40 lanes. One in five wants to give its code back at once; gives the codes that are kept.
async fn ten_thousand_requests(db: &Db, club: Club, offer: &Arc<Offer>) -> Result<Vec<String>, Failed> {
    let members = club.members(db, 100).await?;
    let club = Arc::new(club);
    let tries = (0..AT_ONCE).map(|lane| {
        let (db, offer, club, members) = (db.clone(), Arc::clone(offer), Arc::clone(&club), members.clone());
        tokio::spawn(async move {
            let mut codes = Vec::new();
            for n in 0..250 {
                let member = members[(lane * 7 + n) % members.len()];
                let Ok(held) = club.reserve(&db, &offer, member).await? else { continue };
                if n % 5 == 0 {
                    let mut tx = db.begin().await?;
                    let back = benefits::give_back(&mut tx, &offer, held.id, member, NOON).await?;
                    tx.commit().await?;
                    if back.is_ok() {
                        continue;
                    }
                }
                codes.push(held.code);
            }
            Ok(codes)
        })
    });
    Ok(all(tries).await?.into_iter().flatten().collect())
}

on_both!(ten_thousand_requests_give_each_code_of_a_list_once_and_for_good, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let form = OfferForm { per_member: "50".to_owned(), ..club.form("liste", "list") };
    let offer = Arc::new(club.offer(&db, &form).await?);
    let list: String = (0..500).map(|n| format!("LISTE-{n:05}\n")).collect();
    let mut tx = db.begin().await?;
    assert_eq!(benefits::add_codes(&mut tx, &offer, &list, "Redaktion", NOON).await?, Ok(Ok(500)));
    tx.commit().await?;
    let codes = ten_thousand_requests(&db, club, &offer).await?;
    assert_eq!(codes.len(), 500, "a code that somebody has seen is nobody else's");
    assert_eq!(codes.iter().collect::<HashSet<_>>().len(), 500, "no code twice");
    let after = benefits::offer_by_id(&mut db.read().await?, offer.id).await?.ok_or("an offer")?;
    assert_eq!((after.left(), benefits::free_codes(&mut db.read().await?, offer.id).await?), (Some(0), 0));
    Outcome::Ok(())
});

on_both!(
    ten_thousand_requests_never_take_more_than_the_stock_that_goes_up_and_down,
    ROOMS,
    |db| async move {
        let club = Club::found(&db).await?;
        let form = OfferForm {
            per_member: "50".to_owned(),
            stock: "500".to_owned(),
            ..club.form("vorrat", "short")
        };
        let offer = Arc::new(club.offer(&db, &form).await?);
        let codes = ten_thousand_requests(&db, club, &offer).await?;
        let after = benefits::offer_by_id(&mut db.read().await?, offer.id).await?.ok_or("an offer")?;
        assert_eq!((codes.len(), after.left()), (500, Some(0)), "whatever was given back was taken again");
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), 500, "no code twice");
        let numbers = benefits::numbers(&mut db.read().await?, offer.id).await?;
        assert_eq!(numbers.reserved, 500);
        assert!(numbers.returned > 0);
        Outcome::Ok(())
    }
);

on_both!(undoing_gives_back_exactly_one, ROOMS, |db| async move {
    let club = Arc::new(Club::found(&db).await?);
    let person = club.staff_of_the_partner(&db, 1).await?[0];
    let form = OfferForm { stock: "5".to_owned(), ..club.form("zurueck", "short") };
    let offer = Arc::new(club.offer(&db, &form).await?);
    let held = club.reserve(&db, &offer, club.member).await?.map_err(|r| format!("{r:?}"))?;
    let tries = (0..AT_ONCE).map(|_| {
        let (db, offer, member) = (db.clone(), Arc::clone(&offer), club.member);
        tokio::spawn(async move {
            let mut tx = db.begin().await?;
            let answer = benefits::give_back(&mut tx, &offer, held.id, member, NOON.plus_seconds(30)).await?;
            tx.commit().await?;
            Ok(answer)
        })
    });
    let answers = all(tries).await?;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let left = async || {
        Ok::<_, Box<dyn std::error::Error>>(
            benefits::offer_by_id(&mut db.read().await?, offer.id).await?.ok_or("an offer")?.left(),
        )
    };
    assert_eq!(left().await?, Some(5));

    // The turn is free again; and what the partner spent is good again after the undoing, exactly once.
    let held = club.reserve(&db, &offer, club.member).await?.map_err(|r| format!("{r:?}"))?;
    let code = CodeText::parse(&held.code).ok_or("a code")?;
    let mut tx = db.begin().await?;
    let spent = benefits::spend(&mut tx, person, &code, NOON).await?.map_err(|r| format!("{r:?}"))?;
    tx.commit().await?;
    let late = club.give_back(&db, &offer, held.id, NOON).await?;
    assert_eq!(late, Err(Refusal::TooLate), "what is spent is not given back");
    let tries = (0..AT_ONCE).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            let mut tx = db.begin().await?;
            let answer = benefits::undo(&mut tx, spent.id, person, NOON.plus_seconds(59)).await?;
            tx.commit().await?;
            Ok(answer)
        })
    });
    let answers = all(tries).await?;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let numbers = benefits::numbers(&mut db.read().await?, offer.id).await?;
    assert_eq!((numbers.spent, numbers.undone, numbers.reserved, numbers.returned), (0, 1, 1, 1));
    assert_eq!(
        left().await?,
        Some(4),
        "undoing a redemption gives the code back to its holder, not to the stock"
    );
    Outcome::Ok(())
});

on_both!(a_minute_later_it_is_too_late, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let person = club.staff_of_the_partner(&db, 1).await?[0];
    let offer = club.offer(&db, &club.form("spaet", "short")).await?;
    let held = club.reserve(&db, &offer, club.member).await?.map_err(|r| format!("{r:?}"))?;
    assert_eq!(club.give_back(&db, &offer, held.id, NOON.plus_seconds(60)).await?, Err(Refusal::TooLate));
    let code = CodeText::parse(&held.code).ok_or("a code")?;
    let mut tx = db.begin().await?;
    let spent = benefits::spend(&mut tx, person, &code, NOON).await?.map_err(|r| format!("{r:?}"))?;
    let undone = benefits::undo(&mut tx, spent.id, person, NOON.plus_seconds(60)).await?;
    assert_eq!(undone, Err(Refusal::TooLate));
    tx.commit().await?;
    Outcome::Ok(())
});

on_both!(a_clock_one_day_ahead_gives_nobody_a_day_to_undo, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let person = club.staff_of_the_partner(&db, 1).await?[0];
    let offer = club.offer(&db, &club.form("vorgestellt", "short")).await?;
    let tomorrow = NOON.plus(PLUS_DAY);
    let mut tx = db.begin().await?;
    let held = benefits::reserve(&mut tx, &offer, club.member, [3; 32], tomorrow)
        .await?
        .map_err(|r| format!("{r:?}"))?;
    tx.commit().await?;
    // The clock is right again: the row lies a day ahead.
    assert_eq!(club.give_back(&db, &offer, held.id, NOON).await?, Err(Refusal::TooLate));
    let code = CodeText::parse(&held.code).ok_or("a code")?;
    let mut tx = db.begin().await?;
    let spent = benefits::spend(&mut tx, person, &code, tomorrow).await?.map_err(|r| format!("{r:?}"))?;
    let undone = benefits::undo(&mut tx, spent.id, person, NOON).await?;
    assert_eq!(undone, Err(Refusal::TooLate));
    // And one code stays one code, whatever the clock says.
    let again = benefits::reserve(&mut tx, &offer, club.member, [4; 32], NOON).await?;
    assert_eq!(again, Err(Refusal::HadAlready { again: None }));
    tx.undo().await?;
    Outcome::Ok(())
});

on_both!(a_limit_for_seven_days_begins_anew_after_seven_days, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let form = OfferForm { per_days: "7".to_owned(), ..club.form("woche", "long") };
    let offer = club.offer(&db, &form).await?;
    let mut tx = db.begin().await?;
    let begins = offer.opens;
    let week = 7 * PLUS_DAY;
    let mut take = async |at: Time, n: u8| benefits::reserve(&mut tx, &offer, club.member, [n; 32], at).await;
    assert!(take(begins, 1).await?.is_ok());
    let again = Some(begins.plus(week));
    assert_eq!(take(begins.plus(week - 1), 2).await?, Err(Refusal::HadAlready { again }));
    assert!(take(begins.plus(week), 3).await?.is_ok());
    Outcome::Ok(())
});

on_both!(what_members_have_relied_on_stays_once_a_code_is_out, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let weekly = OfferForm { per_days: "7".to_owned(), ..club.form("woche", "short") };
    let offer = club.offer(&db, &weekly).await?;
    let change = async |form: OfferForm| {
        let draft = club.draft(&db, &form).await?;
        let mut tx = db.begin().await?;
        let answer = benefits::change_offer(&mut tx, &offer, &draft, "Redaktion", NOON).await?;
        tx.commit().await?;
        Ok::<_, Failed>(answer)
    };
    let later = OfferForm { opens: weekly.closes.clone(), ..weekly.clone() };
    let later = OfferForm { closes: "2099-01-01T00:00".to_owned(), ..later };
    assert_eq!(change(later.clone()).await?, Ok(()), "nobody has a code yet");
    assert_eq!(change(weekly.clone()).await?, Ok(()));
    club.reserve(&db, &offer, club.member).await?.map_err(|r| format!("{r:?}"))?;
    assert_eq!(change(later).await?, Err(Refusal::Fixed), "everybody could have another one today");
    assert_eq!(change(OfferForm { per_days: "6".to_owned(), ..weekly.clone() }).await?, Err(Refusal::Fixed));
    assert_eq!(change(OfferForm { prefix: "NEU".to_owned(), ..weekly.clone() }).await?, Err(Refusal::Fixed));
    let none = OfferForm { stock: "0".to_owned(), ..weekly.clone() };
    assert_eq!(change(none).await?, Err(Refusal::Field { field: "stock" }));
    assert_eq!(change(OfferForm { headline: "Anders".to_owned(), ..weekly }).await?, Ok(()));
    Outcome::Ok(())
});

on_both!(a_shared_code_that_leaked_is_replaced_for_whoever_comes_next, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let form =
        OfferForm { spent_here: String::new(), per_member: "2".to_owned(), ..club.form("laden", "shared") };
    let offer = club.offer(&db, &form).await?;
    let first = club.reserve(&db, &offer, club.member).await?.map_err(|r| format!("{r:?}"))?;
    let draft = club.draft(&db, &OfferForm { shared_code: "FRISCH".to_owned(), ..form }).await?;
    let mut tx = db.begin().await?;
    assert_eq!(benefits::change_offer(&mut tx, &offer, &draft, "Redaktion", NOON).await?, Ok(()));
    let offer = benefits::offer_by_id(&mut tx, offer.id).await?.ok_or("an offer")?;
    tx.commit().await?;
    let next = club.reserve(&db, &offer, club.member).await?.map_err(|r| format!("{r:?}"))?;
    assert_eq!((first.code.as_str(), next.code.as_str()), ("GEMEINSAM", "FRISCH"));
    Outcome::Ok(())
});

on_both!(an_offer_takes_only_whom_and_when_it_says, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let stranger = reader(&db, "Fremd", Role::Reader).await?;
    let offer = club.offer(&db, &club.form("nur-mitglieder", "long")).await?;
    assert_eq!(club.reserve(&db, &offer, stranger).await?, Err(Refusal::MembersOnly));
    let higher =
        club.offer(&db, &OfferForm { tier: "plus".to_owned(), ..club.form("hoeher", "long") }).await?;
    assert_eq!(club.reserve(&db, &higher, club.member).await?, Err(Refusal::MembersOnly));
    let empty =
        club.offer(&db, &OfferForm { stock: "0".to_owned(), ..club.form("ohne-vorrat", "long") }).await?;
    assert_eq!(club.reserve(&db, &empty, club.member).await?, Err(Refusal::SoldOut));
    let no_codes = club.offer(&db, &club.form("leere-liste", "list")).await?;
    assert_eq!(club.reserve(&db, &no_codes, club.member).await?, Err(Refusal::SoldOut));
    let mut tx = db.begin().await?;
    let early = benefits::reserve(&mut tx, &offer, club.member, [1; 32], offer.opens.plus(-1)).await?;
    assert_eq!(early, Err(Refusal::NotYet { opens: offer.opens }));
    let late = benefits::reserve(&mut tx, &offer, club.member, [1; 32], offer.closes).await?;
    assert_eq!(late, Err(Refusal::Over));
    benefits::withdraw_offer(&mut tx, offer.id, "Das Haus ist geschlossen.", "Redaktion", NOON).await?;
    let withdrawn = benefits::offer_by_id(&mut tx, offer.id).await?.ok_or("an offer")?;
    assert_eq!(benefits::reserve(&mut tx, &withdrawn, club.member, [1; 32], NOON).await?, Err(Refusal::Over));
    // Somebody who read the offer before it was taken back does not get one either.
    assert_eq!(benefits::reserve(&mut tx, &offer, club.member, [1; 32], NOON).await?, Err(Refusal::SoldOut));
    Outcome::Ok(())
});

on_both!(a_list_with_one_bad_line_is_not_taken_at_all, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let offer = club.offer(&db, &club.form("liste", "list")).await?;
    let add = async |list: &str| {
        let mut tx = db.begin().await?;
        let answer = benefits::add_codes(&mut tx, &offer, list, "Redaktion", NOON).await?;
        if matches!(answer, Ok(Ok(_))) {
            tx.commit().await?
        } else {
            tx.undo().await?
        }
        Ok::<_, store::Failure>(answer)
    };
    let twice = add("AAA-1\nBBB-2\naaa1\n").await?;
    assert_eq!(twice, Ok(Err(vec![(3, WrongCode::Twice(1))])));
    assert_eq!(benefits::free_codes(&mut db.read().await?, offer.id).await?, 0, "nothing half in");
    assert_eq!(add("AAA-1\nBBB-2\n").await?, Ok(Ok(2)));
    let known = add("CCC-3\nBBB-2\n").await?;
    assert_eq!(known, Ok(Err(vec![(2, WrongCode::Known)])));
    let stock = benefits::offer_by_id(&mut db.read().await?, offer.id).await?.ok_or("an offer")?.stock;
    let free = benefits::free_codes(&mut db.read().await?, offer.id).await?;
    assert_eq!((free, stock), (2, Some(2)), "nothing half in");
    let made = club.offer(&db, &club.form("eigene", "long")).await?;
    let mut tx = db.begin().await?;
    assert_eq!(benefits::add_codes(&mut tx, &made, "AAA-9\n", "Redaktion", NOON).await?, Err(Refusal::Fixed));
    Outcome::Ok(())
});

on_both!(t4_5_another_partners_code_is_not_there, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let own = club.staff_of_the_partner(&db, 1).await?[0];
    let other = club.other_partner(&db).await?;
    let offer = club.offer(&db, &club.form("eins", "short")).await?;
    let held = club.reserve(&db, &offer, club.member).await?.map_err(|r| format!("{r:?}"))?;
    let code = CodeText::parse(&held.code).ok_or("a code")?;
    let mut tx = db.begin().await?;
    for stranger in [other, club.member] {
        let answer = benefits::spend(&mut tx, stranger, &code, NOON).await?;
        assert_eq!(answer.err(), Some(Refusal::NoSuchCode));
        assert!(benefits::own_offer(&mut tx, stranger, &offer.slug).await?.is_none());
    }
    assert!(benefits::own_offer(&mut tx, own, &offer.slug).await?.is_some());
    assert!(benefits::spend(&mut tx, own, &code, NOON).await?.is_ok());
    tx.commit().await?;
    let told = reader::inbox::messages(&mut db.read().await?, club.member, None, 10).await?;
    let receipt = told.first().ok_or("a receipt")?;
    assert_eq!((receipt.title.as_str(), receipt.url.as_str()), ("Eingelöst: 2 für 1", "/benefits/eins/mine"));
    assert!(!receipt.words.contains(&held.code), "a code does not travel");
    Outcome::Ok(())
});

on_both!(t5_4_whoever_tries_codes_is_slowed_down, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let person = club.staff_of_the_partner(&db, 1).await?[0];
    let mut tx = db.begin().await?;
    let mut slowed = 0;
    for n in 0..200 {
        let code = CodeText::parse(&format!("AKT-{n:06}")).ok_or("a code")?;
        match benefits::spend(&mut tx, person, &code, NOON).await?.err() {
            Some(Refusal::NoSuchCode) => {}
            Some(Refusal::TooOften { .. }) => slowed += 1,
            other => return Err(format!("{other:?}").into()),
        }
    }
    assert_eq!(slowed, 140, "sixty at once, then one every two seconds");
    Outcome::Ok(())
});

on_both!(a_table_of_subscriptions_is_taken_whole_or_not_at_all, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let zone = jiff::tz::TimeZone::get("Europe/Vienna")?;
    let import = async |table: &str| {
        let mut tx = db.begin().await?;
        let proof = benefits::import(&mut tx, table, &zone, NOON).await?;
        if proof.refused.is_empty() {
            tx.commit().await?
        } else {
            tx.undo().await?
        }
        Ok::<_, store::Failure>(proof)
    };
    let head = "number;postcode;tier;from;until\n";
    let first = import(&format!("{head}A-1;1010;abo;2026-01-01;2026-12-31\nA-2;1020;abo;;\n")).await?;
    assert_eq!((first.new, first.changed, first.unchanged, first.refused.len()), (2, 0, 0, 0));
    let bad = import(&format!("{head}A-3;1030;abo;;\nA-4;1040;gold;;\n")).await?;
    assert_eq!(bad.refused, [(3, benefits::Wrong::Tier("gold".to_owned()))]);
    assert_eq!((bad.new, bad.changed, bad.unchanged), (0, 0, 0));
    let again =
        import(&format!("{head}A-1;1010;plus;2026-01-01;2026-12-31\nA-2;1020;abo;;\nA-3;1030;abo;;\n"))
            .await?;
    assert_eq!((again.new, again.changed, again.unchanged), (1, 1, 1), "A-3 was not half in");

    // Somebody claims it, and the membership follows the next table.
    let ana = reader(&db, "Ana", Role::Reader).await?;
    let bea = reader(&db, "Bea", Role::Reader).await?;
    let mut tx = db.begin().await?;
    let wrong = benefits::claim(&mut tx, ana, "A-1", "9999", [1; 8], NOON).await?;
    assert_eq!(wrong, Err(Refusal::NoSuchNumber));
    assert_eq!(benefits::claim(&mut tx, ana, "a 1", "1010", [1; 8], NOON).await?, Ok(()));
    assert_eq!(benefits::claim(&mut tx, bea, "A-1", "1010", [2; 8], NOON).await?, Err(Refusal::NoSuchNumber));
    tx.commit().await?;
    let tier = async || {
        let held = benefits::membership(&mut db.read().await?, ana, NOON).await?;
        Ok::<_, store::Failure>(held.map(|membership| membership.name))
    };
    assert_eq!(tier().await?.as_deref(), Some("Plus"));
    assert!(benefits::card(&mut db.read().await?, ana).await?.is_some());
    import(&format!("{head}A-1;1010;abo;2026-01-01;2026-12-31\n")).await?;
    assert_eq!(tier().await?.as_deref(), Some("Abo"));
    import(&format!("{head}A-1;1010;abo;2026-01-01;2026-02-01\n")).await?;
    assert_eq!(tier().await?, None, "it is over");
    assert_eq!(benefits::memberships(&mut db.read().await?, ana).await?.len(), 3, "nothing is overwritten");
    import(&format!("{head}A-1;1010;abo;;\n")).await?;
    assert_eq!(tier().await?.as_deref(), Some("Abo"));
    let late = import(&format!("{head}A-1;1010;abo;;2026-01-31\n")).await?;
    assert_eq!((late.changed, late.refused.len()), (1, 0), "told months after it ended");
    assert_eq!(tier().await?, None);
    drop(club);
    Outcome::Ok(())
});

on_both!(guessing_a_postcode_is_slow, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let mut tx = db.begin().await?;
    let zone = jiff::tz::TimeZone::UTC;
    benefits::import(&mut tx, "number;postcode;tier;from;until\nA-1;1010;abo;;\n", &zone, NOON).await?;
    for postcode in 2000..2005 {
        let answer =
            benefits::claim(&mut tx, club.member, "A-1", &postcode.to_string(), [1; 8], NOON).await?;
        assert_eq!(answer, Err(Refusal::NoSuchNumber));
    }
    let slowed = benefits::claim(&mut tx, club.member, "A-1", "1010", [1; 8], NOON).await?;
    assert!(matches!(slowed, Err(Refusal::TooOften { .. })), "{slowed:?}");
    let later = benefits::claim(&mut tx, club.member, "A-1", "1010", [1; 8], NOON.plus_minutes(10)).await?;
    assert_eq!(later, Ok(()), "nobody is locked out");
    Outcome::Ok(())
});

on_both!(the_hook_hears_what_is_sealed_once_and_in_time, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let zone = jiff::tz::TimeZone::UTC;
    let secrets = [b"der neue".to_vec(), b"der alte".to_vec()];
    let body = br#"{"number":"A-1","proof":"1010","tier":"abo"}"#;
    let seconds = (NOON.0 / 1000).to_string();
    let hear = async |timestamp: &str, seal: &str, body: &[u8], now: Time| {
        let sealed = match (Message { timestamp, seal, body }).opened(&secrets, now) {
            Ok(sealed) => sealed,
            Err(unheard) => return Ok(Err(unheard)),
        };
        let mut tx = db.begin().await?;
        let answer = benefits::hear(&mut tx, &sealed, &zone, now).await?;
        tx.commit().await?;
        Ok::<_, store::Failure>(answer)
    };
    let seal = benefits::seal(b"der alte", &seconds, body);
    assert_eq!(
        hear(&seconds, &benefits::seal(b"falsch", &seconds, body), body, NOON).await?,
        Err(Unheard::Seal)
    );
    assert_eq!(
        hear(&seconds, &seal, br#"{"number":"A-2"}"#, NOON).await?,
        Err(Unheard::Seal),
        "another text"
    );
    assert_eq!(hear("0", &seal, body, NOON).await?, Err(Unheard::Seal), "another time");
    for away in [-PLUS_DAY, PLUS_DAY, benefits::WINDOW + 1000] {
        assert_eq!(hear(&seconds, &seal, body, NOON.plus(away)).await?, Err(Unheard::Late));
    }
    assert_eq!(hear(&seconds, &seal, body, NOON.plus_minutes(4)).await?, Ok(true));
    assert_eq!(hear(&seconds, &seal, body, NOON.plus_minutes(4)).await?, Err(Unheard::Again));
    let odd = br#"{"number":"A-1","proof":"1010","tier":"abo","admin":true}"#;
    let sealed = benefits::seal(b"der neue", &seconds, odd);
    assert!(matches!(hear(&seconds, &sealed, odd, NOON).await?, Err(Unheard::Text(_))), "T4.4");
    let none = Message { timestamp: &seconds, seal: &benefits::seal(b"", &seconds, body), body };
    assert_eq!(none.opened(&[], NOON).err(), Some(Unheard::Seal), "no secret, no hook");
    drop(club);
    Outcome::Ok(())
});

on_both!(terms_are_versions, ROOMS, |db| async move {
    let club = Club::found(&db).await?;
    let form = club.form("fassungen", "long");
    let offer = club.offer(&db, &form).await?;
    let held = club.reserve(&db, &offer, club.member).await?;
    assert!(held.is_ok());
    let changed = OfferForm { terms: "Ab jetzt anders.".to_owned(), ..form.clone() };
    let draft = club.draft(&db, &changed).await?;
    let mut tx = db.begin().await?;
    assert_eq!(benefits::change_offer(&mut tx, &offer, &draft, "Redaktion", NOON).await?, Ok(()));
    let subject = offer.terms_subject();
    let texts =
        [benefits::terms(&mut tx, &subject, Some(1)).await?, benefits::terms(&mut tx, &subject, None).await?];
    let texts: Vec<String> = texts.into_iter().flatten().map(|terms| terms.text).collect();
    assert_eq!(texts, [form.terms.as_str(), "Ab jetzt anders."]);
    let draft = club.draft(&db, &OfferForm { kind: "list".to_owned(), ..form }).await;
    let moved = benefits::change_offer(&mut tx, &offer, &draft?, "Redaktion", NOON).await?;
    assert_eq!(moved, Err(Refusal::Fixed), "where codes come from does not change");
    assert_eq!(offer.kind, Kind::Long);
    Outcome::Ok(())
});

/// What the rows themselves refuse, without any of our verbs.
#[tokio::test]
async fn t5_1_the_rows_hold_what_the_verbs_promise() -> Outcome {
    let fresh = store::testing::sqlite(ROOMS).await?;
    held_by_rows(&fresh.db).await?;
    if let Some(fresh) = store::testing::postgres(ROOMS).await? {
        held_by_rows(&fresh.db).await?;
    }
    Ok(())
}

async fn held_by_rows(db: &Db) -> Outcome {
    let club = Club::found(db).await?;
    let offer = club.offer(db, &OfferForm { stock: "1".to_owned(), ..club.form("reihen", "short") }).await?;
    let held = club.reserve(db, &offer, club.member).await?.map_err(|r| format!("{r:?}"))?;
    let mut tx = db.begin().await?;
    let person = club.member.0;
    tx.execute("insert into redemptions (reservation, spent_by, at) values ($1, $2, 1)", (held.id, person))
        .await?;
    tx.commit().await?;
    let refused = [
        format!("update offers set taken = taken + 1 where id = {}", offer.id),
        format!("update offers set taken = -1 where id = {}", offer.id),
        format!("insert into redemptions (reservation, spent_by, at) values ({}, {person}, 2)", held.id),
        format!(
            "insert into reservations (offer, partner, reader, period, turn, at, spent) values ({}, {}, {person}, 0, 0, 1, 0)",
            offer.id, offer.partner
        ),
        format!("insert into claims (subscription, reader, at) values (999, {person}, 1)"),
    ];
    for sql in refused {
        let mut tx = db.begin().await?;
        assert!(tx.execute(&sql, ()).await.is_err(), "the rows take: {sql}");
    }
    Ok(())
}
