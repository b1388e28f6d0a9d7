//! Letters to readers: plain text, one recipient each, nothing in them that another reader wrote (T1.6).
//!
//! A letter is a row and a job in the transaction that causes it; the [post office](crate::PostOffice) carries it later.

use serde::{Deserialize, Serialize};
use store::{Failure, Time, Tx, jobs};
use story::Language;

use crate::code::GOOD_FOR;
use crate::passkeys::KeyName;
use crate::{Code, Mail};

store::id!(
    /// Names a letter.
    LetterId
);

/// Who writes: the paper and where it is read.
#[derive(Clone, Copy, Debug)]
pub struct House<'a> {
    /// The newspaper's name.
    pub name: &'a str,
    /// Where it is read, without a slash at the end, as in `https://zeitung.example`.
    pub address: &'a str,
}

/// What a letter says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// One line.
    pub subject: String,
    /// The text, lines broken by `\n`.
    pub text: String,
    /// After so many minutes it is not worth sending any more.
    useful_for: i64,
    /// The address that ends letters of this kind (RFC 8058); none where a letter is the answer to what somebody did.
    unsubscribe: Option<String>,
}

/// Letters that are no use after ten minutes, and letters that are.
pub(crate) const DAYS_3: i64 = 3 * 24 * 60;

/// The code to sign in with.
#[must_use]
pub fn code(house: &House<'_>, language: Language, code: &Code) -> Wording {
    let (name, code) = (house.name, code.spoken());
    let (subject, body) = if language.is_german() {
        (
            format!("Ihr Code für {name}"),
            format!(
                "Ihr Code zum Anmelden:\n\n    {code}\n\nEr gilt {GOOD_FOR} Minuten und nur in dem Fenster, in dem Sie ihn angefordert haben.\n\n\
                 Sie haben keinen Code angefordert? Dann hat jemand anderer Ihre Adresse eingegeben. Sie müssen nichts tun; geben Sie den Code niemandem weiter."
            ),
        )
    } else {
        (
            format!("Your code for {name}"),
            format!(
                "Your code to sign in:\n\n    {code}\n\nIt is valid for {GOOD_FOR} minutes and only in the window in which you asked for it.\n\n\
                 You did not ask for a code? Then somebody else typed your address. You need not do anything; do not pass the code on to anyone."
            ),
        )
    };
    wording(house, language, subject, &body, GOOD_FOR)
}

/// The code that opens a new account.
#[must_use]
pub fn welcome(house: &House<'_>, language: Language, code: &Code) -> Wording {
    let (name, code) = (house.name, code.spoken());
    let (subject, body) = if language.is_german() {
        (
            format!("Ihre Registrierung bei {name}"),
            format!(
                "Willkommen! Mit diesem Code schließen Sie Ihre Registrierung ab:\n\n    {code}\n\nEr gilt {GOOD_FOR} Minuten und nur in dem Fenster, in dem Sie sich registriert haben.\n\n\
                 Sie haben sich nicht registriert? Dann hat jemand anderer Ihre Adresse eingegeben. Ohne den Code entsteht kein Konto; Sie müssen nichts tun."
            ),
        )
    } else {
        (
            format!("Your registration at {name}"),
            format!(
                "Welcome! Complete your registration with this code:\n\n    {code}\n\nIt is valid for {GOOD_FOR} minutes and only in the window in which you registered.\n\n\
                 You did not register? Then somebody else typed your address. Without the code no account is opened; you need not do anything."
            ),
        )
    };
    wording(house, language, subject, &body, GOOD_FOR)
}

/// The code for somebody who registers and has an account already.
#[must_use]
pub fn already_here(house: &House<'_>, language: Language, code: &Code) -> Wording {
    let (name, code) = (house.name, code.spoken());
    let (subject, body) = if language.is_german() {
        (
            format!("Sie haben schon ein Konto bei {name}"),
            format!(
                "Zu dieser Adresse gibt es bei uns schon ein Konto. Mit diesem Code melden Sie sich an, ein Passwort brauchen Sie dazu nicht:\n\n    {code}\n\n\
                 Er gilt {GOOD_FOR} Minuten und nur in dem Fenster, in dem Sie sich registrieren wollten. An Ihrem Konto ändert sich nichts.\n\n\
                 Sie wollten sich nicht registrieren? Dann hat jemand anderer Ihre Adresse eingegeben. Sie müssen nichts tun; geben Sie den Code niemandem weiter."
            ),
        )
    } else {
        (
            format!("You already have an account at {name}"),
            format!(
                "There is already an account with this address. Sign in with this code, no password needed:\n\n    {code}\n\n\
                 It is valid for {GOOD_FOR} minutes and only in the window in which you wanted to register. Nothing about your account changes.\n\n\
                 You did not want to register? Then somebody else typed your address. You need not do anything; do not pass the code on to anyone."
            ),
        )
    };
    wording(house, language, subject, &body, GOOD_FOR)
}

/// For somebody who asks for a code and has no account under this address.
#[must_use]
pub fn not_here(house: &House<'_>, language: Language) -> Wording {
    let (name, address) = (house.name, house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Kein Konto bei {name} mit dieser Adresse"),
            format!(
                "Mit dieser Adresse wollte sich jemand anmelden, es gibt dazu aber kein Konto.\n\n\
                 Waren das Sie? Vielleicht haben Sie sich mit einer anderen Adresse registriert. Ein neues Konto eröffnen Sie hier:\n\n    {address}/register\n\n\
                 Wenn nicht, müssen Sie nichts tun."
            ),
        )
    } else {
        (
            format!("No account at {name} with this address"),
            format!(
                "Somebody wanted to sign in with this address, but there is no account for it.\n\n\
                 Was it you? Perhaps you registered with another address. You can open a new account here:\n\n    {address}/register\n\n\
                 If not, you need not do anything."
            ),
        )
    };
    wording(house, language, subject, &body, GOOD_FOR)
}

/// After a password was changed.
#[must_use]
pub fn password_changed(house: &House<'_>, language: Language) -> Wording {
    let (name, address) = (house.name, house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Ihr Passwort bei {name} wurde geändert"),
            format!(
                "Ihr Passwort wurde soeben geändert; alle anderen Geräte sind abgemeldet.\n\n\
                 Waren das nicht Sie? Melden Sie sich mit einem Code per E-Mail an und setzen Sie ein neues Passwort:\n\n    {address}/login"
            ),
        )
    } else {
        (
            format!("Your password at {name} was changed"),
            format!(
                "Your password has just been changed; all other devices are signed out.\n\n\
                 Was it not you? Sign in with a code by mail and set a new password:\n\n    {address}/login"
            ),
        )
    };
    wording(house, language, subject, &body, DAYS_3)
}

/// While somebody guesses at a password.
#[must_use]
pub fn many_tries(house: &House<'_>, language: Language) -> Wording {
    let (name, address) = (house.name, house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Viele Anmeldeversuche bei {name}"),
            format!(
                "Für Ihr Konto wurde mehrmals hintereinander ein Passwort eingegeben. Wir lassen weitere Versuche deshalb nur noch langsam zu; gesperrt ist Ihr Konto nicht.\n\n\
                 Haben Sie Ihr Passwort vergessen? Mit einem Code per E-Mail kommen Sie sofort hinein:\n\n    {address}/login\n\n\
                 Waren das nicht Sie? Dann rät jemand. Ein langes Passwort, das Sie sonst nirgends verwenden, schützt Sie."
            ),
        )
    } else {
        (
            format!("Many attempts to sign in at {name}"),
            format!(
                "A password was entered for your account several times in a row. That is why we now let further attempts through only slowly; your account is not locked.\n\n\
                 Did you forget your password? With a code by mail you get in at once:\n\n    {address}/login\n\n\
                 Was it not you? Then somebody is guessing. A long password that you use nowhere else protects you."
            ),
        )
    };
    wording(house, language, subject, &body, DAYS_3)
}

/// After a passkey was added.
#[must_use]
pub fn passkey_added(house: &House<'_>, language: Language, name: &KeyName) -> Wording {
    let (paper, name, address) = (house.name, name.as_str(), house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Neuer Passkey für Ihr Konto bei {paper}"),
            format!(
                "Mit dem Passkey „{name}“ kann man sich ab jetzt in Ihrem Konto anmelden.\n\n\
                 Waren das nicht Sie? Melden Sie sich an, entfernen Sie ihn und melden Sie alle anderen Geräte ab:\n\n    {address}/account/passkeys"
            ),
        )
    } else {
        (
            format!("New passkey for your account at {paper}"),
            format!(
                "From now on the passkey “{name}” signs in to your account.\n\n\
                 Was it not you? Sign in, remove it and sign out all other devices:\n\n    {address}/account/passkeys"
            ),
        )
    };
    wording(house, language, subject, &body, DAYS_3)
}

/// After a passkey was removed.
#[must_use]
pub fn passkey_removed(house: &House<'_>, language: Language, name: &KeyName) -> Wording {
    let (paper, name, address) = (house.name, name.as_str(), house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Passkey bei {paper} entfernt"),
            format!(
                "Der Passkey „{name}“ öffnet Ihr Konto nicht mehr. Auf dem Gerät selbst löschen Sie ihn in dessen Einstellungen.\n\n\
                 Waren das nicht Sie? Melden Sie sich mit einem Code per E-Mail an und sehen Sie nach:\n\n    {address}/account/passkeys"
            ),
        )
    } else {
        (
            format!("Passkey removed at {paper}"),
            format!(
                "The passkey “{name}” no longer opens your account. On the device itself you delete it in its settings.\n\n\
                 Was it not you? Sign in with a code by mail and have a look:\n\n    {address}/account/passkeys"
            ),
        )
    };
    wording(house, language, subject, &body, DAYS_3)
}

/// When a passkey seems to have a copy.
#[must_use]
pub fn passkey_copied(house: &House<'_>, language: Language) -> Wording {
    let (paper, address) = (house.name, house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Ein Passkey Ihres Kontos bei {paper} wurde vielleicht kopiert"),
            format!(
                "Jemand wollte sich mit einem Passkey anmelden, dessen Zähler zurückgegangen ist. Das kommt vor, wenn es eine Kopie davon gibt. Wir haben die Anmeldung abgelehnt.\n\n\
                 Entfernen Sie diesen Passkey und richten Sie einen neuen ein:\n\n    {address}/account/passkeys"
            ),
        )
    } else {
        (
            format!("A passkey of your account at {paper} may have been copied"),
            format!(
                "Somebody wanted to sign in with a passkey whose counter went back. This happens when there is a copy of it. We refused.\n\n\
                 Remove this passkey and set up a new one:\n\n    {address}/account/passkeys"
            ),
        )
    };
    wording(house, language, subject, &body, DAYS_3)
}

/// After the app that counts codes was set up or taken away.
#[must_use]
pub fn factor_changed(house: &House<'_>, language: Language) -> Wording {
    let (paper, address) = (house.name, house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Ihr zweiter Faktor bei {paper} wurde geändert"),
            format!(
                "Die App, deren Code Sie beim Anmelden eingeben, wurde soeben eingerichtet oder entfernt. Frühere Ersatzcodes gelten nicht mehr.\n\n\
                 Waren das nicht Sie? Sagen Sie es sofort Ihrer Administration, und sehen Sie hier nach:\n\n    {address}/account/second-factor"
            ),
        )
    } else {
        (
            format!("Your second factor at {paper} was changed"),
            format!(
                "The app whose code you type when signing in has just been set up or removed. Earlier recovery codes are no longer valid.\n\n\
                 Was it not you? Tell your administrators at once, and have a look here:\n\n    {address}/account/second-factor"
            ),
        )
    };
    wording(house, language, subject, &body, DAYS_3)
}

/// After a recovery code was used.
#[must_use]
pub fn recovery_used(house: &House<'_>, language: Language, left: i64) -> Wording {
    let (paper, address) = (house.name, house.address);
    let (subject, body) = if language.is_german() {
        (
            format!("Ein Ersatzcode Ihres Kontos bei {paper} wurde verwendet"),
            format!(
                "Jemand hat sich mit einem Ihrer Ersatzcodes angemeldet; unbenutzt sind noch {left}.\n\n\
                 Waren das nicht Sie? Sagen Sie es sofort Ihrer Administration, und richten Sie neue ein:\n\n    {address}/account/second-factor"
            ),
        )
    } else {
        (
            format!("A recovery code of your account at {paper} was used"),
            format!(
                "Somebody signed in with one of your recovery codes; {left} are left.\n\n\
                 Was it not you? Tell your administrators at once, and set up new ones:\n\n    {address}/account/second-factor"
            ),
        )
    };
    wording(house, language, subject, &body, DAYS_3)
}

pub(crate) fn wording(
    house: &House<'_>,
    language: Language,
    subject: String,
    body: &str,
    useful_for: i64,
) -> Wording {
    let greeting = if language.is_german() { "Guten Tag!" } else { "Hello," };
    let text = format!("{greeting}\n\n{body}\n\n-- \n{}\n{}\n", house.name, house.address);
    // A header is one line, whatever the paper is called (T1.6).
    let subject = subject.split(char::is_control).collect::<Vec<_>>().join(" ");
    Wording { subject, text, useful_for, unsubscribe: None }
}

/// Messages of the inbox.
pub(crate) fn gathered(
    house: &House<'_>,
    language: Language,
    subject: String,
    body: &str,
    unsubscribe: String,
) -> Wording {
    Wording { unsubscribe: Some(unsubscribe), ..wording(house, language, subject, body, DAYS_3) }
}

/// A letter that waits or went.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The row.
    pub id: LetterId,
    /// To whom.
    pub recipient: Mail,
    /// One line.
    pub subject: String,
    /// The text; empty once a mail server has taken it, so that no code stays in the rows.
    pub text: String,
    /// When it was written.
    pub made_at: Time,
    /// After this it is not worth sending any more.
    pub useful_until: Time,
    /// When the post office took it.
    pub sent_at: Option<Time>,
    /// The address that ends letters of this kind.
    pub unsubscribe: Option<String>,
}
store::row!(Letter { id, recipient, subject, text, made_at, useful_until, sent_at, unsubscribe });

/// Carries one letter.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendLetter {
    /// Which.
    pub letter: i64,
}

impl jobs::Later for SendLetter {
    const KIND: &'static str = "send-letter";

    fn name(&self) -> Option<String> {
        Some(format!("letter {}", self.letter))
    }
}

/// Carries one letter that is of use for minutes only, such as a code. In a lane of its own, it does not wait behind letters
/// that are of use for days.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendAtOnce {
    /// Which.
    pub letter: i64,
}

impl jobs::Later for SendAtOnce {
    const KIND: &'static str = "send-at-once";
}

/// Writes a letter and has it carried.
pub async fn post(tx: &mut Tx, recipient: &Mail, wording: Wording, now: Time) -> Result<LetterId, Failure> {
    let sql = "insert into letters (recipient, subject, text, made_at, useful_until, unsubscribe)
               values ($1, $2, $3, $4, $5, $6) returning id";
    // Somebody who left has no address; what was on its way to them is not written.
    if recipient.as_str().is_empty() {
        return Ok(LetterId(0));
    }
    let until = now.plus_minutes(wording.useful_for);
    let letter =
        tx.insert(sql, (recipient, wording.subject, wording.text, now, until, wording.unsubscribe)).await?;
    if wording.useful_for <= GOOD_FOR {
        jobs::later(tx, &SendAtOnce { letter }, now).await?;
    } else {
        jobs::later(tx, &SendLetter { letter }, now).await?;
    }
    Ok(LetterId(letter))
}

const LETTER: &str =
    "select id, recipient, subject, text, made_at, useful_until, sent_at, unsubscribe from letters";

/// One letter.
pub async fn letter(tx: &mut Tx, letter: LetterId) -> Result<Option<Letter>, Failure> {
    tx.first(&format!("{LETTER} where id = $1"), (letter,)).await
}

/// The letters of late, latest first, at most 100. Codes stand in them: show them to administrators of a paper
/// without a mail server only.
pub async fn letters(tx: &mut Tx) -> Result<Vec<Letter>, Failure> {
    tx.all(&format!("{LETTER} order by made_at desc, id desc limit 100"), ()).await
}
