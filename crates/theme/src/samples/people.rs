//! Pages for one reader.

use story::Language;

use super::{NOW, ago, html, own_frame};
use crate::pages::{
    AccountPage, CodePage, Draft, DraftView, ElsewhereView, Frame, Kind, Link, LinkPage, LoginPage,
    OwnComment, OwnState, PersonView, RegisterPage, Say, SessionView, WorkView,
};

/// Nobody is signed in yet.
fn before(language: Language, title: &str) -> Frame {
    Frame { visitor: None, ..own_frame(language, Kind::Page, title) }
}

fn draft() -> Draft {
    Draft {
        text: "Fährt der <Nachtzug> auch zu Silvester?\n\nUnd hält er in Mitterdorf?".into(),
        to: "/tannfeld/lokalbahn/comments".into(),
        reply_to: Some(2),
    }
}

pub(crate) fn login(language: Language) -> Vec<(&'static str, LoginPage)> {
    let page = LoginPage {
        frame: before(language, "Anmelden"),
        mail: String::new(),
        then: None,
        error: None,
        notice: None,
        draft: None,
        passkeys: true,
        elsewhere: Some("Haus & Hof".into()),
        signed_out: false,
    };
    let refused = LoginPage {
        mail: "ulla@post.example".into(),
        then: Some("/tannfeld/lokalbahn?a=1&b=\"2\"".into()),
        error: Some(Say::new("say-login-wrong")),
        notice: Some(Say::new("say-session-over")),
        draft: Some(draft()),
        elsewhere: None,
        ..page.clone()
    };
    let signed_out = LoginPage { signed_out: true, notice: Some(Say::new("say-signed-out")), ..page.clone() };
    vec![("login", page), ("login-refused", refused), ("login-signed-out", signed_out)]
}

pub(crate) fn register(language: Language) -> Vec<(&'static str, RegisterPage)> {
    let page = RegisterPage {
        frame: before(language, "Mitreden"),
        name: String::new(),
        mail: String::new(),
        then: None,
        name_error: None,
        mail_error: None,
        password_error: None,
        notice: None,
        link: None,
        draft: None,
        work: None,
    };
    let refused = RegisterPage {
        name: "Ul".into(),
        mail: "ulla@".into(),
        name_error: Some(Say::new("say-name-short").number("shortest", 3)),
        mail_error: Some(Say::new("say-mail-unlikely")),
        password_error: Some(Say::new("say-password-common")),
        link: Some("a-token".into()),
        draft: Some(draft()),
        ..page.clone()
    };
    let work = RegisterPage {
        name: "Ulla <Berger>".into(),
        notice: Some(Say::new("say-too-often").number("seconds", 30)),
        work: Some(WorkView { puzzle: "ab12".into(), bits: 18 }),
        ..page.clone()
    };
    vec![("register", page), ("register-refused", refused), ("register-work", work)]
}

pub(crate) fn code(language: Language) -> Vec<(&'static str, CodePage)> {
    let page = CodePage {
        frame: before(language, "Code eingeben"),
        action: "/login/code/9".into(),
        mail: "ulla@post.example".into(),
        expires: NOW.plus_minutes(10),
        then: Some("/account".into()),
        error: None,
        draft: None,
    };
    let refused = CodePage {
        error: Some(Say::new("say-code-wrong").number("left", 2)),
        draft: Some(draft()),
        ..page.clone()
    };
    vec![("code", page), ("code-refused", refused)]
}

pub(crate) fn link(language: Language) -> Vec<(&'static str, LinkPage)> {
    let page = |action: Option<&str>, name: Option<&str>| LinkPage {
        frame: before(language, "Anmelden"),
        action: action.map(str::to_owned),
        name: name.map(str::to_owned),
    };
    vec![
        ("link", page(Some("/account/link/abc"), Some("Ulla Berger"))),
        ("link-nobody", page(Some("/account/link/abc"), None)),
        ("link-used", page(None, None)),
    ]
}

pub(crate) fn account(language: Language) -> Vec<(&'static str, AccountPage)> {
    let own = |minutes, state| OwnComment {
        url: "/comments/30".into(),
        article: Link::new("/tannfeld/lokalbahn", "Die Lokalbahn fährt wieder bis Obertal"),
        at: ago(minutes),
        text: html("<p>Vier Räder je Wagen, steht jetzt im Artikel.</p>"),
        state,
    };
    let session = |device: &str, current| SessionView {
        device: device.into(),
        since: ago(9_000),
        seen: ago(2),
        current,
        end: Some("/account/sessions/3/end".into()),
    };
    let page = AccountPage {
        frame: own_frame(language, Kind::Page, "Ihr Konto"),
        name: "Ulla <Berger>".into(),
        mail: "ulla@post.example".into(),
        since: ago(400_000),
        roles: vec![Say::new("role-moderator"), Say::new("role-editor")],
        unread: 2,
        drafts: vec![
            DraftView {
                article: "Das Silo am Bahnhof bleibt".into(),
                url: Some("/tannfeld/silo/comments/mine".into()),
                discard: "/account/drafts/7/deletion".into(),
                text: "Gut so.\n\nUnd das Dach?".into(),
                at: ago(700),
                opens: Some(NOW.plus_minutes(912)),
            },
            DraftView {
                article: "Artikel 8".into(),
                url: None,
                discard: "/account/drafts/8/deletion".into(),
                text: "Schade um den Steg.".into(),
                at: ago(9_000),
                opens: None,
            },
        ],
        waiting: vec![
            own(50, OwnState::Waiting { withdrawal: "/account/waiting/3/withdrawal".into() }),
            own(
                90,
                OwnState::Refused {
                    clause: "4.1".into(),
                    title: "keine Angriffe auf Personen".into(),
                    reason: "Der letzte Satz ruft dazu auf, jemanden zu Hause <aufzusuchen>.".into(),
                    automatic: false,
                    at: ago(60),
                },
            ),
            own(
                95,
                OwnState::Refused {
                    clause: "4.1".into(),
                    title: "keine Angriffe auf Personen".into(),
                    reason: "Ihr Text enthält ein Schimpfwort. Ohne es steht er gern da.".into(),
                    automatic: true,
                    at: ago(95),
                },
            ),
        ],
        comments: vec![
            own(40, OwnState::Published),
            own(
                300,
                OwnState::Removed {
                    clause: "4.1".into(),
                    title: "keine Angriffe auf Personen".into(),
                    reason: "Der zweite Satz nennt einen Nachbarn beim Namen und unterstellt ihm Betrug."
                        .into(),
                    at: ago(200),
                },
            ),
            own(
                900,
                OwnState::Restored { reason: "Sie hatten recht, der Satz ist belegt.".into(), at: ago(800) },
            ),
            own(2_000, OwnState::Deleted),
        ],
        older: Some("/account?before=30".into()),
        follows: vec![PersonView { id: 7, name: "Herta <aus> Obertal".into() }],
        ignores: vec![PersonView { id: 8, name: "Treppelweg 9".into() }],
        threads: vec![Link::new("/tannfeld/lokalbahn/comments", "Die Lokalbahn fährt wieder bis Obertal")],
        sessions: vec![session("Firefox auf Linux", true), session("Safari auf iPhone", false)],
        has_password: true,
        password_error: Some(Say::new("say-password-common")),
        elsewhere: Some(ElsewhereView {
            provider: "Haus & Hof".into(),
            since: Some(ago(90_000)),
            used: Some(ago(50)),
        }),
        notice: Some(Say::new("say-draft-kept")),
    };
    let new = AccountPage {
        roles: Vec::new(),
        unread: 0,
        drafts: Vec::new(),
        waiting: Vec::new(),
        comments: Vec::new(),
        older: None,
        follows: Vec::new(),
        ignores: Vec::new(),
        threads: Vec::new(),
        notice: None,
        sessions: vec![session("Firefox auf Linux", true)],
        has_password: false,
        password_error: None,
        elsewhere: Some(ElsewhereView { provider: "Haus & Hof".into(), since: None, used: None }),
        ..page.clone()
    };
    vec![("account", page), ("account-new", new)]
}
