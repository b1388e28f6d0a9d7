//! Finding articles by their words.
//!
//! Each word of a text stands in one row with its weight (headline before lead before text), so that the same SQL finds
//! it on both databases with an index. A word is found from its beginning: „hochwasser“ finds „Hochwasserschutz“.

use std::collections::{BTreeMap, HashMap};

use store::{Failure, Time, Tx};
use story::{Article, Block};
use unicode_normalization::UnicodeNormalization;

use crate::lists::{Teaser, teasers};
use crate::{ArticleId, VISIBLE};

/// The most different words of one article that are kept.
const MOST_WORDS: usize = 2_000;
/// The most words of a question that count.
const MOST_ASKED: usize = 8;

/// The words of a text as they are looked up: lower case, accents and umlauts plain, two letters or more.
fn words(text: &str) -> impl Iterator<Item = String> {
    let plain: String = text
        .nfkd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('ß', "ss");
    plain
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .map(|word| word.chars().take(40).collect())
        .collect::<Vec<String>>()
        .into_iter()
}

fn weights(article: &Article) -> BTreeMap<String, i64> {
    let mut weights: BTreeMap<String, i64> = BTreeMap::new();
    let mut weigh = |text: &str, weight: i64| {
        for word in words(text) {
            *weights.entry(word).or_insert(0) += weight;
        }
    };
    weigh(article.headline.as_str(), 12);
    article.kicker.iter().for_each(|kicker| weigh(kicker.as_str(), 8));
    article.lead.iter().for_each(|lead| weigh(lead.as_str(), 4));
    article.authors.iter().chain(&article.place).for_each(|name| weigh(name.as_str(), 4));
    for block in &article.body {
        match block {
            Block::Paragraph(text) | Block::Quote { text, .. } => weigh(&text.words(), 1),
            Block::Subhead(line) => weigh(line.as_str(), 2),
            Block::List { items, .. } => items.iter().for_each(|text| weigh(&text.words(), 1)),
            Block::Picture(picture) => weigh(&picture.alt, 1),
        }
    }
    weights
}

/// Keeps the words of an article in place of those it had.
pub(crate) async fn keep_words(tx: &mut Tx, id: ArticleId, article: &Article) -> Result<(), Failure> {
    tx.execute("delete from words where article = $1", (id,)).await?;
    let mut kept: Vec<(String, i64)> = weights(article).into_iter().collect();
    if kept.len() > MOST_WORDS {
        kept.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        kept.truncate(MOST_WORDS);
    }
    // Many rows in one statement: an import would otherwise wait for hundreds of round trips per article.
    for some in kept.chunks(100) {
        let rows: Vec<String> =
            (0..some.len()).map(|n| format!("(${}, $1, ${})", 2 * n + 2, 2 * n + 3)).collect();
        let mut values = vec![id.into()];
        for (word, weight) in some {
            values.push(word.into());
            values.push((*weight).into());
        }
        tx.execute(&format!("insert into words (word, article, weight) values {}", rows.join(", ")), values)
            .await?;
    }
    Ok(())
}

/// Articles in which every word asked for begins a word, best first. At most 50.
pub async fn search(tx: &mut Tx, question: &str, now: Time) -> Result<Vec<Teaser>, Failure> {
    let asked: Vec<String> = words(question).take(MOST_ASKED).collect();
    let mut scores: Option<HashMap<i64, i64>> = None;
    for word in &asked {
        let found = weights_of(tx, word, now).await?;
        scores = Some(match scores {
            None => found,
            Some(before) => before
                .into_iter()
                .filter_map(|(id, score)| found.get(&id).map(|more| (id, score + more)))
                .collect(),
        });
    }
    let mut best: Vec<(i64, i64)> = scores.unwrap_or_default().into_iter().collect();
    best.sort_by_key(|(id, score)| (std::cmp::Reverse(*score), std::cmp::Reverse(*id)));
    best.truncate(50);
    let ids: Vec<ArticleId> = best.iter().map(|(id, _)| ArticleId(*id)).collect();
    let mut found = teasers(tx, &ids, now).await?;
    found.sort_by_key(|teaser| ids.iter().position(|id| *id == teaser.id));
    Ok(found)
}

/// The 1,000 articles in which words that begin so weigh most.
async fn weights_of(tx: &mut Tx, beginning: &str, now: Time) -> Result<HashMap<i64, i64>, Failure> {
    let sql = format!(
        "select w.article, cast(sum(w.weight) as bigint) from words w join articles a on a.id = w.article
          where {VISIBLE} and w.word >= $2 and w.word < $3
          group by w.article order by 2 desc, 1 desc limit 1000"
    );
    let end = format!("{beginning}\u{10ffff}");
    let rows: Vec<(i64, i64)> = tx.all(&sql, (now, beginning, end)).await?;
    Ok(rows.into_iter().collect())
}
