//! Finding articles by their words.
//!
//! The database finds the articles in which every word asked for begins a word; of the latest of them those come first
//! that say it in the headline, then those that say it above or below it. „hochwasser“ finds „Hochwasserschutz“.

use std::cmp::Reverse;

use store::{Failure, Time, Tx, search};
use story::{Article, Block, plain_letters};

use crate::lists::{FROM, READ, Teaser};
use crate::{ArticleId, IN_THE_PAPER};

/// The table of the articles' words.
const WORDS: &str = "article_words";
/// How many of the latest are looked at for the best.
const LATEST: i64 = 200;
/// How many are given.
const BEST: usize = 50;

/// Keeps the words of an article in place of those it had.
pub(crate) async fn keep_words(tx: &mut Tx, id: ArticleId, article: &Article) -> Result<(), Failure> {
    let mut words = String::new();
    let mut add = |more: &str| {
        words.push_str(more);
        words.push(' ');
    };
    let lines = [&article.kicker, &article.lead, &article.place].into_iter().flatten();
    let names = article.authors.iter().chain(&article.agencies);
    lines.chain([&article.headline]).chain(names).for_each(|line| add(line.as_str()));
    for block in &article.body {
        match block {
            Block::Paragraph(text) => add(&text.words()),
            Block::Subhead(line) => add(line.as_str()),
            Block::Quote { text, by } => {
                add(&text.words());
                by.iter().for_each(|by| add(by.as_str()));
            }
            Block::List { items, .. } => items.iter().for_each(|text| add(&text.words())),
            Block::Picture(picture) => {
                add(&picture.alt);
                picture.caption.iter().for_each(|caption| add(caption.as_str()));
            }
        }
    }
    search::keep(tx, WORDS, id.0, &words).await
}

/// Articles in which every word asked for begins a word, best first. At most 50.
pub async fn search(tx: &mut Tx, question: &str, now: Time) -> Result<Vec<Teaser>, Failure> {
    let Some(asked) = search::question(tx, question) else { return Ok(Vec::new()) };
    let sql = format!(
        "{READ} {FROM} where {IN_THE_PAPER} and a.id in ({}) order by a.published desc, a.id desc limit $3",
        search::matches(tx, WORDS, 2)
    );
    let mut found: Vec<Teaser> = tx.all(&sql, (now, asked, LATEST)).await?;
    let asked = plain_letters(question);
    found.sort_by_cached_key(|teaser| Reverse(weight(teaser, &asked)));
    found.truncate(BEST);
    Ok(found)
}

/// How much of what was asked for stands where it weighs. Among equals the latest stays first.
fn weight(teaser: &Teaser, asked: &str) -> usize {
    let words = |text: &str| plain_letters(text);
    let counts = |text: Option<&story::Line>, weight: usize| {
        let text = text.map_or_else(String::new, |line| words(line.as_str()));
        let is_begun =
            |asked: &&str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(*asked));
        let asked = asked.split(|c: char| !c.is_alphanumeric()).filter(|asked| !asked.is_empty());
        weight * asked.filter(is_begun).count()
    };
    counts(Some(&teaser.headline), 12) + counts(teaser.kicker.as_ref(), 8) + counts(teaser.lead.as_ref(), 4)
}
