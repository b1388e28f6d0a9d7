//! The record, on both databases. A panic here is a test that fails.
#![allow(clippy::unwrap_used)]

use archive::{Bookmark, Clash, Found, MIGRATIONS};
use store::testing::on_both;
use store::{Failure, Migrations, Time, Tx};
use story::{Article, Block, Language, Line, Slug, Text};

const ROOMS: &[Migrations] = &[store::MIGRATIONS, MIGRATIONS];

fn line(text: &str) -> Line {
    Line::parse("line", text, 500).unwrap()
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn article(name: &str, section: &str) -> Article {
    Article {
        source: line(name),
        slug: slug(name),
        section: slug(section),
        language: Language::Austrian,
        kicker: None,
        headline: line(&format!("Titel {name}")),
        lead: Some(line("Im Hafen brennt ein Lagerhaus.")),
        authors: vec![line("Ada Berger")],
        agencies: vec![],
        place: None,
        published: None,
        body: vec![Block::Paragraph(Text::plain("Die Feuerwehr löscht mit Donauwasser."))],
        figures: vec![],
    }
}

async fn found(tx: &mut Tx) -> Result<(), Failure> {
    for name in ["stadt", "land"] {
        archive::add_section(tx, &slug(name), &line(name), Time(0)).await?;
    }
    Ok(())
}

on_both!(an_article_is_read_back_as_it_was_written, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    let written = article("feuer", "stadt");
    let id = archive::publish(&mut tx, &written, &line("Ada"), Time(100)).await?.unwrap();
    let Some(Found::Here(read)) =
        archive::article_at(&mut tx, &slug("stadt"), &slug("feuer"), Time(100)).await?
    else {
        panic!("it is there")
    };
    assert_eq!((read.id, read.article, read.published), (id, written, Time(100)));
    assert!(
        archive::article_at(&mut tx, &slug("stadt"), &slug("feuer"), Time(99)).await?.is_none(),
        "not out yet"
    );
    Ok(())
});

on_both!(two_articles_never_share_a_source_or_an_address, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    archive::publish(&mut tx, &article("feuer", "stadt"), &line("Ada"), Time(1)).await?.unwrap();
    let again = archive::publish(&mut tx, &article("feuer", "stadt"), &line("Ada"), Time(1)).await?;
    assert_eq!(again, Err(Clash::Source));
    let mut other = article("anders", "stadt");
    other.slug = slug("feuer");
    assert_eq!(archive::publish(&mut tx, &other, &line("Ada"), Time(1)).await?, Err(Clash::Address));
    assert_eq!(
        archive::publish(&mut tx, &article("x", "meer"), &line("Ada"), Time(1)).await?,
        Err(Clash::Section)
    );
    Ok(())
});

on_both!(t5_6_a_correction_keeps_what_was_said_and_a_move_leads_on, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    let first = article("feuer", "stadt");
    let id = archive::publish(&mut tx, &first, &line("Ada"), Time(1)).await?.unwrap();
    let mut second = first.clone();
    second.headline = line("Feuer gelöscht");
    second.section = slug("land");
    archive::revise(&mut tx, id, &second, &line("Bea"), Time(2)).await?.unwrap();
    archive::correct(&mut tx, id, &line("Es war ein Schuppen."), &line("Bea"), Time(2)).await?;
    let revisions = archive::revisions(&mut tx, id).await?;
    assert_eq!(revisions.iter().map(|r| r.article.clone()).collect::<Vec<_>>(), [second, first]);
    assert_eq!(archive::corrections(&mut tx, id).await?[0].note, line("Es war ein Schuppen."));
    let moved = archive::article_at(&mut tx, &slug("stadt"), &slug("feuer"), Time(3)).await?;
    assert_eq!(moved, Some(Found::Moved("/land/feuer".to_owned())));
    Ok(())
});

on_both!(t4_3_a_withdrawn_article_is_in_no_list, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    let id = archive::publish(&mut tx, &article("feuer", "stadt"), &line("Ada"), Time(1)).await?.unwrap();
    archive::place(&mut tx, id, 1, &line("Ada"), Time(1)).await?;
    assert_eq!(archive::search(&mut tx, "donau feuerw", Time(1)).await?.len(), 1);
    assert!(archive::withdraw(&mut tx, id, &line("Falsch."), &line("Bea"), Time(2)).await?);
    assert!(!archive::withdraw(&mut tx, id, &line("Falsch."), &line("Bea"), Time(3)).await?);
    assert!(archive::latest(&mut tx, None, None, 10, Time(9)).await?.is_empty());
    assert!(archive::front(&mut tx, 10, Time(9)).await?.is_empty());
    assert!(archive::search(&mut tx, "donau", Time(9)).await?.is_empty());
    assert!(archive::addresses(&mut tx, Time(9)).await?.is_empty());
    assert!(archive::article(&mut tx, id, Time(9)).await?.is_none());
    assert!(matches!(
        archive::article_at(&mut tx, &slug("stadt"), &slug("feuer"), Time(9)).await?,
        Some(Found::Withdrawn(_))
    ));
    Ok(())
});

on_both!(pages_go_by_key_and_miss_nothing, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    for n in 0..25 {
        // Five at a time share a moment.
        archive::publish(&mut tx, &article(&format!("a{n}"), "stadt"), &line("Ada"), Time(n / 5))
            .await?
            .unwrap();
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = archive::latest(&mut tx, Some(&slug("stadt")), after, 4, Time(100)).await?;
        let Some(last) = page.last() else { break };
        after = Some(Bookmark { at: last.published, id: last.id });
        seen.extend(page.iter().map(|teaser| teaser.id.0));
    }
    let mut expected = seen.clone();
    expected.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(seen.len(), 25);
    assert_eq!(seen, expected);
    let (previous, next) = archive::neighbours(
        &mut tx,
        &slug("stadt"),
        Bookmark { at: Time(2), id: archive::ArticleId(seen[12]) },
        Time(9),
    )
    .await?;
    assert_eq!((previous.unwrap().id.0, next.unwrap().id.0), (seen[13], seen[11]));
    Ok(())
});

on_both!(t4_3_an_embargo_ends_by_itself, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    let mut waiting = article("feuer", "stadt");
    waiting.published = Some(Time(50));
    let id = archive::publish(&mut tx, &waiting, &line("Ada"), Time(1)).await?.unwrap();
    archive::place(&mut tx, id, 1, &line("Ada"), Time(1)).await?;
    assert!(archive::latest(&mut tx, None, None, 10, Time(49)).await?.is_empty());
    assert!(archive::front(&mut tx, 10, Time(49)).await?.is_empty());
    assert!(archive::search(&mut tx, "feuer", Time(49)).await?.is_empty());
    assert!(archive::article(&mut tx, id, Time(49)).await?.is_none());
    assert_eq!(archive::next_to_appear(&mut tx, Time(49)).await?, Some((Time(50), id)));
    assert_eq!(archive::listed(&mut tx, None, 10).await?.len(), 1, "the newsroom sees it");
    assert_eq!(archive::latest(&mut tx, None, None, 10, Time(50)).await?.len(), 1);
    assert_eq!(archive::next_to_appear(&mut tx, Time(50)).await?, None);
    Ok(())
});

on_both!(t5_6_a_state_cannot_be_rewritten_unseen, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    let first = article("feuer", "stadt");
    let id = archive::publish(&mut tx, &first, &line("Ada"), Time(1)).await?.unwrap();
    archive::revise(&mut tx, id, &first, &line("Bea"), Time(2)).await?.unwrap();
    assert!(archive::history_is_whole(&mut tx, id).await?);
    tx.commit().await?;
    for rewritten in [
        "update revisions set story = replace(story, 'Titel', 'Irrtum') where number = 1",
        "update revisions set by_whom = 'Cem' where number = 2",
        "delete from revisions where number = 1",
        "update articles set revision = 1",
    ] {
        let mut tx = db.begin().await?;
        tx.execute(rewritten, ()).await?;
        assert!(!archive::history_is_whole(&mut tx, id).await?, "{rewritten}");
    }
    Ok(())
});

on_both!(a_withdrawn_article_can_come_back, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    let id = archive::publish(&mut tx, &article("feuer", "stadt"), &line("Ada"), Time(1)).await?.unwrap();
    assert!(!archive::reinstate(&mut tx, id, &line("War nie weg."), &line("Bea"), Time(2)).await?);
    archive::withdraw(&mut tx, id, &line("Falsch."), &line("Bea"), Time(2)).await?;
    assert!(archive::reinstate(&mut tx, id, &line("Doch richtig."), &line("Bea"), Time(3)).await?);
    assert!(archive::article(&mut tx, id, Time(9)).await?.is_some());
    archive::withdraw(&mut tx, id, &line("Doch falsch."), &line("Bea"), Time(4)).await?;
    assert!(archive::reinstate(&mut tx, id, &line("Nun ja."), &line("Bea"), Time(5)).await?);
    Ok(())
});

on_both!(an_old_address_is_never_given_to_another_article, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    let first = article("feuer", "stadt");
    let id = archive::publish(&mut tx, &first, &line("Ada"), Time(1)).await?.unwrap();
    let mut moved = first.clone();
    moved.slug = slug("brand");
    archive::revise(&mut tx, id, &moved, &line("Ada"), Time(2)).await?.unwrap();
    let mut other = article("anders", "stadt");
    other.slug = slug("feuer");
    assert_eq!(archive::publish(&mut tx, &other, &line("Ada"), Time(3)).await?, Err(Clash::Address));
    archive::revise(&mut tx, id, &first, &line("Ada"), Time(4)).await?.unwrap();
    let back = archive::article_at(&mut tx, &slug("stadt"), &slug("brand"), Time(5)).await?;
    assert_eq!(back, Some(Found::Moved("/stadt/feuer".to_owned())));
    Ok(())
});

on_both!(a_correction_said_twice_is_written_once, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    let id = archive::publish(&mut tx, &article("feuer", "stadt"), &line("Ada"), Time(1)).await?.unwrap();
    for _ in 0..2 {
        archive::correct(&mut tx, id, &line("Es war ein Schuppen."), &line("Bea"), Time(7)).await?;
    }
    assert_eq!(archive::corrections(&mut tx, id).await?.len(), 1);
    let found = archive::article(&mut tx, id, Time(9)).await?.ok_or("there")?;
    assert_eq!((found.published, found.changed), (Time(1), Time(7)));
    Ok(())
});

on_both!(what_is_typed_finds_words_from_their_beginning, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    for (name, text) in [("a", "Großbrand am Ufer"), ("b", "Ein Brand."), ("c", "Ufer c")] {
        let mut new = article(name, "stadt");
        new.headline = line(&format!("Titel {name}"));
        new.body = vec![Block::Paragraph(Text::plain(text))];
        archive::publish(&mut tx, &new, &line("Ada"), Time(1)).await?.unwrap();
    }
    let mut loud = article("d", "stadt");
    loud.headline = line("Grossbrände");
    archive::publish(&mut tx, &loud, &line("Ada"), Time(0)).await?.unwrap();
    for (typed, expected) in [
        ("GROSSBRA", "da"),
        ("großbrand", "a"),
        ("brand", "b"),
        ("ufer  brand", ""),
        ("ufer; groß!", "a"),
        ("c", "c"),
        ("hafen donau", "d"),
        ("", ""),
        (" ;! ", ""),
        ("'brand' | x", ""),
        ("\" OR words:*", ""),
        ("🦀", ""),
        ("brand\0", "b"),
    ] {
        let slugs: String = archive::search(&mut tx, typed, Time(9))
            .await?
            .iter()
            .map(|teaser| teaser.slug.to_string())
            .collect();
        assert_eq!(slugs, expected, "{typed}");
    }
    Ok(())
});

on_both!(a_new_text_is_found_by_its_new_words_only, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    let mut changing = article("feuer", "stadt");
    let id = archive::publish(&mut tx, &changing, &line("Ada"), Time(1)).await?.unwrap();
    changing.body = vec![Block::Paragraph(Text::plain("Alles trocken."))];
    archive::revise(&mut tx, id, &changing, &line("Ada"), Time(2)).await?.unwrap();
    tx.commit().await?;
    let mut tx = db.read().await?;
    assert!(archive::search(&mut tx, "donauwasser", Time(9)).await?.is_empty());
    assert_eq!(archive::search(&mut tx, "trocken", Time(9)).await?.len(), 1);
    Ok(())
});

on_both!(words_of_a_transaction_that_failed_are_not_found, ROOMS, |db| async move {
    let mut tx = db.begin().await?;
    found(&mut tx).await?;
    tx.commit().await?;
    let writers = (0..20).map(|n| {
        let db = db.clone();
        async move {
            let mut tx = db.begin().await?;
            let mut new = article(&format!("n{n}"), "stadt");
            new.lead = Some(line(if n % 3 == 0 { "verworfen" } else { "gedruckt" }));
            archive::publish(&mut tx, &new, &line("Ada"), Time(1)).await?.unwrap();
            if n % 3 == 0 {
                drop(tx)
            } else {
                tx.commit().await?
            }
            Ok::<(), Failure>(())
        }
    });
    let mut tasks: Vec<_> = writers.map(tokio::spawn).collect();
    for task in tasks.drain(..) {
        task.await??;
    }
    let mut tx = db.read().await?;
    assert_eq!(archive::search(&mut tx, "gedruckt", Time(9)).await?.len(), 13);
    assert_eq!(archive::search(&mut tx, "verworfen", Time(9)).await?.len(), 0);
    assert_eq!(archive::search(&mut tx, "donauwasser", Time(9)).await?.len(), 13);
    Ok(())
});
