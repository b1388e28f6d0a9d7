//! What is read aloud, and in which order: the one place that gives sentences their ids. The page wraps each sentence in
//! an element with its id, the recording gives its time, and both agree because both ask here.

use std::ops::Range;

use crate::{Article, Block, sentences};

/// One sentence of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// „s1“, „s2“, … in reading order.
    pub id: String,
    /// Where it stands.
    pub part: Part,
    /// Its bytes within the words of that part.
    pub range: Range<usize>,
    /// Its words.
    pub text: String,
}

/// A part of an article that is read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The line above the headline.
    Kicker,
    /// The headline.
    Headline,
    /// The lead.
    Lead,
    /// The words of the block with this index: a paragraph, a subhead or a quote.
    Block(usize),
    /// Who said the quote in the block with this index.
    Speaker(usize),
    /// The item (second) of the list in the block with this index (first).
    Item(usize, usize),
}

/// The sentences of an article in the order in which they are read. Captions, credits, figures and names in the byline are
/// not read aloud. Kicker, headline, subheads and speakers are one sentence each.
#[must_use]
pub fn spoken_order(article: &Article) -> Vec<Sentence> {
    let mut order = Order { article, sentences: Vec::new() };
    if let Some(kicker) = &article.kicker {
        order.whole(Part::Kicker, kicker.as_str());
    }
    order.whole(Part::Headline, article.headline.as_str());
    if let Some(lead) = &article.lead {
        order.split(Part::Lead, lead.as_str());
    }
    for (index, block) in article.body.iter().enumerate() {
        match block {
            Block::Paragraph(text) => order.split(Part::Block(index), &text.words()),
            Block::Subhead(line) => order.whole(Part::Block(index), line.as_str()),
            Block::Quote { text, by } => {
                order.split(Part::Block(index), &text.words());
                if let Some(by) = by {
                    order.whole(Part::Speaker(index), by.as_str());
                }
            }
            Block::List { items, .. } => {
                for (item, text) in items.iter().enumerate() {
                    order.split(Part::Item(index, item), &text.words());
                }
            }
            Block::Picture(_) => {}
        }
    }
    order.sentences
}

struct Order<'a> {
    article: &'a Article,
    sentences: Vec<Sentence>,
}

impl Order<'_> {
    fn whole(&mut self, part: Part, words: &str) {
        self.add(part, 0..words.len(), words);
    }

    fn split(&mut self, part: Part, words: &str) {
        for range in sentences::split(words, self.article.language) {
            self.add(part, range.clone(), &words[range]);
        }
    }

    fn add(&mut self, part: Part, range: Range<usize>, words: &str) {
        let id = format!("s{}", self.sentences.len() + 1);
        self.sentences.push(Sentence { id, part, range, text: words.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    #[test]
    fn every_sentence_has_its_id_and_its_place() {
        let file = "+++\nsection = \"a\"\nkicker = \"Verkehr\"\nheadline = \"Zu. Und nun?\"\nlead = \"Eins. Zwei.\"\n+++\n\
                    Drei *und vier.* Fünf.\n\n![Bild](b.svg \"Nicht gelesen. | Ada\")\n\n## Wie weiter? Warum?\n\n> Sechs. Sieben.\n> — Dr. Ada Lind\n\n\
                    - Acht. Neun.\n- Zehn.\n";
        let article = markdown::read(file, "f").expect("a good file").article;
        let spoken = spoken_order(&article);
        let told: Vec<(&str, Part, &str)> =
            spoken.iter().map(|s| (s.id.as_str(), s.part, s.text.as_str())).collect();
        assert_eq!(
            told,
            [
                ("s1", Part::Kicker, "Verkehr"),
                ("s2", Part::Headline, "Zu. Und nun?"),
                ("s3", Part::Lead, "Eins."),
                ("s4", Part::Lead, "Zwei."),
                ("s5", Part::Block(0), "Drei und vier."),
                ("s6", Part::Block(0), "Fünf."),
                ("s7", Part::Block(2), "Wie weiter? Warum?"),
                ("s8", Part::Block(3), "Sechs."),
                ("s9", Part::Block(3), "Sieben."),
                ("s10", Part::Speaker(3), "Dr. Ada Lind"),
                ("s11", Part::Item(4, 0), "Acht."),
                ("s12", Part::Item(4, 0), "Neun."),
                ("s13", Part::Item(4, 1), "Zehn."),
            ]
        );
        let Block::Paragraph(text) = &article.body[0] else { panic!("no paragraph") };
        assert_eq!(text.cut(spoken[4].range.clone()).words(), "Drei und vier.");
        assert_eq!(text.cut(spoken[4].range.clone()).0.len(), 2);
    }
}
