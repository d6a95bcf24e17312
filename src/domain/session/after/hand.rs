//! Somebody else is to hold a session: asked in private, and nothing changes before they accept.

use chrono::TimeDelta;

use super::{Action, Change};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    discreet,
    ids::{PersonId, SessionId},
    message::{Button, Content, Msg, Value},
    people::Target,
    question::{self, Action as Choice},
    scope::{Person, Role, Scope},
    session::{
        BookingState, Money, OFFER_HOURS_MAX, Roll, Session,
        beside::{Whose, beside},
        depart::{can_be_handed_over, free},
        desk::Desk,
        erase::other_host,
        reading::{agenda_button, button_ref, here, named, own_roll, to_come},
        reminders,
    },
    time::Timestamp,
    timer::Wake,
};

/// So many people are proposed with a button each.
pub const PROPOSED_MAX: usize = 8;

/// That somebody is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandOver {
    /// Which session.
    pub session: SessionId,
    /// Who asks.
    pub from: PersonId,
    /// Who is asked.
    pub to: PersonId,
    /// Until when they can answer.
    pub until: Timestamp,
}

/// What the store must load.
#[derive(Clone, PartialEq, Debug)]
pub struct HandView {
    /// The session with its bookings.
    pub found: Option<Roll>,
    /// What the credits stand at.
    pub money: Money,
    /// Who is asked now.
    pub pending: Option<HandOver>,
    /// Whom the name means, where one was typed or pressed.
    pub target: Option<Target>,
    /// That one wants nothing from who asks, or is wanted nothing from.
    pub declines: bool,
    /// Who else may hold sessions of the group, with their aliases.
    pub staff: Vec<(PersonId, String)>,
    /// The sessions to come in which the asker has a part.
    pub others: Vec<Session>,
}

/// The button beside "my seat" and "the session", where the session can have another host.
pub fn choice(session: &Session) -> Option<(Msg, Choice)> {
    let rest = format!("{} passer", button_ref(session));
    can_be_handed_over(session).then(|| (Msg::new("after-button-hand"), Choice::Run { command: Command::Cancel, rest }))
}

fn change(change: Change) -> super::super::Change {
    super::super::Change::After(change)
}

/// The session, if the asker may give it away: its host, or the coordination.
fn own_session<'a>(scope: &'a Scope, view: &'a HandView, ctx: &Context) -> Result<(&'a Person, &'a Roll), Refusal> {
    let (_, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    to_come(&roll.session, ctx.now)?;
    if roll.session.host != person.id && !person.coordinator {
        return Err(Refusal::new(Content::from(Msg::new("after-hand-host-only")).line(named(&roll.session))));
    }
    if !can_be_handed_over(&roll.session) {
        return Err(Refusal::new(Content::from(Msg::new("after-hand-not-listening")).line(named(&roll.session))));
    }
    Ok((person, roll))
}

/// Asks whom, or asks who was named. `typed`: the name as it was typed, for the answer.
pub fn give(scope: &Scope, view: &HandView, typed: Option<&str>, ctx: &mut Context) -> Outcome {
    let (person, roll) = own_session(scope, view, ctx)?;
    let session = &roll.session;
    let Some(target) = &view.target else { return Ok(whom(scope, view, session, ctx)) };
    let name = typed.unwrap_or_default();
    let to = match target {
        Target::Person(to) if to.role_in(session.group) >= Some(Role::Facilitator) => to,
        // The coordination takes a session over without asking itself.
        Target::Oneself if session.host != person.id => return Ok(hold(roll, view, person, session.host, ctx)),
        Target::Oneself => return Err(refused(session, Msg::new("after-hand-oneself"))),
        Target::Bot => return Err(refused(session, Msg::new("after-hand-bot"))),
        Target::Person(_) | Target::Nobody => {
            return Err(refused(session, Msg::new("after-hand-who").with("name", name).with("role", Command::Role)));
        }
    };
    if to.id == session.host {
        return Err(refused(session, Msg::new("after-hand-holds").with("name", name)));
    }
    let until = ctx.now.plus(TimeDelta::hours(OFFER_HOURS_MAX).min(session.starts.since(ctx.now) / 2));
    let asked = HandOver { session: session.id, from: person.id, to: to.id, until };
    let done = Content::from(Msg::new("after-hand-asked"))
        .line(named(session))
        .line(Msg::new("after-hand-until").with("when", Value::Moment(until)));
    let decision = Decision::nothing().change(change(Change::Ask(asked))).say(Audience::Asker, done, Manner::Care).wake(
        ctx,
        until,
        Wake::HandOverEnds(session.id),
    );
    // Who wants nothing from the asker gets nothing, and the asker learns nothing of it.
    Ok(if view.declines { decision } else { decision.notify(Audience::Private(to.id), request(roll, person, until)) })
}

fn refused(session: &Session, why: Msg) -> Refusal {
    let again = Button::command(Msg::new("after-button-hand-other"), Command::Cancel, format!("{} passer", button_ref(session)));
    Refusal::new(Content::from(why).line(named(session)).buttons([again]))
}

/// Who else holds sessions here, each with a button; somebody else by name.
fn whom(scope: &Scope, view: &HandView, session: &Session, ctx: &mut Context) -> Decision {
    let others: Vec<&(PersonId, String)> = view.staff.iter().filter(|(id, _)| *id != session.host).take(PROPOSED_MAX).collect();
    let choices = others.iter().map(|(id, alias)| {
        let label = Msg::new("after-button-name").with("name", alias.as_str());
        (label, Choice::Session(super::super::Action::After(Action::Give(session.id, *id))))
    });
    let (asked, buttons) = question::ask(ctx, scope.account.id, choices.collect());
    let first = if others.is_empty() { Msg::new("after-hand-nobody") } else { Msg::new("after-hand-whom") };
    let how = if others.is_empty() { Msg::new("after-hand-how-nobody") } else { Msg::new("after-hand-how") };
    let content = Content::from(first).line(named(session)).line(how.with("role", Command::Role));
    let rest = format!("{} passer ", button_ref(session));
    let decision = if others.is_empty() { Decision::nothing() } else { Decision::nothing().change(asked) };
    decision.tell(Audience::Asker, content.buttons(buttons)).await_text(ctx, scope.account.id, Command::Cancel, rest)
}

fn request(roll: &Roll, from: &Person, until: Timestamp) -> Content {
    let session = &roll.session;
    let who = Value::from(from.alias.as_str()).instead(discreet::elsewhere(session));
    Content::from(Msg::new("after-request"))
        .line(named(session))
        .line(Msg::new("after-request-who").with("name", who))
        .line(Msg::new("session-reminder-count").with("count", roll.count(BookingState::Booked)))
        .line(Msg::new("after-request-until").with("when", Value::Moment(until)))
        .buttons([
            Button::command(Msg::new("after-button-accept"), Command::Attendance, format!("{} animer", button_ref(session))),
            Button::command(Msg::new("after-button-decline"), Command::Attendance, format!("{} refuser", button_ref(session))),
        ])
}

/// What the asker is asked, while that can still be answered.
fn pending<'a>(view: &'a HandView, person: &Person, session: &Session, now: Timestamp) -> Result<&'a HandOver, Refusal> {
    let gone = || Refusal::new(Content::from(Msg::new("after-request-gone")).line(named(session)).buttons([agenda_button()]));
    view.pending.as_ref().filter(|asked| asked.to == person.id && now < asked.until).ok_or_else(gone)
}

/// The asker holds it from now on; everybody with a seat is told.
pub fn take(scope: &Scope, view: &HandView, ctx: &mut Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    let session = &roll.session;
    to_come(session, ctx.now)?;
    let asked = pending(view, person, session, ctx.now)?.clone();
    if person.role_in(session.group) < Some(Role::Facilitator) {
        return Err(Msg::new("not-allowed-facilitator").with("menu", Command::Menu).into());
    }
    Ok(hold(roll, view, person, asked.from, ctx))
}

/// `person` holds it from now on; the host before, who asked, and everybody with a seat are told.
fn hold(roll: &Roll, view: &HandView, person: &Person, asked_by: PersonId, ctx: &mut Context) -> Decision {
    let session = &roll.session;
    let mut desk = Desk::open(roll, &view.money, Some(person.id), ctx);
    desk.set_host(person);
    if let Some(seat) = roll.of(person.id).filter(|booking| booking.state.is_live()) {
        free(&mut desk, seat);
    }
    let yours = reminders::for_host(&desk.roll, Msg::new("after-hand-taken"));
    let at_once = beside(session, &view.others, Whose::Own);
    desk.answer(Content { lines: yours.lines.into_iter().chain(at_once).collect(), ..yours });
    let mut told = vec![session.host, asked_by];
    told.dedup();
    for one in told {
        desk.notify(one, Content::from(Msg::new("after-hand-news")).line(named(session)).line(Msg::new("after-hand-accepted")));
    }
    for booking in desk.roll.in_state(BookingState::Booked).cloned().collect::<Vec<_>>() {
        desk.notify(booking.person, other_host(session));
    }
    desk.close().change(change(Change::EndAsk(session.id)))
}

/// The asker cannot; who asked is told, without a reason.
pub fn decline(scope: &Scope, view: &HandView, ctx: &Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    let session = &roll.session;
    let asked = pending(view, person, session, ctx.now)?;
    let decision = Decision::nothing()
        .change(change(Change::EndAsk(session.id)))
        .tell(Audience::Asker, Content::from(Msg::new("after-hand-declined")).line(named(session)));
    Ok(if session.is_to_come(ctx.now) { decision.notify(Audience::Private(asked.from), still_yours(session)) } else { decision })
}

/// Nobody answered in time; who asked is told, unless it is past or somebody else was asked since.
pub fn ends(roll: &Roll, asked: Option<&HandOver>, now: Timestamp) -> Decision {
    let Some(asked) = asked.filter(|asked| asked.until <= now) else { return Decision::nothing() };
    let decision = Decision::nothing().change(change(Change::EndAsk(asked.session)));
    if roll.session.is_to_come(now) { decision.notify(Audience::Private(asked.from), still_yours(&roll.session)) } else { decision }
}

/// Said alike whether somebody declined or did not answer.
fn still_yours(session: &Session) -> Content {
    Content::from(Msg::new("after-hand-news")).line(named(session)).line(Msg::new("after-hand-still")).buttons([
        Button::command(Msg::new("after-button-hand-other"), Command::Cancel, format!("{} passer", button_ref(session))),
        Button::command(Msg::new("session-button-cancel-session"), Command::Cancel, button_ref(session)),
    ])
}
