//! Prize draws that anybody can repeat: committed to before the first entry, frozen at the closing time, revealed after.
//!
//! What is drawn by is in [`recipe`]. An entry is known in public by its number and its ticket; the reader's name
//! is shown only if they win and said so. Once frozen a draw stays frozen, whatever a clock says later.

use serde::{Deserialize, Serialize};
use serde_json::json;
use store::ledger::{self, Act, By};
use store::{Failure, Time, Tx, jobs};
use story::Slug;

use super::draw_form::DrawDraft;
use super::offers::tell;
use super::terms::{self, TermsId};
use super::{Refusal, recipe};

store::id!(
    /// Names a draw.
    DrawId
);

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
    let act = Act::of(By::Named(by.to_owned()), "draw", "draw", id);
    ledger::note(tx, act.after(json!({ "slug": draft.slug.as_str(), "closes": draft.closes.0 })), now);
    tell(tx, now).await?;
    Ok(Ok(id))
}

/// Calls a draw off before it is drawn, with a reason for readers.
pub async fn cancel(
    tx: &mut Tx,
    draw: DrawId,
    why: &str,
    by: &str,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    tx.alone(&lock(draw)).await?;
    let sql = "update draws set cancelled_at = $2, cancelled_why = $3
                where id = $1 and cancelled_at is null
                  and not exists (select 1 from draw_closings c where c.draw = draws.id)";
    let done = tx.execute(sql, (draw, now, why)).await? == 1;
    if done {
        let act = Act::of(By::Named(by.to_owned()), "draw-end", "draw", draw);
        ledger::note(tx, act.after(json!({ "why": why })), now);
    }
    tell(tx, now).await?;
    Ok(if done { Ok(()) } else { Err(Refusal::Frozen) })
}

/// Whatever changes entries or places of a draw takes its turn under this name.
pub(super) fn lock(draw: DrawId) -> String {
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
