//! Pages that lead to articles.

use story::Language;

use super::{NOW, ago, frame, picture, teaser};
use crate::pages::{
    Breaking, Discussed, FrontPage, Kind, Link, SearchPage, SectionBlock, SectionPage, Teaser, ThreadState,
    TickerLine,
};

pub(crate) fn front(language: Language) -> Vec<(&'static str, FrontPage)> {
    vec![("front", full(language)), ("front-empty", empty(language))]
}

fn full(language: Language) -> FrontPage {
    let lead = Teaser {
        picture: Some(picture("faehre")),
        authors: vec!["Karin Aigner".into(), "Tom Huber".into()],
        comments: Some(1_214),
        recording_ms: Some(372_000),
        ..teaser(
            38,
            "Schienenverkehr",
            "Die Lokalbahn fährt wieder bis Obertal",
            "Nach neun Jahren Pause rollt ab Montag jede halbe Stunde ein Zug durch die Schlucht. Die Strecke hat 18,6 Mio. € gekostet, und die Bürgermeister streiten schon über den nächsten Kilometer.",
        )
    };
    let opinion = Teaser {
        opinion: true,
        picture: Some(picture("autor-konrad-illmayr")),
        ..teaser(120, "Rita Haas meint", "Ein Zug, der zu spät kommt, ist trotzdem einer", "")
    };
    let left = [
        Teaser {
            picture: Some(picture("silo")),
            comments: Some(38),
            ..teaser(
                16,
                "Landwirtschaft",
                "Das Silo am Bahnhof bleibt",
                "Die Genossenschaft hat es sich anders überlegt. Abgerissen wird nur das Dach.",
            )
        },
        Teaser {
            recording_ms: Some(228_000),
            ..teaser(
                103,
                "Nahverkehr",
                "Der Rufbus kommt jetzt auch in der Nacht",
                "Wer bis 22 Uhr anruft, wird bis 2 Uhr geholt. Ein Versuch, zunächst für ein Jahr.",
            )
        },
        Teaser {
            comments: Some(1), ..teaser(188, "Kino", "„Wir zeigen ihn, bis niemand mehr kommt“", "")
        },
    ];
    FrontPage {
        frame: frame(language, Kind::Front, "Heute"),
        updated: NOW,
        issue: Some(271),
        forum: Some(ThreadState::Open { until: Some(NOW.plus_minutes(312)) }),
        breaking: Some(Breaking {
            at: ago(16),
            headline: "Straße nach Obertal nach Steinschlag gesperrt".into(),
            url: "/tannfeld/steinschlag".into(),
        }),
        lead: Some(lead),
        beneath: vec![
            teaser(90, "Fragen und Antworten", "Was kostet die Fahrt, und wer zahlt drauf?", ""),
            opinion,
        ],
        left: left.into(),
        ticker: ticker(),
        discussed: discussed(),
        listen: listen(),
        listen_ms: 2_280_000,
        listen_count: 12,
        blocks: vec![block("Tannfeld"), block("Region")],
    }
}

fn ticker() -> Vec<TickerLine> {
    [
        (0, "Feuerwehr räumt Steine von der Fahrbahn"),
        (27, "Strom im Unterdorf wieder da"),
        (51, "Volksschule: Heizung wird noch vor Advent getauscht"),
        (67, "Land hilft den Gemüsebauern"),
        (78, "Eisstockverein holt Trainerin zurück"),
    ]
    .map(|(minutes, text)| TickerLine { at: ago(minutes), text: text.into(), url: "/tannfeld/kurz".into() })
    .into()
}

fn discussed() -> Vec<Discussed> {
    let open = ThreadState::Open { until: Some(NOW.plus_minutes(312)) };
    [
        ("Die Lokalbahn fährt wieder bis Obertal", 1_214, open.clone()),
        ("Kurzparkzone: Ein Platz, zwei Meinungen", 131, open.clone()),
        ("Braucht der Markt den Montag?", 1, ThreadState::Ended { at: None }),
        ("Wem gehört der Badeteich?", 52, open),
    ]
    .map(|(headline, comments, state)| Discussed {
        url: "/tannfeld/lokalbahn/comments".into(),
        headline: headline.into(),
        comments,
        state,
    })
    .into()
}

fn listen() -> Vec<Teaser> {
    [
        ("Die Lokalbahn fährt wieder bis Obertal", 372_000),
        ("Das Silo am Bahnhof bleibt", 175_000),
        ("Die Organistin hört nach vierzig Jahren auf", 520_000),
        ("Ein Zug, der zu spät kommt, ist trotzdem einer", 211_000),
    ]
    .map(|(headline, length)| Teaser { recording_ms: Some(length), ..teaser(60, "Zug", headline, "") })
    .into()
}

fn block(name: &str) -> SectionBlock {
    let teasers = [
        Teaser {
            picture: Some(picture("kaffeehaus")),
            comments: Some(87),
            ..teaser(
                148,
                "Wochenmarkt",
                "Der Lindenplatz bleibt am Montag leer",
                "Die Standler wollten einen dritten Tag. Die Gemeinde will zuerst den Sommer abwarten.",
            )
        },
        Teaser {
            picture: Some(picture("werft")),
            ..teaser(
                273,
                "Jugendzentrum",
                "Wo Räder repariert und Lehrstellen gefunden werden",
                "Dienstags schraubt die halbe Mittelschule. Drei haben jetzt einen Lehrvertrag.",
            )
        },
        Teaser {
            picture: Some(picture("radweg")),
            comments: Some(0),
            ..teaser(
                1_500,
                "Landesstraßenverwaltung",
                "Bezirkshauptmannschaft prüft die Umfahrungsstraße",
                "Ein Gutachten fehlt noch, ein zweites ist zu alt.",
            )
        },
    ];
    let list = [
        ("Bezirksgericht", "Vergleich im Streit um den Treppelweg"),
        ("Gesundheit", "Zweite Kinderärztin sucht noch Räume"),
        ("Bauamt", "Ein Dachausbau, elf Einsprüche"),
        ("Tiere", "Biber zieht um, freiwillig"),
    ];
    SectionBlock {
        section: Link::new("/tannfeld", name),
        teasers: teasers.into(),
        list: list.map(|(kicker, headline)| teaser(600, kicker, headline, "")).into(),
    }
}

/// A paper on its first day.
fn empty(language: Language) -> FrontPage {
    FrontPage {
        frame: frame(language, Kind::Front, "Heute"),
        updated: NOW,
        issue: None,
        forum: Some(ThreadState::Closed {
            since: Some(ago(300)),
            until: Some(NOW.plus_minutes(912)),
            why: crate::Why::Hours,
        }),
        breaking: None,
        lead: None,
        beneath: Vec::new(),
        left: Vec::new(),
        ticker: Vec::new(),
        discussed: Vec::new(),
        listen: Vec::new(),
        listen_ms: 0,
        listen_count: 0,
        blocks: Vec::new(),
    }
}

fn many() -> Vec<Teaser> {
    let SectionBlock { teasers, list, .. } = block("Tannfeld");
    teasers.into_iter().chain(list).chain(block("Tannfeld").teasers).collect()
}

pub(crate) fn section(language: Language) -> Vec<(&'static str, SectionPage)> {
    let page = SectionPage {
        frame: frame(language, Kind::Page, "Tannfeld"),
        section: Link::new("/tannfeld", "Tannfeld"),
        about: Some("Was in der Stadt geschieht, vom Gemeinderat bis zum Wochenmarkt.".into()),
        teasers: many(),
        older: Some("/tannfeld?before=17".into()),
        newer: None,
    };
    let second = SectionPage { newer: Some("/tannfeld".into()), older: None, ..page.clone() };
    let empty = SectionPage { teasers: Vec::new(), older: None, about: None, ..page.clone() };
    vec![("section", page), ("section-second", second), ("section-empty", empty)]
}

pub(crate) fn search(language: Language) -> Vec<(&'static str, SearchPage)> {
    let first = SearchPage {
        frame: frame(language, Kind::Page, "Suche"),
        query: String::new(),
        results: Vec::new(),
        count: None,
        older: None,
    };
    let found = SearchPage {
        query: "\"Bahn\" & <Bus>".into(),
        results: many(),
        count: Some(1_240),
        older: Some("/search?q=bahn&before=3".into()),
        ..first.clone()
    };
    let nothing = SearchPage { query: "Seilbahn".into(), count: Some(0), ..first.clone() };
    vec![("search", first), ("search-found", found), ("search-nothing", nothing)]
}
