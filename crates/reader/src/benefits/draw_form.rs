//! A draw as the desk types it, and as it can be announced.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::Time;
use story::Slug;

use super::Refusal;
use super::form::{count, given, line, moment, picture, slug};
use super::terms::TermsText;
use super::tiers::{Tier, TierId};

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
    pub(super) slug: Slug,
    pub(super) words: [String; 4],
    pub(super) picture: Option<String>,
    pub(super) picture_words: [String; 2],
    pub(super) region: Option<String>,
    pub(super) tier: Option<TierId>,
    pub(super) opens: Time,
    pub(super) closes: Time,
    pub(super) winners: i64,
    pub(super) substitutes: i64,
    pub(super) terms: TermsText,
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
