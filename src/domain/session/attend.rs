//! `/attendance`: the host says who came; what was set aside is paid, once.

use std::collections::BTreeSet;

use super::{
    Booking, BookingState, Money, Roll, Session, SessionKind, SessionRef, SessionState,
    after::{debrief, feedback},
    desk::Desk,
    reading::{button_ref, here, named, not_found, session_of},
    settle::{self, Move},
};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Outcome, Refusal},
    discreet,
    hear::Call,
    ids::PersonId,
    ledger::{Party, held::About},
    message::{Button, Content, Msg, Value},
    scope::Scope,
    words::{fold, whole_number},
};

/// So many people have a button each; of more the list is shown and the absent are typed by number.
pub const BUTTONS_MAX: usize = 24;

/// What `/attendance` was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AttendanceArgs {
    /// Nothing: which sessions are to be marked.
    Bare,
    /// Show the list of this session, with these people (from 1) marked absent.
    Show(SessionRef, BTreeSet<usize>),
    /// Everybody came but these (from 1).
    Mark(SessionRef, BTreeSet<usize>),
    /// Nobody came.
    Nobody(SessionRef),
}

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug)]
pub struct AttendanceView {
    /// The session that was named, with its bookings.
    pub found: Option<Roll>,
    /// What the credits stand at.
    pub money: Money,
    /// The names of those who have a seat.
    pub aliases: Vec<(PersonId, String)>,
    /// Those among them who paused: they are asked nothing.
    pub paused: Vec<PersonId>,
    /// The coordinators of the community, to be told where a host's month is full.
    pub coordinators: Vec<PersonId>,
    /// The asker's own sessions that have begun and are not marked; bare only.
    pub to_mark: Vec<Session>,
}

impl AttendanceArgs {
    /// Which session, where one was named.
    pub fn session(&self) -> Option<SessionRef> {
        match self {
            Self::Bare => None,
            Self::Show(session, _) | Self::Mark(session, _) | Self::Nobody(session) => Some(*session),
        }
    }
}

/// Reads `/attendance`, `/attendance 12`, `/attendance 12 all`, `/attendance 12 absent 2 5`, `/attendance 12 nobody`;
/// a button adds `?` for a list with some marked and `=` to take it as it is, each with a hexadecimal mask of the absent.
pub fn parse_attendance(call: &Call) -> Result<AttendanceArgs, Refusal> {
    if call.words.is_empty() {
        return Ok(AttendanceArgs::Bare);
    }
    let (session, used) = session_of(call)?;
    let rest: Vec<String> = call.words[used..].iter().map(|word| fold(&word.text)).collect();
    let numbers = |words: &[String]| -> Option<BTreeSet<usize>> {
        let parts = words.iter().flat_map(|word| word.split(',')).filter(|part| !part.is_empty() && !matches!(*part, "et" | "and"));
        parts.map(|part| whole_number(part).ok().and_then(|n| usize::try_from(n).ok())).collect()
    };
    let unclear = || Refusal::new(form(session, Msg::new("session-attendance-unclear")));
    match rest.first().map(String::as_str) {
        None => Ok(AttendanceArgs::Show(session, BTreeSet::new())),
        Some("tous" | "toutes" | "tout" | "all" | "everyone" | "everybody") => Ok(AttendanceArgs::Mark(session, BTreeSet::new())),
        Some("personne" | "aucun" | "nobody" | "none") => Ok(AttendanceArgs::Nobody(session)),
        Some("absent" | "absents" | "absente" | "absentes" | "sauf" | "except") => {
            let absent = numbers(&rest[1..]).filter(|absent| !absent.is_empty()).ok_or_else(unclear)?;
            Ok(AttendanceArgs::Mark(session, absent))
        }
        Some(carried) => {
            let (sign, mask) = carried.split_at_checked(1).ok_or_else(unclear)?;
            let marked = u64::from_str_radix(if mask.is_empty() { "0" } else { mask }, 16).map(unmasked).map_err(|_| unclear())?;
            match sign {
                "?" => Ok(AttendanceArgs::Show(session, marked)),
                "=" => Ok(AttendanceArgs::Mark(session, marked)),
                _ => Err(unclear()),
            }
        }
    }
}

/// Shows who is to be marked, or marks.
pub fn attendance(scope: &Scope, view: &AttendanceView, args: &AttendanceArgs, ctx: &mut Context) -> Outcome {
    let (_, person) = here(scope)?;
    let absent = match args {
        AttendanceArgs::Bare => return to_mark(&view.to_mark),
        AttendanceArgs::Show(_, absent) | AttendanceArgs::Mark(_, absent) => absent.clone(),
        AttendanceArgs::Nobody(_) => BTreeSet::new(),
    };
    let roll = view.found.as_ref().filter(|roll| roll.session.community == person.community).ok_or_else(not_found)?;
    if person.role_in(roll.session.group).is_none() && roll.session.host != person.id {
        return Err(not_found());
    }
    if roll.session.host != person.id {
        return Err(Refusal::new(Content::from(Msg::new("session-attendance-host-only")).line(named(&roll.session))));
    }
    can_be_marked(&roll.session, ctx)?;
    let seated: Vec<Booking> = roll.in_state(BookingState::Booked).cloned().collect();
    if let Some(beyond) = absent.iter().find(|n| **n == 0 || **n > seated.len()) {
        let beyond = Msg::new("session-attendance-number").with("number", number(*beyond)).with("count", number(seated.len()));
        return Err(Refusal::new(form(SessionRef::Number(roll.session.number), beyond)));
    }
    let absent = match args {
        AttendanceArgs::Nobody(_) => (1..=seated.len()).collect(),
        AttendanceArgs::Show(_, absent) => return Ok(Decision::answer(list(view, &roll.session, &seated, absent))),
        AttendanceArgs::Bare | AttendanceArgs::Mark(..) => absent,
    };
    let came = seated.len() - absent.len();
    let marked = mark(view, roll, &seated, &absent, ctx);
    Ok(debrief::follow(scope, &roll.session, came, marked, ctx))
}

/// Asks the host who came; the same as typing `/attendance 12`, with the two answers that are one tap.
pub(super) fn question(session: &Session) -> Content {
    Content::from(Msg::new("session-attendance-ask")).line(named(session)).buttons([
        Button::command(Msg::new("session-button-everyone"), Command::Attendance, format!("{} =", button_ref(session))),
        Button::command(Msg::new("session-button-one-by-one"), Command::Attendance, button_ref(session)),
    ])
}

/// People (from 1) as bits, so that a button can carry them.
fn mask(people: &BTreeSet<usize>) -> u64 {
    people.iter().filter(|n| (1..=64).contains(*n)).fold(0, |mask, n| mask | 1 << (n - 1))
}

fn unmasked(mask: u64) -> BTreeSet<usize> {
    (1..=64).filter(|n| mask >> (n - 1) & 1 == 1).collect()
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn form(session: SessionRef, first: Msg) -> Content {
    let number = match session {
        SessionRef::Number(number) => number,
        SessionRef::Id(_) => 12,
    };
    let all = Msg::new("session-attendance-form-all").with("attendance", Command::Attendance).with("number", number);
    let absent = Msg::new("session-attendance-form-absent").with("attendance", Command::Attendance).with("number", number);
    Content::from(first).line(all).line(absent)
}

fn to_mark(sessions: &[Session]) -> Outcome {
    if sessions.is_empty() {
        return Err(Refusal::new(Content::from(Msg::new("session-attendance-none")).buttons([super::reading::agenda_button()])));
    }
    let mut content = Content::from(Msg::new("session-attendance-which"));
    for session in sessions {
        content = content.line(
            Msg::new("session-list-line")
                .with("number", session.number)
                .with("title", discreet::title(session))
                .with("when", Value::Moment(session.starts)),
        );
        let label = Msg::new("session-button-mark-number").with("number", session.number);
        content = content.buttons([Button::command(label, Command::Attendance, button_ref(session))]);
    }
    Ok(Decision::answer(content))
}

fn can_be_marked(session: &Session, ctx: &Context) -> Result<(), Refusal> {
    let why = match session.state {
        SessionState::Cancelled => Msg::new("session-is-cancelled"),
        SessionState::Marked => {
            let answers =
                Button::command(Msg::new("after-button-answers"), Command::Attendance, format!("{} retours", button_ref(session)));
            return Err(Refusal::new(Content::from(Msg::new("session-attendance-done")).line(named(session)).buttons([answers])));
        }
        SessionState::Unmarked => Msg::new("session-attendance-too-late"),
        // People come as they like, and nobody tells who did.
        SessionState::Open if !session.kind.has_seats() => Msg::new("session-attendance-none"),
        SessionState::Open if ctx.now < session.starts => Msg::new("session-attendance-too-early"),
        SessionState::Open => return Ok(()),
    };
    Err(Refusal::new(Content::from(why).line(named(session))))
}

/// The people with a seat, each with a button that turns "came" into "absent" and back.
fn list(view: &AttendanceView, session: &Session, seated: &[Booking], absent: &BTreeSet<usize>) -> Content {
    if seated.is_empty() {
        return Content::from(Msg::new("session-attendance-empty")).line(named(session)).buttons([Button::command(
            Msg::new("session-button-close-session"),
            Command::Attendance,
            format!("{} =", button_ref(session)),
        )]);
    }
    let mut content = Content::from(Msg::new("session-attendance-list")).line(named(session));
    for (n, booking) in (1..).zip(seated) {
        let line = if absent.contains(&n) { Msg::new("session-attendance-absent") } else { Msg::new("session-attendance-came") };
        content.lines.push(line.with("number", number(n)).with("name", alias(view, booking)));
    }
    let carried = |sign: char, absent: &BTreeSet<usize>| format!("{} {sign}{:x}", button_ref(session), mask(absent));
    let go_on = if absent.is_empty() { Msg::new("session-button-everyone") } else { Msg::new("session-button-save") };
    content = content.buttons([Button::command(go_on, Command::Attendance, carried('=', absent))]);
    if seated.len() > BUTTONS_MAX {
        let how = Msg::new("session-attendance-form-absent").with("attendance", Command::Attendance).with("number", session.number);
        return content.line(how);
    }
    content.buttons((1..).zip(seated).map(|(n, booking)| {
        let mut turned = absent.clone();
        let label = if turned.remove(&n) {
            Msg::new("session-button-came")
        } else {
            turned.insert(n);
            Msg::new("session-button-absent")
        };
        Button::command(label.with("name", alias(view, booking)), Command::Attendance, carried('?', &turned))
    }))
}

fn alias(view: &AttendanceView, booking: &Booking) -> Value {
    let found = view.aliases.iter().find(|(person, _)| *person == booking.person);
    found.map_or_else(|| Msg::new("former-member").into(), |(_, alias)| alias.as_str().into())
}

fn mark(view: &AttendanceView, roll: &Roll, seated: &[Booking], absent: &BTreeSet<usize>, ctx: &mut Context) -> Decision {
    let session = &roll.session;
    let came = seated.len() - absent.len();
    let (moves, held) = payments(session, &view.money, seated, absent);
    let gained = settle::gained(&moves, session.host_ledger);
    let waits = held.iter().map(|one| one.amount_credits).sum::<i64>();
    let mut desk = Desk::open(roll, &view.money, Some(session.host), ctx);
    desk.answer(thanks(session, (came, absent.len()), gained, waits));
    desk.pay(moves);
    for (n, booking) in (1..).zip(seated) {
        if absent.contains(&n) {
            desk.set(booking, BookingState::Absent);
            continue;
        }
        desk.set(booking, BookingState::Attended);
        if feedback::is_asked(session) && !view.paused.contains(&booking.person) {
            desk.notify(booking.person, feedback::question(session));
        }
    }
    desk.set_session(SessionState::Marked);
    if waits > 0 {
        let first = desk.hold(held);
        let number = (session.kind != SessionKind::Listening).then_some(session.number);
        desk.tell_coordinators(&view.coordinators, About::Earned(first, waits, number));
    }
    desk.close()
}

/// Everything that moves when a session is marked, and what is beyond the host's month; the escrow ends empty.
pub(super) fn payments(session: &Session, money: &Money, seated: &[Booking], absent: &BTreeSet<usize>) -> (Vec<Move>, Vec<Move>) {
    let mut moves: Vec<Move> = Vec::new();
    let room = |moves: &[Move]| money.host_room_credits() - settle::gained(moves, session.host_ledger);
    let mut due = 0;
    for (n, booking) in (1..).zip(seated) {
        let (left, came) = (room(&moves), !absent.contains(&n));
        moves.extend(settle::marked(booking, came, session.host_ledger, left));
        due += settle::due(booking, came);
    }
    let mut held = settle::beyond(Party::Escrow(session.id), due - settle::gained(&moves, session.host_ledger));
    if absent.len() < seated.len() {
        let (now, later) = settle::reward(session, money, room(&moves));
        moves.extend(now);
        held.extend(later);
    }
    (moves, held)
}

fn thanks(session: &Session, (came, absent): (usize, usize), gained: i64, waits: i64) -> Content {
    let counts = Msg::new("session-attendance-counts").with("count", number(came)).with("absent", number(absent));
    let mut content = Content::from(Msg::new("session-attendance-thanks")).line(named(session)).line(counts);
    if gained > 0 {
        content = content.line(Msg::new("session-attendance-gained").with("amount", gained));
    }
    if waits > 0 {
        content = content.line(Msg::new("session-limit-waits").with("amount", waits));
    }
    content
}
