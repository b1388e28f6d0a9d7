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
    text.split_whitespace().filter(|piece| is_address(piece)).count()
}

fn is_address(piece: &str) -> bool {
    let piece = piece.trim_matches(|letter: char| !letter.is_alphanumeric());
    if piece.contains("://") {
        return true;
    }
    let host = piece.split(['/', '?', '#', ':']).next().unwrap_or(piece);
    // „Wien.Die“ is a forgotten space, „post@host.at“ the address of somebody.
    let Some((name, end)) = host.rsplit_once('.') else { return false };
    let end = end.to_ascii_lowercase();
    let is_host = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-.@_".contains(c));
    is_host && ENDS.contains(&end.as_str())
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
    }
}
