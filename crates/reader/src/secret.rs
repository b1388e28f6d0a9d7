//! What only a browser or a letter holds, and the rows only know by its hash (T3.2, T3.5).

use std::fmt;

use sha2::{Digest, Sha256};

/// 256 bits of chance: the token of a session, the token of a link, the ticket of a code. Its `Debug` shows nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// Makes one of fresh chance.
    #[must_use]
    pub fn from_chance(bytes: [u8; 32]) -> Secret {
        Secret(bytes)
    }

    /// Reads one that came back: 64 small hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Secret> {
        let text = text.as_bytes();
        if text.len() != 64 {
            return None;
        }
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Secret(bytes))
    }

    /// The secret as it is handed out: in a cookie, an address or a form.
    #[must_use]
    pub fn reveal(&self) -> String {
        use std::fmt::Write;
        self.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Another secret that follows from this one, for one purpose; neither it nor its like lead back here.
    pub(crate) fn derived(&self, purpose: &str) -> Secret {
        Secret(Sha256::new().chain_update(purpose.as_bytes()).chain_update(self.0).finalize().into())
    }

    /// What a row keeps. A fast hash will do: there is nothing to guess in 256 bits.
    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }

    /// What a row keeps of a short code; with the ticket in it, because 10^8 codes alone are soon tried.
    pub(crate) fn hash_with(&self, code: &str) -> Vec<u8> {
        Sha256::new().chain_update(self.0).chain_update(code.as_bytes()).finalize().to_vec()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_back_as_it_went() {
        let bytes: [u8; 32] = std::array::from_fn(|n| u8::try_from(n * 8).unwrap_or(255));
        let secret = Secret::from_chance(bytes);
        assert_eq!(Secret::parse(&secret.reveal()), Some(secret));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }

    #[test]
    fn what_is_not_a_secret_is_nothing() {
        let upper = "A".repeat(64);
        let long = "a".repeat(65);
        let odd = "ä".repeat(32);
        for text in ["", "abc", upper.as_str(), long.as_str(), odd.as_str()] {
            assert_eq!(Secret::parse(text), None);
        }
    }
}
