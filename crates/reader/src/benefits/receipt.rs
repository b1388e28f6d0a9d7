//! What a member is told of afterwards: a code was spent or given back to them, a draw was won.
//!
//! The codes themselves are not in a letter; they stand on the member's own page.

use store::{Failure, Time, Tx};

use super::draws::Draw;
use super::offers::Offer;
use crate::letter::{self, House};
use crate::{Reader, ReaderId, account};

/// A code was spent at the partner's.
pub(super) async fn spent(
    tx: &mut Tx,
    to: ReaderId,
    offer: &Offer,
    code: &str,
    house: &House<'_>,
    now: Time,
) -> Result<(), Failure> {
    let end: String = code.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    let link = format!("{}{}/mine", house.address, offer.path());
    let (partner, short) = (&offer.partner_name, &offer.short);
    tell(tx, to, house, now, |german| {
        if german {
            (
                format!("Eingelöst: {short}"),
                format!("{partner} hat Ihren Code mit den letzten Zeichen {end} eingelöst: {short}.\n\nWaren das nicht Sie? Fragen Sie bei {partner} nach. Hier steht, was Sie eingelöst haben:\n\n    {link}"),
            )
        } else {
            (
                format!("Redeemed: {short}"),
                format!("{partner} has redeemed your code ending in {end}: {short}.\n\nWas it not you? Please ask {partner}. What you have redeemed is here:\n\n    {link}"),
            )
        }
    })
    .await
}

/// The partner undid it.
pub(super) async fn undone(
    tx: &mut Tx,
    to: ReaderId,
    offer: &Offer,
    house: &House<'_>,
    now: Time,
) -> Result<(), Failure> {
    let link = format!("{}{}/mine", house.address, offer.path());
    let (partner, short) = (&offer.partner_name, &offer.short);
    tell(tx, to, house, now, |german| {
        if german {
            (
                format!("Nicht eingelöst: {short}"),
                format!("{partner} hat das Einlösen rückgängig gemacht. Ihr Code gilt wieder:\n\n    {link}"),
            )
        } else {
            (
                format!("Not redeemed: {short}"),
                format!("{partner} has undone the redemption. Your code is good again:\n\n    {link}"),
            )
        }
    })
    .await
}

/// A draw was won.
pub(super) async fn won(
    tx: &mut Tx,
    to: ReaderId,
    draw: &Draw,
    house: &House<'_>,
    now: Time,
) -> Result<(), Failure> {
    let link = format!("{}{}/mine", house.address, draw.path());
    let (headline, prize) = (&draw.headline, &draw.prize);
    tell(tx, to, house, now, |german| {
        if german {
            (
                format!("Sie haben gewonnen: {prize}"),
                format!("Bei unserer Verlosung „{headline}“ wurde Ihr Los gezogen. Sie gewinnen: {prize}.\n\nWie es weitergeht, steht in den Teilnahmebedingungen, und wie gezogen wurde, auf der Seite der Verlosung:\n\n    {link}"),
            )
        } else {
            (
                format!("You have won: {prize}"),
                format!("Your ticket was drawn in our prize draw \"{headline}\". You win: {prize}.\n\nThe terms say how it goes on, and the page of the draw says how it was drawn:\n\n    {link}"),
            )
        }
    })
    .await
}

async fn tell(
    tx: &mut Tx,
    to: ReaderId,
    house: &House<'_>,
    now: Time,
    words: impl FnOnce(bool) -> (String, String),
) -> Result<(), Failure> {
    let Some(Reader { mail, language, .. }) = account::by_id(tx, to).await? else { return Ok(()) };
    let (subject, text) = words(language.is_german());
    let wording = letter::benefit(house, language, subject, &text);
    letter::post(tx, &mail, wording, now).await.map(drop)
}
