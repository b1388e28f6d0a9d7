//! A talk, open and closed.

use story::Language;

use super::{NOW, ago, frame, html};
use crate::pages::{
    ArticleRef, Badge, ChangeForm, CommentForm, CommentPage, CommentView, CompanyView, DeskTools,
    EarlierView, Folded, Frame, FramedPage, Kind, Known, Link, MinePage, Personal, ReaderPage, RemovedView,
    ReplyTo, RevisionsPage, SaidView, Say, Sort, SortTab, ThreadPage, ThreadState, ThreadView, VoteView,
    WaitingView, Why,
};

const URL: &str = "/tannfeld/lokalbahn/comments";

pub(crate) fn comment_view(id: i64, name: &str, minutes: i64, text: &str, up: u64, down: u64) -> CommentView {
    CommentView {
        id,
        name: name.into(),
        by: 40 + id,
        badge: None,
        verified: false,
        at: ago(minutes),
        edited: None,
        text: html(&format!("<p>{text}</p>")),
        up,
        down,
        reply_to: None,
        replies: Vec::new(),
        folded: None,
        removed: None,
        featured: false,
        voted: None,
        own: false,
        personal: None,
    }
}

fn comments() -> Vec<CommentView> {
    let folded = |count| Some(Folded { count, latest: ago(17), url: "/comments/2".into() });
    let answer = CommentView {
        badge: Some(Badge::Author),
        ..comment_view(
            3,
            "Karin Aigner",
            110,
            "Ja. Räder fahren außerhalb der Stoßzeit gratis mit, vier je Wagen. Ich habe das im Artikel ergänzt, danke für die Frage.",
            63,
            0,
        )
    };
    let removed = CommentView {
        removed: Some(RemovedView {
            clause: Some("4.1".into()),
            title: Some("keine Angriffe auf Personen".into()),
        }),
        folded: folded(1),
        ..comment_view(4, "", 103, "", 0, 0)
    };
    let long = CommentView {
        badge: Some(Badge::Since { year: 2011 }),
        verified: true,
        edited: Some(ago(60)),
        ..comment_view(
            5,
            "Kilometer 12 <b>",
            64,
            "Netze halten, das sieht man flussaufwärts. Die Frage ist, wer sie putzt.</p><p>Die Bahn tut es nicht. Steht das irgendwo im Vertrag?",
            28,
            5,
        )
    };
    let deleted = CommentView {
        removed: Some(RemovedView { clause: None, title: None }),
        ..comment_view(6, "", 30, "", 0, 0)
    };
    let mut all = vec![
        CommentView {
            replies: vec![answer],
            folded: folded(7),
            ..comment_view(
                2,
                "Herta aus Obertal",
                127,
                "Eine halbe Stunde klingt gut, bis man mit dem Rad einsteigen will. Gibt es dafür Platz?",
                41,
                2,
            )
        },
        removed,
        long,
        deleted,
    ];
    all.extend((10..26).map(|id| {
        comment_view(id, "Schwellenzähler", 140 + id, "Im Prospekt steht halbstündlich, im Fahrplan fehlt um 13 Uhr ein Zug. Wer in der Früh fährt, hat Glück, wer zu Mittag fährt, geht zu Fuß.", 12, 3)
    }));
    all
}

pub(crate) fn open() -> ThreadView {
    let featured = CommentView {
        featured: true,
        voted: Some(VoteView::Up),
        ..comment_view(
            1,
            "Treppelweg 9",
            88,
            "Ich war 2017 bei der Feuerwehr. Wir haben drei Tage Steine geräumt, auch für die, die heute gegen das Netz sind. Man kann beides verstehen.",
            96,
            4,
        )
    };
    let tab =
        |sort, name: &str| SortTab { sort, url: format!("{URL}?sort={name}"), current: sort == Sort::Newest };
    ThreadView {
        url: URL.into(),
        live: Some(format!("{URL}/live")),
        count: 214,
        state: ThreadState::Open { until: Some(NOW.plus_minutes(312)) },
        day: Some(NOW),
        notice: html(""),
        featured: Some(featured),
        comments: comments(),
        older: Some(format!("{URL}?before=10")),
        newer: None,
        sorts: vec![
            tab(Sort::Newest, "newest"),
            tab(Sort::Best, "best"),
            tab(Sort::Discussed, "discussed"),
            tab(Sort::Oldest, "oldest"),
        ],
        searched: None,
        follows: None,
        form: Some(CommentForm { action: URL.into(), longest: 1_500, ..CommentForm::default() }),
    }
}

pub(crate) fn closed() -> ThreadView {
    ThreadView {
        state: ThreadState::Closed {
            since: Some(NOW.plus_minutes(312)),
            until: Some(NOW.plus_minutes(912)),
            why: Why::Hours,
        },
        count: 1,
        featured: None,
        comments: comments().into_iter().skip(2).take(1).collect(),
        older: None,
        ..open()
    }
}

pub(crate) fn empty() -> ThreadView {
    ThreadView {
        state: ThreadState::Open { until: None },
        count: 0,
        featured: None,
        comments: Vec::new(),
        older: None,
        ..open()
    }
}

fn thread_frame(language: Language) -> Frame {
    frame(language, Kind::Article, "Kommentare zu „Die Lokalbahn fährt wieder bis Obertal“")
}

fn about() -> ArticleRef {
    ArticleRef {
        url: "/tannfeld/lokalbahn".into(),
        kicker: Some("Schienenverkehr".into()),
        headline: "Die Lokalbahn fährt wieder bis Obertal".into(),
    }
}

pub(crate) fn thread(language: Language) -> Vec<(&'static str, ThreadPage)> {
    let page = |thread| ThreadPage { frame: thread_frame(language), article: about(), thread };
    let refused = CommentForm {
        text: "\n  Das ist <b>viel</b> zu lang & \"schief\".".into(),
        error: Some(Say::new("say-comment-too-long").number("longest", 1_500)),
        reply_to: Some(ReplyTo {
            id: 2,
            name: "Herta aus Obertal".into(),
            words: "Eine halbe Stunde klingt gut, …".into(),
        }),
        key: Some("7f3a".into()),
        name: Some("Ulla <Berger>".into()),
        ..CommentForm { action: URL.into(), longest: 1_500, ..CommentForm::default() }
    };
    let seen_before = CommentForm {
        text: "So *nicht*.".into(),
        preview: Some(html("<p>So <em>nicht</em>.</p>")),
        notice: Some(Say::new("say-draft-waits")),
        ..CommentForm { action: URL.into(), longest: 1_500, ..CommentForm::default() }
    };
    let own = ThreadView { follows: Some(true), comments: personal(), ..open() };
    let kept = CommentForm {
        text: "Bei uns in der Siedlung hat man davon erst aus der Zeitung erfahren.".into(),
        kept: Some(ago(3)),
        name: Some("Ulla".into()),
        discard: Some("/account/drafts/7/deletion?then=/tannfeld/silo/comments/mine".into()),
        ..CommentForm { action: URL.into(), longest: 1_500, ..CommentForm::default() }
    };
    let closed_for = |why| ThreadView {
        state: ThreadState::Closed { since: None, until: None, why },
        form: Some(kept.clone()),
        newer: Some(URL.into()),
        ..open()
    };
    let waits = |until, why| ThreadView {
        state: ThreadState::Waiting { until, why },
        form: Some(CommentForm { waiting: waiting(), ..kept.clone() }),
        ..open()
    };
    let morning = Some(NOW.plus_minutes(912));
    let by_desk =
        |reason: &str, note: Option<&str>| Why::Desk { reason: reason.into(), note: note.map(Into::into) };
    let ended = ThreadView { state: ThreadState::Ended { at: Some(ago(9_000)) }, form: None, ..open() };
    vec![
        ("thread", page(open())),
        ("thread-refused", page(ThreadView { form: Some(refused), ..open() })),
        ("thread-preview", page(ThreadView { form: Some(seen_before), follows: Some(false), ..open() })),
        ("thread-own", page(own)),
        ("thread-closed", page(ThreadView { form: Some(kept.clone()), ..closed() })),
        ("thread-holiday", page(closed_for(Why::Holiday { key: "national-day".into() }))),
        (
            "thread-desk",
            page(closed_for(Why::Desk {
                reason: "heated".into(),
                note: Some("Zu viele <Angriffe>.".into()),
            })),
        ),
        ("thread-silent", page(closed_for(Why::Desk { reason: "day".into(), note: None }))),
        ("thread-night", page(closed_for(Why::Hours))),
        ("thread-waits", page(waits(morning, Why::Hours))),
        ("thread-waits-holiday", page(waits(morning, Why::Holiday { key: "national-day".into() }))),
        ("thread-waits-desk", page(waits(None, by_desk("heated", Some("Wir <lesen> mit."))))),
        ("thread-waits-day", page(waits(None, by_desk("day", None)))),
        ("thread-ended", page(ended.clone())),
        ("thread-ended-some-time", page(ThreadView { state: ThreadState::Ended { at: None }, ..ended })),
        ("thread-empty", page(empty())),
        ("thread-searched", page(searched("<Räder> & \"Netze\"", comments()))),
        ("thread-searched-none", page(searched("Seilbahn", Vec::new()))),
    ]
}

fn waiting() -> Vec<WaitingView> {
    vec![WaitingView {
        text: html("<p>Und wer zahlt das &lt;Netz&gt;?</p>"),
        at: ago(12),
        withdrawal: "/account/waiting/3/withdrawal".into(),
    }]
}

pub(crate) fn framed(language: Language) -> Vec<(&'static str, FramedPage)> {
    let page = |thread: Option<ThreadView>| FramedPage {
        frame: thread_frame(language),
        sites: "https://www.marktbote.example https://m.marktbote.example".into(),
        whole: thread.as_ref().map(|thread| thread.url.clone()),
        thread: thread.map(|thread| ThreadView { form: None, ..thread }),
    };
    let closed = ThreadState::Closed { since: None, until: Some(NOW.plus_minutes(600)), why: Why::Hours };
    vec![
        ("framed", page(Some(open()))),
        ("framed-closed", page(Some(ThreadView { state: closed, newer: Some(URL.into()), ..open() }))),
        (
            "framed-ended",
            page(Some(ThreadView { state: ThreadState::Ended { at: None }, older: None, ..open() })),
        ),
        ("framed-empty", page(Some(empty()))),
        ("framed-none", page(None)),
    ]
}

fn searched(words: &str, found: Vec<CommentView>) -> ThreadView {
    ThreadView {
        live: None,
        featured: None,
        older: (!found.is_empty()).then(|| format!("{URL}?q=Netze&before=3")),
        comments: found,
        searched: Some(words.into()),
        ..open()
    }
}

pub(crate) fn reader(language: Language) -> Vec<(&'static str, ReaderPage)> {
    let said =
        |comment| SaidView { article: Link::new("/tannfeld/lokalbahn", "Die \"Lokalbahn\" & wir"), comment };
    let page = ReaderPage {
        id: 45,
        company: None,
        frame: frame(language, Kind::Page, "Kilometer 12 <b>"),
        name: "Kilometer 12 <b>".into(),
        badge: Some(Badge::Since { year: 2011 }),
        since: ago(8_000_000),
        count: 1_214,
        comments: comments().into_iter().take(3).map(said).collect(),
        older: Some("/readers/45?before=5-3".into()),
        newer: Some("/readers/45".into()),
    };
    let one =
        ReaderPage { badge: None, count: 1, older: None, newer: None, comments: Vec::new(), ..page.clone() };
    let seen = |follows, ignores| Some(CompanyView { follows, ignores });
    let followed = ReaderPage { company: seen(true, false), ..page.clone() };
    let ignored = ReaderPage { company: seen(false, true), ..page.clone() };
    vec![("reader", page), ("reader-one", one), ("reader-followed", followed), ("reader-ignored", ignored)]
}

pub(crate) fn comment(language: Language) -> Vec<(&'static str, CommentPage)> {
    let mut shown = comments();
    let above = shown.swap_remove(0);
    let page = CommentPage {
        frame: thread_frame(language),
        article: about(),
        state: ThreadState::Open { until: Some(NOW.plus_minutes(312)) },
        thread_url: format!("{URL}?before=12-30#c30"),
        before: Some(Link::new("/comments/29", "Weichensteller: Wer in der Früh fährt, …")),
        after: Some(Link::new("/comments/31", "Treppelweg 9: Vier Räder <sind> wenig.")),
        context: vec![CommentView { replies: Vec::new(), folded: None, ..above.clone() }],
        comment: CommentView {
            reply_to: Some(Link::new("/comments/2", "Herta aus Obertal")),
            replies: vec![comment_view(31, "Weichensteller", 20, "Vier Räder je Wagen sind wenig.", 3, 1)],
            badge: Some(Badge::Moderator),
            ..comment_view(30, "Ulla Berger", 40, "Vier je Wagen, steht jetzt im Artikel.", 8, 0)
        },
        older: Some("/comments/30?after=31".into()),
        form: Some(CommentForm {
            action: URL.into(),
            longest: 1_500,
            reply_to: Some(ReplyTo {
                id: 30, name: "Ulla Berger".into(), words: "Vier je Wagen, …".into()
            }),
            ..CommentForm::default()
        }),
        notice: Some(Say::new("say-comment-published")),
        change: None,
        take_back: false,
        desk: None,
    };
    let own = CommentPage {
        comment: personal().swap_remove(0),
        change: Some(ChangeForm {
            text: "Vier je <Wagen>.".into(),
            seen: 1,
            error: Some(Say::new("say-comment-changed-meanwhile")),
            until: NOW.plus_minutes(3),
            longest: 1_500,
        }),
        ..page.clone()
    };
    let going = CommentPage { take_back: true, change: None, ..own.clone() };
    let known =
        Known { by: "Carla <Kern>".into(), why: "Ausweis gesehen, <17. November>.".into(), at: ago(9_000) };
    let desk =
        |featured, known| Some(DeskTools { judge: "/desk/moderation?comment=30".into(), featured, known });
    let at_desk = CommentPage { desk: desk(false, None), ..page.clone() };
    let at_desk_known = CommentPage { desk: desk(true, Some(known)), ..page.clone() };
    let gone = CommentView {
        removed: Some(RemovedView { clause: Some("4.1".into()), title: None }),
        ..comment_view(4, "", 103, "", 0, 0)
    };
    let removed = CommentPage {
        comment: CommentView { id: 7, ..gone.clone() },
        context: vec![gone],
        form: None,
        before: None,
        after: None,
        older: None,
        notice: None,
        ..page.clone()
    };
    vec![
        ("comment", page),
        ("comment-removed", removed),
        ("comment-own", own),
        ("comment-going", going),
        ("comment-desk", at_desk),
        ("comment-desk-known", at_desk_known),
    ]
}

/// Comments as somebody signed in sees them: an own one, one of somebody followed, one of somebody ignored.
fn personal() -> Vec<CommentView> {
    let with = |id, personal| CommentView {
        personal: Some(personal),
        ..comment_view(id, "Ulla <Berger>", 40, "Vier je Wagen.", 8, 0)
    };
    vec![
        CommentView { own: true, ..with(30, Personal { changes: true, ..Personal::default() }) },
        with(31, Personal { follows: true, judges: true, ..Personal::default() }),
        CommentView {
            voted: Some(VoteView::Down),
            ..with(32, Personal { ignores: true, ..Personal::default() })
        },
        with(33, Personal::default()),
    ]
}

pub(crate) fn mine(language: Language) -> Vec<(&'static str, MinePage)> {
    let page = MinePage {
        frame: super::own_frame(language, Kind::Article, "Kommentare"),
        thread_url: URL.into(),
        state: ThreadState::Open { until: None },
        form: Some(CommentForm {
            action: URL.into(),
            longest: 1_500,
            text: "Bei uns in der Siedlung".into(),
            kept: Some(ago(3)),
            name: Some("Ulla <Berger>".into()),
            waiting: waiting(),
            ..CommentForm::default()
        }),
        follows: false,
        unread: 2,
        comments: personal(),
    };
    let none = MinePage { form: None, follows: true, unread: 0, comments: Vec::new(), ..page.clone() };
    vec![("mine", page), ("mine-none", none)]
}

pub(crate) fn revisions(language: Language) -> Vec<(&'static str, RevisionsPage)> {
    let page = RevisionsPage {
        frame: thread_frame(language),
        article: about(),
        comment: CommentView {
            edited: Some(ago(3)),
            ..comment_view(30, "Ulla <Berger>", 6, "Vier je Wagen.", 8, 0)
        },
        earlier: vec![
            EarlierView { text: html("<p>Vier je &lt;Wagon&gt;.</p>"), until: ago(3) },
            EarlierView { text: html("<p>Vier je Wagn.</p>"), until: ago(5) },
        ],
    };
    let never = RevisionsPage { earlier: Vec::new(), ..page.clone() };
    vec![("revisions", page), ("revisions-none", never)]
}
