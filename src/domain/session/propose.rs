//! `/session`: a facilitator proposes one; the card hangs in the group at once.

use chrono::TimeDelta;

use super::{
    Change, Roll, Session, SessionState, UNMARKED_DAYS,
    card::{self, card},
    form,
    line::{Line, parse_line},
    reading::{button_ref, here},
    understood::LineFault,
};
use crate::domain::{
    command::Command,
    dates::Fault,
    decision::{Act, Audience, CardKey, Context, Decision, Manner, Outcome, Refusal},
    discreet,
    hear::Call,
    ledger::rules::Rewards,
    message::{Button, Content, Msg},
    question::{self, Action},
    scope::{Community, Group, Person, Role, Scope},
    time::{Timestamp, Zone},
    timer::Wake,
};

/// What the store must load for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ProposeView {
    /// The number of the community's next session.
    pub next_number: i64,
}

/// What `/session` means, by who says it and with what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meant {
    /// A member without more: the agenda.
    Agenda,
    /// A facilitator without more: the form explained; with more: a session.
    Propose,
    /// A member with more is told who may.
    MayNot,
}

/// Tells what is meant, so that the right view can be loaded.
pub fn meant(scope: &Scope, call: &Call) -> Meant {
    match (scope.role() >= Some(Role::Facilitator), call.words.is_empty()) {
        (true, _) => Meant::Propose,
        (false, true) => Meant::Agenda,
        (false, false) => Meant::MayNot,
    }
}

/// The refusal for [`Meant::MayNot`].
pub fn may_not() -> Refusal {
    let agenda = Button::command(Msg::new("session-button-agenda"), Command::Agenda, "");
    Refusal::new(Content::from(Msg::new("session-who-may")).line(Msg::new("session-who-may-next")).buttons([agenda]))
}

/// Proposes the session that the words say, or explains what is missing.
pub fn propose(scope: &Scope, view: &ProposeView, call: &Call, ctx: &mut Context) -> Outcome {
    let (community, person) = here(scope)?;
    let group = scope.group.as_ref().ok_or_else(|| Refusal::from(Msg::new("people-not-here")))?;
    if meant(scope, call) != Meant::Propose {
        return Err(may_not());
    }
    if call.words.is_empty() {
        return Ok(Decision::answer(form::explained()));
    }
    match parse_line(call, ctx.now, community.zone) {
        Ok(line) if line.reward_credits > Some(0) && !person.coordinator => {
            Err(Refusal::new(Content::from(Msg::new("session-reward-coordinator")).line(Msg::new("session-reward-ask"))))
        }
        Ok(line) if line.reward_credits > Some(0) && community.credits.rewards == Rewards::Price => Err(Refusal::new(
            Content::from(Msg::new("rules-no-reward")).line(Msg::new("rules-no-reward-next").with("settings", Command::Settings)),
        )),
        Ok(line) => Ok(open(community, group, person, view, line, ctx)),
        Err((LineFault::Date(Fault::Twice { first, second, .. }), _)) => {
            Ok(ask_which_hour(scope, community.zone, call, [first, second], ctx))
        }
        Err((fault, understood)) => Err(Refusal::new(form::refusal(&fault, &understood, community.zone))),
    }
}

/// In autumn an hour comes twice: each button is the same command with the offset said.
fn ask_which_hour(scope: &Scope, zone: Zone, call: &Call, hours: [Timestamp; 2], ctx: &mut Context) -> Decision {
    let labels = [Msg::new("session-twice-first"), Msg::new("session-twice-second")];
    let choices = labels.into_iter().zip(hours).map(|(label, at)| {
        let offset = written_offset(zone.offset_minutes(at));
        let rest = format!("{} {offset}", call.rest);
        (label.with("text", offset), Action::Run { command: call.command, rest })
    });
    let (question, buttons) = question::ask(ctx, scope.account.id, choices.collect());
    let day = hours[0].day(zone);
    let hour = hours[0].wall(zone).format("%H:%M").to_string();
    let asked = Msg::new("session-twice").with("typed", hour).with("day", crate::domain::message::Value::Day(day));
    Decision::answer(Content::from(asked).line(Msg::new("session-twice-which")).buttons(buttons)).change(question)
}

fn written_offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

fn open(community: &Community, group: &Group, host: &Person, view: &ProposeView, line: Line, ctx: &mut Context) -> Decision {
    let usual = community.credits.terms(line.kind);
    let session = Session {
        id: ctx.ids.make(),
        community: community.id,
        group: group.id,
        number: view.next_number,
        kind: line.kind,
        title: line.title,
        wall: line.start.wall,
        zone: community.zone,
        starts: line.start.at,
        length_minutes: line.length_minutes,
        seats: line.seats,
        minimum: line.minimum,
        price_credits: line.price_credits.unwrap_or(usual.price_credits),
        reward_credits: line.reward_credits.unwrap_or(usual.reward_credits),
        host: host.id,
        host_ledger: host.ledger,
        place: line.place,
        link: line.link,
        free_cancel_until: line.free_cancel_until,
        created: ctx.now,
        state: SessionState::Open,
    };
    let roll = Roll { session, bookings: Vec::new(), apart: Vec::new() };
    let shown = Act::Card { to: Audience::Group(group.id), key: CardKey::Session(roll.session.id), content: card(&roll, ctx.now) };
    let decision = Decision::nothing().change(Change::Open(Box::new(roll.session.clone()))).act(shown).say(
        Audience::Asker,
        confirmed(&roll.session),
        Manner::Answer,
    );
    timers(&roll.session, decision, ctx)
}

/// Said to the host in private, with day and zone in full.
fn confirmed(session: &Session) -> Content {
    let mut content = Content::from(Msg::new("session-proposed"));
    content.lines.push(Msg::new("session-card-title").with("title", discreet::title(session)).with("number", session.number));
    content.lines.push(card::when(session));
    if session.link.is_some() {
        content.lines.push(Msg::new("session-proposed-link"));
    }
    let details = Button::command(Msg::new("session-button-details"), Command::Agenda, button_ref(session));
    let cancel = Button::command(Msg::new("session-button-cancel-session"), Command::Cancel, button_ref(session));
    content.buttons([details, cancel])
}

fn timers(session: &Session, decision: Decision, ctx: &mut Context) -> Decision {
    let reminders = [24, 1]
        .map(|hours_before| (session.starts.minus(TimeDelta::hours(hours_before)), Wake::Reminder { session: session.id, hours_before }));
    let later = [
        (session.starts, Wake::SessionStarts(session.id)),
        (session.ends(), Wake::SessionOver(session.id)),
        (session.ends().plus(TimeDelta::days(UNMARKED_DAYS)), Wake::Unmarked(session.id)),
    ];
    let now = ctx.now;
    let due = reminders.into_iter().chain(later).filter(|(at, _)| *at > now);
    due.fold(decision, |decision, (at, wake)| decision.wake(ctx, at, wake))
}
