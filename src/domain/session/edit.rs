//! `/session 12 …`: any part of a session is changed later; who has a place in it is told what was and what is.

use chrono::TimeDelta;

use super::{
    BookingState, Money, Roll, Session, SessionKind,
    beside::{Whose, beside},
    cancel::may_call_off,
    card,
    changed::{self, told},
    desk::Desk,
    draft::{self, ASKED, Draft, Step, joined},
    form, line,
    parts::{Host, Parts, When},
    propose::{ask_which_hour, asked_again, may_reward, own_buttons, stopped},
    reading::{SessionRef, button_ref, here, named, own_roll, session_of, to_come},
    series::{SHOWN_DAYS, follow::following},
    steps::{Making, part},
    typed,
    understood::{Counted, LineFault},
};
use crate::domain::{
    command::Command,
    dates::{Fault, words_of_date},
    decision::{Context, Decision, Outcome, Refusal},
    hear::Call,
    message::{Button, Content, Msg},
    question::{self, Action},
    scope::{Person, Role, Scope},
    words::fold,
};

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug)]
pub struct EditView {
    /// The session that was named, with its bookings.
    pub found: Option<Roll>,
    /// What the credits stand at.
    pub money: Money,
    /// The sessions to come in which the asker has a part.
    pub others: Vec<Session>,
    /// It is one date of a series that has later ones, or will have.
    pub follows: bool,
}

/// The session that a line is about, and how many words say it, where it is about one that is there: a number, and after it
/// nothing, or a part. "12 mai", "12 crédits" and "12 places mar 18h" begin a new one; "12 places 8" changes the twelfth.
pub fn edited(call: &Call) -> Option<(SessionRef, usize)> {
    let (session, used) = session_of(call).ok()?;
    let first = call.words.first().filter(|word| !word.quoted)?;
    let bare = used == 1 && fold(&first.text).bytes().all(|byte| byte.is_ascii_digit());
    let Some(next) = call.words.get(used).filter(|next| bare && !next.quoted) else { return Some((session, used)) };
    let folded = fold(&next.text);
    // Tuesday, rather than March.
    let is_date = folded != "mar" && words_of_date(&call.words[..used + 1]).contains(&0);
    let counts = line::is_count_word(&folded);
    let set_after = call.words.get(used + 1).is_some_and(|word| typed::looks_like_number(&fold(&word.text)));
    (!is_date && (!counts || (set_after && line::is_seats_word(&folded)))).then_some((session, used))
}

/// Shows a session to who may change it, or changes it.
pub fn edit(scope: &Scope, view: &EditView, call: &Call, ctx: &mut Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    let session = &roll.session;
    if !may_edit(session, person) {
        return Err(may_not_edit(session));
    }
    to_come(session, ctx.now)?;
    let editor = Editor { scope, view, roll, person };
    if let Some(draft) = draft::read(&call.rest, ctx.now, session.zone) {
        return editor.step(&draft, ctx);
    }
    let used = edited(call).map_or(call.words.len(), |(_, used)| used);
    if call.words.len() == used {
        return Ok(editor.menu(ctx));
    }
    let read = line::read(&call.words[used..], false, ctx.now, session.zone);
    match read.faults.into_iter().next() {
        Some(fault) => Ok(editor.again(fault, Step::Look, &read.parts, ctx)),
        None => editor.change(&read.parts, ctx),
    }
}

/// Who may change a session: its host, and who opens sessions in its group.
pub(super) fn may_edit(session: &Session, person: &Person) -> bool {
    session.host == person.id || person.role_in(session.group) >= Some(Role::Facilitator)
}

/// The refusal for everybody else.
pub(super) fn may_not_edit(session: &Session) -> Refusal {
    let details = Button::command(Msg::new("session-button-details"), Command::Agenda, button_ref(session));
    Refusal::new(Content::from(Msg::new("making-may-not-edit")).line(named(session)).buttons([details]))
}

/// Somebody who may change a session, and all that is known of it.
struct Editor<'a> {
    scope: &'a Scope,
    view: &'a EditView,
    roll: &'a Roll,
    person: &'a Person,
}

impl Editor<'_> {
    fn making<'a>(&'a self, parts: &'a Parts) -> Making<'a> {
        Making { scope: self.scope, session: Some(self.roll.session.id), parts, zone: self.roll.session.zone }
    }

    /// The session as it is, with a button for each part.
    fn menu(&self, ctx: &mut Context) -> Decision {
        let session = &self.roll.session;
        let nothing = Parts::default();
        let making = self.making(&nothing);
        let mut content = Content::from(Msg::new("making-change-which"));
        content
            .lines
            .push(Msg::new("session-card-title").with("title", crate::domain::discreet::title(session)).with("number", session.number));
        content.lines.push(card::when(session));
        content.lines.extend(card::facts(self.roll, self.roll.free()));
        content.lines.push(Msg::new("making-change-line").with("session", Command::Session).with("number", session.number));
        let fitting = ASKED.into_iter().filter(|step| !matches!(step, Step::Kind | Step::Host) && step.fits(Some(session.kind)));
        let mut choices: Vec<(Msg, Action)> = fitting.map(|step| (part(step), making.run(step, None))).collect();
        if session.series.is_none() && self.person.role_in(session.group) >= Some(Role::Facilitator) {
            choices.push((Msg::new("series-button-repeat"), Action::Run { command: Command::Series, rest: button_ref(session) }));
        }
        if may_call_off(session, self.person) {
            let call_off = Action::Run { command: Command::Cancel, rest: button_ref(session) };
            choices.push((Msg::new("making-button-call-off"), call_off));
        }
        choices.push((Msg::new("session-button-nothing"), making.run(Step::Stop, None)));
        making.asked(content, Step::Look, choices, ctx)
    }

    fn step(&self, draft: &Draft, ctx: &mut Context) -> Outcome {
        match (draft.step, draft.typed.as_deref()) {
            (Step::Stop, _) => return Ok(stopped(self.scope)),
            (Step::Look | Step::Parts | Step::Publish, None) => return Ok(self.menu(ctx)),
            (step, None | Some("")) => return Ok(self.making(&draft.parts).ask(step, None, ctx)),
            (_, Some(_)) => {}
        }
        match draft::answered(draft, ctx.now, self.roll.session.zone) {
            Ok(parts) => self.change(&parts, ctx),
            Err(fault) => Ok(self.again(fault, draft.step, &draft.parts, ctx)),
        }
    }

    /// Asks once more for the part that is wrong, or what `step` asked; what was understood of the others is kept.
    fn again(&self, fault: LineFault, step: Step, parts: &Parts, ctx: &mut Context) -> Decision {
        let zone = self.roll.session.zone;
        let making = self.making(parts);
        match fault {
            LineFault::Date(Fault::Twice { first, second, .. }) => {
                let again = |written: String, _: &str| making.run(Step::Hour, Some(&written));
                ask_which_hour(self.scope, zone, [first, second], again, ctx)
            }
            fault => {
                let step = Some(asked_again(&fault)).filter(|part| *part != Step::Look).unwrap_or(step);
                making.ask(step, Some(form::why(&fault, zone)), ctx)
            }
        }
    }

    fn change(&self, parts: &Parts, ctx: &mut Context) -> Outcome {
        let old = &self.roll.session;
        if let Some(Host::Named(name)) = &parts.host {
            let how =
                Msg::new("making-hand-over-how").with("cancel", Command::Cancel).with("number", old.number).with("name", name.as_str());
            return Err(Refusal::new(Content::from(Msg::new("making-hand-over")).line(how)));
        }
        let new = match changed_session(old, parts, ctx) {
            Ok(new) => new,
            Err(fault) => return Ok(self.again(fault, Step::Look, parts, ctx)),
        };
        if new.reward_credits != old.reward_credits {
            let (community, person) = here(self.scope)?;
            may_reward(community, person, new.reward_credits)?;
        }
        let held = self.roll.count(BookingState::Booked) + self.roll.count(BookingState::Offered);
        if new.seats < held {
            return Err(too_few_seats(&new, held, may_call_off(&new, self.person)));
        }
        let nothing = question::Change::AwaitNothing(self.scope.account.id);
        if new == *old {
            let content = Content::from(Msg::new("session-nothing-changed"))
                .line(named(old))
                .buttons(own_buttons(old, may_call_off(old, self.person)));
            return Ok(Decision::answer(content).change(nothing));
        }
        let new = Session { revision: old.revision + 1, ..new };
        let following = following(parts, old, &new).filter(|_| self.view.follows);
        Ok(self.apply(new, following, ctx).change(nothing))
    }

    /// Changes it; `following`: what can be said of the following dates too, where there are any.
    fn apply(&self, new: Session, following: Option<Parts>, ctx: &mut Context) -> Decision {
        let old = self.roll.session.clone();
        let now = ctx.now;
        let told = told(self.roll, &new, self.person.id);
        let mut content = Content::from(Msg::new("making-changed"));
        content.lines.push(named(&new));
        content.lines.extend(changed::lines(&old, &new, true));
        content.lines.extend(old.series.map(|_| Msg::new("series-only-this")));
        content.lines.extend(beside(&new, &self.view.others, Whose::Own));
        if new.price_credits != old.price_credits && self.roll.count(BookingState::Booked) > 0 {
            content.lines.push(Msg::new("making-price-later"));
        }
        content.lines.push(Msg::new("making-told").with("count", i64::try_from(told.len()).unwrap_or(i64::MAX)));
        let asked = following.map(|parts| {
            let action = super::Action::Following { session: old.id, line: parts.written(old.zone) };
            question::ask(ctx, self.scope.account.id, vec![(Msg::new("series-button-following"), Action::Session(action))])
        });
        let (question, also) = asked.map_or((None, vec![]), |(question, buttons)| (Some(question), buttons));
        let mut desk = Desk::open(self.roll, &self.view.money, Some(self.person.id), ctx);
        desk.answer(content.buttons(also).buttons(own_buttons(&new, may_call_off(&new, self.person))));
        let timers = new.timers(now);
        desk.edit(new);
        for (person, content) in told {
            desk.notify(person, content);
        }
        desk.offer_freed();
        let mut decision = desk.close();
        decision.timers.extend(timers);
        question.into_iter().fold(decision, Decision::change)
    }
}

/// Fewer seats than people who have one: what can be done instead.
fn too_few_seats(session: &Session, held: i64, may_call_off: bool) -> Refusal {
    let keep = Msg::new("making-seats-keep").with("session", Command::Session).with("number", session.number).with("count", held);
    let call_off = Button::command(Msg::new("making-button-call-off"), Command::Cancel, button_ref(session));
    let content = Content::from(Msg::new("making-seats-taken"))
        .line(Msg::new("making-seats-taken-line").with("count", held))
        .line(named(session))
        .line(keep);
    Refusal::new(content.buttons(may_call_off.then_some(call_off)))
}

/// The session with the parts that were said.
pub(super) fn changed_session(old: &Session, parts: &Parts, ctx: &Context) -> Result<Session, LineFault> {
    let (wall, starts) = match joined(parts.when, When::Start { wall: old.wall, at: old.starts }, ctx.now, old.zone)? {
        When::Start { wall, at } => (wall, at),
        When::Unsaid | When::Day(_) | When::Hour(_) => (old.wall, old.starts),
    };
    let kind = changed_kind(old.kind, parts)?;
    let before = |until: crate::domain::time::Timestamp| old.starts.since(until);
    let free_cancel = parts.free_cancel.unwrap_or_else(|| before(old.free_cancel_until));
    // Who booked under other terms, the hour or how long one may still leave, gives the seat back free of charge.
    let same_terms = starts == old.starts && free_cancel <= before(old.free_cancel_until);
    let moved = if same_terms { old.moved } else { Some(ctx.now) };
    let closing = parts.closing.or(old.book_until.map(before)).filter(|closing| *closing > TimeDelta::zero());
    let book_until = closing.map(|closing| starts.minus(closing));
    if let Some(until) = book_until.filter(|until| *until <= ctx.now && Some(*until) != old.book_until) {
        return Err(LineFault::ClosedAlready(until));
    }
    let (seats, minimum) = (parts.seats.unwrap_or(old.seats), parts.minimum.unwrap_or(old.minimum));
    if minimum > seats {
        return Err(LineFault::Number(Counted::Minimum, minimum.to_string()));
    }
    let place = |new: &Option<String>, old: &Option<String>| if parts.nowhere { new.clone() } else { new.clone().or_else(|| old.clone()) };
    Ok(Session {
        kind,
        title: parts.title.clone().unwrap_or_else(|| old.title.clone()),
        wall,
        starts,
        length_minutes: parts.length_minutes.unwrap_or(old.length_minutes),
        seats,
        minimum,
        price_credits: parts.price_credits.unwrap_or(old.price_credits),
        reward_credits: parts.reward_credits.unwrap_or(old.reward_credits),
        place: place(&parts.place, &old.place),
        link: place(&parts.link, &old.link),
        free_cancel_until: starts.minus(free_cancel),
        book_until,
        // A new minimum, or a new hour, is decided anew.
        confirmed: old.confirmed && minimum == old.minimum && starts == old.starts,
        moved,
        shown_from: match old.shown_from {
            Some(from) if from > ctx.now => Some(starts.minus(TimeDelta::days(SHOWN_DAYS))).filter(|from| *from > ctx.now),
            // It hangs there already, and goes on being redrawn.
            shown => shown,
        },
        ..old.clone()
    })
}

/// One of several who sit together stays one; what has no seats, and what is for two, is another thing altogether.
fn changed_kind(old: SessionKind, parts: &Parts) -> Result<SessionKind, LineFault> {
    let counted = parts.seats.is_some() || parts.minimum.is_some();
    match old {
        SessionKind::Informal if counted || parts.price_credits.is_some_and(|price| price > 0) => return Err(LineFault::Informal),
        SessionKind::Listening if counted => return Err(LineFault::ForTwo),
        _ => {}
    }
    let alone = |kind| matches!(kind, SessionKind::Informal | SessionKind::Listening);
    match parts.kind {
        Some(new) if new != old && (alone(new) || alone(old)) => Err(LineFault::OtherKind),
        Some(new) => Ok(new),
        None => Ok(old),
    }
}
