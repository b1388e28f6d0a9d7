//! A mail address.

use std::fmt;

use store::{FromColumn, Value};

use crate::Refusal;

/// An address that mail can be sent to: at most 254 characters (RFC 5321, 4.5.3.1), without quotes, comments or
/// literals, domain in lower case and ASCII (`müller.at` becomes `xn--mller-kva.at`).
#[derive(Clone, PartialEq, Eq)]
pub struct Mail(String);

impl Mail {
    /// The most characters.
    pub const LONGEST: usize = 254;

    /// Takes an address as people type it.
    pub fn parse(text: &str) -> Result<Mail, Refusal> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(Refusal::MailUnlikely)?;
        let domain = idna::domain_to_ascii_strict(domain).map_err(|_| Refusal::MailUnlikely)?;
        let mail = format!("{local}@{domain}");
        if is_local(local) && is_domain(&domain) && mail.len() <= Mail::LONGEST {
            Ok(Mail(mail))
        } else {
            Err(Refusal::MailUnlikely)
        }
    }

    /// The address as it is written on a letter.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes an address the same one. Case in front of the @ could matter by the standard and never does.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The part in front of the @.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }
}

/// A dot-atom of RFC 5321, at most 64 characters.
fn is_local(local: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b);
    local.len() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(sign))
}

/// At least two labels, the last of them not a number.
fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.') && domain.split('.').all(label) && !last.bytes().all(|b| b.is_ascii_digit())
}

/// A log line may hold a `Mail` by accident and still tells nothing.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mail(…)")
    }
}

impl From<&Mail> for Value {
    fn from(mail: &Mail) -> Value {
        Value::Text(mail.0.clone())
    }
}

impl FromColumn for Mail {
    fn from_column(value: Value) -> Option<Mail> {
        String::from_column(value).map(Mail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Mail::parse(text).ok().as_ref().map(Mail::as_str), expected, "{text:?}");
    }

    #[test]
    fn an_address_is_taken_as_it_is_typed() {
        check(" Anna.Berger@Example.ORG ", Some("Anna.Berger@example.org"));
        check("anna+zeitung@example.org", Some("anna+zeitung@example.org"));
        check("o'hara@example.org", Some("o'hara@example.org"));
        check("a@müller.at", Some("a@xn--mller-kva.at"));
    }

    #[test]
    fn what_mail_cannot_reach_is_refused() {
        for text in
            ["", "anna", "@example.org", "anna@", "anna@example", "an na@example.org", "anna@[127.0.0.1]"]
        {
            check(text, None);
        }
        for text in ["anna@127.0.0.1", ".anna@example.org", "a..b@example.org", "anna@-x.org", "anna@x..org"]
        {
            check(text, None);
        }
        check(&format!("{}@example.org", "a".repeat(65)), None);
        check(&format!("a@{}.org", "b.".repeat(125)), None);
        check("anna@example.org\r\nBcc: all@example.org", None);
        check("anna@example.org,berta@example.org", None);
        check("\"anna\"@example.org", None);
    }

    #[test]
    fn t8_2_an_address_does_not_show_in_a_log() {
        assert_eq!(format!("{:?}", Mail::parse("anna@example.org")), "Ok(Mail(…))");
    }

    #[test]
    fn case_does_not_make_a_second_account() {
        let keys =
            ["Anna@Example.org", "ANNA@EXAMPLE.ORG"].map(|text| Mail::parse(text).map(|mail| mail.key()));
        assert_eq!(keys[0], keys[1]);
    }
}
