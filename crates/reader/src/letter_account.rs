//! Letters about the account itself: its address, and its end.

use story::Language;

use crate::address::UNDO_FOR;
use crate::code::GOOD_FOR;
use crate::departure::DAYS;
use crate::letter::{DAYS_3, House, Wording, wording};
use crate::{Code, Secret};

/// To a new address: the code that proves it.
pub(crate) fn confirm_address(house: &House<'_>, language: Language, code: &Code) -> Wording {
    let (paper, code) = (house.name, code.spoken());
    let (subject, body) = if language.is_german() {
        (
            format!("Ihre neue Adresse bei {paper}"),
            format!(
                "Mit diesem Code bestätigen Sie, dass Briefe ab jetzt hierher gehen:\n\n    {code}\n\nEr gilt {GOOD_FOR} Minuten und nur in dem Fenster, in dem Sie die Adresse eingegeben haben.\n\n\
                 Sie haben das nicht verlangt? Dann hat jemand anderer Ihre Adresse eingegeben. Sie müssen nichts tun; geben Sie den Code niemandem weiter."
            ),
        )
    } else {
        (
            format!("Your new address at {paper}"),
            format!(
                "With this code you confirm that letters go here from now on:\n\n    {code}\n\nIt is valid for {GOOD_FOR} minutes and only in the window in which you typed the address.\n\n\
                 You did not ask for it? Then somebody else typed your address. You need not do anything; do not pass the code on to anyone."
            ),
        )
    };
    wording(house, language, subject, &body, GOOD_FOR)
}

/// To an address that has an account already.
pub(crate) fn address_is_yours(house: &House<'_>, language: Language) -> Wording {
    let (paper, address) = (house.name, house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Diese Adresse gehört schon zu einem Konto bei {paper}"),
            format!(
                "Jemand wollte diese Adresse in ein anderes Konto eintragen. Das geht nicht, weil es dazu schon ein Konto gibt.\n\n\
                 Waren das Sie? Melden Sie sich mit dieser Adresse an, oder löschen Sie zuerst jenes Konto:\n\n    {address}/login\n\n\
                 Wenn nicht, müssen Sie nichts tun."
            ),
        )
    } else {
        (
            format!("This address already belongs to an account at {paper}"),
            format!(
                "Somebody wanted to enter this address in another account. That is not possible, because there is an account for it already.\n\n\
                 Was it you? Sign in with this address, or delete that account first:\n\n    {address}/login\n\n\
                 If not, you need not do anything."
            ),
        )
    };
    wording(house, language, subject, &body, GOOD_FOR)
}

/// To the old address: how to take it back. The new one is not in it: the letter may lie in a stranger's mailbox.
pub(crate) fn address_changed(house: &House<'_>, language: Language, undo: &Secret) -> Wording {
    let (paper, days) = (house.name, UNDO_FOR / (24 * 60));
    let link = format!("{}/account/address/returns/{}", house.address, undo.reveal());
    let (subject, body) = if language.is_german() {
        (
            format!("Ihre Adresse bei {paper} wurde geändert"),
            format!(
                "Briefe zu Ihrem Konto gehen ab jetzt an eine andere Adresse.\n\n\
                 Waren das nicht Sie? Dann nehmen Sie die Änderung innerhalb von {days} Tagen hier zurück; alle Geräte werden abgemeldet, und das Passwort gilt nicht mehr:\n\n    {link}"
            ),
        )
    } else {
        (
            format!("Your address at {paper} was changed"),
            format!(
                "From now on letters about your account go to another address.\n\n\
                 Was it not you? Then take the change back here within {days} days; all devices are signed out, and the password is no longer valid:\n\n    {link}"
            ),
        )
    };
    wording(house, language, subject, &body, UNDO_FOR)
}

/// After an account of the provider of logins was connected.
pub(crate) fn login_connected(house: &House<'_>, language: Language, provider: &str) -> Wording {
    let (paper, address) = (house.name, house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Ihr Konto bei {paper} ist verbunden"),
            format!(
                "Mit Ihrem Konto von {provider} melden Sie sich ab jetzt auch hier an.\n\n\
                 Waren das nicht Sie? Melden Sie sich an, trennen Sie die Verbindung und melden Sie alle anderen Geräte ab:\n\n    {address}/account"
            ),
        )
    } else {
        (
            format!("Your account at {paper} is connected"),
            format!(
                "From now on your account of {provider} signs you in here too.\n\n\
                 Was it not you? Sign in, disconnect it and sign out all other devices:\n\n    {address}/account"
            ),
        )
    };
    wording(house, language, subject, &body, DAYS_3)
}

/// After that connection was taken away.
pub(crate) fn login_disconnected(house: &House<'_>, language: Language, provider: &str) -> Wording {
    let (paper, address) = (house.name, house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Ihr Konto bei {paper} ist nicht mehr verbunden"),
            format!(
                "Das Konto von {provider} öffnet Ihr Konto nicht mehr. Sie melden sich jetzt mit Passwort, Passkey oder einem Code per E-Mail an.\n\n\
                 Waren das nicht Sie? Melden Sie sich mit einem Code an und sehen Sie nach:\n\n    {address}/login"
            ),
        )
    } else {
        (
            format!("Your account at {paper} is no longer connected"),
            format!(
                "The account of {provider} no longer opens your account. You now sign in with a password, a passkey or a code by mail.\n\n\
                 Was it not you? Sign in with a code and have a look:\n\n    {address}/login"
            ),
        )
    };
    wording(house, language, subject, &body, DAYS_3)
}

/// To somebody who leaves, in a week or at once.
pub(crate) fn leaving(house: &House<'_>, language: Language, in_a_week: bool) -> Wording {
    let (paper, address) = (house.name, house.address);
    let (subject, body) = match (language.is_german(), in_a_week) {
        (true, true) => (
            format!("Ihr Konto bei {paper} wird gelöscht"),
            format!(
                "Sie haben Ihr Konto zum Löschen angemeldet. Das geschieht in {DAYS} Tagen; bis dahin ist es abgemeldet.\n\n\
                 Haben Sie es sich anders überlegt, oder waren das nicht Sie? Melden Sie sich einfach an:\n\n    {address}/login"
            ),
        ),
        (true, false) => (
            format!("Ihr Konto bei {paper} ist gelöscht"),
            "Sie haben Ihr Konto gelöscht. Das lässt sich nicht zurücknehmen. Danke, dass Sie dabei waren.\n\n\
             Waren das nicht Sie? Antworten Sie der Zeitung; ihre Adresse steht im Impressum."
                .to_owned(),
        ),
        (false, true) => (
            format!("Your account at {paper} will be deleted"),
            format!(
                "You have asked for your account to be deleted. This happens in {DAYS} days; until then it is signed out.\n\n\
                 Have you changed your mind, or was it not you? Simply sign in:\n\n    {address}/login"
            ),
        ),
        (false, false) => (
            format!("Your account at {paper} is deleted"),
            "You have deleted your account. This cannot be undone. Thank you for having been with us.\n\n\
             Was it not you? Write to the newspaper; its address stands in the imprint."
                .to_owned(),
        ),
    };
    wording(house, language, subject, &body, DAYS_3)
}
