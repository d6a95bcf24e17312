//! Reminders.

use super::*;
use crate::domain::{
    session::{
        remind::{Attendee, Quiet, Wishes},
        reminders,
    },
    time::Zone,
};

fn attendee(n: u128) -> Attendee {
    Attendee {
        person: person_id(n),
        alias: format!("Alias {n}"),
        zone: Zone::PARIS,
        paused_until: None,
        wishes: Wishes::default(),
        need: None,
    }
}

fn reminded(world: &mut World, hours: i64, clock_minutes_before: i64, pauses: &[(u128, i64)]) -> Vec<u128> {
    let starts = world.roll.session.starts;
    let paused = |n: u128| pauses.iter().find(|(known, _)| *known == n).map(|(_, minutes)| starts.minus(TimeDelta::minutes(*minutes)));
    let people = (1..4).map(|n| Attendee { paused_until: paused(n), ..attendee(n) }).collect();
    let view = WakeView { people, ..world.wake_view() };
    let mut ctx = Context { now: starts.minus(TimeDelta::minutes(clock_minutes_before)), ..world.context() };
    let decision = reminders::remind(&view, hours, &mut ctx);
    (1..10).filter(|n| !told(&decision, *n).is_empty()).collect()
}

#[test]
fn reminders_reach_who_has_a_seat_and_makes_sense_of_them() {
    let mut world = World::new(Session { seats: 3, ..session() }).with(2, 5);
    world.books(2, false).unwrap();
    world.before_start(10 * 60);
    world.books(3, false).unwrap();
    assert_eq!(reminded(&mut world, 24, 24 * 60, &[]), [1, 2], "the host, and who had booked by then");
    assert_eq!(reminded(&mut world, 1, 60, &[]), [1, 2, 3]);
    assert_eq!(reminded(&mut world, 1, 60, &[(2, 0), (1, 30)]), [3], "a pause silences");
    assert_eq!(reminded(&mut world, 1, 60, &[(2, 61)]), [1, 2, 3], "a pause that is over does not");
    assert_eq!(reminded(&mut world, 24, 21 * 60, &[]), [1, 2], "late, but still of use");
    assert_eq!(reminded(&mut world, 24, 20 * 60, &[]), Vec::<u128>::new(), "late, and it is night by now: in the morning");
    assert_eq!(reminded(&mut world, 24, 25 * 60, &[]), Vec::<u128>::new(), "it was moved to a later day");
    assert_eq!(reminded(&mut world, 24, 59, &[]), Vec::<u128>::new(), "the second one is due: not twice");
    assert_eq!(reminded(&mut world, 1, 1, &[]), [1, 2, 3]);
    assert_eq!(reminded(&mut world, 1, 0, &[]), Vec::<u128>::new(), "it has begun");
    world.roll.session.state = SessionState::Cancelled;
    assert_eq!(reminded(&mut world, 1, 60, &[]), Vec::<u128>::new());
}

#[test]
fn a_reminder_begins_neutrally_and_brings_the_link() {
    let link = Some("https://v.example/secret".to_owned());
    let mut world = World::new(Session { link, minimum: 2, ..session() }).with(2, 5);
    let booked = world.books(2, false).unwrap();
    assert!(answer(&booked).contains("link(https://v.example/secret)"));
    assert!(!format!("{:?}", card(&booked)).contains("secret"));
    world.before_start(60);
    let decision = world.wakes(|view, ctx| reminders::remind(view, 1, ctx));
    assert_eq!(
        told(&decision, 2),
        ["reminder | named(Cercle du mardi, 01/12 18:00) | link(https://v.example/secret) [care-booked-button-cannot] [remind-button]"]
    );
    assert!(told(&decision, HOST)[0].contains("reminder-count(1) | link(https://v.example/secret) | reminder-minimum(2)"));
}

fn woken(world: &mut World, people: Vec<Attendee>, hours: i64, minutes_before: i64) -> Decision {
    let now = world.roll.session.starts.minus(TimeDelta::minutes(minutes_before));
    let view = WakeView { people, ..world.wake_view() };
    reminders::remind(&view, hours, &mut Context { now, ..world.context() })
}

#[test]
fn each_is_reminded_as_they_wish_and_once() {
    let mut world = World::new(Session { seats: 3, ..session() }).with(2, 5).with(3, 5);
    world.books(2, false).unwrap();
    world.books(3, false).unwrap();
    let wishes = |n, wishes| Attendee { wishes, ..attendee(n) };
    let people = || vec![wishes(2, Wishes { day: false, ..Wishes::default() }), wishes(3, Wishes { hour: false, ..Wishes::default() })];
    let to = |decision: &Decision| (1..5).filter(|n| !told(decision, *n).is_empty()).collect::<Vec<u128>>();
    assert_eq!(to(&woken(&mut world, people(), 24, 24 * 60)), [1, 3]);
    let hour = woken(&mut world, people(), 1, 60);
    assert_eq!(to(&hour), [1, 2]);
    let starts = world.roll.session.starts;
    assert!(hour.changes.contains(&AnyChange::Session(Change::Reminded(world.roll.session.id, 1, starts))));
    let again = WakeView { reminded: vec![1], ..world.wake_view() };
    let now = starts.minus(TimeDelta::minutes(60));
    assert_eq!(reminders::remind(&again, 1, &mut Context { now, ..world.context() }), Decision::nothing(), "moved away and back: once");
}

#[test]
fn a_reminder_of_ones_own_hour_is_the_same_after_a_small_move() {
    let old = session();
    let moved = Session { starts: old.starts.plus(TimeDelta::minutes(15)), ..session() };
    let at = old.starts.minus(TimeDelta::hours(9));
    assert_eq!(old.remind_one(person_id(2), 1, at), moved.remind_one(person_id(2), 1, at), "it rings once");
    let ids: BTreeSet<_> = [(2, 1, at), (3, 1, at), (2, 24, at), (2, 1, at.plus(TimeDelta::minutes(1)))]
        .into_iter()
        .map(|(n, hours, at)| old.remind_one(person_id(n), hours, at).id)
        .collect();
    assert_eq!(ids.len(), 4, "another person, reminder or hour is another");
}

#[test]
fn the_host_reads_who_comes_and_what_they_need_an_hour_before() {
    let mut world = World::new(Session { seats: 3, ..session() }).with(2, 5).with(3, 5);
    world.books(2, false).unwrap();
    world.books(3, false).unwrap();
    let people = || vec![Attendee { need: Some("une rampe".into()), ..attendee(2) }, attendee(3), attendee(HOST)];
    let hour = told(&woken(&mut world, people(), 1, 60), HOST);
    assert!(hour[0].contains("remind-name-need(Alias 2, une rampe) | remind-name(Alias 3)"), "{hour:?}");
    assert!(!told(&woken(&mut world, people(), 24, 24 * 60), HOST)[0].contains("remind-name"), "a day before it may still change");
}

#[test]
fn what_comes_late_says_so_and_quiet_hours_are_kept() {
    let mut world = World::new(session()).with(2, 5);
    world.books(2, false).unwrap();
    assert!(!told(&woken(&mut world, vec![], 24, 24 * 60 - 10), 2)[0].contains("remind-late"));
    assert!(told(&woken(&mut world, vec![], 24, 22 * 60), 2)[0].contains("remind-late"));
    // Quiet from noon to midnight: the reminder of the day comes at midnight, that of the hour shortly before noon.
    let quiet = Wishes { quiet: Quiet { from: 12 * 60, until: 0 }, ..Wishes::default() };
    let people = || vec![Attendee { wishes: quiet, ..attendee(2) }];
    let day = woken(&mut world, people(), 24, 24 * 60);
    assert_eq!(told(&day, 2), Vec::<String>::new());
    let planned: Vec<_> = day.timers.iter().map(|timer| (timer.at.wall(Zone::PARIS).to_string(), timer.wake.clone())).collect();
    let one = |hours_before| Wake::RemindOne { session: session().id, person: person_id(2), hours_before };
    assert_eq!(planned, [("2026-12-01 00:00:00".to_owned(), one(24)), ("2026-12-01 11:45:00".to_owned(), one(1))]);
    assert_eq!(told(&woken(&mut world, people(), 1, 60), 2), Vec::<String>::new(), "said before noon");
    let at = |world: &mut World, hours, minutes_before| {
        let now = world.roll.session.starts.minus(TimeDelta::minutes(minutes_before));
        let view = WakeView { people: people(), ..world.wake_view() };
        told(&reminders::remind_one(&view, person_id(2), hours, &Context { now, ..world.context() }), 2).len()
    };
    assert_eq!(at(&mut world, 24, 18 * 60), 1);
    assert_eq!(at(&mut world, 1, 6 * 60 + 15), 1);
    assert_eq!(at(&mut world, 1, 5 * 60), 0, "down until it was quiet: dropped");
    world.cancels(2).unwrap();
    assert_eq!(at(&mut world, 1, 6 * 60 + 15), 0, "no seat any more");
}

/// At half past seven in the morning: an hour before, it is still quiet where people sleep.
fn at_dawn() -> World {
    let wall = "2026-12-01T07:30:00".parse().unwrap();
    let starts = Zone::PARIS.instant_or_later(wall);
    let dawn = Session { wall, starts, free_cancel_until: starts.minus(TimeDelta::hours(24)), seats: 3, ..session() };
    World::new(dawn).with(2, 5).with(3, 5)
}

fn planned(decision: &Decision) -> Vec<(String, Wake)> {
    decision.timers.iter().map(|timer| (timer.at.wall(Zone::PARIS).format("%d %H:%M").to_string(), timer.wake.clone())).collect()
}

fn one(n: u128, hours_before: i64) -> Wake {
    Wake::RemindOne { session: session().id, person: person_id(n), hours_before }
}

/// What a wake-up does when the clock shows `wall`.
fn at_clock(world: &mut World, people: Vec<Attendee>, wall: &str, wake: impl Fn(&WakeView, &mut Context) -> Decision) -> Decision {
    let now = Zone::PARIS.instant_or_later(wall.parse().unwrap());
    let view = WakeView { people, ..world.wake_view() };
    wake(&view, &mut Context { now, ..world.context() })
}

#[test]
fn after_a_night_in_which_the_program_was_down_a_reminder_comes_when_it_is_quiet_no_more() {
    let mut world = at_dawn();
    world.books(2, false).unwrap();
    // Up again at eleven in the evening: the day's reminder and the evening's are both past.
    let people = || vec![attendee(2), attendee(HOST)];
    let night = at_clock(&mut world, people(), "2026-11-30T23:00:00", |view, ctx| reminders::remind(view, 24, ctx));
    assert_eq!(planned(&night), [("01 07:00".to_owned(), one(2, 1)), ("01 07:00".to_owned(), one(HOST, 1))]);
    assert!(told(&night, 2).is_empty());
    let morning = at_clock(&mut world, people(), "2026-12-01T07:00:00", |view, ctx| reminders::remind_one(view, person_id(2), 1, ctx));
    assert!(told(&morning, 2)[0].contains("remind-late"), "late, and it says so: {:?}", told(&morning, 2));
    // Down only when the evening's was due.
    let evening = at_clock(&mut world, people(), "2026-11-30T23:30:00", |view, ctx| reminders::remind_one(view, person_id(2), 1, ctx));
    assert_eq!(planned(&evening), [("01 07:00".to_owned(), one(2, 1))]);
    // Who wants none for the day, and was reminded of nothing: the evening's reminder, late.
    let people = || vec![Attendee { wishes: Wishes { day: false, ..Wishes::default() }, ..attendee(2) }];
    let late = at_clock(&mut world, people(), "2026-11-30T21:55:00", |view, ctx| reminders::remind(view, 24, ctx));
    assert!(told(&late, 2)[0].starts_with("reminder | "), "{:?}", told(&late, 2));
    // It begins while it is still quiet: a reminder would wake people up after it.
    let people = || vec![Attendee { wishes: Wishes { quiet: Quiet { from: 22 * 60, until: 8 * 60 }, ..Wishes::default() }, ..attendee(2) }];
    let senseless = at_clock(&mut world, people(), "2026-11-30T23:00:00", |view, ctx| reminders::remind_one(view, person_id(2), 1, ctx));
    assert_eq!(senseless, Decision::nothing());
}

#[test]
fn what_is_booked_the_evening_before_is_reminded_of_before_it_is_quiet() {
    let mut world = at_dawn();
    assert!(world.books(2, false).unwrap().timers.is_empty(), "a week before, the usual wake-ups do");
    let last = Zone::PARIS.instant_or_later("2026-11-30T20:00:00".parse().unwrap());
    world.minutes = last.since(NOW).num_minutes();
    let booked = world.books(3, false).unwrap();
    let short = Wake::ShortNotice { session: session().id, whose: person_id(3) };
    assert_eq!(planned(&booked), [("30 20:00".to_owned(), short)]);
    let wakes = |view: &WakeView, ctx: &mut Context| reminders::short_notice(view, person_id(3), ctx);
    let people = || vec![attendee(2), attendee(3), attendee(HOST)];
    let plans = at_clock(&mut world, people(), "2026-11-30T20:00:00", wakes);
    assert_eq!(planned(&plans), [2, 3, HOST].map(|n| ("30 21:45".to_owned(), one(n, 1))));
    assert!(plans.acts.is_empty());
    let night = at_clock(&mut world, people(), "2026-11-30T23:00:00", wakes);
    assert_eq!(night, Decision::nothing(), "what was booked at night was confirmed just now");
}

const NEED: &str = "need-notice | named(Cercle du mardi, 01/12 18:00) | remind-name-need(Alias 2, une rampe) [button-details]";

#[test]
fn a_host_reads_what_people_need_whatever_they_chose() {
    let mut world = World::new(Session { seats: 3, ..session() }).with(2, 5).with(3, 5);
    world.books(2, false).unwrap();
    world.books(3, false).unwrap();
    let in_need = || Attendee { need: Some("une rampe".into()), ..attendee(2) };
    let none = Wishes { day: false, hour: false, ..Wishes::default() };
    let starts = world.roll.session.starts;
    let host = |wishes, paused_until| Attendee { wishes, paused_until, ..attendee(HOST) };
    for host in [host(none, None), host(Wishes::default(), Some(starts))] {
        let hour = told(&woken(&mut world, vec![in_need(), attendee(3), host.clone()], 1, 60), HOST);
        assert_eq!(hour, [NEED], "no reminder, and who needs what");
        assert!(told(&woken(&mut world, vec![attendee(2), attendee(3), host], 1, 60), HOST).is_empty(), "nobody needs anything");
    }
    // Handed over in the last hour: the new host has had no reminder.
    let learns = |world: &mut World, whose: u128, minutes_before| {
        let now = starts.minus(TimeDelta::minutes(minutes_before));
        let view = WakeView { people: vec![in_need(), attendee(3), attendee(HOST)], ..world.wake_view() };
        told(&reminders::short_notice(&view, person_id(whose), &Context { now, ..world.context() }), HOST)
    };
    assert_eq!(learns(&mut world, HOST, 30), [NEED]);
    assert_eq!(learns(&mut world, 2, 30), [NEED], "who waited with a need and has a seat now");
    assert!(learns(&mut world, 3, 30).is_empty(), "who needs nothing");
    assert!(learns(&mut world, HOST, 90).is_empty(), "the reminder is still to come");
    assert!(learns(&mut world, HOST, 0).is_empty(), "it has begun");
}

#[test]
fn a_need_that_is_written_after_the_hosts_reminder_is_told_at_once() {
    use crate::domain::session::wishes::{Need, NeedView, need};
    let mut world = World::new(Session { seats: 1, ..session() }).with(2, 5);
    world.books(2, false).unwrap();
    world.books(3, true).unwrap();
    let writes = |world: &mut World, n: u128, minutes_before, host: Attendee| {
        let now = world.roll.session.starts.minus(TimeDelta::minutes(minutes_before));
        let view = NeedView { found: Some(world.roll.clone()), host: Some(host), told: 0 };
        need(&world.scope(n), &view, &Need::Line("une rampe".into()), &Context { now, ..world.context() }).unwrap()
    };
    let early = writes(&mut world, 2, 61, attendee(HOST));
    assert!(told(&early, HOST).is_empty() && answer(&early).contains("need-until"));
    let late = writes(&mut world, 2, 60, attendee(HOST));
    assert_eq!(told(&late, HOST), [NEED]);
    assert!(answer(&late).contains("need-now"), "{}", answer(&late));
    let none = Wishes { day: false, hour: false, ..Wishes::default() };
    assert!(told(&writes(&mut world, 2, 61, Attendee { wishes: none, ..attendee(HOST) }), HOST).is_empty(), "it has its hour all the same");
    // Quiet from noon on: the list came at a quarter to twelve.
    let quiet = Wishes { quiet: Quiet { from: 12 * 60, until: 0 }, ..Wishes::default() };
    assert_eq!(told(&writes(&mut world, 2, 5 * 60, Attendee { wishes: quiet, ..attendee(HOST) }), HOST), [NEED]);
    assert!(told(&writes(&mut world, 3, 30, attendee(HOST)), HOST).is_empty(), "who only waits may not come");
}

#[test]
fn a_need_is_told_at_once_three_times_and_then_kept_for_the_host_to_look_at() {
    use crate::domain::session::wishes::{Need, NeedView, TOLD_MAX, need};
    let mut world = World::new(session()).with(2, 5);
    world.books(2, false).unwrap();
    let now = world.roll.session.starts.minus(TimeDelta::minutes(30));
    let mut writes = |times| {
        let view = NeedView { found: Some(world.roll.clone()), host: Some(attendee(HOST)), told: times };
        need(&world.scope(2), &view, &Need::Line("une rampe".into()), &Context { now, ..world.context() }).unwrap()
    };
    let last = writes(TOLD_MAX - 1);
    assert_eq!(told(&last, HOST), [NEED]);
    assert!(last.changes.iter().any(|change| matches!(change, crate::domain::decision::Change::Session(Change::NeedTold(..)))));
    let beyond = writes(TOLD_MAX);
    assert!(told(&beyond, HOST).is_empty() && answer(&beyond).contains("need-later"), "{}", answer(&beyond));
    assert!(
        beyond.changes.iter().any(|change| matches!(change, crate::domain::decision::Change::Session(Change::Need(_, _, Some(_))))),
        "it is kept"
    );
}
