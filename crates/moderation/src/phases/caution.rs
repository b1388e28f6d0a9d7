//! What makes the desk careful anywhere in the paper, whatever the mode: the same text again and again, a history of refusals, a
//! thread that runs away. Each change is a row of its own, and the latest counts.

use store::{Failure, Time, Tx, events};

use crate::{Moderator, PHASES_CHANGED};

/// From when on a text waits that no mode has wait. 0 switches one off; everything is off until the desk says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caution {
    /// If its author has said the same under so many other articles within a day.
    pub alike: i64,
    /// If so many percent of what its author wrote lately was refused or removed, and three texts at least.
    pub refused_percent: i64,
    /// In how many days.
    pub refused_days: i64,
    /// If so many comments have come in its thread in ten minutes.
    pub thread_comments: i64,
}
store::row!(Caution { alike, refused_percent, refused_days, thread_comments });

impl Caution {
    /// The most of each, in the order of the fields.
    pub const MOST: [i64; 4] = [20, 100, 365, 10_000];

    /// Takes the four numbers; nothing if one of them is out of its range, or a share has no days.
    #[must_use]
    pub fn of(numbers: [i64; 4]) -> Option<Caution> {
        let in_range = numbers.iter().zip(Caution::MOST).all(|(number, most)| (0..=most).contains(number));
        let [alike, refused_percent, refused_days, thread_comments] = numbers;
        let has_days = refused_percent == 0 || refused_days > 0;
        (in_range && has_days).then_some(Caution { alike, refused_percent, refused_days, thread_comments })
    }

    /// Whether any of it is switched on.
    pub(crate) fn is_any(self) -> bool {
        self.alike > 0 || self.refused_percent > 0 || self.thread_comments > 0
    }
}

/// What holds now.
pub async fn caution(tx: &mut Tx) -> Result<Caution, Failure> {
    let sql =
        "select alike, refused_percent, refused_days, thread_comments from cautions order by id desc limit 1";
    Ok(tx.first(sql, ()).await?.unwrap_or_default())
}

/// Says what holds from now on.
pub async fn change_caution(
    tx: &mut Tx,
    caution: Caution,
    moderator: Moderator,
    now: Time,
) -> Result<(), Failure> {
    let Caution { alike, refused_percent, refused_days, thread_comments } = caution;
    let sql = "insert into cautions (alike, refused_percent, refused_days, thread_comments, moderator, at)
               values ($1, $2, $3, $4, $5, $6)";
    let values = (alike, refused_percent, refused_days, thread_comments, moderator.id(), now);
    tx.execute(sql, values).await?;
    events::tell(tx, PHASES_CHANGED, 0, now).await
}
