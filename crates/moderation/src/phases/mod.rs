//! What every new comment and every change passes: one list of phases, read from top to bottom.
//!
//! The first phase that has something to say decides: the text appears, it waits for the desk, or a rule keeps it out. A text about
//! which none says anything appears. Each phase is a plain function of a [`Matter`], in which everything it may know stands: so
//! the same matter always ends the same way, and the list can be tried without a paper.
//!
//! What this deliberately does not do: it reads no rows and no clock (`take_in.rs` and [`Policy`] do before), and it never
//! removes a comment that stands.

mod caution;
mod links;
mod modes;
mod policy;

pub use caution::{Caution, caution, change_caution};
pub use links::addresses;
pub use modes::{Mode, ModeId, Set, Span, Waits, end_mode, modes, set_mode};
pub use policy::Policy;

use store::Time;

use crate::finding::{Facts, Outcome};
use crate::words::{Action, Hit, WordRules};

/// Who wrote a text, as far as the phases care.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Anybody.
    #[default]
    Reader,
    /// The desk has checked who they are.
    Verified,
    /// Somebody who works for the paper, authors included.
    Staff,
}

/// What somebody did until now; see [`forum::Lately`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Comments of theirs that appeared and were not removed or taken back.
    pub approved: i64,
    /// The same text by them elsewhere in the last day.
    pub alike: i64,
    /// Of what they wrote in the last days ([`Caution::refused_days`]): how much was refused or removed, by people or by rules.
    pub refused: i64,
    /// How much they wrote in that time, the refused included.
    pub written: i64,
    /// Comments in this thread in the last minutes.
    pub in_thread: i64,
    /// Since when the oldest text waits that waits for the desk.
    pub oldest_waiting: Option<Time>,
}

/// A text with everything that the phases may know about it.
pub struct Matter<'a> {
    /// What it says.
    pub text: &'a str,
    /// Who wrote it.
    pub standing: Standing,
    /// Whether everything waits under this article now, by its hours or by word of the desk.
    pub talk_waits: bool,
    /// The mode in force there.
    pub mode: Mode,
    /// What makes the desk careful.
    pub caution: Caution,
    /// The word rules.
    pub words: &'a WordRules,
    /// What its author did until now.
    pub record: Record,
    /// How risky the sorting aid finds it, 0 to 1; nothing if it was not asked.
    pub risk: Option<f32>,
    /// When it came.
    pub now: Time,
}

/// One phase.
pub struct Phase {
    /// How rows name it.
    pub name: &'static str,
    look: fn(&Matter<'_>) -> Option<Says>,
}

/// What a phase says.
enum Says {
    /// It appears, whatever the phases below would say.
    Appear,
    /// It waits.
    Hold(Facts),
    /// A rule keeps it out.
    Withhold(Facts, Ground),
}

/// Which clause keeps a text out, and what its author is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The clause of the house rules.
    pub clause: String,
    /// The rule's words to the author.
    pub reason: String,
}

/// What was found in a text that does not simply appear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The phase that decided.
    pub phase: &'static str,
    /// What it saw.
    pub facts: Facts,
    /// Why it is kept out; nothing if it waits.
    pub ground: Option<Ground>,
}

impl Found {
    /// What becomes of the text.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if self.ground.is_some() { Outcome::Withhold } else { Outcome::Hold }
    }
}

/// Every phase, in the order in which they are asked.
pub const PHASES: &[Phase] = &[
    Phase { name: "words", look: word_rules },      // what a rule can see
    Phase { name: "talk-waits", look: talk_waits }, // where everything waits, also what the house says
    Phase { name: "everything", look: everything_waits },
    Phase { name: "staff", look: by_staff },   // what needs no check
    Phase { name: "links", look: links_wait }, // what the mode wants a person to see
    Phase { name: "newcomer", look: first_comments_wait },
    Phase { name: "risk", look: risky },
    Phase { name: "readers", look: readers_wait },
    Phase { name: "verified", look: by_the_verified }, // who is known is not suspected
    Phase { name: "alike", look: repeats_itself },     // what looks like trouble anywhere
    Phase { name: "refused-lately", look: refused_lately },
    Phase { name: "fast-thread", look: thread_is_fast },
];

/// Passes a text through all phases. Nothing says that it appears.
#[must_use]
pub fn consider(matter: &Matter<'_>) -> Option<Found> {
    for phase in PHASES {
        match (phase.look)(matter) {
            None => {}
            Some(Says::Appear) => return None,
            Some(Says::Hold(facts)) => return Some(Found { phase: phase.name, facts, ground: None }),
            Some(Says::Withhold(facts, ground)) => {
                return Some(Found { phase: phase.name, facts, ground: Some(ground) });
            }
        }
    }
    None
}

/// People of the house quote rude words to say that they are; a rule would mistake that.
fn word_rules(matter: &Matter<'_>) -> Option<Says> {
    if matter.standing == Standing::Staff {
        return None;
    }
    let Hit { id, rule, found } = matter.words.first(matter.text)?;
    let facts = Facts::found(id.0, found);
    Some(match rule.action {
        Action::Hold => Says::Hold(facts),
        Action::Withhold => {
            Says::Withhold(facts, Ground { clause: rule.clause.clone(), reason: rule.reason.clone() })
        }
    })
}

fn talk_waits(matter: &Matter<'_>) -> Option<Says> {
    matter.talk_waits.then(|| Says::Hold(Facts::default()))
}

fn everything_waits(matter: &Matter<'_>) -> Option<Says> {
    (matter.mode.waits == Waits::Everything).then(|| Says::Hold(Facts::default()))
}

fn by_staff(matter: &Matter<'_>) -> Option<Says> {
    (matter.standing == Standing::Staff).then_some(Says::Appear)
}

/// An address can lead anywhere, and nobody sees where from looking at it. When too much waits, links are what is left to wait.
fn links_wait(matter: &Matter<'_>) -> Option<Says> {
    let wanted = matter.mode.links || matter.mode.waits == Waits::Readers || matter.relieved();
    if !wanted || matter.standing == Standing::Verified {
        return None;
    }
    let count = i64::try_from(addresses(matter.text)).unwrap_or(i64::MAX);
    (count > 0).then(|| Says::Hold(Facts { count: Some(count), ..Facts::default() }))
}

fn first_comments_wait(matter: &Matter<'_>) -> Option<Says> {
    let (approved, needed) = (matter.record.approved, matter.mode.newcomers);
    let is_new = approved < needed && matter.standing != Standing::Verified;
    (is_new && !matter.relieved())
        .then(|| Says::Hold(Facts { count: Some(approved), of: Some(needed), ..Facts::default() }))
}

fn risky(matter: &Matter<'_>) -> Option<Says> {
    let above = matter.mode.risk?;
    let percent = (f64::from(matter.risk?) * 100.0).round() as i64;
    (percent >= above && !matter.relieved())
        .then(|| Says::Hold(Facts { count: Some(percent), of: Some(above), ..Facts::default() }))
}

fn readers_wait(matter: &Matter<'_>) -> Option<Says> {
    let wait = matter.mode.waits == Waits::Readers && !matter.relieved();
    wait.then(|| Says::Hold(Facts::default()))
}

fn by_the_verified(matter: &Matter<'_>) -> Option<Says> {
    (matter.standing == Standing::Verified).then_some(Says::Appear)
}

/// Who says the same under many articles advertises, or campaigns.
fn repeats_itself(matter: &Matter<'_>) -> Option<Says> {
    let (alike, most) = (matter.record.alike, matter.caution.alike);
    (most > 0 && alike >= most)
        .then(|| Says::Hold(Facts { count: Some(alike), of: Some(most), ..Facts::default() }))
}

/// The fewest refusals that make a history: everybody slips once or twice.
pub(crate) const FEWEST_REFUSED: i64 = 3;

fn refused_lately(matter: &Matter<'_>) -> Option<Says> {
    let Record { refused, written, .. } = matter.record;
    let percent = matter.caution.refused_percent;
    let bad = percent > 0 && refused >= FEWEST_REFUSED && refused * 100 >= percent * written;
    bad.then(|| {
        let within = Some(matter.caution.refused_days);
        Says::Hold(Facts { count: Some(refused), of: Some(written), within, ..Facts::default() })
    })
}

/// Where more is written than anybody can read along, the rest waits until it is calmer.
fn thread_is_fast(matter: &Matter<'_>) -> Option<Says> {
    let (lately, most) = (matter.record.in_thread, matter.caution.thread_comments);
    (most > 0 && lately >= most).then(|| {
        let within = Some(forum::SPELL_MINUTES);
        Says::Hold(Facts { count: Some(lately), of: Some(most), within, ..Facts::default() })
    })
}

impl Matter<'_> {
    /// Whether so much waits already that only links go on waiting.
    fn relieved(&self) -> bool {
        self.mode
            .relief
            .zip(self.record.oldest_waiting)
            .is_some_and(|(minutes, since)| since.plus_minutes(minutes) < self.now)
    }
}
