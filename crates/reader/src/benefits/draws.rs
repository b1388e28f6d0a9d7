//! Prize draws that anybody can repeat: committed to before the first entry, frozen at the closing time, revealed after.
//!
//! What is drawn by is in [`recipe`]. An entry is known in public by its number and its ticket; the reader's name
//! is shown only if they win and said so. Once frozen a draw stays frozen, whatever a clock says later.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::{Failure, Time, Tx, jobs};
use story::Slug;

use super::form::{count, given, line, moment, picture, slug};
use super::offers::tell;
use super::terms::{self, TermsId, TermsText};
use super::tiers::{Tier, TierId};
use super::{Refusal, members, receipt, recipe};
use crate::ReaderId;

store::id!(
    /// Names a draw.
    DrawId
);

/// A draw as it was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DrawForm {
    /// The last part of its address.
    pub slug: String,
    /// „Musik“
    pub kicker: String,
    /// „Drei Wochenenden in der Berghütte“
    pub headline: String,
    /// A sentence or two.
    pub lead: String,
    /// What one wins.
    pub prize: String,
    /// One of the paper's pictures.
    pub picture: String,
    /// What the picture shows.
    pub picture_alt: String,
    /// Who made it.
    pub picture_credit: String,
    /// Where it is of use.
    pub region: String,
    /// The short name of the least tier; empty for everybody with an account.
    pub tier: String,
    /// From when, as `2026-11-24T08:00`.
    pub opens: String,
    /// Until when.
    pub closes: String,
    /// How many win.
    pub winners: String,
    /// How many stand by.
    pub substitutes: String,
    /// The terms, in Markdown.
    pub terms: String,
}

/// A draw that can be announced.
#[derive(Clone, Debug)]
pub struct DrawDraft {
    slug: Slug,
    words: [String; 4],
    picture: Option<String>,
    picture_words: [String; 2],
    region: Option<String>,
    tier: Option<TierId>,
    opens: Time,
    closes: Time,
    winners: i64,
    substitutes: i64,
    terms: TermsText,
}

impl DrawDraft {
    /// Takes the form, or names the field that cannot be taken.
    pub fn parse(form: &DrawForm, tiers: &[Tier], zone: &TimeZone) -> Result<DrawDraft, Refusal> {
        let field = |field| Refusal::Field { field };
        let tier = match form.tier.as_str() {
            "" => None,
            word => Some(tiers.iter().find(|tier| tier.slug.as_str() == word).ok_or(field("tier"))?.id),
        };
        let (opens, closes) = (moment("opens", &form.opens, zone)?, moment("closes", &form.closes, zone)?);
        if closes <= opens {
            return Err(field("closes"));
        }
        let winners = count("winners", &form.winners, 1)?.filter(|n| *n <= 1000).ok_or(field("winners"))?;
        let substitutes = count("substitutes", &form.substitutes, 0)?.unwrap_or(0);
        Ok(DrawDraft {
            slug: slug(&form.slug)?,
            words: [
                given("kicker", &form.kicker, 40)?,
                given("headline", &form.headline, 120)?,
                line("lead", &form.lead, 400)?,
                given("prize", &form.prize, 200)?,
            ],
            picture: picture(&form.picture)?,
            picture_words: [
                line("picture_alt", &form.picture_alt, 300)?,
                line("picture_credit", &form.picture_credit, 120)?,
            ],
            region: Some(line("region", &form.region, 60)?).filter(|region| !region.is_empty()),
            tier,
            opens,
            closes,
            winners,
            substitutes: if substitutes <= 1000 { substitutes } else { return Err(field("substitutes")) },
            terms: TermsText::parse(&form.terms)?,
        })
    }
}

/// A draw.
#[derive(Clone, Debug)]
pub struct Draw {
    /// The row.
    pub id: DrawId,
    /// The last part of its address.
    pub slug: Slug,
    /// „Musik“
    pub kicker: String,
    /// Its headline.
    pub headline: String,
    /// A sentence or two.
    pub lead: String,
    /// What one wins.
    pub prize: String,
    /// The name of a picture.
    pub picture: Option<String>,
    /// What it shows.
    pub picture_alt: String,
    /// Who made it.
    pub picture_credit: String,
    /// Where it is of use.
    pub region: Option<String>,
    /// The least tier's name, if members only.
    pub tier_name: Option<String>,
    /// The least tier's rank; nothing for everybody with an account.
    pub rank: Option<i64>,
    /// From when.
    pub opens: Time,
    /// Until when.
    pub closes: Time,
    /// How many win.
    pub winners: i64,
    /// How many stand by.
    pub substitutes: i64,
    /// What entrants agree to; it does not change.
    pub terms: TermsId,
    /// Published before the first entry.
    pub commitment: String,
    /// Why it was called off, and when.
    pub cancelled: Option<Time>,
    /// The reason.
    pub cancelled_why: Option<String>,
    /// When the list was frozen.
    pub closed: Option<Time>,
}
store::row!(Draw {
    id,
    slug,
    kicker,
    headline,
    lead,
    prize,
    picture,
    picture_alt,
    picture_credit,
    region,
    tier_name,
    rank,
    opens,
    closes,
    winners,
    substitutes,
    terms,
    commitment,
    cancelled,
    cancelled_why,
    closed,
});

const DRAW: &str =
    "select d.id, d.slug, d.kicker, d.headline, d.lead, d.prize, d.picture, d.picture_alt, d.picture_credit,
        d.region, t.name, t.rank, d.opens_at, d.closes_at, d.winners, d.substitutes, d.terms, d.commitment,
        d.cancelled_at, d.cancelled_why, c.at
   from draws d left join tiers t on t.id = d.tier left join draw_closings c on c.draw = d.id";

impl Draw {
    /// The path of its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/benefits/draws/{}", self.slug)
    }

    /// What its terms are filed under.
    #[must_use]
    pub fn terms_subject(&self) -> String {
        terms::subject("draw", self.slug.as_str())
    }

    /// Whether it takes entries at this moment; if not, why.
    pub fn runs(&self, now: Time) -> Result<(), Refusal> {
        if self.closed.is_some() {
            Err(Refusal::Frozen)
        } else if self.cancelled.is_some() || now >= self.closes {
            Err(Refusal::Over)
        } else if now < self.opens {
            Err(Refusal::NotYet { opens: self.opens })
        } else {
            Ok(())
        }
    }
}

/// Freezes and draws when the time has come.
#[derive(Debug, Serialize, Deserialize)]
pub struct CloseDraw {
    draw: i64,
}

impl CloseDraw {
    /// Which draw.
    #[must_use]
    pub fn draw(&self) -> DrawId {
        DrawId(self.draw)
    }
}

impl jobs::Later for CloseDraw {
    const KIND: &'static str = "close-draw";

    fn name(&self) -> Option<String> {
        Some(format!("close-draw {}", self.draw))
    }
}

/// Announces a draw that is not over yet: makes its seed of `chance`, publishes the commitment, and orders the drawing for its
/// closing time.
pub async fn announce(
    tx: &mut Tx,
    draft: &DrawDraft,
    by: &str,
    chance: [u8; 32],
    now: Time,
) -> Result<Result<DrawId, Refusal>, Failure> {
    if draft.closes <= now {
        return Ok(Err(Refusal::Field { field: "closes" }));
    }
    let subject = terms::subject("draw", draft.slug.as_str());
    let agreed = terms::write_terms(tx, &subject, &draft.terms, by, now).await?;
    let commitment = recipe::commitment(&recipe::hex(&chance), draft.terms.as_str());
    let [kicker, headline, lead, prize] = &draft.words;
    let [alt, credit] = &draft.picture_words;
    let sql = "insert into draws (slug, kicker, headline, lead, prize, picture, picture_alt, picture_credit, region, tier,
                      opens_at, closes_at, winners, substitutes, terms, seed, commitment, made_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
               on conflict (slug) do nothing returning id";
    let values: Vec<store::Value> = vec![
        (&draft.slug).into(),
        kicker.into(),
        headline.into(),
        lead.into(),
        prize.into(),
        draft.picture.clone().into(),
        alt.into(),
        credit.into(),
        draft.region.clone().into(),
        draft.tier.into(),
        draft.opens.into(),
        draft.closes.into(),
        draft.winners.into(),
        draft.substitutes.into(),
        agreed.into(),
        chance.to_vec().into(),
        commitment.into(),
        now.into(),
    ];
    let Some((id,)) = tx.first::<(DrawId,)>(sql, values).await? else { return Ok(Err(Refusal::Taken)) };
    jobs::at(tx, &CloseDraw { draw: id.0 }, draft.closes, now).await?;
    tell(tx, now).await?;
    Ok(Ok(id))
}

/// Calls a draw off before it is drawn, with a reason for readers.
pub async fn cancel(tx: &mut Tx, draw: DrawId, why: &str, now: Time) -> Result<Result<(), Refusal>, Failure> {
    tx.alone(&lock(draw)).await?;
    let sql = "update draws set cancelled_at = $2, cancelled_why = $3
                where id = $1 and cancelled_at is null
                  and not exists (select 1 from draw_closings c where c.draw = draws.id)";
    let done = tx.execute(sql, (draw, now, why)).await? == 1;
    tell(tx, now).await?;
    Ok(if done { Ok(()) } else { Err(Refusal::Frozen) })
}

fn lock(draw: DrawId) -> String {
    format!("draw {draw}")
}

/// The draw at this address.
pub async fn draw(tx: &mut Tx, slug: &Slug) -> Result<Option<Draw>, Failure> {
    tx.first(&format!("{DRAW} where d.slug = $1"), (slug,)).await
}

/// The draw of this row.
pub async fn draw_by_id(tx: &mut Tx, id: DrawId) -> Result<Option<Draw>, Failure> {
    tx.first(&format!("{DRAW} where d.id = $1"), (id,)).await
}

/// Draws that readers see: open ones, and those that closed in the last 60 days, the next to close first, at most 30.
pub async fn draws(tx: &mut Tx, now: Time) -> Result<Vec<Draw>, Failure> {
    let sql = format!(
        "{DRAW} where d.opens_at <= $1 and d.closes_at > $2
          order by case when d.closes_at > $1 then 0 else 1 end, d.closes_at, d.id limit 30"
    );
    tx.all(&sql, (now, now.plus_minutes(-60 * 24 * 60))).await
}

/// All draws, latest first, at most 200: for the desk.
pub async fn all_draws(tx: &mut Tx) -> Result<Vec<Draw>, Failure> {
    tx.all(&format!("{DRAW} order by d.id desc limit 200"), ()).await
}

/// A reader's entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the list, from 1.
    pub number: i64,
    /// Sixteen hexadecimal digits by which its owner finds it in the list.
    pub ticket: String,
    /// Whether the name may be shown if it wins.
    pub shows_name: bool,
    /// When it was made.
    pub at: Time,
}
store::row!(Entry { number, ticket, shows_name, at });

/// Enters a reader, once. `chance` becomes the ticket.
pub async fn enter(
    tx: &mut Tx,
    draw: DrawId,
    reader: ReaderId,
    shows_name: bool,
    chance: [u8; 8],
    now: Time,
) -> Result<Result<Entry, Refusal>, Failure> {
    tx.alone(&lock(draw)).await?;
    let Some(draw) = draw_by_id(tx, draw).await? else { return Ok(Err(Refusal::Over)) };
    if let Err(refusal) = draw.runs(now) {
        return Ok(Err(refusal));
    }
    if let Some(rank) = draw.rank {
        let member = members::membership(tx, reader, now).await?;
        if member.is_none_or(|member| member.rank < rank) {
            return Ok(Err(Refusal::MembersOnly));
        }
    }
    let (last,): (i64,) =
        tx.one("select coalesce(max(number), 0) from draw_entries where draw = $1", (draw.id,)).await?;
    let sql = "insert into draw_entries (draw, reader, number, ticket, shows_name, at)
               values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning number, ticket, shows_name, at";
    let row = (draw.id, reader, last + 1, recipe::hex(&chance), shows_name, now);
    let entry: Option<Entry> = tx.first(sql, row).await?;
    Ok(entry.ok_or(Refusal::EnteredAlready))
}

/// Takes an entry back while the list is open. Nothing of it stays.
pub async fn leave(
    tx: &mut Tx,
    draw: DrawId,
    reader: ReaderId,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    tx.alone(&lock(draw)).await?;
    // Between the closing time and the drawing the list is as good as frozen.
    match draw_by_id(tx, draw).await? {
        Some(draw) if draw.runs(now).is_ok() => {}
        _ => return Ok(Err(Refusal::Frozen)),
    }
    let sql = "delete from draw_entries where draw = $1 and reader = $2
                  and not exists (select 1 from draw_closings c where c.draw = $1)";
    let gone = tx.execute(sql, (draw, reader)).await? == 1;
    Ok(if gone { Ok(()) } else { Err(Refusal::Frozen) })
}

/// A reader's entry in a draw.
pub async fn entry(tx: &mut Tx, draw: DrawId, reader: ReaderId) -> Result<Option<Entry>, Failure> {
    let sql = "select number, ticket, shows_name, at from draw_entries where draw = $1 and reader = $2";
    tx.first(sql, (draw, reader)).await
}

/// How many entries a draw has.
pub async fn entries(tx: &mut Tx, draw: DrawId) -> Result<i64, Failure> {
    Ok(tx.one::<(i64,)>("select count(*) from draw_entries where draw = $1", (draw,)).await?.0)
}

async fn tickets(tx: &mut Tx, draw: DrawId) -> Result<Vec<(i64, i64, String)>, Failure> {
    tx.all("select number, id, ticket from draw_entries where draw = $1 order by number", (draw,)).await
}

/// The entry list as it stands in the rows.
pub async fn entry_list(tx: &mut Tx, draw: DrawId) -> Result<String, Failure> {
    let entries = tickets(tx, draw).await?;
    Ok(recipe::list(entries.iter().map(|(number, _, ticket)| (*number, ticket.as_str()))))
}

/// Freezes the list, draws, and tells the winners. Done once; again, it changes nothing.
pub async fn close(tx: &mut Tx, draw: DrawId, now: Time) -> Result<Result<(), Refusal>, Failure> {
    tx.alone(&lock(draw)).await?;
    let Some(draw) = draw_by_id(tx, draw).await? else { return Ok(Ok(())) };
    if draw.closed.is_some() || draw.cancelled.is_some() {
        return Ok(Ok(()));
    }
    if now < draw.closes {
        return Ok(Err(Refusal::StillOpen));
    }
    let entries = tickets(tx, draw.id).await?;
    let list = recipe::list(entries.iter().map(|(number, _, ticket)| (*number, ticket.as_str())));
    let hash = recipe::list_hash(&list);
    let sql = "insert into draw_closings (draw, list_hash, entries, at) values ($1, $2, $3, $4)";
    tx.execute(sql, (draw.id, &hash, i64::try_from(entries.len()).unwrap_or(i64::MAX), now)).await?;
    let numbers: Vec<i64> = entries.iter().map(|(number, ..)| *number).collect();
    let most = usize::try_from(draw.winners + draw.substitutes).unwrap_or(usize::MAX);
    let seed = seed(tx, draw.id).await?;
    for (place, number) in (1_i64..).zip(recipe::order(&seed, &hash, &numbers).into_iter().take(most)) {
        let found = entries.binary_search_by_key(&number, |(number, ..)| *number);
        let Some((_, entry, _)) = found.ok().and_then(|at| entries.get(at)) else { continue };
        let sql = "insert into draw_places (draw, place, entry) values ($1, $2, $3)";
        tx.execute(sql, (draw.id, place, *entry)).await?;
    }
    tell_winners(tx, &draw, now).await?;
    tell(tx, now).await?;
    Ok(Ok(()))
}

async fn seed(tx: &mut Tx, draw: DrawId) -> Result<String, Failure> {
    let (seed,): (Vec<u8>,) = tx.one("select seed from draws where id = $1", (draw,)).await?;
    Ok(recipe::hex(&seed))
}

/// Tells everybody who wins and was not told yet: after the drawing, and after somebody declined.
async fn tell_winners(tx: &mut Tx, draw: &Draw, now: Time) -> Result<(), Failure> {
    let sql = "select p.id, e.reader, coalesce(p.told_at, 0)
                 from draw_places p join draw_entries e on e.id = p.entry
                where p.draw = $1 and p.declined_at is null order by p.place limit $2";
    let winning: Vec<(i64, ReaderId, i64)> = tx.all(sql, (draw.id, draw.winners)).await?;
    for (place, reader, _) in winning.into_iter().filter(|(.., told)| *told == 0) {
        tx.execute("update draw_places set told_at = $2 where id = $1", (place, now)).await?;
        receipt::won(tx, reader, draw, now).await?;
    }
    Ok(())
}

/// A winner does not want the prize or cannot be reached: the next substitute moves up and is told.
pub async fn decline(
    tx: &mut Tx,
    draw: DrawId,
    place: i64,
    by: ReaderId,
    why: &str,
    now: Time,
) -> Result<bool, Failure> {
    tx.alone(&lock(draw)).await?;
    let sql = "update draw_places set declined_at = $3, declined_by = $4, declined_why = $5
                where draw = $1 and place = $2 and declined_at is null";
    let done = tx.execute(sql, (draw, place, now, by, why)).await? == 1;
    if let Some(draw) = draw_by_id(tx, draw).await? {
        tell_winners(tx, &draw, now).await?;
    }
    tell(tx, now).await?;
    Ok(done)
}

/// Somebody on a place of the draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// From 1.
    pub place: i64,
    /// The entry's number.
    pub number: i64,
    /// The reader's name; for the desk, and for everybody if they said so.
    pub name: String,
    /// Whether they said so.
    pub shows_name: bool,
    /// When they were told that they won.
    pub told: Option<Time>,
    /// When they declined.
    pub declined: Option<Time>,
}
store::row!(Placed { place, number, name, shows_name, told, declined });

/// What came of a draw, as it is published.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The seed in hexadecimal digits.
    pub seed: String,
    /// The hash of the frozen list.
    pub list_hash: String,
    /// How many entries it had.
    pub entries: i64,
    /// When it was frozen.
    pub at: Time,
    /// Winners and substitutes in order.
    pub places: Vec<Placed>,
    /// Whether the rows still say what the frozen list said. If not, somebody changed them.
    pub is_unchanged: bool,
}

/// What came of a draw; nothing before it is closed, the seed least of all.
pub async fn result(tx: &mut Tx, draw: DrawId) -> Result<Option<Outcome>, Failure> {
    let sql = "select list_hash, entries, at from draw_closings where draw = $1";
    let closing: Option<(String, i64, Time)> = tx.first(sql, (draw,)).await?;
    let Some((list_hash, entries, at)) = closing else { return Ok(None) };
    let sql = "select p.place, e.number, r.name, e.shows_name, p.told_at, p.declined_at
                 from draw_places p join draw_entries e on e.id = p.entry join readers r on r.id = e.reader
                where p.draw = $1 order by p.place limit 2000";
    let places = tx.all(sql, (draw,)).await?;
    let now = recipe::list_hash(&entry_list(tx, draw).await?);
    Ok(Some(Outcome {
        seed: seed(tx, draw).await?,
        is_unchanged: now == list_hash,
        list_hash,
        entries,
        at,
        places,
    }))
}
