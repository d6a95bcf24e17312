//! What reminders say, to whom and when: each once and out of quiet hours; what people need reaches their host whatever that one chose.

use chrono::TimeDelta;

use super::{
    BookingState, Change, Roll, Session,
    book::whereabouts,
    reading::{button_ref, named},
    remind::{Attendee, Wishes, moment},
    wake::WakeView,
    wishes,
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision},
    discreet,
    ids::PersonId,
    message::{Button, Content, Msg, Value},
    time::Timestamp,
    timer::{Timer, Wake},
};

/// A reminder that comes so many minutes after its time says so.
const LATE_MINUTES: i64 = 15;
/// So many hours before the start, what is booked, moved or handed over may have missed a reminder that quiet hours brought forward.
const SHORT_HOURS: i64 = 48;

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

impl Session {
    /// An hour before the start.
    fn last_hour(&self) -> Timestamp {
        self.starts.minus(TimeDelta::hours(1))
    }

    /// Little time is left, and somebody has a seat, or holds it, or the hour is another since now: a wake-up for now. `whose`:
    /// whose need the host may not have read yet; the host's own stands for all of them.
    pub(super) fn short_notice(&self, whose: PersonId, now: Timestamp) -> Option<Wake> {
        let is_short = self.is_to_come(now) && now > self.starts.minus(TimeDelta::hours(SHORT_HOURS));
        is_short.then_some(Wake::ShortNotice { session: self.id, whose })
    }
}

/// When the reminder of so many hours before is said to somebody. The host's last one brings what people need, and has its hour
/// whether that one wants reminders or not.
fn planned(session: &Session, one: &Attendee, hours_before: i64) -> Option<Timestamp> {
    let needs = hours_before == 1 && session.host == one.person;
    let wishes = Wishes { hour: one.wishes.hour || needs, ..one.wishes };
    moment(wishes, one.zone, session.starts, hours_before)
}

/// The host has been told by now what people need, as far as it was written.
pub(super) fn host_has_read(session: &Session, host: &Attendee, now: Timestamp) -> bool {
    planned(session, host, 1).is_some_and(|at| at <= now)
}

/// The reminder of the last hour, where quiet hours bring it forward.
fn early(session: &Session, one: &Attendee) -> Option<Timestamp> {
    planned(session, one, 1).filter(|at| *at < session.last_hour())
}

/// Reminds who has a seat, and the host, each once and out of their quiet hours. A reminder that is late, because the program
/// was down, is still said while the session has not begun, and says so, unless the next one is due already.
pub(super) fn remind(view: &WakeView, hours_before: i64, ctx: &mut Context) -> Decision {
    let (session, clock) = (&view.roll.session, ctx.now);
    let due = session.starts.minus(TimeDelta::hours(hours_before));
    let overtaken = hours_before > 1 && clock >= session.last_hour();
    if !session.is_to_come(clock) || overtaken || clock < due || view.reminded.contains(&hours_before) {
        return Decision::nothing();
    }
    let mut decision = Decision::nothing().change(Change::Reminded(session.id, hours_before, session.starts));
    let seated = view.roll.in_state(BookingState::Booked).filter(|booking| booking.since <= due).map(|booking| booking.person);
    let host = (session.created <= due).then_some(session.host);
    for person in seated.chain(host).collect::<Vec<_>>() {
        let one = view.attendee(person);
        // With the day's reminder the one of the hour is planned too, where quiet hours bring it forward.
        let early = early(session, &one).filter(|_| hours_before > 1);
        let moved = planned(session, &one, hours_before).filter(|at| *at > clock).map(|at| (at, hours_before)).into_iter();
        for (at, hours_before) in moved.chain(early.filter(|early| *early > clock).map(|early| (early, 1))) {
            decision.timers.push(session.remind_one(person, hours_before, at));
        }
        let now = planned(session, &one, hours_before).filter(|at| due <= *at && *at <= clock).map(|at| (at, hours_before));
        // The program was down at that hour too: one of both is enough; the host's last one says more.
        let missed = early.filter(|early| *early <= clock).map(|early| (early, 1));
        let said = if person == session.host { missed.or(now) } else { now.or(missed) };
        if let Some((planned, hours_before)) = said {
            decision = decision.and(say_out_of_quiet(view, &one, hours_before, planned, clock));
        }
    }
    decision
}

/// Reminds one person at their own hour.
pub(super) fn remind_one(view: &WakeView, person: PersonId, hours_before: i64, ctx: &Context) -> Decision {
    let (session, clock) = (&view.roll.session, ctx.now);
    let one = view.attendee(person);
    let seated = view.roll.of(person).is_some_and(|booking| booking.state == BookingState::Booked) || session.host == person;
    let overtaken = hours_before > 1 && clock >= session.last_hour();
    let planned = planned(session, &one, hours_before).filter(|planned| *planned <= clock);
    match planned {
        Some(planned) if seated && session.is_to_come(clock) && !overtaken => say_out_of_quiet(view, &one, hours_before, planned, clock),
        _ => Decision::nothing(),
    }
}

/// Plans what the usual wake-ups do not know of any more, and tells the host what they have not read.
pub(super) fn short_notice(view: &WakeView, whose: PersonId, ctx: &Context) -> Decision {
    let (session, clock) = (&view.roll.session, ctx.now);
    let mut decision = Decision::nothing();
    if !session.is_to_come(clock) {
        return decision;
    }
    for person in view.roll.in_state(BookingState::Booked).map(|booking| booking.person).chain([session.host]) {
        let early = early(session, &view.attendee(person)).filter(|at| *at > clock);
        decision.timers.extend(early.map(|at| session.remind_one(person, 1, at)));
    }
    if host_has_read(session, &view.attendee(session.host), clock) {
        decision = decision.and(tell_needs(view, |person| whose == session.host || whose == person));
    }
    decision
}

/// Says it, or where the program was down until it was quiet, when that ends; not at all where it would help nobody any more.
fn say_out_of_quiet(view: &WakeView, one: &Attendee, hours_before: i64, planned: Timestamp, clock: Timestamp) -> Decision {
    if !one.wishes.quiet.holds(clock, one.zone) {
        return say_reminder(view, one, hours_before, planned, clock);
    }
    let mut decision = Decision::nothing();
    match after_quiet(&view.roll.session, one, hours_before, clock) {
        Some(timer) => decision.timers.push(timer),
        // What people need cannot wait any longer.
        None if view.roll.session.host == one.person => return tell_needs(view, |_| true),
        None => {}
    }
    decision
}

/// The reminder of a day before comes too late in the last hour: then it is the one of the hour.
fn after_quiet(session: &Session, one: &Attendee, hours_before: i64, clock: Timestamp) -> Option<Timer> {
    let at = one.wishes.quiet.after(clock, one.zone);
    let hours_before = if at < session.last_hour() { hours_before } else { 1 };
    let wanted = hours_before > 1 || one.wishes.hour || session.host == one.person;
    (wanted && at < session.starts).then(|| session.remind_one(one.person, hours_before, at))
}

/// The reminder itself, unless they paused or want none; what people need comes even then.
fn say_reminder(view: &WakeView, one: &Attendee, hours_before: i64, planned: Timestamp, clock: Timestamp) -> Decision {
    let session = &view.roll.session;
    let (holds, last) = (session.host == one.person, hours_before == 1);
    if one.is_paused(clock) || last && !one.wishes.hour {
        return if holds && last { tell_needs(view, |_| true) } else { Decision::nothing() };
    }
    let mut content = match (holds, last) {
        (false, _) => reminder(&view.roll),
        (true, true) if session.kind.has_seats() => {
            let content = for_host(&view.roll, Msg::new("session-reminder"));
            Content { lines: content.lines.into_iter().chain(names(&view.roll, &view.people)).collect(), ..content }
        }
        (true, _) => for_host(&view.roll, Msg::new("session-reminder")),
    };
    if clock.since(planned) > TimeDelta::minutes(LATE_MINUTES) {
        content.lines.push(Msg::new("remind-late"));
    }
    Decision::nothing().notify(Audience::Private(one.person), content)
}

/// Who is expected, and what they want the host to know; on a shared phone the number alone.
pub(super) fn names<'a>(roll: &'a Roll, people: &'a [Attendee]) -> impl Iterator<Item = Msg> + 'a {
    let seated = roll.in_state(BookingState::Booked).filter_map(|booking| people.iter().find(|one| one.person == booking.person));
    seated.filter(|one| !one.alias.is_empty()).map(|one| match &one.need {
        Some(need) => need_line(&roll.session, &one.alias, need),
        None => Msg::new("remind-name").with("name", Value::from(one.alias.as_str()).instead(discreet::elsewhere(&roll.session))),
    })
}

/// One person's need, for the host.
fn need_line(session: &Session, alias: &str, need: &str) -> Msg {
    let guarded = |text: &str| Value::from(text).instead(discreet::elsewhere(session));
    Msg::new("remind-name-need").with("name", guarded(alias)).with("text", guarded(need))
}

/// What people need and nothing else: for a host who wants no reminders, or who had theirs before it was written.
fn tell_needs(view: &WakeView, of: impl Fn(PersonId) -> bool) -> Decision {
    let session = &view.roll.session;
    let seated = view.roll.in_state(BookingState::Booked).filter(|booking| of(booking.person));
    let people = seated.filter_map(|booking| view.people.iter().find(|one| one.person == booking.person));
    let lines: Vec<Msg> = people.filter_map(|one| one.need.as_ref().map(|need| need_line(session, &one.alias, need))).collect();
    if lines.is_empty() { Decision::nothing() } else { Decision::nothing().notify(Audience::Private(session.host), needs(session, lines)) }
}

fn needs(session: &Session, lines: Vec<Msg>) -> Content {
    let details = Button::command(Msg::new("session-button-details"), Command::Agenda, button_ref(session));
    Content::from(Msg::new("need-notice")).line(named(session)).lines(lines).buttons([details])
}

/// A need that was written after the host's last reminder.
pub(super) fn told_at_once(session: &Session, alias: &str, need: &str) -> Content {
    needs(session, vec![need_line(session, alias, need)])
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
