//! Reading one article.

use store::{Failure, Time, Tx};
use story::{Article, Correction, Line, Slug};

use crate::{ArticleId, Elsewhere, VISIBLE};

/// An article as it stands in the paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// Its id.
    pub id: ArticleId,
    /// What it says.
    pub article: Article,
    /// First published.
    pub published: Time,
    /// Last changed; the same as `published` if never.
    pub changed: Time,
    /// Its state, counted from 1.
    pub revision: i64,
    /// How many words its text has.
    pub words: i64,
    /// Set if it was withdrawn: nothing of its text may be shown.
    pub withdrawn: Option<Time>,
    /// The page of another system where its text stands. Then its body here is empty.
    pub elsewhere: Option<Elsewhere>,
}

impl Published {
    /// Its path here; of an article that stands elsewhere it leads there.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/{}/{}", self.article.section, self.article.slug)
    }
}

/// What is at an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// The article.
    Here(Box<Published>),
    /// Only the talk: the text stands in another system.
    Elsewhere(Box<Published>),
    /// It has moved to this path.
    Moved(String),
    /// It was withdrawn.
    Withdrawn(Box<Published>),
}

/// A withdrawal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// When.
    pub at: Time,
    /// By whom.
    pub by: Line,
    /// Why, for readers.
    pub reason: Line,
}
store::row!(Withdrawal { at, by, reason });

/// A state an article once had.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Counted from 1.
    pub number: i64,
    /// From when it stood in the paper.
    pub at: Time,
    /// Who brought it in.
    pub by: Line,
    /// What it said.
    pub article: Article,
}

pub(crate) const READ: &str =
    "select a.id, r.story, a.published, a.changed, a.revision, a.words, a.withdrawn, a.elsewhere
                      from articles a join revisions r on r.article = a.id and r.number = a.revision";

pub(crate) type Columns = (ArticleId, String, Time, Time, i64, i64, Option<Time>, Option<Elsewhere>);

pub(crate) fn published(row: Columns) -> Result<Published, Failure> {
    let (id, story, published, changed, revision, words, withdrawn, elsewhere) = row;
    Ok(Published {
        id,
        article: serde_json::from_str(&story)?,
        published,
        changed,
        revision,
        words,
        withdrawn,
        elsewhere,
    })
}

/// An article that readers may see now.
pub async fn article(tx: &mut Tx, id: ArticleId, now: Time) -> Result<Option<Published>, Failure> {
    let row: Option<Columns> = tx.first(&format!("{READ} where {VISIBLE} and a.id = $2"), (now, id)).await?;
    row.map(published).transpose()
}

/// An article in whatever state: for the newsroom.
pub async fn any_article(tx: &mut Tx, id: ArticleId) -> Result<Option<Published>, Failure> {
    let row: Option<Columns> = tx.first(&format!("{READ} where a.id = $1"), (id,)).await?;
    row.map(published).transpose()
}

/// An article by the id its writer gave it, in whatever state, with the hash of what was last imported as it:
/// nothing if it was written here.
pub async fn by_source(tx: &mut Tx, source: &Line) -> Result<Option<(ArticleId, Option<String>)>, Failure> {
    tx.first("select id, imported from articles where source = $1", (source,)).await
}

/// What readers find at an address now.
pub async fn article_at(
    tx: &mut Tx,
    section: &Slug,
    slug: &Slug,
    now: Time,
) -> Result<Option<Found>, Failure> {
    let row: Option<Columns> = tx
        .first(
            &format!("{READ} where a.section = $2 and a.slug = $3 and a.published <= $1"),
            (now, section, slug),
        )
        .await?;
    if let Some(found) = row.map(published).transpose()? {
        let found = Box::new(found);
        return Ok(Some(if found.withdrawn.is_some() {
            Found::Withdrawn(found)
        } else if found.elsewhere.is_some() {
            Found::Elsewhere(found)
        } else {
            Found::Here(found)
        }));
    }
    let sql = "select a.section, a.slug from addresses o join articles a on a.id = o.article
                where o.section = $2 and o.slug = $3 and a.published <= $1";
    let moved: Option<(String, String)> = tx.first(sql, (now, section, slug)).await?;
    Ok(moved.map(|(section, slug)| Found::Moved(format!("/{section}/{slug}"))))
}

/// Whether an article stands at an address now, and since when: for whoever does not need its text. What has moved or was
/// withdrawn is told by [`article_at`].
pub async fn stands_at(
    tx: &mut Tx,
    section: &Slug,
    slug: &Slug,
    now: Time,
) -> Result<Option<(ArticleId, Time)>, Failure> {
    let sql = format!(
        "select a.id, a.published from articles a where {VISIBLE} and a.section = $2 and a.slug = $3"
    );
    tx.first(&sql, (now, section, slug)).await
}

/// What we got wrong in an article and when we said so, latest first, at most 100.
pub async fn corrections(tx: &mut Tx, article: ArticleId) -> Result<Vec<Correction>, Failure> {
    let sql =
        "select at, note, by_whom from corrections where article = $1 order by at desc, id desc limit 100";
    let rows: Vec<(Time, Line, Line)> = tx.all(sql, (article,)).await?;
    Ok(rows.into_iter().map(|(at, note, by)| Correction { at, note, by }).collect())
}

/// Every state an article had, latest first, at most 100.
pub async fn revisions(tx: &mut Tx, article: ArticleId) -> Result<Vec<Revision>, Failure> {
    let sql =
        "select number, at, by_whom, story from revisions where article = $1 order by number desc limit 100";
    let rows: Vec<(i64, Time, Line, String)> = tx.all(sql, (article,)).await?;
    rows.into_iter()
        .map(|(number, at, by, story)| {
            Ok(Revision { number, at, by, article: serde_json::from_str(&story)? })
        })
        .collect()
}

/// The latest withdrawal of an article.
pub async fn withdrawal(tx: &mut Tx, article: ArticleId) -> Result<Option<Withdrawal>, Failure> {
    tx.first("select at, by_whom, reason from withdrawals where article = $1 order by id desc", (article,))
        .await
}
