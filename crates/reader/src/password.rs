//! Passwords: what may be one, and how it is kept (T3.1).
//!
//! No rule asks for capitals or signs, and none ever expires; what is refused is what somebody who guesses tries first.
//! Hashing takes tens of milliseconds and 19 MiB: callers run it off the threads that serve.

use std::fmt;
use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use store::{Failure, FromColumn, Value};

use crate::{Mail, Name, Refusal};

/// Memory in KiB and passes, after the OWASP password storage sheet (19 MiB, 2, one lane).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// One to a line, lower case, without digits or signs at the ends: those are taken off before looking.
static COMMON: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<&str> = include_str!("common-passwords.txt").lines().collect();
    words.sort_unstable();
    words
});

/// What a person typed as a password, exactly as typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// What about a person and a paper makes a password easy to guess.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The newspaper's name.
    pub paper: &'a str,
    /// The reader's name.
    pub name: &'a Name,
    /// The reader's address.
    pub mail: &'a Mail,
}

impl Password {
    /// The fewest characters.
    pub const SHORTEST: usize = 8;
    /// The most characters. A sentence fits; a book, which would only cost time to hash, does not.
    pub const LONGEST: usize = 256;

    /// Takes what somebody typed to sign in. Says nothing about whether it would be a good new one.
    pub fn typed(text: &str) -> Result<Password, Refusal> {
        match text.chars().count() {
            n if n < Password::SHORTEST => Err(Refusal::PasswordTooShort),
            n if n > Password::LONGEST => Err(Refusal::PasswordTooLong),
            _ => Ok(Password(text.to_owned())),
        }
    }

    /// Takes a new password and judges it.
    pub fn chosen(text: &str, context: &Context<'_>) -> Result<Password, Refusal> {
        let password = Password::typed(text)?;
        let lower = text.to_lowercase();
        if is_personal(&lower, context) {
            Err(Refusal::PasswordPersonal)
        } else if is_common(&lower) {
            Err(Refusal::PasswordCommon)
        } else {
            Ok(password)
        }
    }

    /// What is kept of it. `salt` is fresh chance. Slow on purpose.
    pub fn hash(&self, salt: [u8; 16]) -> Result<Hashed, Failure> {
        let hash: PasswordHash = argon2id()?
            .hash_password_with_salt(self.0.as_bytes(), &salt)
            .map_err(|e| Failure::because("a password could not be hashed", e))?;
        Ok(Hashed(hash.to_string()))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What is kept of a password: an Argon2id string in PHC format, with its own costs and salt in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(String);

/// What is compared when nobody has the address, so that it takes as long (T3.3). It was made from 32 random bytes
/// that nobody kept.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZWJvZHkgZWxzZTE$tv1yYmkiSDl5wOBiVTqZdRYAzy3tL4u4L0WBn2JGr84";

impl Hashed {
    /// The hash that stands for nobody's password.
    #[must_use]
    pub fn nobodys() -> Hashed {
        Hashed(NOBODYS.to_owned())
    }

    /// Whether `password` is the one that was hashed. Slow on purpose.
    pub fn is_of(&self, password: &Password) -> Result<bool, Failure> {
        let hash = PasswordHash::new(&self.0)
            .map_err(|e| Failure::because("a password row that does not read back", e))?;
        match argon2id()?.verify_password(password.0.as_bytes(), &hash) {
            Ok(()) => Ok(true),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(Failure::because("a password could not be compared", error)),
        }
    }
}

impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(…)")
    }
}

impl From<&Hashed> for Value {
    fn from(hash: &Hashed) -> Value {
        Value::Text(hash.0.clone())
    }
}

impl FromColumn for Hashed {
    fn from_column(value: Value) -> Option<Hashed> {
        String::from_column(value).map(Hashed)
    }
}

fn argon2id() -> Result<Argon2<'static>, Failure> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None)
        .map_err(|e| Failure::because("the costs of a password", e))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// On the list, also with a year or a sign at either end, written twice, or with digits for letters; or a row of keys.
fn is_common(lower: &str) -> bool {
    let is_listed = |word: &str| COMMON.binary_search(&word).is_ok();
    let half = lower.get(..lower.len() / 2).filter(|half| lower == half.repeat(2)).unwrap_or(lower);
    [lower, half].into_iter().any(|text| {
        let core = text.trim_matches(|c: char| !c.is_alphabetic());
        let dressed = text.chars().count() - core.chars().count();
        is_listed(text)
            || is_sequence(text)
            || (dressed <= 6 && is_listed(core))
            || is_listed(&undisguised(text))
            || (dressed <= 6 && is_listed(&undisguised(text.trim_end_matches(|c: char| !c.is_alphabetic()))))
    })
}

/// The digits and signs that people put for letters, put back.
fn undisguised(text: &str) -> String {
    let back = |c| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    text.chars().map(back).collect()
}

/// One step repeated, as in aaaaaaaa, 12345678, hgfedcba or 13579bdf; or a short piece repeated, as in abcabcabc.
fn is_sequence(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let steps = |pair: &[i64]| pair[1] - pair[0];
    let one_step = codes.windows(2).all(|pair| (-2..=2).contains(&steps(pair)))
        && codes.windows(3).filter(|three| steps(&three[..2]) != steps(&three[1..])).count() <= 1;
    let repeats = (1..=codes.len().min(10) / 2)
        .any(|period| codes.len() >= 3 * period && codes.iter().zip(&codes[period..]).all(|(a, b)| a == b));
    one_step || repeats
}

/// What is left without the person's and the paper's own words is too short to be a secret.
fn is_personal(lower: &str, context: &Context<'_>) -> bool {
    let mut words: Vec<String> = [context.paper, context.name.as_str(), context.mail.as_str()]
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= 3)
        .collect();
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    let left = words.iter().fold(lower.to_owned(), |left, word| left.replace(word, ""));
    left.len() < lower.len() && left.chars().filter(|c| c.is_alphabetic()).count() < 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<(), Refusal>) {
        let (name, mail) = (Name::of_staff("Anna Berger"), Mail::parse("a.berger73@example.org"));
        let (Ok(name), Ok(mail)) = (name, mail) else { panic!("the cast is not well") };
        let context = Context { paper: "Der Uferbote", name: &name, mail: &mail };
        assert_eq!(Password::chosen(text, &context).map(drop), expected, "{text:?}");
    }

    #[test]
    fn t3_1_any_8_to_256_characters_will_do() {
        check("kurz123", Err(Refusal::PasswordTooShort));
        check("wortlaut", Ok(()));
        check("   ein Satz mit Leerzeichen   ", Ok(()));
        check("пароль с запахом", Ok(()));
        check("🦆🦆🦢🦆🐟🦆🦆🌊", Ok(()));
        check("nul\0und\nzeile", Ok(()));
        check(&"Der Fluss stieg über die Marke, und keiner ging heim. ".repeat(5)[..256], Ok(()));
        check(&"ä".repeat(257), Err(Refusal::PasswordTooLong));
    }

    #[test]
    fn t3_1_what_everybody_tries_first_is_refused() {
        assert!(COMMON.len() >= 1000, "{} words", COMMON.len());
        for text in [
            "12345678",
            "passwort",
            "Passwort1",
            "PASSWORD!",
            "p4ssw0rt",
            "Sommer2024!",
            "qwertzuiop",
            "hallohallo",
        ] {
            check(text, Err(Refusal::PasswordCommon));
        }
        for text in [
            "aaaaaaaa",
            "87654321",
            "abcdefgh",
            "abcabcabc",
            "11223344",
            "schatz123",
            "!dragon99",
            "fcbayern1900",
        ] {
            check(text, Err(Refusal::PasswordCommon));
        }
    }

    #[test]
    fn t3_1_the_persons_and_the_papers_own_words_are_refused() {
        for text in [
            "annaberger",
            "Anna1973!",
            "bergeranna73",
            "uferbote",
            "DerUferbote1",
            "a.berger73@example.org",
            "example.org99",
        ] {
            check(text, Err(Refusal::PasswordPersonal));
        }
        check("anna mag Karpfen", Ok(()));
    }

    #[test]
    fn t3_1_a_password_is_kept_unchanged_as_argon2id() -> Result<(), Failure> {
        let Ok(password) = Password::typed(" Groß und klein ") else { panic!("a good password") };
        let hash = password.hash([7; 16])?;
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.0);
        assert!(hash.is_of(&password)?);
        for other in ["Groß und klein", " groß und klein ", " Gross und klein "] {
            assert!(!hash.is_of(&Password(other.to_owned()))?);
        }
        assert_ne!(hash, password.hash([8; 16])?);
        Ok(())
    }

    #[test]
    fn t3_3_nobodys_password_costs_as_much_to_check() -> Result<(), Failure> {
        let Ok(password) = Password::typed("irgendein Wort") else { panic!("a good password") };
        let costs = |hash: &Hashed| hash.0.split('$').nth(3).map(str::to_owned);
        assert_eq!(costs(&Hashed::nobodys()), costs(&password.hash([1; 16])?));
        assert!(!Hashed::nobodys().is_of(&password)?);
        Ok(())
    }

    #[test]
    fn t8_2_a_password_does_not_show_in_a_log() {
        assert_eq!(
            format!("{:?} {:?}", Password::typed("geheimes Wort"), Hashed::nobodys()),
            "Ok(Password(…)) Hashed(…)"
        );
    }
}
