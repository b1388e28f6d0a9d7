//! Laying out the front page: what stands where.
//!
//! Stories come in the order the newsroom placed them, then by time. No story stands twice among the big places; the
//! ticker, „Meistdiskutiert“ and „Zum Hören“ point at stories wherever they stand.

use std::collections::{HashMap, HashSet};

use story::{Slug, Time};
use theme::{Discussed, Frame, FrontPage, Link, SectionBlock, Teaser, ThreadState, TickerLine};

/// A story on offer for the front page.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its section.
    pub section: Slug,
    /// How it is announced.
    pub teaser: Teaser,
}

/// What stands beside the stories.
pub struct Beside {
    /// Sections in the paper's order, with name and path.
    pub sections: Vec<(Slug, Link)>,
    /// Most discussed, by path of the article, most first.
    pub discussed: Vec<Discussed>,
    /// Whether one can write now.
    pub forum: Option<ThreadState>,
    /// Portraits of columnists by name.
    pub portraits: HashMap<String, theme::PictureView>,
}

/// Lays out the front page. `frame.made` counts as the update of an empty paper.
#[must_use]
pub fn front_page(frame: Frame, offers: &[Offer], beside: Beside) -> FrontPage {
    let mut places = Places { offers, taken: HashSet::new() };
    let lead = places.take(1, |offer| !offer.teaser.opinion).into_iter().next();
    let left = stepped(places.take(3, |offer| !offer.teaser.opinion));
    let mut beneath = places.take(1, |offer| !offer.teaser.opinion);
    beneath.extend(
        places
            .take(1, |offer| offer.teaser.opinion)
            .into_iter()
            .map(|opinion| with_portrait(opinion, &beside.portraits)),
    );
    let blocks = beside
        .sections
        .iter()
        .map(|(slug, link)| {
            let pictured = places.take(3, |offer| offer.section == *slug && offer.teaser.picture.is_some());
            let list = places.take(4, |offer| offer.section == *slug);
            SectionBlock { section: link.clone(), teasers: pictured, list }
        })
        .filter(|block| !block.teasers.is_empty() || !block.list.is_empty())
        .collect();
    let spoken = || offers.iter().filter_map(|offer| offer.teaser.recording_ms);
    FrontPage {
        updated: offers.iter().map(|offer| offer.teaser.at).max().unwrap_or(frame.made),
        issue: None,
        forum: beside.forum,
        breaking: None,
        lead,
        beneath,
        left,
        ticker: ticker(offers),
        discussed: beside.discussed,
        listen: offers
            .iter()
            .filter(|offer| offer.teaser.recording_ms.is_some())
            .take(4)
            .map(|o| o.teaser.clone())
            .collect(),
        listen_ms: spoken().sum(),
        listen_count: spoken().count() as u64,
        blocks,
        frame,
    }
}

struct Places<'a> {
    offers: &'a [Offer],
    taken: HashSet<usize>,
}

impl Places<'_> {
    /// The next `most` stories that fit and stand nowhere yet.
    fn take(&mut self, most: usize, fits: impl Fn(&Offer) -> bool) -> Vec<Teaser> {
        let found: Vec<usize> = self
            .offers
            .iter()
            .enumerate()
            .filter(|(index, offer)| !self.taken.contains(index) && fits(offer))
            .map(|(index, _)| index)
            .take(most)
            .collect();
        self.taken.extend(&found);
        found.into_iter().map(|index| self.offers[index].teaser.clone()).collect()
    }
}

/// A column steps down: the first with its picture, the second with its text, the third a headline.
fn stepped(mut column: Vec<Teaser>) -> Vec<Teaser> {
    for (place, teaser) in column.iter_mut().enumerate() {
        if place > 0 {
            teaser.picture = None;
        }
        if place > 1 {
            teaser.lead = None;
        }
    }
    column
}

fn ticker(offers: &[Offer]) -> Vec<TickerLine> {
    let mut latest: Vec<&Teaser> = offers.iter().map(|offer| &offer.teaser).collect();
    latest.sort_by_key(|teaser| std::cmp::Reverse(teaser.at));
    latest
        .into_iter()
        .take(6)
        .map(|teaser| TickerLine { at: teaser.at, text: teaser.headline.clone(), url: teaser.url.clone() })
        .collect()
}

fn with_portrait(mut opinion: Teaser, portraits: &HashMap<String, theme::PictureView>) -> Teaser {
    opinion.picture = opinion.authors.iter().find_map(|name| portraits.get(name)).cloned();
    opinion
}

/// Whether an article says an opinion: its kicker says so, as it must (a reader has to see the difference).
#[must_use]
pub fn is_opinion(kicker: Option<&str>) -> bool {
    const WORDS: [&str; 9] = [
        "kommentar",
        "meinung",
        "leitartikel",
        "glosse",
        "kolumne",
        "analyse",
        "opinion",
        "comment",
        "column",
    ];
    kicker.is_some_and(|kicker| {
        let kicker = kicker.to_lowercase();
        WORDS.iter().any(|word| {
            kicker == *word || kicker.strip_prefix(word).is_some_and(|rest| rest.starts_with([':', ' ']))
        })
    })
}

/// The latest moment of all, for `Last-Modified`.
#[must_use]
pub fn latest(times: impl IntoIterator<Item = Time>) -> Option<Time> {
    times.into_iter().max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::Language;
    use theme::{Kind, Paper, PictureView};

    fn offer(number: i64, section: &str, pictured: bool, opinion: bool) -> Offer {
        let teaser = Teaser {
            url: format!("/{section}/{number}"),
            kicker: None,
            headline: format!("Nummer {number}"),
            lead: None,
            picture: pictured.then(PictureView::default),
            at: Time(number),
            authors: Vec::new(),
            comments: None,
            recording_ms: (number % 2 == 0).then_some(1_000),
            opinion,
        };
        Offer { section: Slug::parse(section).unwrap(), teaser }
    }

    #[test]
    fn no_story_stands_in_two_places() {
        let offers: Vec<Offer> = (0..30)
            .map(|n| offer(n, if n % 3 == 0 { "stadt" } else { "land" }, n % 2 == 0, n % 7 == 6))
            .collect();
        let sections = ["stadt", "land"].map(|s| (Slug::parse(s).unwrap(), Link::new(format!("/{s}"), s)));
        let beside =
            Beside { sections: sections.to_vec(), discussed: vec![], forum: None, portraits: HashMap::new() };
        let frame = Frame::new(Paper::default(), Language::Austrian, Kind::Front, "Heute", Time(0));
        let page = front_page(frame, &offers, beside);
        let mut urls: Vec<&str> =
            page.lead.iter().chain(&page.left).chain(&page.beneath).map(|t| &*t.url).collect();
        urls.extend(page.blocks.iter().flat_map(|b| b.teasers.iter().chain(&b.list)).map(|t| &*t.url));
        let all = urls.len();
        urls.sort_unstable();
        urls.dedup();
        assert_eq!(urls.len(), all);
        assert_eq!(page.lead.unwrap().url, "/stadt/0");
        assert_eq!(page.ticker[0].text, "Nummer 29");
        assert_eq!((page.listen_count, page.listen_ms), (15, 15_000));
    }

    #[test]
    fn a_kicker_that_says_opinion_makes_one() {
        assert!(is_opinion(Some("Kommentar")));
        assert!(is_opinion(Some("Leitartikel: Wasser")));
        assert!(!is_opinion(Some("Kommentarfunktion")));
        assert!(!is_opinion(Some("Hochwasser")));
        assert!(!is_opinion(None));
    }
}
