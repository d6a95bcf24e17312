//! `/agenda` and `/bookings`: what is to come, what one has booked, and one session in full.

use super::{
    Booking, BookingState, Roll, Session, SessionKind, SessionRef, SessionState,
    book::link,
    calendar, card, feed,
    reading::{agenda_button, button_ref, here, named, not_found, own_roll, session_of},
    remind::Attendee,
    reminders,
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    hear::Call,
    message::{Button, Content, Msg, Value},
    scope::{Community, Late, LateRule, Place, Role, Scope},
    time::Timestamp,
    words::whole_number,
};

/// How many sessions are listed.
pub const LISTED_MAX: i64 = 10;

/// What `/agenda` was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AgendaArgs {
    /// The next ones.
    List,
    /// Those after so many.
    From(i64),
    /// One in full.
    Details(SessionRef),
}

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct AgendaView {
    /// The next open sessions of the groups that the asker may see (in a room: that room's group alone), soonest first,
    /// [`LISTED_MAX`] at most; for a list.
    pub items: Vec<AgendaItem>,
    /// How many are to be passed over for the next page, where there is one.
    pub next: Option<i64>,
    /// The session that was named; for details.
    pub found: Option<Roll>,
    /// Those with a seat in it, where its host asks.
    pub people: Vec<Attendee>,
}

/// A session in a list.
#[derive(Clone, PartialEq, Debug)]
pub struct AgendaItem {
    /// The session.
    pub session: Session,
    /// How many seats are booked or kept for an offer.
    pub held: i64,
}

/// What `/bookings` was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BookingsArgs {
    /// All to come.
    List,
    /// One, as an entry for the calendar.
    Calendar(SessionRef),
}

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BookingsView {
    /// The asker's bookings to come, soonest first; for a list.
    pub mine: Vec<MyBooking>,
    /// The session that was named; for the calendar.
    pub found: Option<Roll>,
    /// The next session of each series in which the asker keeps a seat; for a list.
    pub kept: Vec<Session>,
}

/// A booking of the asker, with its session.
#[derive(Clone, PartialEq, Debug)]
pub struct MyBooking {
    /// The session.
    pub session: Session,
    /// Booked, waiting or offered.
    pub state: BookingState,
    /// Until when a freed seat is kept.
    pub offer_until: Option<Timestamp>,
}

/// Reads `/agenda` and `/agenda 12`.
pub fn parse_agenda(call: &Call) -> Result<AgendaArgs, Refusal> {
    let page = call.rest.strip_prefix('+').and_then(|skip| whole_number(skip).ok());
    if let Some(skip) = page {
        return Ok(AgendaArgs::From(skip));
    }
    if call.words.is_empty() { Ok(AgendaArgs::List) } else { session_of(call).map(|(session, _)| AgendaArgs::Details(session)) }
}

/// Reads `/bookings` and `/bookings 12`.
pub fn parse_bookings(call: &Call) -> Result<BookingsArgs, Refusal> {
    if call.words.is_empty() { Ok(BookingsArgs::List) } else { session_of(call).map(|(session, _)| BookingsArgs::Calendar(session)) }
}

/// Shows the next sessions where it was asked, or one of them in private.
pub fn agenda(scope: &Scope, view: &AgendaView, args: AgendaArgs, ctx: &Context) -> Outcome {
    match args {
        AgendaArgs::List | AgendaArgs::From(_) => Ok(Decision::nothing().tell(Audience::SameRoom, list(scope, view, ctx.now))),
        AgendaArgs::Details(_) => Ok(Decision::answer(details(scope, visible(scope, view)?, &view.people, ctx.now))),
    }
}

/// Shows the asker's bookings, or one as a file for the calendar.
pub fn bookings(scope: &Scope, view: &BookingsView, args: BookingsArgs, ctx: &Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = match args {
        BookingsArgs::List => return Ok(Decision::answer(mine(&view.mine, &view.kept))),
        BookingsArgs::Calendar(_) => own_roll(view.found.as_ref(), person)?,
    };
    let session = &roll.session;
    let gave_back = roll.of(person.id).is_some_and(|booking| booking.state == BookingState::Cancelled);
    let called_off = session.state == SessionState::Cancelled && (gave_back || session.host == person.id);
    if called_off || gave_back && session.is_to_come(ctx.now) && session.host != person.id {
        let content = Content { file: calendar::gone(session), ..Content::from(Msg::new("feed-gone")) };
        return Ok(Decision::nothing().say(Audience::Asker, content, Manner::Care));
    }
    let seated = session.host == person.id || roll.of(person.id).is_some_and(|booking| booking.state == BookingState::Booked);
    if !seated || !session.is_to_come(ctx.now) {
        return Err(Refusal::new(
            Content::from(Msg::new("session-calendar-not-booked")).line(named(session)).buttons([book_button(session)]),
        ));
    }
    let content = Content { file: calendar::entry(session, scope.account.discreet.on), ..Content::from(Msg::new("session-calendar")) };
    Ok(Decision::nothing().say(Audience::Asker, content, Manner::Care))
}

/// A session in full may be seen by the members of its group, and in the group's own room.
fn visible<'a>(scope: &Scope, view: &'a AgendaView) -> Result<&'a Roll, Refusal> {
    let in_room = matches!(scope.place, Place::Room(_));
    let roll = view.found.as_ref().filter(|roll| !in_room || roll.session.kind != SessionKind::Listening).ok_or_else(not_found)?;
    let member = scope
        .person
        .as_ref()
        .is_some_and(|person| person.community == roll.session.community && person.role_in(roll.session.group).is_some());
    let in_its_room = in_room && scope.group.as_ref().is_some_and(|group| group.id == roll.session.group);
    if member || in_its_room { Ok(roll) } else { Err(not_found()) }
}

fn list(scope: &Scope, view: &AgendaView, now: Timestamp) -> Content {
    let in_room = matches!(scope.place, Place::Room(_));
    let shown: Vec<&AgendaItem> = view
        .items
        .iter()
        .filter(|item| item.session.is_to_come(now) && (!in_room || item.session.kind != SessionKind::Listening))
        .collect();
    if shown.is_empty() {
        return empty(scope);
    }
    let mut content = Content::from(Msg::new("session-agenda"));
    for item in shown {
        content.lines.push(listed(item, now));
        if item.session.takes_bookings(now) {
            content.buttons.push(book_button(&item.session));
        }
    }
    let more = |skip: i64| Button::command(Msg::new("making-button-more"), Command::Agenda, format!("+{skip}"));
    content.buttons(view.next.map(more))
}

/// A session as a line of the list: seats are told where one can still book them.
fn listed(item: &AgendaItem, now: Timestamp) -> Msg {
    let session = &item.session;
    let (number, title, when) = (session.number, session.title.as_str(), Value::Moment(session.starts));
    match (session.kind.has_seats(), session.takes_bookings(now)) {
        (true, true) => {
            let free = (session.seats - item.held).max(0);
            Msg::new("session-agenda-line").with("number", number).with("title", title).with("when", when).with("free", free)
        }
        (true, false) => Msg::new("making-agenda-closed").with("number", number).with("title", title).with("when", when),
        (false, _) => Msg::new("making-agenda-informal").with("number", number).with("title", title).with("when", when),
    }
}

/// Nothing is planned: what one can do next depends on who asks; in a room it is the same for all.
fn empty(scope: &Scope) -> Content {
    let content = Content::from(Msg::new("session-agenda-empty"));
    let may_propose = scope.place == Place::Direct && scope.role() >= Some(Role::Facilitator);
    let next = if may_propose { Msg::new("session-agenda-propose") } else { Msg::new("session-agenda-wait") };
    content.line(next.with("session", Command::Session)).buttons([Button::command(
        Msg::new("care-session-full-button-talk"),
        Command::Talk,
        "",
    )])
}

fn book_button(session: &Session) -> Button {
    let label = match session.kind.has_seats() {
        true => Msg::new("session-button-book-number"),
        false => Msg::new("making-button-remind-number"),
    };
    Button::command(label.with("number", session.number), Command::Book, button_ref(session))
}

fn details(scope: &Scope, roll: &Roll, people: &[Attendee], now: Timestamp) -> Content {
    let session = &roll.session;
    let mut content = Content::from(Msg::new("session-details"));
    content.lines.push(Msg::new("session-card-title").with("title", session.title.as_str()).with("number", session.number));
    content.lines.push(card::when(session));
    content.lines.extend(card::later(session));
    if let Some(over) = card::over(session, now) {
        return content.line(over).buttons([agenda_button()]);
    }
    let free = scope.person.as_ref().map_or_else(|| roll.free(), |person| roll.free_for(person.id));
    content.lines.extend(card::facts(roll, free));
    let own = scope.person.as_ref().and_then(|person| roll.of(person.id)).filter(|booking| booking.state.is_live());
    if session.price_credits > 0 {
        let booked = own.filter(|booking| booking.state == BookingState::Booked).map(|booking| booking.late);
        let late = booked.or_else(|| scope.community.as_ref().map(Community::late));
        content.lines.extend(late.map(|late| cancelling(session, late)).unwrap_or_default());
    }
    if scope.person.as_ref().is_some_and(|person| person.id == session.host) && own.is_none() {
        return host_part(content, roll, people);
    }
    own_part(content, session, free, own, now)
}

/// The link, and who comes with what they need: the host may always look.
fn host_part(mut content: Content, roll: &Roll, people: &[Attendee]) -> Content {
    let session = &roll.session;
    content.lines.push(Msg::new("session-details-host"));
    content.lines.extend(link(session));
    if session.kind.has_seats() {
        content.lines.extend(reminders::names(roll, people));
    }
    content.buttons([Button::command(Msg::new("session-button-cancel-session"), Command::Cancel, button_ref(session))])
}

/// Until when a cancellation costs nothing, and what becomes of the price after that.
fn cancelling(session: &Session, late: Late) -> Vec<Msg> {
    let until = Msg::new("session-details-cancel").with("when", Value::Moment(session.free_cancel_until));
    match (late.to, late.half) {
        (LateRule::Return, _) => vec![Msg::new("session-rule-return")],
        (LateRule::Solidarity, false) => vec![until, Msg::new("session-rule-solidarity")],
        (LateRule::Solidarity, true) => vec![until, Msg::new("session-rule-half-solidarity")],
        (LateRule::Host, false) => vec![until, Msg::new("session-rule-host")],
        (LateRule::Host, true) => vec![until, Msg::new("session-rule-half-host")],
    }
}

/// What the session is to who asks, and what they can do.
fn own_part(mut content: Content, session: &Session, free: i64, own: Option<&Booking>, now: Timestamp) -> Content {
    let cancel = |label| Button::command(label, Command::Cancel, button_ref(session));
    match own.map(|booking| booking.state) {
        Some(BookingState::Booked | BookingState::Attended | BookingState::Absent) => {
            content.lines.push(Msg::new("session-details-booked"));
            content.lines.extend(link(session));
            content.buttons([
                Button::command(Msg::new("care-booked-button-calendar"), Command::Bookings, button_ref(session)),
                cancel(Msg::new("care-booked-button-cannot")),
            ])
        }
        Some(BookingState::Offered) => content
            .line(Msg::new("session-details-offered"))
            .buttons([Button::command(Msg::new("session-button-take"), Command::Book, button_ref(session))])
            .buttons([cancel(Msg::new("session-button-no-thanks"))]),
        Some(BookingState::Waiting) => {
            content.line(Msg::new("session-details-waiting")).buttons([cancel(Msg::new("session-button-leave-list"))])
        }
        Some(BookingState::Cancelled | BookingState::Lapsed) | None if !session.takes_bookings(now) => {
            content.line(Msg::new("making-card-closed")).buttons([agenda_button()])
        }
        Some(BookingState::Cancelled | BookingState::Lapsed) | None => {
            content.lines.extend(card::closes(session));
            content.buttons([Button::command(card::book_label(session, free), Command::Book, button_ref(session))])
        }
    }
}

fn mine(bookings: &[MyBooking], kept: &[Session]) -> Content {
    if bookings.is_empty() && kept.is_empty() {
        return Content::from(Msg::new("session-bookings-empty")).buttons([agenda_button()]);
    }
    let mut content = Content::from(Msg::new("session-bookings"));
    content.lines.extend(bookings.iter().map(my_line));
    content.lines.extend(kept.iter().map(|session| Msg::new("series-kept-line").with("title", session.title.as_str())));
    let no_more = |session: &Session| {
        Button::command(Msg::new("series-button-keep-no-more"), Command::Cancel, format!("{} toujours", button_ref(session)))
    };
    content.buttons(bookings.iter().map(cancel_button)).buttons(kept.iter().map(no_more)).buttons([feed::open_button()])
}

/// One booking of the asker as a line.
pub(super) fn my_line(booking: &MyBooking) -> Msg {
    let line = match booking.state {
        BookingState::Offered => Msg::new("session-bookings-offered"),
        BookingState::Waiting => Msg::new("session-bookings-waiting"),
        BookingState::Booked | BookingState::Attended | BookingState::Absent | BookingState::Cancelled | BookingState::Lapsed => {
            Msg::new("session-list-line")
        }
    };
    line.with("number", booking.session.number)
        .with("title", booking.session.title.as_str())
        .with("when", Value::Moment(booking.session.starts))
}

/// The button that cancels it.
pub(super) fn cancel_button(booking: &MyBooking) -> Button {
    let label = Msg::new("session-button-cancel-number").with("number", booking.session.number);
    Button::command(label, Command::Cancel, button_ref(&booking.session))
}
