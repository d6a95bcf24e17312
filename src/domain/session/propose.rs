//! `/session`: a facilitator proposes one; the card hangs in the group at once.

use super::{
    Change, Roll, Session, SessionKind, SessionState,
    beside::{Whose, beside},
    cancel::may_call_off,
    card,
    draft::{self, Draft, Step},
    edit, form, line, minimum,
    parts::{Host, Line, Parts, written_offset},
    reading::{SessionRef, button_ref, here},
    steps::Making,
    understood::{Counted, LineFault},
};
use crate::domain::{
    command::Command,
    dates::Fault,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    discreet,
    hear::{Call, Named},
    ledger::rules::Rewards,
    message::{Button, Content, Msg, Value},
    question::{self, Action},
    scope::{Community, Group, Person, Role, Scope},
    time::{Timestamp, Zone},
    words::{Word, fold},
};

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug)]
pub struct ProposeView {
    /// The number of the community's next session.
    pub next_number: i64,
    /// Who was named to hold it.
    pub host: HostFound,
    /// The sessions to come in which who is to hold it has a part.
    pub others: Vec<Session>,
}

/// Who was named to hold a session.
#[derive(Clone, PartialEq, Debug)]
pub enum HostFound {
    /// Nobody was named, or who writes.
    Oneself,
    /// Somebody of the community.
    Person(Box<Person>),
    /// Nobody that is known.
    Nobody,
}

/// What `/session` means, by who says it and with what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meant {
    /// A member without more: the agenda.
    Agenda,
    /// A facilitator: a session in one line, or step by step.
    Propose,
    /// A session that is there already is shown or changed.
    Edit(SessionRef),
    /// A member with more is told who may.
    MayNot,
}

/// Tells what is meant, so that the right view can be loaded.
pub fn meant(scope: &Scope, call: &Call) -> Meant {
    if let Some(Some(session)) = draft::session_of(&call.rest) {
        return Meant::Edit(SessionRef::Id(session));
    }
    if let Some((session, _)) = edit::edited(call) {
        return Meant::Edit(session);
    }
    match (scope.role() >= Some(Role::Facilitator), call.words.is_empty()) {
        (true, _) => Meant::Propose,
        (false, true) => Meant::Agenda,
        (false, false) => Meant::MayNot,
    }
}

/// Who is named to hold the session, where somebody is.
pub fn named_host(scope: &Scope, call: &Call, now: Timestamp) -> Option<Named> {
    let zone = scope.community.as_ref()?.zone;
    let Some(draft) = draft::read(&call.rest, now, zone) else { return line::host_word(&call.words).and_then(named) };
    let parts = if draft.typed.is_some() { draft::answered(&draft, now, zone).ok()? } else { draft.parts };
    match parts.host? {
        Host::Named(name) => Some(Named { marked: true, ..Named::bare(&name) }),
        Host::Oneself => None,
    }
}

fn named(word: &Word) -> Option<Named> {
    let named = Named::from_word(word).unwrap_or_else(|| Named { marked: true, ..Named::bare(&word.text) }).cleaned();
    (!named.typed.is_empty()).then_some(named)
}

/// The refusal for [`Meant::MayNot`].
pub fn may_not() -> Refusal {
    let agenda = Button::command(Msg::new("session-button-agenda"), Command::Agenda, "");
    Refusal::new(Content::from(Msg::new("session-who-may")).line(Msg::new("session-who-may-next")).buttons([agenda]))
}

/// Proposes the session that the words say, or asks for it part by part.
pub fn propose(scope: &Scope, view: &ProposeView, call: &Call, ctx: &mut Context) -> Outcome {
    let (community, person) = here(scope)?;
    let group = scope.group.as_ref().ok_or_else(|| Refusal::from(Msg::new("people-not-here")))?;
    if meant(scope, call) != Meant::Propose {
        return Err(may_not());
    }
    let maker = Maker { scope, community, group, person, view };
    if call.words.is_empty() {
        return Ok(maker.making(&Parts::default()).ask(Step::Kind, None, ctx));
    }
    if let Some(draft) = draft::read(&call.rest, ctx.now, community.zone) {
        return maker.step(&draft, ctx);
    }
    match line::read(&call.words, true, ctx.now, community.zone).complete(ctx.now) {
        Ok(line) => maker.post(line, ctx),
        Err((LineFault::Date(Fault::Twice { first, second, .. }), _)) => {
            let again = |_: String, offset: &str| Action::Run { command: call.command, rest: format!("{} {offset}", call.rest) };
            Ok(ask_which_hour(scope, community.zone, [first, second], again, ctx))
        }
        Err((fault, understood)) => Err(Refusal::new(form::refusal(&fault, &understood, community.zone))),
    }
}

/// Who makes a session, where, and what is known for it.
struct Maker<'a> {
    scope: &'a Scope,
    community: &'a Community,
    group: &'a Group,
    person: &'a Person,
    view: &'a ProposeView,
}

impl Maker<'_> {
    fn making<'a>(&'a self, parts: &'a Parts) -> Making<'a> {
        Making { scope: self.scope, session: None, parts, zone: self.community.zone }
    }

    /// One step of making it.
    fn step(&self, draft: &Draft, ctx: &mut Context) -> Outcome {
        let making = self.making(&draft.parts);
        let Some(typed) = &draft.typed else { return self.go(draft.step, draft.parts.clone(), ctx) };
        if typed.is_empty() {
            return Ok(making.ask(draft.step, None, ctx));
        }
        if draft.step == Step::Look && is_yes(typed) {
            return self.go(Step::Publish, draft.parts.clone(), ctx);
        }
        match draft::answered(draft, ctx.now, self.community.zone) {
            Ok(parts) if matches!(parts.host, Some(Host::Named(_))) && parts.host != draft.parts.host && self.host().is_none() => {
                Ok(making.ask(Step::Host, Some(no_host(&parts)), ctx))
            }
            Ok(parts) => self.go(draft::next(&parts), parts, ctx),
            Err(LineFault::Date(Fault::Twice { first, second, .. })) => {
                let again = |written: String, _: &str| making.run(Step::Hour, Some(&written));
                Ok(ask_which_hour(self.scope, self.community.zone, [first, second], again, ctx))
            }
            Err(fault) => Ok(making.ask(draft.step, Some(form::why(&fault, self.community.zone)), ctx)),
        }
    }

    fn go(&self, step: Step, parts: Parts, ctx: &mut Context) -> Outcome {
        let making = self.making(&parts);
        match step {
            Step::Stop => Ok(stopped(self.scope)),
            Step::Parts => Ok(making.which_part(ctx)),
            Step::Look | Step::Publish => match parts.clone().complete(ctx.now) {
                Ok(line) if step == Step::Publish => self.post(line, ctx),
                Ok(line) => {
                    let host = self.host();
                    let session = self.session(line, host.unwrap_or(self.person), ctx);
                    let at_once = host.map_or_else(Vec::new, |_| beside(&session, &self.view.others, self.whose()));
                    Ok(making.look(&session, at_once, ctx))
                }
                Err(fault) => Ok(making.ask(asked_again(&fault), Some(form::why(&fault, self.community.zone)), ctx)),
            },
            _ => Ok(making.ask(step, None, ctx)),
        }
    }

    /// Who is to hold it, if they may.
    fn host(&self) -> Option<&Person> {
        match &self.view.host {
            HostFound::Oneself => Some(self.person),
            HostFound::Person(person) => Some(&**person).filter(|person| person.role_in(self.group.id) >= Some(Role::Supporter)),
            HostFound::Nobody => None,
        }
    }

    fn whose(&self) -> Whose {
        match &self.view.host {
            HostFound::Oneself => Whose::Own,
            HostFound::Person(_) | HostFound::Nobody => Whose::Others,
        }
    }

    fn session(&self, line: Line, host: &Person, ctx: &mut Context) -> Session {
        let usual = self.community.credits.terms(line.kind);
        Session {
            id: ctx.ids.make(),
            community: self.community.id,
            group: self.group.id,
            number: self.view.next_number,
            kind: line.kind,
            title: line.title,
            wall: line.wall,
            zone: self.community.zone,
            starts: line.at,
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
            book_until: line.book_until,
            confirmed: false,
            moved: None,
            revision: 0,
            series: None,
            shown_from: None,
            created: ctx.now,
            state: SessionState::Open,
        }
    }

    /// Posts it: the card hangs in the group, who holds it is told.
    fn post(&self, line: Line, ctx: &mut Context) -> Outcome {
        if let Some(reward) = line.reward_credits.filter(|reward| *reward > 0) {
            may_reward(self.community, self.person, reward)?;
        }
        let parts = Parts { host: Some(line.host.clone()), ..Parts::default() };
        let host = self.host().ok_or_else(|| Refusal::new(Content::from(no_host(&parts)).line(Msg::new("making-ask-host-write"))))?;
        let roll = Roll { session: self.session(line, host, ctx), bookings: Vec::new(), apart: Vec::new() };
        let session = &roll.session;
        let mut decision = Decision::nothing().change(Change::Open(Box::new(session.clone())));
        decision.acts.extend(card::act(&roll, ctx.now));
        let at_once = beside(session, &self.view.others, self.whose());
        decision = decision.say(
            Audience::Asker,
            confirmed(session, minimum::announced(session, ctx), at_once, may_call_off(session, self.person)),
            Manner::Answer,
        );
        if host.id != self.person.id {
            decision = decision.notify(Audience::Private(host.id), entrusted(session));
        }
        decision.timers.extend(session.timers(ctx.now));
        if let Some(wake) = session.short_notice(session.host, ctx.now) {
            decision = decision.wake(ctx, ctx.now, wake);
        }
        // Whatever was still asked about it is done with.
        Ok(decision.change(question::Change::AwaitNothing(self.scope.account.id)))
    }
}

/// Making or changing one is left; nothing happens.
pub(super) fn stopped(scope: &Scope) -> Decision {
    Decision::answer(Msg::new("cancelled-dialogue")).change(question::Change::AwaitNothing(scope.account.id))
}

fn is_yes(typed: &str) -> bool {
    matches!(fold(typed).as_str(), "oui" | "ok" | "publier" | "yes" | "publish" | "post")
}

fn no_host(parts: &Parts) -> Msg {
    let name = match &parts.host {
        Some(Host::Named(name)) => name.as_str(),
        Some(Host::Oneself) | None => "",
    };
    Msg::new("making-no-host").with("name", name).with("role", Command::Role)
}

/// The step at which what is wrong can be put right.
pub(super) fn asked_again(fault: &LineFault) -> Step {
    match fault {
        LineFault::NoTitle | LineFault::LongTitle => Step::Title,
        LineFault::Date(Fault::NoDay { .. } | Fault::NoDate) => Step::Day,
        LineFault::Date(_) => Step::Hour,
        LineFault::TwoLengths(..) | LineFault::Length(_) => Step::Length,
        LineFault::Number(Counted::Seats, _) => Step::Seats,
        LineFault::Number(Counted::Price, _) => Step::Price,
        LineFault::Link(_) => Step::Where,
        LineFault::Host(_) => Step::Host,
        LineFault::Number(Counted::Minimum | Counted::Reward | Counted::Cutoff | Counted::Closing, _)
        | LineFault::Unknown(_)
        | LineFault::Informal
        | LineFault::ForTwo
        | LineFault::OtherKind
        | LineFault::ClosedAlready(_) => Step::Look,
    }
}

/// In autumn an hour comes twice: each button says the same with the offset; `again` is given day, hour and offset, and the offset alone.
pub(super) fn ask_which_hour(
    scope: &Scope,
    zone: Zone,
    hours: [Timestamp; 2],
    again: impl Fn(String, &str) -> Action,
    ctx: &mut Context,
) -> Decision {
    let labels = [Msg::new("session-twice-first"), Msg::new("session-twice-second")];
    let choices = labels.into_iter().zip(hours).map(|(label, at)| {
        let offset = written_offset(zone.offset_minutes(at));
        let written = format!("{} {offset}", at.wall(zone).format("%Y-%m-%d %H:%M"));
        let action = again(written, &offset);
        (label.with("text", offset), action)
    });
    let (question, buttons) = question::ask(ctx, scope.account.id, choices.collect());
    let day = hours[0].day(zone);
    let hour = hours[0].wall(zone).format("%H:%M").to_string();
    let asked = Msg::new("session-twice").with("typed", hour).with("day", Value::Day(day));
    Decision::answer(Content::from(asked).line(Msg::new("session-twice-which")).buttons(buttons)).change(question)
}

/// A reward is the coordination's to give, and only where the community's rules know one.
pub(super) fn may_reward(community: &Community, person: &Person, reward_credits: i64) -> Result<(), Refusal> {
    if !person.coordinator {
        return Err(Refusal::new(Content::from(Msg::new("session-reward-coordinator")).line(Msg::new("session-reward-ask"))));
    }
    if reward_credits > 0 && community.credits.rewards == Rewards::Price {
        let next = Msg::new("rules-no-reward-next").with("settings", Command::Settings);
        return Err(Refusal::new(Content::from(Msg::new("rules-no-reward")).line(next)));
    }
    Ok(())
}

/// Said to who proposed it in private, with day and zone in full.
fn confirmed(session: &Session, minimum: Option<Msg>, beside: Vec<Msg>, may_call_off: bool) -> Content {
    let mut content = Content::from(match session.kind {
        SessionKind::Listening => Msg::new("making-posted-for-two"),
        SessionKind::Circle | SessionKind::Workshop | SessionKind::Training | SessionKind::Informal => Msg::new("session-proposed"),
    });
    content.lines.push(Msg::new("session-card-title").with("title", discreet::title(session)).with("number", session.number));
    content.lines.push(card::when(session));
    if session.link.is_some() {
        content.lines.push(Msg::new("session-proposed-link"));
    }
    content.lines.extend(minimum);
    content.lines.extend(beside);
    content.buttons(own_buttons(session, may_call_off))
}

/// What who answers for a session can do with it; who may not call it off would give their own seat back with that button.
pub(super) fn own_buttons(session: &Session, may_call_off: bool) -> Vec<Button> {
    let details = Button::command(Msg::new("session-button-details"), Command::Agenda, button_ref(session));
    let change = Button::command(Msg::new("making-button-change"), Command::Session, button_ref(session));
    let cancel = Button::command(Msg::new("session-button-cancel-session"), Command::Cancel, button_ref(session));
    [details, change].into_iter().chain(may_call_off.then_some(cancel)).collect()
}

/// Said to who is to hold a session that somebody else proposed.
fn entrusted(session: &Session) -> Content {
    let mut content = Content::from(Msg::new("making-entrusted"));
    content.lines.push(Msg::new("session-card-title").with("title", discreet::title(session)).with("number", session.number));
    content.lines.push(card::when(session));
    content.buttons(own_buttons(session, true))
}
