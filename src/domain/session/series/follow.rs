//! "And the following ones": what was changed of one date of a series holds for the rule and for the later dates too.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::{
    Change, Instance, Series, Template,
    ask::{AskView, no_series, off_button, too_early},
    make,
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    discreet,
    ids::PersonId,
    message::{Button, Content, Msg, Value},
    scope::{Person, Scope},
    session::{
        self, BookingState, Roll, Session,
        changed::lines,
        desk::Desk,
        edit::{changed_session, may_edit, may_not_edit},
        form, line,
        parts::{Parts, When},
        propose::may_reward,
        reading::{agenda_button, button_ref, here, own_roll},
        understood::{Counted, LineFault},
    },
    words::split_words,
};

/// So many dates have a button or a line each.
const SHOWN_MAX: usize = 8;

/// What of a change to `old` can be said of the following dates too: all but the day, the kind and the host. `None`: nothing.
pub(in crate::domain::session) fn following(parts: &Parts, old: &Session, new: &Session) -> Option<Parts> {
    let hour = (new.wall.time() != old.wall.time()).then_some(new.wall.time());
    let following = Parts { kind: None, host: None, when: hour.map_or(When::Unsaid, When::Hour), ..parts.clone() };
    (following != Parts::default()).then_some(following)
}

/// Changes the rule and the dates after the one that was changed; `written` says what, as [`Parts::written`].
pub fn follow(scope: &Scope, view: &AskView, written: &str, ctx: &mut Context) -> Outcome {
    let (community, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    let session = &roll.session;
    if !may_edit(session, person) {
        return Err(may_not_edit(session));
    }
    let Some(running) = view.series.as_ref().filter(|view| view.series.ended.is_none()) else { return Err(no_series(session)) };
    let parts = line::read(&split_words(written, &[]), false, ctx.now, session.zone).parts;
    if let Some(reward) = parts.reward_credits {
        may_reward(community, person, reward)?;
    }
    let series = of_rule(&running.series, &parts);
    if series.template.minimum > series.template.seats {
        let fault = LineFault::Number(Counted::Minimum, series.template.minimum.to_string());
        return Err(Refusal::new(Content::from(form::why(&fault, session.zone)).buttons([agenda_button()])));
    }
    if let Some(refusal) = too_early(&series.template, session) {
        return Err(refusal);
    }
    let mut walk = Walk { parts: &parts, hour: running.series.first, person, changed: vec![], kept: vec![], decision: Decision::nothing() };
    for instance in view.instances.iter().filter(|(roll, _)| roll.session.starts > session.starts && roll.session.id != session.id) {
        walk.one(instance, ctx);
    }
    Ok(walk.close(session, series))
}

/// The rule with the new hour, and with the parts from the next date on.
fn of_rule(series: &Series, parts: &Parts) -> Series {
    let at = |wall: NaiveDateTime| parts.when.hour().map_or(wall, |hour| wall.date().and_time(hour));
    Series { first: at(series.first), made_until: at(series.made_until), template: series.template.with(parts), ..series.clone() }
}

impl Template {
    fn with(&self, parts: &Parts) -> Self {
        let place =
            |new: &Option<String>, old: &Option<String>| if parts.nowhere { new.clone() } else { new.clone().or_else(|| old.clone()) };
        Self {
            kind: self.kind,
            title: parts.title.clone().unwrap_or_else(|| self.title.clone()),
            length_minutes: parts.length_minutes.unwrap_or(self.length_minutes),
            seats: parts.seats.unwrap_or(self.seats),
            minimum: parts.minimum.unwrap_or(self.minimum),
            price_credits: parts.price_credits.unwrap_or(self.price_credits),
            reward_credits: parts.reward_credits.unwrap_or(self.reward_credits),
            place: place(&parts.place, &self.place),
            link: place(&parts.link, &self.link),
            free_cancel_minutes: parts.free_cancel.map_or(self.free_cancel_minutes, |before| before.num_minutes()),
            closing_minutes: parts.closing.map_or(self.closing_minutes, |before| Some(before.num_minutes()).filter(|minutes| *minutes > 0)),
        }
    }
}

/// The later dates, one after the other.
struct Walk<'a> {
    parts: &'a Parts,
    /// The wall time of the rule before: a date that was moved to another hour keeps that.
    hour: NaiveDateTime,
    person: &'a Person,
    /// As they were, and as they are, with who has a place.
    changed: Vec<(Roll, Session)>,
    /// Where more people have a seat than there would be.
    kept: Vec<Session>,
    decision: Decision,
}

impl Walk<'_> {
    fn one(&mut self, (roll, money): &Instance, ctx: &mut Context) {
        let old = &roll.session;
        let hour = self.parts.when.hour().filter(|_| old.wall.time() == self.hour.time());
        let wall = hour.map(|hour| old.wall.date().and_time(hour));
        let when = wall.map_or(When::Unsaid, |wall| When::Start { wall, at: old.zone.instant_or_later(wall) });
        let new = changed_session(old, &Parts { when, ..self.parts.clone() }, ctx);
        let held = roll.count(BookingState::Booked) + roll.count(BookingState::Offered);
        let Some(new) = new.ok().filter(|new| new.seats >= held && new.starts > ctx.now) else { return self.kept.push(old.clone()) };
        if new == *old {
            return;
        }
        let new = Session { revision: old.revision + 1, ..new };
        let now = ctx.now;
        let mut desk = Desk::open(roll, money, Some(self.person.id), ctx);
        let timers = new.timers(now);
        desk.edit(new.clone());
        desk.offer_freed();
        let mut one = desk.close();
        one.timers.extend(timers);
        self.decision = std::mem::take(&mut self.decision).and(one);
        self.changed.push((roll.clone(), new));
    }

    /// Each who has a place in some of the dates is told once, of all of theirs.
    fn close(self, session: &Session, series: Series) -> Decision {
        let mut theirs: BTreeMap<PersonId, Vec<&(Roll, Session)>> = BTreeMap::new();
        for one in &self.changed {
            let (roll, new) = one;
            let placed = [BookingState::Booked, BookingState::Offered, BookingState::Waiting];
            // What only concerns who has not booked yet is for the host alone.
            let concerns = !lines(&roll.session, new, false).is_empty();
            let people = placed.iter().flat_map(|state| roll.in_state(*state)).map(|booking| booking.person).filter(|_| concerns);
            for person in people.chain([new.host]).filter(|person| *person != self.person.id) {
                theirs.entry(person).or_default().push(one);
            }
        }
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let mut content = Content::from(Msg::new("series-following-changed"))
            .line(Msg::new("series-named").with("title", series.title()))
            .line(Msg::new("series-following-dates").with("count", count(self.changed.len())))
            .lines(series.goes_on().then(|| Msg::new("series-following-new")))
            .line(Msg::new("making-told").with("count", count(theirs.len())));
        if !self.kept.is_empty() {
            content = content.line(Msg::new("series-following-kept")).lines(self.kept.iter().take(SHOWN_MAX).map(date));
        }
        let mut decision = Decision::answer(content.buttons([agenda_button(), off_button(session)])).and(self.decision);
        decision.timers.extend(make::timer(&series));
        decision = decision.change(session::Change::Series(Change::Series(Box::new(series.clone()))));
        theirs
            .into_iter()
            .fold(decision, |decision, (person, dates)| decision.notify(Audience::Private(person), told(&series, person, &dates)))
    }
}

fn date(session: &Session) -> Msg {
    let line = Msg::new("session-list-line").with("number", session.number).with("title", discreet::title(session));
    line.with("when", Value::Moment(session.starts))
}

/// What changes, once, and for which dates.
fn told(series: &Series, person: PersonId, dates: &[&(Roll, Session)]) -> Content {
    let mut content = Content::from(Msg::new("session-cancelled-notice")).line(Msg::new("series-named").with("title", series.title()));
    if let Some((roll, new)) = dates.first() {
        content.lines.extend(lines(&roll.session, new, new.host == person));
    }
    content = content.line(Msg::new("series-following-these")).lines(dates.iter().map(|(_, new)| date(new)));
    let seated = |roll: &Roll| roll.of(person).is_some_and(|booking| booking.state == BookingState::Booked);
    if dates.iter().any(|(roll, new)| new.starts != roll.session.starts && new.price_credits > 0 && seated(roll)) {
        content.lines.push(Msg::new("making-moved-free"));
    }
    let cancel = |session: &Session| {
        Button::command(Msg::new("session-button-cancel-number").with("number", session.number), Command::Cancel, button_ref(session))
    };
    let own = dates.iter().filter(|(_, new)| new.host != person).take(SHOWN_MAX).map(|(_, new)| cancel(new));
    content.buttons(own).buttons([agenda_button()])
}
