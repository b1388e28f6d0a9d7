//! What is one's own.

use story::Language;

use super::{NOW, own_frame};
use crate::pages::{AddressCodePage, AddressReturnPage, DeparturePage, Frame, Kind, OwnDataPage, Say};

pub(crate) fn own_data(language: Language) -> Vec<(&'static str, OwnDataPage)> {
    let page = OwnDataPage {
        frame: own_frame(language, Kind::Page, "Ihre Daten"),
        mail: "ulla@post.example".into(),
        typed: String::new(),
        error: None,
        notice: Some(Say::new("say-address-changed")),
    };
    let refused = OwnDataPage {
        typed: "ulla@<b>".into(),
        error: Some(Say::new("say-mail-unlikely")),
        notice: None,
        ..page.clone()
    };
    vec![("own-data", page), ("own-data-refused", refused)]
}

pub(crate) fn address_code(language: Language) -> Vec<(&'static str, AddressCodePage)> {
    let page = AddressCodePage {
        frame: own_frame(language, Kind::Page, "Code eingeben"),
        action: "/account/address/abc".into(),
        mail: "ulla.neu@post.example".into(),
        error: None,
    };
    let refused =
        AddressCodePage { error: Some(Say::new("say-code-wrong").number("left", 1)), ..page.clone() };
    vec![("address-code", page), ("address-code-refused", refused)]
}

pub(crate) fn address_return(language: Language) -> Vec<(&'static str, AddressReturnPage)> {
    let page = AddressReturnPage {
        frame: Frame { visitor: None, ..own_frame(language, Kind::Page, "Adresse zurücknehmen") },
        action: Some("/account/address/returns/abc".into()),
        done: false,
    };
    let done = AddressReturnPage { action: None, done: true, ..page.clone() };
    let over = AddressReturnPage { action: None, ..page.clone() };
    vec![("address-return", page), ("address-return-done", done), ("address-return-over", over)]
}

pub(crate) fn departure(language: Language) -> Vec<(&'static str, DeparturePage)> {
    let page = DeparturePage {
        frame: own_frame(language, Kind::Page, "Konto löschen"),
        due: None,
        days: 7,
        gone: false,
        error: Some(Say::new("say-departure-choose")),
    };
    let due = NOW.plus_minutes(7 * 24 * 60);
    let waiting = DeparturePage { due: Some(due), error: None, ..page.clone() };
    let gone =
        DeparturePage { frame: Frame { visitor: None, ..page.frame.clone() }, gone: true, ..waiting.clone() };
    vec![("departure", page), ("departure-waiting", waiting), ("departure-gone", gone)]
}
