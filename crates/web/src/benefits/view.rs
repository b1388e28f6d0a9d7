//! Offers, draws and refusals as the theme shows them.

use ::edition::{Made, Stands};
use reader::benefits::{Draw, Numbers, Offer, Outcome, Placed, Refusal};
use store::{Time, Tx};
use theme::{
    Frame, Kind, Link, OfferNumbers, OfferState, OfferTeaser, OfferView, OutcomeView, PictureView, PlaceView,
    Say,
};

use crate::front_desk::each_minute;
use crate::{Answer, Trouble, Visit};

/// The frame of a page that is the same for everybody.
pub(super) async fn public_frame(
    visit: &Visit,
    tx: &mut Tx,
    title: &str,
    path: &str,
) -> Result<Frame, Trouble> {
    let sections = archive::sections(tx).await?;
    let mut frame = crate::pages::frame(&visit.paper, &sections, Kind::Page, title, visit.now);
    frame.canonical = Some(visit.paper.house.at(path));
    frame.section = Some("/benefits".to_owned());
    Ok(frame)
}

/// Sends the copy of an offer's or a draw's page, or makes it. What it says also depends on the time, so that a copy counts for
/// a minute; an editor, who sees what has not begun, gets a page of their own.
pub(super) async fn for_a_minute<P: theme::Page>(
    visit: &Visit,
    page: impl Future<Output = Result<P, Trouble>>,
) -> Answer {
    if visit.staff(reader::Role::Editor).is_ok() {
        return visit.show(&page.await?);
    }
    let make = async {
        let body = visit.paper.theme.render(&page.await?)?.into();
        let stands = Stands::Benefits;
        Ok(Made { content_type: "text/html; charset=utf-8", body, stands, changed: None })
    };
    each_minute(visit, make).await
}

/// A refusal in the theme's words.
pub(super) fn say(visit: &Visit, refusal: &Refusal) -> Say {
    let longest = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match refusal {
        Refusal::Field { .. } => Say::new("say-benefit-field"),
        Refusal::TooLong { longest: n, .. } => Say::new("say-benefit-long").number("longest", longest(*n)),
        Refusal::Taken => Say::new("say-benefit-taken"),
        Refusal::MembersOnly => Say::new("say-benefit-members"),
        Refusal::NotYet { opens } => Say::new("say-benefit-not-yet").text("opens", moment(visit, *opens)),
        Refusal::Over => Say::new("say-benefit-over"),
        Refusal::SoldOut => Say::new("say-benefit-sold-out"),
        Refusal::HadAlready { again: None } => Say::new("say-benefit-had"),
        Refusal::HadAlready { again: Some(again) } => {
            Say::new("say-benefit-had-again").text("again", moment(visit, *again))
        }
        Refusal::TooLate => Say::new("say-benefit-late"),
        Refusal::NoSuchCode => Say::new("say-benefit-no-code"),
        Refusal::Spent { at } => Say::new("say-benefit-spent").text("at", moment(visit, *at)),
        Refusal::NoSuchNumber => Say::new("say-benefit-no-number"),
        Refusal::TooOften { again } => Say::new("say-benefit-too-often")
            .number("seconds", i64::from(crate::personal::seconds(*again, visit.now))),
        Refusal::Nobody => Say::new("say-benefit-nobody"),
        Refusal::EnteredAlready => Say::new("say-benefit-entered"),
        Refusal::Frozen => Say::new("say-benefit-frozen"),
        Refusal::StillOpen => Say::new("say-benefit-still-open"),
        Refusal::Fixed => Say::new("say-benefit-fixed"),
    }
}

/// A moment inside a sentence: „20. 11. 2026, 14:48 Uhr“.
fn moment(visit: &Visit, at: Time) -> String {
    let at = at.timestamp().to_zoned_datetime(visit.paper.house.zone.clone());
    at.strftime(visit.in_words("%-d.\u{a0}%-m.\u{a0}%Y, %-H:%M\u{a0}Uhr", "%-d %B %Y, %-H:%M")).to_string()
}

/// A picture of an offer; all are shown in the same shape.
pub(super) fn picture(name: Option<&str>, alt: &str, credit: &str) -> Option<PictureView> {
    name.map(|name| PictureView {
        url: format!("/pictures/{name}"),
        width: 1200,
        height: 750,
        alt: alt.to_owned(),
        caption: None,
        credit: Some(credit.to_owned()).filter(|credit| !credit.is_empty()),
    })
}

/// An offer announced: what is scarce says how much is left.
pub(super) fn teaser(offer: &Offer) -> OfferTeaser {
    let scarce = |left: i64| left < 20 || offer.stock.is_some_and(|stock| left * 4 <= stock);
    OfferTeaser {
        url: offer.path(),
        kicker: offer.kicker.clone(),
        headline: offer.headline.clone(),
        // Beside its headline the picture says nothing new.
        picture: picture(offer.picture.as_deref(), "", ""),
        state: match offer.left() {
            Some(0) => OfferState::Gone,
            Some(n) if scarce(n) => OfferState::Left { n },
            _ => OfferState::Until { at: offer.closes },
        },
    }
}

/// A draw announced.
pub(super) fn draw_teaser(draw: &Draw, now: Time) -> OfferTeaser {
    let over = draw.closed.is_some() || draw.closes <= now;
    OfferTeaser {
        url: draw.path(),
        kicker: draw.kicker.clone(),
        headline: draw.headline.clone(),
        picture: picture(draw.picture.as_deref(), "", ""),
        state: if over { OfferState::Drawn } else { OfferState::Until { at: draw.closes } },
    }
}

/// What an offer says to everybody.
pub(super) fn offer(offer: &Offer) -> OfferView {
    OfferView {
        url: offer.path(),
        kicker: offer.kicker.clone(),
        headline: offer.headline.clone(),
        lead: offer.lead.clone(),
        picture: picture(offer.picture.as_deref(), &offer.picture_alt, &offer.picture_credit),
        valid: offer.valid.clone(),
        redeem: offer.redeem.clone(),
        partner: offer.partner_name.clone(),
        region: offer.region.clone(),
        text: offer.text.clone(),
        terms: format!("{}/terms", offer.path()),
        withdrawn: offer.withdrawn.map(|at| (at, offer.withdrawn_why.clone().unwrap_or_default())),
    }
}

/// How an offer goes, under `url` and with its table at `table`.
pub(super) fn numbers(offer: &Offer, counted: &Numbers, url: String, table: String) -> OfferNumbers {
    OfferNumbers {
        offer: Link::new(url, offer.headline.as_str()),
        partner: offer.partner_name.clone(),
        opens: offer.opens,
        closes: offer.closes,
        stock: offer.stock,
        left: offer.left(),
        reserved: counted.reserved,
        spent: counted.spent,
        undone: counted.undone,
        returned: counted.returned,
        table,
        withdrawn: offer.withdrawn.is_some(),
    }
}

/// Which places win: the first that did not decline, as many as there are prizes.
pub(super) fn winning(draw: &Draw, places: &[Placed]) -> Vec<i64> {
    let standing = places.iter().filter(|place| place.declined.is_none()).map(|place| place.place);
    standing.take(usize::try_from(draw.winners).unwrap_or(0)).collect()
}

/// What came of a draw. Names that may not be shown are left out here, except at the desk.
pub(super) fn outcome(draw: &Draw, outcome: Outcome, at_the_desk: bool) -> OutcomeView {
    let winning = winning(draw, &outcome.places);
    let place = |placed: Placed| PlaceView {
        place: placed.place,
        number: placed.number,
        wins: winning.contains(&placed.place),
        name: Some(placed.name).filter(|_| {
            at_the_desk || (placed.shows_name && placed.declined.is_none() && winning.contains(&placed.place))
        }),
        declined: placed.declined.is_some(),
        told: placed.told,
    };
    OutcomeView {
        seed: outcome.seed,
        list_hash: outcome.list_hash,
        list: format!("{}/entries.txt", draw.path()),
        entries: outcome.entries,
        at: outcome.at,
        places: outcome.places.into_iter().map(place).collect(),
        is_unchanged: outcome.is_unchanged,
    }
}

/// Text as part of an address.
pub(super) fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Ten digits as they are read aloud: `0471 123 458`.
pub(super) fn grouped(number: &str) -> String {
    match (number.get(..4), number.get(4..7), number.get(7..)) {
        (Some(first), Some(second), Some(third)) => format!("{first} {second} {third}"),
        _ => number.to_owned(),
    }
}
