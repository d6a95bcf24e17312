//! What a changed session tells: each part as it was and as it is, to who answers for it, and to who has a place in it.

use super::{
    Booking, BookingState, Roll, Session,
    reading::{agenda_button, button_ref, named},
    steps::kind_name,
};
use crate::domain::{
    command::Command,
    discreet,
    ids::PersonId,
    message::{Button, Content, Msg, Value},
};

/// What differs, one line each. What only concerns who has not booked yet is for its host alone.
pub(super) fn lines(old: &Session, new: &Session, for_host: bool) -> Vec<Msg> {
    let mut lines = Vec::new();
    let pair = |msg: Msg, old: Value, new: Value| msg.with("old", old).with("new", new);
    let mut note = |differs: bool, msg: Msg| {
        if differs {
            lines.push(msg);
        }
    };
    note(old.title != new.title, pair(Msg::new("making-changed-title"), discreet::title(old), discreet::title(new)));
    note(old.starts != new.starts, pair(Msg::new("making-changed-when"), Value::Moment(old.starts), Value::Moment(new.starts)));
    let lasting = |session: &Session| Value::Minutes(session.length_minutes);
    note(old.length_minutes != new.length_minutes, pair(Msg::new("making-changed-length"), lasting(old), lasting(new)));
    note(old.kind != new.kind, pair(Msg::new("making-changed-kind"), kind_name(old.kind).into(), kind_name(new.kind).into()));
    note(old.place != new.place, pair(Msg::new("making-changed-place"), place(old), place(new)));
    note(old.link != new.link, Msg::new("making-changed-link"));
    let free = old.starts.since(old.free_cancel_until) != new.starts.since(new.free_cancel_until);
    note(free, Msg::new("making-changed-cancelling").with("when", Value::Moment(new.free_cancel_until)));
    if for_host {
        note(old.seats != new.seats, pair(Msg::new("making-changed-seats"), old.seats.into(), new.seats.into()));
        note(old.minimum != new.minimum, pair(Msg::new("making-changed-minimum"), old.minimum.into(), new.minimum.into()));
        note(
            old.price_credits != new.price_credits,
            pair(Msg::new("making-changed-price"), old.price_credits.into(), new.price_credits.into()),
        );
        note(
            old.reward_credits != new.reward_credits,
            pair(Msg::new("making-changed-reward"), old.reward_credits.into(), new.reward_credits.into()),
        );
        let closing = |session: &Session| session.book_until.map(|until| session.starts.since(until));
        let closes = Value::Moment(new.book_until.unwrap_or(new.starts));
        note(closing(old) != closing(new), Msg::new("making-changed-closing").with("when", closes));
    }
    lines
}

/// Who is told by a private message of their own, and what: those with a place where something changes for them, and the host
/// where somebody else changed it.
pub(super) fn told(roll: &Roll, new: &Session, by: PersonId) -> Vec<(PersonId, Content)> {
    let old = &roll.session;
    let differs = lines(old, new, false);
    let placed = |booking: &&Booking| matches!(booking.state, BookingState::Booked | BookingState::Offered | BookingState::Waiting);
    let mut told: Vec<(PersonId, Content)> = Vec::new();
    if !differs.is_empty() {
        let others = roll.bookings.iter().filter(placed).filter(|booking| booking.person != by);
        told.extend(others.map(|booking| (booking.person, for_placed(old, new, booking, differs.clone()))));
    }
    if new.host != by {
        let content = Content { lines: lines(old, new, true), ..Content::default() };
        told.push((new.host, with_first(old, content).buttons(super::propose::own_buttons(new, true))));
    }
    told
}

fn with_first(old: &Session, content: Content) -> Content {
    let first = [Msg::new("session-cancelled-notice"), named(old)];
    Content { lines: first.into_iter().chain(content.lines).collect(), ..content }
}

fn for_placed(old: &Session, new: &Session, booking: &Booking, differs: Vec<Msg>) -> Content {
    let mut content = with_first(old, Content { lines: differs, ..Content::default() });
    let cancel = |label| Button::command(label, Command::Cancel, button_ref(new));
    if booking.state != BookingState::Booked {
        return content.buttons([cancel(Msg::new("session-button-leave-list")), agenda_button()]);
    }
    if old.link != new.link {
        let link = new.link.as_ref().map(|link| Value::Link(link.clone()).instead(discreet::elsewhere(new)));
        content.lines.extend(link.map(|link| Msg::new("session-link").with("link", link)));
    }
    // Who booked another hour pays nothing for giving it back.
    if old.starts != new.starts && new.price_credits > 0 {
        content.lines.push(Msg::new("making-moved-free"));
    }
    let calendar = Button::command(Msg::new("care-booked-button-calendar"), Command::Bookings, button_ref(new));
    content.buttons([calendar, cancel(Msg::new("care-booked-button-cannot"))])
}

fn place(session: &Session) -> Value {
    match &session.place {
        Some(place) => Value::from(place.as_str()).instead(discreet::elsewhere(session)),
        None => Msg::new("making-nowhere").into(),
    }
}
