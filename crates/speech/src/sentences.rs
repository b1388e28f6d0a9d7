//! The sentences of an article in the order they are read, until `story` tells them itself.

use story::{Article, Block};

/// What a sentence belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The line above the headline.
    Kicker,
    /// The headline.
    Headline,
    /// The lead.
    Lead,
    /// A subhead.
    Subhead,
    /// A block of the body, by its place.
    Block(usize),
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its id in the page.
    pub id: String,
    /// What it belongs to.
    pub part: Part,
    /// Its words.
    pub text: String,
}

/// The sentences in the order they are read.
pub fn spoken_order(article: &Article) -> Vec<Sentence> {
    let mut texts = Vec::new();
    texts.extend(article.kicker.iter().map(|line| (Part::Kicker, line.to_string())));
    texts.push((Part::Headline, article.headline.to_string()));
    texts.extend(article.lead.iter().map(|line| (Part::Lead, line.to_string())));
    for (place, block) in article.body.iter().enumerate() {
        match block {
            Block::Paragraph(text) | Block::Quote { text, .. } => {
                texts.push((Part::Block(place), text.words()));
            }
            Block::Subhead(line) => texts.push((Part::Subhead, line.to_string())),
            Block::List { items, .. } => {
                texts.extend(items.iter().map(|item| (Part::Block(place), item.words())));
            }
            Block::Picture(_) => {}
        }
    }
    let mut sentences = Vec::new();
    for (part, text) in texts {
        for text in text.split_inclusive(". ") {
            let id = format!("s{}", sentences.len() + 1);
            sentences.push(Sentence { id, part, text: text.trim().to_owned() });
        }
    }
    sentences
}
