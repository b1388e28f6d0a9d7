//! Lists of articles: by time, by section, by the newsroom's placing. Pages go by key, never by number.

use std::fmt;
use std::str::FromStr;

use store::{Failure, FromRow, Row, Time, Tx, Value, among};
use story::{Language, Line, Picture, Slug};

use crate::{ArticleId, Elsewhere, IN_THE_PAPER, VISIBLE};

/// An article as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Teaser {
    /// Its id.
    pub id: ArticleId,
    /// Its section.
    pub section: Slug,
    /// Its part of the address.
    pub slug: Slug,
    /// The language it is written in.
    pub language: Language,
    /// The line above the headline.
    pub kicker: Option<Line>,
    /// The headline.
    pub headline: Line,
    /// The lead.
    pub lead: Option<Line>,
    /// Names in the byline.
    pub authors: Vec<Line>,
    /// The first picture in its text, with width and height in pixels.
    pub picture: Option<(Picture, u32, u32)>,
    /// First published.
    pub published: Time,
    /// Last changed.
    pub changed: Time,
    /// The page of another system where its text stands; its path here leads there.
    pub elsewhere: Option<Elsewhere>,
}

impl Teaser {
    /// Its path.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/{}/{}", self.section, self.slug)
    }
}

pub(crate) const READ: &str =
    "select a.id, a.section, a.slug, a.language, a.kicker, a.headline, a.lead, a.authors, a.picture,
                           p.width, p.height, a.published, a.changed, a.elsewhere";
pub(crate) const FROM: &str = "from articles a left join pictures p on p.file = a.picture_file";

impl FromRow for Teaser {
    fn from_row(row: &mut Row) -> Result<Teaser, Failure> {
        let (id, section, slug) = (row.take()?, row.take()?, row.take()?);
        let language = Language::parse(&row.take::<String>()?)
            .ok_or_else(|| Failure::new("an article's row names no language"))?;
        let (kicker, headline, lead) = (row.take()?, row.take()?, row.take()?);
        let authors = serde_json::from_str(&row.take::<String>()?)?;
        let picture: Option<String> = row.take()?;
        let (width, height): (Option<i64>, Option<i64>) = (row.take()?, row.take()?);
        let picture = match picture {
            Some(json) => {
                let side = |pixels: Option<i64>| crate::pictures::pixels(pixels.unwrap_or(0));
                Some((serde_json::from_str(&json)?, side(width), side(height)))
            }
            None => None,
        };
        let (published, changed, elsewhere) = (row.take()?, row.take()?, row.take()?);
        Ok(Teaser {
            id,
            section,
            slug,
            language,
            kicker,
            headline,
            lead,
            authors,
            picture,
            published,
            changed,
            elsewhere,
        })
    }
}

/// Where a page of a list ends: the next page begins after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bookmark {
    /// The time by which the list is in order: publication for readers, the latest change for the newsroom.
    pub at: Time,
    /// The article's id.
    pub id: ArticleId,
}

impl fmt::Display for Bookmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.at.0, self.id)
    }
}

impl FromStr for Bookmark {
    type Err = ();

    fn from_str(text: &str) -> Result<Bookmark, ()> {
        let (at, id) = text.split_once('-').ok_or(())?;
        Ok(Bookmark { at: Time(at.parse().map_err(drop)?), id: ArticleId(id.parse().map_err(drop)?) })
    }
}

/// The latest articles, of one section or of all; the page after a bookmark. At most 200.
pub async fn latest(
    tx: &mut Tx,
    section: Option<&Slug>,
    after: Option<Bookmark>,
    limit: i64,
    now: Time,
) -> Result<Vec<Teaser>, Failure> {
    // No list begins later than now, so that it does not have to walk over what is not out yet.
    let newest = Bookmark { at: now, id: ArticleId(i64::MAX) };
    let Bookmark { at: published, id } = after.map_or(newest, |after| after.min(newest));
    let limit = limit.clamp(1, 200);
    let sql = latest_sql(section.is_some());
    match section {
        Some(section) => tx.all(&sql, (now, published, id, limit, section)).await,
        None => tx.all(&sql, (now, published, id, limit)).await,
    }
}

pub(crate) fn latest_sql(of_section: bool) -> String {
    let section = if of_section { "and a.section = $5" } else { "" };
    format!(
        "{READ} {FROM} where {IN_THE_PAPER} {section} and (a.published, a.id) < ($2, $3)
          order by a.published desc, a.id desc limit $4"
    )
}

/// An article in the newsroom's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: ArticleId,
    /// Its section.
    pub section: Slug,
    /// Its part of the address.
    pub slug: Slug,
    /// The headline.
    pub headline: Line,
    /// Out since, or from.
    pub published: Time,
    /// Last changed.
    pub changed: Time,
    /// Set if it was withdrawn.
    pub withdrawn: Option<Time>,
    /// How many corrections it has.
    pub corrections: i64,
}
store::row!(Listed { id, section, slug, headline, published, changed, withdrawn, corrections });

/// All articles of the paper in whatever state, latest change first; the page after a bookmark. For the newsroom.
pub async fn listed(tx: &mut Tx, after: Option<Bookmark>, limit: i64) -> Result<Vec<Listed>, Failure> {
    let newest = Bookmark { at: Time(i64::MAX), id: ArticleId(i64::MAX) };
    let Bookmark { at: changed, id } = after.unwrap_or(newest);
    let sql = "select a.id, a.section, a.slug, a.headline, a.published, a.changed, a.withdrawn,
                      (select count(*) from corrections c where c.article = a.id)
                 from articles a where a.elsewhere is null and (a.changed, a.id) < ($1, $2)
                order by a.changed desc, a.id desc limit $3";
    tx.all(sql, (changed, id, limit.clamp(1, 200))).await
}

/// When the next article comes out that waits for its moment. What was made before then is out of date after it.
pub async fn next_to_appear(tx: &mut Tx, now: Time) -> Result<Option<(Time, ArticleId)>, Failure> {
    let sql = "select published, id from articles
                where published > $1 and withdrawn is null and elsewhere is null
                order by published, id limit 1";
    tx.first(sql, (now,)).await
}

/// What the newsroom placed on the front, in its order. At most 200; what is not placed comes from [`latest`].
pub async fn front(tx: &mut Tx, limit: i64, now: Time) -> Result<Vec<Teaser>, Failure> {
    let sql = format!(
        "{READ} from placements f join articles a on a.id = f.article left join pictures p on p.file = a.picture_file
          where {IN_THE_PAPER} order by f.rank, f.article limit $2"
    );
    tx.all(&sql, (now, limit.clamp(1, 200))).await
}

/// These articles, as far as readers may see them, in no order, also those that stand elsewhere. At most 200.
pub async fn teasers(tx: &mut Tx, ids: &[ArticleId], now: Time) -> Result<Vec<Teaser>, Failure> {
    let ids = &ids[..ids.len().min(200)];
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (places, ids) = among(2, ids.iter().copied());
    let values: Vec<Value> = std::iter::once(now.into()).chain(ids).collect();
    tx.all(&format!("{READ} {FROM} where {VISIBLE} and a.id in ({places})"), values).await
}

/// The articles published before and after this one in its section.
pub async fn neighbours(
    tx: &mut Tx,
    section: &Slug,
    here: Bookmark,
    now: Time,
) -> Result<(Option<Teaser>, Option<Teaser>), Failure> {
    let before = format!(
        "{READ} {FROM} where {IN_THE_PAPER} and a.section = $2 and (a.published, a.id) < ($3, $4)
          order by a.published desc, a.id desc limit 1"
    );
    let after = format!(
        "{READ} {FROM} where {IN_THE_PAPER} and a.section = $2 and (a.published, a.id) > ($3, $4)
          order by a.published, a.id limit 1"
    );
    let previous = tx.first(&before, (now, section, here.at, here.id)).await?;
    let next = tx.first(&after, (now, section, here.at, here.id)).await?;
    Ok((previous, next))
}

/// Paths of all articles with when they last changed, for search engines; latest first, at most 50,000.
pub async fn addresses(tx: &mut Tx, now: Time) -> Result<Vec<(String, Time)>, Failure> {
    let sql = format!(
        "select a.section, a.slug, a.changed from articles a where {IN_THE_PAPER} order by a.published desc, a.id desc limit 50000"
    );
    let rows: Vec<(String, String, Time)> = tx.all(&sql, (now,)).await?;
    Ok(rows.into_iter().map(|(section, slug, changed)| (format!("/{section}/{slug}"), changed)).collect())
}
