//! What the desk says about the hours: talks closed and opened again, single days, the end of old talks. On both databases.

use crate::common::{ANA, BEN, FERRY, FIRE, MORNING, Paper, ROOMS};
use forum::hours::{
    Mode, Order, Reason, Scope, Settings, SpecialDay, State, Subject, Timetable, Why, close, closings,
    forget_day, reopen, set_day, special_days,
};
use forum::{HOURS, hours};
use futures_util::future::join_all;
use store::testing::on_both;
use store::{Failure, Time};
use story::{Line, Slug};

const HOUR: i64 = 60;

fn line(text: &str) -> Line {
    Line::parse("line", text, 200).expect("a line")
}

fn stadt() -> Slug {
    Slug::parse("stadt").expect("a slug")
}

fn fire() -> Subject {
    Subject { article: FIRE, section: stadt(), published: MORNING }
}

fn ferry() -> Subject {
    Subject { article: FERRY, ..fire() }
}

/// From six to eight in the evening.
fn timetable(paper: &Paper) -> Timetable {
    Timetable::new(paper.hours.clone(), [].into(), None)
}

async fn read(paper: &Paper, now: Time) -> Result<Timetable, Failure> {
    timetable(paper).with_the_desk(&mut paper.db.read().await?, now).await
}

fn order(scope: Scope, why: Why, until: Option<Time>) -> Order {
    Order { scope, mode: Mode::Closed, why, note: None, until }
}

fn closed(until: Option<Time>, why: Why, note: Option<&str>, since: Time) -> State {
    State::Closed { until, reason: Reason::Desk { why, note: note.map(line), since } }
}

on_both!(the_desk_closes_one_talk_until_a_moment, ROOMS, |db| async move {
    let paper = Paper::new(db).await?;
    let until = MORNING.plus_minutes(HOUR);
    let mut tx = paper.db.begin().await?;
    let scope = Scope::Article(FIRE);
    let order = Order { note: Some(line("Bis neun.")), ..order(scope.clone(), Why::Heated, Some(until)) };
    close(&mut tx, &order, ANA, MORNING).await?.expect("closed");
    let again = Order { mode: Mode::Waiting, ..self::order(scope, Why::Law, None) };
    assert_eq!(close(&mut tx, &again, BEN, MORNING).await?, None, "it is closed already");
    let past = close(&mut tx, &self::order(Scope::Paper, Why::Law, Some(MORNING)), BEN, MORNING).await?;
    assert_eq!(past, None, "a closing that is over before it begins");
    tx.commit().await?;
    let now = read(&paper, MORNING).await?;
    assert_eq!(now.state(&fire(), MORNING), closed(Some(until), Why::Heated, Some("Bis neun."), MORNING));
    assert!(now.state(&ferry(), MORNING).is_open());
    assert!(now.in_general(MORNING).is_open());
    assert!(now.state(&fire(), until).is_open(), "it opens by itself");
    assert_eq!(now.next_change(MORNING), until);
    Ok(())
});

on_both!(a_closing_into_the_night_ends_in_the_morning, ROOMS, |db| async move {
    let paper = Paper::new(db).await?;
    let mut tx = paper.db.begin().await?;
    // Until eleven at night; the talk opens at six.
    let until = Some(MORNING.plus_minutes(15 * HOUR + 30));
    let order = order(Scope::Section(stadt()), Why::Unstaffed, until);
    close(&mut tx, &order, ANA, MORNING).await?.expect("closed");
    tx.commit().await?;
    let six = MORNING.plus_minutes(22 * HOUR + 30);
    let state = read(&paper, MORNING).await?.state(&fire(), MORNING);
    assert_eq!(state, closed(Some(six), Why::Unstaffed, None, MORNING));
    Ok(())
});

on_both!(opening_again_is_a_row_that_one_of_many_writes, ROOMS, |db| async move {
    let paper = Paper::new(db).await?;
    let mut tx = paper.db.begin().await?;
    let order = order(Scope::Paper, Why::Mourning, None);
    let id = close(&mut tx, &order, ANA, MORNING).await?.expect("closed");
    tx.commit().await?;
    let shut = read(&paper, MORNING).await?;
    assert_eq!(shut.state(&ferry(), MORNING), closed(None, Why::Mourning, None, MORNING));
    let later = MORNING.plus_minutes(5);
    let tries = join_all((0..40).map(|_| async {
        let mut tx = paper.db.begin().await?;
        let opened = reopen(&mut tx, id, BEN, later).await?;
        tx.commit().await?;
        Ok::<bool, Failure>(opened)
    }));
    let opened = tries.await.into_iter().collect::<Result<Vec<_>, _>>()?;
    assert_eq!(opened.iter().filter(|opened| **opened).count(), 1);
    assert!(read(&paper, later).await?.state(&ferry(), later).is_open());
    assert!(closings(&mut paper.db.read().await?, later).await?.is_empty());
    Ok(())
});

on_both!(forty_moderators_close_a_talk_once, ROOMS, |db| async move {
    let paper = Paper::new(db).await?;
    let tries = join_all((0..40).map(|_| async {
        let mut tx = paper.db.begin().await?;
        let order = order(Scope::Article(FIRE), Why::Heated, None);
        let closed = close(&mut tx, &order, BEN, MORNING).await?;
        tx.commit().await?;
        Ok::<bool, Failure>(closed.is_some())
    }));
    let closed = tries.await.into_iter().collect::<Result<Vec<_>, _>>()?;
    assert_eq!(closed.iter().filter(|closed| **closed).count(), 1);
    assert_eq!(closings(&mut paper.db.read().await?, MORNING).await?.len(), 1);
    Ok(())
});

// What waits is stricter than what is open, and what is closed stricter than what waits, whoever says so.
on_both!(the_stricter_of_two_counts, ROOMS, |db| async move {
    let paper = Paper::new(db).await?;
    let (nine, ten) = (MORNING.plus_minutes(90), MORNING.plus_minutes(150));
    let mut tx = paper.db.begin().await?;
    let waits = Order { mode: Mode::Waiting, ..order(Scope::Paper, Why::Unstaffed, Some(ten)) };
    close(&mut tx, &waits, ANA, MORNING).await?.expect("it waits");
    close(&mut tx, &order(Scope::Article(FIRE), Why::Heated, Some(nine)), ANA, MORNING)
        .await?
        .expect("closed");
    tx.commit().await?;
    let now = read(&paper, MORNING).await?;
    let desk = |why| Reason::Desk { why, note: None, since: MORNING };
    let waiting = State::Waiting { until: Some(ten), reason: desk(Why::Unstaffed) };
    assert_eq!(now.state(&ferry(), MORNING), waiting);
    assert_eq!(now.in_general(MORNING), waiting);
    assert_eq!(now.state(&fire(), MORNING), closed(Some(nine), Why::Heated, None, MORNING));
    assert_eq!(now.state(&fire(), nine), waiting, "one can write again, and it waits");
    assert!(now.state(&fire(), ten).is_open());
    assert_eq!(now.next_change(nine), ten);
    Ok(())
});

on_both!(a_talk_that_waits_is_closed_at_night_unless_the_night_waits_too, ROOMS, |db| async move {
    let paper = Paper::new(db).await?;
    let mut tx = paper.db.begin().await?;
    let waits = Order { mode: Mode::Waiting, ..order(Scope::Paper, Why::Other, None) };
    close(&mut tx, &waits, ANA, MORNING).await?.expect("it waits");
    tx.commit().await?;
    let (night, six) = (MORNING.plus_minutes(15 * HOUR), MORNING.plus_minutes(22 * HOUR + 30));
    let reason = Reason::Desk { why: Why::Other, note: None, since: MORNING };
    let now = read(&paper, MORNING).await?;
    assert_eq!(now.state(&fire(), MORNING), State::Waiting { until: None, reason: reason.clone() });
    assert_eq!(now.state(&fire(), night), State::Closed { until: Some(six), reason: Reason::Night });

    let settings = Settings { outside: "waiting".to_owned(), ..crate::common::settings() };
    let hours = settings.hours().expect("hours");
    let timetable = Timetable::new(hours, [].into(), Some(0));
    let by_clock = State::Waiting { until: Some(six), reason: Reason::Night };
    assert_eq!(timetable.in_general(night), by_clock);
    // Under an article of today the talk is over at midnight: nothing there appears at once any more.
    assert_eq!(timetable.state(&fire(), night), State::Waiting { until: None, reason: Reason::Night });
    let now = timetable.with_the_desk(&mut paper.db.read().await?, night).await?;
    assert_eq!(now.in_general(night), State::Waiting { until: None, reason });
    Ok(())
});

on_both!(a_single_day_is_what_was_said_of_it_last, ROOMS, |db| async move {
    let paper = Paper::new(db).await?;
    let today = paper.hours.date(MORNING);
    let mut tx = paper.db.begin().await?;
    let events = store::events::listen(&paper.db);
    let short = SpecialDay::parse(&today.to_string(), "08:00-12:00", "Betriebsversammlung").expect("a day");
    set_day(&mut tx, &SpecialDay::parse(&today.to_string(), "closed", "").expect("a day"), ANA, MORNING)
        .await?;
    set_day(&mut tx, &short, ANA, MORNING).await?;
    tx.commit().await?;
    assert!(told(events).await, "every node hears of it");
    let eight = MORNING.plus_minutes(30);
    let reason = Reason::Exception(Some(line("Betriebsversammlung")));
    let now = read(&paper, MORNING).await?;
    assert_eq!(now.state(&fire(), MORNING), State::Closed { until: Some(eight), reason });
    let day = now.calendar(today).next().expect("a day");
    assert_eq!(
        (day.windows, day.is_special, day.note.as_deref()),
        (vec![(480, 720)], true, Some("Betriebsversammlung"))
    );
    assert_eq!(special_days(&mut paper.db.read().await?, today).await?, [(today, Some(short))]);

    let mut tx = paper.db.begin().await?;
    forget_day(&mut tx, today, BEN, MORNING).await?;
    tx.commit().await?;
    assert!(read(&paper, MORNING).await?.state(&fire(), MORNING).is_open());
    Ok(())
});

/// Whether the event about the hours has come.
async fn told(mut events: store::events::Listener) -> bool {
    matches!(events.next().await, Some(store::events::Heard::Event(event)) if event.topic == HOURS)
}

on_both!(an_old_talk_is_over_at_midnight, ROOMS, |db| async move {
    let paper = Paper::new(db).await?;
    let timetable = Timetable::new(paper.hours.clone(), [].into(), Some(2));
    // Two days after the 24th is the 26th; its last evening ends at eight, and the talk with it.
    let last_evening = MORNING.plus_minutes((2 * 24 + 12) * HOUR);
    assert!(timetable.state(&fire(), last_evening).is_open());
    let night = MORNING.plus_minutes((2 * 24 + 14) * HOUR);
    assert_eq!(timetable.state(&fire(), night), State::Closed { until: None, reason: Reason::Night });
    let midnight = MORNING.plus_minutes((2 * 24 + 16) * HOUR + 30);
    let over = State::Closed { until: None, reason: Reason::Ended { at: midnight } };
    assert_eq!(timetable.state(&fire(), midnight), over);
    assert_eq!(timetable.next_change(midnight.plus(-1)), midnight, "pages hear of it");
    Ok(())
});

#[test]
fn what_is_no_day_is_refused_with_a_sentence() {
    let refuse =
        |day: &str, hours: &str, note: &str| SpecialDay::parse(day, hours, note).expect_err("refused").what;
    assert!(refuse("24.12.", "closed", "").contains("2026-12-24"));
    assert!(refuse("2026-12-24", "8-12", "").contains("is no window"));
    assert!(!refuse("2026-12-24", "closed", &"x".repeat(201)).is_empty());
    assert!(SpecialDay::parse("2026-12-24", "", "").is_ok(), "nothing written is closed");
    assert_eq!(hours::Why::parse("heated"), Some(Why::Heated));
    assert_eq!(hours::Why::parse("moody"), None);
}
