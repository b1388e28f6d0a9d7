//! Subscriptions of the printed or digital paper, as the subscription system knows them: a number, a proof, a tier, a time.
//!
//! They come as a table ([`import`]) or one by one through the hook ([`hear`](super::hear)). They name nobody; a reader who
//! knows number and proof makes one theirs ([`claim`]), and from then on the membership follows the subscription.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::{Failure, Time, Tx};
use story::Slug;

use super::members::{self, Gift};
use super::tiers::{self, Tier, TierId};
use super::{Refusal, csv};
use crate::ReaderId;
use crate::pace::{self, Pace};

/// The most lines of one table. It goes in whole or not at all, so everybody who writes waits for it once.
pub const LONGEST_TABLE: usize = 20_000;

/// One subscription as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    number: String,
    proof: String,
    tier: TierId,
    from: Time,
    until: Option<Time>,
}

/// Why one line cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The head lacks this column.
    NoColumn(&'static str),
    /// A number is 1 to 30 letters, digits and hyphens.
    Number,
    /// The same number stands in this line already.
    Twice(usize),
    /// A proof (a postcode, or the code from a letter) is 3 to 30 letters and digits.
    Proof,
    /// No tier is called like this.
    Tier(String),
    /// A date is written 2026-12-31 or 31.12.2026, and the end comes after the beginning.
    Date(String),
    /// A quotation mark is opened and not closed.
    Quote,
    /// More than [`LONGEST_TABLE`] lines.
    TooMany,
}

/// What came of a table. With a refused line nothing was taken at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Numbers that were not known before.
    pub new: usize,
    /// Numbers that were known with another tier, time or proof.
    pub changed: usize,
    /// Numbers that were known just like that.
    pub unchanged: usize,
    /// Lines that cannot be taken, by their number in the file, and why.
    pub refused: Vec<(usize, Wrong)>,
}

/// Takes a table with the columns `number`, `proof` (or `postcode`), `tier`, `from` and `until`, or as they are called in German;
/// the last two may be empty. Dates are days of the paper, written 2026-12-31 or 31.12.2026; a subscription holds to the end of its last day. Nothing is half in: commit only a
/// [`Proof`] without refused lines.
pub async fn import(tx: &mut Tx, table: &str, zone: &TimeZone, now: Time) -> Result<Proof, Failure> {
    let tiers = tiers::tiers(tx).await?;
    let mut proof = Proof::default();
    let told = match read(table, &tiers, zone, now) {
        Ok(told) => told,
        Err(refused) => return Ok(Proof { refused, ..proof }),
    };
    for subscription in &told {
        match keep(tx, subscription, "import", now).await? {
            Kept::New => proof.new += 1,
            Kept::Changed => proof.changed += 1,
            Kept::Unchanged => proof.unchanged += 1,
        }
    }
    Ok(proof)
}

/// Reads the whole table before anything is written.
fn read(
    table: &str,
    tiers: &[Tier],
    zone: &TimeZone,
    now: Time,
) -> Result<Vec<Subscription>, Vec<(usize, Wrong)>> {
    let rows = csv::read(table).map_err(|line| vec![(line, Wrong::Quote)])?;
    let Some((head, rows)) = rows.split_first() else { return Err(vec![(1, Wrong::NoColumn("number"))]) };
    if rows.len() > LONGEST_TABLE {
        return Err(vec![(rows[LONGEST_TABLE].line, Wrong::TooMany)]);
    }
    let column = |names: &[&'static str]| {
        let place =
            head.cells.iter().position(|cell| names.iter().any(|name| cell.eq_ignore_ascii_case(name)));
        place.ok_or_else(|| vec![(head.line, Wrong::NoColumn(names[0]))])
    };
    let places = [
        column(&["number", "Nummer", "Abonummer"])?,
        column(&["proof", "postcode", "Postleitzahl", "PLZ", "Code"])?,
        column(&["tier", "Stufe"])?,
        column(&["from", "von", "ab"])?,
        column(&["until", "bis"])?,
    ];
    let (mut told, mut refused) = (Vec::with_capacity(rows.len()), Vec::new());
    let mut seen = std::collections::HashMap::new();
    for row in rows {
        let [number, proof, tier, from, until] =
            places.map(|place| row.cells.get(place).map_or("", String::as_str));
        match Subscription::parse(number, proof, tier, [from, until], tiers, zone, now) {
            Err(wrong) => refused.push((row.line, wrong)),
            Ok(subscription) => match seen.insert(subscription.number.clone(), row.line) {
                Some(line) => refused.push((row.line, Wrong::Twice(line))),
                None => told.push(subscription),
            },
        }
    }
    if refused.is_empty() { Ok(told) } else { Err(refused) }
}

impl Subscription {
    /// Takes the words of a line or a message. Without a first day it holds from `now` on, without a last day until it is told
    /// otherwise. A last day that is over ends it: a cancellation may come late.
    pub fn parse(
        number: &str,
        proof: &str,
        tier: &str,
        [from, until]: [&str; 2],
        tiers: &[Tier],
        zone: &TimeZone,
        now: Time,
    ) -> Result<Subscription, Wrong> {
        let number = plain(number).filter(|number| (1..=30).contains(&number.len())).ok_or(Wrong::Number)?;
        let proof = plain(proof).filter(|proof| (3..=30).contains(&proof.len())).ok_or(Wrong::Proof)?;
        let slug = Slug::parse(tier);
        let tier = tiers
            .iter()
            .find(|known| slug.as_ref() == Some(&known.slug))
            .ok_or_else(|| Wrong::Tier(tier.chars().take(40).collect()))?
            .id;
        let moment = |day: &str, later| {
            let at = || midnight(day, later, zone).ok_or_else(|| Wrong::Date(day.chars().take(40).collect()));
            Some(day).filter(|day| !day.is_empty()).map(|_| at()).transpose()
        };
        let (begins, ends) = (moment(from, 0)?, moment(until, 1)?);
        if begins.zip(ends).is_some_and(|(begins, ends)| ends <= begins) {
            return Err(Wrong::Date(until.chars().take(40).collect()));
        }
        Ok(Subscription { number, proof, tier, from: begins.unwrap_or(now), until: ends })
    }
}

/// Letters and digits as they are compared: capital, without spaces and hyphens.
fn plain(text: &str) -> Option<String> {
    let marks = |letter: &char| !matches!(letter, ' ' | '-' | '.' | '/' | '\u{a0}');
    let plain: String =
        text.chars().filter(marks).map(|letter| letter.to_ascii_uppercase()).take(64).collect();
    plain.chars().all(|letter| letter.is_ascii_alphanumeric()).then_some(plain)
}

/// The first moment of a day of the paper, or of one so many days later.
fn midnight(day: &str, later: i64, zone: &TimeZone) -> Option<Time> {
    let date = day.parse().or_else(|_| Date::strptime("%d.%m.%Y", day)).ok()?;
    let date = date.checked_add(jiff::Span::new().try_days(later).ok()?).ok()?;
    Time::of_print(date.to_zoned_datetime(zone.clone()).ok()?.timestamp())
}

pub(super) enum Kept {
    New,
    Changed,
    Unchanged,
}

/// Keeps what was told of a subscription, and lets the membership that stands on it follow.
pub(super) async fn keep(tx: &mut Tx, told: &Subscription, why: &str, now: Time) -> Result<Kept, Failure> {
    let sql = "select id, proof, tier, from_at, until_at from subscriptions where number = $1";
    let known: Option<(i64, String, TierId, Time, Option<Time>)> = tx.first(sql, (&told.number,)).await?;
    let Some((id, proof, tier, from, until)) = known else {
        let sql = "insert into subscriptions (number, proof, tier, from_at, until_at, changed_at)
                   values ($1, $2, $3, $4, $5, $6) on conflict (number) do nothing";
        let row = (&told.number, &told.proof, told.tier, told.from, told.until, now);
        // Told twice at the same moment: the other told the same number first.
        let added = tx.execute(sql, row).await? == 1;
        return Ok(if added { Kept::New } else { Kept::Unchanged });
    };
    // Without a first day in the table, "from now on" is not news.
    let from_is_news = told.from != now && told.from != from;
    if proof == told.proof && tier == told.tier && until == told.until && !from_is_news {
        return Ok(Kept::Unchanged);
    }
    let begins = if told.from == now { from } else { told.from };
    let sql = "update subscriptions set proof = $2, tier = $3, from_at = $4, until_at = $5, changed_at = $6
                where id = $1";
    tx.execute(sql, (id, &told.proof, told.tier, begins, told.until, now)).await?;
    if let Some((reader,)) = tx.first("select reader from claims where subscription = $1", (id,)).await? {
        follow(tx, id, reader, [0; 8], why, now).await?;
    }
    Ok(Kept::Changed)
}

/// Ends the membership that stood on a subscription, and gives the one it stands for now.
async fn follow(
    tx: &mut Tx,
    subscription: i64,
    reader: ReaderId,
    chance: [u8; 8],
    why: &str,
    now: Time,
) -> Result<(), Failure> {
    let sql = "update memberships set ended_at = $2, ended_why = $3
                where subscription = $1 and ended_at is null";
    tx.execute(sql, (subscription, now, why)).await?;
    let sql = "select tier, from_at, until_at from subscriptions where id = $1";
    let (tier, from, until) = tx.one(sql, (subscription,)).await?;
    let gift = Gift { reader, tier, from, until, why, by: None };
    members::record(tx, &gift, Some(subscription), chance, now).await.map(drop)
}

/// Claims: so many at once, then one more per so many milliseconds. A postcode has a few thousand values.
const CLAIMS: Pace = Pace { at_once: 5, one_per: 600_000 };

/// Makes a subscription the reader's own. Commit also when the answer is no: the try counts, for the reader and for the number.
pub async fn claim(
    tx: &mut Tx,
    reader: ReaderId,
    number: &str,
    proof: &str,
    chance: [u8; 8],
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let (Some(number), Some(proof)) = (plain(number), plain(proof)) else {
        return Ok(Err(Refusal::NoSuchNumber));
    };
    for key in [format!("claim by {reader}"), format!("claim of {number}")] {
        if let Err(again) = pace::next(tx, &key, CLAIMS, now).await? {
            return Ok(Err(Refusal::TooOften { again }));
        }
    }
    let sql = "select id, proof from subscriptions where number = $1";
    let found: Option<(i64, String)> = tx.first(sql, (&number,)).await?;
    let Some((id, _)) = found.filter(|(_, known)| *known == proof) else {
        return Ok(Err(Refusal::NoSuchNumber));
    };
    let sql = "insert into claims (subscription, reader, at) values ($1, $2, $3) on conflict do nothing";
    if tx.execute(sql, (id, reader, now)).await? == 0 {
        let (holder,): (ReaderId,) =
            tx.one("select reader from claims where subscription = $1", (id,)).await?;
        return Ok(if holder == reader { Ok(()) } else { Err(Refusal::NoSuchNumber) });
    }
    follow(tx, id, reader, chance, "subscription", now).await?;
    Ok(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_line_is_named_with_its_reason() {
        let tier = Tier {
            id: TierId(1),
            slug: Slug::parse("abo").unwrap(),
            name: story::Line::parse("name", "Abo", 40).unwrap(),
            rank: 1,
        };
        #[track_caller]
        fn check(tier: &Tier, table: &str, expected: &[(usize, Wrong)]) {
            let refused =
                read(table, std::slice::from_ref(tier), &TimeZone::UTC, Time(0)).err().unwrap_or_default();
            assert_eq!(refused, expected, "{table}");
        }
        let head = "number;postcode;tier;from;until\n";
        let with = |lines: &str| format!("{head}{lines}");
        check(&tier, &with("A-1;1010;abo;;\nA 2;1020;abo;2026-01-01;2026-12-31\n"), &[]);
        check(&tier, "number;tier\n1;abo\n", &[(1, Wrong::NoColumn("proof"))]);
        check(
            &tier,
            &with("1;1010;abo;;\n\n1;1010;abo;;\nß;1010;abo;;\n"),
            &[(4, Wrong::Twice(2)), (5, Wrong::Number)],
        );
        check(
            &tier,
            &with("1;10;abo;;\n2;1010;gold;;\n"),
            &[(2, Wrong::Proof), (3, Wrong::Tier("gold".into()))],
        );
        check(&tier, &with("1;1010;abo;2026-02-30;\n"), &[(2, Wrong::Date("2026-02-30".into()))]);
        check(&tier, &with("1;1010;abo;2026-02-03;2026-02-01\n"), &[(2, Wrong::Date("2026-02-01".into()))]);
        check(&tier, &with("1;\"1010;abo\n"), &[(2, Wrong::Quote)]);
    }

    #[test]
    fn a_last_day_is_whole() {
        let vienna = TimeZone::get("Europe/Vienna").unwrap();
        assert_eq!(midnight("2026-12-31", 1, &vienna), Some(Time(1_798_758_000_000)));
    }
}
