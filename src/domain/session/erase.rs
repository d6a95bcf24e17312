//! Somebody is erased: their seats go back, a session that they were to hold goes to another who may hold it, or is called off.

use super::{
    Booking, BookingState, Money, Roll, Session, SessionState,
    cancel::{Why, give_back, withdraw_session},
    depart::{can_be_handed_over, earned},
    desk::Desk,
    reading::{agenda_button, button_ref, named},
    settle,
};
use crate::domain::{
    command::Command,
    decision::{Context, Decision},
    ids::PersonId,
    message::{Button, Content, Msg},
    scope::Person,
};

/// An open session in which somebody has a place, or which they hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Affected {
    /// The session with its bookings.
    pub roll: Roll,
    /// What the credits stand at.
    pub money: Money,
    /// Who else may hold it, the first before the others.
    pub heirs: Vec<Person>,
}

/// What ends with `person` in these sessions. Transfers count on from the number in the first session's money.
pub fn on_erase(affected: &[Affected], person: PersonId, ctx: &mut Context) -> Decision {
    let mut decision = Decision::nothing();
    let mut next_transfer = affected.first().map_or(1, |one| one.money.next_transfer);
    for Affected { roll, money, heirs } in affected.iter().filter(|one| one.roll.session.state == SessionState::Open) {
        let host_earned_credits = money.host_earned_credits.saturating_add(earned(&decision, roll.session.host_ledger));
        let money = Money { next_transfer, host_earned_credits, ..money.clone() };
        let is_host = roll.session.host == person;
        let has_begun = !roll.session.is_to_come(ctx.now);
        let mut desk = Desk::open(roll, &money, None, ctx);
        match (is_host, has_begun) {
            (true, false) => hand_over(&mut desk, heirs, person),
            (true, true) => give_all_back(&mut desk, person),
            (false, _) => leave_seat(&mut desk, person, &money, has_begun),
        }
        next_transfer = desk.next_transfer();
        decision = decision.and(desk.close());
    }
    decision
}

fn leave_seat(desk: &mut Desk<'_>, person: PersonId, money: &Money, has_begun: bool) {
    let Some(booking) = desk.roll.of(person).filter(|booking| booking.state.is_live()).cloned() else { return };
    if has_begun {
        // Nobody will be able to say any more whether they came.
        desk.pay(settle::refund(&booking));
        desk.set(&booking, BookingState::Cancelled);
    } else {
        give_back(desk, &booking, money);
    }
}

/// Who has no place in it may hold it, unless it is between two people.
fn hand_over(desk: &mut Desk<'_>, heirs: &[Person], person: PersonId) {
    let takes_part = |id: PersonId| desk.roll.of(id).is_some_and(|booking| booking.state.is_live());
    let heir = heirs.iter().find(|heir| heir.id != person && !takes_part(heir.id));
    let Some(heir) = heir.filter(|_| can_be_handed_over(&desk.roll.session)) else {
        return withdraw_session(desk, &Why::By(person, None));
    };
    desk.set_host(heir);
    let session = desk.roll.session.clone();
    let yours = Content::from(Msg::new("data-session-yours"))
        .line(named(&session))
        .line(Msg::new("data-session-yours-line").with("count", desk.roll.count(BookingState::Booked)))
        .buttons([Button::command(Msg::new("session-button-cancel-session"), Command::Cancel, button_ref(&session))]);
    desk.notify(heir.id, yours);
    for booking in booked(&desk.roll) {
        desk.notify(booking.person, other_host(&session));
    }
}

/// What who has a seat is told when somebody else holds the session from now on.
pub(super) fn other_host(session: &Session) -> Content {
    let other = Content::from(Msg::new("data-session-other-host")).line(named(session)).line(Msg::new("data-session-other-host-line"));
    other.buttons([agenda_button()])
}

/// It has begun, and nobody will say any more who came: everything goes back, as after seven days without a word.
pub(super) fn give_all_back(desk: &mut Desk<'_>, person: PersonId) {
    let session = desk.roll.session.clone();
    for booking in booked(&desk.roll) {
        desk.pay(settle::refund(&booking));
        desk.set(&booking, BookingState::Cancelled);
        if booking.person != person && session.price_credits > 0 {
            let content = Content::from(Msg::new("data-session-closed")).line(named(&session)).line(Msg::new("session-price-returned"));
            desk.notify(booking.person, content);
        }
    }
    desk.set_session(SessionState::Unmarked);
}

fn booked(roll: &Roll) -> Vec<Booking> {
    roll.in_state(BookingState::Booked).cloned().collect()
}
