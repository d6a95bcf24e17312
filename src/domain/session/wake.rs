//! What a session does when its hour comes: reminders, the start, the question who came, what nobody marked, offers that end.

use chrono::TimeDelta;

use super::{
    Booking, BookingState, Money, Roll, SessionState, attend,
    book::whereabouts,
    desk::Desk,
    minimum::{self, cut_off},
    reading::{agenda_button, button_ref, named},
    settle,
};
use crate::domain::{
    command::Command,
    decision::{Context, Decision},
    discreet,
    ids::{BookingId, PersonId},
    message::{Button, Content, Msg, Value},
    time::Timestamp,
    timer::Wake,
};

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug)]
pub struct WakeView {
    /// The session with its bookings.
    pub roll: Roll,
    /// What the credits stand at.
    pub money: Money,
    /// Who, among those with a seat and the host, has paused until when.
    pub pauses: Vec<(PersonId, Timestamp)>,
}

impl WakeView {
    fn is_paused(&self, person: PersonId, clock: Timestamp) -> bool {
        self.pauses.iter().any(|(paused, until)| *paused == person && clock < *until)
    }
}

/// What a wake-up that was due at `due` means; one that belongs to an hour at which the session is no more means nothing.
pub fn wake(view: &WakeView, wake: &Wake, due: Timestamp, ctx: &mut Context) -> Decision {
    if let Wake::OfferEnds(booking) = wake {
        return offer_ends(view, *booking, ctx);
    }
    if !view.roll.session.is_its_hour(due, wake) {
        return Decision::nothing();
    }
    match wake {
        Wake::Reminder { hours_before, .. } => {
            // The same minute may decide whether it takes place at all; nobody is reminded of what does not.
            let decided = cut_off(view, ctx);
            if minimum::calls_off(&view.roll, ctx.now) { decided } else { decided.and(remind(view, *hours_before, ctx)) }
        }
        Wake::CutOff(_) => cut_off(view, ctx),
        Wake::SessionStarts(_) => started(view, ctx),
        Wake::SessionOver(_) => over(view, ctx),
        Wake::Unmarked(_) => unmarked(view, ctx),
        _ => Decision::nothing(),
    }
}

/// Reminds who has a seat, and the host. A reminder that is late, because the program was down, is still said
/// while the session has not begun, unless the next one is due already.
pub fn remind(view: &WakeView, hours_before: i64, ctx: &mut Context) -> Decision {
    let (session, clock) = (&view.roll.session, ctx.now);
    let due = session.starts.minus(TimeDelta::hours(hours_before));
    let overtaken = hours_before > 1 && clock >= session.starts.minus(TimeDelta::hours(1));
    if !session.is_to_come(clock) || overtaken {
        return Decision::nothing();
    }
    let mut desk = Desk::open(&view.roll, &view.money, None, ctx);
    let booked_before = |booking: &&Booking| booking.since <= due && !view.is_paused(booking.person, clock);
    for booking in view.roll.in_state(BookingState::Booked).filter(booked_before) {
        desk.notify(booking.person, reminder(&view.roll));
    }
    if session.created <= due && !view.is_paused(session.host, clock) {
        desk.notify(session.host, for_host(&view.roll, Msg::new("session-reminder")));
    }
    desk.close()
}

/// The session begins: the waiting list closes, the card shows it.
pub fn started(view: &WakeView, ctx: &mut Context) -> Decision {
    let open = view.roll.session.state == SessionState::Open;
    // The card was last drawn while it could still be booked.
    let drawn = view.roll.session.starts.minus(TimeDelta::microseconds(1));
    let mut desk = Desk::open_at(&view.roll, &view.money, None, drawn, ctx);
    if open {
        for state in [BookingState::Waiting, BookingState::Offered] {
            for booking in view.roll.in_state(state) {
                desk.set(booking, BookingState::Lapsed);
            }
        }
    }
    desk.close()
}

/// The session is over: its host is asked who came.
pub fn over(view: &WakeView, ctx: &mut Context) -> Decision {
    let session = &view.roll.session;
    if session.state != SessionState::Open {
        return Decision::nothing();
    }
    let mut desk = Desk::open_at(&view.roll, &view.money, None, session.starts, ctx);
    if view.roll.count(BookingState::Booked) == 0 || !session.kind.has_seats() {
        desk.set_session(SessionState::Marked);
    } else {
        desk.notify(session.host, attend::question(session));
    }
    desk.close()
}

/// Nobody marked it in time: everything goes back and nothing counts.
pub fn unmarked(view: &WakeView, ctx: &mut Context) -> Decision {
    let session = &view.roll.session;
    if session.state != SessionState::Open {
        return Decision::nothing();
    }
    let mut desk = Desk::open(&view.roll, &view.money, None, ctx);
    for booking in view.roll.in_state(BookingState::Booked) {
        desk.pay(settle::refund(booking));
        desk.set(booking, BookingState::Cancelled);
    }
    desk.set_session(SessionState::Unmarked);
    let content = Content::from(Msg::new("session-unmarked-notice")).line(named(session)).line(Msg::new("session-unmarked-line"));
    desk.notify(session.host, content);
    desk.close()
}

/// The offer of a freed seat ends: the person is told, the seat goes to the next.
pub fn offer_ends(view: &WakeView, booking: BookingId, ctx: &mut Context) -> Decision {
    let session = &view.roll.session;
    let ended = view.roll.in_state(BookingState::Offered).find(|known| known.id == booking && known.offer_until <= Some(ctx.now));
    let Some(ended) = ended.filter(|_| session.is_to_come(ctx.now)) else { return Decision::nothing() };
    let mut desk = Desk::open(&view.roll, &view.money, None, ctx);
    desk.set(ended, BookingState::Lapsed);
    let content =
        Content::from(Msg::new("session-offer-lapsed")).line(named(session)).line(Msg::new("session-offer-lapsed-line")).buttons([
            Button::command(Msg::new("care-session-full-button-wait"), Command::Book, format!("{} wait", button_ref(session))),
            agenda_button(),
        ]);
    desk.notify(ended.person, content);
    desk.offer_freed();
    desk.close()
}

fn reminder(roll: &Roll) -> Content {
    let session = &roll.session;
    let mut content = Content::from(Msg::new("session-reminder")).line(named(session));
    content.lines.extend(whereabouts(session));
    content.buttons([Button::command(Msg::new("care-booked-button-cannot"), Command::Cancel, button_ref(session))])
}

/// The host is told how many will come, and where that is too few for the session to make sense.
pub(super) fn for_host(roll: &Roll, first: Msg) -> Content {
    let session = &roll.session;
    let booked = roll.count(BookingState::Booked);
    let mut content = Content::from(first)
        .line(Msg::new("session-reminder-host").with("title", discreet::title(session)).with("when", Value::Moment(session.starts)))
        .line(Msg::new("session-reminder-count").with("count", booked));
    content.lines.extend(whereabouts(session));
    if booked < session.minimum && !session.confirmed {
        content = content.line(Msg::new("session-reminder-minimum").with("count", session.minimum));
    }
    content.buttons([Button::command(Msg::new("session-button-cancel-session"), Command::Cancel, button_ref(session))])
}
