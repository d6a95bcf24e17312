//! Reminders.

use super::*;
use crate::domain::{
    session::remind::{Attendee, Quiet, Wishes},
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
    let decision = wake::remind(&view, hours, &mut ctx);
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
    let decision = world.wakes(|view, ctx| wake::remind(view, 1, ctx));
    assert_eq!(
        told(&decision, 2),
        ["reminder | named(Cercle du mardi, 01/12 18:00) | link(https://v.example/secret) [care-booked-button-cannot] [remind-button]"]
    );
    assert!(told(&decision, HOST)[0].contains("reminder-count(1) | link(https://v.example/secret) | reminder-minimum(2)"));
}

fn woken(world: &mut World, people: Vec<Attendee>, hours: i64, minutes_before: i64) -> Decision {
    let now = world.roll.session.starts.minus(TimeDelta::minutes(minutes_before));
    let view = WakeView { people, ..world.wake_view() };
    wake::remind(&view, hours, &mut Context { now, ..world.context() })
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
    assert_eq!(wake::remind(&again, 1, &mut Context { now, ..world.context() }), Decision::nothing(), "moved away and back: once");
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
        told(&wake::remind_one(&view, person_id(2), hours, &Context { now, ..world.context() }), 2).len()
    };
    assert_eq!(at(&mut world, 24, 18 * 60), 1);
    assert_eq!(at(&mut world, 1, 6 * 60 + 15), 1);
    assert_eq!(at(&mut world, 1, 5 * 60), 0, "down until it was quiet: dropped");
    world.cancels(2).unwrap();
    assert_eq!(at(&mut world, 1, 6 * 60 + 15), 0, "no seat any more");
}
