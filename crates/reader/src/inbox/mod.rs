//! What the house has to tell one reader: an answer, a mention, a decision. Read at `/account/inbox`, and sent by mail as
//! its reader wishes ([`wishes`]): each at once, gathered by the hour or the day, or not at all.
//!
//! A message holds a place to go to and the house's own words about it (a headline, a reason). It never holds what another
//! reader wrote: that stands where it stands, or was removed there, and no letter carries it on (T1.6). The sentence around
//! is the theme's; in letters, which know no theme, it is ours.
//!
//! Telling is part of the transaction that has something to tell. Telling twice with one key does nothing, so a job may.

mod carry;
mod wishes;

pub use carry::{CarryMessages, carry_messages};
pub use wishes::{Carry, Topic, Unsubscription, unsubscribe, unsubscription, wish, wishes};

use store::{Failure, FromColumn, Time, Tx, Value, jobs};

use crate::{Name, ReaderId};

store::id!(
    /// Names a message.
    MessageId
);

/// The most messages that one verb reads.
const MOST: i64 = 100;

/// What a message is about. A room that has something new to tell adds its kind here, with a sentence in [`carry`] for
/// letters and `message-{kind}` in the theme's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody answered a comment of theirs; the title is the headline.
    Reply,
    /// Somebody named them in a comment.
    Mention,
    /// Somebody they follow wrote a comment.
    Person,
    /// There are new comments in a thread they follow.
    Thread,
    /// A comment of theirs was removed; the words are the reason.
    Removed,
    /// A comment of theirs stands again; the words are the reason.
    Restored,
    /// What they wrote has waited for the desk, and is in the paper now.
    Approved,
    /// What they wrote has waited for the desk, and does not appear; the words are the reason.
    Refused,
    /// What they wrote was kept out by a rule, without a person; the words are the reason.
    Withheld,
    /// The desk chose a comment of theirs.
    Featured,
    /// The desk knows who they are; or no longer says so. The words are the reason.
    Verified,
    /// Anything else that was decided about them; the title says about what, the words are the reason.
    Decided,
    /// Something of the member benefits; title and words are the house's.
    Benefit,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 13] = [
        Kind::Reply,
        Kind::Mention,
        Kind::Person,
        Kind::Thread,
        Kind::Removed,
        Kind::Restored,
        Kind::Approved,
        Kind::Refused,
        Kind::Withheld,
        Kind::Featured,
        Kind::Verified,
        Kind::Decided,
        Kind::Benefit,
    ];

    /// The word a row has for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Reply => "reply",
            Kind::Mention => "mention",
            Kind::Person => "person",
            Kind::Thread => "thread",
            Kind::Removed => "removed",
            Kind::Restored => "restored",
            Kind::Approved => "approved",
            Kind::Refused => "refused",
            Kind::Withheld => "withheld",
            Kind::Featured => "featured",
            Kind::Verified => "verified",
            Kind::Decided => "decided",
            Kind::Benefit => "benefit",
        }
    }

    /// What a reader can wish about it.
    #[must_use]
    pub fn topic(self) -> Topic {
        match self {
            Kind::Reply => Topic::Replies,
            Kind::Mention => Topic::Mentions,
            Kind::Person | Kind::Thread => Topic::Followed,
            Kind::Removed
            | Kind::Restored
            | Kind::Approved
            | Kind::Refused
            | Kind::Withheld
            | Kind::Verified
            | Kind::Decided => Topic::Decisions,
            Kind::Featured => Topic::Featured,
            Kind::Benefit => Topic::Benefits,
        }
    }
}

impl From<Kind> for Value {
    fn from(kind: Kind) -> Value {
        Value::from(kind.as_str())
    }
}

impl FromColumn for Kind {
    fn from_column(value: Value) -> Option<Kind> {
        let word = String::from_column(value)?;
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Something to tell one reader.
#[derive(Clone, Debug)]
pub struct Message {
    kind: Kind,
    url: String,
    key: String,
    who: Option<ReaderId>,
    title: String,
    words: String,
    renews: bool,
}

impl Message {
    /// A message that leads to `url`, a path of this paper. Of the messages with one `key` a reader gets the first.
    #[must_use]
    pub fn new(kind: Kind, url: impl Into<String>, key: impl Into<String>) -> Message {
        Message {
            kind,
            url: url.into(),
            key: key.into(),
            who: None,
            title: String::new(),
            words: String::new(),
            renews: false,
        }
    }

    /// Who did it. Nobody hears what they did themselves, or of people they ignore.
    #[must_use]
    pub fn by(self, who: ReaderId) -> Message {
        Message { who: Some(who), ..self }
    }

    /// What it is about: a headline, an offer.
    #[must_use]
    pub fn about(self, title: impl Into<String>) -> Message {
        Message { title: title.into(), ..self }
    }

    /// The house's own words, such as the reason of a decision.
    #[must_use]
    pub fn saying(self, words: impl Into<String>) -> Message {
        Message { words: words.into(), ..self }
    }

    /// Told again after it was read, the message is new again: for what happens over and over in one place.
    #[must_use]
    pub fn renewing(self) -> Message {
        Message { renews: true, ..self }
    }
}

/// Tells a reader, and has a letter carried as they wish. Nothing if they were told already or do not want to hear of it.
pub async fn tell(
    tx: &mut Tx,
    reader: ReaderId,
    message: &Message,
    now: Time,
) -> Result<Option<MessageId>, Failure> {
    if message.who == Some(reader) || ignores(tx, reader, message.who).await? {
        return Ok(None);
    }
    let carry = wishes::wish_about(tx, reader, message.kind.topic()).await?;
    let sql = format!(
        "insert into messages (reader, kind, who, title, words, url, key, at, carry)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (reader, key) do {} returning id",
        if message.renews {
            "update set at = excluded.at, who = excluded.who, read_at = null, carry = excluded.carry
              where messages.read_at is not null"
        } else {
            "nothing"
        }
    );
    let Message { kind, url, key, who, title, words, .. } = message;
    let letter = (carry != Carry::Never).then_some(carry);
    let values =
        (reader, *kind, *who, title.as_str(), words.as_str(), url.as_str(), key.as_str(), now, letter);
    let told: Option<(MessageId,)> = tx.first(&sql, values).await?;
    if told.is_some() && letter.is_some() {
        jobs::at(tx, &CarryMessages::new(reader, carry), carry.next(now), now).await?;
    }
    Ok(told.map(|row| row.0))
}

async fn ignores(tx: &mut Tx, reader: ReaderId, who: Option<ReaderId>) -> Result<bool, Failure> {
    let Some(who) = who else { return Ok(false) };
    let sql = "select 1 from ignores where reader = $1 and person = $2";
    let row: Option<(i64,)> = tx.first(sql, (reader, who)).await?;
    Ok(row.is_some())
}

/// Whether this reader was told under this key.
pub async fn was_told(tx: &mut Tx, reader: ReaderId, key: &str) -> Result<bool, Failure> {
    let sql = "select 1 from messages where reader = $1 and key = $2";
    let row: Option<(i64,)> = tx.first(sql, (reader, key)).await?;
    Ok(row.is_some())
}

/// A message as its reader sees it.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its id.
    pub id: MessageId,
    /// What it is about.
    pub kind: Kind,
    /// Who did it, by the name they have now.
    pub who: Option<Name>,
    /// A headline or an offer; empty if there is none.
    pub title: String,
    /// The house's own words; empty if there are none.
    pub words: String,
    /// The path it leads to.
    pub url: String,
    /// When it was told.
    pub at: Time,
    /// When it was read.
    pub read_at: Option<Time>,
}
store::row!(Told { id, kind, who, title, words, url, at, read_at });

const TOLD: &str = "select m.id, m.kind, w.name, m.title, m.words, m.url, m.at, m.read_at
   from messages m left join readers w on w.id = m.who";

/// A reader's messages before that one, latest first, at most `limit` (at most 100).
pub async fn messages(
    tx: &mut Tx,
    reader: ReaderId,
    before: Option<(Time, MessageId)>,
    limit: i64,
) -> Result<Vec<Told>, Failure> {
    let (at, id) = before.unwrap_or((Time(i64::MAX), MessageId(i64::MAX)));
    tx.all(&messages_sql(), (reader, at, id, limit.clamp(1, MOST))).await
}

fn messages_sql() -> String {
    format!("{TOLD} where m.reader = $1 and (m.at, m.id) < ($2, $3) order by m.at desc, m.id desc limit $4")
}

/// How many messages wait to be read; stops counting at 100.
pub async fn unread(tx: &mut Tx, reader: ReaderId) -> Result<i64, Failure> {
    let (count,): (i64,) = tx.one(UNREAD, (reader,)).await?;
    Ok(count)
}

const UNREAD: &str =
    "select count(*) from (select 1 from messages where reader = $1 and read_at is null limit 100) waiting";

/// Notes that everything told until `until` was read.
pub async fn read(tx: &mut Tx, reader: ReaderId, until: Time, now: Time) -> Result<u64, Failure> {
    let sql = "update messages set read_at = $3 where reader = $1 and read_at is null and at <= $2";
    tx.execute(sql, (reader, until, now)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    store::testing::on_both!(
        an_inbox_is_read_by_its_keys,
        &[store::MIGRATIONS, crate::MIGRATIONS],
        |db| async move {
            let mut tx = db.begin().await?;
            let sql =
                "insert into readers (name, name_folded, name_skeleton, mail, mail_key, language, created_at)
                   values ($1, $1, $1, $1, $1, 'de-AT', 0) returning id";
            for name in 0..20 {
                let reader = ReaderId(tx.insert(sql, (format!("r{name}"),)).await?);
                for n in 0..50 {
                    let message = Message::new(Kind::Reply, "/comments/1", format!("comment {n}"));
                    tell(&mut tx, reader, &message, Time(n)).await?;
                }
            }
            let reader = ReaderId(1);
            let far = (reader, Time(i64::MAX), MessageId(i64::MAX), 20_i64);
            for plan in [
                tx.plan(&messages_sql(), far).await?,
                tx.plan(UNREAD, (reader,)).await?,
                tx.plan(carry::WAITING, (reader, Carry::Daily, 50_i64)).await?,
            ] {
                assert!(!plan.contains("SCAN m") && !plan.contains("Seq Scan on messages"), "{plan}");
            }
            Ok(())
        }
    );

    #[test]
    fn a_kind_reads_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_column(Value::from(kind)), Some(kind));
        }
    }
}
