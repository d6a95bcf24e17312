//! A session as it is shown: the card in the group with counts and no names, and its lines elsewhere.

use super::{Roll, Session, SessionKind, SessionState, reading::button_ref};
use crate::domain::{
    command::Command,
    decision::{Act, Audience, CardKey, Decision},
    ids::RoomId,
    message::{Button, Content, Msg, Value},
    time::Timestamp,
};

/// The card, where one hangs in the group: what is between two people hangs nowhere, what comes again not yet.
pub(super) fn act(roll: &Roll, now: Timestamp) -> Option<Act> {
    hangs(&roll.session, now).then(|| draw(roll, Audience::Group(roll.session.group), now))
}

fn hangs(session: &Session, now: Timestamp) -> bool {
    session.kind != SessionKind::Listening && session.shown_from.is_none_or(|from| from <= now)
}

fn draw(roll: &Roll, to: Audience, now: Timestamp) -> Act {
    Act::Card { to, key: CardKey::Session(roll.session.id), content: card(roll, now) }
}

/// The cards of a room that was closed to the bot: those that hang there are brought up to date, and sessions to come that
/// were announced meanwhile get theirs. `rolls`: with whether the card hangs there.
pub fn redrawn(rolls: &[(Roll, bool)], room: RoomId, now: Timestamp) -> Decision {
    let matters = |(roll, is_there): &&(Roll, bool)| *is_there || (hangs(&roll.session, now) && roll.session.is_to_come(now));
    rolls.iter().filter(matters).fold(Decision::nothing(), |decision, (roll, _)| decision.act(draw(roll, Audience::Room(room), now)))
}

/// The card that hangs in the group.
pub(super) fn card(roll: &Roll, now: Timestamp) -> Content {
    let session = &roll.session;
    let mut content = Content::from(Msg::new("session-card-title").with("title", session.title.as_str()).with("number", session.number));
    content.lines.push(when(session));
    content.lines.extend(later(session));
    if let Some(over) = over(session, now) {
        return content.line(over);
    }
    content.lines.extend(facts(roll, roll.free()));
    let details = Button::command(Msg::new("session-button-details"), Command::Agenda, button_ref(session));
    if !session.takes_bookings(now) {
        return content.line(Msg::new("making-card-closed")).buttons([details]);
    }
    content.lines.extend(closes(session));
    content.buttons([Button::command(book_label(session, roll.free()), Command::Book, button_ref(session)), details])
}

/// Until when its seats can be booked, where that is before the start.
pub(super) fn closes(session: &Session) -> Option<Msg> {
    let until = session.book_until.filter(|_| session.kind.has_seats());
    until.map(|until| Msg::new("making-card-closes").with("when", Value::Moment(until)))
}

/// What the button says with which one comes: where nothing is booked one is only reminded.
pub(super) fn book_label(session: &Session, free: i64) -> Msg {
    match (session.kind.has_seats(), free > 0) {
        (false, _) => Msg::new("making-button-remind-me"),
        (true, true) => Msg::new("session-button-book"),
        (true, false) => Msg::new("session-button-waiting-list"),
    }
}

/// An hour that the clock jumps over, which only a series can have: it says so.
pub(super) fn later(session: &Session) -> Option<Msg> {
    let jumped = session.starts.wall(session.zone) != session.wall;
    jumped.then(|| Msg::new("series-gap").with("typed", session.wall.format("%H:%M").to_string()))
}

/// Why it can be booked no more.
pub(super) fn over(session: &Session, now: Timestamp) -> Option<Msg> {
    match session.state {
        SessionState::Cancelled => Some(Msg::new("session-card-cancelled")),
        SessionState::Marked | SessionState::Unmarked => Some(Msg::new("session-card-over")),
        SessionState::Open if now >= session.ends() => Some(Msg::new("session-card-over")),
        SessionState::Open if now >= session.starts => Some(Msg::new("session-card-started")),
        SessionState::Open => None,
    }
}

/// Day, hour, zone and length; the same for every reader of the room.
pub(super) fn when(session: &Session) -> Msg {
    Msg::new("session-card-when").with("when", Value::Moment(session.starts)).with("length", Value::Minutes(session.length_minutes))
}

/// What one must know before booking: kind, place, seats, price.
pub(super) fn facts(roll: &Roll, free: i64) -> Vec<Msg> {
    let session = &roll.session;
    let mut lines = Vec::new();
    lines.extend(kind(session.kind));
    lines.extend(session.place.as_deref().map(|place| Msg::new("session-card-place").with("place", place)));
    if session.link.is_some() {
        lines.push(Msg::new("session-card-online"));
    }
    if !session.kind.has_seats() {
        lines.push(Msg::new("making-card-informal"));
        return lines;
    }
    lines.extend(seats(roll, free));
    if session.minimum > 0 && !session.confirmed {
        lines.push(Msg::new("making-card-minimum").with("count", session.minimum));
    }
    lines.push(match session.price_credits {
        0 => Msg::new("session-card-free"),
        price => Msg::new("session-card-price").with("amount", price),
    });
    lines
}

/// How many seats are left, and how many people wait.
fn seats(roll: &Roll, free: i64) -> Vec<Msg> {
    let mut lines = vec![match free {
        0 => Msg::new("session-card-full").with("seats", roll.session.seats),
        free => Msg::new("session-card-seats").with("free", free).with("seats", roll.session.seats),
    }];
    let waiting = roll.waiting_beside(free);
    if waiting > 0 {
        lines.push(Msg::new("session-card-waiting").with("count", waiting));
    }
    lines
}

fn kind(kind: SessionKind) -> Option<Msg> {
    match kind {
        SessionKind::Circle => None,
        SessionKind::Listening => Some(Msg::new("session-kind-listening")),
        SessionKind::Workshop => Some(Msg::new("session-kind-workshop")),
        SessionKind::Training => Some(Msg::new("session-kind-training")),
        SessionKind::Informal => Some(Msg::new("session-kind-informal")),
    }
}
