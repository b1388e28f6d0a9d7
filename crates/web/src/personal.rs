//! What signing in needs on every page: the place of a visit, the cookie, and the words for a refusal.

use http::HeaderValue;
use reader::elsewhere::Obstacle;
use reader::passkeys::{self, KeyName};
use reader::{House, Name, Password, Secret};
use store::{Time, Tx};
use theme::Say;

use crate::{SESSION, Trouble, Visit};

impl Visit {
    /// The place of this visit, as limits know it.
    pub(crate) async fn place(&self, tx: &mut Tx) -> Result<reader::Place, Trouble> {
        Ok(reader::place(tx, self.peer, self.paper.random_bytes(), self.now).await?)
    }

    /// The paper, as letters and devices know it.
    pub(crate) fn house(&self) -> House<'_> {
        House { name: &self.paper.house.name, address: &self.paper.house.address }
    }

    /// A few words in the language of the paper.
    pub(crate) fn in_words<T>(&self, german: T, english: T) -> T {
        if self.paper.house.language.is_german() { german } else { english }
    }
}

/// A refusal of the reader's room in the theme's words.
pub(crate) fn say(refusal: &reader::Refusal, now: Time) -> Say {
    use reader::Refusal as R;
    let limit =
        |key: &str, name: &str, n: usize| Say::new(key).number(name, i64::try_from(n).unwrap_or(i64::MAX));
    match refusal {
        R::NameTooShort => limit("say-name-short", "shortest", Name::SHORTEST),
        R::NameTooLong => limit("say-name-long", "longest", Name::LONGEST),
        R::NameUnusual { character: '\u{FFFD}' } => Say::new("say-name-invisible"),
        R::NameUnusual { character } => Say::new("say-name-unusual").text("character", character.to_string()),
        R::NameMixed => Say::new("say-name-mixed"),
        R::NameReserved => Say::new("say-name-reserved"),
        R::NameTaken => Say::new("say-name-taken"),
        R::MailTaken => Say::new("say-mail-taken"),
        R::MailUnlikely => Say::new("say-mail-unlikely"),
        R::PasswordTooShort => limit("say-password-short", "shortest", Password::SHORTEST),
        R::PasswordTooLong => limit("say-password-long", "longest", Password::LONGEST),
        R::PasswordCommon => Say::new("say-password-common"),
        R::PasswordPersonal => Say::new("say-password-personal"),
        R::WrongPassword => Say::new("say-login-wrong"),
        R::CodeWrong { left } => Say::new("say-code-wrong").number("left", *left),
        R::CodeOver => Say::new("say-code-over"),
        R::LinkOver => Say::new("say-link-over"),
        R::TooOften { again } => Say::new("say-too-often").number("seconds", i64::from(seconds(*again, now))),
        R::Nobody => Say::new("say-nobody"),
        R::AdministratorExists => Say::new("say-administrator-exists"),
        R::LastAdministrator => Say::new("say-administrator-last"),
        R::KeyNameUnfit => limit("say-passkey-name", "longest", KeyName::LONGEST),
        R::PasskeysTooMany => limit("say-passkeys-many", "most", passkeys::MOST),
        R::PasskeyKnown => Say::new("say-passkey-known"),
        R::PasskeyWrong => Say::new("say-passkey-wrong"),
        R::ChallengeOver => Say::new("say-challenge-over"),
        R::FactorWrong => Say::new("say-factor-wrong"),
        R::LastFactor => Say::new("say-factor-last"),
        R::MailSame => Say::new("say-address-same"),
        R::WorksHere => Say::new("say-departure-staff"),
        R::LeavesAlready => Say::new("say-departure-already"),
        R::Elsewhere(obstacle) => Say::new(match obstacle {
            Obstacle::Away => "say-elsewhere-away",
            Obstacle::TurnedBack => "say-elsewhere-back",
            Obstacle::NotExpected => "say-elsewhere-over",
            Obstacle::Untrue => "say-elsewhere-untrue",
            Obstacle::Clock => "say-elsewhere-clock",
            Obstacle::NoMail => "say-elsewhere-mail",
            Obstacle::MailKnown => "say-elsewhere-known",
            Obstacle::Connected => "say-elsewhere-connected",
        }),
    }
}

/// Whole seconds until `again`, at least one.
pub(crate) fn seconds(again: Time, now: Time) -> u32 {
    u32::try_from((again.since(now) + 999) / 1000).unwrap_or(1).max(1)
}

/// The cookie that signs in: not readable by scripts, over HTTPS only, sent to this host only, at most 30 days.
pub(crate) fn signed_in_cookie(token: &Secret) -> Result<HeaderValue, Trouble> {
    cookie(SESSION, &token.reveal(), 30 * 24 * 3600)
}

/// The cookie that signs out.
pub(crate) fn signed_out_cookie() -> Result<HeaderValue, Trouble> {
    cookie(SESSION, "", 0)
}

/// A cookie of at most so many seconds, with all the locks there are (T2.3).
pub(crate) fn cookie(name: &str, value: &str, max_age: u32) -> Result<HeaderValue, Trouble> {
    let text = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={max_age}");
    HeaderValue::try_from(text)
        .map_err(|error| Trouble::Failure(store::Failure::because("a cookie that is no header", error)))
}

#[cfg(test)]
mod tests {
    use reader::Refusal as R;
    use story::Language;
    use theme::{Frame, Kind, LoginPage, Paper, Settings, Theme};

    use super::*;

    #[test]
    fn every_refusal_has_words_in_both_languages() -> Result<(), store::Failure> {
        let theme = Theme::new(Settings { zone: jiff::tz::TimeZone::UTC, folder: None, accent: None })?;
        let refusals = [
            R::NameTooShort,
            R::NameTooLong,
            R::NameUnusual { character: '☎' },
            R::NameUnusual { character: '\u{FFFD}' },
            R::NameMixed,
            R::NameReserved,
            R::NameTaken,
            R::MailTaken,
            R::MailUnlikely,
            R::PasswordTooShort,
            R::PasswordTooLong,
            R::PasswordCommon,
            R::PasswordPersonal,
            R::WrongPassword,
            R::CodeWrong { left: 1 },
            R::CodeOver,
            R::LinkOver,
            R::TooOften { again: Time(30_000) },
            R::Nobody,
            R::AdministratorExists,
            R::LastAdministrator,
            R::KeyNameUnfit,
            R::PasskeysTooMany,
            R::PasskeyKnown,
            R::PasskeyWrong,
            R::ChallengeOver,
            R::FactorWrong,
            R::LastFactor,
            R::MailSame,
            R::WorksHere,
            R::LeavesAlready,
            R::Elsewhere(Obstacle::Away),
            R::Elsewhere(Obstacle::TurnedBack),
            R::Elsewhere(Obstacle::NotExpected),
            R::Elsewhere(Obstacle::Untrue),
            R::Elsewhere(Obstacle::Clock),
            R::Elsewhere(Obstacle::NoMail),
            R::Elsewhere(Obstacle::MailKnown),
            R::Elsewhere(Obstacle::Connected),
        ];
        let other = [
            "say-elsewhere-done",
            "say-elsewhere-removed",
            "say-session-over",
            "say-signed-out",
            "say-sign-in-to-post",
            "say-sign-in-again",
            "say-password-changed",
        ];
        let said = refusals.iter().map(|refusal| say(refusal, Time(0))).chain(other.map(Say::new));
        for (words, language) in
            said.flat_map(|words| [(words.clone(), Language::Austrian), (words, Language::English)])
        {
            let key = words.key.clone();
            let page = LoginPage {
                frame: Frame::new(Paper::default(), language, Kind::Page, "", Time(0)),
                mail: String::new(),
                then: None,
                error: Some(words),
                notice: None,
                draft: None,
                passkeys: true,
                elsewhere: None,
                signed_out: false,
            };
            assert!(!theme.render(&page)?.contains(&key), "{key} has no words in {}", language.tag());
        }
        Ok(())
    }
}
