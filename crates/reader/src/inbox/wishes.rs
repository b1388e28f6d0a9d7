//! How a reader wants to hear of things, and the way out of letters that stands in each of them (RFC 8058).

use store::{Failure, FromColumn, Time, Tx, Value};

use crate::{ReaderId, Secret};

/// What a reader can wish about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Answers to what they wrote.
    Replies,
    /// Comments that name them.
    Mentions,
    /// People and threads they follow.
    Followed,
    /// What was decided about them.
    Decisions,
    /// Their comments that the desk chose.
    Featured,
    /// Offers, codes and draws for members.
    Benefits,
}

impl Topic {
    /// All topics, as a page lists them.
    pub const ALL: [Topic; 6] = [
        Topic::Replies,
        Topic::Mentions,
        Topic::Followed,
        Topic::Decisions,
        Topic::Featured,
        Topic::Benefits,
    ];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Topic::Replies => "replies",
            Topic::Mentions => "mentions",
            Topic::Followed => "followed",
            Topic::Decisions => "decisions",
            Topic::Featured => "featured",
            Topic::Benefits => "benefits",
        }
    }

    /// What we do for somebody who never said: what was decided about them they hear at once, of the talk once a day.
    fn proposal(self) -> Carry {
        match self {
            Topic::Decisions | Topic::Benefits => Carry::AtOnce,
            Topic::Replies | Topic::Mentions | Topic::Followed | Topic::Featured => Carry::Daily,
        }
    }
}

impl From<Topic> for Value {
    fn from(topic: Topic) -> Value {
        Value::from(topic.as_str())
    }
}

impl FromColumn for Topic {
    fn from_column(value: Value) -> Option<Topic> {
        let word = String::from_column(value)?;
        Topic::ALL.into_iter().find(|topic| topic.as_str() == word)
    }
}

/// When a letter about something goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carry {
    /// Each by itself.
    AtOnce,
    /// Gathered, at the full hour.
    Hourly,
    /// Gathered, at 5 o'clock UTC: before breakfast in Central Europe, summer and winter.
    Daily,
    /// Not at all; it stands in the inbox.
    Never,
}

impl Carry {
    /// All, the most eager first.
    pub const ALL: [Carry; 4] = [Carry::AtOnce, Carry::Hourly, Carry::Daily, Carry::Never];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Carry::AtOnce => "at-once",
            Carry::Hourly => "hourly",
            Carry::Daily => "daily",
            Carry::Never => "never",
        }
    }

    /// Takes the word a form or a row has for it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Carry> {
        Carry::ALL.into_iter().find(|carry| carry.as_str() == word)
    }

    /// When the next letter of this kind goes.
    pub(super) fn next(self, now: Time) -> Time {
        const HOUR: i64 = 3_600_000;
        const DAY: i64 = 24 * HOUR;
        let after = |span: i64, offset: i64| Time((now.0 - offset).div_euclid(span) * span + span + offset);
        match self {
            Carry::AtOnce | Carry::Never => now,
            Carry::Hourly => after(HOUR, 0),
            Carry::Daily => after(DAY, 5 * HOUR),
        }
    }
}

impl From<Carry> for Value {
    fn from(carry: Carry) -> Value {
        Value::from(carry.as_str())
    }
}

impl FromColumn for Carry {
    fn from_column(value: Value) -> Option<Carry> {
        Carry::parse(&String::from_column(value)?)
    }
}

/// What this reader wishes about each topic, in the order of [`Topic::ALL`].
pub async fn wishes(tx: &mut Tx, reader: ReaderId) -> Result<Vec<(Topic, Carry)>, Failure> {
    let sql = "select topic, carry from mail_wishes where reader = $1 order by topic";
    let said: Vec<(Topic, Carry)> = tx.all(sql, (reader,)).await?;
    let wish =
        |topic: Topic| said.iter().find(|wish| wish.0 == topic).map_or(topic.proposal(), |wish| wish.1);
    Ok(Topic::ALL.into_iter().map(|topic| (topic, wish(topic))).collect())
}

pub(super) async fn wish_about(tx: &mut Tx, reader: ReaderId, topic: Topic) -> Result<Carry, Failure> {
    let sql = "select carry from mail_wishes where reader = $1 and topic = $2";
    let row: Option<(Carry,)> = tx.first(sql, (reader, topic)).await?;
    Ok(row.map_or(topic.proposal(), |row| row.0))
}

/// Notes a wish. What waits for a letter already goes as it was to go.
pub async fn wish(
    tx: &mut Tx,
    reader: ReaderId,
    topic: Topic,
    carry: Carry,
    now: Time,
) -> Result<(), Failure> {
    let sql = "insert into mail_wishes (reader, topic, carry, at) values ($1, $2, $3, $4)
               on conflict (reader, topic) do update set carry = excluded.carry, at = excluded.at
                where mail_wishes.carry <> excluded.carry";
    tx.execute(sql, (reader, topic, carry, now)).await?;
    if carry == Carry::Never {
        let words = super::Kind::ALL.into_iter().filter(|kind| kind.topic() == topic);
        for kind in words {
            let sql =
                "update messages set carry = null where reader = $1 and kind = $2 and carry is not null";
            tx.execute(sql, (reader, kind)).await?;
        }
    }
    Ok(())
}

/// What a letter's way out ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsubscription {
    /// Letters about this; about everything if there is none.
    pub topic: Option<Topic>,
}

/// Puts a way out into a letter. `token` is fresh chance.
pub(super) async fn way_out(
    tx: &mut Tx,
    token: &Secret,
    reader: ReaderId,
    topic: Option<Topic>,
    now: Time,
) -> Result<(), Failure> {
    let sql = "insert into unsubscriptions (token, reader, topic, made_at) values ($1, $2, $3, $4)";
    tx.execute(sql, (token.hash(), reader, topic, now)).await.map(drop)
}

/// What this way out ends, if it is one. Nothing is written (T2.4).
pub async fn unsubscription(tx: &mut Tx, token: &Secret) -> Result<Option<Unsubscription>, Failure> {
    let row: Option<(Option<Topic>,)> =
        tx.first("select topic from unsubscriptions where token = $1", (token.hash(),)).await?;
    Ok(row.map(|(topic,)| Unsubscription { topic }))
}

/// Takes the way out: no more letters of that kind. It may be taken again; nothing if it is none.
pub async fn unsubscribe(tx: &mut Tx, token: &Secret, now: Time) -> Result<Option<Unsubscription>, Failure> {
    let sql = "update unsubscriptions set used_at = $2 where token = $1 returning reader, topic";
    let row: Option<(ReaderId, Option<Topic>)> = tx.first(sql, (token.hash(), now)).await?;
    let Some((reader, topic)) = row else { return Ok(None) };
    for ended in topic.map_or_else(|| Topic::ALL.to_vec(), |topic| vec![topic]) {
        wish(tx, reader, ended, Carry::Never, now).await?;
    }
    Ok(Some(Unsubscription { topic }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_gathered_until_the_hour_and_until_the_morning() {
        const HOUR: i64 = 3_600_000;
        #[track_caller]
        fn check(carry: Carry, hours: i64, expected: i64) {
            assert_eq!(
                carry.next(Time(hours * HOUR + 1)),
                Time(expected * HOUR + i64::from(expected == hours))
            );
        }
        check(Carry::AtOnce, 7, 7);
        check(Carry::Hourly, 7, 8);
        check(Carry::Daily, 4, 5);
        check(Carry::Daily, 5, 29);
        check(Carry::Daily, 23, 29);
        assert_eq!(Carry::Daily.next(Time(5 * HOUR)), Time(29 * HOUR), "never at once");
    }
}
