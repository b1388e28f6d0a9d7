//! Who is signed in, in which browser, since when and until when (T3.5, T3.6).

use store::{Failure, FromColumn, Time, Tx, Value, events};

use crate::{Name, ReaderId, Role, Secret};

store::id!(
    /// Names a session to its owner. It opens nothing: the token does.
    SessionId
);

/// The topic told when sessions of a reader end (subject: the reader's id, 0 for everybody), so that open streams close.
pub const ENDED: &str = "session";

/// How long a reader's session lasts without a visit, and at most.
const READERS: Span = Span { idle: 14 * 24 * 60, longest: 30 * 24 * 60 };
/// The same for people who work for the paper.
const STAFF: Span = Span { idle: 8 * 60, longest: 12 * 60 };
/// The row learns of a visit at most this often, so that reading does not write.
const COARSE: i64 = 5;

/// In minutes.
#[derive(Clone, Copy)]
struct Span {
    idle: i64,
    longest: i64,
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its owner signed out, here or in the list of sessions.
    SignedOut,
    /// Its owner signed in again in the same browser.
    Renewed,
    /// Its owner has a new password.
    PasswordChanged,
    /// Its owner has another role.
    RoleChanged,
    /// An address of before took its account back.
    AddressReturned,
    /// Its owner leaves.
    Left,
    /// Everybody was signed out.
    Everybody,
}

impl Why {
    fn as_str(self) -> &'static str {
        match self {
            Why::SignedOut => "signed out",
            Why::Renewed => "renewed",
            Why::PasswordChanged => "password changed",
            Why::RoleChanged => "role changed",
            Why::AddressReturned => "address returned",
            Why::Left => "left",
            Why::Everybody => "everybody",
        }
    }
}

/// How somebody proved who they are when a session was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A password, a code by mail, or another house that knows them: one factor.
    First,
    /// A link of the operator: worth a second factor for setting one up, and no more.
    Operator,
    /// A passkey, or a first factor and then a second.
    Both,
}

impl Proof {
    fn as_str(self) -> &'static str {
        match self {
            Proof::First => "first",
            Proof::Operator => "operator",
            Proof::Both => "both",
        }
    }
}

impl FromColumn for Proof {
    fn from_column(value: Value) -> Option<Proof> {
        let word = Option::<String>::from_column(value)?;
        // Sessions from before there were second factors.
        let Some(word) = word else { return Some(Proof::First) };
        [Proof::First, Proof::Operator, Proof::Both].into_iter().find(|proof| proof.as_str() == word)
    }
}

/// Somebody is signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// The row.
    pub id: SessionId,
    /// Who.
    pub reader: ReaderId,
    /// The name in the talk.
    pub name: Name,
    /// The role at this moment.
    pub role: Role,
    /// When somebody proved who they are. Changing an address or a password asks for it to be recent (T3.8).
    pub opened_at: Time,
    /// The last visit the row knows of.
    pub seen_at: Time,
    /// How its owner proved who they are.
    pub proof: Proof,
    /// When they showed a second factor.
    pub second_at: Option<Time>,
}
store::row!(Session { id, reader, name, role, opened_at, seen_at, proof, second_at });

impl Session {
    /// Whether [`seen`] should be told of a visit at `now`.
    #[must_use]
    pub fn is_stale(&self, now: Time) -> bool {
        now.since(self.seen_at) >= COARSE * 60_000
    }

    /// Whether its owner proved who they are within the last ten minutes.
    #[must_use]
    pub fn is_fresh(&self, now: Time) -> bool {
        now.since(self.opened_at) <= 10 * 60_000
    }

    /// Whether somebody who works for the paper has not shown a second factor yet (T3.2).
    #[must_use]
    pub fn is_half(&self) -> bool {
        self.role.is_staff() && self.second_at.is_none()
    }
}

/// Opens a session for somebody who has just proved who they are with one factor. `token` is fresh chance; `device` comes
/// from [`device`].
pub async fn open_session(
    tx: &mut Tx,
    reader: ReaderId,
    token: &Secret,
    device: &str,
    now: Time,
) -> Result<SessionId, Failure> {
    open_session_by(tx, reader, Proof::First, token, device, now).await
}

/// The same, saying how they proved it. A second factor shown later opens a session of its own (T3.5).
pub async fn open_session_by(
    tx: &mut Tx,
    reader: ReaderId,
    proof: Proof,
    token: &Secret,
    device: &str,
    now: Time,
) -> Result<SessionId, Failure> {
    let sql = "select coalesce((select role from appointments where reader = $1 order by id desc limit 1), 'reader')";
    let (role,): (Role,) = tx.one(sql, (reader,)).await?;
    let span = if role.is_staff() { STAFF } else { READERS };
    let sql =
        "insert into sessions (token, reader, device, opened_at, seen_at, idle, expires_at, proof, second_at)
               values ($1, $2, $3, $4, $4, $5, $6, $7, $8) returning id";
    let (idle, expires_at) = (span.idle * 60_000, now.plus_minutes(span.longest));
    let second_at = (proof == Proof::Both).then_some(now);
    let of = (token.hash(), reader, device, now, idle, expires_at, proof.as_str(), second_at);
    Ok(SessionId(tx.insert(sql, of).await?))
}

/// One look-up by key, because every request of somebody signed in begins with it.
const HELD: &str = "select s.id, s.reader, r.name,
        coalesce((select a.role from appointments a where a.reader = s.reader order by a.id desc limit 1), 'reader'),
        s.opened_at, s.seen_at, s.proof, s.second_at
   from sessions s join readers r on r.id = s.reader
  where s.token = $1 and s.ended_at is null and s.expires_at > $2 and s.seen_at + s.idle > $2";

/// Who holds this token; nothing is written.
pub async fn session(tx: &mut Tx, token: &Secret, now: Time) -> Result<Option<Session>, Failure> {
    tx.first(HELD, (token.hash(), now)).await
}

/// Notes a visit. Only worth a transaction if the session [is stale](Session::is_stale).
pub async fn seen(tx: &mut Tx, session: SessionId, now: Time) -> Result<(), Failure> {
    let sql = "update sessions set seen_at = $2 where id = $1 and seen_at < $2 and ended_at is null";
    tx.execute(sql, (session, now)).await.map(drop)
}

/// Ends one session, if it is `reader`'s; tells whether it was one that could be ended.
pub async fn end_session(
    tx: &mut Tx,
    reader: ReaderId,
    session: SessionId,
    why: Why,
    now: Time,
) -> Result<bool, Failure> {
    let sql = "update sessions set ended_at = $3, ended_why = $4 where id = $1 and reader = $2 and ended_at is null";
    let ended = tx.execute(sql, (session, reader, now, why.as_str())).await? == 1;
    events::tell(tx, ENDED, reader.0, now).await?;
    Ok(ended)
}

/// Ends every session of a reader.
pub async fn end_all(tx: &mut Tx, reader: ReaderId, why: Why, now: Time) -> Result<(), Failure> {
    let sql = "update sessions set ended_at = $2, ended_why = $3 where reader = $1 and ended_at is null";
    tx.execute(sql, (reader, now, why.as_str())).await?;
    events::tell(tx, ENDED, reader.0, now).await
}

/// Ends every session of a reader but this one.
pub async fn end_others(
    tx: &mut Tx,
    reader: ReaderId,
    kept: SessionId,
    why: Why,
    now: Time,
) -> Result<(), Failure> {
    let sql = "update sessions set ended_at = $2, ended_why = $3 where reader = $1 and id <> $4 and ended_at is null";
    tx.execute(sql, (reader, now, why.as_str(), kept)).await?;
    events::tell(tx, ENDED, reader.0, now).await
}

/// Signs everybody out; tells how many sessions there were.
pub async fn end_everybody(tx: &mut Tx, now: Time) -> Result<u64, Failure> {
    let sql = "update sessions set ended_at = $1, ended_why = $2 where ended_at is null and expires_at > $1";
    let ended = tx.execute(sql, (now, Why::Everybody.as_str())).await?;
    events::tell(tx, ENDED, 0, now).await?;
    Ok(ended)
}

/// A session as its owner sees it in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What ends it.
    pub id: SessionId,
    /// Browser and system, as in „Firefox, Linux".
    pub device: String,
    /// Since when.
    pub opened_at: Time,
    /// The last visit, five minutes coarse.
    pub seen_at: Time,
    /// When it ends by itself, whatever happens.
    pub expires_at: Time,
}
store::row!(Listed { id, device, opened_at, seen_at, expires_at });

/// A reader's sessions that are open now, latest visit first, at most 100.
pub async fn sessions(tx: &mut Tx, reader: ReaderId, now: Time) -> Result<Vec<Listed>, Failure> {
    let sql = "select id, device, opened_at, seen_at, expires_at from sessions
                where reader = $1 and ended_at is null and expires_at > $2 and seen_at + idle > $2
                order by seen_at desc, id desc limit 100";
    tx.all(sql, (reader, now)).await
}

/// Browser and system from a `User-Agent`, coarse on purpose: enough to tell two of one's own devices apart,
/// too little to recognise a stranger's (T8.1).
#[must_use]
pub fn device(user_agent: &str) -> String {
    // Order matters: Edge, Opera and Samsung's browser also call themselves Chrome, and Chrome calls itself Safari.
    const BROWSERS: &[(&str, &str)] = &[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: &[(&str, &str)] = &[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    [find(BROWSERS), find(SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    store::testing::on_both!(
        a_session_is_found_by_its_key,
        &[store::MIGRATIONS, crate::MIGRATIONS],
        |db| async move {
            let mut tx = db.begin().await?;
            let sql =
                "insert into readers (name, name_folded, name_skeleton, mail, mail_key, language, created_at)
                   values ('a', 'a', 'a', 'a', 'a', 'de-AT', 0) returning id";
            let anna = ReaderId(tx.insert(sql, ()).await?);
            for n in 0..200 {
                open_session(&mut tx, anna, &Secret::from_chance([n; 32]), "", Time(0)).await?;
            }
            let plan = tx.plan(HELD, (vec![0_u8; 32], Time(0))).await?;
            assert!(!plan.contains("SCAN") && !plan.contains("Seq Scan on sessions"), "{plan}");
            assert!(session(&mut tx, &Secret::from_chance([7; 32]), Time(1)).await?.is_some());
            Ok(())
        }
    );

    #[test]
    fn a_device_is_told_by_browser_and_system() {
        #[track_caller]
        fn check(user_agent: &str, expected: &str) {
            assert_eq!(device(user_agent), expected);
        }
        check("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux");
        check(
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0",
            "Edge, Windows",
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604.1",
            "Safari, iPhone",
        );
        check("curl/8.0 <script>", "");
    }
}
