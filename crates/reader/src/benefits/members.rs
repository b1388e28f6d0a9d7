//! Who is a member, since when, until when and why; and the number on their card.
//!
//! A membership is a row that is never changed but for its end. A reader may hold several; the highest tier that holds
//! now is what counts.

use serde_json::json;
use store::ledger::{self, Act, By};
use store::{Failure, Time, Tx};

use super::tiers::TierId;
use crate::look_alikes::folded;
use crate::{ReaderId, account};

store::id!(
    /// Names a membership.
    MembershipId
);

/// One membership of a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The row.
    pub id: MembershipId,
    /// Which tier.
    pub tier: TierId,
    /// What the tier is called.
    pub name: String,
    /// The tier's rank; offers ask for at least one.
    pub rank: i64,
    /// From when.
    pub from: Time,
    /// Until when, if it ends by itself.
    pub until: Option<Time>,
    /// Why it was given.
    pub why: String,
    /// When somebody ended it.
    pub ended: Option<Time>,
}
store::row!(Membership { id, tier, name, rank, from, until, why, ended });

/// How many card numbers there are.
const CARDS: u64 = 1_000_000_000;

const MEMBERSHIP: &str = "select m.id, m.tier, t.name, t.rank, m.from_at, m.until_at, m.why, m.ended_at
   from memberships m join tiers t on t.id = m.tier";

/// What is known of a membership before it is given.
#[derive(Clone, Debug)]
pub struct Gift<'a> {
    /// To whom.
    pub reader: ReaderId,
    /// Which tier.
    pub tier: TierId,
    /// From when.
    pub from: Time,
    /// Until when, if it ends by itself.
    pub until: Option<Time>,
    /// Why.
    pub why: &'a str,
    /// Who gives it; nobody when a subscription does.
    pub by: Option<ReaderId>,
}

/// Makes somebody a member, and gives them a card if they have none. `chance` becomes its number.
pub async fn give(tx: &mut Tx, gift: &Gift<'_>, chance: [u8; 8], now: Time) -> Result<MembershipId, Failure> {
    let id = record(tx, gift, None, chance, now).await?;
    let by = gift.by.map_or(By::House, |by| By::Person(by.0));
    let act = Act::of(by, "membership", "reader", gift.reader).after(json!({
        "membership": id.0, "tier": gift.tier.0, "until": gift.until.map(|until| until.0), "why": gift.why,
    }));
    ledger::note(tx, act, now);
    Ok(id)
}

pub(super) async fn record(
    tx: &mut Tx,
    gift: &Gift<'_>,
    subscription: Option<i64>,
    chance: [u8; 8],
    now: Time,
) -> Result<MembershipId, Failure> {
    let sql = "insert into memberships (reader, tier, subscription, from_at, until_at, why, given_by, at)
               values ($1, $2, $3, $4, $5, $6, $7, $8) returning id";
    let row = (gift.reader, gift.tier, subscription, gift.from, gift.until, gift.why, gift.by, now);
    let id = tx.insert(sql, row).await?;
    // Somebody else may have the number that chance gave; the next ones are as good.
    let first = u64::from_be_bytes(chance) % CARDS;
    for number in first..first + 8 {
        let sql = "insert into cards (reader, number, made_at) values ($1, $2, $3) on conflict do nothing";
        let made = tx.execute(sql, (gift.reader, card_number(number % CARDS), now)).await? == 1;
        if made || card(tx, gift.reader).await?.is_some() {
            break;
        }
    }
    Ok(MembershipId(id))
}

/// Ends a membership before its time. Tells whether there was one to end.
pub async fn end(
    tx: &mut Tx,
    membership: MembershipId,
    by: Option<ReaderId>,
    why: &str,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "update memberships set ended_at = $2, ended_by = $3, ended_why = $4
                where id = $1 and ended_at is null";
    let ended = tx.execute(sql, (membership, now, by, why)).await? == 1;
    if let Some(by) = by.filter(|_| ended) {
        let act = Act::of(By::Person(by.0), "membership-end", "membership", membership);
        ledger::note(tx, act.after(json!({ "why": why })), now);
    }
    Ok(ended)
}

/// The membership that counts at this moment: the highest that holds, and of two the one that holds longer.
pub async fn membership(tx: &mut Tx, reader: ReaderId, now: Time) -> Result<Option<Membership>, Failure> {
    let sql = format!(
        "{MEMBERSHIP} where m.reader = $1 and m.from_at <= $2 and (m.until_at is null or m.until_at > $2)
                        and (m.ended_at is null or m.ended_at > $2)
          order by t.rank desc, coalesce(m.until_at, 9000000000000000) desc, m.id desc limit 1"
    );
    tx.first(&sql, (reader, now)).await
}

/// All memberships somebody has or had, latest first, at most 100.
pub async fn memberships(tx: &mut Tx, reader: ReaderId) -> Result<Vec<Membership>, Failure> {
    tx.all(&format!("{MEMBERSHIP} where m.reader = $1 order by m.id desc limit 100"), (reader,)).await
}

/// Somebody who is or was a member, for the desk.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The membership.
    pub id: MembershipId,
    /// The reader's name.
    pub name: String,
    /// The tier's name.
    pub tier: String,
    /// Until when, if it ends by itself.
    pub until: Option<Time>,
    /// Why it was given.
    pub why: String,
}
store::row!(Listed { id, name, tier, until, why });

/// Memberships that hold now, the latest given first, at most 100; of people whose names begin like `name`, unless it is empty.
pub async fn members(tx: &mut Tx, name: &str, now: Time) -> Result<Vec<Listed>, Failure> {
    let begins = folded(name.trim()).replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let sql = "select m.id, r.name, t.name, m.until_at, m.why
                 from memberships m join tiers t on t.id = m.tier join readers r on r.id = m.reader
                where m.ended_at is null and m.from_at <= $1 and (m.until_at is null or m.until_at > $1)
                  and r.name_folded like $2 escape '!'
                order by m.id desc limit 100";
    tx.all(sql, (now, format!("{begins}%"))).await
}

/// A member's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Ten digits; the last one is a check digit.
    pub number: String,
    /// Since when there is a card.
    pub since: Time,
}
store::row!(Card { number, since });

/// The card of a reader who is or was a member.
pub async fn card(tx: &mut Tx, reader: ReaderId) -> Result<Option<Card>, Failure> {
    tx.first("select number, made_at from cards where reader = $1", (reader,)).await
}

/// Whose membership a card stands for now; whoever looks at a card learns the tier and not the name.
pub async fn card_holds(tx: &mut Tx, number: &str, now: Time) -> Result<Option<Membership>, Failure> {
    let digits: String = number.chars().filter(char::is_ascii_digit).take(11).collect();
    let sql = "select reader from cards where number = $1";
    match tx.first::<(ReaderId,)>(sql, (digits,)).await? {
        Some((reader,)) => membership(tx, reader, now).await,
        None => Ok(None),
    }
}

/// The reader of this name, to make them a member.
pub async fn reader_named(tx: &mut Tx, name: &str) -> Result<Option<ReaderId>, Failure> {
    Ok(account::by_name(tx, name).await?.map(|reader| reader.id))
}

/// Nine digits of chance and one by Luhn's rule, so that a slip of the finger is noticed.
fn card_number(number: u64) -> String {
    let nine = format!("{number:09}");
    let sum: u32 = nine
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit - b'0');
            match (place % 2, digit * 2) {
                (0, double) if double > 9 => double - 9,
                (0, double) => double,
                _ => digit,
            }
        })
        .sum();
    format!("{nine}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::card_number;

    #[test]
    fn a_card_number_has_a_check_digit() {
        assert_eq!(card_number(799_273_987), "7992739875");
        assert_eq!(card_number(0), "0000000000");
    }
}
