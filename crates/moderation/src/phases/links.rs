//! Counting the addresses in a text, also those that a page would not make a link of.

/// Ends of host names that people write without `http` in front.
const ENDS: &[&str] = &[
    "at", "de", "ch", "com", "net", "org", "info", "eu", "io", "ru", "me", "tv", "biz", "xyz", "top",
    "online", "shop", "site", "club", "link", "live", "news", "app", "gg", "to", "ly", "co", "cc", "ws",
];

/// How many addresses stand in a text. Reads it once.
#[must_use]
pub fn addresses(text: &str) -> usize {
    // Most texts have neither.
    if !text.contains('.') && !text.contains("://") {
        return 0;
    }
    text.split_whitespace().filter(|piece| piece.contains("://") || holds_a_host(piece)).count()
}

/// Whether one of the parts between signs that no host has is a host: an address may touch other text.
fn holds_a_host(piece: &str) -> bool {
    piece.split(|letter: char| !letter.is_alphanumeric() && !"-.@_".contains(letter)).any(is_host)
}

fn is_host(part: &str) -> bool {
    let part = part.trim_matches(|letter: char| !letter.is_alphanumeric());
    // „Wien.Die“ is a forgotten space, „post@host.at“ the address of somebody.
    let Some((name, end)) = part.rsplit_once('.') else { return false };
    !name.is_empty() && ENDS.contains(&end.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_are_seen_with_and_without_their_beginning() {
        #[track_caller]
        fn check(text: &str, expected: usize) {
            assert_eq!(addresses(text), expected, "{text}");
        }
        check("Kein Wort davon. Wirklich nicht... Oder?", 0);
        check("Siehe https://www.example.at/seite und http://x.example", 2);
        check("Mehr auf www.example.com!", 1);
        check("geld.verdienen.biz/jetzt", 1);
        check("(example.de)", 1);
        check("schreib an anna@example.org", 1);
        check("Das kostet 3.50 Euro, z.B. am 24.11.2026 um 18.30 Uhr.", 0);
        check("Ende.Anfang ohne Leerzeichen", 0);
        check("HTTPS://EXAMPLE.AT", 1);
        check("t.me/kanal", 1);
        check("A.D. 2026 usw.", 0);
        check("Quelle:example.at/seite und schau/example.com", 2);
        check("hier(example.com)", 1);
    }
}
