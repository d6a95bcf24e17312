//! The sessions of a series are made, four weeks ahead; who keeps a seat has it, by the same rules as everybody.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use super::{AHEAD_DAYS, Regular, Series, SeriesView};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision},
    discreet,
    ids::PersonId,
    ledger::free_credits,
    message::{Button, Content, Msg, Value},
    scope::Person,
    session::{
        Booking, BookingState, Change, Money, Roll, Session, card,
        desk::Desk,
        reading::{agenda_button, button_ref},
        settle,
    },
    time::Timestamp,
    timer::{Timer, Wake},
};

/// What a regular is told of the new sessions: which, and whether there is a seat.
type News = BTreeMap<PersonId, Vec<(Session, BookingState)>>;

/// Makes what is due; where nobody holds it any more, it ends, and staff is told.
pub fn due(view: &SeriesView, ctx: &mut Context) -> Decision {
    if view.series.ended.is_some() {
        return Decision::nothing();
    }
    match &view.host {
        Some(host) => made(view, host, ctx),
        None => {
            let ended = Series { ended: Some(ctx.now), ..view.series.clone() };
            let mut decision = Decision::nothing().change(Change::Series(super::Change::Series(Box::new(ended))));
            for staff in &view.staff {
                let content = Content::from(Msg::new("series-nobody-holds"))
                    .line(Msg::new("series-named").with("title", view.series.title()))
                    .line(Msg::new("series-nobody-holds-line").with("series", Command::Series))
                    .buttons([agenda_button()]);
                decision = decision.notify(Audience::Private(*staff), content);
            }
            view.regulars.iter().fold(decision, |decision, regular| tell_ended(decision, &view.series, regular.person))
        }
    }
}

/// Somebody who keeps a seat learns that no new dates come.
pub(super) fn tell_ended(decision: Decision, series: &Series, regular: PersonId) -> Decision {
    let content = Content::from(Msg::new("session-cancelled-notice"))
        .line(Msg::new("series-named").with("title", series.title()))
        .line(Msg::new("series-ended-for-regular"))
        .buttons([agenda_button()]);
    decision.notify(Audience::Private(regular), content)
}

/// Makes the sessions of the next four weeks that are not there yet, and wakes up for the one after them.
pub(super) fn made(view: &SeriesView, host: &Person, ctx: &mut Context) -> Decision {
    let mut series = view.series.clone();
    let window = ctx.now.plus(TimeDelta::days(AHEAD_DAYS)).wall(series.zone);
    let walls = series.rule.walls(series.first, series.made_until, window);
    let mut till = Till {
        money: view.money.clone(),
        balances: view.regulars.iter().map(|one| (one.person, one.balance_credits)).collect(),
        guests: view.regulars.iter().filter(|one| view.first_free && !one.visited).map(|one| one.person).collect(),
    };
    let (mut decision, mut news, mut number) = (Decision::nothing(), News::new(), view.next_number);
    for wall in walls {
        series.made_until = wall;
        let session = series.session(ctx.ids.make(), number, wall, host, ctx.now);
        // What was missed while the program was down is over.
        if session.starts <= ctx.now {
            continue;
        }
        number += 1;
        decision = decision.and(one(&session, view, &mut till, &mut news, ctx));
    }
    decision = decision.change(Change::Series(super::Change::Series(Box::new(series.clone()))));
    decision.timers.extend(timer(&series));
    news.into_iter().fold(decision, |decision, (person, sessions)| decision.notify(Audience::Private(person), told(&sessions)))
}

/// The wake-up for the next session; set twice, it is the same.
pub(super) fn timer(series: &Series) -> Option<Timer> {
    let at = series.due()?;
    let hour = u128::from(at.micros().unsigned_abs()) << 8;
    let id = uuid::Uuid::from_u128(series.id.0.as_u128().wrapping_add(hour));
    Some(Timer { id: crate::domain::ids::TimerId(id), at, wake: Wake::SeriesDue(series.id) })
}

/// What is left to pay with while several sessions are made.
struct Till {
    money: Money,
    balances: BTreeMap<PersonId, i64>,
    /// Whose first seat is still to come, where that is free of charge.
    guests: BTreeSet<PersonId>,
}

/// One session: opened, its regulars seated in their order, its card where it is time for it.
fn one(session: &Session, view: &SeriesView, till: &mut Till, news: &mut News, ctx: &mut Context) -> Decision {
    let apart = view.regulars.iter().filter(|one| one.apart).map(|one| one.person).collect();
    let roll = Roll { session: session.clone(), bookings: Vec::new(), apart };
    let now = ctx.now;
    let mut desk = Desk::open(&roll, &till.money, None, ctx);
    for regular in view.regulars.iter().filter(|one| wants(one, session)) {
        let state = seat(&mut desk, regular, view, till);
        news.entry(regular.person).or_default().push((session.clone(), state));
    }
    till.money.next_transfer = desk.next_transfer();
    let seated = desk.roll.clone();
    let opened = Decision::nothing().change(Change::Open(Box::new(session.clone())));
    let mut decision = opened.and(desk.close_unseen());
    decision.acts.extend(card::act(&seated, now));
    decision.timers.extend(session.timers(now));
    decision
}

/// No seat is taken within a pause, and who holds the session needs none.
fn wants(regular: &Regular, session: &Session) -> bool {
    regular.person != session.host && regular.paused_until.is_none_or(|until| until <= session.starts)
}

fn seat(desk: &mut Desk<'_>, regular: &Regular, view: &SeriesView, till: &mut Till) -> BookingState {
    let balance = till.balances.get(&regular.person).copied().unwrap_or(0);
    let mut booking = Booking {
        id: desk.ctx.ids.make(),
        session: desk.roll.session.id,
        person: regular.person,
        ledger: regular.ledger,
        state: BookingState::Waiting,
        order: desk.roll.next_order(),
        own_credits: 0,
        solidarity_credits: 0,
        late: view.late,
        since: desk.ctx.now,
        offer_until: None,
    };
    if desk.roll.free_for(regular.person) > 0 {
        let free = if till.guests.remove(&regular.person) { 0 } else { free_credits(balance, view.floor_credits) };
        let (paid, moves) = settle::price(&desk.roll.session, regular.ledger, free, till.money.solidarity_credits);
        booking =
            Booking { state: BookingState::Booked, own_credits: paid.own_credits, solidarity_credits: paid.solidarity_credits, ..booking };
        till.balances.insert(regular.person, balance - paid.own_credits);
        // What the fund lacked was issued to it and went out again.
        till.money.solidarity_credits = (till.money.solidarity_credits - paid.solidarity_credits).max(till.money.solidarity_credits.min(0));
        desk.pay(moves);
    }
    let state = booking.state;
    desk.put(booking);
    state
}

/// The news of one regular: neutral above, then each date.
fn told(sessions: &[(Session, BookingState)]) -> Content {
    let line = |(session, state): &(Session, BookingState)| {
        let line = match state {
            BookingState::Booked => Msg::new("series-seat-line"),
            _ => Msg::new("series-waiting-line"),
        };
        line.with("number", session.number).with("title", discreet::title(session)).with("when", Value::Moment(session.starts))
    };
    let cancel = |(session, _): &(Session, BookingState)| {
        Button::command(Msg::new("session-button-cancel-number").with("number", session.number), Command::Cancel, button_ref(session))
    };
    let stop = sessions.first().map(|(session, _)| {
        Button::command(Msg::new("series-button-keep-no-more"), Command::Cancel, format!("{} toujours", button_ref(session)))
    });
    Content::from(Msg::new("series-seat-notice"))
        .lines(sessions.iter().map(line))
        .buttons(sessions.iter().take(8).map(cancel))
        .buttons(stop)
}

/// The card of a session is hung when its hour has come.
pub fn shows(roll: &Roll, now: Timestamp) -> Decision {
    let mut decision = Decision::nothing();
    if roll.session.is_to_come(now) {
        decision.acts.extend(card::act(roll, now));
    }
    decision
}
