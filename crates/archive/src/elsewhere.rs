//! Articles whose text another system serves. Here is only their talk: a row with a headline and the address of the page.
//!
//! They are found by whoever knows them (by id, by their address here, by the address of their page), and stand in no list, feed,
//! sitemap or search of the paper ([`IN_THE_PAPER`](crate::IN_THE_PAPER)).

use std::fmt;

use store::{Failure, FromColumn, Time, Tx, Value, events};
use url::Url;

use crate::reading::{Columns, READ, published};
use crate::{ARTICLE, ArticleId, Published};

/// The address of a page that another system serves: http or https, without a name, a password or a fragment, in the one
/// spelling that browsers send (WHATWG URL), at most [`LONGEST`](Elsewhere::LONGEST) characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere(Url);

impl Elsewhere {
    /// The most characters an address may have.
    pub const LONGEST: usize = 1_000;

    /// Takes an address as a program or a page gives it; the fragment names a place in the page and is left off.
    pub fn parse(text: &str) -> Option<Elsewhere> {
        // A browser would leave these out or turn them into others; nothing is taken that is not what it looks like.
        let odd = |letter: char| letter.is_control() || letter.is_whitespace() || letter == '\\';
        if text.len() > Elsewhere::LONGEST || text.contains(odd) || text.contains(story::is_invisible) {
            return None;
        }
        let mut url = Url::parse(text).ok()?;
        url.set_fragment(None);
        let good = matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && url.as_str().len() <= Elsewhere::LONGEST;
        good.then_some(Elsewhere(url))
    }

    /// The address as text: plain ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Scheme, host and port, as browsers write an origin (RFC 6454): two are the same only if they are the same text.
    #[must_use]
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromColumn for Elsewhere {
    fn from_column(value: Value) -> Option<Elsewhere> {
        Elsewhere::parse(&String::from_column(value)?)
    }
}

impl From<&Elsewhere> for Value {
    fn from(page: &Elsewhere) -> Value {
        Value::Text(page.as_str().to_owned())
    }
}

/// The article that stands at this address of another system, also if it was withdrawn.
pub async fn article_elsewhere(
    tx: &mut Tx,
    page: &Elsewhere,
    now: Time,
) -> Result<Option<Published>, Failure> {
    let sql = format!("{READ} where a.elsewhere = $2 and a.published <= $1");
    let row: Option<Columns> = tx.first(&sql, (now, page)).await?;
    row.map(published).transpose()
}

/// Says that the text of an article stands at this address; it is in no list of the paper from now on. Tells whether the
/// address is this article's: another one may have it already.
pub async fn stands_elsewhere(
    tx: &mut Tx,
    id: ArticleId,
    page: &Elsewhere,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "select id from articles where elsewhere = $1";
    match tx.first::<(ArticleId,)>(sql, (page,)).await? {
        Some((there,)) => Ok(there == id),
        None => {
            tx.execute("update articles set elsewhere = $2 where id = $1", (id, page)).await?;
            events::tell(tx, ARTICLE, id.0, now).await?;
            Ok(true)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Elsewhere;

    #[test]
    fn t2_5_an_address_is_what_a_browser_makes_of_it() {
        #[track_caller]
        fn check(text: &str, expected: Option<(&str, &str)>) {
            let found = Elsewhere::parse(text);
            let found = found.as_ref().map(|page| (page.as_str().to_owned(), page.origin()));
            let found = found.as_ref().map(|(address, origin)| (address.as_str(), origin.as_str()));
            assert_eq!(found, expected, "{text:?}");
        }
        let www = "https://www.example.at";
        check("https://www.example.at/a?b=c#d", Some(("https://www.example.at/a?b=c", www)));
        check("HTTPS://WWW.Example.at:443", Some(("https://www.example.at/", www)));
        check("https://www.example.at/ä\"<", Some(("https://www.example.at/%C3%A4%22%3C", www)));
        check(
            "http://www.example.at:8080/",
            Some(("http://www.example.at:8080/", "http://www.example.at:8080")),
        );
        check(
            "https://www.example.at.evil.example/",
            Some(("https://www.example.at.evil.example/", "https://www.example.at.evil.example")),
        );
        for wrong in [
            "",
            "/a",
            "//www.example.at/",
            "www.example.at/a",
            "javascript:alert(1)",
            "data:text/html,<b>",
            "https://www.example.at@evil.example/",
            "https://a:b@www.example.at/",
            "https://evil.example\\@www.example.at/",
            "https://www.example.at/a b",
            "https://www.example.at/\r\nset-cookie: a=b",
            "https://www.exa\tmple.at/",
            "https://www.exa\u{200b}mple.at/",
            "https://www.example.at/\0",
            "ftp://www.example.at/",
            &format!("https://www.example.at/{}", "a".repeat(1_000)),
            &format!("https://www.example.at/{}", "ä".repeat(300)),
        ] {
            check(wrong, None);
        }
    }
}
