//! The cut-off: bookings end, and where a minimum was set it is decided whether the session takes place.

use chrono::TimeDelta;

use super::{
    BookingState, Roll, Session,
    cancel::{Why, withdraw_session},
    desk::Desk,
    reading::{button_ref, named},
    wake::WakeView,
};
use crate::domain::{
    command::Command,
    decision::{Context, Decision},
    message::{Button, Content, Msg, Value},
    time::Timestamp,
};

/// Bookings end, or it is decided whether enough people come, or both.
pub fn cut_off(view: &WakeView, ctx: &mut Context) -> Decision {
    let session = &view.roll.session;
    if !session.is_to_come(ctx.now) {
        return Decision::nothing();
    }
    // The card was last drawn while it could still be booked.
    let drawn = ctx.now.min(session.book_until.unwrap_or(ctx.now)).minus(TimeDelta::microseconds(1));
    let mut desk = Desk::open_at(&view.roll, &view.money, None, drawn, ctx);
    decide(&mut desk);
    desk.close()
}

/// Its hour has come, and it was not decided before.
fn is_due(session: &Session, now: Timestamp) -> bool {
    session.is_to_come(now) && !session.confirmed && session.decides_at().is_some_and(|at| at <= now)
}

/// It is to be decided now, and too few people come.
pub(super) fn calls_off(roll: &Roll, now: Timestamp) -> bool {
    is_due(&roll.session, now) && roll.count(BookingState::Booked) < roll.session.minimum
}

/// Decides, once.
fn decide(desk: &mut Desk<'_>) {
    let session = desk.roll.session.clone();
    if calls_off(&desk.roll, desk.ctx.now) {
        return withdraw_session(desk, &Why::TooFew);
    }
    if !is_due(&session, desk.ctx.now) {
        return;
    }
    let booked = desk.roll.count(BookingState::Booked);
    desk.edit(Session { confirmed: true, ..session.clone() });
    let seated: Vec<_> = desk.roll.in_state(BookingState::Booked).map(|booking| booking.person).collect();
    for person in seated {
        let cancel = Button::command(Msg::new("care-booked-button-cannot"), Command::Cancel, button_ref(&session));
        let content = Content::from(Msg::new("making-confirmed-notice")).line(named(&session)).line(Msg::new("making-confirmed-line"));
        desk.notify(person, content.buttons([cancel]));
    }
    let count = Msg::new("session-reminder-count").with("count", booked);
    let content = Content::from(Msg::new("making-confirmed-notice")).line(named(&session)).line(Msg::new("making-confirmed-line"));
    desk.notify(session.host, content.line(count));
}

/// What the people of a session learn of its minimum before they book.
pub(super) fn announced(session: &Session, ctx: &Context) -> Option<Msg> {
    let at = session.decides_at().filter(|at| *at > ctx.now && !session.confirmed)?;
    Some(Msg::new("making-minimum").with("count", session.minimum).with("when", Value::Moment(at)))
}
