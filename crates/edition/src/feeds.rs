//! The paper for feed readers: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, and its addresses for search engines.

use std::io;

use jiff::fmt::rfc2822;
use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesText, Event};
use serde_json::{Value, json};
use store::{Failure, Time};
use story::Language;

/// The most articles in a feed.
pub const FEED_LENGTH: usize = 50;
/// News sitemaps hold articles of the last two days only, at most this many.
pub const NEWS_LENGTH: usize = 1000;

/// A feed of the paper or of one section.
#[derive(Clone, Debug)]
pub struct Feed {
    /// „Der Uferbote: Politik“
    pub title: String,
    /// What it holds, in a sentence.
    pub about: String,
    /// The whole address of the page it stands for.
    pub page: String,
    /// The whole address of the feed, without its ending: `…/feed`.
    pub own: String,
    /// The paper's language.
    pub language: Language,
    /// The paper's name, author of whatever names none.
    pub paper: String,
    /// When something in it last changed.
    pub updated: Time,
    /// Latest first.
    pub items: Vec<Item>,
}

/// An article in a feed.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its whole address that never changes: the id of the entry.
    pub permanent: String,
    /// Its whole address now.
    pub address: String,
    /// The headline.
    pub title: String,
    /// The lead.
    pub summary: Option<String>,
    /// The text as HTML with whole addresses.
    pub html: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The section's name.
    pub section: String,
    /// First published.
    pub published: Time,
    /// Last changed.
    pub updated: Time,
    /// Its language.
    pub language: Language,
    /// The recording: address, bytes and milliseconds.
    pub sound: Option<(String, u64, u64)>,
}

/// A feed's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// RSS 2.0
    Rss,
    /// RFC 4287
    Atom,
    /// JSON Feed 1.1
    Json,
}

impl Form {
    /// The ending of its address.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Form::Rss => "rss",
            Form::Atom => "atom",
            Form::Json => "json",
        }
    }

    /// The media type, with charset where the type has one.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Form::Rss => "application/rss+xml; charset=utf-8",
            Form::Atom => "application/atom+xml; charset=utf-8",
            Form::Json => "application/feed+json",
        }
    }
}

/// Writes the feed.
pub fn feed(feed: &Feed, form: Form) -> Result<String, Failure> {
    match form {
        Form::Rss => xml(|writer| rss(writer, feed)),
        Form::Atom => xml(|writer| atom(writer, feed)),
        Form::Json => Ok(json_feed(feed).to_string()),
    }
}

type Xml = Writer<Vec<u8>>;

fn xml(write: impl FnOnce(&mut Xml) -> io::Result<()>) -> Result<String, Failure> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    write(&mut writer)?;
    String::from_utf8(writer.into_inner()).map_err(|e| Failure::because("a feed that is not UTF-8", e))
}

fn text(writer: &mut Xml, name: &str, words: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(words)).map(drop)
}

fn rss(writer: &mut Xml, feed: &Feed) -> io::Result<()> {
    let root = writer.create_element("rss").with_attributes([
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ]);
    root.write_inner_content(|writer| {
        writer.create_element("channel").write_inner_content(|writer| {
            text(writer, "title", &feed.title)?;
            text(writer, "link", &feed.page)?;
            text(writer, "description", &feed.about)?;
            text(writer, "language", feed.language.tag())?;
            text(writer, "lastBuildDate", &rfc_2822(feed.updated))?;
            let own = format!("{}.rss", feed.own);
            writer
                .create_element("atom:link")
                .with_attributes([("rel", "self"), ("type", "application/rss+xml"), ("href", own.as_str())])
                .write_empty()?;
            feed.items.iter().try_for_each(|item| rss_item(writer, item))
        })?;
        Ok(())
    })?;
    Ok(())
}

fn rss_item(writer: &mut Xml, item: &Item) -> io::Result<()> {
    writer.create_element("item").write_inner_content(|writer| {
        text(writer, "title", &item.title)?;
        text(writer, "link", &item.address)?;
        text(writer, "guid", &item.permanent)?;
        text(writer, "pubDate", &rfc_2822(item.published))?;
        text(writer, "category", &item.section)?;
        for author in &item.authors {
            text(writer, "dc:creator", author)?;
        }
        if let Some(summary) = &item.summary {
            text(writer, "description", summary)?;
        }
        writer.create_element("content:encoded").write_inner_content(|writer| {
            BytesCData::escaped(&item.html).try_for_each(|part| writer.write_event(Event::CData(part)))
        })?;
        if let Some((address, bytes, _)) = &item.sound {
            let bytes = bytes.to_string();
            writer
                .create_element("enclosure")
                .with_attributes([
                    ("url", address.as_str()),
                    ("length", bytes.as_str()),
                    ("type", "audio/mpeg"),
                ])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn atom(writer: &mut Xml, feed: &Feed) -> io::Result<()> {
    let root = writer
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.language.tag())]);
    root.write_inner_content(|writer| {
        let own = format!("{}.atom", feed.own);
        text(writer, "id", &own)?;
        text(writer, "title", &feed.title)?;
        text(writer, "subtitle", &feed.about)?;
        text(writer, "updated", &rfc_3339(feed.updated))?;
        link(writer, "self", "application/atom+xml", &own)?;
        link(writer, "alternate", "text/html", &feed.page)?;
        person(writer, &feed.paper)?;
        feed.items.iter().try_for_each(|item| atom_entry(writer, item))
    })?;
    Ok(())
}

fn atom_entry(writer: &mut Xml, item: &Item) -> io::Result<()> {
    let entry = writer.create_element("entry").with_attributes([("xml:lang", item.language.tag())]);
    entry.write_inner_content(|writer| {
        text(writer, "id", &item.permanent)?;
        text(writer, "title", &item.title)?;
        text(writer, "published", &rfc_3339(item.published))?;
        text(writer, "updated", &rfc_3339(item.updated))?;
        link(writer, "alternate", "text/html", &item.address)?;
        for author in &item.authors {
            person(writer, author)?;
        }
        writer.create_element("category").with_attributes([("term", item.section.as_str())]).write_empty()?;
        if let Some(summary) = &item.summary {
            text(writer, "summary", summary)?;
        }
        let content = writer.create_element("content").with_attributes([("type", "html")]);
        content.write_text_content(BytesText::new(&item.html))?;
        if let Some((address, bytes, _)) = &item.sound {
            let bytes = bytes.to_string();
            let sound = [
                ("rel", "enclosure"),
                ("type", "audio/mpeg"),
                ("href", address.as_str()),
                ("length", bytes.as_str()),
            ];
            writer.create_element("link").with_attributes(sound).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn link(writer: &mut Xml, rel: &str, kind: &str, address: &str) -> io::Result<()> {
    let attributes = [("rel", rel), ("type", kind), ("href", address)];
    writer.create_element("link").with_attributes(attributes).write_empty().map(drop)
}

fn person(writer: &mut Xml, name: &str) -> io::Result<()> {
    writer.create_element("author").write_inner_content(|writer| text(writer, "name", name)).map(drop)
}

fn json_feed(feed: &Feed) -> Value {
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.page,
        "feed_url": format!("{}.json", feed.own),
        "language": feed.language.tag(),
        "authors": [{ "name": feed.paper }],
        "items": feed.items.iter().map(json_item).collect::<Vec<_>>(),
    })
}

fn json_item(item: &Item) -> Value {
    let mut value = json!({
        "id": item.permanent,
        "url": item.address,
        "title": item.title,
        "content_html": item.html,
        "date_published": rfc_3339(item.published),
        "date_modified": rfc_3339(item.updated),
        "language": item.language.tag(),
        "tags": [item.section],
        "authors": item.authors.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
    });
    if let Some(summary) = &item.summary {
        value["summary"] = json!(summary);
    }
    if let Some((address, bytes, milliseconds)) = &item.sound {
        value["attachments"] = json!([{
            "url": address, "mime_type": "audio/mpeg", "size_in_bytes": bytes, "duration_in_seconds": milliseconds / 1000,
        }]);
    }
    value
}

/// One page for search engines: its whole address and when it last changed.
pub type Address = (String, Option<Time>);

/// The sitemap: at most 50,000 addresses.
pub fn sitemap(addresses: &[Address]) -> Result<String, Failure> {
    xml(|writer| {
        let root = writer
            .create_element("urlset")
            .with_attributes([("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")]);
        root.write_inner_content(|writer| {
            addresses.iter().take(50_000).try_for_each(|(address, changed)| {
                let url = writer.create_element("url");
                url.write_inner_content(|writer| {
                    text(writer, "loc", address)?;
                    changed.map_or(Ok(()), |at| text(writer, "lastmod", &rfc_3339(at)))
                })
                .map(drop)
            })
        })?;
        Ok(())
    })
}

/// The news sitemap: give it only articles of the last two days.
pub fn news_sitemap(paper: &str, items: &[Item]) -> Result<String, Failure> {
    xml(|writer| {
        let root = writer.create_element("urlset").with_attributes([
            ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
            ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9"),
        ]);
        root.write_inner_content(|writer| {
            items.iter().take(NEWS_LENGTH).try_for_each(|item| news_entry(writer, paper, item))
        })?;
        Ok(())
    })
}

fn news_entry(writer: &mut Xml, paper: &str, item: &Item) -> io::Result<()> {
    writer.create_element("url").write_inner_content(|writer| {
        text(writer, "loc", &item.address)?;
        writer.create_element("news:news").write_inner_content(|writer| {
            writer.create_element("news:publication").write_inner_content(|writer| {
                text(writer, "news:name", paper)?;
                text(writer, "news:language", item.language.tag().split('-').next().unwrap_or("de"))
            })?;
            text(writer, "news:publication_date", &rfc_3339(item.published))?;
            text(writer, "news:title", &item.title)
        })?;
        Ok(())
    })?;
    Ok(())
}

pub(crate) fn rfc_3339(at: Time) -> String {
    jiff::Timestamp::from_second(at.0.div_euclid(1000)).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

fn rfc_2822(at: Time) -> String {
    let second = jiff::Timestamp::from_second(at.0.div_euclid(1000)).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    rfc2822::DateTimePrinter::new().timestamp_to_string(&second).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::Reader;

    fn a_feed() -> Feed {
        Feed {
            title: "Der Bote".to_owned(),
            about: "Alles".to_owned(),
            page: "https://bote.example/".to_owned(),
            own: "https://bote.example/feed".to_owned(),
            language: Language::Austrian,
            paper: "Der Bote".to_owned(),
            updated: Time(1_700_000_000_000),
            items: vec![Item {
                permanent: "https://bote.example/a/1".to_owned(),
                address: "https://bote.example/stadt/feuer".to_owned(),
                title: "Feuer & <Flamme>".to_owned(),
                summary: Some("Es brennt ]]> \u{fffd}".to_owned()),
                html: "<p>Es brennt]]>.</p>".to_owned(),
                authors: vec!["Ada".to_owned()],
                section: "Stadt".to_owned(),
                published: Time(1_700_000_000_123),
                updated: Time(1_700_000_100_000),
                language: Language::Austrian,
                sound: Some(("https://bote.example/stadt/feuer/audio.mp3".to_owned(), 1234, 61_000)),
            }],
        }
    }

    /// Reads all of it, so that an unescaped sign is noticed; gives the text of every element called `name`.
    fn texts(xml: &str, name: &str) -> Vec<String> {
        let mut reader = Reader::from_str(xml);
        let (mut found, mut inside) = (Vec::new(), false);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(start) => {
                    inside = start.name().as_ref() == name;
                    if inside {
                        found.push(String::new());
                    }
                }
                Event::Text(text) if inside => found.last_mut().unwrap().push_str(&text),
                Event::GeneralRef(entity) if inside => {
                    let sign = match &*entity {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        other => panic!("unknown entity {other}"),
                    };
                    found.last_mut().unwrap().push_str(sign);
                }
                Event::CData(text) if inside => found.last_mut().unwrap().push_str(&text),
                Event::End(_) => inside = false,
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    #[test]
    fn t1_5_signs_that_mean_something_in_xml_come_back_as_they_were() {
        let rss = feed(&a_feed(), Form::Rss).unwrap();
        assert_eq!(texts(&rss, "title")[1], "Feuer & <Flamme>");
        assert_eq!(texts(&rss, "content:encoded"), ["<p>Es brennt]]>.</p>"]);
        let atom = feed(&a_feed(), Form::Atom).unwrap();
        assert_eq!(texts(&atom, "content"), ["<p>Es brennt]]>.</p>"]);
        assert_eq!(texts(&atom, "updated"), ["2023-11-14T22:13:20Z", "2023-11-14T22:15:00Z"]);
    }

    #[test]
    fn a_feed_says_what_its_format_asks_for() {
        let rss = feed(&a_feed(), Form::Rss).unwrap();
        assert!(rss.contains("Tue, 14 Nov 2023 22:13:20 "), "{rss}");
        assert!(rss.contains(
            r#"<enclosure url="https://bote.example/stadt/feuer/audio.mp3" length="1234" type="audio/mpeg"/>"#
        ));
        let json: Value = serde_json::from_str(&feed(&a_feed(), Form::Json).unwrap()).unwrap();
        assert_eq!(json["items"][0]["attachments"][0]["duration_in_seconds"], 61);
        assert_eq!(json["items"][0]["id"], "https://bote.example/a/1");
    }

    #[test]
    fn search_engines_get_addresses_and_the_news_of_two_days() {
        let map = sitemap(&[("https://bote.example/?a&b".to_owned(), Some(Time(0)))]).unwrap();
        assert_eq!(texts(&map, "loc"), ["https://bote.example/?a&b"]);
        let news = news_sitemap("Der Bote", &a_feed().items).unwrap();
        assert_eq!(texts(&news, "news:language"), ["de"]);
    }
}
