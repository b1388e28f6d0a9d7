//! What an article says to machines: `NewsArticle` as JSON-LD (schema.org).

use serde_json::{Value, json};
use theme::Html;

/// Facts of an article page, for search engines. Everything here also stands on the page.
pub struct NewsArticle<'a> {
    /// Whole address.
    pub address: &'a str,
    /// The headline.
    pub headline: &'a str,
    /// The line above it.
    pub kicker: Option<&'a str>,
    /// The lead.
    pub lead: Option<&'a str>,
    /// Names in the byline.
    pub authors: &'a [String],
    /// Where it was reported from.
    pub place: Option<&'a str>,
    /// The section's name.
    pub section: &'a str,
    /// BCP 47 tag.
    pub language: &'a str,
    /// First published, RFC 3339.
    pub published: &'a str,
    /// Last changed, RFC 3339.
    pub modified: &'a str,
    /// How many words.
    pub words: i64,
    /// Whole address of the main picture, its caption and who made it.
    pub picture: Option<(&'a str, Option<&'a str>, Option<&'a str>)>,
    /// The paper's name and address.
    pub paper: (&'a str, &'a str),
    /// How many comments, if it has a thread.
    pub comments: Option<u64>,
    /// Corrections: when (RFC 3339) and what.
    pub corrections: Vec<(String, String)>,
    /// The recording's whole address and milliseconds.
    pub sound: Option<(&'a str, u64)>,
    /// Whether it says an opinion.
    pub opinion: bool,
}

/// The JSON-LD, ready to stand in a script element.
#[must_use]
pub fn news_article(article: &NewsArticle<'_>) -> Html {
    let (paper, origin) = article.paper;
    let publisher = json!({ "@type": "NewsMediaOrganization", "name": paper, "url": format!("{origin}/"),
        "actionableFeedbackPolicy": format!("{origin}/report") });
    let authors: Vec<Value> =
        article.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect();
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": if article.opinion { "OpinionNewsArticle" } else { "NewsArticle" },
        "mainEntityOfPage": article.address,
        "url": article.address,
        "headline": article.headline,
        "datePublished": article.published,
        "dateModified": article.modified,
        "articleSection": article.section,
        "inLanguage": article.language,
        "wordCount": article.words,
        "isAccessibleForFree": true,
        "publisher": publisher,
        "author": if authors.is_empty() { json!([{ "@type": "Organization", "name": paper }]) } else { Value::Array(authors) },
    });
    let optional = [
        ("alternativeHeadline", article.kicker.map(Value::from)),
        ("description", article.lead.map(Value::from)),
        ("dateline", article.place.map(Value::from)),
        ("commentCount", article.comments.map(Value::from)),
        ("image", article.picture.map(|(url, caption, credit)| {
            json!({ "@type": "ImageObject", "url": url, "caption": caption, "creditText": credit })
        })),
        ("audio", article.sound.map(|(url, milliseconds)| {
            json!({ "@type": "AudioObject", "contentUrl": url, "encodingFormat": "audio/mpeg",
                "duration": format!("PT{}S", milliseconds / 1000) })
        })),
        ("correction", (!article.corrections.is_empty()).then(|| article.corrections.iter().map(|(at, note)| {
            json!({ "@type": "CorrectionComment", "datePublished": at, "text": note })
        }).collect())),
    ];
    for (name, found) in optional {
        if let Some(found) = found {
            value[name] = found;
        }
    }
    Html(for_script(&value.to_string()))
}

/// A comment, for search engines.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its whole address.
    pub address: String,
    /// The name it was written under.
    pub name: String,
    /// When, RFC 3339.
    pub at: String,
    /// What it says, as plain text.
    pub text: String,
    /// Votes in favour and against.
    pub votes: (i64, i64),
    /// What answers it, as far as it stands on the page.
    pub replies: Vec<Said>,
}

/// The JSON-LD of a talk about an article: its whole address, its headline, how many comments there are, and those of the page.
#[must_use]
pub fn discussion(article: &str, headline: &str, count: i64, said: &[Said]) -> Html {
    let value = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": article,
        "url": article,
        "headline": headline,
        "commentCount": count,
        "comment": said.iter().map(comment).collect::<Vec<_>>(),
    });
    Html(for_script(&value.to_string()))
}

fn comment(said: &Said) -> Value {
    let mut value = json!({
        "@type": "Comment",
        "url": said.address,
        "datePublished": said.at,
        "author": { "@type": "Person", "name": said.name },
        "text": said.text,
        "upvoteCount": said.votes.0,
        "downvoteCount": said.votes.1,
    });
    if !said.replies.is_empty() {
        value["comment"] = said.replies.iter().map(comment).collect();
    }
    value
}

/// JSON that can stand in a script element (T1.4).
fn for_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for sign in json.chars() {
        match sign {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", sign as u32)),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t1_4_json_in_a_page_cannot_end_its_script() {
        let safe = for_script(r#"{"a":"</script><!-- & "}"#);
        assert!(!safe.contains(['<', '>', '&']), "{safe}");
        let read: Value = serde_json::from_str(&safe).unwrap();
        assert_eq!(read["a"], "</script><!-- & ");
    }
}
