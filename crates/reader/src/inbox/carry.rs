//! Messages on their way into a letter.

use serde::{Deserialize, Serialize};
use store::{Failure, Time, Tx, Value, jobs};
use story::Language;

use super::{Carry, Kind, MessageId, Topic, wishes};
use crate::letter::{self, House};
use crate::{ReaderId, Secret, account};

/// The most messages in one letter; more are only counted, and read in the inbox.
const IN_A_LETTER: i64 = 50;

/// Carries what waits for one reader.
#[derive(Debug, Serialize, Deserialize)]
pub struct CarryMessages {
    reader: i64,
    carry: String,
}

impl CarryMessages {
    pub(super) fn new(reader: ReaderId, carry: Carry) -> CarryMessages {
        CarryMessages { reader: reader.0, carry: carry.as_str().to_owned() }
    }
}

impl jobs::Later for CarryMessages {
    const KIND: &'static str = "carry-messages";

    fn name(&self) -> Option<String> {
        Some(format!("messages {} {}", self.carry, self.reader))
    }
}

/// What of a message goes into a letter.
struct Line {
    id: MessageId,
    kind: Kind,
    title: String,
    words: String,
    url: String,
    read_at: Option<Time>,
}
store::row!(Line { id, kind, title, words, url, read_at });

pub(super) const WAITING: &str = "select m.id, m.kind, m.title, m.words, m.url, m.read_at from messages m
    where m.reader = $1 and m.carry = $2 order by m.at, m.id limit $3";

/// Writes the letter; nothing if all was read meanwhile. `token` is fresh chance for the letter's way out.
pub async fn carry_messages(
    tx: &mut Tx,
    job: &CarryMessages,
    house: &House<'_>,
    token: &Secret,
    now: Time,
) -> Result<(), Failure> {
    let (reader, Some(carry)) = (ReaderId(job.reader), Carry::parse(&job.carry)) else { return Ok(()) };
    let Some(person) = account::by_id(tx, reader).await? else { return Ok(()) };
    let mut lines: Vec<Line> = tx.all(WAITING, (reader, carry, IN_A_LETTER)).await?;
    let ids: Vec<Value> = lines.iter().map(|line| line.id.into()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let numbers = store::numbered(1, ids.len());
    tx.execute(&format!("update messages set carry = null where id in ({numbers})"), ids).await?;
    // More than one letter holds goes in the next one.
    if lines.len() == usize::try_from(IN_A_LETTER).unwrap_or(0) {
        jobs::later(tx, job, now).await?;
    }
    lines.retain(|line| line.read_at.is_none());
    let Some(first) = lines.first() else { return Ok(()) };
    let topic = Some(first.kind.topic()).filter(|topic| lines.iter().all(|line| line.kind.topic() == *topic));
    wishes::way_out(tx, token, reader, topic, now).await?;
    let way_out = format!("{}/account/mail/{}", house.address, token.reveal());
    let (subject, body) = words(house, person.language, &lines, topic, &way_out);
    let wording = letter::gathered(house, person.language, subject, &body, way_out);
    letter::post(tx, &person.mail, wording, now).await.map(drop)
}

fn words(
    house: &House<'_>,
    language: Language,
    lines: &[Line],
    topic: Option<Topic>,
    way_out: &str,
) -> (String, String) {
    let german = language.is_german();
    let subject = match lines {
        [only] => sentence(only.kind, &only.title, german),
        many if german => format!("{} Nachrichten von {}", many.len(), house.name),
        many => format!("{} messages from {}", many.len(), house.name),
    };
    let mut body = String::new();
    for line in lines {
        body.push_str(&sentence(line.kind, &line.title, german));
        body.push('\n');
        if !line.words.is_empty() {
            body.push('\n');
            for said in line.words.lines() {
                body.push_str(&format!("    {said}\n"));
            }
            body.push('\n');
        }
        body.push_str(&format!("    {}{}\n\n", house.address, line.url));
    }
    let of_what = topic.map(|topic| about(topic, german));
    body.push_str(&match (german, of_what) {
        (true, Some(what)) => format!("Keine Briefe mehr {what}:\n\n    {way_out}"),
        (true, None) => format!("Keine solchen Briefe mehr:\n\n    {way_out}"),
        (false, Some(what)) => format!("No more letters {what}:\n\n    {way_out}"),
        (false, None) => format!("No more letters of this kind:\n\n    {way_out}"),
    });
    (subject, body)
}

/// One sentence about a message. Without the name of whoever did it: a name may look like an address, and letters of ours
/// carry no reader's links (T1.6).
fn sentence(kind: Kind, title: &str, german: bool) -> String {
    let (german_words, english_words) = match kind {
        Kind::Reply => ("Eine Antwort auf Ihren Kommentar", "An answer to your comment"),
        Kind::Mention => ("Ein Kommentar nennt Sie", "A comment mentions you"),
        Kind::Person => ("Jemand, dem Sie folgen, hat geschrieben", "Somebody you follow has written"),
        Kind::Thread => ("Neues in einem Gespräch, dem Sie folgen", "News in a thread you follow"),
        Kind::Removed => ("Ihr Kommentar wurde entfernt", "Your comment was removed"),
        Kind::Restored => ("Ihr Kommentar steht wieder da", "Your comment stands again"),
        Kind::Approved => {
            ("Ihr Kommentar ist freigegeben und erschienen", "Your comment was approved and is published")
        }
        Kind::Refused => ("Ihr Kommentar wurde nicht freigegeben", "Your comment was not approved"),
        Kind::Withheld => {
            ("Eine automatische Regel hat Ihren Text zurückgehalten", "An automatic rule held your text back")
        }
        Kind::Featured => ("Die Redaktion hat Ihren Kommentar ausgewählt", "The newsroom chose your comment"),
        Kind::Verified => ("Die Redaktion kennt Ihren Namen", "The newsroom knows your name"),
        Kind::Decided => ("Eine Entscheidung, die Sie betrifft", "A decision that concerns you"),
        Kind::Benefit => ("Aus der Vorteilswelt", "From your benefits"),
    };
    let words = if german { german_words } else { english_words };
    if title.is_empty() { words.to_owned() } else { format!("{words}: {title}") }
}

fn about(topic: Topic, german: bool) -> &'static str {
    let (german_words, english_words) = match topic {
        Topic::Replies => ("über Antworten", "about answers"),
        Topic::Mentions => ("über Erwähnungen", "about mentions"),
        Topic::Followed => ("über das, dem Sie folgen", "about what you follow"),
        Topic::Decisions => ("über Entscheidungen", "about decisions"),
        Topic::Featured => ("über ausgewählte Kommentare", "about chosen comments"),
        Topic::Benefits => ("über Vorteile", "about benefits"),
    };
    if german { german_words } else { english_words }
}
