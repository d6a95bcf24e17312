//! What a session does when its hour comes: reminders, the start, the question who came, what nobody marked, offers that end.

use chrono::TimeDelta;

use super::{
    BookingState, Change, Money, Roll, SessionState, UNMARKED_DAYS, attend,
    book::whereabouts,
    desk::Desk,
    minimum::{self, cut_off},
    reading::{agenda_button, button_ref, named},
    remind::{Attendee, Wishes, moment},
    series::make::shows,
    settle, wishes,
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision},
    discreet,
    ids::{BookingId, PersonId},
    message::{Button, Content, Msg, Value},
    time::Timestamp,
    timer::Wake,
};

/// So many days after a session its host is asked again who came.
const ASKED_AGAIN_DAYS: [i64; 2] = [1, 4];

/// A reminder that comes so many minutes after its time says so.
const LATE_MINUTES: i64 = 15;

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

impl WakeView {
    /// What is known of who is to be reminded; who is not here any more gets nothing anyway.
    fn attendee(&self, person: PersonId) -> Attendee {
        let known = self.people.iter().find(|one| one.person == person).cloned();
        known.unwrap_or_else(|| Attendee {
            person,
            alias: String::new(),
            zone: self.roll.session.zone,
            paused_until: None,
            wishes: Wishes::default(),
            need: None,
        })
    }
}

/// What a wake-up that was due at `due` means; one that belongs to an hour at which the session is no more means nothing.
pub fn wake(view: &WakeView, wake: &Wake, due: Timestamp, ctx: &mut Context) -> Decision {
    match wake {
        Wake::OfferEnds(booking) => return offer_ends(view, *booking, ctx),
        Wake::RemindOne { person, hours_before, .. } => return remind_one(view, *person, *hours_before, ctx),
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

/// Reminds who has a seat, and the host, each once and out of their quiet hours. A reminder that is late, because the program
/// was down, is still said while the session has not begun, and says so, unless the next one is due already.
pub fn remind(view: &WakeView, hours_before: i64, ctx: &mut Context) -> Decision {
    let (session, clock) = (&view.roll.session, ctx.now);
    let due = session.starts.minus(TimeDelta::hours(hours_before));
    let overtaken = hours_before > 1 && clock >= session.starts.minus(TimeDelta::hours(1));
    if !session.is_to_come(clock) || overtaken || clock < due || view.reminded.contains(&hours_before) {
        return Decision::nothing();
    }
    let mut decision = Decision::nothing().change(Change::Reminded(session.id, hours_before, session.starts));
    let seated = view.roll.in_state(BookingState::Booked).filter(|booking| booking.since <= due).map(|booking| booking.person);
    let host = (session.created <= due).then_some(session.host);
    for person in seated.chain(host).collect::<Vec<_>>() {
        let one = view.attendee(person);
        let at = |hours| moment(one.wishes, one.zone, session.starts, hours);
        // With the day's reminder the one of the hour is planned too, where quiet hours bring it forward.
        let early = at(1).filter(|early| hours_before > 1 && *early < session.starts.minus(TimeDelta::hours(1)));
        let moved = at(hours_before).filter(|at| *at > clock).map(|at| (at, hours_before)).into_iter();
        for (at, hours_before) in moved.chain(early.filter(|early| *early > clock).map(|early| (early, 1))) {
            decision.timers.push(session.remind_one(person, hours_before, at));
        }
        let now = at(hours_before).filter(|at| due <= *at && *at <= clock);
        decision = match now {
            // The program was down, and it is night by now.
            Some(_) if one.wishes.quiet.holds(clock, one.zone) => {
                decision.timers.push(session.remind_one(person, hours_before, one.wishes.quiet.after(clock, one.zone)));
                decision
            }
            Some(planned) => decision.and(say_reminder(view, &one, hours_before, planned, clock)),
            None => decision,
        };
    }
    decision
}

/// Reminds one person at their own hour.
pub fn remind_one(view: &WakeView, person: PersonId, hours_before: i64, ctx: &Context) -> Decision {
    let (session, clock) = (&view.roll.session, ctx.now);
    let one = view.attendee(person);
    let seated = view.roll.of(person).is_some_and(|booking| booking.state == BookingState::Booked) || session.host == person;
    let overtaken = hours_before > 1 && clock >= session.starts.minus(TimeDelta::hours(1));
    let planned = moment(one.wishes, one.zone, session.starts, hours_before).filter(|planned| *planned <= clock);
    match planned {
        Some(planned) if seated && session.is_to_come(clock) && !overtaken && !one.wishes.quiet.holds(clock, one.zone) => {
            say_reminder(view, &one, hours_before, planned, clock)
        }
        _ => Decision::nothing(),
    }
}

/// The reminder itself, unless they paused.
fn say_reminder(view: &WakeView, one: &Attendee, hours_before: i64, planned: Timestamp, clock: Timestamp) -> Decision {
    let session = &view.roll.session;
    if one.is_paused(clock) {
        return Decision::nothing();
    }
    let mut content = match (session.host == one.person, hours_before) {
        (false, _) => reminder(&view.roll),
        (true, 1) if session.kind.has_seats() => with_names(for_host(&view.roll, Msg::new("session-reminder")), view),
        (true, _) => for_host(&view.roll, Msg::new("session-reminder")),
    };
    if clock.since(planned) > TimeDelta::minutes(LATE_MINUTES) {
        content.lines.push(Msg::new("remind-late"));
    }
    Decision::nothing().notify(Audience::Private(one.person), content)
}

/// Who is expected, and what they want the host to know; on a shared phone the number alone.
fn with_names(mut content: Content, view: &WakeView) -> Content {
    let session = &view.roll.session;
    for booking in view.roll.in_state(BookingState::Booked) {
        let one = view.attendee(booking.person);
        let guarded = |text: &str| Value::from(text).instead(discreet::elsewhere(session));
        if one.alias.is_empty() {
            continue;
        }
        content.lines.push(match &one.need {
            Some(need) => Msg::new("remind-name-need").with("name", guarded(&one.alias)).with("text", guarded(need)),
            None => Msg::new("remind-name").with("name", guarded(&one.alias)),
        });
    }
    content
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

fn reminder(roll: &Roll) -> Content {
    let session = &roll.session;
    let mut content = Content::from(Msg::new("session-reminder")).line(named(session));
    content.lines.extend(whereabouts(session));
    content.buttons([Button::command(Msg::new("care-booked-button-cannot"), Command::Cancel, button_ref(session)), wishes::open_button()])
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
