//! Offers of partners: what there is, for whom, from when to when, and how many.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::ledger::{self, Act, By};
use store::{Failure, FromColumn, Time, Tx, Value, events};
use story::Slug;

use super::Refusal;
use super::codes::CodeText;
use super::form::{count, given, line, lines, moment, picture, slug};
use super::partners::{Partner, PartnerId};
use super::tiers::{Tier, TierId};

store::id!(
    /// Names an offer.
    OfferId
);

/// The topic of events: something about offers or draws changed.
pub const CHANGED: &str = "benefits";

/// Tells that an offer or a draw changed.
pub(super) async fn tell(tx: &mut Tx, now: Time) -> Result<(), Failure> {
    events::tell(tx, CHANGED, 0, now).await
}

/// Where an offer's codes come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One code for everybody, which the partner knows.
    Shared,
    /// Each member gets one of the partner's list.
    List,
    /// Each member gets one of ours, with 100 bits.
    Long,
    /// Each member gets a short one of ours, which only the partner's page takes, slowly.
    Short,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [Kind::Shared, Kind::List, Kind::Long, Kind::Short];

    /// The word in rows and forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Shared => "shared",
            Kind::List => "list",
            Kind::Long => "long",
            Kind::Short => "short",
        }
    }

    fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl From<Kind> for Value {
    fn from(kind: Kind) -> Value {
        Value::from(kind.as_str())
    }
}

impl FromColumn for Kind {
    fn from_column(value: Value) -> Option<Kind> {
        Kind::parse(&String::from_column(value)?)
    }
}

/// An offer as it was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfferForm {
    /// The last part of its address.
    pub slug: String,
    /// The partner's short name.
    pub partner: String,
    /// One word about the field it belongs to: „Bühne“.
    pub kicker: String,
    /// „Zwei Karten zum Preis von einer“
    pub headline: String,
    /// A sentence or two.
    pub lead: String,
    /// On the voucher: „2 für 1“.
    pub short: String,
    /// For what it holds: „für alle Vorstellungen bis 20. Dezember“.
    pub valid: String,
    /// How to use it: „an der Kassa am Schiffstor“.
    pub redeem: String,
    /// More, in paragraphs.
    pub text: String,
    /// One of the paper's pictures.
    pub picture: String,
    /// What the picture shows.
    pub picture_alt: String,
    /// Who made it.
    pub picture_credit: String,
    /// Where it is of use.
    pub region: String,
    /// The short name of the least tier.
    pub tier: String,
    /// From when, as `2026-11-24T08:00`.
    pub opens: String,
    /// Until when.
    pub closes: String,
    /// How many there are; empty for as many as wanted. A list brings its own number.
    pub stock: String,
    /// How many each member gets.
    pub per_member: String,
    /// In so many days; empty for ever.
    pub per_days: String,
    /// One of [`Kind`].
    pub kind: String,
    /// The code of a shared one.
    pub shared_code: String,
    /// The letters before a short one.
    pub prefix: String,
    /// `yes` if the partner spends codes on their page.
    pub spent_here: String,
    /// The terms, in Markdown.
    pub terms: String,
}

/// An offer that can be kept.
#[derive(Clone, Debug)]
pub struct OfferDraft {
    slug: Slug,
    partner: PartnerId,
    words: [String; 7],
    picture: Option<String>,
    picture_words: [String; 2],
    region: Option<String>,
    tier: TierId,
    window: (Time, Time),
    stock: Option<i64>,
    per_member: i64,
    per_days: Option<i64>,
    kind: Kind,
    shared_code: Option<CodeText>,
    prefix: String,
    spent_here: bool,
    /// What readers agree to.
    pub terms: super::TermsText,
}

impl OfferDraft {
    /// Takes the form, or names the field that cannot be taken.
    pub fn parse(
        form: &OfferForm,
        partners: &[Partner],
        tiers: &[Tier],
        zone: &TimeZone,
    ) -> Result<OfferDraft, Refusal> {
        let field = |field| Refusal::Field { field };
        let partner = partners.iter().find(|known| known.slug.as_str() == form.partner);
        let tier = tiers.iter().find(|known| known.slug.as_str() == form.tier);
        let opens = moment("opens", &form.opens, zone)?;
        let closes = moment("closes", &form.closes, zone)?;
        let kind = Kind::parse(&form.kind).ok_or(field("kind"))?;
        let stock = count("stock", &form.stock, 0)?;
        let shared_code = match kind {
            Kind::Shared => Some(CodeText::parse(&form.shared_code).ok_or(field("shared_code"))?),
            _ => None,
        };
        let prefix = form.prefix.trim().to_ascii_uppercase();
        let is_word = (2..=6).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_uppercase());
        if kind == Kind::Short && !is_word {
            return Err(field("prefix"));
        }
        Ok(OfferDraft {
            slug: slug(&form.slug)?,
            partner: partner.ok_or(field("partner"))?.id,
            words: [
                given("kicker", &form.kicker, 40)?,
                given("headline", &form.headline, 120)?,
                line("lead", &form.lead, 400)?,
                given("short", &form.short, 80)?,
                line("valid", &form.valid, 200)?,
                line("redeem", &form.redeem, 200)?,
                lines("text", &form.text, 4_000)?,
            ],
            picture: picture(&form.picture)?,
            picture_words: [
                line("picture_alt", &form.picture_alt, 300)?,
                line("picture_credit", &form.picture_credit, 120)?,
            ],
            region: Some(line("region", &form.region, 60)?).filter(|region| !region.is_empty()),
            tier: tier.ok_or(field("tier"))?.id,
            window: if closes > opens { (opens, closes) } else { return Err(field("closes")) },
            stock: if kind == Kind::List { Some(0) } else { stock },
            per_member: count("per_member", &form.per_member, 1)?.unwrap_or(1),
            per_days: count("per_days", &form.per_days, 1)?,
            kind,
            shared_code,
            prefix: if kind == Kind::Short { prefix } else { String::new() },
            // A short code is worth nothing where nobody slows down who tries them.
            spent_here: kind == Kind::Short || (kind != Kind::Shared && form.spent_here == "yes"),
            terms: super::TermsText::parse(&form.terms)?,
        })
    }
}

/// An offer.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The row.
    pub id: OfferId,
    /// The last part of its address.
    pub slug: Slug,
    /// Whose.
    pub partner: PartnerId,
    /// What readers call the partner.
    pub partner_name: String,
    /// „Bühne“
    pub kicker: String,
    /// „Zwei Karten zum Preis von einer“
    pub headline: String,
    /// A sentence or two.
    pub lead: String,
    /// „2 für 1“
    pub short: String,
    /// For what it holds.
    pub valid: String,
    /// How to use it.
    pub redeem: String,
    /// More, in lines.
    pub text: String,
    /// The name of a picture.
    pub picture: Option<String>,
    /// What it shows.
    pub picture_alt: String,
    /// Who made it.
    pub picture_credit: String,
    /// Where it is of use.
    pub region: Option<String>,
    /// The least tier.
    pub tier: TierId,
    /// Its name.
    pub tier_name: String,
    /// Its rank.
    pub rank: i64,
    /// From when.
    pub opens: Time,
    /// Until when.
    pub closes: Time,
    /// How many there are in all, if that is limited.
    pub stock: Option<i64>,
    /// How many are taken.
    pub taken: i64,
    /// How many each member gets …
    pub per_member: i64,
    /// … in so many days, or ever.
    pub per_days: Option<i64>,
    /// Where codes come from.
    pub kind: Kind,
    /// The code of a shared one. It is a secret until somebody has reserved.
    pub shared_code: Option<String>,
    /// The letters before a short one.
    pub prefix: String,
    /// Whether the partner spends codes on their page.
    pub spent_here: bool,
    /// When it was taken back.
    pub withdrawn: Option<Time>,
    /// Why.
    pub withdrawn_why: Option<String>,
}
store::row!(Offer {
    id,
    slug,
    partner,
    partner_name,
    kicker,
    headline,
    lead,
    short,
    valid,
    redeem,
    text,
    picture,
    picture_alt,
    picture_credit,
    region,
    tier,
    tier_name,
    rank,
    opens,
    closes,
    stock,
    taken,
    per_member,
    per_days,
    kind,
    shared_code,
    prefix,
    spent_here,
    withdrawn,
    withdrawn_why,
});

const OFFER: &str = "select o.id, o.slug, o.partner, p.name, o.kicker, o.headline, o.lead, o.short, o.valid, o.redeem,
        o.text, o.picture, o.picture_alt, o.picture_credit, o.region, o.tier, t.name, t.rank, o.opens_at, o.closes_at,
        o.stock, o.taken, o.per_member, o.per_days, o.kind, o.shared_code, o.prefix, o.spent_here, o.withdrawn_at,
        o.withdrawn_why
   from offers o join partners p on p.id = o.partner join tiers t on t.id = o.tier";

impl Offer {
    /// How many are left, if that is limited.
    #[must_use]
    pub fn left(&self) -> Option<i64> {
        self.stock.map(|stock| (stock - self.taken).max(0))
    }

    /// Whether it runs at this moment; if not, why.
    pub fn runs(&self, now: Time) -> Result<(), Refusal> {
        if self.withdrawn.is_some() || now >= self.closes {
            Err(Refusal::Over)
        } else if now < self.opens {
            Err(Refusal::NotYet { opens: self.opens })
        } else {
            Ok(())
        }
    }

    /// Whether a code that was seen can be given back: not where it works without us, and not from a partner's list, where it
    /// would be the next member's while the first still knows it.
    #[must_use]
    pub fn can_be_returned(&self) -> bool {
        self.spent_here && self.kind != Kind::List
    }

    /// The path of its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/benefits/{}", self.slug)
    }

    /// What its terms are filed under.
    #[must_use]
    pub fn terms_subject(&self) -> String {
        super::terms::subject("offer", self.slug.as_str())
    }
}

/// Adds an offer with its terms.
pub async fn add_offer(
    tx: &mut Tx,
    draft: &OfferDraft,
    by: &str,
    now: Time,
) -> Result<Result<OfferId, Refusal>, Failure> {
    let sql = "insert into offers (slug, partner, kicker, headline, lead, short, valid, redeem, text, picture, picture_alt,
                      picture_credit, region, tier, opens_at, closes_at, stock, taken, per_member, per_days, kind, shared_code,
                      prefix, spent_here, made_at, changed_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, $18, $19, $20, $21,
                      $22, $23, $24, $24)
               on conflict (slug) do nothing returning id";
    let mut values = vec![Value::from(&draft.slug), draft.partner.into()];
    values.extend(changeable(draft));
    values.extend([
        draft.kind.into(),
        draft.shared_code.as_ref().map(CodeText::as_str).into(),
        draft.prefix.as_str().into(),
        draft.spent_here.into(),
        now.into(),
    ]);
    let Some((id,)) = tx.first::<(OfferId,)>(sql, values).await? else { return Ok(Err(Refusal::Taken)) };
    let subject = super::terms::subject("offer", draft.slug.as_str());
    super::terms::write_terms(tx, &subject, &draft.terms, by, now).await?;
    note(tx, "offer", id, json!({ "slug": draft.slug.as_str(), "stock": draft.stock }), by, now);
    tell(tx, now).await?;
    Ok(Ok(id))
}

/// What may be said otherwise later, in the order of `kicker` to `per_days`.
fn changeable(draft: &OfferDraft) -> Vec<Value> {
    let mut values: Vec<Value> = draft.words.iter().map(Value::from).collect();
    values.push(draft.picture.clone().into());
    values.extend(draft.picture_words.iter().map(Value::from));
    values.extend([
        draft.region.clone().into(),
        draft.tier.into(),
        draft.window.0.into(),
        draft.window.1.into(),
        draft.stock.into(),
        draft.per_member.into(),
        draft.per_days.into(),
    ]);
    values
}

/// Says an offer otherwise. Its address, its partner and where its codes come from stay; so does, once a code is out, from when
/// its periods are counted; new terms are a new version; the stock is never below what is taken. Another shared code is for
/// whoever takes one from now on.
pub async fn change_offer(
    tx: &mut Tx,
    offer: &Offer,
    draft: &OfferDraft,
    by: &str,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let same = draft.slug == offer.slug && draft.partner == offer.partner && draft.kind == offer.kind;
    if !same || draft.spent_here != offer.spent_here || draft.prefix != offer.prefix {
        return Ok(Err(Refusal::Fixed));
    }
    let same_periods =
        draft.per_days == offer.per_days && (draft.per_days.is_none() || draft.window.0 == offer.opens);
    let sql = "update offers set kicker = $2, headline = $3, lead = $4, short = $5, valid = $6, redeem = $7, text = $8,
                      picture = $9, picture_alt = $10, picture_credit = $11, region = $12, tier = $13, opens_at = $14,
                      closes_at = $15, stock = case when kind = 'list' then stock else $16 end, per_member = $17,
                      per_days = $18, changed_at = $19, shared_code = $22
                where id = $1 and (kind = 'list' or cast($20 as bigint) = 1 or taken <= $16)
                  and (taken = 0 or cast($21 as bigint) = 1)";
    let mut values = vec![Value::from(offer.id)];
    values.extend(changeable(draft));
    values.extend([
        now.into(),
        draft.stock.is_none().into(),
        same_periods.into(),
        draft.shared_code.as_ref().map(CodeText::as_str).into(),
    ]);
    if tx.execute(sql, values).await? == 0 {
        return Ok(Err(if same_periods { Refusal::Field { field: "stock" } } else { Refusal::Fixed }));
    }
    super::terms::write_terms(tx, &offer.terms_subject(), &draft.terms, by, now).await?;
    note(tx, "offer-change", offer.id, json!({ "slug": draft.slug.as_str(), "stock": draft.stock }), by, now);
    tell(tx, now).await?;
    Ok(Ok(()))
}

/// Takes an offer back, with a reason for readers. Codes that are out stay what they are; no new ones are given.
pub async fn withdraw_offer(
    tx: &mut Tx,
    offer: OfferId,
    why: &str,
    by: &str,
    now: Time,
) -> Result<bool, Failure> {
    let sql =
        "update offers set withdrawn_at = $2, withdrawn_why = $3 where id = $1 and withdrawn_at is null";
    let done = tx.execute(sql, (offer, now, why)).await? == 1;
    if done {
        note(tx, "offer-withdrawal", offer, json!({ "why": why }), by, now);
    }
    tell(tx, now).await?;
    Ok(done)
}

/// Notes what somebody did with an offer.
pub(super) fn note(
    tx: &mut Tx,
    act: &'static str,
    offer: OfferId,
    after: serde_json::Value,
    by: &str,
    now: Time,
) {
    ledger::note(tx, Act::of(By::Named(by.to_owned()), act, "offer", offer).after(after), now);
}

/// The offer at this address.
pub async fn offer(tx: &mut Tx, slug: &Slug) -> Result<Option<Offer>, Failure> {
    tx.first(&format!("{OFFER} where o.slug = $1"), (slug,)).await
}

/// The offer of this row.
pub async fn offer_by_id(tx: &mut Tx, id: OfferId) -> Result<Option<Offer>, Failure> {
    tx.first(&format!("{OFFER} where o.id = $1"), (id,)).await
}

/// What readers see now: offers that run, those that end first at the front, at most 100.
pub async fn running(tx: &mut Tx, now: Time) -> Result<Vec<Offer>, Failure> {
    let sql = format!(
        "{OFFER} where o.closes_at > $1 and o.opens_at <= $1 and o.withdrawn_at is null
          order by case when o.stock is not null and o.taken >= o.stock then 1 else 0 end, o.closes_at, o.id limit 100"
    );
    tx.all(&sql, (now,)).await
}

/// All offers, latest first, at most 200: for the desk.
pub async fn all_offers(tx: &mut Tx) -> Result<Vec<Offer>, Failure> {
    tx.all(&format!("{OFFER} order by o.id desc limit 200"), ()).await
}

/// A partner's offers, latest first, at most 200.
pub async fn offers_of(tx: &mut Tx, partner: PartnerId) -> Result<Vec<Offer>, Failure> {
    tx.all(&format!("{OFFER} where o.partner = $1 order by o.id desc limit 200"), (partner,)).await
}
