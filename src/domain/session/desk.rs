//! Where one decision about one session is made: bookings change, credits move, freed seats are offered, the card follows.

use chrono::TimeDelta;

use super::{
    Booking, BookingState, Change, Money, OFFER_HOURS_MAX, Roll, Session, SessionState, card,
    reading::{button_ref, named},
    settle::{self, Move},
};
use crate::domain::{
    command::Command,
    decision::{Act, Audience, Context, Decision, Manner},
    ids::PersonId,
    ledger::{
        self, WaitingGift,
        held::{self, About},
        waiting::{self, Whom},
    },
    message::{Button, Content, Msg, Value},
    scope::Person,
    time::Timestamp,
    timer::Wake,
};

/// The state of a session while a decision about it is made.
pub(super) struct Desk<'a> {
    /// As it is by now.
    pub(super) roll: Roll,
    /// Time and ids.
    pub(super) ctx: &'a mut Context,
    by: Option<PersonId>,
    next_transfer: i64,
    shown: Content,
    decision: Decision,
}

impl<'a> Desk<'a> {
    /// Begins with what the store knows; `by` is who causes what happens.
    pub(super) fn open(roll: &Roll, money: &Money, by: Option<PersonId>, ctx: &'a mut Context) -> Self {
        let now = ctx.now;
        Self::open_at(roll, money, by, now, ctx)
    }

    /// As [`Desk::open`], where the card was last drawn at another hour.
    pub(super) fn open_at(roll: &Roll, money: &Money, by: Option<PersonId>, drawn: Timestamp, ctx: &'a mut Context) -> Self {
        let shown = card::card(roll, drawn);
        Self { roll: roll.clone(), ctx, by, next_transfer: money.next_transfer, shown, decision: Decision::nothing() }
    }

    /// A booking is made or changes.
    pub(super) fn put(&mut self, booking: Booking) {
        self.roll.put(booking.clone());
        self.change(Change::Booking(booking));
    }

    /// A booking changes its state now.
    pub(super) fn set(&mut self, booking: &Booking, state: BookingState) -> Booking {
        let booking = Booking { state, since: self.ctx.now, ..booking.clone() };
        self.put(booking.clone());
        booking
    }

    /// The price of a booking went elsewhere, and a first visit that is free of charge with it.
    pub(super) fn forfeit(&mut self, booking: &Booking) {
        self.change(Change::Forfeited(booking.id));
    }

    /// The session changes its state.
    pub(super) fn set_session(&mut self, state: SessionState) {
        self.roll.session.state = state;
        // The store counts it too: a calendar must take the end for newer than what it has.
        self.roll.session.revision += i64::from(state == SessionState::Cancelled);
        self.change(Change::SetState(self.roll.session.id, state));
    }

    /// The session is as this from now on.
    pub(super) fn edit(&mut self, session: Session) {
        let moved = self.roll.session.starts != session.starts;
        self.roll.session = session.clone();
        self.change(Change::Edit(Box::new(session)));
        if moved {
            self.short_notice(self.roll.session.host);
        }
    }

    /// Reminders that were planned before are looked at again where little time is left.
    pub(super) fn short_notice(&mut self, whose: PersonId) {
        if let Some(wake) = self.roll.session.short_notice(whose, self.ctx.now) {
            self.decision = std::mem::take(&mut self.decision).wake(self.ctx, self.ctx.now, wake);
        }
    }

    /// Somebody else holds the session.
    pub(super) fn set_host(&mut self, heir: &Person) {
        self.roll.session.host = heir.id;
        self.roll.session.host_ledger = heir.ledger;
        self.change(Change::SetHost(self.roll.session.id, heir.id));
        self.short_notice(heir.id);
    }

    /// The number that the next transfer bears.
    pub(super) fn next_transfer(&self) -> i64 {
        self.next_transfer
    }

    /// Credits move.
    pub(super) fn pay(&mut self, moves: Vec<Move>) {
        let entries = settle::entries(self.ctx, &self.roll.session, self.next_transfer, moves, self.by);
        self.next_transfer += i64::try_from(entries.len()).unwrap_or(i64::MAX);
        self.decision.changes.extend(entries.into_iter().map(|entry| ledger::Change::Transfer(entry).into()));
    }

    /// Credits move to where they wait until a coordinator decides whether the host has them. The number of the first transfer.
    pub(super) fn hold(&mut self, moves: Vec<Move>) -> i64 {
        let first = self.next_transfer;
        let host = self.roll.session.host;
        for (n, entry) in (0..).zip(settle::entries(self.ctx, &self.roll.session, first, moves, self.by)) {
            self.next_transfer += 1;
            let gift = WaitingGift {
                id: self.ctx.ids.make(),
                community: entry.community,
                transfer: entry.id,
                whom: Whom::Held(host),
                source: entry.from.clone(),
                giver: host,
                amount_credits: entry.amount_credits,
                reason: None,
                // One after the other: what is due at one instant comes in no order.
                until: waiting::until(self.ctx.now).plus(TimeDelta::microseconds(n)),
            };
            let decision = std::mem::take(&mut self.decision).change(ledger::Change::Transfer(entry));
            self.decision = waiting::wait(decision, gift, self.ctx);
        }
        first
    }

    /// The coordinators learn that a decision waits.
    pub(super) fn tell_coordinators(&mut self, coordinators: &[PersonId], about: About<'_>) {
        let host = self.roll.session.host;
        self.decision = held::tell_coordinators(std::mem::take(&mut self.decision), coordinators, &[Some(host)], about);
    }

    /// Says something to who asked, to be found again.
    pub(super) fn answer(&mut self, content: impl Into<Content>) {
        self.say(Audience::Asker, content, Manner::Care);
    }

    /// Tells somebody news.
    pub(super) fn notify(&mut self, person: PersonId, content: impl Into<Content>) {
        self.say(Audience::Private(person), content, Manner::Notice);
    }

    /// Offers every freed seat to who waits first, until the session starts.
    pub(super) fn offer_freed(&mut self) {
        while self.roll.session.takes_bookings(self.ctx.now) && self.roll.free() > 0 {
            let mut waiting = self.roll.in_state(BookingState::Waiting);
            let Some(first) = waiting.find(|booking| !self.roll.apart.contains(&booking.person)).cloned() else { return };
            drop(waiting);
            self.offer(first);
        }
    }

    /// The decision alone: the card is shown by who opens the session.
    pub(super) fn close_unseen(self) -> Decision {
        self.decision
    }

    /// The decision, with the card where it looks different now.
    pub(super) fn close(self) -> Decision {
        if card::card(&self.roll, self.ctx.now) == self.shown {
            return self.decision;
        }
        let mut decision = self.decision;
        decision.acts.extend(card::act(&self.roll, self.ctx.now));
        decision
    }

    fn offer(&mut self, first: Booking) {
        let session = &self.roll.session;
        let until = offer_end(self.ctx.now, session.book_until.unwrap_or(session.starts));
        let offered = Booking { state: BookingState::Offered, since: self.ctx.now, offer_until: Some(until), ..first };
        self.put(offered.clone());
        let content = Content::from(Msg::new("session-offer"))
            .line(named(&self.roll.session))
            .line(Msg::new("session-offer-until").with("when", Value::Moment(until)))
            .buttons([
                Button::command(Msg::new("session-button-take"), Command::Book, button_ref(&self.roll.session)),
                Button::command(Msg::new("session-button-no-thanks"), Command::Cancel, button_ref(&self.roll.session)),
            ]);
        self.notify(offered.person, content);
        self.decision = std::mem::take(&mut self.decision).wake(self.ctx, until, Wake::OfferEnds(offered.id));
    }

    fn change(&mut self, change: Change) {
        self.decision.changes.push(change.into());
    }

    fn say(&mut self, to: Audience, content: impl Into<Content>, manner: Manner) {
        self.decision.acts.push(Act::Say { to, content: content.into(), manner });
    }
}

/// Until when a freed seat is kept: a day, or half of the time in which it can be booked where that is less; on a full minute where possible.
fn offer_end(now: Timestamp, starts: Timestamp) -> Timestamp {
    let longest = TimeDelta::hours(OFFER_HOURS_MAX).min(starts.since(now) / 2);
    let exact = now.plus(longest);
    let minute = Timestamp::from_micros(exact.micros() - exact.micros().rem_euclid(60_000_000));
    if minute > now { minute } else { exact }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_ends_after_a_day_or_halfway_to_the_start() {
        for (left_seconds, expected_seconds) in [(7 * 86_400, 86_400), (86_400, 43_200), (3_660, 1_800), (60, 30)] {
            let now = Timestamp::from_micros(1_796_144_400_000_000);
            let end = offer_end(now, now.plus(TimeDelta::seconds(left_seconds)));
            assert_eq!(end.since(now), TimeDelta::seconds(expected_seconds), "{left_seconds}");
        }
    }
}
