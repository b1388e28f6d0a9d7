//! A proof of work for sign-ups from a place from which many came already (T5.3): the browser looks for a number, which
//! costs it a second or two and us one hash. It makes thousands of accounts dear and one account no dearer, and asks nobody
//! else whether somebody is human. Who has no scripts waits until the place is free again.

use sha2::{Digest, Sha256};
use store::{Failure, Time, Tx};

use crate::pace::{self, Act, Place};
use crate::{Refusal, Secret};

/// How many bits of the hash are nought: on average 2^18 tries, about a second of a telephone.
pub const BITS: u32 = 18;
/// How long an answer is taken, in minutes: somebody may still be choosing a name.
const GOOD_FOR: i64 = 30;

/// Sets a puzzle; `ticket` is fresh chance and the puzzle itself. Each is a row, so a place gets no more of them than it may
/// use. Commit also when the answer is no.
pub async fn set(
    tx: &mut Tx,
    ticket: &Secret,
    place: &Place,
    now: Time,
) -> Result<Result<(), Refusal>, Failure> {
    if let Err(refusal) = pace::try_here(tx, Act::Puzzle, place, now).await? {
        return Ok(Err(refusal));
    }
    let sql = "insert into challenges (ticket, purpose, state, made_at, expires_at) values ($1, 'work', '', $2, $3)";
    tx.execute(sql, (ticket.hash(), now, now.plus_minutes(GOOD_FOR))).await?;
    Ok(Ok(()))
}

/// Takes an answer; each is good once. Whatever is wrong costs the puzzle.
pub async fn is_done(tx: &mut Tx, ticket: &Secret, answer: &str, now: Time) -> Result<bool, Failure> {
    let sql = "delete from challenges where ticket = $1 and purpose = 'work' and expires_at > $2";
    let was_set = tx.execute(sql, (ticket.hash(), now)).await? == 1;
    Ok(was_set && fits(&ticket.reveal(), answer))
}

/// Whether SHA-256 of `puzzle:answer` begins with enough noughts.
fn fits(puzzle: &str, answer: &str) -> bool {
    if answer.is_empty() || answer.len() > 16 || !answer.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let hash = Sha256::digest(format!("{puzzle}:{answer}"));
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros() >= BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t5_3_an_answer_is_found_by_work_and_checked_by_one_hash() {
        let puzzle = Secret::from_chance([1; 32]).reveal();
        let answer = (0..10_000_000_u64).map(|n| n.to_string()).find(|answer| fits(&puzzle, answer));
        assert!(answer.is_some());
        for wrong in ["", "-1", "0x1", "12345678901234567", " 1"] {
            assert!(!fits(&puzzle, wrong), "{wrong:?}");
        }
    }
}
