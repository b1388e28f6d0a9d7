//! Changing the address letters go to (T3.8): a code proves the new one, and the old one hears of it and can take it back.
//!
//! Whether the new address has an account already is told to its owner only (T3.3): the page says the same, and so does
//! the code that fits nothing.

use store::{Failure, Time, Tx};
use subtle::ConstantTimeEq;

use crate::code::{GOOD_FOR, Request};
use crate::letter_account as letter;
use crate::pace::{self, Act};
use crate::session::{self, Why};
use crate::{Mail, Reader, ReaderId, Refusal, Secret, account, departure};

/// How often a code may be tried.
const MOST_TRIES: i64 = 5;
/// How long the old address can take a change back, in minutes.
pub const UNDO_FOR: i64 = 7 * 24 * 60;
/// What was set up so many minutes before a change goes with it.
const DAY_BEFORE: i64 = 24 * 60;

/// Sends a code to the new address. Ask for a [fresh](crate::Session::is_fresh) session first.
pub async fn ask_to_move(
    tx: &mut Tx,
    reader: &Reader,
    mail: &Mail,
    request: &Request<'_>,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if let Err(refusal) = pace::try_now(tx, Act::Letter, mail, request.place, now).await? {
        return Ok(Err(refusal));
    }
    if mail.key() == reader.mail.key() {
        return Ok(Err(Refusal::MailSame));
    }
    let text = match account::by_mail(tx, mail).await? {
        None => letter::confirm_address(request.house, reader.language, request.code),
        Some(owner) => letter::address_is_yours(request.house, owner.language),
    };
    let sql = "insert into address_changes (reader, ticket, hash, mail, tries, made_at, expires_at)
               values ($1, $2, $3, $4, 0, $5, $6)";
    let hash = request.ticket.hash_with(request.code.digits());
    let until = now.plus_minutes(GOOD_FOR);
    tx.execute(sql, (reader.id, request.ticket.hash(), hash, mail, now, until)).await?;
    crate::letter::post(tx, mail, text, now).await?;
    Ok(Ok(()))
}

/// Takes the code as typed, which stands in the request: letters go to the new address from now on, and the old one hears of it. `undo` is fresh chance for the
/// link in that letter. Commit also when the answer is no: the try counts.
pub async fn move_address(
    tx: &mut Tx,
    reader: &Reader,
    request: &Request<'_>,
    undo: &Secret,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    let sql = "update address_changes set tries = tries + 1
                where ticket = $1 and reader = $2 and done_at is null and expires_at > $3 and tries < $4
            returning id, hash, mail, tries";
    let row: Option<(i64, Vec<u8>, Mail, i64)> =
        tx.first(sql, (request.ticket.hash(), reader.id, now, MOST_TRIES)).await?;
    let Some((change, hash, mail, tries)) = row else { return Ok(Err(Refusal::CodeOver)) };
    let is_right = bool::from(hash.ct_eq(&request.ticket.hash_with(request.code.digits())));
    // Somebody may have opened an account with this address before or since; their letter says so.
    let moved = is_right && {
        let sql = "update readers set mail = $2, mail_key = $3 where id = $1
                      and not exists (select 1 from readers where mail_key = $3)";
        tx.execute(sql, (reader.id, &mail, mail.key())).await? == 1
    };
    if !moved {
        return Ok(Err(match MOST_TRIES - tries {
            0 => Refusal::CodeOver,
            left => Refusal::CodeWrong { left },
        }));
    }
    let sql = "update address_changes set done_at = $2, before = $3, undo = $4 where id = $1";
    tx.execute(sql, (change, now, &reader.mail, undo.hash())).await?;
    let text = letter::address_changed(request.house, reader.language, undo);
    crate::letter::post(tx, &reader.mail, text, now).await?;
    Ok(Ok(()))
}

/// Whether a link of an old address still takes its change back; looking changes nothing (T2.4).
pub async fn can_move_back(tx: &mut Tx, undo: &Secret, now: Time) -> Result<bool, Failure> {
    Ok(change_of(tx, undo, now).await?.is_some())
}

async fn change_of(
    tx: &mut Tx,
    undo: &Secret,
    now: Time,
) -> Result<Option<(i64, ReaderId, Mail, Time)>, Failure> {
    let sql = "select c.id, c.reader, c.before, c.done_at from address_changes c
                where c.undo = $1 and c.done_at > $2
                  and not exists (select 1 from address_returns r where r.change = c.id)
                  and not exists (select 1 from departures d where d.reader = c.reader and d.done_at is not null)";
    tx.first(sql, (undo.hash(), now.plus_minutes(-UNDO_FOR))).await
}

/// Takes a change back, and everything somebody may have set up around it: all sessions end, codes on their way open nothing, and
/// the password, which may be a stranger's, goes. So do a wish to leave, second factors and accounts elsewhere from the day before
/// the change on: whoever got in may have seen to a way back first.
/// The owner signs in with a code by mail.
pub async fn move_back(tx: &mut Tx, undo: &Secret, now: Time) -> Result<Result<ReaderId, Refusal>, Failure> {
    let Some((change, reader, before, done_at)) = change_of(tx, undo, now).await? else {
        return Ok(Err(Refusal::LinkOver));
    };
    let sql = "update readers set mail = $2, mail_key = $3, password = null where id = $1
                  and not exists (select 1 from readers where mail_key = $3 and id <> $1)";
    if tx.execute(sql, (reader, &before, before.key())).await? == 0 {
        return Ok(Err(Refusal::MailTaken));
    }
    // With this change, every later one is taken back.
    let sql = "insert into address_returns (change, at)
               select c.id, $3 from address_changes c
                where c.reader = $1 and c.id >= $2 and c.done_at is not null
                  and not exists (select 1 from address_returns r where r.change = c.id)
               on conflict (change) do nothing";
    if tx.execute(sql, (reader, change, now)).await? == 0 {
        return Ok(Err(Refusal::LinkOver));
    }
    let since = done_at.plus_minutes(-DAY_BEFORE);
    for ways in ["passkeys", "authenticators", "recovery_codes", "outside_logins"] {
        let sql = format!("delete from {ways} where reader = $1 and made_at >= $2");
        tx.execute(&sql, (reader, since)).await?;
    }
    tx.execute("update codes set used_at = $2 where reader = $1 and used_at is null", (reader, now)).await?;
    departure::undo_since(tx, reader, since, now).await?;
    session::end_all(tx, reader, Why::AddressReturned, now).await?;
    Ok(Ok(reader))
}
