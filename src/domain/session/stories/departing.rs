//! What becomes of seats and sessions when somebody is removed.

use super::*;
use crate::domain::session::{Booking, SessionKind};

const HEIR: u128 = 9;

fn removal(session: Session, bookings: Vec<Booking>, who: u128, heir: Option<u128>) -> Decision {
    let rolls = [(Roll { session, bookings, apart: vec![] }, money())];
    let (gone, heir) = (scope(who).person.unwrap(), heir.and_then(|n| scope(n).person));
    depart::on_removal(&rolls, &gone, heir.as_ref(), &mut context(1, 0))
}

fn states(decision: &Decision) -> Vec<(u128, BookingState)> {
    let booking = |change: &AnyChange| match change {
        AnyChange::Session(Change::Booking(booking)) => Some((booking.person.0.as_u128() - 100, booking.state)),
        _ => None,
    };
    decision.changes.iter().filter_map(booking).collect()
}

fn told(decision: &Decision) -> Vec<(u128, String)> {
    (1..20).flat_map(|n| said(decision, Audience::Private(person_id(n))).into_iter().map(move |c| (n, c.lines[0].id.to_string()))).collect()
}

#[test]
fn a_removed_hosts_session_goes_to_the_heir_and_nobody_else_notices() {
    let bookings = vec![booking(2, BookingState::Booked), booking(3, BookingState::Booked), booking(4, BookingState::Waiting)];
    let decision = removal(session(), bookings, HOST, Some(HEIR));
    assert_eq!(decision.changes, [AnyChange::Session(Change::SetHost(session().id, person_id(HEIR)))]);
    assert_eq!(told(&decision), [(HEIR, "session-handed-over".to_owned())]);
    assert_eq!(card(&decision), None, "the card looks as it did");
}

#[test]
fn an_heir_who_had_a_seat_frees_it_for_who_waits() {
    let bookings = vec![booking(HEIR, BookingState::Booked), booking(2, BookingState::Booked), booking(4, BookingState::Waiting)];
    let decision = removal(session(), bookings, HOST, Some(HEIR));
    assert_eq!(states(&decision), [(HEIR, BookingState::Cancelled), (4, BookingState::Offered)]);
    assert_eq!(transfers(&decision).len(), 1, "the heir's price goes back");
    assert_eq!(told(&decision), [(4, "session-offer".to_owned()), (HEIR, "session-handed-over".to_owned())]);
}

#[test]
fn what_nobody_else_can_hold_is_called_off_and_everybody_told() {
    let listening = Session { kind: SessionKind::Listening, seats: 1, ..session() };
    for (session, heir) in [(listening, Some(HEIR)), (session(), None)] {
        let bookings = vec![booking(2, BookingState::Booked), booking(4, BookingState::Waiting)];
        let decision = removal(session.clone(), bookings, HOST, heir);
        assert!(decision.changes.contains(&AnyChange::Session(Change::SetState(session.id, SessionState::Cancelled))));
        assert_eq!(states(&decision), [(2, BookingState::Cancelled), (4, BookingState::Cancelled)]);
        let notice = "session-cancelled-notice".to_owned();
        assert_eq!(told(&decision), [(2, notice.clone()), (4, notice)], "neither the removed host nor the heir");
        assert_eq!(transfers(&decision).len(), 1);
    }
}

#[test]
fn a_removed_persons_seat_costs_nothing_however_late_and_passes_on() {
    let late = context(1, 6 * 24 * 60 + 12 * 60);
    assert!(late.now > session().free_cancel_until && late.now < session().starts);
    let bookings = vec![booking(2, BookingState::Booked), booking(3, BookingState::Booked), booking(4, BookingState::Waiting)];
    let rolls = [(Roll { session: session(), bookings, apart: vec![] }, money())];
    let (gone, mut ctx) = (scope(2).person.unwrap(), late);
    let decision = depart::on_removal(&rolls, &gone, None, &mut ctx);
    assert_eq!(states(&decision), [(2, BookingState::Cancelled), (4, BookingState::Offered)]);
    assert_eq!(transfers(&decision)[0].to, Party::Person(ledger_id(2)), "the rule for late cancellations is for who cancels");
    assert_eq!(told(&decision), [(4, "session-offer".to_owned())]);
}

#[test]
fn an_offer_to_who_is_removed_goes_to_the_next() {
    let offered = Booking { offer_until: Some(NOW.plus(TimeDelta::hours(5))), ..booking(4, BookingState::Offered) };
    let bookings = vec![booking(3, BookingState::Booked), offered, booking(5, BookingState::Waiting)];
    let decision = removal(session(), bookings, 4, Some(HEIR));
    assert_eq!(states(&decision), [(4, BookingState::Cancelled), (5, BookingState::Offered)]);
    assert_eq!(told(&decision), [(5, "session-offer".to_owned())]);
}
