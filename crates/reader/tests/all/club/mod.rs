//! A small club: two tiers, two partners, members, and offers to try things on.

use reader::benefits::{
    self, Gift, Offer, OfferDraft, OfferForm, PartnerId, Refusal, Reservation, ReservationId, Tier,
};
use reader::{Mail, Name, Newcomer, ReaderId, Role};
use sha2::{Digest, Sha256};
use store::{Db, Failure, Time};
use story::{Language, Line, Slug};

use crate::cast::NOON;

pub type Failed = Box<dyn std::error::Error>;

pub const PLUS_DAY: i64 = 24 * 3_600_000;

pub struct Club {
    pub tiers: Vec<Tier>,
    pub partner: PartnerId,
    pub member: ReaderId,
}

fn line(text: &str) -> Result<Line, Failed> {
    Ok(Line::parse("line", text, 80)?)
}

fn slug(text: &str) -> Result<Slug, Failed> {
    Ok(Slug::parse(text).ok_or("a slug")?)
}

pub async fn reader(db: &Db, name: &str, role: Role) -> Result<ReaderId, Failed> {
    let refused = |refusal: reader::Refusal| format!("{refusal:?}");
    let mail = format!("{}@example.org", name.to_lowercase());
    let newcomer = Newcomer {
        name: Name::of_staff(name).map_err(refused)?,
        mail: Mail::parse(&mail).map_err(refused)?,
        password: None,
        language: Language::Austrian,
    };
    let mut tx = db.begin().await?;
    let reader = reader::admit(&mut tx, &newcomer, role, NOON).await?.map_err(refused)?;
    tx.commit().await?;
    Ok(reader)
}

/// Names that do not look alike: digits would count as the letters they resemble.
fn spelled(mut number: usize) -> String {
    let mut name = String::from("Gast ");
    loop {
        name.push_str(["ba", "ke", "mu", "fo", "ri", "ta", "ne", "pu", "so", "di", "ga", "we"][number % 12]);
        number /= 12;
        if number == 0 {
            return name.replace(' ', "");
        }
    }
}

impl Club {
    pub async fn found(db: &Db) -> Result<Club, Failed> {
        let member = reader(db, "Mitglied", Role::Reader).await?;
        let mut tx = db.begin().await?;
        let why = |refusal: Refusal| format!("{refusal:?}");
        let abo = benefits::add_tier(&mut tx, &slug("abo")?, &line("Abo")?, NOON).await?.map_err(why)?;
        benefits::add_tier(&mut tx, &slug("plus")?, &line("Plus")?, NOON).await?.map_err(why)?;
        let partner =
            benefits::add_partner(&mut tx, &slug("buehne")?, &line("Bühne")?, NOON).await?.map_err(why)?;
        benefits::add_partner(&mut tx, &slug("wein")?, &line("Weingut")?, NOON).await?.map_err(why)?;
        let gift = Gift {
            reader: member,
            tier: abo,
            from: NOON.plus(-2 * PLUS_DAY),
            until: None,
            why: "Abo",
            by: None,
        };
        benefits::give(&mut tx, &gift, [7; 8], NOON).await?;
        let tiers = benefits::tiers(&mut tx).await?;
        tx.commit().await?;
        Ok(Club { tiers, partner, member })
    }

    /// So many other members.
    pub async fn members(&self, db: &Db, count: usize) -> Result<Vec<ReaderId>, Failed> {
        let mut members = Vec::new();
        for number in 0..count {
            let member = reader(db, &spelled(number), Role::Reader).await?;
            let mut tx = db.begin().await?;
            let tier = self.tiers[0].id;
            let gift = Gift {
                reader: member,
                tier,
                from: NOON.plus(-2 * PLUS_DAY),
                until: None,
                why: "Abo",
                by: None,
            };
            benefits::give(&mut tx, &gift, (number as u64 * 77).to_be_bytes(), NOON).await?;
            tx.commit().await?;
            members.push(member);
        }
        Ok(members)
    }

    /// People who spend codes for the partner.
    pub async fn staff_of_the_partner(&self, db: &Db, count: usize) -> Result<Vec<ReaderId>, Failed> {
        let mut people = Vec::new();
        for number in 0..count {
            let name = spelled(1000 + number);
            people.push(reader(db, &name, Role::Reader).await?);
            let mut tx = db.begin().await?;
            let done = benefits::appoint(&mut tx, self.partner, &name, None, NOON).await?;
            done.map_err(|refusal| format!("{refusal:?}"))?;
            tx.commit().await?;
        }
        Ok(people)
    }

    /// Somebody who spends codes for the other partner.
    pub async fn other_partner(&self, db: &Db) -> Result<ReaderId, Failed> {
        let person = reader(db, "Kellermeister", Role::Reader).await?;
        let mut tx = db.begin().await?;
        let partners = benefits::partners(&mut tx).await?;
        let other = partners.iter().find(|partner| partner.id != self.partner).ok_or("another partner")?;
        let done = benefits::appoint(&mut tx, other.id, "Kellermeister", None, NOON).await?;
        done.map_err(|refusal| format!("{refusal:?}"))?;
        tx.commit().await?;
        Ok(person)
    }

    /// An offer that runs from yesterday for a month.
    pub fn form(&self, slug: &str, kind: &str) -> OfferForm {
        let typed = |at: Time| benefits::typed(at, &jiff::tz::TimeZone::UTC);
        OfferForm {
            slug: slug.to_owned(),
            partner: "buehne".to_owned(),
            kicker: "Bühne".to_owned(),
            headline: format!("Angebot {slug}"),
            short: "2 für 1".to_owned(),
            tier: "abo".to_owned(),
            opens: typed(NOON.plus(-PLUS_DAY)),
            closes: typed(NOON.plus(30 * PLUS_DAY)),
            per_member: "1".to_owned(),
            kind: kind.to_owned(),
            shared_code: "GEMEINSAM".to_owned(),
            prefix: "AKT".to_owned(),
            spent_here: "yes".to_owned(),
            terms: "Ein Code gilt einmal.".to_owned(),
            ..OfferForm::default()
        }
    }

    pub async fn draft(&self, db: &Db, form: &OfferForm) -> Result<OfferDraft, Failed> {
        let partners = benefits::partners(&mut db.read().await?).await?;
        let draft = OfferDraft::parse(form, &partners, &self.tiers, &jiff::tz::TimeZone::UTC);
        Ok(draft.map_err(|refusal| format!("{refusal:?}"))?)
    }

    pub async fn offer(&self, db: &Db, form: &OfferForm) -> Result<Offer, Failed> {
        let draft = self.draft(db, form).await?;
        let mut tx = db.begin().await?;
        let id =
            benefits::add_offer(&mut tx, &draft, "Redaktion", NOON).await?.map_err(|r| format!("{r:?}"))?;
        let offer = benefits::offer_by_id(&mut tx, id).await?.ok_or("an offer")?;
        tx.commit().await?;
        Ok(offer)
    }

    /// Reserves at noon, as the page does it: commits a yes and undoes a no.
    pub async fn reserve(
        &self,
        db: &Db,
        offer: &Offer,
        member: ReaderId,
    ) -> Result<Result<Reservation, Refusal>, Failure> {
        static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let chance = Sha256::digest(count.to_be_bytes()).into();
        let mut tx = db.begin().await?;
        let answer = benefits::reserve(&mut tx, offer, member, chance, NOON).await?;
        if answer.is_ok() {
            tx.commit().await?
        } else {
            tx.undo().await?
        }
        Ok(answer)
    }

    pub async fn give_back(
        &self,
        db: &Db,
        offer: &Offer,
        reservation: ReservationId,
        now: Time,
    ) -> Result<Result<(), Refusal>, Failure> {
        let mut tx = db.begin().await?;
        let answer = benefits::give_back(&mut tx, offer, reservation, self.member, now).await?;
        if answer.is_ok() {
            tx.commit().await?
        } else {
            tx.undo().await?
        }
        Ok(answer)
    }
}
