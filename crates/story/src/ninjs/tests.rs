use serde_json::{Value, json};

use super::*;
use crate::refused::{Expected, Place, Reason};
use crate::{Block, Correction, Draft, Language, Line, Picture, Run, Text, Time, Trouble, markdown};

fn line(text: &str) -> Line {
    Line::parse("line", text, 1000).expect("a line")
}

/// A good item with some keys set, or taken away by null.
fn item(changes: Value) -> String {
    let mut item = json!({
        "uri": "https://agentur.example/a/1", "type": "text", "pubStatus": "usable", "language": "de",
        "firstCreated": "2026-03-01T18:30:00+01:00", "versionCreated": "2026-03-02T18:30:00+01:00",
        "headlines": [{"role": "kicker", "value": "Verkehr"}, {"role": "main", "value": "Die Brücke"}],
        "descriptions": [{"role": "lead", "value": "Sie ist zu."}],
        "bodies": [{"role": "main", "contentType": "text/html", "value": "<p>Ein <em>Absatz</em>.</p>"}],
        "by": "Von Ada Lind", "located": "Auersbruck",
        "people": [{"name": "Ada Lind", "rel": "author"}, {"name": "Otto Wehr", "rel": "subject"}],
        "infoSources": [{"name": "DPS"}],
        "subjects": [{"name": "Brücken", "uri": "x:1"}, {"name": "Region & Land", "rel": "section"}]
    });
    for (key, value) in changes.as_object().expect("an object") {
        item[key] = value.clone();
    }
    item.to_string()
}

fn good(changes: Value) -> Draft {
    read(&item(changes)).expect("a good item")
}

#[test]
fn an_item_becomes_an_article() {
    let draft = good(json!({}));
    let article = &draft.article;
    assert_eq!(article.source, line("https://agentur.example/a/1"));
    assert_eq!((article.slug.as_str(), draft.slug_is_made), ("die-bruecke", true));
    assert_eq!((article.section.as_str(), draft.section_name), ("region-land", Some(line("Region & Land"))));
    assert_eq!(article.kicker, Some(line("Verkehr")));
    assert_eq!(article.headline, line("Die Brücke"));
    assert_eq!(article.lead, Some(line("Sie ist zu.")));
    assert_eq!(article.authors, [line("Ada Lind")]);
    assert_eq!(article.agencies, [line("DPS")]);
    assert_eq!(article.place, Some(line("Auersbruck")));
    assert_eq!(article.published, Some(Time(1_772_386_200_000)));
    assert_eq!(article.language, Language::Austrian);
    let words = vec![Run::Plain("Ein ".into()), Run::Emphasis("Absatz".into()), Run::Plain(".".into())];
    assert_eq!(article.body, [Block::Paragraph(Text(words))]);
}

#[test]
fn what_a_partner_leaves_out_is_found_elsewhere() {
    assert_eq!(good(json!({"headlines": [{"value": "Nur einer"}]})).article.headline, line("Nur einer"));
    assert_eq!(good(json!({"headlines": null, "title": "Titel"})).article.headline, line("Titel"));
    assert_eq!(good(json!({"people": null})).article.authors, [line("Von Ada Lind")]);
    let lead = |changes| good(changes).article.lead.map(|lead| lead.to_string());
    assert_eq!(lead(json!({"descriptions": [{"value": "Kurz."}]})).as_deref(), Some("Kurz."));
    let html = json!([{"contentType": "text/html", "role": "summary", "value": "<p>Kurz <b>gut</b>.</p>"}]);
    assert_eq!(lead(json!({"descriptions": html})).as_deref(), Some("Kurz gut."));
    let subhead = json!([{"role": "main", "value": "H"}, {"role": "subhead", "value": "Zweitens"}]);
    assert_eq!(lead(json!({"descriptions": null, "headlines": subhead})).as_deref(), Some("Zweitens"));
    let section = |changes| good(changes).article.section.to_string();
    assert_eq!(section(json!({"subjects": [{"name": "Sport"}]})), "sport");
    assert_eq!(section(json!({"subjects": null, "genres": [{"name": "Kultur"}]})), "kultur");
    assert_eq!(
        section(json!({"subjects": [{"name": "Der Sport", "literal": "sport", "rel": "section"}]})),
        "sport"
    );
    let slug = good(json!({"slugline": "bruecke-zu"}));
    assert_eq!((slug.article.slug.as_str(), slug.slug_is_made), ("bruecke-zu", false));
    assert!(good(json!({"slugline": "BRÜCKE/Zu"})).slug_is_made);
    let embargo = good(json!({"embargoedUntil": "2026-03-03T06:00:00Z"}));
    assert_eq!(embargo.article.published, Some(Time(1_772_517_600_000)));
}

#[test]
fn of_several_bodies_the_richest_is_read() {
    let html = json!({"contentType": "text/html", "value": "<h2>Zwei</h2>"});
    let text = json!({"contentType": "text/plain", "value": "Eins\nzwei\n\nDrei"});
    let body = |bodies: Value| good(json!({ "bodies": bodies })).article.body;
    assert_eq!(body(json!([text, html])), [Block::Subhead(line("Zwei"))]);
    let two = [Block::Paragraph(Text::plain("Eins zwei")), Block::Paragraph(Text::plain("Drei"))];
    assert_eq!(body(json!([text])), two);
    assert_eq!(body(json!([{"value": "Eins zwei\nDrei"}])), two);
    let xhtml =
        json!({"contentType": "application/xhtml+xml", "value": "<div><script src='x'/><p>Da</p></div>"});
    assert_eq!(body(json!([xhtml])), [Block::Paragraph(Text::plain("Da"))]);
}

#[test]
fn pictures_stand_where_they_stood_or_first() {
    let draft = good(json!({
        "bodies": [{"contentType": "text/html", "value": "<p>a</p><figure><img src='https://b.example/x/eins.jpg?w=9'></figure>"}],
        "associations": [
            {"name": "1", "uri": "https://b.example/1", "type": "picture", "rel": "picture",
             "renditions": [{"name": "large", "href": "https://b.example/x/eins.jpg"}],
             "descriptions": [{"role": "caption", "value": "Am Ufer"}, {"role": "creditline", "value": "Ada"}]},
            {"name": "2", "uri": "https://b.example/zwei.png", "type": "picture", "by": "Otto"},
            {"name": "3", "uri": "https://b.example/", "type": "picture"},
            {"name": "4", "uri": "https://b.example/c.mp4", "type": "video"}
        ]
    }));
    let picture = |file: &str, caption: Option<&str>, credit: &str| {
        Block::Picture(Picture {
            file: file.into(),
            alt: String::new(),
            caption: caption.map(line),
            credit: Some(line(credit)),
        })
    };
    let expected = [
        picture("zwei.png", None, "Otto"),
        Block::Paragraph(Text::plain("a")),
        picture("eins.jpg", Some("Am Ufer"), "Ada"),
    ];
    assert_eq!(draft.article.body, expected);
    assert_eq!(draft.left_out, 2);
}

#[test]
fn a_bad_item_is_refused_with_its_place() {
    #[track_caller]
    fn check(changes: Value, pointer: &str, reason: Reason) {
        let refused = read(&item(changes)).expect_err("a bad item");
        assert_eq!((refused.place, refused.reason), (Place::Pointer(pointer.to_owned()), reason));
    }
    let wrong = |key: &str, expected| Reason::WrongKind { key: key.into(), expected };
    check(json!({"pubStatus": "withheld"}), "/pubStatus", Reason::Withheld);
    check(json!({"pubStatus": "canceled"}), "/pubStatus", Reason::Canceled);
    check(json!({"type": "video"}), "/type", Reason::NotAnArticle("video".into()));
    check(json!({"headlines": {}}), "/headlines", wrong("headlines", Expected::List));
    check(json!({"headlines": [1]}), "/headlines/0", wrong("headlines", Expected::Object));
    check(json!({"headlines": [{"role": "main"}]}), "/headlines/0/value", Reason::Missing("value"));
    check(
        json!({"headlines": [{"value": "a".repeat(201)}]}),
        "/headlines/0/value",
        Trouble::TooLong { field: "headline", longest: 200 }.into(),
    );
    check(
        json!({"headlines": [{"value": " "}]}),
        "/headlines/0/value",
        Trouble::Empty { field: "headline" }.into(),
    );
    check(json!({"uri": null}), "/uri", Trouble::Empty { field: "uri" }.into());
    check(json!({"language": "fr"}), "/language", wrong("language", Expected::Language));
    check(json!({"subjects": null}), "/subjects", Reason::Missing("subjects"));
    check(json!({"firstCreated": "gestern"}), "/firstCreated", wrong("firstCreated", Expected::Time));
    check(
        json!({"firstCreated": "2026-03-01T18:30:00"}),
        "/firstCreated",
        wrong("firstCreated", Expected::Time),
    );
    check(json!({"byline": "x"}), "/byline", Reason::UnknownKey("byline".into()));
    check(
        json!({"bodies": [{"value": "a\u{1}b"}]}),
        "/bodies/0/value",
        Trouble::Unprintable { field: "paragraph" }.into(),
    );
    let whole = |text: &str| read(text).expect_err("no ninjs").reason;
    assert_eq!(whole("[]"), Reason::NotNinjs);
    assert_eq!(whole(r#"{"uri": "x"}"#), Reason::NotNinjs);
    assert_eq!(whole(r#"{"uri": "x", "headline": "1.x", "body_text": "y"}"#), Reason::NotNinjs);
    assert_eq!(whole(&item(json!({"bodies": null, "descriptions": null}))), Reason::NothingToRead);
}

#[test]
fn t6_5_json_from_strangers_is_bounded() {
    let reason = |text: &str| read(text).expect_err("bad JSON");
    assert_eq!(reason("{\n\"uri\": \"a\",\n\"uri\": \"b\"}").reason, Reason::Twice("uri".into()));
    assert_eq!(reason("{\n\"uri\": \"a\",\n\"uri\": \"b\"}").place, Place::Line(3));
    let inner = format!("{{\"bodies\": [{{\"a\": 1, \"a\": {}}}]}}", "2");
    assert_eq!(reason(&inner).reason, Reason::Twice("a".into()));
    for open in ["[", "{\"a\":"] {
        assert_eq!(reason(&open.repeat(100_000)).reason, Reason::TooDeep);
    }
    assert_eq!(reason(&format!("\"{}\"", "a".repeat(2_000_001))).reason, Reason::TooBig);
    assert!(matches!(reason("{\"uri\": nein}").reason, Reason::NotJson(_)));
    assert!(matches!(reason("{} x").reason, Reason::NotJson(_)));
}

fn rich() -> Draft {
    let file = r#"+++
source = "https://blatt.example/a/7"
slug = "die-bruecke"
section = "region"
language = "de-DE"
kicker = "Verkehr & mehr"
headline = "Die <Brücke>"
lead = "Sie ist \"zu\"."
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
Ein Absatz mit *Ton*, **Kraft**, 1 < 2 und einem [Link](https://x.example/?a=1&b=2).

## Wie weiter

> Sie hält.
> — Otto Wehr, Statiker

1. eins
2. zwei

- drei

![Eine "Brücke"](bruecke.svg "Von Süden | Ada Lind")

![](damm.png)
"#;
    markdown::read(file, "f").expect("a good file")
}

fn written(draft: &Draft, version: Version) -> Value {
    let issue = Issue {
        version,
        uri: "https://blatt.example/a/7",
        pictures: "https://blatt.example/pictures/",
        section: "Region",
        published: draft.article.published.expect("a time"),
        changed: Time(1_772_434_800_000),
        revision: 2,
        corrections: &draft.corrections,
    };
    write(&draft.article, &issue)
}

#[test]
fn the_second_version_writes_its_keys_small() {
    let small = r#"{"uri": "https://x.example/1", "pubstatus": "usable", "firstcreated": "2026-03-01T18:30:00+01:00",
        "embargoed": "2026-03-03T06:00:00Z", "headlines": [{"value": "Eins"}], "subjects": [{"name": "Sport"}],
        "infosources": [{"name": "DPS"}], "bodies": [{"contenttype": "text/html", "value": "<h2>Da</h2>"}]}"#;
    let draft = read(small).expect("a good item");
    assert_eq!(draft.article.body, [Block::Subhead(line("Da"))]);
    assert_eq!(draft.article.agencies, [line("DPS")]);
    assert_eq!(draft.article.published, Some(Time(1_772_517_600_000)));
    let refused = read(&small.replace("usable", "withheld")).expect_err("withheld");
    assert_eq!((refused.place, refused.reason), (Place::Pointer("/pubstatus".into()), Reason::Withheld));
    let twice = small.replace("\"uri\"", "\"pubStatus\": \"withheld\", \"uri\"");
    assert_eq!(read(&twice).map_err(|refused| refused.reason), Err(Reason::Twice("pubstatus".into())));
}

#[test]
fn what_is_written_reads_back_the_same() {
    let mut draft = rich();
    draft.section_name = Some(line("Region"));
    for version in [Version::V2_2, Version::V3_0, Version::V3_1] {
        assert_eq!(read(&written(&draft, version).to_string()).as_ref(), Ok(&draft));
    }
}

/// The schemas are not part of the project. What they ask for, in short: known keys only, texts and lists where they belong, and the
/// keys that must be there.
#[test]
fn what_is_written_has_the_form_of_the_standard() {
    let item = written(&rich(), Version::V3_1);
    assert_eq!(item["standard"]["version"], "3.1");
    for key in ["headlines", "descriptions", "bodies"] {
        for text in item[key].as_array().expect(key) {
            assert!(text["value"].is_string(), "{text}");
            let known = ["role", "contentType", "charCount", "wordCount", "value"];
            assert!(
                text.as_object().is_some_and(|text| text.keys().all(|key| known.contains(&key.as_str()))),
                "{text}"
            );
        }
    }
    for association in item["associations"].as_array().expect("associations") {
        assert!(association["name"].is_string());
        assert!(association["uri"].as_str().is_some_and(|uri| uri.starts_with("https://")), "{association}");
    }
    for at in ["firstCreated", "versionCreated"] {
        assert!(item[at].as_str().is_some_and(|at| at.ends_with('Z')), "{item}");
    }
}

#[test]
fn an_article_without_anything_is_written_without_empty_lists() {
    let mut draft = rich();
    draft.article.body.clear();
    draft.article.figures.clear();
    draft.article.authors.clear();
    draft.corrections = Vec::<Correction>::new();
    let item = written(&draft, Version::V2_2);
    for absent in ["bodies", "associations", "by", "people"] {
        assert_eq!(item.get(absent), None, "{absent}");
    }
}
