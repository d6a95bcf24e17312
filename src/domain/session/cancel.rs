//! `/cancel`: gives a seat back, leaves the waiting list, calls a session off, or ends what is under way.

use super::{
    Action, Booking, BookingState, Money, MyBooking, Roll, Session, SessionRef, SessionState,
    after::hand,
    agenda,
    desk::Desk,
    reading::{agenda_button, button_ref, here, named, own_roll, session_of, to_come},
    settle,
};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Outcome, Refusal},
    hear::Call,
    ids::PersonId,
    message::{Button, Content, Msg},
    question::{self, Action as Answered},
    scope::{LateRule, Person, Scope},
};

/// What `/cancel` was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CancelArgs {
    /// Nothing: show what can be cancelled. Where a dialogue is under way, the engine has ended that instead.
    Bare,
    /// This session's seat, or the session.
    Session(SessionRef),
}

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug)]
pub struct CancelView {
    /// The session that was named, with its bookings.
    pub found: Option<Roll>,
    /// What the credits stand at.
    pub money: Money,
    /// The asker's bookings to come; bare only.
    pub mine: Vec<MyBooking>,
}

/// Reads `/cancel` and `/cancel 12`.
pub fn parse_cancel(call: &Call) -> Result<CancelArgs, Refusal> {
    if call.words.is_empty() {
        return Ok(CancelArgs::Bare);
    }
    session_of(call).map(|(session, _)| CancelArgs::Session(session))
}

/// Cancels.
pub fn cancel(scope: &Scope, view: &CancelView, args: CancelArgs, ctx: &mut Context) -> Outcome {
    let (_, person) = here(scope)?;
    match args {
        CancelArgs::Bare => Ok(Decision::answer(bare(&view.mine))),
        CancelArgs::Session(_) => {
            let roll = own_roll(view.found.as_ref(), person)?;
            to_come(&roll.session, ctx.now).map_err(|refusal| begun(&roll.session, person, refusal, ctx))?;
            if may_call_off(&roll.session, person) {
                return Ok(ask_which(scope, roll, ctx));
            }
            cancel_seat(person, roll, &view.money, ctx)
        }
    }
}

/// What a choice of "my seat or the session?" does.
pub fn answer(scope: &Scope, view: &CancelView, action: &Action, ctx: &mut Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    to_come(&roll.session, ctx.now)?;
    match action {
        Action::CancelSeat(_) => cancel_seat(person, roll, &view.money, ctx),
        Action::CancelSession(_) if may_call_off(&roll.session, person) => Ok(call_off(person, roll, &view.money, ctx)),
        Action::CancelSession(_) | Action::After(_) => Err(no_seat(&roll.session, person)),
    }
}

fn may_call_off(session: &Session, person: &Person) -> bool {
    session.host == person.id || person.coordinator
}

/// Nothing is under way: what is booked, with a button each.
fn bare(mine: &[MyBooking]) -> Content {
    if mine.is_empty() {
        return Content::from(Msg::new("cancelled-nothing")).buttons([agenda_button()]);
    }
    let mut content = Content::from(Msg::new("session-cancel-which"));
    content.lines.extend(mine.iter().map(agenda::my_line));
    content.buttons(mine.iter().map(agenda::cancel_button))
}

fn ask_which(scope: &Scope, roll: &Roll, ctx: &mut Context) -> Decision {
    let session = &roll.session;
    let mut choices = vec![
        (Msg::new("session-button-my-seat"), Answered::Session(Action::CancelSeat(session.id))),
        (Msg::new("session-button-whole-session"), Answered::Session(Action::CancelSession(session.id))),
    ];
    choices.extend(hand::choice(session));
    choices.push((Msg::new("session-button-nothing"), Answered::Close(Msg::new("session-nothing-changed"))));
    let (question, buttons) = question::ask(ctx, scope.account.id, choices);
    let content = Content::from(Msg::new("session-cancel-seat-or-session")).line(named(session)).buttons(buttons);
    Decision::answer(content).change(question)
}

fn cancel_seat(person: &Person, roll: &Roll, money: &Money, ctx: &mut Context) -> Outcome {
    let session = &roll.session;
    let Some(booking) = roll.of(person.id).filter(|booking| booking.state.is_live()) else { return Err(no_seat(session, person)) };
    let first = match booking.state {
        BookingState::Booked | BookingState::Attended | BookingState::Absent => Msg::new("session-seat-given-back"),
        BookingState::Offered => Msg::new("session-offer-declined"),
        BookingState::Waiting | BookingState::Cancelled | BookingState::Lapsed => Msg::new("session-left-list"),
    };
    let mut content = Content::from(first).line(named(session));
    content.lines.extend(price_line(booking, session, ctx));
    let mut desk = Desk::open(roll, money, Some(person.id), ctx);
    desk.answer(content.buttons([agenda_button()]));
    give_back(&mut desk, booking, money);
    Ok(desk.close())
}

/// The booking ends; a price goes back in time or by the rule, and a freed seat to who waits first.
pub(super) fn give_back(desk: &mut Desk<'_>, booking: &Booking, money: &Money) {
    let session = &desk.roll.session;
    let moves = if desk.ctx.now < session.free_cancel_until {
        settle::refund(booking)
    } else {
        settle::late(booking, session.host_ledger, money.host_room_credits())
    };
    desk.pay(moves);
    desk.set(booking, BookingState::Cancelled);
    desk.offer_freed();
}

/// What becomes of the price: true whoever paid it.
fn price_line(booking: &Booking, session: &Session, ctx: &Context) -> Option<Msg> {
    if booking.state != BookingState::Booked || session.price_credits == 0 {
        return None;
    }
    let returned = ctx.now < session.free_cancel_until;
    Some(match (booking.late.to, booking.late.half) {
        _ if returned => Msg::new("session-price-returned"),
        (LateRule::Return, _) => Msg::new("session-price-returned"),
        (LateRule::Solidarity, false) => Msg::new("session-price-solidarity"),
        (LateRule::Solidarity, true) => Msg::new("session-price-half-solidarity"),
        (LateRule::Host, false) => Msg::new("session-price-host"),
        (LateRule::Host, true) => Msg::new("session-price-half-host"),
    })
}

/// Everybody is told in private, everything goes back; timers find the session cancelled and do nothing.
fn call_off(person: &Person, roll: &Roll, money: &Money, ctx: &mut Context) -> Decision {
    let told = i64::try_from(placed(roll).iter().filter(|booking| booking.person != person.id).count()).unwrap_or(i64::MAX);
    let content = Content::from(Msg::new("session-called-off")).line(named(&roll.session)).line(match told {
        0 => Msg::new("session-called-off-nobody"),
        told => Msg::new("session-called-off-told").with("count", told),
    });
    let mut desk = Desk::open(roll, money, Some(person.id), ctx);
    desk.answer(content.buttons([agenda_button()]));
    withdraw_session(&mut desk, person.id);
    desk.close()
}

/// The bookings of those who have a seat, an offer, or wait.
fn placed(roll: &Roll) -> Vec<Booking> {
    let states = [BookingState::Booked, BookingState::Offered, BookingState::Waiting];
    states.into_iter().flat_map(|state| roll.in_state(state).cloned().collect::<Vec<_>>()).collect()
}

pub(super) fn withdraw_session(desk: &mut Desk<'_>, by: PersonId) {
    let session = desk.roll.session.clone();
    for booking in &placed(&desk.roll) {
        desk.pay(settle::refund(booking));
        desk.set(booking, BookingState::Cancelled);
        if booking.person != by {
            desk.notify(booking.person, cancelled_for(&session, booking));
        }
    }
    desk.set_session(SessionState::Cancelled);
    if session.host != by {
        let content =
            Content::from(Msg::new("session-cancelled-notice")).line(named(&session)).line(Msg::new("session-cancelled-by-staff"));
        desk.notify(session.host, content);
    }
}

/// What somebody with a seat or on the list is told.
fn cancelled_for(session: &Session, booking: &Booking) -> Content {
    let mut content = Content::from(Msg::new("session-cancelled-notice")).line(named(session)).line(Msg::new("session-cancelled-line"));
    if booking.state == BookingState::Booked && session.price_credits > 0 {
        content = content.line(Msg::new("session-price-returned"));
    }
    content.buttons([agenda_button(), Button::command(Msg::new("care-session-full-button-talk"), Command::Talk, "")])
}

fn no_seat(session: &Session, person: &Person) -> Refusal {
    if session.host == person.id {
        return Refusal::new(Content::from(Msg::new("session-host-has-no-seat")).line(named(session)).buttons([agenda_button()]));
    }
    let bookings = Button::command(Msg::new("session-button-my-bookings"), Command::Bookings, "");
    let book = Button::command(Msg::new("session-button-book"), Command::Book, button_ref(session));
    Refusal::new(Content::from(Msg::new("session-no-seat")).line(named(session)).buttons([bookings, book]))
}

/// A session that has begun is not called off any more: its host marks who came.
fn begun(session: &Session, person: &Person, refusal: Refusal, ctx: &Context) -> Refusal {
    if session.host != person.id || session.state != SessionState::Open || ctx.now < session.starts {
        return refusal;
    }
    let mark = Button::command(Msg::new("session-button-attendance"), Command::Attendance, button_ref(session));
    Refusal::new(Content::from(Msg::new("session-has-started")).line(named(session)).buttons([mark]))
}
