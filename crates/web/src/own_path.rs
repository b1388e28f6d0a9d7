//! A path to go on to, taken from a form or an address.

/// A path of this paper (T2.5): it begins with one slash, so that no browser takes it for another host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnPath(String);

impl OwnPath {
    /// Takes a path, or nothing if it leads anywhere else or back to signing in.
    pub(crate) fn parse(text: &str) -> Option<OwnPath> {
        let rest = text.strip_prefix('/')?;
        let good = text.len() <= 512
            && !rest.starts_with('/')
            && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
            && !["login", "logout", "register"].iter().any(|word| {
                rest.strip_prefix(word)
                    .is_some_and(|after| after.is_empty() || after.starts_with(['/', '?', '#']))
            });
        good.then(|| OwnPath(text.to_owned()))
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::OwnPath;

    #[test]
    fn t2_5_a_redirect_stays_in_the_paper() {
        #[track_caller]
        fn check(text: &str, expected: bool) {
            assert_eq!(OwnPath::parse(text).is_some(), expected, "{text:?}");
        }
        check("/", true);
        check("/chronik/feuer-im-hafen/comments?sort=best#c12", true);
        check("/loginmuseum/eroeffnung", true);
        for elsewhere in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "evil.example",
            "",
            "/\t/evil.example",
        ] {
            check(elsewhere, false);
        }
        for odd in
            ["/a\r\nSet-Cookie: x=1", "/ä", "/a b", "/login", "/login?then=/login", "/logout", "/register#x"]
        {
            check(odd, false);
        }
        check(&format!("/{}", "a".repeat(512)), false);
    }
}
