//! `/cancel`: gives a seat back, leaves the waiting list, calls a session off, or ends what is under way.

use super::{
    Action, Booking, BookingState, Money, MyBooking, REASON_CHARS_MAX, Roll, Session, SessionRef, SessionState,
    after::hand,
    agenda,
    desk::Desk,
    reading::{agenda_button, button_ref, here, named, own_roll, session_of, to_come},
    series::{
        Kept,
        standing::{is_always, keep_no_more},
    },
    settle,
};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Outcome, Refusal},
    hear::Call,
    ids::PersonId,
    message::{Button, Content, Msg, Value},
    question::{self, Action as Answered},
    scope::{LateRule, Person, Scope},
    words::{clean_text, fold},
};

/// What stands between a session and the word about why it is called off, where that was asked; nobody types it.
const WHY: char = '\u{1f}';

/// What `/cancel` was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CancelArgs {
    /// Nothing: show what can be cancelled. Where a dialogue is under way, the engine has ended that instead.
    Bare,
    /// This session's seat, or the session.
    Session(SessionRef),
    /// This session; where it is called off, with this word for its people.
    Because(SessionRef, String),
    /// The seat that is kept in each session of its series.
    KeepNoMore(SessionRef),
    /// This session is called off, with this word for its people: the answer to the question why.
    CallOff(SessionRef, String),
}

/// Why a session is called off.
pub(super) enum Why<'a> {
    /// Somebody does so, perhaps with a word for its people.
    By(PersonId, Option<&'a str>),
    /// Too few people come.
    TooFew,
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
    /// The session's series, where it belongs to one.
    pub kept: Option<Kept>,
}

/// Reads `/cancel`, `/cancel 12`, and `/cancel 12 a word for its people`.
pub fn parse_cancel(call: &Call) -> Result<CancelArgs, Refusal> {
    if call.words.is_empty() {
        return Ok(CancelArgs::Bare);
    }
    if let Some((session, typed)) = call.rest.split_once(WHY) {
        return session_of(&Call::new(call.command, session)).map(|(session, _)| CancelArgs::CallOff(session, typed.to_owned()));
    }
    let (session, used) = session_of(call)?;
    Ok(match call.rest_from(used) {
        "" => CancelArgs::Session(session),
        typed if is_always(&fold(typed)) => CancelArgs::KeepNoMore(session),
        typed => CancelArgs::Because(session, typed.to_owned()),
    })
}

/// Cancels.
pub fn cancel(scope: &Scope, view: &CancelView, args: CancelArgs, ctx: &mut Context) -> Outcome {
    let (_, person) = here(scope)?;
    if args == CancelArgs::Bare {
        return Ok(Decision::answer(bare(&view.mine)));
    }
    let roll = own_roll(view.found.as_ref(), person)?;
    if let CancelArgs::KeepNoMore(_) = args {
        return keep_no_more(&roll.session, view.kept.as_ref(), person);
    }
    to_come(&roll.session, ctx.now).map_err(|refusal| begun(&roll.session, person, refusal, ctx))?;
    match args {
        CancelArgs::CallOff(_, typed) if may_call_off(&roll.session, person) => {
            Ok(call_off(person, roll, &view.money, reason(&typed).as_deref(), ctx))
        }
        CancelArgs::Because(_, typed) if may_call_off(&roll.session, person) => Ok(ask_which(scope, roll, reason(&typed), ctx)),
        _ if may_call_off(&roll.session, person) => Ok(ask_which(scope, roll, None, ctx)),
        _ => cancel_seat(person, roll, &view.money, ctx),
    }
}

/// What a choice of "my seat or the session?" does.
pub fn answer(scope: &Scope, view: &CancelView, action: &Action, ctx: &mut Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    to_come(&roll.session, ctx.now)?;
    match action {
        Action::CancelSeat(_) => cancel_seat(person, roll, &view.money, ctx),
        Action::CancelSession(_) | Action::CallOff { .. } if !may_call_off(&roll.session, person) => Err(no_seat(&roll.session, person)),
        // Where nobody has a place, nobody is owed a word.
        Action::CancelSession(_) if placed(roll).iter().any(|booking| booking.person != person.id) => Ok(ask_why(scope, roll, ctx)),
        Action::CancelSession(_) => Ok(call_off(person, roll, &view.money, None, ctx)),
        // Done where the whole series is known.
        Action::EndSeries { .. } | Action::Following { .. } => Ok(Decision::nothing()),
        Action::CallOff { reason, .. } => {
            let nothing = question::Change::AwaitNothing(scope.account.id);
            Ok(call_off(person, roll, &view.money, reason.as_deref(), ctx).change(nothing))
        }
        Action::After(_) => Err(no_seat(&roll.session, person)),
    }
}

/// A word for those who had a place, in one line; none where nothing is left of it.
fn reason(typed: &str) -> Option<String> {
    let clean: String = clean_text(typed).split_whitespace().collect::<Vec<_>>().join(" ").chars().take(REASON_CHARS_MAX).collect();
    (!clean.is_empty()).then_some(clean)
}

/// Only who holds it, and the coordination, may call a session off.
pub(super) fn may_call_off(session: &Session, person: &Person) -> bool {
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

fn ask_which(scope: &Scope, roll: &Roll, reason: Option<String>, ctx: &mut Context) -> Decision {
    let session = &roll.session;
    let whole = match reason {
        None => Action::CancelSession(session.id),
        reason => Action::CallOff { session: session.id, reason },
    };
    let mut choices = vec![
        (Msg::new("session-button-my-seat"), Answered::Session(Action::CancelSeat(session.id))),
        (Msg::new("session-button-whole-session"), Answered::Session(whole)),
    ];
    choices.extend(hand::choice(session));
    choices.push((Msg::new("session-button-nothing"), Answered::Close(Msg::new("session-nothing-changed"))));
    let (question, buttons) = question::ask(ctx, scope.account.id, choices);
    let content = Content::from(Msg::new("session-cancel-seat-or-session")).line(named(session)).buttons(buttons);
    Decision::answer(content).change(question)
}

/// Those who had a place are owed a word, if there is one.
fn ask_why(scope: &Scope, roll: &Roll, ctx: &mut Context) -> Decision {
    let session = &roll.session;
    let choices = vec![
        (Msg::new("making-button-no-word"), Answered::Session(Action::CallOff { session: session.id, reason: None })),
        (Msg::new("session-button-nothing"), Answered::Run { command: Command::Cancel, rest: String::new() }),
    ];
    let (question, buttons) = question::ask(ctx, scope.account.id, choices);
    let content = Content::from(Msg::new("making-ask-why")).line(named(session)).line(Msg::new("making-ask-why-write"));
    let rest = format!("{}{WHY}", button_ref(session));
    Decision::answer(content.buttons(buttons)).change(question).await_text(ctx, scope.account.id, Command::Cancel, rest)
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
    let entry = (booking.state == BookingState::Booked).then(|| take_out(session));
    let mut desk = Desk::open(roll, money, Some(person.id), ctx);
    desk.answer(content.buttons([agenda_button()]).buttons(entry));
    give_back(&mut desk, booking, money);
    Ok(desk.close())
}

/// The booking ends; a price goes back in time or by the rule, and a freed seat to who waits first.
pub(super) fn give_back(desk: &mut Desk<'_>, booking: &Booking, money: &Money) {
    let session = &desk.roll.session;
    let is_free = session.is_free_to_cancel(booking.since, desk.ctx.now);
    let moves = if is_free { settle::refund(booking) } else { settle::late(booking, session.host_ledger, money.host_room_credits()) };
    desk.pay(moves);
    desk.set(booking, BookingState::Cancelled);
    if !is_free && settle::late_cost(booking) > 0 {
        desk.forfeit(booking);
    }
    desk.offer_freed();
}

/// What becomes of the price: true whoever paid it.
fn price_line(booking: &Booking, session: &Session, ctx: &Context) -> Option<Msg> {
    if booking.state != BookingState::Booked || session.price_credits == 0 {
        return None;
    }
    let returned = session.is_free_to_cancel(booking.since, ctx.now);
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
fn call_off(person: &Person, roll: &Roll, money: &Money, reason: Option<&str>, ctx: &mut Context) -> Decision {
    let told = i64::try_from(placed(roll).iter().filter(|booking| booking.person != person.id).count()).unwrap_or(i64::MAX);
    let content = Content::from(Msg::new("session-called-off")).line(named(&roll.session)).line(match told {
        0 => Msg::new("session-called-off-nobody"),
        told => Msg::new("session-called-off-told").with("count", told),
    });
    let mut desk = Desk::open(roll, money, Some(person.id), ctx);
    desk.answer(content.buttons([agenda_button()]));
    withdraw_session(&mut desk, &Why::By(person.id, reason));
    desk.close()
}

/// The bookings of those who have a seat, an offer, or wait.
fn placed(roll: &Roll) -> Vec<Booking> {
    let states = [BookingState::Booked, BookingState::Offered, BookingState::Waiting];
    states.into_iter().flat_map(|state| roll.in_state(state).cloned().collect::<Vec<_>>()).collect()
}

/// Everything goes back, and everybody is told, and why.
pub(super) fn withdraw_session(desk: &mut Desk<'_>, why: &Why<'_>) {
    let session = desk.roll.session.clone();
    let by = match why {
        Why::By(person, _) => Some(*person),
        Why::TooFew => None,
    };
    for booking in &placed(&desk.roll) {
        desk.pay(settle::refund(booking));
        desk.set(booking, BookingState::Cancelled);
        if by != Some(booking.person) {
            desk.notify(booking.person, cancelled_for(&session, booking, why));
        }
    }
    desk.set_session(SessionState::Cancelled);
    if by != Some(session.host) {
        let line = match why {
            Why::By(..) => Msg::new("session-cancelled-by-staff"),
            Why::TooFew => Msg::new("making-too-few-host").with("count", session.minimum),
        };
        let content = Content::from(Msg::new("session-cancelled-notice")).line(named(&session)).line(line);
        desk.notify(session.host, content);
    }
}

/// What somebody with a seat or on the list is told.
fn cancelled_for(session: &Session, booking: &Booking, why: &Why<'_>) -> Content {
    let mut content = Content::from(Msg::new("session-cancelled-notice")).line(named(session)).line(Msg::new("session-cancelled-line"));
    content.lines.extend(match why {
        Why::By(_, reason) => reason.map(|reason| {
            let reason = Value::from(reason).instead(Msg::new("making-reason-kept"));
            Msg::new("making-reason").with("reason", reason)
        }),
        Why::TooFew => Some(Msg::new("making-too-few")),
    });
    if booking.state == BookingState::Booked && session.price_credits > 0 {
        content = content.line(Msg::new("session-price-returned"));
    }
    let entry = (booking.state == BookingState::Booked).then(|| take_out(session));
    content.buttons([agenda_button(), Button::command(Msg::new("care-session-full-button-talk"), Command::Talk, "")]).buttons(entry)
}

/// Takes the entry out of one's calendar.
fn take_out(session: &Session) -> Button {
    Button::command(Msg::new("feed-button-gone"), Command::Bookings, button_ref(session))
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
