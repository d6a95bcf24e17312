//! The cut-off, and what was moved to another hour.

use super::*;

#[test]
fn a_minimum_is_decided_once_at_its_hour_and_everybody_is_told() {
    let started = || World::new(Session { minimum: 2, seats: 3, ..session() }).with(2, 5).with(3, 5);
    // Too few: everything goes back, and nobody is reminded of what is cancelled.
    let mut world = started();
    world.books(2, false).unwrap();
    world.before_start(24 * 60);
    let day_before = |view: &WakeView, ctx: &mut Context| {
        let reminder = Wake::Reminder { session: view.roll.session.id, hours_before: 24 };
        wake::wake(view, &reminder, view.roll.session.starts.minus(TimeDelta::hours(24)), ctx)
    };
    let decision = world.wakes(day_before);
    assert_eq!(world.roll.session.state, SessionState::Cancelled);
    assert_eq!((world.credits(2), world.escrow()), (5, 0));
    assert_eq!(
        told(&decision, 2),
        ["cancelled-notice | named(Cercle du mardi, 01/12 18:00) | cancelled-line | making-too-few | price-returned [button-agenda] \
          [care-session-full-button-talk]"]
    );
    assert_eq!(told(&decision, HOST), ["cancelled-notice | named(Cercle du mardi, 01/12 18:00) | making-too-few-host(2)"]);
    assert_eq!(world.wakes(super::super::minimum::cut_off), Decision::nothing(), "the other wake-up of that minute finds it done");
    // Enough: confirmed, once.
    let mut world = started();
    world.books(2, false).unwrap();
    world.books(3, false).unwrap();
    world.before_start(24 * 60);
    let decision = world.wakes(super::super::minimum::cut_off);
    assert!(world.roll.session.confirmed);
    assert!(told(&decision, 2)[0].starts_with("making-confirmed-notice | "), "{:?}", told(&decision, 2));
    assert!(told(&decision, HOST)[0].ends_with("reminder-count(2)"), "{:?}", told(&decision, HOST));
    let again = world.wakes(day_before);
    assert!(told(&again, 2)[0].starts_with("reminder | "), "{:?}", told(&again, 2));
    // Who gives a seat back after that does not call it off.
    world.cancels(3).unwrap();
    assert_eq!(world.wakes(super::super::minimum::cut_off).changes, vec![]);
}

#[test]
fn after_the_cut_off_nobody_books_and_no_seat_is_offered() {
    let until = session().starts.minus(TimeDelta::hours(2));
    let mut world = World::new(Session { book_until: Some(until), seats: 1, ..session() }).with(2, 5).with(3, 5);
    world.books(2, false).unwrap();
    world.books(3, true).unwrap();
    world.before_start(120);
    let closed = world.wakes(super::super::minimum::cut_off);
    assert!(shown(&card(&closed).unwrap()).ends_with("making-card-closed [button-details]"), "{:?}", card(&closed));
    world.before_start(119);
    assert_eq!(world.books(4, true).unwrap_err(), "making-closed(01/12 16:00) | named(Cercle du mardi, 01/12 18:00) [button-agenda]");
    assert!(answer(&world.books(2, false).unwrap()).starts_with("already-booked | "), "who has a seat is told so");
    let given = world.roll.clone();
    let session = &given.session;
    assert!(!session.takes_bookings(session.starts.minus(TimeDelta::minutes(119))));
}

#[test]
fn what_was_moved_wakes_at_its_new_hours_alone() {
    let old = session();
    let mut world = World::new(Session { moved: Some(NOW), ..session() }).with(2, 5);
    world.books(2, false).unwrap();
    let later = TimeDelta::hours(2);
    let session = &mut world.roll.session;
    (session.starts, session.wall) = (session.starts.plus(later), session.wall + later);
    let new = session.clone();
    let reminder =
        |session: &Session| (session.starts.minus(TimeDelta::hours(24)), Wake::Reminder { session: session.id, hours_before: 24 });
    for (wakes, expected) in [(&old, 0), (&new, 2)] {
        let (due, wake) = reminder(wakes);
        let view = world.wake_view();
        let mut ctx = Context { now: due, ..world.context() };
        let decision = wake::wake(&view, &wake, due, &mut ctx);
        assert_eq!(decision.acts.len(), expected, "due {due:?}");
    }
    // Set again for the same hours they are the same wake-ups, so that none rings twice.
    assert_eq!(new.timers(NOW), new.timers(NOW));
    let ids: BTreeSet<_> = new.timers(NOW).into_iter().chain(old.timers(NOW)).map(|timer| timer.id).collect();
    assert_eq!(ids.len(), 10, "each hour has its own");
}

#[test]
fn after_a_move_a_seat_that_was_booked_before_goes_back_free() {
    let mut world = World::new(session()).with(2, 5).with(3, 5);
    world.late_rule = LateRule::Host;
    world.books(2, false).unwrap();
    world.before_start(60);
    world.roll.session.moved = Some(NOW.plus(TimeDelta::minutes(world.minutes)));
    world.before_start(30);
    world.books(3, false).unwrap();
    assert!(answer(&world.cancels(2).unwrap()).contains("price-returned"));
    assert!(answer(&world.cancels(3).unwrap()).contains("price-host"), "who booked the new hour knew it");
    assert_eq!((world.credits(2), world.credits(3)), (5, 4));
}
