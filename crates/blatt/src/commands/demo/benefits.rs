//! The demo's benefits: tiers, partners, offers with codes that are partly taken, and a draw that is open.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use reader::ReaderId;
use reader::benefits::{self, DrawDraft, DrawForm, Gift, OfferDraft, OfferForm, Partner, Tier};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{Failure, Time, Tx};

use super::{file, hang, line, slug_of, text};
use crate::folder::Folder;

/// Why everybody here is a member.
const WHY: &str = "Abo";
/// A day, in minutes.
const DAY: i64 = 24 * 60;

#[derive(Deserialize)]
struct Benefits {
    tiers: Vec<Named>,
    partners: Vec<Named>,
    offers: Vec<DemoOffer>,
    draws: Vec<DemoDraw>,
}

#[derive(Deserialize)]
struct Named {
    slug: String,
    name: String,
}

#[derive(Deserialize)]
struct DemoOffer {
    opened_days: i64,
    closes_days: i64,
    /// How many others took one.
    #[serde(default)]
    taken: usize,
    /// The partner's codes: a percent sign stands for their number.
    #[serde(default)]
    codes: String,
    #[serde(default)]
    codes_count: u32,
    form: OfferForm,
}

#[derive(Deserialize)]
struct DemoDraw {
    opened_days: i64,
    closes_days: i64,
    /// How many others entered.
    #[serde(default)]
    entries: usize,
    form: DrawForm,
}

/// Chance for one purpose; the same in every demo of one moment would do, since nothing here has worth.
fn chance<const N: usize>(purpose: &str, now: Time) -> [u8; N] {
    let digest = Sha256::digest(format!("{purpose} {}", now.0));
    std::array::from_fn(|at| digest[at % digest.len()])
}

/// Brings everything in. `crowd` are readers who took codes and entered before.
pub(super) async fn bring(
    tx: &mut Tx,
    folder: &Folder,
    people: &HashMap<String, ReaderId>,
    crowd: &[ReaderId],
    now: Time,
) -> Result<(), Failure> {
    let all: Benefits =
        toml::from_str(text("benefits.toml")?).map_err(|error| Failure::because("benefits.toml", error))?;
    for tier in &all.tiers {
        benefits::add_tier(tx, &slug_of(&tier.slug)?, &line(&tier.name)?, now)
            .await?
            .map_err(refused(&tier.slug))?;
    }
    for partner in &all.partners {
        let (slug, name) = (slug_of(&partner.slug)?, line(&partner.name)?);
        let id = benefits::add_partner(tx, &slug, &name, now).await?.map_err(refused(&partner.slug))?;
        if partner.slug == "stadtbuehne" {
            benefits::appoint(tx, id, "partner", None, now).await?.map_err(refused("partner"))?;
        }
    }
    let (tiers, partners) = (benefits::tiers(tx).await?, benefits::partners(tx).await?);
    make_members(tx, &tiers, people, crowd, now).await?;
    for offer in &all.offers {
        bring_offer(tx, folder, offer, (&partners, &tiers), crowd, now).await?;
    }
    for draw in &all.draws {
        bring_draw(tx, folder, draw, &tiers, crowd, now).await?;
    }
    let table = "number;postcode;tier;from;until\nUB-4711;3799;abo-plus;;\n";
    let proof = benefits::import(tx, table, &TimeZone::UTC, now).await?;
    if proof.refused.is_empty() { Ok(()) } else { Err(Failure::new(format!("{:?}", proof.refused))) }
}

fn refused(what: &str) -> impl FnOnce(benefits::Refusal) -> Failure {
    move |refusal| Failure::new(format!("benefits.toml: {what}: {refusal:?}"))
}

/// The reader one can sign in as, and the crowd.
async fn make_members(
    tx: &mut Tx,
    tiers: &[Tier],
    people: &HashMap<String, ReaderId>,
    crowd: &[ReaderId],
    now: Time,
) -> Result<(), Failure> {
    let tier = tiers.first().ok_or_else(|| Failure::new("benefits.toml has no tier"))?.id;
    let from = now.plus_minutes(-300 * DAY);
    for reader in people.get("leser").into_iter().chain(crowd) {
        let gift = Gift { reader: *reader, tier, from, until: None, why: WHY, by: None };
        benefits::give(tx, &gift, chance(&format!("card {reader}"), now), from).await?;
    }
    Ok(())
}

async fn bring_offer(
    tx: &mut Tx,
    folder: &Folder,
    demo: &DemoOffer,
    (partners, tiers): (&[Partner], &[Tier]),
    crowd: &[ReaderId],
    now: Time,
) -> Result<(), Failure> {
    let (opened, closes) =
        (now.plus_minutes(-demo.opened_days * DAY), now.plus_minutes(demo.closes_days * DAY));
    let mut form = demo.form.clone();
    form.picture = picture(tx, folder, &form.picture, now).await?;
    form.opens = benefits::typed(opened, &TimeZone::UTC);
    form.closes = benefits::typed(closes, &TimeZone::UTC);
    let draft = OfferDraft::parse(&form, partners, tiers, &TimeZone::UTC).map_err(refused(&form.slug))?;
    let id = benefits::add_offer(tx, &draft, "Redaktion", opened).await?.map_err(refused(&form.slug))?;
    let offer =
        benefits::offer_by_id(tx, id).await?.ok_or_else(|| Failure::new("an offer that is not there"))?;
    if demo.codes_count > 0 {
        let codes: String = (1..=demo.codes_count)
            .map(|n| format!("{}\n", demo.codes.replace('%', &format!("{:04}", n * 37))))
            .collect();
        let added = benefits::add_codes(tx, &offer, &codes, "Redaktion", opened)
            .await?
            .map_err(refused(&form.slug))?;
        added.map_err(|lines| Failure::new(format!("codes of {}: {lines:?}", form.slug)))?;
    }
    for reader in crowd.iter().take(demo.taken) {
        let chance = chance(&format!("{} {reader}", form.slug), now);
        benefits::reserve(tx, &offer, *reader, chance, opened.plus_minutes(60))
            .await?
            .map_err(refused(&form.slug))?;
    }
    Ok(())
}

async fn bring_draw(
    tx: &mut Tx,
    folder: &Folder,
    demo: &DemoDraw,
    tiers: &[Tier],
    crowd: &[ReaderId],
    now: Time,
) -> Result<(), Failure> {
    let opened = now.plus_minutes(-demo.opened_days * DAY);
    let mut form = demo.form.clone();
    form.picture = picture(tx, folder, &form.picture, now).await?;
    form.opens = benefits::typed(opened, &TimeZone::UTC);
    form.closes = benefits::typed(now.plus_minutes(demo.closes_days * DAY), &TimeZone::UTC);
    let draft = DrawDraft::parse(&form, tiers, &TimeZone::UTC).map_err(refused(&form.slug))?;
    let mut seed = [0; 32];
    crate::outside::chance(&mut seed);
    let id = benefits::announce(tx, &draft, "Redaktion", seed, opened).await?.map_err(refused(&form.slug))?;
    for (number, reader) in crowd.iter().take(demo.entries).enumerate() {
        let ticket = chance(&format!("ticket {reader}"), now);
        benefits::enter(tx, id, *reader, number % 3 == 0, ticket, opened.plus_minutes(60))
            .await?
            .map_err(refused(&form.slug))?;
    }
    Ok(())
}

async fn picture(tx: &mut Tx, folder: &Folder, name: &str, now: Time) -> Result<String, Failure> {
    hang(tx, file(&format!("pictures/{name}"))?, folder, now).await
}
