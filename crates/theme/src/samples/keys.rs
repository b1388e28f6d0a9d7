//! Passkeys, the second factor, and accounts that are kept elsewhere.

use story::Language;

use super::{ago, own_frame};
use crate::pages::{
    ArrivalPage, BegunApp, Ceremony, Draft, ElsewherePage, Frame, Kind, PasskeyPage, PasskeyView,
    PasskeysPage, RecoveryCodesPage, Say, SecondFactorPage,
};

pub(crate) fn passkeys(language: Language) -> Vec<(&'static str, PasskeysPage)> {
    let key = |name: &str, used| PasskeyView {
        name: name.into(),
        since: ago(90_000),
        used,
        removal: "/account/passkeys/4/removal".into(),
    };
    let page = PasskeysPage {
        frame: own_frame(language, Kind::Page, "Passkeys"),
        passkeys: vec![key("Mein <Telefon> & die Uhr", Some(ago(50))), key("Schlüsselbund", None)],
        possible: true,
        notice: Some(Say::new("say-passkey-added")),
    };
    let none =
        PasskeysPage { passkeys: Vec::new(), notice: Some(Say::new("say-passkey-removed")), ..page.clone() };
    let impossible = PasskeysPage { possible: false, notice: None, ..none.clone() };
    vec![("passkeys", page), ("passkeys-none", none), ("passkeys-impossible", impossible)]
}

pub(crate) fn passkey(language: Language) -> Vec<(&'static str, PasskeyPage)> {
    let create = PasskeyPage {
        frame: own_frame(language, Kind::Page, "Passkey anlegen"),
        ceremony: Ceremony::Create,
        action: "/account/passkeys/abc".into(),
        options: r#"{"challenge":"<&>","rp":{"name":"Der \"Marktbote\""}}"#.into(),
        then: None,
        draft: None,
    };
    let get = PasskeyPage {
        frame: Frame { visitor: None, ..own_frame(language, Kind::Page, "Mit Passkey anmelden") },
        ceremony: Ceremony::Get,
        action: "/login/passkey/abc".into(),
        then: Some("/tannfeld".into()),
        draft: Some(Draft {
            text: "Fährt er?".into(),
            to: "/tannfeld/lokalbahn/comments".into(),
            reply_to: None,
        }),
        ..create.clone()
    };
    vec![("passkey-create", create), ("passkey-get", get)]
}

pub(crate) fn second_factor(language: Language) -> Vec<(&'static str, SecondFactorPage)> {
    let page = SecondFactorPage {
        frame: own_frame(language, Kind::Page, "Zweiter Faktor"),
        complete: false,
        app: true,
        passkey: true,
        passkeys: true,
        recovery: 9,
        may_set_up: false,
        begun: None,
        then: Some("/desk/moderation?a=1&b=2".into()),
        error: Some(Say::new("say-factor-wrong")),
    };
    let new = SecondFactorPage {
        app: false,
        passkey: false,
        recovery: 0,
        may_set_up: true,
        error: None,
        then: None,
        ..page.clone()
    };
    let begun = SecondFactorPage {
        begun: Some(BegunApp {
            secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".into(),
            address: "otpauth://totp/Der%20Marktbote:Ulla?secret=GEZDGNBV&issuer=Der%20Marktbote".into(),
        }),
        ..new.clone()
    };
    let complete = SecondFactorPage { complete: true, may_set_up: true, error: None, ..page.clone() };
    vec![
        ("second-factor", page),
        ("second-factor-new", new),
        ("second-factor-begun", begun),
        ("second-factor-complete", complete),
    ]
}

pub(crate) fn recovery_codes(language: Language) -> Vec<(&'static str, RecoveryCodesPage)> {
    let page = RecoveryCodesPage {
        frame: own_frame(language, Kind::Page, "Ersatzcodes"),
        codes: (0..10).map(|n| format!("GEZD-GNBV-GY3T-QO{n}Q")).collect(),
        then: "/desk".into(),
    };
    vec![("recovery-codes", page)]
}

pub(crate) fn elsewhere(language: Language) -> Vec<(&'static str, ElsewherePage)> {
    let page = ElsewherePage {
        frame: Frame { visitor: None, ..own_frame(language, Kind::Page, "Haus & Hof") },
        provider: "Haus & Hof".into(),
        address: "https://konto.example/auth?client_id=a&scope=openid%20email".into(),
    };
    vec![("elsewhere", page)]
}

pub(crate) fn arrival(language: Language) -> Vec<(&'static str, ArrivalPage)> {
    let page = ArrivalPage {
        frame: Frame { visitor: None, ..own_frame(language, Kind::Page, "Ihr Name") },
        action: "/login/elsewhere/abc".into(),
        provider: "Haus & Hof".into(),
        mail: "ulla@post.example".into(),
        name: "Ulla Berger".into(),
        name_error: None,
        then: Some("/tannfeld".into()),
        draft: None,
    };
    let refused = ArrivalPage {
        name: "Ul".into(),
        name_error: Some(Say::new("say-name-short").number("shortest", 3)),
        draft: Some(Draft {
            text: "Fährt er?".into(),
            to: "/tannfeld/lokalbahn/comments".into(),
            reply_to: None,
        }),
        ..page.clone()
    };
    vec![("arrival", page), ("arrival-refused", refused)]
}
