use proptest::prelude::*;

use super::*;
use crate::refused::{Expected, Place};
use crate::{Block, Correction, Figure, Language, Line, Picture, Run, Text, Trouble};

const HEAD: &str = "+++\nsection = \"region\"\nheadline = \"Die Brücke\"\n+++\n";

fn blocks(body: &str) -> Vec<Block> {
    read(&format!("{HEAD}{body}"), "f").expect("a good file").article.body
}

fn line(text: &str) -> Line {
    Line::parse("line", text, 1000).expect("a line")
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(Text::plain(words))
}

#[test]
fn a_file_becomes_an_article() {
    let file = r#"+++
source = "blatt/17"
slug = "die-bruecke"
section = "region"
language = "de-DE"
kicker = "Verkehr"
headline = "Die Brücke"
lead = "Sie ist zu."
authors = ["Ada Lind", "Otto Wehr"]
agencies = ["DPS"]
place = "Auersbruck"
published = 2026-03-01T18:30:00+01:00

[[figures]]
value = "18,6 Mio. €"
label = "Kosten"

[[corrections]]
at = 2026-03-02T07:00:00Z
note = "Es waren zwei."
by = "Ada Lind"
+++

Ein Absatz mit *Ton*, **Kraft** und
einem [Link](https://x.example/).

## Wie weiter

> „Sie hält.“
> — Otto Wehr, Statiker

1. eins
2. zwei

![Eine Brücke](bilder/bruecke.svg "Von Süden | Ada Lind")
"#;
    let draft = read(file, "f").expect("a good file");
    let article = &draft.article;
    assert_eq!(article.source, line("blatt/17"));
    assert_eq!((article.slug.as_str(), draft.slug_is_made), ("die-bruecke", false));
    assert_eq!(article.language, Language::German);
    assert_eq!(article.authors, [line("Ada Lind"), line("Otto Wehr")]);
    assert_eq!(article.published, Some(Time(1_772_386_200_000)));
    assert_eq!(article.figures, [Figure { value: line("18,6 Mio. €"), label: line("Kosten") }]);
    let correction =
        Correction { at: Time(1_772_434_800_000), note: line("Es waren zwei."), by: line("Ada Lind") };
    assert_eq!(draft.corrections, [correction]);
    let link = Run::Link { text: "Link".into(), to: "https://x.example/".into() };
    assert_eq!(
        article.body,
        [
            Block::Paragraph(Text(vec![
                Run::Plain("Ein Absatz mit ".into()),
                Run::Emphasis("Ton".into()),
                Run::Plain(", ".into()),
                Run::Strong("Kraft".into()),
                Run::Plain(" und einem ".into()),
                link,
                Run::Plain(".".into()),
            ])),
            Block::Subhead(line("Wie weiter")),
            Block::Quote { text: Text::plain("Sie hält."), by: Some(line("Otto Wehr, Statiker")) },
            Block::List { ordered: true, items: vec![Text::plain("eins"), Text::plain("zwei")] },
            Block::Picture(Picture {
                file: "bilder/bruecke.svg".into(),
                alt: "Eine Brücke".into(),
                caption: Some(line("Von Süden")),
                credit: Some(line("Ada Lind")),
            }),
        ]
    );
    assert_eq!(read(&write_with_corrections(article, &draft.corrections), "f"), Ok(draft));
}

#[test]
fn the_example_in_the_handbook_is_an_article() {
    let handbook = include_str!("../../../../docs/articles.md");
    let example = handbook.split("```").nth(1).expect("an example");
    let draft = read(example, "f").expect("a good file");
    assert_eq!((draft.article.body.len(), draft.corrections.len()), (5, 1));
    assert_eq!(
        read(&write_with_corrections(&draft.article, &draft.corrections), "f").map(|d| d.article.body),
        Ok(draft.article.body)
    );
}

#[test]
fn what_is_missing_is_made() {
    let draft = read(&format!("{HEAD}Text."), "ordner/bruecke.md").expect("a good file");
    assert_eq!(draft.article.source, line("ordner/bruecke.md"));
    assert_eq!((draft.article.slug.as_str(), draft.slug_is_made), ("die-bruecke", true));
    assert_eq!(draft.article.language, Language::Austrian);
    assert!(read(&format!("\u{feff}\r\n{}Text.", HEAD.replace('\n', "\r\n")), "f").is_ok());
}

#[test]
fn blocks_are_what_a_newspaper_has_and_no_word_is_lost() {
    #[track_caller]
    fn check(body: &str, expected: &[Block]) {
        assert_eq!(blocks(body), expected, "{body}");
    }
    let list = |items: &[&str]| Block::List {
        ordered: false,
        items: items.iter().map(|item| Text::plain(*item)).collect(),
    };
    let quote = |text: &str, by: Option<&str>| Block::Quote { text: Text::plain(text), by: by.map(line) };
    let picture = |file: &str| {
        Block::Picture(Picture { file: file.into(), alt: String::new(), caption: None, credit: None })
    };
    check("# Eins\n\nZwei\n====\n", &[Block::Subhead(line("Eins")), Block::Subhead(line("Zwei"))]);
    check("a\n***\nb", &[paragraph("a"), paragraph("b")]);
    check("a  \nb\\\nc", &[paragraph("a b c")]);
    check("<script>alert(1)</script>\n", &[paragraph("<script>alert(1)</script>")]);
    check("a <b onclick=x>b</b> <genfile x>", &[paragraph("a <b onclick=x>b</b> <genfile x>")]);
    check("```\ncode\n```\n\nmit `code`", &[paragraph("code"), paragraph("mit code")]);
    check("&lt;b&gt; &amp; &auml;", &[paragraph("<b> & ä")]);
    check("- a\n  - b\n\n    c\n- d", &[list(&["a", "b c", "d"])]);
    check("- a\n\n  > b\n- c", &[list(&["a b", "c"])]);
    check("> a\n>\n> - b\n> - c\n>\n> -- Eva", &[quote("a b c", Some("Eva"))]);
    check("> > a\n> b", &[quote("a b", None)]);
    check("> „a“ und „b“", &[quote("„a“ und „b“", None)]);
    check("> — a", &[quote("— a", None)]);
    check("a ![](b.svg) c", &[paragraph("a"), picture("b.svg"), paragraph("c")]);
    check("- a ![](b.svg)\n- c", &[list(&["a", "c"]), picture("b.svg")]);
    check("## a ![](b.svg)\n\nc", &[Block::Subhead(line("a")), picture("b.svg"), paragraph("c")]);
    check("**a *b* c**", &[Block::Paragraph(Text(vec![Run::Strong("a b c".into())]))]);
    check(&format!("# {}", "a".repeat(201)), &[paragraph(&"a".repeat(201))]);
}

#[test]
fn a_caption_ends_at_the_last_bar() {
    #[track_caller]
    fn check(title: &str, caption: Option<&str>, credit: Option<&str>) {
        let found = blocks(&format!("![](a.svg \"{title}\")"));
        let Some(Block::Picture(picture)) = found.first() else { panic!("no picture: {found:?}") };
        assert_eq!((&picture.caption, &picture.credit), (&caption.map(line), &credit.map(line)));
    }
    check("Am Ufer", Some("Am Ufer"), None);
    check("Am Ufer | Ada", Some("Am Ufer"), Some("Ada"));
    check("A | B | C", Some("A | B"), Some("C"));
    check("A | B | ", Some("A | B"), None);
    check(" | Ada", None, Some("Ada"));
}

#[test]
fn a_bad_file_is_refused_with_its_line() {
    #[track_caller]
    fn check(file: &str, place: usize, reason: Reason) {
        let refused = read(file, "f").expect_err(file);
        assert_eq!((&refused.place, &refused.reason), (&Place::Line(place), &reason), "{file}");
        assert!(!refused.german().is_empty() && !refused.to_string().is_empty());
    }
    fn head(more: &str) -> String {
        format!("+++\nsection = \"region\"\nheadline = \"H\"\n{more}\n+++\ntext\n")
    }
    let wrong = |key: &str, expected| Reason::WrongKind { key: key.into(), expected };
    check("Nur Text", 1, Reason::NoFrontMatter);
    check("\n\n---\na: b\n---\n", 3, Reason::NoFrontMatter);
    check("", 1, Reason::NoFrontMatter);
    check("+++\nsection = \"a\"\n", 1, Reason::OpenFrontMatter);
    check("+++\nheadline = \"H\"\n+++\ntext", 2, Reason::Missing("section"));
    check("+++\nsection = \"a\"\n+++\ntext", 2, Reason::Missing("headline"));
    check(&head("color = 1"), 4, Reason::UnknownKey("color".into()));
    check(&head("age_minutes = 1"), 4, Reason::UnknownKey("age_minutes".into()));
    check(&head("[[corrections]]\nage_minutes = 4\nnote = \"n\"\nby = \"b\""), 4, Reason::Missing("at"));
    check(&head("lead = 5"), 4, wrong("lead", Expected::Text));
    check(&head("\nauthors = \"Ada\""), 5, wrong("authors", Expected::Texts));
    check(&head("slug = \"Ä\""), 4, wrong("slug", Expected::Slug));
    check(&head("language = \"fr\""), 4, wrong("language", Expected::Language));
    check(&head("published = 2026-03-01"), 4, wrong("published", Expected::Time));
    check(&head("published = 2026-03-01T10:00:00"), 4, wrong("published", Expected::Time));
    check(&head("published = 9999-03-01T10:00:00Z"), 4, wrong("published", Expected::Time));
    check(&head("figures = [1]"), 4, wrong("figures", Expected::Tables));
    check(
        &head("[[figures]]\nvalue = \"1\"\nlabel = \"l\"\nunit = \"m\""),
        7,
        Reason::UnknownKey("unit".into()),
    );
    check(&head("kicker = \"\\u0007\""), 4, Trouble::Unprintable { field: "kicker" }.into());
    check(
        &head(&format!("kicker = \"{}\"", "a".repeat(121))),
        4,
        Trouble::TooLong { field: "kicker", longest: 120 }.into(),
    );
    check(&format!("{HEAD}\n\na [b](javascript:x)"), 7, Trouble::Link { to: "javascript:x".into() }.into());
    check(&format!("{HEAD}\n![](../../geheim.svg)"), 6, Reason::PicturePath("../../geheim.svg".into()));
    check(
        &format!("{HEAD}\n![](https://x.example/a.png)"),
        6,
        Reason::PicturePath("https://x.example/a.png".into()),
    );
    check(&format!("{HEAD}a\n\nb\u{7}"), 7, Trouble::Unprintable { field: "paragraph" }.into());

    let broken = read(&head("lead = \"ohne Ende"), "f").expect_err("an open text");
    assert!(matches!((&broken.place, &broken.reason), (Place::Line(4), Reason::NotToml(_))), "{broken:?}");
    let twice = read(&head("section = \"b\""), "f").expect_err("a key twice");
    assert!(matches!((&twice.place, &twice.reason), (Place::Line(4), Reason::NotToml(_))), "{twice:?}");
    let empty = read(HEAD, "f").expect_err("nothing to read");
    assert_eq!(empty.reason, Reason::NothingToRead);
    let huge = read(&format!("{HEAD}{}", "a ".repeat(1_000_001)), "f").expect_err("too big");
    assert_eq!(huge.reason, Reason::TooBig);
}

#[test]
fn a_sample_says_how_old_it_is() {
    let file = "+++\nsection = \"a\"\nheadline = \"h\"\nage_minutes = 5\nlead_rank = 2\n[[corrections]]\nage_minutes = 1\n\
                note = \"n\"\nby = \"b\"\n+++\ntext";
    let now = Time(1_772_386_200_000);
    let (draft, rank) = read_sample(file, "f", now).expect("a good sample");
    assert_eq!((draft.article.published, rank), (Some(now.plus_minutes(-5)), Some(2)));
    assert_eq!(draft.corrections[0].at, now.plus_minutes(-1));
}

#[test]
fn t1_8_deep_and_wide_markdown_is_read_or_refused_in_time() {
    for hostile in [
        "> ", ">", "- ", "*", "* ", "[", "![", "<", "`", "_a", "](", "> - ", "1. ", "2) ", ">1. ", "&#",
        "\\", "|", "- a\n", "a\n\n",
    ] {
        let body = hostile.repeat(300_000 / hostile.len());
        let started = std::time::Instant::now();
        let _ = read(&format!("{HEAD}{body}"), "f");
        assert!(started.elapsed().as_secs() < 10, "{hostile:?} took {:?}", started.elapsed());
    }
}

fn some_run() -> impl Strategy<Value = Run> {
    let words = r"[a-zäß0-9 .,;:!?*_#<>&\[\]()`~|\\+=„“\-—\u{a0}]{1,12}";
    prop_oneof![
        4 => words.prop_map(Run::Plain),
        1 => words.prop_map(Run::Emphasis),
        1 => words.prop_map(Run::Strong),
        1 => words.prop_map(|text| Run::Link { text, to: "https://x.example/a_(b)?c=*&d".into() }),
    ]
}

proptest! {
    #[test]
    fn what_is_written_reads_back_with_every_word(
        runs in prop::collection::vec(some_run(), 1..6),
        kind in 0..5_usize,
        twice in any::<bool>(),
    ) {
        let Ok(text) = Text::parse("text", runs) else { return Ok(()) };
        let block = match kind {
            0 => Block::Paragraph(text.clone()),
            1 => match Line::parse("subhead", &text.words(), 200) { Ok(line) => Block::Subhead(line), Err(_) => return Ok(()) },
            2 => Block::Quote { text: text.clone(), by: Some(line("Ada (Lind) *")) },
            3 => Block::List { ordered: true, items: vec![text.clone(), Text::plain("b")] },
            _ => Block::Picture(Picture {
                file: "a b/c.svg".into(), alt: text.words().trim().into(),
                caption: Line::parse("c", &text.words(), 500).ok(), credit: twice.then(|| line("Ada | x")),
            }),
        };
        let mut article = read(&format!("{HEAD}text"), "f").expect("a good file").article;
        article.body = if twice { vec![block.clone(), block] } else { vec![block] };
        // Quotation marks around a whole quote belong to the page.
        let words = |article: &Article| {
            let sentences = crate::spoken_order(article).into_iter().map(|sentence| sentence.text);
            sentences.map(|text| text.replace(['„', '“'], "")).collect::<String>()
        };
        let again = read(&write(&article), "f").expect("what we wrote").article;
        prop_assert_eq!(words(&again), words(&article));
        let plain = text.0.iter().all(|run| matches!(run, Run::Plain(_)));
        if plain && kind != 2 && kind != 4 {
            prop_assert_eq!(again, article);
        }
    }
}
