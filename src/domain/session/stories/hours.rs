//! Reminders.

use super::*;

fn reminded(world: &mut World, hours: i64, clock_minutes_before: i64, pauses: &[(u128, i64)]) -> Vec<u128> {
    let starts = world.roll.session.starts;
    let pauses = pauses.iter().map(|(n, minutes)| (person_id(*n), starts.minus(TimeDelta::minutes(*minutes)))).collect();
    let view = WakeView { pauses, ..world.wake_view() };
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
    assert_eq!(reminded(&mut world, 24, 20 * 60, &[]), [1, 2], "late, but still of use");
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
        ["reminder | named(Cercle du mardi, 01/12 18:00) | link(https://v.example/secret) [care-booked-button-cannot]"]
    );
    assert!(told(&decision, HOST)[0].contains("reminder-count(1) | link(https://v.example/secret) | reminder-minimum(2)"));
}
