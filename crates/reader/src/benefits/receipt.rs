//! What a member finds in the inbox afterwards: a code was spent or is good again, a draw was won.
//!
//! The codes themselves do not travel; they stand on the member's own page.

use store::{Failure, Time, Tx};

use super::draws::Draw;
use super::offers::Offer;
use super::redeem::RedemptionId;
use crate::inbox::{self, Kind, Message};
use crate::{ReaderId, account};

/// A code was spent at the partner's.
pub(super) async fn spent(
    tx: &mut Tx,
    to: ReaderId,
    offer: &Offer,
    redemption: RedemptionId,
    code: &str,
    now: Time,
) -> Result<(), Failure> {
    let from = code.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    let (end, partner, short) = (&code[from..], &offer.partner_name, &offer.short);
    let german = (
        format!("Eingelöst: {short}"),
        format!(
            "{partner} hat Ihren Code mit den letzten Zeichen {end} eingelöst. Waren das nicht Sie? Fragen Sie dort nach."
        ),
    );
    let english = (
        format!("Redeemed: {short}"),
        format!("{partner} has redeemed your code ending in {end}. Was it not you? Please ask there."),
    );
    tell(tx, to, &offer.path(), &format!("spent {redemption}"), german, english, now).await
}

/// The partner undid it.
pub(super) async fn undone(
    tx: &mut Tx,
    to: ReaderId,
    offer: &Offer,
    redemption: RedemptionId,
    now: Time,
) -> Result<(), Failure> {
    let (partner, short) = (&offer.partner_name, &offer.short);
    let german = (
        format!("Nicht eingelöst: {short}"),
        format!("{partner} hat das Einlösen rückgängig gemacht. Ihr Code gilt wieder."),
    );
    let english = (
        format!("Not redeemed: {short}"),
        format!("{partner} has undone the redemption. Your code is good again."),
    );
    tell(tx, to, &offer.path(), &format!("undone {redemption}"), german, english, now).await
}

/// A draw was won.
pub(super) async fn won(tx: &mut Tx, to: ReaderId, draw: &Draw, now: Time) -> Result<(), Failure> {
    let (headline, prize) = (&draw.headline, &draw.prize);
    let german = (
        format!("Sie haben gewonnen: {prize}"),
        format!(
            "Bei der Verlosung „{headline}“ wurde Ihr Los gezogen. Wie es weitergeht, steht in den Teilnahmebedingungen."
        ),
    );
    let english = (
        format!("You have won: {prize}"),
        format!("Your ticket was drawn in the prize draw “{headline}”. The terms say how it goes on."),
    );
    tell(tx, to, &draw.path(), &format!("won {}", draw.id), german, english, now).await
}

async fn tell(
    tx: &mut Tx,
    to: ReaderId,
    path: &str,
    key: &str,
    german: (String, String),
    english: (String, String),
    now: Time,
) -> Result<(), Failure> {
    let Some(reader) = account::by_id(tx, to).await? else { return Ok(()) };
    let (title, words) = if reader.language.is_german() { german } else { english };
    let message = Message::new(Kind::Benefit, format!("{path}/mine"), key).about(title).saying(words);
    inbox::tell(tx, to, &message, now).await.map(drop)
}
