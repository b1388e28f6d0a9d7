//! Signing in with a password, in three steps, because the slow one in the middle must not hold rows:
//! [`credentials`], then [`Credentials::check`] off the threads that serve, then [`open_session`](crate::open_session).

use store::{Failure, Time, Tx};

use crate::letter::{self, House};
use crate::pace::{self, Act, Place};
use crate::session::{self, Why};
use crate::{Hashed, Mail, Password, ReaderId, Refusal, SessionId, account};

/// What a password is compared with. Looks the same where there is no account, and takes as long (T3.3).
#[derive(Debug)]
pub struct Credentials {
    reader: Option<ReaderId>,
    hash: Hashed,
}

/// Counts a try and fetches what the password is compared with. Commit also when the answer is no.
pub async fn credentials(
    tx: &mut Tx,
    mail: &Mail,
    place: &Place,
    now: Time,
) -> Result<Result<Credentials, Refusal>, Failure> {
    if let Err(refusal) = pace::try_now(tx, Act::Password, mail, place, now).await? {
        return Ok(Err(refusal));
    }
    let sql = "select id, password from readers where mail_key = $1 and password is not null";
    let row: Option<(ReaderId, Hashed)> = tx.first(sql, (mail.key(),)).await?;
    Ok(Ok(match row {
        Some((reader, hash)) => Credentials { reader: Some(reader), hash },
        None => Credentials { reader: None, hash: Hashed::nobodys() },
    }))
}

impl Credentials {
    /// Who it is, if the password fits. Takes tens of milliseconds of a core, also when there is no account.
    pub fn check(&self, password: &Password) -> Result<Result<ReaderId, Refusal>, Failure> {
        let fits = self.hash.is_of(password)?;
        Ok(self.reader.filter(|_| fits).ok_or(Refusal::WrongPassword))
    }
}

/// Sets a new password, ends all other sessions and tells the owner by letter.
/// Ask for a [fresh](crate::Session::is_fresh) session first.
pub async fn change_password(
    tx: &mut Tx,
    reader: ReaderId,
    password: &Hashed,
    kept: SessionId,
    house: &House<'_>,
    now: Time,
) -> Result<(), Failure> {
    tx.execute("update readers set password = $2 where id = $1", (reader, password)).await?;
    session::end_others(tx, reader, kept, Why::PasswordChanged, now).await?;
    if let Some(owner) = account::by_id(tx, reader).await? {
        letter::post(tx, &owner.mail, letter::password_changed(house, owner.language), now).await?;
    }
    Ok(())
}
