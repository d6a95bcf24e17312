//! `/book`: takes a seat, takes one that was offered, or waits for one; nobody is turned away for want of credits.

use super::{
    Booking, BookingState, Change, Money, Roll, Session, SessionRef,
    beside::{Whose, beside},
    desk::Desk,
    reading::{agenda_button, button_ref, here, named, own_roll, session_of, to_come},
    series::{
        Kept,
        standing::{is_always, keep, keep_button},
    },
    settle,
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    discreet,
    hear::Call,
    ledger::free_credits,
    message::{Button, Content, Msg, Value},
    scope::{Community, Person, Scope},
    words::fold,
};

/// What `/book` was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BookArgs {
    /// Which session.
    pub session: SessionRef,
    /// To go on the waiting list where it is full.
    pub wait: bool,
    /// To keep a seat in every session of its series.
    pub always: bool,
}

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug)]
pub struct BookView {
    /// The session with its bookings; `None` where there is none of that number.
    pub found: Option<Roll>,
    /// What the credits stand at.
    pub money: Money,
    /// What the asker holds.
    pub balance_credits: i64,
    /// The sessions to come in which the asker has a part.
    pub others: Vec<Session>,
    /// The asker has, or had, a seat in a session of the community.
    pub visited: bool,
    /// The session's series, where it belongs to one.
    pub kept: Option<Kept>,
}

/// Reads `/book 12` and `/book 12 wait`.
pub fn parse_book(call: &Call) -> Result<BookArgs, Refusal> {
    let (session, used) = session_of(call)?;
    let word = call.words.get(used).map(|word| fold(&word.text)).unwrap_or_default();
    let always = is_always(&word);
    Ok(BookArgs { session, wait: always || matches!(word.as_str(), "attendre" | "attente" | "wait" | "waiting"), always })
}

/// Books; who wants a seat each time has one here too.
pub fn book(scope: &Scope, view: &BookView, args: BookArgs, ctx: &mut Context) -> Outcome {
    if !args.always {
        return book_one(scope, view, args, ctx);
    }
    let (_, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    to_come(&roll.session, ctx.now)?;
    if roll.session.host == person.id {
        return Err(host_needs_no_seat(&roll.session));
    }
    let keeps = keep(&roll.session, view.kept.as_ref(), person, ctx)?;
    let said = Content::from(Msg::new("series-keeps")).line(Msg::new("series-keeps-how").with("agenda", Command::Agenda)).buttons([
        Button::command(Msg::new("series-button-keep-no-more"), Command::Cancel, format!("{} toujours", button_ref(&roll.session))),
    ]);
    let kept = Decision::nothing().change(Change::Series(keeps)).say(Audience::Asker, said, Manner::Care);
    // That this one cannot be had keeps nobody from the next.
    let this = book_one(scope, view, args, ctx).unwrap_or_else(|refusal| Decision::answer(*refusal.0));
    Ok(this.and(kept))
}

fn book_one(scope: &Scope, view: &BookView, args: BookArgs, ctx: &mut Context) -> Outcome {
    let (community, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    let session = &roll.session;
    to_come(session, ctx.now)?;
    if session.host == person.id {
        return Err(host_needs_no_seat(session));
    }
    takes_bookings(roll, person, ctx)?;
    // Where a first visit costs nothing, solidarity pays it, as for who has no credits; the words are the same.
    let as_guest = community.credits.first_free && !view.visited;
    let free = if as_guest { 0 } else { free_credits(view.balance_credits, community.floor_credits) };
    let known = roll.of(person.id).cloned();
    match known.as_ref().map(|booking| (booking.state, booking)) {
        Some((BookingState::Booked | BookingState::Attended | BookingState::Absent, _)) => Ok(Decision::answer(already_booked(session))),
        Some((BookingState::Offered, booking)) if booking.offer_until.is_some_and(|until| ctx.now < until) => {
            let booking = Booking { late: community.late(), ..booking.clone() };
            Ok(take(view, roll, booking, person, free, ctx))
        }
        Some((BookingState::Offered, booking)) => Ok(offer_is_over(view, roll, booking, person, ctx)),
        Some((BookingState::Waiting, _)) => Ok(Decision::answer(already_waiting(session))),
        Some((BookingState::Lapsed, booking)) if roll.free_for(person.id) == 0 && !args.wait => {
            let late = booking.offer_until.map(|until| Msg::new("session-offer-was-until").with("when", Value::Moment(until)));
            Err(Refusal::new(late.map_or_else(|| full(session), |late| after(late, full(session)))))
        }
        Some((BookingState::Cancelled | BookingState::Lapsed, _)) | None if roll.free_for(person.id) > 0 => {
            let fresh = fresh(roll, community, person, ctx);
            Ok(take(view, roll, fresh, person, free, ctx))
        }
        Some((BookingState::Cancelled | BookingState::Lapsed, _)) | None if args.wait => {
            let fresh = fresh(roll, community, person, ctx);
            Ok(wait(view, roll, fresh, ctx))
        }
        Some((BookingState::Cancelled | BookingState::Lapsed, _)) | None => Err(Refusal::new(full(session))),
    }
}

/// Refuses where bookings have ended; who has a place already is told so as always.
fn takes_bookings(roll: &Roll, person: &Person, ctx: &Context) -> Result<(), Refusal> {
    let session = &roll.session;
    let placed = roll.of(person.id).is_some_and(|booking| booking.state.is_live() && booking.state != BookingState::Offered);
    match session.book_until {
        Some(until) if !session.takes_bookings(ctx.now) && !placed => {
            let closed = Msg::new("making-closed").with("when", Value::Moment(until));
            Err(Refusal::new(Content::from(closed).line(named(session)).buttons([agenda_button()])))
        }
        Some(_) | None => Ok(()),
    }
}

/// A new booking at the end of the order of coming.
fn fresh(roll: &Roll, community: &Community, person: &Person, ctx: &mut Context) -> Booking {
    Booking {
        id: ctx.ids.make(),
        session: roll.session.id,
        person: person.id,
        ledger: person.ledger,
        state: BookingState::Waiting,
        order: roll.next_order(),
        own_credits: 0,
        solidarity_credits: 0,
        late: community.late(),
        since: ctx.now,
        offer_until: None,
    }
}

/// Gives the seat to `booking`; the words are the same whoever pays.
fn take(view: &BookView, roll: &Roll, booking: Booking, person: &Person, free: i64, ctx: &mut Context) -> Decision {
    let (paid, moves) = settle::price(&roll.session, booking.ledger, free, view.money.solidarity_credits);
    let mut desk = Desk::open(roll, &view.money, Some(person.id), ctx);
    desk.pay(moves);
    let (own_credits, solidarity_credits) = (paid.own_credits, paid.solidarity_credits);
    desk.put(Booking { state: BookingState::Booked, own_credits, solidarity_credits, since: desk.ctx.now, ..booking });
    let mut content = booked(&roll.session);
    content.lines.extend(beside(&roll.session, &view.others, Whose::Own));
    content.buttons.extend(keep_button(&roll.session, view.kept.as_ref()));
    desk.answer(content);
    desk.short_notice(person.id);
    desk.close()
}

fn wait(view: &BookView, roll: &Roll, fresh: Booking, ctx: &mut Context) -> Decision {
    let mut desk = Desk::open(roll, &view.money, Some(fresh.person), ctx);
    desk.put(fresh);
    desk.answer(
        Content::from(Msg::new("session-waiting"))
            .line(named(&roll.session))
            .line(Msg::new("session-waiting-promise"))
            .lines(beside(&roll.session, &view.others, Whose::Own))
            .buttons([leave_list(&roll.session)]),
    );
    desk.close()
}

/// The offer ended, and its timer has not come yet: the seat goes on, and the person can wait again.
fn offer_is_over(view: &BookView, roll: &Roll, booking: &Booking, person: &Person, ctx: &mut Context) -> Decision {
    let mut desk = Desk::open(roll, &view.money, Some(person.id), ctx);
    desk.set(booking, BookingState::Lapsed);
    let until = booking.offer_until.unwrap_or(desk.ctx.now);
    desk.answer(after(Msg::new("session-offer-was-until").with("when", Value::Moment(until)), full(&roll.session)));
    desk.offer_freed();
    desk.close()
}

/// The seat is booked: reviewed words, then where it is.
pub(super) fn booked(session: &Session) -> Content {
    if !session.kind.has_seats() {
        let noted = Content::from(Msg::new("making-will-remind")).line(named(session));
        return Content { lines: noted.lines.into_iter().chain(whereabouts(session)).collect(), ..noted }.buttons([
            Button::command(Msg::new("care-booked-button-calendar"), Command::Bookings, button_ref(session)),
            Button::command(Msg::new("care-booked-button-cannot"), Command::Cancel, button_ref(session)),
        ]);
    }
    let care = Msg::new("care-booked").with("title", discreet::title(session)).with("when", Value::Moment(session.starts));
    Content { lines: std::iter::once(care).chain(whereabouts(session)).collect(), ..Content::default() }.buttons([
        Button::command(Msg::new("care-booked-button-calendar"), Command::Bookings, button_ref(session)),
        Button::command(Msg::new("care-booked-button-cannot"), Command::Cancel, button_ref(session)),
        Button::command(Msg::new("need-button"), Command::Bookings, format!("{} besoin", button_ref(session))),
    ])
}

/// Place and link, for who has a seat; on a shared phone, where they are to be found.
pub(super) fn whereabouts(session: &Session) -> Vec<Msg> {
    let guarded = |value: Value| value.instead(discreet::elsewhere(session));
    let place = session.place.as_deref().map(|place| Msg::new("session-card-place").with("place", guarded(place.into())));
    let link = session.link.as_ref().map(|link| Msg::new("session-link").with("link", guarded(Value::Link(link.clone()))));
    place.into_iter().chain(link).collect()
}

/// The link, for who asked for it.
pub(super) fn link(session: &Session) -> Option<Msg> {
    session.link.as_ref().map(|link| Msg::new("session-link").with("link", Value::Link(link.clone())))
}

/// No seat is left: reviewed words, with what can be done.
pub(super) fn full(session: &Session) -> Content {
    let care = Msg::new("care-session-full").with("title", discreet::title(session)).with("when", Value::Moment(session.starts));
    Content::from(care).buttons([
        Button::command(Msg::new("care-session-full-button-wait"), Command::Book, format!("{} wait", button_ref(session))),
        Button::command(Msg::new("care-session-full-button-dates"), Command::Agenda, ""),
        Button::command(Msg::new("care-session-full-button-talk"), Command::Talk, ""),
    ])
}

fn after(first: Msg, mut content: Content) -> Content {
    content.lines.insert(0, first);
    content
}

fn already_booked(session: &Session) -> Content {
    let content = Content::from(Msg::new("session-already-booked")).line(named(session));
    Content { lines: content.lines.into_iter().chain(whereabouts(session)).collect(), ..content }.buttons([
        Button::command(Msg::new("care-booked-button-calendar"), Command::Bookings, button_ref(session)),
        Button::command(Msg::new("care-booked-button-cannot"), Command::Cancel, button_ref(session)),
    ])
}

fn already_waiting(session: &Session) -> Content {
    Content::from(Msg::new("session-already-waiting"))
        .line(named(session))
        .line(Msg::new("session-waiting-promise"))
        .buttons([leave_list(session)])
}

fn leave_list(session: &Session) -> Button {
    Button::command(Msg::new("session-button-leave-list"), Command::Cancel, button_ref(session))
}

fn host_needs_no_seat(session: &Session) -> Refusal {
    let attendance = Msg::new("session-host-attendance").with("attendance", Command::Attendance).with("number", session.number);
    Refusal::new(Content::from(Msg::new("session-host-no-seat")).line(named(session)).line(attendance).buttons([agenda_button()]))
}
