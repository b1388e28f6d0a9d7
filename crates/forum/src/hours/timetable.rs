//! When the talk under each article is open: the paper's hours, those of its sections, what the desk said meanwhile, and the
//! day after which a talk is over.
//!
//! A timetable is read once and kept in memory; the event `hours` says that it is to be read again. So asking whether a
//! thread is open costs no row.

use std::collections::{BTreeMap, HashMap};

use archive::{ArticleId, Published, Teaser};
use jiff::Span;
use jiff::civil::Date;
use store::{Failure, Time, Tx};
use story::Slug;

use super::{Closing, Holiday, Hours, Mode, Reason, Scope, State, closings, special_days};

/// Opening hours of a whole paper.
#[derive(Clone, Debug)]
pub struct Timetable {
    paper: Hours,
    sections: BTreeMap<Slug, Hours>,
    ends_after_days: Option<u16>,
    closed: HashMap<Scope, Closing>,
}

/// What the hours of a thread depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The article.
    pub article: ArticleId,
    /// Its section.
    pub section: Slug,
    /// When it came out.
    pub published: Time,
}

impl From<&Published> for Subject {
    fn from(found: &Published) -> Subject {
        Subject { article: found.id, section: found.article.section.clone(), published: found.published }
    }
}

impl From<&Teaser> for Subject {
    fn from(article: &Teaser) -> Subject {
        Subject { article: article.id, section: article.section.clone(), published: article.published }
    }
}

/// One day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// Its windows in minutes since midnight, those that meet joined; more than 1,440 is on the next day.
    pub windows: Vec<(i16, i16)>,
    /// The holiday it is, with or without hours of its own.
    pub holiday: Option<Holiday>,
    /// Whether it has hours of its own as a single date.
    pub is_special: bool,
    /// What is said of it to readers.
    pub note: Option<String>,
}

impl Timetable {
    /// The hours of the configuration. A section that is not named has the paper's. `ends_after_days` closes each talk for
    /// good at the end of that many days after the day on which its article came out.
    #[must_use]
    pub fn new(paper: Hours, sections: BTreeMap<Slug, Hours>, ends_after_days: Option<u16>) -> Timetable {
        Timetable { paper, sections, ends_after_days, closed: HashMap::new() }
    }

    /// Open day and night, in this zone.
    #[must_use]
    pub fn always(zone: jiff::tz::TimeZone) -> Timetable {
        Timetable::new(Hours::always(zone), BTreeMap::new(), None)
    }

    /// These hours with everything that the desk has said: closings in force, and single days from yesterday on.
    pub async fn with_the_desk(&self, tx: &mut Tx, now: Time) -> Result<Timetable, Failure> {
        let mut read = self.clone();
        // A window of the day before yesterday is the oldest that can still run (see `Hours::state`); the look back to the
        // last closing only words a notice.
        let first = self.paper.date(now).checked_sub(Span::new().days(2)).unwrap_or(Date::MIN);
        for (day, special) in special_days(tx, first).await? {
            for hours in std::iter::once(&mut read.paper).chain(read.sections.values_mut()) {
                match special.as_ref().and_then(super::SpecialDay::exception) {
                    Some(exception) => hours.exceptions.insert(day, exception),
                    None => hours.exceptions.remove(&day),
                };
            }
        }
        let closed = closings(tx, now).await?.into_iter();
        read.closed = closed.map(|one| (one.order.scope.clone(), one)).collect();
        Ok(read)
    }

    /// The paper's own hours.
    #[must_use]
    pub fn paper(&self) -> &Hours {
        &self.paper
    }

    /// The hours of a section.
    #[must_use]
    pub fn of_section(&self, section: &Slug) -> &Hours {
        self.sections.get(section).unwrap_or(&self.paper)
    }

    /// Whether this talk is open at `at`, until when, and if not, why. Closed goes before waiting; then what concerns the one
    /// article goes before what concerns its section, and that before the whole paper.
    #[must_use]
    pub fn state(&self, subject: &Subject, at: Time) -> State {
        let end = self.end(subject);
        if let Some(end) = end.filter(|end| *end <= at) {
            return State::Closed { until: None, reason: Reason::Ended { at: end } };
        }
        let scopes = [Scope::Article(subject.article), Scope::Section(subject.section.clone()), Scope::Paper];
        let state = self.under(&scopes, self.of_section(&subject.section), at);
        match (state, end) {
            (State::Open { until }, Some(end)) => {
                State::Open { until: Some(until.map_or(end, |until| until.min(end))) }
            }
            (State::Waiting { until: Some(until), reason }, Some(end)) if end <= until => {
                State::Waiting { until: None, reason }
            }
            (State::Closed { until: Some(until), reason }, Some(end)) if end <= until => {
                State::Closed { until: None, reason }
            }
            (state, _) => state,
        }
    }

    /// Whether the talk is open in general: under an article of today in a section without hours of its own.
    #[must_use]
    pub fn in_general(&self, at: Time) -> State {
        self.under(&[Scope::Paper], &self.paper, at)
    }

    fn under(&self, scopes: &[Scope], hours: &Hours, at: Time) -> State {
        let in_force =
            |closing: &&Closing| closing.at <= at && closing.order.until.is_none_or(|until| at < until);
        let (closed, waiting): (Vec<&Closing>, Vec<&Closing>) = scopes
            .iter()
            .filter_map(|scope| self.closed.get(scope))
            .filter(in_force)
            .partition(|closing| closing.order.mode == Mode::Closed);
        let by_the_clock = hours.state(at);
        let ordered = match (closed.is_empty(), by_the_clock.is_closed()) {
            (false, _) => closed,
            (true, true) => return by_the_clock,
            (true, false) => waiting,
        };
        let Some(first) = ordered.first() else { return by_the_clock };
        let mode = first.order.mode;
        let reason = Reason::Desk { why: first.order.why, note: first.order.note.clone(), since: first.at };
        let for_good = ordered.iter().any(|closing| closing.order.until.is_none());
        let end = ordered.iter().filter_map(|closing| closing.order.until).max().filter(|_| !for_good);
        let until = end.and_then(|end| match (hours.state(end), mode) {
            (State::Open { .. }, _) | (State::Waiting { .. }, Mode::Closed) => Some(end),
            (State::Waiting { until, .. } | State::Closed { until, .. }, _) => until,
        });
        mode.state(until, reason)
    }

    /// When this talk is over for good.
    fn end(&self, subject: &Subject) -> Option<Time> {
        let days = self.ends_after_days?;
        let first = self.paper.date(subject.published);
        let after = first.checked_add(Span::new().days(i64::from(days) + 1)).ok()?;
        Some(self.paper.begins(after))
    }

    /// The first moment after `at` at which any talk may open or close by itself; at the latest the next midnight of the
    /// paper, at which dates are told differently and talks end.
    #[must_use]
    pub fn next_change(&self, at: Time) -> Time {
        let flips = std::iter::once(&self.paper).chain(self.sections.values());
        let flips = flips.filter_map(|hours| hours.next_flip(at));
        let ends = self.closed.values().filter_map(|closing| closing.order.until).filter(|until| *until > at);
        flips.chain(ends).chain([self.paper.next_midnight(at)]).min().unwrap_or_else(|| at.plus_minutes(60))
    }

    /// The calendar from a date on.
    pub fn calendar(&self, first: Date) -> impl Iterator<Item = Day> {
        first.series(Span::new().days(1)).map(|date| self.paper.day(date))
    }

    /// The talks that the desk closed, by their scope.
    pub fn closed(&self) -> impl Iterator<Item = &Closing> {
        self.closed.values()
    }
}
