//! One article in its states.

use story::Language;

use super::{NOW, ago, frame, html, picture, teaser, thread};
use crate::pages::{
    ArticlePage, Byline, CorrectionView, FigureView, Kind, Link, PictureView, PlayerView, QueueLine,
    RecordingState, Share, Teaser, VersionView, VersionsPage, Withdrawal,
};

const BODY: &str = "<p><b class=\"place\">Tannfeld.</b> <span id=\"s3\">Um 6.10 Uhr am Montag wird im Bahnhof der erste Zug seit neun Jahren stehen, zwei Wagen, 120 Sitze, und vorne die alte Nummer.</span> <span id=\"s4\">Bezahlt haben ihn Bund und Land, den Rest die vier Gemeinden an der Strecke.</span></p>
<p><span id=\"s5\">Gesperrt war die Schlucht seit dem Felssturz im März 2017.</span> <span id=\"s6\">Damals lagen 3.400 Kubikmeter Gestein auf den Schienen, und im Land hieß es, das zahle sich nicht mehr aus.</span> <span id=\"s7\">Eine <a href=\"/tannfeld/initiative\">Initiative</a> sammelte dagegen in einem Winter 11.000 Unterschriften.</span></p>
<h2><span id=\"s8\">Ein Netz aus Stahl</span></h2>
<p><span id=\"s9\">Jetzt hängt über der engsten Stelle ein Fangnetz, so groß wie zwei Fußballfelder.</span> <span id=\"s10\">Sensoren melden jeden Stein, der schwerer ist als ein <em>Medizinball</em>; dann schaltet das Signal auf Rot.</span></p>
<figure class=\"quote\"><blockquote><p><span id=\"s11\">Ich bin mit dem letzten Zug in Pension gefahren. Mit dem ersten fahre ich zum Zahnarzt.</span></p></blockquote><figcaption>Josef Pointner, Lokführer außer Dienst</figcaption></figure>
<p><span id=\"s12\">Geplant sind vorerst 34 Fahrten am Tag:</span></p>
<ul><li>jede halbe Stunde zwischen 6 und 20 Uhr,</li><li>danach jede Stunde,</li><li>am Freitag und am Samstag ein Nachtzug um 1 Uhr.</li></ul>
<figure><img src=\"/pictures/werft.svg\" width=\"1200\" height=\"750\" loading=\"lazy\" alt=\"Zwei Arbeiter spannen ein Netz über die Gleise\"><figcaption>Das Netz wurde in 41 Nächten gespannt. <small>Illustration: Der Marktbote</small></figcaption></figure>
<p><span id=\"s13\">Ob daraus mehr wird, entscheidet sich im Frühjahr.</span> <span id=\"s14\">Dann liegt ein Gutachten vor, das den Bau bis zur Landesgrenze rechnet; die Bürgermeister haben es schon bestellt, bezahlt ist es noch nicht.</span></p>";

pub(crate) fn article(language: Language) -> Vec<(&'static str, ArticlePage)> {
    let full = full(language);
    let making = ArticlePage {
        player: full.player.clone().map(|player| PlayerView {
            state: RecordingState::Making { done: 12, total: 41 },
            duration_ms: 0,
            ..player
        }),
        kicker: None,
        lead: None,
        lead_html: None,
        authors: Vec::new(),
        agencies: vec!["DPS".into(), "Nordfunk".into()],
        corrections: Vec::new(),
        picture: None,
        figures: Vec::new(),
        related: Vec::new(),
        updated: None,
        thread: Some(thread::closed()),
        ..full.clone()
    };
    let failed = ArticlePage {
        player: full.player.clone().map(|player| PlayerView { state: RecordingState::Failed, ..player }),
        opinion: true,
        agencies: Vec::new(),
        versions: None,
        previous: None,
        thread: Some(thread::empty()),
        ..full.clone()
    };
    let foreign = ArticlePage { language: Language::English, ..full.clone() };
    let withdrawn = ArticlePage {
        withdrawn: Some(Withdrawal { at: ago(5), note: "Die Zahlen stammten aus einem Entwurf.".into() }),
        thread: None,
        ..full.clone()
    };
    vec![
        ("article", full),
        ("article-making", making),
        ("article-failed", failed),
        ("article-foreign", foreign),
        ("article-withdrawn", withdrawn),
    ]
}

fn full(language: Language) -> ArticlePage {
    let mut frame = frame(language, Kind::Article, "Die Lokalbahn fährt wieder bis Obertal");
    frame.canonical = Some("https://marktbote.example/tannfeld/lokalbahn".into());
    frame.json_ld = Some(html(
        "{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Die Lokalbahn fährt wieder bis Obertal\"}",
    ));
    frame.share = Some(Share {
        article: true,
        picture: Some(PictureView {
            url: "https://marktbote.example/pictures/faehre.svg".into(),
            ..picture("faehre")
        }),
        published: Some(ago(208)),
        modified: Some(ago(38)),
    });
    let byline =
        |name: &str, portrait: Option<&str>| Byline { name: name.into(), portrait: portrait.map(picture) };
    ArticlePage {
        frame,
        id: 17,
        language,
        url: "/tannfeld/lokalbahn".into(),
        section: Link::new("/tannfeld", "Tannfeld"),
        kicker: Some("Schienenverkehr".into()),
        kicker_id: None,
        headline: "Die Lokalbahn fährt wieder bis Obertal".into(),
        headline_id: Some("s0".into()),
        lead: Some("Nach neun Jahren Pause rollt ab Montag jede halbe Stunde ein Zug durch die Schlucht. Die Strecke hat 18,6 Mio. € gekostet, und die Bürgermeister streiten schon über den nächsten Kilometer.".into()),
        lead_html: Some(html("<span id=\"s1\">Nach neun Jahren Pause rollt ab Montag jede halbe Stunde ein Zug durch die Schlucht.</span> <span id=\"s2\">Die Strecke hat 18,6 Mio. € gekostet, und die Bürgermeister streiten schon über den nächsten Kilometer.</span>")),
        authors: vec![byline("Karin Aigner", Some("autor-klara-seisenbacher")), byline("Tom Huber", None)],
        agencies: vec!["DPS".into()],
        place: Some("Tannfeld".into()),
        published: ago(208),
        updated: Some(ago(38)),
        opinion: false,
        corrections: corrections(),
        versions: Some("/tannfeld/lokalbahn/versions".into()),
        player: Some(player(language)),
        picture: Some(picture("faehre")),
        body: html(BODY),
        figures: [
            ("18,6 Mio. €", "hat die Strecke gekostet, davon die Hälfte der Bund"),
            ("34", "Fahrten am Tag, die letzte um Mitternacht"),
            ("11.000", "Unterschriften sammelte die Initiative"),
        ]
        .map(|(value, label)| FigureView { value: value.into(), label: label.into() })
        .into(),
        related: vec![
            teaser(90, "Kosten", "Was kostet die Fahrt, und wer zahlt drauf?", ""),
            teaser(9_000, "Rückblick", "Im März 2017 stand der Berg auf den Schienen", ""),
            Teaser { opinion: true, ..teaser(120, "Kommentar", "Ein Zug, der zu spät kommt, ist trotzdem einer", "") },
        ],
        tags: vec![Link::new("/search?q=Lokalbahn", "Lokalbahn"), Link::new("/search?q=Obertal", "Obertal")],
        thread: Some(thread::open()),
        previous: Some(Link::new("/tannfeld/silo", "Das Silo am Bahnhof bleibt")),
        next: Some(Link::new("/tannfeld/rufbus", "Der Rufbus kommt jetzt auch in der Nacht")),
        withdrawn: None,
    }
}

fn corrections() -> Vec<CorrectionView> {
    [
        (60, "In einer früheren Fassung stand, die Strecke habe 16,8 Mio. € gekostet. Richtig sind 18,6 Mio. €."),
        (120, "Der Felssturz war im März 2017, nicht im Mai."),
    ]
    .map(|(minutes, note)| CorrectionView { at: ago(minutes), note: note.into(), by: "Karin Aigner".into() })
    .into()
}

fn player(language: Language) -> PlayerView {
    PlayerView {
        state: RecordingState::Ready,
        mp3: "/tannfeld/lokalbahn/audio.mp3".into(),
        json: "/tannfeld/lokalbahn/audio.json".into(),
        vtt: "/tannfeld/lokalbahn/audio.vtt".into(),
        duration_ms: 372_000,
        sentences: 41,
        voice: "Lene".into(),
        language,
        kicker: Some("Schienenverkehr".into()),
        headline: "Die Lokalbahn fährt wieder bis Obertal".into(),
        url: "/tannfeld/lokalbahn".into(),
        previous: Some(Link::new("/tannfeld/silo", "Das Silo am Bahnhof bleibt")),
        next: Some(Link::new("/tannfeld/rufbus", "Der Rufbus kommt jetzt auch in der Nacht")),
        queue: vec![QueueLine {
            url: "/tannfeld/rufbus".into(),
            headline: "Der Rufbus kommt jetzt auch in der Nacht".into(),
            duration_ms: 228_000,
        }],
    }
}

pub(crate) fn versions(language: Language) -> Vec<(&'static str, VersionsPage)> {
    let version = |number: u32, note: Option<&str>| VersionView {
        number,
        at: NOW.plus_minutes(i64::from(number) * 70 - 280),
        by: Some("Karin Aigner".into()),
        note: note.map(str::to_owned),
        headline: "Die Lokalbahn fährt wieder bis Obertal".into(),
        lead: Some(
            "Nach neun Jahren Pause rollt ab Montag jede halbe Stunde ein Zug durch die Schlucht.".into(),
        ),
        body: html(
            "<p>Um 6.10 Uhr am Montag wird im Bahnhof der erste Zug seit neun Jahren stehen.</p><h2>Ein Netz aus Stahl</h2><p>Jetzt hängt über der engsten Stelle ein Fangnetz.</p>",
        ),
    };
    let page = VersionsPage {
        frame: frame(language, Kind::Page, "Alle Fassungen"),
        article: Link::new("/tannfeld/lokalbahn", "Die Lokalbahn fährt wieder bis Obertal"),
        corrections: corrections(),
        versions: vec![
            version(3, Some("Die Strecke hat 18,6 Mio. € gekostet.")),
            version(2, Some("Der Felssturz war im März 2017.")),
            version(1, None),
        ],
        notice: None,
    };
    vec![("versions", page)]
}
