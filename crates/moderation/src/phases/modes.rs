//! What waits where: modes for the whole paper, a section or one article, all day or between two hours.
//!
//! A mode is a row that says who set it and when. A narrower one goes before a wider one, and one for these hours before one for the
//! whole day; where none is set, everything appears at once.

use archive::ArticleId;
use forum::hours::Scope;
use reader::Name;
use store::{Failure, FromColumn, FromRow, Row, Time, Tx, Value, events};
use story::Slug;

use crate::{Moderator, PHASES_CHANGED};

store::id!(
    /// Names a mode that was set.
    ModeId
);

/// Whose texts wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Waits {
    /// Those that the rest of the mode names; if it names none, everything appears at once.
    #[default]
    Some,
    /// Those of all readers; people who work for the paper appear at once.
    Readers,
    /// All texts, those of the house as well.
    Everything,
}

impl Waits {
    /// How it is written in rows and forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Waits::Some => "some",
            Waits::Readers => "readers",
            Waits::Everything => "everything",
        }
    }

    /// Reads a key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Waits> {
        [Waits::Some, Waits::Readers, Waits::Everything].into_iter().find(|waits| waits.key() == key)
    }
}

impl FromColumn for Waits {
    fn from_column(value: Value) -> Option<Waits> {
        Waits::parse(&String::from_column(value)?)
    }
}

/// What waits for the desk before it appears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mode {
    /// Whose texts.
    pub waits: Waits,
    /// Those of readers of whom fewer comments than this have appeared; 0 for none.
    pub newcomers: i64,
    /// Those with an address of the web.
    pub links: bool,
    /// Those that the sorting aid finds this risky or more, in percent.
    pub risk: Option<i64>,
    /// If the oldest text waits for more minutes than this, only those with addresses wait from then on, until it is read.
    /// Says nothing where everything waits.
    pub relief: Option<i64>,
}

impl Mode {
    /// The most comments that can be asked of a newcomer.
    pub const MOST_NEWCOMERS: i64 = 50;
    /// The most minutes until relief: a day.
    pub const LONGEST_RELIEF: i64 = 24 * 60;
}

/// A part of the day in the paper's zone, in minutes since midnight. One that ends before it begins goes over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first minute.
    pub begins: i64,
    /// The first minute after it.
    pub ends: i64,
}

impl Span {
    /// Reads `22:00` and `06:00`. Nothing if one of them is no time of the day, or both are the same.
    #[must_use]
    pub fn parse(begins: &str, ends: &str) -> Option<Span> {
        let minute = |text: &str| {
            let (hour, minute) = text.trim().split_once(':')?;
            let is_short =
                |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            let (hour, minute) = Some((hour, minute)).filter(|(h, m)| is_short(h) && is_short(m))?;
            let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        };
        let span = Span { begins: minute(begins)?, ends: minute(ends)? };
        (span.begins != span.ends).then_some(span)
    }

    /// Whether this minute of the day belongs to it.
    #[must_use]
    pub fn holds(self, minute: i64) -> bool {
        if self.begins < self.ends {
            (self.begins..self.ends).contains(&minute)
        } else {
            minute >= self.begins || minute < self.ends
        }
    }
}

/// A mode that was set.
#[derive(Clone, Debug)]
pub struct Set {
    /// Its id.
    pub id: ModeId,
    /// Where.
    pub scope: Scope,
    /// When; nothing for the whole day.
    pub span: Option<Span>,
    /// What waits.
    pub mode: Mode,
    /// Who set it.
    pub by: Name,
    /// When it was set.
    pub at: Time,
}

impl FromRow for Set {
    fn from_row(row: &mut Row) -> Result<Set, Failure> {
        let id = row.take()?;
        let (section, article): (Option<Slug>, Option<ArticleId>) = (row.take()?, row.take()?);
        let scope = match (section, article) {
            (_, Some(article)) => Scope::Article(article),
            (Some(section), None) => Scope::Section(section),
            (None, None) => Scope::Paper,
        };
        let (begins, ends): (Option<i64>, Option<i64>) = (row.take()?, row.take()?);
        let span = begins.zip(ends).map(|(begins, ends)| Span { begins, ends });
        let mode = Mode {
            waits: row.take()?,
            newcomers: row.take()?,
            links: row.take()?,
            risk: row.take()?,
            relief: row.take()?,
        };
        Ok(Set { id, scope, span, mode, by: row.take()?, at: row.take()? })
    }
}

/// The modes that hold, latest first, at most 1,000; of more than that those of single articles are left out.
pub async fn modes(tx: &mut Tx) -> Result<Vec<Set>, Failure> {
    let sql = "select m.id, m.section, m.article, m.begins, m.ends, m.waits, m.newcomers, m.links, m.risk, m.relief,
                      r.name, m.at
                 from modes m join readers r on r.id = m.moderator
                where not exists (select 1 from mode_ends e where e.mode = m.id)
                order by case when m.article is null then 0 else 1 end, m.id desc limit 1000";
    let mut modes: Vec<Set> = tx.all(sql, ()).await?;
    modes.sort_by_key(|set| std::cmp::Reverse(set.id));
    Ok(modes)
}

/// The modes of one place and these hours that hold.
const SAME: &str = "select m.id from modes m
     where coalesce(m.section, '') = $1 and coalesce(m.article, 0) = $2
       and coalesce(m.begins, -1) = $3 and coalesce(m.ends, -1) = $4
       and not exists (select 1 from mode_ends e where e.mode = m.id)";

/// Sets a mode. The one before it in the same place at the same hours ends.
pub async fn set_mode(
    tx: &mut Tx,
    scope: &Scope,
    span: Option<Span>,
    mode: Mode,
    moderator: Moderator,
    now: Time,
) -> Result<ModeId, Failure> {
    tx.alone("modes").await?;
    let (section, article) = match scope {
        Scope::Paper => (None, None),
        Scope::Section(section) => (Some(section.as_str()), None),
        Scope::Article(article) => (None, Some(*article)),
    };
    let (begins, ends) = (span.map(|span| span.begins), span.map(|span| span.ends));
    let values =
        (section.unwrap_or(""), article.map_or(0, |id| id.0), begins.unwrap_or(-1), ends.unwrap_or(-1));
    let same: Vec<(ModeId,)> = tx.all(SAME, values).await?;
    for (before,) in same {
        end_mode(tx, before, moderator, now).await?;
    }
    let sql = "insert into modes (section, article, begins, ends, waits, newcomers, links, risk, relief, moderator, at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id";
    let values = (
        section,
        article,
        begins,
        ends,
        mode.waits.key(),
        mode.newcomers,
        mode.links,
        mode.risk,
        mode.relief,
        moderator.id(),
        now,
    );
    let id = ModeId(tx.insert(sql, values).await?);
    events::tell(tx, PHASES_CHANGED, 0, now).await?;
    Ok(id)
}

/// A mode holds no longer. False if it did not (any more).
pub async fn end_mode(tx: &mut Tx, mode: ModeId, moderator: Moderator, now: Time) -> Result<bool, Failure> {
    let sql = "insert into mode_ends (mode, moderator, at) select id, $2, $3 from modes where id = $1
               on conflict (mode) do nothing";
    let ended = tx.execute(sql, (mode, moderator.id(), now)).await? == 1;
    if ended {
        events::tell(tx, PHASES_CHANGED, 0, now).await?;
    }
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_day_may_go_over_midnight() {
        #[track_caller]
        fn check(begins: &str, ends: &str, inside: &[i64], outside: &[i64]) {
            let span = Span::parse(begins, ends).expect("a span");
            for minute in inside {
                assert!(span.holds(*minute), "{minute}");
            }
            for minute in outside {
                assert!(!span.holds(*minute), "{minute}");
            }
        }
        check("08:00", "20:00", &[480, 600, 1199], &[0, 479, 1200, 1439]);
        check("22:00", "06:00", &[1320, 1439, 0, 359], &[360, 720, 1319]);
        check("9:5", "9:06", &[545], &[544, 546]);
        for (begins, ends) in
            [("8", "9"), ("24:00", "6:00"), ("08:60", "9:00"), ("8:00", "8:00"), ("+8:00", "9:00"), ("", "")]
        {
            assert_eq!(Span::parse(begins, ends), None, "{begins} {ends}");
        }
    }
}
