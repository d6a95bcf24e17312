//! The waiting list and its offers.

use super::*;

#[test]
fn who_waits_is_offered_a_freed_seat_in_order() {
    let mut world = World::new(Session { seats: 1, ..session() }).with(2, 5).with(3, 5).with(4, 5);
    world.books(2, false).unwrap();
    let third = world.books(3, true).unwrap();
    assert_eq!(answer(&third), "waiting | named(Cercle du mardi, 01/12 18:00) | waiting-promise [button-leave-list]");
    assert!(shown(&card(&third).unwrap()).contains("card-waiting(1)"));
    world.books(4, true).unwrap();
    assert!(answer(&world.books(3, true).unwrap()).starts_with("already-waiting"));
    assert_eq!(world.credits(3), 5, "waiting costs nothing");
    let freed = world.cancels(2).unwrap();
    assert_eq!(
        told(&freed, 3),
        ["offer | named(Cercle du mardi, 01/12 18:00) | offer-until(25/11 12:00) [button-take] [button-no-thanks]"]
    );
    assert!(told(&freed, 4).is_empty());
    assert_eq!(world.books(2, false).unwrap_err(), FULL, "the seat is kept");
    assert_eq!(answer(&world.books(3, false).unwrap()), BOOKED);
    assert_eq!((world.state(3), world.state(4)), (Some(BookingState::Booked), Some(BookingState::Waiting)));
    assert_eq!((world.credits(3), world.escrow()), (4, 1));
}

#[test]
fn an_offer_that_ends_passes_to_the_next_and_a_late_answer_is_told_kindly() {
    let mut world = World::new(Session { seats: 1, ..session() }).with(2, 5).with(3, 5).with(4, 5);
    world.books(2, false).unwrap();
    world.books(3, true).unwrap();
    world.books(4, true).unwrap();
    world.cancels(2).unwrap();
    let (at, wake) = world.timers[0].clone();
    assert_eq!(wake, Wake::OfferEnds(world.booking_id(3)));
    let offered = world.booking_id(3);
    world.minutes = at.since(NOW).num_minutes();
    let ended = world.wakes(|view, ctx| wake::offer_ends(view, offered, ctx));
    assert_eq!(
        told(&ended, 3),
        ["offer-lapsed | named(Cercle du mardi, 01/12 18:00) | offer-lapsed-line [care-session-full-button-wait] [button-agenda]"]
    );
    assert!(told(&ended, 4)[0].starts_with("offer | "));
    assert_eq!(world.books(3, false).unwrap_err(), format!("offer-was-until(25/11 12:00) | {FULL}"));
    assert!(answer(&world.books(3, true).unwrap()).starts_with("waiting | "), "and can wait again, behind the others");
    world.books(4, false).unwrap();
    assert_eq!(world.state(3), Some(BookingState::Waiting));
    assert!(world.wakes(|view, ctx| wake::offer_ends(view, offered, ctx)).changes.is_empty(), "an old timer does nothing");
}

#[test]
fn an_answer_after_the_deadline_loses_the_seat_even_before_the_timer() {
    let mut world = World::new(Session { seats: 1, ..session() }).with(2, 5).with(3, 5).with(4, 5);
    world.books(2, false).unwrap();
    world.books(3, true).unwrap();
    world.books(4, true).unwrap();
    world.cancels(2).unwrap();
    world.minutes = 24 * 60;
    let late = world.books(3, false).unwrap();
    assert_eq!(answer(&late), format!("offer-was-until(25/11 12:00) | {FULL}"));
    assert!(told(&late, 4)[0].starts_with("offer | "));
    assert_eq!((world.state(3), world.credits(3)), (Some(BookingState::Lapsed), 5));
}

#[test]
fn who_declines_or_leaves_the_list_makes_room() {
    let mut world = World::new(Session { seats: 1, ..session() }).with(2, 5);
    world.books(2, false).unwrap();
    for n in 3..6 {
        world.books(n, true).unwrap();
    }
    assert!(answer(&world.cancels(4).unwrap()).starts_with("left-list | "));
    world.cancels(2).unwrap();
    let declined = world.cancels(3).unwrap();
    assert!(answer(&declined).starts_with("offer-declined | "));
    assert!(told(&declined, 5)[0].starts_with("offer | "), "the fourth has left, so it is the fifth's turn");
}

#[test]
fn offers_stop_at_the_start() {
    let mut world = World::new(Session { seats: 1, ..session() }).with(2, 5);
    world.books(2, false).unwrap();
    world.books(3, true).unwrap();
    world.before_start(0);
    assert_eq!(world.cancels(2).unwrap_err(), "has-started | named(Cercle du mardi, 01/12 18:00) [button-agenda]");
    assert_eq!(world.books(4, false).unwrap_err(), "has-started | named(Cercle du mardi, 01/12 18:00) [button-agenda]");
    let started = world.wakes(wake::started);
    assert_eq!(world.state(3), Some(BookingState::Lapsed));
    assert_eq!(shown(&card(&started).unwrap()), "card-title(Cercle du mardi, 12) | card-when(01/12 18:00, 90) | card-started");
}
