//! What this room says no to. The sentences are the theme's.

use store::Time;

use crate::elsewhere::Obstacle;

/// A no to a person, which the page says in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A name has fewer than [`Name::SHORTEST`](crate::Name::SHORTEST) characters.
    NameTooShort,
    /// A name has more than [`Name::LONGEST`](crate::Name::LONGEST) characters.
    NameTooLong,
    /// A name has a character that is no letter of a known alphabet, no digit and no sign that names use.
    NameUnusual {
        /// The character; an invisible one is given as U+FFFD.
        character: char,
    },
    /// A name mixes alphabets, as „Аnna" with a Cyrillic А does (T1.7).
    NameMixed,
    /// A name that speaks for the house, such as „Redaktion".
    NameReserved,
    /// Somebody has this name, or one that looks like it.
    NameTaken,
    /// Somebody has this address. Told on the command line only; on the site a letter says it (T3.3).
    MailTaken,
    /// Not an address that mail can be sent to.
    MailUnlikely,
    /// Fewer than [`Password::SHORTEST`](crate::Password::SHORTEST) characters.
    PasswordTooShort,
    /// More than [`Password::LONGEST`](crate::Password::LONGEST) characters.
    PasswordTooLong,
    /// On the list of passwords that everybody tries first.
    PasswordCommon,
    /// Made of the person's own name or address, or of the paper's name.
    PasswordPersonal,
    /// Address and password do not belong together; which of them is wrong is not said (T3.3).
    WrongPassword,
    /// The code is not the one in the letter.
    CodeWrong {
        /// How many tries are left.
        left: i64,
    },
    /// The code was used, is too old, was tried too often, or belongs to another window.
    CodeOver,
    /// The link was used or is too old.
    LinkOver,
    /// Too many tries: it goes on at a later time by itself.
    TooOften {
        /// When it goes on.
        again: Time,
    },
    /// Nobody has this name.
    Nobody,
    /// The paper has an administrator already.
    AdministratorExists,
    /// The last administrator stays one until there is another.
    LastAdministrator,
    /// A passkey's name is empty, longer than [`KeyName::LONGEST`](crate::passkeys::KeyName::LONGEST), or holds what
    /// cannot be seen.
    KeyNameUnfit,
    /// There are [`MOST`](crate::passkeys::MOST) passkeys already.
    PasskeysTooMany,
    /// This passkey is kept already, here or for somebody else.
    PasskeyKnown,
    /// The device's answer does not fit: another paper's, another reader's, or a copy's.
    PasskeyWrong,
    /// The question was answered already, is too old, or was another one.
    ChallengeOver,
    /// Neither a code of the app at this moment nor an unused recovery code.
    FactorWrong,
    /// Somebody who works for the paper keeps one second factor at least.
    LastFactor,
    /// The new address is the one that is there already.
    MailSame,
    /// Whoever works for the paper gives the task back before leaving.
    WorksHere,
    /// The account is on its way out already.
    LeavesAlready,
    /// An account elsewhere did not help.
    Elsewhere(Obstacle),
}
