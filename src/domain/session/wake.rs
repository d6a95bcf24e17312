//! What a session does when its hour comes: the cut-off, the start, the question who came, what nobody marked, offers that end.

use chrono::TimeDelta;

use super::{
    BookingState, Money, Roll, SessionState, UNMARKED_DAYS, attend,
    desk::Desk,
    minimum::{self, cut_off},
    reading::{agenda_button, button_ref, named},
    remind::Attendee,
    reminders::{remind, remind_one, short_notice},
    series::make::shows,
    settle,
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision},
    ids::BookingId,
    message::{Button, Content, Msg, Value},
    time::Timestamp,
    timer::Wake,
};

/// So many days after a session its host is asked again who came.
const ASKED_AGAIN_DAYS: [i64; 2] = [1, 4];

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug)]
pub struct WakeView {
    /// The session with its bookings.
    pub roll: Roll,
    /// What the credits stand at.
    pub money: Money,
    /// Those with a seat, and the host.
    pub people: Vec<Attendee>,
    /// Which reminders of this very start went out, by their hours.
    pub reminded: Vec<i64>,
}

/// What a wake-up that was due at `due` means; one that belongs to an hour at which the session is no more means nothing.
pub fn wake(view: &WakeView, wake: &Wake, due: Timestamp, ctx: &mut Context) -> Decision {
    match wake {
        Wake::OfferEnds(booking) => return offer_ends(view, *booking, ctx),
        Wake::RemindOne { person, hours_before, .. } => return remind_one(view, *person, *hours_before, ctx),
        Wake::ShortNotice { whose, .. } => return short_notice(view, *whose, ctx),
        Wake::AttendanceWaits { days, .. } => return waits(view, *days, ctx),
        _ if !view.roll.session.is_its_hour(due, wake) => return Decision::nothing(),
        _ => {}
    }
    match wake {
        Wake::Reminder { hours_before, .. } => {
            // The same minute may decide whether it takes place at all; nobody is reminded of what does not.
            let decided = cut_off(view, ctx);
            if minimum::calls_off(&view.roll, ctx.now) { decided } else { decided.and(remind(view, *hours_before, ctx)) }
        }
        Wake::CutOff(_) => cut_off(view, ctx),
        Wake::SessionShows(_) => shows(&view.roll, ctx.now),
        Wake::SessionStarts(_) => started(view, ctx),
        Wake::SessionOver(_) => over(view, ctx),
        Wake::Unmarked(_) => unmarked(view, ctx),
        _ => Decision::nothing(),
    }
}

/// The session begins: the waiting list closes, the card shows it.
pub fn started(view: &WakeView, ctx: &mut Context) -> Decision {
    if ctx.now < view.roll.session.starts {
        return Decision::nothing();
    }
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
    if session.state != SessionState::Open || ctx.now < session.ends() {
        return Decision::nothing();
    }
    let mut desk = Desk::open_at(&view.roll, &view.money, None, session.starts, ctx);
    if view.roll.count(BookingState::Booked) == 0 || !session.kind.has_seats() {
        desk.set_session(SessionState::Marked);
        return desk.close();
    }
    if desk.ctx.now >= session.ends().plus(TimeDelta::days(UNMARKED_DAYS)) {
        // The program was down for so long that everything goes back now: nothing is left to be said.
        return desk.close();
    }
    desk.notify(session.host, attend::question(session));
    let asked = desk.close();
    let (id, now) = (session.id, ctx.now);
    let again = ASKED_AGAIN_DAYS.map(|days| (session.ends().plus(TimeDelta::days(days)), Wake::AttendanceWaits { session: id, days }));
    again.into_iter().filter(|(at, _)| *at > now).fold(asked, |decision, (at, wake)| decision.wake(ctx, at, wake))
}

/// The host has not said who came: asked again, with the day until which they can. Where the program was down, the last of
/// what came due meanwhile speaks for all.
pub fn waits(view: &WakeView, days: i64, ctx: &Context) -> Decision {
    let session = &view.roll.session;
    let at = |days: i64| session.ends().plus(TimeDelta::days(days));
    let next = ASKED_AGAIN_DAYS.into_iter().find(|later| *later > days).unwrap_or(UNMARKED_DAYS);
    if session.state != SessionState::Open || ctx.now < at(days) || ctx.now >= at(next) {
        return Decision::nothing();
    }
    let mut content = attend::question(session);
    content.lines.splice(..1, [Msg::new("after-attendance-again")]);
    content.lines.push(Msg::new("after-attendance-until").with("when", Value::Moment(at(UNMARKED_DAYS))));
    Decision::nothing().notify(Audience::Private(session.host), content)
}

/// Nobody marked it in time: everything goes back and nothing counts.
pub fn unmarked(view: &WakeView, ctx: &mut Context) -> Decision {
    let session = &view.roll.session;
    if session.state != SessionState::Open || ctx.now < session.ends().plus(TimeDelta::days(UNMARKED_DAYS)) {
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
